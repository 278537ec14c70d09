//! The page in the accessibility tree: what a screen reader finds, and what the keyboard can be put on.

use eframe::egui::{Id, Key, Modifiers, Painter, Rect, Response, Sense, Ui, UiBuilder, accesskit, vec2};

use super::ReaderEvent;
use super::flow::Shown;
use super::paint::{self, Painted};
use super::prints::plain_sign;
use super::view::Turn;
use crate::ui::theme::Tokens;

/// Highlights on screen beyond this many get no node of their own; as many signs of notes.
const NODES: usize = 200;

impl Turn<'_, '_> {
    /// The page as a screen reader finds it: a document of headings and paragraphs, with its highlights as marks.
    pub(super) fn nodes(
        &mut self,
        ui: &mut Ui,
        painter: &Painter,
        page: &Response,
        shown: &[Shown],
        painted: &Painted,
        tokens: &Tokens,
    ) {
        let named = self.ctx.accesskit_node_builder(page.id, |node| {
            node.set_role(accesskit::Role::Document);
            node.set_label(self.page.name);
        });
        let inside =
            ui.new_child(UiBuilder::new().max_rect(self.frame.clip).id_salt("words").accessibility_parent(page.id));
        if named.is_some() {
            for s in shown {
                let rect =
                    Rect::from_min_size(self.frame.origin + vec2(0.0, s.y), vec2(self.frame.column, s.layout.height));
                let id = inside.interact(rect, Id::unique(("block", page.id, s.block)), Sense::hover()).id;
                self.ctx.accesskit_node_builder(id, |node| {
                    match s.layout.heading {
                        Some(level) => {
                            node.set_role(accesskit::Role::Heading);
                            node.set_level(level);
                        }
                        None => node.set_role(accesskit::Role::Paragraph),
                    }
                    node.set_label(s.layout.bytes.of(&self.flow.text).unwrap_or_default().replace('\n', " "));
                    node.set_bounds(bounds(rect));
                });
            }
        }
        for seen in painted.seen.iter().take(NODES) {
            let Some(highlight) = self.page.highlights.get(seen.at) else { continue };
            // Off the edge of the view it could not be clicked.
            let rect = seen.first.intersect(self.frame.clip);
            if !rect.is_positive() && !seen.first.width().eq(&0.0) {
                continue;
            }
            let id = Id::unique(("highlight", page.id, seen.key));
            if self.node(ui, &inside, painter, (rect, id), (accesskit::Role::Mark, &highlight.name), tokens) {
                self.events.push(ReaderEvent::ClickHighlight(vec![seen.key]));
            }
        }
        for &(sign, rect) in painted.notes.iter().take(NODES) {
            let rect = rect.intersect(self.frame.clip);
            if !rect.is_positive() {
                continue;
            }
            let number = plain_sign(sign.bytes.of(&self.flow.text).unwrap_or_default());
            let name = if sign.calls { format!("Note {number}") } else { format!("Back from note {number}") };
            let id = Id::unique(("note", page.id, sign.note, sign.bytes.start));
            if self.node(ui, &inside, painter, (rect, id), (accesskit::Role::Link, &name), tokens) {
                self.events.push(ReaderEvent::Note { note: sign.note as usize, calls: sign.calls });
            }
        }
        if named.is_some() {
            for &(page_at, rect) in painted.pages.iter().filter(|(_, rect)| self.frame.clip.intersects(*rect)) {
                let Some(begun) = self.flow.prints.printed.pages.get(page_at) else { continue };
                let id = inside.interact(rect, Id::unique(("page mark", page.id, page_at)), Sense::hover()).id;
                self.ctx.accesskit_node_builder(id, |node| {
                    node.set_role(accesskit::Role::Label);
                    node.set_value(format!("Page {}", begun.name()));
                    node.set_bounds(bounds(rect));
                });
            }
        }
    }

    /// A thing on the page that has a name, can get the keyboard and can be clicked without a pointer. Says whether it
    /// was.
    fn node(
        &self,
        ui: &Ui,
        inside: &Ui,
        painter: &Painter,
        (rect, id): (Rect, Id),
        (role, name): (accesskit::Role, &str),
        tokens: &Tokens,
    ) -> bool {
        let response = inside.interact(rect, id, Sense::FOCUSABLE);
        self.ctx.accesskit_node_builder(id, |node| {
            node.set_role(role);
            node.set_label(name);
            node.set_bounds(bounds(rect));
            node.add_action(accesskit::Action::Click);
        });
        let mut clicked = ui.input(|i| i.has_accesskit_action_request(id, accesskit::Action::Click));
        if response.has_focus() {
            paint::focus_ring(painter, rect, tokens);
            clicked |= ui.input_mut(|i| {
                i.consume_key(Modifiers::NONE, Key::Enter) || i.consume_key(Modifiers::NONE, Key::Space)
            });
        }
        clicked
    }
}

pub(super) fn bounds(rect: Rect) -> accesskit::Rect {
    accesskit::Rect {
        x0: f64::from(rect.left()),
        y0: f64::from(rect.top()),
        x1: f64::from(rect.right()),
        y1: f64::from(rect.bottom()),
    }
}
