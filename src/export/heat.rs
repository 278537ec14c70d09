//! A table of numbers as a workbook with shades: the darker, the more; the number stands in every cell.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook};

use super::picture::SHADES;
use super::table::{MOST_ROWS, sheet_name, shortened};
use super::{ExportError, Table};

/// Columns a sheet holds, by the file format.
const MOST_COLUMNS: usize = 16_384;

/// A workbook with one sheet. The first `labels` columns are words; in the others a cell that is a number is one. `shades`
/// says how dark a cell is, by row below the header and by column, from 1 to 5.
///
/// # Errors
/// [`ExportError::NotMade`] where there is more than a sheet holds.
pub fn shaded_workbook(
    table: &Table,
    labels: usize,
    shades: &BTreeMap<(usize, usize), usize>,
) -> Result<Vec<u8>, ExportError> {
    let failed = |e: &dyn std::fmt::Display| ExportError::NotMade(format!("The workbook could not be made: {e}"));
    if table.rows.len() > MOST_ROWS || table.header.len() > MOST_COLUMNS {
        return Err(failed(&"there are more rows or columns than a sheet holds"));
    }
    let mut book = Workbook::new();
    let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    let label = Format::new().set_align(FormatAlign::Top);
    let number = Format::new().set_align(FormatAlign::Center);
    let shaded: Vec<Format> = SHADES
        .iter()
        .map(|(wash, ink)| {
            let number = number.clone().set_border(FormatBorder::Hair);
            number.set_background_color(Color::RGB(wash.number())).set_font_color(Color::RGB(ink.number()))
        })
        .collect();
    let sheet = book.add_worksheet();
    sheet.set_name(sheet_name(&table.title)).map_err(|e| failed(&e))?;
    let frozen = u16::try_from(labels).unwrap_or(1);
    sheet.set_freeze_panes(1, frozen).map_err(|e| failed(&e))?;
    for (column, name) in (0_u16..).zip(&table.header) {
        sheet.write_string_with_format(0, column, shortened(name), &head).map_err(|e| failed(&e))?;
        let at = usize::from(column);
        let longest = table.rows.iter().filter_map(|r| r.get(at)).map(|c| c.chars().count()).max().unwrap_or(0);
        let width = if at < labels { longest.clamp(6, 60) } else { longest.clamp(10, 24) };
        sheet.set_column_width(column, width as f64 + 2.0).map_err(|e| failed(&e))?;
    }
    for (at, (row, cells)) in (1_u32..).zip(&table.rows).enumerate() {
        for (column, text) in (0_u16..).zip(cells) {
            let is_label = usize::from(column) < labels;
            let shade = shades.get(&(at, usize::from(column))).and_then(|step| shaded.get(step.checked_sub(1)?));
            let format = shade.unwrap_or(if is_label { &label } else { &number });
            match text.parse::<u32>() {
                Ok(n) if !is_label => sheet.write_number_with_format(row, column, f64::from(n), format),
                _ => sheet.write_string_with_format(row, column, shortened(text), format),
            }
            .map_err(|e| failed(&e))?;
        }
    }
    book.save_to_buffer().map_err(|e| failed(&e))
}
