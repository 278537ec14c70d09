//! The window of the program over a temporary folder, and the hands and eyes of an analyst.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::egui::{self, Event, Key, Modifiers, OutputCommand, PointerButton, Pos2, Rect, Role, pos2, vec2};
use egui_kittest::kittest::NodeT as _;
use egui_kittest::{Harness, Node};
use tempfile::TempDir;
use travaux::model::{Annotation, Concern, Draft, DraftId, Ids, TextRange};
use travaux::ui::{App, Options};
use travaux::workspace::{
    ACTIONS, Command, Does, DraftCommand, Gravity, Home, ProjectCommand, Question, Rehearsal, Surroundings, Tasks,
    ViewCommand, Workspace,
};

pub const CTRL: Modifiers = Modifiers { command: true, ..Modifiers::CTRL };
pub const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..CTRL };
pub const NONE: Modifiers = Modifiers::NONE;
pub const SHIFT: Modifiers = Modifiers::SHIFT;
pub const ALT: Modifiers = Modifiers::ALT;

/// A treaty of our own invention; its articles fit a line each, so that a word is easily pointed at.
pub fn treaty(symbol: &str, date: &str, articles: &[(&str, &[&str])]) -> String {
    let mut text = format!(
        "CONVENTION ON SHARED LIGHTHOUSES\n\n{symbol}\nFirst session, {date}\n\nPREAMBLE\n\n\
         The Parties to this Convention,\n\nRecalling that a light at sea belongs to all who see it,\n\n\
         Have agreed as follows:\n\nCHAPTER I\nGENERAL PROVISIONS\n"
    );
    for (n, (title, paragraphs)) in articles.iter().enumerate() {
        let _ = write!(text, "\nArticle {}\n{title}\n", n + 1);
        for (m, words) in paragraphs.iter().enumerate() {
            let _ = write!(text, "\n{}. {words}\n", m + 1);
        }
    }
    text
}

pub const ARTICLES: [(&str, &[&str]); 9] = [
    ("Scope", &["Each Party shall tend its lights.", "This Convention covers any [serious] offence at sea."]),
    ("Keepers", &["Keepers are free in their work.", "A keeper answers to nobody by night."]),
    ("Signals", &["Signals are kept for a year.", "A Party may intercept any signal.", "Signals are read in secret."]),
    ("Costs", &["Costs are shared.", "A poor Party pays less."]),
    ("Fog", &["In fog a horn is blown.", "The horn is not blown for less."]),
    ("Harbors", &["Harbors open at dawn.", "A harbor may refuse a ship that carries secrets."]),
    ("Cables", &["Cables lie still.", "A cable that moves is reported. [agreed ad referendum]"]),
    ("Disputes", &["Disputes are settled by talk.", "Talk ends at dusk."]),
    ("Entry into force", &["This Convention enters into force when ten lights burn.", "It has no end, and whoever asks for one is told, in words a child can follow, that lights which burn for all are put out by nobody, least of all by those who never lit them."]),
];

pub fn first_draft() -> String {
    treaty("MC/LIGHT/1/L.1", "4 March 2024", &ARTICLES)
}

/// The same with an article before the sixth.
pub fn second_draft() -> String {
    let mut articles = ARTICLES.to_vec();
    articles.insert(5, ("Sand", &["Sand is not taken.", "Sand that drifts belongs to nobody."]));
    treaty("MC/LIGHT/2/L.7", "9 September 2024", &articles)
}

/// The window and the folder it works in.
pub struct Desk {
    window: Harness<'static, App>,
    pub home: TempDir,
    copied: String,
}

fn window(workspace: Workspace, size: (f32, f32)) -> Harness<'static, App> {
    Harness::builder()
        .with_size(vec2(size.0, size.1))
        // Long enough for animations to be over in a frame, short enough for two clicks to be a double click.
        .with_step_dt(0.1)
        .with_max_steps(40)
        .build_eframe(move |cc| App::new(&cc.egui_ctx, workspace, Options::default()))
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
    signed("Amira", size, |home| workspace(home))
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
    let details = travaux::model::ProjectDetails { title: "Lights".into(), instrument: "Convention".into() };
    w.run(Command::Project(ProjectCommand::New { folder: home.join("lights"), details }));
    let files = draft_files(home);
    w.run(Command::Draft(DraftCommand::Import(files)));
    w.run(Command::Draft(DraftCommand::Accept));
    let first = w.project().unwrap().drafts[0].id;
    w.run(Command::View(ViewCommand::OpenDraft(first)));
    assert_eq!(w.project().unwrap().drafts.len(), 2);
    assert!(w.notices().all().iter().all(|n| n.gravity != Gravity::Failure), "{:?}", w.notices().all());
}

pub fn draft_files(home: &Path) -> Vec<PathBuf> {
    [("First draft.txt", first_draft()), ("Second draft.txt", second_draft())]
        .map(|(name, text)| {
            let path = home.join(name);
            std::fs::write(&path, text).unwrap();
            path
        })
        .to_vec()
}

/// Time.
impl Desk {
    fn new(window: Harness<'static, App>, home: TempDir) -> Self {
        Self { window, home, copied: String::new() }
    }

    /// One frame.
    pub fn frame(&mut self) {
        self.window.step();
        for command in &self.window.output().platform_output.commands {
            if let OutputCommand::CopyText(text) = command {
                self.copied.clone_from(text);
            }
        }
    }

    fn event(&mut self, event: Event) {
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

    pub fn window(&self) -> &Harness<'static, App> {
        &self.window
    }

    /// Closes the window in order and starts the program again on the same project.
    pub fn closed_and_opened(self, folder: &Path) -> Self {
        let Self { window, home, .. } = self;
        let mut app = window.into_state();
        eframe::App::on_exit(&mut app, None);
        drop(app);
        reopen(home, folder)
    }

    /// Brings up the dialog of an action by its name in the palette; nothing where the action makes no sense now.
    pub fn ask(&mut self, question: Question) {
        let action = ACTIONS.iter().find(|a| matches!(a.does, Does::Ask(q, _) if q == question)).unwrap();
        if !action.is_enabled(self.w()) {
            return;
        }
        self.press(CTRL, Key::K);
        if question != Question::Palette {
            self.type_text(action.name);
            self.press(NONE, Key::Enter);
        }
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
        let range = self.w().view().selection().map_or(TextRange::default(), |s| s.range());
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

/// Eyes.
impl Desk {
    fn all(&self) -> Vec<Node<'_>> {
        self.window.root().children_recursive().filter(|n| !n.accesskit_node().is_hidden()).collect()
    }

    /// Everything with a name, one a line: what a failing test prints.
    pub fn screen(&self) -> String {
        let mut list = String::new();
        for node in self.all() {
            let name = name_of(&node);
            if !name.is_empty() {
                let on = if node.is_focused() { " <- keyboard" } else { "" };
                let value = node.value().unwrap_or_default();
                let _ = writeln!(list, "{:?} {name:?} {value:?}{on}", node.accesskit_node().role());
            }
        }
        list
    }

    fn matching(&self, fits: impl Fn(&Node<'_>, &str) -> bool) -> Vec<Node<'_>> {
        self.all().into_iter().filter(|n| fits(n, &name_of(n))).collect()
    }

    /// Whether something on screen has exactly this name.
    pub fn sees(&self, name: &str) -> bool {
        !self.matching(|_, n| n == name).is_empty()
    }

    /// Whether something on screen has these words in its name.
    pub fn sees_words(&self, words: &str) -> bool {
        !self.matching(|_, n| n.contains(words)).is_empty()
    }

    #[track_caller]
    pub fn must_see(&self, words: &str) {
        assert!(self.sees_words(words), "{words:?} is not on screen:\n{}", self.screen());
    }

    #[track_caller]
    pub fn must_not_see(&self, words: &str) {
        assert!(!self.sees_words(words), "{words:?} is on screen:\n{}", self.screen());
    }

    /// The one thing to act on that has this name; a label that names another thing does not count.
    #[track_caller]
    pub fn thing(&self, name: &str) -> Node<'_> {
        let list = self.matching(|n, found| found == name && can_be_used(n));
        match list.as_slice() {
            [one] => *one,
            [] => panic!("nothing to use is named {name:?}:\n{}", self.screen()),
            many => panic!(
                "{} things are named {name:?}: {:?}",
                many.len(),
                many.iter().map(|n| n.rect()).collect::<Vec<_>>()
            ),
        }
    }

    #[track_caller]
    pub fn thing_of(&self, role: Role, name: &str) -> Node<'_> {
        let list = self.matching(|n, found| n.accesskit_node().role() == role && found == name);
        assert_eq!(list.len(), 1, "there are {} of {role:?} {name:?}:\n{}", list.len(), self.screen());
        list[0]
    }

    /// The first thing of a role that has these words in its name.
    #[track_caller]
    pub fn first(&self, role: Role, words: &str) -> Node<'_> {
        let list = self.matching(|n, found| n.accesskit_node().role() == role && found.contains(words));
        *list.first().unwrap_or_else(|| panic!("there is no {role:?} with {words:?}:\n{}", self.screen()))
    }

    /// All names of a role, in the order of the screen's tree.
    pub fn names(&self, role: Role) -> Vec<String> {
        self.matching(|n, _| n.accesskit_node().role() == role).iter().map(name_of).collect()
    }

    /// What was put on the clipboard last; what puts it there is done in the frames before.
    pub fn copied(&self) -> String {
        self.copied.clone()
    }

    /// What stands in all fields of a name.
    pub fn values_of(&self, name: &str) -> Vec<String> {
        self.matching(|n, found| found == name && can_be_used(n)).iter().filter_map(|n| n.value()).collect()
    }

    /// The name of what has the keyboard.
    pub fn keyboard_at(&self) -> String {
        let list: Vec<_> = self.all().into_iter().filter(Node::is_focused).collect();
        list.first().map(name_of).unwrap_or_default()
    }

    /// Whether the page has the keyboard.
    pub fn is_on_page(&self) -> bool {
        self.all().iter().any(|n| n.is_focused() && n.accesskit_node().role() == Role::Document)
    }

    /// What stands in a field.
    #[track_caller]
    pub fn field(&self, name: &str) -> String {
        self.thing(name).value().unwrap_or_default()
    }
}

/// A file let go over the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|e| e.to_string())
    }
}

pub fn name_of(node: &Node<'_>) -> String {
    let node = node.accesskit_node();
    let name = if node.role() == Role::Label { node.value() } else { node.label() };
    name.unwrap_or_default()
}

fn can_be_used(node: &Node<'_>) -> bool {
    let role = node.accesskit_node().role();
    egui::accessibility::is_input(role) || matches!(role, Role::Mark | Role::Document)
}

/// Hands.
impl Desk {
    pub fn drop_files(&mut self, files: &[PathBuf]) {
        for file in files {
            self.window.input_mut().dropped_files.push(Arc::new(Dropped(file.clone())));
        }
        self.settle();
    }

    /// Ctrl+C, which reaches a program as a wish to copy.
    pub fn copy(&mut self) {
        self.event(Event::Copy);
        self.settle();
    }

    /// A click with the mouse, where the thing is seen.
    #[track_caller]
    pub fn click(&mut self, name: &str) {
        self.thing(name).scroll_to_me();
        self.settle();
        let (rect, disabled) = {
            let node = self.thing(name);
            (node.rect(), node.accesskit_node().is_disabled())
        };
        assert!(!disabled, "{name:?} cannot be used now");
        self.click_in(name, rect);
    }

    #[track_caller]
    pub fn click_of(&mut self, role: Role, name: &str) {
        self.thing_of(role, name).scroll_to_me();
        self.settle();
        let rect = self.thing_of(role, name).rect();
        self.click_in(name, rect);
    }

    #[track_caller]
    pub fn click_first(&mut self, role: Role, words: &str) {
        self.first(role, words).scroll_to_me();
        self.settle();
        let rect = self.first(role, words).rect();
        self.click_in(words, rect);
    }

    #[track_caller]
    fn click_in(&mut self, name: &str, rect: Rect) {
        let seen = rect.intersect(self.window.ctx.content_rect());
        assert!(seen.is_positive(), "{name:?} is not in sight, but at {rect:?}");
        self.click_at(seen.center());
    }

    pub fn click_at(&mut self, pos: Pos2) {
        self.event(Event::PointerMoved(pos));
        self.button(pos, PointerButton::Primary, true);
        self.button(pos, PointerButton::Primary, false);
        self.rest();
    }

    pub fn double_click_at(&mut self, pos: Pos2) {
        self.event(Event::PointerMoved(pos));
        for pressed in [true, false, true, false] {
            self.button(pos, PointerButton::Primary, pressed);
        }
        self.rest();
    }

    pub fn secondary_click_at(&mut self, pos: Pos2) {
        self.event(Event::PointerMoved(pos));
        self.button(pos, PointerButton::Secondary, true);
        self.button(pos, PointerButton::Secondary, false);
        self.rest();
    }

    pub fn middle_click_at(&mut self, pos: Pos2) {
        self.event(Event::PointerMoved(pos));
        self.button(pos, PointerButton::Middle, true);
        self.button(pos, PointerButton::Middle, false);
        self.rest();
    }

    fn button(&mut self, pos: Pos2, button: PointerButton, pressed: bool) {
        self.event(Event::PointerButton { pos, button, pressed, modifiers: NONE });
    }

    /// The hand goes away from the mouse, so that no tooltip comes up and the next click is not a double click.
    fn rest(&mut self) {
        self.event(Event::PointerGone);
        self.settle();
        self.wait(2);
    }

    pub fn drag(&mut self, from: Pos2, to: Pos2) {
        self.event(Event::PointerMoved(from));
        self.button(from, PointerButton::Primary, true);
        for pos in [from + vec2(12.0, 2.0), from.lerp(to, 0.5), to] {
            self.event(Event::PointerMoved(pos));
        }
        self.button(to, PointerButton::Primary, false);
        self.rest();
    }

    pub fn press(&mut self, modifiers: Modifiers, key: Key) {
        if !modifiers.is_none() {
            self.event(Event::ModifiersChanged(modifiers));
        }
        for pressed in [true, false] {
            self.event(Event::Key { key, physical_key: None, pressed, repeat: false, modifiers });
        }
        if !modifiers.is_none() {
            self.event(Event::ModifiersChanged(NONE));
        }
        self.settle();
    }

    pub fn press_times(&mut self, modifiers: Modifiers, key: Key, times: usize) {
        for _ in 0..times {
            self.press(modifiers, key);
        }
    }

    /// Types, wherever the keyboard is.
    pub fn type_text(&mut self, text: &str) {
        self.event(Event::Text(text.to_owned()));
        self.settle();
    }

    /// Clicks into a field, and types over what stands in it.
    #[track_caller]
    pub fn fill_in(&mut self, name: &str, text: &str) {
        self.click(name);
        self.press(CTRL, Key::A);
        if text.is_empty() {
            self.press(NONE, Key::Backspace);
        } else {
            self.type_text(text);
        }
        assert_eq!(self.field(name), text);
    }

    /// Opens a box of choices and takes one, by mouse.
    #[track_caller]
    pub fn choose(&mut self, name: &str, choice: &str) {
        self.click(name);
        self.click_of(Role::Button, choice);
    }

    /// Goes on with Tab until the page has the keyboard.
    #[track_caller]
    pub fn tab_to_page(&mut self) {
        for _ in 0..100 {
            self.press(NONE, Key::Tab);
            if self.is_on_page() {
                return;
            }
        }
        panic!("Tab does not lead to the page:\n{}", self.screen());
    }

    /// Goes on with Tab until this thing has the keyboard.
    #[track_caller]
    pub fn tab_to(&mut self, name: &str) {
        self.tab_until(NONE, name, |found| found == name);
    }

    #[track_caller]
    pub fn back_tab_to(&mut self, name: &str) {
        self.tab_until(SHIFT, name, |found| found == name);
    }

    #[track_caller]
    pub fn tab_until(&mut self, modifiers: Modifiers, what: &str, is_it: impl Fn(&str) -> bool) {
        let mut way = Vec::new();
        let mut first = None;
        for _ in 0..150 {
            self.press(modifiers, Key::Tab);
            let at = self.keyboard_at();
            if is_it(&at) {
                return;
            }
            let id = self.all().iter().find(|n| n.is_focused()).map(|n| n.accesskit_node().id());
            if id.is_some() && id == first {
                break;
            }
            first = first.or(id);
            way.push(at);
        }
        panic!("Tab does not lead to {what:?}, but to {way:#?}");
    }
}

/// Places on the page.
impl Desk {
    /// The paragraph or heading of the page that has these words.
    #[track_caller]
    pub fn paragraph(&self, words: &str) -> Rect {
        let is_text = |n: &Node<'_>| matches!(n.accesskit_node().role(), Role::Paragraph | Role::Heading);
        let page = self.matching(|n, _| n.accesskit_node().role() == Role::Document)[0].rect();
        let is_seen = |n: &Node<'_>| page.contains(n.rect().center());
        let list = self.matching(|n, name| is_text(n) && name.contains(words) && is_seen(n));
        list.first().unwrap_or_else(|| panic!("{words:?} is not in sight:\n{}", self.screen())).rect()
    }

    /// Where a click puts the caret before these words: found by clicking nearer and nearer, as one does. The words
    /// stand in a paragraph of one line.
    #[track_caller]
    pub fn spot(&mut self, words: &str) -> Pos2 {
        let target = self.range_of(words).start;
        self.spot_at(words, target)
    }

    /// The same for the end of the words.
    #[track_caller]
    pub fn spot_after(&mut self, words: &str) -> Pos2 {
        let target = self.range_of(words).end;
        self.spot_at(words, target)
    }

    #[track_caller]
    fn spot_at(&mut self, words: &str, target: usize) -> Pos2 {
        let rect = self.paragraph(words);
        let y = rect.top() + 12.0_f32.min(rect.height() / 2.0);
        let (mut left, mut right) = (rect.left(), rect.right());
        for _ in 0..12 {
            let pos = pos2((left + right) / 2.0, y);
            self.click_at(pos);
            let caret = self.w().view().selection().expect("a click puts the caret").head;
            match caret.cmp(&target) {
                std::cmp::Ordering::Equal => return pos,
                std::cmp::Ordering::Less => left = pos.x,
                std::cmp::Ordering::Greater => right = pos.x,
            }
        }
        panic!("no click puts the caret at {words:?}");
    }
}

impl Desk {
    /// Whether a row is marked as the chosen one.
    #[track_caller]
    pub fn is_chosen(&self, name: &str) -> bool {
        self.thing(name).accesskit_node().toggled() == Some(egui::accesskit::Toggled::True)
    }

    /// Whether a button is there but cannot be pressed.
    #[track_caller]
    pub fn is_disabled(&self, name: &str) -> bool {
        self.thing(name).accesskit_node().is_disabled()
    }
}
