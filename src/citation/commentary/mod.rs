//! A commentary read into suggested annotations: around every citation of it the sentence or bullet, what it asks for,
//! where it stands, and the concerns it speaks of.
//!
//! [`passages`] takes the text apart, [`asks`] reads what a sentence asks of which citation by the verbs of [`tongues`],
//! [`places`] finds what a citation means in the draft, [`themes`] compares headings and words with the codebook. Pure:
//! a text, its citations, an outline and a codebook in, suggestions out.
//!
//! Must not know: projects, what was decided about a suggestion, where a commentary came from.

mod asks;
mod headings;
mod passages;
mod pieces;
mod places;
mod suggest;
mod themes;
mod tongues;
mod verbs;

pub use suggest::suggest;
pub use themes::Theme;

use crate::citation::Resolution;
use crate::model::{AnnotationKind, Recommendation, SuggestionKey, TextRange};

/// What a commentary suggests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suggestions {
    /// The commentary's title, where its first lines are one; in bytes of its text, as all positions here.
    pub title: Option<TextRange>,
    /// In the order of the text; of one sentence, in the order of its citations.
    pub list: Vec<SuggestedNote>,
    /// All of the text as paragraphs, in order; lines that its file says are no part of it are left out.
    pub paragraphs: Vec<Paragraph>,
}

/// A paragraph of a commentary, as it is set on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Its words.
    pub range: TextRange,
    /// What it is numbered or marked with: `12.`, `•`, `(a)`.
    pub mark: Option<TextRange>,
    /// How deep it stands, where it is a heading: 0 is the title, 1 outermost.
    pub heading: Option<usize>,
}

/// An annotation that a commentary suggests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuggestedNote {
    /// Which suggestion; the same as long as the text is read the same.
    pub key: SuggestionKey,
    /// The sentence, bullet or cell.
    pub passage: TextRange,
    /// The headings above it, outermost first.
    pub headings: Vec<TextRange>,
    /// What the citation means in the draft.
    pub meaning: Resolution,
    /// Remark, or absence where the words say that something is missing.
    pub kind: AnnotationKind,
    /// The sentence as a note.
    pub note: String,
    /// What the words ask for.
    pub recommendation: Option<Recommendation>,
    /// The concerns the words and headings speak of, best first.
    pub concerns: Vec<Theme>,
    /// Why it stands on this provision, where the words do not cite it themselves.
    pub reason: Option<String>,
}
