//! A block of the page laid out: its galleys, its lines, and the way between a place in the draft and a place on paper.
//!
//! This is the one file that knows visual order. Everything else speaks of byte offsets and of the rectangles given out
//! here, so text that runs from right to left changes only how [`Run`]s are made: a run's stops may descend. Today a
//! page of that direction is aligned and hung on the right, and its words stand in the order egui shapes them.

use std::ops::Range;
use std::sync::Arc;

use eframe::egui::text::{ByteIndex, LayoutJob, LayoutSection, TextFormat};
use eframe::egui::{Align, Color32, Context, FontFamily, FontId, Galley, Pos2, Rangef, pos2};
use unicode_segmentation::GraphemeCursor;

use super::blocks::{Blocks, Part, Role};
use crate::model::{Direction, MarkKind, Outline, TextRange};
use crate::ui::theme::{Tokens, serif, serif_semibold};

/// Line height over text size.
const LEADING: f32 = 1.5;
/// Half the height of the band of color behind words, over text size.
const HALF_BAND: f32 = 0.6;
/// How far each level is set in, over text size.
const STEP: f32 = 2.1;
/// Room left of the column for the labels of the first level, over text size.
const HANG: f32 = 2.7;
/// Between a label and its text, over text size.
const LABEL_GAP: f32 = 0.55;

/// All that decides what a laid-out block looks like: when any of it changes, layouts are made anew.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Look {
    /// The size of running text, in points.
    pub(super) size: f32,
    /// The width of the column, in points.
    pub(super) column: f32,
    /// The mean width of a character, in points.
    pub(super) character: f32,
    pub(super) direction: Direction,
    /// Whether negotiating marks are set apart.
    pub(super) marks: bool,
    pub(super) pixels_per_point: f32,
    ink: Color32,
    quiet: Color32,
}

impl Look {
    pub(super) fn new(ctx: &Context, tokens: &Tokens, size: f32, direction: Direction, marks: bool) -> Self {
        Self {
            size,
            column: 0.0,
            character: mean_character(ctx, size),
            direction,
            marks,
            pixels_per_point: ctx.pixels_per_point(),
            ink: tokens.ink,
            quiet: tokens.quiet_ink,
        }
    }

    /// The height of a line of running text, in points.
    pub(super) fn line(&self) -> f32 {
        (self.size * LEADING).round()
    }

    /// The room the labels of the first level need beside the column, in points.
    pub(super) fn hang(&self) -> f32 {
        self.size * HANG
    }

    /// What a block is expected to be high, in points, from its length alone and the end of the one before.
    pub(super) fn estimate(&self, role: Role, before: Option<Role>, characters: f32) -> f32 {
        let style = Style::of(role, self);
        let width = (self.column - self.indent(role)).max(self.size * 4.0);
        let lines = (characters * self.character * style.size / self.size / width).ceil().max(1.0);
        self.above(&style, before) + lines * style.line + style.below
    }

    /// The space above a block: what the block before leaves below itself counts.
    fn above(&self, style: &Style, before: Option<Role>) -> f32 {
        (style.above - before.map_or(0.0, |role| Style::of(role, self).below)).max(0.0)
    }

    fn indent(&self, role: Role) -> f32 {
        match role {
            Role::Label { level } | Role::Text { level } => f32::from(level) * self.size * STEP,
            _ => 0.0,
        }
    }
}

/// The mean width of a character of running text, measured on a sentence of the kind that fills drafts.
fn mean_character(ctx: &Context, size: f32) -> f32 {
    const SAMPLE: &str =
        "Each Party shall take the measures that are necessary to protect those who report in good faith.";
    let galley =
        ctx.fonts_mut(|f| f.layout_no_wrap(SAMPLE.to_owned(), FontId::new(size, serif()), Color32::PLACEHOLDER));
    (galley.size().x / SAMPLE.len() as f32).max(1.0)
}

/// How a part is set.
struct Style {
    size: f32,
    line: f32,
    family: FontFamily,
    color: Color32,
    spacing: f32,
    centered: bool,
    above: f32,
    below: f32,
}

impl Style {
    fn of(role: Role, look: &Look) -> Self {
        let s = look.size;
        let text = Self {
            size: s,
            line: look.line(),
            family: serif(),
            color: look.ink,
            spacing: 0.0,
            centered: false,
            above: 0.0,
            below: (s * 0.55).round(),
        };
        let heading = |size: f32, above: f32, below: f32| Self {
            size: s * size,
            line: (s * size * 1.3).round(),
            family: serif_semibold(),
            above: (s * above).round(),
            below: (s * below).round(),
            ..text
        };
        match role {
            Role::Text { .. } => text,
            Role::Label { .. } => Self { color: look.quiet, ..text },
            Role::Title => Self { centered: true, ..heading(1.6, 0.5, 1.6) },
            Role::DivisionLabel => {
                Self { family: serif(), color: look.quiet, spacing: s * 0.09, centered: true, ..heading(0.9, 2.6, 0.3) }
            }
            Role::DivisionTitle => Self { centered: true, ..heading(1.3, 0.2, 1.2) },
            Role::ArticleLabel { alone: false } => {
                Self { family: serif(), color: look.quiet, ..heading(1.0, 1.9, 0.05) }
            }
            Role::ArticleLabel { alone: true } => heading(1.2, 1.9, 0.55),
            Role::ArticleTitle => heading(1.2, 0.0, 0.65),
        }
    }
}

/// Letters that are painted at a place.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// Relative to the block.
    pub(super) pos: Pos2,
    pub(super) galley: Arc<Galley>,
}

/// Words in one direction on one line.
#[derive(Clone, Debug)]
struct Run {
    /// In bytes of the draft's text.
    bytes: Range<usize>,
    /// Where each character begins and the last one ends, relative to the block.
    stops: Vec<f32>,
}

/// A line of a block; `y` relative to the block.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// The whole line, leading included.
    pub(super) y: Rangef,
    /// The band of color behind its words.
    pub(super) band: Rangef,
    /// In the order of the text.
    runs: Vec<Run>,
}

/// A block of the page, laid out. Coordinates are points from the top left corner of the block, `x` 0 being the left
/// edge of the column.
#[derive(Clone, Debug)]
pub(super) struct BlockLayout {
    /// In bytes of the draft's text.
    pub(super) bytes: TextRange,
    /// With the space above and below it.
    pub(super) height: f32,
    pub(super) lines: Vec<Line>,
    pub(super) pieces: Vec<Piece>,
    /// The level of heading it is, for a screen reader.
    pub(super) heading: Option<usize>,
}

impl BlockLayout {
    /// The line a place stands on, and how far right. Where a line wraps, the place is on the later one.
    pub(super) fn caret(&self, text: &str, offset: usize) -> (usize, f32) {
        let offset = offset.clamp(self.bytes.start, self.bytes.end);
        let starts_after = |line: &Line| line.runs.first().is_some_and(|run| run.bytes.start > offset);
        let line = self.lines.iter().position(starts_after).unwrap_or(self.lines.len()).saturating_sub(1);
        let Some(found) = self.lines.get(line) else { return (0, 0.0) };
        let run = found.runs.iter().rev().find(|run| run.bytes.start <= offset).or_else(|| found.runs.first());
        (line, run.map_or(0.0, |run| run.stop(text, offset)))
    }

    /// The place nearest to a point.
    pub(super) fn hit(&self, text: &str, at: Pos2) -> usize {
        self.hit_line(text, self.line_at(at.y), at.x)
    }

    /// The place on a line nearest to an `x`.
    pub(super) fn hit_line(&self, text: &str, line: usize, x: f32) -> usize {
        let Some(found) = self.lines.get(line) else { return self.bytes.start };
        let nearest = found.runs.iter().min_by(|a, b| a.distance(x).total_cmp(&b.distance(x)));
        let Some(run) = nearest else { return self.bytes.start };
        let offset = run.hit(text, x);
        // The end of a line that wraps is the start of the next: stay before the space that was hung there.
        let wraps = self.lines.get(line + 1).and_then(|l| l.runs.first()).is_some_and(|r| r.bytes.start == offset);
        if wraps && offset > run.bytes.start {
            let last = text[run.bytes.start..offset].chars().next_back();
            return offset - last.filter(|c| c.is_whitespace()).map_or(0, char::len_utf8);
        }
        offset
    }

    /// The character under a point, if any: its first byte.
    pub(super) fn under(&self, text: &str, at: Pos2) -> Option<usize> {
        let line = self.lines.iter().find(|line| line.y.contains(at.y))?;
        let run = line.runs.iter().find(|run| run.distance(at.x) == 0.0)?;
        let i = run.stops.windows(2).position(|w| w[0].min(w[1]) <= at.x && at.x <= w[0].max(w[1]))?;
        text.get(run.bytes.clone())?.char_indices().nth(i).map(|(at, _)| run.bytes.start + at)
    }

    /// The line at a height; above the first the first, below the last the last.
    pub(super) fn line_at(&self, y: f32) -> usize {
        self.lines.iter().position(|line| y < line.y.max).unwrap_or_else(|| self.lines.len().saturating_sub(1))
    }

    /// The bytes of a line.
    pub(super) fn line_bytes(&self, line: usize) -> TextRange {
        let Some(found) = self.lines.get(line) else { return self.bytes };
        match (found.runs.first(), found.runs.last()) {
            (Some(first), Some(last)) => TextRange { start: first.bytes.start, end: last.bytes.end },
            _ => self.bytes,
        }
    }

    /// Where a stretch of the draft stands: for each line it touches, that line and how far it reaches on it.
    pub(super) fn bands(&self, text: &str, range: TextRange) -> Vec<(usize, Rangef)> {
        let mut bands = Vec::new();
        if range.end < self.bytes.start || range.start > self.bytes.end {
            return bands;
        }
        for (i, line) in self.lines.iter().enumerate() {
            let mut reach: Option<Rangef> = None;
            for run in &line.runs {
                let (start, end) = (range.start.max(run.bytes.start), range.end.min(run.bytes.end));
                if start < end {
                    let (a, b) = (run.stop(text, start), run.stop(text, trim_space(text, start, end)));
                    let here = Rangef::new(a.min(b), a.max(b));
                    reach = Some(reach.map_or(here, |r| Rangef::new(r.min.min(here.min), r.max.max(here.max))));
                }
            }
            bands.extend(reach.map(|r| (i, r)));
        }
        bands
    }
}

impl Run {
    fn column(&self, text: &str, offset: usize) -> usize {
        let offset = offset.clamp(self.bytes.start, self.bytes.end);
        if self.stops.len() == self.bytes.len() + 1 {
            return offset - self.bytes.start;
        }
        text.get(self.bytes.start..offset).map_or(0, |before| before.chars().count())
    }

    fn stop(&self, text: &str, offset: usize) -> f32 {
        let last = self.stops.len().saturating_sub(1);
        self.stops.get(self.column(text, offset).min(last)).copied().unwrap_or(0.0)
    }

    fn distance(&self, x: f32) -> f32 {
        let (Some(&a), Some(&b)) = (self.stops.first(), self.stops.last()) else { return f32::INFINITY };
        (a.min(b) - x).max(x - a.max(b)).max(0.0)
    }

    fn hit(&self, text: &str, x: f32) -> usize {
        let nearest = |(_, a): &(usize, &f32), (_, b): &(usize, &f32)| (*a - x).abs().total_cmp(&(*b - x).abs());
        let column = self.stops.iter().enumerate().min_by(nearest).map_or(0, |(i, _)| i);
        if self.stops.len() == self.bytes.len() + 1 {
            return self.bytes.start + column;
        }
        let Some(words) = text.get(self.bytes.clone()) else { return self.bytes.start };
        let at = words.char_indices().nth(column).map_or(words.len(), |(i, _)| i);
        // Never between a letter and its accent: to the nearer side of both.
        let mut cursor = GraphemeCursor::new(at, words.len(), true);
        if cursor.is_boundary(words, 0).unwrap_or(true) {
            return self.bytes.start + at;
        }
        let before = cursor.prev_boundary(words, 0).ok().flatten().unwrap_or(0);
        cursor.set_cursor(at);
        let after = cursor.next_boundary(words, 0).ok().flatten().unwrap_or(words.len());
        let away = |at: usize| (self.stop(text, self.bytes.start + at) - x).abs();
        self.bytes.start + if away(before) < away(after) { before } else { after }
    }
}

/// A band ends with the last word on its line, not with the space that follows it.
fn trim_space(text: &str, start: usize, end: usize) -> usize {
    match text.get(start..end) {
        Some(words) if words.ends_with('\n') || words.ends_with(' ') && end - start > 1 => {
            let trimmed = words.trim_end().len();
            if trimmed == 0 { end } else { start + trimmed }
        }
        _ => end,
    }
}

/// Lays out one block.
pub(super) fn lay_out(
    ctx: &Context,
    look: &Look,
    text: &str,
    outline: &Outline,
    blocks: &Blocks,
    marks: &[(TextRange, MarkKind)],
    block: usize,
) -> BlockLayout {
    let mut page = Setter { ctx, look, text, marks, y: 0.0, labels: Vec::new(), lines: Vec::new(), pieces: Vec::new() };
    let parts = blocks.parts(block, text, outline);
    let mut below = 0.0;
    for (i, part) in parts.iter().enumerate() {
        let style = Style::of(part.role, look);
        if i == 0 {
            page.y = look.above(&style, block.checked_sub(1).map(|before| blocks.rest(before)));
        }
        match part.role {
            Role::Label { level } => page.hang(part, level),
            _ => page.set(part),
        }
        below = style.below;
    }
    page.flush_labels(look.line());
    let heading = parts.iter().find_map(|part| part.role.heading_level());
    BlockLayout { bytes: blocks.bytes(block), height: page.y + below, lines: page.lines, pieces: page.pieces, heading }
}

/// Sets the parts of one block under each other.
struct Setter<'a> {
    ctx: &'a Context,
    look: &'a Look,
    text: &'a str,
    marks: &'a [(TextRange, MarkKind)],
    y: f32,
    /// Labels waiting for the line they hang beside: their part, letters, left edge and width.
    labels: Vec<(Part, Arc<Galley>, f32, f32)>,
    lines: Vec<Line>,
    pieces: Vec<Piece>,
}

impl Setter<'_> {
    fn rtl(&self) -> bool {
        self.look.direction == Direction::RightToLeft
    }

    fn hang(&mut self, part: &Part, level: u8) {
        let galley = self.galley(part, f32::INFINITY, Align::LEFT, 0.0);
        let words = part.bytes.of(self.text).map_or(0, |s| s.trim_end().chars().count());
        let width = galley.rows.first().map_or(0.0, |row| match words.checked_sub(1).and_then(|i| row.glyphs.get(i)) {
            Some(last) => last.max_x(),
            None => row.size.x,
        });
        let gap = self.look.size * LABEL_GAP;
        let before = self.labels.last().map_or_else(|| -self.look.hang(), |(_, _, x, width)| x + width + gap * 0.7);
        let x = (self.look.indent(Role::Label { level }) - gap - width).max(before);
        self.labels.push((*part, galley, x, width));
    }

    fn set(&mut self, part: &Part) {
        let style = Style::of(part.role, self.look);
        let running = matches!(part.role, Role::Text { .. });
        if !running {
            self.flush_labels(self.look.line());
        }
        let column = self.look.column;
        let indent = self.look.indent(part.role);
        let gap = self.look.size * LABEL_GAP;
        // A label too wide for the margin pushes the first line of its text.
        let push = self.labels.last().map_or(0.0, |(_, _, x, width)| (x + width + gap - indent).max(0.0));
        let (align, x) = match (style.centered, self.rtl()) {
            (true, _) => (Align::Center, column / 2.0),
            (false, false) => (Align::LEFT, indent),
            (false, true) => (Align::RIGHT, column - indent),
        };
        let galley = self.galley(part, column - indent, align, push);
        let first = self.lines.len();
        self.take_labels();
        self.place(part, galley, pos2(x, self.y), &style);
        self.join_labels(first);
    }

    /// Hung labels without text beside them stand on a line of their own.
    fn flush_labels(&mut self, height: f32) {
        if self.labels.is_empty() {
            return;
        }
        let first = self.lines.len();
        self.take_labels();
        self.join_labels(first);
        self.y += height;
    }

    /// Places the waiting labels, each as a line; [`Self::join_labels`] makes them one with the text beside them.
    fn take_labels(&mut self) {
        for (part, galley, x, width) in std::mem::take(&mut self.labels) {
            let style = Style::of(part.role, self.look);
            let x = if self.rtl() { self.look.column - x - width } else { x };
            let y = self.y;
            self.place(&part, galley, pos2(x, y), &style);
            self.y = y;
        }
    }

    fn join_labels(&mut self, first: usize) {
        // Lines from `first` that stand at the same height are one line.
        while let [a, b, ..] = &self.lines[first.min(self.lines.len())..] {
            if (a.y.min - b.y.min).abs() > 0.5 {
                break;
            }
            let mut joined = self.lines.remove(first);
            if let Some(line) = self.lines.get_mut(first) {
                joined.runs.append(&mut line.runs);
                line.runs = joined.runs;
            }
        }
    }

    /// Puts letters at a place and takes up their lines.
    fn place(&mut self, part: &Part, galley: Arc<Galley>, pos: Pos2, style: &Style) {
        let words = part.bytes.of(self.text).unwrap_or_default();
        let mut chars = words.chars();
        let mut start = part.bytes.start;
        let rows = galley.rows.len();
        for (i, row) in galley.rows.iter().enumerate() {
            let left = pos.x + row.pos.x;
            let count = if i + 1 == rows { usize::MAX } else { row.glyphs.len() };
            let before = chars.as_str().len();
            let taken = chars.by_ref().take(count).count();
            let end = start + (before - chars.as_str().len());
            let y = Rangef::new(pos.y + row.min_y(), pos.y + row.max_y());
            let half = style.size * HALF_BAND;
            let stops = stops(&row.glyphs.iter().map(|g| (g.chr, g.pos.x, g.max_x())).collect::<Vec<_>>(), taken, left);
            let band = Rangef::new(y.center() - half, y.center() + half);
            self.lines.push(Line { y, band, runs: vec![Run { bytes: start..end, stops }] });
            start = end;
        }
        self.y = pos.y + galley.size().y;
        self.pieces.push(Piece { pos, galley });
    }

    fn galley(&self, part: &Part, width: f32, align: Align, first_space: f32) -> Arc<Galley> {
        let style = Style::of(part.role, self.look);
        let (text, cuts) = self.shown(part);
        let mut job = LayoutJob { halign: align, break_on_newline: false, ..LayoutJob::default() };
        job.wrap.max_width = width;
        let mut from = 0;
        for (to, ink) in cuts {
            let (family, color) = match ink {
                Ink::Plain => (style.family.clone(), style.color),
                Ink::Quiet => (style.family.clone(), self.look.quiet),
                Ink::Bracket => (serif_semibold(), self.look.quiet),
            };
            job.sections.push(LayoutSection {
                leading_space: if from == 0 { first_space } else { 0.0 },
                byte_range: ByteIndex(from)..ByteIndex(to),
                format: TextFormat {
                    font_id: FontId::new(style.size, family),
                    extra_letter_spacing: style.spacing,
                    line_height: Some(style.line),
                    color,
                    ..TextFormat::default()
                },
            });
            from = to;
        }
        job.text = text;
        self.ctx.fonts_mut(|f| f.layout_job(job))
    }

    /// The letters of a part as they are shown, one for each character of the draft, cut where the ink changes. White
    /// space shows as a single space: what follows the first of a run has no width, and a line end is a space.
    fn shown(&self, part: &Part) -> (String, Vec<(usize, Ink)>) {
        const NOTHING: char = '\u{200b}';
        let words = part.bytes.of(self.text).unwrap_or_default();
        let mut shown = String::with_capacity(words.len());
        let mut cuts: Vec<(usize, Ink)> = Vec::new();
        let mut last_ink = Ink::Plain;
        let mut in_space = false;
        for (at, c) in words.char_indices() {
            let ink = self.ink(part.bytes.start + at, c);
            if ink != last_ink && !shown.is_empty() {
                cuts.push((shown.len(), last_ink));
            }
            last_ink = ink;
            let space = matches!(c, ' ' | '\n' | '\t');
            shown.push(match (space, in_space) {
                (true, true) => NOTHING,
                (true, false) => ' ',
                (false, _) => c,
            });
            in_space = space;
        }
        cuts.push((shown.len(), last_ink));
        (shown, cuts)
    }

    fn ink(&self, offset: usize, c: char) -> Ink {
        if !self.look.marks || self.marks.is_empty() {
            return Ink::Plain;
        }
        let mut ink = Ink::Plain;
        for (range, kind) in self.marks.iter().filter(|(range, _)| range.contains(offset)) {
            let edge = offset == range.start || offset + c.len_utf8() == range.end;
            ink = match kind {
                MarkKind::Bracketed | MarkKind::Unbalanced if edge && !c.is_alphanumeric() => Ink::Bracket,
                MarkKind::Agreed | MarkKind::Deleted | MarkKind::Placeholder => Ink::Quiet,
                _ => ink,
            };
        }
        ink
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Ink {
    Plain,
    Quiet,
    Bracket,
}

/// Where each of `count` characters begins and the last ends, from the glyphs of a row: `(character, left, right)`.
///
/// egui gives the letters of a ligature after the first no width: they share the ligature's. In scripts it shapes from
/// right to left there can be fewer or more glyphs than characters: then the stops only need to stay in order.
fn stops(glyphs: &[(char, f32, f32)], count: usize, left: f32) -> Vec<f32> {
    let mut stops = Vec::with_capacity(count + 1);
    let mut i = 0;
    while i < glyphs.len() && stops.len() < count {
        let (_, from, to) = glyphs[i];
        let joined = glyphs[i + 1..].iter().take_while(|(c, a, b)| a >= b && c.is_alphanumeric()).count();
        for k in 0..=joined {
            if stops.len() < count {
                stops.push(left + from + (to - from) * k as f32 / (joined + 1) as f32);
            }
        }
        i += joined + 1;
    }
    let end = left + glyphs.last().map_or(0.0, |g| g.2).max(glyphs.get(count.max(1) - 1).map_or(0.0, |g| g.2));
    stops.resize(count, end);
    stops.push(end);
    stops
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_a_ligature_share_its_width() {
        let glyphs = [('o', 0.0, 5.0), ('f', 5.0, 11.0), ('f', 11.0, 11.0), ('i', 11.0, 11.0), ('e', 11.0, 16.0)];
        assert_eq!(stops(&glyphs, 5, 1.0), [1.0, 6.0, 8.0, 10.0, 12.0, 17.0]);
        assert_eq!(stops(&glyphs, 7, 0.0).len(), 8, "more characters than glyphs");
        assert_eq!(stops(&glyphs, 2, 0.0).len(), 3, "fewer characters than glyphs");
        assert_eq!(stops(&[], 0, 4.0), [4.0]);
    }
}
