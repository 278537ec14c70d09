//! A draft cut into clauses: the paragraphs of its page, each with its words.

use std::ops::Range;

use super::words::{Vocabulary, Word};
use crate::model::{Outline, ProvisionIndex, TextRange};

/// A paragraph of a draft, or a part of one where it is very long.
#[derive(Clone, Debug)]
pub(super) struct Clause {
    /// Where it stands, in bytes, with its label.
    pub range: TextRange,
    /// Its words in [`Clauses::words`], without those of its label.
    pub words: Range<usize>,
    /// The deepest provision it belongs to; none where the draft has no provisions.
    pub provision: Option<ProvisionIndex>,
    /// The article, annex, recital or other unit it stands in; [`NO_UNIT`] where there is none.
    pub unit: u32,
    /// Where its text begins after the label, in bytes; its start where it has none.
    pub body: usize,
    /// Whether it begins with the label of its provision.
    pub labelled: bool,
    /// The same for clauses with the same words.
    pub same: u64,
    /// The same for clauses that define the same term; 0 for those that define none.
    pub term: u64,
}

/// The unit of a clause outside every provision.
pub(super) const NO_UNIT: u32 = u32::MAX;

/// Words a clause has at most. What compares two clauses word by word costs the product of their lengths.
pub(super) const LONGEST: usize = 400;

/// The clauses of a draft.
#[derive(Clone, Debug, Default)]
pub(super) struct Clauses {
    pub all: Vec<Clause>,
    pub words: Vec<Word>,
}

impl Clauses {
    /// Cuts a draft into clauses. An outline that does not fit the text counts as none.
    pub(super) fn of(text: &str, outline: &Outline, vocabulary: &mut Vocabulary) -> Self {
        let mut cut = Self::default();
        let lines: Vec<TextRange>;
        let blocks = if outline.blocks.is_empty() {
            lines = paragraphs(text);
            &lines
        } else {
            &outline.blocks
        };
        for &block in blocks {
            let provision = outline.at(block.start);
            let label = provision.and_then(|i| outline.get(i)).map(|p| p.label_range).filter(|l| block.covers(*l));
            let from = label.map_or(block.start, |l| l.end.max(block.start));
            let words = vocabulary.words(text, TextRange { start: from, end: block.end });
            let unit = provision.map_or(NO_UNIT, |i| outline.unit(i).0);
            let labelled = label.is_some_and(|l| !l.is_empty());
            // A line that is only a label has no words and is a clause all the same.
            let empty: &[Word] = &[];
            let parts = words.chunks(LONGEST).chain(std::iter::once(empty).filter(|_| words.is_empty()));
            for (i, part) in parts.enumerate() {
                let whole = words.len() <= LONGEST;
                let start = if i == 0 { block.start } else { part[0].start as usize };
                let next = words.get((i + 1) * LONGEST);
                let end = next.filter(|_| !whole).map_or(block.end, |w| text[..w.start as usize].trim_end().len());
                let first = cut.words.len();
                cut.words.extend_from_slice(part);
                cut.all.push(Clause {
                    range: TextRange { start, end },
                    words: first..cut.words.len(),
                    provision,
                    body: if i == 0 { from } else { start },
                    unit,
                    labelled: labelled && i == 0,
                    same: fingerprint(part),
                    term: if i == 0 { term(text, from, part) } else { 0 },
                });
            }
        }
        cut
    }

    /// The words of a clause.
    pub(super) fn words(&self, clause: usize) -> &[Word] {
        self.all.get(clause).and_then(|c| self.words.get(c.words.clone())).unwrap_or_default()
    }

    /// The clauses that share at least one byte with a range, in order.
    pub(super) fn touched(&self, range: TextRange) -> Range<usize> {
        let first = self.all.partition_point(|c| c.range.end <= range.start);
        let last = self.all.partition_point(|c| c.range.start < range.end);
        first..last.max(first)
    }
}

/// The lines of a text without an outline, empty ones left out.
fn paragraphs(text: &str) -> Vec<TextRange> {
    let mut all = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let range = TextRange { start, end: start + line.len() }.trimmed(text);
        if !range.is_empty() {
            all.push(range);
        }
        start += line.len();
    }
    all
}

/// Words a defined term has at most.
const LONGEST_TERM: usize = 8;

/// The term that a clause defines: a definition begins with its term in quotation marks.
fn term(text: &str, from: usize, words: &[Word]) -> u64 {
    let body = text.get(from..).unwrap_or_default().trim_start_matches([' ', '\t', '\n', '[', '(']);
    let mut chars = body.chars();
    let closing = match chars.next() {
        Some('"') => '"',
        Some('\u{201c}' | '\u{201f}') => '\u{201d}',
        Some('\u{2018}') => '\u{2019}',
        Some('\'') => '\'',
        Some('\u{ab}') => '\u{bb}',
        Some('\u{201e}') => '\u{201c}',
        Some('\u{300c}') => '\u{300d}',
        _ => return 0,
    };
    let Some(length) = chars.as_str().find(closing) else { return 0 };
    // What is left of the body is also the end of the text.
    let end = text.len() - chars.as_str().len() + length;
    let quoted = words.iter().take_while(|w| w.end as usize <= end && (w.start as usize) < end).count();
    if quoted == 0 || quoted > LONGEST_TERM {
        return 0;
    }
    let stems = words[..quoted].iter().flat_map(|w| w.stem.to_le_bytes());
    stems.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)).max(1)
}

/// FNV-1a over the numbers of the words.
fn fingerprint(words: &[Word]) -> u64 {
    words
        .iter()
        .flat_map(|w| w.exact.to_le_bytes())
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
