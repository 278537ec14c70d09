//! `commentary.ron`: what is known about an analysis of a draft, and what was decided about its suggestions, one a line.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::annotations::PlaceV1;
use super::drafts::SourceV1;
use super::printed::HintV1;
use super::{Span, range, span};
use crate::model::{
    AnnotationId, Citation, Commentary, CommentaryDetails, CommentaryId, Decision, DraftId, StructureHint,
    SuggestionKey,
};
use crate::storage::ron_text::Fault;

/// The whole file, format 1; also a part of a journal entry. Positions are bytes of the commentary's text.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::storage) struct CommentaryV1<'t> {
    format: u32,
    pub id: CommentaryId,
    draft: DraftId,
    #[serde(borrow)]
    details: CommentaryDetailsV1<'t>,
    /// SHA-256 of its text.
    text_hash: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<SourceV1>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    hints: Vec<(HintV1, usize, usize)>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    decisions: Vec<(KeyV1<'t>, OutcomeV1)>,
}

/// Its details, format 1.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::storage) struct CommentaryDetailsV1<'t> {
    #[serde(borrow)]
    title: Cow<'t, str>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    author: Cow<'t, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    date: Option<Date>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    language: Cow<'t, str>,
}

/// Which suggestion, format 1.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::storage) struct KeyV1<'t> {
    at: Span,
    /// The citation for people; read from `place` and `points`.
    #[serde(borrow)]
    cited: Cow<'t, str>,
    place: PlaceV1,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    points: Vec<String>,
}

/// What was decided, format 1.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::storage) enum OutcomeV1 {
    Accepted(AnnotationId),
    Rejected,
}

impl<'t> CommentaryV1<'t> {
    /// The commentary as it is written.
    pub fn of(commentary: &'t Commentary) -> Self {
        Self {
            format: super::FORMAT,
            id: commentary.id,
            draft: commentary.draft,
            details: CommentaryDetailsV1::of(&commentary.details),
            text_hash: commentary.text_hash.clone(),
            source: commentary.source.as_ref().map(SourceV1::of),
            hints: commentary.hints.iter().map(|h| (h.kind.into(), h.range.start, h.range.end)).collect(),
            decisions: commentary.decisions.iter().map(|(key, &d)| (KeyV1::of(key), d.into())).collect(),
        }
    }

    /// The commentary as the model has it, its text still empty; `text` is the file, to name the place.
    ///
    /// # Errors
    /// Where one suggestion is decided twice.
    pub fn without_text(self, slug: &str, text: &str) -> Result<Commentary, Fault> {
        let mut decisions = BTreeMap::new();
        for (key, decision) in self.decisions {
            let cited = key.cited.to_string();
            if decisions.insert(key.key(), decision.into()).is_some() {
                let place = text.rfind(&cited).unwrap_or(0);
                return Err(Fault::at(text, place, "a second decision on the same suggestion"));
            }
        }
        let hint = |(kind, a, b): (HintV1, usize, usize)| StructureHint { range: range((a, b)), kind: kind.into() };
        Ok(Commentary {
            id: self.id,
            slug: slug.to_owned(),
            draft: self.draft,
            details: self.details.details(),
            text: Arc::from(""),
            text_hash: self.text_hash,
            hints: self.hints.into_iter().map(hint).collect(),
            source: self.source.map(SourceV1::source),
            decisions,
        })
    }
}

impl<'t> CommentaryDetailsV1<'t> {
    /// The details as they are written.
    pub fn of(details: &'t CommentaryDetails) -> Self {
        Self {
            title: details.title.as_str().into(),
            author: details.author.as_str().into(),
            date: details.date,
            language: details.language.as_str().into(),
        }
    }

    /// The details as the model has them.
    pub fn details(self) -> CommentaryDetails {
        CommentaryDetails {
            title: self.title.into_owned(),
            author: self.author.into_owned(),
            date: self.date,
            language: self.language.into_owned(),
        }
    }
}

impl KeyV1<'_> {
    /// The key as it is written.
    pub fn of(key: &SuggestionKey) -> Self {
        Self {
            at: span(key.at),
            cited: key.citation.to_string().into(),
            place: PlaceV1::of(&key.citation.place),
            points: key.citation.points.clone(),
        }
    }

    /// The key as the model has it.
    pub fn key(self) -> SuggestionKey {
        let citation = Citation { place: self.place.place(), points: self.points };
        SuggestionKey { at: range(self.at), citation }
    }
}

impl From<Decision> for OutcomeV1 {
    fn from(decision: Decision) -> Self {
        match decision {
            Decision::Accepted(id) => Self::Accepted(id),
            Decision::Rejected => Self::Rejected,
        }
    }
}

impl From<OutcomeV1> for Decision {
    fn from(outcome: OutcomeV1) -> Self {
        match outcome {
            OutcomeV1::Accepted(id) => Self::Accepted(id),
            OutcomeV1::Rejected => Self::Rejected,
        }
    }
}
