//! What must hold of lines with words of both directions, whatever the words: every letter one measure wide.

use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};
use unicode_segmentation::UnicodeSegmentation;

use super::set::runs;
use super::{BlockLayout, Lean, Line, bidi};
use crate::model::{Direction, TextRange};
use eframe::egui::Rangef;

const WIDTH: f32 = 10.0;

/// A paragraph set in lines of so many letters.
fn set(text: &str, base: Direction, letters: usize) -> BlockLayout {
    let width = |token: &bidi::Token| text[token.bytes.clone()].chars().count() as f32 * WIDTH;
    let room = letters as f32 * WIDTH;
    let tokens = bidi::cut_wide(text, bidi::tokens(text, base, &[]), room, &mut |token| width(token));
    let widths: Vec<f32> = tokens.iter().map(width).collect();
    let mut source = (text.chars(), 0);
    let woven = bidi::weave(&tokens, &widths, base, room, 0.0);
    let lines = woven.iter().enumerate().map(|(i, woven)| {
        let even = |placed: &bidi::Placed, word: &str, (left, right): (f32, f32)| {
            let count = word.chars().count();
            let step = (right - left) / count as f32;
            let stop =
                |k: usize| if placed.token.level % 2 == 1 { right - k as f32 * step } else { left + k as f32 * step };
            (0..=count).map(stop).collect()
        };
        let runs = runs(woven, text, &mut source, 0.0, base, &even);
        let y = Rangef::new(i as f32 * 20.0, i as f32 * 20.0 + 20.0);
        Line { y, band: y, base: bidi::level_of(base), runs }
    });
    let lines: Vec<Line> = lines.collect();
    assert_eq!(source.1, text.len(), "every letter is on a line");
    BlockLayout {
        bytes: TextRange { start: 0, end: text.len() },
        height: lines.len() as f32 * 20.0,
        lines,
        pieces: Vec::new(),
        heading: None,
        leftward: base == Direction::RightToLeft,
        rules: Vec::new(),
        notes: Vec::new(),
        pages: Vec::new(),
        notes_begin: None,
    }
}

fn words(mut seed: u64, count: usize) -> String {
    let stock = [
        "Each",
        "Party",
        "État",
        "1982",
        "12.5",
        "(b)",
        "[such]",
        "50%",
        "المادة",
        "منارة",
        "(أ)",
        "٢٣",
        "«هذه»",
        "دولة،",
        "אבג",
        "(12)",
        "מגדלור.",
        "Rev.2",
        "a",
        "و",
        "[المنظمة (ILA)]",
        "x-y",
        "…",
    ];
    let mut next = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % stock.len()
    };
    (0..count).map(|_| stock[next()]).collect::<Vec<_>>().join(" ")
}

/// The places of a paragraph where a caret can stand.
fn places(text: &str) -> Vec<usize> {
    text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// A caret stands where a click puts it.
    #[test]
    fn a_click_on_the_caret_leaves_it_there(seed in any::<u64>(), count in 1..30_usize, letters in 8..40_usize, left in any::<bool>()) {
        let base = if left { Direction::LeftToRight } else { Direction::RightToLeft };
        let text = words(seed, count);
        let layout = set(&text, base, letters);
        for at in places(&text) {
            let (line, x) = layout.caret(&text, at, Lean::Base);
            prop_assert_eq!(layout.hit_line(&text, line, x), at, "at {} in {}", at, text);
        }
    }

    /// A click within a letter puts the caret before or after it, whichever is nearer.
    #[test]
    fn a_click_on_a_letter_puts_the_caret_beside_it(seed in any::<u64>(), count in 1..30_usize, letters in 8..40_usize, left in any::<bool>()) {
        let base = if left { Direction::LeftToRight } else { Direction::RightToLeft };
        let text = words(seed, count);
        let layout = set(&text, base, letters);
        for (at, c) in text.char_indices().filter(|(_, c)| *c != ' ') {
            let end = at + c.len_utf8();
            let bands = layout.bands(&text, TextRange { start: at, end });
            prop_assert_eq!(bands.len(), 1);
            let (line, x) = bands[0];
            prop_assert!((x.span() - WIDTH).abs() < 0.01);
            let (a, b) = (layout.hit_line(&text, line, x.min + 3.0), layout.hit_line(&text, line, x.max - 3.0));
            prop_assert_eq!((a.min(b), a.max(b)), (at, end), "{} in {}", c, text);
            prop_assert_eq!(layout.under(&text, eframe::egui::pos2(x.center(), layout.lines[line].y.center())), Some(at));
        }
    }

    /// What is marked are the chosen words, all of them, and no others.
    #[test]
    fn bands_cover_exactly_the_words(seed in any::<u64>(), count in 1..30_usize, letters in 8..40_usize, a in any::<u64>(), b in any::<u64>()) {
        let text = words(seed, count);
        let layout = set(&text, Direction::RightToLeft, letters);
        let places = places(&text);
        let place = |n: u64| places[n as usize % places.len()];
        let range = TextRange::new(place(a), place(b)).trimmed(&text);
        let bands = layout.bands(&text, range);
        for (at, c) in text.char_indices().filter(|(_, c)| *c != ' ') {
            let (line, x) = layout.bands(&text, TextRange { start: at, end: at + c.len_utf8() })[0];
            let marked = bands.iter().any(|(l, band)| *l == line && band.contains(x.center()));
            prop_assert_eq!(marked, range.contains(at), "{} at {} in {}", c, at, text);
        }
        for (i, (line, band)) in bands.iter().enumerate() {
            let apart = |(l, other): &(usize, Rangef)| l != line || other.max <= band.min || band.max <= other.min;
            prop_assert!(bands[..i].iter().all(apart), "two bands over each other");
        }
    }

    /// Going left step by step passes every place of a line once, from its right end to its left.
    #[test]
    fn steps_pass_every_place_of_a_line(seed in any::<u64>(), count in 1..20_usize, left in any::<bool>()) {
        let base = if left { Direction::LeftToRight } else { Direction::RightToLeft };
        let text = words(seed, count);
        let layout = set(&text, base, 10_000);
        let mut at = if left { text.len() } else { 0 };
        let mut passed = vec![at];
        let mut x = layout.caret(&text, at, Lean::Base).1;
        while let Some(next) = layout.beside(&text, at, None, false) {
            let now = layout.caret(&text, next, Lean::Base).1;
            prop_assert!(now < x, "from {} to {} in {}", at, next, text);
            prop_assert_eq!(layout.beside(&text, next, None, true), Some(at), "and back");
            (at, x) = (next, now);
            passed.push(at);
        }
        passed.sort_unstable();
        prop_assert_eq!(passed, places(&text));
    }
}

#[test]
fn between_two_directions_the_caret_stands_where_it_was_put() {
    let text = "ab אב cd";
    let layout = set(text, Direction::LeftToRight, 99);
    let hebrew = text.find('א').unwrap();
    let (_, with_paragraph) = layout.caret(text, hebrew, Lean::Base);
    assert_eq!(with_paragraph, 30.0, "after the space before it");
    assert_eq!(layout.caret(text, hebrew, Lean::Next).1, 50.0, "at the right edge of its letter");
    assert_eq!(layout.caret(text, hebrew, Lean::Near(47.0)).1, 50.0);
    assert_eq!(layout.caret(text, hebrew, Lean::Near(28.0)).1, 30.0);
    // From the edge it was put at, left is on into the word.
    assert_eq!(layout.beside(text, hebrew, Some(50.0), false), Some(hebrew + 2));
}
