//! What stands behind the number on a heading's line: nothing, a title, a body, or proof that it is a sentence.

use crate::model::{ProvisionKind, TextRange};

use super::super::numeral::digit;
use super::super::words::{begins, is_one, lowered};
use super::{Found, is_note_sign, says_state, word};

/// The longest title that stands on the line of its number, in characters; longer ones are sentences.
const LONGEST_TITLE: usize = 200;

/// The part of the line behind the number.
pub(super) struct Rest<'a> {
    pub(super) s: &'a str,
    pub(super) at: usize,
    pub(super) found: &'a Found,
    pub(super) marked: bool,
    pub(super) bracketed: bool,
}

/// A title and the start of a body on the heading's line.
pub(super) type TitleAndBody = (Option<TextRange>, Option<usize>);

impl Rest<'_> {
    /// What the rest of the line is; `None` where it shows that the line is a sentence.
    pub(super) fn read(&self) -> Option<TitleAndBody> {
        let s = self.s;
        let tail = &s[self.at..];
        let rest = tail.trim_start();
        let spaced = rest.len() < tail.len();
        let start = s.len() - rest.len();
        if rest.is_empty() {
            return Some((None, None));
        }
        if self.found.kind == ProvisionKind::Preamble {
            return self.preamble(rest, start);
        }
        if rest.starts_with(['(', '[', '{', '（', '〔', '［']) {
            return self.in_brackets(rest, start, spaced);
        }
        if self.found.plural {
            let words = rest.trim_start_matches([':', '.', ' ', '–', '—', '-']);
            return begins(&lowered(words, 40), |w| w.deleted).then_some((None, None));
        }
        let unset = rest.trim_start_matches(['.', ':', '–', '—', '-', '－', '：', '．', '|', '、', '·', '_']);
        if unset.len() < rest.len() {
            let words = unset.trim_start();
            let start = s.len() - words.len();
            return match words.chars().next() {
                None => Some((None, None)),
                Some(c) if c.is_lowercase() && !self.marked => None,
                _ if self.is_title(words, true) => Some((Some(self.span(start)), None)),
                _ if self.found.kind == ProvisionKind::Article => Some((None, Some(start))),
                _ => Some((Some(self.span(start)), None)).filter(|_| words.chars().count() <= LONGEST_TITLE),
            };
        }
        if !spaced && !self.bracketed && !self.marked {
            return None;
        }
        let first = rest.chars().next()?;
        if self.marked && !matches!(first, ',' | ';') {
            return Some((Some(self.span(start)), None));
        }
        if !first.is_alphanumeric() && !matches!(first, '“' | '"' | '‘' | '«' | '„') || first.is_lowercase() {
            return None;
        }
        // "Art. 1º Esta lei …": laws in Portuguese have their text on the article's own line.
        if self.found.short && self.s[..self.at].ends_with(['º', '°']) {
            return Some((None, Some(start)));
        }
        if is_one(&word(rest).to_lowercase(), |w| w.reference) {
            return None;
        }
        if self.is_title(rest, false) {
            return Some((Some(self.span(start)), None));
        }
        // Chinese drafts set the text after a space on the article's own line.
        let chinese_text = self.found.uncased && self.s.starts_with(['第', '[', '［']) && rest.chars().count() > 4;
        (chinese_text && self.found.kind == ProvisionKind::Article).then_some((None, Some(start)))
    }

    fn span(&self, start: usize) -> TextRange {
        TextRange { start, end: self.s.len() }
    }

    /// "Preamble", "Preamble The States Parties …"
    fn preamble(&self, rest: &str, start: usize) -> Option<TitleAndBody> {
        let words = rest.trim_start_matches(['.', ':', ' ', ']', '–', '—']);
        if words.is_empty() {
            return Some((None, None));
        }
        let capital = rest.starts_with(char::is_uppercase) || (self.found.uncased && rest.len() > 80);
        (capital && !self.bracketed && words.chars().count() > 20).then_some((None, Some(start)))
    }

    /// `(Definitions)`, `[deleted]`, `[Title one][Title two]`; anything behind the brackets makes it a sentence.
    fn in_brackets(&self, rest: &str, start: usize, spaced: bool) -> Option<TitleAndBody> {
        let groups = bracket_groups(rest)?;
        let inner = |g: &TextRange| rest[g.start..g.end].trim_matches(|c: char| is_bracket(c) || c.is_whitespace());
        let first = groups.first()?;
        // "Article 4 (1)", "Article 4 (a)" and "Article 4 (iv)" are references.
        let point = inner(first);
        let short = point.chars().count() <= 1
            || point.chars().all(|c| digit(c).is_some() || c.is_lowercase()) && point.chars().count() <= 4;
        let behind = rest[groups.last()?.end..]
            .trim_matches(|c: char| is_note_sign(c) || c.is_whitespace() || matches!(c, '.' | ']' | ':'));
        if !behind.is_empty() {
            let lead = behind.chars().next()?;
            let title = self.marked || (spaced && !short && !lead.is_lowercase() && self.is_title(rest, false));
            return (title && !self.found.plural).then(|| (Some(self.span(start)), None));
        }
        if short && rest.starts_with(['(', '（']) && !self.marked {
            return None;
        }
        let kept: Vec<&TextRange> = groups.iter().filter(|g| !says_state(inner(g))).collect();
        Some(match (kept.as_slice(), self.found.plural) {
            ([], _) => (None, None),
            (_, true) => return None,
            ([only], _) => {
                let lead =
                    rest[only.start..only.end].len() - rest[only.start..only.end].trim_start_matches(is_bracket).len();
                let words = inner(only);
                let from = start + only.start + lead;
                let from = from + (self.s[from..].len() - self.s[from..].trim_start().len());
                // Further brackets inside stay as they are.
                let end = if words.contains(is_bracket) { start + only.end - 1 } else { from + words.len() };
                (Some(TextRange { start: from, end: end.max(from) }), None)
            }
            ([first, .., last], _) => (Some(TextRange { start: start + first.start, end: start + last.end }), None),
        })
    }

    /// Whether words on the heading's line are its title and not a sentence. `set_off`: by a full stop, colon or dash.
    fn is_title(&self, words: &str, set_off: bool) -> bool {
        let bare = words.trim_end_matches(|c: char| is_note_sign(c) || c.is_whitespace());
        let count = bare.chars().take(LONGEST_TITLE + 1).count();
        let longest = match (set_off, self.found.uncased) {
            (_, true) => 80,
            (true, false) => LONGEST_TITLE,
            (false, false) => 150,
        };
        if count > longest {
            return false;
        }
        if self.found.short {
            return is_short_title(bare);
        }
        match bare.chars().next_back() {
            Some(';' | ',' | '；' | '，' | '：' | '؛' | '،') => false,
            Some(':') => set_off && count < 60,
            Some('.' | '。') => {
                set_off && bare.split_whitespace().count() <= 9 && !bare.contains(", ") && !bare.contains(". ")
            }
            _ => true,
        }
    }
}

/// Whether words behind `Art. 5.` are a title: laws that cut the word short mostly have their text there.
fn is_short_title(words: &str) -> bool {
    let mut bare = words;
    // "(Incluído pela Lei nº 13.853, de 2019)"
    while let Some(open) = bare.strip_suffix(')').and_then(|b| b.rfind('(')) {
        bare = bare[..open].trim_end();
    }
    !bare.is_empty() && bare.chars().count() <= 80 && !bare.ends_with(['.', ':', ';', ',', '!', '?'])
}

fn is_bracket(c: char) -> bool {
    matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | '（' | '）' | '〔' | '〕' | '［' | '］')
}

/// The bracket groups a line begins with, side by side; `None` if the first never closes.
fn bracket_groups(s: &str) -> Option<Vec<TextRange>> {
    let (mut groups, mut depth, mut start) = (Vec::new(), 0_usize, 0);
    for (i, c) in s.char_indices() {
        match c {
            '(' | '[' | '{' | '（' | '〔' | '［' => {
                if depth == 0 {
                    start = i;
                }
                depth += 1;
            }
            ')' | ']' | '}' | '）' | '〕' | '］' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    groups.push(TextRange { start, end: i + c.len_utf8() });
                }
            }
            _ if depth == 0 && !c.is_whitespace() => break,
            _ => {}
        }
    }
    (!groups.is_empty()).then_some(groups)
}
