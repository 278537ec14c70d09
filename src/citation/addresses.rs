//! What the words of a citation mean in a draft.

use std::collections::HashMap;

use crate::model::{Citation, Outline, Place, ProvisionIndex, ProvisionKind};

use super::chinese::chinese_value;
use super::found::{Address, Part, Start};
use super::grammar::roman;
use super::scan::digit;
use super::series::labels_between;

/// What an address means in a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// The provisions with exactly this address; real drafts repeat labels, and then it means all of them.
    Exact(Vec<ProvisionIndex>),
    /// No provision has this address, but only one can be meant: `47(c)` for `47(1)(c)`.
    Only(ProvisionIndex),
    /// Several can be meant, in order.
    Several(Vec<ProvisionIndex>),
    /// Not in this draft; with the nearest one above it that is.
    Missing(Option<ProvisionIndex>),
}

impl Resolution {
    /// The provisions to go to; the nearest one above where it is not in the draft.
    pub fn places(&self) -> Vec<ProvisionIndex> {
        match self {
            Self::Exact(all) | Self::Several(all) => all.clone(),
            Self::Only(one) => vec![*one],
            Self::Missing(nearest) => nearest.iter().copied().collect(),
        }
    }

    /// The first provision that is meant; none where it is not in the draft.
    pub fn target(&self) -> Option<ProvisionIndex> {
        match self {
            Self::Exact(all) | Self::Several(all) => all.first().copied(),
            Self::Only(one) => Some(*one),
            Self::Missing(_) => None,
        }
    }

    /// The provision that is meant, where it is one; the first of those that bear the same label.
    pub fn one(&self) -> Option<ProvisionIndex> {
        match self {
            Self::Exact(all) => all.first().copied(),
            Self::Only(one) => Some(*one),
            Self::Several(_) | Self::Missing(_) => None,
        }
    }

    /// The words for it in lists.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Exact(_) => "exact",
            Self::Only(_) => "one reading",
            Self::Several(_) => "ambiguous",
            Self::Missing(_) => "not in the draft",
        }
    }

    /// Whether it is not in the draft.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Missing(_))
    }
}

/// The addresses of a draft's provisions. Made once per outline, in time linear in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Addresses {
    /// Of each provision, by its position.
    citations: Vec<Citation>,
    /// The provisions of an address.
    by_address: HashMap<(Family, String), Vec<ProvisionIndex>>,
    /// Provisions outside articles by their labels alone: the paragraphs of a decision.
    by_labels: HashMap<String, Vec<ProvisionIndex>>,
}

/// The kind of unit, without its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Family {
    Preamble,
    Recital,
    Part,
    Title,
    Chapter,
    Section,
    Article,
    Annex,
    Heading,
    Text,
}

/// A run goes on for no more provisions than this.
const LONGEST_RUN: usize = 200;

impl Addresses {
    /// Those of an outline.
    pub fn of(outline: &Outline) -> Self {
        let mut all = Self::default();
        for i in outline.indices() {
            let citation = outline.citation(i);
            if outline.is_addressed(i) {
                let labels = folded_labels(&citation.points).join("/");
                let (family, number) = unit(&citation.place);
                if !matches!(family, Family::Article | Family::Annex | Family::Recital) && !labels.is_empty() {
                    all.by_labels.entry(labels.clone()).or_default().push(i);
                }
                all.by_address.entry((family, format!("{number}/{labels}"))).or_default().push(i);
            }
            all.citations.push(citation);
        }
        all
    }

    /// The citation of a provision.
    pub fn citation(&self, provision: ProvisionIndex) -> Option<&Citation> {
        self.citations.get(provision.0 as usize)
    }

    fn find(&self, citation: &Citation) -> &[ProvisionIndex] {
        let (family, number) = unit(&citation.place);
        let labels = folded_labels(&citation.points).join("/");
        self.by_address.get(&(family, format!("{number}/{labels}"))).map_or(&[], Vec::as_slice)
    }

    /// What an address means. `at` is the provision in which its words stand, where they stand in the draft itself;
    /// `said` tells that they say `of this Convention`, so that an annex means the articles of the body.
    pub fn resolve(&self, outline: &Outline, address: &Address, at: Option<ProvisionIndex>, said: bool) -> Resolution {
        match &address.start {
            Start::Unit(place) => {
                let citation = Citation { place: place.clone(), points: address.points.clone() };
                if let (Place::Article(number), Some(annex), false) =
                    (place, at.and_then(|at| Self::annex(outline, at)), said)
                {
                    // `article 5` in an annex that has articles of its own.
                    let points = std::iter::once(number.clone()).chain(address.points.iter().cloned()).collect();
                    let own = self.cited(outline, &Citation { place: annex, points }, &[], at);
                    if !own.is_missing() {
                        return own;
                    }
                }
                self.cited(outline, &citation, &address.within, at)
            }
            Start::ThisUnit => self.near(outline, &address.points, at, false),
            Start::Nearest => self.near(outline, &address.points, at, true),
        }
    }

    /// What a citation means, taken by itself.
    pub fn meaning(&self, outline: &Outline, citation: &Citation) -> Resolution {
        self.cited(outline, citation, &[], None)
    }

    /// Each provision of a part, with what it means: a run has all between its ends.
    pub fn part(
        &self,
        outline: &Outline,
        part: &Part,
        at: Option<ProvisionIndex>,
        said: bool,
    ) -> Vec<(Address, Resolution)> {
        let first = self.resolve(outline, &part.from, at, said);
        let Some(last_address) = &part.to else { return vec![(part.from.clone(), first)] };
        let last = self.resolve(outline, last_address, at, said);
        if let (Some(from), Some(to)) = (first.target(), last.target())
            && let Some(between) = Self::between(outline, from, to)
        {
            return between
                .into_iter()
                .filter_map(|i| {
                    let found = self.find(self.citation(i)?);
                    Some((self.address(i)?, Resolution::Exact(if found.is_empty() { vec![i] } else { found.to_vec() })))
                })
                .collect();
        }
        expand(part).into_iter().map(|a| (a.clone(), self.resolve(outline, &a, at, said))).collect()
    }

    fn address(&self, provision: ProvisionIndex) -> Option<Address> {
        let citation = self.citation(provision)?.clone();
        Some(Address { within: Vec::new(), start: Start::Unit(citation.place), points: citation.points })
    }

    /// The provisions of one kind from one to another, which stand beside each other in the same count.
    fn between(outline: &Outline, from: ProvisionIndex, to: ProvisionIndex) -> Option<Vec<ProvisionIndex>> {
        let (first, last) = (outline.get(from)?, outline.get(to)?);
        let articles = first.kind == ProvisionKind::Article;
        if first.kind != last.kind || to <= from || !articles && first.parent != last.parent {
            return None;
        }
        let in_annex = Self::annex(outline, from).is_some();
        let same = |i: &ProvisionIndex| {
            outline.get(*i).is_some_and(|p| {
                p.kind == first.kind
                    && (articles || p.parent == first.parent)
                    && Self::annex(outline, *i).is_some() == in_annex
            })
        };
        let all: Vec<ProvisionIndex> = (from.0..=to.0).map(ProvisionIndex).filter(same).take(LONGEST_RUN + 1).collect();
        (all.len() <= LONGEST_RUN).then_some(all)
    }

    /// The annex a provision stands in.
    fn annex(outline: &Outline, at: ProvisionIndex) -> Option<Place> {
        let annex = outline.ancestors(at).filter_map(|i| outline.get(i)).find(|p| p.kind == ProvisionKind::Annex)?;
        Some(Place::Annex(annex.number.clone()))
    }

    fn cited(
        &self,
        outline: &Outline,
        citation: &Citation,
        within: &[Place],
        at: Option<ProvisionIndex>,
    ) -> Resolution {
        let inside = |i: &ProvisionIndex| {
            within.iter().all(|place| {
                let (family, number) = unit(place);
                outline
                    .ancestors(*i)
                    .skip(1)
                    .filter_map(|a| outline.get(a))
                    .any(|p| kind_family(p.kind) == Some(family) && folded_number(&p.number) == number)
            })
        };
        let all = self.find(citation);
        let mut exact: Vec<ProvisionIndex> = all.iter().copied().filter(inside).collect();
        if exact.is_empty() {
            exact = all.to_vec();
        }
        if exact.len() > 1
            && let Some(at) = at
            && outline.get(exact[0]).is_some_and(|p| p.kind.is_division())
        {
            // `section 2` in a part that has one.
            let shared = |i: ProvisionIndex| {
                let above: Vec<ProvisionIndex> = outline.ancestors(i).skip(1).collect();
                outline.ancestors(at).filter(|a| above.contains(a)).count()
            };
            let most = exact.iter().map(|&i| shared(i)).max().unwrap_or(0);
            exact.retain(|&i| shared(i) == most);
        }
        if !exact.is_empty() {
            return Resolution::Exact(exact);
        }
        if let Place::Annex(number) = &citation.place
            && !number.is_empty()
            && self.find(&Citation::to(citation.place.clone())).is_empty()
        {
            // An only annex has no number: `Annex 1` is its point 1.
            let points = std::iter::once(number.clone()).chain(citation.points.iter().cloned()).collect();
            let only = Citation { place: Place::Annex(String::new()), points };
            let found = self.find(&only);
            return if found.is_empty() { Resolution::Missing(None) } else { Resolution::Exact(found.to_vec()) };
        }
        let units = self.find(&Citation::to(citation.place.clone()));
        if citation.points.is_empty() || units.is_empty() {
            return standing_for(&citation.place, outline).map_or(Resolution::Missing(None), Resolution::Only);
        }
        let wanted = folded_labels(&citation.points);
        let mut loose: Vec<ProvisionIndex> = Vec::new();
        for &u in units {
            let end = outline.get(u).map_or(u.0, |p| p.subtree_end);
            loose.extend((u.0 + 1..end).map(ProvisionIndex).filter(|&i| {
                outline.is_addressed(i)
                    && self.citation(i).is_some_and(|c| {
                        let labels = folded_labels(&c.points);
                        labels.last() == wanted.last() && is_subsequence(&wanted, &labels)
                    })
            }));
        }
        match loose.as_slice() {
            [] => {}
            [one] => return Resolution::Only(*one),
            [first, ..] => {
                let same = loose.iter().all(|&i| self.citation(i) == self.citation(*first));
                return if same { Resolution::Exact(loose) } else { Resolution::Several(loose) };
            }
        }
        if let Some(counted) = units.iter().find_map(|&u| nth_paragraph(outline, u, &citation.points)) {
            return Resolution::Only(counted);
        }
        let mut shorter = citation.clone();
        while shorter.points.pop().is_some() {
            if let Some(&nearest) = self.find(&shorter).first() {
                return Resolution::Missing(Some(nearest));
            }
        }
        Resolution::Missing(None)
    }

    /// `paragraph 2`, `subparagraph (c)` seen from where they stand.
    fn near(&self, outline: &Outline, points: &[String], at: Option<ProvisionIndex>, nearest: bool) -> Resolution {
        let Some(at) = at else { return Resolution::Missing(None) };
        let unit = unit_around(outline, at);
        let base = match unit.and_then(|u| self.citation(u)) {
            Some(citation) => citation.clone(),
            None => Citation::to(self.citation(at).map_or(Place::Text, |c| c.place.clone())),
        };
        let below = |prefix: &[String]| Citation {
            place: base.place.clone(),
            points: prefix.iter().chain(points).cloned().collect(),
        };
        let here = self.citation(at).map_or(&[] as &[String], |c| c.points.as_slice());
        if nearest && here.len() >= base.points.len() {
            for depth in (base.points.len()..=here.len()).rev() {
                let found = self.find(&below(&here[..depth]));
                if !found.is_empty() {
                    return Resolution::Exact(found.to_vec());
                }
            }
        }
        let found = self.cited(outline, &below(&base.points), &[], None);
        if !found.is_missing() {
            return found;
        }
        // The paragraphs of a decision or report are counted through its headings.
        let counted = self.by_labels.get(&folded_labels(points).join("/")).map_or(&[] as &[_], Vec::as_slice);
        match counted {
            [] => found,
            [one] => Resolution::Exact(vec![*one]),
            several => {
                let same: Vec<_> = several.iter().copied().filter(|&i| top(outline, i) == top(outline, at)).collect();
                match same.as_slice() {
                    [] => Resolution::Several(several.to_vec()),
                    [one] => Resolution::Exact(vec![*one]),
                    _ => Resolution::Several(same),
                }
            }
        }
    }
}

/// The addresses of a run one by one, by counting: `Articles 7 to 11` are five. A run that cannot be counted has its ends.
pub fn expand(part: &Part) -> Vec<Address> {
    let Some(last) = &part.to else { return vec![part.from.clone()] };
    let ends = || vec![part.from.clone(), last.clone()];
    let (first_label, last_label) = match (part.from.points.as_slice(), last.points.as_slice()) {
        ([], []) => match (&part.from.start, &last.start) {
            (Start::Unit(a), Start::Unit(b)) => (number_of(a), number_of(b)),
            _ => return ends(),
        },
        (a, b) if a.len() == b.len() && a[..a.len() - 1] == b[..b.len() - 1] => (a.last(), b.last()),
        _ => return ends(),
    };
    let (Some(a), Some(b)) = (first_label, last_label) else { return ends() };
    let Some(labels) = labels_between(a, b).filter(|all| all.len() <= LONGEST_RUN) else { return ends() };
    let put = |label: String| {
        let mut address = part.from.clone();
        match address.points.last_mut() {
            Some(point) => *point = label,
            None => {
                if let Start::Unit(place) = &mut address.start
                    && let Some(number) = number_of_mut(place)
                {
                    *number = label;
                }
            }
        }
        address
    };
    labels.into_iter().map(put).collect()
}

fn number_of(place: &Place) -> Option<&String> {
    match place {
        Place::Recital(n)
        | Place::Part(n)
        | Place::Title(n)
        | Place::Chapter(n)
        | Place::Section(n)
        | Place::Article(n)
        | Place::Annex(n) => Some(n),
        Place::Preamble | Place::Heading(_) | Place::Text => None,
    }
}

fn number_of_mut(place: &mut Place) -> Option<&mut String> {
    match place {
        Place::Recital(n)
        | Place::Part(n)
        | Place::Title(n)
        | Place::Chapter(n)
        | Place::Section(n)
        | Place::Article(n)
        | Place::Annex(n) => Some(n),
        Place::Preamble | Place::Heading(_) | Place::Text => None,
    }
}

fn unit(place: &Place) -> (Family, String) {
    let family = match place {
        Place::Preamble => Family::Preamble,
        Place::Recital(_) => Family::Recital,
        Place::Part(_) => Family::Part,
        Place::Title(_) => Family::Title,
        Place::Chapter(_) => Family::Chapter,
        Place::Section(_) => Family::Section,
        Place::Article(_) => Family::Article,
        Place::Annex(_) => Family::Annex,
        Place::Heading(words) => return (Family::Heading, folded(words)),
        Place::Text => Family::Text,
    };
    (family, number_of(place).map_or_else(String::new, |n| folded_number(n)))
}

fn kind_family(kind: ProvisionKind) -> Option<Family> {
    Some(match kind {
        ProvisionKind::Part => Family::Part,
        ProvisionKind::Title => Family::Title,
        ProvisionKind::Chapter => Family::Chapter,
        ProvisionKind::Section => Family::Section,
        ProvisionKind::Annex => Family::Annex,
        ProvisionKind::Article => Family::Article,
        _ => return None,
    })
}

/// A unit's number whatever it is printed with: `Chapter 5` is `Chapter V` and `第五章`.
fn folded_number(number: &str) -> String {
    let trimmed = number.trim();
    // A single `C` or `D` counts letters.
    if (trimmed.len() > 1 || matches!(trimmed, "I" | "V" | "X" | "i" | "v" | "x"))
        && let Some(n) = roman(trimmed)
    {
        return n.to_string();
    }
    folded(trimmed)
}

/// Labels one by one, without capitals and spaces: a paragraph `3.1` is cited as `3.1` or as `3(1)`.
fn folded_labels(points: &[String]) -> Vec<String> {
    points.iter().flat_map(|p| p.split('.')).filter(|p| !p.is_empty()).map(folded).collect()
}

fn folded(label: &str) -> String {
    if let Some(n) = chinese_value(label) {
        return n.to_string();
    }
    let plain = |c: char| digit(c).and_then(|d| char::from_digit(d, 10)).unwrap_or(c);
    label.chars().filter(|c| !c.is_whitespace()).map(plain).flat_map(char::to_lowercase).collect()
}

fn is_subsequence(few: &[String], many: &[String]) -> bool {
    let mut rest = many.iter();
    few.iter().all(|f| rest.any(|m| m == f))
}

/// The provision printed for several numbers at once that counts this one among them: `Articles 31 to 33 [reserved]`.
fn standing_for(place: &Place, outline: &Outline) -> Option<ProvisionIndex> {
    let Place::Article(number) = place else { return None };
    let number = number.parse::<u32>().ok()?;
    let holds = |printed: &str| {
        let mut numbers = printed.split_whitespace().filter_map(|w| w.parse::<u32>().ok());
        let (first, last, more) = (numbers.next(), numbers.next(), numbers.next());
        matches!((first, last, more), (Some(first), Some(last), None) if (first..=last).contains(&number))
    };
    let is_it =
        |&i: &ProvisionIndex| outline.get(i).is_some_and(|p| p.kind == ProvisionKind::Article && holds(&p.number));
    outline.indices().find(is_it)
}

/// `paragraph 2` of an article whose paragraphs have no numbers.
fn nth_paragraph(outline: &Outline, unit: ProvisionIndex, points: &[String]) -> Option<ProvisionIndex> {
    let [point] = points else { return None };
    let nth = point.parse::<usize>().ok()?.checked_sub(1)?;
    let kind = |i: ProvisionIndex| outline.get(i).map(|p| p.kind);
    let numbered = outline.children(unit).any(|c| kind(c) == Some(ProvisionKind::Paragraph));
    let bodies = || outline.children(unit).filter(|&c| kind(c) == Some(ProvisionKind::Body));
    if numbered || bodies().count() < 2 {
        return None;
    }
    bodies().nth(nth)
}

/// The unit from which `paragraph 2` counts: an article, a numbered recital, an annex.
fn unit_around(outline: &Outline, at: ProvisionIndex) -> Option<ProvisionIndex> {
    outline.ancestors(at).find(|&i| {
        outline.get(i).is_some_and(|p| match p.kind {
            ProvisionKind::Article | ProvisionKind::Annex => true,
            ProvisionKind::Recital => !p.number.is_empty(),
            _ => false,
        })
    })
}

fn top(outline: &Outline, at: ProvisionIndex) -> Option<ProvisionIndex> {
    outline.ancestors(at).last()
}
