//! How the file a draft was made from printed its words: pages, notes, bold and struck stretches.

use serde::{Deserialize, Serialize};

use super::text::TextRange;

/// What a draft's page shows besides its words. All positions are bytes of the draft's text; it never changes after
/// import, as the text does not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Printed {
    /// Where each page begins, in order of place; empty where the file has no pages.
    #[serde(default)]
    pub pages: Vec<PageStart>,
    /// In order of their words.
    #[serde(default)]
    pub notes: Vec<Note>,
    /// In order of start; stretches of different styles may overlap, those of one style do not.
    #[serde(default)]
    pub styles: Vec<Styled>,
}

/// The beginning of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageStart {
    /// The first byte that stands on it: a paragraph that runs on over the page's edge is not cut there.
    pub at: usize,
    /// Which page of the file, from 1.
    pub number: u32,
    /// Its number as printed on it, `iv`, `37`; empty where none is.
    #[serde(default)]
    pub label: String,
}

/// A footnote or endnote. Its words stand at the end of the text, as a paragraph of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The sign in the text that calls it, `¹²` or `*`; none where no sign was found.
    #[serde(default)]
    pub call: Option<TextRange>,
    /// The paragraph of the note, its own sign included.
    pub body: TextRange,
}

/// A stretch set apart by its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Styled {
    /// Which words.
    pub range: TextRange,
    /// How they are set.
    pub style: Style,
}

/// How words are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Style {
    /// In drafts of the Council of the EU and many others: new words.
    Bold,
    /// Slanted.
    Italic,
    /// With a line below.
    Underlined,
    /// With a line through: words to be deleted.
    Struck,
}

/// Which reading of a file with marked changes its text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Wording {
    /// All that is printed: a file without marked changes, or one whose changes were left side by side.
    #[default]
    Printed,
    /// As proposed: with what is inserted, without what is deleted.
    Proposed,
    /// As it was: without what is inserted, with what is deleted.
    Original,
}

/// What the analyst chose when a file was read; kept with the draft.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// Which reading of its marked changes.
    #[serde(default)]
    pub wording: Wording,
    /// Which column of a table that compares texts, from 0, with the words at its head; none where the whole file was read.
    #[serde(default)]
    pub column: Option<(u16, String)>,
}

impl PageStart {
    /// What the page is called: as printed on it, else its number.
    pub fn name(&self) -> String {
        if self.label.is_empty() { self.number.to_string() } else { self.label.clone() }
    }
}

impl Printed {
    /// The page a person asks for: `iv`, `37`, `p. 37`. What is printed on a page goes before its number.
    pub fn find_page(&self, asked: &str) -> Option<&PageStart> {
        let asked = asked.trim().to_lowercase();
        let word = asked.trim_start_matches(|c: char| c.is_alphabetic() || c == '.');
        // `page iv`, but `iv` alone is no word before a number.
        let asked = if word.starts_with(char::is_whitespace) || word.starts_with(|c: char| c.is_ascii_digit()) {
            word.trim()
        } else {
            &asked
        };
        let printed = self.pages.iter().find(|p| !p.label.is_empty() && p.label.to_lowercase() == asked);
        printed.or_else(|| asked.parse().ok().and_then(|number: u32| self.pages.iter().find(|p| p.number == number)))
    }

    /// The page a byte of the text stands on.
    pub fn page(&self, at: usize) -> Option<&PageStart> {
        self.pages[..self.pages.partition_point(|p| p.at <= at)].last()
    }

    /// The note called at this byte, if its sign stands there.
    pub fn note_called_at(&self, at: usize) -> Option<&Note> {
        self.notes.iter().find(|n| n.call.is_some_and(|c| c.contains(at)))
    }

    /// What is wrong with it, if anything: read from a file, it is checked before it is trusted.
    pub fn fault(&self, text: &str) -> Option<String> {
        let fits = |r: TextRange| r.start <= r.end && r.of(text).is_some();
        if self.pages.windows(2).any(|w| w[0].at > w[1].at) || self.pages.iter().any(|p| !text.is_char_boundary(p.at)) {
            return Some("a page begins outside the text or before the one preceding it".to_owned());
        }
        if self.notes.iter().any(|n| !fits(n.body) || n.call.is_some_and(|c| !fits(c))) {
            return Some("a note stands outside the text".to_owned());
        }
        if self.styles.iter().any(|s| !fits(s.range))
            || self.styles.windows(2).any(|w| w[0].range.start > w[1].range.start)
        {
            return Some("a stretch set in bold or struck stands outside the text or out of order".to_owned());
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_found_as_it_is_printed_or_by_its_number() {
        let page = |number, label: &str| PageStart { at: 0, number, label: label.to_owned() };
        let pages = vec![page(1, "i"), page(2, "II"), page(3, "1"), page(4, ""), page(5, "A-3")];
        let printed = Printed { pages, ..Printed::default() };
        for (asked, number) in [
            ("i", Some(1)),
            ("ii", Some(2)),
            ("1", Some(3)),
            ("4", Some(4)),
            (" p. 4", Some(4)),
            ("p.4", Some(4)),
            ("page ii", Some(2)),
            ("a-3", Some(5)),
            ("2", Some(2)),
            ("9", None),
            ("", None),
            ("page", None),
        ] {
            assert_eq!(printed.find_page(asked).map(|p| p.number), number, "{asked}");
        }
    }

    #[test]
    fn a_byte_stands_on_the_page_that_began_last() {
        let page = |at, number| PageStart { at, number, label: String::new() };
        let printed = Printed { pages: vec![page(0, 1), page(10, 2), page(10, 3)], ..Printed::default() };
        assert_eq!(printed.page(9).map(|p| p.number), Some(1));
        assert_eq!(printed.page(10).map(|p| p.number), Some(3));
        assert_eq!(Printed::default().page(0), None);
        assert!(printed.fault("short").is_some());
    }
}
