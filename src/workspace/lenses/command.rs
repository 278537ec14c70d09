//! What can be asked for about lenses. None of it changes the project.

use super::super::view::{Place, Selection};
use super::super::{ViewCommand, Workspace};
use super::{Lens, Spot};
use crate::model::DraftId;

/// Commands about lenses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LensCommand {
    /// Switches one on or off.
    Toggle(Lens),
    /// Says what the marks of one mean and goes through these; none puts that away.
    Explain(Option<Lens>),
    /// To the next or previous mark of the lens that is explained.
    Step(i32),
    /// Shows what a term means, by the position of the use among those of the open draft; none puts it away.
    ShowTerm(Option<usize>),
    /// Goes to where a term of the open draft is defined, by its position.
    GoToDefinition(usize),
    /// Goes to the next use of a term of the open draft, from the caret, by its position.
    NextUse(usize),
    /// Counts the words of the open draft against those of another one, or alone.
    Against(Option<DraftId>),
}

impl Workspace {
    pub(in super::super) fn run_lens(&mut self, command: LensCommand) {
        match command {
            LensCommand::Toggle(lens) => self.toggle_lens(lens),
            LensCommand::Explain(lens) => {
                self.view.lens = lens;
                if let Some(lens) = lens.filter(|&l| !self.view.shows(l)) {
                    self.toggle_lens(lens);
                }
            }
            LensCommand::Step(by) => self.step_lens(by),
            LensCommand::ShowTerm(at) => {
                let found = at.and_then(|i| Some((i, self.glass()?.terms.uses.get(i)?.range.start)));
                self.view.term = found.map(|(i, _)| i);
                if let (Some((_, at)), Some(draft)) = (found, self.view.current) {
                    self.view.note = None;
                    self.view.reference = None;
                    self.view.drafts.entry(draft).or_default().selection = Some(Selection { anchor: at, head: at });
                }
            }
            LensCommand::GoToDefinition(term) => {
                let found = self.glass().and_then(|g| g.terms.all.get(term)).map(|t| t.named);
                if let (Some(named), Some(draft)) = (found, self.view.current) {
                    self.go_to(draft, named.start);
                    let words = Selection { anchor: named.start, head: named.end };
                    self.view.drafts.entry(draft).or_default().selection = Some(words);
                }
            }
            LensCommand::NextUse(term) => self.next_use(term),
            LensCommand::Against(draft) => {
                self.view.against = draft.filter(|&d| self.project().is_some_and(|p| p.draft(d).is_some()));
            }
        }
    }

    /// Switches a lens; the one that is switched on is explained, the one that is switched off no longer.
    fn toggle_lens(&mut self, lens: Lens) {
        match lens {
            Lens::Marks => self.view.marks_shown = !self.view.marks_shown,
            Lens::References => {
                self.view.references_shown = !self.view.references_shown;
                self.view.reference = None;
            }
            lens if self.view.lenses.remove(&lens) => {}
            lens => {
                self.view.lenses.insert(lens);
            }
        }
        self.view.term = self.view.term.filter(|_| self.view.shows(Lens::Terms));
        if self.view.shows(lens) {
            self.view.lens = Some(lens);
            self.view.place = Place::Read;
        } else if self.view.lens == Some(lens) {
            self.view.lens = self.view.lenses.first().copied();
        }
    }

    fn step_lens(&mut self, by: i32) {
        let Some(draft) = self.view.current else { return };
        let lens = self.view.lens.or_else(|| self.view.lenses.first().copied()).unwrap_or(Lens::Marks);
        if !self.view.shows(lens) {
            self.toggle_lens(lens);
        }
        self.view.lens = Some(lens);
        self.view.place = Place::Read;
        if lens == Lens::References {
            return self.run_view(ViewCommand::CycleReference(by));
        }
        let spots = self.spots(lens);
        if spots.is_empty() {
            let said = if self.is_looking(lens) { "are being looked for" } else { "are not in this draft" };
            return self.notices.done(format!("{} {said}", lens.name()));
        }
        let selection = self.view.selection();
        let top = self.view.draft_view().reading_at;
        // From the mark one is at, else from the caret if it is in sight, else from the top of the page.
        let near = selection.map(|s| s.range()).filter(|r| r.start >= top && r.start - top <= PAGE);
        let from = near.map_or(top, |r| r.start);
        let here = spots.iter().position(|s| near.is_some_and(|r| s.range.start == r.start));
        let count = spots.len();
        let next = match here {
            Some(at) => (at as i64 + i64::from(by)).rem_euclid(count as i64) as usize,
            None => {
                let after = spots.partition_point(|s| s.range.start < from);
                if by > 0 { after % count } else { (after + count - 1) % count }
            }
        };
        let Some(Spot { range, term }) = spots.get(next).copied() else { return };
        let selection = if term.is_some() {
            Selection { anchor: range.start, head: range.start }
        } else {
            Selection { anchor: range.start, head: range.end }
        };
        self.view.note = None;
        self.view.reference = None;
        self.view.term = term;
        self.view.drafts.entry(draft).or_default().selection = Some(selection);
        self.view.scroll_to(draft, range.start, false);
    }

    fn next_use(&mut self, term: usize) {
        let (Some(glass), Some(draft)) = (self.glass().cloned(), self.view.current) else { return };
        let from = self.view.selection().map_or(0, |s| s.head);
        let uses = || glass.terms.uses.iter().enumerate().filter(|(_, u)| u.term == term);
        let next = uses().find(|(_, u)| u.range.start > from).or_else(|| uses().next());
        match next {
            Some((at, found)) => {
                self.go_to(draft, found.range.start);
                self.view.term = Some(at).filter(|_| self.view.shows(Lens::Terms));
            }
            None => self.notices.done("This term is never used"),
        }
    }
}

/// A caret further below the top of the page than this, in bytes, is not in sight.
const PAGE: usize = 3000;
