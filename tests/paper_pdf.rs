//! Papers on pages: what was written is what is read on them, whatever it was.

#![cfg(feature = "pdf")]
#![allow(missing_docs, clippy::unwrap_used)]

use proptest::prelude::{ProptestConfig, any, prop};
use proptest::{prop_assert, prop_assert_eq, proptest};
use travaux::export::paper::{
    Block, Column, Density, Front, Grid, Logo, LogoKind, PAPER_FORMATS, Paper, PaperLanguage, Role, Row, Run, Sheet,
    Stroke, pages,
};
use travaux::export::{ExportError, Written};
use travaux::import::{Choices, read_bytes_named};
use travaux::model::AnnotationId;

fn write(paper: &Paper) -> Result<Written, ExportError> {
    (PAPER_FORMATS.iter().find(|format| format.id == "pdf").unwrap().write)(paper)
}

fn words_of(bytes: Vec<u8>) -> String {
    read_bytes_named("paper.pdf", bytes, &Choices::default(), &mut ()).unwrap().text
}

/// Words without what a page changes: spaces, breaks of lines and hyphens.
fn bare(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric() || c.is_ascii_punctuation() && *c != '-').collect()
}

fn paper(body: Vec<Block>) -> Paper {
    Paper { front: Front { title: "Comments".into(), ..Front::default() }, body, ..Paper::default() }
}

fn said(words: &str) -> Paper {
    paper(vec![Block::heading(1, "Remarks"), Block::text(Role::Body, words)])
}

fn holds(bytes: &[u8], what: &str) -> bool {
    bytes.windows(what.len()).any(|window| window == what.as_bytes())
}

#[test]
fn a_paper_is_tagged_and_tells_nothing_of_the_machine() {
    let mut paper = said("Limit the duty.");
    paper.front.organisation = "Lantern Network".into();
    paper.contents = true;
    let written = write(&paper).unwrap();
    assert_eq!(written.left, Vec::<String>::new());
    for what in ["%PDF-1.7", "/StructTreeRoot", "/Outlines", "Lantern Network", "pdfuaid"] {
        assert!(holds(&written.bytes, what), "{what}");
    }
    for what in ["/root", "/home", "CreationDate", "paper.json", "/usr/share"] {
        assert!(!holds(&written.bytes, what), "{what}");
    }
    let again = write(&paper).unwrap();
    assert_eq!(again.bytes, written.bytes, "the same paper gives the same bytes");
    let text = words_of(written.bytes);
    for what in ["Comments", "Lantern Network", "Contents", "Remarks", "Limit the duty."] {
        assert!(text.contains(what), "{what}: {text}");
    }
}

#[test]
fn what_looks_like_code_is_words() {
    let code = "#panic() $x^2$ = head == two @ref <label> `raw` \\u{1F600} *bold* _it_ // no comment /* none */ #{1 + 1} [a] \
                https://x.y ~ -- --- ... 'q' \"q\" + item - item / term: \\ \\# #include \"/etc/passwd\" #eval(\"1\")";
    let mut paper = said(code);
    paper.front.title = "= #panic() $".into();
    paper.front.organisation = "#let x = 1".into();
    let table = Grid {
        title: "#t".into(),
        columns: vec![Column { name: "#panic(\"head\")".into(), share: 1.0, ..Column::default() }],
        rows: vec![Row { about: None, cells: vec![vec![Block::text(Role::Quote, "#assert(false) $ cell $")]] }],
    };
    paper.body.push(Block::Table(table));
    let note = vec![Run::plain("#pagebreak() in a note")];
    let run = Run { footnote: Some(note), ..Run::plain("@noted") };
    paper.body.push(Block::Paragraph { role: Role::Ask, about: None, runs: vec![run] });
    let text = bare(&words_of(write(&paper).unwrap().bytes));
    for what in [code, "#assert(false) $ cell $", "#panic(\"head\")", "#pagebreak() in a note", "@noted", "#let x = 1"]
    {
        assert!(text.contains(&bare(what)), "{what}: {text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 40, ..ProptestConfig::default() })]

    #[test]
    fn words_come_out_as_they_went_in(
        notes in prop::collection::vec("[a-zA-Zà-öø-ÿ0-9#$@<>\\[\\]{}*_`~/=+()\"';:,.!?&% ]{1,120}", 1..6),
        role in 0..Role::ALL.len(),
        in_table in any::<bool>(),
    ) {
        // A letter at each end, so that a paragraph is more than a number or a mark, which readers take for a running head.
        let notes: Vec<String> = notes.iter().enumerate().map(|(n, note)| format!("note{n} {note} end{n}")).collect();
        let blocks: Vec<Block> = notes.iter().map(|note| Block::text(Role::ALL[role], note.as_str())).collect();
        let body = if in_table {
            let rows = blocks.into_iter().map(|block| Row { about: None, cells: vec![vec![block]] }).collect();
            vec![Block::Table(Grid { title: String::new(), columns: vec![Column { name: "Notes".into(), share: 1.0, ..Column::default() }], rows })]
        } else {
            blocks
        };
        let written = write(&paper(body)).unwrap();
        prop_assert_eq!(&written.left, &Vec::<String>::new());
        let text = bare(&words_of(written.bytes));
        for note in &notes {
            prop_assert!(text.contains(&bare(note)), "{} is not in {}", note, text);
        }
    }
}

#[test]
fn a_redline_stands_whole() {
    let runs = vec![
        Run::plain("of "),
        Run::stroke(Stroke::Struck, "any"),
        Run::stroke(Stroke::PutIn, "a grave"),
        Run::plain(" criminal offense"),
    ];
    let written = write(&paper(vec![Block::Paragraph { role: Role::Proposal, about: None, runs }])).unwrap();
    assert!(bare(&words_of(written.bytes)).contains("ofanyagravecriminaloffense"));
}

#[test]
fn other_scripts_never_fail() {
    for (language, words) in [
        (PaperLanguage::Arabic, "تتخذ كل دولة طرف ما يلزم من تدابير (Article 5)."),
        (PaperLanguage::Chinese, "各缔约方应采取必要措施“保存”记录。"),
        (
            PaperLanguage::English,
            "עברית \u{0e20}\u{0e32}\u{0e29}\u{0e32}\u{0e44}\u{0e17}\u{0e22} 日本語 \u{10ffff} \u{e000} \u{1f512} \u{13000}",
        ),
    ] {
        let mut paper = said(words);
        (paper.language, paper.contents) = (language, true);
        let written = write(&paper).unwrap();
        assert!(holds(&written.bytes, "%PDF"), "{words}");
        assert!(written.left.iter().all(|sentence| !sentence.ends_with('.')), "{:?}", written.left);
    }
}

#[test]
fn a_letter_without_a_face_is_told() {
    // No font is made for a place where no letter will ever be.
    let written = write(&said("here: \u{e0fff}\u{2fffd}")).unwrap();
    assert!(written.left.iter().any(|sentence| sentence.contains("printed as boxes")), "{:?}", written.left);
}

#[test]
fn a_logo_that_is_none_is_told() {
    let logo = |bytes: &[u8], kind| Some(Logo { bytes: bytes.to_vec(), kind, width: 10.0, height: 4.0 });
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' width='20' height='8'><rect width='20' height='8'/></svg>";
    let check = |logo: Option<Logo>, left: usize| {
        let mut paper = said("words");
        paper.front.logo = logo;
        assert_eq!(write(&paper).unwrap().left.len(), left);
    };
    check(logo(svg, LogoKind::Svg), 0);
    check(logo(b"no picture", LogoKind::Svg), 1);
    check(logo(b"<svg xmlns='http://www.w3.org/2000/svg'><image href='/etc/passwd'/></svg>", LogoKind::Svg), 1);
    check(logo(b"<html><body/></html>", LogoKind::Svg), 1);
    check(logo(b"no picture", LogoKind::Png), 1);
    check(logo(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89", LogoKind::Png), 1);
}

#[test]
fn nothing_is_too_odd_to_be_set() {
    let mut deep = Block::text(Role::Body, "deepest");
    for _ in 0..200 {
        deep = Block::List { numbered: true, items: vec![vec![Block::text(Role::Body, "item"), deep]] };
    }
    let note = |depth| {
        (0..depth).fold(Run::plain("last note"), |inner, _| Run { footnote: Some(vec![inner]), ..Run::plain("note") })
    };
    let cell = vec![
        Block::heading(1, "head in a cell"),
        Block::PageBreak,
        Block::Paragraph { role: Role::Body, about: None, runs: vec![note(4)] },
        Block::Table(Grid { columns: vec![Column::default()], rows: vec![Row::default()], ..Grid::default() }),
    ];
    let column = |share| Column { name: String::new(), share, ..Column::default() };
    let uneven = Grid {
        title: "uneven".into(),
        columns: vec![column(f32::NAN), column(-1.0), column(1e30), column(0.0)],
        rows: vec![Row { about: None, cells: vec![cell.clone()] }, Row { about: None, cells: vec![cell; 9] }],
    };
    let mut paper = paper(vec![
        Block::heading(4, "first"),
        Block::heading(0, ""),
        Block::PageBreak,
        Block::PageBreak,
        deep,
        Block::Table(uneven),
        Block::Table(Grid::default()),
        Block::List { numbered: false, items: vec![vec![], vec![Block::text(Role::Body, "")]] },
        Block::text(Role::Quote, format!("{} https://{}", "w".repeat(3000), "long/".repeat(300))),
        Block::Paragraph {
            role: Role::Since,
            about: None,
            runs: vec![Run { link: Some("javascript:alert(1)".into()), ..Run::plain("link") }],
        },
        Block::text(Role::Label, "a\u{0}b\u{7}c\r\nd\u{202e}e\u{2028}f"),
    ]);
    paper.front.title = "long ".repeat(3000);
    paper.front.signatories = Some((String::new(), vec![String::new(), "one".into()]));
    (paper.contents, paper.sheet, paper.density) = (true, Sheet::Lying, Density::Dense);
    let written = write(&paper).unwrap();
    assert!(!holds(&written.bytes, "javascript"));
    let text = bare(&words_of(written.bytes));
    for what in ["deepest", "headinacell", "lastnote", "one"] {
        assert!(text.contains(what), "{what}");
    }
    assert!(text.matches("item").count() >= 200);
    write(&Paper::default()).unwrap();
}

#[test]
fn the_window_knows_what_stands_where() {
    let remark = |n: u128, words: String| Block::Paragraph {
        role: Role::Body,
        about: Some(AnnotationId(n)),
        runs: vec![Run::plain(words)],
    };
    let columns = vec![
        Column { name: "Clause".into(), share: 1.0, ..Column::default() },
        Column { name: "Ask".into(), share: 2.0, ..Column::default() },
    ];
    let cells = || vec![vec![Block::text(Role::Body, "5(2)")], vec![Block::text(Role::Ask, "Delete. ".repeat(20))]];
    let rows = (10..12).map(|n| Row { about: Some(AnnotationId(n)), cells: cells() }).collect();
    let mut paper = paper(vec![
        Block::heading(1, "One"),
        remark(1, "short".into()),
        remark(2, "long words run on ".repeat(600)),
        Block::Table(Grid { title: "t".into(), columns, rows }),
    ]);
    paper.contents = true;
    let pages = pages(&paper).unwrap();
    assert_eq!(pages.left(), Vec::<String>::new());
    let shapes = pages.shapes();
    assert!((shapes[0].width - 595.3).abs() < 0.5 && (shapes[0].height - 841.9).abs() < 0.5, "{:?}", shapes[0]);
    let on = |n: u128| shapes.iter().filter(|shape| shape.remarks.iter().any(|(id, _)| *id == AnnotationId(n))).count();
    assert_eq!((on(1), on(10), on(11)), (1, 1, 1));
    assert!(on(2) >= 3, "it runs on over {} pages", on(2));
    let (page, area) = pages.place_of(AnnotationId(10)).unwrap();
    assert!(area.width > 400.0, "a row is as wide as the page: {area:?}");
    assert_eq!(shapes[page].remark_at(area.x + 5.0, area.y + 2.0), Some(AnnotationId(10)));
    assert_eq!(shapes[0].jumps.first().map(|(page, _)| *page), pages.place_of(AnnotationId(1)).map(|(page, _)| page));
    assert!(shapes[page].words.contains("Delete."));
    let picture = pages.render(page, 1.0).unwrap();
    assert_eq!((picture.width, picture.height, picture.rgba.len()), (595, 842, 595 * 842 * 4));
    assert!(picture.rgba.chunks(4).all(|pixel| pixel[3] == 255) && picture.rgba.iter().any(|byte| *byte < 100));
    assert!(pages.render(shapes.len(), 1.0).is_none());
}
