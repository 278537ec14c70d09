//! Where quoted words of the old draft stand in the new one.
//!
//! Verified at each step, from cheap to costly: the counterpart of the clause they stood in, the clauses that took over
//! parts of it, and last any clause where such words are new. What is found nowhere is deleted, what cannot be told is
//! lost: a wrong place is worse than none.
//!
//! Must not know: annotations, concerns, what a person decided; it is given places and answers with places.

mod window;

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use self::window::{Search, Tally, Window};
use super::align::{Alignment, Side};
use super::clauses::NO_UNIT;
use super::concordance::Concordance;
use super::likeness::pair;
use super::map::words_to_words;
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

/// Of words in the counterpart of their clause, as much must be left.
const HELD: f32 = 0.36;
/// Of words that were replaced exactly between the same neighbours.
const HELD_IN_FRAME: f32 = 0.2;
/// Of a clause that is quoted as a whole.
const HELD_OF_WHOLE: f32 = 0.25;
/// Of words of which most were struck.
const HELD_OF_CHOSEN: f32 = 0.2;
/// Of what stands where most of the words were struck, as much must be of them.
const KEPT: f32 = 0.6;
/// Counterparts this much alike are each other's for their words alone.
const ALIKE: f32 = 0.38;
/// And these beyond doubt.
const SURE: f32 = 0.5;
/// Of words in a clause that took over a part of theirs.
const HELD_IN_PART: f32 = 0.55;
/// Of words in any other clause.
const HELD_ANYWHERE: f32 = 0.8;
/// What is looked for anywhere must weigh this much, lest boilerplate be found.
const TELLING: f32 = 12.0;
/// A stretch that came of other words is no place for these.
const EXPLAINED: f32 = 0.5;
/// Clauses where words are looked for if their own went elsewhere.
const ANYWHERE: usize = 8;
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
    holders: Option<HashMap<u64, Vec<u32>>>,
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
        let foreign = |(nth, f): &(usize, Found)| !self.is_counterpart(pieces[*nth].0, f.clause);
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
        let renumbered = old.citation(from) != new.citation(to);
        let Some(row) = self.table.of_old(from, old) else { return (false, renumbered) };
        let at_home = row.new.iter().any(|q| new.ancestors(to).any(|a| a == *q) || new.ancestors(*q).any(|a| a == to));
        (if at_home { row.moved } else { true }, renumbered)
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

    /// The places of the quoted words of one clause, or why there is none.
    fn piece(&mut self, clause: usize, words: Range<usize>, seen: &mut Vec<Found>) -> Result<Vec<Found>, Fate> {
        let both = self.both;
        let links = both.forth.get(clause).map_or(&[][..], Vec::as_slice);
        let all = both.weights.sum(both.old.words(clause));
        let weight = self.weight(clause, &words);
        let whole = weight >= 0.8 * all;
        let mut best: Option<(f32, Found)> = None;
        let mut tried: Vec<usize> = Vec::new();
        let mut main_held = None;
        for link in links {
            tried.push(link.clause);
            let Some(mut found) = self.window(clause, words.clone(), link.clause) else { continue };
            if whole && link.certain {
                // Who quotes a definition means the definition, whatever it says now.
                found.window.words = 0..both.new.words(link.clause).len();
                found.window.held = found.window.held.max(HELD);
            }
            seen.push(found.clone());
            if link.main {
                main_held = Some(found.window.held);
            }
            let option = !link.main && self.is_option(clause, &found);
            let enough = match (link.main, found.window.framed && link.likeness >= SURE) {
                (true, true) => HELD_IN_FRAME,
                // Who quotes a clause as a whole means its counterpart, however much of it was struck.
                (true, false) if whole && (link.certain || link.likeness >= ALIKE) => HELD_OF_WHOLE,
                (true, false) => HELD,
                _ if link.related || option => HELD_IN_PART,
                _ if whole && weight >= 2.0 * TELLING => HELD_ANYWHERE,
                // A phrase found afar is another phrase of the same words.
                _ => f32::INFINITY,
            };
            let known = !link.main && !option && self.explained(&found) > EXPLAINED;
            let w = &found.window;
            // Of bracketed alternatives one was chosen, or a sentence was shortened: little of it is left, but what
            // stands there is of it.
            let chosen = link.main && w.held >= HELD_OF_CHOSEN && w.kept >= KEPT && w.weight >= TELLING;
            if (w.held >= enough || chosen) && !known {
                // The counterpart goes before a clause that holds a little more.
                let score =
                    found.window.score + if link.main { 0.25 } else { 0.0 } + if link.related { 0.25 } else { 0.0 };
                if best.as_ref().is_none_or(|(s, _)| score > *s) {
                    best = Some((score, found));
                }
            }
        }
        if let Some((_, found)) = best {
            return Ok(self.with_rest(clause, words, found, links));
        }
        let mut elsewhere: Vec<Found> = Vec::new();
        for new in self.holders_of(clause, &words) {
            if tried.contains(&new) {
                continue;
            }
            let Some(found) = self.window(clause, words.clone(), new) else { continue };
            if found.window.held >= 0.5 {
                elsewhere.push(found);
            }
        }
        elsewhere.sort_by(|a, b| b.window.score.total_cmp(&a.window.score).then(a.clause.cmp(&b.clause)));
        seen.extend(elsewhere.iter().take(3).cloned());
        let free: Vec<&Found> = elsewhere
            .iter()
            .filter(|f| {
                let free = self.explained(f) <= EXPLAINED;
                free && f.window.held >= HELD_ANYWHERE && f.window.likeness >= 0.7 || self.is_option(clause, f)
            })
            .collect();
        if weight >= TELLING
            && let Some(first) = free.first()
        {
            let rival = free.get(1).is_some_and(|second| second.window.score > first.window.score - 0.1);
            return if rival { Err(Fate::Lost) } else { Ok(vec![(*first).clone()]) };
        }
        // The clause lives on and nothing of the words does: they were taken out.
        let gone = match main_held {
            Some(held) => held < HELD && !seen.iter().any(|f| f.window.held >= HELD_ANYWHERE),
            None => links.is_empty() && free.is_empty(),
        };
        Err(if gone { Fate::Deleted } else { Fate::Lost })
    }

    /// Whether a place came of another clause of the same article that says nearly the same: of options one was chosen.
    fn is_option(&self, clause: usize, found: &Found) -> bool {
        let own = self.both.back.get(found.clause).and_then(|l| l.first()).filter(|l| l.main);
        let unit = |i: usize| self.both.old.all.get(i).map(|c| c.unit).filter(|u| *u != NO_UNIT);
        let Some(other) = own.map(|l| l.clause).filter(|o| unit(*o).is_some() && unit(*o) == unit(clause)) else {
            return false;
        };
        let cited = |i: usize| {
            let provision = self.both.old.all.get(i)?.provision?;
            self.old.outline.is_addressed(provision).then(|| self.old.outline.citation(provision))
        };
        // Drafts print options under one number.
        let same = cited(other).is_some_and(|c| Some(c) == cited(clause));
        let enough = if same { HELD_IN_PART } else { HELD_ANYWHERE };
        found.window.held >= enough && found.window.likeness >= enough
    }

    /// What the best place does not hold may stand in a clause that took over a part.
    fn with_rest(
        &mut self,
        clause: usize,
        words: Range<usize>,
        found: Found,
        links: &[super::align::Link],
    ) -> Vec<Found> {
        let map = self.map(clause, found.clause);
        let held = |i: usize| map.get(i).copied().flatten().is_some_and(|j| found.window.words.contains(&(j as usize)));
        let missing = longest_run(words, |i| !held(i));
        let mut all = vec![found.clone()];
        if missing.len() >= 4 {
            for link in links.iter().filter(|l| l.clause != found.clause) {
                if let Some(other) = self.window(clause, missing.clone(), link.clause)
                    && other.window.held >= HELD_IN_PART
                    && self.explained(&other) <= EXPLAINED
                {
                    all.push(other);
                    break;
                }
            }
        }
        all.sort_by_key(|f| (f.clause, f.window.words.start));
        all
    }

    /// The stretch of a clause of the new draft most like quoted words of one of the old.
    fn window(&mut self, old: usize, quoted: Range<usize>, new: usize) -> Option<Found> {
        let map = self.map(old, new);
        let both = self.both;
        let search =
            Search { old: both.old.words(old), quoted, new: both.new.words(new), map: &map, weights: &both.weights };
        let window = search.best(&mut self.tally)?;
        Some(Found { clause: new, window })
    }

    /// Where the words of a clause of the old draft went in one of the new.
    fn map(&mut self, old: usize, new: usize) -> Rc<[Option<u32>]> {
        if self.maps.len() > 4_096 {
            self.maps.clear();
        }
        let both = self.both;
        let map = self
            .maps
            .entry((old, new))
            .or_insert_with(|| words_to_words(both.old.words(old), both.new.words(new), &both.weights).into());
        Rc::clone(map)
    }

    /// How much of a place came of the counterpart of its own clause, from 0 to 1.
    fn explained(&mut self, found: &Found) -> f32 {
        let both = self.both;
        let Some(own) = both.back.get(found.clause).and_then(|l| l.first()).filter(|l| l.main) else { return 0.0 };
        let map = self.map(own.clause, found.clause);
        let words = both.new.words(found.clause).get(found.window.words.clone()).unwrap_or_default();
        let all = both.weights.sum(words).max(1e-6);
        let came: f32 = map
            .iter()
            .flatten()
            .filter(|j| found.window.words.contains(&(**j as usize)))
            .filter_map(|j| both.new.words(found.clause).get(*j as usize))
            .map(|w| both.weights.weight(*w))
            .sum();
        came / all
    }

    /// Clauses of the new draft that hold telling pairs of the quoted words, the best first.
    fn holders_of(&mut self, clause: usize, quoted: &Range<usize>) -> Vec<usize> {
        const COMMON: usize = 40;
        let both = self.both;
        let holders = self.holders.get_or_insert_with(|| {
            let mut all: HashMap<u64, Vec<u32>> = HashMap::new();
            for new in 0..both.new.all.len() {
                for window in both.new.words(new).windows(2) {
                    let list = all.entry(pair(window[0], window[1])).or_default();
                    if list.len() <= COMMON && list.last() != Some(&(new as u32)) {
                        list.push(new as u32);
                    }
                }
            }
            all
        });
        let words = both.old.words(clause).get(quoted.clone()).unwrap_or_default();
        let mut shared: HashMap<u32, f32> = HashMap::new();
        for window in words.windows(2) {
            for &new in holders.get(&pair(window[0], window[1])).filter(|l| l.len() <= COMMON).into_iter().flatten() {
                *shared.entry(new).or_default() += both.weights.sum(window);
            }
        }
        let mut all: Vec<(u32, f32)> = shared.into_iter().collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        all.into_iter().take(ANYWHERE).map(|(new, _)| new as usize).collect()
    }

    /// The places in bytes; those of neighbouring pieces that still follow each other are one.
    fn places(&self, range: TextRange, pieces: &[(usize, Range<usize>)], found: &[(usize, Found)]) -> Vec<TextRange> {
        let mut places: Vec<(usize, Range<usize>, TextRange)> = Vec::new();
        for (nth, found) in found {
            let (clause, words) = &pieces[*nth];
            let place = self.in_bytes(range, *clause, words, found);
            let end = self.both.new.words(found.clause).len();
            if let Some((last, last_words, last_place)) = places.last_mut() {
                let last_end = self.both.new.words(*last).len();
                let follows = *last + 1 == found.clause && last_words.end == last_end && found.window.words.start == 0;
                let within = *last == found.clause && place.start >= last_place.start;
                if follows || within && place.start <= last_place.end + 40 {
                    last_place.end = last_place.end.max(place.end);
                    (*last, *last_words) = (found.clause, found.window.words.clone());
                    continue;
                }
            }
            debug_assert!(found.window.words.end <= end);
            places.push((found.clause, found.window.words.clone(), place));
        }
        let mut places: Vec<TextRange> = places.into_iter().map(|p| p.2).collect();
        places.sort();
        places.dedup();
        places
    }

    /// From the first word of a place to its last, with the label and the marks that the quote had too.
    fn in_bytes(&self, range: TextRange, clause: usize, words: &Range<usize>, found: &Found) -> TextRange {
        let both = self.both;
        let (old_words, new_words) = (both.old.words(clause), both.new.words(found.clause));
        let empty = TextRange::default();
        let new_clause = both.new.all.get(found.clause).map_or(empty, |c| c.range);
        let old_clause = both.old.all.get(clause).map_or(empty, |c| c.range);
        let (Some(first), Some(last)) =
            (new_words.get(found.window.words.start), new_words.get(found.window.words.end.saturating_sub(1)))
        else {
            return new_clause;
        };
        let mut place = TextRange { start: first.start as usize, end: (last.end as usize).max(first.start as usize) };
        let at = |words: &[Word], i: usize, end: bool| words.get(i).map(|w| if end { w.end } else { w.start } as usize);
        if let Some(from) = at(old_words, words.start, false) {
            if found.window.words.start == 0 && words.start == 0 && range.start <= old_clause.start {
                place.start = new_clause.start;
            } else {
                let head = TextRange { start: range.start.max(old_clause.start).min(from), end: from };
                let head = head.of(self.old.text).unwrap_or_default();
                let mut before = self.new.text[new_clause.start..place.start].chars().rev();
                for c in head.chars().rev() {
                    if before.next() != Some(c) {
                        break;
                    }
                    place.start -= c.len_utf8();
                }
            }
        }
        if let Some(to) = at(old_words, words.end.saturating_sub(1), true) {
            let tail = TextRange { start: to, end: range.end.min(old_clause.end).max(to) };
            let tail = tail.of(self.old.text).unwrap_or_default();
            let mut after = self.new.text[place.end..new_clause.end.max(place.end)].chars();
            for c in tail.chars() {
                match after.next() {
                    Some(n) if n == c || is_stop(n) && is_stop(c) => place.end += n.len_utf8(),
                    _ => break,
                }
            }
        }
        place
    }

    /// The share of words that are the same, twice those in common by all; 1 only where they are the very same.
    fn similarity(&self, pieces: &[(usize, Range<usize>)], found: &[(usize, Found)]) -> f32 {
        let old: Vec<u32> = pieces
            .iter()
            .flat_map(|(c, w)| self.both.old.words(*c).get(w.clone()).unwrap_or_default())
            .map(|w| w.exact)
            .collect();
        let new: Vec<u32> = found
            .iter()
            .flat_map(|(_, f)| self.both.new.words(f.clause).get(f.window.words.clone()).unwrap_or_default())
            .map(|w| w.exact)
            .collect();
        alike(&old, &new)
    }

    fn offered(
        &self,
        pieces: &[(usize, Range<usize>)],
        range: TextRange,
        mut seen: Vec<Found>,
    ) -> Vec<(TextRange, f32)> {
        seen.sort_by(|a, b| b.window.score.total_cmp(&a.window.score));
        let mut offered: Vec<(TextRange, f32)> = Vec::new();
        for found in seen {
            let Some((clause, words)) = pieces.first() else { break };
            let place = self.in_bytes(range, *clause, words, &found);
            if offered.len() < 5 && !offered.iter().any(|(r, _)| r.overlaps(place)) {
                offered.push((place, found.window.likeness));
            }
        }
        offered
    }
}

/// The words of a clause that lie in a range, or are cut by its ends.
fn quoted(words: &[Word], range: TextRange) -> Range<usize> {
    let first = words.partition_point(|w| w.end as usize <= range.start);
    let last = words.partition_point(|w| (w.start as usize) < range.end);
    first..last.max(first)
}

fn longest_run(words: Range<usize>, is: impl Fn(usize) -> bool) -> Range<usize> {
    let (mut best, mut from) = (words.start..words.start, words.start);
    for i in words.clone() {
        if !is(i) {
            from = i + 1;
        } else if i + 1 - from > best.len() {
            best = from..i + 1;
        }
    }
    best
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | ';' | ',' | ':' | '\u{60c}' | '\u{61b}' | '\u{3002}' | '\u{ff1b}' | '\u{ff0c}')
}

fn alike(old: &[u32], new: &[u32]) -> f32 {
    if old == new {
        return 1.0;
    }
    let mut counts: HashMap<u32, i32> = HashMap::new();
    for w in old {
        *counts.entry(*w).or_default() += 1;
    }
    let mut shared = 0;
    for w in new {
        if let Some(n) = counts.get_mut(w).filter(|n| **n > 0) {
            *n -= 1;
            shared += 1;
        }
    }
    (2.0 * shared as f32 / (old.len() + new.len()).max(1) as f32).min(0.99)
}
