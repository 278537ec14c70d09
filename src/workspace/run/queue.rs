//! What is looked at while carried annotations are reviewed: which drafts, which annotation, what is next.

use std::collections::BTreeSet;

use crate::model::{DraftId, Placement, Project};

use super::super::Workspace;
use super::super::carrying::{CarryItem, CarrySums, Findings, Way};
use super::super::view::{Focus, Place, ReviewFilter, ReviewLook, Selection};

/// Annotations of an earlier draft that are not in a draft yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CarryOffer {
    /// From which draft to which.
    pub way: Way,
    /// How many.
    pub count: usize,
}

/// What follows from the project for the reviews of all ways.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Guess {
    /// The way most likely to be reviewed.
    pub way: Option<Way>,
    /// What is to be carried to the open draft.
    pub offer: Option<CarryOffer>,
}

impl Guess {
    /// Of a project, with the draft that is open.
    pub fn of(project: &Project, open: Option<DraftId>) -> Self {
        Self { way: likely(project), offer: open.and_then(|to| offer(project, to)) }
    }
}

/// The latest draft that something waits in; else the latest with an earlier one that has annotations; else the last two.
fn likely(project: &Project) -> Option<Way> {
    let there = |d: DraftId| project.draft(d).is_some();
    for draft in project.drafts.iter().rev() {
        let waits = project.annotations().filter(|(_, a)| !a.is_reviewed_in(draft.id));
        let from = waits.filter_map(|(_, a)| match a.placements.get(&draft.id)? {
            Placement::Carried { from, .. } | Placement::Lost { from: Some(from), .. } => Some(*from),
            _ => None,
        });
        if let Some(from) = from.into_iter().find(|&from| there(from) && from != draft.id) {
            return Some(Way { from, to: draft.id });
        }
    }
    let stands = |d: DraftId| project.annotations().any(|(_, a)| a.anchor_in(d).is_some());
    let (to, earlier) = project.drafts.split_last()?;
    let from = earlier.iter().rev().find(|d| stands(d.id)).or_else(|| earlier.last())?;
    Some(Way { from: from.id, to: to.id })
}

/// The nearest earlier draft in the same language with annotations that have no place in this one, lost or not.
fn offer(project: &Project, to: DraftId) -> Option<CarryOffer> {
    let at = project.draft_position(to)?;
    let language = |d: DraftId| project.draft(d).map_or("", |d| d.details.language.as_str());
    let same = |d: DraftId| {
        let (a, b) = (language(d), language(to));
        a.is_empty() || b.is_empty() || a.eq_ignore_ascii_case(b)
    };
    let earlier = project.drafts.get(..at)?;
    for (n, from) in earlier.iter().enumerate().rev().filter(|(_, d)| same(d.id)) {
        let between = earlier.get(n + 1..).unwrap_or_default();
        let gone = |a: &crate::model::Annotation| {
            between.iter().any(|d| matches!(a.placements.get(&d.id), Some(Placement::Lost { reviewed: true, .. })))
        };
        let wanting = project.annotations().filter(|(_, a)| {
            a.anchor_in(from.id).is_some()
                && !a.placements.contains_key(&to)
                && !a.outcomes.contains_key(&to)
                && !gone(a)
        });
        let count = wanting.count();
        if count > 0 {
            return Some(CarryOffer { way: Way { from: from.id, to }, count });
        }
    }
    None
}

impl Workspace {
    /// From which draft to which carried annotations are reviewed; none in a project without two drafts.
    pub fn review_way(&self) -> Option<Way> {
        let there = |d: DraftId| self.project().is_some_and(|p| p.draft(d).is_some());
        let chosen = self.view.review.way.filter(|w| w.from != w.to && there(w.from) && there(w.to));
        chosen.or(self.carried.guess.way)
    }

    /// The annotations carried on a way, the most doubtful first; none while they are looked for.
    pub fn carry_items(&self, way: Way) -> Option<&[CarryItem]> {
        self.carried.items(way)
    }

    /// How many there are.
    pub fn carry_sums(&self, way: Way) -> Option<&CarrySums> {
        self.carried.sums(way)
    }

    /// What was found on a way, with the drafts laid beside each other.
    pub fn carry_findings(&self, way: Way) -> Option<&Findings> {
        self.carried.findings(way).map(|f| &**f)
    }

    /// Whether where annotations stand is being looked for.
    pub fn is_carrying(&self) -> bool {
        self.carried.begun.is_some_and(|(_, revision)| revision == self.revision)
    }

    /// The annotations of an earlier draft to be carried to the open one, unless that was declined.
    pub fn carry_offer(&self) -> Option<CarryOffer> {
        self.carried.guess.offer.filter(|o| self.can_edit() && !self.view.declined.contains(&o.way))
    }

    /// The queue as it is filtered.
    pub fn review_list(&self) -> Vec<&CarryItem> {
        let items = self.review_way().and_then(|way| self.carry_items(way)).unwrap_or_default();
        let shows = |i: &&CarryItem| match self.view.review.filter {
            ReviewFilter::All => true,
            ReviewFilter::ToLookAt => !i.is_reviewed(),
            ReviewFilter::One(verdict) => i.finding.verdict == verdict,
        };
        items.iter().filter(shows).collect()
    }

    /// The annotation that is looked at: the chosen one, else the first that waits.
    pub fn review_item(&self) -> Option<&CarryItem> {
        let list = self.review_list();
        let chosen = self.view.review.at.and_then(|at| {
            let items = self.review_way().and_then(|way| self.carry_items(way))?;
            items.iter().find(|i| i.finding.source.focus == at)
        });
        chosen.or_else(|| list.iter().find(|i| !i.is_reviewed()).copied()).or_else(|| list.first().copied())
    }

    pub(in super::super) fn look_at_review(&mut self, look: ReviewLook) {
        let other = self.view.review.way != look.way;
        self.view.review = look;
        if other {
            (self.view.review.at, self.view.review.instead, self.view.review.choosing) = (None, None, false);
        }
        if self.view.place != Place::Review {
            self.view.leave();
            self.view.place = Place::Review;
        }
    }

    pub(in super::super) fn step_review(&mut self, by: i32) {
        let list = self.review_list();
        let now = self.review_item().map(|i| i.finding.source.focus);
        let at = list.iter().position(|i| Some(i.finding.source.focus) == now);
        let last = list.len().saturating_sub(1) as i64;
        let next = at.map_or(0, |at| (at as i64 + i64::from(by)).clamp(0, last)) as usize;
        let next = list.get(next).map(|i| i.finding.source.focus);
        if next.is_some() {
            self.view.review.at = next;
            self.view.review.instead = None;
        }
    }

    /// Goes on to the next annotation that waits, behind those just looked at; stays where none does.
    pub(in super::super) fn go_on_reviewing(&mut self, way: Way, done: &BTreeSet<Focus>) {
        if self.view.review.choosing {
            self.view.review.choosing = false;
            self.view.place = Place::Review;
        }
        self.view.review.instead = None;
        if self.review_way() != Some(way) {
            return;
        }
        let now = self.review_item().map(|i| i.finding.source.focus);
        if now.is_some_and(|n| !done.contains(&n)) {
            return;
        }
        let list = self.review_list();
        let at = list.iter().position(|i| Some(i.finding.source.focus) == now).unwrap_or(0);
        let round = list.iter().cycle().skip(at).take(list.len());
        let next = round.map(|i| (i.finding.source.focus, i.is_reviewed()));
        let next =
            next.into_iter().find(|(focus, reviewed)| !reviewed && !done.contains(focus)).map(|(focus, _)| focus);
        self.view.review.at = next.or(now);
    }

    /// Goes to the new draft to choose words for the annotation that is reviewed.
    pub(in super::super) fn choose_words(&mut self) {
        let Some(way) = self.review_way() else { return };
        let Some(item) = self.review_item() else { return };
        let focus = item.finding.source.focus;
        let candidate = item.finding.candidates.first().map(|c| c.anchor.range.start);
        let at = item.place.as_ref().map(|a| a.range.start).or(candidate);
        let at = at.unwrap_or_else(|| self.view.drafts.get(&way.to).map_or(0, |v| v.reading_at));
        self.view.review.way = Some(way);
        self.view.review.at = Some(focus);
        self.go_to(way.to, at);
        self.view.focus = None;
        self.view.drafts.entry(way.to).or_default().selection = Some(Selection { anchor: at, head: at });
        self.view.review.choosing = true;
    }

    /// Looks for where annotations stand, where the review shows them and it is not known.
    pub(in super::super) fn find_carried_if_due(&mut self) {
        if self.view.place != Place::Review || self.closing {
            return;
        }
        let Some(way) = self.review_way() else { return };
        if self.carried.checked == Some((way, self.revision)) {
            return;
        }
        self.carried.checked = Some((way, self.revision));
        let Some(project) = self.project() else { return };
        let stands = project.annotations().any(|(_, a)| a.anchor_in(way.from).is_some());
        let known = self.carried.findings(way).is_some_and(|f| f.holds(project));
        let begun = self.carried.begun == Some((way, self.revision));
        if stands && !known && !begun {
            self.find_carried(way, false);
        }
    }
}
