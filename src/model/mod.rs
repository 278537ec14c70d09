//! Floor 0: what a project is. Plain data and the edits that change it.
//!
//! Must not know: files, threads, the clock, the window, the search index. Ids and times are handed in from outside.
//! Positions everywhere are byte offsets into a draft's text, on character boundaries, end-exclusive ([`TextRange`]).

pub mod anchor;
pub mod annotation;
pub mod cell;
pub mod citation;
pub mod commentary;
pub mod concern;
pub mod draft;
pub mod edit;
pub mod facts;
pub mod ids;
pub mod outline;
pub mod printed;
pub mod project;
pub mod recommendation;
pub mod reply;
pub mod saved_search;
pub mod sentences;
pub mod submission;
pub mod text;

pub use anchor::{Anchor, Placement, Quote, Reach, Verdict};
pub use annotation::{
    Analyst, Annotation, AnnotationKind, AnnotationSet, MadeOf, Outcome, ReadMark, ReadMarks, Severity, Status,
};
pub use citation::{Citation, CitationStyle, Place, folded_label};
pub use commentary::{Commentary, CommentaryDetails, Decision, Origin, SuggestionKey};
pub use concern::{Codebook, Concern, Swatch};
pub use draft::{Direction, Draft, DraftDetails, SourceFile};
pub use edit::{Edit, EditError};
pub use facts::Facts;
pub use ids::{
    AnalystId, AnnotationId, CommentaryId, ConcernId, DraftId, Ids, ProjectId, ReplyId, SearchId, SubmissionId,
};
pub use outline::{HintKind, Mark, MarkKind, Outline, Provision, ProvisionIndex, ProvisionKind, StructureHint};
pub use printed::{Note, PageStart, Printed, Style, Styled, Taken, Wording};
pub use project::{Project, ProjectDetails};
pub use recommendation::{Action, Recommendation};
pub use reply::Reply;
pub use saved_search::{FoundIn, SavedSearch, SearchScope};
pub use submission::{Exported, FrontMatter, KeptFile, PaperDate, Pick, Shows, Submission, SubmissionKind};
pub use text::TextRange;
