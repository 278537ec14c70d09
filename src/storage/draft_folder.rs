//! `drafts/<slug>`: the text, the outline, what was printed, and the original file of a draft, put in place whole.

use std::fs;
use std::path::{Path, PathBuf};

use super::checkpoint::written;
use super::disk::{self, Disk};
use super::error::{StorageError, io_error};
use super::format::outline::OutlineV1;
use super::format::printed::PrintedV1;
use super::{backups, layout, ron_text};
use crate::model::text::sha256;
use crate::model::{Draft, DraftId};

/// Sees to it that a draft's folder holds its text, and the original file if that waits. An outline that is there
/// already is left to the caller.
///
/// # Errors
/// [`StorageError::Io`].
pub(super) fn write(disk: &dyn Disk, project: &Path, draft: &Draft) -> Result<(), StorageError> {
    let folder = layout::inside(project, &layout::draft_folder(&draft.slug));
    let failed = |error| StorageError::Io { doing: "save a draft", path: folder.clone(), error };
    let incoming = layout::inside(project, &layout::incoming(draft.id));
    let source = layout::source_name(draft).filter(|_| incoming.exists());
    if folder.exists() && !holds(&folder, draft) {
        // Of a draft that was taken away, or changed by someone else.
        put_away(disk, project, &draft.slug, draft.id)?;
    }
    if !folder.exists() {
        let parent = folder.parent().unwrap_or(project);
        disk::create_dirs(disk, parent).map_err(failed)?;
        if let Some(away) = away_folders(project, draft.id).into_iter().find(|f| holds(f, draft)) {
            // A draft that comes back, as by undo, has its original file with it.
            disk.rename(&away, &folder).and_then(|()| disk.sync_dir(parent)).map_err(failed)?;
            disk::sync_parent(disk, &away).map_err(failed)?;
        } else {
            let temporary = disk::unfinished(&folder);
            if temporary.exists() {
                disk.remove_dir(&temporary).map_err(failed)?;
            }
            disk.create_dir(&temporary).map_err(failed)?;
            disk.write(&temporary.join(layout::TEXT), draft.text.as_bytes()).map_err(failed)?;
            let outline = outline_text(draft)?;
            disk.write(&temporary.join(layout::OUTLINE), outline.as_bytes()).map_err(failed)?;
            let (printed, says_something) = printed_text(draft)?;
            if says_something {
                disk.write(&temporary.join(layout::PRINTED), printed.as_bytes()).map_err(failed)?;
            }
            if let Some(name) = &source {
                disk.duplicate(&incoming, &temporary.join(name)).map_err(failed)?;
            }
            disk.sync_dir(&temporary).map_err(failed)?;
            disk.rename(&temporary, &folder).and_then(|()| disk.sync_dir(parent)).map_err(failed)?;
        }
    }
    if let Some(name) = &source {
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

/// The text of a draft's `outline.ron`.
///
/// # Errors
/// Never in practice: see [`written`].
pub(super) fn outline_text(draft: &Draft) -> Result<String, StorageError> {
    written(ron_text::write(&OutlineV1::of(&draft.outline), 2), layout::OUTLINE)
}

/// The text of a draft's `printed.ron`, and whether it says anything: one that says nothing need not be made.
///
/// # Errors
/// Never in practice: see [`written`].
pub(super) fn printed_text(draft: &Draft) -> Result<(String, bool), StorageError> {
    let printed = PrintedV1::of(draft);
    Ok((written(ron_text::write(&printed, 2), layout::PRINTED)?, !printed.is_nothing()))
}

/// Moves the folder of a draft to the backups, if there is one.
///
/// # Errors
/// [`StorageError::Io`].
pub(super) fn put_away(disk: &dyn Disk, project: &Path, slug: &str, id: DraftId) -> Result<(), StorageError> {
    let folder = layout::inside(project, &layout::draft_folder(slug));
    if !folder.exists() {
        return Ok(());
    }
    let failed = |error| StorageError::Io { doing: "put a draft's folder away", path: folder.clone(), error };
    let parent = away(project);
    disk::create_dirs(disk, &parent).map_err(failed)?;
    let mut away = parent.join(id.to_string());
    let mut n = 2_u32;
    while away.exists() {
        away = parent.join(format!("{id}-{n}"));
        n += 1;
    }
    disk.rename(&folder, &away).map_err(failed)?;
    disk.sync_dir(&parent).and_then(|()| disk::sync_parent(disk, &folder)).map_err(failed)
}

/// Keeps the bytes a draft was made from until its folder is written.
///
/// # Errors
/// [`StorageError::Io`].
pub(super) fn keep_source(disk: &dyn Disk, project: &Path, id: DraftId, bytes: &[u8]) -> Result<(), StorageError> {
    let path = layout::inside(project, &layout::incoming(id));
    let failed = io_error("keep the file a draft was made from", &path);
    let made = path.parent().map_or(Ok(()), |folder| disk::create_dirs(disk, folder));
    made.and_then(|()| disk::replace(disk, &path, bytes)).map_err(failed)
}

/// Takes away the original files that wait for drafts which never came into the project.
pub(super) fn clear_incoming(disk: &dyn Disk, project: &Path, is_known: impl Fn(DraftId) -> bool) {
    let folder = project.join(layout::PRIVATE).join("incoming");
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let id = entry.file_name().to_str().and_then(|name| name.parse().ok());
        if id.is_none_or(|id| !is_known(id)) {
            disk.remove_file(&entry.path()).unwrap_or(());
        }
    }
}

fn away(project: &Path) -> PathBuf {
    backups::folder(project, layout::DRAFTS)
}

fn away_folders(project: &Path, id: DraftId) -> Vec<PathBuf> {
    let prefix = id.to_string();
    let Ok(entries) = fs::read_dir(away(project)) else { return Vec::new() };
    let is_its = |p: &PathBuf| p.file_name().is_some_and(|n| n.to_string_lossy().starts_with(&prefix));
    let mut folders: Vec<PathBuf> = entries.flatten().map(|e| e.path()).filter(is_its).collect();
    folders.sort_unstable();
    folders
}

fn holds(folder: &Path, draft: &Draft) -> bool {
    fs::read(folder.join(layout::TEXT)).is_ok_and(|bytes| sha256(&bytes) == draft.text_hash)
}
