//! The name a search is kept under.

use eframe::egui::{RichText, Ui};

use super::{Dialog, Flow, buttons};
use crate::ui::scene::Scene;
use crate::ui::widgets::text_field;
use crate::workspace::{Command, SearchCommand};

/// What has been typed so far.
pub struct Keep {
    name: String,
    shown: bool,
}

impl Keep {
    pub fn new(scene: &Scene<'_>) -> Self {
        let search = scene.w.search();
        let opened = search.opened.and_then(|id| scene.w.project()?.searches.get(&id));
        let name = opened.map_or_else(|| search.query.trim().chars().take(80).collect(), |s| s.name.clone());
        Self { name, shown: false }
    }
}

impl Dialog for Keep {
    fn title(&self) -> &str {
        "Keep this search"
    }

    fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow {
        let tokens = scene.tokens;
        let field = text_field(ui, "Name", "What the team calls it", &mut self.name, tokens);
        if !std::mem::replace(&mut self.shown, true) {
            field.request_focus();
        }
        ui.add_space(tokens.space.small);
        let words = "It stands in the project for everybody, and says when drafts that come in have more of it";
        ui.label(RichText::new(words).small().color(tokens.quiet_ink));
        match buttons(ui, scene, "Keep", !self.name.trim().is_empty(), true) {
            Some(true) => {
                scene.run(Command::Search(SearchCommand::Keep(self.name.clone())));
                Flow::Close
            }
            Some(false) => Flow::Close,
            None => Flow::Stay,
        }
    }
}
