//! Tables of figures without lines: names of several lines at the left, and figures in columns beside the first line of
//! each. Read along the lines they would be cut through the names; read down the columns, the figures would lose them.
//!
//! Must not know: other columns (`columns` asks here first). Lengths are points.

use super::columns::{Column, Gutter, gaps, narrowed, sides, starts_low};
use super::glyphs::Rule;
use super::words::{Line, Word};

/// Such a table has at least this many rows.
const FEWEST_ROWS: usize = 3;
/// And as many figures in each.
const FEWEST_FIGURES: usize = 2;
/// Names are of at most so many lines.
const LONGEST_NAME: usize = 6;
/// Above the first row there are at most so many lines of headings.
const LONGEST_HEAD: usize = 8;
/// A figure with its unit has at most so many letters: `42.5 per cent`.
const LONGEST_FIGURE: usize = 16;
/// Lines further apart than this, in sizes of their letters, are of different rows.
const APART: f32 = 1.6;
/// The figures of a column stand this near to its middle.
const NEAR: f32 = 15.0;

/// A table that begins with the first of some lines.
pub(super) struct Table {
    /// How many lines each row has, those of the headings first.
    pub rows: Vec<usize>,
    /// The middle of each column, from left to right.
    pub middles: Vec<f32>,
}

/// The table of figures that begins with the first of these lines, if one does.
pub(super) fn table_from(lines: &[Line], rules: &[Rule], width: f32) -> Option<Table> {
    let first = lines.first()?;
    // Its headings stand beside each other too.
    gaps(first).next()?;
    let found = (0..=LONGEST_HEAD.min(lines.len().saturating_sub(FEWEST_ROWS))).find_map(|head| {
        let row = lines.get(head)?;
        if starts_low(row) {
            return None;
        }
        gaps(row).find_map(|gutter| table(lines, head, gutter, width))
    })?;
    let last = lines.get(found.rows.iter().sum::<usize>() - 1)?;
    // Lines that are drawn say themselves where the cells end.
    let lined = |r: &Rule| {
        r.y0 > first.y && r.y0 < last.y && r.x1 - r.x0 > 10.0 || r.y1 > first.y && r.y0 < last.y && !r.is_level()
    };
    (!rules.iter().any(lined)).then_some(found)
}

fn table(lines: &[Line], head: usize, gutter: Gutter, width: f32) -> Option<Table> {
    // One figure behind each name is a table of contents, or is read along the line.
    let middles = figures(&lines[head], gutter).filter(|m| m.len() >= FEWEST_FIGURES)?;
    let mut gutter = lines[..head].iter().try_fold(gutter, |gutter, line| narrowed(line, gutter))?;
    let mut rows: Vec<usize> = Vec::new();
    for (at, line) in lines.iter().enumerate().skip(head) {
        let Some(open) = narrowed(line, gutter) else { break };
        if at > head && is_apart(lines, at) && sides(line, open).1.is_empty() {
            break;
        }
        gutter = open;
        let (left, right) = sides(line, gutter);
        if left.is_empty() {
            break;
        }
        if right.is_empty() {
            let row = rows.last_mut()?;
            *row += 1;
            if *row > LONGEST_NAME {
                return None;
            }
        } else {
            let same = figures(line, gutter).filter(|f| f.len() == middles.len());
            let below = |(a, b): (&f32, &f32)| (a - b).abs() <= NEAR;
            if starts_low(line) || !same.is_some_and(|f| f.iter().zip(&middles).all(below)) {
                break;
            }
            rows.push(1);
        }
    }
    let of_rows: usize = rows.iter().sum();
    let narrow = lines[head..head + of_rows]
        .iter()
        .all(|l| sides(l, gutter).0.last().is_none_or(|w| w.x1 - l.x0() < 0.6 * width));
    // Where each name has one line the table can be read along the lines.
    if rows.len() < FEWEST_ROWS || of_rows < rows.len() * 2 || !narrow {
        return None;
    }
    let mut all: Vec<usize> = Vec::new();
    for at in 0..head {
        if at == 0 || is_apart(lines, at) {
            all.push(1);
        } else if let Some(last) = all.last_mut() {
            *last += 1;
        }
    }
    all.extend(rows);
    let names = sides(&lines[head], gutter).0;
    let middle = (names.first()?.x0 + gutter.from) / 2.0;
    Some(Table { rows: all, middles: std::iter::once(middle).chain(middles).collect() })
}

/// The middles of the figures behind a name, if all that stands there is figures.
fn figures(line: &Line, gutter: Gutter) -> Option<Vec<f32>> {
    let (_, right) = sides(line, gutter);
    let cells = runs(right, line.size);
    let is_figure = |cell: &&[Word]| {
        let letters: usize = cell.iter().map(|w| w.text.chars().count()).sum();
        let begins = cell.first().is_some_and(|w| w.text.starts_with(|c: char| c.is_ascii_digit()));
        begins && letters <= LONGEST_FIGURE
    };
    (!cells.is_empty() && cells.iter().all(is_figure)).then(|| cells.iter().map(|c| middle(c)).collect())
}

fn is_apart(lines: &[Line], at: usize) -> bool {
    lines[at].y - lines[at - 1].y > APART * lines[at].size.max(lines[at - 1].size)
}

/// The words of a line that stand together, with wide gaps between them.
fn runs(words: &[Word], size: f32) -> Vec<&[Word]> {
    words.chunk_by(|a, b| b.x0 - a.x1 < 1.5 * size).collect()
}

fn middle(words: &[Word]) -> f32 {
    match (words.first(), words.last()) {
        (Some(a), Some(b)) => (a.x0 + b.x1) / 2.0,
        _ => 0.0,
    }
}

/// The cells of a row: what stands together goes to the column whose middle is nearest.
pub(super) fn cells(row: Vec<Line>, middles: &[f32]) -> Vec<Column> {
    let mut columns: Vec<Vec<Line>> = vec![Vec::new(); middles.len()];
    for line in row {
        for run in runs(&line.words, line.size) {
            let at = middle(run);
            let nearest =
                (0..middles.len()).min_by(|&a, &b| (middles[a] - at).abs().total_cmp(&(middles[b] - at).abs()));
            if let Some(column) = nearest.and_then(|n| columns.get_mut(n)) {
                column.push(Line { words: run.to_vec(), ..line.clone() });
            }
        }
    }
    columns.into_iter().filter(|lines| !lines.is_empty()).map(Column::of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line at `y`; each cell stands at its place, six points a letter.
    fn line(y: f32, cells: &[(f32, &str)]) -> Line {
        let mut words = Vec::new();
        for &(x, cell) in cells {
            let mut x = x;
            for word in cell.split(' ') {
                let x1 = x + word.len() as f32 * 6.0;
                words.push(Word { text: word.into(), x0: x, x1, y, size: 10.0, ..Word::default() });
                x = x1 + 3.0;
            }
        }
        Line { words, y, size: 10.0 }
    }

    fn fees() -> Vec<Line> {
        vec![
            line(0.0, &[(0.0, "Ships by tons"), (200.0, "First year"), (300.0, "Later years")]),
            line(20.0, &[(0.0, "Those that hold"), (200.0, "35 crowns"), (300.0, "40 crowns")]),
            line(30.0, &[(0.0, "less than 100 tons")]),
            line(40.0, &[(0.0, "Those that hold"), (200.0, "42.5 crowns"), (300.0, "50 crowns")]),
            line(50.0, &[(0.0, "100 tons or more, and")]),
            line(60.0, &[(0.0, "less than 200 tons")]),
            line(70.0, &[(0.0, "All others"), (200.0, "50 crowns"), (300.0, "70 crowns")]),
            line(90.0, &[(0.0, "The harbor master may waive a fee in fog, and says so in the book of the harbor.")]),
        ]
    }

    #[test]
    fn figures_stand_behind_the_names_they_belong_to() {
        let lines = fees();
        let table = table_from(&lines, &[], 500.0).unwrap();
        assert_eq!(table.rows, [1, 2, 3, 1]);
        let row = cells(lines[3..6].to_vec(), &table.middles);
        let read: Vec<String> = row
            .iter()
            .map(|c| c.lines.iter().flat_map(|l| &l.words).map(|w| w.text.to_string()).collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(read, ["Those that hold 100 tons or more, and less than 200 tons", "42.5 crowns", "50 crowns"]);
    }

    #[test]
    fn what_is_drawn_or_has_one_figure_is_no_such_table() {
        let mut lines = fees();
        let drawn = Rule { x0: 0.0, y0: 35.0, x1: 400.0, y1: 35.5 };
        assert!(table_from(&lines, &[drawn], 500.0).is_none());
        for line in &mut lines {
            line.words.retain(|w| w.x0 < 290.0);
        }
        assert!(table_from(&lines, &[], 500.0).is_none());
    }
}
