//! Numbers of articles, chapters and annexes as people type them and as drafts print them: `23`, `٢٣`, `IV`, `8 bis`, `4a`,
//! `five`, `première`, `二十三`, `A`.

use super::super::words::{folded, lowered};
use crate::model::folded_label;

/// A number that can be compared with others, whatever way it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// The value, where it counts.
    counted: Option<u32>,
    /// The place of the letter, where it is one: `A` is 1. `C` can be both a letter and a roman number.
    letter: Option<u32>,
    /// What follows the value: nothing, `bis`, `a`; with its place in the series of Latin adverbs.
    suffix: (usize, String),
    /// In small letters without white space.
    written: String,
}

const ADVERBS: [&str; 9] = ["bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies"];

/// The words for one to twelve, folded, in the languages treaties are made in; Russian by the beginnings of its words.
const WORDS: [&[&str]; 12] = [
    &[
        "one", "first", "un", "une", "premier", "premiere", "uno", "una", "primero", "primera", "primer", "um",
        "primeiro", "primeira", "unico", "unica",
    ],
    &["two", "second", "deux", "deuxieme", "seconde", "dos", "segundo", "segunda", "dois", "duas"],
    &["three", "third", "trois", "troisieme", "tres", "tercero", "tercera", "tercer", "terceiro", "terceira"],
    &["four", "fourth", "quatre", "quatrieme", "cuatro", "cuarto", "cuarta", "quatro", "quarto", "quarta"],
    &["five", "fifth", "cinq", "cinquieme", "cinco", "quinto", "quinta"],
    &["six", "sixth", "sixieme", "seis", "sexto", "sexta"],
    &["seven", "seventh", "sept", "septieme", "siete", "septimo", "septima", "sete", "setimo", "setima"],
    &["eight", "eighth", "huit", "huitieme", "ocho", "octavo", "octava", "oito", "oitavo", "oitava"],
    &["nine", "ninth", "neuf", "neuvieme", "nueve", "noveno", "novena", "nove", "nono", "nona"],
    &["ten", "tenth", "dix", "dixieme", "diez", "decimo", "decima", "dez"],
    &["eleven", "eleventh", "onze", "onzieme", "once", "undecimo", "undecima"],
    &["twelve", "twelfth", "douze", "douzieme", "doce", "duodecimo", "duodecima", "doze"],
];
const RUSSIAN: [&str; 10] = ["перв", "втор", "трет", "четверт", "пят", "шест", "седьм", "восьм", "девят", "десят"];

impl Number {
    /// Whatever its capitals and spaces. Every text is a number; most are equal only to themselves.
    pub fn read(text: &str) -> Self {
        let written = folded_label(text);
        let (counted, rest) = value(&written).map_or((None, ""), |(n, rest)| (Some(n), rest));
        let rank = ADVERBS.iter().position(|a| *a == rest).map_or(0, |i| i + 1);
        let suffix = (rank, rest.to_owned());
        Self { counted, letter: letter(&written), suffix, written }
    }

    /// Whether it can stand in a query: letters and digits, perhaps parted by full stops or hyphens.
    pub fn is_proper(&self) -> bool {
        self.written.starts_with(|c: char| c.is_alphanumeric())
            && self.written.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'))
    }

    /// Whether both say the same.
    pub fn is(&self, other: &Self) -> bool {
        self.written == other.written
            || self.counted.is_some() && self.counted == other.counted && self.suffix == other.suffix
    }

    /// Whether a range can run from one to the other.
    pub fn runs_to(&self, last: &Self) -> bool {
        self.key().zip(last.key()).is_some_and(|(a, b)| a <= b)
            || self.letter.zip(last.letter).is_some_and(|(a, b)| a <= b)
    }

    /// Whether it stands in the range, both ends included.
    pub fn is_between(&self, first: &Self, last: &Self) -> bool {
        fn within<T: PartialOrd>(first: Option<T>, it: Option<T>, last: Option<T>) -> bool {
            matches!((first, it, last), (Some(first), Some(it), Some(last)) if first <= it && it <= last)
        }
        // `8 bis` belongs to what ends with 8 no more than to what begins with 9; `4a` counts as after 4.
        within(first.key(), self.key(), last.key()) || within(first.letter, self.letter, last.letter)
    }

    fn key(&self) -> Option<(u32, &(usize, String))> {
        Some((self.counted?, &self.suffix))
    }
}

/// The value a folded text begins with, and what follows it.
fn value(written: &str) -> Option<(u32, &str)> {
    let digits = written.len() - written.trim_start_matches(|c| digit(c).is_some()).len();
    if digits > 0 {
        let (number, rest) = written.split_at(digits);
        // A number too long for an article is a word like any other.
        let number = number.chars().take(8).try_fold(0_u32, |n, c| Some(n * 10 + digit(c)?));
        return number.filter(|_| written[..digits].chars().count() < 8).map(|n| (n, rest));
    }
    if let Some(n) = roman(written) {
        return Some((n, ""));
    }
    for adverb in ADVERBS {
        if let Some(n) = written.strip_suffix(adverb).and_then(roman) {
            return Some((n, adverb));
        }
    }
    if let Some(n) = chinese(written) {
        return Some((n, ""));
    }
    let word = folded(&lowered(written));
    let at = WORDS.iter().position(|words| words.contains(&word.as_str()));
    let at = at
        .or_else(|| RUSSIAN.iter().position(|w| word.starts_with(w) && word.chars().count() <= w.chars().count() + 3));
    if let Some(at) = at {
        return Some((at as u32 + 1, ""));
    }
    // `VIIIa`, as annexes are numbered that were put in between.
    let (last, c) = written.char_indices().next_back()?;
    let n = roman(&written[..last]).filter(|_| c.is_ascii_alphabetic())?;
    Some((n, &written[last..]))
}

fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(u32::from(c) - u32::from('0')),
        '٠'..='٩' => Some(u32::from(c) - u32::from('٠')),
        '۰'..='۹' => Some(u32::from(c) - u32::from('۰')),
        '\u{ff10}'..='\u{ff19}' => Some(u32::from(c) - 0xff10),
        _ => None,
    }
}

/// A roman number in small letters as the rules have it, up to 399.
fn roman(word: &str) -> Option<u32> {
    const STEPS: [(u32, &str); 9] =
        [(100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")];
    let (mut rest, mut total) = (word, 0);
    for (value, sign) in STEPS {
        let most = if sign.len() == 2 || matches!(value, 5 | 50) { 1 } else { 3 };
        for _ in 0..most {
            let Some(shorter) = rest.strip_prefix(sign) else { break };
            (rest, total) = (shorter, total + value);
        }
    }
    (rest.is_empty() && total > 0).then_some(total)
}

/// A Chinese number below a thousand, perhaps as an ordinal.
fn chinese(word: &str) -> Option<u32> {
    let word = word.strip_prefix('第').unwrap_or(word);
    if word.is_empty() || word.chars().count() > 7 {
        return None;
    }
    let (mut total, mut one) = (0, 0);
    for c in word.chars() {
        match c {
            '百' => total += std::mem::take(&mut one) * 100,
            '十' => total += std::mem::take(&mut one).max(1) * 10,
            '零' | '〇' => {}
            _ if one > 0 => return None,
            _ => one = "一二三四五六七八九".chars().position(|d| d == c)? as u32 + 1,
        }
    }
    Some(total + one).filter(|&n| n > 0)
}

fn letter(word: &str) -> Option<u32> {
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        (Some(c @ 'a'..='z'), None) => Some(u32::from(c) - u32::from('a') + 1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_mean_the_same_however_they_are_written() {
        let same = |a: &str, b: &str| Number::read(a).is(&Number::read(b));
        for (a, b) in [
            ("23", "٢٣"),
            ("V", "5"),
            ("v", "five"),
            ("IV", "FOURTH"),
            ("première", "I"),
            ("二十三", "23"),
            ("十", "X"),
            ("第三", "3"),
            ("8 bis", "8BIS"),
            ("IVbis", "4 bis"),
            ("VIIIa", "8A"),
            ("A", "a"),
            ("Вторая", "2"),
            ("c", "C"),
            ("３", "3"),
            ("zebra", "ZEBRA"),
            ("99999999999", "99999999999"),
        ] {
            assert!(same(a, b), "{a} {b}: {:?} {:?}", Number::read(a), Number::read(b));
        }
        for (a, b) in [("8", "8 bis"), ("A", "1"), ("IIII", "4"), ("23", "2"), ("99999999999", "1"), ("ten", "tenor")] {
            assert!(!same(a, b), "{a} {b}");
        }
    }

    #[test]
    fn numbers_have_an_order() {
        let numbers = ["7", "8", "8 bis", "8ter", "VIII QUATER", "9", "10"].map(Number::read);
        for pair in numbers.windows(2) {
            assert!(pair[0].runs_to(&pair[1]) && !pair[1].runs_to(&pair[0]), "{pair:?}");
        }
        let between = |it: &str, a: &str, b: &str| Number::read(it).is_between(&Number::read(a), &Number::read(b));
        assert!(between("8 bis", "8", "9") && !between("9 bis", "8", "9") && between("III", "2", "IV"));
        assert!(between("C", "A", "D") && !between("E", "A", "D") && !between("3", "A", "D"));
        assert!(!Number::read("zebra").runs_to(&Number::read("9")));
    }

    #[test]
    fn what_is_no_number_is_known() {
        for (text, proper) in
            [("23", true), ("8 bis", true), ("3.1", true), ("-", false), ("§", false), ("2,3", false), ("", false)]
        {
            assert_eq!(Number::read(text).is_proper(), proper, "{text}");
        }
    }
}
