//! Numbered paragraphs, points and items, alternatives, and the text without labels between them.

use crate::model::{ProvisionKind, TextRange};

use super::super::build::{Builder, Opening};
use super::super::label::{Label, Sense, Series, Setting, label};
use super::super::levels::{Level, Next, Place, next_says, place};
use super::super::marks::alternative;
use super::super::page::ends_clause;
use super::{DEEPEST, LONGEST_LEAD, LOOK_AHEAD, Shape, Unit, Walk};

impl Walk<'_> {
    /// What stands on a line after a heading or a label: another label, an alternative, or words.
    pub(super) fn rest_of(&mut self, i: usize, range: TextRange, nested: usize) {
        match label(self.text, range).filter(|_| !range.is_empty()) {
            Some(l) if l.setting != Setting::Bare => self.labelled_in(i, &l, range, nested),
            _ => self.body(i, range),
        }
    }

    pub(super) fn labelled(&mut self, i: usize, l: &Label, nested: usize) {
        self.labelled_in(i, l, self.paragraphs[i].range, nested);
    }

    pub(super) fn labelled_in(&mut self, i: usize, l: &Label, range: TextRange, nested: usize) {
        let nests = self.nests(i, l);
        // A list inside a paragraph is set as deep as the paragraphs around it by those who slip.
        let depth = if nests.is_some() { 0 } else { self.paragraphs[i].depth };
        let open = |level: &Level, out: &Builder<'_>| level.parent.is_none_or(|p| out.depth_of(p).is_some());
        let out = &self.out;
        self.levels.retain(|level| open(level, out));
        let placed = nests.map(Place::New);
        let placed =
            placed.unwrap_or_else(|| place(&self.levels, l, depth, || self.next_after(i, l), self.after_colon));
        let (series, sense) = match placed {
            Place::Nowhere => return self.body(i, range),
            Place::Open(at, sense) => {
                let parent = self.levels[at].parent;
                let keep = parent.and_then(|p| self.out.depth_of(p)).unwrap_or(0);
                self.out.close_to(keep.max(self.base()));
                self.levels.truncate(at + 1);
                (at, sense)
            }
            Place::New(sense) => {
                self.make_room(l, sense, depth);
                let level = Level {
                    parent: self.out.innermost(),
                    series: sense.series,
                    setting: l.setting,
                    depth,
                    last: sense,
                    number: String::new(),
                };
                let out = &self.out;
                self.levels.retain(|level| open(level, out));
                self.levels.push(level);
                (self.levels.len() - 1, sense)
            }
        };
        if let Some(level) = self.levels.get_mut(series) {
            level.last = sense;
            level.number.clone_from(&l.number);
        }
        let kind = self.kind_of(sense);
        let node = self.out.open(Opening {
            kind,
            label: l.range,
            number: l.number.clone(),
            heading: None,
            start: range.start,
        });
        self.out.take(l.range.end);
        let words = TextRange { start: l.after, end: range.end };
        if words.start >= words.end {
            self.after_colon = true;
            return;
        }
        // "2. (a) …", "3. Option (a): …"
        let begins_points = |s: &Label| {
            let first = s.senses.iter().any(|s| s.value.is_first());
            let lower = s.sense(Series::Lower).or_else(|| s.sense(Series::LowerRoman)).is_some();
            first && (s.setting == Setting::Parenthesis || (s.setting == Setting::Dot && lower))
        };
        let second = if nested < 3 { label(self.text, words) } else { None };
        if let Some(second) = second.filter(begins_points) {
            self.labelled_in(i, &second, words, nested + 1);
            return;
        }
        if let Some(alternative) = alternative(self.text, words) {
            self.alternatives.push(alternative.range);
            self.remember_option(alternative.family, Some(node));
        }
        self.take(words);
        let said = self.words(words);
        self.leads = said.len() <= LONGEST_LEAD && !ends_clause(said);
    }

    /// The last provision that lists alternatives of a family is where the next of them belongs.
    pub(super) fn remember_option(&mut self, family: (String, char), provision: Option<u32>) {
        self.options.retain(|(known, _)| *known != family);
        self.options.push((family, provision));
    }

    /// Whether `1.` begins a list inside the numbered paragraph before it, `7. … the following:`: numbers then go on as 2,
    /// 3, and after them the paragraphs do, as 8.
    fn nests(&self, i: usize, l: &Label) -> Option<Sense> {
        /// Paragraphs read ahead at most.
        const AHEAD: usize = 100;
        let digits = |l: &Label| {
            let sense = l.senses.iter().copied().find(|s| s.series == Series::Digits);
            sense.filter(|_| l.setting == Setting::Dot)
        };
        let first = digits(l).filter(|s| s.value.is_first() && self.after_colon)?;
        let before = self.paragraphs.get(i.checked_sub(1)?)?;
        let holder = digits(&label(self.text, before.range)?)?.value.main;
        let mut expected = first.value.main + 1;
        for paragraph in self.paragraphs.iter().skip(i + 1).take(AHEAD) {
            let Some(number) = label(self.text, paragraph.range).and_then(|l| digits(&l)).map(|s| s.value.main) else {
                continue;
            };
            if number == expected && number != holder + 1 {
                expected += 1;
            } else {
                return (number == holder + 1 && expected != number).then_some(first);
            }
        }
        None
    }

    /// Closes what a new series cannot stand in.
    pub(super) fn make_room(&mut self, l: &Label, sense: Sense, depth: u8) {
        let base = self.base();
        if self.out.depth() >= DEEPEST {
            self.out.close_to(base);
        }
        if depth > 0 {
            let outer = self.levels.iter().find(|level| level.depth >= depth).map(|level| level.parent);
            if let Some(parent) = outer {
                let keep = parent.and_then(|p| self.out.depth_of(p)).unwrap_or(0);
                self.out.close_to(keep.max(base));
            }
            return;
        }
        let below_letters =
            self.levels.iter().any(|level| matches!(level.series, Series::Lower | Series::LowerRoman | Series::Bullet));
        let top = match sense.series {
            Series::Digits if l.section => {
                self.out.close_to(base);
                return;
            }
            // "§ 1º …: I - …": points with a dash stand below what introduces them.
            Series::UpperRoman if self.is_dashed(l) => !self.after_colon,
            Series::Upper | Series::UpperRoman | Series::Chinese | Series::Preambular => {
                l.setting == Setting::Dot || sense.series == Series::Preambular
            }
            Series::Digits if l.setting == Setting::Dot => below_letters && !self.after_colon,
            Series::Digits => !sense.value.is_first(),
            Series::Decimal(_) => {
                let stem = l.number.rsplit_once('.').map_or("", |(stem, _)| stem);
                let holder =
                    self.out.open_below(base).filter(|(_, p)| p.number == stem).map(|(depth, _)| depth).next_back();
                self.out.close_to(holder.unwrap_or(base));
                false
            }
            _ => false,
        };
        if top {
            // Capital letters and roman capitals may hold numbers.
            let holder = self.out.open_below(base).filter(|(_, p)| {
                sense.series == Series::Digits && p.number.chars().next().is_some_and(char::is_uppercase)
            });
            let keep = holder.map(|(depth, _)| depth).next_back().unwrap_or(base);
            self.out.close_to(keep);
        }
    }

    /// Whether a label is set off by a dash.
    fn is_dashed(&self, l: &Label) -> bool {
        self.words(l.range).ends_with(['-', '–', '—'])
    }

    pub(super) fn kind_of(&self, sense: Sense) -> ProvisionKind {
        let base = self.base();
        let among = |kind: ProvisionKind| self.out.open_below(base).any(|(_, p)| p.kind == kind);
        match sense.series {
            Series::Bullet | Series::LowerRoman => ProvisionKind::Item,
            Series::Lower if among(ProvisionKind::Subparagraph) || among(ProvisionKind::Item) => ProvisionKind::Item,
            Series::Lower => ProvisionKind::Subparagraph,
            _ if self.out.depth() == base
                || !among(ProvisionKind::Paragraph)
                    && !among(ProvisionKind::Subparagraph)
                    && !among(ProvisionKind::Recital) =>
            {
                if matches!(self.unit, Unit::Preamble { .. }) {
                    ProvisionKind::Recital
                } else {
                    ProvisionKind::Paragraph
                }
            }
            _ if among(ProvisionKind::Subparagraph) => ProvisionKind::Item,
            _ => ProvisionKind::Subparagraph,
        }
    }

    /// What the labels after paragraph `i` say about its ambiguous one.
    pub(super) fn next_after(&self, i: usize, l: &Label) -> Next {
        for shape in self.shapes.iter().skip(i + 1).take(LOOK_AHEAD) {
            match shape {
                Shape::Headline(_) => break,
                Shape::Label(next) if next.setting == l.setting => {
                    if let Some(says) = next_says(next) {
                        return says;
                    }
                }
                _ => {}
            }
        }
        Next::Unknown
    }

    /// Text without a label: it belongs to the paragraph or article around the points before it.
    pub(super) fn body(&mut self, i: usize, range: TextRange) {
        if range.is_empty() {
            return;
        }
        let words = self.words(range);
        let base = self.base();
        let option = alternative(self.text, range);
        let listed = option.as_ref().and_then(|o| {
            let known = self.options.iter().rev().find(|(family, _)| *family == o.family).filter(|_| !o.first)?;
            Some(known.1)
        });
        if let Some(parent) = listed {
            let keep = parent.and_then(|p| self.out.depth_of(p)).unwrap_or(base);
            self.out.close_to(keep.max(base));
        } else if self.after_colon || self.leads || words.starts_with(char::is_lowercase) {
            // It goes on with the point before it.
        } else if self.paragraphs[i].depth > 0 {
            // It goes on with the point of its depth: deeper lists in it have ended.
            let depth = self.paragraphs[i].depth;
            if let Some(parent) = self.levels.iter().find(|level| level.depth > depth).map(|level| level.parent) {
                let keep = parent.and_then(|p| self.out.depth_of(p)).unwrap_or(0);
                self.out.close_to(keep.max(base));
            }
        } else {
            let holder = self
                .out
                .open_below(base)
                .filter(|(_, p)| matches!(p.kind, ProvisionKind::Paragraph | ProvisionKind::Recital))
                .map(|(depth, _)| depth)
                .next_back();
            self.out.close_to(holder.unwrap_or(base));
        }
        if let Some(option) = option {
            self.alternatives.push(option.range);
            if listed.is_none() {
                self.remember_option(option.family, self.out.innermost());
            }
        }
        self.leaf(Opening::plain(ProvisionKind::Body, range.start), range);
    }
}
