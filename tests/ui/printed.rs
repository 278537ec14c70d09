//! What the file printed besides words: pages to go to, notes beside their signs, read by key, by mouse, by name.

use eframe::egui::{Event, Key, Role, accesskit};
use egui_kittest::kittest::NodeT as _;
use travaux::workspace::{Command, DraftCommand, ProjectCommand};

use super::desk::{Desk, reopen, workspace};
use super::hands::{ALT, CTRL_SHIFT, NONE, SHIFT};

const TEXT: &str = "CONVENTION ON SHARED LIGHTHOUSES\n\nArticle 1\nScope\n\n1. Each Party shall tend its lights¹ by night.\n\n\
    2. This Convention covers any offence at sea, and a new page begins in the middle of this line.\n\n\
    Article 2\nKeepers\n\n1. Keepers are free in their work.\n\n¹ A light is what can be seen from a ship.\n";

/// A project of one draft whose file had four pages and a note.
fn with_pages() -> Desk {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("lights");
    let mut w = workspace(home.path());
    let details = travaux::model::ProjectDetails {
        title: "Lights".into(),
        instrument: "Convention".into(),
        ..travaux::model::ProjectDetails::default()
    };
    w.run(Command::Project(ProjectCommand::New { folder: folder.clone(), details }));
    let file = home.path().join("draft.txt");
    std::fs::write(&file, TEXT).unwrap();
    w.run(Command::Draft(DraftCommand::Import(vec![file])));
    w.run(Command::Draft(DraftCommand::Accept));
    w.settle();
    let draft = w.project().unwrap().drafts[0].clone();
    w.close_project();
    drop(w);
    let at = |words: &str| draft.text.find(words).unwrap();
    let (call, note) = (at("¹ by night"), at("¹ A light"));
    let printed = format!(
        "(format: 1, pages: [(0, 1, \"iii\"), ({}, 2, \"iv\"), ({}, 3, \"\")], notes: [(Some(({call}, {})), ({note}, {}))], \
         styles: [(bold, {}, {})])",
        at("a new page"),
        at("Article 2"),
        call + "¹".len(),
        draft.text.trim_end().len(),
        at("any offence"),
        at("any offence") + 11,
    );
    std::fs::write(folder.join("drafts").join(&draft.slug).join("printed.ron"), printed).unwrap();
    let mut desk = reopen(home, &folder);
    desk.settle();
    assert_eq!(desk.draft().printed.pages.len(), 3, "{}", desk.screen());
    desk
}

/// The words at the caret.
fn at_caret(desk: &Desk) -> String {
    let head = desk.w().view().selection().expect("there is a caret").head;
    desk.draft().text[head..].chars().take(10).collect()
}

#[test]
fn pages_are_gone_to_as_they_are_printed() {
    let mut desk = with_pages();
    for page in ["Page iii", "Page iv", "Page 3"] {
        let marks =
            desk.matching(|n, _| n.accesskit_node().role() == Role::Label && n.value().as_deref() == Some(page));
        assert_eq!(marks.len(), 1, "{page} stands in the margin:\n{}", desk.screen());
    }
    desk.must_see("p. iii");
    desk.press(CTRL_SHIFT, Key::G);
    desk.must_see("Go to page");
    desk.type_text("9");
    desk.must_see("This draft has no such page");
    desk.press(NONE, Key::Enter);
    desk.must_see("Go to page");
    desk.press(NONE, Key::Backspace);
    desk.type_text("iv");
    desk.must_see("Page iv (2 in the file) begins in Article 1(2)");
    desk.press(NONE, Key::Enter);
    desk.must_not_see("Go to page");
    assert_eq!(at_caret(&desk), "a new page");
    desk.must_see("p. iv");
    desk.press(CTRL_SHIFT, Key::G);
    desk.type_text("3");
    desk.press(NONE, Key::Enter);
    assert_eq!(at_caret(&desk), "Article 2\n".chars().take(10).collect::<String>());
}

#[test]
fn a_note_is_read_beside_its_sign_and_left_again() {
    let mut desk = with_pages();
    let note = "A light is what can be seen";
    let shown = |desk: &Desk| {
        !desk.matching(|n, name| n.accesskit_node().role() == Role::Label && name.contains(note)).is_empty()
    };
    assert!(!shown(&desk), "{}", desk.screen());
    desk.click_of(Role::Link, "Note 1");
    assert!(shown(&desk), "{}", desk.screen());
    desk.press(NONE, Key::Escape);
    assert!(!shown(&desk));
    // By key, from a caret before it.
    let spot = desk.spot("Each Party");
    desk.click_at(spot);
    desk.press(NONE, Key::F2);
    assert!(shown(&desk));
    desk.press(NONE, Key::F2);
    assert!(!shown(&desk), "the same key puts it away");
    desk.press(SHIFT, Key::F2);
    assert_eq!(at_caret(&desk), "¹ A light ");
    desk.press(SHIFT, Key::F2);
    assert_eq!(at_caret(&desk), "¹ by night");
    let back = desk.w().view().back.len();
    assert_eq!(back, 2, "each is a stop on the way back");
    desk.press(ALT, Key::ArrowLeft);
    assert_eq!(desk.w().view().back.len(), 1);
    // From the note itself.
    desk.press(NONE, Key::F2);
    desk.click("Go to the note");
    assert_eq!(at_caret(&desk), "¹ A light ");
    desk.click_of(Role::Link, "Back from note 1");
    assert_eq!(at_caret(&desk), "¹ by night");
}

#[test]
fn resting_on_a_sign_shows_its_note() {
    let mut desk = with_pages();
    let note = "A light is what can be seen";
    let shown = |desk: &Desk| {
        !desk.matching(|n, name| n.accesskit_node().role() == Role::Label && name.contains(note)).is_empty()
    };
    let sign = desk.thing_of(Role::Link, "Note 1").rect().center();
    desk.event(Event::PointerMoved(sign));
    assert!(!shown(&desk));
    desk.wait(6);
    assert!(shown(&desk), "{}", desk.screen());
    desk.event(Event::PointerMoved(sign + eframe::egui::vec2(-300.0, -100.0)));
    desk.wait(3);
    assert!(!shown(&desk));
    // A screen reader clicks it.
    let node = desk.thing_of(Role::Link, "Note 1");
    assert!(node.accesskit_node().data().supports_action(accesskit::Action::Click));
}
