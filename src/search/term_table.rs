//! How often each word, phrase or alternative of a query stands in each draft.

use std::collections::{BTreeMap, BTreeSet};

use super::index::Index;
use super::language::{Fit, Node, Query};
use super::results::{Hit, Options, Results};
use super::{SearchError, Watch};
use crate::model::{Draft, DraftId, Project, ProvisionIndex};

/// Terms of a query that get a row.
const MOST: usize = 60;

/// How often something stands in a draft.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TermCount {
    /// Its places.
    pub marks: usize,
    /// The provisions with any.
    pub provisions: usize,
}

/// One term through the drafts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TermRow {
    /// As it is asked for; empty for the query as a whole.
    pub term: String,
    /// In the order of [`TermTable::drafts`].
    pub counts: Vec<TermCount>,
}

/// Terms by drafts. Only provisions that meet the whole query are counted, and no notes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TermTable {
    /// The columns, in the order of the project.
    pub drafts: Vec<DraftId>,
    /// The terms in the order of the query; where there are several, the query as a whole after them.
    pub rows: Vec<TermRow>,
    /// For each column the one it is compared with: the last before it in the same language, if there is one.
    pub before: Vec<Option<usize>>,
    /// The query has more terms than rows.
    pub truncated: bool,
}

impl TermTable {
    /// By how many more marks a draft has in a row than the one it is compared with; nothing where there is none.
    pub fn change(&self, row: &TermRow, draft: usize) -> Option<i64> {
        let before = row.counts.get((*self.before.get(draft)?)?)?;
        Some(row.counts.get(draft)?.marks as i64 - before.marks as i64)
    }
}

impl Query {
    /// The words, phrases and patterns it asks for, each as a query of its own, in order; one that stands there twice is
    /// given once.
    pub fn terms(&self) -> Vec<(String, Self)> {
        let mut terms: Vec<(String, Self)> = Vec::new();
        self.root.each_asserted(&mut |part| {
            if let Some(name) = named(part)
                && terms.iter().all(|(known, _)| *known != name)
            {
                terms.push((name, Self { root: part.clone() }));
            }
        });
        terms
    }
}

fn named(part: &Node) -> Option<String> {
    let (name, heading) = match part {
        Node::Words(words) => {
            let mut name = String::new();
            for word in &words.words {
                if !(name.is_empty() || word.joined) {
                    name.push(' ');
                }
                name.push_str(&word.text);
                match word.fit {
                    Fit::Stem => {}
                    Fit::Prefix => name.push('*'),
                    Fit::Near(letters) => name.push_str(&format!("~{letters}")),
                }
            }
            if words.slop > 0 {
                name.push_str(&format!(" ~{}", words.slop));
            }
            (name, words.heading)
        }
        Node::Pattern(pattern) => (pattern.written.clone(), pattern.heading),
        _ => return None,
    };
    Some(if heading { format!("{name} (in headings)") } else { name })
}

impl Index {
    /// Counts the terms of a query, whose hits are `whole`, in the drafts the options name.
    ///
    /// # Errors
    /// As [`Self::run_while`].
    pub fn term_table(
        &self,
        project: &Project,
        query: &Query,
        options: &Options,
        whole: &Results,
        watch: &dyn Watch,
    ) -> Result<TermTable, SearchError> {
        let wanted = |id: &DraftId| options.drafts.as_ref().is_none_or(|d| d.contains(id));
        let shown: Vec<&Draft> = project.drafts.iter().map(|d| &**d).filter(|d| wanted(&d.id)).collect();
        let drafts: Vec<DraftId> = shown.iter().map(|d| d.id).collect();
        let before = |at: usize| (0..at).rev().find(|&b| shown[b].shares_language(shown[at]));
        let columns: BTreeMap<DraftId, usize> = drafts.iter().enumerate().map(|(i, &d)| (d, i)).collect();
        let count = |hits: &[Hit], within: Option<&BTreeSet<Key>>| {
            let mut counts = vec![TermCount::default(); drafts.len()];
            for hit in hits.iter().filter(|h| h.is_of_draft() && !h.marks.is_empty()) {
                let column = columns.get(&hit.draft).filter(|_| within.is_none_or(|w| w.contains(&key(hit))));
                if let Some(cell) = column.and_then(|&c| counts.get_mut(c)) {
                    cell.marks += hit.marks.len();
                    cell.provisions += 1;
                }
            }
            counts
        };
        let within: BTreeSet<Key> = whole.hits.iter().filter(|h| h.is_of_draft()).map(key).collect();
        let mut terms = query.terms();
        let before = (0..shown.len()).map(before).collect();
        let mut table = TermTable { before, truncated: terms.len() > MOST, ..TermTable::default() };
        terms.truncate(MOST);
        for (term, asked) in &terms {
            let options = Options {
                drafts: options.drafts.clone(),
                changes: options.changes.clone(),
                limit: usize::MAX,
                notes: false,
                bare: true,
                ..Options::default()
            };
            let found = self.run_while(project, asked, &options, watch)?;
            table.rows.push(TermRow { term: term.clone(), counts: count(&found.hits, Some(&within)) });
        }
        if table.rows.len() > 1 {
            table.rows.push(TermRow { term: String::new(), counts: count(&whole.hits, None) });
        }
        table.drafts = drafts;
        Ok(table)
    }
}

/// What tells the provisions of hits apart; words outside the provisions by where they stand.
type Key = (DraftId, Option<ProvisionIndex>, usize);

fn key(hit: &Hit) -> Key {
    (hit.draft, hit.provision, if hit.provision.is_some() { 0 } else { hit.range.start })
}
