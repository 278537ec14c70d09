//! Where to write what the search shows to, and how.

use eframe::egui::Ui;

use super::target::Target;
use super::{Dialog, Flow, buttons};
use crate::ui::scene::{Chosen, Scene};
use crate::workspace::{Command, ExportCommand, SearchPage};

/// Ways to write a table, with their endings.
const FORMATS: [(&str, &str); 3] =
    [("For spreadsheets", "csv"), ("As an Excel workbook", "xlsx"), ("As Markdown", "md")];

/// What has been chosen so far.
pub struct ExportSearch {
    terms: bool,
    format: usize,
    target: Target,
}

impl ExportSearch {
    pub fn new(scene: &Scene<'_>) -> Self {
        let terms = scene.w.search().page == SearchPage::Terms;
        let mut export = Self { terms, format: 0, target: Target::default() };
        export.propose();
        export
    }

    fn propose(&mut self) {
        let ending = FORMATS.get(self.format).map_or("csv", |f| f.1);
        let stem = if self.terms { "terms-by-draft" } else { "search-in-context" };
        self.target.propose(&format!("{stem}.{ending}"));
    }
}

impl Dialog for ExportSearch {
    fn title(&self) -> &str {
        if self.terms { "Export the terms by draft" } else { "Export the lines in context" }
    }

    fn width(&self) -> f32 {
        560.0
    }

    fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow {
        let tokens = scene.tokens;
        let before = self.format;
        for (n, (name, ending)) in FORMATS.iter().enumerate() {
            ui.radio_value(&mut self.format, n, format!("{name} (.{ending})"));
        }
        if before != self.format {
            self.propose();
        }
        ui.add_space(tokens.space.small);
        self.target.show(ui, scene);
        match buttons(ui, scene, "Export", self.target.path().is_some(), true) {
            Some(true) => {
                let Some(path) = self.target.path() else { return Flow::Stay };
                let terms = self.terms;
                let command = if terms { ExportCommand::SearchTerms(path) } else { ExportCommand::SearchLines(path) };
                scene.run(Command::Export(command));
                Flow::Close
            }
            Some(false) => Flow::Close,
            None => Flow::Stay,
        }
    }

    fn chosen(&mut self, chosen: Chosen) {
        self.target.chosen(&chosen);
    }
}
