//! Where the quoted words of one clause may stand: in its counterpart, in clauses that took over a part, or anywhere.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::window::Search;
use super::{Carrier, Fate, Found};
use crate::reconcile::align::Link;
use crate::reconcile::clauses::NO_UNIT;
use crate::reconcile::holders::Holders;
use crate::reconcile::map::words_to_words;

/// Of words in the counterpart of their clause, as much must be left.
const HELD: f32 = 0.36;
/// Of words that were replaced exactly between the same neighbours.
const HELD_IN_FRAME: f32 = 0.2;
/// Of a clause that is quoted as a whole.
const HELD_OF_WHOLE: f32 = 0.25;
/// Of words of which most were struck.
const HELD_OF_CHOSEN: f32 = 0.2;
/// Of what stands where most of the words were struck, as much must be of them.
const KEPT: f32 = 0.6;
/// Counterparts this much alike are each other's for their words alone.
const ALIKE: f32 = 0.38;
/// And these beyond doubt.
const SURE: f32 = 0.5;
/// Of words in a clause that took over a part of theirs.
const HELD_IN_PART: f32 = 0.55;
/// Of words in any other clause.
const HELD_ANYWHERE: f32 = 0.8;
/// What is looked for anywhere must weigh this much, lest boilerplate be found.
const TELLING: f32 = 12.0;
/// A stretch that came of other words is no place for these.
const EXPLAINED: f32 = 0.5;
/// Of what another clause holds more than the one that was found, to be offered.
const BETTER: f32 = 0.1;
/// Clauses where words are looked for if their own went elsewhere.
const ANYWHERE: usize = 8;

impl Carrier<'_> {
    /// The places of the quoted words of one clause, or why there is none.
    pub(super) fn piece(
        &mut self,
        clause: usize,
        words: Range<usize>,
        seen: &mut Vec<Found>,
    ) -> Result<Vec<Found>, Fate> {
        let both = self.both;
        let links = both.forth.get(clause).map_or(&[][..], Vec::as_slice);
        let all = both.weights.sum(both.old.words(clause));
        let weight = self.weight(clause, &words);
        let whole = weight >= 0.8 * all;
        let mut best: Option<(f32, Found)> = None;
        let mut tried: Vec<usize> = Vec::new();
        let mut main_held = None;
        for link in links {
            tried.push(link.clause);
            let Some(mut found) = self.window(clause, words.clone(), link.clause) else { continue };
            if whole && link.certain {
                // Who quotes a definition means the definition, whatever it says now.
                found.window.words = 0..both.new.words(link.clause).len();
                found.window.held = found.window.held.max(HELD);
            }
            seen.push(found.clone());
            if link.main {
                main_held = Some(found.window.held);
            }
            let option = !link.main && self.is_option(clause, &found);
            let enough = match (link.main, found.window.framed && link.likeness >= SURE) {
                (true, true) => HELD_IN_FRAME,
                // Who quotes a clause as a whole means its counterpart, however much of it was struck.
                (true, false) if whole && (link.certain || link.likeness >= ALIKE) => HELD_OF_WHOLE,
                (true, false) => HELD,
                _ if link.related || option => HELD_IN_PART,
                _ if whole && weight >= 2.0 * TELLING => HELD_ANYWHERE,
                // A phrase found afar is another phrase of the same words.
                _ => f32::INFINITY,
            };
            let known = !link.main && !option && self.explained(&found) > EXPLAINED;
            let w = &found.window;
            // Of bracketed alternatives one was chosen, or a sentence was shortened: little of it is left, but what
            // stands there is of it.
            let chosen = link.main && w.held >= HELD_OF_CHOSEN && w.kept >= KEPT && w.weight >= TELLING;
            if (w.held >= enough || chosen) && !known {
                // The counterpart goes before a clause that holds a little more.
                let score =
                    found.window.score + if link.main { 0.25 } else { 0.0 } + if link.related { 0.25 } else { 0.0 };
                if best.as_ref().is_none_or(|(s, _)| score > *s) {
                    best = Some((score, found));
                }
            }
        }
        if let Some((_, found)) = best {
            // Its clause says it otherwise now; another may say it as it was, and a person is to see that.
            if found.window.held < HELD_ANYWHERE && weight >= TELLING {
                for new in self.holders_of(clause, &words) {
                    if tried.contains(&new) {
                        continue;
                    }
                    let other = self.window(clause, words.clone(), new);
                    seen.extend(other.filter(|o| o.window.held >= HELD_ANYWHERE.max(found.window.held + BETTER)));
                }
            }
            return Ok(self.with_rest(clause, words, found, links));
        }
        let mut elsewhere: Vec<Found> = Vec::new();
        for new in self.holders_of(clause, &words) {
            if tried.contains(&new) {
                continue;
            }
            let Some(found) = self.window(clause, words.clone(), new) else { continue };
            if found.window.held >= 0.5 {
                elsewhere.push(found);
            }
        }
        elsewhere.sort_by(|a, b| b.window.score.total_cmp(&a.window.score).then(a.clause.cmp(&b.clause)));
        seen.extend(elsewhere.iter().take(3).cloned());
        let free: Vec<&Found> = elsewhere
            .iter()
            .filter(|f| {
                let free = self.explained(f) <= EXPLAINED;
                free && f.window.held >= HELD_ANYWHERE && f.window.likeness >= 0.7 || self.is_option(clause, f)
            })
            .collect();
        if weight >= TELLING
            && let Some(first) = free.first()
        {
            let rival = free.get(1).is_some_and(|second| second.window.score > first.window.score - 0.1);
            return if rival { Err(Fate::Lost) } else { Ok(vec![(*first).clone()]) };
        }
        // The clause lives on and nothing of the words does: they were taken out.
        let gone = match main_held {
            Some(held) => held < HELD && !seen.iter().any(|f| f.window.held >= HELD_ANYWHERE),
            None => links.is_empty() && free.is_empty(),
        };
        Err(if gone { Fate::Deleted } else { Fate::Lost })
    }

    /// Whether a place came of another clause of the same article that says nearly the same: of options one was chosen.
    fn is_option(&self, clause: usize, found: &Found) -> bool {
        let own = self.both.back.get(found.clause).and_then(|l| l.first()).filter(|l| l.main);
        let unit = |i: usize| self.both.old.all.get(i).map(|c| c.unit).filter(|u| *u != NO_UNIT);
        if own.is_none_or(|o| unit(o.clause).is_none() || unit(o.clause) != unit(clause)) {
            return false;
        }
        // Drafts print options under one number.
        let enough = if self.is_other_option(clause, found.clause) { HELD_IN_PART } else { HELD_ANYWHERE };
        found.window.held >= enough && found.window.likeness >= enough
    }

    /// What the best place does not hold may stand in a clause that took over a part.
    fn with_rest(&mut self, clause: usize, words: Range<usize>, found: Found, links: &[Link]) -> Vec<Found> {
        let map = self.map(clause, found.clause);
        let held = |i: usize| map.get(i).copied().flatten().is_some_and(|j| found.window.words.contains(&(j as usize)));
        let missing = longest_run(words, |i| !held(i));
        let mut all = vec![found.clone()];
        if missing.len() >= 4 {
            for link in links.iter().filter(|l| l.clause != found.clause) {
                if let Some(other) = self.window(clause, missing.clone(), link.clause)
                    && other.window.held >= HELD_IN_PART
                    && self.explained(&other) <= EXPLAINED
                {
                    all.push(other);
                    break;
                }
            }
        }
        all.sort_by_key(|f| (f.clause, f.window.words.start));
        all
    }

    /// The stretch of a clause of the new draft most like quoted words of one of the old.
    fn window(&mut self, old: usize, quoted: Range<usize>, new: usize) -> Option<Found> {
        let map = self.map(old, new);
        let both = self.both;
        let search =
            Search { old: both.old.words(old), quoted, new: both.new.words(new), map: &map, weights: &both.weights };
        let window = search.best(&mut self.tally)?;
        Some(Found { clause: new, window })
    }

    /// Where the words of a clause of the old draft went in one of the new.
    fn map(&mut self, old: usize, new: usize) -> Rc<[Option<u32>]> {
        if self.maps.len() > 4_096 {
            self.maps.clear();
        }
        let both = self.both;
        let map = self
            .maps
            .entry((old, new))
            .or_insert_with(|| words_to_words(both.old.words(old), both.new.words(new), &both.weights).into());
        Rc::clone(map)
    }

    /// How much of a place came of the counterpart of its own clause, from 0 to 1.
    fn explained(&mut self, found: &Found) -> f32 {
        let both = self.both;
        let Some(own) = both.back.get(found.clause).and_then(|l| l.first()).filter(|l| l.main) else { return 0.0 };
        let map = self.map(own.clause, found.clause);
        let words = both.new.words(found.clause).get(found.window.words.clone()).unwrap_or_default();
        let all = both.weights.sum(words).max(1e-6);
        let came: f32 = map
            .iter()
            .flatten()
            .filter(|j| found.window.words.contains(&(**j as usize)))
            .filter_map(|j| both.new.words(found.clause).get(*j as usize))
            .map(|w| both.weights.weight(*w))
            .sum();
        came / all
    }

    /// Clauses of the new draft that hold telling pairs of the quoted words, the best first.
    fn holders_of(&mut self, clause: usize, quoted: &Range<usize>) -> Vec<usize> {
        let both = self.both;
        let holders = self.holders.get_or_insert_with(|| Holders::of(&both.new));
        let words = both.old.words(clause).get(quoted.clone()).unwrap_or_default();
        let mut shared: HashMap<u32, f32> = HashMap::new();
        for window in words.windows(2) {
            for &new in holders.of_pair(window[0], window[1]) {
                *shared.entry(new).or_default() += both.weights.sum(window);
            }
        }
        let mut all: Vec<(u32, f32)> = shared.into_iter().collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        all.into_iter().take(ANYWHERE).map(|(new, _)| new as usize).collect()
    }
}

fn longest_run(words: Range<usize>, is: impl Fn(usize) -> bool) -> Range<usize> {
    let (mut best, mut from) = (words.start..words.start, words.start);
    for i in words.clone() {
        if !is(i) {
            from = i + 1;
        } else if i + 1 - from > best.len() {
            best = from..i + 1;
        }
    }
    best
}
