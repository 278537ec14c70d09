//! Which remarks a paper takes, in which order, and which it leaves out for which reason.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{LeftOut, Reason};
use crate::model::{
    Annotation, AnnotationId, ConcernId, Draft, DraftId, Placement, Project, ProvisionIndex, Reach, Submission,
    SubmissionKind, TextRange, ids,
};
use crate::workspace::outcomes::Became;
use crate::workspace::view::Focus;

/// A remark as it stands in the draft of the paper.
#[derive(Clone, Debug)]
pub(super) struct Item<'p> {
    pub focus: Focus,
    pub annotation: &'p Annotation,
    pub placement: &'p Placement,
    /// Its words, in bytes of the draft's text; none where they have no place in it.
    pub range: Option<TextRange>,
    /// Whether it is about the provision as a whole.
    pub whole: bool,
    /// The smallest provision with an address that holds its words; none where they stand outside every provision.
    pub clause: Option<ProvisionIndex>,
    /// The concern it stands under, by position in the tree of the codebook; behind all where it has none.
    pub under: usize,
    /// What became of it since it was first made; nothing where it was first made on this draft.
    pub became: Option<Became>,
}

impl Item<'_> {
    /// Whether the draft says what was asked for.
    pub fn is_met(&self) -> bool {
        self.became == Some(Became::Met)
    }
}

/// The remarks of a paper.
pub(super) struct Selected<'p> {
    /// In the order they come.
    pub items: Vec<Item<'p>>,
    pub left_out: LeftOut,
}

/// Which remarks a submission takes on a draft. `found` are those that its question finds.
pub(super) fn select<'p>(
    project: &'p Project,
    submission: &Submission,
    draft: &Draft,
    found: Option<&BTreeSet<Focus>>,
) -> Selected<'p> {
    let pick = &submission.pick;
    let tree: HashMap<ConcernId, usize> =
        project.codebook.tree().iter().enumerate().map(|(at, (_, c))| (c.id, at)).collect();
    let picked = within(project, &pick.concerns);
    let drafts: Vec<DraftId> =
        project.drafts.iter().take(project.draft_position(draft.id).map_or(0, |at| at + 1)).map(|d| d.id).collect();
    let mut items = Vec::new();
    let mut left_out = LeftOut::default();
    for (analyst, annotation) in project.annotations() {
        let focus = Focus { analyst, annotation: annotation.id };
        let is_picked = (pick.concerns.is_empty() || annotation.concerns.iter().any(|c| picked.contains(c)))
            && (pick.analysts.is_empty() || pick.analysts.contains(&analyst))
            && (pick.statuses.is_empty() || pick.statuses.contains(&annotation.status))
            && pick.least.is_none_or(|least| annotation.severity.is_some_and(|s| s >= least))
            && found.is_none_or(|found| found.contains(&focus) || !annotation.placements.contains_key(&draft.id));
        if !is_picked {
            continue;
        }
        let Some(placement) = annotation.placements.get(&draft.id) else {
            // A remark on a later draft is none on this one, and one that a question would have to find on this draft
            // cannot be said to be asked for.
            let is_earlier = drafts.iter().any(|d| annotation.placements.contains_key(d));
            if is_earlier && annotation.kind.is_raised() && found.is_none() {
                left_out.add(Reason::NotInDraft, focus);
            }
            continue;
        };
        if !annotation.kind.is_raised() {
            left_out.add(Reason::NotRaised, focus);
            continue;
        }
        if submission.left_out.contains(&annotation.id) {
            left_out.add(Reason::ByHand, focus);
            continue;
        }
        let range = placement.anchor().map(|a| a.range.fitted(&draft.text)).filter(|r| !r.is_empty());
        let clause = range.and_then(|r| clause_of(draft, r));
        let concerns = annotation.concerns.iter().filter(|c| picked.is_empty() || picked.contains(*c));
        let under = concerns.filter_map(|c| tree.get(c)).min().copied().unwrap_or(usize::MAX);
        let whole = placement.anchor().is_some_and(|a| a.reach == Reach::Provision);
        let became = Became::over_all(annotation, &drafts);
        items.push(Item { focus, annotation, placement, range, whole, clause, under, became });
    }
    items.sort_by_cached_key(|item| by_place(item, submission.kind, draft));
    Selected { items: ordered(items, &submission.order), left_out }
}

/// The order of the remarks of a submission, whatever its question finds.
pub(super) fn order_of(project: &Project, submission: &Submission) -> Vec<AnnotationId> {
    let Ok(draft) = super::draft_of(project, submission) else { return Vec::new() };
    select(project, submission, draft, None).items.iter().map(|item| item.annotation.id).collect()
}

/// Concerns and all below them.
fn within(project: &Project, concerns: &BTreeSet<ConcernId>) -> BTreeSet<ConcernId> {
    let mut all = concerns.clone();
    if !concerns.is_empty() {
        let below = |id: ConcernId| concerns.iter().any(|&top| project.codebook.is_within(id, top));
        all.extend(project.codebook.concerns.iter().map(|c| c.id).filter(|&id| below(id)));
    }
    all
}

/// The smallest provision with an address of its own that holds a stretch of a draft.
pub(super) fn clause_of(draft: &Draft, range: TextRange) -> Option<ProvisionIndex> {
    let outline = &draft.outline;
    let inner = outline.covering(range)?;
    outline.ancestors(inner).find(|&p| outline.is_addressed(p))
}

/// By the place in the draft: what stands nowhere last, by the place it had.
fn by_place(item: &Item<'_>, kind: SubmissionKind, draft: &Draft) -> impl Ord + use<> {
    let theme = if kind == SubmissionKind::Thematic { item.under } else { 0 };
    let clause = item.clause.and_then(|p| draft.outline.get(p)).map(|p| p.range.start);
    let start = item.range.map_or(usize::MAX, |r| r.start);
    let end = item.range.map_or(0, |r| r.end);
    let cited = if item.range.is_none() { natural(&item.placement.citation().to_string()) } else { Vec::new() };
    let severity = item.annotation.severity;
    (
        theme,
        item.range.is_none(),
        clause.unwrap_or(start),
        item.clause,
        (start, std::cmp::Reverse(end)),
        cited,
        std::cmp::Reverse(severity),
        (item.annotation.created, item.focus),
    )
}

/// Labels as people order them: `9` before `10`.
fn natural(label: &str) -> Vec<(u64, String)> {
    let mut parts = Vec::new();
    for part in label.split(|c: char| !c.is_alphanumeric()).filter(|p| !p.is_empty()) {
        let digits = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
        let number = part[..digits].parse().unwrap_or(u64::MAX);
        parts.push((number, part[digits..].to_owned()));
    }
    parts
}

/// In an order of one's own: what it does not name stands behind what comes before it by place.
fn ordered<'p>(items: Vec<Item<'p>>, order: &[AnnotationId]) -> Vec<Item<'p>> {
    if order.is_empty() {
        return items;
    }
    let named: BTreeMap<AnnotationId, usize> = order.iter().rev().enumerate().map(|(n, id)| (*id, n)).collect();
    // Each remark that is named leads those behind it by place that are not.
    let mut first = Vec::new();
    let mut led: BTreeMap<usize, Vec<Item<'p>>> = BTreeMap::new();
    let mut leader = None;
    for item in items {
        if let Some(&at) = named.get(&item.annotation.id) {
            leader = Some(at);
        }
        match leader {
            Some(at) => led.entry(at).or_default().push(item),
            None => first.push(item),
        }
    }
    // The positions were counted from the end.
    first.extend(led.into_iter().rev().flat_map(|(_, items)| items));
    first
}

/// What a paper takes of a remark, in a number that is the same as long as that is.
pub(super) fn digest(item: &Item<'_>, draft: DraftId) -> u64 {
    let a = item.annotation;
    let mut words: Vec<String> = vec![
        a.kind.word().to_owned(),
        a.severity.map_or("", |s| s.word()).to_owned(),
        a.status.word().to_owned(),
        a.note.clone(),
        a.source.as_ref().map_or_else(String::new, |s| s.line()),
        a.outcomes.get(&draft).map_or("", |o| o.word()).to_owned(),
        item.placement.citation().address(),
        item.placement.quote().exact.clone(),
        item.range.is_some().to_string(),
        item.whole.to_string(),
        a.numbering.map_or_else(String::new, |d| d.to_string()),
    ];
    words.extend(a.concerns.iter().map(ToString::to_string));
    if let Some(r) = &a.recommendation {
        words.extend([r.action.word().to_owned(), r.proposed.clone(), r.supports.clone()]);
        words.extend(r.targets.iter().cloned());
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    (ids::derived(&words) >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::natural;

    #[test]
    fn labels_are_ordered_as_people_do() {
        let mut labels = ["10", "9(2)(b)", "9(10)", "9 bis", "9", "Recital 3"];
        labels.sort_by_cached_key(|l| natural(l));
        assert_eq!(labels, ["9", "9(2)(b)", "9(10)", "9 bis", "10", "Recital 3"]);
    }
}
