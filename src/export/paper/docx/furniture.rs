//! The parts around the text: head and foot of the page, looks, settings, what the file says of itself.

use super::lists::Lists;
use super::package::{Package, Relations};
use super::story::NAMESPACES;
use super::styles::{Style, Styles, WORD, fonts, languages};
use super::template::Template;
use super::xml::Xml;
use super::{Page, WORD_PART};
use crate::export::paper::flow::{Losses, one_line, right_to_left};
use crate::export::paper::words::words;
use crate::export::paper::{Density, Paper, Sheet};

/// How many characters of the title stand at the head of the pages.
const LONGEST_HEAD: usize = 90;

/// What stands at the head and the foot of pages.
pub(super) struct Furniture {
    /// Header or footer, on which pages, and the id of the part.
    references: Vec<(&'static str, &'static str, String)>,
    /// Whether the first page has its own.
    has_first: bool,
}

impl Furniture {
    /// Puts it in the package: that of another document where it has any, else a title from the second page on and the
    /// number of the page.
    pub fn add(
        paper: &Paper,
        template: Option<&Template>,
        styles: &Styles,
        package: &mut Package,
        relations: &mut Relations,
        losses: &mut Losses,
    ) -> Self {
        let mut references = Vec::new();
        let theirs = template.map(|template| template.furniture.as_slice()).unwrap_or_default();
        for (element, pages, part) in theirs {
            let kind = if *element == "w:headerReference" { "header" } else { "footer" };
            references.push((*element, *pages, relations.add(kind, part)));
        }
        if let Some(template) = template {
            losses.said.extend(template.left.iter().cloned());
            template.carry_into(package);
        }
        let lacks = |element: &str| !theirs.iter().any(|(e, ..)| *e == element);
        let is_even_own = template.is_some_and(|template| template.has_even);
        let title = one_line(&paper.front.title);
        let adds_head = lacks("w:headerReference") && paper.density == Density::Roomy && !title.is_empty();
        let has_first = if theirs.is_empty() { adds_head } else { template.is_some_and(|template| template.has_first) };
        let pages = |is_own: bool, pages: &'static str| is_own.then_some(pages);
        if adds_head {
            for pages in [Some("default"), pages(is_even_own, "even")].into_iter().flatten() {
                let name = format!("word/header-{pages}.xml");
                package.add(&name, &format!("{WORD_PART}header+xml"), head(paper, styles, &title));
                references.push(("w:headerReference", pages, relations.add("header", &name)));
            }
        }
        if lacks("w:footerReference") {
            let all = [Some("default"), pages(is_even_own, "even"), pages(has_first, "first")];
            for pages in all.into_iter().flatten() {
                let name = format!("word/footer-{pages}.xml");
                package.add(&name, &format!("{WORD_PART}footer+xml"), foot(paper, styles));
                references.push(("w:footerReference", pages, relations.add("footer", &name)));
            }
        }
        Self { references, has_first }
    }

    /// The section that all of the text is in.
    pub fn section(&self, xml: &mut Xml, page: &Page, paper: &Paper) {
        xml.start("w:sectPr", &[]);
        for (element, pages, id) in &self.references {
            xml.empty(element, &[("w:type", pages), ("r:id", id)]);
        }
        let [width, height] = [page.width, page.height].map(|side| side.to_string());
        let mut size = vec![("w:w", width.as_str()), ("w:h", height.as_str())];
        if paper.sheet == Sheet::Lying {
            size.push(("w:orient", "landscape"));
        }
        xml.empty("w:pgSz", &size);
        let sides =
            [page.top, page.right, page.bottom, page.left, page.header, page.footer].map(|side| side.to_string());
        let names = ["w:top", "w:right", "w:bottom", "w:left", "w:header", "w:footer"];
        let mut margins: Vec<(&str, &str)> = names.into_iter().zip(sides.iter().map(String::as_str)).collect();
        margins.push(("w:gutter", "0"));
        xml.empty("w:pgMar", &margins);
        if self.has_first {
            xml.empty("w:titlePg", &[]);
        }
        if paper.language.is_right_to_left() {
            xml.empty("w:bidi", &[]);
        }
        xml.end();
    }
}

fn head(paper: &Paper, styles: &Styles, title: &str) -> String {
    let title = match title.char_indices().nth(LONGEST_HEAD) {
        Some((end, _)) => {
            let start = &title[..end];
            format!("{}…", start.rsplit_once(' ').map_or(start, |(start, _)| start))
        }
        None => title.to_owned(),
    };
    let rtl = right_to_left([title.as_str()]).unwrap_or_else(|| paper.language.is_right_to_left());
    let mut xml = Xml::part("w:hdr", NAMESPACES);
    paragraph(&mut xml, styles.id(Style::Header), rtl);
    run(&mut xml, rtl, |xml| xml.element("w:t", &[("xml:space", "preserve")], &title));
    xml.finish()
}

/// "Page 2 of 9", with numbers that programs fill in when they set the pages.
fn foot(paper: &Paper, styles: &Styles) -> String {
    let rtl = paper.language.is_right_to_left();
    let mut xml = Xml::part("w:ftr", NAMESPACES);
    paragraph(&mut xml, styles.id(Style::Footer), rtl);
    let [before, between, after] = words(paper.language).page;
    for (words, field) in [(before, Some("PAGE")), (between, Some("NUMPAGES")), (after, None)] {
        if !words.is_empty() {
            run(&mut xml, rtl, |xml| xml.element("w:t", &[("xml:space", "preserve")], words));
        }
        if let Some(field) = field {
            let mark = |kind: &'static str| move |xml: &mut Xml| xml.empty("w:fldChar", &[("w:fldCharType", kind)]);
            run(&mut xml, rtl, mark("begin"));
            run(&mut xml, rtl, |xml| {
                xml.element("w:instrText", &[("xml:space", "preserve")], &format!(" {field} "));
            });
            run(&mut xml, rtl, mark("separate"));
            run(&mut xml, rtl, |xml| xml.element("w:t", &[], "1"));
            run(&mut xml, rtl, mark("end"));
        }
    }
    xml.finish()
}

fn paragraph(xml: &mut Xml, style: &str, rtl: bool) {
    xml.start("w:p", &[]);
    let bidi = if rtl { "<w:bidi/>" } else { "" };
    xml.raw(&format!(r#"<w:pPr><w:pStyle w:val="{style}"/>{bidi}</w:pPr>"#));
}

fn run(xml: &mut Xml, rtl: bool, what: impl FnOnce(&mut Xml)) {
    xml.start("w:r", &[]);
    xml.raw(if rtl { "<w:rPr><w:rtl/></w:rPr>" } else { "" });
    what(xml);
    xml.end();
}

/// The styles, the fonts, the lists and the theme.
pub(super) fn add_looks(
    paper: &Paper,
    template: Option<&Template>,
    styles: &Styles,
    lists: &Lists,
    package: &mut Package,
    relations: &mut Relations,
) {
    let part = match template {
        Some(template) => template.styles_with(&styles.added(paper)),
        None => styles.part(paper),
    };
    package.add("word/styles.xml", &format!("{WORD_PART}styles+xml"), part);
    relations.add("styles", "word/styles.xml");
    match template {
        Some(template) => template.add_looks(lists, package, relations),
        None => {
            if !lists.is_empty() {
                package.add("word/numbering.xml", &format!("{WORD_PART}numbering+xml"), lists.part());
                relations.add("numbering", "word/numbering.xml");
            }
            package.add("word/fontTable.xml", &format!("{WORD_PART}fontTable+xml"), fonts());
            relations.add("fontTable", "word/fontTable.xml");
        }
    }
}

/// How the document is to be treated: as one of today's Word.
pub(super) fn add_settings(
    paper: &Paper,
    template: Option<&Template>,
    has_notes: bool,
    package: &mut Package,
    relations: &mut Relations,
) {
    let mut xml = Xml::part("w:settings", &[("xmlns:w", WORD)]);
    xml.value("w:defaultTabStop", "709");
    if template.is_some_and(|template| template.has_even) {
        xml.empty("w:evenAndOddHeaders", &[]);
    }
    xml.value("w:characterSpacingControl", "doNotCompress");
    if has_notes {
        xml.raw(r#"<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>"#);
    }
    xml.raw(concat!(
        r#"<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" "#,
        r#"w:val="15"/></w:compat>"#
    ));
    let [western, east, complex] = languages(paper.language);
    xml.empty("w:themeFontLang", &[("w:val", western), ("w:eastAsia", east), ("w:bidi", complex)]);
    if template.is_some() {
        xml.raw(concat!(
            r#"<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" "#,
            r#"w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" "#,
            r#"w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/>"#
        ));
    }
    xml.value("w:decimalSymbol", ".");
    xml.value("w:listSeparator", ",");
    package.add("word/settings.xml", &format!("{WORD_PART}settings+xml"), xml.finish());
    relations.add("settings", "word/settings.xml");
}

/// What the file says of itself: what the paper says, and nothing of who made it, where or when.
pub(super) fn add_properties(paper: &Paper, package: &mut Package, outer: &mut Relations) {
    let mut xml = Xml::part(
        "cp:coreProperties",
        &[
            ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ],
    );
    for (name, words) in [
        ("dc:title", one_line(&paper.front.title)),
        ("dc:subject", one_line(&paper.front.subtitle)),
        ("dc:creator", one_line(&paper.front.organisation)),
        ("dc:language", paper.language.tag().to_owned()),
    ] {
        if !words.is_empty() {
            xml.element(name, &[], &words);
        }
    }
    let content = "application/vnd.openxmlformats-package.core-properties+xml";
    package.add("docProps/core.xml", content, xml.finish());
    let kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    outer.add(kind, "docProps/core.xml");
}
