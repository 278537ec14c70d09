//! One analyst's remarks.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::anchor::{Anchor, Placement};
use super::citation::Citation;
use super::commentary::Origin;
use super::ids::{AnalystId, AnnotationId, ConcernId, DraftId, ReplyId};
use super::recommendation::Recommendation;
use super::reply::Reply;
use super::text::TextRange;

/// How bad it is, in four steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth noting.
    Low,
    /// Should be mended.
    Moderate,
    /// Endangers rights.
    High,
    /// Unacceptable as it stands.
    Critical,
}

impl Severity {
    /// All four, mildest first.
    pub const ALL: [Self; 4] = [Self::Low, Self::Moderate, Self::High, Self::Critical];

    /// 1 to 4.
    pub fn step(self) -> u8 {
        self as u8 + 1
    }

    /// From 1 to 4.
    pub fn from_step(step: u8) -> Option<Self> {
        Self::ALL.get(usize::from(step).checked_sub(1)?).copied()
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Moderate => "moderate",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }

    /// From its word or its step.
    pub fn named(word: &str) -> Option<Self> {
        let word = word.trim();
        Self::ALL
            .into_iter()
            .find(|s| s.word().eq_ignore_ascii_case(word))
            .or_else(|| word.parse().ok().and_then(Self::from_step))
    }
}

/// How far a remark has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Status {
    /// Being written.
    #[default]
    Draft,
    /// Waiting for a colleague's eyes.
    ForReview,
    /// Settled in the team.
    Agreed,
}

impl Status {
    /// All three, in order.
    pub const ALL: [Self; 3] = [Self::Draft, Self::ForReview, Self::Agreed];

    /// The words for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::ForReview => "for review",
            Self::Agreed => "agreed",
        }
    }

    /// From its words.
    pub fn named(word: &str) -> Option<Self> {
        let word = word.trim();
        Self::ALL
            .into_iter()
            .find(|s| s.word().eq_ignore_ascii_case(word) || s.word().replace(' ', "").eq_ignore_ascii_case(word))
    }
}

/// What became of a concern in a later draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Outcome {
    /// The draft now says what was asked for.
    Met,
    /// Some of it.
    PartlyMet,
    /// Nothing was mended.
    NotMet,
    /// It is worse than before.
    Worse,
}

impl Outcome {
    /// All four, best first.
    pub const ALL: [Self; 4] = [Self::Met, Self::PartlyMet, Self::NotMet, Self::Worse];

    /// The words for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::PartlyMet => "partly met",
            Self::NotMet => "not met",
            Self::Worse => "worse",
        }
    }

    /// From its words.
    pub fn named(word: &str) -> Option<Self> {
        let word = word.trim();
        Self::ALL
            .into_iter()
            .find(|o| o.word().eq_ignore_ascii_case(word) || o.word().replace(' ', "").eq_ignore_ascii_case(word))
    }
}

/// The remarks of others that one of the team's was made of, each as it was changed last when that was done.
pub type MadeOf = BTreeMap<(AnalystId, AnnotationId), Timestamp>;

/// A remark on words that are there, or on words that ought to be; or what is said of an expected safeguard, which is the
/// concern it is tagged with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AnnotationKind {
    /// On what the draft says.
    #[default]
    Remark,
    /// On what it fails to say.
    Absence,
    /// Says that an expected safeguard stands here.
    Presence,
    /// Says that an expected safeguard is not needed here.
    #[serde(rename = "not needed")]
    NotNeeded,
}

impl AnnotationKind {
    /// All four, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::Remark, Self::Absence, Self::Presence, Self::NotNeeded];

    /// The words for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Remark => "remark",
            Self::Absence => "absence",
            Self::Presence => "present",
            Self::NotNeeded => "not needed",
        }
    }

    /// From its words.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.word().eq_ignore_ascii_case(word.trim()))
    }

    /// Whether it raises a concern, instead of saying how a safeguard stands.
    pub fn is_raised(self) -> bool {
        matches!(self, Self::Remark | Self::Absence)
    }
}

/// One remark, with one sighting per draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Annotation {
    /// Which annotation.
    pub id: AnnotationId,
    /// Remark or absence.
    pub kind: AnnotationKind,
    /// What it is tagged with; empty while being sorted.
    pub concerns: BTreeSet<ConcernId>,
    /// How bad, if said.
    pub severity: Option<Severity>,
    /// The analyst's words.
    pub note: String,
    /// What should change, if said.
    pub recommendation: Option<Recommendation>,
    /// How far it has come.
    pub status: Status,
    /// The commentary its words were taken from, if they were.
    #[serde(default)]
    pub source: Option<Origin>,
    /// When it was first written.
    pub created: Timestamp,
    /// When it was last changed.
    pub changed: Timestamp,
    /// Where it stands in each draft it has been seen in.
    pub placements: BTreeMap<DraftId, Placement>,
    /// What became of the concern in the drafts where a person has said so.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub outcomes: BTreeMap<DraftId, Outcome>,
    /// The draft by whose numbers the recommendation cites, once a person has had it renumbered; before that it is the
    /// first one in which the remark was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numbering: Option<DraftId>,
    /// When a person last put or confirmed its place in a draft, or said what became of it there; none for the place it
    /// was made with.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub seen: BTreeMap<DraftId, Timestamp>,
    /// The remarks it was made of, where it is one the team agreed on.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub made_of: MadeOf,
}

impl Annotation {
    /// A new one with a single place.
    pub fn new(id: AnnotationId, kind: AnnotationKind, draft: DraftId, anchor: Anchor, now: Timestamp) -> Self {
        Self {
            id,
            kind,
            concerns: BTreeSet::new(),
            severity: None,
            note: String::new(),
            recommendation: None,
            status: Status::Draft,
            source: None,
            created: now,
            changed: now,
            placements: BTreeMap::from([(draft, Placement::Made(anchor))]),
            outcomes: BTreeMap::new(),
            numbering: None,
            seen: BTreeMap::new(),
            made_of: BTreeMap::new(),
        }
    }

    /// Its place in a draft, unless it has none there or lost it.
    pub fn anchor_in(&self, draft: DraftId) -> Option<&Anchor> {
        self.placements.get(&draft)?.anchor()
    }

    /// Notes at what time a person looked at it: in every draft where its place or what became of it differs from `old`
    /// and is a person's doing.
    pub fn stamp(&mut self, old: &Self, now: Timestamp) {
        let drafts: BTreeSet<DraftId> = self.placements.keys().chain(self.outcomes.keys()).copied().collect();
        for draft in drafts {
            let same = self.placements.get(&draft) == old.placements.get(&draft)
                && self.outcomes.get(&draft) == old.outcomes.get(&draft);
            if !same && self.is_reviewed_in(draft) {
                self.seen.insert(draft, now);
            }
        }
    }

    /// Whether a person has looked at it in a draft: put or confirmed its place, kept it as lost, or said what became of
    /// the concern.
    pub fn is_reviewed_in(&self, draft: DraftId) -> bool {
        self.outcomes.contains_key(&draft) || self.placements.get(&draft).is_some_and(Placement::is_reviewed)
    }
}

/// The author of an annotation set.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Analyst {
    /// Which analyst.
    pub id: AnalystId,
    /// The name shown beside the remarks.
    pub name: String,
}

/// That a provision was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadMark {
    /// Which provision, for a colleague whose copy of the draft came from another file.
    pub citation: Citation,
    /// When that was said.
    pub when: Timestamp,
}

/// The provisions of each draft an analyst has read, whether they remarked on them or not, by their range in bytes.
pub type ReadMarks = BTreeMap<DraftId, BTreeMap<TextRange, ReadMark>>;

/// All remarks of one analyst in one project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnnotationSet {
    /// Whose they are.
    pub analyst: Analyst,
    /// By id.
    pub annotations: BTreeMap<AnnotationId, Annotation>,
    /// What they have read; no draft stands here without a mark.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub read: ReadMarks,
    /// What they answered to remarks of others or of their own.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub replies: BTreeMap<ReplyId, Reply>,
}

impl AnnotationSet {
    /// An empty set.
    pub fn of(analyst: Analyst) -> Self {
        Self { analyst, annotations: BTreeMap::new(), read: BTreeMap::new(), replies: BTreeMap::new() }
    }
}
