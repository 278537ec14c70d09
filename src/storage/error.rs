//! What can go wrong with a project's files, as sentences for a person, path last.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::lock::Holder;
use super::sealed::Unopened;

/// An earlier state of a damaged or missing file, kept by this program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupOffer {
    /// The file it is an earlier state of, relative to the project's folder, with `/`.
    pub of: Box<str>,
    /// Where it is kept.
    pub file: Box<Path>,
    /// When that state was saved.
    pub when: Timestamp,
}

/// Why a project's files could not be read or written. Nothing was overwritten.
#[derive(Debug)]
pub enum StorageError {
    /// There is no project in the folder.
    NotAProject {
        /// The folder.
        folder: PathBuf,
    },
    /// A new project needs an empty folder.
    NotEmpty {
        /// The folder.
        folder: PathBuf,
    },
    /// A file cannot be understood at a place.
    Damaged {
        /// The file.
        file: PathBuf,
        /// Line of the place, from 1.
        line: usize,
        /// Column of the place in code points, from 1.
        column: usize,
        /// What is wrong there.
        message: Box<str>,
        /// A copy of the damaged file; none where the project is open elsewhere or cannot be written.
        kept_aside: Option<Box<Path>>,
        /// The newest earlier state that can be read.
        backup: Option<BackupOffer>,
    },
    /// A file the project needs is not there.
    Missing {
        /// The file.
        file: PathBuf,
        /// The newest earlier state that can be read.
        backup: Option<BackupOffer>,
    },
    /// The file was written by a newer version of the program.
    Newer {
        /// The file.
        file: PathBuf,
        /// Its format version.
        format: u32,
        /// The newest format version this program reads.
        known: u32,
    },
    /// The file is larger than this program reads.
    TooLarge {
        /// The file.
        file: PathBuf,
        /// Its size in bytes.
        bytes: u64,
    },
    /// An encrypted file is not open.
    Sealed {
        /// The file.
        file: PathBuf,
        /// Why not.
        why: Unopened,
    },
    /// Nothing can be written to this project now, since this holder has it.
    ReadOnly(Holder),
    /// A draft cannot be kept under its slug.
    BadSlug {
        /// The slug.
        slug: String,
    },
    /// The operating system refused.
    Io {
        /// What was being done, as in "could not …".
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// Its error.
        error: io::Error,
    },
}

impl StorageError {
    /// The backup that can be restored in place of the file, if there is one.
    pub fn backup(&self) -> Option<&BackupOffer> {
        match self {
            Self::Damaged { backup, .. } | Self::Missing { backup, .. } => backup.as_ref(),
            _ => None,
        }
    }

    /// The file or folder it is about.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::NotAProject { folder } | Self::NotEmpty { folder } => Some(folder),
            Self::Damaged { file, .. }
            | Self::Missing { file, .. }
            | Self::Newer { file, .. }
            | Self::TooLarge { file, .. }
            | Self::Sealed { file, .. } => Some(file),
            Self::Io { path, .. } => Some(path),
            Self::ReadOnly(_) | Self::BadSlug { .. } => None,
        }
    }
}

impl fmt::Display for StorageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAProject { folder } => {
                write!(f, "There is no project in this folder, as it has no project.ron: {}", folder.display())
            }
            Self::NotEmpty { folder } => {
                write!(f, "A new project needs an empty folder, and this one is not: {}", folder.display())
            }
            Self::Damaged { file, line, column, message, backup, .. } => {
                write!(f, "A file is damaged at line {line}, column {column} ({message}) and was left as it is")?;
                if let Some(backup) = backup {
                    write!(f, "; its state of {} can be restored", day_and_time(backup.when))?;
                }
                write!(f, ": {}", file.display())
            }
            Self::Missing { file, backup } => {
                f.write_str("A file of the project is missing")?;
                if let Some(backup) = backup {
                    write!(f, "; its state of {} can be restored", day_and_time(backup.when))?;
                }
                write!(f, ": {}", file.display())
            }
            Self::Newer { file, format, known } => write!(
                f,
                "A file was written by a newer version of Travaux (format {format}, this version reads up to {known}) \
                 and was left alone: {}",
                file.display()
            ),
            Self::TooLarge { file, bytes } => write!(
                f,
                "A file of {} MB is larger than the {} MB that can be opened: {}",
                bytes / 1_000_000,
                super::ron_text::MAX_BYTES / 1_000_000,
                file.display()
            ),
            Self::Sealed { file, why } => write!(f, "{}: {}", why.sentence(), file.display()),
            Self::ReadOnly(holder) => write!(f, "Nothing can be changed here: {}", holder.sentence()),
            Self::BadSlug { slug } => write!(
                f,
                "A draft's folder needs a name of its own made of lower-case letters, digits and hyphens, not \u{201c}{slug}\u{201d}"
            ),
            Self::Io { doing, path, error } => {
                write!(f, "Could not {doing}, because {}: {}", reason(error), path.display())
            }
        }
    }
}

impl std::error::Error for StorageError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { error, .. } => Some(error),
            _ => None,
        }
    }
}

/// Makes an [`StorageError::Io`] of an operating system's error.
pub(super) fn io_error(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> StorageError {
    let path = path.to_path_buf();
    move |error| StorageError::Io { doing, path, error }
}

/// The reason as a clause in a person's words.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "the disk is full".to_owned(),
        io::ErrorKind::PermissionDenied => "there is no permission to".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk is write-protected".to_owned(),
        io::ErrorKind::NotFound => "it is not there".to_owned(),
        io::ErrorKind::IsADirectory => "a folder has that name".to_owned(),
        io::ErrorKind::NotADirectory => "a file stands where a folder should be".to_owned(),
        io::ErrorKind::AlreadyExists => "something with that name is there already".to_owned(),
        _ => {
            let text = error.to_string();
            // "Input/output error (os error 5)": the number helps nobody who reads it on screen.
            text.split(" (os error").next().unwrap_or(&text).to_lowercase()
        }
    }
}

/// A time as people read it, in UTC: `2026-05-03 14:20`.
fn day_and_time(when: Timestamp) -> String {
    when.strftime("%Y-%m-%d %H:%M UTC").to_string()
}
