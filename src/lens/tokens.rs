//! A paragraph as words: each with where it stands and what lies between it and the one before.

use std::borrow::Cow;

/// A word, or one character of a script that is written without spaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Its first byte in the text.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// What stands before it.
    pub gap: Gap,
    /// Its first letter is a capital.
    pub capital: bool,
}

/// What lies between two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Nothing, white space, a hyphen or an apostrophe: they belong together.
    Joined,
    /// A comma or a dash.
    Comma,
    /// Brackets, quotation marks, a semicolon, a colon: something else begins.
    Other,
    /// The end of a sentence, or the beginning of the paragraph.
    Sentence,
}

/// The paragraphs of a text with their first bytes; a very long one comes in pieces.
pub(super) fn paragraphs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|r| !r.is_empty())?;
        let limit = rest.floor_char_boundary(LONGEST.min(rest.len()));
        let end = rest[..limit].find("\n\n").map_or(limit, |end| end + 2);
        let piece = (at, &rest[..end]);
        at += end;
        Some(piece)
    })
}

/// A paragraph longer than this, in bytes, is read in pieces.
const LONGEST: usize = 1 << 20;

/// The words of a paragraph that begins at byte `at` of the text, put into `tokens`.
pub(super) fn tokens(at: usize, paragraph: &str, tokens: &mut Vec<Token>) {
    tokens.clear();
    let mut gap = Gap::Sentence;
    let mut chars = paragraph.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if !is_letter(c) {
            gap = gap.max(gap_of(c, chars.peek().map(|(_, next)| *next)));
            continue;
        }
        let mut end = start + c.len_utf8();
        if !is_alone(c) {
            while let Some((at, next)) = chars.next_if(|&(_, next)| is_letter(next) && !is_alone(next)) {
                end = at + next.len_utf8();
            }
        }
        tokens.push(Token { start: at + start, end: at + end, gap, capital: c.is_uppercase() });
        gap = Gap::Joined;
    }
}

/// Whether a character belongs to a word.
fn is_letter(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | 'а'..='я') || c.is_alphanumeric() || is_vowel_sign(c) || c == '\u{640}'
}

/// Whether it is a word by itself: Han is written without spaces.
pub(super) fn is_alone(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Short vowels of Arabic, which are written or not.
fn is_vowel_sign(c: char) -> bool {
    matches!(c, '\u{64b}'..='\u{65f}' | '\u{670}')
}

fn gap_of(c: char, next: Option<char>) -> Gap {
    match c {
        '.' | '!' | '?' | '؟' | '。' | '！' | '？' => match next {
            // `3.1`, `e.g.`: a sentence ends before a space.
            Some(n) if c == '.' && !n.is_whitespace() && n != '"' && n != '”' && n != '»' => Gap::Other,
            _ => Gap::Sentence,
        },
        ',' | '،' | '，' | '、' | '–' | '—' => Gap::Comma,
        '-' | '\u{2010}' | '\u{2011}' | '\'' | '’' | '\u{ad}' => Gap::Joined,
        c if c.is_whitespace() => Gap::Joined,
        // Marks that print nothing.
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Gap::Joined,
        _ => Gap::Other,
    }
}

/// A word as it is compared: in small letters, ё as е, Arabic without vowel signs and with one form of alif.
pub(super) fn folded(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        if word.bytes().any(|b| b.is_ascii_uppercase()) {
            return Cow::Owned(word.to_ascii_lowercase());
        }
        return Cow::Borrowed(word);
    }
    let plain = |c: char| match c {
        // The small letters of Latin, French and Spanish, of Russian; Han.
        'a'..='z' | 'ß'..='ÿ' | 'а'..='я' => true,
        c if is_alone(c) => true,
        c => !c.is_uppercase() && fold(c) == Some(c),
    };
    if word.chars().all(plain) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(word.chars().flat_map(char::to_lowercase).filter_map(fold).collect())
}

fn fold(c: char) -> Option<char> {
    Some(match c {
        'ё' => 'е',
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' => 'ي',
        '\u{640}' => return None,
        c if is_vowel_sign(c) => return None,
        c => c,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, Gap)]) {
        let mut found = Vec::new();
        tokens(0, text, &mut found);
        let found: Vec<(&str, Gap)> = found.iter().map(|t| (&text[t.start..t.end], t.gap)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn words_and_what_lies_between() {
        use Gap::{Comma, Joined, Other, Sentence};
        check(
            "It [shall] not, e.g. A",
            &[("It", Sentence), ("shall", Other), ("not", Other), ("e", Comma), ("g", Other), ("A", Sentence)],
        );
        check("s’efforcent", &[("s", Sentence), ("efforcent", Joined)]);
        check("应当 a", &[("应", Sentence), ("当", Joined), ("a", Joined)]);
    }

    #[test]
    fn words_are_compared_without_what_does_not_count() {
        assert_eq!(folded("SHALL"), "shall");
        assert_eq!(folded("Её"), "ее");
        assert_eq!(folded("يُقْصَد"), "يقصد");
        assert_eq!(folded("الأطـراف"), "الاطراف");
        assert_eq!(folded("ÉTAT"), "état");
    }

    #[test]
    fn paragraphs_are_all_of_the_text() {
        let long = "x".repeat(LONGEST + 5);
        for text in ["", "a\n\nb", "\n\n\n\n", "é\n", long.as_str()] {
            let pieces: Vec<(usize, &str)> = paragraphs(text).collect();
            assert_eq!(pieces.iter().map(|p| p.1).collect::<String>(), text);
            assert!(pieces.iter().all(|(at, piece)| text[*at..].starts_with(piece)));
        }
    }
}
