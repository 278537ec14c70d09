//! All the words of the index, to be looked through for those that hold some letters: what patterns need is found in a
//! moment among the words, and then only the passages that have those words are read.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::index::SegmentId;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, InvertedIndexReader, Searcher, SegmentReader, TERMINATED};

use super::needs::Need;
use super::schema::PLACE;
use super::words::LONGEST;

/// The words of each segment of the index that was asked for; a segment never changes.
#[derive(Default)]
pub(super) struct Vocabularies {
    by_segment: Mutex<HashMap<SegmentId, Arc<Vocabulary>>>,
}

impl Vocabularies {
    /// The places of what may have what is needed; nothing if that is most of what there is, or cannot be told.
    pub(super) fn places(&self, searcher: &Searcher, words: Field, need: &Need) -> tantivy::Result<Option<Vec<u64>>> {
        if *need == Need::Nothing {
            return Ok(None);
        }
        let mut known = self.by_segment.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|id, _| searcher.segment_readers().iter().any(|s| s.segment_id() == *id));
        let mut found = Vec::new();
        let mut broad = 0;
        for segment in searcher.segment_readers() {
            let index = segment.inverted_index(words)?;
            let vocabulary = match known.get(&segment.segment_id()) {
                Some(known) => Arc::clone(known),
                None => {
                    let new = Arc::new(Vocabulary::of(&index)?);
                    known.insert(segment.segment_id(), Arc::clone(&new));
                    new
                }
            };
            let places = segment.fast_fields().u64(PLACE)?;
            let documents = vocabulary.documents(segment, &index, need)?;
            broad += if documents.is_none() { segment.max_doc() } else { 0 };
            let documents = documents.unwrap_or_else(|| Documents::all(segment.max_doc()));
            found.extend(documents.iter().filter_map(|document| places.first(document)));
        }
        Ok((broad < searcher.num_docs() as u32).then_some(found))
    }
}

/// The words of a segment, in order, each on a line.
struct Vocabulary {
    lines: String,
    /// Where each begins.
    starts: Vec<u32>,
    /// In how many documents each is.
    counts: Vec<u32>,
    /// Those of which only the beginning is known, by number.
    cut: Vec<u32>,
}

impl Vocabulary {
    fn of(index: &InvertedIndexReader) -> tantivy::Result<Self> {
        let (mut lines, mut starts, mut counts, mut cut) = (String::new(), Vec::new(), Vec::new(), Vec::new());
        let mut words = index.terms().stream()?;
        while words.advance() {
            let word = String::from_utf8_lossy(words.key());
            if word.chars().count() >= LONGEST {
                cut.push(starts.len() as u32);
            }
            starts.push(lines.len() as u32);
            counts.push(words.value().doc_freq);
            lines.push_str(&word);
            lines.push('\n');
        }
        Ok(Self { lines, starts, counts, cut })
    }

    /// The documents that have what is needed; nothing for most of them.
    fn documents(
        &self,
        segment: &SegmentReader,
        index: &InvertedIndexReader,
        need: &Need,
    ) -> tantivy::Result<Option<Documents>> {
        Ok(match need {
            Need::Nothing => None,
            Need::Letters(letters) => self.with_letters(segment, index, letters)?,
            Need::All(parts) => {
                let mut all: Option<Documents> = None;
                for part in parts {
                    let Some(found) = self.documents(segment, index, part)? else { continue };
                    match &mut all {
                        Some(all) => all.keep(&found),
                        None => all = Some(found),
                    }
                }
                all
            }
            Need::Any(parts) => {
                let mut any = Documents::none(segment.max_doc());
                for part in parts {
                    match self.documents(segment, index, part)? {
                        Some(found) => any.add(&found),
                        None => return Ok(None),
                    }
                }
                Some(any)
            }
        })
    }

    fn with_letters(
        &self,
        segment: &SegmentReader,
        index: &InvertedIndexReader,
        letters: &str,
    ) -> tantivy::Result<Option<Documents>> {
        let line = |at: usize| self.starts.partition_point(|&start| start as usize <= at) as u32 - 1;
        let mut words: Vec<u32> = self.lines.match_indices(letters).map(|(at, _)| line(at)).collect();
        words.extend(&self.cut);
        words.sort_unstable();
        words.dedup();
        let counts = words.iter().filter_map(|&word| self.counts.get(word as usize));
        // Where most documents have such a word, looking them up costs more than it saves.
        if counts.map(|&count| u64::from(count)).sum::<u64>() > u64::from(segment.max_doc()) / 2 {
            return Ok(None);
        }
        let mut documents = Documents::none(segment.max_doc());
        for word in words {
            let from = self.starts.get(word as usize).map_or(0, |&s| s as usize);
            let word = self.lines[from..].lines().next().unwrap_or_default();
            let Some(info) = index.terms().get(word)? else { continue };
            let mut postings = index.read_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
            let mut document = postings.doc();
            while document != TERMINATED {
                documents.insert(document);
                document = postings.advance();
            }
        }
        Ok(Some(documents))
    }
}

/// A set of documents of a segment, one bit each.
struct Documents(Vec<u64>);

impl Documents {
    fn none(count: u32) -> Self {
        Self(vec![0; count.div_ceil(64) as usize])
    }

    fn all(count: u32) -> Self {
        let mut all = Self(vec![u64::MAX; count.div_ceil(64) as usize]);
        if let Some(last) = all.0.last_mut()
            && !count.is_multiple_of(64)
        {
            *last = (1 << (count % 64)) - 1;
        }
        all
    }

    fn insert(&mut self, document: u32) {
        if let Some(bits) = self.0.get_mut(document as usize / 64) {
            *bits |= 1 << (document % 64);
        }
    }

    fn keep(&mut self, others: &Self) {
        self.0.iter_mut().zip(&others.0).for_each(|(a, b)| *a &= b);
    }

    fn add(&mut self, others: &Self) {
        self.0.iter_mut().zip(&others.0).for_each(|(a, b)| *a |= b);
    }

    fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        (0..)
            .zip(&self.0)
            .flat_map(|(block, &bits)| (0..64).filter(move |i| bits >> i & 1 == 1).map(move |i| block * 64 + i))
    }
}
