//! The document: paragraphs, lists and tables in order.

use std::collections::HashMap;

use crate::import::manuscript::{
    Block, Change, Languages, Look, Manuscript, NoteBody, Paragraph, Piece, PieceKind, Remark,
};
use crate::import::part::{Elements, Part, Piece as Markup, Tag};
use crate::import::{Problem, Watch};

use super::NAMESPACES;
use super::changes::Changes;
use super::lists::Lists;
use super::styles::Styles;

/// The most columns a cell that is repeated stands for.
const MOST_REPEATED: u16 = 1_000;
/// The most spaces one element stands for.
const MOST_SPACES: usize = 100;

/// Reads a document into a manuscript.
pub(super) struct Story<'a> {
    manuscript: &'a mut Manuscript,
    styles: &'a Styles,
    lists: Lists,
    changes: Changes,
    languages: Languages,
    /// Blocks of the story, and of what stands apart from it: notes, boxes, remarks, what was deleted.
    sinks: Vec<Vec<Block>>,
    paragraphs: Vec<Open>,
    /// Looks and languages of the spans that are open.
    spans: Vec<(Look, Option<String>)>,
    notes: Vec<(u32, bool)>,
    /// Whether the words read now are the sign of a note.
    in_citation: bool,
    remarks: HashMap<String, u32>,
    remark: Option<OpenRemark>,
    contents: usize,
    /// A page that begins before the next paragraph.
    page: bool,
}

struct Open {
    paragraph: Paragraph,
    pieces: Vec<Piece>,
    language: Option<String>,
    boxes: Vec<Block>,
    /// How many spans and paragraphs were open when it began.
    spans: usize,
}

struct OpenRemark {
    index: u32,
    remark: Remark,
    field: Field,
    depth: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Words,
    Author,
    Date,
}

impl<'a> Story<'a> {
    /// Ready to read.
    pub fn new(manuscript: &'a mut Manuscript, styles: &'a Styles) -> Self {
        Self {
            manuscript,
            styles,
            lists: Lists::default(),
            changes: Changes::default(),
            languages: Languages::default(),
            sinks: vec![Vec::new()],
            paragraphs: Vec::new(),
            spans: Vec::new(),
            notes: Vec::new(),
            in_citation: false,
            remarks: HashMap::new(),
            remark: None,
            contents: 0,
            page: false,
        }
    }

    /// Reads the document.
    pub fn read(&mut self, part: &Part, watch: &mut dyn Watch) -> Result<(), Problem> {
        let mut elements = part.elements(NAMESPACES);
        let total = part.len() as u64;
        let (mut inside, mut count) = (false, 0_usize);
        loop {
            count += 1;
            if count.is_multiple_of(1 << 14) {
                if watch.cancelled() {
                    return Err(Problem::Cancelled);
                }
                watch.progress(elements.done(), total);
            }
            match elements.next()? {
                Markup::Open(tag) if (tag.space, tag.name) == ('o', "body") => inside = true,
                Markup::Close('o', "body") => inside = false,
                Markup::Open(tag) if inside => self.open(&tag, &mut elements)?,
                Markup::Close(space, name) if inside => self.close(space, name, elements.depth()),
                Markup::Text(words) if inside => self.words(&words),
                Markup::End => break,
                _ => {}
            }
        }
        for (series, numbers) in self.styles.notes.iter().enumerate() {
            if let Some(numbers) = numbers {
                self.manuscript.note_numbers[series] = *numbers;
            }
        }
        self.manuscript.body = self.sinks.drain(..).next().unwrap_or_default();
        Ok(())
    }

    /// Says what was found beside the words.
    pub fn finish(self) {
        self.manuscript.language = self.languages.most(&self.manuscript.text);
    }

    fn open(&mut self, tag: &Tag<'_>, elements: &mut Elements<'_>) -> Result<(), Problem> {
        match (tag.space, tag.name) {
            ('t', "p" | "h") => self.begin_paragraph(tag),
            ('t', "span" | "a" | "meta" | "meta-field" | "ruby-base") => {
                let (look, language) = self.look();
                let style = tag.attribute("style-name").filter(|_| tag.name == "span");
                let (look, own) = self.styles.text(look, style.as_deref());
                if own.is_some() {
                    self.languages.said();
                }
                self.spans.push((look, own.or(language)));
            }
            ('t', "s") => self.say(&" ".repeat(tag.number::<usize>("c").unwrap_or(1).min(MOST_SPACES))),
            ('t', "tab") => self.push(PieceKind::Tab),
            ('t', "line-break") => self.push(PieceKind::Line),
            ('t', "soft-page-break") if self.paragraphs.is_empty() => self.page = true,
            ('t', "soft-page-break") => self.push(PieceKind::Page),
            ('t', "list") => self.lists.begin(tag),
            ('t', "list-item" | "list-header") => self.lists.item(tag),
            ('t', "note") => {
                let series = u8::from(tag.attribute("note-class").as_deref() == Some("endnote"));
                self.notes.push((self.manuscript.notes.len() as u32, false));
                self.manuscript.notes.push(NoteBody { series, blocks: Vec::new() });
            }
            ('t', "note-citation") => self.in_citation = true,
            ('t', "note-body") => self.begin_apart(),
            ('t', "tracked-changes") => {}
            ('t', "changed-region") => self.changes.region(tag),
            ('t', "insertion") => self.changes.insertion(),
            ('t', "deletion") => self.begin_apart(),
            ('t', "change-start" | "change-end") => self.changes.edge(tag),
            ('t', "change") => self.deleted(tag),
            ('o', "annotation") => self.begin_remark(tag, elements.depth()),
            ('o', "annotation-end") => {
                if let Some(&remark) = self.remarks.get(&tag.attribute("name").unwrap_or_default()) {
                    self.push(PieceKind::RemarkEnd(remark));
                }
            }
            ('c', name) => {
                if let Some(open) = &mut self.remark {
                    open.field = match name {
                        "creator" => Field::Author,
                        "date" => Field::Date,
                        _ => Field::Words,
                    };
                }
            }
            (
                't',
                "table-of-content" | "table-index" | "illustration-index" | "alphabetical-index" | "object-index"
                | "user-index",
            ) => {
                self.contents += 1;
            }
            ('d', "text-box") => self.begin_apart(),
            ('b', "table") => self.block(Block::Table),
            ('b', "table-row") => self.block(Block::Row { before: 0 }),
            ('b', "table-cell") => {
                let spanned: u16 = tag.number("number-columns-spanned").unwrap_or(1);
                let repeated: u16 = tag.number("number-columns-repeated").unwrap_or(1);
                self.block(Block::Cell { span: spanned.max(repeated).clamp(1, MOST_REPEATED) });
            }
            // What only describes, what is read above characters, templates of indexes, what stands on no page.
            ('g', "title" | "desc")
            | (
                't',
                "ruby-text"
                | "hidden-text"
                | "hidden-paragraph"
                | "sequence-decls"
                | "variable-decls"
                | "user-field-decls"
                | "table-of-content-source"
                | "alphabetical-index-source"
                | "user-index-source"
                | "script",
            )
            | ('o', "change-info" | "forms" | "scripts" | "settings" | "event-listeners")
            | ('b', "covered-table-cell") => elements.skip()?,
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, space: char, name: &str, depth: usize) {
        match (space, name) {
            ('t', "p" | "h") => self.end_paragraph(),
            ('t', "span" | "a" | "meta" | "meta-field" | "ruby-base") => {
                self.spans.pop();
            }
            ('t', "list") => self.lists.end(),
            ('t', "note-citation") => self.in_citation = false,
            ('t', "note-body") => {
                let blocks = self.end_apart();
                if let Some((note, _)) = self.notes.last()
                    && let Some(note) = self.manuscript.notes.get_mut(*note as usize)
                {
                    note.blocks = blocks;
                }
            }
            ('t', "note") => {
                if let Some((note, signed)) = self.notes.pop()
                    && !signed
                {
                    self.push(PieceKind::Call(note));
                }
            }
            ('t', "deletion") => {
                let blocks = self.end_apart();
                self.changes.deletion(blocks, self.manuscript);
            }
            (
                't',
                "table-of-content" | "table-index" | "illustration-index" | "alphabetical-index" | "object-index"
                | "user-index",
            ) => {
                self.contents = self.contents.saturating_sub(1);
            }
            ('d', "text-box") => {
                let blocks = self.end_apart();
                match self.paragraphs.last_mut() {
                    Some(open) => open.boxes.extend(blocks),
                    None => blocks.into_iter().for_each(|b| self.block(b)),
                }
            }
            ('c', _) => {
                if let Some(open) = &mut self.remark {
                    open.field = Field::Words;
                }
            }
            ('o', "annotation") => self.end_remark(depth),
            ('b', "table") => self.block(Block::TableEnd),
            ('b', "table-row") => self.block(Block::RowEnd),
            ('b', "table-cell") => self.block(Block::CellEnd),
            _ => {}
        }
    }

    fn begin_paragraph(&mut self, tag: &Tag<'_>) {
        let inherited = self.styles.paragraph(tag.attribute("style-name").as_deref());
        let mut paragraph = Paragraph {
            style_look: inherited.look,
            style: inherited.index,
            centered: inherited.centered,
            page_before: inherited.page_before,
            aside: self.contents > 0,
            ..Paragraph::default()
        };
        if tag.name == "h" {
            paragraph.heading = tag.number("outline-level").unwrap_or(1_u8).clamp(1, 9);
        }
        paragraph.list = if self.lists.is_open() {
            self.lists.place(inherited.list.as_deref(), self.styles, self.manuscript)
        } else if tag.name == "h" && tag.attribute("is-list-header").as_deref() != Some("true") {
            let restart = tag.attribute("restart-numbering").filter(|r| r == "true");
            let restart = restart.map(|_| tag.number("start-value").unwrap_or(1));
            self.lists.heading(paragraph.heading, restart, self.styles, self.manuscript)
        } else {
            None
        };
        let mut pieces = Vec::new();
        if std::mem::take(&mut self.page) {
            let at = self.manuscript.text.len() as u32;
            let (look, change) = (Look::default(), Change::default());
            pieces.push(Piece { kind: PieceKind::Page, words: (at, at), look, change });
        }
        let spans = self.spans.len();
        self.spans.push((inherited.look, inherited.language.clone()));
        self.paragraphs.push(Open { paragraph, pieces, language: inherited.language, boxes: Vec::new(), spans });
    }

    fn end_paragraph(&mut self) {
        let Some(mut open) = self.paragraphs.pop() else { return };
        self.spans.truncate(open.spans);
        let mut paragraph = open.paragraph;
        paragraph.end = paragraph.end.and(self.changes.change());
        paragraph.pieces = self.manuscript.keep(&mut open.pieces);
        self.block(Block::Paragraph(paragraph));
        if let Some(sink) = self.sinks.last_mut() {
            sink.append(&mut open.boxes);
        }
    }

    /// What follows stands apart from the paragraph it is in.
    fn begin_apart(&mut self) {
        self.sinks.push(Vec::new());
    }

    fn end_apart(&mut self) -> Vec<Block> {
        if self.sinks.len() > 1 { self.sinks.pop().unwrap_or_default() } else { Vec::new() }
    }

    /// Puts what was deleted where its sign stands: between the halves of a paragraph that its end once divided.
    fn deleted(&mut self, tag: &Tag<'_>) {
        let paragraphs = self.changes.take(tag);
        let count = paragraphs.len();
        let mut before: Option<Paragraph> = None;
        for (i, deleted) in paragraphs.into_iter().enumerate() {
            let pieces: Vec<Piece> = self.manuscript.pieces(&deleted).to_vec();
            let Some(open) = self.paragraphs.last_mut() else { return };
            let is_fresh = !open.pieces.iter().any(|p| p.kind == PieceKind::Words);
            open.pieces.extend(pieces);
            if i + 1 == count {
                break;
            }
            let mut first = before.clone().unwrap_or_else(|| open.paragraph.clone());
            if is_fresh {
                // It is all of the deleted paragraph, so it looks as that did.
                let list = deleted.list.and(open.paragraph.list).or(deleted.list);
                first = Paragraph { list, ..deleted };
            } else {
                // The number stands before the first half.
                before = Some(Paragraph { list: None, ..open.paragraph.clone() });
            }
            first.end = Change::DELETED;
            first.pieces = self.manuscript.keep(&mut open.pieces);
            if let Some(sink) = self.sinks.last_mut() {
                sink.push(Block::Paragraph(first));
            }
        }
    }

    fn begin_remark(&mut self, tag: &Tag<'_>, depth: usize) {
        let index = self.manuscript.remarks.len() as u32;
        self.manuscript.remarks.push(Remark::default());
        match tag.attribute("name") {
            Some(name) => {
                self.remarks.insert(name, index);
                self.push(PieceKind::RemarkStart(index));
            }
            None => self.push(PieceKind::RemarkSign(index)),
        }
        self.begin_apart();
        self.remark = Some(OpenRemark { index, remark: Remark::default(), field: Field::Words, depth });
    }

    fn end_remark(&mut self, depth: usize) {
        let Some(mut open) = self.remark.take_if(|open| depth < open.depth) else { return };
        let blocks = self.end_apart();
        let paragraphs = blocks.iter().filter_map(|b| match b {
            Block::Paragraph(paragraph) => Some(self.manuscript.plain(paragraph)),
            _ => None,
        });
        let lines: Vec<String> = paragraphs.map(|p| p.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        open.remark.text = crate::model::text::normalize(lines.join("\n").trim());
        open.remark.author = open.remark.author.trim().to_owned();
        if let Some(remark) = self.manuscript.remarks.get_mut(open.index as usize) {
            *remark = open.remark;
        }
    }

    fn words(&mut self, words: &str) {
        if let Some(open) = &mut self.remark {
            match open.field {
                Field::Author => return open.remark.author.push_str(words),
                Field::Date => return open.remark.date = Remark::date_of(words.trim()),
                Field::Words => {}
            }
        }
        if self.in_citation {
            let sign = words.trim();
            if let Some((note, signed)) = self.notes.last_mut()
                && !sign.is_empty()
                && !std::mem::replace(signed, true)
            {
                let start = self.manuscript.text.len() as u32;
                self.manuscript.text.push_str(sign);
                let words = (start, self.manuscript.text.len() as u32);
                let (kind, change) = (PieceKind::Call(*note), self.changes.change());
                if let Some(open) = self.paragraphs.last_mut() {
                    open.pieces.push(Piece { kind, words, look: Look::default(), change });
                }
            }
            return;
        }
        self.say(words);
    }

    fn say(&mut self, words: &str) {
        let (look, language) = self.look();
        if look.has(Look::HIDDEN) {
            return;
        }
        let change = self.changes.change();
        let Some(open) = self.paragraphs.last_mut() else { return };
        self.languages.count(language.as_deref().or(open.language.as_deref()), words);
        self.manuscript.push_words(&mut open.pieces, words, look, change);
    }

    fn push(&mut self, kind: PieceKind) {
        let at = self.manuscript.text.len() as u32;
        let (look, change) = (Look::default(), self.changes.change());
        if let Some(open) = self.paragraphs.last_mut() {
            open.pieces.push(Piece { kind, words: (at, at), look, change });
        }
    }

    /// How words read now look, and their language.
    fn look(&self) -> (Look, Option<String>) {
        self.spans.last().cloned().unwrap_or_default()
    }

    fn block(&mut self, block: Block) {
        if let Some(sink) = self.sinks.last_mut() {
            sink.push(block);
        }
    }
}
