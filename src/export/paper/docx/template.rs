//! The looks of one's own document: its styles, lists, fonts and theme, its sheet, and what stands at the head and the
//! foot of its pages. Nothing of its text, its settings or of who wrote it comes along.
//!
//! It may be any file at all: what is read of it is bounded, and what is taken over is well-formed.

use std::collections::BTreeMap;

use quick_xml::events::BytesStart;

use super::lists::Lists;
use super::package::{Package, Part, Relations};
use super::source::{At, Source, attribute, each, each_with_ends, refused};
use super::styles::{Found, WORD};
use super::{Page, WORD_PART};
use crate::export::ExportError;

/// The least and the most a sheet may measure, and the least width of its text, in twentieths of a point.
const SHEET: std::ops::RangeInclusive<u32> = 3_000..=40_000;
const NARROWEST: u32 = 2_400;

/// What is taken from a document.
pub(super) struct Template {
    pub styles: Vec<Found>,
    /// The highest ids of its definitions of lists, and of its lists.
    pub numbers: (u32, u32),
    pub page: Option<Page>,
    /// The element that refers to it, on which pages it stands, and the name of the part.
    pub furniture: Vec<(&'static str, &'static str, String)>,
    /// Whether the first page, and whether even pages have furniture of their own.
    pub has_first: bool,
    pub has_even: bool,
    /// What could not be taken, as sentences.
    pub left: Vec<String>,
    style_part: String,
    style_end: usize,
    numbering: Option<Numbering>,
    theme: Option<String>,
    fonts: Option<String>,
    carried: Vec<(Part, Relations)>,
}

/// The part with the lists, and where ours go into it.
struct Numbering {
    text: String,
    definitions_at: usize,
    lists_at: usize,
    relations: Relations,
}

impl Template {
    /// Reads a document.
    ///
    /// # Errors
    /// One sentence where it is no document whose looks can be taken.
    pub fn read(bytes: &[u8]) -> Result<Self, ExportError> {
        let mut source = Source::open(bytes)?;
        let document = source.main()?;
        let relations = source.relations(&document)?;
        let target = |kind: &str| {
            relations.values().find(|relation| relation.is_kind(kind) && !relation.is_outside).map(|r| r.target.clone())
        };
        let document = Body::read(&source.text(&document)?)?;
        let style_name = target("styles").ok_or_else(|| refused("it has no styles"))?;
        let style_part = source.text(&style_name)?;
        let (styles, style_end) = styles(&style_part)?;
        let mut template = Self {
            styles,
            numbers: (0, 0),
            page: document.page,
            furniture: Vec::new(),
            has_first: document.has_first,
            has_even: false,
            left: Vec::new(),
            style_part,
            style_end,
            numbering: None,
            theme: None,
            fonts: None,
            carried: Vec::new(),
        };
        if let Some(name) = target("settings") {
            let text = source.text(&name)?;
            each(&text, |at| {
                template.has_even |= at.depth == 1 && at.name == "evenAndOddHeaders" && is_on(at.tag);
            })?;
        }
        if let Some(name) = target("numbering") {
            let text = source.text(&name)?;
            if let Some((relations, carried)) = source.carried_relations(&name, template.carried.len())? {
                let read = numbering(text, relations)?;
                if let Some((numbering, numbers)) = read {
                    template.carried.extend(carried);
                    template.numbering = Some(numbering);
                    template.numbers = numbers;
                }
            }
        }
        if let Some(name) = target("theme") {
            let content = "application/vnd.openxmlformats-officedocument.theme+xml";
            template.theme = template.carry(&mut source, &name, content)?;
        }
        if let Some(name) = target("fontTable") {
            template.fonts = template.carry(&mut source, &name, &format!("{WORD_PART}fontTable+xml"))?;
        }
        for ((element, pages), id) in document.furniture {
            let Some(relation) = relations.get(&id).filter(|relation| !relation.is_outside) else { continue };
            let kind = if element == "w:headerReference" { "header" } else { "footer" };
            match template.carry(&mut source, &relation.target, &format!("{WORD_PART}{kind}+xml"))? {
                Some(name) => template.furniture.push((element, pages, name)),
                None => template.left.push(format!(
                    "The {kind} of the document for the styles, which holds more than words and pictures"
                )),
            }
        }
        template.left.dedup();
        Ok(template)
    }

    /// The part with its styles and these among them.
    pub fn styles_with(&self, added: &str) -> String {
        let (before, after) = self.style_part.split_at(self.style_end);
        [before, added, after].concat()
    }

    /// Puts what was carried along in the package.
    pub fn carry_into(&self, package: &mut Package) {
        for (part, relations) in &self.carried {
            package.add(&part.name, &part.content, part.bytes.clone());
            package.relate(&part.name, relations.clone());
        }
    }

    /// Puts its lists with ours, its fonts and its theme in the package.
    pub fn add_looks(&self, lists: &Lists, package: &mut Package, relations: &mut Relations) {
        let part = match &self.numbering {
            Some(numbering) => {
                let [definitions, nums] = lists.added(false);
                let (before, rest) = numbering.text.split_at(numbering.definitions_at);
                let (between, after) = rest.split_at(numbering.lists_at - numbering.definitions_at);
                package.relate("word/numbering.xml", numbering.relations.clone());
                Some(if lists.is_empty() {
                    numbering.text.clone()
                } else {
                    [before, &definitions, between, &nums, after].concat()
                })
            }
            None => (!lists.is_empty()).then(|| lists.part()),
        };
        if let Some(part) = part {
            package.add("word/numbering.xml", &format!("{WORD_PART}numbering+xml"), part);
            relations.add("numbering", "word/numbering.xml");
        }
        if let Some(theme) = &self.theme {
            relations.add("theme", theme);
        }
        if let Some(fonts) = &self.fonts {
            relations.add("fontTable", fonts);
        }
    }

    /// Takes a part along with the pictures and fonts it shows, and says its new name; none where it needs more.
    fn carry(&mut self, source: &mut Source<'_>, name: &str, content: &str) -> Result<Option<String>, ExportError> {
        let text = source.text(name)?;
        each(&text, |_| {})?;
        let Some((relations, carried)) = source.carried_relations(name, self.carried.len())? else { return Ok(None) };
        self.carried.extend(carried);
        let name = format!("word/template/part{}.xml", self.carried.len() + 1);
        let part = Part { name: name.clone(), content: content.to_owned(), bytes: text.into_bytes() };
        self.carried.push((part, relations));
        Ok(Some(name))
    }
}

/// Whether an element that is on or off is on.
fn is_on(tag: &BytesStart<'_>) -> bool {
    !attribute(tag, "val").is_some_and(|value| ["0", "false", "off"].contains(&value.as_str()))
}

/// # Errors
/// Where the root is not of the Word that most programs write.
fn check_root(at: &At<'_>, name: &str) -> Result<(), ExportError> {
    let is_word = at.tag.attributes().with_checks(false).flatten().any(|a| a.value.as_ref() == WORD);
    if at.name == name && is_word { Ok(()) } else { Err(refused("it is no ordinary Word document")) }
}

/// What the text of the document says of its sheet.
#[derive(Default)]
struct Body {
    page: Option<Page>,
    furniture: BTreeMap<(&'static str, &'static str), String>,
    has_first: bool,
}

impl Body {
    fn read(text: &str) -> Result<Self, ExportError> {
        let mut body = Self::default();
        let mut root = Err(refused("it is no ordinary Word document"));
        let (mut size, mut margins) = (None, None);
        each(text, |at| {
            let number = |name| attribute(at.tag, name).and_then(|value| value.trim().parse::<f32>().ok());
            match at.name {
                _ if at.depth == 0 => root = check_root(at, "document"),
                "sectPr" => (size, margins, body.has_first) = (None, None, false),
                "pgSz" => size = number("w").zip(number("h")),
                "pgMar" => {
                    margins =
                        Some(["top", "right", "bottom", "left", "header", "footer"].map(|n| number(n).unwrap_or(0.0)));
                }
                "titlePg" => body.has_first = is_on(at.tag),
                "headerReference" | "footerReference" => {
                    let element = if at.name == "headerReference" { "w:headerReference" } else { "w:footerReference" };
                    let pages = match attribute(at.tag, "type").as_deref() {
                        Some("first") => "first",
                        Some("even") => "even",
                        _ => "default",
                    };
                    // A section has what those before it have, if it says nothing else.
                    body.furniture.insert((element, pages), attribute(at.tag, "id").unwrap_or_default());
                }
                _ => {}
            }
        })?;
        root?;
        body.page = size.zip(margins).and_then(|((width, height), margins)| {
            // Margins below nothing are those that furniture may not push.
            let [top, right, bottom, left, header, footer] = margins.map(|m| m.abs().min(20_000.0) as u32);
            let (width, height) = (width as u32, height as u32);
            let page = Page { width, height, top, right, bottom, left, header, footer };
            let is_sheet = SHEET.contains(&width) && SHEET.contains(&height);
            let has_room =
                width.min(height) >= left + right + NARROWEST && width.min(height) >= top + bottom + NARROWEST;
            (is_sheet && has_room).then_some(page)
        });
        Ok(body)
    }
}

/// The styles of a part, and where its root ends.
fn styles(text: &str) -> Result<(Vec<Found>, usize), ExportError> {
    let mut styles: Vec<Found> = Vec::new();
    let mut root = Ok(());
    let end = each(text, |at| match (at.depth, at.name) {
        (0, _) => root = check_root(at, "styles"),
        (1, "style") => {
            let of = |name| attribute(at.tag, name);
            let kind = of("type").unwrap_or_else(|| "paragraph".to_owned());
            let is_default = of("default").is_some_and(|value| ["1", "true", "on"].contains(&value.as_str()));
            styles.push(Found { kind, id: of("styleId").unwrap_or_default(), is_default, ..Found::default() });
        }
        (2, "name") => {
            if let Some(style) = styles.last_mut().filter(|style| style.name.is_empty()) {
                style.name = attribute(at.tag, "val").unwrap_or_default();
            }
        }
        _ => {}
    })?;
    root?;
    styles.retain(|style| !style.name.is_empty() && !style.id.is_empty());
    match end {
        Some(end) if !styles.is_empty() => Ok((styles, end)),
        _ => Err(refused("it has no styles")),
    }
}

/// A part with lists, and the highest ids in it.
type Numbered = (Numbering, (u32, u32));

/// The lists of a part; none where it has none at all.
fn numbering(text: String, relations: Relations) -> Result<Option<Numbered>, ExportError> {
    let (mut numbers, mut first_list, mut last_end) = ((0, 0), None, None);
    let mut root = Ok(());
    let root_end = each_with_ends(
        &text,
        &mut |at| {
            let id = |name| attribute(at.tag, name).and_then(|v| v.trim().parse::<u32>().ok()).unwrap_or(0);
            match (at.depth, at.name) {
                (0, _) => root = check_root(at, "numbering"),
                (1, "abstractNum") => numbers.0 = numbers.0.max(id("abstractNumId")),
                (1, "num") => {
                    numbers.1 = numbers.1.max(id("numId"));
                    first_list.get_or_insert(at.start);
                }
                (1, _) if at.name.starts_with("numIdMac") => {
                    first_list.get_or_insert(at.start);
                }
                _ => {}
            }
        },
        &mut |name, depth, end| {
            if depth == 1 && name == "num" {
                last_end = Some(end);
            }
        },
    )?;
    root?;
    // Ids that Word does not know leave no room for ours.
    if numbers.0 > 100_000 || numbers.1 > 1_000 {
        return Ok(None);
    }
    let Some(end) = root_end else { return Ok(None) };
    let definitions_at = first_list.unwrap_or(end);
    let lists_at = last_end.unwrap_or(definitions_at);
    Ok(Some((Numbering { text, definitions_at, lists_at, relations }, numbers)))
}
