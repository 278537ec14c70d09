//! How many hits each value of a filter would give, with the other filters as they are.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::index::Index;
use super::language::Query;
use super::remarks::Test;
use super::results::{Hit, Options, Results, own_remark};
use crate::model::{AnalystId, Annotation, ConcernId, DraftId, FoundIn, Project, TextRange};

/// Counts beside the values of filters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// By draft.
    pub drafts: BTreeMap<DraftId, usize>,
    /// By concern; what is tagged with a concern below counts as well.
    pub concerns: BTreeMap<ConcernId, usize>,
    /// By analyst.
    pub analysts: BTreeMap<AnalystId, usize>,
    /// By kind of words.
    pub kinds: BTreeMap<FoundIn, usize>,
    /// Not all hits were looked at: the counts are too low.
    pub truncated: bool,
}

impl Index {
    /// The counts for a query, whose hits without any filter are `all`.
    pub fn facets(&self, project: &Project, query: &Query, options: &Options, all: &Results) -> Facets {
        let own = own_remark(&query.root).map(|r| Test::of(r, project, &mut Vec::new()));
        let said = self.said_of(project, own.as_ref(), &all.hits);
        let mut facets = Facets { truncated: all.truncated, ..Facets::default() };
        for (hit, remarks) in all.hits.iter().zip(&said) {
            let kind = hit.found_in(project);
            let in_draft = options.drafts.as_ref().is_none_or(|d| d.contains(&hit.draft));
            let of_kind = options.kinds.as_ref().is_none_or(|k| k.contains(&kind));
            let tagged = |a: &Annotation| {
                options.concerns.as_ref().is_none_or(|c| a.concerns.iter().any(|concern| c.contains(concern)))
            };
            let by = |analyst: &AnalystId| options.analysts.as_ref().is_none_or(|a| a.contains(analyst));
            let unsaid = options.concerns.is_none() && options.analysts.is_none();
            let spoken = unsaid || remarks.iter().any(|(analyst, a)| by(analyst) && tagged(a));
            if of_kind && spoken {
                *facets.drafts.entry(hit.draft).or_default() += 1;
            }
            if in_draft && spoken {
                *facets.kinds.entry(kind).or_default() += 1;
            }
            if !(in_draft && of_kind) {
                continue;
            }
            let mut concerns = BTreeSet::new();
            for (_, annotation) in remarks.iter().filter(|(analyst, _)| by(analyst)) {
                for &concern in &annotation.concerns {
                    add_with_those_above(project, concern, &mut concerns);
                }
            }
            for concern in concerns {
                *facets.concerns.entry(concern).or_default() += 1;
            }
            let analysts: BTreeSet<_> =
                remarks.iter().filter(|(_, a)| tagged(a)).map(|(analyst, _)| *analyst).collect();
            for analyst in analysts {
                *facets.analysts.entry(analyst).or_default() += 1;
            }
        }
        facets
    }

    /// For each hit the remarks that share a word with it, or the one whose note it is.
    fn said_of<'p>(
        &self,
        project: &'p Project,
        own: Option<&Test>,
        hits: &[Hit],
    ) -> Vec<Vec<(AnalystId, &'p Annotation)>> {
        let views = self.views(project, &Options::default());
        let mut said: Vec<Vec<(AnalystId, &Annotation)>> = vec![Vec::new(); hits.len()];
        let mut at: HashMap<(DraftId, usize), usize> = HashMap::new();
        for (number, hit) in hits.iter().enumerate() {
            if let Some((analyst, id)) = hit.annotation {
                said[number].extend(project.annotation(analyst, id).map(|a| (analyst, a)));
                continue;
            }
            if hit.commentary.is_some() {
                continue;
            }
            let Some(view) = views.iter().find(|v| v.draft.id == hit.draft) else { continue };
            let outside = || {
                let start = TextRange { start: hit.range.start, end: hit.range.start };
                view.passages.overlapping(start).next()
            };
            if let Some(passage) = hit.provision.map(|p| p.0 as usize).or_else(outside) {
                at.insert((hit.draft, passage), number);
            }
        }
        for (analyst, annotation) in project.annotations() {
            if own.is_some_and(|test| !test.holds(analyst, annotation)) {
                continue;
            }
            for view in &views {
                let Some(anchor) = annotation.anchor_in(view.draft.id) else { continue };
                for passage in view.passages.overlapping(anchor.range) {
                    if let Some(&hit) = at.get(&(view.draft.id, passage)) {
                        said[hit].push((analyst, annotation));
                    }
                }
            }
        }
        said
    }
}

fn add_with_those_above(project: &Project, concern: ConcernId, into: &mut BTreeSet<ConcernId>) {
    let mut next = Some(concern);
    while let Some(id) = next
        && into.insert(id)
    {
        next = project.codebook.get(id).and_then(|c| c.parent);
    }
}
