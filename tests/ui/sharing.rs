//! Annotations leave for colleagues, and come from them encrypted.

use eframe::egui::{Key, Role};
use travaux::model::{Severity, Status};
use travaux::storage;
use travaux::workspace::Question;

use super::desk::{Desk, two_drafts, two_drafts_by};
use super::hands::{CTRL, NONE};
use super::side::remark;

fn with_two_remarks() -> Desk {
    let mut desk = two_drafts();
    remark(
        &mut desk,
        "intercept any signal",
        "Surveillance powers",
        "Without a judge",
        Some(Severity::High),
        Status::Draft,
    );
    remark(&mut desk, "answers to nobody", "Independent oversight", "Amira asks who", None, Status::Draft);
    desk
}

#[test]
fn what_leaves_is_chosen_seen_and_written() {
    let mut desk = with_two_remarks();
    desk.ask(Question::Share);
    desk.must_see("Share annotations");
    desk.must_see("2 annotations in the file");
    desk.must_see("Amira: 2 annotations, the whole set");
    let field = desk.field("Write to");
    assert!(field.ends_with("lights-amira.annotations.ron"), "{field}");

    // Half of it, without notes, under a pseudonym.
    desk.choose("Only of severity", "high or worse");
    desk.must_see("1 annotation in the file, 1 stay behind");
    desk.click("With notes, replies and recommendations");
    desk.must_see("Without notes and replies; of a recommendation only");
    desk.click("Under pseudonyms");
    desk.must_see("Analyst A: 1 annotation, a part of the set");
    desk.must_not_see("With what has been read, ticked");
    let field = desk.field("Write to");
    assert!(field.ends_with("/shared.annotations.ron"), "a name that tells nobody: {field}");
    let told = desk.home.path().join("amira.annotations.ron");
    desk.fill_in("Write to", &told.display().to_string());
    desk.must_see("The name of the file names an analyst");
    let path = desk.home.path().join("out.annotations.ron");
    desk.fill_in("Write to", &path.display().to_string());
    desk.must_not_see("The name of the file names an analyst");
    desk.click("Write the file");
    desk.must_see("Written");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("intercept any signal") && text.contains("Analyst A"));
    for left in ["Amira", "Without a judge", "answers to nobody"] {
        assert!(!text.contains(left), "{left}");
    }
}

#[test]
fn one_draft_or_several_concerns_are_ticked_in_a_box_that_stays_open() {
    let mut desk = with_two_remarks();
    desk.ask(Question::Share);
    desk.click("Only with concerns");
    desk.click_first(Role::CheckBox, "Surveillance powers");
    desk.must_see("1 annotation in the file, 1 stay behind");
    desk.click_first(Role::CheckBox, "Independent oversight");
    desk.must_see("2 annotations in the file");
    desk.press(NONE, Key::Escape);
    desk.must_see("Share annotations");
}

#[test]
fn an_encrypted_file_is_written_and_opened_by_keyboard() {
    let mut desk = with_two_remarks();
    desk.ask(Question::Share);
    let path = desk.home.path().join("amira.annotations.ron.age");
    desk.tab_to("Encrypt it to a passphrase");
    desk.press(NONE, Key::Space);
    assert!(desk.field("Write to").ends_with(".annotations.ron.age"));
    desk.tab_to("Passphrase");
    desk.type_text("correct horse");
    desk.press(NONE, Key::Tab);
    desk.type_text("correct hoarse");
    desk.must_see("The two are not the same");
    desk.press(CTRL, Key::Enter);
    desk.must_see("Share annotations");
    desk.press(CTRL, Key::A);
    desk.type_text("correct horse");
    desk.must_see("Short ones can be guessed");
    desk.tab_to("Write to");
    desk.press(CTRL, Key::A);
    desk.type_text(&path.display().to_string());
    desk.press(CTRL, Key::Enter);
    desk.must_see("Written");
    assert!(storage::is_sealed(&path));

    let mut other = two_drafts_by("Noor");
    other.drop_files(std::slice::from_ref(&path));
    other.must_see("Open an encrypted file");
    other.type_text("wrong");
    other.press(NONE, Key::Enter);
    other.must_see("This passphrase does not open it");
    other.type_text("correct horse");
    other.press(NONE, Key::Enter);
    other.click("Take over 2 changes");
    other.must_see("Amira: 2 annotations");
    other.must_not_see("Open an encrypted file");

    // Left unopened, it does not ask again.
    other.drop_files(&[path]);
    other.must_see("Open an encrypted file");
    other.press(NONE, Key::Escape);
    other.must_not_see("Open an encrypted file");
    assert!(other.w().sealed_file().is_none());
}

#[test]
fn the_account_of_a_file_is_read_by_keyboard() {
    let mut desk = with_two_remarks();
    desk.ask(Question::Share);
    desk.tab_until(NONE, "the account", |name| name.starts_with("What is in the file"));
    desk.must_not_see("The texts of the drafts, and the files they were made from");
    desk.press(NONE, Key::End);
    desk.must_see("The texts of the drafts, and the files they were made from");
    desk.press(NONE, Key::Home);
    desk.must_see("Amira: 2 annotations, the whole set");
}
