//! Writing the project's files: what the journal holds since the last time, file by file, each in one step.
//!
//! Order matters nowhere but at the end: `project.ron` names the drafts, so their folders are written before it and
//! taken away after it. A crash between any two operations leaves files of which some have the changes and some have
//! not, and the journal, whose replay makes the same of either.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::annotation_file::write_annotation_file;
use super::disk::{self, Disk};
use super::draft_folder;
use super::error::{StorageError, io_error};
use super::format::codebook::CodebookV1;
use super::format::project::ProjectV1;
use super::format::searches::SearchesV1;
use super::format::submissions::SubmissionsV1;
use super::known::{Fingerprint, Known};
use super::lock::Lock;
use super::{backups, layout, ron_text, text_folder};
use crate::model::{AnalystId, CommentaryId, DraftId, Edit, Project};

/// What has changed since the files were written.
#[derive(Clone, Debug, Default)]
pub(super) struct Changes {
    pub project: bool,
    pub codebook: bool,
    pub sets: BTreeSet<AnalystId>,
    pub drafts: BTreeSet<DraftId>,
    pub commentaries: BTreeSet<CommentaryId>,
    pub searches: bool,
    pub submissions: bool,
}

impl Changes {
    /// Everything in a project.
    pub fn all(project: &Project) -> Self {
        Self {
            project: true,
            codebook: true,
            sets: project.sets.keys().copied().collect(),
            drafts: project.drafts.iter().map(|d| d.id).collect(),
            commentaries: project.commentaries.keys().copied().collect(),
            searches: !project.searches.is_empty(),
            submissions: !project.submissions.is_empty(),
        }
    }

    /// Counts an edit.
    pub fn add(&mut self, edit: &Edit) {
        match edit {
            Edit::PutDetails(_) | Edit::PutDraftDetails { .. } => self.project = true,
            Edit::PutDraft { id, .. } => {
                self.project = true;
                self.drafts.insert(*id);
            }
            Edit::PutConcern { .. } => self.codebook = true,
            Edit::PutAnalyst(analyst) => {
                self.sets.insert(analyst.id);
            }
            Edit::PutSet { analyst, .. }
            | Edit::PutAnnotation { analyst, .. }
            | Edit::PutRead { analyst, .. }
            | Edit::PutReply { analyst, .. } => {
                self.sets.insert(*analyst);
            }
            Edit::PutCommentary { id, .. }
            | Edit::PutCommentaryDetails { id, .. }
            | Edit::PutDecision { commentary: id, .. } => {
                self.commentaries.insert(*id);
            }
            Edit::PutSearch { .. } => self.searches = true,
            Edit::PutSubmission { .. } => self.submissions = true,
        }
    }

    /// Counts what another holds.
    pub fn merge(&mut self, other: Self) {
        self.project |= other.project;
        self.codebook |= other.codebook;
        self.sets.extend(other.sets);
        self.drafts.extend(other.drafts);
        self.commentaries.extend(other.commentaries);
        self.searches |= other.searches;
        self.submissions |= other.submissions;
    }
}

/// The folders of what was taken away since the files were written.
#[derive(Clone, Debug, Default)]
pub(super) struct Gone {
    pub drafts: BTreeMap<DraftId, String>,
    pub commentaries: BTreeMap<CommentaryId, String>,
}

/// Lets one checkpoint of a project write at a time, and none after a later one was made.
#[derive(Debug, Default)]
pub(super) struct Gate {
    /// The number of the latest checkpoint.
    pub latest: AtomicU64,
    busy: Mutex<()>,
}

/// A state of the project on its way to its files. Can be sent to another thread.
#[derive(Debug)]
pub struct Checkpoint {
    pub(super) number: u64,
    pub(super) disk: Arc<dyn Disk>,
    pub(super) folder: PathBuf,
    pub(super) changes: Changes,
    /// With only those sets that have changed.
    pub(super) project: Project,
    /// The folders that may have to be taken away.
    pub(super) gone: Gone,
    pub(super) known: Known,
    pub(super) set_files: BTreeMap<AnalystId, String>,
    /// The last segment of the journal whose steps are in it.
    pub(super) through: u64,
    pub(super) gate: Arc<Gate>,
    /// Keeps the project ours until the files are written.
    pub(super) _lock: Option<Arc<Lock>>,
}

/// What was written; give it to [`Store::finished`](super::Store::finished).
#[derive(Debug)]
pub struct Written {
    /// Sentences for the analyst: files that someone else had changed and that were kept aside.
    pub notes: Vec<String>,
    pub(super) number: u64,
    pub(super) known: Known,
    pub(super) set_files: BTreeMap<AnalystId, String>,
    pub(super) through: u64,
}

impl Checkpoint {
    /// Writes what has changed: each file beside its place, to the disk, then into its place; a backup of the old one
    /// first. A checkpoint that a later one has overtaken writes nothing.
    ///
    /// # Errors
    /// [`StorageError::Io`]. The journal still has everything; the next checkpoint writes it all again.
    pub fn write(mut self) -> Result<Written, StorageError> {
        let gate = Arc::clone(&self.gate);
        let busy = gate.busy.lock().unwrap_or_else(PoisonError::into_inner);
        let mut notes = Vec::new();
        if gate.latest.load(Ordering::SeqCst) == self.number {
            self.write_files(&mut notes)?;
        }
        drop(busy);
        let Self { number, known, set_files, through, .. } = self;
        Ok(Written { notes, number, known, set_files, through })
    }

    fn write_files(&mut self, notes: &mut Vec<String>) -> Result<(), StorageError> {
        for id in self.changes.drafts.clone() {
            if let Some(draft) = self.project.draft(id).cloned() {
                draft_folder::write(&*self.disk, &self.folder, &draft)?;
                let outline = draft_folder::outline_text(&draft)?;
                self.save(&layout::draft_outline(&draft.slug), &outline, notes)?;
                let relative = layout::draft_printed(&draft.slug);
                let (printed, says_something) = draft_folder::printed_text(&draft)?;
                if says_something || layout::inside(&self.folder, &relative).exists() {
                    self.save(&relative, &printed, notes)?;
                }
            }
        }
        for id in self.changes.commentaries.clone() {
            if let Some(commentary) = self.project.commentaries.get(&id).cloned() {
                draft_folder::write_commentary(&*self.disk, &self.folder, &commentary)?;
                let text = draft_folder::commentary_text(&commentary)?;
                self.save(&layout::commentary_file(&commentary.slug), &text, notes)?;
            }
        }
        if self.changes.codebook {
            let text = ron_text::write(&CodebookV1::of(&self.project.codebook), 3);
            let text = written(text, layout::CODEBOOK)?;
            self.save(layout::CODEBOOK, &text, notes)?;
        }
        if self.changes.searches {
            let text = written(ron_text::write(&SearchesV1::of(&self.project.searches), 3), layout::SEARCHES)?;
            self.save(layout::SEARCHES, &text, notes)?;
        }
        if self.changes.submissions {
            let file = SubmissionsV1::of(&self.project.submissions);
            let text = written(ron_text::write(&file, 4), layout::SUBMISSIONS)?;
            self.save(layout::SUBMISSIONS, &text, notes)?;
        }
        let mut removed = Vec::new();
        for analyst in self.changes.sets.clone() {
            let Some(set) = self.project.sets.get(&analyst) else {
                removed.extend(self.set_files.remove(&analyst));
                continue;
            };
            let text = write_annotation_file(&self.project, set);
            let relative = match self.set_files.get(&analyst) {
                Some(relative) => relative.clone(),
                None => {
                    let taken = |name: &str| {
                        self.set_files.values().any(|f| f == name) || layout::inside(&self.folder, name).exists()
                    };
                    layout::annotation_file(&set.analyst.name, taken)
                }
            };
            self.set_files.insert(analyst, relative.clone());
            self.save(&relative, &text, notes)?;
        }
        if self.changes.project {
            let file = ProjectV1::of(self.project.id, &self.project.details, &self.project.drafts);
            let text = written(ron_text::write(&file, 3), layout::PROJECT)?;
            self.save(layout::PROJECT, &text, notes)?;
        }
        for relative in removed {
            self.remove_set(&relative)?;
        }
        for (id, slug) in &self.gone.drafts {
            let is_taken = self.project.drafts.iter().any(|d| d.id == *id || d.slug == *slug);
            if !is_taken {
                text_folder::put_away(&*self.disk, &self.folder, layout::DRAFTS, slug, &id.to_string())?;
            }
        }
        for (id, slug) in &self.gone.commentaries {
            let is_taken = self.project.commentaries.values().any(|c| c.id == *id || c.slug == *slug);
            if !is_taken {
                text_folder::put_away(&*self.disk, &self.folder, layout::COMMENTARIES, slug, &id.to_string())?;
                self.known.remove(&layout::commentary_file(slug));
            }
        }
        Ok(())
    }

    /// Puts a text in the place of a file, unless it is there already.
    fn save(&mut self, relative: &str, text: &str, notes: &mut Vec<String>) -> Result<(), StorageError> {
        let path = layout::inside(&self.folder, relative);
        let failed = |error| StorageError::Io { doing: "save a file", path: path.clone(), error };
        let before = self.known.get(relative);
        let mut new = Fingerprint::new(&path, text.as_bytes());
        if let Some(now) = Fingerprint::now(&path, before).map_err(failed)? {
            if now.hash == new.hash {
                self.known.insert(relative.to_owned(), now);
                return Ok(());
            }
            if before.is_some_and(|b| b.hash == now.hash) {
                backups::keep(&*self.disk, &self.folder, relative)?;
            } else {
                let kept = self.keep_theirs(&path).map_err(failed)?;
                notes.push(format!(
                    "Another program changed {relative} while the project was open; its version is kept beside it: {}",
                    kept.display()
                ));
            }
        } else if let Some(parent) = path.parent() {
            disk::create_dirs(&*self.disk, parent).map_err(failed)?;
        }
        disk::replace(&*self.disk, &path, text.as_bytes()).map_err(failed)?;
        new = Fingerprint::new(&path, text.as_bytes());
        self.known.insert(relative.to_owned(), new);
        Ok(())
    }

    /// Gives a file that someone else has changed a second name beside it, by the time it was changed.
    fn keep_theirs(&self, path: &Path) -> std::io::Result<PathBuf> {
        let when = backups::saved_at(path)?.strftime("%Y-%m-%d %H.%M.%S");
        let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        let extension = path.extension().map(|e| format!(".{}", e.to_string_lossy())).unwrap_or_default();
        let mut kept = path.with_file_name(format!("{stem} (changed elsewhere {when}){extension}"));
        let mut n = 2_u32;
        while kept.exists() && fs::read(&kept)? != fs::read(path)? {
            kept = path.with_file_name(format!("{stem} (changed elsewhere {when}, {n}){extension}"));
            n += 1;
        }
        if !kept.exists() {
            self.disk.duplicate(path, &kept)?;
            disk::sync_parent(&*self.disk, &kept)?;
        }
        Ok(kept)
    }

    /// Takes an annotation file out of the project; its last state is among the backups.
    fn remove_set(&mut self, relative: &str) -> Result<(), StorageError> {
        let path = layout::inside(&self.folder, relative);
        if path.exists() {
            backups::keep(&*self.disk, &self.folder, relative)?;
            let removed = self.disk.remove_file(&path).and_then(|()| disk::sync_parent(&*self.disk, &path));
            removed.map_err(io_error("take an annotation file away", &path))?;
        }
        self.known.remove(relative);
        Ok(())
    }
}

/// The text of a file, or the error of one that could not be put into words.
pub(super) fn written(text: Result<String, ron::Error>, relative: &str) -> Result<String, StorageError> {
    text.map_err(|e| io_error("save a file", Path::new(relative))(std::io::Error::other(e)))
}
