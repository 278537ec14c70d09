//! What of the draft has been looked at, article by article and chapter by chapter.

use eframe::egui::{
    self, Button, CentralPanel, FontId, Frame, Key, Modifiers, Rect, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo,
    pos2, vec2,
};

use crate::model::ProvisionIndex;
use crate::ui::bars::count;
use crate::ui::keys;
use crate::ui::scene::Scene;
use crate::ui::theme::{Tokens, sans};
use crate::ui::widgets::{Words, row_ground};
use crate::workspace::{AnnotateCommand, Command, Coverage, CoverageRow, Looked};

use super::safeguards::read;
use super::{MatrixState, nothing, remarks};

/// What the page remembers.
#[derive(Default)]
pub struct CoverageState {
    at: usize,
    /// The row is to be brought into sight.
    sought: bool,
}

const ROW: f32 = 26.0;
/// Further apart, the eye loses the row.
const PAGE: f32 = 1100.0;

/// A line of the list: a chapter, by its position, or an article.
#[derive(Clone, Copy)]
enum Line {
    Chapter(usize),
    Article(usize),
}

/// Draws the page.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut MatrixState, coverage: &Coverage, paper: Frame) {
    let Some(draft) = scene.w.matrix_draft(&scene.w.view().matrix).cloned() else { return };
    if coverage.rows.is_empty() {
        let words = ["The draft has no articles", "Nothing in it can be gone through one by one"];
        CentralPanel::default().frame(paper).show(ui, |ui| nothing(ui, scene, words, None));
        return;
    }
    let own = &mut state.coverage;
    own.at = own.at.min(coverage.rows.len() - 1);
    arrows(ui, own, coverage);
    let article = coverage.rows.get(own.at).map(|r| r.provision);
    let Some(article) = article else { return };
    let is_read = scene.w.has_read(draft.id, article);
    let mut deed = deed(ui);
    let at = (own.at, 0);
    let mut next = false;
    remarks::panel(ui, scene, &mut state.remarks, at, |ui, scene| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
            let edit = scene.w.can_edit();
            let text = if is_read { "Not read after all" } else { "Mark as read" };
            let response = ui.add_enabled(edit, Button::new(text).shortcut_text("R"));
            response.widget_info(|| WidgetInfo::labeled(Role::Button, edit, text));
            if response.clicked() {
                deed = Some(Deed::Mark);
            }
            let response = ui.add(Button::new("Read it").shortcut_text("Ctrl+Enter"));
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Read the article"));
            if response.clicked() {
                deed = Some(Deed::Read);
            }
            let response = ui.add(Button::new("Next not looked at").shortcut_text("U"));
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Next not looked at"));
            next |= response.clicked();
        });
        ui.add_space(scene.tokens.space.small);
    });
    match deed {
        Some(Deed::Mark) if scene.w.can_edit() => {
            let mark = AnnotateCommand::MarkRead { draft: draft.id, provision: article, read: !is_read };
            scene.run(Command::Annotate(mark));
        }
        Some(Deed::Read) => read(scene, draft.id, &draft.outline, article),
        Some(Deed::List) => state.remarks.focus = true,
        Some(Deed::Next) => next = true,
        _ => {}
    }
    if let Some(to) = coverage.next(Some(state.coverage.at), 1).filter(|_| next) {
        state.coverage.at = to;
        state.coverage.sought = true;
    }
    CentralPanel::default().frame(paper).show(ui, |ui| {
        sums(ui, scene, coverage);
        list(ui, scene, &mut state.coverage, coverage);
    });
}

/// What a person does with the article they are on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Deed {
    Mark,
    Read,
    List,
    Next,
}

fn deed(ui: &Ui) -> Option<Deed> {
    if keys::is_busy(ui.ctx()) {
        return None;
    }
    // A button that has the keyboard takes Enter for itself.
    let held = ui.ctx().memory(|m| m.focused().is_some());
    let press = |modifiers, key| ui.input_mut(|i| i.consume_key(modifiers, key));
    if press(Modifiers::CTRL, Key::Enter) {
        return Some(Deed::Read);
    }
    let deeds = [(Key::R, Deed::Mark), (Key::U, Deed::Next), (Key::Enter, Deed::List)];
    deeds.into_iter().find(|(key, _)| !(held && *key == Key::Enter) && press(Modifiers::NONE, *key)).map(|k| k.1)
}

/// Up and down the articles, as long as no other list has the keyboard.
fn arrows(ui: &Ui, state: &mut CoverageState, coverage: &Coverage) {
    if !keys::is_free(ui.ctx()) {
        return;
    }
    let press = |key| ui.input_mut(|i| i.count_and_consume_key(Modifiers::NONE, key));
    let last = coverage.rows.len() - 1;
    let mut at = (state.at + press(Key::ArrowDown) + 15 * press(Key::PageDown)).min(last);
    at = at.saturating_sub(press(Key::ArrowUp) + 15 * press(Key::PageUp));
    if press(Key::Home) > 0 {
        at = 0;
    }
    if press(Key::End) > 0 {
        at = last;
    }
    if at != state.at {
        state.at = at;
        state.sought = true;
    }
}

/// How much of all there is.
fn sums(ui: &mut Ui, scene: &Scene<'_>, coverage: &Coverage) {
    let tokens = scene.tokens;
    let all = coverage.rows.len();
    ui.horizontal_wrapped(|ui| {
        let whole = coverage.count(Looked::Whole);
        ui.label(RichText::new(format!("{whole} of {all} looked at")).size(tokens.size.heading).color(tokens.ink));
        for state in [Looked::Partly, Looked::Waits, Looked::No] {
            let n = coverage.count(state);
            ui.label(RichText::new(format!("{n} {}", state.word())).color(tokens.quiet_ink));
        }
    });
    let about =
        "A remark counts for the clauses it stands on; an article that was read without a remark is marked as read";
    ui.add(egui::Label::new(RichText::new(about).small().color(tokens.quiet_ink)).wrap());
    ui.add_space(tokens.space.small);
}

fn list(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut CoverageState, coverage: &Coverage) {
    let mut lines: Vec<Line> = Vec::with_capacity(coverage.rows.len() + coverage.chapters.len());
    let mut chapter = None;
    for (at, row) in coverage.rows.iter().enumerate() {
        if row.chapter != chapter {
            chapter = row.chapter;
            lines.extend(chapter.map(Line::Chapter));
        }
        lines.push(Line::Article(at));
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut area = ScrollArea::vertical().id_salt("coverage").auto_shrink([false, false]);
    if std::mem::take(&mut state.sought) {
        let at = lines.iter().position(|l| matches!(l, Line::Article(a) if *a == state.at)).unwrap_or(0);
        area = area.vertical_scroll_offset((at as f32 * ROW - ui.available_height() * 0.4).max(0.0));
    }
    area.show_rows(ui, ROW, lines.len(), |ui, range| {
        for line in lines.get(range).unwrap_or_default() {
            match line {
                Line::Chapter(at) => division(ui, scene, coverage, *at),
                Line::Article(at) => article(ui, scene, state, coverage, *at),
            }
        }
    });
}

fn division(ui: &mut Ui, scene: &Scene<'_>, coverage: &Coverage, at: usize) {
    let tokens = scene.tokens;
    let Some(chapter) = coverage.chapters.get(at) else { return };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width().min(PAGE), ROW), Sense::hover());
    let sums = format!("{} of {} looked at", chapter.whole, chapter.articles);
    let name = format!("{}: {sums}", chapter.head.name);
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, &name));
    let font = FontId::new(tokens.size.body, sans());
    let [left, middle, _] = columns(rect);
    words(ui, left, &chapter.head.name, font.clone(), tokens.ink);
    bar(ui, middle, chapter.whole as f32 / chapter.articles.max(1) as f32, tokens);
    let at = pos2(middle.right() + 20.0, rect.center().y);
    ui.painter().text(at, egui::Align2::LEFT_CENTER, sums, font, tokens.ink);
    ui.painter().hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, tokens.chrome_line));
}

/// Where name, bar and words stand.
fn columns(rect: Rect) -> [Rect; 3] {
    let (first, second) = (rect.left() + rect.width() * 0.5, rect.left() + rect.width() * 0.62);
    [
        Rect::from_min_max(rect.min, pos2(first - 12.0, rect.bottom())),
        Rect::from_min_max(pos2(first, rect.top()), pos2(second, rect.bottom())),
        Rect::from_min_max(pos2(second + 12.0, rect.top()), rect.max),
    ]
}

fn words(ui: &Ui, rect: Rect, text: &str, font: FontId, color: egui::Color32) {
    let mut job = Words::new(text, font, color).rows(1).job(ui.ctx(), rect.width() - 8.0);
    job.halign = egui::Align::LEFT;
    let galley = ui.fonts_mut(|f| f.layout_job(job));
    ui.painter().galley(pos2(rect.left() + 8.0, rect.center().y - galley.size().y / 2.0), galley, color);
}

fn bar(ui: &Ui, rect: Rect, share: f32, tokens: &Tokens) {
    let whole = Rect::from_center_size(rect.center(), vec2(rect.width(), 7.0));
    ui.painter().rect_filled(whole, 3.0, tokens.quiet_ink.gamma_multiply(0.25));
    let done = Rect::from_min_size(whole.min, vec2(whole.width() * share.clamp(0.0, 1.0), whole.height()));
    ui.painter().rect_filled(done, 3.0, tokens.accent);
}

fn article(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut CoverageState, coverage: &Coverage, at: usize) {
    let tokens = scene.tokens;
    let Some(row) = coverage.rows.get(at) else { return };
    // One row is a stop of Tab.
    let selected = state.at == at;
    let sense = if selected { Sense::click() } else { Sense::CLICK };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width().min(PAGE), ROW), sense);
    let said = said(scene, row);
    let said = match changed(scene, row) {
        Some(words) if said.is_empty() => words,
        Some(words) => format!("{said}, {words}"),
        None => said,
    };
    let name = format!("{}: {}, {said}", row.head.name, row.state().word());
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, selected, &name));
    if ui.is_rect_visible(rect) {
        row_ground(ui, &response, selected, tokens);
        let [left, middle, right] = columns(rect);
        let open = matches!(row.state(), Looked::No | Looked::Waits);
        let ink = if open { tokens.ink } else { tokens.quiet_ink };
        let font = FontId::new(tokens.size.body - 0.5, sans());
        let indented = Rect::from_min_max(pos2(left.left() + 14.0, left.top()), left.max);
        words(ui, indented, &row.head.name, font.clone(), ink);
        bar(ui, middle, row.looked as f32 / row.clauses.max(1) as f32, tokens);
        words(ui, right, &format!("{}  {said}", row.state().word()), font, ink);
    }
    if response.clicked() {
        state.at = at;
    }
    if response.double_clicked()
        && let Some(draft) = scene.w.matrix_draft(&scene.w.view().matrix).cloned()
    {
        let provision: ProvisionIndex = row.provision;
        read(scene, draft.id, &draft.outline, provision);
    }
}

/// Whether it is new or edited since the draft before, where the two have been compared.
fn changed(scene: &Scene<'_>, row: &CoverageRow) -> Option<String> {
    let project = scene.w.project()?;
    let draft = scene.w.matrix_draft(&scene.w.view().matrix)?;
    let before = project.drafts.get(project.draft_position(draft.id)?.checked_sub(1)?)?;
    let pair = scene.w.pair(before.id, draft.id)?;
    let found = pair.concordance.of_new(row.provision, &draft.outline)?;
    let word = if found.old.is_none() { "new" } else { "edited" };
    (found.old.is_none() || found.edited).then(|| format!("{word} since {}", before.name()))
}

/// `3 of 7 clauses, 2 remarks, read by Amira`
fn said(scene: &Scene<'_>, row: &CoverageRow) -> String {
    let mut parts = Vec::new();
    if row.clauses > 1 {
        parts.push(format!("{} of {} clauses", row.looked, row.clauses));
    }
    if row.remarks > 0 {
        parts.push(count(row.remarks, "annotation", "annotations"));
    }
    if row.waiting > 0 {
        parts.push(format!("{} to review", row.waiting));
    }
    let names: Vec<&str> =
        row.read_by.iter().filter_map(|a| scene.w.project()?.sets.get(a)).map(|s| s.analyst.name.as_str()).collect();
    if !names.is_empty() {
        parts.push(format!("read by {}", names.join(", ")));
    }
    parts.join(", ")
}
