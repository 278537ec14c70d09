//! What a finished task brings.

use std::path::PathBuf;

use crate::import::Problem;
use crate::model::{AnnotationSet, CommentaryId, DraftId, StructureHint};
use crate::outline::Reading;
use crate::search;
use crate::storage;

use super::command::Command;
use super::proposal::Proposal;

/// Files that were read one after the other.
#[derive(Default)]
pub struct Batch {
    /// Each file with the draft it holds, or why it was not read.
    pub files: Vec<(PathBuf, Result<Proposal, Refusal>)>,
    /// Files that were not tried, since reading was stopped before them.
    pub not_reached: Vec<PathBuf>,
    /// Whether there were more files than are read at once.
    pub more: bool,
}

/// Why a file was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// One sentence that names the file.
    pub sentence: String,
    /// What is wrong with it, where that is the file's.
    pub problem: Option<Problem>,
}

/// The answer of a task.
pub enum Outcome {
    /// A project was opened or made.
    Opened(Box<Result<storage::Opened, storage::StorageError>>, PathBuf),
    /// Files were read; one bad file does not stop the rest.
    Imported(Batch),
    /// A proposed file was read again.
    Read {
        /// The number of the proposal.
        of: u64,
        /// Which work of the proposal this is: a later one makes it void.
        work: u64,
        /// The new reading.
        result: Box<Result<Proposal, Refusal>>,
    },
    /// A proposed file was read in several ways, each with a name.
    Apart {
        /// The number of the proposal.
        of: u64,
        /// Which work of the proposal this is.
        work: u64,
        /// The readings.
        result: Result<Vec<(String, Proposal)>, Refusal>,
    },
    /// A proposed draft was recognized again.
    Recognized {
        /// The number of the proposal.
        of: u64,
        /// Which work of the proposal this is.
        work: u64,
        /// What was recognized.
        reading: Box<Reading>,
        /// From what.
        hints: Vec<StructureHint>,
    },
    /// A commentary was read, with what it suggests.
    Commentary(Box<super::run::ReadCommentary>),
    /// What a commentary of the project suggests was read.
    Reviewed(CommentaryId, Box<(super::reviews::Basis, super::reviews::ReadNotes)>),
    /// The cross references of a draft were found.
    References(DraftId, Box<(super::references::Basis, super::references::Links)>),
    /// The words and terms of a draft were read.
    Words(DraftId, Box<(super::lenses::GlassBasis, super::lenses::Glass)>),
    /// Two drafts were compared, unless that was stopped.
    Compared((DraftId, DraftId), Box<(super::comparisons::Basis, Option<super::Pair>)>),
    /// A clause was followed through the drafts, unless that was stopped; with the number of the question.
    Followed(u64, Option<Box<super::Lineage>>),
    /// Annotations were found in another draft, unless that was stopped; whether they are to be put there, and the
    /// revision they were found at.
    Carried {
        /// From which draft to which.
        way: super::Way,
        /// What was found.
        findings: Option<Box<super::Findings>>,
        /// Whether it is to be written, or only looked at.
        put: bool,
        /// The revision it was found at.
        revision: u64,
    },
    /// The project's files were written.
    Saved(Result<storage::Written, storage::StorageError>),
    /// The index is up to date with this revision, or could not be brought so.
    Indexed(Option<Box<search::Index>>, u64, Result<(), String>),
    /// A file was written.
    Exported(Result<PathBuf, String>),
    /// A colleague's file was read and placed on our drafts as they were at this revision.
    Colleague(Result<(AnnotationSet, ColleagueReport), String>, PathBuf, u64),
    /// The user chose; these are the wishes that follow.
    Commands(Vec<Command>),
    /// Something went wrong.
    Failed(String),
    /// The analyst stopped it.
    Cancelled(String),
}

/// How a colleague's remarks came to stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColleagueReport {
    /// On the same words of the same text.
    pub same: usize,
    /// Found again in our differing copy of the draft.
    pub found: usize,
    /// Could not be placed.
    pub lost: usize,
    /// On drafts we do not have.
    pub elsewhere: usize,
    /// Concerns we do not have, which are added.
    pub concerns: Vec<crate::model::Concern>,
}
