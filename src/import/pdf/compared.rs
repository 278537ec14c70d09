//! Documents that set texts side by side to compare them: the flows of their columns, and the choice of one.
//!
//! Must not know: how columns were found, how lines become paragraphs.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::columns::{Gutter, Region};
use super::paragraphs::{COLUMNS, Flow, Placed};
use super::words::Line;

/// Columns that share this part of their words hold versions of one text.
const ALIKE: f32 = 0.3;
/// As a share of all letters: below this the columns are tables in a text.
const FEWEST: f32 = 0.15;

/// What was learned of the columns of a document.
#[derive(Default)]
pub(super) struct Comparison {
    /// What stands at the head of each column; empty if the document compares nothing.
    pub heads: Vec<String>,
    /// The gaps between the columns, on the usual page.
    pub gutters: Vec<Gutter>,
}

/// Looks at all pages.
pub(super) fn compare(pages: &[Vec<Region>]) -> Comparison {
    let letters = |l: &Line| l.words.iter().map(|w| w.text.len()).sum::<usize>();
    let (mut beside, mut all) = (0, 0);
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for region in pages.iter().flatten() {
        let n: usize = region.columns.iter().flat_map(|c| &c.lines).map(letters).sum();
        all += n;
        if region.columns.len() > 1 {
            beside += n;
            *counts.entry(region.columns.len()).or_default() += n;
        }
    }
    if (beside as f32) < FEWEST * all as f32 {
        return Comparison::default();
    }
    let Some((&count, _)) = counts.iter().max_by_key(|&(_, n)| *n) else { return Comparison::default() };
    let mut words: Vec<HashSet<String>> = vec![HashSet::new(); count];
    let mut heads: Vec<HashMap<String, usize>> = vec![HashMap::new(); count];
    for region in pages.iter().flatten().filter(|r| r.columns.len() == count) {
        for (i, column) in region.columns.iter().enumerate() {
            words[i].extend(column.lines.iter().flat_map(|l| &l.words).map(|w| w.text.to_lowercase()));
            if let Some(first) = column.lines.first() {
                *heads[i].entry(first.plain()).or_default() += 1;
            }
        }
    }
    let alike = (1..count).any(|i| {
        let shared = words[0].intersection(&words[i]).count();
        shared as f32 > ALIKE * words[0].len().min(words[i].len()) as f32
    });
    if !alike {
        return Comparison::default();
    }
    let head = |(i, heads): (usize, HashMap<String, usize>)| {
        let usual =
            heads.into_iter().filter(|(h, n)| *n >= 2 && h.len() < 80).max_by(|a, b| (a.1, &b.0).cmp(&(b.1, &a.0)));
        usual.map_or_else(|| format!("Column {}", i + 1), |(h, _)| h)
    };
    let gutters = (1..count).map(|i| {
        let columns = || pages.iter().flatten().filter(|r| r.columns.len() == count).map(|r| &r.columns);
        let mut starts: Vec<f32> = columns().map(|c| &c[i]).filter(|c| !c.lines.is_empty()).map(|c| c.x0).collect();
        starts.sort_by(f32::total_cmp);
        let to = starts.get(starts.len() / 4).copied().unwrap_or(0.0);
        Gutter { from: to - 8.0, to: to - 1.0 }
    });
    Comparison { gutters: gutters.collect(), heads: heads.into_iter().enumerate().map(head).collect() }
}

impl Comparison {
    /// Lines in the order they are read: all of them, or those of one column and what stands across all columns.
    pub fn flows(&self, pages: Vec<Vec<Region>>, column: Option<usize>) -> Vec<Flow> {
        let mut flows: Vec<Flow> = Vec::new();
        let mut across: Flow = Vec::new();
        let mut side_by_side: Vec<Flow> = Vec::new();
        let count = self.heads.len();
        for (page, regions) in pages.into_iter().enumerate() {
            for (n, region) in regions.into_iter().enumerate() {
                let many = region.columns.len() > 1;
                if !many {
                    close(&mut side_by_side, &mut flows);
                    across.extend(placed(page, 0, region.columns.into_iter().flat_map(|c| c.lines)));
                    continue;
                }
                if !across.is_empty() {
                    flows.push(std::mem::take(&mut across));
                }
                let mut region = region;
                if count > 0 && column.is_some() {
                    self.drop_heads(&mut region);
                }
                // A cell runs on over the edge of the page; a text in columns runs down one and up the next.
                let runs_on = if count > 0 { n == 0 } else { n > 0 && !region.row };
                if !runs_on || side_by_side.len() != region.columns.len() {
                    close(&mut side_by_side, &mut flows);
                    side_by_side.resize_with(region.columns.len(), Flow::new);
                }
                let chosen = column.filter(|_| region.columns.len() == count);
                for (i, lines) in region.columns.into_iter().enumerate() {
                    if chosen.is_none_or(|c| c == i) {
                        side_by_side[i].extend(placed(page, i + 1, lines.lines.into_iter()));
                    }
                }
            }
            if count == 0 {
                close(&mut side_by_side, &mut flows);
            }
        }
        close(&mut side_by_side, &mut flows);
        if !across.is_empty() {
            flows.push(across);
        }
        flows
    }

    /// Takes the heads off the columns: they say which text it is, and that has been chosen.
    fn drop_heads(&self, region: &mut Region) {
        if region.columns.len() != self.heads.len() {
            return;
        }
        for (column, head) in region.columns.iter_mut().zip(&self.heads) {
            if column.lines.first().is_some_and(|l| l.plain() == *head) {
                column.lines.remove(0);
            }
        }
    }
}

fn close(side_by_side: &mut Vec<Flow>, flows: &mut Vec<Flow>) {
    flows.extend(side_by_side.drain(..).filter(|f| !f.is_empty()));
}

fn placed(page: usize, column: usize, lines: impl Iterator<Item = Line>) -> impl Iterator<Item = Placed> {
    lines.map(move |line| Placed { page, area: page * COLUMNS + column.min(COLUMNS - 1), line })
}
