//! Markup inside a Markdown paragraph: emphasis, links, escapes, footnote signs. Words stay, signs go.

use std::collections::HashMap;

use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser, Tag, TagEnd};

/// What the file defines for its paragraphs to refer to.
#[derive(Default)]
pub(super) struct References {
    /// Targets of `[words][name]`, names in lower case.
    pub links: HashMap<String, String>,
    /// Numbers of footnotes whose names are not numbers.
    notes: HashMap<String, usize>,
}

impl References {
    /// The sign of a footnote: its number raised, as print has it.
    pub fn note_sign(&mut self, name: &str) -> String {
        let next = self.notes.len() + 1;
        let number = if name.len() <= 4 && name.bytes().all(|b| b.is_ascii_digit()) {
            name.to_owned()
        } else {
            self.notes.entry(name.to_owned()).or_insert(next).to_string()
        };
        number.chars().filter_map(|c| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(c.to_digit(10)? as usize)).collect()
    }
}

/// The elements of HTML whose tags are markup; anything else in angle brackets is words.
const ELEMENTS: [&str; 40] = [
    "a",
    "abbr",
    "b",
    "big",
    "blockquote",
    "br",
    "center",
    "cite",
    "code",
    "del",
    "dfn",
    "div",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "link",
    "mark",
    "meta",
    "ol",
    "p",
    "q",
    "s",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "u",
    "ul",
];

/// The words of one paragraph, which must stand on one line. A forced line break becomes `\n`.
pub(super) fn plain_words(source: &str, references: &mut References) -> String {
    let source = raise_notes(source, references);
    if !source.contains(['*', '_', '[', '<', '\\', '`', '&', '~', '!']) {
        return source;
    }
    // A word in front keeps the paragraph from being read as a list, a heading or a table.
    let marked = format!("x {source}");
    let links = &references.links;
    let known = |link: BrokenLink<'_>| {
        links.get(&link.reference.to_lowercase()).map(|target| (CowStr::from(target.clone()), CowStr::from("")))
    };
    let parser = Parser::new_with_broken_link_callback(&marked, Options::ENABLE_STRIKETHROUGH, Some(known));
    let mut words = String::with_capacity(source.len());
    // Brackets and what follows them, where a link was none: "[shall](b)".
    let mut tails: Vec<Option<std::ops::Range<usize>>> = Vec::new();
    let mut last = 0;
    for (event, range) in parser.into_offset_iter() {
        match event {
            Event::Text(text) => {
                words.push_str(&text);
                last = range.end;
            }
            Event::Code(text) => {
                // Two backticks are how typists set an opening quotation mark.
                if marked[range.clone()].starts_with("``") {
                    words.push_str(&marked[range.clone()]);
                } else {
                    words.push_str(&text);
                }
                last = range.end;
            }
            Event::SoftBreak => words.push(' '),
            Event::HardBreak => words.push('\n'),
            Event::Html(html) | Event::InlineHtml(html) => {
                words.push_str(replacement(&html));
                last = range.end;
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                if is_target(&dest_url) {
                    tails.push(None);
                } else {
                    words.push('[');
                    tails.push(Some(range.clone()));
                }
                last = range.start + 1;
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if let Some(Some(whole)) = tails.pop() {
                    words.push_str(&marked[last.clamp(whole.start, whole.end)..whole.end]);
                }
                last = range.end;
            }
            _ => {}
        }
    }
    words.strip_prefix("x ").map_or_else(|| words.clone(), str::to_owned)
}

/// What stands in the text for a piece of HTML.
fn replacement(html: &str) -> &str {
    if html.starts_with("<!--") {
        return "";
    }
    let name = html.trim_start_matches(['<', '/']);
    let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
    let name = name.to_ascii_lowercase();
    match name.as_str() {
        "br" => "\n",
        name if ELEMENTS.contains(&name) => "",
        _ => html,
    }
}

/// Whether what stands in round brackets behind square ones is a place to go to, and not words of the text.
fn is_target(target: &str) -> bool {
    target.starts_with('#') || target.contains('/') || target.contains("://") || target.contains('@') || {
        let extension = target.rsplit_once('.').map_or("", |(_, e)| e);
        ["md", "html", "htm", "pdf", "txt", "docx", "png", "jpg"].contains(&extension)
    }
}

/// Stands before the sign of a note until its place is known. No text has this character: Unicode keeps it for
/// programs, and [`super::markdown`] takes it out of a file that has it all the same.
pub(super) const NOTE_CALL: char = '\u{fdd0}';

/// `[^5]` as `⁵`, after [`NOTE_CALL`].
fn raise_notes(source: &str, references: &mut References) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find("[^") {
        out.push_str(&rest[..at]);
        let name = &rest[at + 2..];
        match name.find(']').filter(|&end| (1..=40).contains(&end) && !name[..end].contains(char::is_whitespace)) {
            Some(end) => {
                out.push(NOTE_CALL);
                out.push_str(&references.note_sign(&name[..end]));
                rest = &name[end + 1..];
            }
            None => {
                out.push_str("[^");
                rest = name;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_and_signs_go() {
        let mut references = References::default();
        references.links.insert("source".to_owned(), "http://example.org".to_owned());
        let cases = [
            ("*Recalling* the **bold** and ~~struck~~ words", "Recalling the bold and struck words"),
            ("*[Taking* account][other] of", "[Taking account][other] of"),
            ("r*ecognizing* [NDMC*][INDC] and [NDMC*][INDC]", "recognizing [NDMC*][INDC] and [NDMC*][INDC]"),
            ("2\\. not \\*stars\\*", "2. not *stars*"),
            (
                "the [Convention](../../README.md), the [draft][source], [shall][should]",
                "the Convention, the draft, [shall][should]",
            ),
            ("[paragraph 5](a) and [shall](b)", "[paragraph 5](a) and [shall](b)"),
            ("features[^5] and[^long-name]", "features\u{fdd0}⁵ and\u{fdd0}¹"),
            ("``Freezing\" or ``seizure\" shall", "``Freezing\" or ``seizure\" shall"),
            ("`code` &amp; <span class=\"x\">caps</span><br>next <Option 1>", "code & caps\nnext <Option 1>"),
            ("the ### is open _as it_ is some_thing_else", "the ### is open as it is some_thing_else"),
        ];
        for (source, expected) in cases {
            assert_eq!(plain_words(source, &mut references), expected, "{source}");
        }
    }
}
