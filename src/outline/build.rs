//! The growing outline: provisions are opened in the order of the text and closed from the inside out.

use std::collections::HashMap;

use crate::model::{Provision, ProvisionIndex, ProvisionKind, TextRange};

/// What is known of a provision when it is opened.
pub(super) struct Opening {
    pub kind: ProvisionKind,
    pub label: TextRange,
    pub number: String,
    pub heading: Option<TextRange>,
    /// First byte.
    pub start: usize,
}

impl Opening {
    /// One without label or heading.
    pub fn plain(kind: ProvisionKind, start: usize) -> Self {
        Self { kind, label: TextRange { start, end: start }, number: String::new(), heading: None, start }
    }
}

/// Provisions in pre-order, with those still open.
pub(super) struct Builder<'t> {
    text: &'t str,
    provisions: Vec<Provision>,
    open: Vec<u32>,
    /// One past the last byte taken in.
    end: usize,
}

impl<'t> Builder<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text, provisions: Vec::new(), open: Vec::new(), end: 0 }
    }

    /// How many provisions are open.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// The innermost open provision.
    pub fn innermost(&self) -> Option<u32> {
        self.open.last().copied()
    }

    /// How many provisions are open down to this one; `None` if it is closed.
    pub fn depth_of(&self, provision: u32) -> Option<usize> {
        self.open.iter().rposition(|&o| o == provision).map(|i| i + 1)
    }

    /// The open provisions below the first `depth`.
    pub fn open_below(&self, depth: usize) -> impl DoubleEndedIterator<Item = (usize, &Provision)> {
        self.open.iter().enumerate().skip(depth).filter_map(|(i, &o)| Some((i + 1, self.provisions.get(o as usize)?)))
    }

    /// Opens a provision inside the innermost one.
    pub fn open(&mut self, opening: Opening) -> u32 {
        let index = self.provisions.len() as u32;
        let words = |r: TextRange| r.of(self.text).unwrap_or("");
        self.provisions.push(Provision {
            kind: opening.kind,
            label: in_one_line(words(opening.label)),
            number: opening.number,
            label_range: opening.label,
            heading: opening.heading.map(|h| clean_heading(words(h))),
            heading_range: opening.heading,
            range: TextRange { start: opening.start, end: opening.start },
            parent: self.innermost().map(ProvisionIndex),
            subtree_end: index + 1,
            ordinal: 0,
        });
        self.open.push(index);
        index
    }

    /// Takes in the text up to `end`.
    pub fn take(&mut self, end: usize) {
        self.end = self.end.max(end);
    }

    /// Closes all but the first `depth` open provisions.
    pub fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            let Some(index) = self.open.pop() else { return };
            let after = self.provisions.len() as u32;
            if let Some(p) = self.provisions.get_mut(index as usize) {
                p.range.end = self.end.max(p.range.start);
                p.subtree_end = after;
            }
        }
    }

    /// Gives a provision its heading afterwards.
    pub fn set_heading(&mut self, provision: u32, heading: TextRange) {
        let words = clean_heading(heading.of(self.text).unwrap_or(""));
        if let Some(p) = self.provisions.get_mut(provision as usize) {
            p.heading = Some(words);
            p.heading_range = Some(heading);
        }
    }

    /// Takes in provisions recognized apart, below the innermost open one. `rooted` says that the first of them stands
    /// for that one and is left out.
    pub fn graft(&mut self, provisions: Vec<Provision>, rooted: bool) {
        let base = self.provisions.len() as u32;
        let skipped = u32::from(rooted);
        let innermost = self.innermost().map(ProvisionIndex);
        for mut p in provisions.into_iter().skip(skipped as usize) {
            p.parent = match p.parent {
                Some(q) if q.0 >= skipped => Some(ProvisionIndex(q.0 - skipped + base)),
                _ => innermost,
            };
            p.subtree_end = p.subtree_end - skipped + base;
            self.end = self.end.max(p.range.end);
            self.provisions.push(p);
        }
    }

    /// Closes everything and counts repeated labels.
    pub fn finish(mut self) -> Vec<Provision> {
        self.close_to(0);
        let mut seen: HashMap<(Option<u32>, ProvisionKind, String), u32> = HashMap::new();
        for p in &mut self.provisions {
            let count = seen.entry((p.parent.map(|i| i.0), p.kind, p.number.to_lowercase())).or_default();
            p.ordinal = *count;
            *count += 1;
        }
        self.provisions
    }
}

/// White space of any kind and length as one space.
pub(super) fn in_one_line(words: &str) -> String {
    let mut line = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// A heading as a person would quote it: in one line, without note signs and without the brackets around all of it.
fn clean_heading(words: &str) -> String {
    let line = in_one_line(words);
    let mut line = line.trim_matches(|c: char| super::headline::is_note_sign(c) || c.is_whitespace());
    if let Some(at) = line.rfind('[')
        && at > 0
        && line.ends_with(']')
        && super::headline::says_state(line[at..].trim_matches(['[', ']']))
    {
        line = line[..at].trim_end();
    }
    for (open, close) in [('(', ')'), ('[', ']'), ('{', '}'), ('（', '）')] {
        if let Some(inner) = line.strip_prefix(open).and_then(|l| l.strip_suffix(close))
            && !inner.contains([open, close])
        {
            line = inner.trim();
        }
    }
    line.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_cleaned() {
        for (words, expected) in [
            ("(definitions)", "definitions"),
            ("[One][Two]", "[One][Two]"),
            ("Use\n of terms⁵", "Use of terms"),
            ("Use of terms [agreed ad referendum]", "Use of terms"),
            ("Scope [and aims]", "Scope [and aims]"),
        ] {
            assert_eq!(clean_heading(words), expected);
        }
    }
}
