//! Floor 3: the command line, over the same commands as the window.
//!
//! Must not know: egui, how anything is done. It opens a workspace without a screen, pushes commands, and prints what
//! the workspace then holds: results on standard output, errors on standard error with status 1 (2 for bad usage).

mod agreement;
mod annotate;
mod args;
mod carry;
mod citations;
mod commentary;
mod compare;
mod exchange;
mod import;
mod matrix;
mod merge;
mod outline;
mod passphrase;
mod project;
mod report;
mod search;
mod share;

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::workspace::{Command, Gravity, Home, Machine, Notice, ProjectCommand, Tasks, Workspace};

pub use args::{Arguments, Subcommand, Theme};

/// What a subcommand came to.
type Answer = Result<(), String>;

/// Runs a subcommand; answers with the exit status.
pub fn run(subcommand: Subcommand, home: &Home, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let answer = match subcommand {
        Subcommand::New { folder, title, instrument, citations } => {
            project::new(home, folder, title, instrument, citations, out)
        }
        Subcommand::Import { project, files, anyway, both, reading, details } => {
            reading.choices().and_then(|choices| {
                let wish = import::Wish { files, choices, anyway, both, details };
                import::import(home, &project, wish, out, err)
            })
        }
        Subcommand::Text { file, reading } => {
            reading.choices().and_then(|choices| outline::text(&file, choices, out, err))
        }
        Subcommand::Outline { file, json, reading } => {
            reading.choices().and_then(|choices| outline::outline(&file, choices, json, out))
        }
        Subcommand::Citations { file, project, draft, json, reading } => reading
            .choices()
            .and_then(|choices| citations::citations(home, &file, project.zip(draft), choices, json, out)),
        Subcommand::Annotate(wish) => annotate::annotate(home, &wish, out),
        Subcommand::Commentary { project, draft, file, json, accept_all, reading } => {
            reading.choices().and_then(|choices| {
                let wish = commentary::Wish { project, draft, file, choices, json, accept_all };
                commentary::commentary(home, wish, out)
            })
        }
        Subcommand::Compare { old, new, json, html, out: table, reading } => reading
            .choices()
            .and_then(|choices| compare::compare(&compare::Wish { old, new, json, html, table, choices }, out)),
        Subcommand::Carry(wish) => carry::carry(home, *wish, out),
        Subcommand::Search { project, query, json, count_by, kwic, limit } => {
            search::search(home, &search::Wish { project, query, json, limit, count_by, kwic }, out, err)
        }
        Subcommand::Matrix(wish) => matrix::matrix(home, *wish, out),
        Subcommand::Merge { project, files, apply, json, passphrase } => passphrase
            .read()
            .and_then(|passphrase| merge::merge(home, merge::Wish { project, files, apply, passphrase, json }, out)),
        Subcommand::Agreement { project, draft, analyst, unit, ratings, json } => {
            let wish = agreement::Wish { project, draft, analysts: analyst, unit, ratings, json };
            agreement::agreement(home, &wish, out)
        }
        Subcommand::Report(wish) => report::report(home, *wish, out, err),
        Subcommand::Export { project, format, out: path, draft, analyst } => {
            project::export(home, &project, format, path, draft, analyst, out)
        }
        Subcommand::Share(wish) => share::share(home, &wish, out),
        Subcommand::ImportAnnotations { project, file, json, passphrase } => {
            passphrase.read().and_then(|phrase| exchange::take_in(home, &project, file, phrase, json, out))
        }
        Subcommand::Details { project, title, instrument, citations } => {
            project::details(home, &project, title, instrument, citations, out)
        }
        Subcommand::Check { project } => project::check(home, &project, out),
    };
    match answer {
        Ok(()) => 0,
        Err(sentence) => {
            // Standard error may be closed; there is nobody to tell then.
            let _ = writeln!(err, "travaux: {sentence}");
            1
        }
    }
}

/// A workspace with the project in a folder open, for changing it.
fn open(home: &Home, folder: &Path, to_change: bool) -> Result<Workspace, String> {
    let mut workspace = Workspace::new(Box::new(Machine), Tasks::inline(), home).unattended();
    workspace.run(Command::Project(ProjectCommand::Open(PathBuf::from(folder))));
    workspace.settle();
    if workspace.project().is_none() {
        return Err(failures(&workspace).unwrap_or_else(|| format!("no project could be opened: {}", folder.display())));
    }
    if let Some(holder) = workspace.held_by().filter(|_| to_change) {
        return Err(format!("the project cannot be changed now, since {}: {}", holder.sentence(), folder.display()));
    }
    Ok(workspace)
}

/// What went wrong, as one text; none where nothing did.
fn failures(workspace: &Workspace) -> Option<String> {
    said(workspace, |n| n.gravity == Gravity::Failure)
}

/// The notices of some kind, as one text; none where there are none.
fn said(workspace: &Workspace, which: impl Fn(&Notice) -> bool) -> Option<String> {
    let said: Vec<&str> = workspace.notices().all().iter().filter(|n| which(n)).map(|n| n.text.as_str()).collect();
    (!said.is_empty()).then(|| said.join("\n"))
}

/// Closes the project in order and says what went wrong since it was opened.
fn finish(mut workspace: Workspace) -> Answer {
    workspace.settle();
    workspace.close_project();
    failures(&workspace).map_or(Ok(()), Err)
}

/// `1 draft`, `2 drafts`.
fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Writes a line; a closed pipe ends the output quietly.
fn say(out: &mut dyn Write, line: impl std::fmt::Display) -> Answer {
    match writeln!(out, "{line}") {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.to_string()),
        _ => Ok(()),
    }
}
