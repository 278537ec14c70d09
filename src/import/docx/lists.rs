//! `numbering.xml`: lists as documents name them, and what each is made of.

use std::collections::HashMap;
use std::rc::Rc;

use crate::import::Problem;
use crate::import::manuscript::{Level, List, ListPlace, Manuscript, Numerals, Restart, symbols};
use crate::import::part::{Elements, Part, Piece};

use super::NAMESPACES;
use super::properties::{self, NumberProperties};
use super::styles::{Inherited, Styles};

/// Levels of a list in Word.
const LEVELS: usize = 9;
/// The longest pattern of a number, in characters.
const LONGEST: usize = 120;

/// Which list of the manuscript each of the document's is.
#[derive(Default)]
pub(super) struct Lists {
    by_number: HashMap<i64, u32>,
    /// Which level of a list belongs to a style.
    by_style: HashMap<(u32, String), u8>,
}

impl Lists {
    /// The place of a paragraph, of what it says itself and what its style says.
    pub fn place(&self, own: NumberProperties, inherited: &Inherited) -> Option<ListPlace> {
        let number = own.number.or(inherited.list.number)?;
        // Zero takes a paragraph out of the list of its style.
        let &list = self.by_number.get(&number).filter(|_| number != 0)?;
        let by_style = || self.by_style.get(&(list, inherited.list_style.clone()?)).copied();
        let level = match own.number {
            Some(_) => own.level.unwrap_or(0),
            None => own.level.or_else(by_style).or(inherited.list.level).unwrap_or(0),
        };
        Some(ListPlace { list, level: level.min(LEVELS as u8 - 1), restart: None, silent: false })
    }
}

#[derive(Default)]
struct Abstract {
    levels: Vec<(usize, Rc<Level>, Option<String>)>,
    /// The style of lists it stands for, or takes its levels from.
    is_style: Option<String>,
    of_style: Option<String>,
}

#[derive(Default)]
struct Number {
    id: i64,
    of: i64,
    first: Vec<(usize, u32)>,
    levels: Vec<(usize, Rc<Level>, Option<String>)>,
}

/// Reads the lists into the manuscript.
pub(super) fn read(part: &Part, styles: &Styles, manuscript: &mut Manuscript) -> Result<Lists, Problem> {
    let (abstracts, numbers) = definitions(part)?;
    let mut lists = Lists::default();
    let by_id: HashMap<i64, usize> = abstracts.iter().enumerate().map(|(i, (id, _))| (*id, i)).collect();
    let number_of: HashMap<i64, usize> = numbers.iter().enumerate().map(|(i, n)| (n.id, i)).collect();
    for number in &numbers {
        let Some(&own) = by_id.get(&number.of) else { continue };
        // A list can take its levels from a style of lists, which has them from another.
        let linked = abstracts[own].1.of_style.as_ref().and_then(|style| {
            let by_style = styles.list_of(style).and_then(|id| number_of.get(&id)).map(|&i| numbers[i].of);
            let named = || abstracts.iter().find(|(_, a)| a.is_style.as_ref() == Some(style)).map(|(id, _)| *id);
            by_style.or_else(named).and_then(|id| by_id.get(&id)).copied()
        });
        let counter = linked.unwrap_or(own);
        let index = manuscript.lists.len() as u32;
        let mut list = List { counter: counter as u32, levels: vec![Rc::default(); LEVELS], ..List::default() };
        for (at, level, style) in abstracts[counter].1.levels.iter().chain(&number.levels) {
            list.levels[*at] = Rc::clone(level);
            if let Some(style) = style {
                lists.by_style.insert((index, style.clone()), *at as u8);
            }
        }
        for &(at, first) in &number.first {
            list.first[at] = Some(first);
        }
        lists.by_number.insert(number.id, index);
        manuscript.lists.push(list);
    }
    Ok(lists)
}

/// What lists are made of, by the document's numbers for that, and the lists.
type Definitions = (Vec<(i64, Abstract)>, Vec<Number>);

fn definitions(part: &Part) -> Result<Definitions, Problem> {
    let mut elements = part.elements(NAMESPACES);
    let (mut abstracts, mut numbers) = (Vec::new(), Vec::new());
    let mut open: Option<(i64, Abstract)> = None;
    let mut number: Option<Number> = None;
    let mut overridden = 0_usize;
    loop {
        match elements.next()? {
            Piece::Open(tag) if tag.space == 'w' => match tag.name {
                "abstractNum" => open = Some((tag.number("abstractNumId").unwrap_or(-1), Abstract::default())),
                "num" => number = Some(Number { id: tag.number("numId").unwrap_or(-1), of: -1, ..Number::default() }),
                "abstractNumId" => {
                    if let Some(number) = &mut number {
                        number.of = tag.number("val").unwrap_or(-1);
                    }
                }
                "lvlOverride" => overridden = tag.number("ilvl").unwrap_or(0),
                "startOverride" => {
                    if let (Some(number), true) = (&mut number, overridden < LEVELS) {
                        number.first.push((overridden, tag.number("val").unwrap_or(1)));
                    }
                }
                "styleLink" => {
                    if let Some((_, open)) = &mut open {
                        open.is_style = tag.attribute("val");
                    }
                }
                "numStyleLink" => {
                    if let Some((_, open)) = &mut open {
                        open.of_style = tag.attribute("val");
                    }
                }
                "lvl" => {
                    let at: usize = tag.number("ilvl").unwrap_or(LEVELS);
                    let (level, style) = level(&mut elements)?;
                    let levels = match (&mut number, &mut open) {
                        (Some(number), _) => &mut number.levels,
                        (None, Some((_, open))) => &mut open.levels,
                        (None, None) => continue,
                    };
                    if at < LEVELS && levels.len() < LEVELS * 2 {
                        levels.push((at, Rc::new(level), style));
                    }
                }
                _ => {}
            },
            Piece::Close('w', "abstractNum") => abstracts.extend(open.take()),
            Piece::Close('w', "num") => numbers.extend(number.take()),
            Piece::End => return Ok((abstracts, numbers)),
            _ => {}
        }
    }
}

/// Reads `w:lvl`: the level, and the style of paragraphs it belongs to.
fn level(elements: &mut Elements<'_>) -> Result<(Level, Option<String>), Problem> {
    let mut level = Level { start: 0, gap: "\t", ..Level::default() };
    let (mut style, mut font) = (None, None);
    let depth = elements.depth();
    while let Some(piece) = elements.inside(depth)? {
        let Piece::Open(tag) = piece else { continue };
        let value = || tag.attribute("val").unwrap_or_default();
        match tag.name {
            "start" => level.start = tag.number("val").unwrap_or(0),
            // Formats of later versions stand beside what earlier ones take for them, which comes last.
            "numFmt" => level.numerals = Numerals::of_word(&value()),
            "lvlText" => level.template = value().chars().take(LONGEST).collect(),
            "suff" => {
                level.gap = match value().as_str() {
                    "space" => " ",
                    "nothing" => "",
                    _ => "\t",
                }
            }
            "lvlRestart" => {
                level.restart = match tag.number("val") {
                    Some(0) => Restart::Never,
                    Some(after) => Restart::After(after),
                    None => Restart::Outer,
                }
            }
            "isLgl" => level.legal = properties::is_on(&tag),
            "pStyle" => style = tag.attribute("val"),
            "rPr" => font = properties::run(elements)?.font,
            "pPr" => elements.skip()?,
            _ => {}
        }
    }
    if level.numerals == Numerals::Bullet {
        level.template = symbols::bullet(&level.template, font.as_deref().unwrap_or_default());
    }
    Ok((level, style))
}
