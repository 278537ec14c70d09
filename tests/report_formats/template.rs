//! One's own document for the looks of a paper.

use std::io::{Cursor, Write};

use proptest::prelude::*;
use travaux::export::paper::Paper;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{bytes, papers, reading, written};

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const KINDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The parts of a document whose style of headings is called otherwise, with a letterhead and a sheet of its own.
fn letterhead() -> Vec<(&'static str, String)> {
    let relations = |list: &[(&str, &str, &str)]| {
        let list: String = list
            .iter()
            .map(|(id, kind, target)| format!(r#"<Relationship Id="{id}" Type="{KINDS}/{kind}" Target="{target}"/>"#))
            .collect();
        format!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{list}</Relationships>"#
        )
    };
    vec![
        ("_rels/.rels", relations(&[("r1", "officeDocument", "word/document.xml")])),
        (
            "word/document.xml",
            format!(
                r#"<w:document xmlns:w="{WORD}" xmlns:r="{KINDS}"><w:body><w:p><w:r><w:t>Secret</w:t></w:r></w:p><w:sectPr><w:headerReference w:type="default" r:id="r3"/><w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1440" w:right="1800" w:bottom="1440" w:left="1800" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr></w:body></w:document>"#
            ),
        ),
        (
            "word/_rels/document.xml.rels",
            relations(&[
                ("r1", "styles", "styles.xml"),
                ("r2", "numbering", "numbering.xml"),
                ("r3", "header", "header7.xml"),
                ("r4", "theme", "theme/theme1.xml"),
            ]),
        ),
        (
            "word/styles.xml",
            format!(
                r#"<?xml version="1.0" encoding="UTF-8"?><w:styles xmlns:w="{WORD}"><w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:rPr><w:color w:val="FF0000"/></w:rPr></w:style></w:styles>"#
            ),
        ),
        (
            "word/numbering.xml",
            format!(
                r#"<w:numbering xmlns:w="{WORD}"><w:abstractNum w:abstractNumId="7"/><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num><w:numIdMacAtCleanup w:val="3"/></w:numbering>"#
            ),
        ),
        ("word/header7.xml", format!(r#"<w:hdr xmlns:w="{WORD}"><w:p><w:r><w:t>Letterhead</w:t></w:r></w:p></w:hdr>"#)),
        ("word/_rels/header7.xml.rels", relations(&[("r1", "image", "media/image1.png")])),
        ("word/media/image1.png", "a picture".to_owned()),
        ("word/theme/theme1.xml", r#"<a:theme xmlns:a="x"/>"#.to_owned()),
        ("docProps/core.xml", "<x>Somebody</x>".to_owned()),
    ]
}

fn zipped(parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, words) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(words.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn changed(name: &str, words: &str) -> Vec<u8> {
    let mut parts = letterhead();
    parts.retain(|(n, _)| *n != name);
    if !words.is_empty() {
        parts.push((Box::leak(name.to_owned().into_boxed_str()), words.to_owned()));
    }
    zipped(&parts)
}

fn dressed(bytes: Vec<u8>) -> Paper {
    let (_, paper) = papers::papers().swap_remove(0);
    Paper { styles: Some(bytes.into()), ..paper }
}

#[test]
fn the_looks_are_taken_and_nothing_else() {
    let made = written("docx", &dressed(zipped(&letterhead()))).unwrap();
    assert_eq!(made.left, Vec::<String>::new());
    let part = |name: &str| reading::part(&made.bytes, name).unwrap();
    let document = part("word/document.xml");
    assert!(document.contains(r#"<w:pStyle w:val="berschrift1"/>"#) && !document.contains("Secret"));
    assert!(document.contains(r#"<w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1440" w:right="1800""#));
    let styles = part("word/styles.xml");
    assert!(styles.contains(r#"<w:color w:val="FF0000"/>"#) && styles.contains(r#"<w:name w:val="Put in"/>"#));
    assert!(styles.contains(r#"<w:basedOn w:val="Standard"/>"#));
    let numbering = part("word/numbering.xml");
    let order =
        ["abstractNumId=\"7\"", "abstractNumId=\"8\"", "w:num ", "numId=\"3\"", "numId=\"4\"", "numIdMacAtCleanup"];
    let places: Vec<usize> = order.iter().map(|what| numbering.find(what).unwrap()).collect();
    assert!(places.is_sorted(), "{numbering}");
    let relations = part("word/_rels/document.xml.rels");
    assert!(relations.contains("/header\" Target=\"/word/template/part3.xml\""), "{relations}");
    assert!(part("word/template/part3.xml").contains("Letterhead"));
    assert_eq!(part("word/template/part2.png"), "a picture");
    let footer = part("word/footer-default.xml");
    assert!(footer.contains("Page ") && footer.contains(" NUMPAGES "));
    assert!(!part("docProps/core.xml").contains("Somebody"));
}

#[test]
fn our_own_document_lends_its_looks() {
    for (name, paper) in papers::papers() {
        let own = written("docx", &paper).unwrap().bytes;
        let made = written("docx", &Paper { styles: Some(own.clone().into()), ..paper }).unwrap();
        assert_eq!(reading::part(&made.bytes, "word/styles.xml"), reading::part(&own, "word/styles.xml"), "{name}");
        let again = reading::docx_paragraphs(&made.bytes, "word/document.xml");
        assert_eq!(again, reading::docx_paragraphs(&own, "word/document.xml"), "{name}");
    }
}

#[test]
fn what_is_no_document_is_refused_in_one_sentence() {
    let start = "The document for the styles cannot be taken: ";
    let styles = |words: &str| changed("word/styles.xml", words);
    let bomb = format!(r#"<w:styles xmlns:w="{WORD}">{}</w:styles>"#, " ".repeat(70 << 20));
    for (bytes, why) in [
        (Vec::new(), "it is no Word document (DOCX)"),
        (b"hello".to_vec(), "it is no Word document (DOCX)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1".to_vec(), "it is an old Word file or has a password; save it as DOCX without one"),
        (zipped(&[("mimetype", "application/vnd.oasis.opendocument.text".into())]), "it is no Word document (DOCX)"),
        (styles(""), "its part word/styles.xml is missing"),
        (styles("<x/>"), "it is no ordinary Word document"),
        (
            styles("<w:styles"),
            "one of its parts is no XML: syntax error: tag not closed: `>` not found before end of input",
        ),
        (styles(&format!(r#"<w:styles xmlns:w="{WORD}"></w:styles>"#)), "it has no styles"),
        (
            styles(&format!(r#"<!DOCTYPE x><w:styles xmlns:w="{WORD}"></w:styles>"#)),
            "one of its parts is no XML of a Word document",
        ),
        (styles(&bomb), "it unpacks to more than 64 MB"),
        (changed("word/document.xml", "<x/>"), "it is no ordinary Word document"),
        (changed("word/document.xml", ""), "its part word/document.xml is missing"),
    ] {
        assert_eq!(written("docx", &dressed(bytes)).unwrap_err().to_string(), format!("{start}{why}"));
    }
    let cut = zipped(&letterhead());
    let error = written("docx", &dressed(cut[..cut.len() / 2].to_vec())).unwrap_err().to_string();
    assert!(error.starts_with(&format!("{start}it is damaged")), "{error}");
}

#[test]
fn a_letterhead_that_needs_more_is_left_and_said() {
    let outside = format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{KINDS}/image" Target="https://evil.example/x.png" TargetMode="External"/></Relationships>"#
    );
    let made = written("docx", &dressed(changed("word/_rels/header7.xml.rels", &outside))).unwrap();
    assert_eq!(made.left, ["The header of the document for the styles, which holds more than words and pictures"]);
    assert!(reading::part(&made.bytes, "word/header-default.xml").is_some());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    /// A document changed in any way ends in a document or a sentence, and what is written is whole.
    #[test]
    fn changed_documents_do_no_harm(changes in bytes::changes()) {
        let mut document = zipped(&letterhead());
        bytes::change(&mut document, &changes);
        if let Ok(made) = written("docx", &Paper { styles: Some(document.into()), ..Paper::default() }) {
            reading::docx_paragraphs(&made.bytes, "word/document.xml");
        }
    }
}
