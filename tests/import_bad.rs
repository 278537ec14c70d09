//! Files that are cut off, misnamed, made to burst or to nest without end: each ends in one sentence that names it, or is
//! read, within a small machine's memory and without overflowing the stack of a thread. What only one format can suffer
//! from is also tested beside it; what fuzzing found is here.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::string_add,
    clippy::iter_on_single_items,
    clippy::cloned_ref_to_slice_refs
)]

#[path = "import_bad/bombs.rs"]
mod bombs;
#[path = "support/bytes.rs"]
mod bytes;
#[path = "import_bad/pages.rs"]
mod pages;
#[path = "support/pdf.rs"]
#[allow(dead_code)]
mod pdf;

use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;

use proptest::prelude::{ProptestConfig, any};
use proptest::proptest;

use bytes::{Change, change, changes};
use pdf::{Face, Page};
use travaux::import::{Choices, IMPORTERS, Imported, LARGEST, Problem, read_bytes_named, read_file};
use travaux::model::text::normalize;
use travaux::model::{TextRange, Wording};
use travaux::outline::recognize;

/// The sentence that a file ends in, or `read`.
fn says(name: &str, bytes: &[u8]) -> String {
    match read_bytes_named(name, bytes.to_vec(), &Choices::default(), &mut ()) {
        Ok(imported) => {
            check_sound(&imported);
            "read".to_owned()
        }
        Err(error) => {
            let fault = matches!(error.problem, Problem::Fault(_));
            let sentence = error.to_string();
            assert!(!fault && sentence.starts_with(name) && sentence.lines().count() == 1, "{sentence}");
            sentence
        }
    }
}

fn check(name: &str, bytes: &[u8], expected: &str) {
    let said = says(name, bytes);
    assert!(said.starts_with(expected), "{said:?} and not {expected:?}");
}

/// Everything that must hold of whatever was taken in.
fn check_sound(imported: &Imported) {
    let text = &imported.text;
    assert_eq!(normalize(text), *text);
    assert_eq!(imported.printed.fault(text), None);
    let fits = |r: TextRange| r.start <= r.end && r.of(text).is_some();
    assert!(imported.hints.iter().all(|h| fits(h.range)) && imported.comments.iter().all(|c| fits(c.range)));
    let outline = recognize(text, &imported.hints).outline;
    assert_eq!(outline.fault(text), None);
    let letters = |s: &str| s.chars().filter(|c| !c.is_whitespace()).count();
    assert_eq!(outline.blocks.iter().map(|b| letters(b.of(text).unwrap())).sum::<usize>(), letters(text));
}

/// One small file of each format that has its golden case in a file of its own, by its ending.
fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let golden = [
        ("xml", "treaty.xml"),
        ("html", "journal.html"),
        ("docx", "convention.docx"),
        ("odt", "convention.odt"),
        ("rtf", "convention.rtf"),
        ("md", "markdown.md"),
        ("txt", "convention.txt"),
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    let golden = golden.map(|(extension, name)| (extension, std::fs::read(folder.join(name)).unwrap()));
    [("pdf", small_pdf())].into_iter().chain(golden).collect()
}

fn small_pdf() -> Vec<u8> {
    let page = |n: u32| {
        Page::default()
            .words(72.0, 100.0, 11.0, Face::Roman, &format!("Article {n}"))
            .words(72.0, 120.0, 11.0, Face::Said, "(a) Each harbor keeps its lights,")
            .words(72.0, 140.0, 11.0, Face::Unsaid, "and says so.")
            .rule(72.0, 200.0, 300.0, 200.0)
    };
    pdf::pdf(&[page(1), page(2)])
}

#[test]
fn every_format_has_a_sample_and_is_fuzzed() {
    for importer in IMPORTERS {
        let target = format!("fuzz/fuzz_targets/{}.rs", importer.name.to_lowercase().replace(' ', "_"));
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(&target).exists(), "there is no {target}");
        assert!(samples().iter().any(|(e, _)| importer.extensions.contains(e)), "no sample for {}", importer.name);
    }
}

#[test]
fn files_may_end_anywhere() {
    for (extension, bytes) in samples() {
        let name = format!("a.{extension}");
        check(&name, &bytes, "read");
        check(&name, b"", &format!("{name} is"));
        // All of the first bytes, where signs stand, and a few hundred places after them.
        let step = (bytes.len() / 60).max(1);
        for end in (1..40).chain((40..bytes.len()).step_by(step)) {
            says(&name, &bytes[..end]);
        }
    }
}

#[test]
fn a_format_is_read_whatever_it_is_called() {
    let samples = samples();
    for (extension, bytes) in &samples {
        let own = read_bytes_named(&format!("a.{extension}"), bytes.clone(), &Choices::default(), &mut ()).unwrap();
        for (other, _) in &samples {
            let name = format!("a.{other}");
            let read = read_bytes_named(&name, bytes.clone(), &Choices::default(), &mut ());
            match (*extension, read) {
                // A format with a sign of its own is known by it.
                ("pdf" | "docx" | "odt" | "rtf" | "html" | "xml", read) => assert_eq!(read.unwrap().text, own.text),
                (_, Ok(read)) => check_sound(&read),
                (_, Err(error)) => assert!(error.to_string().starts_with(&name), "{error}"),
            }
        }
    }
}

#[test]
fn bytes_that_no_text_has_are_refused() {
    for name in ["a.txt", "a.md", "a.html", "a.xml", "a.csv", "a"] {
        check(name, b"Article 1\nThe \0 words.", &format!("{name} is "));
    }
    let text = "Article 1\nLes États décident.\n";
    let wide = |to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect::<Vec<u8>>();
    for (mark, bytes) in [([0xff, 0xfe], wide(u16::to_le_bytes)), ([0xfe, 0xff], wide(u16::to_be_bytes))] {
        check("a.txt", &[mark.as_slice(), &bytes].concat(), "read");
        check("a.txt", &bytes, "a.txt is not text: byte ");
        check("a.txt", &[mark.as_slice(), &bytes[..bytes.len() - 1]].concat(), "read");
    }
    for broken in
        [b"Article 1 \xed\xa0\x80".as_slice(), b"\xf4\x90\x80\x80 words", b"words \xc3", b"\x80\x81\x8d\x9d words"]
    {
        check("a.txt", broken, "read");
    }
}

#[cfg(unix)]
#[test]
fn a_file_without_an_end_is_refused() {
    let error = read_file(Path::new("/dev/zero"), &Choices::default(), &mut ()).unwrap_err();
    assert!(matches!(error.problem, Problem::TooLarge { size } if size > LARGEST), "{error}");
}

#[test]
fn texts_nest_without_end() {
    let deep = 50_000;
    for (name, text) in [
        ("a.md", "> ".repeat(deep) + "x"),
        ("a.md", "* ".repeat(deep) + "x"),
        ("a.md", "1. ".repeat(deep) + "x"),
        ("a.md", "[".repeat(deep) + "x"),
        ("a.md", "*_".repeat(deep) + "x"),
        ("a.md", "<b>".repeat(deep) + "x"),
        ("a.md", "![](".repeat(deep) + "x"),
        ("a.md", "`".repeat(deep) + "x"),
        ("a.md", "[^1]: ".repeat(deep) + "x[^1]"),
        ("a.md", "|".repeat(deep) + "\n" + &"|-".repeat(deep) + "|\nx"),
        ("a.md", "<!--".repeat(deep) + "x"),
        ("a.txt", "(a) ".repeat(deep) + "x"),
        ("a.txt", "[".repeat(deep) + "x"),
    ] {
        let said = says(name, text.as_bytes());
        assert!(said == "read" || said.starts_with(name), "{said}");
    }
}

#[test]
fn the_sign_of_a_note_has_no_control_characters() {
    let note = |sign: &str| format!("{{\\rtf1 waters{{\\super {sign}}}{{\\footnote on notes}} shall\\par}}");
    for sign in ["\\'02", "\\'7f", "\\u8232?", "\\'02\\'1e", "e\\u769?"] {
        check("a.rtf", note(sign).as_bytes(), "read");
    }
}

#[test]
fn words_of_the_file_do_not_break_the_sentence() {
    let name = "x".repeat(100_000);
    for words in ["p\n\u{2028}\u{1}p", name.as_str()] {
        let said = says("a.xml", format!("<akomaNtoso><p></{words}></akomaNtoso>").as_bytes());
        assert!(said.starts_with("a.xml is damaged: line ") && said.len() < 1500, "{said}");
        assert!(!said.contains(char::is_control), "{said}");
    }
}

/// A package with one of its parts changed.
fn change_part(package: &[u8], part: u8, changes: &[Change]) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(Cursor::new(package)).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let count = old.len();
    for i in 0..count {
        let mut file = old.by_index(i).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        if i == usize::from(part) % count {
            change(&mut bytes, changes);
        }
        let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        new.start_file(file.name().unwrap(), stored).unwrap();
        new.write_all(&bytes).unwrap();
    }
    new.finish().unwrap().into_inner()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn changed_files_are_read_or_refused(
        format in 0..8_usize,
        part in any::<u8>(),
        changes in changes(),
        wording in proptest::option::of(proptest::sample::select(vec![Wording::Printed, Wording::Original])),
    ) {
        let (extension, mut bytes) = samples().swap_remove(format);
        if matches!(extension, "docx" | "odt") {
            bytes = change_part(&bytes, part, &changes);
        } else {
            change(&mut bytes, &changes);
        }
        let choices = Choices { wording, ..Choices::default() };
        match read_bytes_named("draft", bytes, &choices, &mut ()) {
            Ok(imported) => check_sound(&imported),
            Err(error) => assert!(error.to_string().starts_with("draft"), "{error}"),
        }
    }

    #[test]
    fn any_bytes_behind_a_sign_are_read_or_refused(
        sign in proptest::sample::select(vec!["%PDF-1.7\n", "PK\x03\x04", "{\\rtf1 ", "<html>", "<akomaNtoso>", "<?xml?>", "\u{feff}"]),
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
    ) {
        says("draft", &[sign.as_bytes(), &bytes].concat());
    }
}
