//! What was found, with what a person said of it: the queue of a review.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Anchor, Outcome, Placement, Project};

use super::find::{Finding, Findings};
use super::{CarriedAs, percent};

/// How far a remark has come in the draft it is carried to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CarryState {
    /// It has not been carried yet.
    NotCarried,
    /// It was carried, and nobody has looked.
    Waiting,
    /// A person put or confirmed its place.
    Placed,
    /// A person looked and keeps it without a place.
    KeptLost,
}

impl CarryState {
    /// The words for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotCarried => "not carried yet",
            Self::Waiting => "to look at",
            Self::Placed => "accepted",
            Self::KeptLost => "kept as lost",
        }
    }
}

/// One remark of the queue.
#[derive(Clone, Debug, PartialEq)]
pub struct CarryItem {
    /// What was found.
    pub finding: Arc<Finding>,
    /// How far it has come.
    pub state: CarryState,
    /// Its place in the new draft, if it has one.
    pub place: Option<Anchor>,
    /// What became of the concern, if said.
    pub outcome: Option<Outcome>,
}

/// How many there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CarrySums {
    /// All of them.
    pub all: usize,
    /// Those a person has looked at.
    pub looked_at: usize,
    /// Those that were not carried yet.
    pub not_carried: usize,
    /// Of each verdict, how many and how many of these wait.
    pub by_verdict: BTreeMap<CarriedAs, (usize, usize)>,
}

impl CarryItem {
    /// Whether a person has looked at it.
    pub fn is_reviewed(&self) -> bool {
        matches!(self.state, CarryState::Placed | CarryState::KeptLost) || self.outcome.is_some()
    }

    /// How far it has come and what was said of it, in words: `accepted, partly met`.
    pub fn state_words(&self) -> String {
        let state = match self.state {
            // That it is deleted is said already.
            CarryState::KeptLost if self.finding.verdict == CarriedAs::Deleted => CarryState::Placed.word(),
            state => state.word(),
        };
        match self.outcome {
            Some(outcome) => format!("{state}, {}", outcome.word()),
            None => state.to_owned(),
        }
    }

    /// The lower, the more it needs a person: the kind of doubt, then how alike it is, in percent.
    fn doubtful(&self) -> (u8, u8) {
        let finding = &self.finding;
        let alike = percent(finding.carried.similarity);
        let rank = match finding.verdict {
            CarriedAs::Lost => 0,
            CarriedAs::Deleted => 1,
            _ if finding.doubts.iter().any(|d| d.starts_with("carried straight")) => 2,
            CarriedAs::Split | CarriedAs::Merged => 3,
            CarriedAs::Edited if finding.carried.moved => 4,
            CarriedAs::Edited => 5,
            CarriedAs::Moved => 6,
            CarriedAs::Renumbered => 7,
            CarriedAs::Unchanged => 8,
        };
        (rank, alike)
    }
}

/// The queue: the most doubtful first, then as the old draft reads.
pub fn items(findings: &Findings, project: &Project) -> (Vec<CarryItem>, CarrySums) {
    let to = findings.way.to;
    let mut list: Vec<CarryItem> = findings
        .list
        .iter()
        .filter_map(|finding| {
            let focus = finding.source.focus;
            let annotation = project.annotation(focus.analyst, focus.annotation)?;
            let placement = annotation.placements.get(&to);
            let state = match placement {
                None => CarryState::NotCarried,
                Some(Placement::Carried { .. } | Placement::Lost { reviewed: false, .. }) => CarryState::Waiting,
                Some(Placement::Made(_)) => CarryState::Placed,
                Some(Placement::Lost { reviewed: true, .. }) => CarryState::KeptLost,
            };
            let place = placement.and_then(Placement::anchor).cloned();
            Some(CarryItem {
                finding: Arc::clone(finding),
                state,
                place,
                outcome: annotation.outcomes.get(&to).copied(),
            })
        })
        .collect();
    list.sort_by_cached_key(|i| (i.doubtful(), i.finding.source.anchor.range, i.finding.source.focus));
    let mut sums = CarrySums { all: list.len(), ..CarrySums::default() };
    for item in &list {
        let reviewed = item.is_reviewed();
        sums.looked_at += usize::from(reviewed);
        sums.not_carried += usize::from(item.state == CarryState::NotCarried && !reviewed);
        let of = sums.by_verdict.entry(item.finding.verdict).or_default();
        of.0 += 1;
        of.1 += usize::from(!reviewed);
    }
    (list, sums)
}
