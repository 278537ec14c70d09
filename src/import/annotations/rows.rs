//! Rows of a table as annotations: our own columns, or those that other programs name so or so.

use std::collections::HashMap;

use super::Problem;
use super::foreign::{
    Counting, Foreign, ForeignDraft, ForeignSighting, Gathering, analyst_named, concern_named, remark, time,
};
use crate::model::facts::Facts;
use crate::model::ids::derived;
use crate::model::{Action, Analyst, AnnotationKind, ConcernId, DraftId, Quote, Recommendation, Severity, Status};

/// What other programs call the columns: Taguette, QualCoder, CATMA, spreadsheets made by hand.
const DRAFT: [&str; 6] = ["draft", "document", "document name", "file", "filename", "source"];
const QUOTE: [&str; 8] = ["quote", "content", "text", "exact", "highlight", "segment", "coded text", "annotation"];
const CONCERN: [&str; 10] =
    ["concern names", "concern", "concerns", "tag", "tags", "code", "codes", "codename", "category", "label"];
const NOTE: [&str; 7] = ["note", "notes", "comment", "comments", "memo", "coded memo", "remark"];
const ANALYST: [&str; 6] = ["analyst", "coder", "user", "author", "annotator", "owner"];
const DESCRIPTION: [&str; 3] = ["description", "definition", "memo"];

/// Which column holds what.
struct Columns<'h> {
    header: &'h HashMap<String, usize>,
    row: &'h [String],
}

impl Columns<'_> {
    fn get(&self, name: &str) -> &str {
        self.header.get(name).and_then(|&at| self.row.get(at)).map_or("", String::as_str)
    }

    /// The first of several columns that is there.
    fn first(&self, names: &[&str]) -> &str {
        names.iter().find(|n| self.header.contains_key(**n)).map_or("", |n| self.get(n))
    }
}

/// The annotations or the codebook of a table whose first row names the columns.
pub(super) fn read(rows: &[Vec<String>]) -> Result<Foreign, Problem> {
    let Some((names, rows)) = rows.split_first() else { return Err(Problem::Empty) };
    let mut header: HashMap<String, usize> = HashMap::new();
    for (at, name) in names.iter().enumerate() {
        header.entry(name.trim().trim_start_matches('\u{feff}').to_lowercase()).or_insert(at);
    }
    let has = |names: &[&str]| names.iter().any(|n| header.contains_key(*n));
    let mut gathering = Gathering::default();
    if header.contains_key("draft id") && header.contains_key("concern ids") && header.contains_key("id") {
        let columns: Vec<Columns<'_>> = rows.iter().map(|row| Columns { header: &header, row }).collect();
        // Names first, so that one added by hand in a row finds the concern that another row has by its id.
        for row in &columns {
            for (id, tag, name) in tagged(row).unwrap_or_default() {
                let mut concern = concern_named(id, &name);
                concern.tag = tag;
                gathering.concern(concern)?;
            }
        }
        columns.iter().filter(|c| !is_blank(c)).try_for_each(|row| read_own(row, &mut gathering))?;
    } else if has(&QUOTE) {
        for (number, row) in rows.iter().enumerate() {
            let columns = Columns { header: &header, row };
            if !is_blank(&columns) {
                read_foreign(&columns, number, &mut gathering)?;
            }
        }
    } else if has(&CONCERN) {
        for row in rows {
            let columns = Columns { header: &header, row };
            let name = columns.first(&CONCERN).trim();
            if !name.is_empty() {
                let id = ConcernId(derived(&["concern", &name.to_lowercase()]));
                let mut concern = concern_named(id, name);
                columns.first(&DESCRIPTION).clone_into(&mut concern.definition);
                gathering.concern(concern)?;
            }
        }
    } else {
        return Err(Problem::Damaged("its first row names neither a column of quotes nor one of codes".to_owned()));
    }
    Ok(gathering.finish())
}

fn is_blank(row: &Columns<'_>) -> bool {
    row.row.iter().all(|cell| cell.trim().is_empty())
}

fn several(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').map(str::trim).filter(|v| !v.is_empty())
}

/// Id, tag and name of each concern of a row; none where the cells have not as many of each.
fn tagged(row: &Columns<'_>) -> Option<Vec<(ConcernId, String, String)>> {
    let ids: Vec<ConcernId> = several(row.get("concern ids")).filter_map(|id| id.parse().ok()).collect();
    let names: Vec<&str> = row.get("concern names").split("; ").collect();
    let tags: Vec<&str> = row.get("concerns").split("; ").collect();
    if ids.is_empty() || names.len() != ids.len() {
        return None;
    }
    let tag = |n: usize| if tags.len() == ids.len() { tags[n].to_owned() } else { String::new() };
    Some(ids.iter().enumerate().map(|(n, id)| (*id, tag(n), names[n].to_owned())).collect())
}

fn read_own(row: &Columns<'_>, gathering: &mut Gathering) -> Result<(), Problem> {
    let (_, facts) = Facts::split(row.get("details"));
    let mut odd = Vec::new();
    let draft = match row.get("draft id").trim().parse() {
        Ok(id) => {
            let mut draft = ForeignDraft::named(id, row.get("draft"));
            row.get("symbol").clone_into(&mut draft.symbol);
            gathering.draft(draft)?
        }
        Err(_) => gathering.draft_named(row.get("draft"))?,
    };
    let analyst = match row.get("analyst id").trim().parse() {
        Ok(id) => Analyst { id, name: row.get("analyst").to_owned() },
        Err(_) => analyst_named(row.get("analyst"), "Spreadsheet"),
    };
    let quote = Quote {
        exact: row.get("quote").to_owned(),
        prefix: row.get("before").to_owned(),
        suffix: row.get("after").to_owned(),
    };
    let id = match row.get("id").trim() {
        id if let Ok(id) = id.parse::<crate::model::AnnotationId>() => id.0,
        // A row that a person added.
        id => derived(&["row", id, row.get("draft"), &quote.exact, row.get("note")]),
    };
    let mut annotation = remark(id);
    odd.extend(facts.put_into(&mut annotation));
    let is_plain = annotation.concerns.is_empty();
    annotation.concerns = match tagged(row) {
        _ if !is_plain => annotation.concerns,
        Some(tagged) => tagged.into_iter().map(|(id, ..)| id).collect(),
        None => {
            several(row.get("concern names")).map(|name| gathering.concern_named(name)).collect::<Result<_, _>>()?
        }
    };
    if let Some(kind) = AnnotationKind::named(row.get("kind")) {
        annotation.kind = kind;
    }
    let mut word = |column: &str, known: bool| {
        let cell = row.get(column).trim();
        if !known && !cell.is_empty() {
            odd.push(format!("{column}: {cell}"));
        }
    };
    annotation.severity = Severity::named(row.get("severity"));
    word("severity", annotation.severity.is_some());
    let status = Status::named(row.get("status"));
    word("status", status.is_some());
    annotation.status = status.unwrap_or_default();
    row.get("note").clone_into(&mut annotation.note);
    let action = Action::named(row.get("action"));
    word("action", action.is_some());
    annotation.recommendation = action.map(|action| recommendation(action, row, &facts));
    for column in ["targets", "proposed text", "supports"].iter().filter(|_| action.is_none()) {
        word(column, false);
    }
    let created = time(row.get("created"));
    if let Some(created) = created {
        annotation.created = created;
        annotation.changed = time(row.get("changed")).unwrap_or(created);
    }
    let number = |column| row.get(column).trim().parse::<usize>().ok();
    let (state, reach, citation) = facts.placement();
    let sighting = ForeignSighting {
        draft,
        state,
        span: number("start").zip(number("end")).filter(|(start, end)| start <= end),
        counting: Counting::CodePoints,
        quote,
        citation,
        reach,
    };
    gathering.odd(&odd);
    gathering.remark(analyst, annotation, created.is_some(), sighting)
}

fn recommendation(action: Action, row: &Columns<'_>, facts: &Facts) -> Recommendation {
    let told: Vec<String> = facts.all("Concerning").map(str::to_owned).collect();
    let cell = row.get("targets");
    // The details tell apart what the cell cannot, unless somebody has changed the cell since.
    let targets =
        if !told.is_empty() && told.join("; ") == cell { told } else { several(cell).map(str::to_owned).collect() };
    Recommendation {
        action,
        targets,
        proposed: row.get("proposed text").to_owned(),
        supports: row.get("supports").to_owned(),
    }
}

fn read_foreign(row: &Columns<'_>, number: usize, gathering: &mut Gathering) -> Result<(), Problem> {
    let draft: DraftId = gathering.draft_named(row.first(&DRAFT))?;
    let analyst = analyst_named(row.first(&ANALYST), "Table");
    let exact = row.first(&QUOTE).to_owned();
    let given = row.get("id").trim();
    let number = if given.is_empty() { format!("row {number}") } else { given.to_owned() };
    let id = derived(&["row", &draft.to_string(), &number, &exact]);
    let mut annotation = remark(id);
    for name in several(row.first(&CONCERN)) {
        annotation.concerns.insert(gathering.concern_named(name)?);
    }
    row.first(&NOTE).clone_into(&mut annotation.note);
    annotation.severity = Severity::named(row.get("severity"));
    let sighting = ForeignSighting { draft, quote: Quote { exact, ..Quote::default() }, ..ForeignSighting::default() };
    gathering.remark(analyst, annotation, false, sighting)
}
