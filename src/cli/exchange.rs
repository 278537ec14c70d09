//! `travaux import-annotations`.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::{Answer, failures, finish, open, said, say};
use crate::workspace::{ColleagueCommand, Command, ExchangeReport, Gravity, Home, Passphrase};

/// Adds the annotations of a file.
pub fn take_in(
    home: &Home,
    project: &Path,
    file: PathBuf,
    passphrase: Option<Passphrase>,
    as_json: bool,
    out: &mut dyn Write,
) -> Answer {
    let mut workspace = open(home, project, true)?;
    let before = workspace.notices().latest().map_or(0, |n| n.number);
    let command = match passphrase {
        Some(passphrase) => ColleagueCommand::Unseal { path: file, passphrase, reported: true },
        None => ColleagueCommand::TakeIn(file),
    };
    workspace.run(Command::Colleague(command));
    workspace.settle();
    let report = workspace.exchange_report().cloned();
    let cautions = said(&workspace, |n| n.number > before && n.gravity == Gravity::Caution);
    let failed = failures(&workspace);
    finish(workspace)?;
    let Some(report) = report else {
        return Err(failed.or(cautions).unwrap_or_else(|| "nothing was taken in".to_owned()));
    };
    if as_json {
        let text = serde_json::to_string_pretty(&of(&report)).map_err(|e| e.to_string())?;
        return say(out, text);
    }
    say(out, report.sentence())?;
    report.left.iter().try_for_each(|left| say(out, format!("Not taken over: {left}")))
}

fn of(report: &ExchangeReport) -> serde_json::Value {
    let sets = report.sets.iter().map(|s| {
        json!({
            "analyst": s.analyst,
            "annotations": s.annotations,
            "same_words": s.placed.same,
            "found": s.placed.found,
            "lost": s.placed.lost,
            "elsewhere": s.placed.elsewhere,
            "new": s.new,
            "changed": s.changed,
            "unchanged": s.same,
            "older": s.older,
            "own": s.own,
        })
    });
    json!({
        "file": report.file,
        "sets": sets.collect::<Vec<_>>(),
        "concerns_added": report.concerns,
        "left": report.left,
    })
}
