//! The small parts: settings, the document's own title, whether pages are numbered.

use crate::import::Problem;
use crate::import::manuscript::{Manuscript, NoteNumbers};
use crate::import::part::{Part, Piece};

use super::NAMESPACES;
use super::properties;

/// Titles have no more characters than this.
const LONGEST_TITLE: usize = 300;

/// Reads how notes are numbered.
pub(super) fn read_settings(part: &Part, manuscript: &mut Manuscript) -> Result<(), Problem> {
    manuscript.note_numbers[1] = properties::endnotes();
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

/// The title a document gives itself, unless that is left over from something else: its words must stand in the text.
pub(super) fn title(part: &Part, text: &str) -> Result<String, Problem> {
    let mut elements = part.elements(&[]);
    let mut title = String::new();
    let mut inside = false;
    loop {
        match elements.next()? {
            Piece::Open(tag) => inside = tag.name == "title",
            Piece::Text(words) if inside => title.push_str(&words),
            Piece::Close(..) => inside = false,
            Piece::Text(_) => {}
            Piece::End => break,
        }
    }
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(if is_title(&title, text) { title } else { String::new() })
}

fn is_title(title: &str, text: &str) -> bool {
    if title.chars().count() > LONGEST_TITLE || !title.contains(' ') {
        return false;
    }
    let head = text.get(..text.floor_char_boundary(6_000)).unwrap_or_default().to_lowercase();
    let lower = title.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 2).collect();
    let found = words.iter().filter(|w| head.contains(**w)).count();
    !words.is_empty() && found * 4 >= words.len() * 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_of_the_text_it_stands_over() {
        let text = "DRAFT CONVENTION ON WATERS\n\nArticle 1";
        assert!(is_title("Draft convention on waters", text));
        for junk in ["", "Microsoft Word - old letter.doc", "Document1", "untitled", "Invitation to a party"] {
            assert!(!is_title(junk, text), "{junk}");
        }
    }

    #[test]
    fn page_numbers_are_fields() {
        assert!(prints_page_number(b"<w:instrText> PAGE </w:instrText>"));
        assert!(prints_page_number(b"<w:fldSimple w:instr=\"PAGE\">"));
        assert!(prints_page_number(b"<w:instrText>PAGE  \\* MERGEFORMAT<"));
        assert!(!prints_page_number(b"<w:instrText> NUMPAGES </w:instrText><w:t>PAGEANT</w:t>"));
    }
}
