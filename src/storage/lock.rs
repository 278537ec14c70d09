//! One program at a time writes to a project: the operating system's lock, and a note of who has it.
//!
//! The system lets go of its lock when the process ends, however it ends, so the lock of a dead process never blocks.
//! The note beside it only serves to name the holder.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::disk::{self, Disk};
use super::error::{StorageError, io_error};
use super::{layout, ron_text};

/// Who has a project open for writing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The analyst; empty where nobody has the project and its folder is write-protected.
    pub name: String,
    /// The computer.
    pub machine: String,
    /// The process.
    pub process: u32,
    /// Since when.
    pub since: Timestamp,
}

impl Holder {
    /// This process on this computer, for an analyst, from now on.
    pub fn here(name: impl Into<String>, now: Timestamp) -> Self {
        Self { name: name.into(), machine: machine(), process: std::process::id(), since: now }
    }

    /// Why a project can only be read, as a sentence without its period.
    pub fn sentence(&self) -> String {
        if self.name.is_empty() {
            return "the project's folder is write-protected".to_owned();
        }
        let since = self.since.strftime("%Y-%m-%d %H:%M UTC");
        format!("{} has had this project open on {} since {since}", self.name, self.machine)
    }

    fn nobody(since: Timestamp) -> Self {
        Self { name: String::new(), machine: String::new(), process: 0, since }
    }
}

/// The operating system's lock on a project, let go when this is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
    note: PathBuf,
}

/// What came of trying to lock.
pub(super) enum Locked {
    /// We have it; a note of another computer that did not close the project in order may stand beside it.
    Ours(Lock, Option<Holder>),
    /// Another has it, or nobody can.
    Theirs(Holder),
}

/// Tries to lock a project.
///
/// # Errors
/// Never for a lock that is held or a folder that is write-protected: these are answers.
pub(super) fn lock(disk: &dyn Disk, folder: &Path, holder: &Holder) -> Result<Locked, StorageError> {
    let private = folder.join(layout::PRIVATE);
    let path = private.join("lock");
    let note = private.join("holder.ron");
    let protected =
        |e: &io::Error| matches!(e.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem);
    if let Err(e) = disk::create_dirs(disk, &private) {
        let nobody = Holder::nobody(holder.since);
        return if protected(&e) { Ok(Locked::Theirs(nobody)) } else { Err(io_error("open the project", &private)(e)) };
    }
    let file = match OpenOptions::new().create(true).truncate(false).read(true).write(true).open(&path) {
        Ok(file) => file,
        Err(e) if protected(&e) => return Ok(Locked::Theirs(Holder::nobody(holder.since))),
        Err(e) => return Err(io_error("lock the project", &path)(e)),
    };
    let left = fs::read_to_string(&note).ok().and_then(|text| ron_text::read::<Holder>(&text).ok());
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            // The note is written just after the lock is taken; who asks in between sees no name yet.
            let unnamed =
                Holder { name: "Another window".to_owned(), machine: machine(), process: 0, since: holder.since };
            return Ok(Locked::Theirs(left.unwrap_or(unnamed)));
        }
        // A file system without locks: the note is all there is, and it may be of a dead process.
        Err(TryLockError::Error(_)) => {}
    }
    // From here on the lock is let go even where the note cannot be written.
    let lock = Lock { file, note };
    let text = ron_text::write(holder, 1).unwrap_or_default();
    disk::replace(disk, &lock.note, text.as_bytes()).map_err(io_error("lock the project", &lock.note))?;
    let elsewhere = left.filter(|l| l.machine != holder.machine);
    Ok(Locked::Ours(lock, elsewhere))
}

impl Lock {
    /// Takes the note of the holder away; the lock itself goes with the value.
    pub fn forget_holder(&self, disk: &dyn Disk) {
        // A note that stays behind does no harm: it is not the lock.
        disk.remove_file(&self.note).unwrap_or(());
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing alone is not enough while a program that is just being started still shares the open file.
        self.file.unlock().unwrap_or(());
    }
}

fn machine() -> String {
    let named = ["COMPUTERNAME", "HOSTNAME"].iter().find_map(|v| std::env::var(v).ok());
    let asked =
        || fs::read_to_string("/proc/sys/kernel/hostname").or_else(|_| fs::read_to_string("/etc/hostname")).ok();
    let name = named.or_else(asked).unwrap_or_default();
    let name: String = name.trim().chars().filter(|c| !c.is_control()).take(64).collect();
    if name.is_empty() { "this computer".to_owned() } else { name }
}
