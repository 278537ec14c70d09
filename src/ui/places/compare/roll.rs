//! A long list of things of different heights: which are on screen and where, each laid out only when it is.
//!
//! The place is an item and a distance below its top, so correcting the height of anything never moves what is on screen.

use eframe::egui::{Rangef, Rect, Sense, Ui, accesskit, pos2};

use crate::ui::reader::heights::Heights;
use crate::ui::theme::Tokens;

/// Empty paper above the first item, in points.
const ABOVE: f32 = 18.0;
/// Empty paper below the last one, as a share of the view.
const BELOW: f32 = 0.4;
/// A jump further than this, in points, goes by the estimated heights.
const FAR: f32 = 20_000.0;
/// The width of the scroll bar, in points.
pub const BAR: f32 = 14.0;
const SHORTEST_THUMB: f32 = 36.0;

/// The height of an item once it is laid out.
pub type HeightOf<'a> = dyn FnMut(usize) -> f32 + 'a;

/// A list that is scrolled.
#[derive(Debug, Default)]
pub struct Roll {
    heights: Heights,
    top: (usize, f32),
    view: f32,
    /// How far below the top of the thumb it was taken hold of, while it is dragged.
    grip: Option<f32>,
}

impl Roll {
    /// At its beginning, with the heights the items are expected to have.
    pub fn new(heights: Vec<f32>) -> Self {
        Self { heights: Heights::new(heights), top: (0, -ABOVE), ..Self::default() }
    }

    /// Says how high the view is; to be called every frame before anything else.
    pub fn begin(&mut self, view: f32) {
        self.view = view;
    }

    /// The first item on screen, and how far the top of the view is below its top.
    pub fn place(&self) -> (usize, f32) {
        self.top
    }

    /// Brings an item so far below the top of the view.
    pub fn bring(&mut self, item: usize, below: f32) {
        self.top = (item.min(self.heights.len().saturating_sub(1)), -below);
    }

    /// Moves the view down by so many points, up if negative.
    pub fn scroll(&mut self, points: f32, height: &mut HeightOf<'_>) {
        if points.abs() > FAR {
            let below = self.heights.before(self.top.0) + f64::from(self.top.1 + points);
            self.to(below);
        } else {
            self.top.1 += points;
        }
        self.settle(height);
    }

    /// To the end.
    pub fn end(&mut self) {
        self.top = (self.heights.len().saturating_sub(1), 0.0);
    }

    fn to(&mut self, below: f64) {
        self.top = if below < 0.0 { (0, below.max(f64::from(-ABOVE)) as f32) } else { self.heights.at(below) };
    }

    /// The items on screen and their tops, in points below the top of the view. Pulls the list back where it was
    /// scrolled past its end.
    pub fn shown(&mut self, height: &mut HeightOf<'_>) -> Vec<(usize, f32)> {
        self.settle(height);
        let shown = self.fill(height);
        let end = shown.last().map_or(0.0, |(item, y)| y + self.heights.get(*item));
        let is_last = shown.last().is_none_or(|(item, _)| item + 1 == self.heights.len());
        let missing = self.view * (1.0 - BELOW) - end;
        if is_last && missing > 0.0 && self.top != (0, -ABOVE) {
            self.top.1 -= missing;
            self.settle(height);
            return self.fill(height);
        }
        shown
    }

    fn set(&mut self, item: usize, height: &mut HeightOf<'_>) -> f32 {
        let found = height(item);
        self.heights.set(item, found);
        found
    }

    fn fill(&mut self, height: &mut HeightOf<'_>) -> Vec<(usize, f32)> {
        let mut shown = Vec::new();
        let (mut item, mut y) = (self.top.0, -self.top.1);
        while y < self.view && item < self.heights.len() {
            shown.push((item, y));
            y += self.set(item, height);
            item += 1;
        }
        shown
    }

    fn settle(&mut self, height: &mut HeightOf<'_>) {
        while self.top.1 < 0.0 && self.top.0 > 0 {
            self.top.0 -= 1;
            self.top.1 += self.set(self.top.0, height);
        }
        if self.top.0 == 0 {
            self.top.1 = self.top.1.max(-ABOVE);
        }
        while self.top.0 + 1 < self.heights.len() && self.top.1 >= 0.0 {
            let first = self.set(self.top.0, height);
            if self.top.1 < first {
                break;
            }
            self.top.0 += 1;
            self.top.1 -= first;
        }
    }

    /// The scroll bar at the right end of the list, with a mark for each of these items. Gives whether it was moved.
    pub fn bar(&mut self, ui: &Ui, list: Rect, marks: impl Iterator<Item = usize>, tokens: &Tokens) -> bool {
        let bar = Rect::from_min_max(pos2(list.right() - BAR, list.top()), list.max);
        let page = f64::from(ABOVE) + self.heights.total() + f64::from(self.view * BELOW);
        let scale = f64::from(bar.height()) / page.max(1.0);
        let painter = ui.painter_at(list);
        let mut last = f32::NEG_INFINITY;
        for item in marks {
            let y = bar.top() + ((f64::from(ABOVE) + self.heights.before(item)) * scale) as f32;
            if y >= last + 2.0 {
                last = y;
                let mark = Rect::from_x_y_ranges(bar.x_range().shrink(3.5), Rangef::new(y, y + 2.0));
                painter.rect_filled(mark, 0.0, tokens.quiet_ink.gamma_multiply(0.55));
            }
        }
        if page <= f64::from(self.view) {
            return false;
        }
        let y = self.heights.before(self.top.0) + f64::from(self.top.1 + ABOVE);
        let length = ((f64::from(self.view) * scale) as f32).max(SHORTEST_THUMB);
        let room = f64::from(bar.height() - length);
        let most = (page - f64::from(self.view)).max(1.0);
        let top = bar.top() + (y / most * room).clamp(0.0, room) as f32;
        let thumb = Rect::from_x_y_ranges(bar.x_range().shrink(2.0), Rangef::new(top, top + length));
        let response = ui.interact(bar, ui.scope_id().with("scroll bar"), Sense::drag());
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_role(accesskit::Role::ScrollBar);
            node.set_label("Scroll bar");
        });
        let color = if response.hovered() || response.dragged() {
            tokens.quiet_ink.gamma_multiply(0.45)
        } else {
            tokens.quiet_ink.gamma_multiply(0.22)
        };
        painter.rect_filled(thumb, 5.0, color);
        let Some(pointer) = response.interact_pointer_pos().filter(|_| response.is_pointer_button_down_on()) else {
            self.grip = None;
            return false;
        };
        let grip = *self
            .grip
            .get_or_insert_with(|| if thumb.contains(pointer) { pointer.y - thumb.top() } else { length / 2.0 });
        let share = f64::from(pointer.y - grip - bar.top()) / room.max(1.0);
        self.to((share * most).clamp(0.0, most) - f64::from(ABOVE));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_on_screen_stays_when_heights_are_corrected() {
        let mut height = |item: usize| 20.0 + (item % 5) as f32 * 10.0;
        let mut roll = Roll::new(vec![25.0; 1000]);
        roll.begin(300.0);
        assert_eq!(roll.shown(&mut height)[0], (0, ABOVE));
        roll.bring(500, 60.0);
        let shown = roll.shown(&mut height);
        let (_, y) = *shown.iter().find(|(item, _)| *item == 500).unwrap();
        assert_eq!(y, 60.0);
        roll.scroll(-35.0, &mut height);
        let shown = roll.shown(&mut height);
        assert_eq!(shown.iter().find(|(item, _)| *item == 500).unwrap().1, 95.0);
        for two in shown.windows(2) {
            assert_eq!(two[1], (two[0].0 + 1, two[0].1 + height(two[0].0)));
        }
        roll.end();
        let shown = roll.shown(&mut height);
        let (last, y) = *shown.last().unwrap();
        assert_eq!((last, y + height(last)), (999, 300.0 * 0.6));
        roll.scroll(-1.0e9, &mut height);
        assert_eq!(roll.shown(&mut height)[0], (0, ABOVE));
        let mut empty = Roll::new(Vec::new());
        empty.begin(300.0);
        empty.scroll(50.0, &mut height);
        assert_eq!(empty.shown(&mut height), []);
    }
}
