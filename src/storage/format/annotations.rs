//! `<analyst>.annotations.ron`: one analyst's remarks with all that a colleague needs to place them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::codebook::ConcernV1;
use super::recommendation::RecommendationV1;
use super::replies::{self, ReplyV1};
use super::{Span, range, span, words};
use crate::model::{
    Analyst, AnalystId, Anchor, Annotation, AnnotationId, AnnotationKind, AnnotationSet, Citation, CommentaryId,
    ConcernId, DraftId, Origin, Outcome, Place, Placement, ProjectId, Quote, Reach, ReadMark, ReadMarks, Severity,
    Status, TextRange, Verdict,
};
use crate::storage::ron_text::Fault;

/// The format of a file that says what format 1 cannot: that it is a part of a set, or without notes, or of several
/// analysts. A program that knows format 1 only says that it is too old for it, instead of calling the file damaged.
pub(in crate::storage) const SHARED_FORMAT: u32 = 2;

/// The whole file, formats 1 and 2.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::storage) struct AnnotationFileV1<'t> {
    pub format: u32,
    pub project: ProjectId,
    #[serde(borrow)]
    pub instrument: Cow<'t, str>,
    #[serde(borrow)]
    pub analyst: AnalystV1<'t>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub part: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub without_notes: bool,
    #[serde(borrow)]
    pub drafts: Vec<SharedDraftV1<'t>>,
    #[serde(borrow)]
    pub concerns: Vec<ConcernV1<'t>>,
    #[serde(borrow)]
    pub annotations: Vec<AnnotationV1<'t>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub read: Vec<ReadV1<'t>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub replies: Vec<ReplyV1<'t>>,
    /// The sets of further analysts.
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub more: Vec<SetV1<'t>>,
}

/// That a provision was read, format 1.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::storage) struct ReadV1<'t> {
    draft: DraftId,
    /// The provision, in bytes of that draft's text.
    at: Span,
    /// The citation for people; read from `place` and `points`.
    #[serde(borrow)]
    cited: Cow<'t, str>,
    place: PlaceV1,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    points: Vec<String>,
    when: Timestamp,
}

/// The author, format 1.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::storage) struct AnalystV1<'t> {
    pub id: AnalystId,
    #[serde(borrow)]
    pub name: Cow<'t, str>,
}

/// What tells a colleague which draft is meant, format 1.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::storage) struct SharedDraftV1<'t> {
    pub id: DraftId,
    #[serde(borrow)]
    pub label: Cow<'t, str>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    pub symbol: Cow<'t, str>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    pub language: Cow<'t, str>,
    #[serde(borrow)]
    pub text_hash: Cow<'t, str>,
}

/// A whole set, as the journal and a file of several analysts have it, format 1.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::storage) struct SetV1<'t> {
    #[serde(borrow)]
    pub analyst: AnalystV1<'t>,
    #[serde(borrow)]
    annotations: Vec<AnnotationV1<'t>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    read: Vec<ReadV1<'t>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    replies: Vec<ReplyV1<'t>>,
}

/// One remark, format 1.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::storage) struct AnnotationV1<'t> {
    pub id: AnnotationId,
    #[serde(default = "remark", skip_serializing_if = "is_remark")]
    kind: KindV1,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub concerns: Vec<ConcernId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    severity: Option<SeverityV1>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    note: Cow<'t, str>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    recommendation: Option<RecommendationV1<'t>>,
    status: StatusV1,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    source: Option<OriginV1<'t>>,
    created: Timestamp,
    changed: Timestamp,
    #[serde(borrow)]
    placements: Vec<PlacementV1<'t>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    outcomes: Vec<(DraftId, OutcomeV1)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    numbering: Option<DraftId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    seen: Vec<(DraftId, Timestamp)>,
    /// The remarks it was made of, each as it was changed last then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    made_of: Vec<(AnalystId, AnnotationId, Timestamp)>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OriginV1<'t> {
    commentary: CommentaryId,
    #[serde(borrow)]
    title: Cow<'t, str>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    author: Cow<'t, str>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    heading: Cow<'t, str>,
    /// In bytes of the commentary's text.
    at: Span,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlacementV1<'t> {
    draft: DraftId,
    #[serde(default = "made", skip_serializing_if = "is_made")]
    state: StateV1,
    /// In bytes of that draft's text; every placement but a lost one has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    range: Option<Span>,
    #[serde(default = "words_reach", skip_serializing_if = "is_words_reach")]
    reach: ReachV1,
    /// The citation for people; read from `place` and `points`.
    #[serde(borrow)]
    cited: Cow<'t, str>,
    place: PlaceV1,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    points: Vec<String>,
    #[serde(borrow)]
    exact: Cow<'t, str>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    prefix: Cow<'t, str>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    suffix: Cow<'t, str>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum StateV1 {
    Made,
    Carried {
        from: DraftId,
        verdict: VerdictV1,
    },
    Lost {
        from: Option<DraftId>,
        #[serde(default, skip_serializing_if = "is_no")]
        deleted: bool,
        #[serde(default, skip_serializing_if = "is_no")]
        reviewed: bool,
    },
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum VerdictV1 {
    Unchanged,
    Renumbered,
    Moved,
    /// Similarity from 0 to 1.
    Edited(f32),
    Split,
    Merged,
    Deleted,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::storage) enum PlaceV1 {
    Preamble,
    Recital(String),
    Part(String),
    Title(String),
    Chapter(String),
    Section(String),
    Article(String),
    Annex(String),
    Heading(String),
    Text,
}

words! {
    /// A remark or an absence, or what is said of a safeguard.
    KindV1 for AnnotationKind { Remark, Absence, Presence, NotNeeded }
}
words! {
    /// How bad.
    SeverityV1 for Severity { Low, Moderate, High, Critical }
}
words! {
    /// How far it has come.
    StatusV1 for Status { Draft, ForReview, Agreed }
}
words! {
    /// What became of the concern.
    OutcomeV1 for Outcome { Met, PartlyMet, NotMet, Worse }
}
words! {
    /// Chosen words or a whole provision.
    ReachV1 for Reach { Words, Provision }
}

impl<'t> AnalystV1<'t> {
    /// The analyst as written.
    pub fn of(analyst: &'t Analyst) -> Self {
        Self { id: analyst.id, name: analyst.name.as_str().into() }
    }

    /// The analyst as the model has them.
    pub fn analyst(self) -> Analyst {
        Analyst { id: self.id, name: self.name.into_owned() }
    }
}

impl<'t> SetV1<'t> {
    /// The set as written.
    pub fn of(set: &'t AnnotationSet) -> Self {
        let annotations = set.annotations.values().map(AnnotationV1::of).collect();
        Self {
            analyst: AnalystV1::of(&set.analyst),
            annotations,
            read: ReadV1::all(&set.read),
            replies: ReplyV1::all(&set.replies),
        }
    }

    /// The set as the model has it.
    ///
    /// # Errors
    /// As [`set`].
    pub fn set(self, text: &str) -> Result<AnnotationSet, Fault> {
        set(self.analyst.analyst(), self.annotations, self.read, self.replies, text)
    }
}

/// A set of remarks read from a file.
///
/// # Errors
/// Where two remarks or replies have the same id, a remark stands twice in a draft, or one has no place; `text` is the file.
pub(in crate::storage) fn set(
    analyst: Analyst,
    annotations: Vec<AnnotationV1<'_>>,
    read: Vec<ReadV1<'_>>,
    replies: Vec<ReplyV1<'_>>,
    text: &str,
) -> Result<AnnotationSet, Fault> {
    // Collected first: a tree made from a sorted list is made faster than one that grows.
    let mut list = Vec::with_capacity(annotations.len());
    for annotation in annotations {
        let id = annotation.id;
        let place = |message: &str| Fault::at(text, text.find(&id.to_string()).unwrap_or(0), message);
        list.push((id, annotation.annotation().map_err(place)?));
    }
    let count = list.len();
    let mut ids: Vec<AnnotationId> = list.iter().map(|(id, _)| *id).collect();
    let annotations: BTreeMap<_, _> = list.into_iter().collect();
    if annotations.len() < count {
        ids.sort_unstable();
        let twice = ids.windows(2).find(|w| w[0] == w[1]).map(|w| w[0].to_string()).unwrap_or_default();
        return Err(Fault::at_second(text, &twice, "a second remark with the same id"));
    }
    let mut marks = ReadMarks::new();
    for mark in read {
        let (draft, range, mark) = mark.mark();
        // Said twice is said once: nothing but the time could differ.
        marks.entry(draft).or_default().insert(range, mark);
    }
    Ok(AnnotationSet { analyst, annotations, read: marks, replies: replies::by_id(replies, text)? })
}

impl<'t> ReadV1<'t> {
    /// One mark as written.
    pub fn of(draft: DraftId, at: TextRange, mark: &'t ReadMark) -> Self {
        Self {
            draft,
            at: span(at),
            cited: mark.citation.to_string().into(),
            place: PlaceV1::of(&mark.citation.place),
            points: mark.citation.points.clone(),
            when: mark.when,
        }
    }

    /// All marks as written.
    pub fn all(read: &'t ReadMarks) -> Vec<Self> {
        let marks = read.iter().flat_map(|(draft, marks)| marks.iter().map(|(at, mark)| (*draft, *at, mark)));
        marks.map(|(draft, at, mark)| Self::of(draft, at, mark)).collect()
    }

    /// The mark as the model has it, with its place.
    pub fn mark(self) -> (DraftId, TextRange, ReadMark) {
        let citation = Citation { place: self.place.place(), points: self.points };
        (self.draft, range(self.at), ReadMark { citation, when: self.when })
    }
}

impl<'t> AnnotationV1<'t> {
    /// The remark as written.
    pub fn of(annotation: &'t Annotation) -> Self {
        let placements = annotation.placements.iter();
        Self {
            id: annotation.id,
            kind: annotation.kind.into(),
            concerns: annotation.concerns.iter().copied().collect(),
            severity: annotation.severity.map(SeverityV1::from),
            note: annotation.note.as_str().into(),
            recommendation: annotation.recommendation.as_ref().map(RecommendationV1::of),
            status: annotation.status.into(),
            source: annotation.source.as_ref().map(OriginV1::of),
            created: annotation.created,
            changed: annotation.changed,
            placements: placements.map(|(&draft, placement)| PlacementV1::of(draft, placement)).collect(),
            outcomes: annotation.outcomes.iter().map(|(&draft, &outcome)| (draft, outcome.into())).collect(),
            numbering: annotation.numbering,
            seen: annotation.seen.iter().map(|(&draft, &when)| (draft, when)).collect(),
            made_of: annotation.made_of.iter().map(|(&(who, which), &when)| (who, which, when)).collect(),
        }
    }

    /// The remark as the model has it, else what is wrong with it.
    ///
    /// # Errors
    /// A clause that says what is wrong.
    pub fn annotation(self) -> Result<Annotation, &'static str> {
        let mut placements = BTreeMap::new();
        for placement in self.placements {
            if placements.insert(placement.draft, placement.placement()?).is_some() {
                return Err("a remark that stands twice in one draft");
            }
        }
        Ok(Annotation {
            id: self.id,
            kind: self.kind.into(),
            concerns: self.concerns.into_iter().collect(),
            severity: self.severity.map(Severity::from),
            note: self.note.into_owned(),
            recommendation: self.recommendation.map(RecommendationV1::recommendation),
            status: self.status.into(),
            source: self.source.map(OriginV1::origin),
            created: self.created,
            changed: self.changed,
            placements,
            outcomes: self.outcomes.into_iter().map(|(draft, outcome)| (draft, outcome.into())).collect(),
            numbering: self.numbering,
            seen: self.seen.into_iter().collect(),
            made_of: self.made_of.into_iter().map(|(who, which, when)| ((who, which), when)).collect(),
        })
    }
}

impl<'t> OriginV1<'t> {
    fn of(origin: &'t Origin) -> Self {
        Self {
            commentary: origin.commentary,
            title: origin.title.as_str().into(),
            author: origin.author.as_str().into(),
            heading: origin.heading.as_str().into(),
            at: span(origin.range),
        }
    }

    fn origin(self) -> Origin {
        Origin {
            commentary: self.commentary,
            title: self.title.into_owned(),
            author: self.author.into_owned(),
            heading: self.heading.into_owned(),
            range: range(self.at),
        }
    }
}

impl<'t> PlacementV1<'t> {
    fn of(draft: DraftId, placement: &'t Placement) -> Self {
        let (quote, citation) = (placement.quote(), placement.citation());
        let anchor = placement.anchor();
        let state = match placement {
            Placement::Made(_) => StateV1::Made,
            Placement::Carried { from, verdict, .. } => {
                StateV1::Carried { from: *from, verdict: VerdictV1::of(*verdict) }
            }
            Placement::Lost { from, deleted, reviewed, .. } => {
                StateV1::Lost { from: *from, deleted: *deleted, reviewed: *reviewed }
            }
        };
        Self {
            draft,
            state,
            range: anchor.map(|a| span(a.range)),
            reach: anchor.map_or(ReachV1::Words, |a| a.reach.into()),
            cited: citation.to_string().into(),
            place: PlaceV1::of(&citation.place),
            points: citation.points.clone(),
            exact: quote.exact.as_str().into(),
            prefix: quote.prefix.as_str().into(),
            suffix: quote.suffix.as_str().into(),
        }
    }

    fn placement(self) -> Result<Placement, &'static str> {
        let quote = Quote {
            exact: self.exact.into_owned(),
            prefix: self.prefix.into_owned(),
            suffix: self.suffix.into_owned(),
        };
        let citation = Citation { place: self.place.place(), points: self.points };
        let reach = self.reach.into();
        let at = self.range.map(range);
        match (self.state, at) {
            (StateV1::Lost { from, deleted, reviewed }, _) => {
                Ok(Placement::Lost { from, quote, citation, deleted, reviewed })
            }
            (_, None) => Err("a remark without a range that is not lost"),
            (StateV1::Made, Some(range)) => Ok(Placement::Made(Anchor { range, quote, citation, reach })),
            (StateV1::Carried { from, verdict }, Some(range)) => {
                let anchor = Anchor { range, quote, citation, reach };
                Ok(Placement::Carried { anchor, from, verdict: verdict.verdict() })
            }
        }
    }
}

impl VerdictV1 {
    fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Unchanged => Self::Unchanged,
            Verdict::Renumbered => Self::Renumbered,
            Verdict::Moved => Self::Moved,
            Verdict::Edited { similarity } => Self::Edited(similarity),
            Verdict::Split => Self::Split,
            Verdict::Merged => Self::Merged,
            Verdict::Deleted => Self::Deleted,
        }
    }

    fn verdict(self) -> Verdict {
        match self {
            Self::Unchanged => Verdict::Unchanged,
            Self::Renumbered => Verdict::Renumbered,
            Self::Moved => Verdict::Moved,
            Self::Edited(s) => Verdict::Edited { similarity: if s.is_nan() { 0.0 } else { s.clamp(0.0, 1.0) } },
            Self::Split => Verdict::Split,
            Self::Merged => Verdict::Merged,
            Self::Deleted => Verdict::Deleted,
        }
    }
}

impl PlaceV1 {
    /// The place as it is written.
    pub fn of(place: &Place) -> Self {
        match place.clone() {
            Place::Preamble => Self::Preamble,
            Place::Recital(n) => Self::Recital(n),
            Place::Part(n) => Self::Part(n),
            Place::Title(n) => Self::Title(n),
            Place::Chapter(n) => Self::Chapter(n),
            Place::Section(n) => Self::Section(n),
            Place::Article(n) => Self::Article(n),
            Place::Annex(n) => Self::Annex(n),
            Place::Heading(n) => Self::Heading(n),
            Place::Text => Self::Text,
        }
    }

    /// The place as the model has it.
    pub fn place(self) -> Place {
        match self {
            Self::Preamble => Place::Preamble,
            Self::Recital(n) => Place::Recital(n),
            Self::Part(n) => Place::Part(n),
            Self::Title(n) => Place::Title(n),
            Self::Chapter(n) => Place::Chapter(n),
            Self::Section(n) => Place::Section(n),
            Self::Article(n) => Place::Article(n),
            Self::Annex(n) => Place::Annex(n),
            Self::Heading(n) => Place::Heading(n),
            Self::Text => Place::Text,
        }
    }
}

fn remark() -> KindV1 {
    KindV1::Remark
}

fn is_remark(kind: &KindV1) -> bool {
    *kind == KindV1::Remark
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_no(value: &bool) -> bool {
    !*value
}

fn made() -> StateV1 {
    StateV1::Made
}

fn is_made(state: &StateV1) -> bool {
    matches!(state, StateV1::Made)
}

fn words_reach() -> ReachV1 {
    ReachV1::Words
}

fn is_words_reach(reach: &ReachV1) -> bool {
    *reach == ReachV1::Words
}
