//! The history of a clause: each draft a column with the clause as it stands there, marked against the draft before, and
//! with every annotation it has.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use eframe::egui::{
    self, Button, FontId, Frame, Label, Margin, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, accesskit, vec2,
};

use crate::model::{Draft, ProvisionIndex, TextRange};
use crate::ui::reader::{ClauseLook, SetClause, Sheet};
use crate::ui::scene::Scene;
use crate::ui::theme::{sans, serif};
use crate::ui::widgets::{Words, tag};
use crate::workspace::{Command, CompareCommand, Lineage, LineageStep, Remark, ViewCommand};

use super::cells::{CAPTION, Cells, Looks, said};
use super::{accented, in_the_middle};

/// A column is no narrower and no wider than this, in points.
const NARROWEST: f32 = 330.0;
const WIDEST: f32 = 620.0;
/// The size of the text beside that of the page.
const SMALLER: f32 = 0.88;
/// Clauses shown in a column at most: a whole annex is read in the comparison.
const MOST: usize = 120;

/// What the page remembers.
#[derive(Default)]
pub struct HistoryState {
    of: Option<Arc<Lineage>>,
    /// For every step the rows of its comparison.
    cells: HashMap<usize, Cells>,
    /// For every step without a comparison its clauses.
    plain: HashMap<usize, (ClauseLook, Vec<Rc<SetClause>>)>,
    remarks: Option<(u64, Vec<Vec<Remark>>)>,
}

/// Draws the page.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut HistoryState) {
    if scene.w.view().compare.clause.is_none() {
        let words = ["No clause is chosen", "Put the caret on one in the reader, or go to one in the comparison"];
        in_the_middle(ui, scene, words, |ui, scene| {
            ui.label(RichText::new("Then press Ctrl+Shift+H").color(scene.tokens.quiet_ink));
        });
        return;
    }
    let Some(lineage) = scene.w.lineage().cloned() else {
        let title =
            if scene.w.lineage_stopped() { "Following the clause was stopped" } else { "Following the clause…" };
        in_the_middle(ui, scene, [title, "Through all drafts of the project"], |ui, scene| {
            if scene.w.lineage_stopped() && ui.add(accented("Follow it", scene)).clicked() {
                scene.run(Command::Compare(CompareCommand::Again));
            }
        });
        return;
    };
    if state.of.as_ref().is_none_or(|known| !Arc::ptr_eq(known, &lineage)) {
        *state = HistoryState { of: Some(Arc::clone(&lineage)), ..HistoryState::default() };
    }
    let generation = scene.w.derived().generation;
    if state.remarks.as_ref().is_none_or(|(g, _)| *g != generation) {
        let all = lineage.steps.iter().map(|step| remarks_of(scene, step)).collect();
        state.remarks = Some((generation, all));
    }
    let n = lineage.steps.len().max(1) as f32;
    let gap = scene.tokens.space.large;
    let width = ((ui.available_width() - 2.0 * gap) / n - gap).clamp(NARROWEST, WIDEST).floor();
    ScrollArea::both().id_salt("history").auto_shrink([false, false]).show(ui, |ui| {
        Frame::new().inner_margin(Margin::same(gap as i8)).show(ui, |ui| {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = gap;
                for (at, step) in lineage.steps.iter().enumerate() {
                    ui.vertical(|ui| {
                        ui.set_width(width);
                        column(ui, scene, state, (at, step), width);
                    });
                }
            });
        });
    });
}

fn remarks_of(scene: &Scene<'_>, step: &LineageStep) -> Vec<Remark> {
    let Some(draft) = scene.w.project().and_then(|p| p.draft(step.draft)) else { return Vec::new() };
    let Some(range) = step.provision.and_then(|p| draft.outline.get(p)).map(|p| p.range) else { return Vec::new() };
    let mut remarks = scene.w.remarks_on(step.draft);
    remarks.retain(|r| !r.lost && r.range.overlaps(range));
    remarks
}

fn column(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut HistoryState, (at, step): (usize, &LineageStep), width: f32) {
    let tokens = scene.tokens;
    let Some(draft) = scene.w.project().and_then(|p| p.draft(step.draft)).cloned() else { return };
    ui.spacing_mut().item_spacing.y = tokens.space.small;
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(draft.name()).strong().color(tokens.ink));
        if let Some(date) = draft.details.date {
            ui.label(RichText::new(date.to_string()).small().color(tokens.quiet_ink));
        }
    });
    heading(ui, scene, &draft, step);
    ui.separator();
    let look = ClauseLook::new(
        ui.ctx(),
        tokens,
        scene.w.text_size() * SMALLER,
        draft.details.direction,
        width - tokens.space.medium,
    );
    match &step.pair {
        Some(_) if !step.rows.is_empty() => compared(ui, scene, state, (at, step), &draft, &look, width),
        _ => alone(ui, scene, state, (at, step), &draft, &look, width),
    }
    let remarks = state.remarks.as_ref().and_then(|(_, all)| all.get(at)).cloned().unwrap_or_default();
    if !remarks.is_empty() {
        ui.add_space(tokens.space.medium);
    }
    for remark in &remarks {
        annotation(ui, scene, &draft, remark, width);
    }
}

/// Where the clause stands and what became of it since the draft before.
fn heading(ui: &mut Ui, scene: &mut Scene<'_>, draft: &Arc<Draft>, step: &LineageStep) {
    let tokens = scene.tokens;
    ui.horizontal_wrapped(|ui| {
        if let Some(p) = step.provision {
            let cited = scene.w.cited(&draft.outline.citation(p));
            let link = ui.add(Label::new(RichText::new(&cited).color(tokens.link)).sense(Sense::click()));
            link.widget_info(|| WidgetInfo::labeled(Role::Link, true, format!("{cited} in {}", draft.name())));
            let link = link.on_hover_cursor(egui::CursorIcon::PointingHand).on_hover_text("Read it there");
            if link.clicked()
                && let Some(p) = draft.outline.get(p)
            {
                scene.view(ViewCommand::GoTo { draft: draft.id, offset: p.range.start });
            }
        }
        let became = match (step.provision, step.words.as_str(), step.similarity) {
            (None, "", _) => "not in this draft".to_owned(),
            (_, words, Some(alike)) if words != "unchanged" => {
                format!("{words}, {:.0} % alike", (f64::from(alike) * 100.0).floor())
            }
            (_, words, _) => words.to_owned(),
        };
        // After drafts without it, against which one it is marked.
        let project = scene.w.project();
        let position = |d| project.and_then(|p| p.draft_position(d));
        let gap = step.since.filter(|&d| position(d).zip(position(draft.id)).is_some_and(|(a, b)| a + 1 < b));
        let back = gap.and_then(|d| project?.draft(d)).map(|d| format!("back since {}", d.name()));
        let became = back.into_iter().chain((!became.is_empty()).then_some(became)).collect::<Vec<_>>().join(": ");
        if !became.is_empty() {
            ui.label(RichText::new(became).small().color(tokens.quiet_ink));
        }
    });
}

/// The clause marked against the draft before.
fn compared(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut HistoryState,
    (at, step): (usize, &LineageStep),
    draft: &Arc<Draft>,
    look: &ClauseLook,
    width: f32,
) {
    let tokens = scene.tokens;
    let Some(pair) = &step.pair else { return };
    let Some(project) = scene.w.project() else { return };
    let Some(before) = step.since.and_then(|d| project.draft(d)).cloned() else { return };
    let cells = state.cells.entry(at).or_insert_with(|| Cells::new(pair, &before, draft));
    cells.begin(&Looks { beside: false, old: look.clone(), new: look.clone() });
    let ctx = ui.ctx().clone();
    for &row in step.rows.iter().take(MOST) {
        let set = cells.set(&ctx, scene, row);
        let (rect, response) = ui.allocate_exact_size(vec2(width, set.height), Sense::hover());
        let Some(clause) = set.new.as_ref() else { continue };
        let became = pair.comparison.rows.get(row).map_or_else(String::new, |r| said(r, &set.captions));
        let words = clause.spoken();
        name(&response, if became.is_empty() { words } else { format!("{became}: {words}") });
        if !ui.is_rect_visible(rect) {
            continue;
        }
        let captioned = set.captions.iter().any(|c| !c.is_empty());
        let origin = rect.min + vec2(look.begins(), if captioned { CAPTION } else { 0.0 });
        clause.paint(ui.painter(), origin, &[], tokens);
        let words: Vec<&str> = set.captions.iter().flatten().map(|c| c.words.as_str()).collect();
        let pos = rect.min + vec2(look.begins(), clause.top());
        let font = FontId::new(tokens.size.small, sans());
        ui.painter().text(pos, egui::Align2::LEFT_TOP, words.join("  \u{b7}  "), font, tokens.quiet_ink);
    }
    more(ui, scene, step.rows.len());
}

/// The clause as it stands, where there is nothing to mark it against.
fn alone(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut HistoryState,
    (at, step): (usize, &LineageStep),
    draft: &Arc<Draft>,
    look: &ClauseLook,
    width: f32,
) {
    let Some(provision) = step.provision else { return };
    let (known, clauses) = state.plain.entry(at).or_insert_with(|| (look.clone(), set(ui, draft, provision, look)));
    if known != look {
        (*known, *clauses) = (look.clone(), set(ui, draft, provision, look));
    }
    for clause in clauses.iter() {
        let (rect, response) = ui.allocate_exact_size(vec2(width, clause.height()), Sense::hover());
        name(&response, clause.spoken());
        if ui.is_rect_visible(rect) {
            clause.paint(ui.painter(), rect.min + vec2(look.begins(), 0.0), &[], scene.tokens);
        }
    }
    more(ui, scene, blocks_of(draft, provision).len());
}

fn name(response: &egui::Response, words: String) {
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_role(accesskit::Role::Paragraph);
        node.set_label(words);
    });
}

fn more(ui: &mut Ui, scene: &Scene<'_>, clauses: usize) {
    if clauses > MOST {
        let words = format!("\u{2026} and {} more clauses, to be read in the comparison", clauses - MOST);
        ui.label(RichText::new(words).small().color(scene.tokens.quiet_ink));
    }
}

fn blocks_of(draft: &Draft, provision: ProvisionIndex) -> Vec<TextRange> {
    let Some(range) = draft.outline.get(provision).map(|p| p.range) else { return Vec::new() };
    draft.outline.blocks.iter().copied().filter(|b| b.overlaps(range)).collect()
}

fn set(ui: &Ui, draft: &Draft, provision: ProvisionIndex, look: &ClauseLook) -> Vec<Rc<SetClause>> {
    let sheet = Sheet::new(&draft.text, &draft.outline, &draft.printed, draft.outline.blocks.clone());
    let clauses = blocks_of(draft, provision).into_iter().take(MOST);
    clauses.map(|clause| Rc::new(SetClause::of(ui.ctx(), look, &sheet, clause, Vec::new()))).collect()
}

/// An annotation of the clause; a click leads to it.
fn annotation(ui: &mut Ui, scene: &mut Scene<'_>, draft: &Arc<Draft>, remark: &Remark, width: f32) {
    let tokens = scene.tokens;
    let Some(project) = scene.w.project() else { return };
    let Some(annotation) = project.annotation(remark.focus.analyst, remark.focus.annotation) else { return };
    let who = project.sets.get(&remark.focus.analyst).map_or("", |s| s.analyst.name.as_str());
    let frame =
        Frame::new().fill(tokens.chrome).corner_radius(tokens.size.corner).inner_margin(Margin::symmetric(10, 8));
    frame.show(ui, |ui| {
        ui.set_width(width - 20.0);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = tokens.space.small;
            for concern in remark.concerns.iter().filter_map(|&c| project.codebook.get(c)) {
                tag(ui, concern, tokens);
                ui.label(RichText::new(&concern.name).color(tokens.ink));
            }
            let severity = remark.severity.map(|s| s.word().to_owned());
            let about: Vec<String> = [Some(who.to_owned()), severity, Some(annotation.status.word().to_owned())]
                .into_iter()
                .flatten()
                .filter(|w| !w.is_empty())
                .collect();
            ui.label(RichText::new(about.join(", ")).small().color(tokens.quiet_ink));
        });
        let quote = remark.range.of(&draft.text).unwrap_or_default();
        let quote = format!("\u{201c}{}\u{201d}", crate::ui::cards::shorten(quote, 160));
        Words::new(&quote, FontId::new(tokens.size.body, serif()), tokens.quiet_ink).show(ui);
        if !annotation.note.is_empty() {
            Words::new(&annotation.note, FontId::new(tokens.size.body, sans()), tokens.ink).show(ui);
        }
        if let Some(recommendation) = &annotation.recommendation {
            let words = recommendation.summary();
            Words::new(&words, FontId::new(tokens.size.body, sans()), tokens.ink).show(ui);
            if !recommendation.proposed.is_empty() {
                Words::new(&recommendation.proposed, FontId::new(tokens.size.body, serif()), tokens.ink).show(ui);
            }
        }
        let open = ui.add(Button::new(RichText::new("Open").small()));
        let name = format!("Open the annotation in {}", draft.name());
        open.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        if open.clicked() {
            scene.view(ViewCommand::GoTo { draft: draft.id, offset: remark.range.start });
            scene.view(ViewCommand::Focus(Some(remark.focus)));
        }
    });
}
