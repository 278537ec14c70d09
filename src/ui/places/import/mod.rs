//! The place where drafts wait that were read from files: what was recognized in each, how it can be read otherwise,
//! its details, and beside them the page as it will read, with corrections before anything is added.
//!
//! * `files` lists them with their state; `findings` says what was recognized and noticed in the chosen one;
//! * `choices` holds what can be chosen, `preview` the page and its corrections, `report` what became of each file.
//!
//! Must not know: how files are read or recognized, the project beyond its drafts' names.

mod choices;
mod files;
mod findings;
mod preview;
mod report;

use eframe::egui::{self, Button, CentralPanel, Frame, Key, Label, Margin, Modifiers, Panel, RichText, Ui, vec2};

use crate::ui::bars::count;
use crate::ui::dialogs::{DetailFields, at_right};
use crate::ui::scene::{Scene, Wish};
use crate::ui::theme::serif_semibold;
use crate::ui::widgets::text_field;
use crate::workspace::{Command, DraftCommand, Proposal, Standing};

/// A window narrower than this has the list of files over the details, not beside them; in points.
const NARROW: f32 = 1060.0;
/// The width of the list of files, and of the details.
const LIST: f32 = 230.0;
const DETAILS: f32 = 350.0;

/// What the place remembers.
#[derive(Default)]
pub struct ImportState {
    /// Where the chosen proposal stands, in case it goes.
    at: usize,
    shown: Option<Shown>,
    /// The list of files is to get the keyboard.
    focus_list: bool,
    /// The chosen proposal was come to with the arrow keys, which go on to the next.
    by_arrows: bool,
}

/// What is remembered of the proposal that is looked at.
struct Shown {
    number: u64,
    preview: preview::PreviewState,
    found: findings::Found,
    fields: DetailFields,
    title: String,
    password: String,
    /// The details can be kept as they are.
    complete: bool,
    /// It has not been drawn yet.
    fresh: bool,
}

impl Shown {
    fn new(proposal: &Proposal) -> Self {
        Self {
            number: proposal.number,
            preview: preview::PreviewState::default(),
            found: findings::Found::default(),
            fields: DetailFields::new(proposal.details.clone()),
            title: String::new(),
            password: String::new(),
            complete: true,
            fresh: true,
        }
    }
}

/// Draws the place.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut ImportState) {
    let proposals = scene.w.proposals();
    // The bars above have none.
    ui.spacing_mut().item_spacing = vec2(scene.tokens.space.medium, scene.tokens.space.small);
    if proposals.is_empty() {
        state.shown = None;
        report::show(ui, scene);
        return;
    }
    let chosen = state.shown.as_ref().and_then(|s| proposals.iter().position(|p| p.number == s.number));
    let arrives = state.shown.is_none();
    state.at = chosen.unwrap_or_else(|| state.at.min(proposals.len() - 1));
    let shown = match state.shown.take() {
        Some(shown) if shown.number == proposals[state.at].number => shown,
        _ => Shown { fresh: !std::mem::take(&mut state.by_arrows), ..Shown::new(&proposals[state.at]) },
    };
    let shown = state.shown.insert(shown);
    let tokens = scene.tokens;
    let chrome = |x: i8, y: i8| Frame::new().fill(tokens.chrome).inner_margin(Margin::symmetric(x, y));
    let mut ends = None;
    Panel::bottom("import actions").frame(chrome(14, 8)).show(ui, |ui| ends = actions(ui, scene, shown.complete));
    let several = proposals.len() > 1 || scene.w.import_report().is_some_and(|r| r.files.len() > 1);
    let narrow = ui.available_width() < NARROW;
    let mut next = None;
    // Who comes here by keyboard begins at the list, or at the page of the only one; a password asks for itself.
    let is_idle = arrives || ui.memory(|m| m.focused().is_none());
    if shown.fresh && is_idle && proposals[state.at].lock.is_none() {
        if several {
            state.focus_list = true;
        } else {
            shown.preview.take_focus();
        }
    }
    if several && !narrow {
        let list = Panel::left("import files").frame(chrome(8, 8)).resizable(true).default_size(LIST);
        list.size_range(160.0..=420.0).show(ui, |ui| {
            next = files::show(ui, scene, state.at, &mut state.focus_list);
        });
    }
    let details = Panel::left("import details").frame(chrome(14, 8)).resizable(true);
    let details = if narrow {
        details.default_size(300.0).size_range(240.0..=420.0)
    } else {
        details.default_size(DETAILS).size_range(300.0..=560.0)
    };
    details.show(ui, |ui| {
        egui::ScrollArea::vertical().id_salt(("import details", shown.number)).auto_shrink([false, false]).show(
            ui,
            |ui| {
                if several && narrow {
                    ui.scope(|ui| {
                        ui.set_max_height(150.0);
                        next = files::show(ui, scene, state.at, &mut state.focus_list);
                    });
                    ui.separator();
                }
                one(ui, scene, state.at, shown);
            },
        );
    });
    CentralPanel::default().frame(Frame::new().fill(tokens.paper)).show(ui, |ui| {
        let proposal = &proposals[state.at];
        if proposal.lock.is_some() {
            preview::nothing(ui, scene, "What the file says can be read once it is open");
        } else {
            preview::show(ui, scene, &mut shown.preview, state.at, proposal);
        }
    });
    shown.fresh = false;
    if let Some(next) = next {
        state.at = next;
        state.shown = None;
        state.by_arrows = ui.input(|i| i.key_pressed(Key::ArrowUp) || i.key_pressed(Key::ArrowDown));
    }
    // Last, so that what a field lets go of in this frame is kept first.
    match ends {
        Some(true) => scene.run(Command::Draft(DraftCommand::Accept)),
        Some(false) => scene.run(Command::Draft(DraftCommand::Dismiss)),
        None => return,
    }
    scene.wishes.push(Wish::FocusPage);
}

/// Adding what can be added, or leaving all of it out.
fn actions(ui: &mut Ui, scene: &Scene<'_>, complete: bool) -> Option<bool> {
    let tokens = scene.tokens;
    let proposals = scene.w.proposals();
    let ready = proposals.iter().filter(|p| p.is_acceptable()).count();
    let action = match (ready, proposals.len()) {
        (_, 1) => "Add the draft".to_owned(),
        (n, _) => format!("Add {}", count(n, "draft", "drafts")),
    };
    let enabled = ready > 0 && complete;
    let mut answer = None;
    at_right(ui, |ui| {
        let text = RichText::new(&action);
        let add =
            if enabled { Button::new(text.color(tokens.accent_ink)).fill(tokens.accent) } else { Button::new(text) };
        if ui.add_enabled(enabled, add).on_hover_text("Ctrl+Enter").clicked() {
            answer = Some(true);
        }
        let leave = if proposals.len() == 1 { "Leave it out" } else { "Leave all out" };
        if ui.button(leave).clicked() {
            answer = Some(false);
        }
        if let Some(waits) = waits(proposals) {
            ui.add(Label::new(RichText::new(waits).color(tokens.quiet_ink)).truncate());
        }
    });
    if enabled && ui.input_mut(|i| i.consume_key(Modifiers::COMMAND, Key::Enter)) {
        answer = Some(true);
    }
    answer
}

/// What cannot be added yet, in a few words.
fn waits(proposals: &[Proposal]) -> Option<String> {
    let number = |standing| proposals.iter().filter(|p| p.standing() == standing).count();
    let mut parts = Vec::new();
    for (standing, one, many) in [
        (Standing::Doubtful, "has a doubtful text", "have a doubtful text"),
        (Standing::Locked, "needs a password", "need a password"),
        (Standing::Working, "is being read", "are being read"),
    ] {
        match number(standing) {
            0 => {}
            n => parts.push(count(n, one, many)),
        }
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// All about one proposal but its page.
fn one(ui: &mut Ui, scene: &mut Scene<'_>, at: usize, shown: &mut Shown) {
    let tokens = scene.tokens;
    let Some(proposal) = scene.w.proposals().get(at) else { return };
    let heading = RichText::new("Drafts to add").family(serif_semibold()).size(tokens.size.heading).color(tokens.ink);
    ui.label(heading);
    let name = Label::new(RichText::new(proposal.file_name()).strong().color(tokens.ink)).truncate();
    ui.add(name).on_hover_text(proposal.path.display().to_string());
    ui.horizontal(|ui| {
        if ui.button("Open the file").on_hover_text("With the program that the system has for it").clicked() {
            scene.wishes.push(Wish::OpenOutside(proposal.path.clone()));
        }
        if ui.button("Leave out").clicked() {
            scene.run(Command::Draft(DraftCommand::LeaveOut(at)));
        }
    });
    if let Some(same) = scene.w.same_file(at) {
        ui.add(Label::new(RichText::new(same).color(tokens.danger)).wrap());
    }
    if proposal.lock.is_some() {
        choices::password(ui, scene, at, proposal, &mut shown.password, std::mem::take(&mut shown.fresh));
        shown.complete = true;
        return;
    }
    shown.found.follow(proposal);
    if let Some(offset) = findings::doubts(ui, scene, at, proposal) {
        shown.preview.go_to(offset);
    }
    if let Some(range) = findings::noticed(ui, scene, proposal, &shown.found) {
        shown.preview.go_to(range);
    }
    choices::show(ui, scene, at, proposal);
    section(ui, scene, "Details");
    details(ui, scene, at, proposal, shown);
    section(ui, scene, "All that was found");
    if let Some(range) = findings::lists(ui, scene, proposal, &shown.found) {
        shown.preview.go_to(range);
    }
    ui.add_space(tokens.space.large);
}

fn details(ui: &mut Ui, scene: &mut Scene<'_>, at: usize, proposal: &Proposal, shown: &mut Shown) {
    if shown.fields.details != proposal.details {
        shown.fields = DetailFields::new(proposal.details.clone());
    }
    shown.complete = shown.fields.show(ui, scene);
    if shown.fields.details != proposal.details {
        let details = shown.fields.details.clone();
        scene.run(Command::Draft(DraftCommand::Correct { at, details }));
    }
    let hint = "as the draft prints it";
    let field = text_field(ui, "Title of the instrument", hint, &mut shown.title, scene.tokens);
    let known = proposal.preview.outline.title.as_deref().unwrap_or_default();
    if field.lost_focus() && shown.title != known {
        scene.run(Command::Draft(DraftCommand::SetTitle { at, title: shown.title.clone() }));
    } else if !field.has_focus() {
        known.clone_into(&mut shown.title);
    }
}

/// The heading of a group.
fn section(ui: &mut Ui, scene: &Scene<'_>, name: &str) {
    ui.add_space(scene.tokens.space.medium);
    ui.label(RichText::new(name).strong().color(scene.tokens.ink));
}
