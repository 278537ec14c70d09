//! Which files to read: drafts, or a colleague's annotation file. Dropping files on the window does the same.

use std::path::PathBuf;

use eframe::egui::{RichText, Ui};

use super::{Dialog, Flow, buttons};
use crate::ui::scene::{Choice, Chosen, Scene, Wish};
use crate::ui::widgets::path_field;
use crate::workspace::{ColleagueCommand, Command, DraftCommand, Workspace};

/// Asks for files.
pub struct Files {
    title: &'static str,
    about: String,
    endings: Vec<&'static str>,
    paths: String,
    drafts: bool,
    first: bool,
}

impl Files {
    /// Files to import as drafts.
    pub fn drafts() -> Self {
        let endings = Workspace::import_endings();
        Self {
            title: "Add drafts",
            about: format!(
                "Files with the text of a draft ({}); of a folder, all such files in it. Several paths are separated by semicolons; files and folders can also be dropped on the window",
                Workspace::import_names()
            ),
            endings,
            paths: String::new(),
            drafts: true,
            first: true,
        }
    }

    /// A colleague's annotation file.
    pub fn colleague() -> Self {
        Self {
            title: "Open a colleague's annotations",
            about: format!(
                "A file that a colleague has sent, or one of another program; it stands beside your own, which stay as they are. {}",
                Workspace::annotation_names()
            ),
            endings: ["ron", "age"]
                .into_iter()
                .chain(Workspace::annotation_formats().iter().flat_map(|(_, endings)| endings.iter().copied()))
                .collect(),
            paths: String::new(),
            drafts: false,
            first: true,
        }
    }
}

impl Dialog for Files {
    fn title(&self) -> &str {
        self.title
    }

    fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow {
        ui.label(RichText::new(&self.about).color(scene.tokens.quiet_ink));
        let label = if self.drafts { "Files" } else { "File" };
        let field = path_field(ui, label, &mut self.paths, Choice::Files("paths", self.endings.clone()), scene);
        if self.drafts && ui.button("Choose a folder…").clicked() {
            scene.wishes.push(Wish::Choose(Choice::Folder("paths")));
        }
        if std::mem::take(&mut self.first) {
            field.request_focus();
        }
        let ready = !self.paths.trim().is_empty();
        match buttons(ui, scene, if self.drafts { "Read the files" } else { "Open" }, ready, true) {
            Some(true) => {
                let paths: Vec<PathBuf> =
                    self.paths.split(';').map(str::trim).filter(|p| !p.is_empty()).map(PathBuf::from).collect();
                if self.drafts {
                    scene.run(Command::Draft(DraftCommand::Import(paths)));
                } else {
                    for path in paths {
                        scene.run(Command::Colleague(ColleagueCommand::OpenFile(path)));
                    }
                }
                Flow::Close
            }
            Some(false) => Flow::Close,
            None => Flow::Stay,
        }
    }

    fn chosen(&mut self, chosen: Chosen) {
        if !chosen.paths.is_empty() {
            self.paths = chosen.paths.iter().map(|p| p.display().to_string()).collect::<Vec<_>>().join("; ");
        }
    }
}
