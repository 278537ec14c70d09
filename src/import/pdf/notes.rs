//! Footnotes: found at the foot of a page, below a short line or in smaller type, each with the sign that calls it.
//!
//! Must not know: columns, how paragraphs are put together. Lengths are points.

use std::collections::HashMap;

use super::glyphs::Rule;
use super::letters::{raised_letter, superscript};
use super::words::{Line, Word};

/// Type this much smaller than the text's is a note's, as a share.
const SMALLER: f32 = 0.93;
/// The next line of a note to a table is this near, in ems.
const NEXT: f32 = 1.6;
/// More lines than this at the foot of a page are no notes.
const MOST_LINES: usize = 60;

/// A note and the lines it fills, which may run over several pages.
#[derive(Clone, Debug, Default)]
pub(super) struct FootNote {
    /// `12`, `*`.
    pub sign: String,
    /// The page on which it begins, from 0.
    pub page: usize,
    /// Without its sign.
    pub lines: Vec<Line>,
}

/// Collects the notes of page after page.
#[derive(Default)]
pub(super) struct Notes {
    found: Vec<FootNote>,
    /// Notes that stand below a table.
    of_tables: Vec<FootNote>,
    /// Letters raised behind a word, and the page on which each stood last.
    letters: HashMap<String, usize>,
}

impl Notes {
    /// Takes the notes off the foot of a page. `body` is the size of the text's type, `margins` are where the text
    /// begins and ends.
    pub fn take_from(&mut self, lines: &mut Vec<Line>, rules: &[Rule], page: usize, body: f32, margins: (f32, f32)) {
        self.take_foot(lines, rules, page, body, margins);
        self.take_from_tables(lines, page, body);
    }

    /// All notes, in the order of their pages.
    pub fn all(self) -> Vec<FootNote> {
        let mut all = self.found;
        all.extend(self.of_tables);
        all.sort_by_key(|n| n.page);
        all
    }

    /// Takes the notes out that stand below a table, each with a letter that is raised behind a word of that table.
    fn take_from_tables(&mut self, lines: &mut Vec<Line>, page: usize, body: f32) {
        for word in lines.iter().flat_map(|l| l.words.iter().skip(1)).filter(|w| is_raised_letter(w)) {
            self.letters.insert(word.text.to_string(), page);
        }
        if self.letters.is_empty() {
            return;
        }
        let is_called = |w: &Word| self.letters.get(&*w.text).is_some_and(|&on| on == page || on + 1 == page);
        let begins =
            |l: &Line| l.words.len() > 1 && l.words.first().is_some_and(|w| is_raised_letter(w) && is_called(w));
        let mut kept = Vec::with_capacity(lines.len());
        let mut open: Option<(FootNote, f32)> = None;
        for mut line in std::mem::take(lines) {
            let small = line.size <= SMALLER * body;
            if small && begins(&line) {
                let sign = line.words.remove(0).text.to_string();
                self.of_tables.extend(open.take().map(|(note, _)| note));
                open = Some((FootNote { sign, page, lines: Vec::new() }, line.y - line.size));
            }
            match &mut open {
                Some((note, above)) if small && line.y - *above < NEXT * line.size => {
                    *above = line.y;
                    note.lines.push(line);
                }
                _ => {
                    self.of_tables.extend(open.take().map(|(note, _)| note));
                    kept.push(line);
                }
            }
        }
        self.of_tables.extend(open.map(|(note, _)| note));
        *lines = kept;
    }

    fn take_foot(&mut self, lines: &mut Vec<Line>, rules: &[Rule], page: usize, body: f32, margins: (f32, f32)) {
        let Some(first) = self.first_line(lines, rules, body, margins) else { return };
        for mut line in lines.split_off(first).into_iter().filter(|l| !is_typed_rule(l)) {
            let sign = sign(&line).filter(|s| self.is_next(s, page));
            match (sign, self.found.last_mut()) {
                (Some(sign), _) => {
                    drop_sign(&mut line, &sign);
                    let lines = if line.words.is_empty() { Vec::new() } else { vec![line] };
                    self.found.push(FootNote { sign: sign.text, page, lines });
                }
                (None, Some(note)) => note.lines.push(line),
                (None, None) => {}
            }
        }
    }

    /// Which of a page's lines is the first of its notes.
    fn first_line(&self, lines: &[Line], rules: &[Rule], body: f32, margins: (f32, f32)) -> Option<usize> {
        let width = margins.1 - margins.0;
        let is_separator = |r: &&Rule| {
            let length = r.x1 - r.x0;
            let at_margin = (r.x0 - margins.0).abs() < 40.0 || (r.x1 - margins.1).abs() < 40.0;
            r.is_level() && length > 36.0 && length < 0.55 * width && at_margin && !is_underline(r, lines)
        };
        let mut separators: Vec<f32> = rules.iter().filter(is_separator).map(|r| r.y0).collect();
        separators.sort_by(f32::total_cmp);
        for at in separators.into_iter().rev() {
            let first = lines.partition_point(|l| l.y - 0.35 * l.size < at);
            let below = lines.get(first..).filter(|b| !b.is_empty() && b.len() <= MOST_LINES)?;
            let small = below.iter().all(|l| l.size <= SMALLER * body);
            let signed = sign(&below[0]).is_some_and(|s| small || s.raised || s.text.starts_with('*'));
            let goes_on = small && !self.found.is_empty();
            if below.iter().all(|l| l.size <= 1.02 * body) && (signed || goes_on) {
                return Some(first);
            }
        }
        // The same, typed as a row of underscores.
        let typed = (0..lines.len()).rev().find(|&i| is_typed_rule(&lines[i]) && lines[i].x0() < margins.0 + 40.0);
        if let Some(typed) = typed
            && let Some(below) = lines.get(typed + 1..).filter(|b| !b.is_empty() && b.len() <= MOST_LINES)
            && below.iter().all(|l| l.size <= SMALLER * body)
            && (sign(&below[0]).is_some() || !self.found.is_empty())
        {
            return Some(typed);
        }
        let small = lines.iter().rev().take_while(|l| l.size <= SMALLER * body).take(MOST_LINES).count();
        let block = lines.len() - small;
        (block..lines.len()).find(|&i| {
            sign(&lines[i]).is_some_and(|s| (s.raised || s.text.starts_with('*')) || (i == block && s.text.len() <= 3))
                && lines[i].x0() < margins.0 + 0.25 * width
        })
    }

    /// Whether a sign can begin the next note: the number after the last one, a first one, or one that is no number.
    fn is_next(&self, sign: &Sign, page: usize) -> bool {
        let Ok(number) = sign.text.parse::<u32>() else { return true };
        let Some(last) = self.found.last() else { return true };
        match last.sign.parse::<u32>() {
            Ok(before) if sign.raised => number > before && number < before + 30 || number <= 3 || last.page != page,
            Ok(before) => number == before + 1 || (number == 1 && last.page != page),
            Err(_) => sign.raised || number == 1 || last.page != page,
        }
    }
}

fn is_raised_letter(word: &Word) -> bool {
    word.raised > 0.12 && raised_letter(&word.text).is_some()
}

fn is_typed_rule(line: &Line) -> bool {
    let text = line.plain();
    text.len() >= 5 && text.chars().all(|c| c == '_')
}

fn is_underline(rule: &Rule, lines: &[Line]) -> bool {
    lines.iter().filter(|l| (l.y - rule.y0).abs() < 0.7 * l.size).flat_map(|l| &l.words).any(|w| {
        let shared = rule.x1.min(w.x1) - rule.x0.max(w.x0);
        shared > 0.0 && rule.y0 - w.y < 0.3 * w.size && rule.y0 - w.y > -0.6 * w.size
    })
}

/// The sign at the head of a note.
struct Sign {
    text: String,
    raised: bool,
}

fn sign(line: &Line) -> Option<Sign> {
    let first = line.words.first()?;
    let small = first.raised > 0.1 || line.words.get(1).is_some_and(|w| first.size < 0.8 * w.size);
    let bare = first.text.trim_matches(['(', ')', '[', ']', '.', '/']);
    // "1As agreed": a sign of the same size with no space behind it.
    let leading = first.text.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
    if (1..=3).contains(&leading)
        && first.text[leading..].starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '«'))
    {
        return Some(Sign { text: first.text[..leading].to_owned(), raised: false });
    }
    if bare.is_empty() || bare.chars().count() > 4 {
        return stars(first);
    }
    let digits = bare.chars().all(|c| c.is_ascii_digit());
    let unicode = bare.chars().all(|c| matches!(c, '¹' | '²' | '³' | '\u{2070}'..='\u{2079}'));
    if unicode {
        return Some(Sign { text: plain_digits(bare), raised: true });
    }
    if digits && (small || line.words.len() > 1) {
        return Some(Sign { text: bare.to_owned(), raised: small });
    }
    if small && bare.chars().count() == 1 && bare.chars().all(|c| c.is_ascii_lowercase()) {
        return Some(Sign { text: bare.to_owned(), raised: true });
    }
    stars(first)
}

fn stars(word: &Word) -> Option<Sign> {
    let stars: String = word.text.chars().take_while(|c| matches!(c, '*' | '†' | '‡')).collect();
    (!stars.is_empty() && stars.chars().count() <= 4).then_some(Sign { text: stars, raised: false })
}

fn drop_sign(line: &mut Line, sign: &Sign) {
    let Some(first) = line.words.first_mut() else { return };
    match first
        .text
        .strip_prefix(sign.text.as_str())
        .filter(|rest| rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '“' | '"' | '«' | '[' | '(')))
    {
        Some(rest) => first.text = rest.into(),
        None => {
            line.words.remove(0);
        }
    }
    for word in &mut line.words {
        // Beside its sign a note's first words look lowered.
        if superscript(&word.text).is_none() {
            word.raised = 0.0;
        }
    }
}

/// `¹²` as `12`.
pub(super) fn plain_digits(word: &str) -> String {
    word.chars()
        .map(|c| match c {
            '¹' => '1',
            '²' => '2',
            '³' => '3',
            '\u{2070}'..='\u{2079}' => char::from_digit(u32::from(c) - 0x2070, 10).unwrap_or(c),
            c => c,
        })
        .collect()
}
