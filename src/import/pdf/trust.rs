//! Whether a page's letters are what a person sees: measured, so that rubbish is said and not imported in silence.
//!
//! Must not know: where words stand. It counts characters and common words.

use super::glyphs::{Painted, UNKNOWN};
use super::letters::is_right_to_left;
use super::words::Word;
use crate::import::Doubt;

/// From this share of letters without a meaning on, a page is not to be trusted.
const UNREADABLE: f32 = 0.02;
/// Pages with fewer letters say nothing.
const FEWEST: usize = 120;

/// What is wrong with the text of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// A picture of a page.
    Scanned,
    /// A picture of a page, with letters that a machine recognized.
    Recognized,
    /// Letters to which the file gives no meaning, or one that no text has.
    Meaningless,
    /// Letters that stand for others.
    Shifted,
    /// Letters that the file does not say, worked out from where they stand in their face.
    Guessed,
}

/// The fault of a page, if it has one.
pub(super) fn fault(painted: &Painted, words: &[Word]) -> Option<Fault> {
    let letters: usize = words.iter().map(|w| w.text.chars().count()).sum();
    let hidden = painted.glyphs.iter().filter(|g| g.invisible && !g.letters.is_space()).count();
    if painted.pictured > 0.5 && letters < FEWEST / 2 {
        return Some(Fault::Scanned);
    }
    if painted.pictured > 0.5 && hidden * 2 > letters {
        return Some(Fault::Recognized);
    }
    if letters < FEWEST {
        return None;
    }
    let meaningless = words.iter().flat_map(|w| w.text.chars()).filter(|&c| is_meaningless(c)).count();
    if meaningless as f32 > UNREADABLE * letters as f32 {
        return Some(Fault::Meaningless);
    }
    (!looks_written(words)).then_some(Fault::Shifted)
}

/// Unassigned, private or control characters, and pieces of Arabic letters that no keyboard gives.
fn is_meaningless(c: char) -> bool {
    c == UNKNOWN || c.is_control() || matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

/// Words so common that a page of prose has them, in the languages of treaties. Single letters are left out where
/// another letter could stand for them.
const COMMON: [&[&str]; 8] = [
    &["the", "of", "and", "to", "in", "or", "shall", "be", "by", "for"],
    &["de", "la", "le", "les", "et", "des", "du", "en", "par", "un", "une", "ou"],
    &["de", "la", "el", "los", "en", "las", "que", "del", "se", "por", "una"],
    &["и", "в", "на", "по", "или", "для", "не", "что", "государство", "статьи"],
    &["في", "من", "على", "أو", "إلى", "أن", "عن", "التي", "هذا", "هذه", "الاتفاق", "ما"],
    &["der", "die", "und", "in", "den", "des", "zu", "von", "oder", "das"],
    &["de", "het", "van", "en", "in", "een", "of", "te", "voor", "dat"],
    &["de", "que", "do", "da", "em", "para", "os", "di", "il", "per", "che", "uma"],
];

/// Whether the words could be prose of a language: a few of its commonest words are there. Tables and scripts whose
/// words are not set apart pass.
fn looks_written(words: &[Word]) -> bool {
    let mut shares = [0_usize; COMMON.len()];
    let (mut count, mut odd, mut letters, mut cased) = (0, 0, 0, 0);
    for word in words {
        let lower = word.text.to_lowercase();
        letters += word.text.chars().count();
        cased += word.text.chars().filter(|c| c.is_lowercase() || is_right_to_left(*c)).count();
        odd += usize::from(is_odd(&word.text));
        for part in lower.split(|c: char| !c.is_alphabetic()).filter(|p| !p.is_empty()) {
            count += 1;
            for (share, common) in shares.iter_mut().zip(COMMON) {
                *share += usize::from(common.contains(&part));
            }
        }
    }
    let best = shares.into_iter().max().unwrap_or(0);
    // Neither a script with lower case nor Arabic: Chinese, or a page of figures.
    if count < 40 || cased * 4 < letters && odd * 5 < words.len() {
        return true;
    }
    best * 100 >= count * 3 || (best * 100 >= count && odd * 10 < words.len())
}

/// A word with signs or capitals in its middle, as words have where one letter stands for another.
fn is_odd(word: &str) -> bool {
    let inner: Vec<char> = word.trim_matches(|c: char| !c.is_alphanumeric()).chars().collect();
    inner.windows(2).any(|w| w[0].is_lowercase() && w[1].is_uppercase())
        || inner.iter().any(|c| {
            matches!(c, '&' | '$' | '%' | '#' | '@' | '^' | '<' | '>' | '=' | '+' | '\\' | '|' | '~' | '_' | '`')
        })
}

/// One sentence per stretch of pages with the same fault. `labels` are the printed numbers of the pages.
pub(super) fn doubts(faults: &[Option<Fault>], all_pages: usize) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    let mut n = 0;
    while n < faults.len() {
        let Some(fault) = faults[n] else {
            n += 1;
            continue;
        };
        let mut last = n;
        let mut next = n + 1;
        // A page too short to judge does not end a stretch.
        while next < faults.len()
            && (faults[next] == Some(fault) || (faults[next].is_none() && faults.get(next + 1) == Some(&Some(fault))))
        {
            if faults[next] == Some(fault) {
                last = next;
            }
            next += 1;
        }
        let pages = (n as u32 + 1, last as u32 + 1);
        let place = if pages.0 == 1 && last + 1 >= all_pages && all_pages > 1 {
            format!("All {all_pages} pages")
        } else if n == last {
            format!("Page {}", pages.0)
        } else {
            format!("Pages {} to {}", pages.0, pages.1)
        };
        doubts.push(Doubt { pages: Some(pages), message: fault.sentence(&place, n == last) });
        n = last + 1;
    }
    doubts
}

impl Fault {
    fn sentence(self, place: &str, one: bool) -> String {
        let (have, are, a_picture) = if one { ("has", "is", "a picture") } else { ("have", "are", "pictures") };
        match self {
            Self::Scanned => format!(
                "{place} {are} {a_picture} without text; only character recognition can read {}",
                if one { "it" } else { "them" }
            ),
            Self::Recognized => {
                format!(
                    "{place} {are} {a_picture} whose text comes from character recognition; compare it with the page"
                )
            }
            Self::Meaningless => format!(
                "{place} {have} a broken text layer: the file does not say which letters its signs stand for, so words are missing or scrambled"
            ),
            Self::Guessed => format!(
                "{place} {have} a broken text layer: the file does not say its letters, and they were worked out from their order in the typeface; compare them with the page"
            ),
            Self::Shifted => {
                format!("{place} {have} a broken text layer: its letters stand for other letters than the page shows")
            }
        }
    }
}
