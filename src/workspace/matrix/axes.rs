//! The rows or columns of an axis, and in which of them a remark stands.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    AnalystId, Annotation, ConcernId, Draft, DraftId, Outline, Placement, Project, ProvisionIndex, ProvisionKind,
    Severity, Status,
};

use super::Scope;
use super::grid::{Head, HeadKey};
use super::look::{Axis, Levels};

/// An axis with the means to find where a remark stands on it.
pub struct Index {
    /// Its rows or columns.
    pub heads: Vec<Head>,
    find: Find,
}

enum Find {
    /// For every concern the heads it counts in; the last head is for remarks without one.
    Concerns(BTreeMap<ConcernId, Vec<usize>>),
    /// For every provision its head; the last two are for what is outside of all and for what is lost.
    Provisions(std::sync::Arc<Draft>, Vec<usize>),
    /// The last head is for other drafts.
    Drafts(BTreeMap<DraftId, usize>),
    Analysts(BTreeMap<AnalystId, usize>),
    Statuses,
    Severities,
    Nothing,
}

impl Index {
    /// The index of an axis.
    pub fn of(scope: &Scope<'_>, axis: Axis) -> Self {
        match axis {
            Axis::Concern => concerns(scope.project, scope.look.levels),
            Axis::Article | Axis::Chapter => match scope.draft {
                Some(draft) => provisions(scope, draft, axis),
                None => Self { heads: Vec::new(), find: Find::Nothing },
            },
            Axis::Draft => drafts(scope),
            Axis::Analyst => analysts(scope),
            Axis::Status => Self {
                heads: Status::ALL.map(|s| Head::new(HeadKey::Status(s), s.word(), s.word())).to_vec(),
                find: Find::Statuses,
            },
            Axis::Severity => {
                let said = Severity::ALL.map(|s| Head::new(HeadKey::Severity(Some(s)), s.word(), s.word()));
                let heads = said.into_iter().chain([Head::new(HeadKey::Severity(None), "unsaid", "unsaid")]).collect();
                Self { heads, find: Find::Severities }
            }
        }
    }

    /// The heads a remark stands in, in order: in one draft where there is a placement, else wherever it stands.
    pub fn find(
        &self,
        analyst: AnalystId,
        a: &Annotation,
        placement: Option<&Placement>,
        draft: Option<DraftId>,
        found: &mut Vec<usize>,
    ) {
        found.clear();
        match &self.find {
            Find::Concerns(rows_of) => {
                found.extend(a.concerns.iter().filter_map(|c| rows_of.get(c)).flatten());
                found.sort_unstable();
                found.dedup();
                if found.is_empty() {
                    found.push(self.heads.len() - 1);
                }
            }
            Find::Provisions(text, heads) => {
                let outside = self.heads.len() - 2;
                found.push(match placement.map(Placement::anchor) {
                    Some(Some(anchor)) => {
                        let at = text.outline.covering(anchor.range);
                        at.and_then(|p| heads.get(p.0 as usize)).copied().unwrap_or(outside)
                    }
                    _ => outside + 1,
                });
            }
            Find::Drafts(heads) => {
                let stands =
                    a.placements.iter().filter(|(d, p)| p.anchor().is_some() && draft.is_none_or(|one| one == **d));
                found.extend(stands.filter_map(|(d, _)| heads.get(d)));
                found.sort_unstable();
                if found.is_empty() {
                    found.push(self.heads.len() - 1);
                }
            }
            Find::Analysts(heads) => found.extend(heads.get(&analyst)),
            Find::Statuses => found.push(a.status as usize),
            Find::Severities => found.push(a.severity.map_or(Severity::ALL.len(), |s| usize::from(s.step()) - 1)),
            Find::Nothing => {}
        }
    }
}

/// The concerns, and for each of them where it counts.
pub(super) fn concerns(project: &Project, levels: Levels) -> Index {
    let tree = project.codebook.tree();
    let shown = tree.iter().filter(|(depth, _)| levels != Levels::Top || *depth == 0);
    let mut heads: Vec<Head> = shown
        .map(|&(depth, c)| Head { depth, ..Head::new(HeadKey::Concern(c.id), c.tag.clone(), c.name.clone()) })
        .collect();
    let place: BTreeMap<HeadKey, usize> = heads.iter().enumerate().map(|(at, head)| (head.key, at)).collect();
    let mut rows_of = BTreeMap::new();
    // In the order of the tree the concerns above one are the latest ones of lesser depth.
    let mut above: Vec<ConcernId> = Vec::new();
    for (depth, concern) in &tree {
        above.truncate(*depth);
        above.push(concern.id);
        let counted: Vec<ConcernId> = match levels {
            Levels::Each => vec![concern.id],
            Levels::Below => above.clone(),
            Levels::Top => above.first().copied().into_iter().collect(),
        };
        let at = counted.iter().filter_map(|c| place.get(&HeadKey::Concern(*c)).copied());
        rows_of.insert(concern.id, at.collect());
    }
    heads.push(Head::new(HeadKey::NoConcern, "\u{2013}", "No concern"));
    Index { heads, find: Find::Concerns(rows_of) }
}

fn drafts(scope: &Scope<'_>) -> Index {
    let mut heads: Vec<Head> =
        scope.project.drafts.iter().map(|d| Head::new(HeadKey::Draft(d.id), d.name(), d.name())).collect();
    let find = scope.project.drafts.iter().enumerate().map(|(at, d)| (d.id, at)).collect();
    heads.push(Head::new(HeadKey::Elsewhere, "elsewhere", "In no draft of this project"));
    Index { heads, find: Find::Drafts(find) }
}

fn analysts(scope: &Scope<'_>) -> Index {
    let mut sets: Vec<_> = scope.project.sets.values().filter(|s| scope.counts(s.analyst.id)).collect();
    sets.sort_by_key(|s| (s.analyst.name.to_lowercase(), s.analyst.id));
    let heads = sets
        .iter()
        .map(|s| Head::new(HeadKey::Analyst(s.analyst.id), s.analyst.name.clone(), s.analyst.name.clone()))
        .collect();
    Index { heads, find: Find::Analysts(sets.iter().enumerate().map(|(at, s)| (s.analyst.id, at)).collect()) }
}

fn provisions(scope: &Scope<'_>, draft: &std::sync::Arc<Draft>, axis: Axis) -> Index {
    let outline = &draft.outline;
    let of = if axis == Axis::Article { units(outline) } else { chapters(outline) };
    let used: BTreeSet<ProvisionIndex> = of.iter().flatten().copied().collect();
    let place: BTreeMap<ProvisionIndex, usize> = used.iter().enumerate().map(|(at, p)| (*p, at)).collect();
    let mut heads: Vec<Head> = used.iter().map(|p| head_of(scope, outline, *p)).collect();
    let outside = heads.len();
    heads.push(Head::new(HeadKey::Outside, "\u{2013}", "Outside the articles"));
    heads.push(Head::new(HeadKey::Lost, "lost", "Without a place in this draft"));
    let at = of.iter().map(|p| p.and_then(|p| place.get(&p)).copied().unwrap_or(outside)).collect();
    Index { heads, find: Find::Provisions(std::sync::Arc::clone(draft), at) }
}

/// The head of a provision: its number, and its address with its heading.
pub(super) fn head_of(scope: &Scope<'_>, outline: &Outline, at: ProvisionIndex) -> Head {
    let cited = scope.cited(&outline.citation(at));
    let Some(p) = outline.get(at) else { return Head::new(HeadKey::Provision(at), cited.clone(), cited) };
    let short = match p.kind {
        ProvisionKind::Article | ProvisionKind::Chapter | ProvisionKind::Part if !p.number.is_empty() => {
            p.number.clone()
        }
        ProvisionKind::Recital => format!("({})", p.number),
        ProvisionKind::Preamble => "pr.".to_owned(),
        ProvisionKind::Annex => format!("an. {}", p.number).trim_end().to_owned(),
        kind if !p.number.is_empty() => format!("{} {}", &kind.word()[..2], p.number),
        _ => p.heading.as_deref().unwrap_or(&cited).to_owned(),
    };
    let heading = p.heading.as_deref().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    let name = match (heading.is_empty(), p.kind) {
        (true, _) => cited,
        // Its citation is nothing but its words.
        (false, ProvisionKind::Heading) => heading,
        (false, _) => format!("{cited}  {heading}"),
    };
    Head::new(HeadKey::Provision(at), short, name)
}

/// For each provision the article, recital, annex or division a remark on it belongs to.
pub(in super::super) fn units(outline: &Outline) -> Vec<Option<ProvisionIndex>> {
    let mut of: Vec<Option<ProvisionIndex>> = Vec::with_capacity(outline.provisions.len());
    for (at, p) in outline.provisions.iter().enumerate() {
        let above = p.parent.and_then(|p| of.get(p.0 as usize).copied().flatten());
        // An article stays one whatever headings stand in it; an annex may hold articles of its own.
        let in_article = above.and_then(|u| outline.get(u)).is_some_and(|u| u.kind == ProvisionKind::Article);
        let own = p.kind.is_headed() || (p.kind == ProvisionKind::Recital && !p.number.is_empty());
        of.push(if own && !in_article { Some(ProvisionIndex(at as u32)) } else { above });
    }
    of
}

/// For each provision its chapter, or the topmost division where it stands in none.
pub(super) fn chapters(outline: &Outline) -> Vec<Option<ProvisionIndex>> {
    let mut of: Vec<Option<ProvisionIndex>> = Vec::with_capacity(outline.provisions.len());
    let is_chapter = |i: ProvisionIndex| outline.get(i).is_some_and(|p| p.kind == ProvisionKind::Chapter);
    for (at, p) in outline.provisions.iter().enumerate() {
        let here = ProvisionIndex(at as u32);
        let above = p.parent.and_then(|p| of.get(p.0 as usize).copied().flatten());
        let own = p.kind.is_division() && (above.is_none() || is_chapter(here) && !above.is_some_and(is_chapter));
        of.push(if own { Some(here) } else { above });
    }
    of
}

/// Whether a provision is one of those an analyst goes through: an article, a recital, or a division that holds neither.
pub(in super::super) fn is_expected(outline: &Outline, at: ProvisionIndex) -> bool {
    let Some(p) = outline.get(at) else { return false };
    if !p.kind.is_division() {
        return true;
    }
    let below = outline.provisions.get(at.0 as usize + 1..p.subtree_end as usize).unwrap_or_default();
    let holds = |q: &crate::model::Provision| {
        q.kind == ProvisionKind::Article
            || q.kind.is_division()
            || q.kind == ProvisionKind::Recital && !q.number.is_empty()
    };
    !below.is_empty() && !below.iter().any(holds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline::recognize;

    const TEXT: &str = "\
PREAMBLE

The Parties to this Convention,

CHAPTER I
GENERAL PROVISIONS

Article 1
Use of terms

1. For the purposes of this Convention, a light is a lamp.

CHAPTER II
LIGHTS

Article 2
Keepers

1. Each Party shall name a keeper:

(a) for every light;

(b) for every bell.
";

    #[test]
    fn every_provision_has_its_article_and_its_chapter() {
        let outline = recognize(TEXT, &[]).outline;
        let word = |p: Option<ProvisionIndex>| p.map_or_else(String::new, |p| outline.citation(p).to_string());
        let at = |words: &str| outline.at(TEXT.find(words).unwrap()).unwrap().0 as usize;
        for (words, unit, chapter) in [
            ("a light is", "1", "Chapter I"),
            ("for every bell", "2", "Chapter II"),
            ("LIGHTS\n", "Chapter II", "Chapter II"),
            ("The Parties", "Preamble", "Preamble"),
        ] {
            let (u, c) = (word(units(&outline)[at(words)]), word(chapters(&outline)[at(words)]));
            assert!(u.ends_with(unit) && c.ends_with(chapter), "{words}: {u}, {c}");
        }
        let expected: Vec<String> =
            outline.indices().filter(|i| is_expected(&outline, *i)).map(|i| outline.citation(i).to_string()).collect();
        assert!(!expected.iter().any(|c| c.contains("Chapter")), "{expected:?}");
    }
}
