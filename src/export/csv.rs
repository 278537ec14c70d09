//! A table for spreadsheets: one line for each remark in each draft.
//!
//! UTF-8 with a byte order mark and lines ended by CR LF, as Excel needs it. No cell is taken for a formula, nor for a
//! date or a number that is written otherwise: such a cell gets an apostrophe in front ([`crate::model::cell`]). Quoting
//! alone would not do: LibreOffice computes a quoted `=1+2`.
//!
//! The last columns are for this program: with them the table is read again to the character.

use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};

use super::rows::{Tagged, concerns};
use super::sightings::{Sighting, sightings};
use super::{ExportError, ExportRequest, Written};
use crate::model::cell::{guarded, starts_formula};
use crate::model::facts::Facts;
use crate::model::{Codebook, Placement};

/// The columns, also of the workbook.
pub(super) const COLUMNS: [&str; 29] = [
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
    "draft id",
    "analyst id",
    "concern ids",
    "start",
    "end",
    "before",
    "after",
    "details",
];

/// What stands between several values in one cell.
const BETWEEN: &str = "; ";
/// Facts that no other column holds.
const DETAILS: [&str; 12] = [
    "Source",
    "Source author",
    "Source heading",
    "Source commentary",
    "Source place",
    "Outcome",
    "Seen",
    "Made of",
    "Numbering",
    "Reach",
    "State",
    "Provision",
];

/// The table.
pub(super) fn write(request: &ExportRequest<'_>) -> Result<Written, ExportError> {
    let failed = |e: &dyn std::fmt::Display| ExportError::NotMade(format!("The table could not be made: {e}"));
    let mut writer = table_writer();
    writer.write_record(COLUMNS).map_err(|e| failed(&e))?;
    let (list, mut left) = sightings(request)?;
    let mut holed = 0;
    for sighting in &list {
        let cells = cells(request, sighting);
        holed += cells.iter().filter(|c| c.contains('\0')).count();
        writer.write_record(cells.iter().map(|cell| guarded(cell))).map_err(|e| failed(&e))?;
    }
    if holed > 0 {
        left.push(format!(
            "{holed} cell{} with a NUL, which is written as \u{fffd}",
            if holed == 1 { "" } else { "s" }
        ));
    }
    Ok(Written { bytes: writer.into_inner().map_err(|e| failed(&e.error()))?, left })
}

/// As Excel needs it.
pub(super) fn table_writer() -> Writer<Vec<u8>> {
    WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Necessary)
        .from_writer(b"\xef\xbb\xbf".to_vec())
}

/// What stands in each column.
pub(super) fn cells(request: &ExportRequest<'_>, sighting: &Sighting<'_>) -> [String; COLUMNS.len()] {
    let row = &sighting.row;
    let (annotation, placement) = (row.annotation, row.placement);
    let tagged = concerns(&request.project.codebook, annotation);
    let list = |each: fn(&Tagged<'_>) -> String| tagged.iter().map(each).collect::<Vec<_>>().join(BETWEEN);
    let recommendation = annotation.recommendation.as_ref();
    let from = match placement {
        Placement::Carried { from, .. } => Some(*from),
        Placement::Lost { from, .. } => *from,
        Placement::Made(_) => None,
    };
    let from = from.and_then(|id| request.project.draft(id)).map(|d| d.name().to_owned());
    let point = |n: Option<usize>| n.map(|n| n.to_string()).unwrap_or_default();
    let quote = placement.quote();
    [
        row.draft_name(),
        row.draft.map_or_else(String::new, |d| d.details.symbol.clone()),
        request.cited(placement.citation()),
        quote.exact.clone(),
        annotation.kind.word().to_owned(),
        list(|c| c.tag()),
        list(|c| c.name()),
        annotation.severity.map_or_else(String::new, |s| s.word().to_owned()),
        annotation.note.clone(),
        recommendation.map_or_else(String::new, |r| r.action.word().to_owned()),
        recommendation.map_or_else(String::new, |r| r.targets.join(BETWEEN)),
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
        row.draft_id.to_string(),
        row.analyst.id.to_string(),
        list(|c| c.id().to_string()),
        point(sighting.points.map(|p| p.0)),
        point(sighting.points.map(|p| p.1)),
        quote.prefix.clone(),
        quote.suffix.clone(),
        details(&request.project.codebook, sighting),
    ]
}

fn details(codebook: &Codebook, sighting: &Sighting<'_>) -> String {
    let mut facts = Facts::default();
    facts.list.extend(sighting.facts.list.iter().filter(|(key, _)| DETAILS.contains(key)).cloned());
    let targets = sighting.row.annotation.recommendation.as_ref().map_or(&[][..], |r| &r.targets);
    let names = &sighting.row.annotation.concerns;
    if names.iter().any(|id| codebook.get(*id).is_none_or(|c| !is_plain(&c.name))) {
        facts.list.extend(names.iter().map(|id| ("Concern", id.to_string())));
    }
    // What has a semicolon in it, or no words, is told apart by nothing in its cell.
    if targets.iter().any(|t| !is_plain(t)) {
        facts.list.extend(targets.iter().map(|t| ("Concerning", t.clone())));
    }
    facts.below("")
}

/// Whether it can be told apart from others in its cell.
fn is_plain(value: &str) -> bool {
    !value.is_empty() && !value.contains(';') && value.trim() == value
}

/// A cell that no spreadsheet takes for a formula. NUL, which ends a cell for some readers, becomes the sign for one.
pub(super) fn harmless(cell: &str) -> String {
    let cell = cell.replace('\0', "\u{fffd}");
    if starts_formula(&cell) { format!("'{cell}") } else { cell }
}
