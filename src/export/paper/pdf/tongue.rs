//! The languages of a paper as typst wants them, each with the faces it is set in.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{Block, Front, Paper, Run};
use super::data::Tongue;
use super::faces::{Faces, Hand};

/// The languages of a paper.
pub(super) struct Tongues {
    paper: Tongue,
    others: BTreeMap<String, Tongue>,
}

impl Tongues {
    /// Of the paper and of the runs that name another.
    pub(super) fn of(paper: &Paper, letters: &Letters, faces: &Faces) -> Self {
        let tongue = |tag: &str| {
            let (lang, region) = parts(tag)?;
            Some(Tongue { lang, region, font: faces.families(hand_of(tag)) })
        };
        let own = paper.language.tag();
        let english = || Tongue { lang: "en".to_owned(), region: None, font: faces.families(None) };
        let own = tongue(own).unwrap_or_else(english);
        let others = letters.tags.iter().filter_map(|tag| Some((tag.clone(), tongue(tag)?)));
        let others = others.filter(|(_, other)| *other != own).collect();
        Self { paper: own, others }
    }

    /// That of the paper.
    pub(super) fn of_paper(&self) -> &Tongue {
        &self.paper
    }

    /// Those of runs, by their tag.
    pub(super) fn others(&self) -> &BTreeMap<String, Tongue> {
        &self.others
    }

    /// Whether a run with this tag is set in another language than the paper.
    pub(super) fn differs(&self, tag: &str) -> bool {
        self.others.contains_key(tag)
    }
}

/// The letters of a paper, each once for each hand it is to be written in, and the tags of its runs.
#[derive(Default)]
pub(super) struct Letters {
    pub(super) all: BTreeSet<(Option<Hand>, char)>,
    tags: BTreeSet<String>,
    /// How many runs there are.
    pub(super) runs: usize,
    /// How many bytes they have.
    pub(super) bytes: usize,
}

impl Letters {
    /// All of a paper.
    pub(super) fn of(paper: &Paper) -> Self {
        let mut letters = Self::default();
        let own = hand_of(paper.language.tag());
        let Front { title, subtitle, organisation, date, addressee, introduction, signatories, logo: _ } = &paper.front;
        for words in [title, subtitle, organisation, date, addressee] {
            letters.take(words, own);
        }
        let signed = signatories.iter().flat_map(|(heading, names)| std::iter::once(heading).chain(names));
        signed.for_each(|words| letters.take(words, own));
        let mut blocks: Vec<&Block> = introduction.iter().chain(&paper.body).collect();
        let mut runs: Vec<&Run> = Vec::new();
        while let Some(block) = blocks.pop() {
            letters.runs += 1;
            match block {
                Block::Heading { runs: own, .. } | Block::Paragraph { runs: own, .. } => runs.extend(own),
                Block::List { items, .. } => blocks.extend(items.iter().flatten()),
                Block::Table(grid) => {
                    grid.columns.iter().for_each(|column| letters.take(&column.name, own));
                    blocks.extend(grid.rows.iter().flat_map(|row| row.cells.iter().flatten()));
                }
                Block::PageBreak => {}
            }
            while let Some(run) = runs.pop() {
                let hand = match &run.language {
                    Some(tag) => {
                        if !letters.tags.contains(tag) {
                            letters.tags.insert(tag.clone());
                        }
                        hand_of(tag)
                    }
                    None => own,
                };
                letters.take(&run.text, hand);
                runs.extend(run.footnote.iter().flatten());
            }
        }
        letters
    }

    fn take(&mut self, words: &str, hand: Option<Hand>) {
        self.runs += 1;
        self.bytes += words.len();
        let mut last = '\0';
        for c in words.chars().filter(|c| !c.is_ascii()) {
            if c != last {
                self.all.insert((hand, c));
                last = c;
            }
        }
    }
}

/// Language and region of a tag, where typst takes them.
fn parts(tag: &str) -> Option<(String, Option<String>)> {
    let mut subtags = tag.trim().split(['-', '_']);
    let letters = |subtag: &&str, least: usize, most: usize| {
        (least..=most).contains(&subtag.len()) && subtag.bytes().all(|b| b.is_ascii_alphabetic())
    };
    let lang = subtags.next().filter(|lang| letters(lang, 2, 3))?.to_lowercase();
    let region = subtags.find(|region| letters(region, 2, 2)).map(str::to_uppercase);
    let region = region.or_else(|| (hand_of(tag) == Some(Hand::Traditional)).then(|| "TW".to_owned()));
    Some((lang, region))
}

/// How the signs of Chinese are written in a language.
fn hand_of(tag: &str) -> Option<Hand> {
    let tag = tag.trim().to_lowercase();
    let mut subtags = tag.split(['-', '_']);
    match subtags.next() {
        Some("zh") if subtags.any(|s| matches!(s, "hant" | "tw" | "hk" | "mo")) => Some(Hand::Traditional),
        Some("zh") => Some(Hand::Simplified),
        Some("ja") => Some(Hand::Japanese),
        Some("ko") => Some(Hand::Korean),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_taken_apart() {
        let check = |tag: &str, expected: Option<(&str, Option<&str>)>| {
            let found = parts(tag);
            assert_eq!(found.as_ref().map(|(l, r)| (l.as_str(), r.as_deref())), expected, "{tag}");
        };
        check("en", Some(("en", None)));
        check(" FR-ca ", Some(("fr", Some("CA"))));
        check("zh-Hant", Some(("zh", Some("TW"))));
        check("sr-Latn-RS", Some(("sr", Some("RS"))));
        check("x-klingon", None);
        check("english", None);
        check("", None);
        assert_eq!(hand_of("zh-Hans-CN"), Some(Hand::Simplified));
        assert_eq!(hand_of("zh_HK"), Some(Hand::Traditional));
        assert_eq!(hand_of("fr"), None);
    }
}
