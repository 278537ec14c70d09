//! The table of amendments: the text as it is, the text as it should be, why, and who proposes it.

use std::collections::BTreeSet;

use super::clause::{At, Clause, gathered, grouped};
use super::phrases::Phrase;
use super::remark::{Room, Told, paragraphs};
use super::select::Item;
use super::wording::{Change, Wording, are_apart};
use super::{LeftOut, Reason};
use crate::export::paper::{Block, Column, Grid, Role, Row, Run, Stroke};
use crate::model::{Action, ProvisionIndex};

impl Room<'_> {
    /// The body of the paper; nothing where `go_on` said no. Remarks that amend nothing are left out, and counted.
    pub fn amendments(
        &self,
        items: Vec<Item<'_>>,
        left_out: &mut LeftOut,
        title: &str,
        go_on: &dyn Fn(usize) -> bool,
    ) -> Option<(Vec<Block>, Vec<super::Focus>)> {
        let mut kept: Vec<(Item<'_>, Vec<At>)> = Vec::new();
        for item in items {
            if !go_on(0) {
                return None;
            }
            let reason = match (&item.annotation.recommendation, item.range) {
                (None, _) => Reason::NothingAsked,
                _ if item.is_met() => Reason::Met,
                (Some(_), None) => Reason::NoPlace,
                (Some(_), Some(_)) => {
                    let amended = self.amended(&item);
                    if amended.is_empty() {
                        left_out.add(Reason::NoWords, item.focus);
                    } else {
                        kept.push((item, amended));
                    }
                    continue;
                }
            };
            left_out.add(reason, item.focus);
        }
        let mut clauses = grouped(kept.iter().flat_map(|(item, all)| all.iter().map(move |at| (at.clone(), item))));
        if self.submission.order.is_empty() {
            // What a remark amends can stand before or behind its own words.
            clauses.sort_by_key(|c| match &c.at {
                At::Provision(p) => self.page.draft.outline.get(*p).map_or(0, |p| p.range.start),
                At::Outside(start) => *start,
                At::Nowhere(..) => usize::MAX,
            });
        }
        let speech = self.page.speech;
        let column = |phrase: Phrase, share| Column { name: speech.say(phrase).to_owned(), share, ..Column::default() };
        let mut grid = Grid {
            title: title.to_owned(),
            columns: vec![
                column(Phrase::Provision, 1.5),
                column(Phrase::Current, 2.9),
                column(Phrase::Proposed, 2.9),
                column(Phrase::Justification, 2.5),
                column(Phrase::Proposer, 1.1),
            ],
            rows: Vec::new(),
        };
        let mut done = 0;
        let (mut remarks, mut told) = (Vec::new(), BTreeSet::new());
        for clause in &clauses {
            if !go_on(done) {
                return None;
            }
            done += clause.items.len();
            let new = clause.items.iter().map(|i| i.focus).filter(|focus| told.insert(*focus));
            remarks.extend(new);
            grid.rows.push(self.amendment(clause));
        }
        let body = if grid.rows.is_empty() { Vec::new() } else { vec![Block::Table(grid)] };
        Some((body, remarks))
    }

    /// The clauses a remark amends: those it says should go, wherever it stands itself, or its own. None where it has
    /// neither words for them nor takes any out.
    fn amended(&self, item: &Item<'_>) -> Vec<At> {
        let outline = &self.page.draft.outline;
        let Some(own) = gathered([item], &self.page).into_iter().next() else { return Vec::new() };
        let action = item.annotation.recommendation.as_ref().map(|r| r.action);
        let named = self.targets.of(item, &self.page);
        let limits = self.page.limits(item, &own, &named);
        if let (At::Provision(clause), Some(Action::Delete)) = (&own.at, action) {
            // Parts of the clause are taken out of it; everything else goes as a whole.
            let mut all: Vec<At> = Vec::new();
            for &object in &named.provisions {
                let at = At::Provision(if outline.is_within(object, *clause) { *clause } else { object });
                if !all.contains(&at) {
                    all.push(at);
                }
            }
            return if all.is_empty() { vec![own.at] } else { all };
        }
        let told = self.told(item, &own, self.page.quoted(&own), true);
        if told.wording.is_none() && !limits {
            return Vec::new();
        }
        // Others that the same is asked for have rows of their own.
        let mut all = vec![own.at];
        if let (At::Provision(clause), false) = (all[0].clone(), limits || told.changes().is_empty()) {
            let is_apart = |p: ProvisionIndex| !outline.is_within(p, clause) && !outline.is_within(clause, p);
            all.extend(named.provisions.iter().filter(|p| is_apart(**p)).map(|p| At::Provision(*p)));
        }
        all
    }

    fn amendment(&self, clause: &Clause<'_, '_>) -> Row {
        let range = self.page.quoted(clause);
        let told = self.told_all(&clause.items, clause, range, true);
        let mut cited = vec![Run::strong(self.page.cited(&clause.at))];
        if let At::Provision(p) = &clause.at {
            let unit = self.page.draft.outline.unit(*p);
            let heading = self.page.draft.outline.get(unit).and_then(|u| u.heading.as_deref()).unwrap_or_default();
            if !heading.trim().is_empty() {
                cited.push(self.page.of_draft(Run::plain(format!("\n{}", heading.trim()))));
            }
        }
        let provision = vec![Block::Paragraph { role: Role::Label, about: None, runs: cited }];
        let mut notes = Vec::new();
        let mut whose = Vec::new();
        for item in &clause.items {
            notes.extend(paragraphs(&item.annotation.note, Role::Body, Some(item.annotation.id), Run::plain));
            let own = self.submission.front.organisation.trim();
            let analyst = self.page.project.sets.get(&item.focus.analyst).map_or("", |s| s.analyst.name.trim());
            let name = [own, analyst].into_iter().find(|n| !n.is_empty()).unwrap_or_default().to_owned();
            let named = Some(name).filter(|n| !n.is_empty()).map(super::speech::opened);
            for line in named.into_iter().chain(self.supported(item)) {
                if !whose.contains(&line) {
                    whose.push(line);
                }
            }
        }
        let names = whose.into_iter().map(|line| Block::text(Role::Body, line)).collect();
        Row {
            about: match clause.items.as_slice() {
                [one] => Some(one.annotation.id),
                _ => None,
            },
            cells: vec![
                provision,
                self.quotation(clause, range, &told, true),
                self.proposed(range, &told),
                notes,
                names,
            ],
        }
    }

    /// The proposed text, remark by remark: all changes in one redline where they fit together, else one behind the other;
    /// and what else is asked for.
    fn proposed(&self, range: crate::model::TextRange, told: &[(&Item<'_>, Told)]) -> Vec<Block> {
        let mut redlines: Vec<&[Change]> = Vec::new();
        for (_, told) in told.iter().filter(|(_, t)| !t.changes().is_empty()) {
            if !redlines.contains(&told.changes()) {
                redlines.push(told.changes());
            }
        }
        let together: Vec<Change> = redlines.iter().flat_map(|c| c.iter().cloned()).collect();
        let is_one = redlines.len() > 1 && are_apart(&together);
        let mut blocks = Vec::new();
        let mut drawn: Vec<&[Change]> = Vec::new();
        let mut said: Vec<String> = Vec::new();
        let mut say = |blocks: &mut Vec<Block>, sentences: Vec<String>| {
            let new: Vec<String> = sentences.into_iter().filter(|s| !said.contains(s)).collect();
            if !new.is_empty() {
                blocks.push(Block::text(Role::Ask, new.join(self.page.speech.space())));
                said.extend(new);
            }
        };
        for (item, told) in told {
            let about = Some(item.annotation.id);
            let asked = told.ask.as_ref();
            let before = blocks.len();
            match &told.wording {
                Some(Wording::Changes(changes)) => {
                    if is_one && drawn.is_empty() {
                        blocks.extend(self.page.redline(range, &together, None));
                        drawn.push(changes);
                    } else if !is_one && !drawn.contains(&changes.as_slice()) {
                        if !drawn.is_empty() {
                            blocks.push(Block::text(Role::Label, self.page.speech.say(Phrase::Or)));
                        }
                        blocks.extend(self.page.redline(range, changes, about));
                        drawn.push(changes);
                    }
                    // What a redline shows needs no sentence.
                    say(&mut blocks, asked.map(|ask| self.page.beside(ask)).unwrap_or_default());
                }
                Some(Wording::Text(text)) => {
                    say(&mut blocks, asked.map(|ask| self.page.sentence(ask)).into_iter().collect());
                    blocks.extend(paragraphs(text, Role::Proposal, about, |w| Run::stroke(Stroke::PutIn, w)));
                }
                Some(Wording::Told(_)) | None => {
                    say(&mut blocks, asked.map(|ask| self.page.sentence(ask)).into_iter().collect());
                }
            }
            if let (true, Some(words)) = (blocks.len() > before, self.old_numbers(item)) {
                self.footnote(&mut blocks, &words);
            }
        }
        self.key(&mut blocks);
        blocks
    }
}
