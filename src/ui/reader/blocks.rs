//! What each block of the page is: how far it is set in, which words of it are a label, a heading, text.

use std::ops::Range;

use super::prints::{Prints, sign_of_body};
use crate::model::{Outline, Provision, ProvisionIndex, ProvisionKind, TextRange};

/// Deeper provisions are not set in any further: the column would run out.
const DEEPEST: u8 = 6;
/// A label longer than this, in bytes, is not hung in the margin: it would not fit.
const LONGEST_LABEL: usize = 16;
/// What may stand before a label and hang with it, in bytes: an opening bracket of a negotiating mark.
const LONGEST_PREFIX: usize = 6;
/// The title of the instrument is looked for among this many blocks.
const TITLE_BLOCKS: usize = 12;

/// A longer block, in bytes, is cut at a space: laying one out must never take longer than a frame.
const LONGEST_BLOCK: usize = 6000;

/// What a part of a block is set as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The title of the instrument.
    Title,
    /// `CHAPTER IV`
    DivisionLabel,
    /// What the chapter is called.
    DivisionTitle,
    /// `Article 23`; `alone` where no title follows.
    ArticleLabel { alone: bool },
    /// What the article is called.
    ArticleTitle,
    /// `2.` or `(c)`, hung left of the text at this level.
    Label { level: u8 },
    /// Running text, set in to this level.
    Text { level: u8 },
    /// The sign of a note, hung left of its words.
    NoteLabel,
    /// The words of a note.
    Note,
}

impl Role {
    /// Whether it is a heading for a screen reader, and of which level.
    pub(super) fn heading_level(self) -> Option<usize> {
        match self {
            Self::Title => Some(1),
            Self::DivisionLabel | Self::DivisionTitle => Some(2),
            Self::ArticleLabel { .. } | Self::ArticleTitle => Some(3),
            Self::Label { .. } | Self::Text { .. } | Self::NoteLabel | Self::Note => None,
        }
    }
}

/// A stretch of a block set in one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// In bytes of the draft's text; the parts of a block follow each other without gaps.
    pub(super) bytes: TextRange,
    pub(super) role: Role,
}

/// What is known of a block before it is laid out.
#[derive(Clone, Debug)]
struct Block {
    bytes: TextRange,
    /// The provisions that start in it.
    starting: Range<u32>,
    /// What it is set as where no provision starts in it; its last part otherwise.
    rest: Role,
    /// Whether it begins a note; none where it holds no words of one.
    note: Option<bool>,
}

/// The blocks of a page, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Blocks {
    all: Vec<Block>,
    /// Per provision: how far its text is set in.
    levels: Vec<u8>,
}

impl Blocks {
    /// Reads the outline once, in linear time. A text without blocks is one block.
    pub(super) fn new(text: &str, outline: &Outline, prints: &Prints) -> Self {
        let whole = [TextRange { start: 0, end: text.len() }];
        let ranges = if outline.blocks.is_empty() && !text.is_empty() { &whole } else { outline.blocks.as_slice() };
        let ranges = ranges.iter().flat_map(|range| cut_long(text, range.fitted(text)));
        Self::over(text, outline, prints, ranges, true)
    }

    /// One block for each of these stretches, in order and apart from each other; `joined` puts a label on the line of
    /// the words after it where the outline cut between them.
    pub(super) fn over(
        text: &str,
        outline: &Outline,
        prints: &Prints,
        ranges: impl Iterator<Item = TextRange>,
        joined: bool,
    ) -> Self {
        let levels = levels(outline);
        let mut first = 0;
        let mut all = Vec::with_capacity(ranges.size_hint().0);
        for (i, bytes) in ranges.enumerate() {
            while outline.provisions.get(first).is_some_and(|p| p.range.start < bytes.start) {
                first += 1;
            }
            let mut last = first;
            while outline.provisions.get(last).is_some_and(|p| p.range.start < bytes.end) {
                last += 1;
            }
            let starting = first as u32..last as u32;
            if let Some((body, _)) = prints.note_at(bytes.start) {
                let note = Some(body.start == bytes.start);
                all.push(Block { bytes, starting, rest: Role::Note, note });
                first = last;
                continue;
            }
            let is_title = i < TITLE_BLOCKS
                && outline
                    .title
                    .as_deref()
                    .is_some_and(|t| !t.is_empty() && same_words(t, &text[bytes.start..bytes.end]));
            if let Some(Block { bytes: before, .. }) = all.pop_if(|b| joined && hangs_before(text, outline, b, bytes)) {
                // `2. (a) …` is two blocks, for two provisions start there, but one line on paper.
                let starting = first_from(outline, before.start, first)..starting.end;
                let bytes = TextRange { start: before.start, end: bytes.end };
                let rest = rest_role(outline, &levels, bytes, &starting);
                all.push(Block { bytes, starting, rest, note: None });
                first = last;
                continue;
            }
            let rest = if is_title { Role::Title } else { rest_role(outline, &levels, bytes, &starting) };
            all.push(Block { bytes, starting, rest, note: None });
            first = last;
        }
        Self { all, levels }
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// The bytes of a block; empty past the end.
    pub(super) fn bytes(&self, block: usize) -> TextRange {
        self.all.get(block).map_or_else(TextRange::default, |b| b.bytes)
    }

    /// What most of the block is set as.
    pub(super) fn rest(&self, block: usize) -> Role {
        self.all.get(block).map_or(Role::Text { level: 0 }, |b| b.rest)
    }

    /// Whether notes begin with it: it is one, and the block before it is none.
    pub(super) fn begins_notes(&self, block: usize) -> bool {
        let is_note = |b: &Block| b.note.is_some();
        let before = block.checked_sub(1).and_then(|before| self.all.get(before));
        self.all.get(block).is_some_and(is_note) && !before.is_some_and(is_note)
    }

    /// The block that holds the byte `offset`; between blocks, the one before; before the first, the first.
    pub(super) fn at(&self, offset: usize) -> usize {
        self.all.partition_point(|b| b.bytes.start <= offset).saturating_sub(1)
    }

    /// The block's parts, in order and without gaps.
    pub(super) fn parts(&self, block: usize, text: &str, outline: &Outline) -> Vec<Part> {
        let Some(Block { bytes, starting, rest, note }) = self.all.get(block) else { return Vec::new() };
        let mut parts = Vec::new();
        let mut from = bytes.start;
        let mut cut = |to: usize, role: Role, from: &mut usize| {
            if to > *from {
                parts.push(Part { bytes: TextRange { start: *from, end: to }, role });
                *from = to;
            }
        };
        if *rest == Role::Title {
            cut(bytes.end, Role::Title, &mut from);
            return parts;
        }
        if let Some(begins) = note {
            let sign = if *begins { sign_of_body(text, *bytes).end } else { from };
            if sign > from {
                cut(after_space(text, sign, bytes.end), Role::NoteLabel, &mut from);
            }
            cut(bytes.end, Role::Note, &mut from);
            return parts;
        }
        for i in starting.clone() {
            let Some(p) = outline.get(ProvisionIndex(i)) else { break };
            let label = p.label_range;
            let has_label = !label.is_empty() && label.start >= from && label.end <= bytes.end;
            if p.kind.is_headed() {
                let heading = p.heading_range.filter(|h| !h.is_empty() && h.start >= from && h.end <= bytes.end);
                if has_label {
                    // A number without its text, `Article 12 [deleted]`, is one line.
                    let alone = heading.is_none() && p.range.end <= bytes.end && bytes.len() <= LONGEST_LABEL * 4;
                    let end = if alone {
                        bytes.end
                    } else {
                        after_punctuation(text, label.end, heading.map_or(bytes.end, |h| h.start))
                    };
                    cut(end, label_role(p), &mut from);
                }
                if let Some(heading) = heading {
                    let end = after_punctuation(text, heading.end, bytes.end);
                    cut(end, title_role(p.kind), &mut from);
                }
            } else if has_label && label.len() <= LONGEST_LABEL && label.start - from <= LONGEST_PREFIX {
                let end = after_space(text, label.end, bytes.end);
                cut(end, Role::Label { level: self.level(i) }, &mut from);
            }
        }
        cut(bytes.end, *rest, &mut from);
        parts
    }

    fn level(&self, provision: u32) -> u8 {
        self.levels.get(provision as usize).copied().unwrap_or(0)
    }
}

fn label_role(p: &Provision) -> Role {
    if p.kind == ProvisionKind::Article {
        Role::ArticleLabel { alone: p.heading_range.is_none_or(TextRange::is_empty) }
    } else if p.heading_range.is_none_or(TextRange::is_empty) {
        // Nothing else will say what begins here.
        Role::DivisionTitle
    } else {
        Role::DivisionLabel
    }
}

fn title_role(kind: ProvisionKind) -> Role {
    if kind == ProvisionKind::Article { Role::ArticleTitle } else { Role::DivisionTitle }
}

/// Whether a block is nothing but a label on the line that `next` goes on with.
fn hangs_before(text: &str, outline: &Outline, block: &Block, next: TextRange) -> bool {
    if block.note.is_some() {
        return false;
    }
    let last = block.starting.end.checked_sub(1).filter(|_| !block.starting.is_empty());
    let Some(p) = last.and_then(|i| outline.get(ProvisionIndex(i))) else { return false };
    !p.kind.is_headed()
        && !p.label_range.is_empty()
        && p.label_range.end >= block.bytes.end
        && block.bytes.len() <= 2 * LONGEST_LABEL
        && text.get(block.bytes.end..next.start).is_some_and(|gap| !gap.contains('\n') && gap.trim().is_empty())
}

/// The first provision that starts at or after `offset`, looking back from `before`.
fn first_from(outline: &Outline, offset: usize, before: usize) -> u32 {
    let earlier = outline.provisions[..before].iter().rev().take_while(|p| p.range.start >= offset).count();
    (before - earlier) as u32
}

/// How the words of a block that are not a label or heading of a provision starting in it are set.
fn rest_role(outline: &Outline, levels: &[u8], bytes: TextRange, starting: &Range<u32>) -> Role {
    // The deepest provision that starts here, else the one the block goes on with.
    let inside = if starting.is_empty() { outline.at(bytes.start) } else { Some(ProvisionIndex(starting.end - 1)) };
    let Some((index, p)) = inside.and_then(|i| Some((i, outline.get(i)?))) else { return Role::Text { level: 0 } };
    if p.kind.is_headed() {
        if p.heading_range.is_some_and(|h| h.overlaps(bytes)) {
            return title_role(p.kind);
        }
        if p.label_range.overlaps(bytes) && p.label_range.end >= bytes.end {
            return label_role(p);
        }
    }
    Role::Text { level: levels.get(index.0 as usize).copied().unwrap_or(0) }
}

/// How far each provision's text is set in: paragraphs not at all, points one step, and one more below each label.
fn levels(outline: &Outline) -> Vec<u8> {
    let mut levels: Vec<u8> = Vec::with_capacity(outline.provisions.len());
    for p in &outline.provisions {
        let parent = p.parent.and_then(|i| Some((outline.get(i)?, *levels.get(i.0 as usize)?)));
        let below = match parent {
            Some((parent, level)) if !parent.kind.is_headed() => level + u8::from(!parent.label.is_empty()),
            _ => 0,
        };
        let level = match p.kind {
            kind if kind.is_headed() => 0,
            // Words after the points belong to the paragraph and line up with it.
            ProvisionKind::Body => parent.map_or(0, |(_, level)| level),
            _ if p.label.is_empty() => parent.map_or(0, |(_, level)| level),
            ProvisionKind::Subparagraph => below.max(1),
            ProvisionKind::Item => below.max(2),
            _ => below,
        };
        levels.push(level.min(DEEPEST));
    }
    levels
}

/// The range itself, or stretches of it that are not too long to lay out at once.
fn cut_long(text: &str, range: TextRange) -> impl Iterator<Item = TextRange> + use<'_> {
    let mut next = Some(range.start);
    std::iter::from_fn(move || {
        let start = next?;
        let rest = text.get(start..range.end)?;
        if rest.len() <= LONGEST_BLOCK {
            next = None;
            return Some(TextRange { start, end: range.end });
        }
        let most = rest.floor_char_boundary(LONGEST_BLOCK);
        let space = rest[..most].rfind([' ', '\n']).filter(|&at| at > LONGEST_BLOCK / 2).map(|at| at + 1);
        let end = start + space.unwrap_or(most);
        next = Some(end);
        Some(TextRange { start, end })
    })
}

fn same_words(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

/// Past the white space from `at` on.
fn after_space(text: &str, at: usize, end: usize) -> usize {
    text.get(at..end).map_or(at, |rest| end - rest.trim_start().len())
}

/// Past closing brackets, stops, dashes and white space from `at` on: they stay with the label they follow.
fn after_punctuation(text: &str, at: usize, end: usize) -> usize {
    let belongs = |c: char| c.is_whitespace() || ".:;,)]}–—-*_".contains(c);
    text.get(at..end).map_or(at, |rest| end - rest.trim_start_matches(belongs).len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provision(
        kind: ProvisionKind,
        text: &str,
        label: &str,
        heading: Option<&str>,
        parent: Option<u32>,
    ) -> Provision {
        let find = |s: &str| text.find(s).map(|start| TextRange { start, end: start + s.len() }).unwrap();
        let label_range = find(label);
        Provision {
            kind,
            label: label.into(),
            number: String::new(),
            label_range,
            heading: heading.map(Into::into),
            heading_range: heading.map(find),
            range: TextRange { start: label_range.start, end: text.len() },
            parent: parent.map(ProvisionIndex),
            subtree_end: 0,
            ordinal: 0,
        }
    }

    #[test]
    fn a_block_falls_into_label_heading_and_text_without_gaps() {
        let text = "[Article 5] Scope\n2. (a) Each Party [ shall ] act;\n flush words";
        let line = |n: usize| {
            let start = text.split_inclusive('\n').take(n).map(str::len).sum::<usize>();
            let len = text[start..].find('\n').unwrap_or(text.len() - start);
            TextRange { start, end: start + len }
        };
        let mut outline = Outline { blocks: vec![line(0), line(1), line(2)], ..Outline::default() };
        outline.provisions = vec![
            provision(ProvisionKind::Article, text, "Article 5", Some("Scope"), None),
            provision(ProvisionKind::Paragraph, text, "2.", None, Some(0)),
            provision(ProvisionKind::Subparagraph, text, "(a)", None, Some(1)),
        ];
        let blocks = Blocks::new(text, &outline, &Prints::default());
        let parts = |block| {
            let parts = blocks.parts(block, text, &outline);
            parts.iter().map(|p| (p.bytes.of(text).unwrap().to_owned(), p.role)).collect::<Vec<_>>()
        };
        assert_eq!(
            parts(0),
            [("[Article 5] ".into(), Role::ArticleLabel { alone: false }), ("Scope".into(), Role::ArticleTitle)]
        );
        assert_eq!(
            parts(1),
            [
                ("2. ".into(), Role::Label { level: 0 }),
                ("(a) ".into(), Role::Label { level: 1 }),
                ("Each Party [ shall ] act;".into(), Role::Text { level: 1 })
            ]
        );
        assert_eq!(parts(2).len(), 1);
        // The outline cuts where a provision starts; on paper the labels still share a line.
        let (second, third) = (text.find("2.").unwrap(), text.find("(a)").unwrap());
        let cut =
            [line(0), TextRange { start: second, end: second + 2 }, TextRange { start: third, ..line(1) }, line(2)];
        outline.blocks = cut.into();
        let again = Blocks::new(text, &outline, &Prints::default());
        assert_eq!(again.len(), 3);
        assert_eq!(again.parts(1, text, &outline), blocks.parts(1, text, &outline));
        assert_eq!(blocks.at(0), 0);
        assert_eq!(blocks.at(text.find("flush").unwrap()), 2);
        assert_eq!(blocks.at(usize::MAX), 2);
    }

    #[test]
    fn a_note_is_its_sign_and_its_words() {
        use crate::model::{Note, Printed};
        let text = "Each Party¹ shall.\n\n¹ As defined.\n\nSee Article 5.";
        let blocks_of = |needle: &str| {
            let start = text.find(needle).unwrap();
            TextRange { start, end: start + needle.len() }
        };
        let (body, unsigned) = (blocks_of("¹ As defined."), blocks_of("See Article 5."));
        let outline = Outline { blocks: vec![blocks_of("Each Party¹ shall."), body, unsigned], ..Outline::default() };
        let notes = [body, unsigned].map(|body| Note { call: None, body }).to_vec();
        let prints = Prints::new(&std::sync::Arc::new(Printed { notes, ..Printed::default() }));
        let blocks = Blocks::new(text, &outline, &prints);
        let roles = |block| {
            let parts = blocks.parts(block, text, &outline);
            parts.iter().map(|p| (p.bytes.of(text).unwrap(), p.role)).collect::<Vec<_>>()
        };
        assert_eq!(roles(1), [("¹ ", Role::NoteLabel), ("As defined.", Role::Note)]);
        assert_eq!(roles(2), [("See Article 5.", Role::Note)]);
        assert_eq!([0, 1, 2].map(|block| blocks.begins_notes(block)), [false, true, false]);
    }

    #[test]
    fn a_text_without_line_ends_is_cut_at_spaces() {
        let text = format!("{}{}", "word ".repeat(5000), "é".repeat(9000));
        let blocks = Blocks::new(&text, &Outline::default(), &Prints::default());
        assert!(blocks.len() > 5);
        assert_eq!(blocks.bytes(0).start, 0);
        for block in 1..blocks.len() {
            assert_eq!(blocks.bytes(block).start, blocks.bytes(block - 1).end);
            assert!(blocks.bytes(block).len() <= LONGEST_BLOCK);
        }
        assert_eq!(blocks.bytes(blocks.len() - 1).end, text.len());
    }
}
