//! The plain text of a source, and how its program counts in it.

use super::super::foreign::quote_in;
use crate::model::text::{CodePoints, CodeUnits};
use crate::model::{Quote, TextRange};

/// Which way positions are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// Code points of the text as it is.
    Points,
    /// Code points, a line end of Windows as one.
    PointsOfLines,
    /// UTF-16 code units of the text as it is.
    Units,
    /// UTF-16 code units, a line end of Windows as one.
    UnitsOfLines,
}

/// A source's text with the way its positions are counted.
pub(super) struct Counted {
    text: String,
    units: bool,
}

/// Selections looked at to tell the way.
const SAMPLE: usize = 200;

impl Counted {
    /// Finds the way in which most selections are on the words they are named by; the standard's where none tells.
    pub fn new(raw: &str, named: &[(usize, usize, String)]) -> Self {
        let raw = raw.strip_prefix('\u{feff}').unwrap_or(raw);
        let lines = raw.replace("\r\n", "\n");
        let mut best: Option<(usize, Self)> = None;
        let mut tried = vec![Way::Points];
        if lines.len() != raw.len() {
            tried.push(Way::PointsOfLines);
        }
        if raw.chars().any(|c| c.len_utf16() > 1) {
            tried.push(Way::Units);
            if lines.len() != raw.len() {
                tried.push(Way::UnitsOfLines);
            }
        }
        for way in tried {
            let text = if matches!(way, Way::Points | Way::Units) { raw } else { lines.as_str() };
            let counted = Self { text: text.to_owned(), units: matches!(way, Way::Units | Way::UnitsOfLines) };
            let places = counted.ranges(named.iter().take(SAMPLE).map(|(start, end, _)| (*start, *end)));
            let right = places.iter().zip(named).filter(|(range, (.., name))| {
                range.and_then(|r| r.of(text)).is_some_and(|words| is_named(words, name))
            });
            let right = right.count();
            if best.as_ref().is_none_or(|(most, _)| right > *most) {
                best = Some((right, counted));
            }
        }
        best.map_or_else(|| Self { text: raw.to_owned(), units: false }, |(_, counted)| counted)
    }

    /// Spans in bytes of the text; none for those that do not lie in it.
    pub fn ranges(&self, spans: impl Iterator<Item = (usize, usize)>) -> Vec<Option<TextRange>> {
        let end = self.text.len();
        if self.units {
            let units = CodeUnits::new(&self.text);
            within(spans, units.of_byte(end), |n| units.to_byte(n))
        } else {
            let points = CodePoints::new(&self.text);
            within(spans, points.of_byte(end), |n| points.to_byte(n))
        }
    }

    /// The words at a place, with what stands around them.
    pub fn quote(&self, range: TextRange) -> Quote {
        quote_in(&self.text, range)
    }

    /// In code points of the text.
    pub fn points(&self, ranges: &[Option<TextRange>]) -> Vec<Option<(usize, usize)>> {
        let points = CodePoints::new(&self.text);
        ranges.iter().map(|r| r.map(|r| (points.of_byte(r.start), points.of_byte(r.end)))).collect()
    }
}

/// Spans of what is `length` long, in bytes; none for those that do not lie in it.
fn within(
    spans: impl Iterator<Item = (usize, usize)>,
    length: usize,
    to_byte: impl Fn(usize) -> usize,
) -> Vec<Option<TextRange>> {
    spans.map(|(a, b)| (a <= b && b <= length).then(|| TextRange::new(to_byte(a), to_byte(b)))).collect()
}

/// Whether words begin as a name does, white space aside; names are often cut, with an ellipsis.
fn is_named(words: &str, name: &str) -> bool {
    let bare = |s: &str| s.chars().filter(|c| !c.is_whitespace()).take(40).collect::<String>();
    let name = bare(name.trim_end_matches(['.', '\u{2026}']));
    !name.is_empty() && bare(words).starts_with(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_a_program_counts_is_told_by_its_names() {
        let check = |raw: &str, span: (usize, usize), name: &str, expected: &str| {
            let counted = Counted::new(raw, &[(span.0, span.1, name.to_owned())]);
            let range = counted.ranges(std::iter::once(span))[0].unwrap();
            assert_eq!(range.of(&counted.text), Some(expected), "{raw:?}");
            assert_eq!(counted.quote(range).exact, expected);
        };
        check("One\r\nTwo", (5, 8), "Two", "Two");
        check("One\r\nTwo", (4, 7), "Two", "Two");
        check("\u{1f512} One Two", (7, 10), "Two", "Two");
        check("\u{1f512} One Two", (6, 9), "Two", "Two");
        check("\u{1f512}\r\nOne Two", (7, 10), "T...", "Two");
        check("\u{feff}One Two", (4, 7), "14(2)", "Two");
        let outside = Counted::new("One", &[]);
        assert_eq!(outside.ranges([(2, 9), (3, 1)].into_iter()), [None, None]);
    }
}
