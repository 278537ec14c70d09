//! What control words mean: the paragraphs, tables, notes and remarks of the document.

use std::collections::HashMap;

use crate::import::manuscript::{
    Block, Change, ListPlace, Look, Manuscript, NoteBody, PageNumbers, Paragraph, Piece, PieceKind, checked_title,
};
use crate::import::{Problem, Watch};

use super::destinations::{Destination, character};
use super::encodings::Fonts;
use super::styles::Styles;
use super::tokens::{Token, Tokens};

/// Groups in each other; a document has some dozens.
const DEEPEST: usize = 2_000;

/// What a group has from the one around it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Group {
    pub(super) to: Destination,
    pub(super) look: Look,
    pub(super) change: Change,
    pub(super) font: i32,
    /// How many characters stand in for one that is given by its number.
    pub(super) stand_ins: usize,
    /// What ends with the group.
    pub(super) ends: Option<Ending>,
    /// Whether it holds the result of a table of contents.
    pub(super) contents: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Ending {
    Note(u32),
    Remark(u32),
    Box,
    Style,
}

/// A part of the document that stands apart from what is around it.
#[derive(Default)]
pub(super) struct Layer {
    blocks: Vec<Block>,
    pub(super) pieces: Vec<Piece>,
    paragraph: Paragraph,
    in_table: bool,
    /// Whether the paragraph stands in a table, a row and a cell of which are open.
    is_cell: bool,
    row: bool,
    cell: bool,
    /// Whether the paragraph stands in a table in a cell, and which of its table, row and cell are open.
    is_nested: bool,
    nested: [bool; 3],
    /// What stands in boxes that hang on the paragraph.
    boxes: Vec<Block>,
}

/// Reads a file into a manuscript.
pub(super) struct Story<'a> {
    pub(super) manuscript: &'a mut Manuscript,
    pub(super) fonts: Fonts,
    pub(super) styles: Styles,
    pub(super) groups: Vec<Group>,
    pub(super) group: Group,
    pub(super) layers: Vec<Layer>,
    layer: Layer,
    /// Bytes of text that wait for the rest of a letter.
    bytes: Vec<u8>,
    /// Words that go to no paragraph.
    aside: String,
    /// Characters to pass over, since one stood before them by its number.
    pass: usize,
    /// The first half of a character in two.
    half: Option<u16>,
    /// Whether the next control word may be passed over with its group.
    optional: bool,
    /// Whether the sign of a note was printed by the program.
    counted_sign: bool,
    /// Whether the last field is a table of contents.
    pub(super) contents: bool,
    pub(super) author: String,
    pub(super) remarks: HashMap<String, u32>,
    title: String,
    new_page: bool,
}

impl<'a> Story<'a> {
    /// Ready to read.
    pub fn new(manuscript: &'a mut Manuscript) -> Self {
        Self {
            manuscript,
            fonts: Fonts::default(),
            styles: Styles::default(),
            groups: Vec::new(),
            group: Group { stand_ins: 1, ..Group::default() },
            layers: Vec::new(),
            layer: Layer::default(),
            bytes: Vec::new(),
            aside: String::new(),
            pass: 0,
            half: None,
            optional: false,
            counted_sign: false,
            contents: false,
            author: String::new(),
            remarks: HashMap::new(),
            title: String::new(),
            new_page: true,
        }
    }

    /// Reads the file.
    pub fn read(mut self, bytes: &[u8], watch: &mut dyn Watch) -> Result<(), Problem> {
        let mut tokens = Tokens::new(bytes);
        let mut count = 0_usize;
        while let Some(token) = tokens.next() {
            count += 1;
            if count.is_multiple_of(1 << 16) {
                if watch.cancelled() {
                    return Err(Problem::Cancelled);
                }
                watch.progress(tokens.done() as u64, bytes.len() as u64);
            }
            let was_optional = std::mem::take(&mut self.optional);
            match token {
                Token::Open => {
                    if self.groups.len() >= DEEPEST {
                        return Err(Problem::TooMuch(format!("has more than {DEEPEST} groups inside each other")));
                    }
                    self.flush();
                    self.pass = 0;
                    self.groups.push(self.group);
                    self.group.ends = None;
                }
                Token::Close => {
                    self.flush();
                    self.pass = 0;
                    self.close();
                    if self.groups.is_empty() {
                        break;
                    }
                }
                // A control word stands in for one character like any other.
                Token::Word(..) if self.pass > 0 => self.pass -= 1,
                Token::Word(word, number) => self.word(word, number, was_optional),
                Token::Sign(_) | Token::Hex(_) if self.pass > 0 => self.pass -= 1,
                Token::Sign(sign) => self.sign(sign),
                Token::Hex(byte) => self.text(&[byte]),
                Token::Text(words) => {
                    let shown: Vec<u8> =
                        words.iter().copied().filter(|b| !matches!(b, b'\r' | b'\n' | 0)).skip(self.pass).collect();
                    let all = words.iter().filter(|b| !matches!(b, b'\r' | b'\n' | 0)).count();
                    self.pass = self.pass.saturating_sub(all);
                    self.text(&shown);
                }
            }
        }
        self.flush();
        if !self.groups.is_empty() {
            let warning = "The file is cut off in the middle; what it has was read";
            self.manuscript.warnings.push(warning.to_owned());
            while !self.groups.is_empty() {
                self.close();
            }
        }
        self.end_paragraph(false);
        self.end_table();
        self.manuscript.body = self.layer.blocks;
        self.manuscript.title = checked_title(&self.title, &self.manuscript.text);
        Ok(())
    }

    fn close(&mut self) {
        let ended = self.group;
        if let Some(outer) = self.groups.pop() {
            self.group = outer;
        }
        let words = if ended.to == self.group.to { String::new() } else { std::mem::take(&mut self.aside) };
        if ended.to == Destination::Label && self.group.to != Destination::Label {
            let start = self.manuscript.text.len() as u32;
            // The middle dot of a symbol font is a bullet in any other.
            self.manuscript.text.push_str(&words.trim_start().replace('·', "•"));
            self.layer.paragraph.label = (start, self.manuscript.text.len() as u32);
        }
        let words = words.trim();
        match ended.to {
            _ if ended.to == self.group.to => {}
            Destination::Instruction => {
                let name = words.split_whitespace().next().unwrap_or_default().to_uppercase();
                self.contents = matches!(name.as_str(), "TOC" | "INDEX" | "TOA");
            }
            Destination::Author => words.clone_into(&mut self.author),
            Destination::Title => words.clone_into(&mut self.title),
            Destination::RemarkStart | Destination::RemarkEnd => self.mark_remark(ended.to, words),
            Destination::Date | Destination::RemarkReference => self.describe_remark(ended.to, words),
            _ => {}
        }
        match ended.ends {
            Some(Ending::Note(note)) => {
                let blocks = self.end_layer();
                if let Some(note) = self.manuscript.notes.get_mut(note as usize) {
                    note.blocks = blocks;
                }
            }
            Some(Ending::Remark(remark)) => self.end_remark(remark),
            Some(Ending::Box) => {
                let blocks = self.end_layer();
                self.layer.boxes.extend(blocks);
            }
            Some(Ending::Style) => self.styles.end(),
            None => {}
        }
    }

    pub(super) fn begin_layer(&mut self, ends: Ending) {
        let outer = std::mem::take(&mut self.layer);
        self.layers.push(outer);
        self.group = Group { ends: Some(ends), stand_ins: self.group.stand_ins, ..Group::default() };
    }

    pub(super) fn end_layer(&mut self) -> Vec<Block> {
        self.end_paragraph(false);
        self.end_table();
        let outer = self.layers.pop().unwrap_or_default();
        std::mem::replace(&mut self.layer, outer).blocks
    }

    fn sign(&mut self, sign: u8) {
        match sign {
            b'*' => self.optional = true,
            b'~' => self.say("\u{a0}"),
            b'_' => self.say("\u{2011}"),
            b'\\' | b'{' | b'}' => self.text(&[sign]),
            b'\n' | b'\r' => self.word("par", None, false),
            b'\t' => self.word("tab", None, false),
            _ => {}
        }
    }

    fn text(&mut self, bytes: &[u8]) {
        if self.group.to != Destination::Skipped {
            self.bytes.extend_from_slice(bytes);
        }
    }

    /// Reads the bytes that wait.
    pub(super) fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let words = self.fonts.read(self.group.font, &bytes);
        self.say_read(&words);
        self.bytes = bytes;
        self.bytes.clear();
    }

    pub(super) fn say(&mut self, words: &str) {
        self.flush();
        self.say_read(words);
    }

    fn say_read(&mut self, words: &str) {
        match self.group.to {
            Destination::Body => {
                if self.group.look.has(Look::HIDDEN) {
                    return;
                }
                self.begin_words();
                let look = self.group.look;
                self.manuscript.push_words(&mut self.layer.pieces, words, look, self.group.change);
                if !words.trim().is_empty() {
                    self.counted_sign = false;
                }
            }
            Destination::Skipped | Destination::Doubled => {}
            Destination::Fonts => self.fonts.name(words),
            Destination::Styles => self.styles.name(words),
            _ if self.aside.len() < 4_000 => self.aside.push_str(words),
            _ => {}
        }
    }

    pub(super) fn push(&mut self, kind: PieceKind) {
        self.flush();
        if self.group.to != Destination::Body || (self.group.look.has(Look::HIDDEN) && kind == PieceKind::Tab) {
            return;
        }
        self.begin_words();
        let at = self.manuscript.text.len() as u32;
        let piece = Piece { kind, words: (at, at), look: self.group.look, change: self.group.change };
        self.layer.pieces.push(piece);
    }

    /// Opens what the words to come stand in.
    fn begin_words(&mut self) {
        self.layer.paragraph.aside |= self.group.contents;
        if !self.layer.is_cell {
            if self.layer.in_table && !self.layer.row {
                self.end_table();
            }
            return;
        }
        let layer = &mut self.layer;
        if !layer.in_table {
            layer.in_table = true;
            layer.blocks.push(Block::Table);
        }
        if !layer.row {
            layer.row = true;
            layer.blocks.push(Block::Row { before: 0 });
        }
        if !layer.cell {
            layer.cell = true;
            layer.blocks.push(Block::Cell { span: 1 });
        }
        if !layer.is_nested {
            self.end_nested();
            return;
        }
        for (open, block) in
            layer.nested.iter_mut().zip([Block::Table, Block::Row { before: 0 }, Block::Cell { span: 1 }])
        {
            if !std::mem::replace(open, true) {
                layer.blocks.push(block);
            }
        }
    }

    /// Ends the table in a cell, if one is open.
    fn end_nested(&mut self) {
        for (open, block) in self.layer.nested.iter_mut().zip([Block::TableEnd, Block::RowEnd, Block::CellEnd]).rev() {
            if std::mem::take(open) {
                self.layer.blocks.push(block);
            }
        }
    }

    /// Ends a cell of it, or a row.
    fn end_nested_cell(&mut self, row: bool) {
        self.flush();
        if !row {
            (self.layer.is_cell, self.layer.is_nested) = (true, true);
            self.begin_words();
        }
        self.end_paragraph(false);
        if std::mem::take(&mut self.layer.nested[2]) {
            self.layer.blocks.push(Block::CellEnd);
        }
        if row && std::mem::take(&mut self.layer.nested[1]) {
            self.layer.blocks.push(Block::RowEnd);
        }
    }

    /// Ends the paragraph; one without words is none, unless `kept`.
    fn end_paragraph(&mut self, kept: bool) {
        self.flush();
        let layer = &mut self.layer;
        if layer.pieces.is_empty() && !kept {
            layer.blocks.append(&mut layer.boxes);
            return;
        }
        let mut paragraph = layer.paragraph.clone();
        layer.paragraph.label = (0, 0);
        paragraph.end = self.group.change;
        paragraph.pieces = self.manuscript.keep(&mut layer.pieces);
        layer.blocks.push(Block::Paragraph(paragraph));
        layer.blocks.append(&mut layer.boxes);
        layer.paragraph.page_before = false;
    }

    fn end_cell(&mut self) {
        self.flush();
        if self.layer.is_cell || self.layer.row {
            self.layer.is_cell = true;
            self.begin_words();
        }
        self.end_paragraph(false);
        self.end_nested();
        if std::mem::take(&mut self.layer.cell) {
            self.layer.blocks.push(Block::CellEnd);
        }
    }

    fn end_row(&mut self) {
        self.end_paragraph(false);
        self.end_nested();
        if std::mem::take(&mut self.layer.cell) {
            self.layer.blocks.push(Block::CellEnd);
        }
        if std::mem::take(&mut self.layer.row) {
            self.layer.blocks.push(Block::RowEnd);
        }
    }

    fn end_table(&mut self) {
        self.end_row();
        if std::mem::take(&mut self.layer.in_table) {
            self.layer.blocks.push(Block::TableEnd);
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>, optional: bool) {
        let on = number != Some(0);
        if self.group.to != Destination::Body && self.word_aside(word, number) {
            return;
        }
        if self.begins_group(word, optional) {
            return;
        }
        match word {
            "u" => self.character(number.unwrap_or(0)),
            "uc" => self.group.stand_ins = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(64),
            "ansicpg" => self.fonts.set_page(number.unwrap_or(1252)),
            "mac" => self.fonts.set_page(10_000),
            "par" => self.end_line(),
            "sect" => {
                self.end_paragraph(false);
                let new_page = std::mem::replace(&mut self.new_page, true);
                self.layer.blocks.push(Block::SectionEnd { new_page });
                self.manuscript.sections.push(PageNumbers::default());
            }
            "sbknone" | "sbkcol" => self.new_page = false,
            "cell" => self.end_cell(),
            "row" => self.end_row(),
            "nestcell" => self.end_nested_cell(false),
            "nestrow" => self.end_nested_cell(true),
            "line" => self.push(PieceKind::Line),
            "tab" => self.push(PieceKind::Tab),
            "page" => self.push(PieceKind::Break { page: true }),
            "column" => self.push(PieceKind::Break { page: false }),
            "softpage" => self.push(PieceKind::Page),
            "chftn" => self.counted_sign = true,
            "ftnalt" => self.endnote(),
            "pard" | "trowd" => self.plain_paragraph(word),
            _ if character(word).is_some() => self.say(character(word).unwrap_or_default()),
            _ => self.format(word, number, on),
        }
    }

    fn end_line(&mut self) {
        self.flush();
        if self.layer.is_cell {
            self.begin_words();
        } else if self.layer.in_table {
            let pieces = std::mem::take(&mut self.layer.pieces);
            self.end_table();
            self.layer.pieces = pieces;
        }
        self.end_paragraph(true);
    }

    fn plain_paragraph(&mut self, word: &str) {
        self.flush();
        if word == "pard" {
            (self.layer.is_cell, self.layer.is_nested) = (false, false);
            let page_before = self.layer.paragraph.page_before && !self.layer.pieces.is_empty();
            let label = self.layer.paragraph.label;
            self.layer.paragraph = Paragraph { page_before, label, ..Paragraph::default() };
        }
    }

    /// What words and paragraphs look like.
    fn format(&mut self, word: &str, number: Option<i32>, on: bool) {
        self.flush();
        let group = &mut self.group;
        let mut set = |look: Look, on: bool| group.look = group.look.with(look, on);
        match word {
            "b" => set(Look::BOLD, on),
            "i" => set(Look::ITALIC, on),
            "strike" | "striked" => set(Look::STRUCK, on),
            "ulnone" => set(Look::UNDERLINED, false),
            "v" => set(Look::HIDDEN, on),
            "super" => set(Look::RAISED, on),
            "sub" => set(Look::LOWERED, on),
            "nosupersub" => {
                set(Look::RAISED, false);
                set(Look::LOWERED, false);
            }
            "plain" => {
                (group.look, group.change) = (Look::default(), Change::default());
                group.font = 0;
            }
            "deleted" => group.change = group.change.with(Change::DELETED, on),
            "revised" => group.change = group.change.with(Change::INSERTED, on),
            "f" => group.font = number.unwrap_or(0),
            "s" => {
                if let Some(style) = self.styles.get(number.unwrap_or(0)) {
                    let paragraph = &mut self.layer.paragraph;
                    paragraph.heading = style.heading;
                    paragraph.style_look = style.look;
                    paragraph.aside |= style.contents;
                    paragraph.style = number.unwrap_or(0).unsigned_abs().saturating_add(1);
                }
            }
            "outlinelevel" => {
                let level = u8::try_from(number.unwrap_or(0)).unwrap_or(9);
                self.layer.paragraph.heading = if level < 9 { level + 1 } else { 0 };
            }
            "qc" => self.layer.paragraph.centered = true,
            "pagebb" => self.layer.paragraph.page_before = on,
            "ls" | "ilvl" => {
                let level = if word == "ilvl" { u8::try_from(number.unwrap_or(0)).unwrap_or(0).min(8) } else { 0 };
                let before = self.layer.paragraph.list.map_or(0, |l| l.level);
                // Its number is printed in the text; the list only says how deep it stands.
                let place = ListPlace { list: u32::MAX, level: level.max(before), restart: None, silent: true };
                self.layer.paragraph.list = (word == "ilvl" || number != Some(0)).then_some(place);
            }
            "intbl" => self.layer.is_cell = true,
            "itap" => {
                self.layer.is_cell = number.is_some_and(|depth| depth > 0);
                self.layer.is_nested = number.is_some_and(|depth| depth > 1);
            }
            _ if word.starts_with("ul") && word != "ulc" => set(Look::UNDERLINED, on),
            _ => {}
        }
    }

    /// `\u8217`: a character by its number, in two halves where it is a large one.
    pub(super) fn character(&mut self, number: i32) {
        let unit = (number & 0xffff) as u16;
        self.pass = self.group.stand_ins;
        let half = self.half.take();
        if (0xd800..0xdc00).contains(&unit) {
            self.half = Some(unit);
            return;
        }
        // Some programs give symbols of symbol fonts a place of their own.
        let units = half.into_iter().chain([unit]);
        let words: String = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        let private = |c: char| ('\u{f000}'..='\u{f0ff}').contains(&c);
        if words.contains(private) {
            let bytes: Vec<u8> = words.chars().map(|c| (u32::from(c) & 0xff) as u8).collect();
            self.text(&bytes);
            self.flush();
        } else {
            self.say(&words);
        }
    }

    pub(super) fn begin_note(&mut self) {
        self.flush();
        let note = self.manuscript.notes.len() as u32;
        self.manuscript.notes.push(NoteBody::default());
        // A sign the author chose stands raised right before the note.
        let chosen = self.layer.pieces.last_mut().filter(|p| {
            !self.counted_sign && p.kind == PieceKind::Words && p.look.has(Look::RAISED) && p.words.1 - p.words.0 <= 8
        });
        match chosen {
            Some(piece) => piece.kind = PieceKind::Call(note),
            None => self.push(PieceKind::Call(note)),
        }
        self.counted_sign = false;
        self.begin_layer(Ending::Note(note));
    }

    /// The note that is open is an endnote.
    fn endnote(&mut self) {
        if let Some(Ending::Note(note)) = self.group.ends
            && let Some(note) = self.manuscript.notes.get_mut(note as usize)
        {
            note.series = 1;
        }
    }
}
