//! A draft's text and positions in it.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// A stretch of a draft's text: byte offsets, `start <= end`, both on character boundaries, end-exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TextRange {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl TextRange {
    /// The stretch between two offsets, in either order.
    pub fn new(a: usize, b: usize) -> Self {
        Self { start: a.min(b), end: a.max(b) }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether nothing lies in it.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the byte at `offset` lies in it.
    pub fn contains(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether all of `other` lies in it.
    pub fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// What the two share, if anything.
    pub fn intersection(self, other: Self) -> Option<Self> {
        let (start, end) = (self.start.max(other.start), self.end.min(other.end));
        (start < end).then_some(Self { start, end })
    }

    /// The words themselves; `None` where the range does not fit the text.
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.start..self.end)
    }

    /// The nearest range that fits the text: clamped to its end, moved outward to character boundaries.
    pub fn fitted(self, text: &str) -> Self {
        let start = text.floor_char_boundary(self.start.min(self.end));
        let end = text.ceil_char_boundary(self.end.max(start).min(text.len()));
        Self { start, end }
    }

    /// The range without white space at either end.
    pub fn trimmed(self, text: &str) -> Self {
        let Some(words) = self.of(text) else { return self };
        let start = self.start + (words.len() - words.trim_start().len());
        let end = self.end - (words.len() - words.trim_end().len());
        if start >= end { Self { start: self.start, end: self.start } } else { Self { start, end } }
    }

    /// The same bytes as ranges in order, without overlaps; what touches is one.
    pub fn united(mut ranges: Vec<Self>) -> Vec<Self> {
        ranges.sort_unstable_by_key(|r| (r.start, r.end));
        let mut whole: Vec<Self> = Vec::new();
        for range in ranges {
            match whole.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => whole.push(range),
            }
        }
        whole
    }
}

/// The form every text has inside the program: Unicode NFC, lines ended by LF, no byte order mark, no NUL.
///
/// A form feed becomes a line end, NEL and the line and paragraph separators become LF; other control characters
/// except the tab are left out, since nothing can show them.
pub fn normalize(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() == Some(&'\n') {
                    chars.next();
                }
                text.push('\n');
            }
            '\u{0c}' | '\u{0b}' | '\u{85}' | '\u{2028}' | '\u{2029}' => text.push('\n'),
            '\n' | '\t' => text.push(c),
            // Also behind what was left out: what is in this form already must stay as it is.
            '\u{feff}' if text.is_empty() => {}
            c if c.is_control() => {}
            c => text.push(c),
        }
    }
    if is_nfc(&text) { text } else { text.nfc().collect() }
}

/// SHA-256 of the bytes, as 64 lower-case hexadecimal digits: tells whether two people have the same text.
pub fn sha256(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        hex.push(char::from_digit(u32::from(byte >> 4), 16).unwrap_or('0'));
        hex.push(char::from_digit(u32::from(byte & 15), 16).unwrap_or('0'));
    }
    hex
}

/// Translates byte offsets of one text into Unicode code points and back, for the formats that count those.
///
/// Keeps one mark every 1024 bytes, so a look-up reads at most that much of the text.
pub struct CodePoints<'t>(Marks<'t>);

impl<'t> CodePoints<'t> {
    /// Reads the text once.
    pub fn new(text: &'t str) -> Self {
        Self(Marks::new(text, |words| words.chars().count(), |_| 1))
    }

    /// Code points before the byte `offset`; an offset inside a character counts as its start, one past the end as the end.
    pub fn of_byte(&self, offset: usize) -> usize {
        self.0.of_byte(offset)
    }

    /// The byte offset of code point number `point`; past the end, the end.
    pub fn to_byte(&self, point: usize) -> usize {
        self.0.to_byte(point)
    }
}

/// The same for UTF-16 code units, as programs for the web count.
pub struct CodeUnits<'t>(Marks<'t>);

impl<'t> CodeUnits<'t> {
    /// Reads the text once.
    pub fn new(text: &'t str) -> Self {
        Self(Marks::new(text, |words| words.chars().map(char::len_utf16).sum(), char::len_utf16))
    }

    /// Code units before the byte `offset`; an offset inside a character counts as its start, one past the end as the end.
    pub fn of_byte(&self, offset: usize) -> usize {
        self.0.of_byte(offset)
    }

    /// The byte offset of code unit number `unit`; one inside a character counts as its end, one past the end as the end.
    pub fn to_byte(&self, unit: usize) -> usize {
        self.0.to_byte(unit)
    }
}

/// Marks in a text that is counted otherwise than in bytes.
struct Marks<'t> {
    text: &'t str,
    /// What stands before each 1024-byte step (rounded down to a character boundary), as it is counted.
    before: Vec<usize>,
    /// How much words are, and how much a character is.
    count: fn(&str) -> usize,
    size: fn(char) -> usize,
}

const STEP: usize = 1024;

impl<'t> Marks<'t> {
    fn new(text: &'t str, count: fn(&str) -> usize, size: fn(char) -> usize) -> Self {
        let mut before = vec![0];
        let (mut counted, mut last) = (0, 0);
        for step in 1..=text.len() / STEP {
            let at = text.floor_char_boundary(step * STEP);
            counted += count(&text[last..at]);
            last = at;
            before.push(counted);
        }
        Self { text, before, count, size }
    }

    fn of_byte(&self, offset: usize) -> usize {
        let offset = self.text.floor_char_boundary(offset);
        let step = offset / STEP;
        let from = self.text.floor_char_boundary(step * STEP);
        self.before[step] + (self.count)(&self.text[from..offset])
    }

    fn to_byte(&self, wanted: usize) -> usize {
        let step = self.before.partition_point(|&b| b <= wanted).saturating_sub(1);
        let from = self.text.floor_char_boundary(step * STEP);
        let mut ahead = wanted - self.before[step];
        for (at, c) in self.text[from..].char_indices() {
            if ahead == 0 {
                return from + at;
            }
            ahead = ahead.saturating_sub((self.size)(c));
        }
        self.text.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_brought_into_one_form() {
        assert_eq!(normalize("\u{feff}a\r\nb\rc\0d\u{0c}e\u{2028}f"), "a\nb\ncd\ne\nf");
        assert_eq!(normalize("e\u{301}"), "\u{e9}");
        for raw in ["\u{feff}\u{feff}a", "\0\u{feff}a", "\u{feff}\u{1}\u{feff}a"] {
            assert_eq!(normalize(raw), "a");
        }
        assert_eq!(normalize("a\u{feff}"), "a\u{feff}");
    }

    #[test]
    fn code_points_go_there_and_back() {
        let text = "Article 23\u{2003}Scope \u{1f512} \u{e9}\n".repeat(300);
        let points = CodePoints::new(&text);
        for (n, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(points.of_byte(byte), n);
            assert_eq!(points.to_byte(n), byte);
        }
        assert_eq!(points.to_byte(usize::MAX), text.len());
        assert_eq!(points.of_byte(usize::MAX), text.chars().count());
    }

    #[test]
    fn code_units_go_there_and_back() {
        let text = "Article 23\u{2003}Scope \u{1f512} \u{e9}\n".repeat(300);
        let units = CodeUnits::new(&text);
        let mut count = 0;
        for (byte, c) in text.char_indices() {
            assert_eq!((units.of_byte(byte), units.to_byte(count)), (count, byte));
            // The middle of a pair is its end.
            assert_eq!(units.to_byte(count + 1), byte + c.len_utf8());
            count += c.len_utf16();
        }
        assert_eq!(units.of_byte(usize::MAX), text.encode_utf16().count());
        assert_eq!(units.to_byte(usize::MAX), text.len());
    }

    #[test]
    fn a_range_that_does_not_fit_is_fitted() {
        let text = "aé";
        assert_eq!(TextRange { start: 2, end: 9 }.fitted(text), TextRange { start: 1, end: 3 });
        assert_eq!(TextRange { start: 7, end: 9 }.fitted(text), TextRange { start: 3, end: 3 });
        assert_eq!(TextRange { start: 0, end: 9 }.of(text), None);
        assert_eq!(TextRange { start: 0, end: 4 }.trimmed("  x "), TextRange { start: 2, end: 3 });
    }

    #[test]
    fn the_hash_is_sha_256() {
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
