//! Over the page, while one goes from hit to hit: which it is of how many, and the way to the others.

use eframe::egui::{Button, Frame, Margin, RichText, Ui};

use crate::ui::scene::{Scene, Wish};
use crate::workspace::{Command, Panel, Place, SearchCommand, ViewCommand};

/// Characters of the question that are shown.
const QUESTION: usize = 60;

/// Draws the strip while hits are followed.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>) {
    let tokens = scene.tokens;
    let search = scene.w.search();
    let (Some(at), Some(results)) = (search.current.filter(|_| search.followed), &search.results) else { return };
    let mut question: String = search.query.trim().chars().take(QUESTION).collect();
    if question.len() < search.query.trim().len() {
        question.push('…');
    }
    let said = format!("Hit {} of {} of \u{201c}{question}\u{201d}", at + 1, results.total);
    Frame::new().fill(tokens.chrome).inner_margin(Margin::symmetric(14, 5)).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.set_min_width(ui.available_width());
            ui.spacing_mut().item_spacing.x = tokens.space.small;
            ui.label(RichText::new(said).color(tokens.ink));
            for (name, by, key) in [("Previous hit", -1, "Shift+F4"), ("Next hit", 1, "F4")] {
                if ui.add(Button::new(name)).on_hover_text(key).clicked() {
                    scene.run(Command::Search(SearchCommand::Step(by)));
                }
            }
            let view = scene.w.view();
            if !(view.side_open && view.panel == Panel::Search)
                && ui.button("List beside").on_hover_text("Alt+6").clicked()
            {
                scene.view(ViewCommand::Panel(Panel::Search));
            }
            if ui.button("Back to the search").on_hover_text("Ctrl+4").clicked() {
                scene.view(ViewCommand::Go(Place::Search));
            }
            let close = ui.button("Let go");
            if close.on_hover_text("The search stays as it is").clicked() {
                scene.run(Command::Search(SearchCommand::Follow(false)));
                scene.wishes.push(Wish::FocusPage);
            }
        });
    });
}
