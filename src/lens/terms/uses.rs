//! Where defined terms are used.

use std::collections::{BTreeMap, HashMap};

use super::super::phrases::Phrases;
use super::super::tokens::{Gap, Token, folded, paragraphs, tokens};
use super::stems::Ending;
use super::{Term, Use};
use crate::model::TextRange;

/// A term of more words is none.
const MOST_WORDS: usize = 14;

/// Of one term so many definitions are told apart.
const MOST_DEFINITIONS: usize = 24;

/// Terms with the same stems.
#[derive(Default)]
struct Family {
    terms: Vec<usize>,
    /// Within a sentence: uses that begin with a capital, and uses that do not.
    capital: usize,
    small: usize,
}

/// A place where the words of a family stand.
struct Place {
    range: TextRange,
    family: usize,
    capital: bool,
    begins: bool,
    /// All of it in capitals, as in a heading.
    loud: bool,
}

/// Finds the uses of the terms and counts them.
///
/// `paragraph` is called with the words of each paragraph.
pub(super) fn uses(text: &str, terms: &mut [Term], ending: Ending, paragraph: &mut dyn FnMut(&[Token])) -> Vec<Use> {
    let (phrases, mut families) = families(text, terms, ending);
    let places = places(text, &phrases, ending, paragraph);
    let mut named: Vec<TextRange> = terms.iter().map(|t| t.named).collect();
    named.sort_unstable();
    let is_named = |range: TextRange| {
        let at = named.partition_point(|n| n.end <= range.start);
        named.get(at).is_some_and(|n| n.overlaps(range))
    };
    for place in places.iter().filter(|p| !p.begins && !p.loud) {
        if let Some(family) = families.get_mut(place.family).filter(|_| !is_named(place.range)) {
            *(if place.capital { &mut family.capital } else { &mut family.small }) += 1;
        }
    }
    let mut uses = Vec::new();
    for place in places.iter().filter(|p| !is_named(p.range)) {
        let Some(family) = families.get(place.family) else { continue };
        let meant = family.terms.iter().copied().filter(|&t| {
            terms.get(t).is_some_and(|term| {
                let here = term.scope.is_none_or(|s| s.covers(place.range));
                here && (place.capital || !needs_capital(&term.name, family)) && (!place.loud || is_loud(&term.name))
            })
        });
        // Of two definitions the one for less of the text; of two for as much the latter of those before the use.
        let width = |t: usize| terms.get(t).and_then(|t| t.scope).map_or(usize::MAX, TextRange::len);
        let later = |t: usize| {
            let start = terms.get(t).map_or(0, |t| t.named.start);
            if start <= place.range.start { usize::MAX - start } else { usize::MAX }
        };
        if let Some(term) = meant.min_by_key(|&t| (width(t), later(t))) {
            uses.push(Use { range: place.range, term });
        }
    }
    for one in &uses {
        if let Some(term) = terms.get_mut(one.term) {
            term.uses += 1;
        }
    }
    uses
}

/// Whether words are all in capitals, as a title is.
fn is_loud(words: &str) -> bool {
    words.chars().count() > 3 && !words.chars().any(char::is_lowercase) && words.chars().any(char::is_uppercase)
}

/// Whether only words with a capital are the term: it is defined so, and within sentences it is mostly written so.
fn needs_capital(name: &str, family: &Family) -> bool {
    let mut chars = name.chars();
    let first = chars.next().is_some_and(char::is_uppercase);
    let acronym = first && name.chars().nth(1).is_some_and(char::is_uppercase);
    acronym || first && family.capital > 0 && family.capital * 2 >= family.small
}

fn families(text: &str, terms: &[Term], ending: Ending) -> (Phrases, Vec<Family>) {
    let mut phrases = Phrases::default();
    let mut families: Vec<Family> = Vec::new();
    let mut known: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    let mut found = Vec::new();
    for (i, term) in terms.iter().enumerate() {
        let stems = stems(&term.name, ending, &mut found);
        if stems.is_empty() || stems.len() > MOST_WORDS || term.named.of(text).is_none() {
            continue;
        }
        let at = *known.entry(stems).or_insert_with(|| {
            families.push(Family::default());
            families.len() - 1
        });
        if let Some(family) = families.get_mut(at).filter(|f| f.terms.len() < MOST_DEFINITIONS) {
            family.terms.push(i);
        }
    }
    for (stems, at) in &known {
        phrases.add(stems.iter().map(String::as_str), *at as u32);
    }
    (phrases, families)
}

/// The words of a term without their endings.
pub(super) fn stems(name: &str, ending: Ending, found: &mut Vec<Token>) -> Vec<String> {
    tokens(0, name, found);
    let word = |t: &Token| ending.stem(&folded(name.get(t.start..t.end).unwrap_or_default())).into_owned();
    found.iter().map(word).collect()
}

fn places(text: &str, phrases: &Phrases, ending: Ending, each: &mut dyn FnMut(&[Token])) -> Vec<Place> {
    let mut places = Vec::new();
    let mut known = Numbers { phrases, ending, seen: HashMap::new() };
    let (mut found, mut numbers) = (Vec::new(), Vec::new());
    for (from, paragraph) in paragraphs(text) {
        tokens(from, paragraph, &mut found);
        numbers.clear();
        numbers.extend(found.iter().map(|t| known.number(text.get(t.start..t.end).unwrap_or_default())));
        each(&found);
        let mut at = 0;
        while let (Some(token), Some(&first)) = (found.get(at), numbers.get(at)) {
            let rest = found.iter().zip(&numbers).skip(at + 1);
            let rest = rest.take_while(|(t, _)| t.gap == Gap::Joined).map(|(_, n)| *n).take(MOST_WORDS);
            let Some((count, family)) = phrases.longest(std::iter::once(first).chain(rest)) else {
                at += 1;
                continue;
            };
            let end = found.get(at + count - 1).map_or(token.end, |t| t.end);
            let range = TextRange { start: token.start, end };
            let words = range.of(text).unwrap_or_default();
            let loud = is_loud(words);
            // `non-Party` is not a Party.
            let denied = text.get(..token.start).is_some_and(|b| ends_with_any_case(b, "non-"));
            if !denied {
                places.push(Place {
                    range,
                    family: family as usize,
                    capital: token.capital,
                    begins: token.gap == Gap::Sentence || token.gap == Gap::Other,
                    loud,
                });
            }
            at += count;
        }
    }
    places
}

/// The numbers of words in the phrases; those of the words of a text are asked for again and again.
struct Numbers<'p> {
    phrases: &'p Phrases,
    ending: Ending,
    seen: HashMap<String, u32>,
}

/// Words whose numbers are remembered.
const MOST_WORDS_SEEN: usize = 1 << 16;

impl Numbers<'_> {
    fn number(&mut self, word: &str) -> u32 {
        if let Some(&number) = self.seen.get(word) {
            return number;
        }
        let number = self.phrases.number(&self.ending.stem(&folded(word)));
        if self.seen.len() < MOST_WORDS_SEEN {
            self.seen.insert(word.to_owned(), number);
        }
        number
    }
}

fn ends_with_any_case(text: &str, end: &str) -> bool {
    let tail = text.len().checked_sub(end.len()).and_then(|from| text.get(from..));
    tail.is_some_and(|tail| tail.eq_ignore_ascii_case(end))
}
