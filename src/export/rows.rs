//! The remarks to export, in the order of the treaty.

use super::{ExportError, ExportRequest};
use crate::model::{Analyst, Annotation, Codebook, Concern, ConcernId, Draft, DraftId, Placement};

/// A remark where it stands, or stood, in a draft.
pub(super) struct Row<'p> {
    /// The draft; none for one that is not in the project.
    pub draft: Option<&'p Draft>,
    pub draft_id: DraftId,
    pub placement: &'p Placement,
    pub annotation: &'p Annotation,
    pub analyst: &'p Analyst,
}

/// All rows: by draft in the project's order, then those with a place by place, then the lost ones; rows at the same
/// place by time. Drafts that are not in the project come last.
///
/// # Errors
/// [`ExportError::NoDraft`] where one is asked for that the project does not have.
pub(super) fn rows<'p>(request: &ExportRequest<'p>) -> Result<Vec<Row<'p>>, ExportError> {
    let project = request.project;
    request.check()?;
    let wanted = |analyst| request.analysts.as_ref().is_none_or(|a| a.contains(&analyst));
    let mut rows = Vec::new();
    for set in project.sets.values().filter(|s| wanted(s.analyst.id)) {
        for annotation in set.annotations.values() {
            for (&draft_id, placement) in &annotation.placements {
                if request.draft.is_none_or(|d| d == draft_id) {
                    let draft = project.draft(draft_id).map(|d| &**d);
                    rows.push(Row { draft, draft_id, placement, annotation, analyst: &set.analyst });
                }
            }
        }
    }
    rows.sort_by_cached_key(|row| {
        let place = project.draft_position(row.draft_id).unwrap_or(usize::MAX);
        let range = row.placement.anchor().map(|a| (a.range.start, std::cmp::Reverse(a.range.end)));
        // The longer stretch first: the remark on an article before those on its paragraphs.
        let stands = (range.is_none(), range, row.placement.citation().to_string());
        (place, row.draft_id, stands, row.annotation.created, row.annotation.id, row.analyst.id)
    });
    Ok(rows)
}

impl Row<'_> {
    /// What a person calls the draft.
    pub fn draft_name(&self) -> String {
        self.draft.map_or_else(|| format!("a draft that is not here ({})", self.draft_id), |d| d.name().to_owned())
    }

    /// What became of the remark in this draft, for lists.
    pub fn state(&self) -> String {
        use crate::model::Verdict;
        match self.placement {
            Placement::Made(_) => String::new(),
            Placement::Lost { deleted: true, .. } => "deleted".to_owned(),
            Placement::Lost { .. } => "lost".to_owned(),
            Placement::Carried { verdict: verdict @ Verdict::Edited { similarity }, .. } => {
                format!("carried, {} ({:.0} % the same)", verdict.word(), f64::from(*similarity) * 100.0)
            }
            Placement::Carried { verdict, .. } => format!("carried, {}", verdict.word()),
        }
    }
}

/// The concerns of a remark in the order of the codebook, each with its tag and name; those it does not have, by id.
pub(super) fn concerns<'p>(codebook: &'p Codebook, annotation: &Annotation) -> Vec<Tagged<'p>> {
    let known = codebook.concerns.iter().filter(|c| annotation.concerns.contains(&c.id)).map(Tagged::Known);
    let unknown = annotation.concerns.iter().filter(|id| codebook.get(**id).is_none()).map(|id| Tagged::Unknown(*id));
    known.chain(unknown).collect()
}

/// A concern, or the id of one that is no longer there.
pub(super) enum Tagged<'p> {
    Known(&'p Concern),
    Unknown(ConcernId),
}

impl Tagged<'_> {
    pub fn tag(&self) -> String {
        match self {
            Self::Known(concern) => concern.tag.clone(),
            Self::Unknown(_) => "?".to_owned(),
        }
    }

    pub fn id(&self) -> ConcernId {
        match self {
            Self::Known(concern) => concern.id,
            Self::Unknown(id) => *id,
        }
    }

    pub fn name(&self) -> String {
        match self {
            Self::Known(concern) => concern.name.clone(),
            Self::Unknown(id) => id.to_string(),
        }
    }
}
