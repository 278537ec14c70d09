//! Which passages and notes meet a query: the parts the index answers, the parts the project answers, and the parts found
//! by scanning, put together.
//!
//! A query is met by one provision or by one note as a whole: its own words, its own place, and the remarks on it. A note
//! stands where its remark does.

use std::collections::HashMap;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::query::Query;
use tantivy::{DocId, Searcher, SegmentReader};

use super::changes::{self, Changes};
use super::index::{Index, NoteKey, Said};
use super::language::{Node, Place, QueryError, found};
use super::marks::Lexicon;
use super::needs::{Need, needed};
use super::remarks::{self, Test};
use super::results::View;
use super::schema::{PLACE, split};
use super::terms::Terms;
use super::{SearchError, Watch, places};
use crate::model::{Annotation, DraftId, Project, ProvisionIndex};

/// The score of what does not match; all others are 0 or more.
const ABSENT: f32 = -1.0;

/// A query with all that the index and the project say about its parts.
pub(super) enum Plan<'q> {
    And(Vec<Self>),
    Or(Vec<Self>),
    Not(Box<Self>),
    /// The index found these; notes and paragraphs of commentaries by their place in it.
    Indexed {
        passages: Vec<f32>,
        loose: HashMap<u64, f32>,
    },
    /// Found by reading.
    Scanned {
        part: &'q Node,
        passages: Vec<f32>,
    },
    /// By place; `views` for a condition on the draft, which holds for lost notes as well.
    Place {
        passages: Vec<bool>,
        on_draft: bool,
    },
    /// By what was said.
    Remark {
        test: Test,
        passages: Vec<bool>,
    },
    InNote,
    InCommentary,
    HasHeading {
        passages: Vec<bool>,
    },
}

/// A note where it is shown: in one draft.
pub(super) struct Sighting<'p> {
    pub key: NoteKey,
    pub annotation: &'p Annotation,
    /// The note, the proposed words and the replies.
    pub said: Vec<Said<'p>>,
    /// Its draft, by position among the views.
    pub view: usize,
    /// The provision its words stand in; none if they are lost.
    pub provision: Option<ProvisionIndex>,
}

/// Whose the documents with a slot are.
#[derive(Clone, Copy)]
enum Owner {
    /// A draft that is not searched.
    Elsewhere,
    /// A draft, with the number of its first passage.
    Draft {
        base: usize,
    },
    Loose,
}

/// What is needed to make a [`Plan`].
pub(super) struct Planner<'a, 'p> {
    pub index: &'a Index,
    pub searcher: &'a Searcher,
    pub project: &'p Project,
    pub views: &'a [View<'p>],
    pub lexicon: &'a mut Lexicon,
    pub watch: &'a dyn Watch,
    pub changes: &'a Changes,
    pub notices: Vec<QueryError>,
    /// Pairs of drafts that have to be compared before all is known.
    pub uncompared: Vec<(DraftId, DraftId)>,
}

impl<'q> Planner<'_, '_> {
    /// Asks the index and the project. Passages whose score `within` is below 0 are of no interest, whatever is said of
    /// them: they need not be read.
    pub(super) fn plan(&mut self, node: &'q Node, within: Option<&[f32]>) -> Result<Plan<'q>, SearchError> {
        if self.terms().answers(node) {
            let query = self.terms().query(node);
            return self.ask(&*query);
        }
        Ok(match node {
            Node::And(parts) => self.all(parts, within)?,
            Node::Or(parts) => Plan::Or(parts.iter().map(|p| self.plan(p, within)).collect::<Result<_, _>>()?),
            Node::Not(part) => Plan::Not(Box::new(self.plan(part, within)?)),
            Node::Words(words) => {
                let query = self.terms().candidates(words);
                let mut candidates = self.ask(&*query)?.passages(self.size());
                narrow(&mut candidates, within);
                Plan::Scanned { part: node, passages: self.read(node, words.heading, candidates)? }
            }
            Node::Pattern(pattern) => {
                let mut candidates = self.holding(&needed(&pattern.regex))?;
                narrow(&mut candidates, within);
                Plan::Scanned { part: node, passages: self.read(node, pattern.heading, candidates)? }
            }
            Node::Place(Place::ChangedSince(since)) => {
                let known = (self.changes, &mut self.uncompared);
                let passages = changes::meeting(since, self.project, self.views, known, &mut self.notices);
                Plan::Place { passages, on_draft: false }
            }
            Node::Place(place) => Plan::Place {
                passages: places::meeting(place, self.project, self.views, &mut self.notices),
                on_draft: matches!(place, Place::Draft(_)),
            },
            Node::Remark(remark) => {
                let test = Test::of(remark, self.project, &mut self.notices);
                Plan::Remark { passages: remarks::meeting(&test, self.project, self.views), test }
            }
            Node::InNote => Plan::InNote,
            Node::InCommentary => Plan::InCommentary,
            Node::HasHeading => Plan::HasHeading { passages: self.headed() },
        })
    }

    /// What the index answers it answers together; what has to be read comes last, and only where the rest is met.
    fn all(&mut self, parts: &'q [Node], within: Option<&[f32]>) -> Result<Plan<'q>, SearchError> {
        let (answered, others): (Vec<_>, Vec<_>) = parts.iter().partition(|p| self.terms().answers(p));
        let (read, known): (Vec<_>, Vec<_>) = others.into_iter().partition(|p| self.has_to_read(p));
        let mut plans = Vec::new();
        if !answered.is_empty() {
            let query = self.terms().all(answered);
            plans.push(self.ask(&*query)?);
        }
        for part in known {
            plans.push(self.plan(part, within)?);
        }
        for part in read {
            let mut met = vec![0.0; self.size()];
            narrow(&mut met, within);
            for plan in &plans {
                narrow(&mut met, Some(&plan.passages(self.size())));
            }
            plans.push(self.plan(part, Some(&met))?);
        }
        Ok(Plan::And(plans))
    }

    fn has_to_read(&mut self, node: &Node) -> bool {
        match node {
            Node::And(parts) | Node::Or(parts) => parts.iter().any(|p| self.has_to_read(p)),
            Node::Not(part) => self.has_to_read(part),
            Node::Pattern(_) => true,
            Node::Words(_) => !self.terms().answers(node),
            _ => false,
        }
    }

    /// The passages that have the words a pattern needs, as far as the index knows.
    fn holding(&self, need: &Need) -> Result<Vec<f32>, SearchError> {
        let Some(places) =
            self.index.vocabularies.places(self.searcher, self.index.shelf.fields().whole_words, need)?
        else {
            return Ok(vec![1.0; self.size()]);
        };
        let owners = self.owners();
        let mut passages = vec![ABSENT; self.size()];
        for place in places {
            let (slot, passage) = split(place);
            if let Some(Owner::Draft { base }) = owners.get(slot as usize)
                && let Some(found) = passages.get_mut(base + passage as usize)
            {
                *found = 1.0;
            }
        }
        Ok(passages)
    }

    fn terms(&mut self) -> Terms<'_> {
        Terms { fields: self.index.shelf.fields(), tongues: &self.index.tongues, lexicon: self.lexicon }
    }

    fn size(&self) -> usize {
        self.views.last().map_or(0, View::end)
    }

    /// Whose the documents of each slot are.
    fn owners(&self) -> Vec<Owner> {
        let loose = self.index.loose_slots().map(|s| s as usize);
        let highest = self.views.iter().map(|v| v.slot as usize).chain(loose.clone()).max();
        let mut owners = vec![Owner::Elsewhere; highest.map_or(0, |h| h + 1)];
        loose.for_each(|slot| owners[slot] = Owner::Loose);
        for view in self.views {
            owners[view.slot as usize] = Owner::Draft { base: view.base };
        }
        owners
    }

    /// What the index finds.
    fn ask(&self, query: &dyn Query) -> Result<Plan<'q>, SearchError> {
        let owners = self.owners();
        let (mut passages, mut loose) = (vec![ABSENT; self.size()], HashMap::new());
        for (place, score) in self.searcher.search(query, &Everywhere)? {
            let (slot, passage) = split(place);
            match owners.get(slot as usize) {
                Some(Owner::Draft { base }) => {
                    if let Some(found) = passages.get_mut(base + passage as usize) {
                        *found = score.max(0.0);
                    }
                }
                Some(Owner::Loose) => {
                    loose.insert(place, score.max(0.0));
                }
                _ => {}
            }
        }
        Ok(Plan::Indexed { passages, loose })
    }

    /// Reads those passages whose score is 0 or more; it stays so only where the part of the query is found.
    fn read(&mut self, part: &Node, heading: bool, mut passages: Vec<f32>) -> Result<Vec<f32>, SearchError> {
        let mut read = 0;
        for view in self.views {
            for ((number, passage), score) in view.passages.list.iter().enumerate().zip(&mut passages[view.base..]) {
                if *score < 0.0 {
                    continue;
                }
                read += 1;
                if read % 16 == 0 && self.watch.cancelled() {
                    return Err(SearchError::Cancelled);
                }
                let found = passage.parts.iter().any(|&range| {
                    let text = range.of(&view.draft.text).unwrap_or_default();
                    let text = if heading { &text[view.heading_in(number, range)] } else { text };
                    self.lexicon.finds(part, text, &[passage.tongue])
                });
                if !found {
                    *score = ABSENT;
                }
            }
        }
        Ok(passages)
    }

    fn headed(&self) -> Vec<bool> {
        let mut headed = vec![false; self.size()];
        for view in self.views {
            for (provision, headed) in view.draft.outline.provisions.iter().zip(&mut headed[view.base..]) {
                *headed = provision.heading_range.is_some_and(|h| !h.is_empty());
            }
        }
        headed
    }
}

/// Takes out what is not within.
fn narrow(passages: &mut [f32], within: Option<&[f32]>) {
    for (score, within) in passages.iter_mut().zip(within.into_iter().flatten()) {
        if *within < 0.0 {
            *score = ABSENT;
        }
    }
}

impl Lexicon {
    /// Whether a part of a query, alone, is found in a text.
    pub(super) fn finds(&mut self, part: &Node, text: &str, tongues: &[super::languages::Tongue]) -> bool {
        match part {
            Node::Pattern(pattern) => found(&pattern.regex, text).next().is_some(),
            _ if text.is_empty() => false,
            _ => !self.marks(&[part], text, tongues, Some(0..text.len())).is_empty(),
        }
    }
}

impl Plan<'_> {
    /// The score of each passage; below 0 for those that do not meet the query.
    pub(super) fn passages(&self, size: usize) -> Vec<f32> {
        let known = |meets: &[bool]| meets.iter().map(|&m| if m { 0.0 } else { ABSENT }).collect();
        match self {
            Self::And(parts) => {
                let all = |a: f32, b: f32| if a < 0.0 || b < 0.0 { ABSENT } else { a + b };
                combined(parts, size, all)
            }
            Self::Or(parts) => {
                let any = |a: f32, b: f32| {
                    if a < 0.0 {
                        b
                    } else if b < 0.0 {
                        a
                    } else {
                        a + b
                    }
                };
                combined(parts, size, any)
            }
            Self::Not(part) => part.passages(size).into_iter().map(|s| if s < 0.0 { 0.0 } else { ABSENT }).collect(),
            Self::Indexed { passages, .. } | Self::Scanned { passages, .. } => passages.clone(),
            Self::Place { passages, .. } | Self::Remark { passages, .. } | Self::HasHeading { passages } => {
                known(passages)
            }
            Self::InNote | Self::InCommentary => vec![ABSENT; size],
        }
    }
}

fn combined(parts: &[Plan<'_>], size: usize, combine: impl Fn(f32, f32) -> f32) -> Vec<f32> {
    let mut scores = parts.iter().map(|p| p.passages(size));
    let Some(mut all) = scores.next() else { return vec![ABSENT; size] };
    for next in scores {
        for (a, b) in all.iter_mut().zip(next) {
            *a = combine(*a, b);
        }
    }
    all
}

/// Collects the place and score of every document found.
struct Everywhere;

struct InSegment {
    places: Column<u64>,
    found: Vec<(u64, f32)>,
}

impl Collector for Everywhere {
    type Fruit = Vec<(u64, f32)>;
    type Child = InSegment;

    fn for_segment(&self, _: u32, segment: &SegmentReader) -> tantivy::Result<InSegment> {
        Ok(InSegment { places: segment.fast_fields().u64(PLACE)?, found: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, fruits: Vec<Self::Fruit>) -> tantivy::Result<Self::Fruit> {
        Ok(fruits.concat())
    }
}

impl SegmentCollector for InSegment {
    type Fruit = Vec<(u64, f32)>;

    fn collect(&mut self, document: DocId, score: f32) {
        self.found.extend(self.places.first(document).map(|place| (place, score)));
    }

    fn harvest(self) -> Self::Fruit {
        self.found
    }
}
