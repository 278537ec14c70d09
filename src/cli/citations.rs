//! `travaux citations`.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{Answer, finish, open, say};
use crate::model::Outline;
use crate::model::text::CodePoints;
use crate::workspace::{About, Choices, Cited, Home, Reference, Resolution, citations as citations_in, read_draft};

#[derive(Serialize)]
struct Answered {
    /// Code points of what `travaux text FILE` prints.
    start: usize,
    end: usize,
    text: String,
    citations: Vec<String>,
    instrument: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resolved: Option<Vec<Resolved>>,
}

#[derive(Serialize)]
struct Resolved {
    citation: String,
    /// `exact`, `only`, `several` or `missing`.
    meaning: &'static str,
    /// The provisions meant; of one that is missing the nearest above it.
    places: Vec<PlaceIn>,
}

#[derive(Serialize)]
struct PlaceIn {
    citation: String,
    /// Code points of the draft's text.
    start: usize,
    end: usize,
}

/// Prints the citations in a file, with what each means in a draft where one is named.
pub fn citations(
    home: &Home,
    file: &Path,
    draft: Option<(PathBuf, String)>,
    choices: Choices,
    json: bool,
    out: &mut dyn Write,
) -> Answer {
    let read = read_draft(file, choices)?;
    let text = &read.imported.text;
    let mut workspace = None;
    let found = match &draft {
        Some((folder, name)) => {
            let opened = workspace.insert(open(home, folder, false)?);
            let project = opened.project().ok_or_else(|| format!("no project is open: {}", folder.display()))?;
            let draft = project
                .draft_named(name)
                .ok_or_else(|| format!("no draft of the project is called {name:?}: {}", folder.display()))?;
            let names = opened.names_of(draft);
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            citations_in(text, About::Draft(&draft.outline), &names)
        }
        None => citations_in(text, About::Itself(&read.reading.outline), &[]),
    };
    let target = match (&draft, &workspace) {
        (Some((_, name)), Some(w)) => w.project().and_then(|p| p.draft_named(name)).map(|d| (&d.outline, &d.text)),
        _ => None,
    };
    let points = CodePoints::new(text);
    let places = target.map(|(outline, text)| (outline, CodePoints::new(text)));
    let answers: Vec<Answered> = found
        .iter()
        .map(|r| Answered {
            start: points.of_byte(r.range.start),
            end: points.of_byte(r.range.end),
            text: r.range.of(text).unwrap_or_default().to_owned(),
            citations: r.cited.iter().filter_map(|c| c.printed()).collect(),
            instrument: r.instrument.clone(),
            resolved: places.as_ref().map(|(outline, points)| resolved(r, outline, points)),
        })
        .collect();
    if json {
        say(out, serde_json::to_string_pretty(&answers).map_err(|e| e.to_string())?)?;
    } else {
        for a in &answers {
            let text = a.text.split_whitespace().collect::<Vec<_>>().join(" ");
            let whose = a.instrument.as_ref().map_or_else(String::new, |i| format!("  ({i})"));
            let meant = match &a.resolved {
                Some(all) => all.iter().map(Resolved::in_words).collect::<Vec<_>>().join("; "),
                None => a.citations.join("; "),
            };
            say(out, format!("{text}{whose}  {meant}").trim_end())?;
        }
    }
    workspace.map_or(Ok(()), finish)
}

fn resolved(reference: &Reference, outline: &Outline, points: &CodePoints<'_>) -> Vec<Resolved> {
    let one = |cited: &Cited| {
        let meaning = match &cited.meaning {
            Resolution::Exact(_) => "exact",
            Resolution::Only(_) => "only",
            Resolution::Several(_) => "several",
            Resolution::Missing(_) => "missing",
        };
        let places = cited.meaning.places().into_iter().filter_map(|i| {
            let range = outline.get(i)?.range;
            let citation = outline.citation(i).to_string();
            Some(PlaceIn { citation, start: points.of_byte(range.start), end: points.of_byte(range.end) })
        });
        Resolved { citation: cited.printed().unwrap_or_default(), meaning, places: places.collect() }
    };
    reference.cited.iter().map(one).collect()
}

impl Resolved {
    fn in_words(&self) -> String {
        let places = || self.places.iter().map(|p| p.citation.as_str()).collect::<Vec<_>>().join(" or ");
        match self.meaning {
            "exact" => self.citation.clone(),
            "only" | "several" => format!("{} (read as {})", self.citation, places()),
            _ => format!("{} (not in this draft)", self.citation),
        }
    }
}
