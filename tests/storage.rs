//! The project on disk: what is saved comes back, whatever moment the program is killed at.

#![allow(clippy::unwrap_used, clippy::map_err_ignore, clippy::result_large_err, reason = "a test may end in a panic")]

#[path = "support/projects.rs"]
mod projects;
#[path = "storage/submissions.rs"]
mod submissions;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use jiff::Timestamp;
use proptest::prelude::*;
use tempfile::TempDir;
use travaux::model::{
    Analyst, AnalystId, Anchor, Annotation, AnnotationId, AnnotationKind, AnnotationSet, Citation, CitationStyle,
    Commentary, CommentaryDetails, CommentaryId, Concern, ConcernId, Decision, Draft, DraftDetails, DraftId, Edit,
    FoundIn, HintKind, Note, Outcome, Outline, PageStart, Place, Placement, Printed, Project, ProjectDetails,
    ProjectId, ProvisionKind, Reach, SavedSearch, SearchId, SearchScope, SourceFile, StructureHint, Style, Styled,
    SuggestionKey, Swatch, Taken, TextRange, Wording,
};
use travaux::storage::disk::{Disk, SystemDisk};
use travaux::storage::{self, Checkpoint, Holder, Opened, Settings, StorageError, Store, Theme};

// ---- projects in the tests' own words ----

fn now() -> Timestamp {
    "2026-05-03T14:20:07Z".parse().unwrap()
}

fn anna() -> Holder {
    Holder { name: "Anna".into(), machine: "desk".into(), process: 7, since: now() }
}

fn open(folder: &Path) -> Opened {
    storage::open(folder, &anna(), now()).unwrap()
}

fn draft(id: u128, slug: &str, text: &str) -> Arc<Draft> {
    let details = DraftDetails { label: slug.to_owned(), symbol: format!("X/{id}"), ..DraftDetails::default() };
    let mut outline = Outline::default();
    outline.blocks.push(TextRange::new(0, text.len()));
    Arc::new(Draft::new(DraftId(id), slug.to_owned(), details, text, outline))
}

fn remark(id: u128, draft: &Draft, note: &str) -> Annotation {
    let anchor = Anchor::new(&draft.text, &draft.outline, TextRange::new(0, 4), Reach::Words);
    let mut annotation = Annotation::new(AnnotationId(id), AnnotationKind::Remark, draft.id, anchor, now());
    annotation.note = note.to_owned();
    annotation.concerns.insert(ConcernId(1));
    annotation
}

fn concern(id: u128, name: &str) -> Concern {
    Concern {
        id: ConcernId(id),
        tag: "SC".into(),
        name: name.into(),
        definition: "Reaches too far".into(),
        look_for: String::new(),
        swatch: Swatch::Teal,
        key: Some('1'),
        parent: None,
        retired: false,
        safeguard: false,
        same_as: Default::default(),
    }
}

fn small() -> Project {
    let details =
        ProjectDetails { title: "Watch".into(), instrument: "Harbour Convention".into(), ..ProjectDetails::default() };
    let mut project = Project::new(ProjectId(99), details);
    let first = draft(1, "first", "Each Party shall keep its lights burning.");
    let mut set = AnnotationSet::of(Analyst { id: AnalystId(1), name: "Anna".into() });
    set.annotations.insert(AnnotationId(1), remark(1, &first, "whose lights?"));
    project.drafts.push(first);
    project.codebook.concerns = vec![concern(1, "Scope"), concern(2, "Safeguards")];
    project.sets.insert(AnalystId(1), set);
    project
}

fn put_remark(id: u128, note: &str) -> Edit {
    let draft = draft(1, "first", "Each Party shall keep its lights burning.");
    let annotation = remark(id, &draft, note);
    Edit::PutAnnotation { analyst: AnalystId(1), id: annotation.id, annotation: Some(Box::new(annotation)) }
}

fn commentary(id: u128, slug: &str, text: &str) -> Arc<Commentary> {
    let details = CommentaryDetails { title: format!("On {slug}"), author: "Light Watch".into(), ..<_>::default() };
    Arc::new(Commentary::new(CommentaryId(id), slug.to_owned(), DraftId(1), details, text))
}

fn put_commentary(commentary: &Arc<Commentary>) -> Edit {
    Edit::PutCommentary { id: commentary.id, commentary: Some(Arc::clone(commentary)) }
}

fn decide(commentary: u128, at: usize, decision: Option<Decision>) -> Edit {
    let citation = Citation::to(Place::Article("1".into())).point("a");
    let key = SuggestionKey { at: TextRange::new(at, at + 9), citation };
    Edit::PutDecision { commentary: CommentaryId(commentary), key, decision }
}

fn put_draft(draft: &Arc<Draft>, at: usize) -> Edit {
    Edit::PutDraft { id: draft.id, draft: Some(Arc::clone(draft)), at }
}

fn do_step(store: &mut Store, project: &mut Project, edits: Vec<Edit>) {
    project.apply_all(edits.clone()).unwrap();
    store.record(&edits).unwrap();
}

fn save(store: &mut Store, project: &Project) -> Vec<String> {
    let written = store.checkpoint(project).unwrap().write().unwrap();
    let notes = written.notes.clone();
    store.finished(written);
    notes
}

fn all_files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(&at).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}

fn shared_files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    all_files(folder).into_iter().filter(|(name, _)| !name.starts_with(".travaux/")).collect()
}

fn copy_folder(from: &Path, to: &Path) {
    for (name, bytes) in all_files(from) {
        let path = to.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

fn last_segment(folder: &Path) -> PathBuf {
    let mut segments: Vec<_> =
        fs::read_dir(folder.join(".travaux/journal")).unwrap().flatten().map(|e| e.path()).collect();
    segments.sort();
    segments.pop().unwrap()
}

// ---- save and load ----

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn what_is_saved_comes_back(project in projects::projects()) {
        let home = TempDir::new().unwrap();
        let folder = home.path().join("p");
        storage::create(&folder, &project, &anna()).unwrap().close(&project).unwrap();
        let opened = open(&folder);
        prop_assert_eq!(&opened.project, &project);
        prop_assert_eq!(opened.notes, Vec::<String>::new());
        prop_assert_eq!(opened.recovered, 0);
        // The same project is the same bytes, so that version control sees only what changed.
        opened.store.close(&opened.project).unwrap();
        let again = home.path().join("again");
        storage::create(&again, &project, &anna()).unwrap().close(&project).unwrap();
        prop_assert_eq!(shared_files(&folder), shared_files(&again));
    }

    #[test]
    fn the_journal_alone_brings_every_step_back(start in projects::projects(), steps in projects::steps()) {
        let home = TempDir::new().unwrap();
        let folder = home.path().join("p");
        let mut project = start.clone();
        let mut store = storage::create(&folder, &start, &anna()).unwrap();
        let steps = projects::fitting(&mut project, steps);
        for step in &steps {
            store.record(step).unwrap();
        }
        drop(store);
        let opened = open(&folder);
        prop_assert_eq!(&opened.project, &project);
        prop_assert_eq!(opened.recovered, steps.len());
        opened.store.close(&opened.project).unwrap();
        let opened = open(&folder);
        prop_assert_eq!(&opened.project, &project);
        prop_assert_eq!((opened.recovered, opened.notes), (0, Vec::new()));
    }

    /// Of the files of a project that was being saved, any may be old and any new; the journal makes the same of all.
    #[test]
    fn any_mixture_of_old_and_new_files_opens_to_the_same(
        start in projects::projects(),
        steps in projects::steps(),
        coins in any::<u64>(),
    ) {
        let home = TempDir::new().unwrap();
        let (old, new, mixed) = (home.path().join("old"), home.path().join("new"), home.path().join("mixed"));
        let mut project = start.clone();
        let mut store = storage::create(&new, &start, &anna()).unwrap();
        for step in projects::fitting(&mut project, steps) {
            store.record(&step).unwrap();
        }
        copy_folder(&new, &old);
        store.checkpoint(&project).unwrap().write().unwrap();
        drop(store);
        copy_folder(&old.join(".travaux"), &mixed.join(".travaux"));
        let (old_files, new_files) = (shared_files(&old), shared_files(&new));
        let mut names: Vec<String> = old_files.keys().chain(new_files.keys()).cloned().collect();
        names.sort();
        names.dedup();
        for name in names {
            // The folder of a draft or a commentary comes and goes as one.
            let unit = if name.starts_with("drafts/") || name.starts_with("commentaries/") { name.rsplit_once('/').unwrap().0 } else { &name };
            let coin = unit.bytes().fold(7_u32, |h, b| h.wrapping_mul(31).wrapping_add(u32::from(b))) % 64;
            let chosen = if coins >> coin & 1 == 0 { &old_files } else { &new_files };
            if let Some(bytes) = chosen.get(&name) {
                let path = mixed.join(&name);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, bytes).unwrap();
            }
        }
        let opened = open(&mixed);
        prop_assert_eq!(&opened.project, &project);
        opened.store.close(&opened.project).unwrap();
        prop_assert_eq!(&open(&mixed).project, &project);
    }
}

/// A position counts from the neighbours of the time; over files that are later than that it would put things astray.
#[test]
fn replaying_steps_over_the_files_they_are_in_keeps_the_order() {
    let home = TempDir::new().unwrap();
    let mut project = small();
    project.drafts.push(draft(2, "second", "Two."));
    let mut store = storage::create(home.path(), &project, &anna()).unwrap();
    let third = draft(3, "third", "Three.");
    let put_concern = |id, at| Edit::PutConcern { id: ConcernId(id), concern: Some(concern(id, "Some")), at };
    do_step(&mut store, &mut project, vec![put_draft(&third, 1), put_concern(3, 1)]);
    let taken = vec![
        Edit::PutDraft { id: DraftId(1), draft: None, at: 0 },
        Edit::PutConcern { id: ConcernId(1), concern: None, at: 0 },
    ];
    do_step(&mut store, &mut project, taken);
    store.checkpoint(&project).unwrap().write().unwrap();
    drop(store);
    let opened = open(home.path());
    assert_eq!(opened.project.drafts.iter().map(|d| d.id.0).collect::<Vec<_>>(), [3, 2]);
    assert_eq!(opened.project.codebook.concerns.iter().map(|c| c.id.0).collect::<Vec<_>>(), [3, 2]);
    assert_eq!((&opened.project, opened.recovered), (&project, 2));
}

#[test]
fn steps_taken_while_the_files_are_written_stay_in_the_journal() {
    let home = TempDir::new().unwrap();
    let mut project = small();
    let mut store = storage::create(home.path(), &project, &anna()).unwrap();
    do_step(&mut store, &mut project, vec![put_remark(2, "before")]);
    let checkpoint = store.checkpoint(&project).unwrap();
    do_step(&mut store, &mut project, vec![put_remark(3, "meanwhile")]);
    let written = checkpoint.write().unwrap();
    store.finished(written);
    assert!(store.is_unsaved());
    drop(store);
    let opened = open(home.path());
    assert_eq!((&opened.project, opened.recovered), (&project, 1));
}

#[test]
fn files_read_well() {
    let home = TempDir::new().unwrap();
    let project = small();
    storage::create(home.path(), &project, &anna()).unwrap().close(&project).unwrap();
    let names: Vec<String> = shared_files(home.path()).into_keys().collect();
    let expected = [
        "annotations/anna.annotations.ron",
        "codebook.ron",
        "drafts/first/outline.ron",
        "drafts/first/text.txt",
        "project.ron",
    ];
    assert_eq!(names, expected);
    let text = fs::read_to_string(home.path().join("annotations/anna.annotations.ron")).unwrap();
    assert!(text.starts_with("(\n format: 1,\n"), "{text}");
    assert!(text.contains("\n   note: \"whose lights?\",\n"), "{text}");
    let raw = fs::read_to_string(home.path().join("drafts/first/text.txt")).unwrap();
    assert_eq!(raw, &*project.drafts[0].text);
}

// ---- kill -9 ----

/// A disk that dies at a given operation, which it leaves half done, and stays dead.
#[derive(Debug)]
struct DyingDisk {
    left: AtomicUsize,
}

impl DyingDisk {
    fn after(operations: usize) -> Arc<Self> {
        Arc::new(Self { left: AtomicUsize::new(operations) })
    }

    fn is_dead(&self) -> bool {
        self.left.load(Ordering::SeqCst) == 0
    }

    /// Does one operation, or `half` of it and no more ever.
    fn act(&self, whole: impl FnOnce() -> io::Result<()>, half: impl FnOnce()) -> io::Result<()> {
        let left = self.left.load(Ordering::SeqCst);
        if left == 0 {
            return Err(io::Error::other("dead"));
        }
        self.left.store(left - 1, Ordering::SeqCst);
        if left == 1 {
            half();
            return Err(io::Error::other("killed"));
        }
        whole()
    }
}

impl Disk for DyingDisk {
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        self.act(|| SystemDisk.create_dir(path), || {})
    }
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let half = || fs::write(path, &bytes[..bytes.len() / 2]).unwrap_or(());
        self.act(|| SystemDisk.write(path, bytes), half)
    }
    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let half = || SystemDisk.append(path, &bytes[..bytes.len() / 2]).unwrap_or(());
        self.act(|| SystemDisk.append(path, bytes), half)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.act(|| SystemDisk.rename(from, to), || {})
    }
    fn duplicate(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.act(|| SystemDisk.duplicate(from, to), || {})
    }
    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.act(|| SystemDisk.remove_file(path), || {})
    }
    fn remove_dir(&self, path: &Path) -> io::Result<()> {
        self.act(|| SystemDisk.remove_dir(path), || {})
    }
    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        self.act(|| SystemDisk.sync_dir(path), || {})
    }
}

/// What a session does between opening and being killed.
fn session() -> Vec<Option<Vec<Edit>>> {
    let second = printed(&draft(2, "second", "Each Party may keep its lights burning."));
    let bare = draft(2, "second", "Each Party may keep its lights burning.");
    let replacing = draft(3, "first", "No Party keeps lights.");
    let new_set = AnnotationSet::of(Analyst { id: AnalystId(2), name: "Anna".into() });
    let take_away = |id: u128| Edit::PutDraft { id: DraftId(id), draft: None, at: 0 };
    // None is a save.
    vec![
        Some(vec![put_remark(2, "a \"quoted\" note\nof two lines")]),
        Some(vec![put_draft(&second, 0), put_remark(1, "changed")]),
        None,
        Some(vec![
            Edit::PutConcern { id: ConcernId(2), concern: Some(concern(2, "Renamed")), at: 0 },
            Edit::PutConcern { id: ConcernId(3), concern: Some(concern(3, "New")), at: 1 },
        ]),
        Some(vec![Edit::PutSet { analyst: AnalystId(2), set: Some(Box::new(new_set)) }]),
        Some(vec![put_draft(&bare, 1)]),
        Some(vec![put_commentary(&commentary(7, "concerns", "Delete Article 1(a)."))]),
        Some(vec![decide(7, 7, Some(Decision::Accepted(AnnotationId(2)))), put_remark(2, "taken")]),
        Some(vec![take_away(1), put_draft(&replacing, 5)]),
        None,
        Some(vec![decide(7, 7, None), decide(7, 9, Some(Decision::Rejected))]),
        Some(vec![Edit::PutSet { analyst: AnalystId(1), set: None }]),
        Some(vec![take_away(3), take_away(2), put_draft(&second, 0)]),
        // Another one takes the folder of the first, which then comes back elsewhere.
        Some(vec![
            Edit::PutCommentary { id: CommentaryId(7), commentary: None },
            put_commentary(&commentary(8, "concerns", "Retain Article 2.")),
        ]),
        None,
        Some(vec![Edit::PutDetails(ProjectDetails {
            title: "Last".into(),
            instrument: String::new(),
            ..ProjectDetails::default()
        })]),
        Some(vec![put_commentary(&commentary(7, "concerns-2", "Delete Article 1(a)."))]),
    ]
}

/// Runs the session until the disk dies. Answers with the project as confirmed, and as attempted.
fn run(store: &mut Store, project: &mut Project) -> Result<(), Project> {
    for act in session() {
        match act {
            Some(edits) => {
                let mut attempted = project.clone();
                attempted.apply_all(edits.clone()).unwrap();
                store.record(&edits).map_err(|_| attempted.clone())?;
                *project = attempted;
            }
            None => {
                let written = store.checkpoint(project).and_then(Checkpoint::write).map_err(|_| project.clone())?;
                store.finished(written);
            }
        }
    }
    Ok(())
}

/// The draft as it comes from a file with pages and bold words.
fn printed(draft: &Arc<Draft>) -> Arc<Draft> {
    let mut draft = Draft::clone(draft);
    let range = TextRange::new(0, 4);
    draft.printed = Arc::new(Printed {
        pages: vec![PageStart { at: 0, number: 1, label: String::new() }],
        styles: vec![Styled { range, style: Style::Bold }],
        ..Printed::default()
    });
    draft.hints = vec![StructureHint { range, kind: HintKind::Plain }].into();
    draft.source = Some(SourceFile {
        name: "paper.docx".into(),
        sha256: "0".repeat(64),
        taken: Taken { wording: Wording::Proposed, ..Taken::default() },
    });
    Arc::new(draft)
}

#[test]
fn a_kill_during_an_import_leaves_none_or_all_of_it() {
    let home = TempDir::new().unwrap();
    let fresh = home.path().join("fresh");
    storage::create(&fresh, &small(), &anna()).unwrap().close(&small()).unwrap();
    let second = printed(&draft(2, "second", "Each Party may keep its lights burning."));
    let remark = remark(9, &second, "a comment of the file");
    let step = vec![
        put_draft(&second, 1),
        Edit::PutAnalyst(Analyst { id: AnalystId(5), name: "Delegation".into() }),
        Edit::PutAnnotation { analyst: AnalystId(5), id: remark.id, annotation: Some(Box::new(remark)) },
    ];
    let mut after = small();
    after.apply_all(step.clone()).unwrap();
    for operations in 1.. {
        let folder = home.path().join(operations.to_string());
        copy_folder(&fresh, &folder);
        let disk = DyingDisk::after(operations);
        let mut confirmed = false;
        if let Ok(mut opened) = storage::open_on(disk.clone(), &folder, &anna(), now()) {
            let kept = opened.store.keep_source(&second, b"the file as it was");
            confirmed = kept.and_then(|()| opened.store.record(&step)).is_ok();
            if confirmed {
                drop(opened.store.close(&after));
            }
        }
        let opened = open(&folder);
        let is_in = opened.project == after;
        assert!(
            is_in || (opened.project == small() && !confirmed),
            "after {operations} operations: {:#?}",
            opened.project
        );
        assert_eq!(opened.notes.iter().filter(|n| !n.contains("being written")).count(), 0, "{:?}", opened.notes);
        opened.store.close(&opened.project).unwrap();
        let source = folder.join("drafts/second/source.docx");
        assert_eq!(fs::read(&source).ok().as_deref(), is_in.then_some(&b"the file as it was"[..]), "{operations}");
        assert_eq!(open(&folder).project, if is_in { after.clone() } else { small() });
        fs::remove_dir_all(&folder).unwrap();
        if !disk.is_dead() {
            assert!(operations > 15, "too short to show anything: {operations} operations");
            break;
        }
    }
}

#[test]
fn a_kill_between_any_two_operations_loses_no_step() {
    let home = TempDir::new().unwrap();
    let fresh = home.path().join("fresh");
    storage::create(&fresh, &small(), &anna()).unwrap().close(&small()).unwrap();
    let mut operations = 1;
    loop {
        let folder = home.path().join(operations.to_string());
        copy_folder(&fresh, &folder);
        let disk = DyingDisk::after(operations);
        let mut project = small();
        let mut attempted = small();
        if let Ok(mut opened) = storage::open_on(disk.clone(), &folder, &anna(), now()) {
            attempted = run(&mut opened.store, &mut project).err().unwrap_or_else(|| project.clone());
            drop(opened.store.close(&project));
        }
        // The next start is killed as well, somewhere in its first acts.
        if let Ok(mut opened) = storage::open_on(DyingDisk::after(operations % 23), &folder, &anna(), now()) {
            drop(opened.store.checkpoint(&opened.project.clone()).and_then(Checkpoint::write));
        }
        let opened = open(&folder);
        let is_either = opened.project == project || opened.project == attempted;
        assert!(is_either, "after {operations} operations: {:#?}\nis not\n{project:#?}", opened.project);
        let found = opened.project.clone();
        opened.store.close(&found).unwrap();
        let opened = open(&folder);
        assert_eq!(opened.project, found, "saved after {operations} operations");
        assert_eq!((opened.recovered, opened.notes), (0, Vec::new()), "after {operations} operations");
        let unfinished: Vec<String> = all_files(&folder).into_keys().filter(|n| n.contains("travaux-tmp")).collect();
        assert_eq!(unfinished, Vec::<String>::new(), "after {operations} operations");
        fs::remove_dir_all(&folder).unwrap();
        if !disk.is_dead() {
            break;
        }
        operations += 1;
    }
    assert!(operations > 80, "the session is too short to show anything: {operations} operations");
}

const CHILD: &str = "TRAVAUX_TEST_CHILD_FOLDER";

/// Not a test but the other process of the one below: records and saves until it is killed, and says what is confirmed.
#[test]
#[ignore = "run by another test, which kills it"]
fn child_that_is_killed() {
    let Some(folder) = std::env::var_os(CHILD) else { return };
    let mut opened = open(Path::new(&folder));
    for n in 0..100_000 {
        let step = vec![put_remark(n % 7 + 2, &format!("confirmed {n}"))];
        do_step(&mut opened.store, &mut opened.project, step);
        // Straight to the pipe, since the test harness keeps what is printed, and at once, so that a kill tears no line.
        io::stderr().write_all(format!("confirmed {n}\n").as_bytes()).unwrap();
        if n % 3 == 0 {
            save(&mut opened.store, &opened.project);
        }
    }
}

#[test]
fn a_killed_process_has_lost_nothing_it_confirmed() {
    let home = TempDir::new().unwrap();
    storage::create(home.path(), &small(), &anna()).unwrap().close(&small()).unwrap();
    for round in 0..12 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "--nocapture", "child_that_is_killed"])
            .env(CHILD, home.path())
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let confirmed = lines.by_ref().filter(|l| l.starts_with("confirmed")).nth(5 + round * 3).unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        let last = lines.filter(|l| l.starts_with("confirmed")).last().unwrap_or(confirmed);
        let number: u128 = last.strip_prefix("confirmed ").unwrap().parse().unwrap();
        let opened = open(home.path());
        assert_eq!(opened.read_only, None);
        for n in number.saturating_sub(6)..=number {
            let note = &opened.project.sets[&AnalystId(1)].annotations[&AnnotationId(n % 7 + 2)].note;
            let newest: u128 = note.strip_prefix("confirmed ").unwrap().parse().unwrap();
            // One step more may have been kept than was said.
            assert!(newest == n || newest == n + 7 && newest == number + 1, "round {round}: {note}, confirmed {n}");
        }
        opened.store.close(&opened.project).unwrap();
    }
}

#[test]
fn a_kill_while_a_project_is_made_leaves_none_or_all_of_it() {
    let home = TempDir::new().unwrap();
    for operations in 1.. {
        let folder = home.path().join(operations.to_string());
        let disk = DyingDisk::after(operations);
        let made = storage::create_on(disk.clone(), &folder, &small(), &anna()).is_ok();
        if storage::is_project(&folder) {
            assert_eq!(open(&folder).project, small(), "after {operations} operations");
        } else {
            storage::create(&folder, &small(), &anna()).unwrap().close(&small()).unwrap();
            assert_eq!(open(&folder).project, small(), "after {operations} operations");
        }
        if made && !disk.is_dead() {
            assert!(operations > 20);
            break;
        }
    }
}

#[test]
fn a_torn_step_is_passed_over_whichever_byte_it_ends_at() {
    let home = TempDir::new().unwrap();
    let folder = home.path().join("p");
    let mut project = small();
    let mut store = storage::create(&folder, &project, &anna()).unwrap();
    do_step(&mut store, &mut project, vec![put_remark(2, "kept")]);
    let whole_before = fs::read(last_segment(&folder)).unwrap().len();
    let mut later = project.clone();
    do_step(&mut store, &mut later, vec![put_remark(3, "torn, with Ω and \" in it")]);
    drop(store);
    let segment = last_segment(&folder);
    let bytes = fs::read(&segment).unwrap();
    for length in whole_before..bytes.len() {
        let torn = home.path().join("torn");
        copy_folder(&folder, &torn);
        fs::write(last_segment(&torn), &bytes[..length]).unwrap();
        let mut opened = open(&torn);
        assert_eq!(opened.project, project, "{length} bytes");
        assert_eq!(opened.notes.len(), usize::from(length > whole_before), "{length} bytes: {:?}", opened.notes);
        // The next session goes on behind the torn step, and is itself cut short.
        do_step(&mut opened.store, &mut opened.project, vec![put_remark(4, "after")]);
        let expected = opened.project.clone();
        drop(opened.store);
        assert_eq!(open(&torn).project, expected, "{length} bytes");
        fs::remove_dir_all(&torn).unwrap();
    }
    assert_eq!(open(&folder).project, later);
}

#[test]
fn a_torn_tail_of_zeros_is_passed_over() {
    let home = TempDir::new().unwrap();
    let mut project = small();
    let mut store = storage::create(home.path(), &project, &anna()).unwrap();
    do_step(&mut store, &mut project, vec![put_remark(2, "kept")]);
    drop(store);
    let segment = last_segment(home.path());
    let mut bytes = fs::read(&segment).unwrap();
    bytes.extend([0; 4096]);
    fs::write(&segment, bytes).unwrap();
    assert_eq!(open(home.path()).project, project);
}

#[test]
fn damage_in_the_middle_of_the_journal_is_said_and_put_aside() {
    let home = TempDir::new().unwrap();
    let mut project = small();
    let mut store = storage::create(home.path(), &project, &anna()).unwrap();
    do_step(&mut store, &mut project, vec![put_remark(2, "before the damage")]);
    let good = project.clone();
    do_step(&mut store, &mut project, vec![put_remark(3, "damaged")]);
    do_step(&mut store, &mut project, vec![put_remark(4, "after the damage")]);
    drop(store);
    let segment = last_segment(home.path());
    let text = fs::read_to_string(&segment).unwrap();
    fs::write(&segment, text.replace("damaged", "dXmaged")).unwrap();

    let mut opened = open(home.path());
    assert_eq!(opened.project, good);
    assert_eq!(opened.notes.len(), 1, "{:?}", opened.notes);
    assert!(opened.notes[0].contains("damaged"), "{:?}", opened.notes);
    let aside = all_files(&home.path().join(".travaux/backups/journal"));
    let kept = String::from_utf8(aside.into_values().next().unwrap()).unwrap();
    assert!(kept.contains("dXmaged") && kept.contains("after the damage"));

    // What is done after that is safe again.
    do_step(&mut opened.store, &mut opened.project, vec![put_remark(5, "the day after")]);
    let expected = opened.project.clone();
    drop(opened.store);
    let opened = open(home.path());
    assert_eq!(opened.project, expected);
    assert_eq!(opened.notes, Vec::<String>::new());
}

#[test]
fn a_failed_save_is_made_up_for_by_the_next() {
    let home = TempDir::new().unwrap();
    let mut project = small();
    let mut store = storage::create(home.path(), &project, &anna()).unwrap();
    do_step(&mut store, &mut project, vec![put_remark(2, "one")]);
    // A folder in the way of the new file makes the save fail.
    let blocked = home.path().join("annotations/.anna.annotations.ron.travaux-tmp");
    fs::create_dir(&blocked).unwrap();
    let error = store.checkpoint(&project).unwrap().write().unwrap_err();
    assert!(error.to_string().starts_with("Could not save a file, because a folder has that name"), "{error}");
    fs::remove_dir(&blocked).unwrap();
    do_step(&mut store, &mut project, vec![Edit::PutDetails(ProjectDetails::default())]);
    save(&mut store, &project);
    drop(store);
    let opened = open(home.path());
    assert_eq!((&opened.project, opened.recovered), (&project, 0));
}

#[test]
fn an_overtaken_checkpoint_writes_nothing() {
    let home = TempDir::new().unwrap();
    let mut project = small();
    let mut store = storage::create(home.path(), &project, &anna()).unwrap();
    do_step(&mut store, &mut project, vec![put_remark(2, "old")]);
    let late = store.checkpoint(&project).unwrap();
    do_step(&mut store, &mut project, vec![put_remark(2, "new")]);
    store.close(&project).unwrap();
    late.write().unwrap();
    assert_eq!(open(home.path()).project, project);
}

// ---- two at once ----

#[test]
fn a_second_window_reads_and_writes_nothing() {
    let home = TempDir::new().unwrap();
    let mut project = small();
    let mut first = storage::create(home.path(), &project, &anna()).unwrap();
    do_step(&mut first, &mut project, vec![put_remark(2, "in the journal only")]);
    fs::write(home.path().join("annotations/.x.travaux-tmp"), "being written").unwrap();
    let before = all_files(home.path());

    let ben = Holder { name: "Ben".into(), machine: "lap".into(), ..anna() };
    let mut second = storage::open(home.path(), &ben, now()).unwrap();
    assert_eq!(second.read_only, Some(anna()));
    assert_eq!(second.project, project);
    let refused = [
        second.store.record(&[put_remark(3, "no")]).unwrap_err(),
        second.store.checkpoint(&project).map(|_| ()).unwrap_err(),
        second.store.keep_source(&project.drafts[0], b"x").unwrap_err(),
        second.store.write_local("view.ron", "x").unwrap_err(),
    ];
    for error in refused {
        assert!(error.to_string().contains("Anna has had this project open on desk"), "{error}");
    }
    second.store.close(&second.project).unwrap();
    assert_eq!(all_files(home.path()), before);

    // The lock of a process that is no more does not block, whatever its note says.
    drop(first);
    assert!(home.path().join(".travaux/holder.ron").exists());
    let third = storage::open(home.path(), &ben, now()).unwrap();
    assert_eq!(third.read_only, None);
    assert!(third.notes[0].contains("Anna opened this project on desk"), "{:?}", third.notes);
    assert_eq!(third.project, project);
}

#[test]
fn a_lock_is_let_go_at_once_where_its_note_cannot_be_written() {
    let home = TempDir::new().unwrap();
    storage::create(home.path(), &small(), &anna()).unwrap().close(&small()).unwrap();
    // A program that is just being started shares our open files for an instant, and with them a lock that is not let go.
    let is_over = AtomicBool::new(false);
    let held = std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !is_over.load(Ordering::Relaxed) {
                    drop(Command::new(std::env::current_exe().unwrap()).arg("--help").output());
                }
            });
        }
        let held = (0..100).flat_map(|_| 1..4).find(|&operations| {
            drop(storage::open_on(DyingDisk::after(operations), home.path(), &anna(), now()));
            open(home.path()).read_only.is_some()
        });
        is_over.store(true, Ordering::Relaxed);
        held
    });
    assert_eq!(held, None, "after so many operations the lock outlived who had it");
}

#[test]
fn a_file_changed_by_someone_else_is_kept_beside_ours() {
    let home = TempDir::new().unwrap();
    let mut project = small();
    let mut store = storage::create(home.path(), &project, &anna()).unwrap();
    let codebook = home.path().join("codebook.ron");
    let theirs = fs::read_to_string(&codebook).unwrap().replace("Scope", "Their scope");
    fs::write(&codebook, &theirs).unwrap();
    do_step(
        &mut store,
        &mut project,
        vec![Edit::PutConcern { id: ConcernId(1), concern: Some(concern(1, "Our scope")), at: 0 }],
    );
    let notes = save(&mut store, &project);
    assert_eq!(notes.len(), 1, "{notes:?}");
    let files = shared_files(home.path());
    let (kept, bytes) = files.iter().find(|(n, _)| n.starts_with("codebook (changed elsewhere 20")).unwrap();
    assert!(kept.ends_with(").ron") && notes[0].contains(kept), "{kept} {notes:?}");
    assert_eq!(bytes, theirs.as_bytes());
    assert!(fs::read_to_string(&codebook).unwrap().contains("Our scope"));

    // Now it is ours, and the next save has nothing to say; theirs of an annotation file is no set of the project.
    do_step(&mut store, &mut project, vec![put_remark(2, "x")]);
    fs::write(home.path().join("annotations/anna.annotations.ron"), "theirs").unwrap();
    assert_eq!(save(&mut store, &project).len(), 1);
    drop(store);
    assert_eq!(open(home.path()).project, project);
}

#[test]
fn a_project_needs_a_folder_of_its_own() {
    let home = TempDir::new().unwrap();
    fs::write(home.path().join("letter.odt"), "x").unwrap();
    let error = storage::create(home.path(), &small(), &anna()).unwrap_err();
    assert!(matches!(error, StorageError::NotEmpty { .. }), "{error}");
    let error = storage::open(home.path(), &anna(), now()).unwrap_err();
    assert!(matches!(error, StorageError::NotAProject { .. }), "{error}");
    assert_eq!(all_files(home.path()).len(), 1);
    let free = home.path().join("a/b");
    storage::create(&free, &small(), &anna()).unwrap();
    assert!(matches!(storage::create(&free, &small(), &anna()), Err(StorageError::NotEmpty { .. })));
}

// ---- damage ----

/// Damages a file of a project and answers with what opening says; checks that nothing was overwritten.
fn error_after(relative: &str, change: impl FnOnce(&str) -> String) -> (TempDir, Project, StorageError) {
    let home = TempDir::new().unwrap();
    let mut project = small();
    let mut store = storage::create(home.path(), &project, &anna()).unwrap();
    let edits = vec![
        put_remark(2, "second state"),
        Edit::PutDetails(ProjectDetails {
            title: "Second".into(),
            instrument: String::new(),
            ..ProjectDetails::default()
        }),
        Edit::PutConcern { id: ConcernId(2), concern: Some(concern(2, "Second")), at: 1 },
    ];
    do_step(&mut store, &mut project, edits);
    store.close(&project).unwrap();
    let path = home.path().join(relative);
    let damaged = change(&fs::read_to_string(&path).unwrap());
    fs::write(&path, &damaged).unwrap();
    let error = storage::open(home.path(), &anna(), now()).unwrap_err();
    assert_eq!(fs::read_to_string(&path).unwrap(), damaged);
    (home, project, error)
}

#[test]
fn a_damaged_file_is_named_with_its_place_kept_aside_and_can_be_restored() {
    type Change = fn(&str) -> String;
    let cases: [(&str, Change, &str); 8] = [
        ("project.ron", |t| t.replace("title:", "titel:"), "line 4, column"),
        ("project.ron", |_| String::new(), "line 1, column 1"),
        ("project.ron", |t| t[..t.len() / 2].to_owned(), "line 9, column"),
        ("project.ron", |t| t.replace("\"first\"", "\"../first\""), "line 9, column 10"),
        ("codebook.ron", |t| t.replace("teal", "beige"), "line 9, column"),
        ("codebook.ron", |t| t.replace("0002\"", "0001\""), "line 13, column 9 (a second concern with the same id)"),
        ("annotations/anna.annotations.ron", |t| t.replace("note: ", "note "), "line 33, column"),
        ("annotations/anna.annotations.ron", |t| t.replace("range: (0, 4), ", ""), "a remark without a range"),
    ];
    let mut wrong = Vec::new();
    for (file, change, place) in cases {
        let (home, before, error) = error_after(file, change);
        let said = error.to_string();
        if !said.contains(place) {
            wrong.push(format!("{file}: {said} should name {place}"));
        }
        assert!(said.ends_with(&home.path().join(file).display().to_string()), "{said}");
        let StorageError::Damaged { kept_aside: Some(kept), backup: Some(backup), file: path, .. } = error else {
            panic!("{file}: {error:?}")
        };
        assert_eq!(fs::read(&kept).unwrap(), fs::read(&path).unwrap());
        storage::restore(home.path(), &backup).unwrap();
        let opened = open(home.path());
        assert_eq!(opened.project, before, "as it was before the damage");
        assert!(kept.exists());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn bytes_that_are_no_text_have_a_place_too() {
    let home = TempDir::new().unwrap();
    storage::create(home.path(), &small(), &anna()).unwrap().close(&small()).unwrap();
    let path = home.path().join("codebook.ron");
    let mut bytes = fs::read(&path).unwrap();
    bytes[30] = 0xff;
    fs::write(&path, bytes).unwrap();
    let error = storage::open(home.path(), &anna(), now()).unwrap_err().to_string();
    assert!(error.contains("line 4, column") && error.contains("no UTF-8"), "{error}");
}

#[test]
fn a_project_opens_without_a_damaged_set_that_was_put_aside() {
    let (home, _, error) = error_after("annotations/anna.annotations.ron", |_| "<<<<<<< mine".to_owned());
    let kept = storage::set_aside(home.path(), error.path().unwrap(), now()).unwrap();
    assert_eq!(fs::read_to_string(kept).unwrap(), "<<<<<<< mine");
    assert!(open(home.path()).project.sets.is_empty());
}

#[test]
fn hostile_nesting_is_an_error_everywhere() {
    let deep = "[".repeat(300_000);
    for file in ["project.ron", "codebook.ron", "annotations/anna.annotations.ron"] {
        let (_home, _, error) = error_after(file, |_| format!("(format: 1, x: {deep}"));
        assert!(matches!(error, StorageError::Damaged { line: 1, .. }), "{file}: {error}");
    }
    let text = format!("(format: 1, project: {deep}");
    assert!(matches!(storage::read_annotation_file("x", &text), Err(StorageError::Damaged { .. })));
}

#[test]
fn a_newer_project_is_left_alone() {
    let (_home, _, error) = error_after("project.ron", |t| t.replace("format: 1", "format: 7"));
    assert!(matches!(error, StorageError::Newer { format: 7, known: 1, .. }), "{error}");

    let home = TempDir::new().unwrap();
    let mut project = small();
    storage::create(home.path(), &project, &anna()).unwrap().close(&project).unwrap();
    let path = home.path().join("annotations/anna.annotations.ron");
    let newer = fs::read_to_string(&path).unwrap().replace("format: 1", "format: 3");
    fs::write(&path, &newer).unwrap();
    let mut opened = open(home.path());
    assert_eq!(opened.notes.len(), 1, "{:?}", opened.notes);
    assert!(opened.notes[0].contains("newer version of Travaux"), "{:?}", opened.notes);
    // One's own set, made anew, does not take its place.
    project = opened.project;
    let set = small().sets.remove(&AnalystId(1)).unwrap();
    do_step(&mut opened.store, &mut project, vec![Edit::PutSet { analyst: AnalystId(1), set: Some(Box::new(set)) }]);
    opened.store.close(&project).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), newer);
    assert_eq!(open(home.path()).project.sets, small().sets);
}

#[test]
fn a_missing_codebook_is_put_together_from_the_annotations() {
    let home = TempDir::new().unwrap();
    storage::create(home.path(), &small(), &anna()).unwrap().close(&small()).unwrap();
    fs::remove_file(home.path().join("codebook.ron")).unwrap();
    let opened = open(home.path());
    assert_eq!(opened.project.codebook.concerns, [concern(1, "Scope")]);
    assert_eq!(opened.notes.len(), 1);
    opened.store.close(&opened.project).unwrap();
    assert_eq!(open(home.path()).notes, Vec::<String>::new());
}

// ---- drafts ----

#[test]
fn a_text_that_was_changed_is_said_and_one_with_other_line_ends_is_not() {
    let home = TempDir::new().unwrap();
    let mut project = small();
    project.drafts[0] = draft(1, "first", "One line.\nAnother line.");
    storage::create(home.path(), &project, &anna()).unwrap().close(&project).unwrap();
    let path = home.path().join("drafts/first/text.txt");
    fs::write(&path, "One line.\r\nAnother line.").unwrap();
    let opened = open(home.path());
    assert_eq!((&opened.project, opened.notes.len()), (&project, 0));
    drop(opened);

    fs::write(&path, "One word.\nAnother line.").unwrap();
    let opened = open(home.path());
    assert_eq!(&*opened.project.drafts[0].text, "One word.\nAnother line.");
    assert_eq!(opened.changed_texts, [DraftId(1)]);
    assert!(opened.notes[0].contains("text of first") && opened.notes[0].ends_with("text.txt"), "{:?}", opened.notes);
    drop(opened);

    fs::write(&path, "One").unwrap();
    let opened = open(home.path());
    assert_eq!(opened.needs_outline, [DraftId(1)]);
    assert!(opened.notes[1].contains("does not fit the text"), "{:?}", opened.notes);
    drop(opened);

    fs::remove_file(&path).unwrap();
    let error = storage::open(home.path(), &anna(), now()).unwrap_err();
    assert!(matches!(error, StorageError::Missing { .. }) && error.to_string().ends_with("text.txt"), "{error}");
}

#[test]
fn an_outline_that_cannot_be_read_is_recognized_anew() {
    let home = TempDir::new().unwrap();
    storage::create(home.path(), &small(), &anna()).unwrap().close(&small()).unwrap();
    let path = home.path().join("drafts/first/outline.ron");
    fs::write(&path, "(format: 1, provisions: [, blocks").unwrap();
    let mut opened = open(home.path());
    assert_eq!(opened.needs_outline, [DraftId(1)]);
    assert!(opened.notes[0].contains("damaged at line 1, column 26"), "{:?}", opened.notes);
    // Recognized again and put, it is good again, though the draft's folder was there before.
    let again = Arc::clone(&small().drafts[0]);
    do_step(&mut opened.store, &mut opened.project, vec![put_draft(&again, 0)]);
    opened.store.close(&opened.project).unwrap();
    let opened = open(home.path());
    assert_eq!((&opened.project, opened.notes.len()), (&small(), 0));
}

#[test]
fn what_was_printed_is_kept_with_the_draft_and_missed_by_nobody_where_it_is_damaged() {
    let home = TempDir::new().unwrap();
    let plain = small();
    let mut project = plain.clone();
    let mut first = Draft::clone(&project.drafts[0]);
    let range = TextRange::new(0, 10);
    first.printed = Arc::new(Printed {
        pages: vec![
            PageStart { at: 0, number: 3, label: "iii".into() },
            PageStart { at: 5, number: 4, label: String::new() },
        ],
        notes: vec![
            Note { call: Some(TextRange::new(4, 5)), body: TextRange::new(5, 9) },
            Note { call: None, body: range },
        ],
        styles: vec![Styled { range, style: Style::Bold }, Styled { range, style: Style::Struck }],
    });
    first.hints = vec![
        StructureHint { range, kind: HintKind::Provision(ProvisionKind::Article) },
        StructureHint { range, kind: HintKind::Heading(2) },
    ]
    .into();
    first.source = Some(SourceFile {
        name: "four columns.docx".into(),
        sha256: "0".repeat(64),
        taken: Taken { wording: Wording::Original, column: Some((2, "Council".into())) },
    });
    project.drafts[0] = Arc::new(first);
    storage::create(home.path(), &project, &anna()).unwrap().close(&project).unwrap();
    let path = home.path().join("drafts/first/printed.ron");
    let written = fs::read_to_string(&path).unwrap();
    assert!(written.contains("\n  (bold, 0, 10),\n  (struck, 0, 10),\n"), "one a line: {written}");
    let opened = open(home.path());
    assert_eq!((&opened.project, opened.notes.len()), (&project, 0));
    drop(opened);

    for (damage, said) in [
        ("(format: 1, pages: [(0, 1, \"\"), oh", "is damaged at line 1"),
        ("(format: 1, styles: [(bold, 0, 4000)])", "does not fit the text"),
        ("(format: 1, hints: [(aside, 0, 4000)])", "does not fit the text"),
        ("(format: 99)", "newer version"),
        ("\u{0}", "is damaged at line 1"),
    ] {
        fs::write(&path, damage).unwrap();
        let opened = open(home.path());
        assert!(
            opened.notes[0].contains("bold or struck words of first") && opened.notes[0].contains(said),
            "{:?}",
            opened.notes
        );
        assert!(opened.notes[0].ends_with("printed.ron"), "{:?}", opened.notes);
        let draft = &opened.project.drafts[0];
        assert_eq!(
            (&draft.text, &draft.outline, &*draft.printed),
            (&plain.drafts[0].text, &plain.drafts[0].outline, &Printed::default())
        );
        opened.store.close(&opened.project).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), damage, "nothing was put in its place");
    }

    // A draft that no longer has any says so in its file.
    fs::write(&path, written).unwrap();
    let mut opened = open(home.path());
    do_step(&mut opened.store, &mut opened.project, vec![put_draft(&plain.drafts[0], 0)]);
    opened.store.close(&opened.project).unwrap();
    let opened = open(home.path());
    assert_eq!((&opened.project, opened.notes.len()), (&plain, 0));
}

#[test]
fn a_hundred_thousand_bold_words_are_no_burden() {
    let home = TempDir::new().unwrap();
    let mut project = small();
    let mut first =
        Draft::new(DraftId(1), "first".into(), DraftDetails::default(), &"word ".repeat(100_000), Outline::default());
    let styled = |n: usize| Styled { range: TextRange::new(n * 5, n * 5 + 4), style: Style::Bold };
    first.printed = Arc::new(Printed { styles: (0..100_000).map(styled).collect(), ..Printed::default() });
    project.drafts[0] = Arc::new(first);
    storage::create(home.path(), &project, &anna()).unwrap().close(&project).unwrap();
    let size = fs::metadata(home.path().join("drafts/first/printed.ron")).unwrap().len();
    assert!(size < 3_000_000, "{size}");
    assert_eq!(open(home.path()).project.drafts[0].printed, project.drafts[0].printed);
}

#[test]
fn the_original_file_stands_beside_the_text_also_after_undo_and_redo() {
    let home = TempDir::new().unwrap();
    let mut project = small();
    let store = storage::create(home.path(), &project, &anna()).unwrap();
    let mut second = Draft::clone(&draft(2, "second", "Text."));
    second.source = Some(SourceFile { name: "A paper.DOCX".into(), sha256: "0".repeat(64), ..SourceFile::default() });
    let second = Arc::new(second);
    store.keep_source(&second, b"original bytes").unwrap();
    drop(store);
    // Killed before the draft came into the project: the bytes are forgotten, and can be kept again.
    let mut opened = open(home.path());
    assert_eq!(all_files(&home.path().join(".travaux")).keys().filter(|n| n.starts_with("incoming")).count(), 0);
    opened.store.keep_source(&second, b"original bytes").unwrap();
    do_step(&mut opened.store, &mut project, vec![put_draft(&second, 1)]);
    drop(opened);
    let mut opened = open(home.path());
    save(&mut opened.store, &project);
    let source = home.path().join("drafts/second/source.docx");
    assert_eq!(fs::read(&source).unwrap(), b"original bytes");

    let undo = vec![Edit::PutDraft { id: DraftId(2), draft: None, at: 1 }];
    do_step(&mut opened.store, &mut project, undo);
    save(&mut opened.store, &project);
    assert!(!source.exists());
    let away = all_files(&home.path().join(".travaux/backups/drafts"));
    assert_eq!(away.values().filter(|b| *b == b"original bytes").count(), 1);

    do_step(&mut opened.store, &mut project, vec![put_draft(&second, 1)]);
    opened.store.close(&project).unwrap();
    assert_eq!(fs::read(&source).unwrap(), b"original bytes");
    assert_eq!(open(home.path()).project, project);
}

#[test]
fn a_draft_cannot_be_kept_outside_its_folder() {
    let home = TempDir::new().unwrap();
    let mut store = storage::create(home.path(), &small(), &anna()).unwrap();
    for slug in ["../out", "", "First", "first", "nul"] {
        let error = store.record(&[put_draft(&draft(5, slug, "x"), 0)]).unwrap_err();
        assert!(matches!(error, StorageError::BadSlug { .. }), "{slug}: {error}");
    }
    drop(store);
    assert_eq!(open(home.path()).project, small());
}

// ---- backups ----

#[test]
fn backups_are_bounded() {
    let home = TempDir::new().unwrap();
    let mut project = small();
    let mut store = storage::create(home.path(), &project, &anna()).unwrap();
    for n in 0..30 {
        do_step(&mut store, &mut project, vec![put_remark(2, &format!("state {n}"))]);
        save(&mut store, &project);
        // Files saved in the same millisecond would share a backup.
        let path = home.path().join("annotations/anna.annotations.ron");
        let file = fs::File::options().write(true).open(path).unwrap();
        file.set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_secs(2_000_000_000 + n * 3600)).unwrap();
    }
    let backups = all_files(&home.path().join(".travaux/backups/annotations/anna.annotations.ron"));
    assert!((10..=12).contains(&backups.len()), "{:?}", backups.keys());
    let newest = String::from_utf8(backups.into_values().next_back().unwrap()).unwrap();
    assert!(newest.contains("state 28"), "{newest}");
}

// ---- the annotation file ----

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn an_annotation_file_carries_the_set_its_drafts_and_concerns(project in projects::projects()) {
        for set in project.sets.values() {
            let text = storage::write_annotation_file(&project, set);
            let shared = storage::read_annotation_file("x.annotations.ron", &text).unwrap();
            prop_assert_eq!(&shared.set, set);
            prop_assert_eq!((shared.project, &shared.instrument), (project.id, &project.details.instrument));
            for annotation in set.annotations.values() {
                for draft in annotation.placements.keys().filter_map(|d| project.draft(*d)) {
                    let carried = shared.drafts.iter().find(|d| d.id == draft.id).unwrap();
                    prop_assert_eq!((&carried.text_hash, &carried.symbol), (&draft.text_hash, &draft.details.symbol));
                }
                for concern in annotation.concerns.iter().filter_map(|c| project.codebook.get(*c)) {
                    prop_assert!(shared.concerns.contains(concern));
                }
            }
        }
    }

    #[test]
    fn no_text_makes_the_reader_of_annotation_files_panic(text in any::<String>(), at in any::<prop::sample::Index>()) {
        drop(storage::read_annotation_file("x", &text));
        let project = small();
        let mut good = storage::write_annotation_file(&project, &project.sets[&AnalystId(1)]);
        let at = good.floor_char_boundary(at.index(good.len()));
        good.insert_str(at, &text);
        drop(storage::read_annotation_file("x", &good));
    }
}

#[test]
fn an_annotation_file_tells_nothing_of_its_senders_computer() {
    let home = TempDir::new().unwrap();
    let project = small();
    let path = home.path().join("out.annotations.ron");
    storage::export_annotation_file(&path, &project, &project.sets[&AnalystId(1)]).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    for secret in [&*home.path().to_string_lossy(), "desk", "Watch", &Holder::here("x", now()).machine] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    let shared = storage::read_annotation_file_at(&path).unwrap();
    assert_eq!(shared.set, project.sets[&AnalystId(1)]);
    let error = storage::read_annotation_file_at(&home.path().join("none.ron")).unwrap_err().to_string();
    assert!(error.contains("none.ron"), "{error}");
}

// ---- the user's own ----

#[test]
fn settings_come_back_and_damaged_ones_never_block() {
    let home = TempDir::new().unwrap();
    let folder = home.path().join("config");
    assert_eq!(Settings::load(&folder), (Settings::default(), None));
    let mut settings = Settings {
        analyst: Some(Analyst { id: AnalystId(5), name: "Zoë \"Z\"".into() }),
        theme: Theme::Dark,
        text_size: 21.5,
        ..Settings::default()
    };
    settings.panels.insert("outline".into(), "240".into());
    for n in 0..20 {
        settings.remember(Path::new(&format!("/p/{n}")));
    }
    settings.remember(Path::new("/p/15"));
    assert_eq!(settings.recent.len(), storage::MOST_RECENT);
    assert_eq!(settings.recent[0], Path::new("/p/15"));
    settings.save(&folder).unwrap();
    assert_eq!(Settings::load(&folder), (settings.clone(), None));

    let path = folder.join("settings.ron");
    let text = fs::read_to_string(&path).unwrap();
    for damage in ["", "(", "\u{0}", &text.replace("theme", "teme:"), &"[".repeat(100_000)] {
        fs::write(&path, damage).unwrap();
        let (read, complaint) = Settings::load(&folder);
        assert_eq!(read, Settings::default(), "{damage:.40}");
        let complaint = complaint.unwrap();
        assert!(complaint.contains("line 1") || complaint.contains("line "), "{complaint}");
    }
    // A setting of a later version is passed over.
    fs::write(&path, text.replace("(\n format: 1", "(\n sound: true,\n format: 2")).unwrap();
    assert_eq!(Settings::load(&folder), (settings, None));
}

#[test]
fn a_sample_is_copied_whole_and_never_over_anything() {
    let home = TempDir::new().unwrap();
    let (made, copy) = (home.path().join("made"), home.path().join("samples/copy"));
    storage::create(&made, &small(), &anna()).unwrap().close(&small()).unwrap();
    let files = shared_files(&made);
    let listed: Vec<(&str, &[u8])> = files.iter().map(|(n, b)| (n.as_str(), b.as_slice())).collect();
    storage::copy_sample(&listed, &copy).unwrap();
    assert_eq!(shared_files(&copy), files);
    assert_eq!(open(&copy).project, small());
    assert!(matches!(storage::copy_sample(&listed, &copy), Err(StorageError::NotEmpty { .. })));
    let outside = home.path().join("outside");
    let error = storage::copy_sample(&[("../evil", b"x")], &outside).unwrap_err().to_string();
    assert!(error.contains("../evil") && !home.path().join("evil").exists(), "{error}");
}

#[test]
fn what_this_machine_keeps_stays_in_its_folder() {
    let home = TempDir::new().unwrap();
    let store = storage::create(home.path(), &small(), &anna()).unwrap();
    store.write_local("view.ron", "(x: 1)").unwrap();
    assert_eq!(store.read_local("view.ron").as_deref(), Some("(x: 1)"));
    assert!(store.write_local("../project.ron", "x").is_err() && store.read_local("../lock").is_none());
    assert!(fs::read_to_string(home.path().join(".travaux/.gitignore")).unwrap().contains('*'));
}

// ---- old versions ----

#[test]
fn only_a_chosen_style_stands_in_the_files() {
    let home = TempDir::new().unwrap();
    let mut project = small();
    let store = storage::create(home.path(), &project, &anna()).unwrap();
    store.close(&project).unwrap();
    let written = || fs::read_to_string(home.path().join("project.ron")).unwrap();
    assert!(!written().contains("citation_style"), "a program that knows of no styles can read it: {}", written());
    let mut opened = open(home.path());
    let details = ProjectDetails { citation_style: CitationStyle::UnFrench, ..project.details.clone() };
    do_step(&mut opened.store, &mut project, vec![Edit::PutDetails(details)]);
    drop(opened);
    let recovered = open(home.path());
    assert_eq!(recovered.project.details.citation_style, CitationStyle::UnFrench, "from the journal");
    recovered.store.close(&recovered.project).unwrap();
    assert!(written().contains("citation_style: un_french"), "{}", written());
    assert_eq!(open(home.path()).project, project);
}

#[test]
fn a_project_of_version_1_opens_for_ever() {
    let home = TempDir::new().unwrap();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compat/version_1");
    copy_folder(&fixture.join("project"), home.path());
    fs::create_dir_all(home.path().join(".travaux/journal")).unwrap();
    fs::copy(fixture.join("000001.journal"), home.path().join(".travaux/journal/000001.journal")).unwrap();
    let opened = open(home.path());
    assert_eq!(opened.notes, Vec::<String>::new());
    assert_eq!(opened.recovered, 9);
    let rendered = format!("{:#?}\n", opened.project);
    let expected = fixture.join("expected.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        // Only what the model prints may change; the files of the project never do.
        fs::write(&expected, &rendered).unwrap();
    }
    assert_eq!(rendered, fs::read_to_string(&expected).unwrap());
    opened.store.close(&opened.project).unwrap();
    assert_eq!(open(home.path()).project, opened.project);
}

#[test]
fn what_was_carried_and_reviewed_opens_for_ever() {
    let home = TempDir::new().unwrap();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compat/version_1_carried");
    copy_folder(&fixture.join("project"), home.path());
    let opened = open(home.path());
    assert_eq!(opened.notes, Vec::<String>::new());
    let (first, second) = (DraftId(0xd1), DraftId(0xd2));
    let set = opened.project.sets.values().find(|s| s.analyst.name.starts_with("Zoë")).unwrap();
    let list: Vec<&Annotation> = set.annotations.values().collect();
    assert_eq!(list[0].outcomes, BTreeMap::from([(second, Outcome::PartlyMet)]));
    assert_eq!(list[0].numbering, Some(second));
    assert!(matches!(list[0].placements[&second], Placement::Carried { from, .. } if from == first));
    let lost = &list[1].placements[&second];
    assert!(matches!(lost, Placement::Lost { from, deleted: true, reviewed: true, .. } if *from == Some(first)));
    assert!(list.iter().all(|a| a.is_reviewed_in(first) && a.is_reviewed_in(second)));
    let file = home.path().join("annotations/zoe-hartmann.annotations.ron");
    let before = fs::read_to_string(&file).unwrap();
    opened.store.close(&opened.project).unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), before, "what is read is what is written");
    assert_eq!(open(home.path()).project, opened.project);
}

#[test]
fn what_was_said_of_safeguards_and_read_opens_for_ever() {
    let home = TempDir::new().unwrap();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compat/version_1_safeguards");
    copy_folder(&fixture.join("project"), home.path());
    let opened = open(home.path());
    assert_eq!(opened.notes, Vec::<String>::new());
    let safeguards = opened.project.codebook.concerns.iter().filter(|c| c.safeguard);
    assert_eq!(safeguards.map(|c| c.tag.as_str()).collect::<Vec<_>>(), ["VA"]);
    let set = opened.project.sets.values().find(|s| s.analyst.name.starts_with("Zoë")).unwrap();
    let kinds: Vec<AnnotationKind> = set.annotations.values().map(|a| a.kind).collect();
    assert_eq!(
        kinds,
        [AnnotationKind::Remark, AnnotationKind::Absence, AnnotationKind::Presence, AnnotationKind::NotNeeded]
    );
    let read: Vec<_> = set
        .read
        .iter()
        .flat_map(|(d, marks)| marks.iter().map(|(r, m)| (d.0, r.start, m.citation.to_string())))
        .collect();
    assert_eq!(read, [(0xd1, 82, "1".to_owned()), (0xd2, 0, "Preamble".to_owned())]);
    let names = ["codebook.ron", "annotations/zoe-hartmann.annotations.ron"];
    let before = names.map(|n| fs::read_to_string(home.path().join(n)).unwrap());
    opened.store.close(&opened.project).unwrap();
    let after = names.map(|n| fs::read_to_string(home.path().join(n)).unwrap());
    assert_eq!(after, before, "what is read is what is written");
    assert_eq!(open(home.path()).project, opened.project);
}

#[test]
fn replies_and_what_the_team_made_open_for_ever() {
    let home = TempDir::new().unwrap();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compat/version_1_replies");
    copy_folder(&fixture.join("project"), home.path());
    let opened = open(home.path());
    assert_eq!(opened.notes, Vec::<String>::new());
    let set = opened.project.sets.values().find(|s| s.analyst.name == "李雷").unwrap();
    let replies: Vec<_> = set.replies.values().map(|r| (r.id.0, r.whose.0, r.about.0, r.text.as_str())).collect();
    assert_eq!(
        replies,
        [(0xe1, 0xa1, 1, "“Everyone” is what they asked for.\nKeep it."), (0xe2, 0xa7, 9, "To a remark that is gone")]
    );
    let made_of: Vec<_> = set.annotations[&AnnotationId(3)].made_of.keys().copied().collect();
    assert_eq!(made_of, [(AnalystId(0xa1), AnnotationId(2))]);
    let file = home.path().join("annotations/analyst.annotations.ron");
    let before = fs::read_to_string(&file).unwrap();
    opened.store.close(&opened.project).unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), before, "what is read is what is written");
    assert_eq!(open(home.path()).project, opened.project);
    // Two replies under one identity would hide one of them.
    fs::write(&file, before.replace("0000e2", "0000e1")).unwrap();
    let refused = storage::open(home.path(), &anna(), now()).err().map(|e| e.to_string()).unwrap_or_default();
    assert!(refused.contains("a second reply with the same id"), "{refused}");
}

#[test]
fn a_commentary_without_words_takes_the_place_of_one_with_words() {
    let home = TempDir::new().unwrap();
    let mut project = small();
    let mut store = storage::create(home.path(), &project, &anna()).unwrap();
    for words in ["Delete Article 1(a).", "", "Retain Article 2."] {
        do_step(&mut store, &mut project, vec![put_commentary(&commentary(7, "concerns", words))]);
        save(&mut store, &project);
        assert_eq!(fs::read_to_string(home.path().join("commentaries/concerns/text.txt")).unwrap(), words);
    }
    store.close(&project).unwrap();
    assert_eq!(open(home.path()).project, project);
}

#[test]
fn a_project_of_version_1_with_a_commentary_opens_for_ever() {
    let home = TempDir::new().unwrap();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compat/version_1_commentary");
    copy_folder(&fixture.join("project"), home.path());
    let opened = open(home.path());
    assert_eq!(opened.notes, Vec::<String>::new());
    let project = &opened.project;
    assert!(opened.store.commentary_source(project.commentaries.values().next().unwrap()).is_some());
    let sources: Vec<_> = project.annotations().filter_map(|(_, a)| a.source.clone()).collect();
    let rendered = format!("{:#?}\n{sources:#?}\n", project.commentaries);
    let expected = fixture.join("expected.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        // Only what the model prints may change; the files of the project never do.
        fs::write(&expected, &rendered).unwrap();
    }
    assert_eq!(rendered, fs::read_to_string(&expected).unwrap());
    opened.store.close(&opened.project).unwrap();
    assert_eq!(open(home.path()).project, opened.project);
}

#[test]
fn a_commentary_is_kept_with_its_file_and_missed_by_nobody_where_it_is_damaged() {
    let home = TempDir::new().unwrap();
    let mut project = small();
    let mut store = storage::create(home.path(), &project, &anna()).unwrap();
    let mut concerns = Commentary::clone(&commentary(7, "concerns", "Delete Article 1(a)."));
    concerns.source = Some(SourceFile { name: "Concerns.DOCX".into(), ..SourceFile::default() });
    let concerns = Arc::new(concerns);
    store.keep_commentary_source(&concerns, b"the file as it was").unwrap();
    do_step(&mut store, &mut project, vec![put_commentary(&concerns)]);
    assert!(store.commentary_source(&concerns).is_some(), "also before it is in its place");
    do_step(&mut store, &mut project, vec![decide(7, 7, Some(Decision::Rejected))]);
    save(&mut store, &project);
    let kept = home.path().join("commentaries/concerns/source.docx");
    assert_eq!(store.commentary_source(&concerns), Some(kept.clone()));
    // Taken away, brought back, taken away again: the file comes and goes with it.
    for there in [false, true] {
        let put = Edit::PutCommentary { id: concerns.id, commentary: there.then(|| Arc::clone(&concerns)) };
        do_step(&mut store, &mut project, vec![put]);
        save(&mut store, &project);
        assert_eq!(kept.exists(), there);
        assert_eq!(home.path().join("commentaries/concerns").exists(), there);
    }
    do_step(&mut store, &mut project, vec![decide(7, 7, Some(Decision::Rejected))]);
    store.close(&project).unwrap();
    assert_eq!(open(home.path()).project, project);

    // The text is gone: the decisions are not, and saving does not harm what comes back later.
    let text = home.path().join("commentaries/concerns/text.txt");
    let words = fs::read(&text).unwrap();
    fs::remove_file(&text).unwrap();
    let mut opened = open(home.path());
    assert!(opened.notes[0].contains("\u{201c}On concerns\u{201d} is missing"), "{:?}", opened.notes);
    do_step(&mut opened.store, &mut opened.project, vec![decide(7, 1, Some(Decision::Rejected))]);
    opened.store.close(&opened.project).unwrap();
    fs::write(&text, &words).unwrap();
    let opened = open(home.path());
    assert_eq!(opened.notes, Vec::<String>::new());
    assert_eq!(opened.project.commentaries[&concerns.id].decisions.len(), 2);
    drop(opened);

    // Damaged: said with the place, an earlier state offered, and the project opens without it as well.
    let file = home.path().join("commentaries/concerns/commentary.ron");
    let good = fs::read_to_string(&file).unwrap();
    fs::write(&file, good.replace("details", "detals")).unwrap();
    let error = storage::open(home.path(), &anna(), now()).unwrap_err();
    assert!(matches!(error, StorageError::Damaged { .. }), "{error}");
    assert!(error.to_string().ends_with("commentary.ron"), "{error}");
    storage::restore(home.path(), error.backup().unwrap()).unwrap();
    assert_eq!(open(home.path()).project.commentaries.len(), 1);
    fs::write(&file, "(format: 99)").unwrap();
    let opened = open(home.path());
    assert!(opened.notes[0].contains("newer version"), "{:?}", opened.notes);
    assert!(opened.project.commentaries.is_empty() && opened.store.is_commentary_folder("concerns"));
    opened.store.close(&opened.project).unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), "(format: 99)");
    fs::write(&file, "(").unwrap();
    storage::set_aside(home.path(), &file, now()).unwrap();
    let opened = open(home.path());
    assert!(opened.notes[0].contains("commentary.ron is missing"), "{:?}", opened.notes);
    assert_eq!(fs::read(&text).unwrap(), words);
}

fn kept_search(id: u128, name: &str) -> SavedSearch {
    let scope = SearchScope {
        drafts: BTreeSet::from([DraftId(0xd1)]),
        kinds: BTreeSet::from([FoundIn::Provision(ProvisionKind::Article), FoundIn::Outside, FoundIn::Note]),
        ..SearchScope::default()
    };
    let query = "\"every light\" AND NOT concern:SC".to_owned();
    SavedSearch { id: SearchId(id), name: name.into(), query, scope, seen: BTreeSet::from([DraftId(0xd1)]) }
}

fn put_search(search: &SavedSearch) -> Edit {
    Edit::PutSearch { id: search.id, search: Some(search.clone()) }
}

#[test]
fn searches_are_kept_in_a_file_of_their_own() {
    let home = TempDir::new().unwrap();
    let mut project = small();
    let mut store = storage::create(home.path(), &project, &anna()).unwrap();
    let file = home.path().join("searches.ron");
    assert!(!file.exists(), "a project without searches has no such file");
    do_step(&mut store, &mut project, vec![put_search(&kept_search(1, "Lights"))]);
    drop(store);
    let mut opened = open(home.path());
    assert_eq!((opened.project.searches.len(), opened.recovered), (1, 1), "from the journal");
    do_step(&mut opened.store, &mut project, vec![put_search(&kept_search(2, "=Fog\n\"é\""))]);
    opened.store.close(&project).unwrap();
    let written = fs::read_to_string(&file).unwrap();
    assert!(written.contains("kinds: [provision(article), outside, note]"), "{written}");
    assert_eq!(open(home.path()).project, project);

    // Damaged: said with the place, an earlier state offered, and the project opens without it as well.
    fs::write(&file, written.replace("0002\"", "0001\"")).unwrap();
    let error = storage::open(home.path(), &anna(), now()).unwrap_err();
    assert!(error.to_string().contains("(a second search with the same id)"), "{error}");
    storage::restore(home.path(), error.backup().unwrap()).unwrap();
    assert_eq!(open(home.path()).project, project);
    fs::write(&file, "(").unwrap();
    storage::set_aside(home.path(), &file, now()).unwrap();
    let opened = open(home.path());
    assert!(opened.project.searches.is_empty());

    let mut project = opened.project.clone();
    let mut store = opened.store;
    do_step(&mut store, &mut project, vec![put_search(&kept_search(1, "Lights"))]);
    do_step(&mut store, &mut project, vec![Edit::PutSearch { id: SearchId(1), search: None }]);
    store.close(&project).unwrap();
    assert_eq!(open(home.path()).project, project);
}

#[test]
fn a_project_of_version_1_with_searches_opens_for_ever() {
    let home = TempDir::new().unwrap();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compat/version_1_searches");
    copy_folder(&fixture.join("project"), home.path());
    fs::create_dir_all(home.path().join(".travaux/journal")).unwrap();
    fs::copy(fixture.join("000001.journal"), home.path().join(".travaux/journal/000001.journal")).unwrap();
    let opened = open(home.path());
    assert_eq!((&opened.notes, opened.recovered), (&Vec::<String>::new(), 2));
    let names: Vec<&str> = opened.project.searches_by_name().iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["Fog and \"lamps\"", "Lights"], "one from the file, one from the journal, one taken away there");
    for search in opened.project.searches.values() {
        assert_eq!(*search, kept_search(search.id.0, &search.name));
    }
    opened.store.close(&opened.project).unwrap();
    assert_eq!(open(home.path()).project, opened.project);
}
