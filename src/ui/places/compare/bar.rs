//! Above the comparison: which drafts, how they are shown and what of them, and the change one reads.

use std::sync::Arc;

use eframe::egui::{self, Button, ComboBox, RichText, Ui};

use crate::model::{Draft, DraftId};
use crate::ui::bars::count;
use crate::ui::keys;
use crate::ui::scene::Scene;
use crate::workspace::{Change, Command, CompareCommand, CompareFilter, ComparePage, Question};

use super::{Both, page};

/// Characters of a draft's name that are shown.
const NAME: usize = 26;

/// Draws both lines.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, drafts: [&Arc<Draft>; 2], both: Option<&Both>) {
    let tokens = scene.tokens;
    ui.spacing_mut().item_spacing.x = tokens.space.medium;
    ui.horizontal_wrapped(|ui| {
        let [old, new] = drafts.map(|d| d.id);
        if let Some(chosen) = choice(ui, scene, "Older draft", drafts[0]) {
            let new = if chosen == new { old } else { new };
            scene.run(Command::Compare(CompareCommand::Drafts { old: chosen, new }));
        }
        ui.label(RichText::new("with").color(tokens.quiet_ink));
        if let Some(chosen) = choice(ui, scene, "Newer draft", drafts[1]) {
            let old = if chosen == old { new } else { old };
            scene.run(Command::Compare(CompareCommand::Drafts { old, new: chosen }));
        }
        if ui.button("Swap").on_hover_text("The other way round").clicked() {
            scene.run(Command::Compare(CompareCommand::Swap));
        }
        ui.separator();
        let shown = scene.w.view().compare.page;
        for page in ComparePage::ALL {
            let color = if page == shown { tokens.accent } else { tokens.ink };
            if ui.add(Button::selectable(page == shown, RichText::new(page.name()).color(color))).clicked() {
                scene.run(Command::Compare(CompareCommand::Page(page)));
            }
        }
        if both.is_some() && shown != ComparePage::History {
            ui.separator();
            if ui.button("Export…").on_hover_text("As a file (Ctrl+Shift+E)").clicked() {
                scene.ask(Question::ExportComparison);
            }
        }
    });
    let Some(both) = both.filter(|_| !scene.w.view().compare.page.is_list()) else { return };
    ui.add_space(tokens.space.small);
    ui.horizontal_wrapped(|ui| {
        filter(ui, scene);
        steps(ui, scene, both);
        row(ui, scene, both);
    });
}

/// A draft, chosen from a list of all.
fn choice(ui: &mut Ui, scene: &Scene<'_>, name: &str, draft: &Arc<Draft>) -> Option<DraftId> {
    let project = scene.w.project()?;
    let short = |name: &str| -> String {
        if name.chars().count() <= NAME {
            return name.to_owned();
        }
        name.chars().take(NAME - 1).chain(['…']).collect()
    };
    let mut chosen = None;
    let shown = short(draft.name());
    let response = ComboBox::from_id_salt(name)
        .selected_text(shown.as_str())
        .width(120.0)
        .show_ui(ui, |ui| {
            for d in &project.drafts {
                // Many a draft is called by its date.
                let date = d.details.date.filter(|date| !d.name().contains(&date.year().to_string()));
                let about = date.map_or_else(String::new, |date| format!("   {date}"));
                if ui.selectable_label(d.id == draft.id, format!("{}{about}", d.name())).clicked() {
                    chosen = Some(d.id);
                }
            }
        })
        .response;
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, format!("{name}: {}", draft.name())));
    chosen.filter(|id| *id != draft.id)
}

fn filter(ui: &mut Ui, scene: &mut Scene<'_>) {
    let Some(project) = scene.w.project() else { return };
    let filter = scene.w.view().compare.filter;
    let name = |filter: CompareFilter| match filter {
        CompareFilter::All => "All clauses".to_owned(),
        CompareFilter::Changed => "What changed".to_owned(),
        CompareFilter::Mine => "What carries my annotations".to_owned(),
        CompareFilter::Concern(c) => {
            project.codebook.get(c).map_or_else(|| "A concern".to_owned(), |c| format!("{} {}", c.tag, c.name))
        }
    };
    let mut chosen = filter;
    let response = ComboBox::from_id_salt("compare filter")
        .selected_text(name(filter))
        .width(200.0)
        .show_ui(ui, |ui| {
            for f in [CompareFilter::All, CompareFilter::Changed, CompareFilter::Mine] {
                ui.selectable_value(&mut chosen, f, name(f));
            }
            ui.separator();
            for (depth, concern) in project.codebook.tree() {
                let text = format!("{}{} {}", "   ".repeat(depth), concern.tag, concern.name);
                ui.selectable_value(&mut chosen, CompareFilter::Concern(concern.id), text);
            }
        })
        .response;
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, format!("Shown: {}", name(filter))));
    if chosen != filter {
        scene.run(Command::Compare(CompareCommand::Filter(chosen)));
    }
}

/// To the change before and the one after, and how many there are.
fn steps(ui: &mut Ui, scene: &mut Scene<'_>, both: &Both) {
    let tokens = scene.tokens;
    let Some(listing) = scene.w.listing().cloned() else { return };
    let any = !listing.stops.is_empty();
    for (words, by, hint) in
        [("Previous", -1, "Previous change (Shift+F5, or P)"), ("Next", 1, "Next change (F5, or N)")]
    {
        let response = ui.add_enabled(any, Button::new(words)).on_hover_text(hint);
        let name = if by < 0 { "Previous change" } else { "Next change" };
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, any, name));
        if response.clicked() {
            scene.run(Command::Compare(CompareCommand::Step(by)));
        }
    }
    // Letters type nothing here, so they may lead on.
    if !keys::is_busy(ui.ctx()) {
        for (key, by) in [(egui::Key::N, 1), (egui::Key::P, -1)] {
            if ui.input_mut(|i| i.consume_key(egui::Modifiers::NONE, key)) {
                scene.run(Command::Compare(CompareCommand::Step(by)));
            }
        }
    }
    let row = scene.w.view().compare.row;
    let changes = matches!(scene.w.view().compare.filter, CompareFilter::All | CompareFilter::Changed);
    let noun = if changes { ["change", "changes"] } else { ["clause", "clauses"] };
    let said = match (listing.stops.binary_search(&row), listing.stops.len()) {
        (_, 0) => format!("no {}", noun[1]),
        (Ok(at), n) => format!("{} {} of {n}", noun[0], at + 1),
        (Err(_), n) => count(n, noun[0], noun[1]),
    };
    let tally = &both.pair.tally;
    let total = format!("{} words put in, {} struck", grouped(tally.put_in), grouped(tally.struck));
    ui.label(RichText::new(said).color(tokens.ink)).on_hover_text(total);
}

/// `12,345`
pub fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + 3);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// What can be done with the row one reads.
fn row(ui: &mut Ui, scene: &mut Scene<'_>, both: &Both) {
    let tokens = scene.tokens;
    let at = scene.w.view().compare.row;
    let Some(row) = both.pair.comparison.rows.get(at) else { return };
    let drafts = [&both.old, &both.new];
    ui.separator();
    let gone = matches!(row.change, Change::Deleted | Change::MovedAway);
    let cited = match (gone, row.old_provision, row.new_provision) {
        (true, Some(p), _) => scene.w.cited(&both.old.outline.citation(p)),
        (false, _, Some(p)) => scene.w.cited(&both.new.outline.citation(p)),
        _ => String::new(),
    };
    // What has no address of its own is cited as the text as a whole.
    let outside = page::provision_of(at, drafts, &both.pair).is_none();
    let cited = if outside { "Outside the articles".to_owned() } else { cited };
    ui.label(RichText::new(cited).color(tokens.ink));
    let mut wanted = None;
    for side in [0, 1] {
        let words = format!("Read in {}", drafts[side].name());
        let short = if side == 0 { "Read the older" } else { "Read the newer" };
        let enabled = page::can_open(&both.pair, at, side);
        let response = ui.add_enabled(enabled, Button::new(short)).on_hover_text(&words);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, &words));
        if response.clicked() {
            wanted = Some(side);
        }
    }
    if !keys::is_busy(ui.ctx()) && ui.input_mut(|i| i.consume_key(egui::Modifiers::CTRL, egui::Key::Enter)) {
        wanted = Some(1);
    }
    if let Some(side) = wanted {
        page::open(scene, at, drafts, &both.pair, side);
    }
    let found = page::provision_of(at, drafts, &both.pair);
    if ui
        .add_enabled(found.is_some(), Button::new("History"))
        .on_hover_text("History of this clause (Ctrl+Shift+H)")
        .clicked()
        && let Some((draft, provision)) = found
    {
        scene.run(Command::Compare(CompareCommand::History { draft, provision }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }
}
