//! Submissions: papers for the delegates, composed out of the remarks of the analysts.
//!
//! A [`Submission`] says which remarks a paper takes; [`compose`] makes a [`Paper`] of it out of the project, purely,
//! so that a task can do it. `select` says which remarks, in which order, and counts what is left out; `clause` gathers
//! them by clause and quotes it; `wording` puts proposed words against those of the clause, `proposed` says what these
//! words are, `orders` carries instructions out, `redline` draws what changes and `changed` says it; `asks` makes sentences
//! of recommendations, `since` says what became of them; `article`, `thematic`, `amendments` and `delegate` lay out
//! the four kinds. All fixed words are in `phrases`.
//!
//! Must not know: the window, how a paper is written in a format, files.

mod amendments;
mod article;
mod asks;
mod changed;
mod clause;
mod clean;
mod command;
mod comparison;
mod delegate;
mod front;
mod introduction;
mod kept;
mod logo;
mod look;
mod orders;
mod pages;
mod phrases;
mod proposed;
mod redline;
mod remark;
mod run;
mod select;
mod since;
mod speech;
mod targets;
mod templates;
mod thematic;
mod wording;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use crate::export::paper::{Density, Logo, Paper, PaperLanguage, Sheet};
use crate::model::{AnnotationId, Draft, DraftId, Project, Submission, SubmissionKind};

use super::tasks::Progress;
use super::view::Focus;
use clause::Page;
use remark::Room;
use select::Item;
use speech::Speech;
use targets::{Targets, numberings};

pub use command::{Given, PaperOf, SubmissionCommand};
pub use front::{FrontFile, front_file};
pub use kept::{COMPOSING, WRITING};
pub(super) use kept::{Kept, Made, Submitted};
pub use look::{ReportLook, ReportOf};
pub use pages::{DRAWING, LAYING_OUT, PagePicture, PageWish, Sheets};
pub(super) use pages::{Drawn, Laid, LaidOut};
pub use templates::{Template, submission_templates};

/// A paper with what it was composed of.
#[derive(Clone, Debug, Default)]
pub struct Composed {
    /// The paper.
    pub paper: Paper,
    /// The draft it is on; of two drafts the newer one.
    pub draft: Option<DraftId>,
    /// The remarks in it, in the order they come.
    pub remarks: Vec<Focus>,
    /// The remarks that are not in it although they were asked for, and why.
    pub left_out: LeftOut,
    /// What has changed in it since it was exported last; none where it never was.
    pub changed: Option<Changed>,
    /// What should be looked at before it goes out: sentences without a period.
    pub cautions: Vec<String>,
    /// For every remark in it a digest of what the paper took from the remark.
    pub digests: BTreeMap<AnnotationId, u64>,
}

/// Why a remark that was asked for is not in a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// A person left it out.
    ByHand,
    /// It says how a safeguard stands, and raises no concern.
    NotRaised,
    /// It was never carried to the draft.
    NotInDraft,
    /// What it asks for has been met.
    Met,
    /// It recommends nothing, and the paper is of recommendations.
    NothingAsked,
    /// It asks for a change without words for it, and the paper is of amendments.
    NoWords,
    /// Its words have no place in the draft that could be amended.
    NoPlace,
    /// There was no room for it.
    NoRoom,
}

impl Reason {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::ByHand,
        Self::NotRaised,
        Self::NotInDraft,
        Self::Met,
        Self::NothingAsked,
        Self::NoWords,
        Self::NoPlace,
        Self::NoRoom,
    ];

    /// In a few words, behind a number: `3 left out by hand`.
    pub fn words(self) -> &'static str {
        match self {
            Self::ByHand => "left out by hand",
            Self::NotRaised => "on how a safeguard stands",
            Self::NotInDraft => "not carried to this draft",
            Self::Met => "met by this draft",
            Self::NothingAsked => "without a recommendation",
            Self::NoWords => "without proposed words",
            Self::NoPlace => "without a place in this draft",
            Self::NoRoom => "for want of room",
        }
    }
}

/// The remarks that are not in a paper, by why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut(pub BTreeMap<Reason, BTreeSet<Focus>>);

impl LeftOut {
    /// How many for this reason.
    pub fn of(&self, reason: Reason) -> usize {
        self.0.get(&reason).map_or(0, BTreeSet::len)
    }

    /// How many in all.
    pub fn all(&self) -> usize {
        self.0.values().map(BTreeSet::len).sum()
    }

    /// In one sentence without a period; empty where nothing was left out.
    pub fn sentence(&self) -> String {
        let all = self.all();
        if all == 0 {
            return String::new();
        }
        let parts: Vec<String> = self.0.iter().map(|(why, which)| format!("{} {}", which.len(), why.words())).collect();
        format!("{all} remark{} not in it: {}", if all == 1 { " is" } else { "s are" }, parts.join(", "))
    }

    fn add(&mut self, reason: Reason, focus: Focus) {
        self.0.entry(reason).or_default().insert(focus);
    }
}

/// What has changed in a paper since it was exported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// Remarks that say something else.
    pub changed: usize,
    /// Remarks that were not in it.
    pub new: usize,
    /// Remarks that are in it no more.
    pub gone: usize,
    /// Whether it was on another draft.
    pub draft: bool,
}

impl Changed {
    /// Whether nothing has.
    pub fn is_nothing(self) -> bool {
        self == Self::default()
    }

    /// In one sentence without a period.
    pub fn sentence(self) -> String {
        if self.is_nothing() {
            return "Nothing changed since you exported this".to_owned();
        }
        let mut parts = Vec::new();
        for (count, one, many) in [
            (self.changed, "note changed", "notes changed"),
            (self.new, "remark was added", "remarks were added"),
            (self.gone, "remark is gone", "remarks are gone"),
        ] {
            if count > 0 {
                parts.push(format!("{count} {}", if count == 1 { one } else { many }));
            }
        }
        if self.draft {
            parts.push("it is on another draft".to_owned());
        }
        let mut sentence = format!("{} since you exported this", parts.join(", "));
        if let Some(first) = sentence.get(..1).map(str::to_uppercase) {
            sentence.replace_range(..1, &first);
        }
        sentence
    }
}

/// What is handed in besides the project and the submission.
#[derive(Clone, Debug)]
pub struct Aids {
    /// The day it is.
    pub today: Date,
    /// The remarks that the question of the submission finds; all where it has none.
    pub found: Option<BTreeSet<Focus>>,
    /// The logo, checked.
    pub logo: Option<Logo>,
    /// The document whose styles are taken over.
    pub styles: Option<Arc<[u8]>>,
    /// Drafts laid beside each other, to bring citations of older drafts under the numbers of the newest.
    pub pairs: BTreeMap<(DraftId, DraftId), Arc<super::Pair>>,
}

/// The draft a submission is on.
///
/// # Errors
/// One sentence, where it is not in the project.
fn draft_of<'p>(project: &'p Project, submission: &Submission) -> Result<&'p Arc<Draft>, String> {
    match submission.draft {
        Some(id) => {
            project.draft(id).ok_or_else(|| "The draft of this submission is not in the project any more".to_owned())
        }
        None => project.drafts.last().ok_or_else(|| "There is no draft in this project yet".to_owned()),
    }
}

/// Composes the paper of a submission; nothing where it was stopped.
///
/// # Errors
/// One sentence, where the draft is not in the project.
pub fn compose(
    project: &Project,
    submission: &Submission,
    aids: &Aids,
    progress: &Progress,
) -> Result<Option<Composed>, String> {
    let draft = draft_of(project, submission)?;
    let language = PaperLanguage::named(&submission.language).unwrap_or_default();
    let speech = Speech::new(language, submission.style, project.details.citation_style);
    let selected = select::select(project, submission, draft, aids.found.as_ref());
    let page = Page { project, draft, speech };
    let targets = Targets::new(&page, &aids.pairs);
    let room = Room {
        page,
        targets,
        submission,
        named: Cell::default(),
        explained: Cell::default(),
        keyed: Cell::default(),
        apart: RefCell::default(),
    };
    let (items, mut left_out) = (selected.items, selected.left_out);
    let total = items.len();
    let go_on = |done: usize| {
        progress.set(done as u64, total.max(1) as u64);
        !progress.is_cancelled()
    };
    let front = room.front(aids);
    let digests: BTreeMap<AnnotationId, u64> =
        items.iter().map(|item| (item.annotation.id, select::digest(item, draft.id))).collect();
    let all = |items: &[Item<'_>]| items.iter().map(|i| i.focus).collect::<Vec<_>>();
    let made = match submission.kind {
        SubmissionKind::Article => room.by_article(&items, &go_on).map(|body| (body, all(&items))),
        SubmissionKind::Thematic => room.by_theme(&items, &go_on).map(|body| (body, all(&items))),
        SubmissionKind::Amendments => room.amendments(items, &mut left_out, &front.title, &go_on),
        SubmissionKind::Delegate => room.sheet(items, &mut left_out, &front.title, &go_on),
    };
    let Some((body, remarks)) = made else { return Ok(None) };
    let is_in: BTreeSet<AnnotationId> = remarks.iter().map(|f| f.annotation).collect();
    let digests: BTreeMap<_, _> = digests.into_iter().filter(|(id, _)| is_in.contains(id)).collect();
    let mut paper = Paper {
        language,
        sheet: if submission.kind == SubmissionKind::Amendments { Sheet::Lying } else { Sheet::Upright },
        density: if submission.kind == SubmissionKind::Delegate { Density::Dense } else { Density::Roomy },
        front,
        contents: submission.contents,
        body,
        styles: aids.styles.clone(),
    };
    clean::clean(&mut paper);
    let changed = submission.exported.as_ref().map(|before| Changed {
        changed: digests.iter().filter(|(id, d)| before.digests.get(id).is_some_and(|b| b != *d)).count(),
        new: digests.keys().filter(|id| !before.digests.contains_key(id)).count(),
        gone: before.digests.keys().filter(|id| !digests.contains_key(id)).count(),
        draft: before.draft != draft.id,
    });
    let cautions = Vec::new();
    Ok(Some(Composed { paper, draft: Some(draft.id), remarks, left_out, changed, cautions, digests }))
}
