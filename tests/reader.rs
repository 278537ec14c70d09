//! The reader through egui's input, the way an analyst's hands meet it: no display, no GPU.

#[path = "reader/desk.rs"]
mod desk;
#[path = "reader/leftward.rs"]
mod leftward;
#[path = "reader/links.rs"]
mod links;
#[path = "reader/printed.rs"]
mod printed;

use std::cell::RefCell;
use std::rc::Rc;

use eframe::egui::{Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, Rect, Role, TouchPhase, pos2, vec2};
use egui_kittest::kittest::Queryable;
use proptest::prelude::{ProptestConfig, any, prop_assert_eq, proptest};
use travaux::model::{Direction, Mark, MarkKind, Outline, Swatch, TextRange};
use travaux::ui::reader::{Highlight, HighlightIndex, HighlightKind, ReaderEvent, ScrollPlace, Selection};

use desk::{
    Desk, click, convention, drag, highlight, key, open, pause, press, rect_of, selected, spot, top_of, visible, words,
};

#[test]
fn dragging_across_paragraphs_selects_exactly_these_words() {
    let (text, outline) = convention(3);
    let mut window = open(&text, outline, vec![]);
    let from = words(&text, "number1x1").start;
    let to = words(&text, "good time").end;
    // The second paragraph, so that the drag crosses labels and points.
    let to = text[to..].find("good time").map_or(to, |at| to + at + "good time".len());
    let (a, b) = (spot(&mut window, from), spot(&mut window, to));
    drag(&mut window.0, a, b);
    assert_eq!(selected(&window.1), text[from..to]);
    let done = window.1.borrow().events.iter().filter(|e| matches!(e, ReaderEvent::SelectionDone(_))).count();
    assert_eq!(done, 1, "one drag, one popup");

    pause(&mut window.0);
    drag(&mut window.0, b, a);
    assert_eq!(selected(&window.1), text[from..to], "upward as well");
    let selection = window.1.borrow().selection.unwrap();
    assert!(selection.head < selection.anchor);
}

#[test]
fn two_clicks_take_a_word_three_the_paragraph_and_shift_extends() {
    let (text, outline) = convention(2);
    let paragraph = outline.blocks[1];
    let mut window = open(&text, outline, vec![]);
    let at = spot(&mut window, words(&text, "number1x1").start + 3);
    click(&mut window.0, at, 2);
    assert_eq!(selected(&window.1), "number1x1");
    pause(&mut window.0);
    click(&mut window.0, at, 3);
    assert_eq!(selected(&window.1), paragraph.of(&text).unwrap());
    pause(&mut window.0);

    let (start, end) = (words(&text, "Each Party").start, words(&text, "kept").end);
    let (a, b) = (spot(&mut window, start), spot(&mut window, end));
    click(&mut window.0, a, 1);
    assert_eq!(selected(&window.1), "");
    window.0.hover_at(b);
    window.0.step();
    press(&mut window.0, b, true, Modifiers::SHIFT);
    press(&mut window.0, b, false, Modifiers::SHIFT);
    window.0.run();
    assert_eq!(selected(&window.1), text[start..end]);
}

#[test]
fn the_keyboard_alone_selects_by_letter_word_line_and_provision() {
    let (text, outline) = convention(2);
    let provisions = outline.provisions.clone();
    let (mut harness, desk) = open(&text, outline, vec![]);
    desk.borrow_mut().state.take_focus();
    harness.run();
    let put = |at: usize| desk.borrow_mut().selection = Some(Selection::caret(at));
    let start = words(&text, "Each Party").start;

    put(start);
    harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowRight);
    harness.run();
    assert_eq!(selected(&desk), "E");
    put(start);
    for _ in 0..2 {
        harness.key_press_modifiers(Modifiers::SHIFT | Modifiers::CTRL, Key::ArrowRight);
        harness.run();
    }
    assert_eq!(selected(&desk), "Each Party");
    let done = desk.borrow().events.iter().any(|e| matches!(e, ReaderEvent::SelectionDone(_)));
    assert!(done, "letting Shift go ends a selection");

    put(start);
    harness.key_press_modifiers(Modifiers::ALT, Key::ArrowDown);
    harness.run();
    assert_eq!(desk.borrow().selection, Some(Selection::caret(provisions[2].range.start)), "the next provision");
    harness.key_press_modifiers(Modifiers::CTRL, Key::ArrowUp);
    harness.run();
    assert_eq!(desk.borrow().selection, Some(Selection::caret(provisions[1].range.start)), "and back");

    // Down and up again keep the place, over a short line as well.
    put(words(&text, "touches").start);
    for key in [Key::ArrowDown, Key::ArrowDown, Key::ArrowDown, Key::ArrowUp, Key::ArrowUp, Key::ArrowUp] {
        harness.key_press(key);
        harness.run();
    }
    assert_eq!(desk.borrow().selection, Some(Selection::caret(words(&text, "touches").start)));

    harness.key_press(Key::Home);
    harness.key_press_modifiers(Modifiers::SHIFT, Key::End);
    harness.run();
    let line = selected(&desk);
    assert!(line.contains("touches") && line.len() > 50 && !line.ends_with(' '), "a line, not {line:?}");

    put(words(&text, "the efficient").start);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run();
    assert_eq!(selected(&desk), "(a) the efficient office keeps figures of article 1;");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run();
    harness.event(Event::Copy);
    harness.run();
    let copied = desk.borrow().events.iter().rev().find_map(|e| match e {
        ReaderEvent::Copy(range) => Some(*range),
        _ => None,
    });
    assert_eq!(copied, desk.borrow().selection.map(Selection::range));
    harness.key_press(Key::Escape);
    harness.run();
    assert_eq!(desk.borrow().selection, None);

    harness.key_press_modifiers(Modifiers::CTRL, Key::End);
    harness.key_press_modifiers(Modifiers::CTRL, Key::End);
    harness.run();
    assert_eq!(desk.borrow().selection, Some(Selection::caret(text.trim_end().len())));
}

#[test]
fn a_selection_outlives_being_scrolled_away() {
    let (text, outline) = convention(60);
    let (mut harness, desk) = open(&text, outline, vec![]);
    let range = words(&text, "whatever else");
    desk.borrow_mut().selection = Some(Selection { anchor: range.start, head: range.end });
    harness.run();
    assert!(desk.borrow().last.as_ref().unwrap().selection_rect.is_some());
    desk.borrow_mut().state.scroll_to(text.len() / 2, ScrollPlace::Top);
    harness.run();
    assert!(desk.borrow().last.as_ref().unwrap().selection_rect.is_none(), "off screen there is no place for a popup");
    assert_eq!(selected(&desk), "whatever else");
    desk.borrow_mut().state.scroll_to(range.start, ScrollPlace::Nearest);
    harness.run();
    assert!(desk.borrow().last.as_ref().unwrap().selection_rect.is_some());
    assert_eq!(selected(&desk), "whatever else");
}

#[test]
fn learning_true_heights_does_not_move_what_is_read() {
    let (text, outline) = convention(400);
    let mut window = open(&text, outline, vec![]);
    let target = words(&text, "number200x2").start;
    window.1.borrow_mut().state.scroll_to(target, ScrollPlace::Center);
    window.0.run();
    let before = spot(&mut window, target);
    // Up and down by keys lays out what was only estimated.
    window.1.borrow_mut().state.take_focus();
    window.0.run();
    for (key, times) in [(Key::PageUp, 30), (Key::PageDown, 30)] {
        for _ in 0..times {
            window.0.key_press(key);
            window.0.step();
        }
    }
    window.0.run();
    let after = spot(&mut window, target);
    assert!((before.y - after.y).abs() < 1.0, "from {before} to {after}");
}

#[test]
fn a_click_where_highlights_overlap_names_them_all() {
    let (text, outline) = convention(2);
    let outer = words(&text, "Each Party shall see to it that number1x1 is kept");
    let inner = words(&text, "number1x1 is");
    let apart = words(&text, "good time");
    let all = vec![highlight(1, outer), highlight(2, inner), highlight(3, apart)];
    let mut window = open(&text, outline, all);
    let at = spot(&mut window, inner.start + 4);
    click(&mut window.0, at, 1);
    let clicked = |desk: &Rc<RefCell<Desk>>| {
        std::mem::take(&mut desk.borrow_mut().events).into_iter().find_map(|e| match e {
            ReaderEvent::ClickHighlight(keys) => Some(keys),
            _ => None,
        })
    };
    assert_eq!(clicked(&window.1), Some(vec![key(2), key(1)]), "the nested one lies on top");
    pause(&mut window.0);
    let beside = spot(&mut window, words(&text, "whatever").start + 2);
    click(&mut window.0, beside, 1);
    assert_eq!(clicked(&window.1), None);

    pause(&mut window.0);
    window.0.get_by_label("Remark 3").click();
    window.0.run();
    assert_eq!(clicked(&window.1), Some(vec![key(3)]), "found by its name");
    window.0.get_by_label("Remark 1").click_accesskit();
    window.0.run();
    assert_eq!(clicked(&window.1), Some(vec![key(1)]), "clicked by a screen reader");
}

#[test]
fn the_ends_of_a_highlight_can_be_dragged() {
    let (text, outline) = convention(2);
    let span = words(&text, "the people it touches");
    let mut window = open(&text, outline, vec![highlight(1, span)]);
    window.1.borrow_mut().focus = Some(key(1));
    window.0.run();
    let wider = words(&text, "told in good").end;
    let from = spot(&mut window, span.end);
    let to = spot(&mut window, wider);
    drag(&mut window.0, from - vec2(1.0, 0.0), to);
    let ended = window.1.borrow().events.iter().find_map(|e| match e {
        ReaderEvent::DragEnd { key, range } => Some((*key, *range)),
        _ => None,
    });
    assert_eq!(ended, Some((key(1), TextRange { start: span.start, end: wider })));
    assert_eq!(selected(&window.1), "", "dragging an end selects nothing");
}

#[test]
fn a_drag_held_at_the_edge_goes_on_selecting() {
    let (text, outline) = convention(20);
    let mut window = open(&text, outline, vec![]);
    let from = words(&text, "number1x1").start;
    let a = spot(&mut window, from);
    let before = visible(&window.1).end;
    window.0.hover_at(a);
    window.0.run();
    press(&mut window.0, a, true, Modifiers::NONE);
    window.0.hover_at(pos2(a.x, 740.0));
    for _ in 0..90 {
        window.0.step();
    }
    press(&mut window.0, pos2(a.x, 740.0), false, Modifiers::NONE);
    window.0.run();
    let range = window.1.borrow().selection.map(Selection::range).unwrap();
    assert_eq!(range.start, from, "where it began, though that has left the screen");
    assert!(range.end > before, "beyond what was on screen");
}

#[test]
fn highlighting_moves_nothing() {
    let (text, outline) = convention(4);
    let mut window = open(&text, outline, vec![]);
    let places = [words(&text, "number1x1"), words(&text, "number1x3"), words(&text, "Article 2")];
    let before = places.map(|p| spot(&mut window, p.start));
    let many = (0..40).map(|i| highlight(i, TextRange { start: 20 + i as usize * 9, end: 200 + i as usize * 31 }));
    window.1.borrow_mut().highlights = HighlightIndex::new(many.collect());
    window.0.run();
    assert_eq!(before, places.map(|p| spot(&mut window, p.start)));
}

#[test]
fn a_jump_shows_the_place_and_the_wheel_moves_on() {
    let (text, outline) = convention(300);
    let (mut harness, desk) = open(&text, outline, vec![]);
    for place in [ScrollPlace::Top, ScrollPlace::Center, ScrollPlace::Nearest] {
        for article in [299, 1, 150, 151] {
            let target = words(&text, &format!("number{article}x2")).start;
            desk.borrow_mut().state.scroll_to(target, place);
            harness.run();
            assert!(visible(&desk).contains(target), "{place:?} of article {article}");
        }
    }
    let before = top_of(&desk);
    harness.hover_at(pos2(500.0, 300.0));
    harness.run();
    for (delta, further) in [(-3.0, true), (3.0, false)] {
        let from = top_of(&desk);
        harness.event(Event::MouseWheel {
            unit: MouseWheelUnit::Line,
            delta: vec2(0.0, delta * 4.0),
            phase: TouchPhase::Move,
            source: MouseWheelSource::Wheel,
            modifiers: Modifiers::NONE,
        });
        // The wheel is smoothed over some frames.
        harness.run_steps(60);
        assert_eq!(top_of(&desk) > from, further);
    }
    assert_eq!(top_of(&desk), before, "down and up again");
    let scrolled = desk.borrow().events.iter().any(|e| matches!(e, ReaderEvent::ScrolledTo { .. }));
    assert!(scrolled);
}

#[test]
fn the_scroll_bar_reaches_both_ends() {
    let (text, outline) = convention(100);
    let (mut harness, desk) = open(&text, outline, vec![]);
    harness.get_by_label("Reading position");
    let page = desk.borrow().last.as_ref().unwrap().page_rect;
    let bar = Rect::from_min_max(pos2(page.right() - 20.0, page.top()), page.max);
    drag(&mut harness, bar.right_top() + vec2(-6.0, 8.0), bar.right_bottom() + vec2(-6.0, -1.0));
    assert!(visible(&desk).contains(text.trim_end().len() - 1), "{:?} of {}", visible(&desk), text.len());
    drag(&mut harness, bar.right_bottom() + vec2(-6.0, -8.0), bar.right_top() + vec2(-6.0, 0.0));
    assert_eq!(top_of(&desk), 0);
}

#[test]
fn a_new_size_of_window_or_text_keeps_the_place() {
    let (text, outline) = convention(100);
    let (mut harness, desk) = open(&text, outline, vec![]);
    let target = words(&text, "number60x2").start;
    desk.borrow_mut().state.scroll_to(target, ScrollPlace::Top);
    harness.run();
    let top = top_of(&desk);
    harness.set_size(vec2(700.0, 500.0));
    harness.run();
    assert!(visible(&desk).contains(target));
    desk.borrow_mut().size = 27.0;
    harness.run();
    desk.borrow_mut().size = 18.0;
    harness.set_size(vec2(1000.0, 700.0));
    harness.run();
    assert!(visible(&desk).contains(target));
    assert!(top.abs_diff(top_of(&desk)) < 400, "within a paragraph: {top}, {}", top_of(&desk));
}

#[test]
fn both_themes_paint_every_swatch_mark_and_kind_in_both_directions() {
    let (text, mut outline) = convention(6);
    outline.title = Some("Article 1".into());
    for (i, kind) in [
        MarkKind::Agreed,
        MarkKind::Bracketed,
        MarkKind::Alternative,
        MarkKind::Deleted,
        MarkKind::Placeholder,
        MarkKind::Unbalanced,
    ]
    .into_iter()
    .enumerate()
    {
        outline.marks.push(Mark { range: TextRange { start: 30 + i * 40, end: 60 + i * 40 }, kind });
    }
    let kinds = [HighlightKind::Words, HighlightKind::Provision, HighlightKind::Absence];
    let mut all: Vec<_> = (0..48_u128)
        .map(|id| Highlight {
            kind: kinds[id as usize % 3],
            faded: id % 2 == 1,
            ..highlight(id, TextRange { start: id as usize * 11, end: id as usize * 11 + id as usize % 90 })
        })
        .collect();
    all[5].swatches.clear();
    all[5].tags.clear();
    all[6].swatches.push(Swatch::Plum);
    let (mut harness, desk) = open(&text, outline, all);
    for (dark, direction) in [(false, Direction::LeftToRight), (true, Direction::RightToLeft)] {
        {
            let mut desk = desk.borrow_mut();
            (desk.dark, desk.direction) = (dark, direction);
            desk.found = text.match_indices("kept").map(|(at, w)| TextRange { start: at, end: at + w.len() }).collect();
            desk.focus = Some(key(3));
        }
        harness.run();
        let seen = desk.borrow().last.as_ref().unwrap().visible_highlights.len();
        assert!(seen >= 16, "only {seen} highlights on screen");
    }
}

#[test]
fn a_screen_reader_finds_document_headings_and_text() {
    let (text, outline) = convention(2);
    let (harness, _desk) = open(&text, outline, vec![]);
    harness.get_by_role_and_label(Role::Document, "Draft Rev.1");
    harness.get_by_role_and_label(Role::Heading, "Article 1");
    assert!(harness.get_all_by_role(Role::Paragraph).count() > 3);
}

#[test]
fn odd_texts_are_shown_and_nothing_panics() {
    let long = "nospace".repeat(4000);
    let hard = "Each Party shall\n     act in good\tfaith,\nas agreed";
    for text in ["", " \n ", "x", "\u{301}", long.as_str(), hard] {
        let (mut harness, desk) = open(text, Outline::default(), vec![highlight(1, TextRange { start: 0, end: 9999 })]);
        desk.borrow_mut().state.take_focus();
        desk.borrow_mut().selection = Some(Selection { anchor: 0, head: 99_999 });
        harness.run();
        for key in [Key::ArrowDown, Key::ArrowUp, Key::ArrowRight, Key::End, Key::Home, Key::PageDown, Key::PageUp] {
            harness.key_press(key);
            harness.run();
        }
        harness.set_size(vec2(120.0, 60.0));
        harness.run();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// A press on any character puts the caret before it or after it, whatever its length in bytes.
    #[test]
    fn place_and_position_agree_for_any_script(seed in any::<u64>()) {
        let stock = ["Each", "État", "fi", "office", "Straße", "ἀρχή", "правà", "“so”", "№", "x≥2", "naïve", "–", "ﬁn", "e\u{301}te"];
        let mut state = seed | 1;
        let mut next = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        let mut text = String::new();
        for _ in 0..120 {
            text.push_str(stock[next(stock.len())]);
            text.push(if next(9) == 0 { '\n' } else { ' ' });
        }
        let text = text.trim_end().to_owned();
        let mut window = open(&text, Outline::default(), vec![]);
        for _ in 0..6 {
            let offset = text.floor_char_boundary(next(text.len()));
            let c = text[offset..].chars().next().unwrap_or(' ');
            // An accent and its letter are one; a space at the end of a line has no place of its own.
            let after = text[offset + c.len_utf8()..].chars().next();
            if c.is_whitespace() || c == '\u{301}' || after == Some('\u{301}') {
                continue;
            }
            let rect = rect_of((&mut window.0, &window.1), offset);
            pause(&mut window.0);
            click(&mut window.0, rect.left_center() + vec2(rect.width() * 0.2, 0.0), 1);
            prop_assert_eq!(window.1.borrow().selection, Some(Selection::caret(offset)), "before {:?}", c);
            pause(&mut window.0);
            click(&mut window.0, rect.left_center() + vec2(rect.width() * 0.8, 0.0), 1);
            let end = offset + c.len_utf8();
            prop_assert_eq!(window.1.borrow().selection, Some(Selection::caret(end)), "after {:?}", c);
        }
    }
}
