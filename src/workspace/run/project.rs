//! The project as a whole: make, open, close, save, and the user's settings.

use std::path::{Path, PathBuf};

use crate::model::{Analyst, AnalystId, Edit, Project, ProjectDetails, ProjectId};
use crate::storage;

use super::super::command::ProjectCommand;
use super::super::history::Look;
use super::super::view::{Place, View};
use super::super::{DRAWING, LAYING_OUT, Open, Outcome, SearchState, Workspace, samples};

/// Steps after which the project's files are written anew; the journal holds every step before that.
const STEPS_BETWEEN_SAVES: usize = 25;

impl Workspace {
    pub(in super::super) fn run_project(&mut self, command: ProjectCommand) {
        match command {
            ProjectCommand::New { folder, details } => self.new_project(folder, details),
            ProjectCommand::Open(folder) => self.open_project(folder),
            ProjectCommand::OpenSample => self.open_sample(),
            ProjectCommand::Close => self.close_project(),
            ProjectCommand::SetDetails(details) => {
                if details.title.trim().is_empty() {
                    self.notices.caution("A project needs a title");
                } else if let Some(old) = self.project().map(|p| &p.details).filter(|old| **old != details) {
                    let only_style =
                        ProjectDetails { citation_style: details.citation_style, ..old.clone() } == details;
                    let label = if only_style {
                        "change how citations are printed"
                    } else {
                        "change what the project is called"
                    };
                    self.commit(label, Look::default(), None, vec![Edit::PutDetails(details)]);
                }
            }
            ProjectCommand::SetAnalyst(name) => self.set_analyst(&name),
            ProjectCommand::Restore => self.restore(),
            ProjectCommand::SetAside => self.set_aside(),
            ProjectCommand::Forget(folder) => {
                self.settings.recent.retain(|r| r != &folder);
                self.keep_settings();
            }
        }
    }

    fn holder(&self) -> storage::Holder {
        let name = self.analyst().map_or_else(String::new, |a| a.name.clone());
        let name = if name.is_empty() { "another window".to_owned() } else { name };
        storage::Holder::here(name, self.surroundings.now())
    }

    fn new_project(&mut self, folder: PathBuf, details: ProjectDetails) {
        let folder = absolute(folder);
        let mut project = Project::new(ProjectId::fresh(&mut *self.surroundings), details);
        match storage::built_in_codebook() {
            Ok(book) => project.codebook = book,
            Err(error) => self.notices.failure(error),
        }
        let holder = self.holder();
        match storage::create(&folder, &project, &holder) {
            Ok(store) => {
                self.close_project();
                self.opening = None;
                self.opened(Open { project, store, read_only: None, unsaved: 0, saving: false }, &folder);
                self.notices.done("The project is made; add the first draft");
            }
            Err(error) => self.notices.failure(error),
        }
    }

    fn open_project(&mut self, folder: PathBuf) {
        let folder = absolute(folder);
        if self.opening.as_ref() == Some(&folder) {
            // Asked for twice: the second would find the first holding it.
            return;
        }
        if !storage::is_project(&folder) {
            self.notices.failure(storage::StorageError::NotAProject { folder });
            return;
        }
        self.close_project();
        self.opening = Some(folder.clone());
        let holder = self.holder();
        let now = self.surroundings.now();
        let name = folder.file_name().map_or_else(|| "project".to_owned(), |n| n.to_string_lossy().into_owned());
        self.tasks.start(format!("Opening {name}"), false, move |_| {
            Outcome::Opened(Box::new(storage::open(&folder, &holder, now)), folder)
        });
    }

    fn open_sample(&mut self) {
        let folder = storage::samples_folder(&self.home.data).join(samples::FOLDER);
        if !storage::is_project(&folder)
            && let Err(error) = storage::copy_sample(samples::FILES, &folder)
        {
            self.notices.failure(error);
            return;
        }
        self.open_project(folder);
    }

    /// Takes over a project just opened.
    pub(in super::super) fn opened(&mut self, open: Open, folder: &Path) {
        self.history.clear();
        self.proposals.clear();
        self.report = None;
        self.damaged = None;
        self.search = SearchState::default();
        self.index = None;
        self.snapshot = None;
        self.indexed = 0;
        self.submissions.clear();
        self.laid.clear();
        self.revision += 1;
        let scrolls = self.view.scrolls;
        self.view =
            open.store.read_local("view.ron").and_then(|text| ron::from_str::<View>(&text).ok()).unwrap_or_default();
        self.view.scrolls = scrolls;
        if matches!(self.view.place, Place::Import | Place::Merge) {
            self.view.place = Place::Read;
        }
        self.view.tabs.retain(|t| open.project.draft(*t).is_some());
        let known = self.view.current.filter(|c| open.project.draft(*c).is_some());
        let newest = open.project.drafts.last().map(|d| d.id);
        if self.view.tabs.is_empty() {
            self.view.tabs = open.project.drafts.iter().map(|d| d.id).collect();
        }
        self.view.current = known.or(newest);
        if let Some(draft) = self.view.current {
            if !self.view.tabs.contains(&draft) {
                self.view.tabs.push(draft);
            }
            let at = self.view.draft_view().reading_at;
            self.view.scroll_to(draft, at, true);
        }
        if let Some(holder) = &open.read_only {
            self.notices.caution(read_only_sentence(holder));
        }
        self.open = Some(open);
        if !self.attended {
            return;
        }
        let folder = folder.to_owned();
        self.settings.recent.retain(|r| r != &folder);
        self.settings.recent.insert(0, folder);
        self.settings.recent.truncate(storage::MOST_RECENT);
        self.keep_settings();
    }

    /// Closes the project in order: waits for its tasks, writes its files, lets go of the lock.
    pub fn close_project(&mut self) {
        if self.open.is_none() {
            return;
        }
        // What has not come to anything yet need not be waited for.
        for task in self.tasks.running().iter().filter(|t| t.can_cancel) {
            task.progress.cancel();
        }
        self.tasks.forget(&[LAYING_OUT, DRAWING]);
        self.closing = true;
        while let Some(outcome) = self.tasks.wait() {
            self.take(outcome);
        }
        self.closing = false;
        self.indexing = false;
        self.index_failed = None;
        self.save_failed = None;
        self.keep_view();
        if let Some(open) = self.open.take()
            && let Err(error) = open.store.close(&open.project)
        {
            self.notices.failure(error);
        }
        self.history.clear();
        self.proposals.clear();
        self.report = None;
        self.view = View { scrolls: self.view.scrolls, ..View::default() };
        self.search = SearchState::default();
        self.index = None;
        self.snapshot = None;
        self.revision += 1;
    }

    /// Keeps what is looked at for the next session; this machine only.
    pub fn keep_view(&self) {
        let Some(open) = self.open.as_ref().filter(|o| o.read_only.is_none()) else { return };
        if let Ok(text) = ron::to_string(&self.view)
            && let Err(error) = open.store.write_local("view.ron", &text)
        {
            log::warn!("{error}");
        }
    }

    fn set_analyst(&mut self, name: &str) {
        let name: String = name.trim().chars().filter(|c| !c.is_control()).take(80).collect();
        if name.is_empty() {
            self.notices.caution("Please give a name");
            return;
        }
        let id = match self.analyst() {
            Some(known) => known.id,
            None => AnalystId::fresh(&mut *self.surroundings),
        };
        let analyst = Analyst { id, name };
        self.settings.analyst = Some(analyst.clone());
        self.keep_settings();
        let renamed = self.project().and_then(|p| p.sets.get(&id)).is_some_and(|s| s.analyst != analyst);
        if renamed && self.can_edit() {
            let label = format!("sign as {}", analyst.name);
            self.commit(label, Look::default(), None, vec![Edit::PutAnalyst(analyst)]);
        }
    }

    /// Who works here; where nobody has been asked yet, a name to go on with that can be changed in the settings.
    pub(in super::super) fn analyst_or_ask(&mut self) -> Analyst {
        if let Some(known) = self.analyst() {
            return known.clone();
        }
        let analyst = Analyst { id: AnalystId::fresh(&mut *self.surroundings), name: "Analyst".to_owned() };
        self.settings.analyst = Some(analyst.clone());
        self.keep_settings();
        analyst
    }

    /// Writes the settings; a failure is said and nothing else.
    pub(in super::super) fn keep_settings(&mut self) {
        if let Err(error) = self.settings.save(&self.home.config) {
            self.notices.failure(error);
        }
    }

    fn restore(&mut self) {
        let Some(damaged) = self.damaged.take_if(|d| d.backup.is_some()) else { return };
        let Some(offer) = &damaged.backup else { return };
        match storage::restore(&damaged.folder, offer) {
            Ok(()) => self.open_project(damaged.folder),
            Err(error) => {
                self.notices.failure(error);
                self.damaged = Some(damaged);
            }
        }
    }

    fn set_aside(&mut self) {
        let Some(damaged) = self.damaged.take() else { return };
        match storage::set_aside(&damaged.folder, &damaged.file, self.surroundings.now()) {
            Ok(kept) => {
                self.open_project(damaged.folder);
                self.notices.caution(format!("The damaged file is kept aside: {}", kept.display()));
            }
            Err(error) => {
                self.notices.failure(error);
                self.damaged = Some(damaged);
            }
        }
    }

    /// Starts writing the project's files once enough has gathered in the journal.
    pub(in super::super) fn save_if_due(&mut self) {
        if self.open.as_ref().is_some_and(|o| o.unsaved >= STEPS_BETWEEN_SAVES) {
            self.save();
        }
    }

    /// Starts writing the project's files if anything has changed since they were written.
    pub fn save(&mut self) {
        let Some(open) = &mut self.open else { return };
        // A save that failed is tried again after the next change; the journal has everything.
        let hopeless = self.save_failed == Some(self.revision);
        if open.saving || open.read_only.is_some() || open.unsaved == 0 || hopeless {
            return;
        }
        match open.store.checkpoint(&open.project) {
            Ok(checkpoint) => {
                open.saving = true;
                open.unsaved = 0;
                self.tasks.start("Saving", false, move |_| Outcome::Saved(checkpoint.write()));
            }
            Err(error) => self.notices.failure(error),
        }
    }
}

/// That a project can only be read, and why.
pub fn read_only_sentence(holder: &storage::Holder) -> String {
    format!("This project is open here for reading only: {}", holder.sentence())
}

/// A folder by its whole path, since the list of recent projects outlives the folder the program was started in.
fn absolute(folder: PathBuf) -> PathBuf {
    std::path::absolute(&folder).unwrap_or(folder)
}
