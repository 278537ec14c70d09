//! What became of a remark since earlier drafts: what a person has said of it, and what became of its words.

use super::clause::{Page, one_line};
use super::phrases::Phrase;
use super::select::{Item, clause_of};
use super::wording::covers_whole;
use crate::model::{Action, Anchor, Draft, Placement, TextRange};
use crate::workspace::outcomes::Became;

impl Page<'_> {
    /// In sentences; empty for a remark that was first made on this draft. `all_gone` says that nothing of what it is about
    /// stands in the draft.
    pub fn since(&self, item: &Item<'_>, all_gone: bool) -> Vec<String> {
        let mut said = Vec::new();
        let outcome = |became: Became| {
            Some(match became {
                Became::Met => Phrase::Met,
                Became::PartlyMet => Phrase::PartlyMet,
                Became::NotMet => Phrase::NotMet,
                Became::Worse => Phrase::Worse,
                _ => return None,
            })
        };
        if let (Some(phrase), Some(draft)) = (item.became.and_then(outcome), self.said_of(item)) {
            let sentence = self.speech.say(phrase);
            // What was said of an earlier draft is told of that one.
            said.push(match draft.id == self.draft.id {
                true => sentence.to_owned(),
                false => format!("{}{}{sentence}", draft.name(), self.speech.colon()),
            });
        }
        if matches!(item.placement, Placement::Lost { deleted: true, .. }) {
            let asked = item.annotation.recommendation.as_ref().is_some_and(|r| r.action == Action::Delete);
            said.push(
                self.speech.say(if asked && all_gone { Phrase::DeletedAsAsked } else { Phrase::Deleted }).to_owned(),
            );
            return said;
        }
        let Some(range) = item.range else {
            said.push(self.speech.say(Phrase::NotFound).to_owned());
            return said;
        };
        let earlier = self.earlier(item);
        let Some((first, anchor)) = earlier.last() else { return said };
        if !anchor.citation.is_same_address(item.placement.citation()) {
            let cited = self.speech.cited(&anchor.citation);
            said.push(self.speech.fill(Phrase::Formerly, &[("c", &cited), ("d", first.name())]));
        }
        let flat = |words: &str| one_line(words, &mut true).trim().to_lowercase();
        let now = flat(range.of(&self.draft.text).unwrap_or_default());
        let part = !item.whole && item.clause.is_some_and(|p| !covers_whole(self, p, range));
        let is_same = |anchor: &Anchor| flat(&anchor.quote.exact) == now;
        let same = earlier.iter().take_while(|(_, a)| is_same(a)).count();
        // What a person has said of an outcome goes before what can be told of the words.
        let is_told = matches!(item.became, Some(Became::Met | Became::Worse | Became::PartlyMet));
        if let Some((draft, old)) = same.checked_sub(1).and_then(|at| earlier.get(at)).filter(|_| !is_told) {
            // What stands around words that are the same can be another.
            let of_clause = |draft: &Draft, range: TextRange| {
                let clause = clause_of(draft, range.fitted(&draft.text))?;
                let own = draft.outline.own_range(clause).fitted(&draft.text);
                Some(flat(Page { draft, ..*self }.body(clause, own).of(&draft.text)?))
            };
            let was = of_clause(draft, old.range);
            let others_changed = was.is_some() && was != of_clause(self.draft, range);
            let phrase = match (earlier.get(same), part) {
                (Some((before, _)), _) => {
                    let phrase = if part { Phrase::LastChangedWords } else { Phrase::LastChanged };
                    said.push(self.speech.fill(phrase, &[("d", before.name()), ("s", draft.name())]));
                    None
                }
                (None, false) if !others_changed => Some(Phrase::Same),
                (None, _) => Some(Phrase::SameWords),
            };
            let others = others_changed.then_some(Phrase::OtherWords);
            said.extend(phrase.into_iter().chain(others).map(|p| self.speech.fill(p, &[("d", draft.name())])));
        } else if let Some((draft, _)) = earlier.get(same) {
            let phrase = if part { Phrase::EditedWords } else { Phrase::Edited };
            said.push(self.speech.fill(phrase, &[("d", draft.name())]));
        }
        said
    }

    /// The drafts before this one in which a remark has a place, the latest first.
    fn earlier<'a>(&'a self, item: &'a Item<'_>) -> Vec<(&'a Draft, &'a Anchor)> {
        let at = self.project.draft_position(self.draft.id).unwrap_or(0);
        let earlier = self.project.drafts.iter().take(at).rev();
        earlier.filter_map(|d| Some((&**d, item.annotation.anchor_in(d.id)?))).collect()
    }

    /// The latest draft up to this one of which a person has said what became of a remark in it.
    fn said_of(&self, item: &Item<'_>) -> Option<&Draft> {
        let at = self.project.draft_position(self.draft.id)?;
        let drafts = self.project.drafts.iter().take(at + 1).rev();
        drafts.map(|d| &**d).find(|d| item.annotation.outcomes.contains_key(&d.id))
    }
}
