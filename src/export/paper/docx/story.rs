//! The text of the document: one paragraph after the other, with lists and footnotes.

use super::Page;
use super::furniture::Furniture;
use super::lists::{INDENT, Lists};
use super::package::Relations;
use super::styles::{Style, Styles, WORD};
use super::xml::Xml;
use crate::export::paper::contents::Entry;
use crate::export::paper::flow::{Kind, Losses, Step, is_blank, note_runs, right_to_left};
use crate::export::paper::{Paper, Role, Run};

/// The namespaces of a part with a text.
pub(super) const NAMESPACES: &[(&str, &str)] = &[
    ("xmlns:w", WORD),
    ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    ("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    ("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("xmlns:pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"),
];

/// What the text is written for.
pub(super) struct Setting<'a> {
    pub styles: &'a Styles,
    pub paper: &'a Paper,
    /// Of the text, in twentieths of a point.
    pub width: u32,
    /// Whether the styles come from another document.
    pub is_dressed: bool,
    pub entries: &'a [Entry],
}

/// How a paragraph looks beside its style.
#[derive(Clone, Copy, Default)]
pub(super) struct Look {
    pub style: Option<Style>,
    pub rtl: bool,
    /// Its list and its level in it.
    pub mark: Option<(u32, usize)>,
    /// How far it is set in and how far its first line hangs out, in twentieths of a point.
    pub indent: Option<(u32, u32)>,
    pub keeps_next: bool,
    /// Whether it begins on the side where the page begins, whichever way its words run.
    pub keeps_side: bool,
    /// Whether a line is drawn below.
    pub is_ruled: bool,
}

/// A list that is being written.
pub(super) struct Open {
    numbered: bool,
    id: Option<u32>,
    /// Entries so far.
    count: usize,
    /// Whether the mark of the entry is still to come.
    is_fresh: bool,
}

/// The text being written.
pub(super) struct Story<'a> {
    pub setting: Setting<'a>,
    pub xml: Xml,
    pub losses: Losses,
    pub in_cell: bool,
    notes: Xml,
    note_count: u32,
    in_note: bool,
    relations: Relations,
    note_relations: Relations,
    lists: Lists,
    pub open: Vec<Open>,
    headings: usize,
    breaks_page: bool,
    /// Whether the next paragraph stays on the page of the one behind it.
    keeps_next: bool,
}

/// The parts that came of it.
pub(super) struct Told {
    pub document: String,
    pub relations: Relations,
    pub notes: Option<String>,
    pub note_relations: Relations,
    pub has_notes: bool,
    pub lists: Lists,
    pub losses: Losses,
}

impl<'a> Story<'a> {
    pub fn new(setting: Setting<'a>, lists: Lists, relations: Relations, losses: Losses) -> Self {
        let mut xml = Xml::part("w:document", NAMESPACES);
        xml.start("w:body", &[]);
        let mut notes = Xml::part("w:footnotes", NAMESPACES);
        for (id, kind, line) in
            [("-1", "separator", "w:separator"), ("0", "continuationSeparator", "w:continuationSeparator")]
        {
            notes.start("w:footnote", &[("w:type", kind), ("w:id", id)]);
            let bidi = if setting.paper.language.is_right_to_left() { "<w:bidi/>" } else { "" };
            notes.raw(&format!(
                r#"<w:p><w:pPr>{bidi}<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:r><{line}/></w:r></w:p>"#
            ));
            notes.end();
        }
        Self {
            setting,
            xml,
            losses,
            in_cell: false,
            notes,
            note_count: 0,
            in_note: false,
            relations,
            note_relations: Relations::default(),
            lists,
            open: Vec::new(),
            headings: 0,
            breaks_page: false,
            keeps_next: false,
        }
    }

    /// The paragraphs, lists and tables of a text.
    pub fn write(&mut self, steps: &[Step<'_>]) {
        for (n, step) in steps.iter().enumerate() {
            let kind = |at: Option<usize>| Kind::of_step(at.and_then(|at| steps.get(at)));
            self.keeps_next = !self.in_cell && kind(Some(n)).keeps_next(kind(n.checked_sub(1)), kind(Some(n + 1)));
            match *step {
                Step::Heading(level, runs) => self.heading(level, runs),
                Step::Paragraph(role, runs) => {
                    let plain: Vec<&Run> = runs.iter().collect();
                    self.text(Style::of(role, self.in_cell), &plain);
                }
                Step::Plain(words) => {
                    let run = Run::plain(words);
                    self.text(Style::of(Role::Body, self.in_cell), &[&run]);
                }
                Step::Table(grid) => {
                    self.mark_alone();
                    self.table(grid);
                }
                Step::PageBreak => self.breaks_page = true,
                Step::ListStart(numbered) => {
                    self.mark_alone();
                    let level = self.open.len();
                    let id = self.lists.add(numbered, u8::try_from(level).unwrap_or(u8::MAX));
                    self.open.push(Open { numbered, id, count: 0, is_fresh: false });
                }
                Step::ItemStart => {
                    if let Some(list) = self.open.last_mut() {
                        list.count += 1;
                        list.is_fresh = true;
                    }
                }
                Step::ItemEnd => self.mark_alone(),
                Step::ListEnd => drop(self.open.pop()),
            }
        }
    }

    /// A heading, as an entry of the contents leads to it.
    fn heading(&mut self, level: u8, runs: &[Run]) {
        let heading = self.headings;
        let plain: Vec<&Run> = runs.iter().collect();
        if self.in_cell {
            self.text(Style::TableHead, &plain);
            return;
        }
        self.headings += 1;
        if is_blank(runs) {
            return;
        }
        let rtl = self.direction(&plain);
        self.open_paragraph(Look { style: Some(Style::Heading(level)), rtl, keeps_side: true, ..Look::default() });
        let is_listed = self.setting.entries.binary_search_by_key(&heading, |entry| entry.heading).is_ok();
        let id = (heading + 1).to_string();
        if is_listed {
            self.xml.empty("w:bookmarkStart", &[("w:id", &id), ("w:name", &bookmark(heading))]);
        }
        self.runs(&plain, rtl);
        if is_listed {
            self.xml.empty("w:bookmarkEnd", &[("w:id", &id)]);
        }
        self.xml.end();
    }

    /// A paragraph, with the mark of its list if it is the first of an entry.
    pub fn text(&mut self, style: Style, runs: &[&Run]) {
        if runs.iter().all(|run| is_blank(std::slice::from_ref(run))) {
            return;
        }
        let rtl = self.direction(runs);
        let mut look =
            Look { style: Some(style), rtl, keeps_side: style == Style::Label || self.in_cell, ..Look::default() };
        look.keeps_next = self.keeps_next;
        let mut written_mark = None;
        let level = self.open.len();
        if let Some(list) = self.open.last_mut() {
            // Marks stand on the side of the page, even where an entry is in other letters.
            look.rtl |= self.setting.paper.language.is_right_to_left();
            let left = INDENT * level as u32;
            let is_plain = matches!(style, Style::BodyText);
            if list.is_fresh {
                list.is_fresh = false;
                if is_plain {
                    look.style = Some(if list.numbered { Style::ListNumber } else { Style::ListBullet });
                }
                match list.id {
                    Some(id) => look.mark = Some((id, level - 1)),
                    None => {
                        written_mark = Some(Run::plain(format!("{}.\t", list.count)));
                        look.indent = Some((left, INDENT));
                    }
                }
            } else {
                if is_plain {
                    look.style = Some(Style::ListContinue);
                }
                look.indent = Some((left, 0));
            }
        }
        self.open_paragraph(look);
        if let Some(mark) = &written_mark {
            self.runs(&[mark], look.rtl);
        }
        self.runs(runs, look.rtl);
        self.xml.end();
    }

    /// The mark of an entry that does not begin with a paragraph.
    fn mark_alone(&mut self) {
        let level = self.open.len();
        let Some(list) = self.open.last_mut().filter(|list| list.is_fresh) else { return };
        list.is_fresh = false;
        let style = match (self.in_cell, list.numbered) {
            (true, _) => Style::TableText,
            (false, true) => Style::ListNumber,
            (false, false) => Style::ListBullet,
        };
        let mark = list.id.map(|id| (id, level - 1));
        let rtl = self.setting.paper.language.is_right_to_left();
        self.open_paragraph(Look { style: Some(style), rtl, mark, ..Look::default() });
        self.xml.end();
    }

    /// Whether words run from right to left; as the paper does where they do not tell.
    pub fn direction(&self, runs: &[&Run]) -> bool {
        let told = right_to_left(runs.iter().map(|run| run.text.as_str()));
        told.unwrap_or_else(|| self.setting.paper.language.is_right_to_left())
    }

    /// Opens a paragraph, for its runs.
    pub fn open_paragraph(&mut self, look: Look) {
        self.xml.start("w:p", &[]);
        self.xml.start("w:pPr", &[]);
        if let Some(style) = look.style {
            let id = self.setting.styles.id(style);
            self.xml.value("w:pStyle", id);
        }
        if look.keeps_next {
            self.xml.empty("w:keepNext", &[]);
        }
        if std::mem::take(&mut self.breaks_page) {
            self.xml.empty("w:pageBreakBefore", &[]);
        }
        if let Some((id, level)) = look.mark {
            self.xml.start("w:numPr", &[]);
            self.xml.value("w:ilvl", &level.to_string());
            self.xml.value("w:numId", &id.to_string());
            self.xml.end();
        }
        if look.is_ruled {
            self.xml.raw(r#"<w:pBdr><w:bottom w:val="single" w:sz="8" w:space="8" w:color="1F3552"/></w:pBdr>"#);
        }
        if look.rtl
            && let Some(style) = look.style.filter(|style| self.setting.styles.is_own(*style))
        {
            // The bar of a quotation stands where its lines begin.
            self.xml.raw(&style.bar_on_the_right());
        }
        if look.rtl {
            self.xml.empty("w:bidi", &[]);
        } else if self.setting.is_dressed {
            self.xml.value("w:bidi", "0");
        }
        if look.is_ruled {
            self.xml.raw(r#"<w:spacing w:after="280"/>"#);
        }
        if let Some((left, hanging)) = look.indent {
            let (left, hanging) = (left.to_string(), hanging.to_string());
            self.xml.empty("w:ind", &[("w:left", &left), ("w:hanging", &hanging)]);
        }
        if look.keeps_side && look.rtl != self.setting.paper.language.is_right_to_left() {
            // Right is where lines end, in Word's way: left in what runs from right to left.
            self.xml.value("w:jc", "right");
        }
        self.xml.end();
    }

    /// A little room where there is no paragraph to have it.
    pub fn gap(&mut self) {
        let breaks = if std::mem::take(&mut self.breaks_page) { "<w:pageBreakBefore/>" } else { "" };
        self.xml.raw(&format!(
            r#"<w:p><w:pPr>{breaks}<w:spacing w:before="0" w:after="0" w:line="200" w:lineRule="exact"/></w:pPr></w:p>"#
        ));
    }

    /// Whether the next part begins on a new page.
    pub fn is_breaking(&self) -> bool {
        self.breaks_page
    }

    /// The id under which the part being written leads to an address.
    pub fn link(&mut self, address: &str) -> String {
        let relations = if self.in_note { &mut self.note_relations } else { &mut self.relations };
        relations.add_outside("hyperlink", address)
    }

    /// A footnote: its mark here, its words in their own part.
    pub fn note(&mut self, note: &[Run]) {
        self.note_count += 1;
        let id = self.note_count.to_string();
        let mark = format!(r#"<w:rPr><w:rStyle w:val="{}"/></w:rPr>"#, self.setting.styles.id(Style::NoteMark));
        self.xml.raw(&format!(r#"<w:r>{mark}<w:footnoteReference w:id="{id}"/></w:r>"#));
        let runs = note_runs(note);
        let runs: Vec<&Run> = runs.iter().map(AsRef::as_ref).collect();
        let rtl = self.direction(&runs);
        let breaks_page = std::mem::take(&mut self.breaks_page);
        std::mem::swap(&mut self.xml, &mut self.notes);
        self.in_note = true;
        self.xml.start("w:footnote", &[("w:id", &id)]);
        self.open_paragraph(Look { style: Some(Style::NoteText), rtl, ..Look::default() });
        self.xml.raw(&format!(r#"<w:r>{mark}<w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>"#));
        self.runs(&runs, rtl);
        self.xml.end();
        self.xml.end();
        self.in_note = false;
        self.breaks_page = breaks_page;
        std::mem::swap(&mut self.xml, &mut self.notes);
    }

    /// Ends the text with the page it is set on.
    pub fn finish(mut self, page: &Page, furniture: &Furniture) -> Told {
        furniture.section(&mut self.xml, page, self.setting.paper);
        let has_notes = self.note_count > 0;
        Told {
            document: self.xml.finish(),
            relations: self.relations,
            notes: has_notes.then(|| self.notes.finish()),
            note_relations: self.note_relations,
            has_notes,
            lists: self.lists,
            losses: self.losses,
        }
    }
}

/// What the heading with this number is called for the table of contents.
pub(super) fn bookmark(heading: usize) -> String {
    format!("_Toc{}", 100_000_001 + heading)
}
