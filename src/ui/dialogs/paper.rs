//! Papers for the delegates: what a new one is to be, where one is written to, and the files it is dressed with.

use std::path::{Path, PathBuf};

use eframe::egui::{ComboBox, RichText, Ui};

use super::target::Target;
use super::{Dialog, Flow, buttons};
use crate::export::paper::PaperLanguage;
use crate::model::SubmissionId;
use crate::ui::places::report::language_name;
use crate::ui::scene::{Choice, Chosen, Scene};
use crate::ui::widgets::{Ticks, labelled, path_field, text_field};
use crate::workspace::{Command, PaperOf, Place, SubmissionCommand, ViewCommand, Workspace, submission_templates};

/// What a new submission is to be.
pub struct NewPaper {
    template: usize,
    name: String,
    language: PaperLanguage,
}

impl NewPaper {
    pub fn new(scene: &Scene<'_>) -> Self {
        let latest = scene.w.project().and_then(|p| p.drafts.last());
        let language = latest.and_then(|d| PaperLanguage::named(&d.details.language)).unwrap_or_default();
        Self { template: 0, name: String::new(), language }
    }
}

impl Dialog for NewPaper {
    fn title(&self) -> &str {
        "New submission"
    }

    fn width(&self) -> f32 {
        560.0
    }

    fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow {
        let tokens = scene.tokens;
        for (n, template) in submission_templates().iter().enumerate() {
            ui.choose(&mut self.template, n, &template.name);
            ui.indent(("about template", n), |ui| {
                ui.label(RichText::new(&template.about).small().color(tokens.quiet_ink));
            });
        }
        ui.add_space(tokens.space.small);
        let usual = submission_templates().get(self.template).map_or("", |t| t.name.as_str());
        text_field(ui, "Name", usual, &mut self.name, tokens);
        labelled(ui, "Language of the fixed words", tokens, |ui| {
            ComboBox::from_id_salt("new paper language")
                .selected_text(language_name(self.language))
                .show_ui(ui, |ui| {
                    for language in PaperLanguage::ALL {
                        ui.selectable_value(&mut self.language, language, language_name(language));
                    }
                })
                .response
        });
        match buttons(ui, scene, "Make", scene.w.can_edit(), true) {
            Some(true) => {
                if let Some(template) = submission_templates().get(self.template) {
                    scene.run(Command::Submission(SubmissionCommand::Make {
                        template: template.id.clone(),
                        name: self.name.clone(),
                        language: self.language.tag().to_owned(),
                    }));
                    scene.view(ViewCommand::Go(Place::Report));
                }
                Flow::Close
            }
            Some(false) => Flow::Close,
            None => Flow::Stay,
        }
    }
}

/// Where the paper that is looked at is to be written, and how.
pub struct ExportPaper {
    of: Option<PaperOf>,
    format: usize,
    target: Target,
}

impl ExportPaper {
    pub fn new(scene: &Scene<'_>) -> Self {
        let of = scene.w.shown_paper();
        let mut export = Self { of, format: 0, target: Target::default() };
        let formats = Workspace::paper_formats();
        let went_to = match &export.of {
            Some(PaperOf::Kept(id)) => scene.w.view().report.went_to.get(id),
            _ => None,
        };
        if let Some(path) = went_to {
            // Again to where it went last.
            let ending = ending(path);
            export.format = formats.iter().position(|f| f.2 == ending).unwrap_or(0);
            export.target.propose_path(path);
        } else {
            let name = match &export.of {
                Some(PaperOf::Concordance { .. }) => "concordance".to_owned(),
                Some(PaperOf::Outcomes { .. }) => "what-became-of-our-concerns".to_owned(),
                _ => scene.w.shown_submission().map_or_else(|| "submission".to_owned(), |s| slug(&s.name)),
            };
            let ending = formats.first().map_or("docx", |f| f.2);
            export.target.propose(&format!("{name}.{ending}"));
        }
        export
    }
}

impl Dialog for ExportPaper {
    fn title(&self) -> &str {
        "Export this document"
    }

    fn width(&self) -> f32 {
        560.0
    }

    fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow {
        let tokens = scene.tokens;
        let Some(of) = self.of.clone() else {
            ui.label(RichText::new("There is no document yet; make a submission first").color(tokens.quiet_ink));
            return if ui.button("Close").clicked() { Flow::Close } else { Flow::Stay };
        };
        let formats = Workspace::paper_formats();
        let before = self.format;
        for (n, (_, name, ending)) in formats.iter().enumerate() {
            ui.choose(&mut self.format, n, format!("{name} (.{ending})"));
        }
        if before != self.format
            && let Some((path, format)) = self.target.path().zip(formats.get(self.format))
        {
            let stem = path.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
            self.target.propose(&format!("{stem}.{}", format.2));
        }
        ui.add_space(tokens.space.small);
        self.target.show(ui, scene);
        // A path that was typed says itself in which format.
        let path = self.target.path();
        if let Some(n) = path.as_deref().and_then(|p| formats.iter().position(|f| f.2 == ending(p))) {
            self.format = n;
        }
        match buttons(ui, scene, "Export", path.is_some(), true) {
            Some(true) => {
                if let Some(path) = path {
                    scene.run(Command::Submission(SubmissionCommand::Export { of, path }));
                }
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

/// A file a submission is dressed with: its logo, or a document whose styles it is written in.
pub struct PaperFile {
    id: Option<SubmissionId>,
    is_logo: bool,
    path: String,
    shown: bool,
}

impl PaperFile {
    /// The logo.
    pub fn logo(scene: &Scene<'_>) -> Self {
        Self { id: scene.w.shown_submission().map(|s| s.id), is_logo: true, path: String::new(), shown: false }
    }

    /// The styles.
    pub fn styles(scene: &Scene<'_>) -> Self {
        Self { is_logo: false, ..Self::logo(scene) }
    }
}

impl Dialog for PaperFile {
    fn title(&self) -> &str {
        if self.is_logo { "Logo" } else { "Own styles" }
    }

    fn width(&self) -> f32 {
        560.0
    }

    fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow {
        let about = if self.is_logo {
            "A PNG or SVG picture that stands over the title; a copy of it is kept with the project"
        } else {
            "A DOCX document in your house style: the paper takes over its styles for headings, text and tables, in DOCX; a copy of it is kept with the project"
        };
        ui.label(RichText::new(about).color(scene.tokens.quiet_ink));
        let endings = if self.is_logo { vec!["png", "svg"] } else { vec!["docx"] };
        let field = path_field(ui, "File", &mut self.path, Choice::Files("path", endings), scene);
        if !std::mem::replace(&mut self.shown, true) {
            field.request_focus();
        }
        let path = Some(self.path.trim()).filter(|p| !p.is_empty()).map(PathBuf::from);
        let ready = self.id.zip(path).filter(|_| scene.w.can_edit());
        match buttons(ui, scene, "Take it", ready.is_some(), true) {
            Some(true) => {
                if let Some((id, path)) = ready {
                    let path = Some(path);
                    scene.run(Command::Submission(if self.is_logo {
                        SubmissionCommand::SetLogo { id, path }
                    } else {
                        SubmissionCommand::SetStyleTemplate { id, path }
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

fn ending(path: &Path) -> String {
    path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// A name for a file.
fn slug(name: &str) -> String {
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|s| !s.is_empty()).collect();
    if words.is_empty() { "submission".to_owned() } else { words.join("-").to_lowercase() }
}
