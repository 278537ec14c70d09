//! A remark's whole life, by mouse.

use eframe::egui::{Key, Role, pos2};
use travaux::model::{Action, Severity, Status};

use super::desk::two_drafts;
use super::hands::{CTRL, CTRL_SHIFT, NONE};

const SCOPE: &str = "Scope and over-criminalization";

#[test]
fn words_are_highlighted_annotated_found_again_and_brought_back() {
    let mut desk = two_drafts();
    let from = desk.spot("any [serious] offence");
    let to = desk.spot_after("any [serious] offence");
    let further = desk.spot_after("offence at sea");
    desk.drag(from, to);
    assert_eq!(desk.selected(), "any [serious] offence");
    for offer in ["Tag…", "Highlight", "Copy"] {
        desk.thing(offer);
    }
    let before = desk.paragraph("any [serious] offence");

    // The key of a concern highlights and tags; the card opens beside the words, ready for the note.
    desk.type_text("1");
    assert_eq!(desk.own().len(), 1);
    let made = desk.own().remove(0);
    assert_eq!(desk.words_of(&made), "any [serious] offence");
    assert!(made.concerns.contains(&desk.concern(SCOPE).id));
    desk.must_not_see("Tag…");
    desk.thing_of(Role::Mark, SCOPE);
    assert_eq!(desk.paragraph("any [serious] offence"), before, "nothing shifts when one highlights");
    assert_eq!(desk.keyboard_at(), "Note");
    assert!((desk.thing("Note").rect().top() - before.top()).abs() < 220.0, "the card is level with its words");
    desk.type_text("Any offence means every offence");
    desk.click("High");
    desk.choose("Recommend", "limit");
    desk.fill_in("Limit to", "Articles 3 to 5");
    desk.fill_in("Proposed words", "offences under Articles 3 to 5");
    desk.fill_in("Supports the proposal of", "Utopia");
    desk.choose("Status", "For review");
    let a = desk.own().remove(0);
    assert_eq!(
        (a.note.as_str(), a.severity, a.status),
        ("Any offence means every offence", Some(Severity::High), Status::ForReview)
    );
    let r = a.recommendation.unwrap();
    assert_eq!(
        (r.action, r.targets, r.supports.as_str()),
        (Action::Limit, vec!["Articles 3 to 5".to_owned()], "Utopia")
    );
    assert_eq!(r.proposed, "offences under Articles 3 to 5");

    desk.press(NONE, Key::Escape);
    desk.must_not_see("Proposed words");
    desk.must_see("Card Scope and over-criminalization: Any offence means every offence");
    desk.must_see("Limit to Articles 3 to 5");
    desk.must_see("1 remark in this draft");

    // A click on the highlight opens the card again; its end can be dragged.
    let name = format!("{SCOPE}, high: Any offence means every offence");
    desk.click(&name);
    assert_eq!(desk.field("Note"), "Any offence means every offence");
    let mark = desk.thing(&name).rect();
    desk.drag(pos2(mark.right(), mark.center().y), further);
    assert_eq!(desk.words_of(&desk.own()[0]), "any [serious] offence at sea");

    desk.click("Delete");
    assert!(desk.own().is_empty());
    desk.must_see("Ctrl+Z brings it back");
    assert!(desk.names(Role::Mark).is_empty());
    desk.press(CTRL, Key::Z);
    assert_eq!(desk.words_of(&desk.own()[0]), "any [serious] offence at sea");
    desk.must_see("Undone: delete an annotation");
    desk.thing_of(Role::Mark, &name);
    desk.press(CTRL_SHIFT, Key::Z);
    assert!(desk.own().is_empty());
    desk.must_see("Done again: delete an annotation");
    // Further back, step by step, to the page as it was.
    let mut steps = 0;
    desk.press(CTRL, Key::Z);
    while !desk.own().is_empty() {
        desk.press(CTRL, Key::Z);
        steps += 1;
        assert!(steps < 20, "undo does not come to an end: {:?}", desk.own());
    }
    assert!(steps >= 6, "each thing done is a step of its own, not {steps} in all");
    assert_eq!(desk.w().project().unwrap().drafts.len(), 2);
    assert!(desk.names(Role::Mark).is_empty());
}

#[test]
fn a_double_click_takes_the_word_and_the_offers_beside_it_do_what_they_say() {
    let mut desk = two_drafts();
    let at = desk.spot("lights.");
    desk.double_click_at(at);
    assert_eq!(desk.selected(), "lights");
    desk.click("Copy");
    let copied = desk.copied();
    assert_eq!(copied, "\u{201c}lights\u{201d} (L.1, Article 1(1))");

    desk.double_click_at(at);
    desk.click("Tag…");
    desk.must_see("Tag with a concern");
    desk.click_of(Role::ListBoxOption, "Surveillance powers");
    assert_eq!(desk.own().len(), 1);
    assert!(desk.own()[0].concerns.contains(&desk.concern("Surveillance powers").id));
    desk.must_not_see("Filter concerns");

    // The open card takes a second concern.
    desk.click("Concerns…");
    desk.click_of(Role::ListBoxOption, SCOPE);
    assert_eq!(desk.own()[0].concerns.len(), 2);
    desk.thing_of(Role::Mark, "Scope and over-criminalization, Surveillance powers");
}

#[test]
fn the_menu_of_the_page_remarks_on_a_whole_provision_and_on_what_it_lacks() {
    let mut desk = two_drafts();
    let at = desk.paragraph("Each Party shall tend").center();
    desk.secondary_click_at(at);
    desk.must_see("Article 1(1)");
    desk.click_of(Role::Button, "Note an absence here");
    let a = desk.own().remove(0);
    assert_eq!(a.kind, travaux::model::AnnotationKind::Absence);
    assert!(desk.words_of(&a).contains("Each Party shall tend"));
    desk.must_see("absence");
    desk.press(NONE, Key::Escape);

    desk.secondary_click_at(at);
    desk.click_of(Role::Button, "Copy the citation");
    assert_eq!(desk.copied(), "Article 1(1), L.1");
}

#[test]
fn the_first_remark_asks_for_a_name_once() {
    let mut desk = super::desk::two_drafts_unsigned();
    let (from, to) = (desk.spot("Party shall tend"), desk.spot_after("Party shall tend"));
    desk.drag(from, to);
    desk.type_text("7");
    desk.must_see("Who is writing?");
    assert!(desk.own().is_empty(), "nothing is signed before there is a name");
    assert_eq!(desk.keyboard_at(), "Your name");
    desk.type_text("Bram");
    desk.press(NONE, Key::Enter);
    assert_eq!(desk.own().len(), 1);
    assert_eq!(desk.words_of(&desk.own()[0]), "Party shall tend");
    assert_eq!(desk.w().own_set().unwrap().analyst.name, "Bram");
    desk.press(NONE, Key::Escape);
    desk.drag(from, to);
    desk.type_text("1");
    desk.must_not_see("Who is writing?");
    assert_eq!(desk.own().len(), 2);
}

#[test]
fn remarks_that_overlap_are_clicked_in_turn_and_either_end_can_be_dragged() {
    let mut desk = two_drafts();
    let (wide_from, wide_to) = (desk.spot("This Convention covers"), desk.spot_after("[serious] offence"));
    let (from, to) = (desk.spot("covers any"), desk.spot_after("covers any"));
    desk.drag(wide_from, wide_to);
    desk.type_text("1");
    desk.press(NONE, Key::Escape);
    desk.drag(from, to);
    desk.type_text("7");
    desk.press(NONE, Key::Escape);
    assert_eq!(desk.names(Role::Mark).len(), 2);

    let at = from.lerp(to, 0.5);
    desk.click_at(at);
    let first = desk.w().view().focus.unwrap();
    desk.click_at(at);
    let second = desk.w().view().focus.unwrap();
    assert_ne!(first, second, "the same place again opens the other");
    desk.click_at(at);
    assert_eq!(desk.w().view().focus, Some(first));

    desk.press(NONE, Key::Escape);
    desk.click("Surveillance powers");
    let mark = desk.thing("Surveillance powers").rect();
    desk.drag(pos2(mark.left(), mark.center().y), wide_from);
    assert_eq!(desk.words_of(&desk.own()[1]), "This Convention covers any");
    assert_eq!(desk.words_of(&desk.own()[0]), "This Convention covers any [serious] offence");
}
