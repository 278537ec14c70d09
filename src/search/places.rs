//! Conditions on where words stand: article, draft, kind.

use super::fields::folded_label;
use super::query::{ArticleNumber, Named, Place, QueryError};
use super::results::View;
use crate::model::{Draft, ProvisionKind};

/// For each passage of each view whether it meets the condition.
pub(super) fn meeting(place: &Place, views: &[View<'_>], notices: &mut Vec<QueryError>) -> Vec<bool> {
    let mut meets = vec![false; views.last().map_or(0, View::end)];
    let drafts = if let Place::Draft(named) = place { drafts_named(named, views, notices) } else { Vec::new() };
    for (i, view) in views.iter().enumerate() {
        let meets = &mut meets[view.base..view.end()];
        match place {
            Place::Draft(_) => meets.fill(drafts.contains(&i)),
            Place::Kind(kind) => {
                for (provision, meets) in view.draft.outline.provisions.iter().zip(meets) {
                    *meets = provision.kind == *kind;
                }
            }
            Place::Article { from, to, points } => mark_articles(view, from, to, points, meets),
        }
    }
    meets
}

/// Passages are numbered as the provisions are.
fn mark_articles(view: &View<'_>, from: &ArticleNumber, to: &ArticleNumber, points: &[String], meets: &mut [bool]) {
    let outline = &view.draft.outline;
    for index in outline.indices() {
        let Some(article) = outline.get(index).filter(|p| p.kind == ProvisionKind::Article) else { continue };
        let number = ArticleNumber::read(&article.number);
        if !(*from <= number && number <= *to) {
            continue;
        }
        let above = outline.citation(index).points.len();
        let within = outline.indices().skip(index.0 as usize).take((article.subtree_end - index.0) as usize);
        for (inside, meets) in within.zip(meets.iter_mut().skip(index.0 as usize)) {
            *meets = points.is_empty() || {
                let labels = outline.citation(inside).points;
                labels.len() >= above + points.len()
                    && labels[above..].iter().zip(points).all(|(label, point)| folded_label(label) == *point)
            };
        }
    }
}

/// The places in `views` of the drafts called so, else of those whose names contain the word.
fn drafts_named(named: &Named, views: &[View<'_>], notices: &mut Vec<QueryError>) -> Vec<usize> {
    let word = named.word.to_lowercase();
    let names = |d: &Draft| [&d.details.label, &d.details.symbol, &d.slug].map(|n| n.to_lowercase());
    let which = |test: &dyn Fn(&String) -> bool| -> Vec<usize> {
        (0..views.len()).filter(|&i| names(views[i].draft).iter().any(test)).collect()
    };
    let mut found = which(&|n| *n == word);
    if found.is_empty() {
        found = which(&|n| n.contains(&word));
    }
    if found.is_empty() {
        let message = format!("No draft searched here is called “{}”", named.word);
        notices.push(QueryError { message, range: named.range.clone() });
    }
    found
}
