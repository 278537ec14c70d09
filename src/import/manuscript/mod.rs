//! A word processor's document before one of its readings is chosen: what DOCX, ODT and RTF have in common, and how a
//! reading of it becomes a draft's text.
//!
//! Must not know: zip packages, XML, control words, or anything else of how a format writes these things down. The way
//! through: an importer fills a [`Manuscript`]; `converted` mends what a conversion from PDF left; `changes` finds the
//! changes that are marked by type; `tables` finds columns to choose from; `write` makes the text of one reading.

mod changes;
mod converted;
mod languages;
mod line;
mod numbering;
mod numerals;
mod placing;
pub(super) mod symbols;
mod tables;
mod title;
mod write;

pub(super) use languages::Languages;
pub(super) use numbering::{Level, List, Restart};
pub(super) use numerals::Numerals;
pub(super) use title::{checked as checked_title, title};
pub(super) use write::write;

use jiff::Timestamp;

/// A document, in order.
#[derive(Default)]
pub(super) struct Manuscript {
    /// All characters; pieces point into it.
    pub text: String,
    /// Stretches of paragraphs; paragraphs point into it.
    pub pieces: Vec<Piece>,
    /// The document itself.
    pub body: Vec<Block>,
    /// Footnotes and endnotes; pieces point into it.
    pub notes: Vec<NoteBody>,
    /// How footnotes are numbered, and how endnotes are.
    pub note_numbers: [NoteNumbers; 2],
    /// People's remarks; pieces point into it.
    pub remarks: Vec<Remark>,
    /// Numbered lists; paragraphs point into it.
    pub lists: Vec<List>,
    /// How the pages of each section are numbered, in order.
    pub sections: Vec<PageNumbers>,
    /// Whether a number is printed on the pages.
    pub pages_numbered: bool,
    /// The document's name for itself.
    pub title: String,
    /// BCP 47; empty if not known.
    pub language: String,
    /// Sentences for a person.
    pub warnings: Vec<String>,
}

/// What a document is made of. Tables are told by their edges, so that nothing nests.
#[derive(Clone, Debug)]
pub(super) enum Block {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A table begins.
    Table,
    /// A row begins, this many columns from the side.
    Row {
        /// How many columns stand empty in front of its first cell.
        before: u16,
    },
    /// A cell begins.
    Cell {
        /// How many columns it goes over, at least 1.
        span: u16,
    },
    /// The cell that began last ends.
    CellEnd,
    /// The row that began last ends.
    RowEnd,
    /// The table that began last ends.
    TableEnd,
    /// A section ends.
    SectionEnd {
        /// Whether what follows stands on another page.
        new_page: bool,
    },
}

/// A paragraph, without its words.
#[derive(Clone, Debug, Default)]
pub(super) struct Paragraph {
    /// The first of its pieces, and one past the last.
    pub pieces: (u32, u32),
    /// Its level if it is a heading, from 1; else 0.
    pub heading: u8,
    /// Whether it stands in a table of contents.
    pub aside: bool,
    /// Whether its lines stand in the middle of the page.
    pub centered: bool,
    /// Whether a new page begins with it.
    pub page_before: bool,
    /// Whether the next paragraph goes on with it, whatever the reading.
    pub runs_on: bool,
    /// What its style sets, which says nothing about single words.
    pub style_look: Look,
    /// Which style it has; equal numbers are equal styles.
    pub style: u32,
    /// Its number as the file has it, in [`Manuscript::text`], where the file has numbers and not what makes them.
    pub label: (u32, u32),
    /// Its place in a numbered list.
    pub list: Option<ListPlace>,
    /// The same before the tracked change, where that changed it.
    pub former_list: Former,
    /// Whether its end was inserted or deleted.
    pub end: Change,
}

/// What a paragraph's place in lists was before it was changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Former {
    /// It was not changed.
    #[default]
    Same,
    /// It was this, or none.
    Other(Option<ListPlace>),
}

/// A place in a numbered list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ListPlace {
    /// Which of [`Manuscript::lists`].
    pub list: u32,
    /// From 0.
    pub level: u8,
    /// The number it is to have, where it starts anew.
    pub restart: Option<u32>,
    /// Whether it takes part without a number of its own.
    pub silent: bool,
}

/// A stretch of a paragraph that is all of one kind.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    /// What it is.
    pub kind: PieceKind,
    /// Its words in [`Manuscript::text`].
    pub words: (u32, u32),
    /// How they are set.
    pub look: Look,
    /// Whether they were inserted or deleted.
    pub change: Change,
}

/// What a piece of a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PieceKind {
    /// Words.
    Words,
    /// A tabulator.
    Tab,
    /// The line ends here, the paragraph does not.
    Line,
    /// The column or page was made to end here.
    Break {
        /// Whether the page was.
        page: bool,
    },
    /// A page began here when the document was last printed.
    Page,
    /// The sign of one of [`Manuscript::notes`]; its words are the sign, where the author chose one.
    Call(u32),
    /// One of [`Manuscript::remarks`] begins to apply.
    RemarkStart(u32),
    /// It ends to apply.
    RemarkEnd(u32),
    /// Its sign, where it may apply to nothing but this place.
    RemarkSign(u32),
}

/// How words are set: a set of the constants below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Look(pub u8);

impl Look {
    pub const BOLD: Self = Self(1);
    pub const ITALIC: Self = Self(2);
    pub const UNDERLINED: Self = Self(4);
    pub const STRUCK: Self = Self(8);
    pub const RAISED: Self = Self(16);
    pub const LOWERED: Self = Self(32);
    /// Not shown at all; no piece of a manuscript is.
    pub const HIDDEN: Self = Self(64);

    /// Whether all of `other` is in it.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The same with `other`, or without it.
    pub fn with(self, other: Self, on: bool) -> Self {
        Self(if on { self.0 | other.0 } else { self.0 & !other.0 })
    }

    /// The same without what `other` has.
    pub fn beyond(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

/// Whether words were inserted or deleted: a set of the constants below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Change(pub u8);

impl Change {
    /// Inserted, as the word processor tracked it.
    pub const INSERTED: Self = Self(1);
    /// Deleted, as the word processor tracked it.
    pub const DELETED: Self = Self(2);
    /// Inserted, as its type says.
    pub const TYPED_IN: Self = Self(4);
    /// Deleted, as its type says.
    pub const TYPED_OUT: Self = Self(8);

    /// Whether any of `other` is in it.
    pub fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The same with `other`, or without it.
    pub fn with(self, other: Self, on: bool) -> Self {
        Self(if on { self.0 | other.0 } else { self.0 & !other.0 })
    }

    /// Both.
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether it came into the text.
    pub fn is_in(self) -> bool {
        self.any(Self(Self::INSERTED.0 | Self::TYPED_IN.0))
    }

    /// Whether it went out of the text.
    pub fn is_out(self) -> bool {
        self.any(Self(Self::DELETED.0 | Self::TYPED_OUT.0))
    }
}

/// A footnote or endnote.
#[derive(Default)]
pub(super) struct NoteBody {
    /// 0 for a footnote, 1 for an endnote.
    pub series: u8,
    /// Its paragraphs; a table in it is only told by its edges.
    pub blocks: Vec<Block>,
}

/// How notes are numbered.
#[derive(Clone, Copy, Debug)]
pub(super) struct NoteNumbers {
    /// With what.
    pub numerals: Numerals,
    /// The first number.
    pub start: u32,
    /// When that comes again.
    pub restart: NoteRestart,
}

impl Default for NoteNumbers {
    fn default() -> Self {
        Self { numerals: Numerals::Decimal, start: 1, restart: NoteRestart::Never }
    }
}

/// When notes begin again at their first number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoteRestart {
    Never,
    EachSection,
    EachPage,
}

/// A remark somebody left in the document.
#[derive(Default)]
pub(super) struct Remark {
    /// As the document says.
    pub author: String,
    /// As the document says.
    pub date: Option<Timestamp>,
    /// Its paragraphs.
    pub text: String,
}

impl Remark {
    /// A moment as word processors write it, with or without a zone.
    pub fn date_of(written: &str) -> Option<Timestamp> {
        written.parse().ok().or_else(|| {
            let local: jiff::civil::DateTime = written.parse().ok()?;
            local.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
        })
    }
}

/// How the pages of a section are numbered.
#[derive(Clone, Copy, Debug)]
pub(super) struct PageNumbers {
    /// The first number, where the section does not go on counting.
    pub start: Option<u32>,
    /// With what.
    pub numerals: Numerals,
}

impl Default for PageNumbers {
    fn default() -> Self {
        Self { start: None, numerals: Numerals::Decimal }
    }
}

impl Manuscript {
    /// The words of a piece.
    pub fn words(&self, piece: &Piece) -> &str {
        self.text.get(piece.words.0 as usize..piece.words.1 as usize).unwrap_or_default()
    }

    /// The pieces of a paragraph.
    pub fn pieces(&self, paragraph: &Paragraph) -> &[Piece] {
        self.pieces.get(paragraph.pieces.0 as usize..paragraph.pieces.1 as usize).unwrap_or_default()
    }

    /// Adds words to a paragraph that is being read, to its last piece if they are set alike.
    pub fn push_words(&mut self, pieces: &mut Vec<Piece>, words: &str, look: Look, change: Change) {
        if words.is_empty() {
            return;
        }
        let start = self.text.len() as u32;
        self.text.push_str(words);
        let end = self.text.len() as u32;
        match pieces.last_mut() {
            Some(last)
                if last.kind == PieceKind::Words
                    && last.words.1 == start
                    && (last.look, last.change) == (look, change) =>
            {
                last.words.1 = end;
            }
            _ => pieces.push(Piece { kind: PieceKind::Words, words: (start, end), look, change }),
        }
    }

    /// Puts a paragraph's pieces with the others and says where they are.
    pub fn keep(&mut self, pieces: &mut Vec<Piece>) -> (u32, u32) {
        let start = self.pieces.len() as u32;
        self.pieces.append(pieces);
        (start, self.pieces.len() as u32)
    }

    /// The words of a paragraph, all of them, without tabs and signs.
    pub fn plain(&self, paragraph: &Paragraph) -> String {
        self.pieces(paragraph).iter().map(|p| if p.kind == PieceKind::Words { self.words(p) } else { " " }).collect()
    }
}
