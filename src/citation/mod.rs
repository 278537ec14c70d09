//! Floor 1: citations as people type them, resolved against a draft's outline.
//!
//! Must not know: files, the search index, the window. Reads a text and an [`Outline`](crate::model::Outline), nothing
//! else.

mod complete;
mod found;
mod parse;
mod resolve;

pub use complete::{Suggestion, complete};
pub use found::{Address, Found, Part, Start};
pub use parse::parse;
pub use resolve::resolve;
