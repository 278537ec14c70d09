//! Floor 1: other people's files in: the text, what the file knew about its structure, and guesses at its details.
//!
//! Must not know: outlines (they are `outline`'s), projects, how our own files look (they are `storage`'s), the window.
//! To add a format, add a file with a `read` function and one line to [`IMPORTERS`]. Annotations that other programs
//! made have a table of their own, [`annotations::ANNOTATION_IMPORTERS`].

mod akoma;
pub mod annotations;
mod compose;
mod decode;
mod details;
mod docx;
mod folder;
mod guard;
mod html;
mod inline;
mod manuscript;
mod markdown;
mod odt;
mod package;
mod part;
mod pdf;
mod plain;
mod rtf;

use std::fmt;
use std::io::Read;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;

pub use folder::{Found, files_in};
pub use guard::is_guarded;

use crate::model::{DraftDetails, Printed, SourceFile, StructureHint, Taken, TextRange, Wording, text::sha256};

use guard::guarded;

/// The largest file taken in, in bytes.
pub const LARGEST: u64 = 256 * 1024 * 1024;

/// All of a file. A reader that keeps it while it is at work shares it.
pub type Bytes = Arc<Vec<u8>>;

/// A way to read one format.
pub struct Importer {
    /// What people call the format.
    pub name: &'static str,
    /// The endings of its files, in lower case without the dot.
    pub extensions: &'static [&'static str],
    /// Whether the first bytes of a file show that it is one, whatever it is called.
    pub looks_like: fn(&[u8]) -> bool,
    /// Reads all of a file.
    pub read: fn(&Bytes, &Choices, &mut dyn Watch) -> Result<Content, Problem>,
}

/// What a person chose about a file; the default is what fits most.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// Which reading of marked changes; as proposed if nothing is said.
    pub wording: Option<Wording>,
    /// Which column of a table that compares texts, from 0; all of the file if nothing is said.
    pub column: Option<u16>,
    /// What opens an encrypted file.
    pub password: Option<String>,
}

/// Without the password: what is printed may come into a log.
impl fmt::Debug for Choices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let password = self.password.as_ref().map(|_| "…");
        f.debug_struct("Choices")
            .field("wording", &self.wording)
            .field("column", &self.column)
            .field("password", &password)
            .finish()
    }
}

/// Every format, in the order they are tried.
pub static IMPORTERS: &[Importer] = &[
    Importer { name: "PDF", extensions: &["pdf"], looks_like: pdf::looks_like, read: pdf::read },
    Importer { name: "Akoma Ntoso", extensions: &["xml", "akn"], looks_like: akoma::looks_like, read: akoma::read },
    Importer {
        name: "HTML",
        extensions: &["html", "htm", "xhtml", "xht", "mht", "mhtml"],
        looks_like: html::looks_like,
        read: html::read,
    },
    Importer {
        name: "DOCX",
        extensions: &["docx", "docm", "dotx", "dotm"],
        looks_like: docx::looks_like,
        read: docx::read,
    },
    Importer { name: "ODT", extensions: &["odt", "ott", "fodt"], looks_like: odt::looks_like, read: odt::read },
    Importer { name: "RTF", extensions: &["rtf"], looks_like: rtf::looks_like, read: rtf::read },
    Importer {
        name: "Markdown",
        extensions: &["md", "markdown", "mdown", "mkd"],
        looks_like: |_| false,
        read: markdown::read,
    },
    Importer { name: "Plain text", extensions: &["txt", "text"], looks_like: |_| false, read: plain::read },
];

/// One more format, for tests of what is done with the finds of importers.
#[doc(hidden)]
pub static REHEARSED: OnceLock<Importer> = OnceLock::new();

fn importers() -> impl Iterator<Item = &'static Importer> {
    IMPORTERS.iter().chain(REHEARSED.get())
}

/// What an importer finds in the bytes of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// In the one form of [`crate::model::text::normalize`].
    pub text: String,
    /// What the file knew about stretches of the text, in bytes of it.
    pub hints: Vec<StructureHint>,
    /// The title the file gives itself; empty if none.
    pub title: String,
    /// BCP 47, if the file says it; else empty.
    pub language: String,
    /// Sentences for a person.
    pub warnings: Vec<String>,
    /// Pages, notes, bold and struck words, in bytes of the text.
    pub printed: Printed,
    /// Which choices made this text.
    pub taken: Taken,
    /// What else the file could be read as.
    pub offers: Offers,
    /// Why the text is not to be trusted; empty if it is.
    pub doubts: Vec<Doubt>,
    /// Remarks that people left in the file.
    pub comments: Vec<Comment>,
}

/// What a file could be read as, beside what it was read as.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offers {
    /// How many stretches are marked as inserted and as deleted; none where the file has no marked changes.
    pub changes: Option<Changes>,
    /// The heads of the columns that each hold a text of their own; empty where the file has no such columns.
    pub columns: Vec<String>,
}

/// How many changes a file marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Stretches marked as inserted.
    pub inserted: usize,
    /// Stretches marked as deleted.
    pub deleted: usize,
    /// Whether the word processor tracked them; else they are told by bold and struck type.
    pub tracked: bool,
}

/// A stretch of a file whose text is not what a person sees on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The first and last page, from 1; none where the file has no pages.
    pub pages: Option<(u32, u32)>,
    /// One sentence that names the pages and what is wrong with them.
    pub message: String,
}

/// A remark that somebody left in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Who wrote it, as the file says; may be empty.
    pub author: String,
    /// When, if the file says so.
    pub date: Option<Timestamp>,
    /// The words it is about, in bytes of the text; empty where they are not in this reading.
    pub range: TextRange,
    /// What it says.
    pub text: String,
}

/// A file taken in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// In the one form of [`crate::model::text::normalize`].
    pub text: String,
    /// What the file knew about stretches of the text, in bytes of it.
    pub hints: Vec<StructureHint>,
    /// Guesses from the first lines and the file's name, to be shown and corrected; the language only if the file
    /// says it.
    pub details: DraftDetails,
    /// Sentences for a person.
    pub warnings: Vec<String>,
    /// Pages, notes, bold and struck words, in bytes of the text.
    pub printed: Printed,
    /// What else the file could be read as.
    pub offers: Offers,
    /// Why the text is not to be trusted; empty if it is.
    pub doubts: Vec<Doubt>,
    /// Remarks that people left in the file.
    pub comments: Vec<Comment>,
    /// Which file it was.
    pub source: SourceFile,
    /// The file as it is, to be kept.
    pub bytes: Vec<u8>,
}

/// Follows an import and can stop it.
pub trait Watch {
    /// `done` of `total` bytes are read.
    fn progress(&mut self, done: u64, total: u64);
    /// Whether to stop at the next good moment.
    fn cancelled(&self) -> bool;
}

impl Watch for () {
    fn progress(&mut self, _done: u64, _total: u64) {}
    fn cancelled(&self) -> bool {
        false
    }
}

/// Why bytes could not be read, without the name of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It is a format no importer reads; which one, if that can be told.
    Unknown(Option<&'static str>),
    /// It has bytes no text has, first at this one.
    Binary {
        /// In bytes from the start of the file.
        at: usize,
    },
    /// It is larger than [`LARGEST`].
    TooLarge {
        /// In bytes.
        size: u64,
    },
    /// There is nothing in it.
    Empty,
    /// It is encrypted, and the password is missing or wrong.
    Password {
        /// Whether one was given.
        given: bool,
    },
    /// It is not what its format wants; what is wrong and where, to follow "is damaged: ".
    Damaged(String),
    /// It asks for more than a draft needs; what, to follow the name: `unpacks to more than 512 MB`.
    TooMuch(String),
    /// It can be read after a person has converted it; how, to follow a semicolon.
    Convert {
        /// With its article: `an old Word file`.
        what: &'static str,
        /// A request: `save it as DOCX and add that`.
        how: &'static str,
    },
    /// The reader of its format gave up in a way it should not.
    Fault(&'static str),
    /// The system would not give it; its own words.
    Unreadable(String),
    /// The person stopped it.
    Cancelled,
}

/// Why a file could not be taken in. Prints as one sentence with the file's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportError {
    /// The file's name without folders.
    pub name: String,
    /// What is the matter.
    pub problem: Problem,
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.name;
        match &self.problem {
            Problem::Unknown(Some(what)) => {
                write!(f, "{name} looks like {what}; this version reads {}", readable_formats())
            }
            Problem::Unknown(None) => {
                write!(f, "{name} is in no format that this version reads ({})", readable_formats())
            }
            Problem::Binary { at } => write!(f, "{name} is not text: byte {at} is one that no text has"),
            Problem::TooLarge { size } => write!(
                f,
                "{name} has {} MB, and drafts of more than {} MB are not read",
                size / (1024 * 1024),
                LARGEST / (1024 * 1024)
            ),
            Problem::Empty => write!(f, "{name} is empty"),
            Problem::Password { given: false } => write!(f, "{name} is encrypted and asks for a password"),
            Problem::Password { given: true } => write!(f, "{name} is encrypted, and this password does not open it"),
            Problem::Damaged(why) => write!(f, "{name} is damaged: {}", in_one_line(why)),
            Problem::TooMuch(what) => write!(f, "{name} {what}; it was not read"),
            Problem::Convert { what, how } => write!(f, "{name} is {what}; {how}"),
            Problem::Fault(format) => {
                write!(f, "{name} cannot be read: something in it stopped the reader of {format}")
            }
            Problem::Unreadable(why) => write!(f, "{name} cannot be read: {}", in_one_line(why)),
            Problem::Cancelled => write!(f, "The import of {name} was canceled"),
        }
    }
}

impl std::error::Error for ImportError {}

/// Words that may have come from the file itself, in one line and not too many.
fn in_one_line(words: &str) -> String {
    let words = words.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty());
    let line = words.collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(300) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

fn readable_formats() -> String {
    let mut list = String::new();
    for (i, importer) in IMPORTERS.iter().rev().enumerate() {
        let name = importer.name;
        match i {
            0 => list.push_str(&name.replacen('P', "p", usize::from(name == "Plain text"))),
            i if i + 1 == IMPORTERS.len() => list = format!("{list} and {name}"),
            _ => list = format!("{list}, {name}"),
        }
    }
    list
}

/// Reads a file with the importer its content or its ending asks for; anything else that is text, as plain text.
///
/// # Errors
/// Where the file cannot be read, is too large, is not text, or `watch` says to stop.
pub fn read_file(path: &Path, choices: &Choices, watch: &mut dyn Watch) -> Result<Imported, ImportError> {
    let name = path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
    let fail = |problem| ImportError { name: name.clone(), problem };
    let bytes = read_bytes(path, watch).map_err(fail)?;
    read_bytes_named(&name, bytes, choices, watch)
}

/// Reads a file that is to be text as it stands: UTF-8, with or without a byte order mark. For files that are no drafts.
///
/// # Errors
/// Where the file cannot be read, is too large or is not UTF-8.
pub fn read_utf8(path: &Path) -> Result<String, ImportError> {
    let name = path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
    let fail = |problem| ImportError { name: name.clone(), problem };
    let bytes = read_bytes(path, &mut ()).map_err(fail)?;
    let text = String::from_utf8(bytes).map_err(|e| {
        fail(Problem::Damaged(format!("what stands at byte {} is not UTF-8", e.utf8_error().valid_up_to())))
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// As [`read_file`] for the bytes of a file whose name is known: what was dropped or pasted.
///
/// # Errors
/// As for [`read_file`].
pub fn read_bytes_named(
    name: &str,
    bytes: Vec<u8>,
    choices: &Choices,
    watch: &mut dyn Watch,
) -> Result<Imported, ImportError> {
    let fail = |problem| ImportError { name: name.to_owned(), problem };
    let bytes = Bytes::new(bytes);
    let content = read_content(name, &bytes, choices, watch).map_err(fail)?;
    let mut details = details::guess(name, &content.text, &content.title);
    details.language = content.language;
    let source = SourceFile { name: name.to_owned(), sha256: sha256(&bytes), taken: content.taken };
    Ok(Imported {
        text: content.text,
        hints: content.hints,
        details,
        warnings: content.warnings,
        printed: content.printed,
        offers: content.offers,
        doubts: content.doubts,
        comments: content.comments,
        source,
        bytes: Arc::unwrap_or_clone(bytes),
    })
}

fn read_content(name: &str, bytes: &Bytes, choices: &Choices, watch: &mut dyn Watch) -> Result<Content, Problem> {
    if bytes.is_empty() {
        return Err(Problem::Empty);
    }
    let extension = Path::new(name).extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let importer = importers()
        .find(|i| (i.looks_like)(bytes))
        .or_else(|| importers().find(|i| i.extensions.contains(&extension.as_str())));
    let content = match importer {
        // A format that has a sign of its own and does not bear it is something else under a wrong name.
        Some(importer) if (importer.looks_like)(bytes) => guarded(importer, bytes, choices, watch)?,
        _ if let Some(problem) = package::refusal(bytes) => return Err(problem),
        _ if let Some(known) = decode::known_format(bytes) => return Err(Problem::Unknown(Some(known))),
        Some(importer) => guarded(importer, bytes, choices, watch)?,
        None => plain::read(bytes, choices, watch)?,
    };
    if content.text.trim().is_empty() {
        return Err(Problem::Empty);
    }
    if watch.cancelled() {
        return Err(Problem::Cancelled);
    }
    Ok(content)
}

fn read_bytes(path: &Path, watch: &mut dyn Watch) -> Result<Vec<u8>, Problem> {
    let unreadable = |e: std::io::Error| Problem::Unreadable(e.to_string());
    let mut file = std::fs::File::open(path).map_err(unreadable)?;
    let size = file.metadata().map_err(unreadable)?.len();
    if size > LARGEST {
        return Err(Problem::TooLarge { size });
    }
    let mut bytes = Vec::with_capacity(size as usize);
    let mut chunk = vec![0; 1 << 20];
    loop {
        if watch.cancelled() {
            return Err(Problem::Cancelled);
        }
        let read = file.read(&mut chunk).map_err(unreadable)?;
        if read == 0 {
            return Ok(bytes);
        }
        bytes.extend_from_slice(&chunk[..read]);
        // A file that grows while it is read, or a device without an end.
        if bytes.len() as u64 > LARGEST {
            return Err(Problem::TooLarge { size: bytes.len() as u64 });
        }
        watch.progress(bytes.len() as u64, size.max(bytes.len() as u64));
    }
}
