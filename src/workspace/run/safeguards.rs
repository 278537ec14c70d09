//! What is said of expected safeguards, and what one has read.

use std::collections::BTreeSet;

use crate::model::{
    Anchor, Annotation, AnnotationId, AnnotationKind, Concern, ConcernId, Draft, DraftId, Edit, Placement,
    ProvisionIndex, Reach, ReadMark,
};
use crate::storage;

use super::super::Workspace;
use super::super::command::Says;
use super::super::history::Look;
use super::super::matrix::{Matrix, MatrixLook, MatrixPage, provision_of};
use super::super::offers::provision_at;

impl Says {
    fn kind(self) -> AnnotationKind {
        match self {
            Self::Present => AnnotationKind::Presence,
            Self::Absent => AnnotationKind::Absence,
            Self::NotNeeded => AnnotationKind::NotNeeded,
        }
    }
}

impl Workspace {
    /// The article, recital or annex that one reads, where the caret or the page is.
    pub fn article_read(&self) -> Option<ProvisionIndex> {
        let draft = self.draft()?;
        let at = self.view.selection().map_or_else(|| self.view.draft_view().reading_at, |s| s.range().start);
        let outline = &draft.outline;
        let provision = provision_at(draft, at)?;
        let unit = outline.article(provision).unwrap_or_else(|| outline.unit(provision));
        super::super::matrix::is_expected(outline, unit).then_some(unit).filter(|&u| outline.is_addressed(u))
    }

    /// Whether one has marked a provision as read.
    pub fn has_read(&self, draft: DraftId, provision: ProvisionIndex) -> bool {
        let Some(text) = self.project().and_then(|p| p.draft(draft)) else { return false };
        let marks = self.own_set().and_then(|set| set.read.get(&draft));
        marks.into_iter().flatten().any(|(range, mark)| provision_of(text, *range, mark) == Some(provision))
    }

    pub(super) fn mark_read(&mut self, draft: DraftId, provision: ProvisionIndex, read: bool) {
        let Some(target) = self.project().and_then(|p| p.draft(draft)).cloned() else { return };
        let Some(range) = target.outline.get(provision).map(|p| p.range) else {
            self.notices.failure("that provision is not in the draft");
            return;
        };
        if self.has_read(draft, provision) == read {
            return;
        }
        let Some((analyst, mut edits)) = self.own_analyst() else { return };
        let citation = target.outline.citation(provision);
        let cited = self.cited_within(&citation);
        if read {
            let mark = Some(ReadMark { citation, when: self.surroundings.now() });
            edits.push(Edit::PutRead { analyst, draft, range, mark });
        } else {
            let marks = self.own_set().and_then(|set| set.read.get(&draft)).into_iter().flatten();
            let same = marks.filter(|(range, mark)| provision_of(&target, **range, mark) == Some(provision));
            edits.extend(same.map(|(range, _)| Edit::PutRead { analyst, draft, range: *range, mark: None }));
        }
        let label = if read { format!("mark {cited} as read") } else { format!("mark {cited} as not read") };
        let look = Look { place: Some((draft, range)), annotation: None };
        if self.commit(label, look, None, edits) {
            let said = if read { "Marked as read" } else { "Not marked as read any more" };
            self.notices.done(format!("{said}: {cited}"));
        }
    }

    /// Goes to the next article that one has not looked at.
    pub(super) fn step_unread(&mut self, by: i32) {
        let Some(draft) = self.draft().cloned() else { return };
        let analyst = self.analyst().map(|a| a.id);
        let look = MatrixLook { page: MatrixPage::Coverage, draft: Some(draft.id), analyst, ..MatrixLook::default() };
        let Some(Matrix::Coverage(coverage)) = self.matrix_of(&look) else { return };
        let start = |row: usize| {
            let row = coverage.rows.get(row)?;
            draft.outline.get(row.provision).map(|p| p.range.start)
        };
        let at = self.view.selection().map_or_else(|| self.view.draft_view().reading_at, |s| s.range().start);
        let from =
            coverage.rows.partition_point(|r| draft.outline.get(r.provision).is_some_and(|p| p.range.start <= at));
        match coverage.next(from.checked_sub(1), by).and_then(start) {
            Some(offset) => self.go_to(draft.id, offset),
            None => self.notices.done(format!("Every article of {} has been looked at", draft.name())),
        }
    }

    pub(super) fn say_of_safeguard(
        &mut self,
        draft: DraftId,
        provision: ProvisionIndex,
        concern: ConcernId,
        says: Option<Says>,
    ) {
        let Some(target) = self.project().and_then(|p| p.draft(draft)).cloned() else { return };
        let Some(range) = target.outline.get(provision).map(|p| p.range) else {
            self.notices.failure("that provision is not in the draft");
            return;
        };
        let units = super::super::matrix::units(&target.outline);
        let Some(article) = units.get(provision.0 as usize).copied().flatten() else {
            self.notices.failure("that provision stands in no article, of which safeguards are said");
            return;
        };
        let Some((analyst, mut edits)) = self.own_analyst() else { return };
        let now = self.surroundings.now();
        let anchor = Anchor::new(&target.text, &target.outline, range, Reach::Provision);
        let before = self.said_of_safeguard(&target, &units, article, concern);
        let kind = says.map(Says::kind);
        let mut is_said = false;
        let mut first = None;
        for old in &before {
            let here = old.anchor_in(draft).map(|a| a.range);
            // It may stand in several clauses.
            let several = kind == Some(AnnotationKind::Presence) && old.kind == AnnotationKind::Presence;
            if several || !is_said && kind == Some(old.kind) {
                if !several || here == Some(range) {
                    is_said = true;
                    if let Some(new) = confirmed(old, draft, now) {
                        first = Some(old.id);
                        edits.push(Edit::PutAnnotation { analyst, id: old.id, annotation: Some(Box::new(new)) });
                    }
                }
                continue;
            }
            let new = match kind.filter(|_| !is_said && is_about(old, draft, concern)) {
                Some(kind) => {
                    // The note that says why is about this cell, whatever is said of it.
                    is_said = true;
                    first = Some(old.id);
                    let mut new = Annotation { kind, changed: now, ..old.clone() };
                    if here != Some(range) {
                        new.placements.insert(draft, Placement::Made(anchor.clone()));
                    }
                    Some(new)
                }
                None => {
                    if is_elsewhere(old, draft) && old.concerns.len() > 1 {
                        let id = AnnotationId::fresh(&mut *self.surroundings);
                        let others = Some(Box::new(of_the_others(old, draft, concern, id, now)));
                        edits.push(Edit::PutAnnotation { analyst, id, annotation: others });
                    }
                    withdrawn(old, draft, concern, now)
                }
            };
            edits.push(Edit::PutAnnotation { analyst, id: old.id, annotation: new.map(Box::new) });
        }
        if let Some(kind) = kind.filter(|_| !is_said) {
            let id = AnnotationId::fresh(&mut *self.surroundings);
            first = Some(id);
            let mut new = Annotation::new(id, kind, draft, anchor, now);
            new.concerns = BTreeSet::from([concern]);
            edits.push(Edit::PutAnnotation { analyst, id, annotation: Some(Box::new(new)) });
        }
        let changes = |e: &Edit| matches!(e, Edit::PutAnnotation { .. });
        if !edits.iter().any(changes) {
            return;
        }
        let (name, cited) = (self.concern_name(concern), self.cited_within(&target.outline.citation(provision)));
        let label = match kind {
            Some(AnnotationKind::Presence) => format!("say that {name} is present in {cited}"),
            Some(AnnotationKind::Absence) => format!("say that {name} is absent from {cited}"),
            Some(_) => format!("say that {name} is not needed in {cited}"),
            None => format!("take back what is said of {name} in {cited}"),
        };
        let look = Look { place: Some((draft, range)), annotation: first.map(|id| (analyst, id)) };
        self.commit(label, look, None, edits);
    }

    /// What one has said of a safeguard in an article; `units` says in which each provision stands.
    fn said_of_safeguard(
        &self,
        draft: &Draft,
        units: &[Option<ProvisionIndex>],
        article: ProvisionIndex,
        concern: ConcernId,
    ) -> Vec<Annotation> {
        let outline = &draft.outline;
        let unit = |p: ProvisionIndex| units.get(p.0 as usize).copied().flatten();
        let own = self.own_set().into_iter().flat_map(|set| set.annotations.values());
        own.filter(|a| a.kind != AnnotationKind::Remark && a.concerns.contains(&concern))
            .filter(|a| {
                let at = a.anchor_in(draft.id).and_then(|anchor| outline.covering(anchor.range));
                at.and_then(unit) == Some(article)
            })
            .cloned()
            .collect()
    }

    pub(super) fn mark_safeguards(&mut self) {
        let built_in = match storage::built_in_codebook() {
            Ok(built_in) => built_in,
            Err(error) => {
                self.notices.failure(error);
                return;
            }
        };
        let Some(book) = self.project().map(|p| &p.codebook) else { return };
        let usual = |c: &Concern| {
            let same = |b: &&Concern| b.id == c.id || b.name.to_lowercase() == c.name.to_lowercase();
            built_in.concerns.iter().filter(|b| b.safeguard).any(|b| same(&b))
        };
        let edits: Vec<Edit> = book
            .concerns
            .iter()
            .enumerate()
            .filter(|(_, c)| !c.safeguard && !c.retired && usual(c))
            .map(|(at, c)| Edit::PutConcern { id: c.id, concern: Some(Concern { safeguard: true, ..c.clone() }), at })
            .collect();
        if edits.is_empty() {
            self.notices.caution("The codebook has none of the usual safeguards: mark some of its concerns as such");
            return;
        }
        let count = edits.len();
        if self.commit("mark the expected safeguards", Look::default(), None, edits) {
            self.notices.done(format!("{count} concerns marked as expected safeguards: Ctrl+Z takes it back"));
        }
    }
}

/// Whether a statement is about nothing but this safeguard in this draft, so that it can be turned into another.
fn is_about(a: &Annotation, draft: DraftId, concern: ConcernId) -> bool {
    a.concerns.len() == 1 && a.concerns.contains(&concern) && !is_elsewhere(a, draft)
}

fn is_elsewhere(a: &Annotation, draft: DraftId) -> bool {
    a.placements.keys().any(|d| *d != draft)
}

/// A statement that waits in a draft, as a person says it there again; none where it does not wait.
fn confirmed(old: &Annotation, draft: DraftId, now: jiff::Timestamp) -> Option<Annotation> {
    let anchor = old.anchor_in(draft).filter(|_| !old.is_reviewed_in(draft))?;
    let mut new = Annotation { changed: now, ..old.clone() };
    new.placements.insert(draft, Placement::Made(anchor.clone()));
    Some(new)
}

/// What a statement goes on to say of its other safeguards in a draft where it is taken back for one. It waits there for a
/// person if it did before.
fn of_the_others(
    old: &Annotation,
    draft: DraftId,
    concern: ConcernId,
    id: AnnotationId,
    now: jiff::Timestamp,
) -> Annotation {
    let mut new = Annotation { id, created: now, changed: now, ..old.clone() };
    new.concerns.remove(&concern);
    new.placements.retain(|d, _| *d == draft);
    new.outcomes.retain(|d, _| *d == draft);
    new
}

/// What is left of a statement that is taken back: nothing where nothing was written, else what was written, as a remark.
/// One that stands in other drafts as well stays what it is there, and is kept as lost here.
fn withdrawn(old: &Annotation, draft: DraftId, concern: ConcernId, now: jiff::Timestamp) -> Option<Annotation> {
    let mut new = Annotation { changed: now, ..old.clone() };
    if is_elsewhere(old, draft) {
        let Some(placement) = old.placements.get(&draft) else { return Some(new) };
        let (quote, citation) = (placement.quote().clone(), placement.citation().clone());
        let from = match placement {
            Placement::Carried { from, .. } => Some(*from),
            _ => old.placements.keys().copied().find(|d| *d != draft),
        };
        new.placements.insert(draft, Placement::Lost { from, quote, citation, deleted: false, reviewed: true });
        return Some(new);
    }
    let is_bare = old.note.trim().is_empty()
        && old.recommendation.is_none()
        && old.severity.is_none()
        && old.source.is_none()
        && old.concerns.len() == 1;
    if is_bare {
        return None;
    }
    if old.concerns.len() > 1 {
        new.concerns.remove(&concern);
    } else {
        new.kind = AnnotationKind::Remark;
    }
    Some(new)
}
