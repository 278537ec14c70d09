//! Searching as one types: the question, the answers that have come so far, what was asked before, what is kept.
//!
//! The index is at one place at a time: here, or with the one task that brings it up to date or asks it. The newest
//! question wins: a task that works on an older one is stopped, and the last answer stays until the next is there. An
//! answer comes in stages, the first hits at once, then all of them with the counts beside the filters, then what the
//! page in view needs.
//!
//! Must not know: how anything is found (that is `search`), the window.

mod ask;
mod command;
mod keep;
mod past;
mod stages;
mod steps;
mod tables;
mod tag;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;

pub(super) use ask::PREPARING;
pub use ask::SEARCHING;
pub use command::SearchCommand;
pub use stages::{Searched, Stage};
pub use tag::{TagReach, TagSums, Tagging};

use super::tasks::Progress;
use crate::model::{AnalystId, AnnotationId, CommentaryId, DraftId, SearchId, SearchScope, TextRange};
use crate::search;

/// How the answer is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SearchPage {
    /// By draft and article.
    #[default]
    Places,
    /// One line for each mark, with the words around it.
    Context,
    /// Terms by drafts, with counts.
    Terms,
}

impl SearchPage {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::Places, Self::Context, Self::Terms];

    /// Its name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Places => "By article",
            Self::Context => "In context",
            Self::Terms => "Terms by draft",
        }
    }
}

/// How much a kept search finds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedCount {
    /// In all drafts it looks in.
    pub total: usize,
    /// In each draft that came in since it was kept or looked at.
    pub new: Vec<(DraftId, usize)>,
    /// Its question cannot be understood.
    pub broken: bool,
    /// It takes too long to be counted.
    pub slow: bool,
}

/// Every mark in its context.
pub struct Lines {
    /// The hits the lines are of; those that are shown by article may be newer.
    pub results: Arc<search::Results>,
    /// In the order that was asked for.
    pub list: Vec<search::ContextLine>,
}

/// One place of a draft that was ticked.
pub type Ticked = (DraftId, TextRange);

/// What is known about searching.
#[derive(Default)]
pub struct SearchState {
    /// The question as typed.
    pub query: String,
    /// Restrictions; order; how many at first.
    pub options: search::Options,
    /// The latest answer; it stays until that to the present question is there.
    pub results: Option<Arc<search::Results>>,
    /// What is wrong with the question.
    pub error: Option<search::QueryError>,
    /// Counts beside the filters, for the latest answer.
    pub facets: Option<search::Facets>,
    /// Every mark in its context, in the order asked for; made where that page is shown.
    pub lines: Option<Lines>,
    /// The order of the lines.
    pub order: search::ContextOrder,
    /// Terms by drafts; made where that page is shown.
    pub table: Option<search::TermTable>,
    /// How the answer is shown.
    pub page: SearchPage,
    /// The revision the answer was made from.
    pub answered: u64,
    /// The hit that is open.
    pub current: Option<usize>,
    /// Grows whenever there are other hits than before: what is kept of them beside is made anew.
    pub generation: u64,
    /// Places that were ticked.
    pub ticked: BTreeSet<Ticked>,
    /// The kept search that was opened and not changed since.
    pub opened: Option<SearchId>,
    /// What is new in it since it was looked at last.
    pub news: Vec<(DraftId, usize)>,
    /// What each kept search finds.
    pub saved: BTreeMap<SearchId, SavedCount>,
    /// What tagging would do, for the last that was tried.
    pub preview: Option<(Tagging, TagSums)>,
    /// The revision that tagging has made, until the next question: undoing is then about that, not about what was typed.
    pub tagged: Option<u64>,
    /// The revision at which that tagging was taken back, so that it is what is done again.
    pub untagged: Option<u64>,
    /// The hits go along into the reader, to be stepped through there.
    pub followed: bool,
    /// The number of the present question: raised by anything that may change its answer.
    asked: u64,
    /// For each stage the question it was done for.
    done: stages::Done,
    /// For each kept search the revision of the index it was counted in.
    counted: BTreeMap<SearchId, u64>,
    under_way: Option<UnderWay>,
    /// A tagging of what the present question finds, which waits for the index.
    tagging: Option<Tagging>,
    previewing: Option<Tagging>,
    /// The draft whose marks a lens waits for.
    pub(super) marking: Option<DraftId>,
}

/// A question the index is being asked.
struct UnderWay {
    number: u64,
    stage: Stage,
    asked: u64,
    since: Timestamp,
    progress: Arc<Progress>,
}

/// What tells a hit from others, whatever else is found.
type HitKey = (DraftId, Option<(AnalystId, AnnotationId)>, Option<CommentaryId>, usize);

fn key_of(hit: &search::Hit) -> HitKey {
    (hit.draft, hit.annotation, hit.commentary, hit.places().first().map_or(hit.range.start, |p| p.start))
}

impl SearchState {
    /// Whether the answer to the present question has not come yet.
    pub fn is_asking(&self) -> bool {
        !self.query.trim().is_empty() && self.error.is_none() && self.done.first != self.asked
    }

    /// Whether all hits are there, and not only the first.
    pub fn is_whole(&self) -> bool {
        self.done.all == self.asked || self.results.as_ref().is_none_or(|r| !r.truncated)
    }

    /// The number of the present question.
    pub(super) fn asked(&self) -> u64 {
        self.asked
    }

    /// Whether a task is looking for the marks of the present question in a draft.
    pub(super) fn marks(&self, draft: DraftId) -> bool {
        self.under_way.as_ref().is_some_and(|u| u.stage == Stage::Marks(draft) && u.asked == self.asked)
    }

    /// Since when a task has been asking the index, if one is.
    pub fn asking_since(&self) -> Option<Timestamp> {
        self.under_way.as_ref().map(|u| u.since)
    }

    /// Where it looks, as a search is kept with.
    pub fn scope(&self) -> SearchScope {
        let search::Options { drafts, concerns, analysts, kinds, .. } = &self.options;
        SearchScope {
            drafts: drafts.clone().unwrap_or_default(),
            concerns: concerns.clone().unwrap_or_default(),
            analysts: analysts.clone().unwrap_or_default(),
            kinds: kinds.clone().unwrap_or_default(),
        }
    }

    /// Whether a hit is ticked as a whole.
    pub fn is_ticked(&self, hit: &search::Hit) -> bool {
        hit.is_of_draft() && hit.places().iter().all(|&p| self.ticked.contains(&(hit.draft, p)))
    }

    fn set_scope(&mut self, scope: &SearchScope) {
        let within = search::Options::within(scope);
        let options = &mut self.options;
        (options.drafts, options.concerns) = (within.drafts, within.concerns);
        (options.analysts, options.kinds) = (within.analysts, within.kinds);
    }
}
