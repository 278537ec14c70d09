//! Where quoted words of the old draft stand in the new one.
//!
//! Verified at each step, from cheap to costly: the counterpart of the clause they stood in, the clauses that took over
//! parts of it, and last any clause where such words are new. What is found nowhere is deleted, what cannot be told is
//! lost: a wrong place is worse than none.
//!
//! Must not know: annotations, concerns, what a person decided; it is given places and answers with places.

mod places;
mod search;
mod window;

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use self::window::{Tally, Window};
use super::align::{Alignment, Side};
use super::concordance::Concordance;
use super::holders::Holders;
use super::words::Word;
use crate::model::{Outline, ProvisionIndex, Reach, TextRange, Verdict};

/// What became of quoted words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// They stand in the places given.
    Found,
    /// They stand nowhere any more.
    Deleted,
    /// It cannot be told; a person decides.
    Lost,
}

/// Where quoted words went.
#[derive(Clone, Debug, PartialEq)]
pub struct Carried {
    /// Whether they went anywhere.
    pub fate: Fate,
    /// Where they stand now, in bytes of the new text, in order; empty unless found.
    pub places: Vec<TextRange>,
    /// What became of them; none where it cannot be told.
    pub verdict: Option<Verdict>,
    /// Whether they stand under another number.
    pub renumbered: bool,
    /// Whether they stand in another provision than the one theirs became.
    pub moved: bool,
    /// From 0, nothing in common, to 1, the very same words.
    pub similarity: f32,
    /// Other places they might have gone to, the likest first, with their similarity.
    pub candidates: Vec<(TextRange, f32)>,
}

/// Of a quote over several clauses, a piece of less than this share of the weight need not be found.
const SLIGHT: f32 = 0.15;

/// Carries quotes from one draft to another.
pub struct Carrier<'d> {
    both: &'d Alignment,
    table: &'d Concordance,
    old: Side<'d>,
    new: Side<'d>,
    tally: Tally,
    maps: HashMap<(usize, usize), Rc<[Option<u32>]>>,
    holders: Option<Holders>,
}

/// A place for a piece of a quote.
#[derive(Clone, Debug)]
struct Found {
    clause: usize,
    window: Window,
}

impl<'d> Carrier<'d> {
    /// Makes ready to carry between the drafts that were aligned.
    pub fn new(both: &'d Alignment, table: &'d Concordance, old: Side<'d>, new: Side<'d>) -> Self {
        let tally = Tally::new(both.weights.stems());
        Self { both, table, old, new, tally, maps: HashMap::new(), holders: None }
    }

    /// Where what stands at `range`, in bytes of the old text, stands in the new one: its words, or the provision they
    /// are.
    pub fn carry(&mut self, range: TextRange, reach: Reach) -> Carried {
        if reach == Reach::Provision
            && let Some(carried) = self.provision(range)
        {
            return carried;
        }
        self.words(range)
    }

    /// A whole provision goes where the concordance says.
    fn provision(&mut self, range: TextRange) -> Option<Carried> {
        let outline = self.old.outline;
        let at = outline.covering(range.trimmed(self.old.text))?;
        let fits = |p: &ProvisionIndex| {
            outline.is_addressed(*p)
                && outline.get(*p).is_some_and(|p| p.range.start == range.start || p.range == range)
        };
        // Of an article that is one paragraph, the article.
        let at =
            outline.ancestors(at).filter(|p| outline.get(*p).is_some_and(|p| p.range == range)).last().unwrap_or(at);
        let row = self.table.of_old(at, outline).filter(|r| r.old.as_ref().is_some_and(fits))?;
        let places: Vec<TextRange> = row.new.iter().filter_map(|q| self.new.outline.get(*q)).map(|q| q.range).collect();
        if places.is_empty() {
            // Its number is gone; its words may not be.
            let words = self.words(range);
            let fate = if words.fate == Fate::Deleted { Fate::Deleted } else { Fate::Lost };
            return Some(if words.fate == Fate::Found { words } else { Carried { fate, ..words } });
        }
        Some(Carried {
            fate: Fate::Found,
            places,
            verdict: row.verdict(),
            renumbered: row.renumbered,
            moved: row.moved,
            similarity: row.similarity,
            candidates: Vec::new(),
        })
    }

    fn words(&mut self, range: TextRange) -> Carried {
        let range = range.fitted(self.old.text);
        if let Some(place) = self.untouched(range) {
            let at = (self.old.outline.at(range.start), self.new.outline.at(place.start));
            let (moved, renumbered) = at.0.zip(at.1).map_or((false, false), |(p, q)| self.went(p, q));
            let verdict = match (moved, renumbered) {
                (true, _) => Verdict::Moved,
                (false, true) => Verdict::Renumbered,
                _ => Verdict::Unchanged,
            };
            return Carried {
                fate: Fate::Found,
                places: vec![place],
                verdict: Some(verdict),
                renumbered,
                moved,
                similarity: 1.0,
                candidates: Vec::new(),
            };
        }
        let pieces: Vec<(usize, Range<usize>)> = self
            .both
            .old
            .touched(range)
            .map(|c| (c, quoted(self.both.old.words(c), range)))
            .filter(|(_, words)| !words.is_empty())
            .collect();
        let all: f32 = pieces.iter().map(|(c, w)| self.weight(*c, w)).sum();
        let mut found: Vec<(usize, Found)> = Vec::new();
        let mut candidates: Vec<Found> = Vec::new();
        let (mut deleted, mut lost) = (0.0, 0.0);
        for (nth, (clause, words)) in pieces.iter().enumerate() {
            let weight = self.weight(*clause, words);
            match self.piece(*clause, words.clone(), &mut candidates) {
                Ok(places) => found.extend(places.into_iter().map(|f| (nth, f))),
                Err(Fate::Deleted) => deleted += weight,
                Err(_) => lost += weight,
            }
        }
        let missing = deleted + lost;
        let fate = if found.is_empty() || missing > 0.5 * all {
            if lost > SLIGHT * all || deleted <= 0.0 { Fate::Lost } else { Fate::Deleted }
        } else {
            Fate::Found
        };
        let candidates = self.offered(&pieces, range, candidates);
        if fate != Fate::Found {
            let verdict = (fate == Fate::Deleted).then_some(Verdict::Deleted);
            let places = Vec::new();
            return Carried { fate, places, verdict, renumbered: false, moved: false, similarity: 0.0, candidates };
        }
        let places = self.places(range, &pieces, &found);
        let similarity = self.similarity(&pieces, &found);
        let candidates = candidates.into_iter().filter(|(r, _)| !places.iter().any(|p| p.overlaps(*r))).collect();
        let at = found.first().and_then(|(nth, f)| {
            let from = self.both.old.all.get(pieces.get(*nth)?.0)?.provision?;
            Some((from, self.both.new.all.get(f.clause)?.provision?))
        });
        let (moved, renumbered) = at.map_or((false, false), |(p, q)| self.went(p, q));
        let foreign = |(nth, f): &(usize, Found)| {
            !self.is_counterpart(pieces[*nth].0, f.clause) && !self.is_other_option(pieces[*nth].0, f.clause)
        };
        let verdict = if places.len() > 1 {
            Verdict::Split
        } else if found.iter().all(foreign) && found.iter().any(|(_, f)| self.has_own(f.clause)) {
            Verdict::Merged
        } else if similarity < 1.0 {
            Verdict::Edited { similarity }
        } else if moved {
            Verdict::Moved
        } else if renumbered {
            Verdict::Renumbered
        } else {
            Verdict::Unchanged
        };
        Carried { fate, places, verdict: Some(verdict), renumbered, moved, similarity, candidates }
    }

    fn is_counterpart(&self, old: usize, new: usize) -> bool {
        self.both.forth.get(old).and_then(|l| l.first()).is_some_and(|l| l.main && l.clause == new)
    }

    /// Whether a clause of the new draft is the counterpart of some clause.
    fn has_own(&self, new: usize) -> bool {
        self.both.back.get(new).and_then(|l| l.first()).is_some_and(|l| l.main)
    }

    /// Whether words that stood in one provision and stand in another were moved, and whether they were renumbered.
    fn went(&self, from: ProvisionIndex, to: ProvisionIndex) -> (bool, bool) {
        let (old, new): (&Outline, &Outline) = (self.old.outline, self.new.outline);
        let renumbered = !old.citation(from).is_same_address(&new.citation(to));
        let Some(row) = self.table.of_old(from, old) else { return (false, renumbered) };
        let at_home = row.new.iter().any(|q| new.is_within(to, *q) || new.is_within(*q, to));
        // Of options under one number another one was kept: it stands where it stood.
        let in_place = || {
            let became = |p: ProvisionIndex| self.table.of_old(p, old).and_then(|r| r.new.first().copied());
            !renumbered && old.article(from).and_then(became) == new.article(to)
        };
        (if at_home { row.moved } else { !in_place() }, renumbered)
    }

    /// Whether a place came of another option printed under the number of a clause, of which one was kept.
    fn is_other_option(&self, clause: usize, new: usize) -> bool {
        let own = self.both.back.get(new).and_then(|l| l.first()).filter(|l| l.main).map(|l| l.clause);
        let cited = |i: usize| {
            let provision = self.both.old.all.get(i)?.provision?;
            self.old.outline.is_addressed(provision).then(|| self.old.outline.citation(provision))
        };
        own.is_some_and(|own| own != clause && cited(own).is_some_and(|c| Some(c) == cited(clause)))
    }

    /// The cheapest way: the clauses went on in one row, and between them stands what stood.
    fn untouched(&self, range: TextRange) -> Option<TextRange> {
        let clauses = self.both.old.touched(range);
        let went = |i: usize| self.both.forth.get(i)?.first().filter(|l| l.main).map(|l| l.clause);
        let first = went(clauses.start).filter(|_| !clauses.is_empty())?;
        if clauses.clone().enumerate().any(|(nth, i)| went(i) != Some(first + nth)) {
            return None;
        }
        let from = range.start.checked_sub(self.both.old.all.get(clauses.start)?.range.start)?;
        let start = self.both.new.all.get(first)?.range.start + from;
        let place = TextRange { start, end: start + range.len() };
        let same = range.of(self.old.text).filter(|t| t.chars().any(char::is_alphanumeric)) == place.of(self.new.text);
        (same && self.both.new.touched(place) == (first..first + clauses.len())).then_some(place)
    }

    fn weight(&self, clause: usize, words: &Range<usize>) -> f32 {
        self.both.weights.sum(self.both.old.words(clause).get(words.clone()).unwrap_or_default())
    }
}

/// The words of a clause that lie in a range, or are cut by its ends.
fn quoted(words: &[Word], range: TextRange) -> Range<usize> {
    let first = words.partition_point(|w| w.end as usize <= range.start);
    let last = words.partition_point(|w| (w.start as usize) < range.end);
    first..last.max(first)
}
