//! Articles, divisions, annexes and headings, with their titles.

use crate::model::{ProvisionKind, TextRange};

use super::super::build::Opening;
use super::super::divisions::{Division, Style};
use super::super::headline::{Headline, is_note_sign, says_state};
use super::super::label::{Label, Series, Setting};
use super::super::marks::alternative;
use super::super::page::ends_clause;
use super::{LONGEST_LEAD, Shape, Unit, Walk};

/// The longest title on a line of its own, in characters.
const LONGEST_TITLE: usize = 160;
/// Some are longer, if they are plainly names.
const LONGEST_NAME: usize = 480;

impl Walk<'_> {
    pub(super) fn headed(&mut self, i: usize, h: &Headline) -> usize {
        let p = &self.paragraphs[i];
        self.closing = false;
        let opening =
            Opening { kind: h.kind, label: h.label, number: h.number.clone(), heading: h.title, start: p.range.start };
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
                i + 1
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
                if h.title.is_some() { i + 1 } else { self.title_below(i, provision, h.kind) }
            }
            ProvisionKind::Annex if self.cover_annex == Some(i) => {
                // What it holds is cited as if there were no cover.
                self.close_unit();
                self.divisions.clear();
                self.out.close_to(0);
                let heading = Some(h.title.unwrap_or(h.label));
                self.leaf(Opening { kind: ProvisionKind::Heading, number: String::new(), heading, ..opening }, p.range);
                i + 1
            }
            kind => {
                self.close_unit();
                self.order.make_room(&mut self.divisions, kind, p.heading);
                self.out.close_to(self.divisions.len());
                let provision = self.out.open(opening);
                self.divisions.push(Division::of(kind, p.heading));
                self.out.take(p.range.end);
                if h.title.is_some() { i + 1 } else { self.title_below(i, provision, kind) }
            }
        }
    }

    /// A new article ends headings that only stood over the one before, where the file says how deep headings are.
    pub(super) fn drop_headings_inside(&mut self, hint: Option<u8>) {
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

    pub(super) fn begin_instrument(&mut self) {
        self.close_unit();
        while self.divisions.last().is_some_and(|d| !d.is_instrument()) {
            self.divisions.pop();
        }
        self.out.close_to(self.divisions.len());
        self.articles = 0;
    }

    /// Looks for the title of a provision in the paragraphs after its heading, and says which paragraph comes next.
    pub(super) fn title_below(&mut self, i: usize, provision: u32, kind: ProvisionKind) -> usize {
        // "CHAPTER IX / (added in 2019) / OF BOATS"
        let at = if self.only_says_state(i + 1) && self.is_title(i + 2, kind) { i + 2 } else { i + 1 };
        let Some(first) = self.paragraphs.get(at).filter(|_| self.is_title(at, kind)) else { return i + 1 };
        let mut range = first.range;
        let mut next = at + 1;
        // "… in the public interest in / the regulatory sandbox"
        while next < at + 3 && self.goes_on_as_title(next, range, first.heading.is_some()) {
            range.end = self.paragraphs[next].range.end;
            next += 1;
        }
        self.out.set_heading(provision, range);
        self.out.take(range.end);
        next
    }

    /// Whether a paragraph is nothing but a remark on how far a provision has come, in brackets.
    fn only_says_state(&self, i: usize) -> bool {
        let words = self.paragraphs.get(i).map_or("", |p| self.words(p.range));
        let inner = words.strip_prefix(['(', '[']).and_then(|w| w.strip_suffix([')', ']']));
        inner.is_some_and(says_state)
    }

    /// Whether a paragraph may be the title of a provision of this kind that begins right before it.
    pub(super) fn is_title(&self, i: usize, kind: ProvisionKind) -> bool {
        let Some(p) = self.paragraphs.get(i).filter(|p| !p.aside && !p.plain) else { return false };
        let words = self.words(p.range);
        if matches!(self.shapes[i], Shape::Headline(_)) || alternative(self.text, p.range).is_some() {
            return false;
        }
        if p.heading.is_some() {
            return true;
        }
        let length = words.chars().take(LONGEST_NAME + 1).count();
        // "Relationship between this Protocol and ...": a long name has no sign of a sentence or of a text in dispute.
        let is_name = || !words.contains([';', '[', ']', '{', '}']) && !words.contains(". ");
        let too_long = length > LONGEST_NAME || (length > LONGEST_TITLE && !is_name());
        if too_long || words.starts_with(char::is_lowercase) || words.contains(" shall ") {
            return false;
        }
        // A long line that is all an article has, is its text; a division has none before its first article.
        let holds_more = match self.shapes.get(i + 1) {
            Some(Shape::Label(_) | Shape::Plain) => true,
            Some(Shape::Headline(below)) => {
                below.kind == ProvisionKind::Article
                    && matches!(
                        kind,
                        ProvisionKind::Part | ProvisionKind::Title | ProvisionKind::Chapter | ProvisionKind::Section
                    )
            }
            _ => false,
        };
        if length > LONGEST_LEAD && !in_capitals(words) && !holds_more {
            return false;
        }
        if words.trim_matches(['[', ']', ' ']).is_empty()
            || says_state(words.trim_matches(['[', ']']))
            || self.only_says_state(i)
        {
            return false;
        }
        match &self.shapes[i] {
            // A number may begin a title ("24/7 Network" is no label), a label may not.
            Shape::Label(l) => l.setting == Setting::Bare && !l.number.is_empty() && words.len() < 60,
            _ => {
                let end = words.trim_end_matches(|c: char| is_note_sign(c) || matches!(c, ']' | ')' | '”' | '"' | '}'));
                let short = words.split_whitespace().count() <= 6 && words.ends_with('.') && !words.contains(',');
                // "LAWS ON LADDERS, / SHEDS AND FENCES"
                let capitals_go_on = words.strip_suffix(',').is_some_and(in_capitals)
                    && self.paragraphs.get(i + 1).is_some_and(|p| in_capitals(self.words(p.range)));
                // A remark in braces or brackets that is all there is, is not what the article is called.
                (!ends_clause(end) || short || capitals_go_on) && !words.starts_with(['{', '•'])
            }
        }
    }

    pub(super) fn goes_on_as_title(&self, i: usize, title: TextRange, marked: bool) -> bool {
        let Some(p) = self.paragraphs.get(i).filter(|p| !p.aside && !p.plain && p.heading.is_none() && !marked) else {
            return false;
        };
        let (words, title) = (self.words(p.range), self.words(title));
        let capitals =
            |s: &str| !s.chars().any(char::is_lowercase) && s.chars().filter(|c| c.is_uppercase()).count() > 3;
        // "FINANCIAL RESOURCES / AND MECHANISM", "AREA-BASED TOOLS, / INCLUDING PROTECTED AREAS"
        let open = || title.ends_with(',') || words.split(' ').next().is_some_and(is_joining);
        matches!(self.shapes[i], Shape::Plain)
            && words.len() < 200
            && !ends_clause(words)
            && (title.len() > 30 && words.starts_with(char::is_lowercase)
                || capitals(title) && capitals(words) && (title.len() > 30 || open()))
    }

    /// A heading without one of the words: marked by the file, all in capitals, or numbered `I.`, `A.`.
    pub(super) fn generic_heading(&mut self, i: usize) -> Option<usize> {
        let p = &self.paragraphs[i];
        let words = self.words(p.range);
        if p.plain || p.heading.is_none() && words.len() > 400 {
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
        // "{Placement proposal: to be moved to Article 9}" is a remark and stands over nothing.
        let in_braces = words.len() < 120
            && !words.contains(": ")
            && words.starts_with('{')
            && words.trim_end_matches(is_note_sign).ends_with('}')
            && words.matches(['{', '}']).count() == 2;
        if in_braces && self.unit != Unit::None {
            self.out.close_to(self.base());
            self.leaf(
                Opening { heading: Some(p.range), ..Opening::plain(ProvisionKind::Heading, p.range.start) },
                p.range,
            );
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
    pub(super) fn style_of(&self, l: &Label) -> Option<Style> {
        if l.setting != Setting::Dot {
            return None;
        }
        let known = l.senses.iter().find(|s| self.styles.iter().any(|style| style.goes_on(s)));
        let sense = known.or_else(|| l.senses.iter().rev().find(|s| s.value.is_first()))?;
        matches!(sense.series, Series::Upper | Series::UpperRoman | Series::Chinese).then(|| Style::numbered(*sense))
    }

    pub(super) fn marked_heading(&mut self, i: usize, numbered: Option<&Label>) -> usize {
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
        let before_preamble = self
            .shapes
            .get(i + 1)
            .is_some_and(|s| matches!(s, Shape::Headline(h) if h.kind == ProvisionKind::Preamble));
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
    pub(super) fn is_front(&self, i: usize) -> bool {
        i < 12
            && self.shapes[..i].iter().all(|s| matches!(s, Shape::Plain))
            && self.shapes[i..].iter().any(|s| matches!(s, Shape::Headline(_)))
    }
}

/// Whether a word in capitals joins what follows to what stands before it.
fn is_joining(word: &str) -> bool {
    const JOINING: [&str; 24] = [
        "AND", "OR", "OF", "IN", "ON", "FOR", "TO", "WITH", "BY", "FROM", "ET", "OU", "DE", "DU", "DES", "POUR", "Y",
        "DEL", "PARA", "E", "И", "ИЛИ", "В", "UND",
    ];
    JOINING.contains(&word)
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
