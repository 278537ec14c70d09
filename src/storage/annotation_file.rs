//! The shared annotation file: the very file kept in the project's folder, complete enough to be mailed as it is.
//!
//! Beside the remarks it carries which instrument and drafts they are about, with the hash of each text, and the
//! concerns they use, so that a colleague whose copy of a draft came from another file can still place every remark.
//! It holds no path, no machine's name and no trace of the sender but the analyst's name.
//!
//! A file that was made to be shared may be of several analysts, a part of what they have, or without their notes; it may
//! also be encrypted to a passphrase, which is told by its first bytes.

use std::collections::BTreeSet;
use std::path::Path;

use super::disk::{self, SystemDisk};
use super::error::{StorageError, io_error};
use super::format::FORMAT;
use super::format::annotations::{
    self, AnalystV1, AnnotationFileV1, AnnotationV1, ReadV1, SHARED_FORMAT, SetV1, SharedDraftV1,
};
use super::format::codebook::ConcernV1;
use super::format::replies::ReplyV1;
use super::read;
use super::ron_text::{self, Fault, MAX_BYTES, NotRead};
use super::sealed::{self, Passphrase, Unopened};
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
    /// The file holds no notes, proposed words or sources: that there are none says nothing.
    pub without_notes: bool,
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
    let (used_drafts, used_concerns) = used(set);
    let drafts = project.drafts.iter().filter(|d| used_drafts.contains(&d.id));
    let concerns = project.codebook.concerns.iter().filter(|c| used_concerns.contains(&c.id));
    let file = AnnotationFileV1 {
        format: FORMAT,
        project: project.id,
        instrument: project.details.instrument.as_str().into(),
        analyst: AnalystV1::of(&set.analyst),
        part: false,
        without_notes: false,
        more: Vec::new(),
        drafts: drafts
            .map(|d| SharedDraftV1 {
                id: d.id,
                label: d.details.label.as_str().into(),
                symbol: d.details.symbol.as_str().into(),
                language: d.details.language.as_str().into(),
                text_hash: d.text_hash.as_str().into(),
            })
            .collect(),
        concerns: concerns.map(ConcernV1::of).collect(),
        annotations: set.annotations.values().map(AnnotationV1::of).collect(),
        read: ReadV1::all(&set.read),
        replies: ReplyV1::all(&set.replies),
    };
    // Writing plain structs to a string has nothing that could fail; an empty file would be refused by every reader.
    ron_text::write(&file, DEPTH).unwrap_or_default()
}

/// A file to be shared, as text: the sets of several analysts of one project, whole or in part. Nothing for no sets.
pub fn write_shared_file(sets: &[SharedSet]) -> String {
    let Some((first, more)) = sets.split_first() else { return String::new() };
    let (mut drafts, mut concerns): (Vec<&SharedDraft>, Vec<&Concern>) = (Vec::new(), Vec::new());
    for set in sets {
        for draft in &set.drafts {
            if !drafts.iter().any(|d| d.id == draft.id) {
                drafts.push(draft);
            }
        }
        for concern in &set.concerns {
            if !concerns.iter().any(|c| c.id == concern.id) {
                concerns.push(concern);
            }
        }
    }
    let (part, without_notes) = (sets.iter().any(|s| s.is_part), sets.iter().any(|s| s.without_notes));
    let file = AnnotationFileV1 {
        format: if part || without_notes || !more.is_empty() { SHARED_FORMAT } else { FORMAT },
        project: first.project,
        instrument: first.instrument.as_str().into(),
        analyst: AnalystV1::of(&first.set.analyst),
        part,
        without_notes,
        drafts: drafts
            .into_iter()
            .map(|d| SharedDraftV1 {
                id: d.id,
                label: d.label.as_str().into(),
                symbol: d.symbol.as_str().into(),
                language: d.language.as_str().into(),
                text_hash: d.text_hash.as_str().into(),
            })
            .collect(),
        concerns: concerns.into_iter().map(ConcernV1::of).collect(),
        annotations: first.set.annotations.values().map(AnnotationV1::of).collect(),
        read: ReadV1::all(&first.set.read),
        replies: ReplyV1::all(&first.set.replies),
        more: more.iter().map(|s| SetV1::of(&s.set)).collect(),
    };
    ron_text::write(&file, DEPTH + if more.is_empty() { 0 } else { 2 }).unwrap_or_default()
}

/// What the text of an annotation file of one analyst holds. `name` is the file's, for the error.
///
/// # Errors
/// [`StorageError::Damaged`] with the place, [`StorageError::Newer`], [`StorageError::TooLarge`].
pub fn read_annotation_file(name: &str, text: &str) -> Result<SharedSet, StorageError> {
    if text.len() as u64 > MAX_BYTES {
        return Err(StorageError::TooLarge { file: name.into(), bytes: text.len() as u64 });
    }
    parse(text).map_err(|e| refused(Path::new(name), e))
}

/// What an annotation file of one analyst holds.
///
/// # Errors
/// As [`read_annotation_file`], and [`StorageError::Io`].
pub fn read_annotation_file_at(path: &Path) -> Result<SharedSet, StorageError> {
    let Some(bytes) = read::bytes(path)? else { return Err(StorageError::Missing { file: path.into(), backup: None }) };
    let text = ron_text::utf8(bytes).map_err(|e| refused(path, e.into()))?;
    parse(&text).map_err(|e| refused(path, e))
}

/// The sets in the text of a shared file, at least one, each analyst's once. `name` is the file's, for the error.
///
/// # Errors
/// As [`read_annotation_file`].
pub fn read_shared_file(name: &str, text: &str) -> Result<Vec<SharedSet>, StorageError> {
    if text.len() as u64 > MAX_BYTES {
        return Err(StorageError::TooLarge { file: name.into(), bytes: text.len() as u64 });
    }
    parse_all(text).map_err(|e| refused(Path::new(name), e))
}

/// The sets in a shared file, which may be encrypted; a passphrase for a file that is not does no harm.
///
/// # Errors
/// As [`read_annotation_file`], [`StorageError::Io`], and [`StorageError::Sealed`] where the passphrase is missing or
/// does not open the file.
pub fn read_shared_file_at(path: &Path, passphrase: Option<&Passphrase>) -> Result<Vec<SharedSet>, StorageError> {
    let Some(bytes) = read::bytes(path)? else { return Err(StorageError::Missing { file: path.into(), backup: None }) };
    read_shared_bytes(path, bytes, passphrase)
}

/// The same of the bytes of a file.
#[doc(hidden)]
pub fn read_shared_bytes(
    path: &Path,
    bytes: Vec<u8>,
    passphrase: Option<&Passphrase>,
) -> Result<Vec<SharedSet>, StorageError> {
    let bytes = if sealed::begins_sealed(&bytes) {
        let opened = passphrase.ok_or(Unopened::Asks).and_then(|phrase| sealed::unseal(&bytes, phrase));
        opened.map_err(|why| StorageError::Sealed { file: path.into(), why })?
    } else {
        bytes
    };
    let text = ron_text::utf8(bytes).map_err(|e| refused(path, e.into()))?;
    parse_all(&text).map_err(|e| refused(path, e))
}

/// Writes the annotation file of a set in one step.
///
/// # Errors
/// [`StorageError::Io`].
pub fn export_annotation_file(path: &Path, project: &Project, set: &AnnotationSet) -> Result<(), StorageError> {
    let text = write_annotation_file(project, set);
    disk::replace(&SystemDisk, path, text.as_bytes()).map_err(io_error("write the annotation file", path))
}

/// The one set a text holds, or why not.
pub(super) fn parse(text: &str) -> Result<SharedSet, NotRead> {
    let mut sets = parse_all(text)?;
    match sets.pop().filter(|_| sets.is_empty()) {
        Some(only) => Ok(only),
        None => Err(Fault::at(text, 0, "annotations of several analysts where those of one belong").into()),
    }
}

/// The analysts of one file at most.
const MOST_ANALYSTS: usize = 1000;

/// The sets a text holds, or why not.
fn parse_all(text: &str) -> Result<Vec<SharedSet>, NotRead> {
    let file: AnnotationFileV1<'_> = ron_text::read_versioned(text, SHARED_FORMAT)?;
    let drafts: Vec<SharedDraft> = file
        .drafts
        .into_iter()
        .map(|d| SharedDraft {
            id: d.id,
            symbol: d.symbol.into_owned(),
            label: d.label.into_owned(),
            text_hash: d.text_hash.into_owned(),
            language: d.language.into_owned(),
        })
        .collect();
    let concerns: Vec<Concern> = file.concerns.into_iter().map(ConcernV1::concern).collect();
    // What is said once for all is handed to each.
    let said = drafts.iter().map(|d| d.symbol.len() + d.label.len() + d.text_hash.len() + d.language.len() + 100);
    let said =
        said.chain(concerns.iter().map(|c| c.tag.len() + c.name.len() + c.definition.len() + c.look_for.len() + 100));
    if file.more.len() >= MOST_ANALYSTS || said.sum::<usize>().saturating_mul(file.more.len()) as u64 > MAX_BYTES {
        return Err(Fault::at(text, 0, "more analysts than a file can hold").into());
    }
    let (project, instrument) = (file.project, file.instrument.into_owned());
    let (is_part, without_notes) = (file.part, file.without_notes);
    let set = annotations::set(file.analyst.analyst(), file.annotations, file.read, file.replies, text)?;
    if file.more.is_empty() {
        return Ok(vec![SharedSet { project, instrument, set, drafts, concerns, is_part, without_notes }]);
    }
    let mut sets = vec![set];
    for more in file.more {
        let set = more.set(text)?;
        if sets.iter().any(|s| s.analyst.id == set.analyst.id) {
            return Err(Fault::at_second(text, &set.analyst.id.to_string(), "a second set of the same analyst").into());
        }
        sets.push(set);
    }
    let shared = sets.into_iter().map(|set| {
        let (used_drafts, used_concerns) = used(&set);
        SharedSet {
            project,
            instrument: instrument.clone(),
            drafts: drafts.iter().filter(|d| used_drafts.contains(&d.id)).cloned().collect(),
            concerns: concerns.iter().filter(|c| used_concerns.contains(&c.id)).cloned().collect(),
            is_part,
            without_notes,
            set,
        }
    });
    Ok(shared.collect())
}

/// The drafts and the concerns that a set needs to be understood.
fn used(set: &AnnotationSet) -> (BTreeSet<DraftId>, BTreeSet<ConcernId>) {
    let mut drafts: BTreeSet<DraftId> = BTreeSet::new();
    let mut concerns: BTreeSet<ConcernId> = BTreeSet::new();
    for annotation in set.annotations.values() {
        drafts.extend(annotation.placements.keys().chain(annotation.outcomes.keys()));
        concerns.extend(&annotation.concerns);
    }
    drafts.extend(set.read.keys());
    (drafts, concerns)
}

/// The error for a file that was not read.
pub(super) fn refused(file: &Path, why: NotRead) -> StorageError {
    let file = file.to_path_buf();
    match why {
        NotRead::Newer(format) => StorageError::Newer { file, format, known: SHARED_FORMAT },
        NotRead::Damaged(Fault { line, column, message }) => {
            StorageError::Damaged { file, line, column, message: message.into(), kept_aside: None, backup: None }
        }
    }
}
