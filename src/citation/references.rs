//! The cross references of a draft: what its provisions cite of each other.

use std::collections::HashMap;

use crate::model::{Citation, Outline, Place, ProvisionIndex, ProvisionKind, TextRange};

use super::addresses::{Addresses, Resolution};
use super::find::find;
use super::found::{Found, Start};

/// A citation in a draft's text, and what it means there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Its words, in bytes of the text.
    pub range: TextRange,
    /// The provision in which it stands.
    pub from: Option<ProvisionIndex>,
    /// What it cites, provision by provision, in order.
    pub cited: Vec<Cited>,
    /// The other instrument it is of; then nothing of it is followed.
    pub instrument: Option<String>,
}

/// One provision that is cited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    /// The words for it, in bytes of the text; those of a run stand for all of it.
    pub range: TextRange,
    /// Its address: as in the draft where it is found there, else as said; none for `point (a)` of nothing.
    pub citation: Option<Citation>,
    /// The divisions it is said to stand in, outermost first.
    pub within: Vec<Place>,
    /// What it means in the draft.
    pub meaning: Resolution,
}

impl Cited {
    /// Its address in the short form, with its divisions: `Chapter III, Section 2`.
    pub fn printed(&self) -> Option<String> {
        let citation = self.citation.as_ref()?;
        let divisions = self.within.iter().map(|p| format!("{}, ", Citation::to(p.clone())));
        Some(divisions.chain([citation.to_string()]).collect())
    }
}

/// What the citations of a text are about.
#[derive(Clone, Copy, Debug)]
pub enum About<'o> {
    /// A draft, of which the text is not a part.
    Draft(&'o Outline),
    /// What it says itself, if it is a draft with this outline; else nothing that is at hand.
    Itself(&'o Outline),
}

/// The citations in a text, with what they mean in what it is about. `names` are those of the instrument, as for [`find`].
pub fn citations(text: &str, about: About<'_>, names: &[&str]) -> Vec<Reference> {
    match about {
        About::Itself(outline) if is_a_draft(outline) => {
            References::of(text, outline, &Addresses::of(outline), names).all
        }
        About::Itself(_) => {
            let none = Outline::default();
            let addresses = Addresses::default();
            let found = find(text, names).into_iter().filter(|f| f.instrument.is_some() || !is_loose(f));
            found.map(|f| meant(&none, &addresses, &f, false)).collect()
        }
        About::Draft(outline) => {
            let addresses = Addresses::of(outline);
            let found = find(text, names).into_iter().filter(|f| f.instrument.is_some() || !is_loose(f));
            found.map(|f| meant(outline, &addresses, &f, false)).collect()
        }
    }
}

/// Whether an outline is that of a draft, and not of an analysis that goes through one: its articles count from 1.
fn is_a_draft(outline: &Outline) -> bool {
    const FEW: usize = 3;
    let articles: Vec<u32> = outline
        .provisions
        .iter()
        .filter(|p| p.kind == ProvisionKind::Article)
        .filter_map(|p| p.number.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok())
        .collect();
    let steps = articles.windows(2).filter(|w| matches!(w, [a, b] if *b == a + 1 || a == b)).count();
    articles.first() == Some(&1) && articles.len() >= FEW && steps * 10 >= (articles.len() - 1) * 8
}

/// `paragraph 2`, `point (a)` without a unit: of no draft in particular.
fn is_loose(found: &Found) -> bool {
    found.parts.iter().all(|p| !matches!(p.from.start, Start::Unit(_)))
}

impl Reference {
    /// Whether it cites something of this instrument that is not in the draft.
    pub fn is_broken(&self) -> bool {
        self.instrument.is_none() && self.cited.iter().any(|c| c.meaning.is_missing())
    }
}

/// The references of a draft, and who refers to what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct References {
    /// In order of place, not overlapping.
    pub all: Vec<Reference>,
    /// For each provision the positions in [`all`](Self::all) of what cites it or something below it.
    cited_by: HashMap<ProvisionIndex, Vec<usize>>,
}

impl References {
    /// Those of a text. Takes time linear in the length of the text but for the length of runs.
    pub fn of(text: &str, outline: &Outline, addresses: &Addresses, names: &[&str]) -> Self {
        let mut references = Self::default();
        for found in find(text, names) {
            if is_label(outline, &found) {
                continue;
            }
            let reference = meant(outline, addresses, &found, true);
            // `point 4` of a text without such points is no citation of this draft.
            if is_loose(&found)
                && reference.instrument.is_none()
                && reference.cited.iter().all(|c| c.meaning.is_missing())
            {
                continue;
            }
            let position = references.all.len();
            for cited in &reference.cited {
                let targets = if cited.meaning.is_missing() { Vec::new() } else { cited.meaning.places() };
                for above in targets.into_iter().flat_map(|target| outline.ancestors(target)) {
                    let by = references.cited_by.entry(above).or_default();
                    if by.last() != Some(&position) {
                        by.push(position);
                    }
                }
            }
            references.all.push(reference);
        }
        references
    }

    /// Those of a text that speaks about a draft and is no part of it. `found` are the citations in it, in order;
    /// `around` says what one means that cannot be understood by itself, `paragraph 2 of this article`.
    pub fn about(
        outline: &Outline,
        addresses: &Addresses,
        found: &[Found],
        around: impl Fn(&Found) -> Vec<Cited>,
    ) -> Self {
        let read = |f: &Found| {
            if f.instrument.is_some() || !is_loose(f) {
                return Some(meant(outline, addresses, f, false));
            }
            let cited = around(f);
            (!cited.is_empty()).then_some(Reference { range: f.range, from: None, cited, instrument: None })
        };
        Self { all: found.iter().filter_map(read).collect(), cited_by: HashMap::default() }
    }

    /// The references that stand in a stretch of the text, in bytes.
    pub fn within(&self, range: TextRange) -> &[Reference] {
        let first = self.all.partition_point(|r| r.range.end <= range.start);
        let last = self.all.partition_point(|r| r.range.start < range.end);
        self.all.get(first..last.max(first)).unwrap_or(&[])
    }

    /// The reference at a byte of the text.
    pub fn at(&self, offset: usize) -> Option<&Reference> {
        let next = self.all.partition_point(|r| r.range.start <= offset);
        self.all.get(next.checked_sub(1)?).filter(|r| r.range.contains(offset))
    }

    /// What refers to a provision or to something in it, from outside of it, in order of place.
    pub fn citing(&self, outline: &Outline, provision: ProvisionIndex) -> Vec<&Reference> {
        let by = self.cited_by.get(&provision).map_or(&[] as &[usize], Vec::as_slice);
        let outside = |r: &&Reference| r.from.is_none_or(|from| !outline.is_within(from, provision));
        by.iter().filter_map(|&i| self.all.get(i)).filter(outside).collect()
    }
}

/// What a citation means in a draft; `inside` says that its words stand in the draft's own text.
pub fn meant(outline: &Outline, addresses: &Addresses, found: &Found, inside: bool) -> Reference {
    let from = if inside { outline.at(found.range.start) } else { None };
    let mut cited = Vec::new();
    if found.instrument.is_none() {
        for part in &found.parts {
            for (address, meaning) in addresses.part(outline, part, from, found.said) {
                let printed = match &meaning {
                    Resolution::Exact(all) => all.first().and_then(|&i| addresses.citation(i)).cloned(),
                    _ => address.citation(),
                };
                let within = if matches!(meaning, Resolution::Exact(_)) { Vec::new() } else { address.within };
                cited.push(Cited { range: part.range, citation: printed, within, meaning });
            }
        }
    }
    Reference { range: found.range, from, cited, instrument: found.instrument.clone() }
}

/// Whether these words are the label or the heading of a provision: it does not cite itself.
fn is_label(outline: &Outline, found: &Found) -> bool {
    let at = found.range.start;
    outline
        .at(at)
        .into_iter()
        .flat_map(|i| outline.ancestors(i))
        .filter_map(|i| outline.get(i))
        .any(|p| !p.label_range.is_empty() && p.label_range.start <= at && at < p.label_range.end && p.kind.is_headed())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Provision;

    /// Article 1 with paragraphs 1 and 2, the first with points (a) and (b); Article 2.
    fn draft() -> (String, Outline) {
        let text = "Article 1\n\n1. See paragraph 2 and:\n\n(a) point (b);\n\n(b) Article 2;\n\n2. See Article 9.\n\nArticle 2\n\nAs in Article 1(1)(a) or 1(b)."
            .to_owned();
        let mut outline = Outline::default();
        let mut add = |kind, label: &str, number: &str, end: &str, parent: Option<u32>, subtree_end| {
            let start = text.find(&format!("\n\n{label}")).map_or(0, |at| at + 2);
            let end = text.find(end).map_or(0, |at| at + end.len());
            outline.provisions.push(Provision {
                kind,
                label: label.to_owned(),
                number: number.to_owned(),
                label_range: TextRange { start, end: start + label.len() },
                heading: None,
                heading_range: None,
                range: TextRange { start, end },
                parent: parent.map(ProvisionIndex),
                subtree_end,
                ordinal: 0,
            });
        };
        add(ProvisionKind::Article, "Article 1", "1", "Article 9.", None, 5);
        add(ProvisionKind::Paragraph, "1.", "1", "Article 2;", Some(0), 4);
        add(ProvisionKind::Subparagraph, "(a)", "a", "point (b);", Some(1), 3);
        add(ProvisionKind::Subparagraph, "(b)", "b", "Article 2;", Some(1), 4);
        add(ProvisionKind::Paragraph, "2.", "2", "Article 9.", Some(0), 5);
        add(ProvisionKind::Article, "Article 2", "2", "1(b).", None, 6);
        assert_eq!(outline.fault(&text), None);
        (text, outline)
    }

    #[test]
    fn provisions_cite_each_other() {
        let (text, outline) = draft();
        let addresses = Addresses::of(&outline);
        let references = References::of(&text, &outline, &addresses, &[]);
        let read: Vec<(String, Vec<String>, bool)> = references
            .all
            .iter()
            .map(|r| {
                let cited = r.cited.iter().filter_map(|c| c.citation.as_ref()).map(ToString::to_string).collect();
                (r.range.of(&text).unwrap().to_owned(), cited, r.is_broken())
            })
            .collect();
        let expected = [
            ("paragraph 2", vec!["1(2)"], false),
            ("point (b)", vec!["1(1)(b)"], false),
            ("Article 2", vec!["2"], false),
            ("Article 9", vec!["9"], true),
            ("Article 1(1)(a) or 1(b)", vec!["1(1)(a)", "1(b)"], false),
        ];
        let expected: Vec<(String, Vec<String>, bool)> = expected
            .into_iter()
            .map(|(words, cited, broken)| (words.to_owned(), cited.into_iter().map(str::to_owned).collect(), broken))
            .collect();
        assert_eq!(read, expected);
        let loose = &references.all[4].cited[1];
        assert_eq!(loose.meaning, Resolution::Only(ProvisionIndex(3)));
        let by = |i: u32| references.citing(&outline, ProvisionIndex(i)).len();
        assert_eq!((by(0), by(3), by(4), by(5)), (1, 2, 1, 1));
    }
}
