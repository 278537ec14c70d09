//! What a page paints: its glyphs with their places, and its straight lines.
//!
//! Must not know: lines of text, columns, paragraphs. Lengths are in points (1/72 inch), from the upper left corner of
//! the page as it is shown, y downward.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use hayro_interpret::font::{Glyph as PaintedGlyph, GlyphRun, PositionedGlyph};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_interpret::hayro_syntax::object::dict::keys::CONTENTS;
use hayro_interpret::hayro_syntax::object::{Array, MaybeRef, Stream};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape, Vec2};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, TransformExt, interpret,
};

use super::effort::Effort;
use super::{faces, glyph_order};

/// More glyphs on a page than this are no text; a page of a newspaper has 30,000.
const MOST_GLYPHS: usize = 200_000;
/// More straight lines on a page than this are a drawing.
const MOST_RULES: usize = 20_000;
/// What stands for a glyph that the file gives no character.
pub(super) const UNKNOWN: char = '\u{fffd}';

/// A painted character, or several that the font draws as one.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    /// As the file says; [`UNKNOWN`] where it does not.
    pub letters: Letters,
    /// What it may be, where the file does not say it.
    pub guess: Option<char>,
    /// Where the pen stood before and after it.
    pub x0: f32,
    pub x1: f32,
    /// The baseline.
    pub y: f32,
    /// The height of its type.
    pub size: f32,
    pub bold: bool,
    pub italic: bool,
    /// Painted without ink: the layer that character recognition lays over a scan.
    pub invisible: bool,
    /// Which way its line runs; the places are those it has once the page is turned to read it.
    turn: Turn,
}

/// One character nearly always.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Letters {
    One(char),
    Many(Box<str>),
}

impl Letters {
    pub fn chars(&self) -> impl Iterator<Item = char> + '_ {
        let (one, many) = match self {
            Self::One(c) => (Some(*c), ""),
            Self::Many(s) => (None, s.as_ref()),
        };
        one.into_iter().chain(many.chars())
    }

    pub fn is_space(&self) -> bool {
        self.chars().all(char::is_whitespace)
    }
}

/// A straight line, level or upright.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rule {
    pub x0: f32,
    pub y0: f32,
    pub x1: f32,
    pub y1: f32,
}

impl Rule {
    pub fn is_level(self) -> bool {
        self.x1 - self.x0 >= self.y1 - self.y0
    }
}

/// Everything on a page that reading it needs.
#[derive(Clone, Debug, Default)]
pub(super) struct Painted {
    pub width: f32,
    pub height: f32,
    /// In the order they are painted.
    pub glyphs: Vec<Glyph>,
    pub rules: Vec<Rule>,
    /// How much of the page pictures cover, from 0 to 1.
    pub pictured: f32,
    /// Whether there was more than is taken.
    pub overflowing: bool,
}

/// What a page paints. `glyphs` are those of the page before, whose room is taken again: between what is kept of each
/// page, such large gaps would remain.
///
/// # Panics
/// Where the reader of PDF does, and where a person stops it.
pub(super) fn paint<'a>(
    page: &Page<'a>,
    cache: &InterpreterCache<'a>,
    settings: &InterpreterSettings,
    effort: &mut Effort<'_>,
    mut glyphs: Vec<Glyph>,
) -> Painted {
    glyphs.clear();
    let (width, height) = page.render_dimensions();
    let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let transform = page.initial_transform(true).to_kurbo();
    let mut context = Context::new(transform, area, cache, page.xref(), settings.clone());
    let mut collector = Collector { area, glyphs, rules: Vec::new(), pictured: 0.0, overflowing: false, effort };
    let run = || interpret(TypedIter::new(&program(page)), page.resources(), &mut context, &mut collector);
    let done = catch_unwind(AssertUnwindSafe(run));
    if let Err(cause) = done {
        if !collector.effort.is_spent() {
            resume_unwind(cause);
        }
        collector.overflowing = true;
    }
    let turn = collector.turn();
    let mut painted = Painted {
        width,
        height,
        rules: whole(collector.rules),
        pictured: (collector.pictured / area.area().max(1.0)).min(1.0) as f32,
        overflowing: collector.overflowing,
        glyphs: collector.glyphs,
    };
    painted.glyphs.retain(|g| g.turn == turn);
    if turn != Turn::None {
        painted.rules.clear();
        if turn != Turn::Half {
            std::mem::swap(&mut painted.width, &mut painted.height);
        }
    }
    painted
}

/// What paints a page. A page would keep it for as long as the file is open.
fn program(page: &Page<'_>) -> Vec<u8> {
    if let Some(whole) = page.raw().get::<Stream<'_>>(CONTENTS) {
        return whole.decoded_data().map(Cow::into_owned).unwrap_or_default();
    }
    let mut program = Vec::new();
    let parts = page.raw().get::<Array<'_>>(CONTENTS);
    for part in parts.iter().flat_map(Array::raw_iter) {
        let stream = match part {
            MaybeRef::Ref(at) => page.xref().get::<Stream<'_>>(at.into()),
            MaybeRef::NotRef(object) => object.into_stream(),
        };
        if let Some(data) = stream.as_ref().and_then(|stream| stream.decoded_data().ok()) {
            program.extend_from_slice(&data);
            program.push(b' ');
        }
    }
    program
}

/// Lines that are drawn in pieces, one for each cell of a table, made whole.
fn whole(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.sort_by(|a, b| {
        let place = |r: &Rule| (!r.is_level(), (if r.is_level() { r.y0 } else { r.x0 }).round() as i32);
        place(a).cmp(&place(b)).then(a.x0.total_cmp(&b.x0)).then(a.y0.total_cmp(&b.y0))
    });
    let mut whole: Vec<Rule> = Vec::with_capacity(rules.len());
    for rule in rules {
        match whole.last_mut() {
            Some(last)
                if last.is_level() && rule.is_level() && (rule.y0 - last.y0).abs() < 1.0 && rule.x0 - last.x1 < 1.5 =>
            {
                last.x1 = last.x1.max(rule.x1);
            }
            _ => whole.push(rule),
        }
    }
    whole
}

/// Which way a line of type runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Turn {
    #[default]
    None,
    /// From top to bottom.
    Right,
    Half,
    /// From bottom to top.
    Left,
    Slanted,
}

impl Turn {
    fn of(direction: Vec2) -> Self {
        let (x, y) = (direction.x, direction.y);
        if y.abs() <= x.abs() * 0.05 {
            if x >= 0.0 { Self::None } else { Self::Half }
        } else if x.abs() <= y.abs() * 0.05 {
            if y >= 0.0 { Self::Right } else { Self::Left }
        } else {
            Self::Slanted
        }
    }

    /// A place as it is once the page is turned so that such lines run from left to right.
    fn upright(self, at: Point, page: Rect) -> (f32, f32) {
        let (x, y) = (at.x as f32, at.y as f32);
        let (width, height) = (page.width() as f32, page.height() as f32);
        match self {
            Self::None | Self::Slanted => (x, y),
            Self::Right => (y, width - x),
            Self::Half => (width - x, height - y),
            Self::Left => (height - y, x),
        }
    }
}

/// Takes down what is drawn.
struct Collector<'e, 'w> {
    area: Rect,
    glyphs: Vec<Glyph>,
    rules: Vec<Rule>,
    /// In square points.
    pictured: f64,
    overflowing: bool,
    effort: &'e mut Effort<'w>,
}

impl Collector<'_, '_> {
    /// The way most of the page runs.
    fn turn(&self) -> Turn {
        let count = |turn: Turn| self.glyphs.iter().filter(|g| g.turn == turn).count();
        let turns = [Turn::Left, Turn::Right, Turn::Half, Turn::None];
        turns.into_iter().max_by_key(|&t| count(t)).unwrap_or_default()
    }

    fn line(&mut self, a: Point, b: Point) {
        let (x0, x1) = (a.x.min(b.x) as f32, a.x.max(b.x) as f32);
        let (y0, y1) = (a.y.min(b.y) as f32, a.y.max(b.y) as f32);
        let (w, h) = (x1 - x0, y1 - y0);
        if (h < 2.0 && w >= 3.0) || (w < 2.0 && h >= 3.0) {
            if self.rules.len() < MOST_RULES {
                self.rules.push(Rule { x0, y0, x1, y1 });
            } else {
                self.overflowing = true;
            }
        }
    }

    fn edges(&mut self, path: &BezPath, transform: Affine) {
        let (mut first, mut last) = (Point::ZERO, Point::ZERO);
        for element in path.elements().iter().take(4 * MOST_RULES) {
            match *element {
                PathEl::MoveTo(p) => {
                    first = transform * p;
                    last = first;
                }
                PathEl::LineTo(p) => {
                    let p = transform * p;
                    self.line(last, p);
                    last = p;
                }
                PathEl::QuadTo(_, p) | PathEl::CurveTo(_, _, p) => last = transform * p,
                PathEl::ClosePath => {
                    self.line(last, first);
                    last = first;
                }
            }
        }
    }

    /// A filled shape that is as thin as a line is one.
    fn filled(&mut self, area: Rect) {
        if area.height() < 2.5 || area.width() < 2.5 {
            self.line(Point::new(area.x0, area.center().y), Point::new(area.x1, area.center().y));
            self.line(Point::new(area.center().x, area.y0), Point::new(area.center().x, area.y1));
        }
    }
}

fn letters(glyph: &PaintedGlyph<'_>) -> Letters {
    match glyph.as_unicode() {
        Some(BfString::Char(c)) => Letters::One(c),
        Some(BfString::String(s)) => {
            let mut chars = s.chars();
            match (chars.next(), chars.next()) {
                (Some(c), None) => Letters::One(c),
                (None, _) => Letters::One(UNKNOWN),
                _ => Letters::Many(s.into_boxed_str()),
            }
        }
        None => Letters::One(UNKNOWN),
    }
}

/// Whether a face is bold and whether it is slanted, by what it says and by its name.
fn face(run: &GlyphRun<'_, '_>) -> (bool, bool) {
    let Some(PaintedGlyph::Outline(outline)) = run.glyphs().first().map(|g| &**g) else { return (false, false) };
    let Some(data) = outline.font_data() else {
        let known = |g: &PositionedGlyph<'_>| match &**g {
            PaintedGlyph::Outline(o) => faces::face(o),
            PaintedGlyph::Type3(_) => None,
        };
        return run.glyphs().iter().take(4).find_map(known).unwrap_or_default();
    };
    let name = data.postscript_name.unwrap_or_default().to_lowercase();
    let bold = data.weight.is_some_and(|w| w >= 600) || ["bold", "black", "heavy"].iter().any(|w| name.contains(w));
    (bold, data.is_italic || name.contains("italic") || name.contains("oblique"))
}

impl<'a> Device<'a> for Collector<'_, '_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, draw_mode: &DrawMode) {
        self.effort.paint();
        match draw_mode {
            DrawMode::Stroke(_) | DrawMode::FillAndStroke(..) => self.edges(path, props.transform),
            DrawMode::Fill(_) if path.elements().len() <= 8 => {
                self.filled(props.transform.transform_rect_bbox(path.bounding_box()));
            }
            _ => {}
        }
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, draw_mode: &DrawMode) {
        self.effort.paint();
        match draw_mode {
            DrawMode::Fill(_) => self.filled(props.transform.transform_rect_bbox(*rect)),
            DrawMode::Stroke(_) | DrawMode::FillAndStroke(..) => self.edges(&rect.to_path(0.1), props.transform),
            DrawMode::Invisible => {}
        }
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, draw_mode: &DrawMode) {
        self.effort.paint();
        // Text that is both filled and stroked comes twice.
        if matches!(draw_mode, DrawMode::Stroke(_)) && self.is_repeated(run, props.transform) {
            return;
        }
        let (bold, italic) = face(run);
        let invisible = matches!(draw_mode, DrawMode::Invisible);
        for (i, glyph) in run.glyphs().iter().enumerate() {
            if self.glyphs.len() >= MOST_GLYPHS {
                self.overflowing = true;
                return;
            }
            let place = props.transform * glyph.transform();
            let advance = match &**glyph {
                PaintedGlyph::Outline(o) => o.advance_width(),
                PaintedGlyph::Type3(t) => t.advance_width(),
            };
            let from = place * Point::ZERO;
            let across = place * Point::new(1.0, 0.0) - from;
            let up = place * Point::new(0.0, 1.0) - from;
            let to = match (advance, run.glyphs().get(i + 1)) {
                (Some(advance), _) => from + across * f64::from(advance),
                (None, Some(next)) => (props.transform * next.transform()) * Point::ZERO,
                (None, None) => from + across * 500.0,
            };
            if !(from.x.is_finite() && from.y.is_finite() && to.x.is_finite() && to.y.is_finite()) {
                continue;
            }
            // What hangs off the page is not on it.
            if !self.area.inflate(2.0, 2.0).contains(from) {
                continue;
            }
            let mut letters = letters(glyph);
            let mut guess = None;
            if letters == Letters::One(UNKNOWN)
                && let PaintedGlyph::Outline(o) = &**glyph
            {
                guess = glyph_order::letter(o.char_code());
                // What has no meaning and no ink is a space.
                let blank = || o.font_data().is_some() && o.outline().bounding_box().area() < 1.0;
                if guess.is_none() && blank() {
                    letters = Letters::One(' ');
                }
            }
            let turn = Turn::of(across);
            let (x0, y) = turn.upright(from, self.area);
            self.glyphs.push(Glyph {
                letters,
                guess,
                x0,
                x1: turn.upright(to, self.area).0.max(x0),
                y,
                size: (up.hypot() * 1000.0) as f32,
                bold,
                italic,
                invisible,
                turn,
            });
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.effort.paint();
        let area = props.transform.transform_rect_bbox(Rect::new(0.0, 0.0, 1.0, 1.0)).intersect(self.area);
        self.pictured += area.area().max(0.0);
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.effort.clip();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

impl Collector<'_, '_> {
    fn is_repeated(&self, run: &GlyphRun<'_, '_>, transform: Affine) -> bool {
        let Some(before) = self.glyphs.len().checked_sub(run.glyphs().len()).and_then(|at| self.glyphs.get(at)) else {
            return false;
        };
        let Some(first) = run.glyphs().first() else { return false };
        let at = (transform * first.transform()) * Point::ZERO;
        let (x, y) = before.turn.upright(at, self.area);
        (before.x0 - x).abs() < 0.01 && (before.y - y).abs() < 0.01
    }
}
