//! Words in quotation marks, of every style that drafts are printed in.

use crate::model::TextRange;

/// Words in quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quote {
    /// With the marks.
    pub outer: TextRange,
    /// Without them and without white space at the ends; never empty.
    pub inner: TextRange,
}

/// Longer words in quotation marks are no term, in bytes.
const LONGEST: usize = 200;

/// More in one text are none that define terms.
const MOST: usize = 50_000;

/// All of them, in order, apart from each other.
pub(super) fn quotes(text: &str) -> Vec<Quote> {
    let mut quotes = Vec::new();
    let mut from = 0;
    while quotes.len() < MOST
        && let Some(found) = text.get(from..).and_then(|rest| rest.find(OPENING))
    {
        let start = from + found;
        let opening = &text[start..];
        let Some(sign) = opening.chars().next() else { break };
        from = start + sign.len_utf8();
        let before = text[..start].chars().next_back();
        let width = match sign {
            '`' if opening.starts_with("``") => 2,
            '`' => continue,
            // Between two letters it is an apostrophe.
            '\'' | '‘' | '"' if before.is_some_and(char::is_alphanumeric) => continue,
            sign => sign.len_utf8(),
        };
        let inside = start + width;
        let limit = text.floor_char_boundary((inside + LONGEST).min(text.len()));
        let Some((length, closing)) = closes(sign, &text[inside..limit], text[limit..].chars().next()) else {
            continue;
        };
        let outer = TextRange { start, end: inside + length + closing };
        let inner = TextRange { start: inside, end: inside + length }.trimmed(text);
        if !inner.is_empty() {
            quotes.push(Quote { outer, inner });
        }
        from = outer.end;
    }
    quotes
}

const OPENING: [char; 10] = ['"', '“', '„', '«', '‘', '\'', '`', '「', '『', '‹'];

/// Where the marks close: how many bytes are inside, and how many the closing mark has.
fn closes(sign: char, inside: &str, then: Option<char>) -> Option<(usize, usize)> {
    let closing: &[char] = match sign {
        '"' => &['"', '”'],
        '“' => &['”', '"'],
        '„' => &['“', '”', '"'],
        '«' => &['»'],
        '‘' | '\'' => &['’', '\''],
        '`' => &['"', '\'', '”'],
        '「' => &['」'],
        '『' => &['』'],
        _ => &['›'],
    };
    let line = &inside[..inside.find('\n').unwrap_or(inside.len())];
    for (at, c) in line.char_indices() {
        if !closing.contains(&c) {
            continue;
        }
        let rest = &line[at + c.len_utf8()..];
        let next = rest.chars().next().or(if rest.is_empty() && line.len() == inside.len() { then } else { None });
        if matches!(c, '’' | '\'') && next.is_some_and(char::is_alphanumeric) {
            continue;
        }
        let doubled = sign == '`' && c == '\'' && rest.starts_with('\'');
        return Some((at, c.len_utf8() + usize::from(doubled)));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = quotes(text).iter().map(|q| q.inner.of(text).unwrap()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn every_style() {
        check(
            "“a” \"b\" „c“ « d » ‘e’ 'f' ``g'' ``h\" 「i」 『j』",
            &["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"],
        );
        check("the keepers' lamp isn't ‘the keepers’ lamp’", &["the keepers"]);
        check("it’s, l'un et l’autre", &[]);
        check("“across\nlines” “” “ ”", &[]);
        check("5\" and 6\"", &[]);
        check(&format!("“{}”", "x".repeat(300)), &[]);
    }
}
