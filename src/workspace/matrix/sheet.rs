//! What is looked at as a file: a table for spreadsheets, as Markdown, or a picture.

use std::collections::BTreeMap;
use std::path::Path;

use crate::export::picture::Picture;
use crate::export::{Table, shaded_workbook, write_file};

use super::super::Workspace;
use super::grid::{Cell, Grid, Head, HeadKey};
use super::look::{MatrixLook, MatrixPage, Shade};
use super::safeguards::SafeguardState;
use super::{Coverage, Matrix, Safeguards, Scope, picture, team_sheet};

/// The endings it can be written with, without the dot; coverage and curation are no pictures.
pub const MATRIX_ENDINGS: [&str; 5] = ["csv", "xlsx", "md", "svg", "png"];

/// A file that has not been written yet.
#[derive(Clone, Debug)]
pub struct MatrixFile {
    table: Table,
    /// Columns of words before those of numbers.
    labels: usize,
    shades: BTreeMap<(usize, usize), usize>,
    picture: Option<Picture>,
}

impl MatrixFile {
    /// Its bytes.
    ///
    /// # Errors
    /// One sentence, where the ending is none of [`MATRIX_ENDINGS`] or the file cannot be made.
    pub fn bytes(&self, ending: &str) -> Result<Vec<u8>, String> {
        let picture =
            || self.picture.as_ref().ok_or_else(|| "This page is written as a table, not as a picture".to_owned());
        match ending.to_lowercase().as_str() {
            "csv" => self.table.csv().map_err(|e| e.to_string()),
            "xlsx" => shaded_workbook(&self.table, self.labels, &self.shades).map_err(|e| e.to_string()),
            "md" => Ok(self.table.markdown().into_bytes()),
            "svg" => Ok(picture()?.svg().into_bytes()),
            "png" => picture()?.png().map_err(|e| e.to_string()),
            _ => {
                let known = MATRIX_ENDINGS.map(|e| format!(".{e}")).join(", ");
                Err(format!("A matrix is written to a file that ends in one of {known}"))
            }
        }
    }

    /// Writes it; the ending of the path says how. Its bytes may as well be written by [`write_matrix`].
    ///
    /// # Errors
    /// One sentence with the path.
    pub fn write(&self, path: &Path) -> Result<(), String> {
        let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        let bytes = self.bytes(&ending).map_err(|e| format!("{e}: {}", path.display()))?;
        write_matrix(path, &bytes)
    }
}

/// Puts bytes of a matrix in a file, in one step.
///
/// # Errors
/// One sentence with the path.
pub fn write_matrix(path: &Path, bytes: &[u8]) -> Result<(), String> {
    write_file(path, bytes).map_err(|e| e.to_string())
}

impl Workspace {
    /// What a look shows, as a file.
    pub fn matrix_file(&self, look: &MatrixLook) -> Option<MatrixFile> {
        let scope = Scope::new(self.project()?, look, &self.view.hidden, self.view.current);
        let matrix = scope.matrix();
        let (table, labels, shades) = match &matrix {
            Matrix::Grid(grid) => grid_table(&scope, grid),
            Matrix::Safeguards(table) => safeguards_table(&scope, table),
            Matrix::Coverage(coverage) => coverage_table(&scope, coverage),
            Matrix::Curation(curation) => team_sheet::curation(&scope, curation),
            Matrix::Agreement(agreeing) => team_sheet::agreement(&scope, agreeing),
        };
        let picture = picture::of(&scope, &matrix);
        Some(MatrixFile { table, labels, shades, picture })
    }
}

/// What is shown, in a line: `Concerns by articles, Rev.1`.
pub(super) fn title(scope: &Scope<'_>) -> String {
    let look = scope.look;
    let what = match look.page {
        MatrixPage::Matrix => format!("{} by {}", look.rows.name(), look.columns.name().to_lowercase()),
        MatrixPage::Together => "Concerns that come together".to_owned(),
        MatrixPage::Coverage => "What has been looked at".to_owned(),
        MatrixPage::Safeguards => "Expected safeguards".to_owned(),
        MatrixPage::TimeLine => "Remarks over the drafts".to_owned(),
        MatrixPage::Curation => "What analysts say of each provision".to_owned(),
        MatrixPage::Agreement => "How far analysts agree".to_owned(),
    };
    let draft = if look.needs_draft() { scope.draft } else { look.draft.and_then(|d| scope.project.draft(d)) };
    match draft.filter(|_| look.page != MatrixPage::TimeLine) {
        Some(draft) => format!("{what}, {}", draft.name()),
        None => what,
    }
}

/// What is counted, in a line.
pub(super) fn about(scope: &Scope<'_>) -> String {
    let look = scope.look;
    let mut parts = Vec::new();
    match look.page {
        MatrixPage::Coverage | MatrixPage::Safeguards => {}
        MatrixPage::Curation => return format!("By {}", look.unit.word()),
        MatrixPage::Agreement => return format!("One question for every {}", look.unit.word()),
        MatrixPage::Together => parts.push(format!("{}, {}", look.said(), look.beside.name().to_lowercase())),
        _ => parts.push(look.said().to_owned()),
    }
    if !matches!(look.page, MatrixPage::Coverage | MatrixPage::Safeguards) {
        parts.push(look.kinds.name().to_lowercase());
    }
    parts.extend(look.analyst.and_then(|a| scope.project.sets.get(&a)).map(|s| format!("of {}", s.analyst.name)));
    parts.extend(look.status.map(|s| format!("status {}", s.word())));
    let line = parts.join("; ");
    let mut chars = line.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

pub(super) type Sheet = (Table, usize, BTreeMap<(usize, usize), usize>);

/// A cell in words: a number, or how bad the worst is.
fn said(cell: Cell, shade: Shade) -> String {
    match (cell.count, shade) {
        (0, _) => String::new(),
        (n, Shade::Count) => n.to_string(),
        (_, Shade::Severity) => cell.worst.map_or("unsaid", |s| s.word()).to_owned(),
    }
}

fn grid_table(scope: &Scope<'_>, grid: &Grid) -> Sheet {
    let shade = scope.look.shade;
    let tagged = grid.rows.iter().any(|h| matches!(h.key, HeadKey::Concern(_)));
    let labels = if tagged { 2 } else { 1 };
    let label = |head: &Head| -> Vec<String> {
        let name = format!("{}{}", "  ".repeat(head.depth), head.name);
        if tagged { vec![head.short.clone(), name] } else { vec![name] }
    };
    let mut header: Vec<String> = if tagged { vec!["tag".into()] } else { Vec::new() };
    let (rows_axis, _) = scope.look.axes();
    header.push(rows_axis.name().to_lowercase());
    header.extend(grid.columns.iter().map(|h| h.name.clone()));
    header.push("all".to_owned());
    let mut shades = BTreeMap::new();
    let mut rows: Vec<Vec<String>> = Vec::with_capacity(grid.rows.len() + 1);
    for (r, head) in grid.rows.iter().enumerate() {
        let mut row = label(head);
        for c in 0..grid.columns.len() {
            row.push(said(grid.cell(r, c), shade));
            let step = grid.step(r, c, shade);
            if step > 0 {
                shades.insert((r, labels + c), step);
            }
        }
        row.push(said(head.total, shade));
        rows.push(row);
    }
    let mut last = if tagged { vec![String::new()] } else { Vec::new() };
    last.push("All, each once".to_owned());
    last.extend(grid.columns.iter().map(|h| said(h.total, shade)));
    last.push(said(grid.total, shade));
    rows.push(last);
    (Table { title: title(scope), header, rows }, labels, shades)
}

fn safeguards_table(scope: &Scope<'_>, table: &Safeguards) -> Sheet {
    let mut header = vec!["provision".to_owned()];
    header.extend(table.safeguards.iter().map(|h| h.name.clone()));
    let mut shades = BTreeMap::new();
    let mut rows = Vec::with_capacity(table.articles.len());
    for (r, head) in table.articles.iter().enumerate() {
        let mut row = vec![head.name.clone()];
        for c in 0..table.safeguards.len() {
            let stance = table.stance(r, c).cloned().unwrap_or_default();
            let step = stance.state().step();
            if step > 0 {
                shades.insert((r, c + 1), step);
            }
            let mut words = stance.words();
            let who = |of: &[super::Focus]| -> Vec<String> {
                let names = of.iter().filter_map(|f| scope.project.sets.get(&f.analyst));
                let mut names: Vec<String> = names.map(|s| s.analyst.name.clone()).collect();
                names.dedup();
                names
            };
            let present: Vec<super::Focus> = stance.present.iter().map(|(focus, _)| *focus).collect();
            let says: Vec<String> = [("", who(&stance.absent)), ("", who(&stance.not_needed)), ("", who(&present))]
                .into_iter()
                .filter(|(_, names)| !names.is_empty())
                .map(|(_, names)| names.join(", "))
                .collect();
            if stance.state() == SafeguardState::Disputed {
                let parts = [
                    ("present", who(&present)),
                    ("absent", who(&stance.absent)),
                    ("not needed", who(&stance.not_needed)),
                ];
                let parts = parts.into_iter().filter(|(_, names)| !names.is_empty());
                let parts: Vec<String> = parts.map(|(word, names)| format!("{word} ({})", names.join(", "))).collect();
                words = format!("disputed: {}", parts.join(", "));
            } else if !says.is_empty() {
                words = format!("{words} ({})", says.join(", "));
            }
            row.push(words);
        }
        rows.push(row);
    }
    for standing in SafeguardState::ALL {
        let mut row = vec![format!("Articles: {}", standing.word())];
        row.extend((0..table.safeguards.len()).map(|c| table.count(c, standing).to_string()));
        rows.push(row);
    }
    (Table { title: title(scope), header, rows }, 1, shades)
}

fn coverage_table(scope: &Scope<'_>, coverage: &Coverage) -> Sheet {
    let names = ["provision", "chapter", "state", "clauses", "looked at", "annotations", "waiting", "read by"];
    let rows = coverage.rows.iter().map(|row| {
        let chapter = row.chapter.and_then(|c| coverage.chapters.get(c)).map_or("", |c| c.head.name.as_str());
        let by = row.read_by.iter().filter_map(|a| scope.project.sets.get(a)).map(|s| s.analyst.name.as_str());
        vec![
            row.head.name.clone(),
            chapter.to_owned(),
            row.state().word().to_owned(),
            row.clauses.to_string(),
            row.looked.to_string(),
            row.remarks.to_string(),
            row.waiting.to_string(),
            by.collect::<Vec<_>>().join(", "),
        ]
    });
    let table = Table { title: title(scope), header: names.map(str::to_owned).to_vec(), rows: rows.collect() };
    (table, 3, BTreeMap::new())
}
