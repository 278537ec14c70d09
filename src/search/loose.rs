//! Whether what stands outside the drafts meets a query: notes of analysts, paragraphs of commentaries.

use super::language::Node;
use super::matching::{Plan, Sighting};
use super::results::View;

/// A note where it is shown, or a paragraph of a commentary.
pub(super) enum Loose<'s, 'p> {
    Note(&'s Sighting<'p>),
    /// With the draft it speaks about, by position among the views.
    Paragraph(&'p str, Option<usize>),
}

/// How it meets a query.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Met {
    pub score: f32,
    /// Whether its own words were asked for: a query that has only conditions, or says only what must not be there, finds
    /// neither notes nor commentaries.
    pub by_words: bool,
    /// Whether commentaries were asked for.
    pub in_commentary: bool,
}

impl Met {
    fn scoring(score: f32) -> Self {
        Self { score, by_words: true, in_commentary: false }
    }

    fn and(self, other: Self) -> Self {
        Self {
            score: self.score + other.score,
            by_words: self.by_words || other.by_words,
            in_commentary: self.in_commentary || other.in_commentary,
        }
    }
}

impl Plan<'_> {
    /// How something meets the query, if it does. `place` is its place in the index; `read` looks for a part of the query
    /// in a text.
    pub(super) fn met(
        &self,
        it: &Loose<'_, '_>,
        place: u64,
        views: &[View<'_>],
        read: &mut dyn FnMut(&Node, &str) -> bool,
    ) -> Option<Met> {
        match self {
            Self::And(parts) => {
                parts.iter().try_fold(Met::default(), |met, part| Some(met.and(part.met(it, place, views, read)?)))
            }
            Self::Or(parts) => parts.iter().filter_map(|p| p.met(it, place, views, read)).reduce(Met::and),
            Self::Not(part) => match part.met(it, place, views, read) {
                Some(_) => None,
                None => Some(Met::default()),
            },
            Self::Indexed { loose, .. } => loose.get(&place).map(|&score| Met::scoring(score)),
            Self::Scanned { part, .. } => {
                let in_heading = match part {
                    Node::Words(words) => words.heading,
                    Node::Pattern(pattern) => pattern.heading,
                    _ => false,
                };
                let found = !in_heading
                    && match it {
                        Loose::Note(note) => note.said.iter().any(|said| read(part, said.words)),
                        Loose::Paragraph(text, _) => read(part, text),
                    };
                found.then_some(Met::scoring(1.0))
            }
            Self::Place { passages, on_draft } => {
                let (view, number) = match it {
                    Loose::Note(note) if *on_draft => (note.view, 0),
                    Loose::Note(note) => (note.view, note.provision?.0 as usize),
                    Loose::Paragraph(_, view) if *on_draft => ((*view)?, 0),
                    Loose::Paragraph(..) => return None,
                };
                let view = views.get(view)?;
                passages.get(view.base + number).copied().unwrap_or(false).then(Met::default)
            }
            Self::Remark { test, .. } => match it {
                Loose::Note(note) => test.holds(note.key.0, note.annotation).then(Met::default),
                Loose::Paragraph(..) => None,
            },
            Self::InNote => matches!(it, Loose::Note(_)).then_some(Met::scoring(0.0)),
            Self::InCommentary => {
                let met = Met { score: 0.0, by_words: true, in_commentary: true };
                matches!(it, Loose::Paragraph(..)).then_some(met)
            }
            Self::HasHeading { .. } => None,
        }
    }

    /// Whether what stands at a place of the index could meet the query, as far as the index knows.
    pub(super) fn may_meet(&self, place: u64) -> bool {
        match self {
            Self::And(parts) => parts.iter().all(|p| p.may_meet(place)),
            Self::Or(parts) => parts.iter().any(|p| p.may_meet(place)),
            Self::Indexed { loose, .. } => loose.contains_key(&place),
            Self::HasHeading { .. } => false,
            _ => true,
        }
    }
}
