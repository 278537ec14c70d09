//! Lines that open an article, a division, an annex or the preamble, told from sentences that only mention one.
//!
//! Here is what comes before the rest of the line: word and number; `rest` reads what follows. Must not know: the
//! lines around the one it is given.

mod rest;

use crate::model::{ProvisionKind, TextRange};

use super::numeral::{Value, adverb, chinese, decimal, digit, letter, roman, suffix};
use super::words::{begins, lowered, ordinal, unit};
use rest::Rest;

/// A line that opens a headed provision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Headline {
    pub kind: ProvisionKind,
    /// With brackets, `[Article 3 bis]`.
    pub label: TextRange,
    /// Without the word and brackets; empty for an only annex and the preamble.
    pub number: String,
    /// Where it stands in its series; the last of several (`Articles 12 to 14`).
    pub value: Option<Value>,
    /// The first of several.
    pub from: Option<Value>,
    /// The title on the same line.
    pub title: Option<TextRange>,
    /// Where the text begins that stands on the same line.
    pub body: Option<usize>,
    /// Whether its number stands in square brackets.
    pub bracketed: bool,
}

/// Reads a line as the opening of a headed provision. `marked` says that the file itself calls it a heading, so that
/// what follows the number needs no further proof.
pub(super) fn headline(text: &str, range: TextRange, marked: bool) -> Option<Headline> {
    let s = range.of(text)?;
    let inner = s.trim_start_matches(|c: char| matches!(c, '[' | '{' | '*' | '_' | '［') || c.is_whitespace());
    let at = s.len() - inner.len();
    if at > 12 {
        return None;
    }
    let bracketed = s[..at].contains(['[', '［', '{']);
    let found = numbered_first(inner).or_else(|| chinese_unit(inner)).or_else(|| word_first(inner, marked))?;
    let mut end = at + found.length;
    if bracketed && let Some(close) = s[end..].trim_start().strip_prefix([']', '］', '}']) {
        end = s.len() - close.len();
    }
    let after_notes = s[end..].trim_start_matches(is_note_sign);
    let rest = Rest { s, at: s.len() - after_notes.len(), found: &found, marked, bracketed };
    let (title, body) = rest.read()?;
    let absolute = |r: TextRange| TextRange { start: range.start + r.start, end: range.start + r.end };
    Some(Headline {
        kind: found.kind,
        label: absolute(TextRange { start: 0, end }),
        number: found.number,
        value: found.value,
        from: found.from,
        title: title.map(absolute),
        body: body.map(|b| range.start + b),
        bracketed,
    })
}

/// Superscript digits and asterisks that point to a note.
pub(super) fn is_note_sign(c: char) -> bool {
    matches!(c, '\u{b9}' | '\u{b2}' | '\u{b3}' | '\u{2070}'..='\u{2079}' | '*' | '†' | '‡')
}

/// What was found before the rest of the line is looked at.
struct Found {
    kind: ProvisionKind,
    number: String,
    value: Option<Value>,
    from: Option<Value>,
    length: usize,
    /// Whether the script has no capitals, so that a sentence looks like a title.
    uncased: bool,
    plural: bool,
    /// Whether its word is cut short, as over articles that have their text on the same line: `Art. 5º`.
    short: bool,
}

/// `FIRST PART`, `Première partie`, `Erster Teil`.
fn numbered_first(s: &str) -> Option<Found> {
    let first = word(s);
    if !first.starts_with(char::is_uppercase) || first.len() > 40 {
        return None;
    }
    let n = ordinal(&first.to_lowercase())?;
    let rest = s[first.len()..].trim_start();
    let second = word(rest);
    let unit = unit(&second.to_lowercase()).filter(|u| !u.plural)?;
    if !matches!(
        unit.kind,
        ProvisionKind::Part | ProvisionKind::Title | ProvisionKind::Chapter | ProvisionKind::Section
    ) || rest[second.len()..].starts_with(|c: char| c == ' ' && !rest[second.len()..].trim().is_empty())
        && !rest[second.len()..].trim_start().starts_with(['–', '—', '-', ':', '.', '('])
    {
        return None;
    }
    Some(Found {
        kind: unit.kind,
        number: first.to_owned(),
        value: Some(Value::of(n)),
        from: None,
        length: s.len() - rest.len() + second.len(),
        uncased: false,
        plural: false,
        short: false,
    })
}

/// `第四条`, `第 12 章`, `第二部分`, `附件一`, `序言`.
fn chinese_unit(s: &str) -> Option<Found> {
    let found = |kind, number: &str, value, rest: &str| {
        Some(Found {
            kind,
            number: number.to_owned(),
            value,
            from: None,
            length: s.len() - rest.len(),
            uncased: true,
            plural: false,
            short: false,
        })
    };
    for name in ["附件", "附录"] {
        if let Some(rest) = s.strip_prefix(name) {
            let rest = rest.trim_start();
            let end =
                rest.find(|c: char| chinese(&c.to_string()).is_none() && digit(c).is_none() && !c.is_ascii_uppercase());
            let (number, rest) = rest.split_at(end.unwrap_or(rest.len()));
            let value = chinese(number).or_else(|| decimal(number)).or_else(|| roman(number)).map(Value::of);
            return found(ProvisionKind::Annex, number, value, rest);
        }
    }
    for name in ["序言", "序文"] {
        if let Some(rest) = s.strip_prefix(name).filter(|r| r.trim().is_empty()) {
            return found(ProvisionKind::Preamble, "", None, rest);
        }
    }
    let rest = s.strip_prefix('第')?.trim_start();
    let end = rest.find(|c: char| chinese(&c.to_string()).is_none() && digit(c).is_none())?;
    let (number, rest) = rest.split_at(end);
    let n = chinese(number).or_else(|| decimal(number))?;
    let rest = rest.trim_start();
    let kinds = [
        ("条", ProvisionKind::Article),
        ("條", ProvisionKind::Article),
        ("章", ProvisionKind::Chapter),
        ("节", ProvisionKind::Section),
        ("節", ProvisionKind::Section),
        ("部分", ProvisionKind::Part),
        ("编", ProvisionKind::Title),
        ("編", ProvisionKind::Title),
    ];
    let (kind, rest) = kinds.iter().find_map(|(name, kind)| Some((*kind, rest.strip_prefix(name)?)))?;
    // "第四条之二" is what Latin drafts call 4 bis.
    if let Some(more) = rest.strip_prefix('之') {
        let end = more.find(|c: char| chinese(&c.to_string()).is_none()).unwrap_or(more.len());
        if let Some(sub) = chinese(&more[..end]) {
            let number = format!("{number}之{}", &more[..end]);
            return found(kind, &number, Some(Value { main: n, sub: sub as i32 * 10 }), &more[end..]);
        }
    }
    found(kind, number, Some(Value::of(n)), rest)
}

/// `Article 4a`, `CHAPTER IV`, `ANNEX`, `المادة 5`, `Preamble`.
fn word_first(s: &str, marked: bool) -> Option<Found> {
    let first = word(s);
    if first.is_empty() || first.len() > 40 {
        return None;
    }
    let uncased = first.chars().all(|c| !c.is_lowercase() && !c.is_uppercase());
    if !uncased && !marked && !first.starts_with(char::is_uppercase) {
        return None;
    }
    let lower = first.to_lowercase();
    let Some(unit) = unit(&lower) else { return glued_preamble(s) };
    let mut rest = &s[first.len()..];
    if lower == "art" || lower == "arts" {
        rest = rest.strip_prefix('.').unwrap_or(rest);
    }
    let found = |number: &str, value, from, rest: &str| {
        Some(Found {
            kind: unit.kind,
            number: number.to_owned(),
            value,
            from,
            length: s.len() - rest.len(),
            uncased,
            plural: unit.plural,
            short: matches!(lower.as_str(), "art" | "arts"),
        })
    };
    if unit.kind == ProvisionKind::Preamble {
        return found("", None, None, rest);
    }
    let spaced = rest.trim_start();
    // "Part[y][ies]" and "Sectional" are other words; Arabic writes the number after a space as well.
    if spaced.len() == rest.len() && !rest.is_empty() && !rest.starts_with([':', '.', '–', '—', '-']) {
        return None;
    }
    let spaced = ["No. ", "No ", "no. ", "nº ", "n° ", "N° ", "Nº ", "№ ", "№"]
        .iter()
        .find_map(|sign| spaced.strip_prefix(sign))
        .unwrap_or(spaced);
    if let Some((number, value, after)) = number(spaced) {
        if let Some((to, last, after)) = through(after) {
            let number = spaced[..spaced.len() - after.len()].trim();
            debug_assert!(number.ends_with(to));
            return found(number, Some(last), Some(value), after);
        }
        return if unit.plural { None } else { found(number, Some(value), None, after) };
    }
    if unit.plural {
        return None;
    }
    // "Part one", "Часть первая", "Article premier", "المادة الأولى"
    let name = word(spaced);
    let two = spaced[name.len()..].strip_prefix(' ').map(|more| &spaced[..name.len() + 1 + word(more).len()]);
    let named = [two, Some(name)].into_iter().flatten().find_map(|w| Some((w, ordinal(&w.to_lowercase())?)));
    if let Some((name, n)) = named {
        return found(name, Some(Value::of(n)), None, &spaced[name.len()..]);
    }
    (unit.kind == ProvisionKind::Annex).then(|| found("", None, None, rest)).flatten()
}

/// "PreambleThe Parties": a line end was lost.
fn glued_preamble(s: &str) -> Option<Found> {
    let first = word(s);
    let cut =
        first.char_indices().skip(1).find(|(i, c)| c.is_uppercase() && first[..*i].ends_with(char::is_lowercase))?;
    let unit = unit(&first[..cut.0].to_lowercase()).filter(|u| u.kind == ProvisionKind::Preamble)?;
    Some(Found {
        kind: unit.kind,
        number: String::new(),
        value: None,
        from: None,
        length: cut.0,
        uncased: false,
        plural: false,
        short: false,
    })
}

/// The letters a line begins with, with the marks that belong to them.
fn word(s: &str) -> &str {
    &s[..s
        .find(|c: char| !(c.is_alphabetic() || matches!(c, '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}')))
        .unwrap_or(s.len())]
}

/// A number behind a unit's word: the number as printed, its value, and what follows.
fn number(s: &str) -> Option<(&str, Value, &str)> {
    let digits = s.find(|c: char| digit(c).is_none()).unwrap_or(s.len());
    let (core, main) = if digits > 0 {
        (digits, decimal(&s[..digits])?)
    } else {
        let name = word(s);
        let capitals = name.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(name.len());
        // "TITLE IA" comes after TITLE I.
        let shorter = capitals.saturating_sub(1);
        let inserted =
            capitals == name.len() && capitals > 1 && roman(name).is_none() && roman(&name[..shorter]).is_some();
        let capitals = if inserted { shorter } else { capitals };
        let n = roman(&name[..capitals]);
        let single = || (capitals == 1 && name.len() == 1).then(|| letter(&name[..1])).flatten();
        (
            capitals,
            n.or_else(single).or_else(|| (capitals == 0 && marked_letter(name)).then(|| letter(name)).flatten())?,
        )
    };
    let core = if core == 0 { word(s).len() } else { core };
    let mut end = core;
    let mut value = Value::of(main);
    let tail = word(&s[end..]);
    if !tail.is_empty() {
        value.sub = suffix(tail)? * i32::from(!matches!(tail, "o"));
        end += tail.len();
    } else if let Some(spaced) = s[end..].trim_start().get(..).filter(|r| r.len() < s.len() - end) {
        if let Some(n) = adverb(word(spaced)) {
            value.sub = n * 10;
            end = s.len() - spaced.len() + word(spaced).len();
        }
    } else if let Some(more) = s[end..].strip_prefix(['.', '-']) {
        // "Article 2.1" (chapter and article), "Article 12-A"
        let sign = s.as_bytes()[end];
        let n = more.find(|c: char| digit(c).is_none()).unwrap_or(more.len());
        if n > 0 && n <= 3 && digits > 0 {
            value = decimal(&more[..n])
                .map_or(value, |d| if sign == b'.' { Value::of(d) } else { Value { sub: d as i32 * 10, ..value } });
            end += 1 + n;
        } else if sign == b'-' && word(more).chars().count() == 1 {
            value.sub = letter(word(more)).map_or(0, |n| n as i32 * 10);
            end += 1 + word(more).len();
        }
    }
    let after = s[end..].trim_start_matches(['º', 'ª', '°']);
    let boundary = after.chars().next().is_none_or(|c| !c.is_alphanumeric() || is_note_sign(c));
    // "1º" is number 1.
    boundary.then(|| (s[..end].trim_end_matches(['º', 'ª', '°']), value, after))
}

/// A letter of a script without capitals.
fn marked_letter(name: &str) -> bool {
    name.chars().count() == 1 && name.chars().all(|c| !c.is_lowercase() && !c.is_uppercase())
}

/// "to 14" after "12".
fn through(s: &str) -> Option<(&str, Value, &str)> {
    let s = s.trim_start();
    let joined = [
        "to ",
        "and ",
        "through ",
        "–",
        "-",
        "à ",
        "et ",
        "a ",
        "al ",
        "y ",
        "по ",
        "и ",
        "إلى ",
        "tot en met ",
        "en ",
        "bis ",
        "und ",
    ];
    let rest = joined.iter().find_map(|j| s.strip_prefix(j))?;
    number(rest.trim_start())
}

/// Whether bracketed words say how far a provision has come, rather than what it is called.
pub(super) fn says_state(words: &str) -> bool {
    let lower = lowered(words.trim(), 60);
    // "исключен" says so, "исключения" are exceptions.
    let deleted = || {
        let words = || super::words::LANGUAGES.iter().flat_map(|w| super::words::split(w.deleted));
        words().any(|w| lower.strip_prefix(w).is_some_and(|rest| !rest.starts_with(char::is_lowercase)))
    };
    deleted() || begins(&lower, |w| w.agreed) || lower.contains("ad ref") || matches!(lower.as_str(), "…" | "..." | "x")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        match headline(text, TextRange { start: 0, end: text.len() }, false) {
            None => "none".to_owned(),
            Some(h) => format!(
                "{} | {} | {} | {}",
                h.kind.word(),
                h.number,
                h.title.map_or("-", |t| &text[t.start..t.end]),
                h.body.map_or("-", |b| &text[b..])
            ),
        }
    }

    #[test]
    fn a_state_is_not_what_begins_like_it() {
        for (words, state) in [("deleted", true), ("исключен", true), ("Исключения", false), ("Supprimée.", true)]
        {
            assert_eq!(says_state(words), state, "{words}");
        }
    }

    #[test]
    fn headings_are_told_from_references() {
        let cases = [
            ("Article 23", "article | 23 | - | -"),
            ("Article  1", "article | 1 | - | -"),
            ("ARTICLE 4a", "article | 4a | - | -"),
            ("Article 8 bis", "article | 8 bis | - | -"),
            ("Article 12 (CMA)", "article | 12 | CMA | -"),
            ("Article 2bis (GENERAL)", "article | 2bis | GENERAL | -"),
            ("[Article 3 bis] (REDD-PLUS)", "article | 3 bis | REDD-PLUS | -"),
            ("Article 24: Conditions", "article | 24 | Conditions | -"),
            ("Article 1. Statement of purpose", "article | 1 | Statement of purpose | -"),
            ("Article 7 – Use of terms.", "article | 7 | Use of terms. | -"),
            ("Article 5 Scope of application", "article | 5 | Scope of application | -"),
            ("Article 35 24/7 Network", "article | 35 | 24/7 Network | -"),
            ("Article XII", "article | XII | - | -"),
            ("Article 2.1: Scope", "article | 2.1 | Scope | -"),
            (
                "Article 9. The Parties shall, in good faith, settle any dispute between them.",
                "article | 9 | - | The Parties shall, in good faith, settle any dispute between them.",
            ),
            ("Article 12 [deleted]", "article | 12 | - | -"),
            ("Art. 1º Esta lei trata de janelas.", "article | 1 | - | Esta lei trata de janelas."),
            (
                "Art. 12. São janelas: (Incluído pela Lei nº 3)",
                "article | 12 | - | São janelas: (Incluído pela Lei nº 3)",
            ),
            ("Art. 5 Scope", "article | 5 | Scope | -"),
            ("Articles 12 to 14 [deleted]", "article | 12 to 14 | - | -"),
            ("[Articles 31 to 33: reserved]", "article | 31 to 33 | - | -"),
            ("Article 16⁵", "article | 16 | - | -"),
            ("CHAPTER IV. Final clauses", "chapter | IV | Final clauses | -"),
            ("TITLE IA", "title | IA | - | -"),
            ("PART ONE", "part | ONE | - | -"),
            ("FIRST PART", "part | FIRST | - | -"),
            ("Section A – List of laws", "section | A | List of laws | -"),
            (
                "ANNEX IV TECHNICAL DOCUMENTATION referred to in Article 11(1)",
                "annex | IV | TECHNICAL DOCUMENTATION referred to in Article 11(1) | -",
            ),
            ("ANNEX VIIIa", "annex | VIIIa | - | -"),
            ("ANNEX", "annex |  | - | -"),
            ("ANNEX I [deleted]", "annex | I | - | -"),
            ("Preamble", "preamble |  | - | -"),
            (
                "PreambuleDe Staten die partij zijn bij dit Verdrag",
                "preamble |  | - | De Staten die partij zijn bij dit Verdrag",
            ),
            ("Artículo 5. Ámbito de aplicación", "article | 5 | Ámbito de aplicación | -"),
            ("Article premier", "article | premier | - | -"),
            ("Статья 12", "article | 12 | - | -"),
            ("Часть первая", "part | первая | - | -"),
            ("المادة 5", "article | 5 | - | -"),
            ("المادة ٢٣", "article | ٢٣ | - | -"),
            ("المادة الأولى", "article | الأولى | - | -"),
            ("第四条", "article | 四 | - | -"),
            ("第十二条 适用范围", "article | 十二 | 适用范围 | -"),
            ("第二部分", "part | 二 | - | -"),
            ("附件一", "annex | 一 | - | -"),
            ("Hoofdstuk II", "chapter | II | - | -"),
            ("Anhang III", "annex | III | - | -"),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), expected, "{text}");
        }
        for text in [
            "Article 5 shall apply to all Parties.",
            "Article 18 of Regulation (EU) 2019/1020 shall apply mutatis mutandis.",
            "Article 4(1) of the Convention applies.",
            "Article 5, paragraph 2, applies.",
            "Articles 5 and 6 apply.",
            "article 5",
            "Part[y][ies] to the agreement",
            "Section 2 above",
            "Annexes to this Agreement shall form an integral part thereof.",
            "Annex I Parties shall lead.",
            "Articles of association",
            "Artikel 5 Absatz 2 gilt entsprechend.",
            "المادة 5 من الاتفاقية",
            "第四条规定的义务",
            "[Preamble: Parties acknowledge the importance of cooperation]",
            "Preamble paragraphs are numbered",
            "Title of the instrument",
        ] {
            assert_eq!(read(text), "none", "{text}");
        }
    }
}
