//! The table: a row for each provision, a column for each commentary, in a cell what it asks and where that stands.

use eframe::egui::{
    self, EventFilter, FontId, Id, Key, Modifiers, Rect, RichText, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use crate::model::{CommentaryId, Draft, DraftId, ProvisionIndex};
use crate::ui::bars::count;
use crate::ui::scene::Scene;
use crate::ui::theme::sans;
use crate::ui::widgets::{Words, row_ground};
use crate::workspace::{Position, Positions, ReviewState, ViewCommand};

/// What the table remembers.
#[derive(Default)]
pub struct TableState {
    /// What it was made from.
    made: Option<(DraftId, u64)>,
    table: Positions,
    /// The cell the keyboard is on: row and column; the first column is the provision.
    at: (usize, usize),
    /// That cell is to get the keyboard.
    wanted: bool,
}

const HEAD: f32 = 34.0;
const FIRST: f32 = 260.0;
const NARROWEST: f32 = 170.0;
const LINE: f32 = 19.0;
const PAD: f32 = 6.0;
/// Lines of a cell.
const LINES: usize = 3;

/// Draws it in the space that is left.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut TableState, draft: DraftId) {
    let tokens = scene.tokens;
    let made = (draft, scene.w.reviews().generation());
    if state.made != Some(made) {
        state.table = scene.w.project().map(|p| scene.w.reviews().positions(p, draft)).unwrap_or_default();
        state.made = Some(made);
    }
    let (rows, columns) = (state.table.rows.len(), state.table.commentaries.len());
    if rows == 0 {
        let reading = columns == 0;
        let words =
            if reading { "The commentaries are being read" } else { "None of them cites a provision of this draft" };
        ui.label(RichText::new(words).color(tokens.quiet_ink));
        return;
    }
    let about = format!(
        "{} by {}; the arrow keys go through the table, Enter shows the place",
        count(rows, "provision", "provisions"),
        count(columns, "commentary", "commentaries")
    );
    ui.label(RichText::new(about).small().color(tokens.quiet_ink));
    ui.add_space(tokens.space.small);
    state.at = (state.at.0.min(rows - 1), state.at.1.min(columns));
    let Some(draft) = scene.w.project().and_then(|p| p.draft(draft)).cloned() else { return };
    let room = ui.available_width() - 12.0;
    let width = ((room - FIRST) / columns as f32).max(NARROWEST);
    let mut tops = Vec::with_capacity(rows + 1);
    let mut y = HEAD;
    for (_, cells) in &state.table.rows {
        tops.push(y);
        let lines = cells.iter().map(|c| c.len().min(LINES)).max().unwrap_or(1).max(1);
        y += lines as f32 * LINE + 2.0 * PAD;
    }
    tops.push(y);
    let size = vec2(FIRST + width * columns as f32, y);
    let area = egui::ScrollArea::both().id_salt("positions").auto_shrink([false, false]);
    area.show_viewport(ui, |ui, view| {
        ui.set_min_size(size);
        let origin = ui.max_rect().min;
        let first = tops.partition_point(|&top| top <= view.min.y + HEAD).saturating_sub(1);
        let column = |c: usize| if c == 0 { (0.0, FIRST) } else { (FIRST + width * (c - 1) as f32, width) };
        if state.wanted {
            let (x, w) = column(state.at.1);
            let min = pos2(origin.x + x, origin.y + tops[state.at.0]);
            let rect = Rect::from_min_size(min, vec2(w, tops[state.at.0 + 1] - tops[state.at.0]));
            // Not under the headings.
            let rect = Rect::from_min_max(
                pos2(rect.min.x - if state.at.1 > 0 { FIRST } else { 0.0 }, rect.min.y - HEAD),
                rect.max,
            );
            ui.scroll_to_rect(rect, None);
        }
        let seen = (first..rows).take_while(|&r| tops[r] < view.max.y);
        let mut seen: Vec<usize> = seen.collect();
        if !seen.contains(&state.at.0) {
            seen.push(state.at.0);
        }
        // Columns that stay in sight are drawn over those that go.
        for c in (0..=columns).rev() {
            let (x, w) = column(c);
            let left = if c == 0 { origin.x + view.min.x } else { origin.x + x };
            for &r in &seen {
                let rect = Rect::from_min_size(pos2(left, origin.y + tops[r]), vec2(w, tops[r + 1] - tops[r]));
                cell(ui, scene, state, &draft, (r, c), rect);
            }
        }
        heads(ui, scene, &state.table.commentaries, origin, view, (width, size));
    });
}

/// The names of the commentaries, which stay at the top.
fn heads(
    ui: &Ui,
    scene: &Scene<'_>,
    commentaries: &[CommentaryId],
    origin: egui::Pos2,
    view: Rect,
    (width, size): (f32, egui::Vec2),
) {
    let tokens = scene.tokens;
    let top = origin.y + view.min.y;
    let ground = Rect::from_min_size(pos2(origin.x + view.min.x, top), vec2(view.width().max(size.x), HEAD));
    ui.painter().rect_filled(ground, 0.0, tokens.paper);
    let line = Stroke::new(1.0, tokens.chrome_line);
    ui.painter().hline(ground.x_range(), ground.bottom(), line);
    for (c, id) in commentaries.iter().enumerate() {
        let Some(commentary) = scene.w.project().and_then(|p| p.commentaries.get(id)) else { continue };
        let name = match (commentary.details.author.as_str(), commentary.name()) {
            ("", name) => name.to_owned(),
            (author, _) => author.to_owned(),
        };
        let full = commentary.name().to_owned();
        let left = origin.x + FIRST + width * c as f32;
        let rect = Rect::from_min_size(pos2(left, top), vec2(width, HEAD));
        let response = ui.interact(rect, Id::unique(("column", id)), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, &name));
        words(ui, rect, &name, tokens.ink, 1);
        response.on_hover_text(full);
    }
    let corner = Rect::from_min_size(pos2(origin.x + view.min.x, top), vec2(FIRST, HEAD));
    ui.painter().rect_filled(corner, 0.0, tokens.paper);
    ui.painter().hline(corner.x_range(), corner.bottom(), line);
    words(ui, corner, "Provision", tokens.quiet_ink, 1);
}

fn words(ui: &Ui, rect: Rect, text: &str, color: egui::Color32, rows: usize) {
    let font = FontId::new(ui.text_style_height(&egui::TextStyle::Small).min(13.0), sans());
    let job = Words::new(text, font, color).rows(rows).job(ui.ctx(), rect.width() - 16.0);
    let galley = ui.fonts_mut(|f| f.layout_job(job));
    let at = pos2(rect.left() + 8.0, rect.center().y - galley.size().y / 2.0);
    ui.painter().with_clip_rect(rect.intersect(ui.clip_rect())).galley(at, galley, color);
}

/// One cell, the provision itself in the first column.
fn cell(ui: &Ui, scene: &mut Scene<'_>, state: &mut TableState, draft: &Draft, (r, c): (usize, usize), rect: Rect) {
    let tokens = scene.tokens;
    let Some((provision, cells)) = state.table.rows.get(r) else { return };
    let provision = *provision;
    let positions: Vec<Position> = c.checked_sub(1).and_then(|i| cells.get(i)).cloned().unwrap_or_default();
    let commentary = c.checked_sub(1).and_then(|i| state.table.commentaries.get(i)).copied();
    let citation = scene.w.cited(&draft.outline.citation(provision));
    let is_stop = c == 0 || !positions.is_empty();
    let id = Id::unique(("position", r, c));
    // One cell is a stop of Tab; the arrow keys lead on from there.
    let sense = match is_stop {
        true if state.at == (r, c) => Sense::click(),
        true => Sense::CLICK,
        false => Sense::hover(),
    };
    let response = ui.interact(rect, id, sense);
    let lines: Vec<String> = positions.iter().map(said).collect();
    if is_stop {
        let name = match (commentary, lines.is_empty()) {
            (Some(id), false) => format!("{citation}, {}: {}", name_of(scene, id), lines.join("; ")),
            _ => named(draft, provision, &citation),
        };
        response.widget_info(|| WidgetInfo::labeled(Role::Cell, true, &name));
    }
    if ui.is_rect_visible(rect) {
        ui.painter().rect_filled(rect, 0.0, tokens.paper);
        row_ground(ui, &response, false, tokens);
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, tokens.chrome_line));
        if c == 0 {
            words(ui, rect, &named(draft, provision, &citation), tokens.accent, 1);
        }
        let left_out = lines.len().saturating_sub(LINES);
        for (n, line) in lines.iter().take(LINES).enumerate() {
            let top = rect.top() + PAD + n as f32 * LINE;
            let place = Rect::from_min_size(pos2(rect.left(), top), vec2(rect.width(), LINE));
            let settled = positions.get(n).is_some_and(|p| p.asks.is_none());
            let color = if settled { tokens.quiet_ink } else { tokens.ink };
            let more = n + 1 == LINES && left_out > 0;
            let line = if more { format!("and {} more", left_out + 1) } else { line.clone() };
            words(ui, place, &line, color, 1);
        }
    }
    if !is_stop {
        return;
    }
    if state.wanted && state.at == (r, c) {
        state.wanted = false;
        response.request_focus();
        // In the next frame the arrow keys are its own.
        ui.ctx().request_repaint();
    }
    let mut opened = response.clicked();
    if response.has_focus() {
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|m| m.set_focus_lock_filter(id, filter));
        state.at = (r, c);
        step(ui, state);
        opened |= ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Enter));
    }
    let response = if lines.len() > 1 { response.on_hover_text(lines.join("\n")) } else { response };
    if opened {
        state.at = (r, c);
        match (commentary, positions.iter().find(|p| p.state == ReviewState::Waiting).or_else(|| positions.first())) {
            (Some(id), Some(position)) => {
                scene.view(ViewCommand::ShowSuggestion { id, key: position.key.clone() });
            }
            _ => scene.view(ViewCommand::ReviewOf(Some((draft.id, provision)))),
        }
    }
    response.on_hover_cursor(egui::CursorIcon::PointingHand);
}

/// Goes to the next cell with something in it.
fn step(ui: &Ui, state: &mut TableState) {
    let press = |key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
    let (rows, columns) = (state.table.rows.len(), state.table.commentaries.len());
    let is_stop = |r: usize, c: usize| {
        c == 0 || state.table.rows.get(r).and_then(|row| row.1.get(c - 1)).is_some_and(|cell| !cell.is_empty())
    };
    let (r, c) = state.at;
    let next = if press(Key::ArrowDown) {
        (r + 1..rows).find(|&r| is_stop(r, c)).map(|r| (r, c))
    } else if press(Key::ArrowUp) {
        (0..r).rev().find(|&r| is_stop(r, c)).map(|r| (r, c))
    } else if press(Key::ArrowRight) {
        (c + 1..=columns).find(|&c| is_stop(r, c)).map(|c| (r, c))
    } else if press(Key::ArrowLeft) {
        (0..c).rev().find(|&c| is_stop(r, c)).map(|c| (r, c))
    } else if press(Key::Home) {
        Some((0, 0))
    } else if press(Key::End) {
        Some((rows.saturating_sub(1), 0))
    } else {
        None
    };
    if let Some(next) = next {
        state.at = next;
        state.wanted = true;
        ui.ctx().request_repaint();
    }
}

/// What a commentary says in one place, and where that stands.
fn said(position: &Position) -> String {
    let asks = position.asks.as_deref().unwrap_or("speaks of it");
    format!("{asks} ({})", position.state.word())
}

fn named(draft: &Draft, provision: ProvisionIndex, citation: &str) -> String {
    match draft.outline.get(provision).and_then(|p| p.heading.as_deref()) {
        Some(heading) => format!("{citation}  {}", heading.split_whitespace().collect::<Vec<_>>().join(" ")),
        None => citation.to_owned(),
    }
}

fn name_of(scene: &Scene<'_>, id: CommentaryId) -> String {
    scene.w.project().and_then(|p| p.commentaries.get(&id)).map_or_else(String::new, |c| c.name().to_owned())
}
