//! What stands where on the pages typst laid out.

use std::collections::{BTreeMap, BTreeSet};

use typst::layout::{Frame, FrameItem, Point};
use typst::model::Destination;
use typst_layout::PagedDocument;

use super::super::pages::{Area, PageShape};
use super::faces::{is_seen, script_of};
use crate::model::AnnotationId;

/// The pages of a document whose remarks are marked.
pub(super) fn shapes(document: &PagedDocument) -> Vec<PageShape> {
    let pages = document.pages().iter();
    pages
        .map(|page| {
            let size = page.frame.size();
            let mut sight =
                Sight { document, marks: BTreeMap::new(), lines: BTreeMap::new(), shape: PageShape::default() };
            sight.frame(&page.frame, Point::zero());
            sight.done(points(size.x), points(size.y))
        })
        .collect()
}

fn points(length: typst::layout::Abs) -> f32 {
    length.to_pt() as f32
}

fn area(at: Point, size: typst::layout::Size) -> Area {
    Area { x: points(at.x), y: points(at.y), width: points(size.x), height: points(size.y) }
}

struct Sight<'d> {
    document: &'d PagedDocument,
    /// Where in `shape.remarks` the area of a mark is: the cells of a row have one mark.
    marks: BTreeMap<String, usize>,
    /// Words by their baseline in tenths of points.
    lines: BTreeMap<i64, Vec<(f32, String)>>,
    shape: PageShape,
}

impl Sight<'_> {
    fn frame(&mut self, frame: &Frame, at: Point) {
        for (place, item) in frame.items() {
            let at = at + *place;
            match item {
                FrameItem::Group(group) => {
                    let at = at + Point::new(group.transform.tx, group.transform.ty);
                    if let Some(label) = group.label {
                        self.mark(&label.resolve(), area(at, group.frame.size()));
                    }
                    self.frame(&group.frame, at);
                }
                FrameItem::Text(text) => {
                    let line = self.lines.entry((at.y.to_pt() * 10.0) as i64).or_default();
                    line.push((points(at.x), text.text.to_string()));
                }
                FrameItem::Link(destination, size) => {
                    let page = match destination {
                        Destination::Location(location) => {
                            self.document.introspector().position(*location).map(|position| position.page.get() - 1)
                        }
                        Destination::Position(position) => Some(position.page.get() - 1),
                        Destination::Url(_) => None,
                    };
                    self.shape.jumps.extend(page.map(|page| (page, area(at, *size))));
                }
                FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Tag(_) => {}
            }
        }
    }

    fn mark(&mut self, label: &str, area: Area) {
        let Some(id) = label.split_once('-').and_then(|(_, id)| id.parse::<AnnotationId>().ok()) else { return };
        match self.marks.get(label).and_then(|at| self.shape.remarks.get_mut(*at)) {
            Some((_, known)) => *known = known.with(area),
            None => {
                self.marks.insert(label.to_owned(), self.shape.remarks.len());
                self.shape.remarks.push((id, area));
            }
        }
    }

    fn done(mut self, width: f32, height: f32) -> PageShape {
        let mut words = String::new();
        for mut line in self.lines.into_values() {
            line.sort_by(|a, b| a.0.total_cmp(&b.0));
            words.extend(line.into_iter().map(|(_, piece)| piece));
            words.push('\n');
        }
        self.shape.words = words;
        PageShape { width, height, ..self.shape }
    }
}

/// The letters that are boxes on the pages, as no face had them, by script.
pub(super) fn boxes(document: &PagedDocument) -> BTreeMap<&'static str, BTreeSet<char>> {
    let mut found: BTreeMap<&'static str, BTreeSet<char>> = BTreeMap::new();
    let mut waiting: Vec<&Frame> = document.pages().iter().map(|page| &page.frame).collect();
    while let Some(frame) = waiting.pop() {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => waiting.push(&group.frame),
                FrameItem::Text(text) => {
                    for glyph in text.glyphs.iter().filter(|glyph| glyph.id == 0) {
                        let letters = text.text.get(glyph.range()).unwrap_or_default().chars();
                        for c in letters.filter(|c| is_seen(*c)) {
                            found.entry(script_of(c)).or_default().insert(c);
                        }
                    }
                }
                FrameItem::Link(..) | FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Tag(_) => {}
            }
        }
    }
    found
}
