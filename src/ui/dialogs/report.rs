//! Where to write what became of each file of an import.

use std::path::PathBuf;

use eframe::egui::{RichText, Ui};

use super::{Dialog, Flow, buttons};
use crate::ui::desktop;
use crate::ui::scene::{Choice, Chosen, Scene};
use crate::ui::widgets::path_field;
use crate::workspace::{Command, DraftCommand, Workspace};

const NAME: &str = "import-report.txt";

/// What has been typed so far.
pub struct SaveReport {
    path: String,
    /// The path that was last asked about, and whether something is there.
    asked: Option<(String, bool)>,
}

impl SaveReport {
    pub fn new() -> Self {
        Self { path: desktop::documents().join(NAME).display().to_string(), asked: None }
    }
}

impl Dialog for SaveReport {
    fn title(&self) -> &str {
        "Save the report"
    }

    fn width(&self) -> f32 {
        560.0
    }

    fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow {
        path_field(ui, "File", &mut self.path, Choice::Save("path", NAME.to_owned()), scene);
        let path = PathBuf::from(self.path.trim());
        if self.asked.as_ref().is_none_or(|(asked, _)| *asked != self.path) {
            self.asked = Some((self.path.clone(), Workspace::would_replace(&path)));
        }
        let replaces = self.asked.as_ref().is_some_and(|(_, there)| *there);
        if replaces {
            ui.label(RichText::new("This replaces the file that is there").small().color(scene.tokens.danger));
        }
        let action = if replaces { "Replace the file" } else { "Save" };
        match buttons(ui, scene, action, !self.path.trim().is_empty(), true) {
            Some(true) => {
                scene.run(Command::Draft(DraftCommand::SaveReport(path)));
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
