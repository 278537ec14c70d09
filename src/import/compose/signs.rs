//! Single characters: what shows nothing, what is raised, and where NFC can be cut.

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, is_nfc_quick};

/// Pieces of a text that can be brought into NFC each for itself, with their first bytes.
pub(super) fn clusters(words: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let rest = words.get(from..).filter(|r| !r.is_empty())?;
        let begins = |c: char| {
            c.is_ascii() || canonical_combining_class(c) == 0 && is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes
        };
        let end = rest.char_indices().skip(1).find(|&(_, c)| begins(c)).map_or(rest.len(), |(i, _)| i);
        let start = from;
        from += end;
        Some((start, &rest[..end]))
    })
}

/// Whether a character shows nothing and only disturbs: control characters, soft hyphens, marks of direction.
pub(super) fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether words between which a line ends are written without a space in this character's script.
pub(super) fn is_wide(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}')
}

pub(super) fn is_raised(c: char) -> bool {
    matches!(c, '\u{b9}' | '\u{b2}' | '\u{b3}' | '\u{2070}'..='\u{207f}')
}

/// Words in raised signs; `None` where one of them has none.
pub(in super::super) fn raised(words: &str) -> Option<String> {
    words
        .chars()
        .map(|c| {
            Some(match c {
                '1' => '¹',
                '2' => '²',
                '3' => '³',
                '0' | '4'..='9' => char::from_u32(0x2070 + c.to_digit(10)?)?,
                '+' => '⁺',
                '-' | '\u{2212}' | '\u{2013}' => '⁻',
                '=' => '⁼',
                '(' => '⁽',
                ')' => '⁾',
                'n' => 'ⁿ',
                'i' => 'ⁱ',
                'a' => 'ᵃ',
                'b' => 'ᵇ',
                'c' => 'ᶜ',
                'd' => 'ᵈ',
                'e' => 'ᵉ',
                'f' => 'ᶠ',
                'g' => 'ᵍ',
                'h' => 'ʰ',
                'v' => 'ᵛ',
                'x' => 'ˣ',
                '*' | '†' | '‡' | '§' => c,
                c if is_raised(c) => c,
                _ => return None,
            })
        })
        .collect()
}

pub(super) fn raised_number(n: usize) -> String {
    raised(&n.to_string()).unwrap_or_default()
}
