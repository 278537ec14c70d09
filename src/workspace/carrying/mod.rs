//! Annotations on their way from one draft to another: where each would stand, why, and what a person said of it.
//!
//! Must not know: the screen, the history, how the project is changed. What was found follows from two drafts and the
//! remarks on the first; [`CarryItem`] lays what a person decided beside it.

mod command;
mod find;
mod item;
mod kept;
mod renumber;

use serde::{Deserialize, Serialize};

use crate::model::{Draft, DraftId, TextRange, Verdict};
use crate::reconcile::{Carried, Fate};

pub use command::CarryCommand;
pub use find::{Candidate, Finding, Findings, Offer};
pub use item::{CarryItem, CarryState, CarrySums};
pub use renumber::Renumbering;
pub(super) use renumber::taken_up;

pub(super) use kept::Kept;

/// From which draft to which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Way {
    /// The draft the remarks stand in.
    pub from: DraftId,
    /// The draft they are carried to.
    pub to: DraftId,
}

/// What became of a remark's words, in one word; the most doubtful first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum CarriedAs {
    /// It cannot be told.
    Lost,
    /// Nothing of them stands any more.
    Deleted,
    /// Now in several places.
    Split,
    /// Now in a clause with others.
    Merged,
    /// The words were changed.
    Edited,
    /// The same words elsewhere.
    Moved,
    /// The same words under another number.
    Renumbered,
    /// The same words under the same number.
    Unchanged,
}

impl CarriedAs {
    /// All of them, the most doubtful first.
    pub const ALL: [Self; 8] = [
        Self::Lost,
        Self::Deleted,
        Self::Split,
        Self::Merged,
        Self::Edited,
        Self::Moved,
        Self::Renumbered,
        Self::Unchanged,
    ];

    /// What was found, in one word.
    pub fn of(carried: &Carried) -> Self {
        match (carried.fate, carried.verdict) {
            (Fate::Lost, _) | (Fate::Found, None) => Self::Lost,
            (Fate::Deleted, _) | (_, Some(Verdict::Deleted)) => Self::Deleted,
            (_, Some(Verdict::Split)) => Self::Split,
            (_, Some(Verdict::Merged)) => Self::Merged,
            (_, Some(Verdict::Edited { .. })) => Self::Edited,
            (_, Some(Verdict::Moved)) => Self::Moved,
            (_, Some(Verdict::Renumbered)) => Self::Renumbered,
            (_, Some(Verdict::Unchanged)) => Self::Unchanged,
        }
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Lost => "lost",
            Self::Deleted => "deleted",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::Edited => "edited",
            Self::Moved => "moved",
            Self::Renumbered => "renumbered",
            Self::Unchanged => "unchanged",
        }
    }

    /// A sign for it, beside the word.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Lost => "?",
            Self::Deleted => "\u{d7}",
            Self::Split => "\u{f7}",
            Self::Merged => "+",
            Self::Edited => "~",
            Self::Moved => ">",
            Self::Renumbered => "#",
            Self::Unchanged => "=",
        }
    }

    /// Whether all of them may be accepted at once, since each has one answer.
    pub fn has_an_answer(self) -> bool {
        self != Self::Lost
    }
}

/// A share from 0 to 1 in whole percent; 100 only for all of it.
pub fn percent(share: f32) -> u8 {
    if share >= 1.0 { 100 } else { (share.max(0.0) * 100.0).min(99.0) as u8 }
}

/// The paragraphs of a draft that a place touches, in order.
pub fn clauses(draft: &Draft, place: TextRange) -> Vec<TextRange> {
    let blocks = &draft.outline.blocks;
    let first = blocks.partition_point(|b| b.end <= place.start);
    let touched: Vec<TextRange> = blocks.iter().skip(first).take_while(|b| b.start < place.end).copied().collect();
    if touched.is_empty() { vec![place.fitted(&draft.text)] } else { touched }
}
