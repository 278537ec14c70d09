//! The place where a colleague's file waits: what it would change, chosen by group or one by one, before anything is.
//!
//! * `matches` says which of our drafts and concerns theirs are; `list` holds the remarks by what they are to ours;
//! * `detail` shows one remark as it is here and as it came.
//!
//! Must not know: how files are read or joined.

mod detail;
mod list;
mod matches;

use eframe::egui::{Button, CentralPanel, Frame, Key, Label, Margin, Modifiers, Panel, RichText, ScrollArea, Ui};

use crate::model::{AnnotationId, ReplyId};
use crate::ui::bars::count;
use crate::ui::dialogs::at_right;
use crate::ui::scene::Scene;
use crate::ui::theme::serif_semibold;
use crate::workspace::{ColleagueCommand, Command, MergePlan};

/// What of a file is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    Remark(AnnotationId),
    Reply(ReplyId),
}

/// What the place remembers.
#[derive(Default)]
pub struct MergeState {
    /// The remark or reply that is looked at.
    at: Option<At>,
    list: list::ListState,
}

/// Draws the place.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut MergeState) {
    let tokens = scene.tokens;
    let Some(merging) = scene.w.merging() else { return };
    let chrome = |x: i8, y: i8| Frame::new().fill(tokens.chrome).inner_margin(Margin::symmetric(x, y));
    let Some(plan) = merging.plan.clone() else {
        CentralPanel::default().frame(Frame::new().fill(tokens.paper).inner_margin(24)).show(ui, |ui| {
            ui.label(RichText::new("Comparing with what is here…").color(tokens.quiet_ink));
        });
        return;
    };
    let choices = merging.choices.clone();
    let all = || {
        let remarks = plan.items.iter().map(|i| At::Remark(i.id));
        remarks.chain(plan.replies.iter().map(|r| At::Reply(r.id)))
    };
    if !all().any(|at| Some(at) == state.at) {
        state.at = all().next();
    }
    Panel::bottom("merge actions").frame(chrome(14, 8)).show(ui, |ui| actions(ui, scene, &plan));
    let left = Panel::left("merge matches").frame(chrome(14, 10)).resizable(true);
    left.default_size(320.0).size_range(240.0..=520.0).show(ui, |ui| {
        ScrollArea::vertical().id_salt("merge matches").auto_shrink([false, false]).show(ui, |ui| {
            head(ui, scene, &plan);
            matches::show(ui, scene, &plan, &choices);
        });
    });
    let room = ui.available_width();
    let right =
        Panel::right("merge detail").frame(Frame::new().fill(tokens.paper).inner_margin(Margin::symmetric(18, 12)));
    right.resizable(true).default_size(room * 0.5).size_range(260.0..=(room - 240.0).max(261.0)).show(ui, |ui| {
        let item = plan.items.iter().find(|i| Some(At::Remark(i.id)) == state.at);
        let reply = plan.replies.iter().find(|r| Some(At::Reply(r.id)) == state.at);
        ScrollArea::vertical().id_salt("merge detail").auto_shrink([false, false]).show(ui, |ui| match (item, reply) {
            (Some(item), _) => detail::show(ui, scene, &plan, item),
            (None, Some(reply)) => detail::reply(ui, scene, reply),
            (None, None) => {
                ui.label(RichText::new("The file holds no remarks").color(tokens.quiet_ink));
            }
        });
    });
    CentralPanel::default()
        .frame(Frame::new().fill(tokens.paper).inner_margin(Margin::symmetric(12, 10)))
        .show(ui, |ui| list::show(ui, scene, &plan, &mut state.at, &mut state.list));
}

/// Whose file it is, and what has to be known of it.
fn head(ui: &mut Ui, scene: &Scene<'_>, plan: &MergePlan) {
    let tokens = scene.tokens;
    let title = format!("From {}", plan.analyst.name);
    ui.add(
        Label::new(RichText::new(title).family(serif_semibold()).size(tokens.size.heading).color(tokens.ink)).wrap(),
    );
    let file = scene.w.merging().map(|m| m.path.clone()).unwrap_or_default();
    let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    ui.add(Label::new(RichText::new(name).color(tokens.quiet_ink)).truncate())
        .on_hover_text(file.display().to_string());
    let quiet = |text: &str| Label::new(RichText::new(text).color(tokens.ink)).wrap();
    ui.add_space(tokens.space.small);
    ui.add(quiet("Nothing has changed yet. Choose what to take over; all of it is one step that can be undone"));
    if plan.is_own {
        ui.add(quiet("These are your own annotations, as another copy has them: only new ones are proposed"));
    }
    if let Some(instrument) = &plan.other_project {
        let named =
            if instrument.is_empty() { "another project".to_owned() } else { format!("a project on {instrument}") };
        ui.add(quiet(&format!("The file comes from {named}, so its remarks are placed by their words")));
    }
    if plan.is_part {
        ui.add(quiet("The file holds a selection: remarks that are missing were not deleted"));
    }
    if plan.without_notes {
        ui.add(quiet("The file holds no notes and no replies: those that are here stay"));
    }
    let read: usize = plan.read.values().map(|marks| marks.len()).sum();
    if read > 0 {
        let provisions = count(read, "more provision", "more provisions");
        ui.add(quiet(&format!("They have read {provisions}, which comes along")));
    }
    if scene.w.files_to_merge() > 1 {
        let more = count(scene.w.files_to_merge() - 1, "more file waits", "more files wait");
        ui.add(quiet(&more));
    }
}

fn actions(ui: &mut Ui, scene: &mut Scene<'_>, plan: &MergePlan) {
    let tokens = scene.tokens;
    let taken = plan.taken();
    let can = scene.w.can_edit() && scene.w.is_planned();
    let mut answer = None;
    at_right(ui, |ui| {
        let text = match taken {
            0 if plan.read.is_empty() => "Take over nothing".to_owned(),
            0 => "Take over what they have read".to_owned(),
            n => format!("Take over {}", count(n, "change", "changes")),
        };
        let text = RichText::new(text);
        let take = if can { Button::new(text.color(tokens.accent_ink)).fill(tokens.accent) } else { Button::new(text) };
        if ui.add_enabled(can, take).on_hover_text("Ctrl+Enter").clicked() {
            answer = Some(ColleagueCommand::Apply);
        }
        if ui.button("Leave the file").on_hover_text("Nothing changes").clicked() {
            answer = Some(ColleagueCommand::Dismiss);
        }
        if !scene.w.is_planned() {
            ui.label(RichText::new("Comparing…").color(tokens.quiet_ink));
        }
    });
    if can && ui.input_mut(|i| i.consume_key(Modifiers::COMMAND, Key::Enter)) {
        answer = Some(ColleagueCommand::Apply);
    }
    if let Some(answer) = answer {
        scene.run(Command::Colleague(answer));
    }
}
