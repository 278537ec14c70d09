//! Terms by drafts: how often each word or alternative of the question stands in each draft.

use eframe::egui::{Grid, Label, RichText, ScrollArea, Ui};

use crate::search::{TermRow, TermTable};
use crate::ui::scene::Scene;

/// Draws the table.
pub fn show(ui: &mut Ui, scene: &Scene<'_>) {
    let tokens = scene.tokens;
    let Some(table) = &scene.w.search().table else { return };
    if table.rows.is_empty() {
        ui.label(RichText::new("The question asks for no words, so there is nothing to count").color(tokens.quiet_ink));
        return;
    }
    ScrollArea::both().id_salt("terms by draft").auto_shrink([false, false]).show(ui, |ui| {
        Grid::new("terms").num_columns(table.drafts.len() + 1).spacing([tokens.space.page, 8.0]).striped(true).show(
            ui,
            |ui| {
                ui.label(RichText::new("Term").small().color(tokens.quiet_ink));
                for id in &table.drafts {
                    let name = scene.w.project().and_then(|p| p.draft(*id)).map_or("", |d| d.name());
                    ui.label(RichText::new(name).small().color(tokens.quiet_ink));
                }
                ui.end_row();
                for row in &table.rows {
                    line(ui, scene, table, row);
                    ui.end_row();
                }
            },
        );
        if table.truncated {
            ui.label(RichText::new("The question has more terms than are counted").color(tokens.quiet_ink));
        }
    });
}

fn line(ui: &mut Ui, scene: &Scene<'_>, table: &TermTable, row: &TermRow) {
    let tokens = scene.tokens;
    let whole = row.term.is_empty();
    let term = if whole { "All of the search" } else { row.term.as_str() };
    let text = RichText::new(term).color(tokens.ink);
    ui.add(Label::new(if whole { text.strong() } else { text }));
    for n in 0..table.drafts.len() {
        let Some(count) = row.counts.get(n) else { continue };
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = tokens.space.small;
            let color = if count.marks == 0 { tokens.quiet_ink } else { tokens.ink };
            ui.label(RichText::new(count.marks.to_string()).size(tokens.size.body + 1.0).color(color));
            if count.marks > 0 {
                ui.label(RichText::new(format!("in {}", count.provisions)).small().color(tokens.quiet_ink));
            }
            if let Some(change) = table.change(row, n).filter(|c| *c != 0) {
                let (sign, color) = if change > 0 { ("+", tokens.put_in) } else { ("\u{2212}", tokens.struck) };
                let text = format!("{sign}{}", change.unsigned_abs());
                let before = table.before.get(n).copied().flatten().and_then(|b| table.drafts.get(b));
                let before = before.and_then(|id| scene.w.project()?.draft(*id)).map_or("", |d| d.name());
                let hint = if change > 0 { "more than in" } else { "fewer than in" };
                ui.label(RichText::new(text).small().strong().color(color))
                    .on_hover_text(format!("{} {hint} {before}", change.unsigned_abs()));
            }
        });
    }
}
