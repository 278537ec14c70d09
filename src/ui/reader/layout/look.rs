//! What decides how a block looks: sizes, distances, colors.

use eframe::egui::{Color32, Context, FontFamily, FontId};

use super::super::blocks::Role;
use crate::model::Direction;
use crate::ui::theme::{Tokens, serif, serif_semibold};

/// Line height over text size.
const LEADING: f32 = 1.5;
/// How far each level is set in, over text size.
const STEP: f32 = 2.1;
/// Room left of the column for the labels of the first level, over text size.
const HANG: f32 = 2.7;
/// The size of notes, over text size.
const NOTE: f32 = 0.85;

/// All that decides what a laid-out block looks like: when any of it changes, layouts are made anew.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct Look {
    /// The size of running text, in points.
    pub(in super::super) size: f32,
    /// The width of the column, in points.
    pub(in super::super) column: f32,
    /// The mean width of a character, in points.
    pub(in super::super) character: f32,
    pub(in super::super) direction: Direction,
    /// Whether negotiating marks are set apart.
    pub(in super::super) marks: bool,
    pub(in super::super) pixels_per_point: f32,
    pub(super) ink: Color32,
    pub(super) quiet: Color32,
    pub(super) link: Color32,
    pub(super) struck: Color32,
    pub(super) put_in: Color32,
}

impl Look {
    pub(in super::super) fn new(ctx: &Context, tokens: &Tokens, size: f32, direction: Direction, marks: bool) -> Self {
        Self {
            size,
            column: 0.0,
            character: mean_character(ctx, size),
            direction,
            marks,
            pixels_per_point: ctx.pixels_per_point(),
            ink: tokens.ink,
            quiet: tokens.quiet_ink,
            link: tokens.link,
            struck: tokens.struck,
            put_in: tokens.put_in,
        }
    }

    /// The same for words that stand aside.
    pub(in super::super) fn quiet(self) -> Self {
        Self { ink: self.quiet, ..self }
    }

    /// The height of a line of running text, in points.
    pub(in super::super) fn line(&self) -> f32 {
        (self.size * LEADING).round()
    }

    /// The room the labels of the first level need beside the column, in points.
    pub(in super::super) fn hang(&self) -> f32 {
        self.size * HANG
    }

    /// What a block is expected to be high, in points, from its length alone and the end of the one before.
    pub(in super::super) fn estimate(&self, role: Role, before: Option<Role>, characters: f32) -> f32 {
        let style = Style::of(role, self);
        let width = (self.column - self.indent(role)).max(self.size * 4.0);
        let lines = (characters * self.character * style.size / self.size / width).ceil().max(1.0);
        self.above(&style, before) + lines * style.line + style.below
    }

    /// The space above a block: what the block before leaves below itself counts.
    pub(super) fn above(&self, style: &Style, before: Option<Role>) -> f32 {
        (style.above - before.map_or(0.0, |role| Style::of(role, self).below)).max(0.0)
    }

    pub(super) fn indent(&self, role: Role) -> f32 {
        match role {
            Role::Label { level } | Role::Text { level } => f32::from(level) * self.size * STEP,
            _ => 0.0,
        }
    }
}

/// The mean width of a character of running text, measured on a sentence of the kind that fills drafts.
fn mean_character(ctx: &Context, size: f32) -> f32 {
    const SAMPLE: &str =
        "Each Party shall take the measures that are necessary to protect those who report in good faith.";
    let galley =
        ctx.fonts_mut(|f| f.layout_no_wrap(SAMPLE.to_owned(), FontId::new(size, serif()), Color32::PLACEHOLDER));
    (galley.size().x / SAMPLE.len() as f32).max(1.0)
}

/// How a part is set.
pub(super) struct Style {
    pub(super) size: f32,
    pub(super) line: f32,
    pub(super) family: FontFamily,
    pub(super) color: Color32,
    pub(super) spacing: f32,
    pub(super) centered: bool,
    pub(super) above: f32,
    pub(super) below: f32,
}

impl Style {
    /// Whether its letters are bolder than those of running text.
    pub(super) fn is_heavy(&self) -> bool {
        self.family != serif()
    }

    pub(super) fn of(role: Role, look: &Look) -> Self {
        let s = look.size;
        let text = Self {
            size: s,
            line: look.line(),
            family: serif(),
            color: look.ink,
            spacing: 0.0,
            centered: false,
            above: 0.0,
            below: (s * 0.55).round(),
        };
        let heading = |size: f32, above: f32, below: f32| Self {
            size: s * size,
            line: (s * size * 1.3).round(),
            family: serif_semibold(),
            above: (s * above).round(),
            below: (s * below).round(),
            ..text
        };
        match role {
            Role::Text { .. } => text,
            Role::Label { .. } => Self { color: look.quiet, ..text },
            Role::Note | Role::NoteLabel => {
                let color = if role == Role::Note { look.ink } else { look.link };
                let (size, line, below) = (s * NOTE, (s * NOTE * 1.4).round(), (s * 0.35).round());
                Self { size, line, color, below, ..text }
            }
            Role::Title => Self { centered: true, ..heading(1.6, 0.5, 1.6) },
            Role::DivisionLabel => {
                Self { family: serif(), color: look.quiet, spacing: s * 0.09, centered: true, ..heading(0.9, 2.6, 0.3) }
            }
            Role::DivisionTitle => Self { centered: true, ..heading(1.3, 0.2, 1.2) },
            Role::ArticleLabel { alone: false } => {
                Self { family: serif(), color: look.quiet, ..heading(1.0, 1.9, 0.05) }
            }
            Role::ArticleLabel { alone: true } => heading(1.2, 1.9, 0.55),
            Role::ArticleTitle => heading(1.2, 0.0, 0.65),
        }
    }
}
