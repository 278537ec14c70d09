//! A submission the team keeps with the project: which remarks it takes, what stands before them, how it is written.
//!
//! The paper itself is not kept: it follows from the project whenever it is looked at. What was said of the remarks in it
//! (their order, which are left out, which come first) is, and changes no remark.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;

use super::annotation::{Severity, Status};
use super::citation::CitationStyle;
use super::ids::{AnalystId, AnnotationId, ConcernId, DraftId, SearchId, SubmissionId};

/// What kind of paper it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SubmissionKind {
    /// Provision by provision, with all that is said of each.
    #[default]
    Article,
    /// Concern by concern, with the clauses it is raised in.
    Thematic,
    /// A table of current and proposed text.
    Amendments,
    /// One line a clause, for a delegate.
    Delegate,
}

impl SubmissionKind {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::Article, Self::Thematic, Self::Amendments, Self::Delegate];

    /// The word for it in files and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Thematic => "thematic",
            Self::Amendments => "amendments",
            Self::Delegate => "delegate",
        }
    }

    /// What the screen calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Article => "Article by article",
            Self::Thematic => "Thematic brief",
            Self::Amendments => "Amendment table",
            Self::Delegate => "Delegate sheet",
        }
    }

    /// The kind with this word, in any capitals.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.word().eq_ignore_ascii_case(word.trim()))
    }
}

/// Which remarks a submission takes. What is empty does not restrict.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pick {
    /// Tagged with one of these concerns, or one below them.
    pub concerns: BTreeSet<ConcernId>,
    /// By one of these analysts.
    pub analysts: BTreeSet<AnalystId>,
    /// So far along.
    pub statuses: BTreeSet<Status>,
    /// At least so bad; remarks whose severity nobody has said are then left out.
    pub least: Option<Severity>,
    /// That this question finds, in the language of the place Search.
    pub query: String,
    /// That this kept search finds.
    pub search: Option<SearchId>,
}

/// A file that is kept in the project's folder; its bytes are told by their hash, so that undo finds the one before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptFile {
    /// Its name without folders, as it was when it was taken in.
    pub name: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// The date that is printed on a paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PaperDate {
    /// The day it is written.
    #[default]
    Today,
    /// This one.
    On(Date),
    /// None.
    Nothing,
}

/// What stands before the text, and who signs behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// The title. `{instrument}`, `{draft}` and `{symbol}` stand for those of the project.
    pub title: String,
    /// A line below it, with the same words in braces.
    pub subtitle: String,
    /// Who submits it.
    pub organisation: String,
    /// The mark of the organisation, a PNG or SVG file.
    pub logo: Option<KeptFile>,
    /// The date.
    pub date: PaperDate,
    /// To whom it goes.
    pub addressee: String,
    /// The introduction, in Markdown.
    pub introduction: String,
    /// Who signs.
    pub signatories: Vec<String>,
}

/// Which parts a paper shows besides the remarks themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shows {
    /// The definitions of concerns.
    pub definitions: bool,
    /// How bad each remark says it is.
    pub severity: bool,
    /// How far each remark has come.
    pub status: bool,
    /// Who made each remark.
    pub analysts: bool,
    /// What became of each remark since the draft before.
    pub since: bool,
    /// Footnotes: the sources of remarks, the symbol of the draft.
    pub footnotes: bool,
}

impl Default for Shows {
    fn default() -> Self {
        Self { definitions: true, severity: true, status: false, analysts: false, since: true, footnotes: true }
    }
}

/// What was exported last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// When.
    pub when: Timestamp,
    /// The name of the file, without folders.
    pub file: String,
    /// Of which draft it was.
    pub draft: DraftId,
    /// For every remark in it a digest of what the paper took from the remark.
    pub digests: BTreeMap<AnnotationId, u64>,
}

/// A submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// Which one.
    pub id: SubmissionId,
    /// What the team calls it.
    pub name: String,
    /// What kind of paper it is.
    pub kind: SubmissionKind,
    /// On which draft; the latest where there is none.
    pub draft: Option<DraftId>,
    /// Which remarks it takes.
    pub pick: Pick,
    /// What stands before them.
    pub front: FrontMatter,
    /// BCP 47: the language of the words that are not the analysts' or the draft's.
    pub language: String,
    /// How citations are printed; as in the project where nothing is said.
    pub style: Option<CitationStyle>,
    /// One's own DOCX file whose styles the paper is written in.
    pub style_template: Option<KeptFile>,
    /// Which parts it shows.
    pub shows: Shows,
    /// Whether it has a table of contents.
    pub contents: bool,
    /// The remarks in an order of one's own; what is not named stands behind what comes before it by place.
    pub order: Vec<AnnotationId>,
    /// Remarks that are not in it.
    pub left_out: BTreeSet<AnnotationId>,
    /// Remarks that are its main points, in order.
    pub promoted: Vec<AnnotationId>,
    /// What was exported last.
    pub exported: Option<Exported>,
}

impl Submission {
    /// One that takes every remark, with nothing before them.
    pub fn new(id: SubmissionId, name: String, kind: SubmissionKind) -> Self {
        Self {
            id,
            name,
            kind,
            draft: None,
            pick: Pick::default(),
            front: FrontMatter::default(),
            language: "en".to_owned(),
            style: None,
            style_template: None,
            shows: Shows::default(),
            contents: false,
            order: Vec::new(),
            left_out: BTreeSet::new(),
            promoted: Vec::new(),
            exported: None,
        }
    }
}
