//! The lenses of the reader: what of a text is set apart when one asks for it, found once per draft in the background.
//!
//! A draft's words and terms are kept as long as its text, its outline and its language are the same; so are the counts
//! of its words against those of another draft. Must not know: how anything is drawn.

mod command;
mod counts;
mod kept;

use serde::{Deserialize, Serialize};

pub use command::LensCommand;
pub use counts::{WordRow, WordTable, Worded};
pub use kept::{Glass, Spot};
pub(super) use kept::{GlassBasis, Kept};

/// Something that can be set apart on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Lens {
    /// The words that bind, urge, allow, forbid and soften.
    Words,
    /// Defined terms: their definitions, their uses, and what looks like one.
    Terms,
    /// Brackets, alternatives and what they say.
    Marks,
    /// Citations that lead somewhere.
    References,
    /// What the question of the search finds.
    Search,
}

impl Lens {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [Self::Words, Self::Terms, Self::Marks, Self::References, Self::Search];

    /// Its name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Words => "Obligation words",
            Self::Terms => "Defined terms",
            Self::Marks => "Negotiating marks",
            Self::References => "Cross references",
            Self::Search => "Search marks",
        }
    }
}
