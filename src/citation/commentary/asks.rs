//! What a sentence asks for, and of which of its citations: `Limit Articles 23(2)(c) and 35(1)(c) to Articles 7 to 11 and
//! delete Article 23(2)(b)`.
//!
//! Every verb governs its clause: what it acts on, what it limits that to. A verb counts only where something is asked
//! for, by its form (an imperative), by what stands before it (`should`, `we recommend to`), or after a colon.

use crate::model::{Action, Recommendation, TextRange};

use super::pieces::{Piece, Pieces};
use super::tongues::Tongue;
use super::verbs::{Trigger, Verbs, Voice};

/// What a sentence says of its citations.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// For each citation of the sentence, in order.
    pub roles: Vec<Role>,
    /// What is asked for of something that the sentence does not cite.
    pub loose: Vec<Loose>,
}

/// What a sentence says of one citation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It is spoken of.
    Spoken {
        /// What is asked for, if anything is.
        ask: Option<Recommendation>,
        /// Whether it is said to lack something.
        lacks: bool,
    },
    /// It is only what something else is to be limited to, or is to refer to.
    Target,
}

/// A wish about something that is named otherwise than by a citation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Loose {
    /// The words that name it, in bytes of the text; may be empty.
    pub subject: TextRange,
    /// The citations that are its targets, by position.
    pub targets: Vec<usize>,
    pub ask: Recommendation,
}

/// Reads a sentence. `cites` are the citations in it, in order.
pub(super) fn read(text: &str, range: TextRange, cites: &[TextRange], verbs: &Verbs) -> Asked {
    let pieces = Pieces::of(text, range, cites);
    let mut roles = vec![Role::Spoken { ask: None, lacks: false }; cites.len()];
    let triggers = verbs.triggers(text, &pieces);
    let mut loose = Vec::new();
    let sentence = Sentence { text, pieces: &pieces, cites, tongue: verbs.tongue };
    for (n, trigger) in triggers.iter().enumerate() {
        let until = triggers.get(n + 1).map_or(pieces.list.len(), |t| t.from);
        let since = n.checked_sub(1).and_then(|p| triggers.get(p)).map_or(0, |t| t.end);
        let Governed { objects, targets, subject } = sentence.governed(trigger, since, until);
        let mut ask = sentence.recommendation(trigger, &targets, until);
        if ask.action == Action::Delete && sentence.unbrackets(trigger, since, until) {
            ask.action = Action::Retain;
        }
        let mut has_object = false;
        for &object in objects.iter().filter(|o| !targets.contains(o)) {
            has_object = true;
            if let Some(role @ Role::Spoken { ask: None, .. }) = roles.get_mut(object) {
                *role = Role::Spoken { ask: Some(ask.clone()), lacks: ask.action == Action::Add };
            }
        }
        for &target in &targets {
            if let Some(role @ Role::Spoken { ask: None, .. }) = roles.get_mut(target) {
                *role = Role::Target;
            }
        }
        if !has_object && !trigger.listed {
            loose.push(Loose { subject, targets, ask });
        }
    }
    for lacking in sentence.lacking() {
        if let Some(Role::Spoken { lacks, .. }) = roles.get_mut(lacking) {
            *lacks = true;
        }
    }
    Asked { roles, loose }
}

struct Sentence<'s> {
    text: &'s str,
    pieces: &'s Pieces,
    cites: &'s [TextRange],
    tongue: &'static Tongue,
}

#[derive(Default)]
struct Governed {
    objects: Vec<usize>,
    targets: Vec<usize>,
    subject: TextRange,
}

impl Sentence<'_> {
    /// What a verb acts on, and what that is limited to or is to refer to. `since` is where the verb before it ends,
    /// `until` where the next begins.
    fn governed(&self, trigger: &Trigger, since: usize, until: usize) -> Governed {
        let after = trigger.end..until;
        let cites: Vec<(usize, usize)> = after.filter_map(|at| Some((at, self.pieces.cite(at)?))).collect();
        let (before, subject) = match trigger.voice {
            Voice::Passive => self.subject(since, trigger.from),
            Voice::Active => (Vec::new(), TextRange::default()),
        };
        match trigger.action {
            Action::Limit => self.limited(trigger, until, &cites, before, subject),
            Action::Add => self.added(trigger, &cites, before, subject),
            _ => self.acted_on(trigger, until, &cites, before, subject),
        }
    }

    fn limited(
        &self,
        trigger: &Trigger,
        until: usize,
        cites: &[(usize, usize)],
        before: Vec<usize>,
        subject: TextRange,
    ) -> Governed {
        let Some(to) = self.target_word(trigger.end, until, self.tongue.to) else {
            let objects = if trigger.voice == Voice::Active { self.row(trigger.end, cites) } else { before };
            return Governed { objects, subject, ..Governed::default() };
        };
        let objects: Vec<(usize, usize)> = cites.iter().copied().filter(|c| c.0 < to).collect();
        let targets = cites.iter().filter(|c| c.0 > to).map(|c| c.1).collect();
        let objects = if trigger.voice == Voice::Active { self.row(trigger.end, &objects) } else { before };
        let named = if subject.is_empty() { self.pieces.place(trigger.end, to).unwrap_or_default() } else { subject };
        Governed { objects, targets, subject: named }
    }

    fn added(&self, trigger: &Trigger, cites: &[(usize, usize)], before: Vec<usize>, subject: TextRange) -> Governed {
        let tongue = self.tongue;
        let spoken_of = |at: usize| self.is_reference(at);
        let direct =
            self.pieces.is(trigger.end.saturating_sub(1), &["reference", "referenced", "referencing", "mention"]);
        let placed =
            |words: &[&str]| cites.iter().position(|&(at, _)| self.led_by(at, words, trigger.end) && !spoken_of(at));
        let place = placed(tongue.within).or_else(|| placed(tongue.to));
        if let Some(first) = place {
            let objects = self.row(cites[first].0, &cites[first..]);
            let others = cites.iter().map(|c| c.1).chain(before).filter(|c| !objects.contains(c)).collect();
            return Governed { objects, targets: others, subject };
        }
        let (referred, plain): (Vec<_>, Vec<_>) = cites.iter().copied().partition(|&(at, _)| spoken_of(at) || direct);
        let targets: Vec<usize> = referred.iter().map(|c| c.1).collect();
        let objects = if trigger.voice == Voice::Active { self.row(trigger.end, &plain) } else { before };
        let subject = if subject.is_empty() { TextRange::default() } else { subject };
        Governed { objects, targets, subject }
    }

    fn acted_on(
        &self,
        trigger: &Trigger,
        until: usize,
        cites: &[(usize, usize)],
        before: Vec<usize>,
        subject: TextRange,
    ) -> Governed {
        let changes = trigger.action == Action::Amend;
        let edge = changes.then(|| {
            let words: Vec<&str> = self.tongue.with.iter().chain(self.tongue.to).copied().collect();
            self.target_word(trigger.end, until, &words)
        });
        let edge = edge.flatten().unwrap_or(until);
        let (inside, beyond): (Vec<_>, Vec<_>) = cites.iter().copied().partition(|c| c.0 < edge);
        let mut targets: Vec<usize> = beyond.iter().map(|c| c.1).collect();
        if trigger.voice == Voice::Passive {
            return Governed { objects: before, targets, subject };
        }
        // `Replace “may” with “shall” in Article 7(2)`
        let placed = beyond.iter().position(|&(at, _)| self.led_by(at, self.tongue.within, edge));
        if let Some(first) = placed.filter(|_| inside.is_empty()) {
            let objects = self.row(beyond[first].0, &beyond[first..]);
            targets.retain(|t| !objects.contains(t));
            return Governed { objects, targets, subject };
        }
        // `Delete the reference to Article 34 in Article 35(1)(c)`
        let (referred, plain): (Vec<_>, Vec<_>) = inside.iter().copied().partition(|&(at, _)| self.is_reference(at));
        let objects = if plain.is_empty() { self.row(trigger.end, &inside) } else { self.row(trigger.end, &plain) };
        if !plain.is_empty() {
            targets.extend(referred.iter().map(|c| c.1));
        }
        Governed { objects, targets, subject }
    }

    /// Whether only brackets are to go, so that the words in them stay.
    fn unbrackets(&self, trigger: &Trigger, since: usize, until: usize) -> bool {
        let object = match trigger.voice {
            Voice::Active => trigger.end..until,
            Voice::Passive => since..trigger.from,
        };
        let is_sign = |&i: &usize| self.pieces.is(i, &["brackets", "bracket", "crochets", "corchetes"]);
        object.rev().find(is_sign).is_some_and(|i| {
            let before = (i.saturating_sub(2)..i)
                .any(|j| self.pieces.is(j, self.tongue.within) || self.pieces.is(j, &["entre", "between"]));
            !before
        })
    }

    /// The first citation from a position on and those that are listed with it, up to where the reasons begin.
    fn row(&self, from: usize, cites: &[(usize, usize)]) -> Vec<usize> {
        let mut row: Vec<usize> = Vec::new();
        let mut last = from;
        for &(at, cite) in cites {
            let between = last..at;
            if row.is_empty() {
                if between.clone().any(|i| self.pieces.mark(i) == Some(';') || self.begins_reasons(i)) {
                    break;
                }
            } else {
                let listed = between.clone().all(|i| {
                    self.pieces.mark(i).is_some_and(|m| matches!(m, ',' | '/' | '、'))
                        || self.pieces.is(i, self.tongue.and)
                        || self
                            .pieces
                            .is(i, &["both", "also", "as", "well", "the", "of", "les", "los", "l", "del", "des"])
                        || self.pieces.is(i, self.tongue.reference)
                        || self.pieces.is(i, self.tongue.within)
                });
                if between.is_empty() || !listed || between.len() > 8 {
                    break;
                }
            }
            row.push(cite);
            last = at + 1;
        }
        row
    }

    fn begins_reasons(&self, at: usize) -> bool {
        self.pieces.is(at, self.tongue.because)
    }

    /// Where what something is limited to, or replaced by, begins: the word before it, if a citation follows.
    fn target_word(&self, from: usize, until: usize, words: &[&str]) -> Option<usize> {
        (from..until).find(|&at| {
            self.pieces.is(at, words)
                && !self.pieces.is(at + 1, self.tongue.purpose)
                && !self.pieces.is(at.wrapping_sub(1), self.tongue.reference)
                && (at + 1..until).any(|i| self.pieces.cite(i).is_some())
        })
    }

    /// Whether one of these words leads a citation in, with few others between: `in the chapeau of Article 5`.
    fn led_by(&self, at: usize, words: &[&str], from: usize) -> bool {
        let near = (from.max(at.saturating_sub(6))..at).rev();
        for i in near {
            match &self.pieces.list[i].0 {
                Piece::Word(..) if self.pieces.is(i, words) => return true,
                Piece::Word(word, _) if word.chars().count() > 14 => return false,
                Piece::Word(..) if self.pieces.is(i, self.tongue.and) => return false,
                Piece::Word(..) => {}
                _ => return false,
            }
        }
        false
    }

    /// Whether a citation is what is referred to: `a reference to Article 24`.
    fn is_reference(&self, at: usize) -> bool {
        let near = at.saturating_sub(4)..at;
        near.rev().take_while(|&i| self.pieces.word(i).is_some()).any(|i| self.pieces.is(i, self.tongue.reference))
    }

    /// The citations a passive verb speaks of, and the words of its subject. The subject ends before the verb; a part of
    /// the sentence that is said by the way is passed over.
    fn subject(&self, since: usize, verb: usize) -> (Vec<usize>, TextRange) {
        let start = (since..verb)
            .rev()
            .find(|&i| self.pieces.mark(i).is_some_and(|m| matches!(m, ';' | ':')))
            .map_or(since, |i| i + 1);
        let mut end = verb;
        let mut words = TextRange::default();
        while end > start {
            let comma = (start..end)
                .rev()
                .find(|&i| self.pieces.mark(i).is_some_and(|m| matches!(m, ',' | '–' | '—' | '(' | ')')));
            let from = comma.map_or(start, |c| c + 1);
            let is_aside = self.pieces.is(from, self.tongue.aside) && comma.is_some();
            let cites: Vec<(usize, usize)> = (from..end).filter_map(|i| Some((i, self.pieces.cite(i)?))).collect();
            if !is_aside && words.is_empty() {
                words = self.pieces.place(from, end).unwrap_or_default();
            }
            if !is_aside && !cites.is_empty() {
                // What the provision refers to is not what should change.
                let plain: Vec<(usize, usize)> = cites.iter().copied().filter(|c| !self.is_reference(c.0)).collect();
                let cites = if plain.is_empty() { cites } else { plain };
                let last = cites.len() - 1;
                let mut first = last;
                while first > 0 && self.row(cites[first - 1].0, &cites[first - 1..=first]).len() == 2 {
                    first -= 1;
                }
                return (cites[first..].iter().map(|c| c.1).collect(), words);
            }
            if comma.is_none() {
                break;
            }
            end = from - 1;
        }
        (Vec::new(), words)
    }

    /// The citations that are said to lack something.
    fn lacking(&self) -> Vec<usize> {
        let mut lacking = Vec::new();
        let mut at = 0;
        while at < self.pieces.list.len() {
            let Some((end, phrase)) = self.phrase(at) else {
                at += 1;
                continue;
            };
            let from = [
                "missing", "absent", "absence", "omitted", "lack", "lacking", "there", "manque", "falta", "faltan",
                "ausencia",
            ];
            let turned = phrase.first().is_some_and(|w| from.contains(w));
            let ahead = turned.then(|| {
                let near = end..self.pieces.list.len().min(end + 16);
                let words = [self.tongue.within, &["from", "de", "del", "dans", "en"]].concat();
                near.clone().find(|&i| self.pieces.cite(i).is_some() && self.led_by(i, &words, end))
            });
            match ahead.flatten().and_then(|i| self.pieces.cite(i)) {
                Some(cite) => lacking.push(cite),
                None => lacking.extend(self.subject(0, at).0),
            }
            at = end;
        }
        lacking
    }

    /// A phrase that says that something is missing, and where it ends. Adverbs may stand in it.
    fn phrase(&self, at: usize) -> Option<(usize, &'static [&'static str])> {
        let first = self.pieces.word(at)?;
        self.tongue.missing.iter().filter(|p| p.first() == Some(&first)).find_map(|phrase| {
            let mut i = at + 1;
            for word in &phrase[1..] {
                while self.pieces.word(i).is_some_and(is_adverb) {
                    i += 1;
                }
                if self.pieces.word(i) != Some(word) {
                    return None;
                }
                i += 1;
            }
            Some((i, *phrase))
        })
    }

    fn recommendation(&self, trigger: &Trigger, targets: &[usize], until: usize) -> Recommendation {
        let words =
            |range: TextRange| range.of(self.text).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        let mut ask = Recommendation::to(trigger.action);
        ask.targets = targets.iter().filter_map(|&t| self.cites.get(t)).map(|&range| words(range)).collect();
        if let Some(quote) = self.proposed(trigger, until) {
            let inner = words(quote);
            ask.proposed = inner.trim_matches(['"', '\u{201c}', '\u{201d}', '\u{ab}', '\u{bb}', ' ']).to_owned();
        }
        ask.supports = trigger.supports.map(words).unwrap_or_default();
        ask
    }

    /// The quoted words that are proposed.
    fn proposed(&self, trigger: &Trigger, until: usize) -> Option<TextRange> {
        let quotes: Vec<usize> = (trigger.end..until).filter(|&i| self.pieces.list[i].0 == Piece::Quote).collect();
        let replaced = |&i: &usize| {
            (i.saturating_sub(6)..i)
                .any(|j| j >= trigger.end && (self.pieces.is(j, self.tongue.with) || self.pieces.mark(j) == Some(':')))
        };
        let at = match trigger.action {
            Action::Amend => quotes.into_iter().rev().find(replaced),
            Action::Add => quotes.into_iter().next(),
            _ => None,
        }?;
        Some(self.pieces.list[at].1)
    }
}

/// Whether a word says how and not what.
pub(super) fn is_adverb(word: &str) -> bool {
    word.len() > 4 && (word.ends_with("ly") || word.ends_with("mente") || word.ends_with("ement"))
}
