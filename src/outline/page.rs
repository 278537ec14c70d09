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
    /// Plain words, whatever they look like.
    pub plain: bool,
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
    let width = wrap_width(text, &lines);
    let mut hints = Hints::new(hints);
    let mut paragraphs: Vec<Paragraph> = Vec::with_capacity(lines.len());
    for (i, line) in lines.iter().enumerate() {
        let said = hints.at(line.range);
        let before = i.checked_sub(1).and_then(|p| lines.get(p));
        let joined = before.is_some_and(|before| match said.break_before(before.range) {
            Some(is_apart) => !is_apart,
            None => {
                let is_open = paragraphs.last().is_none_or(|p| p.heading.is_none() && !p.aside && !p.plain);
                is_open && width.is_some_and(|width| continues(text, before, line, width))
            }
        });
        if let (true, Some(last)) = (joined, paragraphs.last_mut()) {
            last.range.end = line.range.end;
            continue;
        }
        let Said { heading, depth, aside, plain, .. } = said;
        paragraphs.push(Paragraph { range: line.range, heading, depth, aside, plain });
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

/// What hints say of a line.
#[derive(Default)]
struct Said {
    heading: Option<u8>,
    depth: u8,
    aside: bool,
    plain: bool,
    /// From which byte on lines are one paragraph, or each its own.
    joined: Option<usize>,
    apart: Option<usize>,
}

impl Said {
    /// Whether a line begins a paragraph, given the line before it; none where the words have to tell.
    fn break_before(&self, before: TextRange) -> Option<bool> {
        let holds = |start: Option<usize>| start.is_some_and(|start| start < before.end);
        // What is alone or a heading is not swallowed by a wrapped paragraph above it.
        let set_apart = self.heading.is_some() || self.depth > 0 || self.aside || self.apart.is_some();
        if holds(self.joined) { Some(false) } else { set_apart.then_some(true) }
    }
}

/// Hints in order of start, asked for in order; where two speak of the same line, the later in the list wins.
struct Hints<'h> {
    hints: Vec<(usize, &'h StructureHint)>,
    next: usize,
    open: Vec<(usize, &'h StructureHint)>,
}

impl<'h> Hints<'h> {
    fn new(hints: &'h [StructureHint]) -> Self {
        let mut hints: Vec<(usize, &StructureHint)> = hints.iter().enumerate().collect();
        hints.sort_by_key(|(n, h)| (h.range.start, std::cmp::Reverse(h.range.end), *n));
        Self { hints, next: 0, open: Vec::new() }
    }

    fn at(&mut self, line: TextRange) -> Said {
        while let Some(&hint) = self.hints.get(self.next).filter(|(_, h)| h.range.start < line.end) {
            self.next += 1;
            // Hints that hold one another are few; more than these say nothing new.
            if self.open.len() < 64 {
                let at = self.open.partition_point(|(n, _)| *n < hint.0);
                self.open.insert(at, hint);
            }
        }
        self.open.retain(|(_, h)| h.range.end > line.start);
        let mut said = Said::default();
        for (_, hint) in &self.open {
            let start = Some(hint.range.start);
            match hint.kind {
                HintKind::Heading(level) => {
                    said = Said { heading: Some(level), aside: false, plain: false, ..said };
                }
                HintKind::ListItem(d) => said.depth = said.depth.max(d),
                HintKind::Aside => said = Said { aside: true, heading: None, ..said },
                HintKind::Plain => said = Said { plain: true, heading: None, depth: 0, aside: false, ..said },
                HintKind::Joined => said = Said { joined: start, apart: None, ..said },
                HintKind::Paragraphs => said = Said { apart: start, joined: None, ..said },
                HintKind::Provision(_) | HintKind::Number | HintKind::Caption => {}
            }
        }
        said
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

    fn hint(text: &str, words: &str, kind: HintKind) -> StructureHint {
        let start = text.find(words).unwrap();
        StructureHint { range: TextRange { start, end: start + words.len() }, kind }
    }

    #[test]
    fn a_person_says_what_is_one_paragraph_and_what_is_plain() {
        use HintKind::{Aside, Heading, Joined, Paragraphs, Plain};
        let text = "Article 1\n\nof the other treaty\n\nTitle";
        let all = hint(text, text, Paragraphs);
        let read = |hints: &[StructureHint]| -> Vec<(String, Option<u8>, bool, bool)> {
            let shown = |p: &Paragraph| text[p.range.start..p.range.end].replace("\n\n", " / ");
            paragraphs(text, hints).iter().map(|p| (shown(p), p.heading, p.aside, p.plain)).collect()
        };
        let joined = hint(text, "Article 1\n\nof the other treaty", Joined);
        assert_eq!(read(&[all, joined])[0].0, "Article 1 / of the other treaty");
        assert_eq!(read(&[joined, all]).len(), 3, "the later says so");
        let (title, plain) = (hint(text, "Title", Heading(1)), hint(text, "Title", Plain));
        assert_eq!(read(&[title, plain])[2], ("Title".to_owned(), None, false, true));
        assert_eq!(read(&[plain, title])[2], ("Title".to_owned(), Some(1), false, false));
        let aside = hint(text, "Title", Aside);
        assert_eq!(read(&[title, aside])[2], ("Title".to_owned(), None, true, false));
        assert_eq!(read(&[aside, title])[2], ("Title".to_owned(), Some(1), false, false));
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
