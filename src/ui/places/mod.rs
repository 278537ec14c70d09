//! The places of the window, one file or folder each: Read, Compare, Review, Import, Merge, Search, Matrix,
//! Report, Commentaries, and what is shown while
//! no project is open.
//!
//! Must not know: how anything is done. To add one: a variant of [`Place`], a file here, a line in [`show`].

mod asked;
mod beside;
mod commentaries;
mod compare;
mod find_bar;
mod hit_strip;
mod import;
mod lens;
pub mod matrix;
mod merge;
mod note;
mod read;
mod reference;
pub mod report;
pub mod review;
pub mod search;
mod term;
mod welcome;

use eframe::egui::{Button, RichText, Ui};

use crate::workspace::{Place, Question};

use super::scene::Scene;

/// What the places remember between frames.
#[derive(Default)]
pub struct PlaceState {
    /// The reader's.
    pub read: read::ReadState,
    compare: compare::CompareState,
    review: review::ReviewState,
    import: import::ImportState,
    merge: merge::MergeState,
    search: search::SearchState,
    matrix: matrix::MatrixState,
    report: report::ReportState,
    commentaries: commentaries::PlaceState,
    welcome: welcome::WelcomeState,
}

/// Draws the place one is at.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut PlaceState) {
    if scene.w.project().is_none() {
        welcome::show(ui, scene, &mut state.welcome);
        return;
    }
    match scene.w.view().place {
        Place::Read => read::show(ui, scene, &mut state.read),
        Place::Compare => compare::show(ui, scene, &mut state.compare),
        Place::Import => import::show(ui, scene, &mut state.import),
        Place::Merge => merge::show(ui, scene, &mut state.merge),
        Place::Review => review::show(ui, scene, &mut state.review),
        Place::Search => search::show(ui, scene, &mut state.search),
        Place::Matrix => matrix::show(ui, scene, &mut state.matrix),
        Place::Report => report::show(ui, scene, &mut state.report),
        Place::Commentaries => commentaries::show(ui, scene, &mut state.commentaries),
    }
}

/// Quiet words in the middle of an empty page, and what could be done.
fn nothing(ui: &mut Ui, scene: &mut Scene<'_>, words: [&str; 2], offer: Option<(&str, Question)>) {
    let tokens = scene.tokens;
    ui.add_space(ui.available_height() * 0.25);
    ui.vertical_centered(|ui| {
        ui.set_max_width(560.0);
        ui.label(RichText::new(words[0]).size(tokens.size.heading).color(tokens.ink));
        ui.add_space(tokens.space.small);
        ui.label(RichText::new(words[1]).color(tokens.quiet_ink));
        ui.add_space(tokens.space.medium);
        if let Some((name, question)) = offer.filter(|_| scene.w.can_edit()) {
            let button = Button::new(RichText::new(name).color(tokens.accent_ink)).fill(tokens.accent);
            if ui.add(button).clicked() {
                scene.ask(question);
            }
        }
    });
}
