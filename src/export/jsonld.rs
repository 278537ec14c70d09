//! W3C Web Annotations as JSON-LD: one annotation for each place of a remark in a draft.
//!
//! The words are told three ways, as the W3C model has it: by position in Unicode code points, by quote, and by
//! provision (a fragment, see [`Citation::address`](crate::model::Citation::address)). Beside W3C's context stands one of
//! our own that names every term that is used, so that nothing is dropped where there is no network. What the model has no
//! term for has one of ours. Source: Web Annotation Data Model and Vocabulary, W3C Recommendations of 23 February 2017.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::sightings::{Sighting, sightings};
use super::{ExportError, ExportRequest, Written};
use crate::model::facts::KEYS;
use crate::model::ids::{derived, guid};
use crate::model::{Analyst, Concern, Draft};

/// What our own terms begin with.
const OURS: &str = "urn:travaux:terms:";
/// What a provision's address conforms to.
const PROVISIONS: &str = "urn:travaux:provisions";
/// Keys that can stand several times, in an order that says something.
const LISTS: [&str; 5] = ["Concern", "Concerning", "Outcome", "Seen", "Made of"];
/// Facts that the model has a place for.
const SAID_OTHERWISE: [&str; 5] = ["Proposed", "Provision", "Quote", "Before", "After"];

/// The collection.
pub(super) fn write(request: &ExportRequest<'_>) -> Result<Written, ExportError> {
    let (list, left) = sightings(request)?;
    let project = request.project;
    let items: Vec<Value> = list.iter().map(|s| annotation(request, s)).collect();
    let wanted = |d: &&Draft| request.draft.is_none_or(|id| id == d.id);
    let drafts: Vec<Value> = project.drafts.iter().map(|d| &**d).filter(wanted).map(draft).collect();
    let concerns: Vec<Value> = project.codebook.concerns.iter().map(concern).collect();
    let page = derived(&["page", &project.id.to_string()]);
    let collection = json!({
        "@context": ["http://www.w3.org/ns/anno.jsonld", context()],
        "id": urn(project.id.0),
        "type": "AnnotationCollection",
        "label": project.details.title,
        "instrument": project.details.instrument,
        "total": items.len(),
        "drafts": drafts,
        "concerns": concerns,
        "first": { "id": urn(page), "type": "AnnotationPage", "startIndex": 0, "items": items },
    });
    let mut text = serde_json::to_string_pretty(&collection)
        .map_err(|e| ExportError::NotMade(format!("The annotations could not be written as JSON: {e}")))?;
    text.push('\n');
    Ok(Written { bytes: text.into_bytes(), left })
}

/// What every term means. W3C's own are named again, so that the file can be understood without the network.
fn context() -> Value {
    let oa = |name: &str| format!("http://www.w3.org/ns/oa#{name}");
    let activity = |name: &str| format!("http://www.w3.org/ns/activitystreams#{name}");
    let skos = |name: &str| format!("http://www.w3.org/2004/02/skos/core#{name}");
    let dc = |name: &str| format!("http://purl.org/dc/terms/{name}");
    let id = |iri: String| json!({ "@id": iri, "@type": "@id" });
    let xsd =
        |iri: String, kind: &str| json!({ "@id": iri, "@type": format!("http://www.w3.org/2001/XMLSchema#{kind}") });
    let list = |iri: String| json!({ "@id": iri, "@container": "@list" });
    let mut terms: BTreeMap<String, Value> = BTreeMap::new();
    for kind in [
        "Annotation",
        "TextualBody",
        "SpecificResource",
        "FragmentSelector",
        "TextPositionSelector",
        "TextQuoteSelector",
        "commenting",
        "tagging",
        "editing",
        "highlighting",
    ] {
        terms.insert(kind.into(), json!(oa(kind)));
    }
    for (term, meaning) in [
        ("id", json!("@id")),
        ("type", json!("@type")),
        ("AnnotationCollection", json!(activity("OrderedCollection"))),
        ("AnnotationPage", json!(activity("OrderedCollectionPage"))),
        ("Person", json!("http://xmlns.com/foaf/0.1/Person")),
        ("Concern", json!(skos("Concept"))),
        ("Draft", json!(format!("{OURS}Draft"))),
        ("body", id(oa("hasBody"))),
        ("target", id(oa("hasTarget"))),
        ("source", id(oa("hasSource"))),
        ("selector", id(oa("hasSelector"))),
        ("motivation", json!({ "@id": oa("motivatedBy"), "@type": "@vocab" })),
        ("purpose", json!({ "@id": oa("hasPurpose"), "@type": "@vocab" })),
        ("exact", json!(oa("exact"))),
        ("prefix", json!(oa("prefix"))),
        ("suffix", json!(oa("suffix"))),
        ("start", xsd(oa("start"), "nonNegativeInteger")),
        ("end", xsd(oa("end"), "nonNegativeInteger")),
        ("value", json!("http://www.w3.org/1999/02/22-rdf-syntax-ns#value")),
        ("conformsTo", id(dc("conformsTo"))),
        ("format", json!("http://purl.org/dc/elements/1.1/format")),
        ("language", json!("http://purl.org/dc/elements/1.1/language")),
        ("creator", id(dc("creator"))),
        ("created", xsd(dc("created"), "dateTime")),
        ("modified", xsd(dc("modified"), "dateTime")),
        ("name", json!("http://xmlns.com/foaf/0.1/name")),
        ("label", json!("http://www.w3.org/2000/01/rdf-schema#label")),
        ("total", xsd(activity("totalItems"), "nonNegativeInteger")),
        ("first", id(activity("first"))),
        ("startIndex", xsd(activity("startIndex"), "nonNegativeInteger")),
        ("items", json!({ "@id": activity("items"), "@type": "@id", "@container": "@list" })),
        ("instrument", json!(format!("{OURS}instrument"))),
        ("drafts", list(format!("{OURS}drafts"))),
        ("concerns", list(format!("{OURS}concerns"))),
        ("symbol", json!(dc("identifier"))),
        ("session", json!(format!("{OURS}session"))),
        ("date", xsd(dc("date"), "date")),
        ("sha256", json!(format!("{OURS}sha256"))),
        ("concernId", id(dc("subject"))),
        ("definition", json!(skos("definition"))),
        ("parent", id(skos("broader"))),
    ] {
        terms.insert(term.into(), meaning);
    }
    for key in KEYS {
        let iri = format!("{OURS}{}", term(key));
        terms.insert(term(key), if LISTS.contains(&key) { list(iri) } else { json!(iri) });
    }
    json!(terms)
}

/// `Look for` as a term: `lookFor`. A source is where an annotation points in W3C's words, so ours says whose it is.
fn term(key: &str) -> String {
    if key == "Source" {
        return "sourceTitle".to_owned();
    }
    let mut term = String::new();
    for (n, word) in key.split(' ').enumerate() {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if n > 0 => term.extend(first.to_uppercase()),
            Some(first) => term.extend(first.to_lowercase()),
            None => {}
        }
        term.push_str(letters.as_str());
    }
    term
}

fn urn(id: u128) -> String {
    format!("urn:uuid:{}", guid(id))
}

fn person(analyst: &Analyst) -> Value {
    json!({ "id": urn(analyst.id.0), "type": "Person", "name": analyst.name })
}

fn annotation(request: &ExportRequest<'_>, sighting: &Sighting<'_>) -> Value {
    let annotation = sighting.row.annotation;
    let mut bodies = Vec::new();
    let mut motivation = Vec::new();
    let mut add = |purpose: &'static str, body: Value| {
        bodies.push(body);
        if !motivation.contains(&purpose) {
            motivation.push(purpose);
        }
    };
    let textual = |purpose: &str, value: &str| json!({ "type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain" });
    if !annotation.note.is_empty() {
        add("commenting", textual("commenting", &annotation.note));
    }
    for concern in request.project.codebook.concerns.iter().filter(|c| annotation.concerns.contains(&c.id)) {
        let mut body = textual("tagging", &concern.name);
        body["concernId"] = json!(urn(concern.id.0));
        add("tagging", body);
    }
    if let Some(recommendation) = annotation.recommendation.as_ref().filter(|r| !r.proposed.is_empty()) {
        add("editing", textual("editing", &recommendation.proposed));
    }
    if motivation.is_empty() {
        motivation.push("highlighting");
    }
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| drop(object.insert(key.to_owned(), value));
    put("id", json!(urn(sighting.id)));
    put("type", json!("Annotation"));
    put("motivation", json!(motivation));
    put("creator", person(sighting.row.analyst));
    put("created", json!(annotation.created.to_string()));
    put("modified", json!(annotation.changed.to_string()));
    if !bodies.is_empty() {
        put("body", json!(bodies));
    }
    put("target", target(sighting));
    for key in KEYS.into_iter().filter(|k| !SAID_OTHERWISE.contains(k)) {
        let values: Vec<&str> = sighting.facts.all(key).collect();
        match values.as_slice() {
            [] => {}
            _ if LISTS.contains(&key) => put(&term(key), json!(values)),
            [first, ..] => put(&term(key), json!(first)),
        }
    }
    Value::Object(object)
}

fn target(sighting: &Sighting<'_>) -> Value {
    let placement = sighting.row.placement;
    let mut selectors = Vec::new();
    if let Some((start, end)) = sighting.points {
        selectors.push(json!({ "type": "TextPositionSelector", "start": start, "end": end }));
    }
    let quote = placement.quote();
    selectors.push(json!({
        "type": "TextQuoteSelector",
        "exact": quote.exact,
        "prefix": quote.prefix,
        "suffix": quote.suffix,
    }));
    selectors.push(json!({
        "type": "FragmentSelector",
        "conformsTo": PROVISIONS,
        "value": placement.citation().address(),
    }));
    json!({ "type": "SpecificResource", "source": urn(sighting.row.draft_id.0), "selector": selectors })
}

/// What tells which draft is meant, as other programs' files carry it.
pub(super) fn draft(draft: &Draft) -> Value {
    let details = &draft.details;
    let mut value = json!({
        "id": urn(draft.id.0),
        "type": "Draft",
        "label": details.label,
        "sha256": draft.text_hash,
    });
    for (key, word) in [
        ("symbol", details.symbol.clone()),
        ("session", details.session.clone()),
        ("language", details.language.clone()),
        ("date", details.date.map(|d| d.to_string()).unwrap_or_default()),
    ] {
        if !word.is_empty() {
            value[key] = json!(word);
        }
    }
    value
}

/// A concern, as other programs' files carry it.
pub(super) fn concern(concern: &Concern) -> Value {
    let mut value = json!({
        "id": urn(concern.id.0),
        "type": "Concern",
        "label": concern.name,
        "tag": concern.tag,
        "swatch": concern.swatch.word(),
    });
    for (key, word) in [
        ("definition", concern.definition.clone()),
        ("lookFor", concern.look_for.clone()),
        ("key", concern.key.map(String::from).unwrap_or_default()),
        ("retired", if concern.retired { "yes".to_owned() } else { String::new() }),
        ("parent", concern.parent.map(|p| urn(p.0)).unwrap_or_default()),
    ] {
        if !word.is_empty() {
            value[key] = json!(word);
        }
    }
    value
}
