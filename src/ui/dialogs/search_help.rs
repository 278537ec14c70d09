//! All that a question can say, from the table in the code.

use eframe::egui::{self, Grid, Label, RichText, Ui};

use super::keys::scroll_by_keys;
use super::{Dialog, Flow};
use crate::search::CONSTRUCTS;
use crate::ui::scene::Scene;

/// The page; it has no state.
pub struct Help;

impl Dialog for Help {
    fn title(&self) -> &str {
        "What a question can say"
    }

    fn width(&self) -> f32 {
        860.0
    }

    fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow {
        let tokens = scene.tokens;
        let height = (ui.ctx().content_rect().height() - 220.0).max(200.0);
        egui::ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            scroll_by_keys(ui);
            let mut group = "";
            Grid::new("constructs").num_columns(2).spacing([tokens.space.large, 7.0]).show(ui, |ui| {
                for construct in &CONSTRUCTS {
                    if construct.group != group {
                        group = construct.group;
                        ui.label(RichText::new(group).strong().color(tokens.accent));
                        ui.end_row();
                    }
                    ui.vertical(|ui| {
                        ui.set_width(330.0);
                        ui.spacing_mut().item_spacing.y = 1.0;
                        for query in construct.queries() {
                            ui.add(Label::new(RichText::new(query).monospace().color(tokens.ink)).wrap());
                        }
                    });
                    ui.vertical(|ui| {
                        ui.set_width((ui.available_width() - 20.0).max(200.0));
                        ui.add(Label::new(RichText::new(construct.means).color(tokens.quiet_ink)).wrap());
                    });
                    ui.end_row();
                }
            });
        });
        ui.add_space(tokens.space.medium);
        let close = ui.button("Close").clicked();
        if close { Flow::Close } else { Flow::Stay }
    }
}
