//! A suggestion of a commentary as a person wants it, before it becomes an annotation.

use std::collections::BTreeSet;

use crate::model::{AnnotationKind, ConcernId, ProvisionIndex, Recommendation, Severity};

/// A suggestion as a person wants it.
#[derive(Clone, Debug, PartialEq)]
pub struct Edited {
    /// Where it is to stand; where it cites, if nothing is said.
    pub provision: Option<ProvisionIndex>,
    /// Remark or absence.
    pub kind: AnnotationKind,
    /// Tagged with these.
    pub concerns: BTreeSet<ConcernId>,
    /// How bad, if said.
    pub severity: Option<Severity>,
    /// The note.
    pub note: String,
    /// What should change, if said.
    pub recommendation: Option<Recommendation>,
}
