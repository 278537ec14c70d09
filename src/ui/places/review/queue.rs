//! The queue: between which drafts, how far one is, what is shown, and the remarks, the most doubtful first.

use eframe::egui::{
    self, Button, FontId, ProgressBar, RichText, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, vec2,
};

use super::ReviewState;
use crate::ui::bars::count;
use crate::ui::scene::Scene;
use crate::ui::theme::sans;
use crate::ui::widgets::{Words, row_ground, two_drafts};
use crate::workspace::{
    CarriedAs, CarryCommand, CarryItem, CarryState, CarrySums, Command, ReviewFilter, ReviewLook, ViewCommand, Way,
};

const ROW: f32 = 50.0;

/// Draws it.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, way: Way, state: &mut ReviewState) {
    let tokens = scene.tokens;
    ui.spacing_mut().item_spacing.y = tokens.space.small + 2.0;
    drafts(ui, scene, way);
    ui.add_space(tokens.space.medium);
    if let Some(sums) = scene.w.carry_sums(way).cloned() {
        progress(ui, scene, way, &sums);
        filters(ui, scene, way, &sums);
        accept_all(ui, scene, way, &sums);
    }
    ui.add_space(tokens.space.small);
    ui.separator();
    list(ui, scene, way, state);
}

/// From which draft to which.
fn drafts(ui: &mut Ui, scene: &mut Scene<'_>, way: Way) {
    let Some(project) = scene.w.project() else { return };
    let mut chosen = [way.from, way.to];
    two_drafts(ui, project, &mut chosen, scene.tokens);
    let [from, to] = chosen;
    if from != to && chosen != [way.from, way.to] {
        let look = ReviewLook { way: Some(Way { from, to }), ..scene.w.view().review };
        scene.view(ViewCommand::Review(look));
    }
}

fn progress(ui: &mut Ui, scene: &mut Scene<'_>, way: Way, sums: &CarrySums) {
    let tokens = scene.tokens;
    let text = if sums.looked_at == sums.all {
        format!("All {} looked at", sums.all)
    } else {
        format!("{} of {} looked at", sums.looked_at, sums.all)
    };
    ui.label(RichText::new(text).strong().color(tokens.ink));
    let share = sums.looked_at as f32 / sums.all.max(1) as f32;
    ui.add(ProgressBar::new(share).desired_height(5.0).desired_width(ui.available_width()));
    if sums.not_carried > 0 && scene.w.can_edit() {
        let text = format!("Carry {}", count(sums.not_carried, "annotation", "annotations"));
        let button = Button::new(RichText::new(text).color(tokens.accent_ink)).fill(tokens.accent);
        if ui.add(button).clicked() {
            scene.run(Command::Carry(CarryCommand::Carry(way)));
        }
    }
    if sums.looked_at == sums.all {
        onward(ui, scene, way);
    }
    ui.add_space(tokens.space.small);
}

/// Everything is looked at: on to the next draft, if there is one.
fn onward(ui: &mut Ui, scene: &mut Scene<'_>, way: Way) {
    let Some(project) = scene.w.project().filter(|_| scene.w.can_edit()) else { return };
    let at = project.draft_position(way.to).map_or(0, |at| at + 1);
    let Some(next) = project.drafts.get(at) else { return };
    let stands = project.annotations().filter(|(_, a)| a.anchor_in(way.to).is_some());
    let wanting = stands.filter(|(_, a)| !a.placements.contains_key(&next.id)).count();
    let onward = Way { from: way.to, to: next.id };
    if wanting > 0 && ui.button(format!("Carry on to {} ({wanting})", next.name())).clicked() {
        scene.run(Command::Carry(CarryCommand::Carry(onward)));
    }
}

/// By verdict, as a word with its sign and its number.
fn filters(ui: &mut Ui, scene: &mut Scene<'_>, way: Way, sums: &CarrySums) {
    let look = scene.w.view().review;
    let mut filter = look.filter;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        let mut chip = |ui: &mut Ui, text: String, value: ReviewFilter| {
            if ui.add(Button::selectable(filter == value, RichText::new(text).small())).clicked() {
                filter = if filter == value { ReviewFilter::All } else { value };
            }
        };
        chip(ui, format!("All {}", sums.all), ReviewFilter::All);
        chip(ui, format!("To look at {}", sums.all - sums.looked_at), ReviewFilter::ToLookAt);
        for verdict in CarriedAs::ALL {
            if let Some((n, _)) = sums.by_verdict.get(&verdict) {
                chip(ui, format!("{} {} {n}", verdict.sign(), verdict.word()), ReviewFilter::One(verdict));
            }
        }
    });
    if filter != look.filter {
        scene.view(ViewCommand::Review(ReviewLook { way: Some(way), filter, at: None, ..look }));
    }
}

/// Accept all of a verdict: of the one that is filtered for, else of those that need no thought.
fn accept_all(ui: &mut Ui, scene: &mut Scene<'_>, way: Way, sums: &CarrySums) {
    if !scene.w.can_edit() {
        return;
    }
    let offered = match scene.w.view().review.filter {
        ReviewFilter::One(verdict) => verdict,
        ReviewFilter::All | ReviewFilter::ToLookAt => CarriedAs::Unchanged,
    };
    let waiting = sums.by_verdict.get(&offered).map_or(0, |(_, waiting)| *waiting);
    if waiting > 0 && offered.has_an_answer() {
        let text = format!("Accept all {} ({waiting})", offered.word());
        if ui.button(text).clicked() {
            scene.run(Command::Carry(CarryCommand::AcceptAll { way, verdict: offered }));
        }
    }
}

fn list(ui: &mut Ui, scene: &mut Scene<'_>, way: Way, state: &mut ReviewState) {
    let rows: Vec<CarryItem> = scene.w.review_list().into_iter().cloned().collect();
    let chosen = scene.w.review_item().map(|i| i.finding.source.focus);
    let at = rows.iter().position(|i| Some(i.finding.source.focus) == chosen);
    ui.spacing_mut().item_spacing.y = 2.0;
    let mut area = ScrollArea::vertical().id_salt("review list").auto_shrink([false, false]);
    // A row that was chosen by key is brought into sight.
    if state.shown != chosen {
        state.shown = chosen;
        if let Some(at) = at {
            let (top, room) = (at as f32 * (ROW + 2.0), ui.available_height());
            area = area.vertical_scroll_offset((top - room * 0.4).max(0.0));
        }
    }
    area.show_rows(ui, ROW, rows.len(), |ui, range| {
        for item in rows.get(range).unwrap_or_default() {
            row(ui, scene, way, item, Some(item.finding.source.focus) == chosen);
        }
    });
}

fn row(ui: &mut Ui, scene: &mut Scene<'_>, way: Way, item: &CarryItem, selected: bool) {
    let tokens = scene.tokens;
    let finding = &item.finding;
    let focus = finding.source.focus;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let old = scene.w.cited(&finding.source.anchor.citation);
    let new = item.place.as_ref().or(finding.place.as_ref()).map(|a| scene.w.cited(&a.citation));
    let cited = match new.filter(|_| item.state != CarryState::KeptLost) {
        Some(new) if new != old => format!("{old} \u{2192} {new}"),
        _ => old,
    };
    let note =
        scene.w.project().and_then(|p| p.annotation(focus.analyst, focus.annotation)).map_or("", |a| a.note.as_str());
    let about = if note.trim().is_empty() { finding.source.anchor.quote.exact.as_str() } else { note };
    let about = about.split_whitespace().take(30).collect::<Vec<_>>().join(" ");
    let state = item.outcome.map_or_else(|| item.state_words(), |outcome| outcome.word().to_owned());
    let name = format!("{}, {cited}, {state}: {about}", finding.verdict.word());
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, selected, &name));
    if ui.is_rect_visible(rect) {
        row_ground(ui, &response, selected, tokens);
        let mut inner = ui.new_child(UiBuilder::new().max_rect(rect.shrink2(vec2(8.0, 5.0))));
        inner.spacing_mut().item_spacing.y = 3.0;
        inner.spacing_mut().interact_size.y = 0.0;
        let small = FontId::new(tokens.size.small, sans());
        inner.horizontal(|ui| {
            let verdict = format!("{} {}", finding.verdict.sign(), finding.verdict.word());
            ui.label(RichText::new(verdict).small().strong().color(tokens.ink));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                // What waits is known by the strength of its words; a word on every row would be noise.
                if item.state != CarryState::Waiting || item.is_reviewed() {
                    ui.label(RichText::new(&state).small().color(tokens.quiet_ink));
                }
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    Words::new(&cited, small.clone(), tokens.quiet_ink).rows(1).show(ui);
                });
            });
        });
        let ink = if item.is_reviewed() { tokens.quiet_ink } else { tokens.ink };
        Words::new(&about, FontId::new(tokens.size.body, sans()), ink).rows(1).brief().show(&mut inner);
    }
    if response.clicked() {
        let look = ReviewLook { way: Some(way), at: Some(focus), instead: None, ..scene.w.view().review };
        scene.view(ViewCommand::Review(look));
    }
}
