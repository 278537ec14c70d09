//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand as ClapSubcommand, ValueEnum};

use crate::model::{Action, Severity, Status};

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
    },
    /// Add files to a project as drafts
    Import {
        /// The project's folder
        project: PathBuf,
        /// The files
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// What is known about them
        #[command(flatten)]
        details: DetailArguments,
    },
    /// Print the text of a file as the program reads it
    Text {
        /// The file
        file: PathBuf,
    },
    /// Print the provisions of a file
    Outline {
        /// The file
        file: PathBuf,
        /// As JSON, with positions in Unicode code points of what `travaux text FILE` prints
        #[arg(long)]
        json: bool,
    },
    /// Add a remark to a draft of a project
    Annotate(AnnotateArguments),
    /// Search all drafts and notes of a project
    Search {
        /// The project's folder
        project: PathBuf,
        /// The question; the window's Search place explains the language
        query: String,
        /// As JSON, with positions in Unicode code points of the draft's text
        #[arg(long)]
        json: bool,
        /// The most places to print
        #[arg(long, default_value_t = 1000)]
        limit: usize,
    },
    /// Write annotations to a file
    Export {
        /// The project's folder
        project: PathBuf,
        /// annotations, csv or markdown
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
    /// Open a project and say whether everything in it is in order
    Check {
        /// The project's folder
        project: PathBuf,
    },
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

fn size(text: &str) -> Result<(f32, f32), String> {
    let wrong = || "a size is two numbers, such as 1280x800".to_owned();
    let (w, h) = text.split_once(['x', '×']).ok_or_else(wrong)?;
    match (w.parse::<f32>(), h.parse::<f32>()) {
        (Ok(w), Ok(h)) if (200.0..=10_000.0).contains(&w) && (200.0..=10_000.0).contains(&h) => Ok((w, h)),
        _ => Err(wrong()),
    }
}
