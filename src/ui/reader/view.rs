//! One frame of the reader: input, layout, ink, accessibility.

use eframe::egui::{
    Context, CursorIcon, Event, EventFilter, Key, Modifiers, Painter, PointerButton, Pos2, Rect, Response, Sense, Ui,
    pos2, vec2,
};

use super::flow::{Columns, Flow, ScrollPlace, Shown, columns};
use super::handles::{self, Handle, HandleDrag};
use super::highlights::{HighlightKey, HighlightKind};
use super::layout::{Lean, Look};
use super::links::{self, LinkLook, LinkState, VisibleLink};
use super::paint::{self, Frame, GUTTER, Painted, SLIM_GUTTER};
use super::prints::longest_page_label;
use super::select::{Grain, Motion, Selection, moved, widened};
use super::strip::{self, Strip};
use super::{Page, ReaderEvent, ReaderResponse, VisibleHighlight, VisibleNote};
use crate::model::{Direction, TextRange};
use crate::ui::theme::Tokens;

/// A second press within this many seconds and points belongs to the first.
const PRESS_TIME: f64 = 0.4;
const PRESS_REACH: f32 = 6.0;
/// A drag this near to the top or bottom edge scrolls, in points.
const EDGE: f32 = 18.0;

/// What the reader remembers of one draft between frames. One per open draft: each keeps its place.
#[derive(Debug, Default)]
pub struct ReaderState {
    flow: Option<Flow>,
    strip: Strip,
    pending: Option<(usize, ScrollPlace)>,
    wants_focus: bool,
    drag: Option<Drag>,
    presses: Presses,
    /// The `x` that going up and down keeps.
    caret_column: Option<f32>,
    /// Where the caret was last: where the keyboard goes on when nothing is selected.
    caret: Option<usize>,
    /// Where the pointer put the caret, and at which `x` of the column: between words of two directions the caret stands
    /// where it was put.
    put: Option<(usize, f32)>,
    /// A selection is being extended with Shift held.
    extending: bool,
    pub(super) links: LinkState,
    top: usize,
}

#[derive(Clone, Copy, Debug)]
enum Drag {
    Select { grain: Grain, from: TextRange, pressed: Pos2 },
    Handle(HandleDrag),
}

#[derive(Clone, Copy, Debug, Default)]
struct Presses {
    count: u32,
    at: Pos2,
    time: f64,
}

impl ReaderState {
    /// Brings a place, in bytes of the draft's text, into view in the next frame.
    pub fn scroll_to(&mut self, offset: usize, place: ScrollPlace) {
        self.pending = Some((offset, place));
    }

    /// Gives the page the keyboard in the next frame.
    pub fn take_focus(&mut self) {
        self.wants_focus = true;
    }

    /// The byte at the top of the view, for remembering the place.
    pub fn top(&self) -> usize {
        self.pending.map_or(self.top, |(offset, _)| offset)
    }
}

/// Draws the page in all of the space that is left and takes what the analyst does with it.
pub fn show(ui: &mut Ui, state: &mut ReaderState, page: &Page<'_>, tokens: &Tokens) -> ReaderResponse {
    let rect = ui.available_rect_before_wrap();
    ui.advance_cursor_after_rect(rect);
    let ctx = ui.ctx().clone();

    let mut look = Look::new(&ctx, tokens, page.text_size.clamp(8.0, 64.0), page.direction, page.marks_shown);
    let known = state.flow.as_ref().filter(|flow| flow.is_of(page.text, page.outline, page.printed));
    let page_label = known.map_or_else(|| longest_page_label(page.printed), |flow| flow.page_label.clone());
    let pages = page_label.map_or(0.0, |longest| paint::page_room(&ctx, &longest, tokens));
    let gutter = if page.slim { SLIM_GUTTER } else { GUTTER };
    let Columns { left, column, cards } = columns(&look, tokens, gutter, pages, rect.width() - strip::WIDTH);
    look.column = column;
    let mut flow = match state.flow.take() {
        Some(flow) if flow.is_of(page.text, page.outline, page.printed) => flow,
        before => {
            if before.is_some() {
                let pending = state.pending.take();
                *state = ReaderState { pending, wants_focus: state.wants_focus, ..ReaderState::default() };
            }
            Flow::new(&ctx, page.text, page.outline, page.printed, look.clone())
        }
    };
    flow.begin(&ctx, look, rect.height());

    let column_rect = Rect::from_min_size(pos2(rect.left() + left, rect.top()), vec2(column, rect.height()));
    let right = rect.right() - strip::WIDTH - cards;
    let margin_right = Rect::from_min_size(pos2(right, rect.top()), vec2(cards, rect.height()));
    let text_area = Rect::from_min_max(rect.min, pos2(right - tokens.space.medium, rect.bottom()));
    let id = ui.scope_id().with("page");
    let response = ui.interact(text_area, id, Sense::click_and_drag());
    if std::mem::take(&mut state.wants_focus) {
        response.request_focus();
    }
    let mirrored = page.direction == Direction::RightToLeft;
    let beside = flow.look.hang() + 4.0;
    let bars = if mirrored { column_rect.right() + beside } else { column_rect.left() - beside };
    let frame = Frame { origin: column_rect.min, column, bars, mirrored, clip: rect };
    let selection = page.selection.map(|s| s.fitted(page.text));
    if let Some(selection) = selection {
        state.caret = Some(selection.head);
    }
    let mut turn = Turn { ctx: &ctx, state, flow, page, frame, selection, events: Vec::new() };

    if let Some((offset, place)) = turn.state.pending.take() {
        turn.flow.scroll_to(&ctx, offset, place);
    }
    turn.follow_link();
    turn.wheel(ui, rect);
    let on_link = links::with_keyboard(&ctx, id, page.link);
    if response.has_focus() || on_link.is_some() {
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, escape: true, tab: false };
        ui.memory_mut(|m| m.set_focus_lock_filter(on_link.unwrap_or(id), filter));
        turn.keyboard(ui);
        if on_link.is_some() && turn.selection != selection {
            // The caret has moved on, and the keyboard with it.
            response.request_focus();
        }
    }
    turn.auto_scroll(ui, rect);
    let painter = ui.painter_at(rect);
    painter.rect_filled(rect, 0.0, tokens.paper);
    let moved_to = strip::show(ui, &mut turn.state.strip, &turn.flow, page, rect, tokens);
    if let Some(y) = moved_to {
        turn.flow.scroll_to_y(y);
    }

    let shown = turn.flow.shown(&ctx);
    let focused = page.focus_highlight.and_then(|key| on_screen(page, &shown, key));
    let grips = focused.map(|at| turn.handles(&shown, at)).unwrap_or_default();
    turn.pointer(ui, &response, &shown, &grips);
    let selection = turn.selection;

    let painted = paint::paint(&painter, frame, &turn.flow, &shown, page, selection, tokens);
    for (handle, rect) in &grips {
        let swatch = focused.and_then(|at| page.highlights.get(at)).and_then(|h| h.swatches.first());
        let color = swatch.map_or(tokens.accent, |&s| tokens.swatch(s).ink);
        paint::handle(&painter, *rect, *handle, color);
    }
    turn.handle_preview(&painter, &shown, tokens);
    if response.has_focus()
        && let Some(selection) = selection
    {
        let lean = turn.near(selection.head).map_or(Lean::Base, Lean::Near);
        paint::caret(&painter, paint::caret_rect(frame, &turn.flow, &shown, selection.head, lean), tokens);
    }
    let visible_notes = turn.notes(ui, &response, &painted);
    let visible_links = turn.links(ui, &painter, &response, &painted, tokens);
    turn.clicks(ui, &response, &shown, &painted, (&visible_notes, &visible_links));
    turn.nodes(ui, &painter, &response, &shown, &painted, tokens);

    let pointer = ui.input(|i| i.pointer.hover_pos()).filter(|_| response.hovered());
    let top = turn.flow.top_offset(&ctx);
    let Turn { flow, mut events, .. } = turn;
    if top != state.top {
        state.top = top;
        events.push(ReaderEvent::ScrolledTo { offset: top });
    }
    let start = shown.first().map_or(0, |s| s.layout.bytes.start);
    let visible = TextRange { start: top.max(start), end: end_on_screen(&flow, &shown, rect.height()).max(top) };
    state.flow = Some(flow);
    ReaderResponse {
        events,
        top,
        visible,
        visible_highlights: painted
            .seen
            .iter()
            .map(|seen| VisibleHighlight {
                key: seen.key,
                top: seen.y.min,
                bottom: seen.y.max,
                pointed_at: pointer
                    .filter(|&pos| is_asked(page, seen.at) && seen.first.expand(3.0).contains(pos))
                    .map(|_| seen.first),
                begins: page.highlights.get(seen.at).is_some_and(|h| h.range.start >= start)
                    && seen.y.min >= rect.top(),
            })
            .filter(|v| v.bottom > rect.top() && v.top < rect.bottom())
            .collect(),
        visible_notes,
        visible_links,
        selection_rect: painted.selection.map(|r| r.intersect(rect)).filter(|r| r.is_positive()),
        page_rect: rect,
        column_rect,
        margin_right,
        response,
    }
}

/// The position in the index of a remark, if it touches what is on screen.
fn on_screen(page: &Page<'_>, shown: &[Shown], key: HighlightKey) -> Option<usize> {
    let range = TextRange { start: shown.first()?.layout.bytes.start, end: shown.last()?.layout.bytes.end };
    page.highlights.touching(range).into_iter().find(|&at| page.highlights.get(at).is_some_and(|h| h.key == key))
}

fn is_asked(page: &Page<'_>, at: usize) -> bool {
    page.highlights.get(at).is_some_and(|h| h.kind == HighlightKind::Asked)
}

fn end_on_screen(flow: &Flow, shown: &[Shown], view: f32) -> usize {
    let Some(last) = shown.last() else { return 0 };
    let line = last.layout.line_at(view - last.y);
    let end = last.layout.line_bytes(line).end;
    flow.text.floor_char_boundary(end)
}

/// What is decided in one frame.
pub(super) struct Turn<'a, 'p> {
    pub(super) ctx: &'a Context,
    pub(super) state: &'a mut ReaderState,
    pub(super) flow: Flow,
    pub(super) page: &'a Page<'p>,
    pub(super) frame: Frame,
    selection: Option<Selection>,
    pub(super) events: Vec<ReaderEvent>,
}

impl Turn<'_, '_> {
    fn select(&mut self, selection: Option<Selection>) {
        if selection != self.selection {
            self.selection = selection;
            self.state.put = None;
            self.events.push(ReaderEvent::Select(selection));
        }
        if let Some(selection) = selection {
            self.state.caret = Some(selection.head);
        }
    }

    fn done(&mut self) {
        if let Some(selection) = self.selection.filter(|s| !s.is_empty()) {
            self.events.push(ReaderEvent::SelectionDone(selection));
        }
    }

    /// Whether a click on a link does anything.
    fn leads(&self, link: usize) -> bool {
        self.page.links.get(link).is_some_and(|l| l.look != LinkLook::Plain)
    }

    pub(super) fn is_dragging(&self) -> bool {
        self.state.drag.is_some()
    }

    fn wheel(&mut self, ui: &Ui, rect: Rect) {
        if !ui.rect_contains_pointer(rect) {
            return;
        }
        let delta = ui.input(|i| i.smooth_scroll_delta().y);
        if delta != 0.0 {
            ui.input_mut(|i| i.smooth_scroll_delta.y = 0.0);
            self.flow.scroll_by(self.ctx, -delta);
        }
    }

    fn keyboard(&mut self, ui: &Ui) {
        // Keys that mean something here are taken, so that a shortcut of the window does not act on them as well.
        let mut events = Vec::new();
        ui.input_mut(|i| {
            i.events.retain(|event| {
                let taken = match event {
                    Event::Copy => true,
                    Event::Key { key, modifiers, pressed: true, .. } => self.takes(*key, *modifiers),
                    _ => false,
                };
                if taken {
                    events.push(event.clone());
                }
                !taken
            });
        });
        for event in events {
            match event {
                Event::Copy => {
                    let selected = self.selection.filter(|s| !s.is_empty());
                    self.events.extend(selected.map(|s| ReaderEvent::Copy(s.range())));
                }
                Event::Key { key, modifiers, .. } => self.key(ui, key, modifiers),
                _ => {}
            }
        }
        if self.state.extending && !ui.input(|i| i.modifiers.shift) {
            self.state.extending = false;
            self.done();
        }
    }

    fn takes(&self, key: Key, modifiers: Modifiers) -> bool {
        match key {
            Key::Escape => self.selection.is_some_and(|s| !s.is_empty()),
            Key::PageUp | Key::PageDown => !modifiers.ctrl && !modifiers.command && !modifiers.alt,
            Key::Space => !modifiers.ctrl && !modifiers.command && !modifiers.alt,
            Key::A => modifiers.command && !modifiers.alt && !modifiers.shift,
            // Alt with left and right goes back and forth in the window.
            _ => Motion::of_key(key, modifiers).is_some(),
        }
    }

    fn key(&mut self, ui: &Ui, key: Key, modifiers: Modifiers) {
        let page = ui.available_height().max(self.frame.clip.height()) - 2.0 * self.flow.look.line();
        match key {
            Key::Escape => self.select(None),
            Key::PageDown => self.flow.scroll_by(self.ctx, page),
            Key::PageUp => self.flow.scroll_by(self.ctx, -page),
            Key::Space => self.flow.scroll_by(self.ctx, if modifiers.shift { -page } else { page }),
            Key::A => {
                let from = self.selection.unwrap_or_else(|| Selection::caret(self.start()));
                let wider = widened(&self.flow, from);
                self.select(Some(wider));
                self.done();
            }
            _ => {
                let Some(motion) = Motion::of_key(key, modifiers) else { return };
                let Some(from) = self.selection else {
                    // The first key shows where the caret is.
                    let start = self.start();
                    return self.select(Some(Selection::caret(start)));
                };
                let range = from.range();
                let collapses = !modifiers.shift && !from.is_empty();
                let block = self.flow.blocks.at(from.head);
                let seen = if self.flow.layout(self.ctx, block).leftward { motion.mirrored() } else { motion };
                let near = self.near(from.head);
                let head = match seen {
                    Motion::Left if collapses => range.start,
                    Motion::Right if collapses => range.end,
                    _ => moved(self.ctx, &mut self.flow, from.head, motion, &mut self.state.caret_column, near),
                };
                let anchor = if modifiers.shift { from.anchor } else { head };
                self.select(Some(Selection { anchor, head }));
                self.state.extending |= modifiers.shift;
                self.flow.scroll_to(self.ctx, head, ScrollPlace::Nearest);
            }
        }
    }

    /// Where the keyboard starts when nothing is selected: where it was, if that is on screen, else at the top.
    fn start(&mut self) -> usize {
        let shown = self.flow.shown(self.ctx);
        let kept =
            self.state.caret.filter(|&at| paint::caret_rect(self.frame, &self.flow, &shown, at, Lean::Base).is_some());
        kept.unwrap_or_else(|| self.flow.top_offset(self.ctx))
    }

    /// A drag beyond the edge of the view scrolls it, faster the further it goes.
    fn auto_scroll(&mut self, ui: &Ui, rect: Rect) {
        let Some(pos) = ui.input(|i| i.pointer.latest_pos()).filter(|_| self.state.drag.is_some()) else { return };
        let beyond = (pos.y - (rect.bottom() - EDGE)).max(0.0) - (rect.top() + EDGE - pos.y).max(0.0);
        let moved = match self.state.drag {
            Some(Drag::Select { pressed, .. }) => pressed.distance(pos) > PRESS_REACH,
            _ => true,
        };
        if beyond != 0.0 && moved {
            let seconds = ui.input(|i| i.stable_dt).min(0.1);
            self.flow.scroll_by(self.ctx, beyond.clamp(-120.0, 120.0) * 14.0 * seconds);
            self.ctx.request_repaint();
        }
    }

    /// The edge a place stands at, if the pointer put the caret there.
    fn near(&self, offset: usize) -> Option<f32> {
        self.state.put.filter(|(at, _)| *at == offset).map(|(_, x)| x)
    }

    /// The place nearest to a point of the window.
    fn place(&self, shown: &[Shown], pos: Pos2) -> usize {
        let y = pos.y - self.frame.origin.y;
        let nearest = shown.iter().find(|s| y < s.y + s.layout.height).or_else(|| shown.last());
        nearest.map_or(0, |s| s.layout.hit(&self.flow.text, self.frame.within(s, pos)))
    }

    /// The byte of the character under a point of the window.
    fn under(&self, shown: &[Shown], pos: Pos2) -> Option<usize> {
        let y = pos.y - self.frame.origin.y;
        let s = shown.iter().find(|s| y >= s.y && y < s.y + s.layout.height)?;
        s.layout.under(&self.flow.text, self.frame.within(s, pos))
    }

    fn handles(&self, shown: &[Shown], at: usize) -> Vec<(Handle, Rect)> {
        self.page.highlights.get(at).map_or_else(Vec::new, |h| handles::of(self.frame, &self.flow, shown, h))
    }

    fn pointer(&mut self, ui: &Ui, response: &Response, shown: &[Shown], grips: &[(Handle, Rect)]) {
        let (pressed, down, released, pos, time, modifiers) = ui.input(|i| {
            let p = &i.pointer;
            let pos = p.interact_pos();
            (p.primary_pressed(), p.primary_down(), p.primary_released(), pos, i.time, i.modifiers)
        });
        let Some(pos) = pos else {
            self.state.drag = None;
            return;
        };
        if pressed && (response.is_pointer_button_down_on() || response.clicked()) {
            response.request_focus();
            self.press(shown, grips, pos, time, modifiers);
        } else if let Some(drag) = self.state.drag {
            let offset = self.place(shown, pos);
            match drag {
                // A press is a click until the pointer has gone somewhere.
                Drag::Select { grain: Grain::Character, pressed, .. } if pressed.distance(pos) < 3.0 => {}
                Drag::Select { grain, from, .. } => {
                    let selection = grain.drag(&self.flow, from, offset);
                    self.select(Some(selection));
                    self.state.put = Some((selection.head, pos.x - self.frame.origin.x));
                }
                Drag::Handle(mut handle) => {
                    handle.to(offset);
                    self.state.drag = Some(Drag::Handle(handle));
                }
            }
        }
        if (released || !down)
            && let Some(drag) = self.state.drag.take()
        {
            match drag {
                Drag::Select { .. } => self.done(),
                Drag::Handle(handle) => {
                    let before = self.page.highlights.find(handle.key).map(|h| h.range);
                    if before != Some(handle.range) {
                        self.events.push(ReaderEvent::DragEnd { key: handle.key, range: handle.range });
                    }
                }
            }
        }
        if response.hovered() || self.state.drag.is_some() {
            let over_handle = handles::under(grips, pos).is_some() || matches!(self.state.drag, Some(Drag::Handle(_)));
            let icon = if over_handle { CursorIcon::ResizeHorizontal } else { CursorIcon::Text };
            let in_gutter = self.frame.in_gutter(pos) && self.state.drag.is_none();
            self.ctx.set_cursor_icon(if in_gutter { CursorIcon::Default } else { icon });
        }
    }

    fn press(&mut self, shown: &[Shown], grips: &[(Handle, Rect)], pos: Pos2, time: f64, modifiers: Modifiers) {
        let presses = &mut self.state.presses;
        let again = time - presses.time < PRESS_TIME && presses.at.distance(pos) < PRESS_REACH;
        *presses = Presses { count: if again { presses.count + 1 } else { 1 }, at: pos, time };
        let grain = Grain::of_press(presses.count);
        let focus = self.page.focus_highlight.and_then(|key| on_screen(self.page, shown, key));
        if let Some((handle, at)) = handles::under(grips, pos).zip(focus)
            && let Some(highlight) = self.page.highlights.get(at)
        {
            self.state.drag = Some(Drag::Handle(HandleDrag::new(highlight, handle)));
            return;
        }
        if self.frame.in_gutter(pos) {
            // Tags and bars are clicked, not selected.
            return;
        }
        self.state.caret_column = None;
        let offset = self.place(shown, pos);
        let from = match self.selection {
            Some(selection) if modifiers.shift && grain == Grain::Character => {
                TextRange { start: selection.anchor, end: selection.anchor }
            }
            _ => grain.around(&self.flow, offset),
        };
        let selection = grain.drag(&self.flow, from, offset);
        self.select(Some(selection));
        self.state.put = Some((selection.head, pos.x - self.frame.origin.x));
        // With Shift the press already is the drag.
        let pressed = if modifiers.shift { pos2(f32::MAX, f32::MAX) } else { pos };
        self.state.drag = Some(Drag::Select { grain, from, pressed });
    }

    fn handle_preview(&self, painter: &Painter, shown: &[Shown], tokens: &Tokens) {
        let Some(Drag::Handle(drag)) = self.state.drag else { return };
        for s in shown {
            for (line, x) in s.layout.bands(&self.flow.text, drag.range) {
                let Some(line) = s.layout.lines.get(line) else { continue };
                let rect = self.frame.rect(s, x, line.band);
                painter.rect_filled(rect, 0.0, tokens.selection.gamma_multiply(0.45));
            }
        }
    }

    /// The signs of notes on screen; the pointer shows that they lead somewhere.
    fn notes(&self, ui: &Ui, response: &Response, painted: &Painted) -> Vec<VisibleNote> {
        /// A sign is small: so much around it counts as well, in points.
        const REACH: f32 = 3.0;
        let pointer = ui.input(|i| i.pointer.hover_pos()).filter(|_| response.hovered() && self.state.drag.is_none());
        let on_screen = painted.notes.iter().filter(|(_, rect)| self.frame.clip.intersects(*rect));
        let seen = on_screen.map(|&(sign, rect)| {
            let hovered = pointer.is_some_and(|pos| rect.expand(REACH).contains(pos));
            VisibleNote { note: sign.note as usize, calls: sign.calls, rect, hovered }
        });
        let seen: Vec<VisibleNote> = seen.collect();
        if seen.iter().any(|note| note.hovered) {
            self.ctx.set_cursor_icon(CursorIcon::PointingHand);
        }
        seen
    }

    fn clicks(
        &mut self,
        ui: &Ui,
        response: &Response,
        shown: &[Shown],
        painted: &Painted,
        (notes, links): (&[VisibleNote], &[VisibleLink]),
    ) {
        let Some(pos) = ui.input(|i| i.pointer.interact_pos()) else { return };
        let hot = || painted.hot.iter().filter(|(rect, _)| rect.contains(pos)).map(|(_, key)| *key);
        if response.hovered() && hot().next().is_some() {
            self.ctx.set_cursor_icon(CursorIcon::PointingHand);
        }
        let is_click = response.clicked_by(PointerButton::Primary) && self.selection.is_none_or(Selection::is_empty);
        // With a key held the caret is put there, and nothing else.
        let is_plain = is_click && ui.input(|i| i.modifiers.is_none());
        if let Some(note) = notes.iter().find(|note| note.hovered).filter(|_| is_click) {
            // A sign within a remark leads to its note: the remark has other words to be clicked on.
            self.events.push(ReaderEvent::Note { note: note.note, calls: note.calls });
        } else if let Some(link) = links.iter().find(|l| l.hovered && self.leads(l.link)).filter(|_| is_plain) {
            // So does a cross reference.
            self.events.push(ReaderEvent::Link(link.link));
        } else if is_click {
            let mut keys: Vec<HighlightKey> = hot().collect();
            if let Some(offset) = self.under(shown, pos) {
                keys.extend(self.page.highlights.over(offset));
            }
            let mut distinct = Vec::with_capacity(keys.len());
            for key in keys {
                if !distinct.contains(&key) {
                    distinct.push(key);
                }
            }
            if !distinct.is_empty() {
                self.events.push(ReaderEvent::ClickHighlight(distinct));
            }
        }
        if response.secondary_clicked() {
            let offset = self.under(shown, pos).unwrap_or_else(|| self.place(shown, pos));
            self.events.push(ReaderEvent::ContextMenu { offset });
        }
    }
}
