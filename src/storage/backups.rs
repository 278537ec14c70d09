//! Earlier states of every file, under `.travaux/backups/<the file>/<when it was saved>.ron`.
//!
//! Kept of each file: the newest ten, and the last of each of the fourteen newest days that have one. A backup is a
//! second name for the bytes that the new state then replaces, so it costs no time and is never written to again.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::disk::{self, Disk};
use super::error::{BackupOffer, StorageError, io_error};
use super::{layout, lock, ron_text};
use crate::model::text::sha256;

const NEWEST: usize = 10;
const DAYS: usize = 14;

/// Keeps the state a file has now, before a new one replaces it.
///
/// # Errors
/// [`StorageError::Io`].
pub(super) fn keep(disk: &dyn Disk, project: &Path, relative: &str) -> Result<(), StorageError> {
    let file = layout::inside(project, relative);
    let folder = folder(project, relative);
    let failed = |error| StorageError::Io { doing: "keep a backup", path: file.clone(), error };
    let when = saved_at(&file).map_err(failed)?;
    let kept = folder.join(format!("{}.{}", stamp(when), extension(&file)));
    if kept.exists() {
        // Saved twice within a millisecond; the first of the two is backup enough.
        return Ok(());
    }
    disk::create_dirs(disk, &folder).map_err(failed)?;
    disk.duplicate(&file, &kept).map_err(failed)?;
    prune(disk, &folder);
    Ok(())
}

/// Copies the state a file has now, which has just been read whole or written, unless it is kept already: what damages
/// the file from outside then costs nothing but the damage. A copy and not a second name, since other programs write in
/// place. Best effort: without it there is still the state before.
pub(super) fn keep_present(disk: &dyn Disk, project: &Path, relative: &str) {
    let file = layout::inside(project, relative);
    let folder = folder(project, relative);
    let Ok(when) = saved_at(&file) else { return };
    let kept = folder.join(format!("{}.{}", stamp(when), extension(&file)));
    if kept.exists() {
        return;
    }
    let Ok(bytes) = fs::read(&file) else { return };
    let copied = disk::create_dirs(disk, &folder).and_then(|()| disk::replace(disk, &kept, &bytes));
    if copied.is_ok() {
        prune(disk, &folder);
    }
}

/// Keeps a copy of a damaged file; the same damage is kept once.
///
/// # Errors
/// [`StorageError::Io`].
pub(super) fn keep_damaged(
    disk: &dyn Disk,
    project: &Path,
    relative: &str,
    bytes: &[u8],
) -> Result<PathBuf, StorageError> {
    let folder = folder(project, relative);
    let kept = folder.join(format!("damaged-{}.{}", &sha256(bytes)[..8], extension(Path::new(relative))));
    if !kept.exists() {
        let failed = |error| StorageError::Io { doing: "put a damaged file aside", path: kept.clone(), error };
        disk::create_dirs(disk, &folder).map_err(failed)?;
        disk::replace(disk, &kept, bytes).map_err(failed)?;
    }
    Ok(kept)
}

/// The newest backup of a file that `is_good`.
pub(super) fn offer(project: &Path, relative: &str, is_good: impl Fn(&str) -> bool) -> Option<BackupOffer> {
    let backups = list(&folder(project, relative));
    let readable = |path: &Path| {
        let small = fs::metadata(path).is_ok_and(|m| m.len() <= ron_text::MAX_BYTES);
        small && fs::read_to_string(path).is_ok_and(|text| is_good(&text))
    };
    let (when, file) = backups.into_iter().rev().find(|(_, path)| readable(path))?;
    Some(BackupOffer { of: relative.into(), file: file.into_boxed_path(), when })
}

/// Puts a backup in the place of the file it is a backup of. The file as it is now is kept aside first.
///
/// # Errors
/// [`StorageError::ReadOnly`] where another window has the project, [`StorageError::Io`].
pub fn restore(folder: &Path, offer: &BackupOffer) -> Result<(), StorageError> {
    let disk = disk::SystemDisk;
    let holder = lock::Holder::here("a restoration", offer.when);
    let lock = match lock::lock(&disk, folder, &holder)? {
        lock::Locked::Ours(lock, _) => lock,
        lock::Locked::Theirs(holder) => return Err(StorageError::ReadOnly(holder)),
    };
    let path = layout::inside(folder, &offer.of);
    let restored = (|| {
        let good = fs::read(&offer.file).map_err(io_error("read the backup", &offer.file))?;
        if let Ok(bytes) = fs::read(&path) {
            keep_damaged(&disk, folder, &offer.of, &bytes)?;
        }
        disk::replace(&disk, &path, &good).map_err(io_error("restore a file", &path))
    })();
    lock.forget_holder(&disk);
    restored
}

/// Takes a damaged file out of the project's way, so that the project opens without it; it stays among the backups.
/// Of no use for `project.ron`, without which there is no project. Answers with where the file is now.
///
/// # Errors
/// [`StorageError::ReadOnly`] where another window has the project, [`StorageError::Io`].
pub fn set_aside(folder: &Path, file: &Path, now: Timestamp) -> Result<PathBuf, StorageError> {
    let disk = disk::SystemDisk;
    let failed = |error| StorageError::Io { doing: "put a file aside", path: file.to_path_buf(), error };
    let lock = match lock::lock(&disk, folder, &lock::Holder::here("a restoration", now))? {
        lock::Locked::Ours(lock, _) => lock,
        lock::Locked::Theirs(holder) => return Err(StorageError::ReadOnly(holder)),
    };
    let moved = (|| {
        let relative = file.strip_prefix(folder).unwrap_or(file);
        let relative: Vec<_> = relative.components().map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
        let bytes = fs::read(file).map_err(failed)?;
        let kept = keep_damaged(&disk, folder, &relative.join("/"), &bytes)?;
        disk.remove_file(file).and_then(|()| disk::sync_parent(&disk, file)).map_err(failed)?;
        Ok(kept)
    })();
    lock.forget_holder(&disk);
    moved
}

/// When a file was last saved.
pub(super) fn saved_at(file: &Path) -> std::io::Result<Timestamp> {
    Ok(Timestamp::try_from(fs::metadata(file)?.modified()?).unwrap_or(Timestamp::UNIX_EPOCH))
}

/// Where the backups of a file are.
pub(super) fn folder(project: &Path, relative: &str) -> PathBuf {
    layout::inside(&project.join(layout::PRIVATE).join("backups"), relative)
}

/// A time as a file name that every system takes and that sorts: `2026-05-03T14-20-07.120Z`.
fn stamp(when: Timestamp) -> String {
    when.strftime("%Y-%m-%dT%H-%M-%S%.3fZ").to_string()
}

fn parse_stamp(name: &str) -> Option<Timestamp> {
    let (day, time) = name.split_once('T')?;
    format!("{day}T{}", time.replace('-', ":")).parse().ok()
}

fn extension(file: &Path) -> String {
    file.extension().map_or_else(|| "bak".to_owned(), |e| e.to_string_lossy().into_owned())
}

/// Backups in a folder, oldest first.
fn list(folder: &Path) -> Vec<(Timestamp, PathBuf)> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut backups: Vec<_> =
        entries.flatten().filter_map(|e| Some((parse_stamp(e.path().file_stem()?.to_str()?)?, e.path()))).collect();
    backups.sort();
    backups
}

fn prune(disk: &dyn Disk, folder: &Path) {
    let backups = list(folder);
    let times: Vec<Timestamp> = backups.iter().map(|(when, _)| *when).collect();
    let kept = kept(&times);
    for (i, (_, path)) in backups.iter().enumerate() {
        if !kept.contains(&i) {
            // One backup too many does no harm.
            disk.remove_file(path).unwrap_or(());
        }
    }
}

/// Which of the backups, oldest first, are to be kept.
fn kept(times: &[Timestamp]) -> BTreeSet<usize> {
    let mut kept: BTreeSet<usize> = (times.len().saturating_sub(NEWEST)..times.len()).collect();
    let mut days = BTreeSet::new();
    for (i, time) in times.iter().enumerate().rev() {
        let day = time.as_second().div_euclid(86_400);
        if days.len() < DAYS && days.insert(day) {
            kept.insert(i);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_comes_back() {
        let when: Timestamp = "2026-05-03T14:20:07.12Z".parse().unwrap();
        assert_eq!(stamp(when), "2026-05-03T14-20-07.120Z");
        assert_eq!(parse_stamp(&stamp(when)), Some(when));
    }

    #[test]
    fn ten_newest_and_one_a_day_for_fourteen_days_are_kept() {
        // Every hour for forty days.
        let times: Vec<Timestamp> = (0..960).map(|h| Timestamp::from_second(h * 3600).unwrap()).collect();
        let kept = kept(&times);
        assert_eq!(kept.len(), NEWEST + DAYS - 1);
        assert!((950..960).all(|i| kept.contains(&i)));
        assert!((26..40).all(|day| kept.contains(&(day * 24 + 23))));
        assert_eq!(super::kept(&times[..7]).len(), 7);
    }
}
