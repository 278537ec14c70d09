//! Negotiating marks: brackets and what they say, alternatives, placeholders.

use crate::model::{Mark, MarkKind, TextRange};

use super::numeral::{digit, letter, roman};
use super::words::{begins, is_one};

/// Brackets nested deeper than this are not told apart; no draft nests ten.
const DEEPEST: usize = 200;
/// More brackets without a partner than this are noise, not negotiation.
const MOST_UNBALANCED: usize = 1000;
/// The longest text in brackets that can be a remark on the provision rather than words of it, in bytes.
const LONGEST_REMARK: usize = 160;

/// Every mark in a text, in order of start, together with the alternatives found at the start of paragraphs.
pub(super) fn marks(text: &str, alternatives: Vec<TextRange>) -> Vec<Mark> {
    let mut marks: Vec<Mark> =
        alternatives.into_iter().map(|range| Mark { range, kind: MarkKind::Alternative }).collect();
    brackets(text, &mut marks);
    hashes(text, &mut marks);
    in_round_brackets(text, &mut marks);
    marks.sort_by_key(|m| (m.range.start, std::cmp::Reverse(m.range.end)));
    marks.dedup();
    marks
}

fn brackets(text: &str, marks: &mut Vec<Mark>) {
    let mut open: Vec<usize> = Vec::new();
    let (mut too_deep, mut unbalanced) = (0_usize, 0_usize);
    let mut alone = |at: usize, sign: &str, marks: &mut Vec<Mark>| {
        unbalanced += 1;
        if unbalanced <= MOST_UNBALANCED {
            marks.push(Mark { range: TextRange { start: at, end: at + sign.len() }, kind: MarkKind::Unbalanced });
        }
    };
    for (at, sign) in text.match_indices(['[', ']', '［', '］']) {
        if matches!(sign, "[" | "［") {
            if open.len() < DEEPEST { open.push(at) } else { too_deep += 1 }
        } else if too_deep > 0 {
            too_deep -= 1;
        } else if let Some(start) = open.pop() {
            let range = TextRange { start, end: at + sign.len() };
            marks.push(Mark { range, kind: kind_of(range.of(text).unwrap_or("")) });
        } else {
            alone(at, sign, marks);
        }
    }
    for at in open {
        let sign = if text[at..].starts_with('[') { "[" } else { "［" };
        alone(at, sign, marks);
    }
}

/// What a bracketed text says.
fn kind_of(bracketed: &str) -> MarkKind {
    if bracketed.len() > LONGEST_REMARK {
        return MarkKind::Bracketed;
    }
    let words = bracketed.trim_matches(|c: char| matches!(c, '[' | ']' | '［' | '］' | ';' | '.') || c.is_whitespace());
    let lower = words.to_lowercase();
    if lower.contains("ad referendum") || lower.contains("ad ref") || begins(&lower, |w| w.agreed) {
        MarkKind::Agreed
    } else if begins(without_numbers(&lower), |w| w.deleted) && words.chars().count() < 60 {
        MarkKind::Deleted
    } else if words.is_empty()
        || matches!(lower.as_str(), "x" | "y" | "z" | "xx" | "xxx" | "…" | "n")
        || words.chars().all(|c| !c.is_alphanumeric())
        || begins(&lower, |w| w.placeholder)
    {
        MarkKind::Placeholder
    } else {
        MarkKind::Bracketed
    }
}

/// What is said of numbers: `Articles 31 to 33: reserved`.
fn without_numbers(bracketed: &str) -> &str {
    match bracketed.split_once(':') {
        Some((numbers, said)) if numbers.contains(|c: char| c.is_ascii_digit()) => said.trim_start(),
        _ => bracketed,
    }
}

/// `###` where a word is still missing.
fn hashes(text: &str, marks: &mut Vec<Mark>) {
    let mut at = 0;
    while let Some(found) = text[at..].find("###") {
        let start = at + found;
        let end = start + text[start..].find(|c| c != '#').unwrap_or(text.len() - start);
        let first = start == 0 || text[..start].ends_with('\n');
        let markup = first && text[end..].starts_with(' ') && text[end..].trim_start().starts_with(char::is_uppercase);
        if !markup {
            marks.push(Mark { range: TextRange { start, end }, kind: MarkKind::Placeholder });
        }
        at = end;
    }
}

/// `(agreed ad referendum)`.
fn in_round_brackets(text: &str, marks: &mut Vec<Mark>) {
    for (at, words) in text.match_indices("ad referendum") {
        let before = &text[text.floor_char_boundary(at.saturating_sub(40))..at];
        let after = &text[at + words.len()..text.ceil_char_boundary((at + words.len() + 40).min(text.len()))];
        if let (Some(open), Some(close)) = (before.rfind('('), after.find(')'))
            && !before[open..].contains([')', '[', '\n'])
            && !after[..close].contains(['(', '\n'])
        {
            let range = TextRange { start: at - (before.len() - open), end: at + words.len() + close + 1 };
            marks.push(Mark { range, kind: MarkKind::Agreed });
        }
    }
}

/// One of several texts, announced at the start of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Alternative {
    /// `Option 1` without its colon.
    pub range: TextRange,
    /// What it is one of: the word and the way it counts.
    pub family: (String, char),
    /// Whether it is the first.
    pub first: bool,
}

/// Reads `Option I:`, `Alternative 2`, `Option (a):` at the start of `range`.
pub(super) fn alternative(text: &str, range: TextRange) -> Option<Alternative> {
    let s = range.of(text)?;
    let inner = s.trim_start_matches(|c: char| matches!(c, '[' | '{' | '(' | '*') || c.is_whitespace());
    let start = s.len() - inner.len();
    let word = &inner[..inner.find(|c: char| !c.is_alphabetic()).unwrap_or(inner.len())];
    if start > 12
        || word.len() > 40
        || word.starts_with(char::is_lowercase)
        || !is_one(&word.to_lowercase(), |w| w.option)
    {
        return None;
    }
    let rest = inner[word.len()..].trim_start_matches(['.', ' ', '\u{a0}']);
    let number = &rest[..rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '(' | ')'))).unwrap_or(rest.len())];
    let bare = number.trim_matches(['(', ')']);
    if bare.is_empty() || bare.len() > 8 {
        return None;
    }
    let first = bare.chars().next()?;
    let (way, is_first) = if digit(first).is_some() {
        ('1', bare.chars().count() == 1 && digit(first) == Some(1))
    } else if first.is_uppercase() && roman(bare).is_some() {
        ('I', bare == "I")
    } else if letter(bare).is_some() {
        (if first.is_uppercase() { 'A' } else { 'a' }, letter(bare) == Some(1))
    } else {
        return None;
    };
    let end = s.len() - rest.len() + number.len();
    let after = s[end..].trim_start_matches(|c: char| c.is_whitespace() || super::headline::is_note_sign(c));
    let set_off = after.is_empty()
        || after.starts_with([':', '.', '–', '—', '(', '[', '：', ']', '*'])
        || after.starts_with("- ");
    set_off.then(|| Alternative {
        range: TextRange { start: range.start + start, end: range.start + end },
        family: (word.to_lowercase(), way),
        first: is_first,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, MarkKind)]) {
        let found: Vec<(&str, MarkKind)> =
            marks(text, Vec::new()).iter().map(|m| (&text[m.range.start..m.range.end], m.kind)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn brackets_say_what_they_mean() {
        use MarkKind::{Agreed, Bracketed, Deleted, Placeholder, Unbalanced};
        check("a [b [c] d] e", &[("[b [c] d]", Bracketed), ("[c]", Bracketed)]);
        check("shall; [agreed ad referendum]", &[("[agreed ad referendum]", Agreed)]);
        check("shall (agreed ad referendum)", &[("(agreed ad referendum)", Agreed)]);
        check("(3) [deleted]; [reserved]", &[("[deleted]", Deleted), ("[reserved]", Deleted)]);
        check(
            "[Articles 31 to 33: reserved] [Articles 31 to 33: rights reserved by States]",
            &[
                ("[Articles 31 to 33: reserved]", Deleted),
                ("[Articles 31 to 33: rights reserved by States]", Bracketed),
            ],
        );
        check(
            "by [X] or […] or [placeholder for finance] or ###4",
            &[
                ("[X]", Placeholder),
                ("[…]", Placeholder),
                ("[placeholder for finance]", Placeholder),
                ("###", Placeholder),
            ],
        );
        check("one ] two [ three", &[("]", Unbalanced), ("[", Unbalanced)]);
        check("across\n\n[two\n\nparagraphs]", &[("[two\n\nparagraphs]", Bracketed)]);
        check("[shall][should]", &[("[shall]", Bracketed), ("[should]", Bracketed)]);
    }

    #[test]
    fn deep_nesting_is_bounded() {
        let text = "[".repeat(50_000);
        assert_eq!(marks(&text, Vec::new()).len(), DEEPEST);
        let text = format!("{}{}", "[".repeat(50_000), "]".repeat(50_000));
        assert_eq!(marks(&text, Vec::new()).len(), DEEPEST);
        assert_eq!(marks(&"]".repeat(50_000), Vec::new()).len(), MOST_UNBALANCED);
    }

    #[test]
    fn alternatives_are_told_from_mentions() {
        let read = |text: &str| {
            alternative(text, TextRange { start: 0, end: text.len() })
                .map(|a| format!("{} {} {} {}", &text[a.range.start..a.range.end], a.family.0, a.family.1, a.first))
        };
        assert_eq!(read("Option 1: Each Party").as_deref(), Some("Option 1 option 1 true"));
        assert_eq!(read("[Option II:").as_deref(), Some("Option II option I false"));
        assert_eq!(read("Option (b): No text").as_deref(), Some("Option (b) option a false"));
        assert_eq!(read("Alternative 2").as_deref(), Some("Alternative 2 alternative 1 false"));
        assert_eq!(read("Variante 1 : texte").as_deref(), Some("Variante 1 variante 1 true"));
        assert_eq!(read("Option 1 is the one we prefer"), None);
        assert_eq!(read("Options for action"), None);
    }
}
