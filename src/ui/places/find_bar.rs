//! Find in the open draft: a bar over the page.

use eframe::egui::{Button, Frame, Key, Margin, Modifiers, RichText, TextEdit, Ui};

use crate::ui::scene::{Scene, Wish};
use crate::ui::widgets::Ticks;
use crate::workspace::{Find, ViewCommand};

/// Draws the bar while something is looked for. `focus` gives it the keyboard.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, focus: bool) {
    let tokens = scene.tokens;
    let Some(state) = &scene.w.view().find else { return };
    let mut wanted: Find = state.find.clone();
    let (hits, current) = (state.hits.len(), state.current);
    Frame::new().fill(tokens.chrome).inner_margin(Margin::symmetric(14, 6)).show(ui, |ui| {
        // In a narrow window it takes two lines.
        ui.horizontal_wrapped(|ui| {
            let field = TextEdit::singleline(&mut wanted.text).hint_text("Find in this draft").desired_width(260.0);
            let response = ui.add(field.return_key(None)).accessible_name("Find in this draft");
            if focus {
                response.request_focus();
            }
            if response.has_focus() {
                let back = ui.input_mut(|i| i.consume_key(Modifiers::SHIFT, Key::Enter));
                let on = ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Enter));
                if back || on {
                    scene.view(ViewCommand::FindNext(if back { -1 } else { 1 }));
                }
            }
            if ui.add(Button::new("Previous")).on_hover_text("Shift+F3").clicked() {
                scene.view(ViewCommand::FindNext(-1));
            }
            if ui.add(Button::new("Next")).on_hover_text("F3").clicked() {
                scene.view(ViewCommand::FindNext(1));
            }
            ui.tick(&mut wanted.exact_case, "Match capitals");
            let text = match (wanted.text.trim().is_empty(), hits) {
                (true, _) => String::new(),
                (_, 0) => "not in this draft".to_owned(),
                _ => format!("{} of {hits}", current + 1),
            };
            ui.label(RichText::new(text).color(tokens.quiet_ink));
            if ui.button("Close").clicked() {
                scene.view(ViewCommand::Find(None));
                scene.wishes.push(Wish::FocusPage);
            }
        });
    });
    if scene.w.view().find.as_ref().is_some_and(|f| f.find != wanted) {
        scene.view(ViewCommand::Find(Some(wanted)));
    }
}
