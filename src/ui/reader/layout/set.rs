//! Sets the parts of a block under each other: labels hung beside their text, lines broken, letters put in place.

use std::ops::Range;
use std::str::Chars;
use std::sync::Arc;

use eframe::egui::text::{ByteIndex, LayoutJob, LayoutSection, TextFormat};
use eframe::egui::{Align, Color32, Context, FontId, Galley, Pos2, Rangef, pos2, vec2};

use super::super::blocks::{Blocks, Part, Role};
use super::super::prints::{Prints, is_line, sign_of_body};
use super::bidi::{self, Token};
use super::breaks;
use super::ink::{Ink, Inks};
use super::look::{Look, Style};
use super::{BlockLayout, HALF_BAND, Lean, Line, NoteSign, PageMark, Piece, Rule, Run, stops};
use crate::model::{self, Direction, MarkKind, Outline, TextRange};
use crate::reconcile::Stroke;

/// Between a label and its text, over text size.
const LABEL_GAP: f32 = 0.55;
/// Above and below the rule that parts the notes, over text size.
const NOTES_ABOVE: f32 = 2.4;

/// What a block is laid out from.
#[derive(Clone, Copy)]
pub(in super::super) struct Source<'a> {
    pub(in super::super) text: &'a str,
    pub(in super::super) outline: &'a Outline,
    pub(in super::super) blocks: &'a Blocks,
    pub(in super::super) prints: &'a Prints,
}

/// Lays out one block.
pub(in super::super) fn lay_out(
    ctx: &Context,
    look: &Look,
    source: Source<'_>,
    marks: &[(TextRange, MarkKind)],
    block: usize,
) -> BlockLayout {
    let Source { text, outline, blocks, prints } = source;
    let bytes = blocks.bytes(block);
    let mut parts = blocks.parts(block, text, outline);
    let direction = direction_of(&parts, text, look.direction);
    if direction != look.direction {
        // A paragraph the other way round keeps its label with its words.
        join_labels_to_text(&mut parts);
    }
    let styles = prints.styles(bytes);
    let calls: Vec<TextRange> = prints.calls(bytes).iter().map(|(range, _)| *range).collect();
    let inks = Inks { marks: if look.marks { marks } else { &[] }, styles: &styles, calls: &calls, strokes: &[] };
    let before = block.checked_sub(1).map(|before| blocks.rest(before));
    let mut top = parts.first().map_or(0.0, |part| look.above(&Style::of(part.role, look), before));
    let mut notes_begin = None;
    if blocks.begins_notes(block) {
        let air = (look.size * NOTES_ABOVE).round();
        notes_begin = Some(top + air * 0.4);
        top += air;
    }
    let mut layout = Setter::new(ctx, look, text, inks, direction).block(bytes, &parts, top);
    layout.notes_begin = notes_begin;
    layout.notes = prints.calls(bytes).iter().map(|&(bytes, note)| NoteSign { note, bytes, calls: true }).collect();
    for styled in styles.iter().filter(|s| is_line(s.style)) {
        rule(&mut layout, text, styled.range, styled.style == model::Style::Struck);
    }
    if let Some((body, note)) = prints.note_at(bytes.start).filter(|(body, _)| body.start == bytes.start) {
        layout.notes.push(NoteSign { note, bytes: sign_of_body(text, body), calls: false });
    }
    let before = block.checked_sub(1).map_or(0, |before| blocks.bytes(before).end);
    let last = block + 1 == blocks.len();
    for n in prints.pages(before, if last { usize::MAX } else { bytes.end }) {
        let at = prints.printed.pages.get(n).map_or(0, |page| page.at);
        let (line, x) = layout.caret(text, at, Lean::Next);
        layout.pages.push(PageMark { page: n, line, inside: (bytes.start < at && at < bytes.end).then_some(x) });
    }
    layout
}

/// Lays out a clause that stands by itself, with what was struck in it and put in, in order of place.
pub(in super::super) fn lay_out_clause(
    ctx: &Context,
    look: &Look,
    text: &str,
    mut parts: Vec<Part>,
    marks: &[(TextRange, MarkKind)],
    strokes: &[(TextRange, Stroke)],
) -> BlockLayout {
    let start = parts.first().map_or(0, |part| part.bytes.start);
    let bytes = TextRange { start, end: parts.last().map_or(start, |part| part.bytes.end) };
    let direction = direction_of(&parts, text, look.direction);
    if direction != look.direction {
        join_labels_to_text(&mut parts);
    }
    let inks = Inks { marks: if look.marks { marks } else { &[] }, styles: &[], calls: &[], strokes };
    let top = parts.first().map_or(0.0, |part| look.above(&Style::of(part.role, look), None));
    Setter::new(ctx, look, text, inks, direction).block(bytes, &parts, top)
}

/// Which way a block runs: as most letters of its text do.
fn direction_of(parts: &[Part], text: &str, page: Direction) -> Direction {
    let is_text = |part: &&Part| !matches!(part.role, Role::Label { .. } | Role::NoteLabel);
    let words = |part: &Part| part.bytes.of(text).unwrap_or_default();
    if page == Direction::LeftToRight && !parts.iter().any(|part| bidi::has_right_to_left(words(part))) {
        return page;
    }
    let words: String = parts.iter().filter(is_text).map(words).collect();
    bidi::direction(&words, page)
}

fn join_labels_to_text(parts: &mut Vec<Part>) {
    let mut joined: Vec<Part> = Vec::with_capacity(parts.len());
    for part in parts.drain(..) {
        match joined.last_mut() {
            Some(before) if matches!(before.role, Role::Label { .. } | Role::NoteLabel) => {
                *before = Part { bytes: TextRange { start: before.bytes.start, end: part.bytes.end }, ..part };
            }
            _ => joined.push(part),
        }
    }
    *parts = joined;
}

/// A line under words or through them.
fn rule(layout: &mut BlockLayout, text: &str, range: TextRange, strikes: bool) {
    for (line, x) in layout.bands(text, range) {
        let Some(line) = layout.lines.get(line) else { continue };
        let size = line.band.span() / (2.0 * HALF_BAND);
        // Through the small letters; below the letters, above where lines of remarks begin.
        let y = line.band.center() + size * if strikes { 0.07 } else { 0.44 };
        layout.rules.push(Rule { x, y, thick: (size / 16.0).max(1.0), strikes });
    }
}

/// Letters in lines, around a place of their own.
struct Laid {
    pieces: Vec<Piece>,
    lines: Vec<Line>,
    height: f32,
}

/// A label that waits for the line it hangs beside. Distances are from the side the text begins at.
struct Hung {
    laid: Laid,
    at: f32,
    width: f32,
}

/// Sets the parts of one block under each other.
struct Setter<'a> {
    ctx: &'a Context,
    look: &'a Look,
    text: &'a str,
    inks: Inks<'a>,
    direction: Direction,
    y: f32,
    labels: Vec<Hung>,
    lines: Vec<Line>,
    pieces: Vec<Piece>,
}

impl<'a> Setter<'a> {
    fn new(ctx: &'a Context, look: &'a Look, text: &'a str, inks: Inks<'a>, direction: Direction) -> Self {
        let (labels, lines, pieces) = (Vec::new(), Vec::new(), Vec::new());
        Self { ctx, look, text, inks, direction, y: 0.0, labels, lines, pieces }
    }

    /// Sets all parts of a block, the first so far below its top.
    fn block(mut self, bytes: TextRange, parts: &[Part], top: f32) -> BlockLayout {
        self.y = top;
        for part in parts {
            match part.role {
                Role::Label { .. } | Role::NoteLabel => self.hang(part),
                _ => self.set(part),
            }
        }
        self.flush_labels(self.look.line());
        let below = parts.last().map_or(0.0, |part| Style::of(part.role, self.look).below);
        BlockLayout {
            bytes,
            height: self.y + below,
            lines: self.lines,
            pieces: self.pieces,
            heading: parts.iter().find_map(|part| part.role.heading_level()),
            leftward: self.direction == Direction::RightToLeft,
            rules: Vec::new(),
            notes: Vec::new(),
            pages: Vec::new(),
            notes_begin: None,
        }
    }

    fn leftward(&self) -> bool {
        self.direction == Direction::RightToLeft
    }

    fn hang(&mut self, part: &Part) {
        let laid = self.laid(part, f32::INFINITY, Align::LEFT, 0.0);
        let words = part.bytes.trimmed(self.text);
        let reach = laid.lines.first().map(|line| line.reach(self.text, words)).unwrap_or_default();
        let width = reach.iter().map(|x| x.max).fold(0.0, f32::max);
        let gap = self.look.size * LABEL_GAP;
        let before = self.labels.last().map_or_else(|| -self.look.hang(), |hung| hung.at + hung.width + gap * 0.7);
        let at = (self.look.indent(part.role) - gap - width).max(before);
        self.labels.push(Hung { laid, at, width });
    }

    fn set(&mut self, part: &Part) {
        let style = Style::of(part.role, self.look);
        if !matches!(part.role, Role::Text { .. } | Role::Note) {
            self.flush_labels(self.look.line());
        }
        let column = self.look.column;
        let indent = self.look.indent(part.role);
        let gap = self.look.size * LABEL_GAP;
        // A label too wide for the margin pushes the first line of its text.
        let push = self.labels.last().map_or(0.0, |hung| (hung.at + hung.width + gap - indent).max(0.0));
        // A paragraph the other way round begins at the far edge and is set in where the others are.
        let begins = if self.direction == self.look.direction { indent } else { 0.0 };
        let (align, x) = match (style.centered, self.leftward()) {
            (true, _) => (Align::Center, column / 2.0),
            (false, false) => (Align::LEFT, begins),
            (false, true) => (Align::RIGHT, column - begins),
        };
        let laid = self.laid(part, column - indent, align, push);
        let first = self.lines.len();
        self.take_labels();
        self.place(laid, pos2(x, self.y));
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
        for Hung { laid, at, width } in std::mem::take(&mut self.labels) {
            let x = if self.leftward() { self.look.column - at - width } else { at };
            let y = self.y;
            self.place(laid, pos2(x, y));
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
    fn place(&mut self, laid: Laid, pos: Pos2) {
        let down = |y: Rangef| Rangef::new(y.min + pos.y, y.max + pos.y);
        for mut line in laid.lines {
            (line.y, line.band) = (down(line.y), down(line.band));
            for stop in line.runs.iter_mut().flat_map(|run| &mut run.stops) {
                *stop += pos.x;
            }
            self.lines.push(line);
        }
        self.pieces.extend(laid.pieces.into_iter().map(|p| Piece { pos: p.pos + pos.to_vec2(), ..p }));
        self.y = pos.y + laid.height;
    }

    /// The letters of a part in lines of at most `width` points, left of, right of or around the place they are put at.
    fn laid(&self, part: &Part, width: f32, align: Align, first_space: f32) -> Laid {
        let words = part.bytes.of(self.text).unwrap_or_default();
        if self.leftward() || bidi::has_right_to_left(words) {
            self.woven(part, words, width, align, first_space)
        } else if breaks::has_wide(words) && width.is_finite() {
            self.in_own_rows(part, words, width, align, first_space)
        } else {
            self.in_rows(part, words, width, align, first_space)
        }
    }

    /// Words from left to right, as egui sets them.
    fn in_rows(&self, part: &Part, words: &str, width: f32, align: Align, first_space: f32) -> Laid {
        let style = Style::of(part.role, self.look);
        let (shown, cuts) = self.inks.shown(words, part.bytes.start, style.is_heavy());
        let mut job = LayoutJob { halign: align, break_on_newline: false, ..LayoutJob::default() };
        job.wrap.max_width = width;
        let mut from = 0;
        for &(to, ink) in &cuts {
            let leading_space = if from == 0 { first_space } else { 0.0 };
            let byte_range = ByteIndex(from)..ByteIndex(to);
            job.sections.push(LayoutSection { leading_space, byte_range, format: self.format(&style, ink) });
            from = to;
        }
        job.text = shown;
        let doubled = cuts.iter().any(|(_, ink)| ink.is_doubled()).then(|| {
            let mut job = job.clone();
            for (section, (_, ink)) in job.sections.iter_mut().zip(&cuts) {
                if !ink.is_doubled() {
                    section.format.color = Color32::TRANSPARENT;
                }
            }
            Piece { pos: pos2(self.aside(), 0.0), galley: self.ctx.fonts_mut(|f| f.layout_job(job)) }
        });
        let galley = self.ctx.fonts_mut(|f| f.layout_job(job));
        let lines = rows(&galley, words, part.bytes.start, style.size);
        let height = galley.size().y;
        let pieces = std::iter::once(Piece { pos: Pos2::ZERO, galley }).chain(doubled).collect();
        Laid { pieces, lines, height }
    }

    /// Words without spaces between them, in lines that end where ours say.
    fn in_own_rows(&self, part: &Part, words: &str, width: f32, align: Align, first_space: f32) -> Laid {
        let style = Style::of(part.role, self.look);
        let (shown, cuts) = self.inks.shown(words, part.bytes.start, style.is_heavy());
        let galley = |bytes: Range<usize>, only_doubled: bool| {
            let mut job = LayoutJob { break_on_newline: false, ..LayoutJob::default() };
            let mut from = 0;
            for &(to, ink) in &cuts {
                let stretch = from.max(bytes.start)..to.min(bytes.end);
                from = to;
                if let Some(letters) = shown.get(stretch).filter(|letters| !letters.is_empty()) {
                    let mut format = self.format(&style, ink);
                    if only_doubled && !ink.is_doubled() {
                        format.color = Color32::TRANSPARENT;
                    }
                    job.append(letters, 0.0, format);
                }
            }
            self.ctx.fonts_mut(|f| f.layout_job(job))
        };
        let whole = galley(0..shown.len(), false);
        let first_row = whole.rows.first().map(|row| &*row.row);
        let all = stops::of_word(first_row, &shown, (0.0, whole.intrinsic_size().x));
        let starts = breaks::lines(&shown, &all, width, first_space);
        let doubled = cuts.iter().any(|(_, ink)| ink.is_doubled());
        let mut laid = Laid { pieces: Vec::new(), lines: Vec::new(), height: 0.0 };
        let (mut letters, mut source, mut start) = (shown.chars(), words.chars(), part.bytes.start);
        let mut at = 0;
        for (i, &first) in starts.iter().enumerate() {
            let count = starts.get(i + 1).copied().unwrap_or(all.len() - 1) - first;
            let line = &shown[at..at + letters.by_ref().take(count).map(char::len_utf8).sum::<usize>()];
            let end = start + source.by_ref().take(count).map(char::len_utf8).sum::<usize>();
            let seen = line.trim_end_matches([' ', bidi::NOTHING]).chars().count();
            let reach = all[first + seen] - all[first];
            let push = if i == 0 { first_space } else { 0.0 };
            let left = match align {
                Align::LEFT => push,
                Align::Center => -reach / 2.0,
                Align::RIGHT => -reach - push,
            };
            let y = Rangef::new(laid.height, laid.height + style.line);
            let row = galley(at..at + line.len(), false);
            let stops = row.rows.first().map_or_else(|| vec![left], |r| stops::of_row(&r.row, count, left));
            laid.lines.push(Line {
                y,
                band: band(y, style.size),
                base: 0,
                runs: vec![Run { bytes: start..end, stops, level: 0 }],
            });
            laid.pieces.push(Piece { pos: pos2(left, y.min), galley: row });
            if doubled {
                let again = galley(at..at + line.len(), true);
                laid.pieces.push(Piece { pos: pos2(left + self.aside(), y.min), galley: again });
            }
            (at, start, laid.height) = (at + line.len(), end, y.max);
        }
        laid
    }

    /// Words of both directions, piece by piece.
    fn woven(&self, part: &Part, words: &str, width: f32, align: Align, first_space: f32) -> Laid {
        // Space between letters would tear joined ones apart.
        let style = Style { spacing: 0.0, ..Style::of(part.role, self.look) };
        let (shown, cuts) = self.inks.shown(words, part.bytes.start, style.is_heavy());
        let ends: Vec<usize> = cuts.iter().map(|(end, _)| *end).collect();
        let ink =
            |at: usize| cuts.get(ends.partition_point(|&end| end <= at)).map_or_else(Ink::default, |(_, ink)| *ink);
        let galley = |token: &Token| {
            let word = bidi::shown(shown.get(token.bytes.clone()).unwrap_or_default(), token.level);
            let mut job = LayoutJob { break_on_newline: false, ..LayoutJob::default() };
            job.append(&word, 0.0, self.format(&style, ink(token.bytes.start)));
            self.ctx.fonts_mut(|f| f.layout_job(job))
        };
        let tokens = bidi::tokens(&shown, self.direction, &ends);
        let tokens = bidi::cut_wide(&shown, tokens, width, &mut |token| galley(token).intrinsic_size().x);
        let galleys: Vec<Arc<Galley>> = tokens.iter().map(galley).collect();
        let widths: Vec<f32> = galleys.iter().map(|g| g.intrinsic_size().x).collect();
        let mut laid = Laid { pieces: Vec::new(), lines: Vec::new(), height: 0.0 };
        let mut source = (words.chars(), part.bytes.start);
        for (i, woven) in bidi::weave(&tokens, &widths, self.direction, width, first_space).into_iter().enumerate() {
            let push = if i == 0 { first_space } else { 0.0 };
            let left = match align {
                Align::LEFT => push,
                Align::Center => -woven.width / 2.0,
                Align::RIGHT => -woven.width - push,
            };
            let y = Rangef::new(laid.height, laid.height + style.line);
            let runs = runs(&woven, &shown, &mut source, left, self.direction, &|placed, word, edges| {
                let row = galleys[placed.index].rows.first().map(|row| &*row.row);
                if placed.token.level % 2 == 1 {
                    stops::of_word_leftward(row, word, edges)
                } else {
                    stops::of_word(row, word, edges)
                }
            });
            for placed in woven.tokens.iter().filter(|placed| !placed.token.space) {
                let galley = &galleys[placed.index];
                let pos = pos2(left + placed.x.0, y.min);
                laid.pieces.push(Piece { pos, galley: galley.clone() });
                if ink(placed.token.bytes.start).is_doubled() {
                    laid.pieces.push(Piece { pos: pos + vec2(self.aside(), 0.0), galley: galley.clone() });
                }
            }
            let base = bidi::level_of(self.direction);
            laid.lines.push(Line { y, band: band(y, style.size), base, runs });
            laid.height = y.max;
        }
        laid
    }

    /// How far aside the second pass of a bold stands that a face does not have: a pixel, since letters are painted on
    /// whole ones.
    fn aside(&self) -> f32 {
        1.0 / self.look.pixels_per_point.max(0.5)
    }

    fn format(&self, style: &Style, ink: Ink) -> TextFormat {
        TextFormat {
            font_id: FontId::new(style.size, ink.family(style)),
            extra_letter_spacing: style.spacing,
            line_height: Some(style.line),
            color: ink.color(style, self.look),
            italics: ink.is_slanted(),
            ..TextFormat::default()
        }
    }
}

/// Where the letters of a token stand, given its letters and its two edges.
type StopsOf<'a> = dyn Fn(&bidi::Placed, &str, (f32, f32)) -> Vec<f32> + 'a;

/// The runs of a line whose left end is at `left`. `source` is what is left of the draft's words, and the byte they begin
/// at: one character for each of those shown.
pub(super) fn runs(
    woven: &bidi::Woven,
    shown: &str,
    source: &mut (Chars<'_>, usize),
    left: f32,
    base: Direction,
    stops_of: &StopsOf<'_>,
) -> Vec<Run> {
    let mut runs = Vec::with_capacity(woven.tokens.len().max(1));
    for placed in &woven.tokens {
        let word = shown.get(placed.token.bytes.clone()).unwrap_or_default();
        let start = source.1;
        source.1 += source.0.by_ref().take(word.chars().count()).map(char::len_utf8).sum::<usize>();
        let stops = stops_of(placed, word, (left + placed.x.0, left + placed.x.1));
        runs.push(Run { bytes: start..source.1, stops, level: placed.token.level });
    }
    if runs.is_empty() {
        runs.push(Run { bytes: source.1..source.1, stops: vec![left], level: bidi::level_of(base) });
    }
    runs
}

fn band(y: Rangef, size: f32) -> Rangef {
    Rangef::new(y.center() - size * HALF_BAND, y.center() + size * HALF_BAND)
}

/// The lines of a galley that holds a stretch of the draft from the byte `start`, one character for each of its own.
fn rows(galley: &Galley, words: &str, mut start: usize, size: f32) -> Vec<Line> {
    let mut chars = words.chars();
    let count = galley.rows.len();
    let mut lines = Vec::with_capacity(count);
    for (i, row) in galley.rows.iter().enumerate() {
        let most = if i + 1 == count { usize::MAX } else { row.glyphs.len() };
        let before = chars.as_str().len();
        let taken = chars.by_ref().take(most).count();
        let end = start + (before - chars.as_str().len());
        let y = Rangef::new(row.min_y(), row.max_y());
        let stops = stops::of_row(row, taken, row.pos.x);
        lines.push(Line { y, band: band(y, size), base: 0, runs: vec![Run { bytes: start..end, stops, level: 0 }] });
        start = end;
    }
    lines
}
