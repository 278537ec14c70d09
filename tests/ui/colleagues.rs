//! What comes from colleagues, and what goes to them.

use eframe::egui::{Key, Role};
use travaux::model::{Severity, Status};

use super::desk::{Desk, first_start, two_drafts, two_drafts_by};
use super::hands::{ALT, CTRL, CTRL_SHIFT, NONE};
use super::side::remark;

/// The annotation file of a colleague who read the same drafts in a project of her own.
fn colleagues_file(desk: &Desk) -> std::path::PathBuf {
    let mut other = two_drafts_by("Noor");
    remark(&mut other, "read in secret", "Surveillance powers", "Noor says no", Some(Severity::High), Status::Draft);
    remark(&mut other, "answers to nobody", "Independent oversight", "Noor asks who", None, Status::Draft);
    let path = desk.home.path().join("noor.annotations.ron");
    other.press(CTRL, Key::E);
    other.must_see("Noor (you), 2");
    other.fill_in("Write to", &path.display().to_string());
    other.click("Export");
    other.must_see("Written");
    assert!(path.exists());
    path
}

#[test]
fn a_colleagues_set_stands_beside_ones_own_which_stays_as_it_is() {
    let mut desk = two_drafts();
    remark(&mut desk, "intercept any signal", "Surveillance powers", "Mine", None, Status::Draft);
    let own = desk.own();
    let file = colleagues_file(&desk);
    desk.press(CTRL_SHIFT, Key::O);
    desk.must_see("Open a colleague's annotations");
    desk.type_text(&file.display().to_string());
    desk.press(NONE, Key::Enter);
    assert_eq!(desk.w().project().unwrap().sets.len(), 1, "nothing is taken over unasked");
    desk.must_see("new");
    desk.click("Take over 2 changes");
    desk.must_see("Noor: 2 annotations on the same words");
    desk.must_see("3 annotations");
    assert_eq!(desk.own(), own, "one's own set is untouched");
    assert_eq!(desk.names(Role::ListBoxOption).len(), 3);

    // Hers can be read, not changed.
    desk.click_first(Role::ListBoxOption, "read in secret");
    desk.must_see("Noor says no");
    desk.must_see("Status draft");
    assert!(!desk.sees("Note"), "a colleague's card has no field");
    desk.press(CTRL, Key::Delete);
    assert_eq!(desk.w().project().unwrap().annotations().count(), 3);

    desk.press(ALT, Key::Num2);
    desk.click("Noor, 2");
    desk.must_see("1 remark in this draft");
    desk.must_not_see("Noor says no");
    desk.click("Noor, 2");
    desk.must_see("3 remarks in this draft");
    desk.press(CTRL, Key::Z);
    assert_eq!(desk.w().project().unwrap().sets.len(), 1, "opening a set is one step back");
    assert_eq!(desk.own(), own);
}

#[test]
fn files_dropped_on_the_window_are_opened_or_read_by_what_they_are() {
    let mut desk = two_drafts();
    let file = colleagues_file(&desk);
    desk.drop_files(std::slice::from_ref(&file));
    assert_eq!(desk.w().project().unwrap().sets.len(), 0, "nothing is taken over unasked");
    desk.press(CTRL, Key::Enter);
    assert_eq!(desk.w().project().unwrap().sets.len(), 1);
    desk.must_see("Noor: 2 annotations on the same words");
    desk.drop_files(&[file]);
    desk.must_see("is here already");

    let third = desk.home.path().join("Third draft.txt");
    std::fs::write(&third, "PREAMBLE\n\nThe Parties,\n\nArticle 1\nScope\n\n1. Nothing.\n").unwrap();
    desk.drop_files(&[third]);
    desk.must_see("Third draft.txt");
    desk.press(NONE, Key::Escape);

    let bad = desk.home.path().join("broken.annotations.ron");
    std::fs::write(&bad, "(version: 1, nonsense").unwrap();
    desk.drop_files(&[bad]);
    desk.must_see("Not done");
    desk.must_see("broken.annotations.ron");
    assert_eq!(desk.w().project().unwrap().sets.len(), 1);
}

#[test]
fn dropping_a_draft_where_no_project_is_open_says_what_to_do() {
    let mut desk = first_start();
    let file = desk.home.path().join("draft.txt");
    std::fs::write(&file, "Article 1\n\nNothing.\n").unwrap();
    desk.drop_files(&[file]);
    desk.must_see("Open or make a project first");
}

#[test]
fn other_formats_are_written_where_one_says() {
    let mut desk = two_drafts();
    remark(
        &mut desk,
        "intercept any signal",
        "Surveillance powers",
        "Without a judge",
        Some(Severity::High),
        Status::Draft,
    );
    for (format, ending) in [("Markdown", "md"), ("CSV", "csv")] {
        let path = desk.home.path().join(format!("out.{ending}"));
        desk.press(CTRL, Key::E);
        desk.click_first(Role::RadioButton, &format!("(.{ending})"));
        desk.fill_in("Write to", &path.display().to_string());
        desk.click("Export");
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{format}: {e}\n{}", desk.screen()));
        assert!(text.contains("Without a judge") && text.contains("3(2)"), "{text}");
    }
}
