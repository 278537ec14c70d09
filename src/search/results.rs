//! Running a query, and what comes of it.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::{Arc, PoisonError};

use super::changes::Changes;
use super::commentaries::{self, Paragraph};
use super::index::{Index, said, same_words};
use super::language::{Node, Query, QueryError, Remark};
use super::languages::Tongue;
use super::loose::{Loose, Met};
use super::marks::Lexicon;
use super::matching::{Plan, Planner, Sighting};
use super::passages::Passages;
use super::remarks::{self, Test};
use super::schema::place;
use super::snippet::{Snippet, snippet};
use super::{SearchError, Watch};
use crate::model::{
    AnalystId, Annotation, AnnotationId, Citation, CommentaryId, ConcernId, Draft, DraftId, FoundIn, Place, Placement,
    Project, ProvisionIndex, SearchScope, TextRange,
};

/// The order of the hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By draft as in the project, then as the draft reads; notes after the words they are about.
    #[default]
    Provision,
    /// Best first; those of equal score as in [`Self::Provision`].
    Ranked,
}

/// Where to look, and how to answer. The conditions on remarks are met by a provision that shares a word with a remark
/// that meets them all.
#[derive(Clone, Debug)]
pub struct Options {
    /// Only in these drafts.
    pub drafts: Option<BTreeSet<DraftId>>,
    /// Only what is tagged with one of these concerns; concerns below them have to be named as well.
    pub concerns: Option<BTreeSet<ConcernId>>,
    /// Only what one of these analysts remarked on.
    pub analysts: Option<BTreeSet<AnalystId>>,
    /// Only words of these kinds.
    pub kinds: Option<BTreeSet<FoundIn>>,
    /// The order of the hits.
    pub order: Order,
    /// The most hits to give; all are counted.
    pub limit: usize,
    /// Whether to look in notes as well.
    pub notes: bool,
    /// Without snippets of provisions, to look through very many hits; [`Hit::snippet_in`] makes one later.
    pub bare: bool,
    /// Whether to look in commentaries as well, also where the query does not ask for them.
    pub commentaries: bool,
    /// What is known of changes between drafts.
    pub changes: Changes,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            drafts: None,
            concerns: None,
            analysts: None,
            kinds: None,
            order: Order::Provision,
            limit: 200,
            notes: true,
            bare: false,
            commentaries: false,
            changes: Changes::default(),
        }
    }
}

impl Options {
    /// Nothing but where to look, as a search is kept with.
    pub fn within(scope: &SearchScope) -> Self {
        fn some<T: Clone + Ord>(set: &BTreeSet<T>) -> Option<BTreeSet<T>> {
            (!set.is_empty()).then(|| set.clone())
        }
        Self {
            drafts: some(&scope.drafts),
            concerns: some(&scope.concerns),
            analysts: some(&scope.analysts),
            kinds: some(&scope.kinds),
            ..Self::default()
        }
    }
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Results {
    /// In the order asked for.
    pub hits: Vec<Hit>,
    /// How many there are in all.
    pub total: usize,
    /// Whether there are more than [`Self::hits`].
    pub truncated: bool,
    /// How many there are in each draft with any, in the project's order.
    pub per_draft: Vec<(DraftId, usize)>,
    /// How many there are in each commentary with any.
    pub per_commentary: Vec<(CommentaryId, usize)>,
    /// What the query names and the project does not have, each with its place in the query.
    pub notices: Vec<QueryError>,
    /// Pairs of drafts, an earlier and a later one, that have to be compared before all is found: [`Options::changes`]
    /// does not have them.
    pub uncompared: Vec<(DraftId, DraftId)>,
}

/// A provision, a note or a paragraph of a commentary that meets the query.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The draft; of a commentary the one it speaks about, which may be gone.
    pub draft: DraftId,
    /// The provision; none for words outside every provision, and for a note whose place is lost.
    pub provision: Option<ProvisionIndex>,
    /// Its citation.
    pub citation: Citation,
    /// The stretch of the provision's own words the snippet is from; for a note, the words it is about. In bytes of the
    /// draft's text, in a commentary in bytes of its text.
    pub range: TextRange,
    /// Every place of what was searched for in the provision's own words (the first few thousand of each of its stretches),
    /// in order, in bytes of the draft's text, in a commentary in bytes of its text; none for a note.
    pub marks: Vec<TextRange>,
    /// A few words around the most marks, of the provision or of the note.
    pub snippet: Snippet,
    /// The better the higher; 0 where the query only has conditions.
    pub score: f32,
    /// The note, where it is one.
    pub annotation: Option<(AnalystId, AnnotationId)>,
    /// Who replied to the note with the words of the snippet, where they are of a reply.
    pub reply_of: Option<AnalystId>,
    /// The commentary, where it is a paragraph of one.
    pub commentary: Option<CommentaryId>,
}

impl Hit {
    /// What kind of words it is.
    pub fn found_in(&self, project: &Project) -> FoundIn {
        if self.annotation.is_some() {
            return FoundIn::Note;
        }
        if self.commentary.is_some() {
            return FoundIn::Commentary;
        }
        let provision = self.provision.and_then(|i| project.draft(self.draft)?.outline.get(i));
        provision.map_or(FoundIn::Outside, |p| FoundIn::Provision(p.kind))
    }

    /// A few words around the most marks, also where none were made for it.
    pub fn snippet_in(&self, project: &Project) -> Snippet {
        if !self.snippet.text.is_empty() {
            return self.snippet.clone();
        }
        let words = project.draft(self.draft).and_then(|d| self.range.of(&d.text)).unwrap_or_default();
        let inside = self.marks.iter().filter_map(|m| m.intersection(self.range));
        let marks: Vec<_> = inside.map(|m| m.start - self.range.start..m.end - self.range.start).collect();
        snippet(words, &marks)
    }

    /// Whether it is words of a draft.
    pub fn is_of_draft(&self) -> bool {
        self.annotation.is_none() && self.commentary.is_none()
    }

    /// The places it stands for, in bytes of the draft's text: its marks, or all of it where it has none.
    pub fn places(&self) -> &[TextRange] {
        if self.marks.is_empty() { std::slice::from_ref(&self.range) } else { &self.marks }
    }
}

/// A draft as it is searched.
pub(super) struct View<'p> {
    pub draft: &'p Arc<Draft>,
    pub passages: Arc<Passages>,
    pub slot: u32,
    /// The number of its first passage among those of all views.
    pub base: usize,
}

impl View<'_> {
    /// One past the number of its last passage.
    pub(super) fn end(&self) -> usize {
        self.base + self.passages.list.len()
    }

    /// Where in a part of a passage the heading of the provision stands, in bytes of that part; empty if nowhere.
    pub(super) fn heading_in(&self, number: usize, part: TextRange) -> Range<usize> {
        let provision = self.draft.outline.provisions.get(number);
        let heading = provision.and_then(|p| p.heading_range?.fitted(&self.draft.text).intersection(part));
        heading.map_or(0..0, |h| h.start - part.start..h.end - part.start)
    }
}

struct Unhurried;

impl Watch for Unhurried {
    fn progress(&mut self, _: u64, _: u64) {}

    fn cancelled(&self) -> bool {
        false
    }
}

enum Found<'p> {
    Passage { view: usize, number: usize },
    Note(Sighting<'p>),
    Commentary(Paragraph<'p>),
}

/// A query made ready for some drafts.
pub(super) struct Planned<'q> {
    pub plan: Plan<'q>,
    /// What it names and the project does not have.
    pub notices: Vec<QueryError>,
    /// Pairs of drafts that have to be compared, each once.
    pub uncompared: Vec<(DraftId, DraftId)>,
    /// Of each passage, below 0 where it is not met.
    pub scores: Vec<f32>,
}

impl Index {
    /// Looks for what meets the query in the drafts and notes the last [`Self::update`] has seen; drafts that came or
    /// changed since are left out.
    ///
    /// # Errors
    /// If the index cannot be read; the next update makes it anew.
    pub fn run(&self, project: &Project, query: &Query, options: &Options) -> Result<Results, SearchError> {
        self.run_while(project, query, options, &Unhurried)
    }

    /// What a query looks for in some drafts, and how well each passage of theirs meets it.
    pub(super) fn planned<'q>(
        &self,
        project: &Project,
        query: &'q Query,
        views: &[View<'_>],
        options: &Options,
        lexicon: &mut Lexicon,
        watch: &dyn Watch,
    ) -> Result<Planned<'q>, SearchError> {
        let searcher = self.shelf.searcher();
        let mut planner = Planner {
            index: self,
            searcher: &searcher,
            project,
            views,
            lexicon,
            watch,
            changes: &options.changes,
            notices: Vec::new(),
            uncompared: Vec::new(),
        };
        let plan = planner.plan(&query.root, None)?;
        let (notices, mut uncompared) = (planner.notices, planner.uncompared);
        uncompared.sort_unstable();
        uncompared.dedup();
        let scores = plan.passages(views.last().map_or(0, View::end));
        Ok(Planned { plan, notices, uncompared, scores })
    }

    /// [`Self::run`], until the one who waits has had enough: an intricate pattern with several `.{0,200}` can take seconds
    /// for each megabyte.
    ///
    /// # Errors
    /// As [`Self::run`], and [`SearchError::Cancelled`].
    pub fn run_while(
        &self,
        project: &Project,
        query: &Query,
        options: &Options,
        watch: &dyn Watch,
    ) -> Result<Results, SearchError> {
        let views = self.views(project, options);
        let mut lexicon = self.lexicon.lock().unwrap_or_else(PoisonError::into_inner);
        let lexicon = &mut *lexicon;
        let filter = filter(options);
        // A remark that meets the options has to be the one that meets the query's own conditions.
        let Planned { plan, notices, uncompared, scores } =
            self.planned(project, query, &views, options, lexicon, watch)?;
        let filtered = filter.as_ref().map(|test| {
            let own = own_remark(&query.root).map(|r| Test::of(r, project, &mut Vec::new()));
            let test = Test::All(own.into_iter().chain([test.clone()]).collect());
            remarks::meeting(&test, project, &views)
        });
        let of_kind = options.kinds.as_ref().map(|kinds| {
            let mut of_kind = vec![false; scores.len()];
            for view in &views {
                for (passage, meets) in view.passages.list.iter().zip(&mut of_kind[view.base..]) {
                    *meets = kinds.contains(&kind_of(view.draft, passage.provision));
                }
            }
            of_kind
        });
        let kept = |at: usize, by: &Option<Vec<bool>>| by.as_ref().is_none_or(|f| f[at]);
        let meets = |at: usize| scores[at] >= 0.0 && kept(at, &filtered) && kept(at, &of_kind);
        let (mut found, counts) = passages_found(&views, &scores, meets, options);
        let mut results = Results { total: counts.iter().sum(), notices, uncompared, ..Results::default() };
        let mut others = Vec::new();
        let mut asserted = Vec::new();
        query.root.each_asserted(&mut |part| asserted.push(part));
        // A note is found by its words: a query that has only conditions, or says only what must not be there, finds none.
        let of_notes = |part: &&Node| matches!(part, Node::Words(_) | Node::Pattern(_) | Node::InNote);
        let wanted = options.notes && options.kinds.as_ref().is_none_or(|kinds| kinds.contains(&FoundIn::Note));
        if wanted && asserted.iter().any(of_notes) {
            let mut read = |part: &Node, text: &str| lexicon.finds(part, text, &self.tongues);
            let replies = project.replies();
            let places = views.iter().enumerate().map(|(i, view)| (view.draft.id, i)).collect();
            for (&key, slot) in self.notes.iter().filter(|(_, slot)| plan.may_meet(place(slot.number, 0))) {
                if watch.cancelled() {
                    return Err(SearchError::Cancelled);
                }
                let Some(annotation) = project.annotation(key.0, key.1) else { continue };
                if filter.as_ref().is_some_and(|f| !f.holds(key.0, annotation)) {
                    continue;
                }
                for view in seen_in(annotation, &places) {
                    let anchor = annotation.anchor_in(views[view].draft.id);
                    let provision = anchor.and_then(|a| views[view].draft.outline.covering(a.range));
                    let said = said(annotation, replies.get(&key));
                    let note = Sighting { key, annotation, said, view, provision };
                    let met = plan.met(&Loose::Note(&note), place(slot.number, 0), &views, &mut read);
                    if let Some(Met { score, by_words: true, .. }) = met {
                        others.push((score, Found::Note(note)));
                    }
                }
            }
        }
        let asked_for = options.commentaries || asserted.iter().any(|part| matches!(part, Node::InCommentary));
        let wanted = options.kinds.as_ref().is_none_or(|kinds| kinds.contains(&FoundIn::Commentary));
        if wanted && asked_for {
            let paragraphs = commentaries::found(self, &plan, project, options, &views, (&mut *lexicon, watch))?;
            others.extend(paragraphs.into_iter().map(|(score, p)| (score, Found::Commentary(p))));
        }
        results.total += others.len();
        results.truncated = results.total > options.limit;
        results.count(&views, counts, project, &others);
        found.extend(others);
        sort(&mut found, options, &views);
        for (score, found) in found {
            if results.hits.len() % 64 == 63 && watch.cancelled() {
                return Err(SearchError::Cancelled);
            }
            results.hits.push(match found {
                Found::Passage { view, number } => {
                    passage_hit(&views[view], number, score, &asserted, lexicon, options.bare)
                }
                Found::Note(note) => note_hit(&note, &views[note.view], score, &asserted, &self.tongues, lexicon),
                Found::Commentary(paragraph) => commentaries::hit(&paragraph, score, &asserted, lexicon),
            });
        }
        Ok(results)
    }

    /// The drafts to search, as the index knows them.
    pub(super) fn views<'p>(&self, project: &'p Project, options: &Options) -> Vec<View<'p>> {
        let mut base = 0;
        let wanted = |d: &&Arc<Draft>| options.drafts.as_ref().is_none_or(|ids| ids.contains(&d.id));
        let view = |draft: &'p Arc<Draft>| {
            let indexed = self.drafts.get(&draft.id)?;
            let (seen, passages) = indexed.seen.as_ref()?;
            if !same_words(seen, draft) {
                return None;
            }
            let (slot, passages) = (indexed.slot.number, Arc::clone(passages));
            let view = View { draft, passages, slot, base };
            base = view.end();
            Some(view)
        };
        project.drafts.iter().filter(wanted).filter_map(view).collect()
    }
}

impl Results {
    /// Fills in how many there are where: in each view so many passages, and the others.
    fn count(&mut self, views: &[View<'_>], mut counts: Vec<usize>, project: &Project, others: &[(f32, Found<'_>)]) {
        let mut commentaries = vec![0; project.commentaries.len()];
        for (_, other) in others {
            let count = match other {
                Found::Passage { view, .. } | Found::Note(Sighting { view, .. }) => counts.get_mut(*view),
                Found::Commentary(paragraph) => commentaries.get_mut(paragraph.order.0),
            };
            if let Some(count) = count {
                *count += 1;
            }
        }
        let drafts = views.iter().map(|v| v.draft.id).zip(counts);
        self.per_draft = drafts.filter(|(_, count)| *count > 0).collect();
        let commentaries = project.commentaries.keys().copied().zip(commentaries);
        self.per_commentary = commentaries.filter(|(_, count)| *count > 0).collect();
    }
}

/// The passages that meet a query, as many as will be shown, and how many there are in each view.
fn passages_found<'p>(
    views: &[View<'_>],
    scores: &[f32],
    meets: impl Fn(usize) -> bool,
    options: &Options,
) -> (Vec<(f32, Found<'p>)>, Vec<usize>) {
    let mut counts = vec![0; views.len()];
    let mut found: Vec<(f32, u32, u32)> = Vec::new();
    for ((i, view), count) in (0..).zip(views).zip(&mut counts) {
        for &number in &view.passages.order {
            let at = view.base + number as usize;
            if meets(at) {
                *count += 1;
                if options.order == Order::Ranked || found.len() < options.limit {
                    found.push((scores[at], i, number));
                }
            }
        }
    }
    if options.order == Order::Ranked && found.len() > options.limit {
        // Of equal ones those that come first.
        let mut ranks: Vec<u32> = (0..found.len() as u32).collect();
        let score = |rank: u32| found[rank as usize].0;
        if let Some(last) = options.limit.checked_sub(1) {
            ranks.select_nth_unstable_by(last, |&a, &b| score(b).total_cmp(&score(a)).then(a.cmp(&b)));
        }
        ranks.truncate(options.limit);
        found = ranks.into_iter().map(|rank| found[rank as usize]).collect();
    }
    let passage = |(score, view, number): (f32, u32, u32)| {
        (score, Found::Passage { view: view as usize, number: number as usize })
    };
    (found.into_iter().map(passage).collect(), counts)
}

/// The options as a condition on one annotation.
pub(super) fn filter(options: &Options) -> Option<Test> {
    let concerns = options.concerns.clone().map(Test::Concerns);
    let tests: Vec<_> = concerns.into_iter().chain(options.analysts.clone().map(Test::Analysts)).collect();
    (!tests.is_empty()).then_some(Test::All(tests))
}

/// The condition on remarks that a query as a whole has, if any.
pub(super) fn own_remark(root: &Node) -> Option<&Remark> {
    match root {
        Node::Remark(remark) => Some(remark),
        Node::And(parts) => parts.iter().find_map(|p| if let Node::Remark(r) = p { Some(r) } else { None }),
        _ => None,
    }
}

/// Where a note is shown: in every draft its remark has a place in; if it has one in none, in the last it was lost in.
fn seen_in(annotation: &Annotation, places: &HashMap<DraftId, usize>) -> Vec<usize> {
    let is_lost = annotation.placements.values().all(|p| p.anchor().is_none());
    let kept = annotation.placements.iter().filter(|(_, p)| is_lost || p.anchor().is_some());
    let mut views: Vec<_> = kept.filter_map(|(draft, _)| places.get(draft).copied()).collect();
    views.sort_unstable();
    if is_lost { views.pop().into_iter().collect() } else { views }
}

/// Puts the hits to be shown in order, and drops the others.
fn sort(found: &mut Vec<(f32, Found<'_>)>, options: &Options, views: &[View<'_>]) {
    let place = |found: &Found<'_>| match found {
        Found::Passage { view, number } => {
            let start = views[*view].passages.list[*number].parts.first().map_or(0, |p| p.start);
            (*view, start, None)
        }
        Found::Note(note) => {
            let view = &views[note.view];
            let start = note.annotation.anchor_in(view.draft.id).map_or(usize::MAX, |a| a.range.start);
            (note.view, start, Some((note.key, note.annotation.id)))
        }
        // Behind all drafts.
        Found::Commentary(paragraph) => (usize::MAX / 2 + paragraph.order.0, paragraph.order.1, None),
    };
    let by_place = |(_, a): &(f32, Found<'_>), (_, b): &(f32, Found<'_>)| place(a).cmp(&place(b));
    match options.order {
        Order::Provision => found.sort_by(by_place),
        Order::Ranked => found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| by_place(a, b))),
    }
    found.truncate(options.limit);
}

pub(super) fn kind_of(draft: &Draft, provision: Option<ProvisionIndex>) -> FoundIn {
    provision.and_then(|i| draft.outline.get(i)).map_or(FoundIn::Outside, |p| FoundIn::Provision(p.kind))
}

fn passage_hit(
    view: &View<'_>,
    number: usize,
    score: f32,
    asserted: &[&Node],
    lexicon: &mut Lexicon,
    bare: bool,
) -> Hit {
    let (draft, passage) = (view.draft, &view.passages.list[number]);
    let mut best: Option<(TextRange, Vec<Range<usize>>)> = None;
    let mut marks = Vec::new();
    for &part in &passage.parts {
        let text = part.of(&draft.text).unwrap_or_default();
        let here = lexicon.marks(asserted, text, &[passage.tongue], Some(view.heading_in(number, part)));
        let at = |m: &Range<usize>| TextRange { start: part.start + m.start, end: part.start + m.end };
        marks.extend(here.iter().map(at));
        if best.as_ref().is_none_or(|(_, most)| here.len() > most.len()) {
            best = Some((part, here));
        }
    }
    let (range, here) = best.unwrap_or_default();
    let citation = passage.provision.map_or_else(|| Citation::to(Place::Text), |i| draft.outline.citation(i));
    let words = range.of(&draft.text).unwrap_or_default();
    let snippet = if bare { Snippet::default() } else { snippet(words, &here) };
    Hit {
        draft: draft.id,
        provision: passage.provision,
        citation,
        range,
        marks,
        snippet,
        score,
        annotation: None,
        reply_of: None,
        commentary: None,
    }
}

fn note_hit(
    note: &Sighting<'_>,
    view: &View<'_>,
    score: f32,
    asserted: &[&Node],
    tongues: &[Tongue],
    lexicon: &mut Lexicon,
) -> Hit {
    let marked = note.said.iter().map(|said| (*said, lexicon.marks(asserted, said.words, tongues, None)));
    // Of as many marks the first.
    let best = marked.reduce(|best, other| if other.1.len() > best.1.len() { other } else { best });
    let (said, marks) = best.unwrap_or_default();
    let draft = view.draft;
    let placement = note.annotation.placements.get(&draft.id);
    let range = placement.and_then(Placement::anchor).map_or_else(TextRange::default, |a| a.range.fitted(&draft.text));
    let citation = match (note.provision, placement) {
        (Some(provision), _) => draft.outline.citation(provision),
        (None, Some(placement)) => placement.citation().clone(),
        (None, None) => Citation::to(Place::Text),
    };
    Hit {
        draft: draft.id,
        provision: note.provision,
        citation,
        range,
        marks: Vec::new(),
        snippet: snippet(said.words, &marks),
        score,
        annotation: Some(note.key),
        reply_of: said.reply_of,
        commentary: None,
    }
}
