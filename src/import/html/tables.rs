//! Tables: points set in cells, and columns that each hold a text of their own.

use std::collections::HashMap;

use super::dom::Page;
use super::lists::is_label;

/// What a column must hold to be a text of its own, in bytes.
const LEAST_TEXT: usize = 400;
/// Rows with words in several columns that make a comparison.
const LEAST_ROWS: usize = 3;
/// Columns told apart at most.
const MOST_COLUMNS: usize = 16;

/// A row of a table, or of blocks set as one, that is one point: the place of its label's cell, and the label.
pub(super) fn point(page: &Page<'_>, row: usize) -> Option<(usize, String)> {
    let mut label = None;
    let mut texts = 0;
    for cell in page.children(row).filter(|&c| matches!(page.name(c), "td" | "th" | "div")) {
        let words = page.words(cell..page.end(cell), 24);
        if words.is_empty() {
            continue;
        }
        match label {
            None if is_label(&words) => label = Some((cell, words)),
            None => return None,
            Some(_) => texts += 1,
        }
    }
    label.filter(|_| texts == 1)
}

/// Tables whose columns each hold a text.
#[derive(Debug, Default)]
pub(super) struct Comparison {
    /// The heads of the columns.
    pub heads: Vec<String>,
    /// Cells with the columns they stand in, first and last.
    cells: Vec<(usize, usize, usize)>,
    /// The rows of heads.
    head_rows: Vec<usize>,
}

impl Comparison {
    /// Finds the tables that compare texts, in what is not left out.
    pub fn of(page: &Page<'_>, root: usize, left_out: &[bool]) -> Self {
        let mut found = Self::default();
        let mut at = root;
        while at < page.end(root) {
            if left_out.get(at).copied().unwrap_or(false) {
                at = page.end(at);
                continue;
            }
            if page.name(at) == "table"
                && let Some(table) = Table::of(page, at)
                && (found.heads.is_empty() || found.heads.len() == table.columns)
                && table.compares()
            {
                if found.heads.is_empty() {
                    found.heads = table.heads(page);
                }
                found.head_rows.extend(table.head_row());
                found.cells.extend(table.cells.iter().map(|c| (c.at, c.first, c.last)));
                at = page.end(at);
                continue;
            }
            at += 1;
        }
        found
    }

    /// What is left out where only one column is read.
    pub fn other_columns(&self, column: usize) -> impl Iterator<Item = usize> + '_ {
        let others = self.cells.iter().filter(move |(_, first, last)| column < *first || column > *last);
        others.map(|(at, _, _)| *at).chain(self.head_rows.iter().copied())
    }
}

struct Cell {
    at: usize,
    row: usize,
    first: usize,
    last: usize,
    /// In bytes.
    text: usize,
    head: bool,
}

struct Table {
    cells: Vec<Cell>,
    columns: usize,
    rows: Vec<usize>,
}

impl Table {
    fn of(page: &Page<'_>, table: usize) -> Option<Self> {
        let mut rows = Vec::new();
        for part in page.children(table) {
            match page.name(part) {
                "tr" => rows.push(part),
                "tbody" | "thead" | "tfoot" => rows.extend(page.children(part).filter(|&r| page.name(r) == "tr")),
                _ => {}
            }
        }
        let mut cells: Vec<Cell> = Vec::new();
        // Columns that cells of rows above reach down into, and how far.
        let mut reaching: HashMap<usize, usize> = HashMap::new();
        let mut columns = 0;
        for (r, &row) in rows.iter().enumerate() {
            let mut column = 0;
            for at in page.children(row).filter(|&c| matches!(page.name(c), "td" | "th")) {
                while reaching.get(&column).is_some_and(|&until| until > r) {
                    column += 1;
                }
                let span = |name| {
                    let value =
                        page.element(at).and_then(|e| super::dom::attr(e, name)).and_then(|v| v.trim().parse().ok());
                    value.unwrap_or(1_usize)
                };
                let (wide, high) = (span("colspan").clamp(1, MOST_COLUMNS), span("rowspan").clamp(1, 10_000));
                if column + wide > MOST_COLUMNS {
                    return None;
                }
                if high > 1 {
                    reaching.extend((column..column + wide).map(|c| (c, r + high)));
                }
                let text = page.words(at..page.end(at), 4 * LEAST_TEXT).len();
                let head = page.name(at) == "th";
                cells.push(Cell { at, row: r, first: column, last: column + wide - 1, text, head });
                column += wide;
            }
            columns = columns.max(column);
        }
        (columns >= 2).then_some(Self { cells, columns, rows })
    }

    /// Whether at least two columns hold long texts side by side, below a row of heads.
    fn compares(&self) -> bool {
        let mut text = vec![0; self.columns];
        let mut full = vec![0; self.rows.len()];
        for cell in self.cells.iter().filter(|c| c.first == c.last) {
            text[cell.first] += cell.text;
            full[cell.row] += usize::from(cell.text > 20);
        }
        text.iter().filter(|&&t| t >= LEAST_TEXT).count() >= 2
            && full.iter().filter(|&&n| n >= 2).count() >= LEAST_ROWS
            && self.head_row_number().is_some()
    }

    /// The first row that has a short head for every column.
    fn head_row_number(&self) -> Option<usize> {
        (0..self.rows.len().min(3)).find(|&row| {
            let heads: Vec<&Cell> = self.cells.iter().take_while(|c| c.row <= row).filter(|c| c.row == row).collect();
            let short = heads.iter().all(|c| c.text <= 120);
            let said = heads.iter().filter(|c| c.text > 0).count();
            heads.len() == self.columns
                && short
                && (said == self.columns || said + 1 == self.columns && heads.iter().any(|c| c.head))
        })
    }

    fn head_row(&self) -> Option<usize> {
        self.head_row_number().and_then(|r| self.rows.get(r)).copied()
    }

    fn heads(&self, page: &Page<'_>) -> Vec<String> {
        let row = self.head_row_number();
        let cells = self.cells.iter().filter(|c| Some(c.row) == row);
        cells.map(|c| page.words(c.at..page.end(c.at), 200)).collect()
    }
}
