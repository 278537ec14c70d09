//! Where words begin and end in Chinese, which is written without spaces.
//!
//! `发展中国家`, developing countries, holds the characters of `中国`, China, and not the word. So characters that follow
//! one another are found only from the beginning of a word to the end of one; a character alone is found anywhere.
//! The words are the smallest that the dictionary has inside longer ones, so that `国家` is found in `发展中国家`, and a
//! stretch no word covers is taken as single characters, so that every beginning and end in it counts.

use std::collections::VecDeque;
use std::sync::LazyLock;

use jieba_rs::Jieba;

use super::words::{Piece, Pieces};

/// The natural logarithm of the number of words the frequencies of the dictionary were counted in, about.
const COUNTED: f64 = 17.9;
/// Characters looked at together.
const STRETCH: usize = 1000;

/// Read when the first Chinese text comes.
static DICTIONARY: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// A piece, and whether a word may begin and end with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    pub piece: Piece,
    pub begins: bool,
    pub ends: bool,
}

/// The pieces of a text, in order, with the words of Chinese told apart.
pub(super) struct Cuts<'t> {
    text: &'t str,
    pieces: Pieces<'t>,
    /// The rest of a stretch.
    stretch: VecDeque<Cut>,
    /// The piece after it.
    next: Option<Piece>,
    characters: String,
}

impl<'t> Cuts<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, pieces: Pieces::of(text), stretch: VecDeque::new(), next: None, characters: String::new() }
    }

    fn is_chinese(&self, piece: &Piece) -> bool {
        piece.gram && self.text[piece.start..piece.end].chars().all(is_chinese)
    }

    /// Takes in the characters up to the end of the stretch.
    fn read_stretch(&mut self, first: Piece) {
        let cut = |piece| Cut { piece, begins: true, ends: true };
        self.stretch.push_back(cut(first));
        while self.stretch.len() < STRETCH {
            match self.pieces.next() {
                Some(piece) if piece.joined && self.is_chinese(&piece) => self.stretch.push_back(cut(piece)),
                other => {
                    self.next = other;
                    break;
                }
            }
        }
        // Two characters are found as the two they are, whether or not they are one word.
        if self.stretch.len() > 2 {
            self.characters.clear();
            for cut in &self.stretch {
                self.characters.push_str(&self.text[cut.piece.start..cut.piece.end]);
            }
            let mut at = 0;
            for length in lengths(&self.characters) {
                for (i, cut) in self.stretch.range_mut(at..at + length).enumerate() {
                    (cut.begins, cut.ends) = (i == 0, i + 1 == length);
                }
                at += length;
            }
        }
    }
}

impl Iterator for Cuts<'_> {
    type Item = Cut;

    fn next(&mut self) -> Option<Cut> {
        if let Some(cut) = self.stretch.pop_front() {
            return Some(cut);
        }
        let piece = self.next.take().or_else(|| self.pieces.next())?;
        if !self.is_chinese(&piece) {
            return Some(Cut { piece, begins: true, ends: true });
        }
        self.read_stretch(piece);
        self.stretch.pop_front()
    }
}

fn is_chinese(c: char) -> bool {
    matches!(c,
        '\u{3005}'..='\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// How many characters each word of a stretch has, in order.
fn lengths(stretch: &str) -> Vec<usize> {
    let mut lengths = Vec::new();
    for token in DICTIONARY.cut(stretch, false) {
        let characters = token.word.chars().count();
        if characters < 3 {
            lengths.push(characters);
        } else {
            inside(token.word, &mut lengths);
        }
    }
    lengths
}

/// How many characters each of the most likely shorter words has that make up one of three characters or more.
fn inside(word: &str, lengths: &mut Vec<usize>) {
    let starts: Vec<usize> = word.char_indices().map(|(i, _)| i).chain([word.len()]).collect();
    let count = starts.len() - 1;
    // For the characters from each one on: how likely the best cut is, and where its first word ends.
    let mut best = vec![(0.0, count); count + 1];
    for from in (0..count).rev() {
        let mut found = (f64::NEG_INFINITY, from + 1);
        for to in from + 1..=count {
            let part = &word[starts[from]..starts[to]];
            let whole = to - from == count;
            if whole || (to - from > 1 && !DICTIONARY.has_word(part)) {
                continue;
            }
            let likely = (DICTIONARY.suggest_freq(part).max(1) as f64).ln() - COUNTED + best[to].0;
            if likely > found.0 {
                found = (likely, to);
            }
        }
        best[from] = found;
    }
    let mut at = 0;
    while at < count {
        let to = best[at].1;
        lengths.push(to - at);
        at = to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut cut = String::new();
        for Cut { piece, ends, .. } in Cuts::of(text) {
            cut.push_str(&text[piece.start..piece.end]);
            if ends {
                cut.push('/');
            }
        }
        assert_eq!(cut, expected);
    }

    #[test]
    fn words_are_the_smallest_the_dictionary_has() {
        check("发展中国家的国家合作", "发展/中/国家/的/国家/合作/");
        check("网络\n  犯罪。ICT为害", "网络/犯罪/ICT/为/害/");
        check("", "");
        check("国", "国/");
        let long = "合作".repeat(STRETCH);
        check(&long, &"合作/".repeat(STRETCH));
    }
}
