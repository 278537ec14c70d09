//! What can be asked of the codebook.

use crate::model::{Concern, ConcernId};

/// Commands about the codebook.
#[derive(Clone, Debug, PartialEq)]
pub enum CodebookCommand {
    /// A new concern at the end of its siblings.
    Add {
        /// Its name.
        name: String,
        /// What it is a part of.
        parent: Option<ConcernId>,
    },
    /// Replaces a concern (its name, definition, color, key, parent).
    Put(Concern),
    /// Moves a concern under another and to a position in the list.
    Move {
        /// Which concern.
        id: ConcernId,
        /// What it is to be a part of.
        parent: Option<ConcernId>,
        /// Its new position in the codebook's list.
        at: usize,
    },
    /// Tags everything tagged `from` with `into` instead, and takes `from` away.
    Merge {
        /// Goes.
        from: ConcernId,
        /// Stays.
        into: ConcernId,
    },
    /// Keeps it on old annotations but offers it no more, or brings it back.
    Retire {
        /// Which concern.
        id: ConcernId,
        /// Retired or not.
        retired: bool,
    },
    /// Takes an unused concern away.
    Remove(ConcernId),
    /// Marks the concerns as expected safeguards that are so in the built-in codebook, in one step.
    MarkSafeguards,
}
