//! The language of queries: reading one, explaining what is wrong with it, offering what could come next, and the table of
//! what can be said, from which the window and the guide are written.
//!
//! Must not know: the index, tantivy, how anything is found. A query means the same on every project; names in it are
//! looked up when it runs.

mod complete;
mod constructs;
mod context;
mod fields;
mod lexer;
mod names;
mod nearest;
mod numbers;
mod parse;
mod pattern;
mod query;

pub use complete::{Completion, Completions, complete};
pub use constructs::{CONSTRUCTS, Construct};
pub(super) use names::{folded_name, has_word};
pub(super) use nearest::{closest, is_within};
pub(super) use numbers::Number;
pub use parse::parse;
pub(super) use pattern::found;
pub(super) use query::{Fit, Has, Named, Node, Place, Remark, Words};
pub use query::{Query, QueryError};
