//! What a finished task brings.

use std::path::PathBuf;

use crate::import::Problem;
use crate::model::{CommentaryId, DraftId, StructureHint};
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
    /// The index was asked.
    Searched(Box<super::searching::Searched>),
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
    /// A file was written; with sentences on what it could not carry.
    Exported(Result<(PathBuf, Vec<String>), String>),
    /// It was worked out what a colleague's file would change in the project of this revision, with these choices; or
    /// that was stopped.
    Planned(PathBuf, Option<Box<(super::MergePlan, u64, super::MergeChoices)>>),
    /// A file is ready to be shared.
    Prepared(Result<Box<super::sharing::Prepared>, String>),
    /// A file of ours was read; whether it is to be taken in with a report, instead of with a plan.
    Shared(Box<Result<Vec<storage::SharedSet>, storage::StorageError>>, PathBuf, bool),
    /// A paper was composed, or not.
    Composed(Box<super::submission::Made>),
    /// A paper was laid out on pages, or not.
    LaidOut(Box<super::submission::LaidOut>),
    /// A page was drawn, or not.
    Drawn(Box<super::submission::Drawn>),
    /// A paper was written.
    Submitted(Box<super::submission::Submitted>),
    /// A file of another program was read, and placed on our drafts as they were at this revision.
    Exchanged(Result<Box<super::run::Exchanged>, String>, PathBuf, u64),
    /// The user chose; these are the wishes that follow.
    Commands(Vec<Command>),
    /// Something went wrong.
    Failed(String),
    /// The analyst stopped it.
    Cancelled(String),
}

/// What became of a file of annotations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExchangeReport {
    /// The file's name.
    pub file: String,
    /// Each analyst's remarks.
    pub sets: Vec<ExchangedSet>,
    /// Concerns that were added to the codebook.
    pub concerns: usize,
    /// What the reader could not take over: sentences without a period.
    pub left: Vec<String>,
}

/// One analyst's remarks of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExchangedSet {
    /// Who.
    pub analyst: String,
    /// How many the file has.
    pub annotations: usize,
    /// How they came to stand.
    pub placed: ColleagueReport,
    /// Not here before.
    pub new: usize,
    /// Here before, otherwise.
    pub changed: usize,
    /// Here before as they are.
    pub same: usize,
    /// Here in a newer state, which was kept.
    pub older: usize,
    /// Replies that were not here before, or otherwise.
    pub replies: usize,
    /// One's own, which are kept as they are here.
    pub own: bool,
}

impl ExchangeReport {
    /// In one sentence.
    pub fn sentence(&self) -> String {
        let plural = |n: usize| if n == 1 { "" } else { "s" };
        let sum = |of: fn(&ExchangedSet) -> usize| self.sets.iter().map(of).sum::<usize>();
        let count = sum(|s| s.annotations);
        let names: Vec<&str> = self.sets.iter().map(|s| s.analyst.as_str()).filter(|n| !n.is_empty()).collect();
        let by = match names.as_slice() {
            [] => String::new(),
            [one] => format!(" by {one}"),
            [one, two] => format!(" by {one} and {two}"),
            several => format!(" by {} analysts", several.len()),
        };
        let replies = sum(|s| s.replies);
        let mut said = Vec::new();
        if count > 0 {
            said.push(format!("{count} annotation{}{by}", plural(count)));
        }
        for (count, what) in [
            (sum(|s| s.placed.same), "on the same words"),
            (sum(|s| s.placed.found), "found again by their words"),
            (sum(|s| s.placed.lost), "without a place here, shown as lost"),
            (sum(|s| s.placed.elsewhere), "on drafts that are not in this project"),
            (sum(|s| s.same), "here already with nothing new"),
            (sum(|s| s.changed), "changed since"),
            (sum(|s| s.older), "here in a newer state, which was kept"),
            (sum(|s| if s.own { s.annotations } else { 0 }), "your own, kept as you have them here"),
            (replies, if replies == 1 { "reply" } else { "replies" }),
        ] {
            if count > 0 {
                said.push(format!("{count} {what}"));
            }
        }
        if self.concerns > 0 {
            said.push(format!("{} concern{} added to the codebook", self.concerns, plural(self.concerns)));
        }
        if said.is_empty() {
            said.push("nothing new".to_owned());
        }
        format!("From {}: {}", self.file, said.join(", "))
    }
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
