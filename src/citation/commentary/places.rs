//! What the citations of a commentary mean in the draft it speaks about.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::model::{Citation, Outline, Place, ProvisionIndex, ProvisionKind};

use crate::citation::{Address, Part, Start};

/// A run has at most so many provisions; of a longer one only the ends are taken.
const LONGEST_RUN: usize = 60;

/// What a citation means in a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// The provision with this address; several where the draft repeats a label.
    Exact(Vec<ProvisionIndex>),
    /// The only provision that it can mean, though it says less than its address: `47(c)` for `47(1)(c)`.
    Only(ProvisionIndex),
    /// Several provisions that it can mean.
    Several(Vec<ProvisionIndex>),
    /// Not in this draft; the nearest above it that is, if any.
    Missing(Option<ProvisionIndex>),
}

impl Meaning {
    /// The provision a note on it goes to, where there is one.
    pub fn provision(&self) -> Option<ProvisionIndex> {
        match self {
            Self::Exact(list) => list.first().copied(),
            Self::Only(one) => Some(*one),
            Self::Several(_) | Self::Missing(_) => None,
        }
    }

    /// The word for it in lists.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Exact(_) => "exact",
            Self::Only(_) => "one reading",
            Self::Several(_) => "ambiguous",
            Self::Missing(_) => "not in the draft",
        }
    }
}

/// The addresses of a draft, ready to be looked up.
pub(super) struct Places<'o> {
    pub outline: &'o Outline,
    exact: HashMap<String, Vec<ProvisionIndex>>,
    /// `Articles 31 to 33: reserved`: first and last number, and the provision that is printed for them.
    shared: Vec<(u32, u32, ProvisionIndex)>,
    only_annex: bool,
    /// The labels of every provision below a unit.
    below: RefCell<HashMap<ProvisionIndex, Labels>>,
    known: RefCell<HashMap<Citation, Meaning>>,
}

type Labels = std::rc::Rc<Vec<(ProvisionIndex, Vec<String>)>>;

impl<'o> Places<'o> {
    pub fn of(outline: &'o Outline) -> Self {
        let mut exact: HashMap<String, Vec<ProvisionIndex>> = HashMap::new();
        let mut shared = Vec::new();
        for i in outline.indices() {
            let Some(p) = outline.get(i) else { continue };
            let numbered =
                !matches!(p.kind, ProvisionKind::Paragraph | ProvisionKind::Subparagraph | ProvisionKind::Item)
                    || !p.number.is_empty();
            if p.kind == ProvisionKind::Body || !numbered {
                continue;
            }
            exact.entry(fold(&outline.citation(i))).or_default().push(i);
            let numbers: Vec<u32> = p.number.split_whitespace().filter_map(|w| w.parse().ok()).collect();
            if let (ProvisionKind::Article, [first, last]) = (p.kind, numbers.as_slice()) {
                shared.push((*first, *last, i));
            }
        }
        let only_annex = exact.contains_key(&fold(&Citation::to(Place::Annex(String::new()))));
        Self { outline, exact, shared, only_annex, below: <_>::default(), known: <_>::default() }
    }

    /// What a citation means.
    pub fn meaning(&self, citation: &Citation) -> Meaning {
        if let Some(known) = self.known.borrow().get(citation) {
            return known.clone();
        }
        let meaning = self.find(citation);
        self.known.borrow_mut().insert(citation.clone(), meaning.clone());
        meaning
    }

    fn find(&self, citation: &Citation) -> Meaning {
        if let Some(found) = self.exact.get(&fold(citation)) {
            return Meaning::Exact(found.clone());
        }
        let unit = Citation::to(citation.place.clone());
        let Some(units) = self.exact.get(&fold(&unit)) else {
            return self.elsewhere(citation);
        };
        let wanted = labels(&citation.points);
        let (mut same, mut loose) = (Vec::new(), Vec::new());
        for &unit in units {
            for (index, points) in self.below(unit).iter() {
                if *points == wanted {
                    same.push(*index);
                } else if points.last() == wanted.last() && is_subsequence(&wanted, points) {
                    loose.push(*index);
                }
            }
        }
        match (same.as_slice(), loose.as_slice()) {
            ([_, ..], _) => Meaning::Exact(same),
            ([], [one]) => Meaning::Only(*one),
            ([], [_, ..]) => Meaning::Several(loose),
            ([], []) => {
                let mut shorter = citation.clone();
                while shorter.points.pop().is_some() {
                    if let Some(found) = self.exact.get(&fold(&shorter)) {
                        return Meaning::Missing(found.first().copied());
                    }
                }
                Meaning::Missing(None)
            }
        }
    }

    fn elsewhere(&self, citation: &Citation) -> Meaning {
        match &citation.place {
            // An only annex has no number: `Annex 1` is its point 1.
            Place::Annex(number) if !number.is_empty() && self.only_annex => {
                let points = std::iter::once(number.clone()).chain(citation.points.iter().cloned()).collect();
                match self.find(&Citation { place: Place::Annex(String::new()), points }) {
                    Meaning::Missing(_) => Meaning::Missing(None),
                    found => found,
                }
            }
            Place::Article(number) => {
                let number: Option<u32> = number.parse().ok();
                let holds = |(first, last, _): &&(u32, u32, ProvisionIndex)| {
                    number.is_some_and(|n| (*first..=*last).contains(&n))
                };
                match self.shared.iter().find(holds) {
                    Some(&(.., index)) if citation.points.is_empty() => Meaning::Exact(vec![index]),
                    Some(&(.., index)) => Meaning::Missing(Some(index)),
                    None => Meaning::Missing(None),
                }
            }
            _ => Meaning::Missing(None),
        }
    }

    fn below(&self, unit: ProvisionIndex) -> Labels {
        if let Some(known) = self.below.borrow().get(&unit) {
            return Labels::clone(known);
        }
        let end = self.outline.get(unit).map_or(unit.0, |p| p.subtree_end);
        let own = (unit.0 + 1..end).map(ProvisionIndex).filter(|&i| self.outline.unit(i) == unit);
        let list = own
            .filter(|&i| self.outline.get(i).is_some_and(|p| p.kind != ProvisionKind::Body && !p.number.is_empty()))
            .map(|i| (i, labels(&self.outline.citation(i).points)));
        let list = Labels::new(list.collect());
        self.below.borrow_mut().insert(unit, Labels::clone(&list));
        list
    }

    /// The provisions a part of a citation names, one by one. `unit` is what `this article` is.
    pub fn named(&self, part: &Part, unit: Option<&Citation>) -> Vec<Citation> {
        let Some(from) = whole(&part.from, unit) else { return Vec::new() };
        let Some(to) = part.to.as_ref().and_then(|to| self.end_of_run(&from, to, unit)) else { return vec![from] };
        self.run(&from, &to)
    }

    fn end_of_run(&self, from: &Citation, to: &Address, unit: Option<&Citation>) -> Option<Citation> {
        match &to.start {
            Start::Unit(_) => to.citation(),
            // `paragraphs 2 to 4 of this article`
            Start::ThisUnit | Start::Nearest => whole(to, unit).or_else(|| {
                let kept = from.points.len().checked_sub(to.points.len())?;
                let points = from.points[..kept].iter().chain(&to.points).cloned().collect();
                Some(Citation { place: from.place.clone(), points })
            }),
        }
    }

    /// All provisions from one to another: those of the draft where it has both, else by their numbers.
    fn run(&self, from: &Citation, to: &Citation) -> Vec<Citation> {
        let ends = (self.meaning(from).provision(), self.meaning(to).provision());
        if let (Some(a), Some(b)) = ends
            && a < b
            && let (Some(first), Some(last)) = (self.outline.get(a), self.outline.get(b))
            && first.kind == last.kind
            && (first.parent == last.parent || first.kind == ProvisionKind::Article)
        {
            let is_like = |i: &ProvisionIndex| {
                self.outline.get(*i).is_some_and(|p| {
                    p.kind == first.kind && (first.kind == ProvisionKind::Article || p.parent == first.parent)
                })
            };
            let mut run: Vec<Citation> =
                (a.0..=b.0).map(ProvisionIndex).filter(is_like).map(|i| self.outline.citation(i)).collect();
            run.dedup();
            if run.len() <= LONGEST_RUN {
                return run;
            }
        }
        let last = |c: &Citation| {
            c.points
                .last()
                .or(match &c.place {
                    Place::Article(n) | Place::Recital(n) => Some(n),
                    _ => None,
                })
                .and_then(|n| n.parse::<usize>().ok())
        };
        if let (Some(a), Some(b)) = (last(from), last(to))
            && a < b
            && b - a < LONGEST_RUN
            && from.points.len() == to.points.len()
        {
            let numbered = |n: usize| {
                let mut citation = from.clone();
                match (citation.points.last_mut(), &mut citation.place) {
                    (Some(point), _) => *point = n.to_string(),
                    (None, Place::Article(number) | Place::Recital(number)) => *number = n.to_string(),
                    (None, _) => {}
                }
                citation
            };
            return (a..=b).map(numbered).collect();
        }
        vec![from.clone(), to.clone()]
    }
}

/// An address with what it is counted from.
fn whole(address: &Address, unit: Option<&Citation>) -> Option<Citation> {
    address.citation().or_else(|| {
        let unit = unit?;
        let points = match address.start {
            Start::Nearest => unit.points.iter().chain(&address.points).cloned().collect(),
            _ => address.points.clone(),
        };
        Some(Citation { place: unit.place.clone(), points })
    })
}

/// The labels of points one by one, without capitals and spaces: a paragraph `3.1` is cited as `3.1` or as `3(1)`.
fn labels(points: &[String]) -> Vec<String> {
    let parts = points.iter().flat_map(|p| p.split('.')).filter(|p| !p.is_empty());
    parts.map(|p| p.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()).collect()
}

fn is_subsequence(few: &[String], many: &[String]) -> bool {
    let mut rest = many.iter();
    few.iter().all(|f| rest.any(|m| m == f))
}

fn fold(citation: &Citation) -> String {
    citation.to_string().chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}
