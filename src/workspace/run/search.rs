//! Finding across drafts. The index is brought up to date in the background; a question is answered at once.

use jiff::Timestamp;

use crate::search::{self, Index};

use super::super::command::{SearchCommand, ViewCommand};
use super::super::view::Place;
use super::super::{Command, Outcome, Surroundings, Workspace, tasks::Progress};

struct Reporting<'p>(&'p Progress);

impl search::Watch for Reporting<'_> {
    fn progress(&mut self, done: u64, total: u64) {
        self.0.set(done, total);
    }

    fn cancelled(&self) -> bool {
        self.0.is_cancelled()
    }
}

/// What the task is called that brings the index up to date.
pub const PREPARING: &str = "Preparing the search";

/// A question is answered at every key press, so one that takes longer than this many milliseconds is given up.
const LONGEST: i64 = 400;
/// On the command line nobody waits with a hand on the keyboard.
const LONGEST_IN_SCRIPTS: i64 = 60_000;

struct Patience<'w> {
    clock: &'w dyn Surroundings,
    since: Timestamp,
    /// In milliseconds.
    longest: i64,
}

impl search::Watch for Patience<'_> {
    fn progress(&mut self, _done: u64, _total: u64) {}

    fn cancelled(&self) -> bool {
        self.clock.now().as_millisecond() - self.since.as_millisecond() > self.longest
    }
}

impl Workspace {
    pub(in super::super) fn run_search(&mut self, command: SearchCommand) {
        match command {
            SearchCommand::Ask(query) => self.search.query = query,
            SearchCommand::Drafts(drafts) => self.search.options.drafts = Some(drafts).filter(|d| !d.is_empty()),
            SearchCommand::Concerns(concerns) => {
                self.search.options.concerns = Some(concerns).filter(|c| !c.is_empty());
            }
            SearchCommand::Analysts(analysts) => {
                self.search.options.analysts = Some(analysts).filter(|a| !a.is_empty());
            }
            SearchCommand::Ranked(ranked) => {
                self.search.options.order = if ranked { search::Order::Ranked } else { search::Order::Provision };
            }
            SearchCommand::Open(at) => {
                self.open_hit(at);
                return;
            }
        }
        self.search.waiting = true;
        self.index_failed = None;
        self.index_if_due();
        self.answer();
    }

    /// Asks the index the present question.
    pub(in super::super) fn answer(&mut self) {
        self.search.error = None;
        self.search.current = None;
        if self.search.query.trim().is_empty() {
            self.search.results = None;
            self.search.waiting = false;
            return;
        }
        let query = match search::parse(&self.search.query) {
            Ok(query) => query,
            Err(error) => {
                self.search.error = Some(error);
                self.search.results = None;
                self.search.waiting = false;
                return;
            }
        };
        let (Some(index), Some(open)) = (&self.index, &self.open) else { return };
        let patience = self.patience();
        match index.run_while(&open.project, &query, &self.search.options, &patience) {
            Ok(results) => self.search.results = Some(results),
            Err(search::SearchError::Cancelled) => {
                let message = "This pattern takes too long on these drafts: make it simpler".to_owned();
                self.search.results = None;
                self.search.error = Some(search::QueryError { message, range: 0..self.search.query.len() });
            }
            Err(error) => self.notices.failure(error),
        }
        self.search.answered = self.indexed;
        self.search.waiting = self.indexed != self.revision;
    }

    fn patience(&self) -> Patience<'_> {
        let longest = if self.attended { LONGEST } else { LONGEST_IN_SCRIPTS };
        Patience { clock: &*self.surroundings, since: self.surroundings.now(), longest }
    }

    /// Asks a question for a lens; none where it takes too long or cannot be answered.
    pub(in super::super) fn ask_patiently(
        &self,
        index: &Index,
        project: &crate::model::Project,
        query: &search::Query,
        options: &search::Options,
    ) -> Option<search::Results> {
        index.run_while(project, query, options, &self.patience()).ok()
    }

    fn open_hit(&mut self, at: usize) {
        let Some(hit) = self.search.results.as_ref().and_then(|r| r.hits.get(at)).cloned() else { return };
        self.search.current = Some(at);
        let offset = hit.marks.first().map_or(hit.range.start, |m| m.start);
        match hit.annotation {
            Some((analyst, annotation)) => {
                let focus = super::super::view::Focus { analyst, annotation };
                self.run_view(ViewCommand::ShowAnnotation(focus));
            }
            None => self.go_to(hit.draft, offset),
        }
        if self.view.current == Some(hit.draft) {
            self.view.find = None;
            self.view.marked = hit.marks;
        }
    }

    /// Starts bringing the index up to date, if it is not and searching is wanted.
    pub(in super::super) fn index_if_due(&mut self) {
        let wanted = self.view.place == Place::Search || self.search.waiting;
        let failed = self.index_failed == Some(self.revision);
        if !wanted || failed || self.indexing || self.indexed == self.revision {
            return;
        }
        let Some(open) = &self.open else { return };
        let folder = open.read_only.is_none().then(|| open.store.index_folder());
        let index = self.index.take();
        // Cheap: drafts are shared, only the annotations are copied.
        let project = open.project.clone();
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

    /// Asks a question and waits for the answer: for the command line.
    pub fn search_now(&mut self, query: &str, limit: usize) -> Option<&search::Results> {
        self.search.options.limit = limit;
        self.run(Command::Search(SearchCommand::Ask(query.to_owned())));
        self.settle();
        self.search.results.as_ref()
    }
}
