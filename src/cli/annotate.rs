//! `travaux annotate`.

use std::collections::BTreeSet;
use std::io::Write;

use super::args::AnnotateArguments;
use super::{Answer, finish, open, say};
use crate::citation;
use crate::model::{AnnotationKind, Draft, ProvisionIndex, Recommendation, TextRange};
use crate::workspace::{AnnotateCommand, Command, Home, ProjectCommand, places_of};

/// Adds a remark.
pub fn annotate(home: &Home, wish: &AnnotateArguments, out: &mut dyn Write) -> Answer {
    let mut workspace = open(home, &wish.project, true)?;
    if let Some(name) = &wish.analyst {
        workspace.run(Command::Project(ProjectCommand::SetAnalyst(name.clone())));
    }
    let Some(project) = workspace.project() else { return Err("no project is open".to_owned()) };
    let draft = project
        .draft_named(&wish.draft)
        .ok_or_else(|| format!("there is no draft \u{201c}{}\u{201d} in this project", wish.draft))?
        .clone();
    let mut concerns = BTreeSet::new();
    for word in &wish.concerns {
        let concern = project.codebook.named(word);
        concerns.insert(
            concern.ok_or_else(|| format!("there is no one concern \u{201c}{word}\u{201d} in the codebook"))?.id,
        );
    }
    let cited = match &wish.citation {
        Some(text) => citation::resolve(text, &draft.outline),
        None => Vec::new(),
    };
    if let Some(text) = wish.citation.as_ref().filter(|_| cited.is_empty()) {
        return Err(format!("\u{201c}{text}\u{201d} is not in {}", draft.name()));
    }
    let command = match (&wish.quote, cited.first()) {
        (Some(quote), _) if wish.present => {
            AnnotateCommand::Present { draft: draft.id, range: find(quote, &draft, &cited)?, concerns }
        }
        (Some(quote), _) => AnnotateCommand::Words { draft: draft.id, range: find(quote, &draft, &cited)?, concerns },
        (None, Some(&provision)) => {
            let kind = match (wish.absence, wish.present, wish.not_needed) {
                (true, ..) => AnnotationKind::Absence,
                (_, true, _) => AnnotationKind::Presence,
                (.., true) => AnnotationKind::NotNeeded,
                _ => AnnotationKind::Remark,
            };
            AnnotateCommand::Provision { draft: draft.id, provision, kind, concerns }
        }
        (None, None) => return Err("say what to remark on, with --quote or --citation".to_owned()),
    };
    workspace.run(Command::Annotate(command));
    let Some(focus) = workspace.view().focus else {
        return finish(workspace).and_then(|_| Err("nothing was added".to_owned()));
    };
    let id = focus.annotation;
    let mut then = Vec::new();
    if let Some(note) = wish.note.clone() {
        then.push(AnnotateCommand::SetNote { id, note });
    }
    if wish.severity.is_some() {
        then.push(AnnotateCommand::SetSeverity { id, severity: wish.severity });
    }
    if let Some(action) = wish.recommend {
        let recommendation = Recommendation {
            action,
            targets: wish.target.clone(),
            proposed: wish.proposed.clone().unwrap_or_default(),
            supports: wish.supports.clone().unwrap_or_default(),
        };
        then.push(AnnotateCommand::SetRecommendation { id, recommendation: Some(recommendation) });
    }
    if let Some(status) = wish.status {
        then.push(AnnotateCommand::SetStatus { id, status });
    }
    for command in then {
        workspace.run(Command::Annotate(command));
    }
    let placed = workspace
        .project()
        .and_then(|p| p.annotation(focus.analyst, id))
        .and_then(|a| a.anchor_in(draft.id))
        .map(|a| workspace.cited_within(&a.citation))
        .unwrap_or_default();
    finish(workspace)?;
    say(out, format!("{id} on {placed} of {}", draft.name()))
}

/// The one place of a quote, inside the cited provisions where any are cited.
fn find(quote: &str, draft: &Draft, cited: &[ProvisionIndex]) -> Result<TextRange, String> {
    let quote = crate::model::text::normalize(quote);
    let quote = quote.trim();
    if quote.is_empty() {
        return Err("the quote is empty".to_owned());
    }
    let inside = |r: TextRange| {
        cited.is_empty() || cited.iter().any(|&i| draft.outline.get(i).is_some_and(|p| p.range.covers(r)))
    };
    // Drafts break their lines in the middle of sentences; those who quote them do not.
    let places: Vec<TextRange> = places_of(quote, draft).into_iter().filter(|&r| inside(r)).collect();
    match places.as_slice() {
        [only] => Ok(*only),
        [] => Err(format!("these words are not in {}", draft.name())),
        several => Err(format!(
            "these words stand {} times in {}; say which with --citation, or quote more of them",
            several.len(),
            draft.name()
        )),
    }
}
