//! The place Search.

use eframe::egui::{Event, Key, MouseWheelSource, MouseWheelUnit, Role, TouchPhase, vec2};
use travaux::model::{Severity, Status};
use travaux::workspace::{Panel, Place, SearchPage};

use super::desk::{Desk, two_drafts};
use super::hands::{ALT, CTRL, CTRL_SHIFT, NONE, SHIFT};
use super::side::remark;

const FIELD: &str = "Search all drafts";

/// The hits on screen: `Article 3(3): … Signals are read in secret`.
fn hits(desk: &Desk) -> Vec<String> {
    desk.names(Role::Button).into_iter().filter(|n| n.starts_with("Article ") && n.contains(": ")).collect()
}

fn marked(desk: &Desk) -> Vec<String> {
    desk.w().view().marked.iter().filter_map(|m| m.of(&desk.draft().text).map(str::to_owned)).collect()
}

#[test]
fn answers_stand_by_draft_and_article_and_open_with_the_words_marked() {
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
    // Heads fold what is below them.
    desk.click_first(Role::Button, "1 place in Article 3");
    assert_eq!(hits(&desk).len(), 3);
    desk.click_first(Role::Button, "L.1: ");
    assert_eq!(hits(&desk).len(), 2);
    desk.click_first(Role::Button, "L.1: ");
    desk.click_first(Role::Button, "1 place in Article 3");
    assert_eq!(hits(&desk).len(), 4);

    desk.click_first(Role::Button, "Article 7(2): ");
    assert_eq!((desk.w().view().place, desk.draft().name()), (Place::Read, "L.7"));
    desk.paragraph("A harbor may refuse a ship that carries secrets");
    assert_eq!(marked(&desk), ["secrets"]);
    desk.press(ALT, Key::ArrowLeft);
    assert_eq!(desk.w().view().place, Place::Search);
    assert_eq!(desk.field(FIELD), "secret", "the question is still there");
    assert_eq!(hits(&desk).len(), 4);
}

#[test]
fn what_is_folded_hides_no_other_answer_and_no_hit_one_goes_to() {
    let mut desk = two_drafts();
    desk.press(CTRL, Key::Num4);
    desk.type_text("secret");
    desk.click_first(Role::Button, "L.1: ");
    assert_eq!(hits(&desk).len(), 2);
    desk.fill_in(FIELD, "secrets");
    assert_eq!(hits(&desk).len(), 4, "another question is answered in full");
    desk.click_first(Role::Button, "L.1: ");
    assert_eq!(hits(&desk).len(), 2);
    desk.press(NONE, Key::F4);
    assert_eq!((desk.w().view().place, desk.draft().name()), (Place::Read, "L.1"));
    desk.press(ALT, Key::ArrowLeft);
    assert_eq!(hits(&desk).len(), 4, "the hit one was at is in sight");
}

#[test]
fn a_head_that_stays_at_the_top_folds_and_lets_no_click_through() {
    let mut desk = two_drafts();
    desk.resize(1280.0, 520.0);
    desk.press(CTRL, Key::Num4);
    desk.type_text("signal OR sand OR horn OR secret OR ship");
    let pos = desk.first(Role::Button, "Article ").rect().center();
    desk.event(Event::PointerMoved(pos));
    desk.event(Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, -95.0),
        source: MouseWheelSource::Wheel,
        phase: TouchPhase::Move,
        modifiers: NONE,
    });
    desk.wait(10);
    // The first hit is under the heads now.
    let head = desk.first(Role::Button, "L.1: ").rect();
    let under = desk.first(Role::Button, "Article ").rect();
    assert!(under.intersect(head).is_positive(), "{head:?} {under:?}");
    let before = hits(&desk).len();
    desk.click_at(under.intersect(head).center());
    assert_eq!(desk.w().view().place, Place::Search, "no hit was opened");
    assert!(hits(&desk).len() != before, "the draft is folded");
}

#[test]
fn one_goes_from_hit_to_hit_while_reading_with_the_list_beside() {
    let mut desk = two_drafts();
    desk.press(CTRL, Key::Num4);
    desk.type_text("secret");
    desk.press(NONE, Key::F4);
    assert_eq!((desk.w().view().place, desk.draft().name()), (Place::Read, "L.1"));
    desk.must_see("Hit 1 of 4 of \u{201c}secret\u{201d}");
    desk.press(NONE, Key::F4);
    desk.press(NONE, Key::F4);
    assert_eq!(desk.draft().name(), "L.7");
    desk.must_see("Hit 3 of 4");
    desk.press(SHIFT, Key::F4);
    assert_eq!((desk.draft().name(), marked(&desk)), ("L.1", vec!["secrets".to_owned()]));
    desk.press(SHIFT, Key::F4);
    desk.press(SHIFT, Key::F4);
    desk.must_see("Hit 4 of 4");
    // The list stands beside the page, and asks as the place does.
    desk.press(ALT, Key::Num6);
    assert_eq!(desk.w().view().panel, Panel::Search);
    assert_eq!(hits(&desk).len(), 4);
    desk.click_first(Role::Button, "Article 3(3): ");
    desk.must_see("Hit 1 of 4");
    desk.fill_in("Search beside the page", "horn");
    assert_eq!(hits(&desk).len(), 4);
    desk.must_not_see("Hit 1 of");
    desk.press(NONE, Key::F4);
    desk.must_see("Hit 1 of 4 of \u{201c}horn\u{201d}");
    desk.click("Let go");
    desk.must_not_see("Hit 1 of");
    assert!(marked(&desk).is_empty());
    // Where one asked is one step back, however many hits one has seen: the page, and before that the place.
    desk.press(ALT, Key::ArrowLeft);
    assert_eq!(desk.w().view().place, Place::Read);
    desk.press(ALT, Key::ArrowLeft);
    assert_eq!(desk.w().view().place, Place::Search);
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
    desk.must_see("place");
    desk.fill_in(FIELD, "zebra");
    desk.must_see("Nothing found");
    desk.fill_in(FIELD, "/inter(cept/");
    assert!(desk.w().search().error.is_some());
    desk.fill_in(FIELD, "=Signals");
    desk.must_see("places");
}

#[test]
fn answers_are_narrowed_and_every_filter_says_what_it_would_find() {
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
    // The other draft still says what it has.
    desk.must_see("L.7 (2)");
    desk.click_first(Role::CheckBox, "L.1");
    assert_eq!(hits(&desk).len(), 4);
    desk.click_of(Role::CheckBox, "Paragraph (4)");
    assert_eq!(hits(&desk).len(), 4);
    desk.click("Look everywhere");

    let tag = desk.concern("Surveillance powers").tag;
    desk.choose("Tagged with", &format!("{tag} Surveillance powers (1)"));
    assert_eq!(hits(&desk).len(), 1, "{:?}", hits(&desk));
    desk.choose("Tagged with", "any or no concern");
    assert_eq!(hits(&desk).len(), 4);
    desk.click_of(Role::CheckBox, "Amira (1)");
    assert_eq!(hits(&desk).len(), 1, "{:?}", hits(&desk));
    desk.click_first(Role::CheckBox, "Amira");

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

#[test]
fn marks_stand_in_context_and_terms_by_draft() {
    let mut desk = two_drafts();
    desk.press(CTRL, Key::Num4);
    desk.type_text("signal OR sand");
    desk.press(NONE, Key::F10);
    assert_eq!(desk.w().search().page, SearchPage::Context);
    let lines = |desk: &Desk| -> Vec<String> {
        desk.names(Role::Button).into_iter().filter(|n| n.contains(", Article ") && n.contains(": ")).collect()
    };
    let by_place = lines(&desk);
    assert!(by_place.len() >= 8, "{by_place:?}");
    assert!(
        by_place
            .iter()
            .any(|l| l.starts_with("L.1, Article 3(2): ") && l.contains("A Party may intercept any signal.")),
        "{by_place:?}"
    );
    desk.click("By words before");
    let before = lines(&desk);
    assert!(before.len() == by_place.len() && before != by_place, "{before:?}");
    desk.click_first(Role::Button, "L.1, Article 3(2): ");
    assert_eq!((desk.draft().name(), desk.w().view().place), ("L.1", Place::Read));
    assert_eq!(marked(&desk), ["signal"]);
    desk.press(ALT, Key::ArrowLeft);

    desk.press(NONE, Key::F10);
    assert_eq!(desk.w().search().page, SearchPage::Terms);
    for words in ["signal", "sand", "All of the search"] {
        desk.must_see(words);
    }
    let table = desk.w().search().table.clone().unwrap();
    assert_eq!((table.rows[1].counts[0].marks, table.change(&table.rows[1], 1)), (0, Some(3)), "{table:?}");
    desk.click("Export…");
    desk.must_see("Export the terms by draft");
    let path = desk.home.path().join("terms.xlsx").display().to_string();
    desk.fill_in("Write to", &path);
    desk.click_of(Role::Button, "Export");
    assert!(std::fs::read(&path).unwrap().starts_with(b"PK"));
    desk.press(NONE, Key::F10);
    assert_eq!(desk.w().search().page, SearchPage::Places);
}

#[test]
fn fields_and_their_values_are_completed_by_keyboard() {
    let mut desk = two_drafts();
    desk.press(CTRL, Key::Num4);
    desk.type_text("secret dra");
    desk.press(NONE, Key::Tab);
    assert_eq!(desk.field(FIELD), "secret draft:");
    desk.press(NONE, Key::ArrowDown);
    desk.press(NONE, Key::Enter);
    let chosen = desk.field(FIELD);
    assert!(chosen.starts_with("secret draft:") && chosen.len() > 13, "{chosen}");
    // Escape puts the offer away and leaves the words.
    desk.fill_in(FIELD, "sev");
    desk.press(NONE, Key::Escape);
    assert_eq!((desk.field(FIELD), desk.keyboard_at()), ("sev".to_owned(), FIELD.to_owned()));
    // Enter in a finished question changes nothing.
    desk.fill_in(FIELD, "signal");
    desk.press(NONE, Key::Enter);
    assert_eq!(desk.field(FIELD), "signal");
}

#[test]
fn what_was_asked_comes_back_and_can_be_forgotten() {
    let mut desk = two_drafts();
    desk.press(CTRL, Key::Num4);
    for question in ["secret", "horn", "fog"] {
        desk.fill_in(FIELD, question);
        desk.press(NONE, Key::Enter);
    }
    desk.fill_in(FIELD, "");
    desk.press(NONE, Key::ArrowUp);
    assert_eq!(desk.field(FIELD), "fog");
    desk.press(NONE, Key::ArrowUp);
    assert_eq!(desk.field(FIELD), "horn");
    assert_eq!(hits(&desk).len(), 4);
    desk.press(NONE, Key::ArrowDown);
    assert_eq!(desk.field(FIELD), "fog");
    // What was half typed waits below them; Shift+Up selects in it.
    desk.fill_in(FIELD, "signal AND zebr");
    desk.press(SHIFT, Key::ArrowUp);
    assert_eq!(desk.field(FIELD), "signal AND zebr");
    desk.press(NONE, Key::ArrowUp);
    desk.press(NONE, Key::ArrowUp);
    assert_eq!(desk.field(FIELD), "horn");
    desk.press(NONE, Key::ArrowDown);
    desk.press(NONE, Key::ArrowDown);
    assert_eq!(desk.field(FIELD), "signal AND zebr");
    desk.click("Asked before");
    desk.click_of(Role::Button, "secret");
    assert_eq!(desk.field(FIELD), "secret");
    desk.click("Asked before");
    desk.click("Forget all of these");
    assert!(desk.w().past_searches().is_empty());
}

#[test]
fn a_search_is_kept_under_a_name() {
    let mut desk = two_drafts();
    desk.press(CTRL, Key::Num4);
    desk.type_text("secret");
    desk.press(CTRL, Key::S);
    desk.must_see("Keep this search");
    desk.fill_in("Name", "Secrecy");
    desk.press(NONE, Key::Enter);
    desk.must_see("Kept searches");
    desk.must_see("Secrecy, 4");
    desk.fill_in(FIELD, "horn");
    desk.click_first(Role::ListBoxOption, "Secrecy");
    assert_eq!((desk.field(FIELD), hits(&desk).len()), ("secret".to_owned(), 4));
    // It gets another name in its menu, which a click into the field leaves open.
    desk.click("What to do with Secrecy");
    desk.fill_in("Name of the search", "What is sec");
    desk.type_text("ret");
    desk.press(NONE, Key::Enter);
    desk.must_see("What is secret, 4");
    assert_eq!(desk.field(FIELD), "secret", "the question had no part in it");
    // What was typed and left is forgotten.
    desk.click("What to do with What is secret");
    desk.fill_in("Name of the search", "Something else");
    desk.press(NONE, Key::Escape);
    desk.click("What to do with What is secret");
    assert_eq!(desk.field("Name of the search"), "What is secret");
    desk.click("Take it away");
    desk.must_not_see("Kept searches");
    desk.run(travaux::workspace::Command::Undo);
    desk.must_see("What is secret, 4");
}

#[test]
fn all_that_was_found_is_tagged_in_one_step() {
    let mut desk = two_drafts();
    desk.press(CTRL, Key::Num4);
    desk.type_text("secret OR horn");
    assert_eq!(desk.w().search().results.as_ref().unwrap().total, 8);
    desk.press(CTRL_SHIFT, Key::T);
    desk.must_see("Tag all that was found");
    desk.type_text("surv");
    desk.click_of(Role::CheckBox, "Surveillance powers");
    desk.must_see("8 places: 8 annotations in 2 drafts");
    desk.press(CTRL, Key::Enter);
    assert_eq!(desk.own().len(), 8);
    assert!(desk.own().iter().all(|a| a.concerns.contains(&desk.concern("Surveillance powers").id)));
    // Again it adds nothing, and says so.
    desk.press(CTRL_SHIFT, Key::T);
    desk.click_of(Role::CheckBox, "Surveillance powers");
    desk.must_see("8 are there already");
    desk.press(NONE, Key::Escape);
    // The question has the keyboard, and yet it is the tagging that is taken back.
    assert_eq!(desk.keyboard_at(), FIELD);
    desk.press(CTRL, Key::Z);
    assert!(desk.own().is_empty());
    assert_eq!(desk.w().search().query, "secret OR horn");
    // And what was taken back is done again, and nothing else is.
    desk.press(CTRL_SHIFT, Key::Z);
    assert_eq!(desk.own().len(), 8);
    desk.press(CTRL_SHIFT, Key::Z);
    assert_eq!(desk.own().len(), 8, "with Shift it takes nothing back");
    desk.press(CTRL, Key::Z);
    assert!(desk.own().is_empty());
    assert_eq!(desk.keyboard_at(), FIELD);
    // Only what is ticked.
    desk.click_of(Role::CheckBox, "Tick Article 5(1), L.1");
    desk.must_see("1 place ticked");
    desk.press(CTRL_SHIFT, Key::T);
    desk.must_see("Tag what is ticked");
    desk.must_see("1 place: 1 annotation in 1 draft");
    desk.press(NONE, Key::Escape);
}

#[test]
fn enter_in_the_filter_ticks_a_concern_and_tags_nothing() {
    let mut desk = two_drafts();
    desk.press(CTRL, Key::Num4);
    desk.type_text("secret OR horn");
    desk.press(CTRL_SHIFT, Key::T);
    desk.must_see("Tag with no concern");
    desk.press(NONE, Key::Enter);
    desk.must_see("Tag all that was found");
    desk.type_text("surv");
    desk.press(NONE, Key::Enter);
    assert!(desk.own().is_empty(), "nothing is tagged yet");
    assert!(desk.is_chosen("Surveillance powers"));
    desk.must_not_see("Tag with no concern");
    // What is typed next looks for another.
    desk.type_text("effective rem");
    desk.press(NONE, Key::Enter);
    desk.press(CTRL, Key::Enter);
    let both = ["Surveillance powers", "Effective remedy"].map(|name| desk.concern(name).id);
    assert_eq!(desk.own().len(), 8);
    assert!(desk.own().iter().all(|a| a.concerns == both.into()), "{:?}", desk.own());
}

#[test]
fn the_whole_language_is_a_key_away() {
    let mut desk = two_drafts();
    desk.press(CTRL, Key::Num4);
    desk.press(NONE, Key::F1);
    desk.must_see("What a question can say");
    desk.must_see("the same words up to 3 words apart in all");
    desk.press(NONE, Key::Escape);
    assert_eq!(desk.keyboard_at(), FIELD);
    // What is being filled in over the search is not thrown away for it.
    desk.type_text("secret");
    desk.press(CTRL_SHIFT, Key::T);
    desk.fill_in("The same note for all", "Who reads them");
    desk.press(NONE, Key::F1);
    desk.must_not_see("the same words up to 3 words apart in all");
    assert_eq!(desk.field("The same note for all"), "Who reads them");
}
