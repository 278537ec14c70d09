//! A commentary taken apart: headings, and below them sentences, bullets and cells, each whole.

use crate::model::sentences::sentences;
use crate::model::{HintKind, StructureHint, TextRange};

use super::Paragraph;
use super::headings::{self, Rank};

/// A bullet with more bytes than this is read sentence by sentence.
const LONGEST_BULLET: usize = 700;
/// A file of which more than one line in ten has more characters than this has no hard line ends.
const WIDEST: usize = 120;

/// What a commentary is made of.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// Its title, where its first lines are one.
    pub title: Option<TextRange>,
    pub headings: Vec<Heading>,
    /// All of it as paragraphs, in order.
    pub paragraphs: Vec<Paragraph>,
    /// In order.
    pub passages: Vec<Passage>,
}

/// A heading.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    /// Its words.
    pub range: TextRange,
}

/// A sentence, a bullet or a cell.
#[derive(Clone, Debug)]
pub(super) struct Passage {
    /// Its words.
    pub range: TextRange,
    /// Where its own words begin: after the sign of a bullet.
    pub words: usize,
    /// The headings above it, outermost first, by position.
    pub headings: Vec<usize>,
    /// The words that lead a list in: `We recommend to:`.
    pub lead: Option<TextRange>,
    /// Which paragraph it stands in; sentences of one follow each other.
    pub paragraph: usize,
    /// Whether it is itself a heading in a line of its own.
    pub is_heading: bool,
}

/// A paragraph, before it is known what it is.
struct Block {
    range: TextRange,
    /// What it is numbered or marked with, and where its words begin.
    mark: Option<Mark>,
    said: Option<u8>,
    is_item: bool,
    lines: usize,
}

#[derive(Clone, Copy)]
struct Mark {
    /// In bytes of the text; the words begin at its end or after white space.
    range: TextRange,
    /// `12.` or `2.1`, as against `•` and `(a)`.
    is_number: bool,
}

/// Takes a text apart. `hints` are what its file said of it, `cited` the citations in it, in order.
pub(super) fn parts(text: &str, hints: &[StructureHint], cited: &[TextRange]) -> Parts {
    let blocks = blocks(text, hints);
    let mut parts = Parts::default();
    let mut open: Vec<(Rank, usize)> = Vec::new();
    let mut lead: Option<TextRange> = None;
    for (n, block) in blocks.iter().enumerate() {
        let own = own_words(text, block);
        let rank = rank(text, &blocks, n, lead.is_some());
        let mark = block.mark.map(|m| m.range);
        parts.paragraphs.push(Paragraph { range: block.range, mark, heading: None });
        if let Some(rank) = rank {
            let words = own.trimmed(text);
            let words = bare(text, words);
            if n == 0 && blocks.len() > 1 && !text[..block.range.end].ends_with(':') {
                parts.title = Some(words);
            } else {
                close(&mut open, rank);
                add_heading(&mut parts, &mut open, rank, words);
            }
            if let Some(paragraph) = parts.paragraphs.last_mut() {
                let is_title = parts.title == Some(words);
                paragraph.heading = Some(if is_title { 0 } else { open.len() });
            }
            let ends_openly = text[words.start..words.end].ends_with(':') || text[..block.range.end].ends_with(':');
            lead = ends_openly.then_some(block.range);
            let headings = open.iter().map(|o| o.1).collect();
            let passage =
                Passage { range: block.range, words: own.start, headings, lead: None, paragraph: n, is_heading: true };
            if block.range.len() <= LONGEST_BULLET {
                parts.passages.push(passage);
            }
            continue;
        }
        let is_bullet = block.is_item || block.mark.is_some();
        if !is_bullet {
            lead = None;
        }
        if let Some(cells) = cells(text, block.range) {
            row(&mut parts, &mut open, text, &cells, cited, n);
            continue;
        }
        // A heading is short: what is cited behind it does not matter.
        let local = within(cited, TextRange { end: own.end.min(own.start + 400), ..own });
        let mut rest = own;
        if let Some((head, from)) = headings::run_in(own.of(text).unwrap_or_default(), &local) {
            let head = TextRange { start: own.start + head.start, end: own.start + head.end };
            if !is_bullet {
                close(&mut open, Rank::RunIn);
            }
            add_heading(&mut parts, &mut open, Rank::RunIn, head);
            rest.start = own.start + from;
        }
        let path: Vec<usize> = open.iter().map(|o| o.1).collect();
        let add = |parts: &mut Parts, range: TextRange, words: usize, lead: Option<TextRange>| {
            let headings = path.clone();
            parts.passages.push(Passage { range, words, headings, lead, paragraph: n, is_heading: false });
        };
        if is_bullet && block.range.len() <= LONGEST_BULLET {
            let whole =
                TextRange { start: if rest.start > own.start { own.start } else { block.range.start }, ..block.range };
            add(&mut parts, whole, rest.start, lead);
        } else {
            let found = sentences(text, rest, cited_in(cited, rest));
            let last = found.last().copied();
            for range in found {
                add(&mut parts, range, range.start, lead.filter(|_| is_bullet));
            }
            if !is_bullet {
                lead = last.filter(|s| s.of(text).is_some_and(|w| w.ends_with(':')));
            }
        }
        if is_bullet {
            // What stands at the head of a bullet is of that bullet alone.
            open.retain(|o| o.0 != Rank::RunIn || !block.range.covers(parts.headings[o.1].range));
        }
    }
    parts
}

/// Takes away the headings that one of this rank ends.
fn close(open: &mut Vec<(Rank, usize)>, rank: Rank) {
    let kept = match rank {
        Rank::RunIn => open.iter().position(|o| o.0 == Rank::RunIn),
        Rank::Said(level) => open.iter().position(|o| match o.0 {
            Rank::Said(other) => other >= level,
            _ => true,
        }),
        Rank::Numbered(depth) => open.iter().position(|o| match o.0 {
            Rank::Numbered(other) => other >= depth,
            other => other == Rank::RunIn,
        }),
        other => open.iter().position(|o| o.0 == other || o.0 == Rank::RunIn),
    };
    if let Some(at) = kept {
        open.truncate(at);
    }
}

fn add_heading(parts: &mut Parts, open: &mut Vec<(Rank, usize)>, rank: Rank, range: TextRange) {
    open.push((rank, parts.headings.len()));
    parts.headings.push(Heading { range });
}

/// The cells of a row become passages; a first cell that only cites is the heading of the row.
fn row(
    parts: &mut Parts,
    open: &mut Vec<(Rank, usize)>,
    text: &str,
    cells: &[TextRange],
    cited: &[TextRange],
    paragraph: usize,
) {
    let only_cites = |cell: TextRange| {
        let inside: usize = within(cited, cell).iter().map(|c| c.len()).sum();
        inside > 0 && inside + 12 >= cell.len()
    };
    let mut cells = cells.iter().copied().peekable();
    if cells.peek().is_some_and(|&c| only_cites(c))
        && let Some(head) = cells.next()
    {
        add_heading(parts, open, Rank::Row, head);
    }
    let path: Vec<usize> = open.iter().map(|o| o.1).collect();
    for cell in cells.filter(|c| c.of(text).is_some_and(|w| w.chars().any(char::is_alphabetic))) {
        let long = cell.len() > LONGEST_BULLET;
        for range in if long { sentences(text, cell, cited_in(cited, cell)) } else { vec![cell] } {
            let headings = path.clone();
            parts.passages.push(Passage {
                range,
                words: range.start,
                headings,
                lead: None,
                paragraph,
                is_heading: false,
            });
        }
    }
    open.retain(|o| o.0 != Rank::Row);
}

/// The cells of a line that is a row of a table: parted by `|` or by tabs.
fn cells(text: &str, range: TextRange) -> Option<Vec<TextRange>> {
    let words = range.of(text)?;
    let sign = if words.starts_with('|') && words.ends_with('|') && words.len() > 2 {
        '|'
    } else if words.trim_matches('\t').matches('\t').count() > 0 && !words.contains('\n') {
        '\t'
    } else {
        return None;
    };
    let mut at = range.start;
    let mut cells = Vec::new();
    for cell in words.split(sign) {
        let cell_range = TextRange { start: at, end: at + cell.len() }.trimmed(text);
        at += cell.len() + 1;
        if !cell_range.is_empty() {
            cells.push(cell_range);
        }
    }
    // A label and its words are no row.
    let label = sign == '\t'
        && cells.first().is_some_and(|c| c.len() <= 5 && c.of(text).is_none_or(|w| w.chars().count() <= 4));
    (cells.len() > 1 && !(cells.len() == 2 && label)).then_some(cells)
}

/// The kind of heading a paragraph is, if it is one.
fn rank(text: &str, blocks: &[Block], n: usize, in_list: bool) -> Option<Rank> {
    let block = &blocks[n];
    let words = own_words(text, block).of(text)?;
    if let Some(level) = block.said {
        return Some(Rank::Said(level));
    }
    let next = blocks.get(n + 1)?;
    if block.lines > 3 || words.contains('\t') || words.starts_with('|') {
        return None;
    }
    let bold = words.starts_with("**") && words.ends_with("**") && words.len() > 4 && words.matches("**").count() == 2;
    let (mark, numbered) = match block.mark {
        Some(mark) if mark.is_number => (mark.range.of(text), true),
        Some(_) => return None,
        None if block.is_item => return None,
        None => (None, false),
    };
    if numbered {
        // One of several numbered lines is an item of a list.
        let is_like = |other: Option<&Block>| other.is_some_and(|o| o.mark.is_some_and(|m| m.is_number));
        let before = n.checked_sub(1).and_then(|i| blocks.get(i));
        if in_list || is_like(Some(next)) || is_like(before) && !bold {
            return None;
        }
    }
    headings::of_line(words, mark).filter(|_| !headings::is_label(words))
}

/// The words of a paragraph without what it is marked with.
fn own_words(text: &str, block: &Block) -> TextRange {
    let start = block.mark.map_or(block.range.start, |m| m.range.end);
    TextRange { start, end: block.range.end }.trimmed(text)
}

/// A heading without the signs of Markdown and without its colon.
fn bare(text: &str, range: TextRange) -> TextRange {
    let Some(words) = range.of(text) else { return range };
    let front = words.trim_start_matches(['#', '*', '_', ' ']);
    let start = range.end - front.len();
    let end = start + front.trim_end_matches(['#', '*', '_', ' ', ':']).len();
    TextRange { start, end }
}

fn blocks(text: &str, hints: &[StructureHint]) -> Vec<Block> {
    let mut ordered: Vec<&StructureHint> = hints.iter().filter(|h| h.range.of(text).is_some()).collect();
    ordered.sort_by_key(|h| (h.range.start, h.range.end));
    let mut headings = ordered.iter().filter(|h| matches!(h.kind, HintKind::Heading(_))).peekable();
    let mut items = ordered.iter().filter(|h| matches!(h.kind, HintKind::ListItem(_))).peekable();
    let mut asides = ordered.iter().filter(|h| h.kind == HintKind::Aside).peekable();
    let one_a_line = ordered.iter().any(|h| h.kind == HintKind::Paragraphs && h.range.len() * 2 > text.len());
    let is_wrapped = !one_a_line && is_wrapped(text);

    let mut blocks: Vec<Block> = Vec::new();
    let mut is_apart = true;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let full = TextRange { start: at, end: at + line.len() };
        at = full.end;
        let range = full.trimmed(text);
        if range.is_empty() {
            is_apart = true;
            continue;
        }
        while asides.next_if(|h| h.range.end <= range.start).is_some() {}
        if asides.peek().is_some_and(|h| h.range.start <= range.start && range.end <= h.range.end) {
            is_apart = true;
            continue;
        }
        while headings.next_if(|h| h.range.end <= range.start).is_some() {}
        let hinted = headings.peek().filter(|h| h.range.start <= range.start && range.start < h.range.end);
        let mut said = hinted.map(|h| if let HintKind::Heading(level) = h.kind { level } else { 1 });
        let same_heading = hinted.is_some_and(|h| blocks.last().is_some_and(|b| h.range.start <= b.range.start));
        while items.next_if(|h| h.range.start < range.start).is_some() {}
        let is_item = items.peek().is_some_and(|h| h.range.start == range.start);
        let words = range.of(text).unwrap_or_default();
        let hashes = words.bytes().take_while(|&b| b == b'#').count();
        let mut mark =
            mark_of(words).map(|m| Mark { range: TextRange::new(range.start, range.start + m.0), is_number: m.1 });
        if (1..=6).contains(&hashes) && words[hashes..].starts_with(' ') {
            said = said.or(Some(hashes as u8));
            mark = None;
        }
        let starts = is_apart || mark.is_some() || is_item || said.is_some() && !same_heading || words.starts_with('|');
        is_apart = false;
        let joins = !starts && blocks.last().is_some_and(|b| continues(text, b, range, is_wrapped, one_a_line));
        match blocks.last_mut() {
            Some(last) if joins || same_heading && !starts => {
                last.range.end = range.end;
                last.lines += 1;
            }
            _ => blocks.push(Block { range, mark, said, is_item, lines: 1 }),
        }
    }
    blocks
}

/// Whether a line goes on with the paragraph before it.
fn continues(text: &str, before: &Block, line: TextRange, is_wrapped: bool, one_a_line: bool) -> bool {
    let so_far = before.range.of(text).unwrap_or_default();
    if one_a_line || before.said.is_some() || so_far.starts_with('|') {
        return false;
    }
    let is_lower = text[line.start..].starts_with(char::is_lowercase);
    let ended = so_far.ends_with(['.', '!', '?', ':', '。']);
    let last_line = so_far.rsplit('\n').next().unwrap_or_default();
    is_lower && !ended || is_wrapped && last_line.chars().count() >= 45
}

/// Whether lines are broken at a width.
fn is_wrapped(text: &str) -> bool {
    let lengths = text.lines().map(|l| l.chars().count()).filter(|&n| n > 0);
    let (mut all, mut wide) = (0_usize, 0_usize);
    for length in lengths {
        all += 1;
        wide += usize::from(length > WIDEST);
    }
    wide * 10 <= all
}

/// The bytes of a sign at the beginning of a line, and whether it is a number.
fn mark_of(words: &str) -> Option<(usize, bool)> {
    let first = words.chars().next()?;
    let spaced = |at: usize| words.get(at..).is_some_and(|r| r.starts_with(char::is_whitespace));
    if matches!(
        first,
        '•' | '▪' | '‣' | '◦' | '●' | '■' | '□' | '–' | '—' | '-' | '*' | '·' | '→' | '➢' | '✓' | '\u{f0b7}'
    ) {
        return spaced(first.len_utf8()).then_some((first.len_utf8(), false));
    }
    let open = usize::from(first == '(');
    let label: usize = words[open..].bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'.').count();
    let word = words[open..open + label].trim_end_matches('.');
    let end = open + word.len();
    let closed = words[end..].starts_with(['.', ')']);
    let after = end + usize::from(closed);
    let digits =
        !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit() || b == b'.') && word.as_bytes()[0] != b'.';
    let is_dotted = digits && word.contains('.');
    let letters = (1..=4).contains(&word.len())
        && (word.len() == 1 && word.bytes().all(|b| b.is_ascii_alphabetic())
            || word.bytes().all(|b| b"ivxIVX".contains(&b)));
    if word.len() > 8 || !spaced(after) || !(closed || is_dotted) || open == 1 && !words[end..].starts_with(')') {
        return None;
    }
    if digits {
        return Some((after, open == 0));
    }
    letters.then_some((after, word.bytes().all(|b| b.is_ascii_uppercase()) && open == 0))
}

/// The citations in a stretch, in bytes of it.
fn within(cited: &[TextRange], range: TextRange) -> Vec<TextRange> {
    let inside = cited_in(cited, range).iter().filter(|c| range.covers(**c));
    inside.map(|c| TextRange { start: c.start - range.start, end: c.end - range.start }).collect()
}

fn cited_in(cited: &[TextRange], range: TextRange) -> &[TextRange] {
    let from = cited.partition_point(|c| c.end <= range.start);
    let to = from + cited[from..].partition_point(|c| c.start < range.end);
    &cited[from..to]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let parts = parts(text, &[], &[]);
        let path = |p: &Passage| {
            let words = p.headings.iter().map(|&h| &text[parts.headings[h].range.start..parts.headings[h].range.end]);
            words.collect::<Vec<_>>().join(" > ")
        };
        let found: Vec<(String, &str)> = parts
            .passages
            .iter()
            .filter(|p| !p.is_heading)
            .map(|p| (path(p), &text[p.range.start..p.range.end]))
            .collect();
        let found: Vec<(&str, &str)> = found.iter().map(|(p, w)| (p.as_str(), *w)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn sentences_stand_below_their_headings() {
        check(
            "Comments on the draft\n\nKey Concerns\nWeak Safeguards in the Text: It says little. It asks less.\nMore of it.\n\
             Other Matters\nThe end.",
            &[
                ("Key Concerns > Weak Safeguards in the Text", "It says little."),
                ("Key Concerns > Weak Safeguards in the Text", "It asks less."),
                ("Key Concerns > Weak Safeguards in the Text", "More of it."),
                ("Other Matters", "The end."),
            ],
        );
        check(
            "# Title\n\n## 1. Scope\n\nIt is wide.\n\n### More\n\nYes.\n\n## 2. Powers\n\nNo.\n",
            &[("1. Scope", "It is wide."), ("1. Scope > More", "Yes."), ("2. Powers", "No.")],
        );
        check(
            "Title\n\nQ: What\nis it?\n\nIt is this.\n\n  1. Keep it small\n    The focus is wide.\n\nQ: Why?\n\nFor it.",
            &[
                ("Q: What\nis it?", "It is this."),
                ("Q: What\nis it? > Keep it small", "The focus is wide."),
                ("Q: Why?", "For it."),
            ],
        );
    }

    #[test]
    fn bullets_and_cells_are_whole() {
        check(
            "We ask you to:\n- delete it. It harms;\n- keep\nthe rest.\n\nThanks.",
            &[("", "We ask you to:"), ("", "- delete it. It harms;"), ("", "- keep\nthe rest."), ("", "Thanks.")],
        );
        check(
            "Table\n\n| Part | Comment |\n| One | It is wide. It harms. |\n",
            &[("", "Part"), ("", "Comment"), ("", "One"), ("", "It is wide. It harms.")],
        );
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let text =
            "Some words that are broken at the width of a page,\nThen more of them. And an end that is\nshort.\n";
        let parts = parts(text, &[], &[]);
        assert_eq!(parts.passages.len(), 2);
    }
}
