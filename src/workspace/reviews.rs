//! What commentaries suggest, where each suggestion stands, and what they ask of every provision.
//!
//! The suggestions of a commentary follow from its text, its draft and the codebook, and are read anew in the background
//! only when one of these has changed; where each stands follows from the project and is brought up to date with it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::citation::{self, Found, SuggestedNote, Suggestions};
use crate::model::{
    Action, AnnotationId, Codebook, Commentary, CommentaryId, Decision, Draft, DraftId, Outline, Project,
    ProvisionIndex, SuggestionKey,
};

use super::references::Links;

/// How far a suggestion has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewState {
    /// Nobody has said anything of it, or the annotation it became is gone.
    Waiting,
    /// It became this annotation.
    Accepted(AnnotationId),
    /// It is not wanted.
    Rejected,
}

impl ReviewState {
    /// The word for it on screen and in lists.
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Accepted(_) => "accepted",
            Self::Rejected => "rejected",
        }
    }
}

/// A commentary as it is reviewed.
#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    /// Which commentary.
    pub commentary: CommentaryId,
    /// The draft it speaks about.
    pub draft: DraftId,
    /// What it suggests.
    pub suggestions: Arc<Suggestions>,
    /// The citations in its text, in order, to be followed.
    pub found: Arc<Vec<Found>>,
    /// Its text as a page: paragraphs, headings and bullets.
    pub page: Arc<Outline>,
    /// The citations in its text as links into the draft.
    pub links: Arc<Links>,
    /// Where each suggestion stands, in the order of the suggestions.
    pub states: Vec<ReviewState>,
    /// How many wait.
    pub waiting: usize,
}

impl Review {
    /// The suggestions with where each stands.
    pub fn list(&self) -> impl Iterator<Item = (&SuggestedNote, ReviewState)> {
        self.suggestions.list.iter().zip(self.states.iter().copied())
    }

    /// One of them.
    pub fn get(&self, key: &SuggestionKey) -> Option<(&SuggestedNote, ReviewState)> {
        self.list().find(|(s, _)| s.key == *key)
    }
}

/// What commentaries ask of a provision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asks {
    /// The commentaries that speak of it.
    pub commentaries: BTreeSet<CommentaryId>,
    /// How many of them ask for each change; one may ask for several.
    pub asked: BTreeMap<Action, usize>,
}

impl Asks {
    /// In a few words: `3 commentaries: delete 2, limit 1`.
    pub fn line(&self) -> String {
        let count = self.commentaries.len();
        let head = format!("{count} commentar{}", if count == 1 { "y" } else { "ies" });
        let asks: Vec<String> = self.asked.iter().map(|(action, n)| format!("{} {n}", action.word())).collect();
        if asks.is_empty() { head } else { format!("{head}: {}", asks.join(", ")) }
    }
}

/// A table: what each commentary on a draft says of each provision.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Positions {
    /// The columns, by author and title.
    pub commentaries: Vec<CommentaryId>,
    /// The provisions that any of them speaks of, in the order of the draft; each with one cell for every column.
    pub rows: Vec<(ProvisionIndex, Vec<Vec<Position>>)>,
}

/// What a commentary says of a provision in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// Which suggestion.
    pub key: SuggestionKey,
    /// What it asks for in a few words, `limit to Articles 7 to 11`; none where it only speaks of it.
    pub asks: Option<String>,
    /// The kind of change asked for.
    pub action: Option<Action>,
    /// Where the suggestion stands.
    pub state: ReviewState,
}

/// What suggestions were read from.
#[derive(Clone, Debug)]
pub struct Basis {
    text_hash: String,
    draft: DraftId,
    outline: Arc<Outline>,
    codebook: Arc<Codebook>,
    names: Vec<String>,
}

impl PartialEq for Basis {
    fn eq(&self, other: &Self) -> bool {
        let same_outline = Arc::ptr_eq(&self.outline, &other.outline) || self.outline == other.outline;
        self.text_hash == other.text_hash
            && self.draft == other.draft
            && same_outline
            && self.codebook == other.codebook
            && self.names == other.names
    }
}

/// What was read from a commentary.
#[derive(Clone, Debug, Default)]
pub struct ReadNotes {
    /// What it suggests.
    pub suggestions: Arc<Suggestions>,
    /// The citations in its text.
    pub found: Arc<Vec<Found>>,
    /// Its text as a page.
    pub page: Arc<Outline>,
    /// The citations in its text as links into the draft.
    pub links: Arc<Links>,
}

/// The reviews of all commentaries of the project.
#[derive(Default)]
pub struct Reviews {
    read: BTreeMap<CommentaryId, (Basis, ReadNotes)>,
    /// What reading was begun for, so that nothing is tried twice.
    begun: BTreeMap<CommentaryId, Basis>,
    reviews: BTreeMap<CommentaryId, Review>,
    asks: BTreeMap<DraftId, BTreeMap<ProvisionIndex, Asks>>,
    revision: Option<u64>,
    codebook: Arc<Codebook>,
    /// How often where everything stands was brought up to date.
    generation: u64,
}

impl Reviews {
    /// Brings where everything stands up to date.
    pub(super) fn refresh(&mut self, revision: u64, project: &Project) {
        if self.revision == Some(revision) {
            return;
        }
        self.revision = Some(revision);
        self.generation += 1;
        if *self.codebook != project.codebook {
            self.codebook = Arc::new(project.codebook.clone());
        }
        self.read.retain(|id, _| project.commentaries.contains_key(id));
        self.begun.retain(|id, _| project.commentaries.contains_key(id));
        let annotations: BTreeSet<AnnotationId> = project.annotations().map(|(_, a)| a.id).collect();
        self.reviews.clear();
        self.asks.clear();
        for commentary in project.commentaries.values() {
            let Some((_, read)) = self.read.get(&commentary.id) else { continue };
            let review = review(commentary, read, &annotations);
            if let Some(draft) = project.draft(commentary.draft) {
                count(&review, draft, self.asks.entry(draft.id).or_default());
            }
            self.reviews.insert(commentary.id, review);
        }
    }

    /// Forgets everything, when a project is closed.
    pub(super) fn clear(&mut self) {
        *self = Self { generation: self.generation + 1, ..Self::default() };
    }

    /// What has to be read next, if anything: a commentary of which nothing was read, or something else.
    pub(super) fn due(&mut self, project: &Project) -> Option<(Arc<Commentary>, Basis)> {
        for commentary in project.commentaries.values() {
            let Some(draft) = project.draft(commentary.draft) else { continue };
            let basis = Basis::of(commentary, draft, project, &self.codebook);
            if self.begun.get(&commentary.id) != Some(&basis) {
                self.begun.insert(commentary.id, basis.clone());
                return Some((Arc::clone(commentary), basis));
            }
        }
        None
    }

    /// Takes over what was read, unless something else is wanted by now.
    pub(super) fn take(&mut self, id: CommentaryId, basis: Basis, read: ReadNotes) {
        if self.begun.get(&id) == Some(&basis) {
            self.read.insert(id, (basis, read));
            self.revision = None;
        }
    }

    /// Takes over what was read before a commentary came into the project.
    pub(super) fn know(&mut self, id: CommentaryId, basis: Basis, read: ReadNotes) {
        self.begun.insert(id, basis.clone());
        self.take(id, basis, read);
    }

    /// Whether what a commentary suggests is being read.
    pub fn is_reading(&self, id: CommentaryId) -> bool {
        self.begun.get(&id).is_some_and(|wanted| self.read.get(&id).is_none_or(|(basis, _)| basis != wanted))
    }

    /// A commentary as it is reviewed; none while it is read for the first time, or where its draft is gone.
    pub fn get(&self, id: CommentaryId) -> Option<&Review> {
        self.reviews.get(&id)
    }

    /// Changes whenever anything here does, so that further caches know.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Review> {
        self.reviews.values()
    }

    /// What commentaries ask of a provision itself.
    pub fn asked(&self, draft: DraftId, provision: ProvisionIndex) -> Option<&Asks> {
        self.asks.get(&draft)?.get(&provision)
    }

    /// What commentaries ask of every provision they speak of, in order.
    pub fn asked_of(&self, draft: DraftId) -> Option<&BTreeMap<ProvisionIndex, Asks>> {
        self.asks.get(&draft)
    }

    /// The table of what each commentary on a draft says of each provision. Rejected suggestions are left out.
    pub fn positions(&self, project: &Project, draft: DraftId) -> Positions {
        let commentaries: Vec<CommentaryId> =
            project.commentaries_on(draft).iter().map(|c| c.id).filter(|id| self.reviews.contains_key(id)).collect();
        let mut rows: BTreeMap<ProvisionIndex, Vec<Vec<Position>>> = BTreeMap::new();
        for (column, id) in commentaries.iter().enumerate() {
            let Some(review) = self.reviews.get(id) else { continue };
            for (note, state) in review.list().filter(|(_, state)| *state != ReviewState::Rejected) {
                let Some(provision) = note.meaning.one() else { continue };
                let row = rows.entry(provision).or_insert_with(|| vec![Vec::new(); commentaries.len()]);
                row[column].push(Position {
                    key: note.key.clone(),
                    asks: note.recommendation.as_ref().map(crate::model::Recommendation::summary),
                    action: note.recommendation.as_ref().map(|r| r.action),
                    state,
                });
            }
        }
        Positions { commentaries, rows: rows.into_iter().collect() }
    }
}

impl Basis {
    /// What the suggestions of a commentary on a draft are read from now.
    pub(super) fn of(commentary: &Commentary, draft: &Draft, project: &Project, codebook: &Arc<Codebook>) -> Self {
        let title = draft.outline.title.as_deref().unwrap_or_default();
        let names = [project.details.instrument.as_str(), project.details.title.as_str(), title];
        let names: BTreeSet<String> = names.into_iter().filter(|n| !n.is_empty()).map(str::to_owned).collect();
        Self {
            text_hash: commentary.text_hash.clone(),
            draft: draft.id,
            outline: Arc::clone(&draft.outline),
            codebook: Arc::clone(codebook),
            names: names.into_iter().collect(),
        }
    }

    /// Nothing that anything is read from.
    pub(super) fn nothing() -> Self {
        let (outline, codebook) = (Arc::default(), Arc::default());
        Self { text_hash: String::new(), draft: DraftId(0), outline, codebook, names: Vec::new() }
    }

    /// Reads what a commentary suggests.
    pub(super) fn read(&self, commentary: &Commentary) -> ReadNotes {
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        let found = citation::find(&commentary.text, &names);
        let suggestions = citation::suggest(&commentary.text, &commentary.hints, &found, &self.outline, &self.codebook);
        let page = Arc::new(super::leaf::outline_of(&commentary.text, &suggestions));
        let links = Arc::new(super::leaf::links_of(&commentary.text, &found, &suggestions, &self.outline));
        ReadNotes { suggestions: Arc::new(suggestions), found: Arc::new(found), page, links }
    }
}

/// A commentary with where each of its suggestions stands.
pub(super) fn review(commentary: &Commentary, read: &ReadNotes, annotations: &BTreeSet<AnnotationId>) -> Review {
    let state = |note: &SuggestedNote| match commentary.decisions.get(&note.key) {
        Some(Decision::Accepted(id)) if annotations.contains(id) => ReviewState::Accepted(*id),
        Some(Decision::Rejected) => ReviewState::Rejected,
        Some(Decision::Accepted(_)) | None => ReviewState::Waiting,
    };
    let states: Vec<ReviewState> = read.suggestions.list.iter().map(state).collect();
    Review {
        commentary: commentary.id,
        draft: commentary.draft,
        suggestions: Arc::clone(&read.suggestions),
        found: Arc::clone(&read.found),
        page: Arc::clone(&read.page),
        links: Arc::clone(&read.links),
        waiting: states.iter().filter(|s| **s == ReviewState::Waiting).count(),
        states,
    }
}

/// Counts what a commentary asks of each provision; what is rejected does not count.
fn count(review: &Review, draft: &Draft, asks: &mut BTreeMap<ProvisionIndex, Asks>) {
    let mut own: BTreeMap<ProvisionIndex, BTreeSet<Action>> = BTreeMap::new();
    for (note, _) in review.list().filter(|(_, state)| *state != ReviewState::Rejected) {
        let Some(provision) = note.meaning.one().filter(|&p| draft.outline.get(p).is_some()) else { continue };
        own.entry(provision).or_default().extend(note.recommendation.as_ref().map(|r| r.action));
    }
    for (provision, actions) in own {
        let entry = asks.entry(provision).or_default();
        entry.commentaries.insert(review.commentary);
        for action in actions {
            *entry.asked.entry(action).or_default() += 1;
        }
    }
}
