//! The team's set: remarks taken into it, joined, taken out, brought up to date.

use std::collections::BTreeSet;

use crate::model::{Analyst, AnalystId, Annotation, AnnotationId, ConcernId, DraftId, Edit, TextRange};

use super::super::Workspace;
use super::super::agreement::AgreementUnit;
use super::super::curating::{self, Accord, CurateCommand, Curation, TEAM};
use super::super::history::Look;
use super::super::view::Focus;
use super::carry::capital;

impl Workspace {
    pub(in super::super) fn run_curate(&mut self, command: CurateCommand) {
        match command {
            CurateCommand::Take(remarks) => self.take_into_team(&remarks),
            CurateCommand::TakeAgreed { draft, unit, only, concern } => self.take_agreed(draft, unit, only, concern),
            CurateCommand::Join { remarks, recommendation } => self.join_for_team(&remarks, recommendation),
            CurateCommand::TakeOut(ids) => self.take_out_of_team(&ids),
            CurateCommand::Renew(id) => self.renew(id),
            CurateCommand::Keep(id) => self.keep_as_is(id),
        }
    }

    /// Whether a set is the team's.
    pub fn is_team(&self, analyst: AnalystId) -> bool {
        self.project().is_some_and(|p| p.team() == analyst)
    }

    /// Whether the remarks of a set are for whoever works here to change: one's own, and the team's.
    pub fn can_write(&self, analyst: AnalystId) -> bool {
        self.is_own(analyst) || self.is_team(analyst)
    }

    /// Whose of the sets one may change holds a remark.
    pub(super) fn writable(&self, id: AnnotationId) -> Option<AnalystId> {
        let project = self.project()?;
        let own = self.analyst().map(|a| a.id);
        own.into_iter().chain([project.team()]).find(|who| project.annotation(*who, id).is_some())
    }

    /// What the analysts say of a draft, provision by provision.
    pub fn curation(&self, draft: DraftId, unit: AgreementUnit) -> Option<Curation> {
        let project = self.project()?;
        Some(Curation::of(project, project.draft(draft)?, unit, &self.view.hidden))
    }

    /// Remarks of the analysts that are not in the team's set.
    fn untaken(&self, remarks: &[Focus]) -> BTreeSet<Focus> {
        let Some(project) = self.project() else { return BTreeSet::new() };
        let team = project.team();
        let sources =
            project.sets.get(&team).into_iter().flat_map(|s| s.annotations.values()).flat_map(|a| a.made_of.keys());
        let taken: BTreeSet<Focus> = sources.map(|&(analyst, annotation)| Focus { analyst, annotation }).collect();
        let there = |f: &Focus| f.analyst != team && project.annotation(f.analyst, f.annotation).is_some();
        remarks.iter().copied().filter(|f| there(f) && !taken.contains(f)).collect()
    }

    fn take_into_team(&mut self, remarks: &[Focus]) {
        let now = self.surroundings.now();
        let new = self.untaken(remarks);
        let Some(project) = self.project() else { return };
        let made: Vec<Annotation> = new.iter().filter_map(|of| curating::single(project, *of, now)).collect();
        if made.is_empty() {
            self.notices.done("Already in the agreed set");
            return;
        }
        let label = match made.len() {
            1 => "take a remark into the agreed set".to_owned(),
            n => format!("take {n} remarks into the agreed set"),
        };
        self.put_into_team(label, made, &[]);
    }

    fn take_agreed(
        &mut self,
        draft: DraftId,
        unit: AgreementUnit,
        only: Option<TextRange>,
        concern: Option<ConcernId>,
    ) {
        let now = self.surroundings.now();
        let Some(curation) = self.curation(draft, unit) else { return };
        let Some(project) = self.project() else { return };
        let meant = |c: ConcernId| concern.is_none_or(|top| project.codebook.is_within(c, top));
        let (mut made, mut used): (Vec<Annotation>, BTreeSet<Focus>) = Default::default();
        for row in curation.rows.iter().filter(|r| only.is_none_or(|range| range == r.range)) {
            let agreed = row.points.iter().filter(|p| p.accord == Accord::Agree && p.concern.is_some_and(meant));
            let (mut concerns, mut remarks) = (BTreeSet::new(), Vec::new());
            for point in agreed {
                concerns.extend(point.concern);
                remarks.extend(point.said.iter().flat_map(|s| &s.remarks).copied());
            }
            let mut sources = self.untaken(&remarks);
            sources.retain(|f| used.insert(*f));
            let asks =
                |f: &&Focus| project.annotation(f.analyst, f.annotation).is_some_and(|a| a.recommendation.is_some());
            let recommendation = sources.iter().find(asks).copied();
            made.extend(curating::joined(project, &sources, recommendation, Some(&concerns), now));
        }
        if made.is_empty() {
            self.notices.done("There is nothing more on which the analysts agree");
            return;
        }
        let label = match made.len() {
            1 => "take what analysts agree on into the agreed set".to_owned(),
            n => format!("take what analysts agree on, {n} remarks, into the agreed set"),
        };
        self.put_into_team(label, made, &[]);
    }

    fn join_for_team(&mut self, remarks: &[Focus], recommendation: Option<Focus>) {
        let now = self.surroundings.now();
        let Some(project) = self.project() else { return };
        let team = project.team();
        let sources: BTreeSet<Focus> = remarks.iter().copied().filter(|f| f.analyst != team).collect();
        if sources.len() < 2 {
            self.notices.caution("Joining needs at least two remarks");
            return;
        }
        let Some(whole) = curating::joined(project, &sources, recommendation, None, now) else { return };
        // What was made of nothing else is in the whole now.
        let within = |a: &&Annotation| {
            let focus = |&(analyst, annotation): &_| Focus { analyst, annotation };
            a.id != whole.id && !a.made_of.is_empty() && a.made_of.keys().map(focus).all(|f| sources.contains(&f))
        };
        let parts: Vec<AnnotationId> = project
            .sets
            .get(&team)
            .into_iter()
            .flat_map(|s| s.annotations.values())
            .filter(within)
            .map(|a| a.id)
            .collect();
        let same = |a: &Annotation| {
            let now = (a.created, a.changed);
            Annotation { created: now.0, changed: now.1, ..whole.clone() } == *a
        };
        if parts.is_empty() && project.annotation(team, whole.id).is_some_and(same) {
            self.notices.done("Already joined in the agreed set");
            return;
        }
        self.put_into_team(format!("join {} remarks in the agreed set", sources.len()), vec![whole], &parts);
    }

    fn take_out_of_team(&mut self, ids: &[AnnotationId]) {
        let Some(project) = self.project() else { return };
        let team = project.team();
        let there: Vec<AnnotationId> =
            ids.iter().copied().filter(|id| project.annotation(team, *id).is_some()).collect();
        if there.is_empty() {
            return;
        }
        let label = match there.len() {
            1 => "take a remark out of the agreed set".to_owned(),
            n => format!("take {n} remarks out of the agreed set"),
        };
        self.put_into_team(label, Vec::new(), &there);
    }

    fn renew(&mut self, id: AnnotationId) {
        let now = self.surroundings.now();
        let Some(project) = self.project() else { return };
        let Some(old) = project.annotation(project.team(), id) else { return };
        match curating::renewed(project, old, now) {
            Some(new) => self.put_into_team("make an agreed remark anew".to_owned(), vec![new], &[]),
            None => self.notices.caution("Nothing it was made of is in the project any more"),
        }
    }

    /// What changed has been seen, and the remark stays as it is.
    fn keep_as_is(&mut self, id: AnnotationId) {
        let Some(project) = self.project() else { return };
        let Some(old) = project.annotation(project.team(), id) else { return };
        let mut new = old.clone();
        for ((analyst, annotation), when) in &mut new.made_of {
            *when = project.annotation(*analyst, *annotation).map_or(*when, |a| a.changed.max(*when));
        }
        if new != *old {
            self.put_into_team("leave an agreed remark as it is".to_owned(), vec![new], &[]);
        }
    }

    /// Puts remarks into the team's set and takes others out, in one step.
    fn put_into_team(&mut self, label: String, made: Vec<Annotation>, out: &[AnnotationId]) {
        let Some(project) = self.project() else { return };
        let team = project.team();
        let mut edits = Vec::new();
        if !project.sets.contains_key(&team) {
            edits.push(Edit::PutAnalyst(Analyst { id: team, name: TEAM.to_owned() }));
        }
        let one = made.first().or_else(|| project.annotation(team, *out.first()?));
        let place = self.view.current.zip(one).and_then(|(d, a)| Some((d, a.anchor_in(d)?.range)));
        let look = Look { place, annotation: one.map(|a| (team, a.id)) };
        edits.extend(out.iter().map(|id| Edit::PutAnnotation { analyst: team, id: *id, annotation: None }));
        edits.extend(made.into_iter().map(|a| Edit::PutAnnotation {
            analyst: team,
            id: a.id,
            annotation: Some(Box::new(a)),
        }));
        if self.commit_as_is(label.clone(), look, None, edits) {
            self.notices.done(format!("{}: Ctrl+Z takes it back", capital(&label)));
        }
    }
}
