//! How each letter of a part is set: which face, which color. The letters are those of the draft, one for one.

use eframe::egui::{Color32, FontFamily};

use super::bidi::NOTHING;
use super::look::{Look, Style};
use crate::model::{self, MarkKind, Styled, TextRange};
use crate::reconcile::Stroke;
use crate::ui::theme::{serif_bold, serif_bold_italic, serif_italic, serif_semibold};

/// How a letter is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Ink {
    tone: Tone,
    bold: bool,
    italic: bool,
    /// The part it stands in is bold.
    heavy: bool,
    /// Its face is not ours, so it has neither bold nor italic of its own.
    borrowed: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Tone {
    #[default]
    Plain,
    Quiet,
    Bracket,
    /// What leads to a note.
    Call,
    /// What stands only in the older of two drafts.
    Struck,
    /// What stands only in the newer one.
    PutIn,
}

impl Ink {
    pub(super) fn family(self, style: &Style) -> FontFamily {
        match (self.bold && !self.borrowed, self.italic && !self.borrowed) {
            _ if self.tone == Tone::Bracket => serif_semibold(),
            (true, true) => serif_bold_italic(),
            (true, false) => serif_bold(),
            (false, true) if style.family == serif_semibold() => serif_bold_italic(),
            (false, true) => serif_italic(),
            (false, false) => style.family.clone(),
        }
    }

    pub(super) fn color(self, style: &Style, look: &Look) -> Color32 {
        match self.tone {
            Tone::Plain => style.color,
            Tone::Quiet | Tone::Bracket => look.quiet,
            Tone::Call => look.link,
            Tone::Struck => look.struck,
            Tone::PutIn => look.put_in,
        }
    }

    /// Whether the letters have to be slanted, for want of an italic.
    pub(super) fn is_slanted(self) -> bool {
        self.italic && self.borrowed
    }

    /// Whether the letters have to be painted twice, for want of a bold.
    pub(super) fn is_doubled(self) -> bool {
        (self.bold || self.heavy) && self.borrowed
    }
}

/// What sets letters of a block apart.
pub(super) struct Inks<'a> {
    pub(super) marks: &'a [(TextRange, MarkKind)],
    /// In order of start.
    pub(super) styles: &'a [Styled],
    /// Where notes are called.
    pub(super) calls: &'a [TextRange],
    /// What was struck and put in, in order.
    pub(super) strokes: &'a [(TextRange, Stroke)],
}

impl Inks<'_> {
    /// The letters of a stretch as they are shown, one for each character of the draft, cut where the ink changes:
    /// each cut with its end. White space shows as a single space: what follows the first of a run has no width, and a
    /// line end is a space. `heavy` is whether all of them are bold.
    pub(super) fn shown(&self, words: &str, start: usize, heavy: bool) -> (String, Vec<(usize, Ink)>) {
        let mut shown = String::with_capacity(words.len());
        let mut cuts: Vec<(usize, Ink)> = Vec::new();
        let mut last_ink = Ink::default();
        let mut in_space = false;
        let (mut next, mut open) = (0, Vec::new());
        for (at, c) in words.char_indices() {
            let offset = start + at;
            while let Some(styled) = self.styles.get(next).filter(|s| s.range.start <= offset) {
                open.push(*styled);
                next += 1;
            }
            open.retain(|s: &Styled| s.range.end > offset);
            let mut ink = self.ink(offset, c, &open);
            ink.heavy = heavy;
            ink.borrowed = (ink.bold || ink.italic || heavy) && !is_ours(c);
            if ink != last_ink && !shown.is_empty() {
                cuts.push((shown.len(), last_ink));
            }
            last_ink = ink;
            let space = matches!(c, ' ' | '\n' | '\t');
            shown.push(match (space, in_space) {
                (true, true) => NOTHING,
                (true, false) => ' ',
                (false, _) => c,
            });
            in_space = space;
        }
        cuts.push((shown.len(), last_ink));
        (shown, cuts)
    }

    fn ink(&self, offset: usize, c: char, open: &[Styled]) -> Ink {
        let mut ink = Ink::default();
        for (range, kind) in self.marks.iter().filter(|(range, _)| range.contains(offset)) {
            let edge = offset == range.start || offset + c.len_utf8() == range.end;
            ink.tone = match kind {
                MarkKind::Bracketed | MarkKind::Unbalanced if edge && !c.is_alphanumeric() => Tone::Bracket,
                MarkKind::Agreed | MarkKind::Deleted | MarkKind::Placeholder => Tone::Quiet,
                _ => ink.tone,
            };
        }
        for styled in open {
            match styled.style {
                model::Style::Bold => ink.bold = true,
                model::Style::Italic => ink.italic = true,
                // Its line is painted over it; the words step back besides.
                model::Style::Struck if ink.tone == Tone::Plain => ink.tone = Tone::Quiet,
                model::Style::Struck | model::Style::Underlined => {}
            }
        }
        if self.calls.iter().any(|call| call.contains(offset)) {
            ink.tone = Tone::Call;
        }
        let next = self.strokes.partition_point(|(range, _)| range.end <= offset);
        match self.strokes.get(next).filter(|(range, _)| range.contains(offset)) {
            Some((_, Stroke::Struck)) => ink.tone = Tone::Struck,
            Some((_, Stroke::PutIn)) => ink.tone = Tone::PutIn,
            Some((_, Stroke::Kept)) | None => {}
        }
        ink
    }
}

/// Whether the bold and the italic of the text face have a letter: Latin, Greek, Cyrillic and the signs between them.
fn is_ours(c: char) -> bool {
    matches!(c, '\0'..='\u{58f}' | '\u{1d00}'..='\u{2e7f}' | '\u{a720}'..='\u{a7ff}' | '\u{fb00}'..='\u{fb06}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_cut_where_their_ink_changes() {
        let text = "new  words [x] 文 ends";
        let at = |words: &str| {
            let start = text.find(words).unwrap();
            TextRange { start, end: start + words.len() }
        };
        let styled = |words, style| Styled { range: at(words), style };
        let marks = [(at("[x]"), MarkKind::Bracketed)];
        let styles = [
            styled("new  words", model::Style::Bold),
            styled("words", model::Style::Italic),
            styled("文 ends", model::Style::Bold),
            styled("ends", model::Style::Struck),
        ];
        let inks = Inks { marks: &marks, styles: &styles, calls: &[], strokes: &[] };
        let (shown, cuts) = inks.shown(text, 0, false);
        assert_eq!(shown.chars().count(), text.chars().count());
        assert_eq!(shown, text.replace("w  w", "w \u{200b}w"));
        let mut from = 0;
        let mut pieces = Vec::new();
        for (end, ink) in cuts {
            pieces.push((&shown[from..end], ink.bold, ink.italic, ink.tone));
            from = end;
        }
        assert_eq!(
            pieces,
            [
                ("new \u{200b}", true, false, Tone::Plain),
                ("words", true, true, Tone::Plain),
                (" ", false, false, Tone::Plain),
                ("[", false, false, Tone::Bracket),
                ("x", false, false, Tone::Plain),
                ("]", false, false, Tone::Bracket),
                (" ", false, false, Tone::Plain),
                ("文", true, false, Tone::Plain),
                (" ", true, false, Tone::Plain),
                ("ends", true, false, Tone::Quiet),
            ]
        );
        // No face of ours has this letter in bold.
        assert!(inks.shown("文", at("文").start, false).1[0].1.is_doubled());
    }
}
