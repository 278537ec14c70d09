//! The comparison that is looked at: which two drafts, made when it is due, the rows that are shown, and what can be
//! wished of it.

use std::sync::Arc;

use crate::model::{Citation, DraftId, ProvisionIndex, TextRange};
use crate::reconcile::ComparedRow;

use super::comparisons::Pair;
use super::derived::{Remark, remarks_in};
use super::tally::Listing;
use super::view::{CompareFilter, ComparePage, Place};
use super::{Compared, Workspace};

/// Commands about two drafts beside each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CompareCommand {
    /// Compares two drafts.
    Drafts {
        /// The older one.
        old: DraftId,
        /// The newer one.
        new: DraftId,
    },
    /// The other way round.
    Swap,
    /// How it is shown.
    Page(ComparePage),
    /// What of it is shown.
    Filter(CompareFilter),
    /// Where one is reading: the row at the top of the page.
    ReadingAt(usize),
    /// Goes to a row.
    GoTo(usize),
    /// Goes on to the next change, or back to the one before.
    Step(i32),
    /// Compares the open draft with the one before it, where one reads.
    Here,
    /// Follows a provision through all drafts.
    History {
        /// A draft it stands in.
        draft: DraftId,
        /// Which provision.
        provision: ProvisionIndex,
    },
    /// Follows the provision at the caret.
    HistoryHere,
    /// Counts what became of the concerns over all drafts, or between the two.
    OverAll(bool),
    /// Starts again what was stopped.
    Again,
    /// Finds out what became of a citation that a draft does not have, by comparing it with one that has it.
    Trace {
        /// The citation.
        citation: Citation,
        /// The draft that does not have it.
        draft: DraftId,
    },
}

/// What was listed, and from what.
#[derive(Debug, Default)]
pub(super) struct Comparing {
    listed: Option<(Arc<Pair>, CompareFilter, u64, Arc<Listing>)>,
}

impl Workspace {
    /// The comparison that is looked at, once it is there.
    pub fn compared_pair(&self) -> Option<Arc<Pair>> {
        let (old, new) = self.view.compare.drafts?;
        self.pair(old, new)
    }

    /// The rows of the comparison that the filter leaves.
    pub fn listing(&self) -> Option<&Arc<Listing>> {
        self.comparing.listed.as_ref().map(|(_, _, _, listing)| listing)
    }

    /// The remarks on a draft, of the analysts shown, by start, longer first; those without a place last.
    pub fn remarks_on(&self, draft: DraftId) -> Vec<Remark> {
        let Some(project) = self.project() else { return Vec::new() };
        project.draft(draft).map_or_else(Vec::new, |d| remarks_in(project, &self.view, d))
    }

    /// The open draft and the one before it in the order of the project, the older first; of the first the one after.
    pub(super) fn usual_pair(&self) -> Option<(DraftId, DraftId)> {
        let project = self.project()?;
        let at = self
            .view
            .current
            .and_then(|d| project.draft_position(d))
            .unwrap_or_else(|| project.drafts.len().saturating_sub(1));
        let at = at.max(1);
        Some((project.drafts.get(at - 1)?.id, project.drafts.get(at)?.id))
    }

    /// Chooses what is compared where nothing is, starts what has to be made, and lists what is shown.
    pub(super) fn compare_if_due(&mut self) {
        if self.view.place != Place::Compare {
            return;
        }
        let Some(project) = self.project() else { return };
        let there = |id| project.draft(id).is_some();
        if self.view.compare.drafts.is_none_or(|(old, new)| !there(old) || !there(new)) {
            self.view.compare.drafts = self.usual_pair();
            self.view.compare.row = 0;
        }
        let Some((old, new)) = self.view.compare.drafts else { return };
        if self.view.compare.page == ComparePage::History {
            self.follow_clause(false);
        }
        if self.compared(old, new).is_none() {
            self.want_pair(old, new);
        }
        let Some(Compared::Ready(pair)) = self.compared(old, new).cloned() else {
            self.comparing.listed = None;
            return;
        };
        self.seek(&pair, old, new);
        let (filter, generation) = (self.view.compare.filter, self.derived.generation);
        let same = |(p, f, g, _): &(Arc<Pair>, CompareFilter, u64, Arc<Listing>)| {
            Arc::ptr_eq(p, &pair) && *f == filter && *g == generation
        };
        if !self.comparing.listed.as_ref().is_some_and(same) {
            let listing = Arc::new(self.listed(&pair, filter, old, new));
            let row = self.view.compare.row;
            if !listing.shows(row) {
                // What one reads is not asked for: on to the next that is.
                let next = listing.stops.iter().find(|&&s| s >= row).or_else(|| listing.stops.first());
                self.view.compare.row = next.copied().unwrap_or(row);
                self.view.compare.show();
            }
            self.comparing.listed = Some((pair, filter, generation, listing));
        }
    }

    /// Goes to the row of the place that was sought.
    fn seek(&mut self, pair: &Pair, old: DraftId, new: DraftId) {
        let Some((draft, at)) = self.view.compare.sought.take() else { return };
        let range = |row: &ComparedRow| if draft == new { row.new } else { row.old };
        if draft != new && draft != old {
            return;
        }
        let rows = pair.comparison.rows.iter().enumerate();
        // Of a clause that moved, the row where it stands.
        let own = |row: &ComparedRow| draft == old || row.change != crate::reconcile::Change::MovedAway;
        let nearest = rows.filter(|(_, row)| own(row)).filter_map(|(i, row)| Some((i, range(row)?)));
        let nearest = nearest.filter(|(_, r)| r.start <= at).max_by_key(|(_, r)| r.start).map_or(0, |(i, _)| i);
        self.view.compare.row = nearest;
        self.view.compare.show();
    }

    fn listed(&self, pair: &Pair, filter: CompareFilter, old: DraftId, new: DraftId) -> Listing {
        let project = self.project();
        let wanted = |remark: &Remark| match filter {
            CompareFilter::Mine => self.is_own(remark.focus.analyst),
            CompareFilter::Concern(concern) => {
                project.is_some_and(|p| remark.concerns.iter().any(|&c| p.codebook.is_within(c, concern)))
            }
            CompareFilter::All | CompareFilter::Changed => false,
        };
        let mut carries = vec![false; pair.comparison.rows.len()];
        if matches!(filter, CompareFilter::Mine | CompareFilter::Concern(_)) {
            let own: [fn(&ComparedRow) -> Option<TextRange>; 2] = [|row| row.old, |row| row.new];
            for (draft, own) in [old, new].into_iter().zip(own) {
                let mut places: Vec<(TextRange, usize)> =
                    pair.comparison.rows.iter().enumerate().filter_map(|(i, row)| Some((own(row)?, i))).collect();
                places.sort_by_key(|(range, _)| range.start);
                for remark in self.remarks_on(draft).iter().filter(|r| !r.lost && wanted(r)) {
                    // Clauses do not overlap, so their ends ascend as their starts do.
                    let first = places.partition_point(|(range, _)| range.end <= remark.range.start);
                    let touched = places.iter().skip(first).take_while(|(range, _)| range.start < remark.range.end);
                    for &(_, row) in touched {
                        carries[row] = true;
                    }
                }
            }
        }
        Listing::of(&pair.comparison, &pair.tally, filter, &carries)
    }
}
