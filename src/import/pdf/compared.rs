//! Documents that set texts side by side to compare them: the flows of their columns, and the choice of one.
//!
//! Must not know: how columns were found, how lines become paragraphs.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::columns::{Gutter, Region};
use super::paragraphs::{COLUMNS, Flow, Placed};
use super::words::{Line, Spelling};

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

/// What stands side by side on the pages seen so far.
#[derive(Default)]
pub(super) struct Survey {
    /// In bytes of words.
    letters: usize,
    /// By how many columns there are.
    beside: BTreeMap<usize, Beside>,
}

#[derive(Default)]
struct Beside {
    /// In bytes of words.
    letters: usize,
    columns: Vec<Seen>,
}

#[derive(Default)]
struct Seen {
    words: HashSet<Spelling>,
    heads: HashMap<String, usize>,
    starts: Vec<f32>,
}

impl Survey {
    /// Looks at a page.
    pub fn add(&mut self, regions: &[Region]) {
        let letters = |l: &Line| l.words.iter().map(|w| w.text.len()).sum::<usize>();
        for region in regions {
            let n: usize = region.columns.iter().flat_map(|c| &c.lines).map(letters).sum();
            self.letters += n;
            if region.columns.len() < 2 {
                continue;
            }
            let beside = self.beside.entry(region.columns.len()).or_default();
            beside.letters += n;
            beside.columns.resize_with(region.columns.len(), Seen::default);
            for (seen, column) in beside.columns.iter_mut().zip(&region.columns) {
                let Some(first) = column.lines.first() else { continue };
                *seen.heads.entry(first.plain()).or_default() += 1;
                seen.starts.push(column.x0);
                seen.words.extend(column.lines.iter().flat_map(|l| &l.words).map(|w| w.text.clone()));
            }
        }
    }

    /// What all pages together show.
    pub fn comparison(self) -> Comparison {
        let beside: usize = self.beside.values().map(|b| b.letters).sum();
        if (beside as f32) < FEWEST * self.letters as f32 {
            return Comparison::default();
        }
        let Some((count, usual)) = self.beside.into_iter().max_by_key(|(_, b)| b.letters) else {
            return Comparison::default();
        };
        let lower = |seen: &Seen| seen.words.iter().map(|w| w.to_lowercase()).collect::<HashSet<String>>();
        let words: Vec<HashSet<String>> = usual.columns.iter().map(lower).collect();
        let alike = (1..count).any(|i| {
            let shared = words[0].intersection(&words[i]).count();
            shared as f32 > ALIKE * words[0].len().min(words[i].len()) as f32
        });
        if !alike {
            return Comparison::default();
        }
        let gutter = |seen: &Seen| {
            let mut starts = seen.starts.clone();
            starts.sort_by(f32::total_cmp);
            let to = starts.get(starts.len() / 4).copied().unwrap_or(0.0);
            Gutter { from: to - 8.0, to: to - 1.0 }
        };
        let gutters = usual.columns.iter().skip(1).map(gutter).collect();
        let head = |(i, seen): (usize, Seen)| {
            let heads = seen.heads.into_iter().filter(|(h, n)| *n >= 2 && h.len() < 80);
            let usual = heads.max_by(|a, b| (a.1, &b.0).cmp(&(b.1, &a.0)));
            usual.map_or_else(|| format!("Column {}", i + 1), |(h, _)| h)
        };
        Comparison { gutters, heads: usual.columns.into_iter().enumerate().map(head).collect() }
    }
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
