//! The endings that a term changes in use: plural and case, cut from words before they are compared.
//!
//! It is enough that the same word gives the same stem; a stem needs not be a word. What is cut is little, so that words
//! that mean something else stay apart.

use std::borrow::Cow;

/// Whose endings are cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    English,
    French,
    Spanish,
    Russian,
    Arabic,
    /// Those of no language.
    Plain,
}

impl Ending {
    pub(super) fn of(language: &str) -> Self {
        match language.split(['-', '_']).next().unwrap_or_default() {
            "en" | "" => Self::English,
            "fr" => Self::French,
            "es" | "pt" => Self::Spanish,
            "ru" => Self::Russian,
            "ar" => Self::Arabic,
            _ => Self::Plain,
        }
    }

    /// A word, folded, without its ending.
    pub(super) fn stem(self, word: &str) -> Cow<'_, str> {
        match self {
            Self::English if word.is_ascii() => english(word),
            Self::French => french(word),
            Self::Spanish => spanish(word),
            Self::Russian => Cow::Borrowed(russian(word)),
            Self::Arabic => Cow::Borrowed(arabic(word)),
            _ => Cow::Borrowed(word),
        }
    }
}

fn english(word: &str) -> Cow<'_, str> {
    if word.len() < 4 || !word.ends_with('s') || word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") {
        return Cow::Borrowed(word);
    }
    match word {
        _ if word.ends_with("ies") && word.len() > 4 => Cow::Owned(format!("{}y", &word[..word.len() - 3])),
        _ if ["sses", "xes", "ches", "shes", "zes"].iter().any(|end| word.ends_with(end)) => {
            Cow::Borrowed(&word[..word.len() - 2])
        }
        _ => Cow::Borrowed(&word[..word.len() - 1]),
    }
}

fn french(word: &str) -> Cow<'_, str> {
    if word.chars().count() < 4 {
        return Cow::Borrowed(word);
    }
    if let Some(stem) = word.strip_suffix("aux").filter(|s| s.len() > 2) {
        // `national`, `nationaux`; `réseau`, `réseaux`.
        return Cow::Owned(if stem.ends_with('e') { format!("{stem}au") } else { format!("{stem}al") });
    }
    let stem = word.strip_suffix(['s', 'x']).unwrap_or(word);
    Cow::Borrowed(stem.strip_suffix('e').filter(|s| s.chars().count() > 3).unwrap_or(stem))
}

fn spanish(word: &str) -> Cow<'_, str> {
    if word.chars().count() < 4 {
        return Cow::Borrowed(word);
    }
    let plain = |c| match c {
        'á' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ó' => 'o',
        'ú' => 'u',
        c => c,
    };
    let bare: String = word.chars().map(plain).collect();
    if bare.ends_with("ces") {
        return Cow::Owned(format!("{}z", &bare[..bare.len() - 3]));
    }
    let es = bare.strip_suffix("es").filter(|s| s.ends_with(['n', 'r', 'l', 'd', 'j', 'y', 's']));
    match es.or_else(|| bare.strip_suffix('s')) {
        Some(stem) => Cow::Owned(stem.to_owned()),
        None => Cow::Owned(bare),
    }
}

/// Longest first.
#[rustfmt::skip]
static RUSSIAN: &[&str] = &[
    "иями", "ями", "ами", "иях", "иям", "ией", "ого", "его", "ому", "ему", "ыми", "ими", "ях", "ах", "ов", "ев", "ей", "ий", "ый", "ой", "ая", "яя", "ое", "ее", "ые", "ие",
    "ым", "им", "ых", "их", "ую", "юю", "ом", "ем", "ам", "ям", "ия", "ии", "ию", "ью", "а", "я", "о", "е", "ы", "и", "у", "ю", "ь", "й",
];

fn russian(word: &str) -> &str {
    let stem = RUSSIAN.iter().find_map(|end| word.strip_suffix(end).filter(|s| s.chars().count() >= 3));
    stem.unwrap_or(word)
}

fn arabic(word: &str) -> &str {
    let long = |s: &&str| s.chars().count() >= 3;
    let mut stem = word;
    for prefix in ["وال", "بال", "فال", "كال", "لل", "ال"] {
        if let Some(rest) = stem.strip_prefix(prefix).filter(long) {
            stem = rest;
            break;
        }
    }
    ["ات", "ين", "ون", "ان", "ة", "ه"].iter().find_map(|end| stem.strip_suffix(end).filter(long)).unwrap_or(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(ending: Ending, words: &[&str]) {
        for pair in words.windows(2) {
            assert_eq!(ending.stem(pair[0]), ending.stem(pair[1]), "{pair:?}");
        }
    }

    #[test]
    fn a_word_and_its_plural_have_one_stem() {
        same(Ending::English, &["party", "parties"]);
        same(Ending::English, &["measure", "measures"]);
        same(Ending::English, &["process", "processes"]);
        same(Ending::French, &["national", "nationale", "nationaux", "nationales"]);
        same(Ending::French, &["réseau", "réseaux"]);
        same(Ending::Spanish, &["recolección", "recolecciones"]);
        same(Ending::Spanish, &["luz", "luces"]);
        same(Ending::Russian, &["сторона", "стороны", "сторон", "сторонами"]);
        same(Ending::Russian, &["конвенция", "конвенции", "конвенцией"]);
        same(Ending::Arabic, &["المنارة", "منارة", "والمنارة", "للمنارة"]);
        assert_ne!(Ending::English.stem("status"), "statu");
        assert_ne!(Ending::English.stem("state"), Ending::English.stem("statute"));
    }
}
