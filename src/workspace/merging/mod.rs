//! What a colleague's file would change, before anything is changed: which remarks are new, changed or gone, on which of
//! our drafts they stand, which of our concerns theirs are. A person chooses; then all of it is one step.
//!
//! * `drafts` tells which of our drafts one of theirs is, and `concerns` which of our concerns;
//! * `places` puts their remarks on our words; `plan` compares them with what is here.
//!
//! Must not know: how a file is written or read, the window.

mod command;
mod concerns;
mod drafts;
mod places;
mod plan;
mod settle;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use crate::model::{Analyst, Annotation, AnnotationId, Concern, ConcernId, DraftId, ReadMarks, Reply, ReplyId};
use crate::reconcile::Standing;
use crate::storage::{SharedDraft, SharedSet};

pub use command::ColleagueCommand;
pub(super) use drafts::{is_same_language, is_same_symbol};
pub(super) use plan::{edits, plan};
pub(super) use settle::settle;

/// A file that was opened and waits for a decision.
#[derive(Clone, Debug)]
pub struct Merging {
    /// The file.
    pub path: PathBuf,
    /// What has been chosen so far.
    pub choices: MergeChoices,
    /// What it would change; none until that is worked out.
    pub plan: Option<Arc<MergePlan>>,
    /// What the file holds.
    pub(super) shared: Arc<SharedSet>,
    /// The revision and the choices the plan was made from.
    pub(super) made_from: Option<(u64, MergeChoices)>,
    /// Whether the plan is being made.
    pub(super) working: bool,
    /// Whether it is to be applied as soon as it is made.
    pub(super) at_once: bool,
}

/// What a person chose; all else is as the plan proposes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MergeChoices {
    /// Which of our concerns one of theirs is; none to add theirs as new.
    pub concerns: BTreeMap<ConcernId, Option<ConcernId>>,
    /// Concerns of theirs whose name, color and definition are to take the place of ours.
    pub take_over: BTreeSet<ConcernId>,
    /// Which of our drafts one of theirs is; none for a draft we do not have.
    pub drafts: BTreeMap<DraftId, Option<DraftId>>,
    /// Remarks to take or to leave, against what is proposed.
    pub take: BTreeMap<AnnotationId, bool>,
    /// Replies to take or to leave, against what is proposed.
    pub replies: BTreeMap<ReplyId, bool>,
}

/// What a file would change.
#[derive(Clone, Debug, PartialEq)]
pub struct MergePlan {
    /// Whose remarks the file holds.
    pub analyst: Analyst,
    /// They are one's own: nothing of them is taken unless a person says so, but what is new.
    pub is_own: bool,
    /// There is no set of this analyst here yet.
    pub is_first: bool,
    /// The instrument the file speaks of, where it comes from another project.
    pub other_project: Option<String>,
    /// The file holds only some of the analyst's remarks, so that a missing one says nothing.
    pub is_part: bool,
    /// The file holds no notes and replies, so that a missing one says nothing.
    pub without_notes: bool,
    /// Their drafts, in the order of the file.
    pub drafts: Vec<DraftMatch>,
    /// Their concerns, in the order of the file.
    pub concerns: Vec<ConcernMatch>,
    /// Their remarks and those that are only here, what asks most for a look first.
    pub items: Vec<MergeItem>,
    /// Their replies and those that are only here, in the same order.
    pub replies: Vec<ReplyItem>,
    /// Provisions they have read that are not marked as read by them here, by the ranges of their texts in bytes.
    pub read: ReadMarks,
}

/// A draft of theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftMatch {
    /// What the file says of it.
    pub theirs: SharedDraft,
    /// Which of ours it is.
    pub ours: Option<DraftId>,
    /// How that is known.
    pub by: DraftTold,
    /// How many remarks stand in it.
    pub remarks: usize,
}

/// How it is known which draft is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftTold {
    /// It is the very draft, from one and the same project.
    Same,
    /// Its text is the same.
    Text,
    /// Its document symbol is the same.
    Symbol,
    /// The words that were remarked on stand in it.
    Words,
    /// A person said so.
    Chosen,
    /// It is not known, or not here.
    Nothing,
}

impl DraftTold {
    /// The words for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Same => "the same draft",
            Self::Text => "the same text",
            Self::Symbol => "the same symbol",
            Self::Words => "by its words",
            Self::Chosen => "as you chose",
            Self::Nothing => "not in this project",
        }
    }
}

/// A concern of theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConcernMatch {
    /// As the file has it.
    pub theirs: Concern,
    /// Which of ours it is; none where it is to be added.
    pub ours: Option<ConcernId>,
    /// How that is known.
    pub by: ConcernTold,
    /// In what it differs from ours: `name`, `tag`, `color`, `definition`.
    pub differs: Vec<&'static str>,
    /// How many of their remarks have it.
    pub remarks: usize,
    /// What is added to the codebook, if it is.
    pub added: Option<Concern>,
}

/// How it is known which concern is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConcernTold {
    /// It is the very concern.
    Same,
    /// It was said before.
    Remembered,
    /// Its name is the same.
    Name,
    /// A person said so.
    Chosen,
    /// It is not in the codebook.
    Nothing,
}

impl ConcernTold {
    /// The words for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Same => "the same concern",
            Self::Remembered => "as before",
            Self::Name => "the same name",
            Self::Chosen => "as you chose",
            Self::Nothing => "new to us",
        }
    }
}

/// A remark of theirs, or one of their set that only we still have.
#[derive(Clone, Debug, PartialEq)]
pub struct MergeItem {
    /// Which.
    pub id: AnnotationId,
    /// How what came stands to what is here.
    pub standing: Standing,
    /// As it is here.
    pub here: Option<Arc<Annotation>>,
    /// As it came, with its places in our drafts and our concerns.
    pub there: Option<Arc<Annotation>>,
    /// Both joined: what is put into the project if it is taken.
    pub joined: Arc<Annotation>,
    /// How its places were found, draft by draft.
    pub places: Vec<(DraftId, PlacedAs)>,
    /// Whether it is to be taken: put into the project, or, where they deleted it, taken out.
    pub take: bool,
}

/// A reply of theirs, or one of their set that only we still have.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplyItem {
    /// Which.
    pub id: ReplyId,
    /// How what came stands to what is here.
    pub standing: Standing,
    /// As it is here.
    pub here: Option<Arc<Reply>>,
    /// As it came.
    pub there: Option<Arc<Reply>>,
    /// Both joined: what is put into the project if it is taken.
    pub joined: Arc<Reply>,
    /// Whether it is to be taken: put into the project, or, where they deleted it, taken out.
    pub take: bool,
}

impl ReplyItem {
    /// Whether it can be chosen: there is something to take over.
    pub fn can_be_taken(&self) -> bool {
        is_something(self.standing)
    }
}

/// Whether there is something to take over.
fn is_something(standing: Standing) -> bool {
    !matches!(standing, Standing::Same | Standing::ChangedHere)
}

/// How a remark's place was found in our copy of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlacedAs {
    /// On the same words of the same text.
    Same,
    /// On the same words elsewhere in our copy of the draft.
    Found,
    /// On the same words, which have another number in our copy.
    Renumbered,
    /// Its words are not in our copy.
    Lost,
    /// The draft is not in this project.
    Elsewhere,
}

impl PlacedAs {
    /// The words for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Same => "on the same words",
            Self::Found => "found again in our copy",
            Self::Renumbered => "found under another number",
            Self::Lost => "without a place here",
            Self::Elsewhere => "on a draft that is not here",
        }
    }
}

impl MergePlan {
    /// How many items have a standing, and how many of them are to be taken.
    pub fn count(&self, standing: Standing) -> (usize, usize) {
        let of = self.items.iter().filter(|i| i.standing == standing);
        of.fold((0, 0), |(all, taken), i| (all + 1, taken + usize::from(i.take)))
    }

    /// How many places were found how.
    pub fn placed(&self, how: PlacedAs) -> usize {
        self.items.iter().flat_map(|i| &i.places).filter(|(_, p)| *p == how).count()
    }

    /// How many remarks and replies are to be taken.
    pub fn taken(&self) -> usize {
        self.items.iter().filter(|i| i.take).count() + self.replies.iter().filter(|r| r.take).count()
    }

    /// Whether there is nothing in the file that could be taken over.
    pub fn has_nothing(&self) -> bool {
        let nothing = self.items.iter().all(|i| !i.can_be_taken()) && self.replies.iter().all(|r| !r.can_be_taken());
        nothing && self.read.is_empty()
    }

    /// Whether applying it would change anything.
    pub fn changes_something(&self) -> bool {
        self.taken() > 0 || !self.read.is_empty()
    }
}

impl ConcernMatch {
    /// Which of our concerns it becomes: one that is here, or the one that is added.
    pub fn becomes(&self) -> Option<ConcernId> {
        self.ours.or_else(|| self.added.as_ref().map(|a| a.id))
    }
}

impl MergeItem {
    /// Whether it can be chosen: there is something to take over.
    pub fn can_be_taken(&self) -> bool {
        is_something(self.standing)
    }

    /// How well it is placed: as the worst of its places.
    pub fn worst_place(&self) -> Option<PlacedAs> {
        self.places.iter().map(|(_, p)| *p).max()
    }
}
