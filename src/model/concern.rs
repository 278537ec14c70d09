//! The categories annotations are tagged with.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::ids::ConcernId;

/// A color by name; the theme decides what it looks like, in light and in dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Swatch {
    /// Red.
    #[default]
    Red,
    /// Orange.
    Orange,
    /// Amber.
    Amber,
    /// Olive.
    Olive,
    /// Green.
    Green,
    /// Teal.
    Teal,
    /// Cyan.
    Cyan,
    /// Blue.
    Blue,
    /// Indigo.
    Indigo,
    /// Violet.
    Violet,
    /// Magenta.
    Magenta,
    /// Rose.
    Rose,
    /// Brown.
    Brown,
    /// Slate.
    Slate,
    /// Moss.
    Moss,
    /// Plum.
    Plum,
}

impl Swatch {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 16] = [
        Self::Red,
        Self::Orange,
        Self::Amber,
        Self::Olive,
        Self::Green,
        Self::Teal,
        Self::Cyan,
        Self::Blue,
        Self::Indigo,
        Self::Violet,
        Self::Magenta,
        Self::Rose,
        Self::Brown,
        Self::Slate,
        Self::Moss,
        Self::Plum,
    ];

    /// Its name on screen.
    pub fn word(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Orange => "orange",
            Self::Amber => "amber",
            Self::Olive => "olive",
            Self::Green => "green",
            Self::Teal => "teal",
            Self::Cyan => "cyan",
            Self::Blue => "blue",
            Self::Indigo => "indigo",
            Self::Violet => "violet",
            Self::Magenta => "magenta",
            Self::Rose => "rose",
            Self::Brown => "brown",
            Self::Slate => "slate",
            Self::Moss => "moss",
            Self::Plum => "plum",
        }
    }
}

/// What the swatches look like in files of other programs, which know colors by number only.
const PRINTED: [(Swatch, [u8; 3]); 16] = [
    (Swatch::Red, [0xd6, 0x3b, 0x3b]),
    (Swatch::Orange, [0xe0, 0x70, 0x1a]),
    (Swatch::Amber, [0xd9, 0xa4, 0x1c]),
    (Swatch::Olive, [0x9a, 0x9a, 0x1f]),
    (Swatch::Green, [0x2e, 0xa0, 0x4a]),
    (Swatch::Teal, [0x1c, 0x9c, 0x88]),
    (Swatch::Cyan, [0x1a, 0xa3, 0xbd]),
    (Swatch::Blue, [0x2a, 0x7f, 0xd0]),
    (Swatch::Indigo, [0x5b, 0x62, 0xd6]),
    (Swatch::Violet, [0x8a, 0x5c, 0xcf]),
    (Swatch::Magenta, [0xb8, 0x48, 0xb0]),
    (Swatch::Rose, [0xcf, 0x43, 0x70]),
    (Swatch::Brown, [0x96, 0x61, 0x35]),
    (Swatch::Slate, [0x5f, 0x76, 0x94]),
    (Swatch::Moss, [0x63, 0x82, 0x38]),
    (Swatch::Plum, [0x86, 0x60, 0x92]),
];

impl Swatch {
    /// From its name.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.word().eq_ignore_ascii_case(word.trim()))
    }

    /// Red, green and blue, for files of other programs.
    pub fn printed(self) -> [u8; 3] {
        PRINTED.iter().find(|(s, _)| *s == self).map_or([0; 3], |(_, rgb)| *rgb)
    }

    /// The swatch most like a color.
    pub fn nearest(rgb: [u8; 3]) -> Self {
        let distance =
            |other: [u8; 3]| -> u32 { rgb.iter().zip(other).map(|(&a, b)| u32::from(a.abs_diff(b)).pow(2)).sum() };
        PRINTED.iter().min_by_key(|(_, other)| distance(*other)).map_or(Self::Red, |(s, _)| *s)
    }
}

/// A category of the codebook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Concern {
    /// Which concern.
    pub id: ConcernId,
    /// Two capital letters that stand beside the color everywhere, since color is never the only sign.
    pub tag: String,
    /// Its name.
    pub name: String,
    /// What it means.
    #[serde(default)]
    pub definition: String,
    /// What words and constructions to look for.
    #[serde(default)]
    pub look_for: String,
    /// Its color.
    #[serde(default)]
    pub swatch: Swatch,
    /// The key that tags a selection with it.
    #[serde(default)]
    pub key: Option<char>,
    /// The concern it is a part of.
    #[serde(default)]
    pub parent: Option<ConcernId>,
    /// Kept on old annotations, no longer offered for new ones.
    #[serde(default)]
    pub retired: bool,
    /// Every power the instrument grants is expected to come with it; what is said of it is laid out article by article.
    #[serde(default)]
    pub safeguard: bool,
    /// Concerns of colleagues' codebooks that were said to be this one.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub same_as: BTreeSet<ConcernId>,
}

/// The tree of concerns, as an ordered list; siblings keep the order of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Codebook {
    /// In the order they are shown.
    pub concerns: Vec<Concern>,
}

impl Codebook {
    /// The concern with this id.
    pub fn get(&self, id: ConcernId) -> Option<&Concern> {
        self.concerns.iter().find(|c| c.id == id)
    }

    /// Its place in the list.
    pub fn position(&self, id: ConcernId) -> Option<usize> {
        self.concerns.iter().position(|c| c.id == id)
    }

    /// The concern a person means by a word: its tag, its name, or the only one whose name contains the word.
    pub fn named(&self, word: &str) -> Option<&Concern> {
        let word = word.trim().to_lowercase();
        if word.is_empty() {
            return None;
        }
        let exact = |c: &&Concern| c.tag.to_lowercase() == word || c.name.to_lowercase() == word;
        self.concerns.iter().find(exact).or_else(|| {
            let mut partial = self.concerns.iter().filter(|c| c.name.to_lowercase().contains(&word));
            partial.next().filter(|_| partial.next().is_none())
        })
    }

    /// The concern that a key tags with.
    pub fn by_key(&self, key: char) -> Option<&Concern> {
        self.concerns.iter().find(|c| !c.retired && c.key == Some(key))
    }

    /// The tree flattened for a list: each concern with its depth, parents before children. A concern whose parent is
    /// missing or stands in a circle is shown at the top, so that none is ever hidden.
    pub fn tree(&self) -> Vec<(usize, &Concern)> {
        let mut rows = Vec::with_capacity(self.concerns.len());
        let mut shown = vec![false; self.concerns.len()];
        let is_root = |c: &Concern| c.parent.is_none_or(|p| p == c.id || self.get(p).is_none());
        for i in 0..self.concerns.len() {
            if is_root(&self.concerns[i]) {
                self.add_branch(i, 0, &mut shown, &mut rows);
            }
        }
        for i in 0..self.concerns.len() {
            self.add_branch(i, 0, &mut shown, &mut rows);
        }
        rows
    }

    /// Whether `id` stands below `ancestor`, or is it.
    pub fn is_within(&self, id: ConcernId, ancestor: ConcernId) -> bool {
        let mut at = Some(id);
        for _ in 0..=self.concerns.len() {
            match at {
                Some(i) if i == ancestor => return true,
                Some(i) => at = self.get(i).and_then(|c| c.parent),
                None => return false,
            }
        }
        false
    }

    fn add_branch<'a>(&'a self, i: usize, depth: usize, shown: &mut [bool], rows: &mut Vec<(usize, &'a Concern)>) {
        if depth > 32 || std::mem::replace(&mut shown[i], true) {
            return;
        }
        rows.push((depth, &self.concerns[i]));
        for child in 0..self.concerns.len() {
            if self.concerns[child].parent == Some(self.concerns[i].id) {
                self.add_branch(child, depth + 1, shown, rows);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn concern(id: u128, parent: Option<u128>) -> Concern {
        Concern {
            id: ConcernId(id),
            tag: format!("C{id}"),
            name: format!("Concern {id}"),
            definition: String::new(),
            look_for: String::new(),
            swatch: Swatch::Red,
            key: None,
            parent: parent.map(ConcernId),
            retired: false,
            safeguard: false,
            same_as: BTreeSet::new(),
        }
    }

    #[test]
    fn a_swatch_is_told_by_its_color() {
        for swatch in Swatch::ALL {
            assert_eq!(Swatch::nearest(swatch.printed()), swatch);
            assert_eq!(Swatch::named(swatch.word()), Some(swatch));
        }
        assert_eq!(Swatch::nearest([0xff, 0, 0]), Swatch::Red);
    }

    #[test]
    fn the_tree_shows_every_concern_once_even_in_a_circle() {
        let book = Codebook {
            concerns: vec![
                concern(1, None),
                concern(2, Some(3)),
                concern(3, Some(2)),
                concern(4, Some(1)),
                concern(5, Some(99)),
            ],
        };
        let rows: Vec<_> = book.tree().iter().map(|(d, c)| (*d, c.id.0)).collect();
        assert_eq!(rows, [(0, 1), (1, 4), (0, 5), (0, 2), (1, 3)]);
        assert!(!book.is_within(ConcernId(2), ConcernId(1)));
        assert!(book.is_within(ConcernId(4), ConcernId(1)));
    }
}
