//! What became of a remark since the draft before: what a person has said of it, and what became of its words.

use super::clause::{Page, one_line};
use super::phrases::Phrase;
use super::select::{Item, clause_of};
use super::wording::covers_whole;
use crate::model::{Draft, DraftId, Placement, TextRange};
use crate::workspace::outcomes::Became;

impl Page<'_> {
    /// In sentences; empty for a remark that was first made on this draft.
    pub fn since(&self, item: &Item<'_>) -> Vec<String> {
        let mut said = Vec::new();
        let outcome = match item.became {
            Some(Became::Met) => Some(Phrase::Met),
            Some(Became::PartlyMet) => Some(Phrase::PartlyMet),
            Some(Became::NotMet) => Some(Phrase::NotMet),
            Some(Became::Worse) => Some(Phrase::Worse),
            _ => None,
        };
        said.extend(outcome.map(|phrase| self.speech.say(phrase).to_owned()));
        if matches!(item.placement, Placement::Lost { deleted: true, .. }) {
            said.push(self.speech.say(Phrase::Deleted).to_owned());
            return said;
        }
        if item.range.is_none() {
            said.push(self.speech.say(Phrase::NotFound).to_owned());
            return said;
        }
        let Some((before, name)) = self.before(item) else { return said };
        let Some(old) = item.annotation.anchor_in(before) else { return said };
        let Some(range) = item.range else { return said };
        let now = item.placement.citation();
        if !old.citation.is_same_address(now) {
            let cited = self.speech.cited(&old.citation);
            said.push(self.speech.fill(Phrase::Formerly, &[("c", &cited), ("d", name)]));
        }
        let flat = |words: &str| one_line(words, &mut true).trim().to_lowercase();
        let same = flat(&old.quote.exact) == flat(range.of(&self.draft.text).unwrap_or_default());
        let part = !item.whole && item.clause.is_some_and(|p| !covers_whole(self, p, range));
        // What stands around words that are the same can be another.
        let of_clause = |draft: &Draft, range: TextRange| {
            let clause = clause_of(draft, range.fitted(&draft.text))?;
            let own = draft.outline.own_range(clause).fitted(&draft.text);
            Some(flat(Page { draft, ..*self }.body(clause, own).of(&draft.text)?))
        };
        let was = self.project.draft(before).and_then(|d| of_clause(d, old.range));
        let around = part && was.is_some() && was != of_clause(self.draft, range);
        // What a person has said of an outcome goes before what can be told of the words.
        match (same, item.became) {
            (true, Some(Became::Met | Became::Worse | Became::PartlyMet)) => {}
            _ => {
                let phrase = match (same, part) {
                    (true, false) => Phrase::Same,
                    (true, true) if around => Phrase::SameWordsOnly,
                    (true, true) => Phrase::SameWords,
                    (false, false) => Phrase::Edited,
                    (false, true) => Phrase::EditedWords,
                };
                said.push(self.speech.fill(phrase, &[("d", name)]));
            }
        }
        said
    }

    /// The latest draft before this one in which the remark has a place.
    fn before(&self, item: &Item<'_>) -> Option<(DraftId, &str)> {
        let at = self.project.draft_position(self.draft.id)?;
        let earlier = self.project.drafts.get(..at)?;
        let found = earlier.iter().rev().find(|d| item.annotation.anchor_in(d.id).is_some())?;
        Some((found.id, found.name()))
    }
}
