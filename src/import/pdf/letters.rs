//! Letters as the page means them: ligatures and presentation forms taken apart, symbols of old fonts, superscripts,
//! and the order of right-to-left words.

use unicode_bidi::{BidiClass, bidi_class};
use unicode_normalization::UnicodeNormalization;

/// A word's letters in the form a keyboard gives: no ligatures, no presentation forms of Arabic and Hebrew, bullets of
/// symbol fonts as bullets. Superscripts and full-width punctuation stay.
pub(super) fn tidy(word: &str) -> String {
    if word.is_ascii() && !word.contains(char::is_control) {
        return word.to_owned();
    }
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            '\u{fb00}'..='\u{fb06}' | '\u{fb13}'..='\u{fb4f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => {
                out.extend(c.nfkc());
            }
            // Code points of the Symbol and Wingdings faces.
            '\u{f0b7}' | '\u{f0a7}' | '\u{f076}' | '\u{f0d8}' | '\u{f06e}' | '\u{f0fc}' => out.push('•'),
            '\u{f02d}' | '\u{f0be}' => out.push('–'),
            '\u{f020}'..='\u{f07e}' => out.extend(char::from_u32(u32::from(c) - 0xf000)),
            '\u{00ad}' => out.push('\u{00ad}'),
            // Marks that steer a renderer and mean nothing here.
            '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {}
            '\u{a0}' | '\u{2007}' | '\u{202f}' => out.push(' '),
            '\u{2010}' | '\u{2011}' => out.push('-'),
            c if c.is_control() => out.push(super::glyphs::UNKNOWN),
            c => out.push(c),
        }
    }
    out
}

/// Whether a character is written from right to left.
pub(super) fn is_right_to_left(c: char) -> bool {
    c >= '\u{590}' && matches!(bidi_class(c), BidiClass::R | BidiClass::AL)
}

/// Letters of a word as they stand on the page, from left to right, in the order they are read: from the right, with
/// numbers and Latin letters from the left.
pub(super) fn logical(visual: &[char]) -> String {
    let mut out = String::with_capacity(visual.len() * 2);
    let mut end = visual.len();
    while end > 0 {
        let last = visual[end - 1];
        if !runs_right(last) {
            out.push(last);
            end -= 1;
            continue;
        }
        let mut start = end - 1;
        while start > 0 && (runs_right(visual[start - 1]) || joins_digits(visual, start - 1)) {
            start -= 1;
        }
        out.extend(&visual[start..end]);
        end = start;
    }
    out
}

/// Digits and letters that run from left to right also within a right-to-left line.
pub(super) fn runs_right(c: char) -> bool {
    matches!(bidi_class(c), BidiClass::L | BidiClass::EN | BidiClass::AN)
}

/// `1.5`, `A/77`: a sign with a digit or letter on either side.
fn joins_digits(visual: &[char], at: usize) -> bool {
    matches!(visual[at], '.' | ',' | '/' | ':' | '-' | '–' | '\u{66b}' | '\u{66c}')
        && at > 0
        && runs_right(visual[at - 1])
        && visual.get(at + 1).is_some_and(|&c| runs_right(c))
}

/// The bracket that faces the other way.
pub(super) fn mirrored(c: char) -> char {
    match c {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '{' => '}',
        '}' => '{',
        '«' => '»',
        '»' => '«',
        '<' => '>',
        '>' => '<',
        c => c,
    }
}

/// A superscript as Unicode has it, if it has all of it: digits, signs and the letters `n` and `i`.
pub(super) fn superscript(word: &str) -> Option<String> {
    word.chars()
        .map(|c| {
            Some(match c {
                '0' => '⁰',
                '1' => '¹',
                '2' => '²',
                '3' => '³',
                '4'..='9' => char::from_u32(u32::from(c) - 0x34 + 0x2074)?,
                '+' => '⁺',
                '-' | '−' | '–' => '⁻',
                'n' => 'ⁿ',
                '*' | '†' | '‡' | ',' => c,
                '¹' | '²' | '³' | '\u{2070}'..='\u{207f}' => c,
                _ => return None,
            })
        })
        .collect()
}

/// The sign of a note to a table, `a`, as Unicode has it raised; it has all small letters but `q`.
pub(super) fn raised_letter(sign: &str) -> Option<String> {
    const RAISED: &str = "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖqʳˢᵗᵘᵛʷˣʸᶻ";
    let &[letter @ b'a'..=b'z'] = sign.as_bytes() else { return None };
    RAISED.chars().nth(usize::from(letter - b'a')).filter(|&c| c != 'q').map(String::from)
}

/// A subscript as Unicode has it, if it is digits only: CO₂.
pub(super) fn subscript(word: &str) -> Option<String> {
    word.chars().map(|c| c.to_digit(10).and_then(|d| char::from_u32(0x2080 + d))).collect()
}

/// Whether a character is set without spaces to its neighbors: Chinese and Japanese.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_what_a_keyboard_gives() {
        assert_eq!(tidy("of\u{fb01}ce"), "office");
        assert_eq!(tidy("\u{fedf}\u{fe8e}"), "لا");
        assert_eq!(tidy("\u{f0b7}"), "•");
        assert_eq!(tidy("m²"), "m²");
        assert_eq!(superscript("12").as_deref(), Some("¹²"));
        assert_eq!(superscript("49").as_deref(), Some("⁴⁹"));
        assert_eq!(superscript("th"), None);
        assert_eq!(raised_letter("c").as_deref(), Some("ᶜ"));
        assert_eq!(raised_letter("z").as_deref(), Some("ᶻ"));
        assert_eq!(raised_letter("q"), None);
        assert_eq!(subscript("2").as_deref(), Some("₂"));
    }

    #[test]
    fn right_to_left_words_are_read_from_the_right() {
        let visual = |s: &str| s.chars().collect::<Vec<_>>();
        assert_eq!(logical(&visual("באג")), "גאב");
        assert_eq!(logical(&visual("1994ב")), "ב1994");
        assert_eq!(logical(&visual("77/321א")), "א77/321");
    }
}
