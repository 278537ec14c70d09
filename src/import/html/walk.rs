//! The way through a page: elements become paragraphs, hints, notes and styles.
//!
//! One loop over the flat list; what an element leaves to be done at its end waits in `open`.

use std::collections::HashSet;

use scraper::node::Element;

use crate::model::{HintKind, Style, Wording};

use super::super::compose::{Composer, NoteId, Stretch, raised};
use super::super::{Changes, Content};
use super::content::{Document, is_heading};
use super::dom::{Page, Piece, attr, has_class};
use super::eurlex;
use super::lists::{List, begins_with_label};
use super::notes::Notes;
use super::tables::point;

/// Lists nested deeper than this count as this deep.
const DEEPEST: u8 = 30;

/// What is done where an element ends.
enum Then {
    Close(Stretch),
    /// Ends the paragraph.
    Break,
    /// Ends the paragraph, even if a label still waits for its words.
    BreakRow,
    Speak,
    Words(&'static str),
    EndList,
    EndPoint,
    EndNote,
    EndProvision,
}

pub(super) struct Walk<'p, 'h> {
    page: &'p Page<'h>,
    document: &'p Document,
    notes: &'p Notes,
    ids: Vec<NoteId>,
    done: HashSet<usize>,
    wording: Wording,
    changes: Changes,
    journal: bool,
    out: Composer,
    open: Vec<(usize, Then)>,
    lists: Vec<List>,
    depth: u8,
    provisions: usize,
}

impl<'p, 'h> Walk<'p, 'h> {
    pub fn new(page: &'p Page<'h>, document: &'p Document, notes: &'p Notes, wording: Wording) -> Self {
        let mut out = Composer::default();
        let ids = notes.notes.iter().map(|n| out.note(&n.sign)).collect();
        Self {
            page,
            document,
            notes,
            ids,
            done: HashSet::new(),
            wording,
            changes: Changes::default(),
            journal: eurlex::is_journal(page),
            out,
            open: Vec::new(),
            lists: Vec::new(),
            depth: 0,
            provisions: 0,
        }
    }

    /// Reads the document and the notes that stand outside it.
    pub fn run(mut self) -> (Content, Changes) {
        let root = self.document.root;
        self.range(root..self.page.end(root));
        for number in 0..self.notes.notes.len() {
            if let Some(note) = self.notes.notes.get(number).filter(|_| !self.done.contains(&number)) {
                self.range(note.body.clone());
            }
        }
        (self.out.finish(), self.changes)
    }

    fn range(&mut self, range: std::ops::Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            self.close_before(at);
            at = self.step(at);
        }
        self.close_before(usize::MAX);
    }

    fn close_before(&mut self, at: usize) {
        while self.open.last().is_some_and(|(end, _)| *end <= at) {
            let Some((_, then)) = self.open.pop() else { return };
            match then {
                Then::Close(stretch) => self.out.close(stretch),
                Then::Break => self.out.end_paragraph(),
                Then::BreakRow => {
                    self.out.unglue();
                    self.out.end_paragraph();
                }
                Then::Speak => self.out.speak(),
                Then::Words(words) => self.out.words(words),
                Then::EndList => {
                    self.lists.pop();
                }
                Then::EndPoint => self.depth = self.depth.saturating_sub(1),
                Then::EndNote => self.out.end_note(),
                Then::EndProvision => self.provisions = self.provisions.saturating_sub(1),
            }
        }
    }

    /// Takes in what stands at a place and says which comes next.
    fn step(&mut self, at: usize) -> usize {
        let end = self.page.end(at);
        if self.document.left_out.get(at).copied().unwrap_or(false) {
            return end;
        }
        if let Some(id) = self.notes.calls.get(&at).and_then(|&n| self.ids.get(n)) {
            self.out.call(*id);
            return end;
        }
        if let Some(&number) = self.notes.bodies.get(&at)
            && let (Some(note), Some(id)) = (self.notes.notes.get(number), self.ids.get(number))
        {
            if !self.done.insert(number) {
                return note.body.end;
            }
            self.out.begin_note(*id);
            self.open.push((note.body.end, Then::EndNote));
        }
        if self.notes.signs.contains_key(&at) {
            return end;
        }
        match self.page.get(at).map(|e| e.node) {
            // "^ words", a link back that is none.
            Some(Piece::Words(words)) if self.out.at_start() && matches!(words.trim(), "^" | "↑") => {}
            // What follows a quotation with lines of its own stands behind the last of them.
            Some(Piece::Words(words)) if self.out.at_start() && is_closing(words.trim()) => {
                self.out.words_behind(words);
            }
            Some(Piece::Words(words)) => self.out.words(words),
            Some(Piece::Element(element)) => return self.element(at, end, element),
            None => {}
        }
        at + 1
    }

    fn then(&mut self, end: usize, then: Then) {
        self.open.push((end, then));
    }

    fn hint(&mut self, end: usize, kind: HintKind) {
        let stretch = self.out.open(kind);
        self.then(end, Then::Close(stretch));
    }

    fn styled(&mut self, end: usize, style: Style) {
        let stretch = self.out.open_style(style);
        self.then(end, Then::Close(stretch));
    }

    fn element(&mut self, at: usize, end: usize, element: &Element) -> usize {
        let name = element.name();
        let css = attr(element, "style").map(Css::of).unwrap_or_default();
        if self.journal && eurlex::is_furniture(element) {
            return end;
        }
        let inline = css.inline || self.journal && has_class(element, &["inline-element"]);
        if is_block(name) && !inline || css.block {
            self.out.end_paragraph();
            self.then(end, Then::Break);
        }
        match name {
            "br" => self.out.end_line(),
            "hr" => self.out.end_paragraph(),
            "ul" | "ol" | "menu" => {
                self.lists.push(List::of(self.page, at, element));
                self.then(end, Then::EndList);
            }
            "li" => self.item(at, end, element),
            "tr" => return self.row(at, end),
            "div" if self.journal && eurlex::is_grid(element) => return self.row(at, end),
            "dd" => {
                self.depth = (self.depth + 1).min(DEEPEST);
                self.then(end, Then::EndPoint);
                self.hint(end, HintKind::ListItem(self.depth));
            }
            "pre" | "listing" | "xmp" => {
                self.out.raw_lines(&self.page.raw_words(at));
                return end;
            }
            "sup" => return self.raised(at, end),
            "span" if has_class(element, &["super", "oj-super"]) => return self.raised(at, end),
            "q" => {
                self.out.words("“");
                self.then(end, Then::Words("”"));
            }
            "rt" | "rp" => return end,
            "del" | "s" | "strike" => self.changed(end, true, name == "del"),
            "ins" => self.changed(end, false, true),
            "b" | "strong" if !css.not_bold => self.styled(end, Style::Bold),
            "i" | "em" | "cite" | "var" | "dfn" if !css.upright => self.styled(end, Style::Italic),
            "u" => self.styled(end, Style::Underlined),
            _ if is_heading(name) => {
                let level = name.as_bytes().get(1).map_or(1, |b| b - b'0');
                self.hint(end, HintKind::Heading(level));
            }
            _ => {}
        }
        self.look(at, end, element, css);
        at + 1
    }

    /// What an element's style and classes say.
    fn look(&mut self, at: usize, end: usize, element: &Element, css: Css) {
        if css.struck && !matches!(element.name(), "del" | "s" | "strike") {
            self.changed(end, true, false);
        }
        if css.bold || has_class(element, &["oj-bold", "bold"]) {
            self.styled(end, Style::Bold);
        }
        if css.italic || has_class(element, &["oj-italic", "italic"]) {
            self.styled(end, Style::Italic);
        }
        if css.underlined {
            self.styled(end, Style::Underlined);
        }
        if !self.journal {
            return;
        }
        if let Some(kind) = eurlex::provision(self.page, at, element) {
            self.out.end_paragraph();
            self.provisions += 1;
            self.then(end, Then::EndProvision);
            self.hint(end, HintKind::Provision(kind));
        }
        match (eurlex::head(self.page, at, element), eurlex::heading(element)) {
            (Some(kind), _) if self.provisions > 0 => self.hint(end, kind),
            (_, Some(level)) if self.provisions == 0 || level < 4 => self.hint(end, HintKind::Heading(level)),
            _ => {}
        }
    }

    fn item(&mut self, at: usize, end: usize, element: &Element) {
        let depth = self.lists.len().max(1) + usize::from(self.depth);
        let label = self.lists.last_mut().map_or_else(|| "•".to_owned(), |list| list.label(element));
        self.hint(end, HintKind::ListItem(u8::try_from(depth).unwrap_or(DEEPEST).min(DEEPEST)));
        let words = self.page.words(at..end, 40);
        let note = self.notes.bodies.contains_key(&at);
        // What the draft numbers itself needs no numbers of the list; what holds only another list has none.
        let holds_list = self.page.children(at).find(|&c| self.page.element(c).is_some()).is_some_and(|first| {
            let own = self.page.words(at..first, 1);
            matches!(self.page.name(first), "ul" | "ol") && own.is_empty()
        });
        if !note && !label.is_empty() && !words.is_empty() && !holds_list && !begins_with_label(&words) {
            self.out.label(&label);
        }
        self.then(end, Then::BreakRow);
    }

    /// A row of a table. Label and words in two cells are one point.
    fn row(&mut self, at: usize, end: usize) -> usize {
        self.then(end, Then::BreakRow);
        let Some((cell, label)) = point(self.page, at) else { return at + 1 };
        if self.document.left_out.get(cell).copied().unwrap_or(false) {
            return at + 1;
        }
        self.depth = (self.depth + 1).min(DEEPEST);
        self.then(end, Then::EndPoint);
        self.hint(end, HintKind::ListItem(self.depth));
        if self.holds_call(cell) || self.is_changed(cell) {
            return at + 1;
        }
        self.out.label(&label);
        self.page.end(cell)
    }

    fn holds_call(&self, at: usize) -> bool {
        (at..self.page.end(at)).any(|i| self.notes.calls.contains_key(&i) || self.notes.signs.contains_key(&i))
    }

    fn is_changed(&self, at: usize) -> bool {
        (at..self.page.end(at)).any(|i| matches!(self.page.name(i), "del" | "s" | "strike" | "ins"))
    }

    /// Raised words: a call of a note stays one, numbers become raised signs, `4<sup>th</sup>` is `4th`.
    fn raised(&mut self, at: usize, end: usize) -> usize {
        if self.holds_call(at) {
            return at + 1;
        }
        let words = self.page.words(at..end, 40);
        let plain = words.chars().count() > 12 || words.chars().all(char::is_alphabetic) || self.is_changed(at);
        match raised(words.trim()).filter(|_| !plain) {
            Some(raised) => {
                self.out.words(&raised);
                end
            }
            None => at + 1,
        }
    }

    /// Words that were put in or taken out.
    fn changed(&mut self, end: usize, deleted: bool, tracked: bool) {
        if deleted {
            self.changes.deleted += 1;
        } else {
            self.changes.inserted += 1;
        }
        self.changes.tracked |= tracked;
        let gone = match self.wording {
            Wording::Printed => {
                self.styled(end, if deleted { Style::Struck } else { Style::Underlined });
                return;
            }
            Wording::Proposed => deleted,
            Wording::Original => !deleted,
        };
        if gone {
            self.out.hush();
            self.then(end, Then::Speak);
        }
    }
}

fn is_block(name: &str) -> bool {
    is_heading(name)
        || matches!(
            name,
            "p" | "div"
                | "section"
                | "article"
                | "main"
                | "header"
                | "footer"
                | "aside"
                | "hgroup"
                | "ul"
                | "ol"
                | "menu"
                | "li"
                | "dl"
                | "dt"
                | "dd"
                | "table"
                | "tr"
                | "td"
                | "th"
                | "caption"
                | "blockquote"
                | "figure"
                | "figcaption"
                | "address"
                | "fieldset"
                | "legend"
                | "details"
                | "summary"
                | "center"
                | "pre"
                | "listing"
                | "xmp"
                | "form"
                | "body"
                | "html"
                | "nav"
                | "dir"
                | "search"
                | "optgroup"
        )
}

/// Whether words are only the end of a sentence or a quotation.
fn is_closing(words: &str) -> bool {
    !words.is_empty() && words.chars().all(|c| ".,;:!?”’»)]".contains(c))
}

/// What an element's own style says.
#[derive(Clone, Copy, Default)]
struct Css {
    inline: bool,
    block: bool,
    bold: bool,
    not_bold: bool,
    italic: bool,
    upright: bool,
    underlined: bool,
    struck: bool,
}

impl Css {
    fn of(style: &str) -> Self {
        let mut css = Self::default();
        for rule in style.split(';') {
            let Some((name, value)) = rule.split_once(':') else { continue };
            let (name, value) = (name.trim(), value.trim());
            let is = |n: &str| name.eq_ignore_ascii_case(n);
            let starts =
                |words: &[&str]| words.iter().any(|w| value.get(..w.len()).is_some_and(|v| v.eq_ignore_ascii_case(w)));
            if is("display") {
                css.inline = starts(&["inline"]);
                css.block = starts(&["block", "flex", "grid"]);
            } else if is("font-weight") {
                css.bold = starts(&["bold", "700", "800", "900", "600"]);
                css.not_bold = starts(&["normal", "400"]);
            } else if is("font-style") {
                css.italic = starts(&["italic", "oblique"]);
                css.upright = starts(&["normal"]);
            } else if is("text-decoration") || is("text-decoration-line") {
                let lower = value.to_ascii_lowercase();
                css.struck = lower.contains("line-through");
                css.underlined = lower.contains("underline");
            }
        }
        css
    }
}
