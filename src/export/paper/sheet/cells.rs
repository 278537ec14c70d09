//! What stands in a cell of a workbook: words with what makes them stand out, in lines, as many as it holds.

use super::super::flow::{Step, clean, note_runs, noted};
use super::super::{Mark, Run};

/// UTF-16 code units a cell holds, by the file format.
pub(super) const LONGEST_CELL: usize = 32_767;

/// Words and how they stand out, without footnotes.
pub(super) type Piece = (Mark, String);

/// A number that the program counted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Number {
    Count(u32),
    Percent(u32),
}

impl Number {
    /// The number that a cell is, as the program prints it; none where it is anything else.
    pub fn of(words: &[Piece]) -> Option<Self> {
        let text: String = words.iter().map(|(_, words)| words.as_str()).collect();
        let is_number = |t: &str| t.len() <= 9 && !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
        let number = |t: &str| if is_number(t) { t.parse().ok() } else { None };
        match text.strip_suffix("\u{a0}%") {
            Some(percent) => number(percent).map(Self::Percent),
            None => number(&text).map(Self::Count),
        }
    }
}

/// About how many lines some words take in a column.
pub(super) fn lines(words: &[Piece], width: f32) -> usize {
    let text: String = words.iter().map(|(_, words)| words.as_str()).collect();
    // Words that do not fit go to the next line whole, so a line holds less than the column is wide.
    let most = (width * 0.92).max(1.0);
    let lines = text.split('\n').map(|line| {
        // Letters of Chinese are twice as wide.
        let wide: usize = line.chars().map(|c| if ('\u{1100}'..='\u{ffdc}').contains(&c) { 2 } else { 1 }).sum();
        (wide as f32 / most).ceil().max(1.0) as usize
    });
    lines.sum()
}

/// Words that look like the code of a character would be read as that character; in plain strings the writer sees to it.
pub(super) fn guarded(text: &str) -> String {
    let mut guarded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        guarded.push_str(before);
        let code = from.as_bytes().get(2..7);
        let is_code = code.is_some_and(|c| c[..4].iter().all(u8::is_ascii_hexdigit) && c[4] == b'_');
        guarded.push_str(if is_code { "_x005F_x" } else { "_x" });
        rest = &from[2..];
    }
    guarded.push_str(rest);
    guarded
}

/// As much as a cell holds, neighbors of one kind together, and whether something is cut.
pub(super) fn within(words: &[Piece]) -> (Vec<Piece>, bool) {
    let mut kept: Vec<Piece> = Vec::new();
    let mut units = 0;
    for (mark, text) in words {
        let longer = units + text.encode_utf16().count();
        let is_cut = longer > LONGEST_CELL;
        let text = if is_cut { shortened(text, LONGEST_CELL - units) } else { text.clone() };
        match kept.last_mut() {
            _ if text.is_empty() => {}
            Some((last, words)) if last == mark => words.push_str(&text),
            _ => kept.push((*mark, text)),
        }
        if is_cut {
            return (kept, true);
        }
        units = longer;
    }
    (kept, false)
}

/// The first so many UTF-16 code units.
pub(super) fn shortened(text: &str, most: usize) -> String {
    let mut units = 0;
    text.chars()
        .take_while(|c| {
            units += c.len_utf16();
            units <= most
        })
        .collect()
}

/// The words of a paragraph, with its breaks of lines.
pub(super) fn line(runs: &[Run], notes: &mut Vec<String>) -> String {
    pieces(runs, notes).into_iter().map(|(_, words)| words).collect()
}

/// The words of a paragraph; its footnotes are numbered, and stand below the table.
pub(super) fn pieces(runs: &[Run], notes: &mut Vec<String>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for run in runs {
        pieces.push((run.mark, clean(&run.text).into_owned()));
        if let Some(note) = noted(run) {
            notes.push(note_runs(note).iter().map(|run| clean(&run.text).into_owned()).collect());
            pieces.push((Mark::default(), raised(notes.len())));
        }
    }
    pieces
}

/// A number as the mark of a footnote.
pub(super) fn raised(number: usize) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digit = |c: char| c.to_digit(10).and_then(|d| DIGITS.get(d as usize)).copied();
    number.to_string().chars().filter_map(digit).collect()
}

/// The words of a cell, a line for each paragraph.
pub(super) fn cell(steps: &[Step<'_>], notes: &mut Vec<String>) -> Vec<Piece> {
    let mut words: Vec<Piece> = Vec::new();
    let mut lists: Vec<(bool, usize)> = Vec::new();
    let mut mark = String::new();
    for step in steps {
        let own = match *step {
            Step::Heading(_, runs) | Step::Paragraph(_, runs) => pieces(runs, notes),
            Step::Plain(words) => vec![(Mark::default(), clean(words).into_owned())],
            Step::ListStart(numbered) => {
                lists.push((numbered, 0));
                continue;
            }
            Step::ItemStart => {
                mark = next_mark(&mut lists);
                continue;
            }
            Step::ListEnd => {
                lists.pop();
                continue;
            }
            Step::ItemEnd | Step::Table(_) | Step::PageBreak => continue,
        };
        if own.iter().all(|(_, words)| words.is_empty()) {
            continue;
        }
        let line = if words.is_empty() { "" } else { "\n" };
        words.push((Mark::default(), format!("{line}{}", std::mem::take(&mut mark))));
        words.extend(own);
    }
    words
}

/// The mark of the next entry of the innermost list.
pub(super) fn next_mark(lists: &mut [(bool, usize)]) -> String {
    let indent = "   ".repeat(lists.len().saturating_sub(1));
    match lists.last_mut() {
        Some((true, count)) => {
            *count += 1;
            format!("{indent}{count}. ")
        }
        Some((false, _)) => format!("{indent}\u{2022} "),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_characters_stay_words() {
        assert_eq!(guarded("a_x0041_b _x12_ _x"), "a_x005F_x0041_b _x12_ _x");
    }

    #[test]
    fn rows_are_as_high_as_their_words() {
        let lines = |words: &str| lines(&[(Mark::default(), words.to_owned())], 10.0);
        assert_eq!(["", "word", "word word word", "a\n\nb", "文文文文文文"].map(lines), [1, 1, 2, 3, 2]);
    }

    #[test]
    fn what_was_counted_is_a_number_and_nothing_else_is() {
        let of = |words: &str| Number::of(&[(Mark::default(), words.to_owned())]);
        assert_eq!(of("26"), Some(Number::Count(26)));
        assert_eq!(of("97\u{a0}%"), Some(Number::Percent(97)));
        for words in ["", "-1", "1.5", "=1+1", "97 %", "12 June", "12345678901"] {
            assert_eq!(of(words), None, "{words}");
        }
    }

    #[test]
    fn cells_hold_no_more_than_they_can() {
        let long = vec![(Mark::default(), "é".repeat(32_766)), (Mark::default(), "\u{1F600}x".to_owned())];
        let (kept, is_cut) = within(&long);
        assert!(is_cut && kept.len() == 1 && kept[0].1.encode_utf16().count() == 32_766);
        assert_eq!(within(&[]), (Vec::new(), false));
    }
}
