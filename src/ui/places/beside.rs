//! A commentary beside its draft: a calm page, its citations as links into the draft, what it suggests marked.

use std::sync::Arc;

use eframe::egui::{Align, ComboBox, FontId, Frame, Key, Layout, Margin, Modifiers, RichText, Ui};

use crate::model::{AnalystId, AnnotationId, Commentary, CommentaryId, Direction, Draft, Printed, TextRange};
use crate::ui::reader::layout::bidi;
use crate::ui::reader::{
    self, Highlight, HighlightIndex, HighlightKind, Page, ReaderEvent, ReaderResponse, ReaderState, ScrollPlace,
    Selection,
};
use crate::ui::scene::{Scene, Wish};
use crate::ui::theme::{sans, serif_semibold};
use crate::ui::widgets::Words;
use crate::workspace::{Question, Review, ReviewState, Suggestions, ViewCommand};

use super::reference::{self, Linked, ReferenceState};

/// Bytes of a text by which it is seen which way its lines run.
const SAMPLE: usize = 4000;
/// How much smaller than the draft it is set, in points.
const SMALLER: f32 = 2.0;

/// What is remembered of the commentary between frames.
#[derive(Default)]
pub struct BesideState {
    /// Its page is to get the keyboard.
    pub focus: bool,
    /// Its page has the keyboard.
    pub has_keyboard: bool,
    of: Option<CommentaryId>,
    reader: ReaderState,
    printed: Arc<Printed>,
    selection: Option<Selection>,
    links: ReferenceState,
    /// The suggestions as the page marks them, made from these.
    marks: Option<(u64, Arc<Suggestions>, HighlightIndex)>,
    followed: u64,
}

/// Draws it. `draft` is the one it speaks about, which stands beside it.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut BesideState, commentary: &Commentary, draft: &Draft) {
    let tokens = scene.tokens;
    head(ui, scene, commentary);
    if state.of != Some(commentary.id) {
        let (focus, printed) = (state.focus, Arc::clone(&state.printed));
        *state = BesideState { of: Some(commentary.id), focus, printed, ..BesideState::default() };
    }
    let w = scene.w;
    let Some(review) = w.reviews().get(commentary.id) else {
        Frame::new().inner_margin(Margin::symmetric(16, 8)).show(ui, |ui| {
            ui.label(RichText::new("This commentary is being read").color(tokens.quiet_ink));
        });
        return;
    };
    let revision = scene.w.revision();
    let stale =
        |(r, s, _): &(u64, Arc<Suggestions>, HighlightIndex)| *r != revision || !Arc::ptr_eq(s, &review.suggestions);
    if state.marks.as_ref().is_none_or(stale) {
        state.marks = Some((revision, Arc::clone(&review.suggestions), marks(scene, review)));
    }
    if let Some(wish) =
        scene.w.view().leaf_scroll.filter(|s| s.number != state.followed && s.commentary == commentary.id)
    {
        state.followed = wish.number;
        state.reader.scroll_to(wish.range.start, ScrollPlace::Center);
        state.selection = None;
    }
    if std::mem::take(&mut state.focus) || std::mem::take(&mut state.links.refocus) {
        state.reader.take_focus();
    }
    let chosen = scene.w.view().suggestion.as_ref().and_then(|key| review.get(key)).map(|(note, _)| note.passage);
    let Some((_, _, highlights)) = &state.marks else { return };
    let link = state.links.at;
    let sample = &commentary.text[..commentary.text.floor_char_boundary(SAMPLE)];
    let page = Page {
        text: &commentary.text,
        outline: &review.page,
        printed: &state.printed,
        name: &format!("Commentary {}", commentary.name()),
        highlights,
        links: state.links.of_links(&review.links),
        link,
        found: chosen.as_slice(),
        current_found: None,
        selection: state.selection,
        focus_highlight: None,
        inks: [&[]; 3],
        marks_shown: false,
        text_size: (scene.w.text_size() - SMALLER).max(10.0),
        direction: bidi::direction(sample, Direction::LeftToRight),
        slim: true,
    };
    let response = reader::show(ui, &mut state.reader, &page, tokens);
    state.has_keyboard = response.response.has_focus() || response.visible_links.iter().any(|l| l.focused);
    let linked = Linked { links: &review.links, text: &commentary.text, draft, beside: true };
    for event in &response.events {
        reference::follow(event, scene, &mut state.links, &response, linked);
        follow(event, scene, state, review, commentary);
    }
    if state.has_keyboard {
        keyboard(ui, scene, state, &response, linked);
    }
    reference::show(ui, scene, &mut state.links, &response, linked);
}

/// Its name, who wrote it, and what can be done with it as a whole.
fn head(ui: &mut Ui, scene: &mut Scene<'_>, commentary: &Commentary) {
    let tokens = scene.tokens;
    Frame::new().fill(tokens.chrome).inner_margin(Margin::symmetric(12, 6)).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = tokens.space.small;
                if ui.button("Close").on_hover_text("The commentary stays in the project (Ctrl+Shift+L)").clicked() {
                    scene.view(ViewCommand::CloseCommentary);
                    scene.wishes.push(Wish::FocusPage);
                }
                if ui.button("Details…").clicked() {
                    scene.ask(Question::CommentaryDetails);
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| name(ui, scene, commentary));
            });
        });
        let details = &commentary.details;
        let date = details.date.map_or_else(String::new, |d| d.to_string());
        let about: Vec<&str> = [details.author.as_str(), &date].into_iter().filter(|s| !s.is_empty()).collect();
        if !about.is_empty() {
            let about = about.join(", ");
            Words::new(&about, FontId::new(tokens.size.small, sans()), tokens.quiet_ink).rows(1).show(ui);
        }
    });
}

/// The name; a box of choices where there are several on the draft.
fn name(ui: &mut Ui, scene: &mut Scene<'_>, commentary: &Commentary) {
    let tokens = scene.tokens;
    let others: Vec<(CommentaryId, String)> = scene.w.project().map_or_else(Vec::new, |p| {
        p.commentaries_on(commentary.draft).iter().map(|c| (c.id, c.name().to_owned())).collect()
    });
    if others.len() < 2 {
        Words::new(commentary.name(), FontId::new(tokens.size.body + 1.0, serif_semibold()), tokens.ink)
            .rows(1)
            .show(ui);
        return;
    }
    let width = ui.available_width() - 4.0;
    let mut chosen = commentary.id;
    ComboBox::from_id_salt("which commentary")
        .width(width)
        .truncate()
        .selected_text(commentary.name())
        .show_ui(ui, |ui| {
            for (id, name) in others {
                ui.selectable_value(&mut chosen, id, name);
            }
        })
        .response
        .accessible_name("Commentary beside the draft");
    if chosen != commentary.id {
        scene.view(ViewCommand::OpenCommentary(chosen));
    }
}

fn follow(event: &ReaderEvent, scene: &mut Scene<'_>, state: &mut BesideState, review: &Review, of: &Commentary) {
    match event {
        ReaderEvent::Select(selection) => state.selection = *selection,
        ReaderEvent::ClickHighlight(keys) => {
            let Some(first) = keys.first().and_then(|k| review.suggestions.list.get(k.1.0 as usize)) else { return };
            // Clicking again goes through what one sentence suggests.
            let list: Vec<_> = review.suggestions.list.iter().filter(|s| s.passage == first.passage).collect();
            let at = list.iter().position(|s| scene.w.view().suggestion.as_ref() == Some(&s.key));
            if let Some(note) = list.get(at.map_or(0, |at| (at + 1) % list.len())) {
                scene.view(ViewCommand::ShowSuggestion { id: of.id, key: note.key.clone() });
            }
        }
        ReaderEvent::Copy(range) => {
            let words = range.of(&of.text).unwrap_or_default();
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            let from = [of.details.author.as_str(), of.name()];
            let from: Vec<&str> = from.into_iter().filter(|s| !s.is_empty()).collect();
            scene.wishes.push(Wish::Copy(format!("\u{201c}{words}\u{201d} ({})", from.join(", "))));
        }
        _ => {}
    }
}

/// F7 goes through the citations, Enter follows the one at the caret, Escape leaves one.
fn keyboard(ui: &Ui, scene: &mut Scene<'_>, state: &mut BesideState, response: &ReaderResponse, of: Linked<'_>) {
    if state.links.at.is_some() && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape)) {
        state.links.at = None;
        response.response.request_focus();
        return;
    }
    // The more modifiers first.
    let back = ui.input_mut(|i| i.consume_key(Modifiers::SHIFT, Key::F7));
    if back || ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::F7)) {
        let caret = state.selection.map(|s| s.head).filter(|&at| response.visible.contains(at));
        let from = caret.unwrap_or(response.visible.start);
        state.links.at = of.links.step(state.links.at, from, if back { -1 } else { 1 });
        ui.ctx().request_repaint();
        return;
    }
    let caret = state.selection.filter(|s| s.is_empty()).and_then(|s| of.links.at(s.head));
    if let Some(link) = caret
        && response.response.has_focus()
        && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Enter))
    {
        reference::follow(&ReaderEvent::Link(link), scene, &mut state.links, response, of);
    }
}

/// A sign beside each sentence that suggests something, which says what was decided.
fn marks(scene: &Scene<'_>, review: &Review) -> HighlightIndex {
    let draft = scene.w.project().and_then(|p| p.draft(review.draft)).cloned();
    let mut all: Vec<Highlight> = Vec::new();
    let mut last: Option<TextRange> = None;
    for (at, (note, state)) in review.list().enumerate() {
        let cited = scene.w.cited(&note.key.citation);
        let sign = match state {
            ReviewState::Waiting => "\u{2022}",
            ReviewState::Accepted(_) => "+",
            ReviewState::Rejected => "\u{2212}",
        };
        if last == Some(note.passage)
            && let Some(mark) = all.last_mut()
        {
            mark.name = format!("{}; {cited}, {}", mark.name, state.word());
            if mark.tags.first().is_none_or(|t| t != sign) {
                // They were decided in several ways.
                mark.tags = vec!["\u{b1}".to_owned()];
            }
            continue;
        }
        last = Some(note.passage);
        all.push(Highlight {
            key: (AnalystId(0), AnnotationId(at as u128)),
            range: note.passage,
            swatches: Vec::new(),
            tags: vec![sign.to_owned()],
            kind: HighlightKind::Asked,
            faded: state != ReviewState::Waiting,
            name: format!(
                "Suggests on {}: {cited}, {}",
                draft.as_ref().map_or("the draft", |d| d.name()),
                state.word()
            ),
        });
    }
    HighlightIndex::new(all)
}
