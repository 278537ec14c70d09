//! The place Review: what was carried from an earlier draft, looked at one by one.
//!
//! Must not know: how anything is found or changed. A queue at the left, the most doubtful first; at the right the old
//! clause and the new one with the redline between them; below what can be said of it, at one key each.

mod detail;
mod keys;
mod queue;
mod words;

use eframe::egui::{self, Button, CentralPanel, Frame, Margin, Panel, RichText, Ui};

use crate::ui::bars::count;
use crate::ui::scene::Scene;
use crate::workspace::{CarryCommand, Command, Question, ViewCommand, Way};

pub use keys::KEYS;

/// What the place remembers.
#[derive(Default)]
pub struct ReviewState {
    detail: detail::DetailState,
    /// The queue is to bring the chosen row into sight.
    shown: Option<crate::workspace::Focus>,
}

/// Draws the place.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut ReviewState) {
    let tokens = scene.tokens;
    let Some(way) = scene.w.review_way() else {
        nothing(
            ui,
            scene,
            "Nothing to review yet",
            "Annotations are carried from one draft to a later one, and looked at here. Add a second draft first",
        );
        return;
    };
    let chrome = Frame::new().fill(tokens.chrome).inner_margin(Margin::symmetric(12, 10));
    Panel::left("review queue")
        .frame(chrome)
        .resizable(true)
        .default_size(360.0)
        .size_range(260.0..=560.0)
        .show(ui, |ui| queue::show(ui, scene, way, state));
    let has_item = scene.w.review_item().is_some();
    if has_item {
        keys::take(ui, scene, way, &mut state.detail);
        Panel::bottom("review actions").frame(chrome).show(ui, |ui| keys::bar(ui, scene, way, &mut state.detail));
    }
    CentralPanel::default().frame(Frame::new().fill(tokens.paper).inner_margin(Margin::symmetric(20, 14))).show(
        ui,
        |ui| {
            if has_item { detail::show(ui, scene, way, &mut state.detail) } else { empty(ui, scene, way) }
        },
    );
}

/// Why the queue is empty, and what to do.
fn empty(ui: &mut Ui, scene: &mut Scene<'_>, way: Way) {
    let name = |d| scene.w.project().and_then(|p| p.draft(d)).map_or("", |d| d.name()).to_owned();
    let (from, to) = (name(way.from), name(way.to));
    let stands = scene.w.project().is_some_and(|p| p.annotations().any(|(_, a)| a.anchor_in(way.from).is_some()));
    if !stands {
        let title = format!("No annotation stands in {from}");
        nothing(ui, scene, &title, "Remark on it in the reader, or choose other drafts at the left");
    } else if scene.w.carry_items(way).is_none() {
        let title = format!("Finding the annotations of {from} in {to}…");
        nothing(ui, scene, &title, "It takes a moment");
    } else {
        nothing(ui, scene, "Nothing here under this filter", "Show all of them with the filter at the left");
    }
}

fn nothing(ui: &mut Ui, scene: &mut Scene<'_>, title: &str, hint: &str) {
    let tokens = scene.tokens;
    ui.add_space(ui.available_height() * 0.25);
    ui.vertical_centered(|ui| {
        ui.label(RichText::new(title).size(tokens.size.heading).color(tokens.ink));
        ui.add_space(tokens.space.small);
        ui.label(RichText::new(hint).color(tokens.quiet_ink));
        ui.add_space(tokens.space.medium);
        let few = scene.w.project().is_some_and(|p| p.drafts.len() < 2);
        let button = Button::new(RichText::new("Add drafts…").color(tokens.accent_ink)).fill(tokens.accent);
        if few && scene.w.can_edit() && ui.add(button).clicked() {
            scene.ask(Question::ImportDrafts);
        }
    });
}

/// In the reader: what is to be carried to the open draft, or that words are being chosen for a carried remark.
pub fn banner(ui: &mut Ui, scene: &mut Scene<'_>) {
    let tokens = scene.tokens;
    let bar = Frame::new().fill(tokens.chrome_raised).inner_margin(Margin::symmetric(14, 7));
    let quiet = |text: String| RichText::new(text).color(tokens.ink);
    if scene.w.view().review.choosing {
        let Some(way) = scene.w.review_way().filter(|w| scene.w.view().current == Some(w.to)) else { return };
        let Some(item) = scene.w.review_item() else { return };
        let (of, cited) = (item.finding.source.focus, scene.w.cited(&item.finding.source.anchor.citation));
        let range = scene.w.view().selection().map(|s| s.range()).filter(|r| !r.is_empty());
        Panel::top("choose words").frame(bar).show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.label(quiet(format!("Select the words that the remark on {cited} is about now")));
                let put = Button::new(RichText::new("Put it there").color(tokens.accent_ink)).fill(tokens.accent);
                if ui.add_enabled(range.is_some(), put).clicked()
                    && let Some(range) = range
                {
                    let reach = crate::model::Reach::Words;
                    scene.run(Command::Carry(CarryCommand::Put { way, of, range, reach }));
                }
                if ui.button("Back to the review").clicked() {
                    let look = crate::workspace::ReviewLook { choosing: false, ..scene.w.view().review };
                    scene.view(ViewCommand::Review(look));
                }
            });
        });
        return;
    }
    let Some(offer) = scene.w.carry_offer() else { return };
    let Some(from) = scene.w.project().and_then(|p| p.draft(offer.way.from)) else { return };
    let wanting = count(offer.count, "annotation", "annotations");
    let text =
        format!("{wanting} of {} {} not in this draft yet", from.name(), if offer.count == 1 { "is" } else { "are" });
    let carry = format!("Carry {wanting} from {}", from.name());
    Panel::top("carry offer").frame(bar).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.label(quiet(text));
            let button = Button::new(RichText::new(carry).color(tokens.accent_ink)).fill(tokens.accent);
            if ui.add(button).clicked() {
                scene.run(Command::Carry(CarryCommand::Carry(offer.way)));
            }
            if ui.button("Not now").clicked() {
                scene.run(Command::Carry(CarryCommand::Decline(offer.way)));
            }
        });
    });
}

/// A button with its key, which a person needs not look up.
fn keyed(ui: &mut Ui, text: &str, key: &str, enabled: bool, selected: bool) -> egui::Response {
    let name = text.to_owned();
    let response =
        ui.add_enabled(enabled, Button::selectable(selected, text).frame_when_inactive(true).shortcut_text(key));
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, enabled, selected, &name));
    response
}
