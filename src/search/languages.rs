//! The languages whose words are brought to their stems.

use tantivy::tokenizer::Language;

/// A language as the index knows it: its place in [`LANGUAGES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Tongue(pub u8);

impl Tongue {
    /// Words as they are, for languages without a stemmer and drafts whose language is not known.
    pub(super) const PLAIN: Self = Self(0);
    /// The language notes are read in beside those of the drafts.
    pub(super) const ENGLISH: Self = Self(1);

    /// All of them.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        (0..LANGUAGES.len() as u8).map(Self)
    }

    /// From a BCP 47 tag; only the primary subtag counts.
    pub(super) fn of(tag: &str) -> Self {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let primary = if primary == "nb" || primary == "nn" { "no" } else { &primary };
        LANGUAGES.iter().position(|(code, _)| *code == primary).map_or(Self::PLAIN, |i| Self(i as u8))
    }

    /// Its tag, and the end of its field's name.
    pub(super) fn code(self) -> &'static str {
        LANGUAGES.get(usize::from(self.0)).map_or("", |(code, _)| code)
    }

    /// Its stemmer.
    pub(super) fn stemmer(self) -> Option<Language> {
        LANGUAGES.get(usize::from(self.0)).and_then(|(_, stemmer)| *stemmer)
    }
}

const LANGUAGES: [(&str, Option<Language>); 19] = [
    ("plain", None),
    ("en", Some(Language::English)),
    ("fr", Some(Language::French)),
    ("es", Some(Language::Spanish)),
    ("ru", Some(Language::Russian)),
    ("ar", Some(Language::Arabic)),
    ("de", Some(Language::German)),
    ("nl", Some(Language::Dutch)),
    ("pt", Some(Language::Portuguese)),
    ("it", Some(Language::Italian)),
    ("da", Some(Language::Danish)),
    ("el", Some(Language::Greek)),
    ("fi", Some(Language::Finnish)),
    ("hu", Some(Language::Hungarian)),
    ("no", Some(Language::Norwegian)),
    ("ro", Some(Language::Romanian)),
    ("sv", Some(Language::Swedish)),
    ("ta", Some(Language::Tamil)),
    ("tr", Some(Language::Turkish)),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_names_a_language() {
        assert_eq!(Tongue::of("en-GB"), Tongue::ENGLISH);
        assert_eq!(Tongue::of("nb").code(), "no");
        assert_eq!(Tongue::of("zh-Hans"), Tongue::PLAIN);
        assert_eq!(Tongue::of(""), Tongue::PLAIN);
        assert_eq!(Tongue::all().count(), LANGUAGES.len());
    }
}
