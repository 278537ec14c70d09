//! What finished tasks brought, taken over.

use std::path::Path;
use std::sync::Arc;

use super::super::outcome::Outcome;
use super::super::{Open, Workspace};
use crate::model::{Draft, DraftId, Edit};
use crate::outline;
use crate::storage::Opened;

impl Workspace {
    pub(in super::super) fn take(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Opened(result, folder) => {
                // Another project has been asked for since.
                if self.opening.take_if(|wanted| *wanted == folder).is_none() {
                    return;
                }
                match *result {
                    Ok(opened) => self.take_opened(opened, &folder),
                    Err(error) => {
                        self.damaged = error.backup().map(|offer| (folder, offer.clone()));
                        self.notices.failure(error);
                    }
                }
            }
            Outcome::Imported(results) => {
                for result in results {
                    match result {
                        Ok(proposal) => self.proposals.push(proposal),
                        Err(error) => self.notices.failure(error),
                    }
                }
            }
            Outcome::Saved(result) => {
                let Some(open) = &mut self.open else { return };
                open.saving = false;
                match result {
                    Ok(mut written) => {
                        let notes = std::mem::take(&mut written.notes);
                        open.store.finished(written);
                        for note in notes {
                            self.notices.caution(note);
                        }
                    }
                    Err(error) => {
                        // The journal still holds everything; the next save tries again.
                        open.unsaved = open.unsaved.max(1);
                        self.notices.failure(error);
                    }
                }
            }
            Outcome::Indexed(index, revision, result) => {
                self.indexing = false;
                self.index = index;
                self.indexed = revision;
                if let Err(error) = result {
                    self.notices.failure(error);
                }
                if !self.search.query.is_empty() {
                    let current = self.search.current;
                    self.answer();
                    self.search.current = current;
                }
            }
            Outcome::Exported(Ok(path)) => self.notices.done(format!("Written: {}", path.display())),
            Outcome::Colleague(Ok((set, report))) => self.add_colleague(set, &report),
            Outcome::Commands(commands) => {
                for command in commands {
                    self.run(command);
                }
            }
            Outcome::Exported(Err(error)) | Outcome::Colleague(Err(error)) | Outcome::Failed(error) => {
                self.notices.failure(error);
            }
            Outcome::Cancelled(sentence) => self.notices.done(sentence),
        }
    }

    fn take_opened(&mut self, opened: Opened, folder: &Path) {
        for note in opened.notes {
            self.notices.caution(note);
        }
        let Opened { project, store, read_only, recovered, needs_outline, .. } = opened;
        self.opened(Open { project, store, read_only, unsaved: recovered, saving: false }, folder);
        self.recognize_again(&needs_outline);
    }

    /// Puts outlines in the place of those that could not be read. Not a step of the analyst's: there is no undo.
    fn recognize_again(&mut self, drafts: &[DraftId]) {
        let Some(open) = &mut self.open else { return };
        let mut edits = Vec::new();
        for &id in drafts {
            let (Some(draft), Some(at)) = (open.project.draft(id), open.project.draft_position(id)) else { continue };
            let mut draft = Draft::clone(draft);
            draft.outline = Arc::new(outline::recognize(&draft.text, &[]).outline);
            edits.push(Edit::PutDraft { id, draft: Some(Arc::new(draft)), at });
        }
        if edits.is_empty() {
            return;
        }
        // Where nothing can be written, the outline is only for this session.
        let recorded = if open.read_only.is_some() { Ok(()) } else { open.store.record(&edits) };
        match recorded {
            Ok(()) => open.unsaved += 1,
            Err(error) => self.notices.failure(error),
        }
        if let Err(error) = open.project.apply_all(edits) {
            self.notices.failure(error);
        }
        self.revision += 1;
    }
}
