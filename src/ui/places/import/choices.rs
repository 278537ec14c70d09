//! What can be chosen about a file: its password, which reading of marked changes, which column, its comments.

use eframe::egui::{self, Key, Label, RichText, TextEdit, Ui};

use crate::model::Wording;
use crate::ui::bars::count;
use crate::ui::scene::Scene;
use crate::ui::widgets::{Ticks, labelled};
use crate::workspace::{Apart, Choices, Command, DraftCommand, Lock, Proposal};

use super::section;

/// The heads of columns are shown up to this many characters.
const LONGEST_HEAD: usize = 48;

/// Asks for the password of an encrypted file.
pub fn password(ui: &mut Ui, scene: &mut Scene<'_>, at: usize, proposal: &Proposal, typed: &mut String, fresh: bool) {
    let tokens = scene.tokens;
    section(ui, scene, "Password");
    ui.add(Label::new("This file is encrypted; its password is used to read it and then forgotten").wrap());
    let field = labelled(ui, "Password of the file", tokens, |ui| {
        ui.add(TextEdit::singleline(typed).password(true).desired_width(f32::INFINITY))
    });
    if fresh {
        field.request_focus();
    }
    if proposal.lock == Some(Lock::Refused) {
        ui.label(RichText::new("This password does not open it").color(tokens.danger));
    }
    let enter = field.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
    let ready = !typed.is_empty();
    if (ui.add_enabled(ready, egui::Button::new("Read the file")).clicked() || enter) && ready {
        let choices = Choices { password: Some(std::mem::take(typed)), ..proposal.choices.clone() };
        scene.run(Command::Draft(DraftCommand::Choose { at, choices }));
        // In case it is refused.
        field.request_focus();
    }
}

/// What can be chosen about a file that is open; nothing where it can be read in one way only.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, at: usize, proposal: &Proposal) {
    wordings(ui, scene, at, proposal);
    columns(ui, scene, at, proposal);
    comments(ui, scene, at, proposal);
}

fn wordings(ui: &mut Ui, scene: &mut Scene<'_>, at: usize, proposal: &Proposal) {
    let Some(changes) = proposal.imported.offers.changes else { return };
    let tokens = scene.tokens;
    section(ui, scene, "Marked changes");
    let (new, old) = if changes.tracked { ("inserted", "deleted") } else { ("bold", "struck out") };
    let by = if changes.tracked { "tracked by the word processor" } else { "told by bold and struck type" };
    let about = format!("{} {new}, {} {old}, {by}", count(changes.inserted, "stretch", "stretches"), changes.deleted);
    ui.add(Label::new(RichText::new(about).small().color(tokens.quiet_ink)).wrap());
    let taken = proposal.imported.source.taken.wording;
    let mut chosen = taken;
    close_together(ui, |ui| {
        ui.choose(&mut chosen, Wording::Proposed, "As proposed");
        ui.choose(&mut chosen, Wording::Original, "As it was");
        ui.choose(&mut chosen, Wording::Printed, "As printed, both side by side");
    });
    if chosen != taken {
        let choices = Choices { wording: Some(chosen), ..proposal.choices.clone() };
        scene.run(Command::Draft(DraftCommand::Choose { at, choices }));
    }
    if ui.button("Both as two drafts").on_hover_text("As proposed, and as it was").clicked() {
        scene.run(Command::Draft(DraftCommand::TakeApart { at, by: Apart::Wordings }));
    }
}

fn columns(ui: &mut Ui, scene: &mut Scene<'_>, at: usize, proposal: &Proposal) {
    let heads = &proposal.imported.offers.columns;
    if heads.len() < 2 {
        return;
    }
    section(ui, scene, "Columns");
    let taken = proposal.imported.source.taken.column.as_ref().map(|(n, _)| *n);
    let mut chosen = taken;
    close_together(ui, |ui| {
        ui.choose(&mut chosen, None, "The whole file");
        for (n, head) in heads.iter().enumerate() {
            let words = head.split_whitespace().collect::<Vec<_>>().join(" ");
            let mut name = format!("Column {}", n + 1);
            if !words.is_empty() {
                name = format!("{name}: {}", crate::ui::cards::shorten(&words, LONGEST_HEAD));
            }
            ui.choose(&mut chosen, Some(n as u16), name).on_hover_text(words);
        }
    });
    if chosen != taken {
        let choices = Choices { column: chosen, ..proposal.choices.clone() };
        scene.run(Command::Draft(DraftCommand::Choose { at, choices }));
    }
    if ui.button("Each column as a draft").clicked() {
        scene.run(Command::Draft(DraftCommand::TakeApart { at, by: Apart::Columns }));
    }
}

/// What excludes each other stands close together.
fn close_together(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.spacing_mut().interact_size.y = 22.0;
        add(ui);
    });
}

fn comments(ui: &mut Ui, scene: &mut Scene<'_>, at: usize, proposal: &Proposal) {
    let people = proposal.commenters();
    if people.is_empty() {
        return;
    }
    let tokens = scene.tokens;
    section(ui, scene, "Comments");
    let number = proposal.imported.comments.len();
    let mut wanted = proposal.with_comments;
    let (comments, persons) = (count(number, "comment", "comments"), count(people.len(), "person", "people"));
    if ui.tick(&mut wanted, format!("Add {comments} by {persons} as annotations")).changed() {
        scene.run(Command::Draft(DraftCommand::WithComments { at, wanted }));
    }
    let named = |(name, n): &(&str, usize)| format!("{} ({n})", if name.is_empty() { "no name" } else { name });
    let names = people.iter().map(named).collect::<Vec<_>>().join(", ");
    let about = format!("{names}; each becomes a set of annotations of its own");
    ui.add(Label::new(RichText::new(about).small().color(tokens.quiet_ink)).wrap());
}
