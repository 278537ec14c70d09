//! Mending what was found when a project was opened: outlines that could not be read, texts changed from outside.

use std::sync::Arc;

use crate::model::{Anchor, Draft, DraftId, Edit, Placement, Reach, TextRange};
use crate::outline;
use crate::reconcile::{OurCopy, Placed, place};

use super::super::Workspace;

impl Workspace {
    /// Recognizes outlines anew, and finds the remarks of changed texts again by their quotes. What cannot be found is
    /// lost and waits for a person.
    ///
    /// Only on the screen: a text may be changed because it is half synchronized, and comes back. Nothing is written of
    /// it, least of all into a colleague's file; whoever then changes a remark writes its new place with it.
    pub(in super::super) fn mend(&mut self, unread: &[DraftId], changed: &[DraftId]) {
        self.recognize_again(unread, true);
        let only_changed: Vec<DraftId> = changed.iter().copied().filter(|id| !unread.contains(id)).collect();
        self.recognize_again(&only_changed, false);
        let Some(project) = self.project() else { return };
        let waits = |id: DraftId| {
            let lost = |p: &Placement| matches!(p, Placement::Lost { from: None, .. });
            project.annotations().any(|(_, a)| a.placements.get(&id).is_some_and(lost))
        };
        // A set can come from a colleague's folder and be about an earlier state of a text.
        let off = |draft: &Draft| {
            let is_off = |a: &Anchor| a.range.of(&draft.text) != Some(a.quote.exact.as_str());
            project.annotations().any(|(_, a)| a.anchor_in(draft.id).is_some_and(is_off))
        };
        let needs = |d: &Draft| changed.contains(&d.id) || waits(d.id) || off(d);
        let drafts: Vec<DraftId> = project.drafts.iter().filter(|d| needs(d)).map(|d| d.id).collect();
        let edits: Vec<Edit> = drafts.iter().flat_map(|&id| self.found_again(id)).collect();
        let Some(open) = &mut self.open else { return };
        if !edits.is_empty() {
            if let Err(error) = open.project.apply_all(edits) {
                self.notices.failure(error);
            }
            self.revision += 1;
        }
    }

    /// Recognizes outlines anew, for good or for this session.
    fn recognize_again(&mut self, drafts: &[DraftId], for_good: bool) {
        let Some(open) = &mut self.open else { return };
        let mut edits = Vec::new();
        for &id in drafts {
            let (Some(draft), Some(at)) = (open.project.draft(id), open.project.draft_position(id)) else { continue };
            let mut draft = Draft::clone(draft);
            draft.outline = Arc::new(outline::recognize(&draft.text, &draft.hints).outline);
            edits.push(Edit::PutDraft { id, draft: Some(Arc::new(draft)), at });
        }
        if edits.is_empty() {
            return;
        }
        if for_good && open.read_only.is_none() {
            match open.store.record(&edits) {
                Ok(()) => open.unsaved += 1,
                Err(error) => self.notices.failure(error),
            }
        }
        if let Err(error) = open.project.apply_all(edits) {
            self.notices.failure(error);
        }
        self.revision += 1;
    }

    fn found_again(&self, id: DraftId) -> Vec<Edit> {
        let Some(project) = self.project() else { return Vec::new() };
        let Some(draft) = project.draft(id) else { return Vec::new() };
        let copy = OurCopy::new(&draft.text, &draft.outline);
        let mut edits = Vec::new();
        for (analyst, annotation) in project.annotations() {
            let Some(placement) = annotation.placements.get(&id) else { continue };
            let anchor = match placement {
                Placement::Made(anchor) | Placement::Carried { anchor, .. } => anchor.clone(),
                // Lost for want of its words, which may have come back.
                Placement::Lost { from: None, quote, citation, .. } => Anchor {
                    range: TextRange::default(),
                    quote: quote.clone(),
                    citation: citation.clone(),
                    reach: Reach::Words,
                },
                Placement::Lost { from: Some(_), .. } => continue,
            };
            let found = match (place(&anchor, &copy), placement) {
                (Placed::Same(_), Placement::Made(_) | Placement::Carried { .. }) => continue,
                (Placed::Lost, Placement::Lost { .. }) => continue,
                (Placed::Found(anchor), Placement::Carried { from, verdict, .. }) => {
                    Placement::Carried { anchor, from: *from, verdict: *verdict }
                }
                (Placed::Same(anchor) | Placed::Found(anchor), _) => Placement::Made(anchor),
                (Placed::Lost, _) => Placement::lost(None, anchor.quote, anchor.citation),
            };
            let mut new = annotation.clone();
            new.placements.insert(id, found);
            edits.push(Edit::PutAnnotation { analyst, id: new.id, annotation: Some(Box::new(new)) });
        }
        edits
    }
}
