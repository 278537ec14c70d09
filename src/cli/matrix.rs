//! `travaux matrix`.

use std::io::Write;

use serde::Serialize;
use serde_json::json;

use super::args::MatrixArguments;
use super::{Answer, finish, open, say};
use crate::model::{AnalystId, Project};
use crate::workspace::{
    Cell, Coverage, Curation, Grid, Head, HeadKey, Home, Matrix, MatrixLook, MatrixPage, Safeguards, Workspace,
    write_matrix,
};

/// Counts, and prints it or writes it to a file.
pub fn matrix(home: &Home, wish: MatrixArguments, out: &mut dyn Write) -> Answer {
    let workspace = open(home, &wish.project, false)?;
    let Some(project) = workspace.project() else { return finish(workspace) };
    let look = look(project, &wish)?;
    let named = wish.out.as_ref().and_then(|path| path.extension()).map(|e| e.to_string_lossy().to_lowercase());
    let format = wish.format.clone().or(named).unwrap_or_else(|| "csv".to_owned());
    let bytes = if format == "json" {
        json(&workspace, project, &look)?.into_bytes()
    } else {
        let Some(file) = workspace.matrix_file(&look) else { return finish(workspace) };
        file.bytes(&format)?
    };
    match &wish.out {
        Some(path) => write_matrix(path, &bytes)?,
        None if matches!(format.as_str(), "xlsx" | "png") => {
            return Err(format!("{format} is written to a file: say which with --out"));
        }
        None => say(out, String::from_utf8_lossy(&bytes).trim_end())?,
    }
    finish(workspace)
}

/// What is asked for.
fn look(project: &Project, wish: &MatrixArguments) -> Result<MatrixLook, String> {
    let draft = match &wish.draft {
        Some(word) => match project.draft_named(word) {
            Some(draft) => Some(draft.id),
            None => return Err(format!("no draft of the project is called \u{201c}{word}\u{201d}")),
        },
        None => None,
    };
    let analyst = match &wish.analyst {
        Some(name) => Some(analyst(project, name)?),
        None => None,
    };
    if wish.page == MatrixPage::Matrix && !wish.rows.fits(wish.columns) {
        return Err(format!("{} cannot stand against {}", wish.rows.word(), wish.columns.word()));
    }
    Ok(MatrixLook {
        page: wish.page,
        rows: wish.rows,
        columns: wish.columns,
        shade: wish.value,
        levels: wish.concerns,
        kinds: wish.kinds,
        beside: wish.together,
        draft,
        analyst,
        status: wish.status,
        without_empty: wish.without_empty,
        ..MatrixLook::default()
    })
}

fn analyst(project: &Project, name: &str) -> Result<AnalystId, String> {
    let wanted = name.trim().to_lowercase();
    let mut named = project.sets.values().filter(|s| s.analyst.name.to_lowercase() == wanted);
    match (named.next(), named.next()) {
        (Some(one), None) => Ok(one.analyst.id),
        (Some(_), Some(_)) => Err(format!("several analysts are called \u{201c}{name}\u{201d}")),
        (None, _) => Err(format!("no analyst of the project is called \u{201c}{name}\u{201d}")),
    }
}

#[derive(Serialize)]
struct HeadAnswer {
    /// `concern`, `provision`, `draft`, `analyst`, `status`, `severity`, or why there is none.
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tag: Option<String>,
    name: String,
    depth: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    worst: Option<&'static str>,
}

#[derive(Serialize)]
struct CellAnswer {
    row: usize,
    column: usize,
    count: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    worst: Option<&'static str>,
}

#[derive(Serialize)]
struct GridAnswer {
    page: &'static str,
    draft: Option<String>,
    /// What the counts are of: `remarks` or `provisions`.
    of: &'static str,
    rows: Vec<HeadAnswer>,
    columns: Vec<HeadAnswer>,
    /// Those that have something in them.
    cells: Vec<CellAnswer>,
    /// All of them, each once.
    count: usize,
}

#[derive(Serialize)]
struct StanceAnswer {
    row: usize,
    column: usize,
    state: &'static str,
    /// The provisions in which it stands.
    present: Vec<String>,
    present_says: Vec<String>,
    absent_says: Vec<String>,
    not_needed_says: Vec<String>,
    /// Remarks with that concern that say neither.
    remarks: usize,
}

#[derive(Serialize)]
struct SafeguardsAnswer {
    page: &'static str,
    draft: Option<String>,
    rows: Vec<HeadAnswer>,
    columns: Vec<HeadAnswer>,
    cells: Vec<StanceAnswer>,
}

#[derive(Serialize)]
struct ArticleAnswer<'a> {
    name: &'a str,
    chapter: Option<&'a str>,
    state: &'static str,
    clauses: usize,
    looked_at: usize,
    annotations: usize,
    waiting: usize,
    read_by: Vec<&'a str>,
}

#[derive(Serialize)]
struct ChapterAnswer<'a> {
    name: &'a str,
    articles: usize,
    looked_at: usize,
    partly: usize,
}

#[derive(Serialize)]
struct CoverageAnswer<'a> {
    page: &'static str,
    draft: Option<String>,
    chapters: Vec<ChapterAnswer<'a>>,
    articles: Vec<ArticleAnswer<'a>>,
}

fn json(workspace: &Workspace, project: &Project, look: &MatrixLook) -> Result<String, String> {
    let by_draft = look.needs_draft() || matches!(look.page, MatrixPage::Coverage | MatrixPage::Safeguards);
    let draft = if by_draft { workspace.matrix_draft(look) } else { look.draft.and_then(|d| project.draft(d)) };
    let draft = draft.map(|d| d.name().to_owned());
    let page = look.page.word();
    let text = match workspace.matrix_of(look) {
        Some(Matrix::Grid(grid)) => serde_json::to_string_pretty(&grid_answer(look, draft, &grid)),
        Some(Matrix::Safeguards(table)) => {
            serde_json::to_string_pretty(&safeguards_answer(workspace, project, page, draft, &table))
        }
        Some(Matrix::Coverage(coverage)) => {
            serde_json::to_string_pretty(&coverage_answer(project, page, draft, &coverage))
        }
        Some(Matrix::Curation(curation)) => serde_json::to_string_pretty(&curation_answer(workspace, look, &curation)),
        // The figures have a subcommand of their own.
        Some(Matrix::Agreement(_)) => return Err("how far analysts agree is told by travaux agreement".to_owned()),
        None => return Err("there is nothing to count".to_owned()),
    };
    text.map_err(|e| e.to_string())
}

fn head(head: &Head, counted: bool) -> HeadAnswer {
    let (kind, id) = match head.key {
        HeadKey::Concern(id) => ("concern", Some(id.to_string())),
        HeadKey::NoConcern => ("no concern", None),
        HeadKey::Provision(_) => ("provision", None),
        HeadKey::Outside => ("outside", None),
        HeadKey::Lost => ("lost", None),
        HeadKey::Draft(id) => ("draft", Some(id.to_string())),
        HeadKey::Elsewhere => ("elsewhere", None),
        HeadKey::Analyst(id) => ("analyst", Some(id.to_string())),
        HeadKey::Status(_) => ("status", None),
        HeadKey::Severity(_) => ("severity", None),
    };
    HeadAnswer {
        kind,
        id,
        tag: matches!(head.key, HeadKey::Concern(_)).then(|| head.short.clone()),
        name: head.name.clone(),
        depth: head.depth,
        count: counted.then_some(head.total.count),
        worst: head.total.worst.map(|s| s.word()),
    }
}

fn grid_answer(look: &MatrixLook, draft: Option<String>, grid: &Grid) -> GridAnswer {
    let heads = |heads: &[Head]| heads.iter().map(|h| head(h, true)).collect();
    let cells = grid.cells.iter().enumerate().flat_map(|(row, cells)| {
        cells.iter().map(move |(&column, &Cell { count, worst })| CellAnswer {
            row,
            column,
            count,
            worst: worst.map(|s| s.word()),
        })
    });
    let (rows, columns) = (heads(&grid.rows), heads(&grid.columns));
    let of = if look.counts_provisions() { "provisions" } else { "remarks" };
    GridAnswer { page: look.page.word(), draft, of, rows, columns, cells: cells.collect(), count: grid.total.count }
}

fn safeguards_answer(
    workspace: &Workspace,
    project: &Project,
    page: &'static str,
    draft: Option<String>,
    table: &Safeguards,
) -> SafeguardsAnswer {
    let who = |analysts: &mut dyn Iterator<Item = AnalystId>| -> Vec<String> {
        let mut names: Vec<String> =
            analysts.filter_map(|a| project.sets.get(&a)).map(|s| s.analyst.name.clone()).collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    let heads = |heads: &[Head]| heads.iter().map(|h| head(h, false)).collect();
    let cells = table.cells.iter().map(|(&(row, column), stance)| StanceAnswer {
        row,
        column,
        state: stance.state().word(),
        present: stance.present.iter().map(|(_, cited)| workspace.cited(cited)).collect(),
        present_says: who(&mut stance.present.iter().map(|(f, _)| f.analyst)),
        absent_says: who(&mut stance.absent.iter().map(|f| f.analyst)),
        not_needed_says: who(&mut stance.not_needed.iter().map(|f| f.analyst)),
        remarks: stance.remarks.len(),
    });
    SafeguardsAnswer {
        page,
        draft,
        rows: heads(&table.articles),
        columns: heads(&table.safeguards),
        cells: cells.collect(),
    }
}

fn curation_answer(workspace: &Workspace, look: &MatrixLook, curation: &Curation) -> serde_json::Value {
    let draft = workspace.matrix_draft(look);
    let name = |a: &AnalystId| workspace.analyst_name(*a).to_owned();
    let book = workspace.project().map(|p| &p.codebook);
    let rows: Vec<_> = curation
        .rows
        .iter()
        .map(|row| {
            let points = row.points.iter().map(|p| {
                json!({
                    "concern": p.concern.and_then(|c| Some(book?.get(c)?.name.clone())),
                    "together": p.accord.word(),
                    "differ_in": p.differs,
                    "flagged": p.said.iter().map(|s| json!({
                        "analyst": name(&s.analyst), "severity": s.severity.map(|s| s.word()),
                        "recommendations": s.actions.iter().map(|a| a.word()).collect::<Vec<_>>(),
                    })).collect::<Vec<_>>(),
                    "looked_and_did_not_flag": p.silent.iter().map(name).collect::<Vec<_>>(),
                })
            });
            json!({
                "provision": draft.map(|d| workspace.cited(&d.outline.citation(row.provision))),
                "concerns": points.collect::<Vec<_>>(),
                "agreed_set": row.team.len(),
            })
        })
        .collect();
    json!({ "page": look.page.word(), "draft": draft.map(|d| d.name().to_owned()), "provisions": rows })
}

fn coverage_answer<'a>(
    project: &'a Project,
    page: &'static str,
    draft: Option<String>,
    coverage: &'a Coverage,
) -> CoverageAnswer<'a> {
    let chapters = coverage.chapters.iter().map(|c| ChapterAnswer {
        name: &c.head.name,
        articles: c.articles,
        looked_at: c.whole,
        partly: c.partly,
    });
    let articles = coverage.rows.iter().map(|row| ArticleAnswer {
        name: &row.head.name,
        chapter: row.chapter.and_then(|c| coverage.chapters.get(c)).map(|c| c.head.name.as_str()),
        state: row.state().word(),
        clauses: row.clauses,
        looked_at: row.looked,
        annotations: row.remarks,
        waiting: row.waiting,
        read_by: row.read_by.iter().filter_map(|a| project.sets.get(a)).map(|s| s.analyst.name.as_str()).collect(),
    });
    CoverageAnswer { page, draft, chapters: chapters.collect(), articles: articles.collect() }
}
