//! Fields with the label above them.

use eframe::egui::text_edit::TextEditState;
use eframe::egui::{self, Response, TextEdit, Ui};

use crate::ui::scene::{Choice, Scene, Wish};
use crate::ui::theme::Tokens;

/// A quiet label, then the widget it names.
pub fn labelled(ui: &mut Ui, label: &str, tokens: &Tokens, add: impl FnOnce(&mut Ui) -> Response) -> Response {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = tokens.space.small;
        let name = ui.label(egui::RichText::new(label).small().color(tokens.quiet_ink));
        add(ui).labelled_by(name.id)
    })
    .inner
}

/// A line of text with its label.
pub fn text_field(ui: &mut Ui, label: &str, hint: &str, text: &mut String, tokens: &Tokens) -> Response {
    labelled(ui, label, tokens, |ui| {
        ui.add(TextEdit::singleline(text).hint_text(hint.to_owned()).desired_width(f32::INFINITY))
    })
}

/// A line that nobody can read over a shoulder, with its label. What was typed is not kept for undoing.
pub fn secret_field(ui: &mut Ui, label: &str, text: &mut String, tokens: &Tokens) -> Response {
    let field = labelled(ui, label, tokens, |ui| {
        ui.add(TextEdit::singleline(text).password(true).desired_width(f32::INFINITY))
    });
    if let Some(mut state) = TextEditState::load(ui.ctx(), field.id) {
        state.clear_undoer();
        state.store(ui.ctx(), field.id);
    }
    field
}

/// Several lines of text with their label.
pub fn text_area(ui: &mut Ui, label: &str, hint: &str, text: &mut String, rows: usize, tokens: &Tokens) -> Response {
    labelled(ui, label, tokens, |ui| {
        ui.add(TextEdit::multiline(text).hint_text(hint.to_owned()).desired_width(f32::INFINITY).desired_rows(rows))
    })
}

/// A path one can type, with a button for the desktop's dialog.
pub fn path_field(ui: &mut Ui, label: &str, path: &mut String, choice: Choice, scene: &mut Scene<'_>) -> Response {
    let tokens = scene.tokens;
    labelled(ui, label, tokens, |ui| {
        ui.horizontal(|ui| {
            let button = 96.0;
            let width = (ui.available_width() - button - tokens.space.medium).max(120.0);
            let field = ui.add(TextEdit::singleline(path).desired_width(width));
            if ui.add(egui::Button::new("Browse…").min_size(egui::vec2(button, 0.0))).clicked() {
                scene.wishes.push(Wish::Choose(choice));
            }
            field
        })
        .inner
    })
}
