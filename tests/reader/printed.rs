//! What the file printed besides words: pages, notes, styles.

use std::sync::Arc;

use eframe::egui::{Key, Role, vec2};
use egui_kittest::kittest::Queryable;
use travaux::model::{Direction, Note, Outline, PageStart, Printed, Style, Styled};
use travaux::ui::reader::{ReaderEvent, Selection};

use super::desk::{Window, click, open, open_sized, pause, rect_of, words};

const TEXT: &str = "Each Party¹² shall keep [such] ninety days sixty days a light.\n\n\
    The keepers are told in good time and in words they understand, whatever else this instrument may say, and a new \
    page begins here in the middle of their paragraph.\n\n\
    ¹² As proposed by one delegation.\n\n* See Article 3.";

fn printed() -> Printed {
    let styled = |w, style| Styled { range: words(TEXT, w), style };
    let mut styles = vec![
        styled("ninety days", Style::Struck),
        styled("sixty days", Style::Bold),
        styled("days a", Style::Italic),
        styled("keepers", Style::Underlined),
    ];
    styles.sort_by_key(|s| s.range.start);
    let page = |w, number, label: &str| PageStart { at: words(TEXT, w).start, number, label: label.into() };
    Printed {
        pages: vec![page("Each", 1, "iii"), page("begins here", 2, "")],
        notes: vec![
            Note { call: Some(words(TEXT, "¹²")), body: words(TEXT, "¹² As proposed by one delegation.") },
            Note { call: None, body: words(TEXT, "* See Article 3.") },
        ],
        styles,
    }
}

fn outline() -> Outline {
    Outline { blocks: TEXT.split("\n\n").map(|block| words(TEXT, block)).collect(), ..Outline::default() }
}

fn window() -> Window {
    let mut window = open_sized(TEXT, outline(), vec![], vec2(1280.0, 800.0));
    window.1.borrow_mut().printed = Arc::new(printed());
    window.0.run();
    window
}

fn notes(window: &Window) -> Vec<(usize, bool)> {
    let taken = std::mem::take(&mut window.1.borrow_mut().events);
    let note = |e: ReaderEvent| match e {
        ReaderEvent::Note { note, calls } => Some((note, calls)),
        _ => None,
    };
    taken.into_iter().filter_map(note).collect()
}

#[test]
fn the_sign_of_a_note_leads_to_it_and_back() {
    let mut window = window();
    let call = rect_of((&mut window.0, &window.1), words(TEXT, "¹²").start);
    click(&mut window.0, call.center(), 1);
    assert_eq!(notes(&window), [(0, true)]);
    let hovered: Vec<_> = window.1.borrow().last.as_ref().unwrap().visible_notes.iter().map(|n| n.hovered).collect();
    assert_eq!(hovered, [true, false, false]);
    pause(&mut window.0);
    let sign = rect_of((&mut window.0, &window.1), words(TEXT, "¹² As").start);
    click(&mut window.0, sign.center(), 1);
    assert_eq!(notes(&window), [(0, false)]);
    pause(&mut window.0);
    let beside = rect_of((&mut window.0, &window.1), words(TEXT, "shall").start);
    click(&mut window.0, beside.center(), 1);
    assert_eq!(notes(&window), []);
    // By name: a screen reader clicks, the keyboard takes Enter.
    window.0.get_by_role_and_label(Role::Link, "Note 12").click_accesskit();
    window.0.run();
    assert_eq!(notes(&window), [(0, true)]);
    window.0.get_by_role_and_label(Role::Link, "Back from note *").focus();
    window.0.run();
    window.0.key_press(Key::Enter);
    window.0.run();
    assert_eq!(notes(&window), [(1, false)]);
}

#[test]
fn notes_stand_apart_smaller_and_with_their_sign_in_the_margin() {
    let mut window = window();
    let mut rect = |w: &str| rect_of((&mut window.0, &window.1), words(TEXT, w).start);
    let (text, last, note, sign, next) =
        (rect("Each"), rect("their paragraph"), rect("As proposed"), rect("¹² As"), rect("See Article"));
    assert!(note.height() < text.height());
    assert!((note.left() - text.left()).abs() < 1.5 && sign.right() < note.left());
    assert!(note.top() - last.bottom() > 30.0, "a rule stands between them");
    assert!(next.top() - note.bottom() < 20.0, "the second follows the first");
}

#[test]
fn pages_are_numbered_beside_the_line_they_begin_on() {
    let mut window = window();
    let (each, begins) = (words(TEXT, "Each").start, words(TEXT, "begins here").start);
    let (first, second) = (rect_of((&mut window.0, &window.1), each), rect_of((&mut window.0, &window.1), begins));
    let (column, cards) = {
        let desk = window.1.borrow();
        let last = desk.last.as_ref().unwrap();
        (last.column_rect, last.margin_right)
    };
    for (name, line) in [("Page iii", first), ("Page 2", second)] {
        let mark = window.0.get_by_value(name).rect();
        assert!((mark.center().y - line.center().y).abs() < 2.0, "{name} at {mark}, its line at {line}");
        assert!(mark.left() >= column.right() && mark.right() <= cards.left() + 12.0, "{name} at {mark}");
    }
    // In a draft from right to left they stand at the left, where its lines end.
    window.1.borrow_mut().direction = Direction::RightToLeft;
    window.0.run();
    let column = window.1.borrow().last.as_ref().unwrap().column_rect;
    assert!(window.0.get_by_value("Page 2").rect().right() <= column.left());
}

#[test]
fn room_for_pages_leaves_65_characters_beside_the_cards() {
    // What the window leaves for the page at 1280 by 800, with the outline open.
    let mut window = open_sized(TEXT, outline(), vec![], vec2(990.0, 720.0));
    let page = |number| PageStart { at: 0, number, label: String::new() };
    window.1.borrow_mut().printed = Arc::new(Printed { pages: vec![page(1), page(1288)], ..printed() });
    window.0.run();
    window.1.borrow_mut().state.take_focus();
    window.1.borrow_mut().selection = Some(Selection::caret(words(TEXT, "The keepers").start));
    window.0.run();
    window.0.key_press(Key::End);
    window.0.run();
    let line = window.1.borrow().selection.unwrap().head - words(TEXT, "The keepers").start;
    assert!((60..=80).contains(&line), "{line} characters");
    assert!(window.1.borrow().last.as_ref().unwrap().margin_right.width() >= 262.0);
}

#[test]
fn bold_words_are_broader_and_a_new_reading_is_laid_out_anew() {
    let mut window = open(TEXT, outline(), vec![]);
    let marked = ["ninety", "sixty", "a light"].map(|w| words(TEXT, w).start);
    let places = |window: &mut Window| marked.map(|at| rect_of((&mut window.0, &window.1), at).left());
    let plain = places(&mut window);
    window.1.borrow_mut().printed = Arc::new(Printed { pages: vec![], ..printed() });
    window.0.run();
    let styled = places(&mut window);
    assert_eq!(plain[..2], styled[..2], "a line through words moves nothing");
    assert!((plain[2] - styled[2]).abs() > 1.0, "bold and italic are faces of their own: {plain:?}, {styled:?}");
    window.1.borrow_mut().printed = Arc::default();
    window.0.run();
    assert_eq!(places(&mut window), plain);
}

#[test]
fn a_hundred_thousand_odd_stretches_are_shown_without_fail() {
    let mut window = window();
    let at = |i: usize| TEXT.floor_char_boundary(i * 7919 % TEXT.len());
    let all = [Style::Bold, Style::Italic, Style::Underlined, Style::Struck];
    let styles = (0..100_000).map(|i| {
        let start = at(i);
        let end = TEXT.floor_char_boundary((start + i % 40).min(TEXT.len()));
        Styled { range: travaux::model::TextRange { start, end: end.max(start) }, style: all[i % 4] }
    });
    let mut styles: Vec<_> = styles.collect();
    styles.sort_by_key(|s| s.range.start);
    let pages = (0..500).map(|i| PageStart { at: i, number: i as u32 + 1, label: String::new() });
    let pages = pages.filter(|p| TEXT.is_char_boundary(p.at)).collect();
    window.1.borrow_mut().printed = Arc::new(Printed { styles, pages, ..printed() });
    window.0.run();
    let seen = window.1.borrow().last.as_ref().unwrap().visible;
    assert!(seen.len() > 100);
}
