//! Finished paragraphs put in their place in the text, and everything that is known about them with them.

use crate::import::Content;
use crate::model::{HintKind, PageStart, StructureHint, Style, Styled, TextRange};

use super::Look;
use super::line::{Event, Line};

/// A paragraph that is written and not yet placed.
pub(super) struct Ready {
    pub line: Line,
    /// How many bytes of it are its number.
    pub label: usize,
    pub heading: u8,
    pub depth: u8,
    pub aside: bool,
}

/// What waits in a cell until it is known what follows it.
enum Held {
    /// The first paragraph of the cell.
    First(Ready),
    /// A label that was alone in its cell: the next cell has its words.
    Label(Ready),
}

/// The text as far as it is made.
#[derive(Default)]
pub(super) struct Text {
    pub content: Content,
    held: Option<Held>,
    /// For each cell that is open, how many paragraphs it has so far.
    cells: Vec<usize>,
    /// Whether what comes is left out.
    muted: bool,
    /// What belongs to the next paragraph that is placed.
    carried: Vec<Event>,
    /// The labels of the pages that have begun.
    pages: Vec<String>,
    /// Where the sign of each note stands.
    pub calls: Vec<Option<TextRange>>,
    /// What each remark is about.
    pub remarks: Vec<Option<TextRange>>,
}

impl Text {
    /// No text yet, for a document with so many remarks.
    pub fn new(remarks: usize) -> Self {
        Self { remarks: vec![None; remarks], ..Self::default() }
    }

    /// Leaves out what comes, or no longer.
    pub fn mute(&mut self, muted: bool) {
        self.flush();
        self.muted = muted;
    }

    /// Whether what comes is left out.
    pub fn is_muted(&self) -> bool {
        self.muted
    }

    /// A page begins; how it is marked in a line.
    pub fn begin_page(&mut self, label: String) -> Event {
        self.pages.push(label);
        Event::Page(self.pages.len() as u32)
    }

    /// Something begins between paragraphs.
    pub fn mark(&mut self, event: Event) {
        self.flush();
        self.carried.push(event);
    }

    /// A cell of a table begins.
    pub fn begin_cell(&mut self) {
        self.cells.push(0);
    }

    /// The cell that began last ends; a label alone in it waits for the next.
    pub fn end_cell(&mut self) {
        self.cells.pop();
        self.held = match self.held.take() {
            Some(Held::First(ready)) if is_label(&ready.line.text) => Some(Held::Label(ready)),
            Some(Held::First(ready)) => {
                self.put(ready);
                None
            }
            other => other,
        };
    }

    /// The text is over: pages that begin after it are none.
    pub fn end_of_words(&mut self) {
        self.carried.retain(|e| !matches!(e, Event::Page(_)));
    }

    /// Places a paragraph, or holds it where its cell may turn out to be a label's.
    pub fn commit(&mut self, ready: Ready) {
        if self.muted {
            self.carry(ready.line);
            return;
        }
        let first = match self.cells.last_mut() {
            Some(lines) => {
                *lines += 1;
                *lines == 1
            }
            None => false,
        };
        match self.held.take() {
            Some(Held::Label(mut label)) => {
                let Ready { line, depth, .. } = ready;
                label.line.join(line);
                label.depth = label.depth.max(depth);
                self.put(label);
            }
            Some(Held::First(before)) => {
                self.put(before);
                self.put(ready);
            }
            None if first => self.held = Some(Held::First(ready)),
            None => {
                self.put(ready);
            }
        }
    }

    /// Keeps what began and ended in a line that is not placed.
    pub fn carry(&mut self, line: Line) {
        let kept: Vec<Event> = line.events.into_iter().map(|(_, event)| event).filter(|e| !is_look(*e)).collect();
        if kept.is_empty() {
            return;
        }
        // What waits stands before it.
        if let Some(Held::First(ready) | Held::Label(ready)) = self.held.take() {
            self.put(ready);
        }
        self.carried.extend(kept);
    }

    /// Places what is held, except for a label that waits for its words.
    pub fn flush_first(&mut self) {
        match self.held.take() {
            Some(Held::First(ready)) => {
                self.put(ready);
            }
            other => self.held = other,
        }
    }

    /// Places all that is held.
    pub fn flush(&mut self) {
        if let Some(Held::First(ready) | Held::Label(ready)) = self.held.take() {
            self.put(ready);
        }
    }

    /// Adds a paragraph to the text.
    pub fn put(&mut self, ready: Ready) -> TextRange {
        let text = &mut self.content.text;
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(&ready.line.text);
        let range = TextRange { start, end: text.len() };
        for event in std::mem::take(&mut self.carried) {
            self.event(start, event);
        }
        let mut styles = Styles::default();
        for (at, event) in ready.line.events {
            match event {
                Event::On(style) => styles.on(style, start + at),
                Event::Off(style) => styles.off(style, start + at),
                // What begins at the end of a paragraph begins with the next.
                Event::Page(_) if at > 0 && start + at == range.end => self.carried.push(event),
                Event::Page(_) => {
                    let rest = TextRange { start: start + at, end: range.end };
                    let rest = rest.trimmed(&self.content.text);
                    self.event(rest.start, event);
                }
                event => self.event(start + at, event),
            }
        }
        let words = TextRange { start: start + ready.label, end: range.end };
        let whole = |s: &Styled| ready.heading > 0 && s.range.covers(words) && s.style != Style::Struck;
        let text = &self.content.text;
        self.content.printed.styles.extend(styles.finish(text).into_iter().filter(|s| !whole(s)));
        let mut hint = |kind| self.content.hints.push(StructureHint { range, kind });
        if ready.heading > 0 {
            hint(HintKind::Heading(ready.heading));
        } else if ready.depth > 0 && !text[range.start..].split_whitespace().next().is_some_and(is_counted) {
            // How deep a numbered point stands is told by its numbers: the levels of a word processor's lists seldom
            // are those of the draft.
            hint(HintKind::ListItem(ready.depth));
        }
        if ready.aside {
            hint(HintKind::Aside);
        }
        range
    }

    fn event(&mut self, at: usize, event: Event) {
        match event {
            Event::Page(number) => {
                let label = self.pages.get(number as usize - 1).cloned().unwrap_or_default();
                self.content.printed.pages.push(PageStart { at, number, label });
            }
            Event::CallOn(call) => {
                if let Some(place) = self.calls.get_mut(call as usize) {
                    *place = Some(TextRange { start: at, end: at });
                }
            }
            Event::CallOff(call) => {
                if let Some(Some(place)) = self.calls.get_mut(call as usize) {
                    place.end = at;
                }
            }
            Event::RemarkOn(remark) => {
                if let Some(place) = self.remarks.get_mut(remark as usize)
                    && place.is_none()
                {
                    *place = Some(TextRange { start: at, end: at });
                }
            }
            Event::RemarkOff(remark) => {
                if let Some(Some(place)) = self.remarks.get_mut(remark as usize) {
                    place.end = at;
                }
            }
            Event::On(_) | Event::Off(_) => {}
        }
    }
}

fn is_look(event: Event) -> bool {
    matches!(event, Event::On(_) | Event::Off(_) | Event::CallOn(_) | Event::CallOff(_))
}

/// The number of a paragraph before its words.
pub(super) fn numbered(label: &str, line: Line) -> Line {
    if label.is_empty() {
        return line;
    }
    let mut whole = Line::default();
    whole.push(label, Look::default());
    if label.ends_with(['\t', ' ']) && whole.text.ends_with(['\t', ' ']) && line.is_empty() {
        whole.text.pop();
    }
    let shift = whole.text.len();
    whole.text.push_str(&line.text);
    // A page that begins with the paragraph begins with its number.
    let moved = |(at, event): (usize, Event)| {
        let stays = at == 0 && matches!(event, Event::Page(_) | Event::RemarkOn(_));
        (if stays { 0 } else { at + shift }, event)
    };
    whole.events = line.events.into_iter().map(moved).collect();
    whole.events.sort_by_key(|(at, _)| *at);
    whole.compose();
    whole
}

/// Whether a word is a label that counts, and no bullet.
fn is_counted(word: &str) -> bool {
    is_label(word) && word.contains(char::is_alphanumeric)
}

/// Whether a cell, or the beginning of a line, is the label of a point: `(a)`, `1.`, `iv)`, `–`, `12a`.
pub(super) fn is_label(words: &str) -> bool {
    let words = words.trim();
    if matches!(words, "-" | "–" | "—" | "•" | "·" | "▪" | "●" | "‣" | "◦" | "*") {
        return true;
    }
    let inner = words.trim_start_matches(['(', '[', '‘', '“', '"']);
    let number = inner.trim_end_matches([')', ']', '.', ':', '．', '、', '）']);
    let opened = inner.len() < words.len();
    let closed = number.len() < inner.len();
    let digits = number.chars().take_while(char::is_ascii_digit).count();
    let count = number.chars().count();
    if count == 0 || number.contains(char::is_whitespace) {
        return false;
    }
    let letters = number.chars().skip(digits).all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    match digits {
        0 => closed && letters && (count <= 2 || (count <= 6 && number.chars().all(|c| "ivxlcIVXLC".contains(c)))),
        1..=4 => letters && count <= digits + 8 && (closed || !opened) && (closed || count <= 5),
        _ => false,
    }
}

/// The styles of one paragraph while it is placed.
#[derive(Default)]
struct Styles {
    open: Vec<(Style, usize)>,
    done: Vec<Styled>,
}

impl Styles {
    fn on(&mut self, style: Style, at: usize) {
        self.open.push((style, at));
    }

    fn off(&mut self, style: Style, end: usize) {
        if let Some(at) = self.open.iter().position(|(s, _)| *s == style) {
            let (_, start) = self.open.swap_remove(at);
            self.done.push(Styled { range: TextRange { start, end: end.max(start) }, style });
        }
    }

    /// Without white space at the ends, those that only white space parts made one, in order.
    fn finish(mut self, text: &str) -> Vec<Styled> {
        self.done.sort_by_key(|s| (s.style, s.range.start));
        let mut merged: Vec<Styled> = Vec::with_capacity(self.done.len());
        for styled in self.done {
            let range = styled.range.trimmed(text);
            if range.is_empty() {
                continue;
            }
            let near = |last: &Styled| {
                let between = TextRange { start: last.range.end, end: range.start.max(last.range.end) };
                last.style == styled.style && between.of(text).is_some_and(|b| b.trim().is_empty())
            };
            match merged.last_mut() {
                Some(last) if near(last) => last.range.end = last.range.end.max(range.end),
                _ => merged.push(Styled { range, style: styled.style }),
            }
        }
        merged.sort_by_key(|s| s.range.start);
        merged
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_told_from_words() {
        for label in ["(a)", "1.", "iv)", "12a", "–", "(viii)", "[2.", "3.1", "(72a)", "aa)", "5"] {
            assert!(is_label(label), "{label}");
        }
        for words in ["", "a", "Member", "2021/0106", "Article 5", "(b) the", "(hello)", "2015-2016", "12345."] {
            assert!(!is_label(words), "{words}");
        }
    }
}
