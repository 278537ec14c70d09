//! The analyst's name and the look of the program.

use eframe::egui::{self, RichText, Slider, Ui};

use super::{Dialog, Flow, at_right};
use crate::ui::scene::Scene;
use crate::ui::widgets::{Ticks, labelled, text_field};
use crate::workspace::{Command, ProjectCommand, ThemeChoice, ViewCommand};

/// What has been typed so far.
pub struct Settings {
    name: String,
}

impl Settings {
    pub fn new(scene: &Scene<'_>) -> Self {
        Self { name: scene.w.analyst().map(|a| a.name.clone()).unwrap_or_default() }
    }
}

impl Dialog for Settings {
    fn title(&self) -> &str {
        "Settings"
    }

    fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow {
        let tokens = scene.tokens;
        let field = text_field(ui, "Your name, as colleagues will see it", "Name or role", &mut self.name, tokens);
        let quiet =
            RichText::new("It stands beside your remarks and in the files you send").small().color(tokens.quiet_ink);
        ui.label(quiet);
        ui.add_space(tokens.space.medium);
        let mut theme = scene.w.theme();
        ui.horizontal(|ui| {
            ui.label("Theme");
            for choice in ThemeChoice::ALL {
                ui.choose(&mut theme, choice, choice.name());
            }
        });
        if theme != scene.w.theme() {
            scene.view(ViewCommand::Theme(theme));
        }
        let mut size = scene.w.text_size();
        let slider = labelled(ui, "Size of the draft's text, in points", tokens, |ui| {
            ui.add(Slider::new(&mut size, 12.0..=32.0).step_by(1.0))
        });
        if slider.changed() {
            scene.view(ViewCommand::TextSize(size));
        }
        ui.add_space(tokens.space.medium);
        let mut close = false;
        at_right(ui, |ui| {
            close = ui.button("Done").clicked();
        });
        close |= field.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
        let known = scene.w.analyst().map(|a| a.name.as_str()).unwrap_or_default();
        if (close || field.lost_focus()) && !self.name.trim().is_empty() && self.name.trim() != known {
            scene.run(Command::Project(ProjectCommand::SetAnalyst(self.name.clone())));
        }
        if close { Flow::Close } else { Flow::Stay }
    }
}
