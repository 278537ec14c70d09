//! `travaux new`, `export` and `check`.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::{Answer, counted, failures, finish, open, said, say};
use crate::model::{CitationStyle, ProjectDetails};
use crate::workspace::{Command, ExportCommand, Gravity, Home, Machine, Notice, ProjectCommand, Tasks, Workspace};

/// Makes a project.
pub fn new(
    home: &Home,
    folder: PathBuf,
    title: Option<String>,
    instrument: String,
    citation_style: CitationStyle,
    out: &mut dyn Write,
) -> Answer {
    let name = || folder.file_name().map_or_else(|| "Project".to_owned(), |n| n.to_string_lossy().into_owned());
    let details = ProjectDetails { title: title.unwrap_or_else(name), instrument, citation_style };
    let mut workspace = Workspace::new(Box::new(Machine), Tasks::inline(), home);
    workspace.run(Command::Project(ProjectCommand::New { folder: folder.clone(), details }));
    finish(workspace)?;
    say(out, format!("Made the project {}", folder.display()))
}

/// Says what a project is called and how it prints citations, after changing what is asked for.
pub fn details(
    home: &Home,
    folder: &Path,
    title: Option<String>,
    instrument: Option<String>,
    citation_style: Option<CitationStyle>,
    out: &mut dyn Write,
) -> Answer {
    let changes = title.is_some() || instrument.is_some() || citation_style.is_some();
    let mut workspace = open(home, folder, changes)?;
    let before = workspace.project().map(|p| p.details.clone()).unwrap_or_default();
    let details = ProjectDetails {
        title: title.unwrap_or(before.title),
        instrument: instrument.unwrap_or(before.instrument),
        citation_style: citation_style.unwrap_or(before.citation_style),
    };
    let latest = workspace.notices().latest().map_or(0, |n| n.number);
    if changes {
        workspace.run(Command::Project(ProjectCommand::SetDetails(details)));
        workspace.settle();
    }
    if let Some(refused) = said(&workspace, |n| n.number > latest && n.gravity == Gravity::Caution) {
        return Err(refused);
    }
    let now = workspace.project().map(|p| p.details.clone()).unwrap_or_default();
    finish(workspace)?;
    say(out, format!("Title: {}", now.title))?;
    if !now.instrument.is_empty() {
        say(out, format!("Instrument: {}", now.instrument))?;
    }
    let style = now.citation_style;
    say(out, format!("Citations: {}, such as {}", style.word(), Workspace::style_example(style)))
}

/// Writes annotations to a file.
pub fn export(
    home: &Home,
    project: &Path,
    format: String,
    path: PathBuf,
    draft: Option<String>,
    analyst: Option<String>,
    out: &mut dyn Write,
) -> Answer {
    let mut workspace = open(home, project, false)?;
    let project = workspace.project();
    let draft = match draft {
        Some(word) => {
            let found = project.and_then(|p| p.draft_named(&word)).map(|d| d.id);
            Some(found.ok_or_else(|| format!("there is no draft \u{201c}{word}\u{201d} in this project"))?)
        }
        None => None,
    };
    let analysts = match analyst {
        Some(name) => {
            let wanted = name.to_lowercase();
            let found = workspace.analysts().into_iter().find(|(_, n, ..)| n.to_lowercase() == wanted).map(|a| a.0);
            let id = found.ok_or_else(|| format!("there is no analyst \u{201c}{name}\u{201d} in this project"))?;
            Some(BTreeSet::from([id]))
        }
        None => None,
    };
    let before = workspace.notices().latest().map_or(0, |n| n.number);
    workspace.run(Command::Export(ExportCommand::ToFile { format, path: path.clone(), draft, analysts }));
    workspace.settle();
    let cautions = said(&workspace, |n| n.number > before && n.gravity == Gravity::Caution);
    let is_written = said(&workspace, |n| n.number > before && n.gravity == Gravity::Done).is_some();
    finish(workspace)?;
    match cautions {
        Some(refused) if !is_written => Err(refused),
        // What the format could not carry.
        Some(left) => say(out, format!("Wrote {}\n{left}", path.display())),
        None => say(out, format!("Wrote {}", path.display())),
    }
}

/// Opens a project and says whether everything in it is in order.
pub fn check(home: &Home, folder: &Path, out: &mut dyn Write) -> Answer {
    let workspace = open(home, folder, false)?;
    let Some(project) = workspace.project() else { return Err("no project is open".to_owned()) };
    let (drafts, concerns) = (project.drafts.len(), project.codebook.concerns.len());
    say(out, format!("{}: {}, {}", project.details.title, counted(drafts, "draft"), counted(concerns, "concern")))?;
    let held = workspace.held_by().map(crate::workspace::read_only_sentence);
    if let Some(held) = &held {
        say(out, held)?;
    }
    // That somebody is at work in it is no fault of a project.
    let is_fault = |n: &&Notice| n.gravity != Gravity::Done && held.as_ref() != Some(&n.text);
    let mut faults: Vec<String> = workspace.notices().all().iter().filter(is_fault).map(|n| n.text.clone()).collect();
    for draft in &project.drafts {
        let articles =
            draft.outline.provisions.iter().filter(|p| p.kind == crate::model::ProvisionKind::Article).count();
        say(out, format!("  {}: {}, {} bytes", draft.name(), counted(articles, "article"), draft.text.len()))?;
        if let Some(fault) = draft.outline.fault(&draft.text) {
            faults.push(format!("the outline of {} is damaged: {fault}", draft.name()));
        }
        if crate::model::text::sha256(draft.text.as_bytes()) != draft.text_hash {
            faults.push(format!("the text of {} is not the one that was imported", draft.name()));
        }
    }
    for set in project.sets.values() {
        say(out, format!("  {}: {}", set.analyst.name, counted(set.annotations.len(), "annotation")))?;
        for a in set.annotations.values() {
            for (draft, placement) in &a.placements {
                let Some(draft) = project.draft(*draft) else { continue };
                let Some(anchor) = placement.anchor() else { continue };
                if anchor.range.of(&draft.text) != Some(&anchor.quote.exact) {
                    faults.push(format!(
                        "annotation {} of {} is not on its words in {}",
                        a.id,
                        set.analyst.name,
                        draft.name()
                    ));
                }
            }
            for concern in a.concerns.iter().filter(|&&c| project.codebook.get(c).is_none()) {
                faults.push(format!("annotation {} has the concern {concern}, which the codebook lacks", a.id));
            }
        }
    }
    let trouble = failures(&workspace);
    finish(workspace).or_else(|e| if trouble.is_some() { Ok(()) } else { Err(e) })?;
    if faults.is_empty() { say(out, "Everything is in order") } else { Err(faults.join("\n")) }
}
