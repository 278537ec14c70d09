//! Expected safeguards, article by article: where one stands, who says it is missing, where it is not needed, and where
//! nobody has looked.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{AnnotationKind, Citation, ConcernId, Project, ProvisionIndex, ProvisionKind};

use super::axes;
use super::grid::{Head, HeadKey};
use super::{Focus, Scope};

/// How a safeguard stands in an article, in one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SafeguardState {
    /// Nobody has said anything of it.
    #[default]
    NotLookedAt,
    /// There are remarks with that concern, and none says how it stands.
    Remarked,
    /// It stands there.
    Present,
    /// It is missing.
    Absent,
    /// It is not needed there.
    NotNeeded,
    /// Analysts disagree.
    Disputed,
}

impl SafeguardState {
    /// All of them, in the order of a legend.
    pub const ALL: [Self; 6] =
        [Self::Present, Self::Absent, Self::NotNeeded, Self::Disputed, Self::Remarked, Self::NotLookedAt];

    /// The words for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotLookedAt => "not looked at",
            Self::Remarked => "remarked on",
            Self::Present => "present",
            Self::Absent => "absent",
            Self::NotNeeded => "not needed",
            Self::Disputed => "disputed",
        }
    }

    /// How dark it is, from 0 to 5; what nobody has looked at is not shaded.
    pub fn step(self) -> usize {
        match self {
            Self::NotLookedAt => 0,
            Self::NotNeeded => 1,
            Self::Remarked => 2,
            Self::Present => 3,
            Self::Disputed => 4,
            Self::Absent => 5,
        }
    }

    /// A sign that stands before the word, so that rows can be read at a glance and without color.
    pub fn sign(self) -> &'static str {
        match self {
            Self::NotLookedAt => "\u{2013}",
            Self::Remarked => "?",
            Self::Present => "+",
            Self::Absent => "\u{d7}",
            Self::NotNeeded => "=",
            Self::Disputed => "!",
        }
    }
}

/// What is said of a safeguard in an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stance {
    /// That it stands there, and in which provision.
    pub present: Vec<(Focus, Citation)>,
    /// That it is missing.
    pub absent: Vec<Focus>,
    /// That it is not needed.
    pub not_needed: Vec<Focus>,
    /// Remarks with that concern that say neither.
    pub remarks: Vec<Focus>,
}

impl Stance {
    /// All of it in one word.
    pub fn state(&self) -> SafeguardState {
        let said = [
            (SafeguardState::Present, !self.present.is_empty()),
            (SafeguardState::Absent, !self.absent.is_empty()),
            (SafeguardState::NotNeeded, !self.not_needed.is_empty()),
        ];
        let mut said = said.into_iter().filter(|(_, is)| *is).map(|(state, _)| state);
        match (said.next(), said.next()) {
            (Some(_), Some(_)) => SafeguardState::Disputed,
            (Some(one), None) => one,
            _ if !self.remarks.is_empty() => SafeguardState::Remarked,
            _ => SafeguardState::NotLookedAt,
        }
    }

    /// Everything that is said.
    pub fn all(&self) -> Vec<Focus> {
        let present = self.present.iter().map(|(focus, _)| *focus);
        present.chain(self.absent.iter().chain(&self.not_needed).chain(&self.remarks).copied()).collect()
    }

    /// The provisions in which it stands, below their article: `(2)(c)`; empty for the article as a whole.
    pub fn places(&self) -> String {
        let mut places: Vec<String> = Vec::new();
        for (_, citation) in &self.present {
            let points: String = citation.points.iter().map(|p| format!("({p})")).collect();
            if !points.is_empty() && !places.contains(&points) {
                places.push(points);
            }
        }
        places.join(", ")
    }

    /// For a cell: `present (2)(c)`.
    pub fn words(&self) -> String {
        match self.state() {
            SafeguardState::Present => format!("present {}", self.places()).trim_end().to_owned(),
            SafeguardState::Remarked => {
                let n = self.remarks.len();
                format!("{n} remark{}", if n == 1 { "" } else { "s" })
            }
            state => state.word().to_owned(),
        }
    }
}

/// Articles against expected safeguards.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Safeguards {
    /// The articles, down the side.
    pub articles: Vec<Head>,
    /// The safeguards, along the top.
    pub safeguards: Vec<Head>,
    /// What is said, by article and safeguard; nothing where nobody said anything.
    pub cells: BTreeMap<(usize, usize), Stance>,
}

impl Safeguards {
    /// What is said in a cell, if anything.
    pub fn stance(&self, article: usize, safeguard: usize) -> Option<&Stance> {
        self.cells.get(&(article, safeguard))
    }

    /// How it stands in a cell.
    pub fn state(&self, article: usize, safeguard: usize) -> SafeguardState {
        self.stance(article, safeguard).map(Stance::state).unwrap_or_default()
    }

    /// In how many articles a safeguard is in a state.
    pub fn count(&self, safeguard: usize, state: SafeguardState) -> usize {
        (0..self.articles.len()).filter(|&a| self.state(a, safeguard) == state).count()
    }

    pub(super) fn of(scope: &Scope<'_>) -> Self {
        let Some(draft) = scope.draft else { return Self::default() };
        let outline = &draft.outline;
        let expected = outline.indices().filter(|i| axes::is_expected(outline, *i));
        let units = axes::units(outline);
        // A preamble grants no power; what is said of one has its row all the same.
        let preambular = |i: ProvisionIndex| {
            let kind = outline.get(i).map(|p| p.kind);
            matches!(kind, Some(ProvisionKind::Preamble | ProvisionKind::Recital))
        };
        let mut articles: BTreeSet<ProvisionIndex> =
            expected.filter(|i| units.get(i.0 as usize) == Some(&Some(*i)) && !preambular(*i)).collect();
        let safeguards: Vec<Head> = scope
            .project
            .codebook
            .tree()
            .into_iter()
            .filter(|(_, c)| c.safeguard && !c.retired)
            .map(|(_, c)| Head::new(HeadKey::Concern(c.id), c.tag.clone(), c.name.clone()))
            .collect();
        let column: BTreeMap<HeadKey, usize> = safeguards.iter().enumerate().map(|(at, h)| (h.key, at)).collect();
        let of_concern: BTreeMap<ConcernId, usize> = scope
            .project
            .codebook
            .concerns
            .iter()
            .filter_map(|c| Some((c.id, *column.get(&HeadKey::Concern(safeguard_over(scope.project, c.id)?))?)))
            .collect();
        let mut said: BTreeMap<(ProvisionIndex, usize), Stance> = BTreeMap::new();
        for (focus, a) in scope.annotations() {
            let Some(anchor) = a.anchor_in(draft.id) else { continue };
            let at = outline.covering(anchor.range);
            let Some(unit) = at.and_then(|p| units.get(p.0 as usize).copied().flatten()) else { continue };
            let mut columns: Vec<usize> = a.concerns.iter().filter_map(|c| of_concern.get(c).copied()).collect();
            columns.sort_unstable();
            columns.dedup();
            for column in columns {
                let stance = said.entry((unit, column)).or_default();
                match a.kind {
                    AnnotationKind::Presence => stance.present.push((focus, anchor.citation.clone())),
                    AnnotationKind::Absence => stance.absent.push(focus),
                    AnnotationKind::NotNeeded => stance.not_needed.push(focus),
                    AnnotationKind::Remark => stance.remarks.push(focus),
                }
            }
        }
        // What is said of a chapter as a whole stands in a row of its own.
        let spoken_of: BTreeSet<ProvisionIndex> = said.keys().map(|(p, _)| *p).collect();
        articles.extend(&spoken_of);
        if scope.look.without_empty {
            articles = spoken_of;
        }
        let row: BTreeMap<ProvisionIndex, usize> = articles.iter().enumerate().map(|(at, p)| (*p, at)).collect();
        Self {
            articles: articles.iter().map(|p| axes::head_of(scope, outline, *p)).collect(),
            safeguards,
            cells: said.into_iter().filter_map(|((p, c), stance)| Some(((*row.get(&p)?, c), stance))).collect(),
        }
    }
}

/// The expected safeguard a concern counts for: itself, or the nearest above it that is one.
fn safeguard_over(project: &Project, id: ConcernId) -> Option<ConcernId> {
    let book = &project.codebook;
    let mut at = Some(id);
    for _ in 0..=book.concerns.len() {
        let concern = book.get(at?)?;
        if concern.safeguard {
            return Some(concern.id);
        }
        at = concern.parent;
    }
    None
}
