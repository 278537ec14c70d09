//! Tables: as wide as the text and no wider, with a head that stands on every page.

use super::story::{Look, Story};
use super::styles::Style;
use crate::export::paper::flow::{Losses, Shape, Step, cell_steps};
use crate::export::paper::{Grid, Run};

/// Word opens no table with more columns than 63.
const MOST_COLUMNS: usize = 60;
/// Characters of the title that Word keeps for those who cannot see the table.
const LONGEST_TITLE: usize = 255;
/// Up to how many lines a row stays on one page.
const LINES_TOGETHER: u32 = 14;
/// How wide a letter of a table is, in twentieths of a point, as a rule.
const LETTER: u32 = 92;

impl Story<'_> {
    /// A table, and a little room below.
    pub(super) fn table(&mut self, grid: &Grid) {
        let mut losses = std::mem::take(&mut self.losses);
        if let Some(shape) = Shape::of(grid, MOST_COLUMNS, &mut losses) {
            if self.is_breaking() {
                self.gap();
            }
            let widths = widths(&shape.shares, self.setting.width);
            self.xml.start("w:tbl", &[]);
            self.table_properties(grid, &widths);
            if shape.heads.iter().any(|head| !head.trim().is_empty()) {
                self.head(&shape, &widths);
            }
            for row in shape.rows {
                let cells: Vec<Vec<Step<'_>>> =
                    (0..widths.len()).map(|column| cell_steps(shape.cell(row, column), &mut losses)).collect();
                self.row(&cells, &widths);
            }
            if shape.rows.is_empty() && shape.heads.iter().all(|head| head.trim().is_empty()) {
                self.row(&vec![Vec::new(); widths.len()], &widths);
            }
            self.xml.end();
            self.gap();
        }
        self.losses = merged(losses, std::mem::take(&mut self.losses));
    }

    fn table_properties(&mut self, grid: &Grid, widths: &[u32]) {
        let style = self.setting.styles.id(Style::Table);
        self.xml.start("w:tblPr", &[]);
        self.xml.value("w:tblStyle", style);
        if self.setting.paper.language.is_right_to_left() {
            self.xml.empty("w:bidiVisual", &[]);
        }
        let total = widths.iter().sum::<u32>().to_string();
        self.xml.empty("w:tblW", &[("w:w", &total), ("w:type", "dxa")]);
        self.xml.empty("w:tblLayout", &[("w:type", "fixed")]);
        self.xml.raw(r#"<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>"#);
        if !grid.title.trim().is_empty() {
            let title: String = grid.title.chars().take(LONGEST_TITLE).collect();
            self.xml.value("w:tblCaption", &title);
        }
        self.xml.end();
        self.xml.start("w:tblGrid", &[]);
        for width in widths {
            self.xml.empty("w:gridCol", &[("w:w", &width.to_string())]);
        }
        self.xml.end();
    }

    fn head(&mut self, shape: &Shape<'_>, widths: &[u32]) {
        self.xml.start("w:tr", &[]);
        // A head that fills a page cannot stand on every page.
        let longest = shape.heads.iter().map(String::len).max().unwrap_or(0);
        self.xml.raw(if longest < 1_000 { "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" } else { "" });
        for (head, width) in shape.heads.iter().zip(widths) {
            self.open_cell(*width);
            let run = Run::plain(head.as_str());
            let rtl = self.direction(&[&run]);
            self.open_paragraph(Look { style: Some(Style::TableHead), rtl, keeps_side: true, ..Look::default() });
            self.runs(&[&run], rtl);
            self.xml.end();
            self.xml.end();
        }
        self.xml.end();
    }

    fn row(&mut self, cells: &[Vec<Step<'_>>], widths: &[u32]) {
        self.xml.start("w:tr", &[]);
        let lines = cells.iter().zip(widths).map(|(cell, width)| lines(cell, *width)).max().unwrap_or(0);
        if lines <= LINES_TOGETHER {
            self.xml.raw("<w:trPr><w:cantSplit/></w:trPr>");
        }
        let was_in_cell = std::mem::replace(&mut self.in_cell, true);
        let lists = std::mem::take(&mut self.open);
        for (cell, width) in cells.iter().zip(widths) {
            self.open_cell(*width);
            let before = self.xml.length();
            self.write(cell);
            if self.xml.length() == before {
                let rtl = self.setting.paper.language.is_right_to_left();
                self.open_paragraph(Look { style: Some(Style::TableText), rtl, ..Look::default() });
                self.xml.end();
            }
            self.xml.end();
        }
        self.open = lists;
        self.in_cell = was_in_cell;
        self.xml.end();
    }

    fn open_cell(&mut self, width: u32) {
        self.xml.start("w:tc", &[]);
        self.xml.raw(&format!(r#"<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>"#));
    }
}

/// About how many lines a cell has.
fn lines(cell: &[Step<'_>], width: u32) -> u32 {
    let a_line = (width.saturating_sub(200) / LETTER).max(1);
    let letters = |runs: &[Run]| runs.iter().map(|run| u32::try_from(run.text.len()).unwrap_or(u32::MAX)).sum::<u32>();
    let lines = cell.iter().map(|step| match step {
        Step::Heading(_, runs) | Step::Paragraph(_, runs) => letters(runs) / a_line + 1,
        _ => 1,
    });
    lines.fold(0, u32::saturating_add)
}

/// Whole widths that together are just as wide as the text.
fn widths(shares: &[f32], total: u32) -> Vec<u32> {
    let mut sum = 0.0;
    let mut edge = 0;
    let mut widths = Vec::with_capacity(shares.len());
    for (i, share) in shares.iter().enumerate() {
        sum += share;
        let next = if i + 1 == shares.len() { total } else { (sum * total as f32).round() as u32 };
        widths.push(next.saturating_sub(edge));
        edge = next.max(edge);
    }
    widths
}

fn merged(a: Losses, b: Losses) -> Losses {
    Losses {
        lists: a.lists || b.lists,
        tables: a.tables || b.tables,
        columns: a.columns.or(b.columns),
        said: [a.said, b.said].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_fill_the_text() {
        assert_eq!(widths(&[0.5, 0.25, 0.25], 9_001), [4_501, 2_250, 2_250]);
        assert_eq!(widths(&[1.0], 10), [10]);
        let many = widths(&[1.0 / 60.0; 60], 8_958);
        assert_eq!(many.iter().sum::<u32>(), 8_958);
        assert!(many.iter().all(|w| *w > 100));
    }
}
