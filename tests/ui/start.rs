//! From the first start to the first page.

use eframe::egui::{Key, Role};
use travaux::model::ProjectDetails;
use travaux::workspace::{CodebookCommand, Command, ProjectCommand};

use super::desk::{first_start, two_drafts};
use super::hands::{CTRL, CTRL_SHIFT, NONE};
use super::treaty::draft_files;

#[test]
fn the_first_start_leads_from_the_welcome_page_to_reading() {
    let mut desk = first_start();
    desk.must_see("Read the drafts of a treaty");
    for name in ["Open the sample", "New project…", "Open project…"] {
        desk.thing(name);
    }
    desk.fill_in("Your name, as it stands beside your remarks", "Amira");
    desk.click("Keep");
    assert_eq!(desk.w().analyst().unwrap().name, "Amira");
    desk.must_not_see("Your name");

    desk.click("New project…");
    assert_eq!(desk.keyboard_at(), "Title", "one can type at once");
    assert!(desk.is_disabled("Make the project"), "a project needs a title");
    desk.type_text("Shared Lights");
    let parent = desk.home.path().join("treaties");
    desk.fill_in("In the folder", &parent.display().to_string());
    desk.must_see(&format!("Will be kept in {}", parent.join("shared-lights").display()));
    desk.click("Make the project");
    assert_eq!(desk.w().project().unwrap().details.title, "Shared Lights");
    assert!(parent.join("shared-lights").join("project.ron").exists());

    desk.must_see("This project has no drafts yet");
    desk.click("Add drafts…");
    let files = draft_files(desk.home.path());
    desk.type_text(&format!("{}; {}", files[0].display(), files[1].display()));
    desk.click("Read the files");

    desk.must_see("Drafts to add");
    desk.must_see("First draft.txt");
    desk.must_see("Second draft.txt");
    desk.must_see("9 articles");
    desk.must_see("10 articles");
    for (file, label, symbol, date) in [
        ("First draft.txt", "L.1", "MC/LIGHT/1/L.1", "2024-03-04"),
        ("Second draft.txt", "L.7", "MC/LIGHT/2/L.7", "2024-09-09"),
    ] {
        desk.click_first(Role::ListBoxOption, file);
        let fields = ["Label", "Document symbol", "Date"].map(|name| desk.values_of(name));
        assert_eq!(fields, [[label], [symbol], [date]]);
        assert_eq!(desk.field("Title of the instrument"), "CONVENTION ON SHARED LIGHTHOUSES");
    }
    desk.click("Add 2 drafts");

    desk.must_not_see("Drafts to add");
    let names: Vec<_> = desk.w().project().unwrap().drafts.iter().map(|d| d.name().to_owned()).collect();
    assert_eq!(names, ["L.1", "L.7"]);
    desk.thing_of(Role::Document, "L.1");
    desk.thing_of(Role::Button, "L.1");
    desk.paragraph("CONVENTION ON SHARED LIGHTHOUSES");
    desk.paragraph("Each Party shall tend its lights.");
    desk.must_see("All changes kept");
}

#[test]
fn a_guess_about_a_draft_is_corrected_before_it_is_added() {
    let mut desk = first_start();
    desk.run(Command::Project(ProjectCommand::New {
        folder: desk.home.path().join("lights"),
        details: ProjectDetails { title: "Lights".into(), instrument: String::new(), ..ProjectDetails::default() },
    }));
    let files = draft_files(desk.home.path());
    desk.drop_files(&files);
    desk.must_see("Drafts to add");
    desk.click_first(Role::Button, "Leave out");
    assert_eq!(desk.w().proposals().len(), 1, "the first was left out");
    assert_eq!(desk.values_of("Label"), ["L.7"]);

    desk.fill_in("Date", "9 Sept");
    desk.must_see("A date is written year-month-day");
    assert!(desk.is_disabled("Add the draft"));
    desk.fill_in("Date", "2024-09-10");
    desk.fill_in("Label", "Rev.7");
    desk.click("Add the draft");
    let drafts = desk.w().project().unwrap().drafts.clone();
    assert_eq!(drafts.len(), 1);
    assert_eq!((drafts[0].name(), drafts[0].details.date), ("Rev.7", "2024-09-10".parse().ok()));
}

#[test]
fn a_dialog_does_what_its_button_says_and_nothing_when_one_leaves() {
    let mut desk = first_start();
    for way in ["Escape", "Cancel", "Enter on Cancel"] {
        desk.press(CTRL_SHIFT, Key::N);
        assert_eq!(desk.keyboard_at(), "Title");
        desk.type_text("Never made");
        desk.fill_in("In the folder", &desk.home.path().display().to_string());
        match way {
            "Escape" => desk.press(NONE, Key::Escape),
            "Cancel" => desk.click("Cancel"),
            _ => {
                desk.tab_to("Cancel");
                desk.press(NONE, Key::Enter);
            }
        }
        desk.must_not_see("Make the project");
        assert!(desk.w().project().is_none(), "{way} made a project");
        assert!(desk.w().notices().all().is_empty(), "{way}: {:?}", desk.w().notices().all());
    }
    desk.press(CTRL, Key::O);
    desk.type_text(&desk.home.path().join("nowhere").display().to_string());
    desk.press(NONE, Key::Enter);
    desk.must_see("Not done");
    desk.must_see("nowhere");
    desk.click("Put away");
    desk.must_not_see("Not done");
}

#[test]
fn the_sample_opens_with_its_remarks_and_ones_own_stand_beside_them() {
    let mut desk = first_start();
    desk.click("Open the sample");
    let project = desk.w().project().unwrap().clone();
    assert_eq!((project.drafts.len(), project.sets.len()), (3, 2));
    assert!(desk.w().folder().unwrap().starts_with(desk.home.path()), "a copy, so that edits stay with the analyst");
    desk.must_see("remarks in this draft");
    // Every page of every draft: nothing fails on the way, and the cards of the remarks come and go.
    let mut cards = 0;
    for _ in 0..project.drafts.len() {
        desk.press(CTRL, Key::PageDown);
        desk.tab_to_page();
        desk.press(CTRL, Key::Home);
        let mut top = None;
        while top != Some(desk.w().view().draft_view().reading_at) {
            top = Some(desk.w().view().draft_view().reading_at);
            cards += desk.names(Role::Button).iter().filter(|n| n.starts_with("Card ")).count();
            desk.press(NONE, Key::PageDown);
        }
    }
    assert!(cards >= 50, "only {cards} cards were seen");

    let before = project.annotations().count();
    desk.press(CTRL_SHIFT, Key::P);
    desk.must_see("Who is writing?");
    desk.type_text("Bram");
    desk.press(NONE, Key::Enter);
    assert_eq!(desk.own().len(), 1);
    assert_eq!(desk.w().project().unwrap().annotations().count(), before + 1);
    let folder = desk.w().folder().unwrap().to_owned();
    let again = desk.closed_and_opened(&folder);
    assert_eq!(again.own().len(), 1);
}

#[test]
fn a_damaged_project_says_where_and_offers_its_backup() {
    let mut desk = two_drafts();
    let folder = desk.w().folder().unwrap().to_owned();
    let id = desk.concern("Legality").id;
    desk.run(Command::Codebook(CodebookCommand::Retire { id, retired: true }));
    desk.press(CTRL_SHIFT, Key::W);
    let file = folder.join("codebook.ron");
    let mut lines: Vec<String> = std::fs::read_to_string(&file).unwrap().lines().map(str::to_owned).collect();
    lines[9] = "oh dear [".into();
    std::fs::write(file, lines.join("\n")).unwrap();
    desk.click_of(Role::ListBoxOption, "lights");
    assert!(desk.w().project().is_none());
    desk.must_see("Not done");
    desk.must_see("codebook.ron");
    desk.must_see("line 10");
    desk.click_first(Role::Button, "Use the backup");
    assert_eq!(desk.w().project().unwrap().drafts.len(), 2, "{}", desk.screen());
    assert!(desk.w().project().unwrap().codebook.concerns.len() > 16);
}
