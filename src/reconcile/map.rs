//! Which word of a clause went where in another: the heaviest common subsequence.

use super::likeness::Weights;
use super::words::Word;

/// What a pair of words adds for standing straight after a pair, so that `the` goes with its company.
const RUN: f32 = 0.2;

/// For every word of `old` the position of its counterpart in `new`, ascending.
///
/// The common subsequence whose words weigh most; words of one stem count three quarters of equal ones. Costs the
/// product of the lengths of what differs.
pub(super) fn words_to_words(old: &[Word], new: &[Word], weights: &Weights) -> Vec<Option<u32>> {
    let mut map = vec![None; old.len()];
    let head = old.iter().zip(new).take_while(|(a, b)| a.exact == b.exact).count();
    for (i, slot) in map.iter_mut().enumerate().take(head) {
        *slot = Some(i as u32);
    }
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a.exact == b.exact).count();
    for i in 0..tail {
        map[old.len() - 1 - i] = Some((new.len() - 1 - i) as u32);
    }
    let (a, b) = (&old_rest[..old_rest.len() - tail], &new_rest[..new_rest.len() - tail]);
    if a.is_empty() || b.is_empty() {
        return map;
    }
    let width = b.len() + 1;
    // The heaviest common subsequence of what stands from here on, and of those that begin with this very pair.
    let mut best = vec![0.0_f32; (a.len() + 1) * width];
    let mut met = vec![0.0_f32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            let at = i * width + j;
            let after = at + width + 1;
            let pair = worth(a[i], b[j], weights);
            if pair > 0.0 {
                let run = if met[after] > 0.0 { met[after] + RUN } else { 0.0 };
                met[at] = pair + best[after].max(run);
            }
            best[at] = best[at + width].max(best[at + 1]).max(met[at]);
        }
    }
    let (mut i, mut j, mut running) = (0, 0, false);
    while i < a.len() && j < b.len() {
        let at = i * width + j;
        if met[at] > 0.0 && (running || met[at] >= best[at]) {
            map[head + i] = Some((head + j) as u32);
            let after = at + width + 1;
            running = met[after] > 0.0 && met[after] + RUN >= best[after];
            i += 1;
            j += 1;
        } else if best[at + width] >= best[at + 1] {
            running = false;
            i += 1;
        } else {
            running = false;
            j += 1;
        }
    }
    map
}

fn worth(a: Word, b: Word, weights: &Weights) -> f32 {
    if a.exact == b.exact {
        weights.weight(a)
    } else if a.stem == b.stem {
        0.75 * weights.weight(a)
    } else {
        0.0
    }
}
