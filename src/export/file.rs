//! Bytes into a file, in one step.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use tempfile::Builder;

use super::ExportError;

/// Whether writing there would replace something.
pub fn is_taken(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Puts `bytes` in a file: a file that was there is replaced whole or not at all.
///
/// # Errors
/// [`ExportError::NotWritten`], a sentence with the path.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), ExportError> {
    replace(path, bytes).map_err(|error| {
        ExportError::NotWritten(format!("Could not write the file, because {}: {}", reason(&error), path.display()))
    })
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if path.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let mut builder = Builder::new();
    builder.prefix(".travaux-").suffix(".tmp");
    // A file that replaces another keeps who may read it; a new one is readable as others the user makes.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    if let Ok(old) = fs::metadata(path) {
        file.as_file().set_permissions(old.permissions())?;
    }
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|e| e.error)?;
    Ok(())
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "the disk is full".to_owned(),
        io::ErrorKind::PermissionDenied => "there is no permission to".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk is write-protected".to_owned(),
        io::ErrorKind::NotFound => "its folder is not there".to_owned(),
        io::ErrorKind::IsADirectory => "a folder has that name".to_owned(),
        io::ErrorKind::NotADirectory => "a file stands where its folder should be".to_owned(),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or(&text).to_lowercase()
        }
    }
}
