//! The remarks of the team's set, made out of those of the analysts.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::super::view::Focus;
use crate::model::ids::derived;
use crate::model::{
    Anchor, Annotation, AnnotationId, AnnotationKind, ConcernId, DraftId, MadeOf, Placement, Project, Reach, Status,
    TextRange,
};

/// The identity of a remark made of these: the same wherever it is made of the same, so that copies of it join.
pub fn team_id(project: &Project, sources: &BTreeSet<Focus>) -> AnnotationId {
    let mut words = vec![project.team().to_string()];
    words.extend(sources.iter().flat_map(|f| [f.analyst.to_string(), f.annotation.to_string()]));
    AnnotationId(derived(&words.iter().map(String::as_str).collect::<Vec<_>>()))
}

/// A remark as it is.
pub fn single(project: &Project, of: Focus, now: Timestamp) -> Option<Annotation> {
    let source = project.annotation(of.analyst, of.annotation)?;
    Some(Annotation {
        id: team_id(project, &BTreeSet::from([of])),
        status: Status::Agreed,
        created: now,
        changed: now,
        made_of: MadeOf::from([((of.analyst, of.annotation), source.changed)]),
        ..source.clone()
    })
}

/// One remark of several: all their concerns (or only these), the worst severity, the notes one below the other, each
/// under the name of who wrote it, and the recommendation of one of them.
pub fn joined(
    project: &Project,
    sources: &BTreeSet<Focus>,
    recommendation: Option<Focus>,
    only: Option<&BTreeSet<ConcernId>>,
    now: Timestamp,
) -> Option<Annotation> {
    let of: Vec<(Focus, &Annotation)> =
        sources.iter().filter_map(|f| Some((*f, project.annotation(f.analyst, f.annotation)?))).collect();
    let &(first, model) = of.first()?;
    if of.len() == 1 {
        let mut whole = single(project, first, now)?;
        if let Some(only) = only {
            whole.concerns.retain(|c| only.contains(c));
        }
        return Some(whole);
    }
    let kinds: BTreeSet<AnnotationKind> = of.iter().map(|(_, a)| a.kind).collect();
    let chosen = of.iter().find(|(f, _)| Some(*f) == recommendation).map(|(_, a)| *a);
    let concerns = of.iter().flat_map(|(_, a)| &a.concerns).filter(|c| only.is_none_or(|o| o.contains(c)));
    let mut whole = Annotation {
        id: team_id(project, sources),
        kind: if kinds.len() == 1 { model.kind } else { AnnotationKind::Remark },
        concerns: concerns.copied().collect(),
        severity: of.iter().filter_map(|(_, a)| a.severity).max(),
        note: notes(project, &of),
        recommendation: chosen.and_then(|a| a.recommendation.clone()),
        status: Status::Agreed,
        source: of.iter().find_map(|(_, a)| a.source.clone()),
        created: now,
        changed: now,
        placements: Default::default(),
        outcomes: Default::default(),
        numbering: chosen.and_then(|a| a.numbering.or_else(|| made_in(project, a))),
        seen: Default::default(),
        made_of: of.iter().map(|(f, a)| ((f.analyst, f.annotation), a.changed)).collect(),
    };
    let drafts: BTreeSet<DraftId> = of.iter().flat_map(|(_, a)| a.placements.keys().copied()).collect();
    for draft in drafts {
        let here: Vec<&Annotation> = of.iter().map(|(_, a)| *a).filter(|a| a.placements.contains_key(&draft)).collect();
        whole.placements.extend(place(project, draft, &here).map(|p| (draft, p)));
        // What became of it is taken over where nobody says otherwise.
        let said: BTreeSet<_> = here.iter().filter_map(|a| a.outcomes.get(&draft)).collect();
        if let (1, Some(&&outcome)) = (said.len(), said.first()) {
            whole.outcomes.insert(draft, outcome);
        }
        whole.seen.extend(here.iter().filter_map(|a| a.seen.get(&draft)).max().map(|when| (draft, *when)));
    }
    Some(whole)
}

/// One of the team's as it would be made today; its own choice of a recommendation stays where a source still has it.
pub fn renewed(project: &Project, old: &Annotation, now: Timestamp) -> Option<Annotation> {
    let focus = |&(analyst, annotation): &_| Focus { analyst, annotation };
    let is_there = |f: &Focus| project.annotation(f.analyst, f.annotation).is_some();
    let sources: BTreeSet<Focus> = old.made_of.keys().map(focus).filter(is_there).collect();
    let asked = |f: &&Focus| {
        let action = project.annotation(f.analyst, f.annotation).and_then(|a| Some(a.recommendation.as_ref()?.action));
        action.is_some() && action == old.recommendation.as_ref().map(|r| r.action)
    };
    let new = joined(project, &sources, sources.iter().find(asked).copied(), None, now)?;
    // What is gone stays told; the identity stays that of the remark.
    let mut made_of = old.made_of.clone();
    made_of.extend(new.made_of);
    Some(Annotation { id: old.id, created: old.created, made_of, ..new })
}

fn notes(project: &Project, of: &[(Focus, &Annotation)]) -> String {
    let said = of.iter().filter(|(_, a)| !a.note.trim().is_empty());
    let said = said.map(|(f, a)| {
        let name = project.sets.get(&f.analyst).map_or("", |s| s.analyst.name.as_str());
        format!("{name}: {}", a.note.trim())
    });
    said.collect::<Vec<_>>().join("\n\n")
}

/// The draft in which a remark was made first, in the order of the project.
fn made_in(project: &Project, a: &Annotation) -> Option<DraftId> {
    let made = |id: &DraftId| matches!(a.placements.get(id), Some(Placement::Made(_)));
    project.drafts.iter().map(|d| d.id).find(made)
}

/// Where the whole stands in a draft: on all their words from the first to the last where people put all of them, else
/// where the best known of them stands.
fn place(project: &Project, draft: DraftId, here: &[&Annotation]) -> Option<Placement> {
    let placements: Vec<&Placement> = here.iter().filter_map(|a| a.placements.get(&draft)).collect();
    let anchors: Vec<&Anchor> = placements.iter().filter_map(|p| p.anchor()).collect();
    let made = placements.iter().all(|p| matches!(p, Placement::Made(_)));
    let start = anchors.iter().map(|a| a.range.start).min();
    let end = anchors.iter().map(|a| a.range.end).max();
    if let (true, Some(start), Some(end), Some(text)) = (made, start, end, project.draft(draft)) {
        let same = anchors.iter().find(|a| a.range == TextRange { start, end });
        if let Some(same) = same {
            return Some(Placement::Made((*same).clone()));
        }
        let range = TextRange { start, end }.fitted(&text.text);
        return Some(Placement::Made(Anchor::new(&text.text, &text.outline, range, Reach::Words)));
    }
    let best = placements.iter().find(|p| matches!(p, Placement::Made(_)));
    best.or_else(|| placements.iter().find(|p| p.anchor().is_some()))
        .or_else(|| placements.first())
        .map(|p| (*p).clone())
}
