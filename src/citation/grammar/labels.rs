//! Numbers and labels: `23`, `8 bis`, `(2)`, `c)`, `, paragraph 2`, `.22`.

use super::super::scan::{Kind, digit, is_digit};
use super::super::words::{ALL, ENGLISH, Level, Meaning, Tongues, Unit, is_adverb};
use super::series::{is_roman, same_kind};
use super::{Bare, Base, DEEPEST, Labels, Reader};

impl Reader<'_> {
    /// Past the full stop of an abbreviation, and past `No.`.
    pub(super) fn after_mark(&self, mut at: usize) -> usize {
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
    pub(super) fn number(&self, at: usize, unit: Unit, capital: bool, tongues: Tongues) -> Option<(String, usize)> {
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
                if let (Some(n), true) = (ordinal, tongues & ENGLISH == 0) {
                    return Some((n.to_string(), at + 1));
                }
                let alone = |c: char| c.is_uppercase() && word.chars().count() == 1;
                let letter = unit != Unit::Article && word.chars().all(alone) && capital;
                let fits = if word == "I" || letter && word == "A" {
                    // `Annex I only`, but `the part I liked`, `Article I wrote`.
                    capital && (unit != Unit::Article || !self.is_plain_word(at + 1, tongues))
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
    pub(super) fn is_plain_word(&self, at: usize, tongues: Tongues) -> bool {
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
    pub(super) fn digits(&self, at: usize, most: usize, tongues: Tongues) -> Option<(String, usize)> {
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

    pub(super) fn with_adverb(&self, label: String, next: usize, tongues: Tongues) -> (String, usize) {
        let word = self.lower(next);
        let is_run = self.is(next, tongues, Meaning::To) && matches!(self.kind(next + 1), Some(Kind::Number));
        if self.goes_on(next) && !self.attached(next) && is_adverb(&word) && !is_run {
            return (format!("{label} {word}"), next + 1);
        }
        (label, next)
    }

    /// A label in brackets: `(2)`, `(c)`, `(iv)`, `(3 bis)`, `(3.1)`.
    pub(super) fn bracketed(&self, at: usize) -> Option<(String, usize)> {
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
    pub(super) fn letters(&self, at: usize) -> Option<(String, usize)> {
        let word = self.word(at);
        let mut chars = word.chars();
        let first = chars.next()?;
        let count = 1 + chars.clone().count();
        let fits = count <= 2 && chars.all(|c| c == first) || is_roman(word);
        let (label, next) = fits.then(|| (word.to_owned(), at + 1))?;
        Some(self.with_adverb(label, next, 0))
    }

    /// A label with its closing bracket alone: `c)`.
    pub(super) fn half_bracketed(&self, at: usize) -> Option<(String, usize)> {
        if !self.goes_on(at) {
            return None;
        }
        let (label, next) = self.letters(at).filter(|_| self.kind(at) == Some(Kind::Word))?;
        let closes = self.sign(next) == Some(')') && self.attached(next);
        (closes && !self.is_in_brackets(at)).then_some((label, next + 1))
    }

    /// Whether a bracket was opened before a token and not closed: the next one that closes is not a label's.
    pub(super) fn is_in_brackets(&self, at: usize) -> bool {
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
    pub(super) fn label(&self, at: usize, tongues: Tongues) -> Option<(String, usize)> {
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
    pub(super) fn points(&self, mut at: usize, labels: &mut Labels, bare: &mut Bare, tongues: Tongues) -> usize {
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
    pub(super) fn worded_point(
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
}
