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
    /// Neither heading nor label, whatever it looks like.
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
    said: Said,
}

/// What hints say of a line.
#[derive(Clone, Copy, Debug, Default)]
struct Said {
    heading: Option<u8>,
    depth: u8,
    aside: bool,
    plain: bool,
    /// Whether it is a paragraph of its own.
    alone: bool,
    /// Whether it goes on with the paragraph of the line before.
    joined: bool,
}

/// The paragraphs of a text in order.
pub(super) fn paragraphs(text: &str, hints: &[StructureHint]) -> Vec<Paragraph> {
    let mut lines = lines(text);
    let mut hints = Hints::new(hints);
    for line in &mut lines {
        line.said = hints.at(line.range);
    }
    let width = wrap_width(text, &lines);
    let mut paragraphs: Vec<Paragraph> = Vec::with_capacity(lines.len());
    for (i, line) in lines.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|p| lines.get(p));
        let joined = line.said.joined
            || matches!((width, before), (Some(width), Some(before)) if continues(text, before, line, width));
        if let (true, Some(last)) = (joined, paragraphs.last_mut()) {
            last.range.end = line.range.end;
            continue;
        }
        let Said { heading, depth, aside, plain, .. } = line.said;
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
            let length = words.chars().count();
            lines.push(Line { range, length, indent, apart, said: Said::default() });
            apart = false;
        }
        start += raw.len() + 1;
    }
    lines
}

/// The width a text was wrapped to by hand, if it was: many lines stop in the middle of a sentence.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let mut lengths: Vec<usize> = lines.iter().filter(|l| !l.said.alone).map(|l| l.length).collect();
    lengths.sort_unstable();
    let width = *lengths.get(lengths.len().checked_sub(1)? * 19 / 20)?;
    if !(30..=160).contains(&width) {
        return None;
    }
    let (mut pairs, mut broken) = (0, 0);
    for pair in lines.windows(2) {
        let [before, line] = pair else { continue };
        if line.apart || line.said.alone || before.said.alone {
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
    let (said, of_before) = (line.said, before.said);
    let kinds_differ = said.heading != of_before.heading || said.aside != of_before.aside;
    let listed = said.depth > 0 || of_before.depth > 0;
    if line.apart || said.alone || of_before.alone || kinds_differ || listed {
        return false;
    }
    if !of_before.plain && headline(text, before.range, false).is_some_and(|h| h.body.is_none()) {
        return false;
    }
    let full = before.length * 5 >= width * 3;
    let ended = ends_clause(last);
    if !said.plain && headline(text, line.range, false).is_some() {
        return full && !ended;
    }
    if !said.plain && label(text, line.range).is_some_and(|l| l.setting != Setting::Bare || l.number.is_empty()) {
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

/// Hints about lines in order of start, each with its place in the list, asked for in order.
struct Hints<'h> {
    hints: Vec<(usize, &'h StructureHint)>,
    next: usize,
    /// In the order of the list.
    open: Vec<(usize, &'h StructureHint)>,
    /// How far the paragraph reaches that the last line belongs to, where a hint says so.
    reach: usize,
}

impl<'h> Hints<'h> {
    fn new(hints: &'h [StructureHint]) -> Self {
        let of_lines =
            |h: &StructureHint| !matches!(h.kind, HintKind::Provision(_) | HintKind::Number | HintKind::Caption);
        let mut hints: Vec<_> = hints.iter().enumerate().filter(|(_, h)| of_lines(h)).collect();
        hints.sort_by_key(|(_, h)| (h.range.start, std::cmp::Reverse(h.range.end)));
        Self { hints, next: 0, open: Vec::new(), reach: 0 }
    }

    /// What is said of a line. Of hints that contradict each other the later in the list counts, unless it is the wider.
    fn at(&mut self, line: TextRange) -> Said {
        let joined = self.reach > line.start;
        while let Some(&(place, hint)) = self.hints.get(self.next).filter(|(_, h)| h.range.start < line.end) {
            self.next += 1;
            if hint.range.end > line.start && hint.kind == HintKind::Joined {
                self.reach = self.reach.max(hint.range.end);
            }
            // Hints that hold one another are few; more than these say nothing new.
            if self.open.len() < 64 {
                self.open.insert(self.open.partition_point(|(other, _)| *other < place), (place, hint));
            }
        }
        self.open.retain(|(_, h)| h.range.end > line.start);
        let mut said = Said { joined, ..Said::default() };
        // How much the mark covers that puts the line aside, if one does.
        let mut put_aside = usize::MAX;
        for &(_, hint) in &self.open {
            let width = hint.range.end.saturating_sub(hint.range.start);
            match hint.kind {
                HintKind::ListItem(d) => said.depth = said.depth.max(d),
                HintKind::Paragraphs => said.alone = true,
                HintKind::Heading(_) | HintKind::Plain | HintKind::Aside => {
                    let aside = hint.kind == HintKind::Aside;
                    if !aside && width > put_aside {
                        continue;
                    }
                    put_aside = if aside { width } else { usize::MAX };
                    said.heading = if let HintKind::Heading(level) = hint.kind { Some(level) } else { None };
                    said.plain = hint.kind == HintKind::Plain;
                    said.aside = aside;
                }
                HintKind::Joined | HintKind::Provision(_) | HintKind::Number | HintKind::Caption => {}
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

    #[test]
    fn people_correct_what_the_file_says() {
        let hint = |start, end, kind| StructureHint { range: TextRange { start, end }, kind };
        let text = "Note\n\nArticle 1\n\nwords that go on\n\nover a gap";
        let hints = [
            hint(0, text.len(), HintKind::Paragraphs),
            hint(0, 4, HintKind::Aside),
            hint(6, 15, HintKind::Heading(2)),
            hint(6, 15, HintKind::Plain),
            hint(0, 4, HintKind::Heading(1)),
            hint(20, text.len(), HintKind::Joined),
            hint(9, 3, HintKind::Heading(1)),
        ];
        let found = paragraphs(text, &hints);
        let said: Vec<_> = found.iter().map(|p| (p.heading, p.aside, p.plain)).collect();
        assert_eq!(said, [(Some(1), false, false), (None, false, true), (None, false, false)]);
        assert_eq!(found[2].range, TextRange { start: 17, end: text.len() });
    }

    #[test]
    fn of_two_words_on_a_line_the_later_counts() {
        let text = "Article 1\n\nof the other treaty\n\nTitle";
        let hint = |words: &str, kind| {
            let start = text.find(words).unwrap();
            StructureHint { range: TextRange { start, end: start + words.len() }, kind }
        };
        let title =
            |hints: &[StructureHint]| paragraphs(text, hints).last().map(|p| (p.heading, p.aside, p.plain)).unwrap();
        let (heading, plain) = (hint("Title", HintKind::Heading(1)), hint("Title", HintKind::Plain));
        let aside = hint("Title", HintKind::Aside);
        assert_eq!(title(&[heading, plain]), (None, false, true));
        assert_eq!(title(&[plain, heading]), (Some(1), false, false));
        assert_eq!(title(&[heading, aside]), (None, true, false));
        assert_eq!(title(&[aside, heading]), (Some(1), false, false));
    }

    #[test]
    fn a_line_of_its_own_is_joined_to_none() {
        let text = "The purpose of this long treaty is to show how\nsentences are wrapped by hand, as is done in\n\
                    many drafts, though it is not easy to\nread them, and therefore they have to be\njoined again.\n";
        assert_eq!(paragraphs(text, &[]).len(), 1);
        let all = StructureHint { range: TextRange { start: 0, end: text.len() }, kind: HintKind::Paragraphs };
        assert_eq!(paragraphs(text, &[all]).len(), 5);
        let other = StructureHint { range: TextRange { start: 0, end: 3 }, kind: HintKind::ListItem(0) };
        assert_eq!(paragraphs(text, &[other]).len(), 1);
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
