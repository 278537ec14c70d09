//! A table as CSV or as a workbook.

use super::super::decode;
use super::{Foreign, Problem, rows, xlsx};
use crate::model::cell::unguarded;

/// More rows than this are not read.
pub(super) const MOST_ROWS: usize = super::MOST_REMARKS + 1;

/// A table whose columns are parted by commas, semicolons or tabs.
pub(super) fn read_csv(bytes: &[u8]) -> Result<Foreign, Problem> {
    if let Some(known) = decode::known_format(bytes) {
        return Err(Problem::Unknown(Some(known)));
    }
    let (text, warning) = decode::decode(bytes)?;
    let head = text.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|d| head.bytes().filter(|b| b == d).count());
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter.unwrap_or(b','))
        .from_reader(text.as_bytes());
    let mut table = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| Problem::Damaged(format!("as a table, {e}")))?;
        if table.len() >= MOST_ROWS {
            return Err(Problem::TooMuch(format!("has more than {MOST_ROWS} rows")));
        }
        table.push(record.iter().map(|cell| unguarded(cell).to_owned()).collect());
    }
    let mut foreign = rows::read(&table)?;
    foreign.left.extend(warning);
    Ok(foreign)
}

/// The first sheet of a workbook.
pub(super) fn read_workbook(bytes: &[u8]) -> Result<Foreign, Problem> {
    let sheet = xlsx::read(bytes)?;
    let mut foreign = rows::read(&sheet.rows)?;
    if sheet.formulas > 0 {
        let cells = super::foreign::counted(sheet.formulas, "cell");
        foreign.left.push(format!("{cells} with a formula, of which the last result was taken as words"));
    }
    Ok(foreign)
}
