//! `travaux commentary`: the annotations that an analysis suggests, listed or taken.

use std::io::Write;
use std::path::PathBuf;

use serde::Serialize;

use super::{Answer, counted, failures, finish, open, say};
use crate::model::text::CodePoints;
use crate::model::{Codebook, Draft, TextRange};
use crate::workspace::{Choices, Command, CommentaryCommand, Home, Listed, ReviewState, SuggestedNote, Workspace};

/// What to do with which file.
pub struct Wish {
    /// The project's folder.
    pub project: PathBuf,
    /// The draft, as a person names it.
    pub draft: String,
    /// The analysis.
    pub file: PathBuf,
    /// How to read it.
    pub choices: Choices,
    /// As JSON.
    pub json: bool,
    /// Adds the file as a commentary and accepts all that can stand in the draft.
    pub accept_all: bool,
}

/// Lists what a file suggests, or takes it.
pub fn commentary(home: &Home, wish: Wish, out: &mut dyn Write) -> Answer {
    let Wish { project, draft: word, file, choices, json, accept_all } = wish;
    let mut workspace = open(home, &project, accept_all)?;
    let no_draft = || format!("there is no draft \u{201c}{word}\u{201d} in this project");
    let draft = workspace.project().and_then(|p| p.draft_named(&word)).map(|d| d.id).ok_or_else(no_draft)?;
    let mut listed = workspace.list_commentary(&file, draft, choices.clone())?;
    if accept_all {
        if listed.commentary.is_none() {
            workspace.run(Command::Commentary(CommentaryCommand::Import {
                path: file.clone(),
                draft,
                choices: choices.clone(),
            }));
            workspace.settle();
            if let Some(failed) = failures(&workspace) {
                return Err(failed);
            }
            listed = workspace.list_commentary(&file, draft, choices.clone())?;
        }
        let Some(id) = listed.commentary else { return Err(format!("nothing was added: {}", file.display())) };
        workspace.run(Command::Commentary(CommentaryCommand::AcceptAll(id)));
        workspace.settle();
        listed = workspace.list_commentary(&file, draft, choices)?;
    }
    print(&workspace, &listed, json, out)?;
    finish(workspace)
}

fn print(workspace: &Workspace, listed: &Listed, json: bool, out: &mut dyn Write) -> Answer {
    let Some((project, draft)) = workspace.project().and_then(|p| Some((p, p.draft(listed.draft)?))) else {
        return Err("no project is open".to_owned());
    };
    let points = CodePoints::new(&listed.text);
    let answers = listed.suggestions.list.iter().zip(&listed.states);
    let answers: Vec<SuggestionAnswer> =
        answers.map(|(s, state)| SuggestionAnswer::of(s, *state, listed, draft, &project.codebook, &points)).collect();
    if json {
        return say(out, serde_json::to_string_pretty(&answers).map_err(|e| e.to_string())?);
    }
    for answer in &answers {
        let asks = answer.recommendation.as_ref().map_or(String::new(), |r| format!("  {}", r.summary));
        let tags: Vec<&str> = answer.concerns.iter().map(|c| c.tag.as_str()).collect();
        let tags = if tags.is_empty() { String::new() } else { format!("  [{}]", tags.join(", ")) };
        let not = if answer.resolves.provisions.is_empty() { ", not in the draft" } else { "" };
        let kind = if answer.kind == "absence" { ", absence" } else { "" };
        let cited = answer.citations.join(", ");
        say(out, format!("{cited}{asks}{tags}  ({}{kind}{not})\n    {}", answer.state, answer.note))?;
    }
    let waiting = listed.states.iter().filter(|s| **s == ReviewState::Waiting).count();
    say(out, format!("{}, {waiting} waiting", counted(answers.len(), "suggestion")))
}

#[derive(Serialize)]
struct SuggestionAnswer {
    /// The sentence or bullet, in code points of what `travaux text FILE` prints.
    start: usize,
    end: usize,
    note: String,
    citations: Vec<String>,
    /// Where the words that cite stand.
    cited: (usize, usize),
    resolves: ResolvesAnswer,
    kind: &'static str,
    recommendation: Option<RecommendationAnswer>,
    concerns: Vec<ConcernAnswer>,
    /// Outermost first.
    headings: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    state: &'static str,
}

#[derive(Serialize)]
struct ResolvesAnswer {
    how: &'static str,
    /// The provisions it means, or can mean.
    provisions: Vec<String>,
}

#[derive(Serialize)]
struct RecommendationAnswer {
    action: &'static str,
    targets: Vec<String>,
    proposed: String,
    supports: String,
    #[serde(skip)]
    summary: String,
}

#[derive(Serialize)]
struct ConcernAnswer {
    tag: String,
    name: String,
    reason: String,
}

impl SuggestionAnswer {
    fn of(
        note: &SuggestedNote,
        state: ReviewState,
        listed: &Listed,
        draft: &Draft,
        codebook: &Codebook,
        points: &CodePoints<'_>,
    ) -> Self {
        let at = |r: TextRange| (points.of_byte(r.start), points.of_byte(r.end));
        let (start, end) = at(note.passage);
        let meant = if note.meaning.is_missing() { Vec::new() } else { note.meaning.places() };
        let concern = |theme: &crate::workspace::Theme| {
            let concern = codebook.get(theme.concern)?;
            Some(ConcernAnswer { tag: concern.tag.clone(), name: concern.name.clone(), reason: theme.reason.clone() })
        };
        let words =
            |r: &TextRange| r.of(&listed.text).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        Self {
            start,
            end,
            note: note.note.clone(),
            citations: vec![note.key.citation.to_string()],
            cited: at(note.key.at),
            resolves: ResolvesAnswer {
                how: note.meaning.word(),
                provisions: meant.into_iter().map(|p| draft.outline.citation(p).to_string()).collect(),
            },
            kind: note.kind.word(),
            recommendation: note.recommendation.as_ref().map(|r| RecommendationAnswer {
                action: r.action.word(),
                targets: r.targets.clone(),
                proposed: r.proposed.clone(),
                supports: r.supports.clone(),
                summary: r.summary(),
            }),
            concerns: note.concerns.iter().filter_map(concern).collect(),
            headings: note.headings.iter().map(words).collect(),
            reason: note.reason.clone(),
            state: state.word(),
        }
    }
}
