//! Remarks over the drafts: a small chart for each concern, all to one scale, with the number over every bar.

use eframe::egui::{self, Align2, FontId, Rect, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::ui::bars::count;
use crate::ui::keys;
use crate::ui::scene::Scene;
use crate::ui::theme::sans;
use crate::ui::widgets::{Words, tag, tag_width};
use crate::workspace::{Grid, Head, HeadKey, ListFilter, Panel, Place, ViewCommand};

use super::nothing;

/// A chart, and the highest bar in it, in points.
const HIGH: f32 = 128.0;
const BAR: f32 = 62.0;
const GAP: f32 = 26.0;

/// Draws the page.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, grid: &Grid) {
    let tokens = scene.tokens;
    let shown: Vec<usize> =
        (0..grid.rows.len()).filter(|r| grid.rows.get(*r).is_some_and(|h| h.total.count > 0)).collect();
    if shown.is_empty() || grid.columns.is_empty() {
        nothing(ui, scene, ["No remark is like that", "Choose other analysts, statuses or kinds above"], None);
        return;
    }
    let about = "How many remarks of each concern stand in each draft, all charts to one scale; a click lists them";
    ui.add(egui::Label::new(RichText::new(about).small().color(tokens.quiet_ink)).wrap());
    ui.add_space(tokens.space.small);
    let column = (760.0 / grid.columns.len() as f32).clamp(44.0, 92.0);
    let wide = (column * grid.columns.len() as f32).max(200.0);
    let across = (((ui.available_width() + GAP) / (wide + GAP)).floor() as usize).max(1);
    let most = grid.cells.iter().flatten().map(|(_, cell)| cell.count).max().unwrap_or(1).max(1);
    ui.spacing_mut().item_spacing = vec2(GAP, 14.0);
    let lines = shown.len().div_ceil(across);
    ScrollArea::both().id_salt("time line").auto_shrink([false, false]).show_rows(ui, HIGH, lines, |ui, range| {
        for line in range {
            ui.horizontal(|ui| {
                for (n, row) in shown.iter().enumerate().skip(line * across).take(across) {
                    chart(ui, scene, grid, (*row, n == 0), (wide, column, most));
                }
            });
        }
    });
}

fn chart(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    grid: &Grid,
    (row, is_first): (usize, bool),
    (wide, column, most): (f32, f32, usize),
) {
    let tokens = scene.tokens;
    let Some(head) = grid.rows.get(row) else { return };
    let (rect, response) = ui.allocate_exact_size(vec2(wide, HIGH), Sense::click());
    // The arrow keys lead on from the first, as long as nothing else has the keyboard.
    if is_first && keys::is_free(ui.ctx()) {
        response.request_focus();
    }
    let said: Vec<String> =
        grid.columns.iter().enumerate().map(|(c, h)| format!("{} {}", h.name, grid.cell(row, c).count)).collect();
    let name = format!("{}: {}, {}", head.name, count(head.total.count, "remark", "remarks"), said.join(", "));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    if response.clicked() {
        list(scene, head);
    }
    if !ui.is_rect_visible(rect) {
        return;
    }
    let painter = ui.painter().clone();
    if response.hovered() || response.has_focus() {
        let color = if response.has_focus() { tokens.accent } else { tokens.chrome_line };
        let stroke = egui::Stroke::new(1.5, color);
        painter.rect_stroke(rect.expand(4.0), tokens.size.corner, stroke, egui::StrokeKind::Inside);
    }
    let concern = match head.key {
        HeadKey::Concern(id) => scene.w.project().and_then(|p| p.codebook.get(id)),
        _ => None,
    };
    let mut left = rect.left();
    if let Some(concern) = concern {
        let room = Rect::from_min_size(rect.min, vec2(tag_width(&concern.tag, tokens) + 1.0, 20.0));
        let builder = egui::UiBuilder::new().max_rect(room).id_salt(("chart", row));
        tag(&mut ui.new_child(builder), concern, tokens);
        left += tag_width(&concern.tag, tokens) + 6.0;
    }
    let small = FontId::new(tokens.size.small, sans());
    let font = FontId::new(tokens.size.body, sans());
    let mut job = Words::new(&head.name, font, tokens.ink).rows(1).job(ui.ctx(), rect.right() - left);
    job.halign = egui::Align::LEFT;
    let galley = ui.fonts_mut(|f| f.layout_job(job));
    painter.galley(pos2(left, rect.top()), galley, tokens.ink);
    let floor = rect.bottom() - 20.0;
    let shade = tokens.heat[2].wash;
    for (c, draft) in grid.columns.iter().enumerate() {
        let n = grid.cell(row, c).count;
        let x = rect.left() + column * c as f32;
        let tall = BAR * n as f32 / most as f32;
        let bar = Rect::from_min_max(pos2(x + 8.0, floor - tall), pos2(x + column - 8.0, floor));
        painter.rect_filled(bar, 0.0, shade);
        let middle = x + column / 2.0;
        let color = if n == 0 { tokens.quiet_ink } else { tokens.ink };
        painter.text(pos2(middle, floor - tall - 2.0), Align2::CENTER_BOTTOM, n, small.clone(), color);
        let mut job = Words::new(&draft.short, small.clone(), tokens.quiet_ink).rows(1).job(ui.ctx(), column - 4.0);
        job.halign = egui::Align::LEFT;
        let galley = ui.fonts_mut(|f| f.layout_job(job));
        painter.galley(pos2(middle - galley.size().x / 2.0, floor + 3.0), galley, tokens.quiet_ink);
    }
    let line = egui::Stroke::new(1.0, tokens.quiet_ink);
    painter.hline(rect.left()..=rect.left() + column * grid.columns.len() as f32, floor, line);
}

/// The remarks of the concern in all drafts, in the annotation list.
fn list(scene: &mut Scene<'_>, head: &Head) {
    let HeadKey::Concern(concern) = head.key else { return };
    let look = &scene.w.view().matrix;
    let (analyst, status, kinds) = (look.analyst, look.status, look.kinds);
    let filter = ListFilter { concern: Some(concern), all_drafts: true, analyst, status, ..ListFilter::default() };
    scene.view(ViewCommand::Filter(filter.of_kinds(kinds)));
    scene.view(ViewCommand::Go(Place::Read));
    if scene.w.view().panel != Panel::Annotations || !scene.w.view().side_open {
        scene.view(ViewCommand::Panel(Panel::Annotations));
    }
}
