//! What a paragraph, a run, or a style says of itself.

use crate::import::Problem;
use crate::import::manuscript::{Change, Look, NoteNumbers, NoteRestart, Numerals, PageNumbers};
use crate::import::part::{Elements, Piece, Tag};

/// What stands in `w:rPr`.
#[derive(Clone, Default)]
pub(super) struct RunProperties {
    /// What it says anything about, and what of that is on.
    pub says: Look,
    pub on: Look,
    /// The character style.
    pub style: Option<String>,
    /// The language of its words, where it says so.
    pub language: Option<String>,
    /// At the end of a paragraph: whether that end was inserted or deleted.
    pub change: Change,
    /// The first font it names.
    pub font: Option<String>,
}

impl RunProperties {
    /// What a run looks like that would look like `base` without this.
    pub fn over(&self, base: Look) -> Look {
        Look(base.beyond(self.says).0 | self.on.0)
    }
}

/// What stands in `w:pPr`.
#[derive(Clone, Default)]
pub(super) struct ParagraphProperties {
    pub style: Option<String>,
    pub list: NumberProperties,
    /// The same before the tracked change.
    pub former_list: Option<NumberProperties>,
    /// From 0; 9 is running text.
    pub outline: Option<u8>,
    pub centered: Option<bool>,
    pub page_before: Option<bool>,
    /// How its end is set.
    pub end: RunProperties,
    /// The section that ends with it.
    pub section: Option<Section>,
}

/// What stands in `w:numPr`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct NumberProperties {
    pub number: Option<i64>,
    pub level: Option<u8>,
}

/// What stands in `w:sectPr`.
#[derive(Clone, Copy, Default)]
pub(super) struct Section {
    /// Whether it begins on a page of its own.
    pub new_page: bool,
    pub pages: PageNumbers,
    pub notes: [Option<NoteNumbers>; 2],
}

/// Whether a switch like `<w:b/>` is on.
pub(super) fn is_on(tag: &Tag<'_>) -> bool {
    !matches!(tag.attribute("val").as_deref(), Some("0" | "false" | "off" | "none"))
}

/// Reads `w:rPr`, whose beginning was read last.
pub(super) fn run(elements: &mut Elements<'_>) -> Result<RunProperties, Problem> {
    let mut found = RunProperties::default();
    let depth = elements.depth();
    while let Some(piece) = elements.inside(depth)? {
        let Piece::Open(tag) = piece else { continue };
        let is_struck = found.on.has(Look::STRUCK);
        let mut set = |look: Look, on: bool| {
            found.says = found.says.with(look, true);
            found.on = found.on.with(look, on);
        };
        match tag.name {
            _ if tag.space != 'w' => elements.skip()?,
            "b" => set(Look::BOLD, is_on(&tag)),
            "i" => set(Look::ITALIC, is_on(&tag)),
            "u" => set(Look::UNDERLINED, is_on(&tag)),
            // One kind of line switched off does not take the other away.
            "strike" | "dstrike" if is_struck && !is_on(&tag) => {}
            "strike" | "dstrike" => set(Look::STRUCK, is_on(&tag)),
            "vanish" => set(Look::HIDDEN, is_on(&tag)),
            "vertAlign" => {
                let to = tag.attribute("val");
                set(Look::RAISED, to.as_deref() == Some("superscript"));
                set(Look::LOWERED, to.as_deref() == Some("subscript"));
            }
            "rStyle" => found.style = tag.attribute("val"),
            "lang" => found.language = tag.attribute("val"),
            "rFonts" => found.font = ["ascii", "hAnsi", "cs"].iter().find_map(|name| tag.attribute(name)),
            "ins" | "moveTo" => found.change = found.change.and(Change::INSERTED),
            "del" | "moveFrom" => found.change = found.change.and(Change::DELETED),
            "rPrChange" => elements.skip()?,
            _ => {}
        }
    }
    Ok(found)
}

/// Reads `w:pPr`, whose beginning was read last.
pub(super) fn paragraph(elements: &mut Elements<'_>) -> Result<ParagraphProperties, Problem> {
    let mut found = ParagraphProperties::default();
    let depth = elements.depth();
    // Below `w:pPrChange` stands what was before.
    let mut former: Option<usize> = None;
    while let Some(piece) = elements.inside(depth)? {
        let tag = match piece {
            Piece::Open(tag) => tag,
            Piece::Close(_, "pPrChange") => {
                former = None;
                continue;
            }
            _ => continue,
        };
        if tag.space != 'w' {
            elements.skip()?;
            continue;
        }
        match tag.name {
            "pPrChange" => {
                former = Some(elements.depth());
                found.former_list = Some(NumberProperties::default());
            }
            "numPr" => {
                let list = numbers(elements)?;
                match former {
                    Some(_) => found.former_list = Some(list),
                    None => found.list = list,
                }
            }
            _ if former.is_some() => {}
            "pStyle" => found.style = tag.attribute("val"),
            "outlineLvl" => found.outline = tag.number("val"),
            "jc" => found.centered = Some(tag.attribute("val").as_deref() == Some("center")),
            "pageBreakBefore" => found.page_before = Some(is_on(&tag)),
            "rPr" => found.end = run(elements)?,
            "sectPr" => found.section = Some(section(elements)?),
            _ => {}
        }
    }
    Ok(found)
}

/// Reads `w:numPr`.
fn numbers(elements: &mut Elements<'_>) -> Result<NumberProperties, Problem> {
    let mut found = NumberProperties::default();
    let depth = elements.depth();
    while let Some(piece) = elements.inside(depth)? {
        match piece {
            Piece::Open(tag) if tag.name == "numId" => found.number = tag.number("val"),
            Piece::Open(tag) if tag.name == "ilvl" => found.level = tag.number("val"),
            _ => {}
        }
    }
    Ok(found)
}

/// Reads `w:sectPr`.
pub(super) fn section(elements: &mut Elements<'_>) -> Result<Section, Problem> {
    let mut found = Section { new_page: true, ..Section::default() };
    let depth = elements.depth();
    while let Some(piece) = elements.inside(depth)? {
        let Piece::Open(tag) = piece else { continue };
        match tag.name {
            "type" => found.new_page = !matches!(tag.attribute("val").as_deref(), Some("continuous" | "nextColumn")),
            "pgNumType" => {
                found.pages.start = tag.number("start");
                if let Some(format) = tag.attribute("fmt") {
                    found.pages.numerals = Numerals::of_word(&format);
                }
            }
            "footnotePr" => found.notes[0] = Some(note_numbers(elements, NoteNumbers::default())?),
            "endnotePr" => found.notes[1] = Some(note_numbers(elements, endnotes())?),
            "sectPrChange" => elements.skip()?,
            _ => {}
        }
    }
    Ok(found)
}

/// How Word numbers endnotes where nothing is said.
pub(super) fn endnotes() -> NoteNumbers {
    NoteNumbers { numerals: Numerals::LowerRoman, ..NoteNumbers::default() }
}

/// Reads `w:footnotePr` or `w:endnotePr`.
pub(super) fn note_numbers(elements: &mut Elements<'_>, usual: NoteNumbers) -> Result<NoteNumbers, Problem> {
    let mut found = usual;
    let depth = elements.depth();
    while let Some(piece) = elements.inside(depth)? {
        let Piece::Open(tag) = piece else { continue };
        match tag.name {
            "numFmt" => found.numerals = Numerals::of_word(&tag.attribute("val").unwrap_or_default()),
            "numStart" => found.start = tag.number("val").unwrap_or(1),
            "numRestart" => {
                found.restart = match tag.attribute("val").as_deref() {
                    Some("eachSect") => NoteRestart::EachSection,
                    Some("eachPage") => NoteRestart::EachPage,
                    _ => NoteRestart::Never,
                }
            }
            _ => {}
        }
    }
    Ok(found)
}
