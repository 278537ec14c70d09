//! Titles set in several short lines, below one another from one margin or about one middle.
//!
//! Must not know: columns, notes. Lengths are points.

use super::contents::is_led;
use super::paragraphs::{Edges, Placed, ends_sentence, is_back, is_numbered};
use super::words::Line;

/// Two short lines may be a number and a name; of three that all fill their block, none is.
const FEWEST: usize = 3;
/// No title has more lines.
const MOST: usize = 8;
/// A number and a name that are broken over two lines fill this part of the column with the first.
const BROKEN: f32 = 0.6;

/// Which lines go on with the title that the line before them began: they are set alike, and none of the lines has room
/// for the first word of the next within what the longest of them takes.
pub(super) fn titles(flow: &[Placed], leading: f32, edges: &Edges) -> Vec<bool> {
    let mut goes_on = vec![false; flow.len()];
    let mut start = 0;
    while start < flow.len() {
        let mut end = start + 1;
        while end < flow.len() && is_set_alike(&flow[end - 1], &flow[end], end - 1 == start, leading) {
            end += 1;
        }
        let mut from = start;
        if is_broken(&flow[start..end], edges) {
            goes_on[start + 1..end].fill(true);
            from = end;
        }
        while end - from >= FEWEST {
            let width = flow[from..end].iter().map(|p| width(&p.line)).fold(0.0, f32::max);
            // The last line and all before it that are full.
            let full = |i: &usize| !has_room(&flow[*i].line, &flow[*i + 1].line, width);
            let run = (from..end - 1).take_while(full).count() + 1;
            if run >= FEWEST {
                goes_on[from + 1..from + run].fill(true);
            }
            from += run;
        }
        start = end;
    }
    goes_on
}

/// Whether lines in capitals are a number and a name that is broken where it reads best:
/// `SECTION 6. SETTLEMENT OF DISPUTES / AND INTERIM MEASURES`.
fn is_broken(lines: &[Placed], edges: &Edges) -> bool {
    let Some(first) = lines.first() else { return false };
    let column = edges.get(&first.area).map_or(0.0, |e| e.width());
    is_numbered(&first.line)
        && width(&first.line) > BROKEN * column
        && lines.len() <= MOST
        && lines.iter().all(|p| is_in_capitals(&p.line))
}

fn is_in_capitals(line: &Line) -> bool {
    let mut letters = line.words.iter().flat_map(|w| w.text.chars()).filter(|c| c.is_alphabetic());
    letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_uppercase)
}

fn width(line: &Line) -> f32 {
    line.x1() - line.x0()
}

fn has_room(line: &Line, next: &Line, of: f32) -> bool {
    next.words.first().is_some_and(|w| width(line) + 0.2 * line.size + (w.x1 - w.x0) < of - 0.1 * line.size)
}

fn is_set_alike(above: &Placed, below: &Placed, first: bool, leading: f32) -> bool {
    let (a, b) = (&above.line, &below.line);
    let step = b.y - a.y;
    let middle = |l: &Line| 0.5 * (l.x0() + l.x1());
    let centered = (middle(a) - middle(b)).abs() < 2.0;
    // Capitals alone say little: lists and tables have them too, but not about one middle.
    let capitals = centered && (a.x0() - b.x0()).abs() > 2.0 && is_in_capitals(a) && is_in_capitals(b);
    let face = (a.is_bold() && b.is_bold() || capitals) && (a.size - b.size).abs() < 0.02 * a.size;
    let place = (a.x0() - b.x0()).abs() < 2.0 || centered;
    let fewest = if is_numbered(a) { 3 } else { 1 + usize::from(first) };
    let words = a.words.len() >= fewest && !is_back(a) && !is_led(a) && !is_led(b);
    let near = step > 0.5 * a.size && step < (leading * 1.1).max(1.3) * a.size;
    above.area == below.area && face && place && words && near && !ends_sentence(a) && !is_numbered(b)
}
