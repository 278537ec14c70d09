//! Remarks gathered by the clause they stand in, and the words of the clause as they are quoted: in paragraphs, without what
//! is too long to quote.

use super::select::Item;
use super::speech::Speech;
use crate::export::paper::{Block, Mark, Role, Run};
use crate::model::{Citation, Draft, DraftId, Placement, Project, ProvisionIndex, TextRange};

/// Parts two paragraphs in a flattened text; drafts do not have it.
pub(super) const PARAGRAPH: char = '\u{2029}';

/// What is longer is quoted in parts, in bytes.
const LONGEST: usize = 2_400;
/// The same for a provision that a remark is about as a whole, and for what is around changed words.
pub(super) const LONGEST_WHOLE: usize = 900;
/// How much is quoted around the words of a remark, where the paragraph they stand in is longer than that.
const AROUND: usize = 500;

/// Where the remarks of a clause stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum At {
    /// In a provision.
    Provision(ProvisionIndex),
    /// Outside every provision, in the paragraph that begins here.
    Outside(usize),
    /// Nowhere in this draft: where they stood, and in which.
    Nowhere(Citation, Option<DraftId>),
}

/// A clause with its remarks.
pub(super) struct Clause<'i, 'p> {
    pub at: At,
    pub items: Vec<&'i Item<'p>>,
}

/// A draft as a paper cites and quotes it.
pub(super) struct Page<'p> {
    pub project: &'p Project,
    pub draft: &'p Draft,
    pub speech: Speech,
}

impl At {
    pub fn of(item: &Item<'_>, page: &Page<'_>) -> Self {
        match (item.clause, item.range) {
            (Some(provision), Some(_)) => Self::Provision(provision),
            (None, Some(range)) => Self::Outside(page.blocks(range).first().map_or(range.start, |b| b.start)),
            (_, None) => {
                let from = match item.placement {
                    Placement::Lost { from, .. } => *from,
                    Placement::Made(_) | Placement::Carried { .. } => None,
                };
                Self::Nowhere(item.placement.citation().clone(), from)
            }
        }
    }
}

/// The clauses of remarks, in the order of the first of each.
pub(super) fn gathered<'i, 'p>(items: impl IntoIterator<Item = &'i Item<'p>>, page: &Page<'_>) -> Vec<Clause<'i, 'p>> {
    grouped(items.into_iter().map(|item| (At::of(item, page), item)))
}

/// Remarks gathered by where they are to stand, in the order of the first of each.
pub(super) fn grouped<'i, 'p>(placed: impl IntoIterator<Item = (At, &'i Item<'p>)>) -> Vec<Clause<'i, 'p>> {
    let mut clauses: Vec<Clause<'i, 'p>> = Vec::new();
    let mut known = std::collections::HashMap::new();
    for (at, item) in placed {
        let key = match &at {
            At::Provision(p) => (0, p.0 as usize, String::new()),
            At::Outside(start) => (1, *start, String::new()),
            At::Nowhere(citation, from) => {
                (2, 0, format!("{} {}", from.map_or_else(String::new, |d| d.to_string()), citation.address()))
            }
        };
        let place = *known.entry(key).or_insert_with(|| {
            clauses.push(Clause { at, items: Vec::new() });
            clauses.len() - 1
        });
        if let Some(clause) = clauses.get_mut(place) {
            clause.items.push(item);
        }
    }
    clauses
}

impl Page<'_> {
    /// How a clause is cited, standing alone.
    pub fn cited(&self, at: &At) -> String {
        match at {
            At::Provision(p) => self.speech.cited_opening(&self.draft.outline.citation(*p)),
            At::Outside(_) => self.speech.cited_opening(&Citation::to(crate::model::Place::Text)),
            At::Nowhere(citation, from) => {
                let cited = self.speech.cited_opening(citation);
                match from.and_then(|d| self.project.draft(d)) {
                    // A short name stays on one line.
                    Some(draft) if draft.name().chars().count() <= 16 => {
                        format!("{cited} ({})", draft.name().replace(' ', "\u{a0}"))
                    }
                    Some(draft) => format!("{cited} ({})", draft.name()),
                    None => cited,
                }
            }
        }
    }

    /// The article, annex or other unit a clause stands in.
    pub fn unit(&self, at: &At) -> Option<ProvisionIndex> {
        match at {
            At::Provision(p) => Some(self.draft.outline.unit(*p)),
            At::Outside(_) | At::Nowhere(..) => None,
        }
    }

    /// A provision with its heading: `Article 23. Scope of procedural measures`.
    pub fn headed(&self, provision: ProvisionIndex) -> Vec<Run> {
        let outline = &self.draft.outline;
        let cited = self.speech.cited_opening(&outline.citation(provision));
        let mut runs = vec![Run::plain(cited)];
        let heading = outline.get(provision).and_then(|p| p.heading.as_deref()).map(str::trim).unwrap_or_default();
        let is_cited_so = matches!(outline.citation(provision).place, crate::model::Place::Heading(_));
        if !heading.is_empty() && !is_cited_so {
            runs.push(Run::plain(" \u{2014} "));
            runs.push(self.of_draft(Run::plain(heading)));
        }
        runs
    }

    /// Words in the language of the draft.
    pub fn of_draft(&self, run: Run) -> Run {
        let language = self.draft.details.language.trim();
        if language.is_empty() || crate::export::paper::PaperLanguage::named(language) == Some(self.speech.language) {
            return run;
        }
        run.in_language(language)
    }

    /// The stretch of a clause that is quoted: what its remarks are about, at least the own words of the provision.
    pub fn quoted(&self, clause: &Clause<'_, '_>) -> TextRange {
        let text = &self.draft.text;
        let marks = clause.items.iter().filter_map(|i| i.range);
        let (start, end) = marks.clone().fold((usize::MAX, 0), |(s, e), r| (s.min(r.start), e.max(r.end)));
        match clause.at {
            At::Provision(p) => {
                let all = self.draft.outline.get(p).map_or_else(TextRange::default, |p| p.range.fitted(text));
                let own = self.draft.outline.own_range(p).fitted(text).trimmed(text);
                let is_own = clause.items.iter().all(|i| !i.whole) && own.start <= start && end <= own.end;
                let has_words = self.body(p, own).len() > 3;
                (if is_own && has_words { own } else { all }).trimmed(text)
            }
            At::Outside(start) => TextRange { start: start.min(end), end }.fitted(text).trimmed(text),
            At::Nowhere(..) => TextRange::default(),
        }
    }

    /// A stretch of a provision without its label and heading.
    pub fn body(&self, provision: ProvisionIndex, range: TextRange) -> TextRange {
        let Some(p) = self.draft.outline.get(provision) else { return range };
        let mut start = range.start;
        for over in [Some(p.label_range), p.heading_range].into_iter().flatten() {
            if over.start <= start.max(p.range.start) + 4 || p.heading_range == Some(over) {
                start = start.max(over.end);
            }
        }
        TextRange { start: start.min(range.end), end: range.end }.fitted(&self.draft.text).trimmed(&self.draft.text)
    }

    /// The paragraphs of a stretch, each as far as it lies in it.
    pub fn blocks(&self, range: TextRange) -> Vec<TextRange> {
        let blocks = &self.draft.outline.blocks;
        let text = &self.draft.text;
        if blocks.is_empty() {
            return lines(text, range);
        }
        let first = blocks.partition_point(|b| b.end <= range.start);
        let within = blocks[first..].iter().take_while(|b| b.start < range.end);
        let found: Vec<TextRange> = within.filter_map(|b| b.intersection(range)).collect();
        if found.is_empty() { lines(text, range) } else { found }
    }

    /// What of a stretch is shown: all of it, or, where it is too long, what is around the places that matter. A heading
    /// that stands over the quotation anyhow is not repeated, unless it is struck.
    pub fn shown(&self, range: TextRange, places: &Places<'_>, longest: usize) -> Vec<Piece> {
        let text = &self.draft.text;
        let is_heading = |b: &TextRange| {
            let over = self.draft.outline.at(b.start).and_then(|p| self.draft.outline.get(p));
            over.is_some_and(|p| {
                let head = p.heading_range.filter(|_| p.kind.is_headed());
                let label = Some(p.label_range).filter(|l| p.kind.is_headed() && !l.is_empty());
                let covers = |r: Option<TextRange>| r.is_some_and(|r| r.covers(*b));
                let both = head.zip(label).map(|(h, l)| TextRange::new(l.start.min(h.start), l.end.max(h.end)));
                covers(head) || covers(label) || covers(both)
            })
        };
        let is_struck = |b: &TextRange| places.struck.iter().any(|s| s.covers(*b));
        let all_of_it = self.blocks(range).into_iter();
        let blocks: Vec<TextRange> = all_of_it.filter(|b| is_struck(b) || !is_heading(b)).collect();
        let mut pieces = Vec::new();
        let all: usize = blocks.iter().map(|b| b.len()).sum();
        let mut told = 0;
        for (n, block) in blocks.iter().enumerate() {
            let at: Vec<TextRange> = places.near.iter().filter_map(|p| p.intersection(*block)).collect();
            let is_kept = places.kept.iter().any(|p| p.overlaps(*block));
            let is_whole = at.first().is_some_and(|p| p.len() * 10 >= block.len() * 9);
            let most = if longest == 0 { LONGEST } else { longest };
            let matters = if at.is_empty() { n == 0 && longest > 0 } else { !is_whole || told < most };
            if all > longest && !matters && !is_kept {
                gap(&mut pieces);
                continue;
            }
            if block.len() > LONGEST && block.len() > longest && !at.is_empty() && !is_whole {
                let start = at.iter().map(|p| p.start).min().unwrap_or(block.start);
                let end = at.iter().map(|p| p.end).max().unwrap_or(block.end);
                let near = TextRange {
                    start: word_before(text, start.saturating_sub(AROUND).max(block.start)),
                    end: word_after(text, (end + AROUND).min(block.end)),
                };
                if near.start > block.start {
                    gap(&mut pieces);
                }
                pieces.push(Piece::Text(near));
                if near.end < block.end {
                    gap(&mut pieces);
                }
                told += near.len();
            } else {
                told += block.len();
                pieces.push(Piece::Text(*block));
            }
        }
        pieces
    }

    /// A quotation of a clause, with the words of its remarks set apart where they are not all of it. `about` is the remark
    /// a click on it opens; what is to be `changed` is quoted however long the clause is. Answers whether something is set
    /// apart.
    pub fn quotation(
        &self,
        clause: &Clause<'_, '_>,
        range: TextRange,
        changed: &[TextRange],
        headings: bool,
    ) -> (Vec<Block>, bool) {
        let marks: Vec<TextRange> = clause.items.iter().filter(|i| !i.whole).filter_map(|i| i.range).collect();
        let body = match clause.at {
            At::Provision(p) => self.body(p, range),
            At::Outside(_) | At::Nowhere(..) => range,
        };
        let is_all = |m: &TextRange| covers_words(&self.draft.text, *m, body);
        let apart: Vec<TextRange> = if marks.iter().any(is_all) { Vec::new() } else { marks };
        let near: Vec<TextRange> = clause.items.iter().filter_map(|i| i.range).collect();
        let length: usize = changed.iter().map(|c| c.len()).sum();
        let kept = if length > LONGEST { &[][..] } else { changed };
        let places = Places { near: &near, kept, struck: if headings { changed } else { &[] } };
        let about = match clause.items.as_slice() {
            [one] => Some(one.annotation.id),
            _ => None,
        };
        let mut blocks = Vec::new();
        let mut set_apart = false;
        let longest = if clause.items.iter().all(|i| i.whole) { LONGEST_WHOLE } else { LONGEST };
        for piece in self.shown(range, &places, longest) {
            let runs = match piece {
                Piece::Gap => vec![Run::plain(self.speech.say(super::phrases::Phrase::Omitted))],
                Piece::Text(range) => {
                    let runs = self.marked(range, &apart);
                    set_apart |= runs.iter().any(|r| r.mark.strong);
                    runs
                }
            };
            blocks.push(Block::Paragraph { role: Role::Quote, about, runs });
        }
        (blocks, set_apart)
    }

    /// Words of the draft in runs, those in `apart` strong.
    fn marked(&self, range: TextRange, apart: &[TextRange]) -> Vec<Run> {
        let mut edges = vec![range.start, range.end];
        edges.extend(apart.iter().filter_map(|a| a.intersection(range)).flat_map(|a| [a.start, a.end]));
        edges.sort_unstable();
        edges.dedup();
        let mut runs: Vec<Run> = Vec::new();
        let mut spaced = true;
        for pair in edges.windows(2) {
            let part = TextRange { start: pair[0], end: pair[1] };
            let text = one_line(part.of(&self.draft.text).unwrap_or_default(), &mut spaced);
            if text.is_empty() {
                continue;
            }
            let strong = apart.iter().any(|a| a.covers(part));
            let mark = Mark { strong, ..Mark::default() };
            match runs.last_mut().filter(|last| last.mark == mark) {
                Some(last) => last.text.push_str(&text),
                None => runs.push(self.of_draft(Run { mark, ..Run::plain(text) })),
            }
        }
        if let Some(last) = runs.last_mut() {
            last.text.truncate(last.text.trim_end().len());
        }
        runs
    }
}

/// The places that matter in a stretch that is too long to be shown.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Places<'a> {
    /// What is around them is shown, as far as there is room.
    pub near: &'a [TextRange],
    /// These are shown anyhow.
    pub kept: &'a [TextRange],
    /// Words that are struck, with the headings among them.
    pub struck: &'a [TextRange],
}

/// A part of a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A paragraph, or what is shown of it.
    Text(TextRange),
    /// Something is left out.
    Gap,
}

fn gap(pieces: &mut Vec<Piece>) {
    if pieces.last() != Some(&Piece::Gap) {
        pieces.push(Piece::Gap);
    }
}

/// Words with one space for every stretch of white space. `spaced` says whether one stands before them.
pub(super) fn one_line(words: &str, spaced: &mut bool) -> String {
    let mut text = String::with_capacity(words.len());
    for c in words.chars() {
        let is_space = c.is_whitespace() && c != '\u{a0}';
        if c.is_control() && !is_space {
            continue;
        }
        if !is_space {
            text.push(c);
        } else if !*spaced {
            text.push(' ');
        }
        *spaced = is_space;
    }
    text
}

/// Whether a stretch has all words of another, whatever marks stand around them.
pub(super) fn covers_words(text: &str, stretch: TextRange, all: TextRange) -> bool {
    let words = |range: TextRange| range.of(text).is_some_and(|t| t.chars().any(char::is_alphanumeric));
    let before = TextRange { start: all.start, end: stretch.start.clamp(all.start, all.end) };
    let after = TextRange { start: stretch.end.clamp(all.start, all.end), end: all.end };
    !words(before) && !words(after) && stretch.overlaps(all)
}

fn lines(text: &str, range: TextRange) -> Vec<TextRange> {
    let mut lines = Vec::new();
    let mut start = range.start;
    for line in range.of(text).unwrap_or_default().split_inclusive('\n') {
        let line_range = TextRange { start, end: start + line.len() }.trimmed(text);
        start += line.len();
        if !line_range.is_empty() {
            lines.push(line_range);
        }
    }
    lines
}

fn word_before(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at);
    text[at..].find(char::is_whitespace).map_or(at, |i| at + i + 1).min(text.len())
}

fn word_after(text: &str, at: usize) -> usize {
    let at = text.ceil_char_boundary(at);
    text[..at].rfind(char::is_whitespace).unwrap_or(at)
}
