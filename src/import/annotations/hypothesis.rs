//! Annotations of Hypothesis: what its search answers (`rows`), or a list of annotations.
//!
//! Positions are UTF-16 code units of the page as its client saw it. Replies and notes on whole pages are about no words
//! and are not taken.

use serde_json::{Map, Value};

use super::foreign::{
    Counting, Foreign, ForeignDraft, ForeignSighting, Gathering, analyst_named, counted, remark, time,
};
use super::jsonld::{concern, draft, each, selectors};
use super::{Problem, json};
use crate::model::facts::Facts;
use crate::model::ids::{derived, from_guid};
use crate::model::{Analyst, DraftId, ProjectId};

/// More JSON than this is not read: in memory it is many times as large.
const MOST_JSON: usize = 96 * 1024 * 1024;

/// Whether bytes look like an answer of Hypothesis.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(65_536)]);
    let head = head.trim_start_matches('\u{feff}').trim_start();
    let rows = head.starts_with('{') && head.contains("\"rows\"");
    // Our own has its rows behind what is said of drafts; "rows" comes first by the alphabet.
    (rows || head.starts_with(['{', '[']) && head.contains("\"acct:")) && !head.contains("\"@context\"")
}

/// Reads them.
pub(super) fn read(bytes: &[u8]) -> Result<Foreign, Problem> {
    if bytes.len() > MOST_JSON {
        return Err(Problem::TooMuch(format!("has more than {} MB of JSON", MOST_JSON >> 20)));
    }
    let value = json(bytes)?;
    let mut gathering = Gathering::default();
    if let Some(ours) = value.get("travaux") {
        let word = |key: &str| ours.get(key).and_then(Value::as_str).unwrap_or_default();
        gathering.foreign.project = from_guid(word("project")).map(ProjectId);
        gathering.foreign.instrument = word("instrument").to_owned();
        for draft in each(ours.get("drafts")).filter_map(draft) {
            gathering.draft(draft)?;
        }
        for concern in each(ours.get("concerns")).filter_map(concern) {
            gathering.concern(concern)?;
        }
    }
    let mut without_words = 0;
    for row in each(value.get("rows").or(Some(&value))).filter_map(Value::as_object) {
        without_words += usize::from(!read_row(row, &mut gathering)?);
    }
    if without_words > 0 {
        let notes = counted(without_words, "reply or page note").replace("page notes", "page notes or replies");
        gathering.foreign.left.push(format!("{notes} on no words"));
    }
    Ok(gathering.finish())
}

fn word<'v>(row: &'v Map<String, Value>, key: &str) -> &'v str {
    row.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Adds the annotation of a row; false where it is about no words.
fn read_row(row: &Map<String, Value>, gathering: &mut Gathering) -> Result<bool, Problem> {
    let Some(target) = each(row.get("target")).find_map(Value::as_object) else { return Ok(false) };
    let mut sighting = ForeignSighting { counting: Counting::Utf16, ..ForeignSighting::default() };
    if !selectors(target.get("selector"), &mut sighting) {
        return Ok(false);
    }
    let source = [word(row, "uri"), word(target, "source")].into_iter().find(|s| !s.is_empty()).unwrap_or_default();
    let title = row.get("document").and_then(|d| each(d.get("title")).find_map(Value::as_str));
    let label = title.unwrap_or(source);
    let id = from_guid(source).unwrap_or_else(|| derived(&["draft", source]));
    sighting.draft = gathering.draft(ForeignDraft::named(DraftId(id), label))?;
    let (note, facts) = Facts::split(word(row, "text"));
    (sighting.state, sighting.reach, sighting.citation) = facts.placement();
    let given = word(row, "id");
    let exact = &sighting.quote.exact;
    let id = unshortened(given)
        .unwrap_or_else(|| derived(&["hypothesis", given, source, &format!("{:?}", sighting.span), exact, note]));
    let mut annotation = remark(id);
    note.clone_into(&mut annotation.note);
    gathering.odd(&facts.put_into(&mut annotation));
    // Names that stand for several concerns are told apart by the facts.
    let told = |g: &Gathering, name: &str| {
        g.foreign.concerns.iter().any(|c| c.name == name && facts.all("Concern").any(|id| id == c.id.to_string()))
    };
    for name in each(row.get("tags")).filter_map(Value::as_str) {
        if !name.trim().is_empty() && !told(gathering, name) {
            let known = gathering.foreign.concerns.iter().find(|c| c.name == name).map(|c| c.id);
            let id = known.map_or_else(|| gathering.concern_named(name), Ok)?;
            annotation.concerns.insert(id);
        }
    }
    let created = time(word(row, "created"));
    if let Some(created) = created {
        annotation.created = created;
        annotation.changed = time(word(row, "updated")).unwrap_or(created);
    }
    gathering.remark(author(row), annotation, created.is_some(), sighting)?;
    Ok(true)
}

/// `acct:name@place`; ours carry the identity of the analyst, and the name beside it.
fn author(row: &Map<String, Value>) -> Analyst {
    let user = word(row, "user");
    let account = user.strip_prefix("acct:").unwrap_or(user);
    let shown = row.get("user_info").and_then(|i| i.get("display_name")).and_then(Value::as_str).unwrap_or_default();
    if let Some(id) = account.strip_suffix("@travaux").and_then(|id| id.parse().ok()) {
        return Analyst { id, name: shown.to_owned() };
    }
    let name = account.split('@').next().unwrap_or_default();
    let mut analyst = analyst_named(account, "Hypothesis");
    analyst.name = [shown, name, "Hypothesis"].into_iter().find(|n| !n.is_empty()).unwrap_or_default().to_owned();
    analyst
}

/// The identity in 22 letters of base 64 for addresses.
fn unshortened(short: &str) -> Option<u128> {
    if short.len() != 22 {
        return None;
    }
    let mut id: u128 = 0;
    for (n, letter) in short.bytes().enumerate() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        id = if n < 21 { id << 6 | u128::from(value) } else { id << 2 | u128::from(value >> 4) };
    }
    Some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_as_hypothesis_writes_them() {
        assert_eq!(unshortened("LOCXXbOCEeeQl6f6fQh87Q"), Some(0x2ce0_975d_b382_11e7_9097_a7fa_7d08_7ced));
        assert_eq!(unshortened(&format!("{}w", "_".repeat(21))), Some(u128::MAX));
        assert_eq!(unshortened("deadbeef"), None);
    }

    #[test]
    fn replies_are_about_no_words() {
        let text = r#"{"total": 2, "rows": [
            {"id": "r", "user": "acct:ana@h", "text": "Agreed", "references": ["x"], "target": [{"source": "u"}]},
            {"id": "x", "user": "acct:ana@h", "text": "Too wide", "tags": ["Scope", " "], "uri": "u", "target": [{"source": "u",
             "selector": [{"type": "RangeSelector"}, {"type": "TextQuoteSelector", "exact": "any offence"}]}]}]}"#;
        let foreign = read(text.as_bytes()).unwrap();
        assert_eq!(foreign.left, ["1 reply or page note on no words"]);
        assert_eq!(foreign.sets[0].analyst.name, "ana");
        assert_eq!(foreign.concerns[0].name, "Scope");
    }
}
