//! The paragraphs of a text: one a line, or several lines where the text was wrapped by hand.

use crate::model::{HintKind, StructureHint, TextRange};

use super::headline::headline;
use super::label::{Setting, label};

/// A paragraph of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// Without white space at either end; never empty.
    pub range: TextRange,
    /// The level, where the file itself calls it a heading.
    pub heading: Option<u8>,
    /// The depth, where the file itself calls it a list item; 0 if not.
    pub depth: u8,
    /// Not part of the instrument.
    pub aside: bool,
}

/// A line that is not blank.
struct Line {
    range: TextRange,
    /// In characters, white space at the ends left out.
    length: usize,
    indent: usize,
    /// Whether a blank line stands before it.
    apart: bool,
}

/// The paragraphs of a text in order.
pub(super) fn paragraphs(text: &str, hints: &[StructureHint]) -> Vec<Paragraph> {
    let lines = lines(text);
    let width = if hints.is_empty() { wrap_width(text, &lines) } else { None };
    let mut hints = Hints::new(hints);
    let mut paragraphs: Vec<Paragraph> = Vec::with_capacity(lines.len());
    for (i, line) in lines.iter().enumerate() {
        let joined = match (width, i.checked_sub(1).and_then(|p| lines.get(p))) {
            (Some(width), Some(before)) => continues(text, before, line, width),
            _ => false,
        };
        if let (true, Some(last)) = (joined, paragraphs.last_mut()) {
            last.range.end = line.range.end;
            continue;
        }
        let (heading, depth, aside) = hints.at(line.range);
        paragraphs.push(Paragraph { range: line.range, heading, depth, aside });
    }
    paragraphs
}

fn lines(text: &str) -> Vec<Line> {
    let (mut lines, mut start, mut apart) = (Vec::new(), 0, true);
    for raw in text.split('\n') {
        let words = raw.trim();
        if words.is_empty() {
            apart = true;
        } else {
            let indent = raw.len() - raw.trim_start().len();
            let range = TextRange { start: start + indent, end: start + indent + words.len() };
            lines.push(Line { range, length: words.chars().count(), indent, apart });
            apart = false;
        }
        start += raw.len() + 1;
    }
    lines
}

/// The width a text was wrapped to by hand, if it was: many lines stop in the middle of a sentence.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let mut lengths: Vec<usize> = lines.iter().map(|l| l.length).collect();
    lengths.sort_unstable();
    let width = *lengths.get(lengths.len().checked_sub(1)? * 19 / 20)?;
    if !(30..=160).contains(&width) {
        return None;
    }
    let (mut pairs, mut broken) = (0, 0);
    for pair in lines.windows(2) {
        let [before, line] = pair else { continue };
        if line.apart {
            continue;
        }
        pairs += 1;
        let next = line.range.of(text).and_then(|s| s.chars().next());
        let goes_on = next.is_some_and(|c| {
            c.is_lowercase() || (c.is_alphabetic() && !c.is_uppercase() && before.length * 5 >= width * 4)
        });
        if goes_on && !ends_clause(before.range.of(text).unwrap_or("")) {
            broken += 1;
        }
    }
    (broken >= 3 && broken * 5 >= pairs).then_some(width)
}

/// Whether a line of a wrapped text goes on with the paragraph of the line before.
fn continues(text: &str, before: &Line, line: &Line, width: usize) -> bool {
    let (Some(last), Some(words)) = (before.range.of(text), line.range.of(text)) else { return false };
    if line.apart || headline(text, before.range, false).is_some_and(|h| h.body.is_none()) {
        return false;
    }
    let full = before.length * 5 >= width * 3;
    let ended = ends_clause(last);
    if headline(text, line.range, false).is_some() {
        return full && !ended;
    }
    if label(text, line.range).is_some_and(|l| l.setting != Setting::Bare || l.number.is_empty()) {
        return full && !ended && !last.ends_with([')', ']']);
    }
    if words.starts_with(char::is_lowercase) {
        return true;
    }
    full && !(ended && line.indent > before.indent + 1)
}

/// Whether the words stop where a sentence or a point of a list can.
pub(super) fn ends_clause(words: &str) -> bool {
    let words = words.trim_end_matches([']', ')', '”', '"', '’', '»', '*', ' ']);
    words.ends_with(['.', ';', ':', '!', '?', '。', '；', '：', '؛', '؟'])
        || [", and", "; and", ", or", "; or", ","].iter().any(|end| words.ends_with(end))
}

/// Hints in order of start, asked for in order.
struct Hints<'h> {
    hints: Vec<&'h StructureHint>,
    next: usize,
    open: Vec<&'h StructureHint>,
}

impl<'h> Hints<'h> {
    fn new(hints: &'h [StructureHint]) -> Self {
        let mut hints: Vec<&StructureHint> = hints.iter().collect();
        hints.sort_by_key(|h| (h.range.start, std::cmp::Reverse(h.range.end)));
        Self { hints, next: 0, open: Vec::new() }
    }

    /// What is said of a line: heading level, list depth, aside.
    fn at(&mut self, line: TextRange) -> (Option<u8>, u8, bool) {
        while let Some(hint) = self.hints.get(self.next).filter(|h| h.range.start < line.end) {
            self.next += 1;
            // Hints that hold one another are few; more than these say nothing new.
            if self.open.len() < 64 {
                self.open.push(hint);
            }
        }
        self.open.retain(|h| h.range.end > line.start);
        let (mut heading, mut depth, mut aside) = (None, 0, false);
        for hint in &self.open {
            match hint.kind {
                HintKind::Heading(level) => heading = Some(level),
                HintKind::ListItem(d) => depth = depth.max(d),
                HintKind::Aside => aside = true,
                HintKind::Paragraphs
                | HintKind::Joined
                | HintKind::Plain
                | HintKind::Provision(_)
                | HintKind::Number
                | HintKind::Caption => {}
            }
        }
        (heading, depth, aside)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = paragraphs(text, &[])
            .iter()
            .map(|p| text[p.range.start..p.range.end].split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_line_is_a_paragraph() {
        check("One\n\n  Two  \nThree\n\n", &["One", "Two", "Three"]);
    }

    #[test]
    fn wrapped_lines_are_brought_together() {
        check(
            "Article 1\nPurpose\n\n1. The purpose of this treaty is to show how a long sentence\nis wrapped, \
             in accordance with the conditions of\nArticle 23 of the other treaty, by the people who\ntype such drafts.\n\
             2. Short.\n(a) a point that is also long enough to be wrapped, with\nits end here; and\n(b) the last.\n",
            &[
                "Article 1",
                "Purpose",
                "1. The purpose of this treaty is to show how a long sentence is wrapped, in accordance with the \
                 conditions of Article 23 of the other treaty, by the people who type such drafts.",
                "2. Short.",
                "(a) a point that is also long enough to be wrapped, with its end here; and",
                "(b) the last.",
            ],
        );
    }

    #[test]
    fn hints_reach_their_lines() {
        let text = "Title\n\nitem";
        let hints = [
            StructureHint { range: TextRange { start: 0, end: 5 }, kind: HintKind::Heading(2) },
            StructureHint { range: TextRange { start: 7, end: 11 }, kind: HintKind::ListItem(1) },
        ];
        let found = paragraphs(text, &hints);
        assert_eq!(found.iter().map(|p| (p.heading, p.depth)).collect::<Vec<_>>(), [(Some(2), 0), (None, 1)]);
    }
}
