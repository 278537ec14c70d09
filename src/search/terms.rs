//! What the index itself can answer: words, phrases, prefixes, words a few letters off, and AND and OR between them.
//!
//! NOT is left to [`super::matching`]: tantivy 0.27 asks a phrase it excludes for documents it has passed already.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{
    BooleanQuery, DisjunctionMaxQuery, EmptyQuery, FuzzyTermQuery, InvertedIndexRangeQuery, Occur, PhraseQuery, Query,
    TermQuery,
};
use tantivy::schema::IndexRecordOption;

use super::language::{Fit, Node, Words};
use super::languages::Tongue;
use super::marks::Lexicon;
use super::schema::Fields;

/// Phrases one phrase may become where its words have two stems each.
const VARIANTS: usize = 16;

/// Makes queries of tantivy's.
pub(super) struct Terms<'a> {
    pub fields: &'a Fields,
    pub tongues: &'a [Tongue],
    pub lexicon: &'a mut Lexicon,
}

impl Terms<'_> {
    /// Whether the index alone answers this.
    pub(super) fn answers(&mut self, node: &Node) -> bool {
        match node {
            Node::And(parts) | Node::Or(parts) => parts.iter().all(|p| self.answers(p)),
            Node::Words(words) => {
                !words.heading
                    && (words.words.len() == 1
                        || words.slop == 0
                            && words.words.iter().all(|w| w.fit == Fit::Stem)
                            && self.tongues.iter().all(|&t| variants(&self.slots(words, t)) <= VARIANTS))
            }
            _ => false,
        }
    }

    /// The query; something only [`Self::answers`] approves finds nothing.
    pub(super) fn query(&mut self, node: &Node) -> Box<dyn Query> {
        match node {
            Node::And(parts) => self.all(parts),
            Node::Or(parts) => {
                Box::new(BooleanQuery::new(parts.iter().map(|p| (Occur::Should, self.query(p))).collect()))
            }
            Node::Words(words) => self.words(words),
            _ => Box::new(EmptyQuery),
        }
    }

    /// All of these parts.
    pub(super) fn all<'n>(&mut self, parts: impl IntoIterator<Item = &'n Node>) -> Box<dyn Query> {
        Box::new(BooleanQuery::new(parts.into_iter().map(|p| (Occur::Must, self.query(p))).collect()))
    }

    /// Finds whatever has all the words of a phrase, in any order, and perhaps more: to be checked one by one.
    pub(super) fn candidates(&mut self, words: &Words) -> Box<dyn Query> {
        let mut clauses = Vec::new();
        for word in &words.words {
            let word = Words { words: vec![word.clone()], slop: 0, heading: false };
            clauses.push((Occur::Must, self.words(&word)));
        }
        Box::new(BooleanQuery::new(clauses))
    }

    fn words(&mut self, words: &Words) -> Box<dyn Query> {
        if let [word] = words.words.as_slice()
            && word.fit != Fit::Stem
        {
            let form = self.lexicon.analyzer(Tongue::PLAIN).forms(&word.text).form.clone();
            let term = |form: &str| Term::from_field_text(self.fields.whole_words, form);
            return match word.fit {
                Fit::Near(most) => Box::new(FuzzyTermQuery::new(term(&form), most, true)),
                _ => {
                    let [from, to] = [term(&form), term(&format!("{form}\u{10ffff}"))];
                    Box::new(InvertedIndexRangeQuery::new(Bound::Included(from), Bound::Excluded(to)))
                }
            };
        }
        let mut any: Vec<Box<dyn Query>> = Vec::new();
        for &tongue in self.tongues {
            let Some(field) = self.fields.stems(tongue) else { continue };
            let slots = self.slots(words, tongue);
            let mut phrases: Vec<Vec<(usize, Term)>> = vec![Vec::new()];
            for (offset, alternatives) in &slots {
                phrases = alternatives
                    .iter()
                    .flat_map(|alternative| {
                        let term = Term::from_field_text(field, alternative);
                        phrases.iter().map(move |p| p.iter().cloned().chain([(*offset, term.clone())]).collect())
                    })
                    .collect();
            }
            any.extend(phrases.into_iter().filter_map(|mut phrase| -> Option<Box<dyn Query>> {
                if phrase.len() > 1 {
                    return Some(Box::new(PhraseQuery::new_with_offset(phrase)));
                }
                let (_, term) = phrase.pop()?;
                Some(Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)))
            }));
        }
        match (any.len(), any.pop()) {
            (1, Some(only)) => only,
            (_, last) => Box::new(DisjunctionMaxQuery::new(any.into_iter().chain(last).collect())),
        }
    }

    /// The terms a phrase has in a language, with their places in it.
    fn slots(&mut self, words: &Words, tongue: Tongue) -> Vec<(usize, Vec<String>)> {
        let analyzer = self.lexicon.analyzer(tongue);
        let mut slots = Vec::new();
        for (i, word) in words.words.iter().enumerate() {
            let is_joined = |j: usize| words.words.get(j).is_some_and(|w| w.joined);
            if !word.gram {
                slots.push((i, analyzer.forms(&word.text).stems().map(str::to_owned).collect()));
            } else if is_joined(i)
                && let Some(before) = i.checked_sub(1).and_then(|b| words.words.get(b))
            {
                slots.push((i, vec![format!("{}{}", before.text, word.text)]));
            } else if !is_joined(i + 1) {
                slots.push((i, vec![word.text.clone()]));
            }
        }
        slots
    }
}

fn variants(slots: &[(usize, Vec<String>)]) -> usize {
    slots.iter().fold(1, |n: usize, (_, alternatives)| n.saturating_mul(alternatives.len()))
}
