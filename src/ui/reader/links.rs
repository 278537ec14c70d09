//! Cross references on the page: words that lead somewhere, for the pointer, for the keyboard, for a screen reader.

use eframe::egui::{Context, CursorIcon, Id, Key, Modifiers, Painter, Rect, Response, Sense, Ui, UiBuilder, accesskit};

use super::ReaderEvent;
use super::flow::ScrollPlace;
use super::nodes::bounds;
use super::paint::{self, Painted};
use super::view::Turn;
use crate::model::TextRange;
use crate::ui::theme::Tokens;

/// How words that are a cross reference are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkLook {
    /// A quiet line under them: they lead somewhere.
    Leads,
    /// A wave under them: they ought to, and do not.
    Broken,
    /// Fine dashes under them: a defined term.
    Term,
    /// As any other words; only the pointer learns something of them.
    Plain,
}

/// A cross reference as the page shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its words, in bytes of the draft's text.
    pub range: TextRange,
    /// How they are drawn.
    pub look: LinkLook,
}

/// A cross reference on screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VisibleLink {
    /// Its position among the page's links.
    pub link: usize,
    /// Of its node in the accessibility tree.
    pub id: Id,
    /// Around its words under the pointer, else around the first line of them, in points of the window.
    pub rect: Rect,
    /// Whether the pointer is on it.
    pub hovered: bool,
    /// Whether the keyboard is on it.
    pub focused: bool,
}

/// Links on screen beyond this many get no node of their own.
const NODES: usize = 400;

/// What is remembered between frames.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LinkState {
    /// The link that the page last asked the keyboard to be on.
    asked: Option<usize>,
    /// It has not been given it yet.
    wanted: bool,
}

/// The node of a link.
fn node_id(page: Id, link: usize) -> Id {
    Id::unique(("link", page, link))
}

/// The node of the link that has the keyboard, if the keyboard is still on it.
pub(super) fn with_keyboard(ctx: &Context, page: Id, link: Option<usize>) -> Option<Id> {
    link.map(|link| node_id(page, link)).filter(|&id| ctx.memory(|m| m.has_focus(id)))
}

impl Turn<'_, '_> {
    /// Brings the link into view that the keyboard is to be on from now.
    pub(super) fn follow_link(&mut self) {
        let link = self.page.link;
        if self.state.links.asked == link {
            return;
        }
        self.state.links = LinkState { asked: link, wanted: link.is_some() };
        if let Some(link) = link.and_then(|at| self.page.links.get(at)) {
            self.flow.scroll_to(self.ctx, link.range.start, ScrollPlace::Nearest);
        }
    }

    /// The links on screen: for the pointer, the keyboard, and the accessibility tree.
    pub(super) fn links(
        &mut self,
        ui: &mut Ui,
        painter: &Painter,
        page: &Response,
        painted: &Painted,
        tokens: &Tokens,
    ) -> Vec<VisibleLink> {
        let inside =
            ui.new_child(UiBuilder::new().max_rect(self.frame.clip).id_salt("links").accessibility_parent(page.id));
        let pointer = ui.input(|i| i.pointer.hover_pos()).filter(|_| page.hovered() && !self.is_dragging());
        let mut seen = Vec::new();
        let mut has_keyboard = false;
        for (at, rects) in &painted.links {
            let (at, Some(&link)) = (*at, self.page.links.get(*at)) else { continue };
            let clip = self.frame.clip;
            let on_screen = |rect: &&Rect| clip.intersects(**rect);
            let under = rects.iter().find(|rect| pointer.is_some_and(|pos| rect.contains(pos)));
            let Some(rect) = under.or_else(|| rects.iter().find(on_screen)) else { continue };
            let rect = rect.intersect(clip);
            let id = node_id(page.id, at);
            let (hovered, mut focused) = (under.is_some(), false);
            if link.look != LinkLook::Plain && seen.len() < NODES {
                focused = self.link_node(ui, &inside, (rect, id), at, link);
                has_keyboard |= focused;
            }
            if focused {
                for rect in rects.iter().filter(on_screen) {
                    paint::focus_ring(painter, *rect, tokens);
                }
            }
            if hovered && link.look != LinkLook::Plain {
                self.ctx.set_cursor_icon(CursorIcon::PointingHand);
                for rect in rects {
                    paint::link_under_pointer(painter, *rect, tokens);
                }
            }
            seen.push(VisibleLink { link: at, id, rect, hovered, focused });
        }
        if self.page.link.is_some() && !has_keyboard {
            // It was scrolled away, or something else took the keyboard.
            let id = self.page.link.map(|at| node_id(page.id, at));
            let held = self.ctx.memory(|m| m.focused());
            if self.state.links.wanted || held.is_none() || held == id {
                page.request_focus();
            }
            self.state.links.wanted = false;
            self.events.push(ReaderEvent::LinkFocus(None));
        }
        seen
    }

    /// One link in the accessibility tree. Only the one that has the keyboard is a stop of Tab: a page has dozens, and
    /// going from one to the next has keys of its own. Says whether it has the keyboard.
    fn link_node(&mut self, ui: &Ui, inside: &Ui, (rect, id): (Rect, Id), at: usize, link: Link) -> bool {
        let current = self.page.link == Some(at);
        let asked = ui.input(|i| i.has_accesskit_action_request(id, accesskit::Action::Focus));
        let sense = if current || asked { Sense::FOCUSABLE } else { Sense::hover() };
        let response = inside.interact(rect, id, sense);
        if current && std::mem::take(&mut self.state.links.wanted) || asked {
            response.request_focus();
        }
        let text = &self.flow.text;
        self.ctx.accesskit_node_builder(id, |node| {
            node.set_role(accesskit::Role::Link);
            node.set_label(words(link.range.of(text).unwrap_or_default()));
            node.set_bounds(bounds(rect));
            node.add_action(accesskit::Action::Click);
            node.add_action(accesskit::Action::Focus);
        });
        if asked && !current {
            self.events.push(ReaderEvent::LinkFocus(Some(at)));
        }
        let focused = response.has_focus();
        let mut clicked = ui.input(|i| i.has_accesskit_action_request(id, accesskit::Action::Click));
        if focused {
            clicked |= ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Enter));
        }
        if clicked {
            self.events.push(ReaderEvent::Link(at));
        }
        focused
    }
}

/// In one line.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
