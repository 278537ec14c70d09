//! Floor 1: citations found in running text and as people type them, and what they mean in a draft.
//!
//! Must not know: files, the search index, the window. Reads a text and an [`Outline`](crate::model::Outline), nothing
//! else.
//!
//! The way through: `scan` cuts a text into tokens, `grammar` (and `chinese`) reads lists and runs with the `words` of each
//! language, `instruments` says whose they are, and `find` goes through a text; `addresses` says what they mean in an
//! outline, and `references` puts both together for a whole draft. `print` and `list` go the other way, runs of labels by
//! `series`. All of it is linear in the length of the text.

mod addresses;
mod chinese;
mod commentary;
mod complete;
mod find;
mod found;
mod grammar;
mod instruments;
mod list;
mod names;
mod parse;
mod print;
mod references;
mod resolve;
mod scan;
mod series;
mod words;

pub use addresses::{Addresses, Resolution, expand};
pub use commentary::{Paragraph, SuggestedNote, Suggestions, Theme, suggest};
pub use complete::{Suggestion, complete};
pub use find::find;
pub use found::{Address, Found, Part, Start};
pub use list::{print_list, print_list_in, print_list_opening};
pub use parse::parse;
pub use print::{print, print_opening};
pub use references::{About, Cited, Reference, References, citations, meant};
pub use resolve::{meaning, resolve};
pub use series::labels_between;
