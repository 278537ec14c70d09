//! How a citation is built: a unit, its number, then labels inward, in lists and runs; or from the inside outward.
//!
//! The rules, with an example of each and where it is written down:
//!
//! * A unit's word and its number: `Article 23`, `art. 8 bis`, `Annex III`, `المادة 23` (all house styles).
//! * Labels inward: `23(2)(c)` (EU Interinstitutional Style Guide, 2.7), `23, paragraph 2 (c)` (UN Editorial Manual),
//!   `23.2.c`, `40 (20)`, `40 Clause 21(b)` (as civil society writes them).
//! * Lists take over what the item before them has: `47(1)(b), (c), and (f)`, `paragraphs 1 (a) and 2 (b)`; a label takes
//!   the place of the last label of its own kind. A number after a unit's word is a unit's, after `paragraphs` a paragraph's.
//! * Runs: `7 to 11`, `7-11`, `(a) to (d)`.
//! * From the inside outward: `points (a) and (b) of Article 5(1)`, `subparagraph (c) of paragraph 2 of this article`,
//!   `подпункт (a) пункта 1 статьи 23`, without a number of the unit also `paragraph 2 above`, `point (a)`.
//! * Divisions from the outside inward: `Chapter III, Section 2`, `Annex VI, article 5`, and `Section 2 of Chapter III`.
//!
//! A unit's word that is repeated begins a citation of its own. Nothing goes on over the end of a paragraph.

use crate::model::Place;

use super::scan::{Gap, Kind, Token, digit, is_digit, words};
use super::words::{ALL, LONGEST, Level, Meaning, Tongues, Unit, is_adverb, meanings};

/// More labels below a unit than this are not a citation.
const DEEPEST: usize = 8;
/// A list goes on for no more items than this; what follows is a citation of its own.
const LONGEST_LIST: usize = 64;
/// `of` goes outward no further than this.
const OUTWARD: usize = 4;

/// What an item's labels are counted from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Base {
    Unit(Unit, String),
    Preamble,
    /// Nothing was said: the unit around the words, or the nearest provision that has such a label.
    Here(Level),
    /// `that article`, `thereof`: the unit named last.
    Last,
}

/// A provision of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Labels {
    pub within: Vec<Place>,
    pub base: Base,
    pub points: Vec<String>,
}

/// An item of a list: a provision or a run of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub from: Labels,
    pub to: Option<Labels>,
    /// Its first token.
    pub first: usize,
    /// One past its last token.
    pub last: usize,
}

/// A citation as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct List {
    pub items: Vec<Item>,
    /// One past its last token.
    pub next: usize,
    /// The languages it can be in.
    pub tongues: Tongues,
}

/// A text with its tokens.
pub(super) struct Reader<'t> {
    pub text: &'t str,
    pub tokens: Vec<Token>,
}

/// Where bare numbers of a list belong.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bare {
    /// To the unit.
    Unit,
    /// Below it, at this depth; `many` where the word before them was plural.
    Point { depth: usize, many: bool },
}

impl Reader<'_> {
    pub fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |&t| words(self.text, t))
    }

    pub fn lower(&self, at: usize) -> String {
        let word = self.word(at);
        if word.len() > LONGEST { String::new() } else { word.to_lowercase() }
    }

    /// A sign that goes on in the same paragraph.
    pub fn sign(&self, at: usize) -> Option<char> {
        match self.tokens.get(at) {
            Some(Token { kind: Kind::Sign(c), gap, .. }) if *gap != Gap::Break => Some(*c),
            _ => None,
        }
    }

    /// Whether a token stands in the same paragraph as the one before it.
    pub fn goes_on(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.gap != Gap::Break)
    }

    pub fn attached(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.gap == Gap::None)
    }

    pub fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|t| t.kind)
    }

    /// What a word can mean in some languages.
    pub fn means(&self, at: usize, tongues: Tongues) -> Vec<(Tongues, Meaning)> {
        if self.kind(at) != Some(Kind::Word) {
            return Vec::new();
        }
        let known = meanings(&self.lower(at));
        known.iter().filter(|(t, _)| t & tongues != 0).map(|&(t, m)| (t & tongues, m)).collect()
    }

    pub fn is(&self, at: usize, tongues: Tongues, meaning: Meaning) -> bool {
        self.goes_on(at) && self.means(at, tongues).iter().any(|(_, m)| *m == meaning)
    }

    pub fn unit(&self, at: usize, tongues: Tongues) -> Option<(Unit, bool, Tongues)> {
        let known = self.means(at, tongues);
        let units =
            known.iter().filter_map(|&(t, m)| if let Meaning::Unit(u, many) = m { Some((u, many, t)) } else { None });
        units.reduce(|a, b| if a.0 == b.0 { (a.0, a.1 || b.1, a.2 | b.2) } else { a })
    }

    /// A word for a level, with how many tokens it takes: `sub-paragraph`, `الفقرة الفرعية`, `§`.
    pub fn level(&self, at: usize, tongues: Tongues) -> Option<(Level, bool, Tongues, usize)> {
        if matches!(self.kind(at), Some(Kind::Sign('§' | '¶'))) {
            let twice = self.kind(at + 1) == self.kind(at) && self.attached(at + 1);
            return Some((Level::Paragraph, twice, tongues, at + 1 + usize::from(twice)));
        }
        if self.lower(at) == "sub" && self.sign(at + 1) == Some('-') && self.attached(at + 1) {
            return self.level(at + 2, tongues).map(|(_, many, t, next)| (Level::Point, many, t, next));
        }
        let known = self.means(at, tongues);
        let mut levels =
            known.iter().filter_map(|&(t, m)| if let Meaning::Level(l, many) = m { Some((l, many, t)) } else { None });
        let (level, many, tongue) = levels.next()?;
        let tongue = levels.filter(|l| (l.0, l.1) == (level, many)).fold(tongue, |all, l| all | l.2);
        let mut next = at + 1;
        let mut level = level;
        if self.sign(next) == Some('-') && self.attached(next) {
            // `sous-alinéa`
            if let Some((_, many, t, next)) = self.level(next + 1, tongue) {
                return Some((Level::Point, many, t, next));
            }
        }
        if self.is(next, tongue, Meaning::Piece) {
            level = Level::Point;
            next += 1;
        }
        if self.sign(next) == Some('.') && self.attached(next) {
            next += 1;
        }
        Some((level, many, tongue, next))
    }

    /// The citation that begins with a unit's word.
    pub fn units(&self, at: usize, tongues: Tongues) -> Option<List> {
        let (unit, many, tongues) = self.unit(at, tongues)?;
        let capital = self.word(at).chars().next().is_some_and(|c| !c.is_lowercase());
        let mut next = self.after_mark(at + 1);
        if many && self.is(next, tongues, Meaning::Of) && matches!(self.kind(next + 1), Some(Kind::Number)) {
            // `المواد من 7 إلى 11`
            next += 1;
        }
        let (number, next) = self.number(next, unit, capital, tongues)?;
        let from = Labels { within: Vec::new(), base: Base::Unit(unit, number), points: Vec::new() };
        let mut list = List { items: Vec::new(), next, tongues };
        self.list(&mut list, from, at, Bare::Unit, many);
        self.divisions(&mut list, unit);
        Some(list)
    }

    /// Past the full stop of an abbreviation, and past `No.`.
    fn after_mark(&self, mut at: usize) -> usize {
        if self.sign(at) == Some('.') && self.attached(at) {
            at += 1;
        }
        if matches!(self.lower(at).as_str(), "no" | "nos" | "nº" | "n") && self.goes_on(at) {
            let after = at + 1;
            if matches!(self.sign(after), Some('.' | '°' | 'º')) && self.attached(after) {
                at = after + 1;
            }
        } else if self.sign(at) == Some('№') {
            at += 1;
        }
        at
    }

    /// The number of a unit, and the token after it.
    fn number(&self, at: usize, unit: Unit, capital: bool, tongues: Tongues) -> Option<(String, usize)> {
        if !self.goes_on(at) {
            return None;
        }
        if self.sign(at) == Some('(') {
            // `recital (12)`
            return self.bracketed(at).filter(|(label, _)| label.starts_with(|c: char| c.is_ascii_digit()));
        }
        match self.kind(at)? {
            Kind::Number => self.digits(at, 4, tongues),
            Kind::Word => {
                let word = self.word(at);
                let ordinal = self.means(at, tongues).into_iter().find_map(|(_, m)| match m {
                    Meaning::Ordinal(n) => Some(n),
                    _ => None,
                });
                if let (Some(n), true) = (ordinal, tongues & super::words::ENGLISH == 0) {
                    return Some((n.to_string(), at + 1));
                }
                let alone = |c: char| c.is_uppercase() && word.chars().count() == 1;
                let letter = unit != Unit::Article && word.chars().all(alone) && capital;
                let fits = if word == "I" || letter && word == "A" {
                    capital && !self.is_plain_word(at + 1, tongues)
                } else {
                    letter || is_roman(word) && (word.chars().all(char::is_uppercase) || unit != Unit::Article)
                };
                let (label, next) = fits.then(|| (word.to_owned(), at + 1))?;
                Some(self.with_adverb(label, next, tongues))
            }
            _ => None,
        }
    }

    /// A lower-case word that neither joins nor leads outward: what follows is a sentence.
    fn is_plain_word(&self, at: usize, tongues: Tongues) -> bool {
        self.kind(at) == Some(Kind::Word)
            && self.goes_on(at)
            && self.word(at).chars().next().is_some_and(char::is_lowercase)
            && !self.means(at, tongues).iter().any(|(_, m)| {
                matches!(
                    m,
                    Meaning::And | Meaning::To | Meaning::Of | Meaning::Near | Meaning::Level(..) | Meaning::Unit(..)
                )
            })
    }

    /// A number printed in digits, at most `most` of them, with what belongs to it: `4a`, `8 bis`.
    fn digits(&self, at: usize, most: usize, tongues: Tongues) -> Option<(String, usize)> {
        let word = self.word(at);
        let length = word.chars().take_while(|&c| is_digit(c)).count();
        let suffix: String = word.chars().skip(length).collect();
        let letters = suffix.chars().count();
        let fits = suffix.is_empty()
            || is_adverb(&suffix.to_lowercase())
            || letters == 1 && suffix.chars().all(char::is_alphabetic)
            || letters == 2 && suffix.chars().all(|c| suffix.starts_with(c));
        if length == 0 || length > most || !fits || matches!(suffix.as_str(), "º" | "ª") && length > 3 {
            return None;
        }
        let mut label: String = word.chars().map_while(|c| digit(c).and_then(|d| char::from_digit(d, 10))).collect();
        if !matches!(suffix.as_str(), "º" | "ª") {
            label.push_str(&suffix);
        }
        let mut next = at + 1;
        if matches!(self.sign(next), Some('°')) && self.attached(next) {
            next += 1;
        }
        // A fraction, a percentage, a date, a document's number.
        if self.attached(next) && matches!(self.sign(next), Some('/' | '%' | ':')) && self.attached(next + 1)
            || self.attached(next) && matches!(self.sign(next), Some('%'))
        {
            return None;
        }
        Some(self.with_adverb(label, next, tongues))
    }

    fn with_adverb(&self, label: String, next: usize, tongues: Tongues) -> (String, usize) {
        let word = self.lower(next);
        let is_run = self.is(next, tongues, Meaning::To) && matches!(self.kind(next + 1), Some(Kind::Number));
        if self.goes_on(next) && !self.attached(next) && is_adverb(&word) && !is_run {
            return (format!("{label} {word}"), next + 1);
        }
        (label, next)
    }

    /// A label in brackets: `(2)`, `(c)`, `(iv)`, `(3 bis)`, `(3.1)`.
    fn bracketed(&self, at: usize) -> Option<(String, usize)> {
        if self.sign(at) != Some('(') || !self.goes_on(at + 1) {
            return None;
        }
        let (mut label, mut next) = match self.kind(at + 1)? {
            Kind::Number => self.digits(at + 1, 3, ALL)?,
            Kind::Word => self.letters(at + 1)?,
            _ => return None,
        };
        while self.sign(next) == Some('.') && self.attached(next) && self.kind(next + 1) == Some(Kind::Number) {
            let (deeper, after) = self.digits(next + 1, 3, ALL)?;
            label = format!("{label}.{deeper}");
            next = after;
        }
        (self.sign(next) == Some(')')).then_some((label, next + 1))
    }

    /// One letter, the same letter twice, or a roman numeral; `bis` behind it.
    fn letters(&self, at: usize) -> Option<(String, usize)> {
        let word = self.word(at);
        let mut chars = word.chars();
        let first = chars.next()?;
        let count = 1 + chars.clone().count();
        let fits = count <= 2 && chars.all(|c| c == first) || is_roman(word);
        let (label, next) = fits.then(|| (word.to_owned(), at + 1))?;
        Some(self.with_adverb(label, next, 0))
    }

    /// A label with its closing bracket alone: `c)`.
    fn half_bracketed(&self, at: usize) -> Option<(String, usize)> {
        if !self.goes_on(at) {
            return None;
        }
        let (label, next) = self.letters(at).filter(|_| self.kind(at) == Some(Kind::Word))?;
        let closes = self.sign(next) == Some(')') && self.attached(next);
        (closes && !self.is_in_brackets(at)).then_some((label, next + 1))
    }

    /// Whether a bracket was opened before a token and not closed: the next one that closes is not a label's.
    fn is_in_brackets(&self, at: usize) -> bool {
        let mut closed = 0;
        for before in (at.saturating_sub(40)..at).rev() {
            match self.kind(before) {
                // `a) b)`: brackets of labels like this one close what was never opened.
                Some(Kind::Sign(')')) => closed += 1,
                Some(Kind::Sign('(')) if closed == 0 => return true,
                Some(Kind::Sign('(')) => closed -= 1,
                _ => {}
            }
            if !self.goes_on(before) {
                return false;
            }
        }
        false
    }

    /// A label after its level's word, with brackets or without.
    fn label(&self, at: usize, tongues: Tongues) -> Option<(String, usize)> {
        if !self.goes_on(at) {
            return None;
        }
        if let Some(found) = self.bracketed(at).or_else(|| self.half_bracketed(at)) {
            return Some(found);
        }
        match self.kind(at)? {
            Kind::Number => {
                let (mut label, mut next) = self.digits(at, 3, tongues)?;
                // `paragraph 3.1` has a label of its own.
                while self.sign(next) == Some('.')
                    && self.attached(next)
                    && self.attached(next + 1)
                    && self.kind(next + 1) == Some(Kind::Number)
                {
                    let (deeper, after) = self.digits(next + 1, 3, tongues)?;
                    label = format!("{label}.{deeper}");
                    next = after;
                }
                Some((label, next))
            }
            Kind::Word => {
                let word = self.word(at);
                let (label, next) = self.letters(at)?;
                let sentence = self.is_plain_word(next, tongues);
                let word_too =
                    matches!(word, "a" | "i" | "I" | "A" | "y" | "e" | "o" | "u" | "à" | "и" | "в" | "с" | "к" | "о");
                (!(word_too && sentence) && word.chars().count() <= 5).then_some((label, next))
            }
            _ => None,
        }
    }

    /// The labels that follow a number or a label; gives the token after them.
    fn points(&self, mut at: usize, labels: &mut Labels, bare: &mut Bare, tongues: Tongues) -> usize {
        let mut worded = matches!(labels.base, Base::Here(_));
        while labels.points.len() < DEEPEST {
            if let Some((label, next)) = self.bracketed(at) {
                labels.points.push(label);
                at = next;
                continue;
            }
            if self.sign(at) == Some('.') && self.attached(at) && self.attached(at + 1) {
                let deeper = match self.kind(at + 1) {
                    Some(Kind::Number) => self.digits(at + 1, 3, 0),
                    Some(Kind::Word) if self.word(at + 1).chars().count() == 1 || is_roman(self.word(at + 1)) => {
                        self.letters(at + 1)
                    }
                    _ => None,
                };
                if let Some((label, next)) = deeper {
                    labels.points.push(label);
                    at = next;
                    continue;
                }
            }
            if worded && let Some((label, next)) = self.half_bracketed(at) {
                labels.points.push(label);
                at = next;
                continue;
            }
            let Some((next, label)) = self.worded_point(at, labels, bare, tongues) else { break };
            at = next;
            labels.points.extend(label);
            worded = true;
        }
        at
    }

    /// `, paragraph 2`, ` clause 21`, `, first subparagraph`; the last has no label.
    fn worded_point(
        &self,
        at: usize,
        labels: &Labels,
        bare: &mut Bare,
        tongues: Tongues,
    ) -> Option<(usize, Option<String>)> {
        let mut next = at + usize::from(self.sign(at) == Some(','));
        while self.is(next, tongues, Meaning::The) || self.sign(next) == Some('’') || self.sign(next) == Some('\'') {
            next += 1;
        }
        if !self.goes_on(next) {
            return None;
        }
        let ordinal = self.means(next, tongues).iter().any(|(_, m)| matches!(m, Meaning::Ordinal(_)));
        if ordinal {
            if let Some((.., after)) = self.level(next + 1, tongues) {
                return Some((after, None));
            }
            return self.is(next + 1, tongues, Meaning::Piece).then_some((next + 2, None));
        }
        let (level, many, _, after) = self.level(next, tongues)?;
        let (label, after) = self.label(after, tongues)?;
        let sibling = if level == Level::Paragraph {
            !labels.points.is_empty()
        } else {
            same_kind(&labels.points, &label).is_some()
        };
        if sibling {
            return None;
        }
        *bare = Bare::Point { depth: labels.points.len(), many };
        Some((after, Some(label)))
    }

    /// Reads a list from its first item on, whose own number has been read.
    fn list(&self, list: &mut List, mut labels: Labels, mut first: usize, mut bare: Bare, many: bool) {
        let tongues = list.tongues;
        let mut at = list.next;
        let mut joined = false;
        loop {
            at = self.points(at, &mut labels, &mut bare, tongues);
            let run = self.run(at, &labels, &mut bare, tongues);
            let (to, after) = run.map_or((None, at), |(to, after)| (Some(to), after));
            at = after;
            list.items.push(Item { from: labels.clone(), to: to.clone(), first, last: at });
            list.next = at;
            if list.items.len() >= LONGEST_LIST {
                return;
            }
            let before = to.unwrap_or(labels);
            let Some(next) = self.next_item(at, &before, bare, many, joined, tongues) else { return };
            (labels, bare, first, at, joined) = (next.labels, next.bare, next.first, next.after, joined || next.joined);
        }
    }

    /// `to 11`, `-11`, `to (d)`, `to Article 11`.
    fn run(&self, at: usize, from: &Labels, bare: &mut Bare, tongues: Tongues) -> Option<(Labels, usize)> {
        let dash = matches!(self.sign(at), Some('-' | '–' | '—' | '‑' | '−' | '~' | '～'));
        if !dash && !self.is(at, tongues, Meaning::To) || !self.goes_on(at + 1) {
            return None;
        }
        let mut next = at + 1;
        while !dash && self.is(next, tongues, Meaning::The) || matches!(self.sign(next), Some('’' | '\'')) {
            next += 1;
        }
        let mut to = from.clone();
        if let Some((again, many, _)) = self.unit(next, tongues) {
            // `Limit Article 23(2)(c) to Articles 7 to 11`: that one is the limit.
            let Base::Unit(unit, first) = &from.base else { return None };
            if again != *unit || many && self.lower(next).ends_with('s') || !from.points.is_empty() {
                return None;
            }
            let (number, after) = self.number(self.after_mark(next + 1), again, true, tongues)?;
            if !is_after(first, &number) {
                return None;
            }
            return Some((Labels { base: Base::Unit(again, number), ..to }, after));
        }
        if let Some((level, .., after)) = self.level(next, tongues) {
            let (label, after) = self.label(after, tongues)?;
            let depth = if level == Level::Paragraph { 0 } else { same_kind(&from.points, &label)? };
            to.points.truncate(depth);
            to.points.push(label);
            let after = self.points(after, &mut to, bare, tongues);
            return Some((to, after));
        }
        if let Some((label, after)) = self.bracketed(next).or_else(|| self.half_bracketed(next)) {
            let depth = same_kind(&from.points, &label)?;
            if !is_after(&from.points[depth], &label) {
                return None;
            }
            to.points.truncate(depth);
            to.points.push(label);
            let after = self.points(after, &mut to, bare, tongues);
            return Some((to, after));
        }
        match (&from.base, *bare) {
            (_, Bare::Point { depth, .. }) => {
                let (label, after) = self.label(next, tongues)?;
                let first = from.points.get(depth)?;
                if !is_after(first, &label) || self.counts(after, tongues) && !from.points.is_empty() && !dash {
                    return None;
                }
                to.points.truncate(depth);
                to.points.push(label);
                let after = self.points(after, &mut to, bare, tongues);
                Some((to, after))
            }
            (Base::Unit(unit, first), Bare::Unit) => {
                let (number, after) = self.number(next, *unit, true, tongues)?;
                let dotted = from.points.last().filter(|_| self.is_dotted(at));
                if let Some(last) = dotted.filter(|last| is_after(last, &number) && !is_after(first, &number)) {
                    // `40.21-22`
                    let depth = from.points.len() - 1;
                    debug_assert_eq!(Some(last), from.points.get(depth));
                    to.points.truncate(depth);
                    to.points.push(number);
                    return Some((to, after));
                }
                if !is_after(first, &number) || self.counts(after, tongues) {
                    return None;
                }
                to = Labels { base: Base::Unit(*unit, number), points: Vec::new(), ..to };
                let after = self.points(after, &mut to, bare, tongues);
                Some((to, after))
            }
            _ => None,
        }
    }

    /// Whether the label before a token was put on with a full stop.
    fn is_dotted(&self, at: usize) -> bool {
        at >= 2 && self.sign(at - 2) == Some('.') && self.attached(at - 1)
    }

    /// Whether a number belongs to what is counted after it: `5 to 12 months`, `and 12 States`.
    fn counts(&self, at: usize, tongues: Tongues) -> bool {
        const COUNTED: &[&str] = &[
            "states",
            "members",
            "months",
            "days",
            "years",
            "weeks",
            "hours",
            "countries",
            "others",
            "percent",
            "per",
            "times",
            "people",
            "persons",
            "articles",
            "paragraphs",
            "pages",
            "words",
            "other",
            "more",
            "million",
            "billion",
            "thousand",
            "organizations",
            "organisations",
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
            "ans",
            "jours",
            "mois",
            "états",
            "días",
            "meses",
            "años",
            "estados",
            "лет",
            "дней",
            "месяцев",
            "государств",
        ];
        if !self.goes_on(at) || self.kind(at) != Some(Kind::Word) || self.attached(at) {
            return false;
        }
        let _ = tongues;
        let word = self.lower(at);
        // `Articles 5 and 6 may`: the month has a capital and a year or a number before it.
        COUNTED.contains(&word.as_str())
            && (word != "may" && word != "march" || self.kind(at + 1) == Some(Kind::Number))
    }

    /// The item after a separator.
    fn next_item(
        &self,
        at: usize,
        before: &Labels,
        bare: Bare,
        many: bool,
        joined: bool,
        tongues: Tongues,
    ) -> Option<Next> {
        let (mut next, and) = self.separator(at, tongues)?;
        while self.is(next, tongues, Meaning::The) && self.level(next + 1, tongues).is_some() {
            next += 1;
        }
        let first = next;
        let end = |labels: Labels, bare: Bare, after: usize| Some(Next { labels, bare, first, after, joined: and });
        if let Some((level, several, _, after)) = self.level(next, tongues) {
            let (label, after) = self.label(after, tongues)?;
            let mut labels = before.clone();
            let depth = if level == Level::Paragraph && !matches!(before.base, Base::Here(Level::Point)) {
                0
            } else {
                same_kind(&before.points, &label).unwrap_or_else(|| before.points.len().min(1))
            };
            labels.points.truncate(depth);
            labels.points.push(label);
            let mut at_end = labels.clone();
            let mut ends = Bare::Point { depth, many: several };
            let past = self.points(after, &mut at_end, &mut ends, tongues);
            // `Article 5(1) and paragraph 2 of Article 6`: that one is another's.
            if matches!(before.base, Base::Unit(..)) && self.leads_outward(past, tongues) {
                return None;
            }
            return end(labels, Bare::Point { depth, many: several }, after);
        }
        if self.unit(next, tongues).is_some() {
            return None;
        }
        if let Some((label, after)) = self.bracketed(next).or_else(|| self.half_bracketed(next)) {
            let depth = same_kind(&before.points, &label)?;
            let mut labels = before.clone();
            labels.points.truncate(depth);
            labels.points.push(label);
            return end(labels, bare, after);
        }
        let level = match bare {
            // `Articles 5, paragraph 1, and 7`: the paragraph was one, the articles are several.
            Bare::Point { many: false, .. } if many => Bare::Unit,
            Bare::Point { many: true, .. } if many && joined && and => Bare::Unit,
            other => other,
        };
        match (level, &before.base) {
            (Bare::Unit, Base::Unit(unit, last)) => {
                let (number, after) = self.number(next, *unit, true, tongues)?;
                let digits = |s: &str| s.chars().take_while(char::is_ascii_digit).count();
                if self.counts(after, tongues) || digits(&number) > 3.max(digits(last)) {
                    return None;
                }
                if !many && !and && !self.list_goes_on(after, tongues) {
                    return None;
                }
                let dotted = before.points.last().filter(|_| self.is_dotted(at) && !self.is_dotted_ahead(after));
                let mut labels = before.clone();
                if !many && let Some(last) = dotted.filter(|last| is_after(last, &number)) {
                    // `Article 40.21 and 22`
                    debug_assert!(!last.is_empty());
                    labels.points.pop();
                    labels.points.push(number);
                    return end(labels, bare, after);
                }
                labels.base = Base::Unit(*unit, number);
                labels.points.clear();
                end(labels, Bare::Unit, after)
            }
            (Bare::Point { depth, many: several }, _) => {
                let (label, after) = self.label(next, tongues)?;
                let number = label.starts_with(|c: char| c.is_ascii_digit());
                if self.counts(after, tongues)
                    || !number && before.points.get(depth).is_some_and(|b| kind_of(b, None) == Sort::Number)
                {
                    return None;
                }
                if !several && !and && !self.list_goes_on(after, tongues) {
                    return None;
                }
                let mut labels = before.clone();
                labels.points.truncate(depth);
                labels.points.push(label);
                end(labels, Bare::Point { depth, many: several }, after)
            }
            _ => None,
        }
    }

    fn is_dotted_ahead(&self, at: usize) -> bool {
        self.sign(at) == Some('.')
            && self.attached(at)
            && self.attached(at + 1)
            && self.kind(at + 1) == Some(Kind::Number)
    }

    /// Whether `, 6 and 7` follows.
    fn list_goes_on(&self, at: usize, tongues: Tongues) -> bool {
        self.separator(at, tongues).is_some_and(|(next, _)| matches!(self.kind(next), Some(Kind::Number)))
            || self.is(at, tongues, Meaning::To) && matches!(self.kind(at + 1), Some(Kind::Number))
    }

    /// `,` `and` `, or` `&` `and/or` `as well as`; the token after it, and whether it joins the last item.
    fn separator(&self, at: usize, tongues: Tongues) -> Option<(usize, bool)> {
        let (mut next, mut and) = (at, false);
        if matches!(self.sign(next), Some(',' | ';' | '،' | '、' | '，')) {
            next += 1;
        }
        if self.is(next, tongues, Meaning::And) || self.sign(next) == Some('&') {
            and = true;
            next += 1;
            if self.sign(next) == Some('/') && self.is(next + 1, tongues, Meaning::And) {
                next += 2;
            }
        } else if self.lower(next) == "as" && self.lower(next + 1) == "well" && self.lower(next + 2) == "as" {
            and = true;
            next += 3;
        }
        (next > at && self.goes_on(next)).then_some((next, and))
    }

    /// Whether `of article 6`, `of this article`, `above` follows.
    pub fn leads_outward(&self, at: usize, tongues: Tongues) -> bool {
        if self.is(at, tongues, Meaning::Near) || self.is(at, tongues, Meaning::This) {
            return true;
        }
        let Some(next) = self.of(at, tongues) else { return false };
        self.is(next, tongues, Meaning::This)
            || self.is(next, tongues, Meaning::That)
            || self.goes_on(next) && (self.unit(next, tongues).is_some() || self.level(next, tongues).is_some())
    }

    /// Past `of the`, `de l’`; a Russian genitive and an Arabic noun need no word.
    pub fn of(&self, at: usize, tongues: Tongues) -> Option<usize> {
        let mut next = at + usize::from(self.sign(at) == Some(','));
        let said = self.is(next, tongues, Meaning::Of);
        if said {
            next += 1;
        } else if tongues & super::words::GENITIVE == 0 {
            return None;
        }
        let article = |at| self.is(at, tongues, Meaning::The) || self.is(at, tongues, Meaning::Of) && said;
        while article(next) || matches!(self.sign(next), Some('’' | '\'')) && self.attached(next) {
            next += 1;
        }
        self.goes_on(next).then_some(next)
    }

    /// The citation that begins with a level's word: from the inside outward.
    pub fn points_first(&self, at: usize, tongues: Tongues) -> Option<List> {
        self.outward(at, tongues, 0)
    }

    fn outward(&self, at: usize, tongues: Tongues, depth: usize) -> Option<List> {
        let (level, many, tongues, after) = self.level(at, tongues)?;
        let (label, after) = self.label(after, tongues)?;
        let number = label.starts_with(|c: char| c.is_ascii_digit());
        let level = if number && level == Level::Paragraph { Level::Paragraph } else { Level::Point };
        let from = Labels { within: Vec::new(), base: Base::Here(level), points: vec![label] };
        let mut list = List { items: Vec::new(), next: after, tongues };
        self.list(&mut list, from, at, Bare::Point { depth: 0, many }, false);
        if depth >= OUTWARD {
            return Some(list);
        }
        let near = list.next + usize::from(self.sign(list.next) == Some(','));
        if self.is(near, tongues, Meaning::Near) {
            list.next = near + 1;
            if self.sign(near + 1) == Some('-') && self.attached(near + 2) {
                // `ci-dessus`
                list.next = near + 3;
            }
            return Some(list);
        }
        if self.is(near, tongues, Meaning::Thereof) {
            list.next = near + 1;
            for item in &mut list.items {
                rebase(item, &Labels { within: Vec::new(), base: Base::Last, points: Vec::new() });
            }
            return Some(list);
        }
        let Some(next) = self.of(list.next, tongues) else { return Some(list) };
        if self.is(next, tongues, Meaning::Preamble) {
            for item in &mut list.items {
                rebase(item, &Labels { within: Vec::new(), base: Base::Preamble, points: Vec::new() });
            }
            list.next = next + 1;
            return Some(list);
        }
        let this = self.is(next, tongues, Meaning::This);
        let that = self.is(next, tongues, Meaning::That);
        if this || that {
            let unit = self.unit(next + 1, tongues).filter(|_| self.goes_on(next + 1));
            let level = self.level(next + 1, tongues).filter(|_| self.goes_on(next + 1));
            if let Some((unit, ..)) = unit {
                let level = if matches!(unit, Unit::Article | Unit::Recital | Unit::Annex) {
                    Level::Paragraph
                } else {
                    Level::Point
                };
                let base = if that { Base::Last } else { Base::Here(level) };
                for item in &mut list.items {
                    rebase(item, &Labels { within: Vec::new(), base: base.clone(), points: Vec::new() });
                }
                list.next = next + 2;
            } else if let Some((.., after)) = level {
                // `subparagraph (b) of this paragraph`: the nearest one around that has it.
                list.next = after;
            }
            return Some(list);
        }
        let outer = self.units(next, tongues).or_else(|| self.outward(next, tongues, depth + 1));
        if let Some(outer) = outer.filter(|_| self.goes_on(next)) {
            return Some(combine(list, outer));
        }
        Some(list)
    }

    /// `preambular paragraph 3`, `third preambular paragraph`, `Preamble, paragraph 3`.
    pub fn preambular(&self, at: usize) -> Option<List> {
        let preamble = |first, number: String, next| {
            let from = Labels { within: Vec::new(), base: Base::Preamble, points: vec![number] };
            let item = Item { from, to: None, first, last: next };
            Some(List { items: vec![item], next, tongues: ALL })
        };
        for (tongues, meaning) in self.means(at, ALL) {
            match meaning {
                Meaning::Ordinal(n) if self.is(at + 1, tongues, Meaning::Preambular) => {
                    let (.., next) = self.level(at + 2, tongues)?;
                    return preamble(at, n.to_string(), next);
                }
                Meaning::Preambular => {
                    let mut list = self.outward(at + 1, tongues, OUTWARD)?;
                    for item in &mut list.items {
                        rebase(item, &Labels { within: Vec::new(), base: Base::Preamble, points: Vec::new() });
                    }
                    if let Some(first) = list.items.first_mut() {
                        first.first = at;
                    }
                    return Some(list);
                }
                Meaning::Preamble => {
                    let from = Labels { within: Vec::new(), base: Base::Preamble, points: Vec::new() };
                    let mut list = List { items: Vec::new(), next: at + 1, tongues };
                    self.list(&mut list, from, at, Bare::Unit, false);
                    return list.items.first().is_some_and(|i| !i.from.points.is_empty()).then_some(list);
                }
                _ => {}
            }
        }
        None
    }

    /// `Chapter III, Section 2` and `Section 2 of Chapter III`; `Annex VI, article 5` and `article 5 of Annex VI`.
    fn divisions(&self, list: &mut List, mut unit: Unit) {
        for _ in 0..OUTWARD {
            let tongues = list.tongues;
            let comma = list.next + usize::from(self.sign(list.next) == Some(','));
            if let (Some((inner, ..)), [outer]) =
                (self.unit(comma, tongues).filter(|_| self.goes_on(comma)), list.items.as_slice())
                && rank(inner) > rank(unit)
                && outer.to.is_none()
                && outer.from.points.is_empty()
                && let Some(below) = self.units(comma, tongues)
            {
                let (outer, first) = (outer.from.clone(), outer.first);
                list.next = below.next;
                list.items = below.items;
                for item in &mut list.items {
                    put_within(item, &outer);
                }
                if let Some(item) = list.items.first_mut() {
                    item.first = first;
                }
                unit = inner;
                continue;
            }
            let Some(next) = self.of(list.next, tongues).filter(|&n| n > list.next) else { return };
            let Some((outer, ..)) = self.unit(next, tongues) else { return };
            if rank(outer) >= rank(unit) {
                return;
            }
            let Some(above) = self.units(next, tongues) else { return };
            let [holder] = above.items.as_slice() else { return };
            for item in &mut list.items {
                put_within(item, &holder.from);
            }
            if let Some(item) = list.items.last_mut() {
                item.last = above.next;
            }
            list.next = above.next;
            unit = outer;
        }
    }
}

struct Next {
    labels: Labels,
    bare: Bare,
    first: usize,
    after: usize,
    joined: bool,
}

/// Which units can stand in which: only in those of a smaller rank.
fn rank(unit: Unit) -> u8 {
    match unit {
        Unit::Annex => 0,
        Unit::Part => 1,
        Unit::Title => 2,
        Unit::Chapter => 3,
        Unit::Section => 4,
        Unit::Article => 5,
        Unit::Recital => 6,
    }
}

/// The place of a unit.
pub(super) fn place(unit: Unit, number: String) -> Place {
    match unit {
        Unit::Article => Place::Article(number),
        Unit::Recital => Place::Recital(number),
        Unit::Part => Place::Part(number),
        Unit::Title => Place::Title(number),
        Unit::Chapter => Place::Chapter(number),
        Unit::Section => Place::Section(number),
        Unit::Annex => Place::Annex(number),
    }
}

/// Puts an item into a division: an article of an annex is a point of it, all else keeps its own address.
fn put_within(item: &mut Item, outer: &Labels) {
    let Base::Unit(unit, number) = &outer.base else { return };
    for labels in [Some(&mut item.from), item.to.as_mut()].into_iter().flatten() {
        match &labels.base {
            Base::Unit(Unit::Article, article) if *unit == Unit::Annex => {
                labels.points.insert(0, article.clone());
                labels.base = outer.base.clone();
            }
            _ => {
                labels.within.splice(0..0, outer.within.iter().cloned().chain([place(*unit, number.clone())]));
            }
        }
    }
}

/// Puts an item's labels below others.
fn rebase(item: &mut Item, outer: &Labels) {
    for labels in [Some(&mut item.from), item.to.as_mut()].into_iter().flatten() {
        labels.within = outer.within.clone();
        labels.base = outer.base.clone();
        labels.points.splice(0..0, outer.points.iter().cloned());
    }
}

/// Each of the inner labels in each of the outer provisions.
fn combine(inner: List, outer: List) -> List {
    let mut items = Vec::new();
    let single = outer.items.len() == 1;
    for (nth, holder) in outer.items.iter().enumerate() {
        for item in &inner.items {
            if items.len() >= LONGEST_LIST {
                break;
            }
            let mut item = item.clone();
            rebase(&mut item, &holder.from);
            if holder.to.is_some() && inner.items.len() == 1 && item.to.is_none() {
                let mut to = inner.items[0].clone();
                if let Some(last) = &holder.to {
                    rebase(&mut to, last);
                }
                item.to = Some(to.from);
            }
            if nth > 0 {
                (item.first, item.last) = (holder.first, holder.last);
            }
            items.push(item);
        }
        if nth == 0
            && let Some(last) = items.last_mut()
        {
            // The words of the outer provision belong to the last of the inner ones.
            last.last = if single { outer.next } else { holder.last };
        }
    }
    List { items, next: outer.next, tongues: outer.tongues }
}

/// What a label counts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Number,
    Lower,
    Upper,
    Roman,
    /// A script without capitals.
    Other,
}

/// What a label counts with, given the label it stands below: `i` below `(a)` is roman.
pub(super) fn kind_of(label: &str, above: Option<Sort>) -> Sort {
    let head = label.split([' ', '.']).next().unwrap_or(label);
    let Some(first) = head.chars().next() else { return Sort::Other };
    if first.is_ascii_digit() {
        return Sort::Number;
    }
    let lettered = matches!(above, Some(Sort::Lower | Sort::Other));
    if is_roman(head) && (head.chars().count() > 1 || lettered && first.is_lowercase()) {
        return Sort::Roman;
    }
    if first.is_lowercase() {
        Sort::Lower
    } else if first.is_uppercase() {
        Sort::Upper
    } else {
        Sort::Other
    }
}

/// The depth of the last label of the same kind, whose place the new one takes.
fn same_kind(points: &[String], label: &str) -> Option<usize> {
    let mut sorts: Vec<Sort> = Vec::with_capacity(points.len());
    for p in points {
        let above = sorts.last().copied();
        sorts.push(kind_of(p, above));
    }
    (0..points.len()).rev().find(|&depth| {
        let above = depth.checked_sub(1).and_then(|d| sorts.get(d)).copied();
        sorts.get(depth) == Some(&kind_of(label, above))
    })
}

/// Whether a number or letter comes after another in its series; roman numerals and scripts that cannot be told pass.
fn is_after(first: &str, last: &str) -> bool {
    let number =
        |s: &str| s.chars().map_while(|c| c.to_digit(10)).fold(None, |n: Option<u32>, d| Some(n.unwrap_or(0) * 10 + d));
    match (number(first), number(last)) {
        (Some(a), Some(b)) => b > a || b == a && last.len() > first.len(),
        (None, None) => {
            let single = |s: &str| s.chars().count() == 1;
            !(single(first) && single(last) && !is_roman(last)) || last > first
        }
        _ => false,
    }
}

/// A roman numeral in one case, up to 399, as the rules have it.
pub(super) fn is_roman(word: &str) -> bool {
    roman(word).is_some()
}

/// Its value.
pub(super) fn roman(word: &str) -> Option<u32> {
    let upper = word.bytes().all(|b| b.is_ascii_uppercase());
    if word.is_empty() || word.len() > 12 || !upper && !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    let mut rest = word.bytes().map(|b| b.to_ascii_uppercase()).collect::<Vec<u8>>();
    let mut total = 0;
    for (value, digits, most) in [
        (100, "C", 3),
        (90, "XC", 1),
        (50, "L", 1),
        (40, "XL", 1),
        (10, "X", 3),
        (9, "IX", 1),
        (5, "V", 1),
        (4, "IV", 1),
        (1, "I", 3),
    ] {
        for _ in 0..most {
            if rest.starts_with(digits.as_bytes()) {
                rest.drain(..digits.len());
                total += value;
            }
        }
    }
    rest.is_empty().then_some(total)
}

/// A roman numeral of this value.
pub(super) fn to_roman(mut n: u32, upper: bool) -> String {
    let mut out = String::new();
    for (value, digits) in
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    {
        while n >= value {
            out.push_str(digits);
            n -= value;
        }
    }
    if upper { out } else { out.to_lowercase() }
}
