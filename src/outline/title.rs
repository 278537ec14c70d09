//! The title of the instrument as a draft prints it.

use super::build::in_one_line;
use super::page::{Paragraph, ends_clause};
use super::walk::Shape;
use super::words::{LANGUAGES, language, split};

/// What stands before a title on the cover of a note that hands a draft on.
const SUBJECTS: [&str; 6] = ["Subject", "Objet", "Asunto", "Betreff", "Onderwerp", "Oggetto"];

/// The title, from the lines before the first article, division or preamble.
///
/// A heading that names an instrument in the draft's language comes first, then any heading of the file, then a line
/// that names an instrument, then a short first line.
pub(super) fn title(text: &str, paragraphs: &[Paragraph], shapes: &[Shape], tag: &str) -> Option<String> {
    // "1. Context of the proposal" is a part of what introduces it.
    let front: Vec<(&str, bool)> = paragraphs
        .iter()
        .zip(shapes)
        .take(40)
        .take_while(|(_, shape)| !matches!(shape, Shape::Headline(_)))
        .filter(|(p, _)| !p.aside && !p.plain && p.range.len() < 600)
        .map(|(p, shape)| (p.range.of(text).unwrap_or(""), p.heading.is_some() && !matches!(shape, Shape::Label(_))))
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
        // A cover has it in several lines, and the text below it in one.
        .map(|(words, _)| {
            let whole = |w: &&str| w.len() > words.len() && w.starts_with(words) && line(w);
            front.iter().map(|(w, _)| *w).find(whole).unwrap_or(words)
        })
        .map(|words| {
            let one = in_one_line(words);
            let subject = SUBJECTS.iter().find_map(|s| one.strip_prefix(s)?.trim_start().strip_prefix(':'));
            subject.unwrap_or(&one).trim().trim_matches(super::headline::is_note_sign).to_owned()
        })
        .filter(|title| !title.is_empty())
}
