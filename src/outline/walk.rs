//! The walk through the paragraphs of a text, opening and closing provisions on the way.

use crate::model::{Mark, Provision, ProvisionKind, TextRange};

use super::build::{Builder, Opening};
use super::divisions::{Division, Order, Style};
use super::headline::{Headline, headline};
use super::label::{Label, Sense, Series, Setting, label};
use super::levels::{Level, Next, Place, next_says, place};
use super::marks::{alternative, marks};
use super::page::{Paragraph, ends_clause};
use super::preamble;
use super::words::{begins, lowered};

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
    paragraphs
        .iter()
        .map(|p| {
            if p.aside {
                Shape::Plain
            } else if let Some(h) = headline(text, p.range, p.heading.is_some()) {
                Shape::Headline(Box::new(h))
            } else {
                label(text, p.range).map_or(Shape::Plain, Shape::Label)
            }
        })
        .collect()
}

/// The provisions and marks of a text.
pub(super) fn walk(text: &str, paragraphs: &[Paragraph], shapes: &[Shape]) -> (Vec<Provision>, Vec<Mark>) {
    let mut walk = Walk {
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
    };
    let mut next = 0;
    while next < paragraphs.len() {
        next = walk.step(next).max(next + 1);
    }
    (walk.out.finish(), marks(text, walk.alternatives))
}

fn is_article(shape: &Shape) -> bool {
    matches!(shape, Shape::Headline(h) if h.kind == ProvisionKind::Article)
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
}

impl<'t> Walk<'t> {
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
        let words = self.words(range).trim_end_matches([']', ')', '”', '"', '*', ' ']);
        self.after_colon = words.ends_with([':', '：']);
        self.leads = false;
    }

    /// Whether an article of the same instrument comes after paragraph `i`.
    fn article_ahead(&self, i: usize) -> bool {
        self.last_article.is_some_and(|last| last > i)
    }

    // ---- headed provisions ----

    fn headed(&mut self, i: usize, h: &Headline) -> usize {
        let p = &self.paragraphs[i];
        self.closing = false;
        let opening = Opening {
            kind: h.kind,
            label: h.label,
            number: h.number.clone(),
            heading: h.title,
            start: p.range.start,
        };
        match h.kind {
            ProvisionKind::Preamble => {
                // Another preamble begins another instrument, or another language of this one.
                if self.articles > 0 {
                    self.begin_instrument();
                }
                self.open_preamble(i, opening);
                let Some(body) = h.body else {
                    self.out.take(p.range.end);
                    return i + 1;
                };
                self.preambular(i, TextRange { start: body, end: p.range.end });
                return i + 1;
            }
            ProvisionKind::Article => {
                self.close_unit();
                self.drop_headings_inside(p.heading);
                let provision = self.out.open(opening);
                self.unit = Unit::Article { hint: p.heading };
                self.articles += 1;
                self.out.take(h.body.map_or(p.range.end, |_| h.label.end));
                if let Some(body) = h.body {
                    self.rest_of(i, TextRange { start: body, end: p.range.end }, 0);
                    return i + 1;
                }
                if h.title.is_some() { i + 1 } else { self.title_below(i, provision) }
            }
            kind => {
                self.close_unit();
                self.order.make_room(&mut self.divisions, kind, p.heading);
                self.out.close_to(self.divisions.len());
                let provision = self.out.open(opening);
                self.divisions.push(Division::of(kind, p.heading));
                self.out.take(p.range.end);
                if h.title.is_some() { i + 1 } else { self.title_below(i, provision) }
            }
        }
    }

    /// A new article ends headings that only stood over the one before, where the file says how deep headings are.
    fn drop_headings_inside(&mut self, hint: Option<u8>) {
        while let Some(top) = self.divisions.last()
            && top.is_heading()
            && let (Some(of_heading), Some(of_article)) = (top.hint(), hint)
            && of_heading >= of_article
            && !top.is_instrument()
        {
            self.divisions.pop();
        }
        self.out.close_to(self.divisions.len());
    }

    fn begin_instrument(&mut self) {
        self.close_unit();
        while self.divisions.last().is_some_and(|d| !d.is_instrument()) {
            self.divisions.pop();
        }
        self.out.close_to(self.divisions.len());
        self.articles = 0;
    }

    /// Looks for the title of a provision in the paragraphs after its heading, and says which paragraph comes next.
    fn title_below(&mut self, i: usize, provision: u32) -> usize {
        let Some(first) = self.paragraphs.get(i + 1).filter(|_| self.is_title(i + 1)) else { return i + 1 };
        let mut range = first.range;
        let mut next = i + 2;
        // "… in the public interest in / the regulatory sandbox"
        while next < i + 4 && self.goes_on_as_title(next, range, first.heading.is_some()) {
            range.end = self.paragraphs[next].range.end;
            next += 1;
        }
        self.out.set_heading(provision, range);
        self.out.take(range.end);
        next
    }

    fn is_title(&self, i: usize) -> bool {
        let Some(p) = self.paragraphs.get(i).filter(|p| !p.aside) else { return false };
        let words = self.words(p.range);
        if matches!(self.shapes[i], Shape::Headline(_)) || alternative(self.text, p.range).is_some() {
            return false;
        }
        if p.heading.is_some() {
            return true;
        }
        if words.chars().take(221).count() > 220 || words.starts_with(char::is_lowercase) {
            return false;
        }
        if words.trim_matches(['[', ']', ' ']).is_empty() || super::headline::says_state(words.trim_matches(['[', ']'])) {
            return false;
        }
        match &self.shapes[i] {
            // A number may begin a title ("24/7 Network" is no label), a label may not.
            Shape::Label(l) => l.setting == Setting::Bare && !l.number.is_empty() && words.len() < 60,
            _ => {
                let end = words.trim_end_matches(|c: char| super::headline::is_note_sign(c) || matches!(c, ']' | ')' | '”' | '"' | '}'));
                let short = words.split_whitespace().count() <= 6 && words.ends_with('.') && !words.contains(',');
                // A remark in braces or brackets that is all there is, is not what the article is called.
                (!ends_clause(end) || short) && !words.starts_with(['{', '•'])
            }
        }
    }

    fn goes_on_as_title(&self, i: usize, title: TextRange, marked: bool) -> bool {
        let Some(p) = self.paragraphs.get(i).filter(|p| !p.aside && p.heading.is_none() && !marked) else { return false };
        let (words, title) = (self.words(p.range), self.words(title));
        let capitals = |s: &str| !s.chars().any(char::is_lowercase) && s.chars().filter(|c| c.is_uppercase()).count() > 3;
        matches!(self.shapes[i], Shape::Plain)
            && words.len() < 200
            && !ends_clause(words)
            && title.len() > 30
            && (words.starts_with(char::is_lowercase) || (capitals(title) && capitals(words)))
    }

    /// A heading without one of the words: marked by the file, all in capitals, or numbered `I.`, `A.`.
    fn generic_heading(&mut self, i: usize) -> Option<usize> {
        let p = &self.paragraphs[i];
        let words = self.words(p.range);
        if p.heading.is_none() && words.len() > 400 {
            return None;
        }
        let numbered = match &self.shapes[i] {
            Shape::Label(l) => Some(l),
            _ => None,
        };
        if p.heading.is_some() {
            return Some(self.marked_heading(i, numbered));
        }
        if let Unit::Preamble { .. } = self.unit
            && numbered.is_none()
        {
            return None;
        }
        let in_braces = words.len() < 120 && words.starts_with('{') && words.ends_with('}') && !words[1..words.len() - 1].contains(['{', '}']);
        if in_braces && self.unit != Unit::None {
            self.out.close_to(self.base());
            self.leaf(Opening { heading: Some(p.range), ..Opening::plain(ProvisionKind::Heading, p.range.start) }, p.range);
            return Some(i + 1);
        }
        let title = numbered.map_or(p.range, |l| TextRange { start: l.after, end: p.range.end });
        if self.closing || !in_capitals(self.words(title)) {
            return None;
        }
        let style = match numbered {
            Some(l) => self.style_of(l)?,
            None if self.divisions.is_empty() && self.articles == 0 && self.levels.is_empty() => return None,
            None => Style::plain(),
        };
        self.close_unit();
        style.make_room(&mut self.styles, &mut self.divisions);
        self.out.close_to(self.divisions.len());
        let level = style.level(&self.styles);
        self.out.open(Opening {
            kind: ProvisionKind::Heading,
            label: numbered.map_or(TextRange { start: p.range.start, end: p.range.start }, |l| l.range),
            number: numbered.map_or_else(String::new, |l| l.number.clone()),
            heading: Some(title),
            start: p.range.start,
        });
        self.divisions.push(Division::heading(None, level, Some(style)));
        self.out.take(p.range.end);
        Some(i + 1)
    }

    /// The way a heading's label counts, if it begins or goes on with a count of headings.
    fn style_of(&self, l: &Label) -> Option<Style> {
        if l.setting != Setting::Dot {
            return None;
        }
        let known = l.senses.iter().find(|s| self.styles.iter().any(|style| style.goes_on(s)));
        let sense = known.or_else(|| l.senses.iter().rev().find(|s| s.value.is_first()))?;
        matches!(sense.series, Series::Upper | Series::UpperRoman | Series::Chinese).then(|| Style::numbered(*sense))
    }

    fn marked_heading(&mut self, i: usize, numbered: Option<&Label>) -> usize {
        let p = &self.paragraphs[i];
        let level = p.heading.unwrap_or(1);
        self.closing = false;
        let title = numbered.map_or(p.range, |l| TextRange { start: l.after.min(p.range.end), end: p.range.end });
        let opening = Opening {
            kind: ProvisionKind::Heading,
            label: numbered.map_or(TextRange { start: p.range.start, end: p.range.start }, |l| l.range),
            number: numbered.map_or_else(String::new, |l| l.number.clone()),
            heading: Some(title),
            start: p.range.start,
        };
        let before_preamble = self.shapes.get(i + 1).is_some_and(|s| matches!(s, Shape::Headline(h) if h.kind == ProvisionKind::Preamble));
        if before_preamble && self.articles > 0 {
            self.close_unit();
            self.divisions.clear();
            self.out.close_to(0);
            self.articles = 0;
            self.out.open(opening);
            self.divisions.push(Division::instrument());
            self.out.take(p.range.end);
            return i + 1;
        }
        if let Unit::Article { hint: Some(of_article) } = self.unit
            && level > of_article
        {
            self.out.close_to(self.base());
            self.leaf(opening, p.range);
            return i + 1;
        }
        self.close_unit();
        // The title of the instrument stands over everything and holds nothing.
        if self.divisions.is_empty() && self.articles == 0 && numbered.is_none() && self.is_front(i) {
            self.leaf(opening, p.range);
            return i + 1;
        }
        while self.divisions.last().is_some_and(|d| d.hint().is_some_and(|h| h >= level) && !d.is_instrument()) {
            self.divisions.pop();
        }
        self.out.close_to(self.divisions.len());
        self.out.open(opening);
        self.divisions.push(Division::heading(Some(level), u16::from(level), None));
        self.out.take(p.range.end);
        i + 1
    }

    /// Whether nothing but headings and short lines stands before paragraph `i`, and an article or preamble after it.
    fn is_front(&self, i: usize) -> bool {
        i < 12 && self.shapes[..i].iter().all(|s| matches!(s, Shape::Plain)) && self.shapes[i..].iter().any(|s| matches!(s, Shape::Headline(_)))
    }

    // ---- the preamble ----

    fn open_preamble(&mut self, i: usize, opening: Opening) {
        self.close_unit();
        self.closing = false;
        while self.divisions.last().is_some_and(|d| !d.is_heading()) {
            self.divisions.pop();
        }
        self.out.close_to(self.divisions.len());
        self.out.open(opening);
        self.unit = Unit::Preamble { numbered: self.has_numbered_recitals(i), enacted: false, chapeau: false };
    }

    /// Whether the preamble that begins at paragraph `i` has recitals with numbers, `(1)`.
    fn has_numbered_recitals(&self, i: usize) -> bool {
        let rest = self.shapes.iter().skip(i).enumerate();
        rest.take_while(|(n, s)| *n == 0 || !matches!(s, Shape::Headline(_)))
            .take(LOOK_AHEAD)
            .any(|(_, s)| matches!(s, Shape::Label(l) if is_recital_number(l)))
    }

    /// Whether the preamble begins here without a heading over it.
    fn opens_preamble(&self, i: usize) -> bool {
        let free = self.unit == Unit::None && self.articles == 0 && self.levels.is_empty() && !self.closing;
        if !free || !self.divisions.iter().all(Division::is_heading) {
            return false;
        }
        let counts = |l: &Label| l.senses.iter().any(|s| s.series == Series::Preambular);
        match &self.shapes[i] {
            Shape::Headline(_) => return false,
            Shape::Label(l) if !counts(l) => return false,
            _ => {}
        }
        let at = |i: usize| self.paragraphs.get(i).map_or("", |p| self.words(p.range));
        let follows = |i: usize| matches!(self.shapes.get(i), Some(Shape::Headline(_)));
        preamble::begins_at(&at, &follows, i)
    }

    fn preambular(&mut self, i: usize, range: TextRange) {
        let Unit::Preamble { mut numbered, mut enacted, mut chapeau } = self.unit else { return };
        if let Some(alternative) = alternative(self.text, range) {
            self.alternatives.push(alternative.range);
        }
        if let Shape::Label(l) = &self.shapes[i]
            && range.start <= l.range.start
        {
            numbered |= is_recital_number(l);
            self.unit = Unit::Preamble { numbered, enacted, chapeau: true };
            self.labelled(i, l, 0);
            return;
        }
        for piece in preamble::pieces(self.text, range) {
            let words = self.words(piece);
            let formula = preamble::is_enacting(words);
            let leads = !chapeau && !preamble::is_recital(words);
            let lower = words.starts_with(char::is_lowercase);
            chapeau = true;
            enacted |= formula;
            let kind = if formula || leads || numbered || lower || preamble::is_lead_in(words) {
                ProvisionKind::Body
            } else {
                ProvisionKind::Recital
            };
            if !numbered || formula {
                self.out.close_to(self.base());
            }
            self.leaf(Opening::plain(kind, piece.start), piece);
        }
        self.unit = Unit::Preamble { numbered, enacted, chapeau };
    }

    fn closes(&self, range: TextRange) -> bool {
        if self.unit == Unit::None && self.articles == 0 {
            return false;
        }
        let words = self.words(range);
        words.starts_with(|c: char| !c.is_lowercase()) && begins(&lowered(words, 60), |w| w.closing)
    }

    // ---- points and flush text ----

    fn leaf(&mut self, opening: Opening, range: TextRange) {
        let depth = self.out.depth();
        self.out.open(opening);
        self.take(range);
        self.out.close_to(depth);
    }

    /// What stands on a line after a heading or a label: another label, an alternative, or words.
    fn rest_of(&mut self, i: usize, range: TextRange, nested: usize) {
        match label(self.text, range).filter(|_| !range.is_empty()) {
            Some(l) if l.setting != Setting::Bare => self.labelled_in(i, &l, range, nested),
            _ => self.body(i, range),
        }
    }

    fn labelled(&mut self, i: usize, l: &Label, nested: usize) {
        self.labelled_in(i, l, self.paragraphs[i].range, nested);
    }

    fn labelled_in(&mut self, i: usize, l: &Label, range: TextRange, nested: usize) {
        let depth = self.paragraphs[i].depth;
        let open = |level: &Level, out: &Builder| level.parent.is_none_or(|p| out.depth_of(p).is_some());
        let out = &self.out;
        self.levels.retain(|level| open(level, out));
        let (series, sense) = match place(&self.levels, l, depth, || self.next_after(i, l), self.after_colon) {
            Place::Nowhere => return self.body(i, range),
            Place::Open(at, sense) => {
                let parent = self.levels[at].parent;
                let keep = parent.and_then(|p| self.out.depth_of(p)).unwrap_or(0);
                self.out.close_to(keep.max(self.base()));
                self.levels.truncate(at + 1);
                (at, sense)
            }
            Place::New(sense) => {
                self.make_room(l, sense, depth);
                let level = Level {
                    parent: self.out.innermost(),
                    series: sense.series,
                    setting: l.setting,
                    depth,
                    last: sense,
                    number: String::new(),
                };
                let out = &self.out;
                self.levels.retain(|level| open(level, out));
                self.levels.push(level);
                (self.levels.len() - 1, sense)
            }
        };
        if let Some(level) = self.levels.get_mut(series) {
            level.last = sense;
            level.number.clone_from(&l.number);
        }
        let kind = self.kind_of(sense);
        let node = self.out.open(Opening { kind, label: l.range, number: l.number.clone(), heading: None, start: range.start });
        self.out.take(l.range.end);
        let words = TextRange { start: l.after, end: range.end };
        if words.start >= words.end {
            self.after_colon = true;
            return;
        }
        // "2. (a) …", "3. Option (a): …"
        let second = if nested < 3 { label(self.text, words) } else { None };
        if let Some(second) = second.filter(|s| s.setting == Setting::Parenthesis && s.senses.iter().any(|s| s.value.is_first())) {
            self.labelled_in(i, &second, words, nested + 1);
            return;
        }
        if let Some(alternative) = alternative(self.text, words) {
            self.alternatives.push(alternative.range);
            self.options.push((alternative.family, Some(node)));
        }
        self.take(words);
        let said = self.words(words);
        self.leads = said.len() <= LONGEST_LEAD && !ends_clause(said);
    }

    /// Closes what a new series cannot stand in.
    fn make_room(&mut self, l: &Label, sense: Sense, depth: u8) {
        let base = self.base();
        if self.out.depth() >= DEEPEST {
            self.out.close_to(base);
        }
        if depth > 0 {
            let outer = self.levels.iter().find(|level| level.depth >= depth).map(|level| level.parent);
            if let Some(parent) = outer {
                let keep = parent.and_then(|p| self.out.depth_of(p)).unwrap_or(0);
                self.out.close_to(keep.max(base));
            }
            return;
        }
        let below_letters = self.levels.iter().any(|level| matches!(level.series, Series::Lower | Series::LowerRoman | Series::Bullet));
        let top = match sense.series {
            Series::Upper | Series::UpperRoman | Series::Chinese | Series::Preambular => l.setting == Setting::Dot || sense.series == Series::Preambular,
            Series::Digits if l.setting == Setting::Dot => below_letters && !self.after_colon,
            Series::Digits => !sense.value.is_first(),
            Series::Decimal(_) => {
                let stem = l.number.rsplit_once('.').map_or("", |(stem, _)| stem);
                let holder = self.out.open_below(base).filter(|(_, p)| p.number == stem).map(|(depth, _)| depth).last();
                self.out.close_to(holder.unwrap_or(base));
                false
            }
            _ => false,
        };
        if top {
            // Capital letters and roman capitals may hold numbers.
            let holder = self.out.open_below(base).filter(|(_, p)| {
                sense.series == Series::Digits && p.number.chars().next().is_some_and(char::is_uppercase)
            });
            let keep = holder.map(|(depth, _)| depth).last().unwrap_or(base);
            self.out.close_to(keep);
        }
    }

    fn kind_of(&self, sense: Sense) -> ProvisionKind {
        let base = self.base();
        let among = |kind: ProvisionKind| self.out.open_below(base).any(|(_, p)| p.kind == kind);
        match sense.series {
            Series::Bullet | Series::LowerRoman => ProvisionKind::Item,
            Series::Lower if among(ProvisionKind::Subparagraph) || among(ProvisionKind::Item) => ProvisionKind::Item,
            Series::Lower => ProvisionKind::Subparagraph,
            _ if self.out.depth() == base || !among(ProvisionKind::Paragraph) && !among(ProvisionKind::Subparagraph) && !among(ProvisionKind::Recital) => {
                if matches!(self.unit, Unit::Preamble { .. }) { ProvisionKind::Recital } else { ProvisionKind::Paragraph }
            }
            _ if among(ProvisionKind::Subparagraph) => ProvisionKind::Item,
            _ => ProvisionKind::Subparagraph,
        }
    }

    /// What the labels after paragraph `i` say about its ambiguous one.
    fn next_after(&self, i: usize, l: &Label) -> Next {
        for shape in self.shapes.iter().skip(i + 1).take(LOOK_AHEAD) {
            match shape {
                Shape::Headline(_) => break,
                Shape::Label(next) if next.setting == l.setting => {
                    if let Some(says) = next_says(next) {
                        return says;
                    }
                }
                _ => {}
            }
        }
        Next::Unknown
    }

    /// Text without a label: it belongs to the paragraph or article around the points before it.
    fn body(&mut self, i: usize, range: TextRange) {
        if range.is_empty() {
            return;
        }
        let words = self.words(range);
        let base = self.base();
        let option = alternative(self.text, range);
        let listed = option.as_ref().and_then(|o| {
            let known = self.options.iter().rev().find(|(family, _)| *family == o.family).filter(|_| !o.first)?;
            Some(known.1)
        });
        if let Some(parent) = listed {
            let keep = parent.and_then(|p| self.out.depth_of(p)).unwrap_or(base);
            self.out.close_to(keep.max(base));
        } else if self.after_colon || self.leads || words.starts_with(char::is_lowercase) || self.paragraphs[i].depth > 0 {
            // It goes on with the point before it.
        } else {
            let holder = self
                .out
                .open_below(base)
                .filter(|(_, p)| matches!(p.kind, ProvisionKind::Paragraph | ProvisionKind::Recital))
                .map(|(depth, _)| depth)
                .last();
            self.out.close_to(holder.unwrap_or(base));
        }
        if let Some(option) = option {
            self.alternatives.push(option.range);
            if listed.is_none() {
                self.options.push((option.family, self.out.innermost()));
            }
        }
        self.leaf(Opening::plain(ProvisionKind::Body, range.start), range);
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

fn is_recital_number(l: &Label) -> bool {
    l.setting == Setting::Parenthesis && l.sense(Series::Digits).is_some()
}

/// Whether a line is set in capitals throughout.
fn in_capitals(words: &str) -> bool {
    let mut capitals = 0;
    for c in words.chars() {
        if c.is_lowercase() {
            return false;
        }
        capitals += usize::from(c.is_uppercase());
    }
    let longest = words.split(|c: char| !c.is_alphabetic()).map(|w| w.chars().count()).max().unwrap_or(0);
    capitals >= 4 && longest >= 4 && !words.trim_end().ends_with([',', ';', ':', '.'])
}
