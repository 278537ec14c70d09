//! Markdown: clean text, one paragraph a line, with hints for headings, list items and notes.
//!
//! Reads the lines itself rather than through a Markdown parser, since drafts are typed loosely: `##Title` without its
//! space is a heading, `b) …` and `2.` right below a paragraph begin new ones, numbers stay as printed, and four spaces
//! are never code. Markup inside a paragraph is [`super::inline`]'s.

use crate::model::text::normalize;
use std::collections::HashMap;

use crate::model::{HintKind, Note, Printed, StructureHint, TextRange};

use super::decode::decode;
use super::inline::{NOTE_CALL, References, plain_words};
use super::{Bytes, Choices, Content, Problem, Watch};

/// Lists nested deeper than this count as this deep.
const DEEPEST: usize = 30;

/// Reads a Markdown file.
pub(super) fn read(bytes: &Bytes, _choices: &Choices, watch: &mut dyn Watch) -> Result<Content, Problem> {
    let (raw, warning) = decode(bytes)?;
    let source = normalize(&raw).replace(NOTE_CALL, "");
    let (front, body) = front_matter(&source);
    let body = without_comments(body);
    let mut reader = Reader { total: source.len() as u64, ..Reader::default() };
    let lines: Vec<&str> = body.lines().collect();
    reader.references(&lines);
    let mut done = 0_u64;
    for (i, line) in lines.iter().enumerate() {
        reader.line(line, lines.get(i + 1).copied());
        done += line.len() as u64 + 1;
        if i % 1024 == 0 {
            if watch.cancelled() {
                return Err(Problem::Cancelled);
            }
            watch.progress(done, reader.total);
        }
    }
    reader.finish();
    let notes = reader.notes();
    let field = |name: &str| {
        front
            .lines()
            .find_map(|l| Some(l.strip_prefix(name)?.strip_prefix(':')?.trim().trim_matches(['"', '\'']).to_owned()))
    };
    Ok(Content {
        text: reader.text,
        hints: reader.hints,
        title: field("title").unwrap_or_default(),
        language: field("lang").or_else(|| field("language")).filter(|l| l.len() <= 12).unwrap_or_default(),
        warnings: warning.into_iter().collect(),
        printed: Printed { notes, ..Printed::default() },
        ..Content::default()
    })
}

/// The front matter between `---` lines, and the rest.
fn front_matter(source: &str) -> (&str, &str) {
    let Some(rest) = source.strip_prefix("---\n") else { return ("", source) };
    let mut at = 0;
    // Long front matter is none.
    for line in rest.split_inclusive('\n').take(200) {
        if matches!(line.trim_end(), "---" | "...") {
            return (&rest[..at], &rest[at + line.len()..]);
        }
        at += line.len();
    }
    ("", source)
}

/// Comments out; one that is never closed is text.
fn without_comments(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(start) = rest.find("<!--") {
        let Some(end) = rest[start..].find("-->") else { break };
        out.push_str(&rest[..start]);
        rest = &rest[start + end + 3..];
    }
    out.push_str(rest);
    out
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Words,
    Heading(u8),
    Item(u8),
    Note,
}

#[derive(Default)]
struct Reader {
    text: String,
    hints: Vec<StructureHint>,
    references: References,
    /// Lines of the paragraph being read, joined by spaces.
    pending: String,
    kind: Kind,
    /// Whether the last line asked for a line end.
    broken: bool,
    /// Columns at which the open list items begin.
    items: Vec<usize>,
    /// Whether a footnote is being read, whose further paragraphs are indented.
    in_note: bool,
    fenced: bool,
    total: u64,
    /// The signs that call notes, in order.
    calls: Vec<TextRange>,
    /// The paragraphs of notes and the sign before the first of each.
    bodies: Vec<(Option<TextRange>, TextRange)>,
}

impl Reader {
    /// Collects the targets of links first, since paragraphs refer to what stands below them.
    fn references(&mut self, lines: &[&str]) {
        for line in lines {
            if let Some((name, target)) = reference(line) {
                self.references.links.insert(name.to_lowercase(), target.to_owned());
            }
        }
    }

    fn line(&mut self, line: &str, next: Option<&str>) {
        let indent = columns(line);
        let words = line.trim();
        if words.starts_with("```") || words.starts_with("~~~") {
            self.flush();
            self.fenced = !self.fenced;
            return;
        }
        if words.is_empty() || self.fenced {
            self.flush();
            self.pending.push_str(words);
            return;
        }
        if is_attribute(words) || is_rule(words) || reference(line).is_some() || is_contents_sign(words, next) {
            // "Title / -----" is a heading, a rule alone is nothing.
            if is_rule(words) && words.starts_with(['-', '=']) && !self.pending.is_empty() && self.kind == Kind::Words {
                self.kind = Kind::Heading(if words.starts_with('=') { 1 } else { 2 });
            }
            self.flush();
            return;
        }
        if let Some((name, rest)) = note(words) {
            self.flush();
            let sign = self.references.note_sign(name);
            self.begin(Kind::Note, &format!("{sign} {rest}"));
            self.in_note = true;
            return;
        }
        if self.in_note && indent >= 2 && self.pending.is_empty() {
            self.begin(Kind::Note, words);
            return;
        }
        self.in_note &= indent >= 2 || !self.pending.is_empty();
        let alone = self.pending.is_empty() && next.is_none_or(|n| n.trim().is_empty());
        if let Some((level, title)) = heading(words, alone) {
            self.flush();
            self.items.clear();
            self.begin(Kind::Heading(level), title);
            self.flush();
            return;
        }
        if words.starts_with('|') && words.len() > 1 {
            self.row(words);
            return;
        }
        let words = words.strip_prefix('>').map_or(words, |rest| rest.trim_start_matches(['>', ' ']));
        if let Some(item) = item(words) {
            // "2015. It was" in the middle of a sentence is no item; bullets and small numbers are.
            let continues = item.number && self.is_open_sentence();
            if !continues {
                self.flush();
                let depth = self.depth(indent);
                self.begin(Kind::Item(depth), item.text);
                self.end_line(line);
                return;
            }
        }
        if self.pending.is_empty() {
            self.items.retain(|&at| at < indent);
            self.begin(Kind::Words, words);
        } else if self.broken || (begins_provision(words) && !self.is_open_sentence()) {
            self.flush();
            self.begin(Kind::Words, words);
        } else {
            self.pending.push(' ');
            self.pending.push_str(words);
        }
        self.end_line(line);
    }

    fn end_line(&mut self, line: &str) {
        self.broken = line.ends_with("  ") || self.pending.ends_with('\\');
        if self.pending.ends_with('\\') {
            self.pending.pop();
        }
    }

    /// Whether the paragraph being read stops where no sentence and no point of a list can.
    fn is_open_sentence(&self) -> bool {
        let words = self.pending.trim_end_matches(['*', '_', ']', ')', '"', '”', ' ']);
        !words.is_empty()
            && !words.ends_with(['.', ';', ':', ',', '!', '?', '—', '–'])
            && !words.ends_with(" and")
            && !words.ends_with(" or")
            && !words.ends_with(" en")
            && words.len() > 40
    }

    /// The depth of a list item that begins at this column.
    fn depth(&mut self, indent: usize) -> u8 {
        while self.items.last().is_some_and(|&at| at >= indent.max(1) || at + 1 >= indent && at > 0 && indent <= at) {
            self.items.pop();
        }
        if self.items.last().is_none_or(|&at| indent > at + 1 || (at == 0 && indent > 1)) && self.items.len() < DEEPEST
        {
            self.items.push(indent);
        }
        self.items.len().max(1) as u8
    }

    /// One paragraph for each cell of a table's row that has words.
    fn row(&mut self, words: &str) {
        self.flush();
        let inner = words.trim_matches('|');
        if inner.chars().all(|c| matches!(c, '-' | ':' | '|' | ' ')) {
            return;
        }
        let mut cell = String::new();
        let mut escaped = false;
        for c in inner.chars().chain(['|']) {
            if c == '|' && !escaped {
                self.begin(Kind::Words, cell.trim());
                self.flush();
                cell.clear();
            } else {
                cell.push(c);
            }
            escaped = c == '\\' && !escaped;
        }
    }

    fn begin(&mut self, kind: Kind, words: &str) {
        self.kind = kind;
        self.broken = false;
        self.pending.push_str(words);
    }

    fn flush(&mut self) {
        let source = std::mem::take(&mut self.pending);
        let kind = std::mem::take(&mut self.kind);
        self.broken = false;
        if source.is_empty() {
            return;
        }
        let words = normalize(&plain_words(&source, &mut self.references));
        for line in words.split('\n') {
            let line = line.trim();
            if line.is_empty() {
                continue;
            }
            if !self.text.is_empty() {
                self.text.push_str("\n\n");
            }
            let start = self.text.len();
            self.line_with_calls(line);
            if kind == Kind::Note {
                let sign = self.text[start..].find(|c: char| !is_raised(c)).map(|len| (start, start + len));
                let sign = sign.filter(|(a, b)| a < b).map(|(start, end)| TextRange { start, end });
                self.bodies.push((sign, TextRange { start, end: self.text.len() }));
            }
            let hint = match kind {
                Kind::Words => continue,
                Kind::Heading(level) => HintKind::Heading(level),
                Kind::Item(depth) => HintKind::ListItem(depth),
                Kind::Note => HintKind::Aside,
            };
            self.hints.push(StructureHint { range: TextRange { start, end: self.text.len() }, kind: hint });
        }
    }

    /// Adds the words of a line; remembers where its signs of notes stand.
    fn line_with_calls(&mut self, line: &str) {
        for (n, words) in line.split(NOTE_CALL).enumerate() {
            let start = self.text.len();
            self.text.push_str(words);
            let sign: usize = words.chars().take_while(|&c| is_raised(c)).map(char::len_utf8).sum();
            if n > 0 && sign > 0 {
                self.calls.push(TextRange { start, end: start + sign });
            }
        }
    }

    fn finish(&mut self) {
        self.flush();
        if !self.text.is_empty() {
            // Soft line ends are joined already.
            let range = TextRange { start: 0, end: self.text.len() };
            self.hints.push(StructureHint { range, kind: HintKind::Paragraphs });
            self.text.push('\n');
        }
        let all = TextRange { start: 0, end: self.text.len() };
        self.hints.push(StructureHint { range: all, kind: HintKind::Paragraphs });
    }

    /// Every note with the first sign that calls it.
    fn notes(&self) -> Vec<Note> {
        let sign = |r: TextRange| r.of(&self.text).unwrap_or_default();
        let mut first: HashMap<&str, TextRange> = HashMap::new();
        for &call in &self.calls {
            first.entry(sign(call)).or_insert(call);
        }
        let mut notes: Vec<Note> = Vec::new();
        for &(own, body) in &self.bodies {
            match (own, notes.last_mut()) {
                // A further paragraph of the note above.
                (None, Some(last)) => last.body.end = body.end,
                (own, _) => notes.push(Note { call: own.and_then(|o| first.remove(sign(o))), body }),
            }
        }
        notes
    }
}

fn is_raised(c: char) -> bool {
    "⁰¹²³⁴⁵⁶⁷⁸⁹".contains(c)
}

/// The column at which a line's words begin; a tab goes to the next multiple of four.
fn columns(line: &str) -> usize {
    let mut at = 0;
    for c in line.chars() {
        match c {
            ' ' | '\u{a0}' => at += 1,
            '\t' => at += 4 - at % 4,
            _ => break,
        }
    }
    at
}

/// `## Title`, `##Title ##`; `alone` says that nothing stands above or below the line.
fn heading(words: &str, alone: bool) -> Option<(u8, &str)> {
    let title = words.trim_start_matches('#');
    let level = words.len() - title.len();
    if !(1..=6).contains(&level) {
        return None;
    }
    // "#12" and "###4" are words; "##Convention" is a heading typed in haste.
    let hasty = title.starts_with(|c: char| c.is_uppercase() || matches!(c, '[' | '*' | '('))
        || (alone && title.len() > 3 && !title.starts_with(char::is_lowercase) && !title.ends_with(['.', ';', ',']));
    if !title.starts_with([' ', '\t']) && !hasty {
        return None;
    }
    let title = title.trim();
    let bare = title.trim_end_matches('#');
    let title = if bare.len() < title.len() && bare.ends_with(' ') { bare.trim_end() } else { title };
    (!title.is_empty()).then_some((level as u8, title))
}

struct Item<'l> {
    /// The line as it is to be printed.
    text: &'l str,
    /// Whether it is numbered.
    number: bool,
}

/// `- words`, `* words`, `12. words`, `3)`.
fn item(words: &str) -> Option<Item<'_>> {
    let digits = words.len() - words.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if (1..=4).contains(&digits) {
        let rest = &words[digits..];
        let rest = rest.strip_prefix(['.', ')'])?;
        return (rest.is_empty() || rest.starts_with([' ', '\t'])).then_some(Item { text: words, number: true });
    }
    let rest = words.strip_prefix(['-', '*', '+'])?;
    let inner = rest.strip_prefix([' ', '\t'])?.trim_start();
    // A bullet before a label of the draft's own is only markup.
    let text = if begins_provision(inner) || words.starts_with(['*', '+']) { inner } else { words };
    (!inner.is_empty()).then_some(Item { text, number: false })
}

/// Whether a line begins with a label a provision can have, so that it is a paragraph of its own.
fn begins_provision(words: &str) -> bool {
    let words = words.trim_start_matches(['*', '_', '[', ' ', '\\']);
    let opened = words.strip_prefix('(');
    let label = opened.unwrap_or(words);
    let end = label.find(|c: char| !c.is_alphanumeric()).unwrap_or(label.len());
    let (number, rest) = label.split_at(end);
    let rest = rest.trim_start_matches('\\');
    let digits = number.starts_with(|c: char| c.is_ascii_digit());
    if number.is_empty() || number.chars().count() > if digits { 10 } else { 5 } {
        return false;
    }
    match rest.chars().next() {
        Some(')') => true,
        Some('.') => opened.is_none() && digits && rest[1..].starts_with([' ', '\t', '*']),
        _ => false,
    }
}

/// `{:toc}`, `{: .class}`.
fn is_attribute(words: &str) -> bool {
    words.starts_with("{:") && words.ends_with('}')
}

/// `* TOC` above `{:toc}`.
fn is_contents_sign(words: &str, next: Option<&str>) -> bool {
    matches!(words, "* TOC" | "- TOC" | "1. TOC" | "* toc" | "[TOC]" | "[[_TOC_]]")
        && (words.starts_with('[') || next.is_some_and(|n| n.trim().starts_with("{:toc")))
}

/// `---`, `* * *`, `===`.
fn is_rule(words: &str) -> bool {
    let Some(sign) = words.chars().next().filter(|c| matches!(c, '-' | '*' | '_' | '=')) else { return false };
    words.chars().all(|c| c == sign || c == ' ') && words.chars().filter(|&c| c == sign).count() >= 3
}

/// `[name]: http://example.org "Title"`.
fn reference(line: &str) -> Option<(&str, &str)> {
    let rest = line.trim().strip_prefix('[')?;
    let (name, rest) = rest.split_once("]:")?;
    let target = rest.split_whitespace().next()?;
    let target = target.trim_matches(['<', '>']);
    let place = target.contains("://") || target.starts_with(['#', '/', '.']) || target.starts_with("mailto:");
    (place && !name.starts_with('^') && !name.contains(['[', ']']) && columns(line) < 4).then_some((name, target))
}

/// `[^3]: words`.
fn note(words: &str) -> Option<(&str, &str)> {
    let (name, rest) = words.strip_prefix("[^")?.split_once("]:")?;
    (!name.is_empty() && name.len() <= 40 && !name.contains(char::is_whitespace)).then(|| (name, rest.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &[(&str, Option<HintKind>)]) {
        let content = read(&Bytes::new(source.into()), &Choices::default(), &mut ()).unwrap();
        let found: Vec<(&str, Option<HintKind>)> = content
            .text
            .split("\n\n")
            .map(|p| {
                let start = p.as_ptr() as usize - content.text.as_ptr() as usize;
                let own = |h: &&StructureHint| h.range.start == start && h.kind != HintKind::Paragraphs;
                let hint = content.hints.iter().find(own);
                (p.trim_end(), hint.map(|h| h.kind))
            })
            .collect();
        assert_eq!(found, expected, "{source}");
    }

    #[test]
    fn notes_are_attached_where_they_are_called() {
        let source = "Heat of 3 W/m² is[^1] owed[^x].\n\nAgain[^1].\n\n[^1]: First.\n\n    Its second paragraph.\n\n\
                      [^x]: Other.\n\n[^lost]: Never called.\n";
        let content = read(&Bytes::new(source.into()), &Choices::default(), &mut ()).unwrap();
        assert!(content.text.starts_with("Heat of 3 W/m² is¹ owed¹."), "{}", content.text);
        let words = |r: TextRange| r.of(&content.text).unwrap();
        let notes: Vec<_> = content.printed.notes.iter().map(|n| (n.call.map(|c| c.start), words(n.body))).collect();
        let at = |n: usize| content.text.match_indices('¹').nth(n).map(|(i, _)| i);
        assert_eq!(notes[0], (at(0), "¹ First.\n\nIts second paragraph."));
        assert_eq!((notes[1].1, notes[2].1), ("¹ Other.", "² Never called."));
        assert_eq!(notes[2].0, None);
        assert_eq!(content.printed.fault(&content.text), None);
    }

    #[test]
    fn markdown_becomes_paragraphs() {
        use HintKind::{Aside, Heading, ListItem};
        check(
            "---\ntitle: A draft\n---\n\n# Title\n{:.no_toc}\n\n* TOC\n{:toc}\n\n##Convention\n\nSoft\nwrapped *words*.\n",
            &[("Title", Some(Heading(1))), ("Convention", Some(Heading(2))), ("Soft wrapped words.", None)],
        );
        check(
            "2. Second\n\n    1. nested\n    7. as printed\n\n4. Fourth\n",
            &[
                ("2. Second", Some(ListItem(1))),
                ("1. nested", Some(ListItem(2))),
                ("7. as printed", Some(ListItem(2))),
                ("4. Fourth", Some(ListItem(1))),
            ],
        );
        check(
            "1.   Each Party:\n\na) the first;  \n\nb) the second.\n2.   A Party\n",
            &[
                ("1.   Each Party:", Some(ListItem(1))),
                ("a) the first;", None),
                ("b) the second.", None),
                ("2.   A Party", Some(ListItem(1))),
            ],
        );
        check("Title\n=====\n\nwords\n\n---\n\nmore", &[("Title", Some(Heading(1))), ("words", None), ("more", None)]);
        check("words[^1]\n\n[^1]: the note\n    goes on", &[("words¹", None), ("¹ the note goes on", Some(Aside))]);
        check("| a | b |\n|---|---|\n| c \\| d | |", &[("a", None), ("b", None), ("c | d", None)]);
        check("### Article 15\nSharing of images\n", &[("Article 15", Some(Heading(3))), ("Sharing of images", None)]);
        check("the ### is\n###4 open", &[("the ### is ###4 open", None)]);
        check("- (a) point\n- dash", &[("(a) point", Some(ListItem(1))), ("- dash", Some(ListItem(1)))]);
    }

    #[test]
    fn front_matter_tells_title_and_language() {
        let content = read(
            &Bytes::new(b"---\ntitle: \"Draft of 9 December\"\nlang: fr\n---\nArticle 1\n".into()),
            &Choices::default(),
            &mut (),
        )
        .unwrap();
        assert_eq!((content.title.as_str(), content.language.as_str()), ("Draft of 9 December", "fr"));
    }
}
