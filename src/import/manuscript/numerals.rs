//! Numbers as lists, notes and pages print them.

/// What a number is written with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::import) enum Numerals {
    #[default]
    Decimal,
    /// `01`, `02`, with at least so many digits.
    Padded(u8),
    LowerLetter,
    UpperLetter,
    /// `z`, `aa`, `ab`: LibreOffice's own way.
    LowerColumn,
    UpperColumn,
    LowerRoman,
    UpperRoman,
    /// `1st`, or `1.` where the language is not English.
    Ordinal,
    /// `First`.
    OrdinalWords,
    /// `One`.
    CardinalWords,
    /// A sign without a count.
    Bullet,
    /// Nothing.
    None,
    /// `①`
    Circled,
    /// `⑴`
    Enclosed,
    /// `- 1 -`
    Dashed,
    Hex,
    /// `*`, `†`, `‡`, `§`, then doubled.
    Signs,
    /// `一`, `十`, `二十一`
    Chinese,
    /// `一〇五`
    ChineseDigits,
    /// Digits in a script of their own, from its zero on.
    Digits(char),
    /// Letters in an order of their own, then doubled.
    Alphabet(&'static str),
}

/// `أ ب ج د`, the order of old, which lists in Arabic texts take.
const ABJAD: &str = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ";
/// The order of dictionaries.
const ARABIC: &str = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي";
const RUSSIAN: &str = "абвгдежзиклмнопрстуфхцчшщэюя";
const RUSSIAN_CAPITALS: &str = "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ";
const HEBREW: &str = "אבגדהוזחטיכלמנסעפצקרשת";
const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";
const KATAKANA: &str = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン";
const GANADA: &str = "가나다라마바사아자차카타파하";

impl Numerals {
    /// What Word's name for a way to number stands for.
    pub fn of_word(name: &str) -> Self {
        match name {
            "decimalZero" => Self::Padded(2),
            "decimalZero3" => Self::Padded(3),
            "lowerLetter" => Self::LowerLetter,
            "upperLetter" => Self::UpperLetter,
            "lowerRoman" => Self::LowerRoman,
            "upperRoman" => Self::UpperRoman,
            "ordinal" => Self::Ordinal,
            "ordinalText" => Self::OrdinalWords,
            "cardinalText" => Self::CardinalWords,
            "bullet" => Self::Bullet,
            "none" => Self::None,
            "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Self::Circled,
            "decimalEnclosedParen" => Self::Enclosed,
            "numberInDash" => Self::Dashed,
            "hex" => Self::Hex,
            "chicago" => Self::Signs,
            "chineseCounting"
            | "chineseCountingThousand"
            | "taiwaneseCounting"
            | "taiwaneseCountingThousand"
            | "japaneseCounting"
            | "ideographLegalTraditional"
            | "japaneseLegal"
            | "chineseLegalSimplified"
            | "koreanCounting" => Self::Chinese,
            "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" | "koreanDigital2" => {
                Self::ChineseDigits
            }
            "ideographTraditional" => Self::Alphabet(STEMS),
            "ideographZodiac" => Self::Alphabet(BRANCHES),
            "decimalFullWidth" | "decimalFullWidth2" => Self::Digits('０'),
            "hindiNumbers" => Self::Digits('०'),
            "thaiNumbers" => Self::Digits('๐'),
            "arabicAbjad" => Self::Alphabet(ABJAD),
            "arabicAlpha" => Self::Alphabet(ARABIC),
            "russianLower" => Self::Alphabet(RUSSIAN),
            "russianUpper" => Self::Alphabet(RUSSIAN_CAPITALS),
            "hebrew1" | "hebrew2" => Self::Alphabet(HEBREW),
            "aiueo" | "aiueoFullWidth" => Self::Alphabet(KATAKANA),
            "ganada" => Self::Alphabet(GANADA),
            _ => Self::Decimal,
        }
    }

    /// What OpenDocument's `num-format` stands for.
    pub fn of_open_document(format: &str, doubled: bool) -> Self {
        match format {
            "" => Self::None,
            "a" if doubled => Self::LowerLetter,
            "A" if doubled => Self::UpperLetter,
            "a" => Self::LowerColumn,
            "A" => Self::UpperColumn,
            "i" => Self::LowerRoman,
            "I" => Self::UpperRoman,
            "1st" => Self::Ordinal,
            "①, ②, ③, ..." => Self::Circled,
            "一, 二, 三, ..." => Self::Chinese,
            "甲, 乙, 丙, ..." => Self::Alphabet(STEMS),
            "子, 丑, 寅, ..." => Self::Alphabet(BRANCHES),
            "أ, ب, ت, ..." => Self::Alphabet(ARABIC),
            "أ, ب, ج, ..." => Self::Alphabet(ABJAD),
            "ア, イ, ウ, ..." => Self::Alphabet(KATAKANA),
            "가, 나, 다, ..." => Self::Alphabet(GANADA),
            "א, ב, ג, ..." => Self::Alphabet(HEBREW),
            "١, ٢, ٣, ٤, ..." | "١, ٢, ٣, ..." => Self::Digits('٠'),
            "१, २, ३, ..." => Self::Digits('०'),
            "１, ２, ３, ..." => Self::Digits('０'),
            _ if format.starts_with("А, Б, ") => Self::Alphabet(RUSSIAN_CAPITALS),
            _ if format.starts_with("а, б, ") => Self::Alphabet(RUSSIAN),
            _ => Self::Decimal,
        }
    }

    /// The number in words or figures; `english` says whether the document is.
    pub fn print(self, n: u32, english: bool) -> String {
        match self {
            Self::Decimal => n.to_string(),
            Self::Padded(digits) => format!("{n:0width$}", width = usize::from(digits)),
            Self::LowerLetter => letters(n, 'a'),
            Self::UpperLetter => letters(n, 'A'),
            Self::LowerColumn => column(n, 'a'),
            Self::UpperColumn => column(n, 'A'),
            Self::LowerRoman => roman(n).to_lowercase(),
            Self::UpperRoman => roman(n),
            Self::Ordinal if english => format!("{n}{}", ending(n)),
            Self::OrdinalWords if english => ordinal(n),
            Self::CardinalWords if english => cardinal(n),
            Self::Ordinal => format!("{n}."),
            Self::OrdinalWords | Self::CardinalWords => n.to_string(),
            Self::Bullet | Self::None => String::new(),
            Self::Circled => enclosed(n, '①', 20),
            Self::Enclosed => enclosed(n, '⑴', 20),
            Self::Dashed => format!("- {n} -"),
            Self::Hex => format!("{n:X}"),
            Self::Signs => doubled(n, "*†‡§"),
            Self::Chinese => chinese(n),
            Self::ChineseDigits => digits(n, |d| "〇一二三四五六七八九".chars().nth(d as usize)),
            Self::Digits(zero) => digits(n, |d| char::from_u32(u32::from(zero) + d)),
            Self::Alphabet(signs) => doubled(n, signs),
        }
    }
}

/// `a`, …, `z`, `aa`, `bb`: word processors double the letter.
fn letters(n: u32, first: char) -> String {
    let Some(n) = n.checked_sub(1) else { return "0".to_owned() };
    let letter = char::from_u32(u32::from(first) + n % 26).unwrap_or(first);
    String::from(letter).repeat((n / 26 + 1).min(40) as usize)
}

/// `a`, …, `z`, `aa`, `ab`, as the columns of a spreadsheet.
fn column(mut n: u32, first: char) -> String {
    let mut out = Vec::new();
    while let Some(at) = n.checked_sub(1) {
        out.push(char::from_u32(u32::from(first) + at % 26).unwrap_or(first));
        n = at / 26;
    }
    if out.is_empty() { "0".to_owned() } else { out.into_iter().rev().collect() }
}

fn doubled(n: u32, signs: &str) -> String {
    let count = signs.chars().count() as u32;
    let Some(at) = n.checked_sub(1) else { return "0".to_owned() };
    let sign = signs.chars().nth((at % count) as usize).map_or_else(String::new, String::from);
    sign.repeat((at / count + 1).min(40) as usize)
}

fn roman(n: u32) -> String {
    if n == 0 || n > 4999 {
        return n.to_string();
    }
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = n;
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            out.push_str(sign);
            rest -= value;
        }
    }
    out
}

fn ending(n: u32) -> &'static str {
    match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

const ONES: [(&str, &str); 20] = [
    ("Zero", "Zeroth"),
    ("One", "First"),
    ("Two", "Second"),
    ("Three", "Third"),
    ("Four", "Fourth"),
    ("Five", "Fifth"),
    ("Six", "Sixth"),
    ("Seven", "Seventh"),
    ("Eight", "Eighth"),
    ("Nine", "Ninth"),
    ("Ten", "Tenth"),
    ("Eleven", "Eleventh"),
    ("Twelve", "Twelfth"),
    ("Thirteen", "Thirteenth"),
    ("Fourteen", "Fourteenth"),
    ("Fifteen", "Fifteenth"),
    ("Sixteen", "Sixteenth"),
    ("Seventeen", "Seventeenth"),
    ("Eighteen", "Eighteenth"),
    ("Nineteen", "Nineteenth"),
];
const TENS: [&str; 8] = ["Twent", "Thirt", "Fort", "Fift", "Sixt", "Sevent", "Eight", "Ninet"];

fn ordinal(n: u32) -> String {
    match n {
        0..20 => ONES[n as usize].1.to_owned(),
        20..100 if n.is_multiple_of(10) => format!("{}ieth", TENS[n as usize / 10 - 2]),
        20..100 => format!("{}y-{}", TENS[n as usize / 10 - 2], ONES[n as usize % 10].1.to_lowercase()),
        _ => format!("{n}{}", ending(n)),
    }
}

fn cardinal(n: u32) -> String {
    match n {
        0..20 => ONES[n as usize].0.to_owned(),
        20..100 if n.is_multiple_of(10) => format!("{}y", TENS[n as usize / 10 - 2]),
        20..100 => format!("{}y-{}", TENS[n as usize / 10 - 2], ONES[n as usize % 10].0.to_lowercase()),
        _ => n.to_string(),
    }
}

fn enclosed(n: u32, first: char, count: u32) -> String {
    let sign = n.checked_sub(1).filter(|&at| at < count).and_then(|at| char::from_u32(u32::from(first) + at));
    sign.map_or_else(|| n.to_string(), String::from)
}

fn digits(n: u32, digit: impl Fn(u32) -> Option<char>) -> String {
    n.to_string().chars().filter_map(|c| digit(c.to_digit(10)?)).collect()
}

fn chinese(n: u32) -> String {
    if n == 0 || n > 9999 {
        return digits(n, |d| "〇一二三四五六七八九".chars().nth(d as usize));
    }
    let sign = |d: u32| "零一二三四五六七八九".chars().nth(d as usize).unwrap_or('零');
    let mut out = String::new();
    let mut gap = false;
    for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = n / unit % 10;
        if digit == 0 {
            gap = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            out.push('零');
        }
        // Ten is 十, not 一十, where it begins the number.
        if !(unit == 10 && digit == 1 && out.is_empty()) {
            out.push(sign(digit));
        }
        out.push_str(name);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, numbers: &[u32], expected: &str) {
        let printed: Vec<String> = numbers.iter().map(|&n| Numerals::of_word(name).print(n, true)).collect();
        assert_eq!(printed.join(" "), expected, "{name}");
    }

    #[test]
    fn numbers_are_printed_as_word_does() {
        check("decimal", &[1, 12], "1 12");
        check("decimalZero", &[1, 12], "01 12");
        check("lowerLetter", &[1, 26, 27, 28, 53], "a z aa bb aaa");
        check("upperRoman", &[4, 9, 14, 1990], "IV IX XIV MCMXC");
        check("ordinal", &[1, 2, 3, 4, 11, 22, 113], "1st 2nd 3rd 4th 11th 22nd 113th");
        check("ordinalText", &[1, 12, 20, 21], "First Twelfth Twentieth Twenty-first");
        check("cardinalText", &[8, 42], "Eight Forty-two");
        check(
            "chineseCounting",
            &[1, 10, 11, 20, 21, 101, 110, 1005],
            "一 十 十一 二十 二十一 一百零一 一百一十 一千零五",
        );
        check("ideographDigital", &[10], "一〇");
        check("arabicAbjad", &[1, 2, 3, 4], "أ ب ج د");
        check("arabicAlpha", &[2, 3], "ب ت");
        check("russianLower", &[1, 4, 29], "а г аа");
        check("decimalEnclosedCircle", &[3, 30], "③ 30");
        check("chicago", &[1, 2, 5], "* † **");
        check("none", &[1], "");
        assert_eq!(Numerals::of_word("ordinalText").print(3, false), "3");
        assert_eq!(Numerals::LowerLetter.print(0, true), "0");
        let open = |n| Numerals::of_open_document("a", false).print(n, true);
        assert_eq!([open(26), open(27), open(28), open(703)], ["z", "aa", "ab", "aaa"]);
    }
}
