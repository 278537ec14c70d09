//! The card of a remark over the pages, beside its words: its note can be changed there, and its place in the paper.

use eframe::egui::{
    Align2, Area, Button, Frame, Id, Key, Margin, Modifiers, Order, Rect, ScrollArea, Stroke, Ui, pos2,
};

use super::lists::{self, Deed};
use super::preview::{PreviewState, close};
use crate::ui::cards;
use crate::ui::scene::Scene;
use crate::workspace::{Sheets, ViewCommand};

/// How wide it is, in points.
const WIDTH: f32 = 348.0;
/// Above or below its words it wants at least this much room.
const ROOM: f32 = 320.0;

/// Draws it, if one is open. `words` says where its words stand, if they are in sight.
pub fn show(
    ui: &Ui,
    scene: &mut Scene<'_>,
    state: &mut PreviewState,
    sheets: &Sheets,
    view: Rect,
    words: Option<Rect>,
) {
    let Some(focus) = state.opened else { return };
    let is_there = scene.w.project().is_some_and(|p| p.annotation(focus.analyst, focus.annotation).is_some());
    let leaves = !crate::ui::keys::is_busy(ui.ctx()) && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
    if !is_there || leaves {
        close(scene, state);
        state.to_list |= leaves && state.from_list;
        state.focus |= leaves && !state.from_list;
        return;
    }
    let tokens = scene.tokens;
    let view = view.shrink(12.0);
    let words = words.unwrap_or_else(|| Rect::from_min_size(view.left_top(), view.size() * 0.1));
    let x = (words.right() - WIDTH).clamp(view.left(), (view.right() - WIDTH).max(view.left()));
    let below = view.bottom() - words.bottom();
    let (pivot, y, room) = if below >= ROOM || below >= words.top() - view.top() {
        let top = (words.bottom() + 6.0).min(view.bottom() - ROOM).max(view.top());
        (Align2::LEFT_TOP, top, view.bottom() - top)
    } else {
        let bottom = (words.top() - 6.0).max(view.top() + ROOM).min(view.bottom());
        (Align2::LEFT_BOTTOM, bottom, bottom - view.top())
    };
    let area = Area::new(Id::unique("paper card")).order(Order::Middle).pivot(pivot).fixed_pos(pos2(x, y));
    area.constrain_to(view.expand(8.0)).show(ui.ctx(), |ui| {
        let frame = Frame::new()
            .fill(tokens.chrome)
            .stroke(Stroke::new(1.0, tokens.chrome_line))
            .shadow(ui.visuals().popup_shadow)
            .corner_radius(tokens.size.corner)
            .inner_margin(Margin::same(8));
        frame.show(ui, |ui| {
            ui.set_width(WIDTH.min(view.width()) - 16.0);
            // Else it is no higher than in the frame before, and what grows is cut.
            ui.set_max_height(room);
            deeds(ui, scene, state, sheets);
            ScrollArea::vertical().id_salt("paper card").max_height((room - 70.0).max(120.0)).show(ui, |ui| {
                cards::open_card(ui, scene, &mut state.cards, focus);
            });
        });
    });
}

/// What can be done with its place in the paper.
fn deeds(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut PreviewState, sheets: &Sheets) {
    let Some((focus, submission)) = state.opened.zip(scene.w.shown_submission().cloned()) else { return };
    let edit = scene.w.can_edit();
    let mut deed = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = eframe::egui::vec2(4.0, 4.0);
        let main = submission.promoted.contains(&focus.annotation);
        for (name, key, what, chosen) in [
            ("Leave out", "Delete in the list of remarks", Deed::LeaveOut, false),
            ("Up", "Alt+Up in the list of remarks", Deed::Up, false),
            ("Down", "Alt+Down in the list of remarks", Deed::Down, false),
            ("Main point", "M in the list of remarks", Deed::Promote, main),
        ] {
            let button = Button::selectable(chosen, name).frame_when_inactive(true);
            if ui.add_enabled(edit, button).on_hover_text(key).clicked() {
                deed = Some(what);
            }
        }
        if ui.button("Show in the draft").on_hover_text("Alt+Left comes back").clicked() {
            scene.view(ViewCommand::ShowAnnotation(focus));
        }
    });
    if let Some(deed) = deed {
        lists::act(scene, &submission, &sheets.composed, focus.annotation, deed);
        match deed {
            Deed::LeaveOut => close(scene, state),
            _ => state.go = Some(focus.annotation),
        }
    }
}
