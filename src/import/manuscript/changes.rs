//! Changes marked by type: in drafts of the Council of the EU and many others, struck words are to go and bold or
//! underlined words are new.
//!
//! Struck words always are to go. Whether bold ones are new is told by measure: bold that follows struck words again
//! and again replaces them, or the draft says so in a sentence that sets the word "bold" in bold. Even then, bold that
//! a style sets, that headings of one kind always have, or that stands before the part of the document in which words
//! are struck, says nothing.

use std::collections::HashMap;

use crate::import::Changes;

use super::{Block, Change, Look, Manuscript, Paragraph, Piece, PieceKind};

/// Struck stretches that a style must stand beside before it means anything.
const LEAST_MET: usize = 3;
/// A heading has at most so many bytes.
const LONGEST_HEADING: usize = 160;
/// Levels of headings; those without a level of their own come last.
const LEVELS: usize = 11;

/// What words say of themselves in the sentence that explains the marks.
const WORDS_FOR_NEW: [&str; 22] = [
    "bold",
    "bold underline",
    "bold underlined",
    "bold and underlined",
    "bold/underlined",
    "underlined",
    "underline",
    "underlining",
    "bold italics",
    "gras",
    "caractères gras",
    "gras souligné",
    "souligné",
    "soulignés",
    "soulignées",
    "negrita",
    "subrayado",
    "fett",
    "жирным шрифтом",
    "подчеркнуты",
    "grassetto",
    "bold and underline",
];
const WORDS_FOR_GONE: [&str; 20] = [
    "strikethrough",
    "strike-through",
    "strike through",
    "struck through",
    "struck out",
    "struck",
    "strikeout",
    "crossed out",
    "deleted",
    "deletion",
    "deletions",
    "barré",
    "barrés",
    "barrées",
    "biffé",
    "tachado",
    "tachados",
    "durchgestrichen",
    "barrato",
    "зачеркнуты",
];

/// Marks what is inserted and deleted by its type, and counts all marked changes; none if there are none.
pub(super) fn find(manuscript: &mut Manuscript) -> Option<Changes> {
    let paragraphs: Vec<Paragraph> = manuscript
        .body
        .iter()
        .chain(manuscript.notes.iter().flat_map(|n| &n.blocks))
        .filter_map(|b| if let Block::Paragraph(p) = b { Some(p.clone()) } else { None })
        .collect();
    let tracked = count(manuscript, &paragraphs, |p| (p.change.any(Change::INSERTED), p.change.any(Change::DELETED)));
    let tracked_ends = paragraphs.iter().filter(|p| p.end != Change::default()).count();
    let typed = mark(manuscript, &paragraphs);
    let (inserted, deleted) = count(manuscript, &paragraphs, |p| (p.change.is_in(), p.change.is_out()));
    if inserted + deleted + tracked_ends == 0 {
        return None;
    }
    Some(Changes { inserted, deleted, tracked: tracked.0 + tracked.1 + tracked_ends >= typed })
}

/// How many stretches of words are inserted and deleted.
fn count(manuscript: &Manuscript, paragraphs: &[Paragraph], of: impl Fn(&Piece) -> (bool, bool)) -> (usize, usize) {
    let (mut inserted, mut deleted) = (0, 0);
    for paragraph in paragraphs {
        let (mut was_in, mut was_out) = (false, false);
        for piece in manuscript.pieces(paragraph) {
            if piece.kind != PieceKind::Words || manuscript.words(piece).trim().is_empty() {
                continue;
            }
            let (is_in, is_out) = of(piece);
            inserted += usize::from(is_in && !was_in);
            deleted += usize::from(is_out && !was_out);
            (was_in, was_out) = (is_in, is_out);
        }
    }
    (inserted, deleted)
}

/// A stretch of one paragraph's words that is set one way.
struct Stretch {
    look: Look,
    words: String,
}

/// What the draft says or shows that a style means.
#[derive(Default)]
struct Evidence {
    struck: usize,
    /// How many of the struck stretches are bold as well.
    struck_bold: usize,
    /// How often it stands right beside struck words.
    bold_met: usize,
    underlined_met: usize,
    bold_named: bool,
    underlined_named: bool,
    /// The first paragraph with struck words that are no example.
    first_struck: Option<usize>,
}

/// Marks pieces and says how many stretches it marked.
fn mark(manuscript: &mut Manuscript, paragraphs: &[Paragraph]) -> usize {
    let mut evidence = Evidence::default();
    for (i, paragraph) in paragraphs.iter().enumerate() {
        let stretches = stretches(manuscript, paragraph);
        weigh(&stretches, i, &mut evidence);
    }
    let means_new = |met: usize, named: bool| named || (met >= LEAST_MET && met * 12 >= evidence.struck);
    let bold = means_new(evidence.bold_met, evidence.bold_named);
    // Beside bold, a line below says what is new since the draft before, struck words included.
    let underlined = means_new(evidence.underlined_met, evidence.underlined_named && !bold);
    // Where most struck words are bold, that is how they are struck; where few are, those came and went again.
    let bold_struck = bold && evidence.struck_bold * 2 < evidence.struck;
    if evidence.struck == 0 && !bold && !underlined {
        return 0;
    }
    let begins = match evidence.first_struck {
        Some(first) => domain(manuscript, paragraphs, first),
        None => 0,
    };
    let headings = headings(manuscript, paragraphs, bold, underlined);
    let mut marked = 0;
    let mut fates = Vec::with_capacity(paragraphs.len());
    for (i, paragraph) in paragraphs.iter().enumerate() {
        let mut fate = Fate::default();
        for at in paragraph.pieces.0..paragraph.pieces.1 {
            let Some(piece) = manuscript.pieces.get(at as usize) else { continue };
            let words = manuscript.words(piece);
            let look = piece.look.beyond(paragraph.style_look);
            let is_words = piece.kind == PieceKind::Words;
            let example = is_example(words);
            let out = look.has(Look::STRUCK) && !example;
            let is_new = if out {
                bold_struck && look.has(Look::BOLD)
            } else {
                (bold && look.has(Look::BOLD)) || (underlined && look.has(Look::UNDERLINED))
            };
            let new = is_new && i >= begins && !headings[i].is_plain && !example;
            if is_words && !words.trim().is_empty() {
                fate.kept |= !out && !new && !piece.change.is_in() && !piece.change.is_out();
                fate.new |= new || piece.change.is_in();
            }
            let change = Change::default().with(Change::TYPED_IN, new).with(Change::TYPED_OUT, out);
            if change != Change::default() {
                marked += usize::from(is_words);
                if let Some(piece) = manuscript.pieces.get_mut(at as usize) {
                    piece.change = piece.change.and(change);
                }
            }
        }
        fates.push(fate);
    }
    mark_headings(manuscript, paragraphs, &headings, &fates);
    marked
}

/// The words of a paragraph, cut where their look changes; white space goes with what stands before it.
fn stretches(manuscript: &Manuscript, paragraph: &Paragraph) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for piece in manuscript.pieces(paragraph).iter().filter(|p| p.kind == PieceKind::Words) {
        let words = manuscript.words(piece);
        let look = piece.look.beyond(paragraph.style_look);
        let look = Look(look.0 & (Look::BOLD.0 | Look::UNDERLINED.0 | Look::STRUCK.0));
        match stretches.last_mut() {
            Some(last) if last.look == look || !words.contains(char::is_alphanumeric) => last.words.push_str(words),
            _ => stretches.push(Stretch { look, words: words.to_owned() }),
        }
    }
    stretches
}

fn weigh(stretches: &[Stretch], paragraph: usize, evidence: &mut Evidence) {
    for (i, stretch) in stretches.iter().enumerate() {
        if names(&stretch.words, &WORDS_FOR_NEW) && stretches.len() > 1 {
            evidence.bold_named |= stretch.look.has(Look::BOLD) && !stretch.look.has(Look::STRUCK);
            evidence.underlined_named |= stretch.look == Look::UNDERLINED;
        }
        if !stretch.look.has(Look::STRUCK)
            || !stretch.words.contains(char::is_alphanumeric)
            || is_example(&stretch.words)
        {
            continue;
        }
        evidence.struck += 1;
        evidence.struck_bold += usize::from(stretch.look.has(Look::BOLD));
        evidence.first_struck.get_or_insert(paragraph);
        let beside = [i.checked_sub(1), Some(i + 1)].into_iter().flatten().filter_map(|j| stretches.get(j));
        let beside: Vec<Look> = beside.map(|s| s.look).filter(|l| !l.has(Look::STRUCK)).collect();
        evidence.bold_met += usize::from(beside.iter().any(|l| l.has(Look::BOLD)));
        evidence.underlined_met += usize::from(beside.contains(&Look::UNDERLINED));
    }
}

/// Whether words only name the way they are set.
fn is_example(words: &str) -> bool {
    words.len() < 40 && (names(words, &WORDS_FOR_NEW) || names(words, &WORDS_FOR_GONE))
}

fn names(words: &str, list: &[&str]) -> bool {
    let words = words.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    list.contains(&words.as_str())
}

/// The paragraph with which the part of the document begins in which words are struck: the first after the last
/// heading or page's end before any. What stands on a cover or in a note before it has bold of its own.
fn domain(manuscript: &Manuscript, paragraphs: &[Paragraph], first: usize) -> usize {
    let ends = |paragraph: &Paragraph| {
        let pieces = manuscript.pieces(paragraph);
        pieces.iter().any(|p| matches!(p.kind, PieceKind::Page | PieceKind::Break { page: true }))
            || paragraph.page_before
    };
    (0..=first).rev().find(|&i| ends(&paragraphs[i])).unwrap_or(0)
}

/// What a paragraph is among headings.
#[derive(Clone, Copy, Default)]
struct Heading {
    /// Its level; 0 for running text.
    level: usize,
    /// Whether its bold is what headings of its kind have.
    is_plain: bool,
}

/// Finds headings, and which kinds of them are always bold: there, bold says nothing.
fn headings(manuscript: &Manuscript, paragraphs: &[Paragraph], bold: bool, underlined: bool) -> Vec<Heading> {
    type Kind = (u32, u8, bool, bool);
    let mut kinds: HashMap<Kind, (usize, usize)> = HashMap::new();
    let kind_of = |paragraph: &Paragraph| -> Option<(Kind, bool)> {
        let pieces = manuscript.pieces(paragraph);
        let words: Vec<&Piece> =
            pieces.iter().filter(|p| p.kind == PieceKind::Words && !manuscript.words(p).trim().is_empty()).collect();
        let length: usize = words.iter().map(|p| (p.words.1 - p.words.0) as usize).sum();
        let last = words.last().map_or("", |p| manuscript.words(p).trim_end());
        let titled = paragraph.heading > 0
            || (length <= LONGEST_HEADING
                && paragraph.list.is_none()
                && !last.ends_with(['.', ';', ':', ',', '-', '–']));
        if words.is_empty() || !titled {
            return None;
        }
        let look = |flag: Look| {
            words.iter().all(|p| p.look.beyond(paragraph.style_look).has(flag) || p.look.has(Look::STRUCK))
        };
        let capitals = words.iter().all(|p| !manuscript.words(p).contains(char::is_lowercase));
        let marked = (bold && look(Look::BOLD)) || (underlined && look(Look::UNDERLINED));
        let italic = words.iter().all(|p| p.look.has(Look::ITALIC));
        Some(((paragraph.style, paragraph.heading, italic, capitals), marked))
    };
    for (kind, marked) in paragraphs.iter().filter_map(kind_of) {
        let (all, bold) = kinds.entry(kind).or_default();
        *all += 1;
        *bold += usize::from(marked);
    }
    paragraphs
        .iter()
        .map(|paragraph| {
            let Some((kind, marked)) = kind_of(paragraph) else { return Heading::default() };
            let (all, bold) = kinds.get(&kind).copied().unwrap_or_default();
            let level = if paragraph.heading > 0 { usize::from(paragraph.heading).min(LEVELS - 1) } else { LEVELS };
            let is_plain = !marked || bold * 5 > all * 3;
            Heading {
                level: if paragraph.heading > 0 || (marked && is_plain) { level } else { 0 },
                is_plain: marked && is_plain,
            }
        })
        .collect()
}

/// What becomes of a paragraph's words.
#[derive(Clone, Copy, Default)]
struct Fate {
    kept: bool,
    new: bool,
}

/// A heading below which every word is new is new.
fn mark_headings(manuscript: &mut Manuscript, paragraphs: &[Paragraph], headings: &[Heading], fates: &[Fate]) {
    // For each level: whether words that stay, and new words, stand below a heading of that level.
    let (mut kept, mut new) = ([false; LEVELS + 1], [false; LEVELS + 1]);
    for ((paragraph, heading), fate) in paragraphs.iter().zip(headings).zip(fates).rev() {
        let level = heading.level;
        if level == 0 {
            if fate.kept {
                kept = [true; LEVELS + 1];
            }
            if fate.new {
                new = [true; LEVELS + 1];
            }
            continue;
        }
        if fate.kept && !kept[level] && new[level] {
            for piece in
                manuscript.pieces.get_mut(paragraph.pieces.0 as usize..paragraph.pieces.1 as usize).unwrap_or_default()
            {
                piece.change = piece.change.and(Change::TYPED_IN);
            }
            continue;
        }
        // A heading that stays, stays below the ones around it, and begins a part of its own.
        if fate.kept {
            kept[..level].fill(true);
            kept[level..].fill(false);
            new[level..].fill(false);
        }
    }
}
