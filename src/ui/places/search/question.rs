//! The field of the question: completion as one types, what was asked before, keeping, help.

use eframe::egui::text::{CCursor, CCursorRange, LayoutJob, TextFormat};
use eframe::egui::text_edit::TextEditState;
use eframe::egui::{
    self, Button, CompletionPopup, FontId, Id, Key, Label, Modifiers, RectAlign, RichText, Role, Stroke, Suggestion,
    TextEdit, Ui, WidgetInfo, WidgetText, vec2,
};

use crate::search::{CONSTRUCTS, Completion, Completions, QueryError};
use crate::ui::keys;
use crate::ui::scene::Scene;
use crate::ui::theme::{Tokens, sans};
use crate::workspace::{Command, Question, SearchCommand};

/// What the field remembers.
#[derive(Default)]
pub struct QuestionState {
    text: String,
    /// The question the text was last taken from or given to.
    asked: String,
    shown: bool,
    /// One has gone to one of the completions with the arrows, so that Enter takes it.
    moved: bool,
    open: bool,
    /// What stands in the field was just typed there; only then is something offered.
    typing: bool,
    /// Which of the earlier questions is in the field.
    past: Option<usize>,
    /// What stood there before the first of them was.
    draft: String,
}

/// Characters of what a completion means.
const EXPLAINED: usize = 80;
/// Examples shown while there is no question.
const EXAMPLES: usize = 14;
/// Room for the buttons beside the field, in points.
const BUTTONS: f32 = 248.0;

/// Draws the field, and under it what is wrong with the question.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut QuestionState) {
    let search = scene.w.search();
    if search.query != state.asked {
        state.typing = false;
        state.text.clone_from(&search.query);
        state.asked.clone_from(&state.text);
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = scene.tokens.space.small;
        field(ui, scene, state);
        past(ui, scene, state);
        keep(ui, scene);
        let help = ui.button("?").on_hover_text("What a question can say (F1)");
        help.widget_info(|| WidgetInfo::labeled(Role::Button, true, "What a question can say"));
        if help.clicked() {
            scene.ask(Question::SearchHelp);
        }
    });
    if state.text != state.asked {
        state.asked.clone_from(&state.text);
        scene.run(Command::Search(SearchCommand::Ask(state.text.clone())));
    }
    let search = scene.w.search();
    let notices = search.results.iter().flat_map(|r| &r.notices);
    for error in search.error.iter().chain(notices.filter(|_| search.error.is_none())) {
        complaint(ui, scene.tokens, &search.query, error);
    }
}

fn field(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut QuestionState) {
    let tokens = scene.tokens;
    let id = Id::unique("search question");
    let has_focus = ui.memory(|m| m.has_focus(id));
    let arrow = |ui: &Ui, key| ui.input(|i| i.key_pressed(key) && i.modifiers.is_none());
    if has_focus && state.open && (arrow(ui, Key::ArrowDown) || arrow(ui, Key::ArrowUp)) {
        state.moved = true;
    }
    if has_focus && !state.open {
        through_the_past(ui, scene, state, id);
    }
    // The question keeps the keyboard after tagging, and what was done last is what is taken back.
    let now = Some(scene.w.revision());
    let pressed = |modifiers, key| has_focus && keys::consume_exactly(ui.ctx(), modifiers, key);
    if scene.w.search().tagged == now && pressed(Modifiers::COMMAND, Key::Z) {
        scene.run(Command::Undo);
    }
    let again = [(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z), (Modifiers::COMMAND, Key::Y)];
    if scene.w.search().untagged == now && again.into_iter().any(|(modifiers, key)| pressed(modifiers, key)) {
        scene.run(Command::Redo);
    }
    let before = state.text.clone();
    let typing = state.typing && state.past.is_none();
    let accepting = if state.moved { vec![Key::Tab, Key::Enter] } else { vec![Key::Tab] };
    let width = (ui.available_width() - BUTTONS).max(200.0);
    let cursor = TextEditState::load(ui.ctx(), id).and_then(|s| s.cursor.char_range()).map(|r| r.primary.index.0);
    let mut offered = Completions::default();
    let edit = TextEdit::singleline(&mut state.text)
        .hint_text("Words, \"a phrase\", surveil*, article:23, concern:surveillance")
        .font(FontId::new(tokens.size.body + 2.0, sans()))
        .margin(vec2(10.0, 8.0))
        .desired_width(width)
        .return_key(None);
    let shown = CompletionPopup::new(id)
        .align(RectAlign::BOTTOM_START)
        .max_height(320.0)
        .accept_keys(accepting)
        // The whole beginning is one word: what is replaced is said by the completion.
        .word_boundary(|_| false)
        .show(ui, edit, |query| {
            let at = query.word.len();
            offered = scene.w.complete_query(query.text, at);
            offer_what_is_begun(query.text, at, &mut offered);
            if !typing && query.text == before {
                offered.entries.clear();
            }
            offered.entries.iter().map(|e| suggestion(e, tokens)).collect()
        });
    let response = &shown.text_edit.response.response;
    let response = &response.clone().accessible_name("Search all drafts");
    if let Some(taken) = shown.accepted {
        let end;
        (state.text, end) = take(&before, cursor, &taken.insert, scene);
        let place = CCursor::new(state.text[..end].chars().count());
        let mut edit = TextEditState::load(ui.ctx(), id).unwrap_or_default();
        edit.cursor.set_char_range(Some(CCursorRange::one(place)));
        edit.store(ui.ctx(), id);
    }
    if state.text != before {
        state.moved = false;
        state.past = None;
        state.typing = true;
    }
    state.typing &= response.has_focus();
    state.open = shown.is_open;
    if response.has_focus() && !state.open && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Enter)) {
        scene.run(Command::Search(SearchCommand::Remember));
    }
    // Coming here means wanting to type.
    if !std::mem::replace(&mut state.shown, true) || keys::is_free(ui.ctx()) {
        response.request_focus();
    }
}

/// One line: what it is, and what it means.
fn suggestion(entry: &Completion, tokens: &Tokens) -> Suggestion {
    let mut job = LayoutJob::default();
    job.append(&entry.shows, 0.0, TextFormat::simple(FontId::new(tokens.size.body, sans()), tokens.ink));
    let explains: String = entry.explains.chars().take(EXPLAINED).collect();
    job.append(&explains, 14.0, TextFormat::simple(FontId::new(tokens.size.small, sans()), tokens.quiet_ink));
    Suggestion::new(entry.insert.clone()).content(WidgetText::from(job))
}

/// The question with a completion put where it belongs, and the end of that.
fn take(before: &str, cursor: Option<usize>, insert: &str, scene: &Scene<'_>) -> (String, usize) {
    let at = cursor.and_then(|c| before.char_indices().nth(c)).map_or(before.len(), |(i, _)| i);
    let replace = scene.w.complete_query(before, at).replace;
    let mut text = before.to_owned();
    if text.get(replace.clone()).is_none() {
        return (text, at);
    }
    let end = replace.start + insert.len();
    text.replace_range(replace, insert);
    (text, end)
}

/// Leaves of what is offered what goes on from something begun: the list stands over the answer. For a word those are
/// fields and operators, behind a field its values.
fn offer_what_is_begun(text: &str, at: usize, offered: &mut Completions) {
    let typed = text.get(offered.replace.start..at).unwrap_or_default();
    let before = text.get(..offered.replace.start).unwrap_or_default();
    let is_value = before.ends_with(':');
    let goes_on = |insert: &str| is_value || insert.ends_with([':', '(', ' ']);
    let is_whole = |insert: &str| insert.trim_end() == typed;
    offered.entries.retain(|e| goes_on(&e.insert) && !is_whole(&e.insert));
    if typed.is_empty() && !is_value {
        offered.entries.clear();
    }
}

/// Up and down lead through what was asked before.
fn through_the_past(ui: &Ui, scene: &Scene<'_>, state: &mut QuestionState, id: Id) {
    let past = scene.w.past_searches();
    let up = keys::consume_exactly(ui.ctx(), Modifiers::NONE, Key::ArrowUp);
    let down = keys::consume_exactly(ui.ctx(), Modifiers::NONE, Key::ArrowDown);
    if past.is_empty() || !(up || down) {
        return;
    }
    let here = past.first().is_some_and(|p| *p == state.text.trim());
    let next = match (state.past, up) {
        (None, true) => Some(usize::from(here && past.len() > 1)),
        (Some(at), true) => Some((at + 1).min(past.len() - 1)),
        (Some(at), false) => at.checked_sub(1),
        (None, false) => return,
    };
    if state.past.is_none() {
        state.draft.clone_from(&state.text);
    }
    // Below the latest stands what was being typed.
    state.text = next.map_or_else(|| Some(&state.draft), |n| past.get(n)).cloned().unwrap_or_default();
    let mut edit = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    edit.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(state.text.chars().count()))));
    edit.store(ui.ctx(), id);
    state.past = next;
}

fn past(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut QuestionState) {
    let list = scene.w.past_searches().to_vec();
    ui.add_enabled_ui(!list.is_empty(), |ui| {
        ui.menu_button("Asked before", |ui| {
            ui.set_min_width(320.0);
            egui::ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
                for question in &list {
                    if ui.add(Button::new(question.as_str()).truncate()).clicked() {
                        state.text.clone_from(question);
                        ui.close();
                    }
                }
            });
            ui.separator();
            if ui.button("Forget all of these").clicked() {
                scene.run(Command::Search(SearchCommand::ForgetPast));
                ui.close();
            }
        });
    });
}

fn keep(ui: &mut Ui, scene: &mut Scene<'_>) {
    let search = scene.w.search();
    let can = scene.w.can_edit() && !search.query.trim().is_empty() && search.error.is_none();
    let button = ui.add_enabled(can, Button::new("Keep…"));
    button.widget_info(|| WidgetInfo::labeled(Role::Button, can, "Keep this search…"));
    if button.on_hover_text("With the project, under a name (Ctrl+S)").clicked() {
        scene.ask(Question::KeepSearch);
    }
}

/// A mistake in the question: the question with the place marked, and what is wrong.
fn complaint(ui: &mut Ui, tokens: &Tokens, query: &str, error: &QueryError) {
    ui.horizontal_wrapped(|ui| {
        let mut job = LayoutJob::default();
        let plain = TextFormat::simple(FontId::new(tokens.size.body, sans()), tokens.quiet_ink);
        let marked = TextFormat { underline: Stroke::new(2.0, tokens.danger), color: tokens.ink, ..plain.clone() };
        let start = query.floor_char_boundary(error.range.start.min(query.len()));
        let end = query.ceil_char_boundary(error.range.end.clamp(start, query.len()));
        job.append(&query[..start], 0.0, plain.clone());
        job.append(&query[start..end], 0.0, marked);
        job.append(&query[end..], 0.0, plain);
        ui.label(job);
        ui.add(Label::new(RichText::new(&error.message).color(tokens.danger)).wrap());
    });
}

/// What the question may hold, while there is none.
pub fn examples(ui: &mut Ui, scene: &mut Scene<'_>) {
    let tokens = scene.tokens;
    ui.add_space(tokens.space.large);
    ui.label(
        RichText::new("Finds words in every draft and in all notes, in each draft's own language").color(tokens.ink),
    );
    ui.add_space(tokens.space.small);
    egui::Grid::new("search examples").num_columns(2).spacing([tokens.space.page, 6.0]).show(ui, |ui| {
        // Some of each group; the whole table is a key away.
        let every = CONSTRUCTS.len().div_ceil(EXAMPLES);
        for construct in CONSTRUCTS.iter().step_by(every.max(1)) {
            let example = construct.queries().next().unwrap_or_default();
            ui.label(RichText::new(example).monospace().color(tokens.ink));
            ui.add(Label::new(RichText::new(construct.means).color(tokens.quiet_ink)).truncate());
            ui.end_row();
        }
    });
    ui.add_space(tokens.space.medium);
    if ui.button("All that a question can say…").on_hover_text("F1").clicked() {
        scene.ask(Question::SearchHelp);
    }
}
