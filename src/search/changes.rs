//! Where drafts differ from earlier ones, as far as it is known: comparing drafts is not the search's work.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::language::{Named, QueryError};
use super::results::View;
use crate::model::{Draft, DraftId, Project, TextRange};

/// What is new or edited in drafts against earlier ones.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    known: BTreeMap<(DraftId, DraftId), Arc<[TextRange]>>,
}

impl Changes {
    /// Tells what is new or edited in `draft` against `since`, in bytes of the text of `draft`.
    pub fn tell(&mut self, since: DraftId, draft: DraftId, ranges: Arc<[TextRange]>) {
        self.known.insert((since, draft), ranges);
    }
}

/// For each passage of the drafts after the one named whether it has words that are new or edited since; pairs of drafts
/// that are not compared go to `missing`.
pub(super) fn meeting(
    named: &Named,
    project: &Project,
    views: &[View<'_>],
    (changes, missing): (&Changes, &mut Vec<(DraftId, DraftId)>),
    notices: &mut Vec<QueryError>,
) -> Vec<bool> {
    let mut meets = vec![false; views.last().map_or(0, View::end)];
    let mut notice = |message: String| notices.push(QueryError { message, range: named.range.clone() });
    let drafts: Vec<&Draft> = project.drafts.iter().map(|d| &**d).collect();
    let found = super::places::drafts_named(&named.word, &drafts, project);
    let (at, since) = match found.as_slice() {
        [at] => (*at, drafts[*at]),
        [] => {
            let names = drafts.iter().map(|d| d.name());
            notices.push(super::remarks::unknown("No draft is called", named, names));
            return meets;
        }
        several => {
            let names: Vec<_> = several.iter().take(4).map(|&i| drafts[i].name()).collect();
            notice(format!("Several drafts are called “{}”, among them {}", named.word, names.join(" and ")));
            return meets;
        }
    };
    let follows = |view: &&View<'_>| {
        project.draft_position(view.draft.id).is_some_and(|p| p > at) && since.shares_language(view.draft)
    };
    let later: Vec<_> = views.iter().filter(follows).collect();
    if later.is_empty() {
        notice(format!("No draft searched here comes after {} in its language", since.name()));
    }
    for view in later {
        match changes.known.get(&(since.id, view.draft.id)) {
            Some(ranges) => {
                for number in ranges.iter().flat_map(|&r| view.passages.overlapping(r)) {
                    if let Some(meets) = meets.get_mut(view.base + number) {
                        *meets = true;
                    }
                }
            }
            None => {
                notice(format!("{} is not compared with {} yet", view.draft.name(), since.name()));
                missing.push((since.id, view.draft.id));
            }
        }
    }
    meets
}
