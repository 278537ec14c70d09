//! What several analysts say of the same provisions: who flagged what, on what they agree, and the team's set.

use eframe::egui::{
    CentralPanel, FontId, Frame, Key, Label, Margin, Modifiers, Panel, RichText, Role, ScrollArea, Sense, Ui,
    UiBuilder, WidgetInfo, vec2,
};

use crate::model::ProvisionIndex;
use crate::ui::bars::count;
use crate::ui::keys;
use crate::ui::scene::Scene;
use crate::ui::theme::sans;
use crate::ui::widgets::{Words, row_ground, tag};
use crate::workspace::{Accord, Command, CurateCommand, Curation, CurationRow};

use super::curation_detail::{self, DetailState};
use super::safeguards::read;
use super::{MatrixState, nothing};

/// What the page remembers.
#[derive(Default)]
pub struct CurationState {
    at: usize,
    /// The row has been brought into sight.
    in_sight: bool,
    detail: DetailState,
}

const ROW: f32 = 46.0;
const PAGE: f32 = 1100.0;
/// Concerns of a provision that are shown in its row.
const MOST_POINTS: usize = 6;

/// What a person does with the provision they are on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// The next one on which not all say the same.
    Next,
    /// What analysts agree on here goes into the team's set.
    TakeAgreed,
    /// All its remarks become one of the team's.
    Join,
    /// To its words.
    Read,
}

/// Draws the page.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut MatrixState, curation: &Curation, paper: Frame) {
    let tokens = scene.tokens;
    let look = scene.w.view().matrix.clone();
    let Some(draft) = scene.w.matrix_draft(&look).cloned() else { return };
    if curation.rows.is_empty() {
        let words = match curation.of {
            0 => ["Nobody has remarked on this draft", "What analysts say of the same provisions is laid out here"],
            _ => ["No provision passes the filter", "Choose another concern, or all"],
        };
        CentralPanel::default().frame(paper).show(ui, |ui| nothing(ui, scene, words, None));
        return;
    }
    let own = &mut state.curation;
    own.at = own.at.min(curation.rows.len() - 1);
    arrows(ui, own, curation.rows.len());
    let Some(row) = curation.rows.get(own.at) else { return };
    let mut deed = deed(ui);
    let chrome = Frame::new().fill(tokens.chrome).inner_margin(Margin::symmetric(12, 8));
    let right = Panel::right("curation detail").frame(chrome).resizable(true);
    right.default_size(380.0).size_range(260.0..=640.0).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = tokens.space.small;
        let pressed = curation_detail::show(ui, scene, &mut own.detail, curation, row, &draft);
        deed = deed.or(pressed);
    });
    let edit = scene.w.can_edit();
    match deed {
        Some(Deed::Next) => {
            if let Some(to) = curation.next_open(Some(own.at)) {
                own.at = to;
                own.in_sight = false;
            }
        }
        Some(Deed::TakeAgreed) if edit => {
            let (unit, concern) = (look.unit, look.concern);
            let take = CurateCommand::TakeAgreed { draft: draft.id, unit, only: Some(row.range), concern };
            scene.run(Command::Curate(take));
        }
        Some(Deed::Join) if edit => own.detail.join(scene, row),
        Some(Deed::Read) => {
            let provision: ProvisionIndex = row.provision;
            read(scene, draft.id, &draft.outline, provision);
        }
        _ => {}
    }
    CentralPanel::default().frame(paper).show(ui, |ui| {
        sums(ui, scene, curation);
        list(ui, scene, &mut state.curation, curation);
    });
}

fn deed(ui: &Ui) -> Option<Deed> {
    if keys::is_busy(ui.ctx()) {
        return None;
    }
    let press = |modifiers, key| ui.input_mut(|i| i.consume_key(modifiers, key));
    if press(Modifiers::CTRL, Key::Enter) {
        return Some(Deed::Read);
    }
    let deeds = [(Key::N, Deed::Next), (Key::A, Deed::TakeAgreed), (Key::J, Deed::Join)];
    deeds.into_iter().find(|(key, _)| press(Modifiers::NONE, *key)).map(|k| k.1)
}

/// Up and down the provisions, as long as nothing else has the keyboard.
fn arrows(ui: &Ui, state: &mut CurationState, rows: usize) {
    if !keys::is_free(ui.ctx()) {
        return;
    }
    let press = |key| ui.input_mut(|i| i.count_and_consume_key(Modifiers::NONE, key));
    let last = rows - 1;
    let mut at = (state.at + press(Key::ArrowDown) + 10 * press(Key::PageDown)).min(last);
    at = at.saturating_sub(press(Key::ArrowUp) + 10 * press(Key::PageUp));
    if press(Key::Home) > 0 {
        at = 0;
    }
    if press(Key::End) > 0 {
        at = last;
    }
    if at != state.at {
        state.at = at;
        state.in_sight = false;
    }
}

fn sums(ui: &mut Ui, scene: &mut Scene<'_>, curation: &Curation) {
    let tokens = scene.tokens;
    let look = scene.w.view().matrix.clone();
    ui.horizontal_wrapped(|ui| {
        let shown = curation.rows.len();
        let words = if shown == curation.of {
            count(shown, "provision", "provisions")
        } else {
            format!("{shown} of {} provisions", curation.of)
        };
        ui.label(RichText::new(words).size(tokens.size.heading).color(tokens.ink));
        for accord in Accord::ALL {
            let n = curation.count(accord);
            ui.label(RichText::new(format!("{} {n} {}", accord.sign(), accord.word())).color(tokens.quiet_ink));
        }
        if scene.w.can_edit() {
            let response = ui.button("Take all they agree on");
            let about = "Into the agreed set, one remark for each provision; what is in it already is passed over";
            if response.on_hover_text(about).clicked()
                && let Some(draft) = scene.w.matrix_draft(&look)
            {
                let (unit, concern) = (look.unit, look.concern);
                let take = CurateCommand::TakeAgreed { draft: draft.id, unit, only: None, concern };
                scene.run(Command::Curate(take));
            }
        }
    });
    let about = "They agree where all who looked flagged it alike; who marked a provision as read has looked at it";
    ui.add(Label::new(RichText::new(about).small().color(tokens.quiet_ink)).wrap());
    ui.add_space(tokens.space.small);
}

fn list(ui: &mut Ui, scene: &Scene<'_>, state: &mut CurationState, curation: &Curation) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut area = ScrollArea::vertical().id_salt("curation").auto_shrink([false, false]);
    if !std::mem::replace(&mut state.in_sight, true) {
        area = area.vertical_scroll_offset((state.at as f32 * ROW - ui.available_height() * 0.4).max(0.0));
    }
    area.show_rows(ui, ROW, curation.rows.len(), |ui, range| {
        for at in range {
            let Some(row) = curation.rows.get(at) else { continue };
            if provision(ui, scene, row, state.at == at) {
                state.at = at;
            }
        }
    });
}

fn provision(ui: &mut Ui, scene: &Scene<'_>, row: &CurationRow, selected: bool) -> bool {
    let tokens = scene.tokens;
    let Some(project) = scene.w.project() else { return false };
    let Some(draft) = scene.w.matrix_draft(&scene.w.view().matrix) else { return false };
    // One row is a stop of Tab.
    let sense = if selected { Sense::click() } else { Sense::CLICK };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width().min(PAGE), ROW), sense);
    let cited = scene.w.cited(&draft.outline.citation(row.provision));
    let said = |concern: Option<crate::model::ConcernId>| {
        concern.and_then(|c| project.codebook.get(c)).map_or("untagged", |c| c.name.as_str())
    };
    let points: Vec<String> = row.points.iter().map(|p| format!("{} {}", said(p.concern), p.accord.word())).collect();
    let stale = row.team.iter().any(|t| !t.stale.is_empty());
    let team = match (row.team.len(), stale) {
        (0, _) => String::new(),
        (n, false) => format!("\u{25cf} {n} agreed"),
        (n, true) => format!("\u{25cf} {n} agreed, changed since"),
    };
    let name = format!("{cited}: {}{}{team}", points.join(", "), if team.is_empty() { "" } else { ", " });
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, selected, &name));
    if ui.is_rect_visible(rect) {
        row_ground(ui, &response, selected, tokens);
        let mut inner = ui.new_child(UiBuilder::new().max_rect(rect.shrink2(vec2(8.0, 4.0))));
        inner.spacing_mut().item_spacing = vec2(4.0, 2.0);
        inner.spacing_mut().interact_size.y = 0.0;
        let font = FontId::new(tokens.size.body - 0.5, sans());
        let words = row.range.of(&draft.text).unwrap_or_default();
        let words: String = words.split_whitespace().take(24).collect::<Vec<_>>().join(" ");
        Words::new(&format!("{cited}  {words}"), font, tokens.ink).rows(1).brief().show(&mut inner);
        inner.horizontal(|ui| {
            for point in row.points.iter().take(MOST_POINTS) {
                if let Some(concern) = point.concern.and_then(|c| project.codebook.get(c)) {
                    tag(ui, concern, tokens);
                } else {
                    ui.label(RichText::new("untagged").small().color(tokens.quiet_ink));
                }
                let ink = if point.is_open() { tokens.ink } else { tokens.quiet_ink };
                let words = format!("{} {}", point.accord.sign(), point.accord.word());
                ui.add(Label::new(RichText::new(words).small().color(ink)).selectable(false));
                ui.add_space(4.0);
            }
            if row.points.len() > MOST_POINTS {
                let more = format!("+{}", row.points.len() - MOST_POINTS);
                ui.label(RichText::new(more).small().color(tokens.quiet_ink));
            }
            if !team.is_empty() {
                let ink = if stale { tokens.danger } else { tokens.accent };
                ui.add(Label::new(RichText::new(&team).small().color(ink)).selectable(false));
            }
        });
    }
    response.clicked()
}
