//! Tables of contents: headings in a row that come again later.

use std::collections::HashMap;

use crate::model::ProvisionKind;

use super::page::{Paragraph, ends_clause};
use super::walk::Shape;
use super::words::{is_one, lowered};

/// Puts the table of contents aside, so that its lines are not taken for articles.
pub(super) fn set_aside(text: &str, paragraphs: &mut [Paragraph], shapes: &mut [Shape]) {
    let listed = listed(text, paragraphs, shapes);
    for (i, listed) in listed.into_iter().enumerate() {
        if listed && let (Some(p), Some(s)) = (paragraphs.get_mut(i), shapes.get_mut(i)) {
            p.aside = true;
            p.heading = None;
            *s = Shape::Plain;
        }
    }
}

fn listed(text: &str, paragraphs: &[Paragraph], shapes: &[Shape]) -> Vec<bool> {
    let words = |i: usize| paragraphs[i].range.of(text).unwrap_or("");
    let mut listed: Vec<bool> = (0..paragraphs.len()).map(|i| points_to_page(words(i))).collect();
    // A single line that ends in a number is a line that ends in a number.
    for i in 0..listed.len() {
        let beside = |j: Option<usize>| j.and_then(|j| listed.get(j)).copied().unwrap_or(false);
        if listed[i] && !beside(i.checked_sub(1)) && !beside(Some(i + 1)) {
            listed[i] = false;
        }
    }
    let mut last: HashMap<(ProvisionKind, String), usize> = HashMap::new();
    for (i, shape) in shapes.iter().enumerate() {
        if let Shape::Headline(h) = shape {
            last.insert((h.kind, h.number.to_lowercase()), i);
        }
    }
    let mut start = 0;
    while start < shapes.len() {
        let mut end = start;
        while end < shapes.len() && is_line_of_list(words(end), &shapes[end]) {
            end += 1;
        }
        if end - start >= 3 {
            // Title lines above the list are not part of it.
            let first =
                (start..end).find(|&i| matches!(shapes[i], Shape::Headline(_)) || is_contents_heading(words(i)));
            mark_run(shapes, &last, first.unwrap_or(start)..end, &mut listed);
        }
        start = end.max(start) + 1;
    }
    // The heading over the list belongs to it.
    for i in 0..listed.len().saturating_sub(1) {
        if listed[i + 1] && !listed[i] && is_contents_heading(words(i)) {
            listed[i] = true;
        }
    }
    listed
}

/// Marks the headings of a run that come again below it, if enough do.
fn mark_run(
    shapes: &[Shape],
    last: &HashMap<(ProvisionKind, String), usize>,
    run: std::ops::Range<usize>,
    listed: &mut [bool],
) {
    let mut counts: HashMap<ProvisionKind, (usize, usize)> = HashMap::new();
    let mut final_repeat = None;
    for i in run.clone() {
        if let Shape::Headline(h) = &shapes[i] {
            let again = last.get(&(h.kind, h.number.to_lowercase())).is_some_and(|&l| l >= run.end);
            let (all, repeated) = counts.entry(h.kind).or_default();
            *all += 1;
            *repeated += usize::from(again);
            if again {
                final_repeat = Some(i);
            }
        }
    }
    let is_list = counts.values().any(|&(all, repeated)| all >= 3 && repeated * 2 > all);
    if let (true, Some(last_listed)) = (is_list, final_repeat) {
        // The first real heading may follow without a break: it is the one that does not come again.
        for flag in &mut listed[run.start..=last_listed] {
            *flag = true;
        }
    }
}

fn is_line_of_list(words: &str, shape: &Shape) -> bool {
    match shape {
        Shape::Headline(h) => h.body.is_none(),
        _ => words.len() < 240 && !ends_clause(words) || is_contents_heading(words),
    }
}

fn is_contents_heading(words: &str) -> bool {
    words.len() < 60 && is_one(lowered(words, 60).trim_matches([':', ' ', '.']), |w| w.contents)
}

/// `Article 5 Scope ........ 12`
fn points_to_page(words: &str) -> bool {
    if words.len() > 300 {
        return false;
    }
    let before = words.trim_end_matches(|c: char| c.is_ascii_digit());
    let pages = words.len() - before.len();
    if !(1..=4).contains(&pages) {
        return false;
    }
    let lead = before.trim_end_matches(['.', '…', ' ', '\t', '_', '\u{a0}']);
    let gap = &before[lead.len()..];
    !lead.is_empty() && (gap.contains('\t') || gap.contains('…') || gap.matches(['.', '_']).count() >= 4)
}
