//! Files out, for people and programs that do not have this one: one file per format, one table.
//!
//! A format turns a project into bytes and knows nothing of paths; [`write_file`] puts bytes in a file in one step.
//! To add a format, write its file and put it on a line of [`EXPORTERS`].
//!
//! Must not know: the window, storage, how remarks are carried or merged. Imports only [`crate::model`].

mod csv;
mod file;
mod heat;
mod hypothesis;
mod jsonld;
mod markdown;
pub mod paper;
pub mod picture;
pub mod redline;
mod refi;
mod rows;
mod sheet;
mod sightings;
mod table;
mod taguette;

use std::collections::BTreeSet;
use std::fmt;

pub use file::{is_taken, write_file};
pub use heat::shaded_workbook;
pub use table::{TABLE_ENDINGS, Table};

use crate::model::{AnalystId, Citation, CitationStyle, DraftId, Project};

/// A format.
#[derive(Clone, Copy, Debug)]
pub struct Exporter {
    /// What the command line calls it.
    pub id: &'static str,
    /// What the screen calls it.
    pub name: &'static str,
    /// How its files end, without the dot.
    pub extension: &'static str,
    /// The bytes of such a file, and what it could not carry.
    pub write: fn(&ExportRequest<'_>) -> Result<Written, ExportError>,
}

/// A file made of a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The same for the same project, on every machine.
    pub bytes: Vec<u8>,
    /// What the format could not carry: sentences for a person, without a period.
    pub left: Vec<String>,
}

impl Written {
    /// A file that holds everything.
    pub fn whole(bytes: Vec<u8>) -> Self {
        Self { bytes, left: Vec::new() }
    }
}

/// All formats, in the order they are offered.
pub static EXPORTERS: &[Exporter] = &[
    Exporter { id: "csv", name: "Table for spreadsheets (CSV)", extension: "csv", write: csv::write },
    Exporter { id: "xlsx", name: "Workbook (XLSX)", extension: "xlsx", write: sheet::write },
    Exporter { id: "markdown", name: "Text in provision order (Markdown)", extension: "md", write: markdown::write },
    Exporter {
        id: "qdpx",
        name: "REFI-QDA project, for qualitative analysis",
        extension: "qdpx",
        write: refi::project,
    },
    Exporter { id: "qdc", name: "REFI-QDA codebook", extension: "qdc", write: refi::codebook },
    Exporter { id: "jsonld", name: "W3C Web Annotations (JSON-LD)", extension: "jsonld", write: jsonld::write },
    Exporter { id: "hypothesis", name: "Hypothesis annotations (JSON)", extension: "json", write: hypothesis::write },
    Exporter { id: "taguette", name: "Taguette codebook (CSV)", extension: "csv", write: taguette::write },
];

/// What to export.
#[derive(Clone, Debug)]
pub struct ExportRequest<'p> {
    /// Of which project.
    pub project: &'p Project,
    /// Only what stands or stood in this draft; every draft where there is none.
    pub draft: Option<DraftId>,
    /// Only the remarks of these analysts; everybody's where there is none.
    pub analysts: Option<BTreeSet<AnalystId>>,
    /// How a citation standing alone is printed in a style.
    pub cite: fn(&Citation, CitationStyle) -> String,
}

impl ExportRequest<'_> {
    /// # Errors
    /// Where the draft that is asked for is not in the project.
    fn check(&self) -> Result<(), ExportError> {
        match self.draft {
            Some(id) if self.project.draft(id).is_none() => Err(ExportError::NoDraft(id)),
            _ => Ok(()),
        }
    }

    /// A citation in the style of the project.
    fn cited(&self, citation: &Citation) -> String {
        (self.cite)(citation, self.project.details.citation_style)
    }
}

/// Why there is no file, as a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExportError {
    /// The project has no such draft.
    NoDraft(DraftId),
    /// The file could not be written; the sentence names it.
    NotWritten(String),
    /// The format could not hold the project; the sentence says why.
    NotMade(String),
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoDraft(id) => write!(f, "The project has no draft {id}"),
            Self::NotWritten(sentence) | Self::NotMade(sentence) => f.write_str(sentence),
        }
    }
}

impl std::error::Error for ExportError {}
