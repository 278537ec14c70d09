//! Bringing a commentary in, from a file or pasted, and what is known about one.

use std::path::PathBuf;

use eframe::egui::{self, ComboBox, RichText, Ui};

use super::{Dialog, Flow, buttons};
use crate::model::{CommentaryDetails, CommentaryId, DraftId};
use crate::ui::scene::{Choice, Chosen, Scene, Wish};
use crate::ui::widgets::{labelled, path_field, text_area, text_field};
use crate::workspace::{Choices, Command, CommentaryCommand, Workspace};

/// The draft that is spoken about: the one that is open, else the latest.
fn usual_draft(scene: &Scene<'_>) -> Option<DraftId> {
    let latest = || scene.w.project().and_then(|p| p.drafts.last()).map(|d| d.id);
    scene.w.draft().map(|d| d.id).or_else(latest)
}

fn draft_field(ui: &mut Ui, scene: &Scene<'_>, draft: &mut Option<DraftId>) {
    let Some(project) = scene.w.project() else { return };
    let name = draft.and_then(|id| project.draft(id)).map_or_else(String::new, |d| d.name().to_owned());
    labelled(ui, "The draft it speaks about", scene.tokens, |ui| {
        ComboBox::from_id_salt("draft of the commentary")
            .width(ui.available_width())
            .truncate()
            .selected_text(name)
            .show_ui(ui, |ui| {
                for d in &project.drafts {
                    ui.selectable_value(draft, Some(d.id), d.name());
                }
            })
            .response
    });
}

/// Asks for files.
pub struct Add {
    draft: Option<DraftId>,
    paths: String,
    first: bool,
}

impl Add {
    pub fn new(scene: &Scene<'_>) -> Self {
        Self { draft: usual_draft(scene), paths: String::new(), first: true }
    }
}

impl Dialog for Add {
    fn title(&self) -> &str {
        "Add a commentary"
    }

    fn width(&self) -> f32 {
        560.0
    }

    fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow {
        let about = format!(
            "An analysis of a draft ({}). It opens beside the draft; what it says of each provision becomes a suggestion to accept, edit or reject",
            Workspace::import_names()
        );
        ui.label(RichText::new(about).color(scene.tokens.quiet_ink));
        let field = path_field(ui, "File", &mut self.paths, Choice::Files("paths", Workspace::import_endings()), scene);
        if std::mem::take(&mut self.first) {
            field.request_focus();
        }
        draft_field(ui, scene, &mut self.draft);
        let ready = !self.paths.trim().is_empty() && self.draft.is_some();
        match buttons(ui, scene, "Read the commentary", ready, true) {
            Some(true) => {
                let paths = self.paths.split(';').map(str::trim).filter(|p| !p.is_empty()).map(PathBuf::from);
                for path in paths {
                    let Some(draft) = self.draft else { continue };
                    let choices = Choices::default();
                    scene.run(Command::Commentary(CommentaryCommand::Import { path, draft, choices }));
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

/// Asks for a text.
pub struct Paste {
    draft: Option<DraftId>,
    title: String,
    author: String,
    text: String,
    first: bool,
}

impl Paste {
    pub fn new(scene: &Scene<'_>) -> Self {
        let (title, author, text) = (String::new(), String::new(), String::new());
        Self { draft: usual_draft(scene), title, author, text, first: true }
    }
}

impl Dialog for Paste {
    fn title(&self) -> &str {
        "Paste a commentary"
    }

    fn width(&self) -> f32 {
        640.0
    }

    fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow {
        let tokens = scene.tokens;
        ui.columns(2, |columns| {
            text_field(&mut columns[0], "Title", "Its first line, if left empty", &mut self.title, tokens);
            text_field(&mut columns[1], "Author", "A person or an organization", &mut self.author, tokens);
        });
        let height = (ui.ctx().content_rect().height() * 0.4).max(120.0);
        let field = egui::ScrollArea::vertical()
            .max_height(height)
            .show(ui, |ui| text_area(ui, "Text", "The words of the analysis", &mut self.text, 10, tokens));
        if std::mem::take(&mut self.first) {
            field.inner.request_focus();
        }
        draft_field(ui, scene, &mut self.draft);
        let ready = !self.text.trim().is_empty() && self.draft.is_some();
        match buttons(ui, scene, "Add the commentary", ready, false) {
            Some(true) => {
                if let Some(draft) = self.draft {
                    let (title, author) = (self.title.trim().to_owned(), self.author.trim().to_owned());
                    let text = std::mem::take(&mut self.text);
                    scene.run(Command::Commentary(CommentaryCommand::Paste { title, author, text, draft }));
                }
                Flow::Close
            }
            Some(false) => Flow::Close,
            None => Flow::Stay,
        }
    }
}

/// What is known about a commentary of the project.
pub struct Details {
    id: Option<CommentaryId>,
    details: CommentaryDetails,
    date: String,
}

impl Details {
    pub fn new(scene: &Scene<'_>) -> Self {
        let commentary = scene.w.reviewed();
        let details = commentary.map(|c| c.details.clone()).unwrap_or_default();
        let date = details.date.map_or_else(String::new, |d| d.to_string());
        Self { id: commentary.map(|c| c.id), details, date }
    }
}

impl Dialog for Details {
    fn title(&self) -> &str {
        "Commentary details"
    }

    fn width(&self) -> f32 {
        560.0
    }

    fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow {
        let tokens = scene.tokens;
        let commentary = self.id.and_then(|id| scene.w.project()?.commentaries.get(&id)).cloned();
        let Some(commentary) = commentary else { return Flow::Close };
        text_field(ui, "Title", "What it is called", &mut self.details.title, tokens);
        text_field(ui, "Author", "A person or an organization", &mut self.details.author, tokens);
        ui.columns(2, |columns| {
            text_field(&mut columns[0], "Date", "such as 2024-02-07", &mut self.date, tokens);
            text_field(&mut columns[1], "Language", "such as en or fr", &mut self.details.language, tokens);
        });
        let date = self.date.trim();
        let parsed: Option<jiff::civil::Date> = date.parse().ok();
        let date_is_right = date.is_empty() || parsed.is_some();
        if date_is_right {
            self.details.date = parsed;
        } else {
            ui.label(RichText::new("A date is written year-month-day: 2024-02-07").small().color(tokens.danger));
        }
        let draft = scene.w.project().and_then(|p| p.draft(commentary.draft));
        let draft = draft.map_or("a draft that is not in the project", |d| d.name());
        let made = match &commentary.source {
            Some(source) => format!("Read from {} as a commentary on {draft}; its text never changes", source.name),
            None => format!("Pasted as a commentary on {draft}; its text never changes"),
        };
        ui.add(egui::Label::new(RichText::new(made).small().color(tokens.quiet_ink)).wrap());
        let edit = scene.w.can_edit();
        let mut removed = false;
        ui.horizontal(|ui| {
            if let Some(path) = scene.w.original_of_commentary(&commentary)
                && ui.button("Open the original file").clicked()
            {
                scene.wishes.push(Wish::OpenOutside(path));
            }
            let remove = egui::Button::new(RichText::new("Remove the commentary").color(tokens.danger));
            let remove = ui.add_enabled(edit, remove);
            if remove.on_hover_text("The annotations made of it stay; Ctrl+Z brings it back").clicked() {
                scene.run(Command::Commentary(CommentaryCommand::Remove(commentary.id)));
                removed = true;
            }
        });
        if removed {
            return Flow::Close;
        }
        let ready = edit && date_is_right && !self.details.title.trim().is_empty();
        match buttons(ui, scene, "Keep", ready, true) {
            Some(true) => {
                let trim = |s: &str| s.trim().to_owned();
                let details = CommentaryDetails {
                    title: trim(&self.details.title),
                    author: trim(&self.details.author),
                    language: trim(&self.details.language),
                    date: self.details.date,
                };
                scene.run(Command::Commentary(CommentaryCommand::SetDetails { id: commentary.id, details }));
                Flow::Close
            }
            Some(false) => Flow::Close,
            None => Flow::Stay,
        }
    }
}
