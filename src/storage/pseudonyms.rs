//! What pseudonyms are made with: a secret of this user on this machine, and which letters were given.
//!
//! It is kept with the user's settings, since a project's folder is synchronized with the very colleagues who are not to
//! know. Without it a pseudonym cannot be led back to anybody, and no further file can continue one.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::disk::{self, Disk, SystemDisk};
use super::error::{StorageError, io_error};
use super::format::FORMAT;
use super::ron_text::{self, Fault, NotRead};
use crate::model::{AnalystId, ProjectId};

const FILE: &str = "pseudonyms.ron";

/// The largest such file that is read, in bytes.
const LARGEST: u64 = 16_000_000;

/// The secret, and the pseudonymous analysts of each project in the order of their letters.
#[derive(Clone, PartialEq, Eq)]
pub struct PseudonymBook {
    secret: [u8; 32],
    given: BTreeMap<ProjectId, Vec<AnalystId>>,
}

/// Without the secret: what is printed may come into a log.
impl fmt::Debug for PseudonymBook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PseudonymBook").finish_non_exhaustive()
    }
}

/// The file, format 1.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BookV1 {
    format: u32,
    /// 64 hexadecimal digits.
    secret: String,
    #[serde(default)]
    given: Vec<(ProjectId, Vec<AnalystId>)>,
}

impl PseudonymBook {
    /// A new one: its pseudonyms have nothing to do with those of any other.
    pub fn new(secret: [u8; 32]) -> Self {
        Self { secret, given: BTreeMap::new() }
    }

    /// The one kept in a folder, if there is one.
    ///
    /// # Errors
    /// [`StorageError::Io`], [`StorageError::Damaged`], [`StorageError::Newer`], [`StorageError::TooLarge`]; it is never
    /// replaced then, since that would give everybody a second pseudonym.
    pub fn load(folder: &Path) -> Result<Option<Self>, StorageError> {
        let path = folder.join(FILE);
        let bytes = match fs::metadata(&path) {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Ok(metadata) if metadata.len() > LARGEST => {
                return Err(StorageError::TooLarge { file: path, bytes: metadata.len() });
            }
            _ => fs::read(&path).map_err(io_error("read the secret of the pseudonyms", &path))?,
        };
        let text = ron_text::utf8(bytes).map_err(NotRead::from);
        let read = text.and_then(|text| {
            let file: BookV1 = ron_text::read_versioned(&text, FORMAT)?;
            let secret = secret_of(&file.secret);
            let secret = secret.ok_or_else(|| Fault::at(&text, 0, "a secret that is not 64 hexadecimal digits"))?;
            Ok(Self { secret, given: file.given.into_iter().collect() })
        });
        read.map(Some).map_err(|why| super::annotation_file::refused(&path, why))
    }

    /// Keeps it in a folder, in one step, so that only this user can read it.
    ///
    /// # Errors
    /// [`StorageError::Io`].
    pub fn save(&self, folder: &Path) -> Result<(), StorageError> {
        let path = folder.join(FILE);
        let secret = self.secret.iter().map(|byte| format!("{byte:02x}")).collect();
        let given = self.given.iter().map(|(project, letters)| (*project, letters.clone())).collect();
        let text = ron_text::write(&BookV1 { format: FORMAT, secret, given }, 2);
        let text = super::checkpoint::written(text, FILE)?;
        let temporary = disk::unfinished(&path);
        let saved = disk::create_dirs(&SystemDisk, folder)
            // Closed to others before anything stands in it.
            .and_then(|()| SystemDisk.write(&temporary, b""))
            .and_then(|()| only_ours(&temporary))
            .and_then(|()| SystemDisk.write(&temporary, text.as_bytes()))
            .and_then(|()| SystemDisk.rename(&temporary, &path))
            .and_then(|()| disk::sync_parent(&SystemDisk, &path));
        saved.map_err(io_error("keep the secret of the pseudonyms", &path))
    }

    /// What pseudonyms are derived with.
    pub fn secret(&self) -> &[u8; 32] {
        &self.secret
    }

    /// The number of a pseudonymous analyst in a project, from 0: the same for ever, the next free one at first.
    pub fn number(&mut self, project: ProjectId, pseudonym: AnalystId) -> usize {
        let letters = self.given.entry(project).or_default();
        letters.iter().position(|known| *known == pseudonym).unwrap_or_else(|| {
            letters.push(pseudonym);
            letters.len() - 1
        })
    }
}

fn secret_of(digits: &str) -> Option<[u8; 32]> {
    if digits.len() != 64 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let mut secret = [0; 32];
    for (n, byte) in secret.iter_mut().enumerate() {
        *byte = u8::from_str_radix(digits.get(2 * n..2 * n + 2)?, 16).ok()?;
    }
    Some(secret)
}

#[cfg(unix)]
fn only_ours(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere the folder of the user's settings is the user's alone")]
fn only_ours(_: &Path) -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_and_the_letters_come_back() {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("config");
        assert_eq!(PseudonymBook::load(&home).unwrap(), None);
        let mut book = PseudonymBook::new([0xa7; 32]);
        let numbers = [(1, 5), (1, 9), (2, 9), (1, 5)].map(|(p, a)| book.number(ProjectId(p), AnalystId(a)));
        assert_eq!(numbers, [0, 1, 0, 0]);
        book.save(&home).unwrap();
        assert_eq!(PseudonymBook::load(&home).unwrap(), Some(book.clone()));
        assert!(!format!("{book:?}").contains("a7"));
        let path = home.join(FILE);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        for bad in ["", "(format: 1, secret: \"abc\", given: [])", "(format: 9)", "\u{0}"] {
            fs::write(&path, bad).unwrap();
            assert!(PseudonymBook::load(&home).is_err(), "{bad}");
            assert_eq!(fs::read_to_string(&path).unwrap(), bad, "left as it is");
        }
    }
}
