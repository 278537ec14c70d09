//! The fields of a query, `article:23`, and what their values mean.

use std::ops::Range;

use super::nearest::closest;
use super::numbers::Number;
use super::query::{Has, Named, Node, Place, QueryError, Remark, error};
use crate::model::{MarkKind, ProvisionKind, Severity, Status, folded_label};

/// A field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// A numbered provision of this kind, and all that stands in it.
    Unit(ProvisionKind),
    Draft,
    Concern,
    Analyst,
    Severity,
    Status,
    Kind,
    Has,
    No,
    Mark,
    Changed,
    In,
}

/// A field as it is offered.
pub struct Row {
    pub field: Field,
    pub name: &'static str,
    pub example: &'static str,
    pub explains: &'static str,
}

const fn row(field: Field, name: &'static str, example: &'static str, explains: &'static str) -> Row {
    Row { field, name, example, explains }
}

/// All fields, those first that are used most.
pub const FIELDS: [Row; 18] = [
    row(Field::Draft, "draft", "draft:Rev.1", "in this draft: label, symbol or date"),
    row(Field::Unit(ProvisionKind::Article), "article", "article:23", "in this article"),
    row(Field::Concern, "concern", "concern:surveillance", "where a remark has this concern"),
    row(Field::Severity, "severity", "severity:>=3", "where a remark is this severe"),
    row(Field::Analyst, "analyst", "analyst:Amara", "where this analyst has a remark"),
    row(Field::Status, "status", "status:agreed", "where a remark has come so far"),
    row(Field::Has, "has", "has:note", "where there is one"),
    row(Field::No, "no", "no:concern", "where there is none"),
    row(Field::In, "in", "in:heading", "in headings, notes, commentaries, the preamble or annexes"),
    row(Field::Mark, "mark", "mark:bracketed", "where negotiators have marked the text"),
    row(Field::Changed, "changed", "changed:since(Rev.1)", "new or edited since this draft"),
    row(Field::Kind, "kind", "kind:paragraph", "provisions of this kind"),
    row(Field::Unit(ProvisionKind::Chapter), "chapter", "chapter:V", "in this chapter"),
    row(Field::Unit(ProvisionKind::Part), "part", "part:II", "in this part"),
    row(Field::Unit(ProvisionKind::Section), "section", "section:2", "in this section"),
    row(Field::Unit(ProvisionKind::Title), "title", "title:IV", "in this title"),
    row(Field::Unit(ProvisionKind::Annex), "annex", "annex:A", "in this annex"),
    row(Field::Unit(ProvisionKind::Recital), "recital", "recital:12", "in this paragraph of the preamble"),
];

/// A fixed value of a field: the word, and what it says.
pub type Value = (&'static str, &'static str);

/// What `has:` and `no:` can ask for.
const HAS: [(&str, Had, &str); 12] = [
    ("note", Had::Remark(Has::Note), "a note of an analyst"),
    ("recommendation", Had::Remark(Has::Recommendation), "a recommendation"),
    ("proposal", Had::Remark(Has::Proposal), "words an analyst proposes"),
    ("remark", Had::Remark(Has::Remark), "a remark on words that are there"),
    ("absence", Had::Remark(Has::Absence), "a remark on words that ought to be there"),
    ("annotation", Had::Remark(Has::Annotation), "a remark or an absence"),
    ("concern", Had::Remark(Has::Concern), "a concern"),
    ("severity", Had::Remark(Has::Severity), "a severity"),
    ("source", Had::Remark(Has::Source), "a remark taken from a commentary"),
    ("outcome", Had::Remark(Has::Outcome), "a remark of which is said what became of it"),
    ("heading", Had::Heading, "a heading"),
    ("mark", Had::Mark, "a negotiating mark"),
];

#[derive(Clone, Copy)]
enum Had {
    Remark(Has),
    Heading,
    Mark,
}

const IN: [(&str, Inside, &str); 5] = [
    ("heading", Inside::Heading, "the words beside it stand in headings"),
    ("note", Inside::Note, "in notes of analysts, the words they propose, and replies"),
    ("commentary", Inside::Commentary, "in commentaries by others"),
    ("preamble", Inside::Kind(ProvisionKind::Preamble), "in the preamble"),
    ("annex", Inside::Kind(ProvisionKind::Annex), "in any annex"),
];

#[derive(Clone, Copy)]
enum Inside {
    Heading,
    Note,
    Commentary,
    Kind(ProvisionKind),
}

const MARKS: [(&str, MarkKind, &str); 6] = [
    ("bracketed", MarkKind::Bracketed, "words in square brackets, not agreed"),
    ("agreed", MarkKind::Agreed, "agreed ad referendum"),
    ("alternative", MarkKind::Alternative, "one of several texts: Option 1, Alternative B"),
    ("deleted", MarkKind::Deleted, "a number without its text: [deleted], [reserved]"),
    ("placeholder", MarkKind::Placeholder, "something still to be written: […], ###"),
    ("unbalanced", MarkKind::Unbalanced, "a bracket that is never closed or was never opened"),
];

const STATUSES: [(&str, Status, &str); 3] = [
    ("draft", Status::Draft, "being written"),
    ("review", Status::ForReview, "waiting for a colleague's eyes"),
    ("agreed", Status::Agreed, "settled in the team"),
];

const SEVERITIES: [Value; 6] = [
    ("low", "1: worth noting"),
    ("moderate", "2: should be mended"),
    ("high", "3: endangers rights"),
    ("critical", "4: unacceptable as it stands"),
    (">=high", "high or critical"),
    ("<=moderate", "low or moderate"),
];

const KINDS: [(ProvisionKind, &str); 13] = [
    (ProvisionKind::Article, "the article's own words, its heading"),
    (ProvisionKind::Paragraph, "numbered paragraphs"),
    (ProvisionKind::Subparagraph, "lettered points"),
    (ProvisionKind::Item, "points below lettered ones"),
    (ProvisionKind::Recital, "paragraphs of the preamble"),
    (ProvisionKind::Chapter, "headings of chapters"),
    (ProvisionKind::Part, "headings of parts"),
    (ProvisionKind::Title, "headings of titles"),
    (ProvisionKind::Section, "headings of sections"),
    (ProvisionKind::Annex, "headings of annexes"),
    (ProvisionKind::Preamble, "what stands before the first recital"),
    (ProvisionKind::Heading, "other headings"),
    (ProvisionKind::Body, "paragraphs without a number"),
];

impl Field {
    /// By its name, in any capitals.
    pub fn named(name: &str) -> Option<Self> {
        FIELDS.iter().find(|r| r.name.eq_ignore_ascii_case(name)).map(|r| r.field)
    }

    fn example(self) -> &'static str {
        FIELDS.iter().find(|r| r.field == self).map_or("", |r| r.example)
    }

    /// The values that are the same in every project.
    pub fn values(self) -> Vec<Value> {
        match self {
            Self::Has | Self::No => HAS.iter().map(|(word, _, says)| (*word, *says)).collect(),
            Self::In => IN.iter().map(|(word, _, says)| (*word, *says)).collect(),
            Self::Mark => MARKS.iter().map(|(word, _, says)| (*word, *says)).collect(),
            Self::Status => STATUSES.iter().map(|(word, _, says)| (*word, *says)).collect(),
            Self::Severity => SEVERITIES.to_vec(),
            Self::Kind => KINDS.iter().map(|(kind, says)| (kind.word(), *says)).collect(),
            Self::Draft => vec![("first", "the first draft"), ("last", "the last draft")],
            Self::Unit(_) | Self::Concern | Self::Analyst | Self::Changed => Vec::new(),
        }
    }
}

/// What to say of a field that does not exist.
pub fn unknown(name: &str) -> String {
    let names = || FIELDS.iter().map(|r| r.name);
    match closest(name, names()) {
        Some(meant) => format!("There is no field “{name}”, did you mean {meant}?"),
        None => format!("There is no field “{name}”, there are {}", listed(&names().collect::<Vec<_>>(), "and")),
    }
}

/// What to say of a field without a value.
pub fn missing(field: Field) -> String {
    format!("A value is missing, as in {}", field.example())
}

/// The meaning of a value, without white space at its ends and not empty; nothing for `in:heading`, which changes the
/// words beside it.
pub fn read(field: Field, value: &str, range: Range<usize>) -> Result<Option<Node>, QueryError> {
    let named = || Named { word: value.to_owned(), range: range.clone() };
    Ok(Some(match field {
        Field::Unit(kind) => Node::Place(unit(kind, value, &range)?),
        Field::Draft => Node::Place(Place::Draft(named())),
        Field::Changed => Node::Place(Place::ChangedSince(named())),
        Field::Concern => Node::Remark(Remark::Concern(named())),
        Field::Analyst => Node::Remark(Remark::Analyst(named())),
        Field::Severity => match severity(value) {
            Some((from, to)) => Node::Remark(Remark::Severity(from, to)),
            None => {
                let message = "A severity is 1 to 4 or low, moderate, high or critical, as in severity:>=3";
                return Err(error(message, range));
            }
        },
        Field::Status => match Status::named(value).or_else(|| found(&STATUSES, value)) {
            Some(status) => Node::Remark(Remark::Status(status)),
            None => return Err(wrong(field, "A status is", value, range)),
        },
        Field::Kind => match KINDS.iter().find(|(k, _)| k.word().eq_ignore_ascii_case(value)) {
            Some((kind, _)) => Node::Place(Place::Kind(*kind)),
            None => return Err(wrong(field, "A kind is", value, range)),
        },
        Field::Mark => match found(&MARKS, value) {
            Some(kind) => Node::Place(Place::Mark(kind)),
            None => return Err(wrong(field, "A mark is", value, range)),
        },
        Field::Has | Field::No => {
            let node = match found(&HAS, value) {
                Some(Had::Remark(has)) => Node::Remark(Remark::Has(has)),
                Some(Had::Heading) => Node::HasHeading,
                Some(Had::Mark) => Node::Place(Place::AnyMark),
                None => {
                    let what =
                        if field == Field::Has { "A provision can have a" } else { "A provision can be without a" };
                    return Err(wrong(field, what, value, range));
                }
            };
            if field == Field::Has { node } else { Node::Not(Box::new(node)) }
        }
        Field::In => match found(&IN, value) {
            Some(Inside::Heading) => return Ok(None),
            Some(Inside::Note) => Node::InNote,
            Some(Inside::Commentary) => Node::InCommentary,
            Some(Inside::Kind(kind)) => Node::Place(Place::Within(kind)),
            None => return Err(wrong(field, "Words can be in a", value, range)),
        },
    }))
}

fn found<T: Copy>(table: &[(&str, T, &str)], value: &str) -> Option<T> {
    table.iter().find(|(word, ..)| word.eq_ignore_ascii_case(value)).map(|(_, means, _)| *means)
}

/// A value that the field does not know.
fn wrong(field: Field, what: &str, value: &str, range: Range<usize>) -> QueryError {
    let words: Vec<_> = field.values().into_iter().map(|(word, _)| word).collect();
    let meant = closest(value, words.iter().copied());
    let meant = meant.map_or_else(String::new, |meant| format!("; did you mean {meant}?"));
    error(format!("{what} {}{meant}", listed(&words, "or")), range)
}

/// `23`, `8 bis`, `28..30`, `V`, `23(2)(c)`.
fn unit(kind: ProvisionKind, value: &str, range: &Range<usize>) -> Result<Place, QueryError> {
    let word = kind.word();
    let an = if matches!(kind, ProvisionKind::Article | ProvisionKind::Annex) { "an" } else { "a" };
    if let Some((from, to)) = value.split_once("..") {
        let (from, to) = (Number::read(from), Number::read(to.trim_start_matches('.')));
        return match from.is_proper() && to.is_proper() && from.runs_to(&to) {
            true => Ok(Place::Unit { kind, from, to, points: Vec::new() }),
            false => Err(error(
                format!("A range of {word}s runs from a number to a higher one, as in {word}:28..30"),
                range.clone(),
            )),
        };
    }
    let has_points = matches!(kind, ProvisionKind::Article | ProvisionKind::Annex);
    let (number, points) = value.split_at(value.find('(').filter(|_| has_points).unwrap_or(value.len()));
    let number = Number::read(number);
    let points: Vec<_> = points.split(['(', ')']).map(folded_label).filter(|p| !p.is_empty()).collect();
    if !number.is_proper() {
        let message = format!("This is no number of {an} {word}, write {word}:23 or {word}:\"8 bis\"");
        return Err(error(message, range.clone()));
    }
    Ok(Place::Unit { kind, from: number.clone(), to: number, points })
}

/// `3`, `high`, `>=3`, `2..3`.
fn severity(value: &str) -> Option<(Severity, Severity)> {
    let (low, high) = (Severity::Low, Severity::Critical);
    let step = |word: &str, by: i8| {
        let severity = Severity::named(word)?;
        Severity::from_step(severity.step().checked_add_signed(by)?)
    };
    if let Some((from, to)) = value.split_once("..") {
        return Some((step(from, 0)?, step(to, 0)?)).filter(|(from, to)| from <= to);
    }
    if let Some(word) = value.strip_prefix(">=").or_else(|| value.strip_prefix('≥')) {
        return Some((step(word, 0)?, high));
    }
    if let Some(word) = value.strip_prefix("<=").or_else(|| value.strip_prefix('≤')) {
        return Some((low, step(word, 0)?));
    }
    if let Some(word) = value.strip_prefix('>') {
        return Some((step(word, 1)?, high));
    }
    if let Some(word) = value.strip_prefix('<') {
        return Some((low, step(word, -1)?));
    }
    let one = step(value.strip_prefix('=').unwrap_or(value), 0)?;
    Some((one, one))
}

fn listed(words: &[&str], and: &str) -> String {
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} {and} {last}", rest.join(", ")),
        _ => words.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn severities_are_compared() {
        use Severity::{Critical, High, Low, Moderate};
        assert_eq!(severity(">=3"), Some((High, Critical)));
        assert_eq!(severity(">moderate"), Some((High, Critical)));
        assert_eq!(severity("<3"), Some((Low, Moderate)));
        assert_eq!(severity("2..3"), Some((Moderate, High)));
        assert_eq!(severity("=high"), Some((High, High)));
        for wrong in ["5", ">4", "<1", "bad", "", ">", "3..2"] {
            assert_eq!(severity(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn every_fixed_value_can_be_read() {
        for row in FIELDS {
            for (value, says) in row.field.values() {
                assert!(read(row.field, value, 0..1).is_ok(), "{}:{value}", row.name);
                assert!(!says.is_empty() && !says.ends_with('.'), "{}:{value}", row.name);
            }
        }
    }
}
