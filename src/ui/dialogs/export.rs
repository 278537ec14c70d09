//! Where to export to, and how.

use std::collections::BTreeSet;

use eframe::egui::{self, RichText, Ui};

use super::target::Target;
use super::{Dialog, Flow, buttons};
use crate::model::{AnalystId, DraftId};
use crate::ui::scene::{Chosen, Scene};
use crate::ui::widgets::Ticks;
use crate::workspace::{Command, ExportCommand, Workspace};

/// What has been chosen so far.
pub struct Export {
    format: usize,
    target: Target,
    draft: Option<DraftId>,
    analyst: Option<AnalystId>,
    name: String,
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
        let mut export = Self { format: 0, target: Target::default(), draft: None, analyst, name };
        export.propose();
        export
    }

    fn propose(&mut self) {
        let formats = Workspace::export_formats();
        let ending = formats.get(self.format).map_or("txt", |f| f.2);
        self.target.propose(&format!("{}.{ending}", self.name));
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
            ui.choose(&mut self.format, n, format!("{name} (.{ending})"));
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
                ui.choose(&mut self.analyst, Some(id), whose);
            }
            if scene.w.analysts().is_empty() {
                ui.label("There are no annotations in this project yet");
            }
        } else {
            ui.label(quiet("Which draft; hidden analysts are left out"));
            ui.choose(&mut self.draft, None, "All drafts");
            let drafts: Vec<_> = scene
                .w
                .project()
                .map_or_else(Vec::new, |p| p.drafts.iter().map(|d| (d.id, d.name().to_owned())).collect());
            egui::ScrollArea::vertical().max_height(160.0).show(ui, |ui| {
                for (id, name) in drafts {
                    ui.choose(&mut self.draft, Some(id), name);
                }
            });
        }
        self.target.show(ui, scene);
        let ready = self.target.path().is_some() && (!self.is_annotation_file() || self.analyst.is_some());
        match buttons(ui, scene, "Export", ready, true) {
            Some(true) => {
                let format = Workspace::export_formats().get(self.format).map_or("csv", |f| f.0).to_owned();
                let analysts = if self.is_annotation_file() { self.analyst.map(|a| BTreeSet::from([a])) } else { None };
                let Some(path) = self.target.path() else { return Flow::Stay };
                let draft = self.draft.filter(|_| !self.is_annotation_file());
                scene.run(Command::Export(ExportCommand::ToFile { format, path, draft, analysts }));
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
