//! Other analysts' sets, opened beside one's own and never mixed with it: a file is read, what it would change is shown,
//! and what a person chooses of it is taken over in one step.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::model::{AnalystId, Edit};
use crate::storage;

use super::super::command::ColleagueCommand;
use super::super::history::Look;
use super::super::merging::{self, MergePlan, Merging, PlacedAs};
use super::super::view::Place;
use super::super::{Outcome, Workspace};
use super::exchange::of_ours;
use crate::reconcile::Standing;

/// Sets that can wait at once.
const MOST_FILES: usize = 100;

impl Workspace {
    pub(in super::super) fn run_colleague(&mut self, command: ColleagueCommand) {
        match command {
            ColleagueCommand::OpenFile(path) if path.extension().is_none() || is_ours(&path) => {
                self.open_shared(path, None, false);
            }
            ColleagueCommand::TakeIn(path) if is_ours(&path) => {
                self.exchange = None;
                self.open_shared(path, None, true);
            }
            ColleagueCommand::OpenFile(path) | ColleagueCommand::TakeIn(path) => self.take_in(path),
            ColleagueCommand::Take { ids, take } => self.choose_taken(|c| {
                c.take.extend(ids.into_iter().map(|id| (id, take)));
            }),
            ColleagueCommand::TakeReplies { ids, take } => self.choose_taken(|c| {
                c.replies.extend(ids.into_iter().map(|id| (id, take)));
            }),
            ColleagueCommand::IsDraft { theirs, ours } => self.choose_merge(|c| {
                c.drafts.insert(theirs, ours);
            }),
            ColleagueCommand::IsConcern { theirs, ours } => self.choose_merge(|c| {
                c.concerns.insert(theirs, ours);
                c.take_over.remove(&theirs);
            }),
            ColleagueCommand::TakeOver { theirs, take } => self.choose_taken(|c| {
                if take {
                    c.take_over.insert(theirs);
                } else {
                    c.take_over.remove(&theirs);
                }
            }),
            ColleagueCommand::Apply => self.apply_plan(),
            ColleagueCommand::Dismiss => {
                self.merging.truncate(self.merging.len().max(1));
                if !self.merging.is_empty() {
                    self.merging.remove(0);
                }
                self.leave_merging();
            }
            ColleagueCommand::Unseal { path, passphrase, reported } => self.unseal(path, passphrase, reported),
            ColleagueCommand::LeaveSealed(path) => self.sealed.retain(|s| s.path != path),
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

    /// The file that waits first, with what it would change.
    pub fn merging(&self) -> Option<&Merging> {
        self.merging.first()
    }

    /// How many files wait.
    pub fn files_to_merge(&self) -> usize {
        self.merging.len()
    }

    /// Whether the plan of the file that waits first is of the project as it is now.
    pub fn is_planned(&self) -> bool {
        let holds = |m: &Merging| m.made_from.as_ref() == Some(&(self.revision, m.choices.clone()));
        self.merging.first().is_some_and(|m| m.plan.is_some() && holds(m))
    }

    /// Takes in the sets of a file of ours, and keeps a report of it.
    pub(super) fn take_in_shared(&mut self, sets: Vec<storage::SharedSet>, path: PathBuf) {
        let Some(project) = self.project().cloned() else { return };
        let revision = self.revision;
        self.tasks.start("Placing a colleague's annotations", false, move |_| {
            Outcome::Exchanged(Ok(Box::new(of_ours(sets, &path, &project))), path, revision)
        });
    }

    /// Takes over what was read from a file, to be decided about set by set.
    pub(super) fn decide_about(&mut self, sets: Vec<storage::SharedSet>, path: &Path) {
        // The same file opened again, since it has changed or by mistake: its latest state is decided about.
        self.merging.retain(|m| m.path != path);
        if self.merging.len() + sets.len() > MOST_FILES {
            self.notices.caution(format!("{MOST_FILES} sets wait already; decide about some of them first"));
            return;
        }
        self.merging.extend(sets.into_iter().map(|shared| Merging {
            path: path.to_owned(),
            choices: merging::MergeChoices::default(),
            plan: None,
            shared: Arc::new(shared),
            made_from: None,
            working: false,
            at_once: false,
        }));
        self.plan_if_due();
    }

    /// Works out what the file that waits first would change, where that is not known or of another revision.
    pub(in super::super) fn plan_if_due(&mut self) {
        if self.is_planned() || self.merging.first().is_none_or(|m| m.working) {
            return;
        }
        let own = self.analyst().map(|a| a.id);
        let revision = self.revision;
        let Some(project) = self.snapshot() else { return };
        let Some(first) = self.merging.first_mut() else { return };
        first.working = true;
        let (shared, choices) = (Arc::clone(&first.shared), first.choices.clone());
        let path = first.path.clone();
        self.tasks.start("Comparing a colleague's annotations with ours", true, move |progress| {
            let plan = merging::plan(&shared, &project, own, &choices, &|| !progress.is_cancelled());
            Outcome::Planned(path, plan.map(|plan| Box::new((plan, revision, choices))))
        });
    }

    /// Puts a file away whose comparison was stopped.
    pub(in super::super) fn put_plan_away(&mut self, path: &std::path::Path) {
        self.merging.retain(|m| m.path != path);
        self.notices.done(format!("Nothing was taken over: {}", path.display()));
        self.leave_merging();
    }

    pub(in super::super) fn take_plan(
        &mut self,
        path: &std::path::Path,
        (plan, revision, choices): (MergePlan, u64, merging::MergeChoices),
    ) {
        // A file may hold the sets of several.
        let is_it = |m: &&mut Merging| m.path == path && m.shared.set.analyst.id == plan.analyst.id;
        let Some(merging) = self.merging.iter_mut().find(is_it) else { return };
        let is_new = merging.plan.is_none();
        merging.working = false;
        merging.made_from = Some((revision, choices));
        merging.plan = Some(Arc::new(plan));
        if !self.is_planned() {
            self.plan_if_due();
            return;
        }
        let Some(first) = self.merging.first_mut() else { return };
        if std::mem::take(&mut first.at_once) {
            self.apply_plan();
            return;
        }
        let Some(plan) = first.plan.clone() else { return };
        let is_nothing = plan.has_nothing();
        if is_new && is_nothing {
            let name = &plan.analyst.name;
            self.notices.done(format!("The set of {name} is here already, with nothing new"));
            self.merging.remove(0);
            self.leave_merging();
        } else if is_new && self.attended {
            if self.view.place != Place::Merge {
                self.before_merging = self.view.place;
            }
            self.view.place = Place::Merge;
        }
    }

    /// Changes which of our drafts and concerns theirs are, from which the plan follows.
    fn choose_merge(&mut self, choose: impl FnOnce(&mut merging::MergeChoices)) {
        let Some(first) = self.merging.first_mut() else { return };
        choose(&mut first.choices);
        self.plan_if_due();
    }

    /// Changes what is taken; nothing has to be looked for anew.
    fn choose_taken(&mut self, choose: impl FnOnce(&mut merging::MergeChoices)) {
        let is_planned = self.is_planned();
        let Some(first) = self.merging.first_mut() else { return };
        choose(&mut first.choices);
        if let (true, Some(plan), Some((_, made_with))) = (is_planned, &mut first.plan, &mut first.made_from) {
            Arc::make_mut(plan).choose(&first.choices);
            made_with.clone_from(&first.choices);
        }
        self.plan_if_due();
    }

    /// Takes over what was chosen, in one step.
    fn apply_plan(&mut self) {
        if !self.is_planned() {
            if let Some(first) = self.merging.first_mut() {
                first.at_once = true;
            }
            self.plan_if_due();
            return;
        }
        let Some(first) = self.merging.first() else { return };
        let (Some(plan), Some(project)) = (first.plan.clone(), self.project()) else { return };
        let edits = merging::edits(&plan, project, &first.choices);
        let name = plan.analyst.name.clone();
        if edits.is_empty() {
            self.notices.done(format!("Nothing of {name} was taken over"));
        } else {
            // As it came: the times at which they looked are theirs.
            if !self.commit_as_is(format!("take over annotations of {name}"), Look::default(), None, edits) {
                return;
            }
            self.view.hidden.remove(&plan.analyst.id);
            let said = taken_over(&plan);
            let taken = |how| {
                let of = plan.items.iter().filter(|i| i.take).flat_map(|i| &i.places);
                of.filter(|(_, p)| *p == how).count()
            };
            if taken(PlacedAs::Lost) + taken(PlacedAs::Elsewhere) > 0 {
                self.notices.caution(said);
            } else {
                self.notices.done(said);
            }
        }
        self.merging.remove(0);
        self.leave_merging();
        if self.merging.is_empty() {
            self.show_list();
        }
    }

    /// Goes on to the next file, or back to where one was.
    fn leave_merging(&mut self) {
        if self.merging.is_empty() && self.view.place == Place::Merge {
            self.view.place = std::mem::take(&mut self.before_merging);
        }
        self.plan_if_due();
    }
}

/// Whether a file is one of ours: by its name, or as only ours are encrypted.
fn is_ours(path: &Path) -> bool {
    let ours = |ending: &std::ffi::OsStr| ["ron", "age"].iter().any(|e| ending.eq_ignore_ascii_case(e));
    path.extension().is_some_and(ours) || storage::is_sealed(path)
}

/// What was taken over, in one sentence.
fn taken_over(plan: &MergePlan) -> String {
    let plural = |n: usize| if n == 1 { "" } else { "s" };
    let taken = || plan.items.iter().filter(|i| i.take);
    let placed = |how| taken().flat_map(|i| &i.places).filter(|(_, p)| *p == how).count();
    let same = placed(PlacedAs::Same);
    let mut said = format!("{}: {same} annotation{} on the same words", plan.analyst.name, plural(same));
    let new = plan
        .concerns
        .iter()
        .filter_map(|c| c.added.as_ref())
        .filter(|c| taken().any(|i| i.joined.concerns.contains(&c.id)))
        .count();
    let gone = taken().filter(|i| i.standing == Standing::GoneThere).count();
    let replies = plan.replies.iter().filter(|r| r.take).count();
    for (count, what) in [
        (placed(PlacedAs::Found) + placed(PlacedAs::Renumbered), "found again in your copy of the draft".to_owned()),
        (placed(PlacedAs::Lost), "without a place here, shown as lost".to_owned()),
        (placed(PlacedAs::Elsewhere), "on drafts that are not in this project".to_owned()),
        (gone, "deleted as they did".to_owned()),
        (replies, if replies == 1 { "reply" } else { "replies" }.to_owned()),
        (new, format!("concern{} added to the codebook", plural(new))),
    ] {
        if count > 0 {
            said.push_str(&format!(", {count} {what}"));
        }
    }
    said
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
