//! Papers in every format: the same words come out again, whatever they are, and golden texts.

#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

#[path = "support/bytes.rs"]
mod bytes;
#[path = "support/papers.rs"]
mod papers;
#[path = "report_formats/reading.rs"]
mod reading;
#[path = "report_formats/template.rs"]
mod template;

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use travaux::export::paper::{
    Block, Column, Front, Grid, Mark, PAPER_FORMATS, Paper, PaperLanguage, Role, Row, Run, Stroke,
};
use travaux::export::{ExportError, Written};

fn written(id: &str, paper: &Paper) -> Result<Written, ExportError> {
    (PAPER_FORMATS.iter().find(|format| format.id == id).unwrap().write)(paper)
}

fn file(id: &str, paper: &Paper) -> Vec<u8> {
    written(id, paper).unwrap().bytes
}

fn text(id: &str, paper: &Paper) -> String {
    String::from_utf8(file(id, paper)).unwrap()
}

/// The words as they are to come out again: breaks of lines are one character, other control characters are none.
fn kept(words: &str) -> String {
    let lines = words.replace("\r\n", "\n").replace('\r', "\n");
    let is_kept = |c: &char| matches!(c, '\n' | '\t') || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'));
    lines.chars().filter(is_kept).collect()
}

fn paragraph(role: Role, runs: Vec<Run>) -> Block {
    Block::Paragraph { role, about: None, runs }
}

/// A paper with some words in every place there is, once in each way of standing out.
fn full_of(words: &str, language: PaperLanguage) -> Paper {
    let w = || words.to_owned();
    let mark = |strong, emphasis, stroke| Run { mark: Mark { strong, emphasis, stroke }, ..Run::plain(words) };
    let ways = vec![
        Run::plain("a"),
        mark(true, false, Stroke::Kept),
        mark(false, true, Stroke::Kept),
        mark(true, true, Stroke::Kept),
        Run::plain("b"),
        mark(false, false, Stroke::Struck),
        mark(false, false, Stroke::PutIn),
        mark(true, true, Stroke::Struck),
        Run::plain("c"),
        Run { link: Some("https://light.example/(a)?b&c=[1]".to_owned()), ..Run::plain(words) },
        Run::plain(words).in_language("ar"),
        mark(false, true, Stroke::PutIn).in_language("zh"),
    ];
    let noted = Run { footnote: Some(vec![Run::plain(words), Run::stroke(Stroke::PutIn, words)]), ..Run::plain(words) };
    let mut body = vec![Block::heading(1, words)];
    body.extend(Role::ALL.map(|role| Block::text(role, words)));
    body.push(Block::heading(3, words));
    body.push(paragraph(Role::Body, ways.clone()));
    body.push(paragraph(Role::Quote, vec![noted.clone(), Run::plain("("), Run::plain(words)]));
    let inner = Block::List { numbered: true, items: vec![vec![Block::text(Role::Body, words)], Vec::new()] };
    let items = vec![vec![Block::text(Role::Body, words), inner], vec![Block::text(Role::Quote, words)]];
    body.push(Block::List { numbered: false, items });
    let cell = vec![Block::text(Role::Body, words), paragraph(Role::Proposal, ways)];
    body.push(Block::Table(Grid {
        title: w(),
        columns: vec![
            Column { name: w(), share: 2.0, ..Column::default() },
            Column { name: "Head".to_owned(), share: 1.0, ..Column::default() },
        ],
        rows: vec![Row { about: None, cells: vec![cell, vec![paragraph(Role::Ask, vec![noted])]] }],
    }));
    Paper {
        language,
        front: Front {
            title: w(),
            subtitle: w(),
            organisation: w(),
            date: w(),
            addressee: w(),
            introduction: vec![Block::text(Role::Body, words)],
            signatories: Some((w(), vec![w()])),
            ..Front::default()
        },
        body,
        ..Paper::default()
    }
}

/// The paragraphs of such a paper in order, and its notes.
fn expected(paper: &Paper) -> (Vec<String>, Vec<String>) {
    let (mut lines, mut notes) = (Vec::new(), Vec::new());
    let front = &paper.front;
    let shown = |words: &&String| !kept(words).trim().is_empty();
    let before = [&front.organisation, &front.title, &front.subtitle, &front.addressee, &front.date];
    lines.extend(before.iter().copied().filter(shown).map(|words| kept(words)));
    let mut read = |blocks: &[Block], lines: &mut Vec<String>| expected_of(blocks, lines, &mut notes);
    read(&front.introduction, &mut lines);
    read(&paper.body, &mut lines);
    let (heading, names) = front.signatories.as_ref().unwrap();
    lines.extend(std::iter::once(heading).chain(names).filter(shown).map(|words| kept(words)));
    lines.retain(|line| !line.is_empty());
    notes.retain(|note| !note.is_empty());
    (lines, notes)
}

fn expected_of(blocks: &[Block], lines: &mut Vec<String>, notes: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Heading { runs, .. } | Block::Paragraph { runs, .. } => {
                lines.push(runs.iter().map(|run| kept(&run.text)).collect());
                let of = runs.iter().filter_map(|run| run.footnote.as_ref());
                notes.extend(of.map(|note| note.iter().map(|run| kept(&run.text)).collect::<String>()));
            }
            Block::List { items, .. } => items.iter().for_each(|item| expected_of(item, lines, notes)),
            Block::Table(grid) => {
                lines.extend(grid.columns.iter().map(|column| kept(&column.name)));
                grid.rows.iter().flat_map(|row| &row.cells).for_each(|cell| expected_of(cell, lines, notes));
            }
            Block::PageBreak => {}
        }
    }
}

fn check_words(words: &str, language: PaperLanguage) {
    let paper = full_of(words, language);
    let (lines, notes) = expected(&paper);
    let docx = file("docx", &paper);
    assert_eq!(reading::docx_paragraphs(&docx, "word/document.xml"), lines);
    let found = reading::docx_paragraphs(&docx, "word/footnotes.xml");
    assert_eq!(found, notes.iter().map(|note| format!(" {note}")).collect::<Vec<_>>());

    let (found, found_notes) = reading::html_paragraphs(&text("html", &paper));
    assert_eq!(found, lines);
    assert_eq!(found_notes, notes);

    let page = text("markdown", &paper);
    let read = reading::markdown(&page);
    // In a cell of Markdown, paragraphs follow each other in one line.
    let in_one = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
    let Block::Table(grid) = paper.body.last().unwrap() else { panic!() };
    let mut cell = Vec::new();
    expected_of(&grid.rows[0].cells[0], &mut cell, &mut Vec::new());
    let at = lines.windows(2).rposition(|pair| pair == cell).unwrap_or(lines.len());
    let mut blocks: Vec<String> = lines.iter().chain(&notes).map(|line| in_one(line)).collect();
    if at < lines.len() {
        blocks[at] = in_one(&cell.join(" "));
        blocks.remove(at + 1);
    }
    blocks.retain(|block| !block.is_empty());
    let mut found = read.blocks;
    blocks.sort();
    found.sort();
    assert_eq!(found, blocks, "{page}");
    let has_words = !in_one(&kept(words)).is_empty();
    assert_eq!(read.headings, if has_words { 4 } else { 0 }, "{page}");
    assert_eq!(read.notes, if has_words { 2 } else { 0 }, "{page}");
    let link = "https://light.example/%28a%29?b&c=%5B1%5D";
    assert!(read.links.iter().all(|found| found == link) && read.links.is_empty() != has_words, "{page}");

    let cells = reading::xlsx_cells(&file("xlsx", &paper));
    let cell = cell.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    assert!(cell.is_empty() || cells.contains(&cell), "{cell:?} is not in {cells:?}");
    // Footnotes are numbered, and stand below the table.
    for (n, note) in notes.iter().enumerate() {
        let mark = ['\u{b9}', '\u{b2}'][n];
        assert!(
            cells.iter().any(|cell| cell.contains(&format!("{}{mark}", kept(words)))),
            "{mark} is not in {cells:?}"
        );
        assert!(cells.contains(&format!("{mark} {note}")), "{note:?} is not in {cells:?}");
    }
    let mut plain = paper;
    plain.body.pop();
    let cells = reading::xlsx_cells(&file("xlsx", &plain));
    let words = kept(words);
    assert!(words.is_empty() || cells.contains(&words), "{words:?} is not in {cells:?}");
}

#[test]
fn words_that_mean_something_to_a_format_are_words() {
    for words in [
        "",
        " ",
        "# Heading\n\n---\n```\n<script>alert(1)</script>\n| a | b |\n|---|---|",
        "1. not a list\n- nor this\n[nor](http://evil.example) *nor* this ![x](y)",
        "\tA tab first; \"quotes\", and\r\na line end  ",
        "]]> <!-- & &amp; &#65; <w:t> <r>x</r>",
        "<r>x</r>",
        "=HYPERLINK(\"http://evil.example\";\"click\")",
        "_x0041_ __ _x005F_",
        "\\",
        "a\\|b|c \\",
        "\u{202e}\u{1F600}\u{feff} \u{2028} \u{a0}\u{3000}x\0\u{b}\u{85}\u{ffff}",
        "المادة 23(2)(c) «نص» 2",
        "第二十三条“草案”",
        "(b)",
        "~~a~~ **b** _c_",
        "[^1]: note",
        ": a\n= b\n+ c\n#",
        "x",
        "\u{301}",
        "a!",
        "www.example.org a@example.org http://example.org",
    ] {
        for language in [PaperLanguage::English, PaperLanguage::Arabic, PaperLanguage::Chinese] {
            check_words(words, language);
        }
    }
}

/// Anything a keyboard, a clipboard or a file can hold.
fn notes() -> impl Strategy<Value = String> {
    let signs = proptest::sample::select(vec![
        "*",
        "**",
        "_",
        "~~",
        "`",
        "```",
        "#",
        "- ",
        "1. ",
        "> ",
        "|",
        "\\",
        "[",
        "](",
        "]",
        "(",
        ")",
        "<",
        ">",
        "&",
        ";",
        "!",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        " ",
        "  ",
        "    ",
        "]]>",
        "<!--",
        "&#65;",
        "&amp;",
        "_x0041_",
        "<r>",
        "</r>",
        "---",
        "===",
        ":",
        "a",
        "b1",
        "É",
        "نص",
        "23",
        "文",
        "“",
        "\u{301}",
        "\u{202e}",
        "\u{2067}",
        "\u{2069}",
        "\u{200f}",
        "\u{a0}",
        "\u{1F600}",
        "[^1]",
        "http://x.y",
        "$",
        "{",
        "}",
        "^",
        "=",
        "@",
        "\"",
        "'",
    ]);
    proptest::collection::vec(
        prop_oneof![3 => signs.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)],
        0..12,
    )
    .prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_same_words_come_out_of_every_format(words in notes(), language in proptest::sample::select(PaperLanguage::ALL.to_vec())) {
        check_words(&words, language);
    }
}

#[test]
fn the_same_paper_gives_the_same_bytes() {
    for (_, paper) in papers::papers() {
        for format in PAPER_FORMATS {
            assert_eq!((format.write)(&paper), (format.write)(&paper), "{}", format.id);
        }
    }
}

#[test]
fn papers_that_are_hardly_papers() {
    let wide = |columns: usize, rows: usize| {
        let cell = || vec![Block::text(Role::Body, "cell")];
        Block::Table(Grid {
            title: "wide".to_owned(),
            columns: vec![Column { name: "head".to_owned(), share: f32::INFINITY, ..Column::default() }; columns],
            rows: (0..rows).map(|row| Row { about: None, cells: vec![cell(); row] }).collect(),
        })
    };
    let mut deep = vec![Block::text(Role::Body, "deepest")];
    for _ in 0..200 {
        deep = vec![Block::text(Role::Body, "deep"), Block::List { numbered: true, items: vec![deep] }];
    }
    let inside = Block::Table(Grid {
        title: String::new(),
        columns: vec![Column::default()],
        rows: vec![Row { about: None, cells: vec![vec![wide(2, 3), Block::heading(2, "in"), Block::PageBreak]] }],
    });
    let cases: Vec<(&str, Vec<Block>, usize)> = vec![
        ("nothing", Vec::new(), 0),
        ("no columns", vec![wide(0, 0), wide(0, 1)], 0),
        ("ragged rows", vec![wide(2, 6)], 15),
        ("a thousand columns", vec![wide(1_100, 3)], 3),
        ("deep lists", deep, 0),
        ("tables in tables", vec![inside], 3),
        ("breaks", vec![Block::PageBreak, Block::PageBreak, wide(1, 2), Block::PageBreak], 1),
        ("empty lists", vec![Block::List { numbered: true, items: vec![Vec::new(); 3] }], 0),
        ("a huge cell", vec![wide(1, 2), Block::text(Role::Body, "word ".repeat(200_000))], 1),
    ];
    for (name, body, cells) in cases {
        let paper = Paper { body, contents: true, ..Paper::default() };
        for format in PAPER_FORMATS {
            let made = (format.write)(&paper).unwrap();
            let said = made.left.join("; ");
            match format.id {
                "docx" => {
                    let found = reading::docx_paragraphs(&made.bytes, "word/document.xml");
                    assert_eq!(found.iter().filter(|words| *words == "cell").count(), cells, "{name}");
                    if name == "deep lists" {
                        assert_eq!(found.iter().filter(|words| words.as_str() == "deep").count(), 200);
                    }
                }
                "html" => {
                    let found = reading::html_paragraphs(&String::from_utf8(made.bytes).unwrap()).0;
                    assert_eq!(found.iter().filter(|words| *words == "cell").count(), cells, "{name}");
                }
                "markdown" => {
                    let page = String::from_utf8(made.bytes).unwrap();
                    let found = reading::markdown(&page).blocks;
                    assert_eq!(found.join(" ").matches("cell").count(), cells, "{name}\n{page}");
                }
                _ => {}
            }
            assert_eq!(said.contains("Lists more than 9 deep"), name == "deep lists", "{name}: {said}");
            assert_eq!(said.contains("Tables inside"), name == "tables in tables", "{name}: {said}");
        }
    }
}

#[test]
fn a_cell_too_long_for_a_sheet_is_cut_and_said() {
    let long = Block::text(Role::Body, "é".repeat(40_000));
    let grid = Grid {
        title: "x".into(),
        columns: vec![Column::default()],
        rows: vec![Row { about: None, cells: vec![vec![long]] }],
    };
    let made = written("xlsx", &Paper { body: vec![Block::Table(grid)], ..Paper::default() }).unwrap();
    assert_eq!(made.left, ["The end of 1 cell longer than a sheet holds (32767 characters)"]);
    assert!(reading::xlsx_cells(&made.bytes).contains(&"é".repeat(32_767)));
}

#[test]
fn thousands_of_remarks_are_all_written() {
    let (_, mut paper) = papers::papers().swap_remove(0);
    let part: Vec<Block> = std::mem::take(&mut paper.body);
    let last = format!("the remark after {}", 8 * 5_000);
    paper.body = part.into_iter().cycle().take(8 * 5_000).chain([Block::text(Role::Body, &last)]).collect();
    // How long it takes is measured in `benches/report.rs`, and so are pages, for which an unoptimized build is too slow.
    for format in PAPER_FORMATS.iter().filter(|f| f.id != "pdf" && f.id != "xlsx") {
        let made = (format.write)(&paper).unwrap();
        let found = match format.id {
            "docx" => reading::docx_paragraphs(&made.bytes, "word/document.xml"),
            "html" => reading::html_paragraphs(&String::from_utf8(made.bytes).unwrap()).0,
            _ => reading::markdown(&String::from_utf8(made.bytes).unwrap()).blocks,
        };
        assert!(found.contains(&last), "{}", format.id);
        assert!(found.len() > 30_000, "{}: {}", format.id, found.len());
    }
}

/// Compares with the file in `tests/export/`; `UPDATE_GOLDEN=1` writes it anew.
fn golden(name: &str, found: &str) {
    let path = Path::new(file!()).with_file_name("export").join(name);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, found).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap();
    assert!(found == expected, "{name} is not what it was; look at it, then UPDATE_GOLDEN=1.\n{found}");
}

#[test]
fn small_papers_are_what_they_were() {
    let small = |name: &str| {
        let (_, mut paper) = papers::papers().into_iter().find(|(n, _)| n == name).unwrap();
        paper.body.truncate(9);
        if let Some(Block::Table(grid)) = paper.body.first_mut() {
            grid.rows.truncate(2);
        }
        paper.front.logo = None;
        paper
    };
    for name in ["article-en", "amendments-ar"] {
        let paper = small(name);
        golden(&format!("paper-{name}.md"), &text("markdown", &paper));
        let page = text("html", &paper);
        let (before, rest) = page.split_once("<style>").unwrap();
        let (_, after) = rest.split_once("</style>").unwrap();
        golden(&format!("paper-{name}.html"), &format!("{before}<style>…</style>{after}"));
        let document = reading::part(&file("docx", &paper), "word/document.xml").unwrap();
        golden(&format!("paper-{name}.docx.xml"), &document.replace("<w:p>", "\n<w:p>").replace("<w:tr>", "\n<w:tr>"));
    }
}

/// For other programs: all papers in all formats into the folder that `TRAVAUX_PAPERS` names.
#[test]
fn papers_for_other_programs() {
    let Some(folder) = std::env::var_os("TRAVAUX_PAPERS") else { return };
    let folder = Path::new(&folder);
    fs::create_dir_all(folder).unwrap();
    for (name, paper) in papers::papers() {
        for format in PAPER_FORMATS {
            fs::write(folder.join(format!("{name}.{}", format.extension)), file(format.id, &paper)).unwrap();
        }
    }
}
