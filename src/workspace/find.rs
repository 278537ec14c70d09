//! Find in one draft: a plain scan, exact or without regard to capitals, any run of white space matching any other.

use regex::RegexBuilder;

use crate::model::TextRange;

use super::view::Find;

/// More hits than this are not listed.
pub const MOST: usize = 10_000;

/// What is longer, in bytes, is not looked for: capitals that do not count make a pattern many times as large.
const LONGEST: usize = 1000;
const LONGEST_EXACT: usize = 50_000;

/// Where the words stand in the text, in order, in bytes.
pub fn find(text: &str, find: &Find) -> Vec<TextRange> {
    let longest = if find.exact_case { LONGEST_EXACT } else { LONGEST };
    let words: Vec<String> = find.text.split_whitespace().map(regex::escape).collect();
    if words.is_empty() || find.text.len() > longest {
        return Vec::new();
    }
    let pattern = words.join(r"\s+");
    let Ok(regex) = RegexBuilder::new(&pattern).case_insensitive(!find.exact_case).build() else { return Vec::new() };
    regex.find_iter(text).take(MOST).map(|m| TextRange { start: m.start(), end: m.end() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, what: &str, exact_case: bool, expected: &[(usize, usize)]) {
        let hits = find(text, &Find { text: what.into(), exact_case });
        assert_eq!(hits.iter().map(|h| (h.start, h.end)).collect::<Vec<_>>(), expected, "{what} in {text}");
    }

    #[test]
    fn finds_words_as_a_reader_sees_them() {
        check("State Party, state\nparty", "state party", false, &[(0, 11), (13, 24)]);
        check("State Party, state\nparty", "State Party", true, &[(0, 11)]);
        check("ÉTATS états", "états", false, &[(0, 6), (7, 13)]);
        check("a (b) c", "(b)", false, &[(2, 5)]);
        check("anything", "  ", false, &[]);
    }
}
