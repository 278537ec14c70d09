//! Which annotations a search has found: those whose note it found, and those on words it found.

use std::collections::{BTreeMap, BTreeSet};

use super::super::view::Focus;
use crate::model::{DraftId, Project, TextRange};
use crate::search::{AboutRemarks, Options, Query, Results};

/// The annotations that an answer is about. What the question or the filters say of annotations holds of each of them, and
/// not only of another one on the same provision.
pub fn found(project: &Project, query: &Query, options: &Options, results: &Results) -> BTreeSet<Focus> {
    let about = AboutRemarks::of(query, project);
    let mut notes = BTreeSet::new();
    let mut places: BTreeMap<DraftId, Vec<TextRange>> = BTreeMap::new();
    for hit in &results.hits {
        if let Some((analyst, annotation)) = hit.annotation {
            notes.insert(Focus { analyst, annotation });
        } else if hit.is_of_draft()
            && let Some(draft) = project.draft(hit.draft)
        {
            let own = hit.provision.map(|p| draft.outline.own_range(p));
            places.entry(hit.draft).or_default().extend(own.into_iter().chain([hit.range]));
        }
    }
    for ranges in places.values_mut() {
        *ranges = joined(std::mem::take(ranges));
    }
    let stands = |draft: &DraftId, range: TextRange| {
        let Some(ranges) = places.get(draft) else { return false };
        let at = ranges.partition_point(|r| r.end <= range.start);
        ranges.get(at).is_some_and(|r| r.overlaps(range) || r.covers(range))
    };
    let fits = |ids: &Option<BTreeSet<_>>, id| ids.as_ref().is_none_or(|ids| ids.contains(&id));
    let all = project.annotations().filter(|(analyst, a)| {
        let key = Focus { analyst: *analyst, annotation: a.id };
        let tagged = |wanted: &BTreeSet<_>| a.concerns.iter().any(|c| wanted.contains(c));
        let placed = || a.placements.iter().any(|(d, p)| p.anchor().is_some_and(|anchor| stands(d, anchor.range)));
        fits(&options.analysts, *analyst)
            && options.concerns.as_ref().is_none_or(tagged)
            && about.may_hold(*analyst, a)
            && (notes.contains(&key) || placed())
    });
    all.map(|(analyst, a)| Focus { analyst, annotation: a.id }).collect()
}

/// Ranges in order, those that touch as one.
fn joined(mut ranges: Vec<TextRange>) -> Vec<TextRange> {
    ranges.sort_by_key(|r| (r.start, r.end));
    let mut joined: Vec<TextRange> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut().filter(|last| range.start <= last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => joined.push(range),
        }
    }
    joined
}
