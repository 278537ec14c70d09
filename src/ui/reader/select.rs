//! What is selected, and where the caret goes: by characters, words, lines, provisions.

use eframe::egui::{Context, Key, Modifiers};
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use super::flow::Flow;
use super::layout::Lean;
use crate::model::{Outline, TextRange};

/// A selection, or a caret where both ends are the same. Byte offsets of the draft's text, on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Where it began.
    pub anchor: usize,
    /// Where the caret is.
    pub head: usize,
}

impl Selection {
    /// A caret.
    pub fn caret(at: usize) -> Self {
        Self { anchor: at, head: at }
    }

    /// What is selected, in the order of the text.
    pub fn range(self) -> TextRange {
        TextRange::new(self.anchor, self.head)
    }

    /// Whether it is only a caret.
    pub fn is_empty(self) -> bool {
        self.anchor == self.head
    }

    /// The nearest selection that fits the text.
    pub(super) fn fitted(self, text: &str) -> Self {
        let fit = |at: usize| text.floor_char_boundary(at.min(text.len()));
        Self { anchor: fit(self.anchor), head: fit(self.head) }
    }
}

/// How far a drag reaches: by characters after one press, by words after two, by paragraphs after three.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Grain {
    #[default]
    Character,
    Word,
    Paragraph,
}

impl Grain {
    /// Of the first, second, third press in a row; the fourth begins anew.
    pub(super) fn of_press(count: u32) -> Self {
        match count % 3 {
            1 => Self::Character,
            2 => Self::Word,
            _ => Self::Paragraph,
        }
    }

    /// The unit of this grain that a place stands in.
    pub(super) fn around(self, flow: &Flow, offset: usize) -> TextRange {
        match self {
            Self::Character => TextRange { start: offset, end: offset },
            Self::Word => word_at(&flow.text, flow.blocks.bytes(flow.blocks.at(offset)), offset),
            Self::Paragraph => flow.blocks.bytes(flow.blocks.at(offset)),
        }
    }

    /// From the unit where the drag began to the unit under the pointer.
    pub(super) fn drag(self, flow: &Flow, from: TextRange, offset: usize) -> Selection {
        let to = self.around(flow, offset);
        if to.start < from.start || (self == Self::Character && offset < from.start) {
            Selection { anchor: from.end, head: to.start }
        } else {
            Selection { anchor: from.start, head: to.end.max(from.end) }
        }
    }
}

/// A way to move the caret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Motion {
    Left,
    Right,
    WordLeft,
    WordRight,
    Up,
    Down,
    ProvisionUp,
    ProvisionDown,
    LineStart,
    LineEnd,
    TextStart,
    TextEnd,
}

impl Motion {
    /// The same in text from right to left, where left is on.
    pub(super) fn mirrored(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
            Self::WordLeft => Self::WordRight,
            Self::WordRight => Self::WordLeft,
            other => other,
        }
    }

    /// The motion a key asks for; Shift, which extends the selection, makes no difference.
    pub(super) fn of_key(key: Key, modifiers: Modifiers) -> Option<Self> {
        let ctrl = modifiers.command || modifiers.ctrl;
        Some(match (key, ctrl, modifiers.alt) {
            (Key::ArrowLeft, false, false) => Self::Left,
            (Key::ArrowRight, false, false) => Self::Right,
            (Key::ArrowLeft, true, false) => Self::WordLeft,
            (Key::ArrowRight, true, false) => Self::WordRight,
            (Key::ArrowUp, false, false) => Self::Up,
            (Key::ArrowDown, false, false) => Self::Down,
            (Key::ArrowUp, true, false) | (Key::ArrowUp, false, true) => Self::ProvisionUp,
            (Key::ArrowDown, true, false) | (Key::ArrowDown, false, true) => Self::ProvisionDown,
            (Key::Home, false, false) => Self::LineStart,
            (Key::End, false, false) => Self::LineEnd,
            (Key::Home, true, false) => Self::TextStart,
            (Key::End, true, false) => Self::TextEnd,
            _ => return None,
        })
    }
}

/// Where the caret goes. `column` is the `x` that going up and down keeps; other motions forget it. `near` is the edge
/// it stands at where words of both directions meet.
pub(super) fn moved(
    ctx: &Context,
    flow: &mut Flow,
    from: usize,
    motion: Motion,
    column: &mut Option<f32>,
    near: Option<f32>,
) -> usize {
    let kept = column.take();
    let block = flow.blocks.at(from);
    let bytes = flow.blocks.bytes(block);
    let motion = match motion {
        Motion::Left | Motion::Right | Motion::WordLeft | Motion::WordRight => {
            let layout = flow.layout(ctx, block);
            let rightward = motion == Motion::Right;
            // As the eye sees it; at the end of a line on to the next one, which is back or on in the text.
            if layout.is_mixed()
                && matches!(motion, Motion::Left | Motion::Right)
                && let Some(at) = layout.beside(&flow.text, from, near, rightward)
            {
                return at;
            }
            if layout.leftward { motion.mirrored() } else { motion }
        }
        motion => motion,
    };
    match motion {
        Motion::Left if from <= bytes.start => block.checked_sub(1).map_or(from, |b| flow.blocks.bytes(b).end),
        Motion::Right if from >= bytes.end => start_of_next(flow, block).unwrap_or(from),
        Motion::Left | Motion::Right => step(&flow.text, bytes, from, motion == Motion::Right),
        Motion::WordLeft => {
            let words = words(&flow.text, bytes);
            match words.iter().rev().find(|w| w.start < from) {
                Some(word) => word.start,
                None => block.checked_sub(1).map_or(bytes.start, |b| flow.blocks.bytes(b).end),
            }
        }
        Motion::WordRight => {
            let words = words(&flow.text, bytes);
            match words.iter().find(|w| w.end > from) {
                Some(word) => word.end,
                None => start_of_next(flow, block).unwrap_or(bytes.end),
            }
        }
        Motion::Up | Motion::Down => {
            let layout = flow.layout(ctx, block);
            let (line, x) = layout.caret(&flow.text, from, near.map_or(Lean::Base, Lean::Near));
            let x = kept.unwrap_or(x);
            *column = Some(x);
            let down = motion == Motion::Down;
            let within = if down { Some(line + 1).filter(|&l| l < layout.lines.len()) } else { line.checked_sub(1) };
            if let Some(line) = within {
                return layout.hit_line(&flow.text, line, x);
            }
            let next = if down { Some(block + 1).filter(|&b| b < flow.blocks.len()) } else { block.checked_sub(1) };
            let Some(next) = next else { return if down { bytes.end } else { bytes.start } };
            let layout = flow.layout(ctx, next);
            let line = if down { 0 } else { layout.lines.len().saturating_sub(1) };
            layout.hit_line(&flow.text, line, x)
        }
        Motion::ProvisionUp => provision_before(&flow.outline, from).unwrap_or_else(|| flow.blocks.bytes(0).start),
        Motion::ProvisionDown => provision_after(&flow.outline, from)
            .unwrap_or_else(|| flow.blocks.bytes(flow.blocks.len().saturating_sub(1)).end),
        Motion::LineStart | Motion::LineEnd => {
            let layout = flow.layout(ctx, block);
            let (line, _) = layout.caret(&flow.text, from, near.map_or(Lean::Base, Lean::Near));
            let bytes = layout.line_bytes(line);
            if motion == Motion::LineStart {
                bytes.start
            } else {
                let words = bytes.of(&flow.text).unwrap_or_default();
                if line + 1 < layout.lines.len() { bytes.start + words.trim_end().len() } else { bytes.end }
            }
        }
        Motion::TextStart => flow.blocks.bytes(0).start,
        Motion::TextEnd => flow.blocks.bytes(flow.blocks.len().saturating_sub(1)).end,
    }
}

/// What Ctrl+A selects: the provision around the caret; once that is selected, everything.
pub(super) fn widened(flow: &Flow, selection: Selection) -> Selection {
    let all = TextRange {
        start: flow.blocks.bytes(0).start,
        end: flow.blocks.bytes(flow.blocks.len().saturating_sub(1)).end,
    };
    let range = selection.range();
    let provision = flow.outline.covering(range).and_then(|i| flow.outline.get(i)).map(|p| p.range);
    let wider = provision.filter(|p| p.covers(range) && *p != range).unwrap_or(all);
    Selection { anchor: wider.start, head: wider.end }
}

fn start_of_next(flow: &Flow, block: usize) -> Option<usize> {
    (block + 1 < flow.blocks.len()).then(|| flow.blocks.bytes(block + 1).start)
}

fn step(text: &str, bytes: TextRange, from: usize, forward: bool) -> usize {
    let Some(words) = bytes.of(text) else { return from };
    let mut cursor = GraphemeCursor::new(from.saturating_sub(bytes.start).min(words.len()), words.len(), true);
    let next = if forward { cursor.next_boundary(words, 0) } else { cursor.prev_boundary(words, 0) };
    next.ok().flatten().map_or(from, |at| bytes.start + at)
}

/// The words of a block, without the spaces and signs between them.
fn words(text: &str, bytes: TextRange) -> Vec<TextRange> {
    let block = bytes.of(text).unwrap_or_default();
    let range = |(at, word): (usize, &str)| TextRange { start: bytes.start + at, end: bytes.start + at + word.len() };
    block.unicode_word_indices().map(range).collect()
}

/// The word, the sign or the white space at a place; at the end of a word, that word.
fn word_at(text: &str, bytes: TextRange, offset: usize) -> TextRange {
    let block = bytes.of(text).unwrap_or_default();
    let mut last = TextRange { start: offset, end: offset };
    for (at, word) in block.split_word_bound_indices() {
        let range = TextRange { start: bytes.start + at, end: bytes.start + at + word.len() };
        if range.contains(offset) {
            let after_word = last.end == offset && last.start < last.end && !word.starts_with(char::is_alphanumeric);
            let is_word = last.of(text).is_some_and(|w| w.starts_with(char::is_alphanumeric));
            return if after_word && is_word { last } else { range };
        }
        last = range;
    }
    last
}

fn provision_after(outline: &Outline, offset: usize) -> Option<usize> {
    let next = outline.provisions.partition_point(|p| p.range.start <= offset);
    outline.provisions.get(next).map(|p| p.range.start)
}

fn provision_before(outline: &Outline, offset: usize) -> Option<usize> {
    let next = outline.provisions.partition_point(|p| p.range.start < offset);
    outline.provisions.get(next.checked_sub(1)?).map(|p| p.range.start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_from_inside_and_from_its_end() {
        let text = "Each «État» shall.";
        let all = TextRange { start: 0, end: text.len() };
        let word = |needle: &str, add: usize| {
            word_at(text, all, text.find(needle).unwrap() + add).of(text).unwrap().to_owned()
        };
        assert_eq!(word("Each", 2), "Each");
        assert_eq!(word("Each", 4), "Each", "at its end");
        assert_eq!(word("État", 0), "État");
        assert_eq!(word("«", 0), "«");
        assert_eq!(word("shall", 5), "shall", "before the stop");
        assert_eq!(word_at(text, all, text.len()).of(text).unwrap(), ".");
        assert_eq!(word_at("", TextRange::default(), 0), TextRange::default());
    }

    #[test]
    fn an_accent_is_not_parted_from_its_letter() {
        let text = "x\u{0328}\u{0301}y";
        let all = TextRange { start: 0, end: text.len() };
        assert_eq!(step(text, all, 0, true), text.len() - 1);
        assert_eq!(step(text, all, text.len() - 1, false), 0);
        assert_eq!(step(text, all, text.len(), true), text.len());
    }

    #[test]
    fn provisions_follow_each_other() {
        use crate::model::{Provision, ProvisionKind};
        let provision = |start: usize| Provision {
            kind: ProvisionKind::Paragraph,
            label: String::new(),
            number: String::new(),
            label_range: TextRange::default(),
            heading: None,
            heading_range: None,
            range: TextRange { start, end: 100 },
            parent: None,
            subtree_end: 0,
            ordinal: 0,
        };
        let outline = Outline { provisions: [5, 20, 20, 40].map(provision).into(), ..Outline::default() };
        assert_eq!(provision_after(&outline, 5), Some(20));
        assert_eq!(provision_after(&outline, 20), Some(40));
        assert_eq!(provision_after(&outline, 40), None);
        assert_eq!(provision_before(&outline, 40), Some(20));
        assert_eq!(provision_before(&outline, 20), Some(5));
        assert_eq!(provision_before(&outline, 5), None);
    }
}
