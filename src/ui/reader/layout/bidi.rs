//! Words of both directions: which pieces a paragraph falls into, where its lines end, in which order the pieces of a
//! line stand. Unicode's bidirectional algorithm (UAX 9), over pieces that somebody else measures.
//!
//! egui shapes a word of Arabic rightly, but puts what it is given from left to right. So a paragraph is cut into pieces
//! that each run one way: letters of one word, digits, single signs; their order on the line is found here.

use std::borrow::Cow;
use std::ops::Range;

use unicode_bidi::{BidiClass, Level, ParagraphBidiInfo, bidi_class};
use unicode_segmentation::UnicodeSegmentation;

use crate::model::Direction;

/// White space that has no width of its own: what follows the first of a run of spaces is shown as this.
pub(in crate::ui) const NOTHING: char = '\u{200b}';

/// Signs that look the other way in text from right to left, each beside its mirror.
const MIRRORED: [(char, char); 24] = [
    ('(', ')'),
    ('[', ']'),
    ('{', '}'),
    ('<', '>'),
    ('«', '»'),
    ('‹', '›'),
    ('⁅', '⁆'),
    ('⁽', '⁾'),
    ('₍', '₎'),
    ('≤', '≥'),
    ('≪', '≫'),
    ('⟦', '⟧'),
    ('⟨', '⟩'),
    ('⟪', '⟫'),
    ('⌈', '⌉'),
    ('⌊', '⌋'),
    ('〈', '〉'),
    ('《', '》'),
    ('「', '」'),
    ('『', '』'),
    ('【', '】'),
    ('〔', '〕'),
    ('（', '）'),
    ('［', '］'),
];

/// A piece of a line that is measured and painted as one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ui) struct Token {
    /// In bytes of the paragraph.
    pub(in crate::ui) bytes: Range<usize>,
    /// Its embedding level: odd ones run from right to left.
    pub(in crate::ui) level: u8,
    /// White space: a line may end after it.
    pub(in crate::ui) space: bool,
}

/// A token at its place.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui) struct Placed {
    pub(in crate::ui) token: Token,
    /// Which token of the paragraph it is, in the order of the text.
    pub(in crate::ui) index: usize,
    /// From its left to its right edge, in points from the left end of the line.
    pub(in crate::ui) x: (f32, f32),
}

/// A line of a paragraph.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::ui) struct Woven {
    /// In the order of the text.
    pub(in crate::ui) tokens: Vec<Placed>,
    /// In points, without the white space at its end.
    pub(in crate::ui) width: f32,
}

/// Whether a character makes a paragraph one of this file.
fn is_right_to_left(c: char) -> bool {
    may_be_right_to_left(c)
        && matches!(bidi_class(c), BidiClass::R | BidiClass::AL | BidiClass::RLE | BidiClass::RLO | BidiClass::RLI)
}

/// Whether a character is of a script that runs from right to left, or turns the words after it.
fn may_be_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{200f}' | '\u{202b}' | '\u{202e}' | '\u{2067}' | '\u{fb1d}'..='\u{fdff}'
        | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// Whether any of the words runs from right to left: all others need nothing of this file.
pub(in crate::ui) fn has_right_to_left(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(is_right_to_left)
}

/// Which way a paragraph runs as a whole: as most of its letters do; where there are none, or as many of each,
/// `otherwise`. An Arabic paragraph that begins with a Latin name is still Arabic.
pub(in crate::ui) fn direction(text: &str, otherwise: Direction) -> Direction {
    let (mut left, mut right) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        // Vowel signs count as letters elsewhere and run neither way.
        match if c < '\u{300}' { BidiClass::L } else { bidi_class(c) } {
            BidiClass::L => left += 1,
            BidiClass::R | BidiClass::AL => right += 1,
            _ => {}
        }
    }
    match left.cmp(&right) {
        std::cmp::Ordering::Greater => Direction::LeftToRight,
        std::cmp::Ordering::Less => Direction::RightToLeft,
        std::cmp::Ordering::Equal => otherwise,
    }
}

/// What is painted for a token: signs in text from right to left are mirrored.
pub(in crate::ui) fn shown(word: &str, level: u8) -> Cow<'_, str> {
    let mut chars = word.chars();
    let (Some(c), None, true) = (chars.next(), chars.next(), level % 2 == 1) else { return Cow::Borrowed(word) };
    let mirror = MIRRORED.iter().find_map(|&(a, b)| match c {
        _ if c == a => Some(b),
        _ if c == b => Some(a),
        _ => None,
    });
    mirror.map_or(Cow::Borrowed(word), |m| Cow::Owned(m.to_string()))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Goes on as long as the same kind follows.
    Word,
    Space,
    /// Stands alone, so that nothing but the order of tokens decides where it goes.
    Sign,
}

fn kind(grapheme: &str, level: u8) -> Kind {
    let Some(c) = grapheme.chars().next() else { return Kind::Sign };
    if c == NOTHING || c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}' {
        return Kind::Space;
    }
    // egui turns round whatever is of such a script, the digits of Arabic as well, which run from left to right.
    let shaped_left = may_be_right_to_left(c);
    if level % 2 == 1 {
        // Signs may come from another font than the letters, which would cut the word in two the wrong way round.
        if is_right_to_left(c) && c.is_alphabetic() { Kind::Word } else { Kind::Sign }
    } else if shaped_left {
        Kind::Sign
    } else {
        Kind::Word
    }
}

/// Cuts a paragraph into tokens. `cuts` are the bytes, in order, where the type changes: a token from left to right
/// ends there; a word from right to left does not, for its letters are joined.
pub(in crate::ui) fn tokens(text: &str, base: Direction, cuts: &[usize]) -> Vec<Token> {
    let info = ParagraphBidiInfo::new(text, Some(Level::from(level_of(base))));
    let mut tokens: Vec<Token> = Vec::new();
    let mut last = None;
    let mut next_cut = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        let level = info.levels.get(at).map_or(0, Level::number);
        let kind = kind(grapheme, level);
        while cuts.get(next_cut).is_some_and(|&cut| cut < at) {
            next_cut += 1;
        }
        let is_cut = cuts.get(next_cut) == Some(&at) && level % 2 == 0;
        let end = at + grapheme.len();
        match tokens.last_mut() {
            Some(token) if kind == Kind::Word && last == Some(Kind::Word) && token.level == level && !is_cut => {
                token.bytes.end = end;
            }
            _ => tokens.push(Token { bytes: at..end, level, space: kind == Kind::Space }),
        }
        last = Some(kind);
    }
    tokens
}

/// Cuts tokens that no line can hold, so that each piece fits.
pub(in crate::ui) fn cut_wide(
    text: &str,
    tokens: Vec<Token>,
    room: f32,
    width: &mut dyn FnMut(&Token) -> f32,
) -> Vec<Token> {
    let mut fitting = Vec::with_capacity(tokens.len());
    for token in tokens {
        let wide = if token.bytes.len() > 8 { width(&token) } else { 0.0 };
        if wide <= room {
            fitting.push(token);
            continue;
        }
        let word = text.get(token.bytes.clone()).unwrap_or_default();
        let graphemes: Vec<usize> = word.grapheme_indices(true).map(|(at, _)| at).collect();
        let each = ((graphemes.len() as f32 * room / wide * 0.8) as usize).max(1);
        let starts: Vec<usize> = graphemes.iter().copied().step_by(each).collect();
        for (i, &start) in starts.iter().enumerate() {
            let end = starts.get(i + 1).copied().unwrap_or(word.len());
            let bytes = token.bytes.start + start..token.bytes.start + end;
            fitting.push(Token { bytes, ..token.clone() });
        }
    }
    fitting
}

/// Breaks a paragraph into lines of at most `room` points and orders each. `first` points of the first line are taken.
/// `widths` are those of the tokens.
pub(in crate::ui) fn weave(tokens: &[Token], widths: &[f32], base: Direction, room: f32, first: f32) -> Vec<Woven> {
    let width = |i: usize| widths.get(i).copied().unwrap_or(0.0);
    let mut lines = Vec::new();
    let (mut start, mut x, mut i) = (0, first, 0);
    while i < tokens.len() {
        let word_end = i + tokens[i..].iter().take_while(|t| !t.space).count();
        let end = word_end + tokens[word_end..].iter().take_while(|t| t.space).count();
        let word: f32 = (i..word_end).map(width).sum();
        if x + word > room && start < i {
            lines.push(start..i);
            (start, x) = (i, 0.0);
        }
        for token in i..word_end {
            if x + width(token) > room && start < token && x + word > room {
                lines.push(start..token);
                (start, x) = (token, 0.0);
            }
            x += width(token);
        }
        x += (word_end..end).map(width).sum::<f32>();
        i = end;
    }
    lines.push(start..tokens.len());
    lines.into_iter().map(|line| ordered(tokens, line, widths, level_of(base))).collect()
}

pub(in crate::ui) fn level_of(direction: Direction) -> u8 {
    u8::from(direction == Direction::RightToLeft)
}

/// The tokens of a line at their places.
fn ordered(tokens: &[Token], line: Range<usize>, widths: &[f32], base: u8) -> Woven {
    let mut placed: Vec<Placed> =
        line.clone().map(|index| Placed { token: tokens[index].clone(), index, x: (0.0, 0.0) }).collect();
    // White space at the end of a line hangs there and goes with the paragraph (rule L1).
    let hanging = placed.iter().rev().take_while(|p| p.token.space).count();
    let end = placed.len() - hanging;
    for p in &mut placed[end..] {
        p.token.level = base;
    }
    let levels: Vec<Level> = placed.iter().map(|p| Level::from(p.token.level)).collect();
    let mut x = 0.0;
    for i in ParagraphBidiInfo::reorder_visual(&levels) {
        let width = if i < end { widths.get(placed[i].index).copied().unwrap_or(0.0) } else { 0.0 };
        placed[i].x = (x, x + width);
        x += width;
    }
    Woven { tokens: placed, width: x }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The paragraph as it stands on paper, every character one point wide, lines of `room`.
    fn paper(text: &str, base: Direction, room: f32) -> Vec<String> {
        let width = |token: &Token| text[token.bytes.clone()].chars().count() as f32;
        let tokens = cut_wide(text, tokens(text, base, &[]), room, &mut |t| width(t));
        let widths: Vec<f32> = tokens.iter().map(width).collect();
        let lines = weave(&tokens, &widths, base, room, 0.0);
        let line = |line: &Woven| {
            let mut placed: Vec<&Placed> = line.tokens.iter().filter(|p| p.x.0 < p.x.1).collect();
            placed.sort_by(|a, b| a.x.0.total_cmp(&b.x.0));
            let word = |p: &&Placed| {
                let word = shown(&text[p.token.bytes.clone()], p.token.level);
                if p.token.level % 2 == 1 { word.chars().rev().collect::<String>() } else { word.into_owned() }
            };
            placed.iter().map(word).collect::<String>()
        };
        lines.iter().map(line).collect()
    }

    fn check(text: &str, base: Direction, room: f32, expected: &[&str]) {
        assert_eq!(paper(text, base, room), expected, "{text}");
    }

    #[test]
    fn words_stand_as_they_are_read() {
        use Direction::{LeftToRight as Ltr, RightToLeft as Rtl};
        check("אבג דהו", Rtl, 99.0, &["והד גבא"]);
        check("אבג 12.5 דהו", Rtl, 99.0, &["והד 12.5 גבא"]);
        check("(א) דהו: [אב];", Rtl, 99.0, &[";[בא] :והד (א)"]);
        check("אב Rev. 2 (UN) ג", Rtl, 99.0, &["ג Rev. 2 (UN) בא"]);
        check("see אבג דה now", Ltr, 99.0, &["see הד גבא now"]);
        check("see אבג (12) דה, now", Ltr, 99.0, &["see הד (12) גבא, now"]);
        check("2. אב", Rtl, 99.0, &["בא .2"]);
        check("אב «ג» 5%", Rtl, 99.0, &["5% «ג» בא"]);
        // Arabic-Indic digits, and those of Persian, whose script egui would turn round.
        check("المادة ٢٣", Rtl, 99.0, &["٢٣ ةداملا"]);
        check("ماده ۲۳", Rtl, 99.0, &["۲۳ هدام"]);
    }

    #[test]
    fn lines_end_at_spaces_and_long_words_anywhere() {
        use Direction::RightToLeft as Rtl;
        check("אבג דהו זחט", Rtl, 7.0, &["והד גבא", "טחז"]);
        check("אבג (דהו) זחט", Rtl, 7.0, &["גבא", "(והד)", "טחז"]);
        let long = paper("אבגדהוזחטיכלמנ", Rtl, 6.0);
        assert!(long.len() > 2 && long.iter().all(|line| line.chars().count() <= 6), "{long:?}");
        check("", Rtl, 7.0, &[""]);
    }

    #[test]
    fn a_paragraph_runs_as_most_of_its_letters_do() {
        use Direction::{LeftToRight as Ltr, RightToLeft as Rtl};
        for (text, otherwise, expected) in [
            ("UNESCO هي منظمة دولية", Ltr, Rtl),
            ("The word المادة means article", Rtl, Ltr),
            ("دُوَلٌ (UN)", Ltr, Rtl),
            ("\u{651}", Rtl, Rtl),
            ("1992", Rtl, Rtl),
            ("1992", Ltr, Ltr),
            ("Статья 5", Rtl, Ltr),
            ("", Rtl, Rtl),
        ] {
            assert_eq!(direction(text, otherwise), expected, "{text}");
        }
        // Each digit of Arabic by itself.
        assert_eq!(tokens("٩٠ م", Rtl, &[]).len(), 4);
        assert!(has_right_to_left("a המ"));
        assert!(!has_right_to_left("第一条 Статья état ٥"));
    }
}
