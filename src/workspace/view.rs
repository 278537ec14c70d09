//! What is looked at: places, tabs, selection, filters, the way back. Changing it never changes the project.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::model::{
    AnalystId, AnnotationId, CommentaryId, ConcernId, DraftId, ProvisionIndex, ReplyId, SearchId, SuggestionKey,
    TextRange,
};

use super::carrying::{CarriedAs, Way};
use super::lenses::Lens;
pub use super::list_filter::{ListFilter, SortBy};
use super::matrix::MatrixLook;
use super::submission::ReportLook;

/// A place of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Place {
    /// One draft, with its outline and cards.
    #[default]
    Read,
    /// Two drafts beside each other.
    Compare,
    /// What was carried from an earlier draft, to be looked at.
    Review,
    /// Finding across all drafts.
    Search,
    /// Where concerns stand: counted, laid out, over the drafts.
    Matrix,
    /// The papers that go to the delegates, on their pages.
    Report,
    /// The commentaries on the drafts, and what they say of each provision.
    Commentaries,
    /// Drafts that wait to be added; only as long as there are any.
    Import,
    /// A colleague's file and what it would change; only as long as one waits.
    Merge,
}

impl Place {
    /// The places that are always there, in the order of the row at the top.
    pub const ALL: [Self; 7] =
        [Self::Read, Self::Compare, Self::Review, Self::Search, Self::Matrix, Self::Report, Self::Commentaries];

    /// Its name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "Read",
            Self::Compare => "Compare",
            Self::Review => "Review",
            Self::Search => "Search",
            Self::Matrix => "Matrix",
            Self::Report => "Report",
            Self::Commentaries => "Commentaries",
            Self::Import => "Drafts to add",
            Self::Merge => "From a colleague",
        }
    }
}

/// A page of the side panel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Panel {
    /// The provisions of the draft.
    #[default]
    Outline,
    /// The codebook with counts.
    Concerns,
    /// The annotation list.
    Annotations,
    /// What the search has found, beside the page.
    Search,
    /// Who refers to the provision one reads, and references that lead nowhere.
    References,
    /// What commentaries suggest, to be accepted or rejected.
    #[serde(alias = "Review")]
    Suggestions,
    /// The words that bind, article by article.
    Words,
    /// The defined terms.
    Terms,
}

impl Panel {
    /// All pages, in order.
    pub const ALL: [Self; 8] = [
        Self::Outline,
        Self::Concerns,
        Self::Annotations,
        Self::References,
        Self::Suggestions,
        Self::Search,
        Self::Words,
        Self::Terms,
    ];

    /// Its name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Outline => "Outline",
            Self::Concerns => "Concerns",
            Self::Annotations => "Annotations",
            Self::References => "References",
            Self::Suggestions => "Suggestions",
            Self::Search => "Found",
            Self::Words => "Words",
            Self::Terms => "Terms",
        }
    }
}

/// Light, dark, or what the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ThemeChoice {
    /// What the system says.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl ThemeChoice {
    /// All three.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// Its name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::System => "As the system",
            Self::Light => "Light",
            Self::Dark => "Dark",
        }
    }
}

/// Selected words: where the selection began and where its moving end is, in bytes of the draft's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selection {
    /// Where it began.
    pub anchor: usize,
    /// The moving end, where the caret is.
    pub head: usize,
}

impl Selection {
    /// The selected range.
    pub fn range(self) -> TextRange {
        TextRange::new(self.anchor, self.head)
    }
}

/// One annotation of one analyst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Focus {
    /// Whose.
    pub analyst: AnalystId,
    /// Which.
    pub annotation: AnnotationId,
}

/// Which of the carried annotations the review's queue shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReviewFilter {
    /// All of them.
    #[default]
    All,
    /// Those nobody has looked at.
    ToLookAt,
    /// Those of one verdict.
    One(CarriedAs),
}

/// What is looked at where carried annotations are reviewed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReviewLook {
    /// From which draft to which; chosen by what waits where nothing is said.
    pub way: Option<Way>,
    /// The annotation that is looked at; the first that waits where nothing is said.
    pub at: Option<Focus>,
    /// What the queue shows.
    pub filter: ReviewFilter,
    /// The place that is looked at instead of the one it has: of the candidates by their position, or another range.
    #[serde(skip)]
    pub instead: Option<Instead>,
    /// Words are being chosen for it in the reader.
    #[serde(skip)]
    pub choosing: bool,
}

/// Another place for a carried annotation, before a person has decided for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instead {
    /// One of the next best places, by its position.
    Candidate(usize),
    /// A provision a person named.
    Provision(ProvisionIndex),
}

/// Find in the open draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Find {
    /// What is looked for.
    pub text: String,
    /// Capitals count.
    pub exact_case: bool,
}

/// The state of finding in the open draft.
#[derive(Clone, Debug, Default)]
pub struct FindState {
    /// What is looked for.
    pub find: Find,
    /// Where it stands, in order.
    pub hits: Vec<TextRange>,
    /// Which of them is the current one.
    pub current: usize,
}

/// Somewhere one has been.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// The place of the window.
    pub place: Place,
    /// The draft that was open.
    pub draft: Option<DraftId>,
    /// Byte offset at the top of the page.
    pub offset: usize,
}

/// A wish to bring words into sight; the reader follows each once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScrollWish {
    /// Ascending.
    pub number: u64,
    /// In which draft.
    pub draft: DraftId,
    /// Byte offset.
    pub offset: usize,
    /// Put it at the top of the page; otherwise only bring it into sight, a third from the top.
    pub to_top: bool,
}

/// A wish to bring words of a commentary into sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeafWish {
    /// Ascending.
    pub number: u64,
    /// Of which commentary.
    pub commentary: CommentaryId,
    /// The words, in bytes of its text.
    pub range: TextRange,
}

/// What is kept of a draft's view from session to session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftView {
    /// Byte offset at the top of the page.
    #[serde(default)]
    pub reading_at: usize,
    /// What is selected.
    #[serde(default)]
    pub selection: Option<Selection>,
}

/// How two drafts are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ComparePage {
    /// Side by side, clause by clause.
    #[default]
    Beside,
    /// One text with what was struck and put in.
    Redline,
    /// The table of provisions.
    Table,
    /// One provision through all drafts.
    History,
    /// What became of the concerns, and what is left to be looked at.
    Concerns,
}

impl ComparePage {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [Self::Beside, Self::Redline, Self::Table, Self::History, Self::Concerns];

    /// Its name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Beside => "Side by side",
            Self::Redline => "Redline",
            Self::Table => "Concordance",
            Self::History => "History",
            Self::Concerns => "Our concerns",
        }
    }

    /// Whether it is none of the pages on which one reads clause by clause.
    pub fn is_list(self) -> bool {
        !matches!(self, Self::Beside | Self::Redline)
    }
}

/// Which clauses of a comparison are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum CompareFilter {
    /// All of them.
    #[default]
    All,
    /// What changed.
    Changed,
    /// What carries annotations of one's own.
    Mine,
    /// What carries an annotation with this concern, or one below it.
    Concern(ConcernId),
}

/// The comparison that is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CompareView {
    /// The older and the newer draft.
    pub drafts: Option<(DraftId, DraftId)>,
    /// How it is shown.
    pub page: ComparePage,
    /// What of it is shown.
    pub filter: CompareFilter,
    /// The row one reads.
    pub row: usize,
    /// What became of the concerns is counted over all drafts, instead of the two.
    pub over_all: bool,
    /// The provision whose history is shown, and a draft it stands in.
    pub clause: Option<(DraftId, ProvisionIndex)>,
    /// A place, in bytes of a draft, whose row is to be found once the comparison is there.
    #[serde(skip)]
    pub sought: Option<(DraftId, usize)>,
    /// How often the row was wished into sight: the page follows each wish once.
    #[serde(skip)]
    pub wishes: u64,
}

impl CompareView {
    /// Wishes the row into sight.
    pub(super) fn show(&mut self) {
        self.wishes += 1;
    }
}

/// All of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct View {
    /// The place of the window.
    pub place: Place,
    /// Drafts that have a tab, in order.
    pub tabs: Vec<DraftId>,
    /// The draft in the reader.
    pub current: Option<DraftId>,
    /// Where one is in each draft.
    pub drafts: BTreeMap<DraftId, DraftView>,
    /// The annotation whose card is open.
    #[serde(skip)]
    pub focus: Option<Focus>,
    /// One's own reply that is being written.
    #[serde(skip)]
    pub replying: Option<ReplyId>,
    /// The annotation list.
    pub filter: ListFilter,
    /// Two drafts beside each other.
    pub compare: CompareView,
    /// The page of the side panel.
    pub panel: Panel,
    /// Whether the side panel is open.
    pub side_open: bool,
    /// Whether negotiating marks are shown.
    pub marks_shown: bool,
    /// Whether cross references are shown as links.
    pub references_shown: bool,
    /// The other lenses that are on.
    pub lenses: BTreeSet<Lens>,
    /// The lens that is explained, and whose marks one goes through.
    pub lens: Option<Lens>,
    /// The draft that words are counted against.
    pub against: Option<DraftId>,
    /// The use of a term in the open draft that has the keyboard: its position among the uses.
    #[serde(skip)]
    pub term: Option<usize>,
    /// Analysts whose sets are hidden.
    pub hidden: BTreeSet<AnalystId>,
    /// The commentary that stands beside its draft.
    pub commentary: Option<CommentaryId>,
    /// The suggestion of it that is being looked at.
    #[serde(skip)]
    pub suggestion: Option<SuggestionKey>,
    /// Whether the review list shows what was decided as well.
    pub decided_shown: bool,
    /// The review list shows what all commentaries suggest on this provision, instead of one commentary.
    #[serde(skip)]
    pub asked_of: Option<(DraftId, ProvisionIndex)>,
    /// The latest wish to bring words of a commentary into sight.
    #[serde(skip)]
    pub leaf_scroll: Option<LeafWish>,
    /// Questions that were searched for, the latest first.
    pub past_searches: Vec<String>,
    /// For each kept search the drafts that were in the project when it was looked at.
    pub searches_seen: BTreeMap<SearchId, BTreeSet<DraftId>>,
    /// The review of carried annotations.
    pub review: ReviewLook,
    /// What is counted against what.
    pub matrix: MatrixLook,
    /// The papers that go to the delegates.
    pub report: ReportLook,
    /// Ways on which annotations are not to be carried.
    pub declined: BTreeSet<Way>,
    /// The note of the open draft whose words are shown beside its sign: its position among the draft's notes.
    #[serde(skip)]
    pub note: Option<usize>,
    /// The cross reference of the open draft that has the keyboard: its position among the links.
    #[serde(skip)]
    pub reference: Option<usize>,
    /// Find in the draft.
    #[serde(skip)]
    pub find: Option<FindState>,
    /// Words to be marked because a search hit was opened.
    #[serde(skip)]
    pub marked: Vec<TextRange>,
    /// Where one was, latest last.
    #[serde(skip)]
    pub back: Vec<Stop>,
    /// Where one came back from, latest last.
    #[serde(skip)]
    pub forward: Vec<Stop>,
    /// The latest wish to bring words into sight.
    #[serde(skip)]
    pub scroll: Option<ScrollWish>,
    /// How many such wishes there were since the program started: the reader must not take a new one for an old one.
    #[serde(skip)]
    pub(super) scrolls: u64,
}

impl Default for View {
    fn default() -> Self {
        Self {
            place: Place::Read,
            tabs: Vec::new(),
            current: None,
            drafts: BTreeMap::new(),
            focus: None,
            replying: None,
            filter: ListFilter::default(),
            compare: CompareView::default(),
            panel: Panel::Outline,
            side_open: true,
            marks_shown: true,
            references_shown: true,
            lenses: BTreeSet::new(),
            lens: None,
            against: None,
            term: None,
            hidden: BTreeSet::new(),
            commentary: None,
            suggestion: None,
            decided_shown: false,
            asked_of: None,
            leaf_scroll: None,
            past_searches: Vec::new(),
            searches_seen: BTreeMap::new(),
            review: ReviewLook::default(),
            matrix: MatrixLook::default(),
            report: ReportLook::default(),
            declined: BTreeSet::new(),
            note: None,
            reference: None,
            find: None,
            marked: Vec::new(),
            back: Vec::new(),
            forward: Vec::new(),
            scroll: None,
            scrolls: 0,
        }
    }
}

/// Stops kept on the way back.
const STOPS: usize = 200;

impl View {
    /// The view of the draft that is open.
    pub fn draft_view(&self) -> DraftView {
        self.current.and_then(|d| self.drafts.get(&d)).copied().unwrap_or_default()
    }

    /// Whether a lens is on.
    pub fn shows(&self, lens: Lens) -> bool {
        match lens {
            Lens::Marks => self.marks_shown,
            Lens::References => self.references_shown,
            lens => self.lenses.contains(&lens),
        }
    }

    /// What is selected in the draft that is open.
    pub fn selection(&self) -> Option<Selection> {
        self.draft_view().selection
    }

    /// Where one is.
    pub fn here(&self) -> Stop {
        Stop { place: self.place, draft: self.current, offset: self.draft_view().reading_at }
    }

    /// Remembers where one is before going elsewhere.
    pub fn leave(&mut self) {
        self.note = None;
        self.reference = None;
        self.term = None;
        let here = self.here();
        if self.back.last() != Some(&here) {
            self.back.push(here);
            if self.back.len() > STOPS {
                self.back.remove(0);
            }
        }
        self.forward.clear();
    }

    /// Opens a draft, with a tab.
    pub fn open_draft(&mut self, draft: DraftId) {
        if !self.tabs.contains(&draft) {
            self.tabs.push(draft);
        }
        if self.current != Some(draft) {
            self.current = Some(draft);
            self.focus = None;
            self.note = None;
            self.reference = None;
            self.term = None;
            self.marked.clear();
        }
    }

    /// Wishes words into sight.
    pub fn scroll_to(&mut self, draft: DraftId, offset: usize, to_top: bool) {
        self.scrolls += 1;
        self.scroll = Some(ScrollWish { number: self.scrolls, draft, offset, to_top });
    }
}
