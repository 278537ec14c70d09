//! Rows against columns: how many remarks stand in each cell, how bad the worst is, and totals that count each once.

use std::collections::BTreeMap;

use crate::model::{AnalystId, Annotation, ConcernId, DraftId, Placement, ProvisionIndex, Severity, Status};

use super::axes::Index;
use super::look::{Axis, MatrixPage, Shade};
use super::{Focus, Scope};

/// What a row or a column stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HeadKey {
    /// A concern.
    Concern(ConcernId),
    /// Remarks without a concern, or with one the codebook does not have.
    NoConcern,
    /// An article or another provision of the draft.
    Provision(ProvisionIndex),
    /// Words outside all of them.
    Outside,
    /// Remarks whose words were not found in the draft.
    Lost,
    /// A draft.
    Draft(DraftId),
    /// Drafts that are not in the project, or none at all.
    Elsewhere,
    /// An analyst.
    Analyst(AnalystId),
    /// A status.
    Status(Status),
    /// A severity, or none said.
    Severity(Option<Severity>),
}

/// A row or a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// What it stands for.
    pub key: HeadKey,
    /// A few characters that fit over a narrow column: `23`, `SS`.
    pub short: String,
    /// Its whole name.
    pub name: String,
    /// How many it stands below.
    pub depth: usize,
    /// All remarks in it, each once.
    pub total: Cell,
}

impl Head {
    /// Without anything counted yet.
    pub(super) fn new(key: HeadKey, short: impl Into<String>, name: impl Into<String>) -> Self {
        Self { key, short: short.into(), name: name.into(), depth: 0, total: Cell::default() }
    }
}

/// What stands in a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// How many.
    pub count: usize,
    /// The worst severity that was said.
    pub worst: Option<Severity>,
}

impl Cell {
    pub(super) fn add(&mut self, severity: Option<Severity>) {
        self.count += 1;
        self.worst = self.worst.max(severity);
    }
}

/// Rows against columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    /// Down the side.
    pub rows: Vec<Head>,
    /// Along the top.
    pub columns: Vec<Head>,
    /// For each row its cells by column, those without anything left out.
    pub cells: Vec<BTreeMap<usize, Cell>>,
    /// All remarks, each once.
    pub total: Cell,
    /// The most in any cell; where a concern meets itself does not count.
    pub most: usize,
    /// Rows and columns are the same.
    pub symmetric: bool,
    /// Rows and columns that have nothing in them, be they shown or left out.
    pub empty: (usize, usize),
}

impl Grid {
    /// What stands in a cell.
    pub fn cell(&self, row: usize, column: usize) -> Cell {
        self.cells.get(row).and_then(|cells| cells.get(&column)).copied().unwrap_or_default()
    }

    /// How dark a cell is, from 0 (nothing) to 5: so many remarks of the most there are in any cell, or how bad the worst
    /// is, from unsaid to critical. Where a concern meets itself it is not shaded.
    pub fn step(&self, row: usize, column: usize, shade: Shade) -> usize {
        let cell = self.cell(row, column);
        match shade {
            _ if cell.count == 0 || self.symmetric && row == column => 0,
            Shade::Severity => cell.worst.map_or(1, |s| usize::from(s.step()) + 1),
            Shade::Count if self.most <= STEPS => cell.count,
            Shade::Count => 1 + (cell.count - 1) * (STEPS - 1) / (self.most - 1),
        }
    }

    /// What the steps stand for, for a legend: `1`, `2\u{2013}4`; only those that there are.
    pub fn legend(&self, shade: Shade) -> Vec<(usize, String)> {
        if shade == Shade::Severity {
            let said = Severity::ALL.iter().map(|s| (usize::from(s.step()) + 1, format!("{} {}", s.step(), s.word())));
            return std::iter::once((1, "\u{b7} unsaid".to_owned())).chain(said).collect();
        }
        if self.most <= STEPS {
            return (1..=self.most).map(|n| (n, n.to_string())).collect();
        }
        // Step s begins at the least n with (n - 1) * 4 / (most - 1) = s - 1.
        let first = |step: usize| 1 + ((step - 1) * (self.most - 1)).div_ceil(STEPS - 1);
        let range = |step| match (first(step), if step == STEPS { self.most } else { first(step + 1) - 1 }) {
            (a, b) if a == b => a.to_string(),
            (a, b) => format!("{a}\u{2013}{b}"),
        };
        (1..=STEPS).map(|step| (step, range(step))).collect()
    }

    /// What stands in a cell in figures: how many, or how bad from 1 to 4 with a dot where nobody said; nothing where
    /// there is nothing.
    pub fn figure(&self, row: usize, column: usize, shade: Shade) -> String {
        figure(self.cell(row, column), shade)
    }

    /// Counts in one pass.
    pub(super) fn of(scope: &Scope<'_>) -> Self {
        let (rows, columns) = indices(scope);
        let mut grid = Self::with(rows.heads.clone(), columns.heads.clone());
        visit(scope, (&rows, &columns), |_, a, rows, columns| grid.add(rows, columns, |_| a.severity));
        grid.finished(scope)
    }

    /// The remarks of the cell of a row and a column.
    pub(super) fn members(scope: &Scope<'_>, keys: (HeadKey, HeadKey)) -> Vec<Focus> {
        let (rows, columns) = indices(scope);
        let at = |index: &Index, key| index.heads.iter().position(|h| h.key == key);
        let (Some(row), Some(column)) = (at(&rows, keys.0), at(&columns, keys.1)) else { return Vec::new() };
        let mut members = Vec::new();
        visit(scope, (&rows, &columns), |focus, _, rows, columns| {
            if rows.contains(&row) && columns.contains(&column) {
                members.push(focus);
            }
        });
        members
    }

    pub(super) fn with(rows: Vec<Head>, columns: Vec<Head>) -> Self {
        let cells = vec![BTreeMap::new(); rows.len()];
        Self { rows, columns, cells, ..Self::default() }
    }

    /// Counts one thing in all the cells where its rows and columns meet. `said` is how bad it is as far as a row or a
    /// column goes; where two meet, the worse of theirs.
    pub(super) fn add(&mut self, rows: &[usize], columns: &[usize], said: impl Fn(usize) -> Option<Severity>) {
        if rows.is_empty() || columns.is_empty() {
            return;
        }
        self.total.add(rows.iter().chain(columns).filter_map(|&head| said(head)).max());
        for &row in rows {
            if let (Some(head), Some(cells)) = (self.rows.get_mut(row), self.cells.get_mut(row)) {
                head.total.add(said(row));
                for &column in columns {
                    let cell = cells.entry(column).or_default();
                    cell.add(said(row).max(said(column)));
                    if !self.symmetric || row != column {
                        self.most = self.most.max(cell.count);
                    }
                }
            }
        }
        for &column in columns {
            if let Some(head) = self.columns.get_mut(column) {
                head.total.add(said(column));
            }
        }
    }

    /// Leaves out what is there only if something is in it, and all that is empty where that is asked for.
    pub(super) fn finished(mut self, scope: &Scope<'_>) -> Self {
        let outline = scope.draft.map(|d| &d.outline);
        // A chapter's own heading is no column until somebody remarks on it; nor is what was retired.
        let wanted = |head: &Head| match head.key {
            HeadKey::NoConcern | HeadKey::Outside | HeadKey::Lost | HeadKey::Elsewhere | HeadKey::Severity(None) => {
                false
            }
            HeadKey::Concern(id) => scope.project.codebook.get(id).is_some_and(|c| !c.retired),
            HeadKey::Provision(p) => outline.is_some_and(|o| super::axes::is_expected(o, p)),
            _ => true,
        };
        let kept = |heads: &[Head], by_chapter: bool| -> (Vec<usize>, usize) {
            let filled = |h: &Head| h.total.count > 0;
            let chapter = |h: &Head| by_chapter && matches!(h.key, HeadKey::Provision(_));
            let due: Vec<usize> = (0..heads.len())
                .filter(|&at| filled(&heads[at]) || wanted(&heads[at]) || chapter(&heads[at]))
                .collect();
            let empty = due.iter().filter(|&&at| !filled(&heads[at])).count();
            // A time line without a draft would not be one.
            let all = !scope.look.without_empty || scope.look.page == MatrixPage::TimeLine;
            let shown = due.into_iter().filter(|&at| all || filled(&heads[at]));
            (shown.collect(), empty)
        };
        let axes = scope.look.axes();
        let (rows, empty_rows) = kept(&self.rows, axes.0 == Axis::Chapter);
        let (columns, empty_columns) = kept(&self.columns, axes.1 == Axis::Chapter);
        self.empty = (empty_rows, empty_columns);
        let place: BTreeMap<usize, usize> = columns.iter().enumerate().map(|(now, was)| (*was, now)).collect();
        self.cells = rows
            .iter()
            .map(|&row| {
                let cells = self.cells.get(row).into_iter().flatten();
                cells.filter_map(|(was, cell)| Some((*place.get(was)?, *cell))).collect()
            })
            .collect();
        self.rows = rows.iter().filter_map(|&at| self.rows.get(at).cloned()).collect();
        self.columns = columns.iter().filter_map(|&at| self.columns.get(at).cloned()).collect();
        self
    }
}

/// The steps of a shade above nothing.
pub const STEPS: usize = 5;

/// A cell in figures.
pub fn figure(cell: Cell, shade: Shade) -> String {
    match (cell.count, shade, cell.worst) {
        (0, ..) => String::new(),
        (n, Shade::Count, _) => n.to_string(),
        (_, Shade::Severity, Some(worst)) => worst.step().to_string(),
        (_, Shade::Severity, None) => "\u{b7}".to_owned(),
    }
}

fn indices(scope: &Scope<'_>) -> (Index, Index) {
    let (rows, columns) = scope.look.axes();
    (Index::of(scope, rows), Index::of(scope, columns))
}

/// Hands every remark that counts, with the rows and the columns it stands in.
fn visit(
    scope: &Scope<'_>,
    (rows, columns): (&Index, &Index),
    mut take: impl FnMut(Focus, &Annotation, &[usize], &[usize]),
) {
    let look = scope.look;
    // Of one draft where that is asked for or needed; else each remark once, wherever it stands.
    let one = if look.needs_draft() { scope.draft.map(|d| d.id) } else { look.draft };
    let one = one.filter(|_| look.page != MatrixPage::TimeLine);
    let (mut in_rows, mut in_columns) = (Vec::new(), Vec::new());
    for (focus, a) in scope.annotations().filter(|(_, a)| look.kinds.holds(a.kind)) {
        let placement: Option<&Placement> = match one {
            Some(draft) => match a.placements.get(&draft) {
                Some(placement) => Some(placement),
                None => continue,
            },
            None => None,
        };
        rows.find(focus.analyst, a, placement, one, &mut in_rows);
        columns.find(focus.analyst, a, placement, one, &mut in_columns);
        take(focus, a, &in_rows, &in_columns);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shades_and_their_legend_agree() {
        for most in [1, 3, 5, 6, 7, 12, 40, 1000] {
            let mut grid = Grid::with(vec![Head::new(HeadKey::Outside, "", "")], Vec::new());
            grid.most = most;
            let legend = grid.legend(Shade::Count);
            let mut reached = 0;
            for n in 1..=most {
                grid.cells[0].insert(0, Cell { count: n, worst: None });
                let step = grid.step(0, 0, Shade::Count);
                assert!(step >= reached && step <= STEPS, "{n} of {most}: {step}");
                reached = step;
                let (_, words) = legend.iter().find(|(s, _)| *s == step).unwrap();
                let (a, b) = words.split_once('\u{2013}').unwrap_or((words, words));
                let (a, b): (usize, usize) = (a.parse().unwrap(), b.parse().unwrap());
                assert!(a <= n && n <= b, "{n} of {most} is in step {step}, which says {words}");
            }
            assert_eq!(reached, legend.len());
        }
    }
}
