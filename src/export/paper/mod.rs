//! A paper as every format writes it: the one model of a submission, so that DOCX, PDF, HTML, Markdown and XLSX say the
//! same.
//!
//! The workspace composes a [`Paper`] out of a project; a format turns one into bytes. It holds words and what they are,
//! never how they look in one format. Nothing in it is markup: every word is taken as it is.
//!
//! Must not know: projects, annotations, where the words come from, files.

mod contents;
mod docx;
mod flow;
mod html;
mod markdown;
pub mod pages;
#[cfg(feature = "pdf")]
pub mod pdf;
mod sheet;
mod words;

use std::sync::Arc;

use super::{ExportError, Written};
use crate::model::AnnotationId;

/// A format that a paper can be written in.
#[derive(Clone, Copy, Debug)]
pub struct PaperFormat {
    /// What the command line calls it.
    pub id: &'static str,
    /// What the screen calls it.
    pub name: &'static str,
    /// How its files end, without the dot.
    pub extension: &'static str,
    /// The bytes of such a file, and what it could not carry.
    pub write: fn(&Paper) -> Result<Written, ExportError>,
}

/// All of them, in the order they are offered.
pub static PAPER_FORMATS: &[PaperFormat] = &[
    PaperFormat { id: "docx", name: "Document (DOCX)", extension: "docx", write: docx::write },
    #[cfg(feature = "pdf")]
    PaperFormat { id: "pdf", name: "Pages to print (PDF)", extension: "pdf", write: pdf::write },
    PaperFormat { id: "html", name: "Web page (HTML)", extension: "html", write: html::write },
    PaperFormat { id: "markdown", name: "Text (Markdown)", extension: "md", write: markdown::write },
    PaperFormat { id: "xlsx", name: "Workbook (XLSX)", extension: "xlsx", write: sheet::write },
];

/// A paper on pages, for the window: it is laid out here, and drawn page by page when a page is asked for.
///
/// # Errors
/// Where the paper cannot be set, and where the program was built without a typesetter.
pub fn pages(paper: &Paper) -> Result<pages::Pages, ExportError> {
    #[cfg(feature = "pdf")]
    return pdf::pages(paper);
    #[cfg(not(feature = "pdf"))]
    {
        let _ = paper;
        Err(ExportError::NotMade("This build of Travaux cannot set pages".to_owned()))
    }
}

/// A paper to be written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paper {
    /// Which words the formats add themselves ("Contents", "page 2 of 9"), and the direction of the page.
    pub language: PaperLanguage,
    /// Upright, or lying for wide tables.
    pub sheet: Sheet,
    /// How much room there is between and around things.
    pub density: Density,
    /// What stands before the text.
    pub front: Front,
    /// Whether a table of contents follows the front matter.
    pub contents: bool,
    /// The text.
    pub body: Vec<Block>,
    /// A DOCX document whose styles the paper is written in, as the bytes of the file; other formats pass over it.
    pub styles: Option<Arc<[u8]>>,
}

/// The language of the words that are not the analysts' or the draft's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaperLanguage {
    /// `en`
    #[default]
    English,
    /// `fr`
    French,
    /// `es`
    Spanish,
    /// `ru`
    Russian,
    /// `ar`, from right to left
    Arabic,
    /// `zh`
    Chinese,
}

impl PaperLanguage {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 6] = [Self::English, Self::French, Self::Spanish, Self::Russian, Self::Arabic, Self::Chinese];

    /// Its BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
            Self::Spanish => "es",
            Self::Russian => "ru",
            Self::Arabic => "ar",
            Self::Chinese => "zh",
        }
    }

    /// The language with this tag, whatever region follows it.
    pub fn named(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default().to_lowercase();
        Self::ALL.into_iter().find(|l| l.tag() == primary)
    }

    /// Whether its pages run from right to left.
    pub fn is_right_to_left(self) -> bool {
        self == Self::Arabic
    }
}

/// How a sheet lies. It is A4.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sheet {
    /// For reading.
    #[default]
    Upright,
    /// For wide tables.
    Lying,
}

/// How closely the page is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    /// For reading.
    #[default]
    Roomy,
    /// For a sheet that is to fit one or two pages.
    Dense,
}

/// What stands before the text; what is empty is left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Front {
    /// The title of the paper.
    pub title: String,
    /// A line below it.
    pub subtitle: String,
    /// Who submits it.
    pub organisation: String,
    /// The mark of the organisation.
    pub logo: Option<Logo>,
    /// The date as it is printed.
    pub date: String,
    /// To whom it goes.
    pub addressee: String,
    /// The introduction.
    pub introduction: Vec<Block>,
    /// Who signs, at the end of the paper: a heading and names.
    pub signatories: Option<(String, Vec<String>)>,
}

/// A picture that was checked to be one.
#[derive(Clone, Debug, PartialEq)]
pub struct Logo {
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// What they are.
    pub kind: LogoKind,
    /// Its width in points of 1/72 inch, or for a PNG in pixels: only the ratio counts.
    pub width: f32,
    /// Its height in the same unit.
    pub height: f32,
}

/// What a logo may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogoKind {
    /// Portable Network Graphics.
    Png,
    /// Scalable Vector Graphics.
    Svg,
}

/// A part of the text.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading.
    Heading {
        /// 1 to 4, outermost first.
        level: u8,
        /// Its words.
        runs: Vec<Run>,
    },
    /// Running text.
    Paragraph {
        /// What the paragraph is, for its style.
        role: Role,
        /// The remark it comes from; a click on it in the window opens that.
        about: Option<AnnotationId>,
        /// Its words.
        runs: Vec<Run>,
    },
    /// A list.
    List {
        /// Numbered, or with bullets.
        numbered: bool,
        /// The entries; in each, paragraphs and lists.
        items: Vec<Vec<Self>>,
    },
    /// A table.
    Table(Grid),
    /// The next part begins on a new page.
    PageBreak,
}

/// What a paragraph is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Running text: a note, an introduction.
    #[default]
    Body,
    /// Words of a draft.
    Quote,
    /// A proposed text, as a redline or in full.
    Proposal,
    /// What the paper asks for.
    Ask,
    /// Small print beside a clause: concern, severity, status.
    Label,
    /// What became of a concern since the last draft.
    Since,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Body, Self::Quote, Self::Proposal, Self::Ask, Self::Label, Self::Since];
}

/// A table. Its first row is its head and is repeated on every page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    /// What it is called, for readers that cannot see it and for the sheet of a workbook.
    pub title: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, each as long as the columns.
    pub rows: Vec<Row>,
}

/// A column of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Column {
    /// Its head.
    pub name: String,
    /// Its share of the width; only the ratio to the others counts.
    pub share: f32,
    /// Whether its cells are numbers or percentages that the program counted, to be reckoned with in a workbook.
    pub counts: bool,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// The remark it comes from, if it is one.
    pub about: Option<AnnotationId>,
    /// In the order of the columns; in each, paragraphs.
    pub cells: Vec<Vec<Block>>,
}

/// A stretch of words of one kind. Breaks of lines are `\n`; no other control character is written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    /// The words.
    pub text: String,
    /// How they stand out.
    pub mark: Mark,
    /// BCP 47, where it is not the paper's.
    pub language: Option<String>,
    /// A footnote behind the words.
    pub footnote: Option<Vec<Self>>,
    /// An address on the web the words lead to: `http`, `https` or `mailto`, nothing else.
    pub link: Option<String>,
}

/// How a run stands out; what is struck and put in is never told by color alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// Important.
    pub strong: bool,
    /// Stressed.
    pub emphasis: bool,
    /// Whether the words are proposed to go or to come.
    pub stroke: Stroke,
}

/// What a proposal does with words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stroke {
    /// Nothing.
    #[default]
    Kept,
    /// They are to go: struck through.
    Struck,
    /// They are to come: bold and underlined.
    PutIn,
}

impl Run {
    /// Plain words.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Important words.
    pub fn strong(text: impl Into<String>) -> Self {
        Self { mark: Mark { strong: true, ..Mark::default() }, ..Self::plain(text) }
    }

    /// Words a proposal keeps, strikes or puts in.
    pub fn stroke(stroke: Stroke, text: impl Into<String>) -> Self {
        Self { mark: Mark { stroke, ..Mark::default() }, ..Self::plain(text) }
    }

    /// The same in a language.
    #[must_use]
    pub fn in_language(mut self, tag: &str) -> Self {
        self.language = (!tag.trim().is_empty()).then(|| tag.to_owned());
        self
    }
}

impl Block {
    /// Running text of plain words.
    pub fn text(role: Role, text: impl Into<String>) -> Self {
        Self::Paragraph { role, about: None, runs: vec![Run::plain(text)] }
    }

    /// A heading of plain words.
    pub fn heading(level: u8, text: impl Into<String>) -> Self {
        Self::Heading { level, runs: vec![Run::plain(text)] }
    }
}

/// Whether a string is set from right to left, by its first strong character, as a language tag often does not say.
pub fn runs_right_to_left(text: &str) -> bool {
    unicode_bidi::get_base_direction(text) == unicode_bidi::Direction::Rtl
}
