//! Tables that set several texts beside each other, one to a column: which to read is for a person to say.

use crate::model::Wording;

use super::write::is_left_out;
use super::{Block, Manuscript, Paragraph, PieceKind};

/// The longest head of a column, in characters.
const LONGEST_HEAD: usize = 160;
/// More columns than these hold figures, not texts.
const MOST_COLUMNS: u16 = 12;

/// The columns of a document's tables that each hold a text.
#[derive(Default)]
pub(super) struct Columns {
    /// What stands above each.
    pub heads: Vec<String>,
    /// Which column of the tables each is.
    places: Vec<u16>,
    /// The cells of those tables, in order.
    cells: Vec<Cell>,
}

#[derive(Clone, Debug)]
struct Cell {
    /// Its first block and its last.
    blocks: (usize, usize),
    row: usize,
    /// Its first column, and one past its last.
    columns: (u16, u16),
    /// In bytes.
    words: usize,
    /// Whether it stands in a row of heads.
    head: bool,
}

/// A table that stands in no other.
#[derive(Default)]
struct Table {
    cells: Vec<Cell>,
    rows: usize,
    width: u16,
}

impl Columns {
    /// Looks for them; there are none where the tables are not the greater part of the document.
    pub fn find(manuscript: &Manuscript, wording: Wording) -> Self {
        let (tables, total) = tables(manuscript, wording);
        let width = |t: &Table| t.width;
        let words = |t: &Table| t.cells.iter().map(|c| c.words).sum::<usize>();
        let mut by_width = vec![0_usize; usize::from(MOST_COLUMNS) + 1];
        for table in &tables {
            if let Some(sum) = by_width.get_mut(usize::from(width(table))) {
                *sum += words(table);
            }
        }
        let Some((most, held)) = by_width.iter().copied().enumerate().skip(2).max_by_key(|&(_, sum)| sum) else {
            return Self::default();
        };
        if held * 2 < total || held == 0 {
            return Self::default();
        }
        let mut tables: Vec<Table> = tables.into_iter().filter(|t| usize::from(t.width) == most).collect();
        let heads_of = |table: &Table, row: usize| -> Vec<String> {
            let cells = table.cells.iter().filter(|c| c.row == row);
            cells.map(|c| words_between(manuscript, wording, c.blocks)).collect()
        };
        let Some(heads) = tables.first().map(|t| heads_of(t, 0)) else { return Self::default() };
        let are_heads = heads.len() == most
            && heads.iter().all(|h| h.chars().count() <= LONGEST_HEAD)
            && heads.iter().filter(|h| h.contains(char::is_alphabetic)).count() >= 2;
        if !are_heads {
            return Self::default();
        }
        let mut sums = vec![0_usize; most];
        for table in &mut tables {
            let repeated = heads_of(table, 0) == heads;
            for cell in &mut table.cells {
                cell.head = repeated && cell.row == 0;
                if !cell.head && cell.columns.1 - cell.columns.0 == 1 {
                    sums[usize::from(cell.columns.0)] += cell.words;
                }
            }
        }
        let sum: usize = sums.iter().sum();
        let places: Vec<u16> = (0..most as u16).filter(|&c| sums[usize::from(c)] * 12 > sum).collect();
        if places.len() < 2 {
            return Self::default();
        }
        let head = |&place: &u16| {
            let head = &heads[usize::from(place)];
            if head.is_empty() { format!("Column {}", place + 1) } else { head.clone() }
        };
        let heads = places.iter().map(head).collect();
        Self { heads, places, cells: tables.into_iter().flat_map(|t| t.cells).collect() }
    }

    /// Whether a block is not of the column that was chosen.
    pub fn leaves_out(&self, block: usize, chosen: u16) -> bool {
        let Some(&place) = self.places.get(usize::from(chosen)) else { return false };
        let at = self.cells.partition_point(|c| c.blocks.1 < block);
        let Some(cell) = self.cells.get(at).filter(|c| c.blocks.0 <= block) else { return false };
        cell.head || !(cell.columns.0..cell.columns.1).contains(&place)
    }
}

/// The outermost tables, and the bytes of the whole document.
fn tables(manuscript: &Manuscript, wording: Wording) -> (Vec<Table>, usize) {
    let mut tables: Vec<Table> = Vec::new();
    let (mut depth, mut total, mut column) = (0_usize, 0_usize, 0_u16);
    let mut cell_depth = 0_usize;
    for (i, block) in manuscript.body.iter().enumerate() {
        let outermost = depth == 1;
        match block {
            Block::Table => {
                depth += 1;
                if depth == 1 {
                    tables.push(Table::default());
                }
            }
            Block::TableEnd => depth = depth.saturating_sub(1),
            Block::Row { before } if outermost => column = *before,
            Block::Cell { span } => {
                cell_depth += 1;
                if let (true, Some(table)) = (outermost, tables.last_mut()) {
                    let columns = (column, column.saturating_add((*span).max(1)));
                    column = columns.1;
                    table.width = table.width.max(column);
                    table.cells.push(Cell { blocks: (i, i), row: table.rows, columns, words: 0, head: false });
                }
            }
            Block::CellEnd => {
                cell_depth = cell_depth.saturating_sub(1);
                if let (true, Some(cell)) = (outermost, tables.last_mut().and_then(|t| t.cells.last_mut())) {
                    cell.blocks.1 = i;
                }
            }
            Block::RowEnd if outermost => {
                if let Some(table) = tables.last_mut() {
                    table.rows += 1;
                }
            }
            Block::Paragraph(paragraph) => {
                let words = length(manuscript, wording, paragraph);
                total += words;
                if let (true, Some(cell)) = (cell_depth > 0, tables.last_mut().and_then(|t| t.cells.last_mut())) {
                    cell.words += words;
                }
            }
            Block::Row { .. } | Block::RowEnd | Block::SectionEnd { .. } => {}
        }
    }
    (tables, total)
}

fn length(manuscript: &Manuscript, wording: Wording, paragraph: &Paragraph) -> usize {
    let pieces = manuscript.pieces(paragraph).iter();
    pieces.filter(|p| !is_left_out(p.change, wording)).map(|p| (p.words.1 - p.words.0) as usize).sum()
}

/// The words of some blocks in one line.
fn words_between(manuscript: &Manuscript, wording: Wording, blocks: (usize, usize)) -> String {
    let mut words = String::new();
    for block in manuscript.body.get(blocks.0..=blocks.1).unwrap_or_default() {
        let Block::Paragraph(paragraph) = block else { continue };
        for piece in manuscript.pieces(paragraph) {
            if !is_left_out(piece.change, wording) && words.len() < LONGEST_HEAD * 8 {
                words.push_str(if piece.kind == PieceKind::Words { manuscript.words(piece) } else { " " });
            }
        }
        words.push(' ');
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
