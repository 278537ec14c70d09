//! HTML: pages of the Official Journal of the EU, of the UN and of governments, saved articles, exports of word processors.
//!
//! The page is parsed as browsers do (`dom`), what is not the document is left out (`content`), notes are found
//! (`notes`), and one walk (`walk`) turns the rest into paragraphs. Must not know: what articles look like, which is the
//! recognizer's; here only markup speaks.

mod content;
mod dom;
mod eurlex;
mod lists;
mod mhtml;
mod notes;
mod tables;
mod walk;
mod xhtml;

use crate::model::{Taken, Wording};

use super::decode::{decode_markup, head};
use super::{Bytes, Choices, Content, Offers, Problem, Watch};

use dom::{Page, Piece, attr};

/// Whether a file begins as pages do.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    if mhtml::looks_like(bytes) {
        return true;
    }
    let start = head(bytes, 8192);
    let mut rest = start.as_str();
    // Declarations and comments come before the first tag.
    loop {
        rest = rest.trim_start();
        let end = if rest.starts_with("<?") {
            rest.find("?>").map(|e| e + 2)
        } else if rest.starts_with("<!--") {
            rest.find("-->").map(|e| e + 3)
        } else {
            break;
        };
        let Some(end) = end else { return false };
        rest = &rest[end..];
    }
    // Not `<meta>`: Markdown may begin with it.
    ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| rest.starts_with(tag))
}

/// Reads a page, or the first page of an MHTML file.
pub(super) fn read(bytes: &Bytes, choices: &Choices, watch: &mut dyn Watch) -> Result<Content, Problem> {
    let unpacked = if mhtml::looks_like(bytes) { Some(mhtml::unpack(bytes)?) } else { None };
    let (bytes, charset) = match &unpacked {
        Some(page) => (page.bytes.as_slice(), page.charset.as_deref()),
        None => (bytes.as_slice(), None),
    };
    let (source, warning) = decode_markup(bytes, charset)?;
    let html = dom::parse(&xhtml::as_html(&source), watch)?;
    drop(source);
    let page = Page::of(&html);
    let notes = notes::notes(&page);
    let kept: Vec<usize> = notes.notes.iter().map(|n| n.body.start).collect();
    let mut document = content::document(&page, &kept);
    let comparison = tables::Comparison::of(&page, document.root, &document.left_out);
    let column = choices.column.filter(|&c| usize::from(c) < comparison.heads.len());
    if let Some(column) = column {
        for at in comparison.other_columns(usize::from(column)) {
            if let Some(out) = document.left_out.get_mut(at) {
                *out = true;
            }
        }
    }
    if watch.cancelled() {
        return Err(Problem::Cancelled);
    }
    let wording = choices.wording.unwrap_or(Wording::Proposed);
    let (mut content, changes) = walk::Walk::new(&page, &document, &notes, wording).run();
    if watch.cancelled() {
        return Err(Problem::Cancelled);
    }
    let changed = changes.inserted + changes.deleted > 0;
    content.title = title(&page);
    content.language = language(&page, document.root);
    content.warnings.extend(warning);
    content.taken = Taken {
        wording: if changed { wording } else { Wording::Printed },
        column: column.and_then(|c| Some((c, comparison.heads.get(usize::from(c))?.clone()))),
    };
    content.offers = Offers { changes: changed.then_some(changes), columns: comparison.heads };
    Ok(content)
}

/// The title of a page without the name of its site.
fn title(page: &Page<'_>) -> String {
    let first = |name: &str| (0..page.len()).find(|&i| page.name(i) == name);
    let words = |at: Option<usize>| at.map(|i| page.words(i..page.end(i), 400)).unwrap_or_default();
    let title = words(first("title"));
    let heading = words(first("h1"));
    let site = (0..page.len())
        .filter_map(|i| page.element(i))
        .find(|e| attr(e, "property") == Some("og:site_name"))
        .and_then(|e| attr(e, "content"))
        .unwrap_or("");
    clean_title(&title, &heading, site)
}

fn clean_title(title: &str, heading: &str, site: &str) -> String {
    const SITES: [&str; 12] = [
        "EUR-Lex",
        "Wikipedia",
        "United Nations",
        "UN.org",
        "OHCHR",
        "Wikisource",
        "UNFCCC",
        "Council of Europe",
        "UNODC",
        "European Parliament",
        "European Commission",
        "Legislation.gov.uk",
    ];
    let mut pieces = vec![title.trim()];
    for separator in [" - ", " – ", " — ", " | ", " :: ", " » ", " « "] {
        pieces = pieces.into_iter().flat_map(|p| p.split(separator)).map(str::trim).collect();
    }
    let names_site = |piece: &str| {
        piece.is_empty()
            || piece.eq_ignore_ascii_case(site)
            || SITES.iter().any(|s| piece.eq_ignore_ascii_case(s))
            || !piece.contains(' ') && piece.contains('.') && !piece.ends_with('.')
            || piece.len() == 2 && piece.bytes().all(|b| b.is_ascii_uppercase())
    };
    if let Some(same) = pieces.iter().find(|p| !heading.is_empty() && p.eq_ignore_ascii_case(heading)) {
        return (*same).to_owned();
    }
    let (first, last) = (pieces.iter().position(|p| !names_site(p)), pieces.iter().rposition(|p| !names_site(p)));
    let (Some(first), Some(last)) = (first, last) else { return String::new() };
    // The separators between what stays are kept as they are.
    let start = pieces[first].as_ptr() as usize - title.as_ptr() as usize;
    let end = pieces[last].as_ptr() as usize - title.as_ptr() as usize + pieces[last].len();
    let kept = title.get(start..end).unwrap_or(title);
    // "L_202401689EN.000101.fmx.xml", "L13709", "Untitled-1", "Microsoft Word" are no titles.
    let is_name = !kept.contains(' ') && kept.contains(|c: char| c.is_ascii_digit() || c == '.' || c == '_');
    let empty = ["untitled", "document", "index", "home", "microsoft word", "new page"];
    if is_name || empty.iter().any(|e| kept.to_lowercase().starts_with(e)) { String::new() } else { kept.to_owned() }
}

/// The language that the document or what is around it says it is in.
fn language(page: &Page<'_>, root: usize) -> String {
    let around = page.around(root).filter_map(|i| page.element(i));
    let html = (0..page.len().min(4)).filter_map(|i| page.element(i)).filter(|e| e.name() == "html");
    let said = around.chain(html).find_map(|e| attr(e, "lang").or_else(|| attr(e, "xml:lang")));
    let meta = || {
        (0..page.len()).take(2000).filter_map(|i| match page.get(i)?.node {
            Piece::Element(e) if e.name() == "meta" => Some(e),
            _ => None,
        })
    };
    let content_language = || {
        meta().find(|e| {
            let name = attr(e, "http-equiv").or_else(|| attr(e, "name")).unwrap_or("");
            ["content-language", "dc.language", "dcterms.language", "language"]
                .iter()
                .any(|n| name.eq_ignore_ascii_case(n))
        })
    };
    let said = said.filter(|s| !s.trim().is_empty()).or_else(|| content_language().and_then(|e| attr(e, "content")));
    said.and_then(tag).unwrap_or_default()
}

/// A language tag as BCP 47 has it: `EN-us` is `en-US`.
fn tag(said: &str) -> Option<String> {
    let parts: Vec<&str> = said.trim().split(['-', '_']).collect();
    let first = parts.first().filter(|p| (2..=3).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphabetic()))?;
    let mut tag = first.to_ascii_lowercase();
    if matches!(tag.as_str(), "und" | "mul" | "zxx") {
        return None;
    }
    for part in parts.iter().skip(1).take(2).filter(|p| p.len() <= 4 && p.bytes().all(|b| b.is_ascii_alphanumeric())) {
        tag.push('-');
        tag.push_str(&if part.len() == 2 { part.to_ascii_uppercase() } else { (*part).to_owned() });
    }
    Some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_lose_the_names_of_sites() {
        let cases = [
            ("Treaty on Lamps - EUR-Lex", "", "", "Treaty on Lamps"),
            ("EUR-Lex - 32016R0679 - EN", "", "", ""),
            ("The lamps | Daily Lantern", "The lamps", "", "The lamps"),
            ("The lamps – a report | Daily Lantern", "", "Daily Lantern", "The lamps – a report"),
            ("L_2022277EN.01000101.xml", "", "", ""),
            ("", "", "", ""),
        ];
        for (title, heading, site, expected) in cases {
            assert_eq!(clean_title(title, heading, site), expected, "{title}");
        }
        assert_eq!(tag("EN-us").as_deref(), Some("en-US"));
        assert_eq!(tag("x"), None);
    }

    #[test]
    fn pages_are_known_by_their_first_tags() {
        for page in ["<!DOCTYPE HTML>", "\u{feff} <html>", "<?xml version='1.0'?><!-- x --><html>", "<head>"] {
            assert!(looks_like(page.as_bytes()), "{page}");
        }
        for other in [
            "Article 1 <html>",
            "<?xml version='1.0'?><akomaNtoso>",
            "<p>words",
            "<meta charset=utf-8>\n# Title",
            "",
            "<?xml",
        ] {
            assert!(!looks_like(other.as_bytes()), "{other}");
        }
    }
}
