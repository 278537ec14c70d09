//! Drafts from right to left, and words of both directions on one line. Hebrew: the one such script of the text face.

use eframe::egui::{Event, Key, Modifiers, pos2, vec2};
use egui_kittest::kittest::Queryable;
use proptest::prelude::{ProptestConfig, any, prop_assert_eq, proptest};
use travaux::model::{Direction, Outline, Provision, ProvisionIndex, ProvisionKind, TextRange};
use travaux::ui::reader::{ReaderEvent, Selection};

use super::desk::{Window, click, drag, highlight, key, open, open_sized, pause, rect_of, selected, spot, words};

const FIRST: &str = "1. כל צד (12) יקיים מגדלור UN Lighthouse אחד לפחות, ויודיע על כך למזכירות תוך 90 ימים מיום כניסתה לתוקף של אמנה זו.";
const SECOND: &str = "2. Each Party shall keep a register in English, the working language (עברית) of the Authority.";

/// An article with two paragraphs, the second in English.
fn hebrew() -> (String, Outline) {
    let text = format!("סעיף 1\n\n{FIRST}\n\n{SECOND}");
    let blocks = ["סעיף 1", FIRST, SECOND].map(|block| words(&text, block)).to_vec();
    let provision = |label: &str, kind, range: TextRange, parent: Option<u32>, end| Provision {
        kind,
        label: label.into(),
        number: String::new(),
        label_range: TextRange { start: range.start, end: range.start + label.len() },
        heading: None,
        heading_range: None,
        range,
        parent: parent.map(ProvisionIndex),
        subtree_end: end,
        ordinal: 0,
    };
    let all = TextRange { start: 0, end: text.len() };
    let provisions = vec![
        provision("סעיף 1", ProvisionKind::Article, all, None, 3),
        provision("1.", ProvisionKind::Paragraph, blocks[1], Some(0), 2),
        provision("2.", ProvisionKind::Paragraph, blocks[2], Some(0), 3),
    ];
    let outline = Outline { provisions, blocks, ..Outline::default() };
    assert_eq!(outline.fault(&text), None);
    (text, outline)
}

fn leftward() -> (String, Window) {
    let (text, outline) = hebrew();
    let window = open(&text, outline, vec![]);
    window.1.borrow_mut().direction = Direction::RightToLeft;
    let mut window = window;
    window.0.run();
    (text, window)
}

#[test]
fn lines_begin_at_the_right_and_labels_hang_beside_them() {
    let (text, mut window) = leftward();
    let column = window.1.borrow().last.as_ref().unwrap().column_rect;
    let mut rect = |w: &str| rect_of((&mut window.0, &window.1), words(&text, w).start);
    let (label, first, next) = (rect("1. כל"), rect("כל צד"), rect("צד (12)"));
    assert!(label.left() >= column.right(), "the label hangs right of the column: {label} of {column}");
    assert!((first.right() - column.right()).abs() < 1.5, "the text begins at its right edge: {first} of {column}");
    assert!(next.right() <= first.left(), "the second word left of the first");
    assert!((label.center().y - first.center().y).abs() < 1.0);
    // Digits and English within it from left to right, and left of what comes before them.
    let (one, two) = (rect("12)"), rect("2) יקיים"));
    assert!(one.right() <= two.left() + 1.0 && two.right() < next.left());
    let (bracket, closing) = (rect("(12"), rect(") יקיים"));
    assert!(bracket.left() > two.left() && closing.right() < one.right(), "brackets around the number");
    assert!(rect("UN Light").right() < rect("Lighthouse").left());
    // An English paragraph begins at the left and keeps its label with it.
    let (label, english) = (rect("2. Each"), rect("Each Party"));
    assert!((label.left() - column.left()).abs() < 1.5, "{label} of {column}");
    assert!(english.left() > label.right());
    let heading = rect("סעיף");
    assert!((heading.right() - column.right()).abs() < 1.5);
}

#[test]
fn a_drag_selects_the_words_under_it() {
    let (text, mut window) = leftward();
    let (from, to) = (words(&text, "צד (12)").start, words(&text, "יקיים מגדלור").end);
    let a = rect_of((&mut window.0, &window.1), from);
    let last = text[..to].char_indices().next_back().unwrap().0;
    let b = rect_of((&mut window.0, &window.1), last);
    drag(&mut window.0, a.right_center() - vec2(1.0, 0.0), b.left_center() + vec2(1.0, 0.0));
    assert_eq!(selected(&window.1), &text[from..to]);
    window.1.borrow_mut().state.take_focus();
    window.0.run();
    window.0.event(Event::Copy);
    window.0.run();
    let copied = window.1.borrow().events.iter().rev().find_map(|e| match e {
        ReaderEvent::Copy(range) => Some(*range),
        _ => None,
    });
    assert_eq!(copied, Some(TextRange { start: from, end: to }), "in the order of the text");
    pause(&mut window.0);
    let word = spot(&mut window, words(&text, "מגדלור").start + 4);
    click(&mut window.0, word, 2);
    assert_eq!(selected(&window.1), "מגדלור");
    pause(&mut window.0);
    let word = spot(&mut window, words(&text, "Lighthouse").start + 4);
    click(&mut window.0, word, 2);
    assert_eq!(selected(&window.1), "Lighthouse");
}

#[test]
fn left_is_left_and_a_word_on() {
    let (text, mut window) = leftward();
    window.1.borrow_mut().state.take_focus();
    window.0.run();
    let put = |window: &Window, at: usize| window.1.borrow_mut().selection = Some(Selection::caret(at));
    let head = |window: &Window| window.1.borrow().selection.unwrap().head;
    let start = words(&text, "כל צד").start;
    put(&window, start);
    window.0.key_press(Key::ArrowLeft);
    window.0.run();
    assert_eq!(head(&window), start + "כ".len());
    window.0.key_press(Key::ArrowRight);
    window.0.run();
    assert_eq!(head(&window), start);
    window.0.key_press_modifiers(Modifiers::CTRL | Modifiers::SHIFT, Key::ArrowLeft);
    window.0.run();
    assert_eq!(selected(&window.1), "כל");
    window.0.key_press(Key::ArrowLeft);
    window.0.run();
    assert_eq!(head(&window), start + "כל".len(), "to the left end of what was selected");
    // Through the English words from their right end to their left.
    let english = words(&text, "UN Lighthouse");
    put(&window, english.start);
    window.0.key_press(Key::ArrowLeft);
    window.0.run();
    assert_eq!(head(&window), english.end - 1, "into the last letter, which is the nearest");
    put(&window, start);
    window.0.key_press(Key::End);
    window.0.run();
    let end = head(&window);
    assert!(end > start + 40 && end < words(&text, FIRST).end, "the left end of the first line");
    window.0.key_press(Key::Home);
    window.0.run();
    assert_eq!(head(&window), words(&text, "1. כל").start);
}

#[test]
fn remarks_stand_right_of_the_labels_and_their_ends_can_be_dragged() {
    let (text, outline) = hebrew();
    let span = words(&text, "יקיים מגדלור");
    let (mut harness, desk) = open_sized(&text, outline, vec![highlight(1, span)], vec2(1280.0, 800.0));
    {
        let mut desk = desk.borrow_mut();
        desk.direction = Direction::RightToLeft;
        desk.focus = Some(key(1));
    }
    harness.run();
    let mark = harness.get_by_label("Remark 1").rect();
    let mut window = (harness, desk);
    let (first, last) = (span.start, words(&text, "ר UN").start);
    let (a, b) = (rect_of((&mut window.0, &window.1), first), rect_of((&mut window.0, &window.1), last));
    assert!((mark.right() - a.right()).abs() < 2.0 && (mark.left() - b.left()).abs() < 2.0, "{mark}: {a} to {b}");
    let (column, margin) = {
        let desk = window.1.borrow();
        let last = desk.last.as_ref().unwrap();
        (last.column_rect, last.margin_right)
    };
    assert!(margin.left() > column.right() + 40.0);
    // The tag in the margin is clicked.
    let tag = pos2(column.right() + 4.0 + 18.0 * 2.7 + 12.0, a.center().y);
    window.1.borrow_mut().events.clear();
    click(&mut window.0, tag, 1);
    assert!(window.1.borrow().events.contains(&ReaderEvent::ClickHighlight(vec![key(1)])));
    // The end of the words is at their left.
    pause(&mut window.0);
    let wider = words(&text, "אחד").end;
    let to = rect_of((&mut window.0, &window.1), words(&text, "ד לפחות").start);
    drag(&mut window.0, b.left_center(), to.left_center() + vec2(1.0, 0.0));
    let ended = window.1.borrow().events.iter().find_map(|e| match e {
        ReaderEvent::DragEnd { range, .. } => Some(*range),
        _ => None,
    });
    assert_eq!(ended, Some(TextRange { start: span.start, end: wider }));
}

#[test]
fn hebrew_within_an_english_draft_reads_leftward() {
    let text = "The word מגדלור אחד means (a) lighthouse.\n\nכל צד יקיים מגדלור.";
    let blocks = text.split("\n\n").map(|block| words(text, block)).collect();
    let mut window = open(text, Outline { blocks, ..Outline::default() }, vec![]);
    let column = window.1.borrow().last.as_ref().unwrap().column_rect;
    let mut rect = |w: &str| rect_of((&mut window.0, &window.1), words(text, w).start);
    let (word, first, second, after) = (rect("word"), rect("מגדלור אחד"), rect("אחד"), rect("means"));
    assert!((rect("The").left() - column.left()).abs() < 1.5);
    assert!(word.right() < second.left() && second.right() < first.left() && first.right() < after.left());
    assert!((rect("כל צד").right() - column.right()).abs() < 1.5, "a Hebrew paragraph begins at the right");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    /// A press on any letter puts the caret before it or after it, whichever way it runs.
    #[test]
    fn place_and_position_agree_on_a_line_of_both_directions(seed in any::<u64>(), left in any::<bool>()) {
        let stock = ["כל", "צד", "(12)", "מגדלור,", "UN", "fi", "Rev.2", "«אחד»", "90%", "שָׁלוֹם", "État", "[ויודיע]"];
        let mut state = seed | 1;
        let mut next = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        let text = (0..60).map(|_| stock[next(stock.len())]).collect::<Vec<_>>().join(" ");
        let mut window = open(&text, Outline::default(), vec![]);
        window.1.borrow_mut().direction = if left { Direction::LeftToRight } else { Direction::RightToLeft };
        window.0.run();
        let is_mark = |c: char| ('\u{591}'..='\u{5c7}').contains(&c);
        for _ in 0..6 {
            let offset = text.floor_char_boundary(next(text.len()));
            let c = text[offset..].chars().next().unwrap_or(' ');
            let end = offset + c.len_utf8();
            // A vowel and its letter are one.
            if c.is_whitespace() || is_mark(c) || text[end..].starts_with(is_mark) {
                continue;
            }
            let rect = rect_of((&mut window.0, &window.1), offset);
            let mut heads = Vec::new();
            for share in [0.2, 0.8] {
                pause(&mut window.0);
                click(&mut window.0, rect.left_center() + vec2(rect.width() * share, 0.0), 1);
                heads.push(window.1.borrow().selection.unwrap().head);
            }
            heads.sort_unstable();
            prop_assert_eq!(heads, vec![offset, end], "around {:?} in {}", c, text);
        }
    }
}
