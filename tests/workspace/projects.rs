//! The project as a whole: made, opened, closed, held by another, damaged, restored.

use std::fs;
use std::sync::Arc;

use travaux::model::ProjectDetails;
use travaux::workspace::{
    AnnotateCommand, CodebookCommand, Command, DraftCommand, Gravity, ProjectCommand, Tasks, Workspace,
};

use crate::desk::{Desk, FIRST, workspace};

fn project(desk: &mut Desk, command: ProjectCommand) {
    desk.run(Command::Project(command));
}

#[test]
fn a_project_is_made_closed_and_opened_again() {
    let mut desk = Desk::new();
    let draft = desk.draft(0).id;
    desk.remark(draft, "every light", &["SC"]);
    let details =
        ProjectDetails { title: "Lights".into(), instrument: "Treaty on lights".into(), ..ProjectDetails::default() };
    desk.changes(Command::Project(ProjectCommand::SetDetails(details.clone())));
    desk.ignores(Command::Project(ProjectCommand::SetDetails(details)));
    let nameless = ProjectDetails { title: " ".into(), instrument: String::new(), ..ProjectDetails::default() };
    desk.refuses(Command::Project(ProjectCommand::SetDetails(nameless)), "needs a title");
    let before = desk.project().clone();
    project(&mut desk, ProjectCommand::Close);
    assert!(desk.w.project().is_none() && !desk.w.can_edit() && desk.w.view().tabs.is_empty());
    assert_eq!(desk.w.derived().remarks.len(), 0);
    project(&mut desk, ProjectCommand::Close);
    desk.run(Command::Project(ProjectCommand::Open(desk.folder())));
    assert!(desk.project() == &before && desk.w.can_edit());
    assert!(desk.w.history().is_empty(), "steps of an earlier session cannot be undone");
    desk.restart();
    assert!(desk.project() == &before);
    assert_eq!(desk.w.settings().recent, [desk.folder()]);
    project(&mut desk, ProjectCommand::Forget("/elsewhere".into()));
    desk.run(Command::Project(ProjectCommand::Forget(desk.folder())));
    assert!(desk.w.settings().recent.is_empty());
}

#[test]
fn a_project_that_cannot_be_made_leaves_the_open_one_open() {
    let mut desk = Desk::new();
    let details = ProjectDetails { title: "Again".into(), instrument: String::new(), ..ProjectDetails::default() };
    for folder in [desk.folder(), desk.place.path().join("first.txt/project")] {
        desk.ignores(Command::Project(ProjectCommand::New { folder, details: details.clone() }));
        assert_eq!(desk.w.notices().latest().map(|n| n.gravity), Some(Gravity::Failure));
        assert!(desk.w.can_edit());
    }
    let folder = desk.place.path().join("other");
    project(&mut desk, ProjectCommand::New { folder: folder.clone(), details });
    assert_eq!((desk.w.folder(), desk.project().drafts.len()), (Some(folder.as_path()), 0));
    desk.run(Command::Project(ProjectCommand::Open(desk.folder())));
    assert_eq!((desk.project().drafts.len(), desk.w.settings().recent.len()), (2, 2));
}

#[test]
fn a_folder_without_a_project_is_said_to_be_none() {
    let mut desk = Desk::empty("Ines", 1);
    let folder = desk.place.path().to_owned();
    desk.refuses(Command::Project(ProjectCommand::Open(folder.clone())), "There is no project in this folder");
    assert!(desk.said().ends_with(&folder.display().to_string()));
    desk.refuses(Command::Undo, "nothing to undo");
    desk.ignores(Command::Project(ProjectCommand::Restore));
}

#[test]
fn the_analyst_is_asked_once_and_can_change_the_name() {
    let mut desk = Desk::new();
    let draft = desk.draft(0).id;
    desk.remark(draft, "every light", &[]);
    let id = desk.w.analyst().unwrap().id;
    desk.changes(Command::Project(ProjectCommand::SetAnalyst("  Inés\n Ortega ".into())));
    assert_eq!(desk.w.own_set().unwrap().analyst.name, "Inés Ortega");
    assert_eq!(desk.w.analyst().map(|a| (a.id, a.name.as_str())), Some((id, "Inés Ortega")));
    desk.refuses(Command::Project(ProjectCommand::SetAnalyst(" \n".into())), "Please give a name");
    desk.restart();
    assert_eq!(desk.w.analyst().map(|a| (a.id, a.name.as_str())), Some((id, "Inés Ortega")));
    assert_eq!(desk.w.analysts(), [(id, "Inés Ortega".to_owned(), 1, true)]);
}

#[test]
fn who_was_never_asked_can_work_all_the_same() {
    let mut desk = Desk::new();
    desk.w.close_project();
    desk.w = workspace(&desk.place.path().join("another home"), 5);
    desk.run(Command::Project(ProjectCommand::Open(desk.folder())));
    assert!(desk.w.analyst().is_none());
    let draft = desk.draft(0).id;
    desk.remark(draft, "every light", &[]);
    assert_eq!(desk.w.own_set().map(|s| s.annotations.len()), Some(1));
}

#[test]
fn a_second_window_reads_and_changes_nothing() {
    let mut desk = Desk::new();
    let (draft, sc) = (desk.draft(0).id, desk.concern("SC"));
    let id = desk.remark(draft, "every light", &["SC"]);
    let mut second =
        Desk { w: workspace(&desk.place.path().join("second home"), 9), place: tempfile::TempDir::new().unwrap() };
    second.run(Command::Project(ProjectCommand::SetAnalyst("Omar".into())));
    second.run(Command::Project(ProjectCommand::Open(desk.folder())));
    assert_eq!(second.w.held_by().map(|h| h.name.as_str()), Some("Ines"));
    assert!(second.said().contains("reading only") && second.said().contains("Ines"), "{}", second.said());
    assert!(!second.w.can_edit() && second.project() == desk.project());
    let range = second.words(draft, "every light");
    for command in [
        Command::Annotate(AnnotateCommand::Words { draft, range, concerns: [sc].into() }),
        Command::Codebook(CodebookCommand::Add { name: "Fog".into(), parent: None }),
        Command::Codebook(CodebookCommand::Retire { id: sc, retired: true }),
        Command::Project(ProjectCommand::SetDetails(ProjectDetails {
            title: "Mine".into(),
            ..ProjectDetails::default()
        })),
        Command::Draft(DraftCommand::Move { id: draft, to: 1 }),
    ] {
        second.refuses(command, "reading only, since Ines");
    }
    let file = second.file("first.txt", FIRST);
    second.refuses(Command::Draft(DraftCommand::Import(vec![file])), "Open or make a project first");
    second.ignores(Command::Draft(DraftCommand::Accept));
    // Reading is all there: searching, and files out.
    assert_eq!(second.w.search_now("fog", 10).map(|r| r.total), Some(1));
    second.w.close_project();
    assert!(desk.w.can_edit());
    desk.annotate(AnnotateCommand::SetNote { id, note: "still mine".into() });
    desk.w.close_project();
    second.run(Command::Project(ProjectCommand::Open(desk.folder())));
    assert!(second.w.can_edit() && second.w.held_by().is_none());
}

#[test]
fn a_project_asked_for_twice_at_once_is_opened_once() {
    let mut desk = Desk::new();
    desk.w.close_project();
    let home = travaux::workspace::Home::at(&desk.place.path().join("home"));
    desk.w = Workspace::new(Box::new(travaux::workspace::Machine), Tasks::threaded(), &home);
    desk.w.run(Command::Project(ProjectCommand::Open(desk.folder())));
    desk.w.run(Command::Project(ProjectCommand::Open(desk.folder())));
    desk.w.settle();
    assert!(desk.w.can_edit(), "{:?}", desk.w.held_by());
    // Who asks for another meanwhile gets the other.
    let other = desk.place.path().join("other");
    let details = ProjectDetails { title: "Other".into(), instrument: String::new(), ..ProjectDetails::default() };
    desk.w.run(Command::Project(ProjectCommand::New { folder: other.clone(), details }));
    desk.w.run(Command::Project(ProjectCommand::Open(desk.folder())));
    desk.w.run(Command::Project(ProjectCommand::Open(other.clone())));
    desk.w.settle();
    assert_eq!(desk.w.folder(), Some(other.as_path()));
    assert!(desk.w.can_edit());
    desk.w.run(Command::Project(ProjectCommand::Open(desk.folder())));
    desk.w.settle();
    assert!(desk.w.can_edit(), "the one not wanted was let go");
}

#[test]
fn a_damaged_project_is_left_as_it_is_and_its_backup_restored() {
    let mut desk = Desk::new();
    let draft = desk.draft(0).id;
    let id = desk.remark(draft, "every light", &[]);
    desk.restart();
    desk.annotate(AnnotateCommand::SetNote { id, note: "later".into() });
    desk.w.close_project();
    let file = desk.folder().join("annotations").read_dir().unwrap().next().unwrap().unwrap().path();
    let whole = fs::read_to_string(&file).unwrap();
    let damaged = whole.replacen("annotations:", "annotations;", 1);
    assert_ne!(whole, damaged);
    fs::write(&file, &damaged).unwrap();
    let line = 1 + whole[..whole.find("annotations:").unwrap()].matches('\n').count();
    let open = Command::Project(ProjectCommand::Open(desk.folder()));
    desk.refuses(open.clone(), &format!("at line {line}, column"));
    assert!(desk.said().ends_with(&file.display().to_string()), "{}", desk.said());
    assert_eq!(fs::read_to_string(&file).unwrap(), damaged, "nothing is overwritten");
    assert!(desk.w.backup_offered().is_some() && desk.w.can_set_aside());
    project(&mut desk, ProjectCommand::Restore);
    assert!(desk.w.can_edit() && desk.w.backup_offered().is_none());
    assert_eq!(desk.own(id).note, "later", "as it was before the damage");
    // A file that is gone is offered as well.
    desk.w.close_project();
    let outline = desk.folder().join("project.ron");
    let whole = fs::read(&outline).unwrap();
    fs::write(&outline, &whole[..whole.len() / 2]).unwrap();
    desk.refuses(open, "damaged");
}

#[test]
fn a_damaged_file_without_a_backup_is_put_aside() {
    let mut desk = Desk::new();
    let draft = desk.draft(0).id;
    desk.remark(draft, "every light", &[]);
    desk.w.close_project();
    let file = desk.folder().join("annotations").read_dir().unwrap().next().unwrap().unwrap().path();
    fs::remove_dir_all(desk.folder().join(".travaux/backups")).unwrap();
    fs::write(&file, "(format: 1, ann").unwrap();
    desk.refuses(Command::Project(ProjectCommand::Open(desk.folder())), "damaged at line 1");
    assert!(desk.w.backup_offered().is_none() && desk.w.can_set_aside());
    desk.ignores(Command::Project(ProjectCommand::Restore));
    assert!(desk.w.can_set_aside(), "asking for what is not offered takes nothing away");
    project(&mut desk, ProjectCommand::SetAside);
    assert_eq!((desk.project().drafts.len(), desk.project().sets.len()), (2, 0));
    let said = desk.w.notices().all().iter().find(|n| n.text.starts_with("The damaged file is kept aside")).unwrap();
    let kept = said.text.split_once(": ").unwrap().1;
    assert_eq!(fs::read_to_string(kept).unwrap(), "(format: 1, ann");
    desk.ignores(Command::Project(ProjectCommand::SetAside));
}

#[test]
fn remarks_follow_a_text_that_was_changed_from_outside() {
    let mut desk = Desk::new();
    let draft = desk.draft(0).id;
    let (kept, lost) = (desk.remark(draft, "every light", &[]), desk.remark(draft, "tell no one else", &[]));
    desk.w.close_project();
    let text =
        FIRST.replace("tell no one else", "publish them").replace("Draft convention", "Preliminary draft convention");
    fs::write(desk.folder().join("drafts/first/text.txt"), &text).unwrap();
    desk.run(Command::Project(ProjectCommand::Open(desk.folder())));
    let anchor = desk.own(kept).anchor_in(draft).unwrap();
    assert_eq!(
        (anchor.range.of(&desk.draft(0).text), anchor.citation.to_string().as_str()),
        (Some("every light"), "1(1)")
    );
    assert_eq!(desk.own(lost).placements[&draft].quote().exact, "tell no one else");
    assert!(desk.own(lost).anchor_in(draft).is_none() && desk.w.history().is_empty());
    assert_eq!(desk.w.derived().to_review, 1);
    // The text was only half synchronized: when it is whole again, so are the remarks, even if the set was written.
    desk.run(Command::Annotate(AnnotateCommand::SetNote { id: lost, note: "Gone?".into() }));
    desk.w.close_project();
    fs::write(desk.folder().join("drafts/first/text.txt"), FIRST).unwrap();
    desk.run(Command::Project(ProjectCommand::Open(desk.folder())));
    let anchor = desk.own(lost).anchor_in(draft).unwrap();
    assert_eq!(anchor.range.of(&desk.draft(0).text), Some("tell no one else"));
}

#[test]
fn a_set_that_is_about_another_state_of_the_text_is_put_on_its_words() {
    let mut desk = Desk::new();
    let draft = desk.draft(0).id;
    let id = desk.remark(draft, "every light", &[]);
    desk.w.close_project();
    let file = desk.folder().join("annotations").read_dir().unwrap().next().unwrap().unwrap().path();
    let written = fs::read_to_string(&file).unwrap();
    let (before, behind) = written.split_once("range: (").unwrap();
    let shifted = format!("{before}range: (3, 14){}", behind.split_once(')').unwrap().1);
    fs::write(&file, &shifted).unwrap();
    desk.run(Command::Project(ProjectCommand::Open(desk.folder())));
    let anchor = desk.own(id).anchor_in(draft).unwrap();
    assert_eq!(anchor.range.of(&desk.draft(0).text), Some("every light"));
    desk.w.close_project();
    assert_eq!(fs::read_to_string(&file).unwrap(), shifted, "looking changes no file");
}

#[test]
fn a_missing_file_with_a_backup_is_restored() {
    let mut desk = Desk::new();
    desk.changes(Command::Codebook(CodebookCommand::Add { name: "Fog".into(), parent: None }));
    let concerns = desk.project().codebook.concerns.len();
    desk.restart();
    let text = desk.folder().join("drafts/first/text.txt");
    desk.w.close_project();
    let kept = fs::read(&text).unwrap();
    fs::remove_file(&text).unwrap();
    desk.refuses(Command::Project(ProjectCommand::Open(desk.folder())), "missing");
    assert!(desk.said().ends_with("text.txt"));
    fs::write(&text, kept).unwrap();
    desk.run(Command::Project(ProjectCommand::Open(desk.folder())));
    assert_eq!(desk.project().codebook.concerns.len(), concerns);
}

#[test]
fn an_outline_that_cannot_be_read_is_recognized_again_for_good() {
    let mut desk = Desk::new();
    let before = desk.project().clone();
    desk.w.close_project();
    fs::write(desk.folder().join("drafts/first/outline.ron"), "nonsense").unwrap();
    desk.run(Command::Project(ProjectCommand::Open(desk.folder())));
    assert!(desk.project() == &before, "the outline is as it was");
    assert!(desk.w.history().is_empty());
    desk.restart();
    assert!(desk.project() == &before);
    assert!(desk.w.notices().all().is_empty(), "{:?}", desk.w.notices().all());
}

#[test]
fn everything_is_saved_without_being_asked_to() {
    let mut desk = Desk::new();
    let draft = desk.draft(0).id;
    for n in 0..30 {
        let id = desk.remark(draft, "every light", &[]);
        desk.annotate(AnnotateCommand::SetNote { id, note: format!("note {n}") });
    }
    assert!(!desk.w.is_saved(), "some steps are in the journal only");
    let written = fs::read_dir(desk.folder().join("annotations")).unwrap().next().unwrap().unwrap().path();
    assert!(fs::read_to_string(&written).unwrap().contains("note 20"));
    desk.w.save();
    desk.w.settle();
    assert!(desk.w.is_saved() && fs::read_to_string(&written).unwrap().contains("note 29"));
    // A program that ends without closing has lost nothing, saved or not.
    let id = desk.remark(draft, "thirty days", &[]);
    let before = desk.project().clone();
    desk.w = workspace(&desk.place.path().join("home"), 8);
    desk.run(Command::Project(ProjectCommand::Open(desk.folder())));
    assert!(desk.project() == &before && desk.w.can_edit());
    assert!(desk.own(id).note.is_empty());
}

#[test]
fn a_file_changed_by_another_program_is_kept_and_said() {
    let mut desk = Desk::new();
    desk.restart();
    let file = desk.folder().join("codebook.ron");
    let theirs = fs::read_to_string(&file).unwrap().replacen("Scope and", "Reach and", 1);
    fs::write(&file, &theirs).unwrap();
    desk.run(Command::Codebook(CodebookCommand::Add { name: "Fog".into(), parent: None }));
    desk.w.save();
    desk.w.settle();
    let said = desk.w.notices().all().iter().find(|n| n.gravity == Gravity::Caution).map(|n| n.text.clone());
    assert!(said.as_ref().is_some_and(|s| s.contains("Another program changed codebook.ron")), "{said:?}");
}

#[test]
fn the_sample_opens_and_edits_to_it_stay() {
    let mut desk = Desk::empty("Ines", 1);
    project(&mut desk, ProjectCommand::OpenSample);
    assert_eq!(desk.failures(), [""; 0]);
    assert!(desk.project().drafts.len() >= 3 && desk.project().annotations().count() >= 40);
    let draft = desk.w.draft().map(Arc::clone).unwrap();
    let first = draft.outline.indices().next().unwrap();
    let kind = travaux::model::AnnotationKind::Remark;
    desk.changes(Command::Annotate(AnnotateCommand::Provision {
        draft: draft.id,
        provision: first,
        kind,
        concerns: Default::default(),
    }));
    let before = desk.project().clone();
    project(&mut desk, ProjectCommand::Close);
    project(&mut desk, ProjectCommand::OpenSample);
    assert!(desk.project() == &before);
}

#[test]
fn a_callers_work_answers_with_commands() {
    let mut desk = Desk::empty("Ines", 1);
    let folder = desk.folder();
    let details = ProjectDetails { title: "Asked".into(), instrument: String::new(), ..ProjectDetails::default() };
    desk.w.ask("Choosing a folder", move || vec![Command::Project(ProjectCommand::New { folder, details })]);
    desk.w.settle();
    assert_eq!(desk.project().details.title, "Asked");
    desk.w.ask("Choosing a folder", || panic!("the desktop is not there"));
    desk.w.settle();
    assert!(desk.said().starts_with("Choosing a folder stopped"), "{}", desk.said());
}
