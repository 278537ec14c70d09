//! A set put on our drafts, for files that are taken in without a plan.

use std::collections::BTreeMap;

use super::super::outcome::ColleagueReport;
use super::super::sharing::filled_up;
use super::drafts::Copies;
use super::{MergeChoices, PlacedAs, concerns, drafts, places};
use crate::model::{AnnotationSet, ConcernId, DraftId, Project};
use crate::storage::SharedSet;

/// The set with our drafts, our concerns and its places in our texts, and which concerns are new to us.
pub fn settle(shared: &SharedSet, project: &Project) -> (AnnotationSet, ColleagueReport) {
    let mut copies = Copies::new();
    let nothing = MergeChoices::default();
    let their_drafts = drafts::matches(shared, project, &nothing, &mut copies);
    let their_concerns = concerns::matches(shared, &project.codebook, &nothing);
    let by_draft: BTreeMap<DraftId, DraftId> =
        their_drafts.iter().filter_map(|d| Some((d.theirs.id, d.ours?))).collect();
    let by_concern: BTreeMap<ConcernId, ConcernId> =
        their_concerns.iter().filter_map(|c| Some((c.theirs.id, c.becomes()?))).collect();
    let mut report = ColleagueReport {
        concerns: their_concerns.into_iter().filter_map(|c| c.added).collect(),
        ..Default::default()
    };
    let here = project.sets.get(&shared.set.analyst.id);
    let mut set = AnnotationSet::of(shared.set.analyst.clone());
    set.read = places::read(&shared.set.read, &by_draft);
    set.replies.clone_from(&shared.set.replies);
    for (id, theirs) in &shared.set.annotations {
        let (mut annotation, found) = places::placed(theirs, &by_draft, &by_concern, project, &mut copies);
        filled_up(&mut annotation, here.and_then(|s| s.annotations.get(id)), shared);
        for (_, how) in found {
            *match how {
                PlacedAs::Same => &mut report.same,
                PlacedAs::Found | PlacedAs::Renumbered => &mut report.found,
                PlacedAs::Lost => &mut report.lost,
                PlacedAs::Elsewhere => &mut report.elsewhere,
            } += 1;
        }
        set.annotations.insert(*id, annotation);
    }
    (set, report)
}
