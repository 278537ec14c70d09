//! Going through what commentaries suggest: which commentary stands beside its draft, which suggestion is looked at.

use std::sync::Arc;

use crate::model::{
    Commentary, CommentaryId, Decision, Draft, DraftId, ProvisionIndex, ProvisionKind, SuggestionKey, TextRange,
};

use super::Workspace;
use super::reviews::ReviewState;
use super::view::{Focus, LeafWish, Panel, Place, Selection};

/// A row of the review list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReviewRow {
    /// Of which commentary.
    pub commentary: CommentaryId,
    /// The position of the suggestion in [`Suggestions::list`](crate::citation::Suggestions::list).
    pub at: usize,
}

impl Workspace {
    /// The commentary that stands beside the open draft.
    pub fn beside(&self) -> Option<&Arc<Commentary>> {
        let commentary = self.project()?.commentaries.get(&self.view.commentary?)?;
        (self.view.current == Some(commentary.draft)).then_some(commentary)
    }

    /// The commentary whose suggestions are gone through: the one beside the open draft, else the first on it.
    pub fn reviewed(&self) -> Option<&Arc<Commentary>> {
        self.beside().or_else(|| self.project()?.commentaries_on(self.view.current?).first().copied())
    }

    /// The rows of the review list, in order; it goes through the list of suggestions once.
    pub fn review_rows(&self) -> Vec<ReviewRow> {
        let Some(project) = self.project() else { return Vec::new() };
        let shown = |state: ReviewState| self.view.decided_shown || state == ReviewState::Waiting;
        let asked = self.view.asked_of.filter(|(draft, _)| self.view.current == Some(*draft));
        let (commentaries, provision) = match asked {
            Some((draft, provision)) => {
                (project.commentaries_on(draft).into_iter().map(|c| c.id).collect(), Some(provision))
            }
            None => (self.reviewed().map(|c| c.id).into_iter().collect::<Vec<_>>(), None),
        };
        let reviews = commentaries.into_iter().filter_map(|id| self.reviews.get(id));
        let rows = reviews.flat_map(|review| {
            let of = move |note: &crate::citation::SuggestedNote| {
                provision.is_none_or(|wanted| note.meaning.one() == Some(wanted))
            };
            let list = review.list().enumerate().filter(move |(_, (note, state))| shown(*state) && of(note));
            list.map(|(at, _)| ReviewRow { commentary: review.commentary, at })
        });
        rows.collect()
    }

    /// The row that is looked at; of one that is not in the list, the one that comes after it.
    pub fn review_row(&self, rows: &[ReviewRow]) -> Option<usize> {
        let (id, key) = (self.view.commentary?, self.view.suggestion.as_ref()?);
        let at = self.reviews.get(id)?.suggestions.list.iter().position(|s| s.key == *key)?;
        rows.iter().position(|row| row.commentary == id && row.at >= at)
    }

    pub(super) fn open_commentary(&mut self, id: CommentaryId) {
        let Some(draft) = self.project().and_then(|p| p.commentaries.get(&id)).map(|c| c.draft) else { return };
        if self.project().is_none_or(|p| p.draft(draft).is_none()) {
            self.notices.caution("The draft this commentary speaks about is not in the project");
            return;
        }
        if self.view.current != Some(draft) {
            self.open_draft(draft);
        } else if self.view.place != Place::Read {
            self.view.leave();
        }
        self.view.place = Place::Read;
        if self.view.commentary != Some(id) {
            self.view.commentary = Some(id);
            self.view.suggestion = None;
        }
        self.view.asked_of = None;
        self.show_review();
    }

    fn show_review(&mut self) {
        self.view.place = Place::Read;
        self.view.panel = Panel::Review;
        self.view.side_open = true;
    }

    pub(super) fn show_suggestion(&mut self, id: CommentaryId, key: SuggestionKey) {
        let Some(commentary) = self.project().and_then(|p| p.commentaries.get(&id)).cloned() else { return };
        let Some(draft) = self.project().and_then(|p| p.draft(commentary.draft)).cloned() else { return };
        let Some((note, state)) = self.reviews.get(id).and_then(|r| r.get(&key)).map(|(n, s)| (n.clone(), s)) else {
            return;
        };
        // Going through the list is one way: the way back leads to where it began.
        let goes_on =
            self.view.suggestion.is_some() && self.view.place == Place::Read && self.view.current == Some(draft.id);
        if !goes_on {
            self.view.leave();
        }
        self.view.open_draft(draft.id);
        self.find_again();
        self.view.commentary = Some(id);
        self.view.suggestion = Some(key);
        if self.view.asked_of.is_some_and(|(d, p)| d != draft.id || note.meaning.one() != Some(p)) {
            self.view.asked_of = None;
        }
        self.view.decided_shown |= state != ReviewState::Waiting;
        self.show_review();
        let number = self.next_scroll();
        self.view.leaf_scroll = Some(LeafWish { number, commentary: id, range: note.passage });
        // Its card would stand over what is read; a button leads to it.
        self.view.focus = None;
        self.history.seal();
        self.view.marked.clear();
        let there = note.meaning.one().or_else(|| note.meaning.places().first().copied());
        if let Some((there, p)) = there.and_then(|i| Some((i, draft.outline.get(i)?))) {
            let at = p.range.start;
            self.view.drafts.entry(draft.id).or_default().selection = Some(Selection { anchor: at, head: at });
            self.view.marked = vec![named(&draft, there)];
            self.view.scroll_to(draft.id, at, false);
        }
    }

    pub(super) fn show_provision(&mut self, draft: DraftId, provision: ProvisionIndex) {
        let Some(draft) = self.project().and_then(|p| p.draft(draft)).cloned() else { return };
        let Some(start) = draft.outline.get(provision).map(|p| p.range.start) else { return };
        self.go_to(draft.id, start);
        self.view.marked = vec![named(&draft, provision)];
    }

    pub(super) fn cycle_suggestion(&mut self, by: i32) {
        let rows = self.review_rows();
        let current = self.review_row(&rows);
        let chosen = current.and_then(|at| self.reviews.get(rows[at].commentary)?.suggestions.list.get(rows[at].at));
        let is_in_list = chosen.is_some_and(|note| self.view.suggestion.as_ref() == Some(&note.key));
        let next = match current {
            // The one after it has taken its place.
            Some(at) if by > 0 && !is_in_list => Some(at),
            Some(at) => {
                let next = (at as i64 + i64::from(by)).rem_euclid(rows.len() as i64);
                usize::try_from(next).ok()
            }
            None if by > 0 => Some(0),
            None => rows.len().checked_sub(1),
        };
        let row = next.and_then(|at| rows.get(at)).copied();
        let key = row.and_then(|r| Some((r.commentary, self.reviews.get(r.commentary)?.suggestions.list.get(r.at)?)));
        match key.map(|(id, note)| (id, note.key.clone())) {
            Some((id, key)) => self.show_suggestion(id, key),
            None if self.reviewed().is_none() => self.notices.done("There is no commentary on this draft"),
            None => self.notices.done("No suggestion waits here"),
        }
    }

    pub(super) fn review_of(&mut self, asked: Option<(DraftId, ProvisionIndex)>) {
        self.view.asked_of = asked;
        let Some((draft, _)) = asked else { return };
        if self.view.current != Some(draft) {
            self.open_draft(draft);
        }
        if self.review_rows().is_empty() {
            self.view.decided_shown = true;
        }
        self.show_review();
        let first = self.review_rows().first().copied();
        let key = first.and_then(|r| Some((r.commentary, self.reviews.get(r.commentary)?.suggestions.list.get(r.at)?)));
        if let Some((id, key)) = key.map(|(id, note)| (id, note.key.clone())) {
            self.show_suggestion(id, key);
        }
    }

    pub(super) fn show_origin(&mut self, focus: Focus) {
        let Some(annotation) = self.project().and_then(|p| p.annotation(focus.analyst, focus.annotation)) else {
            return;
        };
        let Some(origin) = annotation.source.clone() else { return };
        let Some(commentary) = self.project().and_then(|p| p.commentaries.get(&origin.commentary)).cloned() else {
            self.notices.caution(format!("The commentary \u{201c}{}\u{201d} is not in this project", origin.title));
            return;
        };
        let made = |d: &Decision| *d == Decision::Accepted(focus.annotation);
        let key = commentary.decisions.iter().find(|(_, d)| made(d)).map(|(key, _)| key.clone());
        let known = key.filter(|k| self.reviews.get(commentary.id).is_some_and(|r| r.get(k).is_some()));
        match known {
            Some(key) => self.show_suggestion(commentary.id, key),
            None => {
                self.open_commentary(commentary.id);
                let number = self.next_scroll();
                self.view.leaf_scroll = Some(LeafWish { number, commentary: commentary.id, range: origin.range });
            }
        }
        self.view.focus = Some(focus);
    }

    pub(super) fn show_words_of_commentary(&mut self, id: CommentaryId, range: TextRange) {
        self.open_commentary(id);
        if self.view.commentary == Some(id) {
            let number = self.next_scroll();
            self.view.leaf_scroll = Some(LeafWish { number, commentary: id, range });
        }
    }

    fn next_scroll(&mut self) -> u64 {
        self.view.scrolls += 1;
        self.view.scrolls
    }
}

/// The words that are marked to show a provision: of an article or a division its label and heading, else its own words.
fn named(draft: &Draft, at: ProvisionIndex) -> TextRange {
    let Some(p) = draft.outline.get(at) else { return TextRange::default() };
    if p.kind.is_headed() && p.kind != ProvisionKind::Preamble {
        let end = p.heading_range.map_or(p.label_range.end, |h| h.end.max(p.label_range.end));
        return TextRange { start: p.range.start, end: end.max(p.range.start) };
    }
    draft.outline.own_range(at).trimmed(&draft.text)
}
