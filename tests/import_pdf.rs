//! PDF files written by hand, a page's peculiarity each, and what an analyst then reads.

#![allow(missing_docs, clippy::unwrap_used)]

#[path = "import_pdf/labels.rs"]
mod labels;
#[path = "support/pdf.rs"]
mod pdf;

use pdf::{Face, Page, pdf};
use travaux::import::{Choices, ImportError, Imported, Problem, read_bytes_named};
use travaux::model::{HintKind, ProvisionKind, Style, Wording};
use travaux::outline::recognize;

fn read(pages: &[Page]) -> Imported {
    read_with(pages, &Choices::default()).unwrap()
}

fn read_with(pages: &[Page], choices: &Choices) -> Result<Imported, ImportError> {
    read_bytes_named("draft.pdf", pdf(pages), choices, &mut ())
}

fn paragraphs(imported: &Imported) -> Vec<&str> {
    imported.text.trim_end().split("\n\n").collect()
}

const FILLER: [&str; 5] = [
    "The harbor master keeps the lights of the harbor in good order and sees that they burn",
    "from dusk to dawn on every night of the year, in fog and in storm as well as in fair",
    "weather, and tells the masters of all ships that lie in the harbor of every change that",
    "is made to the place, the color or the rhythm of a light, at least a week before that",
    "change is made, unless the safety of a ship asks for more haste than that.",
];

/// The same lines in another order, since no two pages of a draft are alike.
fn filler(page: usize) -> Vec<&'static str> {
    FILLER.iter().copied().cycle().skip(page % 5).take(5).chain(["This is the rule."]).collect()
}

/// A page with a running head, a number at its foot, and text between them.
fn page(number: usize, lines: &[&str]) -> Page {
    Page::default()
        .words(72.0, 40.0, 9.0, Face::Italic, "Draft convention on harbor lights")
        .words(290.0, 770.0, 9.0, Face::Roman, &format!("- {number} -"))
        .lines(72.0, 100.0, lines)
}

#[test]
fn lines_become_paragraphs_and_what_is_on_every_page_is_left_out() {
    let (before, after) = FILLER.split_at(3);
    let imported = read(&[
        page(7, &["Article 1", "Lights"]).lines(72.0, 160.0, before),
        page(8, after).lines(72.0, 160.0, &["Article 2"]).lines(72.0, 200.0, &FILLER),
        page(9, &FILLER),
    ]);
    let whole = FILLER.join(" ");
    assert_eq!(paragraphs(&imported), ["Article 1", "Lights", &whole, "Article 2", &whole, &whole]);
    let pages: Vec<(u32, &str)> = imported.printed.pages.iter().map(|p| (p.number, p.label.as_str())).collect();
    assert_eq!(pages, [(1, "7"), (2, "8"), (3, "9")]);
    let second = imported.printed.pages[1].at;
    assert!(imported.text[second..].starts_with("is made to the place"), "a page begins amid a paragraph");
    assert!(imported.doubts.is_empty(), "{:?}", imported.doubts);
}

#[test]
fn an_article_at_the_head_of_every_page_is_no_running_head() {
    let pages: Vec<Page> =
        (1..=9).map(|n| page(n + 3, &[&format!("Article {n}")]).lines(72.0, 140.0, &filler(n))).collect();
    let imported = read(&pages);
    let reading = recognize(&imported.text, &imported.hints);
    let articles = reading.outline.provisions.iter().filter(|p| p.kind == ProvisionKind::Article).count();
    assert_eq!(articles, 9);
}

#[test]
fn notes_go_to_the_end_and_are_tied_to_their_signs() {
    let with_note = |n: usize, sign: &str, note: &str| {
        page(n, &FILLER[..4])
            .runs(
                72.0,
                156.0,
                &[
                    (Face::Roman, 11.0, 0.0, "change is made "),
                    (Face::Roman, 6.5, 4.0, sign),
                    (Face::Roman, 11.0, 0.0, ", unless the safety of a ship asks for more."),
                ],
            )
            .lines(72.0, 300.0, &FILLER)
            .rule(72.0, 690.0, 200.0, 690.0)
            .words(72.0, 702.0, 5.0, Face::Roman, sign)
            .words(80.0, 705.0, 8.5, Face::Roman, note)
    };
    let imported = read(&[
        with_note(1, "1", "As agreed in the first reading; see the report of the"),
        with_note(2, "2", "Reserved by two delegations."),
        page(3, &FILLER),
    ]);
    let all = paragraphs(&imported);
    assert_eq!(
        all[all.len() - 2..],
        ["¹ As agreed in the first reading; see the report of the", "² Reserved by two delegations."]
    );
    assert_eq!(imported.printed.notes.len(), 2);
    assert!(imported.text.contains("change is made¹, unless"));
    for (note, sign) in imported.printed.notes.iter().zip(["¹", "²"]) {
        assert_eq!(note.call.and_then(|c| c.of(&imported.text)), Some(sign));
        assert!(note.call.unwrap().end < note.body.start);
        assert!(imported.hints.iter().any(|h| h.range == note.body && h.kind == HintKind::Aside));
    }
}

#[test]
fn a_superscript_that_is_no_note_stays_with_its_word() {
    let imported = read(&[Page::default().runs(
        72.0,
        100.0,
        &[
            (Face::Roman, 11.0, 0.0, "A lamp gives 40 W/m"),
            (Face::Roman, 6.5, 4.0, "2"),
            (Face::Roman, 11.0, 0.0, " at least."),
        ],
    )]);
    assert_eq!(paragraphs(&imported), ["A lamp gives 40 W/m² at least."]);
    assert!(imported.printed.notes.is_empty());
}

const LEFT: [&str; 6] = [
    "Each harbor keeps a book in which",
    "the keeper writes down the hour at",
    "which every lamp was lit, and who",
    "lit it, on every day of the year,",
    "and the book is open to all who",
    "ask to read it.",
];
const RIGHT: [&str; 6] = [
    "No light is put out before the sun",
    "has risen, unless a law says that",
    "it may be, and then only for the",
    "time that such a law sets out in",
    "plain words that a sailor can read",
    "and understand.",
];

#[test]
fn two_columns_are_read_one_after_the_other() {
    let imported = read(&[Page::default()
        .words(200.0, 60.0, 14.0, Face::Bold, "The lights of harbors")
        .lines(72.0, 100.0, &LEFT)
        .lines(330.0, 100.0, &RIGHT)]);
    assert_eq!(paragraphs(&imported), ["The lights of harbors", &LEFT.join(" "), &RIGHT.join(" ")]);
    assert!(imported.offers.columns.is_empty(), "the columns hold one text");
}

/// A text and a proposal to change it, side by side under their heads.
fn comparison() -> Vec<Page> {
    let mut changed = LEFT;
    changed[2] = "which each lamp was lit, and who";
    let row = |page: Page, y: f32| {
        page.words(72.0, y, 10.0, Face::Italic, "Text of the chair")
            .words(330.0, y, 10.0, Face::Italic, "Proposal of the group")
            .lines(72.0, y + 24.0, &LEFT)
            .lines(330.0, y + 24.0, &changed)
    };
    let sheet = |a: &str, b: &str| {
        let page = Page::default().words(72.0, 60.0, 11.0, Face::Bold, a).words(72.0, 400.0, 11.0, Face::Bold, b);
        row(row(page, 90.0), 430.0)
    };
    vec![sheet("Article 1", "Article 2"), sheet("Article 3", "Article 4")]
}

#[test]
fn a_comparison_offers_its_columns() {
    let pages = comparison();
    let imported = read(&pages);
    assert_eq!(imported.offers.columns, ["Text of the chair", "Proposal of the group"]);
    let column = |n| read_with(&pages, &Choices { column: Some(n), ..Choices::default() }).unwrap();
    let (first, second) = (column(0), column(1));
    assert!(first.text.contains("every lamp was lit") && !first.text.contains("each lamp was lit"));
    assert!(second.text.contains("each lamp was lit") && !second.text.contains("every lamp was lit"));
    assert_eq!(paragraphs(&second)[..2], ["Article 1", &LEFT.join(" ").replace("every lamp", "each lamp")]);
    assert_eq!(second.source.taken.column, Some((1, "Proposal of the group".to_owned())));
}

#[test]
fn words_divided_at_a_line_end_are_whole_again_and_hyphens_stay() {
    let imported = read(&[Page::default().lines(
        72.0,
        100.0,
        &[
            "The keeper of the harbor and the harbor master look after self-lighting lamps and the har-",
            "bor wall; they also look after lamps that are not self-lighting, such as those of the self-",
            "lighting kind that failed and were lit by hand for the rest of the year by the old keeper.",
        ],
    )]);
    let text = &imported.text;
    assert!(text.contains("the harbor wall"), "{text}");
    assert!(text.contains("those of the self-lighting kind"), "{text}");
}

#[test]
fn a_style_ends_with_its_words_where_a_hyphen_behind_them_goes() {
    let lines =
        ["The keeper of the harbor and the harbor master look after the lamps of the harbor and of the pier."; 3];
    let page = Page::default().lines(72.0, 100.0, &lines).words(72.0, 142.0, 11.0, Face::Italic, "They mend the har-");
    let imported = read(&[page.words(72.0, 156.0, 11.0, Face::Roman, "bor wall by hand.")]);
    let text = &imported.text;
    assert!(text.contains("mend the harbor wall"), "{text}");
    let set: Vec<&str> = imported.printed.styles.iter().filter_map(|s| s.range.of(text)).collect();
    assert_eq!(set, ["They mend the har"]);
}

#[test]
fn numbers_of_lines_are_left_out_and_numbers_of_paragraphs_stay() {
    let lines: Vec<&str> = FILLER[..4].iter().copied().cycle().take(20).collect();
    let numbered = (0..20).fold(Page::default().lines(90.0, 100.0, &lines), |page, i| {
        page.words(50.0, 100.0 + 14.0 * i as f32, 8.0, Face::Roman, &(i + 1).to_string())
    });
    let imported = read(&[numbered]);
    assert!(!imported.text.contains(char::is_numeric), "{}", imported.text);
    let list = (1..=6).fold(Page::default(), |page, i| {
        let y = 100.0 + 30.0 * i as f32;
        page.words(72.0, y, 11.0, Face::Roman, &format!("{i}.")).words(100.0, y, 11.0, Face::Roman, "A lamp is lit.")
    });
    let imported = read(&[list]);
    assert_eq!(paragraphs(&imported)[5], "6.\tA lamp is lit.");
}

#[test]
fn struck_words_are_deleted_and_bold_ones_new() {
    let row = |page: Page, y: f32| {
        // 17 letters of 6.6 points stand before the struck word.
        page.rule(72.0 + 17.0 * 6.6, y - 3.0, 72.0 + 22.0 * 6.6, y - 3.0).runs(
            72.0,
            y,
            &[
                (Face::Fixed, 11.0, 0.0, "The keeper shall never "),
                (Face::Bold, 11.0, 0.0, "always"),
                (Face::Roman, 11.0, 0.0, " keep the lamp of the harbor lit."),
            ],
        )
    };
    let page = (0..10).fold(Page::default(), |page, i| row(page, 100.0 + 40.0 * i as f32));
    let choose = |wording| read_with(std::slice::from_ref(&page), &Choices { wording, ..Choices::default() }).unwrap();
    let first = |i: &Imported| paragraphs(i)[0].to_owned();
    let proposed = choose(None);
    assert_eq!(first(&proposed), "The keeper shall always keep the lamp of the harbor lit.");
    assert_eq!(proposed.source.taken.wording, Wording::Proposed);
    assert_eq!(proposed.offers.changes.map(|c| (c.inserted, c.deleted)), Some((10, 10)));
    assert_eq!(first(&choose(Some(Wording::Original))), "The keeper shall never keep the lamp of the harbor lit.");
    let printed = choose(Some(Wording::Printed));
    assert_eq!(first(&printed), "The keeper shall never always keep the lamp of the harbor lit.");
    let styled = |style| {
        let found = printed.printed.styles.iter().find(|s| s.style == style);
        found.and_then(|s| s.range.of(&printed.text))
    };
    assert_eq!((styled(Style::Struck), styled(Style::Bold)), (Some("never"), Some("always")));
}

#[test]
fn a_table_of_contents_is_no_row_of_articles() {
    let entry =
        |page: Page, i: usize| {
            let y = 100.0 + 18.0 * i as f32;
            page.words(72.0, y, 11.0, Face::Roman, &format!("Article {i}  Of lamps and lights {}", ". ".repeat(40)))
                .words(520.0, y, 11.0, Face::Roman, &(i + 1).to_string())
        };
    let contents = (1..=5).fold(Page::default().words(250.0, 80.0, 12.0, Face::Bold, "Contents"), entry);
    let articles: Vec<Page> = (1..=5)
        .map(|i| {
            Page::default().lines(72.0, 100.0, &[&format!("Article {i}"), "Of lamps and lights"]).lines(
                72.0,
                160.0,
                &filler(i),
            )
        })
        .collect();
    let imported = read(&[vec![contents], articles].concat());
    let reading = recognize(&imported.text, &imported.hints);
    let articles: Vec<&str> = reading
        .outline
        .provisions
        .iter()
        .filter(|p| p.kind == ProvisionKind::Article)
        .map(|p| p.number.as_str())
        .collect();
    assert_eq!(articles, ["1", "2", "3", "4", "5"]);
}

#[test]
fn a_turned_page_is_read_like_any_other() {
    let upright = read(&[Page::default().lines(72.0, 100.0, &FILLER)]);
    let turned = read(&[Page::default().lines(72.0, 300.0, &FILLER).turned()]);
    assert_eq!(turned.text, upright.text);
}

#[test]
fn right_to_left_lines_are_in_the_order_they_are_read() {
    // As they stand on the page, from left to right: "המגדלור (1994) הוא", with brackets as they look.
    let visual = |words: &str| words.chars().rev().collect::<String>();
    let page = Page::default()
        .words(300.0, 100.0, 11.0, Face::Said, &visual("המגדלור"))
        .words(255.0, 100.0, 11.0, Face::Said, "(1994)")
        .words(230.0, 100.0, 11.0, Face::Said, &visual("הוא"));
    let imported = read(&[page]);
    assert_eq!(paragraphs(&imported), ["המגדלור (1994) הוא"]);
}

#[test]
fn ligatures_are_taken_apart() {
    let imported =
        read(&[Page::default().words(72.0, 100.0, 11.0, Face::Said, "The o\u{fb03}ce \u{fb01}nds \u{f0b7} lamps")]);
    assert_eq!(paragraphs(&imported), ["The office finds • lamps"]);
}

#[test]
fn letters_without_a_meaning_are_worked_out_and_doubted_or_said_to_be_missing() {
    let guessed = FILLER
        .iter()
        .enumerate()
        .fold(Page::default(), |page, (i, line)| page.words(40.0, 100.0 + 14.0 * i as f32, 11.0, Face::Unsaid, line));
    let imported = read(&[guessed, page(2, &LEFT)]);
    assert!(imported.text.starts_with("The harbor master keeps"), "{}", imported.text);
    assert_eq!(imported.doubts.len(), 1);
    assert_eq!(imported.doubts[0].pages, Some((1, 1)));
    assert!(imported.doubts[0].message.starts_with("Page 1 has a broken text layer"), "{}", imported.doubts[0].message);

    let private: String = FILLER.concat().chars().map(|c| char::from_u32(0xe000 + u32::from(c)).unwrap()).collect();
    let imported = read(&[Page::default().words(20.0, 100.0, 3.0, Face::Said, &private)]);
    assert!(imported.doubts[0].message.contains("missing or scrambled"), "{:?}", imported.doubts);

    let shifted: String = FILLER
        .concat()
        .chars()
        .map(|c| if c.is_ascii_lowercase() { char::from(b'a' + (c as u8 - b'a' + 3) % 26) } else { c })
        .collect();
    let imported = read(&[Page::default().words(20.0, 100.0, 2.0, Face::Roman, &shifted)]);
    assert!(imported.doubts.iter().any(|d| d.message.contains("stand for other letters")), "{:?}", imported.doubts);
}

#[test]
fn a_scan_is_said_to_be_one() {
    let imported = read(&[Page::default().picture(), Page::default().picture(), page(3, &FILLER)]);
    assert_eq!(imported.doubts.len(), 1);
    assert_eq!(imported.doubts[0].pages, Some((1, 2)));
    assert!(imported.doubts[0].message.starts_with("Pages 1 to 2 are pictures without text"), "{:?}", imported.doubts);
}

#[test]
fn damage_is_one_sentence() {
    let says = |bytes: &[u8]| read_bytes_named("a.pdf", bytes.to_vec(), &Choices::default(), &mut ()).unwrap_err();
    let whole = pdf(&[page(1, &FILLER)]);
    for bytes in [&whole[..20], b"%PDF-1.7\n%%EOF", b"%PDF-"] {
        let error = says(bytes);
        assert!(matches!(error.problem, Problem::Damaged(_)), "{error}");
        assert!(error.to_string().starts_with("a.pdf is damaged: "), "{error}");
    }
    // The end of a file is the first to go; its pages can still be found.
    let cut = read_bytes_named("a.pdf", whole[..whole.len() - 90].to_vec(), &Choices::default(), &mut ()).unwrap();
    assert!(cut.text.contains("harbor master"));
    assert!(cut.doubts.iter().any(|d| d.message.starts_with("The end of the file is missing")), "{:?}", cut.doubts);
    let imported = read_bytes_named("a.pdf", whole, &Choices::default(), &mut ()).unwrap();
    assert_eq!(imported.doubts, []);
}

#[test]
fn a_locked_file_asks_for_its_password() {
    let file = |name: &str| {
        std::fs::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import_pdf").join(name)).unwrap()
    };
    for name in ["locked-aes.pdf", "locked-rc4.pdf"] {
        let open = |password: Option<&str>| {
            let choices = Choices { password: password.map(str::to_owned), ..Choices::default() };
            read_bytes_named(name, file(name), &choices, &mut ())
        };
        assert_eq!(open(None).unwrap_err().problem, Problem::Password { given: false });
        assert_eq!(open(Some("lamp")).unwrap_err().problem, Problem::Password { given: true });
        assert!(open(Some("lantern")).unwrap().text.contains("harbor master"));
    }
}

#[test]
fn a_table_of_contents_is_read_along_its_lines() {
    let entry = |page: Page, y: f32, number: &str, title: &str, end: &str| {
        let page = page.words(90.0, y, 11.0, Face::Roman, number).words(170.0, y, 11.0, Face::Roman, title);
        if end.is_empty() {
            return page;
        }
        let dots = (0..20).fold(page, |page, i| page.words(380.0 + 5.0 * i as f32, y, 11.0, Face::Roman, "."));
        dots.words(490.0, y, 11.0, Face::Roman, end)
    };
    let mut contents = Page::default().words(240.0, 80.0, 11.0, Face::Roman, "Contents");
    for (i, (number, title, end)) in [
        ("Article 1.", "Lamps of the outer harbor", "3"),
        ("Article 2.", "Fog, storm and other bad", ""),
        ("", "weather in the harbor", "4"),
        ("Article 3.", "Masters of ships", "4"),
        ("Article 4.", "Harbors without a", ""),
        ("", "Harbor Master", "5"),
        ("Article 5.", "Books of the harbor", "6"),
    ]
    .into_iter()
    .enumerate()
    {
        contents = entry(contents, 110.0 + 14.0 * i as f32, number, title, end);
    }
    let articles = (1..=5).fold(Page::default(), |page, n| {
        let y = 60.0 + 120.0 * n as f32;
        page.words(72.0, y, 11.0, Face::Roman, &format!("Article {n}")).lines(72.0, y + 24.0, &filler(n))
    });
    let imported = read(&[contents, articles]);
    assert_eq!(
        paragraphs(&imported)[..6],
        [
            "Contents",
            "Article 1. Lamps of the outer harbor\t3",
            "Article 2. Fog, storm and other bad weather in the harbor\t4",
            "Article 3. Masters of ships\t4",
            "Article 4. Harbors without a Harbor Master\t5",
            "Article 5. Books of the harbor\t6",
        ]
    );
    let reading = recognize(&imported.text, &imported.hints);
    let articles = reading.outline.provisions.iter().filter(|p| p.kind == ProvisionKind::Article).count();
    assert_eq!(articles, 5, "the entries are no articles");
}

#[test]
fn letters_set_apart_are_words() {
    let letters = |page: Page, x: f32, word: &str| {
        word.chars()
            .enumerate()
            .fold(page, |page, (i, c)| page.words(x + 10.0 * i as f32, 100.0, 11.0, Face::Fixed, &c.to_string()))
    };
    let page = letters(letters(letters(Page::default(), 72.0, "lamps"), 140.0, "of"), 178.0, "ships");
    assert_eq!(paragraphs(&read(&[page])), ["lamps of ships"]);
}

#[test]
fn the_end_of_a_note_that_comes_again_is_no_running_foot() {
    let with_note = |n: usize| {
        page(n, &filler(n))
            .rule(72.0, 690.0, 200.0, 690.0)
            .words(72.0, 702.0, 5.0, Face::Roman, &n.to_string())
            .words(
                80.0,
                705.0,
                8.5,
                Face::Roman,
                &format!("In the words of keeper {n}, with whom agree the keepers of"),
            )
            .words(80.0, 715.0, 8.5, Face::Roman, "outer harbors and of harbors on lakes.")
    };
    let mut pages: Vec<Page> = (1..=3).map(with_note).collect();
    pages.extend((4..=24).map(|n| page(n, &filler(n))));
    let imported = read(&pages);
    assert_eq!(imported.text.matches("the keepers of outer harbors and of harbors on lakes.").count(), 3);
    assert!(!imported.text.contains("Draft convention"));
}

#[test]
fn the_same_heading_on_pages_far_apart_is_no_running_head() {
    let pages: Vec<Page> = (1..=40)
        .map(|n| {
            let heading = if n % 12 == 5 { "Signature" } else { "" };
            page(n, &[heading]).lines(72.0, 140.0, &filler(n))
        })
        .collect();
    assert_eq!(read(&pages).text.matches("Signature").count(), 3);
}

#[test]
fn short_bold_lines_make_one_title_and_short_lines_at_the_right_do_not() {
    let title = [
        "Harbor Commission for the Lights",
        "of the Outer Islands and of the",
        "Mainland and the Calling of the",
        "Inaugural Session",
    ];
    let titled = title
        .iter()
        .enumerate()
        .fold(Page::default(), |page, (i, line)| page.words(72.0, 60.0 + 13.0 * i as f32, 11.0, Face::Bold, line));
    let page = titled.lines(72.0, 140.0, &FILLER).words(400.0, 260.0, 11.0, Face::Fixed, "Third meeting").words(
        419.8,
        274.0,
        11.0,
        Face::Fixed,
        "1 May 2031",
    );
    let imported = read(&[page]);
    let all = paragraphs(&imported);
    assert_eq!(all[0], title.join(" "));
    assert_eq!(all[all.len() - 2..], ["Third meeting", "1 May 2031"]);
}

#[test]
fn a_number_and_its_name_below_stay_apart_in_bold() {
    let lines = ["Article 63", "Good faith in", "lighting the lamps"];
    let page = lines.iter().enumerate().fold(Page::default().lines(72.0, 140.0, &FILLER), |page, (i, line)| {
        page.words(300.0 - 3.3 * line.len() as f32, 60.0 + 13.0 * i as f32, 11.0, Face::Bold, line)
    });
    assert_eq!(paragraphs(&read(&[page]))[0], "Article 63");
}

#[test]
fn a_table_without_lines_is_read_row_by_row() {
    let rows: [(&str, &[&str]); 4] = [
        ("HARBOR/CONF/7", &["Rules for the keepers of lamps on the", "outer islands, with remarks"]),
        ("HARBOR/CONF/8", &["Agenda of the meeting of masters"]),
        (
            "HARBOR/CONF/9",
            &["Report on the books of the harbors in", "which the hours are written down, and", "on who may read them"],
        ),
        ("HARBOR/CONF/10", &["List of those who were there"]),
    ];
    let mut page = Page::default();
    let mut y = 100.0;
    let mut expected = Vec::new();
    for (symbol, title) in rows {
        page = page.words(72.0, y, 11.0, Face::Roman, symbol).lines(230.0, y, title);
        y += 14.0 * title.len() as f32 + 8.0;
        expected.extend([symbol.to_owned(), title.join(" ")]);
    }
    assert_eq!(paragraphs(&read(&[page])), expected);
}

#[test]
fn an_address_goes_on_behind_its_hyphen() {
    let lines = [
        "The plans of all lamps and of all buoys are kept at www.harbors.example/plans/2030-",
        "04/outer-harbor.pdf for everyone to see.",
    ];
    let imported = read(&[Page::default().lines(72.0, 100.0, &lines).lines(72.0, 180.0, &FILLER)]);
    assert!(imported.text.contains("/plans/2030-04/outer-harbor.pdf for"), "{}", imported.text);
}

#[test]
fn a_name_in_capitals_is_one_title_with_its_number_over_several_lines() {
    let page = |lines: &[&str]| {
        let title = |p: Page, (i, l): (usize, &&str)| p.words(150.0, 100.0 + 13.0 * i as f32, 12.0, Face::Bold, l);
        lines.iter().enumerate().fold(Page::default(), title).lines(72.0, 200.0, &FILLER)
    };
    let whole = ["SECTION 4. BOOKS OF THE LIGHTS OF A HARBOR", "AND THEIR KEEPERS", "AT NIGHT"];
    assert_eq!(paragraphs(&read(&[page(&whole)]))[0], whole.join(" "));
    let short = ["SECTION 4. BOOKS", "THE KEEPERS"];
    assert_eq!(paragraphs(&read(&[page(&short)]))[..2], short);
}

#[test]
fn a_preamble_set_without_space_has_a_paragraph_for_each_indent() {
    let indented = |page: Page, y: f32, stressed: &str, rest: &str| {
        page.runs(92.0, y, &[(Face::Italic, 11.0, 0.0, stressed), (Face::Roman, 11.0, 0.0, rest)])
    };
    let page = indented(
        Page::default(),
        100.0,
        "The harbors of the northern and the southern coast and of all the islands",
        ",",
    );
    let page = indented(
        page,
        114.0,
        "Recognizing-the-dark",
        " that falls on all of the harbors in winter and the ships that lie",
    );
    let page = page.lines(
        72.0,
        128.0,
        &["within them, and that no keeper can see to each and every lamp in a night without help,"],
    );
    let page = indented(page, 142.0, "Noting", " that lamps are cheap, and that oil for them is to be had everywhere,");
    let page = page.lines(72.0, 156.0, &["and that sailors like them,"]).lines(72.0, 240.0, &FILLER);
    let imported = read(&[page]);
    let starts: Vec<&str> = paragraphs(&imported).iter().map(|p| p.split(' ').next().unwrap()).collect();
    assert_eq!(starts, ["The", "Recognizing-the-dark", "Noting", "The"]);
}

#[test]
fn a_lettered_note_below_a_table_is_a_note() {
    let mut page = Page::default().lines(72.0, 100.0, &FILLER);
    for (i, name) in ["Northern lamp", "Southern lamp", "Western lamp", "Lamp of the outer pier"].iter().enumerate() {
        let y = 200.0 + 20.0 * i as f32;
        page = page.runs(72.0, y, &[(Face::Roman, 11.0, 0.0, name), (Face::Italic, 6.5, 4.0, ["a", ""][i.min(1)])]);
        page = page.words(230.0, y, 11.0, Face::Roman, "Lit from dusk to dawn, whatever the weather");
    }
    let page = page
        .runs(
            80.0,
            285.0,
            &[(Face::Italic, 5.5, 3.0, "a"), (Face::Roman, 8.5, 0.0, " Not on the night of the feast of")],
        )
        .words(86.0, 295.0, 8.5, Face::Roman, "the harbor.")
        .lines(72.0, 330.0, &FILLER);
    let imported = read(&[page]);
    let all = paragraphs(&imported);
    assert!(all.contains(&"Northern lampᵃ"), "{all:?}");
    assert_eq!(all[all.len() - 2..], [FILLER.join(" ").as_str(), "ᵃ Not on the night of the feast of the harbor."]);
    assert_eq!(imported.printed.notes[0].call.and_then(|c| c.of(&imported.text)), Some("ᵃ"));
}
