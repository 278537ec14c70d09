//! Article by article: every provision that is remarked on, in the order of the draft, with all that is said of it.

use super::clause::{At, Clause, gathered};
use super::phrases::Phrase;
use super::remark::Room;
use super::select::Item;
use crate::export::paper::Block;
use crate::model::ProvisionIndex;

impl Room<'_> {
    /// The body of the paper; nothing where `go_on` said no.
    pub fn by_article(&self, items: &[Item<'_>], go_on: &dyn Fn(usize) -> bool) -> Option<Vec<Block>> {
        let mut blocks = self.main_points(items);
        let (nowhere, placed): (Vec<_>, Vec<_>) =
            gathered(items, &self.page).into_iter().partition(|c| matches!(c.at, At::Nowhere(..)));
        let mut done = 0;
        for (unit, clauses) in self.by_unit(placed) {
            match unit {
                Some(unit) => blocks.push(Block::Heading { level: 1, runs: self.page.headed(unit) }),
                None => {
                    let at = clauses.first().map_or(At::Outside(0), |c| c.at.clone());
                    blocks.push(Block::heading(1, self.page.cited(&at)));
                }
            }
            for clause in clauses {
                if !go_on(done) {
                    return None;
                }
                done += clause.items.len();
                if unit.is_some_and(|u| clause.at != At::Provision(u)) {
                    blocks.push(Block::heading(2, self.page.cited(&clause.at)));
                }
                blocks.extend(self.clause(&clause, true, true).0);
            }
        }
        if !nowhere.is_empty() {
            blocks.push(Block::heading(1, self.page.speech.say(Phrase::WithoutPlace)));
        }
        for clause in nowhere {
            if !go_on(done) {
                return None;
            }
            done += clause.items.len();
            blocks.push(Block::heading(2, self.page.cited(&clause.at)));
            blocks.extend(self.clause(&clause, true, true).0);
        }
        Some(blocks)
    }

    /// Clauses by the article or other unit they stand in, in the order of the first of each.
    fn by_unit<'i, 'p>(&self, clauses: Vec<Clause<'i, 'p>>) -> Vec<(Option<ProvisionIndex>, Vec<Clause<'i, 'p>>)> {
        let mut units: Vec<(Option<ProvisionIndex>, Vec<Clause<'i, 'p>>)> = Vec::new();
        let mut known = std::collections::HashMap::new();
        for clause in clauses {
            let unit = self.page.unit(&clause.at);
            let at = *known.entry(unit).or_insert_with(|| {
                units.push((unit, Vec::new()));
                units.len() - 1
            });
            if let Some((_, list)) = units.get_mut(at) {
                list.push(clause);
            }
        }
        units
    }
}
