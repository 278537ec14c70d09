//! The place where drafts wait to be added: looked at, read otherwise, corrected, added, alone and by the dozen.

use std::fs;
use std::path::PathBuf;

use eframe::egui::{Key, Role};
use travaux::model::{Direction, ProvisionKind};
use travaux::workspace::{Command, Place, ThemeChoice, ViewCommand};

use super::desk::{Desk, OPENED, two_drafts, two_drafts_sized};
use super::hands::{CTRL, NONE};
use super::trial;

const ODD: &str = "TRIAL\n---\nDraft convention on lamps\n\nGeneral remarks\n\nArticle 1\n\nKeepers\n\n1. Each Party shall see\n\nArticle 2\n\nof the other treaty.\n\nArticle 5\n\nCosts\n\n1. Each bears its own.\n";

impl Desk {
    /// Lets files go over the window, one for each name and text.
    fn drop_texts(&mut self, files: &[(&str, &str)]) {
        trial::install();
        let write = |(name, text): &(&str, &str)| -> PathBuf {
            let path = self.home.path().join(name);
            fs::write(&path, text).unwrap();
            path
        };
        let paths: Vec<PathBuf> = files.iter().map(write).collect();
        self.drop_files(&paths);
    }

    /// Clicks a paragraph of the page.
    fn click_paragraph(&mut self, words: &str) {
        let rect = self.paragraph(words);
        self.click_at(eframe::egui::pos2(rect.left() + 60.0, rect.center().y));
    }

    fn headings(&self) -> Vec<String> {
        let page = self.matching(|n, _| n.accesskit_node().role() == Role::Heading);
        page.iter().map(super::eyes::name_of).collect()
    }
}

use egui_kittest::kittest::NodeT as _;

#[test]
fn a_line_is_corrected_by_click_by_key_and_taken_back() {
    let mut desk = two_drafts();
    desk.drop_texts(&[("odd.trial", ODD)]);
    desk.must_see("Drafts to add (1)");
    desk.thing_of(Role::Document, "Preview of Odd");
    desk.must_see("Numbers 3 to 4 are missing before Article 5");
    assert!(desk.headings().iter().any(|h| h.contains("Article 2")), "{:?}", desk.headings());
    assert!(desk.is_disabled("Plain words"), "no line is chosen yet");

    // A finding leads to its place, and the line it stands on can be corrected at once.
    desk.click_first(Role::ListBoxOption, "Numbers 3 to 4");
    assert!(!desk.is_disabled("Plain words"));

    desk.click_paragraph("Article 2");
    desk.click("Plain words");
    let outline = desk.w().proposals()[0].preview.outline.clone();
    assert_eq!(outline.provisions.iter().filter(|p| p.kind == ProvisionKind::Article).count(), 2);
    desk.must_see("Undo (1)");
    desk.must_see("Numbers 2 to 4 are missing before Article 5");

    // On the page a letter does the same.
    desk.click_paragraph("General remarks");
    assert!(desk.is_on_page());
    desk.press(NONE, Key::H);
    assert!(desk.headings().iter().any(|h| h == "General remarks"), "{:?}", desk.headings());
    desk.click_paragraph("1. Each Party shall see");
    desk.press(NONE, Key::M);
    desk.paragraph("1. Each Party shall see  Article 2");
    desk.press(CTRL, Key::Z);
    desk.press(CTRL, Key::Z);
    assert!(!desk.headings().iter().any(|h| h == "General remarks"));
    assert_eq!(desk.w().proposals()[0].corrections.len(), 1);

    // By the menu of the line.
    let rect = desk.paragraph("of the other treaty");
    desk.secondary_click_at(eframe::egui::pos2(rect.left() + 60.0, rect.center().y));
    desk.click_first(Role::Button, "Not part of the instrument");
    assert_eq!(desk.w().proposals()[0].corrections.len(), 2);

    desk.fill_in("Title of the instrument", "Convention on lamps");
    desk.fill_in("Label", "Zero draft");
    desk.click("Lines run from right to left");
    desk.click("Add the draft");
    let draft = desk.draft();
    assert_eq!((draft.name(), draft.outline.title.as_deref()), ("Zero draft", Some("Convention on lamps")));
    assert_eq!(draft.details.direction, Direction::RightToLeft);
    assert!(desk.is_on_page());
    // What was corrected is kept.
    let folder = desk.w().folder().unwrap().to_owned();
    let again = desk.closed_and_opened(&folder);
    assert_eq!(again.draft().outline, draft.outline);
}

#[test]
fn another_reading_both_readings_and_comments() {
    let mut desk = two_drafts();
    desk.drop_texts(&[("rev1.trial", trial::RICH)]);
    desk.paragraph("name two keepers for");
    desk.must_see("2 stretches inserted, 2 deleted, tracked by the word processor");
    desk.click("As it was");
    desk.paragraph("name a keeper for");
    assert!(desk.is_chosen("As it was"));
    desk.must_see("Delegation of Norway (2), Secretariat (1)");
    desk.click("Both as two drafts");
    desk.must_see("Drafts to add (2)");
    assert_eq!(desk.values_of("Label"), ["Rev1, as proposed"]);
    desk.click_first(Role::ListBoxOption, "rev1.trial");
    // The comments come with the first of the two only.
    desk.click("Add 2 drafts");
    let sets: Vec<_> = desk.w().analysts().into_iter().map(|(_, name, count, _)| (name, count)).collect();
    assert_eq!(sets, [("Delegation of Norway".to_owned(), 2), ("Secretariat".to_owned(), 1)]);
    let before = desk.w().project().unwrap().drafts.len();
    desk.press(CTRL, Key::Z);
    assert_eq!(desk.w().project().unwrap().drafts.len(), before - 2, "one step");
    assert!(desk.w().analysts().is_empty());

    desk.drop_texts(&[("rev1.trial", trial::RICH)]);
    desk.click("Add 3 comments by 2 people as annotations");
    desk.click("Add the draft");
    assert!(desk.w().analysts().is_empty(), "they were not wanted");
    desk.drop_texts(&[("again.trial", trial::RICH)]);
    desk.must_see("The same file is already here as Rev1");
}

#[test]
fn a_column_is_chosen() {
    let mut desk = two_drafts();
    let text = "TRIAL\ncolumn: Commission\ncolumn: Council\n---\n1|Article 1\n\n1|1. Lamps.\n\n2|Article 1a\n\n2|1. Candles.\n";
    desk.drop_texts(&[("table.trial", text)]);
    desk.click("Column 2: Council");
    desk.paragraph("1. Candles.");
    assert!(!desk.headings().iter().any(|h| h == "Article 1"), "{:?}", desk.headings());
    desk.click("Each column as a draft");
    desk.must_see("Drafts to add (2)");
    desk.click("Add 2 drafts");
    let names: Vec<_> = desk.w().project().unwrap().drafts.iter().map(|d| d.name().to_owned()).collect();
    assert_eq!(names[2..], ["Table, Commission", "Table, Council"]);
    let council = desk.draft_named("Council");
    desk.run(Command::View(ViewCommand::OpenDraft(council)));
    desk.ask(travaux::workspace::Question::DraftDetails);
    desk.must_see("column 2 (Council); its text of");
}

#[test]
fn doubtful_and_locked_files_wait_for_a_person() {
    let mut desk = two_drafts();
    let doubt = "Pages 2 to 2 have signs that stand for nothing";
    desk.drop_texts(&[
        ("scan.trial", &format!("TRIAL\ndoubt: 2-2 {doubt}\n{}", &trial::RICH[6..])),
        ("locked.trial", "TRIAL\npassword: sesame\n---\nArticle 1\n\nWords.\n"),
    ]);
    desk.must_see(doubt);
    desk.must_see("1 has a doubtful text, 1 needs a password");
    assert!(desk.is_disabled("Add 0 drafts"));
    desk.click("Look at page 2");
    desk.paragraph("2. Keepers are neutral");
    desk.click("Add anyway; I have compared it with the original");
    assert!(!desk.is_disabled("Add 1 draft"));

    desk.click_first(Role::ListBoxOption, "locked.trial");
    assert_eq!(desk.keyboard_at(), "Password of the file", "one can type at once");
    desk.type_text("wrong");
    desk.press(NONE, Key::Enter);
    desk.must_see("This password does not open it");
    desk.click("Password of the file");
    desk.type_text("sesame");
    desk.click("Read the file");
    desk.paragraph("Words.");
    assert!(desk.w().proposals().iter().all(|p| p.is_acceptable()));
    desk.press(CTRL, Key::Enter);
    assert_eq!(desk.w().project().unwrap().drafts.len(), 4);
    desk.must_not_see("Drafts to add");
}

#[test]
fn fifty_files_come_in_and_what_did_not_is_told() {
    let mut desk = two_drafts();
    trial::install();
    let folder = desk.home.path().join("papers");
    fs::create_dir(&folder).unwrap();
    for n in 1..=50 {
        fs::write(folder.join(format!("rev{n}.md")), format!("# Draft {n}\n\n## Article 1\n\nLamp {n}.\n")).unwrap();
    }
    fs::write(folder.join("empty.md"), "").unwrap();
    fs::write(folder.join("broken.trial"), "TRIAL\n---\nPANIC\n").unwrap();
    desk.drop_files(&[folder]);
    desk.must_see("Drafts to add (50)");
    desk.must_see("2 files were not read");
    desk.must_see("empty.md is empty");
    assert!(!desk.sees("Not done"), "said once is enough");
    // Up and down in the list shows what one stands on.
    desk.click_first(Role::ListBoxOption, "rev1.md");
    for _ in 0..12 {
        desk.press(NONE, Key::ArrowDown);
    }
    desk.thing_of(Role::Document, "Preview of Rev13");
    desk.click("Leave out");
    desk.thing_of(Role::Document, "Preview of Rev14");
    // One can go elsewhere and come back.
    desk.click_of(Role::Button, "Read");
    desk.must_not_see("Leave all out");
    desk.press(CTRL, Key::Num8);
    desk.click("Add 49 drafts");
    assert_eq!(desk.w().project().unwrap().drafts.len(), 51);

    desk.must_see("49 of 52 files came in");
    desk.click("Copy the report");
    assert!(desk.copied().contains("broken.trial cannot be read") && desk.copied().contains("rev13.md: left out"));
    desk.click("Save the report…");
    let to = desk.home.path().join("report.txt");
    desk.fill_in("File", &to.display().to_string());
    desk.click("Save");
    assert_eq!(fs::read_to_string(&to).unwrap(), desk.copied());
    desk.click("Close");
    assert_eq!(desk.w().view().place, Place::Read);
    desk.must_not_see("Not done");
}

#[test]
fn the_original_is_opened_in_its_own_program() {
    let mut desk = two_drafts();
    desk.drop_texts(&[("rev1.trial", trial::RICH)]);
    desk.click("Open the file");
    let dropped = desk.home.path().join("rev1.trial");
    desk.click("Add the draft");
    desk.press(super::hands::CTRL_SHIFT, Key::I);
    let kept = desk.w().original_of(&desk.draft()).unwrap();
    let opened = OPENED.lock().unwrap().clone();
    assert!(opened.contains(&dropped) && opened.contains(&kept), "{opened:?}");
    assert_eq!(fs::read(&kept).unwrap(), trial::RICH.as_bytes());
    desk.ask(travaux::workspace::Question::DraftDetails);
    desk.must_see("Made from rev1.trial (SHA-256 ");
    desk.must_see("read as proposed; its text of");
    desk.click("Show it in its folder");
    assert!(OPENED.lock().unwrap().contains(&kept.parent().unwrap().to_owned()));
    desk.press(NONE, Key::Escape);
    fs::remove_file(&kept).unwrap();
    desk.press(super::hands::CTRL_SHIFT, Key::I);
    desk.must_see("was made from is not in the project");
}

#[test]
fn every_state_in_both_themes_and_all_sizes() {
    for size in [(1280.0, 800.0), (1920.0, 1080.0), (720.0, 480.0)] {
        let mut desk = two_drafts_sized(size);
        desk.drop_texts(&[
            ("rev1.trial", trial::RICH),
            ("scan.trial", &format!("TRIAL\ndoubt: 2-2 Page 2 has no text\n{}", &trial::RICH[6..])),
            ("table.trial", "TRIAL\ncolumn: A\ncolumn: B\n---\n1|Article 1\n\n2|Article 2\n"),
            ("locked.trial", "TRIAL\npassword: x\n---\n"),
            ("empty.trial", ""),
        ]);
        for theme in [ThemeChoice::Light, ThemeChoice::Dark] {
            desk.run(Command::View(ViewCommand::Theme(theme)));
            for file in ["rev1", "scan", "table", "locked"] {
                desk.click_first(Role::ListBoxOption, &format!("{file}.trial"));
                super::looks::everything_has_a_name(&desk, &format!("{size:?}, {theme:?}, {file}"));
                let add = desk.first(Role::Button, "Add 2 drafts").rect();
                assert!(desk.window.ctx.content_rect().contains_rect(add), "{size:?}: the way on is at {add:?}");
            }
        }
        // Everything by keyboard: the list, the page, the way on.
        desk.click_first(Role::ListBoxOption, "rev1.trial");
        desk.tab_to_page();
        desk.press(NONE, Key::ArrowDown);
        desk.press(NONE, Key::P);
        assert_eq!(desk.w().proposals()[0].corrections.len(), 1);
        desk.tab_to("Leave all out");
        desk.press(NONE, Key::Enter);
        assert!(!desk.w().is_importing());
    }
}
