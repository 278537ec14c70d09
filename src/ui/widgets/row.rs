//! A row of a list that can be chosen: one line, the whole width, quiet until the pointer or the keyboard is on it.

use eframe::egui::{self, Align, Color32, FontId, Rect, Response, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2};

use super::words::Words;
use crate::ui::theme::{Tokens, sans};

/// What a row stands on: chosen, under the pointer, or with the keyboard on it.
pub fn row_ground(ui: &Ui, response: &Response, selected: bool, tokens: &Tokens) {
    let fill = match (selected, response.hovered()) {
        (true, _) => tokens.selection,
        (false, true) => tokens.chrome_hover,
        _ => Color32::TRANSPARENT,
    };
    let (rect, corner) = (response.rect, tokens.size.corner);
    ui.painter().rect_filled(rect, corner, fill);
    if response.has_focus() {
        let stroke = Stroke::new(1.5, tokens.accent);
        ui.painter().rect_stroke(rect.shrink(1.0), corner, stroke, egui::StrokeKind::Inside);
    }
}

/// A row before it is drawn.
pub struct Row<'a> {
    /// The words.
    pub text: &'a str,
    /// Quiet words before them: a number, a citation.
    pub lead: &'a str,
    /// Whether it is the chosen one.
    pub selected: bool,
    /// How far it is pushed in, in points.
    pub indent: f32,
    /// Free space at the end that the caller paints, in points.
    pub trail: f32,
    /// Begins at the right, as rows of an Arabic outline do.
    pub leftward: bool,
    /// Stronger words, for what groups others.
    pub strong: bool,
    /// Its name for screen readers, where the words do not suffice.
    pub name: Option<String>,
}

impl<'a> Row<'a> {
    /// A plain row.
    pub fn new(text: &'a str) -> Self {
        Self { text, lead: "", selected: false, indent: 0.0, trail: 0.0, leftward: false, strong: false, name: None }
    }

    /// Draws it. The response's rectangle is the whole row.
    pub fn show(self, ui: &mut Ui, tokens: &Tokens) -> Response {
        let height = tokens.size.body * 1.75;
        let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), height), Sense::click());
        let name = self.name.clone().unwrap_or_else(|| format!("{} {}", self.lead, self.text).trim().to_owned());
        let selected = self.selected;
        response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, selected, &name));
        if ui.is_rect_visible(rect) {
            self.paint(ui, rect, &response, tokens);
        }
        response.on_hover_cursor(egui::CursorIcon::PointingHand)
    }

    fn paint(&self, ui: &Ui, rect: Rect, response: &Response, tokens: &Tokens) {
        let painter = ui.painter();
        row_ground(ui, response, self.selected, tokens);
        let font = FontId::new(tokens.size.body, sans());
        // Distances are from the side the row begins at.
        let mut from = tokens.space.medium + self.indent;
        let place = |from: f32, width: f32| {
            if self.leftward { rect.right() - from - width } else { rect.left() + from }
        };
        let line = |text: &str, color: Color32, room: f32| {
            let mut job = Words::new(text, font.clone(), color).rows(1).job(ui.ctx(), room);
            job.halign = Align::LEFT;
            painter.layout_job(job)
        };
        if !self.lead.is_empty() {
            let galley = line(self.lead, tokens.quiet_ink, rect.width());
            let size = galley.size();
            painter.galley(pos2(place(from, size.x), rect.center().y - size.y / 2.0), galley, tokens.quiet_ink);
            from += size.x + tokens.space.medium;
        }
        let room = (rect.width() - tokens.space.small - self.trail - from).max(8.0);
        let color = if self.strong || self.selected { tokens.ink } else { tokens.ink.gamma_multiply(0.92) };
        let galley = line(self.text, color, room);
        let at = pos2(place(from, galley.size().x), rect.center().y - galley.size().y / 2.0);
        painter.galley(at, galley.clone(), tokens.ink);
        if self.strong {
            // A second pass a third of a point aside is the bold of a face that has none.
            painter.galley(at + egui::vec2(0.35, 0.0), galley, tokens.ink);
        }
    }
}
