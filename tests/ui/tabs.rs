//! Drafts side by side in tabs; each remembers its place, in this session and the next.

use eframe::egui::{Key, Role};

use super::desk::two_drafts;
use super::hands::{CTRL, CTRL_SHIFT, NONE};

#[test]
fn drafts_are_opened_cycled_and_closed_and_remember_their_place() {
    let mut desk = two_drafts();
    assert!(!desk.sees("More drafts"), "drafts just added have a tab each");
    desk.click_of(Role::Button, "L.7");
    assert_eq!(desk.draft().name(), "L.7");
    desk.press(CTRL, Key::W);
    assert_eq!(desk.draft().name(), "L.1", "Ctrl+W closes the tab");
    desk.click("More drafts");
    desk.click_of(Role::Button, "L.7");
    assert_eq!(desk.draft().name(), "L.7");
    assert!(!desk.sees("More drafts"), "all drafts have a tab again");
    desk.press(CTRL, Key::G);
    desk.type_text("3(2)");
    desk.press(NONE, Key::Enter);
    desk.paragraph("A Party may intercept");
    desk.click_of(Role::Button, "L.1");
    desk.paragraph("CONVENTION ON SHARED LIGHTHOUSES");
    desk.press(CTRL, Key::PageDown);
    assert_eq!(desk.draft().name(), "L.7");
    desk.paragraph("A Party may intercept");
    let place = desk.w().view().draft_view();
    for _ in 0..5 {
        desk.press(CTRL, Key::PageUp);
        assert_eq!(desk.draft().name(), "L.1");
        desk.press(CTRL, Key::PageDown);
    }
    assert_eq!(desk.w().view().draft_view(), place, "coming back again and again does not move the page");

    // Nor wherever else one has scrolled to.
    desk.wheel(-57.0);
    let place = desk.w().view().draft_view();
    for _ in 0..5 {
        desk.press(CTRL, Key::PageUp);
        desk.press(CTRL, Key::PageDown);
    }
    assert_eq!(desk.w().view().draft_view(), place);
    desk.wheel(57.0);

    let tab = desk.thing_of(Role::Button, "L.7").rect().center();
    desk.middle_click_at(tab);
    assert_eq!(desk.draft().name(), "L.1");
    assert!(desk.sees("More drafts"));
    desk.click("More drafts");
    desk.click_of(Role::Button, "L.7");
    desk.paragraph("A Party may intercept");
    let tab = desk.thing_of(Role::Button, "L.7").rect().center();
    desk.secondary_click_at(tab);
    desk.click("Draft details…");
    desk.must_see("Document symbol");
    desk.fill_in("Label", "Rev.7");
    desk.click("Keep");
    desk.thing_of(Role::Button, "Rev.7");
    desk.press(CTRL, Key::Z);
    desk.thing_of(Role::Button, "L.7");
    desk.press(CTRL_SHIFT, Key::Z);

    let folder = desk.w().folder().unwrap().to_owned();
    let mut again = desk.closed_and_opened(&folder);
    assert_eq!(again.draft().name(), "Rev.7");
    again.paragraph("A Party may intercept");
    again.click_of(Role::Button, "L.1");
    again.paragraph("CONVENTION ON SHARED LIGHTHOUSES");
}

#[test]
fn a_project_that_was_closed_is_opened_again_from_the_welcome_page() {
    let mut desk = two_drafts();
    desk.press(CTRL_SHIFT, Key::W);
    desk.must_see("Read the drafts of a treaty");
    desk.must_see("Recent");
    desk.click_of(Role::ListBoxOption, "lights");
    assert_eq!(desk.draft().name(), "L.1");
    desk.press(CTRL_SHIFT, Key::W);
    desk.tab_to("lights");
    desk.press(NONE, Key::Enter);
    assert_eq!(desk.draft().name(), "L.1");
}
