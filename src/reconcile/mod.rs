//! Floor 1: bringing two things together that differ: two drafts of a treaty, a quote and a later draft, a remark and a
//! copy of the draft made from another file.
//!
//! Must not know: files, the search index, the window. Pure functions over the model; the same in, the same out.

mod agreement;
mod align;
mod carry;
mod clauses;
mod comparison;
mod concordance;
mod holders;
mod likeness;
mod map;
mod merge;
mod placing;
mod redline;
mod words;

pub use agreement::{Figures, Flag, Looked, Pair, Ratings, Split, Units, splits};
pub use align::{Alignment, Side, align};
pub use carry::{Carried, Carrier, Fate};
pub use comparison::{Change, Comparison, Row as ComparedRow};
pub use concordance::{Concordance, Row};
pub use merge::{Standing, joined, joined_read, joined_replies, joined_sets};
pub use placing::{OurCopy, Placed, place};
pub use redline::{Run, Stroke};
