//! What proposed words are by themselves: a sentence, a condition, an instruction to the drafters.

/// The words of a text, each with the byte it begins at.
pub(super) fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(move |w| (w.as_ptr() as usize - text.as_ptr() as usize, w))
}

/// Whether a text is a sentence for itself: it begins with a capital and ends with a stop.
pub(super) fn is_sentence(text: &str) -> bool {
    let first = text.chars().find(|c| c.is_alphabetic());
    let ends = text.trim_end_matches(['\u{201d}', '"', '»', ')', ' ']).ends_with(['.', '。', ';', '؛', '؟', '!']);
    ends && first.is_some_and(|c| c.is_uppercase() || !c.is_lowercase())
}

/// Whether words begin as a condition does that stands behind what it limits, in English, French or Spanish.
pub(super) fn is_condition(words: &str) -> bool {
    const BEGINNINGS: &[&str] = &[
        "after",
        "before",
        "during",
        "except",
        "excepto",
        "for",
        "if",
        "only",
        "para",
        "pendant",
        "pour",
        "provided",
        "salvo",
        "sauf",
        "si",
        "siempre",
        "solely",
        "sous",
        "subject",
        "sujeto",
        "until",
        "unless",
        "uniquement",
        "when",
        "where",
        "within",
        "without",
    ];
    let first = words_of(words).next().map(|(_, word)| word);
    first.is_some_and(|word| BEGINNINGS.contains(&word))
}

/// Whether proposed words are an instruction to the drafters and no text: they begin with an order and speak of quoted
/// words, or of parts of a text.
pub(super) fn is_instruction(proposed: &str) -> bool {
    const ORDERS: &[&str] = &[
        "add",
        "adopt",
        "apply",
        "begin",
        "bring",
        "change",
        "combine",
        "define",
        "delete",
        "end",
        "extend",
        "insert",
        "keep",
        "limit",
        "list",
        "make",
        "merge",
        "move",
        "name",
        "omit",
        "place",
        "put",
        "reinstate",
        "remove",
        "replace",
        "require",
        "restore",
        "retain",
        "return",
        "say",
        "specify",
        "split",
        "start",
        "state",
        "strike",
        "substitute",
        "use",
        "ajouter",
        "insérer",
        "remplacer",
        "rétablir",
        "supprimer",
        "añadir",
        "eliminar",
        "insertar",
        "reemplazar",
        "sustituir",
        "suprimir",
        "добавить",
        "заменить",
        "исключить",
    ];
    const PARTS: &[&str] = &[
        "\u{201c}",
        "\"",
        "«",
        "article",
        "annex",
        "bracket",
        "chapter",
        "option",
        "paragraph",
        "preamble",
        "sentence",
        "the word",
        "artículo",
        "párrafo",
        "paragraphe",
        "alinéa",
        "стать",
        "пункт",
        "слов",
    ];
    let lower = proposed.to_lowercase();
    let first = lower.split_whitespace().next().unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
    let begins = proposed.chars().next().is_some_and(char::is_uppercase);
    begins && ORDERS.contains(&first) && PARTS.iter().any(|p| lower.contains(p))
}

/// The words between quotation marks, in order.
pub(super) fn quotes_in(text: &str) -> Vec<&str> {
    let mut quotes = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find(['\u{201c}', '"', '«']) {
        let mark = rest[open..].chars().next().unwrap_or('"');
        let close = match mark {
            '\u{201c}' => '\u{201d}',
            '«' => '»',
            other => other,
        };
        let inner = &rest[open + mark.len_utf8()..];
        let Some(end) = inner.find(close) else { break };
        quotes.push(inner[..end].trim_matches('\u{a0}'));
        rest = &inner[end + close.len_utf8()..];
    }
    quotes
}
