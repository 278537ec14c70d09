//! Which remarks of a draft a query is about: a remark meets it by its own note, or by the words it stands at.

use std::collections::BTreeSet;
use std::sync::PoisonError;

use super::index::{Index, said};
use super::language::{Query, QueryError};
use super::loose::Loose;
use super::matching::Sighting;
use super::remarks::Test;
use super::results::{Options, Planned, filter, kind_of, own_remark};
use super::schema::place;
use super::{SearchError, Watch};
use crate::model::{AnalystId, AnnotationId, DraftId, FoundIn, Project};

/// The remarks a query is about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FoundRemarks {
    /// Whose and which.
    pub found: BTreeSet<(AnalystId, AnnotationId)>,
    /// What the query names and the project does not have, each with its place in the query.
    pub notices: Vec<QueryError>,
    /// Pairs of drafts, an earlier and a later one, that have to be compared before all is found.
    pub uncompared: Vec<(DraftId, DraftId)>,
}

impl Index {
    /// The remarks on a draft that a query is about. What it says of remarks the remark itself has to meet; what it says of
    /// words is met by the note, by the words it proposes, or by the provision it stands in. A remark without a note, which
    /// a search does not show, is found as well. Of the options, the drafts, the order and the limit say nothing here.
    ///
    /// # Errors
    /// As [`Self::run_while`].
    pub fn remarks(
        &self,
        project: &Project,
        query: &Query,
        draft: DraftId,
        options: &Options,
        watch: &dyn Watch,
    ) -> Result<FoundRemarks, SearchError> {
        let views = self.views(project, &Options { drafts: Some(BTreeSet::from([draft])), ..options.clone() });
        let mut lexicon = self.lexicon.lock().unwrap_or_else(PoisonError::into_inner);
        let lexicon = &mut *lexicon;
        let Planned { plan, notices, uncompared, scores } =
            self.planned(project, query, &views, options, lexicon, watch)?;
        let own = own_remark(&query.root).map(|r| Test::of(r, project, &mut Vec::new()));
        let filter = filter(options);
        let is_of = |kind: FoundIn| options.kinds.as_ref().is_none_or(|kinds| kinds.contains(&kind));
        let mut found = BTreeSet::new();
        let Some(view) = views.first() else { return Ok(FoundRemarks { found, notices, uncompared }) };
        let meets = |number: usize| {
            let passage = view.passages.list.get(number);
            scores.get(view.base + number).is_some_and(|s| *s >= 0.0)
                && passage.is_some_and(|p| is_of(kind_of(view.draft, p.provision)))
        };
        let mut read = |part: &_, text: &str| lexicon.finds(part, text, &self.tongues);
        let replies = project.replies();
        for (n, (analyst, annotation)) in project.annotations().enumerate() {
            if n % 64 == 63 && watch.cancelled() {
                return Err(SearchError::Cancelled);
            }
            let key = (analyst, annotation.id);
            if !annotation.placements.contains_key(&draft)
                || filter.as_ref().is_some_and(|f| !f.holds(analyst, annotation))
            {
                continue;
            }
            let anchor = annotation.anchor_in(draft);
            let at_words = || {
                own.as_ref().is_none_or(|test| test.holds(analyst, annotation))
                    && anchor.is_some_and(|a| view.passages.overlapping(a.range).any(&meets))
            };
            let mut by_note = || {
                let provision = anchor.and_then(|a| view.draft.outline.covering(a.range));
                let said = said(annotation, replies.get(&key));
                let note = Sighting { key, annotation, said, view: 0, provision };
                // What has no note is in no place of the index.
                let at = self.notes.get(&key).map_or(u64::MAX, |slot| place(slot.number, 0));
                is_of(FoundIn::Note) && plan.met(&Loose::Note(&note), at, &views, &mut read).is_some()
            };
            if by_note() || at_words() {
                found.insert(key);
            }
        }
        Ok(FoundRemarks { found, notices, uncompared })
    }
}
