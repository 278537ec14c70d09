//! Where to look: kept searches, drafts, concerns, analysts, kinds of words; beside each what it would find.

use std::collections::BTreeSet;

use eframe::egui::{self, ComboBox, RichText, Ui};

use crate::model::{Concern, DraftId, FoundIn};
use crate::ui::scene::Scene;
use crate::ui::widgets::Ticks;
use crate::workspace::{Command, SearchCommand};

use super::saved::{self, SavedState};

/// Draws the panel.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, kept: &mut SavedState) {
    let tokens = scene.tokens;
    egui::ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        ui.add_space(tokens.space.small);
        // Names on several lines must not run into one another.
        ui.spacing_mut().item_spacing.y = tokens.space.small;
        saved::show(ui, scene, kept);
        drafts(ui, scene);
        concerns(ui, scene);
        analysts(ui, scene);
        kinds(ui, scene);
        if !scene.w.search().scope().is_everywhere() {
            ui.add_space(tokens.space.medium);
            if ui.button("Look everywhere").clicked() {
                scene.run(Command::Search(SearchCommand::Everywhere));
            }
        }
    });
}

/// A quiet heading.
pub fn heading(ui: &mut Ui, scene: &Scene<'_>, text: &str) -> egui::Response {
    ui.label(RichText::new(text).small().color(scene.tokens.quiet_ink))
}

/// A name with what it would find.
fn with_count(name: &str, n: usize) -> String {
    if n > 0 { format!("{name} ({n})") } else { name.to_owned() }
}

/// One box for each value; gives the new choice where it was changed.
fn boxes<T: Copy + Ord>(
    ui: &mut Ui,
    chosen: Option<&BTreeSet<T>>,
    values: impl Iterator<Item = (T, String, usize)>,
) -> Option<BTreeSet<T>> {
    let mut now = chosen.cloned().unwrap_or_default();
    let before = now.clone();
    for (value, name, n) in values {
        let mut on = now.contains(&value);
        if ui.tick(&mut on, with_count(&name, n)).changed() {
            if on {
                now.insert(value);
            } else {
                now.remove(&value);
            }
        }
    }
    (now != before).then_some(now)
}

fn drafts(ui: &mut Ui, scene: &mut Scene<'_>) {
    let Some(project) = scene.w.project() else { return };
    let search = scene.w.search();
    let found = |draft: DraftId| -> usize {
        let facets = search.facets.as_ref().and_then(|f| f.drafts.get(&draft)).copied();
        let results = search.results.as_ref().map(|r| &r.per_draft);
        let first = || results.and_then(|r| r.iter().find(|(d, _)| *d == draft)).map(|(_, n)| *n);
        facets.or_else(first).unwrap_or(0)
    };
    heading(ui, scene, "Drafts");
    let values = project.drafts.iter().map(|d| (d.id, d.name().to_owned(), found(d.id)));
    let changed = boxes(ui, search.options.drafts.as_ref(), values);
    heading(
        ui,
        scene,
        if search.options.drafts.is_none() {
            "None is ticked: all are searched"
        } else {
            "Only the ticked ones are searched"
        },
    );
    if let Some(drafts) = changed {
        scene.run(Command::Search(SearchCommand::Drafts(drafts)));
    }
    ui.add_space(scene.tokens.space.medium);
}

fn concerns(ui: &mut Ui, scene: &mut Scene<'_>) {
    let Some(project) = scene.w.project() else { return };
    let search = scene.w.search();
    let name = heading(ui, scene, "Tagged with");
    let mut concerns = search.options.concerns.clone().unwrap_or_default();
    let before = concerns.clone();
    // A concern stands for those below it, so the first of its family is the one that was chosen.
    let top = |c: &&Concern| c.parent.is_none_or(|p| !concerns.contains(&p));
    let chosen = concerns.iter().filter_map(|&c| project.codebook.get(c)).find(top);
    let chosen = chosen.map_or("any or no concern", |c| c.name.as_str()).chars().take(28).collect::<String>();
    ComboBox::from_id_salt("tagged")
        .width(ui.available_width() - 8.0)
        .selected_text(chosen)
        .show_ui(ui, |ui| {
            if ui.selectable_label(concerns.is_empty(), "any or no concern").clicked() {
                concerns.clear();
            }
            for (depth, concern) in project.codebook.tree() {
                let n = search.facets.as_ref().and_then(|f| f.concerns.get(&concern.id)).copied().unwrap_or(0);
                let text = with_count(&format!("{}{} {}", "   ".repeat(depth), concern.tag, concern.name), n);
                if ui.selectable_label(concerns.contains(&concern.id), text).clicked() {
                    let within = |c: &&Concern| project.codebook.is_within(c.id, concern.id);
                    concerns = project.codebook.concerns.iter().filter(within).map(|c| c.id).collect();
                }
            }
        })
        .response
        .labelled_by(name.id);
    if concerns != before {
        scene.run(Command::Search(SearchCommand::Concerns(concerns)));
    }
    ui.add_space(scene.tokens.space.medium);
}

fn analysts(ui: &mut Ui, scene: &mut Scene<'_>) {
    let search = scene.w.search();
    let analysts = scene.w.analysts();
    if analysts.is_empty() {
        return;
    }
    heading(ui, scene, "Remarked on by");
    let found = |id| search.facets.as_ref().and_then(|f| f.analysts.get(&id)).copied().unwrap_or(0);
    let values = analysts.into_iter().map(|(id, name, ..)| (id, name.clone(), found(id)));
    if let Some(analysts) = boxes(ui, search.options.analysts.as_ref(), values) {
        scene.run(Command::Search(SearchCommand::Analysts(analysts)));
    }
    ui.add_space(scene.tokens.space.medium);
}

fn kinds(ui: &mut Ui, scene: &mut Scene<'_>) {
    let search = scene.w.search();
    let found = search.facets.as_ref().map(|f| f.kinds.clone()).unwrap_or_default();
    let chosen = search.options.kinds.clone().unwrap_or_default();
    let shown: BTreeSet<FoundIn> = found.keys().copied().chain(chosen).collect();
    if shown.is_empty() {
        return;
    }
    heading(ui, scene, "Where the words stand");
    let values = shown.into_iter().map(|kind| {
        let mut name = kind.word().to_owned();
        if let Some(first) = name.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        (kind, name, found.get(&kind).copied().unwrap_or(0))
    });
    if let Some(kinds) = boxes(ui, search.options.kinds.as_ref(), values) {
        scene.run(Command::Search(SearchCommand::Kinds(kinds)));
    }
}
