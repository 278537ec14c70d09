//! One reading of a manuscript as a draft's text, with the places of everything that is known about it.

use crate::import::{Choices, Comment, Content, Offers, Problem, Watch};
use crate::model::{HintKind, Note, PageStart, StructureHint, Style, Styled, Taken, TextRange, Wording};

use super::changes;
use super::converted;
use super::line::{Event, Line, raised_word};
use super::numbering::Counters;
use super::tables::Columns;
use super::{Block, Change, ListPlace, Look, Manuscript, NoteRestart, Paragraph, Piece, PieceKind};

/// A page has at most about so many bytes; where there are fewer page ends than that asks for, not all are known.
const LONGEST_PAGE: usize = 7_000;
/// A line that ends within so many bytes was ended on purpose.
const SHORT_LINE: usize = 32;

/// Makes the text a person chose.
///
/// # Errors
/// [`Problem::Cancelled`] where `watch` says so.
pub(in crate::import) fn write(
    mut manuscript: Manuscript,
    choices: &Choices,
    watch: &mut dyn Watch,
) -> Result<Content, Problem> {
    converted::mend(&mut manuscript);
    let changes = changes::find(&mut manuscript);
    let wording = match changes {
        Some(_) => choices.wording.unwrap_or(Wording::Proposed),
        None => Wording::Printed,
    };
    let columns = Columns::find(&manuscript, wording);
    let column = choices.column.and_then(|c| Some((c, columns.heads.get(usize::from(c))?.clone())));
    let chosen = column.as_ref().map(|(c, _)| *c);
    let mut writer = Writer::new(&manuscript, wording);
    writer.body(&columns, chosen, watch)?;
    writer.notes();
    let mut content = writer.finish();
    content.title = std::mem::take(&mut manuscript.title);
    content.language = std::mem::take(&mut manuscript.language);
    content.warnings = std::mem::take(&mut manuscript.warnings);
    content.taken = Taken { wording, column };
    content.offers = Offers { changes, columns: columns.heads };
    Ok(content)
}

/// What a reading leaves out.
pub(super) fn is_left_out(change: Change, wording: Wording) -> bool {
    match wording {
        Wording::Printed => false,
        Wording::Proposed => change.is_out(),
        Wording::Original => change.is_in(),
    }
}

/// A paragraph being written.
struct Open<'m> {
    line: Line,
    paragraph: &'m Paragraph,
    /// The changes of what was left out of it.
    left_out: Change,
    /// Whether the document has words in it.
    has_words: bool,
    /// Whether it is the rest of one whose number is printed already.
    rest: bool,
}

/// A paragraph that is written and not yet placed.
struct Ready {
    line: Line,
    heading: u8,
    depth: u8,
    aside: bool,
}

/// What waits in a cell until it is known what follows it.
enum Held {
    /// The first paragraph of the cell.
    First(Ready),
    /// A label that was alone in its cell: the next cell has its words.
    Label(Ready),
}

struct Writer<'m> {
    manuscript: &'m Manuscript,
    wording: Wording,
    counters: Counters<'m>,
    content: Content,
    open: Option<Open<'m>>,
    held: Option<Held>,
    /// For each cell that is open, how many paragraphs it has so far.
    cells: Vec<usize>,
    /// Whether what is written now is only counted.
    muted: bool,
    /// What belongs to the next paragraph that is placed.
    carried: Vec<Event>,
    /// The labels of the pages that have begun.
    pages: Vec<String>,
    /// The number of the last page as it is printed there.
    page_number: u32,
    section: usize,
    rendered: bool,
    note_counts: [u32; 2],
    /// For each note that is called: which, its sign, and where that stands.
    calls: Vec<(u32, String, Option<TextRange>)>,
    remarks: Vec<Option<TextRange>>,
}

impl<'m> Writer<'m> {
    fn new(manuscript: &'m Manuscript, wording: Wording) -> Self {
        let rendered = manuscript.pieces.iter().any(|p| p.kind == PieceKind::Page);
        let mut writer = Self {
            manuscript,
            wording,
            counters: Counters::new(&manuscript.lists, matches!(manuscript.language.as_str(), "" | "en")),
            content: Content::default(),
            open: None,
            held: None,
            cells: Vec::new(),
            muted: false,
            carried: Vec::new(),
            pages: Vec::new(),
            page_number: 0,
            section: 0,
            rendered,
            note_counts: [0; 2],
            calls: Vec::new(),
            remarks: vec![None; manuscript.remarks.len()],
        };
        writer.begin_section();
        writer.page();
        writer
    }

    fn body(&mut self, columns: &Columns, chosen: Option<u16>, watch: &mut dyn Watch) -> Result<(), Problem> {
        let blocks = &self.manuscript.body;
        let total = blocks.len() as u64;
        for (i, block) in blocks.iter().enumerate() {
            if i % 4096 == 0 {
                if watch.cancelled() {
                    return Err(Problem::Cancelled);
                }
                watch.progress(i as u64, total);
            }
            if let Some(chosen) = chosen {
                let left_out = columns.leaves_out(i, chosen);
                if left_out != self.muted {
                    self.flush();
                    self.muted = left_out;
                }
            }
            self.block(block);
        }
        self.flush();
        Ok(())
    }

    fn block(&mut self, block: &'m Block) {
        match block {
            Block::Paragraph(paragraph) => self.paragraph(paragraph),
            Block::Table => self.flush_first(),
            Block::Row { .. } | Block::TableEnd => {}
            Block::Cell { .. } => {
                self.flush_open();
                self.cells.push(0);
            }
            Block::CellEnd => {
                self.flush_open();
                self.cells.pop();
                self.held = match self.held.take() {
                    Some(Held::First(ready)) if is_label(&ready.line.text) => Some(Held::Label(ready)),
                    Some(Held::First(ready)) => {
                        self.place(ready);
                        None
                    }
                    other => other,
                };
            }
            Block::RowEnd => self.flush(),
            Block::SectionEnd { new_page } => {
                self.section += 1;
                self.begin_section();
                if let NoteRestart::EachSection = self.manuscript.note_numbers[0].restart {
                    self.note_counts[0] = 0;
                }
                if *new_page && !self.rendered {
                    self.page();
                }
            }
        }
    }

    fn begin_section(&mut self) {
        if let Some(start) = self.manuscript.sections.get(self.section).and_then(|s| s.start) {
            // The page that begins next has this number.
            self.page_number = start.saturating_sub(1);
        }
    }

    /// A page begins here.
    fn page(&mut self) {
        if self.manuscript.note_numbers[0].restart == NoteRestart::EachPage {
            self.note_counts[0] = 0;
        }
        self.page_number = self.page_number.saturating_add(1);
        let numbers = self.manuscript.sections.get(self.section).copied().unwrap_or_default();
        let numbered = self.manuscript.pages_numbered;
        self.pages.push(if numbered { numbers.numerals.print(self.page_number, false) } else { String::new() });
        let event = Event::Page(self.pages.len() as u32);
        match &mut self.open {
            Some(open) => open.line.mark(event),
            None => {
                self.flush();
                self.carried.push(event);
            }
        }
    }

    fn paragraph(&mut self, paragraph: &'m Paragraph) {
        let manuscript = self.manuscript;
        match &mut self.open {
            Some(open) if open.line.is_empty() => open.paragraph = paragraph,
            Some(open) => open.line.space(),
            None => {
                self.open = Some(Open {
                    line: Line::default(),
                    paragraph,
                    left_out: Change::default(),
                    has_words: false,
                    rest: false,
                });
            }
        }
        if paragraph.page_before && !self.rendered {
            self.page();
        }
        let pieces = manuscript.pieces(paragraph);
        for (i, piece) in pieces.iter().enumerate() {
            self.piece(piece, &pieces[i + 1..]);
        }
        let goes_on = paragraph.runs_on || is_left_out(paragraph.end, self.wording);
        if !goes_on {
            self.flush_open();
        }
    }

    fn piece(&mut self, piece: &Piece, rest: &[Piece]) {
        let manuscript = self.manuscript;
        let words = manuscript.words(piece);
        let left_out = is_left_out(piece.change, self.wording);
        let Some(open) = &mut self.open else { return };
        match piece.kind {
            PieceKind::Words | PieceKind::Tab | PieceKind::Line | PieceKind::Call(_) if left_out => {
                open.line.cut(if piece.kind == PieceKind::Words { words } else { " " });
                open.left_out = open.left_out.and(piece.change);
                open.has_words |= piece.kind == PieceKind::Words && !words.trim().is_empty();
                if let PieceKind::Call(note) = piece.kind
                    && piece.words.0 == piece.words.1
                    && !piece.change.any(Change(Change::INSERTED.0 | Change::DELETED.0))
                {
                    // Its number is printed on the page all the same.
                    self.count_note(note);
                }
            }
            PieceKind::Words => {
                open.has_words |= !words.trim().is_empty();
                open.line.push(words, look_of(piece, self.wording));
            }
            PieceKind::Tab => open.line.tab(),
            PieceKind::Line => {
                if self.splits_here(rest) {
                    self.split();
                } else if let Some(open) = &mut self.open {
                    open.line.space();
                }
            }
            PieceKind::Break { page } => {
                self.split();
                if page && !self.rendered {
                    self.page();
                }
            }
            PieceKind::Page => self.page(),
            PieceKind::Call(note) => {
                let sign = if words.is_empty() { self.count_note(note) } else { words.trim().to_owned() };
                let sign = raised_word(&sign).unwrap_or(sign);
                let number = self.calls.len() as u32;
                if let Some(open) = &mut self.open {
                    open.line.call(&sign, number);
                }
                if self.muted {
                    return;
                }
                self.calls.push((note, sign, None));
            }
            PieceKind::RemarkStart(remark) => open.line.mark(Event::RemarkOn(remark)),
            PieceKind::RemarkEnd(remark) => open.line.mark(Event::RemarkOff(remark)),
            PieceKind::RemarkSign(remark) => {
                // A remark on no words in particular is about its paragraph.
                if self.remarks.get(remark as usize).is_some_and(Option::is_none)
                    && !open.line.events.iter().any(|(_, e)| *e == Event::RemarkOn(remark))
                {
                    open.line.events.insert(0, (0, Event::RemarkOn(remark)));
                    open.line.mark(Event::RemarkOff(remark));
                }
            }
        }
    }

    fn count_note(&mut self, note: u32) -> String {
        let series = self.manuscript.notes.get(note as usize).map_or(0, |n| usize::from(n.series.min(1)));
        let numbers = self.manuscript.note_numbers[series];
        let count = &mut self.note_counts[series];
        let number = numbers.start.saturating_add(*count);
        *count += 1;
        numbers.numerals.print(number, false)
    }

    /// Whether what stands before a forced end of a line is a paragraph of its own.
    fn splits_here(&self, rest: &[Piece]) -> bool {
        let Some(open) = &self.open else { return false };
        let before = open.line.text.trim_end();
        if before.is_empty() {
            return false;
        }
        let next = rest.iter().find(|p| {
            p.kind == PieceKind::Words
                && !is_left_out(p.change, self.wording)
                && !self.manuscript.words(p).trim().is_empty()
        });
        let next = next.map_or("", |p| self.manuscript.words(p).trim_start());
        let titled = (open.paragraph.heading > 0 || open.paragraph.centered) && before.len() <= SHORT_LINE;
        let first: String = next.chars().take(12).collect();
        titled
            || before.ends_with(['.', ';', ':', '!', '?', '。', '；', '：', '؛', '؟'])
            || first.split_whitespace().next().is_some_and(is_label)
    }

    /// Ends the paragraph here and goes on with another that has no number of its own.
    fn split(&mut self) {
        if let Some(open) = &self.open
            && !open.line.is_empty()
        {
            let paragraph = open.paragraph;
            self.flush_open();
            self.open = Some(Open {
                line: Line::default(),
                paragraph,
                left_out: Change::default(),
                has_words: true,
                rest: true,
            });
        }
    }

    /// Ends the paragraph that is open.
    fn flush_open(&mut self) {
        let Some(open) = self.open.take() else { return };
        let paragraph = open.paragraph;
        let line = open.line.finish();
        let list = match (self.wording, paragraph.former_list) {
            (Wording::Original, Some(former)) => former,
            _ => paragraph.list,
        };
        let list = list.filter(|_| !open.rest);
        let emptied = line.text.is_empty() && open.left_out != Change::default();
        let counts = match self.wording {
            _ if !emptied => true,
            // The page shows the number of a struck paragraph, and the next goes on from it.
            Wording::Proposed => open.left_out.any(Change::TYPED_OUT),
            _ => false,
        };
        let given = paragraph.label.0 as usize..paragraph.label.1 as usize;
        let label = match (self.manuscript.text.get(given), list) {
            _ if !counts => String::new(),
            (Some(given), _) if !given.is_empty() => if open.rest { String::new() } else { given.to_owned() },
            (_, Some(place)) => self.counters.next(place),
            (_, None) => String::new(),
        };
        let depth = list.map_or(0, |place| place.level.saturating_add(1));
        if line.text.is_empty() && (label.is_empty() || open.has_words || emptied || is_bullet(&label)) {
            self.carry(line);
            return;
        }
        let line = numbered(&label, line);
        self.commit(Ready { line, heading: paragraph.heading, depth, aside: paragraph.aside });
    }

    /// Places a paragraph, or holds it where its cell may turn out to be a label's.
    fn commit(&mut self, ready: Ready) {
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
                self.place(label);
            }
            Some(Held::First(before)) => {
                self.place(before);
                self.place(ready);
            }
            None if first => self.held = Some(Held::First(ready)),
            None => self.place(ready),
        }
    }

    /// Keeps what began and ended in a line that is not placed.
    fn carry(&mut self, line: Line) {
        let kept: Vec<Event> = line.events.into_iter().map(|(_, event)| event).filter(|e| !is_look(*e)).collect();
        if kept.is_empty() {
            return;
        }
        // What waits stands before it.
        if let Some(Held::First(ready) | Held::Label(ready)) = self.held.take() {
            self.place(ready);
        }
        self.carried.extend(kept);
    }

    /// Places what is held, except for a label that waits for its words.
    fn flush_first(&mut self) {
        self.flush_open();
        match self.held.take() {
            Some(Held::First(ready)) => self.place(ready),
            other => self.held = other,
        }
    }

    fn flush(&mut self) {
        self.flush_open();
        if let Some(Held::First(ready) | Held::Label(ready)) = self.held.take() {
            self.place(ready);
        }
    }

    fn place(&mut self, ready: Ready) {
        self.put(ready);
    }

    /// Adds a paragraph to the text.
    fn put(&mut self, ready: Ready) -> TextRange {
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
                event => self.event(start + at, event),
            }
        }
        let whole = |s: &Styled| ready.heading > 0 && s.range.covers(range) && s.style != Style::Struck;
        let text = &self.content.text;
        self.content.printed.styles.extend(styles.finish(text).into_iter().filter(|s| !whole(s)));
        let mut hint = |kind| self.content.hints.push(StructureHint { range, kind });
        if ready.heading > 0 {
            hint(HintKind::Heading(ready.heading));
        } else if ready.depth > 0 {
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
                if let Some((_, _, place)) = self.calls.get_mut(call as usize) {
                    *place = Some(TextRange { start: at, end: at });
                }
            }
            Event::CallOff(call) => {
                if let Some((_, _, Some(place))) = self.calls.get_mut(call as usize) {
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

    /// Writes the notes that were called, footnotes first.
    fn notes(&mut self) {
        self.carried.retain(|e| !matches!(e, Event::Page(_)));
        let manuscript = self.manuscript;
        let calls = std::mem::take(&mut self.calls);
        let (first, second): (Vec<_>, Vec<_>) = calls
            .into_iter()
            .partition(|(note, _, _)| manuscript.notes.get(*note as usize).is_none_or(|n| n.series == 0));
        for (note, sign, call) in first.into_iter().chain(second) {
            let Some(body) = manuscript.notes.get(note as usize) else { continue };
            let mut line = Line::default();
            for block in &body.blocks {
                let Block::Paragraph(paragraph) = block else { continue };
                if let Some(place) = paragraph.list {
                    line.push(&self.counters.next(place), Look::default());
                }
                for piece in manuscript.pieces(paragraph) {
                    self.note_piece(&mut line, piece);
                }
                line.space();
            }
            let mut line = line.finish();
            line.drop_sign(&sign);
            let line = numbered(&format!("{sign} "), line);
            let range = self.put(Ready { line, heading: 0, depth: 0, aside: true });
            self.content.printed.notes.push(Note { call, body: range });
        }
    }

    fn note_piece(&self, line: &mut Line, piece: &Piece) {
        let words = self.manuscript.words(piece);
        match piece.kind {
            PieceKind::Words if is_left_out(piece.change, self.wording) => line.cut(words),
            PieceKind::Words => line.push(words, look_of(piece, self.wording)),
            PieceKind::Tab | PieceKind::Line | PieceKind::Break { .. } => line.space(),
            PieceKind::RemarkStart(remark) => line.mark(Event::RemarkOn(remark)),
            PieceKind::RemarkEnd(remark) => line.mark(Event::RemarkOff(remark)),
            PieceKind::Call(_) | PieceKind::Page | PieceKind::RemarkSign(_) => {}
        }
    }

    fn finish(mut self) -> Content {
        let text = &mut self.content.text;
        let words = text.len();
        if !text.is_empty() {
            text.push('\n');
            let range = TextRange { start: 0, end: words };
            self.content.hints.insert(0, StructureHint { range, kind: HintKind::Paragraphs });
        }
        let pages = &mut self.content.printed.pages;
        if pages.len() < 2 || (!self.rendered && words / pages.len() > LONGEST_PAGE) {
            pages.clear();
        }
        self.content.printed.styles.sort_by_key(|s| s.range.start);
        self.content.comments = (self.manuscript.remarks.iter().zip(&self.remarks))
            .map(|(remark, range)| Comment {
                author: remark.author.clone(),
                date: remark.date,
                range: range.unwrap_or_default(),
                text: remark.text.clone(),
            })
            .collect();
        self.content
    }
}

/// How a piece is shown: in a text of both wordings, tracked changes are told by type as the typed ones are.
fn look_of(piece: &Piece, wording: Wording) -> Look {
    if wording != Wording::Printed {
        return piece.look;
    }
    let look = piece.look.with(Look::STRUCK, piece.look.has(Look::STRUCK) || piece.change.any(Change::DELETED));
    look.with(Look::UNDERLINED, look.has(Look::UNDERLINED) || piece.change.any(Change::INSERTED))
}

fn is_look(event: Event) -> bool {
    matches!(event, Event::On(_) | Event::Off(_) | Event::CallOn(_) | Event::CallOff(_))
}

fn is_bullet(label: &str) -> bool {
    !label.contains(char::is_alphanumeric)
}

/// The number of a paragraph before its words.
fn numbered(label: &str, line: Line) -> Line {
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
    whole
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
