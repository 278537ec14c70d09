//! Keys: the table of actions and the concerns' own keys, told apart from typing.

use std::collections::BTreeSet;

use eframe::egui::{self, Key, KeyboardShortcut, Modifiers};

use crate::workspace::{ACTIONS, Action, AnnotateCommand, Command, Does, Keys, Place, Question, ViewCommand};

use super::scene::{Scene, Wish};

/// The shortcut of egui for the keys of an action.
pub fn shortcut(keys: Keys) -> Option<KeyboardShortcut> {
    let mut modifiers = Modifiers::NONE;
    if keys.ctrl {
        modifiers = modifiers.plus(Modifiers::COMMAND);
    }
    if keys.shift {
        modifiers = modifiers.plus(Modifiers::SHIFT);
    }
    if keys.alt {
        modifiers = modifiers.plus(Modifiers::ALT);
    }
    Key::from_name(keys.key).map(|key| KeyboardShortcut::new(modifiers, key))
}

/// The keys of an action as a person reads them: `Ctrl+Shift+F`.
pub fn words(keys: Keys) -> String {
    let mut words = String::new();
    for (held, name) in [(keys.ctrl, "Ctrl+"), (keys.shift, "Shift+"), (keys.alt, "Alt+")] {
        if held {
            words.push_str(name);
        }
    }
    words.push_str(match keys.key {
        "ArrowLeft" => "Left",
        "ArrowRight" => "Right",
        "Comma" => ",",
        "Plus" | "Equals" => "+",
        "Minus" => "\u{2212}",
        "PageDown" => "Page down",
        "PageUp" => "Page up",
        other => other,
    });
    words
}

/// Whether nothing has the keyboard and nothing stands open that may want it, so that what a place shows may take it.
pub fn is_free(ctx: &egui::Context) -> bool {
    ctx.memory(|m| m.focused().is_none()) && !is_open_over(ctx)
}

/// Whether something is being typed or asked, so that letters are no orders.
pub fn is_busy(ctx: &egui::Context) -> bool {
    ctx.text_edit_focused() || is_open_over(ctx)
}

/// A dialog, a menu or a box of choices.
fn is_open_over(ctx: &egui::Context) -> bool {
    ctx.memory(|m| m.top_modal_layer().is_some()) || egui::Popup::is_any_open(ctx)
}

/// Takes a key that was pressed with these modifiers and no others: egui's own way leaves Shift and Alt out of account.
pub fn consume_exactly(ctx: &egui::Context, modifiers: Modifiers, key: Key) -> bool {
    ctx.input_mut(|i| {
        let before = i.events.len();
        i.events.retain(|event| {
            !matches!(event, egui::Event::Key { key: k, pressed: true, modifiers: m, .. }
                if *k == key && m.matches_exact(modifiers))
        });
        i.events.len() < before
    })
}

/// Runs an action, or wishes for the dialog it needs.
pub fn run(action: &Action, scene: &mut Scene<'_>) {
    match action.does {
        Does::Run(command) => {
            if let Some(command) = command(scene.w) {
                scene.run(command);
            }
        }
        Does::Ask(question, enabled) => {
            if enabled(scene.w) {
                scene.ask(question);
            }
        }
    }
}

/// What has the keyboard and has keys of its own.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hands {
    /// A dialog is open: all keys are its own.
    pub dialog: bool,
    /// The commentary beside the draft: it has citations of its own to go through.
    pub beside: bool,
    /// The list of suggestions: letters are orders.
    pub review: bool,
}

/// Takes the keys of this frame that belong to actions and concerns.
pub fn take(ctx: &egui::Context, scene: &mut Scene<'_>, hands: Hands) {
    if hands.dialog {
        return;
    }
    let typing = ctx.text_edit_focused();
    // The most modifiers first: Ctrl+Shift+Z must not be taken for Ctrl+Z.
    let mut actions: Vec<&Action> = ACTIONS.iter().collect();
    actions.sort_by_key(|a| a.keys.map_or(0, |k| -(i32::from(k.shift) + i32::from(k.alt) + i32::from(k.ctrl))));
    for action in actions {
        let Some(shortcut) = action.keys.and_then(shortcut) else { continue };
        // In a text field, undo and deletion are the field's own.
        if typing && matches!(action.id, "undo" | "redo" | "redo.y" | "annotate.delete" | "annotate.plain") {
            continue;
        }
        if hands.beside && matches!(action.id, "reference.next" | "reference.previous") {
            continue;
        }
        // Where drafts wait to be added, undo takes back what was said of their lines.
        if scene.w.view().place == Place::Import && matches!(action.id, "undo" | "redo" | "redo.y") {
            continue;
        }
        if ctx.input_mut(|i| i.consume_shortcut(&shortcut)) {
            // The search has help of its own.
            if scene.w.view().place == Place::Search && action.id == "keys" {
                scene.ask(Question::SearchHelp);
            } else if scene.w.view().place == Place::Report && action.id == "export" && scene.w.shown_paper().is_some()
            {
                scene.ask(Question::ExportPaper);
            } else {
                run(action, scene);
            }
        }
    }
    if !typing && !hands.review && !hands.beside && scene.w.view().place == Place::Read {
        take_concern_keys(ctx, scene);
    }
}

/// A concern's key tags the selected words, or the annotation whose card is open.
fn take_concern_keys(ctx: &egui::Context, scene: &mut Scene<'_>) {
    let Some(project) = scene.w.project() else { return };
    let typed: Vec<char> = ctx.input(|i| {
        if i.modifiers.command || i.modifiers.alt {
            return Vec::new();
        }
        i.events
            .iter()
            .filter_map(|e| match e {
                egui::Event::Text(text) => Some(text.chars()),
                _ => None,
            })
            .flatten()
            .collect()
    });
    for key in typed {
        let Some(concern) = project.codebook.by_key(key).map(|c| c.id) else { continue };
        let selected = scene.w.view().selection().map(|s| s.range()).filter(|r| !r.is_empty());
        let focus = scene.w.view().focus.filter(|f| scene.w.can_write(f.analyst));
        let command = match (scene.w.view().current, selected, focus) {
            (_, _, Some(focus)) => AnnotateCommand::ToggleConcern { id: focus.annotation, concern },
            (Some(draft), Some(range), None) => {
                AnnotateCommand::Words { draft, range, concerns: BTreeSet::from([concern]) }
            }
            _ => continue,
        };
        let made = matches!(command, AnnotateCommand::Words { .. });
        scene.run(Command::Annotate(command));
        if made {
            scene.view(ViewCommand::Select(None));
            scene.wishes.push(Wish::FocusPage);
        }
    }
}

/// Menus and boxes of choices by keyboard: egui closes them on a click but not on Enter, and forgets where the
/// keyboard was before.
#[derive(Default)]
pub struct PopupKeys {
    was_open: bool,
    opener: Option<egui::Id>,
}

impl PopupKeys {
    /// To be called before anything is drawn.
    pub fn before(&mut self, ctx: &egui::Context) {
        self.was_open = egui::Popup::is_any_open(ctx);
        if !self.was_open {
            self.opener = ctx.memory(|m| m.focused());
        }
    }

    /// To be called once everything is drawn: what was taken with Enter or Space closes, and the keyboard goes back.
    pub fn after(&self, ctx: &egui::Context) {
        if !self.was_open || ctx.input(|i| i.pointer.any_pressed() || i.pointer.any_released()) {
            return;
        }
        let taken = ctx.input(|i| i.key_pressed(Key::Enter) || i.key_pressed(Key::Space));
        if taken && !ctx.text_edit_focused() && ctx.memory(|m| m.focused().is_some()) {
            egui::Popup::close_all(ctx);
        }
        if let Some(opener) = self.opener.filter(|_| !egui::Popup::is_any_open(ctx)) {
            ctx.memory_mut(|m| m.request_focus(opener));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_names_a_real_key() {
        for action in ACTIONS {
            if let Some(keys) = action.keys {
                assert!(shortcut(keys).is_some(), "{} has no key {}", action.id, keys.key);
            }
        }
    }
}
