//! Who is whose counterpart: from what is sure to what its company makes likely.

use std::collections::{BTreeMap, BTreeSet};

use super::Pair;
use super::candidates::Candidate;
use crate::reconcile::clauses::Clauses;

/// The counterparts found.
#[derive(Clone, Debug)]
pub(super) struct Counterparts {
    /// For every clause of the old draft its counterpart and their likeness.
    pub forth: Vec<Option<(usize, f32)>>,
    /// For every clause of the new draft.
    pub back: Vec<Option<usize>>,
    /// How much two units have in common, from 0 to 1.
    units: BTreeMap<(u32, u32), f32>,
}

impl Counterparts {
    fn none(both: &Pair<'_>) -> Self {
        Self { forth: vec![None; both.old.all.len()], back: vec![None; both.new.all.len()], units: BTreeMap::new() }
    }

    /// Whether the units of two clauses have something in common.
    pub(super) fn related(&self, both: &Pair<'_>, old: usize, new: usize) -> bool {
        let key = (both.old.all[old].unit, both.new.all[new].unit);
        self.units.get(&key).is_some_and(|common| *common >= RELATED)
    }

    fn put(&mut self, i: usize, j: usize, likeness: f32) {
        self.forth[i] = Some((j, likeness));
        self.back[j] = Some(i);
    }
}

/// Words that weigh this much are no boilerplate: found unchanged in one place each, they are the same.
const TELLING: f32 = 9.0;
/// Two clauses less alike than this are no counterparts, whatever their company.
const LEAST: f32 = 0.16;
/// Two clauses that were left over must be this much alike without any company.
const ALONE: f32 = 0.38;
/// Units that have this much in common are related.
const RELATED: f32 = 0.15;
/// What words and company must reach together.
const ENOUGH: f32 = 0.42;
/// How much the article, the neighbour before, the one after, and the number add.
const UNIT: f32 = 0.3;
const NEIGHBOUR: f32 = 0.1;
const NUMBER: f32 = 0.05;
const UNIT_NUMBER: f32 = 0.03;
/// What the same defined term adds.
const TERM: f32 = 0.6;
/// Rounds after the first sure ones.
const ROUNDS: usize = 4;
/// Clauses of two articles that are all compared with each other.
const SMALL: usize = 2_500;
/// How far from where the neighbours went a clause is looked for.
const NEAR: usize = 6;

/// Settles the counterparts; `None` if told to stop.
pub(super) fn settle(both: &Pair<'_>, candidates: &[Vec<Candidate>], go_on: &dyn Fn() -> bool) -> Option<Counterparts> {
    let mut settled = sure(both);
    terms(both, &mut settled);
    run_on(both, &mut settled);
    let units = [members(both.old), members(both.new)];
    let first = likeliest(both, candidates, &settled);
    let mut company = Company::of(both, &first, &units);
    for _ in 0..ROUNDS {
        if !go_on() {
            return None;
        }
        let next = round(both, candidates, &settled, &company, &units, go_on)?;
        company = Company::of(both, &next.forth, &units);
        settled = next;
    }
    run_on(both, &mut settled);
    left_over(both, candidates, &mut settled);
    settled.units = Company::of(both, &settled.forth, &units).units;
    heads(both, &units, &mut settled);
    Some(settled)
}

/// The headings of articles that are each other's go together, whatever they say, also where one of them has only its
/// number.
fn heads(both: &Pair<'_>, units: &[Members; 2], settled: &mut Counterparts) {
    let likest = |turned: bool| {
        let mut best: BTreeMap<u32, (f32, u32)> = BTreeMap::new();
        for (&(u, v), &common) in &settled.units {
            let (from, to) = if turned { (v, u) } else { (u, v) };
            let known = best.entry(from).or_insert((0.0, to));
            if common > known.0 {
                *known = (common, to);
            }
        }
        best
    };
    let (forth, back) = (likest(false), likest(true));
    let news: BTreeSet<usize> = units[1].values().filter_map(|m| m.first().copied()).collect();
    for (u, (common, v)) in forth {
        let head = |members: &Members, unit: u32| members.get(&unit).and_then(|m| m.first().copied());
        let (Some(i), Some(j)) = (head(&units[0], u), head(&units[1], v)) else { continue };
        let labelled = both.old.all[i].labelled && both.new.all[j].labelled;
        let mutual = common >= RELATED && back.get(&v).is_some_and(|(_, back)| *back == u);
        // A heading of a word or two is like any clause that has them, and is none of it.
        let weak = settled.forth[i].filter(|(k, _)| !news.contains(k));
        if mutual && labelled && settled.back[j].is_none() && (settled.forth[i].is_none() || weak.is_some()) {
            if let Some((k, _)) = weak {
                settled.back[k] = None;
            }
            settled.put(i, j, both.likeness(i, j));
        }
    }
}

/// What is left on both sides and is likest to each other, without a rival, was moved and edited.
fn left_over(both: &Pair<'_>, candidates: &[Vec<Candidate>], settled: &mut Counterparts) {
    let mut likest: Vec<[(f32, usize); 2]> = vec![[(0.0, usize::MAX); 2]; both.new.all.len()];
    let free = |settled: &Counterparts, c: &Candidate| settled.back[c.new as usize].is_none();
    for (i, list) in candidates.iter().enumerate().filter(|(i, _)| settled.forth[*i].is_none()) {
        for c in list.iter().filter(|c| free(settled, c)) {
            let best = &mut likest[c.new as usize];
            if c.likeness > best[0].0 {
                *best = [(c.likeness, i), best[0]];
            } else if c.likeness > best[1].0 {
                best[1] = (c.likeness, i);
            }
        }
    }
    for (i, list) in candidates.iter().enumerate() {
        let mut open = list.iter().filter(|c| free(settled, c));
        let Some(first) = open.next().filter(|c| settled.forth[i].is_none() && c.likeness >= ALONE) else { continue };
        let rival = open.next().map_or(0.0, |c| c.likeness);
        let [best, second] = likest[first.new as usize];
        let clear = first.likeness > 1.2 * rival && best.1 == i && first.likeness > 1.2 * second.0;
        if clear && both.old_bags[i].weight >= 2.0 * TELLING {
            settled.put(i, first.new as usize, first.likeness);
        }
    }
}

/// Telling clauses that stand once in each draft with the same words.
fn sure(both: &Pair<'_>) -> Counterparts {
    let once = |clauses: &Clauses| {
        let mut at: BTreeMap<u64, Option<usize>> = BTreeMap::new();
        for (i, clause) in clauses.all.iter().enumerate() {
            at.entry(clause.same).and_modify(|a| *a = None).or_insert(Some(i));
        }
        at
    };
    let (old, new) = (once(both.old), once(both.new));
    let mut settled = Counterparts::none(both);
    for (same, i) in old {
        if let (Some(i), Some(Some(j))) = (i, new.get(&same).copied())
            && both.old_bags[i].weight >= TELLING
        {
            settled.put(i, j, 1.0);
        }
    }
    settled
}

/// Definitions of the same term, where each draft has one.
fn terms(both: &Pair<'_>, settled: &mut Counterparts) {
    let once = |clauses: &Clauses| {
        let mut at: BTreeMap<u64, Option<usize>> = BTreeMap::new();
        for (i, clause) in clauses.all.iter().enumerate().filter(|(_, c)| c.term != 0) {
            at.entry(clause.term).and_modify(|a| *a = None).or_insert(Some(i));
        }
        at
    };
    let (old, new) = (once(both.old), once(both.new));
    for (term, i) in old {
        if let (Some(i), Some(Some(j))) = (i, new.get(&term).copied())
            && settled.forth[i].is_none()
            && settled.back[j].is_none()
        {
            settled.put(i, j, both.likeness(i, j));
        }
    }
}

/// Whatever stands unchanged straight before or after settled counterparts goes with them; so does what stands
/// unchanged at the very beginning and end.
fn run_on(both: &Pair<'_>, settled: &mut Counterparts) {
    let (olds, news) = (both.old.all.len(), both.new.all.len());
    // A line that is only a number has no words to be the same: another number is another line.
    let bare = |i: usize| both.old.all[i].words.is_empty() && both.old.all[i].labelled;
    let same =
        |i: usize, j: usize| both.old.all[i].same == both.new.all[j].same && (!bare(i) || both.same_number(i, j));
    for i in 0..olds {
        let j = if i == 0 { Some(0) } else { settled.forth[i - 1].map(|(j, _)| j + 1) };
        if let Some(j) =
            j.filter(|&j| j < news && settled.forth[i].is_none() && settled.back[j].is_none() && same(i, j))
        {
            settled.put(i, j, 1.0);
        }
    }
    for i in (0..olds).rev() {
        let j =
            if i + 1 == olds { news.checked_sub(1) } else { settled.forth[i + 1].and_then(|(j, _)| j.checked_sub(1)) };
        if let Some(j) = j.filter(|&j| settled.forth[i].is_none() && settled.back[j].is_none() && same(i, j)) {
            settled.put(i, j, 1.0);
        }
    }
}

/// The sure ones, and for the others their likest candidate: a first guess at which article went where.
fn likeliest(both: &Pair<'_>, candidates: &[Vec<Candidate>], settled: &Counterparts) -> Vec<Option<(usize, f32)>> {
    let best = |i: usize, list: &[Candidate]| {
        let first = list.first().filter(|c| c.likeness >= 0.4)?;
        // Of several that are as like, the one in the unit of the same number.
        let mut as_like = list.iter().take_while(|c| c.likeness >= first.likeness - 1e-4);
        let chosen = as_like.find(|c| both.same_unit_number(i, c.new as usize)).unwrap_or(first);
        Some((chosen.new as usize, chosen.likeness))
    };
    let each = settled.forth.iter().zip(candidates).enumerate();
    each.map(|(i, (s, c))| s.or_else(|| best(i, c))).collect()
}

/// The clauses of every unit, in order.
type Members = BTreeMap<u32, Vec<usize>>;

fn members(clauses: &Clauses) -> Members {
    let mut units: Members = BTreeMap::new();
    for (i, clause) in clauses.all.iter().enumerate() {
        units.entry(clause.unit).or_default().push(i);
    }
    units
}

/// Which article went where, and where every clause went, as of the round before.
struct Company {
    /// How much two units have in common, from 0 to 1.
    units: BTreeMap<(u32, u32), f32>,
    forth: Vec<Option<usize>>,
}

impl Company {
    fn of(both: &Pair<'_>, forth: &[Option<(usize, f32)>], units: &[Members; 2]) -> Self {
        let weigh = |members: &Members, bags: &[super::Bag]| -> BTreeMap<u32, f32> {
            members.iter().map(|(&u, m)| (u, m.iter().map(|&i| bags[i].weight).sum())).collect()
        };
        let weights = [weigh(&units[0], both.old_bags), weigh(&units[1], both.new_bags)];
        let mut common: BTreeMap<(u32, u32), f32> = BTreeMap::new();
        for (i, went) in forth.iter().enumerate() {
            if let Some((j, likeness)) = *went {
                let key = (both.old.all[i].unit, both.new.all[j].unit);
                let weight = (both.old_bags[i].weight + both.new_bags[j].weight) / 2.0;
                *common.entry(key).or_default() += likeness * weight;
            }
        }
        for ((u, v), shared) in &mut common {
            let (a, b) = (weights[0].get(u).copied().unwrap_or(0.0), weights[1].get(v).copied().unwrap_or(0.0));
            // An article that was taken up into a longer one, or came of one, is in good company too.
            let (both, least) = (2.0 * *shared / (a + b).max(1e-6), 0.8 * *shared / a.min(b).max(1e-6));
            *shared = both.max(least).min(1.0);
        }
        Self { units: common, forth: forth.iter().map(|f| f.map(|(j, _)| j)).collect() }
    }

    fn adds(&self, both: &Pair<'_>, i: usize, j: usize) -> f32 {
        let key = (both.old.all[i].unit, both.new.all[j].unit);
        let unit = self.units.get(&key).copied().unwrap_or(0.0);
        let before = match (i.checked_sub(1), j.checked_sub(1)) {
            (None, None) => true,
            (Some(p), q) => self.forth[p] == q && q.is_some(),
            (None, Some(_)) => false,
        };
        let after = match self.forth.get(i + 1) {
            None => j + 1 == both.new.all.len(),
            Some(went) => *went == Some(j + 1),
        };
        let number = both.same_number(i, j);
        UNIT * unit
            + NEIGHBOUR * f32::from(u8::from(before))
            + NEIGHBOUR * f32::from(u8::from(after))
            + NUMBER * f32::from(u8::from(number))
            + TERM * f32::from(u8::from(both.same_term(i, j)))
            + UNIT_NUMBER * f32::from(u8::from(both.same_unit_number(i, j)))
    }
}

/// One round: all pairs worth a thought, the best first, each clause once.
fn round(
    both: &Pair<'_>,
    candidates: &[Vec<Candidate>],
    settled: &Counterparts,
    company: &Company,
    units: &[Members; 2],
    go_on: &dyn Fn() -> bool,
) -> Option<Counterparts> {
    let mut pairs: Vec<(f32, f32, u32, u32)> = Vec::new();
    let mut consider = |i: usize, j: usize, likeness: f32| {
        let score = likeness + company.adds(both, i, j);
        if (likeness >= LEAST || both.same_term(i, j)) && score >= ENOUGH {
            pairs.push((score, likeness, i as u32, j as u32));
        }
    };
    for (i, list) in candidates.iter().enumerate() {
        if i % 1_024 == 0 && !go_on() {
            return None;
        }
        for c in list {
            consider(i, c.new as usize, c.likeness);
        }
        if let Some((j, likeness)) = settled.forth[i] {
            consider(i, j, likeness);
        }
    }
    for (&(u, v), _) in company.units.iter().filter(|(_, common)| **common >= RELATED) {
        let (Some(a), Some(b)) = (units[0].get(&u), units[1].get(&v)) else { continue };
        if !go_on() {
            return None;
        }
        if a.len() * b.len() <= SMALL {
            for &i in a {
                for &j in b {
                    consider(i, j, both.likeness(i, j));
                }
            }
        }
    }
    near(both, company, &mut consider);
    pairs.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.2.cmp(&b.2)).then(a.3.cmp(&b.3)));
    let mut next = Counterparts::none(both);
    for &(_, likeness, i, j) in &pairs {
        let (i, j) = (i as usize, j as usize);
        if next.forth[i].is_none() && next.back[j].is_none() {
            next.put(i, j, likeness);
        }
    }
    if !go_on() {
        return None;
    }
    exchange(&pairs, &mut next);
    run_on(both, &mut next);
    Some(next)
}

/// Two clauses that took each other's counterparts give them back: the best pair first is not always the best in all.
fn exchange(pairs: &[(f32, f32, u32, u32)], next: &mut Counterparts) {
    let known: BTreeMap<(usize, usize), (f32, f32)> =
        pairs.iter().map(|&(score, likeness, i, j)| ((i as usize, j as usize), (score, likeness))).collect();
    let of = |i: usize, j: usize| known.get(&(i, j)).copied();
    for &(score, likeness, i, j) in pairs {
        let (i, j) = (i as usize, j as usize);
        let (Some((j_now, _)), Some(i_now)) = (next.forth[i], next.back[j]) else { continue };
        if j_now == j {
            continue;
        }
        let (Some(mine), Some(theirs), Some(other)) = (of(i, j_now), of(i_now, j), of(i_now, j_now)) else { continue };
        if score + other.0 > mine.0 + theirs.0 + 1e-3 {
            next.put(i, j, likeness);
            next.put(i_now, j_now, other.1);
        }
    }
}

/// Clauses without a counterpart are looked for near where their neighbours went.
fn near(both: &Pair<'_>, company: &Company, consider: &mut impl FnMut(usize, usize, f32)) {
    let news = both.new.all.len();
    let mut last: Option<(usize, usize)> = None;
    for i in 0..both.old.all.len() {
        match company.forth[i] {
            Some(j) => last = Some((i, j)),
            None => {
                let (from, steps) = last.map_or((0, i), |(p, q)| (q + 1, i - p));
                for j in from..(from + steps.min(NEAR) + NEAR).min(news) {
                    consider(i, j, both.likeness(i, j));
                }
            }
        }
    }
    let mut next: Option<(usize, usize)> = None;
    for i in (0..both.old.all.len()).rev() {
        match company.forth[i] {
            Some(j) => next = Some((i, j)),
            None => {
                let (until, steps) = next.map_or((news, both.old.all.len() - i), |(p, q)| (q, p - i));
                for j in until.saturating_sub(steps.min(NEAR) + NEAR)..until {
                    consider(i, j, both.likeness(i, j));
                }
            }
        }
    }
}
