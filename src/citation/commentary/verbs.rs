//! The verbs of a sentence that ask for a change, and how each is said: `delete`, `should not be deleted`, `the deletion
//! of`.

use std::collections::HashMap;

use crate::model::{Action, TextRange};

use super::asks::is_adverb;
use super::pieces::{Piece, Pieces};
use super::tongues::Tongue;

/// How far before a verb the word may stand that makes it a wish, in pieces.
const REACH: usize = 9;

/// What the verb's subject is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    /// What follows is to be acted on: `delete Article 5`.
    Active,
    /// What stands before is: `Article 5 should be deleted`.
    Passive,
}

/// A verb that asks for something.
#[derive(Clone, Debug)]
pub(super) struct Trigger {
    pub action: Action,
    pub voice: Voice,
    /// The piece with which it begins, its modal included.
    pub from: usize,
    /// One past its last piece.
    pub end: usize,
    /// Whose proposal is supported.
    pub supports: Option<TextRange>,
    /// Whether it goes on with the verb before it, of the same subject: `deleted or limited`.
    pub listed: bool,
    form: Form,
    negated: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Base,
    Done,
    Doing,
    Noun,
    Says,
}

/// The verbs of a language, ready to be looked up.
pub(super) struct Verbs {
    pub tongue: &'static Tongue,
    forms: HashMap<&'static str, (Action, Form)>,
}

impl Verbs {
    pub fn of(tongue: &'static Tongue) -> Self {
        let mut forms = HashMap::new();
        for verb in tongue.verbs {
            let lists = [
                (verb.base, Form::Base),
                (verb.done, Form::Done),
                (verb.doing, Form::Doing),
                (verb.noun, Form::Noun),
                (verb.says, Form::Says),
            ];
            for (words, form) in lists {
                forms.extend(words.iter().map(|&w| (w, (verb.action, form))));
            }
        }
        Self { tongue, forms }
    }

    /// The verbs that ask for something, in order.
    pub fn triggers(&self, text: &str, pieces: &Pieces) -> Vec<Trigger> {
        let mut found: Vec<Trigger> = Vec::new();
        for at in 0..pieces.list.len() {
            let Some(&(action, form)) = pieces.word(at).and_then(|w| self.forms.get(w)) else { continue };
            let last = found.last();
            let asked = match form {
                Form::Base => self.base(pieces, at, action, last),
                Form::Done => self.done(pieces, at, last),
                Form::Doing => self.doing(pieces, at, last),
                Form::Noun => self.noun(pieces, at, last),
                Form::Says => says(pieces, at),
            };
            let Some((from, negated, voice)) = asked else { continue };
            let listed = form == Form::Done && from == at && pieces.cite(at.wrapping_sub(1)).is_none();
            found.push(Trigger { action, voice, from, end: at + 1, supports: None, listed, form, negated });
        }
        self.settle(text, pieces, found)
    }

    /// Imperatives and infinitives. Answers with where the wish begins, whether it is one against, and the voice.
    fn base(&self, pieces: &Pieces, at: usize, action: Action, last: Option<&Trigger>) -> Option<(usize, bool, Voice)> {
        let tongue = self.tongue;
        let Back { at: before, negated, turned } = self.back(pieces, at);
        let voice = Voice::Active;
        let Some(j) = before else { return Some((0, negated, voice)) };
        let from = j + 1;
        match &pieces.list[j].0 {
            Piece::Mark(',') => {
                let object = matches!(pieces.list.get(at + 1).map(|p| &p.0), Some(Piece::Cite(_) | Piece::Quote))
                    || pieces
                        .is(at + 1, &["the", "all", "any", "both", "its", "la", "le", "les", "el", "los", "las", "l"]);
                (last.is_some() || object).then_some((from, negated, voice))
            }
            Piece::Mark(_) => Some((from, negated, voice)),
            Piece::Word(word, _) => {
                let word = word.as_str();
                if tongue.modals.contains(&word) {
                    // `doit se limiter` is said of what stands before, `que se suprima` of what follows.
                    let voice = if turned { Voice::Passive } else { Voice::Active };
                    return Some((j, negated || self.is_denied(pieces, j), voice));
                }
                if tongue.to_do.contains(&word) {
                    let led = j.checked_sub(1).is_some_and(|i| pieces.is(i, BARRED));
                    let due =
                        j.checked_sub(1).is_some_and(|i| pieces.is(i, &["has", "have", "needs", "tiene", "tienen"]));
                    let head = self.head(pieces, j);
                    return (!led && (due || head.is_some())).then(|| (j, negated ^ head.unwrap_or(false), voice));
                }
                if tongue.and.contains(&word) {
                    // `Limit … and delete …`
                    let last = last?;
                    let same = matches!(last.form, Form::Base | Form::Noun) || last.voice == Voice::Passive;
                    return same.then_some((from, negated, voice));
                }
                let stance = is_stance(action);
                (stance && tongue.we.contains(&word)).then_some((j, negated, voice))
            }
            Piece::Cite(_) | Piece::Quote => None,
        }
        .or_else(|| {
            // French and Spanish say `soutenons`, `rechazamos` without `we`.
            let plain = is_stance(action) && pieces.word(at).is_some_and(|w| w.ends_with("ons") || w.ends_with("mos"));
            plain.then_some((at, negated, Voice::Active))
        })
    }

    /// What is said to be done: `should be deleted`.
    fn done(&self, pieces: &Pieces, at: usize, last: Option<&Trigger>) -> Option<(usize, bool, Voice)> {
        let tongue = self.tongue;
        let Back { at: before, negated, .. } = self.back(pieces, at);
        let j = before?;
        let passive = |from: usize, negated: bool| Some((from, negated, Voice::Passive));
        if pieces.is(j, tongue.modals) && pieces.word(at).is_some_and(|w| w.ends_with("se")) {
            return passive(j, negated || self.is_denied(pieces, j));
        }
        if pieces.is(j, tongue.be) {
            let again = self.back(pieces, j);
            let negated = negated ^ again.negated;
            let k = again.at?;
            if pieces.is(k, tongue.modals) {
                return passive(k, negated || self.is_denied(pieces, k));
            }
            if pieces.is(k, &["to"])
                && k.checked_sub(1)
                    .is_some_and(|i| pieces.is(i, &["is", "are", "needs", "need", "ought", "has", "have"]))
            {
                return passive(k - 1, negated);
            }
            let head = self.head(pieces, k + 1);
            return head.and_then(|against| passive(j, negated ^ against));
        }
        if pieces.is(j, tongue.is) {
            let sure = (j.saturating_sub(REACH)..j).any(|i| pieces.is(i, SURE));
            return if sure { passive(j, negated) } else { None };
        }
        // `should be deleted or limited to …`, `… and Article 5 limited to …`
        let last = last.filter(|t| t.voice == Voice::Passive && j >= t.end && j - t.end <= 2 * REACH)?;
        let listed = pieces.is(j, tongue.and) || pieces.mark(j) == Some(',');
        let gapped = pieces.cite(j).is_some() && (last.end..j).any(|i| pieces.is(i, tongue.and));
        if listed {
            passive(at, last.negated ^ negated)
        } else if gapped {
            passive(at, negated)
        } else {
            None
        }
    }

    /// Whether a modal is denied by what stands before it: `no debe`.
    fn is_denied(&self, pieces: &Pieces, modal: usize) -> bool {
        modal.checked_sub(1).is_some_and(|i| pieces.is(i, self.tongue.not))
    }

    /// `we recommend deleting`
    fn doing(&self, pieces: &Pieces, at: usize, last: Option<&Trigger>) -> Option<(usize, bool, Voice)> {
        let Back { at: before, negated, .. } = self.back(pieces, at);
        let j = before?;
        if pieces.is(j, self.tongue.against) {
            let refused = last.is_some_and(|t| t.action == Action::Reject && t.end == j + 1);
            return Some((at, negated ^ !refused, Voice::Active));
        }
        let by = pieces.is(j, &["by", "of", "en"]) && (last.is_some() || self.head(pieces, j).is_some());
        let listed = pieces.is(j, self.tongue.and) && last.is_some_and(|t| t.form == Form::Doing);
        (pieces.is(j, self.tongue.heads) || by || listed).then_some((j, negated, Voice::Active))
    }

    /// `we call for the deletion of`
    fn noun(&self, pieces: &Pieces, at: usize, last: Option<&Trigger>) -> Option<(usize, bool, Voice)> {
        if !pieces.is(at + 1, self.tongue.of) {
            return None;
        }
        let before = self.back_over(
            pieces,
            at,
            &["the", "a", "an", "for", "la", "el", "le", "les", "l", "una", "un", "full", "complete"],
        );
        let Some(j) = before else { return Some((0, false, Voice::Active)) };
        if pieces.mark(j) == Some(':') {
            return Some((at, false, Voice::Active));
        }
        if pieces.is(j, self.tongue.against) {
            // A verb that refuses turns it later.
            let refused = last.is_some_and(|t| t.action == Action::Reject && t.end == j + 1);
            return Some((at, !refused, Voice::Active));
        }
        pieces.is(j, self.tongue.heads).then_some((at, false, Voice::Active))
    }

    /// Whether somebody asks for what follows here, and whether against it.
    fn head(&self, pieces: &Pieces, at: usize) -> Option<bool> {
        for i in (at.saturating_sub(REACH)..at).rev() {
            if pieces.mark(i) == Some(';') {
                return None;
            }
            if pieces.is(i, self.tongue.heads) {
                let against = i.checked_sub(1).is_some_and(|k| pieces.is(k, self.tongue.not));
                return Some(against);
            }
        }
        None
    }

    /// The piece before a verb that tells how it is meant, over adverbs and negations.
    fn back(&self, pieces: &Pieces, at: usize) -> Back {
        let mut back = Back { at: None, negated: false, turned: false };
        for i in (0..at).rev() {
            let Some(word) = pieces.word(i) else {
                if pieces.mark(i) == Some('-') {
                    continue;
                }
                back.at = Some(i);
                return back;
            };
            if word == "se" || word == "s" {
                back.turned = true;
            } else if self.tongue.not.contains(&word) {
                // `ne … pas` is one negation.
                back.negated = true;
            } else if !(self.tongue.passed.contains(&word) || is_adverb(word) && !self.forms.contains_key(word)) {
                back.at = Some(i);
                return back;
            }
        }
        back
    }

    fn back_over(&self, pieces: &Pieces, at: usize, articles: &[&str]) -> Option<usize> {
        (0..at).rev().find(|&i| {
            !pieces.word(i).is_some_and(|w| articles.contains(&w) || self.tongue.passed.contains(&w) || is_adverb(w))
        })
    }

    /// Joins what is said of a proposal with what is proposed, finds whose it is, and turns wishes that something be not
    /// done into what they ask for.
    fn settle(&self, text: &str, pieces: &Pieces, found: Vec<Trigger>) -> Vec<Trigger> {
        let mut settled: Vec<Trigger> = Vec::with_capacity(found.len());
        let mut pending: Option<(Trigger, Option<TextRange>)> = None;
        for mut trigger in found {
            if let Some((stance, supports)) = pending.take() {
                let apart = (stance.end..trigger.from.max(stance.end))
                    .any(|i| pieces.cite(i).is_some() || pieces.mark(i) == Some(';'));
                if apart || trigger.from < stance.end && trigger.form != Form::Noun {
                    settled.push(stance);
                } else {
                    trigger.negated ^= (stance.action == Action::Reject) ^ stance.negated;
                    trigger.supports = supports.filter(|_| !trigger.negated);
                    trigger.from = stance.from;
                }
            }
            if is_stance(trigger.action) && trigger.voice == Voice::Active {
                let supports = self.supported(text, pieces, trigger.end);
                let mut stance = trigger;
                if stance.action == Action::Retain
                    && !stance.negated
                    && let Some((whose, end)) = supports
                {
                    // What is proposed may be said in another verb; else it is some change.
                    stance.action = Action::Amend;
                    stance.supports = Some(whose);
                    stance.end = end;
                }
                let whose = supports.map(|s| s.0).filter(|_| stance.action != Action::Reject);
                pending = Some((stance, whose));
            } else {
                settled.push(trigger);
            }
        }
        settled.extend(pending.map(|p| p.0));
        let as_per = self.as_per(text, pieces);
        settled.retain_mut(|trigger| {
            if trigger.supports.is_none()
                && let Some((_, whose)) = as_per.iter().find(|(at, _)| *at >= trigger.from)
            {
                trigger.supports = Some(*whose);
            }
            match turned(trigger.action, trigger.negated) {
                Some(action) => {
                    trigger.action = action;
                    true
                }
                None => false,
            }
        });
        settled
    }

    /// Whose proposal is spoken of after a position: `OHCHR's recommendation`, `the proposal of Norway`; and where the
    /// words for it end.
    fn supported(&self, text: &str, pieces: &Pieces, from: usize) -> Option<(TextRange, usize)> {
        let near = from..pieces.list.len().min(from + 8);
        let noun =
            near.clone().take_while(|&i| pieces.word(i).is_some()).find(|&i| pieces.is(i, self.tongue.proposal))?;
        let named = |range: TextRange| {
            let words = range.of(text)?;
            let cut = words
                .strip_suffix("'s")
                .or_else(|| words.strip_suffix("\u{2019}s"))
                .or_else(|| words.strip_suffix(['\'', '\u{2019}']));
            let plain = TextRange { start: range.start, end: range.start + cut.unwrap_or(words).len() };
            (!plain.is_empty()).then_some(plain)
        };
        let is_name = |i: usize| matches!(&pieces.list[i].0, Piece::Word(_, true));
        let first = (from..noun).find(|&i| !pieces.is(i, &["the", "this", "that", "a", "la", "le", "el", "l"]));
        if let Some(first) = first.filter(|&f| (f..noun).any(is_name)) {
            return Some((named(pieces.place(first, noun)?)?, noun + 1));
        }
        // `the proposal of Norway`, `made by Norway`
        let of = (noun + 1..pieces.list.len().min(noun + 4))
            .find(|&i| pieces.is(i, &["of", "by", "from", "de", "del", "du", "des"]))?;
        let begin = (of + 1..pieces.list.len().min(of + 3)).find(|&i| is_name(i))?;
        let mut end = begin;
        while end < pieces.list.len()
            && (is_name(end)
                || pieces.is(end, &["of", "the", "and", "for", "de", "la"])
                    && end + 1 < pieces.list.len()
                    && is_name(end + 1))
        {
            end += 1;
        }
        Some((named(pieces.place(begin, end)?)?, end))
    }

    /// Where it is said whose wish it is, `as per OHCHR's recommendation`, and the words for whose.
    fn as_per(&self, text: &str, pieces: &Pieces) -> Vec<(usize, TextRange)> {
        let mut found = Vec::new();
        for at in 0..pieces.list.len() {
            for phrase in self.tongue.per {
                if !phrase.iter().enumerate().all(|(i, w)| pieces.word(at + i) == Some(w)) {
                    continue;
                }
                let end = at + phrase.len();
                let by = phrase.last() == Some(&"by");
                let name =
                    (end..pieces.list.len().min(end + 2)).find(|&i| matches!(&pieces.list[i].0, Piece::Word(_, true)));
                let whose = if by {
                    name.and_then(|first| {
                        let last = (first..pieces.list.len())
                            .take_while(|&i| matches!(&pieces.list[i].0, Piece::Word(_, true)))
                            .last()?;
                        pieces.place(first, last + 1)
                    })
                } else {
                    self.supported(text, pieces, end).map(|s| s.0)
                };
                found.extend(whose.map(|w| (at, w)));
            }
        }
        found
    }
}

struct Back {
    /// None at the beginning of the sentence.
    at: Option<usize>,
    negated: bool,
    /// Whether the verb turns back on its subject: `doit se limiter`.
    turned: bool,
}

/// Before `to`, these say that nothing is asked for: `fails to include`.
const BARRED: &[&str] = &[
    "fails",
    "fail",
    "failed",
    "failing",
    "failure",
    "used",
    "able",
    "power",
    "powers",
    "authority",
    "right",
    "likely",
    "allows",
    "allow",
    "seeks",
    "attempts",
    "tries",
    "order",
    "continues",
    "serves",
    "tends",
    "designed",
    "intended",
    "begins",
    "obliged",
    "compelled",
    "required",
    "enables",
    "permitted",
    "free",
    "failure",
];

/// After these, what is said to be is asked for: `ensure that cooperation is limited`.
const SURE: &[&str] = &["ensure", "sure", "veiller", "garantir", "asegurar", "garantizar"];

fn says(pieces: &Pieces, at: usize) -> Option<(usize, bool, Voice)> {
    let ahead = (at + 1..pieces.list.len().min(at + 9)).any(|i| pieces.cite(i).is_some());
    let named = at == 0
        || matches!(pieces.list[at - 1].0, Piece::Word(_, true))
        || pieces.is(at - 1, &["nous", "strongly", "firmly"]);
    (ahead && named).then_some((at, false, Voice::Active))
}

/// Whether it says what somebody thinks of a proposal.
fn is_stance(action: Action) -> bool {
    matches!(action, Action::Retain | Action::Reject)
}

/// What a wish that something be done, or be not done, asks for; none where it asks for nothing that has a name.
fn turned(action: Action, negated: bool) -> Option<Action> {
    if !negated {
        return Some(action);
    }
    match action {
        Action::Delete | Action::Amend | Action::Reject => Some(Action::Retain),
        Action::Retain => Some(Action::Reject),
        Action::Add => Some(Action::Delete),
        Action::Limit => Some(Action::Amend),
        Action::Clarify => None,
    }
}
