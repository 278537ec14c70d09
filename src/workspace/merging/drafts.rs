//! Which of our drafts one of theirs is.

use std::collections::BTreeMap;

use super::{DraftMatch, DraftTold, MergeChoices};
use crate::model::{AnnotationSet, Draft, DraftId, Project};
use crate::reconcile::{OurCopy, Placed, place};
use crate::storage::{SharedDraft, SharedSet};

/// Our drafts, prepared for placing remarks in them.
pub(super) type Copies<'p> = BTreeMap<DraftId, OurCopy<'p>>;

/// Remarks looked at to tell a draft by its words.
const SAMPLE: usize = 200;

/// Every draft a file names or has remarks in. Their own word, a draft's text, its symbol and the words of the remarks
/// tell, in that order, unless a person has said.
pub(super) fn matches<'p>(
    shared: &SharedSet,
    project: &'p Project,
    choices: &MergeChoices,
    copies: &mut Copies<'p>,
) -> Vec<DraftMatch> {
    let mut counts: BTreeMap<DraftId, usize> = BTreeMap::new();
    for draft in shared.set.annotations.values().flat_map(|a| a.placements.keys()) {
        *counts.entry(*draft).or_default() += 1;
    }
    let unnamed = |id: DraftId| SharedDraft {
        id,
        symbol: String::new(),
        label: String::new(),
        text_hash: String::new(),
        language: String::new(),
    };
    let mut theirs = shared.drafts.clone();
    let known: std::collections::BTreeSet<DraftId> = theirs.iter().map(|d| d.id).collect();
    theirs.extend(counts.keys().filter(|id| !known.contains(id)).map(|&id| unnamed(id)));
    theirs
        .into_iter()
        .map(|theirs| {
            let (ours, by) = told(&theirs, &shared.set, project, choices, copies);
            DraftMatch { ours, by, remarks: counts.get(&theirs.id).copied().unwrap_or(0), theirs }
        })
        .collect()
}

fn told<'p>(
    theirs: &SharedDraft,
    set: &AnnotationSet,
    project: &'p Project,
    choices: &MergeChoices,
    copies: &mut Copies<'p>,
) -> (Option<DraftId>, DraftTold) {
    if let Some(chosen) = choices.drafts.get(&theirs.id) {
        return (*chosen, DraftTold::Chosen);
    }
    if project.draft(theirs.id).is_some() {
        return (Some(theirs.id), DraftTold::Same);
    }
    let by = |is: &dyn Fn(&Draft) -> bool| project.drafts.iter().find(|d| is(d)).map(|d| d.id);
    if let Some(id) = by(&|d| d.text_hash == theirs.text_hash) {
        return (Some(id), DraftTold::Text);
    }
    // The same document has one symbol in all languages.
    if let Some(id) = by(&|d| is_same_symbol(d, theirs) && is_same_language(&d.details.language, &theirs.language)) {
        return (Some(id), DraftTold::Symbol);
    }
    match told_by_words(theirs, set, project, copies) {
        Some(id) => (Some(id), DraftTold::Words),
        None => (None, DraftTold::Nothing),
    }
}

/// The one of our drafts that holds the words a colleague remarked on in theirs: nine in ten of them, and more than any
/// other of ours. For a draft that came from another file; two symbols that differ are two drafts, whatever their words.
fn told_by_words<'p>(
    theirs: &SharedDraft,
    set: &AnnotationSet,
    project: &'p Project,
    copies: &mut Copies<'p>,
) -> Option<DraftId> {
    let anchors: Vec<_> = set.annotations.values().filter_map(|a| a.anchor_in(theirs.id)).take(SAMPLE).collect();
    let mut held: Vec<(usize, DraftId)> = Vec::new();
    let may_be = |d: &Draft| {
        let named = !theirs.symbol.is_empty() && !d.details.symbol.is_empty();
        is_same_language(&d.details.language, &theirs.language) && (!named || is_same_symbol(d, theirs))
    };
    for draft in project.drafts.iter().filter(|d| may_be(d)) {
        let copy = copies.entry(draft.id).or_insert_with(|| OurCopy::new(&draft.text, &draft.outline));
        held.push((anchors.iter().filter(|a| place(a, copy) != Placed::Lost).count(), draft.id));
    }
    held.sort_by_key(|h| std::cmp::Reverse(h.0));
    let &(best, id) = held.first()?;
    let second = held.get(1).map_or(0, |h| h.0);
    (best > second && best * 10 >= anchors.len() * 9).then_some(id)
}

pub(in super::super) fn is_same_symbol(ours: &Draft, theirs: &SharedDraft) -> bool {
    !theirs.symbol.is_empty() && ours.details.symbol.eq_ignore_ascii_case(&theirs.symbol)
}

pub(in super::super) fn is_same_language(ours: &str, theirs: &str) -> bool {
    ours.is_empty() || theirs.is_empty() || ours.eq_ignore_ascii_case(theirs)
}
