//! A clause with changes of its words as a redline.

use super::clause::{LONGEST_WHOLE, PARAGRAPH, Page, Piece, Places, one_line};
use super::phrases::Phrase;
use super::proposed::words_of;
use super::wording::{Change, spanning};
use crate::export::paper::{Block, Mark, Role, Run, Stroke};
use crate::model::{AnnotationId, Outline, TextRange};
use crate::reconcile::{Side, Stroke as Drawn, align};

/// Longer texts are put against each other as a whole, not word by word, in bytes.
const LONGEST: usize = 20_000;

impl Page<'_> {
    /// The clause with changes as a redline, in paragraphs; as much more as they reach beyond it.
    pub fn redline(&self, range: TextRange, changes: &[Change], about: Option<AnnotationId>) -> Vec<Block> {
        let pieces = self.drawn(spanning(range, changes).trimmed(&self.draft.text), changes);
        let mut paragraphs: Vec<Vec<Run>> = vec![Vec::new()];
        for (stroke, text) in pieces {
            for (n, part) in text.split(PARAGRAPH).enumerate() {
                if n > 0 {
                    paragraphs.push(Vec::new());
                }
                if part.is_empty() {
                    continue;
                }
                let run = Run { mark: Mark { stroke, ..Mark::default() }, ..Run::plain(part) };
                if let Some(last) = paragraphs.last_mut() {
                    last.push(self.of_draft(run));
                }
            }
        }
        let paragraphs = paragraphs.into_iter().filter(|runs| runs.iter().any(|r| !r.text.trim().is_empty()));
        paragraphs.map(|runs| Block::Paragraph { role: Role::Proposal, about, runs }).collect()
    }

    /// What is kept, struck and put in, in order; paragraphs parted by [`PARAGRAPH`].
    fn drawn(&self, range: TextRange, changes: &[Change]) -> Vec<(Stroke, String)> {
        let text = &*self.draft.text;
        let mut changes: Vec<Change> = changes.to_vec();
        changes.sort_by_key(|c| (c.at.start, c.at.end));
        // A paragraph that is put in behind all others stands by itself.
        let is_apart = |c: &&Change| c.at.is_empty() && c.new.starts_with(PARAGRAPH) && c.at.end >= range.end;
        let touched = changes.iter().filter(|c| !is_apart(c));
        let places: Vec<TextRange> = touched
            .map(|c| match c.at.is_empty() {
                false => c.at,
                true => TextRange { start: text.floor_char_boundary(c.at.start.saturating_sub(1)), end: c.at.end },
            })
            .collect();
        let mut all: Vec<(Stroke, String)> = Vec::new();
        let mut push = |stroke: Stroke, words: String| {
            if words.is_empty() {
                return;
            }
            // What is struck and what comes for it do not run together, also where nobody sees the color.
            let joins = |(last, old): &(Stroke, String)| {
                *last == Stroke::Struck && stroke == Stroke::PutIn && touch(old, &words)
            };
            if all.last().is_some_and(joins) {
                all.push((Stroke::Kept, THIN.to_owned()));
            }
            match all.last_mut().filter(|l| l.0 == stroke) {
                Some(last) => last.1.push_str(&words),
                None => all.push((stroke, words)),
            }
        };
        let mut next = changes.iter().peekable();
        let shown = self.shown(range, &Places { near: &places, kept: &[], struck: &places }, 0);
        let mut at = range.start;
        for (n, piece) in shown.iter().enumerate() {
            let Piece::Text(block) = piece else {
                if n > 0 {
                    push(Stroke::Kept, PARAGRAPH.to_string());
                }
                push(Stroke::Kept, self.speech.say(Phrase::Omitted).to_owned());
                continue;
            };
            if n > 0 {
                push(Stroke::Kept, PARAGRAPH.to_string());
            }
            at = at.max(block.start);
            let mut spaced = true;
            while let Some(change) = next.next_if(|c| c.at.end <= block.end || c.at.start < block.end) {
                let start = change.at.start.clamp(at, block.end.max(at));
                push(Stroke::Kept, one_line(slice(text, at, start), &mut spaced));
                let end = change.at.end.max(start);
                // What goes beyond the paragraph is struck in the paragraphs behind it.
                let old = self.flattened(TextRange { start, end: end.min(range.end) }, &places);
                for (stroke, words) in word_by_word(&old, &change.new) {
                    push(stroke, words);
                }
                spaced = false;
                at = end;
            }
            if at < block.end {
                push(Stroke::Kept, one_line(slice(text, at, block.end), &mut spaced));
                at = block.end;
            }
        }
        for change in next {
            push(Stroke::PutIn, change.new.clone());
        }
        all
    }

    /// The words of a stretch in one line, its paragraphs parted by [`PARAGRAPH`].
    fn flattened(&self, range: TextRange, places: &[TextRange]) -> String {
        if range.is_empty() {
            return String::new();
        }
        let mut parts: Vec<String> = Vec::new();
        for piece in self.shown(range, &Places { near: places, kept: &[], struck: places }, LONGEST_WHOLE * 3) {
            parts.push(match piece {
                Piece::Text(part) => one_line(part.of(&self.draft.text).unwrap_or_default(), &mut false),
                Piece::Gap => self.speech.say(Phrase::Omitted).to_owned(),
            });
        }
        parts.join(&PARAGRAPH.to_string())
    }
}

/// A space that parts no words.
const THIN: &str = "\u{2009}";

/// Whether old and new words are written with spaces and have none between them.
fn touch(old: &str, new: &str) -> bool {
    let closes = |c: char| matches!(c, '.' | ',' | ';' | ':' | ')' | ']' | '!' | '?' | '،' | '؛' | '؟');
    let spaced = |c: char| !c.is_whitespace() && c < '\u{2e80}';
    old.chars().next_back().is_some_and(spaced) && new.chars().next().is_some_and(|c| spaced(c) && !closes(c))
}

fn slice(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end.max(start)).unwrap_or_default()
}

/// Old words against new ones, as they are drawn.
fn word_by_word(old: &str, new: &str) -> Vec<(Stroke, String)> {
    let part = |stroke: Stroke, words: &str| (stroke, words.to_owned());
    if old.is_empty() || new.is_empty() || old.len() + new.len() > LONGEST {
        return [part(Stroke::Struck, old), part(Stroke::PutIn, new)].into_iter().filter(|p| !p.1.is_empty()).collect();
    }
    let both = sides(old, new);
    // Where little stays, nobody follows what does.
    let kept: usize = both
        .iter()
        .filter(|r| r.stroke == Drawn::Kept)
        .filter_map(|r| r.new.of(new))
        .map(|t| words_of(t).count())
        .sum();
    if kept * 5 < words_of(old).count().max(words_of(new).count()) * 2 {
        return vec![part(Stroke::Struck, old), part(Stroke::PutIn, new)];
    }
    let mut drawn = Vec::new();
    for run in both {
        let (stroke, words) = match run.stroke {
            Drawn::Kept => (Stroke::Kept, run.new.of(new)),
            Drawn::Struck => (Stroke::Struck, run.old.of(old)),
            Drawn::PutIn => (Stroke::PutIn, run.new.of(new)),
        };
        drawn.extend(words.map(|w| part(stroke, w)));
    }
    drawn
}

/// What becomes of the old words, in bytes of the old text; what is put in lies between them.
pub(super) fn strokes(old: &str, new: &str) -> Vec<(Drawn, TextRange)> {
    if old.len() + new.len() > LONGEST {
        return Vec::new();
    }
    sides(old, new).into_iter().map(|run| (run.stroke, run.old)).collect()
}

fn sides(old: &str, new: &str) -> Vec<crate::reconcile::Run> {
    let outlines = [old, new].map(|text| Outline { blocks: vec![all(text)], ..Outline::default() });
    let [one, other] = [0, 1].map(|i| Side { text: [old, new][i], outline: &outlines[i] });
    let both = align(one, other, &|| true).unwrap_or_default();
    both.redline(all(old), all(new), [old, new]).into_iter().flatten().collect()
}

fn all(text: &str) -> TextRange {
    TextRange { start: 0, end: text.len() }
}
