//! All that is in a file that is to be shared, in the order and the words of a person; and what is not.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::ShareChoices;
use super::pseudonyms::names_in_words;
use crate::model::{
    AnalystId, Annotation, AnnotationId, AnnotationKind, Concern, ConcernId, DraftId, Placement, Project, Reach,
    ReadMark, Recommendation, Reply,
};
use crate::storage::{self, SharedDraft, SharedSet};

/// What a file holds.
#[derive(Debug)]
pub struct ShareAccount {
    /// Line by line.
    pub rows: Vec<ShareRow>,
    /// The same as data.
    pub sets: Vec<SharedSet>,
    /// How many annotations there are.
    pub annotations: usize,
    /// How many replies there are.
    pub replies: usize,
    /// How many of the chosen analysts stay behind.
    pub left_behind: usize,
    /// How large it is.
    pub bytes: usize,
}

/// A line of the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareRow {
    /// What sort of line.
    pub kind: ShareRowKind,
    /// What it says something about; may be empty.
    pub label: String,
    /// What it says; whole, with its line breaks.
    pub text: String,
}

/// What sort of line of the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareRowKind {
    /// The head of a section.
    Section,
    /// The head of one thing: a draft, a concern, an annotation.
    Entry,
    /// Something about it.
    Fact,
    /// Something to look at before the file leaves.
    Caution,
}

/// Reads a file again and says what is in it.
///
/// # Errors
/// Where it cannot be read.
pub(super) fn account(text: &str, project: &Project, choices: &ShareChoices) -> Result<ShareAccount, String> {
    // Of nothing there is no file.
    let sets = if text.is_empty() {
        Vec::new()
    } else {
        storage::read_shared_file("the prepared file", text).map_err(|e| e.to_string())?
    };
    let annotations = sets.iter().map(|s| s.set.annotations.len()).sum();
    let replies = sets.iter().map(|s| s.set.replies.len()).sum();
    let chosen = project.sets.values().filter(|s| choices.analysts.contains(&s.analyst.id));
    let all: usize = chosen.map(|s| s.annotations.len()).sum();
    let left_behind = all.saturating_sub(annotations);
    let chosen = project.sets.values().filter(|s| choices.analysts.contains(&s.analyst.id));
    let unanswered = chosen.map(|s| s.replies.len()).sum::<usize>().saturating_sub(replies);
    let mut told = Told::of(&sets, project);
    told.file(&sets, choices);
    if !choices.names {
        let names = project.sets.values().map(|s| s.analyst.name.as_str());
        told.names(&sets, names);
    }
    told.terms();
    for shared in &sets {
        told.set(shared);
    }
    told.not_in_it(project, choices, [left_behind, unanswered], sets.len());
    Ok(ShareAccount { rows: told.rows, annotations, replies, left_behind, bytes: text.len(), sets })
}

struct Told {
    rows: Vec<ShareRow>,
    drafts: Vec<SharedDraft>,
    concerns: Vec<Concern>,
    names: BTreeMap<DraftId, String>,
    tags: BTreeMap<ConcernId, String>,
    /// Analysts that are in the file, else in the project under the identity the file has.
    analysts: BTreeMap<AnalystId, String>,
    /// Where the annotations of the file stand.
    cited: BTreeMap<(AnalystId, AnnotationId), String>,
}

impl Told {
    fn of(sets: &[SharedSet], project: &Project) -> Self {
        let (mut drafts, mut concerns): (Vec<SharedDraft>, Vec<Concern>) = (Vec::new(), Vec::new());
        let (mut names, mut tags) = (BTreeMap::new(), BTreeMap::new());
        for shared in sets {
            for draft in &shared.drafts {
                let name = if draft.label.is_empty() { &draft.symbol } else { &draft.label };
                if names.insert(draft.id, name.clone()).is_none() {
                    drafts.push(draft.clone());
                }
            }
            for concern in &shared.concerns {
                if tags.insert(concern.id, format!("{} {}", concern.tag, concern.name)).is_none() {
                    concerns.push(concern.clone());
                }
            }
        }
        let all = project.sets.values().map(|s| &s.analyst).chain(sets.iter().map(|s| &s.set.analyst));
        let analysts = all.map(|a| (a.id, a.name.clone())).collect();
        let mut told = Self { rows: Vec::new(), drafts, concerns, names, tags, analysts, cited: BTreeMap::new() };
        let all = || project.sets.values().chain(sets.iter().map(|s| &s.set));
        let all = all().flat_map(|s| s.annotations.values().map(move |a| ((s.analyst.id, a.id), a)));
        let about = || sets.iter().flat_map(|s| s.set.replies.values()).map(|r| (r.whose, r.about));
        let about: std::collections::BTreeSet<_> = about().collect();
        told.cited = all.filter(|(key, _)| about.contains(key)).map(|(key, a)| (key, told.cited(a))).collect();
        told
    }

    fn push(&mut self, kind: ShareRowKind, label: impl Into<String>, text: impl Into<String>) {
        self.rows.push(ShareRow { kind, label: label.into(), text: text.into() });
    }

    fn section(&mut self, text: impl Into<String>) {
        self.push(ShareRowKind::Section, "", text);
    }

    fn fact(&mut self, label: &str, text: impl Into<String>) {
        self.push(ShareRowKind::Fact, label, text);
    }

    /// A fact where there is anything to say.
    fn said(&mut self, label: &str, text: &str) {
        if !text.is_empty() {
            self.fact(label, text);
        }
    }

    fn draft(&self, id: DraftId) -> String {
        self.names.get(&id).filter(|n| !n.is_empty()).cloned().unwrap_or_else(|| "a draft without a name".to_owned())
    }

    fn file(&mut self, sets: &[SharedSet], choices: &ShareChoices) {
        self.section("The file");
        let Some(first) = sets.first() else {
            self.fact("", "Nothing passes what was chosen");
            return;
        };
        self.said("Instrument", &first.instrument);
        for shared in sets {
            let mut count = counted(shared.set.annotations.len(), "annotation");
            if !shared.set.replies.is_empty() {
                count.push_str(&format!(" and {}", replies(shared.set.replies.len())));
            }
            let whole = if shared.is_part { "a part of the set" } else { "the whole set" };
            self.fact("By", format!("{}: {count}, {whole}", shared.set.analyst.name));
        }
        let notes = if choices.notes {
            "With notes, replies, recommendations and where words were taken from"
        } else {
            "Without notes and replies; of a recommendation only whether to delete, limit, amend, add, clarify, retain or reject"
        };
        self.fact("Notes", notes);
        if choices.names {
            self.fact("Names", "The analysts are named");
            self.fact("Times", "When each annotation was made and changed, to the second");
        } else {
            self.fact("Names", "Pseudonyms, the same in every file you make of this project on this machine, as long as its secret is kept there");
            self.fact("Times", "The days are true, the hours are not");
        }
        self.fact("Places", "Each by its words and by its position in the text of the draft");
        let numbers = "The project, drafts, concerns, analysts, annotations, replies and the commentaries that words \
                       were taken from have random numbers, by which copies of the project know them again";
        self.fact("Numbers", numbers);
    }

    fn names<'n>(&mut self, sets: &[SharedSet], names: impl Iterator<Item = &'n str>) {
        for (name, count) in names_in_words(sets, names) {
            let text = format!(
                "\u{201c}{name}\u{201d} or a part of it stands in the words of {}",
                counted(count, "annotation or reply")
            );
            self.push(ShareRowKind::Caution, "A name", text);
        }
        let known = "Whoever has these annotations under your name, or knows your words, can tell whose they are";
        self.push(ShareRowKind::Caution, "To know", known);
    }

    fn terms(&mut self) {
        let (drafts, concerns) = (std::mem::take(&mut self.drafts), std::mem::take(&mut self.concerns));
        if !drafts.is_empty() {
            self.section(format!("Drafts, {}", drafts.len()));
        }
        for draft in drafts {
            self.push(ShareRowKind::Entry, "", self.draft(draft.id));
            self.said("Document symbol", &draft.symbol);
            self.said("Language", &draft.language);
            self.said("Fingerprint of its text", &draft.text_hash);
        }
        if !concerns.is_empty() {
            self.section(format!("Concerns, {}", concerns.len()));
        }
        for concern in &concerns {
            self.push(ShareRowKind::Entry, "", format!("{} {}", concern.tag, concern.name));
            self.said("Definition", &concern.definition);
            self.said("What to look for", &concern.look_for);
            self.fact("Color", concern.swatch.word());
            let above = concern.parent.and_then(|p| self.tags.get(&p)).cloned().unwrap_or_default();
            self.said("Part of", &above);
            self.said("Key", &concern.key.map(String::from).unwrap_or_default());
            if concern.retired {
                self.fact("Use", "no longer offered");
            }
            if concern.safeguard {
                self.fact("Use", "expected wherever a power is granted");
            }
        }
    }

    fn set(&mut self, shared: &SharedSet) {
        let set = &shared.set;
        self.section(format!("{}: {}", set.analyst.name, counted(set.annotations.len(), "annotation")));
        let order: BTreeMap<DraftId, usize> = shared.drafts.iter().enumerate().map(|(n, d)| (d.id, n)).collect();
        let place = |a: &Annotation| {
            let places = a.placements.iter().map(|(d, p)| {
                (
                    order.get(d).copied().unwrap_or(usize::MAX),
                    p.anchor().map_or(usize::MAX, |anchor| anchor.range.start),
                )
            });
            places.min()
        };
        let mut list: Vec<&Annotation> = set.annotations.values().collect();
        list.sort_by_cached_key(|a| (place(a), a.id));
        for annotation in list {
            self.annotation(annotation);
        }
        if !set.replies.is_empty() {
            self.section(format!("{}: {}", set.analyst.name, replies(set.replies.len())));
        }
        let mut list: Vec<&Reply> = set.replies.values().collect();
        list.sort_by_key(|r| (r.created, r.id));
        for reply in list {
            let of = self.analysts.get(&reply.whose).map_or("an analyst who is not in the file", String::as_str);
            let cited = self.cited.get(&(reply.whose, reply.about)).map(|c| format!(" on {c}"));
            self.push(ShareRowKind::Entry, "", format!("To the annotation of {of}{}", cited.unwrap_or_default()));
            self.said("Reply", &reply.text);
            self.fact("Made", time(reply.created));
            self.fact("Changed", time(reply.changed));
        }
        if set.read.is_empty() {
            return;
        }
        self.section(format!("Read by {}", set.analyst.name));
        for (draft, marks) in &set.read {
            let name = self.draft(*draft);
            for ReadMark { citation, when } in marks.values() {
                self.fact(&name, format!("{}, {}", citation.long(), time(*when)));
            }
        }
    }

    /// Where an annotation stands, by the first of its places.
    fn cited(&self, a: &Annotation) -> String {
        a.placements.iter().next().map_or_else(
            || "No place".to_owned(),
            |(draft, placement)| format!("{} of {}", placement.citation().long(), self.draft(*draft)),
        )
    }

    fn annotation(&mut self, a: &Annotation) {
        let cited = self.cited(a);
        let head = match a.kind {
            AnnotationKind::Remark => cited,
            AnnotationKind::Absence => format!("{cited}: missing there"),
            AnnotationKind::Presence => format!("{cited}: a safeguard stands there"),
            AnnotationKind::NotNeeded => format!("{cited}: a safeguard is not needed"),
        };
        self.push(ShareRowKind::Entry, "", head);
        for (draft, placement) in &a.placements {
            self.placement(*draft, placement);
        }
        let unnamed = || "a concern without a name".to_owned();
        let tags: Vec<String> =
            a.concerns.iter().map(|id| self.tags.get(id).cloned().unwrap_or_else(unnamed)).collect();
        self.said("Concerns", &tags.join(", "));
        self.said("Severity", a.severity.map_or("", |s| s.word()));
        self.said("Note", &a.note);
        if let Some(Recommendation { action, targets, proposed, supports }) = &a.recommendation {
            let asked = if targets.is_empty() { String::new() } else { format!(": {}", targets.join(", ")) };
            self.fact("Asks to", format!("{}{asked}", action.word()));
            self.said("Proposed words", proposed);
            self.said("Supports", supports);
        }
        if let Some(source) = &a.source {
            self.fact("Taken from", &source.title);
            self.said("Its author", &source.author);
            self.said("Under the heading", &source.heading);
        }
        for (draft, outcome) in &a.outcomes {
            self.fact(&format!("Outcome in {}", self.draft(*draft)), outcome.word());
        }
        if let Some(draft) = a.numbering {
            self.fact("Cites by the numbers of", self.draft(draft));
        }
        for ((whose, _), when) in &a.made_of {
            let of = self.analysts.get(whose).map_or("an analyst who is not in the file", String::as_str);
            self.fact("Made of", format!("an annotation of {of}, as changed {}", time(*when)));
        }
        for (draft, when) in &a.seen {
            self.fact(&format!("Looked at in {}", self.draft(*draft)), time(*when));
        }
        self.fact("Status", a.status.word());
        self.fact("Made", time(a.created));
        self.fact("Changed", time(a.changed));
    }

    fn placement(&mut self, draft: DraftId, placement: &Placement) {
        let name = self.draft(draft);
        let mut how = match placement {
            Placement::Made(_) => String::new(),
            Placement::Carried { from, verdict, .. } => {
                format!(", carried from {}: {}", self.draft(*from), verdict.word())
            }
            Placement::Lost { from, deleted, reviewed, .. } => {
                let from = from.map_or_else(String::new, |from| format!(" from {}", self.draft(from)));
                let deleted = if *deleted { ", its words are gone" } else { "" };
                let reviewed = if *reviewed { ", looked at" } else { "" };
                format!(", without a place{from}{deleted}{reviewed}")
            }
        };
        if placement.anchor().is_some_and(|a| a.reach == Reach::Provision) {
            how.push_str(", as a whole");
        }
        let quote = placement.quote();
        self.fact(&format!("{}, {name}{how}", placement.citation().long()), format!("\u{201c}{}\u{201d}", quote.exact));
        if !quote.prefix.is_empty() || !quote.suffix.is_empty() {
            self.fact("Words around", format!("\u{2026}{} [\u{2026}] {}\u{2026}", quote.prefix, quote.suffix));
        }
    }

    fn not_in_it(
        &mut self,
        project: &Project,
        choices: &ShareChoices,
        [left_behind, unanswered]: [usize; 2],
        analysts: usize,
    ) {
        self.section("Not in the file");
        if left_behind > 0 {
            let of = counted(left_behind, "annotation");
            self.fact("", format!("{of} of the chosen analysts, with all that only they have"));
        }
        if unanswered > 0 && choices.notes {
            self.fact("", format!("{} to annotations that were not chosen", replies(unanswered)));
        }
        let others = project.sets.len().saturating_sub(analysts);
        if others > 0 {
            self.fact("", format!("The annotations of {}", counted(others, "other analyst")));
        }
        if !choices.notes {
            self.fact(
                "",
                "Notes, replies, proposed words, what a recommendation points to, sources, definitions of concerns",
            );
        }
        if !choices.names {
            self.fact("", "Names and numbers of analysts, numbers of annotations and replies, hours");
        }
        if !choices.read || choices.restricts() {
            self.fact("", "What has been read");
        }
        for what in [
            "The texts of the drafts, and the files they were made from",
            "Commentaries and their texts, searches that were kept, concerns that are not used",
            "The names of folders, files and this machine, the project's title, what was looked at, changes taken back",
        ] {
            self.fact("", what);
        }
    }
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn replies(count: usize) -> String {
    if count == 1 { "1 reply".to_owned() } else { format!("{count} replies") }
}

fn time(when: Timestamp) -> String {
    when.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}
