//! One reading of a manuscript as a draft's text, with the places of everything that is known about it.

use crate::import::{Choices, Comment, Content, Offers, Problem, Watch};
use crate::model::text::normalize;
use crate::model::{HintKind, Note, StructureHint, Taken, TextRange, Wording};

use super::changes;
use super::converted;
use super::line::{Event, Line, raised_word};
use super::numbering::Counters;
use super::placing::{Ready, Text, is_label, numbered};
use super::tables::Columns;
use super::{Block, Change, Former, Look, Manuscript, NoteRestart, Paragraph, Piece, PieceKind};

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

struct Writer<'m> {
    manuscript: &'m Manuscript,
    wording: Wording,
    counters: Counters<'m>,
    text: Text,
    open: Option<Open<'m>>,
    /// The number of the last page as it is printed there.
    page_number: u32,
    section: usize,
    rendered: bool,
    note_counts: [u32; 2],
    /// For each note that is called: which, and its sign.
    calls: Vec<(u32, String)>,
}

impl<'m> Writer<'m> {
    fn new(manuscript: &'m Manuscript, wording: Wording) -> Self {
        let rendered = manuscript.pieces.iter().any(|p| p.kind == PieceKind::Page);
        let mut writer = Self {
            manuscript,
            wording,
            counters: Counters::new(&manuscript.lists, matches!(manuscript.language.as_str(), "" | "en")),
            text: Text::new(manuscript.remarks.len()),
            open: None,
            page_number: 0,
            section: 0,
            rendered,
            note_counts: [0; 2],
            calls: Vec::new(),
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
                if left_out != self.text.is_muted() {
                    self.flush_open();
                    self.text.mute(left_out);
                }
            }
            self.block(block);
        }
        self.flush_open();
        self.text.flush();
        Ok(())
    }

    fn block(&mut self, block: &'m Block) {
        match block {
            Block::Paragraph(paragraph) => self.paragraph(paragraph),
            Block::Table => {
                self.flush_open();
                self.text.flush_first();
            }
            Block::Row { .. } | Block::TableEnd => {}
            Block::Cell { .. } => {
                self.flush_open();
                self.text.begin_cell();
            }
            Block::CellEnd => {
                self.flush_open();
                self.text.end_cell();
            }
            Block::RowEnd => {
                self.flush_open();
                self.text.flush();
            }
            Block::SectionEnd { new_page } => {
                self.section += 1;
                self.begin_section();
                if self.manuscript.note_numbers[0].restart == NoteRestart::EachSection {
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
        let label = if numbered { numbers.numerals.print(self.page_number, false) } else { String::new() };
        let event = self.text.begin_page(label);
        match &mut self.open {
            Some(open) => open.line.mark(event),
            None => self.text.mark(event),
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
                let sign = match own_sign(words) {
                    Some(sign) => sign,
                    None => {
                        let number = self.count_note(note);
                        raised_word(&number).unwrap_or(number)
                    }
                };
                let number = self.calls.len() as u32;
                if let Some(open) = &mut self.open {
                    open.line.call(&sign, number);
                }
                if !self.text.is_muted() {
                    self.calls.push((note, sign));
                    self.text.calls.push(None);
                }
            }
            PieceKind::RemarkStart(remark) => open.line.mark(Event::RemarkOn(remark)),
            PieceKind::RemarkEnd(remark) => open.line.mark(Event::RemarkOff(remark)),
            PieceKind::RemarkSign(remark) => {
                // A remark on no words in particular is about its paragraph.
                if self.text.remarks.get(remark as usize).is_some_and(Option::is_none)
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
            (Wording::Original, Former::Other(former)) => former,
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
            (Some(given), _) if !given.is_empty() => {
                if open.rest {
                    String::new()
                } else {
                    given.to_owned()
                }
            }
            (_, Some(place)) => self.counters.next(place),
            (_, None) => String::new(),
        };
        let depth = list.map_or(0, |place| place.level.saturating_add(1));
        if line.text.is_empty() && (label.is_empty() || open.has_words || emptied || is_bullet(&label)) {
            self.text.carry(line);
            return;
        }
        let before = line.text.len();
        let line = numbered(&label, line);
        let label = line.text.len() - before;
        self.text.commit(Ready { line, label, heading: paragraph.heading, depth, aside: paragraph.aside });
    }

    /// Writes the notes that were called, footnotes first.
    fn notes(&mut self) {
        self.text.end_of_words();
        let manuscript = self.manuscript;
        let calls = std::mem::take(&mut self.calls);
        let (first, second): (Vec<_>, Vec<_>) = calls
            .into_iter()
            .enumerate()
            .partition(|(_, (note, _))| manuscript.notes.get(*note as usize).is_none_or(|n| n.series == 0));
        for (call, (note, sign)) in first.into_iter().chain(second) {
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
            let range = self.text.put(Ready { line, label: 0, heading: 0, depth: 0, aside: true });
            let call = self.text.calls.get(call).copied().flatten();
            self.text.content.printed.notes.push(Note { call, body: range });
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

    fn finish(self) -> Content {
        let Text { mut content, remarks, .. } = self.text;
        let text = &mut content.text;
        let words = text.len();
        if !text.is_empty() {
            text.push('\n');
            let range = TextRange { start: 0, end: words };
            content.hints.insert(0, StructureHint { range, kind: HintKind::Paragraphs });
        }
        let pages = &mut content.printed.pages;
        if pages.len() < 2 || (!self.rendered && words / pages.len() > LONGEST_PAGE) {
            pages.clear();
        }
        content.printed.styles.sort_by_key(|s| s.range.start);
        content.comments = (self.manuscript.remarks.iter().zip(&remarks))
            .map(|(remark, range)| Comment {
                author: remark.author.clone(),
                date: remark.date,
                range: range.unwrap_or_default(),
                text: remark.text.clone(),
            })
            .collect();
        content
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

fn is_bullet(label: &str) -> bool {
    !label.contains(char::is_alphanumeric)
}

/// The sign an author chose for a note, as print has it.
fn own_sign(words: &str) -> Option<String> {
    let words = normalize(words);
    let sign = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let sign = raised_word(&sign).unwrap_or(sign);
    (!sign.is_empty()).then_some(sign)
}
