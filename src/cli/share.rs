//! `travaux share`.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use super::passphrase::PassphraseArgument;
use super::{Answer, counted, failures, finish, open, said, say};
use crate::model::{AnalystId, Annotation, Project, Severity, Status};
use crate::workspace::{
    Command, Gravity, Home, Prepared, ShareAccount, ShareChoices, ShareCommand, ShareRowKind, ShareWhich, Workspace,
};

/// What to share, and how.
#[derive(Args, Debug)]
pub struct ShareArguments {
    /// The project's folder
    pub project: PathBuf,
    /// The file to write, by habit with the ending .annotations.ron, or .annotations.ron.age where it is encrypted
    #[arg(long, value_name = "FILE", required_unless_present = "preview")]
    pub out: Option<PathBuf>,
    /// This analyst's annotations; can be repeated; one's own, or those of the only one, if not said
    #[arg(long, value_name = "NAME")]
    pub analyst: Vec<String>,
    /// Only annotations that a search finds: on words it finds, or by their notes; as the window's Search place explains
    #[arg(long, value_name = "QUESTION")]
    pub filter: Option<String>,
    /// Only what stands in this draft, by label, symbol or folder name, and only its places there; can be repeated
    #[arg(long)]
    pub draft: Vec<String>,
    /// Only what is tagged with this concern or one below it, by tag or name; can be repeated
    #[arg(long)]
    pub concern: Vec<String>,
    /// Only what has come so far: draft, "for review" or agreed
    #[arg(long, value_parser = |s: &str| Status::named(s).ok_or("statuses are draft, for review and agreed"))]
    pub status: Option<Status>,
    /// Only what is at least so bad: low, moderate, high, critical, or 1 to 4
    #[arg(long, value_parser = |s: &str| Severity::named(s).ok_or("severities are low, moderate, high and critical"))]
    pub severity: Option<Severity>,
    /// Without notes, replies, sources and definitions; of a recommendation only its kind
    #[arg(long)]
    pub without_notes: bool,
    /// Without what has been read
    #[arg(long)]
    pub without_read: bool,
    /// Under pseudonyms, the same in every file made of this project on this machine
    #[arg(long)]
    pub pseudonyms: bool,
    /// Encrypt the file to a passphrase, in the age format
    #[arg(long, requires = "passphrase_file", conflicts_with = "preview")]
    pub encrypt: bool,
    /// The passphrase
    #[command(flatten)]
    pub passphrase: PassphraseArgument,
    /// Print all that would be in the file, and write nothing
    #[arg(long, conflicts_with = "out")]
    pub preview: bool,
    /// Print all that is in the file as JSON
    #[arg(long)]
    pub json: bool,
}

/// Makes the file, or says what would be in it.
pub fn share(home: &Home, wish: &ShareArguments, out: &mut dyn Write) -> Answer {
    let passphrase = if wish.encrypt { wish.passphrase.read()? } else { None };
    if wish.passphrase.passphrase_file.is_some() && !wish.encrypt {
        return Err("a passphrase was given, but not --encrypt; nothing was written".to_owned());
    }
    let mut workspace = open(home, &wish.project, false)?;
    let choices = chosen(&workspace, wish)?;
    if let Some(question) = &wish.filter {
        workspace.search_now(question, usize::MAX);
        if let Some(error) = &workspace.search().error {
            return Err(format!("the question cannot be understood: {}", error.message));
        }
    }
    let before = workspace.notices().latest().map_or(0, |n| n.number);
    workspace.run(Command::Share(ShareCommand::Prepare(Box::new(choices))));
    workspace.settle();
    let Some(prepared) = workspace.prepared().cloned() else {
        let cautions = said(&workspace, |n| n.number > before && n.gravity == Gravity::Caution);
        return Err(failures(&workspace).or(cautions).unwrap_or_else(|| "nothing was prepared".to_owned()));
    };
    if prepared.account.sets.is_empty() {
        return Err("nothing passes what was chosen; nothing was written".to_owned());
    }
    if let Some(path) = &wish.out {
        workspace.run(Command::Share(ShareCommand::Write { path: path.clone(), passphrase }));
    }
    finish(workspace)?;
    if wish.json {
        return say(out, serde_json::to_string_pretty(&whole(&prepared)).map_err(|e| e.to_string())?);
    }
    match &wish.out {
        Some(path) => {
            let count = counted(prepared.account.annotations, "annotation");
            say(out, format!("Wrote {}: {count} by {}", path.display(), names(&prepared.account)))
        }
        None => say(out, printed(&prepared.account)),
    }
}

fn chosen(workspace: &Workspace, wish: &ShareArguments) -> Result<ShareChoices, String> {
    let Some(project) = workspace.project() else { return Err("no project is open".to_owned()) };
    let drafts = wish.draft.iter().map(|word| {
        let found = project.draft_named(word).map(|d| d.id);
        found.ok_or_else(|| format!("there is no draft \u{201c}{word}\u{201d} in this project"))
    });
    let concerns = wish.concern.iter().map(|word| {
        let found = project.codebook.named(word).map(|c| c.id);
        found.ok_or_else(|| format!("there is no one concern \u{201c}{word}\u{201d} in the codebook"))
    });
    let question = wish.filter.as_ref().filter(|q| !q.trim().is_empty());
    if wish.filter.is_some() && question.is_none() {
        return Err("the question is empty".to_owned());
    }
    Ok(ShareChoices {
        analysts: analysts(workspace, project, &wish.analyst)?,
        which: if question.is_some() { ShareWhich::Found } else { ShareWhich::All },
        drafts: drafts.collect::<Result<_, _>>()?,
        concerns: concerns.collect::<Result<_, _>>()?,
        status: wish.status,
        least: wish.severity,
        notes: !wish.without_notes,
        names: !wish.pseudonyms,
        read: !wish.without_read,
    })
}

/// Those named; else one's own set, else the only one.
fn analysts(workspace: &Workspace, project: &Project, names: &[String]) -> Result<BTreeSet<AnalystId>, String> {
    if names.is_empty() {
        let own = workspace.own_set().map(|s| s.analyst.id);
        let only = project.sets.keys().next().copied().filter(|_| project.sets.len() == 1);
        return match own.or(only) {
            Some(id) => Ok(BTreeSet::from([id])),
            None if project.sets.is_empty() => Err("there are no annotations in this project yet".to_owned()),
            None => Err("say whose annotations, with --analyst".to_owned()),
        };
    }
    let named = |name: &String| {
        let wanted = name.trim().to_lowercase();
        let mut called = project.sets.values().filter(|s| s.analyst.name.to_lowercase() == wanted);
        match (called.next(), called.next()) {
            (Some(one), None) => Ok(one.analyst.id),
            (Some(_), Some(_)) => Err(format!("several analysts are called \u{201c}{name}\u{201d}")),
            (None, _) => Err(format!("there is no analyst \u{201c}{name}\u{201d} in this project")),
        }
    };
    names.iter().map(named).collect()
}

fn names(account: &ShareAccount) -> String {
    let names: Vec<&str> = account.sets.iter().map(|s| s.set.analyst.name.as_str()).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

/// The account as lines of text: heads at the left, what belongs to them further in.
fn printed(account: &ShareAccount) -> String {
    let mut text = String::new();
    for row in &account.rows {
        let words = row.text.replace('\n', "\n        ");
        let line = match (row.kind, row.label.is_empty()) {
            (ShareRowKind::Section, _) => format!("{}{words}", if text.is_empty() { "" } else { "\n" }),
            (ShareRowKind::Entry, _) => format!("  {words}"),
            (ShareRowKind::Caution, _) => format!("  ! {}: {words}", row.label),
            (ShareRowKind::Fact, true) => format!("    {words}"),
            (ShareRowKind::Fact, false) => format!("    {}: {words}", row.label),
        };
        text.push_str(&line);
        text.push('\n');
    }
    text.pop();
    text
}

fn whole(prepared: &Prepared) -> Value {
    let account = &prepared.account;
    let first = account.sets.first();
    let mut drafts = Vec::new();
    let mut concerns = Vec::new();
    for shared in &account.sets {
        for draft in &shared.drafts {
            let told = json!({
                "id": draft.id.to_string(), "label": draft.label, "symbol": draft.symbol,
                "language": draft.language, "text_hash": draft.text_hash,
            });
            if !drafts.contains(&told) {
                drafts.push(told);
            }
        }
        for concern in &shared.concerns {
            let told = json!({
                "id": concern.id.to_string(), "tag": concern.tag, "name": concern.name,
                "definition": concern.definition, "look_for": concern.look_for, "color": concern.swatch.word(),
            });
            if !concerns.contains(&told) {
                concerns.push(told);
            }
        }
    }
    json!({
        "project": first.map(|s| s.project.to_string()),
        "instrument": first.map(|s| s.instrument.as_str()),
        "part": first.is_some_and(|s| s.is_part),
        "with_notes": prepared.choices.notes,
        "pseudonyms": !prepared.choices.names,
        "annotations": account.annotations,
        "replies": account.replies,
        "left_behind": account.left_behind,
        "bytes": account.bytes,
        "cautions": account.rows.iter().filter(|r| r.kind == ShareRowKind::Caution).map(|r| r.text.as_str())
            .collect::<Vec<_>>(),
        "drafts": drafts,
        "concerns": concerns,
        "analysts": account.sets.iter().map(|s| json!({
            "id": s.set.analyst.id.to_string(),
            "name": s.set.analyst.name,
            "annotations": s.set.annotations.values().map(annotation).collect::<Vec<_>>(),
            "replies": s.set.replies.values().map(|r| json!({
                "id": r.id.to_string(), "to": { "analyst": r.whose.to_string(), "annotation": r.about.to_string() },
                "text": r.text, "created": r.created.to_string(), "changed": r.changed.to_string(),
            })).collect::<Vec<_>>(),
            "read": s.set.read.iter().flat_map(|(draft, marks)| marks.values().map(|mark| json!({
                "draft": draft.to_string(), "citation": mark.citation.to_string(), "when": mark.when.to_string(),
            }))).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    })
}

fn annotation(a: &Annotation) -> Value {
    let places = a.placements.iter().map(|(draft, placement)| {
        let quote = placement.quote();
        json!({
            "draft": draft.to_string(), "citation": placement.citation().to_string(),
            "placed": placement.anchor().is_some(), "reviewed": placement.is_reviewed(),
            "exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix,
        })
    });
    json!({
        "id": a.id.to_string(),
        "kind": a.kind.word(),
        "concerns": a.concerns.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "severity": a.severity.map(|s| s.word()),
        "status": a.status.word(),
        "note": a.note,
        "recommendation": a.recommendation,
        "source": a.source.as_ref().map(|s| json!({ "title": s.title, "author": s.author, "heading": s.heading })),
        "created": a.created.to_string(),
        "changed": a.changed.to_string(),
        "places": places.collect::<Vec<_>>(),
        "outcomes": a.outcomes.iter().map(|(d, o)| (d.to_string(), json!(o.word())))
            .collect::<serde_json::Map<_, _>>(),
        "made_of": a.made_of.iter().map(|((who, which), when)| json!({
            "analyst": who.to_string(), "annotation": which.to_string(), "changed": when.to_string(),
        })).collect::<Vec<_>>(),
    })
}
