//! `styles.xml`: what paragraphs and runs inherit.

use std::collections::HashMap;

use crate::import::Problem;
use crate::import::manuscript::Look;
use crate::import::part::{Part, Piece};

use super::NAMESPACES;
use super::properties::{self, NumberProperties, ParagraphProperties, RunProperties};

/// Styles based on each other go no deeper than this; those that go round in a circle end here.
const DEEPEST: usize = 40;

/// What is switched over, not on, where a paragraph's style and a character style both have it.
const SWITCHED: Look = Look(Look::BOLD.0 | Look::ITALIC.0 | Look::STRUCK.0 | Look::HIDDEN.0);

/// All styles of a document.
#[derive(Default)]
pub(super) struct Styles {
    by_id: HashMap<String, usize>,
    ids: Vec<String>,
    styles: Vec<Style>,
    resolved: Vec<Inherited>,
    defaults: Inherited,
    /// The style of paragraphs that name none.
    normal: Option<usize>,
}

#[derive(Default)]
struct Style {
    base: Option<String>,
    character: bool,
    name: String,
    run: RunProperties,
    paragraph: ParagraphProperties,
}

/// What a paragraph or run has from its style and those it is based on.
#[derive(Clone, Default)]
pub(super) struct Inherited {
    /// Which style; 0 for none.
    pub index: u32,
    pub look: Look,
    /// From 1; 0 for running text.
    pub heading: u8,
    pub list: NumberProperties,
    /// The style that gives the list.
    pub list_style: Option<String>,
    pub centered: bool,
    pub page_before: bool,
    pub language: Option<String>,
    /// Whether it is one of Word's own for tables of contents.
    pub contents: bool,
}

impl Styles {
    /// What a paragraph of this style inherits.
    pub fn paragraph(&self, id: Option<&str>) -> &Inherited {
        let index = id.and_then(|id| self.by_id.get(id)).copied().or(self.normal);
        index.and_then(|i| self.resolved.get(i)).unwrap_or(&self.defaults)
    }

    /// How a run looks in a paragraph of a style that sets `base`.
    pub fn run(&self, base: Look, properties: &RunProperties) -> Look {
        let style = properties.style.as_ref().and_then(|id| self.by_id.get(id)).and_then(|&i| self.resolved.get(i));
        let base = match style {
            Some(style) => {
                let switched = Look((base.0 ^ style.look.0) & SWITCHED.0);
                Look((base.0 | style.look.0) & !SWITCHED.0 | switched.0)
            }
            None => base,
        };
        properties.over(base)
    }

    /// The list that a style of lists stands for.
    pub fn list_of(&self, id: &str) -> Option<i64> {
        self.by_id.get(id).and_then(|&i| self.styles.get(i)).and_then(|s| s.paragraph.list.number)
    }

    fn resolve(&mut self) {
        for index in 0..self.styles.len() {
            let mut chain = vec![index];
            while let Some(base) = chain.last().and_then(|&i| self.styles[i].base.as_ref())
                && let Some(&base) = self.by_id.get(base)
                && chain.len() < DEEPEST
                && !chain.contains(&base)
            {
                chain.push(base);
            }
            let character = self.styles[index].character;
            let mut found = if character { Inherited::default() } else { self.defaults.clone() };
            found.index = index as u32 + 1;
            for &i in chain.iter().rev() {
                let style = &self.styles[i];
                found.look = style.run.over(found.look);
                if style.run.language.is_some() {
                    found.language.clone_from(&style.run.language);
                }
                let own = &style.paragraph;
                if let Some(number) = own.list.number {
                    found.list.number = Some(number);
                    found.list_style = self.ids.get(i).cloned();
                }
                found.list.level = own.list.level.or(found.list.level);
                found.centered = own.centered.unwrap_or(found.centered);
                found.page_before = own.page_before.unwrap_or(found.page_before);
                found.heading = match own.outline {
                    Some(level) if level < 9 => level + 1,
                    Some(_) => 0,
                    None => heading_by_name(&style.name).unwrap_or(found.heading),
                };
                found.contents |= style.name.starts_with("toc ") || style.name == "table of figures";
            }
            self.resolved.push(found);
        }
    }
}

/// The built-in headings, which Word names in English whatever the language on screen.
fn heading_by_name(name: &str) -> Option<u8> {
    match name.strip_prefix("heading ") {
        Some(level) => level.trim().parse().ok().filter(|level| (1..=9).contains(level)),
        None => (name == "title").then_some(1),
    }
}

/// Reads the styles.
pub(super) fn read(part: &Part) -> Result<Styles, Problem> {
    let mut styles = Styles::default();
    let mut elements = part.elements(NAMESPACES);
    let mut open: Option<Style> = None;
    loop {
        match elements.next()? {
            Piece::Open(tag) if tag.space == 'w' => match tag.name {
                "style" => {
                    let kind = tag.attribute("type");
                    let id = tag.attribute("styleId").unwrap_or_default();
                    if kind.as_deref() == Some("paragraph")
                        && tag.attribute("default").is_some_and(|d| matches!(d.as_str(), "1" | "true" | "on"))
                    {
                        styles.normal = Some(styles.ids.len());
                    }
                    styles.ids.push(id);
                    open = Some(Style { character: kind.as_deref() == Some("character"), ..Style::default() });
                }
                "name" => {
                    if let Some(style) = &mut open {
                        style.name = tag.attribute("val").unwrap_or_default().to_lowercase();
                    }
                }
                "basedOn" => {
                    if let Some(style) = &mut open {
                        style.base = tag.attribute("val");
                    }
                }
                "rPr" => {
                    let run = properties::run(&mut elements)?;
                    match &mut open {
                        Some(style) => style.run = run,
                        None => {
                            styles.defaults.look = run.over(Look::default());
                            styles.defaults.language = run.language;
                        }
                    }
                }
                "pPr" => {
                    let paragraph = properties::paragraph(&mut elements)?;
                    match &mut open {
                        Some(style) => style.paragraph = paragraph,
                        None => styles.defaults.centered = paragraph.centered.unwrap_or(false),
                    }
                }
                "tblStylePr" | "latentStyles" => elements.skip()?,
                _ => {}
            },
            Piece::Close('w', "style") => styles.styles.extend(open.take()),
            Piece::End => break,
            _ => {}
        }
    }
    styles.by_id = styles.ids.iter().enumerate().map(|(i, id)| (id.clone(), i)).collect();
    styles.resolve();
    Ok(styles)
}
