//! What is known about a draft, as it stands in `project.ron` and in the journal.

use std::borrow::Cow;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::words;
use crate::model::{Direction, Draft, DraftDetails, DraftId, SourceFile, Taken, Wording};

/// A draft without its text and outline, format 1.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::storage) struct DraftV1<'t> {
    pub id: DraftId,
    /// The name of its folder.
    pub slug: String,
    #[serde(borrow)]
    pub details: DetailsV1<'t>,
    /// SHA-256 of its text.
    pub text_hash: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<SourceV1>,
}

/// Its details, format 1.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::storage) struct DetailsV1<'t> {
    #[serde(borrow)]
    label: Cow<'t, str>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    symbol: Cow<'t, str>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    session: Cow<'t, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    date: Option<Date>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    language: Cow<'t, str>,
    #[serde(default = "left_to_right", skip_serializing_if = "is_left_to_right")]
    direction: DirectionV1,
}

/// The file it was made from, format 1.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::storage) struct SourceV1 {
    name: String,
    sha256: String,
    /// Which reading of its marked changes was taken.
    #[serde(default = "printed", skip_serializing_if = "is_printed")]
    wording: WordingV1,
    /// Which column was taken, from 0, and the words at its head.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    column: Option<(u16, String)>,
}

words! {
    /// Which reading of a file with marked changes.
    WordingV1 for Wording { Printed, Proposed, Original }
}

words! {
    /// Which way its lines run.
    DirectionV1 for Direction { LeftToRight, RightToLeft }
}

impl<'t> DraftV1<'t> {
    /// The draft as it is written.
    pub fn of(draft: &'t Draft) -> Self {
        let source = draft.source.as_ref();
        Self {
            id: draft.id,
            slug: draft.slug.clone(),
            details: DetailsV1::of(&draft.details),
            text_hash: draft.text_hash.clone(),
            source: source.map(SourceV1::of),
        }
    }

    /// The draft as the model has it, its text and outline still empty.
    pub fn without_text(self) -> Draft {
        Draft {
            id: self.id,
            slug: self.slug,
            details: self.details.details(),
            text: "".into(),
            text_hash: self.text_hash,
            outline: std::sync::Arc::default(),
            printed: std::sync::Arc::default(),
            hints: std::sync::Arc::default(),
            source: self.source.map(SourceV1::source),
        }
    }
}

impl SourceV1 {
    /// The file as it is written.
    pub fn of(source: &SourceFile) -> Self {
        let Taken { wording, column } = &source.taken;
        Self {
            name: source.name.clone(),
            sha256: source.sha256.clone(),
            wording: (*wording).into(),
            column: column.clone(),
        }
    }

    /// The file as the model has it.
    pub fn source(self) -> SourceFile {
        let taken = Taken { wording: self.wording.into(), column: self.column };
        SourceFile { name: self.name, sha256: self.sha256, taken }
    }
}

impl<'t> DetailsV1<'t> {
    /// The details as they are written.
    pub fn of(details: &'t DraftDetails) -> Self {
        Self {
            label: details.label.as_str().into(),
            symbol: details.symbol.as_str().into(),
            session: details.session.as_str().into(),
            date: details.date,
            language: details.language.as_str().into(),
            direction: details.direction.into(),
        }
    }

    /// The details as the model has them.
    pub fn details(self) -> DraftDetails {
        DraftDetails {
            label: self.label.into_owned(),
            symbol: self.symbol.into_owned(),
            session: self.session.into_owned(),
            date: self.date,
            language: self.language.into_owned(),
            direction: self.direction.into(),
        }
    }
}

fn printed() -> WordingV1 {
    WordingV1::Printed
}

fn is_printed(wording: &WordingV1) -> bool {
    *wording == WordingV1::Printed
}

fn left_to_right() -> DirectionV1 {
    DirectionV1::LeftToRight
}

fn is_left_to_right(direction: &DirectionV1) -> bool {
    *direction == DirectionV1::LeftToRight
}
