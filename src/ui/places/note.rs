//! A note beside the sign that calls it: while the pointer rests on the sign, or until it is put away.

use eframe::egui::{self, Area, FontId, Frame, Id, Key, Margin, Order, Pos2, Rect, RichText, Ui, pos2};

use crate::model::Draft;
use crate::ui::reader::{ReaderEvent, ReaderResponse, VisibleNote};
use crate::ui::scene::{Scene, Wish};
use crate::ui::theme::serif;
use crate::ui::widgets::Words;
use crate::workspace::ViewCommand;

/// Seconds the pointer rests on a sign before its note is shown.
const REST: f64 = 0.3;
const WIDEST: f32 = 420.0;
const TALLEST: f32 = 260.0;

/// What is remembered between frames.
#[derive(Default)]
pub struct Peek {
    /// The note whose sign the pointer is on, and since when.
    hovered: Option<(usize, f64)>,
    /// Where the note shown for the pointer stands: on it, it stays.
    shown: Option<(usize, Rect)>,
    /// The note that was kept open in the frame before.
    kept: Option<usize>,
    /// The note that was put away while the pointer was on its sign: it stays away until the pointer has left.
    away: Option<usize>,
}

/// Follows what was done with the signs of notes.
pub fn follow(event: &ReaderEvent, scene: &mut Scene<'_>, draft: &Draft) {
    match *event {
        ReaderEvent::Note { note, calls: true } => scene.view(ViewCommand::ShowNote(Some(note))),
        ReaderEvent::Note { note, calls: false } => {
            if let Some(call) = draft.printed.notes.get(note).and_then(|n| n.call) {
                scene.view(ViewCommand::GoTo { draft: draft.id, offset: call.start });
            }
        }
        // Whoever goes on reading has read the note.
        ReaderEvent::Select(Some(_)) if scene.w.view().note.is_some() => scene.view(ViewCommand::ShowNote(None)),
        _ => {}
    }
}

/// Draws the note that is shown, if any.
pub fn show(ui: &Ui, scene: &mut Scene<'_>, peek: &mut Peek, response: &ReaderResponse, draft: &Draft) {
    let kept = scene.w.view().note;
    if kept.is_none() && (peek.kept.is_some() || ui.input(|i| i.key_pressed(Key::Escape))) {
        peek.away = peek.kept.or_else(|| peek.shown.map(|(n, _)| n)).or(peek.away);
        peek.shown = None;
    }
    peek.kept = kept;
    let note = kept.or_else(|| rested_on(ui, peek, &response.visible_notes));
    let Some((n, note)) = note.and_then(|n| Some((n, draft.printed.notes.get(n)?))) else {
        peek.shown = None;
        return;
    };
    let sign = response.visible_notes.iter().find(|v| v.note == n && v.calls).map(|v| v.rect);
    let words = note.body.of(&draft.text).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    let (pivot, at) = place(sign, response);
    let tokens = scene.tokens;
    let area = Area::new(Id::unique("note")).order(Order::Foreground).pivot(pivot).fixed_pos(at).constrain(true);
    let drawn = area.show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).inner_margin(Margin::symmetric(14, 10)).show(ui, |ui| {
            ui.set_width(WIDEST.min(response.page_rect.width() - 40.0));
            egui::ScrollArea::vertical().id_salt("note").max_height(TALLEST).show(ui, |ui| {
                Words::new(&words, FontId::new(tokens.size.body + 2.0, serif()), tokens.ink).show(ui);
            });
            ui.horizontal(|ui| {
                let go = ui.button("Go to the note").on_hover_text("Shift+F2; Alt+Left comes back");
                if go.clicked() {
                    scene.view(ViewCommand::ShowNote(None));
                    scene.view(ViewCommand::GoTo { draft: draft.id, offset: note.body.start });
                    scene.wishes.push(Wish::FocusPage);
                }
                if kept.is_some() && ui.button("Close").on_hover_text("Esc").clicked() {
                    scene.view(ViewCommand::ShowNote(None));
                    scene.wishes.push(Wish::FocusPage);
                }
                if kept.is_none() {
                    ui.label(RichText::new("Click the sign to keep it open").small().color(tokens.quiet_ink));
                }
            });
        });
    });
    peek.shown = Some((n, drawn.response.rect));
}

/// The note whose sign the pointer rests on, or whose words it has gone to from there.
fn rested_on(ui: &Ui, peek: &mut Peek, signs: &[VisibleNote]) -> Option<usize> {
    let (now, pointer) = ui.input(|i| (i.time, i.pointer.hover_pos()));
    if let Some(sign) = signs.iter().find(|v| v.calls && v.hovered) {
        if peek.away == Some(sign.note) {
            return None;
        }
        peek.away = None;
        let since = peek.hovered.filter(|(n, _)| *n == sign.note).map_or(now, |(_, since)| since);
        peek.hovered = Some((sign.note, since));
        if now - since >= REST {
            return Some(sign.note);
        }
        ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(REST - (now - since)));
        return None;
    }
    peek.hovered = None;
    peek.away = None;
    // From the sign to the note there is a little way.
    let way = |rect: Rect| rect.expand(10.0);
    peek.shown.filter(|(_, rect)| pointer.is_some_and(|pos| way(*rect).contains(pos))).map(|(n, _)| n)
}

/// Below the sign, or above it where there is no room; at the foot of the page where the sign is not in sight.
fn place(sign: Option<Rect>, response: &ReaderResponse) -> (egui::Align2, Pos2) {
    let page = response.page_rect;
    let Some(sign) = sign else {
        return (egui::Align2::CENTER_BOTTOM, pos2(response.column_rect.center().x, page.bottom() - 16.0));
    };
    let half = WIDEST / 2.0 + 16.0;
    let x = sign.center().x.clamp(page.left() + half, (page.right() - half).max(page.left() + half));
    if sign.bottom() + TALLEST < page.bottom() || sign.top() - TALLEST < page.top() {
        (egui::Align2::CENTER_TOP, pos2(x, sign.bottom() + 4.0))
    } else {
        (egui::Align2::CENTER_BOTTOM, pos2(x, sign.top() - 4.0))
    }
}
