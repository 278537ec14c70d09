//! RTF: groups, code pages, and what to pass over.
//!
//! Must not know: how a text is made of a manuscript (that is `manuscript`'s).
//!
//! `tokens` is our own: of the crates for RTF, `rtf-parser` 0.4 reads every byte as Windows-1252, drops words after
//! signs such as `\~`, shows hidden and deleted words and stops at a number that is too large, and the tokens of
//! `rtf-grimoire` 0.2 end without a word at the first slip and take such a number for text. What a token is takes few
//! lines; `story` says what the control words mean.

mod destinations;
mod encodings;
mod remarks;
mod story;
mod styles;
mod tokens;

use super::manuscript::{Manuscript, write};
use super::{Bytes, Choices, Content, Problem, Watch};

use story::Story;

/// Whether the bytes begin as RTF does.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start().starts_with(b"{\\rtf")
}

/// Reads an RTF file.
pub(super) fn read(bytes: &Bytes, choices: &Choices, watch: &mut dyn Watch) -> Result<Content, Problem> {
    let mut manuscript = Manuscript::default();
    Story::new(&mut manuscript).read(bytes, watch)?;
    write(manuscript, choices, watch)
}
