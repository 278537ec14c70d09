//! Many phrases looked for at once: the longest of them at each word, in time linear in the text.

use std::collections::HashMap;

/// Phrases with a value each.
#[derive(Clone, Debug)]
pub(super) struct Phrases {
    /// A bit for each [`trait_of`] that some word has: most words of a text are told apart without more.
    traits: Vec<u64>,
    words: HashMap<String, u32>,
    next: HashMap<(u32, u32), u32>,
    /// Of each node: the value of the phrase that ends there.
    values: Vec<Option<u32>>,
}

/// The number of a word that stands in no phrase.
pub(super) const UNKNOWN: u32 = u32::MAX;

impl Default for Phrases {
    fn default() -> Self {
        Self { traits: vec![0; TRAITS / 64], words: HashMap::new(), next: HashMap::new(), values: Vec::new() }
    }
}

const TRAITS: usize = 1 << 16;

/// What of a word can be seen at a glance: its length and its ends, as one number.
fn trait_of(word: &str) -> usize {
    let bytes = word.as_bytes();
    let at = |i: usize| bytes.get(i).copied().map_or(0, usize::from);
    let (len, last, before) = (bytes.len(), at(bytes.len().wrapping_sub(1)), at(bytes.len().wrapping_sub(2)));
    (at(0) ^ at(1) << 5 ^ last << 8 ^ before << 3 ^ at(3) << 6 ^ len << 12) % TRAITS
}

impl Phrases {
    /// Adds a phrase, word by word as they are compared; the first of two that are the same stays.
    pub(super) fn add<'w>(&mut self, words: impl Iterator<Item = &'w str>, value: u32) {
        if self.values.is_empty() {
            self.values.push(None);
        }
        let mut node = 0;
        for word in words {
            let count = self.words.len() as u32;
            let number = match self.words.get(word) {
                Some(&number) => number,
                None => {
                    let bit = trait_of(word);
                    if let Some(bits) = self.traits.get_mut(bit / 64) {
                        *bits |= 1 << (bit % 64);
                    }
                    self.words.insert(word.to_owned(), count);
                    count
                }
            };
            let fresh = self.values.len() as u32;
            node = *self.next.entry((node, number)).or_insert(fresh);
            if node == fresh {
                self.values.push(None);
            }
        }
        if let Some(value_there) = self.values.get_mut(node as usize).filter(|_| node != 0) {
            value_there.get_or_insert(value);
        }
    }

    /// The number of a word, [`UNKNOWN`] where it stands in no phrase.
    pub(super) fn number(&self, word: &str) -> u32 {
        let bit = trait_of(word);
        if self.traits.get(bit / 64).is_none_or(|bits| bits & (1 << (bit % 64)) == 0) {
            return UNKNOWN;
        }
        self.words.get(word).copied().unwrap_or(UNKNOWN)
    }

    /// The longest phrase at the beginning of these words: how many of them it has, and its value.
    pub(super) fn longest(&self, words: impl Iterator<Item = u32>) -> Option<(usize, u32)> {
        let (mut node, mut found) = (0, None);
        for (i, word) in words.enumerate() {
            match self.next.get(&(node, word)) {
                Some(&next) if word != UNKNOWN => node = next,
                _ => break,
            }
            found = self.values.get(node as usize).copied().flatten().map(|value| (i + 1, value)).or(found);
        }
        found
    }
}

/// Every phrase that a form stands for: `as (may) be`, `its/their law`.
pub(super) fn spelled_out(form: &str) -> Vec<Vec<&str>> {
    let mut all: Vec<Vec<&str>> = vec![Vec::new()];
    for part in form.split(' ').filter(|p| !p.is_empty()) {
        let optional = part.strip_prefix('(').and_then(|p| p.strip_suffix(')'));
        let choices: Vec<&str> = optional.unwrap_or(part).split('/').collect();
        let with = all.iter().flat_map(|before| {
            choices.iter().map(move |choice| before.iter().copied().chain([*choice]).collect::<Vec<_>>())
        });
        let with: Vec<Vec<&str>> = with.collect();
        if optional.is_some() { all.extend(with) } else { all = with }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_is_found() {
        let mut phrases = Phrases::default();
        for (value, phrase) in ["shall", "shall not", "as far as possible", "shall"].iter().enumerate() {
            phrases.add(phrase.split(' '), value as u32);
        }
        let longest = |text: &str| phrases.longest(text.split(' ').map(|w| phrases.number(w)));
        assert_eq!(longest("shall not be"), Some((2, 1)));
        assert_eq!(longest("shall be"), Some((1, 0)));
        assert_eq!(longest("as far as"), None);
        assert_eq!(longest("as far as possible"), Some((4, 2)));
        assert_eq!(Phrases::default().longest(std::iter::once(0)), None);
    }

    #[test]
    fn forms_are_spelled_out() {
        let spelled = |form| spelled_out(form).iter().map(|p| p.join(" ")).collect::<Vec<_>>();
        assert_eq!(spelled("a (b) c/d"), ["a c", "a d", "a b c", "a b d"]);
        assert_eq!(spelled("a"), ["a"]);
    }
}
