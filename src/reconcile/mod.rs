//! Floor 1: bringing two things together that differ: a remark and a copy of the draft made from another file.
//!
//! Must not know: files, the search index, the window. Pure functions over the model; the same in, the same out.

mod placing;

pub use placing::{OurCopy, Placed, place};
