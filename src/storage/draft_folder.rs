//! What stands in the folder of a draft and in that of a commentary.

use std::path::Path;

use super::checkpoint::written;
use super::disk::Disk;
use super::error::StorageError;
use super::format::commentaries::CommentaryV1;
use super::format::outline::OutlineV1;
use super::format::printed::PrintedV1;
use super::text_folder::TextFolder;
use super::{layout, ron_text};
use crate::model::text::sha256;
use crate::model::{Commentary, Draft};

/// Brackets that open a line of their own in `commentary.ron`: the file, a list.
const COMMENTARY_DEPTH: usize = 2;

/// Sees to it that a draft's folder holds its text, and the original file if that waits. An outline that is there
/// already is left to the caller.
///
/// # Errors
/// [`StorageError::Io`].
pub(super) fn write(disk: &dyn Disk, project: &Path, draft: &Draft) -> Result<(), StorageError> {
    let mut files = vec![(layout::OUTLINE, outline_text(draft)?)];
    let (printed, says_something) = printed_text(draft)?;
    if says_something {
        files.push((layout::PRINTED, printed));
    }
    let folder = TextFolder {
        parent: layout::DRAFTS,
        slug: &draft.slug,
        id: draft.id.to_string(),
        text: &draft.text,
        text_hash: &draft.text_hash,
        source: layout::source_name(draft.source.as_ref()),
        files,
    };
    folder.write(disk, project)
}

/// Sees to it that a commentary's folder holds its text, and the original file if that waits. A `commentary.ron` that
/// is there already is left to the caller.
///
/// # Errors
/// [`StorageError::Io`].
pub(super) fn write_commentary(disk: &dyn Disk, project: &Path, commentary: &Commentary) -> Result<(), StorageError> {
    // A text that could not be read has the hash of what it was; one that is empty has its own.
    let is_missing = commentary.text.is_empty() && commentary.text_hash != sha256(b"");
    if is_missing && layout::inside(project, &layout::commentary_file(&commentary.slug)).exists() {
        // What was decided about it is kept all the same.
        return Ok(());
    }
    let folder = TextFolder {
        parent: layout::COMMENTARIES,
        slug: &commentary.slug,
        id: commentary.id.to_string(),
        text: &commentary.text,
        text_hash: &commentary.text_hash,
        source: layout::source_name(commentary.source.as_ref()),
        files: vec![(layout::COMMENTARY, commentary_text(commentary)?)],
    };
    folder.write(disk, project)
}

/// The text of a draft's `outline.ron`.
///
/// # Errors
/// Never in practice: see [`written`].
pub(super) fn outline_text(draft: &Draft) -> Result<String, StorageError> {
    written(ron_text::write(&OutlineV1::of(&draft.outline), 2), layout::OUTLINE)
}

/// The text of a draft's `printed.ron`, and whether it says anything: one that says nothing need not be made.
///
/// # Errors
/// Never in practice: see [`written`].
pub(super) fn printed_text(draft: &Draft) -> Result<(String, bool), StorageError> {
    let printed = PrintedV1::of(draft);
    Ok((written(ron_text::write(&printed, 2), layout::PRINTED)?, !printed.is_nothing()))
}

/// The text of a `commentary.ron`.
///
/// # Errors
/// Never in practice: see [`written`].
pub(super) fn commentary_text(commentary: &Commentary) -> Result<String, StorageError> {
    written(ron_text::write(&CommentaryV1::of(commentary), COMMENTARY_DEPTH), layout::COMMENTARY)
}
