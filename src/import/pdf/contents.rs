//! Tables of contents: lines whose last word is the number of a page that dots lead to.
//!
//! Must not know: what the entries say. Lengths are points.

use super::paragraphs::{Placed, is_back, is_numbered};
use super::words::Line;

/// A page with at least this many dotted lines is one of contents, so that entries without dots are seen too.
const FEWEST: usize = 4;
/// An entry fills at most this many lines.
const LONGEST: usize = 8;

/// Takes the dots out of the entries of a page and marks the numbers they lead to.
pub(super) fn take_leaders(lines: &mut [Line]) {
    let mut ends: Vec<f32> = Vec::new();
    for line in lines.iter_mut() {
        if take_leader(line) {
            ends.push(line.x1());
        }
    }
    if ends.len() < FEWEST {
        return;
    }
    ends.sort_by(f32::total_cmp);
    let end = ends[ends.len() / 2];
    // A title that fills its line leaves no room for dots.
    for line in lines.iter_mut().filter(|l| (l.x1() - end).abs() < 1.5 && l.words.len() > 2 && !is_back(l)) {
        if let Some(last) = line.words.last_mut().filter(|w| is_page_number(&w.text)) {
            last.led = true;
        }
    }
}

fn take_leader(line: &mut Line) -> bool {
    let back = is_back(line);
    let words = &mut line.words;
    if back {
        words.reverse();
    }
    let is_led = words.last().is_some_and(|w| is_number(w.text.trim_start_matches(is_dot))) && {
        let beside = &words[..words.len() - 1];
        let alone = beside.iter().rev().take_while(|w| w.text.chars().all(is_dot)).map(|w| w.text.chars().count());
        let (count, dots) = alone.fold((0, 0), |(count, dots), n| (count + 1, dots + n));
        let before = beside.len().checked_sub(count + 1).map_or("", |i| &*beside[i].text);
        let own = words.last().map_or(0, |w| w.text.chars().take_while(|&c| is_dot(c)).count());
        let trailing = before.chars().rev().take_while(|&c| is_dot(c)).count();
        dots + own + trailing >= 4 || count >= 2
    };
    if is_led && let Some(mut number) = words.pop() {
        while words.last().is_some_and(|w| w.text.chars().all(is_dot)) {
            words.pop();
        }
        if let Some(last) = words.last_mut()
            && last.text.chars().rev().take_while(|&c| is_dot(c)).count() >= 3
        {
            last.text = last.text.trim_end_matches(is_dot).into();
        }
        number.text = number.text.trim_start_matches(is_dot).into();
        number.led = true;
        words.push(number);
    }
    if back {
        words.reverse();
    }
    is_led
}

fn is_dot(c: char) -> bool {
    matches!(c, '.' | '…' | '_' | '·' | '‥')
}

fn is_page_number(word: &str) -> bool {
    (1..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit())
}

/// `12`, `iv`.
fn is_number(word: &str) -> bool {
    is_page_number(word) || (1..=6).contains(&word.len()) && word.chars().all(|c| "ivxlc".contains(c))
}

/// Whether a line ends with the number of a page.
pub(super) fn is_led(line: &Line) -> bool {
    line.words.iter().any(|w| w.led)
}

/// Which of the lines stand in a table of contents, so that an entry may go on in them: a number follows soon.
pub(super) fn listed(flow: &[Placed]) -> Vec<bool> {
    let mut listed = vec![false; flow.len()];
    let numbers: Vec<usize> = (0..flow.len()).filter(|&i| is_led(&flow[i].line)).collect();
    for (n, &i) in numbers.iter().enumerate() {
        let near = numbers[n.saturating_sub(2)..].iter().take(5).filter(|&&j| j.abs_diff(i) <= 4 * LONGEST).count();
        if near >= 3 {
            let from = if n == 0 { 0 } else { numbers[n - 1] + 1 }.max((i + 1).saturating_sub(LONGEST));
            listed[from..=i].fill(true);
        }
    }
    listed
}

/// Whether a line of a table of contents goes on with an entry whose number has not come yet.
pub(super) fn entry_goes_on(open: &[Placed], line: &Line) -> bool {
    let Some(first) = open.first().map(|p| &p.line) else { return false };
    if line.words.iter().all(|w| w.led) {
        return true;
    }
    let lower = line.words.first().is_some_and(|w| w.text.starts_with(char::is_lowercase));
    let hangs = line.x0() > first.x0() + 0.8 * line.size && is_numbered(first);
    // "exceptions to / section 2" stands where the line before it hangs.
    let below = open.len() > 1 && open.last().is_some_and(|p| (p.line.x0() - line.x0()).abs() < 0.6 * line.size);
    (hangs && below) || !is_numbered(line) && (hangs || (lower && line.x0() > first.x0() - 0.5 * line.size))
}
