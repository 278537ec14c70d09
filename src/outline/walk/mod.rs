//! The walk through the paragraphs of a text, opening and closing provisions on the way: here the walk itself,
//! `headings`, the `preamble` and `points` in files of their own.
//!
//! Must not know: how a headline, a label or a mark is read (the files beside this folder say), or what warnings are.

mod headings;
mod points;
mod preamble;

use crate::model::{Mark, Provision, ProvisionKind, TextRange};

use super::build::{Builder, Opening};
use super::divisions::{Division, Order, Style};
use super::headline::{Headline, headline};
use super::label::{Label, Setting, label};
use super::levels::Level;
use super::marks::marks;
use super::page::Paragraph;

/// Points nested deeper than this stay side by side.
const DEEPEST: usize = 48;
/// How far ahead an ambiguous label looks for its successor, in paragraphs.
const LOOK_AHEAD: usize = 24;
/// A point without a full stop, as short as this, introduces the text after it; in bytes.
const LONGEST_LEAD: usize = 80;

/// What a paragraph begins with.
#[derive(Clone, Debug)]
pub(super) enum Shape {
    Headline(Box<Headline>),
    Label(Label),
    Plain,
}

/// The shapes of all paragraphs.
pub(super) fn shapes(text: &str, paragraphs: &[Paragraph]) -> Vec<Shape> {
    paragraphs.iter().map(|p| shape(text, p)).collect()
}

/// What one paragraph begins with.
pub(super) fn shape(text: &str, p: &Paragraph) -> Shape {
    if p.aside || p.plain {
        Shape::Plain
    } else if let Some(h) = headline(text, p.range, p.heading.is_some()) {
        Shape::Headline(Box::new(h))
    } else {
        label(text, p.range).map_or(Shape::Plain, Shape::Label)
    }
}

/// The provisions and marks of a text.
pub(super) fn walk(text: &str, paragraphs: &[Paragraph], shapes: &[Shape]) -> (Vec<Provision>, Vec<Mark>) {
    let mut walk = Walk::new(text, paragraphs, shapes);
    walk.run();
    (walk.out.finish(), marks(text, walk.alternatives))
}

/// The provisions and alternatives of a stretch of a text whose other provisions are known.
///
/// `within` is what the stretch stands in, if anything: then the first provision is that one, to be left out.
/// `articles` says how many articles stand before it.
pub(super) fn walk_stretch(
    text: &str,
    paragraphs: &[Paragraph],
    shapes: &[Shape],
    within: Option<ProvisionKind>,
    articles: usize,
) -> (Vec<Provision>, Vec<TextRange>) {
    let mut walk = Walk::new(text, paragraphs, shapes);
    walk.articles = articles;
    if let (Some(kind), Some(first)) = (within, paragraphs.first()) {
        walk.out.open(Opening::plain(kind, first.range.start));
        match kind {
            ProvisionKind::Article => walk.unit = Unit::Article { hint: None },
            ProvisionKind::Preamble => {
                let numbered = walk.has_numbered_recitals(0);
                walk.unit = Unit::Preamble { numbered, enacted: false, chapeau: false };
            }
            _ => walk.divisions.push(Division::of(kind, None)),
        }
    }
    walk.run();
    (walk.out.finish(), walk.alternatives)
}

fn is_article(shape: &Shape) -> bool {
    matches!(shape, Shape::Headline(h) if h.kind == ProvisionKind::Article)
}

/// The paragraph that calls the instrument itself an annex: the only annex with articles of its own, of a paper that has
/// none before it. Such is the text under a cover note, or the treaty in the annex of the resolution that adopts it.
fn cover_annex(shapes: &[Shape]) -> Option<usize> {
    let mut found = None;
    let mut annex = None;
    for (i, shape) in shapes.iter().enumerate() {
        let Shape::Headline(h) = shape else { continue };
        match h.kind {
            ProvisionKind::Annex => annex = Some(i),
            ProvisionKind::Article => match (annex, found) {
                (None, _) => return None,
                (Some(at), None) => found = Some(at),
                (Some(at), Some(first)) if at != first => return None,
                _ => {}
            },
            _ => {}
        }
    }
    found
}

/// What stands between the divisions and the points.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    None,
    Article { hint: Option<u8> },
    Preamble { numbered: bool, enacted: bool, chapeau: bool },
}

struct Walk<'t> {
    text: &'t str,
    paragraphs: &'t [Paragraph],
    shapes: &'t [Shape],
    out: Builder<'t>,
    order: Order,
    /// The open divisions: the first of the open provisions.
    divisions: Vec<Division>,
    /// Ways of numbering headings without a word, in the order they came up.
    styles: Vec<Style>,
    unit: Unit,
    /// Articles since the instrument began.
    articles: usize,
    levels: Vec<Level>,
    /// Alternatives being listed, with the provision they stand in.
    options: Vec<((String, char), Option<u32>)>,
    alternatives: Vec<TextRange>,
    after_colon: bool,
    /// Whether the last paragraph was a label with a few words that introduce what follows.
    leads: bool,
    /// Whether the words after the last article have begun.
    closing: bool,
    last_article: Option<usize>,
    /// The annex that is the instrument itself, under a cover note or a resolution.
    cover_annex: Option<usize>,
}

impl<'t> Walk<'t> {
    fn new(text: &'t str, paragraphs: &'t [Paragraph], shapes: &'t [Shape]) -> Self {
        Self {
            text,
            paragraphs,
            shapes,
            out: Builder::new(text),
            order: Order::of(shapes),
            divisions: Vec::new(),
            styles: Vec::new(),
            unit: Unit::None,
            articles: 0,
            levels: Vec::new(),
            options: Vec::new(),
            alternatives: Vec::new(),
            after_colon: false,
            leads: false,
            closing: false,
            last_article: shapes.iter().rposition(is_article),
            cover_annex: cover_annex(shapes),
        }
    }

    fn run(&mut self) {
        let mut next = 0;
        while next < self.paragraphs.len() {
            next = self.step(next).max(next + 1);
        }
    }

    /// Takes in the paragraph `i` and says which comes next.
    fn step(&mut self, i: usize) -> usize {
        let (p, shape) = (&self.paragraphs[i], &self.shapes[i]);
        if p.aside {
            self.aside(i);
            return i + 1;
        }
        if let Shape::Headline(h) = shape {
            return self.headed(i, h);
        }
        if let Some(next) = self.generic_heading(i) {
            return next;
        }
        if let Unit::Preamble { enacted, .. } = self.unit {
            let numbered_text = matches!(shape, Shape::Label(l) if l.setting == Setting::Dot) && !self.article_ahead(i);
            if enacted || numbered_text {
                self.close_unit();
            } else {
                self.preambular(i, p.range);
                return i + 1;
            }
        }
        if self.opens_preamble(i) {
            self.open_preamble(i, Opening::plain(ProvisionKind::Preamble, p.range.start));
            self.preambular(i, p.range);
            return i + 1;
        }
        if matches!(shape, Shape::Plain) && self.closes(p.range) {
            self.close_unit();
            while self.divisions.last().is_some_and(|d| !d.is_instrument()) {
                self.divisions.pop();
            }
            self.out.close_to(self.divisions.len());
            self.closing = true;
        }
        match shape {
            Shape::Label(l) if !self.closing => self.labelled(i, l, 0),
            _ => self.body(i, p.range),
        }
        i + 1
    }

    fn words(&self, range: TextRange) -> &'t str {
        range.of(self.text).unwrap_or("")
    }

    /// How many open provisions hold the points: divisions, and the article or preamble.
    fn base(&self) -> usize {
        self.divisions.len() + usize::from(self.unit != Unit::None)
    }

    fn close_unit(&mut self) {
        self.out.close_to(self.divisions.len());
        self.unit = Unit::None;
        self.forget_series();
    }

    fn forget_series(&mut self) {
        self.levels.clear();
        self.options.clear();
        self.after_colon = false;
        self.leads = false;
    }

    fn take(&mut self, range: TextRange) {
        self.out.take(range.end);
        let mut words = self.words(range);
        // "… the following: (added in 2019)"
        if let Some(open) = words.strip_suffix(')').and_then(|w| w.rfind('(')).filter(|open| words.len() - open < 120) {
            words = &words[..open];
        }
        let words = words.trim_end_matches([']', ')', '”', '"', '*', ' ']);
        self.after_colon = words.ends_with([':', '：']);
        self.leads = false;
    }

    /// Whether an article of the same instrument comes after paragraph `i`.
    fn article_ahead(&self, i: usize) -> bool {
        // The paragraphs of a resolution are not of the instrument in its annex.
        let of_cover = self.cover_annex.is_some_and(|annex| i < annex);
        !of_cover && self.last_article.is_some_and(|last| last > i)
    }

    fn leaf(&mut self, opening: Opening, range: TextRange) {
        let depth = self.out.depth();
        self.out.open(opening);
        self.take(range);
        self.out.close_to(depth);
    }

    /// Footnotes, tables of contents, remarks of the file's editor.
    fn aside(&mut self, i: usize) {
        let range = self.paragraphs[i].range;
        if self.paragraphs[i..].iter().take(LOOK_AHEAD).all(|p| p.aside) || self.articles == 0 {
            self.close_unit();
            self.divisions.clear();
            self.out.close_to(0);
        }
        let colon = self.after_colon;
        self.leaf(Opening::plain(ProvisionKind::Body, range.start), range);
        self.after_colon = colon;
    }
}
