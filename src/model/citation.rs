//! The human address of a provision.
//!
//! Only the value, its short form and the names of the house styles live here; finding citations in a text and printing
//! them in a style is the work of [`crate::citation`].

use std::fmt;

use serde::{Deserialize, Serialize};

/// The unit a citation starts from, with its number as printed without brackets (`23`, `8 bis`, `IV`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Place {
    /// The preamble; its unnumbered paragraphs are counted from 1.
    Preamble,
    /// A numbered recital.
    Recital(String),
    /// A part.
    Part(String),
    /// A title (the division, as in EU law).
    Title(String),
    /// A chapter.
    Chapter(String),
    /// A section.
    Section(String),
    /// An article.
    Article(String),
    /// An annex; an only annex has no number.
    Annex(String),
    /// A heading without a number, by its words.
    Heading(String),
    /// The text outside every division.
    Text,
}

/// Where in the instrument: a unit, and the points below it (`2`, `c`, `ii`), outermost first.
///
/// Two provisions can have the same citation, since real drafts repeat labels.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Citation {
    /// The unit it starts from.
    pub place: Place,
    /// Labels below it without punctuation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<String>,
}

impl Citation {
    /// A unit as a whole.
    pub fn to(place: Place) -> Self {
        Self { place, points: Vec::new() }
    }

    /// The same, one level deeper.
    pub fn point(mut self, label: impl Into<String>) -> Self {
        self.points.push(label.into());
        self
    }

    /// Whether this is the same address, whatever its capitals and spaces: `8 BIS` is `8bis`. A paragraph of a preamble
    /// that has a number in one draft and is counted in another keeps its address.
    pub fn is_same_address(&self, other: &Self) -> bool {
        self.folded() == other.folded()
    }

    fn folded(&self) -> String {
        let text = match (&self.place, self.points.split_first()) {
            (Place::Preamble, Some((number, below))) => {
                Self { place: Place::Recital(number.clone()), points: below.to_vec() }.to_string()
            }
            _ => self.to_string(),
        };
        folded_label(&text)
    }

    /// The form used in sentences, `Article 23(2)(c)`; other units already carry their word.
    pub fn long(&self) -> String {
        match self.place {
            Place::Article(_) => format!("Article {self}"),
            _ => self.to_string(),
        }
    }
}

impl Citation {
    /// The citation as files for other programs carry it, which can be read again: `article/23/2/c`.
    pub fn address(&self) -> String {
        let (word, number) = match &self.place {
            Place::Preamble => ("preamble", None),
            Place::Recital(n) => ("recital", Some(n)),
            Place::Part(n) => ("part", Some(n)),
            Place::Title(n) => ("title", Some(n)),
            Place::Chapter(n) => ("chapter", Some(n)),
            Place::Section(n) => ("section", Some(n)),
            Place::Article(n) => ("article", Some(n)),
            Place::Annex(n) => ("annex", Some(n)),
            Place::Heading(words) => ("heading", Some(words)),
            Place::Text => ("text", None),
        };
        let mut address = word.to_owned();
        for label in number.into_iter().chain(&self.points) {
            address.push('/');
            for c in label.chars() {
                match c {
                    '/' | '%' => address.push_str(&format!("%{:02X}", u32::from(c))),
                    // What no XML file can hold, and what its readers change.
                    c if c.is_control() => address.push_str(&format!("%{:02X}", u32::from(c))),
                    c => address.push(c),
                }
            }
        }
        address
    }

    /// The citation of an address.
    pub fn from_address(address: &str) -> Option<Self> {
        let mut labels = address.split('/').map(unescaped);
        let word = labels.next()?;
        let numbered = |make: fn(String) -> Place, number: Option<String>| number.map(make);
        let place = match word.as_str() {
            "preamble" => Place::Preamble,
            "text" => Place::Text,
            "recital" => numbered(Place::Recital, labels.next())?,
            "part" => numbered(Place::Part, labels.next())?,
            "title" => numbered(Place::Title, labels.next())?,
            "chapter" => numbered(Place::Chapter, labels.next())?,
            "section" => numbered(Place::Section, labels.next())?,
            "article" => numbered(Place::Article, labels.next())?,
            "annex" => numbered(Place::Annex, labels.next())?,
            "heading" => numbered(Place::Heading, labels.next())?,
            _ => return None,
        };
        Some(Self { place, points: labels.collect() })
    }
}

/// A label or a citation whatever its capitals and spaces: `8 BIS` is `8bis`.
pub fn folded_label(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

fn unescaped(label: &str) -> String {
    let mut words = String::with_capacity(label.len());
    let mut rest = label;
    while let Some((before, after)) = rest.split_once('%') {
        words.push_str(before);
        let code = after.get(..2).and_then(|h| u8::from_str_radix(h, 16).ok());
        match code {
            Some(code) => words.push(char::from(code)),
            None => words.push('%'),
        }
        rest = if code.is_some() { &after[2..] } else { after };
    }
    words.push_str(rest);
    words
}

/// How a house writes its citations. The rules and their sources are told where they are applied, in
/// [`crate::citation`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CitationStyle {
    /// As civil society's analyses have it: `Article 23(2)(c)`.
    #[default]
    Plain,
    /// The number alone: `23(2)(c)`.
    Short,
    /// The United Nations in English: `article 23, paragraph 2 (c)`.
    Un,
    /// The European Union in English: `Article 23(2), point (c)`.
    Eu,
    /// The United Nations in French: `article 23, paragraphe 2, alinéa c)`.
    UnFrench,
    /// The United Nations in Spanish: `artículo 23, párrafo 2, apartado c)`.
    UnSpanish,
}

impl CitationStyle {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 6] = [Self::Plain, Self::Short, Self::Un, Self::Eu, Self::UnFrench, Self::UnSpanish];

    /// What the screen calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "Plain",
            Self::Short => "Short",
            Self::Un => "United Nations",
            Self::Eu => "European Union",
            Self::UnFrench => "United Nations, French",
            Self::UnSpanish => "United Nations, Spanish",
        }
    }

    /// What files and the command line call it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Short => "short",
            Self::Un => "un",
            Self::Eu => "eu",
            Self::UnFrench => "un-french",
            Self::UnSpanish => "un-spanish",
        }
    }

    /// The style with this word or name, in any capitals.
    pub fn named(text: &str) -> Option<Self> {
        let wanted = text.trim().to_lowercase();
        Self::ALL.into_iter().find(|s| s.word() == wanted || s.name().to_lowercase() == wanted)
    }
}

/// The short form: `23(2)(c)`, `Recital 5`, `Preamble(3)`, `Chapter V`, `Annex III(1)(a)`.
impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let numbered = |f: &mut fmt::Formatter<'_>, word: &str, number: &str| {
            if number.is_empty() { f.write_str(word) } else { write!(f, "{word} {number}") }
        };
        match &self.place {
            Place::Preamble => f.write_str("Preamble")?,
            Place::Recital(n) => numbered(f, "Recital", n)?,
            Place::Part(n) => numbered(f, "Part", n)?,
            Place::Title(n) => numbered(f, "Title", n)?,
            Place::Chapter(n) => numbered(f, "Chapter", n)?,
            Place::Section(n) => numbered(f, "Section", n)?,
            Place::Article(n) => f.write_str(n)?,
            Place::Annex(n) => numbered(f, "Annex", n)?,
            Place::Heading(words) => write!(f, "\u{201c}{words}\u{201d}")?,
            Place::Text => f.write_str("Text")?,
        }
        for point in &self.points {
            write!(f, "({point})")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_the_same_however_it_is_written() {
        let check = |one: Citation, other: Citation, same: bool| {
            assert_eq!(one.is_same_address(&other), same, "{one} {other}");
        };
        let article = |n: &str| Citation::to(Place::Article(n.to_owned()));
        let recital = |n: &str| Citation::to(Place::Recital(n.to_owned()));
        check(article("8bis"), article("8 BIS"), true);
        check(article("8bis"), article("8"), false);
        check(article("8"), recital("8"), false);
        check(article("3").point("1"), article("3").point("2"), false);
        check(recital("13"), Citation::to(Place::Preamble).point("13"), true);
        check(recital("11"), Citation::to(Place::Preamble).point("10"), false);
        check(Citation::to(Place::Preamble), recital(""), false);
    }

    #[test]
    fn a_style_is_found_by_what_it_is_called() {
        for style in CitationStyle::ALL {
            assert_eq!(CitationStyle::named(style.word()), Some(style));
            assert_eq!(CitationStyle::named(&style.name().to_uppercase()), Some(style));
        }
        assert_eq!(CitationStyle::named("house"), None);
    }

    #[test]
    fn an_address_can_be_read_again() {
        let article = |n: &str| Citation::to(Place::Article(n.into()));
        for (citation, address) in [
            (article("23").point("2").point("c"), "article/23/2/c"),
            (Citation::to(Place::Heading("a/b 100%\r\u{85}".into())), "heading/a%2Fb 100%25%0D%85"),
            (Citation::to(Place::Annex(String::new())).point("1"), "annex//1"),
            (Citation::to(Place::Text), "text"),
            (Citation::to(Place::Preamble).point("\u{627}"), "preamble/\u{627}"),
        ] {
            assert_eq!(citation.address(), address);
            assert_eq!(Citation::from_address(address), Some(citation));
        }
        assert_eq!(Citation::from_address("article"), None);
        assert_eq!(Citation::from_address("house/1"), None);
        assert_eq!(Citation::from_address("article/%"), Some(article("%")));
    }

    #[test]
    fn citations_read_as_lawyers_write_them() {
        let c = Citation::to(Place::Article("23".into())).point("2").point("c");
        assert_eq!(c.to_string(), "23(2)(c)");
        assert_eq!(c.long(), "Article 23(2)(c)");
        assert_eq!(Citation::to(Place::Preamble).point("3").long(), "Preamble(3)");
        assert_eq!(Citation::to(Place::Annex(String::new())).to_string(), "Annex");
        assert_eq!(Citation::to(Place::Annex("III".into())).point("1").point("a").to_string(), "Annex III(1)(a)");
    }
}
