//! What the screen offers before anything is chosen: provisions, formats, endings; and reading a bare file.

use std::path::{Path, PathBuf};

use crate::citation::{self, Suggestion};
use crate::export;
use crate::import::{self, Choices, IMPORTERS};
use crate::model::{Citation, CitationStyle, Draft, Place, ProvisionIndex, TextRange};
use crate::storage;

use super::Workspace;
use super::find::find;
use super::proposal::Proposal;
use super::run;
use super::view::{Find, ThemeChoice};

impl Workspace {
    /// The endings of files that can be read as drafts, without the dot.
    pub fn import_endings() -> Vec<&'static str> {
        IMPORTERS.iter().flat_map(|i| i.extensions.iter().copied()).collect()
    }

    /// The formats of drafts that can be read, by their names: `PDF, Akoma Ntoso, … or Plain text`.
    pub fn import_names() -> String {
        let names: Vec<&str> = IMPORTERS.iter().map(|i| i.name).collect();
        match names.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} or {}", rest.join(", "), last.to_lowercase()),
            _ => names.concat(),
        }
    }

    /// The formats of drafts that can be read, with their endings, in one sentence for a person.
    pub fn import_formats() -> String {
        let format = |i: &import::Importer| {
            let endings: Vec<String> = i.extensions.iter().map(|e| format!(".{e}")).collect();
            format!("{} ({})", i.name, endings.join(", "))
        };
        format!("Reads {}", IMPORTERS.iter().map(format).collect::<Vec<_>>().join(", "))
    }

    /// What the instrument of a draft is called: by the project, and by the draft itself.
    pub fn names_of(&self, draft: &Draft) -> Vec<String> {
        let details = self.project().map(|p| &p.details);
        let ours = details.into_iter().flat_map(|d| [d.instrument.clone(), d.title.clone()]);
        ours.chain(draft.outline.title.clone()).filter(|name| !name.trim().is_empty()).collect()
    }

    /// Provisions of the open draft meant by what has been typed so far.
    pub fn suggest_provisions(&self, typed: &str, most: usize) -> Vec<Suggestion> {
        let Some(draft) = self.draft() else { return Vec::new() };
        let mut found = citation::complete(typed, &draft.text, &draft.outline, most);
        for suggestion in &mut found {
            suggestion.citation = self.cited(&draft.outline.citation(suggestion.provision));
        }
        found
    }

    /// A citation that stands alone or begins a sentence, in the style of the project.
    pub fn cited(&self, cited: &Citation) -> String {
        citation::print_opening(cited, self.citation_style())
    }

    /// A citation within a sentence, in the style of the project.
    pub fn cited_within(&self, cited: &Citation) -> String {
        citation::print(cited, self.citation_style())
    }

    /// How the project that is open writes citations.
    pub fn citation_style(&self) -> CitationStyle {
        self.project().map(|p| p.details.citation_style).unwrap_or_default()
    }

    /// The provision of a draft that is meant by what has been typed.
    pub fn provision_named(&self, draft: crate::model::DraftId, typed: &str) -> Option<ProvisionIndex> {
        citation::resolve(typed, &self.project()?.draft(draft)?.outline).first().copied()
    }

    /// What a style looks like, by an example.
    pub fn style_example(style: CitationStyle) -> String {
        citation::print_opening(&Citation::to(Place::Article("23".into())).point("2").point("c"), style)
    }

    /// Whether what has been typed is a citation that the open draft has.
    pub fn can_resolve(&self, typed: &str) -> bool {
        self.draft().is_some_and(|d| !citation::resolve(typed, &d.outline).is_empty())
    }

    /// Whether exporting to this path would replace a file.
    pub fn would_replace(path: &Path) -> bool {
        export::is_taken(path)
    }

    /// The theme that was chosen.
    pub fn theme(&self) -> ThemeChoice {
        self.settings.theme.into()
    }
}

/// Reads a bare file and recognizes its provisions; no project is needed.
///
/// # Errors
/// One sentence naming the file.
pub fn read_draft(file: &Path, choices: Choices) -> Result<Proposal, String> {
    run::read_draft(PathBuf::from(file), choices, &mut ()).map_err(|refusal| refusal.sentence)
}

/// Where words stand in a draft, in order, capitals counting and any run of white space matching any other.
pub fn places_of(words: &str, draft: &Draft) -> Vec<TextRange> {
    find(&draft.text, &Find { text: words.to_owned(), exact_case: true })
}

/// The provision a caret stands in; one behind the last character of a paragraph still stands in it.
pub fn provision_at(draft: &Draft, caret: usize) -> Option<ProvisionIndex> {
    let caret = draft.text.floor_char_boundary(caret.min(draft.text.len()));
    let (before, behind) = draft.text.split_at(caret);
    let last = before.chars().next_back().filter(|&c| c != '\n' && (behind.is_empty() || behind.starts_with('\n')));
    draft.outline.at(caret - last.map_or(0, char::len_utf8))
}

/// The note whose sign the caret is at; else the next one called in the same paragraph.
pub fn note_at(draft: &Draft, caret: usize) -> Option<usize> {
    let blocks = &draft.outline.blocks;
    let paragraph = blocks[..blocks.partition_point(|b| b.start <= caret)].last().filter(|b| caret <= b.end);
    let called = draft.printed.notes.iter().enumerate().filter_map(|(i, note)| Some((i, note.call?)));
    let ahead = called.filter(|(_, call)| {
        let at_sign = call.start <= caret && caret <= call.end;
        at_sign || caret < call.start && paragraph.is_some_and(|p| call.start < p.end)
    });
    ahead.min_by_key(|(_, call)| call.start).map(|(i, _)| i)
}

/// Where settings and samples are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// Settings.
    pub config: PathBuf,
    /// The user's copy of the sample.
    pub data: PathBuf,
}

impl Home {
    /// Everything in one folder: for tests and for a portable copy.
    pub fn at(folder: &Path) -> Self {
        Self { config: folder.to_owned(), data: folder.to_owned() }
    }

    /// Where this machine keeps such things, or the folder that `TRAVAUX_HOME` names; none where there is no home.
    pub fn of_user() -> Option<Self> {
        Some(Self { config: storage::config_folder()?, data: storage::data_folder()? })
    }
}

impl From<storage::Theme> for ThemeChoice {
    fn from(theme: storage::Theme) -> Self {
        match theme {
            storage::Theme::System => Self::System,
            storage::Theme::Light => Self::Light,
            storage::Theme::Dark => Self::Dark,
        }
    }
}

impl From<ThemeChoice> for storage::Theme {
    fn from(theme: ThemeChoice) -> Self {
        match theme {
            ThemeChoice::System => Self::System,
            ThemeChoice::Light => Self::Light,
            ThemeChoice::Dark => Self::Dark,
        }
    }
}
