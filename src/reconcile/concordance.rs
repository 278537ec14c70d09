//! Which provision of the new draft is which of the old one: the table that says where every article went.
//!
//! It follows from the clauses. Two provisions have in common what the counterparts among their clauses weigh; those
//! with the most in common, set against what they weigh in all, belong together (the coefficient of Dice again). That
//! finds articles by their paragraphs and paragraphs by their words, and needs no numbers.

use std::collections::{BTreeMap, HashSet};

use super::align::{Alignment, Side};
use super::clauses::Clauses;
use crate::model::{Outline, ProvisionIndex, ProvisionKind, Verdict};

/// What became of a provision, or where a new one came from.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The provision of the old draft; none where it is new.
    pub old: Option<ProvisionIndex>,
    /// Its counterpart in the new draft first, then other provisions that took over a part; none where it is deleted.
    pub new: Vec<ProvisionIndex>,
    /// From 0, nothing in common, to 1, the same words.
    pub similarity: f32,
    /// Whether its number or that of a provision above it changed.
    pub renumbered: bool,
    /// Whether it stands below another provision, or under another number in another order among its neighbours.
    pub moved: bool,
    /// Whether its words changed.
    pub edited: bool,
    /// Whether the counterpart is also that of another provision, into which this one was merged.
    pub merged: bool,
}

impl Row {
    /// What became of it in one word; none where it is new.
    pub fn verdict(&self) -> Option<Verdict> {
        self.old?;
        Some(match self.new.len() {
            0 => Verdict::Deleted,
            1 if self.merged => Verdict::Merged,
            1 if self.edited => Verdict::Edited { similarity: self.similarity },
            1 if self.moved => Verdict::Moved,
            1 if self.renumbered => Verdict::Renumbered,
            1 => Verdict::Unchanged,
            _ => Verdict::Split,
        })
    }

    /// What became of it in words, all of it: `moved, renumbered, edited`.
    pub fn words(&self) -> String {
        if self.old.is_none() {
            return "new".to_owned();
        }
        if self.new.is_empty() {
            return "deleted".to_owned();
        }
        let said = [
            (self.new.len() > 1, "split"),
            (self.merged, "merged"),
            (self.moved, "moved"),
            (self.renumbered, "renumbered"),
            (self.edited, "edited"),
        ];
        let words: Vec<&str> = said.into_iter().filter(|s| s.0).map(|s| s.1).collect();
        if words.is_empty() { "unchanged".to_owned() } else { words.join(", ") }
    }
}

/// The table old provision to new, in the order of the old draft, new provisions where they stand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Concordance {
    /// A row for every provision with an address of its own, in either draft.
    pub rows: Vec<Row>,
    of_old: BTreeMap<ProvisionIndex, usize>,
    of_new: BTreeMap<ProvisionIndex, usize>,
}

/// A provision that took over this share of another, or that was taken from another, did so in part.
const PART: f32 = 0.5;
/// Two provisions with less in common are not each other's.
const LEAST: f32 = 0.15;
/// What a counterpart of another kind counts less: a paragraph that is all of an article is not the article.
const OTHER_KIND: f32 = 0.3;
/// The least for two of different kinds, before that.
const LEAST_OTHER: f32 = 0.4;

impl Concordance {
    /// Reads the table off two drafts laid beside each other.
    pub fn of(both: &Alignment, old: Side<'_>, new: Side<'_>) -> Self {
        let common = Common::of(both, old, new);
        let mut matched = matches(&common, old.outline, new.outline);
        between(&mut matched, &common, old.outline, new.outline);
        bare(&mut matched, &common, old.outline, new.outline);
        let mut table = Self::default();
        let order = Order::of(&matched, old.outline, new.outline);
        let mut rows: Vec<Row> = Vec::new();
        for p in old.outline.indices().filter(|&p| old.outline.is_addressed(p)) {
            rows.push(row(p, &matched, &common, &order, old.outline, new.outline));
        }
        let mut placed: Vec<(Option<usize>, Row)> = Vec::new();
        let taken: BTreeMap<ProvisionIndex, usize> =
            rows.iter().enumerate().flat_map(|(at, r)| r.new.iter().map(move |q| (*q, at))).collect();
        let mut last = None;
        for q in new.outline.indices().filter(|&q| new.outline.is_addressed(q)) {
            match taken.get(&q) {
                Some(&at) => last = Some(at),
                None => placed.push((last, fresh(q))),
            }
        }
        let mut waiting = placed.into_iter().peekable();
        let mut all = Vec::with_capacity(rows.len());
        while let Some((_, row)) = waiting.next_if(|(after, _)| after.is_none()) {
            all.push(row);
        }
        let mut after: BTreeMap<usize, Vec<Row>> = BTreeMap::new();
        for (at, row) in waiting {
            after.entry(at.unwrap_or_default()).or_default().push(row);
        }
        for (at, row) in rows.into_iter().enumerate() {
            all.push(row);
            all.extend(after.remove(&at).unwrap_or_default());
        }
        for (at, row) in all.iter().enumerate() {
            if let Some(p) = row.old {
                table.of_old.insert(p, at);
            }
            for q in &row.new {
                table.of_new.entry(*q).or_insert(at);
            }
        }
        table.rows = all;
        table
    }

    /// What became of a provision of the old draft, or of the nearest one above it that has an address.
    pub fn of_old(&self, provision: ProvisionIndex, old: &Outline) -> Option<&Row> {
        old.ancestors(provision).find_map(|p| self.of_old.get(&p)).and_then(|&at| self.rows.get(at))
    }

    /// The row in which a provision of the new draft stands.
    pub fn of_new(&self, provision: ProvisionIndex, new: &Outline) -> Option<&Row> {
        new.ancestors(provision).find_map(|q| self.of_new.get(&q)).and_then(|&at| self.rows.get(at))
    }
}

/// A provision that is new.
fn fresh(q: ProvisionIndex) -> Row {
    Row { old: None, new: vec![q], similarity: 0.0, renumbered: false, moved: false, edited: false, merged: false }
}

/// What provisions weigh, and what pairs of them have in common.
struct Common {
    shared: BTreeMap<(u32, u32), f32>,
    old: Vec<f32>,
    new: Vec<f32>,
    /// For every provision whether all its clauses have counterparts with the same words in one and the same order.
    same: BTreeMap<(u32, u32), u32>,
    old_clauses: Vec<u32>,
    new_clauses: Vec<u32>,
    /// Numbers without words, of either draft: what they say in the place of words makes none like another.
    bare: [HashSet<ProvisionIndex>; 2],
}

impl Common {
    fn of(both: &Alignment, old: Side<'_>, new: Side<'_>) -> Self {
        let bare = [old, new].map(|s| s.outline.indices().filter(|&i| s.outline.is_bare(i, s.text)).collect());
        let (old, new) = (old.outline, new.outline);
        let mut shared: BTreeMap<(u32, u32), f32> = BTreeMap::new();
        let mut same: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        let weigh = |clauses: &Clauses, outline: &Outline| {
            let mut weights = vec![0.0_f32; outline.provisions.len()];
            let mut counts = vec![0_u32; outline.provisions.len()];
            for (i, clause) in clauses.all.iter().enumerate() {
                let weight = both.weights.sum(clauses.words(i));
                for p in clause.provision.into_iter().flat_map(|p| outline.ancestors(p)) {
                    if let Some(sum) = weights.get_mut(p.0 as usize) {
                        *sum += weight;
                        counts[p.0 as usize] += u32::from(!clause.words.is_empty());
                    }
                }
            }
            (weights, counts)
        };
        for (i, links) in both.forth.iter().enumerate() {
            for link in links {
                let (Some(a), Some(b)) = (both.old.all.get(i), both.new.all.get(link.clause)) else { continue };
                let weights = [both.weights.sum(both.old.words(i)), both.weights.sum(both.new.words(link.clause))];
                let part = if link.main { 1.0 } else { 0.5 };
                let weight = part
                    * link.likeness
                    * if link.main { (weights[0] + weights[1]) / 2.0 } else { weights[0].min(weights[1]) };
                let (Some(p), Some(q)) = (a.provision, b.provision) else { continue };
                for p in old.ancestors(p) {
                    for q in new.ancestors(q) {
                        *shared.entry((p.0, q.0)).or_default() += weight;
                        if link.main && a.same == b.same && !a.words.is_empty() {
                            *same.entry((p.0, q.0)).or_default() += 1;
                        }
                    }
                }
            }
        }
        let (old_weights, old_clauses) = weigh(&both.old, old);
        let (new_weights, new_clauses) = weigh(&both.new, new);
        Self { shared, old: old_weights, new: new_weights, same, old_clauses, new_clauses, bare }
    }

    /// Whether a provision of the old draft has no words, and one of the new draft.
    fn is_bare(&self, p: ProvisionIndex) -> bool {
        self.old[p.0 as usize] <= 0.0 || self.bare[0].contains(&p)
    }

    fn is_bare_now(&self, q: ProvisionIndex) -> bool {
        self.new[q.0 as usize] <= 0.0 || self.bare[1].contains(&q)
    }

    /// The coefficient of Dice of two provisions, from 0 to 1.
    fn likeness(&self, p: ProvisionIndex, q: ProvisionIndex) -> f32 {
        if self.is_same(p, q) {
            return 1.0;
        }
        let shared = self.shared.get(&(p.0, q.0)).copied().unwrap_or(0.0);
        let all = self.old[p.0 as usize] + self.new[q.0 as usize];
        if all > 0.0 { (2.0 * shared / all).min(0.99) } else { 0.0 }
    }

    fn is_same(&self, p: ProvisionIndex, q: ProvisionIndex) -> bool {
        let (a, b) = (self.old_clauses[p.0 as usize], self.new_clauses[q.0 as usize]);
        a == b && a > 0 && self.same.get(&(p.0, q.0)) == Some(&a)
    }
}

/// Who is whose, and who took over a part of whom.
#[derive(Default)]
struct Matches {
    forth: BTreeMap<ProvisionIndex, ProvisionIndex>,
    back: BTreeMap<ProvisionIndex, ProvisionIndex>,
    /// Provisions of the old draft that went into the counterpart of another.
    merged: BTreeMap<ProvisionIndex, ProvisionIndex>,
    /// The same, by the provision they went into.
    joined: BTreeMap<ProvisionIndex, Vec<ProvisionIndex>>,
    /// Provisions of the new draft that came out of one that has another counterpart.
    split: BTreeMap<ProvisionIndex, Vec<ProvisionIndex>>,
}

fn matches(common: &Common, old: &Outline, new: &Outline) -> Matches {
    let mut pairs: Vec<(f32, ProvisionIndex, ProvisionIndex)> = Vec::new();
    for &(p, q) in common.shared.keys() {
        let (p, q) = (ProvisionIndex(p), ProvisionIndex(q));
        if !old.is_addressed(p) || !new.is_addressed(q) || common.bare[0].contains(&p) || common.bare[1].contains(&q) {
            continue;
        }
        let same_kind = old.get(p).map(|p| p.kind) == new.get(q).map(|q| q.kind);
        let likeness = common.likeness(p, q);
        let weighed = match same_kind {
            true => likeness,
            false if likeness >= LEAST_OTHER => likeness * OTHER_KIND,
            false => 0.0,
        };
        pairs.push((weighed, p, q));
    }
    pairs.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut matched = Matches::default();
    for &(likeness, p, q) in &pairs {
        let same_kind = old.get(p).map(|p| p.kind) == new.get(q).map(|q| q.kind);
        let enough = likeness >= if same_kind { LEAST } else { LEAST_OTHER * OTHER_KIND };
        if enough && !matched.forth.contains_key(&p) && !matched.back.contains_key(&q) {
            matched.forth.insert(p, q);
            matched.back.insert(q, p);
        }
    }
    // The smallest provision that holds enough of it says most.
    let share = |p: ProvisionIndex, q: ProvisionIndex, of: f32| {
        if of > 0.0 { common.shared.get(&(p.0, q.0)).copied().unwrap_or(0.0) / of } else { 0.0 }
    };
    for &(_, p, q) in &pairs {
        if !matched.forth.contains_key(&p)
            && !matched.merged.contains_key(&p)
            && share(p, q, common.old[p.0 as usize]) >= PART
        {
            matched.merged.insert(p, q);
            matched.joined.entry(q).or_default().push(p);
        }
        if let Some(&own) = matched.forth.get(&p)
            && !matched.back.contains_key(&q)
            && !new.is_within(q, own)
            && !new.is_within(own, q)
            && share(p, q, common.new[q.0 as usize]) >= PART
            && old.get(p).map(|p| p.kind) == new.get(q).map(|q| q.kind)
        {
            matched.split.entry(p).or_default().push(q);
            matched.back.insert(q, p);
        }
    }
    matched
}

/// An article between two that have counterparts is the one between those, if they have a clause in common: an article
/// that was written anew keeps its place.
fn between(matched: &mut Matches, common: &Common, old: &Outline, new: &Outline) {
    let articles = |outline: &Outline| -> Vec<ProvisionIndex> {
        let is = |i: &ProvisionIndex| outline.get(*i).is_some_and(|p| p.kind == ProvisionKind::Article);
        outline.indices().filter(is).collect()
    };
    let (olds, news) = (articles(old), articles(new));
    for three in olds.windows(3) {
        let [before, p, after] = [three[0], three[1], three[2]];
        let (Some(from), Some(to)) = (matched.forth.get(&before), matched.forth.get(&after)) else { continue };
        let at = news.partition_point(|q| q <= from);
        let (Some(&q), Some(next)) = (news.get(at), news.get(at + 1)) else { continue };
        let free = !matched.forth.contains_key(&p) && !matched.back.contains_key(&q);
        if free && next == to && common.shared.contains_key(&(p.0, q.0)) && !common.is_bare(p) && !common.is_bare_now(q)
        {
            matched.merged.remove(&p);
            matched.joined.values_mut().for_each(|all| all.retain(|other| *other != p));
            matched.forth.insert(p, q);
            matched.back.insert(q, p);
        }
    }
}

/// Provisions without words of their own, as an article that only has a number: by their number below the same parent.
fn bare(matched: &mut Matches, common: &Common, old: &Outline, new: &Outline) {
    let mut numbered: BTreeMap<(Option<ProvisionIndex>, String), Vec<ProvisionIndex>> = BTreeMap::new();
    let key = |outline: &Outline, i: ProvisionIndex| outline.get(i).map(|p| format!("{:?} {}", p.kind, p.number));
    for q in new.indices().filter(|&q| new.is_addressed(q) && common.is_bare_now(q)) {
        if let (Some(key), false) = (key(new, q), matched.back.contains_key(&q)) {
            numbered.entry((new.get(q).and_then(|q| q.parent), key)).or_default().push(q);
        }
    }
    for p in old.indices().filter(|&p| old.is_addressed(p) && common.is_bare(p)) {
        let parent = old.get(p).and_then(|p| p.parent);
        let went = parent.map(|parent| matched.forth.get(&parent).copied());
        let below = match went {
            Some(None) => continue,
            Some(Some(q)) => Some(q),
            None => None,
        };
        let Some(list) = key(old, p).and_then(|k| numbered.get_mut(&(below, k))) else { continue };
        if !list.is_empty() {
            let q = list.remove(0);
            matched.forth.insert(p, q);
            matched.back.insert(q, p);
        }
    }
}

/// Counterparts by the provisions they stand in, of either draft.
type Families = BTreeMap<(Option<ProvisionIndex>, Option<ProvisionIndex>), Vec<(ProvisionIndex, ProvisionIndex)>>;

/// Which provisions kept their order among their siblings: the longest run of them that ascends in both drafts.
struct Order(HashSet<ProvisionIndex>);

impl Order {
    fn of(matched: &Matches, old: &Outline, new: &Outline) -> Self {
        let mut families = Families::new();
        for p in old.indices() {
            if let Some(&q) = matched.forth.get(&p) {
                let key = (old.get(p).and_then(|p| p.parent), new.get(q).and_then(|q| q.parent));
                families.entry(key).or_default().push((p, q));
            }
        }
        let mut kept = HashSet::new();
        for family in families.values() {
            kept.extend(ascending(family));
        }
        Self(kept)
    }
}

/// The longest run of pairs, in order of the first, that ascends in the second; by patience, in n log n.
fn ascending(family: &[(ProvisionIndex, ProvisionIndex)]) -> Vec<ProvisionIndex> {
    let mut tops: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(family.len());
    for (i, (_, q)) in family.iter().enumerate() {
        let pile = tops.partition_point(|&top| family[top].1 < *q);
        before.push(pile.checked_sub(1).map(|p| tops[p]));
        if pile == tops.len() {
            tops.push(i);
        } else {
            tops[pile] = i;
        }
    }
    let mut run = Vec::new();
    let mut at = tops.last().copied();
    while let Some(i) = at {
        run.push(family[i].0);
        at = before[i];
    }
    run
}

fn row(p: ProvisionIndex, matched: &Matches, common: &Common, order: &Order, old: &Outline, new: &Outline) -> Row {
    let merged_into = matched.merged.get(&p).copied();
    let main = matched.forth.get(&p).copied().or(merged_into);
    let mut row = Row { old: Some(p), ..fresh(p) };
    row.new = main.into_iter().chain(matched.split.get(&p).into_iter().flatten().copied()).collect();
    let Some(q) = main else { return row };
    let bare = common.is_bare(p) && common.is_bare_now(q);
    row.similarity = if bare { 1.0 } else { common.likeness(p, q) };
    row.merged =
        merged_into.is_some() || matched.joined.get(&q).is_some_and(|o| o.iter().any(|&o| same_kind(old, p, o)));
    row.edited = row.similarity < 1.0;
    row.renumbered = !old.citation(p).is_same_address(&new.citation(q));
    let above = |outline: &Outline, i: ProvisionIndex| outline.ancestors(i).skip(1).find(|&a| outline.is_addressed(a));
    let parent = above(old, p).and_then(|a| matched.forth.get(&a).copied());
    // What kept its number kept its place, whatever went around it.
    let reordered = row.renumbered && !order.0.contains(&p);
    row.moved = merged_into.is_none()
        && match (above(old, p), parent) {
            (None, _) => above(new, q).is_some() || reordered,
            (Some(_), Some(parent)) => !new.is_within(q, parent) || reordered,
            // What it stood in is gone: it went elsewhere if it came to stand in something else that was there before.
            (Some(_), None) => above(new, q).is_some_and(|a| matched.back.contains_key(&a)) || reordered,
        };
    row
}

fn same_kind(outline: &Outline, one: ProvisionIndex, other: ProvisionIndex) -> bool {
    outline.get(one).map(|p| p.kind) == outline.get(other).map(|p| p.kind)
}
