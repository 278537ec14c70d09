//! The commands about submissions.

use std::collections::BTreeMap;
use std::path::Path;

use crate::export::paper::PaperLanguage;
use crate::model::{AnnotationId, DraftId, Edit, KeptFile, Submission, SubmissionId};
use crate::storage;

use super::super::history::{Field, Look, Run};
use super::super::{Outcome, Workspace};
use super::command::SubmissionCommand;
use super::kept::{LARGEST_LOGO, LARGEST_TEMPLATE, exported};
use super::look::ReportOf;
use super::templates::{Template, retitled, submission_templates};
use super::{logo, select};

/// The longest name, in characters.
const LONGEST: usize = 120;

impl Workspace {
    /// The submissions of the project, by name.
    pub fn submissions(&self) -> Vec<&Submission> {
        self.project().map(|p| p.submissions_by_name()).unwrap_or_default()
    }

    /// One of them.
    pub fn submission(&self, id: SubmissionId) -> Option<&Submission> {
        self.project()?.submissions.get(&id)
    }

    pub(in super::super) fn run_submission(&mut self, command: SubmissionCommand) {
        match command {
            SubmissionCommand::Make { template, name, language } => self.make_submission(&template, &name, &language),
            SubmissionCommand::Change { submission, typing } => self.change_submission(*submission, typing),
            SubmissionCommand::Rename { id, name } => {
                let Some(name) = self.submission_name(&name) else { return };
                self.alter(id, format!("call a submission \u{201c}{name}\u{201d}"), |s| s.name = name);
            }
            SubmissionCommand::Remove(id) => {
                let Some(submission) = self.submission(id) else { return };
                let label = format!("take away the submission \u{201c}{}\u{201d}", submission.name);
                self.put_submission(id, None, label, None);
            }
            SubmissionCommand::Duplicate(id) => {
                let Some(mut copy) = self.submission(id).cloned() else { return };
                copy.id = SubmissionId::fresh(&mut *self.surroundings);
                copy.exported = None;
                let taken = |name: &str| self.submissions().iter().any(|s| s.name == name);
                let stem: String = copy.name.chars().take(LONGEST - 6).collect();
                let name = (2..).map(|n| format!("{stem} ({n})")).find(|name| !taken(name));
                copy.name = name.unwrap_or(stem);
                let label = format!("make the submission \u{201c}{}\u{201d}", copy.name);
                self.view.report.shown = Some(ReportOf::Submission(copy.id));
                self.put_submission(copy.id, Some(copy), label, None);
            }
            SubmissionCommand::SetLogo { id, path } => self.set_logo(id, path.as_deref()),
            SubmissionCommand::SetStyleTemplate { id, path } => self.set_style_template(id, path.as_deref()),
            SubmissionCommand::MoveRemark { id, remark, before } => self.move_remark(id, remark, before),
            SubmissionCommand::ForgetOrder(id) => {
                self.alter(id, "put the remarks of a submission in the order of the draft".into(), |s| s.order.clear());
            }
            SubmissionCommand::LeaveOut { id, remarks, out } => {
                let what =
                    if remarks.len() == 1 { "a remark".to_owned() } else { format!("{} remarks", remarks.len()) };
                let label = if out {
                    format!("leave {what} out of a submission")
                } else {
                    format!("take {what} into a submission again")
                };
                self.alter(id, label, |s| {
                    if out {
                        s.left_out.extend(remarks);
                    } else {
                        s.left_out.retain(|r| !remarks.contains(r));
                    }
                });
            }
            SubmissionCommand::Promote { id, remark, promoted } => {
                let label = if promoted { "make a remark a main point" } else { "make a remark a main point no more" };
                self.alter(id, label.into(), |s| {
                    if !promoted {
                        s.promoted.retain(|r| *r != remark);
                    } else if !s.promoted.contains(&remark) {
                        s.promoted.push(remark);
                    }
                });
            }
            SubmissionCommand::Compose(of) => self.compose(of),
            SubmissionCommand::Draw { number, pages } => self.draw_pages(number, pages),
            SubmissionCommand::Rest => self.rest(),
            SubmissionCommand::Export { of, path } => self.export_paper(of, path),
        }
    }

    fn make_submission(&mut self, template: &str, name: &str, language: &str) {
        let Some(project) = self.project() else {
            self.notices.caution("Open a project first");
            return;
        };
        let found: Option<&Template> = submission_templates().iter().find(|t| t.id == template);
        let Some(template) = found else {
            let known: Vec<&str> = submission_templates().iter().map(|t| t.id.as_str()).collect();
            self.notices
                .caution(format!("There is no template \u{201c}{template}\u{201d}; there are {}", known.join(", ")));
            return;
        };
        let latest = project.drafts.last().map_or("", |d| &d.details.language);
        let language = PaperLanguage::named(language).or_else(|| PaperLanguage::named(latest)).unwrap_or_default();
        let name = if name.trim().is_empty() { Some(String::new()) } else { self.submission_name(name) };
        let Some(name) = name else { return };
        let submission = template.submission(SubmissionId::fresh(&mut *self.surroundings), &name, language);
        let label = format!("make the submission \u{201c}{}\u{201d}", submission.name);
        self.view.report.shown = Some(ReportOf::Submission(submission.id));
        self.put_submission(submission.id, Some(submission), label, None);
    }

    fn change_submission(&mut self, mut submission: Submission, typing: bool) {
        let Some(old) = self.submission(submission.id).cloned() else {
            self.notices.caution("This submission is not in the project any more");
            return;
        };
        if submission.name != old.name {
            let Some(name) = self.submission_name(&submission.name) else { return };
            submission.name = name;
        }
        let language = |s: &Submission| PaperLanguage::named(&s.language).unwrap_or_default();
        if submission.language != old.language && submission.front == old.front {
            let to = language(&submission);
            retitled(&mut submission, language(&old), to);
        }
        if submission != old {
            let label = format!("change the submission \u{201c}{}\u{201d}", submission.name);
            let run = typing.then_some(Run { annotation: AnnotationId(old.id.0), field: Field::Submission });
            self.put_submission(submission.id, Some(submission), label, run);
        }
    }

    fn set_logo(&mut self, id: SubmissionId, path: Option<&Path>) {
        let kept = match path {
            None => None,
            Some(path) => {
                let read = storage::read_within(path, LARGEST_LOGO);
                let checked = read.and_then(|b| logo::checked(b).map_err(|e| format!("{e}: {}", path.display())));
                match checked.and_then(|logo| self.keep_file(path, &logo.bytes)) {
                    Ok(kept) => Some(kept),
                    Err(sentence) => return self.notices.failure(sentence),
                }
            }
        };
        self.alter(id, "change the logo of a submission".into(), |s| s.front.logo = kept);
    }

    fn set_style_template(&mut self, id: SubmissionId, path: Option<&Path>) {
        let kept = match path {
            None => None,
            Some(path) => {
                let read = storage::read_within(path, LARGEST_TEMPLATE);
                let checked = read.and_then(|bytes| match logo::is_docx(&bytes) {
                    true => Ok(bytes),
                    false => Err(format!("This is no DOCX document: {}", path.display())),
                });
                match checked.and_then(|bytes| self.keep_file(path, &bytes)) {
                    Ok(kept) => Some(kept),
                    Err(sentence) => return self.notices.failure(sentence),
                }
            }
        };
        self.alter(id, "change the style template of a submission".into(), |s| s.style_template = kept);
    }

    fn keep_file(&self, path: &Path, bytes: &[u8]) -> Result<KeptFile, String> {
        let Some(open) = &self.open else { return Err("Open a project first".to_owned()) };
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        open.store.keep_file(&name, bytes).map_err(|e| e.to_string())
    }

    fn move_remark(&mut self, id: SubmissionId, remark: AnnotationId, before: Option<AnnotationId>) {
        let Some(submission) = self.submission(id).cloned() else { return };
        let Some(project) = self.project() else { return };
        let mut order: Vec<AnnotationId> = select::order_of(project, &submission);
        if !order.contains(&remark) || before == Some(remark) {
            return;
        }
        order.retain(|r| *r != remark);
        let at = before.and_then(|b| order.iter().position(|r| *r == b)).unwrap_or(order.len());
        order.insert(at, remark);
        self.alter(id, "move a remark in a submission".into(), |s| s.order = order);
    }

    /// Remembers what was exported, where the project can be changed.
    pub(super) fn remember_export(
        &mut self,
        id: SubmissionId,
        path: &Path,
        draft: DraftId,
        digests: BTreeMap<AnnotationId, u64>,
    ) {
        if self.can_edit() {
            let now = self.surroundings.now();
            let exported = exported(now, path, draft, digests);
            let name = self.submission(id).map_or_else(String::new, |s| s.name.clone());
            let label = format!("note that \u{201c}{name}\u{201d} was exported");
            self.alter(id, label, |s| s.exported = Some(exported));
        }
    }

    /// Changes one that is there; does nothing where that changes nothing.
    fn alter(&mut self, id: SubmissionId, label: String, change: impl FnOnce(&mut Submission)) {
        let Some(old) = self.submission(id) else {
            self.notices.caution("This submission is not in the project any more");
            return;
        };
        let mut new = old.clone();
        change(&mut new);
        if new != *old {
            self.put_submission(id, Some(new), label, None);
        }
    }

    fn put_submission(&mut self, id: SubmissionId, submission: Option<Submission>, label: String, run: Option<Run>) {
        let edit = Edit::PutSubmission { id, submission: submission.map(Box::new) };
        self.commit(label, Look::default(), run, vec![edit]);
    }

    fn submission_name(&mut self, name: &str) -> Option<String> {
        let name: String = name.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST).collect();
        if name.is_empty() {
            self.notices.caution("A submission is kept under a name");
            return None;
        }
        Some(name)
    }

    /// Takes what a task about papers brings.
    pub(in super::super) fn take_paper(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Composed(made) => self.take_composed(*made),
            Outcome::Submitted(submitted) => self.take_submitted(*submitted),
            Outcome::LaidOut(laid) => self.take_laid_out(*laid),
            Outcome::Drawn(drawn) => self.take_drawn(*drawn),
            _ => {}
        }
    }
}
