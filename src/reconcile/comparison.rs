//! Two drafts side by side, clause by clause, as they are read.

use std::collections::BTreeMap;

use super::align::{Alignment, Side};
use super::redline::{Run, Stroke};
use crate::model::{Mark, MarkKind, Outline, ProvisionIndex, TextRange};

/// What became of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// The same words in the same order.
    Same,
    /// Other words.
    Edited,
    /// It stands only in the new draft.
    New,
    /// It stands only in the old draft.
    Deleted,
    /// It stood elsewhere in the old draft; shown where it stands now.
    MovedHere,
    /// It stands elsewhere in the new draft; shown where it stood.
    MovedAway,
}

impl Change {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Edited => "edited",
            Self::New => "new",
            Self::Deleted => "deleted",
            Self::MovedHere => "moved here",
            Self::MovedAway => "moved away",
        }
    }
}

/// A clause of the old draft beside its counterpart. Positions in bytes of the texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What became of it.
    pub change: Change,
    /// Where it stands in the old draft, with its label.
    pub old: Option<TextRange>,
    /// Where it stands in the new draft.
    pub new: Option<TextRange>,
    /// The provision of the old draft it belongs to.
    pub old_provision: Option<ProvisionIndex>,
    /// The provision of the new draft it belongs to.
    pub new_provision: Option<ProvisionIndex>,
    /// What was struck and put in, where both stand: `Kept` runs only if nothing was.
    pub runs: Vec<Run>,
    /// Whether words changed; a clause can be moved and edited.
    pub edited: bool,
    /// Whether its label changed.
    pub renumbered: bool,
    /// Square brackets that stood around words of the old draft and are gone, and those that are new.
    pub brackets: (u32, u32),
    /// Whether the new draft says that negotiators agreed on it and the old one did not.
    pub agreed: bool,
}

impl Row {
    /// Whether anything is to be seen in it.
    pub fn is_changed(&self) -> bool {
        self.change != Change::Same || self.renumbered
    }
}

/// Two drafts side by side.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// In the order of the new draft; what is deleted or moved away stands after what it stood after.
    pub rows: Vec<Row>,
}

impl Comparison {
    /// Lays out two aligned drafts; `None` where `go_on` said no.
    pub fn of(both: &Alignment, old: Side<'_>, new: Side<'_>, go_on: &dyn Fn() -> bool) -> Option<Self> {
        let main = |i: usize| both.forth.get(i).and_then(|l| l.first()).filter(|l| l.main).map(|l| l.clause);
        let in_order = kept_order(both);
        // What has no place of its own in the new draft stands behind what it stood behind in the old one.
        let mut behind: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
        let mut came: Vec<Option<usize>> = vec![None; both.new.all.len()];
        for i in 0..both.old.all.len() {
            if let Some(j) = main(i) {
                came[j] = Some(i);
            }
        }
        // For every clause of the new draft the last of those that are new behind it in the same unit.
        let mut ends: Vec<usize> = (0..both.new.all.len()).collect();
        for j in (0..ends.len().saturating_sub(1)).rev() {
            if came[j + 1].is_none() && both.new.all[j + 1].unit == both.new.all[j].unit {
                ends[j] = ends[j + 1];
            }
        }
        let mut last: Option<(usize, usize)> = None;
        for (i, kept) in in_order.iter().enumerate() {
            match main(i).filter(|_| *kept) {
                Some(j) => last = Some((i, j)),
                None => {
                    // What is new at the end of an article is read before what is gone from the next one.
                    let elsewhere = |before: usize| both.old.all[before].unit != both.old.all[i].unit;
                    let after = last.map(|(before, j)| if elsewhere(before) { ends[j] } else { j });
                    behind.entry(after).or_default().push(i);
                }
            }
        }
        let mut rows = Vec::with_capacity(both.old.all.len().max(both.new.all.len()));
        let gone = |rows: &mut Vec<Row>, at: Option<usize>| {
            for &i in behind.get(&at).into_iter().flatten() {
                rows.push(one_side(both, i, main(i)));
            }
        };
        gone(&mut rows, None);
        for (j, from) in came.iter().enumerate() {
            if j % 256 == 0 && !go_on() {
                return None;
            }
            rows.push(match *from {
                Some(i) => beside(both, [i, j], in_order[i], [old, new]),
                None => Row {
                    change: Change::New,
                    new: Some(both.new.all[j].range),
                    new_provision: both.new.all[j].provision,
                    ..empty()
                },
            });
            gone(&mut rows, Some(j));
        }
        Some(Self { rows })
    }
}

fn empty() -> Row {
    Row {
        change: Change::Same,
        old: None,
        new: None,
        old_provision: None,
        new_provision: None,
        runs: Vec::new(),
        edited: false,
        renumbered: false,
        brackets: (0, 0),
        agreed: false,
    }
}

/// A clause that is shown where it stood, since it stands there no longer.
fn one_side(both: &Alignment, i: usize, went: Option<usize>) -> Row {
    let clause = &both.old.all[i];
    let there = went.and_then(|j| both.new.all.get(j));
    Row {
        change: if there.is_some() { Change::MovedAway } else { Change::Deleted },
        old: Some(clause.range),
        old_provision: clause.provision,
        new: there.map(|c| c.range),
        new_provision: there.and_then(|c| c.provision),
        ..empty()
    }
}

fn beside(both: &Alignment, [i, j]: [usize; 2], kept: bool, sides: [Side<'_>; 2]) -> Row {
    let (a, b) = (&both.old.all[i], &both.new.all[j]);
    let runs = both.redline_of(i, j, sides.map(|side| side.text));
    let changed = |in_label: bool| {
        let is_label = |r: &Run| r.old.end <= a.body && r.new.end <= b.body;
        runs.iter().any(|r| r.stroke != Stroke::Kept && is_label(r) == in_label)
    };
    let (edited, renumbered) = (changed(false), changed(true));
    let [lifted, added] = [(Stroke::Struck, sides[0]), (Stroke::PutIn, sides[1])].map(|(stroke, side)| {
        let ranges = runs.iter().filter(|r| r.stroke == stroke);
        ranges.map(|r| brackets(if stroke == Stroke::Struck { r.old } else { r.new }, side)).sum::<u32>()
    });
    Row {
        change: match (kept, edited) {
            (false, _) => Change::MovedHere,
            (true, true) => Change::Edited,
            (true, false) => Change::Same,
        },
        old: Some(a.range),
        new: Some(b.range),
        old_provision: a.provision,
        new_provision: b.provision,
        brackets: (lifted.saturating_sub(added), added.saturating_sub(lifted)),
        agreed: is_agreed(b.range, sides[1]) && !is_agreed(a.range, sides[0]),
        runs,
        edited,
        renumbered,
    }
}

/// The marks that begin in a range.
fn marks(range: TextRange, outline: &Outline) -> impl Iterator<Item = &Mark> {
    let first = outline.marks.partition_point(|m| m.range.start < range.start);
    outline.marks.iter().skip(first).take_while(move |m| m.range.start < range.end)
}

fn is_agreed(range: TextRange, side: Side<'_>) -> bool {
    marks(range, side.outline).any(|m| m.kind == MarkKind::Agreed)
}

/// Brackets opened in a range; that of `[agreed ad referendum]` is none around words.
fn brackets(range: TextRange, side: Side<'_>) -> u32 {
    let opened = range.of(side.text).unwrap_or_default().matches('[').count();
    let said = marks(range, side.outline)
        .filter(|m| m.kind == MarkKind::Agreed)
        .filter(|m| m.range.of(side.text).is_some_and(|words| words.starts_with('[')));
    opened.saturating_sub(said.count()) as u32
}

/// For every clause of the old draft whether it kept its order: the heaviest part of the counterparts that ascends in
/// both drafts. By weight, so that of two articles that changed places the longer one stands and the other moved.
fn kept_order(both: &Alignment) -> Vec<bool> {
    let pairs: Vec<(usize, usize, f32)> = (0..both.old.all.len())
        .filter_map(|i| {
            let link = both.forth.get(i)?.first().filter(|l| l.main)?;
            Some((i, link.clause, both.weights.sum(both.old.words(i)) + 0.01))
        })
        .collect();
    // For every end in the new draft the heaviest run up to there; a Fenwick tree over maxima, n log n.
    let size = both.new.all.len() + 1;
    let mut tree: Vec<(f32, usize)> = vec![(0.0, usize::MAX); size + 1];
    let mut before = vec![usize::MAX; pairs.len()];
    for (at, &(_, j, weight)) in pairs.iter().enumerate() {
        let (mut best, mut k) = ((0.0, usize::MAX), j);
        while k > 0 {
            if tree[k].0 > best.0 {
                best = tree[k];
            }
            k &= k - 1;
        }
        before[at] = best.1;
        let (sum, mut k) = (best.0 + weight, j + 1);
        while k <= size {
            if tree[k].0 < sum {
                tree[k] = (sum, at);
            }
            k += k & k.wrapping_neg();
        }
    }
    let (mut best, mut k) = ((0.0, usize::MAX), size);
    while k > 0 {
        if tree[k].0 > best.0 {
            best = tree[k];
        }
        k &= k - 1;
    }
    let mut kept = vec![false; both.old.all.len()];
    let mut at = best.1;
    while let Some(&(i, _, _)) = pairs.get(at) {
        kept[i] = true;
        at = before[at];
    }
    kept
}
