//! What is here of an analyst, and what a file of theirs brings once more.
//!
//! A file is a copy of some moment, and not always a whole one. What is newer in it replaces what is here, and nothing
//! goes: neither what a person has placed here nor the end of a note that a cell had no room for.

use std::collections::btree_map::Entry;

use jiff::Timestamp;

use crate::model::{Annotation, AnnotationId, AnnotationSet, Placement};
use crate::reconcile::joined_replies;

use super::super::outcome::ExchangedSet;

/// The set as it is from now on. `timed` says of which remarks the file knows when they were changed.
pub(super) fn merged(
    known: Option<AnnotationSet>,
    theirs: AnnotationSet,
    timed: &dyn Fn(AnnotationId) -> bool,
    now: Timestamp,
    said: &mut ExchangedSet,
) -> AnnotationSet {
    let mut set = known.unwrap_or_else(|| AnnotationSet::of(theirs.analyst));
    for (draft, marks) in theirs.read {
        let here = set.read.entry(draft).or_default();
        for (range, mark) in marks {
            here.entry(range).or_insert(mark);
        }
    }
    for (id, reply) in theirs.replies {
        let here = set.replies.get(&id);
        let whole = here.map_or_else(|| reply.clone(), |here| joined_replies(here, &reply));
        if here != Some(&whole) {
            said.replies += 1;
            set.replies.insert(id, whole);
        }
    }
    for (id, mut annotation) in theirs.annotations {
        let Some(here) = set.annotations.get(&id) else {
            if !timed(id) {
                (annotation.created, annotation.changed) = (now, now);
            }
            said.new += 1;
            set.annotations.insert(id, annotation);
            continue;
        };
        if !timed(id) {
            (annotation.created, annotation.changed) = (here.created, here.changed);
        }
        if annotation.changed < here.changed {
            said.older += 1;
            continue;
        }
        let is_later = annotation.changed > here.changed;
        for (source, when) in &here.made_of {
            let known = annotation.made_of.entry(*source).or_insert(*when);
            *known = (*known).max(*when);
        }
        keep_places(&mut annotation, here, is_later);
        if !is_later {
            keep_words(&mut annotation, here);
        }
        if *here == annotation {
            said.same += 1;
            continue;
        }
        if !timed(id) {
            annotation.changed = now;
        }
        said.changed += 1;
        set.annotations.insert(id, annotation);
    }
    set
}

/// Keeps what was said here of drafts: a file may hold one draft of several, and looking at a place is no change of the
/// remark that its time would tell.
fn keep_places(theirs: &mut Annotation, here: &Annotation, is_later: bool) {
    for (draft, placement) in &here.placements {
        match theirs.placements.entry(*draft) {
            Entry::Vacant(free) => drop(free.insert(placement.clone())),
            Entry::Occupied(mut said) => {
                // Words that the program could not find are nobody's decision.
                let waits = matches!(placement, Placement::Lost { reviewed: false, .. });
                let stays = is_later || waits && said.get().anchor().is_some();
                if !stays {
                    said.insert(placement.clone());
                }
            }
        }
    }
    for (draft, outcome) in &here.outcomes {
        match theirs.outcomes.entry(*draft) {
            Entry::Occupied(_) if is_later => {}
            entry => drop(entry.insert_entry(*outcome)),
        }
    }
    for (draft, when) in &here.seen {
        match theirs.seen.entry(*draft) {
            Entry::Occupied(_) if is_later => {}
            entry => drop(entry.insert_entry(*when)),
        }
    }
    theirs.numbering = if is_later { theirs.numbering.or(here.numbering) } else { here.numbering.or(theirs.numbering) };
}

/// Keeps the words of which the file has only a part, or signs for what it cannot hold.
fn keep_words(theirs: &mut Annotation, here: &Annotation) {
    let keep = |theirs: &mut String, here: &str| {
        if is_remnant(theirs, here) {
            here.clone_into(theirs);
        }
    };
    keep(&mut theirs.note, &here.note);
    if let (Some(theirs), Some(here)) = (&mut theirs.recommendation, &here.recommendation) {
        keep(&mut theirs.proposed, &here.proposed);
        keep(&mut theirs.supports, &here.supports);
        if theirs.targets.len() == here.targets.len() {
            theirs.targets.iter_mut().zip(&here.targets).for_each(|(theirs, here)| keep(theirs, here));
        }
    }
    if let (Some(theirs), Some(here)) = (&mut theirs.source, &here.source) {
        keep(&mut theirs.title, &here.title);
        keep(&mut theirs.author, &here.author);
        keep(&mut theirs.heading, &here.heading);
    }
}

/// Whether words are what a format leaves of others: their beginning, with U+FFFD for what it cannot hold.
fn is_remnant(words: &str, whole: &str) -> bool {
    let cannot_be_held = |c: char| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}');
    let mut whole = whole.chars();
    let is = |w: char, c: char| w == c || w == char::REPLACEMENT_CHARACTER && cannot_be_held(c);
    words.chars().all(|w| whole.next().is_some_and(|c| is(w, c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shortened_copy_is_known_as_one() {
        for (words, whole, expected) in [
            ("", "note", true),
            ("no", "note", true),
            ("note", "note", true),
            ("note more", "note", false),
            ("no\u{fffd}e", "no\0e", true),
            ("no\u{fffd}", "no\u{1b}e", true),
            ("no\u{fffd}e", "note", false),
            ("nut", "note", false),
        ] {
            assert_eq!(is_remnant(words, whole), expected, "{words:?} of {whole:?}");
        }
    }
}
