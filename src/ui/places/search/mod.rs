//! Search across all drafts and notes: the question, where to look, and the answer in three ways.
//!
//! Must not know: how anything is found. It reads what the workspace has found and wishes for questions.

mod filters;
mod groups;
pub mod hit;
mod lines;
mod question;
mod saved;
mod terms;

use eframe::egui::{self, Button, Panel, RichText, Ui};

use crate::search::{ContextOrder, Order};
use crate::ui::bars::count;
use crate::ui::scene::Scene;
use crate::workspace::{Command, Question, SearchCommand, SearchPage};

/// What the place remembers.
#[derive(Default)]
pub struct SearchState {
    question: question::QuestionState,
    groups: groups::GroupState,
    lines: lines::LineState,
    saved: saved::SavedState,
}

/// Draws the place.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut SearchState) {
    let tokens = scene.tokens;
    let side = egui::Frame::new().fill(tokens.chrome).inner_margin(egui::Margin::symmetric(14, 10));
    let panel = Panel::left("search filters").frame(side).resizable(true).default_size(260.0).min_size(190.0);
    panel.show(ui, |ui| filters::show(ui, scene, &mut state.saved));
    if scene.w.search().asking_since().is_some() {
        // An answer wakes the window; one that takes long is given up, which somebody has to notice.
        ui.ctx().request_repaint_after(std::time::Duration::from_millis(500));
    }
    egui::CentralPanel::default().frame(egui::Frame::new().fill(tokens.paper).inner_margin(20)).show(ui, |ui| {
        question::show(ui, scene, &mut state.question);
        if scene.w.search().query.trim().is_empty() {
            question::examples(ui, scene);
            return;
        }
        ui.add_space(tokens.space.medium);
        bar(ui, scene);
        ui.add_space(tokens.space.small);
        match scene.w.search().page {
            _ if scene.w.search().results.is_none() => {}
            SearchPage::Places => groups::show(ui, scene, &mut state.groups),
            SearchPage::Context => lines::show(ui, scene, &mut state.lines),
            SearchPage::Terms => terms::show(ui, scene),
        }
    });
}

/// How the answer is shown, how much there is of it, and what can be done with it.
fn bar(ui: &mut Ui, scene: &mut Scene<'_>) {
    let tokens = scene.tokens;
    let search = scene.w.search();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.small;
        for page in SearchPage::ALL {
            if choice(ui, scene, page.name(), page == search.page) {
                scene.run(Command::Search(SearchCommand::Page(page)));
            }
        }
        ui.separator();
        order(ui, scene);
        ui.separator();
        let results = search.results.as_ref();
        let any = results.is_some_and(|r| r.total > 0);
        let tag = Button::new("Tag all…");
        if ui.add_enabled(any && scene.w.can_edit(), tag).on_hover_text("Ctrl+Shift+T").clicked() {
            scene.ask(Question::TagAll);
        }
        if search.page != SearchPage::Places && ui.add_enabled(any, Button::new("Export…")).clicked() {
            scene.ask(Question::ExportSearch);
        }
        ticks(ui, scene);
    });
    ui.horizontal(|ui| {
        ui.label(RichText::new(sum(scene)).color(tokens.quiet_ink));
        if search.is_asking() && search.asking_since().is_some() && ui.button("Stop").clicked() {
            scene.run(Command::Search(SearchCommand::Stop));
        }
        let name = |id| scene.w.project().and_then(|p| p.draft(id)).map_or("a draft", |d| d.name());
        let news: Vec<String> = search.news.iter().map(|&(d, n)| format!("{n} new in {}", name(d))).collect();
        if !news.is_empty() {
            ui.label(RichText::new(news.join(", ")).color(tokens.accent));
        }
    });
}

/// A button that is one of several.
fn choice(ui: &mut Ui, scene: &Scene<'_>, name: &str, chosen: bool) -> bool {
    let color = if chosen { scene.tokens.accent } else { scene.tokens.ink };
    ui.add(Button::selectable(chosen, RichText::new(name).color(color))).clicked() && !chosen
}

fn order(ui: &mut Ui, scene: &mut Scene<'_>) {
    let search = scene.w.search();
    match search.page {
        SearchPage::Places => {
            let ranked = search.options.order == Order::Ranked;
            for (name, wanted) in [("As the drafts read", false), ("Best first", true)] {
                if choice(ui, scene, name, ranked == wanted) {
                    scene.run(Command::Search(SearchCommand::Ranked(wanted)));
                }
            }
        }
        SearchPage::Context => {
            let now = search.order;
            for order in ContextOrder::ALL {
                if choice(ui, scene, order.name(), now == order) {
                    scene.run(Command::Search(SearchCommand::Order(order)));
                }
            }
        }
        SearchPage::Terms => {
            ui.label(RichText::new("Places, and provisions they stand in").color(scene.tokens.quiet_ink));
        }
    }
}

fn ticks(ui: &mut Ui, scene: &mut Scene<'_>) {
    let search = scene.w.search();
    let any = search.results.as_ref().is_some_and(|r| !r.hits.is_empty());
    if search.page == SearchPage::Terms || !any {
        return;
    }
    let ticked = search.ticked.len();
    if ticked > 0 {
        ui.label(RichText::new(count(ticked, "place ticked", "places ticked")).color(scene.tokens.ink));
        if ui.button("Untick all").clicked() {
            scene.run(Command::Search(SearchCommand::TickAll(false)));
        }
    } else if ui.button("Tick all").clicked() {
        scene.run(Command::Search(SearchCommand::TickAll(true)));
    }
}

/// How much was found.
fn sum(scene: &Scene<'_>) -> String {
    let search = scene.w.search();
    let Some(results) = &search.results else {
        return if search.error.is_some() {
            String::new()
        } else if scene.w.is_indexing() {
            "Preparing the search…".to_owned()
        } else {
            "Searching…".to_owned()
        };
    };
    let places = count(results.total, "place", "places");
    match (results.total, &search.lines) {
        (0, _) => "Nothing found".to_owned(),
        (_, Some(lines)) if search.page == SearchPage::Context => {
            format!("{places}, {}", count(lines.list.len(), "line", "lines"))
        }
        _ if results.truncated && search.is_whole() => format!("{places}; the first {} are shown", results.hits.len()),
        _ => places,
    }
}
