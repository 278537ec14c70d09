//! Where concerns stand, counted: concerns against articles and other axes, which concerns come together, what of a draft
//! has been looked at, which expected safeguards are where, remarks over the drafts, and how several analysts agree. One pass over the annotations
//! each, kept for as long as nothing it was made from has changed.
//!
//! Must not know: the window, commands, how any of it is painted. It reads a project and answers with tables.

mod agreeing;
mod axes;
mod coverage;
mod grid;
mod look;
mod picture;
mod safeguards;
mod sheet;
mod team_sheet;
mod together;

pub use agreeing::{Agreeing, Strip, StripColumn};
pub(super) use axes::{is_expected, units};
pub(super) use coverage::provision_of;
pub use coverage::{Coverage, CoverageChapter, CoverageRow, Looked};
pub use grid::{Cell, Grid, Head, HeadKey, STEPS, figure};
pub use look::{Axis, Beside, Kinds, Levels, MatrixLook, MatrixPage, Shade};
pub use safeguards::{SafeguardState, Safeguards, Stance};
pub use sheet::{MATRIX_ENDINGS, MatrixFile, write_matrix};

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::citation;
use crate::model::{AnalystId, Annotation, Citation, Draft, DraftId, Project};

use super::Workspace;
use super::curating::Curation;
use super::view::{Focus, Place};

/// What one looks at: one of the pages.
#[derive(Clone, Debug)]
pub enum Matrix {
    /// Rows against columns: the matrix itself, what comes together, or remarks over the drafts.
    Grid(Arc<Grid>),
    /// What has been looked at.
    Coverage(Arc<Coverage>),
    /// Expected safeguards.
    Safeguards(Arc<Safeguards>),
    /// What several analysts say of the same provisions.
    Curation(Arc<Curation>),
    /// How far they agree.
    Agreement(Arc<Agreeing>),
}

impl Matrix {
    /// Whether it is the very same table: counted once, from the same things.
    pub fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Grid(a), Self::Grid(b)) => Arc::ptr_eq(a, b),
            (Self::Coverage(a), Self::Coverage(b)) => Arc::ptr_eq(a, b),
            (Self::Safeguards(a), Self::Safeguards(b)) => Arc::ptr_eq(a, b),
            (Self::Curation(a), Self::Curation(b)) => Arc::ptr_eq(a, b),
            (Self::Agreement(a), Self::Agreement(b)) => Arc::ptr_eq(a, b),
            _ => false,
        }
    }
}

/// What is counted from: the project, whose remarks, of which draft.
pub(super) struct Scope<'p> {
    pub project: &'p Project,
    pub look: &'p MatrixLook,
    /// Analysts whose sets are not shown.
    pub hidden: &'p BTreeSet<AnalystId>,
    /// The draft that is meant where one is needed.
    pub draft: Option<&'p Arc<Draft>>,
}

impl<'p> Scope<'p> {
    /// The scope of a look; `current` is the draft one reads.
    pub fn new(
        project: &'p Project,
        look: &'p MatrixLook,
        hidden: &'p BTreeSet<AnalystId>,
        current: Option<DraftId>,
    ) -> Self {
        Self { project, look, hidden, draft: draft_of(project, look, current) }
    }

    /// Whether an analyst's remarks count.
    pub fn counts(&self, analyst: AnalystId) -> bool {
        !self.hidden.contains(&analyst) && self.look.analyst.is_none_or(|a| a == analyst)
    }

    /// The remarks that count: of these analysts, with the status that is asked for.
    pub fn annotations(&self) -> impl Iterator<Item = (Focus, &'p Annotation)> + '_ {
        let sets = self.project.sets.iter().filter(|(analyst, _)| self.counts(**analyst));
        let all = sets.flat_map(|(&analyst, set)| {
            set.annotations.values().map(move |a| (Focus { analyst, annotation: a.id }, a))
        });
        all.filter(|(_, a)| self.look.status.is_none_or(|s| s == a.status))
    }

    /// A citation as the project prints it.
    pub fn cited(&self, cited: &Citation) -> String {
        citation::print_opening(cited, self.project.details.citation_style)
    }

    /// What the analysts say of the draft, as it is filtered.
    fn curation(&self) -> Curation {
        let Some(draft) = self.draft else { return Curation::default() };
        let all = Curation::of(self.project, draft, self.look.unit, self.hidden);
        all.filtered(self.look.accord, self.look.concern, self.project)
    }

    /// What is looked at, counted.
    pub fn matrix(&self) -> Matrix {
        match self.look.page {
            MatrixPage::Matrix | MatrixPage::TimeLine => Matrix::Grid(Arc::new(Grid::of(self))),
            MatrixPage::Together => Matrix::Grid(Arc::new(together::of(self))),
            MatrixPage::Coverage => Matrix::Coverage(Arc::new(Coverage::of(self))),
            MatrixPage::Safeguards => Matrix::Safeguards(Arc::new(Safeguards::of(self))),
            MatrixPage::Curation => Matrix::Curation(Arc::new(self.curation())),
            MatrixPage::Agreement => Matrix::Agreement(Arc::new(Agreeing::of(self))),
        }
    }
}

/// The draft that is chosen, else the one that is read, else the latest.
fn draft_of<'p>(project: &'p Project, look: &MatrixLook, current: Option<DraftId>) -> Option<&'p Arc<Draft>> {
    let chosen = look.draft.and_then(|d| project.draft(d));
    chosen.or_else(|| current.and_then(|d| project.draft(d))).or_else(|| project.drafts.last())
}

/// The latest answer, and what it was made from.
#[derive(Default)]
pub(super) struct Kept(Option<(Key, Matrix)>);

#[derive(PartialEq)]
struct Key {
    revision: u64,
    look: MatrixLook,
    hidden: BTreeSet<AnalystId>,
    current: Option<DraftId>,
}

impl Workspace {
    /// What is looked at in the place Matrix, as of the present revision; none elsewhere.
    pub fn matrix(&self) -> Option<&Matrix> {
        self.matrix.0.as_ref().map(|(_, matrix)| matrix)
    }

    /// What a look shows, counted now.
    pub fn matrix_of(&self, look: &MatrixLook) -> Option<Matrix> {
        Some(Scope::new(self.project()?, look, &self.view.hidden, self.view.current).matrix())
    }

    /// The draft that a look is about where it needs one.
    pub fn matrix_draft(&self, look: &MatrixLook) -> Option<&Arc<Draft>> {
        draft_of(self.project()?, look, self.view.current)
    }

    /// The remarks of a cell of what is looked at, in the order of the text; none for a cell that is not there.
    pub fn matrix_members(&self, row: usize, column: usize) -> Vec<Focus> {
        let Some(project) = self.project() else { return Vec::new() };
        let scope = Scope::new(project, &self.view.matrix, &self.view.hidden, self.view.current);
        let mut members = match self.matrix() {
            Some(Matrix::Grid(grid)) => {
                let Some(keys) = grid.rows.get(row).zip(grid.columns.get(column)) else { return Vec::new() };
                let keys = (keys.0.key, keys.1.key);
                if self.view.matrix.page == MatrixPage::Together {
                    together::members(&scope, keys)
                } else {
                    Grid::members(&scope, keys)
                }
            }
            Some(Matrix::Safeguards(table)) => table.stance(row, column).map(Stance::all).unwrap_or_default(),
            Some(Matrix::Coverage(coverage)) => match coverage.rows.get(row) {
                Some(row) => coverage::members(&scope, row.provision),
                None => Vec::new(),
            },
            Some(Matrix::Curation(curation)) => curation.rows.get(row).map(|r| r.remarks.clone()).unwrap_or_default(),
            Some(Matrix::Agreement(_)) | None => Vec::new(),
        };
        let order = |f: &Focus| {
            let a = project.annotation(f.analyst, f.annotation)?;
            let here = scope.draft.and_then(|d| a.anchor_in(d.id));
            Some((here.is_none(), here.map(|anchor| anchor.range), a.created))
        };
        members.sort_by_cached_key(|f| (order(f), *f));
        members
    }

    /// Counts what is looked at anew where anything it was made from has changed; elsewhere than there, forgets it.
    pub(super) fn count_matrix(&mut self) {
        let Some(open) = self.open.as_ref().filter(|_| self.view.place == Place::Matrix) else {
            self.matrix = Kept::default();
            return;
        };
        let (look, hidden) = (self.view.matrix.clone(), self.view.hidden.clone());
        let key = Key { revision: self.revision, look, hidden, current: self.view.current };
        if self.matrix.0.as_ref().is_none_or(|(k, _)| *k != key) {
            let matrix = Scope::new(&open.project, &key.look, &key.hidden, key.current).matrix();
            self.matrix = Kept(Some((key, matrix)));
        }
    }
}
