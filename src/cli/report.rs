//! `travaux report`.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::args::{citation_style, word};
use super::{Answer, failures, finish, open, said, say};
use crate::export::paper::PaperLanguage;
use crate::model::{CitationStyle, DraftId, Project, SubmissionId, SubmissionKind};
use crate::workspace::{Command, Given, Gravity, Home, PaperOf, SubmissionCommand, Template, Workspace, front_file};

/// Which paper to write, and what it says besides the remarks.
#[derive(Args, Debug)]
pub struct ReportArguments {
    /// The project's folder
    pub project: PathBuf,
    /// article (provision by provision), thematic (concern by concern), amendments (a table of current and proposed text),
    /// delegate (a line a clause), concordance (the table of provisions of two drafts) or outcomes (what became of the
    /// concerns)
    #[arg(long, required_unless_present = "name", value_parser = word(PaperKind::named, PaperKind::ALL, PaperKind::word))]
    pub kind: Option<PaperKind>,
    /// A submission kept with the project, by name; what else is said here goes before what it says
    #[arg(long, conflicts_with = "kind")]
    pub name: Option<String>,
    /// The draft, by label, symbol or folder name; the newest if not said
    #[arg(long)]
    pub draft: Option<String>,
    /// Of concordance and outcomes: the older draft; of concordance the one before if not said, of outcomes all drafts
    #[arg(long, value_name = "DRAFT", conflicts_with = "name")]
    pub since: Option<String>,
    /// Only remarks that this question finds, in the language of `travaux search`
    #[arg(long, value_name = "QUERY")]
    pub filter: Option<String>,
    /// The language of the fixed words: en, fr, es, ru, ar or zh
    #[arg(long, value_parser = paper_language)]
    pub language: Option<PaperLanguage>,
    /// How citations are printed: plain, short, un, eu, un-french or un-spanish; as the project and the language have it
    /// if not said
    #[arg(long, value_name = "STYLE", value_parser = citation_style)]
    pub style: Option<CitationStyle>,
    /// The title
    #[arg(long)]
    pub title: Option<String>,
    /// Who submits it
    #[arg(long)]
    pub organisation: Option<String>,
    /// A RON file with title, subtitle, organisation, logo, date, addressee, introduction (Markdown) and signatories
    #[arg(long, value_name = "FILE")]
    pub front: Option<PathBuf>,
    /// A DOCX file whose styles a DOCX is written in
    #[arg(long, value_name = "FILE")]
    pub template: Option<PathBuf>,
    /// The file to write; its ending says how
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

/// A kind of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperKind {
    /// A submission.
    Submission(SubmissionKind),
    /// The table of provisions of two drafts.
    Concordance,
    /// What became of the concerns.
    Outcomes,
}

impl PaperKind {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::Submission(SubmissionKind::Article),
        Self::Submission(SubmissionKind::Thematic),
        Self::Submission(SubmissionKind::Amendments),
        Self::Submission(SubmissionKind::Delegate),
        Self::Concordance,
        Self::Outcomes,
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Submission(kind) => kind.word(),
            Self::Concordance => "concordance",
            Self::Outcomes => "outcomes",
        }
    }

    /// The kind with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|k| k.word().eq_ignore_ascii_case(word.trim()))
    }
}

fn paper_language(text: &str) -> Result<PaperLanguage, String> {
    let tags = PaperLanguage::ALL.map(PaperLanguage::tag);
    PaperLanguage::named(text).ok_or_else(|| format!("the languages are {}", tags.join(", ")))
}

/// Writes a paper.
pub fn report(home: &Home, wish: ReportArguments, out: &mut dyn Write, err: &mut dyn Write) -> Answer {
    let mut workspace = open(home, &wish.project, false)?;
    let of = paper(&workspace, &wish)?;
    let before = workspace.notices().latest().map_or(0, |n| n.number);
    workspace.run(Command::Submission(SubmissionCommand::Export { of, path: wish.out.clone() }));
    workspace.settle();
    if let Some(failed) = failures(&workspace) {
        return Err(failed);
    }
    for left in workspace.notices().all().iter().filter(|n| n.number > before && n.gravity == Gravity::Caution) {
        // The paper is written, whether anybody hears this or not.
        let _ = writeln!(err, "travaux: {}", left.text);
    }
    let is_written = said(&workspace, |n| n.number > before && n.gravity == Gravity::Done).is_some();
    finish(workspace)?;
    if is_written { say(out, format!("Wrote {}", wish.out.display())) } else { Err("nothing was written".to_owned()) }
}

/// What is asked for.
fn paper(workspace: &Workspace, wish: &ReportArguments) -> Result<PaperOf, String> {
    let Some(project) = workspace.project() else { return Err("no project is open".to_owned()) };
    let draft = wish.draft.as_deref().map(|word| draft(project, word)).transpose()?;
    let language = wish.language.unwrap_or_else(|| {
        let latest = draft.and_then(|d| project.draft(d)).or_else(|| project.drafts.last());
        latest.and_then(|d| PaperLanguage::named(&d.details.language)).unwrap_or_default()
    });
    let style = wish.style;
    let is_of_drafts = matches!(wish.kind, Some(PaperKind::Concordance | PaperKind::Outcomes));
    let words = [&wish.filter, &wish.title, &wish.organisation];
    if is_of_drafts && (words.iter().any(|w| w.is_some()) || wish.front.is_some() || wish.template.is_some()) {
        let ours = "--filter, --title, --organisation, --front and --template";
        return Err(format!("{ours} are for submissions, not for concordance and outcomes"));
    }
    let mut submission = match (&wish.name, wish.kind) {
        (Some(name), _) => {
            let id = workspace.submission_named(name)?;
            if !says_more(wish) {
                return Ok(PaperOf::Kept(id));
            }
            workspace.submission(id).cloned().ok_or("the submission is gone")?
        }
        (None, Some(PaperKind::Concordance)) => {
            let (old, new) = both(project, draft, wish)?;
            return Ok(PaperOf::Concordance { old, new, language, style });
        }
        (None, Some(PaperKind::Outcomes)) => {
            let drafts = if wish.since.is_some() || draft.is_some() { Some(both(project, draft, wish)?) } else { None };
            return Ok(PaperOf::Outcomes { drafts, language, style });
        }
        (None, Some(PaperKind::Submission(kind))) => {
            let template = Template::for_kind(kind).ok_or("there is no template for this kind")?;
            template.submission(SubmissionId(0), "", language)
        }
        (None, None) => return Err("say which kind of paper is wanted with --kind".to_owned()),
    };
    if wish.since.is_some() {
        return Err("--since is for concordance and outcomes".to_owned());
    }
    let mut logo = None;
    if let Some(path) = &wish.front {
        let file = front_file(path)?;
        let usual = std::mem::replace(&mut submission.front, file.front);
        for (said, usual) in
            [(&mut submission.front.title, usual.title), (&mut submission.front.subtitle, usual.subtitle)]
        {
            if said.trim().is_empty() {
                *said = usual;
            }
        }
        if file.logo.is_none() {
            submission.front.logo = usual.logo;
        }
        logo = file.logo;
    }
    submission.draft = draft.or(submission.draft);
    if let Some(query) = &wish.filter {
        submission.pick.query.clone_from(query);
    }
    if let Some(language) = wish.language {
        language.tag().clone_into(&mut submission.language);
    }
    submission.style = style.or(submission.style);
    if let Some(title) = &wish.title {
        submission.front.title.clone_from(title);
    }
    if let Some(organisation) = &wish.organisation {
        submission.front.organisation.clone_from(organisation);
    }
    Ok(PaperOf::Given(Box::new(Given { submission, logo, styles: wish.template.clone() })))
}

/// Whether something is said besides which kept submission is meant.
fn says_more(wish: &ReportArguments) -> bool {
    let words = [&wish.draft, &wish.filter, &wish.title, &wish.organisation];
    words.iter().any(|w| w.is_some())
        || wish.language.is_some()
        || wish.style.is_some()
        || wish.front.is_some()
        || wish.template.is_some()
}

fn draft(project: &Project, word: &str) -> Result<DraftId, String> {
    let found = project.draft_named(word).map(|d| d.id);
    found.ok_or_else(|| format!("no draft of the project is called \u{201c}{word}\u{201d}"))
}

/// The older and the newer draft that are meant.
fn both(project: &Project, newer: Option<DraftId>, wish: &ReportArguments) -> Result<(DraftId, DraftId), String> {
    let new = newer.or_else(|| project.drafts.last().map(|d| d.id)).ok_or("there is no draft in this project yet")?;
    let old = match &wish.since {
        Some(word) => draft(project, word)?,
        None => {
            let before = project.draft_position(new).and_then(|at| project.drafts.get(at.checked_sub(1)?));
            before.map(|d| d.id).ok_or("there is no draft before that one; say with --since which is the older")?
        }
    };
    if old == new {
        return Err("a draft is set against another one, not against itself".to_owned());
    }
    Ok((old, new))
}
