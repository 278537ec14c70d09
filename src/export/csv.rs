//! A table for spreadsheets: one line for each remark in each draft.
//!
//! UTF-8 with a byte order mark and lines ended by CR LF, as Excel needs it. No cell begins with a character that makes
//! a spreadsheet take it for a formula (OWASP, "CSV injection": `= + - @`, TAB, CR, LF, and their full-width forms): such
//! a cell gets an apostrophe in front. Quoting alone would not do: LibreOffice computes a quoted `=1+2`.

use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};

use super::rows::{Row, Tagged, concerns, rows};
use super::{ExportError, ExportRequest};

const COLUMNS: [&str; 21] = [
    "draft",
    "symbol",
    "citation",
    "quote",
    "kind",
    "concerns",
    "concern names",
    "severity",
    "note",
    "action",
    "targets",
    "proposed text",
    "supports",
    "status",
    "analyst",
    "created",
    "changed",
    "id",
    "state",
    "was carried from",
    "source",
];

/// The table.
pub(super) fn write(request: &ExportRequest<'_>) -> Result<Vec<u8>, ExportError> {
    let failed = |e: &dyn std::fmt::Display| ExportError::NotMade(format!("The table could not be made: {e}"));
    let mut writer = table_writer();
    writer.write_record(COLUMNS).map_err(|e| failed(&e))?;
    for row in rows(request)? {
        let cells = cells(request, &row);
        writer.write_record(cells.iter().map(|cell| harmless(cell))).map_err(|e| failed(&e))?;
    }
    writer.into_inner().map_err(|e| failed(&e.error()))
}

/// As Excel needs it.
pub(super) fn table_writer() -> Writer<Vec<u8>> {
    WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Necessary)
        .from_writer(b"\xef\xbb\xbf".to_vec())
}

fn cells(request: &ExportRequest<'_>, row: &Row<'_>) -> [String; COLUMNS.len()] {
    let (annotation, placement) = (row.annotation, row.placement);
    let tagged = concerns(&request.project.codebook, annotation);
    let list = |each: fn(&Tagged<'_>) -> String| tagged.iter().map(each).collect::<Vec<_>>().join("; ");
    let recommendation = annotation.recommendation.as_ref();
    let from = match placement {
        crate::model::Placement::Carried { from, .. } => Some(*from),
        crate::model::Placement::Lost { from, .. } => *from,
        crate::model::Placement::Made(_) => None,
    };
    let from = from.and_then(|id| request.project.draft(id)).map(|d| d.name().to_owned());
    [
        row.draft_name(),
        row.draft.map_or_else(String::new, |d| d.details.symbol.clone()),
        request.cited(placement.citation()),
        placement.quote().exact.clone(),
        annotation.kind.word().to_owned(),
        list(|c| c.tag()),
        list(|c| c.name()),
        annotation.severity.map_or_else(String::new, |s| s.word().to_owned()),
        annotation.note.clone(),
        recommendation.map_or_else(String::new, |r| r.action.word().to_owned()),
        recommendation.map_or_else(String::new, |r| r.targets.join("; ")),
        recommendation.map_or_else(String::new, |r| r.proposed.clone()),
        recommendation.map_or_else(String::new, |r| r.supports.clone()),
        annotation.status.word().to_owned(),
        row.analyst.name.clone(),
        annotation.created.to_string(),
        annotation.changed.to_string(),
        annotation.id.to_string(),
        row.state(),
        from.unwrap_or_default(),
        annotation.source.as_ref().map_or_else(String::new, |s| s.line()),
    ]
}

/// A cell that no spreadsheet takes for a formula. NUL, which ends a cell for some readers, becomes the sign for one.
pub(super) fn harmless(cell: &str) -> String {
    let cell = cell.replace('\0', "\u{fffd}");
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        format!("'{cell}")
    } else {
        cell
    }
}
