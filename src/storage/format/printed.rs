//! `printed.ron`: the pages, notes and styles of a draft, and what was known of its structure, one a line.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::outline::ProvisionKindV1;
use super::{Span, range, span, words};
use crate::model::{Draft, HintKind, Note, PageStart, Printed, StructureHint, Style, Styled};

/// The whole file, format 1; also a part of a journal entry. Positions are bytes of the draft's text.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::storage) struct PrintedV1<'t> {
    format: u32,
    /// Where each begins, which page of the file it is, and the number printed on it.
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pages: Vec<(usize, u32, Cow<'t, str>)>,
    /// The sign that calls each, and its words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    notes: Vec<(Option<Span>, Span)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    styles: Vec<(StyleV1, usize, usize)>,
    /// What the outline was recognized from, the corrections of a person last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    hints: Vec<(HintV1, usize, usize)>,
}

words! {
    /// How words are set.
    StyleV1 for Style { Bold, Italic, Underlined, Struck }
}

/// What the file, or the person who took it in, says a stretch is.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::storage) enum HintV1 {
    Heading(u8),
    ListItem(u8),
    Aside,
    Paragraphs,
    Joined,
    Plain,
    Provision(ProvisionKindV1),
    Number,
    Caption,
}

impl<'t> PrintedV1<'t> {
    /// What the draft has besides its text and outline, as it is written.
    pub fn of(draft: &'t Draft) -> Self {
        let printed = &draft.printed;
        Self {
            format: super::FORMAT,
            pages: printed.pages.iter().map(|p| (p.at, p.number, p.label.as_str().into())).collect(),
            notes: printed.notes.iter().map(|n| (n.call.map(span), span(n.body))).collect(),
            styles: printed.styles.iter().map(|s| (s.style.into(), s.range.start, s.range.end)).collect(),
            hints: draft.hints.iter().map(|h| (h.kind.into(), h.range.start, h.range.end)).collect(),
        }
    }

    /// A file that says nothing; also what an entry without it stands for.
    pub fn nothing() -> Self {
        Self { format: super::FORMAT, pages: Vec::new(), notes: Vec::new(), styles: Vec::new(), hints: Vec::new() }
    }

    /// Whether it says nothing, so that it need not be written.
    pub fn is_nothing(&self) -> bool {
        self.pages.is_empty() && self.notes.is_empty() && self.styles.is_empty() && self.hints.is_empty()
    }

    /// The values as the model has them; whether they fit the text is for the caller to ask.
    pub fn values(self) -> (Printed, Vec<StructureHint>) {
        let page =
            |(at, number, label): (usize, u32, Cow<'_, str>)| PageStart { at, number, label: label.into_owned() };
        let note = |(call, body): (Option<Span>, Span)| Note { call: call.map(range), body: range(body) };
        let styled = |(style, a, b): (StyleV1, usize, usize)| Styled { range: range((a, b)), style: style.into() };
        let hint = |(kind, a, b): (HintV1, usize, usize)| StructureHint { range: range((a, b)), kind: kind.into() };
        let printed = Printed {
            pages: self.pages.into_iter().map(page).collect(),
            notes: self.notes.into_iter().map(note).collect(),
            styles: self.styles.into_iter().map(styled).collect(),
        };
        (printed, self.hints.into_iter().map(hint).collect())
    }
}

impl From<HintKind> for HintV1 {
    fn from(kind: HintKind) -> Self {
        match kind {
            HintKind::Heading(level) => Self::Heading(level),
            HintKind::ListItem(depth) => Self::ListItem(depth),
            HintKind::Aside => Self::Aside,
            HintKind::Paragraphs => Self::Paragraphs,
            HintKind::Joined => Self::Joined,
            HintKind::Plain => Self::Plain,
            HintKind::Provision(kind) => Self::Provision(kind.into()),
            HintKind::Number => Self::Number,
            HintKind::Caption => Self::Caption,
        }
    }
}

impl From<HintV1> for HintKind {
    fn from(kind: HintV1) -> Self {
        match kind {
            HintV1::Heading(level) => Self::Heading(level),
            HintV1::ListItem(depth) => Self::ListItem(depth),
            HintV1::Aside => Self::Aside,
            HintV1::Paragraphs => Self::Paragraphs,
            HintV1::Joined => Self::Joined,
            HintV1::Plain => Self::Plain,
            HintV1::Provision(kind) => Self::Provision(kind.into()),
            HintV1::Number => Self::Number,
            HintV1::Caption => Self::Caption,
        }
    }
}
