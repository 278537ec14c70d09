//! What finished tasks brought, taken over.

use std::path::Path;

use super::super::command::ColleagueCommand;
use super::super::outcome::Outcome;
use super::super::{Damaged, Open, Workspace};
use crate::storage::{Opened, StorageError};

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
                        if let (StorageError::Damaged { .. } | StorageError::Missing { .. }, Some(file)) =
                            (&error, error.path())
                        {
                            let (file, backup) = (file.to_owned(), error.backup().cloned());
                            self.damaged = Some(Damaged { folder, file, backup });
                        }
                        self.notices.failure(error);
                    }
                }
            }
            Outcome::Imported(batch) => self.take_batch(batch),
            Outcome::Read { of, work, result } => self.take_read(of, work, *result),
            Outcome::Apart { of, work, result } => self.take_parts(of, work, result),
            Outcome::Recognized { of, work, reading, hints } => self.take_recognized(of, work, *reading, hints),
            Outcome::Commentary(read) => self.take_commentary(*read),
            Outcome::Reviewed(id, read) => {
                let (basis, notes) = *read;
                self.reviews.take(id, basis, notes);
                self.reviewed = None;
            }
            Outcome::Searched(searched) => self.take_searched(*searched),
            Outcome::References(draft, found) => self.take_references(draft, *found),
            Outcome::Words(draft, found) => self.take_words(draft, *found),
            Outcome::Compared(drafts, found) => self.take_compared(drafts, *found),
            Outcome::Followed(number, found) => self.take_followed(number, found.map(|f| *f)),
            Outcome::Carried { way, findings, put, revision } => self.take_carried(way, findings, put, revision),
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
                        self.save_failed = Some(self.revision);
                        self.notices.failure(error);
                    }
                }
            }
            Outcome::Indexed(index, revision, result) => {
                self.indexing = false;
                self.index = index.map(|index| *index);
                match result {
                    Ok(()) => self.indexed = revision,
                    Err(error) => {
                        // What was not indexed must not read as "nothing found".
                        self.index_failed = Some(self.revision);
                        self.search.results = None;
                        if self.open.is_some() && !self.closing {
                            let said = "The search is not prepared; change the question to prepare it";
                            self.notices.caution(format!("{said} ({error})"));
                        }
                        return;
                    }
                }
                self.index_came();
            }
            Outcome::Composed(_) | Outcome::LaidOut(_) | Outcome::Drawn(_) | Outcome::Submitted(_) => {
                self.take_paper(outcome);
            }
            Outcome::Exported(Ok((path, left))) => self.say_written(&path, &left),
            Outcome::Prepared(prepared) => self.take_prepared(prepared),
            Outcome::Shared(read, path, reported) => self.take_shared(*read, path, reported),
            Outcome::Exchanged(Ok(read), _, revision) if revision == self.revision => self.add_exchanged(*read),
            // The project changed meanwhile: read it anew.
            Outcome::Exchanged(Ok(_), path, _) => self.run_colleague(ColleagueCommand::TakeIn(path)),
            Outcome::Planned(path, planned) => match planned {
                Some(planned) => self.take_plan(&path, *planned),
                None => self.put_plan_away(&path),
            },
            Outcome::Commands(commands) => {
                for command in commands {
                    self.run(command);
                }
            }
            Outcome::Failed(error) => {
                self.release_proposals();
                self.release_comparisons();
                self.release_search();
                self.release_sharing();
                self.release_paper();
                self.indexing = self.tasks.running().iter().any(|t| t.name == super::super::searching::PREPARING);
                self.notices.failure(error);
            }
            Outcome::Exported(Err(error)) | Outcome::Exchanged(Err(error), ..) => {
                self.notices.failure(error);
            }
            Outcome::Cancelled(sentence) => self.notices.done(sentence),
        }
    }

    fn take_opened(&mut self, opened: Opened, folder: &Path) {
        for note in opened.notes {
            self.notices.caution(note);
        }
        let Opened { project, store, read_only, recovered, needs_outline, changed_texts, .. } = opened;
        self.opened(Open { project, store, read_only, unsaved: recovered, saving: false }, folder);
        self.mend(&needs_outline, &changed_texts);
    }
}
