//! What stands before the text of a submission, and who signs behind it.

use eframe::egui::{RichText, TextEdit, Ui};
use jiff::civil::Date;

use super::settings::{Draft, file, pick};
use crate::model::{PaperDate, Submission, SubmissionId};
use crate::ui::scene::Scene;
use crate::ui::widgets::labelled;
use crate::workspace::{Question, SubmissionCommand};

/// A date as far as it is typed.
#[derive(Default)]
pub struct Typed {
    date: Option<(SubmissionId, String)>,
}

/// In a few words what there is.
pub fn said(submission: &Submission) -> String {
    let front = &submission.front;
    let parts = [front.organisation.trim(), front.addressee.trim()];
    let mut said: Vec<String> = parts.into_iter().filter(|p| !p.is_empty()).map(str::to_owned).collect();
    if front.logo.is_some() {
        said.push("logo".to_owned());
    }
    if !front.introduction.trim().is_empty() {
        said.push("introduction".to_owned());
    }
    if front.signatories.iter().any(|s| !s.trim().is_empty()) {
        said.push("signatories".to_owned());
    }
    said.join(", ")
}

/// Draws the fields.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, draft: &mut Draft, typed: &mut Typed) {
    let tokens = scene.tokens;
    draft.line(ui, "Title", "As the kind of paper has it", tokens, |s| &mut s.front.title);
    draft
        .line(ui, "Subtitle", "{instrument}, {draft} and {symbol} stand for theirs", tokens, |s| &mut s.front.subtitle);
    draft.line(ui, "Organisation", "Who submits it", tokens, |s| &mut s.front.organisation);
    draft.line(ui, "To", "To whom it goes", tokens, |s| &mut s.front.addressee);
    date(ui, scene, draft, typed);
    let introduction = labelled(ui, "Introduction", tokens, |ui| {
        let text = &mut draft.new.front.introduction;
        let hint = "In Markdown: **bold**, *italics*, lists, links";
        ui.add(TextEdit::multiline(text).hint_text(hint).desired_width(f32::INFINITY).desired_rows(5))
    });
    draft.note(&introduction);
    let mut names = draft.new.front.signatories.join("\n");
    let signatories = labelled(ui, "Signatories", tokens, |ui| {
        let hint = "One a line";
        ui.add(TextEdit::multiline(&mut names).hint_text(hint).desired_width(f32::INFINITY).desired_rows(2))
    });
    if signatories.changed() {
        // The empty line one has just begun is kept, or nobody could begin one.
        let lines = || names.split('\n').map(str::to_owned).collect();
        draft.new.front.signatories = if names.is_empty() { Vec::new() } else { lines() };
    }
    draft.note(&signatories);
    ui.label(RichText::new("Logo").small().color(tokens.quiet_ink));
    let none = SubmissionCommand::SetLogo { id: draft.new.id, path: None };
    let kept = draft.new.front.logo.as_ref().map(|f| f.name.clone());
    file(ui, scene, kept.as_deref(), ("Logo…", Question::PaperLogo), ("No logo", none));
}

fn date(ui: &mut Ui, scene: &Scene<'_>, draft: &mut Draft, typed: &mut Typed) {
    let tokens = scene.tokens;
    let id = draft.new.id;
    let date = draft.new.front.date;
    // A day to begin with, as the person may want another than today.
    let day = match date {
        PaperDate::On(day) => day,
        PaperDate::Today | PaperDate::Nothing => scene.w.today(),
    };
    let choices = [
        (PaperDate::Today, "The day it is written".to_owned()),
        (PaperDate::On(day), "A certain day".to_owned()),
        (PaperDate::Nothing, "None".to_owned()),
    ];
    if let Some(chosen) = pick(ui, "Date", tokens, &date, &choices) {
        draft.new.front.date = chosen;
        typed.date = None;
    }
    let PaperDate::On(day) = draft.new.front.date else { return };
    let kept = typed.date.take().filter(|(of, _)| *of == id);
    let mut text = kept.map_or_else(|| day.to_string(), |(_, text)| text);
    let field = labelled(ui, "Day", tokens, |ui| {
        ui.add(TextEdit::singleline(&mut text).hint_text("such as 2026-02-07").desired_width(f32::INFINITY))
    });
    let read: Option<Date> = text.trim().parse().ok();
    if field.changed()
        && let Some(read) = read
    {
        draft.new.front.date = PaperDate::On(read);
    }
    draft.note(&field);
    if read.is_none() {
        ui.label(RichText::new("A date is written year-month-day: 2026-02-07").small().color(tokens.danger));
    }
    // What undo brings back is shown once one is no more in the field.
    typed.date = field.has_focus().then_some((id, text));
}
