//! The tables of a paper as a workbook, one sheet each, with what the paper says around them; a paper without a table as a
//! sheet with a row for each paragraph.
//!
//! Every cell is a string, so that none is a formula, a date or a number, but for those that the program counted itself.
//!
//! Must not know: where a paper comes from, other formats.

mod cells;

use std::collections::BTreeSet;

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, FormatUnderline, Workbook, Worksheet,
    XlsxError,
};

use super::flow::{Losses, Shape, Step, cell_steps, clean, one_line, plain, right_to_left, steps};
use super::words::{role, words};
use super::{Grid, Mark, Paper, Stroke};
use crate::export::table::{MOST_ROWS, sheet_name};
use crate::export::{ExportError, Written};
use cells::{LONGEST_CELL, Number, Piece, cell, guarded, line, lines, next_mark, pieces, raised, shortened, within};

/// Columns a sheet of a paper has at most.
const MOST_COLUMNS: usize = 1_000;
/// Characters of all columns together: the first that lets every row be as high as its words.
const WIDTHS: [f32; 5] = [140.0, 170.0, 200.0, 240.0, 290.0];
/// The narrowest and the widest column.
const NARROWEST: f32 = 9.0;
const WIDEST: f32 = 120.0;
/// The height of a line, and the most a row may have, in points.
const LINE: f64 = 15.0;
const HIGHEST: f64 = 409.0;

/// The workbook.
pub(super) fn write(paper: &Paper) -> Result<Written, ExportError> {
    let failed = |e: &dyn std::fmt::Display| ExportError::NotMade(format!("The workbook could not be made: {e}"));
    let mut losses = Losses::default();
    let introduction = steps(&paper.front.introduction, &mut losses);
    let body = steps(&paper.body, &mut losses);
    let all: Vec<Step<'_>> = introduction.into_iter().chain(body).collect();
    let mut book = Book::new(paper, losses).map_err(|e| failed(&e))?;
    let count = all.iter().filter(|step| matches!(step, Step::Table(_))).count();
    if count == 0 {
        book.text(&all).map_err(|e| failed(&e))?;
    } else {
        // What stands before a table stands over it on its sheet, and what stands behind the last one below that.
        let mut around = book.front();
        let mut lists: Vec<(bool, usize)> = Vec::new();
        let mut mark = String::new();
        let mut notes = Vec::new();
        for step in &all {
            match *step {
                Step::Table(grid) if grid.rows.len() > MOST_ROWS => {
                    return Err(failed(&format!("{} rows are more than a sheet holds", grid.rows.len())));
                }
                Step::Table(grid) => {
                    book.end(&[]).map_err(|e| failed(&e))?;
                    book.notes = std::mem::take(&mut notes);
                    book.grid(grid, &std::mem::take(&mut around)).map_err(|e| failed(&e))?;
                }
                Step::Heading(_, runs) => around.push((true, line(runs, &mut notes))),
                Step::Paragraph(_, runs) => {
                    around.push((false, format!("{}{}", std::mem::take(&mut mark), line(runs, &mut notes))));
                }
                Step::Plain(words) => around.push((false, one_line(words))),
                Step::ListStart(numbered) => lists.push((numbered, 0)),
                Step::ItemStart => mark = next_mark(&mut lists),
                Step::ListEnd => drop(lists.pop()),
                Step::ItemEnd | Step::PageBreak => {}
            }
        }
        if let Some((heading, names)) = &paper.front.signatories {
            around.push((true, one_line(heading)));
            around.extend(names.iter().map(|name| (false, one_line(name))));
        }
        book.notes.append(&mut notes);
        book.end(&around).map_err(|e| failed(&e))?;
    }
    let cut = book.cut;
    if cut > 0 {
        let s = if cut == 1 { "" } else { "s" };
        let sentence = format!("The end of {cut} cell{s} longer than a sheet holds ({LONGEST_CELL} characters)");
        book.losses.said.push(sentence);
    }
    let bytes = book.book.save_to_buffer().map_err(|e| failed(&e))?;
    Ok(Written { bytes, left: book.losses.sentences() })
}

struct Book<'p> {
    paper: &'p Paper,
    book: Workbook,
    names: BTreeSet<String>,
    losses: Losses,
    /// Cells that had to be cut.
    cut: usize,
    /// How many characters the columns of the last sheet hold in a line.
    widths: Vec<f32>,
    /// The row that was written last, and how many lines it has.
    last_row: (u32, usize),
    /// The row below the last table.
    next_row: u32,
    /// The footnotes of the last sheet.
    notes: Vec<String>,
}

/// A line beside a table, and whether it is a heading.
type Line = (bool, String);

impl<'p> Book<'p> {
    fn new(paper: &'p Paper, losses: Losses) -> Result<Self, XlsxError> {
        let mut book = Workbook::new();
        // The same bytes for the same paper: no time and no name of this machine.
        let properties = DocProperties::new()
            .set_title(shortened(&one_line(&paper.front.title), 255))
            .set_author(shortened(&one_line(&paper.front.organisation), 255))
            .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
        book.set_properties(&properties);
        Ok(Self {
            paper,
            book,
            names: BTreeSet::new(),
            losses,
            cut: 0,
            widths: Vec::new(),
            last_row: (0, 1),
            next_row: 0,
            notes: Vec::new(),
        })
    }

    /// What stands at the front of the paper.
    fn front(&self) -> Vec<Line> {
        let front = &self.paper.front;
        let title = std::iter::once((true, &front.title));
        let others = [&front.subtitle, &front.organisation, &front.addressee, &front.date];
        title.chain(others.into_iter().map(|l| (false, l))).map(|(is_head, l)| (is_head, one_line(l))).collect()
    }

    /// Lines across the columns of the last sheet, from a row on; answers the row below them.
    fn around(&mut self, mut row: u32, lines: &[Line]) -> Result<u32, XlsxError> {
        let last = u16::try_from(self.widths.len().saturating_sub(1)).unwrap_or(u16::MAX);
        let width: f32 = self.widths.iter().sum();
        for (is_head, words) in lines.iter().filter(|(_, words)| !words.trim().is_empty()) {
            let is_cut = words.encode_utf16().count() > LONGEST_CELL;
            let words = if is_cut { shortened(words, LONGEST_CELL) } else { words.clone() };
            self.cut += usize::from(is_cut);
            let mut format = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_num_format("@");
            if *is_head {
                format = format.set_bold();
            }
            if row == 0 {
                format = format.set_font_size(14);
            }
            if let Some(rtl) = right_to_left([words.as_str()]) {
                format = format.set_reading_direction(if rtl { 2 } else { 1 });
            }
            let count = self::lines(&[(Mark::default(), words.clone())], width);
            let at = self.book.worksheets_mut().len() - 1;
            let sheet = self.book.worksheet_from_index(at)?;
            if last > 0 {
                sheet.merge_range(row, 0, row, last, "", &format)?;
            }
            put(sheet, row, 0, &[(Mark::default(), words)], &format)?;
            if count > 1 {
                sheet.set_row_height(row, (count as f64 * LINE).min(HIGHEST))?;
            }
            row += 1;
        }
        Ok(row)
    }

    /// What stands below the table of the last sheet: some lines, and its footnotes.
    fn end(&mut self, lines: &[Line]) -> Result<(), XlsxError> {
        let notes = std::mem::take(&mut self.notes);
        let notes = (1..).zip(notes).map(|(n, note)| (false, format!("{} {note}", raised(n))));
        let lines: Vec<Line> = lines.iter().cloned().chain(notes).collect();
        if !lines.is_empty() {
            self.around(self.next_row + 1, &lines)?;
        }
        Ok(())
    }

    /// A sheet with heads and widths below some lines, set up to be printed; answers the row of the heads.
    fn sheet(&mut self, title: &str, heads: &[String], widths: Vec<f32>, above: &[Line]) -> Result<u32, XlsxError> {
        let mut name = named(title);
        let mut number = 2;
        while !self.names.insert(name.to_lowercase()) {
            let end = format!(" {number}");
            name = format!("{}{end}", shortened(&named(title), 31 - end.len()));
            number += 1;
        }
        let right_to_left = self.paper.language.is_right_to_left();
        self.widths = widths;
        self.book.add_worksheet().set_name(&name)?.set_right_to_left(right_to_left);
        let lines = self.around(0, above)?;
        let top = if lines == 0 { 0 } else { lines + 1 };
        self.last_row = (top, 1);
        let at = self.book.worksheets_mut().len() - 1;
        let sheet = self.book.worksheet_from_index(at)?;
        sheet.set_freeze_panes(top + 1, 0)?;
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(top, top)?;
        let title = shortened(&one_line(&self.paper.front.title), 120).replace('&', "&&");
        sheet.set_footer(format!("&L{title}&R&P / &N"));
        for (column, width) in (0_u16..).zip(&self.widths) {
            sheet.set_column_width(column, f64::from(*width))?;
        }
        let head = cell_format().set_bold().set_background_color(Color::RGB(0x00EE_F1F5)).set_align(FormatAlign::Top);
        let mut cut = 0;
        for (column, words) in (0_u16..).zip(heads) {
            cut += usize::from(put(sheet, top, column, &[(Mark::default(), clean(words).into_owned())], &head)?);
        }
        self.cut += cut;
        self.next_row = top + 1;
        Ok(top)
    }

    fn grid(&mut self, grid: &Grid, above: &[Line]) -> Result<(), XlsxError> {
        let mut losses = std::mem::take(&mut self.losses);
        let shape = Shape::of(grid, MOST_COLUMNS, &mut losses);
        let (heads, shares) = shape.as_ref().map_or((&[][..], &[][..]), |shape| (&shape.heads, &shape.shares));
        let mut cells: Vec<Vec<Vec<Piece>>> = Vec::with_capacity(grid.rows.len());
        for of in shape.iter().flat_map(|shape| shape.rows) {
            let Some(shape) = &shape else { continue };
            let steps = (0..heads.len()).map(|at| cell_steps(shape.cell(of, at), &mut losses));
            cells.push(steps.collect::<Vec<_>>().iter().map(|steps| cell(steps, &mut self.notes)).collect());
        }
        let widths = |all: f32| shares.iter().map(|s| (s * all).clamp(NARROWEST, WIDEST)).collect::<Vec<f32>>();
        let fits = |all: &&f32| {
            let widths = widths(**all);
            let height = |row: &Vec<Vec<Piece>>| row.iter().zip(&widths).map(|(c, w)| lines(c, *w)).max().unwrap_or(0);
            cells.iter().all(|row| height(row) as f64 * LINE <= HIGHEST)
        };
        let all = WIDTHS.iter().find(fits).copied().unwrap_or(WIDTHS[WIDTHS.len() - 1]);
        let top = self.sheet(&grid.title, heads, widths(all), above)?;
        let body = cell_format();
        let counts = |column: usize| grid.columns.get(column).is_some_and(|c| c.counts);
        for (row, of) in (top + 1..).zip(&cells) {
            self.next_row = row + 1;
            for (at, words) in of.iter().enumerate() {
                let column = u16::try_from(at).unwrap_or(u16::MAX);
                match Number::of(words).filter(|_| counts(at)) {
                    Some(number) => self.number(row, column, number)?,
                    None => self.put(row, column, words, &body)?,
                }
            }
        }
        let last = u16::try_from(heads.len().saturating_sub(1)).unwrap_or(u16::MAX);
        if !cells.is_empty() {
            let at = self.book.worksheets_mut().len() - 1;
            self.book.worksheet_from_index(at)?.autofilter(top, 0, self.next_row - 1, last)?;
        }
        self.losses = losses;
        Ok(())
    }

    /// A row for each paragraph, under the heading it stands under.
    fn text(&mut self, steps: &[Step<'_>]) -> Result<(), XlsxError> {
        let words = words(self.paper.language);
        let front = &self.paper.front;
        let title = one_line(&front.title);
        let name = if title.is_empty() { words.untitled } else { title.as_str() };
        let above = self.front();
        let top = self.sheet(name, &words.sheet.map(str::to_owned), vec![34.0, 20.0, 90.0], &above)?;
        let body = cell_format();
        let bold = cell_format().set_bold();
        let mut row = top;
        let mut notes = Vec::new();
        let mut above: Vec<(u8, String)> = Vec::new();
        let mut mark = String::new();
        let mut lists: Vec<(bool, usize)> = Vec::new();
        for step in steps {
            if usize::try_from(row).is_ok_and(|row| row >= MOST_ROWS) {
                self.losses.said.push(format!("What follows row {MOST_ROWS}: a sheet has no more"));
                break;
            }
            match *step {
                Step::Heading(level, runs) => {
                    above.retain(|(other, _)| *other < level);
                    above.push((level, plain(runs)));
                    row += 1;
                    self.put(row, 0, &pieces(runs, &mut notes), &bold)?;
                    self.put(row, 1, &[], &body)?;
                    self.put(row, 2, &[], &body)?;
                }
                Step::Paragraph(_, _) | Step::Plain(_) => {
                    let (of, mut words) = match *step {
                        Step::Paragraph(of, runs) => (of, pieces(runs, &mut notes)),
                        Step::Plain(words) => (super::Role::Body, vec![(Mark::default(), clean(words).into_owned())]),
                        _ => continue,
                    };
                    if words.iter().all(|(_, words)| words.is_empty()) {
                        continue;
                    }
                    words.insert(0, (Mark::default(), std::mem::take(&mut mark)));
                    row += 1;
                    let heading: Vec<&str> = above.iter().map(|(_, words)| words.as_str()).collect();
                    self.put(row, 0, &[(Mark::default(), heading.join(" \u{203a} "))], &body)?;
                    let kind = role(self.paper.language, of).to_owned();
                    self.put(row, 1, &[(Mark::default(), kind)], &body)?;
                    self.put(row, 2, &words, &body)?;
                }
                Step::ListStart(numbered) => lists.push((numbered, 0)),
                Step::ItemStart => mark = next_mark(&mut lists),
                Step::ListEnd => drop(lists.pop()),
                Step::ItemEnd | Step::Table(_) | Step::PageBreak => {}
            }
        }
        if let Some((heading, names)) = &front.signatories {
            for line in std::iter::once(heading).chain(names).filter(|line| !clean(line).trim().is_empty()) {
                row += 1;
                self.put(row, 2, &[(Mark::default(), clean(line).into_owned())], &body)?;
            }
        }
        self.next_row = row + 1;
        self.notes = notes;
        self.end(&[])
    }

    fn number(&mut self, row: u32, column: u16, number: Number) -> Result<(), XlsxError> {
        let at = self.book.worksheets_mut().len() - 1;
        let sheet = self.book.worksheet_from_index(at)?;
        let (value, form) = match number {
            Number::Count(n) => (f64::from(n), "0"),
            Number::Percent(n) => (f64::from(n) / 100.0, "0%"),
        };
        sheet.write_number_with_format(row, column, value, &cell_format().set_num_format(form))?;
        Ok(())
    }

    fn put(&mut self, row: u32, column: u16, words: &[Piece], format: &Format) -> Result<(), XlsxError> {
        let last = self.book.worksheets_mut().len() - 1;
        let sheet = self.book.worksheet_from_index(last)?;
        self.cut += usize::from(put(sheet, row, column, words, format)?);
        // Said outright: LibreOffice leaves rows at one line, and prints no more of them.
        let lines = lines(words, self.widths.get(usize::from(column)).copied().unwrap_or(WIDTHS[0]));
        let before = if self.last_row.0 == row { self.last_row.1 } else { 1 };
        if lines > before {
            sheet.set_row_height(row, (lines as f64 * LINE).min(HIGHEST))?;
        }
        self.last_row = (row, lines.max(before));
        Ok(())
    }
}

fn cell_format() -> Format {
    Format::new()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_num_format("@")
        .set_border(FormatBorder::Hair)
        .set_border_color(Color::RGB(0x00BF_C7D1))
}

/// Writes words in a cell, and says whether they had to be cut.
fn put(sheet: &mut Worksheet, row: u32, column: u16, words: &[Piece], format: &Format) -> Result<bool, XlsxError> {
    let (words, is_cut) = within(words);
    // Said outright: what a spreadsheet makes of words with two directions is its own.
    let format = &match right_to_left(words.iter().map(|(_, words)| words.as_str())) {
        Some(rtl) => format.clone().set_reading_direction(if rtl { 2 } else { 1 }),
        None => format.clone(),
    };
    let formats: Vec<Format> = words.iter().map(|(mark, _)| letters(*mark)).collect();
    match words.as_slice() {
        [] => {
            sheet.write_blank(row, column, format)?;
        }
        // The writer would take such words for a rich string of its own making.
        [(mark, text)] if *mark == Mark::default() && !text.starts_with("<r>") => {
            sheet.write_string_with_format(row, column, text, format)?;
        }
        [(_, text)] => {
            let first = text.chars().next().map_or(0, char::len_utf8);
            let (start, end) = text.split_at(first);
            if end.is_empty() {
                // One letter makes no rich string; the whole cell stands out instead.
                sheet.write_string_with_format(row, column, text, &formats[0].clone().merge(format))?;
            } else {
                let halves = [guarded(start), guarded(end)];
                let rich = [(&formats[0], halves[0].as_str()), (&formats[0], halves[1].as_str())];
                sheet.write_rich_string_with_format(row, column, &rich, format)?;
            }
        }
        words => {
            let texts: Vec<String> = words.iter().map(|(_, text)| guarded(text)).collect();
            let rich: Vec<(&Format, &str)> = formats.iter().zip(texts.iter().map(String::as_str)).collect();
            sheet.write_rich_string_with_format(row, column, &rich, format)?;
        }
    }
    Ok(is_cut)
}

fn letters(mark: Mark) -> Format {
    let mut format = Format::new();
    if mark.strong || mark.stroke == Stroke::PutIn {
        format = format.set_bold();
    }
    if mark.emphasis {
        format = format.set_italic();
    }
    match mark.stroke {
        Stroke::Kept => format,
        Stroke::Struck => format.set_font_strikethrough(),
        Stroke::PutIn => format.set_underline(FormatUnderline::Single),
    }
}

/// A name of a sheet: as much of the title as Excel takes, in whole words.
fn named(title: &str) -> String {
    let cut = shortened(&sheet_name(title), 31);
    if one_line(title).chars().count() <= 31 {
        return cut;
    }
    let cut = shortened(&cut, 30);
    let words = cut.rfind(' ').filter(|at| *at > 12).map_or(cut.as_str(), |at| &cut[..at]);
    format!("{}\u{2026}", words.trim_end())
}
