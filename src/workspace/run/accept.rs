//! Proposals become drafts, and the comments in their files annotations of those who wrote them, in one step.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::import::Comment;
use crate::model::{
    Analyst, AnalystId, Anchor, Annotation, AnnotationId, AnnotationKind, Draft, DraftDetails, DraftId, Edit, Reach,
    TextRange,
};

use super::super::Workspace;
use super::super::proposal::{Fate, Proposal, Standing};
use super::draft::look_at;

/// Who wrote a comment that names nobody.
const NOBODY: &str = "Unnamed commenter";

/// The sets that comments go to, by the name of their author in lower case.
type Sets = BTreeMap<String, AnalystId>;

impl Workspace {
    pub(in super::super) fn accept(&mut self) {
        if self.proposals.is_empty() || !self.can_edit() {
            return;
        }
        let (mut taken, mut left): (Vec<Proposal>, Vec<Proposal>) = (Vec::new(), Vec::new());
        for proposal in std::mem::take(&mut self.proposals) {
            if proposal.is_acceptable() { taken.push(proposal) } else { left.push(proposal) }
        }
        let waits = waiting(&left);
        let mut edits = Vec::new();
        let mut added: Vec<(DraftId, u64, Fate)> = Vec::new();
        let project = self.project();
        let mut dates: Vec<Option<Date>> =
            project.map_or_else(Vec::new, |p| p.drafts.iter().map(|d| d.details.date).collect());
        let mut slugs: Vec<String> =
            project.map_or_else(Vec::new, |p| p.drafts.iter().map(|d| d.slug.clone()).collect());
        let mut sets = self.sets_by_name();
        let (mut comments, known) = (0, sets.len());
        for proposal in &taken {
            let id = DraftId::fresh(&mut *self.surroundings);
            let slug = fresh_slug(&proposal.details, &slugs);
            let mut draft = Draft { id, slug, details: proposal.details.clone(), ..Draft::clone(&proposal.preview) };
            draft.source = Some(proposal.imported.source.clone());
            let Some(open) = &mut self.open else { return };
            if let Err(error) = open.store.keep_source(&draft, &proposal.imported.bytes) {
                self.notices.failure(error);
                left.push(proposal.clone());
                continue;
            }
            slugs.push(draft.slug.clone());
            let at = place_by_date(&dates, draft.details.date);
            dates.insert(at, draft.details.date);
            let label = draft.name().to_owned();
            added.push((id, proposal.number, Fate::Added { label, articles: proposal.articles }));
            let draft = Arc::new(draft);
            edits.push(Edit::PutDraft { id, draft: Some(Arc::clone(&draft)), at });
            if proposal.with_comments {
                comments += proposal.imported.comments.len();
                for comment in &proposal.imported.comments {
                    self.annotate_with(comment, &draft, &mut sets, &mut edits);
                }
            }
        }
        left.sort_by_key(|p| p.number);
        let Some(&(first, ..)) = added.first() else {
            self.proposals = left;
            self.notices.caution_of_file(waits.unwrap_or_else(|| "Nothing was added".to_owned()));
            return;
        };
        let label = if added.len() == 1 { "add a draft".to_owned() } else { format!("add {} drafts", added.len()) };
        if !self.commit(label, look_at(first), None, edits) {
            left.extend(taken);
            left.sort_by_key(|p| p.number);
            left.dedup_by_key(|p| p.number);
            self.proposals = left;
            return;
        }
        self.proposals = left;
        for (id, number, fate) in added {
            if !self.view.tabs.contains(&id) {
                self.view.tabs.push(id);
            }
            if let Some(report) = &mut self.report {
                report.settle(number, fate);
            }
        }
        self.report = self.report.take().filter(|r| r.is_wanting());
        self.open_draft(first);
        self.save();
        if comments > 0 {
            let people = sets.len() - known;
            let sets = match people {
                0 => String::new(),
                1 => ", with a set of a new analyst".to_owned(),
                n => format!(", with sets of {n} new analysts"),
            };
            let plural = if comments == 1 { " stands" } else { "s stand" };
            self.notices.done(format!("{comments} comment{plural} beside the text as annotations{sets}"));
        }
        if let Some(waits) = waits {
            self.notices.caution_of_file(waits);
        }
    }

    /// Whose sets the project has, by name; one's own also where it is still empty.
    fn sets_by_name(&self) -> Sets {
        let mut sets = Sets::new();
        if let Some(own) = self.analyst() {
            sets.insert(own.name.to_lowercase(), own.id);
        }
        for set in self.project().into_iter().flat_map(|p| p.sets.values()) {
            sets.insert(set.analyst.name.to_lowercase(), set.analyst.id);
        }
        sets
    }

    /// The edits that make a comment an annotation of its author.
    fn annotate_with(&mut self, comment: &Comment, draft: &Draft, sets: &mut Sets, edits: &mut Vec<Edit>) {
        let author = comment.author.split_whitespace().collect::<Vec<_>>().join(" ");
        let author = if author.is_empty() { NOBODY.to_owned() } else { author.chars().take(80).collect() };
        let analyst = match sets.get(&author.to_lowercase()) {
            Some(&known) => known,
            None => {
                let id = AnalystId::fresh(&mut *self.surroundings);
                sets.insert(author.to_lowercase(), id);
                id
            }
        };
        let is_made = |e: &Edit| matches!(e, Edit::PutAnalyst(a) if a.id == analyst);
        if self.project().is_some_and(|p| !p.sets.contains_key(&analyst)) && !edits.iter().any(is_made) {
            edits.push(Edit::PutAnalyst(Analyst { id: analyst, name: author }));
        }
        let (range, reach) = place_of(comment, draft);
        let anchor = Anchor::new(&draft.text, &draft.outline, range, reach);
        let id = AnnotationId::fresh(&mut *self.surroundings);
        let written = comment.date.unwrap_or_else(|| self.surroundings.now());
        let mut annotation = Annotation::new(id, AnnotationKind::Remark, draft.id, anchor, written);
        annotation.note.clone_from(&comment.text);
        edits.push(Edit::PutAnnotation { analyst, id, annotation: Some(Box::new(annotation)) });
    }
}

/// The words of a comment; where this reading does not have them, the provision they would stand in.
fn place_of(comment: &Comment, draft: &Draft) -> (TextRange, Reach) {
    let range = comment.range.fitted(&draft.text).trimmed(&draft.text);
    if !range.is_empty() {
        return (range, Reach::Words);
    }
    let around = draft.outline.at(range.start).and_then(|i| draft.outline.get(i)).map(|p| p.range);
    let block =
        draft.outline.blocks.iter().rev().find(|b| b.start <= range.start).or_else(|| draft.outline.blocks.first());
    (around.or_else(|| block.copied()).unwrap_or_default(), Reach::Provision)
}

/// One sentence about what was not added; none where nothing waits.
fn waiting(left: &[Proposal]) -> Option<String> {
    let count = |standing| left.iter().filter(|p| p.standing() == standing).count();
    let mut reasons = Vec::new();
    for (standing, why) in [
        (Standing::Doubtful, "until somebody says that the doubtful text is wanted all the same"),
        (Standing::Locked, "for a password"),
        (Standing::Working, "until reading it has ended"),
    ] {
        match count(standing) {
            0 => {}
            n => reasons.push(format!("{n} {why}")),
        }
    }
    match left {
        [] => None,
        many if many.len() > 1 && reasons.len() == 1 => {
            Some(format!("{} files wait {}", many.len(), reasons.concat().split_once(' ')?.1))
        }
        [one] => Some(format!("{} waits {}", one.file_name(), reasons.concat().split_once(' ')?.1)),
        many => Some(format!("{} files wait: {}", many.len(), reasons.join(", "))),
    }
}

/// Drafts stand in the order of their dates; one without a date comes last.
fn place_by_date(dates: &[Option<Date>], date: Option<Date>) -> usize {
    let later = |d: &Option<Date>| date.is_some_and(|date| d.is_some_and(|d| d > date));
    dates.iter().position(later).unwrap_or(dates.len())
}

/// A folder name made of the label or symbol, not yet taken.
fn fresh_slug(details: &DraftDetails, taken: &[String]) -> String {
    let source = if details.label.is_empty() { &details.symbol } else { &details.label };
    fresh_slug_of(source, "draft", |slug| taken.iter().any(|t| t == slug))
}

/// A folder name made of a name, not yet taken; `plain` where nothing is left of it.
pub(super) fn fresh_slug_of(source: &str, plain: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut slug = String::new();
    for c in source.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
        if slug.len() >= 40 {
            break;
        }
    }
    let slug = slug.trim_matches('-');
    // Names that a Windows colleague's file system reserves.
    let reserved = ["", "con", "prn", "aux", "nul", "com1", "lpt1"];
    let slug = if reserved.contains(&slug) { plain } else { slug };
    std::iter::once(slug.to_owned())
        .chain((2..).map(|n| format!("{slug}-{n}")))
        .find(|s| !is_taken(s))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folder_names_are_plain_and_never_double() {
        let label = |l: &str| DraftDetails { label: l.into(), ..DraftDetails::default() };
        assert_eq!(fresh_slug(&label("Rev.1 (2023)"), &[]), "rev-1-2023");
        assert_eq!(fresh_slug(&label("Rev.1"), &["rev-1".into()]), "rev-1-2");
        assert_eq!(fresh_slug(&label("草案"), &[]), "draft");
        assert_eq!(fresh_slug(&label("../../etc"), &[]), "etc");
    }
}
