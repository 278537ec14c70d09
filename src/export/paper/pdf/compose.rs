//! From a paper to what `paper.typ` reads.

use std::borrow::Cow;

use super::super::flow::{DEEPEST_LIST, Kind, Losses};
use super::super::words::words;
use super::super::{Block, Density, Grid, Paper, Role, Run, Sheet, Stroke};
use super::data::{Cells, ColumnHead, Data, FixedWords, FrontPage, Line, Note, Part, Picture, Signed, Words};
use super::flat::{flat_note, leaves, level};
use super::text::{Setter, Text, Way, printable, way_of};
use super::tongue::Tongues;

/// Tables in tables become paragraphs.
const DEEPEST_TABLE: u8 = 1;
/// Footnotes to footnotes stand in brackets.
const DEEPEST_NOTE: u8 = 1;
/// Words at the foot of the page, in letters.
const LONGEST_FOOT: usize = 88;
/// Words of a property of the file, in letters.
const LONGEST_PROPERTY: usize = 500;
/// Rows of a table times its footnotes; with more of them, the notes stand below the table.
const MOST_NOTES: usize = 600;
/// Entries of a list with footnotes that are set together.
const LONGEST_PIECE: usize = 40;
/// A row of about so many lines stays on one page.
const MOST_LINES: f32 = 16.0;
/// The least part of the width a column has.
const LEAST_SHARE: f32 = 0.06;

/// What the pages are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// A file.
    File,
    /// The window, which asks what stands where.
    Window,
}

/// The paper as data, and what could not be set as it is.
pub(super) fn data<'p>(
    paper: &'p Paper,
    purpose: Purpose,
    tongues: &'p Tongues,
    logo: Option<(&'static str, f32)>,
) -> (Data<'p>, Losses) {
    let losses = Losses::default();
    let mut composer = Composer { paper, tongues, purpose, losses, marks: 0, level: 0, notes: 0, waiting: None };
    let signatories = composer.signed();
    let place = composer.page();
    let front = &paper.front;
    let title = name_of(paper);
    let data = Data {
        title: property(&title),
        authors: Some(property(&front.organisation)).filter(|name| !name.is_empty()).into_iter().collect(),
        g: tongues.of_paper().clone(),
        tongues: tongues.others().clone(),
        rtl: composer.way() == Way::Rtl,
        dense: paper.density == Density::Dense,
        lying: paper.sheet == Sheet::Lying,
        contents: paper.contents && is_headed(paper),
        headed: is_headed(paper) || front.signatories.is_some(),
        words: FixedWords { contents: words(paper.language).contents, page: words(paper.language).page },
        front: FrontPage {
            title: composer.line(&front.title),
            subtitle: composer.line(&front.subtitle),
            organisation: composer.line(&front.organisation),
            date: composer.line(&front.date),
            addressee: composer.line(&front.addressee),
            foot: composer.foot(&title),
            logo: logo.map(|(file, ratio)| Picture { file, ratio, alt: composer.alt() }),
            introduction: composer.parts(&front.introduction, place),
            signatories,
        },
        body: composer.parts(&paper.body, place),
    };
    (data, composer.losses)
}

fn is_headed(paper: &Paper) -> bool {
    paper
        .body
        .iter()
        .any(|block| matches!(block, Block::Heading { runs, .. } if runs.iter().any(|run| !run.text.trim().is_empty())))
}

/// What a paper is called: its title, or the next best.
pub(super) fn name_of(paper: &Paper) -> String {
    let front = &paper.front;
    let heading = paper.body.iter().find_map(|block| match block {
        Block::Heading { runs, .. } => Some(runs.iter().map(|run| run.text.as_str()).collect::<String>()),
        _ => None,
    });
    [front.title.clone(), front.subtitle.clone(), heading.unwrap_or_default(), front.organisation.clone()]
        .into_iter()
        .map(|name| one_line(&name))
        .find(|name| !name.is_empty())
        .unwrap_or_else(|| words(paper.language).contents.to_owned())
}

fn one_line(words: &str) -> String {
    printable(words).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn property(words: &str) -> String {
    cut(&one_line(words), LONGEST_PROPERTY)
}

fn cut(words: &str, letters: usize) -> String {
    if words.chars().count() <= letters {
        return words.to_owned();
    }
    let short: String = words.chars().take(letters).collect();
    // Between words, where there is a space near the end.
    let end = short.rfind(' ').filter(|end| *end * 2 > short.len()).unwrap_or(short.len());
    format!("{}\u{2026}", short[..end].trim_end())
}

/// Where a block stands.
#[derive(Clone, Copy)]
struct Place {
    /// How long a line is, in heights of the letters.
    room: f32,
    /// Whether its words are hyphenated, as those of tables are.
    cell: bool,
    top: bool,
    lists: usize,
    tables: u8,
}

struct Composer<'p> {
    paper: &'p Paper,
    tongues: &'p Tongues,
    purpose: Purpose,
    losses: Losses,
    /// How many marks were given.
    marks: usize,
    /// Of the last heading.
    level: u8,
    /// How many footnotes there are so far.
    notes: usize,
    /// Notes that wait for the end of their table, where there is one that has too many for the foot of the page.
    waiting: Option<Vec<Note<'p>>>,
}

impl<'p> Composer<'p> {
    fn way(&self) -> Way {
        if self.paper.language.is_right_to_left() { Way::Rtl } else { Way::Ltr }
    }

    /// Which way words run, where it is not the way of the paper.
    fn other_way(&self, way: Option<Way>) -> Option<Way> {
        way.filter(|way| *way != self.way())
    }

    /// The place of what stands directly on the page: its width less the margins, as in `paper.typ`.
    fn page(&self) -> Place {
        let (width, margin) = match (self.paper.sheet, self.paper.density) {
            (Sheet::Upright, Density::Roomy) => (210.0, 26.0),
            (Sheet::Upright, Density::Dense) => (210.0, 16.0),
            (Sheet::Lying, Density::Roomy) => (297.0, 18.0),
            (Sheet::Lying, Density::Dense) => (297.0, 16.0),
        };
        let size = if self.paper.density == Density::Dense { 9.5 } else { 11.0 };
        let points = (width - 2.0 * margin) * 72.0 / 25.4;
        Place { room: points / size, cell: false, top: true, lists: 0, tables: 0 }
    }

    fn line(&self, words: &'p str) -> Option<Line<'p>> {
        let words = words.trim();
        let way = way_of([words]);
        let text = Setter::new(0.5 * self.page().room, false, way.unwrap_or_else(|| self.way())).set(words);
        (!words.is_empty()).then(|| Line { d: self.other_way(way), t: text })
    }

    fn signed(&self) -> Option<Signed<'p>> {
        let (heading, names) = self.paper.front.signatories.as_ref()?;
        let names = names.iter().filter_map(|name| self.line(name)).collect();
        Some(Signed { heading: self.line(heading), names })
    }

    fn foot(&self, title: &str) -> Line<'static> {
        let words = cut(title, LONGEST_FOOT);
        Line { d: self.other_way(way_of([words.as_str()])), t: Text::Whole(Cow::Owned(words)) }
    }

    fn alt(&self) -> String {
        format!("{} {}", words(self.paper.language).logo, property(&self.paper.front.organisation)).trim().to_owned()
    }

    fn parts(&mut self, blocks: &'p [Block], place: Place) -> Vec<Part<'p>> {
        let mut parts = Vec::with_capacity(blocks.len());
        let kind = |at: Option<usize>| Kind::of_block(at.and_then(|at| blocks.get(at)));
        for (n, block) in blocks.iter().enumerate() {
            let before = parts.len();
            self.part(block, place, &mut parts);
            // Typst leaves the footnotes of what it moves to the next page on this one.
            if let Some(Part::Paragraph { y, r, .. }) = parts.get_mut(before..).and_then(<[_]>::last_mut)
                && r.iter().all(|words| words.f.is_none())
            {
                *y = place.top && kind(Some(n)).keeps_next(kind(n.checked_sub(1)), kind(Some(n + 1)));
            }
        }
        parts
    }

    fn part(&mut self, block: &'p Block, place: Place, parts: &mut Vec<Part<'p>>) {
        match block {
            Block::Heading { level: wished, runs } if place.top => {
                let (d, r) = self.runs(runs, place);
                if !r.is_empty() {
                    self.level = level(self.level, *wished);
                    parts.push(Part::Heading { l: self.level, d, r });
                }
            }
            Block::Heading { runs, .. } => {
                let (d, mut r) = self.runs(runs, place);
                for words in &mut r {
                    words.b = true;
                }
                parts.extend((!r.is_empty()).then_some(Part::Paragraph {
                    o: role(Role::Body),
                    d,
                    a: None,
                    y: false,
                    r,
                }));
            }
            Block::Paragraph { role: what, about, runs } => {
                // Its parts are in several languages, put after each other as the paper runs.
                let way = if *what == Role::Label { Some(self.way()) } else { way_of_runs(runs) };
                let (d, r) = self.runs_along(way, runs, place);
                if !r.is_empty() {
                    let a = about.and_then(|id| self.mark(&id.to_string()));
                    parts.push(Part::Paragraph { o: role(*what), d, a, y: false, r });
                }
            }
            Block::List { numbered, items } => self.list(*numbered, items, place, parts),
            Block::Table(grid) => self.table(grid, place, parts),
            Block::PageBreak => parts.extend(place.top.then_some(Part::PageBreak)),
        }
    }

    fn list(&mut self, numbered: bool, items: &'p [Vec<Block>], place: Place, parts: &mut Vec<Part<'p>>) {
        let inner = Place { top: false, lists: place.lists + 1, room: (place.room - 2.0).max(4.0), ..place };
        if inner.lists > DEEPEST_LIST {
            self.losses.lists = true;
            for leaf in leaves(items.iter().flatten()) {
                self.part(leaf, Place { top: false, ..place }, parts);
            }
            return;
        }
        let first = items.first().and_then(|item| item.first());
        let d = match first {
            Some(Block::Paragraph { runs, .. }) => self.other_way(way_of_runs(runs)),
            _ => None,
        };
        let notes = self.notes;
        let items = items.iter().map(|item| self.parts(item, inner)).filter(|item| !item.is_empty());
        let items: Vec<Vec<Part<'p>>> = items.collect();
        // Typst sets a list anew for every page with a footnote of it: a long one is set in pieces.
        let piece = if place.top && self.notes > notes { LONGEST_PIECE } else { items.len().max(1) };
        let mut items = items.into_iter();
        let mut first = 1;
        loop {
            let i: Vec<Vec<Part<'p>>> = items.by_ref().take(piece).collect();
            if i.is_empty() {
                break;
            }
            let many = i.len();
            parts.push(Part::List { n: numbered, d, f: first, i });
            first += many;
        }
    }

    fn table(&mut self, grid: &'p Grid, place: Place, parts: &mut Vec<Part<'p>>) {
        let inner = Place { top: false, cell: true, tables: place.tables + 1, ..place };
        if inner.tables > DEEPEST_TABLE || grid.columns.is_empty() {
            self.losses.tables |= inner.tables > DEEPEST_TABLE;
            for leaf in leaves(grid.rows.iter().flat_map(|row| row.cells.iter().flatten())) {
                self.part(leaf, Place { top: false, ..place }, parts);
            }
            return;
        }
        let shares = shares(grid);
        let rooms: Vec<f32> = shares.iter().map(|share| (place.room * share / 0.9) - 1.0).collect();
        let heads = grid.columns.iter().zip(&shares).zip(&rooms).map(|((column, share), room)| {
            let way = way_of([column.name.as_str()]);
            let name = Setter::new(*room, true, way.unwrap_or_else(|| self.way())).set(&column.name);
            ColumnHead { d: self.other_way(way), n: name, s: (share * 10_000.0).round() / 100.0 }
        });
        let heads: Vec<ColumnHead<'p>> = heads.collect();
        // Typst sets a table anew for every page with a footnote of it.
        let notes = notes_in(grid);
        self.waiting = (notes * grid.rows.len() > MOST_NOTES).then(|| Vec::with_capacity(notes));
        let mut rows = Vec::with_capacity(grid.rows.len());
        for row in &grid.rows {
            let mark = row.about.and_then(|id| self.mark(&id.to_string()));
            let mut cells: Vec<Vec<Part<'p>>> = Vec::with_capacity(heads.len());
            let mut lines = 0.0f32;
            for (at, cell) in row.cells.iter().enumerate() {
                let room = rooms.get(at).or_else(|| rooms.last()).copied().unwrap_or(place.room);
                lines = lines.max(height(cell, room));
                let mut parts = self.parts(cell, Place { room, cell: at > 0, ..inner });
                if let Some(mark) = &mark {
                    for part in &mut parts {
                        part.take_mark(mark);
                    }
                }
                match cells.last_mut() {
                    // A row that is too long loses nothing.
                    Some(last) if at >= heads.len() => last.append(&mut parts),
                    _ => cells.push(parts),
                }
            }
            cells.resize_with(heads.len(), Vec::new);
            rows.push(Cells { b: lines > MOST_LINES, c: cells });
        }
        let below = self.waiting.take().unwrap_or_default();
        parts.push(Part::Table { w: property(&grid.title), c: heads, r: rows, n: below });
    }

    /// A mark by which the window finds a part on the pages, and the remark it is about.
    fn mark(&mut self, about: &str) -> Option<String> {
        self.marks += 1;
        (self.purpose == Purpose::Window).then(|| format!("{}-{about}", self.marks))
    }

    /// The runs of a paragraph and which way it runs, where it is not the way of the paper.
    fn runs(&mut self, runs: &'p [Run], place: Place) -> (Option<Way>, Vec<Words<'p>>) {
        self.runs_along(way_of_runs(runs), runs, place)
    }

    /// The same of a paragraph that runs in a certain way.
    fn runs_along(&mut self, way: Option<Way>, runs: &'p [Run], place: Place) -> (Option<Way>, Vec<Words<'p>>) {
        let mut setter = Setter::new(place.room, place.cell, way.unwrap_or_else(|| self.way()));
        let mut words: Vec<Words<'p>> = Vec::with_capacity(runs.len());
        for run in runs {
            words.append(&mut self.run(run, &mut setter, 0));
        }
        let empty = words.iter().all(|words| words.f.is_none() && words.n.is_none() && words.t.is_blank());
        (self.other_way(way), if empty { Vec::new() } else { words })
    }

    fn run(&mut self, run: &'p Run, setter: &mut Setter, notes: u8) -> Vec<Words<'p>> {
        let mark = run.mark;
        let paper_way = self.way();
        let tongues = self.tongues;
        let words = |text: Text<'p>| Words {
            t: text,
            g: run.language.as_deref().filter(|tag| tongues.differs(tag)),
            b: mark.strong,
            e: mark.emphasis,
            s: mark.stroke == Stroke::Struck,
            i: mark.stroke == Stroke::PutIn,
            u: None,
            f: None,
            n: None,
        };
        let mut all = Vec::with_capacity(1);
        let text = setter.set(&run.text);
        if !run.text.is_empty() {
            all.push(Words { u: run.link.as_deref().filter(|link| leads_somewhere(link)), ..words(text) });
        }
        let Some(note) = run.footnote.as_ref().filter(|note| note.iter().any(|run| !run.text.trim().is_empty())) else {
            return all;
        };
        if notes >= DEEPEST_NOTE {
            let flat = flat_note(note);
            all.push(words(Text::Whole(Cow::Owned(format!(" ({})", printable(&flat))))));
            return all;
        }
        self.notes += 1;
        let number = self.notes;
        let way = way_of(note.iter().map(|run| run.text.as_str()));
        let mut setter = Setter::new(self.page().room, false, way.unwrap_or_else(|| self.way()));
        let mut set = Vec::with_capacity(note.len());
        for run in note {
            set.append(&mut self.run(run, &mut setter, notes + 1));
        }
        if all.is_empty() {
            all.push(words(Text::Whole(Cow::Borrowed(""))));
        }
        if let Some(last) = all.last_mut() {
            match &mut self.waiting {
                Some(waiting) => {
                    last.n = Some(number);
                    waiting.push(Note { n: number, d: way.filter(|way| *way != paper_way), r: set });
                }
                None => last.f = Some(set),
            }
        }
        all
    }
}

/// How many footnotes the cells of a table have.
fn notes_in(grid: &Grid) -> usize {
    let leaves = leaves(grid.rows.iter().flat_map(|row| row.cells.iter().flatten()));
    let runs = leaves.into_iter().flat_map(|leaf| match leaf {
        Block::Paragraph { runs, .. } | Block::Heading { runs, .. } => runs.as_slice(),
        Block::List { .. } | Block::Table(_) | Block::PageBreak => &[],
    });
    runs.filter(|run| run.footnote.is_some()).count()
}

/// About how many lines blocks take.
fn height(blocks: &[Block], room: f32) -> f32 {
    let lines = |block: &Block| match block {
        Block::Paragraph { runs, .. } | Block::Heading { runs, .. } => {
            let letters: usize = runs.iter().map(|run| run.text.chars().count()).sum();
            let breaks: usize = runs.iter().map(|run| run.text.matches('\n').count()).sum();
            1.5 + letters as f32 * 0.6 / room.max(1.0) + breaks as f32
        }
        Block::List { .. } | Block::Table(_) => MOST_LINES + 1.0,
        Block::PageBreak => 0.0,
    };
    blocks.iter().map(lines).sum()
}

fn way_of_runs(runs: &[Run]) -> Option<Way> {
    way_of(runs.iter().map(|run| run.text.as_str()))
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Body => "body",
        Role::Quote => "quote",
        Role::Proposal => "proposal",
        Role::Ask => "ask",
        Role::Label => "label",
        Role::Since => "since",
    }
}

/// The parts of the width, together 1.
fn shares(grid: &Grid) -> Vec<f32> {
    let sound = |share: f32| if share.is_finite() && share > 0.0 { share } else { 0.0 };
    let sum: f32 = grid.columns.iter().map(|column| sound(column.share)).sum();
    let many = grid.columns.len() as f32;
    let least = LEAST_SHARE.min(1.0 / many);
    let shares: Vec<f32> = grid
        .columns
        .iter()
        .map(|column| if sum > 0.0 && sum.is_finite() { (sound(column.share) / sum).max(least) } else { 1.0 / many })
        .collect();
    let sum: f32 = shares.iter().sum();
    shares.into_iter().map(|share| share / sum).collect()
}

/// Whether a link is one a paper may have.
fn leads_somewhere(link: &str) -> bool {
    let known = ["http://", "https://", "mailto:"]
        .iter()
        .any(|scheme| link.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    known && link.len() <= 2000 && !link.chars().any(|c| c.is_control() || c.is_whitespace())
}
