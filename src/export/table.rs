//! A table as a file: for spreadsheets (CSV, XLSX) or as Markdown.
//!
//! In CSV no cell begins with what a spreadsheet takes for a formula; in XLSX every cell is written as a string, so that
//! none is one. Every word is taken as it is: the tables are made of other people's texts.

use rust_xlsxwriter::{Format, FormatAlign, Workbook};

use super::csv::{harmless, table_writer};
use super::markdown::escaped;
use super::{ExportError, write_file};
use std::path::Path;

/// Rows below a header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// What it is called: the heading in Markdown, the sheet in XLSX.
    pub title: String,
    /// The names of the columns.
    pub header: Vec<String>,
    /// The rows, each as long as the header.
    pub rows: Vec<Vec<String>>,
}

/// Rows and columns a sheet holds, by the file format.
pub(super) const MOST_ROWS: usize = 1_048_575;
/// Characters a cell holds, by the file format.
const LONGEST_CELL: usize = 32_767;

/// The endings a table can be written with, without the dot.
pub const TABLE_ENDINGS: [&str; 3] = ["csv", "xlsx", "md"];

impl Table {
    /// Writes the table; the ending of the path says how.
    ///
    /// # Errors
    /// One sentence with the path, where the ending is none of [`TABLE_ENDINGS`] or the file cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), ExportError> {
        let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        let bytes = match ending.as_str() {
            "csv" => self.csv()?,
            "xlsx" => self.xlsx()?,
            "md" => self.markdown().into_bytes(),
            _ => {
                let known = TABLE_ENDINGS.map(|e| format!(".{e}")).join(", ");
                return Err(ExportError::NotMade(format!(
                    "A table is written to a file that ends in one of {known}: {}",
                    path.display()
                )));
            }
        };
        write_file(path, &bytes)
    }

    /// For spreadsheets: UTF-8 with a byte order mark, lines ended by CR LF.
    ///
    /// # Errors
    /// [`ExportError::NotMade`].
    pub fn csv(&self) -> Result<Vec<u8>, ExportError> {
        let failed = |e: &dyn std::fmt::Display| ExportError::NotMade(format!("The table could not be made: {e}"));
        let mut writer = table_writer();
        for row in std::iter::once(&self.header).chain(&self.rows) {
            writer.write_record(row.iter().map(|cell| harmless(cell))).map_err(|e| failed(&e))?;
        }
        writer.into_inner().map_err(|e| failed(&e.error()))
    }

    /// A workbook with one sheet, the header in bold and kept in view.
    ///
    /// # Errors
    /// [`ExportError::NotMade`] where there are more rows than a sheet holds.
    pub fn xlsx(&self) -> Result<Vec<u8>, ExportError> {
        let failed = |e: &dyn std::fmt::Display| ExportError::NotMade(format!("The workbook could not be made: {e}"));
        if self.rows.len() > MOST_ROWS {
            return Err(failed(&format!("{} rows are more than a sheet holds", self.rows.len())));
        }
        let mut book = Workbook::new();
        let head = Format::new().set_bold();
        let cell = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let sheet = book.add_worksheet();
        sheet.set_name(sheet_name(&self.title)).map_err(|e| failed(&e))?;
        sheet.set_freeze_panes(1, 0).map_err(|e| failed(&e))?;
        for (column, name) in (0_u16..).zip(&self.header) {
            sheet.write_string_with_format(0, column, shortened(name), &head).map_err(|e| failed(&e))?;
            let longest = self.rows.iter().filter_map(|r| r.get(usize::from(column))).map(|c| c.chars().count()).max();
            let width = longest.unwrap_or(0).max(name.chars().count()).clamp(8, 60);
            sheet.set_column_width(column, width as f64 + 2.0).map_err(|e| failed(&e))?;
        }
        for (row, cells) in (1_u32..).zip(&self.rows) {
            for (column, text) in (0_u16..).zip(cells) {
                sheet.write_string_with_format(row, column, shortened(text), &cell).map_err(|e| failed(&e))?;
            }
        }
        book.save_to_buffer().map_err(|e| failed(&e))
    }

    /// A heading and a table.
    pub fn markdown(&self) -> String {
        let line = |cells: &[String]| {
            let cells: Vec<String> = cells.iter().map(|c| escaped(&in_one_line(c))).collect();
            format!("| {} |\n", cells.join(" | "))
        };
        let mut page = String::new();
        if !self.title.trim().is_empty() {
            page.push_str(&format!("# {}\n\n", escaped(&in_one_line(&self.title))));
        }
        page.push_str(&line(&self.header));
        page.push_str(&format!("|{}\n", " --- |".repeat(self.header.len())));
        for row in &self.rows {
            page.push_str(&line(row));
        }
        page
    }
}

fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A sheet's name has at most 31 characters, and none of `[]:*?/\`.
pub(super) fn sheet_name(title: &str) -> String {
    let name: String = title.chars().map(|c| if "[]:*?/\\".contains(c) || c.is_control() { ' ' } else { c }).collect();
    let name: String = in_one_line(&name).trim_matches('\'').chars().take(31).collect();
    let name = name.trim().trim_matches('\'').to_owned();
    if name.is_empty() || name.eq_ignore_ascii_case("history") { "Table".to_owned() } else { name }
}

pub(super) fn shortened(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control() || *c == '\n').collect();
    match text.char_indices().nth(LONGEST_CELL - 1) {
        Some((end, _)) => format!("{}\u{2026}", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(cell: &str) -> Table {
        Table { title: "a/b".into(), header: vec!["old".into()], rows: vec![vec![cell.to_owned()]] }
    }

    #[test]
    fn no_cell_is_a_formula_or_breaks_the_table() {
        let csv = String::from_utf8(table("=1+2").csv().unwrap()).unwrap();
        assert_eq!(csv, "\u{feff}old\r\n'=1+2\r\n");
        assert_eq!(table("a|b\n# c").markdown(), "# a/b\n\n| old |\n| --- |\n| a\\|b # c |\n");
        assert_eq!(sheet_name("a/b: [c]"), "a b c");
        assert_eq!(sheet_name("''"), "Table");
        assert!(table(&"x".repeat(40_000)).xlsx().unwrap().starts_with(b"PK"));
    }
}
