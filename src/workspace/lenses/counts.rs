//! The words that bind, counted article by article, and what became of them since another draft.

use std::collections::{BTreeMap, BTreeSet};

use super::super::compared::Cite;
use crate::export::Table;
use crate::lens::{Force, Wording};
use crate::model::{Outline, ProvisionIndex};
use crate::reconcile::Concordance;

/// A draft whose words are counted.
#[derive(Clone, Copy)]
pub struct Worded<'a> {
    /// Its provisions.
    pub outline: &'a Outline,
    /// Its words.
    pub wording: &'a Wording,
}

/// The words of an article, and of its counterpart in the draft before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordRow {
    /// The article; none where it is in the other draft alone. Words outside of all articles have neither.
    pub new: Option<ProvisionIndex>,
    /// Its counterpart in the draft before.
    pub old: Option<ProvisionIndex>,
    /// How often each form stands in the draft before and in this one.
    pub words: BTreeMap<(Force, &'static str), [usize; 2]>,
}

impl WordRow {
    /// How many words of a kind there are in the draft before and in this one.
    pub fn count(&self, force: Force) -> [usize; 2] {
        let of = self.words.range((force, "")..).take_while(|((f, _), _)| *f == force);
        of.fold([0, 0], |sum, (_, n)| [sum[0] + n[0], sum[1] + n[1]])
    }

    /// How many words came or went.
    pub fn changed(&self) -> usize {
        self.words.values().map(|[old, new]| old.abs_diff(*new)).sum()
    }

    /// How much less it binds than before: obligations and prohibitions lost, and qualifiers and soft words won.
    pub fn loosened(&self) -> i64 {
        let by = |force| {
            let [old, new] = self.count(force).map(|n| n as i64);
            new - old
        };
        by(Force::Soft) + by(Force::Permission) + by(Force::Qualifier) - by(Force::Obligation) - by(Force::Prohibition)
    }

    /// `shall 6 → 4, may 1 → 3`; without a draft before, or for all that stayed, `shall 4`.
    pub fn in_words(&self, compared: bool, only_changed: bool) -> String {
        let shown = self.words.iter().filter(|(_, [old, new])| !only_changed || old != new);
        let said = shown.map(|((_, form), [old, new])| match compared && old != new {
            true => format!("{form} {old} \u{2192} {new}"),
            false => format!("{form} {new}"),
        });
        said.collect::<Vec<_>>().join(", ")
    }
}

/// The words of a draft, article by article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordTable {
    /// In the order of the draft; what is only in the draft before comes last. Articles without such words are left out.
    pub rows: Vec<WordRow>,
    /// All of it.
    pub total: WordRow,
    /// Whether another draft was counted as well.
    pub compared: bool,
}

type Counts = BTreeMap<Option<ProvisionIndex>, BTreeMap<(Force, &'static str), usize>>;

fn counts(of: Worded<'_>) -> Counts {
    let mut counts = Counts::new();
    for hit in of.wording.hits.iter().filter(|h| !h.goes_on) {
        let at = of.outline.at(hit.range.start);
        // What follows the last article of a text stands in none.
        let within = at.filter(|&i| of.outline.get(i).is_some_and(|p| p.range.contains(hit.range.start)));
        let unit = within.map(|i| of.outline.unit(i));
        *counts.entry(unit).or_default().entry((hit.force, hit.words)).or_default() += 1;
    }
    counts
}

impl WordTable {
    /// Of a draft alone.
    pub fn of(new: Worded<'_>) -> Self {
        Self::made(Counts::new(), counts(new), &BTreeMap::new(), false)
    }

    /// Of a draft and the one before, whose articles are matched by the concordance.
    pub fn against(old: Worded<'_>, new: Worded<'_>, concordance: &Concordance) -> Self {
        let is_unit = |outline: &Outline, i: ProvisionIndex| outline.unit(i) == i;
        let rows = concordance.rows.iter().filter_map(|row| Some((row.old?, *row.new.first()?)));
        let matched = rows.filter(|(p, q)| is_unit(old.outline, *p) && is_unit(new.outline, *q)).collect();
        Self::made(counts(old), counts(new), &matched, true)
    }

    fn made(mut old: Counts, new: Counts, matched: &BTreeMap<ProvisionIndex, ProvisionIndex>, compared: bool) -> Self {
        // Several can have become one.
        let mut before: BTreeMap<ProvisionIndex, Vec<ProvisionIndex>> = BTreeMap::new();
        for (&p, &q) in matched {
            before.entry(q).or_default().push(p);
        }
        let mut units: BTreeSet<Option<ProvisionIndex>> = new.keys().copied().collect();
        units.extend(matched.iter().filter(|(p, _)| old.contains_key(&Some(**p))).map(|(_, &q)| Some(q)));
        if old.contains_key(&None) {
            units.insert(None);
        }
        let mut table = Self { compared, ..Self::default() };
        for unit in units {
            let mut row = WordRow { new: unit, ..WordRow::default() };
            let olds: Vec<Option<ProvisionIndex>> = match unit {
                Some(q) => before.get(&q).into_iter().flatten().copied().map(Some).collect(),
                None => vec![None],
            };
            row.old = olds.first().copied().flatten();
            for gone in olds {
                row.add(old.remove(&gone).unwrap_or_default(), 0);
            }
            row.add(new.get(&unit).cloned().unwrap_or_default(), 1);
            table.rows.push(row);
        }
        // Words outside of all articles come last.
        let outside = table.rows.iter().position(|r| r.new.is_none()).map(|at| table.rows.remove(at));
        for (unit, words) in old {
            let mut row = WordRow { old: unit, ..WordRow::default() };
            row.add(words, 0);
            table.rows.push(row);
        }
        table.rows.extend(outside);
        for row in &table.rows {
            for (form, [old, new]) in &row.words {
                let sum = table.total.words.entry(*form).or_default();
                *sum = [sum[0] + old, sum[1] + new];
            }
        }
        table
    }

    /// For a file: a row for each article, a column for each kind, and the words.
    pub(in super::super) fn table(
        &self,
        names: [Option<&str>; 2],
        outlines: [Option<&Outline>; 2],
        cite: Cite<'_>,
    ) -> Table {
        let name = |side: usize| names[side].unwrap_or_default();
        let cited = |side: usize, i: Option<ProvisionIndex>| match (i, outlines[side]) {
            (Some(i), Some(outline)) => cite(&outline.citation(i)),
            _ => String::new(),
        };
        let heading = |row: &WordRow| match (row.new, row.old) {
            (Some(i), _) => outlines[1].and_then(|o| o.get(i)?.heading.clone()),
            (None, Some(i)) => outlines[0].and_then(|o| o.get(i)?.heading.clone()),
            _ => None,
        };
        let mut header: Vec<String> = vec![name(1).to_owned(), "heading".to_owned()];
        if self.compared {
            header.insert(1, name(0).to_owned());
        }
        for force in Force::ALL {
            if self.compared {
                header.push(format!("{} before", force.plural()));
            }
            header.push(force.plural().to_owned());
        }
        header.push("words".to_owned());
        if self.compared {
            header.push("what changed".to_owned());
        }
        let line = |row: &WordRow, first: String| {
            let mut cells = vec![first];
            if self.compared {
                cells.push(cited(0, row.old));
            }
            cells.push(heading(row).unwrap_or_default());
            for force in Force::ALL {
                let [old, new] = row.count(force);
                cells.extend(self.compared.then(|| old.to_string()));
                cells.push(new.to_string());
            }
            cells.push(row.in_words(false, false));
            cells.extend(self.compared.then(|| row.in_words(true, true)));
            cells
        };
        let first = |row: &WordRow| match (row.new, row.old) {
            (None, None) => "Outside the articles".to_owned(),
            (new, _) => cited(1, new),
        };
        let rows = self.rows.iter().map(|row| line(row, first(row)));
        Table {
            title: match names {
                [Some(old), Some(new)] => format!("Obligation words: {old} \u{2192} {new}"),
                [_, new] => format!("Obligation words: {}", new.unwrap_or_default()),
            },
            header,
            rows: rows.chain([line(&self.total, "All".to_owned())]).collect(),
        }
    }
}

impl WordRow {
    fn add(&mut self, words: BTreeMap<(Force, &'static str), usize>, side: usize) {
        for (form, n) in words {
            let both = self.words.entry(form).or_default();
            if let Some(count) = both.get_mut(side) {
                *count += n;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lens::Tongue;
    use crate::outline::recognize;
    use crate::reconcile::{Side, align};

    const OLD: &str = "CONVENTION ON LAMPS\n\nArticle 1\nKeepers\n\n1. Each keeper shall light the lamp. It shall burn all night.\n\n\
        2. A keeper may rest.\n\nArticle 2\nOil\n\n1. The oil shall be clean and clear as water, so that the light is seen from the sea.\n\n\
        Article 3\nBooks\n\n1. Keepers shall not sell the books of the house.\n";
    const NEW: &str = "CONVENTION ON LAMPS\n\nArticle 1\nKeepers\n\n1. Each keeper should light the lamp, as appropriate. It shall burn all night.\n\n\
        2. A keeper may rest and may sleep.\n\nArticle 2\nBooks\n\n1. Keepers shall not sell the books of the house.\n\n\
        Article 3\nOil\n\n1. The oil shall be clean and clear as water, so that the light is seen from the sea.\n";

    #[test]
    fn articles_are_counted_against_their_counterparts() {
        let outlines = [OLD, NEW].map(|text| recognize(text, &[]).outline);
        let wordings = [OLD, NEW].map(|text| Wording::of(text, Tongue::English));
        let [old, new] = [0, 1].map(|i| Side { text: [OLD, NEW][i], outline: &outlines[i] });
        let alignment = align(old, new, &|| true).unwrap();
        let concordance = Concordance::of(&alignment, old, new);
        let [old, new] = [0, 1].map(|i| Worded { outline: &outlines[i], wording: &wordings[i] });
        let table = WordTable::against(old, new, &concordance);
        let said: Vec<String> = table.rows.iter().map(|r| r.in_words(true, true)).collect();
        assert_eq!(
            said,
            ["shall 2 \u{2192} 1, should 0 \u{2192} 1, may 1 \u{2192} 2, as appropriate 0 \u{2192} 1", "", ""]
        );
        assert_eq!((table.rows[0].changed(), table.rows[0].loosened()), (4, 4));
        assert_eq!(table.total.count(Force::Obligation), [3, 2]);
        let sheet = table.table([Some("A"), Some("B")], [Some(&outlines[0]), Some(&outlines[1])], &|c| c.long());
        assert_eq!(sheet.rows[1][..3], ["Article 2", "Article 3", "Books"]);
        assert_eq!(sheet.rows[0].last().map(String::as_str), Some(said[0].as_str()));
        assert!(sheet.rows.iter().all(|r| r.len() == sheet.header.len()));

        let alone = WordTable::of(new);
        assert_eq!(alone.rows[0].in_words(false, false), "shall 1, should 1, may 2, as appropriate 1");
        let sheet = alone.table([None, Some("B")], [None, Some(&outlines[1])], &|c| c.long());
        assert!(sheet.rows.iter().all(|r| r.len() == sheet.header.len()));
        assert_eq!(sheet.rows.last().map(|r| r[0].as_str()), Some("All"));
    }
}
