//! Footnotes of a page: the signs that call them, and where their words stand.
//!
//! A call is a link to a place of the page whose words are a sign: raised, or of a class or role that says so, or with a
//! link back. Raised numbers without links are paired with the raised number a later paragraph begins with.

use std::collections::HashMap;

use scraper::node::Element;

use super::dom::{Page, Piece, attr, has_class};

/// Longer words than this are no note, in bytes.
const LONGEST: usize = 20_000;
/// What holds more elements is none either.
const MOST_NODES: usize = 4000;

/// A note of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PageNote {
    /// As printed where it is called, or where it stands.
    pub sign: String,
    /// Where its words stand in the page.
    pub body: std::ops::Range<usize>,
}

/// Notes in the order in which they are called.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub notes: Vec<PageNote>,
    /// The note called by the element at a place.
    pub calls: HashMap<usize, usize>,
    /// The note whose words begin at a place.
    pub bodies: HashMap<usize, usize>,
    /// Signs at the head of notes, and links back: not words.
    pub signs: HashMap<usize, usize>,
}

/// A link with a sign for words.
struct Link {
    at: usize,
    target: usize,
    sign: String,
    /// Whether it says that it is one.
    says: bool,
    /// Whether its block begins with it.
    leads: bool,
}

/// Finds the notes of a page.
pub(super) fn notes(page: &Page<'_>) -> Notes {
    let mut ids: HashMap<&str, usize> = HashMap::new();
    for i in 0..page.len() {
        let Some(element) = page.element(i) else { continue };
        for name in [attr(element, "id"), attr(element, "name").filter(|_| element.name() == "a")].into_iter().flatten()
        {
            ids.entry(name).or_insert(i);
        }
    }
    let links = links(page, &ids);
    // Where links begin and what they lead to, to know which lead back.
    let leads_to: HashMap<usize, usize> = links.iter().map(|l| (l.at, l.target)).collect();
    let mut notes = Notes::default();
    let mut known: HashMap<usize, usize> = HashMap::new();
    let mut places: HashMap<usize, Option<std::ops::Range<usize>>> = HashMap::new();
    for link in &links {
        let back = link.leads && link.target < link.at;
        if back {
            continue;
        }
        let place = places.entry(link.target).or_insert_with(|| body(page, link.target)).clone();
        let Some(body) = place.filter(|b| !b.contains(&link.at)) else { continue };
        let returns = || body.clone().any(|i| leads_to.get(&i).is_some_and(|&t| near(page, t, link.at)));
        if !(link.says || returns()) {
            continue;
        }
        let number = *known.entry(body.start).or_insert_with(|| {
            notes.notes.push(PageNote { sign: link.sign.clone(), body: body.clone() });
            notes.notes.len() - 1
        });
        notes.calls.insert(link.at, number);
    }
    without_calls(page, &mut notes, &mut known);
    unlinked(page, &mut notes, &mut known);
    for (number, note) in notes.notes.iter().enumerate() {
        notes.bodies.insert(note.body.start, number);
        for i in note.body.clone() {
            let leads_back = leads_to.get(&i).is_some_and(|&target| target < note.body.start);
            if leads_back || is_sign_of_note(page, i, note) {
                notes.signs.insert(i, number);
            }
        }
    }
    notes
}

/// Links to places of the page whose words are signs of notes.
fn links(page: &Page<'_>, ids: &HashMap<&str, usize>) -> Vec<Link> {
    let mut links = Vec::new();
    for at in 0..page.len() {
        let Some(element) = page.element(at).filter(|e| e.name() == "a") else { continue };
        let Some(target) = attr(element, "href").and_then(|h| h.rsplit_once('#')).and_then(|(_, id)| ids.get(id))
        else {
            continue;
        };
        let words = page.words(at..page.end(at), 16);
        let Some(sign) = sign(&words) else { continue };
        let says = says_note(element) || {
            let inside = (at + 1..page.end(at)).filter_map(|i| page.element(i)).any(is_raised);
            inside
                || page.around(at).skip(1).take(3).filter_map(|a| page.element(a)).any(|e| is_raised(e) || says_note(e))
        };
        links.push(Link { at, target: *target, sign, says, leads: leads(page, at) });
    }
    links
}

/// The sign of a note in words that are nothing else.
fn sign(words: &str) -> Option<String> {
    let bare = words.trim_matches(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '.' | '\u{a0}'));
    let digits = bare.trim_start_matches('*');
    let count = bare.chars().count();
    let fits = match count {
        0 | 6.. => false,
        _ if bare.chars().all(|c| matches!(c, '*' | '†' | '‡' | '§' | '¶')) => count <= 4,
        _ if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) => true,
        _ if bare.chars().all(|c| "⁰¹²³⁴⁵⁶⁷⁸⁹".contains(c)) => true,
        _ => count == 1 && bare.chars().all(|c| c.is_ascii_lowercase()) || matches!(bare, "ii" | "iii" | "iv" | "vi"),
    };
    fits.then(|| bare.to_owned())
}

fn is_raised(element: &Element) -> bool {
    let styled = || attr(element, "style").is_some_and(|s| s.contains("super") && s.contains("vertical-align"));
    element.name() == "sup" || has_class(element, &["super", "oj-super"]) || styled()
}

/// Whether an element's class or role says that it calls a note.
fn says_note(element: &Element) -> bool {
    if attr(element, "role") == Some("doc-noteref") || attr(element, "epub:type").is_some_and(|t| t.contains("noteref"))
    {
        return true;
    }
    attr(element, "class").unwrap_or("").split_ascii_whitespace().any(|class| {
        let class = class.to_ascii_lowercase();
        class.contains("footnote")
            || class.contains("noteref")
            || class.contains("note-tag")
            || class.contains("endnote")
            || class == "reference"
            || class == "fn"
            || class == "fnref"
    })
}

/// Whether nothing stands before it in its block.
fn leads(page: &Page<'_>, at: usize) -> bool {
    let block = block(page, at);
    at - block <= MOST_NODES
        && !(block..at).any(|i| matches!(page.get(i).map(|e| e.node), Some(Piece::Words(w)) if !w.trim().is_empty()))
}

/// The innermost element around a place that begins a line of its own.
fn block(page: &Page<'_>, at: usize) -> usize {
    page.around(at).skip(usize::from(!is_block(page.name(at)))).find(|&a| is_block(page.name(a))).unwrap_or(0)
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "li"
            | "div"
            | "td"
            | "th"
            | "tr"
            | "dd"
            | "dt"
            | "aside"
            | "section"
            | "blockquote"
            | "body"
            | "article"
            | "main"
            | "figcaption"
            | "footer"
            | "table"
            | "ol"
            | "ul"
            | "caption"
            | "html"
    )
}

/// Where the words of a note stand whose place is linked to.
fn body(page: &Page<'_>, target: usize) -> Option<std::ops::Range<usize>> {
    let whole = |at: usize| at..page.end(at);
    let range = if is_block(page.name(target)) {
        whole(target)
    } else {
        let block = block(page, target);
        // The part of the block directly below it that holds the place.
        let part = page.around(target).take_while(|&a| a != block).last().unwrap_or(target);
        let next = |c: &usize| Some(page.end(*c)).filter(|&n| n < page.end(block));
        let line_end = std::iter::successors(next(&part), next).take(MOST_NODES).find(|&c| page.name(c) == "br");
        let leads = leads(page, target);
        let only_sign = sign(&page.words(whole(block), 16)).is_some();
        if only_sign && matches!(page.name(block), "td" | "th" | "dt") {
            let holder = page.parent(block)?;
            if page.name(block) == "dt" {
                // The words stand in the element after.
                let next = page.end(block);
                let next = page.children(holder).find(|&c| c >= next && page.name(c) == "dd")?;
                block..page.end(next)
            } else {
                whole(holder)
            }
        } else if leads && line_end.is_none() {
            whole(block)
        } else {
            let before = |c: &usize| page.before(*c);
            let shown = std::iter::successors(before(&part), before).take(MOST_NODES).find(|&c| is_shown(page, c));
            if !leads && shown.is_none_or(|c| page.name(c) != "br") {
                return None;
            }
            part..line_end.unwrap_or_else(|| page.end(block))
        }
    };
    if range.len() > MOST_NODES {
        return None;
    }
    let heading = range.clone().any(|i| super::content::is_heading(page.name(i)));
    let name = page.name(range.start);
    let fits = !heading && !matches!(name, "body" | "html" | "main" | "table");
    (fits && page.words(range.clone(), LONGEST).len() <= LONGEST).then_some(range)
}

fn is_shown(page: &Page<'_>, at: usize) -> bool {
    match page.get(at).map(|e| e.node) {
        Some(Piece::Words(words)) => !words.trim().is_empty(),
        _ => page.name(at) == "br" || !page.words(at..page.end(at), 1).is_empty(),
    }
}

/// Whether a place that is linked to is that of a call: the link itself, what is around it, or an empty anchor beside it.
fn near(page: &Page<'_>, place: usize, call: usize) -> bool {
    place <= call && page.end(place) > call || place.abs_diff(call) <= 6
}

/// Notes that nothing calls but that say what they are.
fn without_calls(page: &Page<'_>, notes: &mut Notes, known: &mut HashMap<usize, usize>) {
    let journal = (0..page.len())
        .filter_map(|i| page.element(i))
        .any(|e| has_class(e, &["ti-art", "oj-ti-art", "doc-ti", "oj-doc-ti", "sti-art", "ti-section-1"]));
    let mut taken: Vec<std::ops::Range<usize>> = notes.notes.iter().map(|n| n.body.clone()).collect();
    taken.sort_by_key(|r| r.start);
    for at in 0..page.len() {
        let Some(element) = page.element(at) else { continue };
        let is_note = attr(element, "role").is_some_and(|r| matches!(r, "doc-footnote" | "doc-endnote"))
            || attr(element, "epub:type").is_some_and(|t| matches!(t, "footnote" | "endnote"))
            || has_class(element, &["MsoFootnoteText", "MsoEndnoteText"])
            || journal && element.name() == "p" && has_class(element, &["note", "oj-note"]);
        let before = taken.partition_point(|r| r.start <= at);
        let inside = before.checked_sub(1).and_then(|b| taken.get(b)).is_some_and(|r| r.end > at);
        if !is_note || inside || known.contains_key(&at) {
            continue;
        }
        let words = page.words(at..page.end(at), LONGEST);
        if words.is_empty() || words.len() > LONGEST {
            continue;
        }
        let first = words.split_whitespace().next().and_then(sign).unwrap_or_default();
        known.insert(at, notes.notes.len());
        taken.insert(before, at..page.end(at));
        notes.notes.push(PageNote { sign: first, body: at..page.end(at) });
    }
}

/// Raised numbers without links: `words<sup>1</sup>` and, later, a paragraph that begins with `<sup>1</sup>`.
fn unlinked(page: &Page<'_>, notes: &mut Notes, known: &mut HashMap<usize, usize>) {
    let mut called: HashMap<String, usize> = HashMap::new();
    for at in 0..page.len() {
        let Some(element) = page.element(at).filter(|e| is_raised(e)) else { continue };
        let inside_link =
            page.around(at).any(|a| page.element(a).is_some_and(|e| e.name() == "a" && attr(e, "href").is_some()));
        let holds_link = (at..page.end(at)).any(|i| page.name(i) == "a");
        if inside_link || holds_link || element.name() != "sup" && !has_class(element, &["super", "oj-super"]) {
            continue;
        }
        let words = page.words(at..page.end(at), 16);
        let Some(sign) = sign(&words).filter(|s| s.chars().all(|c| c.is_ascii_digit() || c == '*')) else { continue };
        if !leads(page, at) {
            called.entry(sign).or_insert(at);
            continue;
        }
        let block = block(page, at);
        let has_words = page.words(page.end(at)..page.end(block), 4).len() > 3;
        if !matches!(page.name(block), "p" | "li" | "div" | "dd" | "td") || !has_words || known.contains_key(&block) {
            continue;
        }
        if let Some(call) = called.remove(&sign)
            && call < block
            && let Some(range) = body(page, at).filter(|r| !r.contains(&call))
        {
            known.insert(range.start, notes.notes.len());
            notes.calls.insert(call, notes.notes.len());
            notes.notes.push(PageNote { sign, body: range });
        }
    }
}

/// Whether the element at a place only repeats the sign of the note it stands in, or leads back to the call.
fn is_sign_of_note(page: &Page<'_>, at: usize, note: &PageNote) -> bool {
    let Some(element) = page.element(at).filter(|e| matches!(e.name(), "a" | "sup" | "span" | "dt" | "td")) else {
        return false;
    };
    let words = page.words(at..page.end(at), 24);
    let link = element.name() == "a" && attr(element, "href").is_some_and(|h| h.contains('#'));
    let same = sign(&words).is_some_and(|s| s == note.sign);
    let first = page.words(note.body.start..at, 1).is_empty();
    if same && (link || first) {
        return true;
    }
    let arrow = words.chars().count() <= 16 && !words.chars().any(|c| c.is_alphanumeric());
    link && (arrow && !words.is_empty()
        || matches!(words.to_lowercase().as_str(), "back" | "jump up" | "jump back" | "return"))
        || attr(element, "role") == Some("doc-backlink")
}
