//! From remarks to ratings: which units of a draft who has flagged with what.

use std::collections::BTreeSet;

use crate::model::TextRange;

/// A remark as far as agreement goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flag {
    /// Who made it, by position among the raters.
    pub rater: usize,
    /// Where, in bytes of the draft's text.
    pub range: TextRange,
}

/// A stretch of a draft that an analyst looked at; outside of all of these the analyst's ratings are missing.
pub type Looked = Flag;

/// What raters are asked about.
#[derive(Clone, Copy, Debug)]
pub enum Units<'a> {
    /// These stretches, in order and without overlap, in bytes of the draft's text. One is flagged where a flag shares a
    /// character with it, and looked at where it lies wholly in what was looked at.
    Given(&'a [TextRange]),
    /// Each character of this text, the draft's.
    Characters(&'a str),
}

/// A stretch of a draft that is rated alike all over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// Where, in bytes of the draft's text.
    pub range: TextRange,
    /// How many units it is: 1, or its characters.
    pub units: u64,
    /// For each rater, whether it was flagged, or nothing where the rater has not looked.
    pub values: Vec<Option<bool>>,
}

impl Split {
    /// Whether at least two raters looked and not all say the same.
    pub fn differs(&self) -> bool {
        let said: BTreeSet<bool> = self.values.iter().flatten().copied().collect();
        said.len() > 1
    }
}

/// What so many raters said of each unit of a draft, by the flags of one concern (or of any): one split a unit, or the
/// longest stretches of characters that are rated alike. What nobody looked at is left out.
pub fn splits(raters: usize, units: Units<'_>, flags: &[Flag], looked: &[Looked]) -> Vec<Split> {
    let mut splits = match units {
        Units::Given(units) => by_unit(raters, units, flags, looked),
        Units::Characters(text) => {
            let mut splits = by_character(raters, flags, looked);
            for split in &mut splits {
                split.range = split.range.fitted(text);
                split.units = split.range.of(text).map_or(0, |t| t.chars().count() as u64);
            }
            splits
        }
    };
    splits.retain(|s| s.units > 0 && s.values.iter().any(Option::is_some));
    splits
}

fn by_unit(raters: usize, units: &[TextRange], flags: &[Flag], looked: &[Looked]) -> Vec<Split> {
    let mut splits: Vec<Split> =
        units.iter().map(|&range| Split { range, units: 1, values: vec![None; raters] }).collect();
    for rater in 0..raters {
        // What was looked at, without overlaps, so that a unit across two stretches that touch counts as looked at.
        let of_rater = TextRange::united(looked.iter().filter(|l| l.rater == rater).map(|l| l.range).collect());
        for split in &mut splits {
            let at = of_rater.partition_point(|l| l.end < split.range.end);
            let whole = of_rater.get(at).is_some_and(|l| l.start <= split.range.start && split.range.end <= l.end);
            split.values[rater] = whole.then_some(false);
        }
    }
    for flag in flags {
        let from = units.partition_point(|u| u.end <= flag.range.start);
        for split in splits[from..].iter_mut().take_while(|s| s.range.start < flag.range.end) {
            // A remark on it is a look at it.
            if let Some(value) = split.values.get_mut(flag.rater) {
                *value = Some(true);
            }
        }
    }
    splits
}

fn by_character(raters: usize, flags: &[Flag], looked: &[Looked]) -> Vec<Split> {
    // At each place who begins or ends to flag or to look: one sweep over the places in order.
    let mut turns: Vec<(usize, usize, bool, i32)> = Vec::new();
    for (list, is_flag) in [(flags, true), (looked, false)] {
        for it in list.iter().filter(|f| f.rater < raters && f.range.start < f.range.end) {
            turns.push((it.range.start, it.rater, is_flag, 1));
            turns.push((it.range.end, it.rater, is_flag, -1));
        }
    }
    turns.sort_unstable();
    let mut open = vec![(0, 0); raters];
    let mut splits: Vec<Split> = Vec::new();
    let mut from = 0;
    for (place, rater, is_flag, by) in turns {
        if place > from {
            let values: Vec<_> = open.iter().map(|&(f, l)| (f > 0 || l > 0).then_some(f > 0)).collect();
            match splits.last_mut() {
                Some(last) if last.range.end == from && last.values == values => last.range.end = place,
                _ if values.iter().any(Option::is_some) => {
                    splits.push(Split { range: TextRange { start: from, end: place }, units: 0, values });
                }
                _ => {}
            }
            from = place;
        }
        let (flagging, looking) = &mut open[rater];
        *(if is_flag { flagging } else { looking }) += by;
    }
    splits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flag(rater: usize, start: usize, end: usize) -> Flag {
        Flag { rater, range: TextRange { start, end } }
    }

    fn shown(splits: &[Split]) -> Vec<(usize, usize, String)> {
        let sign = |v: &Option<bool>| v.map_or('.', |v| if v { '1' } else { '0' });
        splits.iter().map(|s| (s.range.start, s.range.end, s.values.iter().map(sign).collect())).collect()
    }

    #[test]
    fn characters_are_rated_in_stretches() {
        // Five characters of two bytes, then of one.
        let text = format!("{}{}", "é".repeat(5), "e".repeat(90));
        let looked = [flag(0, 0, 100), flag(1, 0, 60)];
        let flags = [flag(0, 10, 30), flag(0, 20, 40), flag(1, 35, 50), flag(2, 90, 95)];
        let expected = [
            (0, 10, "00."),
            (10, 35, "10."),
            (35, 40, "11."),
            (40, 50, "01."),
            (50, 60, "00."),
            (60, 90, "0.."),
            (90, 95, "0.1"),
            (95, 100, "0.."),
        ];
        let expected: Vec<_> = expected.iter().map(|(s, e, v)| (*s, *e, (*v).to_owned())).collect();
        assert_eq!(shown(&splits(3, Units::Characters(&text), &flags, &looked)), expected);
        let units: u64 = splits(3, Units::Characters(&text), &flags, &looked).iter().map(|s| s.units).sum();
        assert_eq!(units, 95);
        assert!(splits(0, Units::Characters(&text), &flags, &looked).is_empty());
    }

    #[test]
    fn a_unit_is_flagged_by_one_character() {
        let units = [(0, 10), (10, 20), (20, 30)].map(|(start, end)| TextRange { start, end });
        let looked = [flag(0, 0, 15), flag(0, 15, 20), flag(1, 0, 30)];
        let flags = [flag(0, 9, 11), flag(1, 29, 40), flag(7, 0, 30)];
        let rated = splits(2, Units::Given(&units), &flags, &looked);
        assert_eq!(shown(&rated), [(0, 10, "10".into()), (10, 20, "10".into()), (20, 30, ".1".into())]);
        assert_eq!(rated.iter().map(Split::differs).collect::<Vec<_>>(), [true, true, false]);
    }
}
