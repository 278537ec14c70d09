//! How far analysts agree, and where along a draft they do not.

use super::super::agreement::{AgreementRow, AgreementTable, AgreementUnit, AgreementWish, Subject};
use super::Scope;
use super::axes;
use crate::model::{AnalystId, DraftId, ProvisionIndex, TextRange};
use crate::reconcile::Split;

/// The figures, and a strip along one draft.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agreeing {
    /// The figures.
    pub table: AgreementTable,
    /// Which row the strip is of.
    pub chosen: usize,
    /// The articles of the draft, for each analyst whether it was flagged.
    pub strip: Strip,
}

/// Where analysts flagged, article by article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Strip {
    /// Of which draft.
    pub draft: Option<DraftId>,
    /// Its articles, in order.
    pub columns: Vec<StripColumn>,
}

/// An article.
#[derive(Clone, Debug, PartialEq)]
pub struct StripColumn {
    /// Which.
    pub provision: ProvisionIndex,
    /// Where, in bytes of the draft's text.
    pub range: TextRange,
    /// A few characters that fit over a narrow column.
    pub short: String,
    /// Its whole name.
    pub name: String,
    /// For each analyst whether it was flagged, or nothing where the analyst has not looked.
    pub values: Vec<Option<bool>>,
}

impl StripColumn {
    /// Whether those who looked do not say the same.
    pub fn differs(&self) -> bool {
        let mut said = self.values.iter().flatten();
        said.next().is_some_and(|first| said.any(|v| v != first))
    }
}

impl Agreeing {
    pub(super) fn of(scope: &Scope<'_>) -> Self {
        let look = scope.look;
        let team = scope.project.team();
        let counts = |id: &AnalystId| *id != team && !scope.hidden.contains(id) && !look.without.contains(id);
        let analysts: Vec<AnalystId> = scope.project.sets.keys().copied().filter(counts).collect();
        if analysts.is_empty() {
            return Self::default();
        }
        let wish = AgreementWish { analysts, draft: look.draft, unit: look.unit, only_marked: look.only_marked };
        let table = AgreementTable::of(scope.project, &wish);
        let is_chosen = |row: &AgreementRow| match (row.subject, look.concern) {
            (Subject::Concern(c), Some(chosen)) => c == chosen,
            (Subject::Any, None) => true,
            _ => false,
        };
        let chosen = table.rows.iter().position(is_chosen).unwrap_or(0);
        let subject = table.rows.get(chosen).map_or(Subject::Any, |r| r.subject);
        let strip = scope.draft.map(|draft| {
            let splits = table.splits(scope.project, draft, subject, AgreementUnit::Article, look.only_marked);
            // What is no article has a column only where somebody flagged it.
            let is_shown = |(provision, split): &(ProvisionIndex, Split)| {
                axes::is_expected(&draft.outline, *provision) || split.values.contains(&Some(true))
            };
            let columns = splits.into_iter().filter(is_shown).map(|(provision, split)| {
                let head = axes::head_of(scope, &draft.outline, provision);
                let (range, values) = (split.range, split.values);
                StripColumn { provision, range, short: head.short, name: head.name, values }
            });
            Strip { draft: Some(draft.id), columns: columns.collect() }
        });
        Self { table, chosen, strip: strip.unwrap_or_default() }
    }

    /// The row the strip is of.
    pub fn row(&self) -> Option<&AgreementRow> {
        self.table.rows.get(self.chosen)
    }
}
