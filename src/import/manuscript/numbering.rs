//! Automatic numbers, counted as word processors count them and printed as they print them.

use std::rc::Rc;

use super::{ListPlace, Numerals};

/// The deepest a list goes.
pub(super) const LEVELS: usize = 10;
/// The longest label; more is no label.
const LONGEST: usize = 200;

/// A numbered list.
#[derive(Clone, Debug, Default)]
pub(in crate::import) struct List {
    /// Lists that go on counting each other's paragraphs have the same.
    pub counter: u32,
    /// How each level is numbered, the outermost first.
    pub levels: Vec<Rc<Level>>,
    /// The number a level starts with when this list is first used there.
    pub first: [Option<u32>; LEVELS],
}

/// How one level of a list is numbered.
#[derive(Clone, Debug, Default)]
pub(in crate::import) struct Level {
    /// With what.
    pub numerals: Numerals,
    /// The first number.
    pub start: u32,
    /// What is printed: `%1.%2)` where `%1` is the number of the outermost level. A bullet's is the bullet.
    pub template: String,
    /// What stands between the number and the words.
    pub gap: &'static str,
    /// When the first number comes again.
    pub restart: Restart,
    /// Whether the numbers of outer levels are printed in figures.
    pub legal: bool,
}

/// When a level begins again at its first number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::import) enum Restart {
    /// After any outer level.
    #[default]
    Outer,
    /// Never.
    Never,
    /// After this level, counted from 1, or one outside it.
    After(u8),
}

/// What has been counted so far.
pub(super) struct Counters<'m> {
    lists: &'m [List],
    counts: Vec<[Option<u32>; LEVELS]>,
    /// Which levels of each list were used, bit by bit.
    used: Vec<u16>,
    english: bool,
}

impl<'m> Counters<'m> {
    pub fn new(lists: &'m [List], english: bool) -> Self {
        let counters = lists.iter().map(|l| l.counter as usize + 1).max().unwrap_or(0);
        Self { lists, counts: vec![[None; LEVELS]; counters], used: vec![0; lists.len()], english }
    }

    /// Counts a paragraph and gives its number as printed, with what follows it; empty where none is printed.
    pub fn next(&mut self, place: ListPlace) -> String {
        let at = usize::from(place.level).min(LEVELS - 1);
        let index = place.list as usize;
        let Some(list) = self.lists.get(index) else { return String::new() };
        let Some(level) = list.levels.get(at) else { return String::new() };
        if place.silent {
            return String::new();
        }
        let counts = &mut self.counts[list.counter as usize];
        let fresh = self.used[index] & 1 << at == 0;
        self.used[index] |= 1 << at;
        let start = list.first[at].unwrap_or(level.start);
        counts[at] = Some(match (place.restart, counts[at]) {
            (Some(number), _) => number,
            (None, Some(_)) if fresh && list.first[at].is_some() => start,
            (None, Some(before)) => before.saturating_add(1),
            (None, None) => start,
        });
        for (inner, count) in counts.iter_mut().enumerate().skip(at + 1) {
            let restarts = match list.levels.get(inner).map_or(Restart::Outer, |l| l.restart) {
                Restart::Outer => true,
                Restart::Never => false,
                Restart::After(outer) => at < usize::from(outer),
            };
            if restarts {
                *count = None;
            }
        }
        let mut label = self.label(list, level);
        if !label.is_empty() {
            label.push_str(level.gap);
        }
        label
    }

    fn label(&self, list: &List, level: &Level) -> String {
        let counts = &self.counts[list.counter as usize];
        if level.numerals == Numerals::Bullet {
            return level.template.clone();
        }
        let mut label = String::new();
        let mut chars = level.template.chars().peekable();
        while let Some(c) = chars.next() {
            let number = chars.peek().and_then(|d| d.to_digit(10)).filter(|&d| c == '%' && d > 0);
            let Some(number) = number else {
                label.push(c);
                continue;
            };
            chars.next();
            let at = number as usize - 1;
            let Some(named) = list.levels.get(at) else { continue };
            let count = counts[at].unwrap_or_else(|| list.first[at].unwrap_or(named.start));
            let numerals =
                if level.legal && named.numerals != Numerals::None { Numerals::Decimal } else { named.numerals };
            label.push_str(&numerals.print(count, self.english));
            if label.len() > LONGEST {
                break;
            }
        }
        label
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(name: &str, template: &str) -> Level {
        let numerals = Numerals::of_word(name);
        Level { numerals, start: 1, template: template.to_owned(), gap: " ", ..Level::default() }
    }

    fn check(lists: &[List], places: &[(u32, u8)], expected: &str) {
        let mut counters = Counters::new(lists, true);
        let labels: Vec<String> = places
            .iter()
            .map(|&(list, level)| counters.next(ListPlace { list, level, restart: None, silent: false }))
            .collect();
        assert_eq!(labels.concat().trim(), expected);
    }

    #[test]
    fn levels_count_within_each_other() {
        let levels = vec![
            Rc::new(level("upperRoman", "%1.")),
            Rc::new(Level { legal: true, ..level("decimal", "%1.%2") }),
            Rc::new(level("lowerLetter", "(%3)")),
        ];
        let list = List { levels, ..List::default() };
        check(
            std::slice::from_ref(&list),
            &[(0, 0), (0, 1), (0, 2), (0, 2), (0, 1), (0, 2), (0, 0), (0, 1)],
            "I. 1.1 (a) (b) 1.2 (a) II. 2.1",
        );
        // A level used before its outer one shows the number that one will have.
        check(std::slice::from_ref(&list), &[(0, 1), (0, 1)], "1.1 1.2");
        // A second list over the same counter goes on; with a first number of its own it does not, once.
        let mut again = list.clone();
        again.first[0] = Some(1);
        check(&[list.clone(), list.clone(), again], &[(0, 0), (1, 0), (2, 0), (2, 0), (0, 0)], "I. II. I. II. III.");
    }

    #[test]
    fn a_level_can_go_on_counting() {
        let mut inner = level("decimal", "%2)");
        inner.restart = Restart::Never;
        let list = List { levels: vec![Rc::new(level("decimal", "%1.")), Rc::new(inner)], ..List::default() };
        check(&[list], &[(0, 0), (0, 1), (0, 0), (0, 1), (0, 1)], "1. 1) 2. 2) 3)");
        let mut third = level("decimal", "%3)");
        third.restart = Restart::After(1);
        let levels = vec![Rc::new(level("decimal", "%1.")), Rc::new(level("lowerLetter", "%2.")), Rc::new(third)];
        let list = List { levels, ..List::default() };
        check(&[list], &[(0, 0), (0, 1), (0, 2), (0, 1), (0, 2), (0, 0), (0, 2)], "1. a. 1) b. 2) 2. 1)");
    }
}
