//! Replies below a remark, by analyst and time, and the field for one's own.

use eframe::egui::{
    Button, CollapsingHeader, EventFilter, FontId, Id, Key, Label, Modifiers, RichText, Role, ScrollArea, TextEdit, Ui,
    WidgetInfo,
};

use crate::model::{AnalystId, Reply, ReplyId};
use crate::workspace::{Command, Focus, ReplyCommand};

use super::bars::count;
use super::scene::{Scene, Wish};
use super::theme::sans;
use super::widgets::{Words, labelled};

/// Seconds in which a reply is being written.
const WRITING: i64 = 600;
/// What the field below the replies needs, in points.
const FIELD: f32 = 130.0;

/// How many there are, for a card that is closed.
pub fn sum(ui: &mut Ui, scene: &Scene<'_>, remark: Focus) {
    let n = scene.w.derived().replies.to(remark).len();
    if n > 0 {
        ui.label(RichText::new(count(n, "reply", "replies")).small().color(scene.tokens.quiet_ink));
    }
}

/// All of them below the remark of an open card, and the field. `wanted` is taken where the field gets the keyboard.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, remark: Focus, wanted: &mut Option<Focus>) {
    let tokens = scene.tokens;
    let replies = scene.w.derived().replies.to(remark).to_vec();
    let writing = scene.w.view().replying.filter(|id| replies.iter().any(|(_, r)| r == id));
    let edit = scene.w.can_edit();
    if replies.is_empty() && !edit {
        return;
    }
    ui.add_space(tokens.space.small);
    ui.separator();
    // The field stays in sight however many there are.
    let room = (ui.clip_rect().height() - ui.min_rect().height() - FIELD).clamp(120.0, 600.0);
    let area = ScrollArea::vertical().id_salt("replies").max_height(room).stick_to_bottom(true);
    area.show(ui, |ui| {
        for (who, id) in replies {
            let Some(reply) = reply(scene, who, id) else { continue };
            head(ui, scene, who, &reply, edit && writing != Some(id));
            if writing == Some(id) && edit {
                field(ui, scene, remark, Some(&reply), wanted);
            } else {
                Words::new(&reply.text, FontId::new(tokens.size.body, sans()), tokens.ink).show(ui);
            }
            ui.add_space(tokens.space.small);
        }
    });
    if edit && writing.is_none() {
        field(ui, scene, remark, None, wanted);
    }
}

/// Replies to remarks that are not in the project: nobody's words are dropped.
pub fn astray(ui: &mut Ui, scene: &mut Scene<'_>) {
    let tokens = scene.tokens;
    let astray = scene.w.derived().replies.astray.clone();
    if astray.is_empty() {
        return;
    }
    let title = format!("{} to annotations that are not here", count(astray.len(), "reply", "replies"));
    let header = CollapsingHeader::new(RichText::new(title).small().color(tokens.ink));
    header.id_salt("replies astray").show(ui, |ui| {
        ScrollArea::vertical().id_salt("replies astray").max_height(240.0).show(ui, |ui| {
            for (who, id) in astray {
                let Some(reply) = reply(scene, who, id) else { continue };
                head(ui, scene, who, &reply, false);
                Words::new(&reply.text, FontId::new(tokens.size.body, sans()), tokens.ink).show(ui);
                if scene.w.is_own(who) && scene.w.can_edit() {
                    delete(ui, scene, id);
                }
                ui.add_space(tokens.space.small);
            }
        });
    });
}

fn reply(scene: &Scene<'_>, who: AnalystId, id: ReplyId) -> Option<Reply> {
    scene.w.project()?.sets.get(&who)?.replies.get(&id).cloned()
}

/// Who wrote it and when; what can be done with one's own.
fn head(ui: &mut Ui, scene: &mut Scene<'_>, who: AnalystId, reply: &Reply, buttons: bool) {
    let tokens = scene.tokens;
    let own = scene.w.is_own(who);
    let name = if own { "You".to_owned() } else { scene.w.analyst_name(who).to_owned() };
    let when = reply.created.strftime("%Y-%m-%d %H:%M");
    // What was typed in one go is not told as changed.
    let later = reply.changed.as_second() - reply.created.as_second() > WRITING;
    let changed = if later { ", changed" } else { "" };
    ui.horizontal_wrapped(|ui| {
        ui.add(Label::new(RichText::new(&name).small().strong().color(tokens.ink)));
        ui.label(RichText::new(format!("{when} UTC{changed}")).small().color(tokens.quiet_ink));
        if own && buttons {
            let response = ui.add(Button::new(RichText::new("Edit").small()).small());
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Edit the reply"));
            if response.clicked() {
                scene.run(Command::Reply(ReplyCommand::Open(Some(reply.id))));
                scene.ask(crate::workspace::Question::Reply);
            }
            delete(ui, scene, reply.id);
        }
    });
}

fn delete(ui: &mut Ui, scene: &mut Scene<'_>, id: ReplyId) {
    let text = RichText::new("Delete").small().color(scene.tokens.danger);
    let response = ui.add(Button::new(text).small()).on_hover_text("Ctrl+Z brings it back");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Delete the reply"));
    if response.clicked() {
        scene.run(Command::Reply(ReplyCommand::Delete(id)));
    }
}

/// The field of a reply: a new one, or one's own that is gone on with. It is the same field, so that a new reply, which
/// is kept from its first letter on, is typed on in it.
fn field(ui: &mut Ui, scene: &mut Scene<'_>, remark: Focus, reply: Option<&Reply>, wanted: &mut Option<Focus>) {
    let mut text = reply.map(|r| r.text.clone()).unwrap_or_default();
    let id = Id::unique(("reply", remark));
    let has_focus = ui.memory(|m| m.has_focus(id));
    let done = has_focus && ui.input_mut(|i| i.consume_key(Modifiers::COMMAND, Key::Enter));
    let response = labelled(ui, "Reply", scene.tokens, |ui| {
        let rows = if reply.is_some() || has_focus { 3 } else { 1 };
        let edit = TextEdit::multiline(&mut text).id(id).hint_text("Answer this remark");
        ui.add(edit.desired_width(f32::INFINITY).desired_rows(rows))
    });
    if *wanted == Some(remark) {
        *wanted = None;
        response.request_focus();
        response.scroll_to_me(None);
    }
    if response.has_focus() {
        let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: false };
        ui.memory_mut(|m| m.set_focus_lock_filter(id, filter));
    }
    if response.changed() {
        scene.run(Command::Reply(match reply {
            Some(reply) => ReplyCommand::Change { id: reply.id, text },
            None => ReplyCommand::Write { to: remark, text },
        }));
    }
    let mut leave = done;
    if let Some(reply) = reply {
        ui.horizontal(|ui| {
            let button = ui.small_button("Done").on_hover_text("Ctrl+Enter");
            button.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Done with the reply"));
            leave |= button.clicked();
            delete(ui, scene, reply.id);
        });
    }
    if leave {
        scene.run(Command::Reply(ReplyCommand::Open(None)));
        scene.wishes.push(Wish::FocusPage);
    }
}
