//! Annotations of other programs: read, put on our drafts, and added as sets of their analysts.
//!
//! What a file holds becomes shared sets as colleagues send them, so that it is placed and merged as theirs is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::import::annotations::{Counting, Foreign, ForeignDraft, ForeignSighting, read_annotations};
use crate::model::anchor::CONTEXT;
use crate::model::text::{CodePoints, CodeUnits};
use crate::model::{
    Anchor, AnnotationSet, Concern, ConcernId, Draft, DraftId, Edit, Project, ProjectId, Quote, TextRange,
};
use crate::storage::{self, SharedDraft, SharedSet};

use super::super::history::Look;
use super::super::merging::{is_same_language, is_same_symbol, settle};
use super::super::outcome::{ColleagueReport, ExchangeReport, ExchangedSet};
use super::super::{Outcome, Workspace};
use super::codebook::fresh_tag;
use super::merge::merged;

/// A file that was read and placed.
pub struct Exchanged {
    /// The file's name.
    name: String,
    sets: Vec<(AnnotationSet, ColleagueReport)>,
    /// Remarks whose times the file does not say.
    untimed: BTreeSet<(crate::model::AnalystId, crate::model::AnnotationId)>,
    /// Concerns to add, parents before children as far as they have any.
    concerns: Vec<Concern>,
    left: Vec<String>,
}

impl Workspace {
    /// All formats annotations are read from besides our own: name, endings.
    pub fn annotation_formats() -> Vec<(&'static str, &'static [&'static str])> {
        crate::import::annotations::ANNOTATION_IMPORTERS.iter().map(|i| (i.name, i.extensions)).collect()
    }

    /// Whether a file is one of annotations by its ending; ours or another program's.
    pub fn holds_annotations(path: &Path) -> bool {
        let name = path.to_string_lossy().to_lowercase();
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        name.ends_with(".annotations.ron")
            || ending == "age"
            || storage::is_sealed(path)
            || Self::annotation_formats().iter().any(|(_, e)| e.contains(&ending))
    }

    /// The same as a sentence, with the endings.
    pub fn annotation_names() -> String {
        let list: Vec<String> = Self::annotation_formats()
            .iter()
            .map(|(name, endings)| {
                let endings: Vec<String> = endings.iter().map(|e| format!(".{e}")).collect();
                format!("{name} ({})", endings.join(", "))
            })
            .collect();
        format!("Annotations are read from our own files (.annotations.ron) and from: {}", list.join(", "))
    }

    /// What became of the file of annotations that was read last.
    pub fn exchange_report(&self) -> Option<&ExchangeReport> {
        self.exchange.as_ref()
    }

    pub(in super::super) fn take_in(&mut self, path: PathBuf) {
        self.exchange = None;
        let Some(project) = self.project().cloned() else {
            self.notices.caution("Open the project first; annotations are put on its drafts");
            return;
        };
        let revision = self.revision;
        self.tasks.start("Reading annotations", false, move |_| {
            let read = shared(&path, &project).map(|read| Box::new(placed(read, &path, &project)));
            Outcome::Exchanged(read, path, revision)
        });
    }

    /// Takes over what was read and placed: one step.
    pub(in super::super) fn add_exchanged(&mut self, read: Exchanged) {
        let now = self.surroundings.now();
        let Some(project) = self.project() else { return };
        let mut report = ExchangeReport { file: read.name, left: read.left, ..ExchangeReport::default() };
        let at = project.codebook.concerns.len();
        let concerns = read.concerns.iter().enumerate();
        let mut edits: Vec<Edit> =
            concerns.map(|(n, c)| Edit::PutConcern { id: c.id, concern: Some(c.clone()), at: at + n }).collect();
        report.concerns = edits.len();
        for (set, placed) in read.sets {
            let analyst = set.analyst.clone();
            let count = set.annotations.len();
            let mut said =
                ExchangedSet { analyst: analyst.name.clone(), annotations: count, placed, ..Default::default() };
            if self.is_own(analyst.id) && project.sets.get(&analyst.id).is_some_and(|s| !s.annotations.is_empty()) {
                said.own = true;
            } else {
                let timed = |id| !read.untimed.contains(&(analyst.id, id));
                let known = project.sets.get(&analyst.id).cloned();
                let merged = merged(known, set, &timed, now, &mut said);
                if said.new + said.changed + said.replies > 0 {
                    edits.push(Edit::PutSet { analyst: analyst.id, set: Some(Box::new(merged)) });
                }
            }
            report.sets.push(said);
        }
        let whose: Vec<_> = edits
            .iter()
            .filter_map(|e| if let Edit::PutSet { analyst, .. } = e { Some(*analyst) } else { None })
            .collect();
        let put = edits.is_empty() || self.commit(format!("take in {}", report.file), Look::default(), None, edits);
        if !put {
            return;
        }
        for analyst in &whose {
            self.view.hidden.remove(analyst);
        }
        let sentence = report.sentence();
        let lost = report.sets.iter().any(|s| s.placed.lost + s.placed.elsewhere > 0 || s.own);
        if lost {
            self.notices.caution(sentence);
        } else {
            self.notices.done(sentence);
        }
        if !report.left.is_empty() {
            self.notices.caution(format!("Not taken over from {}: {}", report.file, report.left.join("; ")));
        }
        self.exchange = Some(report);
        self.show_list();
    }

    /// Says that a file was written, and what it could not carry.
    pub(in super::super) fn say_written(&mut self, path: &Path, left: &[String]) {
        self.notices.done(format!("Written: {}", path.display()));
        if !left.is_empty() {
            self.notices.caution(format!("Not carried by this format: {}", left.join("; ")));
        }
    }
}

/// Sets as colleagues share them, with what the file holds besides.
struct Read {
    sets: Vec<SharedSet>,
    untimed: BTreeSet<(crate::model::AnalystId, crate::model::AnnotationId)>,
    /// The whole codebook of the file.
    concerns: Vec<Concern>,
    left: Vec<String>,
}

/// The sets of a file of ours, placed on our drafts.
pub(super) fn of_ours(sets: Vec<SharedSet>, path: &Path, project: &Project) -> Exchanged {
    let concerns = sets.iter().flat_map(|s| s.concerns.iter().cloned()).collect();
    placed(Read { sets, untimed: BTreeSet::new(), concerns, left: Vec::new() }, path, project)
}

/// Reads a file of another program, with its positions turned into those of our drafts.
fn shared(path: &Path, project: &Project) -> Result<Read, String> {
    let foreign = read_annotations(path).map_err(|e| e.to_string())?;
    Ok(of_foreign(foreign, project))
}

/// The draft of ours that is meant by one of a file: by its identity, its text, its symbol, or the only one of its name.
fn our_draft<'p>(theirs: &ForeignDraft, project: &'p Project) -> Option<(&'p Draft, bool)> {
    if let Some(draft) = project.draft(theirs.id) {
        return Some((draft, true));
    }
    let all = || project.drafts.iter().map(|d| &**d);
    if let Some(draft) = all().find(|d| !theirs.text_hash.is_empty() && d.text_hash == theirs.text_hash) {
        return Some((draft, true));
    }
    let known = shared_draft(theirs);
    let symbol = |d: &&Draft| is_same_symbol(d, &known) && is_same_language(&d.details.language, &known.language);
    if let Some(draft) = all().find(symbol) {
        return Some((draft, false));
    }
    let name = theirs.label.trim().to_lowercase();
    let stem = |s: &str| s.rsplit_once('.').map_or(s, |(stem, _)| stem).to_lowercase();
    // Pages are called by their title and the name of the place they are at.
    let head = [" - ", " | ", " \u{2013} ", " \u{2014} "]
        .iter()
        .find_map(|mark| name.split_once(mark))
        .map_or("", |(head, _)| head);
    let theirs = [name.clone(), stem(&name), head.trim().to_owned()];
    let called = |d: &&Draft| {
        let file = d.source.as_ref().map(|s| s.name.to_lowercase()).unwrap_or_default();
        let ours = [d.details.label.to_lowercase(), d.details.symbol.to_lowercase(), d.slug.clone(), stem(&file), file];
        ours.iter().any(|name| !name.is_empty() && theirs.contains(name))
    };
    let mut named = all().filter(called);
    named.next().filter(|_| named.next().is_none()).map(|d| (d, false))
}

fn shared_draft(theirs: &ForeignDraft) -> SharedDraft {
    SharedDraft {
        id: theirs.id,
        symbol: theirs.symbol.clone(),
        label: theirs.label.clone(),
        text_hash: theirs.text_hash.clone(),
        language: theirs.language.clone(),
    }
}

/// One of our drafts with its positions in the units that files count.
struct Counted<'p> {
    draft: &'p Draft,
    /// Whether it is the very text of the file.
    same: bool,
    points: CodePoints<'p>,
    /// Made when first asked for.
    units: Option<CodeUnits<'p>>,
}

impl<'p> Counted<'p> {
    fn units(&mut self) -> &CodeUnits<'p> {
        self.units.get_or_insert_with(|| CodeUnits::new(&self.draft.text))
    }

    fn counted(&mut self, (start, end): (usize, usize), counting: Counting) -> TextRange {
        match counting {
            Counting::CodePoints => TextRange::new(self.points.to_byte(start), self.points.to_byte(end)),
            Counting::Utf16 => {
                let units = self.units();
                TextRange::new(units.to_byte(start), units.to_byte(end))
            }
        }
    }

    /// Where the words of a sighting stand by its position; none where other words stand there, or the same words among
    /// others: what stands around them then tells better where they are.
    fn range(&mut self, sighting: &ForeignSighting) -> Option<TextRange> {
        let span = sighting.span?;
        let text = &self.draft.text;
        let quote = &sighting.quote;
        let is = |range: TextRange| range.of(text) == Some(quote.exact.as_str());
        let declared = self.counted(span, sighting.counting);
        if self.same && (quote.exact.is_empty() || is(declared)) || is(declared) && stands_among(quote, text, declared)
        {
            return Some(declared);
        }
        // Programs that say one and count the other.
        let other = match sighting.counting {
            Counting::CodePoints => Counting::Utf16,
            Counting::Utf16 => Counting::CodePoints,
        };
        let other = self.counted(span, other);
        (!quote.exact.is_empty() && is(other) && stands_among(quote, text, other)).then_some(other)
    }
}

/// Letters of what stands around a quote that tell whether it is the same place.
const NEAR: usize = 8;

/// Whether what stands around a place is what a quote says, white space aside, as far as it says anything.
fn stands_among(quote: &Quote, text: &str, range: TextRange) -> bool {
    fn is_like(here: impl Iterator<Item = char>, said: impl Iterator<Item = char>) -> bool {
        let said = said.filter(|c| !c.is_whitespace()).take(NEAR);
        let mut here = here.filter(|c| !c.is_whitespace());
        said.into_iter().all(|c| here.next() == Some(c))
    }
    let (Some(before), Some(after)) = (text.get(..range.start), text.get(range.end..)) else { return false };
    is_like(before.chars().rev(), quote.prefix.chars().rev()) && is_like(after.chars(), quote.suffix.chars())
}

/// A file of another program as sets that colleagues share.
fn of_foreign(foreign: Foreign, project: &Project) -> Read {
    let mut ours: BTreeMap<DraftId, Counted<'_>> = BTreeMap::new();
    for theirs in &foreign.drafts {
        if let Some((draft, same)) = our_draft(theirs, project) {
            let points = CodePoints::new(&draft.text);
            ours.insert(theirs.id, Counted { draft, same, points, units: None });
        }
    }
    let known = |id: DraftId, ours: &BTreeMap<DraftId, Counted<'_>>| ours.get(&id).map_or(id, |c| c.draft.id);
    let drafts: Vec<SharedDraft> = foreign.drafts.iter().map(shared_draft).collect();
    let mut untimed = BTreeSet::new();
    let mut sets = Vec::with_capacity(foreign.sets.len());
    for theirs in foreign.sets {
        let mut set = AnnotationSet::of(theirs.analyst);
        for remark in theirs.remarks {
            let mut annotation = remark.annotation;
            if !remark.timed {
                untimed.insert((set.analyst.id, annotation.id));
            }
            for sighting in remark.sightings {
                let draft = known(sighting.draft, &ours);
                let counted = ours.get_mut(&sighting.draft);
                let (range, quote) = match counted {
                    Some(counted) => match counted.range(&sighting) {
                        Some(range) => (range, Quote::at(&counted.draft.text, range)),
                        None => (TextRange::default(), sighting.quote),
                    },
                    None => (TextRange::default(), sighting.quote),
                };
                let anchor = Anchor { range, quote, citation: sighting.citation, reach: sighting.reach };
                // Two documents of theirs may be one draft of ours, and only one place can stand there.
                let free = !annotation.placements.contains_key(&draft);
                let draft = if free { draft } else { sighting.draft };
                annotation.placements.insert(draft, sighting.state.placement(anchor));
            }
            set.annotations.insert(annotation.id, annotation);
        }
        sets.push(SharedSet {
            is_part: true,
            project: foreign.project.unwrap_or(ProjectId(0)),
            instrument: foreign.instrument.clone(),
            set,
            drafts: drafts.clone(),
            concerns: foreign.concerns.clone(),
            // Such files are of what somebody chose to write.
            without_notes: false,
        });
    }
    Read { sets, untimed, concerns: foreign.concerns, left: foreign.left }
}

/// Places what was read on our drafts, and finds which concerns are new to us.
fn placed(read: Read, path: &Path, project: &Project) -> Exchanged {
    let name = path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
    let mut grown = project.clone();
    let mut sets = Vec::new();
    for shared in read.sets {
        let (mut set, mut report) = settle(&shared, &grown);
        // Readers tell more of what stands around words than is kept.
        for placement in set.annotations.values_mut().flat_map(|a| a.placements.values_mut()) {
            shorten(placement.quote_mut());
        }
        // The next set finds the concerns that this one brings.
        grown.codebook.concerns.append(&mut report.concerns);
        sets.push((set, report));
    }
    let mut left = read.left;
    let used: BTreeSet<ConcernId> =
        sets.iter().flat_map(|(s, _)| s.annotations.values()).flat_map(|a| a.concerns.iter().copied()).collect();
    let of_ours = |theirs: &Concern, book: &crate::model::Codebook| {
        let same = |c: &&Concern| c.id == theirs.id || c.name.eq_ignore_ascii_case(&theirs.name);
        book.concerns.iter().find(same).map(|c| c.id)
    };
    let only_a_codebook = sets.is_empty();
    let mut unused = 0;
    for theirs in &read.concerns {
        if of_ours(theirs, &grown.codebook).is_some() || used.contains(&theirs.id) {
            continue;
        }
        if !only_a_codebook {
            unused += 1;
            continue;
        }
        let taken = theirs.tag.is_empty() || grown.codebook.concerns.iter().any(|c| c.tag == theirs.tag);
        let tag = if taken { fresh_tag(&grown.codebook, &theirs.name) } else { theirs.tag.clone() };
        grown.codebook.concerns.push(Concern { key: None, parent: None, tag, ..theirs.clone() });
    }
    if unused > 0 {
        let s = if unused == 1 { "" } else { "s" };
        left.push(format!("{unused} concern{s} that no annotation in the file uses"));
    }
    // Theirs stand below what stands above them in the file, where that is here now.
    let parents: BTreeMap<ConcernId, ConcernId> = read
        .concerns
        .iter()
        .filter_map(|c| {
            let parent = read.concerns.iter().find(|p| Some(p.id) == c.parent)?;
            Some((c.id, of_ours(parent, &grown.codebook)?))
        })
        .collect();
    let concerns = grown.codebook.concerns.split_off(project.codebook.concerns.len());
    let concerns =
        concerns.into_iter().map(|c| Concern { parent: parents.get(&c.id).copied().filter(|p| *p != c.id), ..c });
    Exchanged { name, sets, untimed: read.untimed, concerns: concerns.collect(), left }
}

fn shorten(quote: &mut Quote) {
    if let Some((at, _)) = quote.prefix.char_indices().rev().nth(CONTEXT - 1) {
        quote.prefix.drain(..at);
    }
    if let Some((at, _)) = quote.suffix.char_indices().nth(CONTEXT) {
        quote.suffix.truncate(at);
    }
}
