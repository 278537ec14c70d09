//! Other analysts' sets, opened beside one's own and never mixed with it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::model::{AnalystId, AnnotationSet, Concern, ConcernId, Draft, DraftId, Edit, Placement, Project};
use crate::reconcile::{OurCopy, Placed, place};
use crate::storage::{self, SharedDraft, SharedSet};

use super::super::command::ColleagueCommand;
use super::super::history::Look;
use super::super::outcome::ColleagueReport;
use super::super::{Outcome, Workspace};
use super::codebook::fresh_tag;

impl Workspace {
    pub(in super::super) fn run_colleague(&mut self, command: ColleagueCommand) {
        match command {
            ColleagueCommand::OpenFile(path) if path.extension().is_none_or(|e| e.eq_ignore_ascii_case("ron")) => {
                self.open_colleague(path);
            }
            ColleagueCommand::OpenFile(path) | ColleagueCommand::TakeIn(path) => self.take_in(path),
            ColleagueCommand::Show { analyst, shown } => {
                if shown {
                    self.view.hidden.remove(&analyst);
                } else {
                    self.view.hidden.insert(analyst);
                    self.view.focus = self.view.focus.filter(|f| f.analyst != analyst);
                }
            }
            ColleagueCommand::Remove(analyst) => {
                if self.is_own(analyst) {
                    self.notices.caution("One's own set cannot be taken out of the project");
                    return;
                }
                let name = self.project().and_then(|p| p.sets.get(&analyst)).map(|s| s.analyst.name.clone());
                if let Some(name) = name {
                    let label = format!("take the set of {name} out");
                    self.commit(label, Look::default(), None, vec![Edit::PutSet { analyst, set: None }]);
                }
            }
        }
    }

    fn open_colleague(&mut self, path: PathBuf) {
        let Some(project) = self.project().cloned() else {
            self.notices.caution("Open the project first; a colleague's annotations are opened beside one's own");
            return;
        };
        let revision = self.revision;
        self.tasks.start("Reading a colleague's annotations", false, move |_| {
            let settled = storage::read_annotation_file_at(&path)
                .map_err(|e| e.to_string())
                .map(|shared| settle(shared, &project));
            Outcome::Colleague(settled, path, revision)
        });
    }

    /// Takes over a set that was read and placed.
    pub(in super::super) fn add_colleague(&mut self, set: AnnotationSet, report: &ColleagueReport) {
        let analyst = set.analyst.clone();
        let Some(project) = self.project() else { return };
        if self.is_own(analyst.id) && project.sets.contains_key(&analyst.id) {
            self.notices.caution("This file holds your own set; what you have here is kept as it is");
            return;
        }
        if project.sets.get(&analyst.id) == Some(&set) {
            self.notices.done(format!("The set of {} is here already, with nothing new", analyst.name));
            return;
        }
        let at = project.codebook.concerns.len();
        let mut edits: Vec<Edit> = report
            .concerns
            .iter()
            .enumerate()
            .map(|(n, c)| Edit::PutConcern { id: c.id, concern: Some(c.clone()), at: at + n })
            .collect();
        edits.push(Edit::PutSet { analyst: analyst.id, set: Some(Box::new(set)) });
        let label = format!("open the annotations of {}", analyst.name);
        if self.commit(label, Look::default(), None, edits) {
            self.view.hidden.remove(&analyst.id);
            let plural = |n: usize| if n == 1 { "" } else { "s" };
            let same = report.same;
            let mut said = format!("{}: {same} annotation{} on the same words", analyst.name, plural(same));
            let new = report.concerns.len();
            for (count, what) in [
                (report.found, "found again in your copy of the draft".to_owned()),
                (report.lost, "without a place here, shown as lost".to_owned()),
                (report.elsewhere, "on drafts that are not in this project".to_owned()),
                (new, format!("concern{} added to the codebook", plural(new))),
            ] {
                if count > 0 {
                    said.push_str(&format!(", {count} {what}"));
                }
            }
            if report.lost + report.elsewhere > 0 {
                self.notices.caution(said);
            } else {
                self.notices.done(said);
            }
            self.show_list();
        }
    }
}

/// Places a colleague's remarks on our drafts, and finds which of the concerns are new to us.
pub(super) fn settle(shared: SharedSet, project: &Project) -> (AnnotationSet, ColleagueReport) {
    let mut report = ColleagueReport::default();
    let mut set = shared.set;
    let mut copies: BTreeMap<DraftId, OurCopy<'_>> = BTreeMap::new();
    // A draft is the same if its id, its text, its symbol or the remarks' own words say so, in that order.
    let named = |theirs: DraftId| -> Option<DraftId> {
        if project.draft(theirs).is_some() {
            return Some(theirs);
        }
        let known = shared.drafts.iter().find(|d| d.id == theirs)?;
        let by = |is: &dyn Fn(&Draft) -> bool| project.drafts.iter().find(|d| is(d)).map(|d| d.id);
        by(&|d| d.text_hash == known.text_hash)
            // The same document has one symbol in all languages.
            .or_else(|| by(&|d| is_same_symbol(d, known) && is_same_language(&d.details.language, &known.language)))
    };
    let theirs: BTreeSet<DraftId> = set.annotations.values().flat_map(|a| a.placements.keys().copied()).collect();
    let ours: BTreeMap<DraftId, Option<DraftId>> = theirs
        .into_iter()
        .map(|id| (id, named(id).or_else(|| told_by_words(id, &shared.drafts, &set, project, &mut copies))))
        .collect();
    for annotation in set.annotations.values_mut() {
        let mut placements: Vec<_> = std::mem::take(&mut annotation.placements).into_iter().collect();
        // First those whose draft is certain: two of their drafts may be like one of ours, and only one can stand there.
        placements.sort_by_key(|(theirs, _)| project.draft(*theirs).is_none());
        let known = |id: DraftId| ours.get(&id).copied().flatten().or_else(|| named(id)).unwrap_or(id);
        let said = std::mem::take(&mut annotation.outcomes).into_iter();
        annotation.outcomes = said.map(|(id, outcome)| (known(id), outcome)).collect();
        annotation.numbering = annotation.numbering.map(known);
        for (theirs, placement) in placements {
            let free = ours.get(&theirs).copied().flatten().filter(|id| !annotation.placements.contains_key(id));
            let Some(draft) = free.and_then(|id| project.draft(id)) else {
                report.elsewhere += 1;
                annotation.placements.insert(theirs, placement);
                continue;
            };
            let Some(anchor) = placement.anchor() else {
                report.lost += 1;
                annotation.placements.insert(draft.id, placement);
                continue;
            };
            let copy = copies.entry(draft.id).or_insert_with(|| OurCopy::new(&draft.text, &draft.outline));
            let placed = match place(anchor, copy) {
                Placed::Same(anchor) => {
                    report.same += 1;
                    replaced(&placement, anchor)
                }
                Placed::Found(anchor) => {
                    report.found += 1;
                    replaced(&placement, anchor)
                }
                Placed::Lost => {
                    report.lost += 1;
                    Placement::lost(None, anchor.quote.clone(), anchor.citation.clone())
                }
            };
            annotation.placements.insert(draft.id, placed);
        }
        annotation.concerns = std::mem::take(&mut annotation.concerns)
            .into_iter()
            .map(|id| our_concern(id, &shared.concerns, project).unwrap_or(id))
            .collect();
    }
    // Ranges stay those of their text: a mark whose range is no provision of ours is placed by its citation.
    for (theirs, marks) in std::mem::take(&mut set.read) {
        let ours = ours.get(&theirs).copied().flatten().or_else(|| named(theirs)).unwrap_or(theirs);
        set.read.entry(ours).or_default().extend(marks);
    }
    let used = |id: ConcernId| set.annotations.values().any(|a| a.concerns.contains(&id));
    let mut book = project.codebook.clone();
    for theirs in shared.concerns.iter().filter(|c| used(c.id)) {
        if book.get(theirs.id).is_some() {
            continue;
        }
        let taken = theirs.tag.is_empty() || book.concerns.iter().any(|c| c.tag == theirs.tag);
        let tag = if taken { fresh_tag(&book, &theirs.name) } else { theirs.tag.clone() };
        // Their keys and their tree are theirs.
        let concern = Concern { key: None, parent: None, tag, ..theirs.clone() };
        book.concerns.push(concern.clone());
        report.concerns.push(concern);
    }
    (set, report)
}

/// Remarks looked at to tell a draft by its words.
const SAMPLE: usize = 200;

/// The one of our drafts that holds the words a colleague remarked on in theirs: nine in ten of them, and more than any
/// other of ours. For a draft that came from another file; two symbols that differ are two drafts, whatever their words.
fn told_by_words<'p>(
    theirs: DraftId,
    known: &[SharedDraft],
    set: &AnnotationSet,
    project: &'p Project,
    copies: &mut BTreeMap<DraftId, OurCopy<'p>>,
) -> Option<DraftId> {
    let known = known.iter().find(|d| d.id == theirs)?;
    let anchors: Vec<_> = set.annotations.values().filter_map(|a| a.anchor_in(theirs)).take(SAMPLE).collect();
    let mut held: Vec<(usize, DraftId)> = Vec::new();
    let may_be = |d: &Draft| {
        let named = !known.symbol.is_empty() && !d.details.symbol.is_empty();
        is_same_language(&d.details.language, &known.language) && (!named || is_same_symbol(d, known))
    };
    for draft in project.drafts.iter().filter(|d| may_be(d)) {
        let copy = copies.entry(draft.id).or_insert_with(|| OurCopy::new(&draft.text, &draft.outline));
        held.push((anchors.iter().filter(|a| place(a, copy) != Placed::Lost).count(), draft.id));
    }
    held.sort_by_key(|h| std::cmp::Reverse(h.0));
    let &(best, id) = held.first()?;
    let second = held.get(1).map_or(0, |h| h.0);
    (best > second && best * 10 >= anchors.len() * 9).then_some(id)
}

fn replaced(placement: &Placement, anchor: crate::model::Anchor) -> Placement {
    match placement {
        Placement::Carried { from, verdict, .. } => Placement::Carried { anchor, from: *from, verdict: *verdict },
        _ => Placement::Made(anchor),
    }
}

pub(super) fn is_same_symbol(ours: &Draft, theirs: &SharedDraft) -> bool {
    !theirs.symbol.is_empty() && ours.details.symbol.eq_ignore_ascii_case(&theirs.symbol)
}

pub(super) fn is_same_language(ours: &str, theirs: &str) -> bool {
    ours.is_empty() || theirs.is_empty() || ours.eq_ignore_ascii_case(theirs)
}

/// The concern of ours that is theirs under another id: the same name.
fn our_concern(theirs: ConcernId, known: &[Concern], project: &Project) -> Option<ConcernId> {
    if project.codebook.get(theirs).is_some() {
        return Some(theirs);
    }
    let name = &known.iter().find(|c| c.id == theirs)?.name;
    project.codebook.concerns.iter().find(|c| c.name.eq_ignore_ascii_case(name)).map(|c| c.id)
}

/// Whose sets are in the project, one's own first.
impl Workspace {
    /// The analysts of the project: id, name, number of annotations, shown or hidden.
    pub fn analysts(&self) -> Vec<(AnalystId, String, usize, bool)> {
        let Some(project) = self.project() else { return Vec::new() };
        let mut list: Vec<_> = project
            .sets
            .values()
            .map(|s| {
                let shown = !self.view.hidden.contains(&s.analyst.id);
                (s.analyst.id, s.analyst.name.clone(), s.annotations.len(), shown)
            })
            .collect();
        list.sort_by_key(|(id, name, ..)| (!self.is_own(*id), name.to_lowercase()));
        list
    }
}
