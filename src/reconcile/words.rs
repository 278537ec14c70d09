//! A text as words that can be compared.
//!
//! Two words are the same whatever their capitals; two are of one stem if they begin alike. Stems are cut by a rule
//! that knows no language: negotiators turn `promoting` into `promote` and `organisation` into `organization`, and a
//! carried remark must not stumble over that.

use std::collections::HashMap;

use crate::model::TextRange;

/// A word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// First byte, in the text it is from.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// The same for equal words, whatever their capitals.
    pub exact: u32,
    /// The same for words of one stem.
    pub stem: u32,
    /// Whether a sentence or a part of one ends after it: a full stop, a colon or a semicolon follows.
    pub stop: bool,
}

/// The numbers given to words and stems. Both texts of a comparison share one.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    words: HashMap<Box<str>, (u32, u32)>,
    stems: HashMap<Box<str>, u32>,
}

/// Letters a stem keeps at most.
const STEM: usize = 6;
/// Letters an ending leaves at least.
const SHORTEST: usize = 4;

impl Vocabulary {
    /// How many stems there are; they are numbered from 0.
    pub(super) fn stems(&self) -> usize {
        self.stems.len()
    }

    /// The words of a stretch of a text, in order. Positions count from the start of the text.
    pub(super) fn words(&mut self, text: &str, range: TextRange) -> Vec<Word> {
        let mut words = Vec::new();
        let mut folded = String::new();
        let Some(stretch) = range.of(text) else { return words };
        let mut chars = stretch.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if !is_letter(c) {
                if let Some(last) = words.last_mut().filter(|_| is_stop(c)) {
                    let last: &mut Word = last;
                    last.stop = true;
                }
                continue;
            }
            let mut end = at + c.len_utf8();
            folded.clear();
            folded.extend(c.to_lowercase());
            if !stands_alone(c) {
                while let Some(&(next, c)) = chars.peek().filter(|(_, c)| is_letter(*c) && !stands_alone(*c)) {
                    end = next + c.len_utf8();
                    folded.extend(c.to_lowercase());
                    chars.next();
                }
            }
            let (exact, stem) = self.number(&folded);
            words.push(Word {
                start: (range.start + at) as u32,
                end: (range.start + end) as u32,
                exact,
                stem,
                stop: false,
            });
        }
        words
    }

    fn number(&mut self, folded: &str) -> (u32, u32) {
        if let Some(&known) = self.words.get(folded) {
            return known;
        }
        let stem = stem(folded);
        let next = self.stems.len() as u32;
        let stem = match self.stems.get(stem) {
            Some(&known) => known,
            None => {
                self.stems.insert(stem.into(), next);
                next
            }
        };
        let number = (self.words.len() as u32, stem);
        self.words.insert(folded.into(), number);
        number
    }
}

/// `#` and `_` stand for words still to be written, and are compared as such.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '#' | '_' | '%' | '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}')
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | ';' | ':' | '?' | '\u{61b}' | '\u{61f}' | '\u{3002}' | '\u{ff1a}' | '\u{ff1b}')
}

/// Scripts without spaces: each character is compared for itself.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The beginning of a word that its forms share. Numbers are kept whole.
fn stem(word: &str) -> &str {
    if word.chars().any(|c| c.is_numeric()) {
        return word;
    }
    let cut = word.char_indices().nth(STEM).map_or(word.len(), |(i, _)| i);
    let mut stem = &word[..cut];
    while stem.ends_with(['e', 'i', 'y', 's']) && stem.chars().count() > SHORTEST {
        stem = &stem[..stem.len() - 1];
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(one: &str, other: &str, same_word: bool, same_stem: bool) {
        let mut vocabulary = Vocabulary::default();
        let mut all = |t: &str| vocabulary.words(t, TextRange { start: 0, end: t.len() });
        let (a, b) = (all(one), all(other));
        assert_eq!(a.iter().map(|w| w.exact).eq(b.iter().map(|w| w.exact)), same_word, "{one} {other}");
        assert_eq!(a.iter().map(|w| w.stem).eq(b.iter().map(|w| w.stem)), same_stem, "{one} {other}");
    }

    #[test]
    fn forms_of_a_word_share_a_stem() {
        check("The PARTIES", "the parties", true, true);
        check("promoting parties", "promote Party", false, true);
        check("organisations", "organization", false, true);
        check("measure", "measures", false, true);
        check("state", "States", false, true);
        check("article 12", "article 13", false, false);
        check("\u{201c}data\u{201d};", "\"data\"", true, true);
        check("締約国は", "締約国は、", true, true);
        check("締約国", "締国", false, false);
    }

    #[test]
    fn words_stand_where_they_are_found() {
        let text = "1. Each Party\u{2019}s law (no ###).";
        let words = Vocabulary::default().words(text, TextRange { start: 3, end: text.len() });
        let found: Vec<&str> = words.iter().map(|w| &text[w.start as usize..w.end as usize]).collect();
        assert_eq!(found, ["Each", "Party", "s", "law", "no", "###"]);
    }
}
