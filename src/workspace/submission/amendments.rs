//! The table of amendments: the text as it is, the text as it should be, why, and who proposes it.

use super::clause::{At, Clause, gathered};
use super::phrases::Phrase;
use super::remark::{Room, Told, also_told, paragraphs, stopped};
use super::select::Item;
use super::wording::{Change, Wording};
use super::{LeftOut, Reason};
use crate::export::paper::{Block, Column, Grid, Role, Row, Run, Stroke};

impl Room<'_> {
    /// The body of the paper; nothing where `go_on` said no. Remarks that amend nothing are left out, and counted.
    pub fn amendments(
        &self,
        items: Vec<Item<'_>>,
        left_out: &mut LeftOut,
        title: &str,
        go_on: &dyn Fn(usize) -> bool,
    ) -> Option<(Vec<Block>, Vec<super::Focus>)> {
        let mut kept = Vec::new();
        for item in items {
            let reason = match (&item.annotation.recommendation, item.range) {
                (None, _) => Reason::NothingAsked,
                _ if item.is_met() => Reason::Met,
                (Some(_), None) => Reason::NoPlace,
                (Some(_), Some(_)) => {
                    kept.push(item);
                    continue;
                }
            };
            left_out.add(reason, item.focus);
        }
        let speech = self.page.speech;
        let column = |phrase: Phrase, share| Column { name: speech.say(phrase).to_owned(), share };
        let mut grid = Grid {
            title: title.to_owned(),
            columns: vec![
                column(Phrase::Provision, 1.1),
                column(Phrase::Current, 3.0),
                column(Phrase::Proposed, 3.0),
                column(Phrase::Justification, 2.6),
                column(Phrase::Proposer, 1.2),
            ],
            rows: Vec::new(),
        };
        let mut done = 0;
        let mut remarks = Vec::new();
        for clause in gathered(&kept, &self.page) {
            if !go_on(done) {
                return None;
            }
            done += clause.items.len();
            remarks.extend(clause.items.iter().map(|i| i.focus));
            grid.rows.push(self.amendment(&clause));
        }
        let body = if grid.rows.is_empty() { Vec::new() } else { vec![Block::Table(grid)] };
        Some((body, remarks))
    }

    fn amendment(&self, clause: &Clause<'_, '_>) -> Row {
        let range = self.page.quoted(clause);
        let told: Vec<(&Item<'_>, Told)> =
            clause.items.iter().map(|i| (*i, self.told(i, clause, range, true))).collect();
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
            let supports = item.annotation.recommendation.as_ref().map_or("", |r| r.supports.trim());
            let own = self.submission.front.organisation.trim();
            let analyst = self.page.project.sets.get(&item.focus.analyst).map_or("", |s| s.analyst.name.trim());
            let name = [supports, own, analyst].into_iter().find(|n| !n.is_empty()).unwrap_or_default().to_owned();
            if !name.is_empty() && !whose.contains(&name) {
                whose.push(name);
            }
        }
        let names = whose.into_iter().map(|name| Block::text(Role::Body, super::speech::opened(name))).collect();
        Row {
            about: match clause.items.as_slice() {
                [one] => Some(one.annotation.id),
                _ => None,
            },
            cells: vec![provision, self.quotation(clause, range), self.proposed(range, &told), notes, names],
        }
    }

    /// The proposed text: all changes in one redline where they fit together, else one behind the other; and what else is
    /// asked for.
    fn proposed(&self, range: crate::model::TextRange, told: &[(&Item<'_>, Told)]) -> Vec<Block> {
        let mut redlines: Vec<(&Item<'_>, &Vec<Change>)> = Vec::new();
        for (item, told) in told {
            if let Some(Wording::Changes(changes)) = &told.wording
                && !redlines.iter().any(|(_, other)| *other == changes)
            {
                redlines.push((item, changes));
            }
        }
        let about = |item: &Item<'_>| Some(item.annotation.id);
        let mut blocks = Vec::new();
        let together: Vec<Change> = redlines.iter().flat_map(|(_, c)| c.iter().cloned()).collect();
        match redlines.as_slice() {
            [] => {}
            [(one, changes)] => blocks.extend(self.page.redline(range, changes, about(one))),
            _ if are_apart(&together) => blocks.extend(self.page.redline(range, &together, None)),
            several => {
                for (n, (item, changes)) in several.iter().enumerate() {
                    if n > 0 {
                        blocks.push(Block::text(Role::Label, self.page.speech.say(Phrase::Or)));
                    }
                    blocks.extend(self.page.redline(range, changes, about(item)));
                }
            }
        }
        let mut asks = Vec::new();
        for (item, told) in told {
            match &told.wording {
                Some(Wording::Changes(_)) => {
                    let told = also_told(item).into_iter();
                    blocks.extend(told.flat_map(|t| paragraphs(t, Role::Proposal, about(item), Run::plain)));
                }
                Some(Wording::Text(text)) => {
                    asks.extend(told.ask.clone());
                    blocks.extend(paragraphs(text, Role::Proposal, about(item), |w| Run::stroke(Stroke::PutIn, w)));
                }
                Some(Wording::Told(text)) => {
                    blocks.extend(paragraphs(&stopped(text.clone()), Role::Proposal, about(item), Run::plain));
                    // What the order says of itself needs no sentence of ours.
                    let action = item.annotation.recommendation.as_ref().map(|r| r.action);
                    if matches!(action, Some(crate::model::Action::Retain | crate::model::Action::Reject)) {
                        asks.extend(told.ask.clone());
                    }
                }
                None => asks.extend(told.ask.clone()),
            }
        }
        let sentences = self.page.sentences(&asks);
        if !sentences.is_empty() {
            blocks.insert(0, Block::text(Role::Ask, sentences.join(self.page.speech.space())));
        }
        blocks
    }
}

/// Whether changes can be made together: none touches words of another, and no two put words in at one place.
fn are_apart(changes: &[Change]) -> bool {
    let mut ranges: Vec<_> = changes.iter().map(|c| c.at).collect();
    ranges.sort_unstable();
    ranges.windows(2).all(|pair| {
        pair[0].end < pair[1].start || pair[0].end == pair[1].start && !pair[0].is_empty() && !pair[1].is_empty()
    })
}
