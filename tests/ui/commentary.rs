//! Commentaries: brought in, read beside the draft, gone through by key and by mouse, and what is left of them.

use std::path::PathBuf;

use eframe::egui::{Event, Key, Role};
use egui_kittest::kittest::NodeT as _;
use travaux::model::{Action, CommentaryId};
use travaux::workspace::{
    Choices, Command, CommentaryCommand, Panel, Place, Question, Review, ReviewState, ViewCommand,
};

use super::desk::{Desk, two_drafts, two_drafts_unsigned};
use super::hands::{ALT, CTRL, CTRL_SHIFT, NONE, SHIFT};

const CONCERNS: &str = "\
Concerns about lighthouses

Missing Human Rights Safeguards: Article 3(2) lacks any limit. Recommendation: Delete Article 3(2).

Scope and Duration: Article 1(2) is wide. Article 77 goes too far. Limit Article 1(2) to Articles 5 to 7.

Nothing is said of Article 17 of the Covenant.
";

const LETTER: &str = "A letter\n\nPlease delete Article 3(2). Article 8 should be kept.\n";

fn file(desk: &Desk, name: &str, text: &str) -> PathBuf {
    let path = desk.home.path().join(name);
    std::fs::write(&path, text).unwrap();
    path
}

/// Two drafts, with a commentary on the first beside it.
fn commented() -> Desk {
    let mut desk = two_drafts();
    add(&mut desk, "concerns.txt", CONCERNS);
    desk
}

fn add(desk: &mut Desk, name: &str, text: &str) {
    let path = file(desk, name, text);
    let draft = desk.draft().id;
    desk.run(Command::Commentary(CommentaryCommand::Import { path, draft, choices: Choices::default() }));
}

fn id(desk: &Desk, title: &str) -> CommentaryId {
    let all = &desk.w().project().unwrap().commentaries;
    all.values().find(|c| c.name() == title).unwrap_or_else(|| panic!("no commentary {title}")).id
}

fn review(desk: &Desk) -> &Review {
    desk.w().reviews().get(id(desk, "Concerns about lighthouses")).unwrap()
}

fn waiting(desk: &Desk) -> usize {
    review(desk).waiting
}

fn rows(desk: &Desk) -> Vec<String> {
    desk.names(Role::ListBoxOption)
}

/// The words of the commentary that are marked.
fn marked(desk: &Desk) -> String {
    let key = desk.w().view().suggestion.clone().expect("a suggestion is looked at");
    let (note, _) = review(desk).get(&key).unwrap();
    note.note.clone()
}

/// The words of the draft that were gone to.
fn at_caret(desk: &Desk) -> String {
    let head = desk.w().view().selection().unwrap().head;
    desk.draft().text[head..].lines().next().unwrap_or_default().to_owned()
}

const FIRST: &str = "Article 3(2), waiting: Article 3(2) lacks any limit.";
const SECOND: &str = "Article 3(2), delete, waiting: Recommendation: Delete Article 3(2).";
const THIRD: &str = "Article 1(2), waiting: Article 1(2) is wide.";
const MISSING: &str = "Article 77, not in L.1, waiting: Article 77 goes too far.";
const LAST: &str = "Article 1(2), limit to Articles 5 to 7, waiting: Limit Article 1(2) to Articles 5 to 7.";

#[test]
fn a_file_is_brought_in_from_the_place_for_newcomers() {
    let mut desk = two_drafts();
    desk.press(CTRL, Key::Num7);
    assert_eq!(desk.w().view().place, Place::Commentaries);
    desk.must_see("A commentary is an analysis of a draft by somebody else");
    desk.click("Add a commentary…");
    let path = file(&desk, "concerns.txt", CONCERNS);
    desk.fill_in("File", &path.display().to_string());
    desk.click("Read the commentary");
    assert_eq!(desk.w().view().place, Place::Read);
    assert_eq!(desk.w().view().panel, Panel::Suggestions);
    desk.thing_of(Role::Document, "Commentary Concerns about lighthouses");
    desk.must_see("suggests 5 annotations on L.1");
    assert_eq!(rows(&desk), [FIRST, SECOND, THIRD, MISSING, LAST]);

    // The same again is refused, in a sentence.
    desk.ask(Question::AddCommentary);
    desk.fill_in("File", &path.display().to_string());
    desk.click("Read the commentary");
    desk.must_see("oncerns.txt is already here as the commentary");
    desk.ask(Question::AddCommentary);
    desk.fill_in("File", &desk.home.path().join("nothing.txt").display().to_string());
    desk.click("Read the commentary");
    desk.must_see("othing.txt");
    assert_eq!(desk.w().project().unwrap().commentaries.len(), 1);
}

#[test]
fn a_text_is_pasted_and_its_details_are_changed() {
    let mut desk = two_drafts();
    desk.ask(Question::PasteCommentary);
    assert!(desk.is_disabled("Add the commentary"));
    desk.fill_in("Author", "Light Watch");
    desk.fill_in("Text", LETTER);
    desk.click("Add the commentary");
    desk.thing_of(Role::Document, "Commentary A letter");
    desk.must_see("Light Watch");
    desk.click("Details…");
    desk.fill_in("Title", "A letter to the Chair");
    desk.fill_in("Date", "soon");
    desk.must_see("A date is written year-month-day");
    desk.fill_in("Date", "2024-03-05");
    desk.click("Keep");
    desk.must_see("Light Watch, 2024-03-05");
    desk.press(CTRL, Key::Z);
    desk.must_not_see("2024-03-05");

    desk.click("Details…");
    desk.click("Remove the commentary");
    assert!(desk.w().project().unwrap().commentaries.is_empty());
    desk.must_not_see("Commentary A letter");
    desk.must_see("A commentary is an analysis of this draft");
    desk.press(CTRL, Key::Z);
    desk.thing_of(Role::Document, "Commentary A letter");
    desk.press(CTRL_SHIFT, Key::L);
    desk.must_not_see("Commentary A letter");
    desk.click("Open beside the draft");
    desk.thing_of(Role::Document, "Commentary A letter");
}

#[test]
fn its_citations_lead_into_the_draft_beside_it() {
    let mut desk = commented();
    let about = |desk: &Desk, name: &str| {
        let list = desk.matching(|n, found| n.accesskit_node().role() == Role::Link && found == name);
        list.first().unwrap_or_else(|| panic!("no link {name}:\n{}", desk.screen())).accesskit_node().description()
    };
    assert_eq!(about(&desk, "Article 77").as_deref(), Some("Article 77 is not in L.1"));
    assert_eq!(about(&desk, "Articles 5 to 7").as_deref(), Some("3 provisions, the first Article 5, Fog"));
    assert!(!desk.names(Role::Link).iter().any(|n| n.contains("17 of the Covenant")));
    desk.click_of(Role::Link, "Articles 5 to 7");
    assert_eq!(at_caret(&desk), "Article 5");
    assert_eq!(desk.w().view().marked.len(), 1, "what is cited is marked");
    desk.press(ALT, Key::ArrowLeft);

    // The pointer is told.
    let pos = desk.thing_of(Role::Link, "Articles 5 to 7").rect().center();
    desk.event(Event::PointerMoved(pos));
    desk.wait(8);
    desk.thing_of(Role::ListBoxOption, "Article 6 Harbors");
    desk.event(Event::PointerGone);
    desk.settle();

    // By keyboard alone: to the commentary with F6, from citation to citation with F7, there with Enter.
    desk.press(NONE, Key::F6);
    desk.press(NONE, Key::F6);
    desk.press(NONE, Key::F6);
    let mut way = Vec::new();
    for _ in 0..3 {
        way.push(desk.keyboard_at());
        desk.press(NONE, Key::F6);
    }
    assert!(
        way.iter().any(|w| w.starts_with("Commentary"))
            && way.iter().any(|w| w.starts_with("Draft") || w.contains("L.1")),
        "{way:?}"
    );
    while !desk.keyboard_at().starts_with("Commentary") {
        desk.press(NONE, Key::F6);
    }
    desk.press(NONE, Key::F7);
    assert_eq!(desk.keyboard_at(), "Article 3(2)");
    desk.press(NONE, Key::Enter);
    assert!(at_caret(&desk).starts_with("2. A Party may intercept"), "{}", at_caret(&desk));
    for _ in 0..3 {
        desk.press(NONE, Key::F7);
    }
    assert_eq!(desk.keyboard_at(), "Article 77");
    desk.press(NONE, Key::Enter);
    desk.must_see("Article 77 is not in L.1");
    desk.press(SHIFT, Key::F7);
    assert_eq!(desk.keyboard_at(), "Article 1(2)");
    desk.press(NONE, Key::Escape);
    assert!(desk.keyboard_at().starts_with("Commentary"));
}

#[test]
fn suggestions_are_gone_through_with_one_key_each() {
    let mut desk = commented();
    desk.press(NONE, Key::F9);
    assert_eq!(desk.keyboard_at(), FIRST);
    assert_eq!(marked(&desk), "Article 3(2) lacks any limit.");
    assert!(at_caret(&desk).starts_with("2. A Party may intercept"), "{}", at_caret(&desk));
    desk.press(NONE, Key::ArrowDown);
    assert_eq!(desk.keyboard_at(), SECOND);
    desk.press(NONE, Key::ArrowUp);

    // R: not wanted; the next that waits takes its place.
    desk.press(NONE, Key::R);
    assert_eq!(desk.keyboard_at(), SECOND);
    assert_eq!(review(&desk).states[0], ReviewState::Rejected);
    // A: an annotation of one's own.
    desk.press(NONE, Key::A);
    assert_eq!(desk.keyboard_at(), THIRD);
    let own = desk.own();
    assert_eq!(own.len(), 1);
    assert_eq!(own[0].note, "Recommendation: Delete Article 3(2).");
    assert_eq!(own[0].recommendation.as_ref().unwrap().action, Action::Delete);
    assert_eq!(waiting(&desk), 3);
    // One step.
    desk.press(CTRL, Key::Z);
    assert_eq!((desk.own().len(), waiting(&desk)), (0, 4));
    desk.press(CTRL_SHIFT, Key::Z);
    assert_eq!((desk.own().len(), waiting(&desk)), (1, 3));

    // What was decided is shown with the word for it, and T takes it back.
    desk.click("All (5)");
    let rejected = FIRST.replace("waiting", "rejected");
    let accepted = SECOND.replace("waiting", "accepted");
    assert_eq!(rows(&desk)[..2], [rejected.clone(), accepted.clone()]);
    desk.click(&rejected);
    desk.press(NONE, Key::T);
    assert_eq!(desk.keyboard_at(), FIRST);
    desk.press(NONE, Key::ArrowDown);
    assert_eq!(desk.keyboard_at(), accepted);
    desk.press(NONE, Key::T);
    assert!(desk.own().is_empty());
    assert_eq!(waiting(&desk), 5);

    // H: all below its heading; Shift+A: all. What is not in the draft waits for a person.
    desk.press(NONE, Key::H);
    assert_eq!((desk.own().len(), waiting(&desk)), (2, 3));
    desk.press(CTRL, Key::Z);
    assert_eq!(waiting(&desk), 5);
    desk.press(NONE, Key::F9);
    desk.press(SHIFT, Key::A);
    assert_eq!((desk.own().len(), waiting(&desk)), (4, 1));
    desk.press(CTRL, Key::Z);
    assert_eq!((desk.own().len(), waiting(&desk)), (0, 5));
}

#[test]
fn concern_keys_mean_what_they_meant_elsewhere() {
    let mut desk = commented();
    desk.press(NONE, Key::F9);
    let key = desk.w().project().unwrap().codebook.concerns.iter().find_map(|c| c.key).unwrap();
    desk.type_text(&key.to_string());
    assert!(desk.own().is_empty());
    assert_eq!(waiting(&desk), 5);
}

#[test]
fn a_suggestion_is_edited_before_it_is_accepted() {
    let mut desk = commented();
    desk.press(NONE, Key::F9);
    desk.press(NONE, Key::ArrowDown);
    desk.press(NONE, Key::E);
    assert_eq!(desk.field("Stands on"), "Article 3(2)");
    assert_eq!(desk.field("Note"), "Recommendation: Delete Article 3(2).");
    desk.fill_in("Note", "Strike it");
    desk.fill_in("Stands on", "3(3)");
    desk.must_see("Article 3(3), Signals");
    desk.click("High");
    desk.choose("Recommend", "amend");
    desk.fill_in("Provisions", "Article 4");
    desk.click("Accept as edited");
    let own = desk.own();
    assert_eq!(own.len(), 1);
    assert_eq!(desk.words_of(&own[0]), "3. Signals are read in secret.");
    assert_eq!(own[0].note, "Strike it");
    assert_eq!(own[0].recommendation.as_ref().unwrap().summary(), "amend Article 4");
    assert!(own[0].severity.is_some());

    // What cites nothing here asks where it is to stand.
    desk.click(MISSING);
    desk.press(NONE, Key::A);
    desk.must_see("type the provision it is to stand on");
    assert!(desk.is_disabled("Accept as edited"));
    desk.fill_in("Stands on", "Article 8(1)");
    desk.click("Accept as edited");
    assert_eq!(desk.own().len(), 2);
    assert_eq!(waiting(&desk), 3);
}

#[test]
fn a_card_says_where_its_words_are_from_and_leads_there() {
    let mut desk = commented();
    desk.press(NONE, Key::F9);
    desk.press(NONE, Key::A);
    desk.click("Close");
    let own = desk.own();
    let analyst = desk.w().analyst().unwrap().id;
    let focus = travaux::workspace::Focus { analyst, annotation: own[0].id };
    desk.run(Command::View(ViewCommand::ShowAnnotation(focus)));
    let from = "From \u{201c}Concerns about lighthouses\u{201d}, under \u{201c}Missing Human Rights Safeguards\u{201d}";
    desk.click(from);
    desk.thing_of(Role::Document, "Commentary Concerns about lighthouses");
    assert_eq!(marked(&desk), "Article 3(2) lacks any limit.");
    // Where the commentary is gone, the card says so.
    let id = id(&desk, "Concerns about lighthouses");
    desk.run(Command::Commentary(CommentaryCommand::Remove(id)));
    desk.click(from);
    desk.must_see("The commentary \u{201c}Concerns about lighthouses\u{201d} is not in this project");
}

#[test]
fn the_page_shows_what_is_asked_of_a_provision() {
    let mut desk = commented();
    add(&mut desk, "letter.txt", LETTER);
    desk.click("Close");
    let sign = "Article 3(2), 2 commentaries: delete 2";
    desk.run(Command::View(ViewCommand::GoToCitation("3".into())));
    let pos = desk.thing_of(Role::Mark, sign).rect().center();
    desk.event(Event::PointerMoved(pos));
    desk.wait(3);
    assert!(!desk.matching(|n, name| n.accesskit_node().role() == Role::Label && name == sign).is_empty());
    desk.event(Event::PointerGone);
    desk.settle();
    desk.click(sign);
    desk.must_see("Article 3(2): 2 commentaries: delete 2");
    let list = rows(&desk);
    assert_eq!(list.len(), 3, "{list:?}");
    assert!(list.iter().all(|row| row.starts_with("Article 3(2)")), "{list:?}");
    desk.click("Back to one commentary");
    assert!(rows(&desk).len() != 3);
}

#[test]
fn a_table_shows_who_asks_what() {
    let mut desk = commented();
    add(&mut desk, "letter.txt", LETTER);
    desk.press(CTRL, Key::Num7);
    let cells = desk.names(Role::Cell);
    for cell in [
        "Article 1(2)",
        "Article 3(2), A letter: delete (waiting)",
        "Article 3(2), Concerns about lighthouses: speaks of it (waiting); delete (waiting)",
        "Article 1(2), Concerns about lighthouses: speaks of it (waiting); limit to Articles 5 to 7 (waiting)",
        "Article 8, A letter: retain (waiting)",
    ] {
        assert!(cells.iter().any(|c| c == cell || c.starts_with(&format!("{cell}  "))), "{cell}: {cells:#?}");
    }
    // Through it with the arrow keys, there with Enter.
    desk.tab_until(NONE, "the first cell", |at| at.starts_with("Article 1(2)"));
    desk.press(NONE, Key::ArrowDown);
    assert!(desk.keyboard_at().starts_with("Article 3(2)"));
    desk.press(NONE, Key::ArrowRight);
    assert_eq!(desk.keyboard_at(), "Article 3(2), A letter: delete (waiting)");
    desk.press(NONE, Key::Enter);
    assert_eq!(desk.w().view().place, Place::Read);
    desk.thing_of(Role::Document, "Commentary A letter");
    assert_eq!(desk.keyboard_at(), "Article 3(2), delete, waiting: Please delete Article 3(2).");
    desk.press(ALT, Key::ArrowLeft);
    assert_eq!(desk.w().view().place, Place::Commentaries);
    desk.click("Review Concerns about lighthouses beside the draft");
    assert_eq!(desk.keyboard_at(), FIRST);
}

#[test]
fn who_has_no_name_yet_is_asked_for_it() {
    let mut desk = two_drafts_unsigned();
    add(&mut desk, "concerns.txt", CONCERNS);
    desk.press(NONE, Key::F9);
    desk.press(NONE, Key::A);
    desk.fill_in("Your name", "Amira");
    desk.click("Keep and go on");
    assert_eq!(desk.own().len(), 1);
    assert_eq!(desk.keyboard_at(), SECOND, "the list goes on");
    assert_eq!(desk.w().view().focus, None);
}

#[test]
fn a_commentary_is_no_page_of_another_draft() {
    let mut desk = commented();
    let second = desk.draft_named("L.7");
    desk.run(Command::View(ViewCommand::OpenDraft(second)));
    desk.must_not_see("Commentary Concerns about lighthouses");
    desk.must_see("A commentary is an analysis of this draft");
    desk.press(NONE, Key::F9);
    assert_eq!(desk.w().view().current, Some(second));
    let first = desk.draft_named("L.1");
    desk.run(Command::View(ViewCommand::OpenDraft(first)));
    desk.thing_of(Role::Document, "Commentary Concerns about lighthouses");
}

#[test]
fn it_is_found_by_name_dropped_in_its_place_and_fits_a_small_window() {
    let mut desk = two_drafts();
    desk.press(CTRL, Key::Num7);
    let path = file(&desk, "concerns.txt", CONCERNS);
    desk.drop_files(&[path]);
    desk.thing_of(Role::Document, "Commentary Concerns about lighthouses");
    assert!(desk.w().proposals().is_empty());
    desk.press(CTRL_SHIFT, Key::L);
    desk.must_not_see("Commentary Concerns about lighthouses");
    desk.press(CTRL, Key::K);
    desk.type_text("concerns about");
    desk.press(NONE, Key::Enter);
    desk.thing_of(Role::Document, "Commentary Concerns about lighthouses");
    desk.resize(900.0, 600.0);
    desk.press(NONE, Key::F9);
    assert_eq!(desk.keyboard_at(), FIRST);
    let pages = desk.matching(|n, _| n.accesskit_node().role() == Role::Document);
    let widths: Vec<f32> = pages.iter().map(|p| p.rect().width()).collect();
    assert!(widths.len() == 2 && widths.iter().all(|&w| w > 150.0), "{widths:?}");
    desk.press(CTRL, Key::Num7);
    desk.must_see("5 suggestions, 5 waiting");
    desk.resize(1920.0, 1080.0);
    desk.press(CTRL, Key::Num1);
    desk.thing_of(Role::Document, "Commentary Concerns about lighthouses");
}
