//! Whose provision a citation is of: the instrument the text is about, or another one, which is named but not followed.
//!
//! `Article 102 of the UN Charter`, `article 17 of the Covenant`, `Article 6(1) GDPR`, `ICCPR Article 17` are another's;
//! `article 5 of this Convention`, `Article 5 of the draft treaty` one's own. Which noun means one's own is told from the
//! text itself (`this Convention`, `the proposed treaty`) and from the names it is known by; the rule that every legal text
//! calls itself `this` or `the present` is the UN Editorial Manual's and the EU Joint Practical Guide's.

use std::collections::{HashMap, HashSet};

use super::grammar::Reader;
use super::names::{ACRONYMS, IN_THE_MAKING, NOUNS, OTHERS, OWN_NOUNS, SMALL};
use super::scan::{Gap, Kind};
use super::words::{ALL, Meaning, Tongues};

/// Whose a citation is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// Said to be the text's own instrument's.
    Own,
    /// Another's, by its name.
    Other(String),
    /// That of the instrument named last with this noun: `that Regulation`.
    Last(String),
}

/// What a text calls its own instrument.
#[derive(Clone, Debug, Default)]
pub(super) struct Own {
    nouns: HashSet<String>,
    /// Every word of the names it is known by, in lower case.
    words: HashSet<String>,
    /// Acronyms the text defines for other instruments, with whether they are one's own.
    acronyms: HashMap<String, bool>,
}

/// Once a noun stands after `this` for a fifth of the times the most frequent one does, it is one's own too.
const RARE: usize = 5;

impl Own {
    /// Reads it from the text, and from the names the instrument is known by.
    pub fn of(reader: &Reader<'_>, names: &[&str]) -> Self {
        let mut own = Self::default();
        let mut counts: HashMap<String, usize> = HashMap::new();
        for at in 0..reader.tokens.len() {
            if reader.kind(at) != Some(Kind::Word) {
                continue;
            }
            let word = reader.lower(at);
            let this = reader.means(at, ALL).iter().any(|(_, m)| *m == Meaning::This) && reader.goes_on(at + 1);
            if this || IN_THE_MAKING.contains(&word.as_str()) {
                // `the proposed UN Cybercrime Convention`
                let mut words = Vec::new();
                for next in at + 1..at + 8 {
                    let (lower, capital) = (reader.lower(next), reader.is_capital(next));
                    if !reader.goes_on(next) || reader.kind(next) != Some(Kind::Word) {
                        break;
                    }
                    if is_noun(&lower) {
                        *counts.entry(lower.clone()).or_default() += 1;
                        words.push(lower);
                        own.words.extend(words.drain(..));
                        break;
                    }
                    if !capital && !IN_THE_MAKING.contains(&lower.as_str()) {
                        break;
                    }
                    words.push(lower);
                }
            }
        }
        let most = counts.values().copied().max().unwrap_or(0);
        own.nouns = counts.into_iter().filter(|(_, n)| n * RARE >= most).map(|(noun, _)| noun).collect();
        for name in names {
            for word in name.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase) {
                if is_noun(&word) {
                    own.nouns.insert(word.clone());
                }
                own.words.insert(word);
            }
        }
        if own.nouns.is_empty() {
            own.nouns.extend(["convention", "treaty", "agreement", "tratado", "traité"].map(str::to_owned));
        }
        own.nouns.extend(OWN_NOUNS.iter().map(|n| (*n).to_owned()));
        own.read_acronyms(reader);
        own
    }

    /// `International Covenant on Civil and Political Rights (ICCPR)`.
    fn read_acronyms(&mut self, reader: &Reader<'_>) {
        for at in 1..reader.tokens.len() {
            let acronym = reader.word(at);
            let alone = reader.sign(at - 1) == Some('(') && reader.sign(at + 1) == Some(')') && is_acronym(acronym);
            if !alone || self.acronyms.contains_key(acronym) || self.acronyms.len() > 500 {
                continue;
            }
            // The words before the bracket, back to the beginning of the name.
            let mut words = Vec::new();
            let mut capital = at;
            for back in (at.saturating_sub(16)..at - 1).rev() {
                if reader.kind(back) != Some(Kind::Word) {
                    break;
                }
                let lower = reader.lower(back);
                if reader.is_capital(back) {
                    capital = back;
                } else if !SMALL.contains(&lower.as_str()) && !is_noun(&lower) {
                    break;
                }
                words.push((back, lower));
            }
            let name: Vec<String> = words.into_iter().rev().filter(|(b, _)| *b >= capital).map(|(_, w)| w).collect();
            if name.iter().any(|w| is_noun(w)) {
                let mine = self.is_mine(&name);
                self.acronyms.insert(acronym.to_owned(), mine);
            }
        }
    }

    /// Whether a name, in lower case, is one's own: its noun is, and all that is said with it.
    fn is_mine(&self, name: &[String]) -> bool {
        if OTHERS.iter().any(|other| name.windows(other.len()).any(|w| w.iter().eq(other.iter()))) {
            return false;
        }
        let Some(noun) = name.iter().find(|w| is_noun(w) || OWN_NOUNS.contains(&w.as_str())) else { return true };
        self.nouns.contains(noun)
            && name.iter().all(|w| {
                w == noun
                    || self.words.contains(w)
                    || SMALL.contains(&w.as_str())
                    || IN_THE_MAKING.contains(&w.as_str())
                    || is_noun(w) && self.nouns.contains(w)
                    || w == "chair"
            })
    }

    /// Whose a citation is, by the words behind it; with the token after them.
    pub fn behind(&self, reader: &Reader<'_>, at: usize, tongues: Tongues) -> Option<(Whose, usize)> {
        // `Article 6(1) GDPR`
        if let Some(found) = self.acronym(reader, at) {
            return Some((found, at + 1));
        }
        let mut next = at + usize::from(matches!(reader.sign(at), Some(',')));
        let of = reader.means(next, tongues).iter().any(|(_, m)| *m == Meaning::Of) && reader.goes_on(next);
        let to = matches!(reader.lower(next).as_str(), "to" | "à" | "a") && reader.goes_on(next);
        if !of && !to && tongues & super::words::GENITIVE == 0 {
            return (reader.is(next, tongues, Meaning::Thereof)).then(|| (Whose::Last(String::new()), next + 1));
        }
        let strict = to
            || of
                && !matches!(
                    reader.lower(next).as_str(),
                    "of" | "de" | "du" | "del" | "des" | "d" | "من" | "van" | "der"
                );
        next += usize::from(of || to);
        loop {
            let skipped = reader.is(next, tongues, Meaning::The)
                || of && reader.is(next, tongues, Meaning::Of) && !reader.is_capital(next)
                || matches!(reader.sign(next), Some('’' | '\'')) && reader.attached(next);
            if !skipped || !reader.goes_on(next) {
                break;
            }
            next += 1;
        }
        if !reader.goes_on(next) {
            return None;
        }
        let this = reader.is(next, tongues, Meaning::This);
        if this || reader.is(next, tongues, Meaning::That) {
            let noun = reader.lower(next + 1);
            return match (this, is_noun(&noun)) {
                (true, true) => Some((Whose::Own, next + 2)),
                (false, true) => Some((Whose::Last(noun), next + 2)),
                _ => None,
            };
        }
        if let Some(found) = self.acronym(reader, next) {
            return Some((found, next + 1));
        }
        let (name, words, after) = Self::name(reader, next, strict)?;
        if self.is_mine(&words) { Some((Whose::Own, after)) } else { Some((Whose::Other(name), after)) }
    }

    fn acronym(&self, reader: &Reader<'_>, at: usize) -> Option<Whose> {
        if !reader.goes_on(at) || reader.kind(at) != Some(Kind::Word) {
            return None;
        }
        let word = reader.word(at);
        match self.acronyms.get(word) {
            Some(true) => Some(Whose::Own),
            Some(false) => Some(Whose::Other(word.to_owned())),
            None => {
                let mine = self.words.contains(&word.to_lowercase());
                (ACRONYMS.contains(&word) && !mine).then(|| Whose::Other(word.to_owned()))
            }
        }
    }

    /// The name of an instrument that begins at a token: as printed, in lower case word by word, and the token after it.
    fn name(reader: &Reader<'_>, at: usize, strict: bool) -> Option<(String, Vec<String>, usize)> {
        let mut words: Vec<String> = Vec::new();
        let mut noun = None;
        let mut end = at;
        let mut next = at;
        let mut small = 0;
        while next < at + 24 && (next == at || reader.goes_on(next)) {
            let lower = reader.lower(next);
            let capital = reader.is_capital(next);
            let cites = |m: &Meaning| matches!(m, Meaning::Unit(..) | Meaning::Level(..));
            if next > at
                && reader.means(next, ALL).iter().any(|(_, m)| cites(m))
                && reader.kind(next + 1) == Some(Kind::Number)
            {
                // `Directive 2016/680 and Article 10`: the next citation.
                break;
            }
            if reader.kind(next) == Some(Kind::Word) {
                let is_the_noun = is_noun(&lower) || noun.is_none() && OWN_NOUNS.contains(&lower.as_str());
                let in_making = words.is_empty() && IN_THE_MAKING.contains(&lower.as_str());
                let arabic = lower.starts_with(|c: char| ('\u{600}'..='\u{6ff}').contains(&c));
                if is_the_noun && (noun.is_none() || capital) || in_making {
                    noun = if is_the_noun { noun.or(Some(next)) } else { noun };
                    (end, small) = (next + 1, 0);
                } else if arabic && noun.is_some() && next < at + 3 {
                    // Arabic has no capitals: two words say which.
                    (end, small) = (next + 1, 0);
                } else if capital && (noun.is_none() || small > 0 || end == next) {
                    (end, small) = (next + 1, 0);
                } else if SMALL.contains(&lower.as_str()) && !words.is_empty() && small < 3 {
                    small += 1;
                } else {
                    break;
                }
                words.push(lower);
            } else if let (Some(after), true) = (reader.code(next), noun.is_some()) {
                // `Regulation (EU) 2016/679`, `resolution 74/247`, `decision 1/CP.20`
                words.push("#".to_owned());
                (end, small) = (after, 0);
                next = after;
                continue;
            } else if matches!(reader.sign(next), Some('’' | '\'' | '-'))
                && reader.attached(next)
                && reader.attached(next + 1)
            {
                if matches!(reader.sign(next), Some('’' | '\'')) && reader.word(next + 1) == "s" {
                    // `Russia’s proposal`: not a name.
                    return None;
                }
            } else {
                break;
            }
            next += 1;
        }
        let noun = noun?;
        words.truncate(end - at);
        if strict && !reader.is_capital(noun) || noun >= end {
            return None;
        }
        let range =
            crate::model::TextRange { start: reader.tokens.get(at)?.start, end: reader.tokens.get(end - 1)?.end };
        let name = range.of(reader.text)?.split_whitespace().collect::<Vec<_>>().join(" ");
        let chars = name.chars().count();
        let name = if chars > 120 { name.chars().take(120).collect() } else { name };
        Some((name, words, end))
    }

    /// Whose a citation is, by the words before it: `ICCPR Article 17`, `the GDPR’s Article 6`, `the ICCPR (Articles 17 and 19)`.
    pub fn before(&self, reader: &Reader<'_>, at: usize) -> Option<String> {
        if reader.tokens.get(at)?.gap == Gap::Break {
            return None;
        }
        let mut last = at.checked_sub(1)?;
        if matches!(reader.lower(last).as_str(), "its" | "their") {
            return self.owner(reader, last);
        }
        let possessive = reader.word(last) == "s" && last > 1 && matches!(reader.sign(last - 1), Some('’' | '\''));
        let bracket = reader.sign(last) == Some('(');
        // `ICCPR, art. 17`, but `Unlike the Covenant, Article 5 …`
        let comma = reader.sign(last) == Some(',') && !reader.is_capital(at);
        if possessive {
            last = last.checked_sub(2)?;
        } else if bracket || comma {
            last = last.checked_sub(1)?;
        }
        if reader.kind(last) != Some(Kind::Word) {
            return None;
        }
        if let Some(Whose::Other(name)) = self.acronym(reader, last) {
            return Some(name);
        }
        let noun = reader.lower(last);
        if !is_noun(&noun) || !reader.is_capital(last) {
            return None;
        }
        let mut first = last;
        while first > 0
            && reader.goes_on(first)
            && reader.is_capital(first - 1)
            && reader.kind(first - 1) == Some(Kind::Word)
        {
            first -= 1;
        }
        let words: Vec<String> = (first..=last).map(|i| reader.lower(i)).collect();
        let the = first > 0 && reader.means(first - 1, ALL).iter().any(|(_, m)| *m == Meaning::The);
        if self.is_mine(&words) || words.len() == 1 && !the || last - first > 8 {
            return None;
        }
        let range =
            crate::model::TextRange { start: reader.tokens.get(first)?.start, end: reader.tokens.get(last)?.end };
        let name = range.of(reader.text)?.to_owned();
        // A sentence begins with a capital too.
        Some(name.strip_prefix("The ").map_or_else(|| name.clone(), str::to_owned))
    }

    /// Whose `its` is: `the Covenant, in particular its article 17`.
    fn owner(&self, reader: &Reader<'_>, at: usize) -> Option<String> {
        for back in (at.saturating_sub(12)..at).rev() {
            if !reader.goes_on(back + 1) || matches!(reader.sign(back), Some('.' | ';')) {
                return None;
            }
            if let Some(Whose::Other(name)) = self.acronym(reader, back) {
                return Some(name);
            }
            let noun = reader.lower(back);
            if is_noun(&noun) && reader.is_capital(back) {
                return (!self.is_mine(&[noun])).then(|| reader.word(back).to_owned());
            }
        }
        None
    }

    /// Another instrument named by its number alone: `General Assembly resolution 74/247`, `Regulation (EU) 2016/679`.
    pub fn numbered(reader: &Reader<'_>, at: usize) -> Option<(usize, usize, String)> {
        const NUMBERED: &[&str] = &[
            "resolution",
            "resolutions",
            "decision",
            "decisions",
            "regulation",
            "directive",
            "résolution",
            "décision",
            "règlement",
            "resolución",
            "decisión",
            "reglamento",
            "directiva",
            "резолюция",
            "резолюции",
            "резолюцией",
            "القرار",
            "قرار",
            "قرارها",
            "verordnung",
            "richtlinie",
        ];
        if reader.kind(at) != Some(Kind::Word) || !NUMBERED.contains(&reader.lower(at).as_str()) {
            return None;
        }
        let end = reader.code(at + 1)?;
        let distinct = (at + 1..end).any(|i| matches!(reader.sign(i), Some('/')));
        let year = reader.sign(end - 1) == Some(')');
        if !distinct && !year {
            return None;
        }
        let mut first = at;
        while first > 0
            && at - first < 4
            && reader.goes_on(first)
            && reader.kind(first - 1) == Some(Kind::Word)
            && reader.is_capital(first - 1)
        {
            let begins = reader
                .means(first - 1, ALL)
                .iter()
                .any(|(_, m)| matches!(m, Meaning::The | Meaning::Of | Meaning::This));
            if begins {
                break;
            }
            first -= 1;
        }
        let range =
            crate::model::TextRange { start: reader.tokens.get(first)?.start, end: reader.tokens.get(end - 1)?.end };
        let name = range.of(reader.text)?.split_whitespace().collect::<Vec<_>>().join(" ");
        Some((first, end, name))
    }
}

impl Reader<'_> {
    pub fn is_capital(&self, at: usize) -> bool {
        self.word(at).chars().next().is_some_and(char::is_uppercase)
    }

    /// The number of an act: `(EU) 2016/679`, `No. 45`, `2002/58/EC`, `74/247`, `1/CP.20`, `2396 (2017)`; the token after it.
    fn code(&self, at: usize) -> Option<usize> {
        let mut next = at;
        if self.sign(next) == Some('(') {
            let mut close = next + 1;
            while close < next + 6 && self.kind(close) == Some(Kind::Word) && self.is_capital(close)
                || self.sign(close) == Some(',')
            {
                close += 1;
            }
            if close == next + 1 || self.sign(close) != Some(')') {
                return None;
            }
            next = close + 1;
        }
        if matches!(self.lower(next).as_str(), "no" | "nº" | "n") {
            next += 1 + usize::from(matches!(self.sign(next + 1), Some('.' | '°' | 'º')));
        } else if self.sign(next) == Some('№') {
            next += 1;
        }
        let piece =
            |at: usize| self.kind(at) == Some(Kind::Number) || self.kind(at) == Some(Kind::Word) && self.is_capital(at);
        if !self.goes_on(next) || self.kind(next) != Some(Kind::Number) {
            return None;
        }
        next += 1;
        while matches!(self.sign(next), Some('/' | '.' | '-' | ','))
            && self.attached(next)
            && self.attached(next + 1)
            && piece(next + 1)
        {
            next += 2;
        }
        let year =
            self.sign(next) == Some('(') && self.kind(next + 1) == Some(Kind::Number) && self.word(next + 1).len() == 4;
        if year && self.sign(next + 2) == Some(')') {
            next += 3;
        }
        Some(next)
    }
}

fn is_noun(word: &str) -> bool {
    NOUNS.contains(&word)
}

fn is_acronym(word: &str) -> bool {
    (2..=10).contains(&word.chars().count()) && word.chars().filter(|c| c.is_uppercase()).count() >= 2
}
