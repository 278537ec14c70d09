//! Lines under words that a lens sets apart: each kind is told by the shape of its line, and by its color.

use eframe::egui::{Color32, Mesh, Painter, Rangef, Rect, Shape, vec2};

use super::paint::wave;
use crate::model::{MarkKind, TextRange};
use crate::ui::theme::Tokens;

/// What a line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InkLook {
    /// Something must be done: a thick line.
    Obligation,
    /// Something must not be done: two lines.
    Prohibition,
    /// Something ought to be done: dashes.
    Soft,
    /// Something may be done: dots.
    Permission,
    /// It depends: a fine line with feet at its ends.
    Qualifier,
    /// Here a term is defined: a frame.
    Definition,
    /// A use of a term: fine dashes.
    Term,
    /// What looks like a term, or a mark that has no partner: a wave.
    Loose,
    /// Words in brackets: fine dots.
    Bracketed,
    /// Words that are agreed: a fine line.
    Agreed,
    /// One of several texts: a frame.
    Alternative,
    /// Words that were taken out: dashes.
    Deleted,
    /// Words that are still missing: thick dots.
    Placeholder,
    /// A reference that leads somewhere: a fine line.
    Leads,
    /// Words that were searched for: behind them, and a line.
    Found,
}

impl InkLook {
    /// That of a negotiating mark.
    pub fn of_mark(kind: MarkKind) -> Self {
        match kind {
            MarkKind::Bracketed => Self::Bracketed,
            MarkKind::Agreed => Self::Agreed,
            MarkKind::Alternative => Self::Alternative,
            MarkKind::Deleted => Self::Deleted,
            MarkKind::Placeholder => Self::Placeholder,
            MarkKind::Unbalanced => Self::Loose,
        }
    }

    fn color(self, tokens: &Tokens) -> Color32 {
        let lens = &tokens.lens;
        match self {
            Self::Obligation => lens.obligation,
            Self::Prohibition => lens.prohibition,
            Self::Soft => lens.soft,
            Self::Permission => lens.permission,
            Self::Qualifier => lens.qualifier,
            Self::Definition | Self::Term => lens.term,
            Self::Loose => tokens.danger,
            Self::Agreed => tokens.put_in,
            Self::Deleted => tokens.struck,
            Self::Leads => tokens.link,
            Self::Bracketed | Self::Alternative | Self::Placeholder => tokens.quiet_ink,
            Self::Found => tokens.accent,
        }
    }
}

/// Words with a line under them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ink {
    /// The words, in bytes of the draft's text.
    pub range: TextRange,
    /// Their line.
    pub look: InkLook,
}

/// Draws the line under words that stand in a band.
pub(super) fn draw(band: Rect, look: InkLook, tokens: &Tokens, lines: &mut Mesh, over: &mut Vec<Shape>) {
    let color = look.color(tokens);
    // Below the letters, above the next line.
    let y = band.center().y + band.height() * 0.36;
    let mut line = |from: f32, to: f32, top: f32, thick: f32| {
        if to > from {
            let rect = Rect::from_x_y_ranges(Rangef::new(from, to), Rangef::new(top, top + thick));
            lines.add_colored_rect(rect, color);
        }
    };
    let (left, right) = (band.left(), band.right());
    let mut broken = |dash: f32, gap: f32, thick: f32| {
        let mut x = left;
        while x < right {
            line(x, (x + dash).min(right), y, thick);
            x += dash + gap;
        }
    };
    match look {
        InkLook::Obligation => line(left, right, y, 2.5),
        InkLook::Prohibition => {
            line(left, right, y, 1.25);
            line(left, right, y + 2.75, 1.25);
        }
        InkLook::Soft => broken(6.0, 3.0, 2.0),
        InkLook::Permission => broken(2.0, 2.5, 2.0),
        InkLook::Qualifier => {
            line(left, right, y + 1.5, 1.0);
            line(left, left + 1.5, y - 2.5, 5.0);
            line(right - 1.5, right, y - 2.5, 5.0);
        }
        InkLook::Term => broken(3.0, 2.0, 1.0),
        InkLook::Deleted => broken(5.0, 3.0, 1.0),
        InkLook::Bracketed => broken(1.5, 2.5, 1.5),
        InkLook::Placeholder => broken(2.5, 2.0, 2.5),
        InkLook::Agreed | InkLook::Leads => line(left, right, y, 1.0),
        InkLook::Found => line(left, right, y + 1.0, 1.5),
        InkLook::Definition | InkLook::Alternative => {
            let frame = band.expand2(vec2(2.0, 0.5));
            line(frame.left(), frame.right(), frame.top(), 1.0);
            line(frame.left(), frame.right(), frame.bottom() - 1.0, 1.0);
            line(frame.left(), frame.left() + 1.0, frame.top(), frame.height());
            line(frame.right() - 1.0, frame.right(), frame.top(), frame.height());
        }
        InkLook::Loose => over.push(wave(band, color)),
    }
}

/// A line as it looks on the page, for a legend.
pub fn sample(painter: &Painter, band: Rect, look: InkLook, tokens: &Tokens) {
    let (mut lines, mut over) = (Mesh::default(), Vec::new());
    if look == InkLook::Found {
        lines.add_colored_rect(band, tokens.search_mark);
    }
    draw(band, look, tokens, &mut lines, &mut over);
    painter.add(Shape::mesh(lines));
    painter.extend(over);
}
