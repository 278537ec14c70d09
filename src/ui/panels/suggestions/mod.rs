//! The review list: what a commentary suggests, by its headings; one key accepts, edits or rejects what is looked at.
//!
//! Must not know: how a suggestion becomes an annotation.

mod row;

use std::rc::Rc;

use eframe::egui::{self, Button, EventFilter, Id, Key, Label, Modifiers, Rect, RichText, Ui, UiBuilder, pos2, vec2};

use crate::model::{CommentaryId, DraftId, ProvisionIndex, SuggestionKey, TextRange};
use crate::ui::bars::count;
use crate::ui::scene::Scene;
use crate::workspace::{
    Command, CommentaryCommand, Place, Question, ReviewRow, ReviewState, SuggestedNote, ViewCommand, Workspace,
};

/// What the list remembers.
#[derive(Default)]
pub struct ListState {
    /// The suggestion that was looked at in the frame before: a new one gets the keyboard.
    looked_at: Option<(CommentaryId, SuggestionKey)>,
    /// The list is to get the keyboard.
    pub focus: bool,
    /// A row has the keyboard: letters are orders.
    pub has_keyboard: bool,
    /// The row that is looked at is to be brought into sight.
    reveal: bool,
    /// How tall the row is that is looked at.
    open_height: f32,
    /// What stands in the list, made from these.
    made: Option<(Basis, Rc<Listed>)>,
}

/// What the list is made from.
#[derive(Clone, Copy, PartialEq)]
struct Basis {
    reviews: u64,
    commentary: CommentaryId,
    decided: bool,
    asked_of: Option<(DraftId, ProvisionIndex)>,
}

/// What stands in the list.
struct Listed {
    rows: Vec<ReviewRow>,
    items: Vec<Item>,
}

const HEADING: f32 = 30.0;
const GAP: f32 = 2.0;

/// What stands in the list.
enum Item {
    /// A heading of the commentary, with how many wait below it.
    Heading { commentary: CommentaryId, range: Option<TextRange>, text: String, waiting: usize },
    /// A suggestion.
    Row(ReviewRow),
}

/// Draws the page.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut ListState) {
    state.has_keyboard = false;
    let tokens = scene.tokens;
    let quiet = |words: &str| Label::new(RichText::new(words).color(tokens.quiet_ink)).wrap();
    let Some(commentary) = scene.w.reviewed().cloned() else {
        ui.add_space(tokens.space.medium);
        ui.add(quiet(
            "A commentary is an analysis of this draft by somebody else. What it says of each provision is suggested here as annotations, to be accepted, edited or rejected",
        ));
        ui.add_space(tokens.space.medium);
        add_buttons(ui, scene);
        return;
    };
    head(ui, scene, &commentary);
    let Some(review) = scene.w.reviews().get(commentary.id) else {
        ui.add(quiet("What this commentary suggests is being read"));
        return;
    };
    let (waiting, all) = (review.waiting, review.states.len());
    let view = scene.w.view();
    let basis = Basis {
        reviews: scene.w.reviews().generation(),
        commentary: commentary.id,
        decided: view.decided_shown,
        asked_of: view.asked_of.filter(|(d, _)| view.current == Some(*d)),
    };
    if state.made.as_ref().is_none_or(|(made, _)| *made != basis) {
        let rows = scene.w.review_rows();
        let items = items(scene, &rows, basis.asked_of.is_some());
        state.made = Some((basis, Rc::new(Listed { rows, items })));
    }
    let Some((_, listed)) = &state.made else { return };
    let listed = Rc::clone(listed);
    let rows = &listed.rows;
    let at = scene.w.review_row(rows);
    if rows.is_empty() {
        ui.add_space(tokens.space.medium);
        let words = match (all, waiting) {
            (0, _) => "This commentary cites no provision of the draft".to_owned(),
            (_, 0) => format!("Nothing waits: {} decided", count(all, "suggestion is", "suggestions are")),
            _ => "Nothing is suggested here".to_owned(),
        };
        ui.add(quiet(&words));
        if all > 0 && !scene.w.view().decided_shown && ui.button("Show what was decided").clicked() {
            scene.view(ViewCommand::ToggleDecided);
        }
        return;
    }
    let chosen = at.and_then(|i| rows.get(i)).and_then(|row| Some((row.commentary, note(scene.w, *row)?.key.clone())));
    let looked_at = scene.w.view().commentary.zip(scene.w.view().suggestion.clone());
    if state.looked_at != looked_at {
        state.focus |= looked_at.is_some() && !ui.ctx().text_edit_focused();
        state.reveal = true;
        state.looked_at = looked_at.clone();
    }
    let at = at.filter(|_| chosen == looked_at);
    list(ui, scene, state, &listed, at);
}

/// The suggestion of a row.
fn note(w: &Workspace, row: ReviewRow) -> Option<&SuggestedNote> {
    w.reviews().get(row.commentary)?.suggestions.list.get(row.at)
}

fn standing(w: &Workspace, row: ReviewRow) -> ReviewState {
    let states = w.reviews().get(row.commentary).map(|r| &r.states);
    states.and_then(|s| s.get(row.at)).copied().unwrap_or(ReviewState::Waiting)
}

/// Adding one: for a newcomer.
pub fn add_buttons(ui: &mut Ui, scene: &mut Scene<'_>) {
    let tokens = scene.tokens;
    ui.horizontal_wrapped(|ui| {
        let edit = scene.w.can_edit();
        let add = Button::new(RichText::new("Add a commentary…").color(tokens.accent_ink)).fill(tokens.accent);
        if ui.add_enabled(edit, add).clicked() {
            scene.ask(Question::AddCommentary);
        }
        if ui.add_enabled(edit, Button::new("Paste a commentary…")).clicked() {
            scene.ask(Question::PasteCommentary);
        }
    });
}

/// Which commentary, how many wait, and what can be done with all of them.
fn head(ui: &mut Ui, scene: &mut Scene<'_>, commentary: &crate::model::Commentary) {
    let tokens = scene.tokens;
    let small = |text: String| RichText::new(text).small();
    let view = scene.w.view();
    if let Some((draft, provision)) = view.asked_of.filter(|(d, _)| view.current == Some(*d)) {
        let citation = scene.w.draft().map(|d| scene.w.cited(&d.outline.citation(provision))).unwrap_or_default();
        let asks = scene.w.reviews().asked(draft, provision).map(|a| a.line()).unwrap_or_default();
        ui.add(Label::new(RichText::new(format!("{citation}: {asks}")).color(tokens.ink)).wrap());
        if ui.button(small("Back to one commentary".to_owned())).clicked() {
            scene.view(ViewCommand::ReviewOf(None));
        }
    } else if scene.w.beside().is_none() {
        ui.horizontal(|ui| {
            let open = ui.button("Open beside the draft");
            if open.clicked() {
                scene.view(ViewCommand::OpenCommentary(commentary.id));
            }
            ui.add(Label::new(RichText::new(commentary.name()).color(tokens.ink)).truncate());
        });
    }
    let Some(review) = scene.w.reviews().get(commentary.id) else { return };
    let count_of = |wanted: fn(&ReviewState) -> bool| review.states.iter().filter(|s| wanted(s)).count();
    let accepted = count_of(|s| matches!(s, ReviewState::Accepted(_)));
    let rejected = count_of(|s| *s == ReviewState::Rejected);
    let (waiting, all) = (review.waiting, review.states.len());
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.small;
        let shown = scene.w.view().decided_shown;
        for (decided, name) in [(false, format!("Waiting ({waiting})")), (true, format!("All ({all})"))] {
            if ui.add(Button::selectable(shown == decided, small(name))).clicked() && shown != decided {
                scene.view(ViewCommand::ToggleDecided);
            }
        }
        ui.label(small(format!("{accepted} accepted, {rejected} rejected")).color(tokens.quiet_ink));
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.small;
        let button = Button::new(small(format!("Accept all {waiting}")));
        let button = ui.add_enabled(scene.w.can_edit() && waiting > 0, button);
        if button.on_hover_text("All that waits and can stand in the draft, in one step (Shift+A)").clicked() {
            scene.run(Command::Commentary(CommentaryCommand::AcceptAll(commentary.id)));
        }
        if ui
            .button(small("Table".to_owned()))
            .on_hover_text("What each commentary says of each provision (Ctrl+7)")
            .clicked()
        {
            scene.view(ViewCommand::Go(Place::Commentaries));
        }
    });
    ui.add_space(tokens.space.small);
}

/// The rows with the headings between them.
fn items(scene: &Scene<'_>, rows: &[ReviewRow], by_provision: bool) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::with_capacity(rows.len() + 16);
    let mut last: Option<(CommentaryId, &[TextRange])> = None;
    for &row in rows {
        let Some(note) = note(scene.w, row) else { continue };
        let headings: &[TextRange] = if by_provision { &[] } else { &note.headings };
        if last != Some((row.commentary, headings)) {
            let commentary = scene.w.project().and_then(|p| p.commentaries.get(&row.commentary));
            let range = headings.last().copied();
            let text = commentary.map(|c| match range {
                Some(range) => range.of(&c.text).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" "),
                None if by_provision => c.name().to_owned(),
                None => "Above the first heading".to_owned(),
            });
            let text = text.unwrap_or_default();
            // A commentary without headings has no groups.
            if by_provision || range.is_some() || last.is_some() {
                items.push(Item::Heading { commentary: row.commentary, range, text, waiting: 0 });
            }
            last = Some((row.commentary, headings));
        }
        if standing(scene.w, row) == ReviewState::Waiting
            && let Some(Item::Heading { waiting, .. }) =
                items.iter_mut().rev().find(|i| matches!(i, Item::Heading { .. }))
        {
            *waiting += 1;
        }
        items.push(Item::Row(row));
    }
    items
}

fn list(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut ListState, listed: &Listed, at: Option<usize>) {
    let Listed { rows, items } = listed;
    let open = at.and_then(|i| rows.get(i)).copied();
    let is_open = |row: &ReviewRow| open == Some(*row);
    let height = |item: &Item| match item {
        Item::Heading { .. } => HEADING,
        Item::Row(row) if is_open(row) => state.open_height.max(row::HEIGHT),
        Item::Row(_) => row::HEIGHT,
    };
    let mut tops = Vec::with_capacity(items.len() + 1);
    let mut y = 0.0;
    for item in items {
        tops.push(y);
        y += height(item) + GAP;
    }
    tops.push(y);
    let area = egui::ScrollArea::vertical().id_salt(("review", scene.w.view().commentary)).auto_shrink([false, false]);
    let (reveal, focus) = (std::mem::take(&mut state.reveal), std::mem::take(&mut state.focus));
    area.show_viewport(ui, |ui, view| {
        ui.set_height(y);
        let origin = ui.max_rect().min;
        let width = ui.available_width();
        if focus && open.is_none() {
            // Letters are orders about what is looked at, so something has to be.
            scene.view(ViewCommand::CycleSuggestion(1));
        }
        let opened = items.iter().position(|i| matches!(i, Item::Row(row) if is_open(row)));
        if let Some(i) = opened.filter(|_| reveal || focus) {
            let rect = Rect::from_min_size(pos2(origin.x, origin.y + tops[i]), vec2(width, tops[i + 1] - tops[i]));
            ui.scroll_to_rect(rect.expand2(vec2(0.0, HEADING)), None);
        }
        let first = tops.partition_point(|&top| top <= view.min.y).saturating_sub(1);
        // The one that is looked at is there for the keyboard, also where it has been scrolled away.
        let seen = (first..items.len()).take_while(|&i| tops[i] < view.max.y);
        let seen: std::collections::BTreeSet<usize> = seen.chain(opened).collect();
        for i in seen {
            let rect =
                Rect::from_min_size(pos2(origin.x, origin.y + tops[i]), vec2(width, tops[i + 1] - tops[i] - GAP));
            let mut inner = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(("item", i)));
            match &items[i] {
                Item::Heading { commentary, range, text, waiting } => {
                    heading(&mut inner, scene, (*commentary, *range), text, *waiting);
                }
                Item::Row(row) => {
                    let is_open = is_open(row);
                    let drawn = row::show(&mut inner, scene, *row, is_open);
                    if is_open {
                        if (drawn.height - state.open_height).abs() > 0.5 {
                            state.open_height = drawn.height;
                            state.reveal = true;
                            ui.ctx().request_repaint();
                        }
                        if focus {
                            drawn.response.request_focus();
                            // In the next frame the arrow keys are its own.
                            ui.ctx().request_repaint();
                        }
                    }
                    if drawn.response.has_focus() || drawn.has_keyboard {
                        state.has_keyboard = true;
                        let id = drawn.response.id;
                        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
                        ui.memory_mut(|m| m.set_focus_lock_filter(id, filter));
                        keyboard(ui, scene, state, rows, *row);
                    }
                }
            }
        }
    });
}

/// A heading of the commentary; everything below it can be accepted at once.
fn heading(ui: &mut Ui, scene: &mut Scene<'_>, of: (CommentaryId, Option<TextRange>), text: &str, waiting: usize) {
    let tokens = scene.tokens;
    ui.horizontal(|ui| {
        ui.set_height(HEADING);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if let (id, Some(heading)) = of
                && waiting > 0
                && scene.w.can_edit()
            {
                let button = ui.add(Button::new(RichText::new(format!("Accept {waiting}")).small()));
                let name = format!("Accept {waiting} under {text}");
                button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
                if button.on_hover_text("All that waits under this heading, in one step (H)").clicked() {
                    scene.run(Command::Commentary(CommentaryCommand::AcceptHeading { id, heading }));
                }
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                let font = egui::FontId::new(tokens.size.small, crate::ui::theme::sans());
                crate::ui::widgets::Words::new(text, font, tokens.quiet_ink).rows(1).show(ui);
            });
        });
    });
}

/// Keys of the row that has the keyboard.
fn keyboard(ui: &Ui, scene: &mut Scene<'_>, state: &mut ListState, rows: &[ReviewRow], row: ReviewRow) {
    let press = |modifiers, key| ui.input_mut(|i| i.consume_key(modifiers, key));
    let at = rows.iter().position(|r| *r == row).unwrap_or(0);
    let step = |to: Option<&ReviewRow>, scene: &mut Scene<'_>| {
        if let Some((id, note)) = to.and_then(|r| Some((r.commentary, note(scene.w, *r)?))) {
            let key = note.key.clone();
            scene.view(ViewCommand::ShowSuggestion { id, key });
        }
    };
    if press(Modifiers::NONE, Key::ArrowDown) {
        step(rows.get(at + 1), scene);
    } else if press(Modifiers::NONE, Key::ArrowUp) {
        step(at.checked_sub(1).and_then(|i| rows.get(i)), scene);
    } else if press(Modifiers::NONE, Key::Home) {
        step(rows.first(), scene);
    } else if press(Modifiers::NONE, Key::End) {
        step(rows.last(), scene);
    } else if scene.w.can_edit() {
        let order = row::Order::ALL.into_iter().find(|o| press(o.modifiers(), o.key()));
        if let Some(order) = order {
            row::obey(scene, row, order);
            state.focus = true;
        }
    }
}

/// A row of the id it has in every list, for tests of who has the keyboard.
pub fn row_id(row: ReviewRow) -> Id {
    Id::unique(("suggestion", row.commentary, row.at))
}
