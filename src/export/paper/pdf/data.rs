//! A paper as `paper.typ` reads it from `paper.json`. The names are one letter long where they come once for each run.

use std::collections::BTreeMap;

use serde::Serialize;

use super::faces::Family;
use super::text::{Text, Way};

/// The paper.
#[derive(Serialize)]
pub(super) struct Data<'p> {
    /// For the properties of the file.
    pub title: String,
    pub authors: Vec<String>,
    pub g: Tongue,
    /// By the tag of a run.
    pub tongues: BTreeMap<String, Tongue>,
    pub rtl: bool,
    pub dense: bool,
    pub lying: bool,
    pub contents: bool,
    /// Whether there is any heading.
    pub headed: bool,
    pub words: FixedWords,
    pub front: FrontPage<'p>,
    pub body: Vec<Part<'p>>,
}

/// Words that are not the paper's.
#[derive(Serialize)]
pub(super) struct FixedWords {
    pub contents: &'static str,
    /// Before, between and after the number of the page and the number of pages.
    pub page: [&'static str; 3],
}

/// What stands on the first page; what is not there is left out.
#[derive(Serialize)]
pub(super) struct FrontPage<'p> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Line<'p>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<Line<'p>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<Line<'p>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Line<'p>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub addressee: Option<Line<'p>>,
    /// At the foot of every page.
    pub foot: Line<'static>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo: Option<Picture>,
    pub introduction: Vec<Part<'p>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signatories: Option<Signed<'p>>,
}

/// A picture.
#[derive(Serialize)]
pub(super) struct Picture {
    pub file: &'static str,
    /// Width over height.
    pub ratio: f32,
    pub alt: String,
}

/// Who signs.
#[derive(Serialize)]
pub(super) struct Signed<'p> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading: Option<Line<'p>>,
    pub names: Vec<Line<'p>>,
}

/// Words of one kind.
#[derive(Serialize)]
pub(super) struct Line<'p> {
    /// Which way they run, where it is not the way of the paper.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub d: Option<Way>,
    pub t: Text<'p>,
}

/// The arguments of `text` in typst.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Tongue {
    pub lang: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    pub font: Vec<Family>,
}

/// A part of the text.
#[derive(Serialize)]
#[serde(tag = "k")]
pub(super) enum Part<'p> {
    #[serde(rename = "h")]
    Heading {
        /// Level.
        l: u8,
        #[serde(skip_serializing_if = "Option::is_none")]
        d: Option<Way>,
        r: Vec<Words<'p>>,
    },
    #[serde(rename = "p")]
    Paragraph {
        /// Role.
        o: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        d: Option<Way>,
        /// The mark that says which remark it is about.
        #[serde(skip_serializing_if = "Option::is_none")]
        a: Option<String>,
        /// It stays on the page of what comes next.
        #[serde(skip_serializing_if = "is_false")]
        y: bool,
        r: Vec<Words<'p>>,
    },
    #[serde(rename = "l")]
    List {
        /// Numbered.
        n: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        d: Option<Way>,
        /// The number of the first item.
        f: usize,
        /// Items.
        i: Vec<Vec<Self>>,
    },
    #[serde(rename = "t")]
    Table {
        /// What it is called.
        w: String,
        /// Columns.
        c: Vec<ColumnHead<'p>>,
        /// Rows.
        r: Vec<Cells<'p>>,
        /// Notes that stand below it.
        n: Vec<Note<'p>>,
    },
    #[serde(rename = "b")]
    PageBreak,
}

impl Part<'_> {
    /// Gives the parts of a cell the mark of their row, where they have none of their own.
    pub(super) fn take_mark(&mut self, mark: &str) {
        match self {
            Self::Paragraph { a, .. } => {
                a.get_or_insert_with(|| mark.to_owned());
            }
            Self::List { i, .. } => i.iter_mut().flatten().for_each(|part| part.take_mark(mark)),
            Self::Heading { .. } | Self::Table { .. } | Self::PageBreak => {}
        }
    }
}

/// The cells of a row.
#[derive(Serialize)]
pub(super) struct Cells<'p> {
    /// Whether it may break over pages.
    pub b: bool,
    pub c: Vec<Vec<Part<'p>>>,
}

/// A note below a table.
#[derive(Serialize)]
pub(super) struct Note<'p> {
    /// Its number.
    pub n: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub d: Option<Way>,
    pub r: Vec<Words<'p>>,
}

/// The head of a column.
#[derive(Serialize)]
pub(super) struct ColumnHead<'p> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub d: Option<Way>,
    /// Name.
    pub n: Text<'p>,
    /// Share of the width.
    pub s: f32,
}

/// A run.
#[derive(Serialize)]
pub(super) struct Words<'p> {
    pub t: Text<'p>,
    /// The tag of its language, where it is not the paper's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub g: Option<&'p str>,
    /// Bold.
    #[serde(skip_serializing_if = "is_false")]
    pub b: bool,
    /// Emphasis.
    #[serde(skip_serializing_if = "is_false")]
    pub e: bool,
    /// Struck.
    #[serde(skip_serializing_if = "is_false")]
    pub s: bool,
    /// Put in.
    #[serde(skip_serializing_if = "is_false")]
    pub i: bool,
    /// Where it leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub u: Option<&'p str>,
    /// Footnote.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub f: Option<Vec<Self>>,
    /// The number of a note below the table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub n: Option<usize>,
}

fn is_false(b: &bool) -> bool {
    !*b
}
