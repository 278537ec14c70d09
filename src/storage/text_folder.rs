//! `drafts/<slug>` and `commentaries/<slug>`: a text, what is kept beside it, and the original file, put in place whole.

use std::fs;
use std::path::{Path, PathBuf};

use super::disk::{self, Disk};
use super::error::{StorageError, io_error};
use super::{backups, layout};
use crate::model::text::sha256;

/// A folder as it is to be.
pub(super) struct TextFolder<'a> {
    /// What holds it: `drafts` or `commentaries`.
    pub parent: &'static str,
    pub slug: &'a str,
    /// The identity of what is in it, as it is written.
    pub id: String,
    pub text: &'a str,
    /// SHA-256 of the text.
    pub text_hash: &'a str,
    /// The name of the original file in it, if there is one.
    pub source: Option<String>,
    /// What is written beside the text when the folder is made.
    pub files: Vec<(&'static str, String)>,
}

impl TextFolder<'_> {
    /// Sees to it that the folder holds its text, and the original file if that waits. What stands beside the text in a
    /// folder that is there already is left to the caller.
    ///
    /// # Errors
    /// [`StorageError::Io`].
    pub fn write(self, disk: &dyn Disk, project: &Path) -> Result<(), StorageError> {
        let folder = layout::inside(project, &format!("{}/{}", self.parent, self.slug));
        let failed = |error| StorageError::Io { doing: "save a text", path: folder.clone(), error };
        let incoming = layout::inside(project, &layout::incoming(&self.id));
        let source = self.source.as_ref().filter(|_| incoming.exists());
        if folder.exists() && !holds(&folder, self.text_hash) {
            // Of one that was taken away, or changed by someone else.
            put_away(disk, project, self.parent, self.slug, &self.id)?;
        }
        if !folder.exists() {
            let parent = folder.parent().unwrap_or(project);
            disk::create_dirs(disk, parent).map_err(failed)?;
            let kept = away_folders(project, self.parent, &self.id).into_iter().find(|f| holds(f, self.text_hash));
            if let Some(away) = kept {
                // One that comes back, as by undo, has its original file with it.
                disk.rename(&away, &folder).and_then(|()| disk.sync_dir(parent)).map_err(failed)?;
                disk::sync_parent(disk, &away).map_err(failed)?;
            } else {
                let temporary = disk::unfinished(&folder);
                if temporary.exists() {
                    disk.remove_dir(&temporary).map_err(failed)?;
                }
                disk.create_dir(&temporary).map_err(failed)?;
                disk.write(&temporary.join(layout::TEXT), self.text.as_bytes()).map_err(failed)?;
                for (name, text) in &self.files {
                    disk.write(&temporary.join(name), text.as_bytes()).map_err(failed)?;
                }
                if let Some(name) = source {
                    disk.duplicate(&incoming, &temporary.join(name)).map_err(failed)?;
                }
                disk.sync_dir(&temporary).map_err(failed)?;
                disk.rename(&temporary, &folder).and_then(|()| disk.sync_dir(parent)).map_err(failed)?;
            }
        }
        if let Some(name) = source {
            let path = folder.join(name);
            if !path.exists() {
                let temporary = disk::unfinished(&path);
                let placed = disk.duplicate(&incoming, &temporary).and_then(|()| disk.rename(&temporary, &path));
                placed.and_then(|()| disk.sync_dir(&folder)).map_err(failed)?;
            }
            // Left behind it would only be placed again.
            disk.remove_file(&incoming).unwrap_or(());
        }
        Ok(())
    }
}

/// Moves a folder to the backups, if there is one.
///
/// # Errors
/// [`StorageError::Io`].
pub(super) fn put_away(
    disk: &dyn Disk,
    project: &Path,
    parent: &str,
    slug: &str,
    id: &str,
) -> Result<(), StorageError> {
    let folder = layout::inside(project, &format!("{parent}/{slug}"));
    if !folder.exists() {
        return Ok(());
    }
    let failed = |error| StorageError::Io { doing: "put a folder away", path: folder.clone(), error };
    let backups = backups::folder(project, parent);
    disk::create_dirs(disk, &backups).map_err(failed)?;
    let mut away = backups.join(id);
    let mut n = 2_u32;
    while away.exists() {
        away = backups.join(format!("{id}-{n}"));
        n += 1;
    }
    disk.rename(&folder, &away).map_err(failed)?;
    disk.sync_dir(&backups).and_then(|()| disk::sync_parent(disk, &folder)).map_err(failed)
}

/// Keeps the bytes a text was made from until its folder is written.
///
/// # Errors
/// [`StorageError::Io`].
pub(super) fn keep_source(disk: &dyn Disk, project: &Path, id: &str, bytes: &[u8]) -> Result<(), StorageError> {
    let path = layout::inside(project, &layout::incoming(id));
    let failed = io_error("keep the original file", &path);
    let made = path.parent().map_or(Ok(()), |folder| disk::create_dirs(disk, folder));
    made.and_then(|()| disk::replace(disk, &path, bytes)).map_err(failed)
}

/// Takes away the original files that wait for texts which never came into the project.
pub(super) fn clear_incoming(disk: &dyn Disk, project: &Path, is_known: impl Fn(&str) -> bool) {
    let folder = project.join(layout::PRIVATE).join("incoming");
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        if !entry.file_name().to_str().is_some_and(&is_known) {
            disk.remove_file(&entry.path()).unwrap_or(());
        }
    }
}

fn away_folders(project: &Path, parent: &str, id: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(backups::folder(project, parent)) else { return Vec::new() };
    let is_its = |p: &PathBuf| p.file_name().is_some_and(|n| n.to_string_lossy().starts_with(id));
    let mut folders: Vec<PathBuf> = entries.flatten().map(|e| e.path()).filter(is_its).collect();
    folders.sort_unstable();
    folders
}

fn holds(folder: &Path, text_hash: &str) -> bool {
    fs::read(folder.join(layout::TEXT)).is_ok_and(|bytes| sha256(&bytes) == text_hash)
}
