//! Which clause of the new draft came of which clause of the old one.
//!
//! Clauses whose words say it alone come first. They tell which article went where, and that, with the neighbours and
//! the number, decides about the others, in a few rounds: `Each Party shall adopt such legislative and other measures`
//! stands in every second article, and only its company says which is which. The words always decide over the number:
//! without words in common there is no link, however well the number fits.
//!
//! Must not know: what a provision is called, annotations, what the links are used for.

mod candidates;
mod parts;
mod rounds;

use super::clauses::{Clause, Clauses};
use super::likeness::{Bag, Weights};
use super::words::Vocabulary;
use crate::model::{Outline, ProvisionIndex, TextRange};

/// A draft to be compared.
#[derive(Clone, Copy, Debug)]
pub struct Side<'d> {
    /// Its text.
    pub text: &'d str,
    /// The outline of that text.
    pub outline: &'d Outline,
}

/// A clause of the other draft that came of a clause, or that a clause came of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Link {
    /// Which clause of the other draft.
    pub clause: usize,
    /// How like the two are, from 0 to 1.
    pub likeness: f32,
    /// Whether it is its counterpart, or only took over a part of it.
    pub main: bool,
    /// Whether they define the same term, and are each other's whatever the definition says.
    pub certain: bool,
    /// Whether their articles are counterparts too, or at least share clauses.
    pub related: bool,
}

/// Two drafts laid beside each other, clause by clause. It holds no text.
#[derive(Clone, Debug, Default)]
pub struct Alignment {
    pub(super) old: Clauses,
    pub(super) new: Clauses,
    pub(super) weights: Weights,
    /// For every clause of the old draft its links, the counterpart first.
    pub(super) forth: Vec<Vec<Link>>,
    /// For every clause of the new draft.
    pub(super) back: Vec<Vec<Link>>,
}

/// The clauses of both drafts with all that is asked of them again and again.
pub(super) struct Pair<'d> {
    old: &'d Clauses,
    new: &'d Clauses,
    old_bags: &'d [Bag],
    new_bags: &'d [Bag],
    numbers: [&'d [u64]; 2],
    unit_numbers: [&'d [u64]; 2],
}

impl Pair<'_> {
    fn likeness(&self, old: usize, new: usize) -> f32 {
        match (self.old.all.get(old), self.new.all.get(new)) {
            (Some(a), Some(b)) if a.words.is_empty() || b.words.is_empty() => 0.0,
            (Some(a), Some(b)) if a.same == b.same => 1.0,
            (Some(_), Some(_)) => self.old_bags[old].likeness(&self.new_bags[new]),
            _ => 0.0,
        }
    }

    /// Whether both clauses define the same term.
    fn same_term(&self, old: usize, new: usize) -> bool {
        let terms = (self.old.all.get(old).map(|c| c.term), self.new.all.get(new).map(|c| c.term));
        matches!(terms, (Some(a), Some(b)) if a == b && a != 0)
    }

    /// Whether both clauses stand in articles with the same number.
    fn same_unit_number(&self, old: usize, new: usize) -> bool {
        let [a, b] = self.unit_numbers;
        matches!((a.get(old), b.get(new)), (Some(a), Some(b)) if a == b && *a != 0)
    }

    /// Whether both clauses are the first of provisions with the same number.
    fn same_number(&self, old: usize, new: usize) -> bool {
        let [a, b] = self.numbers;
        matches!((a.get(old), b.get(new)), (Some(a), Some(b)) if a == b && *a != 0)
    }
}

/// Lays two drafts beside each other; `None` where `go_on` said no, which is asked now and then.
///
/// Takes time near linear in the length of the drafts, whatever stands in them.
pub fn align(old: Side<'_>, new: Side<'_>, go_on: &dyn Fn() -> bool) -> Option<Alignment> {
    let mut vocabulary = Vocabulary::default();
    let old_clauses = Clauses::of(old.text, old.outline, &mut vocabulary);
    let new_clauses = Clauses::of(new.text, new.outline, &mut vocabulary);
    let weights = Weights::of(vocabulary.stems(), [&old_clauses, &new_clauses]);
    drop(vocabulary);
    let bags = |clauses: &Clauses| -> Vec<Bag> {
        (0..clauses.all.len()).map(|i| Bag::of(clauses.words(i), &weights)).collect()
    };
    let (old_bags, new_bags) = (bags(&old_clauses), bags(&new_clauses));
    let numbers = [numbers(&old_clauses, old), numbers(&new_clauses, new)];
    let pair = Pair {
        old: &old_clauses,
        new: &new_clauses,
        old_bags: &old_bags,
        new_bags: &new_bags,
        numbers: [&numbers[0].0, &numbers[1].0],
        unit_numbers: [&numbers[0].1, &numbers[1].1],
    };
    let candidates = candidates::find(&pair, &weights, go_on)?;
    let counterparts = rounds::settle(&pair, &candidates, go_on)?;
    let [forth, back] = parts::links(&pair, &candidates, &counterparts, go_on)?;
    if !go_on() {
        return None;
    }
    Some(Alignment { old: old_clauses, new: new_clauses, weights, forth, back })
}

/// For every clause a number for the label it begins with and one for that of its unit, the same in both drafts for the
/// same label; 0 without one.
fn numbers(clauses: &Clauses, side: Side<'_>) -> (Vec<u64>, Vec<u64>) {
    let number = |label: &str| {
        let folded = label.bytes().filter(u8::is_ascii_alphanumeric).map(|b| b.to_ascii_lowercase());
        folded.fold(0_u64, |hash, b| hash.wrapping_mul(257).wrapping_add(u64::from(b)))
    };
    let own = |clause: &Clause| {
        let provision = clause.provision.filter(|_| clause.labelled).and_then(|p| side.outline.get(p));
        provision.map_or(0, |p| number(&p.number))
    };
    let unit = |clause: &Clause| side.outline.get(ProvisionIndex(clause.unit)).map_or(0, |p| number(&p.number));
    (clauses.all.iter().map(own).collect(), clauses.all.iter().map(unit).collect())
}

impl Alignment {
    /// The clauses of the old draft and of the new one that are counterparts, each by its place in bytes, with their
    /// likeness from 0 to 1; in the order of the old draft.
    pub fn counterparts(&self) -> impl Iterator<Item = (TextRange, TextRange, f32)> + '_ {
        self.forth.iter().zip(&self.old.all).filter_map(|(links, clause)| {
            let link = links.first().filter(|l| l.main)?;
            Some((clause.range, self.new.all.get(link.clause)?.range, link.likeness))
        })
    }
}
