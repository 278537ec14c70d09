//! The submissions of the project, and the papers on its drafts as a whole: choosing one, making, renaming, removing.

use eframe::egui::{self, Button, Popup, PopupCloseBehavior, RichText, Role, ScrollArea, TextEdit, Ui, WidgetInfo};

use crate::model::{Submission, SubmissionId};
use crate::ui::scene::Scene;
use crate::ui::widgets::Row;
use crate::workspace::{Command, PaperOf, Question, ReportLook, ReportOf, SubmissionCommand, ViewCommand};

/// Room at the end of a row for its menu, in points.
const MENU: f32 = 36.0;
/// Of a panel as high as this share the list takes no more.
const SHARE: f32 = 0.34;

/// What the list remembers.
#[derive(Default)]
pub struct DocumentState {
    /// The name of the submission whose menu is open, as far as it is typed.
    name: Option<(SubmissionId, String)>,
}

/// Draws the list.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut DocumentState) {
    let tokens = scene.tokens;
    ui.horizontal(|ui| {
        ui.label(RichText::new("Submissions").strong().color(tokens.ink));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let make = ui.add_enabled(scene.w.can_edit(), Button::new("New submission…"));
            if make.on_hover_text("Ctrl+N").clicked() {
                scene.ask(Question::NewPaper);
            }
        });
    });
    let shown = scene.w.shown_paper();
    let submissions: Vec<Submission> = scene.w.submissions().into_iter().cloned().collect();
    let most = (ui.available_height() * SHARE).max(90.0);
    ScrollArea::vertical().id_salt("submissions").max_height(most).auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        for submission in &submissions {
            let chosen = shown == Some(PaperOf::Kept(submission.id));
            row(ui, scene, state, submission, chosen);
        }
        if scene.w.shown_drafts().is_some() {
            ui.add_space(tokens.space.small);
            ui.label(RichText::new("Papers on the drafts").small().color(tokens.quiet_ink));
            for (of, name) in
                [(ReportOf::Concordance, "Concordance"), (ReportOf::Outcomes, "What became of our concerns")]
            {
                let chosen = match of {
                    ReportOf::Concordance => matches!(shown, Some(PaperOf::Concordance { .. })),
                    _ => matches!(shown, Some(PaperOf::Outcomes { .. })),
                };
                if (Row { selected: chosen, ..Row::new(name) }).show(ui, tokens).clicked() {
                    look_at(scene, of);
                }
            }
        }
    });
    changed(ui, scene);
}

/// What has changed in the one that is looked at since it was exported.
fn changed(ui: &mut Ui, scene: &Scene<'_>) {
    let tokens = scene.tokens;
    let Some(submission) = scene.w.shown_submission() else { return };
    let of = PaperOf::Kept(submission.id);
    let Some((exported, composed)) = submission.exported.as_ref().zip(scene.w.composed(&of)) else { return };
    let Some(changed) = composed.changed else { return };
    let color = if changed.is_nothing() { tokens.quiet_ink } else { tokens.accent };
    let label = egui::Label::new(RichText::new(changed.sentence()).small().color(color)).wrap();
    ui.add(label).on_hover_text(format!("To {}, on {}", exported.file, exported.when.strftime("%-d %B %Y")));
}

fn look_at(scene: &mut Scene<'_>, of: ReportOf) {
    let look = ReportLook { shown: Some(of), ..scene.w.view().report.clone() };
    scene.view(ViewCommand::Report(Box::new(look)));
}

fn row(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut DocumentState, submission: &Submission, chosen: bool) {
    let tokens = scene.tokens;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let width = (ui.available_width() - MENU).max(60.0);
        ui.allocate_ui(egui::vec2(width, tokens.size.body * 1.75), |ui| {
            let kind = submission.kind.name();
            let name = Some(format!("{}, {kind}", submission.name));
            let row = Row { selected: chosen, name, ..Row::new(&submission.name) };
            if row.show(ui, tokens).on_hover_text(kind).clicked() {
                look_at(scene, ReportOf::Submission(submission.id));
            }
        });
        menu(ui, scene, state, submission);
    });
}

fn menu(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut DocumentState, submission: &Submission) {
    let button = ui.add(Button::new("⋯").frame_when_inactive(false));
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("What to do with {}", submission.name)));
    // There is a field in it: a click inside must not close it.
    let popup = Popup::menu(&button).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let id = submission.id;
    let shown = popup.show(|ui| {
        ui.set_min_width(240.0);
        let edit = scene.w.can_edit();
        rename(ui, scene, state, submission, edit);
        for (name, command) in
            [("Duplicate", SubmissionCommand::Duplicate(id)), ("Remove", SubmissionCommand::Remove(id))]
        {
            if ui.add_enabled(edit, Button::new(name)).clicked() {
                scene.run(Command::Submission(command));
                ui.close();
            }
        }
    });
    if shown.is_none() && state.name.as_ref().is_some_and(|(of, _)| *of == id) {
        state.name = None;
    }
}

/// The name, to be changed in place; Enter does it.
fn rename(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut DocumentState, submission: &Submission, edit: bool) {
    let id = submission.id;
    let typed = state.name.take().filter(|(of, _)| *of == id);
    let mut name = typed.map_or_else(|| submission.name.clone(), |(_, name)| name);
    let field = ui.add_enabled(edit, TextEdit::singleline(&mut name).desired_width(240.0));
    let field = field.accessible_name("Name of the submission");
    if field.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter)) {
        scene.run(Command::Submission(SubmissionCommand::Rename { id, name: name.clone() }));
        ui.close();
        return;
    }
    state.name = Some((id, name));
}
