//! The place Matrix: concerns against articles and other axes, concerns that come together, what has been looked at,
//! expected safeguards, remarks over the drafts, what several analysts say of the same provisions and how far they agree.
//!
//! Must not know: how anything is counted or changed. It reads what the workspace has counted and pushes wishes.

mod agreement;
mod bar;
mod counts;
mod coverage;
mod curation;
mod curation_detail;
mod lattice;
mod remarks;
mod safeguards;
mod time_line;

use std::sync::Arc;

use eframe::egui::{CentralPanel, Frame, Margin, Panel, Ui};

use super::nothing;
use crate::ui::scene::Scene;
use crate::workspace::{Matrix, MatrixPage, Question};

/// The keys of the place, for the list of all keys.
pub const KEYS: [(&str, &str); 8] = [
    ("Matrix: from cell to cell", "Arrows, Home, End, Page up, Page down"),
    ("Matrix: open the remarks of a cell", "Enter"),
    ("Matrix: back to the table from its remarks", "Esc"),
    ("Safeguards: present here, absent, not needed here", "P, A, N"),
    ("Safeguards, coverage: read the article", "Ctrl+Enter"),
    ("Coverage: mark as read, or take it back", "R"),
    ("Curation: next that differs, take what they agree on, join", "N, A, J"),
    ("Agreement: from concern to concern", "Up, Down"),
];

/// What the place remembers.
#[derive(Default)]
pub struct MatrixState {
    counts: lattice::LatticeState,
    together: lattice::LatticeState,
    safeguards: safeguards::SafeguardsState,
    coverage: coverage::CoverageState,
    curation: curation::CurationState,
    remarks: remarks::RemarksState,
}

/// Draws the place.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut MatrixState) {
    let tokens = scene.tokens;
    let frame = Frame::new().fill(tokens.chrome).inner_margin(Margin::symmetric(14, 6));
    Panel::top("matrix bar").frame(frame).show(ui, |ui| bar::show(ui, scene));
    let paper = Frame::new().fill(tokens.paper).inner_margin(Margin::symmetric(16, 10));
    let page = scene.w.view().matrix.page;
    match scene.w.matrix().cloned() {
        _ if scene.w.project().is_some_and(|p| p.drafts.is_empty()) => {
            CentralPanel::default().frame(paper).show(ui, |ui| {
                let words = ["There is no draft yet", "What is remarked on its articles is counted here"];
                nothing(ui, scene, words, Some(("Add drafts…", Question::ImportDrafts)));
            });
        }
        Some(Matrix::Grid(grid)) if page == MatrixPage::TimeLine => {
            CentralPanel::default().frame(paper).show(ui, |ui| time_line::show(ui, scene, &grid));
        }
        Some(Matrix::Grid(grid)) => {
            let lattice = if page == MatrixPage::Together { &mut state.together } else { &mut state.counts };
            let at = lattice.at;
            let back = remarks::panel(ui, scene, &mut state.remarks, at, |_, _| ());
            lattice.wanted |= back;
            CentralPanel::default().frame(paper).show(ui, |ui| {
                let opened = counts::show(ui, scene, lattice, &grid);
                state.remarks.focus |= opened;
            });
        }
        Some(Matrix::Safeguards(table)) => safeguards::show(ui, scene, state, &table, paper),
        Some(Matrix::Coverage(coverage)) => {
            let coverage = Arc::clone(&coverage);
            coverage::show(ui, scene, state, &coverage, paper);
        }
        Some(Matrix::Curation(curation)) => {
            let curation = Arc::clone(&curation);
            curation::show(ui, scene, state, &curation, paper);
        }
        Some(Matrix::Agreement(agreeing)) => {
            CentralPanel::default().frame(paper).show(ui, |ui| agreement::show(ui, scene, &agreeing));
        }
        // It is counted before the next frame.
        None => ui.ctx().request_repaint(),
    }
}
