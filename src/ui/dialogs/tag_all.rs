//! What is to be made of all that was found: how much of the text, which concerns; with what it would do, before it does.

use eframe::egui::text::{CCursor, CCursorRange};
use eframe::egui::text_edit::TextEditState;
use eframe::egui::{self, ComboBox, Grid, Id, Key, Modifiers, RichText, TextEdit, Ui};

use super::{Dialog, Flow, buttons};
use crate::model::{Concern, Severity};
use crate::ui::bars::count;
use crate::ui::scene::Scene;
use crate::ui::widgets::{Ticks, labelled, tag, text_area};
use crate::workspace::{Command, SearchCommand, TagReach, TagSums, Tagging};

/// What has been chosen so far.
pub struct TagAll {
    tagging: Tagging,
    /// What was last asked about.
    asked: Option<Tagging>,
    filter: String,
    shown: bool,
}

impl TagAll {
    pub fn new(scene: &Scene<'_>) -> Self {
        let only_ticked = !scene.w.search().ticked.is_empty();
        Self {
            tagging: Tagging { only_ticked, ..Tagging::default() },
            asked: None,
            filter: String::new(),
            shown: false,
        }
    }

    fn concerns(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        let tokens = scene.tokens;
        let Some(project) = scene.w.project() else { return };
        let field = labelled(ui, "Concerns", tokens, |ui| {
            // Enter is for the first match, not for leaving.
            let edit = TextEdit::singleline(&mut self.filter).hint_text("Type to filter, Enter ticks the first");
            ui.add(edit.desired_width(f32::INFINITY).return_key(None))
        });
        if !std::mem::replace(&mut self.shown, true) {
            field.request_focus();
        }
        let wanted = self.filter.trim().to_lowercase();
        let offered = |c: &Concern| {
            !c.retired && (c.name.to_lowercase().contains(&wanted) || c.tag.to_lowercase().starts_with(&wanted))
        };
        let entered = field.has_focus() && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Enter));
        if entered
            && !wanted.is_empty()
            && let Some((_, first)) = project.codebook.tree().into_iter().find(|(_, c)| offered(c))
        {
            self.tagging.concerns.insert(first.id);
            select_all(ui, field.id, &self.filter);
        }
        egui::ScrollArea::vertical().id_salt("concerns to tag with").max_height(170.0).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            for (depth, concern) in project.codebook.tree() {
                let mut on = self.tagging.concerns.contains(&concern.id);
                // What is chosen stays in sight.
                if !on && !offered(concern) {
                    continue;
                }
                ui.horizontal(|ui| {
                    ui.add_space(depth as f32 * 14.0);
                    tag(ui, concern, tokens);
                    if ui.tick(&mut on, concern.name.as_str()).changed() {
                        if on {
                            self.tagging.concerns.insert(concern.id);
                        } else {
                            self.tagging.concerns.remove(&concern.id);
                        }
                    }
                });
            }
        });
    }
}

impl Dialog for TagAll {
    fn title(&self) -> &str {
        if self.tagging.only_ticked { "Tag what is ticked" } else { "Tag all that was found" }
    }

    fn width(&self) -> f32 {
        560.0
    }

    fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow {
        let tokens = scene.tokens;
        let ticked = scene.w.search().ticked.len();
        let height = (ui.ctx().content_rect().height() - 260.0).max(180.0);
        egui::ScrollArea::vertical().id_salt("tag all").max_height(height).show(ui, |ui| {
            self.concerns(ui, scene);
            ui.add_space(tokens.space.medium);
            ui.label(RichText::new("What becomes an annotation").small().color(tokens.quiet_ink));
            for reach in TagReach::ALL {
                ui.choose(&mut self.tagging.reach, reach, reach.name());
            }
            ui.add_space(tokens.space.small);
            Grid::new("tag how").num_columns(2).spacing([tokens.space.large, tokens.space.medium]).show(ui, |ui| {
                let name = ui.label(RichText::new("Severity").small().color(tokens.quiet_ink));
                let said = self.tagging.severity.map_or("unsaid", Severity::word);
                ComboBox::from_id_salt("severity of all")
                    .selected_text(said)
                    .show_ui(ui, |ui| {
                        ui.selectable_value(&mut self.tagging.severity, None, "unsaid");
                        for severity in Severity::ALL {
                            ui.selectable_value(&mut self.tagging.severity, Some(severity), severity.word());
                        }
                    })
                    .response
                    .labelled_by(name.id);
                ui.end_row();
            });
            text_area(ui, "The same note for all", "May be empty", &mut self.tagging.note, 2, tokens);
            if ticked > 0 {
                let words = format!("Only what is ticked ({})", count(ticked, "place", "places"));
                ui.tick(&mut self.tagging.only_ticked, words);
            }
        });
        if self.asked.as_ref() != Some(&self.tagging) {
            self.asked = Some(self.tagging.clone());
            scene.run(Command::Search(SearchCommand::Preview(self.tagging.clone())));
        }
        ui.add_space(tokens.space.small);
        let preview = scene.w.search().preview.as_ref().filter(|(of, _)| *of == self.tagging).map(|(_, sums)| sums);
        let words = preview.map_or_else(|| "Counting…".to_owned(), said);
        ui.add(egui::Label::new(RichText::new(words).color(tokens.ink)).wrap());
        let enabled = preview.is_some_and(|sums| sums.made > 0);
        // Many at once are made on purpose only: Enter is for the fields.
        let action = if self.tagging.concerns.is_empty() { "Tag with no concern" } else { "Tag" };
        match buttons(ui, scene, action, enabled, false) {
            Some(true) => {
                scene.run(Command::Search(SearchCommand::Tag(self.tagging.clone())));
                Flow::Close
            }
            Some(false) => Flow::Close,
            None => Flow::Stay,
        }
    }
}

/// What is typed next replaces what stands in the field.
fn select_all(ui: &Ui, field: Id, text: &str) {
    let mut state = TextEditState::load(ui.ctx(), field).unwrap_or_default();
    let all = CCursorRange::two(CCursor::new(0), CCursor::new(text.chars().count()));
    state.cursor.set_char_range(Some(all));
    state.store(ui.ctx(), field);
}

/// `41 places: 37 annotations in 2 drafts; 3 stretches are tagged so already`
fn said(sums: &TagSums) -> String {
    let mut words = count(sums.places, "place", "places");
    match sums.made {
        0 => words.push_str(": nothing to be made"),
        n => {
            let drafts = count(sums.drafts, "draft", "drafts");
            words.push_str(&format!(": {} in {drafts}", count(n, "annotation", "annotations")));
        }
    }
    match sums.there {
        0 => {}
        1 => words.push_str("; 1 is there already"),
        n => words.push_str(&format!("; {n} are there already")),
    }
    if sums.left_out > 0 {
        words.push_str(&format!("; {} left out", count(sums.left_out, "note", "notes")));
    }
    words
}
