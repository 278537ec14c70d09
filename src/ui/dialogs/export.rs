//! Where to export to, and how.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use eframe::egui::{self, RichText, Ui};

use super::{Dialog, Flow, buttons};
use crate::model::{AnalystId, DraftId};
use crate::ui::desktop;
use crate::ui::scene::{Choice, Chosen, Scene};
use crate::ui::widgets::path_field;
use crate::workspace::{Command, ExportCommand, Workspace};

/// What has been chosen so far.
pub struct Export {
    format: usize,
    path: String,
    draft: Option<DraftId>,
    analyst: Option<AnalystId>,
    name: String,
    /// The path that was last asked about, and whether something is there.
    asked: Option<(String, bool)>,
}

impl Export {
    pub fn new(scene: &Scene<'_>) -> Self {
        let title = scene.w.project().map(|p| p.details.title.clone()).unwrap_or_default();
        let who = scene.w.analyst().map(|a| a.name.clone()).unwrap_or_default();
        let name = format!("{title} {who}")
            .split(|c: char| !c.is_alphanumeric())
            .filter(|s| !s.is_empty())
            .collect::<Vec<_>>()
            .join("-")
            .to_lowercase();
        let own = scene.w.own_set().map(|s| s.analyst.id);
        let analyst = own.or_else(|| scene.w.analysts().first().map(|a| a.0));
        let mut export = Self { format: 0, path: String::new(), draft: None, analyst, name, asked: None };
        export.propose();
        export
    }

    fn propose(&mut self) {
        let formats = Workspace::export_formats();
        let ending = formats.get(self.format).map_or("txt", |f| f.2);
        let folder = PathBuf::from(&self.path).parent().map(PathBuf::from).filter(|p| !p.as_os_str().is_empty());
        let folder = folder.unwrap_or_else(desktop::documents);
        self.path = folder.join(format!("{}.{ending}", self.name)).display().to_string();
    }

    fn is_annotation_file(&self) -> bool {
        self.format == 0
    }
}

impl Dialog for Export {
    fn title(&self) -> &str {
        "Export"
    }

    fn width(&self) -> f32 {
        560.0
    }

    fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow {
        let tokens = scene.tokens;
        let quiet = |text: &str| RichText::new(text).small().color(tokens.quiet_ink);
        let before = self.format;
        for (n, (_, name, ending)) in Workspace::export_formats().into_iter().enumerate() {
            ui.radio_value(&mut self.format, n, format!("{name} (.{ending})"));
        }
        if before != self.format {
            self.propose();
        }
        ui.add_space(tokens.space.small);
        if self.is_annotation_file() {
            ui.label(quiet(
                "Whose annotations; the file holds their quotes and citations, so it can be mailed as it is",
            ));
            for (id, name, count, _) in scene.w.analysts() {
                let whose =
                    if scene.w.is_own(id) { format!("{name} (you), {count}") } else { format!("{name}, {count}") };
                ui.radio_value(&mut self.analyst, Some(id), whose);
            }
            if scene.w.analysts().is_empty() {
                ui.label("There are no annotations in this project yet");
            }
        } else {
            ui.label(quiet("Which draft; hidden analysts are left out"));
            ui.radio_value(&mut self.draft, None, "All drafts");
            let drafts: Vec<_> = scene
                .w
                .project()
                .map_or_else(Vec::new, |p| p.drafts.iter().map(|d| (d.id, d.name().to_owned())).collect());
            egui::ScrollArea::vertical().max_height(160.0).show(ui, |ui| {
                for (id, name) in drafts {
                    ui.radio_value(&mut self.draft, Some(id), name);
                }
            });
        }
        let file_name =
            PathBuf::from(&self.path).file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        path_field(ui, "Write to", &mut self.path, Choice::Save("path", file_name), scene);
        if self.asked.as_ref().is_none_or(|(path, _)| *path != self.path) {
            self.asked = Some((self.path.clone(), Workspace::would_replace(Path::new(self.path.trim()))));
        }
        if self.asked.as_ref().is_some_and(|(_, taken)| *taken) {
            ui.label(RichText::new("There is a file of this name already; it will be replaced").color(tokens.danger));
        }
        let ready = !self.path.trim().is_empty() && (!self.is_annotation_file() || self.analyst.is_some());
        match buttons(ui, scene, "Export", ready, true) {
            Some(true) => {
                let format = Workspace::export_formats().get(self.format).map_or("csv", |f| f.0).to_owned();
                let analysts = if self.is_annotation_file() { self.analyst.map(|a| BTreeSet::from([a])) } else { None };
                let path = PathBuf::from(self.path.trim());
                let draft = self.draft.filter(|_| !self.is_annotation_file());
                scene.run(Command::Export(ExportCommand::ToFile { format, path, draft, analysts }));
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
