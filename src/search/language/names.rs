//! Whether a name is the one a person means by a few letters.

use super::super::words::{folded, lowered};

/// A name whatever its capitals, accents and white space.
pub fn folded_name(name: &str) -> String {
    name.split_whitespace().map(|w| folded(&lowered(w))).collect::<Vec<_>>().join(" ")
}

/// Whether a word of `name` begins with `word`, which may be several words and is folded.
pub fn has_word(name: &str, word: &str) -> bool {
    let name = folded_name(name);
    !word.is_empty() && name.match_indices(word).any(|(i, _)| !name[..i].ends_with(char::is_alphanumeric))
}
