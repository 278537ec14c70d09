//! Annotations from draft to draft: carried in the background, put there in one step, and reviewed one by one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{Anchor, Annotation, DraftId, Edit, Outcome as Became, Placement, Reach, TextRange};
use crate::reconcile::Fate;

use super::super::carrying::{CarriedAs, CarryCommand, Finding, Findings, Way};
use super::super::history::Look;
use super::super::tasks::Progress;
use super::super::view::{Focus, Place};
use super::super::{Outcome, Pair, Workspace};

impl Workspace {
    pub(in super::super) fn run_carry(&mut self, command: CarryCommand) {
        match command {
            CarryCommand::Carry(way) => self.carry(way),
            CarryCommand::Decline(way) => {
                self.view.declined.insert(way);
                self.carried.checked = None;
            }
            CarryCommand::Accept { way, of } => self.accept_carried(way, &of),
            CarryCommand::AcceptAll { way, verdict } => {
                let all = self.carry_items(way).unwrap_or_default().iter();
                let waits = all.filter(|i| i.finding.verdict == verdict && !i.is_reviewed());
                let of: Vec<Focus> = waits.map(|i| i.finding.source.focus).collect();
                self.accept_carried(way, &of);
            }
            CarryCommand::Put { way, of, range, reach } => self.put_carried(way, of, range, reach),
            CarryCommand::KeepLost { way, of } => {
                let label = |a: &str| format!("keep {a} as lost");
                self.settle_one(way, of, label, |finding, a| {
                    let placement = kept_lost(finding, a, way)?;
                    a.placements.insert(way.to, placement);
                    Some(())
                });
            }
            CarryCommand::SetOutcome { way, of, outcome } => self.set_carried_outcome(way, of, outcome),
            CarryCommand::Renumber { way, of } => self.renumber_carried(way, of),
        }
    }

    /// Finds in the background where the annotations of a draft stand in another, and puts them there.
    fn carry(&mut self, way: Way) {
        let Some((from, to)) = self.both(way) else {
            self.notices.caution("Choose two drafts of the project, one to carry from and another to carry to");
            return;
        };
        if let Some(holder) = self.held_by() {
            let sentence = holder.sentence();
            self.notices.caution(format!("Not carried: the project is open for reading only, since {sentence}"));
            return;
        }
        if self.project().is_none_or(|p| p.annotations().all(|(_, a)| a.anchor_in(way.from).is_none())) {
            self.notices.caution(format!("No annotation stands in {from}; there is nothing to carry to {to}"));
            return;
        }
        self.find_carried(way, true);
    }

    pub(in super::super) fn find_carried(&mut self, way: Way, put: bool) {
        let (Some((_, to)), Some(project)) = (self.both(way), self.project().cloned()) else { return };
        let known = self.known_pairs(way.to);
        let revision = self.revision;
        let name = if put { format!("Carrying annotations to {to}") } else { format!("Finding annotations in {to}") };
        self.carried.begun = Some((way, revision));
        self.tasks.start(name, true, move |progress| {
            let findings = Findings::find(&project, way, &known, progress).map(Box::new);
            Outcome::Carried { way, findings, put, revision }
        });
    }

    /// Finds on the spot where the annotations of a draft stand in another. For the command line.
    pub fn found_carried(&self, way: Way) -> Option<Findings> {
        Findings::find(self.project()?, way, &self.known_pairs(way.to), &Progress::default())
    }

    fn known_pairs(&self, to: DraftId) -> BTreeMap<DraftId, Arc<Pair>> {
        let mut known = self.carried.pairs(to);
        for draft in self.project().into_iter().flat_map(|p| &p.drafts) {
            known.extend(self.pair(draft.id, to).map(|pair| (draft.id, pair)));
        }
        known
    }

    /// Takes what was found over, and puts it in the draft where that was wanted.
    pub(in super::super) fn take_carried(
        &mut self,
        way: Way,
        findings: Option<Box<Findings>>,
        put: bool,
        revision: u64,
    ) {
        if self.carried.begun == Some((way, revision)) {
            self.carried.begun = None;
        }
        let Some(project) = self.project() else { return };
        let Some(findings) = findings else {
            if put && self.both(way).is_some() {
                self.notices.done("Carrying was stopped; nothing was changed");
            }
            return;
        };
        // Something else is to be carried by now.
        if revision != self.revision && !findings.holds(project) {
            self.carried.checked = None;
            if put {
                self.carry(way);
            }
            return;
        }
        self.carried.take(*findings);
        let Some(findings) = self.carried.findings(way).filter(|_| put).cloned() else { return };
        self.put_found(&findings);
    }

    /// Puts annotations where they were found, in one step. What a person looked at stays as it is.
    fn put_found(&mut self, findings: &Findings) {
        let way = findings.way;
        let (Some((from, to)), Some(project)) = (self.both(way), self.project()) else { return };
        let mut edits = Vec::new();
        let mut sums: BTreeMap<CarriedAs, usize> = BTreeMap::new();
        let mut first: Option<TextRange> = None;
        for finding in &findings.list {
            let Focus { analyst, annotation: id } = finding.source.focus;
            let Some(annotation) = project.annotation(analyst, id) else { continue };
            // One that a colleague's file could not place here is theirs to tell.
            let theirs = matches!(annotation.placements.get(&way.to), Some(Placement::Lost { from: None, .. }));
            if annotation.is_reviewed_in(way.to) || theirs {
                continue;
            }
            let placement = carried(finding);
            if annotation.placements.get(&way.to) == Some(&placement) {
                continue;
            }
            *sums.entry(finding.verdict).or_default() += 1;
            first = first.or_else(|| placement.anchor().map(|a| a.range));
            let mut new = annotation.clone();
            new.placements.insert(way.to, placement);
            edits.push(Edit::PutAnnotation { analyst, id, annotation: Some(Box::new(new)) });
        }
        self.look_at_way(way);
        if edits.is_empty() {
            self.notices.done(format!("Everything from {from} is in {to} already"));
            return;
        }
        let count = annotations(edits.len());
        let look = Look { place: Some((way.to, first.unwrap_or_default())), annotation: None };
        if self.commit(format!("carry {count} from {from} to {to}"), look, None, edits) {
            let sums: Vec<String> = sums.iter().map(|(verdict, n)| format!("{n} {}", verdict.word())).collect();
            self.notices.done(format!("Carried {count} from {from} to {to}: {}", sums.join(", ")));
            self.save();
        }
    }

    fn look_at_way(&mut self, way: Way) {
        if self.view.place != Place::Review {
            self.view.leave();
            self.view.place = Place::Review;
        }
        self.view.review.way = Some(way);
        (self.view.review.at, self.view.review.instead, self.view.review.choosing) = (None, None, false);
    }

    fn accept_carried(&mut self, way: Way, of: &[Focus]) {
        let Some(findings) = self.findings_on(way) else { return };
        let Some(project) = self.project() else { return };
        let mut edits = Vec::new();
        let (mut unplaced, mut only) = (0_usize, None);
        for &focus in of {
            let Some(annotation) = project.annotation(focus.analyst, focus.annotation) else { continue };
            let Some(finding) = findings.of(focus) else { continue };
            let Some(placement) = accepted(finding, annotation, way) else {
                unplaced += usize::from(!annotation.placements.get(&way.to).is_some_and(Placement::is_reviewed));
                continue;
            };
            let mut new = annotation.clone();
            new.placements.insert(way.to, placement);
            only = Some(focus);
            edits.push(put(focus, new));
        }
        if edits.is_empty() {
            if unplaced > 0 {
                self.notices.caution("It cannot be told where this stands; choose a place, or keep it as lost");
            } else {
                self.go_on_reviewing(way, &of.iter().copied().collect());
            }
            return;
        }
        let label = match (edits.len(), only.and_then(|f| findings.of(f))) {
            (1, Some(finding)) => format!("accept {} of {}", self.stood_in(finding), self.name_of(way.to)),
            (n, _) => format!("accept {} in {}", annotations(n), self.name_of(way.to)),
        };
        let done: BTreeSet<Focus> = of.iter().copied().collect();
        let look = self.look_of(way, only.filter(|_| edits.len() == 1));
        if self.commit(label.clone(), look, None, edits) {
            self.notices.done(capital(&label));
            self.go_on_reviewing(way, &done);
        }
    }

    fn put_carried(&mut self, way: Way, of: Focus, range: TextRange, reach: Reach) {
        let Some(to) = self.project().and_then(|p| p.draft(way.to)).cloned() else { return };
        let range = range.fitted(&to.text).trimmed(&to.text);
        if range.is_empty() {
            self.notices.caution("Select some words first");
            return;
        }
        let anchor = Anchor::new(&to.text, &to.outline, range, reach);
        let there = self.cited_within(&anchor.citation);
        let name = to.name().to_owned();
        self.settle_one(
            way,
            of,
            |a| format!("put {a} on {there} of {name}"),
            |_, a| {
                a.placements.insert(way.to, Placement::Made(anchor));
                Some(())
            },
        );
    }

    fn set_carried_outcome(&mut self, way: Way, of: Focus, outcome: Became) {
        if !self.can_write(of.analyst) {
            self.notices.caution("What became of a concern is for whose remark it is to say");
            return;
        }
        let Some(findings) = self.findings_on(way) else { return };
        let Some(finding) = findings.of(of) else { return };
        let Some(annotation) = self.project().and_then(|p| p.annotation(of.analyst, of.annotation)) else { return };
        let mut new = annotation.clone();
        let label = if new.outcomes.get(&way.to) == Some(&outcome) {
            new.outcomes.remove(&way.to);
            format!("no longer {} in {}", outcome.word(), self.name_of(way.to))
        } else {
            new.outcomes.insert(way.to, outcome);
            // Who says what became of it has looked.
            if let Some(placement) = accepted(finding, annotation, way).or_else(|| kept_lost(finding, annotation, way))
            {
                new.placements.insert(way.to, placement);
            }
            format!("mark as {} in {}", outcome.word(), self.name_of(way.to))
        };
        let look = self.look_of(way, Some(of));
        if self.commit(label.clone(), look, None, vec![put(of, new)]) {
            self.notices.done(capital(&label));
            self.view.review.at = Some(of);
        }
    }

    fn renumber_carried(&mut self, way: Way, of: Focus) {
        if !self.can_write(of.analyst) {
            self.notices.caution("A recommendation is for whose remark it is to change");
            return;
        }
        let Some(findings) = self.findings_on(way) else { return };
        let offer = findings.of(of).and_then(|f| f.renumbering.clone()).filter(|r| !r.changes.is_empty());
        let annotation = self.project().and_then(|p| p.annotation(of.analyst, of.annotation));
        let (Some(offer), Some(mut new)) = (offer, annotation.cloned()) else {
            self.notices.done("What it recommends cites nothing that was renumbered");
            return;
        };
        let Some(recommendation) = &mut new.recommendation else { return };
        (recommendation.targets, recommendation.proposed) = (offer.targets, offer.proposed);
        new.numbering = Some(way.to);
        new.changed = self.surroundings.now();
        let label = format!("renumber what a recommendation cites, as in {}", self.name_of(way.to));
        let look = self.look_of(way, Some(of));
        if self.commit(label.clone(), look, None, vec![put(of, new)]) {
            self.notices.done(capital(&label));
            self.view.review.at = Some(of);
        }
    }

    /// Changes the place of one annotation as a person says, and goes on to the next that waits.
    fn settle_one(
        &mut self,
        way: Way,
        of: Focus,
        label: impl FnOnce(&str) -> String,
        change: impl FnOnce(&Finding, &mut Annotation) -> Option<()>,
    ) {
        let Some(findings) = self.findings_on(way) else { return };
        let annotation = self.project().and_then(|p| p.annotation(of.analyst, of.annotation));
        let (Some(finding), Some(annotation)) = (findings.of(of), annotation) else { return };
        let mut new = annotation.clone();
        if change(finding, &mut new).is_none() || new == *annotation {
            self.go_on_reviewing(way, &BTreeSet::from([of]));
            return;
        }
        let label = label(&format!("the remark on {}", self.stood_in(finding)));
        let look = self.look_of(way, Some(of));
        if self.commit(label.clone(), look, None, vec![put(of, new)]) {
            self.notices.done(capital(&label));
            self.go_on_reviewing(way, &BTreeSet::from([of]));
        }
    }

    /// What was found on a way; said where that is still being looked for.
    fn findings_on(&mut self, way: Way) -> Option<Arc<Findings>> {
        let found = self.carried.findings(way).cloned();
        let holds = found.filter(|f| self.project().is_some_and(|p| f.holds(p)));
        if holds.is_none() {
            self.notices.caution("Where the annotations stand is still being looked for");
        }
        holds
    }

    fn look_of(&self, way: Way, of: Option<Focus>) -> Look {
        let place = of.and_then(|f| {
            let annotation = self.project()?.annotation(f.analyst, f.annotation)?;
            Some((way.to, annotation.anchor_in(way.to)?.range))
        });
        Look { place, annotation: of.map(|f| (f.analyst, f.annotation)) }
    }

    /// Where a remark stood in the old draft: `Article 4(2)`.
    fn stood_in(&self, finding: &Finding) -> String {
        self.cited_within(&finding.source.anchor.citation)
    }

    fn name_of(&self, draft: DraftId) -> String {
        self.project().and_then(|p| p.draft(draft)).map_or_else(String::new, |d| d.name().to_owned())
    }

    /// The names of both drafts of a way, if they are two drafts of the project.
    fn both(&self, way: Way) -> Option<(String, String)> {
        let project = self.project().filter(|_| way.from != way.to)?;
        Some((project.draft(way.from)?.name().to_owned(), project.draft(way.to)?.name().to_owned()))
    }
}

fn put(focus: Focus, annotation: Annotation) -> Edit {
    Edit::PutAnnotation { analyst: focus.analyst, id: focus.annotation, annotation: Some(Box::new(annotation)) }
}

/// What is written of a finding before anybody has looked.
fn carried(finding: &Finding) -> Placement {
    let from = finding.source.from;
    match (&finding.place, finding.carried.verdict, finding.carried.fate) {
        (Some(anchor), Some(verdict), Fate::Found) => Placement::Carried { anchor: anchor.clone(), from, verdict },
        (.., fate) => lost(finding, fate == Fate::Deleted, false),
    }
}

fn lost(finding: &Finding, deleted: bool, reviewed: bool) -> Placement {
    let Anchor { quote, citation, .. } = finding.source.anchor.clone();
    Placement::Lost { from: Some(finding.source.from), quote, citation, deleted, reviewed }
}

/// A place as a person accepts it; none where it is settled already, or cannot be told.
fn accepted(finding: &Finding, annotation: &Annotation, way: Way) -> Option<Placement> {
    match annotation.placements.get(&way.to) {
        Some(Placement::Carried { anchor, .. }) => Some(Placement::Made(anchor.clone())),
        Some(Placement::Lost { from, quote, citation, deleted: true, reviewed: false }) => Some(Placement::Lost {
            from: *from,
            quote: quote.clone(),
            citation: citation.clone(),
            deleted: true,
            reviewed: true,
        }),
        None => match (&finding.place, finding.carried.fate) {
            (Some(anchor), Fate::Found) => Some(Placement::Made(anchor.clone())),
            (_, Fate::Deleted) => Some(lost(finding, true, true)),
            _ => None,
        },
        Some(Placement::Made(_) | Placement::Lost { .. }) => None,
    }
}

/// No place, as a person says; none where that is so already.
fn kept_lost(finding: &Finding, annotation: &Annotation, way: Way) -> Option<Placement> {
    match annotation.placements.get(&way.to) {
        Some(Placement::Lost { reviewed: true, .. }) => None,
        Some(Placement::Lost { from, quote, citation, deleted, .. }) => Some(Placement::Lost {
            from: *from,
            quote: quote.clone(),
            citation: citation.clone(),
            deleted: *deleted,
            reviewed: true,
        }),
        _ => Some(lost(finding, finding.carried.fate == Fate::Deleted, true)),
    }
}

fn annotations(count: usize) -> String {
    format!("{count} annotation{}", if count == 1 { "" } else { "s" })
}

/// With a capital first letter.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
