//! Drafts: read from files, looked over, accepted, put in order.

use std::fs;

use travaux::model::DraftDetails;
use travaux::workspace::{AnnotateCommand, Command, DraftCommand, Gravity, Tasks, ViewCommand, Workspace};

use crate::desk::{Desk, FIRST, SECOND};

fn labels(desk: &Desk) -> Vec<&str> {
    desk.project().drafts.iter().map(|d| d.name()).collect()
}

#[test]
fn several_files_are_looked_over_and_added_in_one_step() {
    let mut desk = Desk::with_project("Ines", 1);
    let bad = desk.place.path().join("picture.txt");
    fs::write(&bad, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap();
    let files = vec![
        desk.file("second.txt", SECOND),
        bad,
        desk.file("unwanted.md", "# Agenda\n\nNothing.\n"),
        desk.place.path().join("absent.txt"),
        desk.file("first.txt", FIRST),
    ];
    let before = desk.project().clone();
    desk.run(Command::Draft(DraftCommand::Import(files)));
    assert_eq!(desk.project(), &before, "nothing is added before it is accepted");
    let failures = desk.failures();
    assert!(failures[0].starts_with("picture.txt") && failures[1].starts_with("absent.txt"), "{failures:?}");
    let names: Vec<_> = desk.w.proposals().iter().map(|p| p.imported.source.name.clone()).collect();
    assert_eq!(names, ["second.txt", "unwanted.md", "first.txt"]);
    // Good guesses are filled in, and what was recognized is told.
    let first = &desk.w.proposals()[2];
    let guessed = &first.details;
    assert_eq!((guessed.symbol.as_str(), guessed.session.as_str()), ("A/LIGHT/1", "First session"));
    assert_eq!((guessed.date.map(|d| d.to_string()).as_deref(), guessed.language.as_str()), (Some("2024-05-04"), "en"));
    assert!(first.reading.warnings.iter().any(|w| w.message.contains("Article 2")), "{:?}", first.reading.warnings);
    let details = DraftDetails { label: "Zero draft".into(), ..guessed.clone() };
    desk.run(Command::Draft(DraftCommand::Correct { at: 2, details: details.clone() }));
    desk.run(Command::Draft(DraftCommand::Correct { at: 9, details }));
    desk.run(Command::Draft(DraftCommand::LeaveOut(1)));
    desk.run(Command::Draft(DraftCommand::LeaveOut(9)));
    desk.changes(Command::Draft(DraftCommand::Accept));
    assert!(desk.w.proposals().is_empty());
    assert_eq!(labels(&desk), ["Zero draft", "Second"], "drafts stand in the order of their dates");
    assert_eq!(&*desk.draft(0).text, FIRST);
    desk.restart();
    assert_eq!(labels(&desk), ["Zero draft", "Second"]);
    let kept = fs::read_to_string(desk.folder().join("drafts/zero-draft/source.txt")).unwrap();
    assert_eq!(kept, FIRST);
}

#[test]
fn an_addition_that_is_undone_and_done_again_can_be_read_again() {
    let mut desk = Desk::with_project("Ines", 1);
    desk.add_draft("first.txt", FIRST);
    let id = desk.draft(0).id;
    desk.run(Command::Undo);
    assert_eq!((desk.w.view().current, desk.w.view().tabs.len()), (None, 0));
    desk.run(Command::Redo);
    assert_eq!((desk.w.view().current, desk.w.view().tabs.as_slice()), (Some(id), [id].as_slice()));
}

#[test]
fn proposals_survive_a_disk_that_fails() {
    let mut desk = Desk::with_project("Ines", 1);
    let file = desk.file("first.txt", FIRST);
    desk.run(Command::Draft(DraftCommand::Import(vec![file])));
    let details = DraftDetails { label: "Zero draft".into(), ..desk.w.proposals()[0].details.clone() };
    desk.run(Command::Draft(DraftCommand::Correct { at: 0, details }));
    let journal = desk.folder().join(".travaux/journal");
    if journal.exists() {
        fs::remove_dir_all(&journal).unwrap();
    }
    fs::write(&journal, "in the way").unwrap();
    desk.refuses(Command::Draft(DraftCommand::Accept), "Could not keep a change");
    assert_eq!(desk.w.proposals()[0].details.label, "Zero draft", "what was corrected is not typed again");
    fs::remove_file(&journal).unwrap();
    desk.changes(Command::Draft(DraftCommand::Accept));
    assert_eq!(labels(&desk), ["Zero draft"]);
}

#[test]
fn proposals_are_put_away() {
    let mut desk = Desk::with_project("Ines", 1);
    let file = desk.file("first.txt", FIRST);
    desk.run(Command::Draft(DraftCommand::Import(vec![file])));
    assert_eq!(desk.w.proposals().len(), 1);
    desk.ignores(Command::Draft(DraftCommand::Dismiss));
    assert!(desk.w.proposals().is_empty());
    desk.ignores(Command::Draft(DraftCommand::Accept));
    let mut empty = Desk::empty("Ines", 2);
    let file = empty.file("first.txt", FIRST);
    empty.refuses(Command::Draft(DraftCommand::Import(vec![file])), "Open or make a project first");
}

#[test]
fn guessed_labels_tell_drafts_apart() {
    let mut desk = Desk::with_project("Ines", 1);
    let text = |day: u32| {
        format!(
            "---\ntitle: Harbor Agreement\n---\n\n{day} May 2024\n\nArticle 1\n\n1. Each Party shall keep its lights lit.\n"
        )
    };
    let files = vec![desk.file("a.md", &text(4)), desk.file("b.md", &text(9)), desk.file("c.md", &text(9))];
    desk.run(Command::Draft(DraftCommand::Import(files)));
    let guessed: Vec<_> = desk.w.proposals().iter().map(|p| p.details.label.clone()).collect();
    assert_eq!(guessed, ["Harbor Agreement", "Harbor Agreement, 9 May 2024", "Harbor Agreement, c"]);
}

#[test]
fn the_same_file_twice_gets_a_name_and_a_folder_of_its_own() {
    let mut desk = Desk::with_project("Ines", 1);
    for _ in 0..3 {
        desk.add_draft("rev.txt", FIRST);
    }
    let slugs: Vec<_> = desk.project().drafts.iter().map(|d| d.slug.as_str()).collect();
    assert_eq!(slugs, ["rev", "rev-4-may-2024", "rev-2"]);
    desk.restart();
    assert_eq!(desk.project().drafts.len(), 3);
}

#[test]
fn details_and_order_change_and_texts_do_not() {
    let mut desk = Desk::new();
    let (first, second) = (desk.draft(0).id, desk.draft(1).id);
    let details = DraftDetails { label: "Rev.1".into(), session: "Third".into(), ..desk.draft(0).details.clone() };
    desk.changes(Command::Draft(DraftCommand::SetDetails { id: first, details: details.clone() }));
    assert_eq!((desk.draft(0).name(), &*desk.draft(0).text), ("Rev.1", FIRST));
    desk.ignores(Command::Draft(DraftCommand::SetDetails { id: first, details: details.clone() }));
    let nameless = DraftDetails { label: "  ".into(), ..details };
    desk.refuses(Command::Draft(DraftCommand::SetDetails { id: first, details: nameless }), "needs a label");
    desk.changes(Command::Draft(DraftCommand::Move { id: second, to: 0 }));
    assert_eq!(labels(&desk), ["Second", "Rev.1"]);
    desk.ignores(Command::Draft(DraftCommand::Move { id: second, to: 0 }));
    desk.ignores(Command::Draft(DraftCommand::Move { id: first, to: 9 }));
    desk.restart();
    assert_eq!(labels(&desk), ["Second", "Rev.1"]);
}

#[test]
fn a_draft_is_removed_unless_remarks_stand_in_it() {
    let mut desk = Desk::new();
    let (first, second) = (desk.draft(0).id, desk.draft(1).id);
    let id = desk.remark(first, "every light", &[]);
    desk.refuses(Command::Draft(DraftCommand::Remove(first)), "carries 1 annotation;");
    desk.view(ViewCommand::OpenDraft(second));
    desk.changes(Command::Draft(DraftCommand::Remove(second)));
    assert_eq!((desk.w.view().current, desk.w.view().tabs.as_slice()), (Some(first), [first].as_slice()));
    desk.run(Command::Undo);
    assert_eq!(desk.w.view().current, Some(second), "a draft brought back is shown");
    desk.run(Command::Redo);
    desk.annotate(AnnotateCommand::Delete(vec![id]));
    desk.changes(Command::Draft(DraftCommand::Remove(first)));
    assert_eq!((desk.project().drafts.len(), desk.w.view().current), (0, None));
    // Back never leads to a draft that is gone.
    desk.view(ViewCommand::Back);
    assert_eq!((desk.w.view().current, desk.w.view().back.len()), (None, 0));
    desk.restart();
    assert_eq!(desk.project().drafts.len(), 0);
    assert_eq!(fs::read_dir(desk.folder().join("drafts")).map_or(0, Iterator::count), 0);
}

#[test]
fn reading_can_be_stopped() {
    let mut desk = Desk::with_project("Ines", 1);
    let large = desk.file("large.txt", &FIRST.repeat(20_000));
    desk.w.close_project();
    desk.w = Workspace::new(
        Box::new(travaux::workspace::Machine),
        Tasks::threaded(),
        &travaux::workspace::Home::at(&desk.place.path().join("home")),
    );
    desk.run(Command::Project(travaux::workspace::ProjectCommand::Open(desk.folder())));
    desk.w.run(Command::Draft(DraftCommand::Import(vec![large; 50])));
    let task = desk.w.running()[0].clone();
    assert!(task.can_cancel && task.name == "Reading 50 files", "{}", task.name);
    desk.w.run(Command::View(ViewCommand::CancelTask(task.number)));
    desk.w.settle();
    assert!(desk.w.proposals().is_empty());
    let stopped = |n: &travaux::workspace::Notice| n.text.contains("stopped") || n.text.contains("canceled");
    assert!(desk.w.notices().all().iter().any(stopped), "{:?}", desk.w.notices().all());
    assert!(desk.w.notices().all().iter().all(|n| n.gravity != Gravity::Failure), "stopping is no failure");
}
