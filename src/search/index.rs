//! Keeping the index in step with the project.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex};

use serde::{Deserialize, Serialize};
use tantivy::IndexWriter;

use super::commentaries::{paragraphs, tongues_of};
use super::languages::Tongue;
use super::marks::Lexicon;
use super::passages::Passages;
use super::shelf::{Home, Shelf};
use super::vocabulary::Vocabularies;
use super::{SearchError, Watch};
use crate::model::{
    AnalystId, Annotation, AnnotationId, Commentary, CommentaryId, Draft, DraftId, Project, Reply, TextRange,
};

/// To be raised whenever words are cut, folded or stemmed in another way: an index of another version is made anew.
const VERSION: u32 = 4;

/// The full-text index of one project: a cache that can be thrown away at any time.
pub struct Index {
    pub(super) shelf: Shelf,
    pub(super) drafts: BTreeMap<DraftId, Indexed>,
    pub(super) notes: BTreeMap<NoteKey, Slot>,
    pub(super) commentaries: BTreeMap<CommentaryId, IndexedCommentary>,
    /// The languages words of a query are read in.
    pub(super) tongues: Vec<Tongue>,
    /// The words met so far: most searches meet the same ones again.
    pub(super) lexicon: Mutex<Lexicon>,
    /// The words of the index, for patterns.
    pub(super) vocabularies: Vocabularies,
}

pub(super) type NoteKey = (AnalystId, AnnotationId);

/// A draft in the index.
pub(super) struct Indexed {
    pub slot: Slot,
    pub tongue: Tongue,
    /// None until the first update after opening.
    pub seen: Option<(Arc<Draft>, Arc<Passages>)>,
}

/// A commentary in the index.
pub(super) struct IndexedCommentary {
    pub slot: Slot,
    /// With its paragraphs; none until the first update after opening.
    pub seen: Option<(Arc<Commentary>, Arc<[TextRange]>)>,
}

/// The number an owner's documents have, and the mark of what they were made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    pub number: u32,
    mark: u64,
}

/// What an update did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Updated {
    /// Drafts read.
    pub drafts: usize,
    /// Notes read.
    pub notes: usize,
    /// Commentaries read.
    pub commentaries: usize,
    /// Drafts, notes and commentaries taken out because they are gone.
    pub removed: usize,
}

#[derive(Serialize, Deserialize)]
struct Catalog {
    version: u32,
    drafts: Vec<(u32, u64, DraftId, u8)>,
    notes: Vec<(u32, u64, AnalystId, AnnotationId)>,
    commentaries: Vec<(u32, u64, CommentaryId)>,
    tongues: Vec<u8>,
}

impl Index {
    /// An empty index that is gone with the program.
    ///
    /// # Errors
    /// If tantivy cannot start.
    pub fn in_memory() -> Result<Self, SearchError> {
        Ok(Self::empty(Shelf::in_memory()?))
    }

    /// The index in a folder of its own, which exists. One that is damaged or of another version is replaced by an empty
    /// one; where another window has the folder, the index is in memory.
    ///
    /// # Errors
    /// If the folder cannot be read or written.
    pub fn at(folder: &Path) -> Result<Self, SearchError> {
        let Some(home) = Home::at(folder)? else { return Self::in_memory() };
        let home = match Shelf::open(home) {
            Ok((shelf, catalog)) => match serde_json::from_str::<Catalog>(&catalog) {
                Ok(catalog) if catalog.version == VERSION => return Ok(Self::with_catalog(shelf, &catalog)),
                _ => shelf.into_home(),
            },
            Err(home) => Some(home),
        };
        home.map_or_else(Self::in_memory, |home| Ok(Self::empty(Shelf::anew(home)?)))
    }

    /// Brings the index in step with a project: reads what is new or changed, takes out what is gone. Progress is in bytes
    /// of text.
    ///
    /// An index that turns out to be damaged is made anew, in memory if the folder cannot be written.
    ///
    /// # Errors
    /// [`SearchError::Cancelled`], with the index as it was before; another only if nothing can be indexed even in memory.
    pub fn update(&mut self, project: &Project, watch: &mut dyn Watch) -> Result<Updated, SearchError> {
        let first = self.try_update(project, watch);
        if !matches!(first, Err(SearchError::Index(_))) {
            return first;
        }
        let shelf = std::mem::replace(&mut self.shelf, Shelf::in_memory()?);
        if let Some(Ok(shelf)) = shelf.into_home().map(Shelf::anew) {
            *self = Self::empty(shelf);
            let second = self.try_update(project, watch);
            if !matches!(second, Err(SearchError::Index(_))) {
                return second;
            }
        }
        *self = Self::in_memory()?;
        self.try_update(project, watch)
    }

    fn empty(shelf: Shelf) -> Self {
        Self {
            shelf,
            drafts: BTreeMap::new(),
            notes: BTreeMap::new(),
            commentaries: BTreeMap::new(),
            tongues: vec![Tongue::ENGLISH],
            lexicon: Mutex::default(),
            vocabularies: Vocabularies::default(),
        }
    }

    fn with_catalog(shelf: Shelf, catalog: &Catalog) -> Self {
        let draft = |&(number, mark, id, tongue): &(u32, u64, DraftId, u8)| {
            (id, Indexed { slot: Slot { number, mark }, tongue: Tongue(tongue), seen: None })
        };
        let note =
            |&(number, mark, analyst, id): &(u32, u64, AnalystId, AnnotationId)| ((analyst, id), Slot { number, mark });
        let commentary = |&(number, mark, id): &(u32, u64, CommentaryId)| {
            (id, IndexedCommentary { slot: Slot { number, mark }, seen: None })
        };
        Self {
            shelf,
            drafts: catalog.drafts.iter().map(draft).collect(),
            notes: catalog.notes.iter().map(note).collect(),
            commentaries: catalog.commentaries.iter().map(commentary).collect(),
            tongues: catalog.tongues.iter().map(|&t| Tongue(t)).collect(),
            lexicon: Mutex::default(),
            vocabularies: Vocabularies::default(),
        }
    }

    fn try_update(&mut self, project: &Project, watch: &mut dyn Watch) -> Result<Updated, SearchError> {
        let plan = self.plan(project);
        if plan.is_empty() {
            (self.drafts, self.commentaries, self.tongues) = (plan.drafts, plan.commentaries, plan.tongues);
            return Ok(Updated::default());
        }
        let writer = self.shelf.writer(plan.bytes())?;
        if let Err(error) = self.write(&plan, &writer, watch) {
            let before = catalog(&self.drafts, &self.notes, &self.commentaries, &self.tongues);
            self.shelf.abandon(writer, &before)?;
            return Err(error);
        }
        self.shelf.finish(writer, &catalog(&plan.drafts, &plan.notes, &plan.commentaries, &plan.tongues))?;
        watch.progress(plan.bytes(), plan.bytes());
        let updated = Updated {
            drafts: plan.new_drafts.len(),
            notes: plan.new_notes.len(),
            commentaries: plan.new_commentaries.len(),
            removed: plan.removed,
        };
        (self.drafts, self.notes, self.tongues) = (plan.drafts, plan.notes, plan.tongues);
        self.commentaries = plan.commentaries;
        Ok(updated)
    }

    /// Hands the documents to the writer.
    fn write(&self, plan: &Plan<'_>, writer: &IndexWriter, watch: &mut dyn Watch) -> Result<(), SearchError> {
        let fields = self.shelf.fields();
        for &slot in &plan.outdated {
            writer.delete_term(fields.owned_by(slot));
        }
        let (mut done, total) = (0, plan.bytes());
        let mut step = |i: usize, done: u64| {
            if i.is_multiple_of(128) {
                watch.progress(done.min(total), total);
                if watch.cancelled() {
                    return Err(SearchError::Cancelled);
                }
            }
            Ok(())
        };
        for indexed in plan.new_drafts.iter().filter_map(|id| plan.drafts.get(id)) {
            let Some((draft, passages)) = &indexed.seen else { continue };
            for (i, &number) in passages.order.iter().enumerate() {
                step(i, done)?;
                let Some(passage) = passages.list.get(number as usize) else { continue };
                let texts = passage.parts.iter().filter_map(|p| p.of(&draft.text));
                done += passage.parts.iter().map(|p| p.len() as u64).sum::<u64>();
                writer.add_document(fields.document(indexed.slot.number, number, texts, &[passage.tongue]))?;
            }
        }
        for (i, (key, texts)) in plan.new_notes.iter().enumerate() {
            step(i, done)?;
            let Some(slot) = plan.notes.get(key) else { continue };
            done += texts.iter().map(|t| t.words.len() as u64).sum::<u64>();
            let texts = texts.iter().map(|t| t.words);
            writer.add_document(fields.document(slot.number, 0, texts, &plan.tongues))?;
        }
        for indexed in plan.new_commentaries.iter().filter_map(|id| plan.commentaries.get(id)) {
            let Some((commentary, paragraphs)) = &indexed.seen else { continue };
            let tongues = tongues_of(commentary, &plan.tongues);
            for (number, paragraph) in paragraphs.iter().enumerate() {
                step(number, done)?;
                done += paragraph.len() as u64;
                let text = paragraph.of(&commentary.text).into_iter();
                writer.add_document(fields.document(indexed.slot.number, number as u32, text, &tongues))?;
            }
        }
        step(0, done)
    }

    /// The slots of what stands outside the drafts.
    pub(super) fn loose_slots(&self) -> impl Iterator<Item = u32> + Clone + '_ {
        let notes = self.notes.values().map(|s| s.number);
        notes.chain(self.commentaries.values().map(|c| c.slot.number))
    }

    /// What has to be done, and what the index will hold then.
    fn plan<'p>(&self, project: &'p Project) -> Plan<'p> {
        let highest = self.drafts.values().map(|d| d.slot.number).chain(self.loose_slots()).max();
        let mut plan = Plan { next: highest.map_or(0, |n| n + 1), ..Plan::default() };
        let mut tongues = BTreeSet::from([Tongue::ENGLISH]);
        let commentaries = project.commentaries.values().map(|c| &c.details.language).filter(|l| !l.is_empty());
        tongues.extend(commentaries.map(|l| Tongue::of(l)));
        for draft in &project.drafts {
            let tongue = Tongue::of(&draft.details.language);
            let before = self.drafts.get(&draft.id);
            let passages = match before.and_then(|b| b.seen.as_ref()) {
                Some((seen, passages))
                    if same_words(seen, draft) && seen.details.language == draft.details.language =>
                {
                    Arc::clone(passages)
                }
                _ => Arc::new(Passages::of(draft)),
            };
            tongues.insert(tongue);
            tongues.extend(passages.list.iter().map(|p| p.tongue));
            let mark = draft_mark(draft, tongue, &passages);
            let slot = match plan.slot(before.map(|b| b.slot), mark) {
                Ok(kept) => kept,
                Err(new) => {
                    plan.new_drafts.push(draft.id);
                    new
                }
            };
            plan.drafts.insert(draft.id, Indexed { slot, tongue, seen: Some((Arc::clone(draft), passages)) });
        }
        plan.tongues = tongues.into_iter().collect();
        // A note is read in the languages of the drafts, so notes are read anew when those change.
        let tongues: Vec<_> = plan.tongues.iter().map(|t| t.0).collect();
        let replies = project.replies();
        for (analyst, annotation) in project.annotations() {
            let key = (analyst, annotation.id);
            let texts = said(annotation, replies.get(&key));
            if texts.is_empty() {
                continue;
            }
            let mark = texts.iter().fold(Mark::default().with(&tongues), |mark, t| mark.with(t.words.as_bytes())).0;
            let slot = match plan.slot(self.notes.get(&key).copied(), mark) {
                Ok(kept) => kept,
                Err(new) => {
                    plan.new_notes.push((key, texts));
                    new
                }
            };
            plan.notes.insert(key, slot);
        }
        for (&id, commentary) in &project.commentaries {
            let before = self.commentaries.get(&id);
            let paragraphs = match before.and_then(|b| b.seen.as_ref()) {
                Some((seen, paragraphs)) if seen.text_hash == commentary.text_hash => Arc::clone(paragraphs),
                _ => paragraphs(&commentary.text).into(),
            };
            let read_in: Vec<_> = tongues_of(commentary, &plan.tongues).iter().map(|t| t.0).collect();
            let mark = Mark::default().with(&read_in).with(commentary.text_hash.as_bytes()).0;
            let slot = match plan.slot(before.map(|b| b.slot), mark) {
                Ok(kept) => kept,
                Err(new) => {
                    plan.new_commentaries.push(id);
                    new
                }
            };
            let seen = Some((Arc::clone(commentary), paragraphs));
            plan.commentaries.insert(id, IndexedCommentary { slot, seen });
        }
        let gone_drafts = self.drafts.iter().filter(|(id, _)| !plan.drafts.contains_key(id)).map(|(_, d)| d.slot);
        let gone_notes = self.notes.iter().filter(|(key, _)| !plan.notes.contains_key(key)).map(|(_, s)| *s);
        let gone_commentaries = self.commentaries.iter().filter(|(id, _)| !plan.commentaries.contains_key(id));
        let gone_commentaries = gone_commentaries.map(|(_, c)| c.slot);
        let gone: Vec<_> = gone_drafts.chain(gone_notes).chain(gone_commentaries).map(|s| s.number).collect();
        plan.removed = gone.len();
        plan.outdated.extend(gone);
        plan
    }
}

/// Whether two drafts have the same words in the same provisions.
pub(super) fn same_words(one: &Arc<Draft>, other: &Arc<Draft>) -> bool {
    let same_outline = || Arc::ptr_eq(&one.outline, &other.outline) || one.outline == other.outline;
    Arc::ptr_eq(one, other) || one.text_hash == other.text_hash && same_outline()
}

/// Words said about a place, never empty.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Said<'p> {
    pub words: &'p str,
    /// Who replied so; none for the note itself and the words it proposes.
    pub reply_of: Option<AnalystId>,
}

/// What an annotation says, what it proposes, and the `replies` to it.
pub(super) fn said<'p>(annotation: &'p Annotation, replies: Option<&Vec<(AnalystId, &'p Reply)>>) -> Vec<Said<'p>> {
    let own = [Some(&annotation.note), annotation.recommendation.as_ref().map(|r| &r.proposed)];
    let own = own.into_iter().flatten().map(|words| Said { words, reply_of: None });
    let replies = replies.into_iter().flatten().map(|(who, r)| Said { words: &r.text, reply_of: Some(*who) });
    own.chain(replies).filter(|said| !said.words.trim().is_empty()).collect()
}

#[derive(Default)]
struct Plan<'p> {
    drafts: BTreeMap<DraftId, Indexed>,
    notes: BTreeMap<NoteKey, Slot>,
    tongues: Vec<Tongue>,
    new_drafts: Vec<DraftId>,
    new_notes: Vec<(NoteKey, Vec<Said<'p>>)>,
    commentaries: BTreeMap<CommentaryId, IndexedCommentary>,
    new_commentaries: Vec<CommentaryId>,
    /// Slots whose documents are to be taken out.
    outdated: Vec<u32>,
    removed: usize,
    next: u32,
}

impl Plan<'_> {
    /// The slot an owner has already, or the one its documents are to be written under.
    fn slot(&mut self, before: Option<Slot>, mark: u64) -> Result<Slot, Slot> {
        match before {
            Some(slot) if slot.mark == mark => Ok(slot),
            Some(slot) => {
                self.outdated.push(slot.number);
                Err(Slot { mark, ..slot })
            }
            None => {
                self.next += 1;
                Err(Slot { number: self.next - 1, mark })
            }
        }
    }

    fn is_empty(&self) -> bool {
        let new = self.new_drafts.len() + self.new_notes.len() + self.new_commentaries.len();
        new == 0 && self.outdated.is_empty()
    }

    fn bytes(&self) -> u64 {
        let drafts = self.new_drafts.iter().filter_map(|id| self.drafts.get(id)?.seen.as_ref());
        let drafts = drafts.map(|(draft, _)| draft.text.len());
        let notes = self.new_notes.iter().map(|(_, texts)| texts.iter().map(|t| t.words.len()).sum());
        let commentaries = self.new_commentaries.iter().filter_map(|id| self.commentaries.get(id)?.seen.as_ref());
        let commentaries = commentaries.map(|(c, _)| c.text.len());
        drafts.chain(notes).chain(commentaries).map(|n| n as u64).sum()
    }
}

/// What the index holds, as it is written beside it.
fn catalog(
    drafts: &BTreeMap<DraftId, Indexed>,
    notes: &BTreeMap<NoteKey, Slot>,
    commentaries: &BTreeMap<CommentaryId, IndexedCommentary>,
    tongues: &[Tongue],
) -> String {
    let catalog = Catalog {
        version: VERSION,
        drafts: drafts.iter().map(|(&id, d)| (d.slot.number, d.slot.mark, id, d.tongue.0)).collect(),
        notes: notes.iter().map(|(&(a, id), s)| (s.number, s.mark, a, id)).collect(),
        commentaries: commentaries.iter().map(|(&id, c)| (c.slot.number, c.slot.mark, id)).collect(),
        tongues: tongues.iter().map(|t| t.0).collect(),
    };
    // Numbers, ids and lists of them can always be written as JSON; a catalog that is not leads to a new index.
    serde_json::to_string(&catalog).unwrap_or_default()
}

fn draft_mark(draft: &Draft, tongue: Tongue, passages: &Passages) -> u64 {
    let mut mark = Mark::default().with(draft.text_hash.as_bytes()).with(&[tongue.0]);
    for passage in &passages.list {
        mark = mark.with(&[passage.tongue.0]).with(&(passage.parts.len() as u64).to_le_bytes());
        for part in &passage.parts {
            mark = mark.with(&(part.start as u64).to_le_bytes()).with(&(part.end as u64).to_le_bytes());
        }
    }
    mark.0
}

/// FNV-1a: the same on every machine, which the standard library's hashes do not promise.
#[derive(Clone, Copy)]
struct Mark(u64);

impl Default for Mark {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Mark {
    fn with(self, bytes: &[u8]) -> Self {
        let length = (bytes.len() as u64).to_le_bytes();
        let step = |hash: u64, &byte: &u8| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        Self(bytes.iter().chain(&length).fold(self.0, step))
    }
}
