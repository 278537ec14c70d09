//! The place Report: the papers that go to the delegates, on their pages, with what they take, what stands before the
//! text, and the remarks in them.
//!
//! Must not know: how a paper is composed, laid out or written. At the left the submissions, and of the one that is looked
//! at its settings or its remarks; at the right its pages, live.

mod card;
mod documents;
mod front;
mod lists;
mod picks;
mod pictures;
mod preview;
mod settings;

use eframe::egui::{Button, CentralPanel, Frame, Key, Margin, Modifiers, Panel, RichText, Ui};

use super::nothing;
use crate::export::paper::PaperLanguage;
use crate::ui::keys::is_free;
use crate::ui::scene::Scene;
use crate::workspace::{Command, Place, Question, SubmissionCommand, ViewCommand, submission_templates};

/// The keys of the place, for the list of all keys.
pub const KEYS: [(&str, &str); 9] = [
    ("Report: export this document, again to where it went last", "Ctrl+E"),
    ("Report: pages larger, smaller, as wide as there is room", "Ctrl++, Ctrl+\u{2212}, Ctrl+0"),
    ("Report: move over the pages", "Arrows, Page up, Page down, Home, End"),
    ("Report: settings, remarks in it", "S, R"),
    ("Report: from remark to remark in its list", "Arrows"),
    ("Report: open the remark, close it", "Enter, Esc"),
    ("Report: move the remark up, down", "Alt+Up, Alt+Down"),
    ("Report: leave the remark out, or take it in again", "Delete"),
    ("Report: make the remark a main point, or not", "M"),
];

/// What stands below the list of submissions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Side {
    #[default]
    Settings,
    Remarks,
}

/// What the place remembers.
#[derive(Default)]
pub struct ReportState {
    side: Side,
    documents: documents::DocumentState,
    settings: settings::SettingsState,
    lists: lists::ListState,
    preview: preview::PreviewState,
    /// Whether the first steps have been offered to the keyboard.
    greeted: bool,
}

/// What a language is called on screen.
pub fn language_name(language: PaperLanguage) -> &'static str {
    match language {
        PaperLanguage::English => "English",
        PaperLanguage::French => "French",
        PaperLanguage::Spanish => "Spanish",
        PaperLanguage::Russian => "Russian",
        PaperLanguage::Arabic => "Arabic",
        PaperLanguage::Chinese => "Chinese",
    }
}

/// Draws the place.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut ReportState) {
    let tokens = scene.tokens;
    let Some(project) = scene.w.project() else { return };
    let paper = Frame::new().fill(tokens.paper).inner_margin(Margin::symmetric(16, 10));
    if project.drafts.is_empty() {
        let words = [
            "There is no draft yet",
            "Remarks on the articles of a draft become papers for the delegates here: article by article, by concern, as a table of amendments, or on one sheet",
        ];
        CentralPanel::default().frame(paper).show(ui, |ui| {
            nothing(ui, scene, words, Some(("Add drafts…", Question::ImportDrafts)));
        });
        return;
    }
    let Some(of) = scene.w.shown_paper() else {
        CentralPanel::default().frame(paper).show(ui, |ui| first_steps(ui, scene, &mut state.greeted));
        return;
    };
    state.greeted = false;
    take_keys(ui, state);
    let chrome = Frame::new().fill(tokens.chrome).inner_margin(Margin::symmetric(12, 10));
    Panel::left("report side").frame(chrome).resizable(true).default_size(340.0).size_range(250.0..=560.0).show(
        ui,
        |ui| {
            ui.spacing_mut().item_spacing.y = tokens.space.small + 2.0;
            documents::show(ui, scene, &mut state.documents);
            ui.separator();
            if scene.w.shown_submission().is_none() {
                settings::table(ui, scene, &of);
                return;
            }
            sides(ui, scene, state);
            match state.side {
                Side::Settings => settings::show(ui, scene, &mut state.settings),
                Side::Remarks => lists::show(ui, scene, &mut state.lists, &of, &mut state.preview),
            }
        },
    );
    preview::show(ui, scene, &mut state.preview, &of);
    if std::mem::take(&mut state.preview.to_list) && state.side == Side::Remarks {
        state.lists.wanted = true;
        ui.ctx().request_repaint();
    }
}

/// Which of the two stands below the submissions.
fn sides(ui: &mut Ui, scene: &Scene<'_>, state: &mut ReportState) {
    let of = scene.w.shown_paper();
    let composed = of.and_then(|of| scene.w.composed(&of).cloned());
    let remarks = composed.map_or_else(|| "Remarks".to_owned(), |c| format!("Remarks ({})", c.remarks.len()));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = scene.tokens.space.small;
        for (side, name) in [(Side::Settings, "Settings"), (Side::Remarks, remarks.as_str())] {
            let chosen = state.side == side;
            let color = if chosen { scene.tokens.accent } else { scene.tokens.ink };
            if ui.add(Button::selectable(chosen, RichText::new(name).color(color))).clicked() {
                state.side = side;
                state.lists.wanted = false;
            }
        }
    });
}

/// Letters are orders as long as nothing has the keyboard but the pages and the list.
fn take_keys(ui: &Ui, state: &mut ReportState) {
    let ctx = ui.ctx();
    let ours = ctx.memory(|m| m.focused()).is_some_and(|id| state.preview.is_document(id) || state.lists.is_row(id));
    if !(is_free(ctx) || ours && !crate::ui::keys::is_busy(ctx)) {
        return;
    }
    for (key, side) in [(Key::S, Side::Settings), (Key::R, Side::Remarks)] {
        if ui.input_mut(|i| i.consume_key(Modifiers::NONE, key)) {
            state.side = side;
            state.lists.wanted = side == Side::Remarks;
        }
    }
}

/// No submission yet: what there can be, each at one click.
fn first_steps(ui: &mut Ui, scene: &mut Scene<'_>, greeted: &mut bool) {
    let tokens = scene.tokens;
    let any = scene.w.project().is_some_and(|p| p.annotations().next().is_some());
    ui.add_space(ui.available_height() * 0.08);
    ui.vertical_centered(|ui| {
        ui.set_max_width(560.0);
        ui.label(RichText::new("Papers for the delegates").size(tokens.size.heading).color(tokens.ink));
        ui.add_space(tokens.space.small);
        let about = if any {
            "Made of the remarks on the drafts, kept with the project and up to date whenever one looks. Begin with one of these"
        } else {
            "Made of the remarks on the drafts, of which there are none yet. A paper can be prepared all the same, and fills as one reads"
        };
        ui.label(RichText::new(about).color(tokens.quiet_ink));
        ui.add_space(tokens.space.large);
        if !any && ui.button("Read the draft").clicked() {
            scene.view(ViewCommand::Go(Place::Read));
        }
        if !scene.w.can_edit() {
            ui.label("The project is open for reading only, so none can be made");
            return;
        }
        for template in submission_templates() {
            let button = Button::new(RichText::new(&template.name).color(tokens.accent));
            let button = ui.add(button.min_size(eframe::egui::vec2(240.0, 0.0)));
            if !std::mem::replace(greeted, true) && is_free(ui.ctx()) {
                button.request_focus();
            }
            if button.clicked() {
                let (template, name) = (template.id.clone(), String::new());
                let language = String::new();
                scene.run(Command::Submission(SubmissionCommand::Make { template, name, language }));
            }
            ui.label(RichText::new(&template.about).small().color(tokens.quiet_ink));
            ui.add_space(tokens.space.medium);
        }
        if ui.button("New submission…").on_hover_text("Ctrl+N").clicked() {
            scene.ask(Question::NewPaper);
        }
    });
}
