//! Where every remark of a draft would stand in another one, and why.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::citation;
use crate::model::{
    Anchor, Annotation, Citation, CitationStyle, Draft, DraftId, Outline, Placement, Project, Reach, Recommendation,
    TextRange,
};
use crate::reconcile::{Carried, Carrier, Fate};
use crate::workspace::comparisons::Pair;
use crate::workspace::tasks::Progress;
use crate::workspace::view::Focus;

use super::renumber::{Renumberer, Renumbering};
use super::{CarriedAs, Way, percent};

/// A remark as it is carried: all that what is found follows from.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Whose and which.
    pub focus: Focus,
    /// The draft it is carried from: a later one than asked for where a person has put it there.
    pub from: DraftId,
    /// Its place there.
    pub anchor: Anchor,
    /// Its place in the draft that was asked for, where it is carried from a later one.
    pub first: Option<Anchor>,
    /// The draft between, in which a person kept it as lost, and whether as deleted.
    pub kept_lost: Option<(DraftId, bool)>,
    /// What it recommends, where that cites anything, and the draft by whose numbers.
    pub recommended: Option<(Recommendation, DraftId)>,
}

/// A place a remark could have.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The place in the new draft.
    pub anchor: Anchor,
    /// How like it is, from 0 to 1.
    pub similarity: f32,
    /// Why it is offered.
    pub offer: Offer,
}

/// Why a place is offered beside the one that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// A further part of what was split.
    Part,
    /// What became of the clause from which the words were struck.
    Clause,
    /// It is like it.
    Like,
}

impl Candidate {
    /// Why it is offered, in words.
    pub fn words(&self) -> String {
        match self.offer {
            Offer::Part => "another part of it".to_owned(),
            Offer::Clause => "what its clause became".to_owned(),
            Offer::Like => format!("{} % alike", percent(self.similarity)),
        }
    }
}

/// Where a remark would stand, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What was carried.
    pub source: Source,
    /// What became of it.
    pub verdict: CarriedAs,
    /// The same, as it is kept with the place.
    pub carried: Carried,
    /// The place found; the largest where there are several.
    pub place: Option<Anchor>,
    /// The next best places: parts it was split into, then others like it.
    pub candidates: Vec<Candidate>,
    /// Of what has no place, the clause of the new draft that the one it stood in became.
    pub beside: Option<TextRange>,
    /// Why, in words: `edited, 82 % alike`.
    pub why: String,
    /// What a person should look at.
    pub doubts: Vec<String>,
    /// Its recommendation under the new numbers, where these differ.
    pub renumbering: Option<Renumbering>,
}

/// All remarks of a draft, found in another one.
#[derive(Clone, Debug)]
pub struct Findings {
    /// From which draft to which.
    pub way: Way,
    /// In the order of the sets.
    pub list: Vec<Arc<Finding>>,
    /// The drafts laid beside the new one that were needed, each by its id.
    pub pairs: BTreeMap<DraftId, Arc<Pair>>,
    style: CitationStyle,
}

/// The drafts between two, the nearest to the second first.
pub fn between(project: &Project, way: Way) -> Vec<DraftId> {
    let (Some(a), Some(b)) = (project.draft_position(way.from), project.draft_position(way.to)) else {
        return Vec::new();
    };
    let ids = |range: std::ops::Range<usize>| project.drafts.get(range).unwrap_or_default().iter().map(|d| d.id);
    if a < b { ids(a + 1..b).rev().collect() } else { ids(b + 1..a.max(b + 1)).collect() }
}

/// The remarks with a place in the draft they are to be carried from.
pub fn sources(project: &Project, way: Way) -> Vec<Source> {
    let between = between(project, way);
    project
        .annotations()
        .filter_map(|(analyst, a)| {
            let first = a.anchor_in(way.from)?;
            let focus = Focus { analyst, annotation: a.id };
            let made = |d: DraftId| match a.placements.get(&d) {
                Some(Placement::Made(anchor)) => Some((d, anchor)),
                _ => None,
            };
            let lost = |d: DraftId| match a.placements.get(&d) {
                Some(Placement::Lost { reviewed: true, deleted, .. }) => Some((d, *deleted)),
                _ => None,
            };
            let via = between.iter().find_map(|&d| made(d));
            Some(Source {
                focus,
                from: via.map_or(way.from, |(d, _)| d),
                anchor: via.map_or(first, |(_, anchor)| anchor).clone(),
                first: via.map(|_| first.clone()),
                kept_lost: between.iter().copied().take_while(|d| via.is_none_or(|(v, _)| v != *d)).find_map(lost),
                recommended: recommended(project, a, way.from),
            })
        })
        .collect()
}

fn recommended(project: &Project, a: &Annotation, from: DraftId) -> Option<(Recommendation, DraftId)> {
    let recommendation = a.recommendation.as_ref()?;
    if recommendation.targets.is_empty() && recommendation.proposed.is_empty() {
        return None;
    }
    let is_made = |d: &&Arc<Draft>| matches!(a.placements.get(&d.id), Some(Placement::Made(_)));
    let made = || project.drafts.iter().find(is_made).map(|d| d.id);
    let numbering = a.numbering.filter(|&d| project.draft(d).is_some()).or_else(made).unwrap_or(from);
    Some((recommendation.clone(), numbering))
}

impl Findings {
    /// Finds where the remarks of a draft would stand in another; none where it was cancelled or a draft is not there.
    pub fn find(
        project: &Project,
        way: Way,
        known: &BTreeMap<DraftId, Arc<Pair>>,
        progress: &Progress,
    ) -> Option<Self> {
        let go_on = || !progress.is_cancelled();
        let to = project.draft(way.to)?;
        let sources = sources(project, way);
        let style = project.details.citation_style;
        let mut wanted: BTreeSet<DraftId> = BTreeSet::from([way.from]);
        wanted.extend(sources.iter().map(|s| s.from));
        wanted.extend(sources.iter().filter_map(|s| s.recommended.as_ref()).map(|(_, d)| *d));
        wanted.remove(&way.to);
        let mut pairs: BTreeMap<DraftId, Arc<Pair>> = BTreeMap::new();
        for id in wanted {
            let from = project.draft(id)?;
            progress.say(format!("comparing {} with {}", from.name(), to.name()));
            let pair = match known.get(&id).filter(|p| is_of(p, from, to)) {
                Some(pair) => Arc::clone(pair),
                None => Arc::new(Pair::of(from, to, &go_on)?),
            };
            pairs.insert(id, pair);
        }
        progress.say(String::new());
        let mut carriers: BTreeMap<DraftId, Carrier<'_>> = BTreeMap::new();
        let mut renumberers: BTreeMap<DraftId, Renumberer<'_>> = BTreeMap::new();
        let mut counterparts: BTreeMap<DraftId, Vec<(TextRange, TextRange, f32)>> = BTreeMap::new();
        for (&id, pair) in &pairs {
            let [old, new] = pair.sides();
            carriers.insert(id, Carrier::new(&pair.alignment, &pair.concordance, old, new));
            counterparts.insert(id, pair.alignment.counterparts().collect());
            renumberers.insert(id, Renumberer::new(pair, names(project, old.outline), style));
        }
        let count = sources.len() as u64;
        let mut list = Vec::with_capacity(sources.len());
        for (done, source) in sources.into_iter().enumerate() {
            if !go_on() {
                return None;
            }
            progress.set(done as u64, count);
            let carrier = carriers.get_mut(&source.from)?;
            let carried = carrier.carry(source.anchor.range, source.anchor.reach);
            let direct = match (&source.first, carriers.get_mut(&way.from)) {
                (Some(first), Some(carrier)) => Some(carrier.carry(first.range, first.reach)),
                _ => None,
            };
            let renumbering = source.recommended.as_ref().and_then(|(r, by)| renumberers.get(by)?.offer(r));
            let beside = counterparts.get(&source.from).and_then(|all| {
                let at = all.partition_point(|(old, ..)| old.end <= source.anchor.range.start);
                all.get(at).filter(|(old, ..)| old.contains(source.anchor.range.start)).map(|(_, new, _)| *new)
            });
            list.push(Arc::new(Teller { project, way, to, style }.finding(
                source,
                carried,
                (direct.as_ref(), beside),
                renumbering,
            )));
        }
        drop((carriers, renumberers));
        Some(Self { way, list, pairs, style })
    }

    /// Whether it would be found so again.
    pub fn holds(&self, project: &Project) -> bool {
        let drafts = |(old, pair): (&DraftId, &Arc<Pair>)| {
            let both = project.draft(*old).zip(project.draft(self.way.to));
            both.is_some_and(|(old, new)| is_of(pair, old, new))
        };
        let sources = sources(project, self.way);
        self.style == project.details.citation_style
            && self.pairs.iter().all(drafts)
            && sources.len() == self.list.len()
            && sources.iter().zip(&self.list).all(|(source, finding)| *source == finding.source)
    }

    /// The drafts laid beside each other that a finding was made from.
    pub fn pair_of(&self, finding: &Finding) -> Option<&Arc<Pair>> {
        self.pairs.get(&finding.source.from)
    }

    /// One of them.
    pub fn of(&self, focus: Focus) -> Option<&Arc<Finding>> {
        self.list.iter().find(|f| f.source.focus == focus)
    }
}

/// Whether a comparison is of two drafts as they are now.
fn is_of(pair: &Pair, old: &Draft, new: &Draft) -> bool {
    let same = |at: usize, draft: &Draft| {
        std::ptr::eq(pair.texts()[at], &*draft.text) && std::ptr::eq(pair.outlines()[at], &*draft.outline)
    };
    same(0, old) && same(1, new)
}

fn names<'p>(project: &'p Project, outline: &'p Outline) -> Vec<&'p str> {
    let details = &project.details;
    let all = [details.instrument.as_str(), details.title.as_str(), outline.title.as_deref().unwrap_or_default()];
    all.into_iter().filter(|n| !n.trim().is_empty()).collect()
}

/// Puts what was found into words.
struct Teller<'p> {
    project: &'p Project,
    way: Way,
    to: &'p Draft,
    style: CitationStyle,
}

/// A place this much less like than the one found is no rival.
const RIVAL: f32 = 0.06;
/// Less than this is little.
const LITTLE: f32 = 0.6;
/// Fewer words tell little.
const FEW_WORDS: usize = 3;
/// Places offered beside the one found.
const MOST_CANDIDATES: usize = 6;

impl Teller<'_> {
    fn finding(
        &self,
        source: Source,
        carried: Carried,
        (direct, beside): (Option<&Carried>, Option<TextRange>),
        renumbering: Option<Renumbering>,
    ) -> Finding {
        let reach = source.anchor.reach;
        let largest = carried.places.iter().copied().max_by_key(|p| (p.len(), std::cmp::Reverse(p.start)));
        let place = largest.map(|range| self.anchor(range, reach));
        let beside = beside.filter(|_| place.is_none());
        let similarity = carried.similarity;
        let parts =
            carried.places.iter().copied().filter(|p| Some(*p) != largest).map(|p| (p, similarity, Offer::Part));
        let clause = beside.map(|range| (range, 0.0, Offer::Clause));
        let like = carried.candidates.iter().map(|&(range, similarity)| (range, similarity, Offer::Like));
        let mut candidates: Vec<Candidate> = Vec::new();
        for (range, similarity, offer) in parts.chain(clause).chain(like) {
            let anchor = self.anchor(range, reach);
            let taken = place.iter().chain(candidates.iter().map(|c| &c.anchor)).any(|a| a.range == anchor.range);
            if !taken && candidates.len() < MOST_CANDIDATES {
                candidates.push(Candidate { anchor, similarity, offer });
            }
        }
        let verdict = CarriedAs::of(&carried);
        let why = self.why(&source, &carried, verdict, beside.is_some());
        let doubts = self.doubts(&source, &carried, verdict, direct, &candidates);
        Finding { source, verdict, carried, place, candidates, beside, why, doubts, renumbering }
    }

    /// The anchor of a place; of a remark on a whole provision, the provision that the place is.
    fn anchor(&self, range: TextRange, reach: Reach) -> Anchor {
        let (text, outline) = (&self.to.text, &self.to.outline);
        let provision = outline.covering(range.trimmed(text)).and_then(|i| outline.get(i));
        match (reach, provision) {
            (Reach::Provision, Some(p)) if p.range.len() <= 2 * range.len() => {
                Anchor::new(text, outline, p.range, Reach::Provision)
            }
            _ => Anchor::new(text, outline, range, Reach::Words),
        }
    }

    fn why(&self, source: &Source, carried: &Carried, verdict: CarriedAs, has_clause: bool) -> String {
        let alike = || format!("{} % alike", percent(carried.similarity));
        let more = |said: String| {
            let moved = if carried.moved { ", moved" } else { "" };
            let renumbered = if carried.renumbered { ", renumbered" } else { "" };
            format!("{said}{moved}{renumbered}")
        };
        let mut why = match verdict {
            CarriedAs::Lost if carried.candidates.is_empty() => "what is like it is too little to tell".to_owned(),
            CarriedAs::Lost => "what is like it may be another clause".to_owned(),
            CarriedAs::Deleted if has_clause => "struck from its clause, which is still there".to_owned(),
            CarriedAs::Deleted => "no clause like it".to_owned(),
            CarriedAs::Split => more(format!("now in {} places, {}", carried.places.len(), alike())),
            CarriedAs::Merged => more(format!("now in one clause with other words, {}", alike())),
            CarriedAs::Edited => more(format!("edited, {}", alike())),
            CarriedAs::Moved if carried.renumbered => "same words, moved, renumbered".to_owned(),
            CarriedAs::Moved => "same words, moved".to_owned(),
            CarriedAs::Renumbered => "same words, renumbered".to_owned(),
            CarriedAs::Unchanged => "same words, same number".to_owned(),
        };
        if let Some((draft, true)) = source.kept_lost.filter(|_| verdict == CarriedAs::Deleted) {
            why.push_str(&format!("; deleted in {} already", self.name(draft)));
        }
        if source.from != self.way.from {
            why.push_str(&format!("; carried from where it was reviewed in {}", self.name(source.from)));
        }
        why
    }

    fn doubts(
        &self,
        source: &Source,
        carried: &Carried,
        verdict: CarriedAs,
        direct: Option<&Carried>,
        candidates: &[Candidate],
    ) -> Vec<String> {
        let mut doubts = Vec::new();
        if let Some(direct) = direct {
            let meets = direct.places.iter().any(|d| carried.places.iter().any(|p| p.overlaps(*d)));
            let first = self.name(self.way.from);
            match (direct.fate, carried.fate) {
                (Fate::Found, _) if !meets => {
                    let place = direct.places.first().map(|&r| self.cited(&self.anchor(r, Reach::Words).citation));
                    doubts.push(format!(
                        "carried straight from {first}, it would stand in {}",
                        place.unwrap_or_default()
                    ));
                }
                (Fate::Deleted | Fate::Lost, Fate::Found) => {
                    doubts.push(format!("carried straight from {first}, it would not be found"));
                }
                _ => {}
            }
        }
        match source.kept_lost {
            Some((_, true)) if verdict == CarriedAs::Deleted => {}
            Some((draft, true)) => doubts.push(format!("it was accepted as deleted in {}", self.name(draft))),
            Some((draft, false)) => doubts.push(format!("it was kept as lost in {}", self.name(draft))),
            None => {}
        }
        if verdict == CarriedAs::Deleted
            && let Some(like) = candidates.iter().find(|c| c.offer == Offer::Like && c.similarity >= LITTLE)
        {
            doubts.push(format!("{} is {} % alike", self.cited(&like.anchor.citation), percent(like.similarity)));
        }
        if carried.fate == Fate::Found {
            if verdict == CarriedAs::Split {
                doubts.push("the largest part is shown; the others are among the next best places".to_owned());
            }
            if carried.similarity < LITTLE && verdict != CarriedAs::Split {
                doubts.push("little of the words is left".to_owned());
            }
            let rival = candidates.iter().find(|c| {
                let elsewhere = !carried.places.iter().any(|p| p.overlaps(c.anchor.range));
                elsewhere && c.offer == Offer::Like && c.similarity >= carried.similarity - RIVAL
            });
            if let Some(rival) = rival.filter(|_| carried.similarity < 1.0) {
                let how = if rival.similarity > carried.similarity { "more" } else { "almost as" };
                doubts.push(format!("{} is {how} like it", self.cited(&rival.anchor.citation)));
            }
            let words = source.anchor.quote.exact.split_whitespace().count();
            if source.anchor.reach == Reach::Words && words < FEW_WORDS && verdict != CarriedAs::Unchanged {
                doubts.push("the quote is too short to tell much".to_owned());
            }
        }
        doubts
    }

    fn cited(&self, citation: &Citation) -> String {
        citation::print(citation, self.style)
    }

    fn name(&self, draft: DraftId) -> &str {
        self.project.draft(draft).map_or("a draft that is gone", |d| d.name())
    }
}
