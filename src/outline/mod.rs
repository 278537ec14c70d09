//! Floor 1: recognizes the provisions, the paragraphs of the page and the negotiating marks in a draft's text.
//!
//! Must not know: where the text came from (files are `import`'s), projects, annotations, the window. It reads words
//! and never changes them; every position is a byte offset into the text it was given.
//!
//! The way through: `page` finds the paragraphs, `headline` and `label` say what each begins with, `contents`
//! puts tables of contents aside, `walk` opens and closes provisions, or `marked` does where the file's own markup says
//! what they are; `report` says what a person should look at.
//! All of it is linear in the length of the text. The words of each language are one entry in `words`.

mod build;
mod contents;
mod divisions;
mod headline;
mod label;
mod language;
mod levels;
mod marked;
mod marks;
mod numeral;
mod page;
mod preamble;
mod report;
mod title;
mod walk;
mod words;

pub use report::{Warning, WarningKind};

use crate::model::{Direction, Outline, Provision, StructureHint, TextRange};

use page::Paragraph;

/// What was recognized in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Provisions, blocks and marks; [`Outline::fault`] finds nothing wrong with it.
    pub outline: Outline,
    /// BCP 47, `en`; empty where it cannot be told.
    pub language: String,
    /// Which way its lines run.
    pub direction: Direction,
    /// What a person should look at, in order of place.
    pub warnings: Vec<Warning>,
}

/// Recognizes the structure of a text in the one form ([`crate::model::text::normalize`]).
///
/// `hints` say what the file the text came from knew about it; their ranges are in bytes of `text`, and those that do
/// not fit are ignored. Takes any text whatever, in time linear in its length.
pub fn recognize(text: &str, hints: &[StructureHint]) -> Reading {
    let mut paragraphs = page::paragraphs(text, hints);
    let mut shapes = walk::shapes(text, &paragraphs);
    contents::set_aside(text, &mut paragraphs, &mut shapes);
    let marked = marked::walk(text, &paragraphs, &shapes, hints);
    let (provisions, marks) = marked.unwrap_or_else(|| walk::walk(text, &paragraphs, &shapes));
    let language = language::language(text, &paragraphs);
    let title = title::title(text, &paragraphs, &shapes, &language);
    let blocks = blocks(text, &paragraphs, &provisions);
    let outline = Outline { title, provisions, blocks, marks };
    let warnings = report::warnings(text, &outline);
    Reading { outline, language, direction: language::direction(text), warnings }
}

/// The blocks of the page: the paragraphs, cut wherever a provision starts or ends.
fn blocks(text: &str, paragraphs: &[Paragraph], provisions: &[Provision]) -> Vec<TextRange> {
    let mut blocks = Vec::with_capacity(paragraphs.len());
    let mut edges: Vec<usize> = provisions.iter().flat_map(|p| [p.range.start, p.range.end]).collect();
    edges.sort_unstable();
    let mut edges = edges.into_iter().peekable();
    for p in paragraphs {
        let mut from = p.range.start;
        while let Some(&edge) = edges.peek() {
            if edge >= p.range.end {
                break;
            }
            if edge > from {
                let block = TextRange { start: from, end: edge }.trimmed(text);
                if !block.is_empty() {
                    blocks.push(block);
                }
                from = edge;
            }
            edges.next();
        }
        let block = TextRange { start: from, end: p.range.end }.trimmed(text);
        if !block.is_empty() {
            blocks.push(block);
        }
    }
    blocks
}
