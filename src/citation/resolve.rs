//! Which provisions of a draft a typed citation means.

use crate::model::{Citation, Outline, Place, ProvisionIndex, ProvisionKind};

use super::parse;

/// The provisions meant, in order: those with exactly this citation (repeated labels give several), else those of the
/// unit whose labels contain the given ones in order (`47(c)` for `47(1)(c)`), else the nearest one above that exists.
/// Empty where not even the unit is in the draft, or the text is no citation.
pub fn resolve(text: &str, outline: &Outline) -> Vec<ProvisionIndex> {
    parse(text).map_or_else(Vec::new, |citation| resolve_citation(&citation, outline))
}

fn resolve_citation(citation: &Citation, outline: &Outline) -> Vec<ProvisionIndex> {
    if let Place::Annex(number) = &citation.place
        && !number.is_empty()
        && outline.find(&Citation::to(citation.place.clone())).is_empty()
    {
        // An only annex has no number: `Annex 1` is its point 1.
        let mut points = vec![number.clone()];
        points.extend(citation.points.iter().cloned());
        let found = resolve_citation(&Citation { place: Place::Annex(String::new()), points }, outline);
        // The annex as a whole is not what was asked for.
        return if found == outline.find(&Citation::to(Place::Annex(String::new()))) { Vec::new() } else { found };
    }
    let exact = outline.find(citation);
    if !exact.is_empty() {
        return exact;
    }
    if citation.points.is_empty() {
        return standing_for(&citation.place, outline);
    }
    let unit = Citation::to(citation.place.clone());
    let units = outline.find(&unit);
    let within =
        |i: &ProvisionIndex| units.iter().any(|&u| outline.get(u).is_some_and(|p| u < *i && i.0 < p.subtree_end));
    let wanted = labels(&citation.points);
    if let Some(same) = outline.indices().filter(within).find(|&i| labels(&outline.citation(i).points) == wanted) {
        return outline.find(&outline.citation(same));
    }
    let loose: Vec<ProvisionIndex> = outline
        .indices()
        .filter(within)
        .filter(|&i| {
            let points = labels(&outline.citation(i).points);
            points.last().zip(wanted.last()).is_some_and(|(a, b)| a == b) && is_subsequence(&wanted, &points)
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

/// The labels of points one by one, without capitals and spaces: a paragraph `3.1` is cited as `3.1` or as `3(1)`.
fn labels(points: &[String]) -> Vec<String> {
    let parts = points.iter().flat_map(|p| p.split('.')).filter(|p| !p.is_empty());
    parts.map(|p| p.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()).collect()
}

/// The provision printed for several numbers at once that counts this one among them: `Articles 31 to 33 [reserved]`.
fn standing_for(place: &Place, outline: &Outline) -> Vec<ProvisionIndex> {
    let Place::Article(number) = place else { return Vec::new() };
    let Ok(number) = number.parse::<u32>() else { return Vec::new() };
    let holds = |printed: &str| {
        let numbers: Vec<u32> = printed.split_whitespace().filter_map(|w| w.parse().ok()).collect();
        matches!(numbers.as_slice(), [first, last] if (*first..=*last).contains(&number))
    };
    let is_it =
        |&i: &ProvisionIndex| outline.get(i).is_some_and(|p| p.kind == ProvisionKind::Article && holds(&p.number));
    outline.indices().filter(is_it).collect()
}

fn is_subsequence(few: &[String], many: &[String]) -> bool {
    let mut rest = many.iter();
    few.iter().all(|f| rest.any(|m| m == f))
}
