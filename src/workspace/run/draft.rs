//! Drafts: reading files, correcting what was guessed, adding them, ordering them.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use crate::import;
use crate::model::{Draft, DraftDetails, DraftId, Edit, TextRange};
use crate::outline;

use super::super::command::DraftCommand;
use super::super::history::Look;
use super::super::{Outcome, Proposal, Workspace, tasks::Progress};

/// More files than this are not read at once.
const MOST_FILES: usize = 500;

struct Reporting<'p> {
    progress: &'p Progress,
    file: u64,
    files: u64,
}

impl import::Watch for Reporting<'_> {
    fn progress(&mut self, done: u64, total: u64) {
        let part = done.min(total) * 1000 / total.max(1);
        self.progress.set(self.file * 1000 + part, self.files * 1000);
    }

    fn cancelled(&self) -> bool {
        self.progress.is_cancelled()
    }
}

impl Workspace {
    pub(in super::super) fn run_draft(&mut self, command: DraftCommand) {
        match command {
            DraftCommand::Import(paths) => self.import(paths),
            DraftCommand::Correct { at, details } => {
                if let Some(proposal) = self.proposals.get_mut(at) {
                    proposal.details = details;
                }
            }
            DraftCommand::LeaveOut(at) => {
                if at < self.proposals.len() {
                    self.proposals.remove(at);
                }
            }
            DraftCommand::Accept => self.accept(),
            DraftCommand::Dismiss => self.proposals.clear(),
            DraftCommand::SetDetails { id, details } => self.set_draft_details(id, details),
            DraftCommand::Move { id, to } => {
                let Some(project) = self.project() else { return };
                let (Some(draft), Some(at)) = (project.draft(id).cloned(), project.draft_position(id)) else { return };
                let to = to.min(project.drafts.len() - 1);
                if at == to {
                    return;
                }
                let label = format!("move {} in the order", draft.name());
                self.commit(label, Look::default(), None, vec![Edit::PutDraft { id, draft: Some(draft), at: to }]);
            }
            DraftCommand::Remove(id) => self.remove_draft(id),
        }
    }

    fn import(&mut self, paths: Vec<PathBuf>) {
        if !self.can_edit() {
            self.notices.caution("Open or make a project first; drafts are added to it");
            return;
        }
        if paths.len() > MOST_FILES {
            self.notices.caution(format!("At most {MOST_FILES} files are read at once; the rest was left out"));
        }
        let paths: Vec<PathBuf> = paths.into_iter().take(MOST_FILES).collect();
        let name = match paths.as_slice() {
            [] => return,
            [one] => {
                format!("Reading {}", one.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned()))
            }
            many => format!("Reading {} files", many.len()),
        };
        self.tasks.start(name, true, move |progress| {
            let files = paths.len() as u64;
            let mut results = Vec::new();
            for (file, path) in paths.into_iter().enumerate() {
                if progress.is_cancelled() {
                    return Outcome::Cancelled("Reading was stopped; nothing was added".to_owned());
                }
                progress.say(path.display().to_string());
                let mut watch = Reporting { progress, file: file as u64, files };
                results.push(read(path, &mut watch));
            }
            if progress.is_cancelled() {
                return Outcome::Cancelled("Reading was stopped; nothing was added".to_owned());
            }
            Outcome::Imported(results)
        });
    }

    fn accept(&mut self) {
        let proposals = std::mem::take(&mut self.proposals);
        if proposals.is_empty() || !self.can_edit() {
            return;
        }
        let mut edits = Vec::new();
        let mut first = None;
        let mut dates: Vec<Option<Date>> =
            self.project().map_or_else(Vec::new, |p| p.drafts.iter().map(|d| d.details.date).collect());
        let mut taken: Vec<String> =
            self.project().map_or_else(Vec::new, |p| p.drafts.iter().map(|d| d.slug.clone()).collect());
        let mut failed = Vec::new();
        for proposal in &proposals {
            let id = DraftId::fresh(&mut *self.surroundings);
            let slug = fresh_slug(&proposal.details, &taken);
            taken.push(slug.clone());
            let mut draft = Draft::new(
                id,
                slug,
                proposal.details.clone(),
                &proposal.imported.text,
                proposal.reading.outline.clone(),
            );
            draft.source = Some(proposal.imported.source.clone());
            let Some(open) = &mut self.open else { return };
            if let Err(error) = open.store.keep_source(&draft, &proposal.imported.bytes) {
                self.notices.failure(error);
                failed.push(proposal.clone());
                continue;
            }
            let at = place_by_date(&dates, draft.details.date);
            dates.insert(at, draft.details.date);
            edits.push(Edit::PutDraft { id, draft: Some(Arc::new(draft)), at });
            first.get_or_insert(id);
        }
        let Some(first) = first else {
            self.proposals = failed;
            return;
        };
        let label = if edits.len() == 1 { "add a draft".to_owned() } else { format!("add {} drafts", edits.len()) };
        let added: Vec<DraftId> = edits
            .iter()
            .filter_map(|e| match e {
                Edit::PutDraft { id, .. } => Some(*id),
                _ => None,
            })
            .collect();
        if self.commit(label, look_at(first), None, edits) {
            self.proposals = failed;
            for draft in added {
                if !self.view.tabs.contains(&draft) {
                    self.view.tabs.push(draft);
                }
            }
            self.open_draft(first);
            self.save();
        } else {
            self.proposals = proposals;
        }
    }

    fn set_draft_details(&mut self, id: DraftId, details: DraftDetails) {
        let Some(draft) = self.project().and_then(|p| p.draft(id)) else { return };
        if details.label.trim().is_empty() {
            self.notices.caution("A draft needs a label, such as Rev.1");
            return;
        }
        if draft.details != details {
            let label = format!("change the details of {}", draft.name());
            self.commit(label, Look::default(), None, vec![Edit::PutDraftDetails { id, details }]);
        }
    }

    fn remove_draft(&mut self, id: DraftId) {
        let Some(project) = self.project() else { return };
        let Some(draft) = project.draft(id) else { return };
        let standing = project.annotations().filter(|(_, a)| a.placements.contains_key(&id)).count();
        if standing > 0 {
            let text = format!(
                "{} carries {standing} annotation{}; a draft with annotations is kept",
                draft.name(),
                if standing == 1 { "" } else { "s" }
            );
            self.notices.caution(text);
            return;
        }
        let label = format!("remove {}", draft.name());
        let at = project.draft_position(id).unwrap_or_default();
        if self.commit(label, look_at(id), None, vec![Edit::PutDraft { id, draft: None, at }]) {
            self.view.tabs.retain(|&t| t != id);
            if self.view.current == Some(id) {
                self.view.current = None;
                if let Some(&next) = self.view.tabs.last() {
                    self.open_draft(next);
                }
            }
        }
    }
}

/// Labels that say which draft is which.
impl Workspace {
    /// Makes the guessed label of a proposal differ from those of the project and of the other proposals: by its date,
    /// else by a number.
    pub(in super::super) fn tell_apart(&self, proposal: &mut Proposal) {
        let drafts = self.project().map_or(&[][..], |p| p.drafts.as_slice()).iter().map(|d| &d.details.label);
        let taken: Vec<&String> = drafts.chain(self.proposals.iter().map(|p| &p.details.label)).collect();
        let label = proposal.details.label.clone();
        if !taken.contains(&&label) {
            return;
        }
        let dated = proposal.details.date.map(|d| format!("{label}, {}", d.strftime("%-d %B %Y")));
        let numbered = (2..).map(|n| format!("{label} ({n})"));
        if let Some(fresh) = dated.into_iter().chain(numbered).find(|l| !taken.contains(&l)) {
            proposal.details.label = fresh;
        }
    }
}

/// Reads one file and recognizes its provisions.
///
/// # Errors
/// One sentence naming the file.
pub fn read(path: PathBuf, watch: &mut dyn import::Watch) -> Result<Proposal, String> {
    let imported = import::read_file(&path, &import::Choices::default(), watch).map_err(|e| e.to_string())?;
    let reading = outline::recognize(&imported.text, &imported.hints);
    let mut details = imported.details.clone();
    if details.language.is_empty() {
        details.language = reading.language.clone();
    }
    details.direction = reading.direction;
    Ok(Proposal { path, imported, reading, details })
}

/// Drafts stand in the order of their dates; one without a date comes last.
fn place_by_date(dates: &[Option<Date>], date: Option<Date>) -> usize {
    let later = |d: &Option<Date>| date.is_some_and(|date| d.is_some_and(|d| d > date));
    dates.iter().position(later).unwrap_or(dates.len())
}

/// The beginning of a draft.
fn look_at(draft: DraftId) -> Look {
    Look { place: Some((draft, TextRange::default())), annotation: None }
}

/// A folder name made of the label or symbol, not yet taken.
fn fresh_slug(details: &DraftDetails, taken: &[String]) -> String {
    let source = if details.label.is_empty() { &details.symbol } else { &details.label };
    let mut slug = String::new();
    for c in source.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
        if slug.len() >= 40 {
            break;
        }
    }
    let slug = slug.trim_matches('-');
    // Names that a Windows colleague's file system reserves.
    let reserved = ["", "con", "prn", "aux", "nul", "com1", "lpt1"];
    let slug = if reserved.contains(&slug) { "draft" } else { slug };
    std::iter::once(slug.to_owned())
        .chain((2..).map(|n| format!("{slug}-{n}")))
        .find(|s| !taken.contains(s))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folder_names_are_plain_and_never_double() {
        let label = |l: &str| DraftDetails { label: l.into(), ..DraftDetails::default() };
        assert_eq!(fresh_slug(&label("Rev.1 (2023)"), &[]), "rev-1-2023");
        assert_eq!(fresh_slug(&label("Rev.1"), &["rev-1".into()]), "rev-1-2");
        assert_eq!(fresh_slug(&label("草案"), &[]), "draft");
        assert_eq!(fresh_slug(&label("../../etc"), &[]), "etc");
    }
}
