//! Paragraphs to text: words put together, hyphens at line ends undone, note signs set, with the place of every page,
//! note and style.
//!
//! Must not know: where on a page a line stood, but for the gaps between its words.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::letters::{is_unspaced, mirrored, raised_letter, subscript, superscript};
use super::notes::{FootNote, plain_digits};
use super::paragraphs::{Paragraph, is_back, is_numbered, label_of, reading_order, separator};
use super::words::{Line, Word, spaced};
use crate::model::{HintKind, Note, PageStart, Printed, StructureHint, Style, Styled, TextRange, Wording};

/// The text as it grows.
pub(super) struct Writer<'v> {
    vocabulary: &'v Vocabulary,
    wording: Wording,
    /// Whether brackets of right-to-left lines are kept as they look.
    mirror: bool,
    pub text: String,
    pub hints: Vec<StructureHint>,
    pub printed: Printed,
    calls: Vec<Call>,
    pages_begun: usize,
    labels: &'v [String],
    notes: &'v [FootNote],
    /// The letters that call a note, and the pages on which they do.
    letters: HashSet<(&'v str, usize)>,
}

/// A sign in the text that may call a note.
struct Call {
    /// `12`, `*`.
    sign: String,
    page: usize,
    range: TextRange,
}

impl<'v> Writer<'v> {
    /// `labels` are the printed numbers of the pages.
    pub fn new(
        vocabulary: &'v Vocabulary,
        wording: Wording,
        mirror: bool,
        labels: &'v [String],
        notes: &'v [FootNote],
    ) -> Self {
        Self {
            vocabulary,
            wording,
            mirror,
            text: String::new(),
            hints: Vec::new(),
            printed: Printed::default(),
            calls: Vec::new(),
            pages_begun: 0,
            labels,
            notes,
            letters: notes
                .iter()
                .flat_map(|n| [Some(n.page), n.page.checked_sub(1)].map(|p| (n, p)))
                .filter_map(|(n, page)| Some((n.sign.as_str(), page?)))
                .filter(|(sign, _)| raised_letter(sign).is_some())
                .collect(),
        }
    }

    /// Adds a paragraph, if words of it are left in this reading. Gives its range.
    pub fn paragraph(&mut self, paragraph: &Paragraph) -> Option<TextRange> {
        let whole = whole(paragraph);
        let before = self.text.len();
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        for (i, placed) in paragraph.iter().enumerate() {
            self.line(placed.page, &placed.line, i == 0, start, whole);
        }
        while self.text.len() > start && self.text.ends_with([' ', '\t']) {
            self.text.pop();
        }
        let range = TextRange { start, end: self.text.len() };
        if range.is_empty() {
            self.text.truncate(before);
            return None;
        }
        if whole.0 {
            self.printed.styles.retain(|s| s.style != Style::Bold || s.range.start < start);
        }
        if whole.1 {
            self.printed.styles.retain(|s| s.style != Style::Italic || s.range.start < start);
        }
        Some(range)
    }

    /// Which paragraphs are left out with the number before them, that is not marked: all words behind it are, and the
    /// next paragraph that stays has a number of its own.
    pub fn gone(&self, paragraphs: &[Paragraph]) -> Vec<bool> {
        let mut gone = vec![false; paragraphs.len()];
        let mut numbered = true;
        for (i, paragraph) in paragraphs.iter().enumerate().rev() {
            let bold = whole(paragraph).0;
            let Some(first) = paragraph.first().map(|p| &p.line) else { continue };
            let words = || paragraph.iter().flat_map(|p| &p.line.words);
            if words().all(|w| self.is_left_out(w, bold)) {
                continue;
            }
            let rest = || words().skip(1);
            gone[i] = numbered
                && label_of(first).is_some()
                && rest().next().is_some()
                && rest().all(|w| self.is_left_out(w, bold));
            if !gone[i] {
                numbered = is_numbered(first);
            }
        }
        gone
    }

    fn line(&mut self, page: usize, line: &Line, first_line: bool, start: usize, whole: (bool, bool)) {
        let words: Vec<&Word> = reading_order(line).collect();
        let back = is_back(line);
        let mut before: Option<&Word> = None;
        for (i, word) in words.iter().enumerate() {
            if self.is_left_out(word, whole.0) {
                // A space stands where it stood.
                if self.text.len() > start && !self.text.ends_with([' ', '\t', '\n']) && word.space_after {
                    self.text.push(' ');
                }
                before = None;
                continue;
            }
            if self.text.len() > start {
                match before {
                    Some(b) => {
                        // Within a line a soft hyphen is one that is printed.
                        if self.text.ends_with('\u{ad}') {
                            self.take_back();
                            self.text.push('-');
                        }
                        let gap = separator(b, word, first_line && i == 1, i + 1 == words.len());
                        let close = gap == " " && is_close(b, word, words.get(i + 1).copied());
                        if !close && !self.text.ends_with([' ', '\t']) {
                            self.text.push_str(gap);
                        }
                    }
                    None if i == 0 => self.join_lines(word),
                    // The space before what was left out is not one before a comma.
                    None if word.text.starts_with([',', '.', ';', ':', ')', ']']) => {
                        let words = self.text.trim_end_matches(' ').len();
                        self.text.truncate(words);
                    }
                    None if !self.text.ends_with([' ', '\t']) => self.text.push(' '),
                    None => {}
                }
            }
            // A page begins with its first word, not with the space before it.
            self.begin_page(page);
            self.word(word, page, back && self.mirror);
            before = Some(word);
        }
    }

    fn is_left_out(&self, word: &Word, whole_bold: bool) -> bool {
        match self.wording {
            Wording::Printed => false,
            Wording::Proposed => word.struck,
            Wording::Original => word.bold && !whole_bold && !word.struck,
        }
    }

    /// What stands between the last word of a line and the first of the next: a space, unless a word was divided.
    fn join_lines(&mut self, next: &Word) {
        let last = self.text.chars().next_back();
        if next.led {
            self.text.push('\t');
            return;
        }
        if last == Some('\u{ad}') {
            self.take_back();
            return;
        }
        let first = next.text.chars().next();
        if last == Some('-') && first.is_some_and(char::is_alphabetic) {
            let from = self.text[..self.text.len() - 1]
                .rfind(|c: char| !c.is_alphanumeric() && c != '-' && c != '\'' && c != '’')
                .map_or(0, |at| at + self.text[at..].chars().next().map_or(1, char::len_utf8));
            let half = &self.text[from..self.text.len() - 1];
            let to = next.text.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(next.text.len());
            if half.chars().next_back().is_some_and(char::is_alphabetic) {
                if self.vocabulary.is_divided(half, &next.text[..to]) {
                    self.take_back();
                }
                return;
            }
        }
        if matches!(last, Some('/' | '—')) && next.text.chars().next().is_some_and(char::is_alphanumeric) {
            let glued = self.text.trim_end_matches(['/', '—']).chars().next_back().is_some_and(char::is_alphanumeric);
            if glued && last == Some('/') {
                return;
            }
        }
        // "2025-" and "04/notes.pdf" are parts of an address, "COVID-" and "19" of a name.
        let glued = || self.text.trim_end_matches('-').ends_with(char::is_alphanumeric);
        if last == Some('-') && first.is_some_and(char::is_numeric) && glued() {
            return;
        }
        let unspaced = last.is_some_and(is_unspaced) && first.is_some_and(is_unspaced);
        if !unspaced && !self.text.ends_with([' ', '\t']) {
            self.text.push(' ');
        }
    }

    /// Takes the last character away, also from what is set in a style up to there.
    fn take_back(&mut self) {
        self.text.pop();
        let end = self.text.len();
        for styled in self.printed.styles.iter_mut().rev().take(8).filter(|s| s.range.end > end) {
            styled.range.end = end.max(styled.range.start);
        }
    }

    fn begin_page(&mut self, page: usize) {
        while self.pages_begun <= page {
            let number = self.pages_begun;
            let label = self.labels.get(number).cloned().unwrap_or_default();
            self.printed.pages.push(PageStart { at: self.text.len(), number: number as u32 + 1, label });
            self.pages_begun += 1;
        }
    }

    fn word(&mut self, word: &Word, page: usize, mirror: bool) {
        let start = self.text.len();
        let raised = self.raised(word, page);
        let lowered =
            (word.raised < -0.08 && self.text.ends_with(char::is_alphabetic)).then(|| subscript(&word.text)).flatten();
        let is_call = raised.is_some();
        let changed = raised.or(lowered);
        let text = changed.as_deref().unwrap_or(&word.text);
        let last = text.chars().count().saturating_sub(1);
        for (i, c) in text.chars().enumerate() {
            let c = if c == '\u{ad}' && i < last { '-' } else { c };
            let c = if mirror { mirrored(c) } else { c };
            push_composed(&mut self.text, c, start);
        }
        let range = TextRange { start, end: self.text.len() };
        if is_call {
            self.calls.push(Call { sign: plain_digits(&word.text), page, range });
        } else if let Some(at) = text.find(['*', '†', '‡']).filter(|&at| at > 0) {
            let stars: String = text[at..].chars().take_while(|c| matches!(c, '*' | '†' | '‡')).collect();
            let range = TextRange { start: start + at, end: start + at + stars.len() };
            self.calls.push(Call { sign: stars, page, range });
        } else if word.text.chars().all(|c| matches!(c, '*' | '†' | '‡')) {
            self.calls.push(Call { sign: (*word.text).to_owned(), page, range });
        }
        for (set, style) in [
            (word.bold, Style::Bold),
            (word.italic, Style::Italic),
            (word.underlined, Style::Underlined),
            (word.struck, Style::Struck),
        ] {
            if set {
                self.style(range, style);
            }
        }
    }

    /// The sign that a raised word is written with: a letter is one where a note on this page or the next has it.
    fn raised(&self, word: &Word, page: usize) -> Option<String> {
        if word.raised <= 0.12 {
            return None;
        }
        superscript(&word.text).or_else(|| {
            let letter = raised_letter(&word.text)?;
            self.letters.contains(&(&*word.text, page)).then_some(letter)
        })
    }

    /// Adds a style, or lets the last stretch of it run on over a space.
    fn style(&mut self, range: TextRange, style: Style) {
        let text = &self.text;
        let last = self.printed.styles.iter_mut().rev().take(8).find(|s| s.style == style);
        if let Some(last) = last
            && text.get(last.range.end..range.start).is_some_and(|gap| gap.chars().all(|c| c == ' ' || c == '\t'))
        {
            last.range.end = range.end;
            return;
        }
        self.printed.styles.push(Styled { range, style });
    }

    /// Adds the notes at the end and ties each to its sign.
    pub fn notes(&mut self) {
        let notes = self.notes;
        let mut calls = std::mem::take(&mut self.calls);
        for (n, note) in notes.iter().enumerate() {
            // On its own page, else where a page ends in the middle of things: one before or after.
            let wanted = [Some(note.page), note.page.checked_sub(1), Some(note.page + 1)];
            let next = notes.get(n + 1).map_or("", |n| n.sign.as_str());
            let call = wanted.iter().flatten().find_map(|&page| take_call(&mut calls, &note.sign, next, page));
            let sign = superscript(&note.sign).or_else(|| raised_letter(&note.sign));
            let sign = sign.unwrap_or_else(|| note.sign.clone());
            if !self.text.is_empty() {
                self.text.push_str("\n\n");
            }
            let start = self.text.len();
            self.text.push_str(&sign);
            self.text.push(' ');
            let words = self.text.len();
            for (i, line) in note.lines.iter().enumerate() {
                let order: Vec<&Word> = reading_order(line).collect();
                for (n, word) in order.iter().enumerate() {
                    match (n, i) {
                        (0, 0) => {}
                        (0, _) => self.join_lines(word),
                        _ => {
                            let gap = separator(order[n - 1], word, false, false);
                            self.text.push_str(gap);
                        }
                    }
                    for c in word.text.chars() {
                        push_composed(&mut self.text, c, words);
                    }
                }
            }
            let trimmed = self.text.trim_end().len().max(start + sign.len());
            self.text.truncate(trimmed);
            let body = TextRange { start, end: self.text.len() };
            self.hints.push(StructureHint { range: body, kind: HintKind::Aside });
            self.printed.notes.push(Note { call, body });
        }
        self.printed.styles.sort_by_key(|s| (s.range.start, s.range.end));
    }
}

/// Whether a space that was typed before the sign of a note, or between it and the mark behind it, is to go. One that
/// parts two words stays, whichever of them the sign sticks to.
fn is_close(before: &Word, word: &Word, next: Option<&Word>) -> bool {
    let sign = |w: &Word| w.raised > 0.12 && w.text.bytes().all(|b| b.is_ascii_digit());
    let near = word.x0 - before.x1 < 0.5 * before.size.max(word.size);
    let apart = next.is_none_or(|n| spaced(word, n) || !n.text.starts_with(char::is_alphanumeric));
    let mark = word.text.starts_with([')', ']', ',', '.', ';', ':']);
    near && (sign(word) && !sign(before) && apart || sign(before) && mark)
}

/// Whether a paragraph is set in bold, and slanted, because it is a heading: that says nothing of its words. A whole
/// sentence in bold is no heading.
fn whole(paragraph: &Paragraph) -> (bool, bool) {
    let last = paragraph.last().and_then(|p| p.line.words.last());
    let sentence = last.is_some_and(|w| w.text.ends_with(['.', ';', ',', '”', '"']));
    let heading = paragraph.len() <= 3 && !(sentence && paragraph[0].line.words.len() > 4);
    let all = |set: fn(&Line) -> bool| heading && paragraph.iter().all(|p| set(&p.line));
    (all(Line::is_bold), all(Line::is_italic))
}

/// Takes the sign that calls a note on this page out of those not yet taken. Two signs side by side look like one.
fn take_call(calls: &mut Vec<Call>, sign: &str, next: &str, page: usize) -> Option<TextRange> {
    if let Some(at) = calls.iter().position(|c| c.page == page && c.sign == sign) {
        return Some(calls.remove(at).range);
    }
    let both = |c: &Call| c.page == page && !next.is_empty() && c.sign.strip_prefix(sign) == Some(next);
    let call = calls.iter_mut().find(|c| both(c))?;
    // Superscript digits are two or three bytes long.
    let first = superscript(sign)?.len().min(call.range.len());
    let range = TextRange { start: call.range.start, end: call.range.start + first };
    call.range.start = range.end;
    next.clone_into(&mut call.sign);
    Some(range)
}

/// Adds a character, composed with the one before it if it is a mark upon that.
fn push_composed(text: &mut String, c: char, from: usize) {
    if is_combining_mark(c)
        && text.len() > from
        && let Some(last) = text.pop()
    {
        text.extend([last, c].into_iter().nfc());
        return;
    }
    if c.is_ascii() || unicode_normalization::is_nfc(c.encode_utf8(&mut [0; 4])) {
        text.push(c);
    } else {
        text.extend(c.nfc());
    }
}

/// The words of a document, to tell a word divided at a line's end from one that has a hyphen.
#[derive(Default)]
pub(super) struct Vocabulary {
    words: HashSet<String>,
    /// Whether the lines of this document divide words.
    divides: bool,
}

impl Vocabulary {
    pub fn of<'l>(lines: impl Iterator<Item = &'l Line> + Clone) -> Self {
        let mut vocabulary = Self::default();
        for line in lines.clone() {
            // The last word of a line may be half of one.
            for word in &line.words[..line.words.len().saturating_sub(1)] {
                vocabulary.add(&word.text);
            }
            if let Some(last) = line.words.last().filter(|w| !w.text.ends_with('-')) {
                vocabulary.add(&last.text);
            }
        }
        let (mut joined, mut kept) = (0, 0);
        let mut half: Option<&str> = None;
        for line in lines {
            let first = line.words.first().map_or("", |w| &*w.text);
            if let Some(half) = half {
                joined += usize::from(vocabulary.has(&format!("{half}{}", bare(first))));
                kept += usize::from(vocabulary.has(&format!("{half}-{}", bare(first))));
            }
            half =
                line.words.last().and_then(|w| w.text.strip_suffix('-')).filter(|h| h.ends_with(char::is_alphabetic));
        }
        vocabulary.divides = joined > kept;
        vocabulary
    }

    fn add(&mut self, word: &str) {
        self.words.insert(bare(word).to_lowercase());
    }

    fn has(&self, word: &str) -> bool {
        self.words.contains(&bare(word).to_lowercase())
    }

    /// Whether the two halves are one word: by what the rest of the document has, else by its habit.
    fn is_divided(&self, half: &str, rest: &str) -> bool {
        if !rest.starts_with(char::is_lowercase) {
            return false;
        }
        match (self.has(&format!("{half}{rest}")), self.has(&format!("{half}-{rest}"))) {
            (true, false) => true,
            (false, true) => false,
            _ => self.divides,
        }
    }
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}
