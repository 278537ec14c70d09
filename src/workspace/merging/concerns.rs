//! Which of our concerns one of theirs is.

use std::collections::BTreeMap;

use super::super::run::fresh_tag;
use super::{ConcernMatch, ConcernTold, MergeChoices};
use crate::model::{Codebook, Concern, ConcernId};
use crate::storage::SharedSet;

/// Every concern that a remark of the file has. Theirs is ours if it is the very one, if somebody said so before, or if
/// it is called the same, unless a person has said otherwise.
pub(super) fn matches(shared: &SharedSet, codebook: &Codebook, choices: &MergeChoices) -> Vec<ConcernMatch> {
    let mut counts: BTreeMap<ConcernId, usize> = BTreeMap::new();
    for concern in shared.set.annotations.values().flat_map(|a| &a.concerns) {
        *counts.entry(*concern).or_default() += 1;
    }
    let mut book = codebook.clone();
    let mut matches: Vec<ConcernMatch> = Vec::new();
    let mut named: std::collections::BTreeSet<ConcernId> = std::collections::BTreeSet::new();
    for theirs in &shared.concerns {
        let Some(&remarks) = counts.get(&theirs.id).filter(|_| named.insert(theirs.id)) else { continue };
        let (ours, by) = told(theirs, codebook, choices);
        let ours = ours.filter(|id| codebook.get(*id).is_some());
        let differs = ours.and_then(|id| codebook.get(id)).map(|o| differences(o, theirs)).unwrap_or_default();
        let added = ours.is_none().then(|| {
            let added = new_to_us(theirs, &book);
            book.concerns.push(added.clone());
            added
        });
        matches.push(ConcernMatch { theirs: theirs.clone(), ours, by, differs, remarks, added });
    }
    matches
}

/// Ours as it becomes when theirs is to take its place: its key, its parent and its identity stay.
pub(super) fn taken_over(ours: &Concern, theirs: &Concern, book: &Codebook) -> Concern {
    let free = book.concerns.iter().all(|c| c.id == ours.id || c.tag != theirs.tag) && !theirs.tag.is_empty();
    Concern {
        tag: if free { theirs.tag.clone() } else { ours.tag.clone() },
        name: theirs.name.clone(),
        definition: said(&theirs.definition, &ours.definition),
        look_for: said(&theirs.look_for, &ours.look_for),
        swatch: theirs.swatch,
        // Files of older programs do not say it.
        safeguard: ours.safeguard || theirs.safeguard,
        ..ours.clone()
    }
}

/// A file without notes says no definitions; that takes none away.
fn said(theirs: &str, ours: &str) -> String {
    if theirs.is_empty() { ours.to_owned() } else { theirs.to_owned() }
}

fn told(theirs: &Concern, book: &Codebook, choices: &MergeChoices) -> (Option<ConcernId>, ConcernTold) {
    if let Some(chosen) = choices.concerns.get(&theirs.id) {
        return (*chosen, ConcernTold::Chosen);
    }
    if book.get(theirs.id).is_some() {
        return (Some(theirs.id), ConcernTold::Same);
    }
    if let Some(known) = book.concerns.iter().find(|c| c.same_as.contains(&theirs.id)) {
        return (Some(known.id), ConcernTold::Remembered);
    }
    let name = theirs.name.to_lowercase();
    match book.concerns.iter().find(|c| c.name.to_lowercase() == name) {
        Some(called_so) => (Some(called_so.id), ConcernTold::Name),
        None => (None, ConcernTold::Nothing),
    }
}

fn differences(ours: &Concern, theirs: &Concern) -> Vec<&'static str> {
    [
        ("name", ours.name != theirs.name),
        ("tag", ours.tag != theirs.tag),
        ("color", ours.swatch != theirs.swatch),
        ("definition", !theirs.definition.is_empty() && ours.definition != theirs.definition),
    ]
    .into_iter()
    .filter_map(|(what, differs)| differs.then_some(what))
    .collect()
}

/// A concern of theirs as it is added to our codebook. Its key and its place in the tree are theirs alone. Where a person
/// says that one with an identity of ours is another, it gets one of its own from theirs.
fn new_to_us(theirs: &Concern, book: &Codebook) -> Concern {
    let taken = theirs.tag.is_empty() || book.concerns.iter().any(|c| c.tag == theirs.tag);
    let tag = if taken { fresh_tag(book, &theirs.name) } else { theirs.tag.clone() };
    let id = if book.get(theirs.id).is_some() { ConcernId(!theirs.id.0) } else { theirs.id };
    Concern { id, key: None, parent: None, tag, ..theirs.clone() }
}
