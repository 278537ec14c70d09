//! The cross references of drafts: found once per draft in the background, kept as long as the draft and what its
//! instrument is called stay the same.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::citation::{Addresses, Cited, Reference, References, Resolution};
use crate::model::{Draft, DraftId, Outline, ProvisionIndex, ProvisionKind, TextRange};

use super::Workspace;
use super::outcome::Outcome;

/// What a cross reference is to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// It leads to a place in the draft.
    Leads,
    /// What it cites, or some of it, is not in the draft.
    Broken,
    /// It is of another instrument.
    Elsewhere,
}

/// Words that lead somewhere: a citation, or one of those a list has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its words, in bytes of the draft's text.
    pub range: TextRange,
    /// What it is.
    pub kind: LinkKind,
    /// The position in [`References::all`] of the citation it is, or is a part of.
    pub reference: usize,
    /// From which to before which of what that cites.
    cited: (usize, usize),
}

/// Where following a link goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lead {
    /// To one place; of a run, to its first.
    To(ProvisionIndex),
    /// Several can be meant: a person chooses.
    Choice(Vec<ProvisionIndex>),
    /// Nowhere: what it cites is not in the draft, or not in this instrument.
    Nowhere,
}

/// The cross references of a draft, ready to be drawn, followed and listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// The citations, and who cites what.
    pub references: References,
    /// What can be pointed at: in order of place, not overlapping.
    pub all: Vec<Link>,
    /// The positions in [`References::all`] of those that cite something the draft does not have.
    pub broken: Vec<usize>,
    /// The positions of those that stand in a table of contents: they lead somewhere, and refer to nothing.
    contents: Vec<usize>,
}

impl Links {
    /// Those of a text, with the names of its instrument. Takes time linear in the text but for the length of runs.
    pub fn of(text: &str, outline: &Outline, names: &[&str]) -> Self {
        let references = References::of(text, outline, &Addresses::of(outline), names);
        let mut all = Vec::with_capacity(references.all.len());
        let (mut broken, mut contents) = (Vec::new(), Vec::new());
        for (i, reference) in references.all.iter().enumerate() {
            let first = all.len();
            links_of(reference, i, &mut all);
            if is_in_contents(text, outline, reference) {
                contents.push(i);
                // `Scope of this Part 32` is on page 32.
                let gone = all.iter_mut().skip(first).filter(|l| l.kind == LinkKind::Broken);
                gone.for_each(|l| l.kind = LinkKind::Elsewhere);
            } else if reference.is_broken() {
                broken.push(i);
            }
        }
        Self { references, all, broken, contents }
    }

    /// Those of a text that speaks about a draft.
    pub(super) fn about(text: &str, references: References) -> Self {
        let mut links = Self::default();
        for (i, reference) in references.all.iter().enumerate().filter(|(_, r)| r.range.of(text).is_some()) {
            links_of(reference, i, &mut links.all);
            if reference.is_broken() {
                links.broken.push(i);
            }
        }
        links.references = references;
        links
    }

    /// The positions in [`References::all`] of what refers to a provision or to something in it, from outside of it, in
    /// order of place.
    pub fn citing(&self, outline: &Outline, provision: ProvisionIndex) -> Vec<usize> {
        let all = &self.references.all;
        let citing = self.references.citing(outline, provision).into_iter();
        let positions = citing.map(|r| all.partition_point(|other| other.range.start < r.range.start));
        positions.filter(|i| self.contents.binary_search(i).is_err()).collect()
    }

    /// The citation that a link is, or is a part of.
    pub fn reference(&self, link: usize) -> Option<&Reference> {
        self.references.all.get(self.all.get(link)?.reference)
    }

    /// What a link cites, provision by provision; nothing where that is of another instrument.
    pub fn cited(&self, link: usize) -> &[Cited] {
        let cited = self.all.get(link).and_then(|l| self.reference(link)?.cited.get(l.cited.0..l.cited.1));
        cited.unwrap_or_default()
    }

    /// Where following a link goes.
    pub fn lead(&self, link: usize) -> Lead {
        let found = self.cited(link).iter().map(|c| &c.meaning).find(|m| !m.is_missing());
        match found {
            Some(Resolution::Only(one)) => Lead::To(*one),
            Some(Resolution::Exact(all) | Resolution::Several(all)) => match all.as_slice() {
                [one] => Lead::To(*one),
                _ => Lead::Choice(all.clone()),
            },
            Some(Resolution::Missing(_)) | None => Lead::Nowhere,
        }
    }

    /// The link at a byte of the text.
    pub fn at(&self, offset: usize) -> Option<usize> {
        let at = self.all.partition_point(|l| l.range.start <= offset).checked_sub(1)?;
        self.all.get(at)?.range.contains(offset).then_some(at)
    }

    /// The next link, or the one before, that is of this draft, round the ends; from another, or from a place.
    pub fn step(&self, from: Option<usize>, place: usize, by: i32) -> Option<usize> {
        let steps = |i: &usize| self.all.get(*i).is_some_and(|l| l.kind != LinkKind::Elsewhere);
        let first = match from {
            Some(i) if by > 0 => i + 1,
            Some(i) => i,
            None => self.all.partition_point(|l| l.range.start < place),
        };
        let count = self.all.len();
        if by > 0 {
            (first..count).chain(0..first.min(count)).find(steps)
        } else {
            (0..first.min(count)).rev().chain((first.min(count)..count).rev()).find(steps)
        }
    }
}

/// The links of a citation: one for each provision or run it lists; one for all of it where they cannot be told apart.
fn links_of(reference: &Reference, at: usize, all: &mut Vec<Link>) {
    let cited = &reference.cited;
    if reference.instrument.is_some() {
        all.push(Link { range: reference.range, kind: LinkKind::Elsewhere, reference: at, cited: (0, 0) });
        return;
    }
    if cited.is_empty() {
        return;
    }
    let first = all.len();
    let mut from = 0;
    for to in 1..=cited.len() {
        let same = to < cited.len() && cited[to].range == cited[from].range;
        if same {
            continue;
        }
        // The words around a list belong to its first and its last.
        let start = if from == 0 { reference.range.start } else { cited[from].range.start };
        let end = if to == cited.len() { reference.range.end } else { cited[from].range.end };
        let before = all.get(first..).and_then(<[Link]>::last).map_or(reference.range.start, |l| l.range.end);
        if start < before || end <= start {
            // Words that are not one after the other.
            all.truncate(first);
            let link = Link { range: reference.range, kind: kind(cited), reference: at, cited: (0, cited.len()) };
            all.push(link);
            return;
        }
        let range = TextRange { start, end };
        all.push(Link { range, kind: kind(&cited[from..to]), reference: at, cited: (from, to) });
        from = to;
    }
}

/// Whether a citation is a line of a table of contents: outside of every provision, and with the number of a page at its
/// end.
fn is_in_contents(text: &str, outline: &Outline, reference: &Reference) -> bool {
    let is_body = |i| outline.get(i).is_none_or(|p| p.kind == ProvisionKind::Body);
    if !reference.from.is_none_or(is_body) {
        return false;
    }
    let at = outline.blocks.partition_point(|b| b.start <= reference.range.start);
    let Some(block) = at.checked_sub(1).and_then(|i| outline.blocks.get(i)) else { return false };
    let words = block.of(text).unwrap_or_default().trim_end();
    words.len() < LONGEST_ENTRY && words.ends_with(|c: char| c.is_numeric())
}

fn kind(cited: &[Cited]) -> LinkKind {
    if cited.iter().any(|c| c.meaning.is_missing()) { LinkKind::Broken } else { LinkKind::Leads }
}

/// What the references of a draft were found from: as long as that is the same, they are.
#[derive(Clone, Debug)]
pub struct Basis {
    text: Arc<str>,
    outline: Arc<Outline>,
    names: Vec<String>,
}

impl PartialEq for Basis {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.text, &other.text) && Arc::ptr_eq(&self.outline, &other.outline) && self.names == other.names
    }
}

/// What has been found, and what is being looked for.
#[derive(Debug, Default)]
pub(super) struct Kept {
    all: BTreeMap<DraftId, (Basis, Option<Arc<Links>>)>,
    /// The generation of the view when nothing had to be looked for.
    checked: Option<u64>,
}

/// A line of a table of contents is shorter than this, in bytes.
const LONGEST_ENTRY: usize = 300;

/// A caret further below the top of the page than this, in bytes, is not in sight.
const PAGE: usize = 3000;

impl Workspace {
    /// The citations in the open draft, once they have been found.
    pub fn references(&self) -> Option<&References> {
        self.links().map(|links| &links.references)
    }

    /// The cross references of the open draft as they are drawn and followed, once they have been found. The same
    /// `Arc` as long as they are the same.
    pub fn links(&self) -> Option<&Arc<Links>> {
        self.links_of(self.draft()?)
    }

    fn links_of(&self, draft: &Draft) -> Option<&Arc<Links>> {
        let (basis, links) = self.references.all.get(&draft.id)?;
        let same = Arc::ptr_eq(&basis.text, &draft.text) && Arc::ptr_eq(&basis.outline, &draft.outline);
        links.as_ref().filter(|_| same)
    }

    /// Starts to look for the references of the open draft, where they are not known or no longer hold.
    pub(super) fn find_references_if_due(&mut self) {
        let generation = self.derived.generation;
        if !self.attended || self.references.checked == Some(generation) {
            return;
        }
        self.references.checked = Some(generation);
        let Some(open) = &self.open else {
            self.references.all.clear();
            return;
        };
        self.references.all.retain(|&id, _| open.project.draft(id).is_some());
        let Some(draft) = self.draft() else { return };
        let id = draft.id;
        let basis = Basis { text: draft.text.clone(), outline: draft.outline.clone(), names: self.names_of(draft) };
        // One that failed is not tried again: it would fail again.
        if self.references.all.get(&id).is_some_and(|(known, _)| *known == basis) {
            return;
        }
        self.references.all.insert(id, (basis.clone(), None));
        self.view.reference = None;
        self.tasks.start_aside("Finding cross references", move |_| {
            let names: Vec<&str> = basis.names.iter().map(String::as_str).collect();
            let links = Links::of(&basis.text, &basis.outline, &names);
            Outcome::References(id, Box::new((basis, links)))
        });
    }

    /// Takes what was found, unless the draft has become another since.
    pub(super) fn take_references(&mut self, draft: DraftId, found: (Basis, Links)) {
        let (basis, links) = found;
        if let Some((_, kept)) = self.references.all.get_mut(&draft).filter(|(wanted, _)| *wanted == basis) {
            *kept = Some(Arc::new(links));
        }
    }

    /// Goes on to the next cross reference, or back to the one before: from the one that is shown, else from the caret
    /// if it is in sight, else from the top of the page.
    pub(super) fn cycle_reference(&mut self, by: i32) {
        let Some(links) = self.links().cloned() else {
            self.notices.done("The cross references of this draft are not found yet");
            return;
        };
        let top = self.view.draft_view().reading_at;
        let caret = self.view.selection().map(|s| s.head).filter(|&at| at >= top && at - top <= PAGE);
        let Some(next) = links.step(self.view.reference, caret.unwrap_or(top), by) else {
            self.notices.done("This draft has no cross references");
            return;
        };
        self.view.place = super::Place::Read;
        self.show_reference(Some(next));
    }

    /// Shows what a cross reference leads to, and puts the caret on it.
    pub(super) fn show_reference(&mut self, link: Option<usize>) {
        let found = link.and_then(|i| Some((i, self.links()?.all.get(i)?.range.start)));
        self.view.reference = found.map(|(i, _)| i);
        if let (Some((_, at)), Some(draft)) = (found, self.view.current) {
            self.view.note = None;
            self.view.drafts.entry(draft).or_default().selection = Some(super::Selection { anchor: at, head: at });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cited(range: (usize, usize), meaning: Resolution) -> Cited {
        let range = TextRange { start: range.0, end: range.1 };
        Cited { range, citation: None, within: Vec::new(), meaning }
    }

    fn check(cited: Vec<Cited>, expected: &[(usize, usize, LinkKind, Lead)]) {
        let range = TextRange { start: 10, end: 40 };
        let reference = Reference { range, from: None, cited, instrument: None };
        let mut links = Links::default();
        links_of(&reference, 0, &mut links.all);
        links.references.all.push(reference);
        let found: Vec<_> =
            links.all.iter().enumerate().map(|(i, l)| (l.range.start, l.range.end, l.kind, links.lead(i))).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn each_of_a_list_is_a_link_and_a_run_is_one() {
        let to = |i| Resolution::Exact(vec![ProvisionIndex(i)]);
        let lead = |i| Lead::To(ProvisionIndex(i));
        check(vec![cited((12, 20), to(1))], &[(10, 40, LinkKind::Leads, lead(1))]);
        check(
            vec![
                cited((10, 20), to(1)),
                cited((10, 20), to(2)),
                cited((25, 30), Resolution::Missing(Some(ProvisionIndex(3)))),
                cited((32, 36), Resolution::Several(vec![ProvisionIndex(4), ProvisionIndex(5)])),
            ],
            &[
                (10, 20, LinkKind::Leads, lead(1)),
                (25, 30, LinkKind::Broken, Lead::Nowhere),
                (32, 40, LinkKind::Leads, Lead::Choice(vec![ProvisionIndex(4), ProvisionIndex(5)])),
            ],
        );
        // One within the other, as words can stand in languages that put the number first.
        check(
            vec![cited((10, 40), to(1)), cited((20, 30), Resolution::Only(ProvisionIndex(2)))],
            &[(10, 40, LinkKind::Leads, lead(1))],
        );
        check(vec![], &[]);
    }

    #[test]
    fn stepping_leaves_other_instruments_out_and_goes_round() {
        let kinds = [LinkKind::Elsewhere, LinkKind::Leads, LinkKind::Elsewhere, LinkKind::Broken];
        let link = |(i, kind)| {
            let range = TextRange { start: i * 10, end: i * 10 + 5 };
            Link { range, kind, reference: i, cited: (0, 0) }
        };
        let links = Links { all: kinds.into_iter().enumerate().map(link).collect(), ..Links::default() };
        assert_eq!(
            (links.step(None, 0, 1), links.step(None, 12, 1), links.step(None, 99, 1)),
            (Some(1), Some(3), Some(1))
        );
        assert_eq!((links.step(Some(1), 0, 1), links.step(Some(3), 0, 1)), (Some(3), Some(1)));
        assert_eq!((links.step(Some(3), 0, -1), links.step(Some(1), 0, -1)), (Some(1), Some(3)));
        assert_eq!((links.step(None, 0, -1), links.step(None, 12, -1)), (Some(3), Some(1)));
        assert_eq!(Links::default().step(None, 0, 1), None);
        assert_eq!((links.at(12), links.at(16), links.at(0)), (Some(1), None, Some(0)));
    }
}
