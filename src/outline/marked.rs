//! Provisions as the file's own markup has them: hierarchy, numbers and headings are taken, not guessed.
//!
//! What a marked article, division, annex or preamble says without further marks, and what stands outside all marks, is
//! read as any other text; all else is as marked. Marks may overlap, nest badly or lie outside the text: what cannot be
//! fitted is left out. A person's corrections come before the file's: a number said to be plain words marks nothing.

use std::cmp::Reverse;

use crate::model::{HintKind, Mark, Provision, ProvisionKind, StructureHint, TextRange};

use super::build::{Builder, Opening, in_one_line};
use super::headline::headline;
use super::label::label;
use super::marks::{alternative, marks};
use super::page::Paragraph;
use super::walk::{Shape, shape, walk_stretch};

/// Marks nested deeper than this are left out.
const DEEPEST: usize = 48;

/// A provision that the file marks.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Marked {
    kind: ProvisionKind,
    range: TextRange,
    number: Option<TextRange>,
    caption: Option<TextRange>,
}

/// The provisions and marks of a text with marked provisions; `None` where it has none.
pub(super) fn walk(
    text: &str,
    paragraphs: &[Paragraph],
    shapes: &[Shape],
    hints: &[StructureHint],
) -> Option<(Vec<Provision>, Vec<Mark>)> {
    let marked = marked(text, paragraphs, hints);
    if marked.is_empty() {
        return None;
    }
    let mut walk = Walk {
        text,
        marked: &marked,
        out: Builder::new(text),
        open: Vec::new(),
        next: 0,
        run: Vec::new(),
        run_shapes: Vec::new(),
        alternatives: Vec::new(),
        articles: 0,
    };
    for (p, shape) in paragraphs.iter().zip(shapes) {
        walk.paragraph(p, shape);
    }
    walk.flush();
    Some((walk.out.finish(), marks(text, walk.alternatives)))
}

/// The marked provisions in pre-order, properly nested, each with its number and heading.
fn marked(text: &str, paragraphs: &[Paragraph], hints: &[StructureHint]) -> Vec<Marked> {
    let mut fitting: Vec<StructureHint> = hints
        .iter()
        .filter(|h| matches!(h.kind, HintKind::Provision(_) | HintKind::Number | HintKind::Caption))
        .filter(|h| h.range.start < text.len())
        .map(|h| StructureHint { range: h.range.fitted(text).trimmed(text), kind: h.kind })
        .filter(|h| !h.range.is_empty())
        .filter_map(|h| outside_joined(text, paragraphs, h))
        .collect();
    let rank = |kind| match kind {
        HintKind::Provision(_) => 0,
        HintKind::Number => 1,
        _ => 2,
    };
    fitting.sort_by_key(|h| (h.range.start, Reverse(h.range.end), rank(h.kind)));
    let mut all: Vec<Marked> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for hint in fitting {
        while open.last().is_some_and(|&o| all[o].range.end <= hint.range.start) {
            open.pop();
        }
        let mut range = hint.range;
        if let Some(&o) = open.last() {
            range.end = range.end.min(all[o].range.end);
            range = range.trimmed(text);
        }
        match (hint.kind, open.last()) {
            (HintKind::Provision(kind), holder) => {
                let again = holder.is_some_and(|&o| all[o].range == range && all[o].kind == kind);
                if open.len() < DEEPEST && !again {
                    open.push(all.len());
                    all.push(Marked { kind, range, number: None, caption: None });
                }
            }
            (HintKind::Number, Some(&o)) => all[o].number = all[o].number.or(Some(range)),
            (HintKind::Caption, Some(&o)) => all[o].caption = all[o].caption.or(Some(range)),
            _ => {}
        }
    }
    all.retain(|m| ![m.number, m.caption].into_iter().flatten().any(|r| is_plain(paragraphs, r.start)));
    all
}

/// The paragraph that a byte stands in.
fn paragraph_at(paragraphs: &[Paragraph], at: usize) -> Option<&Paragraph> {
    let next = paragraphs.partition_point(|p| p.range.start <= at);
    paragraphs.get(next.checked_sub(1)?).filter(|p| p.range.contains(at))
}

fn is_plain(paragraphs: &[Paragraph], at: usize) -> bool {
    paragraph_at(paragraphs, at).is_some_and(|p| p.plain)
}

/// A mark as it stands beside paragraphs of several lines: none begins or ends inside one.
fn outside_joined(text: &str, paragraphs: &[Paragraph], mut hint: StructureHint) -> Option<StructureHint> {
    if !matches!(hint.kind, HintKind::Provision(_)) {
        return Some(hint);
    }
    let lines = |p: &&Paragraph| p.range.of(text).is_some_and(|words| words.contains('\n'));
    let on_first_line = |p: &Paragraph| text.get(p.range.start..hint.range.start).is_some_and(|s| !s.contains('\n'));
    if paragraph_at(paragraphs, hint.range.start).filter(lines).is_some_and(|p| !on_first_line(p)) {
        return None;
    }
    if let Some(last) = paragraph_at(paragraphs, hint.range.end - 1).filter(lines) {
        hint.range.end = last.range.end;
    }
    Some(hint)
}

/// A marked provision that is open.
struct Open {
    at: usize,
    /// How many provisions are open with it.
    depth: usize,
    /// Where its number and its heading stand.
    printed: [Option<TextRange>; 2],
    /// Whether words of its own or provisions below it have begun.
    begun: bool,
}

struct Walk<'t> {
    text: &'t str,
    marked: &'t [Marked],
    out: Builder<'t>,
    open: Vec<Open>,
    /// The next marked provision.
    next: usize,
    /// Paragraphs without marks of their own, read together.
    run: Vec<Paragraph>,
    run_shapes: Vec<Shape>,
    alternatives: Vec<TextRange>,
    articles: usize,
}

impl Walk<'_> {
    fn paragraph(&mut self, p: &Paragraph, shape: &Shape) {
        let mut at = p.range.start;
        while at < p.range.end {
            while let Some(open) = self.open.last().filter(|o| self.marked[o.at].range.end <= at) {
                let depth = open.depth - 1;
                self.flush();
                self.out.close_to(depth);
                self.open.pop();
            }
            while let Some(mark) = self.marked.get(self.next).filter(|m| m.range.start <= at) {
                self.flush();
                self.begin(mark, p);
                self.next += 1;
            }
            let ends = [self.marked.get(self.next).map(|m| m.range.start), self.innermost().map(|m| m.range.end)];
            let end = ends.into_iter().flatten().filter(|&end| end > at).fold(p.range.end, usize::min);
            self.piece(p, shape, TextRange { start: at, end }.trimmed(self.text));
            at = end;
        }
    }

    fn innermost(&self) -> Option<&Marked> {
        self.open.last().and_then(|o| self.marked.get(o.at))
    }

    fn begin(&mut self, mark: &Marked, p: &Paragraph) {
        if let Some(holder) = self.open.last_mut() {
            holder.begun = true;
        }
        let start = mark.range.start;
        // A person made a heading of what the file calls plain text.
        let corrected = mark.kind == ProvisionKind::Body && p.heading.is_some() && p.range.start == start;
        let (kind, caption) = if corrected {
            (ProvisionKind::Heading, p.range.intersection(mark.range))
        } else {
            (mark.kind, mark.caption)
        };
        self.articles += usize::from(kind == ProvisionKind::Article);
        let words = |r: TextRange| r.of(self.text).unwrap_or("");
        self.out.open(Opening {
            kind,
            label: mark.number.unwrap_or(TextRange { start, end: start }),
            number: mark.number.map_or_else(String::new, |n| number(kind, words(n))),
            heading: caption,
            start,
        });
        let printed = [mark.number, caption];
        self.open.push(Open { at: self.next, depth: self.out.depth(), printed, begun: corrected });
    }

    /// Takes in words that stand in one marked provision or in none.
    fn piece(&mut self, p: &Paragraph, shape: &Shape, piece: TextRange) {
        if piece.is_empty() {
            return;
        }
        let Some(kind) = self.innermost().map(|m| m.kind) else {
            self.run_on(p, shape, piece);
            return;
        };
        let rest = self.without_label(piece);
        self.out.take(piece.end);
        if rest.is_empty() {
            return;
        }
        if kind.is_headed() {
            self.run_on(p, shape, rest);
            return;
        }
        if let Some(alternative) = alternative(self.text, rest).filter(|_| !p.plain) {
            self.alternatives.push(alternative.range);
        }
        let begun = self.open.last_mut().is_none_or(|o| std::mem::replace(&mut o.begun, true));
        let heading = Some(rest).filter(|_| p.heading.is_some() && p.range.start == rest.start);
        if begun || heading.is_some() {
            let kind = if heading.is_some() { ProvisionKind::Heading } else { ProvisionKind::Body };
            let depth = self.out.depth();
            self.out.open(Opening { heading, ..Opening::plain(kind, rest.start) });
            self.out.take(rest.end);
            self.out.close_to(depth);
        }
    }

    /// What is left of a stretch behind the number and the heading of its provision.
    fn without_label(&self, piece: TextRange) -> TextRange {
        let mut rest = piece;
        let mut known: Vec<TextRange> = self.open.last().into_iter().flat_map(|o| o.printed).flatten().collect();
        known.sort_by_key(|r| r.start);
        for range in known {
            let before = TextRange { start: rest.start, end: range.start.clamp(rest.start, rest.end) };
            let apart = before.of(self.text).is_none_or(|words| words.contains(char::is_alphanumeric));
            if !apart && range.start < rest.end && range.end > rest.start {
                rest.start = range.end.min(rest.end);
            }
        }
        rest.trimmed(self.text)
    }

    /// Adds words to those that are read as any text.
    fn run_on(&mut self, p: &Paragraph, known: &Shape, words: TextRange) {
        let part = Paragraph { range: words, ..p.clone() };
        let read = if part == *p { known.clone() } else { shape(self.text, &part) };
        let within = self.innermost().map(|m| m.kind);
        let headless = matches!(within, Some(ProvisionKind::Article | ProvisionKind::Preamble));
        self.run_shapes.push(match read {
            // The file says where articles begin: others in one are quoted.
            Shape::Headline(_) if headless && p.heading.is_none() => {
                label(self.text, words).map_or(Shape::Plain, Shape::Label)
            }
            other => other,
        });
        self.run.push(part);
    }

    fn flush(&mut self) {
        let Some(end) = self.run.last().map(|p| p.range.end) else { return };
        let within = self.innermost().map(|m| m.kind);
        let (provisions, alternatives) = walk_stretch(self.text, &self.run, &self.run_shapes, within, self.articles);
        self.out.graft(provisions, within.is_some());
        self.out.take(end);
        self.alternatives.extend(alternatives);
        self.run.clear();
        self.run_shapes.clear();
        if let Some(holder) = self.open.last_mut() {
            holder.begun = true;
        }
    }
}

/// The number alone of a printed label: `5` of `Article 5`, `a` of `(a)`, `II` of `ANNEX II`.
fn number(kind: ProvisionKind, printed: &str) -> String {
    let line = in_one_line(printed);
    let whole = |s: &str| TextRange { start: 0, end: s.len() };
    if kind.is_headed()
        && let Some(h) = headline(&line, whole(&line), true)
        && (h.title.is_none() && h.body.is_none() || h.number.contains(|c: char| c.is_ascii_digit()))
    {
        return h.number;
    }
    let with_words = format!("{line} A b");
    if let Some(l) = label(&with_words, whole(&with_words)).filter(|l| l.after >= line.len()) {
        return l.number;
    }
    let around = |c: char| c.is_whitespace() || c.is_ascii_punctuation() || "§№–—‘’“”«»„。、，：；（）［］".contains(c);
    let bare = line.trim_matches(around);
    // "Rule 12A"
    match bare.split_once(' ') {
        Some((word, rest)) if word.chars().all(char::is_alphabetic) && word.chars().count() >= 3 => {
            rest.trim_matches(around).to_owned()
        }
        _ => bare.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline::{Reading, recognize};

    /// Draws the outline of a text in which `‹p …›` is a provision (with its kind), `‹# …›` a number, `‹= …›` a heading.
    fn check(marked: &str, expected: &str) {
        let (text, hints) = unmark(marked);
        let reading = recognize(&text, &hints);
        assert_eq!(reading.outline.fault(&text), None);
        assert_eq!(draw(&text, &reading).trim(), expected.trim(), "{marked}");
    }

    fn unmark(marked: &str) -> (String, Vec<StructureHint>) {
        let (mut text, mut hints, mut open) = (String::new(), Vec::new(), Vec::new());
        let mut rest = marked;
        while let Some(c) = rest.chars().next() {
            rest = &rest[c.len_utf8()..];
            match c {
                '‹' => {
                    let (name, after) = rest.split_once(' ').unwrap();
                    rest = after;
                    open.push(hints.len());
                    let kind = match name {
                        "#" => HintKind::Number,
                        "=" => HintKind::Caption,
                        "art" => HintKind::Provision(ProvisionKind::Article),
                        "ch" => HintKind::Provision(ProvisionKind::Chapter),
                        "par" => HintKind::Provision(ProvisionKind::Paragraph),
                        "sub" => HintKind::Provision(ProvisionKind::Subparagraph),
                        "pre" => HintKind::Provision(ProvisionKind::Preamble),
                        "body" => HintKind::Provision(ProvisionKind::Body),
                        "plain" => HintKind::Plain,
                        "head" => HintKind::Heading(2),
                        "join" => HintKind::Joined,
                        other => panic!("{other}"),
                    };
                    hints.push(StructureHint { range: TextRange { start: text.len(), end: text.len() }, kind });
                }
                '›' => {
                    let at: usize = open.pop().unwrap();
                    hints[at].range.end = text.len();
                }
                c => text.push(c),
            }
        }
        (text, hints)
    }

    fn draw(text: &str, reading: &Reading) -> String {
        let mut out = String::new();
        for i in reading.outline.indices() {
            let p = reading.outline.get(i).unwrap();
            let own = in_one_line(reading.outline.own_range(i).of(text).unwrap());
            let indent = "  ".repeat(reading.outline.depth(i));
            let heading = p.heading.as_ref().map_or_else(String::new, |h| format!(" “{h}”"));
            out.push_str(&format!("{indent}{} [{}]{heading} {own}\n", p.kind.word(), p.number));
        }
        out
    }

    #[test]
    fn provisions_are_as_marked() {
        check(
            "‹ch ‹# CHAPTER I›\n\n‹= Words›\n\n‹art ‹# Article 5›\n\n‹= Scope›\n\n‹par ‹# 1.› Each Party:\n\n‹sub ‹# (a)› acts;›\n\n\
             ‹sub ‹# (c)› waits.››\n\n‹par Article 7 is quoted here.›››",
            "
chapter [I] “Words” CHAPTER I Words
  article [5] “Scope” Article 5 Scope
    paragraph [1] 1. Each Party:
      subparagraph [a] (a) acts;
      subparagraph [c] (c) waits.
    paragraph [] Article 7 is quoted here.",
        );
    }

    #[test]
    fn what_is_not_marked_is_read_as_any_text() {
        check(
            "Treaty\n\n‹art ‹# Article 1›\n\n1. One:\n\n(a) two;\n\nArticle 9\n\n2. Three.›\n\nANNEX I\n\n1. Four.",
            "
body [] Treaty
article [1] Article 1
  paragraph [1] 1. One:
    subparagraph [a] (a) two;
    body [] Article 9
  paragraph [2] 2. Three.
annex [I] ANNEX I
  paragraph [1] 1. Four.",
        );
    }

    #[test]
    fn people_correct_what_is_marked() {
        check(
            "‹art ‹# Article 1›\n\n‹body One.›\n\n‹head ‹body A heading››\n\n‹plain ‹art ‹# Article 2››\n\n‹body Two.›››",
            "
article [1] Article 1
  body [] One.
  heading [] “A heading” A heading
  body [] Article 2
  body [] Two.",
        );
        check(
            "‹art ‹# Article 1›\n\n‹join ‹body One›\n\n‹body goes on.››\n\n‹body Two.››",
            "
article [1] Article 1
  body [] One goes on.
  body [] Two.",
        );
    }

    #[test]
    fn numbers_lose_their_words_and_brackets() {
        for (kind, printed, expected) in [
            (ProvisionKind::Article, "Article 8 bis", "8 bis"),
            (ProvisionKind::Article, "[Article 3]", "3"),
            (ProvisionKind::Article, "Art. 12.", "12"),
            (ProvisionKind::Article, "Rule 12A", "12A"),
            (ProvisionKind::Section, "14.", "14"),
            (ProvisionKind::Annex, "ANNEX II", "II"),
            (ProvisionKind::Chapter, "第二章", "二"),
            (ProvisionKind::Paragraph, "1.", "1"),
            (ProvisionKind::Paragraph, "4.12", "4.12"),
            (ProvisionKind::Subparagraph, "a)", "a"),
            (ProvisionKind::Subparagraph, "(iv)", "iv"),
            (ProvisionKind::Recital, "(12)", "12"),
            (ProvisionKind::Paragraph, "12", "12"),
            (ProvisionKind::Item, "–", ""),
            (ProvisionKind::Paragraph, "§ 2º", "2"),
        ] {
            assert_eq!(number(kind, printed), expected, "{printed}");
        }
    }

    #[test]
    fn marks_that_do_not_fit_are_fitted_or_left_out() {
        let text = "Article 1\n\nWords é and more";
        let provision = HintKind::Provision(ProvisionKind::Paragraph);
        let hints: Vec<StructureHint> =
            [(0, 15, provision), (11, 99, provision), (18, 19, HintKind::Number), (99, 120, provision)]
                .into_iter()
                .map(|(start, end, kind)| StructureHint { range: TextRange { start, end }, kind })
                .collect();
        let reading = recognize(text, &hints);
        assert_eq!(reading.outline.fault(text), None);
        assert_eq!(reading.outline.provisions.len(), 3);
    }
}
