//! `travaux carry`.

use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Answer, say};
use crate::model::text::CodePoints;
use crate::model::{Outline, TextRange, Verdict};
use crate::workspace::{BarePair, Carried, CarryFate, Choices, read_utf8};

/// A quote from the old draft. Positions are code points of what `travaux text OLD` prints.
#[derive(Deserialize)]
struct Quote {
    id: Id,
    start: usize,
    end: usize,
    #[serde(default)]
    exact: Option<String>,
}

/// What tells quotes apart: given back as it came.
#[derive(Clone, Deserialize, Serialize)]
#[serde(untagged)]
enum Id {
    Number(u64),
    Text(String),
}

#[derive(Serialize)]
struct Answered {
    id: Id,
    verdict: &'static str,
    similarity: f32,
    moved: bool,
    renumbered: bool,
    places: Vec<PlaceAnswer>,
    candidates: Vec<PlaceAnswer>,
}

/// Positions in code points of what `travaux text NEW` prints.
#[derive(Serialize)]
struct PlaceAnswer {
    start: usize,
    end: usize,
    exact: String,
    citation: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    similarity: Option<f32>,
}

/// Says where quotes from a draft stand in a later one; bare files, no project needed.
pub fn quotes(old: &Path, new: &Path, quotes: &Path, json: bool, choices: Choices, out: &mut dyn Write) -> Answer {
    let list: Vec<Quote> = serde_json::from_str(&read_utf8(quotes)?)
        .map_err(|e| format!("this is not a list of quotes, for {e}: {}", quotes.display()))?;
    let pair = BarePair::read(old, new, choices)?;
    let (old_text, new_text) = (pair.old_text(), pair.new_text());
    let (old_points, new_points) = (CodePoints::new(old_text), CodePoints::new(new_text));
    let place = |range: TextRange, similarity: Option<f32>| PlaceAnswer {
        start: new_points.of_byte(range.start),
        end: new_points.of_byte(range.end),
        exact: range.of(new_text).unwrap_or_default().to_owned(),
        citation: cited(pair.new_outline(), range),
        similarity,
    };
    let mut ranges = Vec::with_capacity(list.len());
    for quote in &list {
        let range = range_of(quote, &old_points, old_text);
        ranges.push(range.ok_or_else(|| {
            format!("the quote {} does not stand where it says: {}", quote.id.name(), quotes.display())
        })?);
    }
    let carried = pair.carry(ranges);
    let answers: Vec<Answered> = list
        .into_iter()
        .zip(carried)
        .map(|(quote, carried)| Answered {
            id: quote.id,
            verdict: verdict(&carried),
            similarity: carried.similarity,
            moved: carried.moved,
            renumbered: carried.renumbered,
            places: carried.places.iter().map(|r| place(*r, None)).collect(),
            candidates: carried.candidates.iter().map(|(r, s)| place(*r, Some(*s))).collect(),
        })
        .collect();
    if json {
        return say(out, serde_json::to_string_pretty(&answers).map_err(|e| e.to_string())?);
    }
    for answer in &answers {
        let places: Vec<&str> = answer.places.iter().map(|p| p.citation.as_str()).collect();
        let line = format!("{}  {}  {:.2}  {}", answer.id.name(), answer.verdict, answer.similarity, places.join(", "));
        say(out, line.trim_end())?;
    }
    Ok(())
}

impl Id {
    fn name(&self) -> String {
        match self {
            Self::Number(n) => n.to_string(),
            Self::Text(text) => text.clone(),
        }
    }
}

/// The bytes of a quote; none where it lies outside of the text, or other words stand there.
fn range_of(quote: &Quote, points: &CodePoints<'_>, text: &str) -> Option<TextRange> {
    let range = TextRange { start: points.to_byte(quote.start), end: points.to_byte(quote.end) };
    let stands = quote.start <= quote.end && points.of_byte(range.end) == quote.end;
    let says = quote.exact.as_deref().is_none_or(|exact| range.of(text) == Some(exact));
    (stands && says).then_some(range)
}

/// The provision that a place is, or stands in.
fn cited(outline: &Outline, range: TextRange) -> String {
    outline.covering(range).map(|i| outline.citation(i).to_string()).unwrap_or_default()
}

fn verdict(carried: &Carried) -> &'static str {
    match (carried.fate, carried.verdict) {
        (CarryFate::Lost, _) | (_, None) => "lost",
        (CarryFate::Deleted, _) => "deleted",
        (CarryFate::Found, Some(verdict)) => match verdict {
            Verdict::Unchanged => "unchanged",
            Verdict::Renumbered => "renumbered",
            Verdict::Moved => "moved",
            Verdict::Edited { .. } => "edited",
            Verdict::Split => "split",
            Verdict::Merged => "merged",
            Verdict::Deleted => "deleted",
        },
    }
}
