//! The pages of the side panel, one file each, one line each in the table.
//!
//! Must not know: the reader's inside, dialogs. A page reads the scene and pushes wishes.

mod annotations;
mod concerns;
mod outline;
mod references;
mod search;
pub mod suggestions;
mod terms;
mod words;

use eframe::egui::{self, RichText, Ui};

use crate::model::TextRange;
use crate::workspace::{Panel, ViewCommand};

use super::scene::Scene;

/// What the pages remember between frames.
#[derive(Default)]
pub struct PanelState {
    /// From the first to the last byte of the open draft on screen.
    pub visible: TextRange,
    outline: outline::OutlineState,
    annotations: annotations::ListState,
    references: references::ReferencesState,
    search: search::SearchList,
    /// The list of suggestions.
    pub suggestions: suggestions::ListState,
    words: words::WordsState,
    terms: terms::TermsState,
}

type Page = fn(&mut Ui, &mut Scene<'_>, &mut PanelState);

/// To add a page: a variant of [`Panel`], a file here, a line in this table.
static PAGES: &[(Panel, Page)] = &[
    (Panel::Outline, |ui, scene, state| outline::show(ui, scene, &mut state.outline)),
    (Panel::Concerns, |ui, scene, _| concerns::show(ui, scene)),
    (Panel::Annotations, |ui, scene, state| annotations::show(ui, scene, &mut state.annotations)),
    (Panel::References, |ui, scene, state| references::show(ui, scene, &mut state.references, state.visible)),
    (Panel::Suggestions, |ui, scene, state| suggestions::show(ui, scene, &mut state.suggestions)),
    (Panel::Search, |ui, scene, state| search::show(ui, scene, &mut state.search)),
    (Panel::Words, |ui, scene, state| words::show(ui, scene, &mut state.words)),
    (Panel::Terms, |ui, scene, state| terms::show(ui, scene, &mut state.terms)),
];

/// The side panel: its pages as tabs, then the chosen page.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut PanelState) {
    let tokens = scene.tokens;
    let chosen = scene.w.view().panel;
    ui.add_space(tokens.space.small);
    ui.horizontal_wrapped(|ui| {
        // All of them in one row of a panel as wide as it is at first.
        ui.spacing_mut().item_spacing.x = 2.0;
        ui.spacing_mut().button_padding.x = 3.5;
        for (panel, _) in PAGES {
            let selected = *panel == chosen;
            let text = RichText::new(panel.name()).size(tokens.size.small).color(if selected {
                tokens.accent
            } else {
                tokens.ink
            });
            if ui.add(egui::Button::selectable(selected, text)).clicked() && !selected {
                scene.view(ViewCommand::Panel(*panel));
            }
        }
    });
    ui.add_space(tokens.space.small);
    if let Some((_, page)) = PAGES.iter().find(|(panel, _)| *panel == chosen) {
        page(ui, scene, state);
    }
}
