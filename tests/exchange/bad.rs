//! Files that are cut off, changed, made to burst or to contradict themselves: one sentence that names the file, or what
//! can be read of it; within bounds, and nothing half.

use std::io::{Cursor, Write as _};

use proptest::prelude::*;
use travaux::import::Problem;
use travaux::import::annotations::{ANNOTATION_IMPORTERS, MOST_REMARKS, read_annotations_named};
use travaux::model::{Project, ProjectDetails, ProjectId};

use super::bytes::{change, changes};
use super::{ROUND, exchanged, export};

/// The sentence that a file ends in, or `read`.
fn says(name: &str, bytes: &[u8]) -> String {
    match read_annotations_named(name, bytes) {
        Ok(foreign) => {
            let count: usize = foreign.sets.iter().map(|s| s.remarks.len()).sum();
            assert!(count <= MOST_REMARKS);
            assert!(foreign.left.iter().all(|s| s.lines().count() == 1 && s.len() < 2000), "{:?}", foreign.left);
            "read".to_owned()
        }
        Err(error) => {
            let sentence = error.to_string();
            let fault = matches!(error.problem, Problem::Fault(_));
            assert!(!fault && sentence.starts_with(name) && sentence.lines().count() == 1, "{sentence}");
            sentence
        }
    }
}

fn check(name: &str, bytes: &[u8], expected: &str) {
    let said = says(name, bytes);
    assert!(said.starts_with(expected), "{said:?} and not {expected:?}");
}

/// A package with these parts.
fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, bytes) in parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn qde(inside: &str) -> String {
    format!("<?xml version=\"1.0\"?><Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"p\">{inside}</Project>")
}

const GUID: &str = "00000000-0000-0000-0000-00000000000";

fn source(path: &str, selections: &str) -> String {
    qde(&format!(
        "<Users><User guid=\"{GUID}9\" name=\"Ana\"/></Users><Sources><TextSource guid=\"{GUID}1\" name=\"Draft\" \
         plainTextPath=\"{path}\">{selections}</TextSource></Sources>"
    ))
}

fn selection(id: u8, start: i64, end: i64) -> String {
    format!(
        "<PlainTextSelection guid=\"{GUID}{id}\" startPosition=\"{start}\" endPosition=\"{end}\" creatingUser=\"{GUID}9\"/>"
    )
}

#[test]
fn a_project_keeps_within_its_package_and_its_texts() {
    let path = "internal://t.txt";
    let check_read = |bytes: &[u8], lost: usize| {
        let foreign = read_annotations_named("a.qdpx", bytes).unwrap();
        let sightings = foreign.sets.iter().flat_map(|s| &s.remarks).flat_map(|r| &r.sightings);
        assert_eq!(sightings.filter(|s| s.span.is_none()).count(), lost);
    };
    let two = selection(2, 0, 4) + &selection(3, 2, 400) + &selection(4, -3, 2) + &selection(5, 4, 1);
    let text: (&str, &[u8]) = ("sources/t.txt", b"Each Party");
    check_read(&package(&[("project.qde", source(path, &two).as_bytes()), text]), 3);
    // Names that lead out of the package are names of nothing.
    for outside in
        ["internal://../t.txt", "internal:///etc/passwd", "internal://..\\t.txt", "/etc/passwd", "relative:///t.txt"]
    {
        let parts = [("project.qde", source(outside, &selection(2, 0, 4))), ("../t.txt", "Each Party".to_owned())];
        let parts: Vec<(&str, &[u8])> = parts.iter().map(|(n, t)| (*n, t.as_bytes())).collect();
        let foreign = read_annotations_named("a.qdpx", &package(&parts)).unwrap();
        assert!(foreign.drafts[0].text_hash.is_empty(), "{outside}");
    }
    let twice = source(path, &(selection(2, 0, 4) + &selection(2, 5, 10)));
    check(
        "a.qdpx",
        &package(&[("project.qde", twice.as_bytes()), text]),
        "a.qdpx is damaged: two annotations in it have the same id",
    );
    check("a.qdpx", &package(&[("other.xml", b"<a/>")]), "a.qdpx is damaged: it has no part that ends in .qde");
    check("a.qdpx", &package(&[("project.qde", b"<Project><Users></Project>")]), "a.qdpx is damaged: ");
}

#[test]
fn entities_and_bombs_do_not_burst() {
    let mut entities = String::from("<?xml version=\"1.0\"?><!DOCTYPE Project [<!ENTITY a0 \"words\">");
    for n in 1..20 {
        entities.push_str(&format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10)));
    }
    let used = format!(
        "{entities}]><Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"p\"><Description>&a19;</Description></Project>"
    );
    check("a.qde", used.as_bytes(), "a.qde is damaged: its part project.qde uses an entity of its own");
    let outside = "<!DOCTYPE Project [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><Project xmlns=\"urn:QDA-XML:project:1.0\"><Description>&a;</Description></Project>";
    check("a.qde", outside.as_bytes(), "a.qde is damaged: ");
    let space = vec![b' '; 600 * 1024 * 1024];
    check("a.qdpx", &package(&[("project.qde", &space)]), "a.qdpx unpacks to more than 512 MB");
}

#[test]
fn codes_and_values_nest_without_end() {
    let deep = 3000;
    let code = format!("<Code guid=\"{GUID}1\" name=\"c\" isCodable=\"true\">");
    let codes = |n: usize| {
        format!(
            "<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\"><Codes>{}{}</Codes></CodeBook>",
            code.repeat(n),
            "</Code>".repeat(n)
        )
    };
    check("a.qdc", codes(200).as_bytes(), "read");
    check("a.qdc", codes(deep).as_bytes(), "a.qdc has more than 2000 elements inside each other");
    let lists = "[".repeat(200) + &"]".repeat(200);
    let annotation = format!("{{\"@context\": \"http://www.w3.org/ns/anno.jsonld\", \"target\": {lists}}}");
    check("a.jsonld", annotation.as_bytes(), "a.jsonld is damaged: as JSON, recursion limit exceeded");
    check(
        "a.json",
        format!("{{\"rows\": {lists}}}").as_bytes(),
        "a.json is damaged: as JSON, recursion limit exceeded",
    );
}

#[test]
fn a_million_annotations_are_too_many() {
    let mut table = String::from("id,document,tag,content\r\n");
    for n in 0..=MOST_REMARKS + 1 {
        table.push_str(&format!("{n},d,t,words\r\n"));
    }
    check("a.csv", table.as_bytes(), "a.csv has more than ");
}

#[test]
fn concerns_in_a_circle_are_cut_open() {
    let text = format!(
        "{{\"rows\": [], \"travaux\": {{\"concerns\": [{{\"id\": \"{GUID}1\", \"label\": \"A\", \"parent\": \"{GUID}2\"}}, \
         {{\"id\": \"{GUID}2\", \"label\": \"B\", \"parent\": \"{GUID}1\"}}]}}}}"
    );
    let foreign = read_annotations_named("a.json", text.as_bytes()).unwrap();
    assert!(foreign.concerns.iter().any(|c| c.parent.is_none()));
    assert_eq!(foreign.left.len(), 1, "{:?}", foreign.left);
}

#[test]
fn a_formula_in_every_cell_is_words() {
    let cell =
        |at: &str, words: &str| format!("<c r=\"{at}\" t=\"str\"><f>HYPERLINK(\"http://evil\")</f><v>{words}</v></c>");
    let sheet = format!(
        "<worksheet><sheetData><row>{}{}</row><row>{}{}<c r=\"XFD2\"><v>1</v></c></row></sheetData></worksheet>",
        cell("A1", "quote"),
        cell("B1", "tag"),
        cell("A2", "any offence"),
        cell("B2", "=cmd")
    );
    let bytes = package(&[("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", sheet.as_bytes())]);
    let foreign = read_annotations_named("a.xlsx", &bytes).unwrap();
    assert_eq!(foreign.concerns[0].name, "=cmd");
    assert_eq!(foreign.left, ["4 cells with a formula, of which the last result was taken as words"]);
    // A cell far out makes no room for all between.
    let far = "<worksheet><sheetData><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData></worksheet>";
    let bytes = package(&[("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", far.as_bytes())]);
    check("a.xlsx", &bytes, "a.xlsx is ");
}

#[test]
fn what_holds_no_annotations_is_told() {
    check("a.csv", b"", "a.csv is empty");
    check("a.csv", b" \n", "a.csv is empty");
    check(
        "a.csv",
        b"one,two\n1,2\n",
        "a.csv is damaged: its first row names neither a column of quotes nor one of codes",
    );
    check("a.csv", b"quote,note\n\0,2\n", "a.csv is not text: byte 11");
    check("a.json", b"{}", "a.json holds no annotations that this version reads");
    check("a.json", b"{\"rows\": [1, null", "a.json is damaged: as JSON, ");
    check("a.pdf", b"%PDF-1.7", "a.pdf holds no annotations that this version reads");
    check("a.sqlite3", b"SQLite format 3\0", "a.sqlite3 is damaged: as a database, it is cut off");
    let mut empty = b"SQLite format 3\0".to_vec();
    empty.resize(100, 0);
    check("a.sqlite3", &empty, "a.sqlite3 is damaged: as a database, its pages have no size");
    check("a.tsv", b"#FORMAT=WebAnno TSV 3.3\n1-1\tx", "a.tsv is damaged: its line 2 is no token of WebAnno TSV");
    check("a.tsv", b"#FORMAT=WebAnno TSV 3.3\n1-1\t99999999999-99999999999\tx", "a.tsv is damaged: ");
    let empty = Project::new(ProjectId(1), ProjectDetails::default());
    for (format, ending) in ROUND {
        let name = format!("a.{ending}");
        let written = export(format, &empty).bytes;
        check(&name, &written, &format!("{name} holds no annotations that this version reads"));
    }
}

/// One file of each format, by its ending.
fn samples(project: &Project) -> Vec<(String, Vec<u8>)> {
    let mut samples: Vec<(String, Vec<u8>)> = ROUND
        .iter()
        .chain(&[("qdc", "qdc")])
        .map(|(format, ending)| (format!("a.{ending}"), export(format, project).bytes))
        .collect();
    // The parts of packages by themselves too: changed bytes of a packed part are seldom unpacked.
    let packed: Vec<Vec<u8>> = samples.iter().filter(|(_, b)| b.starts_with(b"PK")).map(|(_, b)| b.clone()).collect();
    for bytes in packed {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        for at in 0..zip.len() {
            let mut part = zip.by_index(at).unwrap();
            if part.name().unwrap().ends_with(".qde") {
                let mut bytes = Vec::new();
                std::io::copy(&mut part, &mut bytes).unwrap();
                samples.push(("a.qde".to_owned(), bytes));
            }
        }
    }
    samples.push(("a.tsv".into(), TSV.as_bytes().to_vec()));
    samples.push(("a.sqlite3".into(), include_bytes!("small.sqlite3").to_vec()));
    samples
}

const TSV: &str = "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Concern|value|note\n\n\n#Text=Any offence\n\
                   1-1\t0-3\tAny\tScope[1]|Vague[2]\t_|*[2]\n1-2\t4-11\toffence\tScope[1]\t_\n";

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn changed_bytes_end_in_a_sentence_or_are_read(
        project in exchanged(),
        changes in changes(),
        any in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        for (name, mut bytes) in samples(&project) {
            change(&mut bytes, &changes);
            says(&name, &bytes);
        }
        for importer in ANNOTATION_IMPORTERS {
            let name = format!("a.{}", importer.extensions[0]);
            says(&name, &any);
            says(&name, &[b"SQLite format 3\0".as_slice(), &any].concat());
        }
    }
}
