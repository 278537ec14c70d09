//! Making a project's folder, and opening it again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use super::checkpoint::{Changes, Checkpoint, Gone};
use super::disk::{self, Disk, SystemDisk};
use super::error::{StorageError, io_error};
use super::journal::{self, Found, Journal};
use super::lock::{self, Holder, Locked};
use super::store::{Access, Beginning, Store};
use super::{backups, layout, read, text_folder};
use crate::model::{DraftId, Project};

/// Stands in the private folder while a new project is being made, so that a second attempt after a crash knows whose
/// the half-made folder is.
const MAKING: &str = "making";

/// A project that was opened.
#[derive(Debug)]
pub struct Opened {
    /// The project, with every step of the journal.
    pub project: Project,
    /// Its place on disk.
    pub store: Store,
    /// Who holds it, where it can only be read. See [`Holder::sentence`]: nobody does where the folder is
    /// write-protected.
    pub read_only: Option<Holder>,
    /// Steps that were in the journal only. They stay there until the next checkpoint.
    pub recovered: usize,
    /// Sentences for the analyst.
    pub notes: Vec<String>,
    /// Drafts whose outline was missing or wrong and is empty now; it must be recognized anew.
    pub needs_outline: Vec<DraftId>,
    /// Drafts whose text is not the one that was imported, so that the ranges of remarks may not fit it.
    pub changed_texts: Vec<DraftId>,
}

/// Makes a new project in a folder, which may be there already if nothing is in it (names that begin with a dot do not
/// count).
///
/// # Errors
/// [`StorageError::NotEmpty`], [`StorageError::ReadOnly`], [`StorageError::BadSlug`], [`StorageError::Io`].
pub fn create(folder: &Path, project: &Project, holder: &Holder) -> Result<Store, StorageError> {
    create_on(Arc::new(SystemDisk), folder, project, holder)
}

/// [`create`] on a disk of the caller's.
///
/// # Errors
/// As [`create`].
#[doc(hidden)]
pub fn create_on(
    disk: Arc<dyn Disk>,
    folder: &Path,
    project: &Project,
    holder: &Holder,
) -> Result<Store, StorageError> {
    for (n, draft) in project.drafts.iter().enumerate() {
        if !layout::is_slug(&draft.slug) || project.drafts[..n].iter().any(|d| d.slug == draft.slug) {
            return Err(StorageError::BadSlug { slug: draft.slug.clone() });
        }
    }
    let mut slugs = BTreeSet::new();
    if let Some(bad) = project.commentaries.values().find(|c| !layout::is_slug(&c.slug) || !slugs.insert(&c.slug)) {
        return Err(StorageError::BadSlug { slug: bad.slug.clone() });
    }
    let failed = |error| StorageError::Io { doing: "make a project", path: folder.to_path_buf(), error };
    let private = folder.join(layout::PRIVATE);
    let making = private.join(MAKING);
    let is_half_made = making.exists() && !layout::is_project(folder);
    if !is_half_made && !is_free(folder).map_err(failed)? {
        return Err(StorageError::NotEmpty { folder: folder.to_path_buf() });
    }
    disk::create_dirs(&*disk, &private).map_err(failed)?;
    let lock = match lock::lock(&*disk, folder, holder)? {
        Locked::Ours(lock, _) => Arc::new(lock),
        Locked::Theirs(holder) => return Err(StorageError::ReadOnly(holder)),
    };
    disk::replace(&*disk, &making, b"").map_err(failed)?;
    disk::replace(&*disk, &private.join(".gitignore"), b"*\n").map_err(failed)?;
    let mut store = Store::begin(Beginning {
        disk: Arc::clone(&disk),
        folder: folder.to_path_buf(),
        access: Access::Ours(lock),
        journal: Journal::after(folder, &Found::default()),
        project,
        changes: Changes::all(project),
        gone: Gone::default(),
        known: super::known::Known::new(),
        set_files: BTreeMap::new(),
    });
    let written = store.checkpoint(project).and_then(Checkpoint::write)?;
    store.finished(written);
    disk.remove_file(&making).map_err(failed)?;
    Ok(store)
}

/// Opens the project in a folder: its files, then the steps of the journal that are not in them yet. Where another
/// window holds it, it is opened for reading only and nothing is written. `now` is the time of day.
///
/// # Errors
/// [`StorageError::NotAProject`], [`StorageError::Damaged`], [`StorageError::Missing`], [`StorageError::Newer`],
/// [`StorageError::TooLarge`], [`StorageError::Io`]. Nothing has been overwritten then.
pub fn open(folder: &Path, holder: &Holder, now: Timestamp) -> Result<Opened, StorageError> {
    open_on(Arc::new(SystemDisk), folder, holder, now)
}

/// [`open`] on a disk of the caller's.
///
/// # Errors
/// As [`open`].
#[doc(hidden)]
pub fn open_on(disk: Arc<dyn Disk>, folder: &Path, holder: &Holder, now: Timestamp) -> Result<Opened, StorageError> {
    if !layout::is_project(folder) {
        return Err(StorageError::NotAProject { folder: folder.to_path_buf() });
    }
    let holder = Holder { since: now, ..holder.clone() };
    let (access, elsewhere) = match lock::lock(&*disk, folder, &holder)? {
        Locked::Ours(lock, elsewhere) => (Access::Ours(Arc::new(lock)), elsewhere),
        Locked::Theirs(holder) => (Access::ReadOnly(holder), None),
    };
    let opened = match &access {
        Access::Ours(_) => {
            tidy(&*disk, folder)?;
            read::read(&*disk, folder, true)
        }
        Access::ReadOnly(_) => read::read(&*disk, folder, false),
    };
    let contents = match (opened, &access) {
        (Ok(contents), _) => contents,
        (Err(error), Access::Ours(lock)) => {
            lock.forget_holder(&*disk);
            return Err(error);
        }
        (Err(error), Access::ReadOnly(_)) => return Err(error),
    };
    let read::Contents { project, known, set_files, journal, recovered, changes, gone, .. } = contents;
    let read::Contents { mut notes, needs_outline, changed_texts, .. } = contents;
    if let Some(left) = elsewhere {
        notes.insert(
            0,
            format!(
                "{} opened this project on {} and has not closed it there; wait until the folder is the same on both \
                 before you change anything",
                left.name, left.machine
            ),
        );
    }
    if matches!(access, Access::Ours(_)) {
        text_folder::clear_incoming(&*disk, folder, |name| {
            name.parse().is_ok_and(|id| project.draft(id).is_some())
                || name.parse().is_ok_and(|id| project.commentaries.contains_key(&id))
        });
        // Files that the journal goes beyond are kept when they are written.
        let commentaries = project.commentaries.values().map(|c| layout::commentary_file(&c.slug));
        let fixed = [layout::PROJECT, layout::CODEBOOK, layout::SEARCHES, layout::SUBMISSIONS].map(str::to_owned);
        for relative in fixed.into_iter().chain(set_files.values().cloned()).chain(commentaries) {
            if layout::inside(folder, &relative).exists() {
                backups::keep_present(&*disk, folder, &relative);
            }
        }
    }
    let read_only = match &access {
        Access::Ours(_) => None,
        Access::ReadOnly(holder) => Some(holder.clone()),
    };
    let journal = Journal::after(folder, &journal);
    let folder = folder.to_path_buf();
    let store =
        Store::begin(Beginning { disk, folder, access, journal, project: &project, changes, gone, known, set_files });
    Ok(Opened { project, store, read_only, recovered, notes, needs_outline, changed_texts })
}

/// Whether nothing that counts is in a folder, or there is none.
fn is_free(folder: &Path) -> io::Result<bool> {
    match fs::read_dir(folder) {
        Ok(entries) => {
            for entry in entries {
                if !entry?.file_name().to_string_lossy().starts_with('.') {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(e) => Err(e),
    }
}

/// Takes away what a crash left half-written.
fn tidy(disk: &dyn Disk, folder: &Path) -> Result<(), StorageError> {
    let private = folder.join(layout::PRIVATE);
    let mut folders = vec![folder.to_path_buf(), private.clone(), private.join("incoming"), private.join("local")];
    folders.push(folder.join(layout::ANNOTATIONS));
    for (parent, doing) in [(layout::DRAFTS, "read the drafts"), (layout::COMMENTARIES, "read the commentaries")] {
        let parent = folder.join(parent);
        match fs::read_dir(&parent) {
            Ok(texts) => folders.extend(texts.flatten().map(|d| d.path())),
            Err(e) if e.kind() == io::ErrorKind::NotFound => {}
            Err(e) => return Err(io_error(doing, &parent)(e)),
        }
        folders.push(parent);
    }
    for folder in folders {
        disk::clear_unfinished(disk, &folder);
    }
    let making = private.join(MAKING);
    if making.exists() {
        disk.remove_file(&making).map_err(io_error("open the project", &making))?;
    }
    let ignore = private.join(".gitignore");
    if !ignore.exists() {
        disk::replace(disk, &ignore, b"*\n").map_err(io_error("open the project", &ignore))?;
    }
    journal::tidy(disk, folder);
    Ok(())
}
