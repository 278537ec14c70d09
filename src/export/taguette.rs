//! A codebook as Taguette reads one: a table with a tag and a description.

use super::csv::table_writer;
use super::{ExportError, ExportRequest, Written};
use crate::model::cell::guarded;

/// The table. Its first columns are those Taguette reads; the others are ours.
pub(super) fn write(request: &ExportRequest<'_>) -> Result<Written, ExportError> {
    request.check()?;
    let failed = |e: &dyn std::fmt::Display| ExportError::NotMade(format!("The table could not be made: {e}"));
    let mut writer = table_writer();
    writer.write_record(["tag", "description"]).map_err(|e| failed(&e))?;
    let codebook = &request.project.codebook;
    let mut nested = 0;
    for (_, concern) in codebook.tree() {
        nested += usize::from(concern.parent.is_some());
        let name = if concern.name.is_empty() { &concern.tag } else { &concern.name };
        writer.write_record([name, &concern.definition].map(|cell| guarded(cell))).map_err(|e| failed(&e))?;
    }
    let bytes = writer.into_inner().map_err(|e| failed(&e.error()))?;
    let mut left =
        vec!["Colors, two-letter tags and what to look for have no place in a codebook of Taguette".to_owned()];
    if nested > 0 {
        left.push("Taguette has no tree of tags; concerns below others stand beside them".to_owned());
    }
    Ok(Written { bytes, left: if codebook.concerns.is_empty() { Vec::new() } else { left } })
}
