//! Files for colleagues: prepared and laid out first, then written as they were laid out; and files of theirs that are
//! encrypted.

use std::path::PathBuf;
use std::sync::Arc;

use crate::export;
use crate::search;
use crate::storage::{self, Passphrase, PseudonymBook, StorageError, Unopened};

use super::super::command::ShareCommand;
use super::super::sharing::{self, Material, Prepared, ShareChoices, ShareWhich};
use super::super::view::Focus;
use super::super::{Outcome, Workspace};

/// A file of a colleague's that waits for its passphrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedFile {
    /// The file.
    pub path: PathBuf,
    /// The passphrase that was given did not open it.
    pub refused: bool,
    /// It is to be taken in with a report, instead of with a plan.
    pub(in super::super) reported: bool,
}

/// What is being shared.
#[derive(Default)]
pub struct Sharing {
    prepared: Option<Arc<Prepared>>,
    /// It is being prepared.
    working: bool,
    /// What is to be prepared next.
    wanted: Option<ShareChoices>,
    /// The pseudonyms as they are kept, or will be once a file is written.
    book: Option<PseudonymBook>,
}

impl Sharing {
    /// Forgets what was prepared.
    pub(in super::super) fn put_away(&mut self) {
        (self.prepared, self.wanted) = (None, None);
    }
}

impl Workspace {
    pub(in super::super) fn run_share(&mut self, command: ShareCommand) {
        match command {
            ShareCommand::Prepare(choices) => self.prepare_share(*choices),
            ShareCommand::Write { path, passphrase } => self.write_share(path, passphrase),
            ShareCommand::PutAway => self.sharing.put_away(),
        }
    }

    /// The file that is ready to be written, with an account of it; it may be of earlier choices than the last.
    pub fn prepared(&self) -> Option<&Arc<Prepared>> {
        self.sharing.prepared.as_ref()
    }

    /// How many annotations the list shows, and how many the search has found; none where that is not known now.
    pub fn can_share(&self, which: ShareWhich) -> Option<usize> {
        match which {
            ShareWhich::All => Some(self.derived.everywhere),
            ShareWhich::Listed => Some(self.derived.list.len()),
            ShareWhich::Found => {
                let search = &self.search;
                let is_known = !search.query.trim().is_empty() && search.error.is_none() && !search.is_asking();
                search.results.as_ref().filter(|r| is_known && r.hits.len() == r.total).map(|r| r.total)
            }
        }
    }

    fn prepare_share(&mut self, choices: ShareChoices) {
        if self.project().is_none() {
            self.notices.caution("Open a project first");
            return;
        }
        if self.sharing.working {
            self.sharing.wanted = Some(choices);
            return;
        }
        let keys = match choices.which {
            ShareWhich::All => None,
            ShareWhich::Listed => Some(self.derived.list.iter().map(|r| r.focus).collect()),
            ShareWhich::Found => match self.found_annotations() {
                Some(keys) => Some(keys),
                None => {
                    self.notices.caution("Nothing was prepared, since the search has not found everything yet");
                    return;
                }
            },
        };
        let book = match (!choices.names).then(|| self.pseudonyms()).transpose() {
            Ok(book) => book,
            Err(error) => {
                self.notices.failure(error);
                return;
            }
        };
        let Some(project) = self.snapshot() else { return };
        let material = Material { project, revision: self.revision, keys, book };
        self.sharing.working = true;
        self.tasks.start("Preparing what is shared", false, move |_| {
            Outcome::Prepared(sharing::prepare(choices, material).map(Box::new))
        });
    }

    /// The annotations the search has found, once it has found all.
    fn found_annotations(&self) -> Option<std::collections::BTreeSet<Focus>> {
        self.can_share(ShareWhich::Found)?;
        let query = search::parse(&self.search.query).ok()?;
        let results = self.search.results.as_ref()?;
        Some(sharing::found(self.project()?, &query, &self.search.options, results))
    }

    pub(in super::super) fn take_prepared(&mut self, prepared: Result<Box<Prepared>, String>) {
        self.sharing.working = false;
        match prepared {
            Ok(prepared) if self.open.is_some() => {
                self.sharing.prepared = Some(Arc::from(prepared));
            }
            Ok(_) => {}
            Err(error) => self.notices.failure(error),
        }
        if let Some(choices) = self.sharing.wanted.take() {
            self.prepare_share(choices);
        }
    }

    /// After a task that stopped by a fault: what was being prepared will not come.
    pub(in super::super) fn release_sharing(&mut self) {
        self.sharing.working = self.tasks.running().iter().any(|t| t.name == "Preparing what is shared");
    }

    /// What pseudonyms are made with: as kept, else new, and then the same until it is kept.
    fn pseudonyms(&mut self) -> Result<PseudonymBook, StorageError> {
        if let Some(kept) = PseudonymBook::load(&self.home.config)? {
            return Ok(kept);
        }
        let surroundings = &mut self.surroundings;
        let book = self.sharing.book.get_or_insert_with(|| {
            let mut secret = [0; 32];
            secret[..16].copy_from_slice(&surroundings.fresh().to_be_bytes());
            secret[16..].copy_from_slice(&surroundings.fresh().to_be_bytes());
            PseudonymBook::new(secret)
        });
        Ok(book.clone())
    }

    /// Writes what was prepared: those very bytes, or encrypted.
    fn write_share(&mut self, path: PathBuf, passphrase: Option<Passphrase>) {
        let Some(prepared) = self.sharing.prepared.clone() else {
            self.notices.caution("Nothing was written, since nothing was prepared");
            return;
        };
        if prepared.account.sets.is_empty() {
            self.notices.caution("Nothing was written, since nothing passes what was chosen");
            return;
        }
        let config = self.home.config.clone();
        self.tasks.start("Writing the annotation file", false, move |_| {
            let written = || -> Result<(), String> {
                let sealed = match &passphrase {
                    Some(passphrase) => {
                        Some(storage::seal(prepared.text.as_bytes(), passphrase).map_err(|e| e.to_string())?)
                    }
                    None => None,
                };
                // A file under pseudonyms that can never be continued is worse than none.
                if let Some(book) = &prepared.book {
                    book.save(&config).map_err(|e| e.to_string())?;
                }
                let bytes = sealed.as_deref().unwrap_or(prepared.text.as_bytes());
                export::write_file(&path, bytes).map_err(|e| e.to_string())
            };
            Outcome::Exported(written().map(|()| (path.clone(), Vec::new())))
        });
    }
}

/// Encrypted files of colleagues.
impl Workspace {
    /// The first file that waits for its passphrase.
    pub fn sealed_file(&self) -> Option<&SealedFile> {
        self.sealed.first()
    }

    /// Reads a file of ours, encrypted or not; `reported` says whether a report is wanted of what became of it.
    pub(in super::super) fn open_shared(&mut self, path: PathBuf, passphrase: Option<Passphrase>, reported: bool) {
        if self.project().is_none() {
            self.notices.caution("Open the project first; a colleague's annotations are opened beside one's own");
            return;
        }
        self.sealed.retain(|s| s.path != path);
        self.tasks.start("Reading a colleague's annotations", false, move |_| {
            let read = storage::read_shared_file_at(&path, passphrase.as_ref());
            Outcome::Shared(Box::new(read), path, reported)
        });
    }

    /// Takes what was read from a file of ours, or asks for its passphrase.
    pub(in super::super) fn take_shared(
        &mut self,
        read: Result<Vec<storage::SharedSet>, StorageError>,
        path: PathBuf,
        reported: bool,
    ) {
        if self.open.is_none() {
            return;
        }
        match read {
            Ok(sets) if reported => self.take_in_shared(sets, path),
            Ok(sets) => self.decide_about(sets, &path),
            Err(StorageError::Sealed { why: why @ (Unopened::Asks | Unopened::Refused), .. }) if self.attended => {
                self.sealed.retain(|s| s.path != path);
                self.sealed.push(SealedFile { path, refused: why == Unopened::Refused, reported });
            }
            Err(error) => self.notices.failure(error),
        }
    }

    /// Tries a passphrase on a file that waits for it, or on any other.
    pub(in super::super) fn unseal(&mut self, path: PathBuf, passphrase: Passphrase, reported: bool) {
        let waits = self.sealed.iter().find(|s| s.path == path);
        let reported = reported || waits.is_some_and(|s| s.reported);
        self.open_shared(path, Some(passphrase), reported);
    }
}
