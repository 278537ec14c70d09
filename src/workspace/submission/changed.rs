//! A change of words in a few words: where it stands, what goes and what comes.

use super::clause::{At, Clause, PARAGRAPH, Page, one_line};
use super::phrases::Phrase;
use super::select::{Item, clause_of};
use super::wording::{Change, covers_whole, spanning};
use crate::model::{Citation, Place, ProvisionIndex, TextRange};

/// Longer words are told by what changes in them alone, in bytes.
const LONGEST: usize = 90;
/// Words told around a change.
const AROUND: usize = 2;
/// The most words told around a change to say which of several like it is meant.
const MOST_AROUND: usize = 24;
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
    /// The words of the draft that the analyst marked, where they are what changes, and whether they stand once in the
    /// provision.
    pub marked: String,
    pub once: bool,
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
        let marked = item.range.map(|r| r.trimmed(text)).filter(|r| r.overlaps(at) && !item.whole).unwrap_or(at);
        let once = self.line_around(marked, provision).stands_once();
        let marked = flat(marked);
        let words = first.new.trim_matches([PARAGRAPH, ' ']).to_owned();
        let said =
            |phrase, quoted, proposed| Said { phrase, provision, place: place.clone(), quoted, proposed, marked, once };
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
                    Some(marked) => self.line_around(marked, provision).once_before(),
                    None => self.line_around(at, provision).before(BEFORE),
                };
                said(Phrase::AddAfter, before, words)
            });
        }
        let is_all = provision.is_some_and(|p| covers_whole(self, p, at));
        Some(match (is_all, words.is_empty()) {
            (true, true) => said(Phrase::Delete, String::new(), words),
            (true, false) => said(Phrase::AmendRead, String::new(), words),
            (false, true) => match self.line_around(at, provision).told("") {
                (quoted, around) if around.is_empty() => said(Phrase::DeleteWords, quoted, words),
                (quoted, around) => said(Phrase::ReplaceWords, quoted, around),
            },
            (false, false) => {
                let (old, new) = self.line_around(at, provision).told(&words);
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

    /// The words of a provision in one line, and where a stretch stands in it.
    fn line_around(&self, at: TextRange, provision: Option<ProvisionIndex>) -> Line {
        let text = &*self.draft.text;
        let all = match provision.and_then(|p| self.draft.outline.get(p)) {
            Some(p) => p.range.fitted(text),
            None => self
                .blocks(at)
                .into_iter()
                .fold(at, |all, b| TextRange { start: all.start.min(b.start), end: all.end.max(b.end) }),
        };
        let part = |start: usize, end: usize| text.get(start..end.max(start)).unwrap_or_default();
        let mut spaced = true;
        let mut words = one_line(part(all.start.min(at.start), at.start), &mut spaced);
        let start = words.len();
        words.push_str(&one_line(part(at.start, at.end), &mut spaced));
        let end = words.len();
        words.push_str(&one_line(part(at.end, all.end), &mut spaced));
        Line { words, start, end }
    }
}

/// A stretch of a line, in bytes.
struct Line {
    words: String,
    start: usize,
    end: usize,
}

impl Line {
    fn stretch(&self) -> &str {
        self.words[self.start..self.end].trim()
    }

    fn stands_once(&self) -> bool {
        self.words.matches(self.stretch()).count() <= 1
    }

    /// With a word more before it, if there is one.
    fn back(&mut self) -> bool {
        let before = self.words[..self.start].trim_end();
        let start = before.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let grows = start < self.start && !before.is_empty();
        self.start = if grows { start } else { self.start };
        grows
    }

    /// With a word more behind it, if there is one.
    fn forth(&mut self) -> bool {
        let after = &self.words[self.end..];
        let gap = after.len() - after.trim_start().len();
        let word = after.trim_start().find(char::is_whitespace).unwrap_or(after.len() - gap);
        self.end += if word == 0 { 0 } else { gap + word };
        word > 0
    }

    /// Old words and those that come in their place: without what long ones begin and end with alike, and with as much of
    /// what is around them that they stand once in the line.
    fn told(mut self, new: &str) -> (String, String) {
        let mut new = one_line(new, &mut true).trim().to_owned();
        let old = self.words[self.start..self.end].to_owned();
        let lead = old.len() - old.trim_start().len();
        let tail = old.len() - old.trim_end().len();
        (self.start, self.end) = (self.start + lead, self.end - tail);
        let old = old.trim();
        if old.len() > LONGEST && !new.is_empty() {
            let (olds, news): (Vec<&str>, Vec<&str>) = (old.split(' ').collect(), new.split(' ').collect());
            let shorter = olds.len().min(news.len());
            let head = (0..shorter).take_while(|&n| olds[n] == news[n]).count();
            let alike = |&n: &usize| olds[olds.len() - 1 - n] == news[news.len() - 1 - n];
            let foot = (0..shorter - head).take_while(alike).count().saturating_sub(AROUND);
            let head = head.saturating_sub(AROUND);
            let length = |words: &[&str]| words.iter().map(|w| w.len() + 1).sum::<usize>();
            let (cut, end) = (length(&olds[..head]), length(&olds[olds.len() - foot..]));
            (self.start, self.end) = (self.start + cut, self.end - end);
            new = news[head..news.len() - foot].join(" ");
        }
        let (start, end) = (self.start, self.end);
        let mut steps = 0;
        while !self.stands_once() && steps < MOST_AROUND {
            steps += 1;
            // Words before say more of the place than words behind.
            if (steps % 3 == 0 || !self.back()) && !self.forth() && !self.back() {
                break;
            }
        }
        let (before, after) = (&self.words[self.start..start], &self.words[end..self.end]);
        let told = format!("{before}{new}{after}");
        (self.stretch().to_owned(), one_line(&told, &mut true).trim().to_owned())
    }

    /// The words before the stretch, which is empty: so many, and as many more that they stand there once.
    fn before(mut self, least: usize) -> String {
        let mut count = 0;
        while count < least && self.back() {
            count += 1;
        }
        self.once_before()
    }

    /// The stretch, with as many words before it that it stands once in the line.
    fn once_before(mut self) -> String {
        while !self.stands_once() && self.back() {}
        self.stretch().to_owned()
    }
}
