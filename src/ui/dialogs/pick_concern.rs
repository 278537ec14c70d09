//! Which concern to tag with: type to filter, Enter takes the chosen one.

use std::collections::BTreeSet;

use eframe::egui::{self, Key, RichText, TextEdit, Ui};

use super::goto::{arrows, move_choice};
use super::{Dialog, Flow};
use crate::model::ConcernId;
use crate::ui::scene::{Scene, Wish};
use crate::ui::widgets::{Row, tag};
use crate::workspace::{AnnotateCommand, Command, ViewCommand};

/// What has been typed so far.
#[derive(Default)]
pub struct Pick {
    text: String,
    chosen: usize,
}

impl Dialog for Pick {
    fn title(&self) -> &str {
        "Tag with a concern"
    }

    fn at_top(&self) -> bool {
        true
    }

    fn width(&self) -> f32 {
        460.0
    }

    fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow {
        let tokens = scene.tokens;
        let Some(project) = scene.w.project() else { return Flow::Close };
        let selected = scene.w.view().selection().map(|s| s.range()).filter(|r| !r.is_empty());
        let own = scene.w.view().focus.filter(|f| scene.w.can_write(f.analyst));
        // The open card, if any, is what gets the tag; otherwise the selected words.
        let annotation = own.and_then(|f| project.annotation(f.analyst, f.annotation));
        if annotation.is_none() && selected.is_none() {
            ui.label(
                RichText::new("Select words in the draft first, with the mouse or with Shift and the arrow keys")
                    .color(tokens.quiet_ink),
            );
            let leave = ui.button("Close").clicked() || ui.input(|i| i.key_pressed(Key::Enter));
            return if leave { Flow::Close } else { Flow::Stay };
        }
        let (up, down) = arrows(ui);
        let hint = "Type to filter; Enter takes the marked one";
        let response = ui
            .add(TextEdit::singleline(&mut self.text).hint_text(hint).desired_width(f32::INFINITY))
            .accessible_name("Filter concerns");
        response.request_focus();
        if response.changed() {
            self.chosen = 0;
        }
        let wanted = self.text.trim().to_lowercase();
        let list: Vec<_> = project
            .codebook
            .tree()
            .into_iter()
            .filter(|(_, c)| !c.retired)
            .filter(|(_, c)| {
                wanted.is_empty()
                    || c.name.to_lowercase().contains(&wanted)
                    || c.tag.to_lowercase().starts_with(&wanted)
            })
            .collect();
        self.chosen = move_choice(self.chosen, list.len(), up, down);
        let mut taken: Option<ConcernId> = None;
        let height = (ui.ctx().content_rect().height() - 300.0).max(160.0);
        egui::ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            for (n, (depth, concern)) in list.iter().enumerate() {
                ui.horizontal(|ui| {
                    ui.add_space(*depth as f32 * 14.0);
                    tag(ui, concern, tokens);
                    let on = annotation.is_some_and(|a| a.concerns.contains(&concern.id));
                    let key = concern.key.map(|k| format!("  [{k}]")).unwrap_or_default();
                    let text = format!("{}{}{key}", if on { "\u{25cf} " } else { "" }, concern.name);
                    let name = format!("{}{}", concern.name, if on { ", on this remark" } else { "" });
                    let row = Row { selected: n == self.chosen, name: Some(name), ..Row::new(&text) };
                    let response = row.show(ui, tokens);
                    if n == self.chosen && (up || down) {
                        response.scroll_to_me(None);
                    }
                    if response.clicked() {
                        taken = Some(concern.id);
                    }
                });
            }
        });
        if list.is_empty() {
            ui.label(
                RichText::new("No concern has this name; the codebook can be edited with Ctrl+Shift+C")
                    .color(tokens.quiet_ink),
            );
        }
        if ui.input(|i| i.key_pressed(Key::Enter)) {
            taken = list.get(self.chosen).map(|(_, c)| c.id);
        }
        let Some(concern) = taken else { return Flow::Stay };
        match (annotation, selected, scene.w.view().current) {
            (Some(a), _, _) => scene.run(Command::Annotate(AnnotateCommand::ToggleConcern { id: a.id, concern })),
            (None, Some(range), Some(draft)) => {
                let concerns = BTreeSet::from([concern]);
                scene.run(Command::Annotate(AnnotateCommand::Words { draft, range, concerns }));
                scene.view(ViewCommand::Select(None));
                scene.wishes.push(Wish::FocusPage);
            }
            _ => {}
        }
        Flow::Close
    }
}
