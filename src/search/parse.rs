//! From the text of a query to what it asks for.
//!
//! ```text
//! query  = and { OR and }
//! and    = not { [AND] not }
//! not    = { NOT | - } one
//! one    = ( query ) | word | word* | "phrase" | /pattern/ | =Exact | ="Exact words" | field:value
//! ```

use std::ops::Range;

use super::fields::{self, Field};
use super::pattern;
use super::query::{Node, Query, QueryError, Word, Words};
use super::words::Pieces;

/// Bytes of a query.
const LONGEST: usize = 4000;
/// Parentheses and NOTs inside one another.
const DEEPEST: usize = 40;
/// Words, phrases, patterns and fields of a query.
const MOST: usize = 100;
/// Words of a phrase.
const LONGEST_PHRASE: usize = 60;

/// Reads a query.
///
/// # Errors
/// The first mistake, with its place. There is nothing a text can hold that is not either read or explained.
pub fn parse(text: &str) -> Result<Query, QueryError> {
    if text.len() > LONGEST {
        let from = text.floor_char_boundary(LONGEST);
        return Err(error(format!("A query can have {LONGEST} bytes, this one is longer"), from..text.len()));
    }
    let mut tokens = Lexer { text, at: 0, leaves: 0 }.tokens()?;
    tokens.reverse();
    let mut parser = Parser { tokens, end: text.len(), depth: 0 };
    if parser.tokens.is_empty() {
        return Err(error("There are no words to search for", 0..text.len()));
    }
    let root = parser.or()?;
    match parser.tokens.pop() {
        Some((_, range)) => Err(error("This parenthesis closes nothing", range)),
        None => Ok(Query { root }),
    }
}

pub(super) fn error(message: impl Into<String>, range: Range<usize>) -> QueryError {
    QueryError { message: message.into(), range }
}

enum Token {
    Open,
    Close,
    And,
    Or,
    Not,
    InHeading,
    Leaf(Node),
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    leaves: usize,
}

impl<'t> Lexer<'t> {
    fn tokens(mut self) -> Result<Vec<(Token, Range<usize>)>, QueryError> {
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

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
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
            '=' if next.is_some_and(|n| !n.is_whitespace()) => {
                self.at += 1;
                let words = self.value(|c| c == ')')?;
                if words.trim().is_empty() {
                    return Err(error("There is nothing to search for here", start..self.at));
                }
                Ok(Some(Token::Leaf(Node::Pattern(pattern::exact(words, start..self.at)?))))
            }
            '-' if before_word => {
                self.at += 1;
                Ok(Some(Token::Not))
            }
            _ if closing_quote(c).is_some() => {
                let phrase = self.quoted()?;
                if !phrase.chars().any(char::is_alphanumeric) {
                    return Err(error("There are no words between these quotation marks", start..self.at));
                }
                Self::words(phrase, start..self.at)
            }
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
        let rest = &self.text[self.at..];
        let length = rest.find(|c: char| c.is_whitespace() || closing_quote(c).is_some() || ends(c));
        let value = &rest[..length.unwrap_or(rest.len())];
        self.at += value.len();
        Ok(value)
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
        Ok(Token::Leaf(Node::Pattern(pattern::regex(&inside[..close], start..self.at)?)))
    }

    /// A word, an operator or a field.
    fn bare(&mut self) -> Result<Option<Token>, QueryError> {
        let start = self.at;
        let rest = &self.text[start..];
        let length = rest.find(|c: char| c.is_whitespace() || matches!(c, '(' | ')') || closing_quote(c).is_some());
        let word = &rest[..length.unwrap_or(rest.len())];
        match word {
            "AND" | "OR" | "NOT" => {
                self.at += word.len();
                return Ok(Some(match word {
                    "AND" => Token::And,
                    "OR" => Token::Or,
                    _ => Token::Not,
                }));
            }
            _ => {}
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
                let name_range = start..start + name.len();
                let Some(field) = known else { return Err(error(fields::unknown(name), name_range)) };
                self.at = name_range.end + 1;
                let value_start = self.at;
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
                if value.trim().is_empty() || value.starts_with('(') {
                    return Err(error(fields::missing(field), name_range.start..value_start));
                }
                let value = value.trim().to_owned();
                return Ok(Some(match fields::read(field, &value, value_start..self.at)? {
                    Some(node) => Token::Leaf(node),
                    None => Token::InHeading,
                }));
            }
        }
        // A sign alone that begins no word must still be passed over.
        let length = word.len().max(rest.chars().next().map_or(0, char::len_utf8));
        self.at += length;
        Self::words(&rest[..length], start..start + length)
    }

    /// A word or a phrase; nothing if there is no letter or digit in it.
    fn words(text: &str, range: Range<usize>) -> Result<Option<Token>, QueryError> {
        let (text, prefix) = text.trim_end().strip_suffix('*').map_or((text, false), |t| (t, true));
        if text.contains('*') {
            return Err(error("A star can only stand at the end of a word", range));
        }
        let piece =
            |p: super::words::Piece| Word { text: text[p.start..p.end].to_owned(), gram: p.gram, joined: p.joined };
        let words: Vec<_> = Pieces::of(text).map(piece).take(LONGEST_PHRASE + 1).collect();
        if words.len() > LONGEST_PHRASE {
            return Err(error(format!("A phrase can have {LONGEST_PHRASE} words, this one has more"), range));
        }
        // A star after a character that is a word by itself adds nothing, and after a space it has nothing to complete.
        let complete = text.ends_with(|c: char| c.is_whitespace()) || words.last().is_some_and(|w| w.gram);
        match words.is_empty() {
            true if prefix => Err(error("A star needs the beginning of a word before it", range)),
            true => Ok(None),
            false => Ok(Some(Token::Leaf(Node::Words(Words { words, prefix: prefix && !complete, heading: false })))),
        }
    }
}

struct Parser {
    /// Last first.
    tokens: Vec<(Token, Range<usize>)>,
    end: usize,
    depth: usize,
}

impl Parser {
    fn or(&mut self) -> Result<Node, QueryError> {
        let mut parts = vec![self.and()?];
        while let Some((Token::Or, range)) = self.tokens.last() {
            let range = range.clone();
            self.tokens.pop();
            self.operand("OR", &range)?;
            parts.push(self.and()?);
        }
        Ok(Node::or(parts))
    }

    fn and(&mut self) -> Result<Node, QueryError> {
        let mut parts = Vec::new();
        let mut heading = false;
        loop {
            match self.tokens.last() {
                Some((Token::InHeading, _)) => {
                    self.tokens.pop();
                    heading = true;
                }
                Some((Token::And, range)) => {
                    let range = range.clone();
                    if parts.is_empty() && !heading {
                        return Err(error("AND needs something before it", range));
                    }
                    self.tokens.pop();
                    self.operand("AND", &range)?;
                }
                Some((Token::Or, range)) if parts.is_empty() && !heading => {
                    return Err(error("OR needs something before it", range.clone()));
                }
                Some((Token::Leaf(_) | Token::Open | Token::Not, _)) => parts.push(self.not()?),
                _ => break,
            }
        }
        if heading {
            if !parts.iter().any(Node::has_words) {
                parts.push(Node::HasHeading);
            }
            parts.iter_mut().for_each(Node::only_headings);
        }
        if parts.is_empty() {
            return Err(error("There are no words to search for", self.here()));
        }
        Ok(Node::and(parts))
    }

    fn not(&mut self) -> Result<Node, QueryError> {
        let Some((token, range)) = self.tokens.pop() else {
            return Err(error("There are no words to search for", self.here()));
        };
        if self.depth > DEEPEST {
            return Err(error(format!("This is more than {DEEPEST} levels deep"), range));
        }
        self.depth += 1;
        let node = match token {
            Token::Leaf(node) => node,
            Token::InHeading => Node::HasHeading,
            Token::Not => {
                self.operand("NOT", &range)?;
                match self.not()? {
                    Node::Not(twice) => *twice,
                    once => Node::Not(Box::new(once)),
                }
            }
            Token::Open => {
                match self.tokens.last() {
                    None => return Err(error("This parenthesis is never closed", range)),
                    Some((Token::Close, close)) => {
                        return Err(error("There is nothing between these parentheses", range.start..close.end));
                    }
                    _ => {}
                }
                let node = self.or()?;
                if !matches!(self.tokens.pop(), Some((Token::Close, _))) {
                    return Err(error("This parenthesis is never closed", range));
                }
                node
            }
            Token::Close | Token::And | Token::Or => return Err(error("Something is missing before this", range)),
        };
        self.depth -= 1;
        Ok(node)
    }

    /// Whether something follows an operator.
    fn operand(&self, operator: &str, range: &Range<usize>) -> Result<(), QueryError> {
        match self.tokens.last() {
            Some((Token::Leaf(_) | Token::InHeading | Token::Open | Token::Not, _)) => Ok(()),
            _ => Err(error(format!("{operator} needs something after it"), range.clone())),
        }
    }

    fn here(&self) -> Range<usize> {
        self.tokens.last().map_or(self.end..self.end, |(_, range)| range.clone())
    }
}

/// The marks that close what this one opens.
fn closing_quote(c: char) -> Option<&'static [char]> {
    match c {
        '"' => Some(&['"']),
        '“' | '„' | '”' => Some(&['“', '”']),
        '«' => Some(&['»']),
        '「' => Some(&['」']),
        _ => None,
    }
}
