//! What stands in the table of contents of a paper.

use super::flow::{Step, plain};

/// The deepest level of headings that is listed.
const DEEPEST: u8 = 3;
/// How many entries are listed at most, before the deepest level is left out.
const MOST: usize = 160;

/// A heading as it is listed.
pub(super) struct Entry {
    /// Its level, 1 to 3.
    pub level: u8,
    /// Its words in one line.
    pub words: String,
    /// Which heading of the text it is, counted from 0.
    pub heading: usize,
}

/// The entries: as many levels as make a list that can be read.
pub(super) fn entries(steps: &[Step<'_>]) -> Vec<Entry> {
    let headings = steps.iter().filter_map(|step| match step {
        Step::Heading(level, runs) => Some((*level, plain(runs))),
        _ => None,
    });
    let mut entries: Vec<Entry> = headings
        .enumerate()
        .filter(|(_, (level, words))| *level <= DEEPEST && !words.is_empty())
        .map(|(heading, (level, words))| Entry { level, words, heading })
        .collect();
    for deepest in (2..=DEEPEST).rev() {
        if entries.len() > MOST && entries.iter().any(|entry| entry.level < deepest) {
            entries.retain(|entry| entry.level < deepest);
        }
    }
    entries
}
