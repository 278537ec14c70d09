//! The answer by draft and article: heads that fold, and stay in sight above their hits.

use std::collections::BTreeSet;

use eframe::egui::{self, FontId, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::model::{DraftId, ProvisionIndex};
use crate::search::{Order, Results};
use crate::ui::bars::count;
use crate::ui::scene::Scene;
use crate::ui::theme::{sans, serif_semibold};
use crate::ui::widgets::{Words, row_ground};
use crate::workspace::{Command, SearchCommand};

use super::hit::{self, Look};

const DRAFT: f32 = 34.0;
const ARTICLE: f32 = 26.0;

/// What a head stands for: a draft, or an article of it (none for words outside all).
type Head = (DraftId, Option<Option<ProvisionIndex>>);

/// What the list remembers.
#[derive(Default)]
pub struct GroupState {
    folded: BTreeSet<Head>,
    /// The question the heads were folded in.
    query: String,
    rows: Option<Rows>,
    /// The hit that was brought into sight last.
    shown: Option<usize>,
}

#[derive(Clone, Copy)]
enum Line {
    Head(Head, usize),
    Hit(usize),
}

struct Rows {
    generation: u64,
    lines: Vec<Line>,
    /// Where each begins, in points; one more for the end.
    tops: Vec<f32>,
}

/// Draws the list.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut GroupState) {
    let Some(results) = scene.w.search().results.clone() else { return };
    let generation = scene.w.search().generation;
    let ranked = scene.w.search().options.order == Order::Ranked;
    // What answers another question is not hidden by what was folded in this one.
    if state.query != scene.w.search().query {
        state.query.clone_from(&scene.w.search().query);
        state.folded.clear();
        state.rows = None;
    }
    let current = scene.w.search().current;
    let sought = current.filter(|_| current != state.shown);
    state.shown = current;
    // Nor is a hit that one has gone to.
    if let Some((draft, unit)) = sought.and_then(|n| unit(scene, &results, n)) {
        for head in [(draft, None), (draft, Some(unit))] {
            if state.folded.remove(&head) {
                state.rows = None;
            }
        }
    }
    if state.rows.as_ref().is_none_or(|r| r.generation != generation) {
        let lines = lines(scene, &results, ranked, &state.folded);
        let mut tops = Vec::with_capacity(lines.len() + 1);
        let mut top = 0.0;
        for line in &lines {
            tops.push(top);
            top += height(*line);
        }
        tops.push(top);
        state.rows = Some(Rows { generation, lines, tops });
    }
    let Some(rows) = &state.rows else { return };
    let mut fold = None;
    ScrollArea::vertical().id_salt("answers").auto_shrink([false, false]).show_viewport(ui, |ui, view| {
        let total = rows.tops.last().copied().unwrap_or(0.0);
        ui.set_height(total);
        let (left, top, width) = (ui.max_rect().left(), ui.max_rect().top(), ui.available_width());
        let place = |n: usize| {
            let (from, to) = (rows.tops.get(n).copied().unwrap_or(0.0), rows.tops.get(n + 1).copied().unwrap_or(total));
            Rect::from_min_max(pos2(left, top + from), pos2(left + width, top + to))
        };
        if let Some(n) = sought.and_then(|c| rows.lines.iter().position(|l| matches!(l, Line::Hit(h) if *h == c))) {
            ui.scroll_to_rect(place(n).expand2(vec2(0.0, DRAFT + ARTICLE)), None);
        }
        let first = rows.tops.partition_point(|&y| y <= view.min.y).saturating_sub(1);
        let pinned = pinned(rows, view.min.y);
        let look = Look { ticks: true, drafts: ranked, headings: ranked };
        for n in first..rows.lines.len() {
            if rows.tops.get(n).is_none_or(|&y| y > view.max.y) {
                break;
            }
            match rows.lines[n] {
                // It stands at the top instead.
                Line::Head(..) if pinned.iter().any(|(line, _)| *line == n) => {}
                Line::Head(head, hits) => {
                    if head_row(ui, scene, place(n), head, hits, &state.folded) {
                        fold = Some(head);
                    }
                }
                Line::Hit(at) => {
                    let Some(hit) = results.hits.get(at) else { continue };
                    if hit::row(ui, scene, place(n), (at, hit), look) {
                        scene.run(Command::Search(SearchCommand::Open(at)));
                    }
                }
            }
        }
        // The heads of what is at the top stay there.
        for (n, y) in pinned {
            let Some(Line::Head(head, hits)) = rows.lines.get(n).copied() else { continue };
            let rect = Rect::from_min_size(pos2(left, top + y), vec2(width, height(Line::Head(head, hits))));
            ui.painter().rect_filled(rect, 0.0, scene.tokens.paper);
            if head_row(ui, scene, rect, head, hits, &state.folded) {
                fold = Some(head);
            }
        }
    });
    if let Some(head) = fold {
        if !state.folded.remove(&head) {
            state.folded.insert(head);
        }
        state.rows = None;
    }
}

/// The heads of what is at `from`, of the draft and of the article, with where each is put, in points, where it would
/// stand above.
fn pinned(rows: &Rows, from: f32) -> Vec<(usize, f32)> {
    let mut pinned = Vec::with_capacity(2);
    let mut y = from;
    for is_draft in [true, false] {
        let kind = |l: &Line| matches!(l, Line::Head((_, a), _) if a.is_none() == is_draft);
        // What is hidden under the head above is at the top as well.
        let under = rows.tops.partition_point(|&t| t <= y).min(rows.lines.len());
        let above = rows.lines.iter().enumerate().take(under).rev();
        let is_head = |l: &Line| matches!(l, Line::Head((_, None), _)) || kind(l);
        let Some((n, line)) = above.into_iter().find(|(_, l)| is_head(l)) else { continue };
        if kind(line) && rows.tops.get(n).is_some_and(|&top| top < y) {
            pinned.push((n, y));
            y += height(*line);
        }
    }
    pinned
}

fn height(line: Line) -> f32 {
    match line {
        Line::Head((_, None), _) => DRAFT,
        Line::Head(..) => ARTICLE,
        Line::Hit(_) => hit::ROW,
    }
}

/// The draft a hit stands in, and the article of it.
fn unit(scene: &Scene<'_>, results: &Results, hit: usize) -> Option<(DraftId, Option<ProvisionIndex>)> {
    let hit = results.hits.get(hit)?;
    let outline = &scene.w.project()?.draft(hit.draft)?.outline;
    Some((hit.draft, hit.provision.map(|p| outline.unit(p))))
}

/// Heads and hits that are not folded away; hits alone where they stand by relevance.
fn lines(scene: &Scene<'_>, results: &Results, ranked: bool, folded: &BTreeSet<Head>) -> Vec<Line> {
    if ranked {
        return (0..results.hits.len()).map(Line::Hit).collect();
    }
    let unit = |n: usize| unit(scene, results, n);
    let mut lines = Vec::with_capacity(results.hits.len());
    let mut n = 0;
    let mut draft = None;
    while n < results.hits.len() {
        let Some(here) = unit(n) else {
            lines.push(Line::Hit(n));
            n += 1;
            continue;
        };
        if draft != Some(here.0) {
            draft = Some(here.0);
            let total = results.per_draft.iter().find(|(d, _)| *d == here.0).map_or(0, |(_, n)| *n);
            lines.push(Line::Head((here.0, None), total));
        }
        let end = (n..results.hits.len()).find(|&m| unit(m) != Some(here)).unwrap_or(results.hits.len());
        if !folded.contains(&(here.0, None)) {
            let head = (here.0, Some(here.1));
            lines.push(Line::Head(head, end - n));
            if !folded.contains(&head) {
                lines.extend((n..end).map(Line::Hit));
            }
        }
        n = end;
    }
    lines
}

/// Draws a head, and says whether it is to be folded or unfolded.
fn head_row(ui: &Ui, scene: &Scene<'_>, rect: Rect, head: Head, hits: usize, folded: &BTreeSet<Head>) -> bool {
    let tokens = scene.tokens;
    let Some(draft) = scene.w.project().and_then(|p| p.draft(head.0)) else { return false };
    let is_open = !folded.contains(&head);
    let places = count(hits, "place", "places");
    let (title, about, name, font, indent) = match head.1 {
        None => {
            let symbol = &draft.details.symbol;
            let about = if symbol.is_empty() { places } else { format!("{symbol}, {places}") };
            let name = format!("{}: {about}", draft.name());
            (draft.name().to_owned(), about, name, FontId::new(tokens.size.body + 2.0, sans()), 0.0)
        }
        Some(unit) => {
            let cited =
                unit.map_or_else(|| "Outside the articles".to_owned(), |u| scene.w.cited(&draft.outline.citation(u)));
            let heading = unit.and_then(|u| draft.outline.get(u)?.heading.clone()).unwrap_or_default();
            let title = if heading.is_empty() { cited.clone() } else { format!("{cited}  {heading}") };
            let name = format!("{places} in {cited}");
            (title, hits.to_string(), name, FontId::new(tokens.size.body, serif_semibold()), 14.0)
        }
    };
    let response = ui.interact(rect, ui.scope_id().with(("head", head)), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_open, &name));
    if !ui.is_rect_visible(rect) {
        return response.clicked();
    }
    row_ground(ui, &response, false, tokens);
    let painter = ui.painter().with_clip_rect(ui.clip_rect().intersect(rect));
    let middle = rect.center().y;
    let mut x = rect.left() + 4.0 + indent;
    let arrow = if is_open {
        [vec2(-4.0, -2.0), vec2(4.0, -2.0), vec2(0.0, 4.0)]
    } else {
        [vec2(-2.0, -4.0), vec2(4.0, 0.0), vec2(-2.0, 4.0)]
    };
    let at = pos2(x + 5.0, middle);
    painter.add(egui::Shape::convex_polygon(arrow.map(|v| at + v).to_vec(), tokens.quiet_ink, egui::Stroke::NONE));
    x += 18.0;
    let room = (rect.right() - x - 170.0).max(60.0);
    let mut job = Words::new(&title, font, tokens.ink).rows(1).job(ui.ctx(), room);
    job.halign = egui::Align::LEFT;
    let galley = painter.layout_job(job);
    let width = galley.size().x;
    painter.galley(pos2(x, middle - galley.size().y / 2.0), galley, tokens.ink);
    let small = FontId::new(tokens.size.small, sans());
    let galley = painter.layout_no_wrap(about, small, tokens.quiet_ink);
    painter.galley(pos2(x + width + 10.0, middle - galley.size().y / 2.0), galley, tokens.quiet_ink);
    if head.1.is_none() {
        painter.hline(rect.x_range(), rect.bottom() - 1.0, egui::Stroke::new(1.0, tokens.chrome_line));
    }
    response.clicked()
}
