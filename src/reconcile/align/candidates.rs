//! Which clauses of the new draft are worth comparing with a clause of the old one.

use super::Pair;
use crate::reconcile::holders::Holders;
use crate::reconcile::likeness::Weights;

/// A clause of the new draft like one of the old.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub new: u32,
    pub likeness: f32,
}

/// Candidates of a clause at most.
const MOST: usize = 12;
/// For every clause of the old draft those of the new that share rare words with it, the likest first; `None` if told
/// to stop.
pub(super) fn find(both: &Pair<'_>, weights: &Weights, go_on: &dyn Fn() -> bool) -> Option<Vec<Vec<Candidate>>> {
    let holders = Holders::of(both.new);
    let mut shared = vec![0.0_f32; both.new.all.len()];
    let mut touched: Vec<u32> = Vec::new();
    let mut all = Vec::with_capacity(both.old.all.len());
    for old in 0..both.old.all.len() {
        if old % 256 == 0 && !go_on() {
            return None;
        }
        let words = both.old.words(old);
        let mut note = |list: &[u32], weight: f32| {
            for &new in list {
                if shared[new as usize] == 0.0 {
                    touched.push(new);
                }
                shared[new as usize] += weight;
            }
        };
        for window in words.windows(2) {
            note(holders.of_pair(window[0], window[1]), weights.sum(window) / 2.0);
        }
        for word in words {
            note(holders.of_word(*word), weights.weight(*word));
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
