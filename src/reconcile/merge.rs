//! Two versions of one analyst's set brought together.
//!
//! Nothing here asks which version is "ours": joining is idempotent, commutative and associative, so that files may come
//! in any order, twice, and by detours, and every copy ends as the same. What an analyst wrote is taken whole from the
//! version that was changed last; where a remark stands in a draft, and what became of it there, from whoever looked last.
//! Nothing is ever taken away: that a remark is missing from a version says nothing.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::Serialize;

use crate::model::{Annotation, AnnotationSet, DraftId, Placement, ReadMarks, Reply};

/// How a version of a remark that came stands to the one that is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// There is none here.
    New,
    /// What came says more or newer things, and nothing here does.
    ChangedThere,
    /// Each says something newer than the other: the words were changed there and somebody looked at the places here, or
    /// the other way round.
    ChangedByBoth,
    /// What is here says more or newer things, and nothing that came does.
    ChangedHere,
    /// Both are the same.
    Same,
    /// It is here, and what came does not have it.
    GoneThere,
}

impl Standing {
    /// All of them, what asks most for a look first.
    pub const ALL: [Self; 6] =
        [Self::ChangedByBoth, Self::New, Self::ChangedThere, Self::GoneThere, Self::ChangedHere, Self::Same];

    /// The words for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::ChangedThere => "changed by them",
            Self::ChangedByBoth => "changed by both",
            Self::ChangedHere => "newer here",
            Self::Same => "already here",
            Self::GoneThere => "deleted by them",
        }
    }

    /// Of the version that came to the one here.
    pub fn of(here: Option<&Annotation>, there: Option<&Annotation>) -> Self {
        Self::by(here, there, joined)
    }

    /// The same for replies.
    pub fn of_reply(here: Option<&Reply>, there: Option<&Reply>) -> Self {
        Self::by(here, there, joined_replies)
    }

    fn by<T: PartialEq>(here: Option<&T>, there: Option<&T>, joined: impl Fn(&T, &T) -> T) -> Self {
        match (here, there) {
            (None, _) => Self::New,
            (Some(_), None) => Self::GoneThere,
            (Some(here), Some(there)) => {
                let both = joined(here, there);
                match (both == *here, both == *there) {
                    (true, true) => Self::Same,
                    (true, false) => Self::ChangedHere,
                    (false, true) => Self::ChangedThere,
                    (false, false) => Self::ChangedByBoth,
                }
            }
        }
    }
}

/// Two versions of one remark as one.
pub fn joined(a: &Annotation, b: &Annotation) -> Annotation {
    let (mut joined, other) = if written(a) >= written(b) { (a.clone(), b) } else { (b.clone(), a) };
    joined.created = a.created.min(b.created);
    for (source, when) in &other.made_of {
        let known = joined.made_of.entry(*source).or_insert(*when);
        *known = (*known).max(*when);
    }
    let drafts: BTreeSet<DraftId> = [a, b].into_iter().flat_map(looked_at).collect();
    for draft in drafts {
        // Each with its own time of making: the join's would tell both alike.
        let from = if seen(a, draft) >= seen(b, draft) { a } else { b };
        if std::ptr::eq(from, other) {
            take(&mut joined, from, draft);
        }
    }
    joined
}

/// Two versions of one analyst's set as one: every remark of either.
pub fn joined_sets(a: &AnnotationSet, b: &AnnotationSet) -> AnnotationSet {
    let last = |s: &AnnotationSet| (s.annotations.values().map(|a| a.changed).max(), s.analyst.name.clone());
    let (mut set, other) = if last(a) >= last(b) { (a.clone(), b) } else { (b.clone(), a) };
    for (id, theirs) in &other.annotations {
        let whole = set.annotations.get(id).map_or_else(|| theirs.clone(), |ours| joined(ours, theirs));
        set.annotations.insert(*id, whole);
    }
    set.read = joined_read(&set.read, &other.read);
    for (id, theirs) in &other.replies {
        let whole = set.replies.get(id).map_or_else(|| theirs.clone(), |ours| joined_replies(ours, theirs));
        set.replies.insert(*id, whole);
    }
    set
}

/// Two versions of one reply as one: the one that was changed last.
pub fn joined_replies(a: &Reply, b: &Reply) -> Reply {
    let said = |r: &Reply| (r.changed, text(&(&r.text, r.whose, r.about)));
    let last = if said(a) >= said(b) { a } else { b };
    Reply { created: a.created.min(b.created), ..last.clone() }
}

/// What was read by one version or the other, as it was said last.
pub fn joined_read(a: &ReadMarks, b: &ReadMarks) -> ReadMarks {
    let mut read = a.clone();
    for (draft, marks) in b {
        let here = read.entry(*draft).or_default();
        for (range, theirs) in marks {
            let ours = here.entry(*range).or_insert_with(|| theirs.clone());
            if (theirs.when, text(&theirs.citation)) > (ours.when, text(&ours.citation)) {
                *ours = theirs.clone();
            }
        }
    }
    read
}

/// The order of what was written: by time; the text decides between two of one time, the same everywhere.
fn written(a: &Annotation) -> (Timestamp, String) {
    (a.changed, text(&(a.kind, &a.concerns, a.severity, &a.note, &a.recommendation, a.status, &a.source, a.numbering)))
}

/// The order of what is known about a remark in a draft: what a person looked at, latest first, over what the program
/// found, over what it did not find, over nothing.
fn seen(a: &Annotation, draft: DraftId) -> (u8, Option<Timestamp>, String) {
    let placement = a.placements.get(&draft);
    let reviewed = a.is_reviewed_in(draft);
    let rank = match placement {
        _ if reviewed => 3,
        Some(Placement::Carried { .. }) => 2,
        Some(_) => 1,
        None => 0,
    };
    let when = reviewed.then(|| a.seen.get(&draft).copied().unwrap_or(Timestamp::MIN));
    (rank, when, text(&(placement, a.outcomes.get(&draft), a.seen.get(&draft))))
}

fn looked_at(a: &Annotation) -> impl Iterator<Item = DraftId> + '_ {
    a.placements.keys().chain(a.outcomes.keys()).chain(a.seen.keys()).copied()
}

/// Takes over what is known about a draft.
fn take(into: &mut Annotation, from: &Annotation, draft: DraftId) {
    fn put<T: Clone>(into: &mut BTreeMap<DraftId, T>, from: &BTreeMap<DraftId, T>, draft: DraftId) {
        match from.get(&draft) {
            Some(value) => into.insert(draft, value.clone()),
            None => into.remove(&draft),
        };
    }
    put(&mut into.placements, &from.placements, draft);
    put(&mut into.outcomes, &from.outcomes, draft);
    put(&mut into.seen, &from.seen, draft);
}

/// Plain structs can always be written; were one not, two of one time would count as equal, and the first be kept.
fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
