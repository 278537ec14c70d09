//! Cross references on the page: by pointer, by keyboard, by name, in both directions of writing.

use eframe::egui::{Key, Modifiers, Role, pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable};
use travaux::model::{Direction, Outline};
use travaux::ui::reader::{Link, LinkLook, ReaderEvent, Selection};

use super::desk::{Window, click, convention, drag, open, open_sized, pause, press, rect_of, selected, spot, words};

const TEXT: &str = "Each Party shall keep Article 4(2) and Article 9 and the\nCharter of the sea in mind, whatever else.\n\n\
    The keepers are told of paragraph 7 in good time.";

fn links(text: &str) -> Vec<Link> {
    let link = |w, look| Link { range: words(text, w), look };
    vec![
        link("Article 4(2)", LinkLook::Leads),
        link("Article 9", LinkLook::Broken),
        link("Charter of the sea", LinkLook::Plain),
        link("paragraph 7", LinkLook::Leads),
    ]
}

fn window() -> Window {
    let outline =
        Outline { blocks: TEXT.split("\n\n").map(|block| words(TEXT, block)).collect(), ..Outline::default() };
    let mut window = open(TEXT, outline, vec![]);
    window.1.borrow_mut().links = links(TEXT);
    window.0.run();
    window
}

/// What was done with links since the last look.
fn done(window: &Window) -> Vec<ReaderEvent> {
    let taken = std::mem::take(&mut window.1.borrow_mut().events);
    taken.into_iter().filter(|e| matches!(e, ReaderEvent::Link(_) | ReaderEvent::LinkFocus(_))).collect()
}

#[test]
fn a_click_follows_and_a_drag_selects() {
    let mut window = window();
    for (at, w) in [(0, "Article 4(2)"), (1, "Article 9"), (3, "paragraph 7")] {
        let spot = spot(&mut window, words(TEXT, w).start + 3);
        click(&mut window.0, spot, 1);
        assert_eq!(done(&window), [ReaderEvent::Link(at)], "{w}");
        let hovered: Vec<_> =
            window.1.borrow().last.as_ref().unwrap().visible_links.iter().map(|l| l.hovered).collect();
        assert_eq!(hovered.iter().filter(|h| **h).count(), 1);
        assert!(hovered[at]);
        pause(&mut window.0);
    }
    // Of another instrument: the pointer learns of it, a click only puts the caret there.
    let charter = spot(&mut window, words(TEXT, "Charter").start + 2);
    click(&mut window.0, charter, 1);
    assert_eq!(done(&window), []);
    assert!(window.1.borrow().last.as_ref().unwrap().visible_links[2].hovered);
    assert_eq!(selected(&window.1), "");
    pause(&mut window.0);
    let (from, to) = (words(TEXT, "Article 4(2)").start, words(TEXT, "Article 9").end);
    let (a, b) = (spot(&mut window, from), spot(&mut window, to));
    drag(&mut window.0, a, b);
    assert_eq!(selected(&window.1), &TEXT[from..to]);
    assert_eq!(done(&window), []);
    pause(&mut window.0);
    // With a key held the caret goes there and nothing else.
    window.1.borrow_mut().selection = None;
    let at = spot(&mut window, words(TEXT, "paragraph 7").start + 3);
    window.0.hover_at(at);
    window.0.step();
    press(&mut window.0, at, true, Modifiers::ALT);
    press(&mut window.0, at, false, Modifiers::ALT);
    window.0.run();
    assert_eq!(done(&window), []);
}

#[test]
fn a_screen_reader_finds_them_by_their_words() {
    let mut window = window();
    let names: Vec<_> = window.0.get_all_by_role(Role::Link).filter_map(|n| n.accesskit_node().label()).collect();
    assert_eq!(names, ["Article 4(2)", "Article 9", "paragraph 7"]);
    window.0.get_by_role_and_label(Role::Link, "Article 9").click_accesskit();
    window.0.run();
    assert_eq!(done(&window), [ReaderEvent::Link(1)]);
    let beside = rect_of((&mut window.0, &window.1), words(TEXT, "paragraph 7").start);
    let node = window.0.get_by_role_and_label(Role::Link, "paragraph 7").rect();
    assert!((node.left() - beside.left()).abs() < 1.5 && (node.center().y - beside.center().y).abs() < 2.0);
    window.0.get_by_role_and_label(Role::Link, "Article 4(2)").focus();
    window.0.run();
    assert_eq!(done(&window), [ReaderEvent::LinkFocus(Some(0))]);
    assert!(window.0.get_by_role_and_label(Role::Link, "Article 4(2)").is_focused());
    window.0.key_press(Key::Enter);
    window.0.run();
    assert_eq!(done(&window), [ReaderEvent::Link(0)]);
}

#[test]
fn the_keyboard_is_put_on_one_and_goes_on_from_there() {
    let mut window = window();
    let is_focused = |window: &Window, name| window.0.get_by_role_and_label(Role::Link, name).is_focused();
    window.1.borrow_mut().state.take_focus();
    window.0.run();
    {
        let mut desk = window.1.borrow_mut();
        desk.link = Some(3);
        desk.selection = Some(Selection::caret(words(TEXT, "paragraph 7").start));
    }
    window.0.run();
    assert!(is_focused(&window, "paragraph 7"));
    window.1.borrow_mut().link = Some(0);
    window.0.run();
    assert!(is_focused(&window, "Article 4(2)") && !is_focused(&window, "paragraph 7"));
    assert_eq!(done(&window), []);
    window.0.key_press(Key::Enter);
    window.0.run();
    assert_eq!(done(&window), [ReaderEvent::Link(0)]);
    // An arrow takes the caret on, and the keyboard with it.
    window.1.borrow_mut().selection = Some(Selection::caret(words(TEXT, "Article 4(2)").start));
    window.0.run();
    window.0.key_press(Key::ArrowRight);
    window.0.run();
    assert_eq!(window.1.borrow().selection, Some(Selection::caret(words(TEXT, "rticle 4(2)").start)));
    assert_eq!(done(&window), [ReaderEvent::LinkFocus(None)]);
    assert!(window.1.borrow().last.as_ref().unwrap().response.has_focus());
    // Tab does not go through all of them.
    window.0.key_press(Key::Tab);
    window.0.run();
    assert!(!is_focused(&window, "Article 4(2)") && !is_focused(&window, "Article 9"));
}

#[test]
fn one_far_away_is_brought_into_sight_and_left_when_scrolled_away() {
    let (text, outline) = convention(60);
    let mut window = open_sized(&text, outline, vec![], vec2(1000.0, 700.0));
    let far = words(&text, "number50x2");
    let list = vec![
        Link { range: words(&text, "number1x1"), look: LinkLook::Leads },
        Link { range: far, look: LinkLook::Leads },
    ];
    window.1.borrow_mut().links = list;
    window.1.borrow_mut().link = Some(1);
    window.0.run();
    assert!(window.0.get_by_role_and_label(Role::Link, "number50x2").is_focused());
    assert!(window.1.borrow().last.as_ref().unwrap().visible.contains(far.start));
    assert_eq!(done(&window), []);
    window.1.borrow_mut().state.scroll_to(0, travaux::ui::reader::ScrollPlace::Top);
    window.0.run();
    assert_eq!(done(&window), [ReaderEvent::LinkFocus(None)]);
    assert!(window.1.borrow().last.as_ref().unwrap().response.has_focus(), "the page has the keyboard");
    // One that is in sight moves nothing.
    let top = window.1.borrow().last.as_ref().unwrap().top;
    window.1.borrow_mut().link = Some(0);
    window.0.run();
    assert_eq!(window.1.borrow().last.as_ref().unwrap().top, top);
}

#[test]
fn words_from_right_to_left_lead_where_the_eye_sees_them() {
    let text = "כל צד יקיים את סעיף 4 ואת סעיף 9 בכל עת, ויודיע על כך.";
    let outline = Outline { blocks: vec![words(text, text)], ..Outline::default() };
    let mut window = open(text, outline, vec![]);
    {
        let mut desk = window.1.borrow_mut();
        desk.direction = Direction::RightToLeft;
        let link = |w| Link { range: words(text, w), look: LinkLook::Leads };
        desk.links = vec![link("סעיף 4"), link("סעיף 9")];
    }
    window.0.run();
    let (first, second) = (
        window.0.get_by_role_and_label(Role::Link, "סעיף 4").rect(),
        window.0.get_by_role_and_label(Role::Link, "סעיף 9").rect(),
    );
    assert!(second.right() < first.left(), "{first} {second}");
    for (at, rect) in [(0, first), (1, second)] {
        click(&mut window.0, pos2(rect.center().x, rect.center().y), 1);
        assert_eq!(done(&window), [ReaderEvent::Link(at)]);
        pause(&mut window.0);
    }
}
