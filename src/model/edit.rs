//! The only way to change a project.
//!
//! An [`Edit`] puts a whole new value in a place (or takes it away); [`Project::apply`] answers with the edit that puts
//! the old one back. Undo, the journal on disk and the tests are all made of these.

use std::fmt;
use std::sync::Arc;

use super::annotation::{Analyst, Annotation, AnnotationSet, ReadMark};
use super::commentary::{Commentary, CommentaryDetails, Decision, SuggestionKey};
use super::concern::Concern;
use super::draft::{Draft, DraftDetails};
use super::ids::{AnalystId, AnnotationId, CommentaryId, ConcernId, DraftId, ReplyId, SearchId, SubmissionId};
use super::project::{Project, ProjectDetails};
use super::reply::Reply;
use super::saved_search::SavedSearch;
use super::submission::Submission;
use super::text::TextRange;

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// What the project is called, and how it writes citations.
    PutDetails(ProjectDetails),
    /// A draft at a position in the order, or none.
    PutDraft {
        /// Which draft.
        id: DraftId,
        /// The draft, or nothing to take it away.
        draft: Option<Arc<Draft>>,
        /// Where in the order; past the end counts as the end.
        at: usize,
    },
    /// What is known about a draft. Its text stays.
    PutDraftDetails {
        /// Which draft.
        id: DraftId,
        /// The new details.
        details: DraftDetails,
    },
    /// A concern at a position in the list, or none.
    PutConcern {
        /// Which concern.
        id: ConcernId,
        /// The concern, or nothing to take it away.
        concern: Option<Concern>,
        /// Where in the list; past the end counts as the end.
        at: usize,
    },
    /// An analyst's name; makes the set if there is none.
    PutAnalyst(Analyst),
    /// An analyst's whole set, or none.
    PutSet {
        /// Whose.
        analyst: AnalystId,
        /// The set, or nothing to take it away.
        set: Option<Box<AnnotationSet>>,
    },
    /// One annotation of one analyst, or none.
    PutAnnotation {
        /// Whose set.
        analyst: AnalystId,
        /// Which annotation.
        id: AnnotationId,
        /// The annotation, or nothing to take it away.
        annotation: Option<Box<Annotation>>,
    },
    /// That an analyst has read a provision of a draft, or nothing.
    PutRead {
        /// Whose set.
        analyst: AnalystId,
        /// In which draft; it need not be in the project.
        draft: DraftId,
        /// The provision, in bytes of the draft's text.
        range: TextRange,
        /// The mark, or nothing to take it away.
        mark: Option<ReadMark>,
    },
    /// One reply of one analyst, or none.
    PutReply {
        /// Whose set.
        analyst: AnalystId,
        /// Which reply.
        id: ReplyId,
        /// The reply, or nothing to take it away.
        reply: Option<Box<Reply>>,
    },
    /// A commentary with what was decided about it, or none.
    PutCommentary {
        /// Which commentary.
        id: CommentaryId,
        /// The commentary, or nothing to take it away.
        commentary: Option<Arc<Commentary>>,
    },
    /// What is known about a commentary. Its text and what was decided stay.
    PutCommentaryDetails {
        /// Which commentary.
        id: CommentaryId,
        /// The new details.
        details: CommentaryDetails,
    },
    /// What was decided about one suggestion of a commentary, or nothing.
    PutDecision {
        /// Which commentary.
        commentary: CommentaryId,
        /// Which suggestion.
        key: SuggestionKey,
        /// The decision, or nothing to leave it open.
        decision: Option<Decision>,
    },
    /// A search kept by name, or none.
    PutSearch {
        /// Which one.
        id: SearchId,
        /// The search, or nothing to take it away.
        search: Option<SavedSearch>,
    },
    /// A submission kept by name, or none.
    PutSubmission {
        /// Which one.
        id: SubmissionId,
        /// The submission, or nothing to take it away.
        submission: Option<Box<Submission>>,
    },
}

/// Why an edit could not be applied; the project is as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditError {
    /// It names a draft that is not in the project.
    NoDraft(DraftId),
    /// It names an analyst who has no set in the project.
    NoAnalyst(AnalystId),
    /// It names a commentary that is not in the project.
    NoCommentary(CommentaryId),
    /// What it puts carries another id than the place it is put in.
    WrongId,
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoDraft(id) => write!(f, "the project has no draft {id}"),
            Self::NoAnalyst(id) => write!(f, "the project has no analyst {id}"),
            Self::NoCommentary(id) => write!(f, "the project has no commentary {id}"),
            Self::WrongId => f.write_str("a value was put under an id that is not its own"),
        }
    }
}

impl std::error::Error for EditError {}

impl Project {
    /// Changes the project and answers with the edit that undoes it.
    ///
    /// # Errors
    /// [`EditError`] where the edit does not fit; nothing has changed then.
    pub fn apply(&mut self, edit: Edit) -> Result<Edit, EditError> {
        match edit {
            Edit::PutDetails(details) => Ok(Edit::PutDetails(std::mem::replace(&mut self.details, details))),
            Edit::PutDraft { id, draft, at } => {
                if draft.as_ref().is_some_and(|d| d.id != id) {
                    return Err(EditError::WrongId);
                }
                let (old, was_at) = put(&mut self.drafts, |d| d.id == id, draft, at);
                Ok(Edit::PutDraft { id, draft: old, at: was_at })
            }
            Edit::PutDraftDetails { id, details } => {
                let at = self.draft_position(id).ok_or(EditError::NoDraft(id))?;
                let draft = Arc::make_mut(&mut self.drafts[at]);
                Ok(Edit::PutDraftDetails { id, details: std::mem::replace(&mut draft.details, details) })
            }
            Edit::PutConcern { id, concern, at } => {
                if concern.as_ref().is_some_and(|c| c.id != id) {
                    return Err(EditError::WrongId);
                }
                let (old, was_at) = put(&mut self.codebook.concerns, |c| c.id == id, concern, at);
                Ok(Edit::PutConcern { id, concern: old, at: was_at })
            }
            Edit::PutAnalyst(analyst) => match self.sets.get_mut(&analyst.id) {
                Some(set) => Ok(Edit::PutAnalyst(std::mem::replace(&mut set.analyst, analyst))),
                None => {
                    let id = analyst.id;
                    self.sets.insert(id, AnnotationSet::of(analyst));
                    Ok(Edit::PutSet { analyst: id, set: None })
                }
            },
            Edit::PutSet { analyst, set } => {
                if set.as_ref().is_some_and(|s| s.analyst.id != analyst) {
                    return Err(EditError::WrongId);
                }
                let old = match set {
                    Some(set) => self.sets.insert(analyst, *set),
                    None => self.sets.remove(&analyst),
                };
                Ok(Edit::PutSet { analyst, set: old.map(Box::new) })
            }
            Edit::PutAnnotation { analyst, id, annotation } => {
                if annotation.as_ref().is_some_and(|a| a.id != id) {
                    return Err(EditError::WrongId);
                }
                let set = self.sets.get_mut(&analyst).ok_or(EditError::NoAnalyst(analyst))?;
                let old = match annotation {
                    Some(annotation) => set.annotations.insert(id, *annotation),
                    None => set.annotations.remove(&id),
                };
                Ok(Edit::PutAnnotation { analyst, id, annotation: old.map(Box::new) })
            }
            Edit::PutRead { analyst, draft, range, mark } => {
                let read = &mut self.sets.get_mut(&analyst).ok_or(EditError::NoAnalyst(analyst))?.read;
                let old = match mark {
                    Some(mark) => read.entry(draft).or_default().insert(range, mark),
                    None => read.get_mut(&draft).and_then(|marks| marks.remove(&range)),
                };
                read.retain(|_, marks| !marks.is_empty());
                Ok(Edit::PutRead { analyst, draft, range, mark: old })
            }
            Edit::PutReply { analyst, id, reply } => {
                if reply.as_ref().is_some_and(|r| r.id != id) {
                    return Err(EditError::WrongId);
                }
                let set = self.sets.get_mut(&analyst).ok_or(EditError::NoAnalyst(analyst))?;
                let old = match reply {
                    Some(reply) => set.replies.insert(id, *reply),
                    None => set.replies.remove(&id),
                };
                Ok(Edit::PutReply { analyst, id, reply: old.map(Box::new) })
            }
            Edit::PutCommentary { id, commentary } => {
                if commentary.as_ref().is_some_and(|c| c.id != id) {
                    return Err(EditError::WrongId);
                }
                let old = match commentary {
                    Some(commentary) => self.commentaries.insert(id, commentary),
                    None => self.commentaries.remove(&id),
                };
                Ok(Edit::PutCommentary { id, commentary: old })
            }
            Edit::PutCommentaryDetails { id, details } => {
                let commentary = Arc::make_mut(self.commentaries.get_mut(&id).ok_or(EditError::NoCommentary(id))?);
                Ok(Edit::PutCommentaryDetails { id, details: std::mem::replace(&mut commentary.details, details) })
            }
            Edit::PutDecision { commentary: id, key, decision } => {
                let commentary = Arc::make_mut(self.commentaries.get_mut(&id).ok_or(EditError::NoCommentary(id))?);
                let old = match decision {
                    Some(decision) => commentary.decisions.insert(key.clone(), decision),
                    None => commentary.decisions.remove(&key),
                };
                Ok(Edit::PutDecision { commentary: id, key, decision: old })
            }
            Edit::PutSearch { id, search } => {
                if search.as_ref().is_some_and(|s| s.id != id) {
                    return Err(EditError::WrongId);
                }
                let old = match search {
                    Some(search) => self.searches.insert(id, search),
                    None => self.searches.remove(&id),
                };
                Ok(Edit::PutSearch { id, search: old })
            }
            Edit::PutSubmission { id, submission } => {
                if submission.as_ref().is_some_and(|s| s.id != id) {
                    return Err(EditError::WrongId);
                }
                let old = match submission {
                    Some(submission) => self.submissions.insert(id, *submission),
                    None => self.submissions.remove(&id),
                };
                Ok(Edit::PutSubmission { id, submission: old.map(Box::new) })
            }
        }
    }

    /// Applies several edits as one: all of them, or none. Answers with the edits that undo them, in the order to apply.
    ///
    /// # Errors
    /// The first [`EditError`]; what had been applied has been undone.
    pub fn apply_all(&mut self, edits: impl IntoIterator<Item = Edit>) -> Result<Vec<Edit>, EditError> {
        let mut inverses = Vec::new();
        for edit in edits {
            match self.apply(edit) {
                Ok(inverse) => inverses.push(inverse),
                Err(error) => {
                    for inverse in inverses.into_iter().rev() {
                        self.apply(inverse)?;
                    }
                    return Err(error);
                }
            }
        }
        inverses.reverse();
        Ok(inverses)
    }
}

/// Takes the item that `is` finds out of the list and puts the new one at `at`; answers with the old one and its place.
fn put<T>(list: &mut Vec<T>, is: impl Fn(&T) -> bool, new: Option<T>, at: usize) -> (Option<T>, usize) {
    let was_at = list.iter().position(is);
    let old = was_at.map(|i| list.remove(i));
    if let Some(new) = new {
        list.insert(at.min(list.len()), new);
    }
    (old, was_at.unwrap_or(at))
}
