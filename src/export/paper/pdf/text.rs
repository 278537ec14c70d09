//! Words on a line: what of a string can be printed, which way it runs, and where a word too long for its line breaks.

use std::borrow::Cow;

use serde::Serialize;
use unicode_bidi::BidiClass;
use unicode_normalization::char::is_combining_mark;

const LEFT_TO_RIGHT_ISOLATE: char = '\u{2066}';
const RIGHT_TO_LEFT_ISOLATE: char = '\u{2067}';
const END_OF_ISOLATE: char = '\u{2069}';
/// Before a piece that may stand on the next line. No printed words have control characters.
const BREAK: &str = "\u{2}";
/// Before a piece that stays whole: a citation such as `23(2)(c)`.
const WHOLE: &str = "\u{1}";
/// A word that can be hyphenated is left to that up to so many lines.
const HYPHENATED: f32 = 1.6;
/// Bold letters are wider than the plain ones the widths below are of.
const BOLD: f32 = 1.06;

/// Which way words run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Way {
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}

impl Way {
    fn of(c: char) -> Option<Self> {
        if c.is_ascii() {
            return c.is_ascii_alphabetic().then_some(Self::Ltr);
        }
        match unicode_bidi::bidi_class(c) {
            BidiClass::L => Some(Self::Ltr),
            BidiClass::R | BidiClass::AL => Some(Self::Rtl),
            _ => None,
        }
    }
}

/// Which way words run, by the first letter that says so.
pub(super) fn way_of<'a>(words: impl IntoIterator<Item = &'a str>) -> Option<Way> {
    words.into_iter().flat_map(str::chars).find_map(Way::of)
}

/// Words as `paper.typ` reads them.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(super) enum Text<'p> {
    /// In one piece.
    Whole(Cow<'p, str>),
    /// In lines of pieces, each with [`BREAK`], [`WHOLE`] or nothing before it.
    Lines(Vec<Vec<String>>),
}

impl Text<'_> {
    /// Whether nothing of it is seen.
    pub(super) fn is_blank(&self) -> bool {
        match self {
            Self::Whole(words) => words.trim().is_empty(),
            Self::Lines(lines) => lines.iter().flatten().all(|piece| piece.trim().is_empty()),
        }
    }
}

/// Sets the runs of one paragraph.
pub(super) struct Setter {
    /// How long a line is, in heights of the letters.
    room: f32,
    /// Whether words are hyphenated there.
    hyphenates: bool,
    /// Which way the paragraph runs.
    way: Way,
    /// How much of a word stands at the end of the run before.
    since: f32,
}

impl Setter {
    /// For a paragraph on lines of this length.
    pub(super) fn new(room: f32, hyphenates: bool, way: Way) -> Self {
        Self { room: room.max(2.0), hyphenates, way, since: 0.0 }
    }

    /// The next run.
    pub(super) fn set<'p>(&mut self, words: &'p str) -> Text<'p> {
        let words = printable(words);
        let isolate = self.isolate(&words);
        let mut broken = isolate.is_some();
        let mut lines = Vec::new();
        for (at, line) in words.split('\n').enumerate() {
            if at > 0 {
                self.since = 0.0;
                broken = true;
            }
            let mut cuts = self.cuts(line);
            if isolate.is_some() {
                cuts.retain(|(_, mark)| *mark == BREAK);
            }
            broken |= !cuts.is_empty();
            lines.push((line, cuts));
        }
        if !broken {
            return Text::Whole(words);
        }
        Text::Lines(lines.into_iter().map(|(line, cuts)| pieces(line, &cuts, isolate)).collect())
    }

    /// What keeps words that run against their paragraph together, with the points and brackets they end in.
    fn isolate(&self, words: &str) -> Option<char> {
        let against = match self.way {
            Way::Ltr => Way::Rtl,
            Way::Rtl => Way::Ltr,
        };
        let mut ways = words.chars().filter_map(Way::of);
        (ways.next() == Some(against) && ways.all(|way| way == against)).then_some(match against {
            Way::Ltr => LEFT_TO_RIGHT_ISOLATE,
            Way::Rtl => RIGHT_TO_LEFT_ISOLATE,
        })
    }

    /// Where the pieces of a line begin after the first, in bytes, and what stands before them.
    fn cuts(&mut self, line: &str) -> Vec<(usize, &'static str)> {
        let mut cuts = Vec::new();
        let mut start = 0;
        for (at, c) in line.char_indices() {
            if c.is_whitespace() || breaks_beside(c) {
                self.word(line, start..at, &mut cuts);
                self.since = 0.0;
                start = at + c.len_utf8();
            }
        }
        self.word(line, start..line.len(), &mut cuts);
        cuts
    }

    fn word(&mut self, line: &str, range: std::ops::Range<usize>, cuts: &mut Vec<(usize, &'static str)>) {
        let word = &line[range.clone()];
        let width = self.since + word.chars().map(width_of).sum::<f32>();
        let hyphenated = self.hyphenates && width < HYPHENATED * self.room && word.chars().all(char::is_alphabetic);
        if width <= self.room || hyphenated {
            // Boxes have a direction of their own, so that this is for lines that run like the words only.
            if word.contains(")(") && width < 0.7 * self.room && self.way == Way::Ltr {
                cuts.extend([(range.start, WHOLE), (range.end, "")]);
            }
            self.since = width;
            return;
        }
        let mut joint = false;
        for (at, c) in word.char_indices() {
            let apart = !is_combining_mark(c) && !matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}');
            if at > 0 && apart && (joint || self.since + width_of(c) > 0.9 * self.room) {
                cuts.push((range.start + at, BREAK));
                self.since = 0.0;
            }
            self.since += width_of(c);
            joint = matches!(c, '/' | '.' | '_' | '-' | '?' | '&' | '=' | '@' | ':' | ',' | ';' | ')');
        }
    }
}

/// About how wide a letter is, in its height.
fn width_of(c: char) -> f32 {
    BOLD * match c {
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | 'I' | '.' | ',' | ';' | ':' | '\'' | '|' | '!' | '(' | ')' | '[' | ']'
        | '/' | '-' => 0.33,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '&' | '—' | '…' => 0.95,
        _ if c.is_ascii_lowercase() || c.is_ascii_digit() => 0.5,
        _ if is_combining_mark(c) => 0.0,
        _ => 0.75,
    }
}

/// Chinese, Japanese and Korean break between any two signs, and typst knows the words of Thai, Lao, Burmese and Khmer.
fn breaks_beside(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1100}'..='\u{11ff}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// The pieces of a line; words that run against it are kept together without the space around them.
fn pieces(line: &str, cuts: &[(usize, &'static str)], isolate: Option<char>) -> Vec<String> {
    let (first, last) = (line.len() - line.trim_start().len(), line.trim_end().len());
    let isolate = isolate.filter(|_| first < last);
    let ends = cuts.iter().map(|(at, _)| *at).chain([line.len()]);
    let mut pieces = Vec::with_capacity(cuts.len() + 1);
    for ((start, mark), end) in std::iter::once(&(0, "")).chain(cuts).zip(ends) {
        let mut piece = (*mark).to_owned();
        for (at, c) in line[*start..end].char_indices() {
            piece.extend(isolate.filter(|_| start + at == first));
            piece.push(c);
            piece.extend(isolate.filter(|_| start + at + c.len_utf8() == last).map(|_| END_OF_ISOLATE));
        }
        if end > *start {
            pieces.push(piece);
        }
    }
    pieces
}

/// Words without control characters; breaks of lines are `\n`.
pub(super) fn printable(words: &str) -> Cow<'_, str> {
    let strange = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}');
    if !words.contains(strange) {
        return Cow::Borrowed(words);
    }
    let mut out = String::with_capacity(words.len());
    let mut chars = words.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' => out.push(' '),
            c if strange(c) => {}
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(room: f32, way: Way, words: &str) -> String {
        match Setter::new(room, false, way).set(words) {
            Text::Whole(text) => text.into_owned(),
            Text::Lines(lines) => {
                lines.iter().map(|l| l.concat()).collect::<Vec<_>>().join("/").replace(BREAK, "|").replace(WHOLE, "~")
            }
        }
    }

    #[test]
    fn long_words_break_and_short_ones_do_not() {
        let check = |words: &str, expected: &str| assert_eq!(set(10.0, Way::Ltr, words), expected, "{words}");
        check("the collection of evidence", "the collection of evidence");
        check("one\ntwo", "one/two");
        check("in 23(2)(c), too", "in ~23(2)(c), too");
        check("https://example.org/a/very/long/way", "https:|/|/|example.|org/|a/|very/|long/|way");
        check("aaaaaaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa|aaaaaaaaaaaa");
        check("電子證據的收集電子證據的收集電子證據的收集", "電子證據的收集電子證據的收集電子證據的收集");
        let marks = "e\u{301}".repeat(40);
        assert!(!set(10.0, Way::Ltr, &marks).contains("|\u{301}"));
    }

    #[test]
    fn a_word_goes_on_from_run_to_run() {
        let mut setter = Setter::new(10.0, false, Way::Ltr);
        let first = setter.set("abcdefghijklmno");
        assert_eq!(first, Text::Whole("abcdefghijklmno".into()));
        assert!(matches!(setter.set("pqrstuvwxyz"), Text::Lines(_)));
    }

    #[test]
    fn words_against_the_paragraph_are_kept_together() {
        let check = |words: &str, expected: &str| assert_eq!(set(60.0, Way::Rtl, words), expected, "{words}");
        check("المادة 5", "المادة 5");
        check(" the Convention (2024). ", " \u{2066}the Convention (2024).\u{2069} ");
        check("UNODC المادة", "UNODC المادة");
        check("12", "12");
        assert_eq!(set(60.0, Way::Ltr, "المادة."), "\u{2067}المادة.\u{2069}");
    }

    #[test]
    fn what_cannot_be_printed_is_left_out() {
        let check = |words: &str, expected: &str| assert_eq!(printable(words), expected);
        check("a\r\nb\rc\td\u{0}e\u{feff}", "a\nb\nc de");
        check("plain", "plain");
    }

    #[test]
    fn the_first_letter_says_which_way() {
        let check = |words: &[&str], expected| assert_eq!(way_of(words.iter().copied()), expected, "{words:?}");
        check(&["(23) ", "Article"], Some(Way::Ltr));
        check(&["1. ", "المادة", " Article"], Some(Way::Rtl));
        check(&["12 — 13"], None);
    }
}
