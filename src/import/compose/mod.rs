//! The text of a draft as it is put together from markup: paragraphs, hints, notes and styles, in one form.
//!
//! Must not know: which markup it is. White space of any kind is one space here, characters that nothing shows are left
//! out, and every range that is opened ends up in bytes of the finished text.

mod signs;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::model::{HintKind, Note, Printed, StructureHint, Style, Styled, TextRange};

use super::Content;
pub(super) use signs::raised;
use signs::{clusters, is_raised, is_unseen, is_wide, raised_number};

/// Notes without words of their own are not listed; those with more than this are cut off, in bytes.
const LONGEST_NOTE: usize = 1 << 20;

/// A stretch that has been opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch(usize);

/// A note that has been announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoteId(usize);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Hint(HintKind),
    Styled(Style),
    Call(usize),
}

#[derive(Clone, Copy, Debug)]
struct Range {
    what: What,
    start: Option<usize>,
    end: Option<usize>,
}

/// An opened or closed stretch inside a paragraph.
#[derive(Clone, Copy, Debug)]
struct Edge {
    /// In bytes of the paragraph as it is being written.
    at: usize,
    range: usize,
    opens: bool,
}

/// A paragraph being written.
#[derive(Clone, Debug, Default)]
struct Line {
    words: String,
    edges: Vec<Edge>,
    /// White space was read; whether a line end was in it.
    space: Option<bool>,
    /// Whether the next break is none: a label waits for its words.
    glued: bool,
    /// Whether a line end was asked for, which words that go on with the sentence undo.
    broken: bool,
}

#[derive(Debug, Default)]
struct NoteText {
    sign: String,
    call: Option<usize>,
    line: Option<Line>,
}

/// Puts a text together.
#[derive(Debug, Default)]
pub(super) struct Composer {
    text: String,
    ranges: Vec<Range>,
    line: Line,
    notes: Vec<NoteText>,
    /// What was being written when the open notes began.
    outer: Vec<(Line, usize)>,
    /// Lines as they are, not paragraphs: where such stretches stand.
    raw: Vec<TextRange>,
    /// How many reasons there are to leave words out.
    silent: usize,
    /// Signs given to notes that bring none.
    counted: usize,
}

impl Composer {
    /// Whether the paragraph being written has no words yet.
    pub fn at_start(&self) -> bool {
        self.line.words.is_empty()
    }

    /// Leaves words out until [`Self::speak`] is called as often.
    pub fn hush(&mut self) {
        self.silent += 1;
    }

    /// Ends a [`Self::hush`].
    pub fn speak(&mut self) {
        self.silent = self.silent.saturating_sub(1);
    }

    /// Adds words to the paragraph.
    pub fn words(&mut self, words: &str) {
        if self.silent > 0 {
            return;
        }
        let mut rest = words;
        loop {
            let end = rest.find(|c: char| c.is_whitespace() || is_unseen(c)).unwrap_or(rest.len());
            if end > 0 {
                self.put(&rest[..end]);
            }
            let Some(c) = rest[end..].chars().next() else { return };
            if c.is_whitespace() {
                let line_end = matches!(c, '\n' | '\r');
                self.line.space = Some(self.line.space.unwrap_or(false) || line_end);
            }
            rest = &rest[end + c.len_utf8()..];
        }
    }

    /// Words without white space.
    fn put(&mut self, word: &str) {
        let line = &mut self.line;
        if std::mem::take(&mut line.broken) {
            let open =
                !line.words.ends_with(['.', ';', ':', '!', '?', ',', '。', '；', '：']) && !line.words.is_empty();
            if open && word.starts_with(char::is_lowercase) && is_sentence(&line.words) {
                line.space = Some(true);
            } else {
                self.end_paragraph();
            }
        }
        let line = &mut self.line;
        let held = std::mem::take(&mut line.glued);
        if let Some(line_end) = line.space.take()
            && !line.words.is_empty()
            && !held
        {
            let wide = |c: Option<char>| c.is_some_and(is_wide);
            if !(line_end && wide(line.words.chars().next_back()) && wide(word.chars().next())) {
                line.words.push(' ');
            }
        }
        line.words.push_str(word);
    }

    /// Adds a label, `(a)`, which the words after it go on from, however they are broken.
    pub fn label(&mut self, label: &str) {
        self.words(label);
        self.glue();
    }

    /// Makes the words after this go on from what was written, set off as a label is.
    pub fn glue(&mut self) {
        if self.silent == 0 && !self.line.words.is_empty() && !self.line.words.ends_with('\t') {
            self.line.words.push('\t');
            self.line.space = None;
        }
        self.line.glued = !self.line.words.is_empty();
    }

    /// Whether a label waits for its words.
    pub fn is_glued(&self) -> bool {
        self.line.glued
    }

    /// Makes the words after this go on from what was written without a gap: an opening quotation mark.
    pub fn hold(&mut self) {
        self.line.space = None;
        self.line.glued = !self.line.words.is_empty();
    }

    /// Adds a closing sign to the last paragraph, where the one after it has not begun.
    pub fn words_behind(&mut self, sign: &str) {
        /// Stretches that can have ended with the last paragraph.
        const ENDED: usize = 64;
        let closes = sign.trim().chars().all(|c| "”’\"'»›.,;:!?)]…。，；：」』".contains(c));
        if !closes || self.silent > 0 || !self.line.words.is_empty() || !self.outer.is_empty() || self.text.is_empty() {
            self.words(sign);
            return;
        }
        let end = self.text.len();
        self.text.push_str(sign.trim());
        for range in self.ranges.iter_mut().rev().take(ENDED).filter(|r| r.end == Some(end)) {
            range.end = Some(self.text.len());
        }
    }

    /// Lets a label stand that has found no words.
    pub fn unglue(&mut self) {
        self.line.glued = false;
    }

    /// Ends the paragraph.
    pub fn end_paragraph(&mut self) {
        self.line.broken = false;
        if self.line.glued {
            return;
        }
        if !self.outer.is_empty() {
            // A note is one paragraph.
            self.line.space = Some(false);
            return;
        }
        let line = std::mem::take(&mut self.line);
        self.write(line, "\n\n");
    }

    /// Ends the line: a new paragraph begins, unless the next words go on with a sentence.
    pub fn end_line(&mut self) {
        if self.silent > 0 {
            return;
        }
        if self.line.broken {
            self.end_paragraph();
        } else if !self.line.words.is_empty() {
            self.line.broken = true;
        }
    }

    /// Adds lines that may have been wrapped by hand, as they are.
    pub fn raw_lines(&mut self, words: &str) {
        if self.silent > 0 {
            return;
        }
        self.line.glued = false;
        self.end_paragraph();
        if !self.outer.is_empty() {
            self.words(words);
            return;
        }
        let before = self.text.len();
        let mut gap = "\n\n";
        for raw in words.split('\n') {
            let mut line = Line::default();
            let indent = raw.len() - raw.trim_start().len();
            line.words.extend(raw[..indent].chars().filter(|c| *c == ' '));
            line.words.extend(raw[indent..].trim_end().chars().filter(|c| *c == '\t' || !is_unseen(*c)));
            if line.words.trim().is_empty() {
                gap = "\n\n";
                continue;
            }
            self.write(line, gap);
            gap = "\n";
        }
        if self.text.len() > before {
            self.raw.push(TextRange { start: before, end: self.text.len() });
        }
    }

    /// Opens a stretch that says what it is; it begins with the next words.
    pub fn open(&mut self, kind: HintKind) -> Stretch {
        self.open_range(What::Hint(kind))
    }

    /// Opens a stretch set apart by its type.
    pub fn open_style(&mut self, style: Style) -> Stretch {
        self.open_range(What::Styled(style))
    }

    fn open_range(&mut self, what: What) -> Stretch {
        let range = self.ranges.len();
        self.ranges.push(Range { what, start: None, end: None });
        // Of a note nothing is said but that it is one.
        if self.outer.is_empty() || matches!(what, What::Styled(_)) {
            self.edge(range, true);
        }
        Stretch(range)
    }

    /// Ends a stretch with the last words.
    pub fn close(&mut self, stretch: Stretch) {
        self.edge(stretch.0, false);
    }

    fn edge(&mut self, range: usize, opens: bool) {
        let line = &mut self.line;
        if !opens && !self.outer.is_empty() && !line.edges.iter().any(|e| e.range == range) {
            return;
        }
        if line.words.is_empty() && !opens && self.outer.is_empty() {
            // It ended with the paragraph before, if it began there.
            if self.ranges[range].start.is_some() {
                self.ranges[range].end = Some(self.text.len());
            } else {
                line.edges.retain(|e| e.range != range);
            }
            return;
        }
        line.edges.push(Edge { at: line.words.len(), range, opens });
    }

    /// Announces a note. `sign` is what is printed for it, `(1)`, `*`; its number is raised.
    pub fn note(&mut self, sign: &str) -> NoteId {
        let bare = sign.trim().trim_matches(['(', ')', '[', ']', '.', ' ', '\u{a0}']);
        let mut raised = raised(bare).filter(|_| bare.chars().count() <= 5).unwrap_or_default();
        if raised.is_empty() {
            self.counted += 1;
            raised = raised_number(self.counted);
        }
        self.notes.push(NoteText { sign: raised, call: None, line: None });
        NoteId(self.notes.len() - 1)
    }

    /// Writes the sign of a note right behind the last word. The first call is the one that counts.
    pub fn call(&mut self, note: NoteId) {
        let Some(known) = self.notes.get(note.0).filter(|_| self.silent == 0) else { return };
        let (sign, called) = (known.sign.clone(), known.call.is_some());
        if !self.line.words.ends_with('\t') {
            self.line.space = None;
        }
        // Two signs side by side would read as one number.
        if self.line.words.ends_with(is_raised) {
            self.line.space = Some(false);
        }
        if called || !self.outer.is_empty() {
            self.put(&sign);
            return;
        }
        let range = self.ranges.len();
        if self.line.space.is_some() && !self.line.words.is_empty() {
            self.line.words.push(' ');
            self.line.space = None;
        }
        self.ranges.push(Range { what: What::Call(note.0), start: None, end: None });
        self.edge(range, true);
        self.put(&sign);
        self.edge(range, false);
        if let Some(known) = self.notes.get_mut(note.0) {
            known.call = Some(range);
        }
    }

    /// Begins the words of a note; what was being written waits until [`Self::end_note`].
    pub fn begin_note(&mut self, note: NoteId) {
        let outer = std::mem::take(&mut self.line);
        self.outer.push((outer, note.0));
    }

    /// Ends the words of the note that was begun last.
    pub fn end_note(&mut self) {
        let Some((outer, note)) = self.outer.pop() else { return };
        let line = std::mem::replace(&mut self.line, outer);
        let Some(note) = self.notes.get_mut(note) else { return };
        if note.line.is_none() && !line.words.trim().is_empty() && line.words.len() <= LONGEST_NOTE {
            note.line = Some(line);
        }
    }

    /// Writes a paragraph, in its one form, behind what there is.
    fn write(&mut self, line: Line, gap: &str) {
        let end = line.words.trim_end().len();
        if line.words[..end].is_empty() {
            // What was opened waits for the next paragraph.
            let waiting = line.edges.into_iter().map(|e| Edge { at: 0, ..e });
            let mut edges: Vec<Edge> = waiting.collect();
            edges.append(&mut self.line.edges);
            self.line.edges = edges;
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str(gap);
        }
        let start = self.text.len();
        let words = &line.words[..end];
        let mut settle = |edge: &Edge, at: usize| {
            let range = &mut self.ranges[edge.range];
            if edge.opens {
                range.start = Some(at);
            } else {
                range.end = Some(at);
            }
        };
        if words.is_ascii() || is_nfc(words) {
            for edge in &line.edges {
                settle(edge, start + edge.at.min(end));
            }
            self.text.push_str(words);
            return;
        }
        let mut edges = line.edges.iter().peekable();
        for (from, cluster) in clusters(words) {
            while let Some(edge) = edges.next_if(|e| e.at <= from) {
                settle(edge, self.text.len());
            }
            self.text.extend(cluster.nfc());
        }
        for edge in edges {
            settle(edge, self.text.len());
        }
    }

    /// The finished text with all that is known of it. Notes come last.
    pub fn finish(mut self) -> Content {
        while !self.outer.is_empty() {
            self.end_note();
        }
        self.line.glued = false;
        self.end_paragraph();
        let mut hints_of_notes = Vec::new();
        let mut notes = Vec::new();
        for note in std::mem::take(&mut self.notes) {
            let Some(mut line) = note.line else { continue };
            let lead = note.sign.len() + 1;
            line.words.insert_str(0, &format!("{} ", note.sign));
            for edge in &mut line.edges {
                edge.at += lead;
            }
            let gap = if self.text.is_empty() { 0 } else { 2 };
            let start = self.text.len() + gap;
            self.write(line, "\n\n");
            let body = TextRange { start, end: self.text.len() };
            hints_of_notes.push(StructureHint { range: body, kind: HintKind::Aside });
            notes.push((note.call, body));
        }
        let length = self.text.len();
        let text = std::mem::take(&mut self.text);
        let place = |r: &Range| {
            let range = TextRange::new(r.start?, r.end.unwrap_or(length)).trimmed(&text);
            (!range.is_empty()).then_some(range)
        };
        let (mut hints, mut styles) = (Vec::new(), Vec::new());
        for r in &self.ranges {
            let Some(range) = place(r) else { continue };
            match r.what {
                What::Hint(kind) => hints.push(StructureHint { range, kind }),
                What::Styled(style) => styles.push(Styled { range, style }),
                What::Call(_) => {}
            }
        }
        let notes = notes
            .into_iter()
            .map(|(call, body)| Note { call: call.and_then(|c| self.ranges.get(c)).and_then(place), body })
            .collect();
        hints.append(&mut hints_of_notes);
        hints.extend(self.paragraphs(length));
        let mut text = text;
        if !text.is_empty() {
            text.push('\n');
        }
        Content {
            text,
            hints,
            printed: Printed { notes, styles: merged(styles), ..Printed::default() },
            ..Content::default()
        }
    }

    /// All of the text but the lines that were taken as they are.
    fn paragraphs(&self, length: usize) -> Vec<StructureHint> {
        let (mut all, mut from) = (Vec::new(), 0);
        for raw in self.raw.iter().copied().chain([TextRange { start: length, end: length }]) {
            if raw.start > from {
                let range = TextRange { start: from, end: raw.start };
                all.push(StructureHint { range, kind: HintKind::Paragraphs });
            }
            from = raw.end;
        }
        all
    }
}

/// Stretches of one style that touch or overlap become one; in order of start.
fn merged(mut styles: Vec<Styled>) -> Vec<Styled> {
    styles.sort_by_key(|s| (s.style, s.range.start, s.range.end));
    let mut all: Vec<Styled> = Vec::with_capacity(styles.len());
    for s in styles {
        match all.last_mut() {
            Some(last) if last.style == s.style && last.range.end >= s.range.start => {
                last.range.end = last.range.end.max(s.range.end);
            }
            _ => all.push(s),
        }
    }
    all.sort_by_key(|s| (s.range.start, s.style));
    all
}

/// Whether a line can be the beginning of a sentence rather than a heading or a label.
fn is_sentence(line: &str) -> bool {
    line.split_whitespace().take(2).count() == 2 && line.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_hints_and_notes_come_together() {
        let mut c = Composer::default();
        let heading = c.open(HintKind::Heading(1));
        c.words("  A\u{a0}\n title ");
        c.close(heading);
        c.end_paragraph();
        let item = c.open(HintKind::ListItem(1));
        c.label("(a)");
        c.end_paragraph();
        c.words("cafe");
        let bold = c.open_style(Style::Bold);
        c.words("\u{301} here ");
        c.close(bold);
        let note = c.note("(12)");
        c.call(note);
        c.begin_note(note);
        c.words("(said");
        c.end_paragraph();
        c.words("twice)");
        c.end_note();
        c.words(", and;");
        c.end_line();
        c.words("more");
        c.end_line();
        c.words("Then");
        c.close(item);
        let content = c.finish();
        assert_eq!(content.text, "A title\n\n(a)\tcafé here¹², and;\n\nmore\n\nThen\n\n¹² (said twice)\n");
        let words = |r: TextRange| r.of(&content.text).unwrap();
        let hints: Vec<_> = content.hints.iter().map(|h| (words(h.range), h.kind)).collect();
        assert_eq!(hints[0], ("A title", HintKind::Heading(1)));
        assert_eq!(hints[1], ("(a)\tcafé here¹², and;\n\nmore\n\nThen", HintKind::ListItem(1)));
        assert_eq!(hints[2], ("¹² (said twice)", HintKind::Aside));
        assert_eq!(content.printed.notes.len(), 1);
        assert_eq!(words(content.printed.notes[0].call.unwrap()), "¹²");
        assert_eq!(words(content.printed.notes[0].body), "¹² (said twice)");
        assert_eq!(content.printed.styles.len(), 1);
        assert_eq!(content.printed.fault(&content.text), None);
    }

    #[test]
    fn lines_go_on_where_a_sentence_does() {
        let mut c = Composer::default();
        for line in ["Official Journal of", "the Union", "CHAPTER I", "General", "", "第一条", "范围"] {
            c.words(line);
            c.end_line();
        }
        assert_eq!(c.finish().text, "Official Journal of the Union\n\nCHAPTER I\n\nGeneral\n\n第一条\n\n范围\n");
        let mut c = Composer::default();
        c.words("各缔约\n  国应 a\n b");
        c.raw_lines("\n  wrapped\nlines\n\n\nmore\0 \n");
        c.words("end");
        let content = c.finish();
        assert_eq!(content.text, "各缔约国应 a b\n\n  wrapped\nlines\n\nmore\n\nend\n");
        assert_eq!(content.hints.len(), 2);
    }
}
