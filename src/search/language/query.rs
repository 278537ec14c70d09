//! What a query asks for, apart from how it is written.

use std::fmt;
use std::ops::Range;

use regex::Regex;

use super::numbers::Number;
use crate::model::{MarkKind, ProvisionKind, Severity, Status};

/// A query, ready to be run on any project.
#[derive(Clone, Debug)]
pub struct Query {
    pub(in super::super) root: Node,
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

pub fn error(message: impl Into<String>, range: Range<usize>) -> QueryError {
    QueryError { message: message.into(), range }
}

/// A part of a query.
#[derive(Clone, Debug)]
pub enum Node {
    /// All of them. Never empty.
    And(Vec<Self>),
    /// At least one of them. Never empty.
    Or(Vec<Self>),
    /// Everything but this.
    Not(Box<Self>),
    /// A word or a phrase, with or without room in it.
    Words(Words),
    /// A pattern, or words exactly as written.
    Pattern(Pattern),
    /// Where the words stand in the instrument.
    Place(Place),
    /// What analysts said about them.
    Remark(Remark),
    /// Notes only.
    InNote,
    /// Commentaries only.
    InCommentary,
    /// Provisions with a heading.
    HasHeading,
}

/// Words that follow one another.
#[derive(Clone, Debug)]
pub struct Words {
    /// The words as the query has them, at least one.
    pub words: Vec<Word>,
    /// How far they may be moved from where the phrase has them, in words: 0 for a phrase.
    pub slop: u32,
    /// Whether they must stand in a heading.
    pub heading: bool,
}

/// One of [`Words`].
#[derive(Clone, Debug)]
pub struct Word {
    /// As written in the query.
    pub text: String,
    /// Whether it is one character of a script written without spaces.
    pub gram: bool,
    /// Whether it follows the character before it with at most white space between.
    pub joined: bool,
    /// What stands for it in a text.
    pub fit: Fit,
}

/// Which words of a text stand for a word of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// Those with its stem.
    Stem,
    /// Those that begin so.
    Prefix,
    /// Those so many letters away at most.
    Near(u8),
}

/// Something looked for by scanning.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// What is scanned for.
    pub regex: Regex,
    /// As it stands in the query: `=ICT`, `/inter\w+/`.
    pub written: String,
    /// Whether it must stand in a heading.
    pub heading: bool,
}

/// A condition on the place of a provision.
#[derive(Clone, Debug)]
pub enum Place {
    /// In a provision of this kind with a number from one to the other, both included, at these points below it.
    Unit { kind: ProvisionKind, from: Number, to: Number, points: Vec<String> },
    /// Anywhere in a provision of this kind.
    Within(ProvisionKind),
    /// In a draft of this label, symbol, slug or date.
    Draft(Named),
    /// Itself of this kind.
    Kind(ProvisionKind),
    /// Sharing a word with a negotiating mark.
    Mark(MarkKind),
    /// Sharing a word with any negotiating mark.
    AnyMark,
    /// With words that are new or edited since an earlier draft.
    ChangedSince(Named),
}

/// A condition on an annotation; provisions meet it that share a word with such a one.
#[derive(Clone, Debug)]
pub enum Remark {
    /// Tagged with a concern of this tag or with this word in its name, or one below it.
    Concern(Named),
    /// By an analyst with this word in the name.
    Analyst(Named),
    /// From one severity to the other, both included.
    Severity(Severity, Severity),
    /// So far along.
    Status(Status),
    /// With this.
    Has(Has),
    /// All of these, in one annotation.
    All(Vec<Self>),
    /// One of these.
    Any(Vec<Self>),
}

/// What an annotation can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Has {
    /// The analyst's words.
    Note,
    /// It is about words that are there.
    Remark,
    /// It is about words that ought to be there.
    Absence,
    /// A recommendation.
    Recommendation,
    /// Words proposed in a recommendation.
    Proposal,
    /// A concern.
    Concern,
    /// A severity.
    Severity,
    /// Words taken from a commentary.
    Source,
    /// What became of it in a later draft.
    Outcome,
    /// Itself: every annotation.
    Annotation,
}

/// A name as a person gives it, to be resolved in a project.
#[derive(Clone, Debug)]
pub struct Named {
    /// The word.
    pub word: String,
    /// Where it stands in the query, in bytes.
    pub range: Range<usize>,
}

impl Node {
    /// Calls `see` for each part that words are marked for: those not denied.
    pub fn each_asserted<'n>(&'n self, see: &mut dyn FnMut(&'n Self)) {
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
    pub fn only_headings(&mut self) {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter_mut().for_each(Self::only_headings),
            Self::Not(part) => part.only_headings(),
            Self::Words(words) => words.heading = true,
            Self::Pattern(pattern) => pattern.heading = true,
            Self::Place(_) | Self::Remark(_) | Self::InNote | Self::InCommentary | Self::HasHeading => {}
        }
    }

    /// Whether it looks for words at all.
    pub fn has_words(&self) -> bool {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::has_words),
            Self::Not(part) => part.has_words(),
            Self::Words(_) | Self::Pattern(_) => true,
            Self::Place(_) | Self::Remark(_) | Self::InNote | Self::InCommentary | Self::HasHeading => false,
        }
    }

    /// All of these. Conditions on annotations are joined, so that one annotation has to meet them all; parentheses around
    /// some of the parts change nothing.
    pub fn and(parts: Vec<Self>) -> Self {
        let (mut remarks, mut rest) = (Vec::new(), Vec::new());
        let flat = parts.into_iter().flat_map(|part| match part {
            // Made here as well, so nothing in it is nested any deeper.
            Self::And(inner) => inner,
            other => vec![other],
        });
        for part in flat {
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
    pub fn or(mut parts: Vec<Self>) -> Self {
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
