//! A project that is open: its journal, and what has changed since its files were written.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::checkpoint::{Changes, Checkpoint, Gate, Gone, Written};
use super::disk::{self, Disk};
use super::error::{StorageError, io_error};
use super::format::steps::{EditV1, StepV1};
use super::journal::Journal;
use super::known::Known;
use super::lock::{Holder, Lock};
use super::{backups, layout, ron_text, text_folder};
use crate::model::text::sha256;
use crate::model::{
    AnalystId, Commentary, CommentaryId, ConcernId, Draft, DraftId, Edit, KeptFile, Project, SourceFile,
};

/// The largest file of this machine's own that is read, in bytes.
const LARGEST_LOCAL: u64 = 16_000_000;

/// An open project's place on disk. Dropping it without [`Store::close`] loses nothing: the journal has every step.
#[derive(Debug)]
pub struct Store {
    disk: Arc<dyn Disk>,
    folder: PathBuf,
    access: Access,
    journal: Journal,
    /// The order of drafts and concerns as of the last step, with the drafts' folders.
    drafts: Vec<(DraftId, String)>,
    concerns: Vec<ConcernId>,
    /// The folder of each commentary as of the last step.
    commentaries: BTreeMap<CommentaryId, String>,
    gone: Gone,
    changes: Changes,
    /// What is being written now.
    under_way: Option<(u64, Changes)>,
    known: Known,
    set_files: BTreeMap<AnalystId, String>,
    gate: Arc<Gate>,
}

/// Whether we may write.
#[derive(Debug)]
pub(super) enum Access {
    /// We hold the lock.
    Ours(Arc<Lock>),
    /// Someone else does, or nobody can.
    ReadOnly(Holder),
}

/// What a new [`Store`] starts from.
pub(super) struct Beginning<'p> {
    pub disk: Arc<dyn Disk>,
    pub folder: PathBuf,
    pub access: Access,
    pub journal: Journal,
    /// As it is in the files and the journal together.
    pub project: &'p Project,
    pub changes: Changes,
    pub gone: Gone,
    pub known: Known,
    pub set_files: BTreeMap<AnalystId, String>,
}

impl Store {
    pub(super) fn begin(from: Beginning<'_>) -> Self {
        let Beginning { disk, folder, access, journal, project, changes, gone, known, set_files } = from;
        Self {
            disk,
            folder,
            access,
            journal,
            drafts: project.drafts.iter().map(|d| (d.id, d.slug.clone())).collect(),
            concerns: project.codebook.concerns.iter().map(|c| c.id).collect(),
            commentaries: project.commentaries.values().map(|c| (c.id, c.slug.clone())).collect(),
            gone,
            changes,
            under_way: None,
            known,
            set_files,
            gate: Arc::default(),
        }
    }

    /// The project's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the search index may be kept; not for a project that is open for reading only, whose index belongs to
    /// whoever holds it.
    pub fn index_folder(&self) -> PathBuf {
        let folder = self.folder.join(layout::PRIVATE).join("index");
        // Where it cannot be made, the index is kept in memory.
        if self.read_only().is_none() && fs::create_dir_all(&folder).is_err() {
            log::warn!("no folder for the index: {}", folder.display());
        }
        folder
    }

    /// Who holds the project, where nothing can be written.
    pub fn read_only(&self) -> Option<&Holder> {
        match &self.access {
            Access::Ours(_) => None,
            Access::ReadOnly(holder) => Some(holder),
        }
    }

    /// Puts one step of the analyst's into the journal. It is on the disk when this returns.
    ///
    /// # Errors
    /// [`StorageError::ReadOnly`], [`StorageError::BadSlug`], [`StorageError::Io`]; the step is then not in the
    /// project, and the caller must not show it.
    pub fn record(&mut self, edits: &[Edit]) -> Result<(), StorageError> {
        self.lock()?;
        let (mut drafts, mut concerns, mut commentaries) = (None, None, None);
        for edit in edits {
            match edit {
                Edit::PutDraft { id, draft, at } => {
                    let order = drafts.get_or_insert_with(|| self.drafts.clone());
                    let new = draft.as_ref().map(|d| (*id, d.slug.clone()));
                    put(order, |(d, _)| d == id, new, *at);
                    if let Some(draft) = draft {
                        let is_taken = order.iter().any(|(d, slug)| d != id && *slug == draft.slug);
                        if is_taken || !layout::is_slug(&draft.slug) {
                            return Err(StorageError::BadSlug { slug: draft.slug.clone() });
                        }
                    }
                }
                Edit::PutConcern { id, concern, at } => {
                    let order = concerns.get_or_insert_with(|| self.concerns.clone());
                    put(order, |c| c == id, concern.as_ref().map(|_| *id), *at);
                }
                Edit::PutCommentary { id, commentary } => {
                    let folders = commentaries.get_or_insert_with(|| self.commentaries.clone());
                    folders.remove(id);
                    if let Some(commentary) = commentary {
                        let slug = &commentary.slug;
                        if folders.values().any(|s| s == slug) || !layout::is_slug(slug) {
                            return Err(StorageError::BadSlug { slug: slug.clone() });
                        }
                        folders.insert(*id, slug.clone());
                    }
                }
                _ => {}
            }
        }
        let step = StepV1 {
            edits: edits.iter().map(EditV1::of).collect(),
            drafts: drafts.as_ref().map(|d| d.iter().map(|(id, _)| *id).collect()),
            concerns: concerns.clone(),
        };
        let step = super::checkpoint::written(ron_text::write_line(&step), layout::PRIVATE)?;
        self.journal.append(&*self.disk, &step)?;
        if let Some(drafts) = drafts {
            let before = std::mem::replace(&mut self.drafts, drafts);
            for (id, slug) in before {
                if !self.drafts.iter().any(|d| d.0 == id && d.1 == slug) {
                    self.gone.drafts.insert(id, slug);
                }
            }
        }
        if let Some(concerns) = concerns {
            self.concerns = concerns;
        }
        if let Some(commentaries) = commentaries {
            let before = std::mem::replace(&mut self.commentaries, commentaries);
            for (id, slug) in before {
                if self.commentaries.get(&id) != Some(&slug) {
                    self.gone.commentaries.insert(id, slug);
                }
            }
        }
        for edit in edits {
            self.changes.add(edit);
        }
        Ok(())
    }

    /// Keeps the bytes a draft was made from; call it before [`Store::record`] of the draft. They are on the disk when
    /// this returns, and come to stand beside the draft's text as `source.<ext>`.
    ///
    /// # Errors
    /// [`StorageError::ReadOnly`], [`StorageError::Io`].
    pub fn keep_source(&self, draft: &Draft, bytes: &[u8]) -> Result<(), StorageError> {
        self.lock()?;
        text_folder::keep_source(&*self.disk, &self.folder, &draft.id.to_string(), bytes)
    }

    /// The same for the bytes a commentary was made from.
    ///
    /// # Errors
    /// [`StorageError::ReadOnly`], [`StorageError::Io`].
    pub fn keep_commentary_source(&self, commentary: &Commentary, bytes: &[u8]) -> Result<(), StorageError> {
        self.lock()?;
        text_folder::keep_source(&*self.disk, &self.folder, &commentary.id.to_string(), bytes)
    }

    /// Keeps a file that a submission uses in the project's folder, and answers with how to find it again; call it before
    /// [`Store::record`] of the submission. It is on the disk when this returns.
    ///
    /// # Errors
    /// [`StorageError::ReadOnly`], [`StorageError::Io`].
    pub fn keep_file(&self, name: &str, bytes: &[u8]) -> Result<KeptFile, StorageError> {
        self.lock()?;
        let file = KeptFile { name: name.to_owned(), sha256: sha256(bytes) };
        let path = self.kept_file(&file);
        if fs::read(&path).is_ok_and(|there| there == bytes) {
            return Ok(file);
        }
        let made = path.parent().map_or(Ok(()), |folder| disk::create_dirs(&*self.disk, folder));
        made.and_then(|()| disk::replace(&*self.disk, &path, bytes)).map_err(io_error("keep a file", &path))?;
        Ok(file)
    }

    /// Where a file stands that a submission uses.
    pub fn kept_file(&self, file: &KeptFile) -> PathBuf {
        layout::inside(&self.folder, &layout::kept_file(file))
    }

    /// Where the file stands that a draft was made from, if it was made from one and that is there.
    pub fn source(&self, draft: &Draft) -> Option<PathBuf> {
        self.original(draft.source.as_ref(), &layout::draft_folder(&draft.slug), &draft.id.to_string())
    }

    /// Where the file stands that a commentary was made from, if it was made from one and that is there.
    pub fn commentary_source(&self, commentary: &Commentary) -> Option<PathBuf> {
        let folder = layout::commentary_folder(&commentary.slug);
        self.original(commentary.source.as_ref(), &folder, &commentary.id.to_string())
    }

    /// Whether a folder for a commentary is there already, also one that could not be read.
    pub fn is_commentary_folder(&self, slug: &str) -> bool {
        self.commentaries.values().any(|s| s == slug)
            || layout::inside(&self.folder, &layout::commentary_folder(slug)).exists()
    }

    fn original(&self, source: Option<&SourceFile>, folder: &str, id: &str) -> Option<PathBuf> {
        let kept = layout::inside(&self.folder, folder).join(layout::source_name(source)?);
        // A file without its ending is opened by no program, but better than none.
        let waiting = layout::inside(&self.folder, &layout::incoming(id));
        [kept, waiting].into_iter().find(|p| p.is_file())
    }

    /// Whether there is anything that only the journal has.
    pub fn is_unsaved(&self) -> bool {
        let Changes { project, codebook, sets, drafts, commentaries, searches, submissions } = &self.changes;
        let parts = !sets.is_empty() || !drafts.is_empty() || !commentaries.is_empty();
        *project || *codebook || *searches || *submissions || parts || self.under_way.is_some()
    }

    /// Takes the present state of what has changed, to be written by [`Checkpoint::write`], on another thread if one
    /// likes. `project` must be as the steps recorded so far have made it. A checkpoint made before and not finished
    /// yet is overtaken: this one writes what that one would have.
    ///
    /// # Errors
    /// [`StorageError::ReadOnly`].
    pub fn checkpoint(&mut self, project: &Project) -> Result<Checkpoint, StorageError> {
        let lock = self.lock()?;
        let mut changes = std::mem::take(&mut self.changes);
        if let Some((_, before)) = self.under_way.take() {
            changes.merge(before);
        }
        let number = self.gate.latest.fetch_add(1, Ordering::SeqCst) + 1;
        self.under_way = Some((number, changes.clone()));
        let sets = changes.sets.iter().filter_map(|id| Some((*id, project.sets.get(id)?.clone()))).collect();
        let snapshot = Project {
            id: project.id,
            details: project.details.clone(),
            drafts: project.drafts.clone(),
            codebook: project.codebook.clone(),
            sets,
            commentaries: project.commentaries.clone(),
            searches: project.searches.clone(),
            submissions: project.submissions.clone(),
        };
        Ok(Checkpoint {
            number,
            disk: Arc::clone(&self.disk),
            folder: self.folder.clone(),
            changes,
            project: snapshot,
            gone: self.gone.clone(),
            known: self.known.clone(),
            set_files: self.set_files.clone(),
            through: self.journal.rotate(),
            gate: Arc::clone(&self.gate),
            _lock: Some(lock),
        })
    }

    /// Takes note that a checkpoint was written: the steps in it leave the journal.
    pub fn finished(&mut self, written: Written) {
        if self.under_way.as_ref().is_none_or(|(number, _)| *number != written.number) {
            return;
        }
        self.under_way = None;
        self.known = written.known;
        self.set_files = written.set_files;
        self.journal.drop_through(&*self.disk, written.through);
        // A folder is only forgotten once it is away; a draft taken away since then stays on the list.
        let folder = &self.folder;
        let is_there = |relative: String| layout::inside(folder, &relative).exists();
        self.gone.drafts.retain(|_, slug| is_there(layout::draft_folder(slug)));
        self.gone.commentaries.retain(|_, slug| is_there(layout::commentary_folder(slug)));
    }

    /// Writes what has changed and lets go of the project.
    ///
    /// # Errors
    /// [`StorageError::Io`]; the journal then still has everything, and the next start will read it.
    pub fn close(mut self, project: &Project) -> Result<(), StorageError> {
        let Access::Ours(lock) = &self.access else { return Ok(()) };
        let lock = Arc::clone(lock);
        let saved = self.checkpoint(project).and_then(Checkpoint::write);
        if let Ok(written) = saved {
            let sets = written.set_files.values().cloned();
            let commentaries = self.commentaries.values().map(|slug| layout::commentary_file(slug));
            let fixed = [layout::PROJECT, layout::CODEBOOK, layout::SEARCHES, layout::SUBMISSIONS].map(str::to_owned);
            for relative in fixed.into_iter().chain(sets).chain(commentaries) {
                backups::keep_present(&*self.disk, &self.folder, &relative);
            }
            self.finished(written);
            lock.forget_holder(&*self.disk);
            return Ok(());
        }
        lock.forget_holder(&*self.disk);
        saved.map(|_| ())
    }

    /// What this machine keeps beside the project under a plain name, such as what was looked at last.
    pub fn read_local(&self, name: &str) -> Option<String> {
        let path = self.local(name)?;
        let small = fs::metadata(&path).is_ok_and(|m| m.len() <= LARGEST_LOCAL);
        fs::read_to_string(path).ok().filter(|_| small)
    }

    /// Keeps a text beside the project for this machine, under a plain name. Of no use to other people or programs.
    ///
    /// # Errors
    /// [`StorageError::ReadOnly`], [`StorageError::Io`].
    pub fn write_local(&self, name: &str, text: &str) -> Result<(), StorageError> {
        if let Access::ReadOnly(holder) = &self.access {
            return Err(StorageError::ReadOnly(holder.clone()));
        }
        let Some(path) = self.local(name) else {
            let error = std::io::Error::new(std::io::ErrorKind::InvalidInput, "the name is not a plain one");
            return Err(io_error("keep a file", Path::new(name))(error));
        };
        let folder = path.parent().unwrap_or(&self.folder);
        let written =
            disk::create_dirs(&*self.disk, folder).and_then(|()| disk::replace(&*self.disk, &path, text.as_bytes()));
        written.map_err(io_error("keep a file", &path))
    }

    fn local(&self, name: &str) -> Option<PathBuf> {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"._-".contains(&b);
        let proper = !name.is_empty() && !name.starts_with('.') && name.bytes().all(plain);
        proper.then(|| self.folder.join(layout::PRIVATE).join("local").join(name))
    }

    fn lock(&self) -> Result<Arc<Lock>, StorageError> {
        match &self.access {
            Access::Ours(lock) => Ok(Arc::clone(lock)),
            Access::ReadOnly(holder) => Err(StorageError::ReadOnly(holder.clone())),
        }
    }
}

/// What [`Project::apply`] does to a list.
fn put<T>(list: &mut Vec<T>, is: impl Fn(&T) -> bool, new: Option<T>, at: usize) {
    list.retain(|item| !is(item));
    if let Some(new) = new {
        list.insert(at.min(list.len()), new);
    }
}
