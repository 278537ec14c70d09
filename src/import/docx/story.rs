//! The document, its notes and its comments: paragraphs and tables in order, of elements that nest as they like.

use std::collections::HashMap;

use crate::import::manuscript::{
    Block, Change, Former, Languages, Look, Manuscript, NoteBody, Paragraph, Piece, PieceKind, Remark, symbols,
};
use crate::import::part::{Elements, Part, Piece as Markup, Tag};
use crate::import::{Problem, Watch};

use super::NAMESPACES;
use super::drawn;
use super::fields::Fields;
use super::lists::Lists;
use super::properties::{self, Section};
use super::styles::Styles;

/// Reads stories into a manuscript.
pub(super) struct Story<'a> {
    manuscript: &'a mut Manuscript,
    styles: &'a Styles,
    lists: &'a Lists,
    /// Notes by series and by the document's name for them.
    notes: HashMap<(u8, String), u32>,
    remarks: HashMap<String, u32>,
    languages: Languages,
    sections: Vec<Section>,
    embedded: usize,
    /// Lines drawn in paragraphs with words.
    drawn: usize,
    /// Blocks of the story, and of the boxes in it that are open.
    sinks: Vec<Vec<Block>>,
    paragraphs: Vec<OpenParagraph>,
    runs: Vec<Run>,
    fields: Fields,
    /// Open elements that say something about all that stands in them.
    inserted: usize,
    deleted: usize,
    rows: Vec<Change>,
    cells: Vec<Change>,
    alternatives: Vec<bool>,
    /// Whether each content control that is open holds a table of contents.
    controls: Vec<bool>,
    raised: usize,
    lowered: usize,
    collecting: Collecting,
}

/// Which characters are words.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Collecting {
    #[default]
    Nothing,
    Words,
    Instruction,
}

#[derive(Default)]
struct OpenParagraph {
    paragraph: Paragraph,
    pieces: Vec<Piece>,
    language: Option<String>,
    /// What stands in boxes that hang on it.
    boxes: Vec<Block>,
    section: Option<Section>,
    centered: bool,
    drawn: usize,
}

#[derive(Clone, Default)]
struct Run {
    look: Look,
    language: Option<String>,
    /// A note whose sign the next words are.
    custom_call: Option<u32>,
}

impl<'a> Story<'a> {
    /// Ready to read.
    pub fn new(manuscript: &'a mut Manuscript, styles: &'a Styles, lists: &'a Lists) -> Self {
        Self {
            manuscript,
            styles,
            lists,
            notes: HashMap::new(),
            remarks: HashMap::new(),
            languages: Languages::default(),
            sections: Vec::new(),
            embedded: 0,
            drawn: 0,
            sinks: Vec::new(),
            paragraphs: Vec::new(),
            runs: Vec::new(),
            fields: Fields::default(),
            inserted: 0,
            deleted: 0,
            rows: Vec::new(),
            cells: Vec::new(),
            alternatives: Vec::new(),
            controls: Vec::new(),
            raised: 0,
            lowered: 0,
            collecting: Collecting::Nothing,
        }
    }

    /// Reads the document itself.
    pub fn read_document(&mut self, part: &Part, watch: &mut dyn Watch) -> Result<(), Problem> {
        let mut elements = part.elements(NAMESPACES);
        let total = part.len() as u64;
        self.begin();
        let mut count = 0_usize;
        loop {
            count += 1;
            if count.is_multiple_of(1 << 14) {
                if watch.cancelled() {
                    return Err(Problem::Cancelled);
                }
                watch.progress(elements.done(), total);
            }
            match elements.next()? {
                Markup::Open(tag) => self.open(&tag, &mut elements)?,
                Markup::Close(space, name) => self.close(space, name),
                Markup::Text(words) => self.words(&words),
                Markup::End => break,
            }
        }
        self.manuscript.body = self.end();
        self.place_sections();
        Ok(())
    }

    /// Reads footnotes (0) or endnotes (1).
    pub fn read_notes(&mut self, part: &Part, series: u8) -> Result<(), Problem> {
        let mut elements = part.elements(NAMESPACES);
        let mut open = None;
        loop {
            match elements.next()? {
                Markup::Open(tag) if tag.space == 'w' && matches!(tag.name, "footnote" | "endnote") => {
                    // The lines above notes are kept among them.
                    if tag.attribute("type").is_some_and(|t| t != "normal") {
                        elements.skip()?;
                        continue;
                    }
                    open = Some(self.note(series, &tag.attribute("id").unwrap_or_default()));
                    self.begin();
                }
                Markup::Open(tag) => self.open(&tag, &mut elements)?,
                Markup::Close('w', "footnote" | "endnote") => {
                    let blocks = self.end();
                    if let Some(note) = open.take().and_then(|i: u32| self.manuscript.notes.get_mut(i as usize)) {
                        note.blocks = blocks;
                    }
                }
                Markup::Close(space, name) => self.close(space, name),
                Markup::Text(words) => self.words(&words),
                Markup::End => return Ok(()),
            }
        }
    }

    /// Reads comments.
    pub fn read_comments(&mut self, part: &Part) -> Result<(), Problem> {
        let mut elements = part.elements(NAMESPACES);
        let mut open: Option<Remark> = None;
        loop {
            match elements.next()? {
                Markup::Open(tag) if tag.space == 'w' && tag.name == "comment" => {
                    let date = tag.attribute("date").and_then(|d| Remark::date_of(&d));
                    let author = tag.attribute("author").unwrap_or_default().trim().to_owned();
                    open = Some(Remark { author, date, text: String::new() });
                    self.remarks.insert(tag.attribute("id").unwrap_or_default(), self.manuscript.remarks.len() as u32);
                    self.begin();
                }
                Markup::Open(tag) => self.open(&tag, &mut elements)?,
                Markup::Close('w', "comment") => {
                    let blocks = self.end();
                    let mut remark = open.take().unwrap_or_default();
                    remark.text = self.plain(&blocks);
                    self.manuscript.remarks.push(remark);
                }
                Markup::Close(space, name) => self.close(space, name),
                Markup::Text(words) => self.words(&words),
                Markup::End => return Ok(()),
            }
        }
    }

    /// Says what was found beside the words.
    pub fn finish(self) {
        self.manuscript.language = self.languages.most(&self.manuscript.text);
        if self.embedded > 0 {
            let what = "Part of the document is a file embedded in it, which is not read";
            self.manuscript.warnings.push(what.to_owned());
        }
        let is_struck = self.manuscript.pieces.iter().any(|p| p.look.has(Look::STRUCK));
        self.manuscript.warnings.extend(drawn::warning(self.drawn, is_struck));
    }

    fn begin(&mut self) {
        self.sinks = vec![Vec::new()];
        self.paragraphs.clear();
        self.runs.clear();
        self.fields = Fields::default();
        (self.inserted, self.deleted, self.raised, self.lowered) = (0, 0, 0, 0);
        self.controls.clear();
        self.rows.clear();
        self.cells.clear();
        self.alternatives.clear();
        self.collecting = Collecting::Nothing;
    }

    fn end(&mut self) -> Vec<Block> {
        while self.paragraphs.last().is_some() {
            self.close_paragraph();
        }
        self.sinks.drain(..).next().unwrap_or_default()
    }

    fn plain(&self, blocks: &[Block]) -> String {
        let paragraphs = blocks.iter().filter_map(|b| match b {
            Block::Paragraph(paragraph) => Some(self.manuscript.plain(paragraph)),
            _ => None,
        });
        let lines: Vec<String> = paragraphs.map(|p| p.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        crate::model::text::normalize(lines.join("\n").trim())
    }

    fn note(&mut self, series: u8, id: &str) -> u32 {
        let next = self.manuscript.notes.len() as u32;
        let index = *self.notes.entry((series, id.to_owned())).or_insert(next);
        if index == next {
            self.manuscript.notes.push(NoteBody { series, blocks: Vec::new() });
        }
        index
    }

    fn open(&mut self, tag: &Tag<'_>, elements: &mut Elements<'_>) -> Result<(), Problem> {
        match (tag.space, tag.name) {
            ('w', "p") => {
                let inherited = self.styles.paragraph(None);
                let paragraph =
                    Paragraph { style_look: inherited.look, style: inherited.index, ..Paragraph::default() };
                let language = inherited.language.clone();
                let aside = self.controls.contains(&true) || self.fields.in_contents();
                let mut open = OpenParagraph { paragraph, language, ..OpenParagraph::default() };
                open.paragraph.aside = aside;
                open.paragraph.heading = inherited.heading;
                open.centered = inherited.centered;
                open.paragraph.list = self.lists.place(properties::NumberProperties::default(), inherited);
                self.paragraphs.push(open);
            }
            ('w', "pPr") => self.paragraph_properties(elements)?,
            ('w' | 'm', "r") => {
                let base = self.style_look();
                let language = self.paragraphs.last().and_then(|p| p.language.clone());
                self.runs.push(Run { look: base, language, custom_call: None });
            }
            ('w', "rPr") => {
                let found = properties::run(elements)?;
                let base = self.style_look();
                let look = self.styles.run(base, &found);
                if let Some(run) = self.runs.last_mut() {
                    run.look = look;
                    if let Some(language) = found.language {
                        self.languages.said();
                        run.language = Some(language);
                    }
                }
            }
            ('w' | 'm', "t") | ('w', "delText") => self.collecting = Collecting::Words,
            ('w', "instrText" | "delInstrText") => self.collecting = Collecting::Instruction,
            ('w', "tab" | "ptab") => self.push(PieceKind::Tab),
            ('w', "br") => self.push(match tag.attribute("type").as_deref() {
                Some("page") => PieceKind::Break { page: true },
                Some("column") => PieceKind::Break { page: false },
                _ => PieceKind::Line,
            }),
            ('w', "cr") => self.push(PieceKind::Line),
            ('w', "noBreakHyphen") => self.say("\u{2011}"),
            ('w', "lastRenderedPageBreak") => self.push(PieceKind::Page),
            ('w', "sym") => {
                let code = tag.attribute("char").and_then(|c| u32::from_str_radix(&c, 16).ok());
                let sign = code.and_then(|c| symbols::symbol(&tag.attribute("font").unwrap_or_default(), c));
                self.say(sign.unwrap_or('\u{fffd}').encode_utf8(&mut [0; 4]));
            }
            ('w', "footnoteReference" | "endnoteReference") => {
                let note =
                    self.note(u8::from(tag.name == "endnoteReference"), &tag.attribute("id").unwrap_or_default());
                let custom =
                    tag.attribute("customMarkFollows").is_some_and(|c| matches!(c.as_str(), "1" | "true" | "on"));
                match self.runs.last_mut() {
                    Some(run) if custom => run.custom_call = Some(note),
                    _ => self.push(PieceKind::Call(note)),
                }
            }
            ('w', "commentRangeStart" | "commentRangeEnd" | "commentReference") => {
                let Some(&remark) = self.remarks.get(&tag.attribute("id").unwrap_or_default()) else { return Ok(()) };
                self.push(match tag.name {
                    "commentRangeStart" => PieceKind::RemarkStart(remark),
                    "commentRangeEnd" => PieceKind::RemarkEnd(remark),
                    _ => PieceKind::RemarkSign(remark),
                });
            }
            ('w', "ins" | "moveTo") => self.inserted += 1,
            ('w', "del" | "moveFrom") => self.deleted += 1,
            ('w', "fldChar") => self.fields.character(&tag.attribute("fldCharType").unwrap_or_default()),
            ('w', "fldSimple") => self.fields.simple(&tag.attribute("instr").unwrap_or_default()),
            ('w', "sdt") => self.controls.push(false),
            ('w', "docPartGallery") => {
                if let Some(control) = self.controls.last_mut() {
                    *control |= tag.attribute("val").as_deref() == Some("Table of Contents");
                }
            }
            // What stands in for what an older program cannot show would be the same again.
            ('c', "AlternateContent") => self.alternatives.push(false),
            ('c', "Choice" | "Fallback") => match self.alternatives.last_mut() {
                Some(taken) if *taken => elements.skip()?,
                Some(taken) => *taken = true,
                None => {}
            },
            ('w', "txbxContent") => self.sinks.push(Vec::new()),
            ('w', "tbl") => self.block(Block::Table),
            ('w', "tr") => {
                self.rows.push(Change::default());
                self.block(Block::Row { before: 0 });
            }
            ('w', "trPr") => self.row_properties(elements)?,
            ('w', "tc") => {
                self.cells.push(Change::default());
                self.block(Block::Cell { span: 1 });
            }
            ('w', "tcPr") => self.cell_properties(elements)?,
            ('v' | 'd', _) if drawn::is_line(tag) => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.drawn += 1;
                }
            }
            ('w', "sectPr") => self.sections.push(properties::section(elements)?),
            ('w', "altChunk") => self.embedded += 1,
            // Readings above characters, and what only describes.
            ('w', "rt" | "rubyPr" | "tblPr" | "tblGrid" | "sdtEndPr" | "footnotePr" | "numberingChange") => {
                elements.skip()?;
            }
            ('m', "den") => self.say("/"),
            ('m', "sup") => self.raised += 1,
            ('m', "sub") => self.lowered += 1,
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, space: char, name: &str) {
        match (space, name) {
            ('w', "p") => self.close_paragraph(),
            ('w' | 'm', "r") => {
                if let Some(note) = self.runs.last().and_then(|run| run.custom_call) {
                    self.push(PieceKind::Call(note));
                }
                self.runs.pop();
            }
            ('w' | 'm', "t") | ('w', "delText" | "instrText" | "delInstrText") => self.collecting = Collecting::Nothing,
            ('w', "ins" | "moveTo") => self.inserted = self.inserted.saturating_sub(1),
            ('w', "del" | "moveFrom") => self.deleted = self.deleted.saturating_sub(1),
            ('w', "fldSimple") => self.fields.character("end"),
            ('w', "sdt") => {
                self.controls.pop();
            }
            ('c', "AlternateContent") => {
                self.alternatives.pop();
            }
            ('w', "txbxContent") if self.sinks.len() > 1 => {
                let blocks = self.sinks.pop().unwrap_or_default();
                match self.paragraphs.last_mut() {
                    Some(paragraph) => paragraph.boxes.extend(blocks),
                    None => self.sinks.last_mut().into_iter().for_each(|sink| sink.extend(blocks.iter().cloned())),
                }
            }
            ('w', "tbl") => self.block(Block::TableEnd),
            ('w', "tr") => {
                self.rows.pop();
                self.block(Block::RowEnd);
            }
            ('w', "tc") => {
                self.cells.pop();
                self.block(Block::CellEnd);
            }
            ('m', "sup") => self.raised = self.raised.saturating_sub(1),
            ('m', "sub") => self.lowered = self.lowered.saturating_sub(1),
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        match self.collecting {
            Collecting::Nothing => {}
            Collecting::Instruction => self.fields.instruction(words),
            Collecting::Words => self.say(words),
        }
    }

    /// Adds words to the paragraph.
    fn say(&mut self, words: &str) {
        let change = self.change();
        let run = self.runs.last_mut();
        let (look, language, custom) = match run {
            Some(run) => (run.look, run.language.as_deref(), run.custom_call.take()),
            None => (self.style_look(), None, None),
        };
        if look.has(Look::HIDDEN) || self.fields.hides() {
            return;
        }
        let look = look.with(Look::RAISED, look.has(Look::RAISED) || self.raised > 0);
        let look = look.with(Look::LOWERED, look.has(Look::LOWERED) || self.lowered > 0);
        self.languages.count(language, words);
        let Some(open) = self.paragraphs.last_mut() else { return };
        match custom {
            Some(note) => {
                let start = self.manuscript.text.len() as u32;
                self.manuscript.text.push_str(words);
                let words = (start, self.manuscript.text.len() as u32);
                open.pieces.push(Piece { kind: PieceKind::Call(note), words, look, change });
            }
            None => self.manuscript.push_words(&mut open.pieces, words, look, change),
        }
    }

    fn push(&mut self, kind: PieceKind) {
        let change = self.change();
        let look = self.runs.last().map(|r| r.look).unwrap_or_default();
        if self.fields.hides() || (look.has(Look::HIDDEN) && matches!(kind, PieceKind::Tab | PieceKind::Line)) {
            return;
        }
        let at = self.manuscript.text.len() as u32;
        if let Some(open) = self.paragraphs.last_mut() {
            open.pieces.push(Piece { kind, words: (at, at), look, change });
        }
    }

    /// How words look that say nothing of themselves.
    fn style_look(&self) -> Look {
        self.paragraphs.last().map(|p| p.paragraph.style_look).unwrap_or_default()
    }

    fn change(&self) -> Change {
        let mut change = Change::default();
        if self.inserted > 0 {
            change = change.and(Change::INSERTED);
        }
        if self.deleted > 0 {
            change = change.and(Change::DELETED);
        }
        self.rows.iter().chain(&self.cells).fold(change, |all, one| all.and(*one))
    }

    fn block(&mut self, block: Block) {
        if let Some(sink) = self.sinks.last_mut() {
            sink.push(block);
        }
    }

    fn paragraph_properties(&mut self, elements: &mut Elements<'_>) -> Result<(), Problem> {
        let found = properties::paragraph(elements)?;
        let Some(open) = self.paragraphs.last_mut() else { return Ok(()) };
        let inherited = self.styles.paragraph(found.style.as_deref());
        let paragraph = &mut open.paragraph;
        paragraph.style_look = inherited.look;
        paragraph.style = inherited.index;
        paragraph.heading = match found.outline {
            Some(level) if level < 9 => level + 1,
            Some(_) => 0,
            None => inherited.heading,
        };
        paragraph.aside |= inherited.contents;
        paragraph.list = self.lists.place(found.list, inherited);
        if let Some(former) = found.former_list {
            paragraph.former_list = Former::Other(self.lists.place(former, inherited));
        }
        paragraph.page_before = found.page_before.unwrap_or(inherited.page_before);
        paragraph.end = found.end.change;
        paragraph.runs_on = self.styles.run(inherited.look, &found.end).has(Look::HIDDEN);
        paragraph.centered = found.centered.unwrap_or(inherited.centered);
        open.language.clone_from(&inherited.language);
        open.section = found.section;
        Ok(())
    }

    fn close_paragraph(&mut self) {
        let Some(mut open) = self.paragraphs.pop() else { return };
        self.fields.end_paragraph();
        let mut paragraph = open.paragraph;
        paragraph.aside |= self.fields.in_contents() || self.fields.take_met_contents();
        paragraph.end =
            paragraph.end.and(self.rows.iter().chain(&self.cells).fold(Change::default(), |a, b| a.and(*b)));
        paragraph.pieces = self.manuscript.keep(&mut open.pieces);
        if open.drawn > 0 && !self.manuscript.plain(&paragraph).trim().is_empty() {
            self.drawn += open.drawn;
        }
        self.block(Block::Paragraph(paragraph));
        if let Some(sink) = self.sinks.last_mut() {
            sink.append(&mut open.boxes);
        }
        if let Some(section) = open.section {
            self.sections.push(section);
            self.block(Block::SectionEnd { new_page: false });
        }
    }

    fn row_properties(&mut self, elements: &mut Elements<'_>) -> Result<(), Problem> {
        let depth = elements.depth();
        while let Some(piece) = elements.inside(depth)? {
            let Markup::Open(tag) = piece else { continue };
            match (tag.name, self.rows.last_mut()) {
                ("ins", Some(row)) => *row = row.and(Change::INSERTED),
                ("del", Some(row)) => *row = row.and(Change::DELETED),
                ("gridBefore", _) => {
                    if let Some(Block::Row { before }) = self.sinks.last_mut().and_then(|sink| sink.last_mut()) {
                        *before = tag.number("val").unwrap_or(0);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn cell_properties(&mut self, elements: &mut Elements<'_>) -> Result<(), Problem> {
        let depth = elements.depth();
        while let Some(piece) = elements.inside(depth)? {
            let Markup::Open(tag) = piece else { continue };
            match (tag.name, self.cells.last_mut()) {
                ("cellIns", Some(cell)) => *cell = cell.and(Change::INSERTED),
                ("cellDel", Some(cell)) => *cell = cell.and(Change::DELETED),
                ("gridSpan", _) => {
                    if let Some(Block::Cell { span }) = self.sinks.last_mut().and_then(|sink| sink.last_mut()) {
                        *span = tag.number("val").unwrap_or(1);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A section says of itself whether it begins on a page of its own; the end of the one before it must know.
    fn place_sections(&mut self) {
        let mut next = self.sections.iter().skip(1);
        for block in &mut self.manuscript.body {
            if let Block::SectionEnd { new_page } = block {
                *new_page = next.next().is_some_and(|s| s.new_page);
            }
        }
        self.manuscript.sections = self.sections.iter().map(|s| s.pages).collect();
        for series in 0..2 {
            if let Some(numbers) = self.sections.iter().find_map(|s| s.notes[series]) {
                self.manuscript.note_numbers[series] = numbers;
            }
        }
    }
}
