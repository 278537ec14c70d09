//! The title a document gives itself, where it has not been left over from something else.

use crate::import::Problem;
use crate::import::part::{Part, Piece};

/// Titles have no more characters than this.
const LONGEST: usize = 300;
/// The bytes at the beginning of a text in which its title stands.
const HEAD: usize = 6_000;

/// The `title` of a part with what is known about a document: empty if its words are not those of the text.
pub(in crate::import) fn title(part: &Part, text: &str) -> Result<String, Problem> {
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
    Ok(checked(&title, text))
}

/// A title, if it is one of the text.
pub(in crate::import) fn checked(title: &str, text: &str) -> String {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    if is_title(&title, text) { crate::model::text::normalize(&title) } else { String::new() }
}

fn is_title(title: &str, text: &str) -> bool {
    if title.chars().count() > LONGEST || !title.contains(' ') {
        return false;
    }
    let head = text.get(..text.floor_char_boundary(HEAD)).unwrap_or_default().to_lowercase();
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
}
