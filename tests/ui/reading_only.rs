//! A project that somebody else has open.

use eframe::egui::{Key, Role};
use travaux::model::{Severity, Status};
use travaux::workspace::{Command, ProjectCommand};

use super::desk::{first_start, two_drafts};
use super::hands::{CTRL, CTRL_SHIFT, NONE};
use super::side::remark;

#[test]
fn it_is_open_for_reading_says_who_holds_it_and_offers_no_editing() {
    let mut holder = two_drafts();
    remark(&mut holder, "any [serious] offence", "Surveillance powers", "Kept", Some(Severity::High), Status::Draft);
    let folder = holder.w().folder().unwrap().to_owned();
    let mut desk = first_start();
    desk.run(Command::Project(ProjectCommand::SetAnalyst("Bram".into())));
    desk.run(Command::Project(ProjectCommand::Open(folder)));
    desk.must_see("Amira has had this project open on");
    desk.must_see("Reading only: Amira has it open");
    desk.click_first(Role::Button, "Put away");

    desk.click_of(Role::Button, "L.1");
    let (from, to) = (desk.spot("Party shall tend"), desk.spot_after("Party shall tend"));
    desk.drag(from, to);
    assert_eq!(desk.selected(), "Party shall tend");
    assert!(!desk.sees("Highlight") && !desk.sees("Add drafts"));
    desk.type_text("1");
    assert_eq!(desk.w().project().unwrap().annotations().count(), 1, "nothing was added");
    desk.press(CTRL, Key::T);
    assert!(!desk.sees("Filter concerns"));
    desk.press(CTRL, Key::I);
    assert!(!desk.sees("Files"));
    desk.press(CTRL_SHIFT, Key::C);
    assert!(desk.is_disabled("Retire") && desk.is_disabled("Add"));
    desk.press(NONE, Key::Escape);
    desk.click_first(Role::Button, "Card Surveillance powers");
    desk.must_see("Status draft");
    assert!(!desk.sees("Delete"));
    desk.click("Close");

    // Reading, finding and exporting still work.
    desk.press(CTRL, Key::F);
    desk.type_text("secret");
    desk.must_see("1 of 2");
    desk.press(CTRL, Key::Num4);
    desk.type_text("secret");
    desk.must_see("4 places");
    assert!(holder.w().can_edit());
    holder.press(CTRL, Key::Z);
}
