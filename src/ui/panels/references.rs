//! Who refers to the provision one reads, and the references of the draft that lead nowhere; a click shows the place.

use std::sync::Arc;

use eframe::egui::{self, FontId, Key, Label, RichText, Role, Sense, Ui, WidgetInfo, text::TextFormat};
use unicode_segmentation::UnicodeSegmentation;

use crate::model::{Draft, DraftId, Provision, ProvisionIndex, ProvisionKind, TextRange};
use crate::ui::bars::count;
use crate::ui::scene::Scene;
use crate::ui::theme::sans;
use crate::ui::widgets::{Words, row_ground};
use crate::workspace::{Cited, Links, Selection, ViewCommand, provision_at};

/// What the page remembers.
#[derive(Default)]
pub struct ReferencesState {
    /// The broken ones are listed instead.
    broken: bool,
    /// How far below the article what is listed stands: 0 is the article itself.
    depth: usize,
    /// The provision stays the same as long as what was gone to from the list is selected.
    held: Option<(DraftId, ProvisionIndex, Selection)>,
    /// The answer for a provision.
    answer: Option<Answer>,
}

struct Answer {
    links: Arc<Links>,
    at: ProvisionIndex,
    depth: usize,
    /// From the article down to where one reads, each with how many refer to it.
    levels: Vec<(ProvisionIndex, usize)>,
    /// The positions of those that refer to the level that is chosen.
    rows: Vec<usize>,
}

const ROW: f32 = 68.0;
/// Bytes of text around a citation that its sentence is looked for in.
const AROUND: usize = 600;
/// Characters of a sentence before a citation, where it is longer than a row holds.
const BEFORE: usize = 34;

/// Draws the page; `visible` is what of the draft is on screen.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut ReferencesState, visible: TextRange) {
    let tokens = scene.tokens;
    let quiet = |words: &str| Label::new(RichText::new(words).color(tokens.quiet_ink)).wrap();
    let Some(draft) = scene.w.draft().cloned() else {
        ui.add(quiet("Who refers to the provision you read stands here"));
        return;
    };
    let Some(links) = scene.w.links().cloned() else {
        ui.add(quiet("The cross references of this draft are being looked for"));
        return;
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.small;
        ui.selectable_value(&mut state.broken, false, "Cited by");
        let broken = format!("Broken ({})", links.broken.len());
        ui.selectable_value(&mut state.broken, true, broken).on_hover_text("References to what is not in this draft");
    });
    ui.add_space(tokens.space.small);
    if state.broken {
        if links.broken.is_empty() {
            ui.add_space(tokens.space.medium);
            ui.add(quiet("Every reference in this draft leads to a provision it has"));
            return;
        }
        rows(ui, scene, &draft, &links, &links.broken, "broken", true);
        return;
    }
    let Some(at) = stands_at(scene, state, &draft, visible) else {
        ui.add(quiet("No provision is recognized where you read"));
        return;
    };
    let stale =
        state.answer.as_ref().is_none_or(|a| !Arc::ptr_eq(&a.links, &links) || (a.at, a.depth) != (at, state.depth));
    if stale {
        state.answer = Some(answer(&draft, &links, at, state.depth));
    }
    let Some(answer) = &state.answer else { return };
    let chosen = state.depth.min(answer.levels.len().saturating_sub(1));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(2.0, 2.0);
        for (depth, &(level, n)) in answer.levels.iter().enumerate() {
            let citation = scene.w.cited(&draft.outline.citation(level));
            let text = RichText::new(format!("{citation}: {n}")).small();
            let button = ui.add(egui::Button::selectable(depth == chosen, text));
            let name = format!("{citation}, cited {}", count(n, "time", "times"));
            button.widget_info(|| WidgetInfo::selected(Role::Button, true, depth == chosen, &name));
            if button.clicked() {
                state.depth = depth;
            }
        }
    });
    ui.add_space(tokens.space.small);
    if answer.rows.is_empty() {
        let chosen = answer.levels.get(chosen).map(|&(i, _)| draft.outline.citation(i));
        let name = chosen.map(|c| scene.w.cited_within(&c)).unwrap_or_default();
        ui.add_space(tokens.space.medium);
        ui.add(quiet(&format!("Nothing in this draft refers to {name}")));
        return;
    }
    if let Some(selection) = rows(ui, scene, &draft, &links, &answer.rows, "cited by", false) {
        state.held = Some((draft.id, at, selection));
    }
}

/// The provision one reads: at the caret as long as that is in sight, else at the top of the page. It stays while one
/// goes through the list.
fn stands_at(
    scene: &Scene<'_>,
    state: &mut ReferencesState,
    draft: &Draft,
    visible: TextRange,
) -> Option<ProvisionIndex> {
    let selection = scene.w.view().selection();
    state.held = state.held.filter(|(d, _, s)| *d == draft.id && selection == Some(*s));
    if let Some((_, provision, _)) = state.held {
        return Some(provision);
    }
    let caret = selection.map(|s| s.range().start).filter(|&at| visible.contains(at) || at == visible.end);
    let at = caret.unwrap_or_else(|| scene.w.view().draft_view().reading_at);
    let is_body = |p: &Provision| p.kind == ProvisionKind::Body;
    // In the text above the first provision that one, if it is in sight.
    provision_at(draft, at).filter(|&i| !draft.outline.get(i).is_some_and(is_body)).or_else(|| {
        let next = draft.outline.provisions.iter().position(|p| p.range.start > at && !is_body(p))?;
        let start = draft.outline.provisions.get(next)?.range.start;
        visible.contains(start).then_some(ProvisionIndex(next as u32))
    })
}

fn answer(draft: &Draft, links: &Arc<Links>, at: ProvisionIndex, depth: usize) -> Answer {
    let outline = &draft.outline;
    let unit = outline.unit(at);
    let mut levels: Vec<ProvisionIndex> = outline.ancestors(at).take_while(|&i| i != unit).collect();
    levels.push(unit);
    levels.reverse();
    levels.retain(|&i| i == unit || outline.is_addressed(i));
    let cited = |i| links.citing(outline, i);
    let chosen = levels.get(depth.min(levels.len() - 1)).copied().unwrap_or(unit);
    let rows = cited(chosen);
    let levels = levels.iter().map(|&i| (i, cited(i).len())).collect();
    Answer { links: Arc::clone(links), at, depth, levels, rows }
}

/// A list of references; says what is selected once one has been gone to.
fn rows(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    draft: &Draft,
    links: &Links,
    list: &[usize],
    id: &str,
    broken: bool,
) -> Option<Selection> {
    let mut gone_to = None;
    ui.spacing_mut().item_spacing.y = 2.0;
    let area = egui::ScrollArea::vertical().id_salt(id).auto_shrink([false, false]);
    area.show_rows(ui, ROW, list.len(), |ui, visible| {
        for n in visible {
            let Some(&position) = list.get(n) else { continue };
            gone_to = row(ui, scene, draft, links, position, broken).or(gone_to);
        }
    });
    gone_to
}

fn row(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    draft: &Draft,
    links: &Links,
    position: usize,
    broken: bool,
) -> Option<Selection> {
    let tokens = scene.tokens;
    let reference = links.references.all.get(position)?;
    let (rect, response) = ui.allocate_exact_size(egui::vec2(ui.available_width(), ROW), Sense::click());
    let from = reference.from.map_or_else(|| draft.name().to_owned(), |i| scene.w.cited(&draft.outline.citation(i)));
    let (sentence, words) = sentence(&draft.text, draft.outline.blocks.as_slice(), reference.range);
    let selection = Selection { anchor: reference.range.start, head: reference.range.end };
    let chosen = scene.w.view().selection() == Some(selection);
    let lead = if broken {
        let gone = reference.cited.iter().filter(|c| c.meaning.is_missing());
        let said = |c: &Cited| c.range.of(&draft.text).unwrap_or_default().to_owned();
        let name = |c: &Cited| c.citation.as_ref().map_or_else(|| said(c), |c| scene.w.cited_within(c));
        let gone: Vec<String> = gone.take(3).map(name).collect();
        if gone.is_empty() { from } else { format!("{from}: no {}", gone.join(", ")) }
    } else {
        from
    };
    let name = format!("{lead}: {sentence}");
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, chosen, &name));
    if ui.is_rect_visible(rect) {
        row_ground(ui, &response, chosen, tokens);
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(rect.shrink2(egui::vec2(8.0, 5.0))));
        inner.spacing_mut().item_spacing = egui::vec2(4.0, 2.0);
        Words::new(&lead, FontId::new(tokens.size.small, sans()), tokens.quiet_ink).rows(1).show(&mut inner);
        let font = FontId::new(tokens.size.body - 0.5, sans());
        let color = if broken { tokens.danger } else { tokens.accent };
        let cited = TextFormat::simple(font.clone(), color);
        let marks = vec![(words.start..words.end, cited)];
        Words::new(&sentence, font, tokens.ink).marked(marks).rows(2).show(&mut inner);
    }
    let opened = response.clicked() || (response.has_focus() && ui.input(|i| i.key_pressed(Key::Enter)));
    if !opened {
        return None;
    }
    scene.view(ViewCommand::GoTo { draft: draft.id, offset: reference.range.start });
    scene.view(ViewCommand::Select(Some(selection)));
    Some(selection)
}

/// The sentence around a citation in one line, as much of it as a row can show, and where in it the citation stands.
fn sentence(text: &str, blocks: &[TextRange], citation: TextRange) -> (String, TextRange) {
    let block = blocks[..blocks.partition_point(|b| b.start <= citation.start)].last().copied().unwrap_or(citation);
    let from = text.floor_char_boundary(citation.start.saturating_sub(AROUND)).max(block.start.min(citation.start));
    let to = text.floor_char_boundary((citation.end + AROUND).min(text.len())).min(block.end).max(citation.end);
    let near = text.get(from..to).unwrap_or_default();
    let (start, end) = (citation.start - from, citation.end - from);
    let mut sentences = near.split_sentence_bound_indices();
    // One that is cut within the citation, as at `Art. 5`, goes on.
    let begins = sentences.clone().take_while(|(at, _)| *at <= start).last().map_or(0, |(at, _)| at);
    let ends = sentences.find(|(at, s)| at + s.len() >= end).map_or(near.len(), |(at, s)| at + s.len());
    let line = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
    let before = line(near.get(begins..start).unwrap_or_default());
    let words = line(near.get(start..end).unwrap_or_default());
    let rest = near.get(end..ends).unwrap_or_default();
    let gap = |s: &str, space: bool| if space && !s.is_empty() { " " } else { "" };
    let spaced = near.get(..start).is_some_and(|s| s.ends_with(char::is_whitespace));
    let before = match before.char_indices().rev().nth(BEFORE) {
        // From a word on, so that the citation is in the first line.
        Some((at, _)) => {
            let at = before[at..].find(' ').map_or(at, |space| at + space + 1);
            format!("… {}", &before[at..])
        }
        None => before,
    };
    let spaced = gap(&before, spaced);
    let after = gap(rest, rest.starts_with(char::is_whitespace));
    let start = before.len() + spaced.len();
    let range = TextRange { start, end: start + words.len() };
    (format!("{before}{spaced}{words}{after}{}", line(rest)), range)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, words: &str, expected: &str) {
        let block = TextRange { start: 0, end: text.len() };
        let start = text.find(words).unwrap();
        let (line, range) = sentence(text, &[block], TextRange { start, end: start + words.len() });
        assert_eq!(line, expected);
        assert_eq!(range.of(&line), Some(words.split_whitespace().collect::<Vec<_>>().join(" ").as_str()));
    }

    #[test]
    fn the_sentence_around_a_citation() {
        check("It is dark. See article 5, and wait. Then go.", "article 5", "See article 5, and wait.");
        check("As in Art. 5 of it. Go.", "Art. 5", "As in Art. 5 of it.");
        check("(article\n5)", "article\n5", "(article 5)");
        check("article 5", "article 5", "article 5");
        let long = format!("{} of article 5.", "word ".repeat(60));
        let start = long.find("article").unwrap();
        let (line, range) = sentence(&long, &[], TextRange { start, end: start + 9 });
        assert!(line.starts_with("article 5"), "outside every block: {line} {range:?}");
        let block = TextRange { start: 0, end: long.len() };
        let (line, range) = sentence(&long, &[block], TextRange { start, end: start + 9 });
        assert!(line.starts_with("… word") && line.ends_with("word of article 5.") && line.len() < 100, "{line}");
        assert_eq!(range.of(&line), Some("article 5"));
    }
}
