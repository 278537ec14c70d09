//! Units with their divisions, and from the inside outward: `paragraph 2 of article 23`, `Section 2 of Chapter III`.

use super::super::scan::Kind;
use super::super::words::{ALL, GENITIVE, Level, Meaning, Tongues, Unit};
use super::{Bare, Base, Item, LONGEST_LIST, Labels, List, OUTWARD, Reader, place, rank};

impl Reader<'_> {
    /// The citation that begins with a unit's word.
    pub fn units(&self, at: usize, tongues: Tongues) -> Option<List> {
        let (unit, many, tongues) = self.unit(at, tongues)?;
        let capital = self.word(at).chars().next().is_some_and(|c| !c.is_lowercase());
        let mut next = self.after_mark(at + 1);
        if many && self.is(next, tongues, Meaning::Of) && matches!(self.kind(next + 1), Some(Kind::Number)) {
            // `المواد من 7 إلى 11`
            next += 1;
        }
        let (number, next) = self.number(next, unit, capital, tongues)?;
        let from = Labels { within: Vec::new(), base: Base::Unit(unit, number), points: Vec::new() };
        let mut list = List { items: Vec::new(), next, tongues };
        self.list(&mut list, from, at, Bare::Unit, many);
        self.divisions(&mut list, unit);
        Some(list)
    }

    /// Whether `of article 6`, `of this article`, `above` follows.
    pub fn leads_outward(&self, at: usize, tongues: Tongues) -> bool {
        if self.is(at, tongues, Meaning::Near) || self.is(at, tongues, Meaning::This) {
            return true;
        }
        let Some(next) = self.of(at, tongues) else { return false };
        self.is(next, tongues, Meaning::This)
            || self.is(next, tongues, Meaning::That)
            || self.goes_on(next) && (self.unit(next, tongues).is_some() || self.level(next, tongues).is_some())
    }

    /// Past `of the`, `de l’`; a Russian genitive and an Arabic noun need no word.
    pub fn of(&self, at: usize, tongues: Tongues) -> Option<usize> {
        let mut next = at + usize::from(self.sign(at) == Some(','));
        let said = self.is(next, tongues, Meaning::Of);
        if said {
            next += 1;
        } else if tongues & GENITIVE == 0 {
            return None;
        }
        let article = |at| self.is(at, tongues, Meaning::The) || self.is(at, tongues, Meaning::Of) && said;
        while article(next) || matches!(self.sign(next), Some('’' | '\'')) && self.attached(next) {
            next += 1;
        }
        self.goes_on(next).then_some(next)
    }

    /// The citation that begins with a level's word: from the inside outward.
    pub fn points_first(&self, at: usize, tongues: Tongues) -> Option<List> {
        self.outward(at, tongues, 0)
    }

    fn outward(&self, at: usize, tongues: Tongues, depth: usize) -> Option<List> {
        let (level, many, tongues, after) = self.level(at, tongues)?;
        let (label, after) = self.label(after, tongues)?;
        let number = label.starts_with(|c: char| c.is_ascii_digit());
        let level = if number && level == Level::Paragraph { Level::Paragraph } else { Level::Point };
        let from = Labels { within: Vec::new(), base: Base::Here(level), points: vec![label] };
        let mut list = List { items: Vec::new(), next: after, tongues };
        self.list(&mut list, from, at, Bare::Point { depth: 0, many }, false);
        if depth >= OUTWARD {
            return Some(list);
        }
        let near = list.next + usize::from(self.sign(list.next) == Some(','));
        if self.is(near, tongues, Meaning::Near) {
            list.next = near + 1;
            if self.sign(near + 1) == Some('-') && self.attached(near + 2) {
                // `ci-dessus`
                list.next = near + 3;
            }
            return Some(list);
        }
        if self.is(near, tongues, Meaning::Thereof) {
            list.next = near + 1;
            for item in &mut list.items {
                rebase(item, &Labels { within: Vec::new(), base: Base::Last, points: Vec::new() });
            }
            return Some(list);
        }
        let Some(mut next) = self.of(list.next, tongues) else { return Some(list) };
        if self.is(next, tongues, Meaning::Piece)
            && let Some(after) = self.of(next + 1, tongues)
        {
            // `inciso II do caput do art. 33`
            next = after;
        }
        if self.is(next, tongues, Meaning::Preamble) {
            for item in &mut list.items {
                rebase(item, &Labels { within: Vec::new(), base: Base::Preamble, points: Vec::new() });
            }
            list.next = next + 1;
            return Some(list);
        }
        let this = self.is(next, tongues, Meaning::This);
        let that = self.is(next, tongues, Meaning::That);
        if this || that {
            let unit = self.unit(next + 1, tongues).filter(|_| self.goes_on(next + 1));
            let level = self.level(next + 1, tongues).filter(|_| self.goes_on(next + 1));
            if let Some((unit, ..)) = unit {
                let level = if matches!(unit, Unit::Article | Unit::Recital | Unit::Annex) {
                    Level::Paragraph
                } else {
                    Level::Point
                };
                let base = if that { Base::Last } else { Base::Here(level) };
                for item in &mut list.items {
                    rebase(item, &Labels { within: Vec::new(), base: base.clone(), points: Vec::new() });
                }
                list.next = next + 2;
            } else if let Some((.., after)) = level {
                // `subparagraph (b) of this paragraph`: the nearest one around that has it.
                list.next = after;
            }
            return Some(list);
        }
        let outer = self.units(next, tongues).or_else(|| self.outward(next, tongues, depth + 1));
        if let Some(outer) = outer.filter(|_| self.goes_on(next)) {
            return Some(combine(list, outer));
        }
        Some(list)
    }

    /// `preambular paragraph 3`, `third preambular paragraph`, `Preamble, paragraph 3`.
    pub fn preambular(&self, at: usize) -> Option<List> {
        let preamble = |first, number: String, next| {
            let from = Labels { within: Vec::new(), base: Base::Preamble, points: vec![number] };
            let item = Item { from, to: None, first, last: next };
            Some(List { items: vec![item], next, tongues: ALL })
        };
        for (tongues, meaning) in self.means(at, ALL) {
            match meaning {
                Meaning::Ordinal(n) if self.is(at + 1, tongues, Meaning::Preambular) => {
                    let (.., next) = self.level(at + 2, tongues)?;
                    return preamble(at, n.to_string(), next);
                }
                Meaning::Preambular => {
                    let mut list = self.outward(at + 1, tongues, OUTWARD)?;
                    for item in &mut list.items {
                        rebase(item, &Labels { within: Vec::new(), base: Base::Preamble, points: Vec::new() });
                    }
                    if let Some(first) = list.items.first_mut() {
                        first.first = at;
                    }
                    return Some(list);
                }
                Meaning::Preamble => {
                    let from = Labels { within: Vec::new(), base: Base::Preamble, points: Vec::new() };
                    let mut list = List { items: Vec::new(), next: at + 1, tongues };
                    self.list(&mut list, from, at, Bare::Unit, false);
                    return list.items.first().is_some_and(|i| !i.from.points.is_empty()).then_some(list);
                }
                _ => {}
            }
        }
        None
    }

    /// `Chapter III, Section 2` and `Section 2 of Chapter III`; `Annex VI, article 5` and `article 5 of Annex VI`.
    fn divisions(&self, list: &mut List, mut unit: Unit) {
        for _ in 0..OUTWARD {
            let tongues = list.tongues;
            let comma = list.next + usize::from(self.sign(list.next) == Some(','));
            if let (Some((inner, ..)), [outer]) =
                (self.unit(comma, tongues).filter(|_| self.goes_on(comma)), list.items.as_slice())
                && rank(inner) > rank(unit)
                && outer.to.is_none()
                && outer.from.points.is_empty()
                && let Some(below) = self.units(comma, tongues)
            {
                let (outer, first) = (outer.from.clone(), outer.first);
                list.next = below.next;
                list.items = below.items;
                for item in &mut list.items {
                    put_within(item, &outer);
                }
                if let Some(item) = list.items.first_mut() {
                    item.first = first;
                }
                unit = inner;
                continue;
            }
            let Some(next) = self.of(list.next, tongues).filter(|&n| n > list.next) else { return };
            let Some((outer, ..)) = self.unit(next, tongues) else { return };
            if rank(outer) >= rank(unit) {
                return;
            }
            let Some(above) = self.units(next, tongues) else { return };
            let [holder] = above.items.as_slice() else { return };
            for item in &mut list.items {
                put_within(item, &holder.from);
            }
            if let Some(item) = list.items.last_mut() {
                item.last = above.next;
            }
            list.next = above.next;
            unit = outer;
        }
    }
}

/// Puts an item into a division: an article of an annex is a point of it, all else keeps its own address.
fn put_within(item: &mut Item, outer: &Labels) {
    let Base::Unit(unit, number) = &outer.base else { return };
    for labels in [Some(&mut item.from), item.to.as_mut()].into_iter().flatten() {
        match &labels.base {
            Base::Unit(Unit::Article, article) if *unit == Unit::Annex => {
                labels.points.insert(0, article.clone());
                labels.base = outer.base.clone();
            }
            _ => {
                labels.within.splice(0..0, outer.within.iter().cloned().chain([place(*unit, number.clone())]));
            }
        }
    }
}

/// Puts an item's labels below others.
fn rebase(item: &mut Item, outer: &Labels) {
    for labels in [Some(&mut item.from), item.to.as_mut()].into_iter().flatten() {
        labels.within = outer.within.clone();
        labels.base = outer.base.clone();
        labels.points.splice(0..0, outer.points.iter().cloned());
    }
}

/// Each of the inner labels in each of the outer provisions.
fn combine(inner: List, outer: List) -> List {
    let mut items = Vec::new();
    let single = outer.items.len() == 1;
    for (nth, holder) in outer.items.iter().enumerate() {
        for item in &inner.items {
            if items.len() >= LONGEST_LIST {
                break;
            }
            let mut item = item.clone();
            rebase(&mut item, &holder.from);
            if holder.to.is_some() && inner.items.len() == 1 && item.to.is_none() {
                let mut to = inner.items[0].clone();
                if let Some(last) = &holder.to {
                    rebase(&mut to, last);
                }
                item.to = Some(to.from);
            }
            if nth > 0 {
                (item.first, item.last) = (holder.first, holder.last);
            }
            items.push(item);
        }
        if nth == 0
            && let Some(last) = items.last_mut()
        {
            // The words of the outer provision belong to the last of the inner ones.
            last.last = if single { outer.next } else { holder.last };
        }
    }
    List { items, next: outer.next, tongues: outer.tongues }
}
