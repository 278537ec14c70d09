//! Drafts: what is said of proposed ones; details, order and originals of those that are in the project.

use std::path::{Path, PathBuf};

use crate::export;
use crate::import::Choices;
use crate::model::{Draft, DraftDetails, DraftId, Edit, TextRange};

use super::super::Workspace;
use super::super::command::DraftCommand;
use super::super::history::Look;
use super::super::proposal::{Fate, ImportReport};

impl Workspace {
    pub(in super::super) fn run_draft(&mut self, command: DraftCommand) {
        match command {
            DraftCommand::Import(paths) => self.import(paths, Choices::default()),
            DraftCommand::ImportWith(paths, choices) => self.import(paths, choices),
            DraftCommand::Correct { at, details } => {
                if let Some(proposal) = self.proposals.get_mut(at) {
                    proposal.details = details;
                }
            }
            DraftCommand::SetTitle { at, title } => {
                if let Some(proposal) = self.proposals.get_mut(at) {
                    let title = title.trim().to_owned();
                    let recognized = proposal.reading.outline.title.as_deref().unwrap_or_default();
                    proposal.title = Some(title).filter(|t| t != recognized && !t.is_empty());
                    proposal.put_title();
                }
            }
            DraftCommand::Choose { at, choices } => self.choose(at, choices),
            DraftCommand::TakeApart { at, by } => self.take_apart(at, by),
            DraftCommand::Reshape { at, range, reshape } => self.reshape(at, range, reshape),
            DraftCommand::TakeBack(at) => self.take_back(at),
            DraftCommand::Trust { at, trusted } => {
                if let Some(proposal) = self.proposals.get_mut(at) {
                    proposal.trusted = trusted;
                }
            }
            DraftCommand::WithComments { at, wanted } => {
                if let Some(proposal) = self.proposals.get_mut(at) {
                    proposal.with_comments = wanted;
                }
            }
            DraftCommand::LeaveOut(at) => {
                if at < self.proposals.len() {
                    let number = self.proposals.remove(at).number;
                    if let Some(report) = &mut self.report {
                        report.settle(number, Fate::LeftOut);
                    }
                    self.report = self.report.take().filter(|r| r.is_wanting());
                    self.follow_import();
                }
            }
            DraftCommand::Accept => {
                self.accept();
                self.follow_import();
            }
            DraftCommand::Dismiss => {
                self.proposals.clear();
                for (_, why) in self.report.take().iter().flat_map(ImportReport::not_read) {
                    self.notices.dismiss_text(why);
                }
                self.follow_import();
            }
            DraftCommand::SaveReport(path) => self.save_report(&path),
            DraftCommand::SetDetails { id, details } => self.set_draft_details(id, details),
            DraftCommand::Move { id, to } => {
                let Some(project) = self.project() else { return };
                let (Some(draft), Some(at)) = (project.draft(id).cloned(), project.draft_position(id)) else { return };
                let to = to.min(project.drafts.len() - 1);
                if at == to {
                    return;
                }
                let label = format!("move {} in the order", draft.name());
                self.commit(label, Look::default(), None, vec![Edit::PutDraft { id, draft: Some(draft), at: to }]);
            }
            DraftCommand::Remove(id) => self.remove_draft(id),
        }
    }

    fn set_draft_details(&mut self, id: DraftId, details: DraftDetails) {
        let Some(draft) = self.project().and_then(|p| p.draft(id)) else { return };
        if details.label.trim().is_empty() {
            self.notices.caution("A draft needs a label, such as Rev.1");
            return;
        }
        if draft.details != details {
            let label = format!("change the details of {}", draft.name());
            self.commit(label, Look::default(), None, vec![Edit::PutDraftDetails { id, details }]);
        }
    }

    fn remove_draft(&mut self, id: DraftId) {
        let Some(project) = self.project() else { return };
        let Some(draft) = project.draft(id) else { return };
        let standing = project.annotations().filter(|(_, a)| a.placements.contains_key(&id)).count();
        if standing > 0 {
            let text = format!(
                "{} carries {standing} annotation{}; a draft with annotations is kept",
                draft.name(),
                if standing == 1 { "" } else { "s" }
            );
            self.notices.caution(text);
            return;
        }
        let commentaries = project.commentaries.values().filter(|c| c.draft == id).count();
        if commentaries > 0 {
            let plural = if commentaries == 1 { "y speaks" } else { "ies speak" };
            let text = format!("{commentaries} commentar{plural} about {}; remove it first", draft.name());
            self.notices.caution(text);
            return;
        }
        let label = format!("remove {}", draft.name());
        let at = project.draft_position(id).unwrap_or_default();
        if self.commit(label, look_at(id), None, vec![Edit::PutDraft { id, draft: None, at }]) {
            self.view.tabs.retain(|&t| t != id);
            if self.view.current == Some(id) {
                self.view.current = None;
                if let Some(&next) = self.view.tabs.last() {
                    self.open_draft(next);
                }
            }
        }
    }
}

/// The files behind drafts.
impl Workspace {
    /// The file a draft was made from, if it was made from one and that is there.
    pub fn original_of(&self, draft: &Draft) -> Option<PathBuf> {
        self.open.as_ref()?.store.source(draft)
    }

    fn save_report(&mut self, path: &Path) {
        let Some(report) = &self.report else { return };
        match export::write_file(path, report.text().as_bytes()) {
            Ok(()) => self.notices.done(format!("Written: {}", path.display())),
            Err(error) => self.notices.failure(error),
        }
    }
}

/// The beginning of a draft.
pub(super) fn look_at(draft: DraftId) -> Look {
    Look { place: Some((draft, TextRange::default())), annotation: None }
}
