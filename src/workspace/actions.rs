//! Everything a key, a menu or the palette can do, one line each.
//!
//! To add an action: add its line here; its key, its menu entry and its palette entry follow. What it does is a
//! [`Command`], or a question the window asks first.

#![expect(clippy::unnecessary_wraps, reason = "the columns of the table are options")]

use crate::model::{AnnotationKind, CommentaryId, Outline, ProvisionIndex, SubmissionId, SuggestionKey};

use super::Workspace;
use super::command::{
    AnnotateCommand, Command, CommentaryCommand, CompareCommand, ProjectCommand, SearchCommand, ViewCommand,
};
use super::lenses::{Lens, LensCommand};
use super::reviews::ReviewState;
use super::searching::SearchPage;
use super::submission::{ReportLook, SubmissionCommand};
use super::view::{Panel, Place, ThemeChoice};

/// A key with its modifiers. `key` is the key's name: `F`, `1`, `ArrowLeft`, `Delete`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keys {
    /// Control (Command on a Mac).
    pub ctrl: bool,
    /// Shift.
    pub shift: bool,
    /// Alt (Option on a Mac).
    pub alt: bool,
    /// The key's name.
    pub key: &'static str,
}

/// What the window has to ask before anything can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Question {
    /// Where the new project is to be and what it is called.
    NewProject,
    /// Which project to open.
    OpenProject,
    /// Which files to import as drafts.
    ImportDrafts,
    /// What is known about the open draft.
    DraftDetails,
    /// Which citation to go to.
    GoToCitation,
    /// Which page to go to.
    GoToPage,
    /// What to find in the draft.
    FindInDraft,
    /// Which action to run.
    Palette,
    /// Which annotations are to leave for colleagues, and how.
    Share,
    /// Where to export to, and how.
    Export,
    /// Where to export the comparison to, and how.
    ExportComparison,
    /// Where to export the words that bind to, and how.
    ExportWords,
    /// Which annotation file to open.
    OpenColleague,
    /// What to change in the codebook.
    Codebook,
    /// Nothing: the keyboard goes to the field for a reply to the annotation that is open.
    Reply,
    /// Which concern to tag the selection with.
    PickConcern,
    /// The analyst's name and the look of the program.
    Settings,
    /// All keys.
    Keys,
    /// What the project is called.
    ProjectDetails,
    /// Nothing: the file behind the open draft, in the program that the system has for it.
    OriginalFile,
    /// Nothing: the folder of that file.
    OriginalFolder,
    /// Which file to read as a commentary, on which draft.
    AddCommentary,
    /// The text of a commentary.
    PasteCommentary,
    /// What is known about the commentary that is gone through.
    CommentaryDetails,
    /// How the suggestion that is looked at is to become an annotation.
    EditSuggestion,
    /// Where to write what became of the files of an import.
    SaveReport,
    /// From which draft to which annotations are to be carried.
    Carry,
    /// Where to write what the place Matrix shows, and how.
    ExportMatrix,
    /// Nothing: what a question of the search can say.
    SearchHelp,
    /// Under which name the search is to be kept.
    KeepSearch,
    /// What is to be made of what was found.
    TagAll,
    /// Where to write what the search shows to.
    ExportSearch,
    /// What a new submission is to be.
    NewPaper,
    /// Where to write the paper that is looked at, and how.
    ExportPaper,
    /// Which picture is to be the logo of the submission that is looked at.
    PaperLogo,
    /// In the styles of which document it is written.
    PaperStyles,
}

/// What an action does.
#[derive(Clone, Copy)]
pub enum Does {
    /// Runs a command; none where it makes no sense now.
    Run(fn(&Workspace) -> Option<Command>),
    /// Asks first.
    Ask(Question, fn(&Workspace) -> bool),
}

/// Which menu shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// Projects and files.
    Project,
    /// Changing things.
    Edit,
    /// Annotations and concerns.
    Annotate,
    /// What is shown, and how.
    View,
    /// From one place of the texts to another.
    Go,
    /// Help.
    Help,
}

/// A line of the table.
#[derive(Clone, Copy)]
pub struct Action {
    /// The same for ever, for tests and settings.
    pub id: &'static str,
    /// Its name on screen; `…` where it asks first.
    pub name: &'static str,
    /// Its menu.
    pub menu: Menu,
    /// Its key.
    pub keys: Option<Keys>,
    /// What it does.
    pub does: Does,
}

impl Action {
    /// Whether it makes sense now.
    pub fn is_enabled(&self, workspace: &Workspace) -> bool {
        match self.does {
            Does::Run(command) => command(workspace).is_some(),
            Does::Ask(_, enabled) => enabled(workspace),
        }
    }
}

const fn plain(key: &'static str) -> Option<Keys> {
    Some(Keys { ctrl: false, shift: false, alt: false, key })
}

const fn ctrl(key: &'static str) -> Option<Keys> {
    Some(Keys { ctrl: true, shift: false, alt: false, key })
}

const fn ctrl_shift(key: &'static str) -> Option<Keys> {
    Some(Keys { ctrl: true, shift: true, alt: false, key })
}

const fn alt(key: &'static str) -> Option<Keys> {
    Some(Keys { ctrl: false, shift: false, alt: true, key })
}

const fn alt_shift(key: &'static str) -> Option<Keys> {
    Some(Keys { ctrl: false, shift: true, alt: true, key })
}

const fn shift(key: &'static str) -> Option<Keys> {
    Some(Keys { ctrl: false, shift: true, alt: false, key })
}

fn view(w: &Workspace, command: ViewCommand) -> Option<Command> {
    w.project().map(|_| Command::View(command))
}

fn lens(w: &Workspace, command: LensCommand) -> Option<Command> {
    w.project().map(|_| Command::Lens(command))
}

fn on_draft(w: &Workspace, command: LensCommand) -> Option<Command> {
    w.draft().map(|_| Command::Lens(command))
}

fn definition_here(w: &Workspace) -> Option<Command> {
    let glass = w.glass()?;
    let used = glass.terms.at(w.view().selection()?.range().start)?;
    on_draft(w, LensCommand::GoToDefinition(glass.terms.uses.get(used)?.term))
}

fn has_project(w: &Workspace) -> bool {
    w.project().is_some()
}

fn can_carry(w: &Workspace) -> bool {
    w.can_edit() && w.project().is_some_and(|p| p.drafts.len() > 1)
}

fn has_draft(w: &Workspace) -> bool {
    w.draft().is_some()
}

/// Whether a commentary could be added: it speaks about a draft.
fn can_comment(w: &Workspace) -> bool {
    w.can_edit() && w.project().is_some_and(|p| !p.drafts.is_empty())
}

fn beside(w: &Workspace) -> Option<Command> {
    let id = w.reviewed()?.id;
    view(w, if w.beside().is_some() { ViewCommand::CloseCommentary } else { ViewCommand::OpenCommentary(id) })
}

fn cycle_suggestion(w: &Workspace, by: i32) -> Option<Command> {
    w.reviewed().and_then(|_| view(w, ViewCommand::CycleSuggestion(by)))
}

/// What can be decided about the suggestion that is looked at, while it waits or is rejected.
fn decide(w: &Workspace, how: fn(CommentaryId, Vec<SuggestionKey>) -> CommentaryCommand) -> Option<Command> {
    let (commentary, key) = (w.beside()?, w.view().suggestion.as_ref()?);
    let (_, state) = w.reviews().get(commentary.id)?.get(key)?;
    let open = w.can_edit() && !matches!(state, ReviewState::Accepted(_));
    open.then(|| Command::Commentary(how(commentary.id, vec![key.clone()])))
}

fn take_back(w: &Workspace) -> Option<Command> {
    let (commentary, key) = (w.beside()?, w.view().suggestion.as_ref()?);
    let (_, state) = w.reviews().get(commentary.id)?.get(key)?;
    let decided = w.can_edit() && state != ReviewState::Waiting;
    let command = || CommentaryCommand::TakeBack { id: commentary.id, keys: vec![key.clone()] };
    decided.then(|| Command::Commentary(command()))
}

fn accept_all(w: &Workspace) -> Option<Command> {
    let review = w.reviews().get(w.reviewed()?.id).filter(|r| r.waiting > 0 && w.can_edit())?;
    Some(Command::Commentary(CommentaryCommand::AcceptAll(review.commentary)))
}

fn has_original(w: &Workspace) -> bool {
    w.draft().is_some_and(|d| d.source.is_some())
}

/// Whether the page is in sight and may be written on: nobody marks what they do not see.
fn on_page(w: &Workspace) -> bool {
    w.view().place == Place::Read && w.can_edit()
}

fn on_provision(w: &Workspace, kind: AnnotationKind) -> Option<Command> {
    let draft = w.draft().filter(|_| on_page(w))?;
    let at = w.view().selection().map_or_else(|| w.view().draft_view().reading_at, |s| s.range().start);
    let provision = super::provision_at(draft, at)?;
    let concerns = Default::default();
    Some(Command::Annotate(AnnotateCommand::Provision { draft: draft.id, provision, kind, concerns }))
}

fn delete(w: &Workspace) -> Option<Command> {
    let focus = w.view().focus.filter(|f| w.can_write(f.analyst) && on_page(w))?;
    Some(Command::Annotate(AnnotateCommand::Delete(vec![focus.annotation])))
}

fn can_reply(w: &Workspace) -> bool {
    w.view().focus.is_some() && on_page(w)
}

fn highlight(w: &Workspace) -> Option<Command> {
    let draft = w.view().current.filter(|_| on_page(w))?;
    let range = w.view().selection().map(|s| s.range()).filter(|r| !r.is_empty())?;
    Some(Command::Annotate(AnnotateCommand::Words { draft, range, concerns: Default::default() }))
}

fn stretch(w: &Workspace, start: bool, words: i32) -> Option<Command> {
    let focus = w.view().focus.filter(|f| w.can_write(f.analyst) && on_page(w))?;
    Some(Command::Annotate(AnnotateCommand::Stretch { id: focus.annotation, start, words }))
}

/// Of the reader; of the pages where a paper is looked at.
fn text_size(w: &Workspace, by: f32) -> Option<Command> {
    if w.view().place == Place::Report {
        let by = if by > 0.0 { 1.25 } else { 0.8 };
        return view(w, ViewCommand::Report(Box::new(w.view().report.zoomed(by))));
    }
    Some(Command::View(ViewCommand::TextSize(w.text_size() + by)))
}

fn submission(w: &Workspace, command: fn(SubmissionId) -> SubmissionCommand) -> Option<Command> {
    let shown = w.shown_submission().filter(|_| w.can_edit() && w.view().place == Place::Report)?;
    Some(Command::Submission(command(shown.id)))
}

fn usual_size(w: &Workspace) -> Option<Command> {
    let look = || ReportLook { zoom: 1.0, ..w.view().report.clone() };
    Some(Command::View(match w.view().place {
        Place::Report => ViewCommand::Report(Box::new(look())),
        _ => ViewCommand::TextSize(super::run::USUAL_TEXT_SIZE),
    }))
}

fn can_export_paper(w: &Workspace) -> bool {
    w.view().place == Place::Report && w.shown_paper().is_some()
}

/// A file for the submission that is looked at.
fn can_dress(w: &Workspace) -> bool {
    w.view().place == Place::Report && w.can_edit() && w.shown_submission().is_some()
}

fn has_pages(w: &Workspace) -> bool {
    w.draft().is_some_and(|d| !d.printed.pages.is_empty())
}

fn cycle_reference(w: &Workspace, by: i32) -> Option<Command> {
    w.draft().filter(|_| w.view().references_shown)?;
    view(w, ViewCommand::CycleReference(by))
}

/// The note at the caret; the one that is shown is put away.
fn show_note(w: &Workspace) -> Option<Command> {
    let note = super::note_at(w.draft()?, w.view().selection()?.head)?;
    view(w, ViewCommand::ShowNote(Some(note).filter(|_| w.view().note != Some(note))))
}

/// From where a note is called to its words, from its words to where it is called.
fn go_to_note(w: &Workspace) -> Option<Command> {
    let draft = w.draft()?;
    let at = w.view().selection()?.head;
    let within = draft.printed.notes.iter().find(|n| n.body.start <= at && at <= n.body.end);
    let offset = match within {
        Some(note) => note.call?.start,
        None => draft.printed.notes.get(super::note_at(draft, at)?)?.body.start,
    };
    view(w, ViewCommand::GoTo { draft: draft.id, offset })
}

/// Whether the search has found something that could be tagged.
fn can_tag(w: &Workspace) -> bool {
    w.can_edit() && w.search().results.as_ref().is_some_and(|r| r.total > 0)
}

fn can_keep(w: &Workspace) -> bool {
    w.can_edit() && !w.search().query.trim().is_empty() && w.search().error.is_none()
}

fn can_export(w: &Workspace) -> bool {
    let search = w.search();
    search.lines.is_some() && search.page == SearchPage::Context
        || search.table.is_some() && search.page == SearchPage::Terms
}

fn step_hit(w: &Workspace, by: i32) -> Option<Command> {
    w.search().results.as_ref().filter(|r| !r.hits.is_empty())?;
    Some(Command::Search(SearchCommand::Step(by)))
}

fn next_page(w: &Workspace) -> Option<Command> {
    let pages = SearchPage::ALL;
    let at = pages.iter().position(|p| *p == w.search().page)?;
    let next = pages.get((at + 1) % pages.len()).copied()?;
    w.project().filter(|_| w.view().place == Place::Search).map(|_| Command::Search(SearchCommand::Page(next)))
}

fn has_comparison(w: &Workspace) -> bool {
    w.view().place == Place::Compare && w.compared_pair().is_some()
}

fn compare(w: &Workspace, command: CompareCommand) -> Option<Command> {
    w.project().filter(|p| p.drafts.len() > 1).map(|_| Command::Compare(command))
}

fn compare_here(w: &Workspace) -> Option<Command> {
    w.draft().filter(|_| w.view().place == Place::Read)?;
    compare(w, CompareCommand::Here)
}

/// The clause at the caret of the page, or the one that is read in the comparison.
fn history_here(w: &Workspace) -> Option<Command> {
    match w.view().place {
        Place::Read => w.draft().and_then(|_| compare(w, CompareCommand::HistoryHere)),
        Place::Compare => {
            let ((old, new), pair) = (w.view().compare.drafts?, w.compared_pair()?);
            let row = pair.comparison.rows.get(w.view().compare.row)?;
            let [older, newer] = pair.outlines();
            let addressed = |outline: &Outline, p: ProvisionIndex| {
                let mut up = outline.ancestors(p);
                up.find(|&a| outline.is_addressed(a))
            };
            let here = row.new_provision.and_then(|p| Some((new, addressed(newer, p)?)));
            let there = || row.old_provision.and_then(|p| Some((old, addressed(older, p)?)));
            let (draft, provision) = here.or_else(there)?;
            compare(w, CompareCommand::History { draft, provision })
        }
        _ => None,
    }
}

fn step_unread(w: &Workspace, by: i32) -> Option<Command> {
    w.draft()?;
    view(w, ViewCommand::StepUnread(by))
}

fn present(w: &Workspace) -> Option<Command> {
    let range = w.view().selection().map(|s| s.range()).filter(|r| !r.is_empty());
    match (w.draft().filter(|_| on_page(w)), range) {
        (Some(draft), Some(range)) => {
            Some(Command::Annotate(AnnotateCommand::Present { draft: draft.id, range, concerns: Default::default() }))
        }
        _ => on_provision(w, AnnotationKind::Presence),
    }
}

fn mark_read(w: &Workspace) -> Option<Command> {
    let draft = w.draft().filter(|_| on_page(w) && w.can_edit())?;
    let provision = w.article_read()?;
    let read = !w.has_read(draft.id, provision);
    Some(Command::Annotate(AnnotateCommand::MarkRead { draft: draft.id, provision, read }))
}

fn step(w: &Workspace, by: i32) -> Option<Command> {
    w.listing().filter(|_| w.view().place == Place::Compare)?;
    compare(w, CompareCommand::Step(by))
}

/// All of them, in the order of menus.
#[rustfmt::skip]
pub static ACTIONS: &[Action] = &[
    Action { id: "project.new", name: "New project…", menu: Menu::Project, keys: ctrl_shift("N"), does: Does::Ask(Question::NewProject, |_| true) },
    Action { id: "project.open", name: "Open project…", menu: Menu::Project, keys: ctrl("O"), does: Does::Ask(Question::OpenProject, |_| true) },
    Action { id: "project.sample", name: "Open the sample", menu: Menu::Project, keys: None, does: Does::Run(|_| Some(Command::Project(ProjectCommand::OpenSample))) },
    Action { id: "draft.import", name: "Add drafts…", menu: Menu::Project, keys: ctrl("I"), does: Does::Ask(Question::ImportDrafts, Workspace::can_edit) },
    Action { id: "commentary.add", name: "Add a commentary…", menu: Menu::Project, keys: ctrl_shift("M"), does: Does::Ask(Question::AddCommentary, can_comment) },
    Action { id: "commentary.paste", name: "Paste a commentary…", menu: Menu::Project, keys: ctrl_shift("V"), does: Does::Ask(Question::PasteCommentary, can_comment) },
    Action { id: "commentary.details", name: "Commentary details…", menu: Menu::Project, keys: None, does: Does::Ask(Question::CommentaryDetails, |w| w.reviewed().is_some()) },
    Action { id: "draft.details", name: "Draft details…", menu: Menu::Project, keys: None, does: Does::Ask(Question::DraftDetails, has_draft) },
    Action { id: "draft.original", name: "Open the original file", menu: Menu::Project, keys: ctrl_shift("I"), does: Does::Ask(Question::OriginalFile, has_original) },
    Action { id: "draft.folder", name: "Show the original file in its folder", menu: Menu::Project, keys: None, does: Does::Ask(Question::OriginalFolder, has_original) },
    Action { id: "colleague.open", name: "Open a colleague's annotations…", menu: Menu::Project, keys: ctrl_shift("O"), does: Does::Ask(Question::OpenColleague, Workspace::can_edit) },
    Action { id: "share", name: "Share annotations…", menu: Menu::Project, keys: ctrl_shift("Y"), does: Does::Ask(Question::Share, has_project) },
    Action { id: "paper.new", name: "New submission…", menu: Menu::Project, keys: ctrl("N"), does: Does::Ask(Question::NewPaper, Workspace::can_edit) },
    Action { id: "paper.export", name: "Export this document…", menu: Menu::Project, keys: None, does: Does::Ask(Question::ExportPaper, can_export_paper) },
    Action { id: "paper.duplicate", name: "Duplicate this submission", menu: Menu::Project, keys: None, does: Does::Run(|w| submission(w, SubmissionCommand::Duplicate)) },
    Action { id: "paper.remove", name: "Remove this submission", menu: Menu::Project, keys: None, does: Does::Run(|w| submission(w, SubmissionCommand::Remove)) },
    Action { id: "paper.logo", name: "Logo of this submission…", menu: Menu::Project, keys: None, does: Does::Ask(Question::PaperLogo, can_dress) },
    Action { id: "paper.styles", name: "Own styles for this submission…", menu: Menu::Project, keys: None, does: Does::Ask(Question::PaperStyles, can_dress) },
    Action { id: "export", name: "Export…", menu: Menu::Project, keys: ctrl("E"), does: Does::Ask(Question::Export, has_project) },
    Action { id: "export.words", name: "Export obligation words…", menu: Menu::Project, keys: None, does: Does::Ask(Question::ExportWords, has_draft) },
    Action { id: "export.comparison", name: "Export the comparison…", menu: Menu::Project, keys: ctrl_shift("E"), does: Does::Ask(Question::ExportComparison, has_comparison) },
    Action { id: "export.matrix", name: "Export the matrix…", menu: Menu::Project, keys: None, does: Does::Ask(Question::ExportMatrix, |w| w.project().is_some() && w.view().place == Place::Matrix) },
    Action { id: "export.search", name: "Export the search…", menu: Menu::Project, keys: None, does: Does::Ask(Question::ExportSearch, can_export) },
    Action { id: "project.details", name: "Project details…", menu: Menu::Project, keys: None, does: Does::Ask(Question::ProjectDetails, Workspace::can_edit) },
    Action { id: "settings", name: "Settings…", menu: Menu::Project, keys: ctrl("Comma"), does: Does::Ask(Question::Settings, |_| true) },
    Action { id: "project.close", name: "Close project", menu: Menu::Project, keys: ctrl_shift("W"), does: Does::Run(|w| w.project().map(|_| Command::Project(ProjectCommand::Close))) },

    Action { id: "undo", name: "Undo", menu: Menu::Edit, keys: ctrl("Z"), does: Does::Run(|w| w.history().undo_label().map(|_| Command::Undo)) },
    Action { id: "redo", name: "Redo", menu: Menu::Edit, keys: ctrl_shift("Z"), does: Does::Run(|w| w.history().redo_label().map(|_| Command::Redo)) },
    Action { id: "redo.y", name: "Redo", menu: Menu::Help, keys: ctrl("Y"), does: Does::Run(|w| w.history().redo_label().map(|_| Command::Redo)) },
    Action { id: "find", name: "Find in this draft…", menu: Menu::Edit, keys: ctrl("F"), does: Does::Ask(Question::FindInDraft, has_draft) },
    Action { id: "find.next", name: "Next find", menu: Menu::Edit, keys: plain("F3"), does: Does::Run(|w| w.view().find.as_ref().and_then(|_| view(w, ViewCommand::FindNext(1)))) },
    Action { id: "find.previous", name: "Previous find", menu: Menu::Edit, keys: shift("F3"), does: Does::Run(|w| w.view().find.as_ref().and_then(|_| view(w, ViewCommand::FindNext(-1)))) },

    Action { id: "search.next", name: "Next hit of the search", menu: Menu::Edit, keys: plain("F4"), does: Does::Run(|w| step_hit(w, 1)) },
    Action { id: "search.previous", name: "Previous hit of the search", menu: Menu::Edit, keys: shift("F4"), does: Does::Run(|w| step_hit(w, -1)) },
    Action { id: "search.page", name: "Another way to see what was found", menu: Menu::Edit, keys: plain("F10"), does: Does::Run(next_page) },
    Action { id: "search.keep", name: "Keep this search…", menu: Menu::Edit, keys: ctrl("S"), does: Does::Ask(Question::KeepSearch, can_keep) },

    Action { id: "annotate.tag", name: "Tag with a concern…", menu: Menu::Annotate, keys: ctrl("T"), does: Does::Ask(Question::PickConcern, |w| has_draft(w) && on_page(w)) },
    Action { id: "annotate.plain", name: "Highlight without a concern", menu: Menu::Annotate, keys: ctrl("H"), does: Does::Run(highlight) },
    Action { id: "annotate.provision", name: "Remark on this provision", menu: Menu::Annotate, keys: ctrl_shift("P"), does: Does::Run(|w| on_provision(w, AnnotationKind::Remark)) },
    Action { id: "annotate.absence", name: "Note an absence here", menu: Menu::Annotate, keys: ctrl_shift("A"), does: Does::Run(|w| on_provision(w, AnnotationKind::Absence)) },
    Action { id: "annotate.present", name: "Note a safeguard that stands here", menu: Menu::Annotate, keys: ctrl_shift("S"), does: Does::Run(present) },
    Action { id: "annotate.read", name: "Mark this article as read, or take it back", menu: Menu::Annotate, keys: ctrl("R"), does: Does::Run(mark_read) },
    Action { id: "search.tag", name: "Tag all that was found…", menu: Menu::Annotate, keys: ctrl_shift("T"), does: Does::Ask(Question::TagAll, can_tag) },
    Action { id: "annotate.next", name: "Next annotation", menu: Menu::Annotate, keys: plain("F8"), does: Does::Run(|w| view(w, ViewCommand::CycleAnnotation(1))) },
    Action { id: "annotate.previous", name: "Previous annotation", menu: Menu::Annotate, keys: shift("F8"), does: Does::Run(|w| view(w, ViewCommand::CycleAnnotation(-1))) },
    Action { id: "annotate.end.on", name: "Move its end a word on", menu: Menu::Annotate, keys: alt_shift("ArrowRight"), does: Does::Run(|w| stretch(w, false, 1)) },
    Action { id: "annotate.end.back", name: "Move its end a word back", menu: Menu::Annotate, keys: alt_shift("ArrowLeft"), does: Does::Run(|w| stretch(w, false, -1)) },
    Action { id: "annotate.start.on", name: "Move its start a word on", menu: Menu::Annotate, keys: alt_shift("ArrowDown"), does: Does::Run(|w| stretch(w, true, 1)) },
    Action { id: "annotate.start.back", name: "Move its start a word back", menu: Menu::Annotate, keys: alt_shift("ArrowUp"), does: Does::Run(|w| stretch(w, true, -1)) },
    Action { id: "annotate.reply", name: "Reply to this annotation", menu: Menu::Annotate, keys: ctrl("L"), does: Does::Ask(Question::Reply, can_reply) },
    Action { id: "annotate.delete", name: "Delete this annotation", menu: Menu::Annotate, keys: ctrl("Delete"), does: Does::Run(delete) },
    Action { id: "suggestion.next", name: "Next suggestion of a commentary", menu: Menu::Annotate, keys: plain("F9"), does: Does::Run(|w| cycle_suggestion(w, 1)) },
    Action { id: "suggestion.previous", name: "Previous suggestion of a commentary", menu: Menu::Annotate, keys: shift("F9"), does: Does::Run(|w| cycle_suggestion(w, -1)) },
    Action { id: "suggestion.accept", name: "Accept the suggestion", menu: Menu::Annotate, keys: None, does: Does::Run(|w| decide(w, |id, keys| CommentaryCommand::Accept { id, keys })) },
    Action { id: "suggestion.edit", name: "Edit and accept the suggestion…", menu: Menu::Annotate, keys: None, does: Does::Ask(Question::EditSuggestion, |w| decide(w, |id, keys| CommentaryCommand::Accept { id, keys }).is_some()) },
    Action { id: "suggestion.reject", name: "Reject the suggestion", menu: Menu::Annotate, keys: None, does: Does::Run(|w| decide(w, |id, keys| CommentaryCommand::Reject { id, keys })) },
    Action { id: "suggestion.back", name: "Take back what was decided", menu: Menu::Annotate, keys: None, does: Does::Run(take_back) },
    Action { id: "suggestion.all", name: "Accept all suggestions of the commentary", menu: Menu::Annotate, keys: None, does: Does::Run(accept_all) },
    Action { id: "carry", name: "Carry annotations…", menu: Menu::Annotate, keys: ctrl_shift("K"), does: Does::Ask(Question::Carry, can_carry) },
    Action { id: "codebook", name: "Edit the codebook…", menu: Menu::Annotate, keys: ctrl_shift("C"), does: Does::Ask(Question::Codebook, has_project) },

    Action { id: "place.read", name: "Read", menu: Menu::View, keys: ctrl("1"), does: Does::Run(|w| view(w, ViewCommand::Go(Place::Read))) },
    Action { id: "place.compare", name: "Compare two drafts", menu: Menu::View, keys: ctrl("2"), does: Does::Run(|w| view(w, ViewCommand::Go(Place::Compare))) },
    Action { id: "place.review", name: "Review carried annotations", menu: Menu::View, keys: ctrl("3"), does: Does::Run(|w| view(w, ViewCommand::Go(Place::Review))) },
    Action { id: "place.search", name: "Search all drafts", menu: Menu::View, keys: ctrl("4"), does: Does::Run(|w| view(w, ViewCommand::Go(Place::Search))) },
    Action { id: "place.matrix", name: "Matrix of concerns", menu: Menu::View, keys: ctrl("5"), does: Does::Run(|w| view(w, ViewCommand::Go(Place::Matrix))) },
    Action { id: "place.report", name: "Report: submissions and papers", menu: Menu::View, keys: ctrl("6"), does: Does::Run(|w| view(w, ViewCommand::Go(Place::Report))) },
    Action { id: "search", name: "Search all drafts", menu: Menu::Help, keys: ctrl_shift("F"), does: Does::Run(|w| view(w, ViewCommand::Go(Place::Search))) },
    Action { id: "place.commentaries", name: "Commentaries on the drafts", menu: Menu::View, keys: ctrl("7"), does: Does::Run(|w| view(w, ViewCommand::Go(Place::Commentaries))) },
    Action { id: "place.import", name: "Drafts to add", menu: Menu::View, keys: ctrl("8"), does: Does::Run(|w| w.is_importing().then_some(Command::View(ViewCommand::Go(Place::Import)))) },
    Action { id: "compare.here", name: "Show what changed here", menu: Menu::Go, keys: ctrl("D"), does: Does::Run(compare_here) },
    Action { id: "compare.history", name: "History of this clause", menu: Menu::Go, keys: ctrl_shift("H"), does: Does::Run(history_here) },
    Action { id: "compare.next", name: "Next change", menu: Menu::Go, keys: plain("F5"), does: Does::Run(|w| step(w, 1)) },
    Action { id: "compare.previous", name: "Previous change", menu: Menu::Go, keys: shift("F5"), does: Does::Run(|w| step(w, -1)) },
    Action { id: "unread.next", name: "Next article not looked at", menu: Menu::Go, keys: ctrl("J"), does: Does::Run(|w| step_unread(w, 1)) },
    Action { id: "unread.previous", name: "Previous article not looked at", menu: Menu::Go, keys: ctrl_shift("J"), does: Does::Run(|w| step_unread(w, -1)) },
    Action { id: "goto", name: "Go to article…", menu: Menu::Go, keys: ctrl("G"), does: Does::Ask(Question::GoToCitation, has_draft) },
    Action { id: "goto.page", name: "Go to page…", menu: Menu::Go, keys: ctrl_shift("G"), does: Does::Ask(Question::GoToPage, has_pages) },
    Action { id: "note.show", name: "Show the note at the caret", menu: Menu::Go, keys: plain("F2"), does: Does::Run(show_note) },
    Action { id: "note.go", name: "Go to the note, or back to its place", menu: Menu::Go, keys: shift("F2"), does: Does::Run(go_to_note) },
    Action { id: "reference.next", name: "Next cross reference", menu: Menu::Go, keys: plain("F7"), does: Does::Run(|w| cycle_reference(w, 1)) },
    Action { id: "reference.previous", name: "Previous cross reference", menu: Menu::Go, keys: shift("F7"), does: Does::Run(|w| cycle_reference(w, -1)) },
    Action { id: "back", name: "Back", menu: Menu::Go, keys: alt("ArrowLeft"), does: Does::Run(|w| w.view().back.last().and_then(|_| view(w, ViewCommand::Back))) },
    Action { id: "forward", name: "Forward", menu: Menu::Go, keys: alt("ArrowRight"), does: Does::Run(|w| w.view().forward.last().and_then(|_| view(w, ViewCommand::Forward))) },
    Action { id: "tab.next", name: "Next draft", menu: Menu::Go, keys: ctrl("PageDown"), does: Does::Run(|w| view(w, ViewCommand::CycleTab(1))) },
    Action { id: "tab.previous", name: "Previous draft", menu: Menu::Go, keys: ctrl("PageUp"), does: Does::Run(|w| view(w, ViewCommand::CycleTab(-1))) },
    Action { id: "tab.close", name: "Close this draft's tab", menu: Menu::Go, keys: ctrl("W"), does: Does::Run(|w| view(w, ViewCommand::CloseTab(w.view().current?))) },
    Action { id: "panel.outline", name: "Outline", menu: Menu::View, keys: alt("1"), does: Does::Run(|w| view(w, ViewCommand::Panel(Panel::Outline))) },
    Action { id: "panel.concerns", name: "Concerns", menu: Menu::View, keys: alt("2"), does: Does::Run(|w| view(w, ViewCommand::Panel(Panel::Concerns))) },
    Action { id: "panel.annotations", name: "Annotations", menu: Menu::View, keys: alt("3"), does: Does::Run(|w| view(w, ViewCommand::Panel(Panel::Annotations))) },
    Action { id: "panel.references", name: "References", menu: Menu::View, keys: alt("4"), does: Does::Run(|w| view(w, ViewCommand::Panel(Panel::References))) },
    Action { id: "panel.suggestions", name: "Suggestions of commentaries", menu: Menu::View, keys: alt("5"), does: Does::Run(|w| view(w, ViewCommand::Panel(Panel::Suggestions))) },
    Action { id: "panel.search", name: "What the search has found, beside the page", menu: Menu::View, keys: alt("6"), does: Does::Run(|w| view(w, ViewCommand::Panel(Panel::Search))) },
    Action { id: "panel.words", name: "Obligation words by article", menu: Menu::View, keys: alt("7"), does: Does::Run(|w| view(w, ViewCommand::Panel(Panel::Words))) },
    Action { id: "panel.terms", name: "Defined terms of the draft", menu: Menu::View, keys: alt("8"), does: Does::Run(|w| view(w, ViewCommand::Panel(Panel::Terms))) },
    Action { id: "commentary", name: "Show or hide the commentary beside the draft", menu: Menu::View, keys: ctrl_shift("L"), does: Does::Run(beside) },
    Action { id: "side", name: "Show or hide the side panel", menu: Menu::View, keys: ctrl("B"), does: Does::Run(|w| view(w, ViewCommand::ToggleSide)) },
    Action { id: "marks", name: "Show or hide negotiating marks", menu: Menu::View, keys: ctrl("M"), does: Does::Run(|w| lens(w, LensCommand::Toggle(Lens::Marks))) },
    Action { id: "references", name: "Show or hide cross references", menu: Menu::View, keys: ctrl_shift("R"), does: Does::Run(|w| lens(w, LensCommand::Toggle(Lens::References))) },
    Action { id: "lens.words", name: "Show or hide obligation words", menu: Menu::View, keys: ctrl_shift("B"), does: Does::Run(|w| lens(w, LensCommand::Toggle(Lens::Words))) },
    Action { id: "lens.terms", name: "Show or hide defined terms", menu: Menu::View, keys: ctrl_shift("D"), does: Does::Run(|w| lens(w, LensCommand::Toggle(Lens::Terms))) },
    Action { id: "lens.search", name: "Show or hide search marks", menu: Menu::View, keys: ctrl_shift("X"), does: Does::Run(|w| lens(w, LensCommand::Toggle(Lens::Search))) },
    Action { id: "lens.next", name: "Next mark of the lens", menu: Menu::Go, keys: plain("F12"), does: Does::Run(|w| on_draft(w, LensCommand::Step(1))) },
    Action { id: "lens.previous", name: "Previous mark of the lens", menu: Menu::Go, keys: shift("F12"), does: Does::Run(|w| on_draft(w, LensCommand::Step(-1))) },
    Action { id: "lens.marks", name: "Explain negotiating marks", menu: Menu::View, keys: None, does: Does::Run(|w| lens(w, LensCommand::Explain(Some(Lens::Marks)))) },
    Action { id: "lens.references", name: "Explain cross references", menu: Menu::View, keys: None, does: Does::Run(|w| lens(w, LensCommand::Explain(Some(Lens::References)))) },
    Action { id: "lens.definition", name: "Go to the definition of the term at the caret", menu: Menu::Go, keys: ctrl_shift("Enter"), does: Does::Run(definition_here) },
    Action { id: "text.larger", name: "Larger text", menu: Menu::View, keys: ctrl("Plus"), does: Does::Run(|w| text_size(w, 1.0)) },
    Action { id: "text.larger.equals", name: "Larger text", menu: Menu::Help, keys: ctrl("Equals"), does: Does::Run(|w| text_size(w, 1.0)) },
    Action { id: "text.smaller", name: "Smaller text", menu: Menu::View, keys: ctrl("Minus"), does: Does::Run(|w| text_size(w, -1.0)) },
    Action { id: "text.usual", name: "Usual text size", menu: Menu::View, keys: ctrl("0"), does: Does::Run(usual_size) },
    Action { id: "zoom.in", name: "Zoom in", menu: Menu::View, keys: ctrl_shift("Plus"), does: Does::Run(|w| Some(Command::View(ViewCommand::Zoom(w.zoom() + 0.1)))) },
    Action { id: "zoom.in.equals", name: "Zoom in", menu: Menu::Help, keys: ctrl_shift("Equals"), does: Does::Run(|w| Some(Command::View(ViewCommand::Zoom(w.zoom() + 0.1)))) },
    Action { id: "zoom.out", name: "Zoom out", menu: Menu::View, keys: ctrl_shift("Minus"), does: Does::Run(|w| Some(Command::View(ViewCommand::Zoom(w.zoom() - 0.1)))) },
    Action { id: "zoom.usual", name: "Usual zoom", menu: Menu::View, keys: ctrl_shift("0"), does: Does::Run(|_| Some(Command::View(ViewCommand::Zoom(1.0)))) },
    Action { id: "theme.light", name: "Light theme", menu: Menu::View, keys: None, does: Does::Run(|_| Some(Command::View(ViewCommand::Theme(ThemeChoice::Light)))) },
    Action { id: "theme.dark", name: "Dark theme", menu: Menu::View, keys: None, does: Does::Run(|_| Some(Command::View(ViewCommand::Theme(ThemeChoice::Dark)))) },
    Action { id: "theme.system", name: "Theme as the system", menu: Menu::View, keys: None, does: Does::Run(|_| Some(Command::View(ViewCommand::Theme(ThemeChoice::System)))) },

    Action { id: "palette", name: "Find or run anything…", menu: Menu::Help, keys: ctrl("K"), does: Does::Ask(Question::Palette, |_| true) },
    Action { id: "search.help", name: "What a question can say…", menu: Menu::Help, keys: None, does: Does::Ask(Question::SearchHelp, |_| true) },
    Action { id: "keys", name: "Keyboard…", menu: Menu::Help, keys: plain("F1"), does: Does::Ask(Question::Keys, |_| true) },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_actions_share_a_key_or_an_id() {
        for (i, a) in ACTIONS.iter().enumerate() {
            for b in &ACTIONS[i + 1..] {
                assert_ne!(a.id, b.id);
                assert!(a.keys.is_none() || a.keys != b.keys, "{} and {} share a key", a.id, b.id);
            }
        }
    }
}
