//! A colleague's remarks, put on the words of our drafts.

use std::collections::BTreeMap;

use super::PlacedAs;
use super::drafts::Copies;
use crate::model::{Anchor, Annotation, ConcernId, DraftId, Placement, Project, ReadMarks};
use crate::reconcile::{OurCopy, Placed, place};

/// A remark of theirs with our drafts, our concerns and its places in our texts, and how each of them was found.
pub(super) fn placed<'p>(
    theirs: &Annotation,
    drafts: &BTreeMap<DraftId, DraftId>,
    concerns: &BTreeMap<ConcernId, ConcernId>,
    project: &'p Project,
    copies: &mut Copies<'p>,
) -> (Annotation, Vec<(DraftId, PlacedAs)>) {
    let known = |id: DraftId| drafts.get(&id).copied().unwrap_or(id);
    let mut annotation = theirs.clone();
    let mut places = Vec::new();
    let mut standing: Vec<_> = std::mem::take(&mut annotation.placements).into_iter().collect();
    // First those whose draft is certain: two of their drafts may be like one of ours, and only one can stand there.
    standing.sort_by_key(|(theirs, _)| project.draft(*theirs).is_none());
    annotation.outcomes = std::mem::take(&mut annotation.outcomes).into_iter().map(|(id, o)| (known(id), o)).collect();
    annotation.seen = std::mem::take(&mut annotation.seen).into_iter().map(|(id, when)| (known(id), when)).collect();
    annotation.numbering = annotation.numbering.map(known);
    for (theirs, placement) in standing {
        let free = drafts.get(&theirs).filter(|id| !annotation.placements.contains_key(id));
        let Some(draft) = free.and_then(|&id| project.draft(id)) else {
            places.push((theirs, PlacedAs::Elsewhere));
            annotation.placements.insert(theirs, placement);
            continue;
        };
        let Some(anchor) = placement.anchor() else {
            places.push((draft.id, PlacedAs::Lost));
            annotation.placements.insert(draft.id, placement);
            continue;
        };
        let copy = copies.entry(draft.id).or_insert_with(|| OurCopy::new(&draft.text, &draft.outline));
        let (how, put) = match place(anchor, copy) {
            Placed::Same(found) => (PlacedAs::Same, replaced(&placement, found)),
            Placed::Found(found) if found.citation == anchor.citation => (PlacedAs::Found, replaced(&placement, found)),
            Placed::Found(found) => (PlacedAs::Renumbered, replaced(&placement, found)),
            Placed::Lost => (PlacedAs::Lost, Placement::lost(None, anchor.quote.clone(), anchor.citation.clone())),
        };
        places.push((draft.id, how));
        annotation.placements.insert(draft.id, put);
    }
    annotation.concerns = annotation.concerns.iter().map(|id| concerns.get(id).copied().unwrap_or(*id)).collect();
    (annotation, places)
}

/// What they have read, by our drafts. Ranges stay those of their text: a mark whose range is no provision of ours is
/// placed by its citation.
pub(super) fn read(theirs: &ReadMarks, drafts: &BTreeMap<DraftId, DraftId>) -> ReadMarks {
    let mut read = ReadMarks::new();
    for (draft, marks) in theirs {
        let ours = drafts.get(draft).copied().unwrap_or(*draft);
        read.entry(ours).or_default().extend(marks.iter().map(|(range, mark)| (*range, mark.clone())));
    }
    read
}

fn replaced(placement: &Placement, anchor: Anchor) -> Placement {
    match placement {
        Placement::Carried { from, verdict, .. } => Placement::Carried { anchor, from: *from, verdict: *verdict },
        _ => Placement::Made(anchor),
    }
}
