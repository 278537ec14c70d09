//! Undo and redo.

use crate::model::Edit;

use super::super::history::Step;
use super::super::{Workspace, view::Focus};

impl Workspace {
    pub(in super::super) fn run_undo(&mut self) {
        let Some(step) = self.history.take_undo() else {
            self.notices.done("There is nothing to undo");
            return;
        };
        match self.replay(&step) {
            Some(edits) => {
                if self.search.tagged.take().is_some_and(|at| at + 1 == self.revision) {
                    self.search.untagged = Some(self.revision);
                }
                self.show_step(&step, "Undone");
                self.history.undone(Step { edits, run: None, ..step });
            }
            None => self.history.redone(step),
        }
    }

    pub(in super::super) fn run_redo(&mut self) {
        let Some(step) = self.history.take_redo() else {
            self.notices.done("There is nothing to redo");
            return;
        };
        match self.replay(&step) {
            Some(edits) => {
                if self.search.untagged.take().is_some_and(|at| at + 1 == self.revision) {
                    self.search.tagged = Some(self.revision);
                }
                self.show_step(&step, "Done again");
                self.history.redone(Step { edits, run: None, ..step });
            }
            None => self.history.undone(step),
        }
    }

    /// Applies a step's edits, journal included, and answers with their opposite.
    fn replay(&mut self, step: &Step) -> Option<Vec<Edit>> {
        let open = self.open.as_mut()?;
        if open.read_only.is_some() {
            return None;
        }
        let inverse = match open.project.apply_all(step.edits.iter().cloned()) {
            Ok(inverse) => inverse,
            Err(error) => {
                self.notices.failure(error);
                return None;
            }
        };
        if let Err(error) = open.store.record(&step.edits) {
            if let Err(again) = open.project.apply_all(inverse) {
                self.notices.failure(again);
            }
            self.notices.failure(error);
            return None;
        }
        open.unsaved += 1;
        self.revision += 1;
        Some(inverse)
    }

    /// Brings what a step changed into sight and says what it was.
    fn show_step(&mut self, step: &Step, what: &str) {
        self.notices.done(format!("{what}: {}", step.label));
        let project = self.open.as_ref().map(|o| &o.project);
        if let Some((draft, range)) = step.look.place.filter(|(d, _)| project.is_some_and(|p| p.draft(*d).is_some())) {
            self.view.open_draft(draft);
            self.view.scroll_to(draft, range.start, false);
        }
        self.view.focus = step
            .look
            .annotation
            .filter(|(a, id)| project.is_some_and(|p| p.annotation(*a, *id).is_some()))
            .map(|(analyst, annotation)| Focus { analyst, annotation });
        self.view.tabs.retain(|t| project.is_some_and(|p| p.draft(*t).is_some()));
        if self.view.current.is_some_and(|d| project.is_some_and(|p| p.draft(d).is_none())) {
            self.view.current = self.view.tabs.last().copied();
        }
        self.find_again();
    }
}
