//! What an analyst does: mouse, keyboard, files let go over the window.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::egui::{
    self, Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, Rect, Role, TouchPhase, pos2,
    vec2,
};
use egui_kittest::kittest::NodeT as _;
use travaux::workspace::{ACTIONS, Does, Question};

use super::desk::Desk;

pub const CTRL: Modifiers = Modifiers { command: true, ..Modifiers::CTRL };
pub const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..CTRL };
pub const NONE: Modifiers = Modifiers::NONE;
pub const SHIFT: Modifiers = Modifiers::SHIFT;
pub const ALT: Modifiers = Modifiers::ALT;

/// Hands.
impl Desk {
    pub fn drop_files(&mut self, files: &[PathBuf]) {
        for file in files {
            self.window.input_mut().dropped_files.push(Arc::new(Dropped(file.clone())));
        }
        self.settle();
    }

    /// Ctrl+C, which reaches a program as a wish to copy.
    pub fn copy(&mut self) {
        self.event(Event::Copy);
        self.settle();
    }

    /// A click with the mouse, where the thing is seen.
    #[track_caller]
    pub fn click(&mut self, name: &str) {
        self.thing(name).scroll_to_me();
        self.settle();
        let (rect, disabled) = {
            let node = self.thing(name);
            (node.rect(), node.accesskit_node().is_disabled())
        };
        assert!(!disabled, "{name:?} cannot be used now");
        self.click_in(name, rect);
    }

    #[track_caller]
    pub fn click_of(&mut self, role: Role, name: &str) {
        self.thing_of(role, name).scroll_to_me();
        self.settle();
        let rect = self.thing_of(role, name).rect();
        self.click_in(name, rect);
    }

    #[track_caller]
    pub fn click_first(&mut self, role: Role, words: &str) {
        self.first(role, words).scroll_to_me();
        self.settle();
        let rect = self.first(role, words).rect();
        self.click_in(words, rect);
    }

    #[track_caller]
    fn click_in(&mut self, name: &str, rect: Rect) {
        let seen = rect.intersect(self.window.ctx.content_rect());
        assert!(seen.is_positive(), "{name:?} is not in sight, but at {rect:?}");
        self.click_at(seen.center());
    }

    pub fn click_at(&mut self, pos: Pos2) {
        self.event(Event::PointerMoved(pos));
        self.button(pos, PointerButton::Primary, true);
        self.button(pos, PointerButton::Primary, false);
        self.rest();
    }

    pub fn double_click_at(&mut self, pos: Pos2) {
        self.event(Event::PointerMoved(pos));
        for pressed in [true, false, true, false] {
            self.button(pos, PointerButton::Primary, pressed);
        }
        self.rest();
    }

    pub fn secondary_click_at(&mut self, pos: Pos2) {
        self.event(Event::PointerMoved(pos));
        self.button(pos, PointerButton::Secondary, true);
        self.button(pos, PointerButton::Secondary, false);
        self.rest();
    }

    pub fn middle_click_at(&mut self, pos: Pos2) {
        self.event(Event::PointerMoved(pos));
        self.button(pos, PointerButton::Middle, true);
        self.button(pos, PointerButton::Middle, false);
        self.rest();
    }

    /// Turns the wheel over the page, so many points.
    pub fn wheel(&mut self, points: f32) {
        let page = self.matching(|n, _| n.accesskit_node().role() == Role::Document)[0].rect();
        self.event(Event::PointerMoved(page.center()));
        self.event(Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, points),
            source: MouseWheelSource::Wheel,
            phase: TouchPhase::Move,
            modifiers: NONE,
        });
        self.wait(10);
        self.rest();
    }

    fn button(&mut self, pos: Pos2, button: PointerButton, pressed: bool) {
        self.event(Event::PointerButton { pos, button, pressed, modifiers: NONE });
    }

    /// The hand goes away from the mouse, so that no tooltip comes up and the next click is not a double click.
    fn rest(&mut self) {
        self.event(Event::PointerGone);
        self.settle();
        self.wait(2);
    }

    pub fn drag(&mut self, from: Pos2, to: Pos2) {
        self.event(Event::PointerMoved(from));
        self.button(from, PointerButton::Primary, true);
        for pos in [from + vec2(12.0, 2.0), from.lerp(to, 0.5), to] {
            self.event(Event::PointerMoved(pos));
        }
        self.button(to, PointerButton::Primary, false);
        self.rest();
    }

    pub fn press(&mut self, modifiers: Modifiers, key: Key) {
        if !modifiers.is_none() {
            self.event(Event::ModifiersChanged(modifiers));
        }
        for pressed in [true, false] {
            self.event(Event::Key { key, physical_key: None, pressed, repeat: false, modifiers });
        }
        if !modifiers.is_none() {
            self.event(Event::ModifiersChanged(NONE));
        }
        self.settle();
    }

    /// Types, wherever the keyboard is.
    pub fn type_text(&mut self, text: &str) {
        self.event(Event::Text(text.to_owned()));
        self.settle();
    }

    /// Clicks into a field, and types over what stands in it.
    #[track_caller]
    pub fn fill_in(&mut self, name: &str, text: &str) {
        self.click(name);
        self.press(CTRL, Key::A);
        if text.is_empty() {
            self.press(NONE, Key::Backspace);
        } else {
            self.type_text(text);
        }
        assert_eq!(self.field(name), text);
    }

    /// Opens a box of choices and takes one, by mouse.
    #[track_caller]
    pub fn choose(&mut self, name: &str, choice: &str) {
        self.click(name);
        self.click_of(Role::Button, choice);
    }

    /// Goes on with Tab until the page has the keyboard.
    #[track_caller]
    pub fn tab_to_page(&mut self) {
        for _ in 0..100 {
            self.press(NONE, Key::Tab);
            if self.is_on_page() {
                return;
            }
        }
        panic!("Tab does not lead to the page:\n{}", self.screen());
    }

    /// Goes on with Tab until this thing has the keyboard.
    #[track_caller]
    pub fn tab_to(&mut self, name: &str) {
        self.tab_until(NONE, name, |found| found == name);
    }

    #[track_caller]
    pub fn back_tab_to(&mut self, name: &str) {
        self.tab_until(SHIFT, name, |found| found == name);
    }

    #[track_caller]
    pub fn tab_until(&mut self, modifiers: Modifiers, what: &str, is_it: impl Fn(&str) -> bool) {
        let mut way = Vec::new();
        let mut first = None;
        for _ in 0..150 {
            self.press(modifiers, Key::Tab);
            let at = self.keyboard_at();
            if is_it(&at) {
                return;
            }
            let id = self.all().iter().find(|n| n.is_focused()).map(|n| n.accesskit_node().id());
            if id.is_some() && id == first {
                break;
            }
            first = first.or(id);
            way.push(at);
        }
        panic!("Tab does not lead to {what:?}, but to {way:#?}");
    }

    /// Brings up the dialog of an action by its key, or its name in the palette; nothing where the action makes no sense now.
    pub fn ask(&mut self, question: Question) {
        let action = ACTIONS.iter().find(|a| matches!(a.does, Does::Ask(q, _) if q == question)).unwrap();
        if !action.is_enabled(self.w()) {
            return;
        }
        if let Some(keys) = action.keys {
            let modifiers = Modifiers { alt: keys.alt, shift: keys.shift, ..if keys.ctrl { CTRL } else { NONE } };
            return self.press(modifiers, Key::from_name(keys.key).unwrap());
        }
        self.press(CTRL, Key::K);
        if question != Question::Palette {
            self.type_text(action.name);
            self.press(NONE, Key::Enter);
        }
    }
}

/// Places on the page.
impl Desk {
    /// Where a click puts the caret before these words: found by clicking nearer and nearer, as one does. The words
    /// stand in a paragraph of one line.
    #[track_caller]
    pub fn spot(&mut self, words: &str) -> Pos2 {
        let target = self.range_of(words).start;
        self.spot_at(words, target)
    }

    /// The same for the end of the words.
    #[track_caller]
    pub fn spot_after(&mut self, words: &str) -> Pos2 {
        let target = self.range_of(words).end;
        self.spot_at(words, target)
    }

    #[track_caller]
    fn spot_at(&mut self, words: &str, target: usize) -> Pos2 {
        let rect = self.paragraph(words);
        let y = rect.top() + 12.0_f32.min(rect.height() / 2.0);
        let (mut left, mut right) = (rect.left(), rect.right());
        for _ in 0..12 {
            let pos = pos2((left + right) / 2.0, y);
            self.click_at(pos);
            let caret = self.w().view().selection().expect("a click puts the caret").head;
            match caret.cmp(&target) {
                std::cmp::Ordering::Equal => return pos,
                std::cmp::Ordering::Less => left = pos.x,
                std::cmp::Ordering::Greater => right = pos.x,
            }
        }
        panic!("no click puts the caret at {words:?}");
    }
}

/// A file let go over the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|e| e.to_string())
    }
}
