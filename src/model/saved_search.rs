//! A search the team keeps with the project, to be asked again when drafts come in.

use std::collections::BTreeSet;

use super::ids::{AnalystId, ConcernId, DraftId, SearchId};
use super::outline::ProvisionKind;

/// What kind of words a search finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FoundIn {
    /// A provision of this kind.
    Provision(ProvisionKind),
    /// Words of a draft that stand in no provision.
    Outside,
    /// A note of an analyst.
    Note,
    /// A paragraph of a commentary.
    Commentary,
}

impl FoundIn {
    /// The word for it on screen.
    pub fn word(self) -> &'static str {
        match self {
            Self::Provision(kind) => kind.word(),
            Self::Outside => "outside the provisions",
            Self::Note => "note",
            Self::Commentary => "commentary",
        }
    }
}

/// Where a search looks. What is empty does not restrict.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchScope {
    /// Only in these drafts.
    pub drafts: BTreeSet<DraftId>,
    /// Only what is tagged with one of these concerns.
    pub concerns: BTreeSet<ConcernId>,
    /// Only what one of these analysts remarked on.
    pub analysts: BTreeSet<AnalystId>,
    /// Only these kinds of words.
    pub kinds: BTreeSet<FoundIn>,
}

impl SearchScope {
    /// Whether it restricts nothing.
    pub fn is_everywhere(&self) -> bool {
        *self == Self::default()
    }
}

/// A question with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedSearch {
    /// Which one.
    pub id: SearchId,
    /// What the team calls it.
    pub name: String,
    /// The question as typed; a later version of the program may no longer understand it.
    pub query: String,
    /// Where it looks.
    pub scope: SearchScope,
    /// The drafts that were in the project when it was kept or last kept anew: what is found in others is new.
    pub seen: BTreeSet<DraftId>,
}
