//! Mending what was found when a project was opened: outlines that could not be read, texts changed from outside.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{Draft, DraftId, Edit, Placement};
use crate::outline;
use crate::reconcile::{OurCopy, Placed, place};

use super::super::Workspace;
use super::super::history::Look;

impl Workspace {
    /// Recognizes outlines anew, and finds the remarks of changed texts again by their quotes. What cannot be found is
    /// lost and waits for a person.
    pub(in super::super) fn mend(&mut self, unread: &[DraftId], changed: &[DraftId]) {
        // The outline of a changed text may fit it by chance, and be wrong all the same.
        let outdated: BTreeSet<DraftId> = unread.iter().chain(changed).copied().collect();
        self.recognize_again(&outdated);
        if !self.can_edit() {
            return;
        }
        let edits: Vec<Edit> = changed.iter().flat_map(|&id| self.found_again(id)).collect();
        self.commit("find the remarks of a changed text again", Look::default(), None, edits);
        // Mending is no step of the analyst's.
        self.history.clear();
    }

    fn recognize_again(&mut self, drafts: &BTreeSet<DraftId>) {
        let Some(open) = &mut self.open else { return };
        let mut edits = Vec::new();
        for &id in drafts {
            let (Some(draft), Some(at)) = (open.project.draft(id), open.project.draft_position(id)) else { continue };
            let mut draft = Draft::clone(draft);
            draft.outline = Arc::new(outline::recognize(&draft.text, &[]).outline);
            edits.push(Edit::PutDraft { id, draft: Some(Arc::new(draft)), at });
        }
        if edits.is_empty() {
            return;
        }
        // Where nothing can be written, the outline is only for this session.
        let recorded = if open.read_only.is_some() { Ok(()) } else { open.store.record(&edits) };
        match recorded {
            Ok(()) => open.unsaved += 1,
            Err(error) => self.notices.failure(error),
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
            let Some(anchor) = placement.anchor() else { continue };
            let found = match place(anchor, &copy) {
                Placed::Same(_) => continue,
                Placed::Found(anchor) => match placement {
                    Placement::Carried { from, verdict, .. } => {
                        Placement::Carried { anchor, from: *from, verdict: *verdict }
                    }
                    _ => Placement::Made(anchor),
                },
                Placed::Lost => {
                    Placement::Lost { from: None, quote: anchor.quote.clone(), citation: anchor.citation.clone() }
                }
            };
            let mut new = annotation.clone();
            new.placements.insert(id, found);
            edits.push(Edit::PutAnnotation { analyst, id: new.id, annotation: Some(Box::new(new)) });
        }
        edits
    }
}
