//! How a remark finds its words: position, quote and citation together (the selectors of the W3C annotation model).

use serde::{Deserialize, Serialize};

use super::citation::Citation;
use super::ids::DraftId;
use super::outline::Outline;
use super::text::TextRange;

/// Characters of context kept on each side of a quote.
pub const CONTEXT: usize = 48;

/// The words a remark is about, with a little of what stands around them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The words themselves.
    pub exact: String,
    /// Up to [`CONTEXT`] characters before.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prefix: String,
    /// Up to [`CONTEXT`] characters after.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub suffix: String,
}

impl Quote {
    /// What stands at `range` in `text`.
    pub fn at(text: &str, range: TextRange) -> Self {
        let range = range.fitted(text);
        let before = &text[..range.start];
        let after = &text[range.end..];
        let from = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(i, _)| i);
        let to = after.char_indices().nth(CONTEXT).map_or(after.len(), |(i, _)| i);
        Self {
            exact: text[range.start..range.end].to_owned(),
            prefix: before[from..].to_owned(),
            suffix: after[..to].to_owned(),
        }
    }
}

/// Whether a remark is about chosen words or about the provision they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reach {
    /// Exactly the words of the range.
    #[default]
    Words,
    /// The whole provision whose range it is.
    Provision,
}

/// A place in one draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// Where, in bytes of that draft's text.
    pub range: TextRange,
    /// What stood there.
    pub quote: Quote,
    /// The provision it stood in.
    pub citation: Citation,
    /// Chosen words or a whole provision.
    #[serde(default)]
    pub reach: Reach,
}

impl Anchor {
    /// The anchor of a range of a draft.
    pub fn new(text: &str, outline: &Outline, range: TextRange, reach: Reach) -> Self {
        let range = range.fitted(text);
        let citation =
            outline.covering(range).map_or_else(|| Citation::to(super::citation::Place::Text), |i| outline.citation(i));
        Self { range, quote: Quote::at(text, range), citation, reach }
    }
}

/// What became of a remark's words in the next draft.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Verdict {
    /// Same words, same number.
    Unchanged,
    /// Same words under another number.
    Renumbered,
    /// Same words in another part of the instrument.
    Moved,
    /// The words were changed.
    Edited {
        /// From 0, nothing in common, to 1, the same.
        similarity: f32,
    },
    /// Now in several provisions.
    Split,
    /// Now in one provision with others.
    Merged,
    /// No longer there.
    Deleted,
}

/// Where a remark stands in one draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Placement {
    /// An analyst put it there, or reviewed that it belongs there.
    Made(Anchor),
    /// The program put it there; a person has not looked yet.
    Carried {
        /// The place found.
        anchor: Anchor,
        /// The draft it was carried from.
        from: DraftId,
        /// What became of the words.
        verdict: Verdict,
    },
    /// It has no place here.
    Lost {
        /// The draft it was carried from; none for a remark that came in a file and fits nowhere.
        from: Option<DraftId>,
        /// What it was about.
        quote: Quote,
        /// Where that stood.
        citation: Citation,
        /// Whether nothing of its words stands here any more; otherwise it cannot be told, and a person decides.
        #[serde(default)]
        deleted: bool,
        /// Whether a person has looked at it and keeps it so; otherwise it waits.
        #[serde(default)]
        reviewed: bool,
    },
}

impl Verdict {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Renumbered => "renumbered",
            Self::Moved => "moved",
            Self::Edited { .. } => "edited",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::Deleted => "deleted",
        }
    }
}

impl Placement {
    /// A remark without a place, that waits for a person.
    pub fn lost(from: Option<DraftId>, quote: Quote, citation: Citation) -> Self {
        Self::Lost { from, quote, citation, deleted: false, reviewed: false }
    }

    /// Whether a person put it there or has looked at it since; what is reviewed, no later run of anything changes.
    pub fn is_reviewed(&self) -> bool {
        match self {
            Self::Made(_) => true,
            Self::Carried { .. } => false,
            Self::Lost { reviewed, .. } => *reviewed,
        }
    }

    /// The place, unless lost.
    pub fn anchor(&self) -> Option<&Anchor> {
        match self {
            Self::Made(anchor) | Self::Carried { anchor, .. } => Some(anchor),
            Self::Lost { .. } => None,
        }
    }

    /// The words it is or was about.
    pub fn quote(&self) -> &Quote {
        match self {
            Self::Made(anchor) | Self::Carried { anchor, .. } => &anchor.quote,
            Self::Lost { quote, .. } => quote,
        }
    }

    /// The same, to be changed.
    pub fn quote_mut(&mut self) -> &mut Quote {
        match self {
            Self::Made(anchor) | Self::Carried { anchor, .. } => &mut anchor.quote,
            Self::Lost { quote, .. } => quote,
        }
    }

    /// The provision it is or was about.
    pub fn citation(&self) -> &Citation {
        match self {
            Self::Made(anchor) | Self::Carried { anchor, .. } => &anchor.citation,
            Self::Lost { citation, .. } => citation,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_keeps_its_surroundings_by_characters() {
        let text = format!("{}é[the words]é{}", "ü".repeat(100), "ö".repeat(10));
        let start = text.find('[').unwrap();
        let end = text.find(']').unwrap() + 1;
        let quote = Quote::at(&text, TextRange { start, end });
        assert_eq!(quote.exact, "[the words]");
        assert_eq!(quote.prefix.chars().count(), CONTEXT);
        assert_eq!(quote.suffix, format!("é{}", "ö".repeat(10)));
        assert_eq!(Quote::at("", TextRange { start: 3, end: 9 }), Quote::default());
    }
}
