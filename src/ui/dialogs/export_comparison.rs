//! Where to write the comparison of two drafts to, and how.

use std::path::{Path, PathBuf};

use eframe::egui::{RichText, Ui};

use super::{Dialog, Flow, buttons};
use crate::ui::desktop;
use crate::ui::scene::{Choice, Chosen, Scene};
use crate::ui::widgets::path_field;
use crate::workspace::{Command, ExportCommand, Workspace};

/// What can be written: its name, its ending, and whether it is the table.
const FORMATS: [(&str, &str, bool); 4] = [
    ("Concordance for spreadsheets", "csv", true),
    ("Concordance as an Excel workbook", "xlsx", true),
    ("Concordance as Markdown", "md", true),
    ("Redline as a page for a browser", "html", false),
];

/// What has been chosen so far.
pub struct ExportComparison {
    format: usize,
    path: String,
    name: String,
    /// The path that was last asked about, and whether something is there.
    asked: Option<(String, bool)>,
}

impl ExportComparison {
    pub fn new(scene: &Scene<'_>) -> Self {
        let name = |id| scene.w.project().and_then(|p| p.draft(id)).map_or_else(String::new, |d| d.slug.clone());
        let drafts = scene.w.view().compare.drafts;
        let name = drafts.map_or_else(|| "comparison".to_owned(), |(old, new)| format!("{}-{}", name(old), name(new)));
        let mut export = Self { format: 0, path: String::new(), name, asked: None };
        export.propose();
        export
    }

    fn propose(&mut self) {
        let ending = FORMATS.get(self.format).map_or("csv", |f| f.1);
        let folder = PathBuf::from(&self.path).parent().map(PathBuf::from).filter(|p| !p.as_os_str().is_empty());
        let folder = folder.unwrap_or_else(desktop::documents);
        self.path = folder.join(format!("{}.{ending}", self.name)).display().to_string();
    }
}

impl Dialog for ExportComparison {
    fn title(&self) -> &str {
        "Export the comparison"
    }

    fn width(&self) -> f32 {
        560.0
    }

    fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow {
        let tokens = scene.tokens;
        let before = self.format;
        for (n, (name, ending, _)) in FORMATS.into_iter().enumerate() {
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
        let drafts = scene.w.view().compare.drafts;
        match buttons(ui, scene, "Export", drafts.is_some() && !self.path.trim().is_empty(), true) {
            Some(true) => {
                let path = PathBuf::from(self.path.trim());
                let is_table = FORMATS.get(self.format).is_some_and(|f| f.2);
                if let Some((old, new)) = drafts {
                    scene.run(Command::Export(if is_table {
                        ExportCommand::Concordance { old, new, path }
                    } else {
                        ExportCommand::Redline { old, new, path }
                    }));
                }
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
