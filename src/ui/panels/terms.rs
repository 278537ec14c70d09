//! The defined terms of the draft with their uses, and what does not fit: terms that are never used, and words that look
//! like a term and are none.

use std::sync::Arc;

use eframe::egui::{self, Button, FontId, Key, Label, RichText, Role, Sense, TextEdit, Ui, WidgetInfo, vec2};

use crate::model::{Draft, TextRange};
use crate::ui::bars::count;
use crate::ui::scene::Scene;
use crate::ui::theme::sans;
use crate::ui::widgets::{Ticks, Words, row_ground};
use crate::workspace::{Command, Glass, Lens, LensCommand, Loose, Selection, ViewCommand, Why};

/// What the page remembers.
#[derive(Default)]
pub struct TermsState {
    findings: bool,
    text: String,
    by_uses: bool,
    listed: Option<Listed>,
}

struct Listed {
    glass: Arc<Glass>,
    findings: bool,
    text: String,
    by_uses: bool,
    rows: Vec<Item>,
}

/// A line of the list: positions among the terms, or among what is loose.
#[derive(Clone, Copy)]
enum Item {
    Term(usize),
    Unused(usize),
    Loose(usize),
}

const ROW: f32 = 44.0;
/// The room for the button at the end of a row, in points.
const BUTTON: f32 = 76.0;

/// Draws the page.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut TermsState) {
    let tokens = scene.tokens;
    let quiet = |words: &str| Label::new(RichText::new(words).color(tokens.quiet_ink)).wrap();
    let Some(draft) = scene.w.draft().cloned() else {
        ui.add(quiet("The terms that the draft defines stand here"));
        return;
    };
    let Some(glass) = scene.w.glass().cloned() else {
        ui.add(quiet("The terms of this draft are being looked for"));
        return;
    };
    let found = glass.terms.loose.len() + glass.terms.unused().count();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.small;
        ui.selectable_value(&mut state.findings, false, format!("Terms ({})", glass.terms.all.len()));
        ui.selectable_value(&mut state.findings, true, format!("Findings ({found})"))
            .on_hover_text("Terms that are never used, and words that look like a term and are not defined");
        let mut on = scene.w.view().shows(Lens::Terms);
        if ui.tick(&mut on, "Underline").clicked() {
            scene.run(Command::Lens(LensCommand::Toggle(Lens::Terms)));
        }
    });
    ui.horizontal(|ui| {
        let field = TextEdit::singleline(&mut state.text).hint_text("A word of a term").desired_width(150.0);
        ui.add(field).accessible_name("Filter the terms");
        ui.tick(&mut state.by_uses, "Most used first");
    });
    ui.add_space(tokens.space.small);
    let same = |l: &Listed| {
        Arc::ptr_eq(&l.glass, &glass)
            && (l.findings, l.by_uses) == (state.findings, state.by_uses)
            && l.text == state.text
    };
    if !state.listed.as_ref().is_some_and(same) {
        state.listed = Some(Listed {
            glass: Arc::clone(&glass),
            findings: state.findings,
            text: state.text.clone(),
            by_uses: state.by_uses,
            rows: listed(&glass, state.findings, &state.text, state.by_uses),
        });
    }
    let Some(list) = &state.listed else { return };
    if list.rows.is_empty() {
        ui.add(quiet(match (state.text.trim().is_empty(), state.findings) {
            (false, _) => "None has these words",
            (true, false) => "This draft defines no terms",
            (true, true) => "Every term is used, and what looks like a term is defined",
        }));
        return;
    }
    ui.spacing_mut().item_spacing.y = 2.0;
    egui::ScrollArea::vertical().id_salt("terms").auto_shrink([false, false]).show_rows(
        ui,
        ROW,
        list.rows.len(),
        |ui, visible| {
            for item in list.rows.get(visible).unwrap_or_default() {
                row(ui, scene, &draft, &glass, *item);
            }
        },
    );
}

fn listed(glass: &Glass, findings: bool, text: &str, by_uses: bool) -> Vec<Item> {
    let typed = text.trim().to_lowercase();
    let has = |name: &str| typed.is_empty() || name.to_lowercase().contains(&typed);
    let terms = &glass.terms;
    let named = |at: usize| terms.all.get(at).is_some_and(|t| has(&t.name));
    let uses = |at: usize| terms.all.get(at).map_or(0, |t| t.uses);
    if !findings {
        let mut rows: Vec<usize> = (0..terms.all.len()).filter(|&at| named(at)).collect();
        if by_uses {
            rows.sort_by_key(|&at| std::cmp::Reverse(uses(at)));
        }
        return rows.into_iter().map(Item::Term).collect();
    }
    let unused = terms.unused().filter(|&at| named(at)).map(Item::Unused);
    let loose = terms.loose.iter().enumerate().filter(|(_, l)| has(&l.name)).map(|(at, _)| Item::Loose(at));
    unused.chain(loose).collect()
}

fn row(ui: &mut Ui, scene: &mut Scene<'_>, draft: &Draft, glass: &Glass, item: Item) {
    match item {
        Item::Term(at) | Item::Unused(at) => {
            let Some(term) = glass.terms.all.get(at) else { return };
            let cited = draft.outline.covering(term.named).map(|i| scene.w.cited(&draft.outline.citation(i)));
            let cited = cited.unwrap_or_else(|| draft.name().to_owned());
            let about = match item {
                Item::Unused(_) => format!("Defined in {cited} and never used"),
                _ => format!("{cited}, {}", count(term.uses, "use", "uses")),
            };
            let chosen = is_selected(scene, term.named);
            let next = (term.uses > 0).then(|| format!("Next use of {}", term.name));
            match line(ui, scene, &term.name, &about, chosen, next.as_deref()) {
                Some(Done::Row) => scene.run(Command::Lens(LensCommand::GoToDefinition(at))),
                Some(Done::Button) => scene.run(Command::Lens(LensCommand::NextUse(at))),
                None => {}
            }
        }
        Item::Loose(at) => {
            let Some(loose) = glass.terms.loose.get(at) else { return };
            let times = count(loose.places.len(), "time", "times");
            let about = match loose.why {
                Why::Quoted => format!("In quotation marks {times}, not defined"),
                Why::Capitals => format!("With capitals {times}, not defined"),
            };
            let chosen = loose.places.iter().any(|&p| is_selected(scene, p));
            let next = (loose.places.len() > 1).then(|| format!("Next place of {}", loose.name));
            if line(ui, scene, &loose.name, &about, chosen, next.as_deref()).is_some() {
                go_on(scene, draft, loose);
            }
        }
    }
}

fn is_selected(scene: &Scene<'_>, range: TextRange) -> bool {
    scene.w.view().selection().is_some_and(|s| s.range() == range)
}

/// To the next place after the caret, or the first.
fn go_on(scene: &mut Scene<'_>, draft: &Draft, loose: &Loose) {
    let from = scene.w.view().selection().map_or(0, |s| s.range().start);
    let next = loose.places.iter().find(|p| p.start > from).or_else(|| loose.places.first());
    if let Some(range) = next {
        scene.view(ViewCommand::GoTo { draft: draft.id, offset: range.start });
        scene.view(ViewCommand::Select(Some(Selection { anchor: range.start, head: range.end })));
    }
}

enum Done {
    Row,
    Button,
}

fn line(ui: &mut Ui, scene: &Scene<'_>, name: &str, about: &str, chosen: bool, next: Option<&str>) -> Option<Done> {
    let tokens = scene.tokens;
    let mut done = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let room = ui.available_width() - if next.is_some() { BUTTON } else { 0.0 };
        let (rect, response) = ui.allocate_exact_size(vec2(room.max(40.0), ROW), Sense::click());
        let said = format!("{name}: {about}");
        response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, chosen, &said));
        if ui.is_rect_visible(rect) {
            row_ground(ui, &response, chosen, tokens);
            let mut inner = ui.new_child(
                egui::UiBuilder::new()
                    .max_rect(rect.shrink2(vec2(8.0, 4.0)))
                    .layout(egui::Layout::top_down(egui::Align::LEFT)),
            );
            inner.spacing_mut().item_spacing = vec2(4.0, 2.0);
            Words::new(name, FontId::new(tokens.size.body, sans()), tokens.ink).rows(1).show(&mut inner);
            Words::new(about, FontId::new(tokens.size.small, sans()), tokens.quiet_ink).rows(1).show(&mut inner);
        }
        if response.clicked() || (response.has_focus() && ui.input(|i| i.key_pressed(Key::Enter))) {
            done = Some(Done::Row);
        }
        if let Some(next) = next {
            let button = ui.add(Button::new(RichText::new("Next use").small()));
            button.widget_info(|| WidgetInfo::labeled(Role::Button, true, next));
            if button.clicked() {
                done = Some(Done::Button);
            }
        }
    });
    done
}
