//! The paper that is looked at: composed in the background, made anew when the project has changed; and papers on their
//! way into files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::export::paper::{Logo, PAPER_FORMATS};
use crate::export::write_file;
use crate::model::{DraftId, KeptFile, Project, Submission, SubmissionId};
use crate::search::{self, Changes, Index, Options, Watch};
use crate::storage;

use super::super::tasks::Progress;
use super::super::view::Focus;
use super::super::{Outcome, Pair, Workspace};
use super::command::PaperOf;
use super::{Aids, Composed, comparison, compose, logo};

/// What the task is called that composes the paper that is looked at; it is not worth a word in the status line.
pub const COMPOSING: &str = "Composing the paper";
/// What the task is called that writes a paper.
pub const WRITING: &str = "Writing the paper";

/// The largest logo, in bytes.
pub(super) const LARGEST_LOGO: u64 = 5_000_000;
/// The largest style template, in bytes.
pub(super) const LARGEST_TEMPLATE: u64 = 20_000_000;

/// Drafts laid beside each other, by the older and the newer one.
type Pairs = BTreeMap<(DraftId, DraftId), Arc<Pair>>;

/// What is looked at, and what has been composed of it.
#[derive(Default)]
pub(in super::super) struct Kept {
    wanted: Option<PaperOf>,
    /// The revision that is being composed.
    under_way: Option<(PaperOf, u64)>,
    composed: Option<(PaperOf, u64, Arc<Composed>)>,
    /// Why there is none, at which revision.
    failed: Option<(PaperOf, u64, Option<String>)>,
    /// The index for the questions of submissions, between two compositions.
    index: Option<Box<Index>>,
    pairs: Pairs,
}

/// What a task made.
pub struct Made {
    of: PaperOf,
    revision: u64,
    index: Option<Box<Index>>,
    pairs: Pairs,
    /// The paper, or a sentence; nothing where it was stopped.
    result: Result<Composed, Option<String>>,
}

/// A paper that is in a file.
pub struct Submitted {
    of: PaperOf,
    path: PathBuf,
    /// What the format could not carry, and what should be looked at.
    left: Vec<String>,
    composed: Composed,
}

/// Everything a task needs to compose a paper.
struct Work {
    project: Arc<Project>,
    of: PaperOf,
    revision: u64,
    today: Date,
    logo: Option<PathBuf>,
    styles: Option<PathBuf>,
    index: Option<Box<Index>>,
    pairs: Pairs,
    changes: Changes,
}

struct Watching<'p>(&'p Progress);

impl Watch for Watching<'_> {
    fn progress(&mut self, done: u64, total: u64) {
        self.0.set(done, total.max(1) * 2);
    }

    fn cancelled(&self) -> bool {
        self.0.is_cancelled()
    }
}

impl Kept {
    /// Forgets everything, when another project is opened.
    pub(in super::super) fn clear(&mut self) {
        *self = Self::default();
    }
}

impl Workspace {
    /// The paper that was composed last of what is asked for, whatever has changed since: [`Self::is_composed`] says
    /// whether it is of the project as it is.
    pub fn composed(&self, of: &PaperOf) -> Option<&Arc<Composed>> {
        self.submissions.composed.as_ref().filter(|(what, ..)| what == of).map(|(.., composed)| composed)
    }

    /// Whether the paper is composed of the project as it is now.
    pub fn is_composed(&self, of: &PaperOf) -> bool {
        self.submissions.composed.as_ref().is_some_and(|(what, revision, _)| what == of && *revision == self.revision)
    }

    /// Why there is no paper of the project as it is now: a sentence, empty where composing was stopped.
    pub fn not_composed(&self, of: &PaperOf) -> Option<&str> {
        let failed = self.submissions.failed.as_ref().filter(|(what, at, _)| what == of && *at == self.revision);
        failed.map(|(.., why)| why.as_deref().unwrap_or_default())
    }

    /// Whether the paper is being composed.
    pub fn is_composing(&self) -> bool {
        self.submissions.under_way.is_some()
    }

    /// Composes a paper and waits for it: for the command line.
    ///
    /// # Errors
    /// One sentence.
    pub fn compose_now(&mut self, of: &PaperOf) -> Result<Arc<Composed>, String> {
        self.compose(of.clone());
        self.settle();
        if let Some(composed) = self.composed(of).filter(|_| self.is_composed(of)) {
            return Ok(Arc::clone(composed));
        }
        Err(self.not_composed(of).filter(|s| !s.is_empty()).unwrap_or("The paper was not composed").to_owned())
    }

    /// All formats a paper can be written in: id, name, ending.
    pub fn paper_formats() -> Vec<(&'static str, &'static str, &'static str)> {
        PAPER_FORMATS.iter().map(|f| (f.id, f.name, f.extension)).collect()
    }

    pub(super) fn compose(&mut self, of: PaperOf) {
        let tried = self.submissions.failed.take_if(|(what, ..)| *what == of);
        drop(tried);
        self.submissions.wanted = Some(of);
        self.compose_if_due();
    }

    pub(super) fn rest(&mut self) {
        self.submissions.wanted = None;
    }

    /// Starts to compose what is looked at, where the project is another since. Cheap where nothing is to be done.
    pub(in super::super) fn compose_if_due(&mut self) {
        let Some(wanted) = &self.submissions.wanted else { return };
        let is_there = |of: &PaperOf, at: u64| of == wanted && at == self.revision;
        let kept = &self.submissions;
        let done = kept.composed.as_ref().is_some_and(|(of, at, _)| is_there(of, *at))
            || kept.failed.as_ref().is_some_and(|(of, at, _)| is_there(of, *at));
        if done || kept.under_way.is_some() || self.closing {
            return;
        }
        let of = wanted.clone();
        let Some(work) = self.work(of.clone()) else { return };
        self.submissions.under_way = Some((of, work.revision));
        self.tasks.start(COMPOSING, true, move |progress| Outcome::Composed(Box::new(work.make(progress))));
    }

    pub(in super::super) fn take_composed(&mut self, made: Made) {
        let Made { of, revision, index, pairs, result } = made;
        if self.submissions.under_way.take_if(|(what, at)| *what == of && *at == revision).is_none() {
            return;
        }
        (self.submissions.index, self.submissions.pairs) = (index, pairs);
        match result {
            Ok(composed) => self.submissions.composed = Some((of, revision, Arc::new(composed))),
            Err(why) => self.submissions.failed = Some((of, revision, why)),
        }
        self.compose_if_due();
    }

    /// Says of a composition that nothing works at any more that it was stopped.
    pub(in super::super) fn release_paper(&mut self) {
        if !self.tasks.running().iter().any(|t| t.name == COMPOSING)
            && let Some((of, revision)) = self.submissions.under_way.take()
        {
            self.submissions.failed = Some((of, revision, None));
        }
        self.release_pages();
    }

    pub(super) fn export_paper(&mut self, of: PaperOf, path: PathBuf) {
        let Some(work) = self.work(of.clone()) else {
            self.notices.caution("Open a project first");
            return;
        };
        let ready = self.submissions.composed.as_ref().filter(|(what, at, _)| *what == of && *at == self.revision);
        let ready = ready.map(|(.., composed)| Arc::clone(composed));
        self.tasks.start(WRITING, true, move |progress| {
            let composed = match ready {
                Some(composed) => Ok((*composed).clone()),
                None => work.make(progress).result,
            };
            let composed = match composed {
                Ok(composed) => composed,
                Err(Some(sentence)) => return Outcome::Failed(sentence),
                Err(None) => return Outcome::Cancelled("The paper was not written".to_owned()),
            };
            match write(&composed, &path) {
                Ok(mut left) => {
                    left.extend(composed.cautions.iter().cloned());
                    Outcome::Submitted(Box::new(Submitted { of, path, left, composed }))
                }
                Err(sentence) => Outcome::Failed(sentence),
            }
        });
    }

    pub(in super::super) fn take_submitted(&mut self, submitted: Submitted) {
        let Submitted { of, path, left, composed } = submitted;
        if let (PaperOf::Kept(id), Some(draft)) = (&of, composed.draft) {
            self.view.report.went_to.insert(*id, path.clone());
            self.remember_export(*id, &path, draft, composed.digests);
        }
        let said = composed.left_out.sentence();
        self.notices.done(format!("Written: {}", path.display()));
        for sentence in [left.join("; "), said].into_iter().filter(|s| !s.is_empty()) {
            self.notices.caution(format!("{sentence}: {}", path.display()));
        }
    }

    fn work(&mut self, of: PaperOf) -> Option<Work> {
        let project = self.snapshot()?;
        let submission = match &of {
            PaperOf::Kept(id) => project.submissions.get(id),
            PaperOf::Given(given) => Some(&given.submission),
            PaperOf::Concordance { .. } | PaperOf::Outcomes { .. } => None,
        };
        let store = self.open.as_ref().map(|o| &o.store)?;
        let place = |file: Option<&KeptFile>| file.map(|f| store.kept_file(f));
        let mut logo = place(submission.and_then(|s| s.front.logo.as_ref()));
        let mut styles = place(submission.and_then(|s| s.style_template.as_ref()));
        if let PaperOf::Given(given) = &of {
            logo = given.logo.clone().or(logo);
            styles = given.styles.clone().or(styles);
        }
        let mut pairs = self.submissions.pairs.clone();
        let drafts: Vec<DraftId> = project.drafts.iter().map(|d| d.id).collect();
        for (n, &old) in drafts.iter().enumerate() {
            for &new in drafts.iter().skip(n + 1) {
                if let Some(pair) = self.pair(old, new) {
                    pairs.insert((old, new), pair);
                }
            }
        }
        pairs.retain(|(old, new), pair| holds(pair, &project, [*old, *new]));
        let changes = self.changes();
        let today = self.surroundings.now().to_zoned(TimeZone::UTC).date();
        let index = self.submissions.index.take();
        Some(Work { project, of, revision: self.revision, today, logo, styles, index, pairs, changes })
    }
}

/// Whether a comparison is of the drafts as they are.
fn holds(pair: &Pair, project: &Project, drafts: [DraftId; 2]) -> bool {
    let [old, new] = drafts.map(|id| project.draft(id));
    let same = |draft: Option<&Arc<crate::model::Draft>>, at: usize| {
        draft
            .is_some_and(|d| std::ptr::eq(&*d.text, pair.texts()[at]) && std::ptr::eq(&*d.outline, pair.outlines()[at]))
    };
    same(old, 0) && same(new, 1)
}

impl Work {
    fn make(mut self, progress: &Progress) -> Made {
        let result = self.result(progress);
        let Self { of, revision, index, pairs, .. } = self;
        Made { of, revision, index, pairs, result }
    }

    fn result(&mut self, progress: &Progress) -> Result<Composed, Option<String>> {
        let project = Arc::clone(&self.project);
        let gone = || Some("This submission is not in the project".to_owned());
        let submission = match &self.of {
            PaperOf::Kept(id) => project.submissions.get(id).ok_or_else(gone)?.clone(),
            PaperOf::Given(given) => given.submission.clone(),
            PaperOf::Concordance { old, new, language, style } => {
                let ways = (*old, *new);
                let (language, style) = (*language, *style);
                let pair = self.pair(ways.0, ways.1, progress)?;
                return Ok(comparison::concordance(&project, &pair, ways, language, style, self.today));
            }
            PaperOf::Outcomes { drafts, language, style } => {
                return comparison::outcomes(&project, *drafts, *language, *style, self.today).map_err(Some);
            }
        };
        let mut cautions = Vec::new();
        let found = self.found(&submission, progress, &mut cautions)?;
        let draft = super::draft_of(&project, &submission).map_err(Some)?;
        for older in super::numberings(&project, draft.id) {
            if self.pair(older, draft.id, progress).is_err() && progress.is_cancelled() {
                return Err(None);
            }
        }
        let aids = Aids {
            today: self.today,
            found,
            logo: self.logo(&mut cautions)?,
            styles: self.styles(&mut cautions)?,
            pairs: self.pairs.clone(),
        };
        let mut composed = compose(&project, &submission, &aids, progress).map_err(Some)?.ok_or(None)?;
        cautions.append(&mut composed.cautions);
        composed.cautions = cautions;
        Ok(composed)
    }

    /// Two drafts laid beside each other; made if need be.
    fn pair(&mut self, old: DraftId, new: DraftId, progress: &Progress) -> Result<Arc<Pair>, Option<String>> {
        if let Some(pair) = self.pairs.get(&(old, new)) {
            return Ok(Arc::clone(pair));
        }
        let drafts = (self.project.draft(old), self.project.draft(new));
        let (Some(older), Some(newer)) = drafts else {
            return Err(Some("The drafts to compare are not in this project".to_owned()));
        };
        progress.say(format!("Comparing {} with {}", older.name(), newer.name()));
        let pair = Arc::new(Pair::of(older, newer, &|| !progress.is_cancelled()).ok_or(None)?);
        self.pairs.insert((old, new), Arc::clone(&pair));
        Ok(pair)
    }

    /// The remarks that the question of a submission finds, and those that its kept search finds; all where it has neither.
    fn found(
        &mut self,
        submission: &Submission,
        progress: &Progress,
        cautions: &mut Vec<String>,
    ) -> Result<Option<BTreeSet<Focus>>, Option<String>> {
        let pick = &submission.pick;
        let mut questions: Vec<(&str, Options)> = Vec::new();
        if !pick.query.trim().is_empty() {
            questions.push((&pick.query, Options::default()));
        }
        let project = Arc::clone(&self.project);
        if let Some(id) = pick.search {
            let gone = || Some("The kept search of this submission is not in the project any more".to_owned());
            let saved = project.searches.get(&id).ok_or_else(gone)?;
            questions.push((&saved.query, Options::within(&saved.scope)));
        }
        if questions.is_empty() {
            return Ok(None);
        }
        let draft = super::draft_of(&project, submission).map_err(Some)?.id;
        let failed = |e: search::SearchError| match e {
            search::SearchError::Cancelled => None,
            search::SearchError::Index(_) => Some(e.to_string()),
        };
        let mut index = match self.index.take() {
            Some(index) => index,
            None => Box::new(Index::in_memory().map_err(failed)?),
        };
        index.update(&project, &mut Watching(progress)).map_err(failed)?;
        let mut all: Option<BTreeSet<Focus>> = None;
        for (question, mut options) in questions {
            let mistake =
                |e: search::QueryError| Some(format!("The question of this submission is not understood: {e}"));
            let query = search::parse(question).map_err(mistake)?;
            options.changes = self.changes.clone();
            let mut answer = index.remarks(&project, &query, draft, &options, &Watching(progress)).map_err(failed)?;
            if !answer.uncompared.is_empty() {
                for (old, new) in std::mem::take(&mut answer.uncompared) {
                    let pair = self.pair(old, new, progress)?;
                    self.changes.tell(old, new, pair.changed().into());
                }
                options.changes = self.changes.clone();
                answer = index.remarks(&project, &query, draft, &options, &Watching(progress)).map_err(failed)?;
            }
            cautions.extend(answer.notices.into_iter().map(|n| n.message));
            let found = answer.found.into_iter().map(|(analyst, annotation)| Focus { analyst, annotation }).collect();
            all = Some(match all {
                Some(before) => &before & &found,
                None => found,
            });
        }
        self.index = Some(index);
        Ok(all)
    }

    /// The logo, checked. One that is kept and cannot be read is left out, which is told; one that is given has to be one.
    fn logo(&self, cautions: &mut Vec<String>) -> Result<Option<Logo>, Option<String>> {
        let Some(path) = &self.logo else { return Ok(None) };
        let read = storage::read_within(path, LARGEST_LOGO);
        let checked = read.and_then(|bytes| logo::checked(bytes).map_err(|e| format!("{e}: {}", path.display())));
        self.or_told(checked, cautions)
    }

    /// The document whose styles are taken over.
    fn styles(&self, cautions: &mut Vec<String>) -> Result<Option<Arc<[u8]>>, Option<String>> {
        let Some(path) = &self.styles else { return Ok(None) };
        let checked = storage::read_within(path, LARGEST_TEMPLATE).and_then(|bytes| match logo::is_docx(&bytes) {
            true => Ok(bytes.into()),
            false => Err(format!("This is no DOCX document: {}", path.display())),
        });
        self.or_told(checked, cautions)
    }

    fn or_told<T>(&self, read: Result<T, String>, cautions: &mut Vec<String>) -> Result<Option<T>, Option<String>> {
        match (read, &self.of) {
            (Ok(read), _) => Ok(Some(read)),
            (Err(sentence), PaperOf::Given(_)) => Err(Some(sentence)),
            (Err(sentence), _) => {
                cautions.push(sentence);
                Ok(None)
            }
        }
    }
}

/// Writes a paper; the ending of the path says how. Answers with what the format could not carry.
fn write(composed: &Composed, path: &Path) -> Result<Vec<String>, String> {
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let Some(format) = PAPER_FORMATS.iter().find(|f| f.extension == ending) else {
        let known: Vec<String> = PAPER_FORMATS.iter().map(|f| format!(".{}", f.extension)).collect();
        let known = known.join(", ");
        return Err(format!("A paper is written to a file that ends in one of {known}: {}", path.display()));
    };
    let written = (format.write)(&composed.paper).map_err(|e| format!("{e}: {}", path.display()))?;
    write_file(path, &written.bytes).map_err(|e| e.to_string())?;
    Ok(written.left)
}

/// What was exported of a submission that is kept.
pub(super) fn exported(
    when: jiff::Timestamp,
    path: &Path,
    draft: DraftId,
    digests: BTreeMap<crate::model::AnnotationId, u64>,
) -> crate::model::Exported {
    let file = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    crate::model::Exported { when, file, draft, digests }
}

/// The submission with this name; several may have it.
pub(super) fn named<'p>(project: &'p Project, name: &str) -> Vec<&'p Submission> {
    let wanted = name.trim().to_lowercase();
    project.submissions_by_name().into_iter().filter(|s| s.name.to_lowercase() == wanted).collect()
}

impl Workspace {
    /// The submission a person means by its name.
    ///
    /// # Errors
    /// One sentence, where there is none or several.
    pub fn submission_named(&self, name: &str) -> Result<SubmissionId, String> {
        let Some(project) = self.project() else { return Err("no project is open".to_owned()) };
        match named(project, name).as_slice() {
            [one] => Ok(one.id),
            [] => Err(format!("no submission of the project is called \u{201c}{}\u{201d}", name.trim())),
            _ => Err(format!("several submissions are called \u{201c}{}\u{201d}", name.trim())),
        }
    }
}
