//! `travaux carry`.

use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::args::CarryArguments;
use super::{Answer, counted, finish, open, say};
use crate::model::text::CodePoints;
use crate::model::{Outline, TextRange};
use crate::workspace::{BarePair, CarriedAs, CarryCommand, Choices, Command, Finding, Home, Way, Workspace, read_utf8};

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

/// Says where quotes stand, or carries the annotations of a project.
pub fn carry(home: &Home, wish: CarryArguments, out: &mut dyn Write) -> Answer {
    let CarryArguments { old, new, quotes: file, from, to, apply, json, reading } = wish;
    match (new, file, from, to) {
        (Some(new), Some(file), ..) => quotes(&old, &new, &file, json, reading.choices()?, out),
        (.., Some(from), Some(to)) => annotations(home, &old, [&from, &to], apply, json, out),
        _ => Err("say which two drafts, and what to carry".to_owned()),
    }
}

#[derive(Serialize)]
struct AnnotationAnswer {
    annotation: String,
    analyst: String,
    /// The draft it is carried from: a later one than asked for, where a person has put it there.
    from: String,
    old: String,
    new: Option<String>,
    verdict: &'static str,
    similarity: f32,
    moved: bool,
    renumbered: bool,
    why: String,
    doubts: Vec<String>,
    /// Code points of the text of the new draft; none where it has no place there.
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<usize>,
    exact: String,
    becomes: Option<String>,
    candidates: Vec<PlaceAnswer>,
    /// What it recommends under the new numbers, where they differ.
    recommendation: Vec<(String, String)>,
    /// What it recommends about that is no longer in the new draft.
    gone: Vec<String>,
    /// Whether a person has looked at it there; then it stays as it is.
    reviewed: bool,
}

/// Carries the annotations of a draft to another, or says where they would stand.
fn annotations(home: &Home, project: &Path, drafts: [&str; 2], apply: bool, json: bool, out: &mut dyn Write) -> Answer {
    let mut workspace = open(home, project, apply)?;
    let named = |word: &str| {
        let draft = workspace.project().and_then(|p| p.draft_named(word)).map(|d| d.id);
        draft.ok_or_else(|| format!("there is no draft \u{201c}{word}\u{201d} in this project"))
    };
    let way = Way { from: named(drafts[0])?, to: named(drafts[1])? };
    if way.from == way.to {
        return Err("--from and --to name one and the same draft".to_owned());
    }
    let found = workspace.found_carried(way).ok_or_else(|| "the drafts could not be compared".to_owned())?;
    let answers: Vec<AnnotationAnswer> = found.list.iter().map(|f| answer(&workspace, way, f)).collect();
    if apply {
        workspace.run(Command::Carry(CarryCommand::Carry(way)));
        workspace.settle();
    }
    if json {
        say(out, serde_json::to_string_pretty(&answers).map_err(|e| e.to_string())?)?;
        return finish(workspace);
    }
    for answer in &answers {
        let new = answer.new.as_deref().unwrap_or("-");
        let reviewed = if answer.reviewed { ", looked at already" } else { "" };
        let head = &answer.annotation;
        let line = format!(
            "{head}  {} -> {new}  {}  {:.2}  ({}{reviewed})",
            answer.old, answer.verdict, answer.similarity, answer.why
        );
        say(out, line)?;
        for doubt in &answer.doubts {
            say(out, format!("    doubt: {doubt}"))?;
        }
        for (was, is) in &answer.recommendation {
            say(out, format!("    recommends {was} -> {is}, as renumbered"))?;
        }
        for gone in &answer.gone {
            say(out, format!("    recommends about {gone}, which is no longer there"))?;
        }
    }
    let looked_at = answers.iter().filter(|a| a.reviewed).count();
    let said = if apply { "carried" } else { "would be carried; --apply does it" };
    let stay = if looked_at > 0 { format!(", {looked_at} looked at already stay") } else { String::new() };
    say(out, format!("{} {said}{stay}", counted(answers.len() - looked_at, "annotation")))?;
    finish(workspace)
}

fn answer(workspace: &Workspace, way: Way, finding: &Finding) -> AnnotationAnswer {
    let source = &finding.source;
    let project = workspace.project();
    let draft = |id| project.and_then(|p| p.draft(id));
    let text = draft(way.to).map_or("", |d| &*d.text);
    let points = CodePoints::new(text);
    let place = finding.place.as_ref().map(|a| a.range);
    let focus = source.focus;
    let annotation = project.and_then(|p| p.annotation(focus.analyst, focus.annotation));
    AnnotationAnswer {
        annotation: focus.annotation.to_string(),
        analyst: project.and_then(|p| p.sets.get(&focus.analyst)).map_or_else(String::new, |s| s.analyst.name.clone()),
        from: draft(source.from).map_or_else(String::new, |d| d.name().to_owned()),
        old: workspace.cited(&source.anchor.citation),
        new: finding.place.as_ref().map(|a| workspace.cited(&a.citation)),
        verdict: finding.verdict.word(),
        similarity: finding.carried.similarity,
        moved: finding.carried.moved,
        renumbered: finding.carried.renumbered,
        why: finding.why.clone(),
        doubts: finding.doubts.clone(),
        start: place.map(|r| points.of_byte(r.start)),
        end: place.map(|r| points.of_byte(r.end)),
        exact: source.anchor.quote.exact.clone(),
        becomes: finding.place.as_ref().map(|a| a.quote.exact.clone()),
        candidates: finding
            .candidates
            .iter()
            .map(|c| PlaceAnswer {
                start: points.of_byte(c.anchor.range.start),
                end: points.of_byte(c.anchor.range.end),
                exact: c.anchor.quote.exact.clone(),
                citation: workspace.cited(&c.anchor.citation),
                similarity: Some(c.similarity),
            })
            .collect(),
        recommendation: finding.renumbering.as_ref().map_or_else(Vec::new, |r| r.changes.clone()),
        gone: finding.renumbering.as_ref().map_or_else(Vec::new, |r| r.gone.clone()),
        reviewed: annotation.is_some_and(|a| a.is_reviewed_in(way.to)),
    }
}

/// Says where quotes from a draft stand in a later one; bare files, no project needed.
fn quotes(old: &Path, new: &Path, quotes: &Path, json: bool, choices: Choices, out: &mut dyn Write) -> Answer {
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
            verdict: CarriedAs::of(&carried).word(),
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
