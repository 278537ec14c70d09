//! Finding a remark's words in our copy of the draft it was made on, although the copy came from another file.
//!
//! From cheap to costly, each step verified: the same position, the same words inside the cited provision, the same
//! words anywhere with the same surroundings. White space, hyphens and quotation marks may differ, since converters
//! differ in them. Words that cannot be told apart are not placed: a wrong place is worse than none.

use std::collections::BTreeMap;

use crate::model::{Anchor, Citation, Outline, ProvisionIndex, ProvisionKind, Reach, TextRange};

/// Where an anchor's words stand.
#[derive(Clone, Debug, PartialEq)]
pub enum Placed {
    /// At the same position.
    Same(Anchor),
    /// Elsewhere.
    Found(Anchor),
    /// Nowhere, or in several places that cannot be told apart.
    Lost,
}

/// A text folded for comparison, able to give positions of the original.
struct Folded {
    text: String,
    /// For each byte of the folded text, the byte of the original its character starts at.
    from: Vec<usize>,
    original: usize,
}

impl Folded {
    /// Folds a text: white space to single spaces, kinds of hyphens and quotation marks to one each, soft hyphens away.
    fn new(original: &str) -> Self {
        let mut text = String::with_capacity(original.len());
        let mut from = Vec::with_capacity(original.len());
        let push = |c: char, at: usize, text: &mut String, from: &mut Vec<usize>| {
            text.push(c);
            from.resize(text.len(), at);
        };
        for (at, c) in original.char_indices() {
            match c {
                '\u{ad}' | '\u{200b}' => {}
                c if c.is_whitespace() => {
                    if !text.ends_with(' ') {
                        push(' ', at, &mut text, &mut from);
                    }
                }
                '\u{2010}'..='\u{2015}' | '\u{2212}' => push('-', at, &mut text, &mut from),
                '\u{2018}' | '\u{2019}' | '\u{201b}' => push('\'', at, &mut text, &mut from),
                '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' => push('"', at, &mut text, &mut from),
                c => push(c, at, &mut text, &mut from),
            }
        }
        Self { text, from, original: original.len() }
    }

    fn original_range(&self, start: usize, end: usize, original: &str) -> TextRange {
        let at = |i: usize| self.from.get(i).copied().unwrap_or(self.original);
        let last = at(end.saturating_sub(1).max(start));
        let len = original.get(last..).and_then(|s| s.chars().next()).map_or(0, char::len_utf8);
        TextRange { start: at(start), end: (last + len).min(self.original) }
    }
}

/// Our copy of a draft, made ready once so that many anchors can be found in it.
pub struct OurCopy<'d> {
    text: &'d str,
    outline: &'d Outline,
    folded: Folded,
    /// Provisions by citation; real drafts repeat labels.
    cited: BTreeMap<Citation, Vec<ProvisionIndex>>,
}

impl<'d> OurCopy<'d> {
    /// Reads the text and the outline once.
    pub fn new(text: &'d str, outline: &'d Outline) -> Self {
        let mut cited: BTreeMap<Citation, Vec<ProvisionIndex>> = BTreeMap::new();
        for i in outline.indices().filter(|&i| outline.get(i).is_some_and(|p| p.kind != ProvisionKind::Body)) {
            cited.entry(outline.citation(i)).or_default().push(i);
        }
        Self { text, outline, folded: Folded::new(text), cited }
    }

    fn cited(&self, citation: &Citation) -> &[ProvisionIndex] {
        self.cited.get(citation).map_or(&[], Vec::as_slice)
    }
}

/// Finds an anchor's words in our copy of the draft.
pub fn place(anchor: &Anchor, copy: &OurCopy<'_>) -> Placed {
    let OurCopy { text, outline, folded, .. } = copy;
    let again = |range: TextRange| Anchor::new(text, outline, range, anchor.reach);
    if !anchor.quote.exact.is_empty() && anchor.range.of(text) == Some(&anchor.quote.exact) {
        return Placed::Same(again(anchor.range));
    }
    if anchor.reach == Reach::Provision {
        // A whole provision is where its number and its first words are, even if its last ones differ.
        let wanted = Folded::new(&anchor.quote.exact).text;
        let wanted = wanted.trim();
        // Of a short one at least three quarters.
        let length = wanted.chars().count();
        let head: String = wanted.chars().take(60.min(length - length / 4)).collect();
        let mut fits = copy.cited(&anchor.citation).iter().filter_map(|&i| outline.get(i)).filter(|p| {
            let own = p.range.of(text).map(|t| Folded::new(t).text).unwrap_or_default();
            !head.is_empty() && own.trim_start().starts_with(&head)
        });
        if let (Some(p), None) = (fits.next(), fits.next()) {
            return Placed::Found(again(p.range));
        }
    }
    let exact = Folded::new(&anchor.quote.exact).text;
    let exact = exact.trim();
    if exact.is_empty() {
        return Placed::Lost;
    }
    // More places than this are told apart by nothing.
    let places: Vec<TextRange> = folded
        .text
        .match_indices(exact)
        .take(500)
        .map(|(at, m)| folded.original_range(at, at + m.len(), text))
        .collect();
    let cited = copy.cited(&anchor.citation);
    let inside: Vec<TextRange> = places
        .iter()
        .copied()
        .filter(|r| cited.iter().any(|&i| outline.get(i).is_some_and(|p| p.range.covers(*r))))
        .collect();
    for candidates in [&inside, &places] {
        match candidates.as_slice() {
            [] => {}
            [only] => return Placed::Found(again(*only)),
            several => {
                return best_by_context(several, anchor, text).map_or(Placed::Lost, |r| Placed::Found(again(r)));
            }
        }
    }
    Placed::Lost
}

/// The one of several places whose surroundings are most like those of the quote; none where two are alike.
fn best_by_context(places: &[TextRange], anchor: &Anchor, text: &str) -> Option<TextRange> {
    let prefix = Folded::new(&anchor.quote.prefix).text;
    let suffix = Folded::new(&anchor.quote.suffix).text;
    let likeness = |r: TextRange| {
        let from = text.floor_char_boundary(r.start.saturating_sub(400));
        let to = text.ceil_char_boundary((r.end + 400).min(text.len()));
        let before = Folded::new(&text[from..r.start]).text;
        let after = Folded::new(&text[r.end..to]).text;
        let back = before.trim_end().chars().rev().zip(prefix.trim_end().chars().rev()).take_while(|(a, b)| a == b);
        let ahead = after.trim_start().chars().zip(suffix.trim_start().chars()).take_while(|(a, b)| a == b);
        back.count() + ahead.count()
    };
    let mut scored: Vec<(usize, TextRange)> = places.iter().map(|&r| (likeness(r), r)).collect();
    scored.sort_by_key(|s| std::cmp::Reverse(s.0));
    match scored.as_slice() {
        [(best, range), (second, _), ..] if *best > *second && *best >= 8 => Some(*range),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Citation, Place as Unit, Quote};

    fn anchor(text: &str, words: &str, shift: usize) -> Anchor {
        let start = text.find(words).unwrap();
        let range = TextRange { start, end: start + words.len() };
        Anchor {
            range: TextRange { start: range.start + shift, end: range.end + shift },
            quote: Quote::at(text, range),
            citation: Citation::to(Unit::Text),
            reach: Reach::Words,
        }
    }

    fn placed(anchor: &Anchor, text: &str) -> Option<String> {
        match place(anchor, &OurCopy::new(text, &Outline::default())) {
            Placed::Same(a) | Placed::Found(a) => Some(a.quote.exact),
            Placed::Lost => None,
        }
    }

    #[test]
    fn words_are_found_in_a_copy_converted_otherwise() {
        let theirs =
            "1. Each Party shall keep \u{201c}traffic data\u{201d} for ninety days.\n2. Each Party shall report.";
        let ours =
            "Page 1\n1. Each Party\nshall keep \"traffic  data\" for ninety days.\n\n2. Each Party shall report.";
        let a = anchor(theirs, "shall keep \u{201c}traffic data\u{201d} for", 0);
        assert_eq!(placed(&a, ours).as_deref(), Some("shall keep \"traffic  data\" for"));
        assert_eq!(placed(&a, theirs).as_deref(), Some("shall keep \u{201c}traffic data\u{201d} for"));
    }

    #[test]
    fn boilerplate_is_told_apart_by_its_surroundings_or_not_placed() {
        let theirs = "Alpha: Each Party shall act. Beta: Each Party shall act. Gamma.";
        let second = theirs.rfind("Each Party").unwrap();
        let range = TextRange { start: second, end: second + 22 };
        let a = Anchor { range, quote: Quote::at(theirs, range), ..anchor(theirs, "Each Party", 0) };
        let ours = "Title. Alpha: Each Party shall act. Beta: Each Party shall act. Gamma.";
        let Placed::Found(found) = place(&a, &OurCopy::new(ours, &Outline::default())) else { panic!("lost") };
        assert_eq!(found.range.start, ours.rfind("Each Party").unwrap());
        let blind = Anchor { quote: Quote { prefix: String::new(), suffix: String::new(), ..a.quote.clone() }, ..a };
        assert_eq!(placed(&blind, ours), None);
        assert_eq!(placed(&blind, "nothing of the kind"), None);
    }
}
