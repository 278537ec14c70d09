//! Columns: where a page is to be read side by side.
//!
//! Must not know: running heads and notes, which are gone before; what the words say, but for how long they are.
//! Lengths are points.

use super::contents::is_led;
use super::figures;
use super::glyphs::Rule;
use super::words::{Line, Word};

/// The narrowest gap between columns.
const NARROWEST: f32 = 8.0;
/// Columns have at least this many lines with words on both sides.
const FEWEST_LINES: usize = 4;
/// A table without lines has at least this many rows.
const FEWEST_ROWS: usize = 3;
/// What such a table has in its left column are names, of at most so many lines.
const LONGEST_NAME: usize = 4;
/// A column is at least this wide, as a share of the page's text.
const NARROWEST_COLUMN: f32 = 0.11;
/// The average line of a column has at least this many letters; shorter ones are labels and figures.
const FEWEST_LETTERS: usize = 9;
/// Columns within columns, at most this deep.
const DEEPEST: usize = 3;

/// A stretch of a page from its left to its right: one column of lines, or several to be read one after the other.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Region {
    pub columns: Vec<Column>,
    /// Whether it is the row of a table, that its columns do not run on from.
    pub row: bool,
}

/// Lines below one another.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Column {
    pub x0: f32,
    pub x1: f32,
    pub lines: Vec<Line>,
}

impl Column {
    pub(super) fn of(lines: Vec<Line>) -> Self {
        let (x0, x1) = (x0(&lines), x1(&lines));
        Self { x0: x0.min(x1), x1, lines }
    }
}

/// The regions of a page from top to bottom. `lines` are in order of their baselines.
pub(super) fn regions(lines: Vec<Line>, rules: &[Rule], known: &[Gutter]) -> Vec<Region> {
    let width = (x1(&lines) - x0(&lines)).max(1.0);
    let stretches = stretches(&lines, rules, known, width);
    let mut lines = lines.into_iter();
    let region = |stretch: Stretch| {
        let these: Vec<Line> = lines.by_ref().take(stretch.lines).collect();
        let columns = match stretch.gutter {
            _ if !stretch.cells.is_empty() => figures::cells(these, &stretch.cells),
            Some(gutter) => split(these, gutter, width, 0),
            None => vec![Column::of(these)],
        };
        Region { columns, row: stretch.row }
    };
    stretches.into_iter().map(region).collect()
}

/// Lines below one another that become a region.
struct Stretch {
    lines: usize,
    /// What divides them into columns.
    gutter: Option<Gutter>,
    /// Of a row of figures: the middle of each of its columns.
    cells: Vec<f32>,
    row: bool,
}

fn stretches(lines: &[Line], rules: &[Rule], known: &[Gutter], width: f32) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut plain = 0;
    let mut rest = lines;
    while !rest.is_empty() {
        let at_top = stretches.is_empty() && plain == 0;
        if let Some(table) = figures::table_from(rest, rules, width).filter(|_| known.is_empty()) {
            if plain > 0 {
                stretches.push(Stretch {
                    lines: std::mem::take(&mut plain),
                    gutter: None,
                    cells: Vec::new(),
                    row: false,
                });
            }
            for lines in table.rows {
                stretches.push(Stretch { lines, gutter: None, cells: table.middles.clone(), row: true });
                rest = &rest[lines..];
            }
            continue;
        }
        let Some(found) = columns_from(rest, width).or_else(|| known_columns(rest, known, at_top)) else {
            plain += 1;
            rest = &rest[1..];
            continue;
        };
        if plain > 0 {
            stretches.push(Stretch { lines: std::mem::take(&mut plain), gutter: None, cells: Vec::new(), row: false });
        }
        let (these, below) = rest.split_at(found.lines);
        // Texts that are compared have rows of their own.
        let starts = if known.is_empty() { row_starts(these, found.gutter) } else { Vec::new() };
        let is_row = !starts.is_empty();
        for row in rows(these, rules, found.gutter, &starts) {
            // A heading between two rows stands at the left and is nobody's text.
            let heading = row.len() <= 4
                && !(stretches.is_empty() && row.first().is_some_and(starts_low))
                && row.iter().all(|l| l.x1() < found.gutter.to && (l.is_bold() || l.x1() - l.x0() < 0.2 * width));
            let gutter = (!heading).then_some(found.gutter);
            stretches.push(Stretch { lines: row.len(), gutter, cells: Vec::new(), row: is_row });
        }
        rest = below;
    }
    if plain > 0 {
        stretches.push(Stretch { lines: plain, gutter: None, cells: Vec::new(), row: false });
    }
    stretches
}

fn x0(lines: &[Line]) -> f32 {
    lines.iter().map(Line::x0).fold(f32::INFINITY, f32::min)
}

fn x1(lines: &[Line]) -> f32 {
    lines.iter().map(Line::x1).fold(0.0, f32::max)
}

pub(super) fn starts_low(line: &Line) -> bool {
    line.words.first().is_some_and(|w| w.text.starts_with(char::is_lowercase))
}

/// A gap that runs down between two columns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Gutter {
    pub from: f32,
    pub to: f32,
}

struct Found {
    gutter: Gutter,
    /// How many lines it runs down.
    lines: usize,
}

/// The columns that begin with the first of these lines, if any do.
fn columns_from(lines: &[Line], width: f32) -> Option<Found> {
    let first = lines.first()?;
    let mut gaps: Vec<Gutter> = gaps(first).collect();
    gaps.sort_by(|a, b| (b.to - b.from).total_cmp(&(a.to - a.from)));
    // A line that stands in one column only can begin them too, if the next has both.
    if gaps.is_empty() && lines.len() > 1 && first.x1() - first.x0() < 0.6 * width {
        let shorter = |l: &&Line| first.x1() < l.x1() || first.x0() > l.x0();
        gaps.extend(lines[1..].iter().take(2).filter(shorter).flat_map(self::gaps).filter(|g| is_free(first, *g)));
    }
    gaps.into_iter().take(4).filter_map(|gap| run_down(lines, gap, width)).max_by_key(|f| f.lines)
}

/// Lines that keep a gap open which runs through the whole document, from one on that has words behind it; at the top of
/// a page, from one on that goes on with a cell of the page before.
fn known_columns(lines: &[Line], known: &[Gutter], at_top: bool) -> Option<Found> {
    let first = lines.first()?;
    let gutter = *known.iter().find(|&&g| is_free(first, g))?;
    let goes_on = |l: &Line| !l.is_bold() && starts_low(l);
    if first.x1() < gutter.to && !(at_top && goes_on(first)) {
        return None;
    }
    let mut count = 0;
    for (i, line) in lines.iter().enumerate() {
        let apart = i > 0 && line.y - lines[i - 1].y > 2.2 * line.size.max(lines[i - 1].size);
        if !is_free(line, gutter) || (apart && line.x1() < gutter.to) {
            break;
        }
        count += 1;
    }
    Some(Found { gutter, lines: count })
}

pub(super) fn gaps(line: &Line) -> impl Iterator<Item = Gutter> + '_ {
    let narrowest = NARROWEST.max(line.size * 0.9);
    line.words.windows(2).filter_map(move |pair| {
        let [a, b] = pair else { return None };
        (b.x0 - a.x1 >= narrowest).then_some(Gutter { from: a.x1, to: b.x0 })
    })
}

fn is_free(line: &Line, gap: Gutter) -> bool {
    line.words.iter().all(|w| w.x1 <= gap.from + 0.5 || w.x0 >= gap.to - 0.5)
}

/// Follows a gap down the lines as far as it stays open.
fn run_down(lines: &[Line], start: Gutter, width: f32) -> Option<Found> {
    let mut gutter = start;
    let (mut both, mut count, mut last_both) = (0, 0, 0);
    let (mut letters, mut reach) = ([0_usize; 2], [0.0_f32; 2]);
    for line in lines {
        let Some(narrowed) = narrowed(line, gutter) else { break };
        let (left, right) = sides(line, narrowed);
        gutter = narrowed;
        count += 1;
        for (side, words) in [left, right].into_iter().enumerate() {
            letters[side] += words.iter().map(|w| w.text.chars().count()).sum::<usize>();
            if let (Some(a), Some(b)) = (words.first(), words.last()) {
                reach[side] = reach[side].max(b.x1 - a.x0);
            }
        }
        if !left.is_empty() && !right.is_empty() {
            both += 1;
            last_both = count;
        }
    }
    // The numbers of articles beside their titles, in a table of contents, are read along the line.
    if lines[..count].iter().filter(|l| is_led(l)).count() * 4 > both {
        return None;
    }
    let wide = reach.iter().all(|&r| r >= NARROWEST_COLUMN * width);
    let wordy = letters.iter().all(|&n| n >= both * FEWEST_LETTERS && n > 40);
    // Below the last line with both columns, one of them may run on alone; a gap says where it ends.
    let mut end = last_both;
    while end > 0 && end < count && lines[end].y - lines[end - 1].y < 2.2 * lines[end].size.max(6.0) {
        end += 1;
    }
    let dense = both * 3 >= last_both || !row_starts(&lines[..end], gutter).is_empty();
    (both >= FEWEST_LINES && dense && wide && wordy).then_some(Found { gutter, lines: end })
}

/// Where the rows of a table without lines begin: every cell of its left column stands beside the first line of one of
/// the right, below more space than lines have between them. Empty if that is not so.
fn row_starts(lines: &[Line], gutter: Gutter) -> Vec<usize> {
    let mut steps: Vec<f32> = lines.windows(2).map(|w| w[1].y - w[0].y).collect();
    steps.sort_by(f32::total_cmp);
    let usual = steps.get(steps.len() * 2 / 5).copied().unwrap_or(0.0);
    let (mut starts, mut on_left, mut left_before) = (Vec::new(), 0, false);
    let (mut cell, mut longest) = (0, 0);
    for (i, line) in lines.iter().enumerate() {
        let (left, right) = sides(line, gutter);
        on_left += usize::from(!left.is_empty());
        cell = if left.is_empty() { 0 } else { cell + 1 };
        let apart = i == 0 || line.y - lines[i - 1].y > 1.25 * usual;
        let heading = right.is_empty() && line.is_bold();
        let begins = !left.is_empty() && (apart || !left_before) && !heading;
        if begins && (right.is_empty() || !apart) {
            return Vec::new();
        }
        if begins {
            starts.push(i);
            cell = 1;
        }
        longest = longest.max(cell);
        left_before = !left.is_empty() && !heading;
    }
    let is_table = starts.len() >= FEWEST_ROWS && longest <= LONGEST_NAME && on_left * 10 <= lines.len() * 6;
    if is_table { starts } else { Vec::new() }
}

/// The part of a gap that a line leaves open.
pub(super) fn narrowed(line: &Line, gap: Gutter) -> Option<Gutter> {
    let mut gap = gap;
    for word in &line.words {
        if word.x1 <= gap.from || word.x0 >= gap.to {
            continue;
        }
        // The wider rest of the gap beside this word.
        if word.x0 - gap.from >= gap.to - word.x1 {
            gap.to = word.x0;
        } else {
            gap.from = word.x1;
        }
        if gap.to - gap.from < NARROWEST {
            return None;
        }
    }
    Some(gap)
}

pub(super) fn sides(line: &Line, gap: Gutter) -> (&[Word], &[Word]) {
    line.words.split_at(words_before(line, gap))
}

fn words_before(line: &Line, gap: Gutter) -> usize {
    line.words.partition_point(|w| w.x0 < gap.from.max(gap.to - 0.5) && w.x1 <= gap.from + 0.5)
}

/// The rows of a table, cut at level lines that cross the gap, at wide spaces and where `starts` says.
fn rows<'l>(lines: &'l [Line], rules: &[Rule], gutter: Gutter, starts: &[usize]) -> Vec<&'l [Line]> {
    let crosses = |r: &&Rule| r.is_level() && r.x0 < gutter.from - 10.0 && r.x1 > gutter.to + 10.0;
    // In some files each cell has a line of its own, that ends in the gap.
    let meets =
        |r: &&Rule| r.is_level() && (r.x1 - gutter.to).abs() < (gutter.to - gutter.from) + 2.0 && r.x1 - r.x0 > 40.0;
    let mut cuts: Vec<f32> = rules.iter().filter(|r| crosses(r) || meets(r)).map(|r| r.y0).collect();
    cuts.sort_by(f32::total_cmp);
    let mut rows = Vec::new();
    let mut from = 0;
    for at in 1..lines.len() {
        let (above, below) = (&lines[at - 1], &lines[at]);
        let step = below.y - above.y;
        let next = cuts.partition_point(|&c| c < above.y);
        let ruled = cuts.get(next).is_some_and(|&c| c < below.y - 0.3 * below.size) && step > 1.25 * below.size;
        if ruled || starts.binary_search(&at).is_ok() || step > 2.2 * above.size.max(below.size) {
            rows.push(&lines[from..at]);
            from = at;
        }
    }
    rows.push(&lines[from..]);
    rows
}

/// The columns of a row, from left to right.
fn split(row: Vec<Line>, gutter: Gutter, width: f32, depth: usize) -> Vec<Column> {
    let mut halves: [Vec<Line>; 2] = Default::default();
    for mut line in row {
        let before = words_before(&line, gutter);
        if before > 0 && before < line.words.len() {
            let words = line.words.split_off(before);
            line.words.shrink_to_fit();
            halves[1].push(Line { words, ..line });
            halves[0].push(line);
        } else if !line.words.is_empty() {
            halves[usize::from(before == 0)].push(line);
        }
    }
    let mut columns = Vec::new();
    for half in halves {
        let inner = if depth + 1 < DEEPEST { inner_gutter(&half, width) } else { None };
        match inner {
            Some(gutter) => columns.extend(split(half, gutter, width, depth + 1)),
            None => columns.push(Column::of(half)),
        }
    }
    columns
}

/// A gap that divides nearly all of a column again.
fn inner_gutter(lines: &[Line], width: f32) -> Option<Gutter> {
    let found = (0..lines.len().min(6))
        .find_map(|i| columns_from(&lines[i..], width).filter(|f| f.lines + i + 2 > lines.len()))?;
    Some(found.gutter)
}
