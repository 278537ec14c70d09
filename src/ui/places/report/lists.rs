//! The remarks of the paper in the order they come, and below them those that are not in it, with why.

use eframe::egui::{
    self, Button, EventFilter, FontId, Id, Key, Label, Modifiers, RichText, Role, ScrollArea, Sense, Ui, UiBuilder,
    WidgetInfo, vec2,
};

use super::preview::{PreviewState, close};
use crate::model::{AnnotationId, Submission};
use crate::ui::scene::Scene;
use crate::ui::theme::sans;
use crate::ui::widgets::{Words, row_ground, tag};
use crate::workspace::{Command, Composed, Focus, PaperOf, Reason, SubmissionCommand, ViewCommand};

const ROW: f32 = 52.0;
const GAP: f32 = 2.0;

/// What the list remembers.
#[derive(Default)]
pub struct ListState {
    /// The row one is at.
    at: Option<AnnotationId>,
    /// It is to get the keyboard.
    pub wanted: bool,
    /// It is to be brought into sight.
    shown: bool,
    /// The remark whose card was open when the list was last drawn.
    followed: Option<Focus>,
}

impl ListState {
    /// Whether this is what has the keyboard when a row has.
    pub fn is_row(&self, id: Id) -> bool {
        self.at.is_some_and(|at| row_id(at) == id)
    }
}

/// What is done with a remark in a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// It is left out.
    LeaveOut,
    /// It is in it again.
    TakeIn,
    /// Before the one before it.
    Up,
    /// Behind the one behind it.
    Down,
    /// It is a main point, or no more.
    Promote,
}

/// Does it.
pub fn act(scene: &mut Scene<'_>, submission: &Submission, composed: &Composed, remark: AnnotationId, deed: Deed) {
    let id = submission.id;
    let order = &composed.remarks;
    let at = order.iter().position(|f| f.annotation == remark);
    let command = match (deed, at) {
        (Deed::LeaveOut | Deed::TakeIn, _) => {
            SubmissionCommand::LeaveOut { id, remarks: vec![remark], out: deed == Deed::LeaveOut }
        }
        (Deed::Promote, _) => {
            SubmissionCommand::Promote { id, remark, promoted: !submission.promoted.contains(&remark) }
        }
        (Deed::Up, Some(at)) if at > 0 => {
            SubmissionCommand::MoveRemark { id, remark, before: order.get(at - 1).map(|f| f.annotation) }
        }
        (Deed::Down, Some(at)) if at + 1 < order.len() => {
            SubmissionCommand::MoveRemark { id, remark, before: order.get(at + 2).map(|f| f.annotation) }
        }
        (Deed::Up | Deed::Down, _) => return,
    };
    scene.run(Command::Submission(command));
}

/// A row of the list.
enum Entry {
    In(Focus),
    Head(String),
    Out(Focus, Reason),
}

impl Entry {
    fn remark(&self) -> Option<Focus> {
        match self {
            Self::In(focus) | Self::Out(focus, _) => Some(*focus),
            Self::Head(_) => None,
        }
    }
}

/// Draws it.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut ListState, of: &PaperOf, preview: &mut PreviewState) {
    let tokens = scene.tokens;
    let (Some(composed), Some(submission)) = (scene.w.composed(of).cloned(), scene.w.shown_submission().cloned())
    else {
        return;
    };
    // A card that was opened from the pages is the row one is at.
    if state.followed != preview.opened {
        state.followed = preview.opened;
        if let Some(focus) = preview.opened.filter(|f| state.at != Some(f.annotation)) {
            state.at = Some(focus.annotation);
            state.shown = true;
        }
    }
    let mut entries: Vec<Entry> = composed.remarks.iter().map(|f| Entry::In(*f)).collect();
    for (reason, which) in &composed.left_out.0 {
        entries.push(Entry::Head(format!("{} {}", which.len(), reason.words())));
        entries.extend(which.iter().map(|f| Entry::Out(*f, *reason)));
    }
    let at = entries.iter().position(|e| e.remark().is_some_and(|f| Some(f.annotation) == state.at));
    if at.is_none() {
        state.at = entries.iter().find_map(|e| e.remark()).map(|f| f.annotation);
    }
    bar(ui, scene, state, &submission, &composed, &entries);
    if composed.remarks.is_empty() {
        let words = "No remark is in this paper; Settings says which it takes";
        ui.add(Label::new(RichText::new(words).color(tokens.quiet_ink)).wrap());
    }
    ui.spacing_mut().item_spacing.y = GAP;
    let mut area = ScrollArea::vertical().id_salt("paper remarks").auto_shrink([false, false]);
    // A row that was gone to by key is brought into sight before it is drawn.
    if std::mem::take(&mut state.shown)
        && let Some(at) = entries.iter().position(|e| e.remark().is_some_and(|f| Some(f.annotation) == state.at))
    {
        let (top, room) = (at as f32 * (ROW + GAP), ui.available_height());
        area = area.vertical_scroll_offset((top - room * 0.4).max(0.0));
    }
    let mut step = 0;
    let mut deed = None;
    area.show_rows(ui, ROW, entries.len(), |ui, range| {
        for n in range {
            match entries.get(n) {
                Some(Entry::Head(words)) => head(ui, scene, words),
                Some(Entry::In(focus)) => {
                    let done = row(ui, scene, state, (&submission, &composed), *focus, None, preview);
                    step += done.0;
                    deed = deed.or_else(|| done.1.map(|d| (*focus, d)));
                }
                Some(Entry::Out(focus, reason)) => {
                    let done = row(ui, scene, state, (&submission, &composed), *focus, Some(*reason), preview);
                    step += done.0;
                    deed = deed.or_else(|| done.1.map(|d| (*focus, d)));
                }
                None => {}
            }
        }
    });
    if let Some((focus, deed)) = deed {
        if matches!(deed, Deed::LeaveOut | Deed::TakeIn) {
            // The keyboard goes to the next one, or the one before.
            let rows: Vec<Focus> = entries.iter().filter_map(Entry::remark).collect();
            let here = rows.iter().position(|f| *f == focus).unwrap_or(0);
            let next = rows.get(here + 1).or_else(|| rows.get(here.wrapping_sub(1)));
            state.at = next.map(|f| f.annotation);
            if preview.opened == Some(focus) {
                close(scene, preview);
            }
        }
        act(scene, &submission, &composed, focus.annotation, deed);
        (state.wanted, state.shown) = (true, true);
    } else if step != 0 {
        let rows: Vec<Focus> = entries.iter().filter_map(Entry::remark).collect();
        let here = rows.iter().position(|f| Some(f.annotation) == state.at).unwrap_or(0);
        let next = (here as i64 + i64::from(step)).clamp(0, rows.len().max(1) as i64 - 1) as usize;
        state.at = rows.get(next).map(|f| f.annotation);
        preview.go = state.at;
        (state.wanted, state.shown) = (true, true);
        ui.ctx().request_repaint();
    }
}

/// What can be done with the remark one is at, for the mouse.
fn bar(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    state: &ListState,
    submission: &Submission,
    composed: &Composed,
    entries: &[Entry],
) {
    let edit = scene.w.can_edit();
    let entry = entries.iter().find(|e| e.remark().is_some_and(|f| Some(f.annotation) == state.at));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        match entry {
            Some(Entry::In(focus)) => {
                let main = submission.promoted.contains(&focus.annotation);
                for (name, key, deed, chosen) in [
                    ("Up", "Alt+Up", Deed::Up, false),
                    ("Down", "Alt+Down", Deed::Down, false),
                    ("Main point", "M", Deed::Promote, main),
                    ("Leave out", "Delete", Deed::LeaveOut, false),
                ] {
                    let button = Button::selectable(chosen, name).frame_when_inactive(true);
                    if ui.add_enabled(edit, button).on_hover_text(key).clicked() {
                        act(scene, submission, composed, focus.annotation, deed);
                    }
                }
            }
            Some(Entry::Out(focus, reason)) => {
                let take_in = *reason == Reason::ByHand;
                let button = Button::new("Take in again");
                if take_in && ui.add_enabled(edit, button).on_hover_text("Delete").clicked() {
                    act(scene, submission, composed, focus.annotation, Deed::TakeIn);
                }
                if ui.button("Show in the draft").on_hover_text("Enter; Alt+Left comes back").clicked() {
                    scene.view(ViewCommand::ShowAnnotation(*focus));
                }
            }
            _ => {}
        }
        if !submission.order.is_empty() && ui.add_enabled(edit, Button::new("Order of the draft")).clicked() {
            scene.run(Command::Submission(SubmissionCommand::ForgetOrder(submission.id)));
        }
    });
}

fn head(ui: &mut Ui, scene: &Scene<'_>, words: &str) {
    let tokens = scene.tokens;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let mut inner = ui.new_child(
        UiBuilder::new().max_rect(rect.shrink2(vec2(6.0, 6.0))).layout(egui::Layout::bottom_up(egui::Align::LEFT)),
    );
    let words = format!("Not in it: {words}");
    inner.add(Label::new(RichText::new(words).small().strong().color(tokens.ink)).truncate());
}

fn row_id(remark: AnnotationId) -> Id {
    Id::unique(("paper remark", remark))
}

/// A remark. Answers how many rows to go on, and what is done with it.
fn row(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    state: &mut ListState,
    (submission, composed): (&Submission, &Composed),
    focus: Focus,
    out: Option<Reason>,
    preview: &mut PreviewState,
) -> (i32, Option<Deed>) {
    let tokens = scene.tokens;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let Some(project) = scene.w.project() else { return (0, None) };
    let Some(a) = project.annotation(focus.analyst, focus.annotation) else { return (0, None) };
    let id = row_id(a.id);
    let response = ui.interact(rect, id, Sense::click());
    let here = composed.draft.and_then(|d| a.placements.get(&d));
    let place = here.or_else(|| project.drafts.iter().rev().find_map(|d| a.placements.get(&d.id)));
    let cited = place.map_or_else(String::new, |p| scene.w.cited(p.citation()));
    let quote = place.map_or("", |p| p.quote().exact.as_str());
    let note = if a.note.trim().is_empty() { format!("\u{201c}{quote}\u{201d}") } else { a.note.clone() };
    let note = note.split_whitespace().take(40).collect::<Vec<_>>().join(" ");
    let main = out.is_none() && submission.promoted.contains(&a.id);
    let selected = state.at == Some(a.id);
    let said = match out {
        Some(reason) => format!(", {}", reason.words()),
        None if main => ", main point".to_owned(),
        None => String::new(),
    };
    let name = format!("{cited}{said}: {note}");
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, selected, &name));
    if ui.is_rect_visible(rect) {
        row_ground(ui, &response, selected, tokens);
        let mut inner = ui.new_child(UiBuilder::new().max_rect(rect.shrink2(vec2(8.0, 5.0))));
        inner.spacing_mut().item_spacing = vec2(4.0, 3.0);
        inner.spacing_mut().interact_size.y = 0.0;
        inner.horizontal(|ui| {
            for concern in project.codebook.concerns.iter().filter(|c| a.concerns.contains(&c.id)).take(3) {
                tag(ui, concern, tokens);
            }
            let small = FontId::new(tokens.size.small, sans());
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if main {
                    ui.label(RichText::new("Main point").small().color(tokens.accent));
                }
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    Words::new(&cited, small, tokens.quiet_ink).rows(1).brief().show(ui);
                });
            });
        });
        let ink = if out.is_some() { tokens.quiet_ink } else { tokens.ink };
        Words::new(&note, FontId::new(tokens.size.body, sans()), ink).rows(1).brief().show(&mut inner);
    }
    if selected && std::mem::take(&mut state.wanted) {
        response.request_focus();
    }
    if response.gained_focus() && !selected {
        state.at = Some(a.id);
    }
    // What is not in it has no place on the pages: a click only says what can be done with it.
    let by_key = ui.input(|i| i.key_pressed(Key::Enter) || i.key_pressed(Key::Space));
    let clicked = response.clicked() && !by_key;
    if clicked {
        state.at = Some(a.id);
    }
    let mut opened = response.clicked() && (out.is_none() || !clicked);
    let mut done = (0, None);
    if response.has_focus() {
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|m| m.set_focus_lock_filter(id, filter));
        let pressed = |modifiers, key| crate::ui::keys::consume_exactly(ui.ctx(), modifiers, key);
        let edit = scene.w.can_edit();
        if pressed(Modifiers::ALT, Key::ArrowUp) {
            done.1 = Some(Deed::Up).filter(|_| edit && out.is_none());
        } else if pressed(Modifiers::ALT, Key::ArrowDown) {
            done.1 = Some(Deed::Down).filter(|_| edit && out.is_none());
        } else if pressed(Modifiers::NONE, Key::ArrowUp) {
            done.0 = -1;
        } else if pressed(Modifiers::NONE, Key::ArrowDown) {
            done.0 = 1;
        } else if pressed(Modifiers::NONE, Key::M) {
            done.1 = Some(Deed::Promote).filter(|_| edit && out.is_none());
        } else if pressed(Modifiers::NONE, Key::Delete) {
            done.1 = match out {
                None => Some(Deed::LeaveOut),
                Some(Reason::ByHand) => Some(Deed::TakeIn),
                Some(_) => None,
            }
            .filter(|_| edit);
        }
        opened |= pressed(Modifiers::NONE, Key::Enter);
    }
    if opened {
        state.at = Some(a.id);
        if out.is_some() {
            scene.view(ViewCommand::ShowAnnotation(focus));
        } else {
            preview.open(scene, focus, !clicked);
            preview.from_list = !clicked;
        }
    }
    response.on_hover_cursor(egui::CursorIcon::PointingHand);
    done
}
