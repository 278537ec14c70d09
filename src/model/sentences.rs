//! Where sentences end: not after `Art.`, `No.`, `e.g.`, not inside `24.2` or `23(2)(c).(ii)`, never inside a citation;
//! and the sentence that words stand in, where a point of a list within a line is a sentence of its own.

use super::text::TextRange;

/// No sentence is longer, in bytes: what has no stops is no prose.
const LONGEST: usize = 3000;

/// Words with a point that ends no sentence, in lower case without the point.
const SHORTENED: &[&str] = &[
    // English, and what all languages use.
    "art", "arts", "no", "nos", "para", "paras", "subpara", "subparas", "sec", "secs", "ch", "chap", "cl", "e.g", "i.e",
    "eg", "ie", "cf", "vs", "v", "viz", "mr", "mrs", "ms", "dr", "prof", "st", "al", "p", "pp", "vol", "ed", "eds",
    "fig", "ibid", "op", "cit", "rev", "add", "corr", "doc", "docs", "res", "approx", "inc", "ltd", "co", "u.n", "u.s",
    "e.u", "lit", "let", "rec", "recs", "ann", "reg", "dir", "resp", "incl", "esp", "viz", "ca",
    // French.
    "p.ex", "ex", "mm", "mme", "mlle", "n", "al", "préc", "éd", "réf", "chap", // Spanish.
    "núm", "núms", "sr", "sra", "dra", "pág", "págs", "párr", "párrs", "inc", "incs", "ej", "p.ej", "arts", "cap",
    "apdo",
];

/// The sentences of a stretch, in order, without white space around them. `whole` are stretches in which none ends, in
/// order and not overlapping.
pub fn sentences(text: &str, range: TextRange, whole: &[TextRange]) -> Vec<TextRange> {
    let Some(words) = range.of(text) else { return Vec::new() };
    let mut found = Vec::new();
    let mut start = range.start;
    let mut guards = whole.iter().skip_while(|g| g.end <= range.start).peekable();
    let mut chars = words.char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        if !is_stop(c) {
            continue;
        }
        let at = range.start + offset;
        let mut end = at + c.len_utf8();
        let mut last = c;
        while let Some(&(next, d)) = chars.peek() {
            if !(is_stop(d) || is_closing(d)) {
                break;
            }
            end = range.start + next + d.len_utf8();
            last = d;
            chars.next();
        }
        while guards.next_if(|g| g.end <= at).is_some() {}
        let inside = guards.peek().is_some_and(|g| g.start < end && end < g.end);
        let after = &text[end..range.end];
        let follows = after.trim_start();
        let spaced = follows.len() < after.len() || is_wide(c);
        let begins = follows.chars().find(|d| !is_opening(*d));
        let before = &text[start..at];
        let closed = last != c;
        if inside
            || !spaced
            || begins.is_none_or(|d| d.is_lowercase())
            || c == '.'
                && !closed
                && (is_shortened(before) || is_label(before) || is_item(before) || between_digits(before, follows))
        {
            continue;
        }
        push(&mut found, text, start, end);
        start = end;
    }
    push(&mut found, text, start, range.end);
    found
}

/// The sentence of a paragraph that holds a stretch of it; from the first to the last where the stretch runs over
/// several. In a list within the paragraph (`shall: (a) adopt …; (b) keep …`) each point is one for itself, and so is what
/// stands before the first.
pub fn sentence_around(text: &str, paragraph: TextRange, words: TextRange) -> TextRange {
    let mut around: Option<TextRange> = None;
    let last = words.end.max(words.start + 1);
    for sentence in sentences(text, paragraph, &[]) {
        if sentence.end <= words.start || last <= sentence.start {
            continue;
        }
        for point in points(text, sentence) {
            if words.start < point.end && point.start < last {
                around = Some(around.map_or(point, |a| TextRange::new(a.start, point.end)));
            }
        }
    }
    around.unwrap_or(words)
}

/// The points of a list within a sentence, and what stands before them; the sentence itself where there is none.
fn points(text: &str, sentence: TextRange) -> Vec<TextRange> {
    let words = sentence.of(text).unwrap_or_default();
    let mut found = Vec::new();
    let mut start = sentence.start;
    for (offset, c) in words.char_indices().filter(|(_, c)| matches!(c, ';' | ':' | '；' | '：' | '؛')) {
        let end = sentence.start + offset + c.len_utf8();
        let rest = &text[end..sentence.end];
        let rest = rest.trim_start();
        let rest = ["and ", "or ", "et ", "ou ", "y ", "o ", "и ", "или "]
            .iter()
            .find_map(|and| rest.strip_prefix(and))
            .unwrap_or(rest);
        if is_point(rest) {
            found.push(TextRange { start, end }.trimmed(text));
            start = end;
        }
    }
    found.push(TextRange { start, end: sentence.end }.trimmed(text));
    found
}

/// Whether a text begins with the label of a point: `(a)`, `b)`, `(iii)`, `（一）`, `(١)`.
fn is_point(text: &str) -> bool {
    let inner = text.strip_prefix(['(', '（']);
    let label = inner.unwrap_or(text);
    let Some(end) = label.char_indices().take(6).find(|(_, c)| matches!(c, ')' | '）')).map(|(i, _)| i) else {
        return false;
    };
    end > 0 && label[..end].chars().all(char::is_alphanumeric)
}

/// Adds a sentence. One of more than [`LONGEST`] bytes is cut where white space allows.
fn push(found: &mut Vec<TextRange>, text: &str, start: usize, end: usize) {
    let mut range = TextRange { start, end }.trimmed(text);
    while range.len() > LONGEST {
        let limit = text.floor_char_boundary(range.start + LONGEST);
        let words = &text[range.start..limit];
        let cut = words.rfind([';', '\n']).or_else(|| words.rfind(char::is_whitespace)).filter(|&c| c > LONGEST / 4);
        let at = cut.map_or(limit, |c| text.ceil_char_boundary(range.start + c + 1));
        found.push(TextRange { start: range.start, end: at }.trimmed(text));
        range = TextRange { start: at, end: range.end }.trimmed(text);
    }
    if !range.is_empty() {
        found.push(range);
    }
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '۔' | '।')
}

fn is_wide(c: char) -> bool {
    matches!(c, '。' | '！' | '？')
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '*' | '_')
}

fn is_opening(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '«' | '(' | '[' | '*' | '_' | '¿' | '¡')
}

/// Whether the word before a point is one that is written short, or a single capital: `J. Smith`.
fn is_shortened(before: &str) -> bool {
    let word = before.rsplit(|c: char| !(c.is_alphanumeric() || c == '.')).next().unwrap_or_default();
    let mut letters = word.chars();
    let single = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    // `Annex A.` ends a sentence more often than it begins a name.
    let named = before.len() > word.len()
        && before[..before.len() - word.len()].trim_end().ends_with(|c: char| c.is_alphabetic());
    if single {
        return !named;
    }
    word.len() <= 8 && SHORTENED.contains(&word.to_lowercase().trim_start_matches('.'))
}

/// Whether nothing but a number or a letter stands before: `1.`, `a.`, `IV.`
fn is_label(before: &str) -> bool {
    let label = before.trim();
    !label.is_empty() && label.len() <= 6 && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '.')
}

/// Whether the word before a point is the number of an item within a line: `… it. 2.`
fn is_item(before: &str) -> bool {
    let front = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let stop = front.trim_end();
    let ended = stop.ends_with([';', ':']) || stop.strip_suffix('.').is_some_and(|word| !is_shortened(word));
    front.len() < before.len() && ended && front.ends_with(' ')
}

fn between_digits(before: &str, follows: &str) -> bool {
    before.ends_with(|c: char| c.is_numeric()) && follows.starts_with(|c: char| c.is_numeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found = sentences(text, TextRange::new(0, text.len()), &[]);
        let found: Vec<&str> = found.iter().filter_map(|r| r.of(text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_sentence_does_not_end_at_a_shortened_word() {
        check("See Art. 24 and No. 5. It ends.", &["See Art. 24 and No. 5.", "It ends."]);
        check(
            "Some, e.g. Article 7, are fine. Others, i.e. Art. 8, are not.",
            &["Some, e.g. Article 7, are fine.", "Others, i.e. Art. 8, are not."],
        );
        check(
            "Article 24.2 likewise. Delete 23.2.(c).(ii) now.",
            &["Article 24.2 likewise.", "Delete 23.2.(c).(ii) now."],
        );
        check(
            "Delete Articles 47(1)(b), (c). The rest may stay.",
            &["Delete Articles 47(1)(b), (c).", "The rest may stay."],
        );
        check("It says “stop.” We agree. J. Smith wrote it.", &["It says “stop.”", "We agree.", "J. Smith wrote it."]);
        check("1. Keep Article 3. 2. Delete it.", &["1. Keep Article 3. 2. Delete it."]);
        check("Voir l’art. 5, al. 2. Il manque.", &["Voir l’art. 5, al. 2.", "Il manque."]);
        check("¿Por qué? ¡Basta! Véase el párr. 3.", &["¿Por qué?", "¡Basta!", "Véase el párr. 3."]);
        check("删除第七条。保留第八条。", &["删除第七条。", "保留第八条。"]);
        check("  ", &[]);
    }

    /// The sentence around `[…]` in a text.
    #[track_caller]
    fn check_around(marked: &str, expected: &str) {
        let (start, end) = (marked.find('[').unwrap(), marked.find(']').unwrap() - 1);
        let text = marked.replace(['[', ']'], "");
        let found = sentence_around(&text, TextRange::new(0, text.len()), TextRange::new(start, end));
        assert_eq!(found.of(&text), Some(expected), "{marked}");
    }

    #[test]
    fn words_stand_in_a_sentence() {
        check_around("Art. 5 applies. A [secret] is kept. So it is.", "A secret is kept.");
        check_around("See para. (a) of Art. [5] and go. Stop.", "See para. (a) of Art. 5 and go.");
        check_around("It [ends. It] begins. It goes.", "It ends. It begins.");
        check_around("They shall: (a) adopt [laws]; and (b) keep them. Or not.", "(a) adopt laws;");
        check_around("They [shall]: (a) adopt laws; and (b) keep them.", "They shall:");
        check_around("They shall: (a) adopt laws; and (b) [keep] them.", "and (b) keep them.");
        check_around("Laws; rules; and [orders] are kept.", "Laws; rules; and orders are kept.");
        check_around("缔约国应：（一）制定法律；（二）[保护]权利。其他。", "（二）保护权利。");
        check_around("تحترم الدول [الحقوق]. وتتعاون؟ نعم.", "تحترم الدول الحقوق.");
        check_around("no stop [here]", "no stop here");
    }

    #[test]
    fn no_sentence_ends_inside_a_citation() {
        let text = "Limit Article 5. A to crimes. Next.";
        let cited = [TextRange::new(6, 18)];
        assert_eq!(&text[6..18], "Article 5. A");
        let found = sentences(text, TextRange::new(0, text.len()), &cited);
        assert_eq!(found.len(), 2);
    }
}
