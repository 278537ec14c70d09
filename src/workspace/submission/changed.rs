//! A change of words in a few words: where it stands, what goes and what comes.

use super::clause::{At, Clause, PARAGRAPH, Page, one_line};
use super::phrases::Phrase;
use super::proposed::words_of;
use super::select::{Item, clause_of};
use super::wording::{Change, covers_whole, spanning};
use crate::model::{Citation, Place, ProvisionIndex, TextRange};

/// Longer words are told by what changes in them alone, in bytes.
const LONGEST: usize = 90;
/// Words told around a change.
const AROUND: usize = 2;
/// Words told before a place where something is put in.
const BEFORE: usize = 6;

/// What changes do.
pub(super) struct Said {
    /// How it is said; [`Phrase::AmendShown`] where it takes more than a sentence.
    pub phrase: Phrase,
    /// The provision whose words change, and how it is cited.
    pub provision: Option<ProvisionIndex>,
    pub place: Citation,
    /// Words of the draft, and those that come.
    pub quoted: String,
    pub proposed: String,
    /// The words of the draft that the analyst marked, where they are what changes.
    pub marked: String,
}

impl Page<'_> {
    /// What changes of a clause do; nothing where there are none.
    pub fn said(&self, item: &Item<'_>, clause: &Clause<'_, '_>, changes: &[Change]) -> Option<Said> {
        let first = changes.first()?;
        let text = &*self.draft.text;
        let provision = self.changed(clause, changes);
        let place = provision.map_or_else(|| Citation::to(Place::Text), |p| self.draft.outline.citation(p));
        let flat = |range: TextRange| one_line(range.of(text).unwrap_or_default(), &mut true).trim().to_owned();
        let at = first.at;
        let marked = match item.range.map(|r| r.trimmed(text)).filter(|r| r.overlaps(at) && !item.whole) {
            Some(marked) => flat(marked),
            None => flat(at),
        };
        let words = first.new.trim_matches([PARAGRAPH, ' ']).to_owned();
        let said =
            |phrase, quoted, proposed| Said { phrase, provision, place: place.clone(), quoted, proposed, marked };
        if changes.len() > 1 {
            return Some(said(Phrase::AmendShown, String::new(), String::new()));
        }
        if at.is_empty() {
            let body = provision.and_then(|p| Some(self.body(p, self.draft.outline.get(p)?.range.fitted(text))));
            let is_end =
                body.is_some_and(|b| b.end >= at.end && !text[at.end..b.end].chars().any(char::is_alphanumeric));
            return Some(if first.new.starts_with(PARAGRAPH) {
                said(Phrase::AddText, String::new(), words)
            } else if is_end {
                said(Phrase::AddEnd, String::new(), words)
            } else {
                let before = match item.range.map(|r| r.trimmed(text)).filter(|r| r.end == at.start && !item.whole) {
                    Some(marked) => flat(marked),
                    None => self.words_before(at.start, provision),
                };
                said(Phrase::AddAfter, before, words)
            });
        }
        let is_all = provision.is_some_and(|p| covers_whole(self, p, at));
        Some(match (is_all, words.is_empty()) {
            (true, true) => said(Phrase::Delete, String::new(), words),
            (true, false) => said(Phrase::AmendRead, String::new(), words),
            (false, true) => {
                let quoted = flat(at);
                said(Phrase::DeleteWords, quoted, words)
            }
            (false, false) => {
                let (old, new) = self.least(at, &words, provision);
                said(Phrase::ReplaceWords, old, new)
            }
        })
    }

    /// The smallest provision with an address that holds all changes of a clause.
    fn changed(&self, clause: &Clause<'_, '_>, changes: &[Change]) -> Option<ProvisionIndex> {
        let At::Provision(own) = clause.at else { return None };
        let text = &*self.draft.text;
        if changes.iter().any(|c| c.new.starts_with(PARAGRAPH)) {
            return Some(own);
        }
        // What is put in belongs to what stands before it.
        let with_words = |c: &Change| match c.at.is_empty() {
            true => TextRange { start: text[..c.at.start].trim_end().len().saturating_sub(1), end: c.at.end },
            false => c.at,
        };
        let first = changes.first().map(with_words)?;
        let rest: Vec<Change> = changes.iter().map(|c| Change { at: with_words(c), new: String::new() }).collect();
        clause_of(self.draft, spanning(first, &rest).fitted(text)).or(Some(own))
    }

    /// The last words before a place, in its paragraph.
    fn words_before(&self, at: usize, provision: Option<ProvisionIndex>) -> String {
        let text = &*self.draft.text;
        let range = provision.and_then(|p| self.draft.outline.get(p)).map_or(0, |p| p.range.start);
        let start = self.blocks(TextRange { start: range.min(at), end: at }).last().map_or(range, |b| b.start);
        let before = text.get(start..at).unwrap_or_default();
        let from = words_of(before).map(|(at, _)| at).collect::<Vec<_>>();
        let from = from.len().checked_sub(BEFORE).and_then(|n| from.get(n)).copied().unwrap_or_default();
        one_line(&before[from..], &mut true).trim().to_owned()
    }

    /// Old and new words without what both begin and end with, where they are long; so many that they stand once in the
    /// provision.
    fn least(&self, at: TextRange, new: &str, provision: Option<ProvisionIndex>) -> (String, String) {
        let text = &*self.draft.text;
        let old = one_line(at.of(text).unwrap_or_default(), &mut true).trim().to_owned();
        let new = one_line(new, &mut true).trim().to_owned();
        if old.len() <= LONGEST {
            return (old, new);
        }
        let (olds, news): (Vec<&str>, Vec<&str>) = (old.split(' ').collect(), new.split(' ').collect());
        let shorter = olds.len().min(news.len());
        let head = (0..shorter).take_while(|&n| olds[n] == news[n]).count();
        let tail = (0..shorter - head).take_while(|&n| olds[olds.len() - 1 - n] == news[news.len() - 1 - n]).count();
        let around = provision.and_then(|p| self.draft.outline.get(p)).map_or(at, |p| p.range.fitted(text));
        let around = one_line(around.of(text).unwrap_or_default(), &mut true);
        for more in AROUND..olds.len() {
            let (start, end) = (head.saturating_sub(more), tail.saturating_sub(more));
            let part = olds[start..olds.len() - end].join(" ");
            if around.matches(&part).count() <= 1 {
                return (part, news[start..news.len() - end].join(" "));
            }
        }
        (old, new)
    }
}
