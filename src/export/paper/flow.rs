//! A paper in the order it is written: one step after the other, whatever is nested in it, within what formats can hold.
//!
//! Whatever a format cannot nest is laid flat; no word is lost by it, and [`Losses`] says what was.

use std::borrow::Cow;

use unicode_bidi::{Direction, get_base_direction_full};

use super::{Block, Grid, Role, Row, Run};

/// How deep lists go: what Word knows.
pub(super) const DEEPEST_LIST: usize = 9;

/// One step of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Step<'p> {
    /// A heading, 1 to 4.
    Heading(u8, &'p [Run]),
    /// A paragraph.
    Paragraph(Role, &'p [Run]),
    /// A paragraph of plain words, from what had to be laid flat.
    Plain(&'p str),
    /// A table; never inside another.
    Table(&'p Grid),
    /// The next part begins on a new page; never inside a table.
    PageBreak,
    /// A list begins, numbered or not.
    ListStart(bool),
    /// An entry of the list begins.
    ItemStart,
    /// It ends.
    ItemEnd,
    /// The list ends.
    ListEnd,
}

/// What was laid flat or cut on the way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Losses {
    /// Lists deeper than [`DEEPEST_LIST`].
    pub lists: bool,
    /// Tables in cells of tables.
    pub tables: bool,
    /// More columns than this.
    pub columns: Option<usize>,
    /// Other sentences.
    pub said: Vec<String>,
}

impl Losses {
    /// As sentences.
    pub fn sentences(self) -> Vec<String> {
        let mut sentences = self.said;
        if self.lists {
            sentences.push(format!("Lists more than {DEEPEST_LIST} deep: what is deeper stands as plain paragraphs"));
        }
        if self.tables {
            sentences.push("Tables inside tables, which stand as plain paragraphs".to_owned());
        }
        if let Some(most) = self.columns {
            sentences.push(format!("A table of more than {most} columns: the rest stands in the last"));
        }
        sentences
    }
}

/// What is still to be walked.
enum Rest<'p> {
    Blocks(std::slice::Iter<'p, Block>),
    Items(std::slice::Iter<'p, Vec<Block>>, bool),
    Step(Step<'p>),
}

/// The steps of some blocks.
pub(super) fn steps<'p>(blocks: &'p [Block], losses: &mut Losses) -> Vec<Step<'p>> {
    walk(vec![Rest::Blocks(blocks.iter())], false, losses)
}

/// The steps of a cell, from one or several cells of the grid.
pub(super) fn cell_steps<'p>(cells: &'p [Vec<Block>], losses: &mut Losses) -> Vec<Step<'p>> {
    walk(cells.iter().rev().map(|cell| Rest::Blocks(cell.iter())).collect(), true, losses)
}

/// Without recursion: a text from outside may be nested more deeply than a stack is.
fn walk<'p>(mut rest: Vec<Rest<'p>>, in_cell: bool, losses: &mut Losses) -> Vec<Step<'p>> {
    let mut steps = Vec::new();
    let mut depth = 0;
    while let Some(top) = rest.last_mut() {
        match top {
            Rest::Step(step) => {
                steps.push(*step);
                rest.pop();
            }
            Rest::Items(items, is_list) => {
                let is_list = *is_list;
                match items.next() {
                    Some(item) if is_list => {
                        steps.push(Step::ItemStart);
                        rest.push(Rest::Step(Step::ItemEnd));
                        rest.push(Rest::Blocks(item.iter()));
                    }
                    Some(item) => rest.push(Rest::Blocks(item.iter())),
                    None => {
                        rest.pop();
                        if is_list {
                            steps.push(Step::ListEnd);
                            depth -= 1;
                        }
                    }
                }
            }
            Rest::Blocks(blocks) => match blocks.next() {
                None => drop(rest.pop()),
                Some(Block::Heading { level, runs }) => steps.push(Step::Heading((*level).clamp(1, 4), runs)),
                Some(Block::Paragraph { role, runs, .. }) => steps.push(Step::Paragraph(*role, runs)),
                Some(Block::List { numbered, items }) if depth < DEEPEST_LIST => {
                    depth += 1;
                    steps.push(Step::ListStart(*numbered));
                    rest.push(Rest::Items(items.iter(), true));
                }
                Some(Block::List { items, .. }) => {
                    losses.lists = true;
                    rest.push(Rest::Items(items.iter(), false));
                }
                Some(Block::Table(grid)) if in_cell => {
                    losses.tables = true;
                    let heads = grid.columns.iter().map(|column| column.name.as_str());
                    let named = std::iter::once(grid.title.as_str()).chain(heads).filter(|name| !name.is_empty());
                    steps.extend(named.map(Step::Plain));
                    rest.extend(grid.rows.iter().rev().map(|row| Rest::Items(row.cells.iter(), false)));
                }
                Some(Block::Table(grid)) => steps.push(Step::Table(grid)),
                Some(Block::PageBreak) if in_cell => {}
                Some(Block::PageBreak) => steps.push(Step::PageBreak),
            },
        }
    }
    steps
}

/// What stands in a text, as far as it matters for where a page may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Heading,
    Paragraph {
        role: Role,
        /// It only says that something is left out.
        is_gap: bool,
        /// It is a few lines long.
        is_short: bool,
    },
    Other,
}

impl Kind {
    fn of_paragraph(role: Role, runs: &[Run]) -> Self {
        let length: usize = runs.iter().map(|run| run.text.len()).sum();
        let is_gap = length < 16 && matches!(plain(runs).as_str(), "[…]" | "[……]");
        Self::Paragraph { role, is_gap, is_short: length < SHORT }
    }

    pub fn of_step(step: Option<&Step<'_>>) -> Self {
        match step {
            Some(Step::Heading(..)) => Self::Heading,
            Some(Step::Paragraph(role, runs)) => Self::of_paragraph(*role, runs),
            _ => Self::Other,
        }
    }

    pub fn of_block(block: Option<&Block>) -> Self {
        match block {
            Some(Block::Heading { .. }) => Self::Heading,
            Some(Block::Paragraph { role, runs, .. }) => Self::of_paragraph(*role, runs),
            _ => Self::Other,
        }
    }

    /// Whether this stays on the page of what comes next, as it says little without that: a short quotation and the line
    /// over a remark, what is asked for above its words, the first paragraph of these, what is left out, and what a
    /// concern is about below its heading; and proposed words on that of whose proposal they are.
    pub fn keeps_next(self, before: Self, next: Self) -> bool {
        use Role::{Ask, Body, Label, Proposal, Quote, Since};
        let Self::Paragraph { role, is_gap, is_short } = self else { return false };
        match next {
            Self::Heading => role == Body && is_short && before == Self::Heading,
            Self::Other => false,
            Self::Paragraph { role: other, is_gap: gap_next, .. } => match (role, other) {
                (Label, Label) => false,
                (Label, _) | (Ask, Proposal) => true,
                // What a concern is about, where all else is said elsewhere.
                (Body, Label) => is_short && before == Self::Heading,
                (Body, Since) | (Quote, Label | Body) | (Proposal, Label) => is_short,
                (Quote, Quote) | (Proposal, Proposal) if is_gap || gap_next => is_short,
                (Proposal, Proposal) => is_short && !matches!(before, Self::Paragraph { role: Proposal, .. }),
                _ => false,
            },
        }
    }
}

/// A paragraph of so many bytes is short.
const SHORT: usize = 700;

/// A grid with as many heads as its widest row has cells.
pub(super) struct Shape<'p> {
    /// The heads; may be empty.
    pub heads: Vec<String>,
    /// What part of the width each column has; together 1.
    pub shares: Vec<f32>,
    /// The rows.
    pub rows: &'p [Row],
}

impl<'p> Shape<'p> {
    /// The shape of a grid that may be ragged; none where it has neither a head nor a cell.
    pub fn of(grid: &'p Grid, most: usize, losses: &mut Losses) -> Option<Self> {
        let widest = grid.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0).max(grid.columns.len());
        if widest > most {
            losses.columns = Some(most);
        }
        let count = widest.min(most);
        let last = count.checked_sub(1)?;
        let mut heads: Vec<String> = grid.columns.iter().take(count).map(|column| column.name.clone()).collect();
        heads.resize(count, String::new());
        for column in grid.columns.iter().skip(count).filter(|column| !column.name.is_empty()) {
            heads[last] = format!("{} / {}", heads[last], column.name);
        }
        let share = |column: usize| {
            let share = grid.columns.get(column).map_or(1.0, |c| c.share);
            // Some ratio between 1 and 50, whatever it says: every column can be read.
            if share.is_finite() && share > 0.0 { share } else { 1.0 }
        };
        let widest = (0..count).map(share).fold(0.0, f32::max);
        let shares: Vec<f32> = (0..count).map(|column| (share(column) / widest).max(0.02)).collect();
        let total: f32 = shares.iter().sum();
        Some(Self { heads, shares: shares.iter().map(|s| s / total).collect(), rows: &grid.rows })
    }

    /// What stands in a column of a row: as a rule one cell, none where the row is short.
    pub fn cell(&self, row: &'p Row, column: usize) -> &'p [Vec<Block>] {
        let is_last = column + 1 == self.heads.len();
        let end = if is_last { row.cells.len() } else { row.cells.len().min(column + 1) };
        row.cells.get(column..end).unwrap_or_default()
    }
}

/// The words as every format writes them: breaks of lines are `\n`, tabs stay, and other control characters and the two
/// characters that XML forbids are left out.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    let is_kept = |c: char| !(c.is_control() && c != '\n' && c != '\t') && c != '\u{fffe}' && c != '\u{ffff}';
    if text.chars().all(is_kept) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    Cow::Owned(text.chars().filter(|&c| is_kept(c)).collect())
}

/// The words in one line.
pub(super) fn one_line(text: &str) -> String {
    clean(text).replace(['\n', '\t'], " ").trim().to_owned()
}

/// The words of some runs in one line, without footnotes.
pub(super) fn plain(runs: &[Run]) -> String {
    one_line(&runs.iter().map(|run| run.text.as_str()).collect::<String>())
}

/// Whether there is nothing to write.
pub(super) fn is_blank(runs: &[Run]) -> bool {
    runs.iter().all(|run| noted(run).is_none() && clean(&run.text).is_empty())
}

/// The footnote of a run that says anything.
pub(super) fn noted(run: &Run) -> Option<&[Run]> {
    let note = run.footnote.as_deref()?;
    note_runs(note).iter().any(|run| !clean(&run.text).is_empty()).then_some(note)
}

/// Whether words run from right to left, by their first strong character; none where they have none.
pub(super) fn right_to_left<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<bool> {
    texts.into_iter().find_map(|text| match get_base_direction_full(text) {
        Direction::Rtl => Some(true),
        Direction::Ltr => Some(false),
        Direction::Mixed => None,
    })
}

/// The runs of a footnote. One that a footnote has itself follows in square brackets: no format nests them.
pub(super) fn note_runs(runs: &[Run]) -> Vec<Cow<'_, Run>> {
    enum Rest<'p> {
        Runs(std::slice::Iter<'p, Run>),
        Close,
    }
    let mut flat = Vec::new();
    let mut rest = vec![Rest::Runs(runs.iter())];
    while let Some(top) = rest.last_mut() {
        match top {
            Rest::Close => {
                flat.push(Cow::Owned(Run::plain("]")));
                rest.pop();
            }
            Rest::Runs(runs) => match runs.next() {
                None => drop(rest.pop()),
                Some(run) => match &run.footnote {
                    None => flat.push(Cow::Borrowed(run)),
                    Some(note) => {
                        let words = Run {
                            text: run.text.clone(),
                            mark: run.mark,
                            language: run.language.clone(),
                            footnote: None,
                            link: run.link.clone(),
                        };
                        flat.push(Cow::Owned(words));
                        flat.push(Cow::Owned(Run::plain(" [")));
                        rest.push(Rest::Close);
                        rest.push(Rest::Runs(note.iter()));
                    }
                },
            },
        }
    }
    flat
}

/// A language tag as files may carry it; none where it is no tag.
pub(super) fn tag(language: &str) -> Option<&str> {
    let tag = language.trim();
    let is_tag = (2..=35).contains(&tag.len())
        && tag.split('-').all(|part| (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric()))
        && tag.chars().next().is_some_and(|c| c.is_ascii_alphabetic());
    is_tag.then_some(tag)
}

/// An address on the web as files may carry it; none where it leads elsewhere or nowhere.
pub(super) fn address(link: &str) -> Option<String> {
    let link = link.trim();
    let lower = link.chars().take(8).collect::<String>().to_ascii_lowercase();
    let start = ["https://", "http://", "mailto:"].into_iter().find(|scheme| lower.starts_with(scheme))?;
    let rest = &link[start.len()..];
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_host_char = |c: char| c.is_alphanumeric() || ".-_~@:%+".contains(c);
    if host.is_empty() || !host.chars().all(is_host_char) || link.len() > 2_000 {
        return None;
    }
    let mut address = start.to_owned();
    let mut left = rest.chars();
    while let Some(c) = left.next() {
        let is_code = c == '%' && {
            let next = left.as_str().as_bytes();
            next.len() >= 2 && next[..2].iter().all(u8::is_ascii_hexdigit)
        };
        match c {
            '%' if !is_code => address.push_str("%25"),
            ' ' | '"' | '\'' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | '[' | ']' => {
                address.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c if c.is_control() || c.is_whitespace() || c == '\u{fffe}' || c == '\u{ffff}' => return None,
            c => address.push(c),
        }
    }
    Some(address)
}

/// How large the logo is drawn, in the unit of the limits; its ratio is kept whatever it says of itself.
pub(super) fn logo_size(width: f32, height: f32, widest: f32, highest: f32) -> (f32, f32) {
    let ratio = width / height;
    let ratio = if ratio.is_finite() && ratio > 0.0 { ratio.clamp(0.02, 50.0) } else { 1.0 };
    if ratio * highest <= widest { (ratio * highest, highest) } else { (widest, widest / ratio) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::paper::Column;

    #[test]
    fn deep_lists_are_laid_flat_and_said() {
        let mut list = vec![Block::text(Role::Body, "deepest")];
        for depth in 0..200 {
            list =
                vec![Block::text(Role::Body, format!("{depth}")), Block::List { numbered: false, items: vec![list] }];
        }
        let mut losses = Losses::default();
        let steps = steps(&list, &mut losses);
        let count = |step: Step<'_>| steps.iter().filter(|s| **s == step).count();
        assert_eq!((count(Step::ListStart(false)), count(Step::ItemEnd), count(Step::ListEnd)), (9, 9, 9));
        assert_eq!(steps.iter().filter(|s| matches!(s, Step::Paragraph(..))).count(), 201);
        assert!(losses.lists && !losses.tables);
    }

    #[test]
    fn what_says_little_alone_stays_with_what_comes_next() {
        let paragraph = |role, words: &str| Kind::of_block(Some(&Block::text(role, words)));
        let heading = Kind::of_block(Some(&Block::heading(1, "Scope")));
        let long = "word ".repeat(SHORT);
        let (label, ask) = (paragraph(Role::Label, "Scope"), paragraph(Role::Ask, "Delete it."));
        let (quote, body) = (paragraph(Role::Quote, "Lights burn."), paragraph(Role::Body, "Too few."));
        let (proposal, gap) = (paragraph(Role::Proposal, "Lights shall burn."), paragraph(Role::Proposal, "[…]"));
        for (before, it, next, stays) in [
            (body, label, body, true),
            (body, label, label, false),
            (body, ask, proposal, true),
            (body, ask, heading, false),
            (heading, quote, label, true),
            (heading, paragraph(Role::Quote, &long), label, false),
            (heading, body, heading, true),
            (heading, body, label, true),
            (quote, body, label, false),
            (quote, body, heading, false),
            (ask, proposal, proposal, true),
            (proposal, proposal, proposal, false),
            (proposal, proposal, gap, true),
            (ask, proposal, label, true),
        ] {
            assert_eq!(it.keeps_next(before, next), stays, "{it:?} between {before:?} and {next:?}");
        }
    }

    #[test]
    fn ragged_grids_get_a_shape() {
        let row = |n: usize| Row { about: None, cells: vec![vec![Block::text(Role::Body, "x")]; n] };
        let column = |share: f32| Column { name: "c".into(), share, ..Column::default() };
        let grid =
            Grid { title: String::new(), columns: vec![column(f32::NAN), column(0.0)], rows: vec![row(4), row(1)] };
        let mut losses = Losses::default();
        let shape = Shape::of(&grid, 3, &mut losses).unwrap();
        assert_eq!(shape.heads, ["c", "c", ""]);
        assert!((shape.shares.iter().sum::<f32>() - 1.0).abs() < 1e-5);
        assert_eq!([0, 1, 2].map(|c| shape.cell(&grid.rows[0], c).len()), [1, 1, 2]);
        assert_eq!([0, 1, 2].map(|c| shape.cell(&grid.rows[1], c).len()), [1, 0, 0]);
        assert_eq!(losses.columns, Some(3));
        assert!(Shape::of(&Grid::default(), 3, &mut losses).is_none());
    }

    #[test]
    fn only_the_web_is_led_to() {
        for (link, expected) in [
            ("https://example.org/a b?c=%20%zz", Some("https://example.org/a%20b?c=%20%25zz")),
            ("HTTP://example.org", Some("http://example.org")),
            ("mailto:a@example.org", Some("mailto:a@example.org")),
            ("javascript:alert(1)", None),
            ("http://", None),
            ("http://[::1]/", None),
            ("file:///etc/passwd", None),
        ] {
            assert_eq!(address(link).as_deref(), expected, "{link}");
        }
    }

    #[test]
    fn only_what_xml_forbids_is_left_out() {
        assert_eq!(clean(" \t\u{1F600}\r\na\0\u{b}\u{fffe}\u{202e} "), " \t\u{1F600}\na\u{202e} ");
        assert_eq!(tag("zh-Hans"), Some("zh-Hans"));
        assert_eq!(tag("\"><"), None);
    }

    #[test]
    fn notes_in_notes_stand_in_brackets() {
        let noted = |text: &str, note: Vec<Run>| Run { footnote: Some(note), ..Run::plain(text) };
        let runs = [noted("a", vec![noted("b", vec![Run::plain("c")])]), Run::plain("d")];
        assert_eq!(note_runs(&runs).iter().map(|r| r.text.as_str()).collect::<String>(), "a [b [c]]d");
    }
}
