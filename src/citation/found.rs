//! What is found in a text: where the words stand, and what they point to.

use crate::model::{Citation, Place, TextRange};

/// A citation in running text: `Articles 7 to 11 and 28(4)`, `paragraph 2 of this article`, `Article 102 of the UN Charter`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// All of its words, in bytes of the text.
    pub range: TextRange,
    /// What it lists, in order; empty where another instrument is named as a whole.
    pub parts: Vec<Part>,
    /// The other instrument it is of, as named there without `the`; none where it is of the one the text is about.
    pub instrument: Option<String>,
    /// Whether its words say whose it is: `of this Convention`, `of the Covenant`.
    pub said: bool,
}

/// One provision, or one run of provisions, in a citation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its own words, in bytes of the text: `Articles 7 to 11`, `28(4)`.
    pub range: TextRange,
    /// What it points to, or the first of the run.
    pub from: Address,
    /// The last of the run, `11` in `Articles 7 to 11`.
    pub to: Option<Address>,
}

/// A provision as words name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The divisions it is said to stand in, outermost first: the chapter of `Chapter III, Section 2`.
    pub within: Vec<Place>,
    /// What its labels are counted from.
    pub start: Start,
    /// Labels from there inward, without brackets.
    pub points: Vec<String>,
}

/// What the labels of an [`Address`] are counted from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Start {
    /// A unit with its number.
    Unit(Place),
    /// The article, annex or recital in which the words stand: `paragraph 2 of this article`, `paragraph 2 above`.
    ThisUnit,
    /// The nearest provision around the words that has such a point: `subparagraph (c) above`, `point (a)`.
    Nearest,
}

impl Address {
    /// The citation, where the words say it whole: it needs no place in a draft to be understood.
    pub fn citation(&self) -> Option<Citation> {
        match &self.start {
            Start::Unit(place) => Some(Citation { place: place.clone(), points: self.points.clone() }),
            Start::ThisUnit | Start::Nearest => None,
        }
    }
}
