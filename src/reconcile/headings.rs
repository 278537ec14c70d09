//! What the alignment leaves out of a comparison, put back in: paragraphs without words of their own (`Article 4`, `(a)`,
//! `###`), and the headings of articles that are counterparts though their headings say something else.

use std::collections::BTreeMap;

use super::align::{Alignment, Side};
use super::comparison::{Change, Row, empty};
use super::redline::{Run, Stroke};
use crate::model::{Outline, ProvisionIndex, TextRange};

/// The rows with what was left out.
pub(super) fn put_back(rows: Vec<Row>, both: &Alignment, old: Side<'_>, new: Side<'_>) -> Vec<Row> {
    let counterparts = units(both);
    let bare = [left_out(&rows, old, 0), left_out(&rows, new, 1)];
    let mut rows = rows;
    let mut rest: [BTreeMap<usize, TextRange>; 2] = bare.map(|all| all.into_iter().map(|r| (r.start, r)).collect());
    let mut heads = Vec::new();
    let by_old: BTreeMap<usize, usize> = index(&rows, |r| r.old.filter(|_| r.change == Change::Deleted));
    let by_new: BTreeMap<usize, usize> = index(&rows, |r| r.new.filter(|_| r.change == Change::New));
    let mut gone = vec![false; rows.len()];
    for (u, v) in counterparts {
        let (Some(a), Some(b)) = (head(old.outline, u), head(new.outline, v)) else { continue };
        // Each is a row of its own, or no row yet; what has a counterpart already keeps it.
        let mut take = |side: usize, start: usize, rows_of: &BTreeMap<usize, usize>| {
            if let Some(range) = rest[side].remove(&start) {
                return Some((range, None));
            }
            let at = *rows_of.get(&start)?;
            let row = rows.get(at)?;
            Some((if side == 0 { row.old? } else { row.new? }, Some(at)))
        };
        let Some((old_range, old_row)) = take(0, a, &by_old) else { continue };
        let Some((new_range, new_row)) = take(1, b, &by_new) else {
            if old_row.is_none() {
                rest[0].insert(a, old_range);
            }
            continue;
        };
        for at in [old_row, new_row].into_iter().flatten() {
            gone[at] = true;
        }
        heads.push(beside(old_range, new_range, old, new));
    }
    let mut keep = gone.iter().map(|g| !g);
    rows.retain(|_| keep.next().unwrap_or(true));
    // Equal signs before clauses that are counterparts: `(a)` on a line of its own.
    let [mut old_rest, mut new_rest] = rest;
    let mut added = heads;
    for row in rows.iter().filter(|r| !matches!(r.change, Change::New | Change::Deleted | Change::MovedAway)) {
        let (Some(a), Some(b)) = (row.old, row.new) else { continue };
        let last = |rest: &BTreeMap<usize, TextRange>, side: Side<'_>, before: usize| {
            let (_, range) = rest.range(..before).next_back()?;
            side.text.get(range.end..before).is_some_and(|gap| gap.trim().is_empty()).then_some(*range)
        };
        if let (Some(p), Some(q)) = (last(&old_rest, old, a.start), last(&new_rest, new, b.start)) {
            old_rest.remove(&p.start);
            new_rest.remove(&q.start);
            added.push(beside(p, q, old, new));
        }
    }
    added.extend(new_rest.into_values().map(|range| Row {
        change: Change::New,
        new: Some(range),
        new_provision: new.outline.at(range.start),
        ..empty()
    }));
    rows = with_new(rows, added, old.outline);
    let deleted = old_rest.into_values().map(|range| Row {
        change: Change::Deleted,
        old: Some(range),
        old_provision: old.outline.at(range.start),
        ..empty()
    });
    with_deleted(rows, deleted.collect())
}

/// The units of the old draft and those of the new one that have the most in common, both ways.
fn units(both: &Alignment) -> Vec<(u32, u32)> {
    let mut votes: BTreeMap<(u32, u32), f32> = BTreeMap::new();
    for (i, links) in both.forth.iter().enumerate() {
        let Some(link) = links.first().filter(|l| l.main) else { continue };
        let (Some(a), Some(b)) = (both.old.all.get(i), both.new.all.get(link.clause)) else { continue };
        *votes.entry((a.unit, b.unit)).or_default() += link.likeness * both.weights.sum(both.old.words(i));
    }
    let mut best: [BTreeMap<u32, (f32, u32)>; 2] = Default::default();
    for (&(u, v), &weight) in &votes {
        for (side, from, to) in [(0, u, v), (1, v, u)] {
            let entry = best[side].entry(from).or_insert((weight, to));
            if entry.0 < weight {
                *entry = (weight, to);
            }
        }
    }
    let mutual = |(&u, &(_, v)): (&u32, &(f32, u32))| best[1].get(&v).filter(|(_, back)| *back == u).map(|_| (u, v));
    best[0].iter().filter_map(mutual).collect()
}

/// Where the heading of a unit begins, if it has one.
fn head(outline: &Outline, unit: u32) -> Option<usize> {
    let unit = outline.get(ProvisionIndex(unit)).filter(|p| p.kind.is_headed())?;
    let block = outline.blocks.partition_point(|b| b.start <= unit.range.start).checked_sub(1)?;
    Some(outline.blocks.get(block)?.start)
}

/// The paragraphs of a draft that no row shows.
fn left_out(rows: &[Row], side: Side<'_>, which: usize) -> Vec<TextRange> {
    let mut shown: Vec<TextRange> = rows.iter().filter_map(|r| if which == 0 { r.old } else { r.new }).collect();
    shown.sort_by_key(|r| r.start);
    let is_shown = |block: &TextRange| {
        let next = shown.partition_point(|r| r.end <= block.start);
        shown.get(next).is_some_and(|r| r.start < block.end)
    };
    side.outline.blocks.iter().copied().filter(|b| !b.is_empty() && !is_shown(b)).collect()
}

fn index(rows: &[Row], range: impl Fn(&Row) -> Option<TextRange>) -> BTreeMap<usize, usize> {
    rows.iter().enumerate().filter_map(|(at, row)| Some((range(row)?.start, at))).collect()
}

/// A heading or sign beside its counterpart: the label, and the rest, each kept or replaced as a whole.
fn beside(a: TextRange, b: TextRange, old: Side<'_>, new: Side<'_>) -> Row {
    let body = |range: TextRange, side: Side<'_>| {
        let label = side.outline.at(range.start).and_then(|p| side.outline.get(p)).map(|p| p.label_range);
        label.filter(|l| range.covers(*l) && !l.is_empty()).map_or(range.start, |l| l.end)
    };
    let cuts = [body(a, old), body(b, new)];
    let mut runs: Vec<Run> = Vec::new();
    let mut part = |p: TextRange, q: TextRange| -> bool {
        let same = p.of(old.text) == q.of(new.text);
        let none = |at: usize| TextRange { start: at, end: at };
        if same {
            if !p.is_empty() {
                runs.push(Run { stroke: Stroke::Kept, old: p, new: q });
            }
            return false;
        }
        if !p.is_empty() {
            runs.push(Run { stroke: Stroke::Struck, old: p, new: none(q.start) });
        }
        if !q.is_empty() {
            runs.push(Run { stroke: Stroke::PutIn, old: none(p.end), new: q });
        }
        true
    };
    let renumbered = part(TextRange { start: a.start, end: cuts[0] }, TextRange { start: b.start, end: cuts[1] });
    let edited = part(TextRange { start: cuts[0], end: a.end }, TextRange { start: cuts[1], end: b.end });
    Row {
        change: if edited { Change::Edited } else { Change::Same },
        old: Some(a),
        new: Some(b),
        old_provision: old.outline.at(a.start),
        new_provision: new.outline.at(b.start),
        runs,
        edited,
        renumbered,
        ..empty()
    }
}

/// Puts rows of the new draft where they stand in it; a heading before what is gone from its own article.
fn with_new(rows: Vec<Row>, mut added: Vec<Row>, old: &Outline) -> Vec<Row> {
    added.sort_by_key(|r| r.new.map_or(0, |n| n.start));
    let mut all: Vec<Row> = Vec::with_capacity(rows.len() + added.len());
    let mut waiting = added.into_iter().peekable();
    let is_gone = |row: &Row| matches!(row.change, Change::Deleted | Change::MovedAway);
    let unit = |row: &Row| row.old_provision.map(|p| old.unit(p));
    for row in rows {
        if let Some(next) = row.new.filter(|_| !is_gone(&row)) {
            while let Some(row) = waiting.next_if(|w| w.new.is_some_and(|n| n.start < next.start)) {
                let own = |r: &Row| is_gone(r) && row.old.is_some() && unit(r) == unit(&row);
                let behind = all.iter().rev().take_while(|r| own(r)).count();
                all.insert(all.len() - behind, row);
            }
        }
        all.push(row);
    }
    all.extend(waiting);
    all
}

/// Puts rows that stand only in the old draft where they stood in it: before what is gone as well, else behind what they
/// stood behind.
fn with_deleted(rows: Vec<Row>, mut deleted: Vec<Row>) -> Vec<Row> {
    if deleted.is_empty() {
        return rows;
    }
    deleted.sort_by_key(|r| r.old.map_or(0, |o| o.start));
    let mut places: Vec<(usize, usize)> = rows
        .iter()
        .enumerate()
        .filter(|(_, r)| r.change != Change::MovedHere)
        .filter_map(|(at, r)| Some((r.old?.start, at)))
        .collect();
    places.sort_unstable();
    // Before the row with this number; the last place is behind all of them.
    let mut before: BTreeMap<usize, Vec<Row>> = BTreeMap::new();
    for row in deleted {
        let next = places.partition_point(|(start, _)| *start <= row.old.map_or(0, |o| o.start));
        let is_gone = |at: &usize| matches!(rows[*at].change, Change::Deleted | Change::MovedAway);
        let follows = places.get(next).map(|(_, at)| *at).filter(is_gone);
        let behind = next.checked_sub(1).and_then(|at| places.get(at)).map_or(0, |(_, at)| at + 1);
        before.entry(follows.unwrap_or(behind)).or_default().push(row);
    }
    let mut all = Vec::with_capacity(rows.len());
    for (at, row) in rows.into_iter().enumerate() {
        all.append(&mut before.remove(&at).unwrap_or_default());
        all.push(row);
    }
    all.extend(before.into_values().flatten());
    all
}
