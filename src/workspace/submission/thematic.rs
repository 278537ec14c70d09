//! Concern by concern: what is meant, the clauses it is raised in, and what to do about all of them.

use std::collections::HashMap;

use super::asks::Instead;
use super::clause::{At, gathered};
use super::phrases::Phrase;
use super::remark::{Room, paragraphs};
use super::select::Item;
use crate::export::paper::{Block, Role, Run};
use crate::model::{Citation, Concern};

impl Room<'_> {
    /// The body of the paper; nothing where `go_on` said no.
    ///
    /// A remark of several concerns stands under the first of them, in the order of the codebook; the others point to it.
    pub fn by_theme(&self, items: &[Item<'_>], go_on: &dyn Fn(usize) -> bool) -> Option<Vec<Block>> {
        let mut blocks = self.main_points(items);
        let tree = self.page.project.codebook.tree();
        // By the concern it stands under, in the order of the first of each.
        let mut themes: Vec<(usize, Vec<&Item<'_>>)> = Vec::new();
        let mut known: HashMap<usize, usize> = HashMap::new();
        for item in items {
            let at = *known.entry(item.under).or_insert_with(|| {
                themes.push((item.under, Vec::new()));
                themes.len() - 1
            });
            if let Some((_, list)) = themes.get_mut(at) {
                list.push(item);
            }
        }
        // Concerns that only share remarks with others stand where the codebook has them.
        let is_picked = |c: &Concern| {
            let pick = &self.submission.pick.concerns;
            pick.is_empty() || pick.iter().any(|&top| self.page.project.codebook.is_within(c.id, top))
        };
        for (at, (_, concern)) in tree.iter().enumerate() {
            let has = |i: &&Item<'_>| i.annotation.concerns.contains(&concern.id);
            if !known.contains_key(&at) && is_picked(concern) && items.iter().any(|i| has(&i)) {
                let before = themes.iter().position(|(other, _)| *other > at).unwrap_or(themes.len());
                themes.insert(before, (at, Vec::new()));
            }
        }
        let number: HashMap<usize, usize> = themes.iter().enumerate().map(|(n, (at, _))| (*at, n + 1)).collect();
        // What clashes with a remark under another concern is told apart from it too.
        for clause in gathered(items, &self.page).iter().filter(|c| c.items.len() > 1) {
            if !go_on(0) {
                return None;
            }
            let told = self.told_all(&clause.items, clause, self.page.quoted(clause), true);
            let apart = told.iter().filter(|(_, t)| t.ask.as_ref().is_some_and(|ask| ask.instead != Instead::Nothing));
            self.apart.borrow_mut().extend(apart.map(|(item, _)| item.annotation.id));
        }
        let mut done = 0;
        for (n, (at, list)) in themes.iter().enumerate() {
            let concern = tree.get(*at).map(|(_, c)| *c);
            let name = concern.map_or_else(|| self.page.speech.say(Phrase::NoConcern), |c| c.name.trim());
            blocks.push(Block::heading(1, format!("{}. {name}", n + 1)));
            let definition = concern.map_or("", |c| c.definition.trim());
            if self.submission.shows.definitions {
                blocks.extend(paragraphs(definition, Role::Body, None, |words| Run {
                    mark: crate::export::paper::Mark { emphasis: true, ..Default::default() },
                    ..Run::plain(words)
                }));
            }
            let mut asks = Vec::new();
            for clause in gathered(list.iter().copied(), &self.page) {
                if !go_on(done) {
                    return None;
                }
                done += clause.items.len();
                blocks.push(Block::Heading { level: 2, runs: self.clause_heading(&clause.at) });
                let (of_clause, asked) = self.clause(&clause, false, false);
                blocks.extend(of_clause);
                asks.extend(asked);
            }
            if let Some(concern) = concern {
                blocks.extend(self.see_also(concern, *at, items, &number, &tree));
            }
            let sentences = self.page.sentences(&asks);
            if !sentences.is_empty() {
                let speech = self.page.speech;
                let phrase = if sentences.len() == 1 { Phrase::Recommendation } else { Phrase::Recommendations };
                let head = format!("{}{}", speech.say(phrase), speech.colon());
                let runs = vec![Run::strong(head), Run::plain(sentences.join(speech.space()))];
                blocks.push(Block::Paragraph { role: Role::Ask, about: None, runs });
            }
        }
        Some(blocks)
    }

    /// The citation of a clause with the heading of its article.
    fn clause_heading(&self, at: &At) -> Vec<Run> {
        let cited = self.page.cited(at);
        let unit = self.page.unit(at);
        let heading = unit.and_then(|u| self.page.draft.outline.get(u)?.heading.as_deref()).unwrap_or_default().trim();
        let mut runs = vec![Run::plain(cited)];
        if !heading.is_empty() && !runs.iter().any(|r| r.text.contains(heading)) {
            runs.push(Run::plain(" \u{2014} "));
            runs.push(self.page.of_draft(Run::plain(heading)));
        }
        runs
    }

    /// Where the remarks stand that share a concern with those under another.
    fn see_also(
        &self,
        concern: &Concern,
        at: usize,
        items: &[Item<'_>],
        number: &HashMap<usize, usize>,
        tree: &[(usize, &Concern)],
    ) -> Vec<Block> {
        // What has no place in this draft is cited by the one it is from.
        let mut elsewhere: Vec<(usize, Vec<Citation>, Vec<String>)> = Vec::new();
        let shared = items.iter().filter(|i| i.under != at && i.annotation.concerns.contains(&concern.id));
        for item in shared {
            let at = elsewhere.iter().position(|(under, ..)| *under == item.under).unwrap_or_else(|| {
                elsewhere.push((item.under, Vec::new(), Vec::new()));
                elsewhere.len() - 1
            });
            let Some((_, here, gone)) = elsewhere.get_mut(at) else { continue };
            match item.clause {
                Some(p) => here.push(self.page.draft.outline.citation(p)),
                None => {
                    let cited = self.page.cited(&At::of(item, &self.page));
                    gone.extend(Some(cited).filter(|cited| !gone.contains(cited)));
                }
            }
        }
        elsewhere.sort_by_key(|(under, ..)| number.get(under).copied().unwrap_or(usize::MAX));
        let speech = self.page.speech;
        let said: Vec<String> = elsewhere
            .into_iter()
            .filter_map(|(under, here, gone)| {
                let (_, other) = tree.get(under)?;
                let name = format!("{}. {}", number.get(&under)?, other.name.trim());
                let here = Some(speech.cited_list(&here, &self.page.draft.outline)).filter(|c| !c.is_empty());
                let cited = speech.listed(&here.into_iter().chain(gone).collect::<Vec<_>>());
                Some(speech.fill(Phrase::SeeUnder, &[("c", &cited), ("q", &speech.quoted(&name))]))
            })
            .collect();
        if said.is_empty() {
            return Vec::new();
        }
        let listed = speech.listed(&said);
        vec![Block::text(Role::Label, speech.fill(Phrase::SeeToo, &[("c", &listed)]))]
    }
}
