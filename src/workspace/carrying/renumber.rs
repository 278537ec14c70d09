//! What a recommendation cites, under the numbers of a later draft.

use std::collections::BTreeMap;

use crate::citation::{Addresses, Found, find, print_list_in};
use crate::model::{Citation, CitationStyle, ProvisionIndex, ProvisionKind, Recommendation};

use crate::workspace::comparisons::Pair;

/// A recommendation under the numbers of another draft, to be offered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Renumbering {
    /// The targets as they would be.
    pub targets: Vec<String>,
    /// The proposed words as they would be.
    pub proposed: String,
    /// What would change, each as it is and as it would be.
    pub changes: Vec<(String, String)>,
    /// What it cites that is in the old draft and no longer in the new one.
    pub gone: Vec<String>,
}

/// Reads citations by the numbers of the old draft of a pair and prints them by those of the new one.
pub(super) struct Renumberer<'p> {
    pair: &'p Pair,
    addresses: Addresses,
    names: Vec<&'p str>,
    style: CitationStyle,
}

impl<'p> Renumberer<'p> {
    /// For a pair of drafts; `names` are those of the instrument.
    pub fn new(pair: &'p Pair, names: Vec<&'p str>, style: CitationStyle) -> Self {
        Self { addresses: Addresses::of(pair.outlines()[0]), pair, names, style }
    }

    /// What to offer; none where nothing changes and nothing is gone.
    pub fn offer(&self, recommendation: &Recommendation) -> Option<Renumbering> {
        let (mut changes, mut gone) = (Vec::new(), Vec::new());
        let mut put = |text: &String| self.renumbered(text, &mut changes, &mut gone);
        let targets = recommendation.targets.iter().map(&mut put).collect();
        let proposed = put(&recommendation.proposed);
        let something = !changes.is_empty() || !gone.is_empty();
        something.then_some(Renumbering { targets, proposed, changes, gone })
    }

    /// A text with each of its citations under the new numbers; what cannot be told stays as it is.
    fn renumbered(&self, text: &str, changes: &mut Vec<(String, String)>, gone: &mut Vec<String>) -> String {
        let mut put = String::with_capacity(text.len());
        let mut at = 0;
        for found in find(text, &self.names).iter().filter(|f| f.instrument.is_none()) {
            let Some(words) = found.range.of(text) else { continue };
            let (old, new, lost) = self.both(found);
            gone.extend(lost.iter().map(|c| crate::citation::print(c, self.style)));
            // A citation of which something is gone stays, and that is told: what is left of it would say something else.
            if old == new || !lost.is_empty() {
                continue;
            }
            let printed = print_list_in(&new, self.style, self.pair.outlines()[1]);
            let plain = |text: &str| text.split_whitespace().collect::<String>().to_lowercase();
            // Only written otherwise: `3bis` and `3 bis`.
            if plain(&printed) == plain(words) {
                continue;
            }
            put.push_str(&text[at..found.range.start]);
            put.push_str(&printed);
            at = found.range.end;
            changes.push((words.to_owned(), printed));
        }
        put.push_str(&text[at..]);
        put
    }

    /// What a citation means in the old draft, what that is in the new one, and which of it is not there any more.
    fn both(&self, found: &Found) -> (Vec<Citation>, Vec<Citation>, Vec<Citation>) {
        let [old_outline, new_outline] = self.pair.outlines();
        let (mut old, mut new, mut gone) = (Vec::new(), Vec::new(), Vec::new());
        for part in &found.parts {
            for (_, meaning) in self.addresses.part(old_outline, part, None, found.said) {
                let Some(provision) = meaning.one() else { continue };
                let cited = old_outline.citation(provision);
                let row = self.pair.concordance.of_old(provision, old_outline).filter(|r| r.old == Some(provision));
                let Some(row) = row else { continue };
                let went = if row.new.is_empty() {
                    taken_up(self.pair, provision).into_iter().collect()
                } else {
                    row.new.clone()
                };
                if went.is_empty() {
                    gone.push(cited.clone());
                }
                old.push(cited);
                for citation in went.into_iter().map(|q| new_outline.citation(q)) {
                    if !new.contains(&citation) {
                        new.push(citation);
                    }
                }
            }
        }
        (old, new, gone)
    }
}

/// The article of the newer draft that took up most of what is left of an article that has no counterpart.
pub(in crate::workspace) fn taken_up(pair: &Pair, provision: ProvisionIndex) -> Option<ProvisionIndex> {
    let [old, new] = pair.outlines();
    let article = old.get(provision).filter(|p| p.kind == ProvisionKind::Article)?;
    let below = (provision.0 + 1..article.subtree_end).map(ProvisionIndex);
    let rows = below.filter_map(|p| pair.concordance.of_old(p, old).filter(|r| r.old == Some(p)));
    let mut counts: BTreeMap<ProvisionIndex, usize> = BTreeMap::new();
    for article in rows.filter_map(|r| new.article(*r.new.first()?)) {
        *counts.entry(article).or_default() += 1;
    }
    let all: usize = counts.values().sum();
    counts.into_iter().find(|(_, n)| 2 * n > all).map(|(article, _)| article)
}
