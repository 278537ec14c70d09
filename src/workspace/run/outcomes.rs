//! What finished tasks brought, taken over.

use super::super::outcome::Outcome;
use super::super::{Open, Workspace};
use crate::storage::StorageError;

impl Workspace {
    pub(in super::super) fn take(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Opened(result, folder) => match *result {
                Ok(opened) => {
                    for note in opened.notes {
                        self.notices.caution(note);
                    }
                    let read_only = opened.read_only;
                    let open =
                        Open { project: opened.project, store: opened.store, read_only, unsaved: opened.recovered, saving: false };
                    self.opened(open, &folder);
                }
                Err(error) => {
                    if let StorageError::Damaged { backup: Some(offer), .. } = &error {
                        self.damaged = Some((folder, offer.clone()));
                    }
                    self.notices.failure(error);
                }
            },
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
                    Ok(written) => open.store.finished(written),
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
}
