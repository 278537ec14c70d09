//! The long page: which blocks are on screen and where, laid out only when they are.
//!
//! The reading position is a block and a distance below its top, so correcting the height of anything above or below
//! never moves what is on screen.

use std::collections::HashMap;
use std::sync::Arc;

use eframe::egui::{Context, FontId, Galley};

use super::blocks::Blocks;
use super::heights::Heights;
use super::highlights::Spans;
use super::layout::{BlockLayout, Lean, Look, Source, lay_out};
use super::prints::{Prints, longest_page_label};
use crate::model::{Direction, MarkKind, Outline, Printed, TextRange};
use crate::ui::theme::{Tokens, serif};

/// Empty paper above the first block, in points.
pub(super) const ABOVE: f32 = 44.0;
/// Empty paper below the last block, as a share of the view.
const BELOW: f32 = 0.4;
/// Laid-out blocks kept; beyond twice as many the older half is let go.
const KEPT: usize = 400;
/// A jump further than this, in points, goes by the estimated heights.
const FAR: f32 = 20_000.0;

/// Where in the view a place is brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScrollPlace {
    /// To the top, with a little air above.
    Top,
    /// A third down, where the eye rests.
    Center,
    /// As little as it takes to be seen.
    Nearest,
}

/// A block on screen.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    /// Which block.
    pub(super) block: usize,
    /// Its top, in points below the top of the view.
    pub(super) y: f32,
    pub(super) layout: Arc<BlockLayout>,
}

/// A draft as a long page.
#[derive(Debug)]
pub(super) struct Flow {
    pub(super) text: Arc<str>,
    pub(super) outline: Arc<Outline>,
    pub(super) prints: Prints,
    /// How the page is called in the margin that needs the most room; none where there are no pages.
    pub(super) page_label: Option<String>,
    pub(super) blocks: Blocks,
    pub(super) heights: Heights,
    pub(super) look: Look,
    marks: Spans,
    /// Bytes of text per character shown, measured at the start of the draft.
    bytes_per_character: f32,
    layouts: HashMap<usize, (u64, Arc<BlockLayout>)>,
    tick: u64,
    /// Laid out anew by egui exactly when its letters have moved in the font texture, and ours with them.
    sentinel: Arc<Galley>,
    /// The first block on screen, and how far the top of the view is below its top; negative above the first.
    top: (usize, f32),
    view: f32,
}

impl Flow {
    /// Reads the outline once; lays out nothing.
    pub(super) fn new(
        ctx: &Context,
        text: &Arc<str>,
        outline: &Arc<Outline>,
        printed: &Arc<Printed>,
        look: Look,
    ) -> Self {
        let sample = &text[..text.floor_char_boundary(16 * 1024)];
        let bytes_per_character = sample.len() as f32 / sample.chars().map(breadth).sum::<f32>().max(1.0);
        let marks = Spans::new(outline.marks.iter().map(|m| m.range).collect());
        let prints = Prints::new(printed);
        let mut flow = Self {
            blocks: Blocks::new(text, outline, &prints),
            page_label: longest_page_label(printed),
            prints,
            text: text.clone(),
            outline: outline.clone(),
            heights: Heights::default(),
            marks,
            bytes_per_character,
            layouts: HashMap::new(),
            tick: 0,
            sentinel: sentinel(ctx, &look),
            top: (0, -ABOVE),
            view: 0.0,
            look,
        };
        flow.estimate();
        flow
    }

    /// Whether this is the page of that draft.
    pub(super) fn is_of(&self, text: &Arc<str>, outline: &Arc<Outline>, printed: &Arc<Printed>) -> bool {
        Arc::ptr_eq(&self.text, text)
            && Arc::ptr_eq(&self.outline, outline)
            && Arc::ptr_eq(&self.prints.printed, printed)
    }

    /// To be called every frame before anything else: takes up a new look, a new size, a moved font texture, without
    /// losing the place.
    pub(super) fn begin(&mut self, ctx: &Context, look: Look, view: f32) {
        self.tick += 1;
        self.view = view;
        let sentinel = sentinel(ctx, &look);
        let moved = !Arc::ptr_eq(&sentinel, &self.sentinel);
        self.sentinel = sentinel;
        if look != self.look {
            let (offset, below) = self.top_place(ctx);
            let resized = look.size != self.look.size
                || look.column != self.look.column
                || look.character != self.look.character
                || look.direction != self.look.direction;
            self.look = look;
            self.layouts.clear();
            if resized {
                self.estimate();
            }
            if let Some(offset) = offset {
                let block = self.blocks.at(offset);
                let layout = self.layout(ctx, block);
                let (line, _) = layout.caret(&self.text, offset, Lean::Base);
                self.top = (block, layout.lines.get(line).map_or(0.0, |l| l.y.min) + below);
            }
        } else if moved {
            self.layouts.clear();
        }
        if self.layouts.len() > 2 * KEPT {
            let mut ticks: Vec<u64> = self.layouts.values().map(|(tick, _)| *tick).collect();
            let (_, oldest_kept, _) = ticks.select_nth_unstable(KEPT);
            let oldest_kept = *oldest_kept;
            self.layouts.retain(|_, (tick, _)| *tick >= oldest_kept);
        }
    }

    /// A block laid out; its height is corrected on the way.
    pub(super) fn layout(&mut self, ctx: &Context, block: usize) -> Arc<BlockLayout> {
        let block = block.min(self.blocks.len().saturating_sub(1));
        if let Some((tick, layout)) = self.layouts.get_mut(&block) {
            *tick = self.tick;
            return layout.clone();
        }
        let mut found = Vec::new();
        self.marks.touching(self.blocks.bytes(block), &mut found);
        let marks: Vec<(TextRange, MarkKind)> =
            found.into_iter().filter_map(|i| self.outline.marks.get(i)).map(|m| (m.range, m.kind)).collect();
        let source = Source { text: &self.text, outline: &self.outline, blocks: &self.blocks, prints: &self.prints };
        let layout = Arc::new(lay_out(ctx, &self.look, source, &marks, block));
        self.heights.set(block, layout.height);
        self.layouts.insert(block, (self.tick, layout.clone()));
        layout
    }

    /// Marks that touch a stretch of the draft.
    pub(super) fn marks_touching(&self, range: TextRange) -> Vec<(TextRange, MarkKind)> {
        let mut found = Vec::new();
        self.marks.touching(range, &mut found);
        found.into_iter().filter_map(|i| self.outline.marks.get(i)).map(|m| (m.range, m.kind)).collect()
    }

    /// The blocks on screen, top to bottom. Pulls the page back where it was scrolled past its end.
    pub(super) fn shown(&mut self, ctx: &Context) -> Vec<Shown> {
        self.settle(ctx);
        let shown = self.fill(ctx);
        let end = shown.last().map_or(0.0, |s| s.y + s.layout.height);
        let is_last = shown.last().is_none_or(|s| s.block + 1 == self.blocks.len());
        let missing = self.view * (1.0 - BELOW) - end;
        if is_last && missing > 0.0 && self.top != (0, -ABOVE) {
            self.top.1 -= missing;
            self.settle(ctx);
            return self.fill(ctx);
        }
        shown
    }

    /// Moves the view down by so many points, up if negative.
    pub(super) fn scroll_by(&mut self, ctx: &Context, points: f32) {
        if points.abs() > FAR {
            self.scroll_to_y(self.y() + f64::from(points));
        } else {
            self.top.1 += points;
        }
        self.settle(ctx);
    }

    /// The top of the view, in points from the top of the page, by what heights are known.
    pub(super) fn y(&self) -> f64 {
        self.heights.before(self.top.0) + f64::from(self.top.1 + ABOVE)
    }

    /// The height of the page with its empty paper.
    pub(super) fn page_height(&self) -> f64 {
        f64::from(ABOVE) + self.heights.total() + f64::from(self.view * BELOW)
    }

    /// Moves the view to a distance from the top of the page.
    pub(super) fn scroll_to_y(&mut self, y: f64) {
        let below = y - f64::from(ABOVE);
        self.top = if below < 0.0 { (0, below.max(f64::from(-ABOVE)) as f32) } else { self.heights.at(below) };
    }

    /// Brings a place of the draft into view.
    pub(super) fn scroll_to(&mut self, ctx: &Context, offset: usize, place: ScrollPlace) {
        let block = self.blocks.at(offset);
        let layout = self.layout(ctx, block);
        let (line, _) = layout.caret(&self.text, offset, Lean::Base);
        let y = layout.lines.get(line).map_or_else(|| eframe::egui::Rangef::point(0.0), |l| l.y);
        let air = self.look.line();
        let above = match place {
            // From the top of the block, if its words are near: a heading keeps its air.
            ScrollPlace::Top => air,
            ScrollPlace::Center => self.view * 0.33,
            ScrollPlace::Nearest => {
                let seen = self.fill(ctx).into_iter().find(|s| s.block == block);
                match seen {
                    Some(s) if s.y + y.min >= air && s.y + y.max <= self.view - air => return,
                    Some(s) if s.y + y.min < air => air,
                    Some(_) => self.view - air - y.span(),
                    None if block < self.top.0 => air,
                    None => self.view - air - y.span(),
                }
            }
        };
        self.top = (block, y.min - above);
        self.settle(ctx);
    }

    /// The draft's byte where one reads: at the line that [`ScrollPlace::Top`] brings a place to, so that going there and
    /// asking again is the same.
    pub(super) fn top_offset(&mut self, ctx: &Context) -> usize {
        let (mut block, mut y) = (self.top.0, self.top.1 + self.look.line() + 1.0);
        if y < 0.0 || self.blocks.len() == 0 {
            return 0;
        }
        let mut layout = self.layout(ctx, block);
        while y >= layout.height && block + 1 < self.blocks.len() {
            y -= layout.height;
            block += 1;
            layout = self.layout(ctx, block);
        }
        layout.line_bytes(layout.line_at(y)).start
    }

    /// The place of a block in the view, by heights known so far.
    pub(super) fn y_of_offset(&self, offset: usize) -> f64 {
        f64::from(ABOVE) + self.heights.before(self.blocks.at(offset))
    }

    /// The byte at the top of the view, and how far its line is above that; none above the first line.
    fn top_place(&mut self, ctx: &Context) -> (Option<usize>, f32) {
        if self.top.1 < 0.0 || self.blocks.len() == 0 {
            return (None, 0.0);
        }
        let layout = self.layout(ctx, self.top.0);
        let line = layout.line_at(self.top.1);
        let y = layout.lines.get(line).map_or(0.0, |l| l.y.min);
        (Some(layout.line_bytes(line).start), self.top.1 - y)
    }

    /// Brings the distance below the first block's top into that block.
    fn settle(&mut self, ctx: &Context) {
        while self.top.1 < 0.0 && self.top.0 > 0 {
            self.top.0 -= 1;
            self.top.1 += self.layout(ctx, self.top.0).height;
        }
        if self.top.0 == 0 {
            self.top.1 = self.top.1.max(-ABOVE);
        }
        while self.top.0 + 1 < self.blocks.len() {
            let height = if self.top.1 < 0.0 { f32::INFINITY } else { self.layout(ctx, self.top.0).height };
            if self.top.1 < height {
                break;
            }
            self.top.0 += 1;
            self.top.1 -= height;
        }
    }

    fn fill(&mut self, ctx: &Context) -> Vec<Shown> {
        let mut shown = Vec::new();
        let (mut block, mut y) = (self.top.0, -self.top.1);
        while y < self.view && block < self.blocks.len() {
            let layout = self.layout(ctx, block);
            let height = layout.height;
            shown.push(Shown { block, y, layout });
            y += height;
            block += 1;
        }
        shown
    }

    fn estimate(&mut self) {
        let heights = (0..self.blocks.len()).map(|block| {
            let characters = self.blocks.bytes(block).len() as f32 / self.bytes_per_character;
            let before = block.checked_sub(1).map(|before| self.blocks.rest(before));
            self.look.estimate(self.blocks.rest(block), before, characters)
        });
        self.heights = Heights::new(heights.collect());
    }
}

fn sentinel(ctx: &Context, look: &Look) -> Arc<Galley> {
    let font = FontId::new(look.size, serif());
    ctx.fonts_mut(|f| f.layout_no_wrap("¶".to_owned(), font, eframe::egui::Color32::PLACEHOLDER))
}

/// How broad a character is, over a letter of the Latin alphabet.
fn breadth(c: char) -> f32 {
    if matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}')
    {
        2.3
    } else {
        1.0
    }
}

/// Where the parts of a page stand, in points from its left edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Columns {
    /// The left edge of the text.
    pub(super) left: f32,
    /// The width of the text.
    pub(super) column: f32,
    /// What is left for cards, at the right end.
    pub(super) cards: f32,
}

/// The columns of a page in a space `width` points wide, where remarks need `gutter` points beside the labels and the
/// marks of pages `pages` points on the other side of the text.
pub(super) fn columns(look: &Look, tokens: &Tokens, gutter: f32, pages: f32, width: f32) -> Columns {
    /// Characters in a line: 70 where there is room, down to 65 where cards need it.
    const WIDE: f32 = 70.0;
    const NARROW: f32 = 65.0;
    const CARDS: f32 = 264.0;
    // Labels hang where lines begin, and remarks beside them.
    let (before, gap) = match look.direction {
        Direction::LeftToRight => (gutter + look.hang(), tokens.space.page.max(pages)),
        Direction::RightToLeft => (tokens.space.large.max(pages), gutter + look.hang() + tokens.space.medium),
    };
    let wide = look.character * WIDE;
    let narrow = look.character * NARROW;
    let free = width - before - gap - CARDS;
    let (column, cards) = if free >= narrow {
        (free.min(wide), true)
    } else {
        ((width - before - gap).min(wide).max(look.size * 6.0), false)
    };
    let centered = (width - column) / 2.0;
    let most_left = if cards { width - column - gap - CARDS } else { width - column - gap };
    let left = centered.min(most_left).max(before).round();
    Columns { left, column: column.floor(), cards: (width - left - column - gap).max(0.0) }
}
