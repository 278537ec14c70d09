//! The reader: one long immutable draft as a calm page.
//!
//! Input by reference, output as events: [`show`] draws a [`Page`] and says in a [`ReaderResponse`] what the analyst
//! did with it; it changes nothing but its own [`ReaderState`] (reading position, laid-out blocks, a drag under way).
//! No work of a frame grows with the length of the draft or the number of highlights, only with what is on screen.
//!
//! * `blocks` reads the outline once: what of each paragraph is label, heading, text, and how far it is set in;
//! * `heights` and `flow` know where each block stands, estimated until it has been on screen;
//! * `layout` sets a block; it alone knows visual order, so right-to-left text has one seam;
//! * `prints` finds the pages, notes and styles of a stretch of text;
//! * `highlights` finds what touches a stretch of text and gives overlaps their lanes;
//! * `links` knows the cross references on screen, with their nodes in the accessibility tree;
//! * `inks` draws the lines of lenses under words;
//! * `select` and `handles` move the caret, the selection and the ends of a highlight;
//! * `clause` sets clauses of two drafts one by one, outside the page, for comparisons;
//! * `paint` and `strip` draw; `view` ties it all to egui's input, `nodes` to the accessibility tree.
//!
//! Must not know: the workspace, commands, annotations beyond what a highlight shows, files, the clipboard.

mod blocks;
mod clause;
mod flow;
mod handles;
pub(in crate::ui) mod heights;
mod highlights;
mod inks;
pub(in crate::ui) mod layout;
mod links;
mod nodes;
mod paint;
mod prints;
mod select;
mod strip;
mod view;

use std::sync::Arc;

use eframe::egui::{Rect, Response};

use crate::model::{Direction, Outline, Printed, TextRange};

pub use clause::{ClauseLook, SetClause, Sheet};
pub use flow::ScrollPlace;
pub use highlights::{Highlight, HighlightIndex, HighlightKey, HighlightKind};
pub use inks::{Ink, InkLook, sample as ink_sample};
pub use links::{Link, LinkLook, VisibleLink};
pub use select::Selection;
pub use view::{ReaderState, show};

/// What the reader shows. All positions are byte offsets of the draft's text.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    /// The text; the same `Arc` as long as it is the same draft.
    pub text: &'a Arc<str>,
    /// Its outline; the same `Arc` as long as it is the same draft.
    pub outline: &'a Arc<Outline>,
    /// Its pages, notes and styles; the same `Arc` as long as it is the same draft.
    pub printed: &'a Arc<Printed>,
    /// What a screen reader calls the page: `Draft Rev.1`.
    pub name: &'a str,
    /// The remarks on it.
    pub highlights: &'a HighlightIndex,
    /// The cross references in it, in order and apart from each other.
    pub links: &'a [Link],
    /// The one of them that the keyboard is to be on.
    pub link: Option<usize>,
    /// Words with a line under them, list by list; the words of a list are in order and apart from each other.
    pub inks: [&'a [Ink]; 3],
    /// Words that were searched for, in order and apart from each other.
    pub found: &'a [TextRange],
    /// The one of them that is being looked at.
    pub current_found: Option<TextRange>,
    /// What is selected, or where the caret is.
    pub selection: Option<Selection>,
    /// The remark being worked on: drawn stronger, its ends can be dragged.
    pub focus_highlight: Option<HighlightKey>,
    /// Whether negotiating marks are set apart.
    pub marks_shown: bool,
    /// The size of running text, in points.
    pub text_size: f32,
    /// Which way lines run.
    pub direction: Direction,
    /// Nothing but signs stands beside it, so less room is left for that.
    pub slim: bool,
}

/// What the analyst did. Positions are byte offsets of the draft's text.
#[derive(Clone, Debug, PartialEq)]
pub enum ReaderEvent {
    /// The selection or the caret is now this; none after Escape.
    Select(Option<Selection>),
    /// A selection that is not empty is finished: the button or Shift was let go.
    SelectionDone(Selection),
    /// A click, or Enter, on remarks: all of those under the pointer, topmost first.
    ClickHighlight(Vec<HighlightKey>),
    /// An end of a remark was dragged: its new span.
    DragEnd {
        /// Which remark.
        key: HighlightKey,
        /// What it is about now.
        range: TextRange,
    },
    /// A click, or Enter, on the sign of a note.
    Note {
        /// Which of the draft's notes.
        note: usize,
        /// Whether the sign stands in the text and calls the note; else it is the note's own.
        calls: bool,
    },
    /// A click, or Enter, on a cross reference: its position among the links.
    Link(usize),
    /// The keyboard is on this cross reference now, or on none any more.
    LinkFocus(Option<usize>),
    /// This stretch is to be copied.
    Copy(TextRange),
    /// The secondary button on this place; the selection stays.
    ContextMenu {
        /// The place under the pointer.
        offset: usize,
    },
    /// The page was scrolled: the first byte now on screen.
    ScrolledTo {
        /// The place at the top of the view.
        offset: usize,
    },
}

/// A remark on screen, for the card beside it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VisibleHighlight {
    /// Which remark.
    pub key: HighlightKey,
    /// The top of its first line on screen, in points of the window.
    pub top: f32,
    /// The bottom of its last line on screen, in points of the window.
    pub bottom: f32,
    /// Whether its first words are on screen, not above.
    pub begins: bool,
    /// Of the sign of what others say: where it stands, if the pointer is on it.
    pub pointed_at: Option<Rect>,
}

/// The sign of a note on screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VisibleNote {
    /// Which of the draft's notes.
    pub note: usize,
    /// Whether it stands in the text and calls the note; else it is the note's own.
    pub calls: bool,
    /// Around the sign, in points of the window.
    pub rect: Rect,
    /// Whether the pointer is on it.
    pub hovered: bool,
}

/// What became of a frame.
#[derive(Clone, Debug)]
pub struct ReaderResponse {
    /// What the analyst did, in order.
    pub events: Vec<ReaderEvent>,
    /// The byte at the top of the view.
    pub top: usize,
    /// From the first to the last byte on screen.
    pub visible: TextRange,
    /// The remarks on screen, in order of the text.
    pub visible_highlights: Vec<VisibleHighlight>,
    /// The signs of notes on screen, in order of the text.
    pub visible_notes: Vec<VisibleNote>,
    /// The cross references on screen, in order of the text.
    pub visible_links: Vec<VisibleLink>,
    /// Around the part of the selection that is on screen, in points of the window: where a popup belongs.
    pub selection_rect: Option<Rect>,
    /// All of the reader, in points of the window.
    pub page_rect: Rect,
    /// The column of text, in points of the window.
    pub column_rect: Rect,
    /// The free column right of the text, for cards, in points of the window; narrow or empty in a small window.
    pub margin_right: Rect,
    /// Of the page itself: focus, context menu.
    pub response: Response,
}
