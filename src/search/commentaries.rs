//! Commentaries as they are searched: paragraph by paragraph, and only where a query asks for them.

use std::ops::Range;
use std::sync::Arc;

use super::index::Index;
use super::language::Node;
use super::languages::Tongue;
use super::loose::{Loose, Met};
use super::marks::Lexicon;
use super::matching::Plan;
use super::results::{Hit, Options, View};
use super::schema::place;
use super::snippet::snippet;
use super::{SearchError, Watch};
use crate::model::{Citation, Commentary, Place, Project, TextRange};

/// Bytes after which a stretch without an empty line is cut at the end of a line.
const LONG: usize = 4000;

/// The paragraphs of a text: what stands between empty lines, without white space at the ends.
pub(super) fn paragraphs(text: &str) -> Vec<TextRange> {
    let mut paragraphs = Vec::new();
    let mut start = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() || at - start > LONG {
            paragraphs.push(TextRange { start, end: at });
            start = at;
        }
        at += line.len();
    }
    paragraphs.push(TextRange { start, end: at });
    let trimmed = paragraphs.into_iter().map(|p| p.trimmed(text));
    trimmed.filter(|p| !p.is_empty()).collect()
}

/// The languages a commentary is read in: its own, or all of the project where it is not known.
pub(super) fn tongues_of(commentary: &Commentary, all: &[Tongue]) -> Vec<Tongue> {
    match Tongue::of(&commentary.details.language) {
        _ if commentary.details.language.is_empty() => all.to_vec(),
        one => vec![one],
    }
}

/// A paragraph of a commentary that meets a query.
pub(super) struct Paragraph<'p> {
    commentary: &'p Arc<Commentary>,
    /// By its place in the order of commentaries, and in the text.
    pub order: (usize, usize),
    range: TextRange,
    tongues: Vec<Tongue>,
}

/// The paragraphs that meet a query, with their scores.
pub(super) fn found<'p>(
    index: &Index,
    plan: &Plan<'_>,
    project: &'p Project,
    options: &Options,
    views: &[View<'_>],
    (lexicon, watch): (&mut Lexicon, &dyn Watch),
) -> Result<Vec<(f32, Paragraph<'p>)>, SearchError> {
    let mut found = Vec::new();
    // What others wrote is tagged by nobody.
    if options.concerns.is_some() || options.analysts.is_some() {
        return Ok(found);
    }
    for (order, (id, commentary)) in project.commentaries.iter().enumerate() {
        let Some(indexed) = index.commentaries.get(id) else { continue };
        let Some((seen, paragraphs)) = &indexed.seen else { continue };
        let wanted = options.drafts.as_ref().is_none_or(|d| d.contains(&commentary.draft));
        if !wanted || seen.text_hash != commentary.text_hash {
            continue;
        }
        let view = views.iter().position(|v| v.draft.id == commentary.draft);
        let tongues = tongues_of(commentary, &index.tongues);
        for (number, &range) in (0..).zip(paragraphs.iter()) {
            let at = place(indexed.slot.number, number);
            if !plan.may_meet(at) {
                continue;
            }
            if watch.cancelled() {
                return Err(SearchError::Cancelled);
            }
            let text = range.of(&commentary.text).unwrap_or_default();
            let mut read = |part: &Node, text: &str| lexicon.finds(part, text, &tongues);
            let met = plan.met(&Loose::Paragraph(text, view), at, views, &mut read);
            if let Some(Met { score, by_words: true, in_commentary }) = met
                && (in_commentary || options.commentaries)
            {
                let order = (order, range.start);
                found.push((score, Paragraph { commentary, order, range, tongues: tongues.clone() }));
            }
        }
    }
    Ok(found)
}

/// The hit that a paragraph is.
pub(super) fn hit(paragraph: &Paragraph<'_>, score: f32, asserted: &[&Node], lexicon: &mut Lexicon) -> Hit {
    let (commentary, range) = (paragraph.commentary, paragraph.range);
    let text = range.of(&commentary.text).unwrap_or_default();
    let marks = lexicon.marks(asserted, text, &paragraph.tongues, None);
    let at = |m: &Range<usize>| TextRange { start: range.start + m.start, end: range.start + m.end };
    Hit {
        draft: commentary.draft,
        provision: None,
        citation: Citation::to(Place::Text),
        range,
        marks: marks.iter().map(at).collect(),
        snippet: snippet(text, &marks),
        score,
        annotation: None,
        reply_of: None,
        commentary: Some(commentary.id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_stand_between_empty_lines() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<_> = paragraphs(text).into_iter().filter_map(|p| p.of(text)).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("One\ngoes on\n\n \n  Two \n", &["One\ngoes on", "Two"]);
        check("", &[]);
        check("\n\n", &[]);
        let long = "a line\n".repeat(2000);
        let parts = paragraphs(&long);
        assert!(parts.len() > 2 && parts.iter().all(|p| p.len() <= LONG + 7));
    }
}
