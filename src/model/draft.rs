//! One dated version of the instrument's text.

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::ids::DraftId;
use super::outline::{Outline, StructureHint};
use super::printed::{Printed, Taken};
use super::text::{normalize, sha256};

/// Which way its lines run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Direction {
    /// As in English.
    #[default]
    LeftToRight,
    /// As in Arabic.
    RightToLeft,
}

/// What is known about a draft besides its text; all of it can be corrected later.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftDetails {
    /// Its short name on screen, `Rev.1`.
    pub label: String,
    /// The document symbol, `A/AC.291/22/Rev.1`.
    #[serde(default)]
    pub symbol: String,
    /// The session it was made at or for.
    #[serde(default)]
    pub session: String,
    /// Its date.
    #[serde(default)]
    pub date: Option<Date>,
    /// BCP 47, `en`; empty where not known.
    #[serde(default)]
    pub language: String,
    /// Which way its lines run.
    #[serde(default)]
    pub direction: Direction,
}

/// The file a draft was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFile {
    /// Its name without folders.
    pub name: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// What was chosen when it was read.
    #[serde(default)]
    pub taken: Taken,
}

/// A draft. Its text and outline never change after import.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Which draft.
    pub id: DraftId,
    /// The name of its folder in the project: lower-case letters, digits and hyphens.
    pub slug: String,
    /// What is known about it.
    pub details: DraftDetails,
    /// NFC, LF, no byte order mark.
    pub text: Arc<str>,
    /// SHA-256 of the text.
    pub text_hash: String,
    /// Its provisions, page blocks and marks.
    pub outline: Arc<Outline>,
    /// Its pages, notes, and bold or struck words, as far as the file it was made from has them.
    pub printed: Arc<Printed>,
    /// What its outline was recognized from: what the file said of its structure, then what a person corrected.
    pub hints: Arc<[StructureHint]>,
    /// What it was made from; none for a pasted text.
    pub source: Option<SourceFile>,
}

impl Draft {
    /// A draft of a text, brought into the one form.
    pub fn new(id: DraftId, slug: String, details: DraftDetails, text: &str, outline: Outline) -> Self {
        let text: Arc<str> = normalize(text).into();
        let text_hash = sha256(text.as_bytes());
        Self {
            id,
            slug,
            details,
            text,
            text_hash,
            outline: Arc::new(outline),
            printed: Arc::default(),
            hints: Arc::default(),
            source: None,
        }
    }

    /// Whether two drafts can be compared at all, as far as is known: in the same language, whichever the region.
    pub fn shares_language(&self, other: &Self) -> bool {
        let primary = |d: &Self| d.details.language.split(['-', '_']).next().unwrap_or_default().to_lowercase();
        let (one, other) = (primary(self), primary(other));
        one.is_empty() || other.is_empty() || one == other
    }

    /// The name a person knows it by.
    pub fn name(&self) -> &str {
        [&self.details.label, &self.details.symbol].into_iter().find(|s| !s.is_empty()).unwrap_or(&self.slug)
    }
}
