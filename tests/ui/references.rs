//! Cross references followed by mouse, by key and by name; who refers to what.

use eframe::egui::{Event, Key, Role};
use egui_kittest::kittest::NodeT as _;
use travaux::workspace::{Command, DraftCommand, Panel, ProjectCommand, ViewCommand};

use super::desk::{Desk, reopen, workspace};
use super::hands::{ALT, CTRL_SHIFT, NONE, SHIFT};

const HEAD: &str = "CONVENTION ON SHARED LIGHTHOUSES\n\nArticle 1\nScope\n\n1. Each Party tends its lights as Article 9(2) has it.\n\n\
    2. See article 99 on fog.\n\n3. Point (b) of Article 8 is read with care, as articles 2 to 4 are.\n\n\
    4. So has article 102 of the Charter of the United Nations.\n\n";

fn text() -> String {
    let mut text = HEAD.to_owned();
    for n in 2..=9 {
        text.push_str(&format!("Article {n}\nKeepers {n}\n\n"));
        for m in 1..=2 {
            text.push_str(&format!("{m}. Keepers of kind {n}x{m} are:\n\n(a) free;\n\n(b) told in time.\n\n"));
        }
        // So that not all of it is on one screen.
        text.push_str("3. The rest is said in words a child can follow, and it is said at length.\n\n");
    }
    text
}

fn desk() -> Desk {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("lights");
    let mut w = workspace(home.path());
    let details = travaux::model::ProjectDetails { title: "Lights".into(), ..Default::default() };
    w.run(Command::Project(ProjectCommand::New { folder: folder.clone(), details }));
    let file = home.path().join("draft.txt");
    std::fs::write(&file, text()).unwrap();
    w.run(Command::Draft(DraftCommand::Import(vec![file])));
    w.run(Command::Draft(DraftCommand::Accept));
    w.close_project();
    drop(w);
    let mut desk = reopen(home, &folder);
    desk.settle();
    desk
}

/// The words at the caret, to the end of the line.
fn at_caret(desk: &Desk) -> String {
    let head = desk.w().view().selection().expect("there is a caret").head;
    desk.draft().text[head..].lines().next().unwrap_or_default().to_owned()
}

fn shown(desk: &Desk, words: &str) -> bool {
    !desk.matching(|n, name| n.accesskit_node().role() == Role::Label && name.contains(words)).is_empty()
}

#[test]
fn a_click_leads_there_and_alt_left_comes_back() {
    let mut desk = desk();
    let links = ["Article 9(2)", "article 99", "Point (b) of Article 8", "articles 2 to 4"];
    assert_eq!(desk.names(Role::Link)[..4], links);
    let about = |desk: &Desk, name: &str| desk.thing_of(Role::Link, name).accesskit_node().description();
    assert_eq!(about(&desk, "Article 9(2)").as_deref(), Some("Article 9(2), Keepers 9"));
    assert_eq!(about(&desk, "article 99").as_deref(), Some("Article 99 is not in this draft"));
    assert_eq!(about(&desk, "articles 2 to 4").as_deref(), Some("3 provisions, the first Article 2, Keepers 2"));

    let top = desk.w().view().draft_view().reading_at;
    desk.click_of(Role::Link, "Article 9(2)");
    assert_eq!(at_caret(&desk), "2. Keepers of kind 9x2 are:");
    desk.paragraph("Keepers of kind 9x2");
    assert!(desk.is_on_page());
    desk.press(ALT, Key::ArrowLeft);
    assert_eq!(desk.w().view().draft_view().reading_at, top);
    desk.paragraph("Each Party tends");
    desk.press(ALT, Key::ArrowRight);
    desk.paragraph("Keepers of kind 9x2");
    desk.press(ALT, Key::ArrowLeft);
    // A run leads to its first.
    desk.click_of(Role::Link, "articles 2 to 4");
    assert_eq!(at_caret(&desk), "Article 2");
}

#[test]
fn what_can_mean_several_offers_them() {
    let mut desk = desk();
    desk.click_of(Role::Link, "Point (b) of Article 8");
    assert_eq!(desk.keyboard_at(), "Article 8(1)(b) told in time.");
    desk.must_see("Article 8(2)(b) told in time.");
    desk.press(NONE, Key::Escape);
    desk.must_not_see("Article 8(2)(b) told in time.");
    assert!(desk.is_on_page(), "{}", desk.screen());
    desk.click_of(Role::Link, "Point (b) of Article 8");
    desk.click_of(Role::Button, "Article 8(2)(b) told in time.");
    assert_eq!(at_caret(&desk), "(b) told in time.");
    let before = desk.w().view().selection().unwrap().head;
    assert!(desk.draft().text[..before].contains("8x2"));
    desk.must_not_see("Article 8(1)(b) told in time.");
    desk.press(ALT, Key::ArrowLeft);
    // By keyboard: the second, with Enter.
    for _ in 0..3 {
        desk.press(NONE, Key::F7);
    }
    assert_eq!(desk.keyboard_at(), "Point (b) of Article 8");
    desk.press(NONE, Key::Enter);
    assert_eq!(desk.keyboard_at(), "Article 8(1)(b) told in time.");
    desk.press(NONE, Key::ArrowDown);
    assert_eq!(desk.keyboard_at(), "Article 8(2)(b) told in time.");
    desk.press(NONE, Key::Enter);
    assert_eq!(desk.w().view().selection().unwrap().head, before);
    assert!(desk.is_on_page(), "{}", desk.screen());
}

#[test]
fn resting_on_one_tells_where_it_leads() {
    let mut desk = desk();
    let rest = |desk: &mut Desk, pos| {
        // A card stays as long as the pointer is on it.
        desk.event(Event::PointerGone);
        desk.wait(2);
        desk.event(Event::PointerMoved(pos));
        desk.wait(8);
    };
    let link = |desk: &Desk, name: &str| desk.thing_of(Role::Link, name).rect().center();
    let pos = link(&desk, "Article 9(2)");
    desk.event(Event::PointerMoved(pos));
    assert!(!shown(&desk, "Keepers of kind 9x2"));
    desk.wait(8);
    assert!(shown(&desk, "Keepers of kind 9x2") && shown(&desk, "Keepers 9"), "{}", desk.screen());
    let pos = link(&desk, "article 99");
    rest(&mut desk, pos);
    assert!(shown(&desk, "Article 99 is not in this draft"), "{}", desk.screen());
    assert!(!shown(&desk, "Keepers of kind 9x2"));
    let pos = link(&desk, "articles 2 to 4");
    rest(&mut desk, pos);
    for row in ["Article 2 Keepers 2", "Article 3 Keepers 3", "Article 4 Keepers 4"] {
        desk.thing_of(Role::ListBoxOption, row);
    }
    // Another instrument's: no link, but the pointer is told.
    assert!(!desk.names(Role::Link).iter().any(|n| n.contains("102")));
    desk.event(Event::PointerGone);
    desk.settle();
    let pos = desk.spot("article 102");
    rest(&mut desk, pos + eframe::egui::vec2(8.0, 0.0));
    assert!(shown(&desk, "another instrument"), "{}", desk.screen());
    desk.event(Event::PointerGone);
    desk.settle();
    assert!(!shown(&desk, "another instrument"));
}

#[test]
fn from_one_to_the_next_by_keyboard_alone() {
    let mut desk = desk();
    desk.press(NONE, Key::F7);
    assert_eq!(desk.keyboard_at(), "Article 9(2)");
    assert!(shown(&desk, "Keepers of kind 9x2"), "the keyboard is told as well:\n{}", desk.screen());
    desk.press(NONE, Key::F7);
    assert_eq!(desk.keyboard_at(), "article 99");
    assert!(shown(&desk, "Article 99 is not in this draft"));
    // It leads nowhere, and says so.
    desk.press(NONE, Key::Enter);
    assert_eq!(desk.keyboard_at(), "article 99");
    assert!(shown(&desk, "Article 99 is not in this draft"));
    desk.press(SHIFT, Key::F7);
    assert_eq!(desk.keyboard_at(), "Article 9(2)");
    desk.press(NONE, Key::Enter);
    assert_eq!(at_caret(&desk), "2. Keepers of kind 9x2 are:");
    assert!(desk.is_on_page());
    assert!(!shown(&desk, "Keepers 9"));
    desk.press(ALT, Key::ArrowLeft);
    desk.press(NONE, Key::F7);
    assert_eq!(desk.keyboard_at(), "Article 9(2)");
    desk.press(NONE, Key::Escape);
    assert!(desk.is_on_page(), "{}", desk.screen());
    assert_eq!(desk.w().view().reference, None);
    desk.press(NONE, Key::ArrowRight);
    assert_eq!(at_caret(&desk), "rticle 9(2) has it.");
    // Enter at a caret in one follows it as well.
    desk.press(NONE, Key::Enter);
    assert_eq!(at_caret(&desk), "2. Keepers of kind 9x2 are:");

    desk.press(CTRL_SHIFT, Key::R);
    assert!(desk.names(Role::Link).is_empty(), "{}", desk.screen());
    desk.press(NONE, Key::F7);
    assert_eq!(desk.w().view().reference, None);
    desk.press(CTRL_SHIFT, Key::R);
    assert!(!desk.w().links().unwrap().all.is_empty());
}

#[test]
fn the_panel_lists_who_refers_here_and_what_is_broken() {
    let mut desk = desk();
    desk.press(ALT, Key::Num4);
    assert_eq!(desk.w().view().panel, Panel::References);
    desk.must_see("Nothing in this draft refers to Article 1");
    let draft = desk.draft();
    desk.run(Command::View(ViewCommand::GoToCitation("9(2)".into())));
    let rows = |desk: &Desk| desk.names(Role::ListBoxOption);
    let row = "Article 1(1): Each Party tends its lights as Article 9(2) has it.";
    assert_eq!(rows(&desk), [row], "the article as a whole first");
    desk.click("Article 9(2), cited 1 time");
    assert_eq!(rows(&desk), [row]);
    desk.click(row);
    assert_eq!(desk.selected(), "Article 9(2)");
    desk.paragraph("Each Party tends");
    assert_eq!(rows(&desk), [row], "the list stays while one goes through it");
    desk.press(ALT, Key::ArrowLeft);
    desk.run(Command::View(ViewCommand::Select(None)));
    desk.run(Command::View(ViewCommand::GoToCitation("8".into())));
    assert_eq!(rows(&desk).len(), 1);
    assert!(rows(&desk)[0].starts_with("Article 1(3): "), "{:?}", rows(&desk));

    desk.click("Broken (1)");
    assert_eq!(rows(&desk), ["Article 1(2): no Article 99: See article 99 on fog."]);
    desk.click("Article 1(2): no Article 99: See article 99 on fog.");
    assert_eq!(desk.selected(), "article 99");
    desk.click("Cited by");
    assert_eq!(desk.draft().id, draft.id);
}
