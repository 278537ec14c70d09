//! Which lines of a commentary are headings, and which words at the beginning of a paragraph are one: `Insufficient
//! safeguards: Article 24(1) …`.

use crate::model::TextRange;

/// A heading in a line of its own has at most so many characters.
const LONGEST_LINE: usize = 110;
/// A heading before a colon has at most so many words.
const MOST_WORDS: usize = 26;
/// One that is written like a sentence has at most so many.
const MOST_PLAIN_WORDS: usize = 6;

/// What tells a heading, which is also how it ranks: a heading ends all of its own kind, and those that stand in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rank {
    /// The file says so, with a level from 1.
    Said(u8),
    /// All capitals.
    Capitals,
    /// A number before it: `2.1 Scope`, with the depth of the number.
    Numbered(u8),
    /// A short line of its own.
    Line,
    /// The first words of a paragraph.
    RunIn,
    /// The first cell of a row.
    Row,
}

/// Words before a colon that say what kind of sentence follows, and are no heading.
const LABELS: &[&str] = &[
    "recommendation",
    "recommendations",
    "our recommendation",
    "our recommendations",
    "proposal",
    "proposed text",
    "suggested text",
    "proposed amendment",
    "proposed language",
    "suggested language",
    "suggestion",
    "comment",
    "comments",
    "note",
    "notes",
    "rationale",
    "justification",
    "explanation",
    "example",
    "update",
    "q",
    "a",
    "question",
    "answer",
    "source",
    "action",
    "ask",
    "asks",
    "our ask",
    "position",
    "for example",
    "in particular",
    "in short",
    "in other words",
    "conclusion",
    "recommandation",
    "recommandations",
    "proposition",
    "commentaire",
    "note",
    "justification",
    "exemple",
    "recomendación",
    "recomendaciones",
    "propuesta",
    "comentario",
    "nota",
    "justificación",
    "ejemplo",
];

/// Whether a paragraph of one or two lines is a heading by its looks; `number` is what it is numbered with.
pub(super) fn of_line(words: &str, number: Option<&str>) -> Option<Rank> {
    let words = words.trim().trim_matches('*').trim();
    if words.chars().count() > LONGEST_LINE || !words.chars().any(char::is_alphabetic) {
        return None;
    }
    let ends_openly = !words.ends_with(['.', ',', ';', '!', '…', '。']);
    let begins = words.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
    if !ends_openly || !begins {
        return None;
    }
    if words.ends_with(':') && (words.split_whitespace().count() > 12 || is_clause(words)) {
        return None;
    }
    if let Some(number) = number {
        let depth = number.trim_end_matches(['.', ')']).matches('.').count() as u8;
        return Some(Rank::Numbered(depth));
    }
    let capitals = words.chars().filter(|c| c.is_uppercase()).count();
    let is_loud = capitals >= 4 && !words.chars().any(char::is_lowercase);
    Some(if is_loud { Rank::Capitals } else { Rank::Line })
}

/// The heading at the beginning of a paragraph, and where the rest begins, in bytes of `words`. `cited` are the citations
/// in it.
pub(super) fn run_in(words: &str, cited: &[TextRange]) -> Option<(TextRange, usize)> {
    if let Some(rest) = words.strip_prefix("**")
        && let Some(length) = rest.find("**").filter(|&n| n > 0)
    {
        let inner = TextRange { start: 2, end: 2 + length };
        let after = inner.end + 2;
        let follows = words[after..].trim_start_matches([':', '.', ' ', '–', '—']);
        let closed = inner.of(words).is_some_and(|h| h.ends_with([':', '.'])) || follows.len() < words.len() - after;
        let plain = inner.of(words).unwrap_or_default().trim_end_matches([':', '.']);
        if closed && !follows.is_empty() && !is_label(plain) {
            return Some((TextRange { start: 2, end: 2 + plain.len() }, words.len() - follows.len()));
        }
    }
    let limit = words.floor_char_boundary(400.min(words.len()));
    let is_cited = |at: usize| cited.iter().any(|c| c.start <= at && at < c.end);
    for (at, mark) in words[..limit].char_indices() {
        let (end, rest) = match mark {
            ':' if words[at + 1..].starts_with(char::is_whitespace) => (at, at + 1),
            '–' | '—' if words[..at].ends_with(' ') && words[at + mark.len_utf8()..].starts_with(' ') => {
                (at, at + mark.len_utf8())
            }
            '.' if words[at + 1..].starts_with(" –") || words[at + 1..].starts_with(" —") => (at, at + 5),
            '.' | ';' | '?' | '!' if words[at + 1..].starts_with(char::is_whitespace) && !is_cited(at) => return None,
            _ => continue,
        };
        if is_cited(at) {
            continue;
        }
        let head = TextRange { start: 0, end }.trimmed(words);
        let rest = words.len() - words.get(rest..)?.trim_start().len();
        let said = head.of(words)?;
        let follows = words[rest..].chars().find(|c| c.is_alphanumeric())?;
        if follows.is_lowercase() || is_label(said) || !is_heading(said, cited, mark == ':') {
            return None;
        }
        return Some((head, rest));
    }
    None
}

/// Words that a clause has and a heading seldom.
const CLAUSE: &[&str] = &[
    "we",
    "it",
    "they",
    "i",
    "would",
    "is",
    "are",
    "was",
    "has",
    "have",
    "had",
    "will",
    "can",
    "may",
    "should",
    "must",
    "do",
    "does",
    "says",
    "ask",
    "asks",
    "recommend",
    "urge",
    "call",
    "delete",
    "remove",
    "include",
    "add",
    "limit",
    "following",
    "that",
    "nous",
    "est",
    "sont",
    "doit",
    "doivent",
    "recommandons",
    "demandons",
    "suivants",
    "suivantes",
    "es",
    "son",
    "debe",
    "deben",
    "recomendamos",
    "pedimos",
    "siguientes",
    "to",
];

/// Whether words are a clause rather than a name.
fn is_clause(words: &str) -> bool {
    let words = words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.take(20).any(|w| CLAUSE.contains(&w.to_lowercase().as_str()))
}

/// Whether words before a colon only say what kind of sentence follows.
pub(super) fn is_label(words: &str) -> bool {
    LABELS.contains(&words.trim().trim_end_matches(':').to_lowercase().as_str())
}

fn is_heading(said: &str, cited: &[TextRange], colon: bool) -> bool {
    let count = said.split_whitespace().count();
    if count == 0 || count > MOST_WORDS {
        return false;
    }
    let inside: usize = cited.iter().filter(|c| c.end <= said.len()).map(|c| c.len()).sum();
    if inside > 0 {
        // `Article 24(1):` is a heading, `Article 24 says that:` is none.
        return inside + 12 >= said.len();
    }
    let long: Vec<&str> = said.split_whitespace().filter(|w| w.chars().count() > 3).collect();
    let raised = long.iter().filter(|w| w.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)).count();
    let titled = long.len() >= 2 && raised * 10 >= long.len() * 6;
    titled || colon && !is_clause(said) && count <= MOST_PLAIN_WORDS && said.starts_with(|c: char| !c.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, heading: Option<&str>) {
        assert_eq!(run_in(words, &[]).and_then(|(h, _)| h.of(words)), heading, "{words}");
    }

    #[test]
    fn first_words_are_a_heading_where_they_are_written_as_one() {
        check("Weak Safeguards in the Draft: The text says little.", Some("Weak Safeguards in the Draft"));
        check("Scope of powers: The text says little.", Some("Scope of powers"));
        check("**Scope.** The text says little.", Some("Scope"));
        check("Recommendation: Delete it.", None);
        check("The draft would do three things: It would watch, keep and share.", None);
        check("The Draft has: one thing.", None);
        check("Weak Safeguards. The draft: It says little.", None);
        check("Duties of Providers – The text says little.", Some("Duties of Providers"));
    }

    #[test]
    fn a_line_is_a_heading_by_its_looks() {
        assert_eq!(of_line("Key concerns", None), Some(Rank::Line));
        assert_eq!(of_line("KEY CONCERNS", None), Some(Rank::Capitals));
        assert_eq!(of_line("Scope of powers", Some("2.1")), Some(Rank::Numbered(1)));
        assert_eq!(of_line("Q: What is at stake?", None), Some(Rank::Line));
        assert_eq!(of_line("This is a sentence.", None), None);
        assert_eq!(of_line("and goes on", None), None);
    }
}
