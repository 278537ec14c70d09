//! What leaves for colleagues: which annotations of whom, with or without notes, under names or pseudonyms; the file that
//! is made of them, and all that is in it laid out for a person before it is written.
//!
//! Must not know: the window, commands, where a file is written to, how one is encrypted. It reads a project and answers
//! with the text of a file and an account of it, which is made by reading that text again, so that it cannot say less.

mod account;
mod choose;
mod found;
mod pseudonyms;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use account::{ShareAccount, ShareRow, ShareRowKind};
pub(super) use choose::filled_up;
pub(super) use found::found;

use super::view::Focus;
use crate::model::{AnalystId, ConcernId, DraftId, Project, Severity, Status};
use crate::storage::{self, PseudonymBook};

/// Which annotations of the chosen analysts, before anything else is asked of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ShareWhich {
    /// All of them.
    #[default]
    All,
    /// Those the annotation list shows.
    Listed,
    /// Those the search has found.
    Found,
}

/// What is to be shared, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareChoices {
    /// Whose sets.
    pub analysts: BTreeSet<AnalystId>,
    /// Which annotations of theirs.
    pub which: ShareWhich,
    /// Only what stands in one of these drafts, without its places in others; all where none is named.
    pub drafts: BTreeSet<DraftId>,
    /// Only what is tagged with one of these concerns or one below them; all where none is named.
    pub concerns: BTreeSet<ConcernId>,
    /// Only what has come so far.
    pub status: Option<Status>,
    /// Only what is at least so bad.
    pub least: Option<Severity>,
    /// With notes, recommendations, sources and the definitions of concerns.
    pub notes: bool,
    /// Under the analysts' names; otherwise under pseudonyms.
    pub names: bool,
    /// With what has been read; never with a part of a set.
    pub read: bool,
}

impl Default for ShareChoices {
    fn default() -> Self {
        Self {
            analysts: BTreeSet::new(),
            which: ShareWhich::All,
            drafts: BTreeSet::new(),
            concerns: BTreeSet::new(),
            status: None,
            least: None,
            notes: true,
            names: true,
            read: true,
        }
    }
}

impl ShareChoices {
    /// Whether anything of the chosen sets may stay behind.
    pub fn restricts(&self) -> bool {
        self.which != ShareWhich::All
            || !self.drafts.is_empty()
            || !self.concerns.is_empty()
            || self.status.is_some()
            || self.least.is_some()
    }
}

/// A file that is ready to be written.
#[derive(Debug)]
pub struct Prepared {
    /// What was chosen.
    pub choices: ShareChoices,
    /// The revision it was made at.
    pub revision: u64,
    /// What is in it.
    pub account: ShareAccount,
    pub(super) text: String,
    /// What the pseudonyms were made with, to be kept when the file is written.
    pub(super) book: Option<PseudonymBook>,
}

/// What a file is made of.
pub(super) struct Material {
    pub project: Arc<Project>,
    pub revision: u64,
    /// What the annotation list shows or the search has found, where that was chosen.
    pub keys: Option<BTreeSet<Focus>>,
    /// Where pseudonyms are wanted.
    pub book: Option<PseudonymBook>,
}

/// Makes the file and the account of it.
///
/// # Errors
/// A sentence, where what was written cannot be read again: a fault of the program, and then nothing is written.
pub(super) fn prepare(choices: ShareChoices, material: Material) -> Result<Prepared, String> {
    let Material { project, revision, keys, mut book } = material;
    let mut sets = choose::chosen(&project, &choices, keys.as_ref());
    if let Some(book) = &mut book {
        pseudonyms::masked(&mut sets, project.id, book);
    }
    let text = storage::write_shared_file(&sets);
    let account = account::account(&text, &project, &choices)?;
    Ok(Prepared { choices, revision, account, text, book })
}
