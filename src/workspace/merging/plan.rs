//! What a file would change, and the edits that change it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::sharing::filled_up;
use super::drafts::Copies;
use super::{ConcernTold, MergeChoices, MergeItem, MergePlan, ReplyItem, concerns, drafts, places};
use crate::model::{Analyst, AnalystId, AnnotationSet, ConcernId, DraftId, Edit, Project, ReadMark, Reply};
use crate::reconcile::{Standing, joined, joined_read, joined_replies};
use crate::storage::SharedSet;

/// What a file would change in a project whose own analyst is `own`; nothing where `go_on` says no before that is known.
pub fn plan(
    shared: &SharedSet,
    project: &Project,
    own: Option<AnalystId>,
    choices: &MergeChoices,
    go_on: &dyn Fn() -> bool,
) -> Option<MergePlan> {
    let mut copies = Copies::new();
    let their_drafts = drafts::matches(shared, project, choices, &mut copies);
    let their_concerns = concerns::matches(shared, &project.codebook, choices);
    let by_draft: BTreeMap<DraftId, DraftId> =
        their_drafts.iter().filter_map(|d| Some((d.theirs.id, d.ours?))).collect();
    let by_concern: BTreeMap<ConcernId, ConcernId> =
        their_concerns.iter().filter_map(|c| Some((c.theirs.id, c.becomes()?))).collect();
    let analyst = shared.set.analyst.clone();
    let is_own = own == Some(analyst.id);
    let here = project.sets.get(&analyst.id);
    let mut items = Vec::new();
    for (id, theirs) in &shared.set.annotations {
        if !go_on() {
            return None;
        }
        let (mut there, places) = places::placed(theirs, &by_draft, &by_concern, project, &mut copies);
        let ours = here.and_then(|s| s.annotations.get(id));
        filled_up(&mut there, ours, shared);
        let whole = ours.map_or_else(|| there.clone(), |ours| joined(ours, &there));
        let standing = Standing::of(ours, Some(&there));
        items.push(MergeItem {
            id: *id,
            standing,
            here: ours.cloned().map(Arc::new),
            there: Some(Arc::new(there)),
            joined: Arc::new(whole),
            places,
            take: false,
        });
    }
    if !shared.is_part {
        let only_here = here.into_iter().flat_map(|s| s.annotations.values());
        for ours in only_here.filter(|a| !shared.set.annotations.contains_key(&a.id)) {
            let ours = Arc::new(ours.clone());
            items.push(MergeItem {
                id: ours.id,
                standing: Standing::GoneThere,
                here: Some(Arc::clone(&ours)),
                there: None,
                joined: ours,
                places: Vec::new(),
                take: false,
            });
        }
    }
    let mut read = places::read(&shared.set.read, &by_draft);
    if let Some(here) = here {
        read = joined_read(&here.read, &read);
        for (draft, marks) in &mut read {
            let known = here.read.get(draft);
            marks.retain(|range, mark| known.and_then(|k| k.get(range)) != Some(mark));
        }
        read.retain(|_, marks| !marks.is_empty());
    }
    let mut replies = replies(shared, here);
    let rank = |s: Standing| Standing::ALL.iter().position(|x| *x == s);
    items.sort_by_key(|i| (rank(i.standing), std::cmp::Reverse(i.worst_place()), i.id));
    replies.sort_by_key(|r| (rank(r.standing), r.joined.created, r.id));
    let mut plan = MergePlan {
        replies,
        is_first: here.is_none(),
        is_own,
        is_part: shared.is_part,
        without_notes: shared.without_notes,
        other_project: (shared.project != project.id).then(|| shared.instrument.clone()),
        analyst,
        drafts: their_drafts,
        concerns: their_concerns,
        items,
        read,
    };
    plan.choose(choices);
    Some(plan)
}

impl MergePlan {
    /// Takes and leaves what was chosen, all else as is proposed.
    pub fn choose(&mut self, choices: &MergeChoices) {
        let is_own = self.is_own;
        let proposed = |standing: Standing| match standing {
            Standing::New => true,
            Standing::ChangedThere | Standing::ChangedByBoth => !is_own,
            Standing::ChangedHere | Standing::Same | Standing::GoneThere => false,
        };
        for item in &mut self.items {
            let chosen = choices.take.get(&item.id).filter(|_| item.can_be_taken());
            item.take = chosen.copied().unwrap_or_else(|| proposed(item.standing));
        }
        for item in &mut self.replies {
            let chosen = choices.replies.get(&item.id).filter(|_| item.can_be_taken());
            item.take = chosen.copied().unwrap_or_else(|| proposed(item.standing));
        }
    }
}

/// Their replies beside those that are here.
fn replies(shared: &SharedSet, here: Option<&AnnotationSet>) -> Vec<ReplyItem> {
    let known = |id| here.and_then(|s| s.replies.get(id));
    let item = |ours: Option<&Reply>, theirs: Option<&Reply>| {
        let joined = match (ours, theirs) {
            (Some(ours), Some(theirs)) => joined_replies(ours, theirs),
            (one, other) => one.or(other)?.clone(),
        };
        Some(ReplyItem {
            id: joined.id,
            standing: Standing::of_reply(ours, theirs),
            here: ours.cloned().map(Arc::new),
            there: theirs.cloned().map(Arc::new),
            joined: Arc::new(joined),
            take: false,
        })
    };
    let mut items: Vec<ReplyItem> =
        shared.set.replies.values().filter_map(|theirs| item(known(&theirs.id), Some(theirs))).collect();
    let says_all = !shared.is_part && !shared.without_notes;
    let only_here = here.into_iter().flat_map(|s| s.replies.values()).filter(|_| says_all);
    items.extend(
        only_here.filter(|r| !shared.set.replies.contains_key(&r.id)).filter_map(|ours| item(Some(ours), None)),
    );
    items
}

/// What is to be changed: one step. Concerns come only with remarks that have them.
pub fn edits(plan: &MergePlan, project: &Project, choices: &MergeChoices) -> Vec<Edit> {
    let taken: Vec<&MergeItem> = plan.items.iter().filter(|i| i.take).collect();
    let mut edits = concern_edits(plan, project, choices, &taken);
    let replies: Vec<&ReplyItem> = plan.replies.iter().filter(|r| r.take).collect();
    if taken.is_empty() && replies.is_empty() && plan.read.is_empty() {
        return edits;
    }
    let analyst: &Analyst = &plan.analyst;
    match project.sets.get(&analyst.id) {
        None => {
            let annotations = taken.iter().map(|i| (i.id, (*i.joined).clone())).collect();
            let replies = replies.iter().map(|r| (r.id, (*r.joined).clone())).collect();
            let set = AnnotationSet { analyst: analyst.clone(), annotations, read: plan.read.clone(), replies };
            edits.push(Edit::PutSet { analyst: analyst.id, set: Some(Box::new(set)) });
        }
        Some(set) => {
            if set.analyst != *analyst && !plan.is_own {
                edits.push(Edit::PutAnalyst(analyst.clone()));
            }
            edits.extend(taken.iter().map(|item| {
                let kept = item.there.is_some().then(|| Box::new((*item.joined).clone()));
                Edit::PutAnnotation { analyst: analyst.id, id: item.id, annotation: kept }
            }));
            edits.extend(replies.iter().map(|item| {
                let kept = item.there.is_some().then(|| Box::new((*item.joined).clone()));
                Edit::PutReply { analyst: analyst.id, id: item.id, reply: kept }
            }));
            edits.extend(plan.read.iter().flat_map(|(&draft, marks)| {
                let put = move |(&range, mark): (&_, &ReadMark)| Edit::PutRead {
                    analyst: analyst.id,
                    draft,
                    range,
                    mark: Some(mark.clone()),
                };
                marks.iter().map(put)
            }));
        }
    }
    edits
}

fn concern_edits(plan: &MergePlan, project: &Project, choices: &MergeChoices, taken: &[&MergeItem]) -> Vec<Edit> {
    let book = &project.codebook;
    let mut edits = Vec::new();
    let mut added = book.concerns.len();
    for concern in &plan.concerns {
        if let Some(new) = &concern.added {
            if taken.iter().any(|i| i.joined.concerns.contains(&new.id)) {
                edits.push(Edit::PutConcern { id: new.id, concern: Some(new.clone()), at: added });
                added += 1;
            }
            continue;
        }
        let Some((ours, at)) = concern.ours.and_then(|id| Some((book.get(id)?, book.position(id)?))) else { continue };
        let mut next = ours.clone();
        if choices.take_over.contains(&concern.theirs.id) {
            next = concerns::taken_over(ours, &concern.theirs, book);
        }
        // What was said once is not asked again.
        if matches!(concern.by, ConcernTold::Chosen | ConcernTold::Name) && concern.theirs.id != ours.id {
            next.same_as.insert(concern.theirs.id);
        }
        if next != *ours {
            edits.push(Edit::PutConcern { id: ours.id, concern: Some(next), at });
        }
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Anchor, Annotation, AnnotationId, AnnotationKind, Citation, Place, ProjectDetails, ProjectId};
    use crate::model::{Quote, Reach, TextRange};

    #[test]
    fn what_was_chosen_is_taken_and_a_stopped_comparison_is_no_plan() {
        let project = Project::new(ProjectId(1), ProjectDetails::default());
        let mut set = AnnotationSet::of(Analyst { id: AnalystId(2), name: "Omar".into() });
        for id in [AnnotationId(3), AnnotationId(4)] {
            let anchor = Anchor {
                range: TextRange::new(0, 4),
                quote: Quote { exact: "buoy".into(), ..Quote::default() },
                citation: Citation::to(Place::Text),
                reach: Reach::Words,
            };
            let remark = Annotation::new(id, AnnotationKind::Remark, DraftId(5), anchor, jiff::Timestamp::UNIX_EPOCH);
            set.annotations.insert(id, remark);
        }
        let shared = SharedSet {
            project: project.id,
            instrument: String::new(),
            set,
            drafts: Vec::new(),
            is_part: false,
            without_notes: false,
            concerns: Vec::new(),
        };
        let mut choices = MergeChoices::default();
        assert_eq!(plan(&shared, &project, None, &choices, &|| false), None);
        let mut made = plan(&shared, &project, None, &choices, &|| true).unwrap();
        assert_eq!(made.count(Standing::New), (2, 2));
        choices.take.insert(AnnotationId(3), false);
        made.choose(&choices);
        assert_eq!(made.count(Standing::New), (2, 1));
        assert_eq!(plan(&shared, &project, None, &choices, &|| true), Some(made), "as if made anew");
    }
}
