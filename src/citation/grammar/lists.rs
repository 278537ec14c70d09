//! Lists and runs: what an item takes over from the one before it.

use super::super::scan::Kind;
use super::super::words::{Level, Meaning, Tongues};
use super::series::{Sort, is_after, kind_of, same_kind};
use super::{Bare, Base, Item, LONGEST_LIST, Labels, List, Reader};

pub(super) struct Next {
    labels: Labels,
    bare: Bare,
    first: usize,
    after: usize,
    joined: bool,
}

impl Reader<'_> {
    /// Reads a list from its first item on, whose own number has been read.
    pub(super) fn list(&self, list: &mut List, mut labels: Labels, mut first: usize, mut bare: Bare, many: bool) {
        let tongues = list.tongues;
        let mut at = list.next;
        let mut joined = false;
        loop {
            at = self.points(at, &mut labels, &mut bare, tongues);
            let run = self.run(at, &labels, &mut bare, tongues);
            let (to, after) = run.map_or((None, at), |(to, after)| (Some(to), after));
            at = after;
            list.items.push(Item { from: labels.clone(), to: to.clone(), first, last: at });
            list.next = at;
            if list.items.len() >= LONGEST_LIST {
                return;
            }
            let before = to.unwrap_or(labels);
            let Some(next) = self.next_item(at, &before, bare, many, joined, tongues) else { return };
            (labels, bare, first, at, joined) = (next.labels, next.bare, next.first, next.after, joined || next.joined);
        }
    }

    /// `to 11`, `-11`, `to (d)`, `to Article 11`.
    pub(super) fn run(&self, at: usize, from: &Labels, bare: &mut Bare, tongues: Tongues) -> Option<(Labels, usize)> {
        let dash = matches!(self.sign(at), Some('-' | '–' | '—' | '‑' | '−' | '~' | '～'));
        if !dash && !self.is(at, tongues, Meaning::To) || !self.goes_on(at + 1) {
            return None;
        }
        let mut next = at + 1;
        while !dash && self.is(next, tongues, Meaning::The) || matches!(self.sign(next), Some('’' | '\'')) {
            next += 1;
        }
        let mut to = from.clone();
        if let Some((again, many, _)) = self.unit(next, tongues) {
            // `Limit Article 23(2)(c) to Articles 7 to 11`: that one is the limit.
            let Base::Unit(unit, first) = &from.base else { return None };
            if again != *unit || many && self.lower(next).ends_with('s') || !from.points.is_empty() {
                return None;
            }
            let (number, after) = self.number(self.after_mark(next + 1), again, true, tongues)?;
            if !is_after(first, &number) {
                return None;
            }
            return Some((Labels { base: Base::Unit(again, number), ..to }, after));
        }
        if let Some((level, .., after)) = self.level(next, tongues) {
            let (label, after) = self.label(after, tongues)?;
            let depth = if level == Level::Paragraph { 0 } else { same_kind(&from.points, &label)? };
            to.points.truncate(depth);
            to.points.push(label);
            let after = self.points(after, &mut to, bare, tongues);
            return Some((to, after));
        }
        if let Some((label, after)) = self.bracketed(next).or_else(|| self.half_bracketed(next)) {
            let depth = same_kind(&from.points, &label)?;
            if !is_after(&from.points[depth], &label) {
                return None;
            }
            to.points.truncate(depth);
            to.points.push(label);
            let after = self.points(after, &mut to, bare, tongues);
            return Some((to, after));
        }
        match (&from.base, *bare) {
            (_, Bare::Point { depth, .. }) => {
                let (label, after) = self.label(next, tongues)?;
                let first = from.points.get(depth)?;
                if !is_after(first, &label) || self.counts(after, tongues) && !from.points.is_empty() && !dash {
                    return None;
                }
                to.points.truncate(depth);
                to.points.push(label);
                let after = self.points(after, &mut to, bare, tongues);
                Some((to, after))
            }
            (Base::Unit(unit, first), Bare::Unit) => {
                let (number, after) = self.number(next, *unit, true, tongues)?;
                let dotted = from.points.last().filter(|_| self.is_dotted(at));
                if let Some(last) = dotted.filter(|last| is_after(last, &number) && !is_after(first, &number)) {
                    // `40.21-22`
                    let depth = from.points.len() - 1;
                    debug_assert_eq!(Some(last), from.points.get(depth));
                    to.points.truncate(depth);
                    to.points.push(number);
                    return Some((to, after));
                }
                if !is_after(first, &number) || self.counts(after, tongues) {
                    return None;
                }
                to = Labels { base: Base::Unit(*unit, number), points: Vec::new(), ..to };
                let after = self.points(after, &mut to, bare, tongues);
                Some((to, after))
            }
            _ => None,
        }
    }

    /// Whether the label before a token was put on with a full stop.
    pub(super) fn is_dotted(&self, at: usize) -> bool {
        at >= 2 && self.sign(at - 2) == Some('.') && self.attached(at - 1)
    }

    /// Whether a number belongs to what is counted after it: `5 to 12 months`, `and 12 States`.
    pub(super) fn counts(&self, at: usize, tongues: Tongues) -> bool {
        const COUNTED: &[&str] = &[
            "states",
            "members",
            "months",
            "days",
            "years",
            "weeks",
            "hours",
            "countries",
            "others",
            "percent",
            "per",
            "times",
            "people",
            "persons",
            "articles",
            "paragraphs",
            "pages",
            "words",
            "other",
            "more",
            "million",
            "billion",
            "thousand",
            "organizations",
            "organisations",
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
            "ans",
            "jours",
            "mois",
            "états",
            "días",
            "meses",
            "años",
            "estados",
            "лет",
            "дней",
            "месяцев",
            "государств",
        ];
        if !self.goes_on(at) || self.kind(at) != Some(Kind::Word) || self.attached(at) {
            return false;
        }
        let _ = tongues;
        let word = self.lower(at);
        // `Articles 5 and 6 may`: the month has a capital and a year or a number before it.
        COUNTED.contains(&word.as_str())
            && (word != "may" && word != "march" || self.kind(at + 1) == Some(Kind::Number))
    }

    /// The item after a separator.
    pub(super) fn next_item(
        &self,
        at: usize,
        before: &Labels,
        bare: Bare,
        many: bool,
        joined: bool,
        tongues: Tongues,
    ) -> Option<Next> {
        let (mut next, and) = self.separator(at, tongues)?;
        while self.is(next, tongues, Meaning::The) && self.level(next + 1, tongues).is_some() {
            next += 1;
        }
        let first = next;
        let end = |labels: Labels, bare: Bare, after: usize| Some(Next { labels, bare, first, after, joined: and });
        // `subparagraphs (f); (g)`, but `Article 5; paragraph 2` are two.
        if self.sign(at) == Some(';') && self.bracketed(next).is_none() {
            return None;
        }
        if let Some((level, several, _, after)) = self.level(next, tongues) {
            let (label, after) = self.label(after, tongues)?;
            let mut labels = before.clone();
            let numbered = label.starts_with(|c: char| c.is_ascii_digit());
            let depth = if level == Level::Paragraph && (numbered || !matches!(before.base, Base::Here(Level::Point))) {
                if matches!(before.base, Base::Here(_)) {
                    // `point (b) and paragraph 2 of this article`
                    labels.base = Base::Here(Level::Paragraph);
                }
                0
            } else {
                same_kind(&before.points, &label).unwrap_or_else(|| before.points.len().min(1))
            };
            labels.points.truncate(depth);
            labels.points.push(label);
            let mut at_end = labels.clone();
            let mut ends = Bare::Point { depth, many: several };
            let past = self.points(after, &mut at_end, &mut ends, tongues);
            // `Article 5(1) and paragraph 2 of Article 6`: that one is another's.
            if matches!(before.base, Base::Unit(..)) && self.leads_outward(past, tongues) {
                return None;
            }
            return end(labels, Bare::Point { depth, many: several }, after);
        }
        if self.unit(next, tongues).is_some() {
            return None;
        }
        if let Some((label, after)) = self.bracketed(next).or_else(|| self.half_bracketed(next)) {
            let depth = same_kind(&before.points, &label)?;
            let mut labels = before.clone();
            labels.points.truncate(depth);
            labels.points.push(label);
            return end(labels, bare, after);
        }
        let level = match bare {
            // `Articles 5, paragraph 1, and 7`: the paragraph was one, the articles are several.
            Bare::Point { many: false, .. } if many => Bare::Unit,
            Bare::Point { many: true, .. } if many && joined && and => Bare::Unit,
            other => other,
        };
        match (level, &before.base) {
            (Bare::Unit, Base::Unit(unit, last)) => {
                let (number, after) = self.number(next, *unit, true, tongues)?;
                let digits = |s: &str| s.chars().take_while(char::is_ascii_digit).count();
                if self.counts(after, tongues) || digits(&number) > 3.max(digits(last)) {
                    return None;
                }
                if !many && !and && !self.list_goes_on(after, tongues) {
                    return None;
                }
                let dotted = before.points.last().filter(|_| self.is_dotted(at) && !self.is_dotted_ahead(after));
                let mut labels = before.clone();
                if !many && let Some(last) = dotted.filter(|last| is_after(last, &number)) {
                    // `Article 40.21 and 22`
                    debug_assert!(!last.is_empty());
                    labels.points.pop();
                    labels.points.push(number);
                    return end(labels, bare, after);
                }
                labels.base = Base::Unit(*unit, number);
                labels.points.clear();
                end(labels, Bare::Unit, after)
            }
            (Bare::Point { depth, many: several }, _) => {
                let (label, after) = self.label(next, tongues)?;
                let number = label.starts_with(|c: char| c.is_ascii_digit());
                if self.counts(after, tongues)
                    || !number && before.points.get(depth).is_some_and(|b| kind_of(b, None) == Sort::Number)
                {
                    return None;
                }
                if !several && !and && !self.list_goes_on(after, tongues) {
                    return None;
                }
                let mut labels = before.clone();
                labels.points.truncate(depth);
                labels.points.push(label);
                end(labels, Bare::Point { depth, many: several }, after)
            }
            _ => None,
        }
    }

    pub(super) fn is_dotted_ahead(&self, at: usize) -> bool {
        self.sign(at) == Some('.')
            && self.attached(at)
            && self.attached(at + 1)
            && self.kind(at + 1) == Some(Kind::Number)
    }

    /// Whether `, 6 and 7` follows.
    pub(super) fn list_goes_on(&self, at: usize, tongues: Tongues) -> bool {
        self.separator(at, tongues).is_some_and(|(next, _)| matches!(self.kind(next), Some(Kind::Number)))
            || self.is(at, tongues, Meaning::To) && matches!(self.kind(at + 1), Some(Kind::Number))
    }

    /// `,` `and` `, or` `&` `and/or` `as well as`; the token after it, and whether it joins the last item.
    pub(super) fn separator(&self, at: usize, tongues: Tongues) -> Option<(usize, bool)> {
        let (mut next, mut and) = (at, false);
        if matches!(self.sign(next), Some(',' | ';' | '،' | '、' | '，')) {
            next += 1;
        }
        if self.is(next, tongues, Meaning::And) || self.sign(next) == Some('&') {
            and = true;
            next += 1;
            if self.sign(next) == Some('/') && self.is(next + 1, tongues, Meaning::And) {
                next += 2;
            }
        } else if self.lower(next) == "as" && self.lower(next + 1) == "well" && self.lower(next + 2) == "as" {
            and = true;
            next += 3;
        }
        (next > at && self.goes_on(next)).then_some((next, and))
    }
}
