//! An analysis of a draft by somebody else: its text, and what was decided about each suggestion read from it.
//!
//! The suggestions themselves are not kept: they follow from the text, the draft and the codebook
//! ([`crate::citation::suggest`]). Kept is what a person said of them, under a key that outlives a better reading.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::citation::Citation;
use super::draft::SourceFile;
use super::ids::{AnnotationId, CommentaryId, DraftId};
use super::outline::StructureHint;
use super::text::{TextRange, normalize, sha256};

/// What is known about a commentary besides its text; all of it can be corrected later.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommentaryDetails {
    /// Its title.
    pub title: String,
    /// Who wrote it, a person or an organization; may be empty.
    pub author: String,
    /// Its date.
    pub date: Option<Date>,
    /// BCP 47, `en`; empty where not known.
    pub language: String,
}

/// An analysis of one draft. Its text never changes after import.
#[derive(Clone, Debug, PartialEq)]
pub struct Commentary {
    /// Which commentary.
    pub id: CommentaryId,
    /// The name of its folder in the project: lower-case letters, digits and hyphens.
    pub slug: String,
    /// The draft it speaks about; it may be gone.
    pub draft: DraftId,
    /// What is known about it.
    pub details: CommentaryDetails,
    /// NFC, LF, no byte order mark.
    pub text: Arc<str>,
    /// SHA-256 of the text.
    pub text_hash: String,
    /// What the file it was made from said of its headings and lists, in bytes of the text.
    pub hints: Arc<[StructureHint]>,
    /// What it was made from; none for a pasted text.
    pub source: Option<SourceFile>,
    /// What was decided about its suggestions.
    pub decisions: BTreeMap<SuggestionKey, Decision>,
}

/// Which suggestion of a commentary: the words that gave rise to it and the provision it is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SuggestionKey {
    /// The words that cite, in bytes of the commentary's text.
    pub at: TextRange,
    /// What they cite.
    pub citation: Citation,
}

/// What a person said of a suggestion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It became this annotation.
    Accepted(AnnotationId),
    /// It is not wanted.
    Rejected,
}

/// Where the words of an annotation came from, with enough of it to be understood where the commentary is not at hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Which commentary.
    pub commentary: CommentaryId,
    /// Its title.
    pub title: String,
    /// Who wrote it; may be empty.
    pub author: String,
    /// The headings above the words, outermost first, parted by `›`; may be empty.
    pub heading: String,
    /// The sentence or bullet, in bytes of the commentary's text.
    pub range: TextRange,
}

impl Commentary {
    /// A commentary on a text, brought into the one form, with nothing decided yet.
    pub fn new(id: CommentaryId, slug: String, draft: DraftId, details: CommentaryDetails, text: &str) -> Self {
        let text: Arc<str> = normalize(text).into();
        let text_hash = sha256(text.as_bytes());
        let (hints, decisions) = (Arc::default(), BTreeMap::new());
        Self { id, slug, draft, details, text, text_hash, hints, source: None, decisions }
    }

    /// The name a person knows it by.
    pub fn name(&self) -> &str {
        [&self.details.title, &self.details.author].into_iter().find(|s| !s.is_empty()).unwrap_or(&self.slug)
    }
}

impl Origin {
    /// In one line, as it stands beside a note: `“Concerns”, Digital Rights Desk, under “Safeguards”`.
    pub fn line(&self) -> String {
        let mut line = format!("\u{201c}{}\u{201d}", self.title);
        if !self.author.is_empty() {
            line.push_str(&format!(", {}", self.author));
        }
        if !self.heading.is_empty() {
            line.push_str(&format!(", under \u{201c}{}\u{201d}", self.heading));
        }
        line
    }
}
