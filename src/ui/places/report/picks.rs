//! Which remarks a submission takes. What is not ticked at all does not restrict.

use std::collections::BTreeSet;

use eframe::egui::{self, RichText, ScrollArea, Ui};

use super::settings::{Draft, pick};
use crate::model::{Severity, Status, Submission};
use crate::ui::bars::count;
use crate::ui::cards::capital;
use crate::ui::scene::Scene;
use crate::ui::widgets::Ticks;

/// In a few words what is taken.
pub fn said(scene: &Scene<'_>, submission: &Submission) -> String {
    let pick = &submission.pick;
    let mut said = Vec::new();
    if !pick.concerns.is_empty() {
        said.push(count(pick.concerns.len(), "concern", "concerns"));
    }
    if !pick.analysts.is_empty() {
        said.push(count(pick.analysts.len(), "analyst", "analysts"));
    }
    said.extend(pick.statuses.iter().map(|s| s.word().to_owned()));
    said.extend(pick.least.map(|s| format!("at least {}", s.word())));
    let kept = pick.search.and_then(|id| scene.w.project()?.searches.get(&id));
    said.extend(kept.map(|s| s.name.clone()));
    said.extend(Some(pick.query.trim()).filter(|q| !q.is_empty()).map(|q| format!("\u{201c}{q}\u{201d}")));
    if said.is_empty() { "All of them".to_owned() } else { said.join(", ") }
}

/// Draws the choices.
pub fn show(ui: &mut Ui, scene: &Scene<'_>, draft: &mut Draft) {
    let tokens = scene.tokens;
    let Some(project) = scene.w.project() else { return };
    let quiet = |text: &str| RichText::new(text).small().color(tokens.quiet_ink);
    let taken = &mut draft.new.pick;
    ui.add(egui::Label::new(quiet("Where nothing is ticked, all are taken")).wrap());
    let tree = project.codebook.tree();
    if !tree.is_empty() {
        ui.label(quiet("Concerns"));
        ScrollArea::vertical().id_salt("paper concerns").max_height(168.0).auto_shrink([false, true]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 3.0;
            for (depth, concern) in tree {
                ui.horizontal(|ui| {
                    ui.add_space(depth.min(6) as f32 * 14.0);
                    tick(ui, &mut taken.concerns, concern.id, &concern.name);
                });
            }
        });
    }
    if project.sets.len() > 1 {
        ui.label(quiet("Analysts"));
        for set in project.sets.values() {
            tick(ui, &mut taken.analysts, set.analyst.id, &set.analyst.name);
        }
    }
    ui.label(quiet("Status"));
    ui.horizontal_wrapped(|ui| {
        for status in Status::ALL {
            tick(ui, &mut taken.statuses, status, &capital(status.word()));
        }
    });
    let mut severities = vec![(None, "Any, or none said".to_owned())];
    severities.extend(Severity::ALL.map(|s| (Some(s), format!("At least {}", s.word()))));
    if let Some(least) = pick(ui, "Severity", tokens, &taken.least, &severities) {
        taken.least = least;
    }
    if !project.searches.is_empty() || taken.search.is_some() {
        let mut searches = vec![(None, "None".to_owned())];
        searches.extend(project.searches_by_name().into_iter().map(|s| (Some(s.id), s.name.clone())));
        if let Some(search) = pick(ui, "Found by a kept search", tokens, &taken.search, &searches) {
            taken.search = search;
        }
    }
    let hint = "A question as in Search, such as severity:high";
    draft.line(ui, "Found by a question", hint, tokens, |s| &mut s.pick.query);
}

fn tick<T: Ord + Copy>(ui: &mut Ui, set: &mut BTreeSet<T>, value: T, name: &str) {
    let mut on = set.contains(&value);
    if ui.tick(&mut on, name).changed() {
        if on {
            set.insert(value);
        } else {
            set.remove(&value);
        }
    }
}
