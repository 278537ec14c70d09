//! What was found last, and the queue made of it: kept as long as both follow from the project as it is.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{DraftId, Project};
use crate::workspace::comparisons::Pair;
use crate::workspace::run::Guess;

use super::Way;
use super::find::Findings;
use super::item::{CarryItem, CarrySums, items};

/// The findings of the way that is looked at.
#[derive(Debug, Default)]
pub struct Kept {
    findings: Option<Arc<Findings>>,
    items: Vec<CarryItem>,
    sums: CarrySums,
    revision: Option<u64>,
    /// What follows from the project for the reviews of all ways, as of the present revision and open draft.
    pub guess: Guess,
    guessed: Option<(u64, Option<DraftId>)>,
    /// What is being looked for, and at which revision that began.
    pub begun: Option<(Way, u64)>,
    /// The way at whose findings nothing was due, and at which revision.
    pub checked: Option<(Way, u64)>,
}

impl Kept {
    /// Brings the queue up to date.
    pub fn refresh(&mut self, revision: u64, project: &Project, open: Option<DraftId>) {
        if self.guessed != Some((revision, open)) {
            self.guessed = Some((revision, open));
            self.guess = Guess::of(project, open);
        }
        if self.revision == Some(revision) {
            return;
        }
        self.revision = Some(revision);
        (self.items, self.sums) = self.findings.as_deref().map(|f| items(f, project)).unwrap_or_default();
    }

    /// Takes over what was found.
    pub fn take(&mut self, findings: Findings) {
        self.findings = Some(Arc::new(findings));
        self.revision = None;
        self.checked = None;
    }

    /// What was found on a way, as of some time; [`Findings::holds`] says whether it still is so.
    pub fn findings(&self, way: Way) -> Option<&Arc<Findings>> {
        self.findings.as_ref().filter(|f| f.way == way)
    }

    /// The comparisons that what was found was made with, for the same new draft.
    pub fn pairs(&self, to: DraftId) -> BTreeMap<DraftId, Arc<Pair>> {
        self.findings.as_ref().filter(|f| f.way.to == to).map(|f| f.pairs.clone()).unwrap_or_default()
    }

    /// The queue of a way.
    pub fn items(&self, way: Way) -> Option<&[CarryItem]> {
        self.findings(way).map(|_| self.items.as_slice())
    }

    /// Its sums.
    pub fn sums(&self, way: Way) -> Option<&CarrySums> {
        self.findings(way).map(|_| &self.sums)
    }
}
