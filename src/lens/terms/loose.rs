//! Words that look like a defined term and are none: in quotation marks, or with the capitals of one.

use std::collections::{BTreeMap, BTreeSet};

use super::super::tokens::{Gap, Token, folded};
use super::quotes::Quote;
use super::stems::Ending;
use super::uses::stems;
use super::{Loose, Term, Why};
use crate::model::{Outline, TextRange};

/// Words of which so many are listed, and places of each.
const MOST: usize = 300;
const MOST_PLACES: usize = 300;
/// More words in quotation marks are a sentence, not a term.
const LONGEST: usize = 6;
/// Words with capitals count from so many uses on: one can be a name.
const LEAST: usize = 2;

/// Words with the capitals of a term.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    range: TextRange,
    /// They name the text itself: `this Convention`.
    own: bool,
}

/// What is loose in a text, the most frequent first.
pub(super) fn loose(
    text: &str,
    outline: &Outline,
    quotes: &[Quote],
    terms: &[Term],
    ending: Ending,
    runs: &[Run],
) -> Vec<Loose> {
    let mut found = Vec::new();
    let mut known: BTreeSet<Vec<String>> = terms.iter().map(|t| stems(&t.name, ending, &mut found)).collect();
    let mut all: BTreeMap<Vec<String>, Loose> = BTreeMap::new();
    let mut note = |key: Vec<String>, why: Why, range: TextRange| {
        let name = || one_line(range.of(text).unwrap_or_default());
        let one = all.entry(key).or_insert_with(|| Loose { name: name(), why, places: Vec::new() });
        if one.places.len() < MOST_PLACES && one.places.last().is_none_or(|p| p.end <= range.start) {
            one.places.push(range);
        }
    };
    let mut named: Vec<TextRange> = terms.iter().map(|t| t.named).collect();
    named.sort_unstable();
    let is_named = |range: TextRange| {
        let at = named.partition_point(|n| n.end <= range.start);
        named.get(at).is_some_and(|n| n.overlaps(range))
    };
    for quote in quotes {
        let words = quote.inner.of(text).unwrap_or_default();
        let key = stems(words, ending, &mut found);
        let is_term = key.is_empty() || known.contains(&key) || is_named(quote.inner);
        let short = key.len() <= LONGEST && words.chars().count() > 1;
        if !is_term && short && found.iter().all(|t| t.gap < Gap::Other || t.start == 0) {
            note(key, Why::Quoted, quote.inner);
        }
    }
    // What an article is about by its heading is set up in it: the Secretariat. The title is the text itself.
    let headings = outline.provisions.iter().filter_map(|p| p.heading.as_deref());
    for heading in headings.chain(outline.title.as_deref()) {
        known.insert(stems(heading, ending, &mut found));
    }
    let mut own = Vec::new();
    for run in runs {
        let key = stems(run.range.of(text).unwrap_or_default(), ending, &mut found);
        if run.own {
            own.push(key);
        } else if !known.contains(&key) {
            note(key, Why::Capitals, run.range);
        }
    }
    for key in &own {
        all.remove(key);
    }
    let enough = |l: &Loose| l.why == Why::Quoted || l.places.len() >= LEAST;
    let mut all: Vec<Loose> = all.into_values().filter(enough).collect();
    all.sort_by(|a, b| b.places.len().cmp(&a.places.len()).then_with(|| a.places.cmp(&b.places)));
    all.truncate(MOST);
    all
}

/// Whether capitals within a sentence say anything: in German every noun has one.
fn has_capitals(language: &str) -> bool {
    matches!(language.split(['-', '_']).next().unwrap_or_default(), "en" | "fr" | "es" | "ru" | "")
}

/// Finds words with capitals after a word like `the` or `each`, within a sentence, that are no names.
pub(super) fn runs(text: &str, found: &[Token], language: &str, runs: &mut Vec<Run>) {
    if !has_capitals(language) {
        return;
    }
    let word = |t: &Token| text.get(t.start..t.end).unwrap_or_default();
    let mut at = 1;
    while at < found.len() {
        let (before, token) = (&found[at - 1], &found[at]);
        let opens = token.capital && token.gap == Gap::Joined && DETERMINERS.contains(&&*folded(word(before)));
        if !opens {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        let mut last = at + 1;
        while let Some(next) = found.get(end).filter(|t| t.gap == Gap::Joined) {
            if next.capital {
                last = end + 1;
            } else if !LINKS.contains(&word(next)) || end - last > 1 {
                break;
            }
            end += 1;
        }
        let words: Vec<String> = found[at..last].iter().map(|t| folded(word(t)).into_owned()).collect();
        let loud = found[at..last].iter().any(|t| {
            let w = word(t);
            w.chars().count() > 1 && !w.chars().any(char::is_lowercase)
        });
        let numbered = found.get(last).is_some_and(|t| {
            t.gap == Gap::Joined && word(t).starts_with(|c: char| c.is_ascii_digit() || c == 'I' || c == 'V')
        });
        let name = words.iter().any(|w| NAMES.contains(&w.as_str()));
        if !loud && !numbered && !name && last - at <= LONGEST {
            let own = OWN.contains(&&*folded(word(before)));
            runs.push(Run { range: TextRange { start: found[at].start, end: found[last - 1].end }, own });
        }
        at = last;
    }
}

/// Words after which a term may stand.
#[rustfmt::skip]
static DETERMINERS: &[&str] = &[
    "the", "a", "an", "each", "any", "every", "such", "no", "this", "present", "another", "other", "its", "all", "requested", "requesting",
    "le", "la", "les", "l", "un", "une", "des", "du", "chaque", "tout", "toute", "aucun", "aucune", "cette", "ce", "présent", "présente", "presente", "este", "esta", "el", "los", "las", "una", "cada", "ningún", "ninguna", "del", "al",
    "каждый", "каждая", "каждое", "любой", "любая", "любое", "этот", "эта", "это", "настоящий", "настоящая", "настоящее", "настоящего", "настоящей", "настоящему", "настоящим", "настоящем", "настоящую",
];

/// `this Convention` is the text itself.
#[rustfmt::skip]
static OWN: &[&str] = &[
    "this", "present", "cette", "ce", "présent", "présente", "presente", "este", "esta", "настоящий", "настоящая", "настоящее", "настоящего", "настоящей", "настоящему", "настоящим",
    "настоящем", "настоящую",
];

/// Words in small letters within a term.
static LINKS: &[&str] = &[
    "and", "et", "y", "of", "the", "on", "for", "de", "la", "du", "des", "del", "d", "l", "les", "los", "las", "el",
    "и", "по",
];

/// Words of names, and of what structures a text.
#[rustfmt::skip]
static NAMES: &[&str] = &[
    "article", "articles", "chapter", "part", "section", "annex", "annexes", "title", "paragraph", "appendix", "schedule", "regulation", "directive", "decision", "treaty", "treaties", "charter",
    "chapitre", "partie", "annexe", "titre", "règlement", "décision", "traité", "charte", "capítulo", "parte", "anexo", "título", "artículo", "reglamento", "tratado", "carta", "статья", "глава", "часть", "приложение", "устав",
    "united", "nations", "unies", "unidas", "organization", "organisation", "organización", "council", "conseil", "consejo", "european", "europe", "union", "américa", "africa", "asia",
    "state", "states", "états", "état", "estado", "estados", "government", "governments", "world", "international", "secretary", "secrétaire", "secretario", "general", "général",
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "english", "french", "spanish", "arabic", "chinese", "russian",
    "court", "cour", "corte", "commission", "comisión", "parliament", "assembly", "committee", "earth", "internet",
];

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
