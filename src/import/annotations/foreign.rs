//! What a file of another program holds, in no one's positions, and how it is gathered.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;

use super::super::in_one_line;
use super::Problem;
use crate::model::facts::State;
use crate::model::ids::derived;
use crate::model::{
    Analyst, AnalystId, Annotation, AnnotationId, AnnotationKind, Citation, Concern, ConcernId, DraftId, Place,
    ProjectId, Quote, Reach, Status, Swatch, TextRange,
};

/// More annotations than this are not taken from one file.
pub const MOST_REMARKS: usize = 200_000;
/// More concerns than this are not taken from one file.
const MOST_CONCERNS: usize = 20_000;
/// More documents than this are not taken from one file.
const MOST_DRAFTS: usize = 20_000;

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Foreign {
    /// The project it comes from, if it is one of this program's.
    pub project: Option<ProjectId>,
    /// The treaty, as the file names it; may be empty.
    pub instrument: String,
    /// The documents that the remarks are about.
    pub drafts: Vec<ForeignDraft>,
    /// The codes. Tags may be empty.
    pub concerns: Vec<Concern>,
    /// The remarks by author.
    pub sets: Vec<ForeignSet>,
    /// What was not taken over: sentences for a person, without a period.
    pub left: Vec<String>,
}

/// What tells which draft is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignDraft {
    /// Its identity in the file, or one made of its name.
    pub id: DraftId,
    /// What it is called.
    pub label: String,
    /// The document symbol, or nothing.
    pub symbol: String,
    /// BCP 47, or nothing.
    pub language: String,
    /// SHA-256 of its text in the one form; empty where the file does not have the text.
    pub text_hash: String,
}

/// The remarks of one author.
#[derive(Clone, Debug, PartialEq)]
pub struct ForeignSet {
    /// Who; made of the name where the file has no identity.
    pub analyst: Analyst,
    /// In the order of the file.
    pub remarks: Vec<ForeignRemark>,
}

/// A remark, with its sightings.
#[derive(Clone, Debug, PartialEq)]
pub struct ForeignRemark {
    /// All but its placements, which are empty.
    pub annotation: Annotation,
    /// Whether the file says when it was written; otherwise its times mean nothing.
    pub timed: bool,
    /// At most one for each draft.
    pub sightings: Vec<ForeignSighting>,
}

/// Where a remark stands in a document.
#[derive(Clone, Debug, PartialEq)]
pub struct ForeignSighting {
    /// The document.
    pub draft: DraftId,
    /// What became of the remark there.
    pub state: State,
    /// Where, end-exclusive, in units of `counting`; none where the file does not say.
    pub span: Option<(usize, usize)>,
    /// What `span` counts.
    pub counting: Counting,
    /// The words, and what stood around them.
    pub quote: Quote,
    /// The provision, as far as the file says.
    pub citation: Citation,
    /// Chosen words or a whole provision.
    pub reach: Reach,
}

/// What positions of a format count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Counting {
    /// Unicode code points.
    #[default]
    CodePoints,
    /// UTF-16 code units, as programs for the web count.
    Utf16,
}

impl Default for ForeignSighting {
    fn default() -> Self {
        Self {
            draft: DraftId(0),
            state: State::Made,
            span: None,
            counting: Counting::CodePoints,
            quote: Quote::default(),
            citation: Citation::to(Place::Text),
            reach: Reach::Words,
        }
    }
}

impl ForeignDraft {
    /// One of which only the name is known.
    pub fn named(id: DraftId, label: &str) -> Self {
        let [symbol, language, text_hash] = [const { String::new() }; 3];
        Self { id, label: label.to_owned(), symbol, language, text_hash }
    }
}

impl Foreign {
    /// Takes concerns out of circles, and says so.
    pub(super) fn cut_circles(&mut self) {
        let parents: HashMap<ConcernId, ConcernId> =
            self.concerns.iter().filter_map(|c| Some((c.id, c.parent?))).collect();
        let mut cut = 0;
        for concern in &mut self.concerns {
            let mut at = concern.parent;
            let mut steps = 0;
            while let Some(parent) = at {
                steps += 1;
                if parent == concern.id || steps > 64 {
                    concern.parent = None;
                    cut += 1;
                    break;
                }
                at = parents.get(&parent).copied();
            }
        }
        if cut > 0 {
            self.left.push(format!("{} below themselves or too deep now stand at the top", counted(cut, "concern")));
        }
    }
}

/// `1 concern`, `2 concerns`.
pub(super) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// A concern of which only the name is known.
pub(super) fn concern_named(id: ConcernId, name: &str) -> Concern {
    Concern {
        id,
        tag: String::new(),
        name: name.to_owned(),
        definition: String::new(),
        look_for: String::new(),
        swatch: Swatch::default(),
        key: None,
        parent: None,
        retired: false,
        safeguard: false,
        same_as: Default::default(),
    }
}

/// A remark of which nothing is known.
pub(super) fn remark(id: u128) -> Annotation {
    Annotation {
        id: AnnotationId(id),
        kind: AnnotationKind::Remark,
        concerns: std::collections::BTreeSet::new(),
        severity: None,
        note: String::new(),
        recommendation: None,
        status: Status::Draft,
        made_of: Default::default(),
        source: None,
        created: Timestamp::UNIX_EPOCH,
        changed: Timestamp::UNIX_EPOCH,
        placements: BTreeMap::new(),
        outcomes: BTreeMap::new(),
        seen: BTreeMap::new(),
        numbering: None,
    }
}

/// Puts together what a reader finds.
#[derive(Default)]
pub(super) struct Gathering {
    pub foreign: Foreign,
    concerns: HashMap<ConcernId, usize>,
    names: HashMap<String, ConcernId>,
    drafts: HashMap<DraftId, usize>,
    sets: HashMap<AnalystId, usize>,
    remarks: HashMap<(AnalystId, AnnotationId), usize>,
    count: usize,
    contradicting: usize,
    odd: Vec<String>,
    odd_count: usize,
}

impl Gathering {
    /// Adds a concern; a second one with the same id is passed over.
    pub fn concern(&mut self, concern: Concern) -> Result<(), Problem> {
        if self.concerns.contains_key(&concern.id) {
            return Ok(());
        }
        if self.concerns.len() >= MOST_CONCERNS {
            return Err(Problem::TooMuch(format!("has more than {MOST_CONCERNS} concerns")));
        }
        self.names.entry(concern.name.to_lowercase()).or_insert(concern.id);
        self.concerns.insert(concern.id, self.foreign.concerns.len());
        self.foreign.concerns.push(concern);
        Ok(())
    }

    /// The concern with a name, added if need be.
    pub fn concern_named(&mut self, name: &str) -> Result<ConcernId, Problem> {
        let name = name.trim();
        if let Some(id) = self.names.get(&name.to_lowercase()) {
            return Ok(*id);
        }
        let id = ConcernId(derived(&["concern", &name.to_lowercase()]));
        self.concern(concern_named(id, name))?;
        Ok(id)
    }

    /// Adds a document; of one that is known already, nothing.
    pub fn draft(&mut self, draft: ForeignDraft) -> Result<DraftId, Problem> {
        let id = draft.id;
        if !self.drafts.contains_key(&id) {
            if self.drafts.len() >= MOST_DRAFTS {
                return Err(Problem::TooMuch(format!("has more than {MOST_DRAFTS} documents")));
            }
            self.drafts.insert(id, self.foreign.drafts.len());
            self.foreign.drafts.push(draft);
        }
        Ok(id)
    }

    /// The document with a name, added if need be.
    pub fn draft_named(&mut self, name: &str) -> Result<DraftId, Problem> {
        let id = DraftId(derived(&["draft", name.trim()]));
        self.draft(ForeignDraft::named(id, name.trim()))
    }

    /// Adds a remark where it stands, or another place of one that is there already.
    ///
    /// # Errors
    /// Where there are too many, or two remarks have one id.
    pub fn remark(
        &mut self,
        analyst: Analyst,
        annotation: Annotation,
        timed: bool,
        sighting: ForeignSighting,
    ) -> Result<(), Problem> {
        self.count += 1;
        if self.count > MOST_REMARKS {
            return Err(Problem::TooMuch(format!("has more than {MOST_REMARKS} annotations")));
        }
        let id = (analyst.id, annotation.id);
        let set = *self.sets.entry(analyst.id).or_insert_with(|| {
            self.foreign.sets.push(ForeignSet { analyst, remarks: Vec::new() });
            self.foreign.sets.len() - 1
        });
        let Some(set) = self.foreign.sets.get_mut(set) else { return Ok(()) };
        let Some(known) = self.remarks.get(&id).and_then(|&at| set.remarks.get_mut(at)) else {
            self.remarks.insert(id, set.remarks.len());
            set.remarks.push(ForeignRemark { annotation, timed, sightings: vec![sighting] });
            return Ok(());
        };
        if known.sightings.iter().any(|s| s.draft == sighting.draft && *s != sighting) {
            return Err(Problem::Damaged(format!("two annotations in it have the same id, {}", id.1)));
        }
        if known.sightings.contains(&sighting) {
            // One code on each line, as some tables have it.
            let mut same = annotation.clone();
            same.concerns.clone_from(&known.annotation.concerns);
            if same != known.annotation {
                return Err(Problem::Damaged(format!("two annotations in it have the same id, {}", id.1)));
            }
            known.annotation.concerns.extend(annotation.concerns);
            return Ok(());
        }
        self.contradicting += usize::from(known.annotation != annotation);
        known.sightings.push(sighting);
        Ok(())
    }

    /// Something that could not be understood; the first few are told.
    pub fn odd(&mut self, said: &[String]) {
        self.odd_count += said.len();
        let room = 3_usize.saturating_sub(self.odd.len());
        let short = |said: &String| in_one_line(said).chars().take(80).collect();
        self.odd.extend(said.iter().take(room).map(short));
    }

    /// What was gathered.
    pub fn finish(mut self) -> Foreign {
        if self.contradicting > 0 {
            self.foreign.left.push(format!(
                "{} of one id differ from place to place; what is said at the first place was taken",
                counted(self.contradicting, "annotation")
            ));
        }
        if self.odd_count > 0 {
            let some = if self.odd_count > self.odd.len() { ", \u{2026}" } else { "" };
            self.foreign.left.push(format!(
                "{} could not be understood ({}{some})",
                counted(self.odd_count, "value"),
                self.odd.join(", ")
            ));
        }
        self.foreign
    }
}

/// Bytes of context that tell words apart which stand several times in a document.
const WIDE: usize = 400;

/// The words at a place of a document that is at hand, with more around them than a program keeps.
pub(super) fn quote_in(text: &str, range: TextRange) -> Quote {
    let range = range.fitted(text);
    let from = text.ceil_char_boundary(range.start.saturating_sub(WIDE));
    let to = text.floor_char_boundary((range.end + WIDE).min(text.len()));
    Quote {
        exact: text[range.start..range.end].to_owned(),
        prefix: text[from.min(range.start)..range.start].to_owned(),
        suffix: text[range.end..to.max(range.end)].to_owned(),
    }
}

/// Who a name without an identity is.
pub(super) fn analyst_named(name: &str, otherwise: &str) -> Analyst {
    let name = if name.trim().is_empty() { otherwise } else { name.trim() };
    Analyst { id: AnalystId(derived(&["analyst", &name.to_lowercase()])), name: name.to_owned() }
}

/// A time as files write it; none where it is not one.
pub(super) fn time(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    // A time without a zone is taken for one of Greenwich: a guess of a few hours, and the same on every machine.
    text.parse().ok().or_else(|| format!("{}Z", text.replacen(' ', "T", 1)).parse().ok())
}
