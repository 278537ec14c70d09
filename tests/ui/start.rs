//! From the first start to the first page.

use eframe::egui::{Key, Role};

use super::hands::{CTRL, Desk, NONE, draft_files, first_start};

/// What a person sees after each step of making a project; `mouse` says whether they use one.
fn make_project(desk: &mut Desk) {
    desk.must_see("Read the drafts of a treaty");
    for name in ["Open the sample", "New project…", "Open project…", "Your name, as it stands beside your remarks"] {
        desk.thing(name);
    }
}

#[test]
fn the_first_start_leads_from_the_welcome_page_to_reading() {
    let mut desk = first_start();
    make_project(&mut desk);
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
    desk.click("Read");

    desk.must_see("Drafts to add");
    desk.must_see("First draft.txt");
    desk.must_see("Second draft.txt");
    desk.must_see("9 articles");
    desk.must_see("10 articles");
    assert_eq!(desk.names(Role::TextInput).len(), 8);
    println!("{}", desk.screen());
    desk.click("Add 2 drafts");
    println!("{}", desk.screen());
    desk.press(NONE, Key::Enter);
    desk.press(CTRL, Key::K);
}
