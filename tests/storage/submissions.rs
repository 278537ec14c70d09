//! Submissions on disk: a file of their own, the journal, the files they use, and those of earlier versions.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use tempfile::TempDir;
use travaux::model::{
    AnalystId, AnnotationId, CitationStyle, ConcernId, DraftId, Edit, Exported, FrontMatter, KeptFile, PaperDate, Pick,
    SearchId, Severity, Shows, Status, Submission, SubmissionId, SubmissionKind,
};
use travaux::storage;

use super::{anna, copy_folder, do_step, now, open, small};

/// One that says something in every field.
fn kept(id: u128, name: &str) -> Submission {
    let mut submission = Submission::new(SubmissionId(id), name.into(), SubmissionKind::Thematic);
    submission.draft = Some(DraftId(1));
    submission.pick = Pick {
        concerns: BTreeSet::from([ConcernId(1)]),
        analysts: BTreeSet::from([AnalystId(1)]),
        statuses: BTreeSet::from([Status::ForReview, Status::Agreed]),
        least: Some(Severity::High),
        query: "fog AND NOT \"lamps\"".into(),
        search: Some(SearchId(4)),
    };
    submission.front = FrontMatter {
        title: "On {instrument}".into(),
        subtitle: "{draft}".into(),
        organisation: "Light Watch".into(),
        logo: Some(KeptFile { name: "mark.svg".into(), sha256: "00ff".into() }),
        date: PaperDate::On(jiff::civil::date(2026, 5, 3)),
        addressee: "The Chair".into(),
        introduction: "# Why\n\nBecause *light*.".into(),
        signatories: vec!["Anna".into(), "Ben".into()],
    };
    submission.language = "ar".into();
    submission.style = Some(CitationStyle::UnFrench);
    submission.style_template = Some(KeptFile { name: "house.docx".into(), sha256: "11ee".into() });
    submission.shows = Shows { status: true, since: false, ..Shows::default() };
    submission.contents = true;
    submission.order = vec![AnnotationId(3), AnnotationId(1)];
    submission.left_out = BTreeSet::from([AnnotationId(2)]);
    submission.promoted = vec![AnnotationId(1)];
    submission.exported = Some(Exported {
        when: now(),
        file: "brief.docx".into(),
        draft: DraftId(1),
        digests: BTreeMap::from([(AnnotationId(1), u64::MAX), (AnnotationId(3), 0)]),
    });
    submission
}

fn put(submission: &Submission) -> Edit {
    Edit::PutSubmission { id: submission.id, submission: Some(Box::new(submission.clone())) }
}

#[test]
fn submissions_are_kept_in_a_file_of_their_own() {
    let home = TempDir::new().unwrap();
    let mut project = small();
    let mut store = storage::create(home.path(), &project, &anna()).unwrap();
    let file = home.path().join("submissions.ron");
    assert!(!file.exists(), "a project without submissions has no such file");
    do_step(&mut store, &mut project, vec![put(&kept(1, "Brief"))]);
    drop(store);
    let mut opened = open(home.path());
    assert_eq!((opened.project.submissions.len(), opened.recovered), (1, 1), "from the journal");
    let plain = Submission::new(SubmissionId(2), "=Plain\n\"é\"".into(), SubmissionKind::Delegate);
    do_step(&mut opened.store, &mut project, vec![put(&plain)]);
    opened.store.close(&project).unwrap();
    let written = fs::read_to_string(&file).unwrap();
    // A line for each remark, so that version control shows what changed.
    assert!(written.contains("   order: [\n    \"00000000000000000000000000000003\",\n"), "{written}");
    assert_eq!(open(home.path()).project, project);

    // Damaged: said with the place, an earlier state offered, and the project opens without it as well.
    fs::write(&file, written.replace("0002\"", "0001\"")).unwrap();
    let error = storage::open(home.path(), &anna(), now()).unwrap_err();
    assert!(error.to_string().contains("(a second submission with the same id)"), "{error}");
    storage::restore(home.path(), error.backup().unwrap()).unwrap();
    assert_eq!(open(home.path()).project, project);
    fs::write(&file, written.replace("kind: thematic", "kind: haiku")).unwrap();
    let error = storage::open(home.path(), &anna(), now()).unwrap_err();
    assert!(error.to_string().contains("haiku"), "{error}");
    storage::set_aside(home.path(), &file, now()).unwrap();
    let opened = open(home.path());
    assert!(opened.project.submissions.is_empty());
    opened.store.close(&opened.project).unwrap();

    // What a newer version wrote is not touched.
    fs::write(&file, "(format: 99, submissions: [(poem: 1)])").unwrap();
    let error = storage::open(home.path(), &anna(), now()).unwrap_err();
    assert!(error.to_string().contains("newer version"), "{error}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "(format: 99, submissions: [(poem: 1)])");
}

#[test]
fn the_files_of_a_submission_are_told_by_their_bytes() {
    let home = TempDir::new().unwrap();
    let project = small();
    let store = storage::create(home.path(), &project, &anna()).unwrap();
    let first = store.keep_file("Mark.svg", b"<svg/>").unwrap();
    let again = store.keep_file("Mark.svg", b"<svg/>").unwrap();
    let other = store.keep_file("Mark.svg", b"<svg></svg>").unwrap();
    assert_eq!(first, again);
    assert_ne!(store.kept_file(&first), store.kept_file(&other));
    assert_eq!(storage::read_within(&store.kept_file(&first), 100).unwrap(), b"<svg/>");
    assert!(storage::read_within(&store.kept_file(&first), 3).unwrap_err().contains("larger than"));
    assert!(storage::read_within(home.path(), 3).unwrap_err().contains(&home.path().display().to_string()));
    let nowhere = storage::read_within(&home.path().join("none"), 3).unwrap_err();
    assert!(nowhere.starts_with("The file could not be read, because it is not there: "), "{nowhere}");
}

#[test]
fn a_project_of_version_1_with_submissions_opens_for_ever() {
    let home = TempDir::new().unwrap();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compat/version_1_submissions");
    copy_folder(&fixture.join("project"), home.path());
    fs::create_dir_all(home.path().join(".travaux/journal")).unwrap();
    fs::copy(fixture.join("000001.journal"), home.path().join(".travaux/journal/000001.journal")).unwrap();
    let opened = open(home.path());
    assert_eq!((&opened.notes, opened.recovered), (&Vec::<String>::new(), 2));
    let submissions = opened.project.submissions_by_name();
    let names: Vec<&str> = submissions.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["Brief", "Sheet \"é\""], "one from the file, one from the journal, one taken away there");
    for submission in submissions {
        assert_eq!(*submission, kept(submission.id.0, &submission.name));
    }
    opened.store.close(&opened.project).unwrap();
    assert_eq!(open(home.path()).project, opened.project);
}
