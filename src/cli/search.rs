//! `travaux search`.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::args::{CountBy, KwicOrder};
use super::{Answer, counted, finish, open, say};
use crate::model::Project;
use crate::model::text::CodePoints;
use crate::search::{ContextOrder, Hit, QueryError, Results};
use crate::workspace::{Home, Workspace};

/// What is wanted.
pub struct Wish {
    /// The project's folder.
    pub project: PathBuf,
    /// The question.
    pub query: String,
    /// Print JSON.
    pub json: bool,
    /// The most places to print.
    pub limit: usize,
    /// Print counts instead of places.
    pub count_by: Option<CountBy>,
    /// Print each marked word in its context.
    pub kwic: Option<KwicOrder>,
}

/// Characters on either side of a word in its context.
const AROUND: usize = 40;

#[derive(Serialize)]
struct Line<'w> {
    draft: &'w str,
    citation: String,
    before: String,
    found: String,
    after: String,
    /// For people, in the project's style.
    #[serde(skip)]
    cited: String,
}

#[derive(Serialize)]
struct Found<'w> {
    draft: &'w str,
    citation: String,
    /// Code points of the draft's text, or of the commentary's.
    start: usize,
    end: usize,
    snippet: &'w str,
    score: f32,
    marks: Vec<(usize, usize)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    annotation: Option<String>,
    /// Who replied with the words of the snippet.
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_of: Option<&'w str>,
    /// The name of the commentary the words stand in.
    #[serde(skip_serializing_if = "Option::is_none")]
    commentary: Option<&'w str>,
    /// For people, in the project's style.
    #[serde(skip)]
    cited: String,
}

#[derive(Serialize)]
struct Counted {
    #[serde(skip_serializing_if = "Option::is_none")]
    draft: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tag: Option<String>,
    /// Of the article, or of the concern.
    name: String,
    /// Provisions, notes and paragraphs of commentaries.
    places: usize,
    /// Marked words and phrases in provisions and commentaries.
    marks: usize,
}

/// Prints where a question is answered, one entry a provision in the order of drafts and provisions; or how often.
pub fn search(home: &Home, wish: &Wish, out: &mut dyn Write, err: &mut dyn Write) -> Answer {
    let query = wish.query.as_str();
    if query.trim().is_empty() {
        return Err("the question is empty".to_owned());
    }
    let mut workspace = open(home, Path::new(&wish.project), false)?;
    // Counts are of all there is.
    workspace.search_now(query, if wish.count_by.is_some() { usize::MAX } else { wish.limit });
    if let Some(error) = &workspace.search().error {
        return Err(explained(query, error));
    }
    let (Some(project), Some(results)) = (workspace.project(), &workspace.search().results) else {
        return finish(workspace);
    };
    for notice in &results.notices {
        // What is found does not depend on who hears this.
        let _ = writeln!(err, "travaux: {}", notice.message);
    }
    match (wish.count_by, wish.kwic) {
        (Some(by), _) => print_counts(&counts(&workspace, project, results, by), wish.json, out)?,
        (None, Some(order)) => print_lines(&lines(&workspace, project, order), wish.json, out)?,
        (None, None) => print_places(&places(&workspace, project, results), results.total, wish.json, out)?,
    }
    finish(workspace)
}

/// A mistake in a question with its place marked.
fn explained(query: &str, error: &QueryError) -> String {
    let start = query.floor_char_boundary(error.range.start.min(query.len()));
    let end = query.ceil_char_boundary(error.range.end.clamp(start, query.len()));
    let width = |text: &str| text.chars().count();
    let pointer = format!("{}{}", " ".repeat(width(&query[..start])), "^".repeat(width(&query[start..end]).max(1)));
    format!("{}\n  {query}\n  {pointer}", error.message)
}

fn places<'w>(workspace: &Workspace, project: &'w Project, results: &'w Results) -> Vec<Found<'w>> {
    let mut found = Vec::new();
    let mut add = |name: &'w str, text: &str, commentary: Option<&'w str>, hits: &mut dyn Iterator<Item = &'w Hit>| {
        let points = CodePoints::new(text);
        for hit in hits {
            found.push(Found {
                draft: name,
                citation: hit.citation.to_string(),
                start: points.of_byte(hit.range.start),
                end: points.of_byte(hit.range.end),
                snippet: &hit.snippet.text,
                score: hit.score,
                marks: hit.marks.iter().map(|m| (points.of_byte(m.start), points.of_byte(m.end))).collect(),
                annotation: hit.annotation.map(|(_, id)| id.to_string()),
                reply_of: hit.reply_of.and_then(|who| Some(project.sets.get(&who)?.analyst.name.as_str())),
                commentary,
                cited: workspace.cited(&hit.citation),
            });
        }
    };
    for draft in &project.drafts {
        let here = |h: &&Hit| h.commentary.is_none() && h.draft == draft.id;
        add(draft.name(), &draft.text, None, &mut results.hits.iter().filter(here));
    }
    for (id, commentary) in &project.commentaries {
        let draft = project.draft(commentary.draft).map_or("", |d| d.name());
        let here = |h: &&Hit| h.commentary == Some(*id);
        add(draft, &commentary.text, Some(commentary.name()), &mut results.hits.iter().filter(here));
    }
    found
}

fn print_places(found: &[Found<'_>], total: usize, json: bool, out: &mut dyn Write) -> Answer {
    if json {
        return say(out, serde_json::to_string_pretty(found).map_err(|e| e.to_string())?);
    }
    for hit in found {
        let place = match (hit.commentary, &hit.annotation) {
            (Some(commentary), _) => format!("“{commentary}” (commentary)"),
            (None, Some(_)) if hit.reply_of.is_some() => format!("{} (reply)", hit.cited),
            (None, Some(_)) => format!("{} (note)", hit.cited),
            (None, None) => hit.cited.clone(),
        };
        say(out, format!("{}  {place}\n    {}", hit.draft, hit.snippet.replace('\n', " ")).trim_start())?;
    }
    say(out, counted(total, "place"))
}

fn lines<'w>(workspace: &Workspace, project: &'w Project, order: KwicOrder) -> Vec<Line<'w>> {
    let order = match order {
        KwicOrder::Place => ContextOrder::Place,
        KwicOrder::Before => ContextOrder::Before,
        KwicOrder::After => ContextOrder::After,
        KwicOrder::Found => ContextOrder::Found,
    };
    let line = |(hit, context): (&Hit, crate::search::Context)| Line {
        draft: project.draft(hit.draft).map_or("", |d| d.name()),
        citation: hit.citation.to_string(),
        before: context.before,
        found: context.found,
        after: context.after,
        cited: workspace.cited(&hit.citation),
    };
    workspace.lines_now(order, AROUND).into_iter().map(line).collect()
}

/// The words found stand below one another.
fn print_lines(lines: &[Line<'_>], json: bool, out: &mut dyn Write) -> Answer {
    if json {
        return say(out, serde_json::to_string_pretty(lines).map_err(|e| e.to_string())?);
    }
    let places: Vec<_> = lines.iter().map(|l| format!("{}  {}", l.draft, l.cited)).collect();
    let width = places.iter().map(|p| p.chars().count()).max().unwrap_or(0);
    for (line, place) in lines.iter().zip(places) {
        say(out, format!("{place:<width$}  {:>AROUND$}[{}]{}", line.before, line.found, line.after))?;
    }
    say(out, counted(lines.len(), "mark"))
}

/// How often, in an order that does not depend on how the hits are ordered. Commentaries count with their drafts, but not
/// by article.
fn counts(workspace: &Workspace, project: &Project, results: &Results, by: CountBy) -> Vec<Counted> {
    let mut rows = Vec::new();
    let mut add = |mut row: Counted, hits: &mut dyn Iterator<Item = &Hit>| {
        for hit in hits {
            row.places += 1;
            row.marks += hit.marks.len();
        }
        rows.push(row);
    };
    let blank = || Counted { draft: None, article: None, tag: None, name: String::new(), places: 0, marks: 0 };
    match by {
        CountBy::Draft => {
            for draft in &project.drafts {
                let here = |h: &&Hit| h.draft == draft.id;
                let row = Counted { draft: Some(draft.name().to_owned()), name: about(draft), ..blank() };
                add(row, &mut results.hits.iter().filter(here));
            }
        }
        CountBy::Article => {
            for draft in &project.drafts {
                let unit = |h: &Hit| h.provision.map(|p| draft.outline.unit(p));
                let here = |h: &&Hit| h.draft == draft.id && h.commentary.is_none();
                let mut units: Vec<_> = results.hits.iter().filter(here).map(unit).collect();
                units.sort_unstable();
                units.dedup();
                for at in units {
                    let citation = at.map(|i| workspace.cited(&draft.outline.citation(i)));
                    let heading = at.and_then(|i| draft.outline.get(i)?.heading.clone());
                    let row = Counted {
                        draft: Some(draft.name().to_owned()),
                        article: Some(citation.unwrap_or_default()),
                        name: heading.unwrap_or_default(),
                        ..blank()
                    };
                    add(row, &mut results.hits.iter().filter(here).filter(|h| unit(h) == at));
                }
            }
        }
        CountBy::Concern => {
            for (_, concern) in project.codebook.tree() {
                let tagged = |h: &&Hit| concerns_of(project, h).any(|c| project.codebook.is_within(c, concern.id));
                let row = Counted { tag: Some(concern.tag.clone()), name: concern.name.clone(), ..blank() };
                add(row, &mut results.hits.iter().filter(tagged));
            }
            let untagged = |h: &&Hit| concerns_of(project, h).next().is_none();
            let row = Counted { tag: Some(String::new()), name: "no concern".to_owned(), ..blank() };
            add(row, &mut results.hits.iter().filter(untagged));
        }
    }
    rows
}

fn about(draft: &crate::model::Draft) -> String {
    draft.details.date.map_or_else(String::new, |d| d.to_string())
}

/// The concerns of the note, or of the remarks that share a word with the provision's own words.
fn concerns_of<'p>(project: &'p Project, hit: &'p Hit) -> impl Iterator<Item = crate::model::ConcernId> + 'p {
    let draft = project.draft(hit.draft).filter(|_| hit.commentary.is_none());
    let own = hit.provision.and_then(|p| Some(draft?.outline.own_range(p)));
    let concerns = project.annotations().filter(move |(analyst, annotation)| match hit.annotation {
        Some(key) => key == (*analyst, annotation.id),
        None => draft.and_then(|d| annotation.anchor_in(d.id)).is_some_and(|anchor| {
            own.into_iter().chain([hit.range]).any(|r| r.overlaps(anchor.range) || r.covers(anchor.range))
        }),
    });
    concerns.flat_map(|(_, annotation)| annotation.concerns.iter().copied())
}

fn print_counts(rows: &[Counted], json: bool, out: &mut dyn Write) -> Answer {
    if json {
        return say(out, serde_json::to_string_pretty(rows).map_err(|e| e.to_string())?);
    }
    for row in rows {
        let names = [&row.draft, &row.article, &row.tag].into_iter().flatten().chain([&row.name]);
        let name = names.filter(|n| !n.is_empty()).map(String::as_str).collect::<Vec<_>>().join("  ");
        say(out, format!("{:>6} {:>6}  {name}", row.places, row.marks))?;
    }
    say(out, "places, marks")
}
