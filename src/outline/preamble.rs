//! Where a preamble begins without saying so, and what its paragraphs are.

use crate::model::TextRange;

use super::words::{LANGUAGES, begins, lowered, split};

/// A preambular paragraph longer than this may hold several that lost their line ends, in bytes.
const RUN_ON: usize = 240;

/// Whether a preamble begins at paragraph `i`. `at` gives the words of a paragraph, `headed` whether one opens an
/// article or a division.
pub(super) fn begins_at<'t>(at: &dyn Fn(usize) -> &'t str, headed: &dyn Fn(usize) -> bool, i: usize) -> bool {
    let words = at(i);
    if is_run_on(words) || (headed(i + 1) && is_whole(words)) {
        return true;
    }
    if !is_clause(words) || words.starts_with(char::is_lowercase) {
        return is_recital(words) && headed(i + 1) && words.len() > 60;
    }
    (i + 1..i + 4).any(|j| !headed(j) && (is_clause(at(j)) && is_recital_or_label(at(j)) || is_enacting(at(j))))
}

fn is_recital_or_label(words: &str) -> bool {
    is_recital(words) || is_low_recital(words) || words.starts_with(['(', '[', '*']) || words.starts_with("Pp")
}

/// Whether the words break off with a comma, a semicolon or a colon.
fn is_clause(words: &str) -> bool {
    let words = words.trim_end_matches([']', ')', '”', '"', '*', ' ', '}']);
    words.ends_with([',', ';', ':', '，', '；', '：', '،', '؛']) || words.ends_with(" and") || words.ends_with(" et")
}

/// Whether one paragraph right before the first article is a preamble of few words: it ends by enacting.
fn is_whole(words: &str) -> bool {
    let tail = &words[words.ceil_char_boundary(words.len().saturating_sub(160))..];
    let tail = tail.to_lowercase();
    words.len() > 80 && LANGUAGES.iter().flat_map(|w| split(w.enacting)).any(|formula| tail.contains(formula))
}

/// Whether one paragraph holds a whole preamble.
fn is_run_on(words: &str) -> bool {
    words.len() > RUN_ON && cuts(words).take(3).count() == 3
}

/// `Have agreed as follows:`
pub(super) fn is_enacting(words: &str) -> bool {
    let lower = lowered(words.trim_start_matches(|c: char| !c.is_alphanumeric()), 120);
    words.len() < 400 && begins(&lower, |w| w.enacting)
}

/// `Whereas:`
pub(super) fn is_lead_in(words: &str) -> bool {
    words.len() < 60 && words.trim_end().ends_with([':', '：'])
}

/// Whether the words begin as preambular paragraphs do: `Recalling`, `Concerned`, `Considérant`, `Whereas`.
pub(super) fn is_recital(words: &str) -> bool {
    let words = words.trim_start_matches(|c: char| !c.is_alphanumeric());
    let words = &words[..words.floor_char_boundary(120)];
    // "Also recalling", "Deeply concerned", "Further noting"
    words.split_whitespace().take(2).enumerate().any(|(n, word)| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        (n == 0 && word.starts_with(char::is_uppercase) || n == 1) && is_participle(word)
    }) || begins(&lowered(words, 40), |w| w.whereas)
}

/// Whether the words begin as preambular paragraphs do in Russian, where they go on with the sentence of the first and
/// have no capital: `ссылаясь на`, `вновь подтверждая`.
pub(super) fn is_low_recital(words: &str) -> bool {
    let words = words.trim_start_matches(|c: char| !c.is_alphanumeric());
    let words = &words[..words.floor_char_boundary(120)];
    words.starts_with(|c: char| c.is_lowercase() && ('а'..='ё').contains(&c))
        && words.split_whitespace().take(3).any(|word| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            let long = word.chars().count() >= 5;
            long && ["ая", "ея", "уя", "ясь", "чи", "енные"].iter().any(|e| word.ends_with(e))
        })
}

fn is_participle(word: &str) -> bool {
    let lower = word.to_lowercase();
    let length = lower.chars().count();
    let ends = |endings: &[&str]| endings.iter().any(|e| lower.ends_with(e));
    (length >= 5
        && ends(&["ing", "ized", "ised", "rned", "nced", "ired", "ined", "ided", "irmed", "cted", "ware", "dful"]))
        || (length >= 6 && ends(&["ant", "ando", "iendo", "ende", "end", "вая", "ная", "ящая"]))
}

/// The paragraphs of a stretch of preamble: one, or several run together.
pub(super) fn pieces(text: &str, range: TextRange) -> Vec<TextRange> {
    let words = range.of(text).unwrap_or("");
    let cuts: Vec<usize> = if words.len() > RUN_ON { cuts(words).collect() } else { Vec::new() };
    if cuts.len() < 2 {
        return vec![range.trimmed(text)];
    }
    let mut pieces = Vec::with_capacity(cuts.len() + 1);
    let mut start = range.start;
    for cut in cuts.into_iter().map(|c| range.start + c).chain([range.end]) {
        let piece = TextRange { start, end: cut }.trimmed(text);
        if !piece.is_empty() {
            pieces.push(piece);
        }
        start = cut;
    }
    pieces
}

/// Where in the words a new preambular paragraph begins behind a comma or a semicolon.
fn cuts(words: &str) -> impl Iterator<Item = usize> {
    words.match_indices([';', ',', '；']).filter_map(|(at, sign)| {
        let mut next = words[at + sign.len()..].trim_start();
        for and in ["and ", "et ", "y ", "en ", "und "] {
            next = next.strip_prefix(and).unwrap_or(next);
        }
        if let Some(glued) = next.strip_prefix("and").filter(|n| n.starts_with(char::is_uppercase)) {
            next = glued;
        }
        if !next.starts_with(char::is_uppercase) {
            return None;
        }
        let begins = sign != "," || is_recital(next) && !next.starts_with("The ") || is_enacting(next);
        begins.then(|| words.len() - next.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preamble_run_together_is_taken_apart() {
        let text = "The Parties to this Protocol, Considering that the rivers that they share need more care than each \
                    can give alone; Recalling the declaration made in the harbor town, Convinced that joint work costs \
                    less; and Wishing to begin without delay, Have agreed as follows:";
        let found: Vec<&str> =
            pieces(text, TextRange { start: 0, end: text.len() }).iter().map(|r| &text[r.start..r.end]).collect();
        assert_eq!(found.len(), 6, "{found:#?}");
        assert!(found[1].starts_with("Considering") && found[4].starts_with("Wishing"));
        assert!(is_enacting(found[5]));
    }

    #[test]
    fn recitals_are_known_by_their_first_words() {
        for words in [
            "Recalling the",
            "Also recalling the",
            "Deeply concerned that",
            "[Noting that",
            "Considérant que",
            "Whereas:",
            "Overwegende dat",
        ] {
            assert!(is_recital(words), "{words}");
        }
        for (words, low) in [
            ("ссылаясь на решение,", true),
            ("вновь подтверждая также,", true),
            ("в целях настоящего Протокола", false),
            ("recalling the rule,", false),
        ] {
            assert_eq!(is_low_recital(words), low, "{words}");
        }
        for words in ["The Parties to this Agreement,", "For the purposes of this Convention:", "Les Parties"] {
            assert!(!is_recital(words), "{words}");
        }
    }
}
