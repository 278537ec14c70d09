//! What a finished task brings.

use std::path::PathBuf;

use crate::import::Imported;
use crate::model::{AnnotationSet, DraftDetails};
use crate::outline::Reading;
use crate::search;
use crate::storage;

use super::command::Command;

/// A draft read from a file, waiting to be accepted.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The file.
    pub path: PathBuf,
    /// Its text and what was guessed about it.
    pub imported: Imported,
    /// Its provisions and what was noticed.
    pub reading: Reading,
    /// Details as corrected so far.
    pub details: DraftDetails,
}

/// The answer of a task.
pub enum Outcome {
    /// A project was opened or made.
    Opened(Box<Result<storage::Opened, storage::StorageError>>, PathBuf),
    /// Files were read; one bad file does not stop the rest.
    Imported(Vec<Result<Proposal, String>>),
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
