//! Files in: golden outlines beside their drafts, encodings, any bytes at all, and words that must not be lost.
//!
//! `UPDATE_GOLDEN=1 cargo test --test import` rewrites the expected outlines in `tests/import`.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::{prop_assert_eq, proptest};

use travaux::import::{Choices, IMPORTERS, ImportError, Imported, Problem, Watch, read_bytes_named, read_file};
use travaux::model::text::normalize;
use travaux::model::{Direction, HintKind, Outline, StructureHint, TextRange};
use travaux::outline::{Reading, recognize};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import")
}

fn read(name: &str, bytes: &[u8]) -> Result<Imported, ImportError> {
    read_bytes_named(name, bytes.to_vec(), &Choices::default(), &mut ())
}

/// The outline as a person would draw it.
fn draw(imported: &Imported, reading: &Reading) -> String {
    let (text, outline) = (&imported.text, &reading.outline);
    let direction = if reading.direction == Direction::RightToLeft { "rtl" } else { "ltr" };
    let mut out = format!("{} · {} · {direction}\n", outline.title.as_deref().unwrap_or("-"), reading.language);
    for i in outline.indices() {
        let Some(p) = outline.get(i) else { continue };
        let own: String = outline.own_range(i).of(text).unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ");
        let own: String = own.chars().take(48).collect();
        let heading = p.heading.as_ref().map_or_else(String::new, |h| format!(" “{h}”"));
        let indent = "  ".repeat(outline.depth(i));
        let _ = writeln!(out, "{indent}{} {} [{}]{heading} · {own}", p.kind.word(), outline.citation(i), p.number);
    }
    for mark in &outline.marks {
        let _ = writeln!(out, "mark {}: {}", mark.kind.word(), mark.range.of(text).unwrap_or(""));
    }
    for warning in &reading.warnings {
        let _ = writeln!(out, "warning: {}", warning.message);
    }
    let printed = &imported.printed;
    if !printed.pages.is_empty() {
        let pages: Vec<&str> =
            printed.pages.iter().map(|p| if p.label.is_empty() { "-" } else { p.label.as_str() }).collect();
        let _ = writeln!(out, "pages: {}", pages.join(", "));
    }
    for note in &printed.notes {
        let words: String = note.body.of(text).unwrap_or("").chars().take(40).collect();
        let place = note.call.and_then(|c| outline.at(c.start)).map(|i| outline.citation(i).long());
        let _ = writeln!(out, "note: {words} · {}", place.as_deref().unwrap_or("called nowhere"));
    }
    for styled in &printed.styles {
        let _ = writeln!(out, "{:?}: {}", styled.style, styled.range.of(text).unwrap_or(""));
    }
    for warning in &imported.warnings {
        let _ = writeln!(out, "import: {warning}");
    }
    let d = &imported.details;
    let date = d.date.map_or_else(String::new, |d| d.to_string());
    let _ = writeln!(out, "details: {} · {} · {} · {date} · {}", d.label, d.symbol, d.session, d.language);
    out
}

/// Everything that must hold of any outline of any text.
fn check_sound(text: &str, outline: &Outline) {
    assert_eq!(outline.fault(text), None);
    let words = |r: &TextRange| r.of(text).unwrap_or("");
    let starts: std::collections::BTreeSet<usize> = outline.provisions.iter().map(|p| p.range.start).collect();
    for block in &outline.blocks {
        assert!(!words(block).trim().is_empty() && words(block).trim() == words(block), "a blank or ragged block");
        assert!(starts.range(block.start + 1..block.end).next().is_none(), "a block crosses the start of a provision");
        let holder = outline.at(block.start).and_then(|i| outline.get(i));
        assert!(holder.is_some_and(|p| p.range.covers(*block)), "a block outside every provision: {}", words(block));
    }
    let shown: usize = outline.blocks.iter().map(|b| words(b).chars().filter(|c| !c.is_whitespace()).count()).sum();
    assert_eq!(shown, text.chars().filter(|c| !c.is_whitespace()).count(), "words that are in no block");
}

#[test]
fn outlines_are_as_drawn() {
    let mut seen = Vec::new();
    let mut wrong = Vec::new();
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let extension = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        if extension == "outline" {
            continue;
        }
        let imported = read_file(&path, &Choices::default(), &mut ()).unwrap();
        let reading = recognize(&imported.text, &imported.hints);
        check_sound(&imported.text, &reading.outline);
        let drawn = draw(&imported, &reading);
        let expected = path.with_extension(format!("{extension}.outline"));
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&expected, &drawn).unwrap();
        }
        if fs::read_to_string(&expected).unwrap_or_default() != drawn {
            wrong.push(format!("{} differs; now it is\n{drawn}", expected.display()));
        }
        seen.push(extension);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for importer in IMPORTERS {
        assert!(
            importer.extensions.iter().any(|e| seen.iter().any(|s| s == e)),
            "no golden case for {}",
            importer.name
        );
    }
}

#[test]
fn plain_text_comes_out_as_it_is() {
    let text = "Article 1\n\n  1. Indented,\twith a tab.\n(a) “é” 🔒\n\n\n";
    assert_eq!(read("a.txt", text.as_bytes()).unwrap().text, text);
    let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let imported = read("a.txt", windows.as_bytes()).unwrap();
    assert_eq!(imported.text, text);
    assert_eq!(imported.bytes, windows.as_bytes(), "the original is kept");
    assert_eq!(imported.source.name, "a.txt");
    assert!(imported.hints.is_empty());
}

#[test]
fn every_encoding_gives_the_same_text() {
    let text = "Artículo 1\nÁmbito de aplicación\n1. Los “Estados” – todos.\n";
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(read("a.txt", &utf16).unwrap().text, text);
    let latin: Vec<u8> = text
        .chars()
        .map(|c| match c {
            '“' => 0x93,
            '”' => 0x94,
            '–' => 0x96,
            c => u8::try_from(u32::from(c)).unwrap(),
        })
        .collect();
    let imported = read("a.txt", &latin).unwrap();
    assert_eq!(imported.text, text);
    assert!(imported.warnings.iter().any(|w| w.contains("Windows-1252") && w.contains("line 1")));
}

#[test]
fn what_cannot_be_read_is_said_in_one_sentence() {
    let says = |name: &str, bytes: &[u8]| read(name, bytes).unwrap_err().to_string();
    let picture = says("a.png", b"\x89PNG...");
    assert!(picture.starts_with("a.png looks like a picture; this version reads plain text, Markdown"), "{picture}");
    assert_eq!(says("a.txt", b"Article\0 1"), "a.txt is not text: byte 7 is one that no text has");
    assert_eq!(says("a.txt", b" \n\n"), "a.txt is empty");
    assert!(says("a.docx", b"PK\x03\x04rest").contains("a zip archive"));
    let missing = read_file(Path::new("no such folder/a.txt"), &Choices::default(), &mut ()).unwrap_err();
    assert_eq!(missing.name, "a.txt");
    assert!(missing.to_string().starts_with("a.txt cannot be read: "));
}

#[test]
fn an_import_can_be_stopped() {
    struct Stop;
    impl Watch for Stop {
        fn progress(&mut self, _done: u64, _total: u64) {}
        fn cancelled(&self) -> bool {
            true
        }
    }
    let stopped = read_bytes_named("a.md", b"# words".to_vec(), &Choices::default(), &mut Stop).unwrap_err();
    assert_eq!(stopped.problem, Problem::Cancelled);
}

#[test]
fn long_and_deep_texts_are_bounded() {
    let one_line = "words and [more [words] and (a) points; ".repeat(50_000);
    let brackets = format!("{}\n{}", "[".repeat(200_000), "]".repeat(200_000));
    let labels: String =
        (0..20_000).map(|n| format!("{}\n", ["1.", "(a)", "(i)", "A.", "1.1", "–", "I."][n % 7])).collect();
    let articles: String = (1..=20_000).map(|n| format!("Article {n}\nTitle\n1. Words.\n(a) More.\n")).collect();
    let nested: String = (1..400).map(|n| format!("{}1. deep\n", " ".repeat(n))).collect();
    for (name, text) in
        [("a.txt", one_line), ("b.txt", brackets), ("c.txt", labels), ("d.txt", articles), ("e.md", nested)]
    {
        let imported = read(name, text.as_bytes()).unwrap();
        let reading = recognize(&imported.text, &imported.hints);
        assert_eq!(reading.outline.fault(&imported.text), None, "{name}");
        assert!(reading.warnings.len() <= 201, "{name}");
        let deepest = reading.outline.indices().map(|i| reading.outline.depth(i)).max().unwrap_or(0);
        assert!(deepest < 100, "{name}");
    }
}

/// Lines as drafts have them, in any order.
fn draft_line() -> impl Strategy<Value = String> {
    let number = 1..40_u32;
    prop_oneof![
        number.clone().prop_map(|n| format!("Article {n}")),
        number.clone().prop_map(|n| format!("[Article {n} bis] (TITLE)")),
        number.clone().prop_map(|n| format!("CHAPTER {n}")),
        number.clone().prop_map(|n| format!("{n}. Each Party shall [or may] act.")),
        number.clone().prop_map(|n| format!("{n}. (a) words")),
        "[a-z]{1,3}".prop_map(|l| format!("({l}) a point;")),
        "[ivx]{1,4}".prop_map(|l| format!("[({l}) an item:")),
        "[A-Z]{1,2}".prop_map(|l| format!("{l}. HEADING IN CAPITALS")),
        Just("Preamble".to_owned()),
        Just("ANNEX".to_owned()),
        Just("The Parties to this Convention,".to_owned()),
        Just("Recalling the words; Considering the others, and Noting more; Aware of it,".to_owned()),
        Just("Have agreed as follows:".to_owned()),
        Just("Option II: no text]".to_owned()),
        Just("– a dash".to_owned()),
        Just("第四条 范围".to_owned()),
        Just("المادة ٥".to_owned()),
        Just("IN WITNESS WHEREOF the undersigned".to_owned()),
        Just("{Timing}".to_owned()),
        Just(String::new()),
        "\\PC{0,40}",
    ]
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..600), markdown in any::<bool>()) {
        if let Ok(imported) = read(if markdown { "a.md" } else { "a" }, &bytes) {
            prop_assert_eq!(&normalize(&imported.text), &imported.text);
            check_sound(&imported.text, &recognize(&imported.text, &imported.hints).outline);
        }
    }

    #[test]
    fn any_draft_has_a_sound_outline(lines in proptest::collection::vec(draft_line(), 0..60), gap in any::<bool>()) {
        let text = normalize(&lines.join(if gap { "\n\n" } else { "\n" }));
        check_sound(&text, &recognize(&text, &[]).outline);
    }

    #[test]
    fn any_hints_are_taken(
        lines in proptest::collection::vec(draft_line(), 0..30),
        hints in proptest::collection::vec((0..400_usize, 0..80_usize, 0..4_u8, 0..9_u8), 0..12),
    ) {
        let text = normalize(&lines.join("\n"));
        let hints: Vec<StructureHint> = hints
            .into_iter()
            .map(|(start, length, kind, level)| StructureHint {
                range: TextRange { start, end: start + length },
                kind: match kind {
                    0 => HintKind::Aside,
                    1 => HintKind::ListItem(level),
                    _ => HintKind::Heading(level),
                },
            })
            .collect();
        check_sound(&text, &recognize(&text, &hints).outline);
    }

    #[test]
    fn markdown_loses_no_words(lines in proptest::collection::vec(markdown_line(), 1..30)) {
        let source = format!("start\n{}", lines.join("\n"));
        let Ok(imported) = read("a.md", source.as_bytes()) else { return Ok(()) };
        prop_assert_eq!(words(&imported.text), words(&source), "{}", source);
    }

    #[test]
    fn plain_text_is_never_changed(text in "[a-z\\[\\]().;:0-9 \n\t#*_éÁ]{1,300}") {
        if let Ok(imported) = read("a.txt", text.as_bytes()) {
            prop_assert_eq!(imported.text, normalize(&text));
        }
    }
}

/// A line of Markdown in which every letter belongs to the text.
fn markdown_line() -> impl Strategy<Value = String> {
    let words = "[a-z]{2,8}( [a-z]{2,8}){0,4}[.;,]?";
    prop_oneof![
        words.prop_map(|w| w),
        words.prop_map(|w| format!("# {w}")),
        words.prop_map(|w| format!("##{}", w.to_uppercase())),
        words.prop_map(|w| format!("*{w}* and **{w}** [{w}][{w}]")),
        words.prop_map(|w| format!("2\\. {w} \\* `{w}` ~~{w}~~ [NDMC*]")),
        words.prop_map(|w| format!("    3. {w}")),
        // In angle brackets stands no name of HTML's, such as `ol`: that would be markup.
        words.prop_map(|w| format!("- {w} {w} <qu{w}>")),
        words.prop_map(|w| format!("a) {w} [{w}](b) (c)")),
        words.prop_map(|w| format!("> {w} _{w}_ in_{w}_word")),
        words.prop_map(|w| format!("| {w} | {w} |")),
        words.prop_map(|w| format!("[Article 3 bis] ({w}) ### [{w}")),
        words.prop_map(|w| format!("``{w}\" means & {w} &amp;").replace("&amp;", "&")),
        Just("---".to_owned()),
        Just(String::new()),
        Just("\t".to_owned()),
    ]
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

#[test]
fn real_drafts_are_read() {
    let Some(corpus) = std::env::var_os("TRAVAUX_CORPUS").map(PathBuf::from) else {
        println!("TRAVAUX_CORPUS is not set: real drafts are not read");
        return;
    };
    let mut read = 0;
    let mut folders = vec![corpus];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "txt" || e == "md") {
                let imported = read_file(&path, &Choices::default(), &mut ()).unwrap();
                let reading = recognize(&imported.text, &imported.hints);
                assert_eq!(reading.outline.fault(&imported.text), None, "{}", path.display());
                check_sound(&imported.text, &reading.outline);
                read += 1;
            }
        }
    }
    println!("{read} real drafts were read");
    assert!(read > 0);
}
