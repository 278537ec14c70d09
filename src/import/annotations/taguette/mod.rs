//! Taguette's projects: a file of SQLite with documents as HTML, highlights and tags. Its tables of highlights and its
//! codebooks are tables as others ([`super::table`]), its `.qdc` files are codebooks of REFI-QDA.
//!
//! Must not know: how the workspace places what is read.

mod page;
mod sqlite;

use std::collections::{BTreeMap, HashMap};

use super::Problem;
use super::foreign::{
    Foreign, ForeignDraft, ForeignSighting, Gathering, analyst_named, concern_named, counted, quote_in, remark, time,
};
use crate::model::ids::derived;
use crate::model::text::{normalize, sha256};
use crate::model::{ConcernId, DraftId, Quote, TextRange};
use page::Page;
use sqlite::{Database, Value};

/// Whether bytes are a database of SQLite.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    bytes.starts_with(b"SQLite format 3\0")
}

/// Reads the project, or the projects, of a database.
pub(super) fn read(bytes: &[u8]) -> Result<Foreign, Problem> {
    let database = Database::open(bytes)?;
    if !["documents", "highlights", "tags", "highlight_tags"].iter().all(|t| database.has(t)) {
        return Err(Problem::Damaged("it has not the tables of a Taguette project".to_owned()));
    }
    let mut gathering = Gathering::default();
    let projects: BTreeMap<i64, String> = database
        .rows("projects", &["id", "name"])?
        .into_iter()
        .filter_map(|r| Some((r[0].number()?, r[1].text())))
        .collect();
    // Two projects of one database have tags of the same name.
    let project = |id: Option<i64>| id.and_then(|id| projects.get(&id)).cloned().unwrap_or_default();
    let mut tags: HashMap<i64, ConcernId> = HashMap::new();
    for row in database.rows("tags", &["id", "path", "description", "project_id"])? {
        let Some(number) = row[0].number() else { continue };
        let name = row[1].text();
        let id = ConcernId(derived(&["taguette tag", &project(row[3].number()), &name]));
        let mut concern = concern_named(id, &name);
        concern.definition = row[2].text();
        gathering.concern(concern)?;
        tags.insert(number, id);
    }
    let mut tagged: HashMap<i64, Vec<ConcernId>> = HashMap::new();
    for row in database.rows("highlight_tags", &["highlight_id", "tag_id"])? {
        if let (Some(highlight), Some(tag)) = (row[0].number(), row[1].number().and_then(|t| tags.get(&t))) {
            tagged.entry(highlight).or_default().push(*tag);
        }
    }
    let mut pages: HashMap<i64, (DraftId, Page)> = HashMap::new();
    for row in database.rows("documents", &["id", "name", "contents", "project_id"])? {
        let Some(number) = row[0].number() else { continue };
        let name = row[1].text();
        let page = Page::read(&row[2].text());
        let id = DraftId(derived(&["taguette document", &project(row[3].number()), &name, &number.to_string()]));
        let mut draft = ForeignDraft::named(id, &name);
        draft.text_hash = sha256(normalize(page.text()).as_bytes());
        pages.insert(number, (gathering.draft(draft)?, page));
    }
    let made = made(&database)?;
    let mut outside = 0;
    for row in database.rows("highlights", &["id", "document_id", "start_offset", "end_offset", "snippet"])? {
        let (Some(number), Some(document)) = (row[0].number(), row[1].number()) else { continue };
        let Some((draft, page)) = pages.get(&document) else { continue };
        let offset = |v: &Value| v.number().and_then(|n| usize::try_from(n).ok());
        let range = offset(&row[2]).zip(offset(&row[3])).and_then(|(a, b)| page.range(a, b));
        let snippet = Page::read(&row[4].text()).text().trim().to_owned();
        let quote = match range {
            Some(range) => quote_in(page.text(), range),
            None => Quote { exact: snippet.clone(), ..Quote::default() },
        };
        outside += usize::from(range.is_none());
        let span = range.map(|r: TextRange| page.points(r));
        let place = format!("{:?}", (offset(&row[2]), offset(&row[3])));
        let mut annotation = remark(derived(&["taguette highlight", &draft.to_string(), &number.to_string(), &place]));
        annotation.concerns.extend(tagged.remove(&number).unwrap_or_default());
        let (who, when) = made.get(&number).cloned().unwrap_or_default();
        let when = time(&when);
        annotation.created = when.unwrap_or_default();
        annotation.changed = annotation.created;
        let sighting = ForeignSighting { draft: *draft, span, quote, ..ForeignSighting::default() };
        gathering.remark(analyst_named(&who, "Taguette"), annotation, when.is_some(), sighting)?;
    }
    if outside > 0 {
        let highlights = counted(outside, "highlight");
        gathering
            .foreign
            .left
            .push(format!("{highlights} outside the text of the document; kept with the words alone"));
    }
    Ok(gathering.finish())
}

/// Who made each highlight and when, from the log of commands; the last one counts.
fn made(database: &Database<'_>) -> Result<HashMap<i64, (String, String)>, Problem> {
    let mut made = HashMap::new();
    if !database.has("commands") {
        return Ok(made);
    }
    for row in database.rows("commands", &["user_login", "date", "payload"])? {
        let payload = row[2].text();
        if !payload.contains("highlight_add") {
            continue;
        }
        let payload: serde_json::Value = serde_json::from_str(&payload).unwrap_or_default();
        if let Some(id) = payload.get("highlight_id").and_then(serde_json::Value::as_i64) {
            made.insert(id, (row[0].text(), row[1].text()));
        }
    }
    Ok(made)
}
