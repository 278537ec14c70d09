//! Curation and agreement, by keyboard and by mouse.

use eframe::egui::{Key, Role};
use travaux::model::{Severity, Status};
use travaux::workspace::{ColleagueCommand, Command, MatrixLook, MatrixPage, Place, ViewCommand};

use super::desk::{Desk, two_drafts, two_drafts_by};
use super::hands::{CTRL, NONE};
use super::looks::everything_has_a_name;
use super::side::remark;

/// Two analysts: they agree on one provision, differ on another, and one is alone on a third.
fn two() -> Desk {
    let mut noor = two_drafts_by("Noor");
    remark(&mut noor, "read in secret", "Surveillance powers", "Noor says no", Some(Severity::High), Status::Draft);
    remark(&mut noor, "intercept any signal", "Surveillance powers", "Noor: low", Some(Severity::Low), Status::Draft);
    let mut desk = two_drafts();
    let path = desk.home.path().join("noor.annotations.ron");
    noor.press(CTRL, Key::E);
    noor.fill_in("Write to", &path.display().to_string());
    noor.click("Export");
    noor.must_see("Written");
    remark(&mut desk, "read in secret", "Surveillance powers", "I say no", Some(Severity::High), Status::Draft);
    remark(
        &mut desk,
        "intercept any signal",
        "Surveillance powers",
        "Mine: worse",
        Some(Severity::Critical),
        Status::Draft,
    );
    remark(&mut desk, "answers to nobody", "Independent oversight", "Who?", None, Status::Draft);
    desk.run(Command::Colleague(ColleagueCommand::OpenFile(path)));
    desk.settle();
    desk.run(Command::Colleague(ColleagueCommand::Apply));
    desk.settle();
    assert_eq!(desk.w().project().unwrap().sets.len(), 2);
    desk
}

fn page(desk: &mut Desk, page: MatrixPage) {
    desk.run(Command::View(ViewCommand::Go(Place::Matrix)));
    let look = MatrixLook { page, draft: Some(desk.draft().id), ..MatrixLook::default() };
    desk.run(Command::View(ViewCommand::Matrix(Box::new(look))));
    desk.wait(3);
}

fn team(desk: &Desk) -> Vec<String> {
    let project = desk.w().project().unwrap();
    let set = project.sets.get(&project.team());
    set.into_iter().flat_map(|s| s.annotations.values()).map(|a| a.note.clone()).collect()
}

#[test]
fn the_team_comes_to_its_set_by_keyboard_alone() {
    let mut desk = two();
    page(&mut desk, MatrixPage::Curation);
    everything_has_a_name(&desk, "curation");
    let rows: Vec<String> =
        desk.names(Role::ListBoxOption).into_iter().filter(|n| n.contains("Surveillance powers ")).collect();
    assert_eq!(rows.len(), 2, "{}", desk.screen());
    assert!(rows[0].ends_with("differ") && rows[1].ends_with("agree"), "{rows:?}");
    // The next one on which they differ, and both remarks made one.
    desk.press(NONE, Key::N);
    desk.must_see("Noor: low");
    desk.press(NONE, Key::J);
    assert_eq!(team(&desk).len(), 1);
    assert!(team(&desk)[0].contains("Mine: worse") && team(&desk)[0].contains("Noor: Noor: low"), "{:?}", team(&desk));
    desk.must_see("Made of remarks of");
    desk.must_see("1 agreed");
    desk.press(NONE, Key::ArrowDown);
    desk.press(NONE, Key::A);
    assert_eq!(team(&desk).len(), 2);
    desk.press(CTRL, Key::Z);
    assert_eq!(team(&desk).len(), 1);
    desk.click("Take all they agree on");
    assert_eq!(team(&desk).len(), 2);
    desk.click("Take the agreed remark out");
    assert_eq!(team(&desk).len(), 1);
    // Taking a single one, and reading it: the agreed remark can be edited by whoever works here.
    desk.click("Take the remark of Noor into the agreed set");
    assert!(team(&desk).contains(&"Noor says no".to_owned()));
    desk.click("Show the agreed remark");
    assert_eq!(desk.w().view().place, Place::Read);
    assert!(desk.w().is_team(desk.w().view().focus.unwrap().analyst));
    desk.fill_in("Note", "We all say no");
    assert!(team(&desk).contains(&"We all say no".to_owned()));
}

#[test]
fn the_figures_and_the_strip_are_shown_with_how_they_are_reckoned() {
    let mut desk = two();
    page(&mut desk, MatrixPage::Agreement);
    everything_has_a_name(&desk, "agreement");
    desk.must_see("Any remark");
    desk.must_see("kappa");
    desk.must_see("All concerns together");
    desk.must_see("place where they differ");
    desk.press(NONE, Key::ArrowDown);
    desk.wait(2);
    assert!(desk.w().view().matrix.concern.is_some());
    desk.click("How it is reckoned");
    desk.must_see("Educational and Psychological");
    desk.choose("Unit: By provision", "By sentence");
    desk.wait(2);
    desk.must_see("Any remark");
    desk.click("Noor");
    desk.wait(2);
    desk.must_see("at least two analysts");
}
