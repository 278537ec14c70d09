//! From the first start to the first page.

use eframe::egui::{Key, Role};
use travaux::model::ProjectDetails;
use travaux::workspace::{Command, ProjectCommand};

use super::hands::{CTRL, CTRL_SHIFT, NONE, draft_files, first_start};

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
    assert_eq!(desk.values_of("Label"), ["L.1", "L.7"]);
    assert_eq!(desk.values_of("Document symbol"), ["MC/LIGHT/1/L.1", "MC/LIGHT/2/L.7"]);
    assert_eq!(desk.values_of("Date"), ["2024-03-04", "2024-09-09"]);
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
        details: ProjectDetails { title: "Lights".into(), instrument: String::new() },
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
