//! Where places lie in the bytes of the new text, and how like their words are to those of the quote.

use std::collections::HashMap;
use std::ops::Range;

use super::{Carrier, Found};
use crate::model::TextRange;
use crate::reconcile::words::Word;

/// What is less like than this is not offered.
const WORTH: f32 = 0.2;
/// Bytes between two places in a clause that are one.
const CLOSE: usize = 40;

impl Carrier<'_> {
    /// The places in bytes; those of neighbouring pieces that still follow each other are one.
    pub(super) fn places(
        &self,
        range: TextRange,
        pieces: &[(usize, Range<usize>)],
        found: &[(usize, Found)],
    ) -> Vec<TextRange> {
        let mut places: Vec<(usize, Range<usize>, TextRange)> = Vec::new();
        for (nth, found) in found {
            let (clause, words) = &pieces[*nth];
            let place = self.in_bytes(range, *clause, words, found);
            if let Some((last, last_words, last_place)) = places.last_mut() {
                let last_end = self.both.new.words(*last).len();
                let follows = *last + 1 == found.clause && last_words.end == last_end && found.window.words.start == 0;
                let within = *last == found.clause && place.start >= last_place.start;
                if follows || within && place.start <= last_place.end + CLOSE {
                    last_place.end = last_place.end.max(place.end);
                    (*last, *last_words) = (found.clause, found.window.words.clone());
                    continue;
                }
            }
            places.push((found.clause, found.window.words.clone(), place));
        }
        let mut places: Vec<TextRange> = places.into_iter().map(|p| p.2).collect();
        places.sort();
        places.dedup();
        places
    }

    /// From the first word of a place to its last, with the label and the marks that the quote had too.
    fn in_bytes(&self, range: TextRange, clause: usize, words: &Range<usize>, found: &Found) -> TextRange {
        let both = self.both;
        let (old_words, new_words) = (both.old.words(clause), both.new.words(found.clause));
        let empty = TextRange::default();
        let new_clause = both.new.all.get(found.clause).map_or(empty, |c| c.range);
        let old_clause = both.old.all.get(clause).map_or(empty, |c| c.range);
        let (Some(first), Some(last)) =
            (new_words.get(found.window.words.start), new_words.get(found.window.words.end.saturating_sub(1)))
        else {
            return new_clause;
        };
        let mut place = TextRange { start: first.start as usize, end: (last.end as usize).max(first.start as usize) };
        let at = |words: &[Word], i: usize, end: bool| words.get(i).map(|w| if end { w.end } else { w.start } as usize);
        if let Some(from) = at(old_words, words.start, false) {
            let labels =
                [both.old.all.get(clause), both.new.all.get(found.clause)].map(|c| c.is_some_and(|c| c.labelled));
            // A label that the quote did not have is none of its words.
            let whole = found.window.words.start == 0 && words.start == 0 && range.start <= old_clause.start;
            if whole && (labels[0] || !labels[1]) {
                place.start = new_clause.start;
            } else {
                let head = TextRange { start: range.start.max(old_clause.start).min(from), end: from };
                let head = head.of(self.old.text).unwrap_or_default();
                let mut before = self.new.text[new_clause.start..place.start].chars().rev();
                for c in head.chars().rev() {
                    match before.next() {
                        Some(b) if b == c || is_quote(b) && is_quote(c) => place.start -= b.len_utf8(),
                        _ => break,
                    }
                }
            }
        }
        place.start = with_number(self.new.text, new_clause.start, place.start);
        if let Some(to) = at(old_words, words.end.saturating_sub(1), true) {
            let tail = TextRange { start: to, end: range.end.min(old_clause.end).max(to) };
            let tail = tail.of(self.old.text).unwrap_or_default();
            let mut after = self.new.text[place.end..new_clause.end.max(place.end)].chars();
            for c in tail.chars() {
                match after.next() {
                    Some(n) if n == c || is_stop(n) && is_stop(c) => place.end += n.len_utf8(),
                    _ => break,
                }
            }
        }
        place
    }

    /// The share of words that are the same, twice those in common by all; 1 only where they are the very same.
    pub(super) fn similarity(&self, pieces: &[(usize, Range<usize>)], found: &[(usize, Found)]) -> f32 {
        let old: Vec<u32> = pieces
            .iter()
            .flat_map(|(c, w)| self.both.old.words(*c).get(w.clone()).unwrap_or_default())
            .map(|w| w.exact)
            .collect();
        let new: Vec<u32> = found
            .iter()
            .flat_map(|(_, f)| self.both.new.words(f.clause).get(f.window.words.clone()).unwrap_or_default())
            .map(|w| w.exact)
            .collect();
        alike(&old, &new)
    }

    pub(super) fn offered(
        &self,
        pieces: &[(usize, Range<usize>)],
        range: TextRange,
        mut seen: Vec<Found>,
    ) -> Vec<(TextRange, f32)> {
        seen.sort_by(|a, b| b.window.score.total_cmp(&a.window.score));
        let mut offered: Vec<(TextRange, f32)> = Vec::new();
        for found in seen {
            let Some((clause, words)) = pieces.first() else { break };
            let place = self.in_bytes(range, *clause, words, &found);
            if offered.len() < 5 && found.window.likeness >= WORTH && !offered.iter().any(|(r, _)| r.overlaps(place)) {
                offered.push((place, found.window.likeness));
            }
        }
        offered
    }
}

/// A unit is not cut from its number: where a place would begin with the C of 1.5 °C, it begins with the number.
fn with_number(text: &str, from: usize, start: usize) -> usize {
    let Some(before) = text.get(from..start) else { return start };
    let unit = before.trim_end_matches(['\u{b0}', '\u{ba}', '\u{2da}']);
    if unit.len() == before.len() {
        return start;
    }
    let number = unit.trim_end_matches([' ', '\u{a0}']);
    let number = number.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    from + number.len()
        + before[number.len()..]
            .chars()
            .take_while(|c| matches!(c, ' ' | '.' | ',' | '\u{a0}'))
            .map(char::len_utf8)
            .sum::<usize>()
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '\u{2018}'..='\u{201f}' | '\u{ab}' | '\u{bb}')
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | ';' | ',' | ':' | '\u{60c}' | '\u{61b}' | '\u{3002}' | '\u{ff1b}' | '\u{ff0c}')
}

fn alike(old: &[u32], new: &[u32]) -> f32 {
    if old == new {
        return 1.0;
    }
    let mut counts: HashMap<u32, i32> = HashMap::new();
    for w in old {
        *counts.entry(*w).or_default() += 1;
    }
    let mut shared = 0;
    for w in new {
        if let Some(n) = counts.get_mut(w).filter(|n| **n > 0) {
            *n -= 1;
            shared += 1;
        }
    }
    (2.0 * shared as f32 / (old.len() + new.len()).max(1) as f32).min(0.99)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_keeps_its_unit() {
        let check = |text: &str, words: &str, expected: &str| {
            let start = with_number(text, 0, text.find(words).unwrap_or(0));
            assert_eq!(&text[start..], expected);
        };
        check("below 1.5°C above", "C above", "1.5°C above");
        check("below 2 °C above", "C above", "2 °C above");
        check("well, °C above", "C above", "°C above");
        check("below 2 degrees", "degrees", "degrees");
        check("C above", "C above", "C above");
    }
}
