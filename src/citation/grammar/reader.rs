//! A text with its tokens, and what single words of it can mean.

use super::super::scan::{Gap, Kind, Token, words};
use super::super::words::{LONGEST, Level, Meaning, Tongues, Unit, meanings};

/// A text with its tokens.
pub(in crate::citation) struct Reader<'t> {
    pub text: &'t str,
    pub tokens: Vec<Token>,
}

impl Reader<'_> {
    pub fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |&t| words(self.text, t))
    }

    pub fn lower(&self, at: usize) -> String {
        let word = self.word(at);
        if word.len() > LONGEST { String::new() } else { word.to_lowercase() }
    }

    /// A sign that goes on in the same paragraph.
    pub fn sign(&self, at: usize) -> Option<char> {
        match self.tokens.get(at) {
            Some(Token { kind: Kind::Sign(c), gap, .. }) if *gap != Gap::Break => Some(*c),
            _ => None,
        }
    }

    /// Whether a token stands in the same paragraph as the one before it.
    pub fn goes_on(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.gap != Gap::Break)
    }

    pub fn attached(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.gap == Gap::None)
    }

    pub fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|t| t.kind)
    }

    /// What a word can mean in some languages.
    pub fn means(&self, at: usize, tongues: Tongues) -> Vec<(Tongues, Meaning)> {
        if self.kind(at) != Some(Kind::Word) {
            return Vec::new();
        }
        let known = meanings(&self.lower(at));
        known.iter().filter(|(t, _)| t & tongues != 0).map(|&(t, m)| (t & tongues, m)).collect()
    }

    pub fn is(&self, at: usize, tongues: Tongues, meaning: Meaning) -> bool {
        self.goes_on(at) && self.means(at, tongues).iter().any(|(_, m)| *m == meaning)
    }

    pub fn unit(&self, at: usize, tongues: Tongues) -> Option<(Unit, bool, Tongues)> {
        let known = self.means(at, tongues);
        let units =
            known.iter().filter_map(|&(t, m)| if let Meaning::Unit(u, many) = m { Some((u, many, t)) } else { None });
        units.reduce(|a, b| if a.0 == b.0 { (a.0, a.1 || b.1, a.2 | b.2) } else { a })
    }

    /// A word for a level, with how many tokens it takes: `sub-paragraph`, `الفقرة الفرعية`, `§`.
    pub fn level(&self, at: usize, tongues: Tongues) -> Option<(Level, bool, Tongues, usize)> {
        if matches!(self.kind(at), Some(Kind::Sign('§' | '¶'))) {
            let twice = self.kind(at + 1) == self.kind(at) && self.attached(at + 1);
            return Some((Level::Paragraph, twice, tongues, at + 1 + usize::from(twice)));
        }
        if self.lower(at) == "sub" && self.sign(at + 1) == Some('-') && self.attached(at + 1) {
            return self.level(at + 2, tongues).map(|(_, many, t, next)| (Level::Point, many, t, next));
        }
        let known = self.means(at, tongues);
        let mut levels =
            known.iter().filter_map(|&(t, m)| if let Meaning::Level(l, many) = m { Some((l, many, t)) } else { None });
        let (level, many, tongue) = levels.next()?;
        let tongue = levels.filter(|l| (l.0, l.1) == (level, many)).fold(tongue, |all, l| all | l.2);
        let mut next = at + 1;
        let mut level = level;
        if self.sign(next) == Some('-') && self.attached(next) {
            // `sous-alinéa`
            if let Some((_, many, t, next)) = self.level(next + 1, tongue) {
                return Some((Level::Point, many, t, next));
            }
        }
        if self.is(next, tongue, Meaning::Piece) {
            level = Level::Point;
            next += 1;
        }
        if self.sign(next) == Some('.') && self.attached(next) {
            next += 1;
        }
        Some((level, many, tongue, next))
    }
}
