//! `travaux import`.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::args::DetailArguments;
use super::outline::messages;
use super::{Answer, counted, finish, open, say};
use crate::workspace::{Apart, Choices, Command, DraftCommand, Home, Proposal, Standing, Workspace};

/// What is to be added, and how.
pub struct Wish {
    /// Files and folders.
    pub files: Vec<PathBuf>,
    /// How to read them.
    pub choices: Choices,
    /// Also those whose text is doubtful.
    pub anyway: bool,
    /// Two drafts of a file with marked changes.
    pub both: bool,
    /// What is known about them.
    pub details: DetailArguments,
}

/// Adds files as drafts; one bad file does not stop the rest.
pub fn import(home: &Home, project: &Path, wish: Wish, out: &mut dyn Write, err: &mut dyn Write) -> Answer {
    let Wish { files, choices, anyway, both, details } = wish;
    let names_one = details.label.is_some() || details.symbol.is_some();
    let only_one = || "--label and --symbol go with one file".to_owned();
    if files.len() > 1 && names_one {
        return Err(only_one());
    }
    let mut workspace = open(home, project, true)?;
    draft(&mut workspace, DraftCommand::ImportWith(files, choices));
    if workspace.proposals().len() > 1 && names_one {
        return Err(only_one());
    }
    // Those not read that are too many for a sentence each in the notices.
    let said: Vec<String> = workspace.notices().all().iter().map(|n| n.text.clone()).collect();
    for (_, why) in workspace.import_report().into_iter().flat_map(|r| r.not_read()) {
        if !said.iter().any(|s| s == why) {
            let _ = writeln!(err, "travaux: {why}");
        }
    }
    if workspace.proposals().is_empty() {
        // "There is no file in this folder that can be read as a draft": then nothing was done.
        let is_caution = |n: &&crate::workspace::Notice| n.gravity == crate::workspace::Gravity::Caution;
        let cautions: Vec<String> =
            workspace.notices().all().iter().filter(is_caution).map(|n| n.text.clone()).collect();
        finish(workspace)?;
        return if cautions.is_empty() { Ok(()) } else { Err(cautions.join("\ntravaux: ")) };
    }
    for at in (0..workspace.proposals().len()).rev() {
        let Some(proposal) = workspace.proposals().get(at) else { break };
        let details = corrected(proposal, &details);
        let apart = both && proposal.imported.offers.changes.is_some();
        draft(&mut workspace, DraftCommand::Correct { at, details });
        if apart {
            draft(&mut workspace, DraftCommand::TakeApart { at, by: Apart::Wordings });
        }
    }
    let mut refused = Vec::new();
    for at in 0..workspace.proposals().len() {
        draft(&mut workspace, DraftCommand::Trust { at, trusted: anyway });
        let same = workspace.same_file(at);
        let Some(proposal) = workspace.proposals().get(at) else { break };
        let path = proposal.path.display();
        match proposal.standing() {
            Standing::Locked => {
                let why =
                    if proposal.choices.password.is_some() || proposal.lock == Some(crate::workspace::Lock::Refused) {
                        "this password does not open it"
                    } else {
                        "it asks for a password; give it with --password-stdin"
                    };
                refused.push(format!("{path} was not added, since {why}"));
            }
            Standing::Doubtful => {
                let doubts: Vec<&str> = proposal.imported.doubts.iter().map(|d| d.message.as_str()).collect();
                refused.push(format!("{path} was not added: {}; --anyway adds it all the same", doubts.join("; ")));
            }
            _ => {
                let label = &proposal.details.label;
                say(out, format!("{path}: {}, as {label}", counted(proposal.articles, "article")))?;
                for message in same.as_deref().into_iter().chain(messages(proposal)) {
                    // A warning does not fail the import.
                    let _ = writeln!(err, "  {message}");
                }
            }
        }
    }
    workspace.run(Command::Draft(DraftCommand::Accept));
    let finished = finish(workspace);
    if refused.is_empty() {
        return finished;
    }
    refused.extend(finished.err());
    Err(refused.join("\ntravaux: "))
}

fn draft(workspace: &mut Workspace, command: DraftCommand) {
    workspace.run(Command::Draft(command));
    workspace.settle();
}

fn corrected(proposal: &Proposal, wanted: &DetailArguments) -> crate::model::DraftDetails {
    let mut details = proposal.details.clone();
    for (value, field) in [
        (&wanted.label, &mut details.label),
        (&wanted.symbol, &mut details.symbol),
        (&wanted.session, &mut details.session),
        (&wanted.language, &mut details.language),
    ] {
        if let Some(value) = value {
            field.clone_from(value);
        }
    }
    details.date = wanted.date.or(details.date);
    details
}
