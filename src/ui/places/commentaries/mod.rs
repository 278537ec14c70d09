//! The place Commentaries: the analyses of a draft by others, and a table of what each says of each provision.
//!
//! Must not know: how a commentary is read.

mod table;

use eframe::egui::{self, Align, Button, FontId, Frame, Layout, Margin, RichText, Ui};

use crate::model::{Commentary, DraftId};
use crate::ui::bars::count;
use crate::ui::panels::suggestions::add_buttons;
use crate::ui::scene::Scene;
use crate::ui::theme::sans;
use crate::ui::widgets::Words;
use crate::workspace::{Question, ReviewState, ViewCommand};

/// What the place remembers.
#[derive(Default)]
pub struct PlaceState {
    table: table::TableState,
}

/// Commentaries shown before the list scrolls.
const TALLEST: f32 = 220.0;

/// Draws the place.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut PlaceState) {
    let tokens = scene.tokens;
    let Some(project) = scene.w.project() else { return };
    if project.commentaries.is_empty() {
        empty(ui, scene);
        return;
    }
    Frame::new().inner_margin(Margin::symmetric(24, 16)).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.label(RichText::new("Commentaries").heading().color(tokens.ink));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| drafts(ui, scene));
            });
        });
        let Some(draft) = scene.w.draft().map(|d| d.id) else {
            ui.label(RichText::new("Open a draft to see what is said of it").color(tokens.quiet_ink));
            return;
        };
        let list: Vec<_> =
            scene.w.project().map_or_else(Vec::new, |p| p.commentaries_on(draft).into_iter().cloned().collect());
        let height = TALLEST.min(ui.available_height() * 0.35);
        egui::ScrollArea::vertical().id_salt("commentaries").max_height(height).auto_shrink([false, true]).show(
            ui,
            |ui| {
                for commentary in &list {
                    row(ui, scene, commentary);
                }
            },
        );
        ui.add_space(tokens.space.small);
        add_buttons(ui, scene);
        ui.add_space(tokens.space.medium);
        if list.is_empty() {
            let name = scene.w.draft().map_or_else(String::new, |d| d.name().to_owned());
            ui.label(RichText::new(format!("There is no commentary on {name}")).color(tokens.quiet_ink));
            return;
        }
        table::show(ui, scene, &mut state.table, draft);
    });
}

/// What the place is for, and the next step.
fn empty(ui: &mut Ui, scene: &mut Scene<'_>) {
    let tokens = scene.tokens;
    ui.add_space(ui.available_height() * 0.25);
    let width = 520.0_f32.min(ui.available_width() - 48.0);
    ui.vertical_centered(|ui| {
        ui.set_max_width(width);
        ui.label(RichText::new("No commentary yet").size(tokens.size.heading).color(tokens.ink));
        let words = "A commentary is an analysis of a draft by somebody else: a submission, a joint letter, an opinion. It stands beside the draft, its citations lead there, and each thing it says of a provision is suggested as an annotation. Of several commentaries a table shows who asks what of which provision";
        ui.label(RichText::new(words).color(tokens.quiet_ink));
        ui.add_space(tokens.space.medium);
        let has_drafts = scene.w.project().is_some_and(|p| !p.drafts.is_empty());
        if has_drafts {
            // In the middle, as wide as its buttons.
            let half = 150.0_f32.min(ui.available_width() / 2.0);
            ui.horizontal(|ui| {
                ui.add_space((ui.available_width() / 2.0 - half).max(0.0));
                add_buttons(ui, scene);
            });
        } else {
            ui.label(RichText::new("Add a draft first; a commentary speaks about one").color(tokens.quiet_ink));
        }
    });
}

/// The drafts that are spoken about, and the open one.
fn drafts(ui: &mut Ui, scene: &mut Scene<'_>) {
    let tokens = scene.tokens;
    let Some(project) = scene.w.project() else { return };
    let open = scene.w.view().current;
    let mut shown: Vec<(DraftId, String)> = Vec::new();
    for draft in &project.drafts {
        let n = project.commentaries_on(draft.id).len();
        if n > 0 || Some(draft.id) == open {
            shown.push((draft.id, format!("{} ({n})", draft.name())));
        }
    }
    ui.add_space(tokens.space.medium);
    egui::ScrollArea::horizontal().id_salt("drafts with commentaries").auto_shrink([false, true]).show(ui, |ui| {
        ui.horizontal(|ui| {
            for (id, name) in shown {
                let selected = Some(id) == open;
                if ui.add(Button::selectable(selected, name)).clicked() && !selected {
                    scene.view(ViewCommand::OpenDraft(id));
                    scene.view(ViewCommand::Go(crate::workspace::Place::Commentaries));
                }
            }
        });
    });
}

/// One commentary: who says what when, how far the review is, and what can be done.
fn row(ui: &mut Ui, scene: &mut Scene<'_>, commentary: &Commentary) {
    let tokens = scene.tokens;
    let frame = Frame::new().fill(tokens.chrome_raised).corner_radius(tokens.size.corner);
    frame.inner_margin(Margin::symmetric(12, 6)).outer_margin(Margin::symmetric(0, 2)).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = tokens.space.small;
                let details = ui.button("Details…");
                let name = format!("Details of {}", commentary.name());
                details.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
                if details.clicked() {
                    scene.view(ViewCommand::OpenCommentary(commentary.id));
                    scene.ask(Question::CommentaryDetails);
                }
                let open = ui.button("Review beside the draft");
                let name = format!("Review {} beside the draft", commentary.name());
                open.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
                if open.clicked() {
                    scene.view(ViewCommand::OpenCommentary(commentary.id));
                    scene.view(ViewCommand::CycleSuggestion(1));
                }
                ui.label(RichText::new(progress(scene, commentary)).small().color(tokens.quiet_ink));
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let details = &commentary.details;
                    let date = details.date.map_or_else(String::new, |d| d.to_string());
                    let about = [commentary.name(), details.author.as_str(), &date];
                    let about: Vec<&str> = about.into_iter().filter(|s| !s.is_empty()).collect();
                    let about = about.join("  ");
                    let font = FontId::new(tokens.size.body, sans());
                    Words::new(&about, font, tokens.ink).rows(1).show(ui);
                });
            });
        });
    });
}

fn progress(scene: &Scene<'_>, commentary: &Commentary) -> String {
    let Some(review) = scene.w.reviews().get(commentary.id) else { return "being read".to_owned() };
    let accepted = review.states.iter().filter(|s| matches!(s, ReviewState::Accepted(_))).count();
    let all = count(review.states.len(), "suggestion", "suggestions");
    match (review.waiting, accepted) {
        _ if review.states.is_empty() => "cites no provision of the draft".to_owned(),
        (0, _) => format!("{all}, {accepted} accepted, none waits"),
        (n, 0) => format!("{all}, {n} waiting"),
        (n, a) => format!("{all}, {a} accepted, {n} waiting"),
    }
}
