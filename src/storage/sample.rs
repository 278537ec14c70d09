//! Putting a project that ships inside the program into the user's folder, where edits stay.

use std::path::{Component, Path};

use super::disk::{self, Disk, SystemDisk};
use super::error::{StorageError, io_error};
use super::layout;

/// Writes the files of a sample project into a new folder, all or nothing. `from_files` are paths inside the project,
/// with `/`, and bytes.
///
/// # Errors
/// [`StorageError::NotEmpty`] where the folder is there already and not empty, [`StorageError::Io`].
pub fn copy_sample(from_files: &[(&str, &[u8])], to: &Path) -> Result<(), StorageError> {
    let disk = SystemDisk;
    let failed = io_error("put the sample in place", to);
    let is_taken = std::fs::read_dir(to).is_ok_and(|mut entries| entries.next().is_some());
    if is_taken {
        return Err(StorageError::NotEmpty { folder: to.to_path_buf() });
    }
    copy(&disk, from_files, to).map_err(failed)
}

fn copy(disk: &dyn Disk, from_files: &[(&str, &[u8])], to: &Path) -> std::io::Result<()> {
    let temporary = disk::unfinished(to);
    if temporary.exists() {
        disk.remove_dir(&temporary)?;
    }
    disk::create_dirs(disk, &temporary)?;
    for (name, bytes) in from_files {
        if !Path::new(name).components().all(|c| matches!(c, Component::Normal(_))) {
            return Err(std::io::Error::new(
                std::io::ErrorKind::InvalidInput,
                format!("{name} is no path inside a project"),
            ));
        }
        let path = layout::inside(&temporary, name);
        if let Some(parent) = path.parent() {
            disk::create_dirs(disk, parent)?;
        }
        disk.write(&path, bytes)?;
        disk::sync_parent(disk, &path)?;
    }
    if to.exists() {
        // Empty, as the caller has seen; not every system puts a folder in the place of an empty one.
        std::fs::remove_dir(to)?;
    }
    disk.rename(&temporary, to)?;
    disk::sync_parent(disk, to)
}
