//! The window of the program over a temporary folder, its time, and the workspace behind it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use eframe::egui::{self, Event, OutputCommand, vec2};
use egui_kittest::Harness;
use tempfile::TempDir;
use travaux::model::{Annotation, Concern, Draft, DraftId, Ids, TextRange};
use travaux::ui::{App, Options, Outside};
use travaux::workspace::{
    Command, DraftCommand, Gravity, Home, ProjectCommand, Rehearsal, Surroundings, Tasks, ViewCommand, Workspace,
};

use super::treaty::draft_files;

/// The window and the folder it works in.
pub struct Desk {
    pub window: Harness<'static, App>,
    pub home: TempDir,
    pub clipboard: String,
}

fn window(workspace: Workspace, size: (f32, f32)) -> Harness<'static, App> {
    Harness::builder()
        .with_size(vec2(size.0, size.1))
        // Long enough for animations to be over in a frame, short enough for two clicks to be a double click.
        .with_step_dt(0.1)
        .with_max_steps(40)
        .build_eframe(move |cc| {
            let options = Options { outside: Outside(opened_outside), ..Options::default() };
            App::new(&cc.egui_ctx, workspace, options)
        })
}

/// What was handed to other programs.
pub static OPENED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

fn opened_outside(path: &Path) -> Result<(), String> {
    if path.extension().is_some_and(|e| e == "nothing") {
        return Err(format!("No program could be started for this: {}", path.display()));
    }
    OPENED.lock().unwrap().push(path.to_owned());
    Ok(())
}

/// The program as it starts for the first time.
pub fn first_start() -> Desk {
    let home = tempfile::tempdir().unwrap();
    let workspace = workspace(home.path());
    Desk::new(window(workspace, (1280.0, 800.0)), home)
}

pub fn workspace(home: &Path) -> Workspace {
    Workspace::new(Box::new(Rehearsal::default()), Tasks::inline(), &Home::at(home))
}

/// The same clock, but identities of another machine.
#[derive(Default)]
struct Elsewhere {
    clock: Rehearsal,
    count: u128,
}

impl Ids for Elsewhere {
    fn fresh(&mut self) -> u128 {
        self.count += 1;
        self.count | 1 << 100
    }
}

impl Surroundings for Elsewhere {
    fn now(&self) -> jiff::Timestamp {
        self.clock.now()
    }
}

/// A project with both drafts, the first one open at its beginning; the analyst is known.
pub fn two_drafts() -> Desk {
    two_drafts_sized((1280.0, 800.0))
}

pub fn two_drafts_sized(size: (f32, f32)) -> Desk {
    signed("Amira", size, workspace)
}

/// The same by a colleague, whose ids are not ours.
pub fn two_drafts_by(name: &str) -> Desk {
    let elsewhere = |home: &Path| Workspace::new(Box::new(Elsewhere::default()), Tasks::inline(), &Home::at(home));
    signed(name, (1280.0, 800.0), elsewhere)
}

fn signed(name: &str, size: (f32, f32), workspace: impl Fn(&Path) -> Workspace) -> Desk {
    let home = tempfile::tempdir().unwrap();
    let mut w = workspace(home.path());
    w.run(Command::Project(ProjectCommand::SetAnalyst(name.into())));
    fill(&mut w, home.path());
    Desk::new(window(w, size), home)
}

/// The same, before anybody has given a name.
pub fn two_drafts_unsigned() -> Desk {
    let home = tempfile::tempdir().unwrap();
    let mut w = workspace(home.path());
    fill(&mut w, home.path());
    Desk::new(window(w, (1280.0, 800.0)), home)
}

/// A window on what is there already: the settings and projects of `home`.
pub fn reopen(home: TempDir, folder: &Path) -> Desk {
    let mut w = workspace(home.path());
    w.run(Command::Project(ProjectCommand::Open(folder.to_owned())));
    Desk::new(window(w, (1280.0, 800.0)), home)
}

fn fill(w: &mut Workspace, home: &Path) {
    let details = travaux::model::ProjectDetails {
        title: "Lights".into(),
        instrument: "Convention".into(),
        ..travaux::model::ProjectDetails::default()
    };
    w.run(Command::Project(ProjectCommand::New { folder: home.join("lights"), details }));
    let files = draft_files(home);
    w.run(Command::Draft(DraftCommand::Import(files)));
    w.run(Command::Draft(DraftCommand::Accept));
    let first = w.project().unwrap().drafts[0].id;
    w.run(Command::View(ViewCommand::OpenDraft(first)));
    assert_eq!(w.project().unwrap().drafts.len(), 2);
    assert!(w.notices().all().iter().all(|n| n.gravity != Gravity::Failure), "{:?}", w.notices().all());
}

/// Time.
impl Desk {
    fn new(window: Harness<'static, App>, home: TempDir) -> Self {
        Self { window, home, clipboard: String::new() }
    }

    /// One frame.
    pub fn frame(&mut self) {
        self.window.step();
        for command in &self.window.output().platform_output.commands {
            if let OutputCommand::CopyText(text) = command {
                self.clipboard.clone_from(text);
            }
        }
    }

    pub fn event(&mut self, event: Event) {
        self.window.event(event);
        self.frame();
    }

    /// Frames until the window has come to rest; it is a fault if it never does, or if something has no name then.
    #[track_caller]
    pub fn settle(&mut self) {
        for _ in 0..30 {
            self.frame();
            let delay = self.window.output().viewport_output.get(&egui::ViewportId::ROOT).map(|v| v.repaint_delay);
            if delay != Some(std::time::Duration::ZERO) {
                self.window.check_accessibility();
                return;
            }
        }
        panic!("the window does not come to rest: {:#?}", self.window.ctx.repaint_causes());
    }

    pub fn wait(&mut self, frames: usize) {
        for _ in 0..frames {
            self.frame();
        }
    }

    pub fn resize(&mut self, width: f32, height: f32) {
        self.window.set_size(vec2(width, height));
        self.settle();
    }

    /// Closes the window in order and starts the program again on the same project.
    pub fn closed_and_opened(self, folder: &Path) -> Self {
        let Self { window, home, .. } = self;
        let mut app = window.into_state();
        eframe::App::on_exit(&mut app, None);
        drop(app);
        reopen(home, folder)
    }

    pub fn dark(&self) -> bool {
        self.window.ctx.theme() == egui::Theme::Dark
    }
}

/// The workspace and what is in it.
impl Desk {
    pub fn w(&self) -> &Workspace {
        self.window.state().workspace()
    }

    pub fn draft(&self) -> Arc<Draft> {
        Arc::clone(self.w().draft().expect("no draft is open"))
    }

    pub fn draft_named(&self, name: &str) -> DraftId {
        let drafts = &self.w().project().unwrap().drafts;
        drafts.iter().find(|d| d.name().contains(name)).unwrap_or_else(|| panic!("no draft {name}")).id
    }

    pub fn concern(&self, name: &str) -> Concern {
        let book = &self.w().project().unwrap().codebook;
        let found = book.concerns.iter().find(|c| c.name == name);
        found.unwrap_or_else(|| panic!("no concern {name:?}")).clone()
    }

    /// One's own annotations, in the order they were made.
    pub fn own(&self) -> Vec<Annotation> {
        let mut list: Vec<_> = self.w().own_set().map_or_else(Vec::new, |s| s.annotations.values().cloned().collect());
        list.sort_by_key(|a| (a.created, a.id));
        list
    }

    /// The words an annotation stands on in the open draft.
    pub fn words_of(&self, a: &Annotation) -> String {
        let draft = self.draft();
        a.anchor_in(draft.id).unwrap().range.of(&draft.text).unwrap().to_owned()
    }

    pub fn selected(&self) -> String {
        let range = self.w().view().selection().map_or_else(TextRange::default, |s| s.range());
        range.of(&self.draft().text).unwrap().to_owned()
    }

    pub fn range_of(&self, words: &str) -> TextRange {
        let draft = self.draft();
        let start = draft.text.find(words).unwrap_or_else(|| panic!("{words:?} is not in the draft"));
        TextRange { start, end: start + words.len() }
    }

    /// Does something as if another part of the program had, and lets the window follow.
    pub fn run(&mut self, command: Command) {
        self.window.state_mut().workspace_mut().run(command);
        self.settle();
    }
}
