//! The codebook: concerns in a tree at the left, the chosen one's fields at the right.

use eframe::egui::{self, ComboBox, Frame, Margin, RichText, Ui};

use super::{Dialog, Flow, at_right};
use crate::model::{Codebook, Concern, ConcernId, Swatch};
use crate::ui::bars::count;
use crate::ui::scene::Scene;
use crate::ui::widgets::{Row, Ticks, labelled, tag, text_area, text_field};
use crate::workspace::{CodebookCommand, Command};

/// What is chosen and being changed.
pub struct Editor {
    chosen: Option<ConcernId>,
    fields: Option<Concern>,
    new_name: String,
    /// The name of a concern just added, to be chosen when it is there.
    added: Option<String>,
    /// Why what was typed cannot be kept.
    fault: Option<String>,
}

impl Editor {
    pub fn new(scene: &Scene<'_>) -> Self {
        let chosen = scene.w.project().and_then(|p| p.codebook.tree().first().map(|(_, c)| c.id));
        Self { chosen, fields: None, new_name: String::new(), added: None, fault: None }
    }

    /// What was typed is kept without a button, where it can be.
    /// Answers whether one may go on; otherwise says what is in the way.
    fn keep(&mut self, scene: &mut Scene<'_>) -> bool {
        self.fault = None;
        let Some(fields) = &self.fields else { return true };
        let old = scene.w.project().and_then(|p| p.codebook.get(fields.id));
        if scene.w.can_edit() && old.is_some_and(|old| old != fields) {
            self.fault = scene.w.concern_fault(fields);
            if self.fault.is_some() {
                return false;
            }
            scene.run(Command::Codebook(CodebookCommand::Put(fields.clone())));
        }
        self.fields = None;
        true
    }

    fn choose(&mut self, id: ConcernId) {
        self.chosen = Some(id);
        self.fields = None;
    }
}

impl Dialog for Editor {
    fn title(&self) -> &str {
        "Codebook"
    }

    fn width(&self) -> f32 {
        860.0
    }

    fn may_leave(&mut self, scene: &mut Scene<'_>) -> bool {
        // Asked a second time with nothing mended, it lets go.
        let before = self.fault.take();
        self.keep(scene) || before.is_some() && before == self.fault
    }

    fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow {
        let tokens = scene.tokens;
        let Some(project) = scene.w.project() else { return Flow::Close };
        let book = &project.codebook;
        let fresh = self.added.as_ref().and_then(|name| book.concerns.iter().find(|c| c.name == *name)).map(|c| c.id);
        if let Some(id) = fresh {
            self.choose(id);
        }
        let edit = scene.w.can_edit();
        let height = (ui.ctx().content_rect().height() - 230.0).clamp(240.0, 560.0);
        let width = ui.available_width();
        ui.horizontal_top(|ui| {
            ui.vertical(|ui| {
                ui.set_width((width * 0.4).min(330.0));
                egui::ScrollArea::vertical()
                    .id_salt("tree")
                    .max_height(height - 44.0)
                    .auto_shrink([false, false])
                    .show(ui, |ui| {
                        ui.spacing_mut().item_spacing.y = 1.0;
                        for (depth, concern) in book.tree() {
                            ui.horizontal(|ui| {
                                ui.add_space(depth as f32 * 14.0);
                                tag(ui, concern, tokens);
                                let retired = if concern.retired { " (retired)" } else { "" };
                                let text = format!("{}{retired}", concern.name);
                                let row = Row { selected: self.chosen == Some(concern.id), ..Row::new(&text) };
                                let response = row.show(ui, tokens);
                                if fresh == Some(concern.id) {
                                    response.scroll_to_me(None);
                                    self.added = None;
                                }
                                if response.clicked() && self.keep(scene) {
                                    self.choose(concern.id);
                                }
                            });
                        }
                    });
                ui.horizontal(|ui| {
                    let width = ui.available_width() - 70.0;
                    let field =
                        egui::TextEdit::singleline(&mut self.new_name).hint_text("A new concern").desired_width(width);
                    let response = ui.add_enabled(edit, field).accessible_name("Name of the new concern");
                    let enter = response.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
                    let ready = edit && !self.new_name.trim().is_empty();
                    if (ui.add_enabled(ready, egui::Button::new("Add")).clicked() || enter) && ready {
                        let parent = self.chosen.and_then(|c| book.get(c)).and_then(|c| c.parent);
                        let name = std::mem::take(&mut self.new_name);
                        self.keep(scene);
                        self.added = Some(name.trim().to_owned());
                        scene.run(Command::Codebook(CodebookCommand::Add { name, parent }));
                    }
                });
            });
            ui.add_space(tokens.space.medium);
            Frame::new().fill(tokens.chrome).corner_radius(tokens.size.corner).inner_margin(Margin::same(12)).show(
                ui,
                |ui| {
                    ui.vertical(|ui| {
                        ui.set_width(ui.available_width());
                        egui::ScrollArea::vertical()
                            .id_salt("fields")
                            .max_height(height)
                            .auto_shrink([false, false])
                            .show(ui, |ui| match self.chosen.and_then(|c| book.get(c)).cloned() {
                                Some(concern) => self.fields(ui, scene, book, &concern, edit),
                                None => {
                                    ui.label(RichText::new("Choose a concern, or add one").color(tokens.quiet_ink));
                                }
                            });
                    });
                },
            );
        });
        ui.add_space(tokens.space.medium);
        if let Some(fault) = &self.fault {
            ui.label(RichText::new(format!("{fault}; Esc drops what was typed")).color(tokens.danger));
        }
        let mut close = false;
        at_right(ui, |ui| close = ui.button("Done").clicked());
        if close { Flow::Close } else { Flow::Stay }
    }
}

impl Editor {
    fn fields(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, book: &Codebook, concern: &Concern, edit: bool) {
        let tokens = scene.tokens;
        if self.fields.as_ref().is_none_or(|f| f.id != concern.id) {
            self.fields = Some(concern.clone());
        }
        let Some(fields) = &mut self.fields else { return };
        let counts = scene.w.derived().counts.get(&concern.id).copied().unwrap_or_default();
        let used = count(counts.everywhere, "annotation has it", "annotations have it");
        ui.label(RichText::new(used).small().color(tokens.quiet_ink));
        text_field(ui, "Name", "", &mut fields.name, tokens);
        ui.horizontal(|ui| {
            labelled(ui, "Tag", tokens, |ui| {
                ui.add(egui::TextEdit::singleline(&mut fields.tag).desired_width(48.0).char_limit(3))
            });
            let mut key = fields.key.map(String::from).unwrap_or_default();
            let response = labelled(ui, "Key", tokens, |ui| {
                ui.add(egui::TextEdit::singleline(&mut key).desired_width(36.0).char_limit(1))
            });
            if response.changed() {
                fields.key = key.chars().next().filter(|c| c.is_alphanumeric());
            }
            labelled(ui, "Color", tokens, |ui| {
                ComboBox::from_id_salt("swatch")
                    .width(96.0)
                    .selected_text(RichText::new(fields.swatch.word()).color(tokens.swatch(fields.swatch).ink))
                    .show_ui(ui, |ui| {
                        for swatch in Swatch::ALL {
                            let word = RichText::new(swatch.word()).color(tokens.swatch(swatch).ink);
                            ui.selectable_value(&mut fields.swatch, swatch, word);
                        }
                    })
                    .response
            });
            let parent_name = fields.parent.and_then(|p| book.get(p)).map_or("nothing", |p| p.name.as_str());
            labelled(ui, "Part of", tokens, |ui| {
                ComboBox::from_id_salt("parent")
                    .width(150.0)
                    .selected_text(parent_name.chars().take(22).collect::<String>())
                    .show_ui(ui, |ui| {
                        ui.selectable_value(&mut fields.parent, None, "nothing");
                        for (_, other) in book.tree().into_iter().filter(|(_, o)| !book.is_within(o.id, concern.id)) {
                            ui.selectable_value(&mut fields.parent, Some(other.id), &other.name);
                        }
                    })
                    .response
            });
        });
        text_area(ui, "Definition", "What the concern means", &mut fields.definition, 4, tokens);
        text_area(ui, "What to look for", "Words and constructions that give it away", &mut fields.look_for, 3, tokens);
        ui.add_enabled_ui(edit, |ui| {
            ui.tick(&mut fields.safeguard, "An expected safeguard").on_hover_text(
                "The place Matrix lays out, article by article, where it stands and where it is missing",
            );
        });
        let changed = *fields != *concern;
        ui.horizontal(|ui| {
            let keep = ui.add_enabled(edit && changed, egui::Button::new("Keep the changes")).clicked();
            if let Some(fields) = self.fields.as_mut().filter(|_| keep) {
                // As it will be kept; where it is refused, what was typed stays.
                fields.name = fields.name.trim().to_owned();
                fields.tag = fields.tag.trim().to_uppercase();
                scene.run(Command::Codebook(CodebookCommand::Put(fields.clone())));
            }
            let retire = if concern.retired { "Bring back" } else { "Retire" };
            if ui
                .add_enabled(edit, egui::Button::new(retire))
                .on_hover_text("Kept on annotations, no longer offered")
                .clicked()
            {
                if !self.keep(scene) {
                    return;
                }
                scene.run(Command::Codebook(CodebookCommand::Retire { id: concern.id, retired: !concern.retired }));
                self.fields = None;
            }
            if ui.add_enabled(edit && counts.everywhere == 0, egui::Button::new("Remove")).clicked() {
                scene.run(Command::Codebook(CodebookCommand::Remove(concern.id)));
                self.fields = None;
                self.chosen = None;
            }
        });
        ui.horizontal(|ui| {
            let at = book.position(concern.id).unwrap_or(0);
            let siblings: Vec<usize> =
                (0..book.concerns.len()).filter(|&i| book.concerns[i].parent == concern.parent).collect();
            let rank = siblings.iter().position(|&i| i == at).unwrap_or(0);
            let move_to = |scene: &mut Scene<'_>, to: usize| {
                scene.run(Command::Codebook(CodebookCommand::Move { id: concern.id, parent: concern.parent, at: to }));
            };
            if ui.add_enabled(edit && rank > 0, egui::Button::new("Move up")).clicked() {
                move_to(scene, siblings[rank - 1]);
            }
            if ui.add_enabled(edit && rank + 1 < siblings.len(), egui::Button::new("Move down")).clicked() {
                move_to(scene, siblings[rank + 1]);
            }
            ui.add_enabled_ui(edit, |ui| {
                ui.menu_button("Merge into…", |ui| {
                    egui::ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
                        for (_, other) in book.tree().into_iter().filter(|(_, o)| o.id != concern.id && !o.retired) {
                            if ui.button(&other.name).clicked() {
                                let command = CodebookCommand::Merge { from: concern.id, into: other.id };
                                scene.run(Command::Codebook(command));
                                self.chosen = Some(other.id);
                                self.fields = None;
                                ui.close();
                            }
                        }
                    });
                });
            });
        });
    }
}
