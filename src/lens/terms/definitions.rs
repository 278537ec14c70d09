//! Which words in quotation marks are defined, where, and what for.

use super::cues::{ARTICLES, BY, HEREINAFTER, INCLUDES, LIST, MEANS, SCOPES};
use super::quotes::Quote;
use super::{Defined, Term};
use crate::model::{Outline, ProvisionIndex, ProvisionKind, TextRange};

/// Terms of one text; more are noise.
const MOST: usize = 3000;
/// So far after a term its verb is looked for, in bytes.
const AFTER: usize = 260;
/// So far before a term words are looked for that introduce it, in bytes.
const BEFORE: usize = 90;
/// A term that begins so near to the beginning of its provision heads it, in bytes.
const HEAD: usize = 40;
/// Before a term of a list stands a label and little else, in characters.
const LEAD_IN: usize = 16;
/// The longest definition that is shown as such, in bytes.
const LONGEST: usize = 8000;
/// As much of the words over a list is read, in bytes.
const LEAD: usize = 600;

/// The terms that a text defines, in order.
pub(super) fn definitions(text: &str, outline: &Outline, quotes: &[Quote]) -> Vec<Term> {
    let mut terms = Vec::new();
    // Of several in a row the verb comes after the last: `“a” or “b” means`.
    let mut row: Vec<Quote> = Vec::new();
    for (i, quote) in quotes.iter().enumerate() {
        let next = quotes.get(i + 1);
        row.push(*quote);
        let rest = next.and_then(|n| text.get(quote.outer.end..n.outer.start));
        if rest.is_some_and(is_and) {
            continue;
        }
        let limit = next.map_or(text.len(), |n| n.outer.start);
        if let Some(first) = row.first().copied()
            && let Some(defined) = how(text, outline, first, *quote, limit)
        {
            for one in row.iter().take(MOST.saturating_sub(terms.len())) {
                terms.extend(term(text, outline, one, defined));
            }
        }
        row.clear();
    }
    terms
}

/// Whether nothing but `and`, `or`, a comma or an article parts two terms.
fn is_and(between: &str) -> bool {
    let word = |w: &str| {
        matches!(
            w,
            "and"
                | "or"
                | "the"
                | "a"
                | "et"
                | "ou"
                | "le"
                | "la"
                | "y"
                | "o"
                | "и"
                | "или"
                | "und"
                | "oder"
                | "و"
                | "أو"
                | "和"
                | "或"
                | "及"
                | "、"
        )
    };
    between.len() < 24
        && !between.contains('\n')
        && between.split([' ', ',', '\u{a0}', '،']).all(|w| w.is_empty() || word(w))
}

/// How the terms from `first` to `last` are defined, if they are; what comes after `limit` is about another.
fn how(text: &str, outline: &Outline, first: Quote, last: Quote, limit: usize) -> Option<Defined> {
    let after_end = text.floor_char_boundary((last.outer.end + AFTER).min(limit).min(text.len()));
    let after = clause(text.get(last.outer.end..after_end)?).to_lowercase();
    let before_start = text.ceil_char_boundary(first.outer.start.saturating_sub(BEFORE));
    let before = text.get(before_start..first.outer.start)?;
    let before = before.rfind(['\n', ';', '»', '”', '。']).map_or(before, |at| &before[at..]).to_lowercase();
    let bare = without_articles(before.trim_end());
    let closes = after.trim_start().starts_with([')', '）', ']']);
    if closes && bare.ends_with(['(', '（', '[']) || HEREINAFTER.iter().any(|cue| ends_near(&before, cue)) {
        return Some(Defined::OnTheWay);
    }
    if MEANS.iter().any(|cue| says(&after, cue))
        || BY.iter().any(|cue| bare.trim_end_matches([':', ' ', '\u{a0}', '\'', '’']).ends_with(cue))
    {
        return Some(Defined::Means);
    }
    let p = outline.at(first.outer.start)?;
    let heads = heads(text, outline, p, first.outer.start);
    let listed = heads
        && bare.trim_start().chars().count() <= LEAD_IN
        && lead(text, outline, p).is_some_and(|lead| LIST.iter().any(|cue| lead.contains(cue)));
    if heads && INCLUDES.iter().any(|cue| after.trim_start().starts_with(cue)) || listed {
        return Some(Defined::Means);
    }
    None
}

/// Up to where the sentence or the point ends.
fn clause(after: &str) -> &str {
    let ends = |&(at, c): &(usize, char)| match c {
        '\n' | ';' | '。' | '；' | ':' => true,
        '.' => after[at + 1..].starts_with(char::is_whitespace),
        _ => false,
    };
    after.char_indices().find(ends).map_or(after, |(at, _)| &after[..at])
}

/// Whether a clause after a term says this of it: as a word, and before anything else happens.
fn says(after: &str, cue: &str) -> bool {
    let Some(at) = after.find(cue) else { return false };
    if cue.starts_with(super::super::tokens::is_alone) {
        return after[..at].trim_matches([' ', '"', '”', '」']).chars().count() <= 12;
    }
    let word =
        !after[..at].ends_with(char::is_alphanumeric) && !after[at + cue.len()..].starts_with(char::is_alphanumeric);
    // `by means of` is no verb, and what stands further away is said of something else, unless commas or brackets set
    // off what stands between.
    let between = after[..at].trim();
    let near = between.split_whitespace().count() <= 9 || between.starts_with([',', '(', '،', '-']);
    word && near && !between.ends_with("by") && !between.ends_with("such") && !between.ends_with("its")
}

fn ends_near(before: &str, cue: &str) -> bool {
    before.rfind(cue).is_some_and(|at| {
        let rest = &before[at + cue.len()..];
        rest.chars().count() < 40 && !rest.contains(['.', ';', ')'])
    })
}

fn without_articles(before: &str) -> &str {
    let words = |before: &'_ str| ARTICLES.iter().find_map(|a| before.strip_suffix(a.trim_end()).map(str::len));
    match words(before) {
        Some(len) if !before[..len].ends_with(char::is_alphanumeric) => before[..len].trim_end(),
        _ => before,
    }
}

/// Whether a term stands at the beginning of its provision: after the label, and perhaps `the term`.
fn heads(text: &str, outline: &Outline, p: ProvisionIndex, at: usize) -> bool {
    let Some(provision) = outline.get(p) else { return false };
    let from = provision.label_range.end.max(provision.range.start);
    let from = provision.heading_range.map_or(from, |h| h.end.max(from));
    let before = text.get(from..at.max(from)).unwrap_or_default();
    from <= at && before.len() <= HEAD && !before.trim().contains(['.', ';', '\n'])
}

/// The words over the list that a provision stands in, and its neighbors' beginning, in small letters.
fn lead(text: &str, outline: &Outline, p: ProvisionIndex) -> Option<String> {
    let parent = outline.get(p)?.parent?;
    let own = outline.own_range(parent);
    let mut lead = text.get(own.start..text.floor_char_boundary(own.end.min(own.start + LEAD)))?.to_lowercase();
    // Unnumbered points follow a paragraph that ends with a colon.
    if let Some(before) = outline.children(parent).take_while(|c| *c < p).find(|c| *c < p) {
        let range = outline.own_range(before);
        let end = text.floor_char_boundary(range.end.min(range.start + LEAD));
        let words = text.get(range.start..end).unwrap_or_default().trim_end();
        if words.ends_with(':') {
            lead.push_str(&words.to_lowercase());
        }
    }
    Some(lead)
}

fn term(text: &str, outline: &Outline, quote: &Quote, defined: Defined) -> Option<Term> {
    let words = quote.inner.of(text)?;
    let words = words.trim_end_matches([',', '.', ';', ':']);
    let lower = words.to_lowercase();
    let article =
        ARTICLES.iter().find(|a| lower.starts_with(**a) && words.is_char_boundary(a.len())).map_or(0, |a| a.len());
    let name = words.get(article..).map(str::trim).filter(|n| n.chars().any(char::is_alphanumeric))?;
    let start = quote.inner.start + (words.len() - words[article..].trim_start().len());
    let named = TextRange { start, end: start + name.len() };
    let p = outline.at(quote.outer.start);
    let head = p.filter(|&p| defined == Defined::Means && heads(text, outline, p, quote.outer.start));
    let whole =
        head.and_then(|p| outline.get(p)).map(|p| p.range).filter(|r| r.covers(quote.outer) && r.len() <= LONGEST);
    let definition = match whole {
        Some(range) => range.fitted(text).trimmed(text),
        None => sentence(text, outline, quote.outer),
    };
    let scope = p.and_then(|p| scope(text, outline, p, quote.outer.start));
    Some(Term {
        name: name.split_whitespace().collect::<Vec<_>>().join(" "),
        named,
        definition,
        defined,
        scope,
        uses: 0,
    })
}

/// The sentence around some words, within their block.
fn sentence(text: &str, outline: &Outline, words: TextRange) -> TextRange {
    let at = outline.blocks.partition_point(|b| b.start <= words.start);
    let block =
        at.checked_sub(1).and_then(|i| outline.blocks.get(i)).copied().filter(|b| b.covers(words)).unwrap_or(words);
    let from = text.floor_char_boundary(words.start.saturating_sub(LONGEST / 2)).max(block.start);
    let to = text.floor_char_boundary((words.end + LONGEST / 2).min(text.len())).min(block.end);
    let ends =
        |s: &str, at: usize| s[at..].starts_with('。') || s[at..].starts_with(". ") || s[at..].starts_with(".\n");
    let before = text.get(from..words.start).unwrap_or_default();
    let start =
        before.char_indices().rev().find(|(at, _)| ends(before, *at)).map_or(from, |(at, c)| from + at + c.len_utf8());
    let after = text.get(words.end..to).unwrap_or_default();
    let end = after.char_indices().find(|(at, _)| ends(after, *at)).map_or(to, |(at, c)| words.end + at + c.len_utf8());
    let range = TextRange { start: start.min(words.start), end: end.max(words.end) };
    let trimmed = range.trimmed(text);
    if trimmed.covers(words) { trimmed } else { range }
}

/// Where a definition holds, if it says so: before the term, or over the list it stands in.
fn scope(text: &str, outline: &Outline, p: ProvisionIndex, at: usize) -> Option<TextRange> {
    let own = outline.get(p)?.range.start;
    let from = text.ceil_char_boundary(at.saturating_sub(200)).max(own.min(at));
    let before = text.get(from..at).unwrap_or_default().to_lowercase();
    let before = before.rfind(". ").map_or(before.as_str(), |end| &before[end..]);
    let found = scope_in(before).or_else(|| lead(text, outline, p).as_deref().and_then(scope_in))?;
    let mut up = outline.ancestors(p);
    let paragraph = |kind| matches!(kind, ProvisionKind::Paragraph | ProvisionKind::Subparagraph);
    let meant = up.find_map(|i| {
        outline.get(i).filter(|q| q.kind == found || found == ProvisionKind::Paragraph && paragraph(q.kind))
    })?;
    meant.range.of(text).map(|_| meant.range)
}

fn scope_in(words: &str) -> Option<ProvisionKind> {
    // `for the purposes of this article` says where; `paragraph 2 of this article` says what.
    let purpose = [
        "purpose",
        "meaning",
        "used in",
        "fins",
        "sens",
        "efectos",
        "fines",
        "целей",
        "目的",
        "就",
        "为",
        "أغراض",
        "sinne",
    ];
    let from = purpose.iter().filter_map(|cue| words.find(cue)).min()?;
    SCOPES
        .iter()
        .filter_map(|(cue, kind)| Some((words[from..].find(cue)?, *kind)))
        .min_by_key(|(at, _)| *at)
        .map(|(_, k)| k)
}
