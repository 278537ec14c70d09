//! Conditions on where words stand: article, chapter, draft, kind, marks of negotiators.

use super::language::{Named, Number, Place, QueryError};
use super::results::View;
use crate::model::{
    Draft, Mark, Outline, Place as Cited, Project, Provision, ProvisionIndex, ProvisionKind, folded_label,
};

/// For each passage of each view whether it meets the condition. Passages are numbered as the provisions are; those after
/// them stand outside all provisions.
pub(super) fn meeting(
    place: &Place,
    project: &Project,
    views: &[View<'_>],
    notices: &mut Vec<QueryError>,
) -> Vec<bool> {
    let mut meets = vec![false; views.last().map_or(0, View::end)];
    let drafts =
        if let Place::Draft(named) = place { drafts_asked(named, project, views, notices) } else { Vec::new() };
    for (i, view) in views.iter().enumerate() {
        let meets = &mut meets[view.base..view.end()];
        match place {
            Place::Draft(_) => meets.fill(drafts.contains(&i)),
            Place::Kind(kind) => {
                for (provision, meets) in view.draft.outline.provisions.iter().zip(meets) {
                    *meets = provision.kind == *kind;
                }
            }
            Place::Within(kind) => {
                for (at, provision) in view.draft.outline.provisions.iter().enumerate() {
                    if provision.kind == *kind {
                        fill(meets, at, provision.subtree_end);
                    }
                }
            }
            Place::Unit { kind, from, to, points } => mark_units(view, *kind, [from, to], points, meets),
            Place::Mark(kind) => mark_marked(view, meets, |m| m.kind == *kind),
            Place::AnyMark => mark_marked(view, meets, |_| true),
            // What changed is known to those who compare.
            Place::ChangedSince(_) => {}
        }
    }
    meets
}

fn fill(meets: &mut [bool], from: usize, to: u32) {
    let to = (to as usize).min(meets.len());
    if let Some(meets) = meets.get_mut(from..to.max(from)) {
        meets.fill(true);
    }
}

fn mark_marked(view: &View<'_>, meets: &mut [bool], wanted: impl Fn(&Mark) -> bool) {
    for mark in view.draft.outline.marks.iter().filter(|m| wanted(m)) {
        for number in view.passages.overlapping(mark.range) {
            if let Some(meets) = meets.get_mut(number) {
                *meets = true;
            }
        }
    }
}

fn mark_units(view: &View<'_>, kind: ProvisionKind, [from, to]: [&Number; 2], points: &[String], meets: &mut [bool]) {
    let outline = &view.draft.outline;
    let single = from == to;
    // Articles are what is asked for most, and there are thousands.
    let read = || numbered(outline, kind);
    let other;
    let units = match kind {
        ProvisionKind::Article => view.passages.articles.get_or_init(read),
        _ => {
            other = read();
            &other
        }
    };
    for (index, number) in units {
        if !(number.is(from) || number.is(to) || !single && number.is_between(from, to)) {
            continue;
        }
        let Some(unit) = outline.get(*index) else { continue };
        if points.is_empty() {
            fill(meets, index.0 as usize, unit.subtree_end);
            continue;
        }
        let above = outline.citation(*index).points.len();
        for inside in (index.0..unit.subtree_end).map(ProvisionIndex) {
            let labels = outline.citation(inside).points;
            let at_point = labels.len() >= above + points.len()
                && labels[above..].iter().zip(points).all(|(label, point)| folded_label(label) == *point);
            if let Some(meets) = meets.get_mut(inside.0 as usize)
                && at_point
            {
                *meets = true;
            }
        }
    }
}

/// All of one kind, with their numbers.
fn numbered(outline: &Outline, kind: ProvisionKind) -> Vec<(ProvisionIndex, Number)> {
    let all = outline.indices().filter_map(|i| Some((i, outline.get(i).filter(|p| p.kind == kind)?)));
    let number = |i, p: &Provision| if p.number.is_empty() { unprinted(outline, i) } else { Number::read(&p.number) };
    all.map(|(i, provision)| (i, number(i, provision))).collect()
}

/// The number by which something without a printed one is cited: a paragraph of the preamble by its place.
fn unprinted(outline: &Outline, index: ProvisionIndex) -> Number {
    let citation = outline.citation(index);
    let place = if citation.place == Cited::Preamble { citation.points.first() } else { None };
    Number::read(place.map_or("", String::as_str))
}

/// The places in `views` of the drafts called so.
fn drafts_asked(named: &Named, project: &Project, views: &[View<'_>], notices: &mut Vec<QueryError>) -> Vec<usize> {
    let drafts: Vec<&Draft> = views.iter().map(|v| &**v.draft).collect();
    let found = drafts_named(&named.word, &drafts, project);
    if found.is_empty() {
        let names = drafts.iter().map(|d| d.name());
        notices.push(super::remarks::unknown("No draft searched here is called", named, names));
    }
    found
}

/// Which of these drafts of a project are meant: those with this label, symbol, slug or date (a year, a month or a day);
/// else by `first` and `last` those of the project, whatever else is searched; else those whose names contain the word.
pub(super) fn drafts_named(word: &str, drafts: &[&Draft], project: &Project) -> Vec<usize> {
    let word = word.trim().to_lowercase();
    let names = |d: &Draft| [&d.details.label, &d.details.symbol, &d.slug].map(|n| n.to_lowercase());
    let which =
        |test: &dyn Fn(&Draft) -> bool| -> Vec<usize> { (0..drafts.len()).filter(|&i| test(drafts[i])).collect() };
    let is_date = matches!(word.len(), 4 | 7 | 10) && word.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let dated = |d: &Draft| is_date && d.details.date.is_some_and(|d| d.to_string().starts_with(&word));
    let exact = which(&|d| names(d).contains(&word) || dated(d));
    if !exact.is_empty() || word.is_empty() {
        return exact;
    }
    let at_an_end = match word.as_str() {
        "first" => project.drafts.first(),
        "last" => project.drafts.last(),
        _ => return which(&|d| names(d).iter().any(|n| n.contains(&word))),
    };
    which(&|d| at_an_end.is_some_and(|end| end.id == d.id))
}
