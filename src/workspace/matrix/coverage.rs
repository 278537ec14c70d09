//! What of a draft has been looked at: where remarks stand that a person has made or confirmed, and what was marked as
//! read.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{AnalystId, Draft, ProvisionIndex, ReadMark, TextRange};

use super::super::outcomes::Seen;
use super::axes;
use super::grid::Head;
use super::{Focus, Scope};

/// How far an article has been looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Looked {
    /// Nobody has.
    #[default]
    No,
    /// Nothing but remarks carried from another draft stand there, which nobody has looked at here.
    Waits,
    /// Some of its clauses carry remarks.
    Partly,
    /// It was marked as read, or all of its clauses carry remarks.
    Whole,
}

impl Looked {
    /// All of them, least first.
    pub const ALL: [Self; 4] = [Self::No, Self::Waits, Self::Partly, Self::Whole];

    /// The words for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::No => "not looked at",
            Self::Waits => "carried, waits",
            Self::Partly => "partly",
            Self::Whole => "looked at",
        }
    }
}

/// An article with what was looked at of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverageRow {
    /// Which.
    pub provision: ProvisionIndex,
    /// Its number and name.
    pub head: Head,
    /// Its chapter, by its position among the chapters.
    pub chapter: Option<usize>,
    /// Its clauses: the provisions in it that hold no others.
    pub clauses: usize,
    /// How many of them were looked at.
    pub looked: usize,
    /// Annotations in it.
    pub remarks: usize,
    /// How many of those were carried and wait for a person.
    pub waiting: usize,
    /// Who marked all of it as read.
    pub read_by: BTreeSet<AnalystId>,
}

impl CoverageRow {
    /// How far it has been looked at.
    pub fn state(&self) -> Looked {
        match (self.looked, self.clauses) {
            (0, _) if self.waiting > 0 => Looked::Waits,
            (0, _) => Looked::No,
            (looked, all) if looked >= all => Looked::Whole,
            _ => Looked::Partly,
        }
    }
}

/// A chapter with how much of it was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverageChapter {
    /// Its number and name.
    pub head: Head,
    /// Its articles.
    pub articles: usize,
    /// Those that were looked at as a whole.
    pub whole: usize,
    /// Those of which some was looked at.
    pub partly: usize,
}

/// All of a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// The articles, in order.
    pub rows: Vec<CoverageRow>,
    /// The chapters they stand in, in order.
    pub chapters: Vec<CoverageChapter>,
}

impl Coverage {
    /// How many articles are in a state.
    pub fn count(&self, state: Looked) -> usize {
        self.rows.iter().filter(|r| r.state() == state).count()
    }

    /// The first article after a row that nobody has looked at, or before it where `by` is negative; round the end.
    pub fn next(&self, from: Option<usize>, by: i32) -> Option<usize> {
        let all = self.rows.len();
        let open = |at: &usize| self.rows.get(*at).is_some_and(|r| matches!(r.state(), Looked::No | Looked::Waits));
        let start = from.map_or(0, |at| if by < 0 { at } else { at + 1 });
        let forward = (start..all).chain(0..start.min(all));
        if by < 0 {
            (0..start.min(all)).rev().chain((start..all).rev()).find(open)
        } else {
            forward.into_iter().find(open)
        }
    }

    pub(super) fn of(scope: &Scope<'_>) -> Self {
        let Some(draft) = scope.draft else { return Self::default() };
        let outline = &draft.outline;
        let units = axes::units(outline);
        let chapters = axes::chapters(outline);
        let mut seen: Vec<TextRange> = Vec::new();
        let mut remarks: BTreeMap<ProvisionIndex, (usize, usize)> = BTreeMap::new();
        for (_, a) in scope.annotations() {
            let Some(anchor) = a.anchor_in(draft.id) else { continue };
            let reviewed = a.is_reviewed_in(draft.id);
            if reviewed {
                seen.push(anchor.range);
            }
            let at = outline.covering(anchor.range);
            if let Some(unit) = at.and_then(|p| units.get(p.0 as usize).copied().flatten()) {
                let (all, waiting) = remarks.entry(unit).or_default();
                *all += 1;
                *waiting += usize::from(!reviewed);
            }
        }
        let mut read: BTreeMap<ProvisionIndex, BTreeSet<AnalystId>> = BTreeMap::new();
        for set in scope.project.sets.values().filter(|s| scope.counts(s.analyst.id)) {
            for (range, mark) in set.read.get(&draft.id).into_iter().flatten() {
                if let Some(provision) = provision_of(draft, *range, mark) {
                    read.entry(provision).or_default().insert(set.analyst.id);
                    seen.extend(outline.get(provision).map(|p| p.range));
                }
            }
        }
        let seen = Seen::of(&seen);
        let mut coverage = Self::default();
        let mut chapter_at: BTreeMap<ProvisionIndex, usize> = BTreeMap::new();
        for provision in outline.indices().filter(|i| axes::is_expected(outline, *i)) {
            if units.get(provision.0 as usize) != Some(&Some(provision)) {
                continue;
            }
            let Some(p) = outline.get(provision) else { continue };
            let chapter = chapters.get(provision.0 as usize).copied().flatten().map(|chapter| {
                *chapter_at.entry(chapter).or_insert_with(|| {
                    let head = axes::head_of(scope, outline, chapter);
                    coverage.chapters.push(CoverageChapter { head, articles: 0, whole: 0, partly: 0 });
                    coverage.chapters.len() - 1
                })
            });
            let subtree = provision.0 as usize..(p.subtree_end as usize).max(provision.0 as usize + 1);
            let leaves = subtree.filter_map(|i| outline.provisions.get(i).filter(|q| q.subtree_end as usize == i + 1));
            let (mut clauses, mut looked) = (0, 0);
            for leaf in leaves {
                clauses += 1;
                looked += usize::from(seen.touches(leaf.range));
            }
            let (remarks, waiting) = remarks.get(&provision).copied().unwrap_or_default();
            let read_by = read.get(&provision).cloned().unwrap_or_default();
            let head = axes::head_of(scope, outline, provision);
            let row = CoverageRow { provision, head, chapter, clauses, looked, remarks, waiting, read_by };
            if let Some(chapter) = chapter.and_then(|at| coverage.chapters.get_mut(at)) {
                chapter.articles += 1;
                chapter.whole += usize::from(row.state() == Looked::Whole);
                chapter.partly += usize::from(row.state() == Looked::Partly);
            }
            coverage.rows.push(row);
        }
        coverage
    }
}

/// The provision a mark is about: the one with its range, else the only one with its address.
pub(in super::super) fn provision_of(draft: &Draft, range: TextRange, mark: &ReadMark) -> Option<ProvisionIndex> {
    let outline = &draft.outline;
    let exact = outline.covering(range).filter(|&p| outline.get(p).is_some_and(|p| p.range == range));
    exact.or_else(|| match outline.find(&mark.citation).as_slice() {
        [one] => Some(*one),
        _ => None,
    })
}

/// The annotations in an article.
pub(super) fn members(scope: &Scope<'_>, provision: ProvisionIndex) -> Vec<Focus> {
    let Some(draft) = scope.draft else { return Vec::new() };
    let units = axes::units(&draft.outline);
    let stands = scope.annotations().filter(|(_, a)| {
        let at = a.anchor_in(draft.id).and_then(|anchor| draft.outline.covering(anchor.range));
        at.and_then(|p| units.get(p.0 as usize).copied().flatten()) == Some(provision)
    });
    stands.map(|(focus, _)| focus).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::matrix::HeadKey;

    #[test]
    fn the_next_article_is_found_round_the_end() {
        let row = |n: u32, looked| CoverageRow {
            provision: ProvisionIndex(n),
            head: Head::new(HeadKey::Provision(ProvisionIndex(n)), "", ""),
            chapter: None,
            clauses: 2,
            looked,
            remarks: 0,
            waiting: 0,
            read_by: BTreeSet::new(),
        };
        let coverage = Coverage { rows: vec![row(0, 0), row(1, 2), row(2, 0), row(3, 1)], chapters: Vec::new() };
        let check = |from, by, expected| assert_eq!(coverage.next(from, by), expected, "{from:?} by {by}");
        check(None, 1, Some(0));
        check(Some(0), 1, Some(2));
        check(Some(2), 1, Some(0));
        check(Some(2), -1, Some(0));
        check(Some(0), -1, Some(2));
        assert_eq!(Coverage::default().next(None, 1), None);
        assert_eq!(coverage.rows[3].state(), Looked::Partly);
    }
}
