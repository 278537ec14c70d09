//! What each file of the project held when we last read or wrote it, so that a change by someone else is noticed.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::time::SystemTime;

use crate::model::text::sha256;

/// By path inside the project.
pub(super) type Known = BTreeMap<String, Fingerprint>;

/// Tells two states of a file apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fingerprint {
    /// Of its bytes.
    pub hash: String,
    length: u64,
    modified: Option<SystemTime>,
}

impl Fingerprint {
    /// Of a file that holds these bytes now.
    pub fn new(path: &Path, bytes: &[u8]) -> Self {
        let modified = fs::metadata(path).and_then(|m| m.modified()).ok();
        Self { hash: sha256(bytes), length: bytes.len() as u64, modified }
    }

    /// Of a file as it is now, if it is there. A file whose length and time have not changed since `before` is not read.
    ///
    /// # Errors
    /// The operating system's.
    pub fn now(path: &Path, before: Option<&Self>) -> io::Result<Option<Self>> {
        let metadata = match fs::metadata(path) {
            Ok(metadata) => metadata,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(e),
        };
        if let Some(before) = before
            && before.length == metadata.len()
            && before.modified.is_some()
            && before.modified == metadata.modified().ok()
        {
            return Ok(Some(before.clone()));
        }
        Ok(Some(Self::new(path, &fs::read(path)?)))
    }
}
