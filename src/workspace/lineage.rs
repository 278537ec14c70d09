//! The history of a clause: what became of a provision from draft to draft, through all of the project.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Draft, DraftId, Outline, ProvisionIndex};
use crate::reconcile::Change;

use super::comparisons::Pair;
use super::{Outcome, Progress, Workspace};

/// A provision followed through the drafts of the project.
#[derive(Clone, Debug)]
pub struct Lineage {
    /// The draft it was followed from.
    pub draft: DraftId,
    /// Which provision of that draft.
    pub provision: ProvisionIndex,
    /// Every draft of the project, in order.
    pub steps: Vec<LineageStep>,
    basis: Basis,
}

/// The provision in one draft.
#[derive(Clone, Debug)]
pub struct LineageStep {
    /// Which draft.
    pub draft: DraftId,
    /// The provision there; none where it is not in that draft.
    pub provision: Option<ProvisionIndex>,
    /// What became of it since that draft, `moved, edited`; empty where there is nothing to compare it with.
    pub words: String,
    /// The draft it is set against: the one before, or the last in which it stood.
    pub since: Option<DraftId>,
    /// How like the one of that draft it is, from 0 to 1.
    pub similarity: Option<f32>,
    /// The comparison with that draft, where the provision stands in one of the two.
    pub pair: Option<Arc<Pair>>,
    /// The rows of that comparison that show the provision.
    pub rows: Vec<usize>,
}

/// The drafts it was followed through: as long as they are the same, so is what was found.
#[derive(Clone, Debug)]
struct Basis(Vec<Arc<Draft>>);

impl Basis {
    fn holds(&self, drafts: &[Arc<Draft>]) -> bool {
        let same = |(a, b): (&Arc<Draft>, &Arc<Draft>)| {
            a.id == b.id && Arc::ptr_eq(&a.text, &b.text) && Arc::ptr_eq(&a.outline, &b.outline)
        };
        self.0.len() == drafts.len() && self.0.iter().zip(drafts).all(same)
    }
}

/// What a person asked to follow, and how far that is.
#[derive(Debug, Default)]
pub(super) struct Followed {
    asked: Option<(DraftId, ProvisionIndex, Basis)>,
    /// The number of the latest question: an answer to an earlier one is late.
    number: u64,
    found: Option<Arc<Lineage>>,
    stopped: bool,
}

impl Lineage {
    /// Follows a provision to both ends of the project; `None` where `go_on` said no.
    fn of(
        (draft, provision): (DraftId, ProvisionIndex),
        drafts: Vec<Arc<Draft>>,
        known: &BTreeMap<(DraftId, DraftId), Arc<Pair>>,
        progress: &Progress,
    ) -> Option<Self> {
        let go_on = || !progress.is_cancelled();
        let from = drafts.iter().position(|d| d.id == draft)?;
        let total = drafts.len().saturating_sub(1) as u64;
        let mut done = 0;
        let mut beside = |old: &Arc<Draft>, new: &Arc<Draft>| -> Option<Arc<Pair>> {
            done += 1;
            progress.set(done, total + 1);
            match known.get(&(old.id, new.id)) {
                Some(pair) => Some(Arc::clone(pair)),
                None => Pair::of(old, new, &go_on).map(Arc::new),
            }
        };
        let empty = |d: &Arc<Draft>| LineageStep {
            draft: d.id,
            provision: None,
            words: String::new(),
            since: None,
            similarity: None,
            pair: None,
            rows: Vec::new(),
        };
        let mut steps: Vec<LineageStep> = drafts.iter().map(empty).collect();
        steps.get_mut(from)?.provision = Some(provision);
        // A clause that is not in a draft may be in the one beyond it: what it is set against is the last it stood in.
        let mut last = (from, provision);
        for at in (0..from).rev() {
            let (later, q) = last;
            let pair = beside(&drafts[at], &drafts[later])?;
            let row = pair.concordance.of_new(q, &drafts[later].outline).filter(|r| r.new.contains(&q));
            let found = row.and_then(|r| r.old);
            steps[at].provision = found;
            if found.is_some() || at + 1 == later {
                steps[later].join(found, [&drafts[at], &drafts[later]], pair);
            }
            last = found.map_or(last, |p| (at, p));
        }
        last = (from, provision);
        for at in from + 1..drafts.len() {
            let (earlier, p) = last;
            let pair = beside(&drafts[earlier], &drafts[at])?;
            let row = pair.concordance.of_old(p, &drafts[earlier].outline).filter(|r| r.old == Some(p));
            let found = row.and_then(|r| r.new.first().copied());
            steps[at].provision = found;
            if found.is_some() || earlier + 1 == at {
                steps[at].join(Some(p), [&drafts[earlier], &drafts[at]], pair);
            }
            last = found.map_or(last, |q| (at, q));
        }
        go_on().then_some(Self { draft, provision, steps, basis: Basis(drafts) })
    }
}

impl LineageStep {
    /// Says what became of the provision of an earlier draft.
    fn join(&mut self, before: Option<ProvisionIndex>, drafts: [&Arc<Draft>; 2], pair: Arc<Pair>) {
        let [old, new]: [&Outline; 2] = drafts.map(|d| &*d.outline);
        self.since = Some(drafts[0].id);
        let row = match (before, self.provision) {
            (Some(p), _) => pair.concordance.of_old(p, old),
            (None, Some(q)) => pair.concordance.of_new(q, new),
            (None, None) => None,
        };
        if let Some(row) = row {
            self.words = row.words();
            self.similarity = (row.old.is_some() && !row.new.is_empty()).then_some(row.similarity);
        }
        let within = |outline: &Outline, top: Option<ProvisionIndex>, p: Option<ProvisionIndex>| match (top, p) {
            (Some(top), Some(p)) => p >= top && outline.get(top).is_some_and(|t| p.0 < t.subtree_end),
            _ => false,
        };
        let shows = |row: &crate::reconcile::ComparedRow| match row.change {
            Change::Deleted | Change::MovedAway => {
                // What only moved within the provision is shown where it stands now.
                within(old, before, row.old_provision)
                    && !(row.change == Change::MovedAway && within(new, self.provision, row.new_provision))
            }
            _ => within(new, self.provision, row.new_provision),
        };
        let rows = pair.comparison.rows.iter().enumerate().filter(|(_, row)| shows(row)).map(|(at, _)| at);
        self.rows = rows.collect();
        self.pair = Some(pair);
    }
}

impl Workspace {
    /// The history of the clause that was asked for, once it is found and as long as the drafts are what they were.
    pub fn lineage(&self) -> Option<&Arc<Lineage>> {
        let (draft, provision) = self.view.compare.clause?;
        let drafts = &self.project()?.drafts;
        let same = |l: &&Arc<Lineage>| l.draft == draft && l.provision == provision && l.basis.holds(drafts);
        self.followed.found.as_ref().filter(same)
    }

    /// Whether following the clause was stopped before it was done.
    pub fn lineage_stopped(&self) -> bool {
        self.followed.stopped
    }

    /// Starts to follow the clause that was asked for, unless that is done or under way. Where it was stopped, only
    /// `again` starts it.
    pub(super) fn follow_clause(&mut self, again: bool) {
        let Some((draft, provision)) = self.view.compare.clause else { return };
        if self.lineage().is_some() || (self.followed.stopped && !again) {
            return;
        }
        let Some(drafts) = self.project().map(|p| p.drafts.clone()) else { return };
        let asked =
            |(d, p, basis): &(DraftId, ProvisionIndex, Basis)| (*d, *p) == (draft, provision) && basis.holds(&drafts);
        if !again && self.followed.asked.as_ref().is_some_and(asked) {
            return;
        }
        self.followed.number += 1;
        self.followed.stopped = false;
        self.followed.asked = Some((draft, provision, Basis(drafts.clone())));
        let later = |at: usize| drafts.iter().skip(at + 1);
        let pairs = drafts.iter().enumerate().flat_map(|(at, old)| later(at).map(|new| (old.id, new.id)));
        let known = pairs.filter_map(|key| Some((key, self.pair(key.0, key.1)?))).collect();
        let number = self.followed.number;
        self.tasks.start("Following a clause", true, move |progress| {
            Outcome::Followed(number, Lineage::of((draft, provision), drafts, &known, progress).map(Box::new))
        });
    }

    /// Takes the history of a clause, unless another has been asked for since.
    pub(super) fn take_followed(&mut self, number: u64, found: Option<Lineage>) {
        if number == self.followed.number {
            self.followed.stopped = found.is_none();
            self.followed.found = found.map(Arc::new);
        }
    }
}
