//! The codebook with counts: what stands in this draft, what in all; the analysts whose sets are shown.

use eframe::egui::{self, Align, Layout, RichText, Ui};

use crate::ui::scene::Scene;
use crate::ui::widgets::{Row, Ticks, tag};
use crate::workspace::{ColleagueCommand, Command, ListFilter, Panel, Question, ViewCommand};

/// Draws the page.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>) {
    let tokens = scene.tokens;
    let Some(project) = scene.w.project() else { return };
    let quiet = |text: &str| RichText::new(text).small().color(tokens.quiet_ink);
    egui::ScrollArea::vertical().id_salt("concerns").auto_shrink([false, false]).show(ui, |ui| {
        let analysts = scene.w.analysts();
        if !analysts.is_empty() {
            ui.label(quiet("Analysts"));
            for (id, name, count, shown) in analysts {
                let mut on = shown;
                let whose =
                    if scene.w.is_own(id) { format!("{name} (you), {count}") } else { format!("{name}, {count}") };
                let response = ui.tick(&mut on, whose).on_hover_text("Show or hide this analyst's remarks");
                if !scene.w.is_own(id) && scene.w.can_edit() {
                    response.context_menu(|ui| {
                        if ui.button("Take this set out of the project").clicked() {
                            scene.run(Command::Colleague(ColleagueCommand::Remove(id)));
                            ui.close();
                        }
                    });
                }
                if response.changed() {
                    scene.run(Command::Colleague(ColleagueCommand::Show { analyst: id, shown: on }));
                }
            }
            ui.add_space(tokens.space.medium);
        }
        ui.horizontal(|ui| {
            ui.label(quiet("Concerns: in this draft, in all"));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if ui.button("Edit…").on_hover_text("Edit the codebook (Ctrl+Shift+C)").clicked() {
                    scene.ask(Question::Codebook);
                }
            });
        });
        ui.spacing_mut().item_spacing.y = 1.0;
        for (depth, concern) in project.codebook.tree() {
            let counts = scene.w.derived().counts.get(&concern.id).copied().unwrap_or_default();
            if concern.retired && counts.everywhere == 0 {
                continue;
            }
            let key = concern.key.map(|k| format!("  [{k}]")).unwrap_or_default();
            let retired = if concern.retired { " (retired)" } else { "" };
            ui.horizontal(|ui| {
                ui.add_space(depth as f32 * 12.0);
                tag(ui, concern, tokens);
                ui.spacing_mut().item_spacing.x = 0.0;
                let numbers = format!("{} / {}", counts.here, counts.everywhere);
                let text = format!("{}{retired}{key}", concern.name);
                let row = Row {
                    trail: 52.0,
                    name: Some(format!("{}, {} here, {} in all", concern.name, counts.here, counts.everywhere)),
                    ..Row::new(&text)
                };
                let hover = if concern.look_for.is_empty() {
                    concern.definition.clone()
                } else {
                    format!("{}\n\nLook for: {}", concern.definition, concern.look_for)
                };
                let response = row.show(ui, tokens).on_hover_ui(|ui| {
                    ui.set_max_width(380.0);
                    ui.label(hover);
                });
                let at = egui::pos2(response.rect.right() - tokens.space.medium, response.rect.center().y);
                let color = if counts.here > 0 { tokens.ink } else { tokens.quiet_ink };
                let font = egui::FontId::new(tokens.size.small, crate::ui::theme::sans());
                ui.painter().text(at, egui::Align2::RIGHT_CENTER, numbers, font, color);
                if response.clicked() {
                    let filter = ListFilter { concern: Some(concern.id), ..ListFilter::default() };
                    scene.view(ViewCommand::Filter(filter));
                    scene.view(ViewCommand::Panel(Panel::Annotations));
                }
            });
        }
    });
}
