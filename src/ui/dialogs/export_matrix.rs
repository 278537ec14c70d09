//! Where to write what the place Matrix shows, and how.

use eframe::egui::Ui;

use super::target::Target;
use super::{Dialog, Flow, buttons};
use crate::ui::scene::{Chosen, Scene};
use crate::workspace::{Command, ExportCommand, MatrixPage};

const TABLES: [(&str, &str); 3] =
    [("Table for spreadsheets", "csv"), ("Excel workbook, with shades", "xlsx"), ("Table as Markdown", "md")];
const PICTURES: [(&str, &str); 2] = [("Picture that stays sharp at any size", "svg"), ("Picture", "png")];

/// What has been chosen so far.
pub struct ExportMatrix {
    formats: Vec<(&'static str, &'static str)>,
    format: usize,
    target: Target,
    name: String,
}

impl ExportMatrix {
    pub fn new(scene: &Scene<'_>) -> Self {
        let look = &scene.w.view().matrix;
        let draft = scene.w.matrix_draft(look).filter(|_| look.needs_draft()).map(|d| format!("-{}", d.slug));
        let name = format!("{}{}", look.page.word(), draft.unwrap_or_default());
        let pictures = PICTURES.iter().filter(|_| look.page != MatrixPage::Coverage);
        let formats = TABLES.iter().chain(pictures).copied().collect();
        let mut export = Self { formats, format: 0, target: Target::default(), name };
        export.propose();
        export
    }

    fn propose(&mut self) {
        let ending = self.formats.get(self.format).map_or("csv", |f| f.1);
        self.target.propose(&format!("{}.{ending}", self.name));
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
        self.target.show(ui, scene);
        match buttons(ui, scene, "Export", self.target.path().is_some(), true) {
            Some(true) => {
                let Some(path) = self.target.path() else { return Flow::Stay };
                let look = Box::new(scene.w.view().matrix.clone());
                scene.run(Command::Export(ExportCommand::Matrix { look, path }));
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
