//! Word processors' files in: numbers as printed, marked changes in three readings, notes, remarks, tables, and files
//! that are not what they should be.
#![allow(clippy::unwrap_used, clippy::string_add, reason = "a test may end in a panic, and reads best in order")]

use std::io::{Cursor, Write};
use std::path::Path;

use proptest::prelude::{ProptestConfig, Strategy, any};
use proptest::{prop_assert_eq, proptest};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use travaux::import::{Choices, ImportError, Imported, read_bytes_named};
use travaux::model::text::normalize;
use travaux::model::{HintKind, Style, TextRange, Wording};
use travaux::outline::recognize;

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A zip archive of parts.
fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let method = if *name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        zip.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A DOCX of a body and more parts.
fn docx(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let document = root("document", &format!("<w:body>{body}</w:body>"));
    let mut parts: Vec<(String, Vec<u8>)> = vec![("word/document.xml".to_owned(), document.into_bytes())];
    for (name, inside) in more {
        parts.push((format!("word/{name}.xml"), root(name, inside).into_bytes()));
    }
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(n, b)| (n.as_str(), b.as_slice())).collect();
    zipped(&parts)
}

fn root(name: &str, inside: &str) -> String {
    let mc = "http://schemas.openxmlformats.org/markup-compatibility/2006";
    format!("<w:{name} xmlns:w=\"{W}\" xmlns:mc=\"{mc}\" xmlns:v=\"urn:schemas-microsoft-com:vml\">{inside}</w:{name}>")
}

/// A paragraph of runs with `|` between: `*bold`, `~struck`, `+inserted`, `-deleted`, or markup.
fn p(words: &str) -> String {
    paragraph("", words)
}

fn paragraph(properties: &str, words: &str) -> String {
    let mut runs = String::new();
    for part in words.split_inclusive('|') {
        let part = part.trim_end_matches('|');
        let inner = |sign: char| part.strip_prefix(sign).map(|p| p.strip_suffix(sign).unwrap_or(p));
        let run = |look: &str, words: &str| {
            format!("<w:r><w:rPr>{look}</w:rPr><w:t xml:space=\"preserve\">{words}</w:t></w:r>")
        };
        if part.starts_with('<') {
            runs.push_str(part);
        } else if let Some(words) = inner('*') {
            runs.push_str(&run("<w:b/>", words));
        } else if let Some(words) = inner('~') {
            runs.push_str(&run("<w:strike/>", words));
        } else if let Some(words) = inner('+') {
            runs.push_str(&format!("<w:ins w:id=\"1\">{}</w:ins>", run("", words)));
        } else if let Some(words) = inner('-') {
            runs.push_str(&format!("<w:del w:id=\"2\">{}</w:del>", run("", words).replace("w:t", "w:delText")));
        } else {
            runs.push_str(&run("", part));
        }
    }
    format!("<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>")
}

fn numbered(list: u32, level: u32, words: &str) -> String {
    paragraph(&number(list, level), words)
}

fn number(list: u32, level: u32) -> String {
    format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>")
}

fn levels(levels: &[(&str, &str)]) -> String {
    let level = |(i, (format, text)): (usize, &(&str, &str))| {
        format!(
            "<w:lvl w:ilvl=\"{i}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    levels.iter().enumerate().map(level).collect()
}

fn row(cells: &[&str]) -> String {
    let cells: String = cells.iter().map(|c| format!("<w:tc>{c}</w:tc>")).collect();
    format!("<w:tr>{cells}</w:tr>")
}

fn table(rows: &[String]) -> String {
    format!("<w:tbl>{}</w:tbl>", rows.concat())
}

fn read(bytes: &[u8], wording: Option<Wording>) -> Imported {
    let choices = Choices { wording, ..Choices::default() };
    let imported = read_bytes_named("draft", bytes.to_vec(), &choices, &mut ()).unwrap();
    check_sound(&imported);
    imported
}

fn lines(imported: &Imported) -> Vec<&str> {
    imported.text.trim_end().split("\n\n").collect()
}

fn check(bytes: &[u8], wording: Option<Wording>, expected: &[&str]) -> Imported {
    let imported = read(bytes, wording);
    assert_eq!(lines(&imported), expected);
    imported
}

/// Everything that must hold of anything read.
fn check_sound(imported: &Imported) {
    let text = &imported.text;
    assert_eq!(&normalize(text), text);
    assert_eq!(imported.printed.fault(text), None);
    assert!(imported.comments.iter().all(|c| c.range.of(text).is_some()));
    assert!(imported.hints.iter().all(|h| h.range.of(text).is_some()));
    let pages: Vec<u32> = imported.printed.pages.iter().map(|p| p.number).collect();
    assert!(pages.is_sorted(), "pages out of order: {pages:?}");
    assert_eq!(recognize(text, &imported.hints).outline.fault(text), None);
}

fn styled(imported: &Imported, style: Style) -> Vec<&str> {
    let styles = imported.printed.styles.iter().filter(|s| s.style == style);
    styles.map(|s| s.range.of(&imported.text).unwrap()).collect()
}

fn sample(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import").join(name)).unwrap()
}

#[test]
fn numbers_are_as_printed() {
    let numbering = format!(
        "<w:abstractNum w:abstractNumId=\"1\">{}</w:abstractNum>\
         <w:abstractNum w:abstractNumId=\"2\">{}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num>\
         <w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride></w:num>\
         <w:num w:numId=\"3\"><w:abstractNumId w:val=\"2\"/></w:num>",
        levels(&[("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)")]),
        levels(&[("upperRoman", "Part %1"), ("decimal", "%1.%2")])
            .replace("<w:numFmt w:val=\"decimal\"/>", "<w:numFmt w:val=\"decimal\"/><w:isLgl/>"),
    );
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"Base\"><w:name w:val=\"Base\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"Derived\"><w:name w:val=\"Derived\"/><w:basedOn w:val=\"Base\"/><w:pPr><w:numPr><w:ilvl w:val=\"1\"/></w:numPr></w:pPr></w:style>";
    let body = [
        numbered(1, 0, "one"),
        numbered(1, 1, "a"),
        numbered(1, 2, "i"),
        numbered(1, 1, "b"),
        paragraph("<w:pStyle w:val=\"Base\"/>", "by style"),
        paragraph("<w:pStyle w:val=\"Derived\"/>", "below it"),
        paragraph("<w:pStyle w:val=\"Base\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr>", "none"),
        numbered(2, 0, "anew"),
        numbered(2, 0, "on"),
        numbered(3, 0, "Rules"),
        numbered(3, 1, "first"),
    ];
    let bytes = docx(&body.concat(), &[("numbering", &numbering), ("styles", styles)]);
    let imported = check(
        &bytes,
        None,
        &[
            "1.\tone",
            "(a)\ta",
            "(i)\ti",
            "(b)\tb",
            "2.\tby style",
            "(a)\tbelow it",
            "none",
            "5.\tanew",
            "6.\ton",
            "Part I\tRules",
            "1.1\tfirst",
        ],
    );
    let depths: Vec<u8> = imported
        .hints
        .iter()
        .filter_map(|h| if let HintKind::ListItem(depth) = h.kind { Some(depth) } else { None })
        .collect();
    // Numbers tell themselves how deep they stand; only what does not count needs to be told.
    assert_eq!(depths, [1]);
}

#[test]
fn tracked_changes_have_three_readings() {
    let numbering = format!(
        "<w:abstractNum w:abstractNumId=\"1\">{}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num>",
        levels(&[("decimal", "%1.")])
    );
    let marked = |change: &str| format!("{}<w:rPr><w:{change} w:id=\"3\"/></w:rPr>", number(1, 0));
    let gone = "<w:tr><w:trPr><w:del w:id=\"4\"/></w:trPr><w:tc>".to_owned() + &p("struck row") + "</w:tc></w:tr>";
    let body = [
        numbered(1, 0, "Each Party |-may|+shall| act."),
        paragraph(&marked("del"), "-The old rule.|"),
        paragraph(&marked("ins"), "+The new rule.|"),
        numbered(1, 0, "It stands|-, as it was,|."),
        paragraph(&marked("del"), "The first half"),
        numbered(1, 0, "-, and| of one."),
        table(&[gone, row(&[&p("kept row")])]),
        p("<w:moveFrom w:id=\"5\"><w:r><w:t>moved</w:t></w:r></w:moveFrom>|rest"),
        p("<w:moveTo w:id=\"6\"><w:r><w:t>moved</w:t></w:r></w:moveTo>|"),
    ];
    let bytes = docx(&body.concat(), &[("numbering", &numbering)]);
    let imported = check(
        &bytes,
        None,
        &[
            "1.\tEach Party shall act.",
            "2.\tThe new rule.",
            "3.\tIt stands.",
            "4.\tThe first half of one.",
            "kept row",
            "rest",
            "moved",
        ],
    );
    assert_eq!(imported.source.taken.wording, Wording::Proposed);
    let changes = imported.offers.changes.unwrap();
    assert_eq!((changes.inserted, changes.deleted, changes.tracked), (3, 6, true));
    check(
        &bytes,
        Some(Wording::Original),
        &[
            "1.\tEach Party may act.",
            "2.\tThe old rule.",
            "3.\tIt stands, as it was,.",
            "4.\tThe first half",
            "5.\t, and of one.",
            "struck row",
            "kept row",
            "movedrest",
        ],
    );
    let printed = read(&bytes, Some(Wording::Printed));
    assert_eq!(lines(&printed)[0], "1.\tEach Party mayshall act.");
    assert_eq!(styled(&printed, Style::Struck)[..2], ["may", "The old rule."]);
    assert_eq!(styled(&printed, Style::Underlined)[..2], ["shall", "The new rule."]);
    let plain = read(&docx(&p("nothing changed"), &[]), Some(Wording::Original));
    assert_eq!((plain.source.taken.wording, plain.offers.changes), (Wording::Printed, None));
}

#[test]
fn struck_words_go_and_bold_ones_are_new() {
    let body = [
        p("*COVER NOTE|"),
        p("Changes are shown in |*bold*| and |~struck through~|."),
        paragraph("<w:pageBreakBefore/><w:jc w:val=\"center\"/>", "*CHAPTER ONE|"),
        paragraph("<w:jc w:val=\"center\"/>", "*CHAPTER TWO|"),
        p("Article 1"),
        p("Parties |~may~|*shall*| act on |~all |*shared*| waters|~, at once~|."),
        p("*They shall tell each other.|"),
        p("~They shall be silent.|"),
        p("A healthy |~river|, a |~clear~| |*clean*| lake."),
        p("Article 2"),
        p("*Article 2a|"),
        p("*New rules.|"),
        p("Article 3"),
    ];
    let bytes = docx(&body.concat(), &[]);
    let imported = read(&bytes, None);
    assert_eq!(
        lines(&imported)[4..],
        [
            "Article 1",
            "Parties shall act on shared waters.",
            "They shall tell each other.",
            "A healthy, a clean lake.",
            "Article 2",
            "Article 2a",
            "New rules.",
            "Article 3"
        ]
    );
    assert!(!imported.offers.changes.unwrap().tracked);
    let original = read(&bytes, Some(Wording::Original));
    assert_eq!(
        lines(&original),
        [
            "COVER NOTE",
            "Changes are shown in bold and struck through.",
            "CHAPTER ONE",
            "CHAPTER TWO",
            "Article 1",
            "Parties may act on all waters, at once.",
            "They shall be silent.",
            "A healthy river, a clear lake.",
            "Article 2",
            "Article 3"
        ]
    );
    let printed = read(&bytes, Some(Wording::Printed));
    assert!(styled(&printed, Style::Struck).contains(&"They shall be silent."));
    assert!(styled(&printed, Style::Bold).contains(&"New rules."));
    // Bold alone is only bold.
    let bold = read(&docx(&(p("*Important|") + &p("The |*key*| words.")), &[]), None);
    assert_eq!((bold.offers.changes, bold.source.taken.wording), (None, Wording::Printed));
    assert_eq!(styled(&bold, Style::Bold), ["Important", "key"]);
}

#[test]
fn notes_stand_at_the_end_and_remarks_beside() {
    let call = |kind: &str, id: u32, mark: &str| match mark {
        "" => format!("<w:r><w:{kind}Reference w:id=\"{id}\"/></w:r>|"),
        _ => format!("<w:r><w:{kind}Reference w:id=\"{id}\" w:customMarkFollows=\"1\"/><w:t>{mark}</w:t></w:r>|"),
    };
    let note = |kind: &str, id: u32, words: &str| format!("<w:{kind} w:id=\"{id}\">{}</w:{kind}>", p(words));
    let body = [
        p(&format!(
            "One|{}| and two|{}| and |{}|end|{}|.",
            call("footnote", 8, ""),
            call("footnote", 3, ""),
            "<w:commentRangeStart w:id=\"4\"/>|the |<w:commentRangeEnd w:id=\"4\"/>",
            call("endnote", 1, "")
        )),
        p(&format!("Starred|{}|.<w:r><w:commentReference w:id=\"5\"/></w:r>|", call("footnote", 4, "*"))),
    ];
    let footnotes = format!(
        "<w:footnote w:id=\"-1\" w:type=\"separator\">{}</w:footnote>{}{}{}",
        p("line"),
        note("footnote", 3, "Second."),
        note("footnote", 4, "* By the author."),
        note("footnote", 8, "<w:r><w:footnoteRef/></w:r>| First,")
            .replace("</w:p>", &format!("</w:p>{}", p("in two paragraphs."))),
    );
    let comments = format!(
        "<w:comment w:id=\"4\" w:author=\"A. Delegate\" w:date=\"2025-03-01T10:00:00Z\">{}</w:comment>\
         <w:comment w:id=\"5\" w:author=\"B\">{}</w:comment>",
        p("Why?"),
        p("On all of it.")
    );
    let endnotes = note("endnote", 1, "At the end.");
    let bytes = docx(&body.concat(), &[("footnotes", &footnotes), ("endnotes", &endnotes), ("comments", &comments)]);
    let imported = check(
        &bytes,
        None,
        &[
            "One¹ and two² and the endⁱ.",
            "Starred*.",
            "¹ First, in two paragraphs.",
            "² Second.",
            "* By the author.",
            "ⁱ At the end.",
        ],
    );
    let words = |r: TextRange| r.of(&imported.text).unwrap();
    let notes: Vec<(&str, &str)> =
        imported.printed.notes.iter().map(|n| (words(n.call.unwrap()), words(n.body))).collect();
    assert_eq!(notes[0], ("¹", "¹ First, in two paragraphs."));
    assert_eq!(notes[2], ("*", "* By the author."));
    assert_eq!(notes[3], ("ⁱ", "ⁱ At the end."));
    let remarks: Vec<(&str, &str, &str)> =
        imported.comments.iter().map(|c| (c.author.as_str(), words(c.range), c.text.as_str())).collect();
    assert_eq!(remarks, [("A. Delegate", "the ", "Why?"), ("B", "Starred*.", "On all of it.")]);
    assert_eq!(imported.comments[0].date.unwrap().to_string(), "2025-03-01T10:00:00Z");
    assert!(imported.hints.iter().filter(|h| h.kind == HintKind::Aside).count() == 4);
}

#[test]
fn tables_are_read_in_order() {
    let nested = table(&[row(&[&p("(i)"), &p("deep")])]) + &p("");
    let body = [
        table(&[row(&[&p("(a)"), &p("first point,")]), row(&[&p("(b)"), &(p("second") + &nested)])]),
        table(&[row(&[&p("Party"), &p("Share")]), row(&[&p("A"), &p("40 per cent")])]),
    ];
    check(
        &docx(&body.concat(), &[]),
        None,
        &["(a)\tfirst point,", "(b)\tsecond", "(i)\tdeep", "Party", "Share", "A", "40 per cent"],
    );
}

#[test]
fn a_column_can_be_chosen() {
    let spanning = format!("<w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"3\"/></w:tcPr>{}</w:tc></w:tr>", p("CHAPTER I"));
    let body = p("Compared texts")
        + &table(&[
            row(&[&p("No"), &p("Proposal"), &p("Mandate")]),
            spanning,
            row(&[&p("1"), &p("Parties may act where they see fit."), &p("Parties shall act without delay.")]),
            row(&[&p("2"), &p("They may report every five years."), &p("They shall report every year.")]),
        ]);
    let bytes = docx(&body, &[]);
    let imported = read(&bytes, None);
    assert_eq!(imported.offers.columns, ["Proposal", "Mandate"]);
    assert_eq!(imported.source.taken.column, None);
    let choices = Choices { column: Some(1), ..Choices::default() };
    let chosen = read_bytes_named("draft", bytes, &choices, &mut ()).unwrap();
    check_sound(&chosen);
    assert_eq!(
        lines(&chosen),
        ["Compared texts", "CHAPTER I", "Parties shall act without delay.", "They shall report every year."]
    );
    assert_eq!(chosen.source.taken.column, Some((1, "Mandate".to_owned())));
}

#[test]
fn only_what_is_shown_is_read() {
    let field = |instruction: &str, result: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{result}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>|"
        )
    };
    let boxed = |words: &str| format!("<w:txbxContent>{}</w:txbxContent>", p(words));
    let body = [
        p(&field("TOC", "<w:r><w:t>Contents 3</w:t></w:r>")),
        p("seen |<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>|words"),
        p(&format!("linked to |{}", field("HYPERLINK \"http://example.org\"", "<w:r><w:t>a page</w:t></w:r>"))),
        p(&format!(
            "<w:r><mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r>|hung",
            boxed("in a box"),
            boxed("in a box")
        )),
        p("<w:r><w:sym w:font=\"Symbol\" w:char=\"F0B3\"/></w:r>|5, soft\u{ad}ly"),
        p("<w:hyperlink><w:r><w:t>transparent</w:t></w:r></w:hyperlink>|"),
        p("one<w:r><w:br/></w:r>|".replace("<w:r>", "|<w:r>").as_str())
            .replace("</w:p>", "<w:r><w:t>line</w:t></w:r></w:p>"),
    ];
    let imported = check(
        &docx(&body.concat(), &[]),
        None,
        &["Contents 3", "seen words", "linked to a page", "hung", "in a box", "≥5, softly", "transparent", "one line"],
    );
    let asides: Vec<&str> = imported
        .hints
        .iter()
        .filter(|h| h.kind == HintKind::Aside)
        .map(|h| h.range.of(&imported.text).unwrap())
        .collect();
    assert_eq!(asides, ["Contents 3"]);
}

#[test]
fn pages_and_languages_are_told() {
    let body = [
        p("first"),
        p("goes <w:r><w:lastRenderedPageBreak/></w:r>|".replace(" <", " |<").as_str())
            .replace("</w:p>", "<w:r><w:t>on</w:t></w:r></w:p>"),
        p("<w:r><w:lastRenderedPageBreak/></w:r>|third"),
    ];
    let styles = "<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val=\"fr-FR\"/></w:rPr></w:rPrDefault></w:docDefaults>";
    let imported = check(&docx(&body.concat(), &[("styles", styles)]), None, &["first", "goes on", "third"]);
    let pages: Vec<(usize, u32)> = imported.printed.pages.iter().map(|p| (p.at, p.number)).collect();
    assert_eq!(pages, [(0, 1), (12, 2), (16, 3)]);
    assert_eq!(imported.details.language, "fr");
}

#[test]
fn headings_are_told_by_style() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"berschrift1\"><w:name w:val=\"heading 1\"/><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"Mine\"><w:name w:val=\"Mine\"/><w:basedOn w:val=\"berschrift1\"/></w:style>";
    let titled = paragraph("<w:pStyle w:val=\"Mine\"/>", "Article 1|<w:r><w:br/></w:r>|Scope");
    let imported = check(&docx(&(titled + &p("words")), &[("styles", styles)]), None, &["Article 1", "Scope", "words"]);
    let headings = imported.hints.iter().filter(|h| h.kind == HintKind::Heading(1)).count();
    assert_eq!((headings, styled(&imported, Style::Bold).len()), (2, 0));
}

#[test]
fn packages_are_read_as_they_come() {
    let document = root("document", &format!("<w:body>{}</w:body>", p("words")));
    let relation = |target: &str| {
        format!(
            "<Relationships><Relationship Type=\"{RELATIONS}/officeDocument\" Target=\"{target}\"/></Relationships>"
        )
    };
    let renamed = zipped(&[
        ("_rels/.rels", relation("word/document2.xml").as_bytes()),
        ("word/document2.xml", document.as_bytes()),
    ]);
    check(&renamed, None, &["words"]);
    let strict = document.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main");
    check(&zipped(&[("word/document.xml", strict.as_bytes())]), None, &["words"]);
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(document.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    check(&zipped(&[("word/document.xml", &wide)]), None, &["words"]);
    let prefix = document.replace("w:", "x:").replace("xmlns:w=", "xmlns:x=");
    check(&zipped(&[("Word/Document.XML", prefix.as_bytes())]), None, &["words"]);
    // Told by what is in it, not by its name.
    let misnamed = read_bytes_named("draft.pdf", docx(&p("words"), &[]), &Choices::default(), &mut ()).unwrap();
    assert_eq!(lines(&misnamed), ["words"]);
}

fn fails(name: &str, bytes: &[u8]) -> String {
    read_bytes_named(name, bytes.to_vec(), &Choices::default(), &mut ()).map(|i| i.text).unwrap_err().to_string()
}

#[test]
fn what_is_wrong_is_said_in_one_sentence() {
    let whole = docx(&p(&"many words ".repeat(50)), &[]);
    let says = |document: &str| fails("a.docx", &zipped(&[("word/document.xml", document.as_bytes())]));
    assert!(fails("a.docx", &whole[..whole.len() / 2]).starts_with("a.docx is damaged: its end is missing"));
    assert_eq!(
        fails("a.docx", &zipped(&[("word/styles.xml", b"<x/>")])),
        "a.docx is damaged: its part word/document.xml is missing"
    );
    assert_eq!(
        says("<w:document><w:body></w:document>"),
        "a.docx is damaged: its part word/document.xml is no well-formed XML at byte 20"
    );
    assert!(says("<w:document><w:body>").contains("is cut off at byte"));
    let lol = "<!DOCTYPE l [<!ENTITY l \"lol\"><!ENTITY m \"&l;&l;&l;\">]><document>&m;</document>";
    assert!(says(lol).contains("uses an entity of its own"));
    let deep = format!("{}{}", "<w:tbl>".repeat(100_000), "</w:tbl>".repeat(100_000));
    assert_eq!(says(&deep), "a.docx has more than 2000 elements inside each other; it was not read");
    assert_eq!(fails("a.docx", &docx("", &[])), "a.docx is empty");
    assert!(fails("a.docx", b"\xd0\xcf\x11\xe0rest").contains("save it as DOCX"));
    assert!(fails("a.docx", b"PK\x05\x06").contains("empty zip archive"));
    assert!(fails("a.xlsx", &zipped(&[("xl/workbook.xml", b"<x/>")])).contains("a spreadsheet"));
    assert!(
        fails("a.odt", &zipped(&[("mimetype", b"application/vnd.oasis.opendocument.text")]))
            .contains("content.xml is missing")
    );
    let mut changed = whole.clone();
    let at = changed.len() / 3;
    changed[at] ^= 0x55;
    assert!(fails("a.docx", &changed).contains("is damaged"));
    assert!(fails("a.rtf", b"{").contains("a.rtf"));
    let deep = [b"{\\rtf1 ".as_slice(), &b"{".repeat(100_000)].concat();
    assert!(fails("a.rtf", &deep).contains("groups inside each other"));
}

#[test]
fn lines_drawn_over_words_are_said() {
    let line = |width: &str, height: &str| {
        format!(
            "<w:r><w:pict xmlns:v=\"urn:schemas-microsoft-com:vml\"><v:rect style=\"position:absolute;margin-left:9pt;\
             width:{width};height:{height};z-index:1\"/></w:pict></w:r>"
        )
    };
    let struck = "<w:r><w:rPr><w:strike/></w:rPr><w:t>Old words</w:t></w:r>";
    let of = |line: &str| {
        let words = format!("<w:p>{line}{struck}<w:r><w:t xml:space=\"preserve\"> and new words.</w:t></w:r></w:p>");
        read(&docx(&words.repeat(3), &[]), None).warnings.join("; ")
    };
    assert!(of(&line("480pt", ".6pt")).starts_with("3 lines are drawn over the pages"));
    assert_eq!((of(&line("480pt", "30pt")), of(&line("4pt", ".6pt"))), (String::new(), String::new()));
    let alone = format!("<w:p>{}</w:p>{}", line("480pt", ".6pt"), p("Words."));
    assert_eq!(read(&docx(&alone.repeat(30), &[]), None).warnings, Vec::<String>::new(), "a rule between paragraphs");
}

#[test]
fn large_documents_take_linear_time() {
    let many = "<w:p><w:r><w:t>words</w:t></w:r></w:p>".repeat(50_000);
    assert_eq!(lines(&read(&docx(&many, &[]), None)).len(), 50_000);
    let cells = table(&vec![row(&["<w:p/>"; 8]); 5_000]);
    read(&docx(&(cells + &p("words")), &[]), None);
    let runs = "<w:r><w:t>a</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>b</w:t></w:r>".repeat(30_000);
    read(&docx(&format!("<w:p>{runs}</w:p>"), &[]), None);
}

#[test]
fn odt_is_read_as_docx_is() {
    let proposed = read(&sample("convention.odt"), None);
    let as_word = read(&sample("convention.docx"), None);
    let common = |imported: &Imported| -> Vec<String> {
        let lines = lines(imported)
            .into_iter()
            .map(|l| l.replace(['*', '\t'], " ").split_whitespace().collect::<Vec<_>>().join(" "));
        lines
            .filter(|l| l.starts_with("1.") || l.starts_with("(") || l.starts_with("Article") || l.starts_with("2."))
            .collect()
    };
    // LibreOffice has no figures for the numbers of outer levels.
    let kept = |lines: Vec<String>| -> Vec<String> {
        lines.into_iter().filter(|l| !["one", "deep", "two", "three"].iter().any(|w| l.ends_with(w))).collect()
    };
    assert_eq!(kept(common(&proposed)), kept(common(&as_word)));
    assert_eq!(proposed.printed.notes.len(), 2);
    assert_eq!(proposed.comments.len(), 1);
    assert_eq!(proposed.comments[0].range.of(&proposed.text), Some("on all waters"));
    let original = read(&sample("convention.odt"), Some(Wording::Original));
    assert!(
        lines(&original).contains(&"(b)\tsnow; or")
            && lines(&original).contains(&"3.\tEach Party may report on all waters every year.")
    );
}

#[test]
fn flat_odt_is_read() {
    let flat = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" office:mimetype="application/vnd.oasis.opendocument.text">
<office:automatic-styles><text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/></text:list-style></office:automatic-styles>
<office:body><office:text>
<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info/><text:p>gone </text:p></text:deletion></text:changed-region><text:changed-region text:id="c2"><text:insertion><office:change-info/></text:insertion></text:changed-region></text:tracked-changes>
<text:h text:outline-level="1">Title</text:h>
<text:list text:style-name="L1" xml:id="l1"><text:list-item><text:p>one<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>The note.</text:p></text:note-body></text:note></text:p><text:list><text:list-item><text:p>point</text:p><text:p>flush</text:p></text:list-item></text:list></text:list-item></text:list>
<text:p>between<text:s text:c="3"/>words<text:line-break/>and more</text:p>
<text:list text:style-name="L1" text:continue-list="l1"><text:list-item><text:p>two</text:p></text:list-item><text:list-item text:start-value="9"><text:p>nine</text:p></text:list-item></text:list>
<text:p>kept <text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>new <text:change-end text:change-id="c2"/>words</text:p>
<table:table><table:table-row><table:table-cell><text:p>(a)</text:p></table:table-cell><table:table-cell><text:p>point</text:p></table:table-cell></table:table-row></table:table>
</office:text></office:body></office:document>"#;
    let expected = |last: &'static str| {
        [
            "Title",
            "1.\tone¹",
            "(a)\tpoint",
            "flush",
            "between words and more",
            "2.\ttwo",
            "9.\tnine",
            last,
            "(a)\tpoint",
            "¹ The note.",
        ]
    };
    check(flat.as_bytes(), None, &expected("kept new words"));
    check(flat.as_bytes(), Some(Wording::Original), &expected("kept gone words"));
}

#[test]
fn rtf_is_read() {
    let proposed = read(&sample("convention.rtf"), None);
    assert_eq!(
        lines(&proposed),
        [
            "DRAFT CONVENTION ON SHARED WATERS",
            "Article 1",
            "Scope",
            "1.\tThis Convention applies to waters¹ shared by two or more “Parties”, the «States» and the Стороны.",
            "2.\tIt does not apply to:",
            "(a)\tbottled water;",
            "(b)\train water; or",
            "(c)\ttears.",
            "•\ta flow of 5 m³ a second; the café of 中国; non‑binding, one\u{a0}part and a {brace}",
            "Each Party shall report on all waters.",
            "(a)\tthe first point of a table;",
            "(b)\tthe second.",
            "The annex is part of this Convention*.",
            "Words in a box",
            "¹ Waters below the ground are waters too.",
            "* As the chair says.",
        ]
    );
    assert!(proposed.warnings.is_empty());
    let remark = &proposed.comments[0];
    assert_eq!((remark.author.as_str(), remark.text.as_str()), ("Delegate A", "Too wide."));
    assert_eq!(remark.range.of(&proposed.text), Some("on all waters"));
    assert_eq!(remark.date.unwrap().to_string(), "2025-03-02T09:30:00Z");
    let original = read(&sample("convention.rtf"), Some(Wording::Original));
    assert!(lines(&original).contains(&"(b)\tsnow; or"));
    let cut = sample("convention.rtf");
    let cut = read(&cut[..cut.len() * 2 / 3], None);
    assert!(cut.warnings[0].contains("cut off"));
}

/// Bytes of a sample with some of them changed, left out or doubled.
fn mutated(name: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let changes = proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>(), 0..4_u8), 0..12);
    changes.prop_map(move |changes| {
        let mut bytes = sample(name);
        for (at, byte, how) in changes {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => drop(bytes.drain(at..(at + usize::from(byte)).min(bytes.len()))),
                2 => bytes.insert(at, byte),
                _ => {
                    let doubled: Vec<u8> = bytes[at..(at + usize::from(byte)).min(bytes.len())].to_vec();
                    bytes.splice(at..at, doubled);
                }
            }
        }
        bytes
    })
}

fn read_anything(bytes: Vec<u8>, wording: Option<Wording>) -> Result<Imported, ImportError> {
    let choices = Choices { wording, ..Choices::default() };
    read_bytes_named("draft", bytes, &choices, &mut ())
}

/// A piece of a document, well formed or nearly.
fn markup() -> impl Strategy<Value = String> {
    let names = proptest::sample::select(vec![
        "p",
        "r",
        "t",
        "tbl",
        "tr",
        "tc",
        "ins",
        "del",
        "txbxContent",
        "sdt",
        "hyperlink",
        "pPr",
        "rPr",
        "b",
        "strike",
        "numPr",
        "numId",
        "ilvl",
        "tab",
        "br",
        "fldChar",
        "instrText",
        "lastRenderedPageBreak",
        "sectPr",
        "vanish",
        "footnoteReference",
        "commentRangeStart",
        "commentRangeEnd",
        "commentReference",
        "delText",
        "vertAlign",
    ]);
    let values = proptest::sample::select(vec!["", "0", "1", "begin", "separate", "end", "superscript", "-5", "page"]);
    (names, values, 0..3_u8, "[a-z1-9 ]{0,6}\u{301}?").prop_map(|(name, value, how, words)| match how {
        0 => format!("<w:{name} w:val=\"{value}\" w:id=\"1\" w:fldCharType=\"{value}\" w:type=\"{value}\">{words}"),
        1 => format!("<w:{name} w:val=\"{value}\" w:id=\"1\"/>"),
        _ => format!("{words}</w:{name}>"),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn changed_bytes_never_panic(
        docx in mutated("convention.docx"),
        odt in mutated("convention.odt"),
        rtf in mutated("convention.rtf"),
        wording in proptest::option::of(proptest::sample::select(vec![Wording::Printed, Wording::Original])),
    ) {
        for bytes in [docx, odt, rtf] {
            if let Ok(imported) = read_anything(bytes, wording) {
                check_sound(&imported);
            }
        }
    }

    #[test]
    fn any_markup_is_read_or_refused(parts in proptest::collection::vec(markup(), 0..40), wording in 0..3_u8) {
        // Closed in order, whatever the parts do, so that it is well formed.
        let mut body = String::new();
        let mut open: Vec<String> = Vec::new();
        for part in parts {
            if let Some((words, _)) = part.split_once("</") {
                body.push_str(words);
                if let Some(name) = open.pop() {
                    body.push_str(&format!("</{name}>"));
                }
                continue;
            }
            if !part.ends_with("/>") {
                open.push(part[1..].split(' ').next().unwrap_or_default().to_owned());
            }
            body.push_str(&part);
        }
        open.iter().rev().for_each(|name| body.push_str(&format!("</{name}>")));
        let comments = format!("<w:comment w:id=\"1\">{}</w:comment>", p("remark"));
        let footnotes = format!("<w:footnote w:id=\"1\">{}</w:footnote>", p("note"));
        let bytes = docx(&body, &[("comments", &comments), ("footnotes", &footnotes)]);
        let wording = [Wording::Printed, Wording::Proposed, Wording::Original][usize::from(wording)];
        if let Ok(imported) = read_anything(bytes, Some(wording)) {
            check_sound(&imported);
        }
    }

    #[test]
    fn any_rtf_is_read_or_refused(words in "(\\\\[a-z]{1,9}[0-9-]{0,3} ?|[{}]|\\\\'[0-9a-f]{2}|\\\\u-?[0-9]{1,5}\\?|[a-z ]{1,5}|\\\\[*~_-]|\\\\(par|cell|row|intbl|trowd|footnote|b|strike|annotation|pard|nestcell|itap2|deleted|revised|sect|page|listtext|super)[ ]){0,60}") {
        let source = format!("{{\\rtf1 {words}");
        if let Ok(imported) = read_anything(source.into_bytes(), None) {
            check_sound(&imported);
            prop_assert_eq!(&normalize(&imported.text), &imported.text);
        }
    }
}
