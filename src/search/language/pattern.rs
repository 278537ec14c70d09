//! Patterns and exact words, which are found by scanning the text itself.

use std::ops::Range;

use regex::{Regex, RegexBuilder};

use super::super::words::is_gram;
use super::query::{Pattern, QueryError, error};

/// Bytes a compiled pattern may take: time to scan grows with it.
const LARGEST: usize = 1 << 20;

/// A regular expression in the syntax of the `regex` crate, whatever the capitals unless it says `(?-i)`. `written` is how
/// the query has it, at `range`.
pub(super) fn regex(pattern: &str, written: &str, range: Range<usize>) -> Result<Pattern, QueryError> {
    build(&pattern.replace("\\/", "/"), true, written, range)
}

/// Whole words with these capitals; white space stands for any white space, since lines are broken anywhere.
pub(super) fn exact(words: &str, written: &str, range: Range<usize>) -> Result<Pattern, QueryError> {
    let escaped: Vec<_> = words.split_whitespace().map(regex::escape).collect();
    let edge = |c: Option<char>| if c.is_some_and(|c| c.is_alphanumeric() && !is_gram(c)) { r"\b" } else { "" };
    let words = words.trim();
    let (before, after) = (edge(words.chars().next()), edge(words.chars().next_back()));
    build(&format!("{before}{}{after}", escaped.join(r"\s+")), false, written, range)
}

fn build(pattern: &str, fold_case: bool, written: &str, range: Range<usize>) -> Result<Pattern, QueryError> {
    let built = RegexBuilder::new(pattern)
        .case_insensitive(fold_case)
        .multi_line(true)
        .size_limit(LARGEST)
        .dfa_size_limit(4 * LARGEST)
        .nest_limit(50)
        .build();
    match built {
        Ok(regex) => Ok(Pattern { regex, written: written.to_owned(), heading: false }),
        Err(regex::Error::CompiledTooBig(_)) => Err(error("This pattern is too large", range)),
        Err(other) => {
            // The last line of the message says what is wrong; those before it draw the place.
            let whole = other.to_string();
            let reason = whole.lines().last().unwrap_or_default().trim_start_matches("error:").trim();
            Err(error(format!("This pattern cannot be read: {reason}"), range))
        }
    }
}

/// Where a pattern is found in a text, in bytes; empty finds are none.
pub fn found<'r>(regex: &'r Regex, text: &'r str) -> impl Iterator<Item = Range<usize>> + 'r {
    regex.find_iter(text).map(|m| m.range()).filter(|r| !r.is_empty())
}
