//! Which annotations leave, and what of them.

use std::collections::BTreeSet;

use super::super::view::Focus;
use super::ShareChoices;
use crate::model::{Annotation, AnnotationSet, Concern, ConcernId, Draft, DraftId, Project, Recommendation, Reply};
use crate::storage::{SharedDraft, SharedSet};

/// The chosen sets of the chosen analysts, each with what a colleague needs to understand it; an analyst of whom nothing
/// was chosen is left out. `keys` are those the annotation list shows or the search has found.
pub(super) fn chosen(project: &Project, choices: &ShareChoices, keys: Option<&BTreeSet<Focus>>) -> Vec<SharedSet> {
    let sets = project.sets.values().filter(|s| choices.analysts.contains(&s.analyst.id));
    let is_chosen = |analyst, a: &Annotation| {
        let key = Focus { analyst, annotation: a.id };
        keys.is_none_or(|keys| keys.contains(&key)) && passes(project, choices, a)
    };
    // An answer leaves with what it is an answer to, or with the sets as they are.
    let is_answer = |reply: &Reply| {
        let about = || project.sets.get(&reply.whose).and_then(|s| s.annotations.get(&reply.about));
        !choices.restricts() || about().is_some_and(|a| is_chosen(reply.whose, a))
    };
    let shared = sets.filter_map(|set| {
        let kept = set.annotations.values().filter(|a| is_chosen(set.analyst.id, a));
        let mut chosen = AnnotationSet::of(set.analyst.clone());
        chosen.annotations = kept.map(|a| (a.id, left(a, choices))).collect();
        if choices.read && !choices.restricts() {
            chosen.read = set.read.clone();
        }
        if choices.notes {
            let answers = set.replies.values().filter(|r| is_answer(r));
            chosen.replies = answers.map(|r| (r.id, r.clone())).collect();
        }
        let nothing = chosen.annotations.is_empty() && chosen.read.is_empty() && chosen.replies.is_empty();
        (!nothing).then(|| with_terms(project, choices, chosen))
    });
    shared.collect()
}

/// What a file leaves out of an annotation is not taken away where it is known: notes where it holds none, the draft whose
/// numbers it cites where that was not chosen. `theirs` stands on our drafts already.
pub fn filled_up(theirs: &mut Annotation, ours: Option<&Annotation>, shared: &SharedSet) {
    let Some(ours) = ours else { return };
    if shared.without_notes {
        theirs.note.clone_from(&ours.note);
        theirs.source.clone_from(&ours.source);
        theirs.recommendation = match (theirs.recommendation.take(), &ours.recommendation) {
            (Some(bare), Some(ours)) if bare.action == ours.action => Some(ours.clone()),
            (bare, _) => bare,
        };
    }
    if shared.is_part {
        theirs.numbering = theirs.numbering.or(ours.numbering);
    }
}

fn passes(project: &Project, choices: &ShareChoices, a: &Annotation) -> bool {
    let within = |c: &ConcernId| choices.concerns.iter().any(|&top| project.codebook.is_within(*c, top));
    (choices.drafts.is_empty() || a.placements.keys().any(|d| choices.drafts.contains(d)))
        && (choices.concerns.is_empty() || a.concerns.iter().any(within))
        && choices.status.is_none_or(|status| a.status == status)
        && choices.least.is_none_or(|least| a.severity.is_some_and(|s| s >= least))
}

/// An annotation as it leaves.
fn left(a: &Annotation, choices: &ShareChoices) -> Annotation {
    let mut left = a.clone();
    if !choices.drafts.is_empty() {
        let chosen = |d: &DraftId| choices.drafts.contains(d);
        left.placements.retain(|d, _| chosen(d));
        left.outcomes.retain(|d, _| chosen(d));
        left.seen.retain(|d, _| chosen(d));
        left.numbering = left.numbering.filter(chosen);
    }
    if !choices.notes {
        left.note.clear();
        left.source = None;
        // What is asked for is one of seven words; what it points to is in the analyst's own.
        left.recommendation = left.recommendation.map(|r| Recommendation::to(r.action));
    }
    left
}

/// The set with the drafts it stands in and the concerns it has. The keys of concerns are for one's own keyboard, their
/// tree reaches beyond what is shared, and what others call them was said in confidence.
fn with_terms(project: &Project, choices: &ShareChoices, set: AnnotationSet) -> SharedSet {
    let annotations = || set.annotations.values();
    let used: BTreeSet<ConcernId> = annotations().flat_map(|a| a.concerns.iter().copied()).collect();
    let stands: BTreeSet<DraftId> = annotations()
        .flat_map(|a| a.placements.keys().chain(a.outcomes.keys()))
        .chain(set.read.keys())
        .copied()
        .collect();
    let words = |text: &str| if choices.notes { text.to_owned() } else { String::new() };
    let concerns = project.codebook.concerns.iter().filter(|c| used.contains(&c.id)).map(|c| Concern {
        definition: words(&c.definition),
        look_for: words(&c.look_for),
        key: None,
        same_as: BTreeSet::new(),
        parent: c.parent.filter(|parent| used.contains(parent)),
        ..c.clone()
    });
    SharedSet {
        project: project.id,
        instrument: project.details.instrument.clone(),
        drafts: project.drafts.iter().filter(|d| stands.contains(&d.id)).map(|d| shared_draft(d)).collect(),
        concerns: concerns.collect(),
        is_part: choices.restricts(),
        without_notes: !choices.notes,
        set,
    }
}

fn shared_draft(draft: &Draft) -> SharedDraft {
    SharedDraft {
        id: draft.id,
        symbol: draft.details.symbol.clone(),
        label: draft.details.label.clone(),
        text_hash: draft.text_hash.clone(),
        language: draft.details.language.clone(),
    }
}
