//! Glyphs to words, and words to lines.
//!
//! Must not know: columns, pages, paragraphs. Lengths are points, as in `glyphs`; an em is the height of the type.

use std::borrow::Borrow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Deref;
use std::rc::Rc;

use super::glyphs::{Glyph, Letters, Rule};
use super::letters::{is_right_to_left, is_unspaced, tidy};

/// A gap between glyphs wider than this is a space, in ems. A space is a fourth of an em, and narrower in a tight line.
const SPACE: f32 = 0.17;
/// Glyphs that overlap by more than this do not follow one another, in ems.
const OVERLAP: f32 = 0.6;

/// So many single letters in a row are words whose letters are set apart.
const FEWEST_APART: usize = 5;

/// A run of glyphs without a gap, of one face and size, on one baseline.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Word {
    /// In the order it is read.
    pub text: Spelling,
    pub x0: f32,
    pub x1: f32,
    pub y: f32,
    pub size: f32,
    pub bold: bool,
    pub italic: bool,
    pub underlined: bool,
    pub struck: bool,
    /// How far it stands above the line, in ems of the line: 0 for all but superscripts (positive) and subscripts.
    pub raised: f32,
    /// Whether a space was painted after it.
    pub space_after: bool,
    /// Whether it is the number of a page that an entry of a table of contents leads to.
    pub led: bool,
}

/// The letters of a word. A document has many words and not many different ones, so that they share them, and there is
/// one pointer in each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Spelling(Rc<String>);

impl Deref for Spelling {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Spelling {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Spelling {
    fn from(word: &str) -> Self {
        Self(Rc::new(word.to_owned()))
    }
}

/// How the words of a document are spelled, each once.
#[derive(Default)]
pub(super) struct Spellings(HashSet<Spelling>);

impl Spellings {
    fn of(&mut self, word: &str) -> Spelling {
        if let Some(known) = self.0.get(word) {
            return known.clone();
        }
        let new = Spelling::from(word);
        self.0.insert(new.clone());
        new
    }
}

/// Words on one baseline, from left to right.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Line {
    pub words: Vec<Word>,
    pub y: f32,
    /// Of most of its words.
    pub size: f32,
}

impl Line {
    pub fn x0(&self) -> f32 {
        self.words.first().map_or(0.0, |w| w.x0)
    }

    pub fn x1(&self) -> f32 {
        self.words.iter().map(|w| w.x1).fold(0.0, f32::max)
    }

    /// Whether all of it is bold.
    pub fn is_bold(&self) -> bool {
        self.words.iter().all(|w| w.bold)
    }

    /// Whether all of it is slanted.
    pub fn is_italic(&self) -> bool {
        self.words.iter().all(|w| w.italic)
    }

    /// The words as they would be typed, from left to right: for telling running heads and notes.
    pub fn plain(&self) -> String {
        let mut text = String::new();
        for (i, word) in self.words.iter().enumerate() {
            if i > 0 && spaced(&self.words[i - 1], word) {
                text.push(' ');
            }
            text.push_str(&word.text);
        }
        text
    }
}

/// Whether a space stands between two neighbors of a line.
pub(super) fn spaced(before: &Word, word: &Word) -> bool {
    before.space_after || word.x0 - before.x1 > SPACE * before.size.max(word.size).min(1.6 * before.size.min(word.size))
}

/// The words of a page, in the order they are painted.
pub(super) fn words(glyphs: &[Glyph], rules: &[Rule], spellings: &mut Spellings) -> Vec<Word> {
    let visible = glyphs.iter().filter(|g| !g.invisible && !g.letters.is_space()).count();
    let hidden = glyphs.iter().filter(|g| g.invisible && !g.letters.is_space()).count();
    // The layer of a scan counts where it is all there is.
    let take_hidden = hidden > visible * 2;
    let mut words: Vec<Word> = Vec::new();
    let mut seen: HashMap<(i32, u32), Vec<usize>> = HashMap::new();
    let mut letters: Vec<(char, f32)> = Vec::new();
    let mut open: Option<Word> = None;
    let unspelled = spellings.of("");
    let mut finish = |word: Option<Word>, letters: &mut Vec<(char, f32)>, words: &mut Vec<Word>| {
        let Some(mut word) = word else { return };
        word.text = spellings.of(&spelled(letters));
        letters.clear();
        if word.text.is_empty() {
            return;
        }
        // Bold type is sometimes made by painting a word twice.
        let key = ((word.y / 2.0) as i32, word.text.chars().next().map_or(0, u32::from));
        let twins = seen.entry(key).or_default();
        let near = |w: &Word| {
            w.text == word.text && (w.x0 - word.x0).abs() < 0.12 * w.size && (w.y - word.y).abs() < 0.12 * w.size
        };
        if twins.iter().any(|&i| near(&words[i])) {
            return;
        }
        twins.push(words.len());
        words.push(word);
    };
    for glyph in glyphs.iter().filter(|g| g.invisible == take_hidden || (!g.invisible && visible > 0)) {
        if glyph.letters.is_space() {
            if let Some(word) = &mut open {
                word.space_after |= (glyph.y - word.y).abs() < 0.3 * word.size && glyph.x0 - word.x1 < word.size;
            }
            finish(open.take(), &mut letters, &mut words);
            continue;
        }
        let goes_on = open.as_ref().is_some_and(|w| {
            let gap = glyph.x0 - w.x1;
            (glyph.y - w.y).abs() < 0.1 * w.size
                && (glyph.size - w.size).abs() < 0.06 * w.size
                && gap < SPACE * w.size
                && gap > -OVERLAP * w.size
                && (glyph.bold, glyph.italic) == (w.bold, w.italic)
        });
        // Letters of a right-to-left word are painted from right to left by some writers.
        let goes_back = !goes_on
            && open.as_ref().is_some_and(|w| {
                let gap = w.x0 - glyph.x1;
                (glyph.y - w.y).abs() < 0.1 * w.size
                    && (glyph.size - w.size).abs() < 0.06 * w.size
                    && gap.abs() < SPACE * w.size
                    && glyph.letters.chars().any(is_right_to_left)
            });
        if !goes_on && !goes_back {
            finish(open.take(), &mut letters, &mut words);
        }
        let word = open.get_or_insert_with(|| Word {
            x0: glyph.x0,
            x1: glyph.x1,
            y: glyph.y,
            size: glyph.size,
            bold: glyph.bold,
            italic: glyph.italic,
            text: unspelled.clone(),
            underlined: false,
            struck: false,
            raised: 0.0,
            space_after: false,
            led: false,
        });
        word.x0 = word.x0.min(glyph.x0);
        word.x1 = word.x1.max(glyph.x1);
        match &glyph.letters {
            Letters::One(c) => letters.push((*c, glyph.x0)),
            // A ligature's letters stand in the order they are read, so they stay together whichever way the line runs.
            Letters::Many(many) => {
                let back = many.chars().any(is_right_to_left);
                let step = 0.001 * if back { -1.0 } else { 1.0 };
                letters.extend(many.chars().enumerate().map(|(i, c)| (c, glyph.x0 + step * i as f32)));
            }
        }
    }
    finish(open.take(), &mut letters, &mut words);
    mark_rules(&mut words, rules);
    words
}

/// The letters of a word in the order they are read.
fn spelled(letters: &mut [(char, f32)]) -> String {
    let back = letters.iter().any(|&(c, _)| is_right_to_left(c));
    if back {
        letters.sort_by(|a, b| a.1.total_cmp(&b.1));
        let visual: Vec<char> = letters.iter().map(|&(c, _)| c).collect();
        return tidy(&super::letters::logical(&visual));
    }
    tidy(&letters.iter().map(|&(c, _)| c).collect::<String>())
}

/// Lines through words and lines below them.
fn mark_rules(words: &mut [Word], rules: &[Rule]) {
    let mut level: Vec<Rule> = rules.iter().copied().filter(|r| r.is_level()).collect();
    if level.is_empty() {
        return;
    }
    level.sort_by(|a, b| a.y0.total_cmp(&b.y0));
    for word in words {
        let from = level.partition_point(|r| r.y0 < word.y - 0.5 * word.size);
        let (mut struck, mut underlined) = (0.0, 0.0);
        for rule in level[from..].iter().take_while(|r| r.y0 <= word.y + 0.25 * word.size) {
            let shared = (rule.x1.min(word.x1) - rule.x0.max(word.x0)).max(0.0);
            if rule.y0 < word.y - 0.12 * word.size {
                struck += shared;
            } else {
                underlined += shared;
            }
        }
        let width = (word.x1 - word.x0).max(0.1);
        word.struck = struck > 0.6 * width;
        word.underlined = underlined > 0.6 * width;
    }
}

/// Words brought together on their baselines, from top to bottom. A small word raised beside another belongs to its line.
pub(super) fn lines(mut words: Vec<Word>) -> Vec<Line> {
    words.sort_by(|a, b| b.size.total_cmp(&a.size));
    // Lines by the whole point their baseline lies on.
    let mut by_place: BTreeMap<i32, Vec<usize>> = BTreeMap::new();
    let mut lines: Vec<Line> = Vec::new();
    for mut word in words {
        let reach = (word.size * 1.2).clamp(2.0, 60.0);
        let range = (word.y - reach).floor() as i32..=(word.y + reach).ceil() as i32;
        let mut best: Option<(f32, usize)> = None;
        for &i in by_place.range(range).flat_map(|(_, lines)| lines) {
            let line = &lines[i];
            let off = line.y - word.y;
            let cost = if off.abs() <= 0.2 * word.size.max(0.5 * line.size) {
                off.abs()
            } else if word.size < 0.85 * line.size
                && off > -0.35 * line.size
                && off < 0.75 * line.size
                && (line.words.iter().any(|w| is_beside(w, &word)) || heads(line, &word))
            {
                // Behind any line that it stands on.
                100.0 + off.abs()
            } else {
                continue;
            };
            if best.is_none_or(|(c, _)| cost < c) {
                best = Some((cost, i));
            }
        }
        match best {
            Some((_, i)) => {
                let line = &mut lines[i];
                let off = (line.y - word.y) / line.size.max(1.0);
                if word.size < 0.85 * line.size && off.abs() > 0.08 {
                    word.raised = off;
                }
                line.words.push(word);
            }
            None => {
                by_place.entry(word.y.round() as i32).or_default().push(lines.len());
                lines.push(Line { y: word.y, size: word.size, words: vec![word] });
            }
        }
    }
    for line in &mut lines {
        line.words.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        close_label(&mut line.words);
        close_up(&mut line.words);
        line.size = usual_size(line.words.iter());
    }
    lines.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x0().total_cmp(&b.x0())));
    lines
}

/// Puts the full stop or bracket behind the number that a line begins with to it, where it is set in another face.
fn close_label(words: &mut Vec<Word>) {
    let [number, sign, ..] = words.as_slice() else { return };
    let touches = !spaced(number, sign) && sign.raised == 0.0 && number.struck == sign.struck;
    if touches && matches!(&*sign.text, "." | ")" | ".]" | ").") && is_number(&number.text) {
        let sign = words.remove(1);
        words[0].text = [&*words[0].text, &*sign.text].concat().as_str().into();
        words[0].x1 = sign.x1;
        words[0].space_after = sign.space_after;
    }
}

/// `71`, `(b`, `[3bis`.
fn is_number(word: &str) -> bool {
    let inner = word.trim_start_matches(['[', '(', '{']);
    let digits = inner.starts_with(|c: char| c.is_ascii_digit()) && inner.len() <= 7;
    (digits || inner.len() < word.len() && inner.len() <= 4) && inner.chars().all(char::is_alphanumeric)
}

/// Puts letters set wide apart together again: a short justified line is sometimes filled with space between letters.
fn close_up(words: &mut Vec<Word>) {
    let single = |w: &Word| {
        let mut chars = w.text.chars();
        let letter = |c: char| (c.is_alphabetic() && !is_unspaced(c) && !is_right_to_left(c)) || "-,.’'".contains(c);
        w.raised == 0.0 && chars.next().is_some_and(letter) && chars.next().is_none()
    };
    let letters = |words: &[Word]| words.iter().filter(|w| w.text.starts_with(char::is_alphabetic)).count();
    if letters(words) < FEWEST_APART || words.iter().filter(|w| single(w)).count() < FEWEST_APART {
        return;
    }
    let mut closed: Vec<Word> = Vec::with_capacity(words.len());
    let mut rest = words.as_slice();
    while let Some(first) = rest.first() {
        let near = |pair: &[Word]| {
            single(&pair[1]) && pair[1].x0 - pair[0].x1 < 2.5 * first.size && pair[1].bold == first.bold
        };
        let run = if single(first) { 1 + rest.windows(2).take_while(|pair| near(pair)).count() } else { 1 };
        let (these, below) = rest.split_at(run);
        rest = below;
        let mut gaps: Vec<f32> = these.windows(2).map(|w| w[1].x0 - w[0].x1).collect();
        gaps.sort_by(f32::total_cmp);
        let usual = gaps.get(gaps.len() / 2).copied().unwrap_or(0.0);
        // Labels and initials are few, and letters that stand for themselves are words apart.
        if letters(these) < FEWEST_APART || usual > 0.8 * first.size {
            closed.extend_from_slice(these);
            continue;
        }
        for (i, letter) in these.iter().enumerate() {
            match closed.last_mut() {
                Some(word) if i > 0 && letter.x0 - word.x1 < 1.6 * usual => {
                    word.text = [&*word.text, &*letter.text].concat().as_str().into();
                    word.x1 = letter.x1;
                    word.space_after = letter.space_after;
                }
                _ => closed.push(letter.clone()),
            }
        }
        if let Some(last) = closed.last_mut() {
            last.space_after |= !rest.is_empty();
        }
    }
    *words = closed;
}

/// Whether a small number or star stands before all words of a line, as the sign of a note does, however wide the gap; or
/// the number of a preambular paragraph.
fn heads(line: &Line, small: &Word) -> bool {
    let note = small.text.chars().all(|c| c.is_ascii_digit() || matches!(c, '*' | '†' | '‡')) && small.text.len() <= 4;
    let sign = note || is_preambular(&small.text);
    let nearest = line.words.iter().map(|w| w.x0).fold(f32::INFINITY, f32::min);
    sign && nearest > small.x0 && nearest - small.x1 < 6.0 * line.size && line.y > small.y
}

/// `Pp12`, `PP3bis`: what negotiators number preambular and operative paragraphs with, often in small type in the margin.
pub(super) fn is_preambular(word: &str) -> bool {
    let word = word.trim_start_matches('[');
    let number = ["Pp", "PP", "pp", "Op", "OP", "op"].iter().find_map(|unit| word.strip_prefix(unit));
    number.is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit()) && n.len() <= 7)
}

fn is_beside(word: &Word, small: &Word) -> bool {
    let near = 0.5 * word.size;
    small.x0 - word.x1 < near && small.x0 > word.x0 || word.x0 - small.x1 < near && small.x1 < word.x1
}

/// The size that most letters have, to a tenth of a point.
pub(super) fn usual_size<'w>(words: impl Iterator<Item = &'w Word>) -> f32 {
    let mut letters: BTreeMap<i32, usize> = BTreeMap::new();
    for word in words {
        *letters.entry((word.size * 10.0).round() as i32).or_default() += word.text.chars().count();
    }
    letters.into_iter().max_by_key(|&(size, n)| (n, size)).map_or(0.0, |(size, _)| size as f32 / 10.0)
}
