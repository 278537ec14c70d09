//! The few operations that change something on disk, behind a trait so that a test can stop after any one of them.
//!
//! Reading goes straight to `std::fs`: a reader leaves nothing half-done.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What ends the name of every file and folder that is still being written. Whatever is found with it was left by a
/// crash and is taken away by the next start.
pub const UNFINISHED: &str = ".travaux-tmp";

/// Operations that change something. Each is durable when it returns, except that a new name is only durable after
/// [`Disk::sync_dir`] of its folder.
///
/// # Errors
/// Every operation answers with the operating system's error.
pub trait Disk: Send + Sync + fmt::Debug {
    /// Makes one folder; one that is there already is no error.
    fn create_dir(&self, path: &Path) -> io::Result<()>;
    /// Makes or empties a file, writes all of `bytes`, waits until they are on the disk.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Adds `bytes` to the end of a file, making it where there is none, and waits until they are on the disk.
    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Gives a file or folder a new name; a file already there is replaced in one step.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// A second name for the same bytes, or a copy of them where the file system knows no second names.
    fn duplicate(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Takes a file away.
    fn remove_file(&self, path: &Path) -> io::Result<()>;
    /// Takes a folder away with all in it.
    fn remove_dir(&self, path: &Path) -> io::Result<()>;
    /// Waits until the names in a folder are on the disk.
    fn sync_dir(&self, path: &Path) -> io::Result<()>;
}

/// The operating system's disk.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemDisk;

impl Disk for SystemDisk {
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        match fs::create_dir(path) {
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
            other => other,
        }
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = File::create(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = OpenOptions::new().create(true).append(true).open(path)?;
        file.write_all(bytes)?;
        file.sync_data()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn duplicate(&self, from: &Path, to: &Path) -> io::Result<()> {
        match fs::hard_link(from, to) {
            Err(e) if e.kind() != io::ErrorKind::AlreadyExists => {
                fs::copy(from, to)?;
                File::open(to)?.sync_all()
            }
            other => other,
        }
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_dir(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir_all(path)
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        // Only Unix can open a folder and wait for it; elsewhere the file system orders its names itself.
        if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
    }
}

/// Puts `bytes` in the place of a file in one step: a reader, or a start after a crash, sees the old file or the new
/// one, whole. The folder must exist.
///
/// # Errors
/// The operating system's; the old file is as it was, save where only the last wait for the folder failed.
pub(super) fn replace(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let temporary = unfinished(path);
    disk.write(&temporary, bytes)?;
    disk.rename(&temporary, path)?;
    sync_parent(disk, path)
}

/// Makes a folder and those above it, and waits for each new name.
///
/// # Errors
/// The operating system's.
pub(super) fn create_dirs(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    if let Some(parent) = path.parent()
        && !parent.as_os_str().is_empty()
    {
        create_dirs(disk, parent)?;
    }
    disk.create_dir(path)?;
    sync_parent(disk, path)
}

/// Waits until the name of `path` is on the disk.
///
/// # Errors
/// The operating system's.
pub(super) fn sync_parent(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => disk.sync_dir(Path::new(".")),
        Some(parent) => disk.sync_dir(parent),
        None => Ok(()),
    }
}

/// The name a file or folder has while it is being written.
pub(super) fn unfinished(path: &Path) -> PathBuf {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!(".{name}{UNFINISHED}"))
}

/// Takes away what a crash left half-written in a folder (not in those below it).
pub(super) fn clear_unfinished(disk: &dyn Disk, folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        if !entry.file_name().to_string_lossy().ends_with(UNFINISHED) {
            continue;
        }
        let path = entry.path();
        // What cannot be taken away now is tried again at the next start, and is never read meanwhile.
        let gone = if path.is_dir() { disk.remove_dir(&path) } else { disk.remove_file(&path) };
        gone.unwrap_or(());
    }
}
