//! One paragraph of the text while it is put together: white space in order, what was left out leaving no trace, NFC.

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::model::Style;

use super::Look;

/// Something that begins or ends at a place in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// Words set in a style begin.
    On(Style),
    /// They end.
    Off(Style),
    /// The sign of a note begins; which, in order of the text.
    CallOn(u32),
    /// It ends.
    CallOff(u32),
    /// A page begins; which, in order.
    Page(u32),
    /// A remark begins to apply.
    RemarkOn(u32),
    /// It ends to apply.
    RemarkOff(u32),
}

const STYLES: [(Look, Style); 4] = [
    (Look::BOLD, Style::Bold),
    (Look::ITALIC, Style::Italic),
    (Look::UNDERLINED, Style::Underlined),
    (Look::STRUCK, Style::Struck),
];

/// A line being written.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub text: String,
    /// In order of place; none lies past the end of the text once the line is finished.
    pub events: Vec<(usize, Event)>,
    look: Look,
    /// Whether words were left out right here, and whether a space stood at either end of them.
    cut: Option<bool>,
}

impl Line {
    /// Whether nothing stands in it yet.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Notes that something begins or ends here.
    pub fn mark(&mut self, event: Event) {
        self.events.push((self.text.len(), event));
    }

    /// Adds words.
    pub fn push(&mut self, words: &str, look: Look) {
        for (flag, style) in STYLES {
            if look.has(flag) != self.look.has(flag) {
                self.mark(if look.has(flag) { Event::On(style) } else { Event::Off(style) });
            }
        }
        self.look = look;
        let shift = if look.has(Look::RAISED) {
            raised(words)
        } else if look.has(Look::LOWERED) {
            lowered(words)
        } else {
            None
        };
        match shift {
            Some(words) => words.chars().for_each(|c| self.push_char(c)),
            None => words.chars().for_each(|c| self.push_char(c)),
        }
    }

    /// Adds a space, unless one stands there.
    pub fn space(&mut self) {
        self.push_char(' ');
    }

    /// Adds a tab, which takes the place of a space.
    pub fn tab(&mut self) {
        self.push_char('\t');
    }

    /// Adds the sign of a note.
    pub fn call(&mut self, sign: &str, note: u32) {
        self.mark(Event::CallOn(note));
        self.text.push_str(sign);
        self.mark(Event::CallOff(note));
    }

    /// Notes that words are left out here.
    pub fn cut(&mut self, words: &str) {
        let spaced = words.starts_with(char::is_whitespace) || words.ends_with(char::is_whitespace);
        self.cut = Some(self.cut.unwrap_or(false) | spaced);
    }

    fn push_char(&mut self, c: char) {
        let c = match c {
            '\t' => '\t',
            '\n' | '\r' | '\u{0b}' | '\u{0c}' | '\u{85}' | '\u{2028}' | '\u{2029}' | ' ' => ' ',
            // A place where a word may be divided is not part of it.
            '\u{ad}' | '\u{feff}' | '\u{200b}' => return,
            c if c.is_control() => return,
            c => c,
        };
        if c == ' ' || c == '\t' {
            self.cut = None;
            match self.text.as_bytes().last() {
                None | Some(b'\t') => {}
                Some(b' ') if c == ' ' => {}
                Some(b' ') => {
                    self.text.pop();
                    self.text.push(c);
                }
                Some(_) => self.text.push(c),
            }
            return;
        }
        if let Some(spaced) = self.cut.take() {
            let last = self.text.chars().next_back();
            if spaced
                && c.is_alphanumeric()
                && last.is_some_and(|l| l.is_alphanumeric() || matches!(l, ',' | ';' | ':'))
            {
                self.text.push(' ');
            } else if matches!(c, ',' | '.' | ';' | ':' | ')' | ']') && last == Some(' ') {
                self.text.pop();
            }
        }
        self.text.push(c);
    }

    /// Ends the line: no space at its end, all events within it, every character composed.
    pub fn finish(mut self) -> Self {
        for (flag, style) in STYLES {
            if self.look.has(flag) {
                self.mark(Event::Off(style));
            }
        }
        self.look = Look::default();
        let end = self.text.trim_end().len();
        self.text.truncate(end);
        // Taking back a space may leave an event past a later one.
        let mut least = end;
        for (at, _) in self.events.iter_mut().rev() {
            least = least.min(*at);
            *at = least;
        }
        self.compose();
        self
    }

    /// Takes the sign of a note from the beginning of its words, where the author typed it there too.
    pub fn drop_sign(&mut self, sign: &str) {
        let end = self.text.find(char::is_whitespace).unwrap_or(self.text.len());
        let first = &self.text[..end];
        if first != sign && raised_word(first).as_deref() != Some(sign) {
            return;
        }
        let cut = self.text.len() - self.text[end..].trim_start().len();
        self.text.drain(..cut);
        for (at, _) in &mut self.events {
            *at = at.saturating_sub(cut);
        }
    }

    /// Puts another finished line behind this one, with a tab between.
    pub fn join(&mut self, other: Self) {
        self.text.push('\t');
        let shift = self.text.len();
        self.text.push_str(&other.text);
        self.events.extend(other.events.into_iter().map(|(at, event)| (at + shift, event)));
        self.compose();
    }

    /// Characters that combine are composed, and events inside one move to its start.
    pub(super) fn compose(&mut self) {
        if is_nfc_quick(self.text.chars()) == IsNormalized::Yes {
            return;
        }
        let mut composed = String::with_capacity(self.text.len());
        let mut events = self.events.iter_mut().peekable();
        let mut from = 0;
        let mut chars = self.text.char_indices().peekable();
        while let Some((_, _)) = chars.next() {
            let to = match chars.peek() {
                Some(&(_, next)) if !begins_cluster(next) => continue,
                Some(&(to, _)) => to,
                None => self.text.len(),
            };
            while let Some((at, _)) = events.next_if(|(at, _)| *at < to) {
                *at = composed.len();
            }
            composed.extend(self.text[from..to].nfc());
            from = to;
        }
        for (at, _) in events {
            *at = composed.len();
        }
        self.text = composed;
    }
}

/// Whether nothing in front of the character can change by what follows.
fn begins_cluster(c: char) -> bool {
    c.is_ascii() || (canonical_combining_class(c) == 0 && is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes)
}

/// Figures and signs raised, as print has them; none for words.
pub(super) fn raised(words: &str) -> Option<String> {
    shifted(words, "0123456789+-=()niabcdefghjklmoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
        .filter(|_| words.trim().chars().count() == 1 || !words.contains(char::is_alphabetic))
}

/// The same for whole words, where every letter has a raised form: `ⁱᵛ`.
pub(super) fn raised_word(words: &str) -> Option<String> {
    shifted(words, "0123456789niabcdefghjklmoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹ⁿⁱᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
}

fn lowered(words: &str) -> Option<String> {
    shifted(words, "0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
}

fn shifted(words: &str, plain: &str, set: &str) -> Option<String> {
    let shift = |c: char| match plain.chars().position(|p| p == c) {
        Some(at) => set.chars().nth(at),
        None => c.is_whitespace().then_some(c),
    };
    // Long stretches are no signs: somebody raised a line.
    if words.len() > 24 { None } else { words.chars().map(shift).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `{…}` is left out, `^…^` is raised.
    fn check(source: &str, expected: &str) {
        let mut line = Line::default();
        for (i, part) in source.split(['{', '}', '^']).enumerate() {
            let raised = source.contains('^') && i % 2 == 1;
            match (i % 2 == 1, raised) {
                (true, true) => line.push(part, Look::RAISED),
                (true, false) => line.cut(part),
                (false, _) => line.push(part, Look::default()),
            }
        }
        assert_eq!(line.finish().text, expected, "{source}");
    }

    #[test]
    fn what_is_left_out_leaves_no_trace() {
        check("Union {legislation} legal act", "Union legal act");
        check("one{ two }three", "one three");
        check("means a{n} system", "means a system");
        check("collect {proactively}, and", "collect, and");
        check("or {results in} a", "or a");
        check("healt{h, to property}", "healt");
        check("{gone }words ", "words");
        check("m^2^ and CO^2^ on the 1^st^ day", "m² and CO² on the 1st day");
        check("a \t b\u{ad}c  d\u{a0}e", "a\tbc d\u{a0}e");
    }

    #[test]
    fn characters_are_composed_and_events_follow() {
        let mut line = Line::default();
        line.push("e", Look::BOLD);
        line.push("\u{301}te\u{301}", Look::default());
        line.mark(Event::Page(0));
        line.push("x", Look::default());
        let line = line.finish();
        assert_eq!(line.text, "étéx");
        let places: Vec<usize> = line.events.iter().map(|(at, _)| *at).collect();
        assert_eq!(places, [0, 0, 5]);
        assert!(places.iter().all(|&at| line.text.is_char_boundary(at)));
    }
}
