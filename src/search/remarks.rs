//! Conditions on what analysts said: concern, analyst, severity, note.

use std::collections::{BTreeSet, HashMap};

use super::language::{Has, Named, Node, Query, QueryError, Remark, closest, folded_name, has_word};
use super::results::View;
use crate::model::{AnalystId, Annotation, AnnotationKind, ConcernId, Project, Severity, Status};

/// A condition on an annotation with its names resolved.
#[derive(Clone, Debug)]
pub(super) enum Test {
    Concerns(BTreeSet<ConcernId>),
    Analysts(BTreeSet<AnalystId>),
    Severity(Severity, Severity),
    Status(Status),
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
            Remark::Status(status) => Self::Status(*status),
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
            Self::Status(status) => annotation.status == *status,
            Self::Has(has) => has_it(*has, annotation),
            Self::All(all) => all.iter().all(|t| t.holds(analyst, annotation)),
            Self::Any(any) => any.iter().any(|t| t.holds(analyst, annotation)),
        }
    }
}

/// What a query says about annotations, apart from what it says about words and places.
#[derive(Clone, Debug)]
pub struct AboutRemarks(Condition);

#[derive(Clone, Debug)]
enum Condition {
    Test(Test),
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    /// It is about something else.
    Open,
}

impl AboutRemarks {
    /// What `query` says in `project`.
    pub fn of(query: &Query, project: &Project) -> Self {
        // What the query names and the project does not have is told by running it.
        Self(Condition::of(&query.root, project, &mut Vec::new()))
    }

    /// Whether an annotation meets it, as far as it is about annotations. A provision is found where one of its
    /// annotations does; the others on it do not for that.
    pub fn may_hold(&self, analyst: AnalystId, annotation: &Annotation) -> bool {
        self.0.holds(analyst, annotation) != Some(false)
    }
}

impl Condition {
    fn of(node: &Node, project: &Project, notices: &mut Vec<QueryError>) -> Self {
        let mut each = |parts: &[Node]| parts.iter().map(|part| Self::of(part, project, notices)).collect();
        match node {
            Node::And(parts) => Self::All(each(parts)),
            Node::Or(parts) => Self::Any(each(parts)),
            Node::Not(part) => Self::Not(Box::new(Self::of(part, project, notices))),
            Node::Remark(remark) => Self::Test(Test::of(remark, project, notices)),
            Node::Words(_) | Node::Pattern(_) | Node::Place(_) => Self::Open,
            Node::InNote | Node::InCommentary | Node::HasHeading => Self::Open,
        }
    }

    /// None where that depends on something else.
    fn holds(&self, analyst: AnalystId, annotation: &Annotation) -> Option<bool> {
        let met = |parts: &[Self], decides: bool| {
            let said: Vec<_> = parts.iter().map(|p| p.holds(analyst, annotation)).collect();
            if said.contains(&Some(decides)) {
                Some(decides)
            } else {
                said.iter().all(Option::is_some).then_some(!decides)
            }
        };
        match self {
            Self::Test(test) => Some(test.holds(analyst, annotation)),
            Self::All(parts) => met(parts, false),
            Self::Any(parts) => met(parts, true),
            Self::Not(part) => part.holds(analyst, annotation).map(|held| !held),
            Self::Open => None,
        }
    }
}

/// For each passage of each view whether it shares a word with an annotation that meets the condition.
pub(super) fn meeting(test: &Test, project: &Project, views: &[View<'_>]) -> Vec<bool> {
    let mut meets = vec![false; views.last().map_or(0, View::end)];
    let by_draft: HashMap<_, _> = views.iter().map(|v| (v.draft.id, v)).collect();
    for (_, annotation) in project.annotations().filter(|(analyst, a)| test.holds(*analyst, a)) {
        for (draft, placement) in &annotation.placements {
            let (Some(view), Some(anchor)) = (by_draft.get(draft), placement.anchor()) else { continue };
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
    let word = folded_name(&named.word);
    let book = &project.codebook;
    let mut named_so: Vec<_> =
        book.concerns.iter().filter(|c| folded_name(&c.tag) == word || folded_name(&c.name) == word).collect();
    if named_so.is_empty() {
        named_so.extend(book.concerns.iter().filter(|c| has_word(&c.name, &word)));
    }
    if named_so.is_empty() {
        let names = book.concerns.iter().flat_map(|c| [c.name.as_str(), c.tag.as_str()]);
        notices.push(unknown("No concern is called", named, names));
    }
    let within = |id: ConcernId| named_so.iter().any(|top| book.is_within(id, top.id));
    book.concerns.iter().map(|c| c.id).filter(|&id| within(id)).collect()
}

fn analysts_named(named: &Named, project: &Project, notices: &mut Vec<QueryError>) -> BTreeSet<AnalystId> {
    let word = folded_name(&named.word);
    let called_so = project.sets.iter().filter(|(_, set)| has_word(&set.analyst.name, &word));
    let analysts: BTreeSet<_> = called_so.map(|(&id, _)| id).collect();
    if analysts.is_empty() {
        let names = project.sets.values().map(|s| s.analyst.name.as_str());
        notices.push(unknown("No analyst is called", named, names));
    }
    analysts
}

fn has_it(has: Has, annotation: &Annotation) -> bool {
    match has {
        Has::Note => !annotation.note.trim().is_empty(),
        Has::Remark => annotation.kind == AnnotationKind::Remark,
        Has::Absence => annotation.kind == AnnotationKind::Absence,
        Has::Recommendation => annotation.recommendation.is_some(),
        Has::Proposal => annotation.recommendation.as_ref().is_some_and(|r| !r.proposed.trim().is_empty()),
        Has::Concern => !annotation.concerns.is_empty(),
        Has::Severity => annotation.severity.is_some(),
        Has::Source => annotation.source.is_some(),
        Has::Outcome => !annotation.outcomes.is_empty(),
        Has::Annotation => true,
    }
}

/// What nothing is called by, with the name that was perhaps meant: by all of it or by one of its words.
pub(super) fn unknown<'n>(message: &str, named: &Named, names: impl Iterator<Item = &'n str>) -> QueryError {
    let names: Vec<_> = names.filter(|n| !n.is_empty()).collect();
    let whole = closest(&named.word, names.iter().copied());
    let part = || {
        let words = names.iter().flat_map(|name| name.split_whitespace().map(move |word| (word, *name)));
        let words: Vec<_> = words.filter(|(word, _)| word.chars().count() > 3).collect();
        let word = closest(&named.word, words.iter().map(|(word, _)| *word))?;
        words.iter().find(|(w, _)| *w == word).map(|(_, name)| *name)
    };
    let meant = whole.or_else(part).map_or_else(String::new, |meant| format!("; did you mean “{meant}”?"));
    QueryError { message: format!("{message} “{}”{meant}", named.word), range: named.range.clone() }
}
