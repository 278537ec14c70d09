//! Which highlights touch a stretch of the draft, and in which lane each is drawn.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::model::{AnalystId, AnnotationId, Swatch, TextRange};

/// Whose remark, and which.
pub type HighlightKey = (AnalystId, AnnotationId);

/// How a remark is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum HighlightKind {
    /// On chosen words: a wash behind them.
    #[default]
    Words,
    /// On a whole provision: a bar beside it.
    Provision,
    /// On words that ought to be in a provision: a dashed bar beside it.
    Absence,
    /// No remark: a sign beside the first line, such as for what others say of a provision.
    Asked,
}

/// A remark as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Highlight {
    /// Whose, and which.
    pub key: HighlightKey,
    /// The words it is about, in bytes of the draft's text.
    pub range: TextRange,
    /// The colors of its concerns, the first one leading; empty while it has none.
    pub swatches: Vec<Swatch>,
    /// The two-letter tags of its concerns, in the same order.
    pub tags: Vec<String>,
    /// On words, on a provision, or on what is missing from one.
    pub kind: HighlightKind,
    /// Drawn faintly: a colleague's.
    pub faded: bool,
    /// What a screen reader says: `SC Scope, high: limit to Articles 7 to 11`.
    pub name: String,
}

/// Lanes beyond this one share it.
pub const LANES: u8 = 6;

/// About a line of text: two highlights closer than this, in bytes, can meet on one line, so their bars need two lanes.
const LINE: usize = 90;

/// All highlights of a page, ready to be asked which ones touch a stretch of it. Made once per change of the remarks,
/// in `n log n` steps.
#[derive(Clone, Debug, Default)]
pub struct HighlightIndex {
    all: Vec<Highlight>,
    spans: Spans,
    /// Per highlight: the lane of its bar in the margin, and of its line under the words.
    lanes: Vec<(u8, u8)>,
    stamp: u64,
}

impl HighlightIndex {
    /// Sorts the highlights and gives each its lanes. Empty ranges are kept: they show as a bar at their line.
    pub fn new(mut all: Vec<Highlight>) -> Self {
        // Longer first, so that what is nested is painted over what holds it.
        all.sort_by(|a, b| (a.range.start, b.range.end, a.key).cmp(&(b.range.start, a.range.end, b.key)));
        let spans = Spans::new(all.iter().map(|h| h.range).collect());
        let (mut bars, mut underlines) = ([0_usize; LANES as usize], [0_usize; LANES as usize]);
        let lanes = all
            .iter()
            .map(|h| {
                // A sign alone has no bar.
                let is_sign = h.kind == HighlightKind::Asked;
                let bar = if is_sign { 0 } else { first_free(&mut bars, h.range.start, h.range.end + LINE) };
                let words = h.kind == HighlightKind::Words;
                let underline = if words { first_free(&mut underlines, h.range.start, h.range.end) } else { 0 };
                (bar, underline)
            })
            .collect();
        let mut hasher = DefaultHasher::new();
        all.hash(&mut hasher);
        Self { spans, lanes, stamp: hasher.finish(), all }
    }

    /// All of them, in order of start.
    pub fn all(&self) -> &[Highlight] {
        &self.all
    }

    /// The highlight at a position in [`Self::all`].
    pub fn get(&self, at: usize) -> Option<&Highlight> {
        self.all.get(at)
    }

    /// The highlight of a remark.
    pub fn find(&self, key: HighlightKey) -> Option<&Highlight> {
        self.all.iter().find(|h| h.key == key)
    }

    /// Positions in [`Self::all`] of those that share a byte with `range` or start in it, in order of start.
    pub fn touching(&self, range: TextRange) -> Vec<usize> {
        let mut found = Vec::new();
        self.spans.touching(range, &mut found);
        found
    }

    /// Those over the byte `offset`, topmost first: the shortest and latest are painted last.
    pub fn over(&self, offset: usize) -> Vec<HighlightKey> {
        let mut found = self.touching(TextRange { start: offset, end: offset + 1 });
        found.retain(|&i| self.all[i].range.contains(offset));
        found.reverse();
        found.into_iter().map(|i| self.all[i].key).collect()
    }

    /// The lane of its bar in the margin, from 0 beside the text outward.
    pub fn bar_lane(&self, at: usize) -> u8 {
        self.lanes.get(at).map_or(0, |l| l.0)
    }

    /// The lane of its line under the words, from 0 downward.
    pub fn underline_lane(&self, at: usize) -> u8 {
        self.lanes.get(at).map_or(0, |l| l.1)
    }

    /// Differs whenever the highlights do: a key for what is derived from them.
    pub fn stamp(&self) -> u64 {
        self.stamp
    }
}

/// The first lane that is free from `start` on, taken until `end`; where none is, the one that is free soonest.
fn first_free(taken: &mut [usize], start: usize, end: usize) -> u8 {
    let free = taken.iter().position(|&until| until <= start);
    let lane = free.or_else(|| (0..taken.len()).min_by_key(|&i| taken[i])).unwrap_or(0);
    if let Some(until) = taken.get_mut(lane) {
        *until = (*until).max(end);
    }
    lane as u8
}

/// Ranges in order of start, with a tree of the furthest end below each node, so that those that touch a stretch are
/// found without reading the rest, however long single ones are.
#[derive(Clone, Debug, Default)]
pub struct Spans {
    ranges: Vec<TextRange>,
    /// A heap-shaped tree: leaf `width + i` holds the end of range `i`, a node the larger end of its two children.
    furthest: Vec<usize>,
    width: usize,
}

impl Spans {
    /// Over ranges already in order of start.
    pub fn new(ranges: Vec<TextRange>) -> Self {
        let width = ranges.len().next_power_of_two();
        let mut furthest = vec![0; 2 * width];
        for (i, range) in ranges.iter().enumerate() {
            // An empty range counts as its first byte.
            furthest[width + i] = range.end.max(range.start + 1);
        }
        for node in (1..width).rev() {
            furthest[node] = furthest[2 * node].max(furthest[2 * node + 1]);
        }
        Self { ranges, furthest, width }
    }

    /// Adds the positions of those that share a byte with `range`, in order of start.
    pub fn touching(&self, range: TextRange, found: &mut Vec<usize>) {
        let before = self.ranges.partition_point(|r| r.start < range.end);
        if before > 0 {
            self.collect(1, 0, self.width, before, range.start, found);
        }
    }

    fn collect(&self, node: usize, from: usize, width: usize, before: usize, after: usize, found: &mut Vec<usize>) {
        if from >= before || self.furthest.get(node).is_none_or(|&end| end <= after) {
            return;
        }
        if width == 1 {
            found.push(from);
            return;
        }
        let half = width / 2;
        self.collect(2 * node, from, half, before, after, found);
        self.collect(2 * node + 1, from + half, half, before, after, found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn highlight(id: u128, start: usize, end: usize) -> Highlight {
        Highlight {
            key: (AnalystId(1), AnnotationId(id)),
            range: TextRange { start, end },
            swatches: vec![Swatch::Red],
            tags: vec!["SC".into()],
            kind: HighlightKind::Words,
            faded: false,
            name: String::new(),
        }
    }

    #[test]
    fn those_that_touch_are_found_however_long() {
        let all: Vec<_> = (0..500_usize)
            .map(|i| {
                let start = i * 37 % 1000;
                highlight(i as u128, start, start + if i % 50 == 0 { 900 } else { i % 9 })
            })
            .collect();
        let index = HighlightIndex::new(all);
        for start in (0..1900).step_by(13) {
            let range = TextRange { start, end: start + 20 };
            let slow: Vec<usize> = (0..index.all().len())
                .filter(|&i| {
                    let r = index.all()[i].range;
                    r.start < range.end && r.end.max(r.start + 1) > range.start
                })
                .collect();
            assert_eq!(index.touching(range), slow, "{range:?}");
        }
        assert!(HighlightIndex::default().touching(TextRange { start: 0, end: 9 }).is_empty());
    }

    #[test]
    fn what_overlaps_has_lanes_of_its_own() {
        let index = HighlightIndex::new(vec![highlight(1, 0, 50), highlight(2, 10, 20), highlight(3, 60, 70)]);
        assert_eq!((0..3).map(|i| index.underline_lane(i)).collect::<Vec<_>>(), [0, 1, 0]);
        assert_eq!((0..3).map(|i| index.bar_lane(i)).collect::<Vec<_>>(), [0, 1, 2], "they can meet on one line");
        assert_eq!(index.over(15), [(AnalystId(1), AnnotationId(2)), (AnalystId(1), AnnotationId(1))]);
        assert!(index.over(55).is_empty());
    }

    #[test]
    fn the_stamp_tells_sets_apart() {
        let stamp = |all| HighlightIndex::new(all).stamp();
        assert_eq!(stamp(vec![highlight(1, 0, 5)]), stamp(vec![highlight(1, 0, 5)]));
        assert_ne!(stamp(vec![highlight(1, 0, 5)]), stamp(vec![highlight(1, 0, 6)]));
    }
}
