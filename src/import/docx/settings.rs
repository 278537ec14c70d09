//! The small parts: how notes are numbered, and whether pages are.

use crate::import::Problem;
use crate::import::manuscript::{Manuscript, NoteNumbers};
use crate::import::part::{Part, Piece};

use super::NAMESPACES;
use super::properties;

/// Reads how notes are numbered.
pub(super) fn read_settings(part: &Part, manuscript: &mut Manuscript) -> Result<(), Problem> {
    let mut elements = part.elements(NAMESPACES);
    loop {
        match elements.next()? {
            Piece::Open(tag) if tag.space == 'w' && tag.name == "footnotePr" => {
                manuscript.note_numbers[0] = properties::note_numbers(&mut elements, NoteNumbers::default())?;
            }
            Piece::Open(tag) if tag.space == 'w' && tag.name == "endnotePr" => {
                manuscript.note_numbers[1] = properties::note_numbers(&mut elements, properties::endnotes())?;
            }
            Piece::End => return Ok(()),
            _ => {}
        }
    }
}

/// Whether the head or foot of pages has their number in it.
pub(super) fn prints_page_number(bytes: &[u8]) -> bool {
    let is_field = |at: usize| {
        let before = at.checked_sub(1).and_then(|i| bytes.get(i)).copied().unwrap_or(b' ');
        let after = bytes.get(at + 4).copied().unwrap_or(b' ');
        matches!(before, b' ' | b'>' | b'"') && matches!(after, b' ' | b'<' | b'"' | b'\\')
    };
    bytes.windows(4).enumerate().any(|(at, w)| w == b"PAGE" && is_field(at))
        || bytes.windows(7).any(|w| w == b"w:pgNum")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_fields() {
        assert!(prints_page_number(b"<w:instrText> PAGE </w:instrText>"));
        assert!(prints_page_number(b"<w:fldSimple w:instr=\"PAGE\">"));
        assert!(prints_page_number(b"<w:instrText>PAGE  \\* MERGEFORMAT<"));
        assert!(!prints_page_number(b"<w:instrText> NUMPAGES </w:instrText><w:t>PAGEANT</w:t>"));
    }
}
