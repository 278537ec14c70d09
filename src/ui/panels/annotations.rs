//! The annotation list: filtered, sorted; a click shows the place.

use std::sync::Arc;

use eframe::egui::{self, ComboBox, FontId, Key, Label, RichText, Role, Sense, TextEdit, Ui, WidgetInfo};

use crate::model::{AnnotationKind, ConcernId, Severity, Status};
use crate::ui::bars::count;
use crate::ui::replies;
use crate::ui::scene::Scene;
use crate::ui::theme::sans;
use crate::ui::widgets::{Words, row_ground, tag};
use crate::workspace::{ListFilter, Remark, SortBy, ViewCommand};

/// What the page remembers.
#[derive(Default)]
pub struct ListState {
    open: bool,
}

const ROW: f32 = 68.0;

/// Draws the page.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut ListState) {
    let tokens = scene.tokens;
    filters(ui, scene, state);
    let derived = scene.w.derived();
    let list = &derived.list;
    let of = derived.list_of;
    ui.label(
        RichText::new(if list.len() == of {
            count(of, "annotation", "annotations")
        } else {
            format!("{} of {of} annotations", list.len())
        })
        .small()
        .color(tokens.quiet_ink),
    );
    if list.is_empty() {
        let words = if of == 0 {
            "Select words in the draft and press a concern's key, or Ctrl+T to pick one"
        } else {
            "No annotation passes the filter"
        };
        ui.add_space(tokens.space.medium);
        ui.add(Label::new(RichText::new(words).color(tokens.quiet_ink)).wrap());
        replies::astray(ui, scene);
        return;
    }
    replies::astray(ui, scene);
    let list = &scene.w.derived().list;
    let rows = list.len();
    ui.spacing_mut().item_spacing.y = 2.0;
    egui::ScrollArea::vertical().id_salt("annotations").auto_shrink([false, false]).show_rows(
        ui,
        ROW,
        rows,
        |ui, visible| {
            for n in visible {
                if let Some(remark) = scene.w.derived().list.get(n).cloned() {
                    row(ui, scene, &remark);
                }
            }
        },
    );
}

fn row(ui: &mut Ui, scene: &mut Scene<'_>, remark: &Remark) {
    let tokens = scene.tokens;
    let Some(project) = scene.w.project() else { return };
    let Some(a) = project.annotation(remark.focus.analyst, remark.focus.annotation) else { return };
    let Some(placement) = a.placements.get(&remark.draft) else { return };
    let (rect, response) = ui.allocate_exact_size(egui::vec2(ui.available_width(), ROW), Sense::click());
    let chosen = scene.w.view().focus == Some(remark.focus);
    let citation = scene.w.cited(placement.citation());
    let words = placement.quote().exact.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = format!("{citation}: {words}");
    response.widget_info(|| {
        WidgetInfo::selected(Role::ListBoxOption, true, chosen, name.chars().take(160).collect::<String>())
    });
    if ui.is_rect_visible(rect) {
        row_ground(ui, &response, chosen, tokens);
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(rect.shrink2(egui::vec2(8.0, 5.0))));
        inner.spacing_mut().item_spacing = egui::vec2(4.0, 2.0);
        inner.horizontal(|ui| {
            for concern in remark.concerns.iter().take(3).filter_map(|&c| project.codebook.get(c)) {
                tag(ui, concern, tokens);
            }
            let mut about = citation;
            if remark.draft != scene.w.view().current.unwrap_or(remark.draft) || scene.w.view().filter.all_drafts {
                about = format!(
                    "{about}, {}",
                    project.draft(remark.draft).map_or("a draft not in this project", |d| d.name())
                );
            }
            Words::new(&about, FontId::new(tokens.size.small, sans()), tokens.ink).rows(1).show(ui);
            if let Some(severity) = a.severity {
                ui.label(RichText::new(severity.word()).small().color(tokens.quiet_ink));
            }
            replies::sum(ui, scene, remark.focus);
        });
        let sign = match (remark.lost, a.kind) {
            (true, _) => "Lost: ",
            (_, AnnotationKind::Absence) => "Absence: ",
            (_, AnnotationKind::Presence) => "Present: ",
            (_, AnnotationKind::NotNeeded) => "Not needed: ",
            _ => "",
        };
        let line =
            if a.note.is_empty() { format!("{sign}\u{201c}{words}\u{201d}") } else { format!("{sign}{}", a.note) };
        let short: String = line.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(300).collect();
        let color = if a.note.is_empty() { tokens.quiet_ink } else { tokens.ink };
        let font = FontId::new(tokens.size.body - 0.5, sans());
        Words::new(&short, font, color).rows(2).show(&mut inner);
    }
    let opened = response.clicked() || (response.has_focus() && ui.input(|i| i.key_pressed(Key::Enter)));
    if opened {
        if scene.w.view().current != Some(remark.draft) && !remark.lost {
            scene.view(ViewCommand::OpenDraft(remark.draft));
        }
        scene.view(ViewCommand::ShowAnnotation(remark.focus));
    }
}

fn filters(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut ListState) {
    let tokens = scene.tokens;
    let mut filter = scene.w.view().filter.clone();
    ui.horizontal(|ui| {
        let width = ui.available_width() - 86.0;
        ui.add(TextEdit::singleline(&mut filter.text).hint_text("Filter annotations").desired_width(width))
            .accessible_name("Filter annotations");
        let restricts = filter.restricts();
        let text = if restricts { "Filter •" } else { "Filter" };
        if ui.add(egui::Button::selectable(state.open, text)).clicked() {
            state.open = !state.open;
        }
    });
    if state.open {
        egui::Grid::new("annotation filters").num_columns(2).spacing([tokens.space.medium, tokens.space.small]).show(
            ui,
            |ui| {
                let project = scene.w.project();
                let concerns: Vec<_> = project.map_or_else(Vec::new, |p| {
                    p.codebook
                        .tree()
                        .iter()
                        .map(|(d, c)| (c.id, format!("{}{} {}", "   ".repeat(*d), c.tag, c.name)))
                        .collect()
                });
                which_concern(ui, &mut filter, &concerns);
                let severities: Vec<_> = Severity::ALL
                    .iter()
                    .map(|&s| {
                        (
                            s,
                            if s == Severity::Critical {
                                s.word().to_owned()
                            } else {
                                format!("{} or worse", s.word())
                            },
                        )
                    })
                    .collect();
                pick(ui, "Severity", &mut filter.severity, &severities);
                let analysts: Vec<_> = scene.w.analysts().into_iter().map(|(id, name, ..)| (id, name)).collect();
                pick(ui, "Analyst", &mut filter.analyst, &analysts);
                let statuses: Vec<_> = Status::ALL.iter().map(|&s| (s, s.word().to_owned())).collect();
                pick(ui, "Status", &mut filter.status, &statuses);
                which_kind(ui, &mut filter);
                which_draft(ui, scene, &mut filter);
                let label = ui.label(RichText::new("Order").small().color(tokens.quiet_ink));
                ComboBox::from_id_salt("order")
                    .width(150.0)
                    .selected_text(filter.sort.name())
                    .show_ui(ui, |ui| {
                        for sort in SortBy::ALL {
                            ui.selectable_value(&mut filter.sort, sort, sort.name());
                        }
                    })
                    .response
                    .labelled_by(label.id);
                ui.end_row();
            },
        );
        ui.horizontal(|ui| {
            if filter.restricts() && ui.button("Clear").clicked() {
                filter = ListFilter { all_drafts: filter.all_drafts, sort: filter.sort, ..Default::default() };
            }
        });
    }
    if filter != scene.w.view().filter {
        scene.view(ViewCommand::Filter(filter));
    }
}

/// Any concern, none at all, or a certain one.
fn which_concern(ui: &mut Ui, filter: &mut ListFilter, concerns: &[(ConcernId, String)]) {
    let none = (None, "none".to_owned());
    let choices: Vec<(Option<ConcernId>, String)> =
        std::iter::once(none).chain(concerns.iter().map(|(id, text)| (Some(*id), text.clone()))).collect();
    let mut chosen = if filter.no_concern { Some(None) } else { filter.concern.map(Some) };
    pick(ui, "Concern", &mut chosen, &choices);
    (filter.concern, filter.no_concern) = (chosen.flatten(), chosen == Some(None));
}

/// What raises a concern, or a certain kind.
fn which_kind(ui: &mut Ui, filter: &mut ListFilter) {
    let names = ["remarks", "absences", "safeguards present", "safeguards not needed"];
    let kinds = AnnotationKind::ALL.into_iter().zip(names).map(|(kind, name)| (Some(kind), name.to_owned()));
    let choices: Vec<_> = std::iter::once((None, "remarks and absences".to_owned())).chain(kinds).collect();
    let mut chosen = if filter.raised { Some(None) } else { filter.kind.map(Some) };
    pick(ui, "Kind", &mut chosen, &choices);
    (filter.kind, filter.raised) = (chosen.flatten(), chosen == Some(None));
}

/// The open draft, all of them, or a certain one.
fn which_draft(ui: &mut Ui, scene: &Scene<'_>, filter: &mut ListFilter) {
    let drafts: Vec<_> =
        scene.w.project().map_or_else(Vec::new, |p| p.drafts.iter().map(|d| (d.id, d.name().to_owned())).collect());
    let name = ui.label(RichText::new("Draft").small());
    let shown = match (filter.draft, filter.all_drafts) {
        (Some(id), _) => drafts.iter().find(|(d, _)| *d == id).map_or("the open one", |(_, name)| name.as_str()),
        (None, true) => "all",
        (None, false) => "the open one",
    };
    ComboBox::from_id_salt("Draft")
        .width(150.0)
        .selected_text(shown.chars().take(24).collect::<String>())
        .show_ui(ui, |ui| {
            let mut choice = (filter.draft, filter.all_drafts);
            ui.selectable_value(&mut choice, (None, false), "the open one");
            ui.selectable_value(&mut choice, (None, true), "all");
            for (id, name) in &drafts {
                ui.selectable_value(&mut choice, (Some(*id), false), name);
            }
            (filter.draft, filter.all_drafts) = choice;
        })
        .response
        .labelled_by(name.id);
    ui.end_row();
}

fn pick<T: PartialEq + Copy>(ui: &mut Ui, label: &str, value: &mut Option<T>, choices: &[(T, String)]) {
    let name = ui.label(RichText::new(label).small());
    let shown: Arc<str> = value
        .and_then(|v| choices.iter().find(|(c, _)| *c == v))
        .map_or_else(|| "any".into(), |(_, text)| text.trim().into());
    ComboBox::from_id_salt(label)
        .width(150.0)
        .selected_text(shown.chars().take(24).collect::<String>())
        .show_ui(ui, |ui| {
            ui.selectable_value(value, None, "any");
            for (choice, text) in choices {
                ui.selectable_value(value, Some(*choice), text);
            }
        })
        .response
        .labelled_by(name.id);
    ui.end_row();
}
