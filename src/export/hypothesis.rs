//! Annotations as the API of Hypothesis has them: `total`, and `rows` with text, tags and selectors.
//!
//! Hypothesis knows words, tags and text; the rest stands as facts below the note, in Markdown as its readers see it.
//! Positions are UTF-16 code units, since its client counts so. Beside the rows, `travaux` says which drafts and concerns
//! are meant; readers of the format pass over it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::jsonld::{concern, draft};
use super::sightings::{Sighting, sightings};
use super::{ExportError, ExportRequest, Written};
use crate::model::{DraftId, ids::guid, text::CodeUnits};

/// The answer of a search.
pub(super) fn write(request: &ExportRequest<'_>) -> Result<Written, ExportError> {
    let (list, left) = sightings(request)?;
    let project = request.project;
    let units = units(&list);
    let rows: Vec<Value> = list.iter().map(|s| row(request, s, &units)).collect();
    let drafts: Vec<Value> =
        project.drafts.iter().filter(|d| request.draft.is_none_or(|id| id == d.id)).map(|d| draft(d)).collect();
    let concerns: Vec<Value> = project.codebook.concerns.iter().map(concern).collect();
    let answer = json!({
        "total": rows.len(),
        "rows": rows,
        "travaux": {
            "project": project.id.to_string(),
            "instrument": project.details.instrument,
            "drafts": drafts,
            "concerns": concerns,
        },
    });
    let mut text = serde_json::to_string_pretty(&answer)
        .map_err(|e| ExportError::NotMade(format!("The annotations could not be written as JSON: {e}")))?;
    text.push('\n');
    Ok(Written { bytes: text.into_bytes(), left })
}

/// The texts of the drafts, ready to be counted.
type Units<'p> = BTreeMap<DraftId, CodeUnits<'p>>;

fn units<'p>(list: &[Sighting<'p>]) -> Units<'p> {
    let mut units = Units::new();
    for draft in list.iter().filter(|s| s.range.is_some()).filter_map(|s| s.row.draft) {
        units.entry(draft.id).or_insert_with(|| CodeUnits::new(&draft.text));
    }
    units
}

fn row(request: &ExportRequest<'_>, sighting: &Sighting<'_>, units: &Units<'_>) -> Value {
    let (row, codebook) = (&sighting.row, &request.project.codebook);
    let annotation = row.annotation;
    let mut facts = sighting.facts.clone();
    let mut tags = Vec::new();
    for concern in codebook.concerns.iter().filter(|c| annotation.concerns.contains(&c.id)) {
        let alone = codebook.concerns.iter().filter(|c| c.name == concern.name).count() == 1;
        let blank = concern.name.trim().is_empty();
        if !blank {
            tags.push(concern.name.as_str());
        }
        if blank || !alone {
            facts.say("Concern", concern.id.to_string());
        }
    }
    let mut selectors = Vec::new();
    if let Some(range) = sighting.range {
        let at = |offset| units.get(&row.draft_id).map_or(0, |u| u.of_byte(offset));
        selectors.push(json!({ "type": "TextPositionSelector", "start": at(range.start), "end": at(range.end) }));
    }
    let quote = row.placement.quote();
    selectors.push(json!({
        "type": "TextQuoteSelector",
        "exact": quote.exact,
        "prefix": quote.prefix,
        "suffix": quote.suffix,
    }));
    let uri = format!("urn:uuid:{}", guid(row.draft_id.0));
    json!({
        "id": short(sighting.id),
        "created": annotation.created.to_string(),
        "updated": annotation.changed.to_string(),
        "user": format!("acct:{}@travaux", row.analyst.id),
        "user_info": { "display_name": row.analyst.name },
        "uri": uri,
        "group": "__world__",
        "document": { "title": [row.draft_name()] },
        "text": facts.below(&annotation.note),
        "tags": tags,
        "target": [{ "source": uri, "selector": selectors }],
    })
}

/// An identity as Hypothesis writes it: 22 letters of base 64 for addresses (RFC 4648, section 5).
fn short(id: u128) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    // 22 letters hold 132 bits: the last four are empty.
    let letter = |n: u32| match n {
        21 => (id << 4) & 63,
        n => (id >> (122 - 6 * n)) & 63,
    };
    (0..22).map(|n| char::from(LETTERS[letter(n) as usize])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_look_like_those_of_hypothesis() {
        let id = 0x2ce0_975d_b382_11e7_9097_a7fa_7d08_7ced;
        assert_eq!(short(id), "LOCXXbOCEeeQl6f6fQh87Q");
        assert_eq!(short(u128::MAX), format!("{}w", "_".repeat(21)));
    }
}
