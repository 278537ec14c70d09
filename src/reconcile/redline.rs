//! What was struck and what was put in, word by word.

use super::align::Alignment;
use super::map::words_to_words;
use crate::model::TextRange;

/// What became of a stretch of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stroke {
    /// It stands in both drafts.
    Kept,
    /// It stands only in the old one.
    Struck,
    /// It stands only in the new one.
    PutIn,
}

/// A stretch of a redline. Positions in bytes of the two texts; one that stands only in one draft has an empty range in
/// the other, where it would be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// What became of it.
    pub stroke: Stroke,
    /// In the old text.
    pub old: TextRange,
    /// In the new text.
    pub new: TextRange,
}

/// A kept stretch between two changes that weighs less is read with them: nobody follows a redline that keeps `of`.
const ISLAND: f32 = 1.5;

impl Alignment {
    /// The redline of a stretch of the old text and one of the new, clause by clause in the order of the new one; all of
    /// a clause that a stretch touches is in it.
    pub fn redline(&self, old: TextRange, new: TextRange, texts: [&str; 2]) -> Vec<Vec<Run>> {
        let (olds, news) = (self.old.touched(old), self.new.touched(new));
        if let ([i], [j]) = (olds.clone().collect::<Vec<_>>().as_slice(), news.clone().collect::<Vec<_>>().as_slice()) {
            return vec![self.redline_of(*i, *j, texts)];
        }
        let came = |j: usize| {
            self.back.get(j).and_then(|l| l.first()).filter(|l| l.main && olds.contains(&l.clause)).map(|l| l.clause)
        };
        let went = |i: usize| {
            let link = self.forth.get(i).and_then(|l| l.first()).filter(|l| l.main);
            link.is_some_and(|l| news.contains(&l.clause))
        };
        let at = |ranges: [TextRange; 2]| ranges.map(|r| r.end);
        let mut ends = [old.start, new.start];
        let mut rows = Vec::with_capacity(news.len());
        let mut next = olds.start;
        let struck = |from: usize, to: usize, ends: [usize; 2], rows: &mut Vec<Vec<Run>>| {
            for i in (from..to).filter(|&i| !went(i)) {
                let new = TextRange { start: ends[1], end: ends[1] };
                rows.extend(self.old.all.get(i).map(|c| vec![Run { stroke: Stroke::Struck, old: c.range, new }]));
            }
        };
        for j in news.clone() {
            let Some(clause) = self.new.all.get(j) else { continue };
            match came(j) {
                Some(i) => {
                    if i >= next {
                        struck(next, i, ends, &mut rows);
                        next = i + 1;
                    }
                    rows.push(self.redline_of(i, j, texts));
                    ends = at([self.old.all.get(i).map_or(old, |c| c.range), clause.range]);
                }
                None => {
                    let old = TextRange { start: ends[0], end: ends[0] };
                    rows.push(vec![Run { stroke: Stroke::PutIn, old, new: clause.range }]);
                    ends[1] = clause.range.end;
                }
            }
        }
        struck(next, olds.end, ends, &mut rows);
        rows
    }

    /// The redline of a clause of the old draft and one of the new, by their numbers.
    pub(super) fn redline_of(&self, old: usize, new: usize, texts: [&str; 2]) -> Vec<Run> {
        let (Some(a), Some(b)) = (self.old.all.get(old), self.new.all.get(new)) else { return Vec::new() };
        let (old_words, new_words) = (self.old.words(old), self.new.words(new));
        let mut map = words_to_words(old_words, new_words, &self.weights);
        self.drown_islands(&mut map, old, new);
        let mut strokes = Strokes { texts, at: [a.range.start, b.range.start], runs: Vec::new() };
        strokes.between([a.body, b.body]);
        for (i, went) in map.iter().enumerate() {
            let Some((one, other)) = went.and_then(|j| Some((old_words.get(i)?, new_words.get(j as usize)?))) else {
                continue;
            };
            strokes.between([one.start as usize, other.start as usize]);
            strokes.word([one.end as usize, other.end as usize]);
        }
        strokes.between([a.range.end, b.range.end]);
        joined(strokes.runs, texts[0])
    }

    /// Unlinks short kept stretches that say little between longer changes.
    fn drown_islands(&self, map: &mut [Option<u32>], old: usize, new: usize) {
        let (old_words, new_len) = (self.old.words(old), self.new.words(new).len());
        let mut at = 0;
        while at < map.len() {
            let Some(first) = map[at] else {
                at += 1;
                continue;
            };
            let mut end = at + 1;
            while end < map.len() && map[end] == Some(first + (end - at) as u32) {
                end += 1;
            }
            let last = first as usize + (end - at);
            let before = (0..at).rev().find_map(|i| map[i]).map_or(0, |j| j as usize + 1);
            let after = (end..map.len()).find_map(|i| map[i]).map_or(new_len, |j| j as usize);
            let struck_before = at - (0..at).rev().find(|&i| map[i].is_some()).map_or(0, |i| i + 1);
            let struck_after = (end..map.len()).find(|&i| map[i].is_some()).unwrap_or(map.len()) - end;
            let changed_before = struck_before + (first as usize).saturating_sub(before);
            let changed_after = struck_after + after.saturating_sub(last);
            let weight = self.weights.sum(&old_words[at..end]);
            if weight < ISLAND && end - at <= 2 && changed_before >= 3 && changed_after >= 3 {
                map[at..end].fill(None);
            }
            at = end;
        }
    }
}

/// A redline being made: how far it has come in both texts.
struct Strokes<'t> {
    texts: [&'t str; 2],
    at: [usize; 2],
    runs: Vec<Run>,
}

impl Strokes<'_> {
    /// What stands before the next common word: what is the same at its ends is kept, the rest changed.
    fn between(&mut self, to: [usize; 2]) {
        let gaps = [0, 1].map(|side| self.texts[side].get(self.at[side]..to[side]).unwrap_or_default());
        let equal = gaps[0] == gaps[1];
        let head = if equal { gaps[0].len() } else { common(gaps[0].chars(), gaps[1].chars()) };
        let rest = [&gaps[0][head..], &gaps[1][head..]];
        let tail = common(rest[0].chars().rev(), rest[1].chars().rev());
        self.push(Stroke::Kept, head, head);
        self.push(Stroke::Struck, rest[0].len() - tail, 0);
        self.push(Stroke::PutIn, 0, rest[1].len() - tail);
        self.push(Stroke::Kept, tail, tail);
    }

    /// A word of both; where it is only of one stem, or in other capitals, it was changed.
    fn word(&mut self, to: [usize; 2]) {
        let words = [0, 1].map(|side| self.texts[side].get(self.at[side]..to[side]).unwrap_or_default());
        if words[0] == words[1] {
            self.push(Stroke::Kept, words[0].len(), words[1].len());
        } else {
            self.push(Stroke::Struck, words[0].len(), 0);
            self.push(Stroke::PutIn, 0, words[1].len());
        }
    }

    fn push(&mut self, stroke: Stroke, old: usize, new: usize) {
        if old + new == 0 {
            return;
        }
        let [a, b] = self.at;
        self.at = [a + old, b + new];
        let run = Run { stroke, old: TextRange { start: a, end: a + old }, new: TextRange { start: b, end: b + new } };
        match self.runs.last_mut().filter(|last| last.stroke == stroke) {
            Some(last) => (last.old.end, last.new.end) = (run.old.end, run.new.end),
            None => self.runs.push(run),
        }
    }
}

/// Bytes of the marks and spaces that both begin with; words are never cut.
fn common(one: impl Iterator<Item = char>, other: impl Iterator<Item = char>) -> usize {
    one.zip(other).take_while(|(a, b)| a == b && !a.is_alphanumeric()).map(|(a, _)| a.len_utf8()).sum()
}

/// Changes with nothing but a space between them are one: struck words together, then those put in.
fn joined(runs: Vec<Run>, old_text: &str) -> Vec<Run> {
    let mut all: Vec<Run> = Vec::with_capacity(runs.len());
    let mut change: Option<(TextRange, TextRange)> = None;
    let is_space = |r: &Run| r.old.of(old_text).is_some_and(|t| t.chars().all(char::is_whitespace));
    let mut runs = runs.into_iter().peekable();
    while let Some(run) = runs.next() {
        let goes_on = runs.peek().is_some_and(|next| next.stroke != Stroke::Kept);
        if run.stroke != Stroke::Kept || change.is_some() && goes_on && is_space(&run) {
            let (old, new) = change.get_or_insert((
                TextRange { start: run.old.start, end: run.old.start },
                TextRange { start: run.new.start, end: run.new.start },
            ));
            (old.end, new.end) = (run.old.end, run.new.end);
            continue;
        }
        settle(&mut all, change.take());
        all.push(run);
    }
    settle(&mut all, change);
    all
}

fn settle(all: &mut Vec<Run>, change: Option<(TextRange, TextRange)>) {
    let Some((old, new)) = change else { return };
    if !old.is_empty() {
        all.push(Run { stroke: Stroke::Struck, old, new: TextRange { start: new.start, end: new.start } });
    }
    if !new.is_empty() {
        all.push(Run { stroke: Stroke::PutIn, old: TextRange { start: old.end, end: old.end }, new });
    }
}
