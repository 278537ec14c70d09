//! The heat strip and the scroll bar: the whole draft at a glance, and the way to jump in it.

use eframe::egui::{Color32, Mesh, Painter, Rangef, Rect, Sense, Shape, Ui, pos2, vec2};

use super::Page;
use super::flow::{ABOVE, Flow};
use super::highlights::HighlightIndex;
use crate::model::{Swatch, TextRange};
use crate::ui::theme::Tokens;

/// The width of the strip and of the bar, and of the air left of them, in points.
const STRIP: f32 = 12.0;
const BAR: f32 = 12.0;
const AIR: f32 = 6.0;
/// What strip and bar take from the page, in points.
pub(super) const WIDTH: f32 = AIR + STRIP + BAR;
/// The height of a cell of the strip, in points.
const CELL: f32 = 3.0;
/// Colors shown side by side in one cell.
const COLORS: usize = 3;
/// From this many remarks on, a cell has its full color.
const DENSE: f32 = 6.0;
const SHORTEST_THUMB: f32 = 36.0;

/// What is remembered between frames.
#[derive(Debug, Default)]
pub(super) struct Strip {
    key: Option<Key>,
    cells: Vec<Cell>,
    /// How far below the top of the thumb it was taken hold of, while it is dragged.
    grip: Option<f32>,
}

/// When any of this changes, the cells are counted anew.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Key {
    highlights: u64,
    found: [usize; 4],
    height: f32,
    /// The page's height in steps of a hundredth: corrections of single blocks do not matter.
    page: i64,
    dark: bool,
}

#[derive(Clone, Debug, Default)]
struct Cell {
    /// The swatches that are most frequent here, and how many remarks have them.
    colors: Vec<(Swatch, f32)>,
    found: bool,
}

/// The strip's place in the space of the reader.
pub(super) fn place(reader: Rect) -> Rect {
    Rect::from_min_max(pos2(reader.right() - STRIP - BAR, reader.top()), reader.max)
}

/// Draws strip and bar and lets them be dragged. Gives the new top of the view in points from the top of the page,
/// where it was moved.
pub(super) fn show(
    ui: &Ui,
    strip: &mut Strip,
    flow: &Flow,
    page: &Page<'_>,
    reader: Rect,
    tokens: &Tokens,
) -> Option<f64> {
    let rect = place(reader);
    let (view, height) = (f64::from(reader.height()), flow.page_height());
    let track = rect.height();
    let furthest = (height - view).max(0.0);
    let thumb_height = ((view / height.max(1.0)) as f32 * track).clamp(SHORTEST_THUMB.min(track), track);
    let share = if furthest > 0.0 { (flow.y() / furthest).clamp(0.0, 1.0) as f32 } else { 0.0 };
    let thumb_top = rect.top() + share * (track - thumb_height);

    let id = ui.scope_id().with("reading position");
    let response = ui.interact(rect, id, Sense::CLICK | Sense::DRAG);
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(eframe::egui::Role::ScrollBar);
        node.set_label("Reading position");
        node.set_bounds(super::nodes::bounds(rect));
        node.set_numeric_value(f64::from(share) * 100.0);
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(100.0);
    });
    let mut moved = None;
    let pointer = response.interact_pointer_pos();
    if let Some(pos) = pointer.filter(|_| response.is_pointer_button_down_on()) {
        let grip = *strip.grip.get_or_insert_with(|| {
            let inside = pos.y >= thumb_top && pos.y <= thumb_top + thumb_height && pos.x > rect.right() - BAR;
            if inside { pos.y - thumb_top } else { thumb_height / 2.0 }
        });
        let top = pos.y - grip - rect.top();
        let share = if track > thumb_height { (top / (track - thumb_height)).clamp(0.0, 1.0) } else { 0.0 };
        moved = Some(f64::from(share) * furthest);
    } else {
        strip.grip = None;
    }

    count(strip, flow, page.highlights, page.found, track, tokens.dark);
    let painter = ui.painter_at(rect.expand(1.0));
    paint_cells(&painter, strip, rect, tokens);
    if let Some(current) = page.current_found {
        let y = rect.top() + (flow.y_of_offset(current.start) / height.max(1.0)) as f32 * track;
        let tick = Rect::from_center_size(pos2(rect.left() + STRIP / 2.0 - 1.0, y), vec2(STRIP, CELL));
        painter.rect_filled(tick, 1.0, tokens.accent);
    }
    let active = response.hovered() || strip.grip.is_some();
    let thumb = Rect::from_min_max(
        pos2(rect.right() - BAR + if active { 2.0 } else { 4.0 }, thumb_top),
        pos2(rect.right() - 2.0, thumb_top + thumb_height),
    );
    let color = tokens.quiet_ink.gamma_multiply(if active { 0.75 } else { 0.4 });
    if furthest > 0.0 {
        painter.rect_filled(thumb, thumb.width() / 2.0, color);
    }
    moved
}

fn count(strip: &mut Strip, flow: &Flow, highlights: &HighlightIndex, found: &[TextRange], height: f32, dark: bool) {
    let page = flow.page_height().max(1.0);
    let at = |i: usize| found.get(i).map_or(0, |r| r.start);
    let key = Key {
        highlights: highlights.stamp(),
        found: [found.len(), at(0), at(found.len() / 2), at(found.len().saturating_sub(1))],
        height,
        page: (page.ln() * 100.0) as i64,
        dark,
    };
    if strip.key == Some(key) {
        return;
    }
    strip.key = Some(key);
    let cells = (height / CELL).max(1.0) as usize;
    let byte_at = |cell: usize| {
        let y = page * cell as f64 / cells as f64 - f64::from(ABOVE);
        if y <= 0.0 {
            return 0;
        }
        let (block, below) = flow.heights.at(y);
        let bytes = flow.blocks.bytes(block);
        let share = (below / flow.heights.get(block).max(1.0)).clamp(0.0, 1.0);
        bytes.start + (bytes.len() as f32 * share) as usize
    };
    let all = highlights.all();
    strip.cells = (0..cells)
        .map(|cell| {
            let (from, to) = (byte_at(cell), if cell + 1 == cells { usize::MAX } else { byte_at(cell + 1) });
            let first = all.partition_point(|h| h.range.start < from);
            let last = first + all.get(first..).map_or(0, |rest| rest.partition_point(|h| h.range.start < to));
            let mut counts: Vec<(Swatch, f32)> = Vec::new();
            for swatch in all.get(first..last).into_iter().flatten().flat_map(|h| &h.swatches) {
                match counts.iter_mut().find(|(s, _)| s == swatch) {
                    Some((_, count)) => *count += 1.0,
                    None => counts.push((*swatch, 1.0)),
                }
            }
            counts.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            counts.truncate(COLORS);
            let next = found.partition_point(|r| r.start < from);
            Cell { colors: counts, found: found.get(next).is_some_and(|r| r.start < to) }
        })
        .collect();
}

fn paint_cells(painter: &Painter, strip: &Strip, rect: Rect, tokens: &Tokens) {
    let mut mesh = Mesh::default();
    let mut fill = |x: Rangef, y: Rangef, color: Color32| mesh.add_colored_rect(Rect::from_x_y_ranges(x, y), color);
    let height = rect.height() / strip.cells.len().max(1) as f32;
    for (i, cell) in strip.cells.iter().enumerate() {
        let top = rect.top() + i as f32 * height;
        let y = Rangef::new(top, top + height);
        let width = (STRIP - 2.0) / cell.colors.len().max(1) as f32;
        for (k, (swatch, count)) in cell.colors.iter().enumerate() {
            let left = rect.left() + k as f32 * width;
            let strength = 0.3 + 0.6 * (count / DENSE).min(1.0);
            let color = tokens.paper.lerp_to_gamma(tokens.swatch(*swatch).ink, strength);
            fill(Rangef::new(left, left + width), y, color);
        }
        if cell.found {
            let right = rect.left() + STRIP;
            fill(Rangef::new(right - 4.0, right), y, tokens.search_current);
        }
    }
    painter.add(Shape::mesh(mesh));
}
