//! The project: one instrument, its drafts, a codebook, and the analysts' sets.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::annotation::{Annotation, AnnotationSet};
use super::citation::CitationStyle;
use super::commentary::Commentary;
use super::concern::Codebook;
use super::draft::Draft;
use super::ids::{self, AnalystId, AnnotationId, CommentaryId, DraftId, ProjectId, SearchId, SubmissionId};
use super::reply::Reply;
use super::saved_search::SavedSearch;
use super::submission::Submission;

/// What a project is called, and how it writes citations.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ProjectDetails {
    /// The team's name for it.
    pub title: String,
    /// The treaty being negotiated.
    #[serde(default)]
    pub instrument: String,
    /// How citations are printed, on the screen and in exports.
    #[serde(default)]
    pub citation_style: CitationStyle,
}

/// Everything that can change, and changes only by an [`Edit`](super::Edit).
#[derive(Clone, Debug, PartialEq)]
pub struct Project {
    /// Which project.
    pub id: ProjectId,
    /// What it is called.
    pub details: ProjectDetails,
    /// In the order they are shown, oldest first by habit.
    pub drafts: Vec<Arc<Draft>>,
    /// The concerns.
    pub codebook: Codebook,
    /// One per analyst.
    pub sets: BTreeMap<AnalystId, AnnotationSet>,
    /// Analyses of the drafts by others.
    pub commentaries: BTreeMap<CommentaryId, Arc<Commentary>>,
    /// Searches kept by name.
    pub searches: BTreeMap<SearchId, SavedSearch>,
    /// Submissions kept by name.
    pub submissions: BTreeMap<SubmissionId, Submission>,
}

impl Project {
    /// One with nothing in it.
    pub fn new(id: ProjectId, details: ProjectDetails) -> Self {
        Self {
            id,
            details,
            drafts: Vec::new(),
            codebook: Codebook::default(),
            sets: BTreeMap::new(),
            commentaries: BTreeMap::new(),
            searches: BTreeMap::new(),
            submissions: BTreeMap::new(),
        }
    }

    /// The draft with this id.
    pub fn draft(&self, id: DraftId) -> Option<&Arc<Draft>> {
        self.drafts.iter().find(|d| d.id == id)
    }

    /// Its place in the order.
    pub fn draft_position(&self, id: DraftId) -> Option<usize> {
        self.drafts.iter().position(|d| d.id == id)
    }

    /// The draft a person means by a word: its label, symbol or slug, or the only one whose label or symbol contains it.
    pub fn draft_named(&self, word: &str) -> Option<&Arc<Draft>> {
        let word = word.trim().to_lowercase();
        let names =
            |d: &Draft| [d.details.label.to_lowercase(), d.details.symbol.to_lowercase(), d.slug.to_lowercase()];
        self.drafts.iter().find(|d| !word.is_empty() && names(d).contains(&word)).or_else(|| {
            let mut partial = self.drafts.iter().filter(|d| names(d).iter().any(|n| n.contains(&word)));
            partial.next().filter(|_| !word.is_empty() && partial.next().is_none())
        })
    }

    /// The commentaries on a draft, by author and title.
    pub fn commentaries_on(&self, draft: DraftId) -> Vec<&Arc<Commentary>> {
        let mut list: Vec<_> = self.commentaries.values().filter(|c| c.draft == draft).collect();
        list.sort_by_key(|c| (c.details.author.to_lowercase(), c.details.title.to_lowercase(), c.id));
        list
    }

    /// The kept searches, by name.
    pub fn searches_by_name(&self) -> Vec<&SavedSearch> {
        let mut list: Vec<_> = self.searches.values().collect();
        list.sort_by_cached_key(|s| (s.name.to_lowercase(), s.id));
        list
    }

    /// The submissions, by name.
    pub fn submissions_by_name(&self) -> Vec<&Submission> {
        let mut list: Vec<_> = self.submissions.values().collect();
        list.sort_by_cached_key(|s| (s.name.to_lowercase(), s.id));
        list
    }

    /// One annotation.
    pub fn annotation(&self, analyst: AnalystId, id: AnnotationId) -> Option<&Annotation> {
        self.sets.get(&analyst)?.annotations.get(&id)
    }

    /// Whose set holds what the team agreed on: nobody's own, and the same in every copy of the project.
    pub fn team(&self) -> AnalystId {
        AnalystId(ids::derived(&["the team's agreed set", &self.id.to_string()]))
    }

    /// Every reply with who wrote it, by the remark it is about, oldest first.
    pub fn replies(&self) -> BTreeMap<(AnalystId, AnnotationId), Vec<(AnalystId, &Reply)>> {
        let mut by_remark: BTreeMap<_, Vec<(AnalystId, &Reply)>> = BTreeMap::new();
        for (&who, reply) in self.sets.iter().flat_map(|(who, set)| set.replies.values().map(move |r| (who, r))) {
            by_remark.entry((reply.whose, reply.about)).or_default().push((who, reply));
        }
        for list in by_remark.values_mut() {
            list.sort_by_key(|(who, r)| (r.created, *who, r.id));
        }
        by_remark
    }

    /// Every annotation with its author.
    pub fn annotations(&self) -> impl Iterator<Item = (AnalystId, &Annotation)> {
        self.sets.iter().flat_map(|(&analyst, set)| set.annotations.values().map(move |a| (analyst, a)))
    }
}
