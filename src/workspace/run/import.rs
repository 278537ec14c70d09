//! Reading files as proposals, reading one again in another way, and recognizing it again after a correction.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::import::{self, Choices, Imported, Problem};
use crate::model::{Draft, DraftDetails, DraftId, SourceFile, Wording};
use crate::outline::{self, Reading};
use crate::storage;

use super::super::outcome::{Batch, Refusal};
use super::super::proposal::{Apart, Correction, Fate, Lock, Proposal, Reshape, articles, file_name};
use super::super::view::Place;
use super::super::{Outcome, Workspace, tasks::Progress};

/// More files than this are not read at once.
const MOST_FILES: usize = 500;
/// The original files of proposals wait in memory; more bytes than this do not wait at once.
const MOST_BYTES: usize = 1 << 30;
/// More failures than this are said in one sentence, and one by one in the report.
const MOST_SENTENCES: usize = 5;
/// The head of a column becomes part of a label up to this many characters.
const LONGEST_HEAD: usize = 40;

/// Tells how far the reading of files is.
pub(super) struct Reporting<'p> {
    progress: &'p Progress,
    file: u64,
    files: u64,
}

impl<'p> Reporting<'p> {
    /// Of one file.
    pub(super) fn of_one(progress: &'p Progress) -> Self {
        Self { progress, file: 0, files: 1 }
    }
}

impl import::Watch for Reporting<'_> {
    fn progress(&mut self, done: u64, total: u64) {
        let part = (u128::from(done.min(total)) * 1000 / u128::from(total.max(1))) as u64;
        self.progress.set(self.file * 1000 + part, self.files * 1000);
    }

    fn cancelled(&self) -> bool {
        self.progress.is_cancelled()
    }
}

impl Workspace {
    pub(in super::super) fn import(&mut self, paths: Vec<PathBuf>, choices: Choices) {
        if !self.can_edit() {
            self.notices.caution("Open or make a project first; drafts are added to it");
            return;
        }
        let (projects, paths): (Vec<_>, Vec<_>) = paths.into_iter().partition(|p| storage::is_project(p));
        for project in projects {
            self.notices.caution(format!("This is a project and no draft; open it instead: {}", project.display()));
        }
        let name = match paths.as_slice() {
            [] => return,
            [one] => format!("Reading {}", file_name(one)),
            many if many.iter().all(|p| p.extension().is_some()) => format!("Reading {} files", many.len()),
            // How many there are in a folder is not known yet.
            _ => "Reading files".to_owned(),
        };
        let mut waiting: usize = self.proposals.iter().map(|p| p.imported.bytes.len()).sum();
        self.tasks.start(name, true, move |progress| {
            let found = import::files_in(&paths, MOST_FILES, &storage::is_project);
            let mut batch = Batch { more: found.more, ..Batch::default() };
            let count = found.files.len();
            for (n, path) in found.files.into_iter().enumerate() {
                if progress.is_cancelled() {
                    batch.not_reached.push(path);
                    continue;
                }
                progress.say(format!("{} of {count}, {}", n + 1, file_name(&path)));
                let mut watch = Reporting { progress, file: n as u64, files: count as u64 };
                let read = if waiting > MOST_BYTES {
                    Err(Refusal::of(&path, "was not read, since more than 1 GB waits already; add those drafts first"))
                } else {
                    read(path.clone(), choices.clone(), &mut watch)
                };
                match read {
                    Err(refusal) if refusal.problem == Some(Problem::Cancelled) => batch.not_reached.push(path),
                    read => {
                        waiting += read.as_ref().map_or(0, |p| p.imported.bytes.len());
                        batch.files.push((path, read));
                    }
                }
            }
            Outcome::Imported(batch)
        });
    }

    /// Takes over files that were read.
    pub(in super::super) fn take_batch(&mut self, batch: Batch) {
        let Batch { files, not_reached, more } = batch;
        let (read, alone) = (files.len(), files.len() + not_reached.len() == 1);
        if self.proposals.is_empty() {
            self.report = None;
        }
        let mut report = self.report.take().unwrap_or_default();
        let mut failed = Vec::new();
        for (path, result) in files {
            let mut proposal = match result {
                Ok(proposal) => proposal,
                Err(refusal) => match refusal.lock() {
                    Some(lock) => locked(path.clone(), lock),
                    None => {
                        failed.push(refusal.sentence.clone());
                        report.files.push((path, Fate::NotRead(refusal.sentence)));
                        continue;
                    }
                },
            };
            proposal.number = self.next_number();
            self.tell_apart(&mut proposal, None);
            report.files.push((path, Fate::Waiting(proposal.number)));
            self.proposals.push(proposal);
        }
        let stopped = !not_reached.is_empty();
        let all = read + not_reached.len();
        report.files.extend(not_reached.into_iter().map(|path| (path, Fate::NotReached)));
        if failed.len() > MOST_SENTENCES {
            self.notices.failure(format!("{} of {all} files could not be read; the report says why", failed.len()));
        } else {
            for sentence in failed {
                self.notices.failure_of_file(sentence);
            }
        }
        if more {
            self.notices.caution(format!("At most {MOST_FILES} files are read at once; the rest was left out"));
        }
        if stopped {
            // What was read is not thrown away: a person can leave it out with one click.
            let said = match self.proposals.len() {
                0 => "Reading was stopped; nothing was added".to_owned(),
                _ => format!("Reading was stopped after {read} of {all} files; what could be read is offered"),
            };
            self.notices.done(said);
        } else if all == 0 {
            self.notices.caution("There is no file in this folder that can be read as a draft");
        }
        // One file that cannot be read is told in a sentence; nothing waits for a person then.
        self.report = Some(report).filter(|r| !self.proposals.is_empty() || (!alone && r.not_read().next().is_some()));
        self.follow_import();
    }

    /// Goes where drafts wait, or away from there once none do.
    pub(in super::super) fn follow_import(&mut self) {
        if self.is_importing() {
            if self.view.place != Place::Import {
                self.view.leave();
                self.view.place = Place::Import;
            }
        } else if self.view.place == Place::Import {
            self.view.place = Place::Read;
        }
    }

    /// Reads a proposed file again in another way.
    pub(in super::super) fn choose(&mut self, at: usize, choices: Choices) {
        let number = self.next_number();
        let Some(proposal) = self.proposals.get_mut(at) else { return };
        proposal.work = Some(number);
        let path = proposal.path.clone();
        let (task, imported) = (format!("Reading {} again", proposal.file_name()), Arc::clone(&proposal.imported));
        let of = proposal.number;
        self.tasks.start(task, true, move |progress| {
            let mut watch = Reporting { progress, file: 0, files: 1 };
            Outcome::Read { of, work: number, result: Box::new(read_again(path, &imported, choices, &mut watch)) }
        });
    }

    /// Takes over a file that was read again; what a person corrected stays corrected.
    pub(in super::super) fn take_read(&mut self, of: u64, work: u64, result: Result<Proposal, Refusal>) {
        let Some(at) = self.proposals.iter().position(|p| p.number == of && p.work == Some(work)) else { return };
        let before = &mut self.proposals[at];
        before.work = None;
        let mut new = match result {
            Ok(new) => new,
            Err(refusal) => {
                match refusal.lock() {
                    Some(lock) if before.lock.is_some() => before.lock = Some(lock),
                    _ if refusal.problem == Some(Problem::Cancelled) => {
                        self.notices.done("Reading was stopped; the draft is offered as it was read before");
                    }
                    _ => self.notices.failure_of_file(refusal.sentence),
                }
                return;
            }
        };
        let before = before.clone();
        new.number = before.number;
        self.tell_apart(&mut new, Some(at));
        new.details = kept(&before.details, &before.guessed, &new.details);
        (new.trusted, new.with_comments) =
            (before.trusted && new.imported.doubts == before.imported.doubts, before.with_comments);
        new.title = before.title;
        let (old_text, new_text) = (&before.preview.text, &new.preview.text);
        let placed: Vec<Correction> = before.corrections.iter().filter_map(|c| c.placed(old_text, new_text)).collect();
        let gone = before.corrections.len() - placed.len();
        new.corrections = placed;
        new.put_title();
        if gone > 0 {
            let lines = if gone == 1 { "correction is of a line" } else { "corrections are of lines" };
            self.notices.caution(format!("{gone} {lines} that this reading does not have, and was dropped"));
        }
        let again = !new.corrections.is_empty();
        self.proposals[at] = new;
        if again {
            self.recognize_proposal(at);
        }
    }

    /// Makes several proposals of one: each reading of its changes, or each of its columns.
    pub(in super::super) fn take_apart(&mut self, at: usize, by: Apart) {
        let number = self.next_number();
        let reading = |p: &Proposal| (p.path.clone(), p.imported.source.taken.wording);
        let waiting: Vec<_> = self.proposals.iter().map(reading).collect();
        let Some(proposal) = self.proposals.get_mut(at) else { return };
        let (offers, choices) = (&proposal.imported.offers, &proposal.choices);
        let ways: Vec<(Choices, String)> = match by {
            Apart::Wordings if offers.changes.is_some() => {
                let way =
                    |wording, name: &str| (Choices { wording: Some(wording), ..choices.clone() }, name.to_owned());
                let both = [(Wording::Proposed, "as proposed"), (Wording::Original, "as it was")];
                let waits = |wording| waiting.contains(&(proposal.path.clone(), wording));
                if both.iter().all(|&(wording, _)| waits(wording)) {
                    self.notices.caution("Both readings of this file are here already");
                    return;
                }
                both.into_iter().map(|(wording, name)| way(wording, name)).collect()
            }
            Apart::Columns if offers.columns.len() > 1 => {
                let way = |(n, head): (usize, &String)| {
                    let head: String = head.trim().chars().take(LONGEST_HEAD).collect();
                    let name = if head.is_empty() { format!("column {}", n + 1) } else { head };
                    (Choices { column: Some(n as u16), ..choices.clone() }, name)
                };
                offers.columns.iter().enumerate().map(way).collect()
            }
            _ => {
                self.notices.caution("This file holds one text only");
                return;
            }
        };
        proposal.work = Some(number);
        let (of, path, imported) = (proposal.number, proposal.path.clone(), Arc::clone(&proposal.imported));
        self.tasks.start(format!("Reading {} again", proposal.file_name()), true, move |progress| {
            let files = ways.len() as u64;
            let read = |(file, (choices, name)): (usize, (Choices, String))| {
                let mut watch = Reporting { progress, file: file as u64, files };
                progress.say(name.clone());
                Ok((name, read_again(path.clone(), &imported, choices, &mut watch)?))
            };
            Outcome::Apart { of, work: number, result: ways.into_iter().enumerate().map(read).collect() }
        });
    }

    /// Takes over the several readings of a file, in the place of the one.
    pub(in super::super) fn take_parts(
        &mut self,
        of: u64,
        work: u64,
        result: Result<Vec<(String, Proposal)>, Refusal>,
    ) {
        let Some(at) = self.proposals.iter().position(|p| p.number == of && p.work == Some(work)) else { return };
        self.proposals[at].work = None;
        let parts = match result {
            Ok(parts) => parts,
            Err(refusal) if refusal.problem == Some(Problem::Cancelled) => {
                self.notices.done("Reading was stopped; the draft is offered as it was read before");
                return;
            }
            Err(refusal) => {
                self.notices.failure_of_file(refusal.sentence);
                return;
            }
        };
        let before = self.proposals.remove(at);
        let path = before.path.clone();
        let mut numbers = vec![before.number];
        let names: Vec<String> = parts.iter().map(|(name, _)| format!(", {name}")).collect();
        let whole = names.iter().fold(before.details.label.as_str(), |l, name| l.strip_suffix(&**name).unwrap_or(l));
        for (n, (name, mut part)) in parts.into_iter().enumerate() {
            part.number = if n == 0 { before.number } else { self.next_number() };
            part.details = kept(&before.details, &before.guessed, &part.details);
            part.details.label = format!("{whole}, {name}");
            part.guessed.label.clone_from(&part.details.label);
            part.title.clone_from(&before.title);
            part.put_title();
            self.tell_apart(&mut part, None);
            // Of the same comments one set is enough.
            part.with_comments = before.with_comments && n == 0;
            numbers.push(part.number);
            self.proposals.insert(at + n, part);
        }
        if let Some(report) = &mut self.report
            && let Some(line) = report.files.iter().position(|(_, fate)| *fate == Fate::Waiting(before.number))
        {
            let more = numbers.into_iter().skip(2).map(|n| (path.clone(), Fate::Waiting(n)));
            report.files.splice(line + 1..line + 1, more);
        }
    }

    /// Says what lines of a proposed draft are, and recognizes it again.
    pub(in super::super) fn reshape(&mut self, at: usize, range: crate::model::TextRange, reshape: Reshape) {
        let Some(proposal) = self.proposals.get_mut(at).filter(|p| p.lock.is_none()) else { return };
        match Correction::new(proposal, range, reshape) {
            Some(correction) => {
                proposal.corrections.push(correction);
                self.recognize_proposal(at);
            }
            None => self.notices.caution("There is no paragraph here that this could be said of"),
        }
    }

    /// Takes the last correction of a proposed draft back.
    pub(in super::super) fn take_back(&mut self, at: usize) {
        if self.proposals.get_mut(at).is_some_and(|p| p.corrections.pop().is_some()) {
            self.recognize_proposal(at);
        }
    }

    fn recognize_proposal(&mut self, at: usize) {
        let number = self.next_number();
        let Some(proposal) = self.proposals.get_mut(at) else { return };
        proposal.work = Some(number);
        let (of, imported, hints) = (proposal.number, Arc::clone(&proposal.imported), proposal.hints());
        self.tasks.start(format!("Recognizing {} again", proposal.file_name()), false, move |_| {
            let reading = outline::recognize(&imported.text, &hints);
            Outcome::Recognized { of, work: number, reading: Box::new(reading), hints }
        });
    }

    /// Takes over a draft that was recognized again.
    pub(in super::super) fn take_recognized(
        &mut self,
        of: u64,
        work: u64,
        reading: Reading,
        hints: Vec<crate::model::StructureHint>,
    ) {
        if let Some(proposal) = self.proposals.iter_mut().find(|p| p.number == of && p.work == Some(work)) {
            proposal.work = None;
            proposal.take_reading(reading, hints);
        }
    }

    /// What is under way for proposals comes to nothing when a task fails or is stopped as a whole.
    pub(in super::super) fn release_proposals(&mut self) {
        let is_reading = |name: &str| name.starts_with("Reading ") || name.starts_with("Recognizing ");
        if !self.tasks.running().iter().any(|t| is_reading(&t.name)) {
            self.proposals.iter_mut().for_each(|p| p.work = None);
        }
    }

    /// Makes the guessed label of a proposal differ from those of the project and of the other proposals: by its date,
    /// else by the name of its file, else by a number. `own` is the place of the proposal it is to stand in for.
    fn tell_apart(&self, proposal: &mut Proposal, own: Option<usize>) {
        let drafts = self.project().map_or(&[][..], |p| p.drafts.as_slice()).iter().map(|d| &d.details.label);
        let others = self.proposals.iter().enumerate().filter(|(n, _)| Some(*n) != own).map(|(_, p)| &p.details.label);
        let taken: Vec<&String> = drafts.chain(others).collect();
        let label = proposal.details.label.clone();
        if taken.contains(&&label) {
            let dated = proposal.details.date.map(|d| format!("{label}, {}", d.strftime("%-d %B %Y")));
            // Translations of one draft often bear the same title; their files are told apart.
            let stem = proposal.path.file_stem().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
            let named = (!letters(&label).contains(&letters(&stem))).then(|| format!("{label}, {stem}"));
            let numbered = (2..).map(|n| format!("{label} ({n})"));
            if let Some(fresh) = dated.into_iter().chain(named).chain(numbered).find(|l| !taken.contains(&l)) {
                proposal.details.label = fresh;
            }
        }
        proposal.guessed.label.clone_from(&proposal.details.label);
    }

    pub(in super::super) fn next_number(&mut self) -> u64 {
        self.numbers += 1;
        self.numbers
    }

    /// One sentence where the file of a proposal is a draft of the project already, or is offered twice.
    pub fn same_file(&self, at: usize) -> Option<String> {
        let proposal = self.proposals.get(at).filter(|p| !p.imported.source.sha256.is_empty())?;
        let source = &proposal.imported.source;
        let mut drafts = self.project()?.drafts.iter();
        let same = drafts.find(|d| d.source.as_ref().is_some_and(|s| s.sha256 == source.sha256));
        if let Some(draft) = same {
            let read = if draft.source.as_ref().is_some_and(|s| s.taken == source.taken) {
                ""
            } else {
                ", read in another way"
            };
            return Some(format!("The same file is already here as {}{read}", draft.name()));
        }
        let before = self.proposals[..at].iter().find(|p| p.imported.source == *source)?;
        Some(format!("The same file is offered twice, as {} too", before.details.label))
    }
}

/// Reads one file and recognizes its provisions.
///
/// # Errors
/// One sentence naming the file, and what kind of problem it is.
pub fn read(path: PathBuf, choices: Choices, watch: &mut dyn import::Watch) -> Result<Proposal, Refusal> {
    let imported = import::read_file(&path, &choices, watch)?;
    Ok(propose(path, choices, imported))
}

/// The same for bytes that were read before: the file may have changed since, or be gone.
fn read_again(
    path: PathBuf,
    imported: &Imported,
    choices: Choices,
    watch: &mut dyn import::Watch,
) -> Result<Proposal, Refusal> {
    // Of a file that waits for its password nothing was kept.
    if imported.bytes.is_empty() {
        return read(path, choices, watch);
    }
    let again = import::read_bytes_named(&imported.source.name, imported.bytes.clone(), &choices, watch)?;
    Ok(propose(path, choices, again))
}

fn propose(path: PathBuf, choices: Choices, imported: Imported) -> Proposal {
    let reading = outline::recognize(&imported.text, &imported.hints);
    let mut details = imported.details.clone();
    if details.language.is_empty() {
        details.language = reading.language.clone();
    }
    details.direction = reading.direction;
    let mut preview = Draft::new(DraftId(0), String::new(), details.clone(), &imported.text, reading.outline.clone());
    preview.printed = Arc::new(imported.printed.clone());
    preview.hints = imported.hints.clone().into();
    preview.source = Some(imported.source.clone());
    Proposal {
        number: 0,
        path,
        choices,
        lock: None,
        imported: Arc::new(imported),
        articles: articles(&reading),
        reading,
        preview: Arc::new(preview),
        guessed: details.clone(),
        details,
        corrections: Vec::new(),
        title: None,
        trusted: false,
        with_comments: true,
        work: None,
    }
}

/// A file that cannot be read before somebody gives its password.
fn locked(path: PathBuf, lock: Lock) -> Proposal {
    let label = path.file_stem().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let details = DraftDetails { label, ..DraftDetails::default() };
    let source = SourceFile { name: file_name(&path), ..SourceFile::default() };
    let imported = Imported { source, details, ..Imported::default() };
    Proposal { lock: Some(lock), ..propose(path, Choices::default(), imported) }
}

/// The letters and digits of a name, as names are compared.
fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// New guesses, but what a person corrected.
fn kept(corrected: &DraftDetails, guessed: &DraftDetails, new: &DraftDetails) -> DraftDetails {
    fn one<T: PartialEq + Clone>(corrected: &T, guessed: &T, new: &T) -> T {
        if corrected == guessed { new.clone() } else { corrected.clone() }
    }
    DraftDetails {
        label: one(&corrected.label, &guessed.label, &new.label),
        symbol: one(&corrected.symbol, &guessed.symbol, &new.symbol),
        session: one(&corrected.session, &guessed.session, &new.session),
        date: one(&corrected.date, &guessed.date, &new.date),
        language: one(&corrected.language, &guessed.language, &new.language),
        direction: one(&corrected.direction, &guessed.direction, &new.direction),
    }
}

impl Refusal {
    fn of(path: &Path, what: &str) -> Self {
        Self { sentence: format!("{} {what}", file_name(path)), problem: None }
    }

    fn lock(&self) -> Option<Lock> {
        match self.problem {
            Some(Problem::Password { given: false }) => Some(Lock::Asks),
            Some(Problem::Password { given: true }) => Some(Lock::Refused),
            _ => None,
        }
    }
}

impl From<import::ImportError> for Refusal {
    fn from(error: import::ImportError) -> Self {
        Self { sentence: error.to_string(), problem: Some(error.problem) }
    }
}
