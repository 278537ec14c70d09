//! Making annotations of what was found.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::super::Workspace;
use super::super::history::Look;
use super::Ticked;
use crate::model::sentences::sentence_around;
use crate::model::{
    AnalystId, Anchor, Annotation, AnnotationId, AnnotationKind, ConcernId, Draft, DraftId, Edit, Project,
    ProvisionIndex, Reach, Severity, TextRange,
};
use crate::search::{Hit, SearchError, Watch};

/// Said where another question was asked, or the same of other places, before anything could be tagged.
pub(super) const CHANGED: &str = "Nothing was tagged, since the question was changed meanwhile";

/// How much of the text around what was found becomes an annotation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TagReach {
    /// The words themselves.
    Words,
    /// The sentence, or the point of a list within a line.
    #[default]
    Sentence,
    /// The paragraph or point as a provision; its line where the words stand in none.
    Paragraph,
}

impl TagReach {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Words, Self::Sentence, Self::Paragraph];

    /// Its name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Words => "The words found",
            Self::Sentence => "The whole sentence",
            Self::Paragraph => "The whole paragraph or point",
        }
    }
}

/// What is to be made of what was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tagging {
    /// How much of the text.
    pub reach: TagReach,
    /// Tagged with these.
    pub concerns: BTreeSet<ConcernId>,
    /// How bad.
    pub severity: Option<Severity>,
    /// The same note for all.
    pub note: String,
    /// Only what is ticked.
    pub only_ticked: bool,
}

/// What tagging would do, or has done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TagSums {
    /// Places that were found.
    pub places: usize,
    /// Annotations to be made: several places may stand in one sentence.
    pub made: usize,
    /// Stretches that one has tagged so before.
    pub there: usize,
    /// Drafts in which annotations are made.
    pub drafts: usize,
    /// Notes and commentaries that were found; they are no words of a draft.
    pub left_out: usize,
}

/// An annotation to be made.
pub struct Made {
    pub draft: DraftId,
    pub anchor: Anchor,
    pub concerns: BTreeSet<ConcernId>,
}

/// What is to be made, before its words are read.
pub(super) struct Plan {
    pub sums: TagSums,
    stretches: BTreeMap<(DraftId, TextRange), (Reach, BTreeSet<ConcernId>)>,
}

/// Which stretches become annotations, and which are tagged so already.
pub(super) fn plan(
    project: &Project,
    analyst: AnalystId,
    hits: &[Hit],
    ticked: &BTreeSet<Ticked>,
    tagging: &Tagging,
) -> Plan {
    let mut own: HashMap<(DraftId, TextRange), BTreeSet<ConcernId>> = HashMap::new();
    for annotation in project.sets.get(&analyst).into_iter().flat_map(|s| s.annotations.values()) {
        for draft in annotation.placements.keys() {
            if let Some(anchor) = annotation.anchor_in(*draft) {
                own.entry((*draft, anchor.range)).or_default().extend(&annotation.concerns);
            }
        }
    }
    let mut plan = Plan { sums: TagSums::default(), stretches: BTreeMap::new() };
    let mut there: BTreeSet<(DraftId, TextRange)> = BTreeSet::new();
    for hit in hits {
        let Some(draft) = project.draft(hit.draft).filter(|_| hit.is_of_draft()) else {
            plan.sums.left_out += usize::from(!tagging.only_ticked);
            continue;
        };
        for &place in hit.places() {
            if tagging.only_ticked && !ticked.contains(&(hit.draft, place)) {
                continue;
            }
            plan.sums.places += 1;
            let (range, reach) = stretch(draft, hit.provision, place, tagging.reach);
            let key = (hit.draft, range);
            if range.is_empty() || there.contains(&key) || plan.stretches.contains_key(&key) {
                continue;
            }
            let mut concerns = tagging.concerns.clone();
            let before = own.get(&key);
            if let Some(before) = before {
                concerns.retain(|c| !before.contains(c));
            }
            if before.is_some() && concerns.is_empty() {
                there.insert(key);
            } else {
                plan.stretches.insert(key, (reach, concerns));
            }
        }
    }
    plan.sums.made = plan.stretches.len();
    plan.sums.there = there.len();
    plan.sums.drafts = plan.stretches.keys().map(|(d, _)| *d).collect::<BTreeSet<_>>().len();
    plan
}

impl Plan {
    /// Reads the words of what is to be made.
    pub(super) fn anchored(self, project: &Project, watch: &dyn Watch) -> Result<Vec<Made>, SearchError> {
        let mut all = Vec::with_capacity(self.stretches.len());
        for (n, ((id, range), (reach, concerns))) in self.stretches.into_iter().enumerate() {
            if n % 64 == 63 && watch.cancelled() {
                return Err(SearchError::Cancelled);
            }
            if let Some(draft) = project.draft(id) {
                let anchor = Anchor::new(&draft.text, &draft.outline, range, reach);
                all.push(Made { draft: id, anchor, concerns });
            }
        }
        Ok(all)
    }
}

/// The words around a place that become an annotation.
fn stretch(draft: &Draft, provision: Option<ProvisionIndex>, place: TextRange, reach: TagReach) -> (TextRange, Reach) {
    let text = &draft.text;
    let place = place.fitted(text).trimmed(text);
    let outline = &draft.outline;
    match reach {
        TagReach::Words => (place, Reach::Words),
        TagReach::Sentence => {
            let first = sentence_around(text, line_of(draft, place.start), place);
            let last = sentence_around(text, line_of(draft, place.end.saturating_sub(1)), place);
            let mut range = TextRange { start: first.start.min(last.start), end: first.end.max(last.end) };
            // The number of a paragraph is no word of its first sentence.
            let label = provision.and_then(|p| outline.get(p)).map(|p| p.label_range);
            if let Some(label) = label.filter(|l| range.start <= l.start && l.end <= place.start) {
                range.start = range.start.max(label.end);
            }
            (range.fitted(text).trimmed(text), Reach::Words)
        }
        TagReach::Paragraph => {
            // An article or a chapter is no paragraph: of those it is the line.
            let whole = provision.and_then(|p| outline.get(p)).filter(|p| !p.kind.is_headed());
            match whole {
                Some(provision) => (provision.range.fitted(text).trimmed(text), Reach::Provision),
                None => (line_of(draft, place.start).fitted(text).trimmed(text), Reach::Words),
            }
        }
    }
}

/// The paragraph of the page that a byte stands in; where the draft has none, the line.
fn line_of(draft: &Draft, at: usize) -> TextRange {
    let blocks = &draft.outline.blocks;
    let before = blocks.partition_point(|b| b.start <= at);
    if let Some(block) = before.checked_sub(1).and_then(|i| blocks.get(i)).filter(|b| b.contains(at)) {
        return block.fitted(&draft.text);
    }
    let at = draft.text.floor_char_boundary(at.min(draft.text.len()));
    let start = draft.text[..at].rfind('\n').map_or(0, |i| i + 1);
    let end = draft.text[at..].find('\n').map_or(draft.text.len(), |i| at + i);
    TextRange { start, end }
}

impl Workspace {
    /// Makes annotations of what was found, once the index is free.
    pub(super) fn tag(&mut self, tagging: Tagging) {
        if !self.can_edit() {
            self.notices.caution("Not tagged: the project is open for reading only");
            return;
        }
        if self.search.query.trim().is_empty() || self.search.error.is_some() {
            self.notices.caution("Search for something first");
            return;
        }
        // The set has to be one's own from the beginning.
        self.analyst_or_ask();
        self.remember_search();
        self.search.tagging = Some(tagging);
    }

    pub(super) fn take_tagged(
        &mut self,
        tagging: Tagging,
        sums: TagSums,
        made: Option<Vec<Made>>,
        revision: u64,
        is_wanted: bool,
    ) {
        let Some(made) = made else {
            if is_wanted {
                self.search.preview = Some((tagging, sums));
            }
            return;
        };
        if !is_wanted {
            self.notices.caution(CHANGED);
            return;
        }
        if revision != self.revision {
            // Found in another state of the project than there is now.
            self.search.tagging = Some(tagging);
            return;
        }
        let names: Vec<String> = tagging.concerns.iter().map(|&c| self.concern_name(c)).collect();
        let with = if names.is_empty() { String::new() } else { format!(" with {}", names.join(", ")) };
        let already = match sums.there {
            0 => String::new(),
            1 => "; 1 was there already".to_owned(),
            n => format!("; {n} were there already"),
        };
        if made.is_empty() {
            self.notices.done(format!("Nothing to tag{already}"));
            return;
        }
        let Some((analyst, mut edits)) = self.own_analyst() else { return };
        let now = self.surroundings.now();
        let mut look = Look::default();
        let count = made.len();
        for Made { draft, anchor, concerns } in made {
            let id = AnnotationId::fresh(&mut *self.surroundings);
            if look.place.is_none() {
                look = Look { place: Some((draft, anchor.range)), annotation: Some((analyst, id)) };
            }
            let mut annotation = Annotation::new(id, AnnotationKind::Remark, draft, anchor, now);
            annotation.concerns = concerns;
            annotation.severity = tagging.severity;
            annotation.note.clone_from(&tagging.note);
            edits.push(Edit::PutAnnotation { analyst, id, annotation: Some(Box::new(annotation)) });
        }
        let what = if count == 1 { "1 place".to_owned() } else { format!("{count} places") };
        if self.commit(format!("tag {what}{with}"), look, None, edits) {
            self.search.ticked.clear();
            self.search.preview = None;
            (self.search.tagged, self.search.untagged) = (Some(self.revision), None);
            self.notices.done(format!("{what} tagged{with}{already}: Ctrl+Z takes it back"));
        }
    }
}
