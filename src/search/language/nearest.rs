//! How far words are from one another, in letters.

/// Letters of the longest word that is compared; more is no slip of the hand.
const LONGEST: usize = 64;

/// Whether one word becomes the other by at most so many letters left out, put in, changed, or swapped with their
/// neighbor. No letter is touched twice (the "optimal string alignment" of Damerau's distance), as in tantivy's automaton.
pub fn is_within(one: &str, other: &str, most: u8) -> bool {
    distance(one, other, usize::from(most)).is_some()
}

/// The distance, if it is at most `most`.
pub(super) fn distance(one: &str, other: &str, most: usize) -> Option<usize> {
    if one == other {
        return Some(0);
    }
    // A character has at most four bytes, so lengths in bytes tell most pairs apart.
    if one.len().abs_diff(other.len()) > 4 * most {
        return None;
    }
    let (Some((a, length)), Some((b, width))) = (letters(one), letters(other)) else { return None };
    let (a, b) = (&a[..length], &b[..width]);
    if length.abs_diff(width) > most {
        return None;
    }
    let (mut before, mut last, mut row) = ([0_usize; LONGEST + 1], [0_usize; LONGEST + 1], [0_usize; LONGEST + 1]);
    last.iter_mut().enumerate().for_each(|(j, cell)| *cell = j);
    for i in 0..length {
        row[0] = i + 1;
        let mut lowest = row[0];
        for j in 0..width {
            let same = usize::from(a[i] != b[j]);
            let mut least = (last[j] + same).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                least = least.min(before[j - 1] + 1);
            }
            row[j + 1] = least;
            lowest = lowest.min(least);
        }
        if lowest > most {
            return None;
        }
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    Some(last[width]).filter(|&d| d <= most)
}

/// The letters of a word and how many they are; nothing if they are too many.
fn letters(word: &str) -> Option<([char; LONGEST], usize)> {
    let (mut letters, mut length) = (['\0'; LONGEST], 0);
    for c in word.chars() {
        *letters.get_mut(length)? = c;
        length += 1;
    }
    Some((letters, length))
}

/// The one a person may have meant: the nearest of those at most a third of the word away, or the only one it begins.
pub fn closest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let word = word.to_lowercase();
    let length = word.chars().count();
    let most = (length / 3).clamp(1, 4);
    let mut best: Option<(usize, &str)> = None;
    let mut begun = (0, None);
    for candidate in candidates {
        let lower = candidate.to_lowercase();
        if length >= 2 && lower.starts_with(&word) {
            begun = (begun.0 + 1, Some(candidate));
        }
        if let Some(d) = distance(&word, &lower, most)
            && d < length
            && best.is_none_or(|(least, _)| d < least)
        {
            best = Some((d, candidate));
        }
    }
    best.map(|(_, candidate)| candidate).or_else(|| begun.1.filter(|_| begun.0 == 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_left_out_put_in_changed_or_swapped() {
        let check = |a, b, expected| {
            assert_eq!(distance(a, b, 3), expected, "{a} {b}");
            assert_eq!(distance(b, a, 3), expected, "{b} {a}");
        };
        check("cybercrime", "cybrcrime", Some(1));
        check("cybercrime", "cybecrrime", Some(1));
        check("cybercrime", "cibercrimes", Some(2));
        check("abc", "ca", Some(3));
        check("été", "ete", Some(2));
        check("", "ab", Some(2));
        check("state", "party", None);
        assert!(!is_within("states", "stat", 1) && is_within("states", "stat", 2));
        assert_eq!(distance(&"a".repeat(5000), &"b".repeat(5000), 2), None);
    }

    #[test]
    fn what_was_meant_is_found() {
        let fields = ["draft", "article", "chapter", "concern"];
        assert_eq!(closest("articel", fields), Some("article"));
        assert_eq!(closest("CONCERNS", fields), Some("concern"));
        assert_eq!(closest("chap", fields), Some("chapter"));
        assert_eq!(closest("foo", fields), None);
        assert_eq!(closest("x", ["a"]), None);
    }
}
