//! Remarks as other programs want them: each place in each draft by itself, its position in code points, and as facts
//! what those programs have no place for.

use std::collections::BTreeMap;

use super::rows::{Row, rows};
use super::{ExportError, ExportRequest};
use crate::model::facts::Facts;
use crate::model::ids::derived;
use crate::model::text::CodePoints;
use crate::model::{ConcernId, DraftId, TextRange};

/// A remark in a draft.
pub(super) struct Sighting<'p> {
    pub row: Row<'p>,
    /// The same in every export: of the analyst, the remark and the draft.
    pub id: u128,
    /// Where its words stand in the text of the draft; none where they do not, or the draft is not here.
    pub range: Option<TextRange>,
    /// The same in Unicode code points.
    pub points: Option<(usize, usize)>,
    /// What is said besides the note, the known concerns, the position and the times.
    pub facts: Facts,
}

/// All of them in the order of the treaty, and sentences on what is not written.
pub(super) fn sightings<'p>(request: &ExportRequest<'p>) -> Result<(Vec<Sighting<'p>>, Vec<String>), ExportError> {
    let project = request.project;
    let name =
        |id: DraftId| project.draft(id).map_or_else(|| "a draft that is not here".to_owned(), |d| d.name().to_owned());
    let mut points: BTreeMap<DraftId, CodePoints<'p>> = BTreeMap::new();
    let mut list = Vec::new();
    let (mut foreign, mut moved, mut unknown) = (0, 0, 0);
    for row in rows(request)? {
        let anchor = row.placement.anchor();
        let words = |range: TextRange| row.draft.and_then(|d| range.of(&d.text));
        let range = anchor.filter(|a| words(a.range) == Some(&a.quote.exact)).map(|a| a.range);
        if anchor.is_some() && range.is_none() {
            *(if row.draft.is_some() { &mut moved } else { &mut foreign }) += 1;
        }
        let points = row.draft.zip(range).map(|(draft, range)| {
            let points = points.entry(row.draft_id).or_insert_with(|| CodePoints::new(&draft.text));
            (points.of_byte(range.start), points.of_byte(range.end))
        });
        let mut facts = Facts::of_annotation(row.annotation, &name);
        let dangling = row.annotation.concerns.iter().filter(|id| project.codebook.get(**id).is_none());
        let before = facts.list.len();
        dangling.for_each(|id| facts.say("Concern", id.to_string()));
        unknown += usize::from(facts.list.len() > before);
        facts.list.extend(Facts::of_placement(row.placement).list);
        if row.draft.is_none() {
            facts.say("Draft", row.draft_id.to_string());
        }
        let id = derived(&[
            "sighting",
            &row.analyst.id.to_string(),
            &row.annotation.id.to_string(),
            &row.draft_id.to_string(),
        ]);
        list.push(Sighting { row, id, range, points, facts });
    }
    let wanted = |analyst| request.analysts.as_ref().is_none_or(|a| a.contains(analyst));
    let all = || project.sets.iter().filter(|(id, _)| wanted(id)).flat_map(|(_, set)| set.annotations.values());
    let nowhere = all().filter(|a| a.placements.is_empty()).count();
    let elsewhere = request
        .draft
        .map_or(0, |draft| all().filter(|a| a.placements.contains_key(&draft) && a.placements.len() > 1).count());
    let mut left = Vec::new();
    for (count, what) in [
        (nowhere, "left out, since {it} no place in any draft"),
        (elsewhere, "written only as {it} in this draft, though other drafts have {them} too"),
        (foreign, "written by {its} words alone, since the draft is not in this project"),
        (moved, "written by {its} words alone, since these are not where they are said to stand"),
        (unknown, "tagged with a concern that the codebook does not have; its id alone is written"),
    ] {
        if count > 0 {
            left.push(counted(count, what));
        }
    }
    left.extend(replies_left(request));
    Ok((list, left))
}

/// That replies stay behind, where there are any.
pub(super) fn replies_left(request: &ExportRequest<'_>) -> Option<String> {
    let wanted = |analyst| request.analysts.as_ref().is_none_or(|a| a.contains(analyst));
    let sets = request.project.sets.iter().filter(|(id, _)| wanted(id));
    match sets.map(|(_, set)| set.replies.len()).sum() {
        0 => None,
        1 => Some("1 reply is left out, since only our own files hold replies".to_owned()),
        replies => Some(format!("{replies} replies are left out, since only our own files hold replies")),
    }
}

/// `1 annotation is …`, `2 annotations are …`, with the pronouns filled in.
pub(super) fn counted(count: usize, what: &str) -> String {
    let one = count == 1;
    let what = what
        .replace("{it} no", if one { "it has no" } else { "they have no" })
        .replace("{it} in", if one { "it stands in" } else { "they stand in" })
        .replace("{them}", if one { "it" } else { "them" })
        .replace("{its}", if one { "its" } else { "their" });
    format!("{count} annotation{} {what}", if one { " is" } else { "s are" })
}

impl Sighting<'_> {
    /// The facts with the remark's words, for one without a position.
    pub fn facts_with_quote(&self) -> Facts {
        let mut facts = self.facts.clone();
        if self.range.is_none() {
            facts.say_quote(self.row.placement.quote());
        }
        facts
    }

    /// An identity made for a part of it.
    pub fn part(&self, word: &str, concern: ConcernId) -> u128 {
        derived(&[word, &format!("{:032x}", self.id), &concern.to_string()])
    }
}
