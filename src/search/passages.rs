//! What the index holds one document for: the own words of each provision of a draft.
//!
//! [`Outline::own_range`](crate::model::Outline::own_range) ends at the first child; words that follow the children
//! (flush text after lettered points) are the provision's own as well, and words outside every provision (a title page)
//! can be found too.

use std::sync::OnceLock;

use super::language::Number;
use super::languages::Tongue;
use crate::model::{Draft, ProvisionIndex, TextRange};

/// A stretch, or several, that a search finds as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Passage {
    /// The provision; none for words outside every provision.
    pub provision: Option<ProvisionIndex>,
    /// Its own words in order, without white space at the ends; empty for a provision that only holds others.
    pub parts: Vec<TextRange>,
    /// The language it is read in.
    pub tongue: Tongue,
}

impl Passage {
    fn of(provision: Option<ProvisionIndex>) -> Self {
        Self { provision, parts: Vec::new(), tongue: Tongue::PLAIN }
    }
}

/// The passages of one draft.
#[derive(Clone, Debug, Default)]
pub(super) struct Passages {
    /// First one for each provision, in the outline's order; then those outside.
    pub list: Vec<Passage>,
    /// Those that have words, by the place of their first word.
    pub order: Vec<u32>,
    /// All parts by place, each with the number of its passage.
    parts: Vec<(TextRange, u32)>,
    /// The articles and their numbers, from when they are first asked for.
    pub articles: OnceLock<Vec<(ProvisionIndex, Number)>>,
}

impl Passages {
    /// Reads a draft's outline once, and enough of its words to tell which passages are in another language than its own.
    pub(super) fn of(draft: &Draft) -> Self {
        let provisions = &draft.outline.provisions;
        let list = draft.outline.indices().map(|i| Passage::of(Some(i))).collect();
        let mut passages = Self { list, ..Self::default() };
        let mut open: Vec<(u32, usize)> = Vec::new();
        let mut at = 0;
        for (number, provision) in (0..).zip(provisions) {
            let range = provision.range.fitted(&draft.text);
            while let Some(&(owner, end)) = open.last()
                && end <= range.start
            {
                passages.add(draft, Some(owner), at, end);
                at = at.max(end);
                open.pop();
            }
            passages.add(draft, open.last().map(|o| o.0), at, range.start);
            at = at.max(range.start);
            open.push((number, range.end));
        }
        while let Some((owner, end)) = open.pop() {
            passages.add(draft, Some(owner), at, end);
            at = at.max(end);
        }
        passages.add(draft, None, at, draft.text.len());
        passages.order = (0..).zip(&passages.list).filter(|(_, p)| !p.parts.is_empty()).map(|(i, _)| i).collect();
        let Self { order, list, .. } = &mut passages;
        order.sort_by_key(|&i| list[i as usize].parts.first().map(|p| p.start));
        passages.hear(draft);
        passages
    }

    /// Finds the language of each passage. One that does not tell (a heading, a few words) is in that of the passages
    /// around it if they agree, else in the draft's own.
    fn hear(&mut self, draft: &Draft) {
        let own = Tongue::of(&draft.details.language);
        let Self { order, list, .. } = self;
        let mut before = own;
        let mut untold = Vec::new();
        for &number in order.iter() {
            let Some(passage) = list.get_mut(number as usize) else { continue };
            let parts = passage.parts.iter().filter_map(|p| p.of(&draft.text));
            let Some(told) = Tongue::of_passage(&draft.details.language, parts) else {
                passage.tongue = own;
                untold.push(number);
                continue;
            };
            passage.tongue = told;
            if told == before && told != own {
                for &n in &untold {
                    list[n as usize].tongue = told;
                }
            }
            untold.clear();
            before = told;
        }
    }

    /// The numbers of the passages that share a word with `range`; an empty range stands for the character after it.
    pub(super) fn overlapping(&self, range: TextRange) -> impl Iterator<Item = usize> + '_ {
        let end = range.end.max(range.start + 1);
        let first = self.parts.partition_point(|(p, _)| p.end <= range.start);
        self.parts[first..].iter().take_while(move |(p, _)| p.start < end).map(|&(_, i)| i as usize)
    }

    fn add(&mut self, draft: &Draft, owner: Option<u32>, start: usize, end: usize) {
        if start >= end {
            return;
        }
        if let Some(owner) = owner {
            self.add_part(draft, owner, TextRange { start, end });
            return;
        }
        // Outside the provisions each paragraph of the page is found for itself.
        let blocks = &draft.outline.blocks;
        let first = blocks.partition_point(|b| b.start <= start);
        let inside = blocks[first..].iter().map(|b| b.start).take_while(|&s| s < end);
        let mut from = start;
        for to in inside.chain([end]) {
            let range = TextRange { start: from, end: to }.fitted(&draft.text);
            if to > from && !range.trimmed(&draft.text).is_empty() {
                let number = self.list.len() as u32;
                self.list.push(Passage::of(None));
                self.add_part(draft, number, range);
            }
            from = to;
        }
    }

    fn add_part(&mut self, draft: &Draft, owner: u32, range: TextRange) {
        let range = range.trimmed(&draft.text);
        if !range.is_empty()
            && let Some(passage) = self.list.get_mut(owner as usize)
        {
            passage.parts.push(range);
            self.parts.push((range, owner));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DraftDetails, DraftId, Outline, Provision, ProvisionKind};

    fn provision(kind: ProvisionKind, start: usize, end: usize, parent: Option<u32>, subtree_end: u32) -> Provision {
        Provision {
            kind,
            label: String::new(),
            number: String::new(),
            label_range: TextRange { start, end: start },
            heading: None,
            heading_range: None,
            range: TextRange { start, end },
            parent: parent.map(ProvisionIndex),
            subtree_end,
            ordinal: 0,
        }
    }

    #[test]
    fn every_word_belongs_to_one_passage() {
        let text = "Title\n\nPage\n\nShall:\n(a) one;\n(b) two;\nas agreed.\n\nEnd";
        let at = |w: &str| text.find(w).unwrap();
        let provisions = vec![
            provision(ProvisionKind::Article, at("Shall"), at("\n\nEnd"), None, 3),
            provision(ProvisionKind::Subparagraph, at("(a)"), at("\n(b)"), Some(0), 2),
            provision(ProvisionKind::Subparagraph, at("(b)"), at("\nas"), Some(0), 3),
        ];
        let blocks = ["Title", "Page", "Shall", "(a)", "(b)", "as", "End"];
        let blocks = blocks.map(|b| TextRange { start: at(b), end: at(b) + b.len() }).to_vec();
        let outline = Outline { provisions, blocks, ..Outline::default() };
        assert_eq!(outline.fault(text), None);
        let draft = Draft::new(DraftId(1), "d".into(), DraftDetails::default(), text, outline);
        let passages = Passages::of(&draft);
        let words: Vec<Vec<_>> = passages
            .order
            .iter()
            .map(|&i| passages.list[i as usize].parts.iter().filter_map(|p| p.of(text)).collect())
            .collect();
        let expected: [&[&str]; 6] =
            [&["Title"], &["Page"], &["Shall:", "as agreed."], &["(a) one;"], &["(b) two;"], &["End"]];
        assert_eq!(words, expected);
        let here = TextRange { start: at("two"), end: at("as") + 1 };
        assert_eq!(passages.overlapping(here).collect::<Vec<_>>(), [2, 0]);
        assert_eq!(passages.overlapping(TextRange { start: at("one"), end: at("one") }).collect::<Vec<_>>(), [1]);
    }
}
