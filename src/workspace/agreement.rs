//! How far the analysts of a project agree: on what to flag at all, concern by concern, and where they differ.

use std::collections::{BTreeMap, BTreeSet};

use super::Workspace;
use serde::{Deserialize, Serialize};

use super::matrix::provision_of;
use crate::model::sentences::sentences;
use crate::model::{AnalystId, Annotation, Citation, ConcernId, Draft, DraftId, Project, ProvisionIndex, TextRange};
use crate::reconcile::{Figures, Flag, Ratings, Split, Units, splits};

/// What analysts are asked about, one by one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AgreementUnit {
    /// An article, annex, recital, or what else stands beside those, with all below it.
    Article,
    /// The own words of a provision: a paragraph, a point, the opening words above points.
    #[default]
    Provision,
    /// A sentence of a provision's own words.
    Sentence,
    /// A single character, for which it matters where a remark begins and ends.
    Character,
}

impl AgreementUnit {
    /// All of them, the largest first.
    pub const ALL: [Self; 4] = [Self::Article, Self::Provision, Self::Sentence, Self::Character];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Provision => "provision",
            Self::Sentence => "sentence",
            Self::Character => "character",
        }
    }

    /// From its word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|u| u.word().eq_ignore_ascii_case(word.trim()))
    }
}

/// What a row of figures is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// Whether a unit was flagged at all, with whatever concern or none.
    Any,
    /// Whether a unit was flagged with this concern, or one below it.
    Concern(ConcernId),
    /// All concerns together: each concern on each unit is one question.
    AllConcerns,
}

/// A stretch of a draft on which the analysts who looked do not say the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Which draft.
    pub draft: DraftId,
    /// Where, in bytes of its text.
    pub range: TextRange,
    /// The provision it stands in.
    pub citation: Citation,
    /// For each analyst whether it was flagged, or nothing where the analyst has not looked.
    pub values: Vec<Option<bool>>,
}

/// The figures of one subject.
#[derive(Clone, Debug, PartialEq)]
pub struct AgreementRow {
    /// What they are about.
    pub subject: Subject,
    /// How far the analysts agree.
    pub figures: Figures,
    /// How many units each analyst flagged.
    pub flagged: Vec<u64>,
    /// Where they differ, in the order of drafts and texts; none for all concerns together.
    pub differences: Vec<Difference>,
    /// What was said of the units: each way of rating them, with the number of units.
    pub ratings: Ratings,
}

/// How far the analysts agree.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AgreementTable {
    /// The analysts, by name.
    pub analysts: Vec<(AnalystId, String)>,
    /// The drafts that at least one of them has looked at, in order.
    pub drafts: Vec<DraftId>,
    /// Any remark first, then the concerns in use in the order of the codebook, then all of them together.
    pub rows: Vec<AgreementRow>,
}

/// Who and what is compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AgreementWish {
    /// Only these analysts; all of them if empty.
    pub analysts: Vec<AnalystId>,
    /// Only this draft.
    pub draft: Option<DraftId>,
    /// What they are asked about.
    pub unit: AgreementUnit,
    /// Only what an analyst flagged or marked as read counts as looked at, instead of all of a draft they remarked on.
    pub only_marked: bool,
}

impl Workspace {
    /// How far the analysts of the project agree. An analyst who has placed a remark in a draft has looked at all of it,
    /// and says no where there is no remark; of other drafts the analyst says nothing, but where they marked a provision
    /// as read. What the team made of all is nobody's word.
    pub fn agreement(&self, wish: &AgreementWish) -> AgreementTable {
        self.project().map(|p| AgreementTable::of(p, wish)).unwrap_or_default()
    }
}

impl AgreementTable {
    /// Of the sets of a project.
    pub fn of(project: &Project, wish: &AgreementWish) -> Self {
        let team = project.team();
        let wanted = |id: AnalystId| (wish.analysts.is_empty() && id != team) || wish.analysts.contains(&id);
        let mut analysts: Vec<(AnalystId, String)> = project
            .sets
            .values()
            .map(|s| (s.analyst.id, s.analyst.name.clone()))
            .filter(|(id, _)| wanted(*id))
            .collect();
        analysts.sort_by_key(|(id, name)| (name.to_lowercase(), *id));
        let mut table = Self { analysts, ..Self::default() };
        let used: Vec<ConcernId> = {
            let is_used = |c: ConcernId| {
                table.remarks(project).any(|(_, a)| a.concerns.iter().any(|&id| project.codebook.is_within(id, c)))
            };
            project.codebook.tree().iter().map(|(_, c)| c.id).filter(|&c| is_used(c)).collect()
        };
        let subjects = std::iter::once(Subject::Any).chain(used.into_iter().map(Subject::Concern));
        let raters = table.analysts.len();
        let mut rows: Vec<AgreementRow> = subjects.map(|s| AgreementRow::new(s, raters)).collect();
        for draft in project.drafts.iter().filter(|d| wish.draft.is_none_or(|id| id == d.id)) {
            let spoke = table.spoke(project, draft);
            let looked = table.looked(project, draft, &spoke, wish.only_marked);
            if looked.is_empty() && spoke.is_empty() {
                continue;
            }
            table.drafts.push(draft.id);
            let ranges: Option<Vec<TextRange>> =
                units(draft, wish.unit).map(|units| units.into_iter().map(|(_, range)| range).collect());
            for row in &mut rows {
                let flags = table.flags(project, draft, row.subject);
                let units = match &ranges {
                    Some(units) => Units::Given(units),
                    None => Units::Characters(&draft.text),
                };
                row.add(draft, &splits(raters, units, &flags, &looked));
            }
        }
        let mut all = AgreementRow::new(Subject::AllConcerns, raters);
        for row in rows.iter().filter(|r| matches!(r.subject, Subject::Concern(_))) {
            all.ratings.extend(&row.ratings);
            all.flagged.iter_mut().zip(&row.flagged).for_each(|(sum, n)| *sum += n);
        }
        if rows.len() > 2 {
            rows.push(all);
        }
        for row in &mut rows {
            row.figures = row.ratings.figures();
        }
        table.rows = rows;
        table
    }

    /// What the analysts said of each unit of a draft that one of them looked at, in order; nothing of characters.
    pub fn splits(
        &self,
        project: &Project,
        draft: &Draft,
        subject: Subject,
        unit: AgreementUnit,
        only_marked: bool,
    ) -> Vec<(ProvisionIndex, Split)> {
        let units = units(draft, unit).unwrap_or_default();
        let ranges: Vec<TextRange> = units.iter().map(|(_, range)| *range).collect();
        let looked = self.looked(project, draft, &self.spoke(project, draft), only_marked);
        let flags = self.flags(project, draft, subject);
        let of: BTreeMap<usize, ProvisionIndex> = units.iter().map(|(index, range)| (range.start, *index)).collect();
        let splits = splits(self.analysts.len(), Units::Given(&ranges), &flags, &looked);
        splits.into_iter().filter_map(|s| Some((*of.get(&s.range.start)?, s))).collect()
    }

    fn flags(&self, project: &Project, draft: &Draft, subject: Subject) -> Vec<Flag> {
        let meant = |a: &Annotation| match subject {
            Subject::Concern(c) => a.concerns.iter().any(|&id| project.codebook.is_within(id, c)),
            Subject::Any | Subject::AllConcerns => true,
        };
        let flag = |(rater, a): (usize, &Annotation)| {
            Some(Flag { rater, range: a.anchor_in(draft.id)?.range.fitted(&draft.text) })
        };
        self.remarks(project).filter(|(_, a)| meant(a)).filter_map(flag).collect()
    }

    /// Who has a remark in a draft.
    fn spoke(&self, project: &Project, draft: &Draft) -> BTreeSet<usize> {
        self.remarks(project).filter(|(_, a)| a.anchor_in(draft.id).is_some()).map(|(r, _)| r).collect()
    }

    /// What each analyst looked at of a draft: all of it, or what they marked as read.
    fn looked(&self, project: &Project, draft: &Draft, spoke: &BTreeSet<usize>, only_marked: bool) -> Vec<Flag> {
        let mut looked = Vec::new();
        for (rater, (analyst, _)) in self.analysts.iter().enumerate() {
            if spoke.contains(&rater) && !only_marked {
                looked.push(Flag { rater, range: TextRange { start: 0, end: draft.text.len() } });
                continue;
            }
            let marks = project.sets.get(analyst).and_then(|s| s.read.get(&draft.id)).into_iter().flatten();
            let provisions = marks.filter_map(|(range, mark)| draft.outline.get(provision_of(draft, *range, mark)?));
            // Units reach to where the next provision begins.
            let reach = |range: TextRange| {
                let rest = draft.text.get(range.end..).unwrap_or_default();
                TextRange { end: range.end + rest.len() - rest.trim_start().len(), ..range }
            };
            looked.extend(provisions.map(|p| Flag { rater, range: reach(p.range) }));
        }
        looked
    }

    /// Every remark with the position of its analyst.
    fn remarks<'p>(&self, project: &'p Project) -> impl Iterator<Item = (usize, &'p Annotation)> {
        let position: BTreeMap<AnalystId, usize> =
            self.analysts.iter().enumerate().map(|(i, (id, _))| (*id, i)).collect();
        let raised = project.annotations().filter(|(_, a)| a.kind.is_raised());
        raised.filter_map(move |(analyst, a)| Some((*position.get(&analyst)?, a)))
    }
}

impl AgreementRow {
    /// Its name on screen and in files.
    pub fn name(&self, project: &Project) -> String {
        match self.subject {
            Subject::Any => "Any remark".to_owned(),
            Subject::Concern(id) => project.codebook.get(id).map(|c| c.name.clone()).unwrap_or_default(),
            Subject::AllConcerns => "All concerns together".to_owned(),
        }
    }

    /// Why a figure is missing, where one is.
    pub fn why_undefined(&self) -> Option<&'static str> {
        let figures = &self.figures;
        if self.flagged.len() < 2 {
            return Some("there is nobody to compare with");
        }
        if figures.units == 0 {
            return Some("no two analysts looked at the same");
        }
        if figures.alpha.is_none() {
            let flagged = self.flagged.iter().any(|n| *n > 0);
            return Some(if flagged { "all flagged all of it" } else { "nobody flagged it" });
        }
        let kappa = figures.pairs.first().filter(|_| figures.pairs.len() == 1).is_some_and(|p| p.kappa.is_none());
        kappa.then_some("both said the same of everything")
    }

    fn new(subject: Subject, raters: usize) -> Self {
        Self {
            subject,
            figures: Figures::default(),
            flagged: vec![0; raters],
            differences: Vec::new(),
            ratings: Ratings::by(raters),
        }
    }

    /// Adds what was said of a draft.
    fn add(&mut self, draft: &Draft, splits: &[Split]) {
        for split in splits {
            self.ratings.add(split.units, split.values.iter().map(|v| v.map(u16::from)).collect());
            for (count, value) in self.flagged.iter_mut().zip(&split.values) {
                *count += if *value == Some(true) { split.units } else { 0 };
            }
            if split.differs() {
                let provision = draft.outline.covering(split.range.trimmed(&draft.text));
                let text = || Citation::to(crate::model::Place::Text);
                self.differences.push(Difference {
                    draft: draft.id,
                    range: split.range,
                    citation: provision.map_or_else(text, |p| draft.outline.citation(p)),
                    values: split.values.clone(),
                });
            }
        }
    }
}

/// A figure with so many digits behind the point, never as a zero below zero; nothing where it is not defined.
pub fn figure_words(figure: Option<f64>, scale: f64, places: usize) -> Option<String> {
    let words = format!("{:.places$}", figure? * scale);
    let is_zero = words.bytes().all(|b| matches!(b, b'-' | b'0' | b'.'));
    Some(if is_zero { words.trim_start_matches('-').to_owned() } else { words })
}

/// The units of a draft, in order; none where they are its characters.
pub(super) fn units(draft: &Draft, unit: AgreementUnit) -> Option<Vec<(ProvisionIndex, TextRange)>> {
    if unit == AgreementUnit::Character {
        return None;
    }
    let outline = &draft.outline;
    let mut units: Vec<(ProvisionIndex, TextRange)> = Vec::new();
    // Cut at the beginning of each provision, so that no character is in two units.
    let starts: Vec<_> = outline.indices().filter_map(|i| Some((i, outline.get(i)?.range.start))).collect();
    for (at, &(index, start)) in starts.iter().enumerate() {
        let end = starts.get(at + 1).map_or(draft.text.len(), |&(_, next)| next);
        let of = if unit == AgreementUnit::Article { outline.unit(index) } else { index };
        let range = TextRange { start, end: end.max(start) };
        match units.last_mut() {
            Some((last, joined)) if *last == of => joined.end = range.end,
            _ => units.push((of, range)),
        }
    }
    if unit == AgreementUnit::Sentence {
        let of = |(index, range): (ProvisionIndex, TextRange)| {
            sentences(&draft.text, range, &[]).into_iter().map(move |sentence| (index, sentence))
        };
        units = units.into_iter().flat_map(of).collect();
    }
    units.retain(|(_, range)| range.of(&draft.text).is_some_and(|t| t.chars().any(char::is_alphanumeric)));
    Some(units)
}

#[cfg(test)]
mod tests {
    use super::figure_words;

    #[test]
    fn no_figure_is_a_zero_below_zero() {
        for (figure, words) in [
            (Some(-0.0004), Some("0.000")),
            (Some(-0.0006), Some("-0.001")),
            (Some(0.0), Some("0.000")),
            (Some(1.0), Some("1.000")),
            (None, None),
        ] {
            assert_eq!(figure_words(figure, 1.0, 3).as_deref(), words, "{figure:?}");
        }
    }
}
