//! How a citation is built: a unit, its number, then labels inward, in lists and runs; or from the inside outward.
//!
//! The rules, with an example of each and where it is written down:
//!
//! * A unit's word and its number: `Article 23`, `art. 8 bis`, `Annex III`, `المادة 23` (all house styles).
//! * Labels inward: `23(2)(c)` (EU Interinstitutional Style Guide, 2.7), `23, paragraph 2 (c)` (UN Editorial Manual),
//!   `23.2.c`, `40 (20)`, `40 Clause 21(b)` (as civil society writes them).
//! * Lists take over what the item before them has: `47(1)(b), (c), and (f)`, `paragraphs 1 (a) and 2 (b)`; a label takes
//!   the place of the last label of its own kind. A number after a unit's word is a unit's, after `paragraphs` a paragraph's.
//! * Runs: `7 to 11`, `7-11`, `(a) to (d)`.
//! * From the inside outward: `points (a) and (b) of Article 5(1)`, `subparagraph (c) of paragraph 2 of this article`,
//!   `подпункт (a) пункта 1 статьи 23`, without a number of the unit also `paragraph 2 above`, `point (a)`.
//! * Divisions from the outside inward: `Chapter III, Section 2`, `Annex VI, article 5`, and `Section 2 of Chapter III`.
//!
//! A unit's word that is repeated begins a citation of its own. Nothing goes on over the end of a paragraph.
//!
//! Must not know: whose a citation is, what it means in a draft.

mod labels;
mod lists;
mod outward;
mod reader;
mod series;

pub(super) use reader::Reader;
pub(super) use series::{is_roman, roman};

use crate::model::Place;

use super::words::{Level, Tongues, Unit};

/// More labels below a unit than this are not a citation.
const DEEPEST: usize = 8;
/// A list goes on for no more items than this; what follows is a citation of its own.
const LONGEST_LIST: usize = 64;
/// `of` goes outward no further than this.
const OUTWARD: usize = 4;

/// What an item's labels are counted from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Base {
    Unit(Unit, String),
    Preamble,
    /// Nothing was said: the unit around the words, or the nearest provision that has such a label.
    Here(Level),
    /// `that article`, `thereof`: the unit named last.
    Last,
}

/// A provision of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Labels {
    pub within: Vec<Place>,
    pub base: Base,
    pub points: Vec<String>,
}

/// An item of a list: a provision or a run of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub from: Labels,
    pub to: Option<Labels>,
    /// Its first token.
    pub first: usize,
    /// One past its last token.
    pub last: usize,
}

/// A citation as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct List {
    pub items: Vec<Item>,
    /// One past its last token.
    pub next: usize,
    /// The languages it can be in.
    pub tongues: Tongues,
}

/// Where bare numbers of a list belong.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bare {
    /// To the unit.
    Unit,
    /// Below it, at this depth; `many` where the word before them was plural.
    Point { depth: usize, many: bool },
}

/// Which units can stand in which: only in those of a smaller rank.
fn rank(unit: Unit) -> u8 {
    match unit {
        Unit::Annex => 0,
        Unit::Part => 1,
        Unit::Title => 2,
        Unit::Chapter => 3,
        Unit::Section => 4,
        Unit::Article => 5,
        Unit::Recital => 6,
    }
}

/// The place of a unit.
pub(super) fn place(unit: Unit, number: String) -> Place {
    match unit {
        Unit::Article => Place::Article(number),
        Unit::Recital => Place::Recital(number),
        Unit::Part => Place::Part(number),
        Unit::Title => Place::Title(number),
        Unit::Chapter => Place::Chapter(number),
        Unit::Section => Place::Section(number),
        Unit::Annex => Place::Annex(number),
    }
}
