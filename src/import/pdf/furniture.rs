//! What is printed on every page beside the text: running heads, page numbers, document symbols, line numbers.
//!
//! Must not know: columns, notes, paragraphs. Lengths are points.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::glyphs::Rule;
use super::words::{Line, usual_size};

/// How many lines at either end of a page are looked at.
const ZONE: usize = 6;
/// A running head stands at one height, give or take this.
const SWAY: f32 = 4.0;
/// A running head stands on the pages that are as near as this.
const NEAR: usize = 6;
/// Lines nearer than this follow one another in the text, in ems.
const FOLLOWING: f32 = 1.3;
/// As a share of the page's height: furniture stands this near its edges.
const MARGIN: f32 = 0.3;

/// A page's lines while its furniture is taken away.
pub(super) struct Sheet {
    pub height: f32,
    pub width: f32,
    /// From top to bottom.
    pub lines: Vec<Line>,
    pub rules: Vec<Rule>,
    /// The number printed on the page; empty where none is.
    pub label: String,
}

/// Takes running heads, page numbers and line numbers away, and keeps each page's number.
pub(super) fn take_away(sheets: &mut [Sheet]) {
    for sheet in sheets.iter_mut() {
        line_numbers(&mut sheet.lines);
        sheet.lines.retain(|l| !l.words.is_empty());
        job_numbers(sheet);
    }
    let top: Vec<Vec<Trace>> = sheets.iter().map(|s| traces(s, End::Top)).collect();
    let bottom: Vec<Vec<Trace>> = sheets.iter().map(|s| traces(s, End::Bottom)).collect();
    // A running head stands nowhere else.
    let mut amid: HashMap<Sign, usize> = HashMap::new();
    for sheet in sheets.iter() {
        for line in sheet.lines.iter().filter(|l| l.y > MARGIN * sheet.height && l.y < (1.0 - MARGIN) * sheet.height) {
            *amid.entry(exact(&line.plain())).or_default() += 1;
        }
    }
    for (end, traces) in [(End::Top, top), (End::Bottom, bottom)] {
        let known = Known::of(&traces, &amid);
        for (n, sheet) in sheets.iter_mut().enumerate() {
            let is_furniture = |t: &Trace| known.is_furniture(t, n, traces.len());
            // A line without words between two that come again goes with them; one with words is the draft's.
            let run = traces[n].iter().take_while(|t| is_furniture(t) || t.words == 0).count();
            let mut taken = traces[n][..run].iter().rposition(is_furniture).map_or(0, |at| at + 1);
            // Words that come again by chance, as in notes that say the same, follow on what does not.
            while taken > 0 && known.is_rare(&traces[n][taken - 1], traces.len()) && follows(sheet, end, taken) {
                taken -= 1;
            }
            if let Some(number) = traces[n][..taken].iter().find_map(|t| known.page_number(t, n, traces.len())) {
                sheet.label = number;
            }
            match end {
                End::Top => {
                    let ruled = if n == 0 { 0 } else { above_rule(sheet) };
                    sheet.lines.drain(..taken.max(ruled));
                }
                End::Bottom => {
                    sheet.lines.truncate(sheet.lines.len() - taken);
                }
            }
        }
    }
}

/// Whether the innermost of the lines to be taken stands as near to the next one inward as lines of one text.
fn follows(sheet: &Sheet, end: End, taken: usize) -> bool {
    let count = sheet.lines.len();
    let (last, next) = match end {
        End::Top => (taken.checked_sub(1), Some(taken)),
        End::Bottom => (count.checked_sub(taken), count.checked_sub(taken + 1)),
    };
    let line = |at: Option<usize>| at.and_then(|at| sheet.lines.get(at));
    let (Some(last), Some(next)) = (line(last), line(next)) else { return false };
    let same = (last.size - next.size).abs() < 0.05 * last.size && last.is_bold() == next.is_bold();
    same && (last.y - next.y).abs() < FOLLOWING * last.size
}

/// `A/RES/77/321`, `CCPR/C/GC/37`.
fn is_symbol(word: &str) -> bool {
    word.matches('/').count() >= 2 && word.starts_with(|c: char| c.is_ascii_uppercase()) && !word.contains("//")
}

/// Takes the job number, its bar code and the page number off the foot of a document of the United Nations:
/// `23-15249 (E) 110823`, `*2315249*`, `23-15249 2/2`.
fn job_numbers(sheet: &mut Sheet) {
    let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
    let job = |s: &str| {
        s.trim_end_matches('*').split_once('-').is_some_and(|(a, b)| digits(a, 2) && digits(b, 5))
            || s.strip_prefix('*').and_then(|s| s.strip_suffix('*')).is_some_and(|s| digits(s, 7))
    };
    let page = |s: &str| {
        let number = |s: &str| (1..=4).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
        s.split_once('/').map_or_else(|| number(s), |(a, b)| number(a) && number(b))
    };
    let beside = |s: &str| page(s) || digits(s, 6) || (s.len() == 3 && s.starts_with('(') && s.ends_with(')'));
    let texts: Vec<String> = sheet.lines.iter().rev().take(3).map(Line::plain).collect();
    let low = sheet.lines.iter().rev().take_while(|l| l.y > (1.0 - MARGIN) * sheet.height).count();
    let count = texts.iter().take(low).take_while(|t| t.split_whitespace().all(|w| job(w) || beside(w))).count();
    // Numbers alone may be the text's.
    let Some(top) = texts[..count].iter().rposition(|t| t.split_whitespace().any(job)) else { return };
    if let Some(number) = texts[..=top].iter().flat_map(|t| t.split_whitespace()).find(|w| page(w)) {
        sheet.label = number.split('/').next().unwrap_or_default().to_owned();
    }
    sheet.lines.truncate(sheet.lines.len() - top - 1);
}

/// How many lines stand above a level line at the head of a page that runs across all of the text, in smaller type.
fn above_rule(sheet: &Sheet) -> usize {
    let left = sheet.lines.iter().map(Line::x0).fold(f32::INFINITY, f32::min);
    let right = sheet.lines.iter().map(Line::x1).fold(0.0, f32::max);
    let across = |r: &&Rule| r.is_level() && r.y0 < 0.2 * sheet.height && r.x1 - r.x0 > 0.75 * (right - left);
    let Some(rule) = sheet.rules.iter().find(across) else { return 0 };
    let above = sheet.lines.partition_point(|l| l.y < rule.y0);
    let body = usual_size(sheet.lines.iter().flat_map(|l| &l.words));
    let small = sheet.lines[..above].iter().all(|l| l.size < 0.93 * body);
    let symbol = sheet.lines[..above].iter().flat_map(|l| &l.words).any(|w| is_symbol(&w.text));
    if above <= ZONE && (small || symbol) { above } else { 0 }
}

#[derive(Clone, Copy, PartialEq)]
enum End {
    Top,
    Bottom,
}

/// What stands for words that are only asked whether they are the same: there may be as many as the document has lines.
type Sign = u64;

/// A line near the edge of a page, reduced to what comes again on other pages.
struct Trace {
    /// Its letters, digits and signs.
    exact: Sign,
    /// The same with `#` for every run of digits.
    shape: Sign,
    /// Its numbers.
    numbers: Vec<u32>,
    /// A roman numeral that is all there is.
    roman: Option<u32>,
    /// How many runs of letters it has, and whether all of them stand beside the numbers of pages.
    words: usize,
    bare: bool,
    /// Whether it begins with a raised sign, as a note does.
    signed: bool,
    y: f32,
}

/// Lines from the edge inward.
fn traces(sheet: &Sheet, end: End) -> Vec<Trace> {
    let near = |l: &&Line| match end {
        End::Top => l.y < MARGIN * sheet.height,
        End::Bottom => l.y > (1.0 - MARGIN) * sheet.height,
    };
    let trace = |l: &Line| {
        let text = l.plain();
        let (shape, numbers) = reduced(&text);
        let words = || text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty());
        Trace {
            exact: exact(&text),
            words: words().count(),
            bare: words().all(is_of_page_numbers),
            shape,
            numbers,
            roman: roman(&text),
            signed: l.words.first().is_some_and(|w| w.raised > 0.1),
            y: l.y,
        }
    };
    match end {
        End::Top => sheet.lines.iter().take_while(near).take(ZONE).map(trace).collect(),
        End::Bottom => sheet.lines.iter().rev().take_while(near).take(ZONE).map(trace).collect(),
    }
}

/// Words that stand beside the number of a page and not beside that of an article: `5 of 46`, `Page 33`, `EN 37 EN`.
fn is_of_page_numbers(word: &str) -> bool {
    let language = word.len() == 2 && word.chars().all(|c| c.is_ascii_uppercase());
    let known = [
        "of",
        "de",
        "sur",
        "von",
        "van",
        "из",
        "from",
        "page",
        "pages",
        "p",
        "pp",
        "pág",
        "página",
        "seite",
        "pagina",
        "стр",
        "страница",
        "с",
        "صفحة",
        "ص",
        "页",
        "頁",
    ];
    language || known.contains(&word.to_lowercase().as_str())
}

fn exact(text: &str) -> Sign {
    let mut sign = DefaultHasher::new();
    text.chars().filter(|c| !c.is_whitespace()).for_each(|c| c.hash(&mut sign));
    sign.finish()
}

fn reduced(text: &str) -> (Sign, Vec<u32>) {
    let (mut shape, mut numbers, mut digits) = (DefaultHasher::new(), Vec::new(), String::new());
    for c in text.chars().chain([' ']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if !digits.is_empty() {
            '#'.hash(&mut shape);
            numbers.extend(digits.parse::<u32>());
            digits.clear();
        }
        if !c.is_whitespace() {
            c.hash(&mut shape);
        }
    }
    (shape.finish(), numbers)
}

/// `iv`, `- xii -`.
fn roman(text: &str) -> Option<u32> {
    let bare = text.trim_matches(|c: char| !c.is_alphabetic());
    if bare.is_empty() || bare.len() > 8 || text.chars().filter(|c| c.is_alphabetic()).count() != bare.len() {
        return None;
    }
    let value = |c: char| match c.to_ascii_lowercase() {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        'l' => Some(50),
        'c' => Some(100),
        _ => None,
    };
    let values: Vec<u32> = bare.chars().map(value).collect::<Option<_>>()?;
    let mut sum = 0;
    for (i, &v) in values.iter().enumerate() {
        if values.get(i + 1).is_some_and(|&next| next > v) { sum -= v as i32 } else { sum += v as i32 }
    }
    u32::try_from(sum).ok()
}

/// What comes again from page to page.
struct Known {
    /// On which pages a line stands at a height, in order.
    lines: HashMap<(Sign, i32), Vec<usize>>,
    /// Offsets between page and printed number that hold over pages, by shape and which of its numbers.
    counted: HashMap<(Sign, usize), HashMap<i64, usize>>,
}

impl Known {
    fn of(pages: &[Vec<Trace>], amid: &HashMap<Sign, usize>) -> Self {
        let mut known = Self { lines: HashMap::new(), counted: HashMap::new() };
        for (n, traces) in pages.iter().enumerate() {
            for trace in traces {
                let at = (trace.y / SWAY).round() as i32;
                let elsewhere = amid.get(&trace.exact).is_some_and(|&n| n >= 2);
                for near in [at - 1, at, at + 1].into_iter().filter(|_| !elsewhere) {
                    let on = known.lines.entry((trace.exact, near)).or_default();
                    if on.last() != Some(&n) {
                        on.push(n);
                    }
                }
                for (i, number) in trace.counting() {
                    let offset = i64::from(number) - n as i64;
                    let shape = trace.counted_shape();
                    *known.counted.entry((shape, i)).or_default().entry(offset).or_default() += 1;
                }
            }
        }
        known
    }

    fn is_furniture(&self, trace: &Trace, page: usize, pages: usize) -> bool {
        let at = (trace.y / SWAY).round() as i32;
        // Running heads change with the chapter, but stand on pages near one another.
        let near = page.saturating_sub(NEAR)..=page + NEAR;
        let count =
            |on: &Vec<usize>| on.partition_point(|n| n <= near.end()) - on.partition_point(|n| n < near.start());
        let again = self.lines.get(&(trace.exact, at)).map_or(0, count);
        let enough = if pages <= 3 { 2 } else { 3 };
        // A number that changes must count the pages: the number of an article at the top of a page does not.
        again >= enough || self.page_number(trace, page, pages).is_some()
    }

    /// Whether words come again on a small part of the pages only.
    fn is_rare(&self, trace: &Trace, pages: usize) -> bool {
        let at = (trace.y / SWAY).round() as i32;
        let again = self.lines.get(&(trace.exact, at)).map_or(0, Vec::len);
        trace.words > 2 && again * 6 < pages
    }

    /// The number that tells which page this is.
    fn page_number(&self, trace: &Trace, page: usize, pages: usize) -> Option<String> {
        if trace.signed {
            return None;
        }
        // "Article 12" at the head of page 12, 13 at that of page 13: such runs are short.
        let bare = trace.roman.is_some() || trace.bare;
        if !bare && trace.words < 2 {
            return None;
        }
        let enough = if bare { 3 } else { (pages / 5).max(3) };
        trace.counting().find_map(|(i, number)| {
            let offsets = self.counted.get(&(trace.counted_shape(), i))?;
            let agree = *offsets.get(&(i64::from(number) - page as i64))?;
            let label = if trace.numbers.is_empty() { roman_digits(number) } else { number.to_string() };
            (agree >= enough || (agree >= 2 && bare && pages <= 4 && offsets.len() <= 2)).then_some(label)
        })
    }
}

impl Trace {
    fn counting(&self) -> impl Iterator<Item = (usize, u32)> + '_ {
        let roman = self.roman.filter(|_| self.numbers.is_empty());
        self.numbers.iter().copied().enumerate().take(4).chain(roman.map(|r| (9, r)))
    }

    fn counted_shape(&self) -> Sign {
        if self.roman.is_some() && self.numbers.is_empty() { exact("roman") } else { self.shape }
    }
}

fn roman_digits(mut number: u32) -> String {
    let mut out = String::new();
    for (value, digits) in
        [(100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]
    {
        while number >= value {
            out.push_str(digits);
            number -= value;
        }
    }
    out
}

/// Takes away numbers in the margin that count the lines of a page: by ones or by fives, whatever stands beside them.
fn line_numbers(lines: &mut [Line]) {
    for side in [End::Top, End::Bottom] {
        // Top stands for the left margin here, Bottom for the right.
        let edge = |l: &Line| if side == End::Top { l.words.first().cloned() } else { l.words.last().cloned() };
        let mut found: Vec<(usize, u32, f32)> = Vec::new();
        for (i, line) in lines.iter().enumerate() {
            let Some(word) = edge(line).filter(|w| w.raised == 0.0) else { continue };
            let Ok(number) = word.text.parse::<u32>() else { continue };
            let alone = line.words.len() == 1 || {
                let beside = if side == End::Top {
                    line.words[1].x0 - word.x1
                } else {
                    word.x0 - line.words[line.words.len() - 2].x1
                };
                beside > 1.2 * word.size
            };
            // The dots of a table of contents lead to pages.
            let led = line.words.iter().any(|w| w.text.ends_with("..") || &*w.text == "." || w.text.ends_with('…'));
            if alone && !led && word.text.len() <= 3 {
                found.push((i, number, word.x1));
            }
        }
        // Each number is as many lines after the one before as it is greater.
        let in_step = |a: &(usize, u32, f32), b: &(usize, u32, f32)| {
            b.1 > a.1 && (b.0 - a.0) as u32 == b.1 - a.1 && (a.2 - b.2).abs() < 8.0
        };
        let steps = found.windows(2).filter(|w| in_step(&w[0], &w[1])).count();
        // A list of short entries looks the same, but for its lines being short and beginning where all text does.
        let reach = lines.iter().map(Line::x1).fold(0.0, f32::max);
        let full = lines.iter().filter(|l| l.words.len() > 3 && l.x1() > 0.75 * reach).count();
        let numbers = |i: usize| found.iter().any(|f| f.0 == i);
        let apart = found.first().is_some_and(|&(_, _, at)| {
            let within = |l: &Line| if side == End::Top { l.x0() < at } else { l.x1() > at };
            lines.iter().enumerate().filter(|(i, l)| !numbers(*i) && within(l)).count() <= 2
        });
        if steps >= 4 && steps * 10 >= (found.len() - 1) * 8 && full * 10 >= lines.len() * 6 && apart {
            for (i, ..) in found {
                let words = &mut lines[i].words;
                if side == End::Top {
                    words.remove(0)
                } else {
                    words.remove(words.len() - 1)
                };
            }
        }
    }
}
