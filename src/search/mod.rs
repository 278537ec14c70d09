//! Floor 1: full-text search over all drafts and notes of a project. The only folder that knows tantivy.
//!
//! The index is a cache: deleting it costs the time to make it anew, and a damaged or outdated one is replaced without a
//! word. It holds one document for the own words of each provision, one for each note with its proposed words and the
//! replies to it, and one for each paragraph of a commentary, and no texts: those are in the project. What a query says
//! about words is answered by the index, what it says about places and remarks by the project itself, and patterns, exact
//! words and phrases with room by scanning. What changed between drafts is told by whoever asks.
//!
//! Must not know: the window, the workspace, files other than the index's own, threads other than tantivy's, the clock.

mod analysis;
mod changes;
mod chinese;
mod commentaries;
mod context;
mod facets;
mod index;
mod language;
mod languages;
mod loose;
mod marks;
mod matching;
mod needs;
mod passages;
mod places;
mod remarks;
mod results;
mod schema;
mod selected;
mod sequences;
mod shelf;
mod snippet;
mod term_table;
mod terms;
mod vocabulary;
mod words;

use std::fmt;

pub use changes::Changes;
pub use context::{Context, ContextLine, ContextOrder, context_of, lines, sort_lines};
pub use facets::Facets;
pub use index::{Index, Updated};
pub use language::{CONSTRUCTS, Completion, Completions, Construct, Query, QueryError, complete, parse};
pub use remarks::AboutRemarks;
pub use results::{Hit, Options, Order, Results};
pub use selected::FoundRemarks;
#[doc(hidden)]
pub use shelf::bare_index;
pub use snippet::Snippet;
pub use term_table::{TermCount, TermRow, TermTable};

/// Who waits for an update.
pub trait Watch {
    /// So many bytes of text are done.
    fn progress(&mut self, done: u64, total: u64);
    /// Whether to stop.
    fn cancelled(&self) -> bool;
}

/// Why something could not be indexed or searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SearchError {
    /// The one who waits said so.
    Cancelled,
    /// The index cannot be read or written.
    Index(String),
}

impl fmt::Display for SearchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cancelled => f.write_str("Indexing was cancelled"),
            Self::Index(reason) => write!(f, "The search index cannot be used: {reason}"),
        }
    }
}

impl std::error::Error for SearchError {}
