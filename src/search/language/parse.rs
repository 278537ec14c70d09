//! From the text of a query to what it asks for.
//!
//! ```text
//! query  = and { OR and }
//! and    = not { [AND] not }
//! not    = { NOT | - } one
//! one    = ( query ) | word | word* | word~ | word~1 | "phrase" | "phrase with room"~3 | /pattern/
//!        | =Exact | ="Exact words" | field:value
//! ```

use std::ops::Range;

use super::lexer::{Lexer, Token};
use super::query::{Node, Query, QueryError, error};

/// Bytes of a query.
const LONGEST: usize = 4000;
/// Parentheses and NOTs inside one another.
const DEEPEST: usize = 40;

/// Reads a query.
///
/// # Errors
/// The first mistake, with its place. There is nothing a text can hold that is not either read or explained.
pub fn parse(text: &str) -> Result<Query, QueryError> {
    if text.len() > LONGEST {
        let from = text.floor_char_boundary(LONGEST);
        return Err(error(format!("A query can have {LONGEST} bytes, this one is longer"), from..text.len()));
    }
    let mut tokens = Lexer::of(text).tokens()?;
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
