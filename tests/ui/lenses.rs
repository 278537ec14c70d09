//! Lenses by key, by menu and by name: the legend, the words by article, the meaning of terms.

use eframe::egui::{Key, Role};
use egui_kittest::kittest::NodeT as _;
use travaux::workspace::{Command, DraftCommand, Lens, Panel, ProjectCommand};

use super::desk::{Desk, reopen, workspace};
use super::hands::{ALT, CTRL, CTRL_SHIFT, NONE, SHIFT};

const OLD: &str = "CONVENTION ON SHARED LAMPS\n\nArticle 1\nUse of terms\n\nFor the purposes of this Convention:\n\n\
    (a) “Lamp” means a light that burns all night;\n\n(b) “Fog bell” means a bell.\n\nArticle 2\nKeepers\n\n\
    1. Each Party shall name a keeper for every Lamp. Each keeper shall be heard.\n\n2. A keeper may rest.\n";

fn desk() -> Desk {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("lamps");
    let mut w = workspace(home.path());
    let details = travaux::model::ProjectDetails { title: "Lamps".into(), ..Default::default() };
    w.run(Command::Project(ProjectCommand::New { folder: folder.clone(), details }));
    let new = OLD.replace("shall name", "should name").replace("may rest", "may rest [and may sleep]");
    for (name, text) in [("old.txt", OLD), ("new.txt", &new)] {
        let file = home.path().join(name);
        std::fs::write(&file, text).unwrap();
        w.run(Command::Draft(DraftCommand::Import(vec![file])));
        w.run(Command::Draft(DraftCommand::Accept));
    }
    w.close_project();
    drop(w);
    let mut desk = reopen(home, &folder);
    desk.press(CTRL, Key::PageDown);
    if !desk.draft().text.contains("should name") {
        desk.press(CTRL, Key::PageDown);
    }
    desk.settle();
    desk
}

#[test]
fn the_legend_says_what_the_marks_mean_and_goes_through_them() {
    let mut desk = desk();
    desk.press(CTRL_SHIFT, Key::B);
    desk.settle();
    for words in ["Obligation 1", "Soft obligation 1", "Permission 2", "Prohibition 0", "Qualifier 0"] {
        assert!(desk.sees(words), "{words}");
    }
    desk.press(NONE, Key::F12);
    assert_eq!(desk.selected(), "should");
    desk.must_see("1 of 4: should (soft obligation)");
    desk.click("Next mark");
    assert_eq!(desk.selected(), "shall");
    desk.press(SHIFT, Key::F12);
    assert_eq!(desk.selected(), "should");

    desk.click("Legend: Negotiating marks");
    desk.must_see("In brackets 1");
    desk.press(NONE, Key::F12);
    assert_eq!(desk.selected(), "[and may sleep]");
    desk.click("Hide legend");
    desk.must_not_see("In brackets 1");

    // From the status line, and kept for the next time.
    desk.click("Lenses");
    desk.click("Defined terms");
    assert!(desk.w().view().shows(Lens::Terms));
    desk.press(NONE, Key::Escape);
    let folder = desk.w().folder().unwrap().to_owned();
    let again = desk.closed_and_opened(&folder);
    assert!(again.w().view().shows(Lens::Words) && again.w().view().shows(Lens::Terms));
}

#[test]
fn the_words_of_each_article_lead_to_it() {
    let mut desk = desk();
    desk.press(ALT, Key::Num7);
    desk.settle();
    assert_eq!(desk.w().view().panel, Panel::Words);
    assert!(desk.sees("Article 2  Keepers: shall 1, should 1, may 2"));
    let old =
        desk.w().project().unwrap().drafts.iter().find(|d| d.text.contains("shall name")).unwrap().name().to_owned();
    desk.choose("Counted against: Alone", &format!("Since {old}"));
    desk.settle();
    desk.click("Article 2  Keepers: shall 2 \u{2192} 1, should 0 \u{2192} 1, may 1 \u{2192} 2");
    let head = desk.w().view().selection().unwrap().head;
    assert!(desk.draft().text[head..].starts_with("Article 2"));
    desk.click("Export…");
    desk.must_see("Obligation words by article, as an Excel workbook (.xlsx)");
    desk.press(NONE, Key::Escape);
}

#[test]
fn a_term_says_what_it_means_by_key_and_leads_to_its_definition() {
    let mut desk = desk();
    desk.press(CTRL_SHIFT, Key::D);
    desk.settle();
    let described = desk.thing_of(Role::Link, "Lamp").accesskit_node().description();
    assert_eq!(described.as_deref(), Some("Defined in Article 1(a): (a) “Lamp” means a light that burns all night;"));
    // The definitions are marks as well.
    for _ in 0..3 {
        desk.press(NONE, Key::F12);
    }
    assert_eq!(desk.keyboard_at(), "Lamp");
    desk.must_see("1 use; Enter goes to the definition");
    desk.press(NONE, Key::Enter);
    assert_eq!(desk.selected(), "Lamp");
    desk.must_not_see("1 use; Enter goes to the definition");
    desk.press(ALT, Key::ArrowLeft);

    desk.press(ALT, Key::Num8);
    desk.settle();
    assert!(desk.sees("Lamp: Article 1(a), 1 use"));
    desk.click("Findings (1)");
    assert!(desk.sees("Fog bell: Defined in Article 1(b) and never used"), "{}", desk.screen());
    desk.click("Fog bell: Defined in Article 1(b) and never used");
    assert_eq!(desk.selected(), "Fog bell");
}
