//! What the window asks before something is done: one file a question.
//!
//! Must not know: how answers are carried out; a dialog reads the scene and pushes wishes. To add one: a variant of
//! [`Question`], a file here, a line in [`open`].

mod carry;
mod codebook;
mod commentary;
mod details;
mod export;
mod export_view;
mod files;
mod goto;
mod goto_page;
mod keep_search;
mod keys;
mod palette;
mod paper;
mod passphrase;
mod pick_concern;
mod project;
mod report;
mod search_help;
mod settings;
mod share;
mod share_account;
mod sign;
mod suggestion;
mod tag_all;
mod target;

use eframe::egui::{self, Frame, Id, Margin, Modal, RichText, Ui};

use crate::workspace::{Command, Gravity, Question, SealedFile};

pub use details::DetailFields;

use super::scene::{Chosen, Scene};

/// Whether a dialog stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// It stays.
    Stay,
    /// It is done, or the person left it.
    Close,
}

/// One dialog.
pub trait Dialog {
    /// Its title; empty for those that are only a field.
    fn title(&self) -> &str;
    /// Draws it and says whether it stays.
    fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow;
    /// Takes the answer of a dialog of the desktop.
    fn chosen(&mut self, _chosen: Chosen) {}
    /// Whether it may be left now: what was typed and cannot be kept as it is holds it open.
    fn may_leave(&mut self, _scene: &mut Scene<'_>) -> bool {
        true
    }
    /// Called when it is left, whatever way.
    fn leave(&mut self, _scene: &mut Scene<'_>) {}
    /// Its width, in points.
    fn width(&self) -> f32 {
        480.0
    }
    /// Whether it hangs from the top of the window instead of standing in its middle.
    fn at_top(&self) -> bool {
        false
    }
}

/// The dialog for a question.
pub fn open(question: Question, scene: &Scene<'_>) -> Box<dyn Dialog> {
    match question {
        Question::NewProject => Box::new(project::NewProject::new()),
        Question::OpenProject => Box::new(project::OpenProject::new()),
        Question::ProjectDetails => Box::new(project::Details::new(scene)),
        Question::ImportDrafts => Box::new(files::Files::drafts()),
        Question::OpenColleague => Box::new(files::Files::colleague()),
        Question::DraftDetails => Box::new(details::Details::new(scene)),
        Question::GoToCitation => Box::new(goto::GoTo::default()),
        Question::GoToPage => Box::new(goto_page::GoToPage::default()),
        // Those that ask nothing are done by the window itself.
        Question::FindInDraft
        | Question::Reply
        | Question::OriginalFile
        | Question::OriginalFolder
        | Question::Palette => Box::new(palette::Palette::default()),
        Question::Export => Box::new(export::Export::new(scene)),
        Question::Share => Box::new(share::Share::new(scene)),
        Question::ExportWords => Box::new(export_view::ExportView::words(scene)),
        Question::ExportComparison => Box::new(export_view::ExportView::comparison(scene)),
        Question::ExportMatrix => Box::new(export_view::ExportView::matrix(scene)),
        Question::Carry => Box::new(carry::Carry::new(scene)),
        Question::Codebook => Box::new(codebook::Editor::new(scene)),
        Question::PickConcern => Box::new(pick_concern::Pick::default()),
        Question::AddCommentary => Box::new(commentary::Add::new(scene)),
        Question::PasteCommentary => Box::new(commentary::Paste::new(scene)),
        Question::CommentaryDetails => Box::new(commentary::Details::new(scene)),
        Question::EditSuggestion => Box::new(suggestion::Edit::new(scene)),
        Question::SaveReport => Box::new(report::SaveReport::new()),
        Question::Settings => Box::new(settings::Settings::new(scene)),
        Question::Keys => Box::new(keys::List),
        Question::SearchHelp => Box::new(search_help::Help),
        Question::KeepSearch => Box::new(keep_search::Keep::new(scene)),
        Question::TagAll => Box::new(tag_all::TagAll::new(scene)),
        Question::ExportSearch => Box::new(export_view::ExportView::search(scene)),
        Question::NewPaper => Box::new(paper::NewPaper::new(scene)),
        Question::ExportPaper => Box::new(paper::ExportPaper::new(scene)),
        Question::PaperLogo => Box::new(paper::PaperFile::logo(scene)),
        Question::PaperStyles => Box::new(paper::PaperFile::styles(scene)),
    }
}

/// The dialog that asks for the analyst's name before the first remark, and then makes that remark.
pub fn sign(then: Command) -> Box<dyn Dialog> {
    Box::new(sign::Sign::new(then))
}

/// The dialog that asks for the passphrase of a colleague's file.
pub fn passphrase(file: &SealedFile) -> Box<dyn Dialog> {
    Box::new(passphrase::AskPassphrase::new(file))
}

/// Why the latest wish was refused, inside the dialog, since what stands behind it is dimmed.
fn refused(ui: &mut Ui, scene: &Scene<'_>, since: u64) {
    let latest = scene.w.notices().latest().filter(|n| n.number > since && n.gravity != Gravity::Done);
    if let Some(notice) = latest {
        ui.add(egui::Label::new(RichText::new(&notice.text).color(scene.tokens.danger)).wrap());
    }
}

/// Draws a dialog over the window and says whether it stays. `since` is the number of the last notice before it opened.
pub fn show(ctx: &egui::Context, scene: &mut Scene<'_>, dialog: &mut dyn Dialog, since: u64) -> Flow {
    let tokens = scene.tokens;
    let screen = ctx.content_rect();
    let id = Id::unique("dialog");
    let mut area = Modal::default_area(id);
    if dialog.at_top() {
        area = area.anchor(egui::Align2::CENTER_TOP, egui::vec2(0.0, 56.0));
    }
    let frame = Frame::popup(&ctx.global_style()).inner_margin(Margin::same(18));
    let width = dialog.width().min(screen.width() - 48.0);
    // What is typed in a field at the top is about the page, so the page stays as it is.
    let backdrop = if dialog.at_top() { egui::Color32::TRANSPARENT } else { tokens.shadow.gamma_multiply(2.0) };
    let modal = Modal::new(id).area(area).frame(frame).backdrop_color(backdrop);
    // Before any box or field takes the Enter in it for itself.
    let done = ctx.input_mut(|i| i.consume_key(egui::Modifiers::COMMAND, egui::Key::Enter));
    ctx.data_mut(|d| d.insert_temp(done_id(), done));
    let answer = modal.show(ctx, |ui| {
        ui.set_width(width);
        ui.set_max_height(screen.height() - 120.0);
        if !dialog.title().is_empty() {
            ui.label(RichText::new(dialog.title()).heading().color(tokens.ink));
            ui.add_space(tokens.space.small);
        }
        let flow = dialog.show(ui, scene);
        refused(ui, scene, since);
        flow
    });
    let leaves = answer.should_close() || answer.inner == Flow::Close;
    if leaves && dialog.may_leave(scene) { Flow::Close } else { Flow::Stay }
}

/// Where it is kept whether Ctrl+Enter was pressed in this frame.
fn done_id() -> Id {
    Id::unique("dialog done")
}

/// The row of buttons at the bottom: the thing to do, and leaving. Enter does it where `enter` says so, Ctrl+Enter from
/// wherever the keyboard is.
pub fn buttons(ui: &mut Ui, scene: &Scene<'_>, action: &str, enabled: bool, enter: bool) -> Option<bool> {
    let tokens = scene.tokens;
    ui.add_space(tokens.space.medium);
    let mut answer = None;
    at_right(ui, |ui| {
        let text = RichText::new(action).color(tokens.accent_ink);
        let mut go = egui::Button::new(text).fill(tokens.accent);
        if !enabled {
            go = egui::Button::new(RichText::new(action));
        }
        let response = ui.add_enabled(enabled, go).on_hover_text("Ctrl+Enter");
        if response.has_focus() {
            let ring = egui::Stroke::new(2.0, tokens.ink);
            ui.painter().rect_stroke(response.rect.expand(2.0), tokens.size.corner, ring, egui::StrokeKind::Outside);
        }
        if response.clicked() {
            answer = Some(true);
        }
        if ui.button("Cancel").clicked() {
            answer = Some(false);
        }
    });
    // A field lets go of the keyboard with Enter; whatever still has it takes Enter for itself.
    let free = ui.memory(|m| m.focused().is_none());
    let done = ui.data(|d| d.get_temp(done_id()).unwrap_or(false));
    if enabled && (done || enter && free && ui.input(|i| i.key_pressed(egui::Key::Enter))) {
        answer = Some(true);
    }
    answer
}

/// A line of buttons that begins at the right.
pub fn at_right(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), add));
}
