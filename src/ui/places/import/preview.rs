//! The page of a proposed draft as it will read, where a person says what a line is.

use std::sync::Arc;

use eframe::egui::{Button, Frame, Key, Margin, Modifiers, RichText, Ui};

use crate::model::TextRange;
use crate::ui::reader::{self, HighlightIndex, Page, ReaderEvent, ReaderResponse, ReaderState, ScrollPlace, Selection};
use crate::ui::scene::{Scene, Wish};
use crate::workspace::{Command, DraftCommand, Proposal, Reshape};

/// The corrections with a short name, and the key while the page has the keyboard.
const KEYS: [(Reshape, &str, Key, &str); 4] = [
    (Reshape::Heading, "Heading", Key::H, "H"),
    (Reshape::Plain, "Plain words", Key::P, "P"),
    (Reshape::Aside, "Not part of it", Key::N, "N"),
    (Reshape::Joined, "Merge with next", Key::M, "M"),
];

/// A line shorter than this, in bytes, may stand anywhere.
const TELLING: usize = 24;
/// So many lines are looked for in another reading of a file.
const LINES_TRIED: usize = 12;

/// What the page remembers.
#[derive(Default)]
pub struct PreviewState {
    reader: ReaderState,
    none: HighlightIndex,
    /// The outline that was shown last: another one is another reading of the same lines.
    outline: usize,
    /// The text that was shown last.
    text: Option<Arc<str>>,
    top: usize,
    selection: Option<Selection>,
    /// The finding that is being looked at.
    found: Option<TextRange>,
}

impl PreviewState {
    /// Gives the page the keyboard.
    pub fn take_focus(&mut self) {
        self.reader.take_focus();
    }

    /// Brings a finding into sight.
    pub fn go_to(&mut self, range: TextRange) {
        self.reader.scroll_to(range.start, ScrollPlace::Center);
        self.selection = Some(Selection::caret(range.start));
        self.found = Some(range);
    }
}

/// Says why there is no page.
pub fn nothing(ui: &mut Ui, scene: &Scene<'_>, why: &str) {
    ui.add_space(ui.available_height() * 0.3);
    ui.vertical_centered(|ui| ui.label(RichText::new(why).color(scene.tokens.quiet_ink)));
}

/// Draws the page with its row of corrections.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut PreviewState, at: usize, proposal: &Proposal) {
    let draft = &proposal.preview;
    let lines = state.selection.map(Selection::range);
    let mut said = toolbar(ui, scene, proposal, lines);
    let outline = Arc::as_ptr(&draft.outline) as usize;
    if state.outline != outline {
        let before = state.text.take().filter(|before| **before != *draft.text);
        let top = before.as_deref().map_or(state.top, |before| place_in(before, state.top, &draft.text));
        if before.is_some() {
            // What was pointed at has gone with the words.
            (state.selection, state.found) = (None, None);
        }
        if state.outline != 0 && top > 0 && state.reader.top() == state.top {
            // Recognized or read again: one stays where one was.
            state.reader.scroll_to(draft.text.floor_char_boundary(top.min(draft.text.len())), ScrollPlace::Top);
        }
        state.outline = outline;
        state.text = Some(draft.text.clone());
    }
    let name = format!("Preview of {}", proposal.details.label);
    // What would be corrected is marked, unless a finding is looked at.
    let chosen = lines.filter(|_| state.found.is_none()).and_then(|r| proposal.lines(r));
    let found: Vec<TextRange> = state.found.or(chosen).into_iter().map(|r| r.fitted(&draft.text)).collect();
    let page = Page {
        text: &draft.text,
        outline: &draft.outline,
        printed: &draft.printed,
        name: &name,
        highlights: &state.none,
        links: &[],
        link: None,
        found: &found,
        current_found: state.found.map(|r| r.fitted(&draft.text)),
        selection: state.selection,
        focus_highlight: None,
        inks: [&[]; 3],
        marks_shown: true,
        text_size: scene.w.text_size(),
        direction: proposal.details.direction,
        slim: false,
    };
    let response = reader::show(ui, &mut state.reader, &page, scene.tokens);
    state.top = response.top;
    for event in &response.events {
        match event {
            ReaderEvent::Select(selection) => {
                state.selection = *selection;
                state.found = None;
            }
            ReaderEvent::ContextMenu { offset } => {
                // What is selected stays, if the menu is asked for on it.
                let on_it = state.selection.is_some_and(|s| s.range().contains(*offset));
                if !on_it {
                    state.selection = Some(Selection::caret(*offset));
                }
            }
            ReaderEvent::Copy(range) => {
                scene.wishes.push(Wish::Copy(range.of(&draft.text).unwrap_or_default().to_owned()));
            }
            _ => {}
        }
    }
    said = said.or_else(|| keys(ui, &response)).or_else(|| menu(&response, proposal));
    let lines = state.selection.map(Selection::range);
    match (said, lines) {
        (Some(Said::Is(reshape)), Some(range)) => {
            scene.run(Command::Draft(DraftCommand::Reshape { at, range, reshape }));
        }
        (Some(Said::TakeBack), _) => scene.run(Command::Draft(DraftCommand::TakeBack(at))),
        _ => {}
    }
}

/// Where the line at a place stands in another reading of the same file: the same line, or one of the next below it, as
/// near as can be to where it stood.
fn place_in(before: &str, at: usize, now: &str) -> usize {
    let at = before.floor_char_boundary(at);
    let scaled = |at: usize| (at as f64 / before.len().max(1) as f64 * now.len() as f64) as usize;
    let start = before[..at].rfind('\n').map_or(0, |n| n + 1);
    let lines = before[start..].split('\n').filter(|l| l.len() >= TELLING).take(LINES_TRIED);
    for line in lines {
        let from = line.as_ptr() as usize - before.as_ptr() as usize;
        if let Some(found) = now.match_indices(line).map(|(found, _)| found).min_by_key(|f| f.abs_diff(scaled(from))) {
            return found;
        }
    }
    scaled(at)
}

#[derive(Clone, Copy)]
enum Said {
    Is(Reshape),
    TakeBack,
}

fn toolbar(ui: &mut Ui, scene: &Scene<'_>, proposal: &Proposal, lines: Option<TextRange>) -> Option<Said> {
    let tokens = scene.tokens;
    let mut said = None;
    Frame::new().fill(tokens.chrome).inner_margin(Margin::symmetric(14, 6)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = tokens.space.small;
            // The same words before and after, so that the buttons stay where they are.
            ui.label(RichText::new("Click a line to say what it is").small().color(tokens.quiet_ink));
            for (reshape, name, _, key) in KEYS {
                let about = format!("{} ({key}, on the page)", reshape.name());
                if ui.add_enabled(lines.is_some(), Button::new(name)).on_hover_text(about).clicked() {
                    said = Some(Said::Is(reshape));
                }
            }
            let made = proposal.corrections.len();
            let name = if made == 0 { "Undo".to_owned() } else { format!("Undo ({made})") };
            let about = "Take the last of these back (Ctrl+Z)";
            if ui.add_enabled(made > 0, Button::new(name)).on_hover_text(about).clicked() {
                said = Some(Said::TakeBack);
            }
        });
    });
    if !ui.ctx().text_edit_focused() && ui.input_mut(|i| i.consume_key(Modifiers::COMMAND, Key::Z)) {
        said = Some(Said::TakeBack);
    }
    said
}

fn keys(ui: &Ui, response: &ReaderResponse) -> Option<Said> {
    if !response.response.has_focus() {
        return None;
    }
    KEYS.into_iter()
        .find(|(_, _, key, _)| ui.input_mut(|i| i.consume_key(Modifiers::NONE, *key)))
        .map(|(r, ..)| Said::Is(r))
}

fn menu(response: &ReaderResponse, proposal: &Proposal) -> Option<Said> {
    let mut said = None;
    response.response.context_menu(|ui| {
        for (reshape, _, _, key) in KEYS {
            if ui.add(Button::new(reshape.name()).shortcut_text(key)).clicked() {
                said = Some(Said::Is(reshape));
                ui.close();
            }
        }
        ui.separator();
        let undo = Button::new("Undo the last of these").shortcut_text("Ctrl+Z");
        if ui.add_enabled(!proposal.corrections.is_empty(), undo).clicked() {
            said = Some(Said::TakeBack);
            ui.close();
        }
    });
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_stays_at_the_same_words_in_another_reading() {
        let check = |before: &str, at: &str, now: &str, expected: &str| {
            let there = place_in(before, before.find(at).unwrap(), now);
            assert!(now[there..].starts_with(expected), "{:?}", &now[there..]);
        };
        let printed =
            "Each Party keeps the old lamp.\n\nEach Party lights the new lamp.\n\nNo lamp is put out at night.\n";
        let proposed = "Each Party lights the new lamp.\n\nNo lamp is put out at night.\n";
        check(printed, "lights", proposed, "Each Party lights");
        // A line that is gone gives way to the next one.
        check(printed, "keeps", proposed, "Each Party lights");
        check("a\nb\n", "b", "c\nd\n", "d");
    }
}
