//! The project: analysts as users, drafts as plain text sources, remarks as selections, their words as notes.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::super::sightings::{Sighting, sightings};
use super::super::{ExportError, ExportRequest, Written};
use super::xml::Xml;
use super::{ORIGIN, codes, unwritable};
use crate::model::ids::{derived, guid};
use crate::model::{AnalystId, AnnotationId, Draft, DraftId};

/// A note: of a remark, or of a remark in a draft where it has no place.
struct Note<'p> {
    id: u128,
    name: String,
    description: String,
    sighting: &'p Sighting<'p>,
}

/// The package.
pub(in super::super) fn project(request: &ExportRequest<'_>) -> Result<Written, ExportError> {
    let (list, mut left) = sightings(request)?;
    let project = request.project;
    let drafts: Vec<&Draft> =
        project.drafts.iter().map(|d| &**d).filter(|d| request.draft.is_none_or(|id| id == d.id)).collect();
    let mut xml = Xml::new();
    let title = [&project.details.title, &project.details.instrument].into_iter().find(|t| !t.is_empty());
    let title = title.map_or("Project", String::as_str);
    xml.open("Project", &[("xmlns", "urn:QDA-XML:project:1.0"), ("name", title), ("origin", ORIGIN)]);
    let wanted = |id: &AnalystId| request.analysts.as_ref().is_none_or(|a| a.contains(id));
    let users: Vec<_> = project.sets.values().map(|s| &s.analyst).filter(|a| wanted(&a.id)).collect();
    if !users.is_empty() {
        xml.open("Users", &[]);
        for user in users {
            xml.empty("User", &[("guid", &guid(user.id.0)), ("name", &user.name)]);
        }
        xml.close();
    }
    if !project.codebook.concerns.is_empty() {
        xml.open("CodeBook", &[]);
        left.extend(codes::write(&mut xml, &project.codebook));
        xml.close();
    }
    let notes = notes(request, &list);
    let written: BTreeSet<u128> = notes.iter().map(|n| n.id).collect();
    let mut by_draft: BTreeMap<DraftId, Vec<&Sighting<'_>>> = BTreeMap::new();
    for sighting in &list {
        by_draft.entry(sighting.row.draft_id).or_default().push(sighting);
    }
    if !drafts.is_empty() {
        xml.open("Sources", &[]);
        for draft in &drafts {
            source(&mut xml, request, draft, by_draft.get(&draft.id).map_or(&[], Vec::as_slice), &written);
        }
        xml.close();
    }
    if !notes.is_empty() {
        xml.open("Notes", &[]);
        for note in &notes {
            write_note(&mut xml, note);
        }
        xml.close();
    }
    if !project.details.instrument.is_empty() {
        xml.words("Description", &project.details.instrument);
    }
    for note in notes.iter().filter(|n| n.sighting.row.draft.is_none()) {
        xml.empty("NoteRef", &[("targetGUID", &guid(note.id))]);
    }
    xml.close();
    let (text, replaced) = xml.finish();
    left.extend(unwritable(replaced));
    Ok(Written { bytes: package(&text, &drafts)?, left })
}

/// The notes in order, each once.
fn notes<'p>(request: &ExportRequest<'_>, list: &'p [Sighting<'p>]) -> Vec<Note<'p>> {
    let mut notes = Vec::new();
    let mut known = BTreeSet::new();
    for sighting in list {
        let cited = request.cited(sighting.row.placement.citation());
        match sighting.points {
            Some(_) if sighting.row.annotation.note.is_empty() => {}
            Some(_) => {
                let id = remark_note(sighting.row.analyst.id, sighting.row.annotation.id);
                if known.insert(id) {
                    notes.push(Note { id, name: cited, description: String::new(), sighting });
                }
            }
            None => {
                let mut facts = sighting.facts_with_quote();
                // No coding says what it is tagged with.
                let said: BTreeSet<String> = facts.all("Concern").map(str::to_owned).collect();
                let concerns = sighting.row.annotation.concerns.iter().map(ToString::to_string);
                concerns.filter(|id| !said.contains(id)).for_each(|id| facts.say("Concern", id));
                let description = facts.below("");
                notes.push(Note { id: placeless_note(sighting), name: cited, description, sighting });
            }
        }
    }
    notes
}

fn remark_note(analyst: AnalystId, annotation: AnnotationId) -> u128 {
    derived(&["note", &analyst.to_string(), &annotation.to_string()])
}

fn placeless_note(sighting: &Sighting<'_>) -> u128 {
    derived(&["placeless note", &guid(sighting.id)])
}

fn write_note(xml: &mut Xml, note: &Note<'_>) {
    let row = &note.sighting.row;
    let (created, changed) = (row.annotation.created.to_string(), row.annotation.changed.to_string());
    let user = guid(row.analyst.id.0);
    let attributes = [
        ("guid", guid(note.id)),
        ("name", note.name.clone()),
        ("creatingUser", user),
        ("creationDateTime", created),
        ("modifiedDateTime", changed),
    ];
    let attributes: Vec<(&str, &str)> = attributes.iter().map(|(k, v)| (*k, v.as_str())).collect();
    xml.open("Note", &attributes);
    if !note.description.is_empty() {
        xml.words("Description", &note.description);
    }
    xml.words("PlainTextContent", &row.annotation.note);
    xml.close();
}

fn source(
    xml: &mut Xml,
    request: &ExportRequest<'_>,
    draft: &Draft,
    sightings: &[&Sighting<'_>],
    notes: &BTreeSet<u128>,
) {
    let id = guid(draft.id.0);
    xml.open(
        "TextSource",
        &[("guid", &id), ("name", draft.name()), ("plainTextPath", &format!("internal://{id}.txt"))],
    );
    let details = &draft.details;
    let known = [
        ("Symbol", details.symbol.clone()),
        ("Session", details.session.clone()),
        ("Date", details.date.map(|d| d.to_string()).unwrap_or_default()),
        ("Language", details.language.clone()),
    ];
    let known: Vec<String> =
        known.into_iter().filter(|(_, v)| !v.is_empty()).map(|(k, v)| format!("{k}: {v}")).collect();
    if !known.is_empty() {
        xml.words("Description", &known.join("\n"));
    }
    for sighting in sightings {
        if let Some((start, end)) = sighting.points {
            selection(xml, request, sighting, (start, end), notes);
        }
    }
    for sighting in sightings.iter().filter(|s| s.points.is_none()) {
        xml.empty("NoteRef", &[("targetGUID", &guid(placeless_note(sighting)))]);
    }
    xml.close();
}

fn selection(
    xml: &mut Xml,
    request: &ExportRequest<'_>,
    sighting: &Sighting<'_>,
    (start, end): (usize, usize),
    notes: &BTreeSet<u128>,
) {
    let (annotation, analyst) = (sighting.row.annotation, sighting.row.analyst);
    let user = guid(analyst.id.0);
    let created = annotation.created.to_string();
    let attributes = [
        ("guid", guid(sighting.id)),
        ("name", request.cited(sighting.row.placement.citation())),
        ("startPosition", start.to_string()),
        ("endPosition", end.to_string()),
        ("creatingUser", user.clone()),
        ("creationDateTime", created.clone()),
        ("modifiedDateTime", annotation.changed.to_string()),
    ];
    let attributes: Vec<(&str, &str)> = attributes.iter().map(|(k, v)| (*k, v.as_str())).collect();
    xml.open("PlainTextSelection", &attributes);
    xml.words("Description", &sighting.facts.below(""));
    let known = |id| request.project.codebook.get(id).is_some();
    for &concern in annotation.concerns.iter().filter(|id| known(**id)) {
        let id = guid(sighting.part("coding", concern));
        xml.open("Coding", &[("guid", &id), ("creatingUser", &user), ("creationDateTime", &created)]);
        xml.empty("CodeRef", &[("targetGUID", &guid(concern.0))]);
        xml.close();
    }
    let note = remark_note(analyst.id, annotation.id);
    if notes.contains(&note) {
        xml.empty("NoteRef", &[("targetGUID", &guid(note))]);
    }
    xml.close();
}

/// The zip package: no time of this machine in it, parts in one order.
fn package(text: &str, drafts: &[&Draft]) -> Result<Vec<u8>, ExportError> {
    let failed = |e: &dyn std::fmt::Display| ExportError::NotMade(format!("The package could not be made: {e}"));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("project.qde", options).map_err(|e| failed(&e))?;
    zip.write_all(text.as_bytes()).map_err(|e| failed(&e))?;
    for draft in drafts {
        zip.start_file(format!("sources/{}.txt", guid(draft.id.0)), options).map_err(|e| failed(&e))?;
        zip.write_all(draft.text.as_bytes()).map_err(|e| failed(&e))?;
    }
    Ok(zip.finish().map_err(|e| failed(&e))?.into_inner())
}
