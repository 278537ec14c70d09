//! The languages whose words are brought to their stems, and which of them a passage is in.

use std::sync::LazyLock;

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

    /// The language a word of a text in this one is stemmed in, by its letters: a treaty in Chinese has English words in
    /// it, and one in English perhaps Russian names.
    pub(super) fn of_word(self, word: &str) -> Self {
        if self == Self::PLAIN {
            return self;
        }
        let letters = word.chars().find(|c| c.is_alphabetic()).map_or(Letters::Other, Letters::of);
        match (letters, self.letters()) {
            (a, b) if a == b => self,
            (Letters::Latin, _) => Self::ENGLISH,
            (Letters::Cyrillic, _) => Self::of("ru"),
            (Letters::Arabic, _) => Self::of("ar"),
            (Letters::Greek, _) => Self::of("el"),
            (Letters::Tamil, _) => Self::of("ta"),
            (Letters::Other, _) => self,
        }
    }

    /// The language of a passage in a draft with this tag: another only where its little words say so plainly, since drafts
    /// hold annexes, quotations and columns in a second language. Nothing where they do not say.
    ///
    /// A draft whose language has no [`LITTLE_WORDS`] to set against those of its neighbors is in that language throughout:
    /// Danish `der`, `den` and `dem` say nothing of German.
    pub(super) fn of_passage<'t>(tag: &str, parts: impl Iterator<Item = &'t str>) -> Option<Self> {
        let own = Self::of(tag);
        let is_known = LITTLE_WORDS.iter().any(|(code, _)| *code == own.code());
        if !tag.is_empty() && !is_known && own.letters() == Letters::Latin {
            return Some(own);
        }
        let mut votes = [0u32; LITTLE_WORDS.len()];
        let mut read = 0;
        for part in parts {
            for word in part.split(|c: char| !c.is_alphabetic()) {
                if let Some(&votes_for) = voting(word) {
                    votes[usize::from(votes_for)] += 1;
                }
            }
            read += part.len();
            if read > ENOUGH {
                break;
            }
        }
        let votes_of =
            |tongue: Self| LITTLE_WORDS.iter().position(|(code, _)| *code == tongue.code()).map_or(0, |i| votes[i]);
        let (most, first) =
            votes.iter().zip(LITTLE_WORDS).max_by_key(|(v, _)| **v).map_or((0, "plain"), |(v, (c, _))| (*v, c));
        let of_own = votes_of(own);
        if most >= 4 && most >= 3 * of_own { Some(Self::of(first)) } else { (of_own > 0).then_some(own) }
    }

    fn letters(self) -> Letters {
        match self.code() {
            "ru" => Letters::Cyrillic,
            "ar" => Letters::Arabic,
            "el" => Letters::Greek,
            "ta" => Letters::Tamil,
            "zh" => Letters::Other,
            _ => Letters::Latin,
        }
    }
}

/// The letters a word is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Letters {
    Latin,
    Cyrillic,
    Arabic,
    Greek,
    Tamil,
    Other,
}

impl Letters {
    fn of(c: char) -> Self {
        match c {
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{ff21}'..='\u{ff5a}' => {
                Self::Latin
            }
            '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Self::Greek,
            '\u{400}'..='\u{52f}' => Self::Cyrillic,
            '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' => {
                Self::Arabic
            }
            '\u{b80}'..='\u{bff}' => Self::Tamil,
            _ => Self::Other,
        }
    }
}

/// Bytes of a passage after which its language is plain.
const ENOUGH: usize = 1500;

/// Frequent words that only one of these languages has.
const LITTLE_WORDS: [(&str, &str); 7] = [
    ("en", "the and to shall by with this that be are which any for from its such under each"),
    ("fr", "les du et au aux une dans qui est pour cette leur leurs sont ces ses elle ils toute sans"),
    ("es", "el los las del y sus podrá podrán deberá cuando también sobre mediante dicha dicho otras"),
    ("de", "der und das den dem eine einer von mit für ist oder nicht im werden zur zum durch"),
    ("nl", "het een van voor met zijn wordt worden bij niet deze door aan heeft tot"),
    ("pt", "os do dos não uma com pelo pela ao são às seu deverá ou"),
    ("it", "di della dei gli che nel delle degli sono alla dell è nella ogni"),
];

/// [`LITTLE_WORDS`] by their letters, in a table with room.
static VOTES: LazyLock<Vec<Option<(u64, u8)>>> = LazyLock::new(|| {
    let mut table = vec![None; SLOTS];
    for (language, (_, words)) in (0..).zip(LITTLE_WORDS) {
        for key in words.split(' ').filter_map(key) {
            let mut at = slot(key);
            while table[at].is_some() {
                at = (at + 1) % SLOTS;
            }
            table[at] = Some((key, language));
        }
    }
    table
});
const SLOTS: usize = 512;

/// The language a word votes for.
fn voting(word: &str) -> Option<&'static u8> {
    let key = key(word)?;
    let mut at = slot(key);
    loop {
        match VOTES.get(at)? {
            Some((found, language)) if *found == key => return Some(language),
            Some(_) => at = (at + 1) % SLOTS,
            None => return None,
        }
    }
}

/// A word of eight bytes or less as a number, whatever its capitals.
fn key(word: &str) -> Option<u64> {
    let bytes = word.as_bytes();
    if bytes.is_empty() || bytes.len() > 8 {
        return None;
    }
    Some(bytes.iter().fold(0, |key, b| key << 8 | u64::from(b.to_ascii_lowercase())))
}

fn slot(key: u64) -> usize {
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 55) as usize % SLOTS
}

const LANGUAGES: [(&str, Option<Language>); 20] = [
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
    ("zh", None),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_names_a_language() {
        assert_eq!(Tongue::of("en-GB"), Tongue::ENGLISH);
        assert_eq!(Tongue::of("nb").code(), "no");
        assert_eq!(Tongue::of("zh-Hans").code(), "zh");
        assert_eq!(Tongue::of("uk"), Tongue::PLAIN);
        assert_eq!(Tongue::of(""), Tongue::PLAIN);
        assert_eq!(Tongue::all().count(), LANGUAGES.len());
    }

    #[test]
    fn a_passage_tells_its_language_by_its_little_words() {
        let check = |draft: &str, text: &str, expected: Option<&str>| {
            let found = Tongue::of_passage(draft, std::iter::once(text)).map(Tongue::code);
            assert_eq!(found, expected, "{draft}: {text}");
        };
        check("en", "Each Party shall adopt the measures", Some("en"));
        check("en", "Les États adoptent les mesures qui sont utiles pour leurs services et aux fins", Some("fr"));
        check("en", "In the French text: les mesures et les services", Some("en"));
        check("fr", "Each Party shall adopt the measures under this law and any other", Some("en"));
        check("es", "Los Estados y las Partes del Convenio", Some("es"));
        check("pt", "Os Estados e as Partes do Convénio", Some("pt"));
        check("", "De lidstaten van het verdrag worden door een comité bijgestaan", Some("nl"));
        check("da", "Den stat, der har den dem under sig, skal give den der", Some("da"));
        check("sv", "Den stat som har den under sig, och den som har dem under tillsyn", Some("sv"));
        check("nb", "Den som har dem under oppsyn, og den der under den", Some("no"));
        // Polish has no stemmer; it is no Portuguese for that.
        check("pl", "do sądu do dnia do ao do rządu do organu", Some("plain"));
        check("pl-PL", "do sądu do dnia do rządu do organu do", Some("plain"));
        check("", "do sądu do dnia do rządu do organu do", Some("pt"));
        check("ru", "Les États adoptent les mesures qui sont utiles pour leurs services", Some("fr"));
        check("en", "Scope", None);
        check("ru", "Государства сотрудничают", None);
        check("en", "", None);
    }

    #[test]
    fn a_word_is_stemmed_by_its_letters() {
        let check =
            |draft: &str, word: &str, expected: &str| assert_eq!(Tongue::of(draft).of_word(word).code(), expected);
        check("en", "государства", "ru");
        check("zh", "measures", "en");
        check("ru", "measures", "en");
        check("fr", "measures", "fr");
        check("fr", "الدول", "ar");
        check("", "государства", "plain");
        check("en", "2023", "en");
    }

    #[test]
    fn little_words_are_of_one_language() {
        let words: Vec<_> = LITTLE_WORDS.iter().flat_map(|(_, w)| w.split(' ')).collect();
        let different: std::collections::BTreeSet<_> = words.iter().filter_map(|w| key(w)).collect();
        assert_eq!(different.len(), words.len());
    }
}
