//! Every mark in its context: one line each, what was found in the middle.

use eframe::egui::text::TextFormat;
use eframe::egui::{self, Align, Color32, FontId, Painter, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::model::Direction;
use crate::search::ContextLine;
use crate::ui::scene::Scene;
use crate::ui::theme::{sans, serif, serif_semibold};
use crate::ui::widgets::{Words, row_ground};
use crate::workspace::{Command, SearchCommand};

use super::hit;

/// How high a line is, in points.
const LINE: f32 = 26.0;
/// Room for the box and for the place, in points.
const BOX: f32 = 24.0;
const PLACE: f32 = 190.0;
/// Where what was found begins, as a share of the room for words.
const MIDDLE: f32 = 0.44;
/// Characters that find room in a point, at most.
const DENSITY: f32 = 0.24;

/// What the list remembers.
#[derive(Default)]
pub struct LineState {
    /// The order and the answer the list was scrolled in: another begins at its top.
    of: Option<(u64, crate::search::ContextOrder)>,
}

/// Draws the lines.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut LineState) {
    let search = scene.w.search();
    let Some(lines) = &search.lines else { return };
    let of = Some((search.generation, search.order));
    let mut area = ScrollArea::vertical().id_salt("lines in context").auto_shrink([false, false]);
    if state.of.map(|(_, order)| order) != Some(search.order) {
        area = area.vertical_scroll_offset(0.0);
    }
    state.of = of;
    ui.spacing_mut().item_spacing.y = 0.0;
    area.show_rows(ui, LINE, lines.list.len(), |ui, shown| {
        for n in shown {
            if let Some(line) = lines.list.get(n) {
                row(ui, scene, n, *line);
            }
        }
    });
}

fn row(ui: &mut Ui, scene: &mut Scene<'_>, n: usize, line: ContextLine) {
    let tokens = scene.tokens;
    let search = scene.w.search();
    let Some(hit) = search.lines.as_ref().and_then(|l| l.results.hits.get(line.hit as usize)) else { return };
    let Some(draft) = scene.w.project().and_then(|p| p.draft(hit.draft)) else { return };
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::hover());
    let cited = hit::cited(scene, hit);
    let mut tick = None;
    if hit.is_of_draft() {
        let mut ticked = search.ticked.contains(&(hit.draft, line.mark));
        let at = Rect::from_min_size(rect.min + vec2(2.0, 2.0), vec2(BOX - 4.0, LINE - 4.0));
        let response = hit::tick_box(ui, at, &mut ticked);
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, ticked, format!("Tick line {}", n + 1)));
        if response.changed() {
            tick = Some(SearchCommand::Tick(vec![(hit.draft, line.mark)], ticked));
        }
    }
    let words = Rect::from_min_max(pos2(rect.left() + BOX, rect.top()), rect.max);
    let response = ui.interact(words, ui.scope_id().with(("line", n)), Sense::click());
    let room = (words.width() - PLACE).max(80.0);
    let context = scene.w.context_of(line, (room * DENSITY) as usize + 20);
    let name = format!("{}, {cited}: {}{}{}", draft.name(), context.before, context.found, context.after);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let open = search.current.and_then(|c| search.results.as_ref()?.hits.get(c));
    let is_open = open.is_some_and(|o| o.draft == hit.draft && o.provision == hit.provision && o.range == hit.range);
    row_ground(ui, &response, is_open, tokens);
    let note = if hit.annotation.is_some() { ", note" } else { "" };
    let place = Rect::from_min_size(words.min + vec2(4.0, 0.0), vec2(PLACE - 14.0, LINE));
    let small = FontId::new(tokens.size.small, sans());
    Put { ui, within: place }.rightward(
        place.left(),
        &format!("{cited}{note}  {}", draft.name()),
        small,
        tokens.quiet_ink,
    );
    let all = Rect::from_min_max(pos2(words.left() + PLACE, words.top()), words.max).shrink2(vec2(4.0, 0.0));
    let font = FontId::new(tokens.size.body + 1.0, serif());
    let strong = FontId::new(tokens.size.body + 1.0, serif_semibold());
    // What is read from right to left has its beginning at the right.
    let leftward = hit.is_of_draft() && draft.details.direction == Direction::RightToLeft;
    let middle = all.left() + all.width() * if leftward { 1.0 - MIDDLE } else { MIDDLE };
    let mark = TextFormat { background: tokens.search_mark, ..TextFormat::simple(strong, tokens.ink) };
    let (left, right) =
        (Rect::from_min_max(all.min, pos2(middle, all.bottom())), Rect::from_min_max(pos2(middle, all.top()), all.max));
    let (ink, quiet) = (tokens.ink, tokens.ink.gamma_multiply(0.9));
    if leftward {
        let width = Put { ui, within: left }.marked(middle, &context.found, mark, true);
        Put { ui, within: right }.rightward(middle + 4.0, context.before.trim_end(), font.clone(), quiet);
        Put { ui, within: left }.leftward(middle - width - 4.0, context.after.trim_start(), font, ink);
    } else {
        let width = Put { ui, within: right }.marked(middle, &context.found, mark, false);
        let gap = |text: &str, end: bool| {
            let spaced = if end { text.ends_with(' ') } else { text.starts_with(' ') };
            if spaced { 4.0 } else { 0.0 }
        };
        let (before, after) = (gap(&context.before, true), gap(&context.after, false));
        Put { ui, within: left }.leftward(middle - before, context.before.trim_end(), font.clone(), quiet);
        Put { ui, within: right }.rightward(middle + width + after, context.after.trim_start(), font, ink);
    }
    let clicked = response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked();
    if let Some(tick) = tick {
        scene.run(Command::Search(tick));
    }
    if clicked {
        scene.run(Command::Search(SearchCommand::OpenLine(n)));
    }
}

/// Puts words of one line where they belong; what has no room is cut off.
struct Put<'a> {
    ui: &'a Ui,
    within: Rect,
}

impl Put<'_> {
    fn painter(&self) -> Painter {
        self.ui.painter().with_clip_rect(self.ui.clip_rect().intersect(self.within))
    }

    fn rightward(&self, x: f32, words: &str, font: FontId, color: Color32) {
        let mut job = Words::new(words, font, color).job(self.ui.ctx(), f32::INFINITY);
        job.halign = Align::LEFT;
        let galley = self.painter().layout_job(job);
        let y = self.within.center().y - galley.size().y / 2.0;
        self.painter().galley(pos2(x, y), galley, color);
    }

    fn leftward(&self, x: f32, words: &str, font: FontId, color: Color32) {
        let mut job = Words::new(words, font, color).job(self.ui.ctx(), f32::INFINITY);
        job.halign = Align::LEFT;
        let galley = self.painter().layout_job(job);
        let y = self.within.center().y - galley.size().y / 2.0;
        self.painter().galley(pos2(x - galley.size().x, y), galley, color);
    }

    /// Puts marked words so that they begin there, or end there; gives their width.
    fn marked(&self, x: f32, words: &str, mark: TextFormat, ends: bool) -> f32 {
        let color = mark.color;
        let font = mark.font_id.clone();
        let mut job =
            Words::new(words, font, color).marked(vec![(0..words.len(), mark)]).job(self.ui.ctx(), f32::INFINITY);
        job.halign = Align::LEFT;
        let galley = self.painter().layout_job(job);
        let size = galley.size();
        let left = if ends { x - size.x } else { x };
        self.painter().galley(pos2(left, self.within.center().y - size.y / 2.0), galley, color);
        size.x
    }
}
