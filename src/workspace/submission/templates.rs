//! What a new submission starts from: a small set that ships inside the program. What is made of one is the analyst's.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::export::paper::PaperLanguage;
use crate::model::{Shows, Submission, SubmissionId, SubmissionKind};

const TEXT: &str = include_str!("../../../assets/submissions/templates.ron");

static TEMPLATES: LazyLock<Vec<Template>> = LazyLock::new(|| {
    // A test sees to it that the file is whole.
    ron::from_str::<Vec<Written>>(TEXT).unwrap_or_default().into_iter().filter_map(Template::of).collect()
});

/// What a new submission starts from.
#[derive(Clone, Debug)]
pub struct Template {
    /// What commands call it.
    pub id: String,
    /// What the screen calls it.
    pub name: String,
    /// What comes of it, in a line.
    pub about: String,
    /// What kind of paper it is.
    pub kind: SubmissionKind,
    contents: bool,
    shows: Shows,
    titles: BTreeMap<String, String>,
    subtitles: BTreeMap<String, String>,
}

/// A template as its authors write it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    name: String,
    about: String,
    kind: String,
    contents: bool,
    shows: Vec<String>,
    titles: BTreeMap<String, String>,
    subtitles: BTreeMap<String, String>,
}

/// All that ship, in the order they are offered; the first is the usual one.
pub fn submission_templates() -> &'static [Template] {
    &TEMPLATES
}

impl Template {
    fn of(written: Written) -> Option<Self> {
        let Written { id, name, about, kind, contents, shows, titles, subtitles } = written;
        let is_shown = |part: &str| shows.iter().any(|s| s == part);
        let shows = Shows {
            definitions: is_shown("definitions"),
            severity: is_shown("severity"),
            status: is_shown("status"),
            analysts: is_shown("analysts"),
            since: is_shown("since"),
            footnotes: is_shown("footnotes"),
        };
        Some(Self { kind: SubmissionKind::named(&kind)?, id, name, about, contents, shows, titles, subtitles })
    }

    /// The title it gives, in a language.
    pub fn title(&self, language: PaperLanguage) -> &str {
        self.titles.get(language.tag()).map_or("", String::as_str)
    }

    /// The line below it, in a language.
    pub fn subtitle(&self, language: PaperLanguage) -> &str {
        self.subtitles.get(language.tag()).map_or("", String::as_str)
    }

    /// A submission after it.
    pub fn submission(&self, id: SubmissionId, name: &str, language: PaperLanguage) -> Submission {
        let name = if name.is_empty() { self.name.as_str() } else { name };
        let mut made = Submission::new(id, name.to_owned(), self.kind);
        made.language = language.tag().to_owned();
        made.contents = self.contents;
        made.shows = self.shows;
        self.title(language).clone_into(&mut made.front.title);
        self.subtitle(language).clone_into(&mut made.front.subtitle);
        made
    }

    /// The template for a kind of paper.
    pub fn for_kind(kind: SubmissionKind) -> Option<&'static Self> {
        TEMPLATES.iter().find(|t| t.kind == kind)
    }
}

/// Titles that are as a template gives them in one language, as it gives them in another.
pub(super) fn retitled(submission: &mut Submission, from: PaperLanguage, to: PaperLanguage) {
    let front = &mut submission.front;
    for template in TEMPLATES.iter() {
        if front.title == template.title(from) {
            template.title(to).clone_into(&mut front.title);
            break;
        }
    }
    for template in TEMPLATES.iter() {
        if front.subtitle == template.subtitle(from) {
            template.subtitle(to).clone_into(&mut front.subtitle);
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_templates_are_whole() {
        assert!(ron::from_str::<Vec<Written>>(TEXT).is_ok());
        for kind in SubmissionKind::ALL {
            assert!(Template::for_kind(kind).is_some(), "{kind:?}");
        }
        for template in submission_templates() {
            let written = ron::from_str::<Vec<Written>>(TEXT).unwrap_or_default();
            let written = written.iter().find(|w| w.id == template.id);
            let known = ["definitions", "severity", "status", "analysts", "since", "footnotes"];
            assert!(written.is_some_and(|w| w.shows.iter().all(|s| known.contains(&s.as_str()))), "{}", template.id);
            for language in PaperLanguage::ALL {
                let title = template.title(language);
                assert!(title.contains("{instrument}"), "{} {language:?}", template.id);
                assert!(template.subtitle(language).contains("{draft}"), "{} {language:?}", template.id);
            }
        }
    }
}
