//! How far analysts agree on what to flag: percentage, Cohen's kappa, Krippendorff's alpha.
//!
//! Whoever looked at a draft has said yes or no of each of its units for every concern: yes where a remark with the
//! concern shares a character with the unit, no elsewhere. Who did not look at a unit is missing there, which is no no.
//!
//! Must not know: files, the window, where units come from.

mod figures;
mod flags;

pub use figures::{Figures, Pair, Ratings};
pub use flags::{Flag, Looked, Split, Units, splits};
