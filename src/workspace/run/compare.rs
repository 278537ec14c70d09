//! Commands about comparing drafts. None of this changes the project.

use super::super::command::CompareCommand;
use super::super::view::{ComparePage, Place};
use super::super::{Compared, Workspace, provision_at};
use crate::model::{DraftId, ProvisionIndex};

impl Workspace {
    pub(in super::super) fn run_compare(&mut self, command: CompareCommand) {
        match command {
            CompareCommand::Drafts { old, new } => self.compare_drafts(old, new),
            CompareCommand::Swap => {
                if let Some((old, new)) = self.view.compare.drafts {
                    self.compare_drafts(new, old);
                }
            }
            CompareCommand::Page(page) => {
                self.view.compare.page = page;
                self.go_to_compare();
            }
            CompareCommand::Filter(filter) => {
                self.view.compare.filter = filter;
                self.view.compare.show();
            }
            CompareCommand::ReadingAt(row) => self.view.compare.row = row,
            CompareCommand::GoTo(row) => {
                if self.view.compare.page.is_list() {
                    self.view.compare.page = ComparePage::Beside;
                }
                self.view.compare.row = row;
                self.view.compare.show();
            }
            CompareCommand::Step(by) => {
                let next = self.listing().and_then(|l| l.step(self.view.compare.row, by));
                match next {
                    Some(row) => self.run_compare(CompareCommand::GoTo(row)),
                    None if self.listing().is_some() => self.notices.done("Nothing to go to in what is shown"),
                    None => {}
                }
            }
            CompareCommand::Here => self.compare_here(),
            CompareCommand::History { draft, provision } => self.history_of(draft, provision),
            CompareCommand::HistoryHere => {
                let at = self.view.selection().map_or_else(|| self.view.draft_view().reading_at, |s| s.range().start);
                let found = self.draft().and_then(|d| Some((d.id, provision_at(d, at)?)));
                if let Some((draft, provision)) = found {
                    self.history_of(draft, provision);
                }
            }
            CompareCommand::Trace { citation, draft } => self.trace(&citation, draft),
            CompareCommand::OverAll(over_all) => {
                self.view.compare.over_all = over_all;
                if let Some((first, last)) = self.ends().filter(|_| over_all) {
                    self.want_pair(first, last);
                }
            }
            CompareCommand::Again => {
                if let Some((old, new)) = self.view.compare.drafts {
                    self.want_pair(old, new);
                }
                self.follow_clause(true);
            }
        }
    }

    fn go_to_compare(&mut self) {
        if self.view.place != Place::Compare {
            self.view.leave();
            self.view.place = Place::Compare;
        }
    }

    fn compare_drafts(&mut self, old: DraftId, new: DraftId) {
        let known = |id| self.project().is_some_and(|p| p.draft(id).is_some());
        if old == new || !known(old) || !known(new) {
            return;
        }
        self.go_to_compare();
        if self.view.compare.drafts == Some((old, new)) {
            return;
        }
        // What one reads is looked for in the new pair.
        let place = self.place_compared();
        self.view.compare.drafts = Some((old, new));
        self.view.compare.row = 0;
        self.view.compare.sought = place.filter(|(draft, _)| *draft == old || *draft == new);
        self.view.compare.show();
        if matches!(self.compared(old, new), Some(Compared::Stopped)) {
            self.want_pair(old, new);
        }
    }

    /// Where the row that one reads stands: in the newer draft, or in the older one.
    fn place_compared(&self) -> Option<(DraftId, usize)> {
        let (old, new) = self.view.compare.drafts?;
        let pair = self.pair(old, new)?;
        let row = pair.comparison.rows.get(self.view.compare.row)?;
        row.new.map(|r| (new, r.start)).or_else(|| row.old.map(|r| (old, r.start)))
    }

    /// Compares the open draft with the one before it, where one reads.
    fn compare_here(&mut self) {
        let Some(draft) = self.draft().map(|d| d.id) else { return };
        let Some((old, new)) = self.usual_pair() else { return };
        let at = self.view.selection().map_or_else(|| self.view.draft_view().reading_at, |s| s.range().start);
        if !matches!(self.view.compare.drafts, Some((a, b)) if a == draft || b == draft) {
            self.compare_drafts(old, new);
        }
        if self.view.compare.page.is_list() {
            self.view.compare.page = ComparePage::Beside;
        }
        self.go_to_compare();
        self.view.compare.sought = Some((draft, at));
    }

    fn history_of(&mut self, draft: DraftId, provision: ProvisionIndex) {
        if self.project().is_none_or(|p| p.draft(draft).is_none_or(|d| d.outline.get(provision).is_none())) {
            return;
        }
        self.go_to_compare();
        self.view.compare.page = ComparePage::History;
        self.view.compare.clause = Some((draft, provision));
    }
}
