//! Which clauses hold which words: pairs of neighbouring ones, and words alone.

use std::collections::HashMap;

use super::clauses::Clauses;
use super::likeness::pair;
use super::words::Word;

/// What stands in more clauses than this says nothing about which is meant.
const COMMON: usize = 40;
/// A word alone must be rarer than that.
const COMMON_ALONE: usize = 8;

/// The clauses of a draft by what they hold.
#[derive(Debug, Default)]
pub(super) struct Holders(HashMap<u64, Vec<u32>>);

impl Holders {
    pub(super) fn of(clauses: &Clauses) -> Self {
        let mut all: HashMap<u64, Vec<u32>> = HashMap::new();
        for clause in 0..clauses.all.len() {
            let words = clauses.words(clause);
            let pairs = words.windows(2).map(|w| pair(w[0], w[1]));
            for feature in pairs.chain(words.iter().map(|w| alone(*w))) {
                let list = all.entry(feature).or_default();
                if list.len() <= COMMON && list.last() != Some(&(clause as u32)) {
                    list.push(clause as u32);
                }
            }
        }
        Self(all)
    }

    /// The clauses that hold these two words one after the other; none where too many do.
    pub(super) fn of_pair(&self, one: Word, next: Word) -> &[u32] {
        self.rare(pair(one, next), COMMON)
    }

    /// The clauses that hold a word; none where too many do.
    pub(super) fn of_word(&self, word: Word) -> &[u32] {
        self.rare(alone(word), COMMON_ALONE)
    }

    fn rare(&self, feature: u64, common: usize) -> &[u32] {
        self.0.get(&feature).filter(|l| l.len() <= common).map_or(&[], Vec::as_slice)
    }
}

/// A word as a feature of its own, told apart from pairs, whose first half is never this large.
fn alone(word: Word) -> u64 {
    u64::from(u32::MAX) << 32 | u64::from(word.stem)
}
