//! Clauses that were cut in two or put together: what the counterpart does not hold may stand in another clause.

use super::candidates::Candidate;
use super::rounds::Counterparts;
use super::{Link, Pair};

/// What is left over must weigh this much to be looked for.
const WORTH: f32 = 8.0;
/// How much of it another clause must hold.
const HELD: f32 = 0.4;
/// How much of it a clause of an article must hold that has nothing else to do with the clause's own.
const HELD_AFAR: f32 = 0.75;

/// The links of every clause of the old draft and of the new one, the counterpart first; `None` if told to stop.
pub(super) fn links(
    both: &Pair<'_>,
    candidates: &[Vec<Candidate>],
    counterparts: &Counterparts,
    go_on: &dyn Fn() -> bool,
) -> Option<[Vec<Vec<Link>>; 2]> {
    let mut forth: Vec<Vec<Link>> = vec![Vec::new(); both.old.all.len()];
    let mut back: Vec<Vec<Link>> = vec![Vec::new(); both.new.all.len()];
    for (i, went) in counterparts.forth.iter().enumerate() {
        if let Some((j, likeness)) = *went {
            let related = counterparts.related(both, i, j);
            forth[i].push(Link { clause: j, likeness, main: true, certain: both.same_term(i, j), related });
            back[j].push(Link { clause: i, likeness, main: true, certain: both.same_term(i, j), related });
        }
    }
    for (i, list) in candidates.iter().enumerate() {
        if i % 1_024 == 0 && !go_on() {
            return None;
        }
        let main = counterparts.forth[i].map(|(j, _)| j);
        let left = main.map_or_else(|| both.old_bags[i].clone(), |j| both.old_bags[i].without(&both.new_bags[j]));
        if left.weight < WORTH {
            continue;
        }
        let beside = main.into_iter().flat_map(|j| [j + 1, j.wrapping_sub(1)]);
        let mut looked: Vec<usize> = list.iter().map(|c| c.new as usize).chain(beside).collect();
        looked.sort_unstable();
        looked.dedup();
        for k in looked {
            if Some(k) == main || k >= both.new.all.len() {
                continue;
            }
            // What the counterpart of the other clause already explains does not count.
            let own = counterparts.back[k]
                .map_or_else(|| both.new_bags[k].clone(), |o| both.new_bags[k].without(&both.old_bags[o]));
            let merged = left.held_in(&own);
            let split = if own.weight >= WORTH { own.held_in(&left) } else { 0.0 };
            let held = merged.max(split);
            let related = counterparts.related(both, i, k);
            if held >= if related { HELD } else { HELD_AFAR } {
                forth[i].push(Link { clause: k, likeness: held, main: false, certain: false, related });
                back[k].push(Link { clause: i, likeness: held, main: false, certain: false, related });
            }
        }
    }
    for links in forth.iter_mut().chain(&mut back) {
        links.sort_by(|a, b| {
            b.main
                .cmp(&a.main)
                .then(b.related.cmp(&a.related))
                .then(b.likeness.total_cmp(&a.likeness))
                .then(a.clause.cmp(&b.clause))
        });
    }
    Some([forth, back])
}
