//! Drafts read from files: what was recognized and what was guessed, before they are added.

use eframe::egui::{self, Frame, Label, Margin, RichText, Ui};

use super::details::DetailFields;
use super::{Dialog, Flow, buttons};
use crate::model::{MarkKind, Outline, ProvisionKind};
use crate::ui::bars::count;
use crate::ui::scene::{Scene, Wish};
use crate::workspace::{Command, DraftCommand, Proposal};

/// Warnings shown of one file before the rest is counted.
const WARNINGS: usize = 12;

/// Reads the proposals from the workspace, so it has no state of its own.
pub struct Review;

impl Dialog for Review {
    fn title(&self) -> &str {
        "Drafts to add"
    }

    fn leave(&mut self, scene: &mut Scene<'_>) {
        let accept = Wish::Run(Command::Draft(DraftCommand::Accept));
        if !scene.wishes.contains(&accept) {
            scene.run(Command::Draft(DraftCommand::Dismiss));
        }
    }

    fn width(&self) -> f32 {
        680.0
    }

    fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow {
        let proposals = scene.w.proposals();
        if proposals.is_empty() {
            return Flow::Close;
        }
        let mut ready = true;
        let height = (ui.ctx().content_rect().height() - 260.0).max(200.0);
        egui::ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            for (at, proposal) in proposals.iter().enumerate() {
                ui.push_id(at, |ui| ready &= one(ui, scene, at, proposal));
            }
        });
        let action = match proposals.len() {
            1 => "Add the draft".to_owned(),
            n => format!("Add {n} drafts"),
        };
        match buttons(ui, scene, &action, ready, true) {
            Some(true) => {
                scene.run(Command::Draft(DraftCommand::Accept));
                Flow::Close
            }
            Some(false) => Flow::Close,
            None => Flow::Stay,
        }
    }
}

fn one(ui: &mut Ui, scene: &mut Scene<'_>, at: usize, proposal: &Proposal) -> bool {
    let tokens = scene.tokens;
    let mut ready = true;
    Frame::new().fill(tokens.chrome).corner_radius(tokens.size.corner).inner_margin(Margin::same(12)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            ui.label(RichText::new(&proposal.imported.source.name).strong());
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if ui.button("Leave out").clicked() {
                    scene.run(Command::Draft(DraftCommand::LeaveOut(at)));
                }
            });
        });
        ui.add(Label::new(RichText::new(recognized(&proposal.reading.outline)).color(tokens.quiet_ink)).wrap());
        // What is typed in a date field but is no date yet lives here, between frames.
        let id = ui.scope_id().with("fields");
        let kept: Option<DetailFields> = ui.data(|d| d.get_temp(id));
        let mut fields = kept
            .filter(|f| f.details == proposal.details)
            .unwrap_or_else(|| DetailFields::new(proposal.details.clone()));
        ready = fields.show(ui, scene);
        if fields.details != proposal.details {
            scene.run(Command::Draft(DraftCommand::Correct { at, details: fields.details.clone() }));
        }
        ui.data_mut(|d| d.insert_temp(id, fields));
        let warnings: Vec<&str> = proposal
            .imported
            .warnings
            .iter()
            .map(String::as_str)
            .chain(proposal.reading.warnings.iter().map(|w| w.message.as_str()))
            .collect();
        if !warnings.is_empty() {
            let title = count(warnings.len(), "thing to look at", "things to look at");
            egui::CollapsingHeader::new(title).id_salt("warnings").default_open(warnings.len() <= 6).show(ui, |ui| {
                for warning in warnings.iter().take(WARNINGS) {
                    ui.add(Label::new(RichText::new(*warning).small()).wrap());
                }
                if warnings.len() > WARNINGS {
                    let more = format!("and {} more", warnings.len() - WARNINGS);
                    ui.label(RichText::new(more).small().color(tokens.quiet_ink));
                }
            });
        }
    });
    ui.add_space(tokens.space.small);
    ready
}

/// What was recognized, in a sentence.
fn recognized(outline: &Outline) -> String {
    let number = |kind: ProvisionKind| outline.provisions.iter().filter(|p| p.kind == kind).count();
    let mut parts = Vec::new();
    for (kind, one, many) in [
        (ProvisionKind::Recital, "preambular paragraph", "preambular paragraphs"),
        (ProvisionKind::Chapter, "chapter", "chapters"),
        (ProvisionKind::Article, "article", "articles"),
        (ProvisionKind::Paragraph, "paragraph", "paragraphs"),
        (ProvisionKind::Subparagraph, "subparagraph", "subparagraphs"),
        (ProvisionKind::Annex, "annex", "annexes"),
    ] {
        let n = number(kind);
        if n > 0 {
            parts.push(count(n, one, many));
        }
    }
    let bracketed = outline.marks.iter().filter(|m| m.kind == MarkKind::Bracketed).count();
    let agreed = outline.marks.iter().filter(|m| m.kind == MarkKind::Agreed).count();
    for (n, one, many) in [(bracketed, "bracket", "brackets"), (agreed, "agreed mark", "agreed marks")] {
        if n > 0 {
            parts.push(count(n, one, many));
        }
    }
    if parts.is_empty() {
        "No provisions were recognized".to_owned()
    } else {
        format!("Recognized: {}", parts.join(", "))
    }
}
