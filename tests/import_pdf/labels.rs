//! Where paragraphs begin: numbers in the margin, in another face, below wide space, and before words that are struck.

use crate::pdf::{Face, Page};
use crate::{FILLER, Imported, page, paragraphs, read, read_with};
use travaux::import::Choices;
use travaux::model::Wording;

/// A line at a place, with its number set apart before it.
fn numbered(page: Page, y: f32, number: &str, words: &str) -> Page {
    page.words(72.0, y, 11.0, Face::Roman, number).words(100.0, y, 11.0, Face::Roman, words)
}

#[test]
fn a_number_in_small_type_in_the_margin_belongs_to_its_paragraph() {
    let preamble = |page: Page, y: f32, number: &str, words: &str| {
        page.words(72.0, y - 3.0, 6.5, Face::Roman, number).words(100.0, y, 11.0, Face::Roman, words).words(
            100.0,
            y + 14.0,
            11.0,
            Face::Roman,
            "harbor in fog and in storm,",
        )
    };
    let page = preamble(page(1, &["The Parties,"]), 130.0, "Pp1", "Recalling that all ships need the lights of a");
    let imported = read(&[preamble(page, 170.0, "Pp12", "Mindful of the masters of ships that come to a")]);
    let all = paragraphs(&imported);
    assert_eq!(all[2], "Pp1\tRecalling that all ships need the lights of a harbor in fog and in storm,");
    assert_eq!(all[3], "Pp12\tMindful of the masters of ships that come to a harbor in fog and in storm,");
}

#[test]
fn a_number_whose_full_stop_has_another_face_is_a_number() {
    let line = |page: Page, y: f32, number: &str| {
        page.runs(72.0, y, &[(Face::Fixed, 11.0, 0.0, number), (Face::Roman, 11.0, 0.0, ".")]).words(
            100.0,
            y,
            11.0,
            Face::Roman,
            "[The keeper mends the lamps of the harbor and the wall of the harbor, every year;]",
        )
    };
    let imported = read(&[line(line(page(1, &FILLER), 200.0, "7"), 214.0, "8")]);
    assert!(imported.text.contains("\n\n7.\t[The keeper mends"), "{}", imported.text);
    assert!(imported.text.contains("every year;]\n\n8.\t[The keeper"), "{}", imported.text);
}

#[test]
fn a_point_below_a_sentence_that_does_not_end_begins_a_paragraph() {
    // The sentence ends in a comma, and a wider space stands below it.
    let first = page(1, &FILLER)
        .lines(72.0, 200.0, &FILLER[..2])
        .words(72.0, 228.0, 11.0, Face::Roman, "weather, and is told in every night of the fog, and in the storm by,")
        .words(100.0, 248.0, 11.0, Face::Roman, "(a)")
        .words(128.0, 248.0, 11.0, Face::Roman, "the masters of ships;");
    // The sentence ends far from the margin.
    let second = page(2, &FILLER).lines(72.0, 200.0, &FILLER[..2]).lines(
        72.0,
        228.0,
        &["weather, and in", "(i) the masters of ships;"],
    );
    let imported = read(&[first, second]);
    assert!(imported.text.contains("in the storm by,\n\n(a)\tthe masters of ships;"), "{}", imported.text);
    assert!(imported.text.contains("weather, and in\n\n(i) the masters of ships;"), "{}", imported.text);
}

#[test]
fn a_point_at_the_head_of_a_page_begins_a_paragraph() {
    let point = "(i) the keeper lights the lamps of the harbor in every night of the year, in fog and in the rain;";
    let first = page(1, &FILLER).lines(72.0, 200.0, &[point]);
    let imported =
        read(&[first, page(2, &[]).lines(72.0, 100.0, &["(ii) tells the masters of ships of every change."])]);
    assert!(imported.text.contains("in the rain;\n\n(ii) tells"), "{}", imported.text);
}

#[test]
fn a_citation_at_the_head_of_a_line_begins_nothing() {
    let imported = read(&[page(1, &FILLER).lines(
        72.0,
        200.0,
        &[
            "The keeper of the harbor, as is said in the rule that stands in Article 5, points (a) and",
            "(b) of this convention, keeps the lights of the harbor in good order, night and day.",
        ],
    )]);
    assert!(imported.text.contains("points (a) and (b) of this convention"), "{}", imported.text);
}

#[test]
fn a_remark_in_braces_stands_alone() {
    let imported = read(&[page(1, &FILLER)
        .words(
            72.0,
            200.0,
            11.0,
            Face::Roman,
            "[The register of the lights of the harbor is kept by the port, and open to all ships.]",
        )
        .words(60.0, 214.0, 11.0, Face::Italic, "{Harbor dues and other costs}")
        .lines(60.0, 228.0, &["Ships pay for the lights of the harbor."])]);
    let all = paragraphs(&imported);
    assert!(all.contains(&"{Harbor dues and other costs}"), "{all:?}");
}

#[test]
fn a_number_goes_with_the_words_behind_it_that_are_struck() {
    let struck = |page: Page, y: f32, number: &str| {
        numbered(page, y, number, "The keeper keeps a dog.").rule(100.0, y - 3.0, 230.0, y - 3.0)
    };
    let read = |pages: &[Page], wording| -> Imported {
        read_with(pages, &Choices { wording: Some(wording), ..Choices::default() }).unwrap()
    };
    let mut with_next = Page::default();
    let mut without = Page::default();
    for i in 0..3 {
        let y = 100.0 + 90.0 * i as f32;
        with_next = struck(with_next, y, "57.");
        with_next = numbered(with_next, y + 30.0, "58.", "The keeper keeps a lamp.");
        // What takes the place of the struck words has no number of its own.
        without = struck(without, y, "57.").words(100.0, y + 30.0, 11.0, Face::Roman, "The keeper keeps a cat.");
    }
    let proposed = read(&[with_next.clone()], Wording::Proposed);
    assert!(
        !proposed.text.contains("57") && proposed.text.contains("58.\tThe keeper keeps a lamp."),
        "{}",
        proposed.text
    );
    assert!(read(&[with_next], Wording::Printed).text.contains("57.\tThe keeper keeps a dog."));
    let proposed = read(&[without], Wording::Proposed);
    assert!(proposed.text.contains("57."), "{}", proposed.text);
}

#[test]
fn preambular_paragraphs_without_capitals_begin_where_they_are_set_in() {
    let recital = |page: Page, y: f32, first: &str| {
        let line = format!("{first} the many ships that come to the harbor by day and by night");
        page.words(96.0, y, 11.0, Face::Roman, &line).lines(72.0, y + 14.0, &FILLER[1..3]).words(
            72.0,
            y + 42.0,
            11.0,
            Face::Roman,
            "is made to the place, the color or the rhythm of a light, at least a week before them,",
        )
    };
    // No space stands between them, and the third begins a page.
    let first = page(1, &FILLER);
    let first = recital(recital(first, 300.0, "being mindful of all"), 356.0, "and being aware of all");
    let second = recital(page(2, &[]), 100.0, "eager to protect all of").lines(72.0, 300.0, &FILLER);
    let imported = read(&[first, second]);
    for words in ["\n\nbeing mindful of", "\n\nand being aware of", "\n\neager to protect"] {
        assert!(imported.text.contains(words), "{words}: {}", imported.text);
    }
    assert!(imported.text.contains("by night from dusk to dawn"), "{}", imported.text);
}
