//! What one sees while no project is open: the sample, a new project, an old one, the recent ones, one's name.

use eframe::egui::{self, Align, Button, Frame, Layout, Margin, RichText, Ui, Vec2};

use crate::ui::scene::Scene;
use crate::ui::theme::serif_semibold;
use crate::ui::widgets::{Row, text_field};
use crate::workspace::{Command, ProjectCommand, Question};

/// What has been typed so far.
#[derive(Default)]
pub struct WelcomeState {
    name: Option<String>,
}

/// Draws the page.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut WelcomeState) {
    let width = 460.0_f32.min(ui.available_width() - 32.0);
    egui::ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        ui.add_space((ui.available_height() * 0.12).max(16.0));
        ui.with_layout(Layout::top_down(Align::Center), |ui| {
            ui.set_max_width(width);
            ui.allocate_ui_with_layout(Vec2::new(width, 0.0), Layout::top_down(Align::Min), |ui| {
                page(ui, scene, state);
            });
        });
    });
}

fn page(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut WelcomeState) {
    let tokens = scene.tokens;
    ui.label(RichText::new("Travaux").family(serif_semibold()).size(38.0).color(tokens.ink));
    ui.label(
        RichText::new(
            "Read the drafts of a treaty, mark what endangers rights, and carry every note to the next draft",
        )
        .size(tokens.size.body + 1.0)
        .color(tokens.quiet_ink),
    );
    ui.add_space(tokens.space.large);
    let big = |ui: &mut Ui, title: &str, about: &str, accent: bool| {
        let text = RichText::new(title).size(tokens.size.body + 1.0);
        let button =
            if accent { Button::new(text.color(tokens.accent_ink)).fill(tokens.accent) } else { Button::new(text) };
        let clicked = ui.add(button.min_size(Vec2::new(ui.available_width(), 40.0))).clicked();
        ui.label(RichText::new(about).small().color(tokens.quiet_ink));
        ui.add_space(tokens.space.small);
        clicked
    };
    let first = scene.w.settings().recent.is_empty();
    if big(
        ui,
        "Open the sample",
        "A model convention in three drafts with the remarks of two analysts and a commentary, yours to change",
        first,
    ) {
        scene.run(Command::Project(ProjectCommand::OpenSample));
    }
    if big(ui, "New project…", "One project follows one treaty through all its drafts", false) {
        scene.ask(Question::NewProject);
    }
    if big(ui, "Open project…", "A folder made by Travaux, on this machine or in a shared one", false) {
        scene.ask(Question::OpenProject);
    }
    let recent = scene.w.settings().recent.clone();
    if !recent.is_empty() {
        ui.add_space(tokens.space.medium);
        ui.label(RichText::new("Recent").small().color(tokens.quiet_ink));
        for folder in recent {
            let name = folder.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
            let response = Row::new(&name).show(ui, tokens).on_hover_text(folder.display().to_string());
            if response.clicked() {
                scene.run(Command::Project(ProjectCommand::Open(folder.clone())));
            }
            response.context_menu(|ui| {
                if ui.button("Take off this list").clicked() {
                    scene.run(Command::Project(ProjectCommand::Forget(folder.clone())));
                    ui.close();
                }
            });
        }
    }
    ui.add_space(tokens.space.medium);
    if scene.w.analyst().is_none() {
        ask_name(ui, scene, state);
    }
}

/// The name is asked once; it can be changed in the settings.
fn ask_name(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut WelcomeState) {
    let tokens = scene.tokens;
    let name = state.name.get_or_insert_with(String::new);
    Frame::new().fill(tokens.chrome_raised).corner_radius(tokens.size.corner).inner_margin(Margin::same(12)).show(
        ui,
        |ui| {
            let field = text_field(ui, "Your name, as it stands beside your remarks", "Name or role", name, tokens);
            ui.horizontal(|ui| {
                let ready = !name.trim().is_empty();
                let enter = field.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
                if (ui.add_enabled(ready, Button::new("Keep")).clicked() || enter) && ready {
                    scene.run(Command::Project(ProjectCommand::SetAnalyst(name.clone())));
                }
                ui.label(RichText::new("It never leaves this machine by itself").small().color(tokens.quiet_ink));
            });
        },
    );
}
