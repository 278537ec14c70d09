//! What the search has found, beside the page one reads.

use eframe::egui::{self, FontId, RichText, ScrollArea, Sense, TextEdit, Ui, vec2};

use crate::ui::bars::count;
use crate::ui::places::search::hit::{self, Look};
use crate::ui::scene::Scene;
use crate::ui::theme::sans;
use crate::workspace::{Command, Place, SearchCommand, ViewCommand};

/// What the page remembers.
#[derive(Default)]
pub struct SearchList {
    text: String,
    asked: String,
    /// The hit that was brought into sight last.
    shown: Option<usize>,
}

/// Draws the page.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut SearchList) {
    let tokens = scene.tokens;
    let search = scene.w.search();
    if search.query != state.asked {
        state.text.clone_from(&search.query);
        state.asked.clone_from(&state.text);
    }
    let field = TextEdit::singleline(&mut state.text)
        .hint_text("Search all drafts")
        .font(FontId::new(tokens.size.body, sans()))
        .desired_width(f32::INFINITY);
    ui.add(field).accessible_name("Search beside the page");
    if state.text != state.asked {
        state.asked.clone_from(&state.text);
        scene.run(Command::Search(SearchCommand::Ask(state.text.clone())));
    }
    if let Some(error) = &search.error {
        ui.add(egui::Label::new(RichText::new(&error.message).small().color(tokens.danger)).wrap());
    }
    ui.horizontal(|ui| {
        let said = match &search.results {
            Some(results) if results.total == 0 => "Nothing found".to_owned(),
            Some(results) => count(results.total, "place", "places"),
            None => String::new(),
        };
        ui.label(RichText::new(said).small().color(tokens.quiet_ink));
        let whole = egui::Button::new(RichText::new("The whole search").small());
        if ui.add(whole).on_hover_text("Ctrl+4").clicked() {
            scene.view(ViewCommand::Go(Place::Search));
        }
    });
    let Some(results) = search.results.clone().filter(|r| !r.hits.is_empty()) else { return };
    ui.spacing_mut().item_spacing.y = 2.0;
    let mut area = ScrollArea::vertical().id_salt("found beside").auto_shrink([false, false]);
    let current = search.current;
    if let Some(at) = current.filter(|_| current != state.shown) {
        // A third from the top, so that one sees what comes before and after.
        let above = (ui.available_height() / 3.0).max(0.0);
        area = area.vertical_scroll_offset((at as f32 * (hit::ROW + 2.0) - above).max(0.0));
    }
    state.shown = current;
    area.show_rows(ui, hit::ROW, results.hits.len(), |ui, shown| {
        for n in shown {
            let Some(found) = results.hits.get(n) else { continue };
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), hit::ROW), Sense::hover());
            let look = Look { drafts: true, ..Look::default() };
            if hit::row(ui, scene, rect, (n, found), look) {
                scene.run(Command::Search(SearchCommand::Open(n)));
            }
        }
    });
}
