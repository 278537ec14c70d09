//! What one entry of the journal holds: the edits of one step of the analyst's, and the orders they left.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::annotations::{AnalystV1, AnnotationV1, ReadV1, SetV1};
use super::codebook::ConcernV1;
use super::commentaries::{CommentaryDetailsV1, CommentaryV1, KeyV1, OutcomeV1};
use super::drafts::{DetailsV1, DraftV1};
use super::outline::OutlineV1;
use super::printed::PrintedV1;
use super::project::CitationStyleV1;
use super::replies::ReplyV1;
use super::searches::SearchV1;
use super::submissions::SubmissionV1;
use super::{Span, range, span};
use crate::model::{
    AnalystId, AnnotationId, CommentaryId, ConcernId, DraftId, Edit, ProjectDetails, ReplyId, SearchId, SubmissionId,
};
use crate::storage::ron_text::Fault;

/// One step, format 1.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::storage) struct StepV1<'t> {
    #[serde(borrow)]
    pub edits: Vec<EditV1<'t>>,
    /// The drafts in order after the step, where it touched the order. A position alone would come out wrong when the
    /// step is replayed over a project.ron that already has later steps in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drafts: Option<Vec<DraftId>>,
    /// The concerns in order after the step, where it touched the order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concerns: Option<Vec<ConcernId>>,
}

/// One edit, format 1.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(in crate::storage) enum EditV1<'t> {
    Details {
        #[serde(borrow)]
        title: Cow<'t, str>,
        #[serde(borrow)]
        instrument: Cow<'t, str>,
        #[serde(default, skip_serializing_if = "CitationStyleV1::is_plain")]
        citation_style: CitationStyleV1,
    },
    /// With its whole text: the entry stands by itself whatever became of the draft's folder.
    Draft {
        #[serde(borrow)]
        draft: Box<DraftV1<'t>>,
        #[serde(borrow)]
        text: Cow<'t, str>,
        #[serde(borrow)]
        outline: OutlineV1<'t>,
        #[serde(borrow, default = "PrintedV1::nothing", skip_serializing_if = "PrintedV1::is_nothing")]
        printed: PrintedV1<'t>,
        at: usize,
    },
    NoDraft {
        id: DraftId,
    },
    DraftDetails {
        id: DraftId,
        #[serde(borrow)]
        details: DetailsV1<'t>,
    },
    Concern {
        #[serde(borrow)]
        concern: ConcernV1<'t>,
        at: usize,
    },
    NoConcern {
        id: ConcernId,
    },
    Analyst(#[serde(borrow)] AnalystV1<'t>),
    Set(#[serde(borrow)] SetV1<'t>),
    NoSet {
        analyst: AnalystId,
    },
    Annotation {
        analyst: AnalystId,
        #[serde(borrow)]
        annotation: AnnotationV1<'t>,
    },
    NoAnnotation {
        analyst: AnalystId,
        id: AnnotationId,
    },
    Read {
        analyst: AnalystId,
        #[serde(borrow)]
        mark: ReadV1<'t>,
    },
    NoRead {
        analyst: AnalystId,
        draft: DraftId,
        at: Span,
    },
    Reply {
        analyst: AnalystId,
        #[serde(borrow)]
        reply: ReplyV1<'t>,
    },
    NoReply {
        analyst: AnalystId,
        id: ReplyId,
    },
    /// With its whole text, as a draft.
    Commentary {
        slug: String,
        #[serde(borrow)]
        commentary: Box<CommentaryV1<'t>>,
        #[serde(borrow)]
        text: Cow<'t, str>,
    },
    NoCommentary {
        id: CommentaryId,
    },
    CommentaryDetails {
        id: CommentaryId,
        #[serde(borrow)]
        details: CommentaryDetailsV1<'t>,
    },
    Decision {
        commentary: CommentaryId,
        #[serde(borrow)]
        suggestion: KeyV1<'t>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        decision: Option<OutcomeV1>,
    },
    Search(#[serde(borrow)] SearchV1<'t>),
    NoSearch {
        id: SearchId,
    },
    Submission(#[serde(borrow)] Box<SubmissionV1<'t>>),
    NoSubmission {
        id: SubmissionId,
    },
}

impl<'t> EditV1<'t> {
    /// The edit as written.
    pub fn of(edit: &'t Edit) -> Self {
        match edit {
            Edit::PutDetails(details) => Self::Details {
                title: details.title.as_str().into(),
                instrument: details.instrument.as_str().into(),
                citation_style: details.citation_style.into(),
            },
            Edit::PutDraft { draft: Some(draft), at, .. } => Self::Draft {
                draft: Box::new(DraftV1::of(draft)),
                text: Cow::from(&*draft.text),
                outline: OutlineV1::of(&draft.outline),
                printed: PrintedV1::of(draft),
                at: *at,
            },
            Edit::PutDraft { id, draft: None, .. } => Self::NoDraft { id: *id },
            Edit::PutDraftDetails { id, details } => Self::DraftDetails { id: *id, details: DetailsV1::of(details) },
            Edit::PutConcern { concern: Some(concern), at, .. } => {
                Self::Concern { concern: ConcernV1::of(concern), at: *at }
            }
            Edit::PutConcern { id, concern: None, .. } => Self::NoConcern { id: *id },
            Edit::PutAnalyst(analyst) => Self::Analyst(AnalystV1::of(analyst)),
            Edit::PutSet { set: Some(set), .. } => Self::Set(SetV1::of(set)),
            Edit::PutSet { analyst, set: None } => Self::NoSet { analyst: *analyst },
            Edit::PutAnnotation { analyst, annotation: Some(annotation), .. } => {
                Self::Annotation { analyst: *analyst, annotation: AnnotationV1::of(annotation) }
            }
            Edit::PutAnnotation { analyst, id, annotation: None } => Self::NoAnnotation { analyst: *analyst, id: *id },
            Edit::PutRead { analyst, draft, range, mark: Some(mark) } => {
                Self::Read { analyst: *analyst, mark: ReadV1::of(*draft, *range, mark) }
            }
            Edit::PutRead { analyst, draft, range, mark: None } => {
                Self::NoRead { analyst: *analyst, draft: *draft, at: span(*range) }
            }
            Edit::PutReply { analyst, reply: Some(reply), .. } => {
                Self::Reply { analyst: *analyst, reply: ReplyV1::of(reply) }
            }
            Edit::PutReply { analyst, id, reply: None } => Self::NoReply { analyst: *analyst, id: *id },
            Edit::PutCommentary { commentary: Some(commentary), .. } => Self::Commentary {
                slug: commentary.slug.clone(),
                commentary: Box::new(CommentaryV1::of(commentary)),
                text: Cow::from(&*commentary.text),
            },
            Edit::PutCommentary { id, commentary: None } => Self::NoCommentary { id: *id },
            Edit::PutCommentaryDetails { id, details } => {
                Self::CommentaryDetails { id: *id, details: CommentaryDetailsV1::of(details) }
            }
            Edit::PutDecision { commentary, key, decision } => Self::Decision {
                commentary: *commentary,
                suggestion: KeyV1::of(key),
                decision: decision.map(OutcomeV1::from),
            },
            Edit::PutSearch { search: Some(search), .. } => Self::Search(SearchV1::of(search)),
            Edit::PutSearch { id, search: None } => Self::NoSearch { id: *id },
            Edit::PutSubmission { submission: Some(submission), .. } => {
                Self::Submission(Box::new(SubmissionV1::of(submission)))
            }
            Edit::PutSubmission { id, submission: None } => Self::NoSubmission { id: *id },
        }
    }

    /// The edit as the model has it.
    ///
    /// # Errors
    /// Where a value in it is none; `text` is the entry.
    pub fn edit(self, text: &str) -> Result<Edit, Fault> {
        Ok(match self {
            Self::Details { title, instrument, citation_style } => Edit::PutDetails(ProjectDetails {
                title: title.into_owned(),
                instrument: instrument.into_owned(),
                citation_style: citation_style.into(),
            }),
            Self::Draft { draft, text, outline, printed, at } => {
                let mut draft = draft.without_text();
                draft.text = text.into();
                draft.outline = Arc::new(outline.outline());
                let (printed, hints) = printed.values();
                (draft.printed, draft.hints) = (Arc::new(printed), hints.into());
                Edit::PutDraft { id: draft.id, draft: Some(Arc::new(draft)), at }
            }
            Self::NoDraft { id } => Edit::PutDraft { id, draft: None, at: 0 },
            Self::DraftDetails { id, details } => Edit::PutDraftDetails { id, details: details.details() },
            Self::Concern { concern, at } => {
                let concern = concern.concern();
                Edit::PutConcern { id: concern.id, concern: Some(concern), at }
            }
            Self::NoConcern { id } => Edit::PutConcern { id, concern: None, at: 0 },
            Self::Analyst(analyst) => Edit::PutAnalyst(analyst.analyst()),
            Self::Set(set) => {
                let set = set.set(text)?;
                Edit::PutSet { analyst: set.analyst.id, set: Some(Box::new(set)) }
            }
            Self::NoSet { analyst } => Edit::PutSet { analyst, set: None },
            Self::Annotation { analyst, annotation } => {
                let annotation = annotation.annotation().map_err(|m| Fault::at(text, 0, m))?;
                Edit::PutAnnotation { analyst, id: annotation.id, annotation: Some(Box::new(annotation)) }
            }
            Self::NoAnnotation { analyst, id } => Edit::PutAnnotation { analyst, id, annotation: None },
            Self::Read { analyst, mark } => {
                let (draft, range, mark) = mark.mark();
                Edit::PutRead { analyst, draft, range, mark: Some(mark) }
            }
            Self::NoRead { analyst, draft, at } => Edit::PutRead { analyst, draft, range: range(at), mark: None },
            Self::Reply { analyst, reply } => {
                let reply = reply.reply();
                Edit::PutReply { analyst, id: reply.id, reply: Some(Box::new(reply)) }
            }
            Self::NoReply { analyst, id } => Edit::PutReply { analyst, id, reply: None },
            Self::Commentary { slug, commentary, text: words } => {
                let mut commentary = commentary.without_text(&slug, text)?;
                commentary.text = words.into();
                Edit::PutCommentary { id: commentary.id, commentary: Some(Arc::new(commentary)) }
            }
            Self::NoCommentary { id } => Edit::PutCommentary { id, commentary: None },
            Self::CommentaryDetails { id, details } => Edit::PutCommentaryDetails { id, details: details.details() },
            Self::Decision { commentary, suggestion, decision } => {
                Edit::PutDecision { commentary, key: suggestion.key(), decision: decision.map(Into::into) }
            }
            Self::Search(search) => {
                let search = search.search();
                Edit::PutSearch { id: search.id, search: Some(search) }
            }
            Self::NoSearch { id } => Edit::PutSearch { id, search: None },
            Self::Submission(submission) => {
                let submission = submission.submission();
                Edit::PutSubmission { id: submission.id, submission: Some(Box::new(submission)) }
            }
            Self::NoSubmission { id } => Edit::PutSubmission { id, submission: None },
        })
    }
}
