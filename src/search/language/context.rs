//! What is being typed where the cursor stands in a query.

use std::ops::Range;

use super::lexer::closing_quote;

/// What the cursor stands in. Ranges are in bytes of the query.
#[derive(Debug, PartialEq, Eq)]
pub enum Context {
    /// A word that may become a field, an operator or a value; empty between words.
    Word(Range<usize>),
    /// A field's value, perhaps empty; it may begin with a quotation mark.
    Value { name: Range<usize>, value: Range<usize> },
    /// A phrase, a pattern, exact words: what only the person knows.
    OwnWords,
}

/// Reads a query up to the part the cursor stands in, and whether something stands before that part. `cursor` is on a
/// character boundary of the text.
pub fn at_cursor(text: &str, cursor: usize) -> (Context, bool) {
    let mut at = 0;
    let mut before = false;
    while let Some(c) = text[at..].chars().next() {
        let start = at;
        if c.is_whitespace() || matches!(c, '(' | ')') {
            if at >= cursor {
                break;
            }
            at += c.len_utf8();
            before &= c != '(';
            continue;
        }
        let next = text[at + c.len_utf8()..].chars().next();
        if c == '-' && next.is_some_and(|n| !n.is_whitespace()) && at < cursor {
            at += 1;
            continue;
        }
        let own_words = closing_quote(c).is_some()
            || c == '=' && next.is_some_and(|n| !n.is_whitespace())
            || c == '/' && next.is_some_and(|n| !n.is_whitespace() && n != ')');
        if own_words {
            at = own_words_end(text, at, c);
            // Behind what is closed something new can begin, before what is opened as well.
            if start < cursor && cursor < at || cursor == at && !ends_so(text, start, at, c) {
                return (Context::OwnWords, before);
            }
            if start >= cursor {
                break;
            }
        } else {
            let (context, end) = bare(text, at);
            at = end;
            if cursor <= end && start <= cursor {
                return (context.unwrap_or(Context::Word(start..end)), before);
            }
        }
        before = !matches!(&text[start..at], "AND" | "OR" | "NOT");
    }
    (Context::Word(cursor..cursor), before)
}

/// One past a phrase, a pattern or exact words.
fn own_words_end(text: &str, start: usize, sign: char) -> usize {
    let inside = start + sign.len_utf8();
    let close = match sign {
        '/' => {
            let mut escaped = false;
            let close = text[inside..].bytes().position(|b| {
                let closes = b == b'/' && !escaped;
                escaped = b == b'\\' && !escaped;
                closes
            });
            close.map(|i| inside + i + 1)
        }
        '=' => match text[inside..].chars().next() {
            Some(quote) if closing_quote(quote).is_some() => return own_words_end(text, inside, quote),
            _ => text[inside..].find(|c: char| c.is_whitespace() || c == ')').map(|i| inside + i),
        },
        quote => {
            let closing = closing_quote(quote).unwrap_or(&[]);
            let found = text[inside..].char_indices().find(|(_, c)| closing.contains(c));
            found.map(|(i, c)| inside + i + c.len_utf8())
        }
    };
    close.unwrap_or(text.len())
}

/// Whether own words are closed, so that a cursor behind them stands outside.
fn ends_so(text: &str, start: usize, end: usize, sign: char) -> bool {
    let last = text[..end].chars().next_back();
    let closing = |c: char| closing_quote(c).unwrap_or(&[]);
    match sign {
        '=' => text[start + 1..end]
            .chars()
            .next()
            .is_some_and(|q| end > start + 1 + q.len_utf8() && last.is_some_and(|l| closing(q).contains(&l))),
        '/' => end > start + 1 && last == Some('/'),
        quote => end > start + quote.len_utf8() && last.is_some_and(|l| closing(quote).contains(&l)),
    }
}

/// A word or a field, and its end.
fn bare(text: &str, start: usize) -> (Option<Context>, usize) {
    let rest = &text[start..];
    let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')') || closing_quote(c).is_some();
    let length = rest.find(ends).unwrap_or(rest.len()).max(rest.chars().next().map_or(0, char::len_utf8));
    let Some((name, _)) = rest[..length].split_once(':') else { return (None, start + length) };
    if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphabetic()) {
        return (None, start + length);
    }
    let value = start + name.len() + 1;
    let end = match text[value..].chars().next() {
        Some(quote) if closing_quote(quote).is_some() => own_words_end(text, value, quote),
        _ => {
            let (mut open, mut quoted) = (0, None::<&[char]>);
            let length = text[value..].find(|c: char| {
                match quoted {
                    Some(closing) => {
                        if closing.contains(&c) {
                            quoted = None;
                        }
                        return false;
                    }
                    // A quotation mark belongs to the value inside parentheses: since("Rev 1").
                    None if open > 0 && closing_quote(c).is_some() => {
                        quoted = closing_quote(c);
                        return false;
                    }
                    None => {}
                }
                open += i32::from(c == '(') - i32::from(c == ')');
                open < 0 || open == 0 && (c.is_whitespace() || closing_quote(c).is_some())
            });
            length.map_or(text.len(), |l| value + l)
        }
    };
    (Some(Context::Value { name: start..value - 1, value: value..end }), end)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `|` is the cursor; the expected text is what the cursor stands in.
    fn check(marked: &str, expected: &str) {
        let cursor = marked.find('|').unwrap();
        let text = marked.replacen('|', "", 1);
        let found = match at_cursor(&text, cursor).0 {
            Context::Word(range) => format!("word {}", &text[range]),
            Context::Value { name, value } => format!("{} of {}", &text[value], &text[name]),
            Context::OwnWords => "own words".to_owned(),
        };
        assert_eq!(found, expected, "{marked}");
    }

    #[test]
    fn the_cursor_stands_in_a_part_of_the_query() {
        check("|", "word ");
        check("arti|", "word arti");
        check("data art|i", "word arti");
        check("data |", "word ");
        check("article:|", " of article");
        check("arti|cle:23", "23 of article");
        check("(article:2|3) data", "23 of article");
        check("-concern:s|", "s of concern");
        check("concern:\"Missing sa|fe\" data", "\"Missing safe\" of concern");
        check("concern:\"Missing sa|", "\"Missing sa of concern");
        check("changed:since(Rev|", "since(Rev of changed");
        check("changed:since(\"Rev 1|\") data", "since(\"Rev 1\") of changed");
        check("article:23(2|) data", "23(2) of article");
        check("\"serious cri|me\"", "own words");
        check("\"serious cri|", "own words");
        check("\"serious crime\"|", "word ");
        check("\"serious crime\" co|", "word co");
        check("/inter(cept| /", "own words");
        check("=IC|T", "own words");
        check("=\"IC|T\"", "own words");
        check("data|)", "word data");
        check("|data", "word data");
        check("犯|罪", "word 犯罪");
    }

    #[test]
    fn operators_follow_something() {
        for (text, before) in
            [("", false), ("data ", true), ("data AND ", false), ("(", false), ("\"a b\" ", true), ("NOT ", false)]
        {
            assert_eq!(at_cursor(text, text.len()).1, before, "{text}");
        }
    }
}
