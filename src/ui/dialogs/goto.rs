//! Go to a provision: completes citations as one types.

use eframe::egui::{self, Key, TextEdit, Ui};

use super::{Dialog, Flow};
use crate::model::Direction;
use crate::ui::scene::Scene;
use crate::ui::widgets::Row;
use crate::workspace::{Command, Suggestion, ViewCommand};

/// Provisions offered.
const MOST: usize = 12;

/// What has been typed so far.
#[derive(Default)]
pub struct GoTo {
    text: String,
    chosen: usize,
}

impl Dialog for GoTo {
    fn title(&self) -> &str {
        "Go to article"
    }

    fn at_top(&self) -> bool {
        true
    }

    fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow {
        let (up, down) = arrows(ui);
        let field =
            TextEdit::singleline(&mut self.text).hint_text("23(2)(c), art 23.2.c, chapter V, or words of a heading");
        let response = ui.add(field.desired_width(f32::INFINITY)).accessible_name("Citation");
        response.request_focus();
        if response.changed() {
            self.chosen = 0;
        }
        let list: Vec<Suggestion> = scene.w.suggest_provisions(&self.text, MOST);
        self.chosen = move_choice(self.chosen, list.len(), up, down);
        let mut go = None;
        for (n, suggestion) in list.iter().enumerate() {
            let leftward = scene.w.draft().is_some_and(|d| d.details.direction == Direction::RightToLeft);
            let (lead, selected) = (&suggestion.citation, n == self.chosen);
            let row = Row { lead, selected, leftward, ..Row::new(&suggestion.words) };
            if row.show(ui, scene.tokens).clicked() {
                go = Some(n);
            }
        }
        if ui.input(|i| i.key_pressed(Key::Enter)) {
            go = Some(self.chosen);
        }
        let Some(n) = go else { return Flow::Stay };
        match list.get(n) {
            Some(s) if self.chosen != 0 || !scene.w.can_resolve(&self.text) => {
                if let Some(draft) = scene.w.draft()
                    && let Some(p) = draft.outline.get(s.provision)
                {
                    scene.view(ViewCommand::GoTo { draft: draft.id, offset: p.range.start });
                }
            }
            _ => scene.run(Command::View(ViewCommand::GoToCitation(self.text.clone()))),
        }
        Flow::Close
    }
}

/// Up and down, taken from the text field.
pub fn arrows(ui: &Ui) -> (bool, bool) {
    ui.input_mut(|i| {
        (i.consume_key(egui::Modifiers::NONE, Key::ArrowUp), i.consume_key(egui::Modifiers::NONE, Key::ArrowDown))
    })
}

/// The choice after an arrow key, round the ends.
pub fn move_choice(chosen: usize, count: usize, up: bool, down: bool) -> usize {
    if count == 0 {
        return 0;
    }
    let chosen = chosen.min(count - 1);
    match (up, down) {
        (true, false) => (chosen + count - 1) % count,
        (false, true) => (chosen + 1) % count,
        _ => chosen,
    }
}
