//! What is looked at as a picture for a report.

use crate::export::picture::{Align, HAIR, INK, Ink, PAPER, Picture, QUIET, SHADES, fitted, width};

use super::grid::{Grid, Head, HeadKey};
use super::look::{MatrixPage, Shade};
use super::safeguards::{SafeguardState, Safeguards};
use super::sheet::{about, title};
use super::{Matrix, Scope, team_sheet};

pub(super) const MARGIN: f32 = 24.0;
const TITLE: f32 = 18.0;
pub(super) const WORDS: f32 = 11.0;
pub(super) const ROW: f32 = 20.0;
/// The names of rows are no wider than this.
const WIDEST_NAME: f32 = 300.0;
const NARROWEST: f32 = 26.0;
const WIDEST_COLUMN: f32 = 120.0;
/// Words begin so far above the bottom of a row.
const BASE: f32 = 6.0;

/// The picture; none of what is no picture.
pub fn of(scope: &Scope<'_>, matrix: &Matrix) -> Option<Picture> {
    match matrix {
        Matrix::Grid(grid) if scope.look.page == MatrixPage::TimeLine => Some(time_line(scope, grid)),
        Matrix::Grid(grid) => Some(heat(scope, grid)),
        Matrix::Safeguards(table) => Some(safeguards(scope, table)),
        Matrix::Agreement(agreeing) => Some(team_sheet::strip(scope, agreeing)),
        Matrix::Coverage(_) | Matrix::Curation(_) => None,
    }
}

/// A page with its title, what is counted under it, and where to go on.
pub(super) fn page(scope: &Scope<'_>) -> (Picture, f32) {
    let title = title(scope);
    let mut picture = Picture { title: format!("{title}, {}", scope.project.details.title), ..Picture::default() };
    let mut y = MARGIN + TITLE;
    picture.bold([MARGIN, y], TITLE, Align::Start, INK, fitted(&title, TITLE, true, 900.0));
    let about = [scope.project.details.title.clone(), about(scope)].into_iter().filter(|s| !s.trim().is_empty());
    y += 18.0;
    let about = fitted(&about.collect::<Vec<_>>().join(". "), WORDS, false, 900.0);
    picture.text([MARGIN, y], WORDS, Align::Start, QUIET, about);
    (picture, y + 16.0)
}

/// The page is as large as what stands on it.
pub(super) fn closed(mut picture: Picture, right: f32, bottom: f32) -> Picture {
    use crate::export::picture::Shape;
    let words = picture.shapes.iter().filter_map(|shape| match shape {
        Shape::Text { at, size, bold, align: Align::Start, words, .. } => Some(at[0] + width(words, *size, *bold)),
        _ => None,
    });
    let right = words.fold(right, f32::max);
    picture.size = ((right + MARGIN).ceil(), (bottom + MARGIN).ceil());
    picture
}

fn named(head: &Head) -> String {
    let tag = if matches!(head.key, HeadKey::Concern(_)) { format!("{}  ", head.short) } else { String::new() };
    format!("{}{tag}{}", "    ".repeat(head.depth.min(8)), head.name)
}

fn widest<'h>(heads: impl Iterator<Item = &'h Head>, name: impl Fn(&Head) -> String) -> f32 {
    heads.map(|h| width(&name(h), WORDS, false)).fold(0.0, f32::max)
}

fn heat(scope: &Scope<'_>, grid: &Grid) -> Picture {
    let shade = scope.look.shade;
    let (mut picture, top) = page(scope);
    let names = (widest(grid.rows.iter(), named) + 12.0).clamp(60.0, WIDEST_NAME);
    let column = (widest(grid.columns.iter(), |h| h.short.clone()) + 10.0).clamp(NARROWEST, WIDEST_COLUMN);
    let left = MARGIN + names;
    let all = left + column * grid.columns.len() as f32;
    let right = all + 40.0;
    let mut y = top + ROW;
    for (c, head) in grid.columns.iter().enumerate() {
        let x = left + column * (c as f32 + 0.5);
        let ink = if head.total.count == 0 { QUIET } else { INK };
        picture.text([x, y - BASE], WORDS, Align::Middle, ink, fitted(&head.short, WORDS, false, column - 2.0));
    }
    picture.text([right - 4.0, y - BASE], WORDS, Align::End, QUIET, "all");
    for (r, head) in grid.rows.iter().enumerate() {
        let ink = if head.total.count == 0 { QUIET } else { INK };
        // Indentation is made of spaces, which fitting would take away.
        let indent = 12.0 * head.depth.min(8) as f32;
        let name = fitted(&named(&Head { depth: 0, ..head.clone() }), WORDS, false, names - 8.0 - indent);
        picture.text([MARGIN + indent, y + ROW - BASE], WORDS, Align::Start, ink, name);
        for c in 0..grid.columns.len() {
            let x = left + column * c as f32;
            let figure = grid.figure(r, c, shade);
            let (wash, ink) = shaded(grid.step(r, c, shade));
            if wash != PAPER {
                picture.rect([x + 0.5, y + 0.5, column - 1.0, ROW - 1.0], wash);
            }
            if !figure.is_empty() {
                let at = [x + column / 2.0, y + ROW - BASE];
                let meets_itself = grid.symmetric && r == c;
                picture.text(at, WORDS, Align::Middle, if meets_itself { QUIET } else { ink }, figure);
            }
        }
        let total = super::figure(head.total, shade);
        picture.text(
            [right - 4.0, y + ROW - BASE],
            WORDS,
            Align::End,
            QUIET,
            if total.is_empty() { "0".into() } else { total },
        );
        y += ROW;
        picture.line([MARGIN, y, right, y], 0.5, HAIR);
    }
    for c in 0..=grid.columns.len() {
        let x = left + column * c as f32;
        picture.line([x, top + ROW, x, y], 0.5, HAIR);
    }
    picture.text([MARGIN, y + ROW - BASE], WORDS, Align::Start, QUIET, "All, each once");
    for (c, head) in grid.columns.iter().enumerate() {
        let total = super::figure(head.total, shade);
        let total = if total.is_empty() { "0".to_owned() } else { total };
        picture.text([left + column * (c as f32 + 0.5), y + ROW - BASE], WORDS, Align::Middle, QUIET, total);
    }
    picture.text([right - 4.0, y + ROW - BASE], WORDS, Align::End, QUIET, super::figure(grid.total, shade));
    y += ROW + 10.0;
    y = legend(&mut picture, y, &grid.legend(shade));
    if !grid.symmetric && grid.columns.iter().any(|h| matches!(h.key, HeadKey::Concern(_))) {
        y = key(&mut picture, y, right, &grid.columns);
    }
    closed(picture, right, y)
}

fn shaded(step: usize) -> (Ink, Ink) {
    step.checked_sub(1).and_then(|s| SHADES.get(s)).copied().unwrap_or((PAPER, INK))
}

/// What the shades stand for.
fn legend(picture: &mut Picture, y: f32, steps: &[(usize, String)]) -> f32 {
    let mut x = MARGIN;
    for (step, words) in steps {
        let wide = width(words, WORDS, false) + 16.0;
        let (wash, ink) = shaded(*step);
        picture.rect([x, y, wide, ROW - 2.0], wash);
        picture.text([x + wide / 2.0, y + ROW - BASE - 1.0], WORDS, Align::Middle, ink, words.clone());
        x += wide + 4.0;
    }
    if steps.is_empty() { y } else { y + ROW + 6.0 }
}

/// What the tags over the columns stand for, as many in a line as there is room.
fn key(picture: &mut Picture, top: f32, right: f32, heads: &[Head]) -> f32 {
    let (mut x, mut y) = (MARGIN, top);
    for head in heads.iter().filter(|h| matches!(h.key, HeadKey::Concern(_))) {
        let words = fitted(&format!("{}  {}", head.short, head.name), WORDS, false, WIDEST_NAME);
        let wide = width(&words, WORDS, false) + 20.0;
        if x + wide > right.max(700.0) && x > MARGIN {
            (x, y) = (MARGIN, y + ROW - 2.0);
        }
        picture.text([x, y + ROW - BASE], WORDS, Align::Start, QUIET, words);
        x += wide;
    }
    y + ROW
}

fn safeguards(scope: &Scope<'_>, table: &Safeguards) -> Picture {
    const COLUMN: f32 = 112.0;
    const LINES: usize = 3;
    let (mut picture, top) = page(scope);
    let names = (widest(table.articles.iter(), named) + 12.0).clamp(60.0, WIDEST_NAME);
    let left = MARGIN + names;
    let right = left + COLUMN * table.safeguards.len() as f32;
    let mut y = top + 14.0 * LINES as f32 + 6.0;
    for (c, head) in table.safeguards.iter().enumerate() {
        let lines = broken(&head.name, COLUMN - 8.0, LINES);
        for (n, line) in lines.iter().enumerate() {
            let base = y - 5.0 - 13.0 * (lines.len() - 1 - n) as f32;
            picture.bold([left + COLUMN * c as f32 + 4.0, base], WORDS, Align::Start, INK, line.clone());
        }
    }
    for (r, head) in table.articles.iter().enumerate() {
        picture.line([MARGIN, y, right, y], 0.5, HAIR);
        picture.text(
            [MARGIN, y + ROW - BASE],
            WORDS,
            Align::Start,
            INK,
            fitted(&named(head), WORDS, false, names - 8.0),
        );
        for c in 0..table.safeguards.len() {
            let standing = table.state(r, c);
            let (wash, ink) = shaded(standing.step());
            let x = left + COLUMN * c as f32;
            if wash != PAPER {
                picture.rect([x + 0.5, y + 0.5, COLUMN - 1.0, ROW - 1.0], wash);
            }
            let words = table
                .stance(r, c)
                .map_or_else(|| "\u{2013}".to_owned(), |s| format!("{} {}", standing.sign(), s.words()));
            let ink = if standing == SafeguardState::NotLookedAt { QUIET } else { ink };
            picture.text(
                [x + 4.0, y + ROW - BASE],
                WORDS,
                Align::Start,
                ink,
                fitted(&words, WORDS, false, COLUMN - 8.0),
            );
        }
        y += ROW;
    }
    picture.line([MARGIN, y, right, y], 0.5, HAIR);
    y += 10.0;
    let steps: Vec<(usize, String)> =
        SafeguardState::ALL.iter().map(|s| (s.step(), format!("{} {}", s.sign(), s.word()))).collect();
    y = legend(&mut picture, y, &steps);
    closed(picture, right, y)
}

/// A name in lines, the last of which is cut.
fn broken(name: &str, room: f32, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut words = name.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let mut line = word.to_owned();
        if lines.len() + 1 == most {
            line = std::iter::once(word).chain(words.by_ref()).collect::<Vec<_>>().join(" ");
        }
        while let Some(next) = words.peek() {
            let longer = format!("{line} {next}");
            if width(&longer, WORDS, true) > room {
                break;
            }
            line = longer;
            words.next();
        }
        lines.push(fitted(&line, WORDS, true, room));
    }
    lines
}

/// A small chart for each row: a bar for each draft with its number over it, all to one scale.
fn time_line(scope: &Scope<'_>, grid: &Grid) -> Picture {
    const HIGH: f32 = 60.0;
    const GAP: f32 = 28.0;
    let (mut picture, top) = page(scope);
    let shade = Shade::Count;
    let bar = (widest(grid.columns.iter(), |h| h.short.clone()) + 12.0).clamp(40.0, 96.0);
    let wide = (bar * grid.columns.len() as f32).max(150.0);
    let across = ((960.0 / (wide + GAP)).floor() as usize).max(1);
    let most = grid.cells.iter().flatten().map(|(_, cell)| cell.count).max().unwrap_or(0).max(1);
    let shown: Vec<usize> =
        (0..grid.rows.len()).filter(|r| grid.rows.get(*r).is_some_and(|h| h.total.count > 0)).collect();
    let (mut right, mut bottom): (f32, f32) = (MARGIN, top);
    for (n, &r) in shown.iter().enumerate() {
        let Some(head) = grid.rows.get(r) else { continue };
        let x = MARGIN + (wide + GAP) * (n % across) as f32;
        let y = top + (HIGH + 64.0) * (n / across) as f32;
        let name = fitted(&named(&Head { depth: 0, ..head.clone() }), WORDS + 1.0, true, wide);
        picture.bold([x, y + 14.0], WORDS + 1.0, Align::Start, INK, name);
        let floor = y + 34.0 + HIGH;
        for (c, column) in grid.columns.iter().enumerate() {
            let count = grid.cell(r, c).count;
            let tall = HIGH * count as f32 / most as f32;
            let (left, middle) = (x + bar * c as f32, x + bar * (c as f32 + 0.5));
            let (wash, _) = shaded(3);
            picture.rect([left + 8.0, floor - tall, bar - 16.0, tall], wash);
            let figure = grid.figure(r, c, shade);
            let figure = if figure.is_empty() { "0".to_owned() } else { figure };
            picture.text([middle, floor - tall - 4.0], WORDS, Align::Middle, INK, figure);
            let label = fitted(&column.short, WORDS - 1.0, false, bar - 4.0);
            picture.text([middle, floor + 13.0], WORDS - 1.0, Align::Middle, QUIET, label);
        }
        picture.line([x, floor, x + bar * grid.columns.len() as f32, floor], 0.75, QUIET);
        right = right.max(x + wide);
        bottom = bottom.max(floor + 18.0);
    }
    if shown.is_empty() {
        picture.text([MARGIN, top + ROW], WORDS, Align::Start, QUIET, "There are no such remarks");
        bottom = top + ROW;
    }
    closed(picture, right, bottom)
}
