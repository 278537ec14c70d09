//! The cards in the margin, level with their words. The one that is open can be edited in place.

use std::collections::BTreeMap;

use eframe::egui::{
    self, Align2, Area, Button, ComboBox, FontId, Frame, Id, Label, Margin, Order, Rect, RichText, Role, Sense, Stroke,
    TextEdit, Ui, UiBuilder, WidgetInfo, pos2,
};

use crate::model::{Action, Annotation, AnnotationKind, Project, Recommendation, Severity, Status};
use crate::workspace::{AnnotateCommand, Command, Focus, Question, ViewCommand};

use super::replies;
use super::scene::{Scene, Wish};
use super::theme::{Tokens, sans, serif_italic};
use super::widgets::{Words, labelled, tag};

/// Cards drawn at most; more never fit a screen.
const MOST: usize = 40;
const GAP: f32 = 8.0;
const WIDEST: f32 = 340.0;
/// Beside a page that leaves less than this no cards stand.
const NARROWEST: f32 = 120.0;
/// Where less than this is left, the open card floats over the page.
const ROOM_TO_WRITE: f32 = 220.0;

/// What the margin remembers between frames.
#[derive(Default)]
pub struct CardState {
    heights: BTreeMap<Focus, f32>,
    /// The note that gets the keyboard when its card opens.
    pub write_in: Option<Focus>,
    /// The card whose field for a reply gets the keyboard.
    pub reply_in: Option<Focus>,
}

/// A remark in sight: which, and where its words begin, in points of the screen.
#[derive(Clone, Copy, Debug)]
pub struct InSight {
    /// Which.
    pub focus: Focus,
    /// Top of its words.
    pub top: f32,
}

/// Draws the cards of the remarks in sight into the free column beside the page.
/// `page` is all of the page with its margins.
pub fn show(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    state: &mut CardState,
    mut in_sight: Vec<InSight>,
    (page, margin): (Rect, Rect),
) {
    let open = scene.w.view().focus;
    in_sight.sort_by(|a, b| a.top.total_cmp(&b.top));
    let mut seen = std::collections::BTreeSet::new();
    in_sight.retain(|c| seen.insert(c.focus));
    if let Some(open) = open
        && !seen.contains(&open)
    {
        // The open card stays, even if its words are not in sight: nobody loses what they are writing.
        in_sight.push(InSight { focus: open, top: margin.top() });
        in_sight.sort_by(|a, b| a.top.total_cmp(&b.top));
    }
    if in_sight.len() > MOST {
        let at = open.and_then(|o| in_sight.iter().position(|c| c.focus == o)).unwrap_or(0);
        let from = at.saturating_sub(MOST / 2).min(in_sight.len() - MOST);
        in_sight = in_sight[from..from + MOST].to_vec();
    }
    let left = margin.left() + 12.0;
    let width = (margin.width() - 24.0).min(WIDEST);
    if let Some(focus) = open.filter(|_| width < ROOM_TO_WRITE) {
        let words = in_sight.iter().find(|c| c.focus == focus).map_or_else(|| margin.top(), |c| c.top);
        float(ui, scene, state, focus, (page, words));
        in_sight.retain(|c| c.focus != focus);
    }
    if width < NARROWEST {
        return;
    }
    let tops = arrange(&in_sight, &state.heights, open, margin);
    let mut ui = ui.new_child(UiBuilder::new().max_rect(margin).id_salt("cards"));
    ui.set_clip_rect(margin.intersect(ui.clip_rect()));
    for (card, top) in in_sight.iter().zip(tops) {
        let known = state.heights.get(&card.focus).copied().unwrap_or(60.0);
        if (top + known < margin.top() || top > margin.bottom()) && Some(card.focus) != open {
            continue;
        }
        let rect = Rect::from_min_size(pos2(left, top), egui::vec2(width, 2000.0));
        let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(card.focus.annotation));
        draw(&mut child, scene, state, card.focus, Some(card.focus) == open);
        let height = child.min_rect().height();
        if (height - known).abs() > 0.5 {
            state.heights.insert(card.focus, height);
            ui.ctx().request_repaint();
        }
    }
}

/// The card of a remark by itself, open, wherever there is room for it. A screen that has it says where it stands.
pub fn open_card(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut CardState, focus: Focus) {
    draw(ui, scene, state, focus, true);
}

/// The open card over the page, in the half where its words are not.
fn float(ui: &Ui, scene: &mut Scene<'_>, state: &mut CardState, open: Focus, (page, words): (Rect, f32)) {
    let page = page.shrink(12.0);
    let (pivot, at) = if words > page.center().y {
        (Align2::RIGHT_TOP, page.right_top())
    } else {
        (Align2::RIGHT_BOTTOM, page.right_bottom())
    };
    let area = Area::new(Id::unique("open card")).order(Order::Middle).pivot(pivot).fixed_pos(at);
    area.show(ui.ctx(), |ui| {
        ui.set_width(WIDEST.min(page.width()));
        let height = page.height() * 0.6;
        egui::ScrollArea::vertical().max_height(height).show(ui, |ui| draw(ui, scene, state, open, true));
    });
}

/// Where each card begins: level with its words, pushed apart where they would overlap; the open one keeps its place.
fn arrange(cards: &[InSight], heights: &BTreeMap<Focus, f32>, open: Option<Focus>, margin: Rect) -> Vec<f32> {
    let height = |c: &InSight| heights.get(&c.focus).copied().unwrap_or(60.0);
    let mut tops: Vec<f32> = cards.iter().map(|c| c.top).collect();
    let pivot = open.and_then(|o| cards.iter().position(|c| c.focus == o)).unwrap_or(0);
    if let (Some(top), Some(card)) = (tops.get_mut(pivot), cards.get(pivot)) {
        let lowest = (margin.bottom() - height(card) - GAP).max(margin.top() + GAP);
        *top = top.clamp(margin.top() + GAP, lowest.max(margin.top() + GAP));
    }
    for i in pivot + 1..cards.len() {
        tops[i] = tops[i].max(tops[i - 1] + height(&cards[i - 1]) + GAP);
    }
    for i in (0..pivot).rev() {
        tops[i] = tops[i].min(tops[i + 1] - height(&cards[i]) - GAP);
    }
    tops
}

fn draw(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut CardState, focus: Focus, open: bool) {
    let tokens = scene.tokens;
    let Some(project) = scene.w.project() else { return };
    let Some(annotation) = project.annotation(focus.analyst, focus.annotation) else { return };
    let line = if open { Stroke::new(1.5, tokens.accent) } else { Stroke::new(1.0, tokens.chrome_line) };
    let frame = Frame::new()
        .fill(tokens.chrome_raised)
        .stroke(line)
        .corner_radius(tokens.size.corner)
        .inner_margin(Margin::symmetric(10, 8));
    let mut clicked = false;
    let inside = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing = egui::vec2(5.0, 5.0);
        header(ui, scene, project, annotation, focus);
        if open && scene.w.can_write(focus.analyst) && scene.w.can_edit() {
            editor(ui, scene, state, annotation, focus);
        } else {
            reading(ui, scene, annotation, focus, open);
        }
        if open {
            replies::show(ui, scene, focus, &mut state.reply_in);
        } else {
            replies::sum(ui, scene, focus);
        }
    });
    if !open {
        let name = card_name(project, annotation);
        let response =
            ui.interact(inside.response.rect, ui.scope_id().with(("card", focus.annotation)), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        clicked |= response.clicked();
        if response.hovered() {
            ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
        }
        if response.has_focus() {
            let stroke = Stroke::new(1.5, tokens.accent);
            ui.painter().rect_stroke(inside.response.rect, tokens.size.corner, stroke, egui::StrokeKind::Outside);
        }
    }
    if clicked {
        scene.view(ViewCommand::Focus(Some(focus)));
    }
}

/// What a screen reader says of a closed card.
fn card_name(project: &Project, a: &Annotation) -> String {
    let concerns: Vec<&str> =
        a.concerns.iter().filter_map(|&c| project.codebook.get(c)).map(|c| c.name.as_str()).collect();
    let note: String = a.note.chars().take(120).collect();
    let about = if concerns.is_empty() { "untagged".to_owned() } else { concerns.join(", ") };
    format!("Card {about}: {note}")
}

fn header(ui: &mut Ui, scene: &Scene<'_>, project: &Project, a: &Annotation, focus: Focus) {
    let tokens = scene.tokens;
    let quiet = |text: &str| RichText::new(text).small().color(tokens.quiet_ink);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(4.0, 3.0);
        let concerns: Vec<_> = a.concerns.iter().filter_map(|&c| project.codebook.get(c)).collect();
        for concern in &concerns {
            tag(ui, concern, tokens);
        }
        match concerns.as_slice() {
            [] => {
                ui.label(quiet("no concern yet"));
            }
            [one] => {
                ui.add(Label::new(RichText::new(&one.name).small().color(tokens.ink)).wrap());
            }
            _ => {}
        }
    });
    let mut about = Vec::new();
    if a.kind != AnnotationKind::Remark {
        about.push(kind_word(a.kind).to_owned());
    }
    if let Some(severity) = a.severity {
        let step = usize::from(severity.step());
        let word = capital(severity.word());
        about.push(format!("{}{} {word}", "\u{25cf}".repeat(step), "\u{25cb}".repeat(4 - step)));
    }
    if !scene.w.is_own(focus.analyst)
        && let Some(set) = project.sets.get(&focus.analyst)
    {
        about.push(set.analyst.name.clone());
    }
    if !about.is_empty() {
        ui.add(Label::new(quiet(&about.join("   "))).truncate());
    }
}

/// A card as it reads: the note, the recommendation.
fn reading(ui: &mut Ui, scene: &mut Scene<'_>, a: &Annotation, focus: Focus, open: bool) {
    let tokens = scene.tokens;
    if !a.note.is_empty() {
        let note = if open { a.note.clone() } else { shorten(&a.note, 150) };
        Words::new(&note, FontId::new(tokens.size.body, sans()), tokens.ink).show(ui);
    }
    if let Some(r) = &a.recommendation {
        let mut asked = capital(&r.summary());
        if open && !r.supports.is_empty() {
            asked = format!("{asked} (supports {})", r.supports);
        }
        ui.add(Label::new(RichText::new(asked).small().color(tokens.accent)).wrap());
        if !r.proposed.is_empty() {
            let proposed = if open { r.proposed.clone() } else { shorten(&r.proposed, 90) };
            let quoted = format!("\u{201c}{proposed}\u{201d}");
            Words::new(&quoted, FontId::new(tokens.size.small + 1.5, serif_italic()), tokens.ink).show(ui);
        }
    }
    source(ui, scene, a, focus, open);
    if open {
        ui.horizontal(|ui| {
            ui.label(RichText::new(format!("Status {}", a.status.word())).small().color(tokens.quiet_ink));
            if ui.small_button("Close").clicked() {
                scene.view(ViewCommand::Focus(None));
                scene.wishes.push(Wish::FocusPage);
            }
        });
    }
}

/// The commentary that its words are from; of the open card, leading to the place in it.
fn source(ui: &mut Ui, scene: &mut Scene<'_>, a: &Annotation, focus: Focus, open: bool) {
    let tokens = scene.tokens;
    let Some(origin) = &a.source else { return };
    let line = format!("From {}", origin.line());
    let line = if open { line } else { shorten(&line, 90) };
    if !open {
        Words::new(&line, FontId::new(tokens.size.small, sans()), tokens.quiet_ink).rows(1).brief().show(ui);
        return;
    }
    let words = RichText::new(line).small().color(tokens.link);
    let button = ui.add(Button::new(words).wrap().frame(false)).on_hover_text("Show the place in the commentary");
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("From {}", origin.line())));
    if button.clicked() {
        scene.view(ViewCommand::ShowOrigin(focus));
    }
}

fn editor(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut CardState, a: &Annotation, focus: Focus) {
    let tokens = scene.tokens;
    let id = a.id;
    let annotate = |scene: &mut Scene<'_>, command: AnnotateCommand| scene.run(Command::Annotate(command));
    ui.horizontal(|ui| {
        if ui.button("Concerns…").on_hover_text("Add or take off concerns (Ctrl+T)").clicked() {
            scene.ask(Question::PickConcern);
        }
        let mut kind = a.kind;
        ComboBox::from_id_salt("kind")
            .width(84.0)
            .selected_text(kind_word(kind))
            .show_ui(ui, |ui| {
                for k in AnnotationKind::ALL {
                    ui.selectable_value(&mut kind, k, kind_word(k));
                }
            })
            .response
            .accessible_name("Remark, absence or safeguard");
        if kind != a.kind {
            annotate(scene, AnnotateCommand::SetKind { id, kind });
        }
    });
    ui.label(RichText::new("Severity").small().color(tokens.quiet_ink));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        ui.spacing_mut().button_padding.x = 5.0;
        for severity in Severity::ALL {
            let on = a.severity == Some(severity);
            let button =
                Button::selectable(on, RichText::new(capital(severity.word())).small()).frame_when_inactive(true);
            if ui.add(button).clicked() {
                annotate(scene, AnnotateCommand::SetSeverity { id, severity: (!on).then_some(severity) });
            }
        }
    });
    let mut note = a.note.clone();
    let response = labelled(ui, "Note", tokens, |ui| {
        ui.add(
            TextEdit::multiline(&mut note)
                .hint_text("What is wrong here, and why it matters")
                .desired_width(f32::INFINITY)
                .desired_rows(3),
        )
    });
    if state.write_in == Some(focus) {
        state.write_in = None;
        response.request_focus();
    }
    if response.changed() {
        annotate(scene, AnnotateCommand::SetNote { id, note });
    }
    recommendation(ui, scene, a);
    source(ui, scene, a, focus, true);
    ui.horizontal(|ui| {
        let mut status = a.status;
        ComboBox::from_id_salt("status")
            .width(92.0)
            .selected_text(capital(status.word()))
            .show_ui(ui, |ui| {
                for s in Status::ALL {
                    ui.selectable_value(&mut status, s, capital(s.word()));
                }
            })
            .response
            .accessible_name("Status");
        if status != a.status {
            annotate(scene, AnnotateCommand::SetStatus { id, status });
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.button("Done").on_hover_text("Esc").clicked() {
                scene.view(ViewCommand::Focus(None));
                scene.wishes.push(Wish::FocusPage);
            }
            if ui
                .button(RichText::new("Delete").color(tokens.danger))
                .on_hover_text("Ctrl+Delete; Ctrl+Z brings it back")
                .clicked()
            {
                annotate(scene, AnnotateCommand::Delete(vec![id]));
                scene.wishes.push(Wish::FocusPage);
            }
        });
    });
}

fn recommendation(ui: &mut Ui, scene: &mut Scene<'_>, a: &Annotation) {
    let mut new = a.recommendation.clone();
    recommendation_fields(ui, scene.tokens, &mut new);
    if new != a.recommendation {
        scene.run(Command::Annotate(AnnotateCommand::SetRecommendation { id: a.id, recommendation: new }));
    }
}

/// What should change, to be edited.
pub fn recommendation_fields(ui: &mut Ui, tokens: &Tokens, new: &mut Option<Recommendation>) {
    ui.horizontal(|ui| {
        let label = ui.label(RichText::new("Recommend").small().color(tokens.quiet_ink));
        let mut action = new.as_ref().map(|r| r.action);
        ComboBox::from_id_salt("action")
            .width(92.0)
            .selected_text(action.map_or_else(|| "nothing".to_owned(), |x| x.word().to_owned()))
            .show_ui(ui, |ui| {
                ui.selectable_value(&mut action, None, "nothing");
                for x in Action::ALL {
                    ui.selectable_value(&mut action, Some(x), x.word());
                }
            })
            .response
            .labelled_by(label.id);
        match (action, &mut *new) {
            (Some(action), Some(r)) => r.action = action,
            (Some(action), None) => *new = Some(Recommendation::to(action)),
            (None, _) => *new = None,
        }
    });
    if let Some(r) = new {
        let mut targets = r.targets.join("; ");
        let word = if r.action == Action::Limit { "Limit to" } else { "Provisions" };
        let field = |ui: &mut Ui, label: &str, hint: &str, text: &mut String, rows: usize| {
            labelled(ui, label, tokens, |ui| {
                let edit =
                    if rows > 1 { TextEdit::multiline(text).desired_rows(rows) } else { TextEdit::singleline(text) };
                ui.add(edit.hint_text(hint.to_owned()).desired_width(f32::INFINITY))
            })
            .changed()
        };
        if field(ui, word, "Articles 7 to 11", &mut targets, 1) {
            r.targets = if targets.is_empty() { Vec::new() } else { vec![targets] };
        }
        field(ui, "Proposed words", "The words as they should read", &mut r.proposed, 2);
        field(ui, "Supports the proposal of", "Whose proposal, if any", &mut r.supports, 1);
    }
}

/// The word for it on screen.
pub fn kind_word(kind: AnnotationKind) -> &'static str {
    match kind {
        AnnotationKind::Remark => "Remark",
        AnnotationKind::Absence => "Absence",
        AnnotationKind::Presence => "Present",
        AnnotationKind::NotNeeded => "Not needed",
    }
}

/// With a capital first letter.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// At most so many characters, cut at a word, in one line.
pub fn shorten(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most {
        return line;
    }
    let cut: String = line.chars().take(most).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head);
    format!("{cut}…")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AnalystId, AnnotationId};

    #[test]
    fn cards_do_not_overlap_and_the_open_one_keeps_its_place() {
        let margin = Rect::from_min_max(pos2(0.0, 0.0), pos2(300.0, 1000.0));
        let focus = |n| Focus { analyst: AnalystId(1), annotation: AnnotationId(n) };
        let cards: Vec<InSight> = (0..5).map(|n| InSight { focus: focus(n), top: 400.0 + n as f32 }).collect();
        let heights = cards.iter().map(|c| (c.focus, 50.0)).collect();
        let tops = arrange(&cards, &heights, Some(focus(2)), margin);
        assert_eq!(tops[2], 402.0);
        for pair in tops.windows(2) {
            assert!(pair[1] - pair[0] >= 50.0 + GAP - 0.01, "{tops:?}");
        }
    }
}
