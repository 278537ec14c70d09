//! Hits in context (KWIC): one line for each mark, with the words before it and after it.
//!
//! Before and after are meant as the text reads, not as it is painted: the words before an Arabic mark stand to its right.

use super::results::Hit;
use super::words::{Pieces, folded, lowered};
use crate::model::{Project, TextRange};

/// The order of the lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ContextOrder {
    /// As the hits stand, and in each as its words stand.
    #[default]
    Place,
    /// By the word before the mark, then by the one before that, and so on.
    Before,
    /// By the word after the mark, then by the next.
    After,
    /// By the marked words themselves, then by what follows.
    Found,
}

impl ContextOrder {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Place, Self::Before, Self::After, Self::Found];

    /// Its name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Place => "By place",
            Self::Before => "By words before",
            Self::After => "By words after",
            Self::Found => "By words found",
        }
    }
}

/// One mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContextLine {
    /// The hit it belongs to, by its position among the hits.
    pub hit: u32,
    /// The mark, in bytes of the draft's text; for a note, of its snippet.
    pub mark: TextRange,
}

/// A line as it is read, in single spaces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// The words before the mark; ends with a space where one stands there.
    pub before: String,
    /// The marked words.
    pub found: String,
    /// The words after it; begins with a space where one stands there.
    pub after: String,
}

/// Words that count when lines are put in order.
const WORDS: usize = 6;
/// Bytes in which they are looked for.
const REACH: usize = 240;

/// The lines of hits, in their order; at most so many.
pub fn lines(hits: &[Hit], most: usize) -> Vec<ContextLine> {
    let mut lines = Vec::new();
    for (hit, found) in (0_u32..).zip(hits) {
        if found.annotation.is_some() {
            let marks = found.snippet.marks.iter().map(|m| TextRange { start: m.start, end: m.end });
            lines.extend(marks.map(|mark| ContextLine { hit, mark }));
        } else {
            lines.extend(found.marks.iter().map(|&mark| ContextLine { hit, mark }));
        }
        if lines.len() >= most {
            lines.truncate(most);
            break;
        }
    }
    lines
}

/// Puts lines in order; those that are alike stay as the hits stand.
pub fn sort_lines(project: &Project, hits: &[Hit], lines: &mut [ContextLine], order: ContextOrder) {
    lines.sort_by_key(|l| (l.hit, l.mark.start));
    if order != ContextOrder::Place {
        lines.sort_by_cached_key(|line| key(project, hits, *line, order));
    }
}

/// A line with so many characters on either side, within its article.
pub fn context_of(project: &Project, hits: &[Hit], line: ContextLine, characters: usize) -> Context {
    let Some((text, within)) = surroundings(project, hits, line) else { return Context::default() };
    let (mark, bytes) = (line.mark, characters.saturating_mul(4));
    let from = text.ceil_char_boundary(within.start.max(mark.start.saturating_sub(bytes)));
    let to = text.floor_char_boundary(within.end.min(mark.end.saturating_add(bytes)));
    let before = spaced(text.get(from..mark.start).unwrap_or_default());
    let after = spaced(text.get(mark.end..to).unwrap_or_default());
    let skipped = before.chars().count().saturating_sub(characters);
    Context {
        before: before.chars().skip(skipped).collect::<String>().trim_start().to_owned(),
        found: spaced(mark.of(text).unwrap_or_default()),
        after: after.chars().take(characters).collect::<String>().trim_end().to_owned(),
    }
}

/// The text a line is of, and the stretch of it its context is taken from.
fn surroundings<'a>(project: &'a Project, hits: &'a [Hit], line: ContextLine) -> Option<(&'a str, TextRange)> {
    let hit = hits.get(line.hit as usize)?;
    if hit.annotation.is_some() {
        let text = hit.snippet.text.as_str();
        line.mark.of(text)?;
        return Some((text, TextRange { start: 0, end: text.len() }));
    }
    if let Some(commentary) = hit.commentary {
        let text = &project.commentaries.get(&commentary)?.text;
        line.mark.of(text)?;
        let within = hit.range.fitted(text);
        return Some((
            text,
            TextRange { start: within.start.min(line.mark.start), end: within.end.max(line.mark.end) },
        ));
    }
    let draft = project.draft(hit.draft)?;
    line.mark.of(&draft.text)?;
    let unit = hit.provision.map(|p| draft.outline.unit(p)).and_then(|u| draft.outline.get(u));
    let within = unit.map_or(hit.range, |u| u.range.fitted(&draft.text));
    Some((&draft.text, TextRange { start: within.start.min(line.mark.start), end: within.end.max(line.mark.end) }))
}

fn key(project: &Project, hits: &[Hit], line: ContextLine, order: ContextOrder) -> Vec<String> {
    let Some((text, within)) = surroundings(project, hits, line) else { return Vec::new() };
    let before = || {
        let from = text.ceil_char_boundary(within.start.max(line.mark.start.saturating_sub(REACH)));
        let mut words = words(text.get(from..line.mark.start).unwrap_or_default());
        // What the cut went through is half a word.
        if from > within.start && words.len() > WORDS {
            words.remove(0);
        }
        words.reverse();
        words.truncate(WORDS);
        words
    };
    let after = || {
        let to = text.floor_char_boundary(within.end.min(line.mark.end + REACH));
        let mut words = words(text.get(line.mark.end..to).unwrap_or_default());
        words.truncate(WORDS);
        words
    };
    match order {
        ContextOrder::Place => Vec::new(),
        ContextOrder::Before => before(),
        ContextOrder::After => after(),
        ContextOrder::Found => [words(line.mark.of(text).unwrap_or_default()), after()].concat(),
    }
}

fn words(text: &str) -> Vec<String> {
    Pieces::of(text).map(|p| folded(&lowered(&text[p.start..p.end]))).collect()
}

/// A text with any white space as one space.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{Citation, Draft, DraftDetails, DraftId, Outline, Place, ProjectDetails, ProjectId};
    use crate::search::Snippet;

    /// A project of one text, with a hit for each place of a word in it.
    fn found(text: &str, word: &str) -> (Project, Vec<Hit>) {
        let mut project = Project::new(ProjectId(1), ProjectDetails::default());
        let outline = Outline::default();
        project.drafts.push(Arc::new(Draft::new(DraftId(1), "d".into(), DraftDetails::default(), text, outline)));
        let marks = text.match_indices(word).map(|(i, w)| TextRange { start: i, end: i + w.len() }).collect();
        let hit = Hit {
            draft: DraftId(1),
            provision: None,
            citation: Citation::to(Place::Text),
            range: TextRange { start: 0, end: text.len() },
            marks,
            snippet: Snippet::default(),
            score: 0.0,
            annotation: None,
            reply_of: None,
            commentary: None,
        };
        (project, vec![hit])
    }

    fn sorted(text: &str, word: &str, order: ContextOrder) -> Vec<String> {
        let (project, hits) = found(text, word);
        let mut all = lines(&hits, 100);
        sort_lines(&project, &hits, &mut all, order);
        let shown = |line: &ContextLine| {
            let c = context_of(&project, &hits, *line, 9);
            format!("{}[{}]{}", c.before, c.found, c.after)
        };
        all.iter().map(shown).collect()
    }

    #[test]
    fn lines_are_sorted_by_what_stands_around() {
        let text = "zeal may fail. Any law may\n  Act, or may not. Ébène law may act";
        let place = ["zeal [may] fail. An", "Any law [may] Act, or", "Act, or [may] not. Ébè", "bène law [may] act"];
        assert_eq!(sorted(text, "may", ContextOrder::Place), place);
        let by = |order: ContextOrder, expected: [usize; 4]| {
            assert_eq!(sorted(text, "may", order), expected.map(|i| place[i]), "{order:?}");
        };
        // `any law` before `ebene law`, as the words nearest are alike.
        by(ContextOrder::Before, [1, 3, 2, 0]);
        // `act` with nothing after it stands before `act or`.
        by(ContextOrder::After, [3, 1, 0, 2]);
        by(ContextOrder::Found, [3, 1, 0, 2]);
    }

    #[test]
    fn scripts_without_spaces_and_right_to_left_are_read_in_their_order() {
        // 丁 stands before 乙 in the order of Unicode, which is by radical and strokes.
        assert_eq!(
            sorted("甲权利乙，丙权利丁", "权利", ContextOrder::After),
            ["甲权利乙，丙[权利]丁", "甲[权利]乙，丙权利丁"]
        );
        assert_eq!(sorted("زيت حق باب، أحد حق تاج", "حق", ContextOrder::Before)[0], "باب، أحد [حق] تاج");
        assert_eq!(sorted("", "x", ContextOrder::Before), Vec::<String>::new());
    }

    #[test]
    fn lines_are_bounded() {
        let text = "x ".repeat(5000);
        let (_, hits) = found(&text, "x");
        assert_eq!(lines(&hits, 700).len(), 700);
    }
}
