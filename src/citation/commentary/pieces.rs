//! A sentence as the words, citations, quotations and marks it is made of.

use crate::model::TextRange;

/// A quotation has at most so many bytes; what is longer is read as words.
const LONGEST_QUOTE: usize = 1500;

/// One piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A word in lower case, and whether it began with a capital.
    Word(String, bool),
    /// A citation, by its position among those of the sentence.
    Cite(usize),
    /// Words in quotation marks.
    Quote,
    /// A comma, a colon, a bracket, a dash.
    Mark(char),
}

/// A sentence in pieces, each with its place in bytes of the text.
pub(super) struct Pieces {
    pub list: Vec<(Piece, TextRange)>,
}

impl Pieces {
    /// Takes a stretch apart. `cites` are the citations in it, in order and not overlapping.
    pub fn of(text: &str, range: TextRange, cites: &[TextRange]) -> Self {
        let mut list = Vec::new();
        let mut at = range.start;
        let mut next = 0;
        let mut quotes = Quotes::default();
        while at < range.end {
            while cites.get(next).is_some_and(|c| c.start < at) {
                next += 1;
            }
            if let Some(cite) = cites.get(next).filter(|c| c.start == at) {
                list.push((Piece::Cite(next), *cite));
                at = cite.end.max(at + 1);
                next += 1;
                continue;
            }
            let until = cites.get(next).map_or(range.end, |c| c.start.min(range.end));
            let rest = &text[at..until];
            let Some(c) = rest.chars().next() else { break };
            if c.is_alphanumeric() {
                let end = word_end(rest);
                let word = &rest[..end];
                let plain = word.replace('\u{2019}', "'");
                list.push((
                    Piece::Word(plain.to_lowercase(), c.is_uppercase()),
                    TextRange { start: at, end: at + end },
                ));
                at += end;
                continue;
            }
            // A quotation that holds a citation is read as words.
            if let Some(length) = quotes.length(text, at, c, until.min(range.end)) {
                list.push((Piece::Quote, TextRange { start: at, end: at + length }));
                at += length;
                continue;
            }
            let end = at + c.len_utf8();
            if matches!(c, ',' | ';' | ':' | '(' | ')' | '–' | '—' | '•' | '/' | '-' | '、' | '，') {
                list.push((Piece::Mark(c), TextRange { start: at, end }));
            }
            at = end;
        }
        Self { list }
    }

    /// The word at a position, in lower case.
    pub fn word(&self, at: usize) -> Option<&str> {
        match self.list.get(at) {
            Some((Piece::Word(word, _), _)) => Some(word),
            _ => None,
        }
    }

    /// Whether the word at a position is one of these.
    pub fn is(&self, at: usize, words: &[&str]) -> bool {
        self.word(at).is_some_and(|w| words.contains(&w))
    }

    /// Whether this mark stands at a position.
    pub fn mark(&self, at: usize) -> Option<char> {
        match self.list.get(at) {
            Some((Piece::Mark(c), _)) => Some(*c),
            _ => None,
        }
    }

    /// The citation at a position.
    pub fn cite(&self, at: usize) -> Option<usize> {
        match self.list.get(at) {
            Some((Piece::Cite(n), _)) => Some(*n),
            _ => None,
        }
    }

    /// The place of the pieces from one position to before another, in bytes of the text.
    pub fn place(&self, from: usize, to: usize) -> Option<TextRange> {
        let pieces = self.list.get(from..to.min(self.list.len()))?;
        Some(TextRange { start: pieces.first()?.1.start, end: pieces.last()?.1.end })
    }
}

/// How far each kind of closing mark has been looked for without finding it, so that nothing is looked for twice.
#[derive(Default)]
struct Quotes {
    none_before: [usize; 3],
}

impl Quotes {
    /// The bytes of a quotation that begins here, if it ends before `until`.
    fn length(&mut self, text: &str, at: usize, open: char, until: usize) -> Option<usize> {
        let (kind, close) = match open {
            '\u{201c}' => (0, '\u{201d}'),
            '"' => (1, '"'),
            '\u{ab}' => (2, '\u{bb}'),
            _ => return None,
        };
        let begin = at + open.len_utf8();
        let limit = text.floor_char_boundary(until.min(begin + LONGEST_QUOTE));
        if self.none_before[kind] >= limit || begin > limit {
            return None;
        }
        let Some(found) = text[begin..limit].find(close) else {
            self.none_before[kind] = limit;
            return None;
        };
        Some(open.len_utf8() + found + close.len_utf8())
    }
}

/// Where a word ends. `l'article` is two words, `OHCHR's` and `don't` are one each, as is `cross-reference`.
fn word_end(rest: &str) -> usize {
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c.is_alphanumeric() {
            continue;
        }
        let next = chars.peek().map(|n| n.1);
        let joins = match c {
            '\'' | '\u{2019}' => {
                let after = rest[at + c.len_utf8()..].split(|d: char| !d.is_alphanumeric()).next().unwrap_or_default();
                matches!(after, "s" | "t" | "re" | "ve" | "ll")
            }
            '-' | '.' => next.is_some_and(char::is_alphabetic),
            _ => false,
        };
        if !joins {
            return at;
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_taken_apart() {
        let text = "Don’t delete Article 5 (“may act”), as per OHCHR’s cross-check of l’avis.";
        let start = text.find("Article").unwrap();
        let pieces = Pieces::of(text, TextRange::new(0, text.len()), &[TextRange::new(start, start + 9)]);
        let shown: Vec<String> = pieces
            .list
            .iter()
            .map(|(p, _)| match p {
                Piece::Word(w, _) => w.clone(),
                Piece::Cite(n) => format!("#{n}"),
                Piece::Quote => "“”".to_owned(),
                Piece::Mark(c) => c.to_string(),
            })
            .collect();
        assert_eq!(shown.join(" "), "don't delete #0 ( “” ) , as per ohchr's cross-check of l avis");
    }
}
