//! A text as the grammar sees it: numbers, words, signs, and how far apart they stand.

use crate::model::TextRange;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Digits, with the letters that stand right behind them: `23`, `4a`, `8bis`.
    Number,
    /// Letters.
    Word,
    /// One Chinese character.
    Han,
    /// Any other character.
    Sign(char),
}

/// What stands before a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Nothing.
    None,
    /// White space; the end of a full line counts as such.
    Space,
    /// The end of a paragraph or of a short line: no citation goes on over it.
    Break,
}

/// A piece of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: Kind,
    /// First byte.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// What stands before it.
    pub gap: Gap,
}

/// A line shorter than this, in characters, ended because its author wanted it to.
const FULL_LINE: usize = 40;

/// The tokens of a text, in order.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 5);
    let mut gap = Gap::Break;
    let mut line = 0;
    let mut ends = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        line += 1;
        if c == '\n' {
            ends += 1;
            gap = gap.max(if ends > 1 || line <= FULL_LINE { Gap::Break } else { Gap::Space });
            line = 0;
            continue;
        }
        // Zero-width marks of direction stand inside citations of Arabic drafts; soft hyphens and byte order marks anywhere.
        if c.is_whitespace() || c.is_control() {
            gap = gap.max(Gap::Space);
            continue;
        }
        if is_invisible(c) {
            continue;
        }
        ends = 0;
        let kind = if is_han(c) {
            Kind::Han
        } else if is_digit(c) {
            Kind::Number
        } else if c.is_alphabetic() {
            Kind::Word
        } else {
            Kind::Sign(c)
        };
        let mut end = start + c.len_utf8();
        if matches!(kind, Kind::Number | Kind::Word) {
            let mut number = kind == Kind::Number;
            while let Some(&(at, c)) = chars.peek() {
                let goes_on = if number {
                    is_digit(c) || c.is_alphabetic() && !is_han(c)
                } else {
                    c.is_alphabetic() && !is_han(c) || is_mark(c)
                };
                if !goes_on {
                    break;
                }
                number &= is_digit(c);
                end = at + c.len_utf8();
                line += 1;
                chars.next();
            }
        }
        tokens.push(Token { kind, start, end, gap });
        gap = Gap::None;
    }
    tokens
}

/// The words of a token.
pub(super) fn words(text: &str, token: Token) -> &str {
    TextRange { start: token.start, end: token.end }.of(text).unwrap_or("")
}

/// A decimal digit of a script that treaties are printed in.
pub(super) fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' | '\u{ff10}'..='\u{ff19}')
}

/// Its value.
pub(super) fn digit(c: char) -> Option<u32> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        '\u{ff10}'..='\u{ff19}' => '\u{ff10}',
        _ => return None,
    };
    Some(c as u32 - zero as u32)
}

pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// Vowel signs and the like, which belong to the letter before them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_fall_into_numbers_words_and_signs() {
        let text = "Art. 23bis(2)\u{200f} l’article 第7条\n\n(a)";
        let all: Vec<(&str, Gap)> = tokens(text).into_iter().map(|t| (words(text, t), t.gap)).collect();
        use Gap::{Break, None, Space};
        assert_eq!(
            all,
            [
                ("Art", Break),
                (".", None),
                ("23bis", Space),
                ("(", None),
                ("2", None),
                (")", None),
                ("l", Space),
                ("’", None),
                ("article", None),
                ("第", Space),
                ("7", None),
                ("条", None),
                ("(", Break),
                ("a", None),
                (")", None),
            ]
        );
    }

    #[test]
    fn only_a_full_line_goes_on_in_the_next() {
        let gap = |text: &str| tokens(text).last().map(|t| t.gap);
        assert_eq!(gap("short\n2"), Some(Gap::Break));
        assert_eq!(gap("a line that was broken by the program that set it\n2"), Some(Gap::Space));
        assert_eq!(gap("a line that was broken by the program that set it\n\n2"), Some(Gap::Break));
    }
}
