//! The application eframe runs: hands the workspace to the screen, and the screen's wishes to the workspace.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use eframe::egui::{self, CentralPanel, Frame, Margin, ScreenshotCallback, Theme, ViewportCommand};

use crate::workspace::{
    Choices, ColleagueCommand, Command, CommentaryCommand, DraftCommand, Gravity, Panel, Place, Question, ThemeChoice,
    ViewCommand, Workspace,
};

use super::dialogs::{self, Dialog, Flow};
use super::panels::{self, PanelState};
use super::places::{self, PlaceState};
use super::scene::{Chosen, Scene, Wish};
use super::theme::{self, Tokens};
use super::{bars, desktop, keys};

/// How the window is to start.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Paint, save the picture there, end.
    pub screenshot: Option<PathBuf>,
    /// Paint in this theme, whatever the settings say.
    pub theme: Option<ThemeChoice>,
    /// Set once the picture is written and nothing went wrong.
    pub pictured: Arc<AtomicBool>,
    /// What opens files in other programs.
    pub outside: Outside,
}

/// Opens a file or folder in the program that the system has for it; tests hand in their own.
#[derive(Clone, Copy, Debug)]
pub struct Outside(pub fn(&Path) -> Result<(), String>);

impl Default for Outside {
    fn default() -> Self {
        Self(desktop::open)
    }
}

/// Seconds without a change after which the project's files are written.
const IDLE_BEFORE_SAVING: f64 = 4.0;
/// Frames painted before the picture is taken, so that everything has found its place.
const FRAMES_BEFORE_PICTURE: u32 = 12;

/// The window.
pub struct App {
    workspace: Workspace,
    options: Options,
    dialog: Option<Box<dyn Dialog>>,
    /// The number of the last notice before the dialog opened.
    dialog_since: u64,
    /// It was called for by the list of suggestions, which gets the keyboard back.
    dialog_of_review: bool,
    /// The dialog has not been drawn yet.
    dialog_fresh: bool,
    panels: PanelState,
    places: PlaceState,
    popups: keys::PopupKeys,
    wishes: Vec<Wish>,
    chosen: (Sender<Chosen>, Receiver<Chosen>),
    look: Option<(ThemeChoice, Theme)>,
    title: String,
    changed: (u64, f64),
    /// Something was wished for since the last look.
    view_changed: bool,
    /// What is looked at has changed since it was last kept.
    view_unkept: bool,
    quiet_frames: u32,
    picture: Picture,
}

enum Picture {
    NotYet,
    Asked(Receiver<Arc<egui::ColorImage>>),
    Taken,
}

impl App {
    /// A window over a workspace.
    pub fn new(ctx: &egui::Context, mut workspace: Workspace, options: Options) -> Self {
        // Zooming is an action of ours, kept in the settings.
        ctx.options_mut(|o| o.zoom_with_keyboard = false);
        ctx.set_fonts(theme::fonts());
        theme::apply(ctx, Tokens::light());
        theme::apply(ctx, Tokens::dark());
        let waker = ctx.clone();
        workspace.set_waker(Arc::new(move || waker.request_repaint()));
        Self {
            workspace,
            options,
            dialog: None,
            dialog_since: 0,
            dialog_of_review: false,
            dialog_fresh: false,
            panels: PanelState::default(),
            places: PlaceState::default(),
            popups: keys::PopupKeys::default(),
            wishes: Vec::new(),
            chosen: channel(),
            look: None,
            title: String::new(),
            changed: (0, 0.0),
            view_changed: false,
            view_unkept: false,
            quiet_frames: 0,
            picture: Picture::NotYet,
        }
    }

    /// The workspace, for tests.
    pub fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    /// The workspace, for tests.
    pub fn workspace_mut(&mut self) -> &mut Workspace {
        &mut self.workspace
    }

    /// The window is called by the project.
    fn follow_title(&mut self, ctx: &egui::Context) {
        let title = self
            .workspace
            .project()
            .map_or_else(|| "Travaux".to_owned(), |p| format!("{} \u{2013} Travaux", p.details.title));
        if self.title != title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// Follows the theme that was chosen, or the system's.
    fn follow_theme(&mut self, ctx: &egui::Context) {
        let choice = self.options.theme.unwrap_or_else(|| self.workspace.theme());
        let wanted = match choice {
            ThemeChoice::Light => Theme::Light,
            ThemeChoice::Dark => Theme::Dark,
            ThemeChoice::System => ctx.system_theme().unwrap_or(Theme::Light),
        };
        if self.look != Some((choice, wanted)) {
            self.look = Some((choice, wanted));
            theme::apply(ctx, Tokens::of(wanted));
        }
    }

    /// Opens a dialog; one that is open is left first, or stays where it may not be left.
    fn open_dialog(&mut self, dialog: Box<dyn Dialog>) {
        if let Some(open) = &mut self.dialog {
            let mut scene = Scene::new(&self.workspace, Tokens::light());
            let leaves = open.may_leave(&mut scene);
            if leaves {
                open.leave(&mut scene);
            }
            self.wishes.extend(scene.wishes);
            if !leaves {
                return;
            }
        }
        self.dialog_since = self.workspace.notices().latest().map_or(0, |n| n.number);
        self.dialog_fresh = true;
        self.dialog_of_review = self.panels.suggestions.has_keyboard;
        self.dialog = Some(dialog);
    }

    fn fulfil(&mut self, ctx: &egui::Context, wish: Wish) {
        match wish {
            // The name is asked once, when there is something to sign.
            Wish::Run(command) if command.is_signed() && self.workspace.analyst().is_none() => {
                self.open_dialog(dialogs::sign(command));
            }
            Wish::Run(command) => self.workspace.run(command),
            Wish::Ask(Question::FindInDraft) => {
                self.workspace.run(Command::View(ViewCommand::Go(Place::Read)));
                let text = self.selected_words().unwrap_or_default();
                let find = self.workspace.view().find.as_ref().map(|f| f.find.clone()).unwrap_or_default();
                let text = if text.is_empty() { find.text } else { text };
                self.workspace.run(Command::View(ViewCommand::Find(Some(crate::workspace::Find { text, ..find }))));
                self.places.read.focus_find = true;
            }
            Wish::Ask(Question::Reply) => self.places.read.cards.reply_in = self.workspace.view().focus,
            Wish::Ask(Question::OriginalFile) => self.open_original(false),
            Wish::Ask(Question::OriginalFolder) => self.open_original(true),
            Wish::OpenOutside(path) => self.open_outside(path),
            Wish::Ask(question) => {
                self.open_dialog(dialogs::open(question, &Scene::new(&self.workspace, Tokens::light())));
            }
            Wish::Choose(choice) => {
                let sender = self.chosen.0.clone();
                self.workspace.ask("Choosing a file", move || {
                    // The window may be gone by the time somebody answers.
                    let _ = sender.send(desktop::choose(&choice));
                    Vec::new()
                });
            }
            Wish::Copy(text) => ctx.copy_text(text),
            Wish::FocusPage => self.places.read.focus_page = true,
            Wish::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
        }
    }

    /// Opens the file that the open draft was made from, or the folder it is in.
    fn open_original(&mut self, folder: bool) {
        let Some(draft) = self.workspace.draft() else { return };
        match self.workspace.original_of(draft) {
            Some(path) if folder => self.open_outside(path.parent().map_or_else(|| path.clone(), PathBuf::from)),
            Some(path) => self.open_outside(path),
            None => {
                let sentence = format!("The file that {} was made from is not in the project", draft.name());
                self.workspace.attempt("Opening a file", move || Err(sentence));
            }
        }
    }

    fn open_outside(&mut self, path: PathBuf) {
        let Outside(open) = self.options.outside;
        self.workspace.attempt("Opening a file", move || open(&path));
    }

    /// A short selection in one line, to look for.
    fn selected_words(&self) -> Option<String> {
        let range = self.workspace.view().selection()?.range();
        let words = range.of(&self.workspace.draft()?.text)?;
        (words.len() < 200 && !words.contains('\n')).then(|| words.to_owned())
    }

    fn take_drops(&mut self, ctx: &egui::Context) {
        let paths: Vec<PathBuf> = ctx.input(|i| i.raw.dropped_files.iter().map(|f| f.path().to_owned()).collect());
        if paths.is_empty() {
            return;
        }
        let is_set = |p: &PathBuf| Workspace::holds_annotations(p);
        let (sets, drafts): (Vec<_>, Vec<_>) = paths.into_iter().partition(is_set);
        for path in sets {
            self.workspace.run(Command::Colleague(ColleagueCommand::OpenFile(path)));
        }
        // Let go over the commentaries, a file is one, on the draft they are on.
        let place = self.workspace.view().place;
        if let Some(draft) = self.workspace.draft().map(|d| d.id).filter(|_| place == Place::Commentaries) {
            for path in drafts {
                let choices = Choices::default();
                let command = CommentaryCommand::Import { path, draft, choices };
                self.workspace.run(Command::Commentary(command));
            }
        } else if !drafts.is_empty() {
            self.workspace.run(Command::Draft(DraftCommand::Import(drafts)));
        }
    }

    fn save_when_idle(&mut self, ctx: &egui::Context) {
        let now = ctx.input(|i| i.time);
        if self.changed.0 != self.workspace.revision() {
            self.changed = (self.workspace.revision(), now);
        }
        if self.view_changed {
            self.changed.1 = now;
            self.view_changed = false;
            self.view_unkept = true;
        }
        if self.workspace.is_saved() && !self.view_unkept {
            return;
        }
        let waited = now - self.changed.1;
        if waited >= IDLE_BEFORE_SAVING {
            self.workspace.save();
            self.workspace.keep_view();
            self.view_unkept = false;
        } else {
            ctx.request_repaint_after(Duration::from_secs_f64(IDLE_BEFORE_SAVING - waited));
        }
    }

    /// Asks for the picture once the window has come to rest, writes it when it comes, and ends.
    fn take_picture(&mut self, ctx: &egui::Context) {
        let Some(path) = self.options.screenshot.clone() else { return };
        ctx.request_repaint();
        self.quiet_frames = if self.workspace.running().is_empty() { self.quiet_frames + 1 } else { 0 };
        if matches!(self.picture, Picture::NotYet) && self.quiet_frames > FRAMES_BEFORE_PICTURE {
            let (sender, receiver) = channel();
            let waker = ctx.clone();
            ctx.send_viewport_cmd(ViewportCommand::Screenshot(ScreenshotCallback::new(move |image| {
                // The window may be closed before its picture comes.
                let _ = sender.send(image);
                waker.request_repaint();
            })));
            self.picture = Picture::Asked(receiver);
        }
        let image = match &self.picture {
            Picture::Asked(receiver) => receiver.try_recv().ok(),
            _ => None,
        };
        if let Some(image) = image {
            self.picture = Picture::Taken;
            let size = [image.size[0] as u32, image.size[1] as u32];
            let pixels: Vec<u8> = image.pixels.iter().flat_map(|p| p.to_array()).collect();
            self.workspace.keep_picture(&path, size, &pixels);
            let failed = self.workspace.notices().all().iter().any(|n| n.gravity == Gravity::Failure);
            self.options.pictured.store(!failed, Ordering::Relaxed);
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
    }
}

/// F6 hands the keyboard round: the list of suggestions, the draft, the commentary beside it.
fn round(ctx: &egui::Context, scene: &Scene<'_>, places: &mut PlaceState, panels: &mut PanelState) {
    let view = scene.w.view();
    if view.place != Place::Read || scene.w.draft().is_none() {
        return;
    }
    let back = ctx.input_mut(|i| i.consume_key(egui::Modifiers::SHIFT, egui::Key::F6));
    if !back && !ctx.input_mut(|i| i.consume_key(egui::Modifiers::NONE, egui::Key::F6)) {
        return;
    }
    let has_list = view.side_open && view.panel == Panel::Suggestions && scene.w.reviewed().is_some();
    let has_leaf = scene.w.beside().is_some();
    let stops = [(0, has_list), (1, true), (2, has_leaf)].into_iter().filter(|s| s.1).map(|s| s.0);
    let stops: Vec<usize> = stops.collect();
    let read = &places.read;
    let here = [panels.suggestions.has_keyboard, read.has_keyboard, read.beside.has_keyboard];
    let at = stops.iter().position(|&s| here.get(s) == Some(&true));
    let next = match at {
        Some(at) if back => (at + stops.len() - 1) % stops.len(),
        Some(at) => (at + 1) % stops.len(),
        None => stops.iter().position(|&s| s == 1).unwrap_or(0),
    };
    match stops.get(next) {
        Some(0) => panels.suggestions.focus = true,
        Some(2) => places.read.beside.focus = true,
        _ => places.read.focus_page = true,
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.take_drops(ctx);
        for wish in std::mem::take(&mut self.wishes) {
            self.view_changed = true;
            self.fulfil(ctx, wish);
            ctx.request_repaint();
        }
        self.workspace.receive();
        if self.dialog.is_none()
            && let Some(dialog) = self.workspace.sealed_file().map(dialogs::passphrase)
        {
            self.open_dialog(dialog);
            ctx.request_repaint();
        }
        while let Ok(chosen) = self.chosen.1.try_recv() {
            if let Some(dialog) = &mut self.dialog {
                dialog.chosen(chosen);
            }
        }
        self.follow_title(ctx);
        self.follow_theme(ctx);
        if (ctx.zoom_factor() - self.workspace.zoom()).abs() > 0.01 {
            ctx.set_zoom_factor(self.workspace.zoom());
        }
        self.save_when_idle(ctx);
        self.take_picture(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        let tokens = Tokens::of(ctx.theme());
        let mut scene = Scene::new(&self.workspace, tokens);
        self.popups.before(&ctx);
        let hands = keys::Hands {
            dialog: self.dialog.is_some(),
            beside: self.places.read.beside.has_keyboard,
            review: self.panels.suggestions.has_keyboard,
        };
        keys::take(&ctx, &mut scene, hands);
        if self.dialog.is_none() {
            round(&ctx, &scene, &mut self.places, &mut self.panels);
        }
        let bar = Frame::new().fill(tokens.chrome).inner_margin(Margin::symmetric(10, 6));
        egui::Panel::top("top").frame(bar).show(ui, |ui| bars::top(ui, &mut scene));
        let line = Frame::new().fill(tokens.chrome).inner_margin(Margin::symmetric(12, 4));
        egui::Panel::bottom("status").frame(line).show(ui, |ui| bars::status(ui, &mut scene, self.places.read.visible));
        bars::notices(ui, &mut scene);
        if scene.w.project().is_some() && scene.w.view().place == Place::Read {
            self.panels.visible = self.places.read.visible;
            let mut open = scene.w.view().side_open;
            let frame = Frame::new().fill(tokens.chrome).inner_margin(Margin::symmetric(10, 4));
            egui::Panel::left("side")
                .frame(frame)
                .resizable(true)
                .default_size(352.0)
                .size_range(200.0..=520.0)
                .show_collapsible(ui, &mut open, |ui| panels::show(ui, &mut scene, &mut self.panels));
            if open != scene.w.view().side_open {
                scene.view(ViewCommand::ToggleSide);
            }
        }
        CentralPanel::default().frame(Frame::new().fill(tokens.paper)).show(ui, |ui| {
            places::show(ui, &mut scene, &mut self.places);
        });
        if std::mem::take(&mut self.dialog_fresh) {
            // What had the keyboard behind the dialog lets go of it.
            ctx.memory_mut(|m| {
                if let Some(id) = m.focused() {
                    m.surrender_focus(id);
                }
            });
        }
        if let Some(dialog) = &mut self.dialog
            && dialogs::show(&ctx, &mut scene, &mut **dialog, self.dialog_since) == Flow::Close
        {
            dialog.leave(&mut scene);
            self.dialog = None;
            let goes_on = scene.wishes.iter().any(|w| matches!(w, Wish::Ask(_)));
            self.places.read.focus_page = !goes_on && !self.dialog_of_review;
            self.panels.suggestions.focus |= !goes_on && self.dialog_of_review;
        }
        self.popups.after(&ctx);
        if !scene.wishes.is_empty() {
            ctx.request_repaint();
        }
        self.wishes.extend(scene.wishes);
    }

    fn save(&mut self, _storage: &mut dyn eframe::Storage) {
        self.workspace.save();
        self.workspace.keep_view();
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.workspace.close_project();
    }
}
