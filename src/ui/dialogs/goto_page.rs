//! Go to a page of the file the draft was made from: as printed on it, or its number.

use eframe::egui::{Key, RichText, TextEdit, Ui};

use super::{Dialog, Flow};
use crate::model::PageStart;
use crate::ui::scene::Scene;
use crate::workspace::{ViewCommand, provision_at};

/// What has been typed so far.
#[derive(Default)]
pub struct GoToPage {
    text: String,
}

impl Dialog for GoToPage {
    fn title(&self) -> &str {
        "Go to page"
    }

    fn at_top(&self) -> bool {
        true
    }

    fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow {
        let tokens = scene.tokens;
        let Some(draft) = scene.w.draft() else { return Flow::Close };
        let pages = &draft.printed.pages;
        let (Some(first), Some(last)) = (pages.first(), pages.last()) else { return Flow::Close };
        let hint = format!("From {} to {}", first.name(), last.name());
        let field = TextEdit::singleline(&mut self.text).hint_text(hint).desired_width(f32::INFINITY);
        ui.add(field).accessible_name("Page").request_focus();
        let found = draft.printed.find_page(&self.text);
        let (words, color) = match found {
            _ if self.text.trim().is_empty() => {
                (String::from("As printed on the page, or its number"), tokens.quiet_ink)
            }
            Some(page) => {
                let begins = provision_at(draft, page.at).map(|i| draft.outline.citation(i));
                let begins = begins.map(|c| scene.w.cited_within(&c)).unwrap_or_default();
                (format!("{} begins in {begins}", whole_name(page)), tokens.ink)
            }
            None => (String::from("This draft has no such page"), tokens.quiet_ink),
        };
        ui.label(RichText::new(words).color(color));
        if ui.input(|i| i.key_pressed(Key::Enter)) && found.is_some() {
            scene.view(ViewCommand::GoToPage(self.text.clone()));
            return Flow::Close;
        }
        Flow::Stay
    }
}

/// `Page iv (4 in the file)`.
fn whole_name(page: &PageStart) -> String {
    let name = page.name();
    let number = page.number.to_string();
    if name == number { format!("Page {name}") } else { format!("Page {name} ({number} in the file)") }
}
