//! The human address of a provision.
//!
//! Only the value and its short form live here; finding citations in a text and printing them in house styles is the
//! work of [`crate::citation`].

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

    /// The form used in sentences, `Article 23(2)(c)`; other units already carry their word.
    pub fn long(&self) -> String {
        match self.place {
            Place::Article(_) => format!("Article {self}"),
            _ => self.to_string(),
        }
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
    fn citations_read_as_lawyers_write_them() {
        let c = Citation::to(Place::Article("23".into())).point("2").point("c");
        assert_eq!(c.to_string(), "23(2)(c)");
        assert_eq!(c.long(), "Article 23(2)(c)");
        assert_eq!(Citation::to(Place::Preamble).point("3").long(), "Preamble(3)");
        assert_eq!(Citation::to(Place::Annex(String::new())).to_string(), "Annex");
        assert_eq!(Citation::to(Place::Annex("III".into())).point("1").point("a").to_string(), "Annex III(1)(a)");
    }
}
