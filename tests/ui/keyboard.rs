//! The same by keyboard alone: not one event of a mouse.

use eframe::egui::{Key, Role};
use travaux::model::{Action, ProjectDetails, Severity, Status};

use super::hands::{ALT, CTRL, CTRL_SHIFT, Desk, NONE, SHIFT, draft_files, first_start, two_drafts};

const SCOPE: &str = "Scope and over-criminalization";

/// Puts the caret before these words with the keys of the page.
fn caret_at(desk: &mut Desk, words: &str) {
    let target = desk.range_of(words).start;
    desk.press(CTRL, Key::Home);
    for _ in 0..200 {
        let at = desk.w().view().selection().map_or(0, |s| s.head);
        if at == target {
            return;
        }
        let in_line = !desk.draft().text[at.min(target)..at.max(target)].contains('\n');
        let key = match (in_line, at < target) {
            (true, true) => Key::ArrowRight,
            (true, false) => Key::ArrowLeft,
            (false, true) => Key::ArrowDown,
            (false, false) => Key::ArrowUp,
        };
        desk.press(NONE, key);
    }
    panic!("the keys do not lead to {words:?}");
}

#[test]
fn a_project_is_made_and_read_without_a_mouse() {
    let mut desk = first_start();
    desk.press(CTRL_SHIFT, Key::N);
    assert_eq!(desk.keyboard_at(), "Title");
    desk.type_text("Shared Lights");
    desk.press(NONE, Key::Tab);
    assert_eq!(desk.keyboard_at(), "Instrument");
    desk.press(NONE, Key::Tab);
    assert_eq!(desk.keyboard_at(), "In the folder");
    desk.press(CTRL, Key::A);
    desk.type_text(&desk.home.path().join("treaties").display().to_string());
    desk.press(NONE, Key::Enter);
    assert_eq!(
        desk.w().project().unwrap().details,
        ProjectDetails { title: "Shared Lights".into(), instrument: String::new() }
    );

    desk.press(CTRL, Key::I);
    assert_eq!(desk.keyboard_at(), "Files");
    let files = draft_files(desk.home.path());
    desk.type_text(&format!("{};{}", files[0].display(), files[1].display()));
    desk.press(NONE, Key::Enter);
    desk.must_see("Drafts to add");
    desk.tab_to("Add 2 drafts");
    desk.press(NONE, Key::Enter);
    assert_eq!(desk.w().project().unwrap().drafts.len(), 2);
    assert!(desk.is_on_page());
}

#[test]
fn a_remark_lives_its_whole_life_without_a_mouse() {
    let mut desk = two_drafts();
    desk.tab_to_page();
    caret_at(&mut desk, "any [serious] offence");
    for _ in 0..3 {
        desk.press(CTRL_SHIFT, Key::ArrowRight);
    }
    assert_eq!(desk.selected().trim(), "any [serious] offence");
    desk.type_text("1");
    assert_eq!(desk.keyboard_at(), "Note");
    desk.type_text("Any offence means every offence");

    desk.back_tab_to("High");
    desk.press(NONE, Key::Space);
    desk.tab_to("Recommend");
    desk.press(NONE, Key::Enter);
    desk.tab_to("limit");
    desk.press(NONE, Key::Enter);
    desk.tab_to("Limit to");
    desk.type_text("Articles 3 to 5");
    desk.tab_to("Proposed words");
    desk.type_text("offences under Articles 3 to 5");
    desk.tab_to("Status");
    desk.press(NONE, Key::Enter);
    desk.tab_to("For review");
    desk.press(NONE, Key::Enter);
    let a = desk.own().remove(0);
    assert_eq!(a.note, "Any offence means every offence");
    assert_eq!((a.severity, a.status), (Some(Severity::High), Status::ForReview));
    let r = a.recommendation.unwrap();
    assert_eq!((r.action, r.targets), (Action::Limit, vec!["Articles 3 to 5".to_owned()]));
    assert_eq!(r.proposed, "offences under Articles 3 to 5");

    // Another concern with the picker: typing filters, Enter takes.
    desk.press(NONE, Key::Escape);
    println!("{}", desk.screen());
    assert!(desk.is_on_page(), "Escape leads back to the page");
    desk.press(NONE, Key::F8);
    assert!(desk.w().view().focus.is_some());
    desk.press(CTRL, Key::T);
    assert_eq!(desk.keyboard_at(), "Filter concerns");
    desk.type_text("surveillance p");
    desk.press(NONE, Key::Enter);
    assert_eq!(desk.own()[0].concerns.len(), 2);
    desk.press(NONE, Key::Escape);
    desk.must_not_see("Proposed words");

    desk.press(NONE, Key::F8);
    desk.press(CTRL, Key::Delete);
    assert!(desk.own().is_empty());
    desk.press(CTRL, Key::Z);
    assert_eq!(desk.own().len(), 1);
    desk.press(CTRL_SHIFT, Key::Z);
    assert!(desk.own().is_empty());
    desk.press(CTRL, Key::Z);
    assert_eq!(desk.own().len(), 1);
    let _ = (SHIFT, ALT, Role::Mark, SCOPE);
}
