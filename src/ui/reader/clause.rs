//! Clauses of two drafts set one by one, as the page sets them: a clause of either draft, or both in one text with what
//! was struck and what was put in.
//!
//! A redlined clause is a text of its own, composed of stretches of both drafts; [`SetClause::places`] leads from a place
//! in a draft to its place in it.

use std::sync::Arc;

use eframe::egui::epaint::TextShape;
use eframe::egui::{Color32, Context, FontId, Galley, Mesh, Painter, Pos2, Rangef, Rect, Shape, vec2};

use super::blocks::{Blocks, Part, Role};
use super::highlights::Spans;
use super::layout::{BlockLayout, Look, lay_out_clause};
use super::prints::Prints;
use crate::model::{Direction, MarkKind, Note, Outline, Printed, TextRange};
use crate::reconcile::{Run, Stroke};
use crate::ui::theme::{Tokens, serif};

/// A draft cut into clauses.
pub struct Sheet {
    text: Arc<str>,
    outline: Arc<Outline>,
    blocks: Blocks,
    marks: Spans,
}

impl Sheet {
    /// Reads the outline once. The clauses, in bytes of the text, stand in order and apart from each other.
    pub fn new(text: &Arc<str>, outline: &Arc<Outline>, printed: &Printed, clauses: Vec<TextRange>) -> Self {
        // Notes are set small; their signs lead nowhere here, and bold or struck words of the file would be taken for
        // those of the comparison.
        let notes = printed.notes.iter().map(|note| Note { call: None, ..*note }).collect();
        let prints = Prints::new(&Arc::new(Printed { notes, ..Printed::default() }));
        let blocks = Blocks::over(text, outline, &prints, clauses.into_iter(), false);
        let marks = Spans::new(outline.marks.iter().map(|m| m.range).collect());
        Self { text: Arc::clone(text), outline: Arc::clone(outline), blocks, marks }
    }

    /// Whether this is that draft.
    pub fn is_of(&self, text: &Arc<str>, outline: &Arc<Outline>) -> bool {
        Arc::ptr_eq(&self.text, text) && Arc::ptr_eq(&self.outline, outline)
    }

    fn block(&self, clause: TextRange) -> usize {
        self.blocks.at(clause.start)
    }

    fn parts(&self, clause: TextRange) -> Vec<Part> {
        self.blocks.parts(self.block(clause), &self.text, &self.outline)
    }

    fn marks(&self, clause: TextRange) -> Vec<(TextRange, MarkKind)> {
        let mut found = Vec::new();
        self.marks.touching(clause, &mut found);
        found.into_iter().filter_map(|i| self.outline.marks.get(i)).map(|m| (m.range, m.kind)).collect()
    }
}

/// How clauses are set: what changes it makes all of them anew.
#[derive(Clone)]
pub struct ClauseLook {
    look: Look,
    /// Laid out anew by egui exactly when its letters have moved in the font texture, and ours with them.
    sentinel: Arc<Galley>,
}

impl PartialEq for ClauseLook {
    fn eq(&self, other: &Self) -> bool {
        self.look == other.look && Arc::ptr_eq(&self.sentinel, &other.sentinel)
    }
}

impl ClauseLook {
    /// Text of `size` points in a space `room` points wide, which holds the labels beside the text as well.
    pub fn new(ctx: &Context, tokens: &Tokens, size: f32, direction: Direction, room: f32) -> Self {
        let mut look = Look::new(ctx, tokens, size.clamp(8.0, 64.0), direction, true);
        look.column = (room - look.hang()).max(look.size * 6.0).floor();
        let font = FontId::new(look.size, serif());
        let sentinel = ctx.fonts_mut(|f| f.layout_no_wrap("¶".to_owned(), font, Color32::PLACEHOLDER));
        Self { look, sentinel }
    }

    /// The same for words that stand aside.
    pub fn quiet(&self) -> Self {
        Self { look: self.look.clone().quiet(), sentinel: Arc::clone(&self.sentinel) }
    }

    /// The height of a line of running text, in points.
    pub fn line(&self) -> f32 {
        self.look.line()
    }

    /// Where the text begins in the room it was given, in points.
    pub fn begins(&self) -> f32 {
        if self.look.direction == Direction::LeftToRight { self.look.hang() } else { 0.0 }
    }

    /// The room that clauses need for lines of at most 70 characters, in points.
    pub fn widest(ctx: &Context, tokens: &Tokens, size: f32) -> f32 {
        let look = Look::new(ctx, tokens, size.clamp(8.0, 64.0), Direction::LeftToRight, true);
        (look.character * 70.0 + look.hang()).ceil()
    }

    /// Where the text ends in the room it was given, in points.
    pub fn ends(&self) -> f32 {
        self.begins() + self.look.column
    }

    /// What a clause is expected to be high, in points.
    pub fn estimate(&self, sheet: &Sheet, clause: TextRange) -> f32 {
        let characters = clause.len() as f32;
        self.look.estimate(sheet.blocks.rest(sheet.block(clause)), None, characters)
    }
}

/// A stretch of a draft in a composed text.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    /// 0 for the older draft, 1 for the newer one.
    side: usize,
    from: TextRange,
    /// Where it begins in the composed text.
    at: usize,
}

/// A clause laid out.
#[derive(Clone, Debug)]
pub struct SetClause {
    layout: BlockLayout,
    text: Arc<str>,
    strokes: Vec<(TextRange, Stroke)>,
    /// None where the text is a draft's own.
    stretches: Option<Vec<Stretch>>,
}

impl SetClause {
    /// A clause of one draft, with what was struck in it or put in, in bytes of the draft's text.
    pub fn of(
        ctx: &Context,
        look: &ClauseLook,
        sheet: &Sheet,
        clause: TextRange,
        strokes: Vec<(TextRange, Stroke)>,
    ) -> Self {
        let marks = sheet.marks(clause);
        let layout = lay_out_clause(ctx, &look.look, &sheet.text, sheet.parts(clause), &marks, &strokes);
        Self { layout, text: Arc::clone(&sheet.text), strokes, stretches: None }
    }

    /// The clauses of two drafts in one text.
    pub fn redlined(
        ctx: &Context,
        look: &ClauseLook,
        sheets: [&Sheet; 2],
        clauses: [TextRange; 2],
        runs: &[Run],
    ) -> Self {
        let parts_of = [sheets[0].parts(clauses[0]), sheets[1].parts(clauses[1])];
        let mut composed = Composed::default();
        for run in runs {
            let (side, from) = if run.stroke == Stroke::Struck { (0, run.old) } else { (1, run.new) };
            composed.append(&sheets[side].text, side, from, run.stroke, &parts_of[side]);
        }
        let Composed { text, parts, strokes, stretches } = composed;
        let inside = |mark: TextRange| places(&stretches, 1, mark);
        let marks: Vec<(TextRange, MarkKind)> =
            sheets[1].marks(clauses[1]).into_iter().filter_map(|(range, kind)| Some((inside(range)?, kind))).collect();
        let layout = lay_out_clause(ctx, &look.look, &text, parts, &marks, &strokes);
        Self { layout, text: text.into(), strokes, stretches: Some(stretches) }
    }

    /// Its height with the space above and below it, in points.
    pub fn height(&self) -> f32 {
        self.layout.height
    }

    /// Where its first line begins below its top, in points.
    pub fn top(&self) -> f32 {
        self.layout.lines.first().map_or(0.0, |line| line.y.min)
    }

    /// The level of heading it is, if it is one.
    pub fn heading(&self) -> Option<usize> {
        self.layout.heading
    }

    /// A stretch of a draft, in bytes of its text, as a stretch of what is set here. `side` is 0 for the older draft
    /// and 1 for the newer.
    pub fn places(&self, side: usize, range: TextRange) -> Option<TextRange> {
        match &self.stretches {
            Some(stretches) => places(stretches, side, range),
            None => Some(range),
        }
    }

    /// Where a stretch stands, line by line, in points from the top left corner of the text.
    pub fn bands(&self, range: TextRange) -> Vec<Rect> {
        let rect = |(line, x): (usize, Rangef)| Some(Rect::from_x_y_ranges(x, self.layout.lines.get(line)?.band));
        self.layout.bands(&self.text, range).into_iter().filter_map(rect).collect()
    }

    /// Its words, with those struck and put in said to be so, in one line.
    pub fn spoken(&self) -> String {
        let mut spoken = String::new();
        let mut at = self.layout.bytes.start;
        let words = |range: TextRange| range.of(&self.text).unwrap_or_default();
        for &(range, stroke) in &self.strokes {
            spoken.push_str(words(TextRange { start: at, end: range.start.max(at) }));
            let said = if stroke == Stroke::Struck { "struck" } else { "put in" };
            spoken.push_str(&format!("[{said}: {}] ", words(range).trim()));
            at = range.end.max(at);
        }
        spoken.push_str(words(TextRange { start: at, end: self.layout.bytes.end.max(at) }));
        spoken.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Paints it with its top left corner of the text at a place; washes lie under the letters, in stretches of what is
    /// set here.
    pub fn paint(&self, painter: &Painter, at: Pos2, washes: &[(TextRange, Color32)], tokens: &Tokens) {
        let (mut under, mut lines) = (Mesh::default(), Mesh::default());
        let offset = at.to_vec2();
        for &(range, color) in washes {
            for band in self.bands(range) {
                under.add_colored_rect(band.translate(offset).expand2(vec2(1.0, 0.0)), color);
            }
        }
        for &(range, stroke) in &self.strokes {
            let (color, down) = match stroke {
                Stroke::Struck => (tokens.struck, 0.06),
                Stroke::PutIn => (tokens.put_in, 0.4),
                Stroke::Kept => continue,
            };
            let words = range.trimmed(&self.text);
            for band in self.bands(if words.is_empty() { range } else { words }) {
                let y = (at.y + band.center().y + band.height() * down).round();
                let thick = (band.height() / 18.0).round().max(1.0);
                let x = Rangef::new(band.left() + at.x, band.right() + at.x);
                lines.add_colored_rect(Rect::from_x_y_ranges(x, Rangef::new(y, y + thick)), color);
            }
        }
        painter.add(Shape::mesh(under));
        for piece in &self.layout.pieces {
            painter.add(TextShape::new(at + piece.pos.to_vec2(), piece.galley.clone(), tokens.ink));
        }
        painter.add(Shape::mesh(lines));
    }
}

fn places(stretches: &[Stretch], side: usize, range: TextRange) -> Option<TextRange> {
    let mut found: Option<TextRange> = None;
    for s in stretches.iter().filter(|s| s.side == side) {
        let (start, end) = (range.start.max(s.from.start), range.end.min(s.from.end));
        if start < end || (range.is_empty() && s.from.contains(range.start)) {
            let here = TextRange { start: s.at + start - s.from.start, end: s.at + end - s.from.start };
            found = Some(found.map_or(here, |f| TextRange { start: f.start, end: here.end }));
        }
    }
    found
}

/// A text made of stretches of two.
#[derive(Default)]
struct Composed {
    text: String,
    parts: Vec<Part>,
    strokes: Vec<(TextRange, Stroke)>,
    stretches: Vec<Stretch>,
}

impl Composed {
    fn append(&mut self, source: &str, side: usize, from: TextRange, stroke: Stroke, parts: &[Part]) {
        let Some(words) = from.of(source).filter(|words| !words.is_empty()) else { return };
        self.part_words(words, stroke);
        let at = self.text.len();
        self.text.push_str(words);
        self.stretches.push(Stretch { side, from, at });
        let bytes = TextRange { start: at, end: self.text.len() };
        match self.strokes.last_mut() {
            Some((range, last)) if *last == stroke && range.end == at => range.end = bytes.end,
            _ if stroke == Stroke::Kept => {}
            _ => self.strokes.push((bytes, stroke)),
        }
        let mut done = from.start;
        for part in parts {
            let end = part.bytes.end.min(from.end);
            if end > done && part.bytes.start < from.end {
                self.part(part.role, TextRange { start: at + done - from.start, end: at + end - from.start });
                done = end;
            }
        }
        if done < from.end {
            let role = self.parts.last().map_or(Role::Text { level: 0 }, |part| part.role);
            self.part(role, TextRange { start: at + done - from.start, end: bytes.end });
        }
    }

    /// Words struck and words put in for them are told apart by a space, as they would be on paper.
    fn part_words(&mut self, words: &str, stroke: Stroke) {
        let struck = self.strokes.last().filter(|(range, s)| *s == Stroke::Struck && range.end == self.text.len());
        let (Some(last), Some(first)) = (self.text.chars().next_back(), words.chars().next()) else { return };
        let touch = struck.is_some() && stroke == Stroke::PutIn && !last.is_whitespace() && !first.is_whitespace();
        if touch && (last.is_alphabetic() || first.is_alphabetic()) && last.is_ascii() && first.is_ascii() {
            self.text.push(' ');
            if let Some(part) = self.parts.last_mut() {
                part.bytes.end += 1;
            }
        }
    }

    /// Labels stand first, and what has begun goes on: a paragraph does not end where words of the other draft stand in
    /// it.
    fn part(&mut self, role: Role, bytes: TextRange) {
        let seen = self.parts.iter().any(|part| part.role == role);
        match self.parts.last_mut() {
            Some(last) if last.role == role || seen || goes_on(last.role, role) => last.bytes.end = bytes.end,
            _ => self.parts.push(Part { bytes, role }),
        }
    }
}

fn goes_on(before: Role, role: Role) -> bool {
    let is_label = |role: Role| matches!(role, Role::Label { .. } | Role::NoteLabel);
    let is_text = |role: Role| matches!(role, Role::Text { .. } | Role::Note);
    !is_label(before) && is_label(role) || is_text(before) && is_text(role)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(text: &str, words: &str, role: Role) -> Part {
        let start = text.find(words).unwrap();
        Part { bytes: TextRange { start, end: start + words.len() }, role }
    }

    #[test]
    fn a_redline_is_one_paragraph_with_its_label_first() {
        let (old, new) = ("2. Each Party shall act", "3. Each State may act now");
        let text = Role::Text { level: 0 };
        let label = Role::Label { level: 0 };
        let old_parts = [part(old, "2. ", label), part(old, "Each Party shall act", text)];
        let new_parts = [part(new, "3. ", label), part(new, "Each State may act now", text)];
        let mut composed = Composed::default();
        let at = |t: &str, words: &str| part(t, words, text).bytes;
        for (stroke, words) in [
            (Stroke::Struck, "2"),
            (Stroke::PutIn, "3"),
            (Stroke::Kept, ". Each "),
            (Stroke::Struck, "Party shall"),
            (Stroke::PutIn, "State may"),
            (Stroke::Kept, " act"),
            (Stroke::PutIn, " now"),
        ] {
            let (side, source, parts) =
                if stroke == Stroke::Struck { (0, old, &old_parts) } else { (1, new, &new_parts) };
            composed.append(source, side, at(source, words), stroke, parts);
        }
        assert_eq!(composed.text, "23. Each Party shall State may act now");
        let roles: Vec<_> = composed.parts.iter().map(|p| (p.bytes.of(&composed.text).unwrap(), p.role)).collect();
        assert_eq!(roles, [("23. ", label), ("Each Party shall State may act now", text)]);
        let strokes: Vec<_> = composed.strokes.iter().map(|(r, s)| (r.of(&composed.text).unwrap(), *s)).collect();
        assert_eq!(
            strokes,
            [
                ("2", Stroke::Struck),
                ("3", Stroke::PutIn),
                ("Party shall", Stroke::Struck),
                ("State may", Stroke::PutIn),
                (" now", Stroke::PutIn),
            ]
        );
        let place = places(&composed.stretches, 1, at(new, "may act")).unwrap();
        assert_eq!(place.of(&composed.text), Some("may act"));
        let place = places(&composed.stretches, 0, at(old, "Party")).unwrap();
        assert_eq!(place.of(&composed.text), Some("Party"));
        assert_eq!(places(&composed.stretches, 0, at(old, "act")), None);
    }
}
