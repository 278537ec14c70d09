//! Cutting a text into words, and bringing a word into the form it is looked up by.
//!
//! Scripts written with spaces are cut at everything that is neither letter, digit nor mark. Chinese, Japanese, Korean,
//! Thai, Lao, Khmer and Burmese are cut into single characters, which the index joins in pairs.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Characters of a word that count; what follows in a longer one (a table's dotted line, an encoded file) is ignored.
pub(super) const LONGEST: usize = 64;

/// What French and Italian put before an apostrophe: `l'accès`, `dell'articolo`.
const ELISIONS: [&str; 26] = [
    "l", "d", "s", "n", "j", "m", "t", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu", "presqu", "un",
    "all", "dall", "dell", "nell", "sull", "coll", "quest", "quell", "gl", "v",
];

/// A word, or one character of a script written without spaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Whether it is one character of a script written without spaces.
    pub gram: bool,
    /// Whether it and the piece before it are such characters with at most white space between them.
    pub joined: bool,
}

/// The words of a text, in order.
pub(super) struct Pieces<'t> {
    text: &'t str,
    at: usize,
    /// Where the character before ended, if it was a [`Piece::gram`].
    gram_end: Option<usize>,
}

impl<'t> Pieces<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, at: 0, gram_end: None }
    }

    /// The byte after the word that starts at `start`, and whether it holds an apostrophe.
    fn word_end(&self, start: usize) -> (usize, bool) {
        let bytes = self.text.as_bytes();
        let (mut at, mut apostrophe) = (start, false);
        while let Some(&byte) = bytes.get(at) {
            if byte.is_ascii_alphanumeric() {
                at += 1;
                continue;
            }
            if byte.is_ascii() && byte != b'\'' {
                break;
            }
            let Some(c) = self.text[at..].chars().next() else { break };
            if is_apostrophe(c) {
                let next = self.text[at + c.len_utf8()..].chars().next();
                if !next.is_some_and(|n| is_word(n) && !is_gram(n)) {
                    break;
                }
                apostrophe = true;
            } else if !(is_word(c) && !is_gram(c) || is_combining_mark(c) || is_ignored(c)) {
                break;
            }
            at += c.len_utf8();
        }
        // Marks of direction that stand after a word are no part of it.
        let word = self.text[start..at].trim_end_matches(is_invisible);
        (start + word.len(), apostrophe)
    }

    /// The word without an elided article before it or a possessive s after it.
    fn without_clitics(&self, mut start: usize, mut end: usize) -> (usize, usize) {
        let word = &self.text[start..end];
        if let Some((before, after)) = word.split_once(is_apostrophe)
            && ELISIONS.iter().any(|e| before.eq_ignore_ascii_case(e))
        {
            start = end - after.len();
        }
        let word = &self.text[start..end];
        if let Some((before, "s" | "S")) = word.rsplit_once(is_apostrophe) {
            end = start + before.len();
        }
        (start, end)
    }
}

impl Iterator for Pieces<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            let start = self.at;
            if byte.is_ascii() && !byte.is_ascii_alphanumeric() {
                self.at += 1;
                if !byte.is_ascii_whitespace() {
                    self.gram_end = None;
                }
                continue;
            }
            let c = if byte.is_ascii() { char::from(byte) } else { self.text[start..].chars().next()? };
            if !is_word(c) {
                self.at += c.len_utf8();
                if !c.is_whitespace() {
                    self.gram_end = None;
                }
                continue;
            }
            if is_gram(c) {
                let marks = self.text[start + c.len_utf8()..].chars().take_while(|&m| is_combining_mark(m));
                self.at = start + c.len_utf8() + marks.map(char::len_utf8).sum::<usize>();
                let joined = self.gram_end.replace(self.at).is_some();
                return Some(Piece { start, end: self.at, gram: true, joined });
            }
            let (end, apostrophe) = self.word_end(start);
            self.at = end;
            self.gram_end = None;
            let (start, end) = if apostrophe { self.without_clitics(start, end) } else { (start, end) };
            return Some(Piece { start, end, gram: false, joined: false });
        }
        None
    }
}

/// The word in small letters and otherwise as written: what a stemmer expects. Letters in the shapes of print (`ﬁ`, the
/// forms of Arabic letters by their place in a word, letters as wide as Chinese ones) become plain ones.
pub(super) fn lowered(word: &str) -> String {
    if word.is_ascii() && !word.contains('\'') {
        let word = word.get(..LONGEST).unwrap_or(word);
        return word.to_ascii_lowercase();
    }
    // The dot of a Turkish capital is not a mark by itself in small letters.
    let kept = word.chars().filter(|&c| !is_ignored(c) && !is_apostrophe(c)).take(LONGEST);
    let kept = kept.map(|c| if c == 'İ' { 'i' } else { c });
    if word.chars().any(is_shaped) {
        let plain = kept.nfkc().filter(|c| !c.is_whitespace() && !is_ignored(*c));
        plain.flat_map(char::to_lowercase).take(LONGEST).collect()
    } else {
        kept.flat_map(char::to_lowercase).collect()
    }
}

/// The word without its accents and with letters that differ only by habit of writing made one: ё and е, ß and ss, the
/// forms of alif, Arabic and European digits.
pub(super) fn folded(lowered: &str) -> String {
    if lowered.is_ascii() {
        return lowered.to_owned();
    }
    let mut out = String::with_capacity(lowered.len());
    for c in lowered.chars() {
        fold_into(c, &mut out);
    }
    out
}

/// Whether a character stands for a word or a syllable by itself, in a script written without spaces.
pub(super) fn is_gram(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}' // Thai, Lao
        | '\u{1000}'..='\u{109f}' // Burmese
        | '\u{1100}'..='\u{11ff}' // Hangul
        | '\u{1780}'..='\u{17ff}' // Khmer
        | '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{30ff}' // kana
        | '\u{3105}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Whether a character belongs to a word wherever it stands; a mark or an apostrophe may or may not.
pub(super) fn is_plain(c: char) -> bool {
    is_word(c) && !is_apostrophe(c)
}

/// Whether letters may stand in what is left away before an apostrophe.
pub(super) fn is_part_of_elision(letters: &str) -> bool {
    ELISIONS.iter().any(|e| e.contains(letters))
}

fn is_word(c: char) -> bool {
    // Raised and lowered digits are footnote marks, not part of the word they hang on; `1º` is 1.
    c.is_alphanumeric() && !matches!(c, '²' | '³' | '¹' | 'º' | 'ª' | '\u{2070}'..='\u{209c}')
}

/// The apostrophe in its shapes, and the quotation marks and accents typed in its place.
fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{02bc}' | '\u{b4}' | '\u{ff07}')
}

/// Signs inside a word that nobody types: joiners, soft hyphens, marks of direction, the Arabic stretching line.
fn is_ignored(c: char) -> bool {
    c == '\u{640}' || is_invisible(c)
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Whether a character may be written with others: with marks of its own, or as a letter in the shape print gave it.
fn is_shaped(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}'
        | '\u{fb00}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefc}'
        | '\u{ff01}'..='\u{ff9f}'
        | '\u{1d400}'..='\u{1d7ff}')
}

fn fold_into(c: char, out: &mut String) {
    let one = match c {
        'a'..='z' | '0'..='9' => c,
        'ß' => return out.push_str("ss"),
        'æ' => return out.push_str("ae"),
        'œ' => return out.push_str("oe"),
        'þ' => return out.push_str("th"),
        'ø' => 'o',
        'ł' => 'l',
        'đ' | 'ð' => 'd',
        'ı' => 'i',
        'ς' => 'σ',
        'ё' => 'е',
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' | 'ئ' => 'ي',
        'ؤ' => 'و',
        'ة' => 'ه',
        'ک' => 'ك',
        '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' => digit(c),
        '\u{966}'..='\u{96f}' | '\u{9e6}'..='\u{9ef}' => digit(c),
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' => return,
        '\u{670}' | '\u{6d6}'..='\u{6ed}' => return,
        '\u{b5}' | '\u{c0}'..='\u{24f}' | '\u{370}'..='\u{3ff}' | '\u{1e00}'..='\u{1fff}' => {
            return out.extend(c.nfkd().filter(|&d| !is_combining_mark(d) && !d.is_whitespace()));
        }
        other => other,
    };
    out.push(one);
}

/// A digit of a script whose digits end where a block of ten begins at 0 or 6.
fn digit(c: char) -> char {
    let low = u32::from(c) % 16;
    let zero = match u32::from(c) & !15 {
        0x660 | 0x6f0 => 0,
        _ => 6,
    };
    char::from_digit(low - zero, 10).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, words: &[&str]) {
        let found: Vec<_> = Pieces::of(text).map(|p| folded(&lowered(&text[p.start..p.end]))).collect();
        assert_eq!(found, words, "{text}");
    }

    #[test]
    fn words_are_cut_and_folded() {
        check("Each State Party's [law]", &["each", "state", "party", "law"]);
        check("l’accès s'engage dell'Articolo", &["acces", "engage", "articolo"]);
        check("cyber-enabled, 8 bis; §4(a)", &["cyber", "enabled", "8", "bis", "4", "a"]);
        check("Ещё приём Straße Łódź Ὀδυσσεύς", &["еще", "прием", "strasse", "lodz", "οδυσσευσ"]);
        check("المادة ٢٣ الأَدِلّة", &["الماده", "23", "الادله"]);
        check("e\u{301}tat O'Brien 'quoted' privacy²", &["etat", "obrien", "quoted", "privacy"]);
        check(
            "l‘accès l´état d\u{ff07}une İstanbul ISPARTA ısı",
            &["acces", "etat", "une", "istanbul", "isparta", "isi"],
        );
        check(
            "ﬁnal œuvre µ ſtate ﺍﻟﻤﺎﺩﺓ ＩＣＴ２ art. 5º",
            &["final", "oeuvre", "μ", "state", "الماده", "ict2", "art", "5"],
        );
        check("a\u{ad}b\u{200f} ۴५৭", &["ab", "457"]);
        check("", &[]);
        check(" \u{301} — ’", &[]);
    }

    #[test]
    fn scripts_without_spaces_are_cut_into_characters() {
        check("网络 犯罪ICT罪", &["网", "络", "犯", "罪", "ict", "罪"]);
        let joined: Vec<_> = Pieces::of("网络\n犯。罪").map(|p| p.joined).collect();
        assert_eq!(joined, [false, true, true, false]);
    }

    #[test]
    fn the_form_of_a_long_word_is_bounded() {
        assert_eq!(lowered(&"A".repeat(5000)).len(), LONGEST);
    }
}
