//! Floor 2: the running application without a screen. Owns the project, its history, what is looked at, the tasks.
//!
//! Must not know: egui, windows, dialogs, the command line. It ties the floor-1 folders together; the screen reads it
//! and pushes [`Command`]s.

mod actions;
mod agreement;
mod bare;
mod carrying;
mod command;
mod compared;
mod comparing;
mod comparisons;
mod concerns;
mod curating;
mod derived;
mod edited;
mod find;
mod history;
mod leaf;
mod lenses;
mod lineage;
mod list_filter;
mod matrix;
mod merging;
mod notices;
mod offers;
mod outcome;
mod outcomes;
mod proposal;
mod references;
mod replies;
mod reviewing;
mod reviews;
mod run;
mod samples;
mod searching;
mod sharing;
mod submission;
mod surroundings;
mod tally;
mod tasks;
mod view;
mod whereabouts;

use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use crate::citation::{
    About, Cited, Reference, References, Resolution, SuggestedNote, Suggestion, Suggestions, Theme, citations,
};
pub use crate::import::{Changes, Choices, Doubt};
pub use crate::lens::{Defined, Force, Hit, Loose, Term, Terms, Tongue, Use, Why, Wording};
pub use crate::reconcile::{
    Alignment, Carried, Change, ComparedRow, Comparison, Concordance, Fate as CarryFate, Row as ConcordanceRow,
    Run as RedlineRun, Side, Stroke,
};
pub use actions::{ACTIONS, Action, Does, Keys, Menu, Question};
pub use agreement::{AgreementRow, AgreementTable, AgreementUnit, AgreementWish, Difference, Subject, figure_words};
pub use bare::{BarePair, read_utf8};
pub use carrying::{
    Candidate, CarriedAs, CarryCommand, CarryItem, CarryState, CarrySums, Finding, Findings, Offer, Renumbering, Way,
    clauses, percent,
};
pub use command::{
    AnnotateCommand, CodebookCommand, ColleagueCommand, Command, CommentaryCommand, CompareCommand, DraftCommand,
    Edited, ExportCommand, ProjectCommand, Says, SearchCommand, ShareCommand, ViewCommand,
};
pub use comparisons::{Compared, Pair};
pub use curating::{Accord, CurateCommand, Curation, CurationRow, Point, Said, TeamRemark};
pub use derived::{Counts, Remark};
pub use history::{Field, History, Look, Run, Step};
pub use lenses::{Glass, Lens, LensCommand, Spot, WordRow, WordTable, Worded};
pub use lineage::{Lineage, LineageStep};
pub use matrix::{
    Agreeing, Axis, Beside, Cell, Coverage, CoverageChapter, CoverageRow, Grid, Head, HeadKey, Kinds, Levels, Looked,
    MATRIX_ENDINGS, Matrix, MatrixFile, MatrixLook, MatrixPage, STEPS, SafeguardState, Safeguards, Shade, Stance,
    Strip, StripColumn, figure, write_matrix,
};
pub use merging::{
    ConcernMatch, ConcernTold, DraftMatch, DraftTold, MergeChoices, MergeItem, MergePlan, Merging, PlacedAs, ReplyItem,
};
pub use notices::{Gravity, Notice, Notices};
pub use offers::{Home, note_at, places_of, provision_at, read_draft};
pub use outcome::{ColleagueReport, ExchangeReport, ExchangedSet, Outcome};
pub use outcomes::{Became, OutcomeCounts, OutcomeRow, Outcomes, ToDo, heading_over};
pub use proposal::{Apart, Correction, Fate, ImportReport, Lock, Proposal, Reshape, Standing};
pub use references::{Lead, Link, LinkKind, Links};
pub use replies::{Replies, ReplyCommand};
pub use reviewing::ReviewRow;
pub use reviews::{Asks, Position, Positions, Review, ReviewState, Reviews};
pub use run::{CarryOffer, Listed, SealedFile, read_only_sentence};
pub use searching::{Lines, SEARCHING, SavedCount, SearchPage, SearchState, TagReach, TagSums, Tagging, Ticked};
pub use sharing::{Prepared, ShareAccount, ShareChoices, ShareRow, ShareRowKind, ShareWhich};
pub use submission::{
    Aids, COMPOSING, Changed, Composed, DRAWING, FrontFile, Given, LAYING_OUT, LeftOut, PagePicture, PageWish, PaperOf,
    Reason, ReportLook, ReportOf, Sheets, SubmissionCommand, Template, WRITING, compose, front_file,
    submission_templates,
};
pub use surroundings::{Machine, Rehearsal, Surroundings};
pub use tally::{Item, Listing, Tally, UnitChange};
pub use tasks::{Progress, Running, Tasks};
pub use view::{
    CompareFilter, ComparePage, CompareView, DraftView, Find, FindState, Focus, Instead, LeafWish, ListFilter, Panel,
    Place, ReviewFilter, ReviewLook, ScrollWish, Selection, SortBy, Stop, ThemeChoice, View,
};
pub use whereabouts::Whereabouts;

use crate::model::{Analyst, AnalystId, AnnotationSet, Draft, Edit, Project};
use crate::search;
use crate::storage;
pub use crate::storage::Passphrase;

/// A project that is open.
struct Open {
    project: Project,
    store: storage::Store,
    read_only: Option<storage::Holder>,
    /// Steps recorded in the journal since the files were last written.
    unsaved: usize,
    saving: bool,
}

/// What keeps a project from opening.
struct Damaged {
    folder: PathBuf,
    file: PathBuf,
    backup: Option<storage::BackupOffer>,
}

/// The running application.
pub struct Workspace {
    surroundings: Box<dyn Surroundings>,
    tasks: Tasks,
    home: Home,
    settings: storage::Settings,
    open: Option<Open>,
    history: History,
    view: View,
    notices: Notices,
    proposals: Vec<Proposal>,
    report: Option<ImportReport>,
    /// What became of the annotations of another program that were read last.
    exchange: Option<ExchangeReport>,
    /// What is being shared.
    sharing: run::Sharing,
    /// Files of colleagues that wait for their passphrase.
    sealed: Vec<SealedFile>,
    /// How many proposals, and pieces of work for them, there were.
    numbers: u64,
    damaged: Option<Damaged>,
    /// The folder that is being opened.
    opening: Option<PathBuf>,
    search: SearchState,
    index: Option<search::Index>,
    /// The project as tasks take it along, with its revision.
    snapshot: Option<(u64, Arc<Project>)>,
    indexing: bool,
    indexed: u64,
    derived: derived::Derived,
    reviews: Reviews,
    /// The revision at which no commentary had to be read anew.
    reviewed: Option<u64>,
    references: references::Kept,
    lenses: lenses::Kept,
    comparisons: comparisons::Kept,
    comparing: comparing::Comparing,
    followed: lineage::Followed,
    carried: carrying::Kept,
    matrix: matrix::Kept,
    /// Colleagues' files that wait for a decision, the first to be decided first.
    merging: Vec<Merging>,
    /// Where one was before deciding about them.
    before_merging: view::Place,
    submissions: submission::Kept,
    laid: submission::Laid,
    /// The revision at which the files could not be written.
    save_failed: Option<u64>,
    /// The revision at which the index was not brought up to date.
    index_failed: Option<u64>,
    /// Whether a person sits before it: then opened projects are recent ones, and no question may take long.
    attended: bool,
    /// The project is being closed.
    closing: bool,
    revision: u64,
}

impl Workspace {
    /// An application with nothing open, whose settings are kept in `home`.
    pub fn new(surroundings: Box<dyn Surroundings>, tasks: Tasks, home: &Home) -> Self {
        let mut notices = Notices::default();
        let (settings, complaint) = storage::Settings::load(&home.config);
        if let Some(complaint) = complaint {
            notices.caution(complaint);
        }
        Self {
            surroundings,
            tasks,
            home: home.clone(),
            settings,
            open: None,
            history: History::default(),
            view: View::default(),
            notices,
            proposals: Vec::new(),
            report: None,
            exchange: None,
            sharing: run::Sharing::default(),
            sealed: Vec::new(),
            numbers: 0,
            damaged: None,
            opening: None,
            search: SearchState::default(),
            index: None,
            snapshot: None,
            indexing: false,
            indexed: 0,
            derived: derived::Derived::default(),
            reviews: Reviews::default(),
            reviewed: None,
            references: references::Kept::default(),
            lenses: lenses::Kept::default(),
            comparisons: comparisons::Kept::default(),
            comparing: comparing::Comparing::default(),
            followed: lineage::Followed::default(),
            carried: carrying::Kept::default(),
            matrix: matrix::Kept::default(),
            merging: Vec::new(),
            before_merging: view::Place::default(),
            submissions: submission::Kept::default(),
            laid: submission::Laid::default(),
            save_failed: None,
            index_failed: None,
            attended: true,
            closing: false,
            revision: 0,
        }
    }

    /// The same for the command line: what it opens is no recent project, and a question may take its time.
    pub fn unattended(mut self) -> Self {
        self.attended = false;
        self
    }

    /// The project that is open.
    pub fn project(&self) -> Option<&Project> {
        self.open.as_ref().map(|o| &o.project)
    }

    /// The folder of the project that is open.
    pub fn folder(&self) -> Option<&Path> {
        self.open.as_ref().map(|o| o.store.folder())
    }

    /// Who else holds the project, where it could only be opened for reading.
    pub fn held_by(&self) -> Option<&storage::Holder> {
        self.open.as_ref()?.read_only.as_ref()
    }

    /// Whether annotations can be changed now.
    pub fn can_edit(&self) -> bool {
        self.open.as_ref().is_some_and(|o| o.read_only.is_none())
    }

    /// The draft in the reader.
    pub fn draft(&self) -> Option<&Arc<Draft>> {
        self.project()?.draft(self.view.current?)
    }

    /// What is looked at.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// Sentences for the analyst.
    pub fn notices(&self) -> &Notices {
        &self.notices
    }

    /// Undo and redo.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Work under way.
    pub fn running(&self) -> &[Running] {
        self.tasks.running()
    }

    /// Drafts read from files, waiting to be accepted.
    pub fn proposals(&self) -> &[Proposal] {
        &self.proposals
    }

    /// Whether drafts wait to be added, or a report about them to be read.
    pub fn is_importing(&self) -> bool {
        !self.proposals.is_empty() || self.report.is_some()
    }

    /// What became of each file, as long as some of them wait for a person, or have not come in and nobody has put the
    /// report away.
    pub fn import_report(&self) -> Option<&ImportReport> {
        self.report.as_ref()
    }

    /// When the backup was made that is offered after a damaged file kept a project from opening.
    pub fn backup_offered(&self) -> Option<jiff::Timestamp> {
        Some(self.damaged.as_ref()?.backup.as_ref()?.when)
    }

    /// Whether the project would open without the damaged file.
    pub fn can_set_aside(&self) -> bool {
        self.damaged.as_ref().is_some_and(|d| !d.file.ends_with("project.ron") && !d.file.ends_with("text.txt"))
    }

    /// Searching.
    pub fn search(&self) -> &SearchState {
        &self.search
    }

    /// Whether the index is being brought up to date.
    pub fn is_indexing(&self) -> bool {
        self.indexing
    }

    /// The user's settings.
    pub fn settings(&self) -> &storage::Settings {
        &self.settings
    }

    /// Who works here, once asked.
    pub fn analyst(&self) -> Option<&Analyst> {
        self.settings.analyst.as_ref()
    }

    /// One's own set in the open project, if one has written anything.
    pub fn own_set(&self) -> Option<&AnnotationSet> {
        self.project()?.sets.get(&self.analyst()?.id)
    }

    /// Whether a set is one's own.
    pub fn is_own(&self, analyst: AnalystId) -> bool {
        self.analyst().is_some_and(|a| a.id == analyst)
    }

    /// Ascending; changes whenever the project or the view of it does. Caches are keyed by it.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Remarks of the open draft and their counts, as of the present revision.
    pub fn derived(&self) -> &derived::Derived {
        &self.derived
    }

    /// Whether every change has been written to the project's files (all are in the journal in any case).
    pub fn is_saved(&self) -> bool {
        self.open.as_ref().is_none_or(|o| o.unsaved == 0 && !o.saving)
    }

    /// What commentaries suggest and ask for, as of the present revision.
    pub fn reviews(&self) -> &Reviews {
        &self.reviews
    }

    /// What to call when a task has finished, so that the screen wakes up.
    pub fn set_waker(&mut self, waker: Arc<dyn Fn() + Send + Sync>) {
        self.tasks.set_waker(waker);
    }

    /// Does work of a caller on a task's thread (a file dialog, which blocks) and runs the commands it answers with.
    pub fn ask(&mut self, name: &str, work: impl FnOnce() -> Vec<Command> + Send + 'static) {
        self.tasks.start_aside(name, move |_| Outcome::Commands(work()));
    }

    /// Does work of a caller on a task's thread (starting another program, which may take its time); says the sentence
    /// of one that fails.
    pub fn attempt(&mut self, name: &str, work: impl FnOnce() -> Result<(), String> + Send + 'static) {
        self.tasks.start_aside(name, move |_| match work() {
            Ok(()) => Outcome::Commands(Vec::new()),
            Err(sentence) => Outcome::Failed(sentence),
        });
    }

    /// Fulfils a wish, or says in a notice why not.
    pub fn run(&mut self, command: Command) {
        match command {
            Command::Project(c) => self.run_project(c),
            Command::Draft(c) => self.run_draft(c),
            Command::Annotate(c) => self.run_annotate(c),
            Command::Codebook(c) => self.run_codebook(c),
            Command::Search(c) => self.run_search(c),
            Command::Export(c) => self.run_export(c),
            Command::Share(c) => self.run_share(c),
            Command::Colleague(c) => self.run_colleague(c),
            Command::Reply(c) => self.run_reply(c),
            Command::Curate(c) => self.run_curate(c),
            Command::Commentary(c) => self.run_commentary(c),
            Command::Compare(c) => self.run_compare(c),
            Command::Carry(c) => self.run_carry(c),
            Command::Lens(c) => self.run_lens(c),
            Command::Submission(c) => self.run_submission(c),
            Command::View(c) => self.run_view(c),
            Command::Undo => self.run_undo(),
            Command::Redo => self.run_redo(),
        }
        self.refresh();
        self.compare_if_due();
        self.look_through_lenses();
        if !self.tasks.running().is_empty() {
            self.receive();
        }
    }

    /// Takes what tasks have finished, and starts the work that waits (saving, indexing). Call it at every frame;
    /// it costs nothing where nothing has happened.
    pub fn receive(&mut self) {
        self.find_references_if_due();
        self.compare_if_due();
        self.look_through_lenses();
        while let Some(outcome) = self.tasks.finished() {
            self.take(outcome);
            self.refresh();
            self.compare_if_due();
            self.look_through_lenses();
        }
        self.save_if_due();
        self.search_on();
        self.review_if_due();
        self.find_carried_if_due();
        self.plan_if_due();
        self.follow_report();
        self.compose_if_due();
    }

    /// Waits until no task is under way. For the command line, tests, and closing in order.
    pub fn settle(&mut self) {
        self.receive();
        while let Some(outcome) = self.tasks.wait() {
            self.take(outcome);
            self.refresh();
            self.receive();
        }
    }

    /// Changes the project in one step as somebody here wants it, and notes at what time. Says whether it was done.
    fn commit(&mut self, label: impl Into<String>, look: Look, run: Option<Run>, mut edits: Vec<Edit>) -> bool {
        let now = self.surroundings.now();
        for edit in &mut edits {
            if let (Edit::PutAnnotation { analyst, id, annotation: Some(new) }, Some(open)) = (edit, &self.open)
                && let Some(old) = open.project.annotation(*analyst, *id)
            {
                new.stamp(old, now);
            }
        }
        self.commit_as_is(label, look, run, edits)
    }

    /// Changes the project in one step: journal first, then the screen. Says whether it was done.
    fn commit_as_is(&mut self, label: impl Into<String>, look: Look, run: Option<Run>, edits: Vec<Edit>) -> bool {
        let Some(open) = &mut self.open else { return false };
        if let Some(holder) = &open.read_only {
            self.notices
                .caution(format!("Not changed: the project is open for reading only, since {}", holder.sentence()));
            return false;
        }
        if edits.is_empty() {
            return false;
        }
        let inverse = match open.project.apply_all(edits.iter().cloned()) {
            Ok(inverse) => inverse,
            Err(error) => {
                self.notices.failure(error);
                return false;
            }
        };
        if let Err(error) = open.store.record(&edits) {
            // What is not in the journal must not be on the screen.
            if let Err(again) = open.project.apply_all(inverse) {
                self.notices.failure(again);
            }
            self.notices.failure(error);
            return false;
        }
        open.unsaved += 1;
        self.revision += 1;
        self.history.push(Step { label: label.into(), look, edits: inverse, run });
        true
    }

    /// Brings what is derived from the project and the view up to date.
    fn refresh(&mut self) {
        let Some(open) = &self.open else {
            self.derived = self.derived.cleared();
            self.reviews.clear();
            self.comparisons.clear();
            self.comparing = comparing::Comparing::default();
            self.followed = lineage::Followed::default();
            self.carried = carrying::Kept::default();
            self.matrix = matrix::Kept::default();
            self.merging.clear();
            self.sealed.clear();
            self.sharing.put_away();
            self.submissions.clear();
            self.laid.clear();
            return;
        };
        self.derived.refresh(self.revision, &open.project, &self.view);
        self.reviews.refresh(self.revision, &open.project);
        self.carried.refresh(self.revision, &open.project, self.view.current);
        self.count_matrix();
    }
}
