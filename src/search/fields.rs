//! The fields of a query, `article:23`, and what their values mean.

use std::ops::Range;

use super::parse::error;
use super::query::{ArticleNumber, Has, Named, Node, Place, QueryError, Remark};
use crate::model::{ProvisionKind, Severity};

/// A field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Article,
    Draft,
    Concern,
    Analyst,
    Severity,
    Kind,
    Has,
    In,
}

/// The name of each field and an example of its use.
const FIELDS: [(Field, &str, &str); 8] = [
    (Field::Article, "article", "article:23"),
    (Field::Draft, "draft", "draft:Rev.1"),
    (Field::Concern, "concern", "concern:surveillance"),
    (Field::Analyst, "analyst", "analyst:Amara"),
    (Field::Severity, "severity", "severity:>=3"),
    (Field::Kind, "kind", "kind:paragraph"),
    (Field::Has, "has", "has:note"),
    (Field::In, "in", "in:heading"),
];

const HAS: [(Has, &str); 4] =
    [(Has::Note, "note"), (Has::Remark, "remark"), (Has::Absence, "absence"), (Has::Recommendation, "recommendation")];

const KINDS: [ProvisionKind; 13] = [
    ProvisionKind::Preamble,
    ProvisionKind::Recital,
    ProvisionKind::Part,
    ProvisionKind::Title,
    ProvisionKind::Chapter,
    ProvisionKind::Section,
    ProvisionKind::Article,
    ProvisionKind::Paragraph,
    ProvisionKind::Subparagraph,
    ProvisionKind::Item,
    ProvisionKind::Annex,
    ProvisionKind::Heading,
    ProvisionKind::Body,
];

impl Field {
    /// By its name, in any capitals.
    pub(super) fn named(name: &str) -> Option<Self> {
        FIELDS.iter().find(|(_, n, _)| n.eq_ignore_ascii_case(name)).map(|(field, ..)| *field)
    }
}

/// What to say of a field that does not exist.
pub(super) fn unknown(name: &str) -> String {
    let names: Vec<_> = FIELDS.iter().map(|(_, n, _)| *n).collect();
    format!("There is no field “{name}”, there are {}", listed(&names))
}

/// What to say of a field without a value.
pub(super) fn missing(field: Field) -> String {
    let example = FIELDS.iter().find(|(f, ..)| *f == field).map_or("", |(.., example)| example);
    format!("A value is missing, as in {example}")
}

/// The meaning of a value, without white space at its ends and not empty; nothing for `in:heading`, which changes the
/// words beside it.
pub(super) fn read(field: Field, value: &str, range: Range<usize>) -> Result<Option<Node>, QueryError> {
    let named = || Named { word: value.to_owned(), range: range.clone() };
    let wrong = |message: String| Err(error(message, range.clone()));
    Ok(Some(match field {
        Field::Article => Node::Place(article(value, &range)?),
        Field::Draft => Node::Place(Place::Draft(named())),
        Field::Concern => Node::Remark(Remark::Concern(named())),
        Field::Analyst => Node::Remark(Remark::Analyst(named())),
        Field::Severity => match severity(value) {
            Some((from, to)) => Node::Remark(Remark::Severity(from, to)),
            None => return wrong("A severity is 1 to 4 or low, moderate, high or critical, as in severity:>=3".into()),
        },
        Field::Kind => match KINDS.into_iter().find(|k| k.word().eq_ignore_ascii_case(value)) {
            Some(kind) => Node::Place(Place::Kind(kind)),
            None => return wrong(format!("A kind is {}", listed(&KINDS.map(ProvisionKind::word)))),
        },
        Field::Has => match HAS.into_iter().find(|(_, word)| word.eq_ignore_ascii_case(value)) {
            Some((has, _)) => Node::Remark(Remark::Has(has)),
            None => return wrong(format!("A provision can have a {}", listed(&HAS.map(|(_, word)| word)))),
        },
        Field::In if value.eq_ignore_ascii_case("note") => Node::InNote,
        Field::In if value.eq_ignore_ascii_case("heading") => return Ok(None),
        Field::In => return wrong("Words can be in a note or in a heading".into()),
    }))
}

/// `23`, `8 bis`, `28..30`, `23(2)(c)`.
fn article(value: &str, range: &Range<usize>) -> Result<Place, QueryError> {
    if let Some((from, to)) = value.split_once("..") {
        let (from, to) = (ArticleNumber::read(from), ArticleNumber::read(to.trim_start_matches('.')));
        let proper = from.is_numeric() && to.is_numeric() && from <= to && to != ArticleNumber::read("");
        return match proper && from != ArticleNumber::read("") {
            true => Ok(Place::Article { from, to, points: Vec::new() }),
            false => Err(error(
                "A range of articles runs from a number to a higher one, as in article:28..30",
                range.clone(),
            )),
        };
    }
    let (number, points) = value.split_at(value.find('(').unwrap_or(value.len()));
    let number = ArticleNumber::read(number);
    let points: Vec<_> = points.split(['(', ')']).map(folded_label).filter(|p| !p.is_empty()).collect();
    if number == ArticleNumber::read("") || !value.chars().any(char::is_alphanumeric) {
        return Err(error("This is no number of an article, write article:23 or article:\"8 bis\"", range.clone()));
    }
    Ok(Place::Article { from: number.clone(), to: number, points })
}

/// A label whatever its capitals and spaces.
pub(super) fn folded_label(label: &str) -> String {
    label.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
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

fn listed(words: &[&str]) -> String {
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
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
}
