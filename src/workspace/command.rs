//! Everything a person can ask for, from the window or the command line, nested by area.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::import::Choices;
use crate::model::{
    AnalystId, AnnotationId, AnnotationKind, CommentaryDetails, CommentaryId, ConcernId, DraftDetails, DraftId,
    ProjectDetails, ProvisionIndex, Recommendation, Severity, Status, SuggestionKey, TextRange,
};
use crate::storage::Passphrase;

use super::carrying::CarryCommand;
pub use super::comparing::CompareCommand;
pub use super::concerns::CodebookCommand;
use super::curating::CurateCommand;
pub use super::edited::Edited;
pub use super::lenses::LensCommand;
use super::matrix::MatrixLook;
pub use super::merging::ColleagueCommand;
use super::proposal::{Apart, Reshape};
use super::replies::ReplyCommand;
pub use super::searching::SearchCommand;
use super::sharing::ShareChoices;
use super::submission::{ReportLook, SubmissionCommand};
use super::view::{Find, Focus, ListFilter, Panel, Place, ReviewLook, Selection, ThemeChoice};

/// A wish. [`Workspace::run`](super::Workspace::run) fulfils it or says in a notice why not.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// The project as a whole.
    Project(ProjectCommand),
    /// Its drafts.
    Draft(DraftCommand),
    /// One's own annotations.
    Annotate(AnnotateCommand),
    /// The concerns.
    Codebook(CodebookCommand),
    /// Finding across drafts.
    Search(SearchCommand),
    /// Files out.
    Export(ExportCommand),
    /// Files for colleagues.
    Share(ShareCommand),
    /// Other analysts' sets.
    Colleague(ColleagueCommand),
    /// Replies to remarks.
    Reply(ReplyCommand),
    /// What the team agrees on.
    Curate(CurateCommand),
    /// Analyses of the drafts by others.
    Commentary(CommentaryCommand),
    /// Two drafts beside each other; never changes the project.
    Compare(CompareCommand),
    /// Annotations from draft to draft.
    Carry(CarryCommand),
    /// What is set apart on the page; never changes the project.
    Lens(LensCommand),
    /// Papers for the delegates.
    Submission(SubmissionCommand),
    /// What is looked at; never changes the project.
    View(ViewCommand),
    /// Take the last step back.
    Undo,
    /// Do it again.
    Redo,
}

impl Command {
    /// Whether it makes or changes annotations of one's own, so that a name has to stand beside them.
    pub fn is_signed(&self) -> bool {
        matches!(
            self,
            Self::Annotate(_)
                | Self::Reply(ReplyCommand::Write { .. })
                | Self::Search(SearchCommand::Tag(_))
                | Self::Commentary(
                    CommentaryCommand::Accept { .. }
                        | CommentaryCommand::AcceptAs { .. }
                        | CommentaryCommand::AcceptHeading { .. }
                        | CommentaryCommand::AcceptAll(_)
                )
        )
    }
}

/// Commands about the project as a whole.
#[derive(Clone, Debug, PartialEq)]
pub enum ProjectCommand {
    /// Makes a project in an empty folder, with the built-in codebook, and opens it.
    New {
        /// Where.
        folder: PathBuf,
        /// What it is called.
        details: ProjectDetails,
    },
    /// Opens the project in a folder.
    Open(PathBuf),
    /// Copies the sample to the user's data folder, unless it is there, and opens it.
    OpenSample,
    /// Closes it; all changes are kept already.
    Close,
    /// Changes what it is called.
    SetDetails(ProjectDetails),
    /// Says who works here. Asked once, kept in the user's settings.
    SetAnalyst(String),
    /// Puts the backup offered in place of a damaged file and opens the project.
    Restore,
    /// Puts a damaged file aside and opens the project without it.
    SetAside,
    /// Takes a project off the list of recent ones.
    Forget(PathBuf),
}

/// Commands about drafts.
#[derive(Clone, Debug, PartialEq)]
pub enum DraftCommand {
    /// Reads files, and all files of folders that can be read, and proposes drafts; nothing is added before
    /// [`Accept`](Self::Accept). What was read before it is stopped is proposed.
    Import(Vec<PathBuf>),
    /// The same with other choices than the usual.
    ImportWith(Vec<PathBuf>, Choices),
    /// Corrects what was guessed about a proposed draft.
    Correct {
        /// Position among the proposals.
        at: usize,
        /// The details as they should be.
        details: DraftDetails,
    },
    /// Says what a proposed draft calls the instrument; as recognized where nothing is said.
    SetTitle {
        /// Position among the proposals.
        at: usize,
        /// The title.
        title: String,
    },
    /// Reads a proposed file again, in another way or with a password; what was corrected stays corrected.
    Choose {
        /// Position among the proposals.
        at: usize,
        /// How to read it.
        choices: Choices,
    },
    /// Makes several proposals of one file that holds several texts.
    TakeApart {
        /// Position among the proposals.
        at: usize,
        /// By what.
        by: Apart,
    },
    /// Says what lines of a proposed draft are; its outline is recognized again.
    Reshape {
        /// Position among the proposals.
        at: usize,
        /// The lines, or a part of them, in bytes of its text.
        range: TextRange,
        /// What they are.
        reshape: Reshape,
    },
    /// Takes the last [`Reshape`](Self::Reshape) of a proposed draft back.
    TakeBack(usize),
    /// Says whether a proposed draft is wanted although its text is doubtful.
    Trust {
        /// Position among the proposals.
        at: usize,
        /// Wanted or not.
        trusted: bool,
    },
    /// Says whether the comments in a file come along as annotations.
    WithComments {
        /// Position among the proposals.
        at: usize,
        /// Whether they do.
        wanted: bool,
    },
    /// Leaves one of the proposals out.
    LeaveOut(usize),
    /// Adds the proposed drafts that nothing speaks against, in one step; the others stay.
    Accept,
    /// Puts the proposals and the report away.
    Dismiss,
    /// Writes what became of each file as a text.
    SaveReport(PathBuf),
    /// Changes what is known about a draft.
    SetDetails {
        /// Which draft.
        id: DraftId,
        /// The new details.
        details: DraftDetails,
    },
    /// Moves a draft in the order.
    Move {
        /// Which draft.
        id: DraftId,
        /// Its new position.
        to: usize,
    },
    /// Takes a draft out of the project; refused while annotations stand in it alone.
    Remove(DraftId),
}

/// Commands about one's own annotations.
#[derive(Clone, Debug, PartialEq)]
pub enum AnnotateCommand {
    /// A new remark on words.
    Words {
        /// In which draft.
        draft: DraftId,
        /// The words.
        range: TextRange,
        /// Tagged with these.
        concerns: BTreeSet<ConcernId>,
    },
    /// A new remark on a whole provision, or on what it lacks.
    Provision {
        /// In which draft.
        draft: DraftId,
        /// Which provision.
        provision: ProvisionIndex,
        /// Remark or absence.
        kind: AnnotationKind,
        /// Tagged with these.
        concerns: BTreeSet<ConcernId>,
    },
    /// Adds a concern to an annotation, or takes it off.
    ToggleConcern {
        /// Which annotation.
        id: AnnotationId,
        /// Which concern.
        concern: ConcernId,
    },
    /// Changes the note. Typing runs together into one step.
    SetNote {
        /// Which annotation.
        id: AnnotationId,
        /// The whole note.
        note: String,
    },
    /// Says how bad it is.
    SetSeverity {
        /// Which annotation.
        id: AnnotationId,
        /// How bad, or unsaid.
        severity: Option<Severity>,
    },
    /// Says what should change.
    SetRecommendation {
        /// Which annotation.
        id: AnnotationId,
        /// What should change, or nothing.
        recommendation: Option<Recommendation>,
    },
    /// Says how far it has come.
    SetStatus {
        /// Which annotation.
        id: AnnotationId,
        /// How far.
        status: Status,
    },
    /// Makes a remark an absence or the other way round.
    SetKind {
        /// Which annotation.
        id: AnnotationId,
        /// Remark or absence.
        kind: AnnotationKind,
    },
    /// Moves the start or the end of its words by a number of words.
    Stretch {
        /// Which annotation.
        id: AnnotationId,
        /// The start, or else the end.
        start: bool,
        /// Forward, or backward where negative.
        words: i32,
    },
    /// Puts it on other words of a draft.
    SetRange {
        /// Which annotation.
        id: AnnotationId,
        /// In which draft.
        draft: DraftId,
        /// The words.
        range: TextRange,
    },
    /// Takes annotations away, in one step.
    Delete(Vec<AnnotationId>),
    /// Says that a safeguard stands in some words.
    Present {
        /// In which draft.
        draft: DraftId,
        /// The words.
        range: TextRange,
        /// Which safeguards.
        concerns: BTreeSet<ConcernId>,
    },
    /// Says how an expected safeguard stands in a provision, in place of what one said of it there before; nothing takes
    /// that back.
    Safeguard {
        /// In which draft.
        draft: DraftId,
        /// The article, or the clause that holds it.
        provision: ProvisionIndex,
        /// The safeguard.
        concern: ConcernId,
        /// How it stands, or nothing.
        says: Option<Says>,
    },
    /// Says that one has read a provision, with or without remarking on it, or takes that back.
    MarkRead {
        /// In which draft.
        draft: DraftId,
        /// Which provision.
        provision: ProvisionIndex,
        /// Read or not.
        read: bool,
    },
}

/// How an expected safeguard stands in a provision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Says {
    /// It stands there.
    Present,
    /// It is missing.
    Absent,
    /// It is not needed there.
    NotNeeded,
}

/// Commands about files out.
#[derive(Clone, Debug, PartialEq)]
pub enum ExportCommand {
    /// Writes a file.
    ToFile {
        /// An id of the export table, or `annotations` for the shared annotation file.
        format: String,
        /// Where to.
        path: PathBuf,
        /// One draft, or all.
        draft: Option<DraftId>,
        /// Some analysts, or all that are shown; the annotation file takes exactly one, one's own where none is named.
        analysts: Option<BTreeSet<AnalystId>>,
    },
    /// Writes the table of provisions of two drafts; the ending of the path says how.
    Concordance {
        /// The older draft.
        old: DraftId,
        /// The newer one.
        new: DraftId,
        /// Where to.
        path: PathBuf,
    },
    /// Writes what became of the concerns as a table; the ending of the path says how.
    Concerns {
        /// Between the older and the newer of these; over all drafts where none are named.
        drafts: Option<(DraftId, DraftId)>,
        /// Where to.
        path: PathBuf,
    },
    /// Writes what is new or edited in a draft and not looked at yet as a table; the ending of the path says how.
    ToDo {
        /// The older draft.
        old: DraftId,
        /// The newer one.
        new: DraftId,
        /// Where to.
        path: PathBuf,
    },
    /// Writes what is counted in the place Matrix; the ending of the path says how.
    Matrix {
        /// What is counted against what.
        look: Box<MatrixLook>,
        /// Where to.
        path: PathBuf,
    },
    /// Writes how often each term that was searched for stands in each draft; the ending of the path says how.
    SearchTerms(PathBuf),
    /// Writes every mark of the search in its context; the ending of the path says how.
    SearchLines(PathBuf),
    /// Writes the words that bind, article by article, as a table; the ending of the path says how.
    Words {
        /// The draft to count against, if any.
        old: Option<DraftId>,
        /// The draft.
        new: DraftId,
        /// Where to.
        path: PathBuf,
    },
    /// Writes two drafts in one text with what was struck and put in, as a page for a browser.
    Redline {
        /// The older draft.
        old: DraftId,
        /// The newer one.
        new: DraftId,
        /// Where to.
        path: PathBuf,
    },
}

/// Commands about files for colleagues.
#[derive(Clone, Debug, PartialEq)]
pub enum ShareCommand {
    /// Makes the file in memory, with an account of all that is in it.
    Prepare(Box<ShareChoices>),
    /// Writes what was prepared last, as it was laid out.
    Write {
        /// Where to.
        path: PathBuf,
        /// What it is encrypted with, if it is to be.
        passphrase: Option<Passphrase>,
    },
    /// Forgets what was prepared.
    PutAway,
}

/// Commands about commentaries: analyses of a draft by others, and the annotations they suggest.
#[derive(Clone, Debug, PartialEq)]
pub enum CommentaryCommand {
    /// Reads a file as a commentary on a draft and adds it. The same file on the same draft is refused.
    Import {
        /// The file, in any format that drafts are read from.
        path: PathBuf,
        /// The draft it speaks about.
        draft: DraftId,
        /// How to read it.
        choices: Choices,
    },
    /// Adds a text as a commentary on a draft.
    Paste {
        /// Its title; its first line where nothing is said.
        title: String,
        /// Who wrote it; may be empty.
        author: String,
        /// The text.
        text: String,
        /// The draft it speaks about.
        draft: DraftId,
    },
    /// Changes what is known about a commentary.
    SetDetails {
        /// Which commentary.
        id: CommentaryId,
        /// The new details.
        details: CommentaryDetails,
    },
    /// Takes a commentary out of the project; the annotations made of it stay.
    Remove(CommentaryId),
    /// Makes annotations of one's own of suggestions as they are, in one step.
    Accept {
        /// Which commentary.
        id: CommentaryId,
        /// Which suggestions.
        keys: Vec<SuggestionKey>,
    },
    /// Makes an annotation of one's own of a suggestion that was edited.
    AcceptAs {
        /// Which commentary.
        id: CommentaryId,
        /// Which suggestion.
        key: SuggestionKey,
        /// As it is to be.
        edited: Box<Edited>,
    },
    /// Accepts all that waits below a heading.
    AcceptHeading {
        /// Which commentary.
        id: CommentaryId,
        /// The heading, one of those of a suggestion.
        heading: TextRange,
    },
    /// Accepts all that waits.
    AcceptAll(CommentaryId),
    /// Says that suggestions are not wanted, in one step.
    Reject {
        /// Which commentary.
        id: CommentaryId,
        /// Which suggestions.
        keys: Vec<SuggestionKey>,
    },
    /// Leaves suggestions open again; annotations they became are taken away.
    TakeBack {
        /// Which commentary.
        id: CommentaryId,
        /// Which suggestions.
        keys: Vec<SuggestionKey>,
    },
}

/// Commands about what is looked at.
#[derive(Clone, Debug, PartialEq)]
pub enum ViewCommand {
    /// Goes to one of the places.
    Go(Place),
    /// Opens a draft in the reader.
    OpenDraft(DraftId),
    /// Takes a draft's tab away.
    CloseTab(DraftId),
    /// Opens the tab before or after this one.
    CycleTab(i32),
    /// Goes to a place in a draft, remembering where one was.
    GoTo {
        /// Which draft.
        draft: DraftId,
        /// Byte offset in its text.
        offset: usize,
    },
    /// Goes to a provision that was cited beside the draft, and marks it.
    ShowProvision {
        /// In which draft.
        draft: DraftId,
        /// Which provision.
        provision: ProvisionIndex,
    },
    /// Goes to a provision by its citation, in the draft that is open.
    GoToCitation(String),
    /// Goes to the beginning of a page of the file the open draft was made from: as printed on it, or its number.
    GoToPage(String),
    /// Shows the words of a note of the open draft beside its sign, by its position among the notes; none puts it away.
    ShowNote(Option<usize>),
    /// Shows what a cross reference of the open draft leads to, by its position among the links; none puts it away.
    ShowReference(Option<usize>),
    /// The next or previous cross reference of the open draft.
    CycleReference(i32),
    /// To where one was.
    Back,
    /// Back to where one came back from.
    Forward,
    /// What is selected, in the draft that is open.
    Select(Option<Selection>),
    /// Where one is reading: byte offset at the top of the page.
    ReadingAt(usize),
    /// The annotation whose card is open.
    Focus(Option<Focus>),
    /// Goes to an annotation's words and opens its card.
    ShowAnnotation(Focus),
    /// The next or previous annotation on the page's order.
    CycleAnnotation(i32),
    /// What the annotation list shows.
    Filter(ListFilter),
    /// Find in the draft; none puts it away.
    Find(Option<Find>),
    /// The next or previous find.
    FindNext(i32),
    /// Opens or closes a side panel's page.
    Panel(Panel),
    /// Shows or hides the left panel.
    ToggleSide,
    /// What is looked at where carried annotations are reviewed.
    Review(ReviewLook),
    /// What is counted in the place Matrix.
    Matrix(Box<MatrixLook>),
    /// What the place Report shows.
    Report(Box<ReportLook>),
    /// Goes to the next or previous article of the open draft that one has not looked at.
    StepUnread(i32),
    /// The next or previous annotation of the review's queue, as it is filtered.
    StepReview(i32),
    /// Goes to the reader of the new draft to choose words for the annotation that is reviewed.
    ChooseWords,
    /// Light, dark, or as the system.
    Theme(ThemeChoice),
    /// Text size of the page, in points.
    TextSize(f32),
    /// The size of the whole window's contents, 1 being usual.
    Zoom(f32),
    /// Opens a commentary beside its draft.
    OpenCommentary(CommentaryId),
    /// Closes the one that is open.
    CloseCommentary,
    /// Shows a suggestion: its words in the commentary, and the provision they cite in the draft.
    ShowSuggestion {
        /// Of which commentary.
        id: CommentaryId,
        /// Which suggestion.
        key: SuggestionKey,
    },
    /// The next or previous suggestion of the review list.
    CycleSuggestion(i32),
    /// Lists what all commentaries suggest on a provision; none lists one commentary again.
    ReviewOf(Option<(DraftId, ProvisionIndex)>),
    /// Shows what was decided in the review list as well, or only what waits.
    ToggleDecided,
    /// Shows where the words of an annotation that was made of a suggestion stand in the commentary.
    ShowOrigin(Focus),
    /// Puts a notice away.
    DismissNotice(u64),
    /// Stops a task.
    CancelTask(u64),
}
