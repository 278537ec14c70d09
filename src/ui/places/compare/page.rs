//! The comparison as one reads it: clause beside clause, or one redlined text, scrolling together.

use std::rc::Rc;
use std::sync::Arc;

use eframe::egui::{
    self, Align2, Color32, CursorIcon, EventFilter, FontId, Id, Key, Modifiers, Painter, Pos2, Rect, Response, Role,
    Sense, Ui, UiBuilder, WidgetInfo, accesskit, pos2, vec2,
};

use crate::model::{Direction, Draft, DraftId, ProvisionIndex, TextRange};
use crate::ui::bars::count;
use crate::ui::keys;
use crate::ui::reader::{ClauseLook, HighlightIndex, HighlightKind, SetClause};
use crate::ui::scene::Scene;
use crate::ui::theme::{Tokens, sans};
use crate::workspace::{Command, CompareCommand, Focus, Item, Listing, Pair, ViewCommand};

use super::cells::{CAPTION, Caption, Cells, Looks, SetRow, directions, said};
use super::roll::{self, Roll};

/// Where the row that is gone to stands, as a share of the view.
const EYE: f32 = 0.22;
/// The height of the line that stands for rows passed over, in points.
const FOLD: f32 = 34.0;
/// Free paper at the outer edge of a column, in points.
const PAD: f32 = 14.0;
/// Bars of remarks beside a clause at most, and between two of them, in points.
const BARS: usize = 5;
const LANE: f32 = 5.0;
const TAG: f32 = 11.0;
/// Room for bars and tags beside the labels, in points.
const GUTTER: f32 = 40.0;
/// The height of the line with the names of the drafts, in points.
const NAMES: f32 = 28.0;

/// What the page remembers.
#[derive(Default)]
pub struct PageState {
    cells: Option<Cells>,
    roll: Roll,
    listing: Option<Arc<Listing>>,
    followed: Option<u64>,
    highlights: Option<(u64, DraftId, DraftId, [HighlightIndex; 2])>,
    /// The row the menu was opened on.
    menu: Option<usize>,
}

/// Where a clause stands in the window.
#[derive(Clone, Copy)]
struct Column {
    /// Where it begins, with the room for remarks.
    from: f32,
    /// The left edge of what labels and text need.
    left: f32,
    room: f32,
    begins: f32,
    ends: f32,
    mirrored: bool,
}

impl Column {
    fn new(from: f32, width: f32, look: &ClauseLook, direction: Direction) -> Self {
        let mirrored = direction == Direction::RightToLeft;
        let left = from + if mirrored { PAD } else { GUTTER };
        Self { from, left, room: width - GUTTER - PAD, begins: look.begins(), ends: look.ends(), mirrored }
    }

    /// The left edge of the text.
    fn text(self) -> f32 {
        self.left + self.begins
    }

    /// The right edge of the text.
    fn end(self) -> f32 {
        self.left + self.ends
    }
}

/// Draws the page in all of the space that is left.
pub fn show(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    state: &mut PageState,
    pair: &Arc<Pair>,
    drafts: [&Arc<Draft>; 2],
    beside: bool,
) {
    let Some(listing) = scene.w.listing().cloned() else { return };
    let all = ui.available_rect_before_wrap();
    ui.advance_cursor_after_rect(all);
    let rect = Rect::from_min_max(pos2(all.left(), all.top() + NAMES), all.max);
    let tokens = scene.tokens;
    let (looks, columns) = geometry(ui, scene, rect, directions(drafts[0], drafts[1]), beside);
    if state.cells.as_ref().is_none_or(|cells| !cells.is_of(pair)) {
        state.cells = Some(Cells::new(pair, drafts[0], drafts[1]));
        state.listing = None;
    }
    index_highlights(scene, state, drafts.map(|d| d.id));
    let Some(mut cells) = state.cells.take() else { return };
    let anew = cells.begin(&looks);
    // Where one reads stays where it is when rows are set anew or others are listed.
    let same = state.listing.as_ref().is_some_and(|l| Arc::ptr_eq(l, &listing));
    if anew || !same {
        let (item, below) = state.roll.place();
        let kept = state.listing.as_ref().filter(|_| same).map(|_| (item, below));
        let expected = listing.items.iter().map(|item| match *item {
            Item::Row(row) => cells.estimate(row),
            Item::Fold(_) => FOLD,
        });
        state.roll = Roll::new(expected.collect());
        match kept {
            Some((item, below)) => state.roll.bring(item, -below),
            None => state.followed = None,
        }
        state.listing = Some(Arc::clone(&listing));
    }
    state.roll.begin(rect.height());
    let view = scene.w.view().compare;
    let mut moved = false;
    if state.followed != Some(view.wishes) {
        state.followed = Some(view.wishes);
        let from_start = view.row == 0;
        let air = if from_start { f32::INFINITY } else { rect.height() * EYE };
        state.roll.bring(listing.item_of(view.row), if from_start { air.min(rect.height()) } else { air });
    }
    let name = format!("{} compared with {}", drafts[0].name(), drafts[1].name());
    let page = ui.interact(rect, ui.scope_id().with("comparison"), Sense::click());
    let ctx = ui.ctx().clone();
    ctx.accesskit_node_builder(page.id, |node| {
        node.set_role(accesskit::Role::Document);
        node.set_label(name.as_str());
    });
    let scroll = input(ui, &page, rect, looks.new.line(), &mut state.roll);
    let items = Arc::clone(&listing);
    let mut height = |item: usize| match items.items.get(item) {
        Some(&Item::Row(row)) => cells.set(&ctx, scene, row).height,
        Some(Item::Fold(_)) => FOLD,
        None => 0.0,
    };
    if scroll != 0.0 {
        state.roll.scroll(scroll, &mut height);
        moved = true;
    }
    let painter = ui.painter_at(rect);
    painter.rect_filled(rect, 0.0, tokens.paper);
    moved |= state.roll.bar(ui, rect, listing.stop_items(), tokens);
    let shown = state.roll.shown(&mut height);
    let seen: Vec<(usize, f32, Rc<SetRow>)> = shown
        .iter()
        .filter_map(|&(item, y)| match listing.items.get(item)? {
            Item::Row(row) => Some((*row, y + rect.top(), cells.set(&ctx, scene, *row))),
            Item::Fold(_) => None,
        })
        .collect();
    let ids = [drafts[0].id, drafts[1].id];
    let sheet = Drawn { painter: &painter, rect, columns, beside, tokens, pair, drafts: ids, parent: page.id };
    sheet.names(&ui.painter_at(all), drafts.map(|d| d.name()));
    if beside {
        let x = columns[1].from;
        painter.vline(x, rect.y_range(), egui::Stroke::new(1.0, tokens.chrome_line));
    }
    let inside = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("rows").accessibility_parent(page.id));
    for (row, y, set) in &seen {
        let side = cells.side_of_redline(*row);
        sheet.row(&inside, scene, (*row, *y, set), side, *row == view.row, state.highlights.as_ref().map(|h| &h.3));
    }
    for &(item, y) in &shown {
        if let Some(Item::Fold(n)) = listing.items.get(item) {
            sheet.fold(*n, y + rect.top());
        }
    }
    let at = |pos: Pos2| seen.iter().find(|(_, y, set)| *y <= pos.y && pos.y < y + set.height).map(|(row, ..)| *row);
    let reading = rect.top() + rect.height() * EYE;
    if moved && let Some(row) = at(pos2(rect.center().x, reading)).or_else(|| seen.first().map(|(row, ..)| *row)) {
        if row != view.row {
            scene.run(Command::Compare(CompareCommand::ReadingAt(row)));
        }
        ctx.request_repaint();
    }
    clicks(scene, state, &page, &at, view.row, drafts, pair);
    state.cells = Some(cells);
    if keys::is_free(ui.ctx()) {
        page.request_focus();
    }
}

/// How the columns are set, and where they stand.
fn geometry(ui: &Ui, scene: &Scene<'_>, rect: Rect, directions: [Direction; 2], beside: bool) -> (Looks, [Column; 2]) {
    let (ctx, tokens, size) = (ui.ctx(), scene.tokens, scene.w.text_size());
    let extra = GUTTER + PAD;
    let most = ClauseLook::widest(ctx, tokens, size) + extra;
    let free = rect.width() - roll::BAR - 6.0;
    let width = if beside { free / 2.0 } else { free }.min(most).floor();
    let used = if beside { 2.0 * width } else { width };
    let from = (rect.left() + 6.0 + ((free - used) / 2.0).max(0.0)).round();
    let look = |side: usize| ClauseLook::new(ctx, tokens, size, directions[side], width - extra);
    let looks = Looks { beside, old: look(0), new: look(1) };
    let second = if beside { from + width } else { from };
    let columns =
        [Column::new(from, width, &looks.old, directions[0]), Column::new(second, width, &looks.new, directions[1])];
    (looks, columns)
}

/// The remarks of both drafts, ready to be asked for a clause.
fn index_highlights(scene: &Scene<'_>, state: &mut PageState, drafts: [DraftId; 2]) {
    let generation = scene.w.derived().generation;
    let known = state.highlights.as_ref().is_some_and(|h| (h.0, h.1, h.2) == (generation, drafts[0], drafts[1]));
    if !known {
        let both = drafts.map(|draft| super::super::read::highlights_of(scene, &scene.w.remarks_on(draft)));
        state.highlights = Some((generation, drafts[0], drafts[1], both));
    }
}

/// How far the wheel and the keys move the page, in points.
fn input(ui: &Ui, page: &Response, rect: Rect, line: f32, roll: &mut Roll) -> f32 {
    let mut by = 0.0;
    if ui.rect_contains_pointer(rect) {
        by -= ui.input(|i| i.smooth_scroll_delta().y);
        ui.input_mut(|i| i.smooth_scroll_delta.y = 0.0);
    }
    if !page.has_focus() {
        return by;
    }
    let filter = EventFilter { horizontal_arrows: false, vertical_arrows: true, escape: false, tab: false };
    ui.memory_mut(|m| m.set_focus_lock_filter(page.id, filter));
    let screen = rect.height() - 2.0 * line;
    ui.input_mut(|i| {
        for (modifiers, key, points) in [
            (Modifiers::NONE, Key::ArrowDown, 2.0 * line),
            (Modifiers::NONE, Key::ArrowUp, -2.0 * line),
            (Modifiers::NONE, Key::PageDown, screen),
            (Modifiers::NONE, Key::PageUp, -screen),
            (Modifiers::SHIFT, Key::Space, -screen),
            (Modifiers::NONE, Key::Space, screen),
        ] {
            by += i.count_and_consume_key(modifiers, key) as f32 * points;
        }
        if i.consume_key(Modifiers::NONE, Key::Home) {
            roll.bring(0, f32::from(u16::MAX));
            by -= 0.5;
        }
        if i.consume_key(Modifiers::NONE, Key::End) {
            roll.end();
            by += 0.5;
        }
    });
    by
}

/// Clicks on the page and its menu: where to read, and what to do with a row.
fn clicks(
    scene: &mut Scene<'_>,
    state: &mut PageState,
    page: &Response,
    at: &dyn Fn(Pos2) -> Option<usize>,
    reading: usize,
    drafts: [&Arc<Draft>; 2],
    pair: &Pair,
) {
    let pointed = page.interact_pointer_pos().and_then(at);
    if page.secondary_clicked() {
        state.menu = pointed;
    }
    if let Some(row) = pointed.filter(|_| page.clicked() || page.secondary_clicked()) {
        page.request_focus();
        if row != reading {
            scene.run(Command::Compare(CompareCommand::ReadingAt(row)));
        }
    }
    if let Some(row) = pointed.filter(|_| page.double_clicked()) {
        open(scene, row, drafts, pair, 1);
    }
    let chosen = state.menu.unwrap_or(reading);
    page.context_menu(|ui| {
        ui.set_min_width(220.0);
        for side in [1, 0] {
            if can_open(pair, chosen, side) && ui.button(format!("Read it in {}", drafts[side].name())).clicked() {
                open(scene, chosen, drafts, pair, side);
                ui.close();
            }
        }
        if let Some((draft, provision)) = provision_of(chosen, drafts, pair)
            && ui.button("History of this clause").clicked()
        {
            scene.run(Command::Compare(CompareCommand::History { draft, provision }));
            ui.close();
        }
    });
}

/// Whether a row stands in the older draft (0) or the newer one (1).
pub fn can_open(pair: &Pair, row: usize, side: usize) -> bool {
    pair.comparison.rows.get(row).is_some_and(|r| if side == 0 { r.old.is_some() } else { r.new.is_some() })
}

/// Opens a row in the reader, in the draft that is asked for or else in the other.
pub fn open(scene: &mut Scene<'_>, row: usize, drafts: [&Arc<Draft>; 2], pair: &Pair, side: usize) {
    let Some(row) = pair.comparison.rows.get(row) else { return };
    let old = row.old.map(|r| (drafts[0].id, r.start));
    let new = row.new.map(|r| (drafts[1].id, r.start));
    let place = if side == 0 { old.or(new) } else { new.or(old) };
    if let Some((draft, offset)) = place {
        scene.view(ViewCommand::GoTo { draft, offset });
    }
}

/// The provision a row belongs to, in the newer draft if it stands there.
pub fn provision_of(row: usize, drafts: [&Arc<Draft>; 2], pair: &Pair) -> Option<(DraftId, ProvisionIndex)> {
    let row = pair.comparison.rows.get(row)?;
    let addressed = |side: usize, p: Option<ProvisionIndex>| {
        let outline = &drafts[side].outline;
        p.and_then(|p| outline.ancestors(p).find(|&a| outline.is_addressed(a))).map(|p| (drafts[side].id, p))
    };
    addressed(1, row.new_provision.filter(|_| row.new.is_some())).or_else(|| addressed(0, row.old_provision))
}

/// The page while it is painted.
struct Drawn<'a> {
    painter: &'a Painter,
    rect: Rect,
    columns: [Column; 2],
    beside: bool,
    tokens: &'static Tokens,
    pair: &'a Pair,
    drafts: [DraftId; 2],
    parent: Id,
}

impl Drawn<'_> {
    /// Which draft each column shows; what the lines of a redline mean.
    fn names(&self, painter: &Painter, names: [&str; 2]) {
        let font = FontId::new(self.tokens.size.small, sans());
        let middle = self.rect.top() - NAMES / 2.0;
        painter.hline(self.rect.x_range(), self.rect.top(), egui::Stroke::new(1.0, self.tokens.chrome_line));
        let write = |words: String, x: f32, color: Color32| {
            painter.text(pos2(x, middle), Align2::LEFT_CENTER, words, font.clone(), color)
        };
        if self.beside {
            for (column, name) in self.columns.into_iter().zip(names) {
                let galley = painter.layout_no_wrap(name.to_owned(), font.clone(), self.tokens.quiet_ink);
                let left = if column.mirrored { column.end() - galley.size().x } else { column.text() };
                write(name.to_owned(), left, self.tokens.quiet_ink);
            }
            return;
        }
        let mut x = self.columns[1].text();
        for (i, (name, color)) in names.into_iter().zip([self.tokens.struck, self.tokens.put_in]).enumerate() {
            let rect = write(format!("only in {name}"), x, color);
            let y = if i == 0 { rect.center().y + 1.0 } else { rect.bottom() - 1.0 };
            painter.hline(rect.x_range(), y, egui::Stroke::new(1.0, color));
            x = rect.right() + 20.0;
        }
    }

    fn row(
        &self,
        ui: &Ui,
        scene: &mut Scene<'_>,
        (at, y, set): (usize, f32, &SetRow),
        side: usize,
        reading: bool,
        highlights: Option<&[HighlightIndex; 2]>,
    ) {
        let Some(row) = self.pair.comparison.rows.get(at) else { return };
        let captioned = set.captions.iter().any(|c| !c.is_empty());
        let down = if captioned { CAPTION } else { 0.0 };
        let rect = Rect::from_x_y_ranges(self.rect.x_range(), y..=y + set.height);
        if reading {
            let first = [&set.old, &set.new].into_iter().flatten().map(SetClause::top).fold(f32::INFINITY, f32::min);
            let bar = Rect::from_min_max(
                pos2(self.rect.left() + 2.0, y + first.min(set.height)),
                pos2(self.rect.left() + 5.0, y + set.height - 6.0),
            );
            self.painter.rect_filled(bar, 1.5, self.tokens.accent);
        }
        let spoken = |set: &Option<SetClause>| set.as_ref().map(SetClause::spoken).unwrap_or_default();
        let words = if row.old.is_some() && row.new.is_some() && self.beside && row.edited {
            // Side by side both halves of a change are read.
            format!("{} Now: {}", spoken(&set.old), spoken(&set.new))
        } else if set.new.is_some() {
            spoken(&set.new)
        } else {
            spoken(&set.old)
        };
        let became = said(row, &set.captions);
        let name = if became.is_empty() { words } else { format!("{became}: {words}") };
        let id = ui.interact(rect, Id::unique(("row", self.parent, at)), Sense::hover()).id;
        let heading = set.new.as_ref().or(set.old.as_ref()).and_then(SetClause::heading);
        ui.ctx().accesskit_node_builder(id, |node| {
            match heading {
                Some(level) => {
                    node.set_role(accesskit::Role::Heading);
                    node.set_level(level);
                }
                None => node.set_role(accesskit::Role::Paragraph),
            }
            node.set_label(name.as_str());
        });
        for (i, clause) in [&set.old, &set.new].into_iter().enumerate() {
            let Some(clause) = clause else { continue };
            let column = self.columns[i];
            let origin = pos2(column.text(), y + down);
            let sides: &[(usize, Option<TextRange>)] = match (self.beside, i) {
                (true, 0) => &[(0, row.old)],
                (true, _) => &[(1, row.new)],
                (false, _) if side == 0 => &[(0, row.old)],
                (false, _) => &[(1, row.new), (0, row.old)],
            };
            let washes = highlights.map(|h| self.remarks(ui, scene, h, sides, clause, column, origin));
            clause.paint(self.painter, origin, &washes.unwrap_or_default(), self.tokens);
            self.captions(ui, scene, &set.captions[i], (at, i), column, y + clause.top());
        }
    }

    /// The words above a clause; those that lead to another row can be clicked.
    fn captions(
        &self,
        ui: &Ui,
        scene: &mut Scene<'_>,
        captions: &[Caption],
        key: (usize, usize),
        column: Column,
        y: f32,
    ) {
        let font = FontId::new(self.tokens.size.small, sans());
        let mut x = if column.mirrored { column.end() } else { column.text() };
        for (n, caption) in captions.iter().enumerate() {
            let color = if caption.leads.is_some() { self.tokens.link } else { self.tokens.quiet_ink };
            let words = if n > 0 { format!("\u{b7}  {}", caption.words) } else { caption.words.clone() };
            let galley = ui.fonts_mut(|f| f.layout_no_wrap(words, font.clone(), color));
            let width = galley.size().x;
            let left = if column.mirrored { x - width } else { x };
            let rect = Rect::from_min_size(pos2(left, y), galley.size());
            self.painter
                .with_clip_rect(self.painter.clip_rect().intersect(self.clip(column)))
                .galley(rect.min, galley, color);
            if let Some(row) = caption.leads {
                let id = Id::unique(("leads", self.parent, key, n));
                let response = ui.interact(rect, id, Sense::click()).on_hover_cursor(CursorIcon::PointingHand);
                response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &caption.words));
                self.underline(&response, rect);
                if response.clicked() {
                    scene.run(Command::Compare(CompareCommand::GoTo(row)));
                }
            }
            x = if column.mirrored { left - 10.0 } else { rect.right() + 10.0 };
        }
    }

    fn underline(&self, response: &Response, rect: Rect) {
        if response.has_focus() {
            let stroke = egui::Stroke::new(1.5, self.tokens.accent);
            self.painter.rect_stroke(rect.expand(2.0), 3.0, stroke, egui::StrokeKind::Outside);
        }
        let y = rect.bottom() - 1.0;
        let strength = if response.hovered() { 1.0 } else { 0.4 };
        self.painter.hline(rect.x_range(), y, egui::Stroke::new(1.0, self.tokens.link.gamma_multiply(strength)));
    }

    fn clip(&self, column: Column) -> Rect {
        let left = column.left - GUTTER;
        let right = column.left + column.room + if column.mirrored { GUTTER } else { PAD };
        Rect::from_x_y_ranges(left..=right, self.rect.y_range())
    }

    /// The remarks on a clause: bars and tags beside it, with their names under the pointer; gives the washes behind
    /// their words.
    #[expect(clippy::too_many_arguments, reason = "a clause, where it stands, and what is said of it")]
    fn remarks(
        &self,
        ui: &Ui,
        scene: &mut Scene<'_>,
        highlights: &[HighlightIndex; 2],
        sides: &[(usize, Option<TextRange>)],
        clause: &SetClause,
        column: Column,
        origin: Pos2,
    ) -> Vec<(TextRange, Color32)> {
        let mut washes = Vec::new();
        let mut known = Vec::new();
        let mut free = f32::NEG_INFINITY;
        for &(side, range) in sides {
            let Some(range) = range else { continue };
            for at in highlights[side].touching(range) {
                let Some(h) = highlights[side].get(at).filter(|h| !known.contains(&h.key)) else { continue };
                let Some(place) = clause.places(side, h.range) else { continue };
                let bands = clause.bands(place);
                let Some((first, last)) = bands.first().zip(bands.last()) else { continue };
                let lane = known.len().min(BARS - 1);
                known.push(h.key);
                let ink = h.swatches.first().map_or(self.tokens.quiet_ink, |&s| self.tokens.swatch(s).ink);
                if h.kind == HighlightKind::Words {
                    let wash = match h.swatches.first() {
                        Some(&swatch) if h.faded => self.tokens.faded_wash(swatch),
                        Some(&swatch) => self.tokens.swatch(swatch).wash,
                        None => self.tokens.chrome_hover,
                    };
                    washes.push((place, wash));
                }
                let x = if column.mirrored {
                    column.left + column.room + 5.0 + lane as f32 * LANE
                } else {
                    column.left - 5.0 - lane as f32 * LANE
                };
                let top = origin.y + first.top() + 1.5;
                let bar = Rect::from_min_max(pos2(x - 1.25, top), pos2(x + 1.25, origin.y + last.bottom() - 1.5));
                self.painter.rect_filled(bar, 1.0, ink);
                let mut hot = bar.expand2(vec2(2.0, 0.0));
                if let Some(tag) = h.tags.first().filter(|_| range.start <= h.range.start && top >= free) {
                    let outer = BARS.min(3) as f32 * LANE + 2.0;
                    let edge = if column.mirrored { column.left + column.room + outer } else { column.left - outer };
                    let (anchor, pos) = if column.mirrored {
                        (Align2::LEFT_TOP, pos2(edge, top))
                    } else {
                        (Align2::RIGHT_TOP, pos2(edge, top))
                    };
                    let font = FontId::new(TAG, sans());
                    hot = hot.union(self.painter.text(pos, anchor, tag, font, ink));
                    free = top + TAG * 1.35;
                }
                let hot = hot.intersect(self.rect);
                if !hot.is_positive() {
                    continue;
                }
                let id = Id::unique(("remark", self.parent, side, h.key, range.start));
                let response = ui.interact(hot, id, Sense::click()).on_hover_cursor(CursorIcon::PointingHand);
                ui.ctx().accesskit_node_builder(id, |node| {
                    node.set_role(accesskit::Role::Mark);
                    node.set_label(h.name.as_str());
                });
                if response.has_focus() {
                    let stroke = egui::Stroke::new(1.5, self.tokens.accent);
                    self.painter.rect_stroke(hot.expand(1.0), 3.0, stroke, egui::StrokeKind::Outside);
                }
                if response.on_hover_text(h.name.as_str()).clicked() {
                    let draft = self.drafts[side];
                    scene.view(ViewCommand::GoTo { draft, offset: h.range.start });
                    scene.view(ViewCommand::Focus(Some(Focus { analyst: h.key.0, annotation: h.key.1 })));
                }
            }
        }
        washes
    }

    /// The line that stands for rows passed over.
    fn fold(&self, n: usize, y: f32) {
        let column = self.columns[0];
        let words = count(n, "clause that is not shown", "clauses that are not shown");
        let font = FontId::new(self.tokens.size.small, sans());
        let pos = pos2(column.text(), y + FOLD / 2.0);
        self.painter.text(pos, Align2::LEFT_CENTER, format!("\u{2026}  {words}"), font, self.tokens.quiet_ink);
    }
}
