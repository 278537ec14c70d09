//! What changed between two drafts, article by article, and which clauses of the comparison are shown.

use std::collections::BTreeMap;

use unicode_segmentation::UnicodeSegmentation;

use crate::model::{Outline, ProvisionIndex, TextRange};
use crate::reconcile::{Change, ComparedRow, Comparison, Concordance, Stroke};

use super::view::CompareFilter;

/// An article, or another unit, with what changed in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnitChange {
    /// The unit of the older draft; none where it is new.
    pub old: Option<ProvisionIndex>,
    /// The unit of the newer draft; none where it is gone.
    pub new: Option<ProvisionIndex>,
    /// Its first clause among the rows of the comparison.
    pub first: usize,
    /// How many of its clauses changed.
    pub changes: usize,
    /// Words that were put in.
    pub put_in: usize,
    /// Words that were struck.
    pub struck: usize,
    /// What became of it: `moved, edited`.
    pub words: String,
}

/// The count of a comparison.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    /// In the order in which the comparison reads.
    pub units: Vec<UnitChange>,
    /// For every row of the comparison the position of its unit.
    pub unit_of: Vec<usize>,
    /// For every row of the comparison whether it is the heading of its unit.
    pub heads: Vec<bool>,
    /// Clauses that changed.
    pub changes: usize,
    /// Words that were put in.
    pub put_in: usize,
    /// Words that were struck.
    pub struck: usize,
}

/// What a unit is told from others by: its place in the newer draft, or in the older one where it has none.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum UnitKey {
    New(Option<ProvisionIndex>),
    Old(Option<ProvisionIndex>),
}

impl Tally {
    /// Counts a comparison.
    pub fn of(comparison: &Comparison, table: &Concordance, texts: [&str; 2], outlines: [&Outline; 2]) -> Self {
        let mut tally = Self::default();
        let mut known: BTreeMap<UnitKey, usize> = BTreeMap::new();
        let kept: Vec<Option<UnitKey>> = comparison.rows.iter().map(|row| kept_unit(row, outlines)).collect();
        let mut after = vec![None; kept.len()];
        let mut next = None;
        for (slot, key) in after.iter_mut().zip(&kept).rev() {
            next = key.or(next);
            *slot = next;
        }
        let mut current = None;
        for (at, row) in comparison.rows.iter().enumerate() {
            let key = kept[at].unwrap_or_else(|| gone_unit(row, table, outlines, [current, after[at]]));
            current = Some(key);
            let unit = *known.entry(key).or_insert_with(|| {
                tally.units.push(unit(key, at, table, outlines));
                tally.units.len() - 1
            });
            let (struck, put_in) = words_of(row, texts, outlines);
            let changed = row.is_changed();
            if let Some(unit) = tally.units.get_mut(unit) {
                unit.changes += usize::from(changed);
                unit.struck += struck;
                unit.put_in += put_in;
            }
            tally.changes += usize::from(changed && row.change != Change::MovedAway);
            tally.struck += struck;
            tally.put_in += put_in;
            tally.unit_of.push(unit);
            tally.heads.push(is_head(row, outlines));
        }
        tally
    }

    /// The unit a row stands in.
    pub fn unit(&self, row: usize) -> Option<&UnitChange> {
        self.units.get(*self.unit_of.get(row)?)
    }
}

/// The unit of a clause that stands in the newer draft.
fn kept_unit(row: &ComparedRow, outlines: [&Outline; 2]) -> Option<UnitKey> {
    let gone = matches!(row.change, Change::Deleted | Change::MovedAway);
    (!gone).then(|| UnitKey::New(unit_of(row.new_provision, outlines[1])))
}

/// The article or other unit a provision stands in; none for words outside of all.
fn unit_of(provision: Option<ProvisionIndex>, outline: &Outline) -> Option<ProvisionIndex> {
    let unit = outline.unit(provision?);
    outline.get(unit).filter(|p| p.kind.is_headed() || !p.number.is_empty()).map(|_| unit)
}

/// The unit of a clause that is gone from its place: what is gone from an article that stays is shown with that article,
/// if it stands at its edge or within it.
fn gone_unit(row: &ComparedRow, table: &Concordance, outlines: [&Outline; 2], around: [Option<UnitKey>; 2]) -> UnitKey {
    let old = unit_of(row.old_provision, outlines[0]);
    let went = old.and_then(|o| table.of_old(o, outlines[0]).filter(|r| r.old == Some(o))).and_then(|r| r.new.first());
    let went = went.map(|&new| UnitKey::New(Some(new)));
    match (went, old) {
        (Some(new), _) if around.contains(&Some(new)) => new,
        (_, None) => around[0].unwrap_or(UnitKey::Old(None)),
        _ => UnitKey::Old(old),
    }
}

fn unit(key: UnitKey, first: usize, table: &Concordance, outlines: [&Outline; 2]) -> UnitChange {
    let (old, new, row) = match key {
        UnitKey::New(new) => {
            let row = new.and_then(|n| table.of_new(n, outlines[1]).filter(|r| r.new.contains(&n)));
            (row.and_then(|r| r.old), new, row)
        }
        UnitKey::Old(old) => {
            let row = old.and_then(|o| table.of_old(o, outlines[0])).filter(|r| r.old == old);
            (old, None, row)
        }
    };
    let gone = matches!(key, UnitKey::Old(_)) && row.is_some_and(|r| !r.new.is_empty());
    let words = row.map(|r| if gone && r.words() == "unchanged" { "moved".to_owned() } else { r.words() });
    UnitChange { old, new, first, words: words.unwrap_or_default(), ..UnitChange::default() }
}

/// Whether a row is the label or the heading of a unit.
fn is_head(row: &ComparedRow, outlines: [&Outline; 2]) -> bool {
    let one = |range: Option<TextRange>, provision: Option<ProvisionIndex>, outline: &Outline| {
        let (Some(range), Some(p)) = (range, provision.and_then(|p| outline.get(p))) else { return false };
        p.kind.is_headed() && (p.label_range.overlaps(range) || p.heading_range.is_some_and(|h| h.overlaps(range)))
    };
    match row.change {
        Change::Deleted | Change::MovedAway => one(row.old, row.old_provision, outlines[0]),
        _ => one(row.new, row.new_provision, outlines[1]),
    }
}

/// How many words of a row were struck and put in; what moved counts where it stands now, and numbers do not count.
fn words_of(row: &ComparedRow, texts: [&str; 2], outlines: [&Outline; 2]) -> (usize, usize) {
    let body = |provision: Option<ProvisionIndex>, range: Option<TextRange>, outline: &Outline| {
        let label = provision.and_then(|p| outline.get(p)).map(|p| p.label_range);
        label.filter(|l| range.is_some_and(|r| r.covers(*l))).map_or(0, |l| l.end)
    };
    let bodies = [body(row.old_provision, row.old, outlines[0]), body(row.new_provision, row.new, outlines[1])];
    let count = |range: TextRange, side: usize| {
        let start = range.start.max(bodies[side]).min(range.end);
        texts[side].get(start..range.end).map_or(0, |t| t.unicode_words().count())
    };
    match row.change {
        Change::New => (0, row.new.map_or(0, |r| count(r, 1))),
        Change::Deleted => (row.old.map_or(0, |r| count(r, 0)), 0),
        Change::MovedAway => (0, 0),
        Change::Same | Change::Edited | Change::MovedHere => {
            row.runs.iter().fold((0, 0), |(struck, put_in), run| match run.stroke {
                Stroke::Kept => (struck, put_in),
                Stroke::Struck => (struck + count(run.old, 0), put_in),
                Stroke::PutIn => (struck, put_in + count(run.new, 1)),
            })
        }
    }
}

/// What the page of a comparison shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// A row of the comparison.
    Row(usize),
    /// So many rows that are passed over.
    Fold(usize),
}

/// The rows that a filter leaves, with the headings above them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    /// From the top of the page to its end.
    pub items: Vec<Item>,
    /// The rows one goes through, one after the other.
    pub stops: Vec<usize>,
}

impl Listing {
    /// Lists the rows of a comparison; `carries` says of each whether it carries what a filter asks for.
    pub(super) fn of(comparison: &Comparison, tally: &Tally, filter: CompareFilter, carries: &[bool]) -> Self {
        let wanted = |(at, row): (usize, &ComparedRow)| match filter {
            CompareFilter::All => true,
            CompareFilter::Changed => row.is_changed(),
            CompareFilter::Mine | CompareFilter::Concern(_) => carries.get(at).is_some_and(|c| *c),
        };
        let hits: Vec<bool> = comparison.rows.iter().enumerate().map(wanted).collect();
        let mut shown_units = vec![false; tally.units.len()];
        for (hit, unit) in hits.iter().zip(&tally.unit_of) {
            if let Some(shown) = shown_units.get_mut(*unit).filter(|_| *hit) {
                *shown = true;
            }
        }
        let mut listing = Self::default();
        let mut folded = 0;
        for (at, row) in comparison.rows.iter().enumerate() {
            let unit_shown = tally.unit_of.get(at).and_then(|u| shown_units.get(*u)).is_some_and(|s| *s);
            let is_head = tally.heads.get(at).is_some_and(|h| *h);
            if hits[at] || (is_head && unit_shown) {
                if folded > 0 {
                    listing.items.push(Item::Fold(folded));
                }
                folded = 0;
                listing.items.push(Item::Row(at));
            } else {
                folded += 1;
            }
            let stops = if filter == CompareFilter::All { row.is_changed() } else { hits[at] };
            if stops {
                listing.stops.push(at);
            }
        }
        if folded > 0 && !listing.items.is_empty() {
            listing.items.push(Item::Fold(folded));
        }
        listing
    }

    /// The item that shows a row, or the one after which it is passed over.
    pub fn item_of(&self, row: usize) -> usize {
        let mut before = 0;
        for (at, item) in self.items.iter().enumerate() {
            match *item {
                Item::Row(r) if r >= row => return at,
                Item::Row(r) => before = r + 1,
                Item::Fold(n) => {
                    if row < before + n {
                        return at;
                    }
                    before += n;
                }
            }
        }
        self.items.len().saturating_sub(1)
    }

    /// The items that show the stops, in order.
    pub fn stop_items(&self) -> impl Iterator<Item = usize> + '_ {
        let mut stops = self.stops.iter().peekable();
        self.items.iter().enumerate().filter_map(move |(at, item)| match item {
            Item::Row(row) => stops.next_if(|stop| *stop == row).map(|_| at),
            Item::Fold(_) => None,
        })
    }

    /// Whether a row is shown.
    pub fn shows(&self, row: usize) -> bool {
        self.items.get(self.item_of(row)) == Some(&Item::Row(row))
    }

    /// The stop after a row, or before it, and round again.
    pub fn step(&self, from: usize, by: i32) -> Option<usize> {
        let next = if by > 0 {
            self.stops.get(self.stops.partition_point(|&s| s <= from)).or_else(|| self.stops.first())
        } else {
            let before = self.stops.partition_point(|&s| s < from).checked_sub(1);
            before.and_then(|at| self.stops.get(at)).or_else(|| self.stops.last())
        };
        next.copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stops_are_gone_through_and_rows_are_found_again() {
        let listing = Listing {
            items: vec![Item::Row(0), Item::Fold(3), Item::Row(4), Item::Row(5), Item::Fold(2)],
            stops: vec![4, 5],
        };
        assert_eq!((listing.step(0, 1), listing.step(4, 1), listing.step(5, 1)), (Some(4), Some(5), Some(4)));
        assert_eq!((listing.step(0, -1), listing.step(5, -1)), (Some(5), Some(4)));
        assert_eq!([0, 1, 3, 4, 5, 6, 99].map(|row| listing.item_of(row)), [0, 1, 1, 2, 3, 4, 4]);
        assert_eq!(Listing::default().step(3, 1), None);
    }
}
