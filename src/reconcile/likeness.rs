//! How like two stretches of words are, where rare words count for more than common ones.
//!
//! A word weighs `ln((n + 1) / d)`, `d` of the `n` clauses of both drafts holding its stem: the inverse document
//! frequency of information retrieval (Spärck Jones, 1972). `the` and `Party` weigh next to nothing in a treaty, and so
//! boilerplate does not make two clauses alike. Likeness is the coefficient of Dice (1945) over the weights.

use super::clauses::Clauses;
use super::words::Word;

/// The weight of every stem.
#[derive(Clone, Debug, Default)]
pub(super) struct Weights(Vec<f32>);

/// What a word weighs that stands in every clause: it still tells two clauses apart if nothing else does.
const LEAST: f32 = 0.1;

/// What a word weighs at least that stands in one clause only: in a short draft too it says much.
const RAREST: f32 = 6.0;

impl Weights {
    /// Counts the stems of both drafts.
    pub(super) fn of(stems: usize, drafts: [&Clauses; 2]) -> Self {
        let mut held = vec![0_u32; stems];
        let mut last = vec![usize::MAX; stems];
        let mut clauses = 0_usize;
        for draft in drafts {
            for clause in 0..draft.all.len() {
                for word in draft.words(clause) {
                    let stem = word.stem as usize;
                    if last[stem] != clauses {
                        last[stem] = clauses;
                        held[stem] += 1;
                    }
                }
                clauses += 1;
            }
        }
        let all = (clauses + 1) as f32;
        let scale = (RAREST / all.ln()).max(1.0);
        let weight = |d: u32| if d == 0 { LEAST } else { (scale * (all / d as f32).ln()).max(LEAST) };
        Self(held.into_iter().map(weight).collect())
    }

    /// How many stems are known.
    pub(super) fn stems(&self) -> usize {
        self.0.len()
    }

    /// What a word weighs.
    pub(super) fn weight(&self, word: Word) -> f32 {
        self.0.get(word.stem as usize).copied().unwrap_or(LEAST)
    }

    /// What words weigh together.
    pub(super) fn sum(&self, words: &[Word]) -> f32 {
        words.iter().map(|w| self.weight(*w)).sum()
    }
}

/// The stems of a clause in order of their numbers, and its pairs of neighbouring stems, each with how often.
#[derive(Clone, Debug, Default)]
pub(super) struct Bag {
    stems: Vec<(u32, f32)>,
    pairs: Vec<(u64, f32)>,
    /// What all stems weigh.
    pub weight: f32,
    pair_weight: f32,
}

impl Bag {
    pub(super) fn of(words: &[Word], weights: &Weights) -> Self {
        let stems: Vec<(u32, f32)> = gathered(words.iter().map(|w| (w.stem, weights.weight(*w))));
        let pairs: Vec<(u64, f32)> = gathered(words.windows(2).map(|w| (pair(w[0], w[1]), pair_weight(w, weights))));
        let weight = stems.iter().map(|s| s.1).sum();
        let pair_weight = pairs.iter().map(|s| s.1).sum();
        Self { stems, pairs, weight, pair_weight }
    }

    /// From 0, nothing in common, to 1, the same words in much the same order.
    pub(super) fn likeness(&self, other: &Self) -> f32 {
        let words = ratio(2.0 * shared(&self.stems, &other.stems), self.weight + other.weight);
        if self.pairs.is_empty() || other.pairs.is_empty() {
            return words;
        }
        let pairs = ratio(2.0 * shared(&self.pairs, &other.pairs), self.pair_weight + other.pair_weight);
        0.6 * words + 0.4 * pairs
    }

    /// How much of this stands in the other, from 0 to 1.
    pub(super) fn held_in(&self, other: &Self) -> f32 {
        let words = ratio(shared(&self.stems, &other.stems), self.weight);
        if self.pairs.is_empty() {
            return words;
        }
        0.5 * words + 0.5 * ratio(shared(&self.pairs, &other.pairs), self.pair_weight)
    }

    /// What is left of this when the other is taken away.
    pub(super) fn without(&self, other: &Self) -> Self {
        let stems = rest(&self.stems, &other.stems);
        let pairs = rest(&self.pairs, &other.pairs);
        let weight = stems.iter().map(|s| s.1).sum();
        let pair_weight = pairs.iter().map(|s| s.1).sum();
        Self { stems, pairs, weight, pair_weight }
    }
}

/// Two neighbouring words as one number.
pub(super) fn pair(one: Word, next: Word) -> u64 {
    u64::from(one.stem) << 32 | u64::from(next.stem)
}

fn pair_weight(words: &[Word], weights: &Weights) -> f32 {
    words.iter().map(|w| weights.weight(*w)).sum::<f32>() / 2.0
}

fn ratio(part: f32, whole: f32) -> f32 {
    if whole > 0.0 { (part / whole).clamp(0.0, 1.0) } else { 0.0 }
}

/// Sums up the weights of equal numbers; in order.
fn gathered<K: Ord + Copy>(items: impl Iterator<Item = (K, f32)>) -> Vec<(K, f32)> {
    let mut all: Vec<(K, f32)> = items.collect();
    all.sort_unstable_by_key(|a| a.0);
    all.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    all
}

/// What two sorted lists have in common, by weight.
fn shared<K: Ord + Copy>(one: &[(K, f32)], other: &[(K, f32)]) -> f32 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while let (Some(a), Some(b)) = (one.get(i), other.get(j)) {
        match a.0.cmp(&b.0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += a.1.min(b.1);
                i += 1;
                j += 1;
            }
        }
    }
    sum
}

fn rest<K: Ord + Copy>(one: &[(K, f32)], other: &[(K, f32)]) -> Vec<(K, f32)> {
    let mut j = 0;
    let mut left = Vec::with_capacity(one.len());
    for &(key, weight) in one {
        while other.get(j).is_some_and(|o| o.0 < key) {
            j += 1;
        }
        let taken = other.get(j).filter(|o| o.0 == key).map_or(0.0, |o| o.1);
        if weight - taken > 1e-4 {
            left.push((key, weight - taken));
        }
    }
    left
}
