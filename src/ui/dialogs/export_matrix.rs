//! Where to write what the place Matrix shows, and how.

use std::path::{Path, PathBuf};

use eframe::egui::{RichText, Ui};

use super::{Dialog, Flow, buttons};
use crate::ui::desktop;
use crate::ui::scene::{Choice, Chosen, Scene};
use crate::ui::widgets::path_field;
use crate::workspace::{Command, ExportCommand, MatrixPage, Workspace};

const TABLES: [(&str, &str); 3] =
    [("Table for spreadsheets", "csv"), ("Excel workbook, with shades", "xlsx"), ("Table as Markdown", "md")];
const PICTURES: [(&str, &str); 2] = [("Picture that stays sharp at any size", "svg"), ("Picture", "png")];

/// What has been chosen so far.
pub struct ExportMatrix {
    formats: Vec<(&'static str, &'static str)>,
    format: usize,
    path: String,
    name: String,
    /// The path that was last asked about, and whether something is there.
    asked: Option<(String, bool)>,
}

impl ExportMatrix {
    pub fn new(scene: &Scene<'_>) -> Self {
        let look = &scene.w.view().matrix;
        let draft = scene.w.matrix_draft(look).filter(|_| look.needs_draft()).map(|d| format!("-{}", d.slug));
        let name = format!("{}{}", look.page.word(), draft.unwrap_or_default());
        let pictures = PICTURES.iter().filter(|_| look.page != MatrixPage::Coverage);
        let formats = TABLES.iter().chain(pictures).copied().collect();
        let mut export = Self { formats, format: 0, path: String::new(), name, asked: None };
        export.propose();
        export
    }

    fn propose(&mut self) {
        let ending = self.formats.get(self.format).map_or("csv", |f| f.1);
        let folder = PathBuf::from(&self.path).parent().map(PathBuf::from).filter(|p| !p.as_os_str().is_empty());
        let folder = folder.unwrap_or_else(desktop::documents);
        self.path = folder.join(format!("{}.{ending}", self.name)).display().to_string();
    }
}

impl Dialog for ExportMatrix {
    fn title(&self) -> &str {
        "Export the matrix"
    }

    fn width(&self) -> f32 {
        560.0
    }

    fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow {
        let tokens = scene.tokens;
        let before = self.format;
        for (n, (name, ending)) in self.formats.iter().enumerate() {
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
                let look = Box::new(scene.w.view().matrix.clone());
                scene.run(Command::Export(ExportCommand::Matrix { look, path }));
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
