//! The place Matrix, with the mouse and by keyboard alone.

use eframe::egui::{Key, Role};
use travaux::model::{AnnotationKind, Severity, Status};
use travaux::workspace::{
    AnnotateCommand, Axis, ColleagueCommand, Command, CompareCommand, Kinds, MatrixLook, MatrixPage, Place, Says,
    Shade, ViewCommand,
};

use super::desk::{Desk, two_drafts};
use super::hands::{ALT, CTRL, NONE};
use super::looks::everything_has_a_name;
use super::side::remark;
use super::treaty::first_draft;

/// The first draft with three remarks in two articles.
fn desk() -> Desk {
    let mut desk = two_drafts();
    let text = desk.draft().text.clone();
    // Words of a paragraph each: the remarks stand in different articles.
    let lines: Vec<&str> = text.lines().filter(|l| l.starts_with("1. ") || l.starts_with("2. ")).collect();
    assert!(lines.len() >= 3, "{}", first_draft());
    remark(&mut desk, lines[0], "Surveillance powers", "Too wide", Some(Severity::High), Status::Draft);
    remark(&mut desk, lines[1], "Surveillance powers", "Unclear", Some(Severity::Low), Status::Draft);
    remark(&mut desk, lines[lines.len() - 1], "Prior judicial authorization", "No court", None, Status::Agreed);
    desk.run(Command::View(ViewCommand::Focus(None)));
    desk
}

fn look(desk: &mut Desk, look: MatrixLook) {
    desk.run(Command::View(ViewCommand::Matrix(Box::new(look))));
    desk.wait(2);
}

fn cells(desk: &Desk, words: &str) -> Vec<String> {
    desk.names(Role::Cell).into_iter().filter(|n| n.contains(words)).collect()
}

#[test]
fn a_cell_is_gone_to_and_its_remarks_opened_by_keyboard_alone() {
    let mut desk = desk();
    desk.press(CTRL, Key::Num5);
    desk.wait(2);
    assert_eq!(desk.w().view().place, Place::Matrix);
    look(&mut desk, MatrixLook { without_empty: true, ..MatrixLook::default() });
    everything_has_a_name(&desk, "matrix");
    assert!(!desk.names(Role::RowHeader).is_empty() && !desk.names(Role::ColumnHeader).is_empty());
    let counted = cells(&desk, "Surveillance powers");
    assert!(counted.iter().any(|c| c.contains("remark") && c.contains("worst high")), "{counted:?}");
    // The table has the keyboard at once.
    desk.press(CTRL, Key::Home);
    desk.wait(2);
    let first = desk.keyboard_at();
    assert!(first.contains(" \u{d7} "), "{first}");
    desk.press(NONE, Key::ArrowDown);
    desk.wait(2);
    assert_ne!(desk.keyboard_at(), first);
    // To a cell with remarks, and into their list.
    for _ in 0..40 {
        if desk.keyboard_at().contains("Surveillance powers") && !desk.keyboard_at().contains(": 0 ") {
            break;
        }
        desk.press(
            NONE,
            if desk.keyboard_at().contains("Surveillance powers") { Key::ArrowRight } else { Key::ArrowDown },
        );
        desk.wait(2);
    }
    let cell = desk.keyboard_at();
    assert!(cell.contains("Surveillance powers") && cell.contains("remark"), "{cell}");
    desk.press(NONE, Key::Enter);
    desk.wait(2);
    assert!(desk.keyboard_at().contains("Remark, "), "{}", desk.keyboard_at());
    desk.press(NONE, Key::Escape);
    desk.wait(3);
    assert_eq!(desk.keyboard_at(), cell, "back in the table");
    desk.press(NONE, Key::Enter);
    desk.wait(2);
    desk.press(NONE, Key::Enter);
    desk.wait(2);
    assert_eq!(desk.w().view().place, Place::Read);
    assert!(desk.w().view().focus.is_some(), "its card is open");
    desk.press(ALT, Key::ArrowLeft);
    desk.wait(3);
    assert_eq!(desk.w().view().place, Place::Matrix);
    assert_eq!(desk.keyboard_at(), cell, "where one was");
}

#[test]
fn what_is_counted_is_chosen_with_the_mouse() {
    let mut desk = desk();
    desk.click("Matrix");
    desk.wait(2);
    desk.click("Swap");
    assert_eq!(desk.w().view().matrix.rows, Axis::Article);
    desk.click("Cells: Number of remarks");
    desk.click("Highest severity");
    desk.wait(2);
    assert_eq!(desk.w().view().matrix.shade, Shade::Severity);
    desk.must_see("Shade: 4 critical");
    desk.click("Swap");
    let found = cells(&desk, "worst high");
    let cell = found.iter().find(|c| c.starts_with("Surveillance powers")).unwrap().clone();
    desk.click_of(Role::Cell, &cell);
    desk.wait(2);
    desk.must_see("Too wide");
    for page in ["Together", "Coverage", "Safeguards", "Time line"] {
        desk.click(page);
        desk.wait(2);
        everything_has_a_name(&desk, page);
    }
    desk.first(Role::Button, "Surveillance powers: ");
    desk.click_first(Role::Button, "Surveillance powers: ");
    desk.wait(2);
    assert_eq!(desk.w().view().place, Place::Read);
    assert_eq!(desk.w().derived().list.len(), 2);
}

#[test]
fn a_number_leads_to_the_annotations_it_counts() {
    let mut desk = desk();
    // Said of a safeguard, it raises no concern.
    let (draft, concern) = (desk.draft(), desk.concern("Surveillance powers").id);
    let provision = draft.outline.at(desk.range_of("answers to nobody").start).unwrap();
    let says = Some(Says::Present);
    desk.run(Command::Annotate(AnnotateCommand::Safeguard { draft: draft.id, provision, concern, says }));
    assert_eq!(desk.own().len(), 4);
    look(&mut desk, MatrixLook { page: MatrixPage::TimeLine, ..MatrixLook::default() });
    desk.press(CTRL, Key::Num5);
    desk.wait(2);
    desk.click_first(Role::Button, "Surveillance powers: 2 remarks");
    desk.wait(2);
    assert_eq!(desk.w().derived().list.len(), 2);
    look(&mut desk, MatrixLook { page: MatrixPage::TimeLine, kinds: Kinds::All, ..MatrixLook::default() });
    desk.press(CTRL, Key::Num5);
    desk.wait(2);
    desk.click_first(Role::Button, "Surveillance powers: 3 remarks");
    desk.wait(2);
    assert_eq!(desk.w().derived().list.len(), 3);
    // And from what became of the concerns.
    let second = desk.draft_named("L.7");
    desk.run(Command::Compare(CompareCommand::Drafts { old: draft.id, new: second }));
    desk.click("Our concerns");
    desk.click_first(Role::Button, "Surveillance powers: 2 remarks");
    desk.wait(2);
    assert_eq!(desk.w().derived().list.len(), 2);
}

#[test]
fn the_remarks_beside_the_table_are_of_the_draft_and_the_analysts_that_are_shown() {
    let mut desk = desk();
    look(&mut desk, MatrixLook { page: MatrixPage::Coverage, ..MatrixLook::default() });
    desk.press(CTRL, Key::Num5);
    desk.wait(2);
    desk.click_first(Role::ListBoxOption, "Article 1  Scope");
    desk.wait(2);
    let remarks = |desk: &Desk| desk.names(Role::ListBoxOption).iter().filter(|n| n.contains("Remark, ")).count();
    assert!(remarks(&desk) > 0, "{}", desk.screen());
    let analyst = desk.w().analyst().unwrap().id;
    desk.run(Command::Colleague(ColleagueCommand::Show { analyst, shown: false }));
    desk.wait(2);
    assert_eq!(remarks(&desk), 0);
    desk.run(Command::Colleague(ColleagueCommand::Show { analyst, shown: true }));
    desk.wait(2);
    assert!(remarks(&desk) > 0);
    // Another draft, in which nothing is remarked on.
    let second = desk.draft_named("L.7");
    desk.run(Command::View(ViewCommand::OpenDraft(second)));
    desk.press(CTRL, Key::Num5);
    desk.wait(2);
    assert_eq!(remarks(&desk), 0, "{}", desk.screen());
}

#[test]
fn a_safeguard_is_said_to_stand_by_key_and_by_button() {
    let mut desk = desk();
    look(&mut desk, MatrixLook { page: MatrixPage::Safeguards, ..MatrixLook::default() });
    desk.press(CTRL, Key::Num5);
    desk.wait(3);
    let at = desk.keyboard_at();
    assert!(at.contains("not looked at") || at.contains("remark"), "{at}");
    let kinds = |desk: &Desk| -> Vec<AnnotationKind> {
        desk.own().iter().map(|a| a.kind).filter(|k| *k != AnnotationKind::Remark).collect()
    };
    desk.press(NONE, Key::P);
    desk.wait(2);
    assert_eq!(kinds(&desk), [AnnotationKind::Presence]);
    assert!(desk.keyboard_at().contains(": present"), "{}", desk.keyboard_at());
    desk.press(NONE, Key::N);
    desk.wait(2);
    assert_eq!(kinds(&desk), [AnnotationKind::NotNeeded]);
    desk.click("Absent");
    desk.wait(2);
    assert_eq!(kinds(&desk), [AnnotationKind::Absence]);
    desk.press(CTRL, Key::Z);
    desk.press(CTRL, Key::Z);
    desk.press(CTRL, Key::Z);
    desk.wait(2);
    assert_eq!(kinds(&desk), []);
    desk.press(CTRL, Key::Enter);
    desk.wait(2);
    assert_eq!(desk.w().view().place, Place::Read);
}

#[test]
fn an_article_is_marked_as_read_from_the_list_and_from_the_page() {
    let mut desk = desk();
    look(&mut desk, MatrixLook { page: MatrixPage::Coverage, ..MatrixLook::default() });
    desk.press(CTRL, Key::Num5);
    desk.wait(2);
    everything_has_a_name(&desk, "coverage");
    let open = |desk: &Desk| desk.names(Role::ListBoxOption).iter().filter(|n| n.contains(": not looked at")).count();
    let before = open(&desk);
    assert!(before > 0);
    desk.press(NONE, Key::U);
    desk.wait(2);
    desk.press(NONE, Key::R);
    desk.wait(2);
    assert_eq!(open(&desk), before - 1);
    desk.must_see("read by Amira");
    // In the reader the same: the next one, read, and taken back.
    desk.run(Command::View(ViewCommand::Go(Place::Read)));
    desk.press(CTRL, Key::J);
    desk.wait(2);
    let marks = |desk: &Desk| desk.w().own_set().unwrap().read.values().map(|m| m.len()).sum::<usize>();
    assert_eq!(marks(&desk), 1);
    if before > 1 {
        desk.press(CTRL, Key::R);
        desk.wait(2);
        assert_eq!(marks(&desk), 2);
        desk.press(CTRL, Key::R);
        desk.wait(2);
        assert_eq!(marks(&desk), 1);
    }
}
