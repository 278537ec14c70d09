//! What can be asked for about submissions.

use std::path::PathBuf;

use super::pages::PageWish;
use crate::export::paper::PaperLanguage;
use crate::model::{AnnotationId, CitationStyle, DraftId, Submission, SubmissionId};

/// What a paper is made of.
#[derive(Clone, Debug, PartialEq)]
pub enum PaperOf {
    /// A submission that is kept with the project.
    Kept(SubmissionId),
    /// One that is not kept.
    Given(Box<Given>),
    /// The table of provisions of two drafts.
    Concordance {
        /// The older draft.
        old: DraftId,
        /// The newer one.
        new: DraftId,
        /// The language of its fixed words.
        language: PaperLanguage,
        /// How citations are printed; as the project does where nothing is said.
        style: Option<CitationStyle>,
    },
    /// What became of the concerns.
    Outcomes {
        /// Between the older and the newer of these; over all drafts where none are named.
        drafts: Option<(DraftId, DraftId)>,
        /// The language of its fixed words.
        language: PaperLanguage,
        /// How citations are printed; as the project does where nothing is said.
        style: Option<CitationStyle>,
    },
}

/// A submission that is not kept with the project; its files stand anywhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// What it takes and says.
    pub submission: Submission,
    /// Its logo, in the place of one that is kept.
    pub logo: Option<PathBuf>,
    /// The document whose styles it is written in, in the place of one that is kept.
    pub styles: Option<PathBuf>,
}

/// Commands about submissions.
#[derive(Clone, Debug, PartialEq)]
pub enum SubmissionCommand {
    /// Makes one after a template.
    Make {
        /// The id of one of [`submission_templates`](super::submission_templates).
        template: String,
        /// What it is called; as the template where nothing is said.
        name: String,
        /// The language of its fixed words, a BCP 47 tag; that of the latest draft where nothing is said.
        language: String,
    },
    /// Puts a whole new value in the place of one that is there.
    Change {
        /// As it is to be.
        submission: Box<Submission>,
        /// Whether a person is typing in it: then it runs together with what was typed before into one step.
        typing: bool,
    },
    /// Calls one otherwise.
    Rename {
        /// Which one.
        id: SubmissionId,
        /// Its name.
        name: String,
    },
    /// Takes one out of the project; no remark is touched.
    Remove(SubmissionId),
    /// Makes another like it, that was never exported.
    Duplicate(SubmissionId),
    /// Keeps a PNG or SVG file with the project as its logo; nothing takes the logo away.
    SetLogo {
        /// Of which one.
        id: SubmissionId,
        /// The file.
        path: Option<PathBuf>,
    },
    /// Keeps a DOCX file with the project whose styles it is written in; nothing takes that back.
    SetStyleTemplate {
        /// Of which one.
        id: SubmissionId,
        /// The file.
        path: Option<PathBuf>,
    },
    /// Moves a remark before another one, or to the end.
    MoveRemark {
        /// In which submission.
        id: SubmissionId,
        /// Which remark.
        remark: AnnotationId,
        /// The one behind it.
        before: Option<AnnotationId>,
    },
    /// Puts the remarks in the order of the draft again.
    ForgetOrder(SubmissionId),
    /// Leaves remarks out, or takes them in again.
    LeaveOut {
        /// Of which submission.
        id: SubmissionId,
        /// Which remarks.
        remarks: Vec<AnnotationId>,
        /// Out or in.
        out: bool,
    },
    /// Makes a remark one of the main points, the last of them, or none.
    Promote {
        /// Of which submission.
        id: SubmissionId,
        /// Which remark.
        remark: AnnotationId,
        /// Whether it is one.
        promoted: bool,
    },
    /// Composes a paper in the background, and again whenever the project has changed, until another is asked for or
    /// [`Self::Rest`]: see [`Workspace::composed`](crate::workspace::Workspace::composed).
    Compose(PaperOf),
    /// Draws pages of a layout, in this order; what was wanted before and is not drawn yet is not wanted any more.
    Draw {
        /// The number of the layout.
        number: u64,
        /// Which pages, and how large.
        pages: Vec<PageWish>,
    },
    /// Composes no more; what was composed last stays.
    Rest,
    /// Writes a paper; the ending of the path says how. What was exported is kept with a submission that is.
    Export {
        /// Which paper.
        of: PaperOf,
        /// Where to.
        path: PathBuf,
    },
}
