//! Where to write what the search shows to, and how.

use std::path::{Path, PathBuf};

use eframe::egui::{RichText, Ui};

use super::{Dialog, Flow, buttons};
use crate::ui::desktop;
use crate::ui::scene::{Choice, Chosen, Scene};
use crate::ui::widgets::path_field;
use crate::workspace::{Command, ExportCommand, SearchPage, Workspace};

/// Ways to write a table, with their endings.
const FORMATS: [(&str, &str); 3] =
    [("For spreadsheets", "csv"), ("As an Excel workbook", "xlsx"), ("As Markdown", "md")];

/// What has been chosen so far.
pub struct ExportSearch {
    terms: bool,
    format: usize,
    path: String,
    /// The path that was last asked about, and whether something is there.
    asked: Option<(String, bool)>,
}

impl ExportSearch {
    pub fn new(scene: &Scene<'_>) -> Self {
        let terms = scene.w.search().page == SearchPage::Terms;
        let mut export = Self { terms, format: 0, path: String::new(), asked: None };
        export.propose();
        export
    }

    fn propose(&mut self) {
        let ending = FORMATS.get(self.format).map_or("csv", |f| f.1);
        let stem = if self.terms { "terms-by-draft" } else { "search-in-context" };
        let folder = PathBuf::from(&self.path).parent().map(PathBuf::from).filter(|p| !p.as_os_str().is_empty());
        let folder = folder.unwrap_or_else(desktop::documents);
        self.path = folder.join(format!("{stem}.{ending}")).display().to_string();
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
        let file_name =
            PathBuf::from(&self.path).file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        path_field(ui, "Write to", &mut self.path, Choice::Save("path", file_name), scene);
        if self.asked.as_ref().is_none_or(|(path, _)| *path != self.path) {
            self.asked = Some((self.path.clone(), Workspace::would_replace(Path::new(self.path.trim()))));
        }
        if self.asked.as_ref().is_some_and(|(_, taken)| *taken) {
            ui.label(RichText::new("There is a file of this name already; it will be replaced").color(tokens.danger));
        }
        match buttons(ui, scene, "Export", !self.path.trim().is_empty(), true) {
            Some(true) => {
                let path = PathBuf::from(self.path.trim());
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
        if let Some(path) = chosen.paths.first() {
            self.path = path.display().to_string();
        }
    }
}
