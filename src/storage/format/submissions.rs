//! `submissions.ron`: the submissions that are kept by name.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::annotations::{SeverityV1, StatusV1};
use super::project::CitationStyleV1;
use crate::model::{
    AnalystId, AnnotationId, ConcernId, DraftId, Exported, FrontMatter, KeptFile, PaperDate, Pick, SearchId, Shows,
    Submission, SubmissionId, SubmissionKind,
};
use crate::storage::ron_text::Fault;

/// The whole file, format 1.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::storage) struct SubmissionsV1<'t> {
    format: u32,
    #[serde(borrow)]
    submissions: Vec<SubmissionV1<'t>>,
}

/// One submission, format 1.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::storage) struct SubmissionV1<'t> {
    id: SubmissionId,
    #[serde(borrow)]
    name: Cow<'t, str>,
    kind: SubmissionKindV1,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    draft: Option<DraftId>,
    #[serde(borrow, default, skip_serializing_if = "PickV1::is_everything")]
    pick: PickV1<'t>,
    #[serde(borrow, default, skip_serializing_if = "FrontV1::is_empty")]
    front: FrontV1<'t>,
    #[serde(borrow)]
    language: Cow<'t, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    style: Option<CitationStyleV1>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    style_template: Option<KeptFileV1<'t>>,
    shows: Vec<ShownV1>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    order: Vec<AnnotationId>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    left_out: BTreeSet<AnnotationId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    promoted: Vec<AnnotationId>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    exported: Option<ExportedV1<'t>>,
}

super::words! {
    /// What kind of paper it is.
    SubmissionKindV1 for SubmissionKind { Article, Thematic, Amendments, Delegate }
}

/// A part that a paper shows, format 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ShownV1 {
    Definitions,
    Severity,
    Status,
    Analysts,
    Since,
    Footnotes,
    Contents,
}

/// Which remarks, format 1.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PickV1<'t> {
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    concerns: BTreeSet<ConcernId>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    analysts: BTreeSet<AnalystId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    statuses: Vec<StatusV1>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    least: Option<SeverityV1>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    query: Cow<'t, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    search: Option<SearchId>,
}

/// What stands before the text, format 1.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FrontV1<'t> {
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    title: Cow<'t, str>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    subtitle: Cow<'t, str>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    organisation: Cow<'t, str>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    logo: Option<KeptFileV1<'t>>,
    #[serde(default, skip_serializing_if = "DateV1::is_today")]
    date: DateV1,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    addressee: Cow<'t, str>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    introduction: Cow<'t, str>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    signatories: Vec<String>,
}

/// The date on a paper, format 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum DateV1 {
    #[default]
    Today,
    On(Date),
    Nothing,
}

/// A file in the folder of submissions, format 1.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeptFileV1<'t> {
    #[serde(borrow)]
    name: Cow<'t, str>,
    #[serde(borrow)]
    sha256: Cow<'t, str>,
}

/// What was exported last, format 1.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExportedV1<'t> {
    when: Timestamp,
    #[serde(borrow)]
    file: Cow<'t, str>,
    draft: DraftId,
    digests: Vec<(AnnotationId, u64)>,
}

impl<'t> SubmissionsV1<'t> {
    /// The submissions as they are written.
    pub fn of(submissions: &'t BTreeMap<SubmissionId, Submission>) -> Self {
        Self { format: super::FORMAT, submissions: submissions.values().map(SubmissionV1::of).collect() }
    }

    /// The submissions as the model has them.
    ///
    /// # Errors
    /// Where an id stands twice; `text` is the file, to name the place.
    pub fn submissions(self, text: &str) -> Result<BTreeMap<SubmissionId, Submission>, Fault> {
        let mut submissions = BTreeMap::new();
        for submission in self.submissions {
            let id = submission.id;
            if submissions.insert(id, submission.submission()).is_some() {
                return Err(Fault::at_second(text, &id.to_string(), "a second submission with the same id"));
            }
        }
        Ok(submissions)
    }
}

impl<'t> SubmissionV1<'t> {
    /// The submission as it is written.
    pub fn of(submission: &'t Submission) -> Self {
        Self {
            id: submission.id,
            name: submission.name.as_str().into(),
            kind: submission.kind.into(),
            draft: submission.draft,
            pick: PickV1::of(&submission.pick),
            front: FrontV1::of(&submission.front),
            language: submission.language.as_str().into(),
            style: submission.style.map(Into::into),
            style_template: submission.style_template.as_ref().map(KeptFileV1::of),
            shows: shown(submission.shows, submission.contents),
            order: submission.order.clone(),
            left_out: submission.left_out.clone(),
            promoted: submission.promoted.clone(),
            exported: submission.exported.as_ref().map(ExportedV1::of),
        }
    }

    /// The submission as the model has it.
    pub fn submission(self) -> Submission {
        let is_shown = |part| self.shows.contains(&part);
        Submission {
            id: self.id,
            name: self.name.into_owned(),
            kind: self.kind.into(),
            draft: self.draft,
            pick: self.pick.pick(),
            front: self.front.front(),
            language: self.language.into_owned(),
            style: self.style.map(Into::into),
            style_template: self.style_template.map(KeptFileV1::file),
            shows: Shows {
                definitions: is_shown(ShownV1::Definitions),
                severity: is_shown(ShownV1::Severity),
                status: is_shown(ShownV1::Status),
                analysts: is_shown(ShownV1::Analysts),
                since: is_shown(ShownV1::Since),
                footnotes: is_shown(ShownV1::Footnotes),
            },
            contents: is_shown(ShownV1::Contents),
            order: self.order,
            left_out: self.left_out,
            promoted: self.promoted,
            exported: self.exported.map(ExportedV1::exported),
        }
    }
}

fn shown(shows: Shows, contents: bool) -> Vec<ShownV1> {
    let Shows { definitions, severity, status, analysts, since, footnotes } = shows;
    let parts = [
        (definitions, ShownV1::Definitions),
        (severity, ShownV1::Severity),
        (status, ShownV1::Status),
        (analysts, ShownV1::Analysts),
        (since, ShownV1::Since),
        (footnotes, ShownV1::Footnotes),
        (contents, ShownV1::Contents),
    ];
    parts.into_iter().filter(|(is_shown, _)| *is_shown).map(|(_, part)| part).collect()
}

impl<'t> PickV1<'t> {
    fn is_everything(&self) -> bool {
        *self == Self::default()
    }

    fn of(pick: &'t Pick) -> Self {
        Self {
            concerns: pick.concerns.clone(),
            analysts: pick.analysts.clone(),
            statuses: pick.statuses.iter().map(|&s| s.into()).collect(),
            least: pick.least.map(Into::into),
            query: pick.query.as_str().into(),
            search: pick.search,
        }
    }

    fn pick(self) -> Pick {
        Pick {
            concerns: self.concerns,
            analysts: self.analysts,
            statuses: self.statuses.into_iter().map(Into::into).collect(),
            least: self.least.map(Into::into),
            query: self.query.into_owned(),
            search: self.search,
        }
    }
}

impl<'t> FrontV1<'t> {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn of(front: &'t FrontMatter) -> Self {
        Self {
            title: front.title.as_str().into(),
            subtitle: front.subtitle.as_str().into(),
            organisation: front.organisation.as_str().into(),
            logo: front.logo.as_ref().map(KeptFileV1::of),
            date: match front.date {
                PaperDate::Today => DateV1::Today,
                PaperDate::On(date) => DateV1::On(date),
                PaperDate::Nothing => DateV1::Nothing,
            },
            addressee: front.addressee.as_str().into(),
            introduction: front.introduction.as_str().into(),
            signatories: front.signatories.clone(),
        }
    }

    fn front(self) -> FrontMatter {
        FrontMatter {
            title: self.title.into_owned(),
            subtitle: self.subtitle.into_owned(),
            organisation: self.organisation.into_owned(),
            logo: self.logo.map(KeptFileV1::file),
            date: match self.date {
                DateV1::Today => PaperDate::Today,
                DateV1::On(date) => PaperDate::On(date),
                DateV1::Nothing => PaperDate::Nothing,
            },
            addressee: self.addressee.into_owned(),
            introduction: self.introduction.into_owned(),
            signatories: self.signatories,
        }
    }
}

impl DateV1 {
    fn is_today(&self) -> bool {
        *self == Self::Today
    }
}

impl<'t> KeptFileV1<'t> {
    fn of(file: &'t KeptFile) -> Self {
        Self { name: file.name.as_str().into(), sha256: file.sha256.as_str().into() }
    }

    fn file(self) -> KeptFile {
        KeptFile { name: self.name.into_owned(), sha256: self.sha256.into_owned() }
    }
}

impl<'t> ExportedV1<'t> {
    fn of(exported: &'t Exported) -> Self {
        Self {
            when: exported.when,
            file: exported.file.as_str().into(),
            draft: exported.draft,
            digests: exported.digests.iter().map(|(id, digest)| (*id, *digest)).collect(),
        }
    }

    fn exported(self) -> Exported {
        Exported {
            when: self.when,
            file: self.file.into_owned(),
            draft: self.draft,
            digests: self.digests.into_iter().collect(),
        }
    }
}
