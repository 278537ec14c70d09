//! A paper laid out on pages, for the window: how large they are, what stands where, and their pictures.
//!
//! All lengths are points of 1/72 inch, from the top left corner of a page; pages are counted from 0.

use std::fmt;

use crate::model::AnnotationId;

/// A rectangle on a page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    /// Its left edge.
    pub x: f32,
    /// Its upper edge.
    pub y: f32,
    /// How wide it is.
    pub width: f32,
    /// How high it is.
    pub height: f32,
}

impl Area {
    /// Whether a point lies in it.
    pub fn contains(&self, x: f32, y: f32) -> bool {
        (self.x..=self.x + self.width).contains(&x) && (self.y..=self.y + self.height).contains(&y)
    }

    /// The least rectangle around both.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let right = (self.x + self.width).max(other.x + other.width);
        let lower = (self.y + self.height).max(other.y + other.height);
        Self { x, y, width: right - x, height: lower - y }
    }
}

/// What is known of a page without drawing it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageShape {
    /// Its width.
    pub width: f32,
    /// Its height.
    pub height: f32,
    /// Where the paragraphs and rows of remarks stand, in the order they are read. What runs on over the end of a page has
    /// an area on each.
    pub remarks: Vec<(AnnotationId, Area)>,
    /// Where words lead to another page, as in the table of contents, and to which.
    pub jumps: Vec<(usize, Area)>,
    /// Its words, line by line, for those who cannot see it.
    pub words: String,
}

impl PageShape {
    /// The remark at a point: the innermost one.
    pub fn remark_at(&self, x: f32, y: f32) -> Option<AnnotationId> {
        self.remarks.iter().rev().find(|(_, area)| area.contains(x, y)).map(|(id, _)| *id)
    }

    /// The page the words at a point lead to.
    pub fn jump_at(&self, x: f32, y: f32) -> Option<usize> {
        self.jumps.iter().find(|(_, area)| area.contains(x, y)).map(|(page, _)| *page)
    }
}

/// The picture of a page, without transparency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Raster {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Red, green, blue and 255, row by row from the top left.
    pub rgba: Vec<u8>,
}

type Draw = Box<dyn Fn(usize, f32) -> Option<Raster> + Send + Sync>;

/// A paper on pages.
///
/// It was laid out already; a page is drawn when it is asked for, and only that one.
pub struct Pages {
    shapes: Vec<PageShape>,
    left: Vec<String>,
    draw: Draw,
}

impl Pages {
    #[cfg_attr(not(feature = "pdf"), expect(dead_code, reason = "pages are made where there is a typesetter"))]
    pub(super) fn new(shapes: Vec<PageShape>, left: Vec<String>, draw: Draw) -> Self {
        Self { shapes, left, draw }
    }

    /// The pages in their order.
    pub fn shapes(&self) -> &[PageShape] {
        &self.shapes
    }

    /// What they could not carry, as in [`crate::export::Written`].
    pub fn left(&self) -> &[String] {
        &self.left
    }

    /// The picture of a page; nothing where there is no such page. More than 8 pixels to a point are not drawn.
    pub fn render(&self, page: usize, pixels_per_point: f32) -> Option<Raster> {
        (self.draw)(page, pixels_per_point.clamp(0.05, 8.0))
    }

    /// The first place of a remark: the page, and where on it.
    pub fn place_of(&self, remark: AnnotationId) -> Option<(usize, Area)> {
        self.shapes
            .iter()
            .enumerate()
            .find_map(|(page, shape)| shape.remarks.iter().find(|(id, _)| *id == remark).map(|(_, area)| (page, *area)))
    }
}

impl fmt::Debug for Pages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("shapes", &self.shapes).field("left", &self.left).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_remark_is_found() {
        let area = |x, y, width, height| Area { x, y, width, height };
        let remarks =
            vec![(AnnotationId(1), area(0.0, 0.0, 100.0, 100.0)), (AnnotationId(2), area(10.0, 10.0, 20.0, 20.0))];
        let shape = PageShape { remarks, jumps: vec![(3, area(50.0, 50.0, 10.0, 10.0))], ..PageShape::default() };
        let check = |x, y, expected: Option<u128>| assert_eq!(shape.remark_at(x, y), expected.map(AnnotationId));
        check(15.0, 15.0, Some(2));
        check(5.0, 15.0, Some(1));
        check(101.0, 5.0, None);
        assert_eq!((shape.jump_at(55.0, 55.0), shape.jump_at(0.0, 0.0)), (Some(3), None));
        let pages = Pages::new(vec![PageShape::default(), shape], Vec::new(), Box::new(|_, _| None));
        assert_eq!(pages.place_of(AnnotationId(2)), Some((1, area(10.0, 10.0, 20.0, 20.0))));
    }
}
