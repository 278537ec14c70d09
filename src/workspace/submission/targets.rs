//! What a recommendation is about, under the numbers of the draft of the paper: the provisions it names, read and brought
//! from the draft they were cited by to this one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::clause::Page;
use super::phrases::Phrase;
use super::select::Item;
use crate::citation::{Addresses, expand, find, parse};
use crate::model::{Action, Annotation, Citation, DraftId, Placement, Project, ProvisionIndex, Reach};
use crate::workspace::Pair;
use crate::workspace::carrying::taken_up;

/// What a recommendation names.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Named {
    /// What could be read, under the numbers of the draft of the paper.
    pub citations: Vec<Citation>,
    /// The provisions of the draft that these are.
    pub provisions: Vec<ProvisionIndex>,
    /// What could not, as the analyst wrote it.
    pub unread: Vec<String>,
    /// The draft by whose numbers something of it is cited, where that could not be brought to this one.
    pub as_in: Option<DraftId>,
}

impl Named {
    /// A provision by its citation alone.
    pub fn of(citation: Citation) -> Self {
        Self { citations: vec![citation], ..Self::default() }
    }

    /// Whether the same is named.
    pub fn is_same_as(&self, other: &Self) -> bool {
        self.citations == other.citations && self.unread == other.unread
    }

    /// Whether nothing is named.
    pub fn is_empty(&self) -> bool {
        self.citations.is_empty() && self.unread.is_empty()
    }
}

/// Reads what recommendations name.
pub(super) struct Targets<'a> {
    addresses: Addresses,
    /// By the draft whose numbers are cited: its addresses and the way to the draft of the paper.
    older: BTreeMap<DraftId, (Addresses, &'a Arc<Pair>)>,
    names: Vec<String>,
}

impl<'a> Targets<'a> {
    /// For a paper; drafts whose comparison with that of the paper is not at hand cannot be read by their numbers.
    pub fn new(page: &Page<'_>, pairs: &'a BTreeMap<(DraftId, DraftId), Arc<Pair>>) -> Self {
        let to = page.draft.id;
        let ways = pairs.iter().filter(|((_, new), _)| *new == to);
        let older = ways.map(|((old, _), pair)| (*old, (Addresses::of(pair.outlines()[0]), pair))).collect();
        let details = &page.project.details;
        let names = [&details.title, &details.instrument].into_iter().filter(|n| !n.is_empty()).cloned().collect();
        Self { addresses: Addresses::of(&page.draft.outline), older, names }
    }

    /// What a remark's recommendation names.
    pub fn of(&self, item: &Item<'_>, page: &Page<'_>) -> Named {
        let Some(recommendation) = &item.annotation.recommendation else { return Named::default() };
        let mut named = Named::default();
        let by = numbering(item.annotation, page.project).filter(|by| *by != page.draft.id);
        for target in recommendation.targets.iter().map(|t| t.trim()).filter(|t| !t.is_empty()) {
            match self.read(target) {
                Some(citations) => self.bring(citations, by, item, page, &mut named),
                None => {
                    named.unread.push(target.to_owned());
                    named.as_in = named.as_in.or(by);
                }
            }
        }
        if named.is_empty() && comes_back(item.annotation, page.draft.id) {
            // Words that are to come back are asked for where their clause stands now.
            let stood = by.and_then(|by| item.annotation.anchor_in(by)).filter(|a| a.reach == Reach::Words);
            self.bring(stood.map(|a| a.citation.clone()).into_iter().collect(), by, item, page, &mut named);
            if named.as_in.is_some() {
                named = Named::default();
            }
        }
        let is_of_draft = |c: &Citation| self.addresses.meaning(&page.draft.outline, c).one();
        named.provisions = named.citations.iter().filter_map(is_of_draft).collect();
        named
    }

    /// The name of the draft by whose numbers the proposed words of a remark cite, where those are others in this draft.
    pub fn old_numbers(&self, item: &Item<'_>, page: &Page<'_>) -> Option<String> {
        let proposed = item.annotation.recommendation.as_ref().map(|r| r.proposed.as_str())?;
        let by = numbering(item.annotation, page.project).filter(|by| *by != page.draft.id)?;
        let (addresses, pair) = self.older.get(&by)?;
        let [old, new] = pair.outlines();
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        let found = find(proposed, &names);
        let cited = found.iter().filter(|f| f.instrument.is_none()).flat_map(|f| &f.parts).flat_map(expand);
        let is_other = |citation: Citation| {
            let provision = addresses.meaning(old, &citation).one();
            let row = provision.and_then(|p| pair.concordance.of_old(p, old).filter(|r| r.old == Some(p)));
            row.is_some_and(|r| !r.new.iter().any(|q| new.citation(*q).is_same_address(&citation)))
        };
        let differs = cited.filter_map(|a| a.citation()).any(is_other);
        differs.then(|| page.project.draft(by).map_or_else(String::new, |d| d.name().to_owned()))
    }

    /// The citations that a target consists of; nothing where there is more to it.
    fn read(&self, target: &str) -> Option<Vec<Citation>> {
        let mut all = Vec::new();
        for part in target.split(';').map(str::trim).filter(|p| !p.is_empty()) {
            // Numbers alone are those of articles: `28(4)`, `7 to 11`.
            let bare = part.starts_with(|c: char| c.is_ascii_digit()).then(|| format!("Articles {part}"));
            let found = self.all_of(part).or_else(|| self.all_of(&bare?)).or_else(|| Some(vec![parse(part)?]));
            all.extend(found?);
        }
        (!all.is_empty()).then_some(all)
    }

    /// The citations that are all of a text.
    fn all_of(&self, text: &str) -> Option<Vec<Citation>> {
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        let found = find(text, &names);
        let mut between = text.to_owned();
        for f in found.iter().rev() {
            between.replace_range(f.range.start..f.range.end, "");
        }
        let is_all =
            between.split(|c: char| !c.is_alphanumeric()).all(|w| matches!(w, "" | "and" | "et" | "y" | "the"));
        if found.is_empty() || !is_all || found.iter().any(|f| f.instrument.is_some()) {
            return None;
        }
        found.iter().flat_map(|f| &f.parts).flat_map(expand).map(|address| address.citation()).collect()
    }

    /// Brings citations from the draft they are of to that of the paper.
    fn bring(
        &self,
        citations: Vec<Citation>,
        by: Option<DraftId>,
        item: &Item<'_>,
        page: &Page<'_>,
        named: &mut Named,
    ) {
        let Some(by) = by.filter(|by| page.project.draft(*by).is_some()) else {
            named.citations.extend(citations);
            return;
        };
        let Some((addresses, pair)) = self.older.get(&by) else {
            named.as_in = Some(by);
            named.citations.extend(citations);
            return;
        };
        let [old, new] = pair.outlines();
        let stood = item.annotation.anchor_in(by).map(|a| &a.citation);
        for citation in citations {
            let provision = addresses.meaning(old, &citation).one();
            let row = provision.and_then(|p| pair.concordance.of_old(p, old).filter(|r| r.old == Some(p)));
            let mut brought: Vec<ProvisionIndex> = row.map(|r| r.new.clone()).unwrap_or_default();
            if brought.is_empty() {
                // What has no counterpart went where most of it went, or where the words of the remark did.
                brought.extend(provision.and_then(|p| taken_up(pair, p)));
            }
            if let (true, Some(clause), Some(stood)) = (brought.is_empty(), item.clause, stood) {
                if stood.is_same_address(&citation) {
                    brought.push(clause);
                } else if citation.points.is_empty() && stood.place == citation.place {
                    brought.push(new.unit(clause));
                }
            }
            if brought.is_empty() {
                // What is in neither draft, or no longer there, keeps the number it was cited by.
                named.as_in = Some(by);
                named.citations.push(citation);
            }
            for cited in brought.into_iter().map(|q| new.citation(q)) {
                if !named.citations.contains(&cited) {
                    named.citations.push(cited);
                }
            }
        }
    }
}

impl Page<'_> {
    /// Provisions that are named, as they stand within a sentence.
    pub fn listed(&self, named: &Named) -> String {
        let mut parts = Vec::new();
        if !named.citations.is_empty() {
            parts.push(self.speech.cited_list(&named.citations, &self.draft.outline));
        }
        parts.extend(named.unread.iter().cloned());
        let listed = self.speech.joined(&parts);
        match named.as_in.and_then(|d| self.project.draft(d)) {
            Some(draft) => self.speech.fill(Phrase::AsNumbered, &[("c", &listed), ("d", draft.name())]),
            None => listed,
        }
    }
}

/// The draft by whose numbers a remark's recommendation cites.
pub(super) fn numbering(annotation: &Annotation, project: &Project) -> Option<DraftId> {
    let made = |d: &DraftId| matches!(annotation.placements.get(d), Some(Placement::Made(_)));
    let there = annotation.numbering.filter(|&d| project.draft(d).is_some());
    there.or_else(|| project.drafts.iter().map(|d| d.id).find(made))
}

/// Whether words that a draft no longer has are to be retained.
fn comes_back(annotation: &Annotation, draft: DraftId) -> bool {
    let is_lost = matches!(annotation.placements.get(&draft), Some(Placement::Lost { .. }));
    is_lost && annotation.recommendation.as_ref().is_some_and(|r| r.action == Action::Retain)
}

/// The older drafts by whose numbers recommendations on a draft cite.
pub(super) fn numberings(project: &Project, draft: DraftId) -> BTreeSet<DraftId> {
    let at = project.draft_position(draft).unwrap_or(0);
    let is_older = |d: &DraftId| project.draft_position(*d).is_some_and(|older| older < at);
    let on_draft = project.annotations().map(|(_, a)| a).filter(|a| a.placements.contains_key(&draft));
    // Proposed words without a number cite nothing.
    let names = |a: &Annotation| {
        let cites = |words: &str| words.chars().any(|c| c.is_numeric() || c == '第');
        a.recommendation.as_ref().is_some_and(|r| !r.targets.is_empty() || cites(&r.proposed))
    };
    let asking = on_draft.filter(|a| names(a) || comes_back(a, draft));
    asking.filter_map(|a| numbering(a, project)).filter(is_older).collect()
}
