//! Finding citations in running text.

use crate::model::TextRange;

use super::found::{Address, Found, Part, Start};
use super::grammar::{Base, Item, Labels, List, Reader, place};
use super::instruments::{Own, Whose};
use super::names::{ORGANIZATIONS, PAPERS_BEFORE, SAYS};
use super::scan::{Kind, tokens};
use super::words::{ALL, Level, Meaning, Unit};

/// The citations in a text, in order, not overlapping.
///
/// `names` are what the instrument is called that the text is about: its title, its short names, acronyms. What the text
/// itself calls `this Convention` or `the proposed treaty` is known without them. Takes time linear in the length of the
/// text; ranges are in its bytes.
pub fn find(text: &str, names: &[&str]) -> Vec<Found> {
    let reader = Reader { text, tokens: tokens(text) };
    let own = Own::of(&reader, names);
    let mut finder = Finder { reader: &reader, own: &own, found: Vec::new(), last: None, others: Vec::new() };
    let mut at = 0;
    while at < reader.tokens.len() {
        at = finder.step(at).max(at + 1);
    }
    finder.found.into_iter().map(|(found, ..)| found).collect()
}

/// The one citation that is all of a text; `None` where there is more to it or it is none.
pub(super) fn whole(text: &str) -> Option<Vec<Item>> {
    let reader = Reader { text, tokens: tokens(text) };
    let list = reader
        .units(0, ALL)
        .or_else(|| reader.points_first(0, ALL))
        .or_else(|| reader.preambular(0))
        .or_else(|| reader.chinese(0))?;
    (list.next == reader.tokens.len()).then_some(list.items)
}

/// `that Regulation` means one of so many instruments named before it.
const OTHERS_KEPT_IN_MIND: usize = 100;

struct Finder<'r, 't> {
    reader: &'r Reader<'t>,
    own: &'r Own,
    /// With the first token, the one past the last, and whether the instrument was named before it.
    found: Vec<(Found, usize, usize, bool)>,
    /// The unit that was named last.
    last: Option<(Unit, String)>,
    /// The other instruments that were named, in order, none twice in a row.
    others: Vec<String>,
}

impl Finder<'_, '_> {
    /// Looks at a token; gives the one to go on with.
    fn step(&mut self, at: usize) -> usize {
        let reader = self.reader;
        let list = match reader.kind(at) {
            Some(Kind::Word) => {
                let known = reader.means(at, ALL);
                if known.is_empty() {
                    None
                } else if known.iter().any(|(_, m)| matches!(m, Meaning::Unit(..))) && !self.is_other_noun(at) {
                    reader.units(at, ALL).or_else(|| reader.points_first(at, ALL))
                } else if known.iter().any(|(_, m)| matches!(m, Meaning::Level(..))) || reader.lower(at) == "sub" {
                    reader.points_first(at, ALL)
                } else if known
                    .iter()
                    .any(|(_, m)| matches!(m, Meaning::Preamble | Meaning::Preambular | Meaning::Ordinal(_)))
                {
                    reader.preambular(at)
                } else {
                    None
                }
            }
            Some(Kind::Sign('§' | '¶')) => reader.points_first(at, ALL),
            Some(Kind::Han) => reader.chinese(at),
            _ => None,
        };
        let list = list.or_else(|| (reader.lower(at) == "sub").then(|| reader.points_first(at, ALL)).flatten());
        let Some(list) = list else { return self.numbered(at) };
        if self.is_of_these_papers(&list) {
            return list.next;
        }
        self.add(at, list)
    }

    /// `an article 5 pages long`, `ARTICLE 19` (the organization).
    fn is_other_noun(&self, at: usize) -> bool {
        let reader = self.reader;
        // `the state of the art. 5 …`
        if reader.word(at) == "art" && at > 0 && reader.lower(at - 1) == "the" && reader.sign(at + 1) == Some('.') {
            return true;
        }
        const PAPERS: &[&str] = &["pages", "words", "years", "people", "authors", "minutes"];
        let word = reader.word(at);
        let before = at.checked_sub(1).filter(|_| reader.goes_on(at)).map(|b| reader.lower(b)).unwrap_or_default();
        if word.chars().all(char::is_lowercase)
            && (PAPERS_BEFORE.contains(&before.as_str()) || PAPERS.contains(&reader.lower(at + 2).as_str()))
        {
            return true;
        }
        if reader.lower(at) != "article"
            || reader.word(at + 1) != "19"
            || matches!(reader.sign(at + 2), Some('(' | '.'))
                && reader.attached(at + 2)
                && reader.kind(at + 3) == Some(Kind::Number)
        {
            return false;
        }
        // In a text that is not all in capitals the organization's name is.
        let capitals = word == "ARTICLE";
        let near = |i: usize| reader.kind(i) == Some(Kind::Word) && reader.goes_on(i) && reader.lower(i).len() > 3;
        let loud = |i: usize| near(i) && reader.word(i).chars().all(char::is_uppercase);
        if capitals && !(at > 0 && loud(at - 1) && reader.goes_on(at) || loud(at + 2)) {
            let heading =
                !reader.goes_on(at) && self.reader.tokens.get(at + 2).is_none_or(|t| t.gap == super::scan::Gap::Break);
            return !heading;
        }
        if ORGANIZATIONS.contains(&before.as_str()) {
            return true;
        }
        let after = reader.lower(at + 2);
        let possessive = matches!(reader.sign(at + 2), Some('’' | '\'')) && reader.word(at + 3) == "s";
        let speaks = SAYS.contains(&after.as_str());
        let list = matches!(reader.sign(at + 2), Some(',')) || after == "and" || after == "or";
        let listed = list && ORGANIZATIONS.contains(&reader.lower(at + 3).as_str())
            || list && reader.word(at + 3) == "Access" && reader.word(at + 4) == "Now";
        let before_list = before == "and" || before == ",";
        let named = before_list
            && at > 2
            && [at - 2, at - 3].iter().any(|&i| {
                matches!(
                    reader.word(i),
                    "Now" | "EFF" | "Watch" | "International" | "Foundation" | "Digitales" | "Amnesty"
                )
            });
        possessive && !self.reader.lower(at + 4).is_empty() && self.own_possessive(at + 4) || speaks || listed || named
    }

    /// What an organization has and an article has not.
    fn own_possessive(&self, at: usize) -> bool {
        const THINGS: &[&str] = &[
            "submission",
            "analysis",
            "comments",
            "statement",
            "report",
            "position",
            "letter",
            "work",
            "briefing",
            "recommendations",
            "view",
            "concerns",
            "director",
            "team",
        ];
        let reader = self.reader;
        THINGS.contains(&reader.lower(at).as_str()) || THINGS.contains(&reader.lower(at + 1).as_str())
    }

    /// `Section 3 of this report`, `section 2 below`, `Section 702`: of no treaty.
    fn is_of_these_papers(&self, list: &List) -> bool {
        const PAPERS: &[&str] = &[
            "report",
            "paper",
            "submission",
            "document",
            "brief",
            "briefing",
            "study",
            "book",
            "analysis",
            "letter",
            "statement",
            "article",
            "guide",
        ];
        let reader = self.reader;
        let Some(Base::Unit(unit, number)) = list.items.first().map(|i| &i.from.base) else { return false };
        if matches!(unit, Unit::Article | Unit::Recital | Unit::Annex) {
            return false;
        }
        let paper = reader
            .of(list.next, list.tongues)
            .is_some_and(|of| (of..of + 2).any(|i| PAPERS.contains(&reader.lower(i).as_str())));
        let near = reader.is(list.next, list.tongues, Meaning::Near);
        let law = *unit == Unit::Section && number.len() > 2 && number.chars().all(|c| c.is_ascii_digit());
        paper || near || law
    }

    fn add(&mut self, at: usize, mut list: List) -> usize {
        let reader = self.reader;
        let behind = self.own.behind(reader, list.next, list.tongues);
        let mut said = behind.is_some();
        let mut led = false;
        let mut end = list.next;
        let mut next = list.next;
        let instrument = match behind {
            Some((Whose::Other(name), after)) => {
                (end, next) = (after, after);
                Some(name)
            }
            Some((Whose::Own, after)) => {
                next = after;
                None
            }
            Some((Whose::Last(noun), after)) => {
                next = after;
                let mut named = self.others.iter().rev().take(OTHERS_KEPT_IN_MIND);
                let same = named.clone().find(|name| name.to_lowercase().contains(&noun));
                same.or_else(|| named.next()).cloned()
            }
            None => {
                let before = self.own.before(reader, at).or_else(|| self.listed_before(at));
                said = before.is_some();
                led = said;
                before
            }
        };
        let last = self.last.clone();
        for labels in list.items.iter_mut().flat_map(|i| [Some(&mut i.from), i.to.as_mut()]).flatten() {
            match (&labels.base, &last) {
                (Base::Last, Some((unit, number))) => labels.base = Base::Unit(*unit, number.clone()),
                (Base::Last, None) => labels.base = Base::Here(Level::Paragraph),
                (Base::Unit(unit, number), _) if instrument.is_none() => self.last = Some((*unit, number.clone())),
                _ => {}
            }
        }
        let range = |first: usize, last: usize| {
            let start = reader.tokens.get(first).map_or(0, |t| t.start);
            let end = last.checked_sub(1).and_then(|l| reader.tokens.get(l)).map_or(start, |t| t.end);
            TextRange { start, end: end.max(start) }
        };
        let parts = list.items.into_iter().map(|item| Part {
            range: range(item.first, item.last),
            from: address(item.from),
            to: item.to.map(address),
        });
        let found = Found { range: range(at, end), parts: parts.collect(), instrument, said };
        self.join_before(at, &found);
        self.keep_in_mind(found.instrument.as_ref());
        self.found.push((found, at, end, led));
        next
    }

    /// `Articles 17 ICCPR and 8 ECHR` apart; `Article 17 and Article 19 of the Covenant`: the first is the Covenant's too.
    fn join_before(&mut self, at: usize, found: &Found) {
        if found.instrument.is_none() {
            return;
        }
        let mut first = at;
        for (before, start, end, _) in self.found.iter_mut().rev() {
            let between = *end..first;
            let joins = between.len() <= 3
                && between.clone().all(|i| {
                    matches!(self.reader.sign(i), Some(','))
                        || self.reader.goes_on(i)
                            && self.reader.means(i, ALL).iter().any(|(_, m)| matches!(m, Meaning::And | Meaning::The))
                });
            let whole = before.parts.iter().all(|p| matches!(p.from.start, Start::Unit(_)));
            if before.said || before.instrument.is_some() || !joins || !whole {
                return;
            }
            before.instrument.clone_from(&found.instrument);
            first = *start;
        }
    }

    /// `the ICCPR (Article 17, Article 19)`: what follows in the brackets is of the same instrument.
    fn listed_before(&self, at: usize) -> Option<String> {
        let (before, _, end, led) = self.found.last()?;
        let name = before.instrument.clone()?;
        let joins = |i: usize| {
            matches!(self.reader.sign(i), Some(','))
                || self.reader.goes_on(i) && self.reader.means(i, ALL).iter().any(|(_, m)| *m == Meaning::And)
        };
        (*led && *end < at && at - *end <= 2 && (*end..at).all(joins) && self.reader.goes_on(at)).then_some(name)
    }

    fn keep_in_mind(&mut self, other: Option<&String>) {
        if let Some(name) = other.filter(|name| self.others.last() != Some(name)) {
            self.others.push(name.clone());
        }
    }

    fn numbered(&mut self, at: usize) -> usize {
        let Some((first, end, name)) = Own::numbered(self.reader, at) else { return at + 1 };
        let token = |i: usize| self.reader.tokens.get(i);
        let (Some(from), Some(to)) = (token(first), token(end - 1)) else { return at + 1 };
        let range = TextRange { start: from.start, end: to.end };
        if self.found.last().is_some_and(|(f, ..)| f.range.end > range.start) {
            return end;
        }
        self.keep_in_mind(Some(&name));
        self.found.push((Found { range, parts: Vec::new(), instrument: Some(name), said: true }, first, end, false));
        end
    }
}

/// What was read, as the outside knows it.
pub(super) fn address(labels: Labels) -> Address {
    let start = match labels.base {
        Base::Unit(unit, number) => Start::Unit(place(unit, number)),
        Base::Preamble => Start::Unit(crate::model::Place::Preamble),
        Base::Here(Level::Paragraph) | Base::Last => Start::ThisUnit,
        Base::Here(Level::Point) => Start::Nearest,
    };
    Address { within: labels.within, start, points: labels.points }
}
