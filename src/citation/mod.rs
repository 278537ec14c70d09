//! Floor 1: citations as people type them, resolved against a draft's outline.
//!
//! Must not know: files, the search index, the window. Reads a text and an [`Outline`](crate::model::Outline), nothing
//! else.

mod addresses;
mod chinese;
mod complete;
mod find;
mod found;
mod grammar;
mod instruments;
mod parse;
mod resolve;
mod scan;
mod words;

pub use addresses::{Addresses, Resolution, expand};
pub use complete::{Suggestion, complete};
pub use find::find;
pub use found::{Address, Found, Part, Start};
pub use parse::parse;
pub use resolve::{meaning, resolve};
