//! Where a dialog is to write a file: the path, chosen or typed, with a word where something is there already.

use std::path::{Path, PathBuf};

use eframe::egui::{RichText, Ui};

use crate::ui::desktop;
use crate::ui::scene::{Choice, Chosen, Scene};
use crate::ui::widgets::path_field;
use crate::workspace::Workspace;

/// The path so far.
#[derive(Default)]
pub(super) struct Target {
    path: String,
    /// The path that was last asked about, and whether something is there.
    asked: Option<(String, bool)>,
}

impl Target {
    /// Proposes a file of this name in the folder that was chosen, or among the documents.
    pub fn propose(&mut self, name: &str) {
        let folder = PathBuf::from(&self.path).parent().map(PathBuf::from).filter(|p| !p.as_os_str().is_empty());
        self.path = folder.unwrap_or_else(desktop::documents).join(name).display().to_string();
    }

    /// Adds an ending to the name, or takes it off.
    pub fn with_ending(&mut self, ending: &str, wanted: bool) {
        match self.path.strip_suffix(ending).map(str::len) {
            Some(length) if !wanted => self.path.truncate(length),
            None if wanted && !self.path.trim().is_empty() => self.path.push_str(ending),
            _ => {}
        }
    }

    /// Proposes this very file.
    pub fn propose_path(&mut self, path: &Path) {
        self.path = path.display().to_string();
    }

    /// Draws the field, and says so where a file would be replaced.
    pub fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        let name = PathBuf::from(&self.path).file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        path_field(ui, "Write to", &mut self.path, Choice::Save("path", name), scene);
        if self.asked.as_ref().is_none_or(|(path, _)| *path != self.path) {
            self.asked = Some((self.path.clone(), Workspace::would_replace(Path::new(self.path.trim()))));
        }
        if self.asked.as_ref().is_some_and(|(_, taken)| *taken) {
            let warning = "There is a file of this name already; it will be replaced";
            ui.label(RichText::new(warning).color(scene.tokens.danger));
        }
    }

    /// The path; none while the field is empty.
    pub fn path(&self) -> Option<PathBuf> {
        Some(self.path.trim()).filter(|p| !p.is_empty()).map(PathBuf::from)
    }

    /// Takes what was chosen in the desktop's own dialog.
    pub fn chosen(&mut self, chosen: &Chosen) {
        if let Some(path) = chosen.paths.first() {
            self.path = path.display().to_string();
        }
    }
}
