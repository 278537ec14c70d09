//! Which concerns of the codebook a remark belongs to, by the words of the headings above it and by its own.
//!
//! Few and right rather than many: the name of a concern, or one of the things its name lists, has to be said. What a
//! definition says only decides between concerns whose names fit equally well.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use unicode_segmentation::UnicodeSegmentation;

use crate::model::{Codebook, ConcernId};

/// At most so many concerns are proposed for a remark.
const MOST: usize = 4;
/// How much of a name a heading has to say, and a sentence.
const IN_HEADING: f32 = 0.6;
const IN_WORDS: f32 = 0.8;
/// The two together.
const IN_BOTH: f32 = 0.75;
/// The heading and the paragraph together.
const IN_AROUND: f32 = 0.9;

/// What is named by its own word is not outdone by anything.
const NAMED: f32 = 0.9;
/// Stems that analyses use of every provision: alone in a sentence they name no concern.
const EVERYDAY: &[&str] = &["amend", "scop", "power", "protocol", "legal", "right"];
/// Words whose endings are what they mean.
const WHOLE: &[&str] = &["legality", "necessity", "privacy", "secrecy", "secret"];

/// A concern that is proposed, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Which concern.
    pub concern: ConcernId,
    /// The words that speak for it, for a person: `the heading says “human rights safeguards”`.
    pub reason: String,
}

/// The codebook, ready to be compared.
pub(super) struct Themes {
    entries: Vec<Entry>,
    /// In how many concerns a stem occurs at all.
    spread: HashMap<String, usize>,
}

struct Entry {
    id: ConcernId,
    parent: Option<ConcernId>,
    /// The things its name lists, each as stems with their weight.
    names: Vec<Vec<(String, f32)>>,
    /// Constructions to look for, in lower case.
    phrases: Vec<String>,
    definition: BTreeSet<String>,
}

/// Words with their stems, in order.
#[derive(Default)]
pub(super) struct Words {
    list: Vec<(String, String)>,
    set: HashSet<String>,
}

impl Words {
    pub fn of(text: &str) -> Self {
        let mut words = Self::default();
        for word in text.unicode_words().flat_map(|w| w.split(['-', '\u{2011}'])).filter(|w| !w.is_empty()) {
            let lower = word.to_lowercase();
            let meant = ALIKE.iter().find(|(from, _)| *from == lower).map_or(lower.as_str(), |(_, to)| *to);
            for stem in meant.split(' ').filter_map(stem) {
                words.set.insert(stem.clone());
                words.list.push((lower.clone(), stem));
            }
        }
        words
    }

    fn has(&self, stem: &str) -> bool {
        self.set.contains(stem)
    }

    /// The stems, without those that say nothing.
    pub fn stems(&self) -> BTreeSet<&str> {
        self.list.iter().map(|(_, s)| s.as_str()).collect()
    }
}

impl Themes {
    pub fn of(codebook: &Codebook) -> Self {
        let mut in_names: HashMap<String, usize> = HashMap::new();
        let mut spread: HashMap<String, usize> = HashMap::new();
        let offered: Vec<_> = codebook.concerns.iter().filter(|c| !c.retired).collect();
        for concern in &offered {
            for s in Words::of(&concern.name).stems() {
                *in_names.entry(s.to_owned()).or_default() += 1;
            }
            let all = format!("{} {} {}", concern.name, concern.definition, concern.look_for);
            for s in Words::of(&all).stems() {
                *spread.entry(s.to_owned()).or_default() += 1;
            }
        }
        let weight = |s: &str| {
            let count = in_names.get(s).copied().unwrap_or(1).max(1) as f32;
            (offered.len() as f32 / count).ln_1p() * if s == MISSING { 0.4 } else { 1.0 }
        };
        let entries = offered
            .iter()
            .map(|concern| {
                // What a name quotes is said so or not at all.
                let is_quoted = |p: &&String| p.starts_with('\u{201c}') && p.trim_end().ends_with('\u{201d}');
                let (quoted, parts): (Vec<String>, Vec<String>) =
                    listed(&concern.name).into_iter().partition(|p| is_quoted(&p));
                let quoted = quoted.iter().map(|q| q.trim().trim_matches(['\u{201c}', '\u{201d}']).to_lowercase());
                let names = parts.iter().map(|part| {
                    let words = Words::of(part);
                    words.stems().into_iter().map(|s| (s.to_owned(), weight(s))).collect::<Vec<_>>()
                });
                Entry {
                    id: concern.id,
                    parent: concern.parent,
                    names: names.filter(|n| !n.is_empty()).collect(),
                    phrases: phrases(&concern.look_for).into_iter().chain(quoted).collect(),
                    definition: Words::of(&concern.definition).stems().into_iter().map(str::to_owned).collect(),
                }
            })
            .collect();
        Self { entries, spread }
    }

    /// The concerns of a remark with its headings, best first.
    /// `around` is the paragraph the remark stands in.
    pub fn of_remark(&self, headings: &[&Words], around: &Words, words: &Words, plain: &str) -> Vec<Theme> {
        let lower = plain.to_lowercase();
        let mut scored: Vec<(f32, &Entry, String)> = Vec::new();
        for entry in &self.entries {
            let Some((score, reason)) = self.score(entry, headings, around, words, &lower) else { continue };
            scored.push((score, entry, reason));
        }
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        let best = scored.first().map_or(0.0, |s| s.0);
        let mut kept: Vec<(f32, &Entry, String)> = Vec::new();
        for (score, entry, reason) in scored {
            if kept.len() < MOST && (score * 2.0 >= best || score >= NAMED) {
                kept.push((score, entry, reason));
            }
        }
        // A part says more than the whole, unless the whole is what the heading is about.
        let parts: BTreeMap<ConcernId, f32> = kept.iter().filter_map(|(s, e, _)| Some((e.parent?, *s))).collect();
        kept.retain(|(score, entry, _)| parts.get(&entry.id).is_none_or(|part| score >= part));
        kept.into_iter().map(|(_, entry, reason)| Theme { concern: entry.id, reason }).collect()
    }

    fn score(
        &self,
        entry: &Entry,
        headings: &[&Words],
        around: &Words,
        words: &Words,
        lower: &str,
    ) -> Option<(f32, String)> {
        let mut best: Option<(f32, String)> = None;
        let mut offer = |score: f32, reason: String| {
            if best.as_ref().is_none_or(|b| score > b.0) {
                best = Some((score, reason));
            }
        };
        let informative = |found: &Words| {
            let telling = |s: &&String| self.spread.get(*s).is_some_and(|&n| n <= 4) && found.has(s);
            entry.definition.iter().filter(telling).count() as f32
        };
        for name in &entry.names {
            let all: f32 = name.iter().map(|n| n.1).sum();
            let covered = |found: &dyn Fn(&str) -> bool| -> f32 {
                name.iter().filter(|(s, _)| found(s)).map(|(_, w)| w).sum::<f32>() / all
            };
            for (up, heading) in headings.iter().rev().enumerate() {
                let share = covered(&|s| heading.has(s));
                // A word alone that is in everybody's mouth says nothing.
                let only_missing = name.iter().all(|(s, _)| s == MISSING || !heading.has(s));
                if share >= IN_HEADING && !only_missing {
                    let far = 1.0 / (up + 1) as f32;
                    offer(
                        2.0 * share * (0.5 + far / 2.0) + 0.1 * informative(heading),
                        format!("the heading says \u{201c}{}\u{201d}", said(heading, name)),
                    );
                }
                let both = covered(&|s| heading.has(s) || words.has(s));
                if share > 0.15 && both >= IN_BOTH && name.len() > 1 && !only_missing {
                    offer(
                        1.0 + both * 0.5,
                        format!(
                            "the heading says \u{201c}{}\u{201d} and the words \u{201c}{}\u{201d}",
                            said(heading, name),
                            said(words, name)
                        ),
                    );
                }
            }
            let near = headings.last();
            let led = near.is_some_and(|h| covered(&|s| h.has(s)) > 0.15);
            if led && name.len() > 2 && covered(&|s| near.is_some_and(|h| h.has(s)) || around.has(s)) >= IN_AROUND {
                offer(0.8, format!("its paragraph says \u{201c}{}\u{201d}", said(around, name)));
            }
            let share = covered(&|s| words.has(s));
            let telling = name.len() > 1
                || name
                    .iter()
                    .all(|(s, _)| !EVERYDAY.contains(&s.as_str()) && self.spread.get(s).is_some_and(|&n| n <= 5));
            if share >= IN_WORDS && telling {
                let length = if name.len() > 1 { 1.1 } else { 0.9 };
                offer(
                    length * share + 0.1 * informative(words),
                    format!("the words say \u{201c}{}\u{201d}", said(words, name)),
                );
            }
        }
        if let Some(phrase) = entry.phrases.iter().find(|p| lower.contains(p.as_str())) {
            offer(1.2, format!("the words say \u{201c}{phrase}\u{201d}"));
        }
        best
    }
}

/// The words of a name as they were said.
fn said(found: &Words, name: &[(String, f32)]) -> String {
    let mut line = String::new();
    let mut last = None;
    let mut seen = BTreeSet::new();
    for (at, (word, stem)) in found.list.iter().enumerate() {
        if !name.iter().any(|(s, _)| s == stem) || !seen.insert(stem) {
            continue;
        }
        // One word may stand for several: `MLAT`.
        let again = last.is_some_and(|l: usize| l + 1 == at && found.list[l].0 == *word);
        if again {
            last = Some(at);
            continue;
        }
        if !line.is_empty() {
            line.push_str(if last.is_some_and(|l| l + 1 == at) { " " } else { " … " });
        }
        line.push_str(word);
        last = Some(at);
    }
    line
}

/// The things a name lists: `Journalists, whistleblowers and expression`.
fn listed(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for word in name.split_whitespace() {
        if matches!(word.to_lowercase().as_str(), "and" | "or" | "&" | "et" | "ou" | "y" | "e" | "o") {
            parts.push(String::new());
            continue;
        }
        let (word, ends) = word.strip_suffix([',', ';', '/']).map_or((word, false), |w| (w, true));
        if let Some(last) = parts.last_mut() {
            last.push_str(word);
            last.push(' ');
        }
        if ends {
            parts.push(String::new());
        }
    }
    parts
}

/// The quoted constructions of two words and more.
fn phrases(look_for: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in look_for.split('\u{201c}').skip(1) {
        let Some((phrase, _)) = part.split_once('\u{201d}') else { continue };
        let phrase = phrase.trim_matches([',', ';', ' ', '.']).to_lowercase();
        if phrase.split_whitespace().count() >= 3 && !phrase.contains('…') {
            found.push(phrase);
        }
    }
    found
}

/// What stands for every word that says that something is not there or not enough.
const MISSING: &str = "missing";

/// Words that say nothing of what a remark is about.
const EMPTY: &[&str] = &[
    "the",
    "a",
    "an",
    "of",
    "to",
    "in",
    "on",
    "for",
    "with",
    "by",
    "at",
    "from",
    "and",
    "or",
    "as",
    "is",
    "are",
    "be",
    "it",
    "its",
    "that",
    "this",
    "these",
    "those",
    "their",
    "other",
    "others",
    "over",
    "non",
    "not",
    "no",
    "any",
    "all",
    "risk",
    "risks",
    "issue",
    "issues",
    "concern",
    "concerns",
    "problem",
    "problems",
    "provision",
    "provisions",
    "article",
    "articles",
    "draft",
    "convention",
    "treaty",
    "text",
    "people",
    "general",
    "les",
    "des",
    "la",
    "le",
    "de",
    "du",
    "et",
    "el",
    "los",
    "las",
    "del",
    "y",
    "en",
    "un",
    "une",
    "una",
    "que",
    "s",
    "quot",
    "later",
    "good",
    "person",
];

/// Words of the field that mean the same, each with the word a codebook uses.
const ALIKE: &[(&str, &str)] = &[
    ("insufficient", MISSING),
    ("inadequate", MISSING),
    ("weak", MISSING),
    ("weaker", MISSING),
    ("lack", MISSING),
    ("lacks", MISSING),
    ("lacking", MISSING),
    ("absent", MISSING),
    ("absence", MISSING),
    ("without", MISSING),
    ("fails", MISSING),
    ("gaps", MISSING),
    ("gap", MISSING),
    ("insuficientes", MISSING),
    ("insuffisantes", MISSING),
    ("insuffisants", MISSING),
    ("poor", MISSING),
    ("spying", "surveillance"),
    ("outside", "beyond"),
    ("spy", "surveillance"),
    ("snooping", "surveillance"),
    ("wiretapping", "interception"),
    ("eavesdropping", "interception"),
    ("criminalise", "criminalize"),
    ("overcriminalization", "criminalization"),
    ("overcriminalisation", "criminalization"),
    ("overbroad", "scope"),
    ("offense", "offence"),
    ("offenses", "offences"),
    ("cybercrime", "crime"),
    ("cybercrimes", "crimes"),
    ("mlat", "legal assistance treaties"),
    ("mlats", "legal assistance treaties"),
    ("mla", "legal assistance"),
    ("warrant", "authorization"),
    ("warrants", "authorization"),
    ("redress", "remedy"),
    ("remedies", "remedy"),
    ("notified", "notification"),
    ("notice", "notification"),
    ("press", "journalists"),
    ("reporters", "journalists"),
    ("journalism", "journalists"),
    ("speech", "expression"),
    ("dissent", "expression"),
    ("lgbt", "lgbtq"),
    ("lgbti", "lgbtq"),
    ("lgbtqi", "lgbtq"),
    ("women", "gender"),
    ("researchers", "research"),
    ("covert", "secrecy"),
    ("backdoors", "encryption"),
    ("whistleblowing", "whistleblowers"),
    ("discriminatory", "discrimination"),
    ("proportionate", "proportionality"),
    ("confidential", "confidentiality"),
    ("confidentiality", "confidential"),
];

/// What is left of a word when its ending is taken off; none for a word that says nothing.
fn stem(word: &str) -> Option<String> {
    let lower = word.to_lowercase();
    if EMPTY.contains(&lower.as_str()) || lower.chars().all(|c| !c.is_alphabetic()) {
        return None;
    }
    if lower == MISSING || WHOLE.contains(&lower.as_str()) {
        return Some(lower);
    }
    let mut word = lower.replace("isation", "ization").replace("ise", "ize");
    const ENDINGS: &[&str] = &[
        "izations", "ization", "ations", "ation", "ities", "ments", "ment", "ings", "ions", "ing", "ity", "ion", "ies",
        "ive", "ers", "est", "ized", "ize", "ates", "ated", "ate", "ed", "es", "er", "al", "ly", "s", "e", "y",
    ];
    for ending in ENDINGS {
        if let Some(rest) = word.strip_suffix(ending)
            && rest.chars().count() >= 4
        {
            word.truncate(rest.len());
            break;
        }
    }
    Some(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Concern, Swatch};

    fn book(names: &[(&str, &str)]) -> Codebook {
        let concern = |(n, (name, look_for)): (usize, &(&str, &str))| Concern {
            id: ConcernId(n as u128),
            tag: format!("T{n}"),
            name: (*name).to_owned(),
            definition: String::new(),
            look_for: (*look_for).to_owned(),
            swatch: Swatch::Red,
            key: None,
            parent: None,
            retired: false,
            safeguard: false,
            same_as: Default::default(),
        };
        Codebook { concerns: names.iter().enumerate().map(concern).collect() }
    }

    #[track_caller]
    fn check(heading: &str, words: &str, expected: &[u128]) {
        let book = book(&[
            ("Missing human-rights safeguards", ""),
            ("Surveillance powers", "\u{201c}any criminal offence\u{201d}"),
            ("Scope and over-criminalization", ""),
            ("Security research and good faith", ""),
            ("Cooperation outside legal-assistance treaties", ""),
        ]);
        let themes = Themes::of(&book);
        let found = themes.of_remark(&[&Words::of(heading)], &Words::default(), &Words::of(words), words);
        assert_eq!(found.iter().map(|t| t.concern.0).collect::<Vec<_>>(), expected, "{heading}: {found:?}");
    }

    #[test]
    fn a_concern_is_proposed_where_its_name_is_said() {
        check("Insufficient Human Rights Safeguards", "Article 24(1) fails to name legality.", &[0]);
        check("Secret Spying Powers", "Article 47(2) goes too far.", &[1]);
        check("Expansive Scope and Over-Criminalization", "Delete it.", &[2]);
        check("Weak Protection for Security Researchers", "It says nothing.", &[3]);
        check("Other matters", "It applies to any criminal offence.", &[1]);
        check("Other matters", "This is a concern of many people.", &[]);
        check("Lawless Cooperation", "It goes beyond mutual legal assistance treaties.", &[4]);
    }

    #[test]
    fn a_stem_is_shared_by_the_forms_of_a_word() {
        for (a, b) in [("criminalization", "criminalize"), ("safeguards", "safeguard"), ("cooperation", "cooperate")] {
            assert_eq!(stem(a), stem(b));
        }
        assert_eq!(stem("the"), None);
    }
}
