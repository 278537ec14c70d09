//! Making, opening and naming projects.

use std::path::PathBuf;

use eframe::egui::{self, ComboBox, RichText, Ui};

use super::{Dialog, Flow, buttons};
use crate::model::{CitationStyle, ProjectDetails};
use crate::ui::desktop;
use crate::ui::scene::{Choice, Chosen, Scene};
use crate::ui::theme::Tokens;
use crate::ui::widgets::{Row, labelled, path_field, text_field};
use crate::workspace::{Command, ProjectCommand, Workspace};

/// Asks what the new project is called and where it is to be.
pub struct NewProject {
    details: ProjectDetails,
    parent: String,
    first: bool,
}

impl NewProject {
    pub fn new() -> Self {
        let parent = desktop::documents().display().to_string();
        Self { details: ProjectDetails::default(), parent, first: true }
    }

    fn folder(&self) -> PathBuf {
        let name: String = self
            .details
            .title
            .trim()
            .to_lowercase()
            .chars()
            .map(|c| if c.is_alphanumeric() { c } else { '-' })
            .collect::<String>()
            .split('-')
            .filter(|s| !s.is_empty())
            .collect::<Vec<_>>()
            .join("-");
        PathBuf::from(self.parent.trim()).join(if name.is_empty() { "project".to_owned() } else { name })
    }
}

impl Dialog for NewProject {
    fn title(&self) -> &str {
        "New project"
    }

    fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow {
        let tokens = scene.tokens;
        ui.label(RichText::new("One project follows one treaty through all its drafts").color(tokens.quiet_ink));
        let title = text_field(ui, "Title", "such as Cybercrime convention", &mut self.details.title, tokens);
        if std::mem::take(&mut self.first) {
            title.request_focus();
        }
        let hint = "The treaty's full name, as it will be cited";
        text_field(ui, "Instrument", hint, &mut self.details.instrument, tokens);
        style_field(ui, &mut self.details.citation_style, tokens);
        path_field(ui, "In the folder", &mut self.parent, Choice::Folder("parent"), scene);
        ui.label(RichText::new(format!("Will be kept in {}", self.folder().display())).small().color(tokens.quiet_ink));
        let ready = !self.details.title.trim().is_empty() && !self.parent.trim().is_empty();
        match buttons(ui, scene, "Make the project", ready, true) {
            Some(true) => {
                let folder = self.folder();
                scene.run(Command::Project(ProjectCommand::New { folder, details: self.details.clone() }));
                Flow::Close
            }
            Some(false) => Flow::Close,
            None => Flow::Stay,
        }
    }

    fn chosen(&mut self, chosen: Chosen) {
        if let Some(path) = chosen.paths.first() {
            self.parent = path.display().to_string();
        }
    }
}

/// Asks which project to open.
pub struct OpenProject {
    path: String,
    first: bool,
}

impl OpenProject {
    pub fn new() -> Self {
        Self { path: String::new(), first: true }
    }
}

impl Dialog for OpenProject {
    fn title(&self) -> &str {
        "Open a project"
    }

    fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow {
        let tokens = scene.tokens;
        let field = path_field(ui, "The project's folder", &mut self.path, Choice::Folder("path"), scene);
        if std::mem::take(&mut self.first) {
            field.request_focus();
        }
        let recent = scene.w.settings().recent.clone();
        if !recent.is_empty() {
            ui.add_space(tokens.space.small);
            ui.label(RichText::new("Recent").small().color(tokens.quiet_ink));
            for folder in recent {
                let name = folder.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
                if Row::new(&name).show(ui, tokens).on_hover_text(folder.display().to_string()).clicked() {
                    scene.run(Command::Project(ProjectCommand::Open(folder)));
                    return Flow::Close;
                }
            }
        }
        match buttons(ui, scene, "Open", !self.path.trim().is_empty(), true) {
            Some(true) => {
                scene.run(Command::Project(ProjectCommand::Open(PathBuf::from(self.path.trim()))));
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

/// How citations are printed, each way with an example.
fn style_field(ui: &mut Ui, style: &mut CitationStyle, tokens: &Tokens) {
    let about = |style: CitationStyle| format!("{}: {}", style.name(), Workspace::style_example(style));
    labelled(ui, "Citations on screen and in exports", tokens, |ui| {
        let field = ComboBox::from_id_salt("citation style").width(ui.available_width()).selected_text(about(*style));
        let shown = field.show_ui(ui, |ui| {
            for one in CitationStyle::ALL {
                ui.selectable_value(style, one, about(one));
            }
        });
        shown.response
    });
}

/// What the project is called, and how it writes citations.
pub struct Details {
    details: ProjectDetails,
}

impl Details {
    pub fn new(scene: &Scene<'_>) -> Self {
        Self { details: scene.w.project().map(|p| p.details.clone()).unwrap_or_default() }
    }
}

impl Dialog for Details {
    fn title(&self) -> &str {
        "Project details"
    }

    fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow {
        let tokens = scene.tokens;
        text_field(ui, "Title", "", &mut self.details.title, tokens);
        text_field(ui, "Instrument", "", &mut self.details.instrument, tokens);
        style_field(ui, &mut self.details.citation_style, tokens);
        if let Some(folder) = scene.w.folder() {
            let text = format!("Kept in {}", folder.display());
            ui.add(egui::Label::new(RichText::new(text).small().color(tokens.quiet_ink)).wrap());
        }
        match buttons(ui, scene, "Keep", !self.details.title.trim().is_empty(), true) {
            Some(true) => {
                scene.run(Command::Project(ProjectCommand::SetDetails(self.details.clone())));
                Flow::Close
            }
            Some(false) => Flow::Close,
            None => Flow::Stay,
        }
    }
}
