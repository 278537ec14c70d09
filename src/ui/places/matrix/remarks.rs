//! The remarks of the cell one is on, beside the table. One of them leads into the reader; Alt+Left comes back.

use eframe::egui::{
    self, FontId, Frame, Key, Label, Margin, Modifiers, Panel, RichText, Role, ScrollArea, Sense, Ui, UiBuilder,
    WidgetInfo, vec2,
};

use crate::ui::bars::count;
use crate::ui::cards::kind_word;
use crate::ui::scene::Scene;
use crate::ui::theme::sans;
use crate::ui::widgets::{Words, row_ground, tag};
use crate::workspace::{Focus, Matrix, ViewCommand};

/// What the list remembers.
#[derive(Default)]
pub struct RemarksState {
    /// Its first row is to get the keyboard.
    pub focus: bool,
    members: Vec<Focus>,
    /// The table and the cell they are of.
    made: Option<(Matrix, (usize, usize))>,
}

const ROW: f32 = 78.0;

/// Draws it at the right, with `above` over the list. Answers whether the keyboard goes back to the table.
pub fn panel(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    state: &mut RemarksState,
    at: (usize, usize),
    above: impl FnOnce(&mut Ui, &mut Scene<'_>),
) -> bool {
    let tokens = scene.tokens;
    let table = scene.w.matrix();
    let known = state.made.as_ref().zip(table).is_some_and(|((of, cell), now)| *cell == at && of.is(now));
    if !known {
        state.members = scene.w.matrix_members(at.0, at.1);
        state.made = table.cloned().map(|table| (table, at));
    }
    let chrome = Frame::new().fill(tokens.chrome).inner_margin(Margin::symmetric(10, 8));
    let mut back = false;
    Panel::right("matrix remarks").frame(chrome).resizable(true).default_size(300.0).size_range(220.0..=520.0).show(
        ui,
        |ui| {
            ui.spacing_mut().item_spacing.y = tokens.space.small;
            ui.add(Label::new(RichText::new(heading(scene, at)).strong().color(tokens.ink)).wrap());
            above(ui, scene);
            let n = state.members.len();
            let said = if n == 0 { "No annotation".to_owned() } else { count(n, "annotation", "annotations") };
            ui.label(RichText::new(said).small().color(tokens.quiet_ink));
            ui.add_space(tokens.space.small);
            back = list(ui, scene, state);
        },
    );
    back
}

/// What the cell is about.
fn heading(scene: &Scene<'_>, (row, column): (usize, usize)) -> String {
    let names = match scene.w.matrix() {
        Some(Matrix::Grid(grid)) => (grid.rows.get(row).map(|h| &h.name), grid.columns.get(column).map(|h| &h.name)),
        Some(Matrix::Safeguards(table)) => {
            (table.articles.get(row).map(|h| &h.name), table.safeguards.get(column).map(|h| &h.name))
        }
        Some(Matrix::Coverage(coverage)) => (coverage.rows.get(row).map(|r| &r.head.name), None),
        Some(Matrix::Curation(_) | Matrix::Agreement(_)) | None => (None, None),
    };
    match names {
        (Some(row), Some(column)) if row != column => format!("{row} \u{d7} {column}"),
        (Some(row), _) => row.clone(),
        _ => String::new(),
    }
}

fn list(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut RemarksState) -> bool {
    let mut back = false;
    let focus = std::mem::take(&mut state.focus);
    if focus && state.members.is_empty() {
        return true;
    }
    ui.spacing_mut().item_spacing.y = 2.0;
    ScrollArea::vertical().id_salt("cell remarks").auto_shrink([false, false]).show_rows(
        ui,
        ROW,
        state.members.len(),
        |ui, range| {
            for at in range {
                let Some(of) = state.members.get(at).copied() else { continue };
                back |= row(ui, scene, of, focus && at == 0);
            }
        },
    );
    back
}

fn row(ui: &mut Ui, scene: &mut Scene<'_>, of: Focus, focus: bool) -> bool {
    let tokens = scene.tokens;
    let Some(project) = scene.w.project() else { return false };
    let Some(a) = project.annotation(of.analyst, of.annotation) else { return false };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let draft = scene.w.matrix_draft(&scene.w.view().matrix);
    let here = draft.and_then(|d| Some((d, a.placements.get(&d.id)?)));
    let there = || project.drafts.iter().rev().find_map(|d| Some((d, a.placements.get(&d.id)?)));
    let place = here.or_else(there);
    let cited = place.map_or_else(String::new, |(_, p)| scene.w.cited(p.citation()));
    let elsewhere = place.filter(|_| here.is_none()).map_or_else(String::new, |(d, _)| format!(", {}", d.name()));
    let who = project.sets.get(&of.analyst).map_or("", |s| s.analyst.name.as_str());
    let quote = place.map_or("", |(_, p)| p.quote().exact.as_str());
    let note = if a.note.trim().is_empty() { format!("\u{201c}{quote}\u{201d}") } else { a.note.clone() };
    let note: String = note.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(240).collect();
    let severity = a.severity.map_or_else(String::new, |s| format!(", {}", s.word()));
    let about = format!("{}{severity}, {who}", kind_word(a.kind));
    let name = format!("{cited}{elsewhere}, {about}: {note}");
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, false, &name));
    if ui.is_rect_visible(rect) {
        row_ground(ui, &response, false, tokens);
        let mut inner = ui.new_child(UiBuilder::new().max_rect(rect.shrink2(vec2(6.0, 4.0))));
        inner.spacing_mut().item_spacing = vec2(4.0, 2.0);
        inner.spacing_mut().interact_size.y = 0.0;
        inner.horizontal(|ui| {
            for concern in project.codebook.concerns.iter().filter(|c| a.concerns.contains(&c.id)).take(4) {
                tag(ui, concern, tokens);
            }
            let small = FontId::new(tokens.size.small, sans());
            Words::new(&format!("{cited}{elsewhere}"), small, tokens.ink).rows(1).brief().show(ui);
        });
        inner.add(Label::new(RichText::new(&about).small().color(tokens.quiet_ink)).truncate().selectable(false));
        Words::new(&note, FontId::new(tokens.size.body - 0.5, sans()), tokens.ink).rows(2).brief().show(&mut inner);
    }
    if focus {
        response.request_focus();
    }
    let has_focus = response.has_focus();
    let opened = response.clicked() || has_focus && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Enter));
    match here.and_then(|(d, p)| Some((d.id, p.anchor()?.range.start))) {
        // Of several drafts it stands in, the one that is counted.
        Some((draft, offset)) if opened => {
            scene.view(ViewCommand::GoTo { draft, offset });
            scene.view(ViewCommand::Focus(Some(of)));
        }
        None if opened => scene.view(ViewCommand::ShowAnnotation(of)),
        _ => {}
    }
    let back = has_focus && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
    response.on_hover_cursor(egui::CursorIcon::PointingHand);
    back
}
