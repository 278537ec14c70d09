//! The place Search.

use eframe::egui::{Key, Role};
use travaux::model::{Severity, Status};
use travaux::workspace::Place;

use super::desk::{Desk, two_drafts};
use super::hands::{ALT, CTRL};
use super::side::remark;

const FIELD: &str = "Search all drafts";

fn hits(desk: &Desk) -> Vec<String> {
    desk.names(Role::Button).into_iter().filter(|n| n.starts_with("Article ")).collect()
}

#[test]
fn answers_stand_by_draft_and_open_with_the_words_marked() {
    let mut desk = two_drafts();
    desk.click_of(Role::Button, "Search");
    desk.must_see("Finds words in every draft");
    desk.click(FIELD);
    desk.type_text("secret");
    desk.must_see("4 places");
    desk.must_see("MC/LIGHT/1/L.1, 2 places");
    desk.must_see("MC/LIGHT/2/L.7, 2 places");
    let list = hits(&desk);
    assert_eq!(list.len(), 4, "{list:?}");
    assert!(list[0].starts_with("Article 3(3): ") && list[0].contains("Signals are read in secret"), "{list:?}");
    assert!(list[3].starts_with("Article 7(2): "), "{list:?}");

    desk.click_first(Role::Button, "Article 7(2): ");
    assert_eq!((desk.w().view().place, desk.draft().name()), (Place::Read, "L.7"));
    desk.paragraph("A harbor may refuse a ship that carries secrets");
    let marked: Vec<_> =
        desk.w().view().marked.iter().filter_map(|m| m.of(&desk.draft().text).map(str::to_owned)).collect();
    assert_eq!(marked, ["secrets"]);
    desk.press(ALT, Key::ArrowLeft);
    assert_eq!(desk.w().view().place, Place::Search);
    assert_eq!(desk.field(FIELD), "secret", "the question is still there");
    assert_eq!(hits(&desk).len(), 4);
}

#[test]
fn a_mistake_is_explained_with_its_place_and_costs_nothing() {
    let mut desk = two_drafts();
    desk.press(CTRL, Key::Num4);
    assert_eq!(desk.keyboard_at(), FIELD, "one can type at once");
    desk.type_text("secret AND (signal");
    let error = desk.w().search().error.clone().expect("a bracket is missing");
    desk.must_see(&error.message);
    desk.must_see("secret AND (signal");
    assert!(error.range.start <= 18 && error.range.start >= 10, "{error:?}");
    desk.type_text("s)");
    assert!(desk.w().search().error.is_none());
    desk.must_see("places");
    desk.fill_in(FIELD, "zebra");
    desk.must_see("Nothing found");
    desk.fill_in(FIELD, "/inter(cept/");
    assert!(desk.w().search().error.is_some());
    desk.fill_in(FIELD, "=Signals");
    desk.must_see("places");
}

#[test]
fn answers_are_narrowed_by_draft_concern_and_analyst() {
    let mut desk = two_drafts();
    remark(
        &mut desk,
        "read in secret",
        "Surveillance powers",
        "Whoever reads should say so",
        Some(Severity::High),
        Status::Draft,
    );
    desk.press(CTRL, Key::Num4);
    desk.type_text("secret");
    assert_eq!(hits(&desk).len(), 4);
    desk.click_of(Role::CheckBox, "L.1 (2)");
    assert_eq!(hits(&desk).len(), 2);
    desk.must_see("Only the ticked ones are searched");
    desk.click_first(Role::CheckBox, "L.1");
    assert_eq!(hits(&desk).len(), 4);

    let tag = desk.concern("Surveillance powers").tag;
    desk.choose("Tagged with", &format!("{tag} Surveillance powers"));
    assert_eq!(hits(&desk).len(), 1, "{:?}", hits(&desk));
    desk.choose("Tagged with", "any or no concern");
    assert_eq!(hits(&desk).len(), 4);
    desk.click_of(Role::CheckBox, "Amira");
    assert_eq!(hits(&desk).len(), 1, "{:?}", hits(&desk));
    desk.click_of(Role::CheckBox, "Amira");

    // A note is found as well; opening it opens its card.
    desk.fill_in(FIELD, "whoever");
    desk.must_see("in a note");
    desk.click_first(Role::Button, "Article 3(3): ");
    assert_eq!(desk.field("Note"), "Whoever reads should say so");

    desk.press(CTRL, Key::Num4);
    desk.click("Best first");
    desk.fill_in(FIELD, "signal");
    assert!(hits(&desk).len() >= 4);
}
