//! The words of a clause that came of certain words of another.

use std::ops::Range;

use crate::reconcile::likeness::Weights;
use crate::reconcile::words::Word;

/// Where words went.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Window {
    /// In the words of the clause.
    pub words: Range<usize>,
    /// How much of what was looked for stands there, by weight, from 0 to 1.
    pub held: f32,
    /// The coefficient of Dice between what was looked for and what stands there, by weight.
    pub likeness: f32,
    /// How much of what stands there is of what was looked for, by weight, from 0 to 1.
    pub kept: f32,
    /// What stands there weighs.
    pub weight: f32,
    /// Whether it stands exactly between the words that the quoted ones stood between.
    pub framed: bool,
    /// The likeness, and more where the words also stand in their order between the same neighbours.
    pub score: f32,
}

/// How much it adds that the words stand where the comparison of the whole clauses sees them.
const IN_PLACE: f32 = 0.5;
/// What a word counts that came of other words of the clause: what is found there is hardly what was looked for.
const TAKEN: f32 = 0.3;
/// What a word put in between counts, compared to one that was looked for: drafters insert more than they strike.
const PUT_IN: f32 = 0.5;

/// How often each stem is wanted, to be used again and again.
#[derive(Debug, Default)]
pub(super) struct Tally {
    wanted: Vec<u16>,
    had: Vec<u16>,
}

impl Tally {
    pub(super) fn new(stems: usize) -> Self {
        Self { wanted: vec![0; stems], had: vec![0; stems] }
    }
}

/// What is looked for, and in what.
pub(super) struct Search<'w> {
    pub old: &'w [Word],
    /// The words of the old clause that are looked for.
    pub quoted: Range<usize>,
    pub new: &'w [Word],
    /// Where the words of the old clause went, by the comparison of the whole clauses.
    pub map: &'w [Option<u32>],
    pub weights: &'w Weights,
}

impl Search<'_> {
    fn quoted(&self) -> &[Word] {
        self.old.get(self.quoted.clone()).unwrap_or_default()
    }

    /// The stretch most like the quoted words; none where nothing of them is there.
    pub(super) fn best(&self, tally: &mut Tally) -> Option<Window> {
        let quoted = self.quoted();
        let sought = self.weights.sum(quoted);
        for word in quoted {
            tally.wanted[word.stem as usize] += 1;
        }
        let mut in_place = vec![false; self.new.len()];
        let mut taken = vec![false; self.new.len()];
        for (i, slot) in self.map.iter().enumerate() {
            let slots = if self.quoted.contains(&i) { &mut in_place } else { &mut taken };
            if let Some(place) = slot.and_then(|j| slots.get_mut(j as usize)) {
                *place = true;
            }
        }
        let matching: Vec<usize> =
            (0..self.new.len()).filter(|&j| tally.wanted[self.new[j].stem as usize] > 0).collect();
        let went = |i: usize| self.map.get(i).copied().flatten().map(|j| j as usize);
        let ends = (went(self.quoted.start), self.quoted.end.checked_sub(1).and_then(went));
        let mut best: Option<Window> = None;
        let longest = 3 * quoted.len() + 12;
        for (nth, &from) in matching.iter().enumerate() {
            let (mut held, mut placed, mut all, mut at) = (0.0, 0.0, 0.0, from);
            for &to in matching[nth..].iter().take_while(|&&to| to - from < longest) {
                all += self.weights.sum(&self.new[at..=to]);
                at = to + 1;
                let word = self.new[to];
                let had = &mut tally.had[word.stem as usize];
                if *had < tally.wanted[word.stem as usize] {
                    held += self.weights.weight(word) * if taken[to] { TAKEN } else { 1.0 };
                }
                *had += 1;
                if in_place[to] {
                    placed += self.weights.weight(word);
                }
                // From where the first quoted word went to where the last one did: whatever stands there was put in.
                let put_in = if ends == (Some(from), Some(to)) { PUT_IN / 2.0 } else { PUT_IN };
                let likeness = 2.0 * held / (sought + held + put_in * (all - held));
                let score = likeness + IN_PLACE * placed / sought;
                if best.as_ref().is_none_or(|b| score > b.score + 1e-5) {
                    best = Some(Window {
                        words: from..to + 1,
                        held: held / sought,
                        likeness,
                        kept: held / all,
                        weight: all,
                        framed: false,
                        score,
                    });
                }
            }
            for &to in &matching[nth..] {
                tally.had[self.new[to].stem as usize] = 0;
            }
        }
        for word in quoted {
            tally.wanted[word.stem as usize] = 0;
        }
        best.map(|w| {
            let words = self.widened(w.words.clone());
            Window { framed: self.framed(&words), words, ..w }
        })
    }

    /// Words put in place of the first or the last quoted ones belong to the place: from where the word before the
    /// quoted ones went, up to where the one after them went, or to the end of the sentence if the quote had it.
    fn widened(&self, words: Range<usize>) -> Range<usize> {
        let most = self.quoted.len() + 3;
        let went = |i: usize| self.map.get(i).copied().flatten().map(|j| j as usize);
        let inside = |i: usize| went(i).is_some_and(|j| words.contains(&j));
        let last = self.quoted.end.saturating_sub(1);
        let mut start = words.start;
        if !inside(self.quoted.start) {
            let before = (0..self.quoted.start).rev().find_map(went).map_or(0, |j| j + 1);
            if before <= words.start && words.start - before <= most {
                // Not over the end of a sentence: what stands before it is another one.
                let stop = (before..words.start).rev().find(|&j| self.new.get(j).is_some_and(|w| w.stop));
                start = stop.map_or(before, |j| j + 1);
            }
        }
        let mut end = words.end;
        if !inside(last) {
            let after = (self.quoted.end..self.old.len()).find_map(went).unwrap_or(self.new.len());
            if after >= words.end && after - words.end <= most {
                let last = words.end.saturating_sub(1);
                let stop = (last..after).find(|&j| self.new.get(j).is_some_and(|w| w.stop));
                end = stop.map_or(after, |j| j + 1);
            }
        }
        let stops = |words: &[Word], i: usize| words.get(i).is_none_or(|w| w.stop) || i + 1 == words.len();
        if !inside(last) && end == words.end && end > 0 && stops(self.old, last) && !stops(self.new, end - 1) {
            let stop = (end..self.new.len()).take(most).find(|&j| stops(self.new, j));
            let others =
                |j: usize| self.map.iter().enumerate().any(|(i, m)| *m == Some(j as u32) && !self.quoted.contains(&i));
            if let Some(stop) = stop.filter(|&stop| 2 * (end..=stop).filter(|&j| others(j)).count() <= stop + 1 - end) {
                end = stop + 1;
            }
        }
        start..end
    }

    /// Whether a stretch stands where the quoted words stood, as their neighbours tell, a word more or less.
    fn framed(&self, words: &Range<usize>) -> bool {
        let went = |i: usize| self.map.get(i).copied().flatten().map(|j| j as usize);
        let from = self.quoted.start.saturating_sub(2);
        let before = match (from..self.quoted.start).rev().find_map(went) {
            Some(j) => j < words.end && words.start.abs_diff(j + 1) <= 2,
            None => self.quoted.start == 0 && words.start <= 1,
        };
        let until = (self.quoted.end + 2).min(self.old.len());
        let after = match (self.quoted.end..until).find_map(went) {
            Some(j) => j >= words.start && words.end.abs_diff(j) <= 2,
            None => self.quoted.end == self.old.len() && words.end + 1 >= self.new.len(),
        };
        before && after
    }
}
