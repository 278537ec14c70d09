//! The table of remarks as a workbook: every cell a string, so that none is a formula, a date or a number.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};

use super::csv::{COLUMNS, cells};
use super::sightings::sightings;
use super::{ExportError, ExportRequest, Written};

/// Rows a sheet holds below its header, by the file format.
const MOST_ROWS: usize = 1_048_575;
/// UTF-16 code units a cell holds, by the file format.
const LONGEST_CELL: usize = 32_767;

/// The workbook.
pub(super) fn write(request: &ExportRequest<'_>) -> Result<Written, ExportError> {
    let failed = |e: &dyn std::fmt::Display| ExportError::NotMade(format!("The workbook could not be made: {e}"));
    let (list, mut left) = sightings(request)?;
    if list.len() > MOST_ROWS {
        return Err(failed(&format!("{} rows are more than a sheet holds", list.len())));
    }
    let rows: Vec<_> = list.iter().map(|s| cells(request, s)).collect();
    let (bytes, cut) = workbook(&rows).map_err(|e| failed(&e))?;
    if cut > 0 {
        let s = if cut == 1 { "" } else { "s" };
        left.push(format!(
            "{cut} cell{s} longer than a sheet holds ({LONGEST_CELL} characters), which the workbook has cut"
        ));
    }
    Ok(Written { bytes, left })
}

/// The file, and how many cells had to be cut.
fn workbook(rows: &[[String; COLUMNS.len()]]) -> Result<(Vec<u8>, usize), XlsxError> {
    let mut book = Workbook::new();
    // The same bytes for the same remarks: no time of this machine.
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    let head = Format::new().set_bold();
    let cell = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_num_format("@");
    let sheet = book.add_worksheet();
    sheet.set_name("Annotations")?;
    sheet.set_freeze_panes(1, 0)?;
    for (column, name) in (0_u16..).zip(COLUMNS) {
        sheet.write_string_with_format(0, column, name, &head)?;
        let width = match name {
            "quote" | "note" | "proposed text" => 48.0,
            "id" | "draft id" | "analyst id" | "concern ids" | "created" | "changed" => 34.0,
            _ => 16.0,
        };
        sheet.set_column_width(column, width)?;
    }
    let mut cut = 0;
    for (row, cells) in (1_u32..).zip(rows) {
        for (column, words) in (0_u16..).zip(cells).filter(|(_, words)| !words.is_empty()) {
            let (words, whole) = within(words);
            cut += usize::from(!whole);
            sheet.write_string_with_format(row, column, words, &cell)?;
        }
    }
    Ok((book.save_to_buffer()?, cut))
}

/// As much as a cell holds, and whether that is all.
fn within(words: &str) -> (&str, bool) {
    // No character has fewer bytes than code units.
    if words.len() <= LONGEST_CELL {
        return (words, true);
    }
    let mut units = 0;
    for (at, c) in words.char_indices() {
        units += c.len_utf16();
        if units > LONGEST_CELL {
            return (&words[..at], false);
        }
    }
    (words, true)
}
