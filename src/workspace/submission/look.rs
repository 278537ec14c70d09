//! What the place Report shows.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::super::Workspace;
use super::command::PaperOf;
use crate::export::paper::PaperLanguage;
use crate::model::{DraftId, Submission, SubmissionId};

/// Which paper is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReportOf {
    /// A submission that is kept with the project.
    Submission(SubmissionId),
    /// The table of provisions of two drafts.
    Concordance,
    /// What became of the concerns.
    Outcomes,
}

/// What the place Report shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReportLook {
    /// Which paper; the first submission where nothing is said.
    pub shown: Option<ReportOf>,
    /// How large its pages are: 1 where they are as wide as there is room.
    pub zoom: f32,
    /// For the papers on two drafts: the older and the newer one.
    pub drafts: Option<(DraftId, DraftId)>,
    /// What became of the concerns is counted over all drafts, instead of the two.
    pub over_all: bool,
    /// The language of the fixed words of the papers on two drafts, a BCP 47 tag.
    pub language: String,
    /// Where each submission was written to last, on this machine.
    pub went_to: BTreeMap<SubmissionId, PathBuf>,
}

impl Default for ReportLook {
    fn default() -> Self {
        Self {
            shown: None,
            zoom: 1.0,
            drafts: None,
            over_all: true,
            language: "en".to_owned(),
            went_to: BTreeMap::new(),
        }
    }
}

impl ReportLook {
    /// The smallest and the largest pages.
    pub const ZOOMS: (f32, f32) = (0.4, 3.0);

    /// The same with pages so much larger or smaller.
    #[must_use]
    pub fn zoomed(&self, by: f32) -> Self {
        let (least, most) = Self::ZOOMS;
        Self { zoom: (self.zoom * by).clamp(least, most), ..self.clone() }
    }
}

impl Workspace {
    /// The day it is, as papers print it.
    pub fn today(&self) -> Date {
        self.surroundings.now().to_zoned(TimeZone::UTC).date()
    }

    /// The submission that the place Report shows.
    pub fn shown_submission(&self) -> Option<&Submission> {
        match self.shown_paper()? {
            PaperOf::Kept(id) => self.submission(id),
            _ => None,
        }
    }

    /// The paper that the place Report shows; none where there is no submission yet.
    pub fn shown_paper(&self) -> Option<PaperOf> {
        let look = &self.view.report;
        let language = PaperLanguage::named(&look.language).unwrap_or_default();
        let table = match look.shown {
            Some(ReportOf::Concordance) => {
                self.shown_drafts().map(|(old, new)| PaperOf::Concordance { old, new, language, style: None })
            }
            Some(ReportOf::Outcomes) => self.shown_drafts().map(|drafts| PaperOf::Outcomes {
                drafts: (!look.over_all).then_some(drafts),
                language,
                style: None,
            }),
            Some(ReportOf::Submission(id)) => self.submission(id).map(|s| PaperOf::Kept(s.id)),
            None => None,
        };
        table.or_else(|| self.submissions().first().map(|s| PaperOf::Kept(s.id)))
    }

    /// The two drafts of the papers on drafts as a whole: the two latest where none were chosen.
    pub fn shown_drafts(&self) -> Option<(DraftId, DraftId)> {
        let project = self.project()?;
        let is_there = |(old, new): &(DraftId, DraftId)| {
            old != new && project.draft(*old).is_some() && project.draft(*new).is_some()
        };
        self.view.report.drafts.filter(is_there).or_else(|| match project.drafts.as_slice() {
            [.., old, new] => Some((old.id, new.id)),
            _ => None,
        })
    }
}
