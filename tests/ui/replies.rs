//! Replies below a remark: read, written, edited and deleted, by keyboard and by mouse.

use eframe::egui::{Key, Role};
use travaux::model::{Severity, Status};
use travaux::workspace::{Command, Focus, ViewCommand};

use super::desk::{Desk, two_drafts};
use super::hands::{CTRL, NONE};
use super::side::remark;

fn opened() -> (Desk, Focus) {
    let mut desk = two_drafts();
    remark(&mut desk, "intercept any signal", "Surveillance powers", "Mine", Some(Severity::High), Status::Draft);
    let focus = Focus { analyst: desk.w().analyst().unwrap().id, annotation: desk.own()[0].id };
    desk.run(Command::View(ViewCommand::ShowAnnotation(focus)));
    desk.settle();
    (desk, focus)
}

fn texts(desk: &Desk) -> Vec<String> {
    desk.w().own_set().unwrap().replies.values().map(|r| r.text.clone()).collect()
}

#[test]
fn a_reply_is_written_by_keyboard_alone() {
    let (mut desk, _) = opened();
    desk.press(CTRL, Key::L);
    assert_eq!(desk.keyboard_at(), "Reply");
    desk.type_text("Who says so?");
    assert_eq!(texts(&desk), ["Who says so?"]);
    assert_eq!(desk.keyboard_at(), "Reply", "one types on in the same field");
    desk.press(NONE, Key::Enter);
    desk.type_text("Nobody");
    assert_eq!(texts(&desk), ["Who says so?\nNobody"]);
    desk.press(CTRL, Key::Enter);
    assert_eq!(desk.w().view().replying, None);
    desk.must_see("Who says so?");
    // Another one, and the first edited.
    desk.press(CTRL, Key::L);
    desk.type_text("Second");
    desk.press(CTRL, Key::Enter);
    assert_eq!(texts(&desk).len(), 2);
    assert_eq!(desk.names(Role::Button).iter().filter(|n| *n == "Edit the reply").count(), 2);
    desk.press(CTRL, Key::Z);
    assert_eq!(texts(&desk).len(), 1, "a reply is one step");
    desk.click("Edit the reply");
    assert_eq!(desk.keyboard_at(), "Reply");
    desk.press(CTRL, Key::A);
    desk.type_text("Edited");
    assert_eq!(texts(&desk), ["Edited"]);
    desk.click("Done with the reply");
    desk.click("Delete the reply");
    assert_eq!(texts(&desk), [""; 0]);
    desk.press(CTRL, Key::Z);
    assert_eq!(texts(&desk), ["Edited"]);
}

#[test]
fn closed_cards_and_the_list_say_how_many_replies_there_are() {
    let (mut desk, focus) = opened();
    desk.press(CTRL, Key::L);
    desk.type_text("One");
    desk.press(CTRL, Key::Enter);
    desk.run(Command::View(ViewCommand::Focus(None)));
    desk.settle();
    desk.must_see("1 reply");
    desk.run(Command::Annotate(travaux::workspace::AnnotateCommand::Delete(vec![focus.annotation])));
    desk.settle();
    desk.run(Command::View(ViewCommand::Panel(travaux::workspace::Panel::Annotations)));
    desk.settle();
    desk.click("1 reply to annotations that are not here");
    desk.must_see("One");
}
