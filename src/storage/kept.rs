//! Files that a submission uses: a logo, a document whose styles are taken over. Read whole, within bounds.

use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The bytes of a file, where it has no more than `most`.
///
/// # Errors
/// One sentence with the path.
pub fn read_within(path: &Path, most: u64) -> Result<Vec<u8>, String> {
    let failed = |error: &std::io::Error| {
        let reason = match error.kind() {
            std::io::ErrorKind::NotFound => "it is not there".to_owned(),
            std::io::ErrorKind::PermissionDenied => "there is no permission to".to_owned(),
            _ => error.to_string(),
        };
        format!("The file could not be read, because {reason}: {}", path.display())
    };
    let file = File::open(path).map_err(|e| failed(&e))?;
    if file.metadata().is_ok_and(|m| m.is_dir()) {
        return Err(format!("A folder is no file: {}", path.display()));
    }
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes).map_err(|e| failed(&e))?;
    if bytes.len() as u64 > most {
        return Err(format!("The file is larger than {} MB: {}", most / 1_000_000, path.display()));
    }
    Ok(bytes)
}
