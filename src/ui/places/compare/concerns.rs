//! What became of our concerns: counted between the two drafts or over all of them, and below it what of the newer draft
//! is new or edited and not looked at yet.

use std::sync::Arc;

use eframe::egui::{
    self, Align, Button, Color32, FontId, Rect, RichText, Role, ScrollArea, Sense, TextWrapMode, Ui, WidgetInfo, pos2,
    vec2,
};

use crate::model::ConcernId;
use crate::ui::bars::count;
use crate::ui::scene::Scene;
use crate::ui::theme::{Tokens, sans};
use crate::ui::widgets::{row_ground, tag};
use crate::workspace::{
    Became, Command, CompareCommand, Compared, Kinds, ListFilter, OutcomeCounts, OutcomeRow, Outcomes, Pair, Panel,
    Place, ReviewFilter, ReviewLook, ToDo, ViewCommand, Way, heading_over,
};

use super::Both;
use super::table::{cell, row_of_new};

const ROW: f32 = 28.0;
const HEAD: f32 = 38.0;
/// A column of numbers is no narrower and no wider than this, in points: every name fits two lines.
const NARROWEST: f32 = 57.0;
const WIDEST: f32 = 84.0;
/// All remarks, and then what became of them.
const COLUMNS: usize = Became::ALL.len() + 1;
/// Further apart, the eye loses the row.
const PAGE: f32 = 1240.0;

/// What the page remembers: what was counted, and from what.
#[derive(Default)]
pub struct ConcernsState {
    counted: Option<Counted>,
}

struct Counted {
    /// Of which drafts what is left was told.
    pair: Arc<Pair>,
    /// Whether these are the ones it is wanted of.
    known: bool,
    /// Of the remarks: it changes with whose are shown, too.
    generation: u64,
    over_all: bool,
    outcomes: Arc<Outcomes>,
    to_do: Arc<[ToDo]>,
}

/// What stands between the rows of the two tables, in points.
const BETWEEN: f32 = 180.0;

/// Draws the page.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut ConcernsState, both: &Both) {
    let tokens = scene.tokens;
    let (generation, over_all) = (scene.w.derived().generation, scene.w.view().compare.over_all);
    // Over all drafts: what is new or edited in the latest since the first.
    let ends = scene.w.ends().filter(|_| over_all);
    let first_and_last = ends.and_then(|(first, last)| Some((scene.w.pair(first, last)?, first, last)));
    let left = match (ends, first_and_last) {
        (None, _) => Some(both.clone()),
        (Some(_), None) => None,
        (Some(_), Some((pair, first, last))) => {
            let draft = |d| scene.w.project().and_then(|p| p.draft(d)).cloned();
            draft(first).zip(draft(last)).map(|(old, new)| Both { old, new, pair })
        }
    };
    let of = left.as_ref().map_or(&both.pair, |l| &l.pair);
    let same = |c: &Counted| {
        Arc::ptr_eq(&c.pair, of) && c.known == left.is_some() && c.generation == generation && c.over_all == over_all
    };
    if !state.counted.as_ref().is_some_and(same) {
        let outcomes = Arc::new(scene.w.outcomes((!over_all).then_some((both.old.id, both.new.id))));
        let to_do = left.as_ref().map_or_else(Vec::new, |l| scene.w.to_do(&l.pair, l.new.id)).into();
        let (pair, known) = (Arc::clone(of), left.is_some());
        state.counted = Some(Counted { pair, known, generation, over_all, outcomes, to_do });
    }
    let Some(counted) = &state.counted else { return };
    let (outcomes, to_do) = (Arc::clone(&counted.outcomes), Arc::clone(&counted.to_do));
    top(ui, scene, both, over_all);
    ui.add_space(tokens.space.small);
    if outcomes.total.all() == 0 {
        let words = if over_all { "No remark stands in a draft before the latest" } else { "No remark stands there" };
        ui.label(RichText::new(words).color(tokens.quiet_ink));
    } else {
        table(ui, scene, both, &outcomes);
        below(ui, scene, both, &outcomes);
    }
    ui.add_space(tokens.space.large);
    match left {
        Some(of) => to_look_at(ui, scene, &of, &to_do),
        None => being_compared(ui, scene),
    }
}

/// What is counted, and between which drafts.
fn top(ui: &mut Ui, scene: &mut Scene<'_>, both: &Both, over_all: bool) {
    let tokens = scene.tokens;
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new("What became of our concerns").size(tokens.size.heading).color(tokens.ink));
        ui.add_space(tokens.space.medium);
        for (value, words) in [(false, "Between the two drafts"), (true, "Over all drafts")] {
            let color = if value == over_all { tokens.accent } else { tokens.ink };
            if ui.add(Button::selectable(value == over_all, RichText::new(words).color(color))).clicked() {
                scene.run(Command::Compare(CompareCommand::OverAll(value)));
            }
        }
    });
    let latest = scene.w.project().and_then(|p| p.drafts.last()).map_or("", |d| d.name());
    let about = if over_all {
        format!("Remarks from the first draft in which each stands, and what became of them in {latest}")
    } else {
        format!("Remarks that stand in {}, and what became of them in {}", both.old.name(), both.new.name())
    };
    ui.add(egui::Label::new(RichText::new(about).color(tokens.quiet_ink)).wrap());
}

/// Where the columns of numbers are, from the left edge of the table.
#[derive(Clone, Copy)]
struct Columns {
    first: f32,
    each: f32,
}

impl Columns {
    fn of(width: f32) -> Self {
        let width = width.min(PAGE);
        let each = ((width - 260.0) / COLUMNS as f32).clamp(NARROWEST, WIDEST).floor();
        Self { first: (width - each * COLUMNS as f32).max(120.0), each }
    }

    /// The right edge of a column.
    fn right(self, column: usize) -> f32 {
        self.first + self.each * (column + 1) as f32 - 8.0
    }
}

fn table(ui: &mut Ui, scene: &mut Scene<'_>, both: &Both, outcomes: &Outcomes) {
    let tokens = scene.tokens;
    ui.spacing_mut().item_spacing.y = 0.0;
    let columns = Columns::of(ui.available_width());
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEAD), Sense::hover());
    head(ui, rect, columns, tokens);
    let rows: Vec<&OutcomeRow> = outcomes.rows.iter().filter(|row| row.counts.all() > 0).collect();
    let height = ((ui.available_height() - BETWEEN) * 0.65).max(3.0 * ROW);
    ScrollArea::vertical().id_salt("concerns").max_height(height).auto_shrink([false, true]).show_rows(
        ui,
        ROW,
        rows.len(),
        |ui, shown| {
            for row in rows.get(shown).unwrap_or_default() {
                concern(ui, scene, both, row, columns);
            }
        },
    );
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let name = said("All remarks, each once", &outcomes.total);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
    ui.painter().hline(rect.x_range(), rect.top(), egui::Stroke::new(1.0, tokens.chrome_line));
    cell(ui, rect, (8.0, columns.first), "All remarks, each once", tokens.ink, tokens);
    numbers(ui, rect, columns, &outcomes.total, tokens);
}

/// The names of the columns, in two lines where they need them, with what each means under the pointer.
fn head(ui: &Ui, rect: Rect, columns: Columns, tokens: &Tokens) {
    let names = std::iter::once(("remarks", "Remarks with the concern, or one below it"));
    let names = names.chain(Became::ALL.map(|b| (b.word(), b.about())));
    for (column, (words, about)) in names.enumerate() {
        let font = FontId::new(tokens.size.small, sans());
        let mut job = egui::text::LayoutJob::simple(capitalized(words), font, tokens.quiet_ink, columns.each - 4.0);
        job.halign = Align::RIGHT;
        let galley = ui.painter().layout_job(job);
        let right = rect.left() + columns.right(column);
        ui.painter().galley(pos2(right, rect.bottom() - galley.size().y - 4.0), galley, tokens.quiet_ink);
        let area = Rect::from_min_max(pos2(right + 8.0 - columns.each, rect.top()), pos2(right + 8.0, rect.bottom()));
        let response = ui.interact(area, ui.scope_id().with(("outcome column", column)), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, words));
        response.on_hover_text(about);
    }
    ui.painter().hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, tokens.chrome_line));
}

fn capitalized(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// `Surveillance powers: 3 remarks, 1 met, 2 not looked at`
fn said(name: &str, counts: &OutcomeCounts) -> String {
    let each = Became::ALL.iter().filter(|b| counts.of(**b) > 0).map(|b| format!(", {} {}", counts.of(*b), b.word()));
    format!("{name}: {}{}", count(counts.all(), "remark", "remarks"), each.collect::<String>())
}

fn numbers(ui: &Ui, rect: Rect, columns: Columns, counts: &OutcomeCounts, tokens: &Tokens) {
    let all = std::iter::once(counts.all()).chain(Became::ALL.iter().map(|b| counts.of(*b)));
    for (column, n) in all.enumerate() {
        let (words, color): (String, Color32) =
            if n == 0 { ("\u{2013}".to_owned(), tokens.quiet_ink) } else { (n.to_string(), tokens.ink) };
        let at = pos2(rect.left() + columns.right(column), rect.center().y);
        let font = FontId::new(tokens.size.body, sans());
        ui.painter().text(at, egui::Align2::RIGHT_CENTER, words, font, color);
    }
}

fn concern(ui: &mut Ui, scene: &mut Scene<'_>, both: &Both, row: &OutcomeRow, columns: Columns) {
    let tokens = scene.tokens;
    let known = row.concern.and_then(|id| scene.w.project()?.codebook.get(id)).cloned();
    let name = known.as_ref().map_or("No concern", |c| c.name.as_str());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let words = said(name, &row.counts);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
    if ui.is_rect_visible(rect) {
        row_ground(ui, &response, false, tokens);
        let mut from = 8.0 + row.depth as f32 * 14.0;
        if let Some(concern) = &known {
            let room = Rect::from_min_max(pos2(rect.left() + from, rect.top()), rect.right_bottom());
            let layout = egui::Layout::left_to_right(Align::Center);
            let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(room).layout(layout));
            inner.style_mut().wrap_mode = Some(TextWrapMode::Extend);
            from += tag(&mut inner, concern, tokens).rect.width() + tokens.space.medium;
        }
        cell(ui, rect, (from, columns.first), name, tokens.ink, tokens);
        numbers(ui, rect, columns, &row.counts, tokens);
    }
    if response
        .on_hover_text("Show these annotations in the list")
        .on_hover_cursor(egui::CursorIcon::PointingHand)
        .clicked()
    {
        list(scene, both, known.map(|c| c.id));
    }
}

/// The annotation list with a concern, or with none: of the older draft, or of all.
fn list(scene: &mut Scene<'_>, both: &Both, concern: Option<ConcernId>) {
    let all_drafts = scene.w.view().compare.over_all;
    // Either way one comes back to here.
    if all_drafts || scene.w.view().current == Some(both.old.id) {
        scene.view(ViewCommand::Go(Place::Read));
    } else {
        scene.view(ViewCommand::OpenDraft(both.old.id));
    }
    // What is said of safeguards was not counted.
    let filter = ListFilter { concern, no_concern: concern.is_none(), all_drafts, ..ListFilter::default() };
    scene.view(ViewCommand::Filter(filter.of_kinds(Kinds::Raised)));
    let view = scene.w.view();
    // A page that is open would be closed.
    if !view.side_open || view.panel != Panel::Annotations {
        scene.view(ViewCommand::Panel(Panel::Annotations));
    }
}

/// To what waits for a person, and what the table leaves out.
fn below(ui: &mut Ui, scene: &mut Scene<'_>, both: &Both, outcomes: &Outcomes) {
    let tokens = scene.tokens;
    ui.add_space(tokens.space.small);
    ui.horizontal_wrapped(|ui| {
        if outcomes.waiting > 0 && !scene.w.view().compare.over_all {
            let words = format!("Review {}", count(outcomes.waiting, "remark that waits", "remarks that wait"));
            if ui.button(words).clicked() {
                let way = Way { from: both.old.id, to: both.new.id };
                let look = ReviewLook { way: Some(way), filter: ReviewFilter::ToLookAt, ..ReviewLook::default() };
                scene.view(ViewCommand::Review(look));
                scene.view(ViewCommand::Go(Place::Review));
            }
            ui.add_space(tokens.space.medium);
        }
        let without = outcomes.rows.iter().filter(|row| row.concern.is_some() && row.counts.all() == 0).count();
        if without > 0 {
            let none = format!("{} of the codebook without a remark", count(without, "concern", "concerns"));
            ui.label(RichText::new(none).small().color(tokens.quiet_ink));
        }
    });
}

/// What is left over all drafts is told once the first is compared with the latest.
fn being_compared(ui: &mut Ui, scene: &mut Scene<'_>) {
    let tokens = scene.tokens;
    ui.label(RichText::new("To look at").size(tokens.size.heading).color(tokens.ink));
    let Some((first, last)) = scene.w.ends() else { return };
    if matches!(scene.w.compared(first, last), Some(Compared::Stopped)) {
        ui.label(RichText::new("Comparing the first draft with the latest was stopped").color(tokens.quiet_ink));
        if ui.button("Compare").clicked() {
            scene.run(Command::Compare(CompareCommand::OverAll(true)));
        }
    } else {
        ui.label(RichText::new("Comparing the first draft with the latest…").color(tokens.quiet_ink));
    }
}

/// What is left to be looked at.
fn to_look_at(ui: &mut Ui, scene: &mut Scene<'_>, both: &Both, to_do: &[ToDo]) {
    let tokens = scene.tokens;
    ui.label(RichText::new("To look at").size(tokens.size.heading).color(tokens.ink));
    let n = count(to_do.len(), "provision is", "provisions are");
    let (old, new) = (both.old.name(), both.new.name());
    let about = if to_do.is_empty() {
        format!("Everything new or edited in {new} since {old} carries an annotation of yours")
    } else {
        format!("{n} new or edited in {new} since {old}, with no annotation of yours that was looked at")
    };
    ui.add(egui::Label::new(RichText::new(about).color(tokens.quiet_ink)).wrap());
    if to_do.is_empty() {
        return;
    }
    ui.add_space(tokens.space.small);
    ui.spacing_mut().item_spacing.y = 0.0;
    let width = ui.available_width().min(PAGE);
    let columns = [(8.0, width * 0.2), (width * 0.2 + 8.0, width * 0.55), (width * 0.55 + 8.0, width * 0.78)];
    let before = (width * 0.78 + 8.0, width);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    for (x, words) in columns.into_iter().chain([before]).zip([new, "Heading", "What became of it", old]) {
        cell(ui, rect, x, words, tokens.quiet_ink, tokens);
    }
    ui.painter().hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, tokens.chrome_line));
    ScrollArea::vertical().id_salt("to do").auto_shrink([false, false]).show_rows(ui, ROW, to_do.len(), |ui, shown| {
        for item in to_do.get(shown).unwrap_or_default() {
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
            let cited = scene.w.cited(&both.new.outline.citation(item.provision));
            let was = item.old.map(|p| scene.w.cited(&both.old.outline.citation(p)));
            let heading = heading_over(&both.new.outline, item.provision);
            let name = format!("{cited} {heading}: {}", item.words);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
            if ui.is_rect_visible(rect) {
                row_ground(ui, &response, false, tokens);
                let was = was.unwrap_or_else(|| "\u{2013}".to_owned());
                let words = [cited.as_str(), heading, &item.words, &was];
                for (x, words) in columns.into_iter().chain([before]).zip(words) {
                    cell(ui, rect, x, words, tokens.ink, tokens);
                }
            }
            if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
                && let Some(at) = row_of_new(both, item.provision)
            {
                scene.run(Command::Compare(CompareCommand::Drafts { old: both.old.id, new: both.new.id }));
                scene.run(Command::Compare(CompareCommand::GoTo(at)));
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_fit_the_page() {
        for width in [700.0, 1000.0, 1240.0, 3000.0] {
            let columns = Columns::of(width);
            assert!(columns.right(COLUMNS - 1) <= width, "{width}");
            assert!(columns.first >= 120.0);
        }
        assert_eq!(capitalized("not looked at"), "Not looked at");
        assert_eq!(said("Costs", &OutcomeCounts::default()), "Costs: 0 remarks");
    }
}
