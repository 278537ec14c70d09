//! Styles of paragraphs, runs and lists, from both parts that hold them.

use std::collections::HashMap;
use std::rc::Rc;

use crate::import::Problem;
use crate::import::manuscript::{Level, Look, NoteNumbers, Numerals};
use crate::import::part::{Elements, Part, Piece, Tag};

use super::NAMESPACES;

/// Styles based on each other go no deeper than this.
const DEEPEST: usize = 40;
/// Levels of a list.
pub(super) const LEVELS: usize = 10;
/// The longest pattern of a number, in characters.
const LONGEST: usize = 120;

/// All styles of a document.
#[derive(Default)]
pub(super) struct Styles {
    /// By family and name.
    styles: HashMap<(Family, String), Style>,
    defaults: HashMap<Family, Style>,
    /// Levels by the name of a style of lists; that of headings has no name.
    lists: HashMap<String, Vec<Rc<Level>>>,
    order: u32,
    /// How footnotes are numbered, and how endnotes are.
    pub notes: [Option<NoteNumbers>; 2],
    /// Whether pages have their number printed on them.
    pub prints_page_number: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Family {
    Paragraph,
    Text,
}

#[derive(Clone, Default)]
struct Style {
    parent: Option<String>,
    says: Look,
    on: Look,
    language: Option<String>,
    centered: Option<bool>,
    page_before: Option<bool>,
    list: Option<String>,
    outline: Option<u8>,
    index: u32,
}

/// What a paragraph has from its style and those it is based on.
#[derive(Clone, Default)]
pub(super) struct Inherited {
    pub look: Look,
    pub language: Option<String>,
    pub centered: bool,
    pub page_before: bool,
    pub list: Option<String>,
    /// From 1; 0 for running text.
    pub heading: u8,
    pub index: u32,
}

impl Styles {
    /// Adds the styles of one part.
    ///
    /// # Errors
    /// Where the part is no well-formed XML.
    pub fn read(&mut self, part: &Part) -> Result<(), Problem> {
        let mut elements = part.elements(NAMESPACES);
        let mut open: Option<(Family, String, Style)> = None;
        loop {
            match elements.next()? {
                Piece::Open(tag) => match (tag.space, tag.name) {
                    ('s', "style" | "default-style") => open = self.begin(&tag),
                    ('s', "text-properties") => {
                        if let Some((_, _, style)) = &mut open {
                            text_properties(&tag, style);
                        }
                    }
                    ('s', "paragraph-properties") => {
                        if let Some((_, _, style)) = &mut open {
                            style.centered = tag.attribute("text-align").map(|a| a == "center").or(style.centered);
                            if let Some(before) = tag.attribute("break-before") {
                                style.page_before = Some(before == "page");
                            }
                        }
                    }
                    ('t', "list-style") => {
                        let name = tag.attribute("name").unwrap_or_default();
                        let levels = levels(&mut elements)?;
                        self.lists.insert(name, levels);
                    }
                    ('t', "outline-style") => {
                        let levels = levels(&mut elements)?;
                        self.lists.insert(String::new(), levels);
                    }
                    ('t', "notes-configuration") => {
                        let series = usize::from(tag.attribute("note-class").as_deref() == Some("endnote"));
                        let format = tag.attribute("num-format").unwrap_or_else(|| "1".to_owned());
                        let numerals = Numerals::of_open_document(&format, false);
                        let start = tag.number::<u32>("start-value").unwrap_or(0).saturating_add(1);
                        self.notes[series] = Some(NoteNumbers { numerals, start, ..NoteNumbers::default() });
                    }
                    ('t', "page-number") => self.prints_page_number = true,
                    ('o', "text") => return Ok(()),
                    _ => {}
                },
                Piece::Close('s', "style" | "default-style") => {
                    if let Some((family, name, style)) = open.take() {
                        if name.is_empty() {
                            self.defaults.insert(family, style);
                        } else {
                            self.styles.insert((family, name), style);
                        }
                    }
                }
                Piece::End => return Ok(()),
                Piece::Close(..) | Piece::Text(_) => {}
            }
        }
    }

    fn begin(&mut self, tag: &Tag<'_>) -> Option<(Family, String, Style)> {
        let family = match tag.attribute("family").as_deref() {
            Some("paragraph") => Family::Paragraph,
            Some("text") => Family::Text,
            _ => return None,
        };
        self.order += 1;
        let style = Style {
            parent: tag.attribute("parent-style-name"),
            list: tag.attribute("list-style-name"),
            outline: tag.number("default-outline-level"),
            page_before: tag.attribute("master-page-name").filter(|m| !m.is_empty()).map(|_| true),
            index: self.order,
            ..Style::default()
        };
        Some((family, tag.attribute("name").unwrap_or_default(), style))
    }

    /// What a paragraph of this style has.
    pub fn paragraph(&self, name: Option<&str>) -> Inherited {
        let mut found = Inherited::default();
        for style in self.chain(Family::Paragraph, name).iter().rev() {
            found.look = Look(found.look.beyond(style.says).0 | style.on.0);
            if style.language.is_some() {
                found.language.clone_from(&style.language);
            }
            found.centered = style.centered.unwrap_or(found.centered);
            // Only a paragraph's own style says where it stands.
            found.page_before = style.page_before.unwrap_or(false);
            if style.list.is_some() {
                found.list = style.list.clone().filter(|l| !l.is_empty());
            }
            found.heading = style.outline.unwrap_or(found.heading);
            found.index = style.index;
        }
        found
    }

    /// How words of this style look that would look like `base` without it, and their language.
    pub fn text(&self, base: Look, name: Option<&str>) -> (Look, Option<String>) {
        let mut look = base;
        let mut language = None;
        for style in self.chain(Family::Text, name).iter().rev() {
            look = Look(look.beyond(style.says).0 | style.on.0);
            if style.language.is_some() {
                language.clone_from(&style.language);
            }
        }
        (look, language)
    }

    /// The levels of a style of lists; those of headings have no name.
    pub fn levels(&self, name: &str) -> Option<&Vec<Rc<Level>>> {
        self.lists.get(name)
    }

    /// A style, what it is based on, and so on.
    fn chain(&self, family: Family, name: Option<&str>) -> Vec<&Style> {
        let mut chain = Vec::new();
        let mut next = name;
        while let Some(name) = next
            && chain.len() < DEEPEST
            && let Some(style) = self.styles.get(&(family, name.to_owned()))
        {
            chain.push(style);
            next = style.parent.as_deref();
        }
        if family == Family::Paragraph {
            chain.extend(self.defaults.get(&family));
        }
        chain
    }
}

fn text_properties(tag: &Tag<'_>, style: &mut Style) {
    let mut set = |look: Look, on: Option<bool>| {
        if let Some(on) = on {
            style.says = style.says.with(look, true);
            style.on = style.on.with(look, on);
        }
    };
    let is_line = |name: &str| tag.attribute(name).map(|line| line != "none");
    set(Look::BOLD, tag.attribute("font-weight").map(|w| w == "bold" || w.parse().is_ok_and(|w: u32| w >= 600)));
    set(Look::ITALIC, tag.attribute("font-style").map(|s| s == "italic" || s == "oblique"));
    set(Look::UNDERLINED, is_line("text-underline-style").or_else(|| is_line("text-underline-type")));
    set(Look::STRUCK, is_line("text-line-through-style").or_else(|| is_line("text-line-through-type")));
    set(Look::HIDDEN, tag.attribute("display").map(|d| d == "none"));
    if let Some(position) = tag.attribute("text-position") {
        let shift = position.split_whitespace().next().unwrap_or_default();
        let percent: i32 = shift.trim_end_matches('%').parse().unwrap_or(0);
        set(Look::RAISED, Some(shift == "super" || percent > 0));
        set(Look::LOWERED, Some(shift == "sub" || percent < 0));
    }
    if let Some(language) = tag.attribute("language").filter(|l| l != "none" && l != "zxx" && !l.is_empty()) {
        let country = tag.attribute("country").filter(|c| c != "none" && !c.is_empty());
        style.language = Some(country.map_or_else(|| language.clone(), |country| format!("{language}-{country}")));
    }
}

/// Reads `text:list-style` or `text:outline-style`, whose beginning was read last.
fn levels(elements: &mut Elements<'_>) -> Result<Vec<Rc<Level>>, Problem> {
    let mut levels: Vec<Level> = vec![Level::default(); LEVELS];
    let mut at = LEVELS;
    let depth = elements.depth();
    while let Some(piece) = elements.inside(depth)? {
        let Piece::Open(tag) = piece else { continue };
        match tag.name {
            "list-level-style-number"
            | "outline-level-style"
            | "list-level-style-bullet"
            | "list-level-style-image" => {
                at = tag.number::<usize>("level").unwrap_or(0).wrapping_sub(1);
                if let Some(level) = levels.get_mut(at) {
                    *level = self::level(&tag, at);
                }
            }
            "list-level-label-alignment" => {
                if let Some(level) = levels.get_mut(at) {
                    level.gap = match tag.attribute("label-followed-by").as_deref() {
                        Some("nothing") => "",
                        Some("space") => " ",
                        _ => "\t",
                    };
                }
            }
            _ => {}
        }
    }
    Ok(levels.into_iter().map(Rc::new).collect())
}

fn level(tag: &Tag<'_>, at: usize) -> Level {
    let mut level = Level { start: tag.number("start-value").unwrap_or(1), gap: "\t", ..Level::default() };
    let text = |name: &str| -> String { tag.attribute(name).unwrap_or_default().chars().take(LONGEST).collect() };
    if tag.name.starts_with("list-level-style-") && !tag.name.ends_with("number") {
        level.numerals = Numerals::Bullet;
        let sign = text("bullet-char");
        let is_private = |c: char| ('\u{e000}'..='\u{f8ff}').contains(&c);
        level.template = if sign.is_empty() || sign.contains(is_private) { "•".to_owned() } else { sign };
        return level;
    }
    let format = tag.attribute("num-format").unwrap_or_default();
    level.numerals = Numerals::of_open_document(&format, text("num-letter-sync") == "true");
    let pattern = text("num-list-format");
    level.template = match () {
        () if level.numerals == Numerals::None => format!("{}{}", text("num-prefix"), text("num-suffix")),
        () if !pattern.is_empty() => short_pattern(&pattern),
        () => {
            let shown = tag.number("display-levels").unwrap_or(1_usize).clamp(1, at + 1);
            let numbers: Vec<String> = (at + 2 - shown..=at + 1).map(|n| format!("%{n}")).collect();
            format!("{}{}{}", text("num-prefix"), numbers.join("."), text("num-suffix"))
        }
    };
    level
}

/// `%1%.%2%.` as `%1.%2.`; the tenth level has no short form and is left out.
fn short_pattern(pattern: &str) -> String {
    let mut parts = pattern.split('%');
    let mut out = parts.next().unwrap_or_default().to_owned();
    while let (Some(number), Some(rest)) = (parts.next(), parts.next()) {
        if number.len() == 1 && number.bytes().all(|b| b.is_ascii_digit()) {
            out.push('%');
            out.push_str(number);
        }
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::short_pattern;

    #[test]
    fn patterns_are_shortened() {
        assert_eq!(short_pattern("Article %1%"), "Article %1");
        assert_eq!(short_pattern("%1%.%2%)"), "%1.%2)");
        assert_eq!(short_pattern("no number"), "no number");
    }
}
