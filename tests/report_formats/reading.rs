//! What others read in the files: paragraphs of DOCX, HTML and Markdown, cells of XLSX.

use std::io::{Cursor, Read};

use pulldown_cmark::{Event as Sign, Options, Parser, Tag, TagEnd};
use quick_xml::Reader;
use quick_xml::events::Event;
use scraper::{ElementRef, Html, Node, Selector};

/// A part of a package.
pub fn part(bytes: &[u8], name: &str) -> Option<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).ok()?.read_to_string(&mut text).unwrap();
    Some(text)
}

/// Elements with their characters: calls `open` and `close` with names, `text` with words.
fn walk(xml: &str, see: &mut dyn FnMut(Piece<'_>)) {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => see(Piece::Open(tag.name().0)),
            Event::Empty(tag) => {
                see(Piece::Open(tag.name().0));
                see(Piece::Close(tag.name().0));
            }
            Event::End(tag) => see(Piece::Close(tag.name().0)),
            Event::Text(text) => see(Piece::Text(&text.xml10_content())),
            Event::GeneralRef(reference) => match reference.resolve_char_ref().unwrap() {
                Some(c) => see(Piece::Text(&c.to_string())),
                None => see(Piece::Text(quick_xml::escape::resolve_xml_entity(&reference).unwrap())),
            },
            Event::Eof => break,
            _ => {}
        }
    }
}

enum Piece<'a> {
    Open(&'a str),
    Close(&'a str),
    Text(&'a str),
}

/// The paragraphs of a part of a DOCX file that have any words.
pub fn docx_paragraphs(bytes: &[u8], name: &str) -> Vec<String> {
    let mut paragraphs = Vec::new();
    let (mut words, mut is_text, mut in_run) = (String::new(), false, false);
    walk(&part(bytes, name).unwrap_or_default(), &mut |piece| match piece {
        Piece::Open("w:r") => in_run = true,
        Piece::Close("w:r") => in_run = false,
        Piece::Open("w:t") => is_text = true,
        Piece::Close("w:t") => is_text = false,
        Piece::Open("w:br") => words.push('\n'),
        Piece::Open("w:tab") if in_run => words.push('\t'),
        Piece::Text(text) if is_text => words.push_str(text),
        Piece::Close("w:p") if !words.is_empty() => paragraphs.push(std::mem::take(&mut words)),
        _ => {}
    });
    paragraphs
}

/// The cells of a workbook, as the characters that a spreadsheet shows.
pub fn xlsx_cells(bytes: &[u8]) -> Vec<String> {
    let mut cells = Vec::new();
    let (mut words, mut is_text) = (String::new(), false);
    walk(&part(bytes, "xl/sharedStrings.xml").unwrap_or_default(), &mut |piece| match piece {
        Piece::Open("t") => is_text = true,
        Piece::Close("t") => is_text = false,
        Piece::Text(text) if is_text => words.push_str(text),
        Piece::Close("si") => cells.push(decoded(&std::mem::take(&mut words))),
        _ => {}
    });
    cells
}

/// `_x0041_` is how a workbook writes a character by its code.
fn decoded(words: &str) -> String {
    let mut text = String::new();
    let mut rest = words;
    while let Some(at) = rest.find("_x") {
        text.push_str(&rest[..at]);
        let from = &rest[at..];
        let code = from.get(2..6).filter(|_| from[6..].starts_with('_'));
        match code.filter(|code| code.bytes().all(|b| b.is_ascii_hexdigit())) {
            Some(code) => {
                text.push(char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap());
                rest = &from[7..];
            }
            None => {
                text.push_str("_x");
                rest = &from[2..];
            }
        }
    }
    text.push_str(rest);
    text
}

/// The paragraphs of a page that have any words, and its notes.
pub fn html_paragraphs(html: &str) -> (Vec<String>, Vec<String>) {
    let page = Html::parse_document(html);
    assert!(page.errors.is_empty(), "{:?}", page.errors);
    let select = |what: &str| Selector::parse(what).unwrap();
    let read = |what: &str| {
        let what = select(what);
        let found = page.select(&what).map(|element| {
            let mut words = String::new();
            read_element(element, &mut words);
            words
        });
        found.filter(|words| !words.is_empty()).collect::<Vec<_>>()
    };
    assert!(page.select(&select("script, link, iframe, object, embed, [onclick], [onload]")).next().is_none());
    (read("header p, h1:not(#notes), h2:not(#notes), h3, h4, h5, main p, th"), read(".note"))
}

fn read_element(element: ElementRef<'_>, words: &mut String) {
    for child in element.children() {
        match child.value() {
            Node::Text(text) => words.push_str(text),
            Node::Element(inner) if inner.name() == "br" => words.push('\n'),
            Node::Element(inner) if inner.name() == "sup" => {}
            _ => {
                if let Some(child) = ElementRef::wrap(child) {
                    read_element(child, words);
                }
            }
        }
    }
}

/// What a reader of Markdown makes of a text.
#[derive(Default)]
pub struct Found {
    /// Blocks that have any words, with single blanks between them.
    pub blocks: Vec<String>,
    pub headings: usize,
    pub links: Vec<String>,
    pub notes: usize,
}

/// Reads Markdown with all that others read in it.
pub fn markdown(text: &str) -> Found {
    let mut read = Found::default();
    let mut open: Vec<String> = Vec::new();
    for sign in Parser::new_ext(text, Options::all() & !Options::ENABLE_SMART_PUNCTUATION) {
        match sign {
            Sign::Start(tag) => match tag {
                Tag::Heading { .. } => {
                    read.headings += 1;
                    open.push(String::new());
                }
                Tag::FootnoteDefinition(_) => {
                    read.notes += 1;
                    open.push(String::new());
                }
                Tag::Paragraph | Tag::Item | Tag::TableCell => open.push(String::new()),
                Tag::Link { dest_url, .. } => read.links.push(dest_url.to_string()),
                Tag::BlockQuote(None) | Tag::List(_) | Tag::Table(_) | Tag::TableHead | Tag::TableRow => {}
                Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {}
                other => panic!("{other:?} in\n{text}"),
            },
            Sign::End(
                TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell | TagEnd::FootnoteDefinition,
            ) => {
                let words = open.pop().unwrap();
                let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
                if !words.is_empty() {
                    read.blocks.push(words);
                }
            }
            Sign::End(_) | Sign::FootnoteReference(_) => {}
            Sign::Text(words) => open.last_mut().unwrap().push_str(&words),
            Sign::HardBreak => open.last_mut().unwrap().push('\n'),
            Sign::InlineHtml(html) if &*html == "<br>" => open.last_mut().unwrap().push('\n'),
            Sign::InlineHtml(html) if &*html == "<!-- -->" => {}
            other => panic!("{other:?} in\n{text}"),
        }
    }
    read
}
