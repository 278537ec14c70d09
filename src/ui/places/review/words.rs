//! The words of clauses, with what is remarked on marked, and with what was struck and put in.

use std::ops::Range;

use eframe::egui::text::TextFormat;
use eframe::egui::{FontId, Role, Stroke as Line, Ui, WidgetInfo};

use crate::model::{Draft, TextRange};
use crate::ui::theme::{Tokens, serif};
use crate::ui::widgets::Words;
use crate::workspace::{RedlineRun, Stroke, clauses};

/// More of a clause than this is not shown, in bytes.
const LONGEST: usize = 12_000;

/// Words as they are shown: paragraphs on lines of their own, and stretches that are set apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shown {
    text: String,
    marks: Vec<(Range<usize>, Mark)>,
    /// For screen readers, where marks are to be heard.
    spoken: String,
}

fn begins_word(words: &str) -> bool {
    words.chars().next().is_some_and(char::is_alphanumeric)
}

/// How a stretch is set apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Quoted,
    Struck,
    PutIn,
}

impl Shown {
    /// The clauses that a place touches, with the place marked or not.
    pub fn clause(draft: &Draft, place: TextRange, marked: bool) -> Self {
        let mut shown = Self::default();
        for clause in clauses(draft, place) {
            if shown.text.len() > LONGEST {
                shown.text.push('…');
                break;
            }
            shown.paragraph();
            let from = shown.push(clause.of(&draft.text).unwrap_or_default());
            if let Some(part) = clause.intersection(place).filter(|_| marked) {
                let at = from + part.start - clause.start;
                shown.marks.push((at..(at + part.len()).min(shown.text.len()), Mark::Quoted));
            }
        }
        shown
    }

    /// A redline, clause by clause.
    pub fn redline(rows: &[Vec<RedlineRun>], texts: [&str; 2]) -> Self {
        let mut shown = Self::default();
        for row in rows {
            if shown.text.len() > LONGEST {
                shown.text.push('…');
                break;
            }
            shown.paragraph();
            for run in row {
                let (words, mark) = match run.stroke {
                    Stroke::Kept => (run.new.of(texts[1]), None),
                    Stroke::Struck => (run.old.of(texts[0]), Some(Mark::Struck)),
                    Stroke::PutIn => (run.new.of(texts[1]), Some(Mark::PutIn)),
                };
                let words = words.unwrap_or_default();
                // Words put in for words that were struck are not to be read as one word with them.
                let joined = mark == Some(Mark::PutIn) && shown.ends_struck() && begins_word(words);
                if joined {
                    shown.text.push('\u{2009}');
                }
                let from = shown.push(words);
                if let Some(mark) = mark.filter(|_| !words.is_empty()) {
                    shown.marks.push((from..shown.text.len(), mark));
                }
                let words = words.trim();
                shown.spoken.push_str(&match mark {
                    Some(Mark::Struck) if !words.is_empty() => format!(" [struck: {words}] "),
                    Some(Mark::PutIn) if !words.is_empty() => format!(" [put in: {words}] "),
                    _ => words.to_owned(),
                });
            }
        }
        shown
    }

    /// Whether a redline strikes or puts in nothing.
    pub fn is_unchanged(&self) -> bool {
        self.marks.iter().all(|(_, mark)| *mark == Mark::Quoted)
    }

    /// Whether the last words were struck, and no space follows them.
    fn ends_struck(&self) -> bool {
        let last = self.marks.last().filter(|(range, mark)| *mark == Mark::Struck && range.end == self.text.len());
        last.is_some() && !self.text.ends_with(char::is_whitespace)
    }

    fn paragraph(&mut self) {
        if !self.text.is_empty() {
            self.text.push('\n');
            self.spoken.push('\n');
        }
    }

    /// Adds words on one line; answers with where they begin.
    fn push(&mut self, words: &str) -> usize {
        let from = self.text.len();
        self.text.extend(words.chars().map(|c| if c == '\n' { ' ' } else { c }));
        from
    }

    /// Draws them.
    pub fn show(&self, ui: &mut Ui, tokens: &Tokens) {
        let font_size = tokens.size.body + 2.5;
        let font = FontId::new(font_size, serif());
        let plain = TextFormat::simple(font.clone(), tokens.ink);
        let format = |mark: Mark| match mark {
            Mark::Quoted => TextFormat { background: tokens.search_mark, ..plain.clone() },
            Mark::Struck => {
                TextFormat { color: tokens.danger, strikethrough: Line::new(1.2, tokens.danger), ..plain.clone() }
            }
            Mark::PutIn => {
                TextFormat { color: tokens.accent, underline: Line::new(1.4, tokens.accent), ..plain.clone() }
            }
        };
        let marks = self.marks.iter().map(|(range, mark)| (range.clone(), format(*mark))).collect();
        let response = Words::new(&self.text, font, tokens.ink).marked(marks).spaced(font_size * 1.4).show(ui);
        if !self.spoken.trim().is_empty() {
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, self.spoken.trim()));
        }
    }
}
