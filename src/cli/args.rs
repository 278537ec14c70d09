//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand as ClapSubcommand, ValueEnum};

use super::passphrase::PassphraseArgument;
use super::report::ReportArguments;
use super::share::ShareArguments;
use crate::model::{Action, CitationStyle, Severity, Status, Wording};
use crate::workspace::{AgreementUnit, Axis, Beside, Choices, Kinds, Levels, MatrixPage, Shade, Workspace};

/// A desktop workbench for the people who read treaty drafts.
///
/// Without a subcommand it opens the window, on PROJECT if one is named.
#[derive(Debug, Parser)]
#[command(name = "travaux", version, args_conflicts_with_subcommands = true)]
pub struct Arguments {
    /// A project folder to open in the window.
    pub project: Option<PathBuf>,
    /// Paint the window, save it as a PNG file, and end.
    #[arg(long, value_name = "FILE")]
    pub screenshot: Option<PathBuf>,
    /// With --screenshot: paint in this theme.
    #[arg(long, value_enum)]
    pub theme: Option<Theme>,
    /// The size of the window in points, such as 1280x800.
    #[arg(long, value_name = "WIDTHxHEIGHT", value_parser = size)]
    pub size: Option<(f32, f32)>,
    /// What to do without a window.
    #[command(subcommand)]
    pub subcommand: Option<Subcommand>,
}

/// A theme of the window.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// What places are counted by.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum CountBy {
    /// By draft, also those without any
    Draft,
    /// By article of each draft
    Article,
    /// By concern of the remarks on them, also those without any
    Concern,
}

/// The order of words in their context.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum KwicOrder {
    /// As the drafts read
    Place,
    /// By the words before
    Before,
    /// By the words after
    After,
    /// By the words found
    Found,
}

/// What to do without a window.
#[derive(Debug, ClapSubcommand)]
pub enum Subcommand {
    /// Make a project in an empty folder
    New {
        /// The folder; it is made if need be
        folder: PathBuf,
        /// What the project is called; the folder's name if not said
        #[arg(long)]
        title: Option<String>,
        /// The treaty's full name
        #[arg(long, default_value = "")]
        instrument: String,
        /// How citations are printed: plain, short, un, eu, un-french or un-spanish
        #[arg(long, value_name = "STYLE", default_value = "plain", value_parser = citation_style)]
        citations: CitationStyle,
    },
    /// Add files to a project as drafts
    #[command(after_help = Workspace::import_formats())]
    Import {
        /// The project's folder
        project: PathBuf,
        /// The files; of a folder, all files in it that can be read
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Add a file also where its text is not what a person sees on its pages
        #[arg(long)]
        anyway: bool,
        /// Make two drafts of a file with marked changes: as proposed, and as it was
        #[arg(long, conflicts_with = "wording")]
        both: bool,
        /// How to read them
        #[command(flatten)]
        reading: ReadingArguments,
        /// What is known about them
        #[command(flatten)]
        details: DetailArguments,
    },
    /// Print the text of a file as the program reads it
    #[command(after_help = Workspace::import_formats())]
    Text {
        /// The file
        file: PathBuf,
        /// How to read it
        #[command(flatten)]
        reading: ReadingArguments,
    },
    /// Print the provisions of a file
    #[command(after_help = Workspace::import_formats())]
    Outline {
        /// The file
        file: PathBuf,
        /// As JSON, with positions in Unicode code points of what `travaux text FILE` prints
        #[arg(long)]
        json: bool,
        /// How to read it
        #[command(flatten)]
        reading: ReadingArguments,
    },
    /// Print the citations in a file: of a draft those of itself, of an analysis those of the draft it speaks about
    #[command(after_help = Workspace::import_formats())]
    Citations {
        /// The file
        file: PathBuf,
        /// Say what they mean in a draft of this project
        #[arg(long, requires = "draft")]
        project: Option<PathBuf>,
        /// The draft, by label, symbol or folder name
        #[arg(long, requires = "project")]
        draft: Option<String>,
        /// As JSON, with positions in Unicode code points of what `travaux text FILE` prints
        #[arg(long)]
        json: bool,
        /// How to read it
        #[command(flatten)]
        reading: ReadingArguments,
    },
    /// Add a remark to a draft of a project
    Annotate(AnnotateArguments),
    /// List the annotations that an analysis suggests on a draft of a project, or take them
    #[command(after_help = Workspace::import_formats())]
    Commentary {
        /// The project's folder
        project: PathBuf,
        /// The draft it speaks about, by label, symbol or folder name
        draft: String,
        /// The analysis
        file: PathBuf,
        /// As JSON, with positions in Unicode code points of what `travaux text FILE` prints
        #[arg(long)]
        json: bool,
        /// Add the file as a commentary and make annotations of all that can stand in the draft
        #[arg(long)]
        accept_all: bool,
        /// How to read it
        #[command(flatten)]
        reading: ReadingArguments,
    },
    /// Say what became of a draft in a later one, article by article
    #[command(after_help = Workspace::import_formats())]
    Compare {
        /// The older draft
        old: PathBuf,
        /// The newer draft
        new: PathBuf,
        /// As JSON, with positions in Unicode code points of what `travaux text FILE` prints
        #[arg(long, conflicts_with = "out")]
        json: bool,
        /// Write a page with the redline: what was struck, what was put in, what moved
        #[arg(long, value_name = "FILE")]
        html: Option<PathBuf>,
        /// Write the table of provisions; its ending says how: .csv, .xlsx or .md
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// How to read them
        #[command(flatten)]
        reading: ReadingArguments,
    },
    /// Say where quotes from a draft stand in a later one, or carry the annotations of a project
    #[command(after_help = Workspace::import_formats())]
    Carry(Box<CarryArguments>),
    /// Search all drafts and notes of a project
    Search {
        /// The project's folder
        project: PathBuf,
        /// The question; the window's Search place explains the language
        query: String,
        /// As JSON, with positions in Unicode code points of the draft's text
        #[arg(long)]
        json: bool,
        /// Print how many places and marked words there are by draft, article or concern, instead of the places
        #[arg(long, value_enum, value_name = "WHAT")]
        count_by: Option<CountBy>,
        /// Print each marked word in its context, in the order of the drafts, or of the words before, after or found
        #[arg(long, value_enum, value_name = "ORDER", num_args = 0..=1, default_missing_value = "place")]
        #[arg(conflicts_with = "count_by")]
        kwic: Option<KwicOrder>,
        /// The most places to print
        #[arg(long, default_value_t = 1000, conflicts_with = "count_by")]
        limit: usize,
    },
    /// Count where concerns stand, and write it as a table or a picture
    Matrix(Box<MatrixArguments>),
    /// Say what colleagues' annotation files would change in a project, or take them over
    Merge {
        /// The project's folder
        project: PathBuf,
        /// The files
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Take over what is new and what they changed; otherwise it is only said
        #[arg(long)]
        apply: bool,
        /// As JSON
        #[arg(long)]
        json: bool,
        /// What opens encrypted ones
        #[command(flatten)]
        passphrase: PassphraseArgument,
    },
    /// Say how far the analysts of a project agree, concern by concern
    Agreement {
        /// The project's folder
        project: PathBuf,
        /// Only this draft, by label, symbol or folder name
        #[arg(long)]
        draft: Option<String>,
        /// Only these analysts, by name; can be repeated
        #[arg(long)]
        analyst: Vec<String>,
        /// What they are asked about: article, provision, sentence or character
        #[arg(long, default_value = "provision", value_parser = unit)]
        unit: AgreementUnit,
        /// With --json: say also how the units were rated, 1 flagged, 0 not flagged, null not looked at
        #[arg(long, requires = "json")]
        ratings: bool,
        /// As JSON, with positions in Unicode code points of the draft's text
        #[arg(long)]
        json: bool,
    },
    /// Write a submission: the remarks of a project as a paper for delegates
    #[command(after_help = paper_endings())]
    Report(Box<ReportArguments>),
    /// Write annotations to a file
    Export {
        /// The project's folder
        project: PathBuf,
        /// annotations, csv, xlsx, markdown, qdpx, qdc, jsonld, hypothesis or taguette
        #[arg(long)]
        format: String,
        /// The file to write
        #[arg(long)]
        out: PathBuf,
        /// Only this draft, by label, symbol or folder name
        #[arg(long)]
        draft: Option<String>,
        /// Only this analyst's annotations
        #[arg(long)]
        analyst: Option<String>,
    },
    /// Make a file of annotations for colleagues
    Share(Box<ShareArguments>),
    /// Add the annotations in a file of another program, or of a colleague, to a project
    #[command(after_help = Workspace::annotation_names())]
    ImportAnnotations {
        /// The project's folder
        project: PathBuf,
        /// The file
        file: PathBuf,
        /// Say what became of them as JSON
        #[arg(long)]
        json: bool,
        /// What opens an encrypted file
        #[command(flatten)]
        passphrase: PassphraseArgument,
    },
    /// Say what a project is called and how it prints citations, or change it
    Details {
        /// The project's folder
        project: PathBuf,
        /// What it is called from now on
        #[arg(long)]
        title: Option<String>,
        /// The treaty's full name
        #[arg(long)]
        instrument: Option<String>,
        /// How citations are printed from now on: plain, short, un, eu, un-french or un-spanish
        #[arg(long, value_name = "STYLE", value_parser = citation_style)]
        citations: Option<CitationStyle>,
    },
    /// Open a project and say whether everything in it is in order
    Check {
        /// The project's folder
        project: PathBuf,
    },
}

/// What to carry: quotes between two files, or the annotations of a project between two of its drafts.
#[derive(Args, Debug)]
pub struct CarryArguments {
    /// The older draft; or, with --from and --to, the folder of a project
    #[arg(value_name = "OLD or PROJECT")]
    pub old: PathBuf,
    /// The newer draft
    #[arg(required_unless_present = "from", conflicts_with = "from")]
    pub new: Option<PathBuf>,
    /// A JSON file with `[{"id", "start", "end", "exact"}]`, positions in Unicode code points of what `travaux text
    /// OLD` prints
    #[arg(long, value_name = "FILE", required_unless_present = "from", conflicts_with = "from")]
    pub quotes: Option<PathBuf>,
    /// The draft of the project to carry from, by label, symbol or folder name
    #[arg(long, value_name = "DRAFT", requires = "to")]
    pub from: Option<String>,
    /// The draft of the project to carry to
    #[arg(long, value_name = "DRAFT", requires = "from")]
    pub to: Option<String>,
    /// Put the annotations there, to be looked at; otherwise it is only said where they would stand
    #[arg(long, requires = "from")]
    pub apply: bool,
    /// As JSON
    #[arg(long)]
    pub json: bool,
    /// How to read the drafts
    #[command(flatten)]
    pub reading: ReadingArguments,
}

/// What to count against what.
#[derive(Args, Debug)]
pub struct MatrixArguments {
    /// The project's folder
    pub project: PathBuf,
    /// matrix, together (concerns that come together), coverage (what has been looked at), safeguards or timeline
    #[arg(long, default_value = "matrix", value_parser = word(MatrixPage::named, MatrixPage::ALL, MatrixPage::word))]
    pub page: MatrixPage,
    /// concern, article, chapter, draft, analyst, status or severity
    #[arg(long, default_value = "concern", value_parser = word(Axis::named, Axis::ALL, Axis::word))]
    pub rows: Axis,
    /// The same, and another than the rows
    #[arg(long, default_value = "article", value_parser = word(Axis::named, Axis::ALL, Axis::word))]
    pub columns: Axis,
    /// count, or severity for the highest of each cell
    #[arg(long, default_value = "count", value_parser = word(Shade::named, Shade::ALL, Shade::word))]
    pub value: Shade,
    /// How concerns are counted: below (with those below), each (by itself) or top (topmost only)
    #[arg(long, default_value = "below", value_parser = word(Levels::named, Levels::ALL, Levels::word))]
    pub concerns: Levels,
    /// Which annotations count: raised (remarks and absences), remarks, absences or all
    #[arg(long, default_value = "raised", value_parser = word(Kinds::named, Kinds::ALL, Kinds::word))]
    pub kinds: Kinds,
    /// When concerns come together: in one remark or in one provision
    #[arg(long, default_value = "remark", value_parser = word(Beside::named, Beside::ALL, Beside::word))]
    pub together: Beside,
    /// Only this draft, by label, symbol or folder name; articles are those of the latest if not said
    #[arg(long)]
    pub draft: Option<String>,
    /// Only this analyst's annotations
    #[arg(long)]
    pub analyst: Option<String>,
    /// draft, "for review" or agreed
    #[arg(long, value_parser = |s: &str| Status::named(s).ok_or("statuses are draft, for review and agreed"))]
    pub status: Option<Status>,
    /// Leave out rows and columns without anything
    #[arg(long)]
    pub without_empty: bool,
    /// csv, xlsx, json, md, svg or png; as the ending of --out says if not said, else csv
    #[arg(long, value_parser = ["csv", "xlsx", "json", "md", "svg", "png"])]
    pub format: Option<String>,
    /// The file to write; printed if not said
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

fn paper_endings() -> String {
    let formats = Workspace::paper_formats();
    let lines: Vec<String> = formats.iter().map(|(_, name, ending)| format!("  .{ending:<5} {name}")).collect();
    format!("Files end in:\n{}", lines.join("\n"))
}

/// A parser of the words for a choice, which says them all where one is wrong.
pub(super) fn word<T: Clone + Send + Sync + 'static>(
    named: fn(&str) -> Option<T>,
    all: &'static [T],
    word: fn(T) -> &'static str,
) -> impl Fn(&str) -> Result<T, String> + Clone + Send + Sync + 'static {
    move |text| {
        let known = || all.iter().cloned().map(word).collect::<Vec<_>>().join(", ");
        named(text).ok_or_else(|| format!("it is one of {}", known()))
    }
}

/// How a file is to be read.
#[derive(Args, Default)]
pub struct ReadingArguments {
    /// Which reading of marked changes; as proposed if not said
    #[arg(long, value_enum)]
    pub wording: Option<WordingArgument>,
    /// Which column of a table that compares texts, counted from 1; the whole file if not said
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub column: Option<u16>,
    /// What opens an encrypted file; other users of this machine may see it, so better give it to --password-stdin
    #[arg(long, conflicts_with = "password_stdin")]
    pub password: Option<String>,
    /// Read the password from the first line of standard input
    #[arg(long)]
    pub password_stdin: bool,
}

/// A reading of marked changes.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum WordingArgument {
    /// With what is inserted, without what is deleted
    Proposed,
    /// Without what is inserted, with what is deleted
    Original,
    /// All that is printed
    Printed,
}

/// Without the password: what is printed may come into a log.
impl std::fmt::Debug for ReadingArguments {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReadingArguments")
            .field("wording", &self.wording)
            .field("column", &self.column)
            .finish_non_exhaustive()
    }
}

impl ReadingArguments {
    /// The choices that were made.
    ///
    /// # Errors
    /// Where the password cannot be read.
    pub fn choices(self) -> Result<Choices, String> {
        let mut password = self.password;
        if self.password_stdin {
            let mut line = String::new();
            let read = std::io::stdin().read_line(&mut line);
            read.map_err(|e| format!("the password cannot be read from standard input: {e}"))?;
            password = Some(line.trim_end_matches(['\r', '\n']).to_owned());
        }
        let wording = self.wording.map(|w| match w {
            WordingArgument::Proposed => Wording::Proposed,
            WordingArgument::Original => Wording::Original,
            WordingArgument::Printed => Wording::Printed,
        });
        Ok(Choices { wording, column: self.column.map(|c| c - 1), password })
    }
}

/// What is known about the drafts to add; guessed where not said.
#[derive(Args, Debug, Default)]
pub struct DetailArguments {
    /// The draft's short name, such as Rev.1; only with one file
    #[arg(long)]
    pub label: Option<String>,
    /// The document symbol; only with one file
    #[arg(long)]
    pub symbol: Option<String>,
    /// The date, year-month-day
    #[arg(long)]
    pub date: Option<jiff::civil::Date>,
    /// The session
    #[arg(long)]
    pub session: Option<String>,
    /// The language, such as en or fr
    #[arg(long)]
    pub language: Option<String>,
}

/// A remark to add.
#[derive(Args, Debug)]
pub struct AnnotateArguments {
    /// The project's folder
    pub project: PathBuf,
    /// The draft, by label, symbol or folder name
    #[arg(long)]
    pub draft: String,
    /// The words to remark on, exactly as they stand
    #[arg(long)]
    pub quote: Option<String>,
    /// The provision the words stand in, or the one to remark on as a whole
    #[arg(long)]
    pub citation: Option<String>,
    /// The remark is about words that ought to be in the cited provision and are not
    #[arg(long, requires = "citation", conflicts_with = "quote")]
    pub absence: bool,
    /// It says that the safeguards named with --concern stand there
    #[arg(long, conflicts_with = "absence")]
    pub present: bool,
    /// It says that the safeguards named with --concern are not needed in the cited provision
    #[arg(long, requires = "citation", conflicts_with_all = ["quote", "absence", "present"])]
    pub not_needed: bool,
    /// A concern, by tag or name; can be repeated
    #[arg(long = "concern")]
    pub concerns: Vec<String>,
    /// The note
    #[arg(long)]
    pub note: Option<String>,
    /// low, moderate, high, critical, or 1 to 4
    #[arg(long, value_parser = |s: &str| Severity::named(s).ok_or("severities are low, moderate, high and critical"))]
    pub severity: Option<Severity>,
    /// draft, "for review" or agreed
    #[arg(long, value_parser = |s: &str| Status::named(s).ok_or("statuses are draft, for review and agreed"))]
    pub status: Option<Status>,
    /// delete, limit, amend, add, clarify, retain or reject
    #[arg(long, value_parser = |s: &str| Action::named(s).ok_or("recommendations are delete, limit, amend, add, clarify, retain and reject"))]
    pub recommend: Option<Action>,
    /// The provisions the recommendation points to, such as "Articles 7 to 11"
    #[arg(long, requires = "recommend")]
    pub target: Vec<String>,
    /// Proposed words
    #[arg(long, requires = "recommend")]
    pub proposed: Option<String>,
    /// Whose proposal it supports
    #[arg(long, requires = "recommend")]
    pub supports: Option<String>,
    /// Sign as this analyst from now on
    #[arg(long = "as", value_name = "NAME")]
    pub analyst: Option<String>,
}

fn unit(text: &str) -> Result<AgreementUnit, String> {
    let words = AgreementUnit::ALL.map(AgreementUnit::word);
    AgreementUnit::named(text).ok_or_else(|| format!("the units are {}", words.join(", ")))
}

pub(super) fn citation_style(text: &str) -> Result<CitationStyle, String> {
    let words = CitationStyle::ALL.map(CitationStyle::word);
    CitationStyle::named(text).ok_or_else(|| format!("the styles are {}", words.join(", ")))
}

fn size(text: &str) -> Result<(f32, f32), String> {
    let wrong = || "a size is two numbers, such as 1280x800".to_owned();
    let (w, h) = text.split_once(['x', '×']).ok_or_else(wrong)?;
    match (w.parse::<f32>(), h.parse::<f32>()) {
        (Ok(w), Ok(h)) if (200.0..=10_000.0).contains(&w) && (200.0..=10_000.0).contains(&h) => Ok((w, h)),
        _ => Err(wrong()),
    }
}
