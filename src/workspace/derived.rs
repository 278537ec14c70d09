//! What the screen needs at every frame and is dear to compute: remarks in order, counts, the filtered list.
//!
//! Made anew only when the project, the open draft or a filter has changed.

use std::collections::{BTreeMap, BTreeSet};

use crate::citation;
use crate::model::{
    AnalystId, Annotation, AnnotationId, AnnotationKind, Citation, ConcernId, Draft, DraftId, Placement, Project,
    ProvisionIndex, Reach, ReplyId, Severity, TextRange,
};

use super::replies::Replies;
use super::view::{Focus, ListFilter, SortBy, View};

/// An annotation as it stands in one draft.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    /// Whose and which.
    pub focus: Focus,
    /// In which draft.
    pub draft: DraftId,
    /// Its words, in bytes of the draft's text; empty where it is lost.
    pub range: TextRange,
    /// The smallest provision that holds them.
    pub provision: Option<ProvisionIndex>,
    /// On words or on a whole provision.
    pub reach: Reach,
    /// Remark or absence.
    pub kind: AnnotationKind,
    /// What it is tagged with.
    pub concerns: BTreeSet<ConcernId>,
    /// How bad.
    pub severity: Option<Severity>,
    /// Whether it has no place in this draft.
    pub lost: bool,
}

/// How many annotations a concern has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// In the open draft, of the analysts shown.
    pub here: usize,
    /// In the whole project.
    pub everywhere: usize,
}

/// The answers, valid for one revision.
#[derive(Debug, Default)]
pub struct Derived {
    key: Option<Key>,
    list_key: Option<(Key, ListFilter)>,
    /// Remarks of the open draft whose analysts are shown, by start, longer first.
    pub remarks: Vec<Remark>,
    /// By concern.
    pub counts: BTreeMap<ConcernId, Counts>,
    /// For each article, annex, recital or division of the open draft: how many remarks of each concern stand in it.
    pub badges: BTreeMap<ProvisionIndex, BTreeMap<ConcernId, usize>>,
    /// The annotation list, filtered and sorted.
    pub list: Vec<Remark>,
    /// How many there would be without the filter, in the same drafts.
    pub list_of: usize,
    /// Annotations in the open draft, of the analysts shown.
    pub here: usize,
    /// Annotations in the project.
    pub everywhere: usize,
    /// Annotations that have no place in some draft, or wait to be reviewed.
    pub to_review: usize,
    /// Replies to remarks, of the analysts shown.
    pub replies: Replies,
    /// How often the remarks were made anew, so that further caches know.
    pub generation: u64,
}

#[derive(Clone, Debug, PartialEq)]
struct Key {
    revision: u64,
    draft: Option<DraftId>,
    hidden: BTreeSet<AnalystId>,
}

impl Derived {
    /// Brings everything up to date; does nothing where nothing has changed.
    pub(super) fn refresh(&mut self, revision: u64, project: &Project, view: &View) {
        let key = Key { revision, draft: view.current, hidden: view.hidden.clone() };
        if self.key.as_ref() != Some(&key) {
            self.recount(project, view);
            self.key = Some(key.clone());
            self.generation += 1;
        }
        let list_key = (key, view.filter.clone());
        if self.list_key.as_ref() != Some(&list_key) {
            (self.list, self.list_of) = self.filtered(project, view);
            self.list_key = Some(list_key);
        }
    }

    /// Nothing, but never mistaken for what was there before.
    pub(super) fn cleared(&self) -> Self {
        Self { generation: self.generation + 1, ..Self::default() }
    }

    fn recount(&mut self, project: &Project, view: &View) {
        self.replies = Replies::of(project, &view.hidden);
        self.counts.clear();
        self.badges.clear();
        self.to_review = 0;
        self.everywhere = 0;
        for (_, a) in project.annotations() {
            self.everywhere += 1;
            for &c in &a.concerns {
                self.counts.entry(c).or_default().everywhere += 1;
            }
            let waits = |d: &DraftId| !a.is_reviewed_in(*d);
            self.to_review += usize::from(a.placements.keys().any(waits));
        }
        self.remarks =
            view.current.and_then(|d| project.draft(d)).map_or_else(Vec::new, |d| remarks_in(project, view, d));
        let Some(draft) = view.current.and_then(|d| project.draft(d)) else { return };
        for r in &self.remarks {
            for &c in &r.concerns {
                self.counts.entry(c).or_default().here += 1;
            }
            let Some(at) = r.provision.filter(|_| !r.lost) else { continue };
            for i in draft.outline.ancestors(at) {
                if !draft.outline.get(i).is_some_and(|p| p.kind.is_headed() || !p.number.is_empty()) {
                    continue;
                }
                let badge = self.badges.entry(i).or_default();
                for &c in &r.concerns {
                    *badge.entry(c).or_default() += 1;
                }
            }
        }
        self.here = self.remarks.len();
    }

    fn filtered(&self, project: &Project, view: &View) -> (Vec<Remark>, usize) {
        let filter = &view.filter;
        let words = filter.text.trim().to_lowercase();
        let keeps = |r: &Remark| -> bool {
            let Some(a) = project.annotation(r.focus.analyst, r.focus.annotation) else { return false };
            filter.analyst.is_none_or(|x| x == r.focus.analyst)
                && filter.kind.is_none_or(|k| k == a.kind)
                && (!filter.raised || a.kind.is_raised())
                && filter.status.is_none_or(|s| s == a.status)
                && filter.severity.is_none_or(|s| a.severity.is_some_and(|b| b >= s))
                && !(filter.no_concern && a.concerns.iter().any(|&c| project.codebook.get(c).is_some()))
                && filter.concern.is_none_or(|c| a.concerns.iter().any(|&x| project.codebook.is_within(x, c)))
                && (words.is_empty() || mentions(project, a, r.draft, &words) || self.answered(project, r, &words))
        };
        let all: Vec<Remark> = if let Some(draft) = filter.draft.and_then(|d| project.draft(d)) {
            remarks_in(project, view, draft)
        } else if filter.all_drafts {
            let here = project.drafts.iter().flat_map(|d| remarks_in(project, view, d));
            here.chain(elsewhere(project, view)).collect()
        } else {
            self.remarks.clone()
        };
        let of = all.len();
        let mut list: Vec<Remark> = all.into_iter().filter(keeps).collect();
        match filter.sort {
            SortBy::Place => {}
            SortBy::Date => {
                let changed = |r: &Remark| project.annotation(r.focus.analyst, r.focus.annotation).map(|a| a.changed);
                list.sort_by_key(|r| std::cmp::Reverse(changed(r)));
            }
            SortBy::Severity => list.sort_by_key(|r| std::cmp::Reverse(r.severity)),
        }
        (list, of)
    }

    /// Whether a reply to a remark has these words.
    fn answered(&self, project: &Project, r: &Remark, words: &str) -> bool {
        let text = |(who, id): &(AnalystId, ReplyId)| project.sets.get(who)?.replies.get(id).map(|r| &r.text);
        self.replies.to(r.focus).iter().filter_map(text).any(|t| t.to_lowercase().contains(words))
    }

    /// The remarks that stand at a byte offset of the open draft.
    pub fn at(&self, offset: usize) -> impl Iterator<Item = &Remark> {
        self.remarks.iter().take_while(move |r| r.range.start <= offset).filter(move |r| r.range.contains(offset))
    }
}

/// An analyst's annotations of a draft as they stand in it, by start, longer first.
pub(super) fn remarks_in(project: &Project, view: &View, draft: &Draft) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for (analyst, a) in project.annotations() {
        if view.hidden.contains(&analyst) {
            continue;
        }
        if let Some(placement) = a.placements.get(&draft.id) {
            remarks.push(remark(analyst, a.id, a, placement, draft));
        }
    }
    remarks.sort_by_key(|r| (r.lost, r.range.start, std::cmp::Reverse(r.range.end), r.focus));
    remarks
}

fn remark(analyst: AnalystId, id: AnnotationId, a: &Annotation, placement: &Placement, draft: &Draft) -> Remark {
    let anchor = placement.anchor();
    let range = anchor.map_or_else(TextRange::default, |p| p.range.fitted(&draft.text));
    let lost = anchor.is_none() || range.is_empty();
    Remark {
        focus: Focus { analyst, annotation: id },
        draft: draft.id,
        range,
        provision: if lost { None } else { draft.outline.covering(range) },
        reach: anchor.map_or(Reach::Words, |p| p.reach),
        kind: a.kind,
        concerns: a.concerns.clone(),
        severity: a.severity,
        lost,
    }
}

/// Remarks on drafts that are not in the project: they have no page, but nobody's words are hidden.
fn elsewhere(project: &Project, view: &View) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for (analyst, a) in project.annotations().filter(|(analyst, _)| !view.hidden.contains(analyst)) {
        for &draft in a.placements.keys().filter(|&&d| project.draft(d).is_none()) {
            remarks.push(Remark {
                focus: Focus { analyst, annotation: a.id },
                draft,
                range: TextRange::default(),
                provision: None,
                reach: Reach::Words,
                kind: a.kind,
                concerns: a.concerns.clone(),
                severity: a.severity,
                lost: true,
            });
        }
    }
    remarks
}

fn mentions(project: &Project, a: &Annotation, draft: DraftId, words: &str) -> bool {
    let has = |s: &str| s.to_lowercase().contains(words);
    // As it is shown, and as most people would type it.
    let cited = |c: &Citation| has(&citation::print(c, project.details.citation_style)) || has(&c.long());
    has(&a.note)
        || a.placements.get(&draft).is_some_and(|p| has(&p.quote().exact) || cited(p.citation()))
        || a.recommendation.as_ref().is_some_and(|r| has(&r.proposed) || has(&r.supports) || has(&r.summary()))
        || a.concerns.iter().filter_map(|&c| project.codebook.get(c)).any(|c| has(&c.name) || has(&c.tag))
}
