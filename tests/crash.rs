//! The whole program killed at random moments, fifty times over: no finished edit is lost, no project fails to open.
//!
//! Once as a window works (a workspace that edits, undoes and saves in the background), once as a script works
//! (`travaux annotate` again and again). What a process has said to be done must be there in the next one.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command as Process, Stdio};
use std::rc::Rc;
use std::time::Duration;

use jiff::Timestamp;
use tempfile::TempDir;
use travaux::model::text::sha256;
use travaux::model::{AnnotationId, Ids, Project, ProjectDetails, Severity, TextRange};
use travaux::workspace::{
    AnnotateCommand, CodebookCommand, Command, DraftCommand, Gravity, Home, Machine, ProjectCommand, Surroundings,
    Tasks, ViewCommand, Workspace,
};

const KILLS: u64 = 50;

const DRAFT: &str = "\
Draft convention on lighthouses

Article 1
Keepers

1. Each Party shall name a keeper for every light.
2. A keeper may not be held liable for fog.

Article 2
Records

1. Each Party shall keep a record of ships seen.
2. Records are to be destroyed after thirty days.
";

// ---- chance ----

/// Xorshift; the seed is said where a test fails.
struct Chance(u64);

impl Chance {
    fn new() -> Self {
        let seed = Machine.fresh() as u64 | 1;
        eprintln!("the seed is {seed}");
        Self(seed)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }

    fn pause(&mut self, longest_in_microseconds: u64) {
        std::thread::sleep(Duration::from_micros(self.below(longest_in_microseconds)));
    }
}

// ---- what is compared ----

/// All that the child changes: the title, the concerns' names, and each remark with its note and severity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct State {
    title: String,
    concerns: Vec<String>,
    remarks: BTreeMap<AnnotationId, (String, Option<Severity>)>,
}

impl State {
    fn of(project: &Project) -> Self {
        Self {
            title: project.details.title.clone(),
            concerns: project.codebook.concerns.iter().map(|c| c.name.clone()).collect(),
            remarks: project.annotations().map(|(_, a)| (a.id, (a.note.clone(), a.severity))).collect(),
        }
    }

    fn mark(&self) -> String {
        sha256(format!("{self:?}").as_bytes())
    }
}

fn new_project(folder: &Path, home: &Path) {
    let mut workspace = Workspace::new(Box::new(Machine), Tasks::inline(), &Home::at(home));
    let details =
        ProjectDetails { title: "Lighthouses".into(), instrument: String::new(), ..ProjectDetails::default() };
    workspace.run(Command::Project(ProjectCommand::New { folder: folder.into(), details }));
    fs::create_dir_all(home).unwrap();
    let file = home.join("lighthouses.txt");
    fs::write(&file, DRAFT).unwrap();
    workspace.run(Command::Draft(DraftCommand::Import(vec![file])));
    workspace.settle();
    workspace.run(Command::Draft(DraftCommand::Accept));
    workspace.settle();
    assert_eq!(workspace.project().unwrap().drafts.len(), 1);
    workspace.close_project();
}

/// Opens the project as the next start would. Only a step that nobody was told is safe may be spoken of as lost.
fn reopened(folder: &Path, home: &Path, round: u64) -> Workspace {
    let mut workspace = Workspace::new(Box::new(Machine), Tasks::inline(), &Home::at(home));
    workspace.run(Command::Project(ProjectCommand::Open(folder.into())));
    workspace.settle();
    for notice in workspace.notices().all() {
        let harmless = notice.gravity == Gravity::Done || notice.text.starts_with("The last change was being written");
        assert!(harmless, "kill {round}: {}", notice.text);
    }
    assert!(workspace.project().is_some(), "kill {round}: the project does not open");
    assert_eq!(workspace.held_by(), None, "kill {round}");
    workspace
}

// ---- the window ----

const FOLDER: &str = "TRAVAUX_TEST_CRASH_FOLDER";
const ROUND: &str = "TRAVAUX_TEST_CRASH_ROUND";

/// Ids that the child can foretell.
struct Counted(Rc<Cell<u128>>);

impl Ids for Counted {
    fn fresh(&mut self) -> u128 {
        self.0.set(self.0.get() + 1);
        self.0.get()
    }
}

impl Surroundings for Counted {
    fn now(&self) -> Timestamp {
        Machine.now()
    }
}

fn tell(word: &str, state: &State) {
    // Straight to the pipe: the test harness keeps what is printed.
    io::stderr().write_all(format!("{word} {}\n", state.mark()).as_bytes()).unwrap();
}

/// Not a test but the other process of the one below: works until it is killed. Says what a step will make of the
/// project before it takes it, and again when it is done.
#[test]
#[ignore = "run by another test, which kills it"]
fn child_that_edits() {
    let (Some(folder), Some(round)) = (std::env::var_os(FOLDER), std::env::var_os(ROUND)) else { return };
    let folder = Path::new(&folder);
    let round: u128 = round.to_str().unwrap().parse().unwrap();
    let ids = Rc::new(Cell::new(round << 32));
    let home = Home::at(&folder.with_file_name("home"));
    let mut workspace = Workspace::new(Box::new(Counted(Rc::clone(&ids))), Tasks::threaded(), &home);
    workspace.run(Command::Project(ProjectCommand::SetAnalyst("Ines".into())));
    workspace.run(Command::Project(ProjectCommand::Open(folder.into())));
    workspace.settle();
    let mut state = State::of(workspace.project().unwrap());
    let draft = workspace.project().unwrap().drafts[0].id;
    let (mut done, mut undone): (Vec<State>, Vec<State>) = (Vec::new(), Vec::new());
    for n in 0..100_000_u32 {
        let newest = state.remarks.keys().next_back().copied();
        let mut next = state.clone();
        let command = match (n % 11, newest) {
            (3 | 8, Some(id)) => {
                next.remarks.entry(id).or_default().0 = format!("note {round} {n}");
                Command::Annotate(AnnotateCommand::SetNote { id, note: format!("note {round} {n}") })
            }
            (4, Some(id)) => {
                let severity = Some(Severity::ALL[n as usize % 4]).filter(|&s| next.remarks[&id].1 != Some(s));
                next.remarks.entry(id).or_default().1 = severity;
                Command::Annotate(AnnotateCommand::SetSeverity { id, severity })
            }
            (5, _) => {
                next.title = format!("Lighthouses {round} {n}");
                let details = ProjectDetails {
                    title: next.title.clone(),
                    instrument: String::new(),
                    ..ProjectDetails::default()
                };
                Command::Project(ProjectCommand::SetDetails(details))
            }
            (6, _) if next.concerns.len() < 60 => {
                let name = format!("Concern {round} {n}");
                next.concerns.push(name.clone());
                Command::Codebook(CodebookCommand::Add { name, parent: None })
            }
            (7, Some(_)) if !done.is_empty() => {
                next = done.last().unwrap().clone();
                Command::Undo
            }
            (9, _) if !undone.is_empty() => {
                next = undone.last().unwrap().clone();
                Command::Redo
            }
            (10, Some(_)) if next.remarks.len() > 8 => {
                let oldest = *next.remarks.keys().next().unwrap();
                next.remarks.remove(&oldest);
                Command::Annotate(AnnotateCommand::Delete(vec![oldest]))
            }
            _ => {
                next.remarks.insert(AnnotationId(ids.get() + 1), (String::new(), None));
                let range = TextRange { start: 0, end: 5 + n as usize % 200 };
                Command::Annotate(AnnotateCommand::Words { draft, range, concerns: BTreeSet::new() })
            }
        };
        if next == state {
            continue;
        }
        match command {
            Command::Undo => undone.push(state.clone()),
            _ => {
                if command != Command::Redo {
                    undone.clear();
                }
                done.push(state.clone());
            }
        }
        if command == Command::Undo {
            done.pop();
        } else if command == Command::Redo {
            undone.pop();
        }
        tell("will", &next);
        workspace.run(command.clone());
        // Each note is a step of its own.
        workspace.run(Command::View(ViewCommand::Focus(None)));
        let now = State::of(workspace.project().unwrap());
        if now != next {
            writeln!(io::stderr(), "broken: {command:?} made {now:?} instead of {next:?}").unwrap();
            return;
        }
        state = next;
        tell("did", &state);
        if n % 4 == 0 {
            workspace.save();
        }
        workspace.receive();
    }
}

#[test]
fn a_window_killed_fifty_times_loses_no_finished_edit() {
    let place = TempDir::new().unwrap();
    let (folder, home) = (place.path().join("project"), place.path().join("home"));
    new_project(&folder, &home);
    let mut chance = Chance::new();
    let mut last = State::of(reopened(&folder, &home, 0).project().unwrap()).mark();
    let (mut steps, mut ahead) = (0, 0);
    for round in 1..=KILLS {
        let mut child = Process::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "--nocapture", "child_that_edits"])
            .env(FOLDER, &folder)
            .env(ROUND, round.to_string())
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let mut said = Vec::new();
        // Some die while they start, most at work.
        if round % 5 != 0 {
            said.extend(lines.next());
        }
        chance.pause(60_000);
        child.kill().unwrap();
        child.wait().unwrap();
        said.extend(lines);
        if let Some(broken) = said.iter().find(|l| l.starts_with("broken") || l.contains("panicked")) {
            panic!("round {round}: {broken}");
        }
        let mut coming = None;
        for line in &said {
            // The last line may be cut off.
            match line.split_once(' ').filter(|(_, mark)| mark.len() == last.len()) {
                Some(("will", mark)) => coming = Some(mark.to_owned()),
                Some(("did", mark)) => {
                    mark.clone_into(&mut last);
                    coming = None;
                    steps += 1;
                }
                _ => {}
            }
        }
        let mut workspace = reopened(&folder, &home, round);
        let now = State::of(workspace.project().unwrap()).mark();
        ahead += usize::from(Some(&now) == coming.as_ref());
        assert!(now == last || Some(&now) == coming.as_ref(), "kill {round}: a finished edit is gone");
        last = now;
        if round % 3 == 0 {
            // In order; otherwise the next one finds what this one has left.
            workspace.close_project();
        }
    }
    eprintln!("{KILLS} kills among {steps} finished steps; {ahead} times one more had been kept than was said");
    assert!(steps >= KILLS, "the children have done too little to show anything: {steps} steps");
}

// ---- the script ----

fn travaux(home: &Path) -> Process {
    let mut command = Process::new(env!("CARGO_BIN_EXE_travaux"));
    command.env("TRAVAUX_HOME", home).stdin(Stdio::null());
    command
}

#[test]
fn a_script_killed_fifty_times_loses_no_finished_remark() {
    let place = TempDir::new().unwrap();
    let (folder, home) = (place.path().join("project"), place.path().join("home"));
    new_project(&folder, &home);
    let mut chance = Chance::new();
    let mut finished = BTreeSet::new();
    // As long as the machine takes today, so that about half are killed in the middle of it.
    let begun = std::time::Instant::now();
    let looked = travaux(&home).arg("check").arg(&folder).output().unwrap();
    assert!(looked.status.success());
    let longest = 4 * begun.elapsed().as_micros() as u64;
    for round in 1..=KILLS {
        let mut child = travaux(&home)
            .arg("annotate")
            .arg(&folder)
            .args(["--draft", "lighthouses", "--quote", "destroyed after thirty days", "--concern", "DP"])
            .args(["--note", &format!("remark {round}"), "--severity", "high", "--as", "Ines"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        chance.pause(longest.max(60_000));
        child.kill().unwrap();
        let said = child.wait_with_output().unwrap();
        let said = String::from_utf8(said.stdout).unwrap();
        // A line that was printed whole is a promise.
        if let Some(line) = said.strip_suffix('\n') {
            let id: AnnotationId = line.split(' ').next().unwrap().parse().unwrap();
            finished.insert((id, round));
        }
        let check = travaux(&home).arg("check").arg(&folder).output().unwrap();
        let complaint = String::from_utf8(check.stderr).unwrap();
        let torn =
            complaint.trim_end().ends_with("is not here") && complaint.contains("The last change was being written");
        assert!(check.status.success() || torn, "kill {round}: {complaint}");
    }
    let workspace = reopened(&folder, &home, KILLS);
    let notes: BTreeMap<AnnotationId, String> =
        workspace.project().unwrap().annotations().map(|(_, a)| (a.id, a.note.clone())).collect();
    for (id, round) in &finished {
        assert_eq!(notes.get(id), Some(&format!("remark {round}")), "{id}");
    }
    let kept = finished.len() as u64;
    assert!(kept >= 5 && kept < KILLS, "{kept} of {KILLS} came to an end: too few or too many to show anything");
    eprintln!("{KILLS} kills, {} remarks finished before, {} kept", kept, notes.len());
}
