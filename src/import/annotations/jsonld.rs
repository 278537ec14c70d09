//! W3C Web Annotations as JSON-LD, in the one form the model asks for: a collection, a page, a list or one annotation.
//!
//! Terms are taken as the W3C context names them, with or without `oa:` in front; a file with another context is not
//! expanded.

use serde_json::{Map, Value};

use super::foreign::{
    Counting, Foreign, ForeignDraft, ForeignSighting, Gathering, analyst_named, concern_named, counted, remark, time,
};
use super::{Problem, json};
use crate::model::facts::{Facts, KEYS};
use crate::model::ids::{derived, from_guid};
use crate::model::{Analyst, AnalystId, Citation, Concern, ConcernId, DraftId, Place, ProjectId, Quote, Swatch};

/// More JSON than this is not read: in memory it is many times as large.
const MOST_JSON: usize = 96 * 1024 * 1024;
/// What our provisions conform to.
const PROVISIONS: &str = "urn:travaux:provisions";

/// Whether bytes look like linked annotations.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(65_536)]);
    head.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '['])
        && (head.contains("ns/anno")
            || head.contains("ns/oa")
            || head.contains("oa:")
            || head.contains("\"TextQuoteSelector\""))
        && !super::hypothesis::looks_like(bytes)
}

/// Reads them.
pub(super) fn read(bytes: &[u8]) -> Result<Foreign, Problem> {
    if bytes.len() > MOST_JSON {
        return Err(Problem::TooMuch(format!("has more than {} MB of JSON", MOST_JSON >> 20)));
    }
    let value = json(bytes)?;
    let mut gathering = Gathering::default();
    let root = value.as_object();
    let word = |key: &str| root.and_then(|r| r.get(key)).and_then(Value::as_str);
    if let Some(list) = root.and_then(|r| r.get("drafts")) {
        for draft in each(Some(list)).filter_map(draft) {
            gathering.draft(draft)?;
        }
        gathering.foreign.project = word("id").and_then(from_guid).map(ProjectId);
        gathering.foreign.instrument = word("instrument").unwrap_or_default().to_owned();
    }
    for concern in each(root.and_then(|r| r.get("concerns"))).filter_map(concern) {
        gathering.concern(concern)?;
    }
    let mut left = Left::default();
    for annotation in annotations(&value) {
        read_annotation(annotation, &mut gathering, &mut left)?;
    }
    for (count, what, why) in [
        (left.without_words, "annotation", "of whole documents or by no quote and no position"),
        (left.selectors, "selector", "of other kinds than quote, position and fragment"),
        (left.bodies, "body", "that are no words"),
    ] {
        if count > 0 {
            gathering.foreign.left.push(format!("{} {why}", counted(count, what)));
        }
    }
    Ok(gathering.finish())
}

/// What was passed over.
#[derive(Default)]
struct Left {
    without_words: usize,
    selectors: usize,
    bodies: usize,
}

/// One value or the values of a list.
pub(super) fn each(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    let list: Box<dyn Iterator<Item = &Value>> = match value {
        Some(Value::Array(list)) => Box::new(list.iter()),
        Some(Value::Null) | None => Box::new(std::iter::empty()),
        Some(value) => Box::new(std::iter::once(value)),
    };
    list
}

/// The annotations of a collection, a page, a graph or a list.
fn annotations(value: &Value) -> Vec<&Map<String, Value>> {
    let mut found = Vec::new();
    let mut waiting = vec![value];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Array(list) => waiting.extend(list.iter().rev()),
            Value::Object(object) if object.contains_key("target") || object.contains_key("hasTarget") => {
                found.push(object);
            }
            Value::Object(object) => {
                waiting.extend(
                    ["@graph", "items", "first", "annotations", "resources"]
                        .iter()
                        .rev()
                        .filter_map(|k| object.get(*k)),
                );
            }
            _ => {}
        }
    }
    found
}

/// A word of an object, by the first of the names it has.
fn word<'v>(object: &'v Map<String, Value>, names: &[&str]) -> Option<&'v str> {
    names.iter().find_map(|n| match object.get(*n)? {
        Value::String(words) => Some(words.as_str()),
        // `{"@value": "…"}`, `{"id": "…"}` and lists of one.
        Value::Object(inner) => ["@value", "value", "id", "@id"].iter().find_map(|k| inner.get(*k)?.as_str()),
        Value::Array(list) => list.first()?.as_str(),
        _ => None,
    })
}

fn is_kind(object: &Map<String, Value>, kind: &str) -> bool {
    let bare = |k: &str| k.rsplit([':', '#']).next().is_some_and(|k| k == kind);
    each(object.get("type").or_else(|| object.get("@type"))).filter_map(Value::as_str).any(bare)
}

fn purposes(object: &Map<String, Value>) -> Vec<&str> {
    let list = each(object.get("purpose").or_else(|| object.get("hasPurpose"))).filter_map(Value::as_str);
    list.map(|p| p.rsplit([':', '#']).next().unwrap_or(p)).collect()
}

/// A draft as our exporters write one.
pub(super) fn draft(value: &Value) -> Option<ForeignDraft> {
    let object = value.as_object()?;
    let id = from_guid(word(object, &["id"])?)?;
    let mut draft = ForeignDraft::named(DraftId(id), word(object, &["label"]).unwrap_or_default());
    word(object, &["symbol"]).unwrap_or_default().clone_into(&mut draft.symbol);
    word(object, &["language"]).unwrap_or_default().clone_into(&mut draft.language);
    word(object, &["sha256"]).unwrap_or_default().clone_into(&mut draft.text_hash);
    Some(draft)
}

/// A concern as our exporters write one.
pub(super) fn concern(value: &Value) -> Option<Concern> {
    let object = value.as_object()?;
    let id = from_guid(word(object, &["id"])?)?;
    let said = |name: &str| word(object, &[name]).unwrap_or_default().to_owned();
    let mut concern = concern_named(ConcernId(id), &said("label"));
    concern.tag = said("tag");
    concern.definition = said("definition");
    concern.look_for = said("lookFor");
    concern.swatch = Swatch::named(&said("swatch")).unwrap_or_default();
    concern.key = said("key").chars().next();
    concern.retired = !said("retired").is_empty();
    concern.parent = from_guid(&said("parent")).map(ConcernId);
    Some(concern)
}

fn read_annotation(object: &Map<String, Value>, gathering: &mut Gathering, left: &mut Left) -> Result<(), Problem> {
    let targets: Vec<&Value> = each(object.get("target").or_else(|| object.get("hasTarget"))).collect();
    let given = word(object, &["id", "@id"]).unwrap_or_default();
    let facts = facts(object);
    let created = word(object, &["created", "dcterms:created"]).and_then(time);
    let (note, concerns) = bodies(object, gathering, left)?;
    for (n, target) in targets.iter().enumerate() {
        let Some(mut sighting) = sighting(target, gathering, left)? else {
            left.without_words += 1;
            continue;
        };
        (sighting.state, sighting.reach, _) = facts.placement();
        let id = from_guid(given).unwrap_or_else(|| {
            let exact = &sighting.quote.exact;
            derived(&[
                "annotation",
                given,
                &sighting.draft.to_string(),
                &format!("{:?}", sighting.span),
                exact,
                &note.0,
            ])
        });
        let mut annotation =
            remark(if n == 0 { id } else { derived(&["annotation", &format!("{id:032x}"), &n.to_string()]) });
        annotation.note.clone_from(&note.0);
        annotation.concerns.clone_from(&concerns);
        if let Some(created) = created {
            annotation.created = created;
            annotation.changed = word(object, &["modified", "dcterms:modified"]).and_then(time).unwrap_or(created);
        }
        let mut facts = facts.clone();
        facts.say("Proposed", note.1.as_str());
        if facts.get("Recommendation").is_none() && !note.1.is_empty() {
            facts.say("Recommendation", "amend");
        }
        gathering.odd(&facts.put_into(&mut annotation));
        gathering.remark(creator(object), annotation, created.is_some(), sighting)?;
    }
    Ok(())
}

/// The note and the proposed words; the concerns.
type Bodies = ((String, String), std::collections::BTreeSet<ConcernId>);

fn bodies(object: &Map<String, Value>, gathering: &mut Gathering, left: &mut Left) -> Result<Bodies, Problem> {
    let (mut note, mut proposed) = (String::new(), String::new());
    let mut concerns = std::collections::BTreeSet::new();
    let add = |words: &str, to: &mut String| {
        if !to.is_empty() && !words.is_empty() {
            to.push_str("\n\n");
        }
        to.push_str(words);
    };
    add(word(object, &["bodyValue"]).unwrap_or_default(), &mut note);
    for body in each(object.get("body").or_else(|| object.get("hasBody"))) {
        match body {
            // An address of something else.
            Value::String(_) => left.bodies += 1,
            Value::Object(body) => {
                let purposes = purposes(body);
                let tagging = ["tagging", "classifying", "identifying"].iter().any(|p| purposes.contains(p));
                let value = word(body, &["value", "chars", "rdf:value"]);
                let source = word(body, &["source", "hasSource"]);
                match (tagging, value.or_else(|| source.filter(|_| tagging))) {
                    (true, Some(name)) => {
                        let id = word(body, &["concernId"]).and_then(from_guid).map(ConcernId);
                        let id = match id {
                            Some(id) => {
                                gathering.concern(concern_named(id, name))?;
                                id
                            }
                            None => gathering
                                .concern_named(name.rsplit(['/', '#']).find(|p| !p.is_empty()).unwrap_or(name))?,
                        };
                        concerns.insert(id);
                    }
                    (false, Some(words)) if purposes.contains(&"editing") => add(words, &mut proposed),
                    (false, Some(words)) => add(words, &mut note),
                    (_, None) => left.bodies += 1,
                }
            }
            _ => left.bodies += 1,
        }
    }
    Ok(((note, proposed), concerns))
}

/// What our exporters say beside the model's terms.
fn facts(object: &Map<String, Value>) -> Facts {
    let mut facts = Facts::default();
    for key in KEYS {
        for value in each(object.get(&term(key))).filter_map(Value::as_str) {
            facts.list.push((key, value.to_owned()));
        }
    }
    facts
}

/// As the exporter has it: `lookFor`, and `sourceTitle` for a source.
fn term(key: &str) -> String {
    if key == "Source" {
        return "sourceTitle".to_owned();
    }
    let mut term = String::new();
    for (n, letter) in key.char_indices().filter(|(_, c)| *c != ' ') {
        let begins = key[..n].ends_with(' ');
        term.push(if begins { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() });
    }
    term
}

fn creator(object: &Map<String, Value>) -> Analyst {
    match each(object.get("creator").or_else(|| object.get("dcterms:creator"))).next() {
        Some(Value::Object(creator)) => {
            let name = word(creator, &["name", "foaf:name", "nickname", "nick", "label", "email"]);
            let id = word(creator, &["id", "@id"]).unwrap_or_default();
            match from_guid(id) {
                Some(id) => Analyst { id: AnalystId(id), name: name.unwrap_or_default().to_owned() },
                None => analyst_named(name.unwrap_or(id), "Web annotation"),
            }
        }
        Some(Value::String(name)) => analyst_named(name, "Web annotation"),
        _ => analyst_named("", "Web annotation"),
    }
}

fn sighting(target: &Value, gathering: &mut Gathering, left: &mut Left) -> Result<Option<ForeignSighting>, Problem> {
    let Some(target) = target.as_object() else { return Ok(None) };
    let source = word(target, &["source", "hasSource", "full"]).unwrap_or_default();
    let draft = match from_guid(source) {
        Some(id) => gathering.draft(ForeignDraft::named(DraftId(id), source))?,
        None => gathering.draft_named(source)?,
    };
    let mut sighting = ForeignSighting { draft, counting: Counting::CodePoints, ..ForeignSighting::default() };
    let told = select(target.get("selector").or_else(|| target.get("hasSelector")), &mut sighting, left);
    Ok(told.then_some(sighting))
}

/// Takes what selectors say; whether they say words or a position.
pub(super) fn selectors(list: Option<&Value>, sighting: &mut ForeignSighting) -> bool {
    select(list, sighting, &mut Left::default())
}

fn select(list: Option<&Value>, sighting: &mut ForeignSighting, left: &mut Left) -> bool {
    let mut told = false;
    let mut waiting: Vec<&Value> = each(list).collect();
    waiting.reverse();
    while let Some(selector) = waiting.pop() {
        let Some(object) = selector.as_object() else { continue };
        // A choice between selectors, and a selector within another's part.
        waiting.extend(each(object.get("refinedBy")));
        waiting.extend(each(object.get("items")).chain(each(object.get("members"))));
        let number = |name: &str| object.get(name).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
        let words = |name: &str| word(object, &[name, &format!("oa:{name}")]).unwrap_or_default().to_owned();
        if is_kind(object, "TextPositionSelector") {
            sighting.span = number("start").zip(number("end")).filter(|(start, end)| start <= end);
            told |= sighting.span.is_some();
        } else if is_kind(object, "TextQuoteSelector") {
            sighting.quote = Quote { exact: words("exact"), prefix: words("prefix"), suffix: words("suffix") };
            told = true;
        } else if is_kind(object, "FragmentSelector") && word(object, &["conformsTo"]) == Some(PROVISIONS) {
            sighting.citation = Citation::from_address(&words("value")).unwrap_or_else(|| Citation::to(Place::Text));
        } else if !is_kind(object, "Choice") {
            left.selectors += 1;
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_those_of_the_exporter() {
        assert_eq!(term("Look for"), "lookFor");
        assert_eq!(term("Source"), "sourceTitle");
        assert_eq!(term("Severity"), "severity");
    }

    #[test]
    fn annotations_of_others_are_understood() {
        let text = r#"[{"@context": "http://www.w3.org/ns/anno.jsonld", "id": "http://example.org/a1", "type": "Annotation",
            "creator": "Ana", "bodyValue": "Too wide", "target": {"source": "http://example.org/draft",
            "selector": {"type": "FragmentSelector", "value": "p1",
                "refinedBy": {"type": "oa:TextQuoteSelector", "exact": "any offence", "prefix": "of "}}}},
            {"type": "Annotation", "body": [{"type": "TextualBody", "purpose": "tagging", "value": "Scope"},
                "http://example.org/body", {"type": "TextualBody", "value": "strike", "purpose": "editing"}],
             "target": [{"source": "x", "selector": [{"type": "TextPositionSelector", "start": 3, "end": 9}]}, "y"]}]"#;
        let foreign = read(text.as_bytes()).unwrap();
        assert_eq!(foreign.sets.len(), 2);
        let first = &foreign.sets[0].remarks[0];
        assert_eq!((foreign.sets[0].analyst.name.as_str(), first.annotation.note.as_str()), ("Ana", "Too wide"));
        assert_eq!(first.sightings[0].quote.exact, "any offence");
        let second = &foreign.sets[1].remarks[0];
        assert_eq!(second.sightings[0].span, Some((3, 9)));
        assert_eq!(second.annotation.recommendation.as_ref().map(|r| r.proposed.as_str()), Some("strike"));
        assert_eq!(foreign.concerns[0].name, "Scope");
        assert_eq!(foreign.left.len(), 3, "{:?}", foreign.left);
    }
}
