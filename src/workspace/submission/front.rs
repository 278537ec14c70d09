//! What stands before the text of a submission, and who signs behind it.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Deserialize;

use super::Aids;
use super::introduction;
use super::phrases::Phrase;
use super::remark::Room;
use super::templates::Template;
use crate::export::paper::Front;
use crate::model::{FrontMatter, PaperDate};

impl Room<'_> {
    /// The front matter, with the names of the project in its titles.
    pub fn front(&self, aids: &Aids) -> Front {
        let front = &self.submission.front;
        let usual = || Template::for_kind(self.submission.kind).map_or("", |t| t.title(self.page.speech.language));
        let title = if front.title.trim().is_empty() { usual() } else { &front.title };
        let date = match front.date {
            PaperDate::Today => Some(aids.today),
            PaperDate::On(date) => Some(date),
            PaperDate::Nothing => None,
        };
        let names: Vec<String> =
            front.signatories.iter().map(|s| s.trim().to_owned()).filter(|s| !s.is_empty()).collect();
        Front {
            title: self.named(title),
            subtitle: self.named(&front.subtitle),
            organisation: front.organisation.trim().to_owned(),
            logo: aids.logo.clone(),
            date: date.map(|d| self.page.speech.date(d)).unwrap_or_default(),
            addressee: front.addressee.trim().to_owned(),
            introduction: introduction::blocks(&front.introduction),
            signatories: (!names.is_empty()).then(|| (self.page.speech.say(Phrase::Signed).to_owned(), names)),
        }
    }

    /// A title with the names of the project in the place of words in braces.
    fn named(&self, title: &str) -> String {
        let details = &self.page.project.details;
        let instrument = [details.instrument.trim(), details.title.trim()].into_iter().find(|n| !n.is_empty());
        let draft = self.draft_told();
        let symbol =
            [self.page.draft.details.symbol.trim(), self.page.draft.name()].into_iter().find(|n| !n.is_empty());
        let mut text = String::with_capacity(title.len() + 40);
        let mut rest = title;
        // One pass, so that braces in the names stay as they are.
        while let Some(at) = rest.find('{') {
            text.push_str(&rest[..at]);
            let value = [
                ("{instrument}", instrument.unwrap_or_default()),
                ("{draft}", draft.as_str()),
                ("{symbol}", symbol.unwrap_or_default()),
            ];
            match value.iter().find(|(name, _)| rest[at..].starts_with(name)) {
                Some((name, value)) => {
                    text.push_str(value);
                    rest = &rest[at + name.len()..];
                }
                None => {
                    text.push('{');
                    rest = &rest[at + 1..];
                }
            }
        }
        text.push_str(rest);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Front matter as a file has it, with the place of its logo.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontFile {
    /// What it says, without a logo.
    pub front: FrontMatter,
    /// The logo, beside the file unless it stands elsewhere.
    pub logo: Option<PathBuf>,
}

/// The file as people write it; what is not said is empty.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct Written {
    title: String,
    subtitle: String,
    organisation: String,
    logo: String,
    date: String,
    addressee: String,
    introduction: String,
    signatories: Vec<String>,
}

/// Reads front matter: `(title: "…", organisation: "…", signatories: ["…"], date: "2026-05-01", logo: "mark.svg")`. The
/// date is a day, `today` or `none`.
///
/// # Errors
/// One sentence that names the file.
pub fn front_file(path: &Path) -> Result<FrontFile, String> {
    let text = crate::workspace::read_utf8(path)?;
    let options = ron::Options::default().with_recursion_limit(16);
    let written: Written = options.from_str(text.trim_start_matches('\u{feff}')).map_err(|e| {
        let at = e.span.start;
        format!("line {}, column {} is not understood ({}): {}", at.line, at.col, e.code, path.display())
    })?;
    let date = match written.date.trim() {
        "" | "today" => PaperDate::Today,
        "none" => PaperDate::Nothing,
        day => PaperDate::On(day.parse::<Date>().map_err(|_wrong| {
            format!(
                "a date is a day such as 2026-05-01, today or none, and not \u{201c}{day}\u{201d}: {}",
                path.display()
            )
        })?),
    };
    let logo = Some(written.logo.trim()).filter(|l| !l.is_empty());
    let beside = path.parent().unwrap_or_else(|| Path::new(""));
    Ok(FrontFile {
        front: FrontMatter {
            title: written.title,
            subtitle: written.subtitle,
            organisation: written.organisation,
            logo: None,
            date,
            addressee: written.addressee,
            introduction: written.introduction,
            signatories: written.signatories,
        },
        logo: logo.map(|l| beside.join(l)),
    })
}
