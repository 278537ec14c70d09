//! `travaux search`.

use std::io::Write;
use std::path::Path;

use serde::Serialize;

use super::{Answer, counted, finish, open, say};
use crate::model::text::CodePoints;
use crate::workspace::Home;

#[derive(Serialize)]
struct Found<'w> {
    draft: &'w str,
    citation: String,
    /// Code points of the draft's text.
    start: usize,
    end: usize,
    snippet: &'w str,
    score: f32,
    marks: Vec<(usize, usize)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    annotation: Option<String>,
    /// For people, in the project's style.
    #[serde(skip)]
    cited: String,
}

/// Prints where a question is answered: one entry a provision, in the order of drafts and provisions.
pub fn search(
    home: &Home,
    folder: &Path,
    query: &str,
    json: bool,
    limit: usize,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Answer {
    if query.trim().is_empty() {
        return Err("the question is empty".to_owned());
    }
    let mut workspace = open(home, folder, false)?;
    workspace.search_now(query, limit);
    if let Some(error) = &workspace.search().error {
        let pointer = format!("{}{}", " ".repeat(query[..error.range.start.min(query.len())].chars().count()), "^");
        return Err(format!("{}\n  {query}\n  {pointer}", error.message));
    }
    let (Some(project), Some(results)) = (workspace.project(), &workspace.search().results) else {
        return finish(workspace);
    };
    for notice in &results.notices {
        // What is found does not depend on who hears this.
        let _ = writeln!(err, "travaux: {}", notice.message);
    }
    let mut found = Vec::new();
    for draft in &project.drafts {
        let points = CodePoints::new(&draft.text);
        for hit in results.hits.iter().filter(|h| h.draft == draft.id) {
            found.push(Found {
                draft: draft.name(),
                citation: hit.citation.to_string(),
                start: points.of_byte(hit.range.start),
                end: points.of_byte(hit.range.end),
                snippet: &hit.snippet.text,
                score: hit.score,
                marks: hit.marks.iter().map(|m| (points.of_byte(m.start), points.of_byte(m.end))).collect(),
                annotation: hit.annotation.map(|(_, id)| id.to_string()),
                cited: workspace.cited(&hit.citation),
            });
        }
    }
    if json {
        say(out, serde_json::to_string_pretty(&found).map_err(|e| e.to_string())?)?;
    } else {
        for hit in &found {
            let kind = if hit.annotation.is_some() { " (note)" } else { "" };
            say(out, format!("{}  {}{kind}\n    {}", hit.draft, hit.cited, hit.snippet.replace('\n', " ")))?;
        }
        say(out, counted(results.total, "place"))?;
    }
    drop(found);
    finish(workspace)
}
