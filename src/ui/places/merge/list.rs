//! The remarks, by what they are to ours: a group can be taken or left as a whole, each remark by itself.

use eframe::egui::{Key, Modifiers, RichText, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use crate::reconcile::Standing;
use crate::ui::cards::capital;
use crate::ui::scene::Scene;
use crate::ui::theme::sans;
use crate::ui::widgets::{Ticks, Words, row_ground};
use crate::workspace::{ColleagueCommand, Command, MergeItem, MergePlan, PlacedAs, ReplyItem};

use super::At;

const HEAD: f32 = 30.0;
const ROW: f32 = 50.0;

/// What the list remembers.
#[derive(Default)]
pub struct ListState {
    /// What was last brought into sight.
    shown: Option<At>,
}

#[derive(Clone, Copy)]
enum Line<'p> {
    Head(Standing),
    Item(&'p MergeItem),
    Replies,
    Reply(&'p ReplyItem),
}

impl Line<'_> {
    /// What can be looked at of it.
    fn at(&self) -> Option<At> {
        match self {
            Line::Item(item) => Some(At::Remark(item.id)),
            Line::Reply(reply) => Some(At::Reply(reply.id)),
            Line::Head(_) | Line::Replies => None,
        }
    }
}

/// Draws it; the arrow keys go through it, Space takes or leaves.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, plan: &MergePlan, at: &mut Option<At>, state: &mut ListState) {
    let mut lines: Vec<(f32, Line<'_>)> = Vec::new();
    let mut top = 0.0;
    for standing in Standing::ALL {
        let mut of = plan.items.iter().filter(|i| i.standing == standing).peekable();
        if of.peek().is_some() {
            lines.push((top, Line::Head(standing)));
            top += HEAD;
        }
        for item in of {
            lines.push((top, Line::Item(item)));
            top += ROW;
        }
    }
    if !plan.replies.is_empty() {
        lines.push((top, Line::Replies));
        top += HEAD;
    }
    for reply in &plan.replies {
        lines.push((top, Line::Reply(reply)));
        top += ROW;
    }
    keys(ui, scene, plan, &lines, at);
    let mut area = ScrollArea::vertical().id_salt("merge list").auto_shrink([false, false]);
    if state.shown != *at {
        state.shown = *at;
        let of = lines.iter().find(|(_, l)| l.at().is_some() && l.at() == *at);
        if let Some((top, _)) = of {
            area = area.vertical_scroll_offset((top - ui.available_height() * 0.4).max(0.0));
        }
    }
    area.show_viewport(ui, |ui, seen| {
        ui.set_height(top);
        let (left, width) = (ui.max_rect().left(), ui.available_width());
        let origin = ui.max_rect().top();
        let first = lines.partition_point(|(y, _)| *y + ROW < seen.top());
        for (y, line) in lines.iter().skip(first).take_while(|(y, _)| *y < seen.bottom()) {
            let height = if line.at().is_none() { HEAD } else { ROW };
            let rect = eframe::egui::Rect::from_min_size(eframe::egui::pos2(left, origin + y), vec2(width, height));
            let mut inner = ui.new_child(UiBuilder::new().max_rect(rect));
            match line {
                Line::Head(standing) => head(&mut inner, scene, plan, *standing),
                Line::Item(item) => {
                    if row(&mut inner, scene, item, line.at() == *at) {
                        *at = line.at();
                    }
                }
                Line::Replies => replies_head(&mut inner, scene, plan),
                Line::Reply(item) => {
                    if reply_row(&mut inner, scene, item, line.at() == *at) {
                        *at = line.at();
                    }
                }
            }
        }
    });
}

fn keys(ui: &Ui, scene: &mut Scene<'_>, plan: &MergePlan, lines: &[(f32, Line<'_>)], at: &mut Option<At>) {
    let is_free = ui.memory(|m| m.focused().is_none() && m.top_modal_layer().is_none());
    if !is_free {
        return;
    }
    let items: Vec<At> = lines.iter().filter_map(|(_, l)| l.at()).collect();
    let now = items.iter().position(|one| Some(*one) == *at).unwrap_or(0);
    let pressed = |key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
    let next = if pressed(Key::ArrowDown) {
        now + 1
    } else if pressed(Key::ArrowUp) {
        now.saturating_sub(1)
    } else {
        now
    };
    if let Some(one) = items.get(next.min(items.len().saturating_sub(1))) {
        *at = Some(*one);
    }
    let remark = plan.items.iter().find(|i| Some(At::Remark(i.id)) == *at).filter(|i| i.can_be_taken());
    let reply = plan.replies.iter().find(|r| Some(At::Reply(r.id)) == *at).filter(|r| r.can_be_taken());
    let toggle = match (remark, reply) {
        (Some(item), _) => ColleagueCommand::Take { ids: vec![item.id], take: !item.take },
        (None, Some(reply)) => ColleagueCommand::TakeReplies { ids: vec![reply.id], take: !reply.take },
        (None, None) => return,
    };
    if pressed(Key::Space) {
        scene.run(Command::Colleague(toggle));
    }
}

fn head(ui: &mut Ui, scene: &mut Scene<'_>, plan: &MergePlan, standing: Standing) {
    let (all, taken) = plan.count(standing);
    let text = RichText::new(format!("{} ({all})", capital(standing.word()))).strong().color(scene.tokens.ink);
    ui.horizontal_centered(|ui| {
        let of: Vec<&MergeItem> = plan.items.iter().filter(|i| i.standing == standing).collect();
        if of.iter().all(|i| !i.can_be_taken()) {
            ui.label(text);
            return;
        }
        let mut take = taken == all;
        let boxed = eframe::egui::Checkbox::new(&mut take, text).indeterminate(taken > 0 && taken < all);
        if ui.tick_box(true, boxed).on_hover_text("Take over all of them, or none").changed() {
            let ids = of.iter().map(|i| i.id).collect();
            scene.run(Command::Colleague(ColleagueCommand::Take { ids, take: taken < all }));
        }
    });
}

fn replies_head(ui: &mut Ui, scene: &mut Scene<'_>, plan: &MergePlan) {
    let ids: Vec<_> = plan.replies.iter().filter(|r| r.can_be_taken()).map(|r| r.id).collect();
    let taken = plan.replies.iter().filter(|r| r.take).count();
    let text = RichText::new(format!("Replies ({})", plan.replies.len())).strong().color(scene.tokens.ink);
    ui.horizontal_centered(|ui| {
        if ids.is_empty() {
            ui.label(text);
            return;
        }
        let mut take = taken == ids.len();
        let boxed = eframe::egui::Checkbox::new(&mut take, text).indeterminate(taken > 0 && taken < ids.len());
        if ui.tick_box(true, boxed).on_hover_text("Take over all of them, or none").changed() {
            scene.run(Command::Colleague(ColleagueCommand::TakeReplies { take: taken < ids.len(), ids }));
        }
    });
}

fn reply_row(ui: &mut Ui, scene: &mut Scene<'_>, item: &ReplyItem, selected: bool) -> bool {
    let to = format!("to {}", scene.w.analyst_name(item.joined.whose));
    let words = brief(&item.joined.text);
    let row = Row {
        id: ui.scope_id().with(("merge reply", item.id)),
        name: format!("Reply {to}, {}: {words}", item.standing.word()),
        what: format!("the reply {to}"),
        head: capital(&to),
        aside: item.standing.word().to_owned(),
        words,
        take: item.can_be_taken().then_some(item.take),
        selected,
    };
    row.show(ui, scene, |take| ColleagueCommand::TakeReplies { ids: vec![item.id], take })
}

fn row(ui: &mut Ui, scene: &mut Scene<'_>, item: &MergeItem, selected: bool) -> bool {
    let annotation = &item.joined;
    let cited = annotation.placements.values().next_back().map(|p| scene.w.cited(p.citation())).unwrap_or_default();
    let placed = match item.worst_place() {
        Some(PlacedAs::Same) | None => String::new(),
        Some(how) => how.word().to_owned(),
    };
    let words = if annotation.note.trim().is_empty() {
        annotation.placements.values().next_back().map_or("", |p| p.quote().exact.as_str())
    } else {
        annotation.note.as_str()
    };
    let words = brief(words);
    let row = Row {
        id: ui.scope_id().with(("merge row", item.id)),
        name: format!("{}, {cited}, {placed}: {words}", item.standing.word()),
        what: cited.clone(),
        head: cited,
        aside: placed,
        words,
        take: item.can_be_taken().then_some(item.take),
        selected,
    };
    row.show(ui, scene, |take| ColleagueCommand::Take { ids: vec![item.id], take })
}

/// The first words, in one line.
fn brief(text: &str) -> String {
    text.split_whitespace().take(30).collect::<Vec<_>>().join(" ")
}

/// A remark or a reply, as the list has it.
struct Row {
    id: eframe::egui::Id,
    /// Its name for whoever cannot see it.
    name: String,
    /// What is taken over, in the name of its box.
    what: String,
    head: String,
    aside: String,
    words: String,
    /// Whether it is taken over; none where there is nothing to choose.
    take: Option<bool>,
    selected: bool,
}

impl Row {
    /// Draws it, and says whether it was clicked.
    fn show(&self, ui: &mut Ui, scene: &mut Scene<'_>, choose: impl FnOnce(bool) -> ColleagueCommand) -> bool {
        let tokens = scene.tokens;
        let rect = ui.max_rect();
        let response = ui.interact(rect, self.id, Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, self.selected, &self.name));
        row_ground(ui, &response, self.selected, tokens);
        let mut clicked = response.clicked();
        let mut inner = ui.new_child(UiBuilder::new().max_rect(rect.shrink2(vec2(8.0, 5.0))));
        inner.spacing_mut().interact_size.y = 0.0;
        inner.horizontal(|ui| {
            if let Some(mut take) = self.take {
                let boxed = ui.tick(&mut take, "");
                let name = format!("Take over {}", self.what);
                boxed.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, take, &name));
                if boxed.changed() {
                    clicked = true;
                    scene.run(Command::Colleague(choose(take)));
                }
            }
            ui.label(RichText::new(self.head.as_str()).small().strong().color(tokens.ink));
            ui.label(RichText::new(self.aside.as_str()).small().color(tokens.quiet_ink));
        });
        let font = eframe::egui::FontId::new(tokens.size.small, sans());
        Words::new(&self.words, font, tokens.ink).rows(1).brief().show(&mut inner);
        clicked
    }
}
