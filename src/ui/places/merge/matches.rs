//! Which of our drafts and concerns theirs are, to be corrected.

use eframe::egui::{ComboBox, Label, RichText, Ui};

use crate::model::{ConcernId, DraftId};
use crate::ui::bars::count;
use crate::ui::scene::Scene;
use crate::ui::widgets::{Ticks, tag};
use crate::workspace::{ColleagueCommand, Command, ConcernMatch, DraftMatch, MergeChoices, MergePlan};

/// Draws both lists.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, plan: &MergePlan, choices: &MergeChoices) {
    if !plan.drafts.is_empty() {
        section(ui, scene, "Drafts");
        plan.drafts.iter().for_each(|d| draft(ui, scene, d));
    }
    if !plan.concerns.is_empty() {
        section(ui, scene, "Concerns");
        plan.concerns.iter().for_each(|c| concern(ui, scene, c, choices.take_over.contains(&c.theirs.id)));
    }
}

fn section(ui: &mut Ui, scene: &Scene<'_>, name: &str) {
    ui.add_space(scene.tokens.space.large);
    ui.label(RichText::new(name).strong().color(scene.tokens.ink));
}

fn draft(ui: &mut Ui, scene: &mut Scene<'_>, draft: &DraftMatch) {
    let tokens = scene.tokens;
    let name = [&draft.theirs.label, &draft.theirs.symbol].into_iter().find(|n| !n.is_empty());
    let name = name.map_or("Unnamed draft", String::as_str).to_owned();
    ui.add_space(tokens.space.small);
    ui.add(Label::new(RichText::new(&name).color(tokens.ink)).truncate());
    let said = format!("{}, {}", count(draft.remarks, "remark", "remarks"), draft.by.word());
    ui.add(Label::new(RichText::new(said).small().color(tokens.quiet_ink)).wrap());
    let Some(project) = scene.w.project() else { return };
    let known: Vec<(DraftId, String)> = project.drafts.iter().map(|d| (d.id, d.name().to_owned())).collect();
    let shown = draft.ours.and_then(|id| project.draft(id)).map_or("Not here", |d| d.name()).to_owned();
    let mut chosen = draft.ours;
    let combo = ComboBox::from_id_salt(("their draft", draft.theirs.id)).width(ui.available_width() - 12.0).truncate();
    let response = combo.selected_text(shown).show_ui(ui, |ui| {
        for (id, name) in &known {
            ui.selectable_value(&mut chosen, Some(*id), name);
        }
        ui.selectable_value(&mut chosen, None, "Not here");
    });
    response.response.on_hover_text(format!("Which of our drafts “{name}” is"));
    if chosen != draft.ours {
        scene.run(Command::Colleague(ColleagueCommand::IsDraft { theirs: draft.theirs.id, ours: chosen }));
    }
}

fn concern(ui: &mut Ui, scene: &mut Scene<'_>, concern: &ConcernMatch, takes_over: bool) {
    let tokens = scene.tokens;
    ui.add_space(tokens.space.small);
    ui.horizontal(|ui| {
        tag(ui, &concern.theirs, tokens);
        ui.add(Label::new(RichText::new(&concern.theirs.name).color(tokens.ink)).truncate());
    });
    let said = format!("{}, {}", count(concern.remarks, "remark", "remarks"), concern.by.word());
    ui.add(Label::new(RichText::new(said).small().color(tokens.quiet_ink)).wrap());
    let Some(project) = scene.w.project() else { return };
    let known: Vec<(ConcernId, String)> = project
        .codebook
        .tree()
        .iter()
        .map(|(depth, c)| (c.id, format!("{}{}", "   ".repeat(*depth), c.name)))
        .collect();
    let shown =
        concern.ours.and_then(|id| project.codebook.get(id)).map_or("Add as new", |c| c.name.as_str()).to_owned();
    let mut chosen = concern.ours;
    let combo =
        ComboBox::from_id_salt(("their concern", concern.theirs.id)).width(ui.available_width() - 12.0).truncate();
    let response = combo.selected_text(shown).show_ui(ui, |ui| {
        ui.selectable_value(&mut chosen, None, "Add as new");
        for (id, name) in &known {
            ui.selectable_value(&mut chosen, Some(*id), name);
        }
    });
    response.response.on_hover_text(format!("Which of our concerns “{}” is", concern.theirs.name));
    if chosen != concern.ours {
        scene.run(Command::Colleague(ColleagueCommand::IsConcern { theirs: concern.theirs.id, ours: chosen }));
    }
    if concern.ours.is_some() && !concern.differs.is_empty() {
        let text = format!("Take over their {}", concern.differs.join(", "));
        let mut take = takes_over;
        if ui.tick(&mut take, text).changed() {
            scene.run(Command::Colleague(ColleagueCommand::TakeOver { theirs: concern.theirs.id, take }));
        }
    }
}
