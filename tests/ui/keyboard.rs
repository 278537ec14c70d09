//! The same by keyboard alone: not one event of a mouse.

use eframe::egui::{Key, Role};
use travaux::model::{Action, AnnotationKind, ProjectDetails, Severity, Status};

use super::desk::{Desk, first_start, two_drafts, two_drafts_sized};
use super::hands::{ALT, CTRL, CTRL_SHIFT, NONE, SHIFT};
use super::side::remark;
use super::treaty::draft_files;

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
    assert_eq!(desk.keyboard_at(), "Citations on screen and in exports");
    desk.press(NONE, Key::Tab);
    assert_eq!(desk.keyboard_at(), "In the folder");
    desk.press(CTRL, Key::A);
    desk.type_text(&desk.home.path().join("treaties").display().to_string());
    desk.press(NONE, Key::Enter);
    assert_eq!(
        desk.w().project().unwrap().details,
        ProjectDetails { title: "Shared Lights".into(), instrument: String::new(), ..ProjectDetails::default() }
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
    assert_eq!(desk.keyboard_at(), "Recommend", "taking a choice leads back to its box");
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
}

#[test]
fn annotations_are_walked_and_opened_by_keys() {
    let mut desk = two_drafts();
    remark(&mut desk, "tend its lights", "Surveillance powers", "The first", None, Status::Draft);
    remark(&mut desk, "Talk ends at dusk", "Effective remedy", "The last", None, Status::Draft);
    desk.press(CTRL, Key::Home);
    for (keys, note) in [(NONE, "The first"), (NONE, "The last"), (NONE, "The first"), (SHIFT, "The last")] {
        desk.press(keys, Key::F8);
        assert_eq!(desk.field("Note"), note);
    }
    desk.paragraph("Talk ends at dusk");
    desk.press(NONE, Key::Escape);
    assert!(!desk.sees("Done"));
    // From the page, Tab goes to the remarks on it; Enter opens one.
    assert!(desk.is_on_page());
    desk.tab_to("Effective remedy: The last");
    desk.press(NONE, Key::Enter);
    assert_eq!(desk.field("Note"), "The last");
    desk.press(NONE, Key::Escape);
    assert!(desk.is_on_page());

    // The list in the side panel as well.
    desk.press(ALT, Key::Num3);
    desk.tab_to("Article 1(1): tend its lights");
    desk.press(NONE, Key::Enter);
    assert_eq!(desk.field("Note"), "The first");
    desk.paragraph("Each Party shall tend its lights");
}

#[test]
fn enter_opens_the_remark_the_caret_stands_in() {
    let mut desk = two_drafts();
    remark(&mut desk, "tend its lights", "Surveillance powers", "The first", None, Status::Draft);
    desk.tab_to_page();
    caret_at(&mut desk, "its lights.");
    desk.press(NONE, Key::Enter);
    assert_eq!(desk.field("Note"), "The first");
}

#[test]
fn a_citation_is_gone_to_and_words_are_found() {
    let mut desk = two_drafts();
    desk.tab_to_page();
    for (typed, words) in
        [("6(2)", "A harbor may refuse a ship"), ("art 3.2", "A Party may intercept"), ("8", "Disputes are settled")]
    {
        desk.press(CTRL, Key::G);
        assert_eq!(desk.keyboard_at(), "Citation");
        desk.type_text(typed);
        desk.press(NONE, Key::Enter);
        desk.paragraph(words);
        assert!(desk.is_on_page());
    }
    desk.must_see("Article 8");
    desk.press(ALT, Key::ArrowLeft);
    desk.paragraph("A Party may intercept");
    desk.press(ALT, Key::ArrowRight);
    desk.paragraph("Disputes are settled");
    desk.press(CTRL, Key::G);
    desk.type_text("99");
    desk.press(NONE, Key::Enter);
    desk.must_see("“99” is not in L.1");
    desk.press(CTRL, Key::G);
    desk.type_text("signals");
    desk.press(NONE, Key::Enter);
    desk.paragraph("Signals are kept for a year");

    desk.press(CTRL, Key::Home);
    desk.press(CTRL, Key::F);
    assert_eq!(desk.keyboard_at(), "Find in this draft");
    desk.type_text("secret");
    desk.must_see("1 of 2");
    desk.paragraph("Signals are read in secret");
    desk.press(NONE, Key::Enter);
    desk.must_see("2 of 2");
    desk.paragraph("a ship that carries secrets");
    desk.press(NONE, Key::F3);
    desk.must_see("1 of 2");
    desk.press(SHIFT, Key::F3);
    desk.must_see("2 of 2");
    desk.press(SHIFT, Key::Enter);
    desk.must_see("1 of 2");
    desk.type_text(" zebra");
    desk.must_see("not in this draft");
    desk.press(NONE, Key::Escape);
    assert!(!desk.sees("Find in this draft") && desk.is_on_page());
    desk.press(CTRL, Key::F);
    desk.tab_to("Match capitals");
    desk.press(NONE, Key::Escape);
    assert!(!desk.sees("Find in this draft") && desk.is_on_page(), "from wherever in the bar");
}

#[test]
fn the_palette_runs_anything_and_names_its_key() {
    let mut desk = two_drafts();
    desk.press(CTRL, Key::K);
    assert_eq!(desk.keyboard_at(), "Find or run anything");
    desk.type_text("dark theme");
    desk.press(NONE, Key::Enter);
    assert!(desk.dark());
    desk.press(CTRL, Key::K);
    desk.type_text("L.7");
    desk.press(NONE, Key::Enter);
    assert_eq!(desk.draft().name(), "L.7");
    desk.press(CTRL, Key::K);
    desk.type_text("harbors");
    desk.press(NONE, Key::Enter);
    desk.paragraph("Harbors open at dawn");
    desk.press(CTRL, Key::K);
    desk.type_text("se");
    desk.press(NONE, Key::ArrowDown);
    desk.press(NONE, Key::ArrowUp);
    desk.press(NONE, Key::Escape);
    desk.must_not_see("Search all drafts for");

    desk.press(NONE, Key::F1);
    for words in ["Keyboard", "Ctrl+Shift+C", "Next annotation", "F8", "Move by provision"] {
        desk.must_see(words);
    }
    desk.press(NONE, Key::Escape);
    assert!(!desk.sees_words("Move by provision"));
}

#[test]
fn an_answer_is_reached_opened_and_left_by_keys() {
    let mut desk = two_drafts();
    desk.press(CTRL, Key::Num4);
    assert_eq!(desk.keyboard_at(), "Search all drafts");
    desk.type_text("secret");
    desk.tab_until(NONE, "an answer in Article 6", |name| name.starts_with("Article 6(2)"));
    desk.press(NONE, Key::Enter);
    desk.paragraph("a ship that carries secrets");
    assert_eq!(desk.w().view().marked.len(), 1);
    desk.press(ALT, Key::ArrowLeft);
    assert_eq!(desk.field("Search all drafts"), "secret");
    desk.press(NONE, Key::F4);
    assert_eq!(desk.draft().name(), "L.7", "F4 opens the next answer");
}

#[test]
fn copying_and_exporting_need_no_mouse() {
    let mut desk = two_drafts();
    desk.tab_to_page();
    caret_at(&mut desk, "its lights.");
    desk.press(SHIFT, Key::End);
    desk.copy();
    assert_eq!(desk.copied(), "“its lights.” (L.1, Article 1(1))");
    desk.press(CTRL, Key::T);
    desk.press(NONE, Key::ArrowDown);
    desk.press(NONE, Key::Enter);
    assert_eq!(desk.own().len(), 1);
    assert!(
        desk.own()[0].concerns.contains(&desk.concern("Cyber-enabled and content offences").id),
        "the second in the list"
    );
    desk.press(NONE, Key::Escape);
    desk.press(CTRL, Key::E);
    let path = desk.home.path().join("amira.annotations.ron");
    desk.tab_to("Write to");
    desk.press(CTRL, Key::A);
    desk.type_text(&path.display().to_string());
    desk.press(NONE, Key::Enter);
    assert!(std::fs::read_to_string(path).unwrap().contains("its lights"));
}

#[test]
fn a_provision_is_remarked_on_and_its_absence_noted() {
    let mut desk = two_drafts();
    desk.tab_to_page();
    caret_at(&mut desk, "any [serious]");
    desk.press(CTRL_SHIFT, Key::A);
    let a = desk.own().remove(0);
    assert_eq!(a.kind, AnnotationKind::Absence);
    assert!(desk.words_of(&a).ends_with("offence at sea."), "{:?}", desk.words_of(&a));
    // Its card is open; the picker tags it, and one goes on in the note.
    desk.press(CTRL, Key::T);
    desk.type_text("judicial");
    desk.press(NONE, Key::Enter);
    assert!(desk.own()[0].concerns.contains(&desk.concern("Prior judicial authorization").id));
    assert_eq!(desk.keyboard_at(), "Note", "the first concern leads to the note");
    desk.type_text("No judge is asked");
    assert_eq!(desk.own()[0].note, "No judge is asked");
    desk.press(NONE, Key::Escape);
    assert!(desk.is_on_page());
    desk.press(CTRL_SHIFT, Key::P);
    assert_eq!(desk.own().len(), 2);
    assert_eq!(desk.own()[1].kind, AnnotationKind::Remark);
}

#[test]
fn the_end_of_a_long_menu_is_reached_on_a_low_screen() {
    let mut desk = two_drafts_sized((1000.0, 420.0));
    desk.tab_to("View");
    desk.press(NONE, Key::Enter);
    desk.tab_until(NONE, "Theme as the system", |name| name == "Theme as the system");
    desk.wait(4);
    let rect = desk.thing_of(Role::Button, "Theme as the system").rect();
    assert!(rect.top() > 0.0 && rect.bottom() < 420.0, "it stands at {rect:?}");
}

#[test]
fn a_menu_is_opened_used_and_left_by_keys() {
    let mut desk = two_drafts();
    remark(&mut desk, "tend its lights", "Surveillance powers", "The first", None, Status::Agreed);
    desk.tab_to("Edit");
    desk.press(NONE, Key::Enter);
    desk.must_see("Undo: status agreed");
    desk.tab_until(NONE, "Undo", |name| name.starts_with("Undo: "));
    desk.press(NONE, Key::Enter);
    assert_eq!(desk.own()[0].status, Status::Draft);
    assert!(!desk.sees_words("Find in this draft… Ctrl+F"), "the menu closes");
    desk.press(NONE, Key::Enter);
    desk.must_see("Redo: status agreed");
    desk.press(NONE, Key::Escape);
    desk.must_not_see("Redo: status agreed");
    assert_eq!(desk.keyboard_at(), "Edit", "the keyboard is where it was");
}
