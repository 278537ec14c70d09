//! A paper as Markdown: CommonMark with pipe tables, `~~` for what is struck, and footnotes.
//!
//! Every word is escaped, so that a note with a heading, a fence or HTML in it stays a note. In a cell, which is one
//! line, paragraphs and lines are parted by `<br>`: run together, a quotation and what is said about it would be one.

use super::contents::entries;
use super::flow::{Losses, Shape, Step, address, cell_steps, clean, is_blank, note_runs, noted, one_line, steps};
use super::words::words;
use super::{Grid, Paper, Role, Run, Stroke};
use crate::export::{ExportError, Written};

/// The most columns a table has.
const MOST_COLUMNS: usize = 1_000;

/// The text.
#[expect(clippy::unnecessary_wraps, reason = "a format may fail")]
pub(super) fn write(paper: &Paper) -> Result<Written, ExportError> {
    let mut page = Page { out: String::new(), notes: Vec::new(), losses: Losses::default(), titled: 0 };
    let front = &paper.front;
    if front.logo.is_some() {
        page.losses.said.push("The logo: a text has no pictures".to_owned());
    }
    let title = one_line(&front.title);
    if !title.is_empty() {
        page.titled = 1;
        page.block("", "", &[format!("# {}", closed(&escaped(&title, false)))]);
    }
    for line in [&front.subtitle, &front.organisation, &front.addressee, &front.date] {
        page.paragraph("", Role::Body, &[Run::plain(line.as_str())]);
    }
    let introduction = steps(&front.introduction, &mut page.losses);
    let body = steps(&paper.body, &mut page.losses);
    page.write(&introduction);
    if paper.contents {
        let all: Vec<Step<'_>> = introduction.iter().chain(&body).copied().collect();
        let entries = entries(&all);
        if !entries.is_empty() {
            let level = "#".repeat(1 + page.titled);
            page.block("", "", &[format!("{level} {}", words(paper.language).contents)]);
            let mut depths: Vec<u8> = Vec::new();
            let list = entries.iter().map(|entry| {
                depths.retain(|depth| *depth < entry.level);
                depths.push(entry.level);
                format!("{}- {}", "  ".repeat(depths.len() - 1), escaped(&entry.words, true))
            });
            let list: Vec<String> = list.collect();
            page.block("", "", &list);
        }
    }
    page.write(&body);
    if let Some((heading, names)) = &front.signatories {
        page.heading("", 1, &[Run::plain(heading.as_str())]);
        for name in names {
            page.paragraph("", Role::Body, &[Run::plain(name.as_str())]);
        }
    }
    let notes = std::mem::take(&mut page.notes);
    for (i, note) in (1..).zip(notes) {
        page.block(&format!("[^{i}]: "), "    ", &note);
    }
    Ok(Written { bytes: page.out.into_bytes(), left: page.losses.sentences() })
}

/// The text being written.
struct Page {
    out: String,
    /// The lines of the footnotes so far.
    notes: Vec<Vec<String>>,
    losses: Losses,
    /// How much deeper headings are for the title above them.
    titled: usize,
}

/// A list that is being written.
struct Open {
    numbered: bool,
    /// Whether its marks are of the second kind, as it follows another list.
    is_other: bool,
    count: usize,
}

impl Page {
    /// Lines of one block: `first` in front of the first, `rest` in front of the others.
    fn block(&mut self, first: &str, rest: &str, lines: &[String]) {
        if !self.out.is_empty() {
            self.out.push_str(rest.trim_end());
            self.out.push('\n');
        }
        for (i, line) in lines.iter().enumerate() {
            self.out.push_str(if i == 0 { first } else { rest });
            self.out.push_str(line);
            self.out.push('\n');
        }
    }

    fn write(&mut self, steps: &[Step<'_>]) {
        let mut open: Vec<Open> = Vec::new();
        // What stands in front of each line of the entries that are open, and of the next line instead of it.
        let mut indents: Vec<usize> = Vec::new();
        let mut mark: Option<String> = None;
        let mut list_ended: Option<(usize, bool, bool)> = None;
        for step in steps {
            let indent = " ".repeat(indents.iter().sum());
            match *step {
                Step::ListStart(numbered) => {
                    let is_other = list_ended.is_some_and(|(depth, was_numbered, was_other)| {
                        depth == open.len() && was_numbered == numbered && !was_other
                    });
                    open.push(Open { numbered, is_other, count: 0 });
                }
                Step::ItemStart => {
                    if let Some(list) = open.last_mut() {
                        list.count += 1;
                        let own = match (list.numbered, list.is_other) {
                            (true, false) => format!("{}. ", list.count),
                            (true, true) => format!("{}) ", list.count),
                            (false, false) => "- ".to_owned(),
                            (false, true) => "* ".to_owned(),
                        };
                        let before = mark.take().unwrap_or(indent);
                        indents.push(own.len());
                        mark = Some(format!("{before}{own}"));
                    }
                }
                Step::ItemEnd => {
                    if let Some(mark) = mark.take() {
                        self.block(mark.trim_end(), &indent, &[String::new()]);
                    }
                    indents.pop();
                }
                Step::ListEnd => {
                    let list = open.pop();
                    list_ended = list.map(|list| (open.len(), list.numbered, list.is_other));
                    continue;
                }
                Step::PageBreak => {}
                Step::Heading(..) | Step::Paragraph(..) | Step::Plain(_) | Step::Table(_) => {
                    let before = self.out.len();
                    let first = mark.clone().unwrap_or_else(|| indent.clone());
                    match *step {
                        Step::Heading(level, runs) => self.heading(&first, level, runs),
                        Step::Paragraph(role, runs) => self.paragraph_in(&first, &indent, role, runs),
                        Step::Plain(words) => self.paragraph_in(&first, &indent, Role::Body, &[Run::plain(words)]),
                        Step::Table(grid) => self.table(&first, &indent, grid),
                        _ => {}
                    }
                    if self.out.len() > before {
                        mark = None;
                    }
                }
            }
            if !matches!(step, Step::ListStart(_) | Step::ItemStart | Step::ItemEnd) {
                list_ended = None;
            }
        }
    }

    fn heading(&mut self, first: &str, level: u8, runs: &[Run]) {
        let line = self.lines(runs, Place::Heading).join(" ");
        if !line.is_empty() {
            let marks = "#".repeat((usize::from(level) + self.titled).min(6));
            let rest = " ".repeat(first.len());
            self.block(first, &rest, &[format!("{marks} {}", closed(&line))]);
        }
    }

    fn paragraph(&mut self, indent: &str, role: Role, runs: &[Run]) {
        self.paragraph_in(indent, indent, role, runs);
    }

    fn paragraph_in(&mut self, first: &str, rest: &str, role: Role, runs: &[Run]) {
        let lines = self.lines(runs, Place::Text);
        let Some(last) = lines.len().checked_sub(1) else { return };
        let lines: Vec<String> =
            lines.into_iter().enumerate().map(|(i, line)| if i < last { format!("{line}\\") } else { line }).collect();
        if matches!(role, Role::Quote | Role::Proposal) {
            let lines: Vec<String> = lines.iter().map(|line| format!("> {line}")).collect();
            self.block(first, rest, &lines);
        } else {
            self.block(first, rest, &lines);
        }
    }

    fn table(&mut self, first: &str, rest: &str, grid: &Grid) {
        let mut losses = std::mem::take(&mut self.losses);
        if let Some(shape) = Shape::of(grid, MOST_COLUMNS, &mut losses) {
            let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
            let heads = shape.heads.iter().map(|head| self.lines_in_cell(&[Run::plain(head.as_str())]));
            let mut lines = vec![row(heads.collect()), format!("|{}", " --- |".repeat(shape.heads.len()))];
            for of in shape.rows {
                let cells = (0..shape.heads.len()).map(|column| {
                    let steps = cell_steps(shape.cell(of, column), &mut losses);
                    self.cell(&steps)
                });
                lines.push(row(cells.collect()));
            }
            self.block(first, rest, &lines);
        }
        self.losses = losses;
    }

    fn cell(&mut self, steps: &[Step<'_>]) -> String {
        let mut lines: Vec<String> = Vec::new();
        let mut lists: Vec<(bool, usize)> = Vec::new();
        let mut mark = String::new();
        for step in steps {
            let words = match *step {
                Step::Heading(_, runs) | Step::Paragraph(_, runs) => self.lines_in_cell(runs),
                Step::Plain(words) => self.lines_in_cell(&[Run::plain(words)]),
                Step::ListStart(numbered) => {
                    lists.push((numbered, 0));
                    continue;
                }
                Step::ItemStart => {
                    if let Some((numbered, count)) = lists.last_mut() {
                        *count += 1;
                        mark = if *numbered { format!("{count}\\. ") } else { "\u{2022} ".to_owned() };
                    }
                    continue;
                }
                Step::ListEnd => {
                    lists.pop();
                    continue;
                }
                Step::ItemEnd | Step::Table(_) | Step::PageBreak => continue,
            };
            if !words.is_empty() {
                lines.push(format!("{}{words}", std::mem::take(&mut mark)));
            }
        }
        lines.join(" <br> ")
    }

    fn lines_in_cell(&mut self, runs: &[Run]) -> String {
        self.lines(runs, Place::Cell).join(" <br> ")
    }

    /// The lines of some words, none of them blank, with the marks of their footnotes.
    fn lines(&mut self, runs: &[Run], place: Place) -> Vec<String> {
        if is_blank(runs) {
            return Vec::new();
        }
        let mut writer = Lines { done: Vec::new(), line: String::new(), place, codes_next: false, after_note: false };
        let mut pending: Option<(Kind, String)> = None;
        for run in runs {
            let kind = Kind::of(run);
            let text = clean(&run.text);
            match &mut pending {
                Some((last, words)) if *last == kind => words.push_str(&text),
                _ => {
                    if let Some((kind, words)) = pending.take() {
                        writer.words(&kind, &words);
                    }
                    pending = Some((kind, text.into_owned()));
                }
            }
            if let Some(note) = noted(run) {
                if let Some((kind, words)) = pending.take() {
                    writer.words(&kind, &words);
                }
                let runs: Vec<Run> = note_runs(note).into_iter().map(std::borrow::Cow::into_owned).collect();
                let lines = self.lines(&runs, Place::Text);
                let last = lines.len().saturating_sub(1);
                let lines = lines.into_iter().enumerate();
                let lines: Vec<String> =
                    lines.map(|(i, line)| if i < last { format!("{line}\\") } else { line }).collect();
                // A note of blanks alone would be a mark without a note.
                if !lines.is_empty() {
                    self.notes.push(lines);
                    writer.note(self.notes.len());
                }
            }
        }
        if let Some((kind, words)) = pending {
            writer.words(&kind, &words);
        }
        writer.end_line();
        writer.done
    }
}

/// Where words stand, for what would be read as a mark there.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Text,
    Heading,
    Cell,
}

/// How words stand out.
#[derive(PartialEq)]
struct Kind {
    strong: bool,
    emphasis: bool,
    struck: bool,
    link: Option<String>,
}

impl Kind {
    fn of(run: &Run) -> Self {
        Self {
            strong: run.mark.strong || run.mark.stroke == Stroke::PutIn,
            emphasis: run.mark.emphasis,
            struck: run.mark.stroke == Stroke::Struck,
            link: run.link.as_deref().and_then(address),
        }
    }
}

/// Lines being written. A mark counts only where it leans on a word, so blanks go outside of it; and where a word leans
/// on its other side too, the letter there is written as a number, which Markdown takes for a sign.
struct Lines {
    done: Vec<String>,
    line: String,
    place: Place,
    codes_next: bool,
    /// A parenthesis behind the mark of a note would make a link of it.
    after_note: bool,
}

impl Lines {
    fn words(&mut self, kind: &Kind, words: &str) {
        for (i, line) in words.split('\n').enumerate() {
            if i > 0 {
                self.end_line();
            }
            let core = line.trim();
            let start = line.len() - line.trim_start().len();
            let (before, after) =
                if core.is_empty() { (line, "") } else { (&line[..start], &line[start + core.len()..]) };
            self.blank(before);
            if !core.is_empty() {
                self.core(kind, core);
            }
            self.blank(after);
        }
    }

    fn blank(&mut self, blank: &str) {
        // A tab could begin a block of code, and says no more than a blank inside a line.
        if !blank.is_empty() {
            self.line.push_str(&blank.replace('\t', " "));
            (self.codes_next, self.after_note) = (false, false);
        }
    }

    fn core(&mut self, kind: &Kind, core: &str) {
        let marks = [(kind.struck, "~~"), (kind.strong, "**"), (kind.emphasis, "*")];
        let open: String = marks.iter().filter(|(is_on, _)| *is_on).map(|(_, mark)| *mark).collect();
        let close: String = marks.iter().rev().filter(|(is_on, _)| *is_on).map(|(_, mark)| *mark).collect();
        let is_start = self.place == Place::Text && self.line.trim().is_empty();
        let mut words = escaped(core, is_start);
        if std::mem::take(&mut self.after_note) && words.starts_with(['(', ':']) {
            words.insert(0, '\\');
        }
        if self.place == Place::Cell {
            words = words.replace("\\|", "&#124;");
        }
        if kind.link.is_some() {
            self.line.push('[');
        }
        if open.is_empty() {
            if self.codes_next && kind.link.is_none() {
                words = coded_first(core, &words);
            }
        } else {
            let touches = self.line.chars().last().filter(|last| open.starts_with(*last) && kind.link.is_none());
            if touches.is_some() {
                self.line.push_str("<!-- -->");
            }
            let inner = if marks.iter().filter(|(is_on, _)| *is_on).count() > 1 { None } else { core.chars().next() };
            let leans = inner.is_none_or(|c| !c.is_alphanumeric());
            if let Some(last) = self.line.chars().last().filter(|last| leans && is_letter(*last)) {
                self.line.pop();
                self.line.push_str(&format!("&#{};", u32::from(last)));
            }
        }
        self.line.push_str(&open);
        self.line.push_str(&words);
        self.line.push_str(&close);
        self.codes_next = !close.is_empty() && (close.len() > 2 || !core.ends_with(char::is_alphanumeric));
        if let Some(link) = &kind.link {
            // It has no blank and no bracket; what else could end it or be read as a sign is written as a number.
            let coded = [("(", "%28"), (")", "%29"), ("|", "%7C"), ("&", "&amp;")];
            let link = coded.iter().fold(link.clone(), |link, (sign, code)| link.replace(sign, code));
            self.line.push_str(&format!("]({link})"));
            self.codes_next = false;
        }
    }

    fn note(&mut self, number: usize) {
        self.line.push_str(&format!("[^{number}]"));
        (self.codes_next, self.after_note) = (false, true);
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let line = line.trim_matches([' ', '\t']);
        // A line of other blanks has no word either.
        if !line.trim().is_empty() {
            self.done.push(line.to_owned());
        }
        (self.codes_next, self.after_note) = (false, false);
    }
}

/// Whether Markdown takes a character neither for a blank nor for a sign; in doubt it does.
fn is_letter(c: char) -> bool {
    !c.is_whitespace() && !c.is_ascii_punctuation()
}

/// The words with their first letter as a number.
fn coded_first(core: &str, words: &str) -> String {
    match core.chars().next().filter(|first| is_letter(*first)) {
        Some(first) if words.starts_with(first) => format!("&#{};{}", u32::from(first), &words[first.len_utf8()..]),
        _ => words.to_owned(),
    }
}

/// A heading that ends in `#` would lose it.
fn closed(line: &str) -> String {
    match line.strip_suffix('#') {
        Some(start) => format!("{start}\\#"),
        None => line.to_owned(),
    }
}

/// Words with nothing in them that Markdown, or HTML in it, would act on; `is_start` where they begin a line.
fn escaped(words: &str, is_start: bool) -> String {
    let mut text = String::with_capacity(words.len() + 8);
    let digits = words.len() - words.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    for (at, c) in words.char_indices() {
        let is_marker = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$' | '{' | '}' | '^' | '@' => true,
            '#' | '+' | '-' | '=' | ':' => is_start && at == 0,
            // In front of a link it would make a picture of it.
            '!' => at + 1 == words.len(),
            '.' | ')' => is_start && digits > 0 && at == digits,
            // Bare addresses turn into links.
            '/' => words[..at].ends_with(':'),
            _ => false,
        };
        if is_marker {
            text.push('\\');
        }
        text.push(if c == '\t' { ' ' } else { c });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(runs: &[Run], expected: &str) {
        let mut page = Page { out: String::new(), notes: Vec::new(), losses: Losses::default(), titled: 0 };
        assert_eq!(page.lines(runs, Place::Text).join("\\\n"), expected);
    }

    #[test]
    fn marks_lean_on_words() {
        let struck = |text: &str| Run::stroke(Stroke::Struck, text);
        let new = |text: &str| Run::stroke(Stroke::PutIn, text);
        let plain = |text: &str| Run::plain(text);
        check(&[plain("The "), struck("old "), new("new"), plain(" law")], "The ~~old~~ **new** law");
        check(&[plain("a"), new("(b)"), plain("c")], "&#97;**(b)**&#99;");
        check(&[new("a"), new("b")], "**ab**");
        check(&[plain("x"), new("b"), plain("y")], "x**b**y");
        check(
            &[new("a"), Run { mark: super::super::Mark { emphasis: true, ..Default::default() }, ..plain("b") }],
            "**a**<!-- -->*b*",
        );
        check(&[new(" \n "), plain("b")], "b");
    }

    #[test]
    fn nothing_in_a_note_acts_on_the_page() {
        for (words, expected) in [
            ("# Heading\n\n- a", "\\# Heading\\\n\\- a"),
            ("12. point 3. x", "12\\. point 3. x"),
            ("<b>&amp;", "\\<b\\>\\&amp;"),
            ("\u{3000}正文", "\u{3000}正文"),
            ("a\tb", "a b"),
            ("***", "\\*\\*\\*"),
        ] {
            check(&[Run::plain(words)], expected);
        }
    }
}
