//! Documents that were made from a PDF: each page is a section, sentences stop at its end, words that were divided at
//! the end of a line keep the gap, and footnotes stand among the paragraphs. All of that is put together again; notes
//! that were typed by hand are found in any document.

use std::collections::HashMap;

use super::placing::is_label;
use super::{Block, Look, Manuscript, NoteBody, Paragraph, Piece, PieceKind};

/// A document with fewer pages was not made from a PDF, or it does not matter.
const LEAST_PAGES: usize = 4;
/// A page has at most about so many bytes.
const LONGEST_PAGE: usize = 7_000;
/// The highest number of a note.
const MOST_NOTES: u32 = 5_000;

/// A note has no more paragraphs.
const LONGEST_NOTE: usize = 4;

/// What no sentence ends with.
const OPEN_WORDS: [&str; 40] = [
    "of", "the", "and", "to", "in", "for", "or", "by", "with", "a", "an", "on", "as", "that", "which", "at", "from",
    "under", "de", "la", "le", "les", "des", "du", "et", "à", "aux", "au", "par", "pour", "el", "los", "las", "del",
    "y", "en", "que", "und", "der", "die",
];
/// What no sentence ends with either, for a number is to follow.
const CITING_WORDS: [&str; 10] = [
    "Article",
    "Articles",
    "article",
    "articles",
    "paragraph",
    "paragraphs",
    "point",
    "points",
    "artículo",
    "paragraphe",
];
/// What stands after a hyphen that another word shares.
const SHARING_WORDS: [&str; 14] =
    ["and", "or", "to", "et", "ou", "à", "y", "o", "e", "und", "oder", "bis", "nor", "ni"];

/// Mends what a conversion left, and makes notes of paragraphs that are some.
pub(super) fn mend(manuscript: &mut Manuscript) {
    let pages = manuscript.body.iter().filter(|b| matches!(b, Block::SectionEnd { new_page: true })).count();
    let converted = pages >= LEAST_PAGES && manuscript.text.len() / (pages + 1) <= LONGEST_PAGE;
    typed_notes(manuscript, converted);
    if converted {
        join_pages(manuscript);
        close_hyphens(manuscript);
    }
}

/// A paragraph that begins with a raised number, below a word with that number raised behind it, is a note.
fn typed_notes(manuscript: &mut Manuscript, converted: bool) {
    // For each number, the pieces that may call it, in order.
    let mut calls: HashMap<u32, Vec<u32>> = HashMap::new();
    let mut notes: Vec<NoteBody> = Vec::new();
    let mut in_notes = false;
    let mut depth = 0_usize;
    let body = std::mem::take(&mut manuscript.body);
    let mut kept = Vec::with_capacity(body.len());
    let first = manuscript.notes.len() as u32;
    for block in body {
        match &block {
            Block::Table => depth += 1,
            Block::TableEnd => depth = depth.saturating_sub(1),
            Block::SectionEnd { .. } => in_notes = false,
            _ => {}
        }
        let Block::Paragraph(paragraph) = &block else {
            kept.push(block);
            continue;
        };
        let ends_page = |p: &Piece| matches!(p.kind, PieceKind::Page | PieceKind::Break { .. });
        in_notes &= !paragraph.page_before && !manuscript.pieces(paragraph).iter().any(ends_page);
        let number = leading_number(manuscript, paragraph);
        let called = number.and_then(|(n, _)| calls.get_mut(&n)).and_then(Vec::pop);
        if let (Some((_, sign)), Some(call), 0) = (number, called, depth) {
            let note = first + notes.len() as u32;
            manuscript.pieces[call as usize].kind = PieceKind::Call(note);
            let sign = &mut manuscript.pieces[sign as usize];
            sign.words.0 = sign.words.1;
            notes.push(NoteBody { series: 0, blocks: vec![block] });
            in_notes = true;
            continue;
        }
        let is_blank = manuscript.plain(paragraph).trim().is_empty();
        // What stands below notes on the same page goes on with the last of them.
        if let (true, true, false, 0, None, Some(last)) =
            (converted, in_notes, is_blank, depth, paragraph.list, notes.last_mut())
            && paragraph.heading == 0
            && last.blocks.len() < LONGEST_NOTE
            && matches!(last.blocks.first(), Some(Block::Paragraph(p)) if p.style == paragraph.style)
        {
            last.blocks.push(block);
            continue;
        }
        for at in paragraph.pieces.0..paragraph.pieces.1 {
            if let Some(n) = raised_number(manuscript, at).filter(|_| number.is_none_or(|(_, sign)| sign != at)) {
                calls.entry(n).or_default().push(at);
            }
        }
        kept.push(block);
    }
    manuscript.body = kept;
    manuscript.notes.append(&mut notes);
}

/// The raised number a paragraph begins with, and its piece.
fn leading_number(manuscript: &Manuscript, paragraph: &Paragraph) -> Option<(u32, u32)> {
    let mut range = paragraph.pieces.0..paragraph.pieces.1;
    let at = range.find(|&at| {
        let piece = &manuscript.pieces[at as usize];
        piece.kind == PieceKind::Words && !manuscript.words(piece).trim().is_empty()
    })?;
    let more = range.any(|at| !manuscript.words(&manuscript.pieces[at as usize]).trim().is_empty());
    raised_number(manuscript, at).filter(|_| more && paragraph.list.is_none()).map(|n| (n, at))
}

fn raised_number(manuscript: &Manuscript, at: u32) -> Option<u32> {
    let piece = manuscript.pieces.get(at as usize)?;
    let words = manuscript.words(piece).trim();
    let raised = piece.kind == PieceKind::Words && piece.look.has(Look::RAISED);
    (raised && words.len() <= 4).then(|| words.parse().ok()).flatten().filter(|n| (1..=MOST_NOTES).contains(n))
}

/// A paragraph that stops in the middle of a sentence at the end of a page goes on with the first of the next page, and
/// one that stops in the middle of a citation with the next wherever it stands.
fn join_pages(manuscript: &mut Manuscript) {
    let mut joined: Vec<(usize, usize)> = Vec::new();
    let mut before: Option<usize> = None;
    let (mut ended, mut apart) = (false, false);
    for (i, block) in manuscript.body.iter().enumerate() {
        match block {
            Block::SectionEnd { new_page } => ended |= *new_page,
            Block::Paragraph(paragraph) => {
                let words = manuscript.plain(paragraph);
                if words.trim().is_empty() {
                    apart = true;
                    continue;
                }
                let (over_page, apart) = (std::mem::take(&mut ended), std::mem::take(&mut apart));
                if let Some(from) = before
                    && let Some(Block::Paragraph(last)) = manuscript.body.get(from)
                    && last.heading == 0
                    && paragraph.heading == 0
                    && paragraph.list.is_none()
                    && let (stops, begins) = (manuscript.plain(last), words.trim())
                    && (over_page && goes_on(stops.trim(), begins) || !apart && cites_on(stops.trim(), begins))
                {
                    joined.push((from, i));
                }
                before = Some(i);
            }
            _ => before = None,
        }
    }
    for (from, to) in joined {
        for block in &mut manuscript.body[from..to] {
            if let Block::Paragraph(paragraph) = block {
                paragraph.runs_on = true;
            }
        }
    }
}

/// Whether a sentence stops in one paragraph and goes on in the next.
fn goes_on(before: &str, after: &str) -> bool {
    if before.ends_with(['.', ';', ':', '!', '?', '…']) || after.split_whitespace().next().is_some_and(is_label) {
        return false;
    }
    let last = before.split_whitespace().next_back().unwrap_or_default();
    after.starts_with(char::is_lowercase) || OPEN_WORDS.contains(&last)
}

/// Whether a citation stops in one paragraph and goes on in the next: `(2), (3) and`, `(4) of this Act`.
fn cites_on(before: &str, after: &str) -> bool {
    if !after.split_whitespace().next().is_some_and(is_label) {
        return false;
    }
    let mut words = before.split_whitespace().rev();
    let last = words.next().unwrap_or_default();
    let cited = |w: &str| {
        let number = w.trim_end_matches(',').trim_end_matches(')');
        number.len() < w.len() && number.rsplit('(').next().is_some_and(|n| (1..=4).contains(&n.len()))
    };
    CITING_WORDS.contains(&last)
        || matches!(last, "and" | "or" | "to" | "et" | "ou" | "y" | "o") && words.next().is_some_and(cited)
}

/// `AI- enabled` was divided after its hyphen at the end of a line.
fn close_hyphens(manuscript: &mut Manuscript) {
    let text = &manuscript.text;
    let gaps: Vec<usize> = text
        .match_indices("- ")
        .map(|(at, _)| at)
        .filter(|&at| {
            let rest = &text[at + 2..];
            let word: &str = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            text[..at].ends_with(char::is_alphanumeric)
                && rest.starts_with(char::is_lowercase)
                && !SHARING_WORDS.contains(&word)
        })
        .collect();
    let mut bytes = std::mem::take(&mut manuscript.text).into_bytes();
    for at in gaps {
        // A control character has the same length and is never shown.
        bytes[at + 1] = 1;
    }
    manuscript.text = String::from_utf8(bytes).unwrap_or_default();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::manuscript::Change;

    fn paragraph(manuscript: &mut Manuscript, parts: &[(&str, Look)]) -> Block {
        let mut pieces = Vec::new();
        for (words, look) in parts {
            manuscript.push_words(&mut pieces, words, *look, Change::default());
        }
        Block::Paragraph(Paragraph { pieces: manuscript.keep(&mut pieces), ..Paragraph::default() })
    }

    #[test]
    fn pages_are_put_together() {
        let plain = Look::default();
        let mut manuscript = Manuscript::default();
        for n in ["1", "2", "3", "4"] {
            let first = paragraph(&mut manuscript, &[("The court", plain), (n, Look::RAISED), (" shall, on", plain)]);
            let note = paragraph(&mut manuscript, &[(n, Look::RAISED), (" See the non- binding rules.", plain)]);
            let more = paragraph(&mut manuscript, &[("And others.", plain)]);
            let next = paragraph(&mut manuscript, &[("request, decide pre- and post-trial.", plain)]);
            manuscript.body.extend([first, note, more, Block::SectionEnd { new_page: true }, next]);
        }
        let content = super::super::write(manuscript, &crate::import::Choices::default(), &mut ()).unwrap();
        let paragraphs: Vec<&str> = content.text.trim_end().split("\n\n").collect();
        assert_eq!(paragraphs[0], "The court¹ shall, on request, decide pre- and post-trial.");
        assert_eq!(paragraphs[4], "¹ See the non-binding rules. And others.");
        assert_eq!(content.printed.notes.len(), 4);
        assert_eq!(content.printed.pages.len(), 5);
        assert_eq!(content.printed.pages[1].at, "The court¹ shall, on ".len());
    }

    #[test]
    fn citations_are_told_from_the_paragraphs_after_them() {
        for (before, after, goes_on) in [
            ("rules of Article 5(1), point (d), (2), (3) and", "(4) of this Act that bind it.", true),
            ("the data that is set out in Article", "60. The holder shall", true),
            ("the holder, its seat and", "(b) its name", false),
            ("under paragraph 2;", "(b) its name", false),
            ("the data that is set out in Article", "of the Act", false),
        ] {
            assert_eq!(cites_on(before, after), goes_on, "{before} / {after}");
        }
    }
}
