//! The delegate sheet: a line a clause, on two pages at most.

use std::cmp::Reverse;

use super::clause::{Clause, gathered};
use super::phrases::Phrase;
use super::remark::{Room, stopped};
use super::select::Item;
use super::{Focus, LeftOut, Reason};
use crate::export::paper::{Block, Column, Grid, Role, Row, Run};
use crate::model::{Action, Placement};

/// Lines that two closely set pages hold below the title.
const LINES: usize = 116;
/// Characters told of a remark where there is room.
const LONGEST: usize = 220;
/// Characters of a line in the column of the clause, of the problem and of what to ask for.
const WIDTHS: [usize; 3] = [21, 50, 48];

impl Room<'_> {
    /// The body of the paper, and the remarks in it; nothing where `go_on` said no. What has no room is left out, first
    /// what asks for nothing, then the mildest, and counted.
    pub fn sheet(
        &self,
        items: Vec<Item<'_>>,
        left_out: &mut LeftOut,
        title: &str,
        go_on: &dyn Fn(usize) -> bool,
    ) -> Option<(Vec<Block>, Vec<Focus>)> {
        let mut kept = Vec::new();
        for item in items {
            // Of words that are gone there is nothing to say, unless they are to come back.
            let is_gone = matches!(item.placement, Placement::Lost { deleted: true, .. });
            let asks = item.annotation.recommendation.as_ref();
            let comes_back = asks.is_some_and(|r| r.action == Action::Retain || !r.targets.is_empty());
            if item.is_met() {
                left_out.add(Reason::Met, item.focus);
            } else if is_gone && !comes_back {
                left_out.add(Reason::NoPlace, item.focus);
            } else {
                kept.push(item);
            }
        }
        let items = kept;
        let mut lines = Vec::new();
        let mut done = 0;
        for clause in gathered(&items, &self.page) {
            if !go_on(done) {
                return None;
            }
            done += clause.items.len();
            let cells = self.cells(&clause, 0);
            lines.push((clause, cells));
        }
        // Whose proposals are supported is told of all, or of none.
        let total = |lines: &[(Clause<'_, '_>, Vec<Vec<Block>>)]| lines.iter().map(|(_, c)| height(c)).sum::<usize>();
        let short: Vec<_> = lines.iter().map(|(_, cells)| cells.clone()).collect();
        for (clause, cells) in &mut lines {
            self.name_supported(clause, cells);
        }
        let supports = total(&lines) <= LINES;
        if !supports {
            lines.iter_mut().zip(short).for_each(|((_, cells), short)| *cells = short);
        }
        let promoted = |c: &Clause<'_, '_>| {
            let ranks =
                c.items.iter().filter_map(|i| self.submission.promoted.iter().position(|p| *p == i.annotation.id));
            ranks.min().unwrap_or(usize::MAX)
        };
        let worst = |c: &Clause<'_, '_>| c.items.iter().filter_map(|i| i.annotation.severity).max();
        let mut ranked: Vec<usize> = (0..lines.len()).collect();
        // A sheet is there for what is asked for.
        let asks = |c: &Clause<'_, '_>| c.items.iter().any(|i| i.annotation.recommendation.is_some());
        ranked.sort_by_key(|&at| {
            let clause = &lines[at].0;
            (promoted(clause), !asks(clause), Reverse(worst(clause)), at)
        });
        // Where there is room, more is said than the first sentence of each, of the gravest first.
        let mut left = LINES.saturating_sub(total(&lines));
        for &at in &ranked {
            if !go_on(done) {
                break;
            }
            let (clause, cells) = &mut lines[at];
            let mut longer = self.cells(clause, LONGEST);
            if supports {
                self.name_supported(clause, &mut longer);
            }
            let more = height(&longer).saturating_sub(height(cells));
            if more <= left {
                left -= more;
                *cells = longer;
            }
        }
        let mut room = LINES;
        let mut fits = vec![false; lines.len()];
        for (n, &at) in ranked.iter().enumerate() {
            let height = height(&lines[at].1);
            if height > room && n > 0 {
                break;
            }
            room = room.saturating_sub(height);
            fits[at] = true;
        }
        let mut shown: Vec<_> = Vec::new();
        let mut more = 0;
        for (n, line) in lines.into_iter().enumerate() {
            if fits[n] {
                shown.push(line);
            } else {
                more += 1;
                line.0.items.iter().for_each(|i| left_out.add(Reason::NoRoom, i.focus));
            }
        }
        shown.sort_by_key(|(clause, _)| promoted(clause));
        let speech = self.page.speech;
        let column = |phrase: Phrase, at: usize| Column {
            name: speech.say(phrase).to_owned(),
            share: WIDTHS[at] as f32,
            ..Column::default()
        };
        let mut remarks = Vec::new();
        let rows = shown.into_iter().map(|(clause, cells)| {
            remarks.extend(clause.items.iter().map(|i| i.focus));
            let about = match clause.items.as_slice() {
                [one] => Some(one.annotation.id),
                _ => None,
            };
            Row { about, cells }
        });
        let rows: Vec<Row> = rows.collect();
        let mut blocks = Vec::new();
        if !rows.is_empty() {
            let columns = vec![column(Phrase::Provision, 0), column(Phrase::Problem, 1), column(Phrase::Asked, 2)];
            blocks.push(Block::Table(Grid { title: title.to_owned(), columns, rows }));
        }
        if more > 0 {
            blocks.push(Block::text(Role::Label, speech.count(Phrase::MoreClauses, more)));
        }
        Some((blocks, remarks))
    }

    /// Whose proposals the remarks of a clause support, below what they ask for.
    fn name_supported(&self, clause: &Clause<'_, '_>, cells: &mut [Vec<Block>]) {
        let mut supported: Vec<String> = Vec::new();
        for line in clause.items.iter().filter_map(|item| self.supported(item)) {
            if !supported.contains(&line) {
                supported.push(line);
            }
        }
        if let Some(asked) = cells.last_mut() {
            asked.extend(supported.into_iter().map(|line| Block::text(Role::Label, line)));
        }
    }

    /// `most` characters are told of each remark, at least a sentence.
    fn cells(&self, clause: &Clause<'_, '_>, most: usize) -> Vec<Vec<Block>> {
        let range = self.page.quoted(clause);
        let mut problems: Vec<Block> = Vec::new();
        let mut said: Vec<String> = Vec::new();
        let told = self.told_all(&clause.items, clause, range, false);
        for item in &clause.items {
            let line = stopped(self.line(item, most));
            // Two remarks can say the same.
            if !said.contains(&line) {
                let runs = vec![Run::plain(line.clone())];
                problems.push(Block::Paragraph { role: Role::Body, about: Some(item.annotation.id), runs });
                said.push(line);
            }
        }
        let asks: Vec<_> = told.into_iter().filter_map(|(_, told)| told.ask).collect();
        let mut asked: Vec<Block> = self.page.sentences(&asks).into_iter().map(|s| Block::text(Role::Ask, s)).collect();
        if asked.is_empty() {
            // Nothing was forgotten.
            asked.push(Block::text(Role::Body, "\u{2013}"));
        }
        let renumbered = clause.items.iter().filter(|item| !item.is_met()).find_map(|item| self.old_numbers(item));
        asked.extend(renumbered.map(|line| Block::text(Role::Label, line)));
        let cited = Run::strong(self.page.cited(&clause.at));
        vec![vec![Block::Paragraph { role: Role::Label, about: None, runs: vec![cited] }], problems, asked]
    }
}

/// How many lines a row takes.
fn height(cells: &[Vec<Block>]) -> usize {
    let lines = |(cell, width): (&Vec<Block>, &usize)| -> usize {
        let paragraph = |block: &Block| match block {
            Block::Paragraph { runs, .. } => {
                let length: usize = runs.iter().map(|r| r.text.chars().map(wide).sum::<usize>()).sum();
                length.div_ceil(*width).max(1)
            }
            _ => 1,
        };
        cell.iter().map(paragraph).sum()
    };
    cells.iter().zip(&WIDTHS).map(lines).max().unwrap_or(1).max(1)
}

/// Characters written without spaces are twice as wide as others.
fn wide(c: char) -> usize {
    if ('\u{2e80}'..='\u{9fff}').contains(&c) || ('\u{f900}'..='\u{ffef}').contains(&c) { 2 } else { 1 }
}
