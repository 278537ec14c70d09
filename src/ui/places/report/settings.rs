//! The settings of the submission that is looked at, section by section; what is typed is seen on the pages at once.

use eframe::egui::{self, CollapsingHeader, ComboBox, Response, RichText, ScrollArea, TextEdit, Ui};

use super::{front, language_name, picks};
use crate::export::paper::PaperLanguage;
use crate::model::{CitationStyle, Submission, SubmissionKind};
use crate::ui::scene::Scene;
use crate::ui::theme::Tokens;
use crate::ui::widgets::{Ticks, labelled, two_drafts};
use crate::workspace::{Command, PaperOf, Question, ReportLook, SubmissionCommand, ViewCommand};

/// What the settings remember.
#[derive(Default)]
pub struct SettingsState {
    /// What is typed into fields that not every text fits into.
    pub typed: front::Typed,
}

/// A submission while it is changed.
pub struct Draft {
    /// As it is to be.
    pub new: Submission,
    /// A person is typing in it.
    typing: bool,
    /// A field was entered or left: what is typed next is a step of its own.
    ended: bool,
}

impl Draft {
    /// Takes note of what was done in a field.
    pub fn note(&mut self, field: &Response) {
        self.typing |= field.changed();
        self.ended |= field.gained_focus() || field.lost_focus();
    }

    /// A line of text.
    pub fn line(
        &mut self,
        ui: &mut Ui,
        label: &str,
        hint: &str,
        tokens: &Tokens,
        text: fn(&mut Submission) -> &mut String,
    ) {
        let field = labelled(ui, label, tokens, |ui| {
            let text = text(&mut self.new);
            ui.add(TextEdit::singleline(text).hint_text(hint.to_owned()).desired_width(f32::INFINITY))
        });
        self.note(&field);
    }
}

/// Draws them.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut SettingsState) {
    let Some(old) = scene.w.shown_submission().cloned() else { return };
    let tokens = scene.tokens;
    let mut draft = Draft { new: old.clone(), typing: false, ended: false };
    ScrollArea::vertical().id_salt("paper settings").auto_shrink([false, false]).show(ui, |ui| {
        // Beside the bar of the scroll area.
        ui.set_max_width(ui.available_width() - 6.0);
        ui.spacing_mut().item_spacing.y = tokens.space.small + 3.0;
        ui.add_enabled_ui(scene.w.can_edit(), |ui| {
            section(ui, tokens, "Document", "", true, |ui| document(ui, scene, &mut draft));
            let said = picks::said(scene, &old);
            section(ui, tokens, "Which remarks", &said, true, |ui| picks::show(ui, scene, &mut draft));
            section(ui, tokens, "Before the text", &front::said(&old), false, |ui| {
                front::show(ui, scene, &mut draft, &mut state.typed);
            });
            section(ui, tokens, "What it shows", "", false, |ui| shows(ui, &mut draft));
            let own = old.style_template.as_ref().map_or("", |file| file.name.as_str());
            section(ui, tokens, "Styles", own, false, |ui| styles(ui, scene, &old));
        });
        ui.add_space(tokens.space.large);
    });
    if draft.ended {
        let focus = scene.w.view().focus;
        scene.view(ViewCommand::Focus(focus));
    }
    if draft.new != old {
        let (submission, typing) = (Box::new(draft.new), draft.typing);
        scene.run(Command::Submission(SubmissionCommand::Change { submission, typing }));
    }
}

/// A part that can be folded, with what it says in a few words.
fn section(ui: &mut Ui, tokens: &Tokens, title: &str, said: &str, open: bool, add: impl FnOnce(&mut Ui)) {
    let header = CollapsingHeader::new(RichText::new(title).strong()).id_salt(title).default_open(open);
    let shown = header.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y += 2.0;
        add(ui);
        ui.add_space(6.0);
    });
    if shown.fully_closed() && !said.is_empty() {
        ui.indent(title, |ui| ui.add(egui::Label::new(RichText::new(said).small().color(tokens.quiet_ink)).wrap()));
    }
}

/// A box of choices with its label; answers with another one that was chosen.
pub fn pick<T: PartialEq + Clone>(
    ui: &mut Ui,
    label: &str,
    tokens: &Tokens,
    shown: &T,
    choices: &[(T, String)],
) -> Option<T> {
    let text = choices.iter().find(|(value, _)| value == shown).map_or("", |(_, text)| text.as_str());
    let mut chosen = None;
    labelled(ui, label, tokens, |ui| {
        ComboBox::from_id_salt(("paper", label))
            .width(ui.available_width())
            .truncate()
            .selected_text(text)
            .show_ui(ui, |ui| {
                for (value, text) in choices {
                    if ui.selectable_label(value == shown, text).clicked() {
                        chosen = Some(value.clone());
                    }
                }
            })
            .response
    });
    chosen.filter(|value| value != shown)
}

fn languages() -> Vec<(PaperLanguage, String)> {
    PaperLanguage::ALL.map(|l| (l, language_name(l).to_owned())).to_vec()
}

fn document(ui: &mut Ui, scene: &Scene<'_>, draft: &mut Draft) {
    let (tokens, new) = (scene.tokens, &mut draft.new);
    let Some(project) = scene.w.project() else { return };
    let kinds = SubmissionKind::ALL.map(|k| (k, k.name().to_owned()));
    if let Some(kind) = pick(ui, "Kind", tokens, &new.kind, &kinds) {
        new.kind = kind;
    }
    let latest = project.drafts.last().map_or("", |d| d.name());
    let mut drafts = vec![(None, format!("The latest ({latest})"))];
    drafts.extend(project.drafts.iter().map(|d| (Some(d.id), d.name().to_owned())));
    if let Some(chosen) = pick(ui, "Draft", tokens, &new.draft, &drafts) {
        new.draft = chosen;
    }
    let language = PaperLanguage::named(&new.language).unwrap_or_default();
    if let Some(chosen) = pick(ui, "Language of the fixed words", tokens, &language, &languages()) {
        chosen.tag().clone_into(&mut new.language);
    }
    let mut styles: Vec<(Option<CitationStyle>, String)> =
        vec![(None, format!("As in the project ({})", project.details.citation_style.name()))];
    styles.extend(CitationStyle::ALL.map(|s| (Some(s), s.name().to_owned())));
    if let Some(chosen) = pick(ui, "Citations", tokens, &new.style, &styles) {
        new.style = chosen;
    }
    ui.tick(&mut new.contents, "Table of contents");
}

fn shows(ui: &mut Ui, draft: &mut Draft) {
    let shows = &mut draft.new.shows;
    for (part, name) in [
        (&mut shows.definitions, "Definitions of concerns"),
        (&mut shows.severity, "Severity of each remark"),
        (&mut shows.status, "Status of each remark"),
        (&mut shows.analysts, "Who made each remark"),
        (&mut shows.since, "What became of it since the last draft"),
        (&mut shows.footnotes, "Footnotes with sources and the draft"),
    ] {
        ui.tick(part, name);
    }
}

fn styles(ui: &mut Ui, scene: &mut Scene<'_>, old: &Submission) {
    let about = "The DOCX file can be written in the styles of a document of your own";
    ui.add(egui::Label::new(RichText::new(about).small().color(scene.tokens.quiet_ink)).wrap());
    let id = old.id;
    let none = SubmissionCommand::SetStyleTemplate { id, path: None };
    let kept = old.style_template.as_ref().map(|f| f.name.as_str());
    file(ui, scene, kept, ("Own styles…", Question::PaperStyles), ("Use the usual styles", none));
}

/// A file that is kept with the submission: its name, another one, none.
pub fn file(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    kept: Option<&str>,
    (take, question): (&str, Question),
    (leave, none): (&str, SubmissionCommand),
) {
    if let Some(name) = kept {
        ui.add(egui::Label::new(RichText::new(name).color(scene.tokens.ink)).truncate());
    }
    ui.horizontal_wrapped(|ui| {
        if ui.button(take).clicked() {
            scene.ask(question);
        }
        if kept.is_some() && ui.button(leave).clicked() {
            scene.run(Command::Submission(none));
        }
    });
}

/// The settings of a paper on the drafts as a whole.
pub fn table(ui: &mut Ui, scene: &mut Scene<'_>, of: &PaperOf) {
    let tokens = scene.tokens;
    let (Some(project), Some((old, new))) = (scene.w.project(), scene.w.shown_drafts()) else { return };
    let mut look = scene.w.view().report.clone();
    let mut chosen = [old, new];
    let outcomes = matches!(of, PaperOf::Outcomes { .. });
    if outcomes {
        ui.tick(&mut look.over_all, "Over all drafts");
    }
    if !outcomes || !look.over_all {
        two_drafts(ui, project, &mut chosen, tokens);
        let [from, to] = chosen;
        if from != to && chosen != [old, new] {
            look.drafts = Some((from, to));
        }
    }
    let language = PaperLanguage::named(&look.language).unwrap_or_default();
    if let Some(chosen) = pick(ui, "Language of the fixed words", tokens, &language, &languages()) {
        chosen.tag().clone_into(&mut look.language);
    }
    if look != scene.w.view().report {
        let look = ReportLook { zoom: scene.w.view().report.zoom, ..look };
        scene.view(ViewCommand::Report(Box::new(look)));
    }
}
