//! Ink on the page: washes and selection under the letters, lines, bars, tags and the caret over them.

use std::sync::Arc;

use eframe::egui::epaint::TextShape;
use eframe::egui::{
    Align2, Color32, Context, CornerRadius, FontId, Galley, Mesh, Painter, Pos2, Rangef, Rect, Shape, Stroke, pos2,
    vec2,
};

use super::flow::{Flow, Shown};
use super::highlights::{Highlight, HighlightIndex, HighlightKey, HighlightKind, LANES};
use super::inks::{self, Ink, InkLook};
use super::layout::{Lean, NoteSign};
use super::links::{Link, LinkLook};
use super::prints::page_label;
use super::select::Selection;
use super::{Page, handles::Handle};
use crate::model::{MarkKind, TextRange};
use crate::ui::theme::{Tokens, sans};

/// Between the bars of two lanes, in points.
const LANE: f32 = 5.0;
/// Between the lines of two highlights under the same words, in points.
const UNDERLINE: f32 = 2.5;
/// Lines under words beyond this many share the last place: the next line of text begins below.
const UNDERLINES: u8 = 3;
/// How much of its color the line under a cross reference has: a treaty has thousands.
const LINK: f32 = 0.65;
const TAG: f32 = 11.0;
const TAG_WIDTH: f32 = 20.0;
/// The size of what stands beside the page: its number, the word for its notes, in points.
const ASIDE: f32 = 11.5;
/// Between the text and the number of a page, in points.
const PAGE_AIR: f32 = 9.0;
/// Room for tags and bars left of the labels, in points.
pub(super) const GUTTER: f32 = TAG_WIDTH + LANES as f32 * LANE + 8.0;
/// The same where nothing but signs stands there.
pub(super) const SLIM_GUTTER: f32 = 16.0;

/// A highlight on screen.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    /// Its position in the index.
    pub(super) at: usize,
    pub(super) key: HighlightKey,
    /// From the top of its first line on screen to the bottom of its last, in points of the window.
    pub(super) y: Rangef,
    /// Its words on the first of these lines: where a click is sure to meet it.
    pub(super) first: Rect,
}

/// What painting found out.
#[derive(Clone, Debug, Default)]
pub(super) struct Painted {
    /// In order of the text.
    pub(super) seen: Vec<Seen>,
    /// Tags and bars that can be clicked.
    pub(super) hot: Vec<(Rect, HighlightKey)>,
    pub(super) selection: Option<Rect>,
    /// Cross references: their position among the page's links, and where their words stand, line by line.
    pub(super) links: Vec<(usize, Vec<Rect>)>,
    /// The signs of notes, in order of the text.
    pub(super) notes: Vec<(NoteSign, Rect)>,
    /// The numbers of pages: which page, and where its number stands.
    pub(super) pages: Vec<(usize, Rect)>,
}

/// Where the column stands in the window.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// The left edge of the column and the top of the view.
    pub(super) origin: Pos2,
    pub(super) column: f32,
    /// The edge of the innermost lane of bars that is nearest to the text.
    pub(super) bars: f32,
    /// Whether the bars stand right of the text, as in drafts from right to left.
    pub(super) mirrored: bool,
    pub(super) clip: Rect,
}

impl Frame {
    /// What stands so far from the text within the bars and tags, and is so wide.
    fn beside_bars(&self, from: f32, width: f32) -> Rangef {
        if self.mirrored {
            Rangef::new(self.bars + from, self.bars + from + width)
        } else {
            Rangef::new(self.bars - from - width, self.bars - from)
        }
    }

    /// Whether a point stands among the bars and tags.
    pub(super) fn in_gutter(&self, pos: Pos2) -> bool {
        if self.mirrored { pos.x > self.bars - 2.0 } else { pos.x < self.bars + 2.0 }
    }

    /// A rectangle on a line of a block.
    pub(super) fn rect(&self, shown: &Shown, x: Rangef, y: Rangef) -> Rect {
        Rect::from_x_y_ranges(shifted(x, self.origin.x), shifted(y, self.origin.y + shown.y))
    }

    /// A point of the window as seen from a block.
    pub(super) fn within(&self, shown: &Shown, pos: Pos2) -> Pos2 {
        pos2(pos.x - self.origin.x, pos.y - self.origin.y - shown.y)
    }
}

/// Paints all blocks on screen.
pub(super) fn paint(
    painter: &Painter,
    frame: Frame,
    flow: &Flow,
    shown: &[Shown],
    page: &Page<'_>,
    selection: Option<Selection>,
    tokens: &Tokens,
) -> Painted {
    let mut painted = Painted::default();
    let mut under = Mesh::default();
    let mut over = Vec::new();
    let mut lines = Mesh::default();
    let selected = selection.map(Selection::range).filter(|r| !r.is_empty());
    let mut brush = Brush { frame, flow, tokens, under: &mut under, lines: &mut lines, over: &mut over };
    for s in shown {
        let bytes = s.layout.bytes;
        let touching = page.highlights.touching(bytes);
        for &at in &touching {
            if let Some(highlight) = page.highlights.get(at) {
                let focused = page.focus_highlight == Some(highlight.key);
                brush.highlight(s, page.highlights, at, highlight, focused, &mut painted);
            }
        }
        brush.found(s, page.found, page.current_found);
        if let Some(range) = selected.filter(|r| r.start < bytes.end && r.end > bytes.start) {
            brush.selected(s, range, &mut painted);
        }
        if page.marks_shown {
            brush.marks(s);
        }
        for inks in page.inks {
            brush.inks(s, inks);
        }
        brush.links(s, page.links, &mut painted);
        brush.rules(s);
        brush.notes(painter.ctx(), s, &mut painted);
        brush.pages(painter.ctx(), s, &mut painted);
        brush.tags(painter.ctx(), s, page.highlights, &touching, &mut painted);
    }
    painter.add(Shape::mesh(under));
    for s in shown {
        for piece in &s.layout.pieces {
            let pos = frame.origin + vec2(piece.pos.x, s.y + piece.pos.y);
            painter.add(TextShape::new(pos, piece.galley.clone(), tokens.ink));
        }
    }
    painter.add(Shape::mesh(lines));
    painter.extend(over);
    painted
}

/// The caret at the head of the selection.
pub(super) fn caret(painter: &Painter, rect: Option<Rect>, tokens: &Tokens) {
    if let Some(rect) = rect {
        painter.rect_filled(rect, 1.0, tokens.caret);
    }
}

/// The ends of a highlight as handles to drag.
pub(super) fn handle(painter: &Painter, at: Rect, end: Handle, color: Color32) {
    let bar = Rect::from_center_size(at.center(), vec2(2.0, at.height()));
    painter.rect_filled(bar, 1.0, color);
    let knob = if end == Handle::Start { bar.center_top() } else { bar.center_bottom() };
    painter.circle_filled(knob, 4.0, color);
}

/// Where the caret at a place of the draft stands in the window, if it is on screen.
pub(super) fn caret_rect(frame: Frame, flow: &Flow, shown: &[Shown], offset: usize, lean: Lean) -> Option<Rect> {
    let s = shown.iter().rev().find(|s| s.layout.bytes.start <= offset)?;
    if offset > s.layout.bytes.end {
        return None;
    }
    let (line, x) = s.layout.caret(&flow.text, offset, lean);
    let band = s.layout.lines.get(line)?.band;
    Some(frame.rect(s, Rangef::new(x - 1.0, x + 1.0), band))
}

struct Brush<'a> {
    frame: Frame,
    flow: &'a Flow,
    tokens: &'a Tokens,
    /// Colors under the letters.
    under: &'a mut Mesh,
    /// Lines and bars over them.
    lines: &'a mut Mesh,
    over: &'a mut Vec<Shape>,
}

impl Brush<'_> {
    fn highlight(
        &mut self,
        s: &Shown,
        index: &HighlightIndex,
        at: usize,
        highlight: &Highlight,
        focused: bool,
        painted: &mut Painted,
    ) {
        if highlight.kind == HighlightKind::Asked {
            return;
        }
        let bands = self.bands(s, highlight.range);
        let Some((first, last)) = bands.first().copied().zip(bands.last().copied()) else { return };
        let words = highlight.kind == HighlightKind::Words;
        let leading = highlight.swatches.first().map(|&swatch| self.tokens.swatch(swatch));
        let ink = self.ink_of(highlight);
        if words {
            let wash = match highlight.swatches.first() {
                Some(&swatch) if highlight.faded && !focused => self.tokens.faded_wash(swatch),
                _ => leading.map_or(self.tokens.chrome_hover, |p| p.wash),
            };
            let lane = index.underline_lane(at).min(UNDERLINES - 1);
            let (thick, ink) = match (focused, highlight.faded) {
                (true, _) => (2.0, ink),
                (false, false) => (1.25, ink.gamma_multiply(0.8)),
                (false, true) => (1.0, ink.gamma_multiply(0.6)),
            };
            for (rect, _) in &bands {
                self.under.add_colored_rect(rect.expand2(vec2(1.0, 0.0)), wash);
                let y = rect.bottom() + f32::from(lane) * UNDERLINE;
                self.lines.add_colored_rect(Rect::from_x_y_ranges(rect.x_range(), Rangef::new(y - thick, y)), ink);
            }
        }
        let y = Rangef::new(first.1.min, last.1.max).shrink(1.5);
        let width = if words && !focused { 2.0 } else { 3.0 };
        let bar = Rect::from_x_y_ranges(self.frame.beside_bars(f32::from(index.bar_lane(at)) * LANE, width), y);
        self.bar(bar, highlight, focused);
        painted.hot.push((bar.expand2(vec2(1.5, 0.0)), highlight.key));
        match painted.seen.iter_mut().rev().find(|seen| seen.at == at) {
            Some(seen) => seen.y.max = last.1.max,
            None => {
                let y = Rangef::new(first.1.min, last.1.max);
                let first = if words { first.0 } else { bar };
                painted.seen.push(Seen { at, key: highlight.key, y, first });
            }
        }
    }

    /// A bar in the margin, in all colors of the remark; dashed for what is absent.
    fn bar(&mut self, bar: Rect, highlight: &Highlight, focused: bool) {
        const DASH: f32 = 5.0;
        let strength = if highlight.faded && !focused { 0.55 } else { 1.0 };
        let dashed = highlight.kind == HighlightKind::Absence;
        let count = highlight.swatches.len().max(1);
        for k in 0..count {
            let color = highlight.swatches.get(k).map_or(self.tokens.quiet_ink, |&s| self.tokens.swatch(s).ink);
            let color = color.gamma_multiply(strength);
            let share = bar.height() / count as f32;
            let part = Rangef::new(bar.top() + k as f32 * share, bar.top() + (k + 1) as f32 * share);
            if !dashed {
                self.lines.add_colored_rect(Rect::from_x_y_ranges(bar.x_range(), part), color);
                continue;
            }
            let mut y = part.min;
            while y < part.max {
                let dash = Rangef::new(y, (y + DASH).min(part.max));
                self.lines.add_colored_rect(Rect::from_x_y_ranges(bar.x_range(), dash), color);
                y += DASH * 1.7;
            }
        }
    }

    /// The two-letter tags of remarks that begin in this block, level with their first words, as far as there is room.
    fn tags(&mut self, ctx: &Context, s: &Shown, index: &HighlightIndex, touching: &[usize], painted: &mut Painted) {
        let bytes = s.layout.bytes;
        let has_bar = |at: usize| index.get(at).is_some_and(|h| h.kind != HighlightKind::Asked);
        let barred = touching.iter().filter(|&&at| has_bar(at));
        let lanes = barred.map(|&at| index.bar_lane(at) + 1).max().unwrap_or(0);
        let x = self.frame.beside_bars(f32::from(lanes) * LANE + 2.0, TAG_WIDTH);
        let bottom = self.frame.origin.y + s.y + s.layout.height;
        let mut free = f32::NEG_INFINITY;
        for &at in touching {
            let Some(h) = index.get(at).filter(|h| bytes.start <= h.range.start) else { continue };
            let (line, _) = s.layout.caret(&self.flow.text, h.range.start, Lean::Next);
            let Some(line) = s.layout.lines.get(line) else { continue };
            let middle = self.frame.origin.y + s.y + line.y.center();
            let mut top = (middle - TAG * 0.7).max(free);
            for (k, tag) in h.tags.iter().enumerate() {
                if top + TAG > bottom {
                    return;
                }
                let ink = h.swatches.get(k).map_or(self.tokens.quiet_ink, |&swatch| self.tokens.swatch(swatch).ink);
                let ink = if h.faded { ink.lerp_to_gamma(self.tokens.paper, 0.25) } else { ink };
                let rect = Rect::from_x_y_ranges(x, Rangef::new(top, top + TAG * 1.35));
                if self.frame.clip.intersects(rect) {
                    let font = FontId::new(TAG, sans());
                    let galley = ctx.fonts_mut(|f| f.layout_no_wrap(tag.clone(), font, ink));
                    let pos = if self.frame.mirrored {
                        Align2::LEFT_CENTER.anchor_size(rect.left_center(), galley.size()).min
                    } else {
                        Align2::RIGHT_CENTER.anchor_size(rect.right_center(), galley.size()).min
                    };
                    let shown = Rect::from_min_size(pos, galley.size());
                    self.over.push(TextShape::new(pos, galley, ink).into());
                    painted.hot.push((rect.union(shown), h.key));
                    if h.kind == HighlightKind::Asked {
                        painted.seen.push(Seen { at, key: h.key, y: shown.y_range(), first: shown });
                    }
                }
                top += TAG * 1.35;
            }
            free = top;
        }
    }

    fn found(&mut self, s: &Shown, found: &[TextRange], current: Option<TextRange>) {
        let bytes = s.layout.bytes;
        // A match is never longer than a provision; look back far enough for one that began in the block before.
        let first = found.partition_point(|r| r.end <= bytes.start);
        for &range in found.get(first..).into_iter().flatten().take_while(|r| r.start < bytes.end) {
            if Some(range) != current {
                self.fill(s, range, self.tokens.search_mark);
            }
        }
        if let Some(range) = current.filter(|r| r.start < bytes.end && r.end > bytes.start) {
            self.fill(s, range, self.tokens.search_current);
        }
    }

    fn selected(&mut self, s: &Shown, range: TextRange, painted: &mut Painted) {
        for (rect, _) in self.bands(s, range) {
            self.under.add_colored_rect(rect, self.tokens.selection);
            painted.selection = Some(painted.selection.map_or(rect, |all| all.union(rect)));
        }
    }

    /// Lines of a lens.
    fn inks(&mut self, s: &Shown, inks: &[Ink]) {
        let bytes = s.layout.bytes;
        let first = inks.partition_point(|i| i.range.end <= bytes.start);
        for ink in inks.get(first..).into_iter().flatten().take_while(|i| i.range.start < bytes.end) {
            if ink.look == InkLook::Found {
                self.fill(s, ink.range, self.tokens.search_mark);
            }
            for (rect, _) in self.bands(s, ink.range) {
                self.ink(rect, ink.look);
            }
        }
    }

    fn ink(&mut self, band: Rect, look: InkLook) {
        inks::draw(band, look, self.tokens, self.lines, self.over);
    }

    /// Words in brackets within one block get a dotted line; longer ones have their brackets set apart by the layout.
    fn marks(&mut self, s: &Shown) {
        let bytes = s.layout.bytes;
        for (range, kind) in self.flow.marks_touching(bytes) {
            // Brackets around all of a block say what the layout says of them.
            let all = range == bytes && !matches!(kind, MarkKind::Agreed | MarkKind::Unbalanced);
            if !bytes.covers(range) || all {
                continue;
            }
            for (rect, _) in self.bands(s, range) {
                self.ink(rect, InkLook::of_mark(kind));
            }
        }
    }

    /// Lines under cross references: quiet ones where they lead somewhere, waves where they are broken.
    fn links(&mut self, s: &Shown, links: &[Link], painted: &mut Painted) {
        let bytes = s.layout.bytes;
        let first = links.partition_point(|l| l.range.end <= bytes.start);
        for (at, link) in links.iter().enumerate().skip(first).take_while(|(_, l)| l.range.start < bytes.end) {
            let rects: Vec<Rect> = self.bands(s, link.range).into_iter().map(|(rect, _)| rect).collect();
            for rect in &rects {
                match link.look {
                    LinkLook::Leads => {
                        let y = link_line(*rect);
                        let line = Rect::from_x_y_ranges(rect.x_range(), Rangef::new(y, y + 1.0));
                        self.lines.add_colored_rect(line, self.tokens.link.gamma_multiply(LINK));
                    }
                    LinkLook::Term => self.ink(*rect, InkLook::Term),
                    LinkLook::Broken => self.over.push(wave(*rect, self.tokens.danger)),
                    LinkLook::Plain => {}
                }
            }
            match painted.links.last_mut() {
                Some((before, all)) if *before == at => all.extend(rects),
                _ if rects.is_empty() => {}
                _ => painted.links.push((at, rects)),
            }
        }
    }

    /// Lines under words and through them, as printed.
    fn rules(&mut self, s: &Shown) {
        for rule in &s.layout.rules {
            let half = rule.thick / 2.0;
            let rect = self.frame.rect(s, rule.x, Rangef::new(rule.y - half, rule.y + half));
            let color = if rule.strikes { self.tokens.quiet_ink } else { self.tokens.ink };
            self.lines.add_colored_rect(rect, color);
        }
    }

    /// The signs of notes, and the rule and word above the first note.
    fn notes(&mut self, ctx: &Context, s: &Shown, painted: &mut Painted) {
        for &sign in &s.layout.notes {
            let rects = self.bands(s, sign.bytes).into_iter().map(|(rect, _)| rect);
            if let Some(rect) = rects.reduce(Rect::union).filter(|_| !sign.bytes.is_empty()) {
                painted.notes.push((sign, rect));
            }
        }
        let Some(y) = s.layout.notes_begin else { return };
        let begins = if s.layout.leftward { self.frame.column } else { 0.0 };
        let away = if s.layout.leftward { -1.0 } else { 1.0 };
        let x = Rangef::new(begins.min(begins + away * 120.0), begins.max(begins + away * 120.0));
        let rule = self.frame.rect(s, x, Rangef::new(y, y + 1.0));
        self.lines.add_colored_rect(rule, self.tokens.quiet_ink.gamma_multiply(0.6));
        let galley = aside(ctx, "Notes", self.tokens);
        let left = if s.layout.leftward { rule.right() - galley.size().x } else { rule.left() };
        self.over.push(TextShape::new(pos2(left, rule.bottom() + 4.0), galley, self.tokens.quiet_ink).into());
    }

    /// Where a page begins: its number beside the line, a hairline within it.
    fn pages(&mut self, ctx: &Context, s: &Shown, painted: &mut Painted) {
        for (i, mark) in s.layout.pages.iter().enumerate() {
            let Some(line) = s.layout.lines.get(mark.line) else { continue };
            if let Some(x) = mark.inside {
                let tick = self.frame.rect(s, Rangef::new(x - 1.0, x), line.band);
                self.lines.add_colored_rect(tick, self.tokens.quiet_ink.gamma_multiply(0.7));
            }
            // Pages that begin on one line share its margin: the last of them is named, since reading goes on there.
            if s.layout.pages.get(i + 1).is_some_and(|next| next.line == mark.line) {
                continue;
            }
            let Some(page) = self.flow.prints.printed.pages.get(mark.page) else { continue };
            let galley = aside(ctx, &page_label(&page.name()), self.tokens);
            let middle = self.frame.origin.y + s.y + line.y.center();
            let left = if self.frame.mirrored {
                self.frame.origin.x - PAGE_AIR - galley.size().x
            } else {
                self.frame.origin.x + self.frame.column + PAGE_AIR
            };
            let rect = Rect::from_min_size(pos2(left, middle - galley.size().y / 2.0), galley.size());
            painted.pages.push((mark.page, rect));
            self.over.push(TextShape::new(rect.min, galley, self.tokens.quiet_ink).into());
        }
    }

    fn fill(&mut self, s: &Shown, range: TextRange, color: Color32) {
        for (rect, _) in self.bands(s, range) {
            self.under.add_colored_rect(rect.expand2(vec2(1.0, 0.0)), color);
        }
    }

    /// Where a stretch of the draft stands in the window: its band of color, and the whole height of its line. An empty
    /// stretch has a band without width.
    fn bands(&self, s: &Shown, range: TextRange) -> Vec<(Rect, Rangef)> {
        let mut bands = s.layout.bands(&self.flow.text, range);
        if range.is_empty() {
            let (line, x) = s.layout.caret(&self.flow.text, range.start, Lean::Next);
            bands.push((line, Rangef::point(x)));
        }
        let rect = |(line, x): (usize, Rangef)| {
            let line = s.layout.lines.get(line)?;
            Some((self.frame.rect(s, x, line.band), shifted(line.y, self.frame.origin.y + s.y)))
        };
        bands.into_iter().filter_map(rect).collect()
    }

    fn ink_of(&self, highlight: &Highlight) -> Color32 {
        highlight.swatches.first().map_or(self.tokens.quiet_ink, |&swatch| self.tokens.swatch(swatch).ink)
    }
}

/// Quiet words beside the text.
fn aside(ctx: &Context, words: &str, tokens: &Tokens) -> Arc<Galley> {
    let font = FontId::new(ASIDE, sans());
    ctx.fonts_mut(|f| f.layout_no_wrap(words.to_owned(), font, tokens.quiet_ink))
}

/// The room that the numbers of pages need beside the text, in points.
pub(super) fn page_room(ctx: &Context, longest: &str, tokens: &Tokens) -> f32 {
    PAGE_AIR + aside(ctx, longest, tokens).size().x.ceil() + 2.0
}

fn shifted(range: Rangef, by: f32) -> Rangef {
    Rangef::new(range.min + by, range.max + by)
}

/// Where the line under a cross reference begins: below the letters, above where lines of remarks begin.
fn link_line(band: Rect) -> f32 {
    band.center().y + band.height() * 0.37
}

/// The line under a cross reference that the pointer is on.
pub(super) fn link_under_pointer(painter: &Painter, band: Rect, tokens: &Tokens) {
    let y = link_line(band);
    painter.rect_filled(Rect::from_x_y_ranges(band.x_range(), Rangef::new(y, y + 1.5)), 0.0, tokens.link);
}

pub(super) fn wave(band: Rect, color: Color32) -> Shape {
    const STEP: f32 = 2.5;
    const HEIGHT: f32 = 1.25;
    let y = link_line(band) + HEIGHT;
    let count = (band.width() / STEP).ceil().max(1.0) as usize;
    let point = |i: usize| {
        let x = (band.left() + i as f32 * STEP).min(band.right());
        pos2(x, if i.is_multiple_of(2) { y + HEIGHT } else { y - HEIGHT })
    };
    Shape::line((0..=count).map(point).collect(), Stroke::new(1.2, color))
}

/// A quiet frame around what has the keyboard.
pub(super) fn focus_ring(painter: &Painter, rect: Rect, tokens: &Tokens) {
    let stroke = Stroke::new(1.5, tokens.accent);
    painter.rect_stroke(rect.expand(2.0), CornerRadius::same(3), stroke, eframe::egui::StrokeKind::Outside);
}
