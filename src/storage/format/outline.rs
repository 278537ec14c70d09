//! `outline.ron`: the provisions, blocks and marks of a draft, one a line.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{Span, range, span, words};
use crate::model::{Mark, MarkKind, Outline, Provision, ProvisionIndex, ProvisionKind};

/// The whole file, format 1; also a part of a journal entry. Positions are bytes of the draft's text.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::storage) struct OutlineV1<'t> {
    format: u32,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    title: Option<Cow<'t, str>>,
    #[serde(borrow)]
    provisions: Vec<ProvisionV1<'t>>,
    blocks: Vec<Span>,
    marks: Vec<(MarkKindV1, usize, usize)>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProvisionV1<'t> {
    kind: ProvisionKindV1,
    at: Span,
    /// Its label as printed and the number in it.
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    label: Cow<'t, str>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    number: Cow<'t, str>,
    label_at: Span,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    heading: Option<Cow<'t, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    heading_at: Option<Span>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    parent: Option<u32>,
    /// One past the last provision below it.
    end: u32,
    #[serde(default, skip_serializing_if = "is_zero")]
    ordinal: u32,
}

words! {
    /// What a provision is.
    ProvisionKindV1 for ProvisionKind {
        Preamble, Recital, Part, Title, Chapter, Section, Article, Paragraph, Subparagraph, Item, Annex, Heading, Body,
    }
}

words! {
    /// What a negotiating mark says.
    MarkKindV1 for MarkKind { Agreed, Bracketed, Alternative, Deleted, Placeholder, Unbalanced }
}

impl<'t> OutlineV1<'t> {
    /// The outline as it is written.
    pub fn of(outline: &'t Outline) -> Self {
        Self {
            format: super::FORMAT,
            title: outline.title.as_deref().map(Cow::from),
            provisions: outline.provisions.iter().map(ProvisionV1::of).collect(),
            blocks: outline.blocks.iter().map(|&b| span(b)).collect(),
            marks: outline.marks.iter().map(|m| (m.kind.into(), m.range.start, m.range.end)).collect(),
        }
    }

    /// The outline as the model has it; whether it fits its text is for the caller to ask.
    pub fn outline(self) -> Outline {
        Outline {
            title: self.title.map(Cow::into_owned),
            provisions: self.provisions.into_iter().map(ProvisionV1::provision).collect(),
            blocks: self.blocks.into_iter().map(range).collect(),
            marks: self.marks.into_iter().map(|(k, a, b)| Mark { range: range((a, b)), kind: k.into() }).collect(),
        }
    }
}

impl<'t> ProvisionV1<'t> {
    fn of(provision: &'t Provision) -> Self {
        Self {
            kind: provision.kind.into(),
            at: span(provision.range),
            label: provision.label.as_str().into(),
            number: provision.number.as_str().into(),
            label_at: span(provision.label_range),
            heading: provision.heading.as_deref().map(Cow::from),
            heading_at: provision.heading_range.map(span),
            parent: provision.parent.map(|p| p.0),
            end: provision.subtree_end,
            ordinal: provision.ordinal,
        }
    }

    fn provision(self) -> Provision {
        Provision {
            kind: self.kind.into(),
            label: self.label.into_owned(),
            number: self.number.into_owned(),
            label_range: range(self.label_at),
            heading: self.heading.map(Cow::into_owned),
            heading_range: self.heading_at.map(range),
            range: range(self.at),
            parent: self.parent.map(ProvisionIndex),
            subtree_end: self.end,
            ordinal: self.ordinal,
        }
    }
}

fn is_zero(n: &u32) -> bool {
    *n == 0
}
