//! What became of each file of an import, once nothing waits any more.

use eframe::egui::{self, Align, Button, Label, Layout, RichText, Ui, Vec2};

use crate::ui::scene::{Scene, Wish};
use crate::ui::theme::serif_semibold;
use crate::workspace::{Command, DraftCommand, Fate, Question};

/// Draws the report.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>) {
    let tokens = scene.tokens;
    let Some(report) = scene.w.import_report() else { return };
    let width = 760.0_f32.min(ui.available_width() - 48.0);
    ui.with_layout(Layout::top_down(Align::Center), |ui| {
        ui.allocate_ui_with_layout(Vec2::new(width, ui.available_height()), Layout::top_down(Align::Min), |ui| {
            ui.add_space(tokens.space.large);
            let heading = format!("{} of {} files came in", report.added(), report.files.len());
            ui.label(RichText::new(heading).family(serif_semibold()).size(tokens.size.heading).color(tokens.ink));
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = tokens.space.small;
                let close = Button::new(RichText::new("Close").color(tokens.accent_ink)).fill(tokens.accent);
                if ui.add(close).clicked() {
                    scene.run(Command::Draft(DraftCommand::Dismiss));
                }
                if ui.button("Copy the report").clicked() {
                    scene.wishes.push(Wish::Copy(report.text()));
                }
                if ui.button("Save the report…").clicked() {
                    scene.ask(Question::SaveReport);
                }
            });
            ui.add_space(tokens.space.medium);
            egui::ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
                // What needs a person comes first.
                let came_in = |fate: &Fate| matches!(fate, Fate::Added { .. } | Fate::LeftOut);
                let (good, bad): (Vec<_>, Vec<_>) = report.files.iter().partition(|(_, fate)| came_in(fate));
                for (path, fate) in bad.into_iter().chain(good) {
                    let name = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
                    let color = if came_in(fate) { tokens.quiet_ink } else { tokens.ink };
                    let sentence = match fate {
                        // It begins with the name.
                        Fate::NotRead(why) => why.clone(),
                        fate => format!("{name}: {}", fate.sentence()),
                    };
                    ui.add(Label::new(RichText::new(sentence).color(color)).wrap())
                        .on_hover_text(path.display().to_string());
                }
            });
        });
    });
}
