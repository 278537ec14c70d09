//! An analyst's desk: a workspace with a home of its own, and what a test wants to know of it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use tempfile::TempDir;
use travaux::model::{
    Annotation, AnnotationId, ConcernId, Draft, DraftId, Ids, Project, ProjectDetails, ProvisionIndex, TextRange,
};
use travaux::workspace::{
    AnnotateCommand, Command, DraftCommand, Gravity, Home, ProjectCommand, Rehearsal, Surroundings, Tasks, ViewCommand,
    Workspace,
};

pub const FIRST: &str = "\
Draft convention on lighthouses
A/LIGHT/1
First session, 4 May 2024

PREAMBLE

The Parties to this Convention,

Recalling that light is owed to all who sail,

Have agreed as follows:

Article 1
Keepers

1. Each Party shall name a keeper for every light.
2. A keeper shall:
(a) record every ship;
(b) hand the records over on request;
(c) tell no one else.

Article 2
Records

1. Records are kept for thirty days.
2. Each Party shall name an office for records.

Article 2
Costs

1. Each Party bears its own costs.
";

pub const SECOND: &str = "\
Draft convention on lighthouses
A/LIGHT/2
Second session, 9 June 2025

Article 1
Keepers

1. Each Party shall name two keepers for every light.
2. No keeper is liable for fog.

Article 2
Records

1. Records are kept for ninety days.
";

pub struct Desk {
    pub w: Workspace,
    pub place: TempDir,
}

/// Two desks must not count the same identities.
struct Numbered {
    inner: Rehearsal,
    from: u128,
}

impl Ids for Numbered {
    fn fresh(&mut self) -> u128 {
        self.from + self.inner.fresh()
    }
}

impl Surroundings for Numbered {
    fn now(&self) -> Timestamp {
        self.inner.now()
    }
}

pub fn workspace(home: &Path, number: u128) -> Workspace {
    let surroundings = Numbered { inner: Rehearsal::default(), from: number << 64 };
    Workspace::new(Box::new(surroundings), Tasks::inline(), &Home::at(home))
}

impl Desk {
    /// Nothing is open.
    pub fn empty(name: &str, number: u128) -> Self {
        let place = TempDir::new().unwrap();
        let mut w = workspace(&place.path().join("home"), number);
        w.run(Command::Project(ProjectCommand::SetAnalyst(name.into())));
        Self { w, place }
    }

    /// A project without drafts.
    pub fn with_project(name: &str, number: u128) -> Self {
        let mut desk = Self::empty(name, number);
        let details = ProjectDetails {
            title: "Lighthouses".into(),
            instrument: "Convention on lighthouses".into(),
            ..ProjectDetails::default()
        };
        desk.run(Command::Project(ProjectCommand::New { folder: desk.folder(), details }));
        assert!(desk.w.can_edit());
        desk
    }

    /// A project with both drafts, the first of them open.
    pub fn new() -> Self {
        let mut desk = Self::with_project("Ines", 1);
        desk.add_draft("first.txt", FIRST);
        desk.add_draft("second.txt", SECOND);
        let first = desk.draft(0).id;
        desk.view(ViewCommand::OpenDraft(first));
        desk
    }

    pub fn folder(&self) -> PathBuf {
        self.place.path().join("project")
    }

    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.place.path().join(name);
        fs::write(&path, text).unwrap();
        path
    }

    pub fn add_draft(&mut self, name: &str, text: &str) {
        let file = self.file(name, text);
        self.run(Command::Draft(DraftCommand::Import(vec![file])));
        self.run(Command::Draft(DraftCommand::Accept));
    }

    pub fn run(&mut self, command: Command) {
        self.w.run(command);
        self.w.settle();
    }

    pub fn view(&mut self, command: ViewCommand) {
        let before = self.w.project().cloned();
        self.run(Command::View(command));
        assert!(self.w.project() == before.as_ref(), "looking must not change the project");
    }

    pub fn annotate(&mut self, command: AnnotateCommand) {
        self.run(Command::Annotate(command));
    }

    /// Runs a command that changes the project in one step; takes the step back and does it again.
    pub fn changes(&mut self, command: Command) {
        let what = format!("{command:?}");
        let (before, steps) = (self.project().clone(), self.w.history().len());
        self.run(command);
        let after = self.project().clone();
        // A whole project is too much to print.
        assert!(before != after, "{what} changed nothing: {:?}", self.said());
        assert_eq!(self.w.history().len(), steps + 1, "{what} is one step");
        let label = self.w.history().undo_label().unwrap().to_owned();
        assert!(!label.is_empty());
        self.run(Command::Undo);
        assert!(self.project() == &before, "undoing {what}");
        assert_eq!(self.said(), format!("Undone: {label}"));
        assert_eq!(self.w.history().redo_label(), Some(label.as_str()));
        self.run(Command::Redo);
        assert!(self.project() == &after, "doing {what} again");
        assert_eq!(self.said(), format!("Done again: {label}"));
    }

    /// Runs a command that must not change the project, and say these words.
    pub fn refuses(&mut self, command: Command, words: &str) {
        let what = format!("{command:?}");
        let (before, steps) = (self.w.project().cloned(), self.w.history().len());
        self.run(command);
        assert!(self.w.project() == before.as_ref(), "{what} changed the project");
        assert_eq!(self.w.history().len(), steps, "{what} left a step behind");
        assert!(self.said().contains(words), "{what} said: {}", self.said());
    }

    /// Runs a command that has nothing to do.
    pub fn ignores(&mut self, command: Command) {
        let what = format!("{command:?}");
        let (before, steps) = (self.w.project().cloned(), self.w.history().len());
        self.run(command);
        assert!(self.w.project() == before.as_ref(), "{what} changed the project");
        assert_eq!(self.w.history().len(), steps, "{what} left a step that does nothing");
    }

    /// The latest notice.
    pub fn said(&self) -> String {
        self.w.notices().latest().map_or_else(String::new, |n| n.text.clone())
    }

    pub fn failures(&self) -> Vec<String> {
        let failed = self.w.notices().all().iter().filter(|n| n.gravity == Gravity::Failure);
        failed.map(|n| n.text.clone()).collect()
    }

    pub fn project(&self) -> &Project {
        self.w.project().unwrap()
    }

    pub fn draft(&self, at: usize) -> &Draft {
        &self.project().drafts[at]
    }

    /// Where words stand in a draft.
    pub fn words(&self, draft: DraftId, words: &str) -> TextRange {
        let start = self.project().draft(draft).unwrap().text.find(words).unwrap();
        TextRange { start, end: start + words.len() }
    }

    /// The provision with a citation.
    pub fn provision(&self, draft: DraftId, citation: &str) -> ProvisionIndex {
        let outline = &self.project().draft(draft).unwrap().outline;
        outline.indices().find(|&i| outline.citation(i).to_string() == citation).unwrap()
    }

    pub fn concern(&self, tag: &str) -> ConcernId {
        self.project().codebook.concerns.iter().find(|c| c.tag == tag).unwrap().id
    }

    /// A remark of one's own on words of a draft.
    pub fn remark(&mut self, draft: DraftId, words: &str, concerns: &[&str]) -> AnnotationId {
        let range = self.words(draft, words);
        let concerns: BTreeSet<ConcernId> = concerns.iter().map(|t| self.concern(t)).collect();
        self.annotate(AnnotateCommand::Words { draft, range, concerns });
        self.w.view().focus.unwrap().annotation
    }

    pub fn own(&self, id: AnnotationId) -> &Annotation {
        &self.w.own_set().unwrap().annotations[&id]
    }

    /// Ends the session and starts another, as another start of the program would.
    pub fn restart(&mut self) {
        self.w.close_project();
        self.w = workspace(&self.place.path().join("home"), 77);
        self.run(Command::Project(ProjectCommand::Open(self.folder())));
        assert_eq!(self.failures(), [""; 0]);
    }
}
