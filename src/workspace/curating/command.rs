//! What can be done to come to what the team agrees on.

use crate::model::{AnnotationId, ConcernId, DraftId, TextRange};

use super::super::agreement::AgreementUnit;
use super::super::view::Focus;

/// Commands about the team's set.
#[derive(Clone, Debug, PartialEq)]
pub enum CurateCommand {
    /// Takes remarks into it, each as it is; those that are in it already are passed over.
    Take(Vec<Focus>),
    /// Takes into it all on which analysts agree, one remark for each provision.
    TakeAgreed {
        /// In which draft.
        draft: DraftId,
        /// What counts as a provision.
        unit: AgreementUnit,
        /// Only in this one, by its range in bytes.
        only: Option<TextRange>,
        /// Only this concern.
        concern: Option<ConcernId>,
    },
    /// Makes one remark of several.
    Join {
        /// The remarks.
        remarks: Vec<Focus>,
        /// The one whose recommendation it gets, if any.
        recommendation: Option<Focus>,
    },
    /// Takes remarks out of it again.
    TakeOut(Vec<AnnotationId>),
    /// Makes one of its remarks anew from what it was made of, as that is now.
    Renew(AnnotationId),
    /// Leaves one of its remarks as it is although what it was made of has changed.
    Keep(AnnotationId),
}
