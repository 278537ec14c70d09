//! The place Compare: two drafts beside each other or in one redlined text, the table of provisions, the history of a
//! clause, and what became of the concerns.
//!
//! Must not know: how drafts are compared. It reads the comparison the workspace keeps and pushes wishes.

mod bar;
mod cells;
mod concerns;
mod history;
mod page;
mod roll;
mod table;
mod units;

use std::sync::Arc;

use eframe::egui::{self, Button, CentralPanel, Frame, Margin, Panel, RichText, Ui};

use crate::model::Draft;
use crate::ui::scene::Scene;
use crate::workspace::{Command, CompareCommand, ComparePage, Compared, Pair, Question};

/// What the place remembers.
#[derive(Default)]
pub struct CompareState {
    page: page::PageState,
    units: units::UnitState,
    table: table::TableState,
    history: history::HistoryState,
    concerns: concerns::ConcernsState,
}

/// Two drafts and their comparison.
#[derive(Clone)]
struct Both {
    old: Arc<Draft>,
    new: Arc<Draft>,
    pair: Arc<Pair>,
}

/// Draws the place.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut CompareState) {
    let tokens = scene.tokens;
    let Some(project) = scene.w.project() else { return };
    if project.drafts.len() < 2 {
        alone(ui, scene);
        return;
    }
    let Some((old, new)) = scene.w.view().compare.drafts else { return };
    let (Some(old), Some(new)) = (project.draft(old).cloned(), project.draft(new).cloned()) else { return };
    let both = scene.w.pair(old.id, new.id).map(|pair| Both { old: Arc::clone(&old), new: Arc::clone(&new), pair });
    let frame = Frame::new().fill(tokens.chrome).inner_margin(Margin::symmetric(14, 6));
    Panel::top("compare bar").frame(frame).show(ui, |ui| bar::show(ui, scene, [&old, &new], both.as_ref()));
    let page = scene.w.view().compare.page;
    if page == ComparePage::History {
        let frame = Frame::new().fill(tokens.paper);
        CentralPanel::default().frame(frame).show(ui, |ui| history::show(ui, scene, &mut state.history));
        return;
    }
    let Some(both) = both else {
        let frame = Frame::new().fill(tokens.paper);
        CentralPanel::default().frame(frame).show(ui, |ui| waiting(ui, scene, &old, &new));
        return;
    };
    if page == ComparePage::Table {
        let frame = Frame::new().fill(tokens.paper).inner_margin(Margin::symmetric(20, 10));
        CentralPanel::default().frame(frame).show(ui, |ui| table::show(ui, scene, &mut state.table, &both));
        return;
    }
    if page == ComparePage::Concerns {
        let frame = Frame::new().fill(tokens.paper).inner_margin(Margin::symmetric(20, 10));
        CentralPanel::default().frame(frame).show(ui, |ui| concerns::show(ui, scene, &mut state.concerns, &both));
        return;
    }
    if scene.w.view().side_open {
        let frame = Frame::new().fill(tokens.chrome).inner_margin(Margin::symmetric(8, 6));
        Panel::left("compare units")
            .frame(frame)
            .resizable(true)
            .default_size(236.0)
            .size_range(160.0..=420.0)
            .show(ui, |ui| units::show(ui, scene, &mut state.units, &both));
    }
    CentralPanel::default().frame(Frame::new().fill(tokens.paper)).show(ui, |ui| {
        if scene.w.listing().is_some_and(|l| l.items.is_empty()) {
            nothing(ui, scene);
            return;
        }
        let beside = page == ComparePage::Beside;
        page::show(ui, scene, &mut state.page, &both.pair, [&both.old, &both.new], beside);
    });
}

/// Quiet words in the middle of an empty page, a title above them.
fn in_the_middle(ui: &mut Ui, scene: &mut Scene<'_>, words: [&str; 2], add: impl FnOnce(&mut Ui, &mut Scene<'_>)) {
    let tokens = scene.tokens;
    ui.add_space(ui.available_height() * 0.25);
    ui.vertical_centered(|ui| {
        ui.label(RichText::new(words[0]).size(tokens.size.heading).color(tokens.ink));
        ui.label(RichText::new(words[1]).color(tokens.quiet_ink));
        ui.add_space(tokens.space.medium);
        add(ui, scene);
    });
}

fn accented<'a>(words: &'a str, scene: &Scene<'_>) -> Button<'a> {
    Button::new(RichText::new(words).color(scene.tokens.accent_ink)).fill(scene.tokens.accent)
}

/// There are not two drafts yet.
fn alone(ui: &mut Ui, scene: &mut Scene<'_>) {
    let words = ["Two drafts are needed to compare", "Add the draft before or the one after"];
    in_the_middle(ui, scene, words, |ui, scene| {
        if scene.w.can_edit() && ui.add(accented("Add drafts…", scene)).clicked() {
            scene.ask(Question::ImportDrafts);
        }
    });
}

/// The comparison is being made, or was stopped.
fn waiting(ui: &mut Ui, scene: &mut Scene<'_>, old: &Draft, new: &Draft) {
    let between = format!("{} and {}", old.name(), new.name());
    if matches!(scene.w.compared(old.id, new.id), Some(Compared::Stopped)) {
        in_the_middle(ui, scene, ["Comparing was stopped", &between], |ui, scene| {
            if ui.add(accented("Compare", scene)).clicked() {
                scene.run(Command::Compare(CompareCommand::Again));
            }
        });
    } else {
        in_the_middle(ui, scene, ["Comparing…", &between], |_, _| ());
    }
}

/// The filter leaves nothing.
fn nothing(ui: &mut Ui, scene: &mut Scene<'_>) {
    let words = match scene.w.view().compare.filter {
        crate::workspace::CompareFilter::Changed => ["No clause changed", "The two drafts say the same"],
        _ => ["No clause carries such an annotation", "Neither in the older draft nor in the newer one"],
    };
    in_the_middle(ui, scene, words, |ui, scene| {
        if ui.add(egui::Button::new("Show all clauses")).clicked() {
            scene.run(Command::Compare(CompareCommand::Filter(crate::workspace::CompareFilter::All)));
        }
    });
}
