//! A few words around what was found.

use std::ops::Range;

/// Characters of a snippet, about.
const LENGTH: usize = 160;

/// A few words of a provision or a note, in one line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The words, with `…` where more stand before or after.
    pub text: String,
    /// Where what was found stands in [`Self::text`], in bytes, in order.
    pub marks: Vec<Range<usize>>,
}

/// The stretch of a text with the most marks, cut at white space. Marks are in bytes of the text and in order.
pub(super) fn snippet(text: &str, marks: &[Range<usize>]) -> Snippet {
    let window = window(text, marks);
    let mut snippet = Snippet::default();
    if !text[..window.start].trim_start().is_empty() {
        snippet.text.push('…');
    }
    let mut marks = marks.iter().filter(|m| m.start < window.end && window.start < m.end).peekable();
    let mut open = None;
    let mut space = false;
    for (i, c) in text[window.clone()].char_indices() {
        let at = window.start + i;
        if c.is_whitespace() {
            space = true;
        } else {
            // Lines are broken anywhere, so any white space is one space.
            if space && !snippet.text.is_empty() {
                snippet.text.push(' ');
            }
            space = false;
            if open.is_none() && marks.peek().is_some_and(|m| m.start <= at) {
                open = Some(snippet.text.len());
            }
            snippet.text.push(c);
        }
        let next = at + c.len_utf8();
        if marks.peek().is_some_and(|m| m.end <= next) {
            marks.next();
            snippet.marks.extend(open.take().map(|from| from..snippet.text.len()));
        }
    }
    snippet.marks.extend(open.take().map(|from| from..snippet.text.len()));
    if !text[window.end..].trim_end().is_empty() {
        snippet.text.push('…');
    }
    snippet
}

/// The bytes to show.
fn window(text: &str, marks: &[Range<usize>]) -> Range<usize> {
    let bytes = text.trim_end().len();
    if text[..bytes].chars().take(LENGTH + 1).count() <= LENGTH {
        return 0..bytes;
    }
    let forward = |from: usize, characters: usize| {
        text[from..].char_indices().nth(characters).map_or(text.len(), |(i, _)| from + i)
    };
    let backward = |from: usize, characters: usize| {
        text[..from].char_indices().rev().take(characters).last().map_or(from, |(i, _)| i)
    };
    // The mark after which most others follow within reach; of several such the first.
    let mut densest: Option<(usize, Range<usize>)> = None;
    let mut ahead = 0;
    for (i, mark) in marks.iter().enumerate() {
        let reach = forward(mark.start, LENGTH * 3 / 4);
        while marks.get(ahead).is_some_and(|m| m.end <= reach) {
            ahead += 1;
        }
        let count = ahead.max(i + 1) - i;
        if densest.as_ref().is_none_or(|(most, _)| count > *most) {
            let last = marks.get(i + count - 1).map_or(mark.end, |m| m.end);
            densest = Some((count, mark.start..last));
        }
    }
    let core = densest.map_or(0..0, |(_, core)| core);
    let spare = LENGTH.saturating_sub(text[core.clone()].chars().take(LENGTH).count());
    let mut start = backward(core.start, spare / 2);
    let mut end = forward(start, LENGTH).min(bytes);
    if end == bytes {
        start = start.min(backward(end, LENGTH));
    }
    // A script without spaces may offer no better cut within reach.
    if start > 0 && !text[..start].ends_with(char::is_whitespace) {
        let near = &text[start..forward(start, 25).min(core.start.max(start))];
        start = near.find(char::is_whitespace).map_or(start, |i| start + i);
    }
    if end < bytes && !text[end..].starts_with(char::is_whitespace) {
        let near = backward(end, 25).max(core.end.min(end));
        end = text[near..end].rfind(char::is_whitespace).map_or(end, |i| near + i);
    }
    start += text[start..end].len() - text[start..end].trim_start().len();
    start..start + text[start..end].trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, word: &str, expected: &str) {
        let marks: Vec<_> = text.match_indices(word).map(|(i, w)| i..i + w.len()).collect();
        let snippet = snippet(text, &marks);
        let mut shown = snippet.text.clone();
        for mark in snippet.marks.iter().rev() {
            shown.insert(mark.end, ']');
            shown.insert(mark.start, '[');
        }
        assert_eq!(shown, expected);
        assert!(snippet.text.chars().count() <= LENGTH + 2, "{shown}");
    }

    #[test]
    fn a_snippet_shows_the_densest_marks_between_whole_words() {
        check("Each\n  State Party", "State", "Each [State] Party");
        check("Each State\n Party\n", "State\n Party", "Each [State Party]");
        let filler = "lorem ipsum dolor sit amet ".repeat(20);
        let text = format!("rare {filler}one rare and rare again {filler}rare");
        let marks: Vec<_> = text.match_indices("rare").map(|(i, w)| i..i + w.len()).collect();
        let found = snippet(&text, &marks);
        assert!(found.text.contains("one rare and rare again") && found.marks.len() == 2, "{found:?}");
        assert!(found.text.starts_with('…') && found.text.ends_with('…'));
        assert!(found.text.trim_matches('…').split(' ').all(|w| text.split(' ').any(|t| t == w)), "{found:?}");
    }

    #[test]
    fn any_text_gives_a_snippet() {
        check("", "x", "");
        check(&"犯".repeat(400), "罪", &format!("{}…", "犯".repeat(LENGTH)));
        let long = "é".repeat(5000);
        assert!(snippet(&long, std::slice::from_ref(&(0..long.len()))).text.chars().count() <= LENGTH + 2);
        let one = 2..4;
        assert_eq!(snippet(&long, std::slice::from_ref(&one)).marks.len(), 1);
    }
}
