//! Who says what of each provision, concern by concern.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::super::agreement::{AgreementUnit, units};
use super::super::matrix::provision_of;
use super::super::view::Focus;
use crate::model::{
    Action, AnalystId, Annotation, AnnotationId, ConcernId, Draft, Project, ProvisionIndex, Severity, TextRange,
};

/// A remark over more provisions than this is laid out with the first of them only.
const MOST_UNITS: usize = 200;

/// How what analysts say of a concern in a provision goes together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Accord {
    /// All who looked flagged it, alike.
    Agree,
    /// Some did not flag it, or not with the same severity or recommendation.
    Differ,
    /// One analyst flagged it.
    Alone,
}

impl Accord {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Agree, Self::Differ, Self::Alone];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Differ => "differ",
            Self::Alone => "alone",
        }
    }

    /// A sign beside the word.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Agree => "=",
            Self::Differ => "\u{2260}",
            Self::Alone => "\u{25cb}",
        }
    }
}

/// What one analyst says of a concern in a provision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Who.
    pub analyst: AnalystId,
    /// The worst they say.
    pub severity: Option<Severity>,
    /// What they ask for.
    pub actions: BTreeSet<Action>,
    /// Their remarks on it.
    pub remarks: Vec<Focus>,
}

/// A concern in a provision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// Which; none for what is untagged.
    pub concern: Option<ConcernId>,
    /// How it goes together.
    pub accord: Accord,
    /// In what they differ: `severity`, `recommendation`, `flagged by some`.
    pub differs: Vec<&'static str>,
    /// Who flagged it, with what.
    pub said: Vec<Said>,
    /// Who looked and did not flag it.
    pub silent: Vec<AnalystId>,
}

impl Point {
    /// Whether somebody who looked does not say the same.
    pub fn is_open(&self) -> bool {
        self.accord == Accord::Differ || self.accord == Accord::Alone && !self.silent.is_empty()
    }
}

/// A remark of the team's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamRemark {
    /// Which.
    pub id: AnnotationId,
    /// What it was made of and has changed since.
    pub stale: Vec<Focus>,
}

/// A provision of which somebody spoke, with those below it of which the very same is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CurationRow {
    /// Which.
    pub provision: ProvisionIndex,
    /// Where, in bytes of the draft's text.
    pub range: TextRange,
    /// Who looked at it: flagged something in it, or marked it as read.
    pub looked: BTreeSet<AnalystId>,
    /// The concerns, in the order of the codebook.
    pub points: Vec<Point>,
    /// The analysts' remarks on it.
    pub remarks: Vec<Focus>,
    /// The team's.
    pub team: Vec<TeamRemark>,
}

impl CurationRow {
    /// Whether somebody who looked does not say the same.
    pub fn is_open(&self) -> bool {
        self.points.iter().any(Point::is_open)
    }
}

/// All of a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Curation {
    /// The provisions of which somebody spoke, in order.
    pub rows: Vec<CurationRow>,
    /// How many provisions there are without a filter.
    pub of: usize,
    /// Which remarks are in the team's set, and what they were made into.
    pub taken: BTreeMap<Focus, AnnotationId>,
}

impl Curation {
    /// Of a draft; `hidden` analysts are left out.
    pub fn of(project: &Project, draft: &Draft, unit: AgreementUnit, hidden: &BTreeSet<AnalystId>) -> Self {
        let unit = if unit == AgreementUnit::Character { AgreementUnit::Provision } else { unit };
        let units = units(draft, unit).unwrap_or_default();
        let team = project.team();
        let overlapping = |range: TextRange| {
            let from = units.partition_point(|(_, u)| u.end <= range.start);
            let to = units.partition_point(|(_, u)| u.start < range.end).max(from);
            if to - from > MOST_UNITS { from..from + 1 } else { from..to }
        };
        let mut by_unit: BTreeMap<usize, CurationRow> = BTreeMap::new();
        let row = |at: usize| CurationRow {
            provision: units[at].0,
            range: units[at].1,
            looked: BTreeSet::new(),
            points: Vec::new(),
            remarks: Vec::new(),
            team: Vec::new(),
        };
        let mut taken = BTreeMap::new();
        for (analyst, a) in project.annotations() {
            let focus = Focus { analyst, annotation: a.id };
            if analyst == team {
                taken.extend(a.made_of.keys().map(|&(who, id)| (Focus { analyst: who, annotation: id }, a.id)));
            }
            let is_shown = analyst == team || !hidden.contains(&analyst);
            let Some(anchor) = a.anchor_in(draft.id).filter(|_| is_shown && a.kind.is_raised()) else { continue };
            for at in overlapping(anchor.range.fitted(&draft.text)) {
                let row = by_unit.entry(at).or_insert_with(|| row(at));
                if analyst == team {
                    row.team.push(TeamRemark { id: a.id, stale: stale(project, a) });
                } else {
                    row.remarks.push(focus);
                    row.looked.insert(analyst);
                }
            }
        }
        let mut by_unit = gathered(by_unit, draft);
        for set in project.sets.values().filter(|s| s.analyst.id != team && !hidden.contains(&s.analyst.id)) {
            let marks = set.read.get(&draft.id).into_iter().flatten();
            let provisions = marks.filter_map(|(range, mark)| draft.outline.get(provision_of(draft, *range, mark)?));
            // Without overlaps, so that each provision is looked up in one.
            let read = TextRange::united(provisions.map(|p| p.range).collect());
            for row in &mut by_unit {
                let at = read.partition_point(|r| r.end <= row.range.start);
                let own = row.range.trimmed(&draft.text);
                if read.get(at).is_some_and(|r| r.start <= own.start && own.end <= r.end) {
                    row.looked.insert(set.analyst.id);
                }
            }
        }
        let order: BTreeMap<ConcernId, usize> =
            project.codebook.tree().iter().enumerate().map(|(at, (_, c))| (c.id, at)).collect();
        let mut rows = by_unit;
        for row in &mut rows {
            row.points = points(project, row);
            row.points
                .sort_by_key(|p| p.concern.map_or(usize::MAX, |c| order.get(&c).copied().unwrap_or(usize::MAX - 1)));
        }
        Self { of: rows.len(), rows, taken }
    }

    /// Only what has a concern and goes together so.
    pub fn filtered(mut self, accord: Option<Accord>, concern: Option<ConcernId>, project: &Project) -> Self {
        let meant = |p: &Point| {
            accord.is_none_or(|a| a == p.accord)
                && concern.is_none_or(|c| p.concern.is_some_and(|id| project.codebook.is_within(id, c)))
        };
        if accord.is_some() || concern.is_some() {
            self.rows.retain(|row| row.points.iter().any(meant));
        }
        self
    }

    /// How many provisions have something that goes together so.
    pub fn count(&self, accord: Accord) -> usize {
        self.rows.iter().filter(|r| r.points.iter().any(|p| p.accord == accord)).count()
    }

    /// The first provision after a row on which somebody does not say the same, round the end.
    pub fn next_open(&self, from: Option<usize>) -> Option<usize> {
        let all = self.rows.len();
        let start = from.map_or(0, |at| (at + 1).min(all));
        (start..all).chain(0..start).find(|&at| self.rows.get(at).is_some_and(CurationRow::is_open))
    }
}

/// What a remark of the team's was made of and has changed since.
pub fn stale(project: &Project, of: &Annotation) -> Vec<Focus> {
    let sources = of.made_of.iter().map(|(&(analyst, annotation), when)| (Focus { analyst, annotation }, when));
    let changed =
        sources.filter(|(f, when)| project.annotation(f.analyst, f.annotation).is_some_and(|a| a.changed > **when));
    changed.map(|(focus, _)| focus).collect()
}

/// Units next to each other on which the same remarks stand are one row: a remark on a whole paragraph is not told anew
/// for each of its points.
fn gathered(by_unit: BTreeMap<usize, CurationRow>, draft: &Draft) -> Vec<CurationRow> {
    let mut rows: Vec<(usize, CurationRow)> = Vec::with_capacity(by_unit.len());
    for (at, row) in by_unit {
        match rows.last_mut() {
            Some((last, whole)) if *last + 1 == at && whole.remarks == row.remarks && whole.team == row.team => {
                *last = at;
                whole.range.end = row.range.end;
                let covering = draft.outline.covering(whole.range.trimmed(&draft.text));
                whole.provision = covering.unwrap_or(whole.provision);
            }
            _ => rows.push((at, row)),
        }
    }
    rows.into_iter().map(|(_, row)| row).collect()
}

fn points(project: &Project, row: &CurationRow) -> Vec<Point> {
    let mut by_concern: BTreeMap<Option<ConcernId>, BTreeMap<AnalystId, Said>> = BTreeMap::new();
    for focus in &row.remarks {
        let Some(a) = project.annotation(focus.analyst, focus.annotation) else { continue };
        let concerns: Vec<Option<ConcernId>> =
            if a.concerns.is_empty() { vec![None] } else { a.concerns.iter().map(|c| Some(*c)).collect() };
        for concern in concerns {
            let said = by_concern.entry(concern).or_default().entry(focus.analyst).or_insert_with(|| Said {
                analyst: focus.analyst,
                severity: None,
                actions: BTreeSet::new(),
                remarks: Vec::new(),
            });
            said.severity = said.severity.max(a.severity);
            said.actions.extend(a.recommendation.as_ref().map(|r| r.action));
            said.remarks.push(*focus);
        }
    }
    let point = |(concern, said): (Option<ConcernId>, BTreeMap<AnalystId, Said>)| {
        let silent: Vec<AnalystId> = row.looked.iter().filter(|a| !said.contains_key(a)).copied().collect();
        let said: Vec<Said> = said.into_values().collect();
        let alike = |by: &dyn Fn(&Said, &Said) -> bool| said.windows(2).all(|w| by(&w[0], &w[1]));
        let mut differs = Vec::new();
        if !silent.is_empty() {
            differs.push("flagged by some");
        }
        if !alike(&|a, b| a.severity == b.severity) {
            differs.push("severity");
        }
        if !alike(&|a, b| a.actions == b.actions) {
            differs.push("recommendation");
        }
        let accord = match (said.len(), differs.is_empty()) {
            (0 | 1, _) => Accord::Alone,
            (_, true) => Accord::Agree,
            (_, false) => Accord::Differ,
        };
        Point { concern, accord, differs, said, silent }
    };
    by_concern.into_iter().map(point).collect()
}
