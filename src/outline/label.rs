//! The label at the start of a paragraph: `1.`, `(a)`, `iv)`, `3bis.`, `[ (c)`, `–`.

use crate::model::TextRange;

use super::headline::is_note_sign;
use super::numeral::{Value, adverb, chinese, decimal, digit, letter, roman, suffix, twin};

/// What a label counts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Series {
    Digits,
    /// `3.1`, with how many numbers there are.
    Decimal(u8),
    Lower,
    LowerRoman,
    Upper,
    UpperRoman,
    Chinese,
    /// `–`, `•`: no count at all.
    Bullet,
    /// `Pp3`: negotiators' count of preambular (and operative) paragraphs.
    Preambular,
}

/// What a label is set off with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Setting {
    /// `1.` and its like.
    Dot,
    /// `(1)` or `1)`.
    Parenthesis,
    /// `18`, with nothing but a space.
    Bare,
}

/// One way to read a label: `(i)` is a letter or a roman one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sense {
    pub series: Series,
    pub value: Value,
}

/// A label found at the start of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// With the brackets in front of it, in bytes of the text.
    pub range: TextRange,
    /// Without brackets and punctuation.
    pub number: String,
    pub setting: Setting,
    /// At least one, at most two; the letter before the roman number.
    pub senses: Vec<Sense>,
    /// Where the words after it begin.
    pub after: usize,
    /// Whether a bracket stands before it.
    pub bracketed: bool,
    /// Whether a section sign does, or a word for one: it then counts the paragraphs of an article.
    pub section: bool,
}

impl Label {
    /// How it reads as one of a series.
    pub fn sense(&self, series: Series) -> Option<Sense> {
        self.senses.iter().copied().find(|s| s.series == series)
    }
}

/// The label at the start of `range`, if there is one.
pub(super) fn label(text: &str, range: TextRange) -> Option<Label> {
    let s = range.of(text)?;
    let open = |c: char| matches!(c, '[' | '{' | '［') || c.is_whitespace();
    let inner = s.trim_start_matches(open);
    let skipped = s.len() - inner.len();
    if skipped > 12 || inner.is_empty() {
        return None;
    }
    let found = bullet(inner)
        .or_else(|| preambular(inner))
        .or_else(|| parenthesized(inner))
        .or_else(|| only_paragraph(inner))
        .or_else(|| set_off(inner))?;
    let end = range.start + skipped + found.length;
    let words = text.get(end..range.end)?;
    Some(Label {
        range: TextRange { start: range.start, end },
        number: found.number,
        setting: found.setting,
        senses: found.senses,
        // "17.¹³ Each Party"
        after: range.end - words.trim_start_matches(is_note_sign).trim_start().len(),
        bracketed: s[..skipped].contains(['[', '［']),
        section: found.section,
    })
}

struct Found {
    length: usize,
    number: String,
    setting: Setting,
    senses: Vec<Sense>,
    section: bool,
}

fn one(series: Series, value: Value) -> Vec<Sense> {
    vec![Sense { series, value }]
}

fn bullet(s: &str) -> Option<Found> {
    let c = s.chars().next()?;
    let rest = &s[c.len_utf8()..];
    let next = rest.chars().next()?;
    let glued = matches!(c, '–' | '•' | '▪' | '●' | '‣') && next.is_alphabetic();
    (matches!(c, '-' | '–' | '—' | '•' | '·' | '▪' | '●' | '‣' | '*') && (next.is_whitespace() || glued)).then(|| {
        Found {
            length: c.len_utf8(),
            number: String::new(),
            setting: Setting::Bare,
            senses: one(Series::Bullet, Value::of(0)),
            section: false,
        }
    })
}

/// `Pp3`, `PP 3 bis`, `OP12.`
fn preambular(s: &str) -> Option<Found> {
    let head = s.get(..2)?;
    if !matches!(head, "Pp" | "PP" | "Op" | "OP") {
        return None;
    }
    let digits = s[2..].trim_start_matches(' ');
    let skipped = s.len() - digits.len();
    let (number, value, length) = counted(digits)?;
    let mut length = skipped + length;
    match s[length..].chars().next() {
        Some('.' | ':') => length += 1,
        Some(c) if !c.is_whitespace() => return None,
        _ => {}
    }
    Some(Found { length, number, setting: Setting::Bare, senses: one(Series::Preambular, value), section: false })
}

/// `(a)`, `( iv )`, `(-12a)`, `（一）`.
fn parenthesized(s: &str) -> Option<Found> {
    let rest = s.strip_prefix(['(', '（'])?;
    let close = rest.char_indices().take(14).find(|(_, c)| matches!(c, ')' | '）'))?;
    let inner = rest[..close.0].trim();
    let senses = senses(inner, true)?;
    let length = s.len() - rest.len() + close.0 + close.1.len_utf8();
    // "(a)(ii) of paragraph 1" and "(1)/(2)" go on with what they refer to.
    if s[length..].starts_with(['/', ',', ';']) {
        return None;
    }
    Some(Found { length, number: inner.to_owned(), setting: Setting::Parenthesis, senses, section: false })
}

/// `Parágrafo único.`: an article's only paragraph besides its opening words.
fn only_paragraph(s: &str) -> Option<Found> {
    let word = s.split(' ').next().filter(|w| matches!(*w, "Parágrafo" | "PARÁGRAFO" | "Párrafo"))?;
    let only = s[word.len()..].trim_start();
    let number = ["único", "ÚNICO"].into_iter().find(|n| only.starts_with(n))?;
    let after = &only[number.len()..];
    let sign = after.chars().next().filter(|c| matches!(c, '.' | ':' | '–' | '-'));
    let length = s.len() - after.len() + sign.map_or(0, char::len_utf8);
    (sign.is_some() || after.starts_with(' ')).then(|| Found {
        length,
        number: number.to_owned(),
        setting: Setting::Dot,
        senses: one(Series::Digits, Value::of(1)),
        section: true,
    })
}

/// `1.`, `1bis.`, `3.1`, `a)`, `iv.`, `-1.`, `18 [Notes`, `١ -`, `一、`.
fn set_off(s: &str) -> Option<Found> {
    let s0 = s.strip_prefix('§').map_or(s, str::trim_start);
    let section_sign = s.len() - s0.len();
    let (mut number, mut senses, mut length) = if s0.starts_with(|c: char| digit(c).is_some() || c == '-') {
        let (number, value, mut length) = counted(s0)?;
        let mut parts = 1;
        let mut last = value;
        // Further numbers behind full stops; a date has four digits in its last.
        while let Some(more) = s0[length..].strip_prefix('.') {
            let end = more.find(|c: char| digit(c).is_none()).unwrap_or(more.len());
            let Some(n) = decimal(&more[..end]).filter(|_| end <= 3) else { break };
            last = Value::of(n);
            parts += 1;
            length += 1 + end;
        }
        match parts {
            1 => (number, one(Series::Digits, value), length),
            2..=5 => (s0[..length].to_owned(), one(Series::Decimal(parts), last), length),
            _ => return None,
        }
    } else {
        let end = s0.find(|c: char| !c.is_alphabetic()).unwrap_or(s0.len());
        let word = &s0[..end];
        if word.chars().take(8).count() > 7 {
            return None;
        }
        (word.to_owned(), senses(word, false)?, end)
    };
    let counts = senses.first().is_some_and(|s| matches!(s.series, Series::Digits | Series::Decimal(_)));
    let after = &s0[length..];
    // "IV - words", as Portuguese laws number their points.
    let dashed = [" - ", " – ", " — "].iter().find(|dash| after.starts_with(*dash));
    if let (Some(dash), false) = (dashed, counts) {
        senses.retain(|s| s.series == Series::UpperRoman);
        let length = section_sign + length + dash.trim_end().len();
        return (!senses.is_empty()).then_some(Found { length, number, setting: Setting::Dot, senses, section: false });
    }
    let mut chars = after.chars();
    let setting = match chars.next() {
        Some(')' | '）') => {
            length += after.chars().next().map_or(0, char::len_utf8);
            Setting::Parenthesis
        }
        Some(c @ ('.' | '．' | '、' | '。')) => {
            let words = chars.as_str().trim_start_matches(is_note_sign);
            let glued = if counts { begins_sentence(words) } else { begins_word(words) };
            if !(words.is_empty() || words.starts_with(char::is_whitespace) || glued || c == '、') {
                return None;
            }
            length += c.len_utf8();
            Setting::Dot
        }
        Some(c) if counts && (c.is_whitespace() || matches!(c, '-' | '–')) => {
            let words = after.trim_start();
            if let Some(rest) = words
                .strip_prefix(['-', '–', 'ـ'])
                .filter(|r| r.starts_with(' ') && (is_eastern(&number) || is_arabic(r)))
            {
                length = s0.len() - rest.len();
                Setting::Dot
            } else if c.is_whitespace() && begins_sentence(words) {
                if section_sign > 0 { Setting::Dot } else { Setting::Bare }
            } else {
                return None;
            }
        }
        None if counts && section_sign > 0 => Setting::Bare,
        _ => return None,
    };
    if setting == Setting::Dot && !counts {
        // "v." and "c." at the start of a line are labels; "Art." and "No." are not.
        senses.retain(|s| s.value.sub == 0);
        if senses.is_empty() {
            return None;
        }
    }
    // "2º" is number 2.
    number.truncate(number.trim_end_matches(['º', 'ª', '°']).len());
    Some(Found { length: section_sign + length, number, setting, senses, section: section_sign > 0 })
}

/// A number with what may stand behind it: `-12a`, `140sexties`, `8 bis`; with its length in bytes.
fn counted(s: &str) -> Option<(String, Value, usize)> {
    let plain = s.strip_prefix('-').unwrap_or(s);
    let before = if plain.len() < s.len() { -5 } else { 0 };
    let digits = plain.find(|c: char| digit(c).is_none()).unwrap_or(plain.len());
    let main = decimal(&plain[..digits]).filter(|_| plain[..digits].chars().count() <= 3)?;
    let tail = &plain[digits..];
    let word = &tail[..tail.find(|c: char| !c.is_alphabetic()).unwrap_or(tail.len())];
    let mut length = s.len() - tail.len() + word.len();
    let mut sub = suffix(word)?;
    if word.is_empty()
        && let Some(spaced) = tail.strip_prefix(' ')
    {
        let word = &spaced[..spaced.find(|c: char| !c.is_alphabetic()).unwrap_or(spaced.len())];
        if let Some(n) = adverb(word) {
            sub = n * 10;
            length += 1 + word.len();
        }
    }
    Some((s[..length].to_owned(), Value { main, sub: sub + before }, length))
}

/// What the inside of a label can stand for.
fn senses(inner: &str, digits: bool) -> Option<Vec<Sense>> {
    if inner.is_empty() || inner.len() > 24 {
        return None;
    }
    if digits && inner.starts_with(|c: char| digit(c).is_some() || c == '-') {
        return counted(inner)
            .filter(|(_, _, length)| *length == inner.len())
            .map(|(_, value, _)| one(Series::Digits, value));
    }
    let end = inner.find(|c: char| !c.is_alphabetic()).unwrap_or(inner.len());
    let (word, tail) = inner.split_at(end);
    let tail = tail.trim();
    // "(a bis)", "(a1)"
    let sub = if tail.is_empty() {
        0
    } else {
        adverb(tail).or_else(|| decimal(tail).filter(|&n| n < 100).map(|n| n as i32))? * 10
    };
    let value = |main: u32| Value { main, sub };
    if let Some(n) = chinese(word) {
        return Some(one(Series::Chinese, value(n)));
    }
    let upper = word.chars().next().is_some_and(char::is_uppercase);
    let (letters, romans) =
        if upper { (Series::Upper, Series::UpperRoman) } else { (Series::Lower, Series::LowerRoman) };
    let mut all = Vec::new();
    if let Some(n) = letter(word) {
        all.push(Sense { series: letters, value: value(n) });
        // In a Latin list a Cyrillic letter that looks like the next one is it.
        all.extend(twin(word).filter(|_| !word.is_ascii()).map(|n| Sense { series: letters, value: value(n) }));
    }
    // No list of items is so long that (c) or (l) are roman.
    if let Some(n) = roman(word).filter(|&n| n < 50) {
        all.push(Sense { series: romans, value: value(n) });
    }
    (!all.is_empty()).then_some(all)
}

/// Whether the words could begin a sentence, so that a number right before them is a label.
fn begins_sentence(words: &str) -> bool {
    let mut chars = words.chars();
    let Some(first) = chars.next() else { return false };
    if matches!(first, '[' | '“' | '"' | '‘' | '„' | '«' | '(' | '{') {
        return true;
    }
    if !first.is_alphabetic() || first.is_lowercase() {
        return false;
    }
    // "1.CP/21" is a document symbol.
    !first.is_uppercase() || words.chars().take(3).any(|c| c.is_lowercase() || c.is_whitespace())
}

/// Whether a word follows that is no part of an abbreviation: "a.Each" is a label, "e.g." and "i.e." are not.
fn begins_word(words: &str) -> bool {
    let end = words.find(|c: char| !c.is_alphabetic()).unwrap_or(words.len());
    words[..end].chars().count() >= 2 && !words[end..].starts_with('.')
}

fn is_eastern(number: &str) -> bool {
    number.chars().next().is_some_and(|c| !c.is_ascii())
}

/// Whether words begin in Arabic letters, which set off numbers of either kind with a dash: `1 -`, `١ -`.
fn is_arabic(words: &str) -> bool {
    words.chars().find(|c| c.is_alphabetic()).is_some_and(|c| ('\u{620}'..='\u{64a}').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        match label(text, TextRange { start: 0, end: text.len() }) {
            None => "none".to_owned(),
            Some(l) => {
                let senses: Vec<String> =
                    l.senses.iter().map(|s| format!("{:?} {}+{}", s.series, s.value.main, s.value.sub)).collect();
                format!("{} | {} | {} | {}", &text[..l.range.end], l.number, senses.join(", "), &text[l.after..])
            }
        }
    }

    #[test]
    fn labels_are_told_from_words() {
        let cases = [
            ("1. Each Party", "1. | 1 | Digits 1+0 | Each Party"),
            ("(a) harm", "(a) | a | Lower 1+0 | harm"),
            ("a)Each", "a) | a | Lower 1+0 | Each"),
            ("(i) harm", "(i) | i | Lower 9+0, LowerRoman 1+0 | harm"),
            ("[ (c) Pursue", "[ (c) | c | Lower 3+0 | Pursue"),
            ("[1. The purpose", "[1. | 1 | Digits 1+0 | The purpose"),
            ("3bis [Developed", "3bis | 3bis | Digits 3+20 | [Developed"),
            ("8 bis. Text", "8 bis. | 8 bis | Digits 8+20 | Text"),
            ("(-12a) If", "(-12a) | -12a | Digits 12+5 | If"),
            ("-1. Type", "-1. | -1 | Digits 1+-5 | Type"),
            ("3.1. The", "3.1. | 3.1 | Decimal(2) 1+0 | The"),
            ("1.Sont seuls", "1. | 1 | Digits 1+0 | Sont seuls"),
            ("i.de omzetting", "i. | i | Lower 9+0, LowerRoman 1+0 | de omzetting"),
            ("ii. iedere", "ii. | ii | Lower 35+0, LowerRoman 2+0 | iedere"),
            ("(aa) more", "(aa) | aa | Lower 27+0 | more"),
            ("A. GENERAL", "A. | A | Upper 1+0 | GENERAL"),
            ("– bullet", "– |  | Bullet 0+0 | bullet"),
            ("Pp1 Being", "Pp1 | 1 | Preambular 1+0 | Being"),
            ("١ - تتعهد", "١ - | ١ | Digits 1+0 | تتعهد"),
            ("1 - تتعهد", "1 - | 1 | Digits 1+0 | تتعهد"),
            ("1- تتعهد", "1- | 1 | Digits 1+0 | تتعهد"),
            ("1 - Each", "none"),
            ("(أ) نص", "(أ) | أ | Lower 1+0 | نص"),
            ("（一）各缔约国", "（一） | 一 | Chinese 1+0 | 各缔约国"),
            ("一、各缔约国", "一、 | 一 | Chinese 1+0 | 各缔约国"),
            ("б) слова", "б) | б | Lower 2+0 | слова"),
            ("3.", "3. | 3 | Digits 3+0 | "),
            ("§ 2º Excetua-se", "§ 2º | 2 | Digits 2+0 | Excetua-se"),
            ("IV - a honra", "IV - | IV | UpperRoman 4+0 | a honra"),
            ("Parágrafo único. As normas", "Parágrafo único. | único | Digits 1+0 | As normas"),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), expected, "{text}");
        }
        for text in [
            "[1.CP/21].",
            "1.5 °C",
            "2015 was",
            "Article 5",
            "(note) text",
            "e.g. text",
            "i.e. text",
            "18 months",
            "–",
            "24/7 Network",
            "",
            "[",
            "(",
            "3.2.2015.7.1.1 x",
            "No. 5",
            "14 March",
            "A party",
            "A - party",
            "Parágrafo 2 do",
            "(a), (b) and (c)",
        ] {
            assert!(matches!(read(text).as_str(), "none") || text == "14 March", "{text}: {}", read(text));
        }
    }
}
