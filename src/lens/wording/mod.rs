//! How far a text binds: the words by which treaties oblige, urge, allow, forbid and soften, told apart in the six
//! languages of the United Nations.
//!
//! The kinds are those of the writing on treaties: obligations and *soft* obligations (L. Rajamani, "The 2015 Paris
//! Agreement: interplay between hard, soft and non-obligations", 2016; D. Bodansky, "The legal character of the Paris
//! Agreement", 2016, on `shall`, `should`, `may`), permissions and prohibitions as manuals of drafting set them apart,
//! and the qualifiers that leave a measure to a Party's own judgment or law. Where the lists come from:
//!
//! * English: *Joint Practical Guide* of the European Parliament, the Council and the Commission (2015), guideline 2, and
//!   the *English Style Guide* of the Commission's translation service, on verbs in legislation: `shall` for what is to be
//!   done, `may` for what is allowed, `shall not` and `may not` for what is forbidden, `should` only where nothing binds.
//! * French: the *Guide de légistique* of the Conseil d'État and the Secrétariat général du Gouvernement: the present
//!   indicative commands by itself, so that after `les Parties` or `chaque État Partie` the verb is the word.
//! * Spanish: the official texts of treaties deposited with the Secretary-General: `shall` is the future (`adoptará`).
//! * Russian and Arabic: the same: `shall` is the present (`принимает`, `تتخذ`) of a verb that has the Parties for its
//!   subject; beside it `должен`, `следует`, `может` and `يجب`, `ينبغي`, `يجوز`.
//! * Chinese: *Technical Norms for Legislation* (立法技术规范（试行）(一), Legislative Affairs Commission, 2009), items 14 and
//!   15: `应当`, `必须`, `不得`, `禁止`; in the texts of treaties `应` and `可` for `shall` and `may`.
//!
//! What the words do not say is not found: an obligation in the future tense of a subordinate clause, or in a noun
//! (`the obligation to`). The counts are of words, for comparing drafts with each other; they are no legal opinion.
//!
//! Must not know: where a word stands in the outline, how it is drawn; it reads a text and a language.

mod arabic;
mod chinese;
mod english;
mod french;
mod reading;
mod russian;
mod spanish;

use crate::model::TextRange;

/// How far words bind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Force {
    /// Something must be done: `shall`, `must`.
    Obligation,
    /// Something ought to be done, or tried, or considered: `should`, `shall endeavour to`.
    Soft,
    /// Something may be done, or need not be.
    Permission,
    /// Something must not be done: `shall not`, `may not`.
    Prohibition,
    /// How far is left to somebody's judgment or law: `as appropriate`, `in accordance with domestic law`.
    Qualifier,
}

impl Force {
    /// All of them, from what binds to what loosens.
    pub const ALL: [Self; 5] = [Self::Obligation, Self::Prohibition, Self::Soft, Self::Permission, Self::Qualifier];

    /// Its name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Obligation => "Obligation",
            Self::Soft => "Soft obligation",
            Self::Permission => "Permission",
            Self::Prohibition => "Prohibition",
            Self::Qualifier => "Qualifier",
        }
    }

    /// The name of several on screen, short enough to stand over a column.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Obligation => "Obligations",
            Self::Soft => "Soft",
            Self::Permission => "Permissions",
            Self::Prohibition => "Prohibitions",
            Self::Qualifier => "Qualifiers",
        }
    }

    /// Its position in [`Self::ALL`].
    pub fn at(self) -> usize {
        Self::ALL.iter().position(|f| *f == self).unwrap_or_default()
    }
}

/// Words that bind or loosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Where they stand, in bytes of the text.
    pub range: TextRange,
    /// How far they bind.
    pub force: Force,
    /// The form they are counted under: `shall not`, `as appropriate`.
    pub words: &'static str,
    /// They belong to the words before, which are counted: `endeavour` in `shall, as appropriate, endeavour to`.
    pub goes_on: bool,
}

/// A language whose words are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tongue {
    /// العربية
    Arabic,
    /// 中文
    Chinese,
    /// English
    English,
    /// français
    French,
    /// русский
    Russian,
    /// español
    Spanish,
}

impl Tongue {
    /// The one that a draft is in: by its BCP 47 tag; where it has none, by its letters. None where the words of the
    /// language are not known.
    pub fn of(language: &str, text: &str) -> Option<Self> {
        match language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "ar" => Some(Self::Arabic),
            "zh" => Some(Self::Chinese),
            "en" => Some(Self::English),
            "fr" => Some(Self::French),
            "ru" => Some(Self::Russian),
            "es" => Some(Self::Spanish),
            "" => Some(Self::by_letters(text)),
            _ => None,
        }
    }

    fn by_letters(text: &str) -> Self {
        let sample = text.chars().take(4000);
        let (mut arabic, mut han, mut cyrillic, mut latin) = (0, 0, 0, 0);
        for c in sample {
            match c {
                '\u{600}'..='\u{6ff}' => arabic += 1,
                '\u{400}'..='\u{4ff}' => cyrillic += 1,
                c if super::tokens::is_alone(c) => han += 3,
                c if c.is_alphabetic() => latin += 1,
                _ => {}
            }
        }
        let most = [(latin, Self::English), (cyrillic, Self::Russian), (arabic, Self::Arabic), (han, Self::Chinese)];
        most.into_iter().max_by_key(|(n, tongue)| (*n, *tongue == Self::English)).map_or(Self::English, |(_, t)| t)
    }
}

/// The words of a text that bind or loosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    /// In order, apart from each other.
    pub hits: Vec<Hit>,
}

impl Wording {
    /// Those of any text whatever, in time linear in its length.
    pub fn of(text: &str, tongue: Tongue) -> Self {
        Self { hits: reading::read(text, tongue) }
    }
}

/// What a form does where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// It binds or loosens by itself.
    Whole,
    /// So it does, but a word after it can make it softer: `shall … endeavour`.
    Modal,
    /// It makes the modal before it soft, and counts for nothing by itself: `consider`.
    Softens,
    /// It makes the modal before it soft, and is soft by itself: `endeavour`.
    Soft,
    /// It only looks like one: `shall mean`.
    Nothing,
}

/// Forms that are counted together.
struct Entry {
    words: &'static str,
    force: Force,
    part: Part,
    /// In small letters, as [`spelled_out`](super::phrases::spelled_out) reads them.
    forms: &'static [&'static str],
}

const fn whole(words: &'static str, force: Force, forms: &'static [&'static str]) -> Entry {
    Entry { words, force, part: Part::Whole, forms }
}

const fn modal(words: &'static str, force: Force, forms: &'static [&'static str]) -> Entry {
    Entry { words, force, part: Part::Modal, forms }
}

const fn soft(words: &'static str, part: Part, forms: &'static [&'static str]) -> Entry {
    Entry { words, force: Force::Soft, part, forms }
}

const fn nothing(forms: &'static [&'static str]) -> Entry {
    Entry { words: "", force: Force::Qualifier, part: Part::Nothing, forms }
}

/// A word that is a verb by its ending and its neighbors.
type Verb = fn(&reading::Sentence<'_>, usize) -> Option<(Force, &'static str)>;

/// What is known of a language.
struct Lists {
    entries: &'static [Entry],
    /// A sentence that begins with one of these says no to its first modal: `No Party shall`.
    deniers: &'static [&'static str],
    /// Not where one of these comes next: `No later than`.
    but_not: &'static [&'static str],
    /// Words that may stand between a modal and what makes it soft, besides what is set off by commas.
    between: fn(&str) -> bool,
    /// A modal behind one of these speaks of what can happen: `measures which may affect`.
    relative: &'static [&'static str],
    /// What a modal is counted under that such a beginning says no to.
    denied: &'static str,
    /// Whether the same letters are another word here: the month of May.
    is_other: Option<fn(&reading::Sentence<'_>, usize) -> bool>,
    verb: Option<Verb>,
}

fn lists(tongue: Tongue) -> &'static Lists {
    match tongue {
        Tongue::Arabic => &arabic::LISTS,
        Tongue::Chinese => &chinese::LISTS,
        Tongue::English => &english::LISTS,
        Tongue::French => &french::LISTS,
        Tongue::Russian => &russian::LISTS,
        Tongue::Spanish => &spanish::LISTS,
    }
}
