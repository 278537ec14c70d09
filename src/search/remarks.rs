//! Conditions on what analysts said: concern, analyst, severity, note.

use std::collections::BTreeSet;

use super::query::{Has, Named, QueryError, Remark};
use super::results::View;
use super::words::{folded, lowered};
use crate::model::{AnalystId, Annotation, AnnotationKind, ConcernId, Project, Severity};

/// A condition on an annotation with its names resolved.
#[derive(Clone, Debug)]
pub(super) enum Test {
    Concerns(BTreeSet<ConcernId>),
    Analysts(BTreeSet<AnalystId>),
    Severity(Severity, Severity),
    Has(Has),
    All(Vec<Self>),
    Any(Vec<Self>),
}

impl Test {
    /// Looks names up in a project; what nothing is called by goes to `notices`.
    pub(super) fn of(remark: &Remark, project: &Project, notices: &mut Vec<QueryError>) -> Self {
        match remark {
            Remark::Concern(named) => Self::Concerns(concerns_named(named, project, notices)),
            Remark::Analyst(named) => Self::Analysts(analysts_named(named, project, notices)),
            Remark::Severity(from, to) => Self::Severity(*from, *to),
            Remark::Has(has) => Self::Has(*has),
            Remark::All(all) => Self::All(all.iter().map(|r| Self::of(r, project, notices)).collect()),
            Remark::Any(any) => Self::Any(any.iter().map(|r| Self::of(r, project, notices)).collect()),
        }
    }

    /// Whether an annotation meets it.
    pub(super) fn holds(&self, analyst: AnalystId, annotation: &Annotation) -> bool {
        match self {
            Self::Concerns(concerns) => annotation.concerns.iter().any(|c| concerns.contains(c)),
            Self::Analysts(analysts) => analysts.contains(&analyst),
            Self::Severity(from, to) => annotation.severity.is_some_and(|s| *from <= s && s <= *to),
            Self::Has(Has::Note) => !annotation.note.trim().is_empty(),
            Self::Has(Has::Remark) => annotation.kind == AnnotationKind::Remark,
            Self::Has(Has::Absence) => annotation.kind == AnnotationKind::Absence,
            Self::Has(Has::Recommendation) => annotation.recommendation.is_some(),
            Self::All(all) => all.iter().all(|t| t.holds(analyst, annotation)),
            Self::Any(any) => any.iter().any(|t| t.holds(analyst, annotation)),
        }
    }
}

/// For each passage of each view whether it shares a word with an annotation that meets the condition.
pub(super) fn meeting(test: &Test, project: &Project, views: &[View<'_>]) -> Vec<bool> {
    let mut meets = vec![false; views.last().map_or(0, View::end)];
    for (_, annotation) in project.annotations().filter(|(analyst, a)| test.holds(*analyst, a)) {
        for view in views {
            let Some(anchor) = annotation.anchor_in(view.draft.id) else { continue };
            for number in view.passages.overlapping(anchor.range) {
                if let Some(meets) = meets.get_mut(view.base + number) {
                    *meets = true;
                }
            }
        }
    }
    meets
}

/// The concern with this tag, else those with the word in the name, and all below them.
fn concerns_named(named: &Named, project: &Project, notices: &mut Vec<QueryError>) -> BTreeSet<ConcernId> {
    let word = fold(&named.word);
    let book = &project.codebook;
    let mut named_so: Vec<_> = book.concerns.iter().filter(|c| fold(&c.tag) == word || fold(&c.name) == word).collect();
    if named_so.is_empty() {
        named_so.extend(book.concerns.iter().filter(|c| has_word(&c.name, &word)));
    }
    if named_so.is_empty() {
        notices.push(unknown("concern", named));
    }
    let within = |id: ConcernId| named_so.iter().any(|top| book.is_within(id, top.id));
    book.concerns.iter().map(|c| c.id).filter(|&id| within(id)).collect()
}

fn analysts_named(named: &Named, project: &Project, notices: &mut Vec<QueryError>) -> BTreeSet<AnalystId> {
    let word = fold(&named.word);
    let called_so = project.sets.iter().filter(|(_, set)| has_word(&set.analyst.name, &word));
    let analysts: BTreeSet<_> = called_so.map(|(&id, _)| id).collect();
    if analysts.is_empty() {
        notices.push(unknown("analyst", named));
    }
    analysts
}

fn unknown(what: &str, named: &Named) -> QueryError {
    QueryError { message: format!("No {what} is called “{}”", named.word), range: named.range.clone() }
}

/// Whether a word of `name` begins with `word`, which may be several words and is folded.
fn has_word(name: &str, word: &str) -> bool {
    let name = fold(name);
    !word.is_empty() && name.match_indices(word).any(|(i, _)| !name[..i].ends_with(char::is_alphanumeric))
}

fn fold(text: &str) -> String {
    text.split_whitespace().map(|w| folded(&lowered(w))).collect::<Vec<_>>().join(" ")
}
