//! All keys on one page.

use eframe::egui::{self, RichText, Ui};

use super::{Dialog, Flow};
use crate::ui::keys;
use crate::ui::places::matrix::KEYS as MATRIX;
use crate::ui::places::report::KEYS as REPORT;
use crate::ui::places::review::KEYS as REVIEW;
use crate::ui::scene::Scene;
use crate::workspace::ACTIONS;

/// Keys of the page, which belong to no action.
const PAGE: [(&str, &str); 15] = [
    ("Move by character, by line", "Arrows"),
    ("Move by word", "Ctrl+Left, Ctrl+Right"),
    ("Move by provision", "Ctrl+Up, Ctrl+Down"),
    ("Start, end of the line", "Home, End"),
    ("Start, end of the draft", "Ctrl+Home, Ctrl+End"),
    ("Select while moving", "Shift with any of these"),
    ("Select the provision, then all", "Ctrl+A"),
    ("Tag with a concern", "its key, after selecting"),
    ("Copy with citation", "Ctrl+C"),
    ("A screen on, back", "Space, Shift+Space, Page down, Page up"),
    ("Open the annotation at the caret", "Enter"),
    ("Close the card, drop the selection", "Esc"),
    ("List of suggestions, draft, commentary in turn", "F6"),
    ("Accept, edit, reject, take back a suggestion", "A, E, R, T in their list"),
    ("Accept all under a heading, all that waits", "H, Shift+A in their list"),
];

/// The list; it has no state.
pub struct List;

impl Dialog for List {
    fn title(&self) -> &str {
        "Keyboard"
    }

    fn width(&self) -> f32 {
        640.0
    }

    fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow {
        let tokens = scene.tokens;
        let height = (ui.ctx().content_rect().height() - 220.0).max(200.0);
        egui::ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            scroll_by_keys(ui);
            egui::Grid::new("keys").num_columns(2).spacing([tokens.space.page, 6.0]).show(ui, |ui| {
                let rows = PAGE
                    .iter()
                    .chain(&REVIEW)
                    .chain(&MATRIX)
                    .chain(&REPORT)
                    .map(|(what, key)| ((*what).to_owned(), (*key).to_owned()));
                let actions = ACTIONS
                    .iter()
                    .filter_map(|a| Some((a.name.trim_end_matches('…').to_owned(), keys::words(a.keys?))));
                for (what, key) in rows.chain(actions) {
                    ui.label(what);
                    ui.label(RichText::new(key).color(tokens.quiet_ink));
                    ui.end_row();
                }
            });
        });
        ui.add_space(tokens.space.medium);
        let close = ui.button("Close").clicked();
        if close { Flow::Close } else { Flow::Stay }
    }
}

/// The list is longer than a small window, and has nothing in it to step to.
pub(super) fn scroll_by_keys(ui: &Ui) {
    let page = ui.clip_rect().height() * 0.9;
    let by = ui.input(|i| {
        let pressed = |key| if i.key_pressed(key) { 1.0 } else { 0.0 };
        (pressed(egui::Key::ArrowUp) - pressed(egui::Key::ArrowDown)) * 40.0
            + (pressed(egui::Key::PageUp) - pressed(egui::Key::PageDown)) * page
    });
    if by != 0.0 {
        ui.scroll_with_delta(egui::vec2(0.0, by));
    }
}
