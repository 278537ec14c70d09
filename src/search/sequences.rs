//! Where the words of a phrase stand in the words of a text: one after another, or with room between.
//!
//! Room is counted as Lucene and tantivy do: the phrase is laid beside the text, and the words are moved from their place
//! in it by at most so many words in all, the farthest to the left and the farthest to the right taken together. A
//! word put in between costs one, two neighbors changing places cost two.

use std::ops::Range;

use super::analysis::{Analyzer, Forms};
use super::chinese::{Cut, Cuts};
use super::language::{Fit, Words, is_within};

/// Steps of trying whose word is whose, in one text; hostile phrases repeat one word many times.
const MOST_STEPS: usize = 50_000;

/// A word of a text with its number in the analyzer's memory.
pub(super) struct Token {
    pub cut: Cut,
    number: usize,
}

/// The words of a text.
pub(super) fn tokens(analyzer: &mut Analyzer, text: &str) -> Vec<Token> {
    analyzer.forget();
    let token = |cut: Cut| {
        let piece = cut.piece;
        let number = if piece.gram { usize::MAX } else { analyzer.number(&text[piece.start..piece.end]) };
        Token { cut, number }
    };
    Cuts::of(text).map(token).collect()
}

/// Where the words stand, in bytes of the text: each whole phrase, or where it has room each run of words that belong to
/// it.
pub(super) fn sequences(analyzer: &mut Analyzer, words: &Words, tokens: &[Token], text: &str) -> Vec<Range<usize>> {
    let wanted: Vec<_> = words.words.iter().map(|w| analyzer.forms(&w.text).clone()).collect();
    let fits = |i: usize, token: &Token| fits(words, &wanted, analyzer, i, token, text);
    if words.slop == 0 {
        return tokens
            .windows(wanted.len())
            .filter(|window| window.iter().enumerate().all(|(i, token)| fits(i, token)))
            .filter_map(|window| Some(window.first()?.cut.piece.start..window.last()?.cut.piece.end))
            .collect();
    }
    let units = units(words);
    let mut found = Vec::new();
    for (u, unit) in units.iter().enumerate() {
        for at in 0..(tokens.len() + 1).saturating_sub(unit.len()) {
            if unit.clone().zip(&tokens[at..]).all(|(i, token)| fits(i, token)) {
                found.push(Place { shift: at as i64 - unit.start as i64, unit: u, at });
            }
        }
    }
    let mut marked = vec![false; tokens.len()];
    for place in near_one_another(found, units.len(), i64::from(words.slop)) {
        marked[place.at..place.at + units[place.unit].len()].fill(true);
    }
    runs(&marked, tokens)
}

fn fits(words: &Words, wanted: &[Forms], analyzer: &Analyzer, i: usize, token: &Token, text: &str) -> bool {
    let (word, wanted, piece) = (&words.words[i], &wanted[i], token.cut.piece);
    if word.gram || piece.gram {
        // Characters are found from the beginning of a word to the end of one, a single one anywhere.
        let next_is_joined = words.words.get(i + 1).is_some_and(|w| w.joined);
        let begins = word.joined || !next_is_joined || token.cut.begins;
        let ends = next_is_joined || !word.joined || token.cut.ends;
        let same = word.gram && piece.gram && text[piece.start..piece.end] == word.text;
        return same && begins && ends && (piece.joined || !word.joined);
    }
    let Some(forms) = analyzer.numbered(token.number) else { return false };
    match word.fit {
        Fit::Stem => forms.shares_stem(wanted),
        Fit::Prefix => forms.form.starts_with(&wanted.form),
        Fit::Near(most) => is_within(&forms.form, &wanted.form, most),
    }
}

/// Words that stay together where others may be moved: the characters of a script without spaces.
fn units(words: &Words) -> Vec<Range<usize>> {
    let mut units: Vec<Range<usize>> = Vec::new();
    for (i, word) in words.words.iter().enumerate() {
        match units.last_mut() {
            Some(last) if word.joined => last.end = i + 1,
            _ => units.push(i..i + 1),
        }
    }
    units
}

/// A place in the text that fits a unit of the phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    /// How far it is moved from where the phrase has it, if the phrase began with the text.
    shift: i64,
    unit: usize,
    /// The number of its first word in the text.
    at: usize,
}

/// The places that belong to a find: one for each unit, no two the same, moved by no more than the slop.
fn near_one_another(mut places: Vec<Place>, units: usize, slop: i64) -> Vec<Place> {
    places.sort_unstable();
    let mut by_word = places.clone();
    by_word.sort_unstable_by_key(|p| p.at);
    // Only where one word of the text could be two words of the phrase does it matter whose it is.
    let contested = by_word.windows(2).any(|p| p[0].at == p[1].at);
    let mut counts = vec![0_usize; units];
    // Units with a place in the window, and units with so many that whatever the others take, one is left.
    let (mut have, mut ample) = (0, 0);
    let mut end = 0;
    let mut belongs = vec![false; places.len()];
    let mut sure = 0;
    let mut steps = 0;
    for start in 0..places.len() {
        while end < places.len() && places[end].shift - places[start].shift <= slop {
            counts[places[end].unit] += 1;
            have += usize::from(counts[places[end].unit] == 1);
            ample += usize::from(counts[places[end].unit] == units);
            end += 1;
        }
        if have == units {
            if !contested || ample == units {
                belongs[sure.max(start)..end].fill(true);
                sure = end;
            } else if steps < MOST_STEPS {
                assign(&places[start..end], units, &mut belongs[start..end], &mut steps);
            }
        }
        ample -= usize::from(counts[places[start].unit] == units);
        counts[places[start].unit] -= 1;
        have -= usize::from(counts[places[start].unit] == 0);
    }
    places.into_iter().zip(belongs).filter(|(_, belongs)| *belongs).map(|(place, _)| place).collect()
}

/// Marks the places that can be part of a choice of one for each unit with no word of the text taken twice.
fn assign(places: &[Place], units: usize, belongs: &mut [bool], steps: &mut usize) {
    for i in 0..places.len() {
        if belongs[i] {
            continue;
        }
        let mut chosen = vec![None; units];
        chosen[places[i].unit] = Some(i);
        let all = (0..units).all(|unit| {
            chosen[unit].is_some() || {
                let mut seen = vec![false; units];
                seen[places[i].unit] = true;
                choose(unit, places, &mut chosen, &mut seen, steps)
            }
        });
        if all {
            // Whatever was chosen along with it belongs as well.
            chosen.iter().flatten().for_each(|&c| belongs[c] = true);
        }
    }
}

/// Finds a place for a unit, letting another unit give way if that one finds a place elsewhere.
fn choose(unit: usize, places: &[Place], chosen: &mut [Option<usize>], seen: &mut [bool], steps: &mut usize) -> bool {
    if std::mem::replace(&mut seen[unit], true) {
        return false;
    }
    for (p, place) in places.iter().enumerate() {
        *steps += 1;
        if place.unit != unit || *steps > MOST_STEPS {
            continue;
        }
        let holder = (0..chosen.len()).find(|&u| chosen[u].is_some_and(|c| places[c].at == place.at));
        let free = match holder {
            None => true,
            Some(holder) => {
                !seen[holder] && {
                    let before = chosen[holder];
                    chosen[unit] = Some(p);
                    let moved = choose(holder, places, chosen, seen, steps);
                    if !moved {
                        chosen[holder] = before;
                        chosen[unit] = None;
                    }
                    moved
                }
            }
        };
        if free {
            chosen[unit] = Some(p);
            return true;
        }
    }
    false
}

/// The bytes of each run of marked words.
fn runs(marked: &[bool], tokens: &[Token]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for (&marked, token) in marked.iter().zip(tokens) {
        match runs.last_mut() {
            Some(run) if marked && open => run.end = token.cut.piece.end,
            _ if marked => runs.push(token.cut.piece.start..token.cut.piece.end),
            _ => {}
        }
        open = marked;
    }
    runs
}
