//! What a remark asks for.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::words;
use crate::model::{Action, Recommendation};

/// What should change, format 1.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RecommendationV1<'t> {
    action: ActionV1,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    targets: Vec<Cow<'t, str>>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    proposed: Cow<'t, str>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    supports: Cow<'t, str>,
}

words! {
    /// What is asked for.
    ActionV1 for Action { Delete, Limit, Amend, Add, Clarify, Retain, Reject }
}
impl<'t> RecommendationV1<'t> {
    /// As written.
    pub fn of(recommendation: &'t Recommendation) -> Self {
        Self {
            action: recommendation.action.into(),
            targets: recommendation.targets.iter().map(|t| Cow::from(t.as_str())).collect(),
            proposed: recommendation.proposed.as_str().into(),
            supports: recommendation.supports.as_str().into(),
        }
    }

    /// As the model has it.
    pub fn recommendation(self) -> Recommendation {
        Recommendation {
            action: self.action.into(),
            targets: self.targets.into_iter().map(Cow::into_owned).collect(),
            proposed: self.proposed.into_owned(),
            supports: self.supports.into_owned(),
        }
    }
}
