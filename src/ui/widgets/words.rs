//! Words of a draft outside the page: labels in which Arabic and Hebrew read as they should.
//!
//! egui puts what it is given from left to right. So the words of a label that has any from right to left are put in the
//! order in which they stand, each a section of its own, and lines are broken here. All other labels are left to egui.

use std::ops::Range;

use eframe::egui::text::{ByteIndex, LayoutJob, LayoutSection, TextFormat};
use eframe::egui::{Align, Color32, Context, FontId, Label, Response, Role, Sense, Ui, WidgetInfo, vec2};

use crate::model::Direction;
use crate::ui::reader::layout::bidi;

/// Words with a format for all of them and others for some.
pub struct Words<'a> {
    text: &'a str,
    format: TextFormat,
    /// In bytes of the text, in order, apart from each other.
    marks: Vec<(Range<usize>, TextFormat)>,
    /// Lines shown at most; what is left over ends with `…`.
    rows: usize,
    /// What is left out is not shown under the pointer either.
    brief: bool,
}

impl<'a> Words<'a> {
    /// Words in one font and color.
    pub fn new(text: &'a str, font: FontId, color: Color32) -> Self {
        Self { text, format: TextFormat::simple(font, color), marks: Vec::new(), rows: usize::MAX, brief: false }
    }

    /// Sets some of them apart.
    pub fn marked(mut self, marks: Vec<(Range<usize>, TextFormat)>) -> Self {
        self.marks = marks;
        self
    }

    /// With so many points from line to line, for words that are read and not glanced at.
    pub fn spaced(mut self, points: f32) -> Self {
        self.format.line_height = Some(points);
        for (_, format) in &mut self.marks {
            format.line_height = Some(points);
        }
        self
    }

    /// At most so many lines.
    pub fn rows(mut self, rows: usize) -> Self {
        self.rows = rows.max(1);
        self
    }

    /// What is left over is not shown under the pointer: a card is a glimpse already.
    pub fn brief(mut self) -> Self {
        self.brief = true;
        self
    }

    /// For a label of at most `room` points.
    pub fn job(self, ctx: &Context, room: f32) -> LayoutJob {
        if bidi::has_right_to_left(self.text) { self.woven(ctx, room) } else { self.plain(room) }
    }

    /// Draws them as a label as wide as there is room. A screen reader gets them in the order of the text.
    pub fn show(self, ui: &mut Ui) -> Response {
        let (text, one_line, brief) = (self.text, self.rows == 1, self.brief);
        let is_woven = bidi::has_right_to_left(text);
        let job = self.job(ui.ctx(), ui.available_width());
        if !is_woven {
            let label = Label::new(job).show_tooltip_when_elided(!brief);
            return ui.add(if one_line { label.truncate() } else { label.wrap() });
        }
        // egui's label would align the lines as the layout around it does.
        let leftward = job.halign == Align::RIGHT;
        let galley = ui.fonts_mut(|f| f.layout_job(job));
        let width = if leftward && !one_line { ui.available_width() } else { galley.size().x };
        let (rect, response) = ui.allocate_exact_size(vec2(width, galley.size().y), Sense::hover());
        let at = if leftward { rect.right_top() } else { rect.left_top() };
        ui.painter().galley(at, galley, Color32::PLACEHOLDER);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
        response
    }

    fn plain(self, room: f32) -> LayoutJob {
        let mut job = LayoutJob::default();
        for (range, format) in self.stretches() {
            job.append(&self.text[range], 0.0, format);
        }
        job.wrap.max_width = room;
        job.wrap.max_rows = self.rows;
        job.wrap.break_anywhere = self.rows == 1;
        job
    }

    /// All of the text in stretches of one format.
    fn stretches(&self) -> Vec<(Range<usize>, TextFormat)> {
        let mut stretches = Vec::with_capacity(2 * self.marks.len() + 1);
        let mut at = 0;
        for (range, format) in &self.marks {
            if range.start >= at && self.text.get(range.clone()).is_some() && self.text.get(at..range.start).is_some() {
                stretches.push((at..range.start, self.format.clone()));
                stretches.push((range.clone(), format.clone()));
                at = range.end;
            }
        }
        stretches.push((at..self.text.len(), self.format.clone()));
        stretches
    }

    fn woven(self, ctx: &Context, room: f32) -> LayoutJob {
        let stretches = self.stretches();
        let text: String = self.text.chars().map(|c| if c.is_ascii_control() { ' ' } else { c }).collect();
        let base = bidi::direction(&text, Direction::LeftToRight);
        let words = Weaver { ctx, stretches: &stretches, base, room };
        let lines = words.lines(&text);
        if lines.len() <= self.rows {
            return words.job(&text, &lines);
        }
        // The longest beginning that fits with the sign that something was left out.
        let end = lines.get(self.rows - 1).and_then(|line| line.tokens.last()).map_or(0, |p| p.token.bytes.end);
        let ends: Vec<usize> = text[..end].char_indices().map(|(at, _)| at).chain([end]).collect();
        let shorter = |end: usize| format!("{}…", text[..end].trim_end());
        let fits = |&end: &usize| words.lines(&shorter(end)).len() <= self.rows;
        let most = ends.partition_point(fits).checked_sub(1).and_then(|i| ends.get(i)).copied().unwrap_or(0);
        let shorter = shorter(most);
        words.job(&shorter, &words.lines(&shorter))
    }
}

struct Weaver<'a> {
    ctx: &'a Context,
    stretches: &'a [(Range<usize>, TextFormat)],
    base: Direction,
    room: f32,
}

impl Weaver<'_> {
    fn format(&self, at: usize) -> TextFormat {
        let after = self.stretches.partition_point(|(range, _)| range.end <= at);
        self.stretches
            .get(after)
            .or_else(|| self.stretches.last())
            .map(|(_, format)| format.clone())
            .unwrap_or_default()
    }

    fn width(&self, text: &str, token: &bidi::Token) -> f32 {
        let mut job = LayoutJob { break_on_newline: false, ..LayoutJob::default() };
        let word = bidi::shown(text.get(token.bytes.clone()).unwrap_or_default(), token.level);
        job.append(&word, 0.0, self.format(token.bytes.start));
        self.ctx.fonts_mut(|f| f.layout_job(job)).intrinsic_size().x
    }

    fn lines(&self, text: &str) -> Vec<bidi::Woven> {
        let cuts: Vec<usize> = self.stretches.iter().map(|(range, _)| range.end).collect();
        let tokens = bidi::tokens(text, self.base, &cuts);
        let tokens = bidi::cut_wide(text, tokens, self.room.max(20.0), &mut |token| self.width(text, token));
        let widths: Vec<f32> = tokens.iter().map(|token| self.width(text, token)).collect();
        bidi::weave(&tokens, &widths, self.base, self.room, 0.0)
    }

    /// The words in the order in which they stand, each shaped by itself.
    fn job(&self, text: &str, lines: &[bidi::Woven]) -> LayoutJob {
        let mut job = LayoutJob::default();
        for (i, line) in lines.iter().enumerate() {
            let mut placed: Vec<&bidi::Placed> = line.tokens.iter().collect();
            let hanging = placed.iter().rev().take_while(|p| p.token.space).count();
            placed.truncate(placed.len() - hanging);
            placed.sort_by(|a, b| a.x.0.total_cmp(&b.x.0));
            for p in placed {
                let from = job.text.len();
                job.text.push_str(&bidi::shown(text.get(p.token.bytes.clone()).unwrap_or_default(), p.token.level));
                let byte_range = ByteIndex(from)..ByteIndex(job.text.len());
                job.sections.push(LayoutSection {
                    leading_space: 0.0,
                    byte_range,
                    format: self.format(p.token.bytes.start),
                });
            }
            if i + 1 < lines.len() {
                let from = job.text.len();
                job.text.push('\n');
                let byte_range = ByteIndex(from)..ByteIndex(from + 1);
                job.sections.push(LayoutSection { leading_space: 0.0, byte_range, format: self.format(0) });
            }
        }
        if self.base == Direction::RightToLeft {
            job.halign = Align::RIGHT;
        }
        job
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme;

    /// What is painted, line by line, for words in so many points and lines.
    fn painted(text: &str, room: f32, rows: usize) -> (String, Align) {
        let ctx = Context::default();
        ctx.set_fonts(theme::fonts());
        let mut job = LayoutJob::default();
        for _ in 0..2 {
            let mut output = ctx.run_ui(eframe::egui::RawInput::default(), |ui| {
                let words = Words::new(text, FontId::new(14.0, theme::serif()), Color32::PLACEHOLDER);
                job = words.rows(rows).job(ui.ctx(), room);
            });
            output.textures_delta.clear();
        }
        (job.text, job.halign)
    }

    #[test]
    fn labels_read_as_they_should() {
        assert_eq!(painted("Each Party (12)", 500.0, 1).0, "Each Party (12)");
        // Letters of a word stay in their order: egui turns them when it shapes them.
        assert_eq!(painted("כל צד (12)", 500.0, 1), ("(12) צד כל".to_owned(), Align::RIGHT));
        assert_eq!(painted("the word צד כל means", 500.0, 1), ("the word כל צד means".to_owned(), Align::LEFT));
        let (lines, _) = painted("כל צד יקיים מגדלור אחד לפחות", 90.0, 9);
        let first = lines.lines().next().unwrap();
        assert!(lines.contains('\n') && first.ends_with("צד כל"), "{lines:?}");
    }

    #[test]
    fn what_does_not_fit_is_left_out_at_the_end_of_the_text() {
        let (line, _) = painted("כל צד יקיים מגדלור אחד לפחות", 90.0, 1);
        assert!(line.starts_with('…') && line.ends_with("כל") && !line.contains('\n'), "{line:?}");
        assert_eq!(painted("כל צד יקיים", 1.0, 1).0.chars().count(), 1);
        assert_eq!(painted("", 50.0, 1).0, "");
    }
}
