//! Commentaries on a draft: taken in, reviewed, and their suggestions made annotations of one's own.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::citation::Suggestions;
use crate::import::{self, Choices, Problem};
use crate::model::text::normalize;
use crate::model::{
    Anchor, Annotation, AnnotationId, Commentary, CommentaryDetails, CommentaryId, Decision, DraftId, Edit, Origin,
    ProvisionIndex, Reach, SourceFile, StructureHint, SuggestionKey, TextRange,
};

use super::super::command::{CommentaryCommand, Edited};
use super::super::history::Look;
use super::super::proposal::file_name;
use super::super::reviews::{Basis, ReadNotes, ReviewState, review};
use super::super::tasks::Progress;
use super::super::{Outcome, Workspace};
use super::accept::fresh_slug_of;
use super::import::Reporting;

/// A pasted text has at most so many bytes.
const LONGEST_PASTED: usize = 16 << 20;
/// A title guessed from the text has at most so many characters.
const LONGEST_TITLE: usize = 200;

/// A commentary that was read and is not in the project yet.
pub struct ReadCommentary {
    /// It, with an identity of its own and without a folder.
    commentary: Commentary,
    /// The bytes of its file; empty for a pasted text.
    bytes: Vec<u8>,
    /// What it suggests, and what that was read from.
    notes: (Basis, ReadNotes),
    /// Sentences for a person.
    warnings: Vec<String>,
}

/// What a file suggests on a draft, whether or not it is a commentary of the project.
pub struct Listed {
    /// The draft it was read against.
    pub draft: DraftId,
    /// Its text.
    pub text: Arc<str>,
    /// What it suggests.
    pub suggestions: Arc<Suggestions>,
    /// Where each suggestion stands, in their order.
    pub states: Vec<ReviewState>,
    /// The commentary it is in the project already.
    pub commentary: Option<CommentaryId>,
}

impl Workspace {
    /// What a file suggests on a draft of the project that is open. Changes nothing.
    ///
    /// # Errors
    /// One sentence: the file cannot be read, or the draft is not there.
    pub fn list_commentary(&self, path: &Path, draft: DraftId, choices: Choices) -> Result<Listed, String> {
        let project = self.project().ok_or_else(|| "no project is open".to_owned())?;
        let progress = Progress::default();
        let read = import::read_file(path, &choices, &mut Reporting::of_one(&progress)).map_err(|e| e.to_string())?;
        let mut commentary =
            Commentary::new(CommentaryId(0), String::new(), draft, CommentaryDetails::default(), &read.text);
        commentary.hints = read.hints.into();
        commentary.source = Some(read.source);
        let same = project.commentaries.values().find(|c| is_same(c, &commentary)).cloned();
        let commentary = same.clone().unwrap_or_else(|| Arc::new(commentary));
        let draft_of = project.draft(draft).ok_or_else(|| "the draft is not in the project".to_owned())?;
        let codebook = Arc::new(project.codebook.clone());
        let read = Basis::of(&commentary, draft_of, project, &codebook).read(&commentary);
        let annotations = project.annotations().map(|(_, a)| a.id).collect();
        let review = review(&commentary, &read, &annotations);
        let text = Arc::clone(&commentary.text);
        Ok(Listed { draft, text, suggestions: read.suggestions, states: review.states, commentary: same.map(|c| c.id) })
    }

    pub(in super::super) fn run_commentary(&mut self, command: CommentaryCommand) {
        match command {
            CommentaryCommand::Import { path, draft, choices } => self.import_commentary(path, draft, choices),
            CommentaryCommand::Paste { title, author, text, draft } => {
                self.paste_commentary(title, author, text, draft);
            }
            CommentaryCommand::SetDetails { id, details } => self.set_commentary_details(id, details),
            CommentaryCommand::Remove(id) => {
                let Some(commentary) = self.commentary(id) else { return };
                let label = format!("remove the commentary \u{201c}{}\u{201d}", commentary.name());
                self.commit(label, Look::default(), None, vec![Edit::PutCommentary { id, commentary: None }]);
            }
            CommentaryCommand::Accept { id, keys } => self.accept_suggestions(id, &keys, true),
            CommentaryCommand::AcceptAs { id, key, edited } => self.accept_edited(id, &key, *edited),
            CommentaryCommand::AcceptHeading { id, heading } => {
                let keys = self.waiting_keys(id, |headings| headings.contains(&heading));
                self.accept_suggestions(id, &keys, false);
            }
            CommentaryCommand::AcceptAll(id) => {
                let keys = self.waiting_keys(id, |_| true);
                self.accept_suggestions(id, &keys, false);
            }
            CommentaryCommand::Reject { id, keys } => self.reject_suggestions(id, &keys),
            CommentaryCommand::TakeBack { id, keys } => self.take_back_decisions(id, &keys),
        }
    }

    /// The file a commentary was made from, if it was made from one and that is there.
    pub fn original_of_commentary(&self, commentary: &Commentary) -> Option<PathBuf> {
        self.open.as_ref()?.store.commentary_source(commentary)
    }

    fn commentary(&self, id: CommentaryId) -> Option<Arc<Commentary>> {
        self.project()?.commentaries.get(&id).cloned()
    }

    fn import_commentary(&mut self, path: PathBuf, draft: DraftId, choices: Choices) {
        if !self.can_edit() {
            self.notices.caution("Open or make a project first; a commentary speaks about one of its drafts");
            return;
        }
        let Some(context) = self.reading_context(draft) else { return };
        let id = CommentaryId::fresh(&mut *self.surroundings);
        self.tasks.start(format!("Reading {}", file_name(&path)), true, move |progress| {
            let mut watch = Reporting::of_one(progress);
            match import::read_file(&path, &choices, &mut watch) {
                Ok(read) if !progress.is_cancelled() => {
                    let title = stem(&path);
                    let details = CommentaryDetails {
                        title,
                        author: String::new(),
                        date: read.details.date,
                        language: read.details.language.clone(),
                    };
                    let mut commentary = Commentary::new(id, String::new(), draft, details, &read.text);
                    commentary.hints = read.hints.into();
                    commentary.source = Some(read.source);
                    let mut warnings = read.warnings;
                    warnings.extend(read.doubts.into_iter().map(|d| d.message));
                    Outcome::Commentary(Box::new(context.read(commentary, read.bytes, warnings)))
                }
                Ok(_) => Outcome::Cancelled("Reading was stopped; nothing was added".to_owned()),
                Err(error) if error.problem == Problem::Cancelled => {
                    Outcome::Cancelled("Reading was stopped; nothing was added".to_owned())
                }
                Err(error) => Outcome::Failed(error.to_string()),
            }
        });
    }

    fn paste_commentary(&mut self, title: String, author: String, text: String, draft: DraftId) {
        if !self.can_edit() {
            self.notices.caution("Open or make a project first; a commentary speaks about one of its drafts");
            return;
        }
        if text.len() > LONGEST_PASTED {
            self.notices.caution("A pasted text holds at most 16 MB; save it as a file and import that");
            return;
        }
        if text.trim().is_empty() {
            self.notices.caution("There are no words to be read as a commentary");
            return;
        }
        let Some(context) = self.reading_context(draft) else { return };
        let id = CommentaryId::fresh(&mut *self.surroundings);
        self.tasks.start("Reading the pasted text", false, move |_| {
            let text = normalize(&text);
            let hints: &[StructureHint] = &[];
            let details = CommentaryDetails { title, author, ..CommentaryDetails::default() };
            let mut commentary = Commentary::new(id, String::new(), draft, details, &text);
            commentary.hints = hints.into();
            Outcome::Commentary(Box::new(context.read(commentary, Vec::new(), Vec::new())))
        });
    }

    fn reading_context(&mut self, draft: DraftId) -> Option<Context> {
        let Some(project) = self.project().filter(|p| p.draft(draft).is_some()) else {
            self.notices.caution("Choose the draft that the commentary speaks about");
            return None;
        };
        Some(Context { project: Arc::new(project.clone()) })
    }

    /// Takes over a commentary that was read.
    pub(in super::super) fn take_commentary(&mut self, read: ReadCommentary) {
        let ReadCommentary { mut commentary, bytes, notes, warnings } = read;
        let Some(project) = self.project() else { return };
        let Some(draft) = project.draft(commentary.draft).cloned() else { return };
        let said = match &commentary.source {
            Some(source) => source.name.clone(),
            None => "This text".to_owned(),
        };
        if commentary.text.trim().is_empty() {
            self.notices.failure_of_file(format!("{said} holds no words"));
            return;
        }
        if let Some(same) = project.commentaries.values().find(|c| is_same(c, &commentary)) {
            let name = same.name();
            self.notices.caution(format!(
                "{said} is already here as the commentary \u{201c}{name}\u{201d} on {}",
                draft.name()
            ));
            return;
        }
        if commentary.details.title.trim().is_empty() || commentary.source.is_some() {
            let guessed = notes.1.suggestions.title.and_then(|t| t.of(&commentary.text)).map(one_line);
            if let Some(title) = guessed.filter(|t| !t.is_empty()) {
                commentary.details.title = title;
            } else if commentary.details.title.trim().is_empty() {
                let first = commentary.text.lines().map(one_line).find(|l| !l.is_empty());
                commentary.details.title = first.unwrap_or_default();
            }
        }
        let Some(open) = &self.open else { return };
        commentary.slug =
            fresh_slug_of(&commentary.details.title, "commentary", |slug| open.store.is_commentary_folder(slug));
        if commentary.source.is_some()
            && let Err(error) = open.store.keep_commentary_source(&commentary, &bytes)
        {
            self.notices.failure(error);
            return;
        }
        let id = commentary.id;
        let label = format!("add the commentary \u{201c}{}\u{201d}", commentary.name());
        let count = notes.1.suggestions.list.len();
        let name = commentary.name().to_owned();
        let put = Edit::PutCommentary { id, commentary: Some(Arc::new(commentary)) };
        if !self.commit(label, Look::default(), None, vec![put]) {
            return;
        }
        self.reviews.know(id, notes.0, notes.1);
        for warning in warnings {
            self.notices.caution(format!("{said}: {warning}"));
        }
        let plural = if count == 1 { "" } else { "s" };
        self.notices.done(format!("\u{201c}{name}\u{201d} suggests {count} annotation{plural} on {}", draft.name()));
        self.save();
        self.refresh();
        if self.attended {
            self.open_commentary(id);
        }
    }

    /// Starts reading what a commentary suggests, where something it follows from has changed.
    pub(in super::super) fn review_if_due(&mut self) {
        let Some(open) = &self.open else { return };
        // At every frame: nothing is looked at where nothing has changed.
        if self.reviewed == Some(self.revision) || self.closing {
            return;
        }
        let Some((commentary, basis)) = self.reviews.due(&open.project) else {
            self.reviewed = Some(self.revision);
            return;
        };
        let name = format!("Reading what \u{201c}{}\u{201d} suggests", commentary.name());
        self.tasks.start(name, false, move |_| {
            let read = basis.read(&commentary);
            Outcome::Reviewed(commentary.id, Box::new((basis, read)))
        });
    }

    fn set_commentary_details(&mut self, id: CommentaryId, details: CommentaryDetails) {
        let Some(commentary) = self.commentary(id) else { return };
        if details.title.trim().is_empty() {
            self.notices.caution("A commentary needs a title");
            return;
        }
        if commentary.details != details {
            let label = format!("change the details of \u{201c}{}\u{201d}", commentary.name());
            self.commit(label, Look::default(), None, vec![Edit::PutCommentaryDetails { id, details }]);
        }
    }

    /// The suggestions that wait and can stand somewhere, whose headings are wanted.
    fn waiting_keys(&self, id: CommentaryId, wanted: impl Fn(&[TextRange]) -> bool) -> Vec<SuggestionKey> {
        let Some(review) = self.reviews.get(id) else { return Vec::new() };
        let waits = review.list().filter(|(_, state)| *state == ReviewState::Waiting);
        waits.filter(|(note, _)| wanted(&note.headings)).map(|(note, _)| note.key.clone()).collect()
    }

    /// Makes annotations of suggestions, in one step. `chosen` says that each was chosen by itself, so that one which can
    /// stand nowhere is worth a sentence of its own.
    fn accept_suggestions(&mut self, id: CommentaryId, keys: &[SuggestionKey], chosen: bool) {
        let Some(commentary) = self.commentary(id) else { return };
        let Some(review) = self.reviews.get(id) else {
            self.notices.caution("What this commentary suggests is still being read");
            return;
        };
        let mut wanted = Vec::new();
        let (mut there, mut unplaced) = (0_usize, 0_usize);
        for key in keys {
            match review.get(key) {
                Some((note, ReviewState::Waiting | ReviewState::Rejected)) => match note.meaning.one() {
                    Some(provision) => wanted.push((note.clone(), provision)),
                    None => unplaced += 1,
                },
                Some((_, ReviewState::Accepted(_))) => there += 1,
                None => {}
            }
        }
        let draft = self.project().and_then(|p| p.draft(commentary.draft)).map_or("the draft", |d| d.name()).to_owned();
        if wanted.is_empty() {
            let said = match (there, unplaced) {
                (0, 0) => "Nothing waits to be accepted here".to_owned(),
                (0, 1) if chosen => {
                    format!("What it cites is not one provision of {draft}; choose where it is to stand")
                }
                (0, 1) => {
                    format!("1 suggestion cites what is not one provision of {draft}; choose where it is to stand")
                }
                (0, n) => {
                    format!("{n} suggestions cite what is not one provision of {draft}; choose where each is to stand")
                }
                _ => "It has been accepted already".to_owned(),
            };
            self.notices.caution(said);
            return;
        }
        let made: Vec<(SuggestionKey, Edited)> = wanted
            .into_iter()
            .map(|(note, provision)| {
                let edited = Edited {
                    provision: Some(provision),
                    kind: note.kind,
                    concerns: note.concerns.iter().map(|t| t.concern).collect(),
                    severity: None,
                    note: note.note,
                    recommendation: note.recommendation,
                };
                (note.key, edited)
            })
            .collect();
        let count = made.len();
        if self.make_annotations(&commentary, made) {
            let name = commentary.name();
            let plural = if count == 1 { "" } else { "s" };
            let mut said = format!("{count} annotation{plural} from \u{201c}{name}\u{201d}");
            if unplaced > 0 {
                said.push_str(&format!("; {unplaced} wait, as what they cite is not one provision of {draft}"));
            }
            self.notices.done(said);
        }
    }

    fn accept_edited(&mut self, id: CommentaryId, key: &SuggestionKey, mut edited: Edited) {
        let Some(commentary) = self.commentary(id) else { return };
        let Some((note, state)) = self.reviews.get(id).and_then(|r| r.get(key)) else {
            self.notices.caution("This suggestion is not there any more");
            return;
        };
        if let ReviewState::Accepted(_) = state {
            self.notices.caution("It has been accepted already");
            return;
        }
        edited.provision = edited.provision.or_else(|| note.meaning.one());
        if edited.provision.is_none() {
            let draft = self.project().and_then(|p| p.draft(commentary.draft)).map_or("the draft", |d| d.name());
            self.notices.caution(format!("What it cites is not one provision of {draft}; choose where it is to stand"));
            return;
        }
        self.make_annotations(&commentary, vec![(key.clone(), edited)]);
    }

    /// The step that makes annotations of suggestions. Says whether it was done.
    fn make_annotations(&mut self, commentary: &Commentary, made: Vec<(SuggestionKey, Edited)>) -> bool {
        let Some((analyst, mut edits)) = self.own_analyst() else { return false };
        let Some(draft) = self.project().and_then(|p| p.draft(commentary.draft)).cloned() else {
            self.notices.caution("The draft this commentary speaks about is not in the project");
            return false;
        };
        let now = self.surroundings.now();
        let mut first: Option<(TextRange, AnnotationId, String)> = None;
        let count = made.len();
        for (key, edited) in made {
            let range = edited.provision.and_then(|p: ProvisionIndex| draft.outline.get(p)).map(|p| p.range);
            let Some(range) = range else { continue };
            let id = AnnotationId::fresh(&mut *self.surroundings);
            let anchor = Anchor::new(&draft.text, &draft.outline, range, Reach::Provision);
            let citation = anchor.citation.long();
            let mut annotation = Annotation::new(id, edited.kind, draft.id, anchor, now);
            annotation.concerns = edited.concerns;
            annotation.severity = edited.severity;
            annotation.note = edited.note;
            annotation.recommendation = edited.recommendation;
            annotation.source = Some(self.origin(commentary, &key));
            first.get_or_insert((range, id, citation));
            edits.push(Edit::PutAnnotation { analyst, id, annotation: Some(Box::new(annotation)) });
            let decision = Some(Decision::Accepted(id));
            edits.push(Edit::PutDecision { commentary: commentary.id, key, decision });
        }
        let Some((range, id, citation)) = first else { return false };
        let name = commentary.name();
        let label = match count {
            1 => format!("take what \u{201c}{name}\u{201d} says of {citation}"),
            n => format!("take {n} annotations from \u{201c}{name}\u{201d}"),
        };
        let look = Look { place: Some((draft.id, range)), annotation: Some((analyst, id)) };
        self.commit(label, look, None, edits)
    }

    /// Where the words of a suggestion stand, for the annotation it becomes.
    fn origin(&self, commentary: &Commentary, key: &SuggestionKey) -> Origin {
        let note = self.reviews.get(commentary.id).and_then(|r| r.get(key)).map(|(note, _)| note);
        let words = |range: &TextRange| range.of(&commentary.text).map(one_line);
        let heading = note.map(|n| n.headings.iter().filter_map(words).collect::<Vec<_>>().join(" \u{203a} "));
        Origin {
            commentary: commentary.id,
            title: commentary.details.title.clone(),
            author: commentary.details.author.clone(),
            heading: heading.unwrap_or_default(),
            range: note.map_or(key.at, |n| n.passage),
        }
    }

    fn reject_suggestions(&mut self, id: CommentaryId, keys: &[SuggestionKey]) {
        let Some(commentary) = self.commentary(id) else { return };
        let Some(review) = self.reviews.get(id) else { return };
        let open = keys.iter().filter(|k| review.get(k).is_some_and(|(_, s)| s == ReviewState::Waiting));
        let decision = Some(Decision::Rejected);
        let edits: Vec<Edit> =
            open.map(|key| Edit::PutDecision { commentary: id, key: key.clone(), decision }).collect();
        if edits.is_empty() {
            self.notices.caution("Only what waits can be rejected; take an accepted one back first");
            return;
        }
        let plural = if edits.len() == 1 { "" } else { "s" };
        let label = format!("reject {} suggestion{plural} of \u{201c}{}\u{201d}", edits.len(), commentary.name());
        self.commit(label, Look::default(), None, edits);
    }

    /// Leaves suggestions open again, and takes the annotations away that they became, if they are one's own.
    fn take_back_decisions(&mut self, id: CommentaryId, keys: &[SuggestionKey]) {
        let Some(commentary) = self.commentary(id) else { return };
        let Some((analyst, _)) = self.own_analyst() else { return };
        let Some(project) = self.project() else { return };
        let mut edits = Vec::new();
        let mut theirs = 0_usize;
        for key in keys {
            let Some(decision) = commentary.decisions.get(key) else { continue };
            if let Decision::Accepted(made) = decision {
                let own = project.annotation(analyst, *made).is_some();
                if !own && project.annotations().any(|(_, a)| a.id == *made) {
                    theirs += 1;
                    continue;
                }
                if own {
                    edits.push(Edit::PutAnnotation { analyst, id: *made, annotation: None });
                }
            }
            edits.push(Edit::PutDecision { commentary: id, key: key.clone(), decision: None });
        }
        if theirs > 0 {
            self.notices.caution("What a colleague has accepted, only the colleague can take back");
        }
        if edits.is_empty() {
            return;
        }
        let label = format!("take back what was decided about \u{201c}{}\u{201d}", commentary.name());
        self.commit(label, Look::default(), None, edits);
    }
}

/// What a commentary is read against, as it was when reading began.
struct Context {
    project: Arc<crate::model::Project>,
}

impl Context {
    fn read(&self, commentary: Commentary, bytes: Vec<u8>, warnings: Vec<String>) -> ReadCommentary {
        let codebook = Arc::new(self.project.codebook.clone());
        let notes = self.project.draft(commentary.draft).map(|draft| {
            let basis = Basis::of(&commentary, draft, &self.project, &codebook);
            let read = basis.read(&commentary);
            (basis, read)
        });
        let notes = notes.unwrap_or_else(|| (Basis::nothing(), ReadNotes::default()));
        ReadCommentary { commentary, bytes, notes, warnings }
    }
}

/// Whether two commentaries are of one file, or of one text, on one draft.
fn is_same(a: &Commentary, b: &Commentary) -> bool {
    let hash = |c: &Commentary| c.source.as_ref().map(|s: &SourceFile| s.sha256.clone());
    a.draft == b.draft && (a.text_hash == b.text_hash || hash(a).is_some() && hash(a) == hash(b))
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST_TITLE).collect()
}

fn stem(path: &Path) -> String {
    path.file_stem().map_or_else(String::new, |n| n.to_string_lossy().replace(['_', '-'], " "))
}
