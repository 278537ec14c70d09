//! The stages in which an answer comes, each the work of one task that has the index to itself.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::tag::{self, Made, TagSums, Tagging};
use super::{SavedCount, Ticked};
use crate::model::{AnalystId, DraftId, Project, SavedSearch, SearchId, TextRange};
use crate::search::{
    self, ContextLine, ContextOrder, Facets, Index, Options, Query, Results, SearchError, TermTable, Watch, lines,
    sort_lines,
};

/// Hits that are looked through at most; more are only counted.
pub const MOST_HITS: usize = 100_000;
/// Provisions of one draft that a lens marks words in at most.
const MOST_MARKED: usize = 20_000;
/// Lines in context at most.
pub const MOST_LINES: usize = 200_000;

/// What a task asks the index for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The first hits.
    First,
    /// What tagging would do, or doing it.
    Tag,
    /// All hits, and the counts beside the filters.
    All,
    /// Every mark in its context.
    Lines,
    /// Terms by drafts.
    Table,
    /// What a kept search finds.
    Saved(SearchId),
    /// Every mark in a draft, for the lens.
    Marks(DraftId),
}

/// For each stage the question it was done for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    pub first: u64,
    pub all: u64,
    pub lines: Option<(u64, ContextOrder)>,
    pub table: u64,
}

/// What the task is to do.
pub enum Job {
    First,
    Tag {
        tagging: Tagging,
        analyst: AnalystId,
        ticked: BTreeSet<Ticked>,
        only_count: bool,
    },
    All,
    Lines {
        results: Arc<Results>,
        order: ContextOrder,
    },
    Table {
        results: Arc<Results>,
    },
    /// With the drafts in which it was looked at.
    Saved(Box<(SavedSearch, BTreeSet<DraftId>)>),
    Marks {
        draft: DraftId,
        asked: u64,
    },
}

/// What it brings.
pub enum Answer {
    First(Results),
    Tag {
        tagging: Tagging,
        sums: TagSums,
        made: Option<Vec<Made>>,
    },
    All {
        results: Results,
        facets: Facets,
    },
    Lines {
        results: Arc<Results>,
        list: Vec<ContextLine>,
        order: ContextOrder,
    },
    Table(TermTable),
    Saved(SearchId, SavedCount),
    /// What the question of a number finds in a draft.
    Marks {
        draft: DraftId,
        asked: u64,
        marks: Vec<TextRange>,
    },
}

/// A finished stage, and the index back.
pub struct Searched {
    pub(super) number: u64,
    pub(super) index: Box<Index>,
    pub(super) answer: Result<Answer, SearchError>,
    /// The revision it was asked at.
    pub(super) revision: u64,
}

/// A question as a task takes it along.
pub struct Asked {
    pub project: Arc<Project>,
    pub query: Option<Query>,
    pub options: Options,
}

impl Job {
    pub fn stage(&self) -> Stage {
        match self {
            Self::First => Stage::First,
            Self::Tag { .. } => Stage::Tag,
            Self::All => Stage::All,
            Self::Lines { .. } => Stage::Lines,
            Self::Table { .. } => Stage::Table,
            Self::Saved(saved) => Stage::Saved(saved.0.id),
            Self::Marks { draft, .. } => Stage::Marks(*draft),
        }
    }

    /// Does it.
    pub fn run(self, index: &Index, asked: &Asked, watch: &dyn Watch) -> Result<Answer, SearchError> {
        let Asked { project, query, options } = asked;
        let whole = Options { limit: MOST_HITS, bare: true, ..options.clone() };
        if let Self::Saved(of) = &self {
            let (search, seen) = &**of;
            let count = saved(index, project, search, seen, options, watch)?;
            return Ok(Answer::Saved(search.id, count));
        }
        let Some(query) = query else { return Err(SearchError::Cancelled) };
        Ok(match self {
            Self::First => Answer::First(index.run_while(project, query, options, watch)?),
            Self::Tag { tagging, analyst, ticked, only_count } => {
                let everything = Options { limit: usize::MAX, ..whole };
                let found = index.run_while(project, query, &everything, watch)?;
                let plan = tag::plan(project, analyst, &found.hits, &ticked, &tagging);
                let sums = plan.sums.clone();
                let made = if only_count { None } else { Some(plan.anchored(project, watch)?) };
                Answer::Tag { tagging, sums, made }
            }
            Self::All => {
                let results = index.run_while(project, query, &whole, watch)?;
                let everywhere = Options { drafts: None, concerns: None, analysts: None, kinds: None, ..whole.clone() };
                let is_filtered =
                    [whole.drafts.is_some(), whole.concerns.is_some(), whole.analysts.is_some(), whole.kinds.is_some()];
                let facets = if is_filtered.contains(&true) {
                    let all = index.run_while(project, query, &everywhere, watch)?;
                    index.facets(project, query, options, &all)
                } else {
                    index.facets(project, query, options, &results)
                };
                Answer::All { results, facets }
            }
            Self::Lines { results, order } => {
                let mut list = lines(&results.hits, MOST_LINES);
                sort_lines(project, &results.hits, &mut list, order);
                Answer::Lines { results, list, order }
            }
            Self::Table { results } => Answer::Table(index.term_table(project, query, options, &results, watch)?),
            Self::Marks { draft, asked } => {
                // All of the draft, whatever the search page is narrowed to.
                let drafts = Some(BTreeSet::from([draft]));
                let changes = options.changes.clone();
                let wide = Options { drafts, limit: MOST_MARKED, notes: false, changes, ..Options::default() };
                let results = index.run_while(project, query, &wide, watch)?;
                Answer::Marks { draft, asked, marks: apart(results) }
            }
            Self::Saved(_) => return Err(SearchError::Cancelled),
        })
    }
}

/// The marks of all hits in the draft's own words, in order and apart.
fn apart(results: Results) -> Vec<TextRange> {
    let own = results.hits.into_iter().filter(|h| h.annotation.is_none() && h.commentary.is_none());
    let mut found: Vec<TextRange> = own.flat_map(|h| h.marks).collect();
    found.sort_unstable();
    let mut apart: Vec<TextRange> = Vec::with_capacity(found.len());
    for range in found {
        match apart.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}

fn saved(
    index: &Index,
    project: &Project,
    search: &SavedSearch,
    seen: &BTreeSet<DraftId>,
    options: &Options,
    watch: &dyn Watch,
) -> Result<SavedCount, SearchError> {
    let Ok(query) = search::parse(&search.query) else {
        return Ok(SavedCount { broken: true, ..SavedCount::default() });
    };
    let options = Options { limit: 0, changes: options.changes.clone(), ..Options::within(&search.scope) };
    let found = index.run_while(project, &query, &options, watch)?;
    let is_new = |d: &DraftId| !search.seen.contains(d) && !seen.contains(d);
    let new = found.per_draft.iter().copied().filter(|(d, _)| is_new(d)).collect();
    Ok(SavedCount { total: found.total, new, ..SavedCount::default() })
}
