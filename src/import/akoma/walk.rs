//! The way through an Akoma Ntoso document: its elements become paragraphs and marks of provisions.

use std::collections::HashMap;

use crate::model::{HintKind, ProvisionKind, Style, Wording};

use super::super::compose::{Composer, NoteId, Stretch, raised};
use super::super::{Changes, Content};
use super::kinds::{is_block, is_silent, kind};
use super::tree::Tree;

/// What is done where an element ends.
enum Then {
    Close(Stretch),
    Break,
    BreakRow,
    Glue,
    Speak,
    Words(String),
    EndNote,
    EndProvision,
    EndQuote,
}

pub(super) struct Walk<'t> {
    tree: &'t Tree,
    wording: Wording,
    changes: Changes,
    out: Composer,
    open: Vec<(usize, Then)>,
    /// The provisions around.
    holders: Vec<ProvisionKind>,
    /// Quoted structures around: their provisions are not this document's.
    quoted: usize,
    /// Notes that stand apart from their calls, by name.
    notes: HashMap<&'t str, (NoteId, usize)>,
    /// The number of the next item, for each open list that counts.
    counts: Vec<(usize, Option<i64>)>,
}

impl<'t> Walk<'t> {
    pub fn new(tree: &'t Tree, wording: Wording) -> Self {
        let mut out = Composer::default();
        let mut notes = HashMap::new();
        for at in 0..tree.len() {
            let named = tree.attribute(at, "eId").or_else(|| tree.attribute(at, "id"));
            if let (true, Some(name)) = (tree.name(at) == "note", named) {
                let sign = tree.attribute(at, "marker").unwrap_or("");
                notes.entry(name).or_insert_with(|| (out.note(sign), at));
            }
        }
        Self {
            tree,
            wording,
            changes: Changes::default(),
            out,
            open: Vec::new(),
            holders: Vec::new(),
            quoted: 0,
            notes,
            counts: Vec::new(),
        }
    }

    pub fn run(mut self) -> (Content, Changes) {
        self.range(0..self.tree.len());
        let mut apart: Vec<(NoteId, usize)> = self.notes.values().copied().collect();
        apart.sort_by_key(|(_, at)| *at);
        for (id, at) in apart {
            self.out.begin_note(id);
            self.range(at + 1..self.tree.end(at));
            self.out.end_note();
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
                Then::Glue => self.out.glue(),
                Then::Speak => self.out.speak(),
                Then::Words(words) => self.out.words_behind(&words),
                Then::EndNote => self.out.end_note(),
                Then::EndProvision => {
                    self.holders.pop();
                }
                Then::EndQuote => self.quoted = self.quoted.saturating_sub(1),
            }
        }
        while self.counts.last().is_some_and(|(end, _)| *end <= at) {
            self.counts.pop();
        }
    }

    fn then(&mut self, end: usize, then: Then) {
        self.open.push((end, then));
    }

    fn hint(&mut self, end: usize, kind: HintKind) {
        let stretch = self.out.open(kind);
        self.then(end, Then::Close(stretch));
    }

    /// Takes in what stands at a place and says which comes next.
    fn step(&mut self, at: usize) -> usize {
        let Some(node) = self.tree.get(at) else { return at + 1 };
        let (name, end) = (node.name.as_str(), node.end);
        if name.is_empty() {
            // What closes a quotation that had lines of its own stands behind the last of them.
            let sign = node.words.trim();
            let closes = !sign.is_empty() && sign.chars().count() <= 4 && !sign.contains(char::is_alphanumeric);
            if closes && self.out.at_start() && self.tree.get(at).is_some_and(|n| at > n.parent + 1) {
                self.out.words_behind(sign);
            } else {
                self.out.words(&node.words);
            }
            return at + 1;
        }
        if is_silent(name) {
            return end;
        }
        if self.quoted == 0
            && let Some(kind) = kind(self.tree, at, &self.holders)
        {
            self.provision(end, kind);
        } else if kind(self.tree, at, &self.holders).is_some() {
            self.out.end_paragraph();
            self.then(end, Then::BreakRow);
        } else if is_block(name) {
            self.out.end_paragraph();
            self.then(end, Then::Break);
        }
        match name {
            "num" => self.number(at, end),
            "heading" => self.marked(end, HintKind::Caption),
            "p" | "subheading" | "from" | "tocItem" | "caption" => self.paragraph(at, end),
            "toc" => self.hint(end, HintKind::Aside),
            "preface" => self.preface(at, end),
            "li" => self.item(),
            "ol" | "ul" => {
                let first = self.tree.attribute(at, "start").and_then(|s| s.trim().parse().ok()).unwrap_or(1);
                self.counts.push((end, (name == "ol").then_some(first)));
            }
            "quotedStructure" | "embeddedStructure" => {
                self.quoted += 1;
                self.quotes(at, end);
                self.then(end, Then::EndQuote);
            }
            "quotedText" | "embeddedText" => self.quotes(at, end),
            "authorialNote" => self.note(at, end),
            "noteRef" => {
                let target = self.tree.attribute(at, "href").map(|h| h.trim_start_matches('#'));
                if let Some(&(id, _)) = target.and_then(|t| self.notes.get(t)) {
                    self.out.call(id);
                    return end;
                }
            }
            "note" if self.quoted == 0 => return end,
            "eol" | "br" => self.out.end_line(),
            "b" | "strong" => self.styled(end, Style::Bold),
            "i" | "em" => self.styled(end, Style::Italic),
            "u" => self.styled(end, Style::Underlined),
            "sup" => return self.raised(at, end),
            "ins" => self.changed(end, false),
            "del" => self.changed(end, true),
            _ => {}
        }
        at + 1
    }

    fn styled(&mut self, end: usize, style: Style) {
        let stretch = self.out.open_style(style);
        self.then(end, Then::Close(stretch));
    }

    fn provision(&mut self, end: usize, kind: ProvisionKind) {
        // A number waits for its words: what has none goes on with it.
        if kind == ProvisionKind::Body && self.out.is_glued() {
            return;
        }
        self.out.end_paragraph();
        self.holders.push(kind);
        self.then(end, Then::EndProvision);
        self.hint(end, HintKind::Provision(kind));
        self.then(end, Then::BreakRow);
    }

    /// A number or a heading of the innermost provision.
    fn marked(&mut self, end: usize, kind: HintKind) {
        if self.quoted == 0 && !self.holders.is_empty() {
            self.hint(end, kind);
        }
    }

    /// `Article 5` stands on a line of its own, `(a)` and `5.` before their words.
    fn number(&mut self, at: usize, end: usize) {
        let words = self.tree.words(at);
        if words.is_empty() {
            return;
        }
        let headed = self.holders.last().is_some_and(|k| k.is_headed()) || self.quoted > 0;
        let longest = words.split(|c: char| !c.is_alphabetic()).map(|w| w.chars().count()).max().unwrap_or(0);
        let wide = words.chars().any(|c| matches!(c, '\u{3400}'..='\u{9fff}'));
        let roman = words.chars().all(|c| !c.is_alphabetic() || "ivxlcdmIVXLCDM".contains(c));
        if headed && (longest >= 3 && !roman || wide) {
            self.out.end_paragraph();
            self.then(end, Then::Break);
        } else {
            self.then(end, Then::Glue);
        }
        self.marked(end, HintKind::Number);
    }

    /// Words are the text of a numbered provision or a paragraph without a number. Only where nothing around says what
    /// they are, they are left to be read as any text.
    fn paragraph(&mut self, at: usize, end: usize) {
        let mut around = self.tree.around(at).skip(1).map(|a| self.tree.name(a));
        let said = around.find(|n| {
            matches!(
                *n,
                "preamble"
                    | "formula"
                    | "conclusions"
                    | "preface"
                    | "coverPage"
                    | "mainBody"
                    | "body"
                    | "content"
                    | "intro"
                    | "wrapUp"
            )
        });
        let open = match self.holders.last() {
            None => matches!(said, Some("conclusions" | "formula")),
            Some(ProvisionKind::Preamble) => said != Some("preamble"),
            Some(ProvisionKind::Annex | ProvisionKind::Heading) => {
                !matches!(said, Some("mainBody" | "body" | "preface"))
            }
            Some(kind) => kind.is_headed(),
        };
        if (open || self.quoted > 0) && !self.out.is_glued() {
            self.hint(end, HintKind::Provision(ProvisionKind::Body));
        }
    }

    /// The title of the document, or of the part of it that an annex or a component is.
    fn preface(&mut self, at: usize, end: usize) {
        let title = |name: &str| self.tree.find(at, name).is_some();
        let titled = ["docTitle", "longTitle", "shortTitle"].into_iter().any(title);
        match self.holders.last() {
            Some(ProvisionKind::Heading | ProvisionKind::Annex) if self.quoted == 0 => {
                if self.tree.words(at).len() <= 600 {
                    self.hint(end, HintKind::Caption);
                }
            }
            _ => {
                if titled && self.tree.words(at).len() <= 2000 {
                    self.hint(end, HintKind::Heading(1));
                }
            }
        }
    }

    fn item(&mut self) {
        let label = match self.counts.last_mut() {
            Some((_, Some(next))) => {
                let label = format!("{next}.");
                *next = next.saturating_add(1);
                label
            }
            _ => "•".to_owned(),
        };
        let number = (self.quoted == 0).then(|| self.out.open(HintKind::Number));
        self.out.words(&label);
        if let Some(number) = number {
            self.out.close(number);
        }
        self.out.glue();
    }

    /// Quotation marks that stand in attributes.
    fn quotes(&mut self, at: usize, end: usize) {
        if let Some(quote) = self.tree.attribute(at, "startQuote") {
            self.out.words(quote);
            self.out.hold();
        }
        if let Some(quote) = self.tree.attribute(at, "endQuote") {
            self.then(end, Then::Words(quote.to_owned()));
        }
    }

    fn note(&mut self, at: usize, end: usize) {
        let id = self.out.note(self.tree.attribute(at, "marker").unwrap_or(""));
        self.out.call(id);
        self.out.begin_note(id);
        self.then(end, Then::EndNote);
    }

    fn raised(&mut self, at: usize, end: usize) -> usize {
        let words = self.tree.words(at);
        let holds_note = (at..end).any(|i| matches!(self.tree.name(i), "noteRef" | "authorialNote"));
        let plain = holds_note || words.chars().count() > 12 || words.chars().all(char::is_alphabetic);
        match raised(&words).filter(|_| !plain) {
            Some(raised) => {
                self.out.words(&raised);
                end
            }
            None => at + 1,
        }
    }

    fn changed(&mut self, end: usize, deleted: bool) {
        self.changes.tracked = true;
        if deleted {
            self.changes.deleted += 1;
        } else {
            self.changes.inserted += 1;
        }
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
