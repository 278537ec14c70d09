//! Cutting the text of a query into words, phrases, patterns, fields and operators.

use std::ops::Range;

use super::super::words::{Piece, Pieces};
use super::fields::{self, Field};
use super::pattern;
use super::query::{Fit, Node, QueryError, Word, Words, error};

/// Words, phrases, patterns and fields of a query.
const MOST: usize = 100;
/// Words of a phrase.
const LONGEST_PHRASE: usize = 60;
/// How far the words of a phrase may be moved.
const WIDEST: u32 = 50;
/// Letters a word may be off.
const FARTHEST: u8 = 2;

/// A part of a query as it is written.
pub enum Token {
    Open,
    Close,
    And,
    Or,
    Not,
    InHeading,
    Leaf(Node),
}

/// Reads a text from its beginning.
pub struct Lexer<'t> {
    text: &'t str,
    at: usize,
    leaves: usize,
}

impl<'t> Lexer<'t> {
    pub fn of(text: &'t str) -> Self {
        Self { text, at: 0, leaves: 0 }
    }

    /// The tokens with their places.
    pub fn tokens(mut self) -> Result<Vec<(Token, Range<usize>)>, QueryError> {
        let mut tokens = Vec::new();
        while let Some(c) = self.peek() {
            let start = self.at;
            if c.is_whitespace() {
                self.at += c.len_utf8();
                continue;
            }
            let token = self.token(c)?;
            if let Some(token) = token {
                if matches!(token, Token::Leaf(_) | Token::InHeading) {
                    self.leaves += 1;
                }
                if self.leaves > MOST {
                    return Err(error(format!("A query can have {MOST} parts, this is one more"), start..self.at));
                }
                tokens.push((token, start..self.at));
            }
        }
        Ok(tokens)
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// What was read from a place up to here.
    fn written(&self, start: usize) -> &'t str {
        &self.text[start..self.at]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn token(&mut self, c: char) -> Result<Option<Token>, QueryError> {
        let start = self.at;
        let next = self.text[start + c.len_utf8()..].chars().next();
        let before_word = next.is_some_and(|n| !n.is_whitespace() && n != c && n != ')');
        match c {
            '(' | ')' => {
                self.at += 1;
                Ok(Some(if c == '(' { Token::Open } else { Token::Close }))
            }
            '/' if next == Some('/') => Err(error("There is nothing between these slashes", start..start + 2)),
            '/' if before_word => self.regex().map(Some),
            '=' if next.is_some_and(|n| !n.is_whitespace()) => self.exact().map(Some),
            '-' if before_word => {
                self.at += 1;
                Ok(Some(Token::Not))
            }
            _ if closing_quote(c).is_some() => self.phrase(),
            _ => self.bare(),
        }
    }

    /// What stands between quotation marks.
    fn quoted(&mut self) -> Result<&'t str, QueryError> {
        let open = self.at..self.at + self.peek().map_or(0, char::len_utf8);
        let never_closed = || error("This quotation mark is never closed", open.clone());
        let closing = self.peek().and_then(closing_quote).ok_or_else(never_closed)?;
        let inside = &self.text[open.end..];
        let (at, close) = inside.char_indices().find(|(_, c)| closing.contains(c)).ok_or_else(never_closed)?;
        self.at = open.end + at + close.len_utf8();
        Ok(&inside[..at])
    }

    /// What stands in quotation marks here, or up to white space, a quotation mark, or what `ends` it.
    fn value(&mut self, mut ends: impl FnMut(char) -> bool) -> Result<&'t str, QueryError> {
        if self.peek().and_then(closing_quote).is_some() {
            return self.quoted();
        }
        let rest = self.rest();
        let length = rest.find(|c: char| c.is_whitespace() || closing_quote(c).is_some() || ends(c));
        let value = &rest[..length.unwrap_or(rest.len())];
        self.at += value.len();
        Ok(value)
    }

    /// `="Exact words"`.
    fn exact(&mut self) -> Result<Token, QueryError> {
        let start = self.at;
        self.at += 1;
        let quoted = self.peek().and_then(closing_quote).is_some();
        let words = self.value(|c| c == ')')?;
        if words.trim().is_empty() {
            return Err(error("There is nothing to search for here", start..self.at));
        }
        if quoted && self.peek() == Some('~') {
            let message = "Words exactly as written cannot stand apart, leave out = or what follows ~";
            return Err(error(message, start..self.at + 1));
        }
        Ok(Token::Leaf(Node::Pattern(pattern::exact(words, self.written(start), start..self.at)?)))
    }

    fn regex(&mut self) -> Result<Token, QueryError> {
        let start = self.at;
        let mut escaped = false;
        let inside = &self.text[start + 1..];
        let close = inside.bytes().position(|b| {
            let closes = b == b'/' && !escaped;
            escaped = b == b'\\' && !escaped;
            closes
        });
        let Some(close) = close else {
            return Err(error("This slash opens a pattern that is never closed", start..start + 1));
        };
        self.at = start + 1 + close + 1;
        Ok(Token::Leaf(Node::Pattern(pattern::regex(&inside[..close], self.written(start), start..self.at)?)))
    }

    /// `"a phrase"`, `"one with room"~3`.
    fn phrase(&mut self) -> Result<Option<Token>, QueryError> {
        let start = self.at;
        let phrase = self.quoted()?;
        if !phrase.chars().any(char::is_alphanumeric) {
            return Err(error("There are no words between these quotation marks", start..self.at));
        }
        let end = self.at;
        let mut slop = 0;
        if self.peek() == Some('~') {
            let number = &self.rest()[1..];
            let number = &number[..number.find(|c: char| !c.is_alphanumeric()).unwrap_or(number.len())];
            self.at += 1 + number.len();
            let message = match number.parse::<u32>() {
                Ok(n) if n <= WIDEST => {
                    slop = n;
                    ""
                }
                Ok(_) => "The words of a phrase can be up to 50 words apart",
                Err(_) if number.chars().all(|c| c.is_ascii_digit()) && !number.is_empty() => {
                    "The words of a phrase can be up to 50 words apart"
                }
                Err(_) => "Say how many words may stand between, as in \"without right\"~3",
            };
            if !message.is_empty() {
                return Err(error(message, end..self.at));
            }
        }
        words(phrase, slop, start..self.at)
    }

    /// A word, an operator or a field.
    fn bare(&mut self) -> Result<Option<Token>, QueryError> {
        let start = self.at;
        let rest = self.rest();
        let length = rest.find(|c: char| c.is_whitespace() || matches!(c, '(' | ')') || closing_quote(c).is_some());
        let word = &rest[..length.unwrap_or(rest.len())];
        let operator = match word {
            "AND" => Some(Token::And),
            "OR" => Some(Token::Or),
            "NOT" => Some(Token::Not),
            _ => None,
        };
        if operator.is_some() {
            self.at += word.len();
            return Ok(operator);
        }
        if let Some((name, value)) = word.split_once(':')
            && !name.is_empty()
            && name.bytes().all(|b| b.is_ascii_alphabetic())
            && !value.starts_with("//")
        {
            let after = rest[name.len() + 1..].chars().next();
            let known = Field::named(name);
            // "Note: this" in a pasted sentence is a word, not a field without a value.
            let is_field = known.is_some() || after.is_some_and(|c| !c.is_whitespace() && !matches!(c, '(' | ')'));
            if is_field {
                let Some(field) = known else { return Err(error(fields::unknown(name), start..start + name.len())) };
                return self.field(field, name.len()).map(Some);
            }
        }
        // A sign alone that begins no word must still be passed over.
        let length = word.len().max(rest.chars().next().map_or(0, char::len_utf8));
        self.at += length;
        words(&rest[..length], 0, start..start + length)
    }

    fn field(&mut self, field: Field, name: usize) -> Result<Token, QueryError> {
        let start = self.at;
        self.at += name + 1;
        let value_start = self.at;
        if field == Field::Changed {
            return self.changed(start);
        }
        if self.peek() == Some('(') {
            let message = "A field has one value: write it out for each, as in concern:SG OR concern:SP";
            return Err(error(message, start..value_start + 1));
        }
        let mut open = 0;
        let value = self.value(|c| match c {
            '(' => {
                open += 1;
                false
            }
            ')' => {
                open -= 1;
                open < 0
            }
            _ => false,
        })?;
        let value = value.trim();
        if value.is_empty() {
            return Err(error(fields::missing(field), start..value_start));
        }
        Ok(fields::read(field, value, value_start..self.at)?.map_or(Token::InHeading, Token::Leaf))
    }

    /// `changed:since(Rev.1)`, `changed:since("Rev 1")`.
    fn changed(&mut self, start: usize) -> Result<Token, QueryError> {
        let value_start = self.at;
        let Some(opening) = self.rest().get(..6).filter(|w| w.eq_ignore_ascii_case("since(")) else {
            let value = self.value(|c| c == ')')?;
            let range = if value.is_empty() { start..value_start } else { value_start..self.at };
            return Err(error("Say since which draft, as in changed:since(Rev.1)", range));
        };
        self.at += opening.len();
        let inside = self.at;
        let never_closed = || error("This parenthesis is never closed", inside - 1..inside);
        let (name, range) = if self.peek().and_then(closing_quote).is_some() {
            let name = self.quoted()?;
            (name, inside..self.at)
        } else {
            // The names of some drafts have parentheses of their own.
            let mut open = 0;
            let rest = self.rest();
            let length = rest.find(|c: char| {
                open += i32::from(c == '(') - i32::from(c == ')');
                open < 0
            });
            let name = &rest[..length.ok_or_else(never_closed)?];
            self.at += name.len();
            (name, inside..self.at)
        };
        if self.peek() != Some(')') {
            return Err(never_closed());
        }
        self.at += 1;
        let name = name.trim();
        if name.is_empty() {
            return Err(error("Say since which draft, as in changed:since(Rev.1)", value_start..self.at));
        }
        Ok(fields::read(Field::Changed, name, range)?.map_or(Token::InHeading, Token::Leaf))
    }
}

/// A word or a phrase; nothing if there is no letter or digit in it.
fn words(text: &str, slop: u32, range: Range<usize>) -> Result<Option<Token>, QueryError> {
    let mut plain = text.to_owned();
    // The chunks with a sign at their end: where the word before the sign ends, and what the sign says.
    let mut signs: Vec<(Range<usize>, Fit)> = Vec::new();
    for chunk in text.split_whitespace() {
        let start = chunk.as_ptr() as usize - text.as_ptr() as usize;
        let Some((word, fit)) = signed(chunk).map_err(|message| error(message, range.clone()))? else { continue };
        signs.push((start..start + word.len(), fit));
        let sign = start + word.len()..start + chunk.len();
        plain.replace_range(sign.clone(), &" ".repeat(sign.len()));
    }
    let word = |piece: Piece| {
        let chunk = signs.iter().find(|(chunk, _)| chunk.start <= piece.start && piece.end <= chunk.end);
        let fit = match chunk {
            // A star after a character that is a word by itself adds nothing.
            Some(_) if piece.gram => Fit::Stem,
            Some((chunk, Fit::Prefix)) if piece.end < chunk.end => Fit::Stem,
            Some((_, fit)) => near(*fit, &plain[piece.start..piece.end]),
            None => Fit::Stem,
        };
        Word { text: plain[piece.start..piece.end].to_owned(), gram: piece.gram, joined: piece.joined, fit }
    };
    let words: Vec<_> = Pieces::of(&plain).map(word).take(LONGEST_PHRASE + 1).collect();
    if words.len() > LONGEST_PHRASE {
        return Err(error(format!("A phrase can have {LONGEST_PHRASE} words, this one has more"), range));
    }
    let slop = if words.len() > 1 { slop } else { 0 };
    Ok((!words.is_empty()).then_some(Token::Leaf(Node::Words(Words { words, slop, heading: false }))))
}

/// `~` without a number, until the word is known.
const BY_LENGTH: u8 = u8::MAX;

/// A word and the star or tilde at its end; nothing if there is none.
fn signed(chunk: &str) -> Result<Option<(&str, Fit)>, &'static str> {
    let is_word = |word: &str| word.chars().any(char::is_alphanumeric);
    const IN_THE_MIDDLE: &str = "A star can only stand at the end of a word";
    if let Some((word, number)) = chunk.rsplit_once('~')
        && is_word(word)
        && number.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    {
        if word.contains('*') {
            return Err("A word ends in a star or in a tilde, not in both");
        }
        return match number.parse::<u8>() {
            Ok(n) if n <= FARTHEST => Ok(Some((word, Fit::Near(n)))),
            Err(_) if number.is_empty() => Ok(Some((word, Fit::Near(BY_LENGTH)))),
            _ => Err("A word can be 0, 1 or 2 letters off, as in cybrcrime~2"),
        };
    }
    match chunk.strip_suffix('*') {
        Some(word) if word.contains('*') => Err(IN_THE_MIDDLE),
        Some(word) if !is_word(word) => Err("A star needs the beginning of a word before it"),
        Some(word) => Ok(Some((word, Fit::Prefix))),
        None if chunk.contains('*') => Err(IN_THE_MIDDLE),
        None => Ok(None),
    }
}

/// How far off a word may be if nothing is said: two letters; one in words of three to five, none in shorter ones.
fn near(fit: Fit, word: &str) -> Fit {
    match fit {
        Fit::Near(BY_LENGTH) => Fit::Near(match word.chars().count() {
            0..=2 => 0,
            3..=5 => 1,
            _ => 2,
        }),
        said => said,
    }
}

/// The marks that close what this one opens.
pub fn closing_quote(c: char) -> Option<&'static [char]> {
    match c {
        '"' => Some(&['"']),
        '“' | '„' | '”' => Some(&['“', '”']),
        '«' => Some(&['»']),
        '「' => Some(&['」']),
        _ => None,
    }
}
