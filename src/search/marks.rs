//! Where exactly the words of a query stand in a text. The index finds the provision; the marks are found by reading it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::analysis::Analyzer;
use super::language::{Node, found};
use super::languages::Tongue;
use super::sequences::{sequences, tokens};

/// Marks of one text; more are of no use to a reader.
const MOST: usize = 4000;

/// One analyzer per language, made when first asked for.
#[derive(Default)]
pub(super) struct Lexicon {
    analyzers: BTreeMap<Tongue, Analyzer>,
}

impl Lexicon {
    pub(super) fn analyzer(&mut self, tongue: Tongue) -> &mut Analyzer {
        self.analyzers.entry(tongue).or_insert_with(|| Analyzer::new(tongue))
    }

    /// The places in a text of any of these parts of a query, in order, those that overlap joined. `heading` is where the
    /// heading stands, if there is one; positions are bytes of `text`.
    pub(super) fn marks(
        &mut self,
        parts: &[&Node],
        text: &str,
        tongues: &[Tongue],
        heading: Option<Range<usize>>,
    ) -> Vec<Range<usize>> {
        let mut marks = Vec::new();
        let in_heading =
            |range: &Range<usize>| heading.as_ref().is_some_and(|h| h.start <= range.start && range.end <= h.end);
        for part in parts {
            let Node::Pattern(pattern) = part else { continue };
            let within = if pattern.heading { heading.clone().unwrap_or(0..0) } else { 0..text.len() };
            let Some(inside) = text.get(within.clone()) else { continue };
            let places = found(&pattern.regex, inside).map(|r| within.start + r.start..within.start + r.end);
            marks.extend(places.take(MOST));
        }
        if parts.iter().any(|p| matches!(p, Node::Words(_))) {
            for &tongue in tongues {
                let analyzer = self.analyzer(tongue);
                let tokens = tokens(analyzer, text);
                for part in parts {
                    let Node::Words(words) = part else { continue };
                    let places = sequences(analyzer, words, &tokens, text);
                    marks.extend(places.into_iter().filter(|r| !words.heading || in_heading(r)));
                }
            }
        }
        let mut marks = joined(marks);
        marks.truncate(MOST);
        marks
    }
}

/// Ranges in order, those that overlap made one.
pub(super) fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|r| (r.start, r.end));
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}
