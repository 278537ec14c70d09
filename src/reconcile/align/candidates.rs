//! Which clauses of the new draft are worth comparing with a clause of the old one.

use std::collections::HashMap;

use super::Pair;
use crate::reconcile::likeness::{Weights, pair};
use crate::reconcile::words::Word;

/// A clause of the new draft like one of the old.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub new: u32,
    pub likeness: f32,
}

/// Candidates of a clause at most.
const MOST: usize = 12;
/// What stands in more clauses than this says nothing about which is meant.
const COMMON: usize = 40;
/// A word alone must be rarer than that.
const COMMON_ALONE: usize = 8;

/// For every clause of the old draft those of the new that share rare words with it, the likest first; `None` if told
/// to stop.
pub(super) fn find(both: &Pair<'_>, weights: &Weights, go_on: &dyn Fn() -> bool) -> Option<Vec<Vec<Candidate>>> {
    let mut holders: HashMap<u64, Vec<u32>> = HashMap::new();
    for new in 0..both.new.all.len() {
        for feature in features(both.new.words(new)) {
            let list = holders.entry(feature).or_default();
            if list.len() <= COMMON && list.last() != Some(&(new as u32)) {
                list.push(new as u32);
            }
        }
    }
    let mut shared = vec![0.0_f32; both.new.all.len()];
    let mut touched: Vec<u32> = Vec::new();
    let mut all = Vec::with_capacity(both.old.all.len());
    for old in 0..both.old.all.len() {
        if old % 256 == 0 && !go_on() {
            return None;
        }
        let words = both.old.words(old);
        let mut note = |feature: u64, weight: f32, common: usize| {
            let Some(list) = holders.get(&feature).filter(|l| l.len() <= common) else { return };
            for &new in list {
                if shared[new as usize] == 0.0 {
                    touched.push(new);
                }
                shared[new as usize] += weight;
            }
        };
        for window in words.windows(2) {
            note(pair(window[0], window[1]), weights.sum(window) / 2.0, COMMON);
        }
        for word in words {
            note(alone(*word), weights.weight(*word), COMMON_ALONE);
        }
        touched.sort_unstable_by(|a, b| shared[*b as usize].total_cmp(&shared[*a as usize]).then(a.cmp(b)));
        let mut found: Vec<Candidate> = touched
            .iter()
            .take(MOST)
            .map(|&new| Candidate { new, likeness: both.likeness(old, new as usize) })
            .collect();
        for new in touched.drain(..) {
            shared[new as usize] = 0.0;
        }
        found.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then(a.new.cmp(&b.new)));
        all.push(found);
    }
    Some(all)
}

fn features(words: &[Word]) -> impl Iterator<Item = u64> + '_ {
    words.windows(2).map(|w| pair(w[0], w[1])).chain(words.iter().map(|w| alone(*w)))
}

/// A word as a feature of its own, told apart from pairs, whose first half is never this large.
fn alone(word: Word) -> u64 {
    u64::from(u32::MAX) << 32 | u64::from(word.stem)
}
