//! Which provisions of a draft a typed citation means.

use crate::model::{Citation, Outline, ProvisionIndex};

use super::parse;

/// The provisions meant, in order: those with exactly this citation (repeated labels give several), else those of the
/// unit whose labels contain the given ones in order (`47(c)` for `47(1)(c)`), else the nearest one above that exists.
/// Empty where not even the unit is in the draft, or the text is no citation.
pub fn resolve(text: &str, outline: &Outline) -> Vec<ProvisionIndex> {
    parse(text).map_or_else(Vec::new, |citation| resolve_citation(&citation, outline))
}

fn resolve_citation(citation: &Citation, outline: &Outline) -> Vec<ProvisionIndex> {
    let exact = outline.find(citation);
    if !exact.is_empty() || citation.points.is_empty() {
        return exact;
    }
    let unit = Citation::to(citation.place.clone());
    let units = outline.find(&unit);
    let within = |i: &ProvisionIndex| {
        units.iter().any(|&u| outline.get(u).is_some_and(|p| u < *i && i.0 < p.subtree_end))
    };
    let loose: Vec<ProvisionIndex> = outline
        .indices()
        .filter(within)
        .filter(|&i| {
            let points = outline.citation(i).points;
            points.last() == citation.points.last() && is_subsequence(&citation.points, &points)
        })
        .collect();
    if !loose.is_empty() {
        return loose;
    }
    let mut shorter = citation.clone();
    while shorter.points.pop().is_some() {
        let found = outline.find(&shorter);
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

fn is_subsequence(few: &[String], many: &[String]) -> bool {
    let mut rest = many.iter();
    few.iter().all(|f| rest.any(|m| m.eq_ignore_ascii_case(f)))
}
