//! Numbers as drafts print them: digits of several scripts, roman numerals, letters, Chinese numerals, `4a`, `8 bis`.

/// Where a number stands in its series: `4` < `4 bis` < `4 ter` < `5`, and `-1` just before `1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Value {
    /// The number itself, or the letter's place in the alphabet.
    pub main: u32,
    /// 0 for the number itself, 10 for `a`, 20 for `b` and `bis`, and so on; five less for what is put before it (`-1`).
    pub sub: i32,
}

impl Value {
    pub fn of(main: u32) -> Self {
        Self { main, sub: 0 }
    }

    /// Whether a series can begin with it.
    pub fn is_first(self) -> bool {
        self.main <= 1 && self.sub <= 0
    }

    /// Whether it can stand right after `last` without a hole.
    pub fn follows(self, last: Self) -> bool {
        (self.main == last.main + 1 && self.sub <= 0) || (self.main == last.main && self.sub > last.sub)
    }
}

/// The Latin adverbs that number what was put in between, from the second on.
const ADVERBS: [&str; 12] = [
    "bis",
    "ter",
    "quater",
    "quinquies",
    "sexies",
    "septies",
    "octies",
    "novies",
    "nonies",
    "decies",
    "undecies",
    "duodecies",
];

/// Spellings of them that drafts also print.
const MISSPELT: [(&str, i32); 6] =
    [("quarter", 4), ("quinquiues", 5), ("quinqiues", 5), ("quinquiès", 5), ("sexties", 6), ("octodecies", 18)];

/// The place of `bis`, `ter` … after the number itself.
pub(super) fn adverb(word: &str) -> Option<i32> {
    if !(3..=12).contains(&word.len()) {
        return None;
    }
    let at = |(i, a): (usize, &&str)| a.eq_ignore_ascii_case(word).then_some(i as i32 + 2);
    ADVERBS
        .iter()
        .enumerate()
        .find_map(at)
        .or_else(|| MISSPELT.iter().find(|(m, _)| m.eq_ignore_ascii_case(word)).map(|&(_, n)| n))
}

/// What stands behind a number: nothing, a letter or two (`4a`), an adverb (`2bis`), the end of an ordinal (`1er`).
pub(super) fn suffix(word: &str) -> Option<i32> {
    if word.is_empty() || matches!(word, "er" | "re" | "ère" | "º" | "ª" | "°" | "o" | "st" | "nd" | "rd" | "th") {
        return Some(0);
    }
    adverb(word).or_else(|| if word.len() <= 2 { letter(word).map(|n| n as i32) } else { None }).map(|n| n * 10)
}

/// The value of a decimal digit of any script that treaties are printed in.
pub(super) fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '\u{660}'..='\u{669}' => Some(c as u32 - 0x660),
        '\u{6f0}'..='\u{6f9}' => Some(c as u32 - 0x6f0),
        '\u{966}'..='\u{96f}' => Some(c as u32 - 0x966),
        '\u{ff10}'..='\u{ff19}' => Some(c as u32 - 0xff10),
        _ => None,
    }
}

/// A number printed in digits; nothing beyond six of them.
pub(super) fn decimal(word: &str) -> Option<u32> {
    if word.is_empty() || word.chars().take(7).count() > 6 {
        return None;
    }
    word.chars().try_fold(0, |n, c| Some(n * 10 + digit(c)?))
}

/// A roman numeral in one case, written as the rules have it (`IV`, not `IIII`), up to 399.
pub(super) fn roman(word: &str) -> Option<u32> {
    if word.is_empty() || word.len() > 12 || !word.is_ascii() {
        return None;
    }
    let lower = word.bytes().all(|b| b.is_ascii_lowercase());
    if !lower && !word.bytes().all(|b| b.is_ascii_uppercase()) {
        return None;
    }
    let one = |b: u8| match b.to_ascii_lowercase() {
        b'i' => Some(1),
        b'v' => Some(5),
        b'x' => Some(10),
        b'l' => Some(50),
        b'c' => Some(100),
        _ => None,
    };
    let digits: Option<Vec<u32>> = word.bytes().map(one).collect();
    let digits = digits?;
    let mut total = 0;
    for (i, &d) in digits.iter().enumerate() {
        if digits.get(i + 1).is_some_and(|&next| next > d) { total -= d as i32 } else { total += d as i32 }
    }
    let total = u32::try_from(total).ok()?;
    (total < 400 && print_roman(total) == word.to_ascii_lowercase()).then_some(total)
}

fn print_roman(mut n: u32) -> String {
    const STEPS: [(u32, &str); 9] =
        [(100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")];
    let mut out = String::new();
    for (value, word) in STEPS {
        while n >= value {
            out.push_str(word);
            n -= value;
        }
    }
    out
}

/// The place of a letter in the series its script counts with: `c` is 3, `в` is 3, `ج` is 3; doubled letters go on
/// after the single ones (`aa` is 27).
pub(super) fn letter(word: &str) -> Option<u32> {
    const CYRILLIC: &str = "абвгдежзиклмнопрстуфхцчшщэюя";
    const ABJAD: &str = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ";
    let mut chars = word.chars();
    let c = chars.next()?;
    let times = 1 + chars.clone().count() as u32;
    if times > 3 || chars.any(|other| other != c) {
        return None;
    }
    let lower = c.to_lowercase().next().unwrap_or(c);
    let (place, length) = if lower.is_ascii_lowercase() {
        (lower as u32 - 'a' as u32, 26)
    } else if let Some(i) = CYRILLIC.chars().position(|x| x == lower) {
        (i as u32, 28)
    } else {
        let plain = if c == 'ا' { 'أ' } else { c };
        if times > 1 {
            return None;
        }
        (ABJAD.chars().position(|x| x == plain)? as u32, 28)
    };
    Some(place + 1 + (times - 1) * length)
}

/// The place of the letter of the other script that looks the same: a Cyrillic `с` typed for a Latin `c` is 3.
pub(super) fn twin(word: &str) -> Option<u32> {
    const TWINS: [(char, char); 10] = [
        ('a', 'а'),
        ('c', 'с'),
        ('e', 'е'),
        ('k', 'к'),
        ('m', 'м'),
        ('o', 'о'),
        ('p', 'р'),
        ('t', 'т'),
        ('x', 'х'),
        ('y', 'у'),
    ];
    let mut chars = word.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else { return None };
    let lower = c.to_lowercase().next()?;
    let other = TWINS.iter().find_map(|&(latin, cyrillic)| match lower {
        c if c == latin => Some(cyrillic),
        c if c == cyrillic => Some(latin),
        _ => None,
    })?;
    letter(other.encode_utf8(&mut [0; 4]))
}

/// A number in Chinese numerals up to 9999: `四`, `十二`, `一百零三`.
pub(super) fn chinese(word: &str) -> Option<u32> {
    if word.is_empty() || word.chars().take(10).count() > 9 {
        return None;
    }
    let (mut total, mut pending, mut plain) = (0, None, true);
    for c in word.chars() {
        if let Some(d) = "〇一二三四五六七八九".chars().position(|x| x == c).or(match c {
            '零' => Some(0),
            '两' | '兩' => Some(2),
            _ => None,
        }) {
            if let (Some(before), true) = (pending, plain) {
                // Digits side by side, 一二 for 12.
                pending = Some(before * 10 + d as u32);
            } else {
                pending = Some(d as u32);
            }
        } else {
            let unit = match c {
                '十' => 10,
                '百' => 100,
                '千' => 1000,
                _ => return None,
            };
            plain = false;
            total += pending.take().unwrap_or(1).max(1) * unit;
        }
    }
    Some(total + pending.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_every_script() {
        assert_eq!(decimal("23"), Some(23));
        assert_eq!(decimal("٢٣"), Some(23));
        assert_eq!(decimal("1234567"), None);
        assert_eq!(decimal("2a"), None);
        for n in 1..400 {
            assert_eq!(roman(&print_roman(n)), Some(n));
            assert_eq!(roman(&print_roman(n).to_uppercase()), Some(n));
        }
        for wrong in ["", "iiii", "iVx", "ic", "vx", "d", "mild"] {
            assert_eq!(roman(wrong), None, "{wrong}");
        }
        assert_eq!(letter("c"), Some(3));
        assert_eq!(letter("AA"), Some(27));
        assert_eq!(letter("ab"), None);
        assert_eq!(letter("в"), Some(3));
        assert_eq!(letter("ج"), Some(3));
        assert_eq!(twin("\u{441}"), Some(3), "looks like c");
        assert_eq!(twin("c"), Some(17));
        assert_eq!(twin("b"), None);
        for (word, n) in [("四", 4), ("十", 10), ("十二", 12), ("二十", 20), ("一百零三", 103), ("一二", 12)]
        {
            assert_eq!(chinese(word), Some(n), "{word}");
        }
        assert_eq!(chinese("条"), None);
    }

    #[test]
    fn what_was_put_in_between_follows_its_number() {
        let four = Value::of(4);
        let bis = Value { main: 4, sub: suffix("bis").unwrap() };
        let ter = Value { main: 4, sub: suffix("TER").unwrap() };
        assert!(bis.follows(four) && ter.follows(bis) && Value::of(5).follows(ter) && ter.follows(four));
        assert!(!Value::of(6).follows(four) && !four.follows(bis));
        assert!(Value { main: 1, sub: -5 }.is_first() && !bis.is_first());
        assert_eq!(adverb("of"), None);
    }
}
