//! Boxes to tick and circles to choose by, with outlines that can be seen: other than a button, they have no words inside
//! that would say where they are.

use eframe::egui::{Checkbox, IntoAtoms, RadioButton, Response, Ui};

/// What egui's own boxes and circles do, outlined as strongly as quiet text, which is more than the 3 to 1 that WCAG 2.2,
/// 1.4.11, asks for.
pub trait Ticks {
    /// A box to tick.
    fn tick<'a>(&mut self, on: &'a mut bool, words: impl IntoAtoms<'a>) -> Response;

    /// A box to tick, with more said of it.
    fn tick_box(&mut self, enabled: bool, it: Checkbox<'_>) -> Response;

    /// One of several of which one holds.
    fn choose<'a, V: PartialEq>(&mut self, chosen: &mut V, this: V, words: impl IntoAtoms<'a>) -> Response;
}

impl Ticks for Ui {
    fn tick<'a>(&mut self, on: &'a mut bool, words: impl IntoAtoms<'a>) -> Response {
        self.tick_box(true, Checkbox::new(on, words))
    }

    fn tick_box(&mut self, enabled: bool, it: Checkbox<'_>) -> Response {
        outlined(self, |ui| ui.add_enabled(enabled, it))
    }

    fn choose<'a, V: PartialEq>(&mut self, chosen: &mut V, this: V, words: impl IntoAtoms<'a>) -> Response {
        let mut circle = outlined(self, |ui| ui.add(RadioButton::new(*chosen == this, words)));
        if circle.clicked() && *chosen != this {
            *chosen = this;
            circle.mark_changed();
        }
        circle
    }
}

/// Without a scope of its own, which rows that wrap would take for one piece.
fn outlined(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> Response) -> Response {
    let before = ui.style().clone();
    let line = ui.visuals().weak_text_color();
    let widgets = &mut ui.visuals_mut().widgets;
    for state in [&mut widgets.inactive, &mut widgets.hovered] {
        state.bg_stroke.color = line;
    }
    let response = add(ui);
    ui.set_style(before);
    response
}
