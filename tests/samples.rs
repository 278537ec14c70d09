//! The sample projects that ship with the program: complete, in order, and as the program of today would make them.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use travaux::model::{AnnotationKind, Place, ProvisionKind, Reach};
use travaux::workspace::{Choices, Command, Gravity, Home, ProjectCommand, Rehearsal, Tasks, Workspace, read_draft};

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_projects")
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Opens a copy, so that the repository stays as it is.
fn open(name: &str, check: impl FnOnce(&Workspace)) {
    let folder = tempfile::tempdir().unwrap();
    let project = folder.path().join(name);
    copy(&samples().join(name), &project);
    let home = Home::at(&folder.path().join("home"));
    let mut workspace = Workspace::new(Box::new(Rehearsal::default()), Tasks::inline(), &home);
    workspace.run(Command::Project(ProjectCommand::Open(project)));
    workspace.settle();
    let trouble: Vec<_> = workspace.notices().all().iter().filter(|n| n.gravity != Gravity::Done).collect();
    assert!(trouble.is_empty(), "{name}: {trouble:?}");
    check(&workspace);
    workspace.close_project();
}

fn in_order(workspace: &Workspace) {
    let project = workspace.project().unwrap();
    for set in project.sets.values() {
        for a in set.annotations.values() {
            assert!(!a.note.is_empty() && !a.concerns.is_empty() && a.severity.is_some(), "{a:?}");
            for (draft, placement) in &a.placements {
                let draft = project.draft(*draft).unwrap();
                let anchor = placement.anchor().unwrap();
                assert_eq!(anchor.range.of(&draft.text), Some(anchor.quote.exact.as_str()), "{}", a.id);
                assert_ne!(anchor.citation.place, Place::Text, "{}", a.id);
            }
            for concern in &a.concerns {
                assert!(project.codebook.get(*concern).is_some(), "{} has an unknown concern", a.id);
            }
        }
    }
}

#[test]
fn the_model_convention_is_complete() {
    open("model-convention", |workspace| {
        in_order(workspace);
        let project = workspace.project().unwrap();
        assert_eq!(project.drafts.len(), 3);
        assert_eq!(project.sets.len(), 2, "two analysts");
        assert!(project.annotations().count() >= 60);
        let absences = project.annotations().filter(|(_, a)| a.kind == AnnotationKind::Absence).count();
        assert!(absences >= 6, "{absences} absences");
        let whole = project
            .annotations()
            .filter(|(_, a)| a.placements.values().any(|p| p.anchor().is_some_and(|x| x.reach == Reach::Provision)));
        assert!(whole.count() > absences);
        assert!(project.annotations().filter(|(_, a)| a.recommendation.is_some()).count() >= 30);
        let commentary = project.commentaries.values().next().unwrap();
        assert_eq!(commentary.draft, project.drafts[2].id);
        let review = workspace.reviews().get(commentary.id).unwrap();
        assert!(review.waiting >= 40 && review.waiting == review.states.len(), "{}", review.waiting);
        let dates: Vec<_> = project.drafts.iter().map(|d| d.details.date.unwrap()).collect();
        assert!(dates.is_sorted(), "drafts stand in the order of their dates");
        for draft in &project.drafts {
            let written = |p: &&travaux::model::Provision| p.kind == ProvisionKind::Article && p.heading.is_some();
            let articles = draft.outline.provisions.iter().filter(written).count();
            assert!((25..=50).contains(&articles), "{}: {articles} articles", draft.name());
            assert!(draft.outline.provisions.iter().any(|p| p.kind == ProvisionKind::Preamble), "{}", draft.name());
            assert!(!draft.outline.marks.is_empty(), "{} has negotiating marks", draft.name());
        }
    });
}

/// The published analyses of the UN drafts make sense beside the last draft: what they cite is there.
#[test]
fn the_last_draft_has_what_the_published_analyses_cite() {
    open("model-convention", |workspace| {
        let draft = workspace.project().unwrap().drafts.last().unwrap().clone();
        for cited in [
            "4",
            "6",
            "7",
            "8",
            "9",
            "10",
            "11",
            "21",
            "22",
            "23",
            "24",
            "28",
            "29",
            "30",
            "35",
            "36",
            "40",
            "41",
            "42",
            "47",
            "53",
            "23(2)(b)",
            "23(2)(c)",
            "24(1)",
            "24(2)",
            "28(4)",
            "35(1)(c)",
            "40(20)",
            "40(21)(b)",
            "40(22)",
            "47(1)(b)",
            "47(1)(c)",
            "47(1)(f)",
            "47(2)",
            "Chapter V",
            "Preamble(3)",
        ] {
            let found = travaux::citation::resolve(cited, &draft.outline);
            let exact = found.iter().any(|&i| draft.outline.citation(i).to_string() == cited);
            assert!(exact, "{cited} is not in the last draft");
        }
    });
}

#[test]
fn the_small_protocol_is_complete() {
    open("small-protocol", |workspace| {
        in_order(workspace);
        let project = workspace.project().unwrap();
        assert_eq!(project.drafts.len(), 2);
        assert_eq!(project.annotations().count(), 8);
    });
}

/// The outlines on disk are those that the program would recognize today in the files the drafts were made from.
#[test]
fn the_drafts_are_as_they_would_be_imported_today() {
    for name in ["model-convention", "small-protocol"] {
        open(name, |workspace| {
            for draft in &workspace.project().unwrap().drafts {
                let source = &draft.source.as_ref().unwrap().name;
                let ending = Path::new(source).extension().unwrap();
                let file = samples().join(name).join("drafts").join(&draft.slug).join("source").with_extension(ending);
                let read = read_draft(&file, Choices::default()).unwrap();
                assert_eq!(read.imported.text.as_str(), &*draft.text, "{}", draft.name());
                assert_eq!(read.reading.outline, *draft.outline, "{}", draft.name());
            }
        });
    }
}
