//! All that is in a file that is to be shared, line by line; only what is on screen is laid out.

use std::sync::Arc;

use eframe::egui::{
    EventFilter, FontId, Frame, Key, Margin, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, TextFormat, Ui,
    UiBuilder, WidgetInfo, pos2, vec2,
};

use crate::ui::reader::heights::Heights;
use crate::ui::scene::Scene;
use crate::ui::theme::{Tokens, sans};
use crate::ui::widgets::Words;
use crate::workspace::{Prepared, ShareRow, ShareRowKind};

/// The longest stretch of text in one piece, in bytes: what is far longer takes long to lay out.
const PIECE: usize = 2000;
/// Space below a line, and how much further in what belongs to something stands, in points.
const BELOW: f32 = 3.0;
const INDENT: f32 = 14.0;
/// Points an arrow key moves the list.
const STEP: f32 = 40.0;

/// What the list remembers.
#[derive(Default)]
pub struct AccountView {
    of: Option<Arc<Prepared>>,
    lines: Vec<Line>,
    heights: Heights,
    width: f32,
    offset: f32,
    /// It goes on to the end, which lies further down than was thought.
    to_end: bool,
}

/// A piece of a row.
struct Line {
    kind: ShareRowKind,
    text: String,
    /// How many bytes at the beginning are the label.
    label: usize,
}

impl AccountView {
    /// Draws it, so many points high.
    pub fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, prepared: &Arc<Prepared>, height: f32) {
        let tokens = scene.tokens;
        let frame = Frame::new().fill(tokens.paper).stroke(Stroke::new(1.0, tokens.chrome_line));
        frame.inner_margin(Margin::same(8)).show(ui, |ui| {
            let (width, height) = (ui.available_width(), height - 18.0);
            self.follow(prepared, width - 14.0, tokens);
            let area = Rect::from_min_size(ui.cursor().min, vec2(width, height));
            let response = ui.interact(area, ui.scope_id().with("account"), Sense::click());
            let lines = self.lines.len();
            response.widget_info(|| {
                WidgetInfo::labeled(Role::Document, true, format!("What is in the file, {lines} lines"))
            });
            if response.clicked() {
                response.request_focus();
            }
            if response.has_focus() {
                let filter = EventFilter { horizontal_arrows: false, vertical_arrows: true, escape: false, tab: false };
                ui.memory_mut(|m| m.set_focus_lock_filter(response.id, filter));
                let ring = Stroke::new(2.0, tokens.ink);
                ui.painter().rect_stroke(area.expand(6.0), tokens.size.corner, ring, StrokeKind::Inside);
            }
            let most = (self.heights.total() as f32 - height).max(0.0);
            let pressed = response.has_focus().then(|| self.keys(ui, height)).flatten();
            self.to_end |= pressed == Some(f32::INFINITY);
            let to = if self.to_end { Some(most) } else { pressed.map(|to| to.clamp(0.0, most)) };
            let mut scroll = ScrollArea::vertical()
                .id_salt("what is in the file")
                .min_scrolled_height(height)
                .max_height(height)
                .auto_shrink([false, false]);
            if let Some(to) = to {
                scroll = scroll.vertical_scroll_offset(to);
            }
            let output = scroll.show_viewport(ui, |ui, seen| self.draw(ui, tokens, seen));
            self.offset = output.state.clamped_offset().y;
        });
    }

    /// Begins anew where the file is another; keeps its place where it is of the same length of lines.
    fn follow(&mut self, prepared: &Arc<Prepared>, width: f32, tokens: &Tokens) {
        let same = self.of.as_ref().is_some_and(|of| Arc::ptr_eq(of, prepared));
        if same && (self.width - width).abs() < 0.5 {
            return;
        }
        if !same {
            self.lines = prepared.account.rows.iter().flat_map(pieces).collect();
            self.of = Some(Arc::clone(prepared));
        }
        self.width = width;
        let line = tokens.size.body * 1.35;
        let letters = (width / (tokens.size.body * 0.5)).max(10.0);
        let rows = |text: &str| (text.chars().count() as f32 / letters).ceil().max(1.0);
        let guess = |l: &Line| l.text.split('\n').map(rows).sum::<f32>() * line + above(l.kind) + BELOW;
        self.heights = Heights::new(self.lines.iter().map(guess).collect());
    }

    /// Where a key leads.
    fn keys(&self, ui: &Ui, height: f32) -> Option<f32> {
        let moves = [
            (Key::ArrowDown, STEP),
            (Key::ArrowUp, -STEP),
            (Key::PageDown, height - STEP),
            (Key::PageUp, STEP - height),
            (Key::Space, height - STEP),
            (Key::Home, f32::NEG_INFINITY),
            (Key::End, f32::INFINITY),
        ];
        let pressed = moves.into_iter().find(|(key, _)| ui.input(|i| i.key_pressed(*key)));
        pressed.map(|(_, by)| self.offset + by)
    }

    fn draw(&mut self, ui: &mut Ui, tokens: &Tokens, seen: Rect) {
        let origin = ui.max_rect().min;
        ui.set_height(self.heights.total() as f32);
        let (mut n, within) = self.heights.at(f64::from(seen.min.y));
        let mut y = seen.min.y - within;
        let mut corrected = false;
        while y < seen.max.y
            && let Some(line) = self.lines.get(n)
        {
            let inset = if matches!(line.kind, ShareRowKind::Section | ShareRowKind::Entry) { 0.0 } else { INDENT };
            let at = origin + vec2(inset, y + above(line.kind));
            let room = Rect::from_min_max(at, pos2(origin.x + self.width, f32::INFINITY));
            let mut child = ui.new_child(UiBuilder::new().max_rect(room).id_salt(n));
            words(line, tokens).show(&mut child);
            let height = above(line.kind) + child.min_rect().height() + BELOW;
            corrected |= (height - self.heights.get(n)).abs() > 0.5;
            self.heights.set(n, height);
            y += height;
            n += 1;
        }
        self.to_end &= corrected;
        if corrected {
            ui.ctx().request_repaint();
        }
    }
}

/// Space above a line, in points.
fn above(kind: ShareRowKind) -> f32 {
    match kind {
        ShareRowKind::Section => 12.0,
        ShareRowKind::Entry => 8.0,
        ShareRowKind::Fact | ShareRowKind::Caution => 0.0,
    }
}

fn words<'l>(line: &'l Line, tokens: &Tokens) -> Words<'l> {
    let (size, ink) = match line.kind {
        ShareRowKind::Section => (tokens.size.body + 2.0, tokens.ink),
        ShareRowKind::Entry => (tokens.size.body, tokens.accent),
        ShareRowKind::Fact => (tokens.size.body - 0.5, tokens.ink),
        ShareRowKind::Caution => (tokens.size.body - 0.5, tokens.danger),
    };
    let words = Words::new(&line.text, FontId::new(size, sans()), ink);
    if line.label == 0 {
        return words;
    }
    let quiet = if line.kind == ShareRowKind::Caution { tokens.danger } else { tokens.quiet_ink };
    words.marked(vec![(0..line.label, TextFormat::simple(FontId::new(tokens.size.small, sans()), quiet))])
}

/// A row in pieces of bearable length.
fn pieces(row: &ShareRow) -> Vec<Line> {
    let label = if row.label.is_empty() { String::new() } else { format!("{}   ", row.label) };
    let mut lines = Vec::new();
    let mut rest = row.text.as_str();
    loop {
        let mut end = rest.floor_char_boundary(PIECE.min(rest.len()));
        if end < rest.len()
            && let Some(space) = rest[..end].rfind(char::is_whitespace).filter(|at| *at > 0)
        {
            end = space + rest[space..].chars().next().map_or(0, char::len_utf8);
        }
        let first = lines.is_empty();
        let text = if first { format!("{label}{}", &rest[..end]) } else { rest[..end].to_owned() };
        lines.push(Line { kind: row.kind, text, label: if first { label.len() } else { 0 } });
        rest = &rest[end..];
        if rest.is_empty() {
            return lines;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_note_comes_in_pieces_and_loses_nothing() {
        for text in ["", "short", &"many words é 🔒\n".repeat(1000), &"é".repeat(5000)] {
            let row = ShareRow { kind: ShareRowKind::Fact, label: "Note".into(), text: text.into() };
            let lines = pieces(&row);
            let whole: String = lines.iter().map(|l| &l.text[l.label..]).collect();
            assert_eq!(whole, text);
            assert!(lines.iter().all(|l| l.text.len() <= PIECE + 7));
        }
    }
}
