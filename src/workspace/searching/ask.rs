//! Asking the index: which stage is next, starting it, taking over what it brought.

use std::sync::Arc;

use super::super::tasks::Progress;
use super::super::view::{Panel, Place};
use super::super::{Outcome, Workspace};
use super::stages::{Answer, Asked, Job, Searched};
use super::{HitKey, Lines, SavedCount, SearchPage, SearchState, Stage, UnderWay, key_of};
use crate::model::{DraftId, Project, SavedSearch};
use crate::search::{self, Index, QueryError, Results, SearchError};

/// What the task is called that brings the index up to date.
pub(in super::super) const PREPARING: &str = "Preparing the search";
/// What a task is called that asks the index; it is not worth a word in the status line.
pub const SEARCHING: &str = "Searching";

/// Seconds after which a question is given up: what takes longer is a pattern that takes minutes.
const LONGEST: i64 = 20;

/// Comparisons of drafts that a question starts at a time.
const AT_ONCE: usize = 2;

struct Reporting<'p>(&'p Progress);

impl search::Watch for Reporting<'_> {
    fn progress(&mut self, done: u64, total: u64) {
        self.0.set(done, total);
    }

    fn cancelled(&self) -> bool {
        self.0.is_cancelled()
    }
}

impl Workspace {
    /// The question or where it looks has changed.
    pub(super) fn ask_anew(&mut self) {
        if self.search.tagging.take().is_some() {
            self.notices.caution(super::tag::CHANGED);
        }
        self.search.asked += 1;
        self.search.current = None;
        self.search.followed = false;
        self.search.ticked.clear();
        (self.search.tagged, self.search.untagged) = (None, None);
        self.search.preview = None;
        self.search.opened = None;
        self.search.news.clear();
        self.search.error = None;
        self.index_failed = None;
        if self.search.query.trim().is_empty() {
            self.forget_answer();
        } else if let Err(error) = search::parse(&self.search.query) {
            self.search.error = Some(error);
            self.forget_answer();
        }
        self.search_on();
    }

    fn forget_answer(&mut self) {
        let search = &mut self.search;
        (search.results, search.facets, search.lines, search.table) = (None, None, None, None);
        search.generation += 1;
        let asked = search.asked;
        (search.done.first, search.done.all) = (asked, asked);
    }

    /// Starts what is to be done next with the index. Cheap where nothing is.
    pub(in super::super) fn search_on(&mut self) {
        self.stop_what_is_outdated();
        self.index_if_due();
        // What waits for the index goes on waiting where there is none.
        if self.indexing || self.search.under_way.is_some() || self.closing || self.index.is_none() {
            return;
        }
        let Some(job) = self.next_job() else { return };
        let Some(project) = self.snapshot() else { return };
        let Some(index) = self.index.take() else { return };
        self.numbers += 1;
        let (number, stage, asked, revision) = (self.numbers, job.stage(), self.search.asked, self.revision);
        let query = search::parse(&self.search.query).ok();
        let options = search::Options { changes: self.changes(), ..self.search.options.clone() };
        let question = Asked { project, query, options };
        self.tasks.start(SEARCHING, true, move |progress| {
            let answer = job.run(&index, &question, &Reporting(progress));
            Outcome::Searched(Box::new(Searched { number, index: Box::new(index), answer, revision }))
        });
        let progress = self.tasks.latest().unwrap_or_default();
        self.search.under_way = Some(UnderWay { number, stage, asked, since: self.surroundings.now(), progress });
    }

    /// The newest question wins, and nobody waits for ever.
    fn stop_what_is_outdated(&self) {
        let Some(under_way) = &self.search.under_way else { return };
        let is_asked = |search: &SearchState| match under_way.stage {
            Stage::First | Stage::All | Stage::Lines | Stage::Table | Stage::Marks(_) => {
                search.asked == under_way.asked
            }
            Stage::Tag => true,
            // What is in view goes first.
            Stage::Saved(_) => !search.is_asking(),
        };
        let waited = self.surroundings.now().as_second() - under_way.since.as_second();
        // Half of what is to be tagged must not be tagged.
        if !is_asked(&self.search) || waited > LONGEST && under_way.stage != Stage::Tag {
            under_way.progress.cancel();
        }
    }

    /// Whether somebody looks at what was found.
    pub(in super::super) fn is_search_in_view(&self) -> bool {
        let panel = self.view.place == Place::Read && self.view.side_open && self.view.panel == Panel::Search;
        self.view.place == Place::Search || panel
    }

    fn next_job(&mut self) -> Option<Job> {
        let in_view = self.is_search_in_view();
        let search = &mut self.search;
        let asks = !search.query.trim().is_empty() && search.error.is_none();
        if asks && search.done.first != search.asked {
            return Some(Job::First);
        }
        let marking = search.marking.take().filter(|_| asks);
        if let Some(draft) = marking {
            return Some(Job::Marks { draft, asked: search.asked });
        }
        let (tagging, previewing) = (search.tagging.take(), search.previewing.take());
        let wish = tagging.map(|t| (t, false)).or_else(|| previewing.map(|t| (t, true)));
        if let Some((tagging, only_count)) = wish.filter(|_| asks) {
            let analyst = self.analyst().map_or(crate::model::AnalystId(0), |a| a.id);
            return Some(Job::Tag { tagging, analyst, ticked: self.search.ticked.clone(), only_count });
        }
        // On the command line nobody looks at the rest.
        if !self.attended {
            return None;
        }
        if asks && search.done.all != search.asked {
            return Some(Job::All);
        }
        let results = search.results.clone().filter(|_| asks && in_view);
        if let Some(results) = results {
            if search.page == SearchPage::Context && search.done.lines != Some((search.asked, search.order)) {
                return Some(Job::Lines { results, order: search.order });
            }
            if search.page == SearchPage::Terms && search.done.table != search.asked {
                return Some(Job::Table { results });
            }
        }
        let project = self.open.as_ref().map(|o| &o.project)?;
        // One by one, so that one that takes for ever keeps nobody from the others.
        let is_due = |s: &&SavedSearch| search.counted.get(&s.id) != Some(&self.indexed);
        let due = project.searches.values().filter(|_| in_view).find(is_due)?;
        let seen = self.view.searches_seen.get(&due.id).cloned().unwrap_or_default();
        Some(Job::Saved(Box::new((due.clone(), seen))))
    }

    /// The project for tasks: copied once for each revision.
    pub(in super::super) fn snapshot(&mut self) -> Option<Arc<Project>> {
        let open = self.open.as_ref()?;
        if let Some((revision, project)) = &self.snapshot
            && *revision == self.revision
        {
            return Some(Arc::clone(project));
        }
        // Drafts are shared, only the annotations are copied.
        let project = Arc::new(open.project.clone());
        self.snapshot = Some((self.revision, Arc::clone(&project)));
        Some(project)
    }

    /// Takes the index back, and the answer if it is still wanted.
    pub(in super::super) fn take_searched(&mut self, searched: Searched) {
        let Searched { number, index, answer, revision } = searched;
        let Some(under_way) = self.search.under_way.take_if(|u| u.number == number) else { return };
        if self.open.is_none() {
            return;
        }
        self.index = Some(*index);
        let is_wanted = under_way.asked == self.search.asked;
        match answer {
            Ok(Answer::Saved(id, count)) => self.take_saved(id, count),
            Ok(Answer::Tag { tagging, sums, made }) => self.take_tagged(tagging, sums, made, revision, is_wanted),
            Ok(answer) if is_wanted => self.take_answer(answer),
            Err(SearchError::Cancelled) if is_wanted => self.gave_up(under_way.stage),
            Err(SearchError::Index(reason)) => {
                self.gave_up(under_way.stage);
                // The next update makes it anew.
                self.index = None;
                self.indexed = 0;
                self.notices.failure(SearchError::Index(reason));
            }
            Ok(_) | Err(SearchError::Cancelled) => {}
        }
        self.search_on();
    }

    fn take_answer(&mut self, answer: Answer) {
        let asked = self.search.asked;
        match answer {
            Answer::First(results) => {
                self.search.done.first = asked;
                self.search.answered = self.indexed;
                // The others follow when these are done and the question is asked again.
                let uncompared: Vec<_> = results.uncompared.iter().take(AT_ONCE).copied().collect();
                self.show(results);
                for (since, draft) in uncompared {
                    self.want_pair(since, draft);
                }
            }
            Answer::All { results, facets } => {
                self.search.done.all = asked;
                self.search.facets = Some(facets);
                if self.search.results.as_ref().is_some_and(|r| r.truncated) {
                    self.show(results);
                }
            }
            Answer::Lines { results, list, order } => {
                self.search.lines = Some(Lines { results, list });
                self.search.done.lines = Some((asked, order));
            }
            Answer::Table(table) => {
                self.search.table = Some(table);
                self.search.done.table = asked;
            }
            Answer::Marks { draft, asked, marks } => self.take_search_marks(draft, asked, marks),
            Answer::Saved(..) | Answer::Tag { .. } => {}
        }
    }

    /// Puts other hits in the place of those that are shown; the one that is open stays open.
    fn show(&mut self, results: Results) {
        let search = &mut self.search;
        let open: Option<HitKey> =
            search.current.and_then(|c| search.results.as_ref().and_then(|r| r.hits.get(c)).map(key_of));
        search.current = open.and_then(|key| results.hits.iter().position(|h| key_of(h) == key));
        search.results = Some(Arc::new(results));
        search.generation += 1;
    }

    /// A task has failed; if it had the index, that is made anew.
    pub(in super::super) fn release_search(&mut self) {
        if self.tasks.running().iter().any(|t| t.name == SEARCHING) {
            return;
        }
        if let Some(under_way) = self.search.under_way.take() {
            self.gave_up(under_way.stage);
            self.index = None;
            self.indexed = 0;
        }
    }

    fn gave_up(&mut self, stage: Stage) {
        let asked = self.search.asked;
        let stopped = match stage {
            Stage::All => "all places were found",
            Stage::Lines => "all lines in context were there",
            Stage::Table => "the terms were counted",
            Stage::Marks(_) => "all search marks were found",
            Stage::First | Stage::Saved(_) | Stage::Tag => "",
        };
        if !stopped.is_empty() {
            self.notices.caution(format!("The search was stopped before {stopped}"));
        }
        let done = &mut self.search.done;
        match stage {
            Stage::First => {
                self.forget_answer();
                let message = "This question takes too long on these drafts: make it simpler".to_owned();
                self.search.error = Some(QueryError { message, range: 0..self.search.query.len() });
            }
            Stage::All => done.all = asked,
            Stage::Lines => done.lines = Some((asked, self.search.order)),
            Stage::Table => done.table = asked,
            Stage::Saved(id) => self.take_saved(id, SavedCount { slow: true, ..SavedCount::default() }),
            Stage::Marks(draft) => self.take_search_marks(draft, asked, Vec::new()),
            Stage::Tag => {}
        }
    }

    /// The index has come back from an update.
    pub(in super::super) fn index_came(&mut self) {
        if self.search.answered != self.indexed && !self.search.query.trim().is_empty() && self.search.error.is_none() {
            // The same question, to another state of the project: what is open and ticked stays.
            self.search.asked += 1;
        }
        self.search_on();
    }

    /// Asks again when drafts are compared that a question waits for.
    pub(in super::super) fn search_compared(&mut self, drafts: (DraftId, DraftId)) {
        if self.search.results.as_ref().is_some_and(|r| r.uncompared.contains(&drafts)) {
            self.search.asked += 1;
            self.search_on();
        }
    }

    /// Starts bringing the index up to date, if it is not and searching is wanted.
    pub(in super::super) fn index_if_due(&mut self) {
        let waits = self.search.tagging.is_some() || self.search.marking.is_some();
        let wanted = self.is_search_in_view() || self.search.is_asking() || waits;
        let failed = self.index_failed == Some(self.revision);
        let away = self.search.under_way.is_some();
        if !wanted || failed || self.indexing || away || self.indexed == self.revision {
            return;
        }
        let Some(project) = self.snapshot() else { return };
        let Some(open) = &self.open else { return };
        let folder = open.read_only.is_none().then(|| open.store.index_folder());
        let index = self.index.take();
        let revision = self.revision;
        self.indexing = true;
        self.tasks.start(PREPARING, true, move |progress| {
            let index = match index {
                Some(index) => Ok(index),
                None => match folder {
                    Some(folder) => Index::at(&folder).or_else(|_| Index::in_memory()),
                    None => Index::in_memory(),
                },
            };
            match index {
                Ok(mut index) => {
                    let updated = index.update(&project, &mut Reporting(progress));
                    Outcome::Indexed(Some(Box::new(index)), revision, updated.map(|_| ()).map_err(|e| e.to_string()))
                }
                Err(error) => Outcome::Indexed(None, revision, Err(error.to_string())),
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::super::{Command, Home, Rehearsal, SearchCommand, Tagging, Tasks};
    use super::*;
    use crate::model::SearchId;

    fn workspace(place: &tempfile::TempDir) -> Workspace {
        Workspace::new(Box::new(Rehearsal::default()), Tasks::inline(), &Home::at(place.path()))
    }

    #[test]
    fn nothing_but_tagging_goes_on_for_ever() {
        let place = tempfile::tempdir().unwrap();
        let mut w = workspace(&place);
        let (draft, search) = (DraftId(1), SearchId(1));
        let stages = [
            Stage::First,
            Stage::All,
            Stage::Lines,
            Stage::Table,
            Stage::Saved(search),
            Stage::Marks(draft),
            Stage::Tag,
        ];
        for stage in stages {
            for seconds in [LONGEST - 2, LONGEST + 2] {
                let progress = Arc::new(Progress::default());
                let since = w.surroundings.now() - jiff::SignedDuration::from_secs(seconds);
                let (asked, kept) = (w.search.asked, Arc::clone(&progress));
                w.search.under_way = Some(UnderWay { number: 0, stage, asked, since, progress: kept });
                w.stop_what_is_outdated();
                assert_eq!(progress.is_cancelled(), seconds > LONGEST && stage != Stage::Tag, "{stage:?}");
            }
        }
        w.indexed = 5;
        w.gave_up(Stage::Saved(search));
        assert!(w.search.saved[&search].slow && w.search.counted[&search] == 5, "it is not counted again");
        w.gave_up(Stage::Table);
        assert!(w.notices().latest().is_some_and(|n| n.text.ends_with("before the terms were counted")));
    }

    #[test]
    fn what_waits_to_be_tagged_is_what_was_asked_for_and_waits_for_an_index() {
        let place = tempfile::tempdir().unwrap();
        let mut w = workspace(&place);
        w.search.query = "lamp".into();
        w.search.tagging = Some(Tagging::default());
        w.index_failed = Some(w.revision);
        w.search_on();
        assert!(w.search.tagging.is_some(), "it goes on waiting");
        w.run(Command::Search(SearchCommand::Drafts(BTreeSet::from([DraftId(1)]))));
        assert!(w.search.tagging.is_none());
        assert_eq!(w.notices().latest().map(|n| n.text.as_str()), Some(super::super::tag::CHANGED));
    }
}
