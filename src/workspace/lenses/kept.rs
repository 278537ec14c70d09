//! What was found in drafts, and the search for it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::view::{Panel, Place};
use super::super::{Outcome, Pair, Workspace};
use super::{Lens, WordTable, Worded};
use crate::lens::{Terms, Tongue, Wording};
use crate::model::{Draft, DraftId, Outline, TextRange};
use crate::search;

/// What a draft says by its choice of words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glass {
    /// The language its words are read in; none where those of its language are not known.
    pub tongue: Option<Tongue>,
    /// The words that bind or loosen.
    pub wording: Wording,
    /// Its terms.
    pub terms: Terms,
}

impl Glass {
    /// Of a text, in time linear in it.
    pub fn of(text: &str, outline: &Outline, language: &str) -> Self {
        let tongue = Tongue::of(language, text);
        let wording = tongue.map(|tongue| Wording::of(text, tongue)).unwrap_or_default();
        Self { tongue, wording, terms: Terms::of(text, outline, language) }
    }
}

/// A mark of a lens that one can go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Its words, in bytes of the draft's text.
    pub range: TextRange,
    /// The use of a term it is: its position among these.
    pub term: Option<usize>,
}

/// From what a draft's words were read: as long as it is the same, so are they.
#[derive(Clone, Debug)]
pub struct GlassBasis {
    text: Arc<str>,
    outline: Arc<Outline>,
    language: String,
}

impl GlassBasis {
    fn of(draft: &Draft) -> Self {
        Self {
            text: Arc::clone(&draft.text),
            outline: Arc::clone(&draft.outline),
            language: draft.details.language.clone(),
        }
    }

    fn is_of(&self, draft: &Draft) -> bool {
        Arc::ptr_eq(&self.text, &draft.text)
            && Arc::ptr_eq(&self.outline, &draft.outline)
            && self.language == draft.details.language
    }
}

/// What the counts were made from.
#[derive(Clone, Debug)]
struct Counted {
    new: Arc<Glass>,
    old: Option<(Arc<Glass>, Arc<Pair>)>,
    table: Arc<WordTable>,
}

/// What has been found, and what is being looked for.
#[derive(Debug, Default)]
pub(in super::super) struct Kept {
    all: BTreeMap<DraftId, (GlassBasis, Option<Arc<Glass>>)>,
    counted: Option<Counted>,
    /// The search marks, with the draft they are in and the number of the question they answer.
    found: Option<Found>,
}

/// Search marks, for a draft and the number of a question.
type Found = ((DraftId, u64), Arc<Vec<TextRange>>);

impl Workspace {
    /// What was found in the open draft, once it has been looked for. The same `Arc` as long as it is the same.
    pub fn glass(&self) -> Option<&Arc<Glass>> {
        self.glass_of(self.draft()?)
    }

    pub(super) fn glass_of(&self, draft: &Draft) -> Option<&Arc<Glass>> {
        let (basis, glass) = self.lenses.all.get(&draft.id)?;
        glass.as_ref().filter(|_| basis.is_of(draft))
    }

    /// The words of the open draft article by article, against those of [`View::against`](super::super::View::against);
    /// none where they are being counted.
    pub fn word_table(&self) -> Option<&Arc<WordTable>> {
        let counted = self.lenses.counted.as_ref()?;
        Some(&counted.table).filter(|_| self.counts_hold(counted))
    }

    /// What the question of the search finds in the open draft, as long as the lens for it is on. The same `Arc` as long
    /// as it is the same.
    pub fn search_marks(&self) -> Option<&Arc<Vec<TextRange>>> {
        let ((draft, _), found) = self.lenses.found.as_ref()?;
        (self.view.shows(Lens::Search) && Some(*draft) == self.view.current).then_some(found)
    }

    /// The draft the open one is counted against.
    pub fn counted_against(&self) -> Option<&Arc<Draft>> {
        self.view.against.filter(|d| Some(*d) != self.view.current).and_then(|d| self.project()?.draft(d))
    }

    /// The marks of a lens in the open draft, in order. Cross references have steps of their own.
    pub fn spots(&self, lens: Lens) -> Vec<Spot> {
        let plain = |range| Spot { range, term: None };
        match (lens, self.glass()) {
            (Lens::Words, Some(glass)) => {
                glass.wording.hits.iter().filter(|h| !h.goes_on).map(|h| plain(h.range)).collect()
            }
            (Lens::Terms, Some(glass)) => {
                let uses = glass.terms.uses.iter().enumerate();
                let uses = uses.map(|(at, u)| Spot { range: u.range, term: Some(at) });
                let named = glass.terms.all.iter().map(|t| plain(t.named));
                let loose = glass.terms.loose.iter().flat_map(|l| l.places.iter().map(|&p| plain(p)));
                let mut spots: Vec<Spot> = uses.chain(named).chain(loose).collect();
                spots.sort_by_key(|s| (s.range.start, s.range.end));
                spots.dedup_by_key(|s| s.range.start);
                spots
            }
            (Lens::Marks, _) => {
                let mut spots: Vec<Spot> =
                    self.draft().map_or_else(Vec::new, |d| d.outline.marks.iter().map(|m| plain(m.range)).collect());
                spots.dedup_by_key(|s| s.range.start);
                spots
            }
            (Lens::Search, _) => {
                self.search_marks().map_or_else(Vec::new, |all| all.iter().map(|&r| plain(r)).collect())
            }
            _ => Vec::new(),
        }
    }

    /// Whether the marks of a lens are not known yet.
    pub fn is_looking(&self, lens: Lens) -> bool {
        match lens {
            Lens::Words | Lens::Terms => self.draft().is_some() && self.glass().is_none(),
            Lens::Search => !self.search.query.trim().is_empty() && self.search_marks().is_none(),
            Lens::Marks | Lens::References => false,
        }
    }

    /// Starts to look for what the open draft says, as far as somebody looks at it.
    pub(in super::super) fn look_through_lenses(&mut self) {
        if self.project().is_none() {
            self.lenses = Kept::default();
            return;
        }
        let panel = self.view.place == Place::Read
            && self.view.side_open
            && matches!(self.view.panel, Panel::Words | Panel::Terms);
        if panel || self.view.shows(Lens::Words) || self.view.shows(Lens::Terms) {
            self.read_words(self.view.current);
        }
        if self.view.panel == Panel::Words && panel {
            self.count_words();
        }
        if self.view.shows(Lens::Search) {
            self.find_search_marks();
        }
    }

    fn read_words(&mut self, draft: Option<DraftId>) {
        let Some(draft) = draft.and_then(|d| self.project()?.draft(d)).cloned() else { return };
        if self.lenses.all.get(&draft.id).is_some_and(|(basis, _)| basis.is_of(&draft)) {
            return;
        }
        let basis = GlassBasis::of(&draft);
        if self.lenses.all.len() > MOST_DRAFTS {
            let current = self.view.current;
            self.lenses.all.retain(|id, (_, found)| found.is_none() || Some(*id) == current);
        }
        self.lenses.all.insert(draft.id, (basis.clone(), None));
        self.view.term = None;
        let id = draft.id;
        self.tasks.start_aside("Reading the words of the draft", move |_| {
            let glass = Glass::of(&basis.text, &basis.outline, &basis.language);
            Outcome::Words(id, Box::new((basis, glass)))
        });
    }

    /// Takes what was found, unless the draft has become another since.
    pub(in super::super) fn take_words(&mut self, draft: DraftId, (basis, glass): (GlassBasis, Glass)) {
        let is_now = self.project().and_then(|p| p.draft(draft)).is_some_and(|d| basis.is_of(d));
        if let Some((_, kept)) = self.lenses.all.get_mut(&draft).filter(|_| is_now) {
            *kept = Some(Arc::new(glass));
        }
    }

    fn counts_hold(&self, counted: &Counted) -> bool {
        let old = self.counted_against();
        let same = |a: &Arc<Glass>, b: Option<&Arc<Glass>>| b.is_some_and(|b| Arc::ptr_eq(a, b));
        let Some(current) = self.view.current.filter(|_| same(&counted.new, self.glass())) else { return false };
        match (&counted.old, old) {
            (None, None) => true,
            (Some((glass, pair)), Some(draft)) => {
                let now = self.pair(draft.id, current);
                same(glass, self.glass_of(draft)) && now.is_some_and(|p| Arc::ptr_eq(pair, &p))
            }
            _ => false,
        }
    }

    fn count_words(&mut self) {
        let against = self.counted_against().cloned();
        if let Some(old) = &against {
            self.read_words(Some(old.id));
            if let Some(current) = self.view.current.filter(|&c| self.compared(old.id, c).is_none()) {
                self.want_pair(old.id, current);
            }
        }
        if self.lenses.counted.as_ref().is_some_and(|counted| self.counts_hold(counted)) {
            return;
        }
        let (Some(draft), Some(new)) = (self.draft().cloned(), self.glass().cloned()) else { return };
        let of_new = Worded { outline: &draft.outline, wording: &new.wording };
        let counted = match against {
            None => Counted { table: Arc::new(WordTable::of(of_new)), new, old: None },
            Some(old) => {
                let (Some(glass), Some(pair)) = (self.glass_of(&old).cloned(), self.pair(old.id, draft.id)) else {
                    return;
                };
                let of_old = Worded { outline: &old.outline, wording: &glass.wording };
                let table = WordTable::against(of_old, of_new, &pair.concordance);
                Counted { table: Arc::new(table), new, old: Some((glass, pair)) }
            }
        };
        self.lenses.counted = Some(counted);
    }

    /// Has the index asked what the question finds in the open draft, where that is not known.
    fn find_search_marks(&mut self) {
        let Some(draft) = self.view.current else { return };
        let asked = self.search.asked();
        if self.lenses.found.as_ref().is_some_and(|(known, _)| *known == (draft, asked)) || self.search.marks(draft) {
            // What has changed in the project is asked about once the index has it.
            if self.indexed != self.revision && self.index_failed != Some(self.revision) {
                self.search.marking = Some(draft);
            }
            return;
        }
        if search::parse(self.search.query.trim()).is_err() {
            self.take_search_marks(draft, asked, Vec::new());
            return;
        }
        self.search.marking = Some(draft);
    }

    /// Takes what a question finds in a draft; none where that could not be found out, which is not tried again.
    pub(in super::super) fn take_search_marks(&mut self, draft: DraftId, asked: u64, marks: Vec<TextRange>) {
        self.lenses.found = Some(((draft, asked), Arc::new(marks)));
    }
}

/// Drafts whose words are kept.
const MOST_DRAFTS: usize = 24;
