//! A block of the page laid out: its letters, its lines, and the way between a place in the draft and a place on paper.
//!
//! This is the one folder that knows visual order. Everything else speaks of byte offsets and of the rectangles given
//! out here. A line is made of runs; those of words from right to left have stops that descend. Where words of both
//! directions meet, one place of the draft has two edges on paper: [`Lean`] says which is meant.
//!
//! * `look` holds sizes, distances, colors; `ink` how each letter of a part is set;
//! * `set` puts the parts of a block under each other; `stops` finds where letters stand;
//! * `breaks` ends lines of Chinese and Japanese;
//! * `bidi` orders the words of paragraphs that have any from right to left. The labels of the window ask it as well.
//!
//! Must not know: highlights, selections, input, how anything is painted.

pub(in crate::ui) mod bidi;
mod breaks;
mod ink;
#[cfg(test)]
mod laws;
mod look;
mod set;
mod stops;

use std::ops::Range;
use std::sync::Arc;

use eframe::egui::{Galley, Pos2, Rangef};
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use crate::model::TextRange;

pub(super) use look::Look;
pub(super) use set::{Source, lay_out, lay_out_clause};

/// Half the height of the band of color behind words, over text size.
pub(super) const HALF_BAND: f32 = 0.6;

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
    /// Its embedding level: 0 from left to right, odd from right to left.
    level: u8,
}

/// A line of a block; `y` relative to the block.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// The whole line, leading included.
    pub(super) y: Rangef,
    /// The band of color behind its words.
    pub(super) band: Rangef,
    /// The embedding level of its paragraph: 1 where it begins at the right.
    base: u8,
    /// In the order of the text.
    runs: Vec<Run>,
}

/// Which edge of a place is meant, where it has two.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Lean {
    /// The one that goes with the paragraph: every place has one of its own.
    Base,
    /// The one of the letter after it.
    Next,
    /// The one of the letter before it.
    Last,
    /// The one nearer to this `x`.
    Near(f32),
}

/// A line painted under words or through them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rule {
    pub(super) x: Rangef,
    /// Its middle.
    pub(super) y: f32,
    pub(super) thick: f32,
    /// Whether it strikes the words.
    pub(super) strikes: bool,
}

/// A sign that leads to a note, or from a note back to its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoteSign {
    /// Which note.
    pub(super) note: u32,
    /// In bytes of the draft's text.
    pub(super) bytes: TextRange,
    /// Whether it calls the note; else it begins it.
    pub(super) calls: bool,
}

/// A page that begins in a block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct PageMark {
    /// Which of the draft's pages.
    pub(super) page: usize,
    /// The line it begins on.
    pub(super) line: usize,
    /// How far right it begins, where that is within a paragraph.
    pub(super) inside: Option<f32>,
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
    /// Whether its lines begin at the right.
    pub(super) leftward: bool,
    /// Lines under words and through them.
    pub(super) rules: Vec<Rule>,
    pub(super) notes: Vec<NoteSign>,
    pub(super) pages: Vec<PageMark>,
    /// The height at which a rule parts the notes from what stands above them.
    pub(super) notes_begin: Option<f32>,
}

impl BlockLayout {
    /// The line a place stands on, and how far right. Where a line wraps, the place is on the later one.
    pub(super) fn caret(&self, text: &str, offset: usize, lean: Lean) -> (usize, f32) {
        let offset = offset.clamp(self.bytes.start, self.bytes.end);
        let starts_after = |line: &Line| line.runs.first().is_some_and(|run| run.bytes.start > offset);
        let line = self.lines.iter().position(starts_after).unwrap_or(self.lines.len()).saturating_sub(1);
        (line, self.lines.get(line).map_or(0.0, |found| found.caret(text, offset, lean)))
    }

    /// The place nearest to a point.
    pub(super) fn hit(&self, text: &str, at: Pos2) -> usize {
        self.hit_line(text, self.line_at(at.y), at.x)
    }

    /// The place on a line nearest to an `x`.
    pub(super) fn hit_line(&self, text: &str, line: usize, x: f32) -> usize {
        let Some(found) = self.lines.get(line) else { return self.bytes.start };
        let Some(offset) = found.hit(text, x) else { return self.bytes.start };
        // The end of a line that wraps is the start of the next: stay before the space that was hung there.
        let wraps = self.lines.get(line + 1).and_then(|l| l.runs.first()).is_some_and(|r| r.bytes.start == offset);
        let start = found.runs.first().map_or(offset, |run| run.bytes.start);
        if wraps && offset > start {
            let last = text[start..offset].chars().next_back();
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
        self.lines.get(line).and_then(Line::bytes).unwrap_or(self.bytes)
    }

    /// Where a stretch of the draft stands: for each line it touches, that line and how far it reaches on it; several
    /// times where words of both directions part it.
    pub(super) fn bands(&self, text: &str, range: TextRange) -> Vec<(usize, Rangef)> {
        if range.end < self.bytes.start || range.start > self.bytes.end {
            return Vec::new();
        }
        self.lines
            .iter()
            .enumerate()
            .flat_map(|(i, line)| line.reach(text, range).into_iter().map(move |x| (i, x)))
            .collect()
    }

    /// The place one step to the left or right of another on the same line, as the eye sees it; none at the end of the
    /// line. `near` is the edge of the place that is meant, where it has two.
    pub(super) fn beside(&self, text: &str, offset: usize, near: Option<f32>, rightward: bool) -> Option<usize> {
        let (line, x) = self.caret(text, offset, near.map_or(Lean::Base, Lean::Near));
        let line = self.lines.get(line)?;
        let stands = line.stands(text);
        // Where the caret leans another way than its place usually does, it is where another place usually is.
        let here = stands
            .iter()
            .position(|&(at, usual)| at == offset && (usual - x).abs() < 0.5)
            .or_else(|| stands.iter().position(|&(_, usual)| (usual - x).abs() < 0.5))
            .or_else(|| stands.iter().position(|&(at, _)| at == offset))?;
        let next = if rightward { here + 1 } else { here.checked_sub(1)? };
        stands.get(next).map(|&(at, _)| at)
    }

    /// Whether going left and right on a line is more than going back and on in the text.
    pub(super) fn is_mixed(&self) -> bool {
        self.leftward || self.lines.iter().any(|line| line.runs.iter().any(|run| run.level > 0))
    }
}

impl Line {
    fn bytes(&self) -> Option<TextRange> {
        Some(TextRange { start: self.runs.first()?.bytes.start, end: self.runs.last()?.bytes.end })
    }

    /// From the left end to the right.
    fn span(&self) -> Option<Rangef> {
        let ends = self.runs.iter().flat_map(|run| run.stops.first().into_iter().chain(run.stops.last()));
        ends.fold(None, |span: Option<Rangef>, &x| {
            Some(span.map_or_else(|| Rangef::point(x), |s| Rangef::new(s.min.min(x), s.max.max(x))))
        })
    }

    /// Where the line begins and where it ends.
    fn ends(&self) -> Option<(f32, f32)> {
        let span = self.span()?;
        Some(if self.base == 0 { (span.min, span.max) } else { (span.max, span.min) })
    }

    fn caret(&self, text: &str, offset: usize, lean: Lean) -> f32 {
        let Some(i) = self
            .runs
            .iter()
            .rposition(|run| run.bytes.start <= offset)
            .or_else(|| (!self.runs.is_empty()).then_some(0))
        else {
            return 0.0;
        };
        let run = &self.runs[i];
        if run.bytes.start < offset && offset < run.bytes.end {
            return run.stop(text, offset);
        }
        let Some((begins, ends)) = self.ends() else { return 0.0 };
        let edge = |run: &Run| (run.stop(text, offset), run.level);
        // Its two edges: of the letter before it and of the one after; the ends of the line go with the paragraph.
        let (last, next) = if offset <= run.bytes.start {
            let before = i.checked_sub(1).and_then(|i| self.runs.get(i)).filter(|before| before.bytes.end == offset);
            (before.map(edge), Some(edge(run)))
        } else {
            (Some(edge(run)), None)
        };
        match (last, next, lean) {
            (Some((x, _)), _, Lean::Last) | (_, Some((x, _)), Lean::Next) => x,
            (Some((x, _)), None, Lean::Next) | (None, Some((x, _)), Lean::Last) => x,
            (Some((a, _)), Some((b, _)), Lean::Near(x)) => {
                if (a - x).abs() < (b - x).abs() {
                    a
                } else {
                    b
                }
            }
            (Some((a, level)), Some((b, next)), Lean::Base) => {
                if level < next {
                    a
                } else {
                    b
                }
            }
            (None, Some((x, level)), Lean::Base) => {
                if level > self.base {
                    begins
                } else {
                    x
                }
            }
            (Some((x, level)), None, Lean::Base) => {
                if level > self.base {
                    ends
                } else {
                    x
                }
            }
            (None, Some((a, _)), Lean::Near(x)) => {
                if (a - x).abs() < (begins - x).abs() {
                    a
                } else {
                    begins
                }
            }
            (Some((a, _)), None, Lean::Near(x)) => {
                if (a - x).abs() < (ends - x).abs() {
                    a
                } else {
                    ends
                }
            }
            (None, None, _) => 0.0,
        }
    }

    fn hit(&self, text: &str, x: f32) -> Option<usize> {
        /// What is nearer than this, in points, is there.
        const THERE: f32 = 0.01;
        let bytes = self.bytes()?;
        if self.base > 0 || self.runs.iter().any(|run| run.level > 0) {
            let span = self.span()?;
            let (left, right) = if self.base == 0 { (bytes.start, bytes.end) } else { (bytes.end, bytes.start) };
            if x <= span.min + THERE {
                return Some(left);
            }
            if x >= span.max - THERE {
                return Some(right);
            }
        }
        // Where two directions meet, what goes with the paragraph is nearer.
        let away = |run: &Run| Some(run.distance(x)).filter(|&d| d > THERE).unwrap_or(0.0);
        let nearer = |a: &&Run, b: &&Run| away(a).total_cmp(&away(b)).then(a.level.cmp(&b.level));
        self.runs.iter().min_by(nearer).map(|run| run.hit(text, x))
    }

    /// Where a stretch of the draft stands on the line.
    fn reach(&self, text: &str, range: TextRange) -> Vec<Rangef> {
        let mut reach: Vec<Rangef> = Vec::new();
        let Some(bytes) = self.bytes() else { return reach };
        let (start, end) = (range.start.max(bytes.start), range.end.min(bytes.end));
        if start >= end {
            return reach;
        }
        let end = trim_space(text, start, end);
        for run in &self.runs {
            let (start, end) = (start.max(run.bytes.start), end.min(run.bytes.end));
            if start < end {
                let (a, b) = (run.stop(text, start), run.stop(text, end));
                reach.push(Rangef::new(a.min(b), a.max(b)));
            }
        }
        if self.base == 0 && self.runs.iter().all(|run| run.level == 0) {
            // A label and its text, with the gap between them.
            return reach
                .into_iter()
                .reduce(|a, b| Rangef::new(a.min.min(b.min), a.max.max(b.max)))
                .into_iter()
                .collect();
        }
        reach.sort_by(|a, b| a.min.total_cmp(&b.min));
        reach.dedup_by(|next, before| {
            let joins = next.min - before.max < 1.0;
            if joins {
                before.max = before.max.max(next.max);
            }
            joins
        });
        reach
    }

    /// Every place of the line where a caret can stand, from left to right, with its usual `x`.
    fn stands(&self, text: &str) -> Vec<(usize, f32)> {
        let Some(bytes) = self.bytes() else { return Vec::new() };
        let words = bytes.of(text).unwrap_or_default();
        let places = words.grapheme_indices(true).map(|(at, _)| bytes.start + at).chain([bytes.end]);
        let mut stands: Vec<(usize, f32)> = places.map(|at| (at, self.caret(text, at, Lean::Base))).collect();
        if self.base % 2 == 1 {
            stands.reverse();
        }
        // Places without width between them stay in the order of the paragraph.
        stands.sort_by(|a, b| a.1.total_cmp(&b.1));
        stands
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
