//! Where a label belongs: the open series of paragraphs, points and items in one article.
//!
//! A label goes on with the innermost series it can follow; a first one opens a series below what is open; what does
//! neither (a hole, a repeat) goes to the innermost series of its kind. `(i)` after `(h)` is a letter unless `(ii)`
//! comes next; `(i)` anywhere else is a roman numeral.

use super::label::{Label, Sense, Series, Setting};

/// A series that is being counted.
#[derive(Clone, Debug)]
pub(super) struct Level {
    /// The provision the series stands in; `None` at the top of the text.
    pub parent: Option<u32>,
    pub series: Series,
    pub setting: Setting,
    /// The depth the file's own list has, 0 if none.
    pub depth: u8,
    pub last: Sense,
    /// The last number as printed: `3` is what `3.1` stands below.
    pub number: String,
}

/// Where a label was found to belong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In the open series at this position, read in this sense.
    Open(usize, Sense),
    /// In a new series.
    New(Sense),
    /// Nowhere: it is not a label after all.
    Nowhere,
}

/// What the following labels say about an ambiguous one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// `(j)` follows, or `(i)` again.
    Letters,
    /// `(ii)` follows.
    Romans,
    /// Nothing tells.
    Unknown,
}

/// What a label after an ambiguous `(i)` makes of it.
pub(super) fn next_says(next: &Label) -> Option<Next> {
    if next.senses.iter().any(|s| matches!(s.series, Series::LowerRoman | Series::UpperRoman) && s.value.main == 2) {
        return Some(Next::Romans);
    }
    let letters = |s: &Sense| matches!(s.series, Series::Lower | Series::Upper) && matches!(s.value.main, 9 | 10);
    if next.senses.iter().any(letters) {
        return Some(Next::Letters);
    }
    None
}

/// Where `label` belongs among `levels`, outermost first.
pub(super) fn place(levels: &[Level], label: &Label, depth: u8, next: impl Fn() -> Next, after_colon: bool) -> Place {
    let fits = |level: &Level, sense: &Sense| {
        let setting =
            level.setting == label.setting || (label.setting == Setting::Bare && level.setting == Setting::Dot);
        setting
            && level.series == sense.series
            && (level.depth == depth || level.depth == 0 || depth == 0)
            && below_its_number(level, label)
    };
    let innermost = |sense: &Sense| levels.iter().rposition(|l| fits(l, sense));
    let going_on = |sense: &Sense| levels.iter().rposition(|l| fits(l, sense) && sense.value.follows(l.last.value));

    if label.setting == Setting::Bare
        && !matches!(label.senses.first(), Some(s) if matches!(s.series, Series::Bullet | Series::Preambular))
    {
        return match label.senses.first().map(|s| (going_on(s), *s)) {
            Some((Some(level), sense)) => Place::Open(level, sense),
            _ => Place::Nowhere,
        };
    }
    let (Some(&first), second) = (label.senses.first(), label.senses.get(1).copied()) else { return Place::Nowhere };
    if matches!(first.series, Series::Bullet) {
        return innermost(&first).map_or(Place::New(first), |level| Place::Open(level, first));
    }
    let (letter, roman) = match (first.series, second) {
        (_, Some(roman)) => (Some(first), Some(roman)),
        (Series::LowerRoman | Series::UpperRoman, None) => (None, Some(first)),
        _ => (Some(first), None),
    };
    let (letter_on, roman_on) = (letter.and_then(|s| going_on(&s)), roman.and_then(|s| going_on(&s)));
    match (letter.zip(letter_on), roman.zip(roman_on)) {
        (Some((l, a)), Some((r, b))) => return if b > a { Place::Open(b, r) } else { Place::Open(a, l) },
        (None, Some((r, b))) => return Place::Open(b, r),
        (Some((l, a)), None) => {
            let starts_romans = roman.is_some_and(|r| r.value.is_first());
            let romans = starts_romans && (next() == Next::Romans || (next() == Next::Unknown && after_colon));
            if !romans {
                return Place::Open(a, l);
            }
        }
        (None, None) => {}
    }
    if let Some(roman) = roman.filter(|r| r.value.is_first()) {
        // "I - …: II - …; § 1º …: I - …" begins anew.
        if roman.series == Series::UpperRoman && after_colon && letter.is_none() {
            return Place::New(roman);
        }
        let letters_open = letter.and_then(|l| innermost(&l).map(|a| (a, l)));
        return match letters_open {
            Some((a, l)) if letter_on.is_none() && next() == Next::Letters => Place::Open(a, l),
            _ => innermost(&roman).map_or(Place::New(roman), |b| Place::Open(b, roman)),
        };
    }
    // A hole or a repeat: the innermost series that counts this way.
    let best =
        [letter, roman].into_iter().flatten().filter_map(|s| innermost(&s).map(|at| (at, s))).max_by_key(|&(at, _)| at);
    if let Some((at, sense)) = best {
        return Place::Open(at, sense);
    }
    let sense = match (letter, roman) {
        (Some(l), Some(r)) if !l.value.is_first() && r.value.main <= 12 => r,
        (Some(l), _) => l,
        (None, Some(r)) => r,
        (None, None) => return Place::Nowhere,
    };
    // "J. Smith" and "v. the other" are not points; a series of letters with a full stop begins at its beginning.
    let dotted_letter = label.setting == Setting::Dot
        && matches!(sense.series, Series::Upper | Series::UpperRoman | Series::Lower | Series::LowerRoman);
    if dotted_letter && !sense.value.is_first() { Place::Nowhere } else { Place::New(sense) }
}

/// `3.2` goes on with `3.1`, not with `2.1`.
fn below_its_number(level: &Level, label: &Label) -> bool {
    if !matches!(level.series, Series::Decimal(_)) {
        return true;
    }
    let stem = |number: &str| number.rsplit_once('.').map(|(stem, _)| stem.to_owned());
    stem(&level.number) == stem(&label.number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TextRange;
    use crate::outline::label::label;

    /// Places labels one after another below one another, and prints how deep each came to lie and how it was read.
    fn check(labels: &str, expected: &str) {
        let all: Vec<Label> = labels
            .split(' ')
            .map(|word| {
                let text = format!("{} words", word.trim_end_matches(':'));
                label(&text, TextRange { start: 0, end: text.len() }).unwrap()
            })
            .collect();
        let colons: Vec<bool> = labels.split(' ').map(|w| w.ends_with(':')).collect();
        let mut levels: Vec<Level> = Vec::new();
        let mut found = Vec::new();
        for (i, l) in all.iter().enumerate() {
            let next = || all.get(i + 1).and_then(next_says).unwrap_or(Next::Unknown);
            let (at, sense) = match place(&levels, l, 0, next, i > 0 && colons[i - 1]) {
                Place::Open(at, sense) => (at, sense),
                Place::New(sense) => (levels.len(), sense),
                Place::Nowhere => {
                    found.push("-".to_owned());
                    continue;
                }
            };
            levels.truncate(at);
            let (series, setting) = (sense.series, l.setting);
            levels.push(Level { parent: None, series, setting, depth: 0, last: sense, number: l.number.clone() });
            let roman = matches!(series, Series::LowerRoman | Series::UpperRoman);
            found.push(format!("{at}{}", if roman { "r" } else { "" }));
        }
        assert_eq!(found.join(" "), expected, "{labels}");
    }

    #[test]
    fn labels_find_their_series() {
        check("1. (a) (b) 2. (a) (i) (ii) (b) 3.", "0 1 1 0 1 2r 2r 1 0");
        check("(g) (h) (i) (j)", "0 0 0 0");
        check("(h): (i) (ii) (i) (j)", "0 1r 1r 0 0");
        check("(h) (i)", "0 0");
        check("(h): (i)", "0 1r");
        check("1. (i) (ii) (iii) (iv) (v) 2.", "0 1r 1r 1r 1r 1r 0");
        check("(a) (b) (d)", "0 0 0");
        check("(a) (a) (b)", "0 0 0");
        check("(1) (1) (3) (a) (b) (4)", "0 0 0 1 1 0");
        check("1. 1bis. 2. 4.", "0 0 0 0");
        check("3. 3.1. (a) (b) 3.2. 4. 4.1.", "0 1 2 2 1 0 1");
        check("A. 1. 2. B. 1.", "0 1 1 0 1");
        check("M. 1. J.", "- 0 -");
        check("a. i. ii. b.", "0 1r 1r 0");
        check("(u) (v) (w) (x)", "0 0 0 0");
    }
}
