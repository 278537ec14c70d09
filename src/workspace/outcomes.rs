//! What became of remarks in a later draft, counted by concern; and what of that draft nobody has looked at yet.

use std::collections::{BTreeMap, BTreeSet};

use super::matrix::provision_of;
use super::{Pair, Workspace};
use crate::model::{Annotation, ConcernId, DraftId, Outcome, Outline, Placement, Project, ProvisionIndex, TextRange};
use crate::reconcile::{ComparedRow, Concordance};

/// What became of a remark in a later draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Became {
    /// The draft says what was asked for.
    Met,
    /// Some of it.
    PartlyMet,
    /// Nothing was mended.
    NotMet,
    /// It is worse.
    Worse,
    /// Nothing of its words stands there any more.
    Gone,
    /// Its words were not found; a person has to decide.
    Lost,
    /// It was carried, and nobody has looked at it.
    NotLookedAt,
    /// A person has looked at it and said nothing of the concern.
    NoOutcome,
    /// It was not carried to the draft.
    NotCarried,
}

impl Became {
    /// All of them, in the order of columns.
    pub const ALL: [Self; 9] = [
        Self::Met,
        Self::PartlyMet,
        Self::NotMet,
        Self::Worse,
        Self::Gone,
        Self::Lost,
        Self::NotLookedAt,
        Self::NoOutcome,
        Self::NotCarried,
    ];

    /// The words for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Met => Outcome::Met.word(),
            Self::PartlyMet => Outcome::PartlyMet.word(),
            Self::NotMet => Outcome::NotMet.word(),
            Self::Worse => Outcome::Worse.word(),
            Self::Gone => "gone",
            Self::Lost => "lost",
            Self::NotLookedAt => "not looked at",
            Self::NoOutcome => "no outcome",
            Self::NotCarried => "not carried",
        }
    }

    /// What it means, in a sentence.
    pub fn about(self) -> &'static str {
        match self {
            Self::Met => "The newer draft says what was asked for",
            Self::PartlyMet => "The newer draft says some of what was asked for",
            Self::NotMet => "Nothing was mended",
            Self::Worse => "It is worse than before",
            Self::Gone => "Nothing of the words stands in the newer draft",
            Self::Lost => "The words were not found, and a person has to decide",
            Self::NotLookedAt => "Carried to the newer draft, and nobody has looked yet",
            Self::NoOutcome => "Looked at, and nothing said of the concern",
            Self::NotCarried => "The remark was not carried to the newer draft",
        }
    }

    /// What became of a remark in a draft.
    pub fn in_draft(a: &Annotation, draft: DraftId) -> Self {
        match (a.outcomes.get(&draft), a.placements.get(&draft)) {
            (Some(Outcome::Met), _) => Self::Met,
            (Some(Outcome::PartlyMet), _) => Self::PartlyMet,
            (Some(Outcome::NotMet), _) => Self::NotMet,
            (Some(Outcome::Worse), _) => Self::Worse,
            (None, None) => Self::NotCarried,
            (None, Some(Placement::Made(_))) => Self::NoOutcome,
            (None, Some(Placement::Carried { .. })) => Self::NotLookedAt,
            (None, Some(Placement::Lost { deleted: true, .. })) => Self::Gone,
            (None, Some(Placement::Lost { reviewed: true, .. })) => Self::NoOutcome,
            (None, Some(Placement::Lost { .. })) => Self::Lost,
        }
    }

    /// What became of a remark between the first of the drafts in which it stands and the last of them; none where it
    /// stands in none before the last. What was gone or lost on the way had nothing to be carried on.
    pub fn over_all(a: &Annotation, drafts: &[DraftId]) -> Option<Self> {
        let (&last, before) = drafts.split_last()?;
        let first = before.iter().position(|&d| a.anchor_in(d).is_some())?;
        let now = Self::in_draft(a, last);
        if now == Self::Gone {
            // What was said of the deletion when it was looked at holds as long as it stays deleted.
            let deleted = |d: &&DraftId| matches!(a.placements.get(d), Some(Placement::Lost { deleted: true, .. }));
            let said = before.iter().rev().take_while(deleted).find_map(|d| a.outcomes.get(d).map(|_| *d));
            return Some(said.map_or(now, |d| Self::in_draft(a, d)));
        }
        if now == Self::NoOutcome {
            // Whoever looked at it again and said nothing new leaves what was said before.
            let said = before.iter().skip(first + 1).rev().find(|d| a.outcomes.contains_key(d));
            return Some(said.map_or(now, |&d| Self::in_draft(a, d)));
        }
        if now != Self::NotCarried {
            return Some(now);
        }
        let between = before.iter().skip(first + 1).rev();
        let latest = between.map(|&d| Self::in_draft(a, d)).find(|b| *b != Self::NotCarried);
        Some(latest.filter(|b| matches!(b, Self::Gone | Self::Lost)).unwrap_or(Self::NotCarried))
    }
}

/// How many remarks became what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutcomeCounts([usize; Became::ALL.len()]);

impl OutcomeCounts {
    /// How many became this.
    pub fn of(&self, became: Became) -> usize {
        self.0.get(became as usize).copied().unwrap_or(0)
    }

    /// All of them.
    pub fn all(&self) -> usize {
        self.0.iter().sum()
    }

    fn add(&mut self, became: Became) {
        if let Some(n) = self.0.get_mut(became as usize) {
            *n += 1;
        }
    }
}

/// A concern with what became of the remarks that have it, or one below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutcomeRow {
    /// Which; none for remarks without a concern.
    pub concern: Option<ConcernId>,
    /// How many concerns it stands below.
    pub depth: usize,
    /// What became of them.
    pub counts: OutcomeCounts,
}

/// What became of all concerns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcomes {
    /// In the order of the codebook; remarks without a concern last.
    pub rows: Vec<OutcomeRow>,
    /// Every remark once, however many concerns it has.
    pub total: OutcomeCounts,
    /// How many of them were carried to the newer draft, or found to be gone, and wait for a person to look.
    pub waiting: usize,
}

impl Outcomes {
    /// Counts what became of remarks between two drafts, or over all drafts of the project where none are named.
    pub fn of<'a>(
        project: &Project,
        remarks: impl Iterator<Item = &'a Annotation>,
        pair: Option<(DraftId, DraftId)>,
    ) -> Self {
        let tree = project.codebook.tree();
        // For every concern the rows it counts in: its own and those above it.
        let mut rows_of: BTreeMap<ConcernId, Vec<usize>> = BTreeMap::new();
        for (_, concern) in &tree {
            let above = tree.iter().enumerate().filter(|(_, (_, c))| project.codebook.is_within(concern.id, c.id));
            rows_of.insert(concern.id, above.map(|(at, _)| at).collect());
        }
        let row = |concern, depth| OutcomeRow { concern, depth, counts: OutcomeCounts::default() };
        let mut rows: Vec<OutcomeRow> = tree.iter().map(|&(depth, c)| row(Some(c.id), depth)).collect();
        rows.push(row(None, 0));
        let without = tree.len();
        let drafts: Vec<DraftId> = project.drafts.iter().map(|d| d.id).collect();
        let mut total = OutcomeCounts::default();
        let mut waiting = 0;
        let latest = pair.map(|(_, new)| new).or_else(|| drafts.last().copied());
        for a in remarks {
            let became = match pair {
                Some((old, new)) => a.anchor_in(old).map(|_| Became::in_draft(a, new)),
                None => Became::over_all(a, &drafts),
            };
            let Some(became) = became else { continue };
            total.add(became);
            let waits = latest.is_some_and(|d| a.placements.contains_key(&d) && !a.is_reviewed_in(d));
            waiting += usize::from(waits);
            let mut counted: BTreeSet<usize> =
                a.concerns.iter().filter_map(|c| rows_of.get(c)).flatten().copied().collect();
            if counted.is_empty() {
                counted.insert(without);
            }
            for at in counted {
                if let Some(row) = rows.get_mut(at) {
                    row.counts.add(became);
                }
            }
        }
        Self { rows, total, waiting }
    }
}

/// A provision of the newer draft that is new or edited, and that nobody has looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToDo {
    /// Which, in the newer draft.
    pub provision: ProvisionIndex,
    /// The one it came of in the older draft; none where it is new.
    pub old: Option<ProvisionIndex>,
    /// What became of it: `moved, edited`.
    pub words: String,
}

/// The provisions that are new or edited, or in which brackets were lifted or added, and that touch none of the places
/// that were looked at, in the order of the newer draft.
/// What is new as a whole is named once; of what is edited, the smallest provisions that are.
pub fn to_do(table: &Concordance, clauses: &[ComparedRow], new: &Outline, looked_at: &[TextRange]) -> Vec<ToDo> {
    let seen = Seen::of(looked_at);
    let mut open: BTreeMap<ProvisionIndex, ToDo> = BTreeMap::new();
    for row in table.rows.iter().filter(|row| row.old.is_none() || row.edited) {
        for &provision in &row.new {
            if new.get(provision).is_some_and(|p| !seen.touches(p.range)) {
                open.entry(provision).or_insert_with(|| ToDo { provision, old: row.old, words: row.words() });
            }
        }
    }
    for (provision, (lifted, added)) in brackets(clauses, new) {
        let Some(row) = table.of_new(provision, new).filter(|row| row.old.is_some()) else { continue };
        if new.get(provision).is_none_or(|p| seen.touches(p.range)) {
            continue;
        }
        // What changed in no word may have been agreed.
        let words = if row.edited { row.words() } else { String::new() };
        let item = open.entry(provision).or_insert(ToDo { provision, old: row.old, words });
        for (n, what) in [(lifted, "lifted"), (added, "added")].into_iter().filter(|(n, _)| *n > 0) {
            let comma = if item.words.is_empty() { "" } else { ", " };
            item.words.push_str(&format!("{comma}bracket{} {what}", if n == 1 { "" } else { "s" }));
        }
    }
    let above = |p: ProvisionIndex| new.ancestors(p).skip(1).filter_map(|a| open.get(&a));
    let mut implied: BTreeSet<ProvisionIndex> = BTreeSet::new();
    for item in open.values() {
        if item.old.is_none() && above(item.provision).any(|a| a.old.is_none()) {
            implied.insert(item.provision);
        } else {
            implied.extend(above(item.provision).filter(|a| a.old.is_some()).map(|a| a.provision));
        }
    }
    let mut list: Vec<ToDo> = open.into_values().filter(|item| !implied.contains(&item.provision)).collect();
    list.sort_by_key(|item| new.get(item.provision).map_or(0, |p| p.range.start));
    list
}

/// How many brackets were lifted and added in each provision that has an address.
pub(super) fn brackets(clauses: &[ComparedRow], new: &Outline) -> BTreeMap<ProvisionIndex, (u32, u32)> {
    let mut of: BTreeMap<ProvisionIndex, (u32, u32)> = BTreeMap::new();
    for clause in clauses.iter().filter(|c| c.brackets.0 + c.brackets.1 > 0) {
        let mut up = clause.new_provision.into_iter().flat_map(|p| new.ancestors(p));
        if let Some(provision) = up.find(|&p| new.is_addressed(p)) {
            let sums = of.entry(provision).or_default();
            *sums = (sums.0 + clause.brackets.0, sums.1 + clause.brackets.1);
        }
    }
    of
}

/// Ranges by start, each with the furthest end of those up to it.
pub(super) struct Seen(Vec<(usize, usize)>);

impl Seen {
    pub(super) fn of(ranges: &[TextRange]) -> Self {
        let mut ends: Vec<(usize, usize)> = ranges.iter().map(|r| (r.start, r.end)).collect();
        ends.sort_unstable();
        let mut furthest = 0;
        for (_, end) in &mut ends {
            furthest = furthest.max(*end);
            *end = furthest;
        }
        Self(ends)
    }

    pub(super) fn touches(&self, range: TextRange) -> bool {
        let before = self.0.partition_point(|(start, _)| *start < range.end);
        before.checked_sub(1).and_then(|at| self.0.get(at)).is_some_and(|(_, end)| *end > range.start)
    }
}

/// The heading of a provision, or of the nearest one above that has one.
pub fn heading_over(outline: &Outline, provision: ProvisionIndex) -> &str {
    outline.ancestors(provision).find_map(|p| outline.get(p)?.heading.as_deref()).unwrap_or_default()
}

impl Workspace {
    /// What became of the concerns of the analysts shown, between two drafts, or over all drafts where none are named.
    pub fn outcomes(&self, pair: Option<(DraftId, DraftId)>) -> Outcomes {
        let Some(project) = self.project() else { return Outcomes::default() };
        let shown = project.annotations().filter(|(analyst, _)| !self.view.hidden.contains(analyst));
        // What is said of safeguards raises no concern.
        let shown = shown.filter(|(_, a)| a.kind.is_raised());
        Outcomes::of(project, shown.map(|(_, a)| a), pair)
    }

    /// What is new or edited in the newer of two drafts and carries no annotation of one's own that was looked at.
    pub fn to_do(&self, pair: &Pair, new: DraftId) -> Vec<ToDo> {
        let [_, outline] = pair.outlines();
        to_do(&pair.concordance, &pair.comparison.rows, outline, &self.looked_at(new))
    }

    /// The first draft and the latest, where there are two.
    pub fn ends(&self) -> Option<(DraftId, DraftId)> {
        let drafts = &self.project()?.drafts;
        let (first, last) = (drafts.first()?.id, drafts.last()?.id);
        (first != last).then_some((first, last))
    }

    /// Where annotations of one's own stand in a draft that a person has looked at, and what one has marked as read.
    pub(super) fn looked_at(&self, draft: DraftId) -> Vec<TextRange> {
        let text = self.project().and_then(|p| p.draft(draft));
        let marks = self.own_set().and_then(|set| set.read.get(&draft)).into_iter().flatten();
        let read = marks.filter_map(|(range, mark)| {
            let text = text?;
            text.outline.get(provision_of(text, *range, mark)?).map(|p| p.range)
        });
        let own = self.project().into_iter().flat_map(Project::annotations).filter(|(who, _)| self.is_own(*who));
        let own = own.filter(|(_, a)| a.is_reviewed_in(draft)).filter_map(|(_, a)| Some(a.anchor_in(draft)?.range));
        own.chain(read).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Anchor, AnnotationId, AnnotationKind, Citation, Place, Quote, Reach, Verdict};
    use crate::outline;
    use crate::reconcile::{Comparison, Side, align};

    const DRAFTS: [DraftId; 4] = [DraftId(1), DraftId(2), DraftId(3), DraftId(4)];

    fn anchor() -> Anchor {
        Anchor {
            range: TextRange::new(0, 4),
            quote: Quote::default(),
            citation: Citation::to(Place::Text),
            reach: Reach::Words,
        }
    }

    fn made() -> Placement {
        Placement::Made(anchor())
    }

    fn carried() -> Placement {
        Placement::Carried { anchor: anchor(), from: DRAFTS[0], verdict: Verdict::Unchanged }
    }

    fn lost(deleted: bool, reviewed: bool) -> Placement {
        let citation = Citation::to(Place::Text);
        Placement::Lost { from: Some(DRAFTS[0]), quote: Quote::default(), citation, deleted, reviewed }
    }

    fn remark(placements: &[(usize, Placement)], outcomes: &[(usize, Outcome)]) -> Annotation {
        let now = jiff::Timestamp::UNIX_EPOCH;
        let mut a = Annotation::new(AnnotationId(1), AnnotationKind::Remark, DRAFTS[0], anchor(), now);
        a.placements = placements.iter().map(|(at, p)| (DRAFTS[*at], p.clone())).collect();
        a.outcomes = outcomes.iter().map(|(at, o)| (DRAFTS[*at], *o)).collect();
        a
    }

    #[test]
    fn a_draft_says_what_became_of_a_remark() {
        let check = |there: Option<Placement>, outcome: Option<Outcome>, expected: Became| {
            let placements: Vec<_> = there.into_iter().map(|p| (1, p)).collect();
            let outcomes: Vec<_> = outcome.into_iter().map(|o| (1, o)).collect();
            assert_eq!(Became::in_draft(&remark(&placements, &outcomes), DRAFTS[1]), expected);
        };
        check(None, None, Became::NotCarried);
        check(Some(made()), None, Became::NoOutcome);
        check(Some(carried()), None, Became::NotLookedAt);
        check(Some(lost(true, false)), None, Became::Gone);
        check(Some(lost(true, true)), None, Became::Gone);
        check(Some(lost(false, false)), None, Became::Lost);
        check(Some(lost(false, true)), None, Became::NoOutcome);
        // What a person said counts, wherever the words are.
        check(Some(made()), Some(Outcome::Met), Became::Met);
        check(Some(carried()), Some(Outcome::PartlyMet), Became::PartlyMet);
        check(Some(lost(true, true)), Some(Outcome::Worse), Became::Worse);
        check(None, Some(Outcome::NotMet), Became::NotMet);
    }

    #[test]
    fn over_all_drafts_the_first_is_set_against_the_last() {
        let check = |placements: &[(usize, Placement)], outcomes: &[(usize, Outcome)], expected: Option<Became>| {
            assert_eq!(Became::over_all(&remark(placements, outcomes), &DRAFTS), expected);
        };
        check(&[(0, made()), (3, carried())], &[], Some(Became::NotLookedAt));
        check(&[(1, made()), (2, made()), (3, made())], &[(2, Outcome::NotMet), (3, Outcome::Met)], Some(Became::Met));
        // What was asked for was struck, and that stays met as long as it stays struck.
        let gone = || lost(true, true);
        check(&[(0, made()), (1, gone()), (2, gone()), (3, gone())], &[(1, Outcome::Met)], Some(Became::Met));
        check(&[(0, made()), (1, gone()), (2, made()), (3, gone())], &[(1, Outcome::Met)], Some(Became::Gone));
        // Nothing can have become of it yet, or it stands nowhere.
        check(&[(3, made())], &[], None);
        check(&[(0, lost(false, false))], &[], None);
        // Gone on the way, there was nothing to be carried on; standing on the way, there was.
        check(&[(0, made()), (1, lost(true, false))], &[], Some(Became::Gone));
        check(&[(0, made()), (1, made()), (2, lost(false, false))], &[], Some(Became::Lost));
        check(&[(0, made()), (1, lost(true, false)), (2, made())], &[], Some(Became::NotCarried));
        check(&[(0, made()), (1, made())], &[(1, Outcome::Met)], Some(Became::NotCarried));
        assert_eq!(Became::over_all(&remark(&[(0, made())], &[]), &[]), None);
    }

    const OLD: &str = "\
CONVENTION ON HARBOR LIGHTS

Article 1
Definitions

1. A light is any lamp kept burning for the safety of ships that pass.
2. A keeper is a person whom a Party has [named] to watch over a light.

Article 2
Records

1. Each keeper shall record the name and the course of every ship that passes.
2. Records shall be handed over to any authority that asks for them.
";

    const NEW: &str = "\
CONVENTION ON HARBOR LIGHTS

Article 1
Definitions

1. A light is any lamp kept burning for the safety of ships that pass.
2. A keeper is a person whom a Party has named to watch over a light.

Article 2
Tolls

1. No toll is taken of fishermen returning from the open water.
2. Whatever else is levied goes to a common fund of the coast.

Article 3
Records

1. Each keeper shall record the name and the course of every ship that passes.
2. Records shall be handed over to a competent authority that asks for them.
";

    #[test]
    fn what_is_left_is_named_once() {
        let outlines = [OLD, NEW].map(|text| outline::recognize(text, &[]).outline);
        let [old, new] = [0, 1].map(|i| Side { text: [OLD, NEW][i], outline: &outlines[i] });
        let both = align(old, new, &|| true).unwrap();
        let table = Concordance::of(&both, old, new);
        let compared = Comparison::of(&both, old, new, &|| true).unwrap();
        let check = |seen: &[&str], expected: &[(&str, &str)]| {
            let places: Vec<TextRange> = seen
                .iter()
                .map(|words| NEW.find(words).map(|start| TextRange::new(start, start + words.len())).unwrap())
                .collect();
            let list = to_do(&table, &compared.rows, &outlines[1], &places);
            let cited: Vec<String> = list.iter().map(|t| outlines[1].citation(t.provision).to_string()).collect();
            let list: Vec<(&str, &str)> =
                cited.iter().map(String::as_str).zip(list.iter().map(|t| &*t.words)).collect();
            assert_eq!(list, expected, "{seen:?}");
        };
        check(&[], &[("1(2)", "bracket lifted"), ("2", "new"), ("3(2)", "renumbered, edited")]);
        // Elsewhere, and beside it, is not there.
        check(&["any lamp", "every ship"], &[("1(2)", "bracket lifted"), ("2", "new"), ("3(2)", "renumbered, edited")]);
        check(&["a competent authority", "A keeper is"], &[("2", "new")]);
        // Of a new article of which a part was looked at, the rest is left.
        check(&["No toll", "A keeper is"], &[("2(2)", "new"), ("3(2)", "renumbered, edited")]);
        check(&["A keeper is", "Tolls", "No toll", "common fund", "Records shall be handed over"], &[]);
        check(&[NEW], &[]);
        let last = outlines[1].indices().last().unwrap();
        assert_eq!(heading_over(&outlines[1], last), "Records");
    }
}
