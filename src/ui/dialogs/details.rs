//! What is known about a draft.

use eframe::egui::{self, ComboBox, RichText, Ui};

use super::{Dialog, Flow, buttons};
use crate::model::{Direction, Draft, DraftDetails, DraftId, Wording};
use crate::ui::scene::Scene;
use crate::ui::widgets::{Ticks, labelled, text_field};
use crate::workspace::{Command, DraftCommand, Question};

/// Languages offered, by BCP 47 tag.
const LANGUAGES: [(&str, &str); 12] = [
    ("en", "English"),
    ("fr", "French"),
    ("es", "Spanish"),
    ("ru", "Russian"),
    ("ar", "Arabic"),
    ("zh", "Chinese"),
    ("nl", "Dutch"),
    ("de", "German"),
    ("pt", "Portuguese"),
    ("it", "Italian"),
    ("he", "Hebrew"),
    ("", "Another language"),
];

/// The fields of a draft's details, for this dialog and for the review of an import.
#[derive(Clone)]
pub struct DetailFields {
    /// As corrected.
    pub details: DraftDetails,
    date: String,
}

impl DetailFields {
    pub fn new(details: DraftDetails) -> Self {
        let date = details.date.map_or_else(String::new, |d| d.to_string());
        Self { details, date }
    }

    /// Draws them; says whether they are complete.
    pub fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>) -> bool {
        let tokens = scene.tokens;
        ui.columns(2, |columns| {
            text_field(&mut columns[0], "Label", "such as Rev.1", &mut self.details.label, tokens);
            text_field(
                &mut columns[1],
                "Document symbol",
                "such as A/AC.291/22/Rev.1",
                &mut self.details.symbol,
                tokens,
            );
        });
        ui.columns(2, |columns| {
            text_field(&mut columns[0], "Session", "such as Sixth session", &mut self.details.session, tokens);
            text_field(&mut columns[1], "Date", "such as 2024-02-07", &mut self.date, tokens);
        });
        let date = self.date.trim();
        let parsed: Option<jiff::civil::Date> = date.parse().ok();
        let date_is_right = date.is_empty() || parsed.is_some();
        if date_is_right {
            self.details.date = parsed;
        } else {
            ui.label(RichText::new("A date is written year-month-day: 2024-02-07").small().color(tokens.danger));
        }
        let language = self.details.language.clone();
        let known = LANGUAGES.iter().find(|(tag, _)| *tag == language).map_or(language.as_str(), |(_, name)| name);
        ui.vertical(|ui| {
            labelled(ui, "Language", tokens, |ui| {
                ComboBox::from_id_salt("language")
                    .selected_text(known)
                    .show_ui(ui, |ui| {
                        for (tag, name) in LANGUAGES {
                            if ui.selectable_label(language == tag, name).clicked() {
                                self.details.language = tag.to_owned();
                                let arabic = matches!(tag, "ar" | "he");
                                self.details.direction =
                                    if arabic { Direction::RightToLeft } else { Direction::LeftToRight };
                            }
                        }
                    })
                    .response
            });
            let mut right = self.details.direction == Direction::RightToLeft;
            if ui.tick(&mut right, "Lines run from right to left").changed() {
                self.details.direction = if right { Direction::RightToLeft } else { Direction::LeftToRight };
            }
        });
        date_is_right && !self.details.label.trim().is_empty()
    }
}

/// The file behind a draft, how it was read, and that its text stays.
fn made_from(draft: &Draft) -> String {
    let length = draft.text.chars().count();
    let Some(source) = &draft.source else {
        return format!("Made from pasted text; its {length} characters never change");
    };
    let wording = match source.taken.wording {
        Wording::Printed => "",
        Wording::Proposed => ", read as proposed",
        Wording::Original => ", read as it was",
    };
    let column = match &source.taken.column {
        None => String::new(),
        Some((n, head)) if head.trim().is_empty() => format!(", column {}", n + 1),
        Some((n, head)) => format!(", column {} ({})", n + 1, head.trim()),
    };
    let hash = source.sha256.get(..12).unwrap_or(&source.sha256);
    format!(
        "Made from {} (SHA-256 {hash}…){wording}{column}; its text of {length} characters never changes",
        source.name
    )
}

/// The dialog for a draft of the project.
pub struct Details {
    id: Option<DraftId>,
    fields: DetailFields,
}

impl Details {
    pub fn new(scene: &Scene<'_>) -> Self {
        let draft = scene.w.draft();
        Self {
            id: draft.map(|d| d.id),
            fields: DetailFields::new(draft.map(|d| d.details.clone()).unwrap_or_default()),
        }
    }
}

impl Dialog for Details {
    fn title(&self) -> &str {
        "Draft details"
    }

    fn width(&self) -> f32 {
        560.0
    }

    fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow {
        let tokens = scene.tokens;
        let Some(draft) = self.id.and_then(|id| scene.w.project()?.draft(id)).cloned() else { return Flow::Close };
        let ready = self.fields.show(ui, scene) && scene.w.can_edit();
        let about = made_from(&draft);
        let about = egui::Label::new(RichText::new(about).small().color(tokens.quiet_ink)).wrap();
        let response = ui.add(about);
        if let Some(source) = &draft.source {
            response.on_hover_text(format!("SHA-256 {}", source.sha256));
            ui.horizontal(|ui| {
                if ui.button("Open the original file").clicked() {
                    scene.ask(Question::OriginalFile);
                }
                if ui.button("Show it in its folder").clicked() {
                    scene.ask(Question::OriginalFolder);
                }
            });
        }
        ui.horizontal(|ui| {
            let position = scene.w.project().and_then(|p| p.draft_position(draft.id)).unwrap_or(0);
            let last = scene.w.project().map_or(0, |p| p.drafts.len().saturating_sub(1));
            let edit = scene.w.can_edit();
            if ui.add_enabled(edit && position > 0, egui::Button::new("Earlier in the order")).clicked() {
                scene.run(Command::Draft(DraftCommand::Move { id: draft.id, to: position - 1 }));
            }
            if ui.add_enabled(edit && position < last, egui::Button::new("Later in the order")).clicked() {
                scene.run(Command::Draft(DraftCommand::Move { id: draft.id, to: position + 1 }));
            }
            let remove = egui::Button::new(RichText::new("Remove the draft").color(tokens.danger));
            if ui.add_enabled(edit, remove).clicked() {
                scene.run(Command::Draft(DraftCommand::Remove(draft.id)));
            }
        });
        match buttons(ui, scene, "Keep", ready, true) {
            Some(true) => {
                let details = self.fields.details.clone();
                scene.run(Command::Draft(DraftCommand::SetDetails { id: draft.id, details }));
                Flow::Close
            }
            Some(false) => Flow::Close,
            None => Flow::Stay,
        }
    }
}
