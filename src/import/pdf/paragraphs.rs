//! Lines to paragraphs: which lines go on with the one before, also over the edge of a page.
//!
//! Must not know: how a page was divided into columns and notes. Lengths are points.

use std::collections::HashMap;

use super::contents::{entry_goes_on, is_led, listed};
use super::letters::{is_right_to_left, is_unspaced};
use super::titles::titles;
use super::words::{Line, Word, is_preambular, spaced};

/// More columns than this side by side count as one.
pub(super) const COLUMNS: usize = 16;

/// A line and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    /// From 0.
    pub page: usize,
    /// The column of the page: `page * COLUMNS`, and from 1 on where several stand side by side.
    pub area: usize,
    pub line: Line,
}

/// Lines that follow one another in reading.
pub(super) type Flow = Vec<Placed>;

/// The lines of a paragraph.
pub(super) type Paragraph = Vec<Placed>;

/// Cuts a flow into paragraphs.
pub(super) fn paragraphs(flow: Flow, edges: &Edges) -> Vec<Paragraph> {
    let leading = leading(&flow);
    let listed = listed(&flow);
    let titles = titles(&flow, leading, edges);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for ((placed, listed), title) in flow.into_iter().zip(listed).zip(titles) {
        let in_entry = |open: &Paragraph| listed && !open.last().is_some_and(|p| is_led(&p.line));
        let goes_on = paragraphs.last().is_some_and(|open| {
            title || goes_on(open, &placed, leading, edges) || in_entry(open) && entry_goes_on(open, &placed.line)
        });
        match paragraphs.last_mut() {
            Some(open) if goes_on => open.push(placed),
            _ => paragraphs.push(vec![placed]),
        }
    }
    paragraphs
}

/// Where the text of a column begins and ends, from side to side.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    left: f32,
    right: f32,
}

impl Edge {
    pub fn width(self) -> f32 {
        self.right - self.left
    }
}

/// The edges of every column of every page.
pub(super) type Edges = HashMap<usize, Edge>;

/// Measures the edges of all columns; what stands across them all is as wide as all of them.
pub(super) fn edges(flows: &[Flow]) -> Edges {
    let mut ends: HashMap<usize, Vec<(f32, f32)>> = HashMap::new();
    for placed in flows.iter().flatten() {
        let end = (placed.line.x0(), placed.line.x1());
        ends.entry(placed.area).or_default().push(end);
        if placed.area % COLUMNS != 0 {
            ends.entry(placed.page * COLUMNS).or_default().push(end);
        }
    }
    let mut edges: Edges = ends.into_iter().map(|(area, ends)| (area, edge(&ends))).collect();
    // A page with a few short lines at its end is as wide as the others.
    for column in 0..COLUMNS {
        let of_column = || edges.iter().filter(move |(area, _)| *area % COLUMNS == column).map(|(_, e)| *e);
        let (left, right) = (median(of_column().map(|e| e.left)), median(of_column().map(|e| e.right)));
        for (_, e) in edges.iter_mut().filter(|(area, _)| *area % COLUMNS == column) {
            if e.right < right && e.right > right - 250.0 {
                e.right = right;
            }
            if e.left > left && e.left < left + 250.0 {
                e.left = left;
            }
        }
    }
    edges
}

/// The edges at which many lines begin and end, else the outermost: a masthead may reach beyond the text.
fn edge(ends: &[(f32, f32)]) -> Edge {
    let outermost = Edge {
        left: ends.iter().map(|e| e.0).fold(f32::INFINITY, f32::min),
        right: ends.iter().map(|e| e.1).fold(0.0, f32::max),
    };
    let right = shared(ends.iter().map(|e| e.1), true).unwrap_or(outermost.right);
    let left = shared(ends.iter().map(|e| e.0), false).unwrap_or(outermost.left);
    // Where half of the lines go beyond it, it is a tab and no edge.
    let beyond = ends.iter().filter(|e| e.1 > right + 4.0).count();
    let before = ends.iter().filter(|e| e.0 < left - 4.0).count();
    Edge {
        left: if before * 3 > ends.len() { outermost.left } else { left },
        right: if beyond * 3 > ends.len() { outermost.right } else { right },
    }
}

/// The outermost place that at least a fifth of the lines share, to two points.
fn shared(places: impl Iterator<Item = f32>, to_right: bool) -> Option<f32> {
    let mut places: Vec<f32> = places.collect();
    places.sort_by(f32::total_cmp);
    if to_right {
        places.reverse();
    }
    let enough = (places.len() / 5).max(4);
    places.windows(enough).find(|w| (w[0] - w[enough - 1]).abs() <= 2.0).map(|w| w[0])
}

fn median(values: impl Iterator<Item = f32>) -> f32 {
    let mut values: Vec<f32> = values.collect();
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

/// The usual distance of two lines of a paragraph, in ems.
fn leading(lines: &[Placed]) -> f32 {
    let steps = lines.windows(2).filter_map(|w| {
        let (a, b) = (&w[0].line, &w[1].line);
        let step = (b.y - a.y) / a.size.max(1.0);
        let lower = b.words.first().is_some_and(|w| w.text.starts_with(char::is_lowercase));
        (w[0].area == w[1].area && step > 0.6 && step < 3.5 && (lower || a.words.len() > 7)).then_some(step)
    });
    let mut steps: Vec<f32> = steps.collect();
    if steps.is_empty() {
        return 1.2;
    }
    steps.sort_by(f32::total_cmp);
    // Between paragraphs there may be more, never less.
    steps[steps.len() * 2 / 5]
}

fn goes_on(open: &Paragraph, next: &Placed, leading: f32, edges: &Edges) -> bool {
    let Some(last_placed) = open.last() else { return false };
    let (last, line) = (&last_placed.line, &next.line);
    let em = last.size.max(1.0);
    if (line.size - last.size).abs() > 0.09 * em && line.words.len() > 1 {
        return false;
    }
    let back = is_back(last) || is_back(line);
    let last_edge = edges.get(&last_placed.area).copied().unwrap_or_else(|| Edge { left: last.x0(), right: last.x1() });
    let same_page = next.area == last_placed.area;
    let ended = ends_sentence(last) || is_braced(last);
    let lower = starts_lower(line);
    let label = label_of(line);
    let gap = line.words.get(1).map_or(0.0, |w| w.x0 - line.words[0].x1);
    let apart = label.is_some_and(|l| gap > 0.55 * em || l == Opening::Sure || line.words.len() == 1);
    if same_page {
        let step = line.y - last.y;
        // Upward is the next column. Lines set wider than elsewhere still belong together if a sentence runs through them.
        let wide = step > (1.22 * leading * em).max((leading + 0.3) * em);
        if wide && (ended || !lower || apart || step > 2.6 * em || !is_full(last, &last_edge, line)) {
            return false;
        }
    }
    if is_led(last) || ended && is_braced(line) {
        return false;
    }
    if is_at_right(last, &last_edge) && is_at_right(line, &last_edge) && (line.x0() - last.x0()).abs() > em && !back {
        return false;
    }
    // Room that is left at the end of the last line, and what the next one begins with.
    let room = if back { last.x0() - last_edge.left } else { last_edge.right - last.x1() };
    let first = if back { line.words.last() } else { line.words.first() };
    let first_width = first.map_or(0.0, |w| w.x1 - w.x0);
    let unspaced = last.words.last().is_some_and(|w| w.text.ends_with(is_unspaced));
    let fits = if unspaced { room > 1.6 * em } else { first_width + 0.25 * em < room - 0.5 * em };
    let width = (last_edge.right - last_edge.left).max(1.0);
    let mostly_full = room < 0.3 * width;
    if same_page && !lower && is_indented_like(open, line, &last_edge) || is_set_in_like(open, next, edges) {
        return false;
    }
    if let Some(label) = label {
        let outdented = !back && line.x0() < last.x0() - 0.5 * em;
        if (apart && (ended || fits || outdented || label == Opening::Sure)) || ((ended || fits) && !lower) {
            return false;
        }
        // "in particular on / (i) the rules": the line before has room for more than what is cited would take. Nor does a
        // citation go on behind a semicolon.
        let stops = ended && !last.words.last().is_some_and(|w| w.text.ends_with('.'));
        if fits && !mostly_full || stops {
            return false;
        }
    }
    let hangs = hangs(open, line, em);
    if fits && !hangs {
        // A word that sticks to the next one can leave room that it would have fitted.
        let mid_sentence = mostly_full && !ended && lower && room < 0.22 * width;
        let title_goes_on = lower && !ended && !is_label_only(last) && (line.size - last.size).abs() < 0.02 * em;
        return mid_sentence || title_goes_on;
    }
    if fits {
        return mostly_full && !ended && room < 0.22 * width;
    }
    let (from, before) = if back { (-line.x1(), -last.x1()) } else { (line.x0(), last.x0()) };
    let indented = from > before + 0.8 * em;
    if indented && ended && !hangs {
        return false;
    }
    let body = open.len() >= 2;
    if body && from < before - 1.0 * em && ended {
        return false;
    }
    if !same_page && ended && !lower {
        // At the head of a page only an indent could say that a paragraph begins; most writers use space, which is lost.
        return false;
    }
    // A heading in bold above its text.
    !(last.is_bold() && !line.words.iter().any(|w| w.bold) && open.iter().all(|p| p.line.is_bold()) && !lower && !ended)
}

/// Whether a line is indented as the first line of the paragraph is, so that it begins the next: the lines between them
/// are not, or what there is ends in a comma and a word in italics follows, as in a preamble.
fn is_indented_like(open: &Paragraph, line: &Line, edge: &Edge) -> bool {
    let (Some(first), Some(last)) = (open.first().map(|p| &p.line), open.last().map(|p| &p.line)) else { return false };
    let em = line.size;
    if is_back(first) || is_back(last) || is_back(line) || line.is_bold() || (first.x0() - line.x0()).abs() > 0.3 * em {
        return false;
    }
    if line.x0() < edge.left + 0.8 * em {
        return false;
    }
    let full = (last.x1() - edge.right).abs() < 0.5 * em;
    let outdented = open.len() > 1 && open[1..].iter().all(|p| p.line.x0() < line.x0() - 0.8 * em);
    let comma = last.words.last().is_some_and(|w| w.text.ends_with([',', '،', '，']));
    let stressed = line.words.first().is_some_and(|w| w.italic) && !line.is_italic();
    outdented && full || comma && stressed && (outdented || open.len() == 1)
}

/// Whether a line is set in from the margin exactly as the first line of the paragraph is and none of the others, behind a
/// comma or a sentence: the next of those that make up a preamble begins with it, with a capital or without, also at the
/// head of a page.
fn is_set_in_like(open: &Paragraph, next: &Placed, edges: &Edges) -> bool {
    let (Some(first), Some(last)) = (open.first(), open.last()) else { return false };
    let indent = |p: &Placed| p.line.x0() - edges.get(&p.area).map_or_else(|| p.line.x0(), |e| e.left);
    let em = next.line.size;
    if is_back(&next.line) || is_back(&last.line) || label_of(&next.line).is_some() {
        return false;
    }
    let stressed = next.line.words.first().is_some_and(|w| w.italic) && !next.line.is_italic();
    let stops = ends_sentence(&last.line) || last.line.words.last().is_some_and(|w| w.text.ends_with([',', '，']));
    let set_in = indent(next) > 0.8 * em && (indent(first) - indent(next)).abs() < 0.3 * em;
    stops && set_in && (open.len() > 1 || stressed) && open[1..].iter().all(|p| indent(p) < 0.4 * em)
}

/// Whether a line is short and set at the right margin, as a place and date below a text are.
fn is_at_right(line: &Line, edge: &Edge) -> bool {
    (edge.right - line.x1()).abs() < 2.0 && line.x0() > edge.left + 0.45 * (edge.right - edge.left)
}

/// Whether the next word would not have fitted on a line.
fn is_full(last: &Line, edge: &Edge, next: &Line) -> bool {
    let back = is_back(last);
    let room = if back { last.x0() - edge.left } else { edge.right - last.x1() };
    let first = if back { next.words.last() } else { next.words.first() };
    first.is_none_or(|w| w.x1 - w.x0 + 0.25 * last.size > room - 0.5 * last.size)
}

/// Whether a line stands below the words behind the label of its paragraph.
fn hangs(open: &Paragraph, line: &Line, em: f32) -> bool {
    let Some(first) = open.first().map(|p| &p.line) else { return false };
    let behind = first.words.get(1).is_some_and(|w| (w.x0 - line.x0()).abs() < 0.6 * em && w.x0 > first.x0() + em);
    behind && label_of(first).is_some()
}

/// Whether a line is a remark in braces, as negotiators put over what they have not settled.
fn is_braced(line: &Line) -> bool {
    let last = line.words.iter().rev().find(|w| w.raised == 0.0);
    line.words.first().is_some_and(|w| w.text.starts_with('{')) && last.is_some_and(|w| w.text.ends_with('}'))
}

/// How sure it is that a paragraph begins with these words.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Opening {
    Sure,
    Likely,
}

/// Whether a line begins with what a provision is numbered with.
pub(super) fn label_of(line: &Line) -> Option<Opening> {
    let first = line.words.first()?;
    if first.raised > 0.0 {
        return is_preambular(&first.text).then_some(Opening::Likely);
    }
    let word = first.text.trim_start_matches(['[', '{', '“', '"', '«', '‘']);
    let bare = word.trim_start_matches('(');
    let inner = bare.trim_end_matches([')', '.', ']', ':', '）', '、', '．']);
    let closed = bare.len() > inner.len();
    let count = inner.chars().count();
    if matches!(word, "•" | "–" | "—" | "-" | "*" | "·" | "" | "o" | "§") && line.words.len() > 1 {
        return Some(Opening::Likely);
    }
    if let Some(rest) = word.strip_prefix(['（', '(']).or(Some(word))
        && rest.starts_with(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'])
        && rest.chars().take(5).any(|c| matches!(c, '、' | '）' | ')'))
    {
        return Some(Opening::Likely);
    }
    if word.starts_with('第') && word.chars().take(8).any(|c| matches!(c, '条' | '章' | '节' | '部')) {
        return Some(Opening::Likely);
    }
    if count == 0 || count > 8 || (bare.contains(']') && word == &*first.text) {
        return None;
    }
    let digits = inner.chars().all(|c| c.is_numeric() || c == '.') && inner.starts_with(char::is_numeric);
    let digits_first = inner.starts_with(char::is_numeric) && count <= 6;
    let letters = inner.chars().all(char::is_alphabetic) && count <= 5 && word.ends_with([')', '）']);
    if letters || (digits && closed && count <= 5) || (digits_first && closed && !inner.contains(['/', '-', ','])) {
        return Some(Opening::Likely);
    }
    // "1    Each Party": a number with a wide gap behind it.
    let gap = line.words.get(1).map_or(0.0, |w| w.x0 - first.x1);
    (digits && count <= 3 && gap > 0.9 * line.size).then_some(Opening::Likely)
}

/// Whether a line begins with a number or with a word and a number: `Article 5`, `SECTION B.`, `3.`
pub(super) fn is_numbered(line: &Line) -> bool {
    let second = line.words.get(1).filter(|w| !w.led).map_or("", |w| w.text.trim_end_matches(['.', ':', ')']));
    let numeral = !second.is_empty()
        && (second.starts_with(|c: char| c.is_ascii_digit())
            || second.chars().all(|c| "IVXLC".contains(c))
            || second.len() == 1 && second.starts_with(|c: char| c.is_ascii_uppercase()));
    let word = line.words.first().is_some_and(|w| w.text.starts_with(char::is_uppercase));
    label_of(line).is_some() || (word && numeral)
}

fn is_label_only(line: &Line) -> bool {
    line.words.len() <= 3 && line.words.iter().any(|w| w.text.chars().any(char::is_numeric))
}

pub(super) fn ends_sentence(line: &Line) -> bool {
    let Some(last) = reading_order(line).last().map(|w| &*w.text) else { return true };
    // "in Art. / 85" goes on.
    let abbreviated =
        ["art.", "arts.", "no.", "nos.", "p.", "pp.", "para.", "paras.", "cf.", "vol.", "n°.", "núm.", "ст."];
    if abbreviated.contains(&last.trim_start_matches(['(', '[']).to_lowercase().as_str()) {
        return false;
    }
    let words = last.trim_end_matches([')', ']', '”', '"', '’', '»', '*']);
    words.ends_with(['.', ';', ':', '!', '?', '。', '；', '：', '؛', '؟', '！'])
        || last.ends_with(';')
        || matches!(last, "and" | "or" | "et" | "ou" | "y" | "o" | "и" | "или") && {
            let words: Vec<&Word> = reading_order(line).collect();
            words.len() > 1 && words[words.len() - 2].text.ends_with(';')
        }
}

fn starts_lower(line: &Line) -> bool {
    let first = reading_order(line).next().map_or("", |w| &*w.text);
    let word = first.trim_start_matches(['[', '(', '“', '"', '«', '‘', '’']);
    word.starts_with(|c: char| c.is_lowercase() || is_unspaced(c) || is_right_to_left(c))
}

/// Whether a line runs from right to left.
pub(super) fn is_back(line: &Line) -> bool {
    let (mut back, mut all) = (0, 0);
    for c in line.words.iter().flat_map(|w| w.text.chars()).filter(|c| c.is_alphabetic()) {
        all += 1;
        back += usize::from(is_right_to_left(c));
    }
    back * 2 > all
}

/// The words of a line in the order they are read.
pub(super) fn reading_order(line: &Line) -> Box<dyn Iterator<Item = &Word> + '_> {
    if !is_back(line) {
        return Box::new(line.words.iter());
    }
    // From the right, but words in Latin letters among themselves from the left.
    let mut order: Vec<&Word> = Vec::with_capacity(line.words.len());
    let latin = |w: &Word| w.text.chars().any(char::is_alphabetic) && !w.text.chars().any(is_right_to_left);
    let mut end = line.words.len();
    while end > 0 {
        let mut start = end - 1;
        if latin(&line.words[start]) {
            while start > 0 && (latin(&line.words[start - 1]) || between(&line.words, start - 1, &latin)) {
                start -= 1;
            }
        }
        order.extend(&line.words[start..end]);
        end = start;
    }
    Box::new(order.into_iter())
}

/// A number or sign between two Latin words.
fn between(words: &[Word], at: usize, latin: &impl Fn(&Word) -> bool) -> bool {
    !words[at].text.chars().any(is_right_to_left) && at > 0 && latin(&words[at - 1])
}

/// What separates two words that are read one after the other.
pub(super) fn separator(before: &Word, word: &Word, first: bool, last: bool) -> &'static str {
    let (left, right) = if before.x0 <= word.x0 { (before, word) } else { (word, before) };
    let gap = right.x0 - left.x1;
    let em = left.size.max(right.size);
    if !(spaced(left, right) || (before.x0 > word.x0 && word.space_after)) {
        return "";
    }
    let unspaced = |w: &Word, end: bool| {
        if end { w.text.chars().next_back() } else { w.text.chars().next() }.is_some_and(is_unspaced)
    };
    if unspaced(before, true) && unspaced(word, false) && gap < 0.8 * em {
        return "";
    }
    let numeric = word.text.chars().all(|c| c.is_ascii_digit()) && word.text.len() <= 4;
    // The words of a short justified line stand wide apart too.
    let is_word = before.text.chars().count() > 1
        && before.text.chars().all(char::is_alphabetic)
        && before.text.chars().skip(1).any(char::is_lowercase);
    let label = first && !is_word;
    if word.led || (label && gap > 1.1 * em) || (last && numeric && gap > 3.0 * em) { "\t" } else { " " }
}
