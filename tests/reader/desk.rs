//! A reader in a window of its own, drafts in words of our own, and the hands of an analyst.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use eframe::egui::{Event, Modifiers, PointerButton, Pos2, Rect, pos2, vec2};
use egui_kittest::Harness;
use travaux::model::{
    AnalystId, AnnotationId, Direction, Outline, Printed, Provision, ProvisionIndex, ProvisionKind, Swatch, TextRange,
};
use travaux::ui::reader::{
    Highlight, HighlightIndex, HighlightKey, HighlightKind, Link, Page, ReaderEvent, ReaderResponse, ReaderState,
    Selection, show,
};
use travaux::ui::theme::{self, Tokens};

/// What the tests hold beside the window.
pub struct Desk {
    pub text: Arc<str>,
    pub outline: Arc<Outline>,
    pub printed: Arc<Printed>,
    pub highlights: HighlightIndex,
    pub links: Vec<Link>,
    pub link: Option<usize>,
    pub found: Vec<TextRange>,
    pub selection: Option<Selection>,
    pub focus: Option<HighlightKey>,
    pub state: ReaderState,
    pub events: Vec<ReaderEvent>,
    pub last: Option<ReaderResponse>,
    pub dark: bool,
    pub size: f32,
    pub direction: Direction,
}

pub type Window = (Harness<'static>, Rc<RefCell<Desk>>);

pub fn open(text: &str, outline: Outline, highlights: Vec<Highlight>) -> Window {
    open_sized(text, outline, highlights, vec2(1000.0, 700.0))
}

pub fn open_sized(text: &str, outline: Outline, highlights: Vec<Highlight>, size: eframe::egui::Vec2) -> Window {
    let desk = Rc::new(RefCell::new(Desk {
        text: text.into(),
        outline: Arc::new(outline),
        printed: Arc::default(),
        highlights: HighlightIndex::new(highlights),
        links: Vec::new(),
        link: None,
        found: Vec::new(),
        selection: None,
        focus: None,
        state: ReaderState::default(),
        events: Vec::new(),
        last: None,
        dark: false,
        size: 18.0,
        direction: Direction::LeftToRight,
    }));
    let inside = desk.clone();
    let mut ready = false;
    let mut harness = Harness::builder().with_size(size).with_step_dt(1.0 / 60.0).build_ui(move |ui| {
        let desk = &mut *inside.borrow_mut();
        let tokens = if desk.dark { Tokens::dark() } else { Tokens::light() };
        if !std::mem::replace(&mut ready, true) {
            ui.ctx().set_fonts(theme::fonts());
            theme::apply(ui.ctx(), tokens);
            // Fonts arrive with the next frame.
            return;
        }
        let page = Page {
            text: &desk.text,
            outline: &desk.outline,
            printed: &desk.printed,
            name: "Draft Rev.1",
            highlights: &desk.highlights,
            links: &desk.links,
            link: desk.link,
            found: &desk.found,
            current_found: desk.found.first().copied(),
            selection: desk.selection,
            focus_highlight: desk.focus,
            inks: [&[]; 3],
            marks_shown: true,
            text_size: desk.size,
            direction: desk.direction,
            slim: false,
        };
        let response = show(ui, &mut desk.state, &page, tokens);
        for event in &response.events {
            match event {
                ReaderEvent::Select(selection) => desk.selection = *selection,
                ReaderEvent::LinkFocus(link) => desk.link = *link,
                _ => {}
            }
        }
        desk.events.extend(response.events.iter().cloned());
        desk.last = Some(response);
    });
    harness.run();
    harness.step();
    harness.run();
    (harness, desk)
}

/// Articles of three paragraphs with two points each, every line a block.
pub fn convention(articles: usize) -> (String, Outline) {
    let mut text = String::new();
    let mut outline = Outline::default();
    let mut add = |text: &mut String, kind, label: &str, words: &str, parent: Option<u32>| {
        let start = text.len();
        text.push_str(label);
        let label_range = TextRange { start, end: text.len() };
        if !label.is_empty() && !words.is_empty() {
            text.push(' ');
        }
        text.push_str(words);
        let range = TextRange { start, end: text.len() };
        text.push_str("\n\n");
        let index = outline.provisions.len() as u32;
        outline.provisions.push(Provision {
            kind,
            label: label.into(),
            number: String::new(),
            label_range,
            heading: None,
            heading_range: None,
            range,
            parent: parent.map(ProvisionIndex),
            subtree_end: index + 1,
            ordinal: 0,
        });
        outline.blocks.push(range);
        index
    };
    let mut articles_at = Vec::new();
    for n in 1..=articles {
        let article = add(&mut text, ProvisionKind::Article, &format!("Article {n}"), "", None);
        articles_at.push(article);
        for m in 1..=3 {
            let words = format!(
                "Each Party shall see to it that number{n}x{m} is kept, and that the people it touches are told in good \
                 time and in words they understand, whatever else this instrument may say."
            );
            let paragraph = add(&mut text, ProvisionKind::Paragraph, &format!("{m}."), &words, Some(article));
            for letter in ["(a)", "(b)"] {
                let words = format!("the efficient office keeps figures of article {n};");
                add(&mut text, ProvisionKind::Subparagraph, letter, &words, Some(paragraph));
            }
        }
    }
    // Parents end where their last child does.
    for i in (0..outline.provisions.len()).rev() {
        let (range, end, parent) =
            (outline.provisions[i].range, outline.provisions[i].subtree_end, outline.provisions[i].parent);
        if let Some(parent) = parent {
            let p = &mut outline.provisions[parent.0 as usize];
            p.range.end = p.range.end.max(range.end);
            p.subtree_end = p.subtree_end.max(end);
        }
    }
    assert_eq!(outline.fault(&text), None);
    (text, outline)
}

pub fn highlight(id: u128, range: TextRange) -> Highlight {
    let swatch = Swatch::ALL[id as usize % 16];
    Highlight {
        key: key(id),
        range,
        swatches: vec![swatch],
        tags: vec!["SC".into()],
        kind: HighlightKind::Words,
        faded: false,
        name: format!("Remark {id}"),
    }
}

pub fn key(id: u128) -> HighlightKey {
    (AnalystId(7), AnnotationId(id))
}

pub fn words(text: &str, words: &str) -> TextRange {
    let start = text.find(words).unwrap_or_else(|| panic!("{words:?} is not in the text"));
    TextRange { start, end: start + words.len() }
}

/// Where a place of the draft stands on screen: the reader says where the selection is.
pub fn spot((harness, desk): &mut Window, offset: usize) -> Pos2 {
    let rect = rect_of((harness, desk), offset);
    pos2(rect.left() + 1.0, rect.center().y)
}

pub fn rect_of((harness, desk): (&mut Harness<'static>, &Rc<RefCell<Desk>>), offset: usize) -> Rect {
    let before = {
        let mut desk = desk.borrow_mut();
        let next = desk.text[offset..].chars().next().map_or(1, char::len_utf8);
        desk.selection.replace(Selection { anchor: offset, head: offset + next })
    };
    harness.step();
    let mut desk = desk.borrow_mut();
    desk.selection = before;
    let rect = desk.last.as_ref().and_then(|r| r.selection_rect);
    rect.unwrap_or_else(|| panic!("byte {offset} is not on screen"))
}

pub fn press(harness: &mut Harness<'static>, pos: Pos2, pressed: bool, modifiers: Modifiers) {
    harness
        .event_modifiers(Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers }, modifiers);
    harness.step();
}

pub fn click(harness: &mut Harness<'static>, pos: Pos2, times: usize) {
    harness.hover_at(pos);
    harness.step();
    for _ in 0..times {
        press(harness, pos, true, Modifiers::NONE);
        press(harness, pos, false, Modifiers::NONE);
    }
    harness.run();
}

/// As an analyst does it: press, move away a little, move on, let go.
pub fn drag(harness: &mut Harness<'static>, from: Pos2, to: Pos2) {
    harness.hover_at(from);
    harness.run();
    press(harness, from, true, Modifiers::NONE);
    for pos in [from + vec2(12.0, 3.0), from.lerp(to, 0.5), to] {
        harness.hover_at(pos);
        harness.step();
    }
    press(harness, to, false, Modifiers::NONE);
    harness.run();
}

pub fn selected(desk: &Rc<RefCell<Desk>>) -> String {
    let desk = desk.borrow();
    let range = desk.selection.map_or_else(TextRange::default, Selection::range);
    range.of(&desk.text).unwrap_or("not on character boundaries").to_owned()
}

pub fn pause(harness: &mut Harness<'static>) {
    // Longer than a double click.
    for _ in 0..40 {
        harness.step();
    }
}

pub fn top_of(desk: &Rc<RefCell<Desk>>) -> usize {
    desk.borrow().last.as_ref().map_or(0, |r| r.top)
}

pub fn visible(desk: &Rc<RefCell<Desk>>) -> TextRange {
    desk.borrow().last.as_ref().map_or_else(TextRange::default, |r| r.visible)
}
