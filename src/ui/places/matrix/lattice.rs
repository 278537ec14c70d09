//! A table of two axes, however large: only what is in sight is drawn, the names at both sides stay where they are, the
//! arrow keys go from cell to cell.

use eframe::egui::{
    self, Align, Align2, Color32, EventFilter, FontId, Key, Modifiers, Rect, Role, ScrollArea, Sense, Stroke, Ui,
    UiBuilder, WidgetInfo, pos2, vec2,
};

use crate::model::Concern;
use crate::ui::keys;
use crate::ui::scene::Scene;
use crate::ui::theme::{Tokens, sans};
use crate::ui::widgets::{Words, tag, tag_width};

/// What a lattice remembers.
#[derive(Default)]
pub struct LatticeState {
    /// The cell the keyboard is on.
    pub at: (usize, usize),
    /// That cell is to get the keyboard.
    pub wanted: bool,
    /// That cell is to be brought into sight.
    sought: bool,
}

/// How it is laid out, in points.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// The names of rows.
    pub names: f32,
    /// The names of columns.
    pub head: f32,
    /// A column.
    pub column: f32,
    /// A row.
    pub row: f32,
    /// Words of cells stand at the left, figures in the middle.
    pub words: bool,
}

/// The name of a row or a column.
#[derive(Default)]
pub struct HeadLook<'a> {
    /// What is shown.
    pub text: String,
    /// What it is called in full.
    pub name: String,
    /// The concern it stands for, whose tag is shown.
    pub concern: Option<&'a Concern>,
    /// How far it is pushed in, in points.
    pub indent: f32,
    /// All in it, beside the name of a row or under that of a column.
    pub total: String,
    /// There is nothing in it.
    pub empty: bool,
}

/// A cell.
#[derive(Default)]
pub struct CellLook {
    /// What stands in it.
    pub text: String,
    /// How dark it is, from 0 to 5.
    pub step: usize,
    /// What it is called.
    pub name: String,
    /// Words that wait their turn.
    pub quiet: bool,
}

/// What is laid out.
pub trait Lattice {
    /// Rows and columns.
    fn size(&self) -> (usize, usize);
    /// The name of a row.
    fn row(&self, row: usize) -> HeadLook<'_>;
    /// The name of a column.
    fn column(&self, column: usize) -> HeadLook<'_>;
    /// A cell.
    fn cell(&self, row: usize, column: usize) -> CellLook;
}

/// Draws it in the space that is left. Answers whether the cell was opened, by Enter or with two clicks.
pub fn show(ui: &mut Ui, scene: &Scene<'_>, state: &mut LatticeState, plan: Plan, what: &dyn Lattice) -> bool {
    let (rows, columns) = what.size();
    if rows == 0 || columns == 0 {
        return false;
    }
    let tokens = scene.tokens;
    state.at = (state.at.0.min(rows - 1), state.at.1.min(columns - 1));
    let ctx = ui.ctx().clone();
    // Nothing else here is typed into, so the arrow keys are the table's as long as nobody takes the keyboard.
    state.wanted |= keys::is_free(&ctx);
    let size = vec2(plan.names + plan.column * columns as f32, plan.head + plan.row * rows as f32);
    let area = ScrollArea::both().id_salt("lattice").auto_shrink([false, false]);
    let mut opened = false;
    area.show_viewport(ui, |ui, view| {
        ui.set_min_size(size);
        let origin = ui.max_rect().min;
        let corner = origin + view.min.to_vec2();
        let place = |r: usize, c: usize| {
            let at = origin + vec2(plan.names + plan.column * c as f32, plan.head + plan.row * r as f32);
            Rect::from_min_size(at, vec2(plan.column, plan.row))
        };
        if std::mem::take(&mut state.sought) {
            // Not under the names.
            let rect = place(state.at.0, state.at.1);
            ui.scroll_to_rect(Rect::from_min_max(rect.min - vec2(plan.names, plan.head), rect.max), None);
        }
        let seen = |from: f32, to: f32, each: f32, all: usize| {
            let first = (from / each).floor().max(0.0) as usize;
            first..((to / each).ceil().max(0.0) as usize).min(all)
        };
        let in_rows = seen(view.min.y, view.max.y - plan.head, plan.row, rows);
        let in_columns = seen(view.min.x, view.max.x - plan.names, plan.column, columns);
        let body = Rect::from_min_max(corner + vec2(plan.names, plan.head), origin + view.max.to_vec2());
        let cells = part_of(ui, body, "cells");
        for r in in_rows.clone() {
            for c in in_columns.clone() {
                opened |= cell(&cells, scene, state, plan, what, (r, c), place(r, c));
            }
        }
        let (r, c) = state.at;
        if !in_rows.contains(&r) || !in_columns.contains(&c) {
            // It keeps the keyboard though it is out of sight.
            opened |= cell(&cells, scene, state, plan, what, (r, c), place(r, c));
        }
        let strip = |min: egui::Vec2, max: egui::Pos2| Rect::from_min_max(corner + min, max);
        let below = origin + view.max.to_vec2();
        names(ui, tokens, what, in_rows, strip(vec2(0.0, plan.head), pos2(corner.x + plan.names, below.y)), &place);
        let head = strip(vec2(plan.names, 0.0), pos2(below.x, corner.y + plan.head));
        heads(ui, tokens, plan, what, in_columns, head, &place);
        ui.painter().rect_filled(strip(vec2(0.0, 0.0), corner + vec2(plan.names, plan.head)), 0.0, tokens.paper);
        let line = Stroke::new(1.0, tokens.chrome_line);
        let shown = Rect::from_min_max(corner, below.min(origin + size));
        ui.painter().hline(shown.x_range(), corner.y + plan.head, line);
        ui.painter().vline(corner.x + plan.names, shown.y_range(), line);
    });
    opened
}

fn cell(
    ui: &Ui,
    scene: &Scene<'_>,
    state: &mut LatticeState,
    plan: Plan,
    what: &dyn Lattice,
    at: (usize, usize),
    rect: Rect,
) -> bool {
    let tokens = scene.tokens;
    let look = what.cell(at.0, at.1);
    // One cell is a stop of Tab; the arrow keys lead on from there.
    let is_current = state.at == at;
    let id = ui.scope_id().with(("lattice cell", at));
    let response = ui.interact(rect, id, if is_current { Sense::click() } else { Sense::CLICK });
    response.widget_info(|| WidgetInfo::selected(Role::Cell, true, is_current, &look.name));
    if ui.is_rect_visible(rect) {
        paint(ui, rect, plan, &look, tokens);
        if is_current || response.hovered() {
            let color = if is_current { tokens.accent } else { tokens.quiet_ink };
            let stroke = Stroke::new(if is_current { 2.0 } else { 1.0 }, color);
            ui.painter().rect_stroke(rect.shrink(1.0), 2.0, stroke, egui::StrokeKind::Inside);
            if is_current {
                // Seen on every shade: a line of the page's own color inside the accent.
                let stroke = Stroke::new(1.0, tokens.paper);
                ui.painter().rect_stroke(rect.shrink(3.0), 1.0, stroke, egui::StrokeKind::Inside);
            }
        }
    }
    if is_current && state.wanted {
        state.wanted = false;
        response.request_focus();
        // In the next frame the arrow keys are its own.
        ui.ctx().request_repaint();
    }
    // Enter counts as a click as well.
    let entered = response.has_focus() && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Enter));
    let opened = response.double_clicked() || entered;
    if response.clicked() && !entered {
        state.at = at;
        state.wanted = true;
        ui.ctx().request_repaint();
    }
    if is_current && response.has_focus() {
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|m| m.set_focus_lock_filter(id, filter));
        step(ui, state, plan, what.size());
    }
    response.on_hover_text(&look.name);
    opened
}

fn paint(ui: &Ui, rect: Rect, plan: Plan, look: &CellLook, tokens: &Tokens) {
    let shade = look.step.checked_sub(1).and_then(|s| tokens.heat.get(s));
    let painter = ui.painter();
    if let Some(shade) = shade {
        painter.rect_filled(rect.shrink(0.5), 0.0, shade.wash);
    }
    let line = Stroke::new(0.5, tokens.chrome_line);
    painter.hline(rect.x_range(), rect.bottom(), line);
    painter.vline(rect.right(), rect.y_range(), line);
    if look.text.is_empty() {
        return;
    }
    let plain = if look.quiet { tokens.quiet_ink } else { tokens.ink };
    let color = shade.map_or(plain, |s| s.ink);
    let size = if plan.words { tokens.size.small } else { tokens.size.body - 0.5 };
    let font = FontId::new(size, sans());
    if plan.words {
        line_of(ui, rect.shrink2(vec2(5.0, 0.0)), &look.text, font, color);
    } else {
        painter.text(rect.center(), Align2::CENTER_CENTER, &look.text, font, color);
    }
}

/// One line from the left, cut where there is no more room.
fn line_of(ui: &Ui, rect: Rect, text: &str, font: FontId, color: Color32) {
    let mut job = Words::new(text, font, color).rows(1).job(ui.ctx(), rect.width());
    job.halign = Align::LEFT;
    let galley = ui.fonts_mut(|f| f.layout_job(job));
    let at = pos2(rect.left(), rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, color);
}

fn names(
    ui: &mut Ui,
    tokens: &Tokens,
    what: &dyn Lattice,
    rows: std::ops::Range<usize>,
    strip: Rect,
    place: &dyn Fn(usize, usize) -> Rect,
) {
    let mut ui = part_of(ui, strip, "names");
    ui.painter().rect_filled(strip, 0.0, tokens.paper);
    for r in rows {
        let row = place(r, 0);
        let rect = Rect::from_x_y_ranges(strip.x_range(), row.y_range());
        let look = what.row(r);
        let response = ui.interact(rect, ui.scope_id().with(("row", r)), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::RowHeader, true, &look.name));
        let ink = if look.empty { tokens.quiet_ink } else { tokens.ink };
        let small = FontId::new(tokens.size.small, sans());
        let total = ui.painter().layout_no_wrap(look.total.clone(), small, tokens.quiet_ink);
        let width = total.size().x;
        let at = pos2(rect.right() - 8.0 - width, rect.center().y - total.size().y / 2.0);
        ui.painter().galley(at, total, tokens.quiet_ink);
        let mut left = rect.left() + look.indent;
        if let Some(concern) = look.concern {
            let room = Rect::from_min_max(pos2(left, rect.top()), rect.max);
            let layout = egui::Layout::left_to_right(Align::Center);
            tag(&mut ui.new_child(UiBuilder::new().max_rect(room).layout(layout).id_salt(r)), concern, tokens);
            left += tag_width(&concern.tag, tokens) + 6.0;
        }
        let room = Rect::from_min_max(pos2(left, rect.top()), pos2(rect.right() - width - 14.0, rect.bottom()));
        line_of(&ui, room, &look.text, FontId::new(tokens.size.body - 0.5, sans()), ink);
        ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(0.5, tokens.chrome_line));
        response.on_hover_text(&look.name);
    }
}

fn heads(
    ui: &mut Ui,
    tokens: &Tokens,
    plan: Plan,
    what: &dyn Lattice,
    columns: std::ops::Range<usize>,
    strip: Rect,
    place: &dyn Fn(usize, usize) -> Rect,
) {
    let mut ui = part_of(ui, strip, "heads");
    ui.painter().rect_filled(strip, 0.0, tokens.paper);
    for c in columns {
        let column = place(0, c);
        let rect = Rect::from_x_y_ranges(column.x_range(), strip.y_range());
        let look = what.column(c);
        let response = ui.interact(rect, ui.scope_id().with(("column", c)), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, &look.name));
        let ink = if look.empty { tokens.quiet_ink } else { tokens.ink };
        let font = FontId::new(tokens.size.small, sans());
        let total = pos2(rect.center().x, rect.bottom() - 4.0);
        ui.painter().text(total, Align2::CENTER_BOTTOM, &look.total, font.clone(), tokens.quiet_ink);
        let room = Rect::from_min_max(rect.min, pos2(rect.right(), rect.bottom() - tokens.size.small - 8.0));
        if let Some(concern) = look.concern.filter(|_| !plan.words) {
            let width = tag_width(&concern.tag, tokens);
            let at = pos2(room.center().x - width / 2.0, room.bottom() - tokens.size.small - 6.0);
            let room = Rect::from_min_size(at, vec2(width + 1.0, tokens.size.small + 6.0));
            tag(&mut ui.new_child(UiBuilder::new().max_rect(room).id_salt(c)), concern, tokens);
        } else {
            let mut job = egui::text::LayoutJob::simple(look.text.clone(), font, ink, room.width() - 6.0);
            let lines = ((room.height() - 2.0) / (tokens.size.small * 1.25)).floor().max(1.0) as usize;
            job.wrap.max_rows = lines;
            job.wrap.break_anywhere = lines == 1;
            job.halign = if plan.words { Align::LEFT } else { Align::Center };
            let galley = ui.fonts_mut(|f| f.layout_job(job));
            let x = if plan.words { room.left() + 5.0 } else { room.center().x };
            ui.painter().galley(pos2(x, room.bottom() - galley.size().y), galley, ink);
        }
        response.on_hover_text(&look.name);
    }
}

/// A part of the lattice over whose edge nothing stands.
fn part_of(ui: &mut Ui, strip: Rect, salt: &str) -> Ui {
    let mut part = ui.new_child(UiBuilder::new().max_rect(strip).id_salt(salt));
    part.set_clip_rect(strip.intersect(ui.clip_rect()));
    part
}

/// From cell to cell.
fn step(ui: &Ui, state: &mut LatticeState, plan: Plan, (rows, columns): (usize, usize)) {
    let press = |key| ui.input_mut(|i| i.count_and_consume_key(Modifiers::NONE, key));
    let far = |key| ui.input_mut(|i| i.consume_key(Modifiers::CTRL, key));
    let screen = ((ui.clip_rect().height() - plan.row) / plan.row).max(1.0) as usize;
    let (mut r, mut c) = state.at;
    let arrows = [Key::ArrowUp, Key::ArrowDown, Key::ArrowLeft, Key::ArrowRight];
    if ui.input(|i| arrows.iter().any(|key| i.key_pressed(*key))) {
        // A cell that has just got the keyboard has not told egui yet that arrows are its own; else they would lead out.
        ui.memory_mut(|m| m.move_focus(egui::FocusDirection::None));
    }
    if far(Key::Home) {
        (r, c) = (0, 0);
    }
    if far(Key::End) {
        (r, c) = (rows - 1, columns - 1);
    }
    r = (r + press(Key::ArrowDown) + screen * press(Key::PageDown)).min(rows - 1);
    r = r.saturating_sub(press(Key::ArrowUp) + screen * press(Key::PageUp));
    c = (c + press(Key::ArrowRight)).min(columns - 1).saturating_sub(press(Key::ArrowLeft));
    if press(Key::Home) > 0 {
        c = 0;
    }
    if press(Key::End) > 0 {
        c = columns - 1;
    }
    if (r, c) != state.at {
        state.at = (r, c);
        state.wanted = true;
        state.sought = true;
        ui.ctx().request_repaint();
    }
}
