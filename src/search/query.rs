//! What a query asks for, apart from how it is written.

use std::fmt;
use std::ops::Range;

use regex::Regex;

use crate::model::{ProvisionKind, Severity};

/// A query, ready to be run on any project.
#[derive(Clone, Debug)]
pub struct Query {
    pub(super) root: Node,
}

/// What is wrong with a query, for the person who wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    /// One sentence.
    pub message: String,
    /// The place in the query, in bytes of its text, on character boundaries.
    pub range: Range<usize>,
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for QueryError {}

/// A part of a query.
#[derive(Clone, Debug)]
pub(super) enum Node {
    /// All of them. Never empty.
    And(Vec<Self>),
    /// At least one of them. Never empty.
    Or(Vec<Self>),
    /// Everything but this.
    Not(Box<Self>),
    /// A word, a phrase, or the beginning of a word.
    Words(Words),
    /// A pattern, or words exactly as written.
    Pattern(Pattern),
    /// Where the words stand in the instrument.
    Place(Place),
    /// What analysts said about them.
    Remark(Remark),
    /// Notes only.
    InNote,
    /// Provisions with a heading.
    HasHeading,
}

/// Words that follow one another.
#[derive(Clone, Debug)]
pub(super) struct Words {
    /// The words as the query has them, at least one.
    pub words: Vec<Word>,
    /// Whether the last word is the beginning of one.
    pub prefix: bool,
    /// Whether they must stand in a heading.
    pub heading: bool,
}

/// One of [`Words`].
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// As written in the query.
    pub text: String,
    /// Whether it is one character of a script written without spaces.
    pub gram: bool,
    /// Whether it follows the character before it with at most white space between.
    pub joined: bool,
}

/// Something looked for by scanning.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    /// What is scanned for.
    pub regex: Regex,
    /// Whether it must stand in a heading.
    pub heading: bool,
}

/// A condition on the place of a provision.
#[derive(Clone, Debug)]
pub(super) enum Place {
    /// In an article from one to the other, both included, at these points below it.
    Article { from: ArticleNumber, to: ArticleNumber, points: Vec<String> },
    /// In a draft whose label, symbol or slug has this word.
    Draft(Named),
    /// Of this kind.
    Kind(ProvisionKind),
}

/// A condition on an annotation; provisions meet it that share a word with such a one.
#[derive(Clone, Debug)]
pub(super) enum Remark {
    /// Tagged with a concern of this tag or with this word in its name, or one below it.
    Concern(Named),
    /// By an analyst with this word in the name.
    Analyst(Named),
    /// From one severity to the other, both included.
    Severity(Severity, Severity),
    /// With this.
    Has(Has),
    /// All of these, in one annotation.
    All(Vec<Self>),
    /// One of these.
    Any(Vec<Self>),
}

/// What an annotation can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Has {
    /// The analyst's words.
    Note,
    /// It is about words that are there.
    Remark,
    /// It is about words that ought to be there.
    Absence,
    /// A recommendation.
    Recommendation,
}

/// A name as a person gives it, to be resolved in a project.
#[derive(Clone, Debug)]
pub(super) struct Named {
    /// The word.
    pub word: String,
    /// Where it stands in the query, in bytes.
    pub range: Range<usize>,
}

/// The number of an article, in an order: 8, 8 bis, 8 ter, 9. Numbers that are no numbers (`IV`) stand first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ArticleNumber {
    number: u32,
    suffix: (usize, String),
}

impl ArticleNumber {
    /// Whatever its capitals and spaces.
    pub(super) fn read(number: &str) -> Self {
        let folded: String = number.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
        let digits = folded.len() - folded.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        // A number too long for an article is a word like any other.
        let (number, suffix) = match folded[..digits].parse() {
            Ok(n) => (n, folded[digits..].to_owned()),
            Err(_) => (0, folded),
        };
        const LATIN: [&str; 9] =
            ["bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies"];
        let rank = LATIN.iter().position(|l| *l == suffix).map_or(0, |i| i + 1);
        Self { number, suffix: (rank, suffix) }
    }

    /// Whether it begins with a number.
    pub(super) fn is_numeric(&self) -> bool {
        self.number > 0 || self.suffix.1.is_empty()
    }
}

impl Node {
    /// Calls `see` for each part that words are marked for: those not denied.
    pub(super) fn each_asserted<'n>(&'n self, see: &mut dyn FnMut(&'n Self)) {
        self.visit(true, see);
    }

    fn visit<'n>(&'n self, asserted: bool, see: &mut dyn FnMut(&'n Self)) {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().for_each(|p| p.visit(asserted, see)),
            Self::Not(part) => part.visit(!asserted, see),
            leaf if asserted => see(leaf),
            _ => {}
        }
    }

    /// Lets the words of this part count only in headings.
    pub(super) fn only_headings(&mut self) {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter_mut().for_each(Self::only_headings),
            Self::Not(part) => part.only_headings(),
            Self::Words(words) => words.heading = true,
            Self::Pattern(pattern) => pattern.heading = true,
            Self::Place(_) | Self::Remark(_) | Self::InNote | Self::HasHeading => {}
        }
    }

    /// Whether it looks for words at all.
    pub(super) fn has_words(&self) -> bool {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::has_words),
            Self::Not(part) => part.has_words(),
            Self::Words(_) | Self::Pattern(_) => true,
            Self::Place(_) | Self::Remark(_) | Self::InNote | Self::HasHeading => false,
        }
    }

    /// All of these. Conditions on annotations are joined, so that one annotation has to meet them all.
    pub(super) fn and(parts: Vec<Self>) -> Self {
        let (mut remarks, mut rest) = (Vec::new(), Vec::new());
        for part in parts {
            match part {
                Self::Remark(r) => remarks.push(r),
                other => rest.push(other),
            }
        }
        match (remarks.len(), remarks.pop()) {
            (1, Some(only)) => rest.push(Self::Remark(only)),
            (2.., Some(last)) => {
                remarks.push(last);
                rest.push(Self::Remark(Remark::All(remarks)));
            }
            _ => {}
        }
        match (rest.len(), rest.pop()) {
            (1, Some(only)) => only,
            (_, last) => {
                rest.extend(last);
                Self::And(rest)
            }
        }
    }

    /// One of these.
    pub(super) fn or(mut parts: Vec<Self>) -> Self {
        if parts.len() == 1
            && let Some(only) = parts.pop()
        {
            return only;
        }
        let remarks: Vec<_> =
            parts.iter().map_while(|p| if let Self::Remark(r) = p { Some(r.clone()) } else { None }).collect();
        if remarks.len() == parts.len() { Self::Remark(Remark::Any(remarks)) } else { Self::Or(parts) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn article_numbers_have_an_order() {
        let numbers = ["IV", "7", "8", "8 bis", "8ter", "8 QUATER", "9", "10", "99999999999"].map(ArticleNumber::read);
        assert!(numbers[1..8].is_sorted(), "{numbers:?}");
        assert_eq!(ArticleNumber::read("8BIS"), numbers[3]);
        assert!(!numbers[0].is_numeric() && !numbers[8].is_numeric() && numbers[3].is_numeric());
    }
}
