//! The two-letter tag of a concern, on its color: color is never the only sign.

use eframe::egui::{self, Align2, FontId, Rect, Response, Role, Sense, Ui, Vec2, WidgetInfo};

use crate::model::Concern;
use crate::ui::theme::{Tokens, sans};

/// How wide a tag with these letters is, in points.
pub fn tag_width(letters: &str, tokens: &Tokens) -> f32 {
    (letters.chars().count() as f32).max(2.0) * tokens.size.small * 0.72 + 8.0
}

/// Draws a concern's tag; its name is told to screen readers and on hover.
pub fn tag(ui: &mut Ui, concern: &Concern, tokens: &Tokens) -> Response {
    let size = Vec2::new(tag_width(&concern.tag, tokens), tokens.size.small + 5.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    paint(ui, rect, concern, tokens);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{} {}", concern.tag, concern.name)));
    response.on_hover_text(&concern.name)
}

fn paint(ui: &Ui, rect: Rect, concern: &Concern, tokens: &Tokens) {
    if !ui.is_rect_visible(rect) {
        return;
    }
    let pigment = tokens.swatch(concern.swatch);
    let painter = ui.painter();
    painter.rect_filled(rect, tokens.size.corner - 2.0, pigment.wash);
    painter.text(
        rect.center() + egui::vec2(0.0, 0.5),
        Align2::CENTER_CENTER,
        &concern.tag,
        FontId::new(tokens.size.small - 1.0, sans()),
        pigment.ink,
    );
}
