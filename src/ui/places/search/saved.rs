//! The searches that are kept with the project, with what each finds now.

use eframe::egui::{self, Button, Popup, PopupCloseBehavior, RichText, Role, TextEdit, Ui, WidgetInfo};

use crate::model::{SavedSearch, SearchId};
use crate::ui::scene::Scene;
use crate::ui::widgets::Row;
use crate::workspace::{Command, SavedCount, SearchCommand};

use super::filters::heading;

/// Room at the end of a row for its menu, in points.
const MENU: f32 = 26.0;

/// What the list remembers.
#[derive(Default)]
pub struct SavedState {
    /// The name of the search whose menu is open, as far as it is typed.
    name: Option<(SearchId, String)>,
}

/// Draws the list; nothing where none is kept.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut SavedState) {
    let Some(project) = scene.w.project() else { return };
    if project.searches.is_empty() {
        return;
    }
    let tokens = scene.tokens;
    heading(ui, scene, "Kept searches");
    for search in project.searches_by_name() {
        let said = scene.w.search().saved.get(&search.id).map_or_else(String::new, |count| said(scene, count));
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            let width = (ui.available_width() - MENU).max(60.0);
            ui.allocate_ui(egui::vec2(width, tokens.size.body * 1.75), |ui| {
                let opened = scene.w.search().opened == Some(search.id);
                let name = if said.is_empty() { search.name.clone() } else { format!("{}, {said}", search.name) };
                let row = Row { selected: opened, name: Some(name), ..Row::new(&search.name) };
                if row.show(ui, tokens).on_hover_text(&search.query).clicked() {
                    scene.run(Command::Search(SearchCommand::OpenSaved(search.id)));
                }
            });
            menu(ui, scene, state, search);
        });
        if !said.is_empty() {
            ui.horizontal(|ui| {
                ui.add_space(tokens.space.medium);
                ui.add(egui::Label::new(RichText::new(said).small().color(tokens.quiet_ink)).wrap());
            });
        }
    }
    ui.add_space(tokens.space.medium);
}

/// `12, 3 new in Rev.2`
fn said(scene: &Scene<'_>, count: &SavedCount) -> String {
    if count.broken {
        return "cannot be understood any more".to_owned();
    }
    if count.slow {
        return "takes too long to be counted".to_owned();
    }
    let name = |id| scene.w.project().and_then(|p| p.draft(id)).map_or("a draft", |d| d.name());
    let mut said = count.total.to_string();
    for &(draft, n) in &count.new {
        said.push_str(&format!(", {n} new in {}", name(draft)));
    }
    said
}

fn menu(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut SavedState, search: &SavedSearch) {
    let button = ui.add(Button::new("⋯").frame_when_inactive(false));
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("What to do with {}", search.name)));
    // There is a field in it: a click inside must not close it.
    let popup = Popup::menu(&button).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let shown = popup.show(|ui| {
        ui.set_min_width(240.0);
        let edit = scene.w.can_edit();
        rename(ui, scene, state, search, edit);
        let asks = !scene.w.search().query.trim().is_empty() && scene.w.search().error.is_none();
        if ui.add_enabled(edit && asks, Button::new("Put the present question in its place")).clicked() {
            scene.run(Command::Search(SearchCommand::Renew(search.id)));
            ui.close();
        }
        if ui.add_enabled(edit, Button::new("Take it away")).clicked() {
            scene.run(Command::Search(SearchCommand::Drop(search.id)));
            ui.close();
        }
    });
    if shown.is_none() && state.name.as_ref().is_some_and(|(of, _)| *of == search.id) {
        state.name = None;
    }
}

/// The name, to be changed in place; Enter does it.
fn rename(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut SavedState, search: &SavedSearch, edit: bool) {
    let mut name =
        state.name.take().filter(|(of, _)| *of == search.id).map_or_else(|| search.name.clone(), |(_, name)| name);
    let field = ui.add_enabled(edit, TextEdit::singleline(&mut name).desired_width(240.0));
    let field = field.accessible_name("Name of the search");
    if field.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter)) {
        scene.run(Command::Search(SearchCommand::Rename { id: search.id, name: name.clone() }));
        ui.close();
        return;
    }
    state.name = Some((search.id, name));
}
