//! Annotations from other programs: what is said about which words of which document, by whom, under which code.
//!
//! A reader knows nothing of our drafts: it tells positions as its format counts them, words and what stood around them,
//! and says in sentences what it could not take over. Placing all that on our drafts is the workspace's.
//! To add a format, write its file and put it on a line of [`ANNOTATION_IMPORTERS`].
//!
//! Must not know: our drafts, our own annotation file (it is `storage`'s), how sets are merged.

mod foreign;
mod hypothesis;
mod jsonld;
mod refi;
mod rows;
mod table;
mod taguette;
mod tsv;
mod xlsx;

use std::fmt;
use std::path::Path;

use super::guard::caught;
use super::{Bytes, ImportError, LARGEST, Problem, read_bytes};

pub use foreign::{Counting, Foreign, ForeignDraft, ForeignRemark, ForeignSet, ForeignSighting, MOST_REMARKS};

/// A way to read annotations in one format.
pub struct AnnotationImporter {
    /// What people call the format.
    pub name: &'static str,
    /// The endings of its files, in lower case without the dot.
    pub extensions: &'static [&'static str],
    /// Whether the bytes of a file show that it is one, whatever it is called.
    pub looks_like: fn(&[u8]) -> bool,
    /// Reads all of a file.
    pub read: fn(&[u8]) -> Result<Foreign, Problem>,
}

/// Every format, in the order they are tried.
pub static ANNOTATION_IMPORTERS: &[AnnotationImporter] = &[
    AnnotationImporter {
        name: "REFI-QDA project",
        extensions: &["qdpx", "qde"],
        looks_like: refi::is_project,
        read: refi::read_project,
    },
    AnnotationImporter {
        name: "REFI-QDA codebook",
        extensions: &["qdc"],
        looks_like: refi::is_codebook,
        read: refi::read_codebook,
    },
    AnnotationImporter {
        name: "Taguette project",
        extensions: &["sqlite3", "sqlite", "db"],
        looks_like: taguette::looks_like,
        read: taguette::read,
    },
    AnnotationImporter {
        name: "workbook",
        extensions: &["xlsx"],
        looks_like: xlsx::looks_like,
        read: table::read_workbook,
    },
    AnnotationImporter {
        name: "Hypothesis",
        extensions: &["json"],
        looks_like: hypothesis::looks_like,
        read: hypothesis::read,
    },
    AnnotationImporter {
        name: "W3C Web Annotation",
        extensions: &["jsonld", "json"],
        looks_like: jsonld::looks_like,
        read: jsonld::read,
    },
    AnnotationImporter { name: "WebAnno TSV", extensions: &["tsv"], looks_like: tsv::looks_like, read: tsv::read },
    AnnotationImporter { name: "table", extensions: &["csv"], looks_like: |_| false, read: table::read_csv },
];

/// Why there are no annotations. Prints as one sentence with the file's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnotationsError {
    /// The file's name without folders.
    pub name: String,
    /// What is the matter.
    pub problem: Problem,
}

impl fmt::Display for AnnotationsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.name;
        match &self.problem {
            Problem::Unknown(_) => {
                write!(f, "{name} holds no annotations that this version reads ({})", formats())
            }
            Problem::TooLarge { size } => write!(
                f,
                "{name} has {} MB, and annotations of more than {} MB are not read",
                size / (1024 * 1024),
                LARGEST / (1024 * 1024)
            ),
            problem => ImportError { name: name.clone(), problem: problem.clone() }.fmt(f),
        }
    }
}

impl std::error::Error for AnnotationsError {}

fn formats() -> String {
    let names: Vec<&str> = ANNOTATION_IMPORTERS.iter().map(|i| i.name).collect();
    match names.split_last() {
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// Reads a file with the importer its content or its ending asks for.
///
/// # Errors
/// Where the file cannot be read, is too large, or is in none of the formats.
pub fn read_annotations(path: &Path) -> Result<Foreign, AnnotationsError> {
    let name = path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
    let fail = |problem| AnnotationsError { name: name.clone(), problem };
    let bytes = Bytes::new(read_bytes(path, &mut ()).map_err(fail)?);
    read_annotations_named(&name, &bytes)
}

/// As [`read_annotations`] for the bytes of a file whose name is known.
///
/// # Errors
/// As for [`read_annotations`].
pub fn read_annotations_named(name: &str, bytes: &[u8]) -> Result<Foreign, AnnotationsError> {
    let fail = |problem| AnnotationsError { name: name.to_owned(), problem };
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(fail(Problem::Empty));
    }
    let extension = Path::new(name).extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let known = ANNOTATION_IMPORTERS.iter().find(|i| (i.looks_like)(bytes));
    let importer = known.or_else(|| ANNOTATION_IMPORTERS.iter().find(|i| i.extensions.contains(&extension.as_str())));
    let importer = importer.ok_or_else(|| fail(Problem::Unknown(None)))?;
    let mut foreign = caught(importer.name, || (importer.read)(bytes)).map_err(fail)?;
    if foreign.sets.iter().all(|s| s.remarks.is_empty()) && foreign.concerns.is_empty() {
        return Err(fail(Problem::Unknown(None)));
    }
    foreign.cut_circles();
    Ok(foreign)
}

/// The annotations of JSON text that may be cut off or of something else.
fn json(bytes: &[u8]) -> Result<serde_json::Value, Problem> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    serde_json::from_slice(bytes).map_err(|e| Problem::Damaged(format!("as JSON, {e}")))
}
