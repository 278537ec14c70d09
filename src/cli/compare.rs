//! `travaux compare OLD NEW`: bare files, no project needed.

use std::io::Write;
use std::path::PathBuf;

use serde::Serialize;

use super::{Answer, say};
use crate::model::text::CodePoints;
use crate::model::{Outline, ProvisionIndex, TextRange};
use crate::workspace::{BarePair, Choices, ComparedRow, ConcordanceRow, Stroke};

/// What is asked for.
pub struct Wish {
    pub old: PathBuf,
    pub new: PathBuf,
    pub json: bool,
    pub html: Option<PathBuf>,
    pub table: Option<PathBuf>,
    pub choices: Choices,
}

#[derive(Serialize)]
struct Answered {
    /// The table old provision to new.
    concordance: Vec<RowAnswer>,
    /// The drafts side by side.
    clauses: Vec<ClauseAnswer>,
}

#[derive(Serialize)]
struct RowAnswer {
    old: Option<PlaceAnswer>,
    new: Vec<PlaceAnswer>,
    /// `unchanged`, `new`, `deleted`, or what became of it: `moved, renumbered, edited`.
    change: String,
    similarity: f32,
}

/// Positions in code points of what `travaux text FILE` prints.
#[derive(Serialize)]
struct PlaceAnswer {
    citation: String,
    kind: &'static str,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct ClauseAnswer {
    change: &'static str,
    edited: bool,
    old: Option<SpanAnswer>,
    new: Option<SpanAnswer>,
    /// Square brackets that are gone, and that are new.
    brackets_lifted: u32,
    brackets_added: u32,
    agreed: bool,
    redline: Vec<RunAnswer>,
}

#[derive(Serialize)]
struct SpanAnswer {
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct RunAnswer {
    /// `kept`, `struck` or `put in`.
    stroke: &'static str,
    text: String,
}

/// Says what became of a draft in a later one.
pub fn compare(wish: &Wish, out: &mut dyn Write) -> Answer {
    let pair = BarePair::read(&wish.old, &wish.new, wish.choices.clone())?;
    if let Some(path) = &wish.html {
        pair.write_redline(path)?;
    }
    if let Some(path) = &wish.table {
        pair.write_concordance(path)?;
    }
    if wish.json {
        return say(out, serde_json::to_string_pretty(&answered(&pair)).map_err(|e| e.to_string())?);
    }
    if wish.html.is_some() || wish.table.is_some() {
        return Ok(());
    }
    for row in &pair.concordance().rows {
        say(out, line(&pair, row))?;
    }
    Ok(())
}

fn line(pair: &BarePair, row: &ConcordanceRow) -> String {
    let cited = |outline: &Outline, i: ProvisionIndex| outline.citation(i).long();
    let old = row.old.map_or_else(|| "-".to_owned(), |p| cited(pair.old_outline(), p));
    let new: Vec<String> = row.new.iter().map(|q| cited(pair.new_outline(), *q)).collect();
    let new = if new.is_empty() { "-".to_owned() } else { new.join(" + ") };
    let alike = match row.verdict() {
        Some(_) if !row.new.is_empty() => format!("  {:.0} %", f64::from(row.similarity) * 100.0),
        _ => String::new(),
    };
    format!("{old} -> {new}  {}{alike}", row.words())
}

fn answered(pair: &BarePair) -> Answered {
    let (old_points, new_points) = (CodePoints::new(pair.old_text()), CodePoints::new(pair.new_text()));
    let place = |outline: &Outline, points: &CodePoints<'_>, i: ProvisionIndex| {
        let provision = outline.get(i)?;
        let span = span(points, provision.range);
        let (citation, kind) = (outline.citation(i).to_string(), provision.kind.word());
        Some(PlaceAnswer { citation, kind, start: span.start, end: span.end })
    };
    let row = |row: &ConcordanceRow| RowAnswer {
        old: row.old.and_then(|p| place(pair.old_outline(), &old_points, p)),
        new: row.new.iter().filter_map(|q| place(pair.new_outline(), &new_points, *q)).collect(),
        change: row.words(),
        similarity: row.similarity,
    };
    let clause = |row: &ComparedRow| ClauseAnswer {
        change: row.change.word(),
        edited: row.edited,
        old: row.old.map(|r| span(&old_points, r)),
        new: row.new.map(|r| span(&new_points, r)),
        brackets_lifted: row.brackets.0,
        brackets_added: row.brackets.1,
        agreed: row.agreed,
        redline: row
            .runs
            .iter()
            .filter(|_| row.edited)
            .map(|run| {
                let (stroke, text) = match run.stroke {
                    Stroke::Kept => ("kept", run.new.of(pair.new_text())),
                    Stroke::Struck => ("struck", run.old.of(pair.old_text())),
                    Stroke::PutIn => ("put in", run.new.of(pair.new_text())),
                };
                RunAnswer { stroke, text: text.unwrap_or_default().to_owned() }
            })
            .collect(),
    };
    Answered {
        concordance: pair.concordance().rows.iter().map(row).collect(),
        clauses: pair.comparison().rows.iter().map(clause).collect(),
    }
}

fn span(points: &CodePoints<'_>, range: TextRange) -> SpanAnswer {
    SpanAnswer { start: points.of_byte(range.start), end: points.of_byte(range.end) }
}
