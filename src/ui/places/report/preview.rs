//! The pages of the paper, one under the other, as they are printed; a click on a remark opens it there.

use eframe::egui::{
    self, Align, Align2, Button, CentralPanel, Color32, CursorIcon, EventFilter, FontId, Frame, Id, Key, Label, Margin,
    Modifiers, Panel, Pos2, Rect, RichText, ScrollArea, Sense, Stroke, StrokeKind, Ui, accesskit, pos2, vec2,
};

use super::card;
use super::pictures::{Pictures, Shown};
use crate::export::paper::pages::{Area, PageShape};
use crate::model::AnnotationId;
use crate::ui::bars::count;
use crate::ui::cards::CardState;
use crate::ui::keys::is_free;
use crate::ui::scene::Scene;
use crate::ui::theme::{Tokens, sans};
use crate::workspace::{
    Command, Focus, PageWish, PaperOf, Question, ReportLook, Sheets, SubmissionCommand, ViewCommand,
};

/// Between sheets, and around them.
const GAP: f32 = 18.0;
/// A page that fits the width of a large window is no wider than this, in points of the screen to one of the page.
const LARGEST_SCALE: f32 = 1.6;
/// Pages above and below those in sight that are drawn as well, in parts of the height of the window.
const AHEAD: f32 = 0.6;
/// Seconds after which it is said that the pages are being set.
const PATIENCE: f64 = 0.6;

/// What the preview remembers.
#[derive(Default)]
pub struct PreviewState {
    pictures: Pictures,
    /// The remark whose card is open here.
    pub opened: Option<Focus>,
    /// It has just been opened.
    fresh: bool,
    pub cards: CardState,
    /// A remark that is to be brought into sight.
    pub go: Option<AnnotationId>,
    /// A page that is to be brought into sight.
    page: Option<usize>,
    document: Option<Id>,
    /// The pages are to get the keyboard.
    pub focus: bool,
    /// The card was opened by key from the list, which gets the keyboard back.
    pub from_list: bool,
    /// It gets it now.
    pub to_list: bool,
    /// Since when what is shown is not the newest.
    stale: Option<f64>,
    /// How large the pages were, and how far one had moved over them.
    seen: Option<(f32, egui::Vec2)>,
}

impl PreviewState {
    /// Whether this is what has the keyboard when the pages have.
    pub fn is_document(&self, id: Id) -> bool {
        self.document == Some(id)
    }

    /// Opens the card of a remark, beside its words.
    pub fn open(&mut self, scene: &mut Scene<'_>, focus: Focus, write: bool) {
        self.opened = Some(focus);
        self.from_list = false;
        self.fresh = true;
        self.go = Some(focus.annotation);
        self.cards.write_in = Some(focus).filter(|_| write);
        scene.view(ViewCommand::Focus(Some(focus)));
    }
}

/// Draws them, with the bar above.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut PreviewState, of: &PaperOf) {
    let tokens = scene.tokens;
    let frame = Frame::new().fill(tokens.chrome).inner_margin(Margin::symmetric(14, 6));
    Panel::top("report bar").frame(frame).show(ui, |ui| bar(ui, scene, state, of));
    let ground = Frame::new().fill(tokens.chrome_hover);
    CentralPanel::default().frame(ground).show(ui, |ui| {
        let Some(sheets) = scene.w.sheets(of).cloned() else {
            waiting(ui, scene, of);
            return;
        };
        // The wish of the frame in which it was opened is not fulfilled yet.
        if !std::mem::take(&mut state.fresh) && state.opened != scene.w.view().focus {
            state.opened = None;
        }
        pages(ui, scene, state, of, &sheets);
    });
}

/// How much there is of it, what it could not take, how large it is shown, and where it can go.
fn bar(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut PreviewState, of: &PaperOf) {
    let tokens = scene.tokens;
    let now = ui.input(|i| i.time);
    let stale = !scene.w.has_new_sheets(of) && scene.w.not_composed(of).is_none() && scene.w.not_laid_out(of).is_none();
    state.stale = stale.then(|| state.stale.unwrap_or(now));
    ui.horizontal(|ui| {
        let pages = scene.w.sheets(of).map(|s| count(s.pages.shapes().len(), "page", "pages"));
        let remarks = scene.w.composed(of).filter(|_| matches!(of, PaperOf::Kept(_)));
        let remarks = remarks.map(|c| count(c.remarks.len(), "remark", "remarks"));
        let said: Vec<String> = pages.into_iter().chain(remarks).collect();
        ui.label(RichText::new(said.join(", ")).color(tokens.ink));
        if let Some(since) = state.stale {
            if now - since >= PATIENCE {
                ui.label(RichText::new("Setting the pages…").small().color(tokens.quiet_ink));
            } else {
                ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(PATIENCE - (now - since)));
            }
        }
        ui.with_layout(egui::Layout::right_to_left(Align::Center), |ui| {
            let export = Button::new(RichText::new("Export…").color(tokens.accent_ink)).fill(tokens.accent);
            if ui.add(export).on_hover_text("Ctrl+E").clicked() {
                scene.ask(Question::ExportPaper);
            }
            ui.add_space(tokens.space.medium);
            zoom(ui, scene);
        });
    });
    said(ui, scene, of);
}

fn zoom(ui: &mut Ui, scene: &mut Scene<'_>) {
    let look = scene.w.view().report.clone();
    let mut new = None;
    let sign = |ui: &mut Ui, sign: &str, name: &str, key: &str| {
        let button = ui.add(Button::new(sign).frame_when_inactive(false)).on_hover_text(format!("{name} ({key})"));
        button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
        button.clicked()
    };
    if sign(ui, "+", "Larger pages", "Ctrl++") {
        new = Some(look.zoomed(1.25));
    }
    let fits = (look.zoom - 1.0).abs() < 0.01;
    let words = if fits { "Fit width".to_owned() } else { format!("{:.0} %", look.zoom * 100.0) };
    let fit = ui.add(Button::selectable(fits, words)).on_hover_text("As wide as there is room (Ctrl+0)");
    fit.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, fits, "Fit width"));
    if fit.clicked() {
        new = Some(ReportLook { zoom: 1.0, ..look.clone() });
    }
    if sign(ui, "\u{2212}", "Smaller pages", "Ctrl+\u{2212}") {
        new = Some(look.zoomed(0.8));
    }
    if let Some(new) = new {
        scene.view(ViewCommand::Report(Box::new(new)));
    }
}

/// What is wrong with it, and what is not in it.
fn said(ui: &mut Ui, scene: &mut Scene<'_>, of: &PaperOf) {
    let tokens = scene.tokens;
    let line = |ui: &mut Ui, text: &str, color: Color32| {
        ui.add(Label::new(RichText::new(text).small().color(color)).wrap());
    };
    match scene.w.not_composed(of) {
        Some("") => {
            ui.horizontal(|ui| {
                line(ui, "Composing the paper was stopped", tokens.danger);
                if ui.small_button("Compose it again").clicked() {
                    scene.run(Command::Submission(SubmissionCommand::Compose(of.clone())));
                }
            });
        }
        Some(why) => line(ui, why, tokens.danger),
        None => {}
    }
    if let Some(why) = scene.w.not_laid_out(of) {
        line(ui, why, tokens.danger);
    }
    let Some(composed) = scene.w.composed(of).cloned() else { return };
    for caution in composed.cautions.iter().take(3) {
        line(ui, caution, tokens.danger);
    }
    if let Some(sheets) = scene.w.sheets(of) {
        for left in sheets.pages.left().iter().take(2) {
            line(ui, left, tokens.quiet_ink);
        }
    }
    let left_out = composed.left_out.sentence();
    if !left_out.is_empty() {
        line(ui, &left_out, tokens.quiet_ink);
    }
    if composed.remarks.is_empty() && matches!(of, PaperOf::Kept(_)) {
        line(ui, "No remark is in it; Settings says which it takes", tokens.ink);
    }
}

/// Nothing to show yet, or nothing at all.
fn waiting(ui: &mut Ui, scene: &Scene<'_>, of: &PaperOf) {
    let fails = scene.w.not_composed(of).is_some() || scene.w.not_laid_out(of).is_some();
    ui.add_space(ui.available_height() * 0.3);
    ui.vertical_centered(|ui| {
        let words = if fails { "There are no pages to show" } else { "Setting the pages…" };
        ui.label(RichText::new(words).color(scene.tokens.quiet_ink));
    });
}

/// Where the pages are on the screen.
struct Plan {
    /// Points of the screen to one of a page.
    scale: f32,
    /// The top of each, from that of the first, in points of the screen.
    tops: Vec<f32>,
    size: egui::Vec2,
}

impl Plan {
    fn new(shapes: &[PageShape], room: f32, zoom: f32) -> Self {
        let widest = shapes.iter().map(|s| s.width).fold(1.0, f32::max);
        let scale = ((room - 2.0 * GAP).max(60.0) / widest).min(LARGEST_SCALE) * zoom;
        let mut tops = Vec::with_capacity(shapes.len());
        let mut y = GAP;
        for shape in shapes {
            tops.push(y);
            y += shape.height * scale + GAP;
        }
        Self { scale, tops, size: vec2((widest * scale + 2.0 * GAP).max(room), y) }
    }

    fn rect(&self, page: usize, shape: &PageShape, outer: Rect) -> Rect {
        let size = vec2(shape.width, shape.height) * self.scale;
        let top = outer.top() + self.tops.get(page).copied().unwrap_or_default();
        Rect::from_min_size(pos2(outer.center().x - size.x / 2.0, top), size)
    }

    fn area(&self, area: Area, sheet: Rect) -> Rect {
        let size = vec2(area.width, area.height) * self.scale;
        Rect::from_min_size(sheet.min + vec2(area.x, area.y) * self.scale, size)
    }
}

fn pages(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut PreviewState, of: &PaperOf, sheets: &Sheets) {
    let shapes = sheets.pages.shapes();
    let zoom = scene.w.view().report.zoom;
    let view = ui.available_rect_before_wrap();
    let plan = Plan::new(shapes, ui.available_width() - 12.0, if zoom > 0.0 { zoom } else { 1.0 });
    if state.pictures.begin(of, shapes.len()) {
        state.seen = None;
    }
    let mut card_at = None;
    let mut area = ScrollArea::both().id_salt(("sheets", format!("{of:?}"))).auto_shrink([false, false]);
    // Larger or smaller, the words one looks at stay.
    if let Some((before, offset)) = state.seen.filter(|(before, _)| (before / plan.scale - 1.0).abs() > 0.001) {
        area = area.scroll_offset(offset * (plan.scale / before));
    }
    let shown = area.show_viewport(ui, |ui, _| {
        let (outer, document) = ui.allocate_exact_size(plan.size, Sense::focusable_noninteractive());
        keys(ui, state, &document, view.height());
        let title = &sheets.composed.paper.front.title;
        let name = if title.trim().is_empty() { "The pages".to_owned() } else { title.clone() };
        ui.ctx().accesskit_node_builder(document.id, |node| {
            node.set_role(accesskit::Role::Document);
            node.set_label(name.as_str());
        });
        if std::mem::take(&mut state.focus) {
            document.request_focus();
        }
        if let Some(page) = state.page.take()
            && let Some(shape) = shapes.get(page)
        {
            ui.scroll_to_rect(plan.rect(page, shape, outer), Some(Align::Min));
        }
        if let Some(remark) = state.go.take()
            && let Some((page, area)) = sheets.pages.place_of(remark)
            && let Some(shape) = shapes.get(page)
        {
            let rect = plan.area(area, plan.rect(page, shape, outer));
            if !ui.clip_rect().shrink(20.0).contains_rect(rect) {
                let align = if rect.height() > view.height() * 0.7 { Align::Min } else { Align::Center };
                ui.scroll_to_rect(rect.expand(GAP), Some(align));
            }
        }
        let mut wishes = Vec::new();
        let sight = ui.clip_rect();
        let near = sight.expand2(vec2(0.0, sight.height() * AHEAD));
        for (page, shape) in shapes.iter().enumerate() {
            let sheet = plan.rect(page, shape, outer);
            if !sheet.intersects(near) {
                continue;
            }
            let seen = sheet.intersects(sight);
            let wish = PageWish { page, width: pixels(ui, sheet, shape) };
            let (shown, is_new) = state.pictures.page(ui.ctx(), scene.w, sheets.number, wish);
            if !is_new {
                wishes.push((!seen, wish));
            }
            if seen {
                sheet_of(ui, scene, shape, sheet, shown);
                act(ui, scene, state, &plan, (sheets, page), sheet);
                let opened = state.opened.map(|f| f.annotation);
                for area in opened.map(|id| stretches(shape, id)).unwrap_or_default() {
                    let rect = plan.area(area, sheet).expand(4.0);
                    let ring = Stroke::new(1.5, on_paper().accent);
                    ui.painter().rect_stroke(rect, scene.tokens.size.corner, ring, StrokeKind::Outside);
                    if card_at.is_none() {
                        card_at = Some(rect);
                    }
                }
            }
        }
        if document.has_focus() {
            let ring = Stroke::new(2.0, scene.tokens.accent);
            ui.painter().rect_stroke(sight.shrink(1.0), 0.0, ring, StrokeKind::Inside);
        }
        state.pictures.end();
        // What is in sight comes first.
        wishes.sort_by_key(|(later, wish)| (*later, wish.page));
        let pages: Vec<PageWish> = wishes.into_iter().map(|(_, wish)| wish).collect();
        if !pages.is_empty() && !scene.w.is_drawing() {
            scene.run(Command::Submission(SubmissionCommand::Draw { number: sheets.number, pages }));
        }
    });
    state.seen = Some((plan.scale, shown.state.unclamped_offset()));
    card::show(ui, scene, state, sheets, view, card_at);
}

/// Where a remark stands on a page: paragraphs of it that follow each other are one stretch.
fn stretches(shape: &PageShape, remark: AnnotationId) -> Vec<Area> {
    const APART: f32 = 20.0;
    let mut stretches: Vec<Area> = Vec::new();
    let mut before = false;
    for (id, area) in &shape.remarks {
        let is_it = *id == remark;
        if is_it {
            match stretches.last_mut() {
                Some(last) if before && area.y - (last.y + last.height) < APART => *last = last.with(*area),
                _ => stretches.push(*area),
            }
        }
        before = is_it;
    }
    stretches
}

/// How many pixels wide a page is drawn: as wide as it stands, as far as the screen can hold such a picture.
fn pixels(ui: &Ui, sheet: Rect, shape: &PageShape) -> u32 {
    let most = ui.input(|i| i.max_texture_side) as f32;
    let slim = (shape.width / shape.height.max(1.0)).min(1.0);
    (sheet.width() * ui.ctx().pixels_per_point()).round().clamp(16.0, (most * slim - 1.0).max(16.0)) as u32
}

fn sheet_of(ui: &Ui, scene: &Scene<'_>, shape: &PageShape, sheet: Rect, shown: Shown) {
    let tokens = scene.tokens;
    let painter = ui.painter();
    painter.rect_filled(sheet.translate(vec2(0.0, 2.0)).expand(3.0), 3.0, tokens.shadow);
    painter.rect_filled(sheet, 0.0, tokens.sheet);
    match shown {
        Shown::Picture(texture) => {
            let all = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
            painter.image(texture, sheet, all, tokens.sheet);
        }
        Shown::Blank => {}
        Shown::Broken => {
            let font = FontId::new(tokens.size.body, sans());
            let words = "This page cannot be drawn";
            painter.text(sheet.center(), Align2::CENTER_CENTER, words, font, on_paper().ink);
        }
    }
    painter.rect_stroke(sheet, 0.0, Stroke::new(1.0, tokens.chrome_line), StrokeKind::Outside);
    let id = ui.scope_id().with(("words of page", shape.words.len(), sheet.top() as i64));
    let id = ui.interact(sheet, id, Sense::hover()).id;
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(accesskit::Role::Paragraph);
        node.set_label(shape.words.as_str());
        node.set_bounds(accesskit::Rect {
            x0: sheet.left().into(),
            y0: sheet.top().into(),
            x1: sheet.right().into(),
            y1: sheet.bottom().into(),
        });
    });
}

/// What the pointer does on a page.
fn act(
    ui: &Ui,
    scene: &mut Scene<'_>,
    state: &mut PreviewState,
    plan: &Plan,
    (sheets, page): (&Sheets, usize),
    sheet: Rect,
) {
    let Some(shape) = sheets.pages.shapes().get(page) else { return };
    let response = ui.interact(sheet, ui.scope_id().with(("sheet", page)), Sense::CLICK);
    let Some(pos) = response.hover_pos().or_else(|| response.interact_pointer_pos()) else { return };
    let at = (pos - sheet.min) / plan.scale;
    if let Some(to) = shape.jump_at(at.x, at.y) {
        ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
        if response.clicked() {
            state.page = Some(to);
            ui.ctx().request_repaint();
        }
        return;
    }
    let remark = shape.remark_at(at.x, at.y);
    if let Some(id) = remark {
        ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
        let (tokens, accent) = (scene.tokens, on_paper().accent);
        for area in stretches(shape, id) {
            let rect = plan.area(area, sheet).expand(4.0);
            ui.painter().rect_filled(rect, tokens.size.corner, accent.gamma_multiply(0.06));
            let line = Stroke::new(1.0, accent.gamma_multiply(0.45));
            ui.painter().rect_stroke(rect, tokens.size.corner, line, StrokeKind::Outside);
        }
    }
    if response.clicked() {
        match remark.and_then(|id| sheets.composed.remarks.iter().find(|f| f.annotation == id).copied()) {
            Some(focus) => {
                state.open(scene, focus, false);
                state.go = None;
            }
            None => close(scene, state),
        }
    }
}

/// What is painted on a sheet, which is light in any theme.
fn on_paper() -> &'static Tokens {
    Tokens::light()
}

/// Puts the open card away.
pub fn close(scene: &mut Scene<'_>, state: &mut PreviewState) {
    if state.opened.take().is_some() {
        scene.view(ViewCommand::Focus(None));
    }
}

/// The pages are moved over by key, as long as nothing else has the keyboard.
fn keys(ui: &Ui, state: &mut PreviewState, document: &egui::Response, height: f32) {
    state.document = Some(document.id);
    let has = document.has_focus();
    if has {
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|m| m.set_focus_lock_filter(document.id, filter));
    }
    if !has && !is_free(ui.ctx()) {
        return;
    }
    let far = 1.0e6;
    for (key, by) in [
        (Key::ArrowDown, vec2(0.0, -60.0)),
        (Key::ArrowUp, vec2(0.0, 60.0)),
        (Key::ArrowRight, vec2(-60.0, 0.0)),
        (Key::ArrowLeft, vec2(60.0, 0.0)),
        (Key::PageDown, vec2(0.0, -0.9 * height)),
        (Key::PageUp, vec2(0.0, 0.9 * height)),
        (Key::Space, vec2(0.0, -0.9 * height)),
        (Key::End, vec2(0.0, -far)),
        (Key::Home, vec2(0.0, far)),
    ] {
        let times = ui.input_mut(|i| i.count_and_consume_key(Modifiers::NONE, key));
        if times > 0 {
            ui.scroll_with_delta(by * times as f32);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_of_a_remark_are_one_stretch() {
        let area = |y| Area { x: 10.0, y, width: 100.0, height: 20.0 };
        let of = |n| AnnotationId(n);
        let remarks = vec![
            (of(1), area(0.0)),
            (of(1), area(30.0)),
            (of(2), area(60.0)),
            (of(1), area(90.0)),
            (of(1), area(400.0)),
        ];
        let shape = PageShape { remarks, ..PageShape::default() };
        let found: Vec<(f32, f32)> = stretches(&shape, of(1)).iter().map(|a| (a.y, a.height)).collect();
        assert_eq!(found, [(0.0, 50.0), (90.0, 20.0), (400.0, 20.0)]);
        assert_eq!(stretches(&shape, of(3)), []);
    }

    #[test]
    fn pages_fit_the_room_and_grow_with_the_zoom() {
        let shapes = vec![PageShape { width: 600.0, height: 800.0, ..PageShape::default() }; 2];
        let fit = Plan::new(&shapes, 636.0, 1.0);
        assert_eq!((fit.scale, fit.size), (1.0, vec2(636.0, 800.0 * 2.0 + GAP * 3.0)));
        assert_eq!(fit.tops, [GAP, 800.0 + 2.0 * GAP]);
        assert_eq!(Plan::new(&shapes, 3_000.0, 1.0).scale, LARGEST_SCALE);
        assert_eq!(Plan::new(&shapes, 636.0, 2.0).size.x, 1200.0 + 2.0 * GAP);
        assert!(Plan::new(&[], 20.0, 1.0).size.y > 0.0);
    }
}
