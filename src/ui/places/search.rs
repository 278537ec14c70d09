//! Search across all drafts and notes: the question, where to look, and the answers by draft.

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{
    self, ComboBox, FontId, Key, Label, Panel, RichText, Role, Sense, Stroke, TextEdit, Ui, WidgetInfo, vec2,
};

use crate::model::DraftId;
use crate::search::{Hit, Order, QueryError, Snippet};
use crate::ui::bars::count;
use crate::ui::scene::Scene;
use crate::ui::theme::{Tokens, sans, serif};
use crate::ui::widgets::{Words, row_ground};
use crate::workspace::{Command, SearchCommand};

const ROW: f32 = 66.0;

/// What the place remembers.
#[derive(Default)]
pub struct SearchState {
    text: String,
    /// The question the text was last taken from or given to.
    asked: String,
    shown: bool,
}

/// Draws the place.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut SearchState) {
    let tokens = scene.tokens;
    if scene.w.search().query != state.asked {
        state.text.clone_from(&scene.w.search().query);
        state.asked.clone_from(&state.text);
    }
    let side = egui::Frame::new().fill(tokens.chrome).inner_margin(egui::Margin::symmetric(14, 10));
    let panel = Panel::left("search filters").frame(side).resizable(true).default_size(260.0).min_size(190.0);
    panel.show(ui, |ui| filters(ui, scene));
    egui::CentralPanel::default().frame(egui::Frame::new().fill(tokens.paper).inner_margin(20)).show(ui, |ui| {
        question(ui, scene, state);
        ui.add_space(tokens.space.medium);
        answers(ui, scene);
    });
}

fn question(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut SearchState) {
    let tokens = scene.tokens;
    let field = TextEdit::singleline(&mut state.text)
        .hint_text("Words, \"a phrase\", surveil*, AND OR NOT, article:23, concern:surveillance, /a regex/")
        .font(FontId::new(tokens.size.body + 2.0, sans()))
        .margin(vec2(10.0, 8.0))
        .desired_width(f32::INFINITY);
    let response = ui.add(field).accessible_name("Search all drafts");
    // Coming here means wanting to type.
    if !std::mem::replace(&mut state.shown, true)
        || ui.ctx().memory(|m| m.focused().is_none() && m.top_modal_layer().is_none())
    {
        response.request_focus();
    }
    if state.text != state.asked {
        state.asked.clone_from(&state.text);
        scene.run(Command::Search(SearchCommand::Ask(state.text.clone())));
    }
    let complaints = scene.w.search().error.iter().chain(scene.w.search().results.iter().flat_map(|r| &r.notices));
    for error in complaints {
        complaint(ui, tokens, &scene.w.search().query, error);
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

fn filters(ui: &mut Ui, scene: &mut Scene<'_>) {
    let tokens = scene.tokens;
    let Some(project) = scene.w.project() else { return };
    let quiet = |text: &str| RichText::new(text).small().color(tokens.quiet_ink);
    let options = scene.w.search().options.clone();
    let found = |draft: DraftId| -> usize {
        let results = scene.w.search().results.as_ref();
        results.and_then(|r| r.per_draft.iter().find(|(d, _)| *d == draft)).map_or(0, |(_, n)| *n)
    };
    egui::ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        ui.add_space(tokens.space.small);
        ui.label(quiet("Drafts"));
        // Names on several lines must not run into one another.
        ui.spacing_mut().item_spacing.y = tokens.space.small;
        let mut drafts = options.drafts.clone().unwrap_or_default();
        let before = drafts.clone();
        for draft in &project.drafts {
            let mut on = drafts.contains(&draft.id);
            let n = found(draft.id);
            let text = if n > 0 { format!("{} ({n})", draft.name()) } else { draft.name().to_owned() };
            if ui.checkbox(&mut on, text).changed() {
                if on {
                    drafts.insert(draft.id)
                } else {
                    drafts.remove(&draft.id)
                };
            }
        }
        ui.label(quiet(if drafts.is_empty() {
            "None is ticked: all are searched"
        } else {
            "Only the ticked ones are searched"
        }));
        if drafts != before {
            scene.run(Command::Search(SearchCommand::Drafts(drafts)));
        }
        ui.add_space(tokens.space.medium);
        let name = ui.label(quiet("Tagged with"));
        let mut concerns = options.concerns.clone().unwrap_or_default();
        let chosen =
            concerns.iter().find_map(|&c| project.codebook.get(c)).map_or("any or no concern", |c| c.name.as_str());
        let before = concerns.clone();
        ComboBox::from_id_salt("tagged")
            .width(ui.available_width() - 8.0)
            .selected_text(chosen.chars().take(28).collect::<String>())
            .show_ui(ui, |ui| {
                if ui.selectable_label(concerns.is_empty(), "any or no concern").clicked() {
                    concerns.clear();
                }
                for (depth, concern) in project.codebook.tree() {
                    let text = format!("{}{} {}", "   ".repeat(depth), concern.tag, concern.name);
                    if ui.selectable_label(concerns.contains(&concern.id), text).clicked() {
                        // A concern stands for those below it.
                        let within = |c: &&crate::model::Concern| project.codebook.is_within(c.id, concern.id);
                        concerns = project.codebook.concerns.iter().filter(within).map(|c| c.id).collect();
                    }
                }
            })
            .response
            .labelled_by(name.id);
        if concerns != before {
            scene.run(Command::Search(SearchCommand::Concerns(concerns)));
        }
        ui.add_space(tokens.space.medium);
        let analysts = scene.w.analysts();
        if !analysts.is_empty() {
            ui.label(quiet("Remarked on by"));
            let mut chosen = options.analysts.clone().unwrap_or_default();
            let before = chosen.clone();
            for (id, name, ..) in analysts {
                let mut on = chosen.contains(&id);
                if ui.checkbox(&mut on, name).changed() {
                    if on {
                        chosen.insert(id)
                    } else {
                        chosen.remove(&id)
                    };
                }
            }
            if chosen != before {
                scene.run(Command::Search(SearchCommand::Analysts(chosen)));
            }
            ui.add_space(tokens.space.medium);
        }
        ui.label(quiet("Order"));
        let mut ranked = options.order == Order::Ranked;
        let was = ranked;
        ui.radio_value(&mut ranked, false, "As the drafts read");
        ui.radio_value(&mut ranked, true, "Best first");
        if ranked != was {
            scene.run(Command::Search(SearchCommand::Ranked(ranked)));
        }
    });
}

enum Line {
    Draft(DraftId, usize),
    Hit(usize),
}

fn answers(ui: &mut Ui, scene: &mut Scene<'_>) {
    let tokens = scene.tokens;
    let search = scene.w.search();
    if search.query.trim().is_empty() {
        help(ui, scene);
        return;
    }
    let Some(results) = &search.results else {
        if scene.w.is_indexing() {
            ui.label(RichText::new("Preparing the search…").color(tokens.quiet_ink));
        }
        return;
    };
    let places = count(results.total, "place", "places");
    let said = match (results.total, results.truncated) {
        (0, _) => "Nothing found".to_owned(),
        (_, true) => format!("{places}; the first {} are shown", results.hits.len()),
        (_, false) => places,
    };
    ui.label(RichText::new(said).color(tokens.quiet_ink));
    let ranked = search.options.order == Order::Ranked;
    let mut lines = Vec::with_capacity(results.hits.len() + results.per_draft.len());
    let mut last = None;
    for (n, hit) in results.hits.iter().enumerate() {
        if !ranked && last != Some(hit.draft) {
            last = Some(hit.draft);
            let total = results.per_draft.iter().find(|(d, _)| *d == hit.draft).map_or(0, |(_, n)| *n);
            lines.push(Line::Draft(hit.draft, total));
        }
        lines.push(Line::Hit(n));
    }
    step_by_keys(ui, scene, results.hits.len());
    ui.spacing_mut().item_spacing.y = 2.0;
    egui::ScrollArea::vertical().id_salt("answers").auto_shrink([false, false]).show_rows(
        ui,
        ROW,
        lines.len(),
        |ui, rows| {
            for line in lines.get(rows).unwrap_or_default() {
                match line {
                    Line::Draft(id, total) => group(ui, scene, *id, *total),
                    Line::Hit(n) => {
                        if let Some(hit) = scene.w.search().results.as_ref().and_then(|r| r.hits.get(*n)).cloned() {
                            hit_row(ui, scene, *n, &hit, ranked);
                        }
                    }
                }
            }
        },
    );
}

/// F4 and Shift+F4 open the next and the previous answer.
fn step_by_keys(ui: &Ui, scene: &mut Scene<'_>, hits: usize) {
    let back = ui.input_mut(|i| i.consume_key(egui::Modifiers::SHIFT, Key::F4));
    let on = ui.input_mut(|i| i.consume_key(egui::Modifiers::NONE, Key::F4));
    if hits == 0 || !(back || on) {
        return;
    }
    let next = match (scene.w.search().current, back) {
        (None, _) => 0,
        (Some(n), true) => (n + hits - 1) % hits,
        (Some(n), false) => (n + 1) % hits,
    };
    scene.run(Command::Search(SearchCommand::Open(next)));
}

fn group(ui: &mut Ui, scene: &Scene<'_>, id: DraftId, total: usize) {
    let tokens = scene.tokens;
    let Some(draft) = scene.w.project().and_then(|p| p.draft(id)) else { return };
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(rect.shrink2(vec2(0.0, 12.0))));
    ui.with_layout(egui::Layout::left_to_right(egui::Align::Max), |ui| {
        ui.label(RichText::new(draft.name()).strong().size(tokens.size.body + 2.0).color(tokens.ink));
        let mut about = count(total, "place", "places");
        if !draft.details.symbol.is_empty() {
            about = format!("{}, {about}", draft.details.symbol);
        }
        ui.label(RichText::new(about).small().color(tokens.quiet_ink));
    });
}

fn hit_row(ui: &mut Ui, scene: &mut Scene<'_>, n: usize, hit: &Hit, with_draft: bool) {
    let tokens = scene.tokens;
    let Some(draft) = scene.w.project().and_then(|p| p.draft(hit.draft)) else { return };
    let heading = hit
        .provision
        .and_then(|i| draft.outline.article(i))
        .and_then(|a| draft.outline.get(a)?.heading.clone())
        .unwrap_or_default();
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let citation = scene.w.cited(&hit.citation);
    let name = format!("{citation}: {}", hit.snippet.text);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    if ui.is_rect_visible(rect) {
        let chosen = scene.w.search().current == Some(n);
        row_ground(ui, &response, chosen, tokens);
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(rect.shrink2(vec2(10.0, 5.0))));
        inner.spacing_mut().item_spacing.y = 2.0;
        inner.horizontal(|ui| {
            ui.label(RichText::new(citation).small().color(tokens.accent));
            let mut about = heading;
            if hit.annotation.is_some() {
                about = format!("in a note  {about}");
            }
            if with_draft {
                about = format!("{}  {about}", draft.name());
            }
            Words::new(&about, FontId::new(tokens.size.small, sans()), tokens.quiet_ink).rows(1).show(ui);
        });
        snippet(&mut inner, &hit.snippet, tokens);
    }
    if response.clicked() {
        scene.run(Command::Search(SearchCommand::Open(n)));
    }
}

/// A snippet with what was searched for marked.
fn snippet(ui: &mut Ui, snippet: &Snippet, tokens: &Tokens) {
    let font = FontId::new(tokens.size.body + 1.0, serif());
    let mark = TextFormat { background: tokens.search_mark, ..TextFormat::simple(font.clone(), tokens.ink) };
    let marks = snippet.marks.iter().map(|range| (range.clone(), mark.clone())).collect();
    Words::new(&snippet.text, font, tokens.ink).marked(marks).rows(2).show(ui);
}

/// What the question may hold, while there is none.
fn help(ui: &mut Ui, scene: &Scene<'_>) {
    let tokens = scene.tokens;
    ui.add_space(tokens.space.medium);
    ui.label(
        RichText::new("Finds words in every draft and in all notes, in each draft's own language").color(tokens.ink),
    );
    ui.add_space(tokens.space.small);
    egui::Grid::new("search help").num_columns(2).spacing([tokens.space.page, 6.0]).show(ui, |ui| {
        for (example, meaning) in [
            ("intercept data", "both words, in any of their forms"),
            ("\"serious crime\"", "the phrase"),
            ("surveil*", "words that begin so"),
            ("encryption OR cryptography", "one or the other"),
            ("crime NOT (terrorism OR \"money laundering\")", "without these"),
            ("=ICT", "exactly so, capitals included"),
            ("/inter(cept|fere)\\w+/", "a regular expression"),
            ("article:28..30", "in these articles"),
            ("concern:surveillance", "where a remark has this concern"),
            ("severity:>=3", "where a remark is high or critical"),
            ("kind:paragraph  in:heading  in:note", "only there"),
            ("draft:Rev.1  analyst:legal  has:note", "in this draft, by this analyst, with a note"),
        ] {
            ui.label(RichText::new(example).monospace().color(tokens.ink));
            ui.label(RichText::new(meaning).color(tokens.quiet_ink));
            ui.end_row();
        }
    });
}
