//! The shared annotation file: the very file kept in the project's folder, complete enough to be mailed as it is.
//!
//! Beside the remarks it carries which instrument and drafts they are about, with the hash of each text, and the
//! concerns they use, so that a colleague whose copy of a draft came from another file can still place every remark.
//! It holds no path, no machine's name and no trace of the sender but the analyst's name.

use std::collections::BTreeSet;
use std::path::Path;

use super::disk::{self, SystemDisk};
use super::error::{StorageError, io_error};
use super::format::FORMAT;
use super::format::annotations::{self, AnalystV1, AnnotationFileV1, AnnotationV1, ReadV1, SharedDraftV1};
use super::format::codebook::ConcernV1;
use super::format::replies::ReplyV1;
use super::read;
use super::ron_text::{self, Fault, NotRead};
use crate::model::{AnnotationSet, Concern, ConcernId, DraftId, Project, ProjectId};

/// Brackets that open a line of their own: file, list, remark, list of placements. A placement stands on one line.
const DEPTH: usize = 4;

/// What an annotation file holds.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedSet {
    /// The project it comes from: the same in every colleague's copy.
    pub project: ProjectId,
    /// The treaty, as the sender's project names it.
    pub instrument: String,
    /// The remarks. Their ranges, in bytes of the sender's texts, have not been checked against any text.
    pub set: AnnotationSet,
    /// The drafts the remarks stand in.
    pub drafts: Vec<SharedDraft>,
    /// The concerns the remarks are tagged with.
    pub concerns: Vec<Concern>,
    /// The file holds only some of the analyst's remarks: one that is missing says nothing.
    pub is_part: bool,
}

/// What tells which draft is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedDraft {
    /// Its identity in the sender's project.
    pub id: DraftId,
    /// The document symbol, or nothing.
    pub symbol: String,
    /// Its short name.
    pub label: String,
    /// SHA-256 of its text.
    pub text_hash: String,
    /// BCP 47, or nothing.
    pub language: String,
}

/// The annotation file of a set, as text. The set need not be the one the project has.
pub fn write_annotation_file(project: &Project, set: &AnnotationSet) -> String {
    let mut used_drafts: BTreeSet<DraftId> = BTreeSet::new();
    let mut used_concerns: BTreeSet<ConcernId> = BTreeSet::new();
    for annotation in set.annotations.values() {
        used_drafts.extend(annotation.placements.keys());
        used_concerns.extend(&annotation.concerns);
    }
    used_drafts.extend(set.read.keys());
    let drafts = project.drafts.iter().filter(|d| used_drafts.contains(&d.id));
    let concerns = project.codebook.concerns.iter().filter(|c| used_concerns.contains(&c.id));
    let file = AnnotationFileV1 {
        format: FORMAT,
        project: project.id,
        instrument: project.details.instrument.as_str().into(),
        analyst: AnalystV1::of(&set.analyst),
        drafts: drafts
            .map(|d| SharedDraftV1 {
                id: d.id,
                label: d.details.label.as_str().into(),
                symbol: d.details.symbol.as_str().into(),
                language: d.details.language.as_str().into(),
                text_hash: d.text_hash.as_str().into(),
            })
            .collect(),
        part: false,
        concerns: concerns.map(ConcernV1::of).collect(),
        annotations: set.annotations.values().map(AnnotationV1::of).collect(),
        read: ReadV1::all(&set.read),
        replies: ReplyV1::all(&set.replies),
    };
    // Writing plain structs to a string has nothing that could fail; an empty file would be refused by every reader.
    ron_text::write(&file, DEPTH).unwrap_or_default()
}

/// What the text of an annotation file holds. `name` is the file's, for the error.
///
/// # Errors
/// [`StorageError::Damaged`] with the place, [`StorageError::Newer`], [`StorageError::TooLarge`].
pub fn read_annotation_file(name: &str, text: &str) -> Result<SharedSet, StorageError> {
    if text.len() as u64 > ron_text::MAX_BYTES {
        return Err(StorageError::TooLarge { file: name.into(), bytes: text.len() as u64 });
    }
    parse(text).map_err(|e| refused(Path::new(name), e))
}

/// What an annotation file holds.
///
/// # Errors
/// As [`read_annotation_file`], and [`StorageError::Io`].
pub fn read_annotation_file_at(path: &Path) -> Result<SharedSet, StorageError> {
    let Some(bytes) = read::bytes(path)? else { return Err(StorageError::Missing { file: path.into(), backup: None }) };
    let text = ron_text::utf8(bytes).map_err(|e| refused(path, e.into()))?;
    parse(&text).map_err(|e| refused(path, e))
}

/// Writes the annotation file of a set in one step.
///
/// # Errors
/// [`StorageError::Io`].
pub fn export_annotation_file(path: &Path, project: &Project, set: &AnnotationSet) -> Result<(), StorageError> {
    let text = write_annotation_file(project, set);
    disk::replace(&SystemDisk, path, text.as_bytes()).map_err(io_error("write the annotation file", path))
}

/// What a text holds, or why not.
pub(super) fn parse(text: &str) -> Result<SharedSet, NotRead> {
    let file: AnnotationFileV1<'_> = ron_text::read_versioned(text, FORMAT)?;
    let drafts = file.drafts.into_iter().map(|d| SharedDraft {
        id: d.id,
        symbol: d.symbol.into_owned(),
        label: d.label.into_owned(),
        text_hash: d.text_hash.into_owned(),
        language: d.language.into_owned(),
    });
    Ok(SharedSet {
        project: file.project,
        instrument: file.instrument.into_owned(),
        drafts: drafts.collect(),
        is_part: file.part,
        concerns: file.concerns.into_iter().map(ConcernV1::concern).collect(),
        set: annotations::set(file.analyst.analyst(), file.annotations, file.read, file.replies, text)?,
    })
}

fn refused(file: &Path, why: NotRead) -> StorageError {
    let file = file.to_path_buf();
    match why {
        NotRead::Newer(format) => StorageError::Newer { file, format, known: FORMAT },
        NotRead::Damaged(Fault { line, column, message }) => {
            StorageError::Damaged { file, line, column, message: message.into(), kept_aside: None, backup: None }
        }
    }
}
