//! The title of the instrument as a draft prints it.

use super::build::in_one_line;
use super::page::{Paragraph, ends_clause};
use super::walk::Shape;
use super::words::{LANGUAGES, language, split};

/// The title, from the lines before the first article, division or preamble.
///
/// A heading that names an instrument in the draft's language comes first, then any heading of the file, then a line
/// that names an instrument, then a short first line.
pub(super) fn title(text: &str, paragraphs: &[Paragraph], shapes: &[Shape], tag: &str) -> Option<String> {
    let front: Vec<(&str, bool)> = paragraphs
        .iter()
        .zip(shapes)
        .take(40)
        .take_while(|(_, shape)| !matches!(shape, Shape::Headline(_)))
        .filter(|(p, _)| !p.aside && !p.plain && p.range.len() < 600)
        .map(|(p, _)| (p.range.of(text).unwrap_or(""), p.heading.is_some()))
        .collect();
    let own = language(tag).map_or("", |w| w.instrument);
    let names = |words: &str, cell: &'static str| {
        let lower = words.to_lowercase();
        split(cell).any(|name| lower.contains(name))
    };
    let names_only = |words: &str, cell: &'static str, own: &'static str| {
        let lower = words.to_lowercase();
        split(cell).any(|name| lower.contains(name) && !split(own).any(|o| name.contains(o) || o.contains(name)))
    };
    let any = |words: &str| LANGUAGES.iter().any(|w| names(words, w.instrument));
    let line = |words: &str| !ends_clause(words);
    let headings = || front.iter().filter(|(_, heading)| *heading);
    headings()
        .filter(|(words, _)| names(words, own))
        .min_by_key(|(words, _)| {
            LANGUAGES.iter().filter(|w| w.tag != tag && names_only(words, w.instrument, own)).count()
        })
        .or_else(|| headings().next())
        .or_else(|| front.iter().find(|(words, _)| line(words) && names(words, own)))
        .or_else(|| front.iter().find(|(words, _)| line(words) && any(words)))
        .or_else(|| front.first().filter(|(words, _)| line(words) && words.len() < 200))
        .map(|(words, _)| in_one_line(words).trim_matches(super::headline::is_note_sign).to_owned())
        .filter(|title| !title.is_empty())
}
