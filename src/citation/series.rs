//! The labels from one to another: `7` to `11`, `(a)` to `(d)`, `II` to `V`.
//!
//! One reading for every pair, so that what is printed as a run is read back as the same labels. A pair that could be
//! two series is the one that lists in treaties are numbered with: `(i) to (v)` are five roman numerals and not fourteen
//! letters, `(c) to (d)` are two letters and not four hundred numerals. Nothing that is put in between (`8 bis`, `4a`)
//! belongs to a run: only a draft can say where it stands.

/// Longer runs than this are no list of provisions.
const LONGEST: u32 = 2_000;

const LATIN: &str = "abcdefghijklmnopqrstuvwxyz";
const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/// As lists in Russian use it, and with the letters that some leave out left out.
const CYRILLIC: &str = "абвгдежзиклмнопрстуфхцчшщэюя";
const ABJAD: &str = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ";

/// The zeros of the scripts that treaties are printed in.
const ZEROS: [char; 5] = ['0', '\u{660}', '\u{6f0}', '\u{966}', '\u{ff10}'];

/// All labels from `from` to `to`, both included; `None` where they are not of one series in this order, or the run is
/// absurdly long. Capitals count: `a` and `D` are of no one series.
pub fn labels_between(from: &str, to: &str) -> Option<Vec<String>> {
    let (series, first, last) = shared(from, to)?;
    if last - first >= LONGEST {
        return None;
    }
    (first..=last).map(|value| series.label(value)).collect()
}

/// How many of the labels, from the first on, are one run; at least 1 where there are any.
pub(super) fn run(labels: &[&str]) -> usize {
    let Some(first) = labels.first() else { return 0 };
    let longest = of(first).map(|(series, start)| {
        let expected = |(i, label): &(usize, &&str)| series.value(label) == start.checked_add(*i as u32);
        labels.iter().enumerate().take_while(expected).count()
    });
    let is_read_so = |&length: &usize| {
        let last = labels[length - 1];
        // Before all is written out: the ends alone say how many there are.
        shared(first, last).is_some_and(|(_, a, b)| (b - a) as usize == length - 1)
            && labels_between(first, last).is_some_and(|all| all == labels[..length])
    };
    // In every series that the label can be of, the longest stretch that is read back as what it is.
    let each = longest.filter_map(|longest| (2..=longest).rev().find(is_read_so));
    each.max().unwrap_or(1)
}

/// Whether a label belongs to some series; `8 bis` and `4a` were put in between and do not.
pub(super) fn is_plain(label: &str) -> bool {
    of(label).next().is_some()
}

/// Whether `next` is the label right after `label` in a series that both can be of.
pub(super) fn follows(label: &str, next: &str) -> bool {
    of(label).any(|(series, value)| series.value(next) == Some(value + 1))
}

/// The series that both labels are of, in this order, and their places in it.
fn shared(from: &str, to: &str) -> Option<(Series, u32, u32)> {
    of(from).find_map(|(series, first)| {
        let last = series.value(to)?;
        (first < last).then_some((series, first, last))
    })
}

/// The series a label can be of with its place in each, the likeliest first.
fn of(label: &str) -> impl Iterator<Item = (Series, u32)> + use<> {
    let mut all = Vec::new();
    let mut add = |series: Series| {
        if let Some(value) = series.value(label) {
            all.push((series, value));
        }
    };
    let before = label.rfind('.').map_or("", |dot| &label[..=dot]);
    if before.chars().all(|c| c == '.' || c.is_numeric()) {
        for zero in ZEROS {
            add(Series::Digits { before: before.to_owned(), zero });
        }
    }
    add(Series::Chinese);
    for (alphabet, roman) in [(LATIN, Some(false)), (UPPER, Some(true)), (CYRILLIC, None), (ABJAD, None)] {
        if let Some(upper) = roman {
            add(Series::Roman { upper });
        }
        add(Series::Letters { alphabet, times: label.chars().count().clamp(1, 3) });
    }
    all.into_iter()
}

enum Series {
    /// Digits of one script behind what `3.1` has before its last dot, the dot included.
    Digits {
        before: String,
        zero: char,
    },
    Chinese,
    Roman {
        upper: bool,
    },
    /// Letters, single or doubled (`aa`).
    Letters {
        alphabet: &'static str,
        times: usize,
    },
}

impl Series {
    /// The place of a label, from 1; only of one written just as [`label`](Self::label) writes it.
    fn value(&self, label: &str) -> Option<u32> {
        if label.len() > 64 {
            return None;
        }
        let value = match self {
            Self::Digits { before, zero } => {
                let number = label.strip_prefix(before.as_str()).filter(|n| !n.is_empty() && n.chars().count() <= 6)?;
                let digit = |c: char| (c as u32).checked_sub(*zero as u32).filter(|&d| d < 10);
                number.chars().try_fold(0, |n, c| Some(n * 10 + digit(c)?))?
            }
            Self::Chinese if label.is_ascii() => return None,
            Self::Chinese => (1..100).find(|&n| chinese(n) == label)?,
            Self::Roman { .. } if !label.chars().all(|c| "ivxlcIVXLC".contains(c)) => return None,
            // No list of items is so long that (c) or (l) are roman.
            Self::Roman { upper } => (1..if *upper { 400 } else { 50 }).find(|&n| roman(n, *upper) == label)?,
            Self::Letters { alphabet, times } => {
                let first = label.chars().next()?;
                let same = label.chars().all(|c| c == first) && label.chars().count() == *times;
                alphabet.chars().position(|c| c == first).filter(|_| same)? as u32 + 1
            }
        };
        self.label(value).filter(|l| l == label).map(|_| value)
    }

    fn label(&self, value: u32) -> Option<String> {
        Some(match self {
            Self::Digits { before, zero } => {
                let digit = |d: char| char::from_u32(*zero as u32 + d.to_digit(10)?);
                let digits: Option<String> = value.to_string().chars().map(digit).collect();
                format!("{before}{}", digits?)
            }
            Self::Chinese => chinese(value),
            Self::Roman { upper } => roman(value, *upper),
            Self::Letters { alphabet, times } => {
                alphabet.chars().nth(value.checked_sub(1)? as usize)?.to_string().repeat(*times)
            }
        })
    }
}

fn roman(mut n: u32, upper: bool) -> String {
    const STEPS: [(u32, &str); 9] =
        [(100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")];
    let mut out = String::new();
    for (value, word) in STEPS {
        while n >= value {
            out.push_str(word);
            n -= value;
        }
    }
    if upper { out.to_uppercase() } else { out }
}

/// Chinese numerals up to 99.
fn chinese(n: u32) -> String {
    let digit = |d: u32| "一二三四五六七八九".chars().nth(d.wrapping_sub(1) as usize).map(String::from);
    let tens = match n / 10 {
        0 => String::new(),
        1 => "十".to_owned(),
        more => format!("{}十", digit(more).unwrap_or_default()),
    };
    format!("{tens}{}", digit(n % 10).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_read_in_one_way() {
        for (from, to, all) in [
            ("7", "11", Some("7 8 9 10 11")),
            ("a", "d", Some("a b c d")),
            ("c", "d", Some("c d")),
            ("i", "v", Some("i ii iii iv v")),
            ("h", "j", Some("h i j")),
            ("II", "V", Some("II III IV V")),
            ("A", "C", Some("A B C")),
            ("3.1", "3.3", Some("3.1 3.2 3.3")),
            ("٢", "٤", Some("٢ ٣ ٤")),
            ("б", "г", Some("б в г")),
            ("ب", "د", Some("ب ج د")),
            ("九", "十二", Some("九 十 十一 十二")),
            ("aa", "cc", Some("aa bb cc")),
            ("11", "7", None),
            ("7", "7", None),
            ("a", "D", None),
            ("7", "8 bis", None),
            ("4a", "4c", None),
            ("07", "9", None),
            ("1", "999999", None),
            ("3.1", "4.2", None),
            ("", "a", None),
        ] {
            assert_eq!(labels_between(from, to).map(|l| l.join(" ")).as_deref(), all, "{from} to {to}");
        }
    }

    #[test]
    fn only_what_is_read_back_is_a_run() {
        for (labels, length) in [
            ("7 8 9 11", 3),
            ("7 8 8bis 9", 2),
            ("8bis 9", 1),
            ("i ii iii iv", 4),
            ("i j k l", 4),
            // As a run these would be read as roman numerals.
            ("i j k l m n o p q r s t u v", 13),
            ("v w x", 2),
            ("h i j", 3),
            ("7 7", 1),
            ("x", 1),
        ] {
            let labels: Vec<&str> = labels.split(' ').collect();
            assert_eq!(run(&labels), length, "{labels:?}");
        }
        assert_eq!(run(&[]), 0);
    }

    #[test]
    fn a_label_follows_another() {
        assert!(follows("8", "9") && follows("i", "ii") && follows("i", "j"));
        assert!(!follows("8", "8 bis") && !follows("8", "10") && !follows("a", "B"));
    }
}
