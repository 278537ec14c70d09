//! An XML part as a tree, for a format whose elements refer to each other.

use super::super::super::part::{Part, Piece, Tag};
use super::super::Problem;

/// More elements than this are not read.
const MOST_ELEMENTS: usize = 4_000_000;

/// An element.
pub(super) struct Element<'x> {
    pub tag: Tag<'x>,
    /// The characters directly in it.
    pub text: String,
    pub children: Vec<usize>,
}

/// All elements, the root first, parents before children.
pub(super) struct Tree<'x> {
    elements: Vec<Element<'x>>,
}

impl<'x> Tree<'x> {
    /// Reads all of a part.
    pub fn read(part: &'x Part) -> Result<Self, Problem> {
        let mut pieces = part.elements(&[]);
        let mut elements: Vec<Element<'x>> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        loop {
            match pieces.next()? {
                Piece::Open(tag) => {
                    let index = elements.len();
                    if index >= MOST_ELEMENTS {
                        return Err(Problem::TooMuch(format!("has more than {MOST_ELEMENTS} elements")));
                    }
                    if let Some(parent) = open.last().and_then(|&p| elements.get_mut(p)) {
                        parent.children.push(index);
                    }
                    elements.push(Element { tag, text: String::new(), children: Vec::new() });
                    open.push(index);
                }
                Piece::Close(..) => drop(open.pop()),
                Piece::Text(words) => {
                    if let Some(element) = open.last().and_then(|&p| elements.get_mut(p)) {
                        element.text.push_str(&words);
                    }
                }
                Piece::End => return Ok(Self { elements }),
            }
        }
    }

    /// The elements with a name, wherever they stand.
    pub fn all<'t>(&'t self, name: &'t str) -> impl Iterator<Item = &'t Element<'x>> {
        self.elements.iter().filter(move |e| e.tag.name == name)
    }

    /// The elements with a name directly in one.
    pub fn inside<'t>(
        &'t self,
        element: &'t Element<'x>,
        name: &'t str,
    ) -> impl DoubleEndedIterator<Item = &'t Element<'x>> {
        element.children.iter().filter_map(|&c| self.elements.get(c)).filter(move |e| e.tag.name == name)
    }

    /// The words of the first element with a name in one.
    pub fn words<'t>(&'t self, element: &'t Element<'x>, name: &'t str) -> Option<&'t str> {
        self.inside(element, name).next().map(|e| e.text.as_str())
    }

    /// The root.
    pub fn root(&self) -> Option<&Element<'x>> {
        self.elements.first()
    }

    /// The children of an element, whatever they are.
    pub fn children<'t>(&'t self, element: &'t Element<'x>) -> impl Iterator<Item = &'t Element<'x>> {
        element.children.iter().filter_map(|&c| self.elements.get(c))
    }
}
