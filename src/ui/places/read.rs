//! The place Read: the page with its find bar, the cards in its margin, and what can be done with a selection.

use std::collections::BTreeSet;
use std::sync::Arc;

use eframe::egui::{self, Area, Button, Frame, Id, Key, Margin, Modifiers, Order, RichText, Ui, UiBuilder};

use crate::model::{Annotation, AnnotationKind, Draft, DraftId, Project, Reach, TextRange};
use crate::ui::cards::{self, CardState, InSight};
use crate::ui::reader::{
    self, Highlight, HighlightIndex, HighlightKind, Page, ReaderEvent, ReaderResponse, ReaderState, ScrollPlace,
    Selection,
};
use crate::ui::scene::{Scene, Wish};
use crate::workspace::{
    AnnotateCommand, Command, Focus, Lens, LensCommand, Links, Question, Remark, ViewCommand, provision_at,
};

use super::reference::Linked;
use super::{asked, beside, find_bar, hit_strip, lens, note, reference, review, term};

/// What the place remembers.
#[derive(Default)]
pub struct ReadState {
    /// The page is to get the keyboard.
    pub focus_page: bool,
    /// The find bar is to get the keyboard.
    pub focus_find: bool,
    /// From the first to the last byte of the open draft on screen.
    pub visible: TextRange,
    reader: ReaderState,
    /// The cards in the margin.
    pub cards: CardState,
    highlights: Option<((u64, u64), DraftId, HighlightIndex)>,
    followed: u64,
    draft: Option<DraftId>,
    /// The open card, and whether its remark has a concern.
    open_card: Option<(Focus, bool)>,
    /// The selection is finished, so what can be done with it is offered.
    offered: bool,
    menu_at: Option<usize>,
    peek: note::Peek,
    reference: reference::ReferenceState,
    lens: lens::LensState,
    term: term::TermState,
    /// The page has the keyboard.
    pub has_keyboard: bool,
    /// The commentary beside it.
    pub beside: beside::BesideState,
}

/// Draws the place.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut ReadState) {
    let Some(draft) = scene.w.draft().cloned() else {
        no_draft(ui, scene);
        return;
    };
    if let Some(commentary) = scene.w.beside().cloned() {
        let room = ui.available_width();
        egui::Panel::right("commentary")
            .frame(Frame::new().fill(scene.tokens.paper))
            .resizable(true)
            .default_size((room * 0.42).clamp(300.0, 640.0))
            .size_range(260.0..=(room * 0.6).max(261.0))
            .show(ui, |ui| beside::show(ui, scene, &mut state.beside, &commentary, &draft));
    } else {
        state.beside.has_keyboard = false;
    }
    review::banner(ui, scene);
    hit_strip::show(ui, scene);
    find_bar::show(ui, scene, std::mem::take(&mut state.focus_find));
    lens::legend(ui, scene, &mut state.lens);
    // What commentaries ask is known later than what the project holds.
    let generation = (scene.w.derived().generation, scene.w.reviews().generation());
    if state.highlights.as_ref().is_none_or(|(g, d, _)| *g != generation || *d != draft.id) {
        state.highlights = Some((generation, draft.id, highlights(scene, &draft)));
    }
    let Some((_, _, highlights)) = &state.highlights else { return };
    let view = scene.w.view();
    if state.draft != Some(draft.id) {
        state.draft = Some(draft.id);
        state.reader = ReaderState::default();
        state.offered = false;
    }
    if let Some(wish) = view.scroll.filter(|s| s.number != state.followed && s.draft == draft.id) {
        state.followed = wish.number;
        state.reader.scroll_to(wish.offset, if wish.to_top { ScrollPlace::Top } else { ScrollPlace::Center });
    }
    let found: &[TextRange] = view.find.as_ref().map_or(&view.marked, |f| &f.hits);
    let current_found = view.find.as_ref().and_then(|f| f.hits.get(f.current)).copied();
    state.lens.refresh(scene, state.reference.of(scene));
    let references = state.reference.of(scene);
    let (links, link) = (state.lens.links(references), state.lens.link(scene));
    let inks = state.lens.inks();
    let page = Page {
        text: &draft.text,
        outline: &draft.outline,
        printed: &draft.printed,
        name: draft.name(),
        highlights,
        links,
        link,
        inks,
        found,
        current_found,
        selection: view.selection().map(|s| Selection { anchor: s.anchor, head: s.head }),
        focus_highlight: view.focus.map(|f| (f.analyst, f.annotation)),
        marks_shown: view.marks_shown,
        text_size: scene.w.text_size(),
        direction: draft.details.direction,
        slim: false,
    };
    let mut response = reader::show(ui, &mut state.reader, &page, scene.tokens);
    let terms = state.lens.split(&mut response);
    state.visible = response.visible;
    if std::mem::take(&mut state.focus_page) {
        response.response.request_focus();
    }
    state.has_keyboard =
        response.response.has_focus() || response.visible_links.iter().chain(&terms.visible).any(|l| l.focused);
    follow(&response, scene, state, &draft);
    keep_place(&response, scene);
    escape(ui, scene, &response);
    open_at_caret(ui, scene, state, &response, &draft);
    let in_sight = response
        .visible_highlights
        .iter()
        .filter(|h| asked::provision(h.key).is_none())
        .map(|h| InSight { focus: Focus { analyst: h.key.0, annotation: h.key.1 }, top: h.top })
        .collect();
    note_opened(scene, state);
    let room = (response.page_rect, response.margin_right);
    cards::show(ui, scene, &mut state.cards, in_sight, room);
    context_menu(&response, scene, state, &draft);
    offer(ui, scene, state, &response, &draft);
    note::show(ui, scene, &mut state.peek, &response, &draft);
    asked::show(ui, scene, &response, &draft);
    term::show(ui, scene, &mut state.term, &response, &terms, &draft);
    if let Some(links) = scene.w.links().cloned() {
        reference::show(ui, scene, &mut state.reference, &response, of_draft(&links, &draft));
    }
}

/// The links of the draft itself.
fn of_draft<'a>(links: &'a Arc<Links>, draft: &'a Draft) -> Linked<'a> {
    Linked { links, text: &draft.text, draft, beside: false }
}

/// A draft has no page yet.
fn no_draft(ui: &mut Ui, scene: &mut Scene<'_>) {
    let tokens = scene.tokens;
    ui.scope_builder(UiBuilder::new(), |ui| {
        ui.add_space(ui.available_height() * 0.25);
        ui.vertical_centered(|ui| {
            let empty = scene.w.project().is_some_and(|p| p.drafts.is_empty());
            let title = if empty { "This project has no drafts yet" } else { "No draft is open" };
            ui.label(RichText::new(title).size(tokens.size.heading).color(tokens.ink));
            ui.label(RichText::new("Add the files of a draft, or drop them on the window").color(tokens.quiet_ink));
            ui.add_space(tokens.space.medium);
            let button = Button::new(RichText::new("Add drafts…").color(tokens.accent_ink)).fill(tokens.accent);
            if scene.w.can_edit() && ui.add(button).clicked() {
                scene.ask(Question::ImportDrafts);
            }
        });
    });
}

/// What the analyst did on the page, as wishes.
fn follow(response: &ReaderResponse, scene: &mut Scene<'_>, state: &mut ReadState, draft: &Draft) {
    for event in &response.events {
        note::follow(event, scene, draft);
        if let Some(links) = scene.w.links().cloned() {
            reference::follow(event, scene, &mut state.reference, response, of_draft(&links, draft));
        }
        match event {
            ReaderEvent::Select(selection) => {
                state.offered = false;
                let selection = selection.map(|s| crate::workspace::Selection { anchor: s.anchor, head: s.head });
                scene.view(ViewCommand::Select(selection));
                if scene.w.view().focus.is_some() && selection.is_some_and(|s| !s.range().is_empty()) {
                    scene.view(ViewCommand::Focus(None));
                }
            }
            ReaderEvent::SelectionDone(_) => state.offered = scene.w.can_edit(),
            ReaderEvent::ClickHighlight(keys) if keys.first().is_some_and(|&k| asked::provision(k).is_some()) => {
                let provision = keys.first().and_then(|&k| asked::provision(k));
                scene.view(ViewCommand::ReviewOf(provision.map(|p| (draft.id, p))));
            }
            ReaderEvent::ClickHighlight(keys) => {
                // Clicking on overlapping remarks again goes through them.
                let focused = scene.w.view().focus;
                let at = focused.and_then(|f| keys.iter().position(|k| *k == (f.analyst, f.annotation)));
                let next = at.map_or(0, |at| (at + 1) % keys.len().max(1));
                if let Some(&(analyst, annotation)) = keys.get(next) {
                    scene.view(ViewCommand::Focus(Some(Focus { analyst, annotation })));
                }
            }
            ReaderEvent::DragEnd { key, range } => {
                if scene.w.can_write(key.0) {
                    let command = AnnotateCommand::SetRange { id: key.1, draft: draft.id, range: *range };
                    scene.run(Command::Annotate(command));
                }
            }
            ReaderEvent::Copy(range) => scene.wishes.push(Wish::Copy(with_citation(scene, draft, *range))),
            ReaderEvent::ContextMenu { offset } => state.menu_at = Some(*offset),
            ReaderEvent::ScrolledTo { .. }
            | ReaderEvent::Note { .. }
            | ReaderEvent::Link(_)
            | ReaderEvent::LinkFocus(_) => {}
        }
    }
}

fn keep_place(response: &ReaderResponse, scene: &mut Scene<'_>) {
    if scene.w.view().draft_view().reading_at != response.top {
        scene.view(ViewCommand::ReadingAt(response.top));
    }
}

/// Escape leaves the cross reference that has the keyboard, closes the note that is shown, or else the find bar, or else the open card, wherever the keyboard is.
fn escape(ui: &Ui, scene: &mut Scene<'_>, response: &ReaderResponse) {
    let no_popup = !egui::Popup::is_any_open(ui.ctx()) && ui.ctx().memory(|m| m.top_modal_layer().is_none());
    let view = scene.w.view();
    let close = match (view.note, &view.find, view.focus) {
        _ if view.reference.is_some() => Command::View(ViewCommand::ShowReference(None)),
        _ if view.term.is_some() => Command::Lens(LensCommand::ShowTerm(None)),
        (Some(_), ..) => Command::View(ViewCommand::ShowNote(None)),
        (_, Some(_), _) => Command::View(ViewCommand::Find(None)),
        (_, None, Some(_)) => Command::View(ViewCommand::Focus(None)),
        (_, None, None) => return,
    };
    if no_popup && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape)) {
        scene.run(close);
        response.response.request_focus();
    }
}

/// Enter opens the remark the caret stands in; where there are several, each in turn; at the sign of a note, the note;
/// in a cross reference without a remark, it follows that.
fn open_at_caret(ui: &Ui, scene: &mut Scene<'_>, state: &mut ReadState, response: &ReaderResponse, draft: &Draft) {
    let Some(caret) = scene.w.view().selection().map(|s| s.range()).filter(|r| r.is_empty()) else { return };
    if !response.response.has_focus() || !ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Enter)) {
        return;
    }
    let sign = scene.w.draft().and_then(|d| d.printed.note_called_at(caret.start).map(|n| (d, n)));
    if let Some(at) = sign.and_then(|(d, note)| d.printed.notes.iter().position(|n| n == note)) {
        return scene.view(ViewCommand::ShowNote(Some(at)));
    }
    let mut here: Vec<Focus> = scene.w.derived().at(caret.start).map(|r| r.focus).collect();
    here.reverse();
    let link = scene.w.links().filter(|_| scene.w.view().references_shown).and_then(|l| l.at(caret.start));
    if let Some((link, links)) = link.filter(|_| here.is_empty()).zip(scene.w.links().cloned()) {
        let of = of_draft(&links, draft);
        return reference::follow(&ReaderEvent::Link(link), scene, &mut state.reference, response, of);
    }
    let glass = scene.w.glass().filter(|_| scene.w.view().shows(Lens::Terms) && here.is_empty());
    let used = glass.and_then(|g| g.terms.uses.get(g.terms.at(caret.start)?));
    if let Some(term) = used.map(|u| u.term) {
        return scene.run(Command::Lens(LensCommand::GoToDefinition(term)));
    }
    let open = scene.w.view().focus.and_then(|f| here.iter().position(|h| *h == f));
    if let Some(&next) = here.get(open.map_or(0, |at| (at + 1) % here.len())) {
        scene.view(ViewCommand::Focus(Some(next)));
    }
}

/// A card that opens for a remark without a note gets the keyboard, so that one can go on typing.
fn note_opened(scene: &Scene<'_>, state: &mut ReadState) {
    let open = scene.w.view().focus;
    let own = open
        .filter(|f| scene.w.can_write(f.analyst))
        .and_then(|f| scene.w.project()?.annotation(f.analyst, f.annotation));
    let tagged = own.is_some_and(|a| !a.concerns.is_empty());
    let before = state.open_card;
    state.open_card = open.map(|f| (f, tagged));
    // A remark is new, or was waiting for its first concern.
    let is_next = match before {
        Some((f, was_tagged)) if Some(f) == open => tagged && !was_tagged,
        _ => own.is_some_and(|a| a.created == a.changed),
    };
    // One that undo brought back is not new: the keyboard stays on the page, where undo can go on.
    let is_next = is_next && scene.w.history().redo_label().is_none();
    if is_next && own.is_some_and(|a| a.note.is_empty()) {
        state.cards.write_in = open;
    } else if before.map(|(f, _)| f) != open {
        state.cards.write_in = None;
    }
}

/// `"…" (Rev.1, Article 23(2)(c))`.
fn with_citation(scene: &Scene<'_>, draft: &Draft, range: TextRange) -> String {
    let words = range.of(&draft.text).unwrap_or_default();
    let words = words.split('\n').map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n");
    let covering = draft.outline.covering(range).map(|i| draft.outline.citation(i));
    let citation = covering.map(|c| scene.w.cited_within(&c)).unwrap_or_default();
    format!("\u{201c}{words}\u{201d} ({}, {citation})", draft.name())
}

fn context_menu(response: &ReaderResponse, scene: &mut Scene<'_>, state: &ReadState, draft: &Draft) {
    let at = state.menu_at;
    response.response.context_menu(|ui| {
        let tokens = scene.tokens;
        let selected = scene.w.view().selection().map(|s| s.range()).filter(|r| !r.is_empty());
        let edit = scene.w.can_edit();
        if ui
            .add_enabled(edit && selected.is_some(), Button::new("Tag with a concern…").shortcut_text("Ctrl+T"))
            .clicked()
        {
            scene.ask(Question::PickConcern);
            ui.close();
        }
        if let Some(range) = selected
            && ui.add_enabled(edit, Button::new("Highlight without a concern")).clicked()
        {
            let command = AnnotateCommand::Words { draft: draft.id, range, concerns: BTreeSet::new() };
            scene.run(Command::Annotate(command));
            ui.close();
        }
        if let Some(range) = selected
            && ui.add(Button::new("Copy with citation").shortcut_text("Ctrl+C")).clicked()
        {
            let words = with_citation(scene, draft, range);
            scene.wishes.push(Wish::Copy(words));
            ui.close();
        }
        let Some(provision) = at.and_then(|o| provision_at(draft, o)) else { return };
        ui.separator();
        let citation = scene.w.cited(&draft.outline.citation(provision));
        ui.label(RichText::new(citation.clone()).small().color(tokens.quiet_ink));
        for (kind, name) in
            [(AnnotationKind::Remark, "Remark on this provision"), (AnnotationKind::Absence, "Note an absence here")]
        {
            if ui.add_enabled(edit, Button::new(name)).clicked() {
                let concerns = BTreeSet::new();
                scene.run(Command::Annotate(AnnotateCommand::Provision { draft: draft.id, provision, kind, concerns }));
                ui.close();
            }
        }
        if ui.button("Copy the citation").clicked() {
            scene.wishes.push(Wish::Copy(format!("{citation}, {}", draft.name())));
            ui.close();
        }
    });
}

/// What can be done with words just selected by mouse, beside them.
fn offer(ui: &Ui, scene: &mut Scene<'_>, state: &mut ReadState, response: &ReaderResponse, draft: &Draft) {
    let tokens = scene.tokens;
    let selected = scene.w.view().selection().map(|s| s.range()).filter(|r| !r.is_empty());
    let (Some(range), Some(rect), true) = (selected, response.selection_rect, state.offered) else { return };
    let above = rect.top() - 46.0;
    let y = if above > response.page_rect.top() {
        above
    } else {
        (rect.bottom() + 8.0).min(response.page_rect.bottom() - 46.0)
    };
    let x = rect.center().x.clamp(
        response.page_rect.left() + 200.0,
        (response.page_rect.right() - 200.0).max(response.page_rect.left() + 200.0),
    );
    let area = Area::new(Id::unique("selection offer")).order(Order::Foreground).pivot(egui::Align2::CENTER_TOP);
    area.fixed_pos(egui::pos2(x, y)).show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).inner_margin(Margin::symmetric(6, 4)).show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = tokens.space.small;
                let tag = Button::new(RichText::new("Tag…").color(tokens.accent_ink)).fill(tokens.accent);
                if ui.add(tag).on_hover_text("Pick a concern (Ctrl+T), or press its key").clicked() {
                    scene.ask(Question::PickConcern);
                }
                if ui.button("Highlight").on_hover_text("Without a concern yet").clicked() {
                    let command = AnnotateCommand::Words { draft: draft.id, range, concerns: BTreeSet::new() };
                    scene.run(Command::Annotate(command));
                    state.offered = false;
                }
                if ui.button("Copy").on_hover_text("With citation (Ctrl+C)").clicked() {
                    let words = with_citation(scene, draft, range);
                    scene.wishes.push(Wish::Copy(words));
                    state.offered = false;
                }
            });
        });
    });
}

/// The remarks of the open draft as the page shows them, and the signs of what commentaries say.
fn highlights(scene: &Scene<'_>, draft: &Draft) -> HighlightIndex {
    let Some(project) = scene.w.project() else { return HighlightIndex::default() };
    let shown = scene.w.derived().remarks.iter().filter(|r| !r.lost);
    HighlightIndex::new(shown.filter_map(|r| highlight(r, project, scene)).chain(asked::signs(scene, draft)).collect())
}

/// Remarks on a draft as its page shows them.
pub(super) fn highlights_of(scene: &Scene<'_>, remarks: &[Remark]) -> HighlightIndex {
    let Some(project) = scene.w.project() else { return HighlightIndex::default() };
    HighlightIndex::new(remarks.iter().filter(|r| !r.lost).filter_map(|r| highlight(r, project, scene)).collect())
}

fn highlight(remark: &Remark, project: &Project, scene: &Scene<'_>) -> Option<Highlight> {
    let annotation: &Annotation = project.annotation(remark.focus.analyst, remark.focus.annotation)?;
    let concerns: Vec<_> = remark.concerns.iter().filter_map(|&c| project.codebook.get(c)).collect();
    let kind = match (remark.kind, remark.reach) {
        (AnnotationKind::Absence | AnnotationKind::NotNeeded, _) => HighlightKind::Absence,
        (_, Reach::Provision) => HighlightKind::Provision,
        _ => HighlightKind::Words,
    };
    let mut name = concerns.iter().map(|c| c.name.as_str()).collect::<Vec<_>>().join(", ");
    if name.is_empty() {
        name = "Untagged".to_owned();
    }
    if let Some(severity) = remark.severity {
        name = format!("{name}, {}", severity.word());
    }
    if !annotation.note.is_empty() {
        name = format!("{name}: {}", cards::shorten(&annotation.note, 80));
    }
    Some(Highlight {
        key: (remark.focus.analyst, remark.focus.annotation),
        range: remark.range,
        swatches: concerns.iter().map(|c| c.swatch).collect(),
        tags: concerns.iter().map(|c| c.tag.clone()).collect(),
        kind,
        // Every analyst's colors are full where one's own set is empty: a reader of the sample sees its concerns.
        faded: !scene.w.is_own(remark.focus.analyst) && scene.w.own_set().is_some_and(|s| !s.annotations.is_empty()),
        name,
    })
}
