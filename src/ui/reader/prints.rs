//! What the file printed besides words, ready to be asked for a stretch of the draft: pages, notes, styles.

use std::sync::Arc;

use super::highlights::Spans;
use crate::model::{Printed, Style, Styled, TextRange};

/// Made once a draft; every question costs a binary search.
#[derive(Debug, Default)]
pub(super) struct Prints {
    pub(super) printed: Arc<Printed>,
    styles: Spans,
    /// The positions of styles in order of start.
    by_start: Vec<u32>,
    /// Where a note is called, and which, in order of place.
    calls: Vec<(TextRange, u32)>,
    /// The words of each note, and which, in order of place.
    bodies: Vec<(TextRange, u32)>,
}

impl Prints {
    pub(super) fn new(printed: &Arc<Printed>) -> Self {
        let notes = || printed.notes.iter().zip(0_u32..);
        let mut calls: Vec<_> = notes().filter_map(|(note, i)| Some((note.call?, i))).collect();
        let mut bodies: Vec<_> = notes().map(|(note, i)| (note.body, i)).collect();
        calls.sort_by_key(|(range, _)| range.start);
        bodies.sort_by_key(|(range, _)| range.start);
        let mut by_start: Vec<u32> = (0..printed.styles.len() as u32).collect();
        by_start.sort_by_key(|&i| printed.styles[i as usize].range.start);
        let styles = Spans::new(by_start.iter().map(|&i| printed.styles[i as usize].range).collect());
        Self { printed: printed.clone(), styles, by_start, calls, bodies }
    }

    /// The styled stretches that touch a stretch, in order of start.
    pub(super) fn styles(&self, range: TextRange) -> Vec<Styled> {
        let mut found = Vec::new();
        self.styles.touching(range, &mut found);
        let styled = |at: usize| self.printed.styles.get(*self.by_start.get(at)? as usize).copied();
        found.into_iter().filter_map(styled).filter(|s| s.range.overlaps(range)).collect()
    }

    /// The notes called in a stretch: where, and which.
    pub(super) fn calls(&self, range: TextRange) -> &[(TextRange, u32)] {
        let first = self.calls.partition_point(|(call, _)| call.start < range.start);
        let count = self.calls[first..].partition_point(|(call, _)| call.start < range.end);
        &self.calls[first..first + count]
    }

    /// The note whose words hold the byte `offset`: where they stand, and which it is.
    pub(super) fn note_at(&self, offset: usize) -> Option<(TextRange, u32)> {
        let next = self.bodies.partition_point(|(body, _)| body.start <= offset);
        self.bodies.get(next.checked_sub(1)?).copied().filter(|(body, _)| body.contains(offset))
    }

    /// The positions of the pages that begin from `from` up to but not at `to`.
    pub(super) fn pages(&self, from: usize, to: usize) -> std::ops::Range<usize> {
        let place = |at: usize| self.printed.pages.partition_point(|p| p.at < at);
        place(from)..place(to).max(place(from))
    }
}

/// The note's sign without its height: `¹²` is `12`.
pub(super) fn plain_sign(sign: &str) -> String {
    const SUPERSCRIPTS: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    let plain = |c: char| {
        let digit = SUPERSCRIPTS.chars().position(|s| s == c).and_then(|d| char::from_digit(d as u32, 10));
        digit.unwrap_or(c)
    };
    sign.trim().chars().map(plain).collect()
}

/// The sign a note's words begin with: digits, superscripts, stars and letters up to the first white space.
pub(super) fn sign_of_body(text: &str, body: TextRange) -> TextRange {
    let words = body.of(text).unwrap_or_default();
    let end = words.find(char::is_whitespace).unwrap_or(0);
    // A note without a sign begins with a word.
    let is_sign = words[..end].chars().count() <= 5
        && words.chars().next().is_some_and(|c| !c.is_alphabetic() || end == c.len_utf8());
    TextRange { start: body.start, end: body.start + if is_sign { end } else { 0 } }
}

/// How a page is called in the margin: `p. 12`.
pub(super) fn page_label(label: &str) -> String {
    format!("p.\u{a0}{label}")
}

/// The longest of these, for the room they need.
pub(super) fn longest_page_label(printed: &Printed) -> Option<String> {
    printed.pages.iter().map(|p| p.name()).max_by_key(|name| name.chars().count()).map(|name| page_label(&name))
}

/// Whether a style is a line that is painted, below the words or through them.
pub(super) fn is_line(style: Style) -> bool {
    matches!(style, Style::Underlined | Style::Struck)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Note, PageStart};

    #[test]
    fn what_stands_in_a_stretch_is_found() {
        let range = |start, end| TextRange { start, end };
        let page = |at, number| PageStart { at, number, label: String::new() };
        let styled = |start, end, style| Styled { range: range(start, end), style };
        let printed = Arc::new(Printed {
            pages: vec![page(0, 1), page(10, 2), page(10, 3), page(40, 4)],
            notes: vec![
                Note { call: Some(range(30, 32)), body: range(80, 90) },
                Note { call: Some(range(8, 10)), body: range(60, 70) },
                Note { call: None, body: range(95, 99) },
            ],
            styles: vec![styled(0, 50, Style::Bold), styled(5, 7, Style::Struck), styled(60, 70, Style::Italic)],
        });
        let prints = Prints::new(&printed);
        assert_eq!(prints.styles(range(6, 20)), printed.styles[..2]);
        assert_eq!(prints.styles(range(50, 60)), []);
        assert_eq!(prints.calls(range(0, 30)), [(range(8, 10), 1)]);
        assert_eq!(prints.note_at(69), Some((range(60, 70), 1)));
        assert_eq!(prints.note_at(70), None);
        assert_eq!(prints.pages(1, 11), 1..3);
        assert_eq!(prints.pages(11, 11), 3..3);
    }

    #[test]
    fn signs_are_read() {
        assert_eq!(plain_sign("¹²"), "12");
        assert_eq!(plain_sign("*"), "*");
        for (words, sign) in [("¹² See Article 5", "¹²"), ("* The text", "*"), ("a See", "a"), ("See Article 5", "")]
        {
            let body = TextRange { start: 3, end: 3 + words.len() };
            assert_eq!(sign_of_body(&format!("xx\n{words}"), body).len(), sign.len(), "{words}");
        }
    }
}
