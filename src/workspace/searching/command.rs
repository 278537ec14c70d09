//! What a person can ask of searching.

use std::collections::BTreeSet;

use super::{SearchPage, Tagging, Ticked};
use crate::model::{AnalystId, ConcernId, DraftId, FoundIn, SearchId};
use crate::search::ContextOrder;

/// Commands about finding across drafts. Only keeping searches and tagging change the project.
#[derive(Clone, Debug, PartialEq)]
pub enum SearchCommand {
    /// Asks.
    Ask(String),
    /// Restricts to some drafts; none means all.
    Drafts(BTreeSet<DraftId>),
    /// Restricts to some concerns; none means all.
    Concerns(BTreeSet<ConcernId>),
    /// Restricts to some analysts; none means all.
    Analysts(BTreeSet<AnalystId>),
    /// Restricts to some kinds of words; none means all.
    Kinds(BTreeSet<FoundIn>),
    /// Takes all restrictions away.
    Everywhere,
    /// By relevance instead of in provision order.
    Ranked(bool),
    /// Another way to see the answer.
    Page(SearchPage),
    /// Another order of the lines in context.
    Order(ContextOrder),
    /// Gives the present question up.
    Stop,
    /// Opens a hit in the reader with its words marked.
    Open(usize),
    /// Opens the mark of a line in context.
    OpenLine(usize),
    /// Opens the next or previous hit, in whichever draft.
    Step(i32),
    /// Lets go of the hits while reading, or takes them up again.
    Follow(bool),
    /// Ticks places, or takes their ticks away.
    Tick(Vec<Ticked>, bool),
    /// Ticks all places that were found, or takes all ticks away.
    TickAll(bool),
    /// Remembers the question among those asked before.
    Remember,
    /// Forgets what was asked before.
    ForgetPast,
    /// Keeps the question and where it looks in the project, under a name.
    Keep(String),
    /// Gives a kept search another name.
    Rename {
        /// Which one.
        id: SearchId,
        /// The new name.
        name: String,
    },
    /// Puts the present question in the place of a kept one; all drafts count as seen.
    Renew(SearchId),
    /// Takes a kept search out of the project.
    Drop(SearchId),
    /// Asks a kept search.
    OpenSaved(SearchId),
    /// Finds out what tagging would do.
    Preview(Tagging),
    /// Makes annotations of one's own of what was found, in one step.
    Tag(Tagging),
}
