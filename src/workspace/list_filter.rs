//! What the list of annotations shows, and in which order.

use serde::{Deserialize, Serialize};

use super::matrix::Kinds;
use crate::model::{AnalystId, AnnotationKind, ConcernId, DraftId, Severity, Status};

/// By what the annotation list is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SortBy {
    /// In the order of drafts and words.
    #[default]
    Place,
    /// Latest change first.
    Date,
    /// Worst first.
    Severity,
}

impl SortBy {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Place, Self::Date, Self::Severity];

    /// Its name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Place => "By place",
            Self::Date => "Latest first",
            Self::Severity => "Worst first",
        }
    }
}

/// What the annotation list shows; what is not set does not restrict.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListFilter {
    /// Words of the note, the quote, the citation, the recommendation or a reply, in any capitals.
    pub text: String,
    /// Tagged with this concern or one below it.
    pub concern: Option<ConcernId>,
    /// Tagged with no concern.
    pub no_concern: bool,
    /// At least this bad.
    pub severity: Option<Severity>,
    /// Of this analyst.
    pub analyst: Option<AnalystId>,
    /// This draft instead of the one that is open.
    pub draft: Option<DraftId>,
    /// All drafts instead of the one that is open.
    pub all_drafts: bool,
    /// With this status.
    pub status: Option<Status>,
    /// Remarks or absences.
    pub kind: Option<AnnotationKind>,
    /// What raises a concern, without what is said of safeguards.
    pub raised: bool,
    /// The order.
    pub sort: SortBy,
}

impl ListFilter {
    /// The same for the annotations that were counted, so that a number leads to as many.
    pub fn of_kinds(self, kinds: Kinds) -> Self {
        let kind = match kinds {
            Kinds::Remarks => Some(AnnotationKind::Remark),
            Kinds::Absences => Some(AnnotationKind::Absence),
            Kinds::Raised | Kinds::All => None,
        };
        Self { kind, raised: kinds == Kinds::Raised, ..self }
    }

    /// Whether anything restricts the list.
    pub fn restricts(&self) -> bool {
        *self != Self { draft: self.draft, all_drafts: self.all_drafts, sort: self.sort, ..Self::default() }
    }
}
