//! One suggestion: what it cites, what it asks, its sentence; of the one that is looked at all of it, and what can be done.

use eframe::egui::{
    self, Button, FontId, Key, Modifiers, Response, RichText, Role, Sense, Ui, WidgetInfo, text::TextFormat, vec2,
};

use crate::model::{CommentaryId, SuggestionKey};
use crate::ui::scene::{Scene, Wish};
use crate::ui::theme::sans;
use crate::ui::widgets::{Words, row_ground, tag};
use crate::workspace::{
    Command, CommentaryCommand, Focus, Question, Resolution, ReviewRow, ReviewState, SuggestedNote, ViewCommand,
};

use super::{note, row_id, standing};

/// How tall a row is that is not looked at.
pub const HEIGHT: f32 = 84.0;
/// Lines of a sentence in such a row.
const LINES: usize = 2;
/// Tags of concerns in such a row.
const TAGS: usize = 6;

/// What can be done with a suggestion, with one key each.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// As it is.
    Accept,
    /// After changing it.
    Edit,
    /// It is not wanted.
    Reject,
    /// It is open again.
    TakeBack,
    /// All that waits under its heading.
    Heading,
    /// All that waits.
    All,
}

impl Order {
    /// All of them; of those with the same key the one with more modifiers first.
    pub const ALL: [Self; 6] = [Self::All, Self::Accept, Self::Edit, Self::Reject, Self::TakeBack, Self::Heading];

    /// Its key.
    pub fn key(self) -> Key {
        match self {
            Self::Accept | Self::All => Key::A,
            Self::Edit => Key::E,
            Self::Reject => Key::R,
            Self::TakeBack => Key::T,
            Self::Heading => Key::H,
        }
    }

    /// What is held with it.
    pub fn modifiers(self) -> Modifiers {
        if self == Self::All { Modifiers::SHIFT } else { Modifiers::NONE }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Accept => "Accept",
            Self::Edit => "Edit…",
            Self::Reject => "Reject",
            Self::TakeBack => "Take back",
            Self::Heading => "Accept all under its heading",
            Self::All => "Accept all",
        }
    }
}

/// A row that was drawn.
pub struct Drawn {
    /// Of the row as a whole.
    pub response: Response,
    /// How tall it is.
    pub height: f32,
    /// One of its buttons has the keyboard.
    pub has_keyboard: bool,
}

/// Draws a row; `open` says that it is the one that is looked at.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, row: ReviewRow, open: bool) -> Drawn {
    let tokens = scene.tokens;
    let rect = ui.max_rect();
    let state = standing(scene.w, row);
    let response = ui.interact(rect, row_id(row), Sense::click());
    let mut drawn = Drawn { response, height: HEIGHT, has_keyboard: false };
    let Some(note) = note(scene.w, row).cloned() else { return drawn };
    let citation = scene.w.cited(&note.key.citation);
    let asks = note.recommendation.as_ref().map(|r| r.summary());
    let trouble = trouble(scene, row, &note);
    let mut name = [Some(citation.clone()), asks.clone(), trouble.clone(), Some(state.word().to_owned())];
    let name = name.iter_mut().filter_map(Option::take).collect::<Vec<_>>().join(", ");
    let name: String = format!("{name}: {}", note.note).chars().take(240).collect();
    drawn.response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, open, &name));
    row_ground(ui, &drawn.response, open, tokens);
    let line = egui::Stroke::new(1.0, tokens.chrome_line);
    ui.painter().hline(rect.x_range().shrink(8.0), rect.bottom() + 1.0, line);
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(rect.shrink2(vec2(8.0, 6.0))));
    inner.spacing_mut().item_spacing = vec2(4.0, 3.0);
    let interact = inner.spacing().interact_size.y;
    inner.spacing_mut().interact_size.y = 16.0;
    lead(&mut inner, scene, &citation, asks.as_deref(), state);
    if let Some(trouble) = trouble {
        inner.add(egui::Label::new(RichText::new(trouble).small().color(tokens.danger)).wrap());
    }
    let font = FontId::new(tokens.size.body - 0.5, sans());
    let settled = state != ReviewState::Waiting && !open;
    let ink = if settled { tokens.quiet_ink } else { tokens.ink };
    let lines = if open { usize::MAX } else { LINES };
    Words::new(&note.note, font, ink).rows(lines).brief().show(&mut inner);
    concerns(&mut inner, scene, &note, open);
    if open {
        if let Some(reason) = &note.reason {
            let reason = format!("Here because {reason}");
            inner.add(egui::Label::new(RichText::new(reason).small().color(tokens.quiet_ink)).wrap());
        }
        inner.spacing_mut().interact_size.y = interact;
        drawn.has_keyboard = orders(&mut inner, scene, row, state, &citation);
        drawn.height = (inner.min_rect().bottom() - rect.top() + 8.0).max(HEIGHT);
    }
    if drawn.response.clicked() {
        let key = note.key.clone();
        scene.view(ViewCommand::ShowSuggestion { id: row.commentary, key });
    }
    drawn
}

/// The citation, what is asked, and where it stands.
fn lead(ui: &mut Ui, scene: &Scene<'_>, citation: &str, asks: Option<&str>, state: ReviewState) {
    let tokens = scene.tokens;
    ui.horizontal(|ui| {
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.label(RichText::new(state.word()).small().color(tokens.quiet_ink));
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                let line = asks.map_or_else(|| citation.to_owned(), |asks| format!("{citation}  {asks}"));
                let font = FontId::new(tokens.size.body - 0.5, sans());
                let strong = TextFormat::simple(font.clone(), tokens.accent);
                Words::new(&line, font, tokens.ink).marked(vec![(0..citation.len(), strong)]).rows(1).show(ui);
            });
        });
    });
}

/// Why it cannot stand where it cites, in a line.
fn trouble(scene: &Scene<'_>, row: ReviewRow, note: &SuggestedNote) -> Option<String> {
    let draft = scene.w.reviews().get(row.commentary).and_then(|r| scene.w.project()?.draft(r.draft));
    let draft = draft.map_or("the draft", |d| d.name());
    match &note.meaning {
        Resolution::Missing(_) => Some(format!("not in {draft}")),
        Resolution::Several(all) => Some(format!("can be read in {} ways", all.len())),
        Resolution::Exact(_) | Resolution::Only(_) => None,
    }
}

fn concerns(ui: &mut Ui, scene: &Scene<'_>, note: &SuggestedNote, open: bool) {
    let tokens = scene.tokens;
    let Some(project) = scene.w.project() else { return };
    let absence = note.kind == crate::model::AnnotationKind::Absence;
    let sign = |ui: &mut Ui| ui.label(RichText::new("absence").small().color(tokens.quiet_ink));
    let known = note.concerns.iter().filter_map(|t| Some((project.codebook.get(t.concern)?, &t.reason)));
    if open {
        for (concern, reason) in known {
            ui.horizontal(|ui| {
                tag(ui, concern, tokens).on_hover_text(reason);
                let name = egui::Label::new(RichText::new(&concern.name).small().color(tokens.quiet_ink)).truncate();
                ui.add(name).on_hover_text(reason);
            });
        }
        if absence {
            sign(ui);
        }
        return;
    }
    ui.horizontal(|ui| {
        for (concern, reason) in known.take(TAGS) {
            tag(ui, concern, tokens).on_hover_text(reason);
        }
        if absence {
            sign(ui);
        }
    });
}

/// The buttons, each with its key. Says whether one has the keyboard.
fn orders(ui: &mut Ui, scene: &mut Scene<'_>, row: ReviewRow, state: ReviewState, citation: &str) -> bool {
    if !scene.w.can_edit() {
        return false;
    }
    let tokens = scene.tokens;
    let list: &[Order] = match state {
        ReviewState::Waiting => &[Order::Accept, Order::Edit, Order::Reject],
        ReviewState::Rejected => &[Order::Accept, Order::Edit, Order::TakeBack],
        ReviewState::Accepted(_) => &[Order::TakeBack],
    };
    let mut has_keyboard = false;
    ui.add_space(2.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.small;
        for &order in list {
            let text = RichText::new(order.name()).small();
            let button = ui.add(Button::new(text).shortcut_text(RichText::new(order.key().name()).small()));
            button.widget_info(|| WidgetInfo::labeled(Role::Button, true, order.name()));
            has_keyboard |= button.has_focus();
            if button.clicked() {
                obey(scene, row, order);
            }
        }
        if let ReviewState::Accepted(made) = state
            && let Some((analyst, _)) = scene.w.project().and_then(|p| p.annotations().find(|(_, a)| a.id == made))
        {
            let button = ui.add(Button::new(RichText::new("Show the annotation").small()));
            if button.on_hover_text(format!("On {citation}")).clicked() {
                scene.view(ViewCommand::ShowAnnotation(Focus { analyst, annotation: made }));
                scene.wishes.push(Wish::FocusPage);
            }
        }
    });
    has_keyboard
}

/// Does what was ordered, and goes on to the next that waits where only those are listed.
pub fn obey(scene: &mut Scene<'_>, row: ReviewRow, order: Order) {
    let Some(note) = note(scene.w, row).cloned() else { return };
    let (id, state) = (row.commentary, standing(scene.w, row));
    let keys = vec![note.key.clone()];
    let decided = matches!(state, ReviewState::Accepted(_));
    let command = match order {
        // Where it is to stand has to be said.
        Order::Accept if !decided && note.meaning.one().is_none() => return scene.ask(Question::EditSuggestion),
        Order::Accept if !decided => CommentaryCommand::Accept { id, keys },
        Order::Edit if !decided => return scene.ask(Question::EditSuggestion),
        Order::Reject if state == ReviewState::Waiting => CommentaryCommand::Reject { id, keys },
        Order::TakeBack if state != ReviewState::Waiting => CommentaryCommand::TakeBack { id, keys },
        Order::Heading => match note.headings.last() {
            Some(&heading) => CommentaryCommand::AcceptHeading { id, heading },
            None => return,
        },
        Order::All => CommentaryCommand::AcceptAll(id),
        _ => return,
    };
    scene.run(Command::Commentary(command));
    let goes_on = matches!(order, Order::Accept | Order::Reject) && !scene.w.view().decided_shown;
    if let Some((id, key)) = next_waiting(scene, row).filter(|_| goes_on) {
        scene.view(ViewCommand::ShowSuggestion { id, key });
    }
}

/// The row that will stand where this one does, once it is decided.
fn next_waiting(scene: &Scene<'_>, row: ReviewRow) -> Option<(CommentaryId, SuggestionKey)> {
    let rows = scene.w.review_rows();
    let at = rows.iter().position(|r| *r == row)?;
    let next = rows.get(at + 1).or_else(|| at.checked_sub(1).and_then(|i| rows.get(i)))?;
    Some((next.commentary, note(scene.w, *next)?.key.clone()))
}
